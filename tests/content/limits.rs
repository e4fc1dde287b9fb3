//! Limits, each at its value and one above.

use examdeck::content::diagnostic::Severity;
use examdeck::content::fields::MAX_FIELD;
use examdeck::content::quota::MAX_FINDINGS;
use examdeck::content::raw::MAX_AREAS;
use examdeck::content::source::{MAX_DEPTH, MAX_FILE, MAX_FILES, MAX_LINE, ReadError, read_file};
use examdeck::engine::question::MAX_OPTIONS;

use super::*;

/// Loads `middle` between two sound questions, which must load in any case.
fn between(middle: &str) -> Loaded {
    let loaded = load_text(&[HEADER, &claim("first"), middle, "\n", &claim("last")].concat());
    assert!(ids(&loaded).starts_with(&["first"]) && ids(&loaded).ends_with(&["last"]), "{}", report(&loaded));
    assert_presentable(&loaded);
    loaded
}

fn with(id: &str, field: &str) -> String {
    claim(id) + field + "\n"
}

#[test]
fn a_line_of_64_kib_and_one_byte_more() {
    let frame = "explanation = \"\"\n".len();
    let line = |bytes: usize| format!("explanation = \"{}\"", "x".repeat(bytes - frame));
    let loaded = between(&with("middle", &line(MAX_LINE)));
    assert_eq!((codes(&loaded), loaded.left_out), (vec![], 0));
    let loaded = between(&with("middle", &line(MAX_LINE + 1)));
    assert_eq!((codes(&loaded), loaded.left_out), (vec![Code::S00], 1));
    assert_eq!(ids(&loaded), ["first", "last"], "a question without its explanation is not what was written");
    let line = line_and_column(&loaded.files[0].text, loaded.findings[0].span.start);
    assert_eq!(line, (HEADER.lines().count() + 5 + 6, 1));
}

#[test]
fn a_field_of_64_kib_and_one_byte_more() {
    let field = |bytes: usize| {
        let lines = "x\n".repeat(bytes / 2) + &"y".repeat(bytes % 2);
        with("middle", &format!("explanation = \"\"\"\n{lines}\"\"\""))
    };
    let loaded = between(&field(MAX_FIELD));
    assert_eq!((codes(&loaded), loaded.left_out), (vec![], 0));
    let loaded = between(&field(MAX_FIELD + 1));
    assert_eq!((codes(&loaded), ids(&loaded)), (vec![Code::S00], vec!["first", "last"]));
    assert_eq!(loaded.findings[0].message, "a text of 65537 bytes; the limit is 64 KiB");
}

#[test]
fn a_file_of_nothing_but_values_is_refused_before_it_fills_the_memory() {
    // Each list of two bytes takes hundreds of them once it is parsed.
    let line = format!("{}\n", "[],".repeat(20_000));
    let dense = format!("x = [\n{}]\n", line.repeat(80));
    let files = [("bank.toml", HEADER.to_owned() + &claim("first")), ("dense.toml", dense + &claim("second"))];
    let loaded = load(files.iter().map(|(name, text)| SourceFile::new(name, text.clone().into())).collect());
    assert_eq!((codes(&loaded), ids(&loaded), loaded.left_out), (vec![Code::S00], vec!["first"], 1));
    insta::assert_snapshot!("dense_file", render(&loaded.findings[0], &loaded.files, false));
}

#[test]
fn of_findings_without_number_the_first_are_listed_and_no_question_counts_as_sound_for_it() {
    let tags = format!("tags = [\n{}]\n", "\"No tag\",\n".repeat(MAX_FINDINGS + 10));
    let loaded =
        load_text(&[HEADER, &with("first", &tags), &with("second", "level = \"none\""), &claim("last")].concat());
    assert_eq!((ids(&loaded), loaded.left_out), (vec!["last"], 2));
    assert_eq!(loaded.findings.len(), MAX_FINDINGS + 1);
    let last = loaded.findings.last().expect("a finding");
    assert_eq!((last.message.as_str(), last.severity), ("11 more findings are not listed", Severity::Error));
    assert_eq!(last.span.start, loaded.files[0].text.len());
}

#[test]
fn a_stem_of_a_megabyte() {
    let one_line = claim("middle").replace("Is it middle?", &"Why? ".repeat(200_000));
    let many_lines = claim("middle").replace("\"Is it middle?\"", &format!("'''{}'''", "Why?\n".repeat(200_000)));
    for text in [one_line, many_lines] {
        let loaded = between(&text);
        assert_eq!(ids(&loaded), ["first", "last"]);
        assert_eq!(loaded.left_out, 1);
        assert!(codes(&loaded).contains(&Code::S00));
        assert!(report(&loaded).len() < 10_000);
    }
}

#[test]
fn as_many_options_as_letters_and_one_more() {
    let options = |n: usize| {
        let distractors: Vec<String> = (1..n).map(|i| format!("\"not {i}\"")).collect();
        claim("middle").replace("true", "\"it\"") + &format!("distractors = [{}]\n", distractors.join(", "))
    };
    let loaded = between(&options(MAX_OPTIONS));
    assert_eq!((codes(&loaded), ids(&loaded).len()), (vec![], 3));
    let loaded = between(&options(MAX_OPTIONS + 1));
    assert_eq!((codes(&loaded), loaded.left_out), (vec![Code::S01], 1));
}

#[test]
fn a_thousand_domains_and_one_more() {
    let domains = |n: usize| -> String {
        (1..n).map(|i| format!("[[domains]]\nid = \"d{i}\"\ntitle = \"D\"\nweight = 0\n")).collect()
    };
    let loaded = load_text(&(HEADER.to_owned() + &domains(MAX_AREAS) + &claim("a")));
    assert_eq!(codes(&loaded), []);
    let loaded = load_text(&(HEADER.to_owned() + &domains(MAX_AREAS + 1) + &claim("a")));
    assert_eq!(codes(&loaded), [Code::S00]);
    assert_eq!(loaded.bank.expect("the header is sound").domains.len(), MAX_AREAS);
}

/// Sparse, so that it takes no room on the disk.
fn sparse(folder: &Path, bytes: u64) -> PathBuf {
    let path = folder.join(format!("{bytes}.toml"));
    fs::File::create(&path).and_then(|f| f.set_len(bytes)).expect("a sparse file can be made");
    path
}

#[test]
fn a_file_of_128_mib_and_one_byte_more() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let file = read_file(&sparse(folder.path(), MAX_FILE)).expect("the limit itself is allowed");
    assert_eq!(file.text.len() as u64, MAX_FILE);
    let error = read_file(&sparse(folder.path(), MAX_FILE + 1)).expect_err("one more is not");
    assert!(matches!(error, ReadError::TooLarge { .. }), "{error}");
    let error = read_file(&sparse(folder.path(), 1 << 40)).expect_err("nor is a terabyte");
    assert!(matches!(error, ReadError::TooLarge { .. }), "{error}");
}

#[test]
fn a_bank_of_more_than_512_mib_in_many_files() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    fs::write(folder.path().join("bank.toml"), HEADER).expect("it can be written");
    for bytes in MAX_FILE - 3..=MAX_FILE {
        sparse(folder.path(), bytes);
    }
    let (read, errors) = find_banks(folder.path()).expect("there is one")[0].read();
    assert!(read.is_empty() && errors.len() == 1, "{errors:?}");
    assert!(errors[0].to_string().ends_with(" is larger than 524288 KiB, the most that is read"), "{}", errors[0]);
}

#[test]
fn a_version_of_64_characters_and_one_more() {
    let version = |length: usize| {
        let version = format!("1.0.0-{}", "x".repeat(length - "1.0.0-".len()));
        load_text(&(HEADER.replace("1.0.0", &version) + &claim("a")))
    };
    assert_eq!(codes(&version(64)), []);
    let loaded = version(65);
    assert_eq!((codes(&loaded), loaded.bank.is_none()), (vec![Code::S07], true));
}

#[test]
fn a_file_that_is_one_line_of_16_mib() {
    let loaded = load_bytes(&vec![0; 16 << 20]);
    assert_presentable(&loaded);
    assert!(loaded.bank.is_none());
    let mut bytes = vec![b'x'; 16 << 20];
    bytes.push(0xff);
    assert_presentable(&load_bytes(&bytes));
}

#[test]
fn ten_thousand_files_and_one_more_beside_a_sound_bank() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    fs::write(folder.path().join("sound.toml"), HEADER.to_owned() + &claim("a")).expect("it can be written");
    let many = folder.path().join("many");
    fs::create_dir(&many).expect("it can be made");
    for i in 0..MAX_FILES - 1 {
        fs::write(many.join(format!("{i}.toml")), "").expect("it can be written");
    }
    fs::write(many.join("bank.toml"), HEADER).expect("it can be written");
    let banks = find_banks(folder.path()).expect("there are two");
    assert!(banks[0].read().1.is_empty(), "the limit itself is allowed");
    fs::write(many.join("one-more.toml"), "").expect("it can be written");
    let banks = find_banks(folder.path()).expect("there are two");
    let (read, errors) = banks[0].read();
    assert!(read.is_empty() && matches!(errors[..], [ReadError::TooMany { .. }]), "{errors:?}");
    assert_eq!(ids(&load(banks[1].read().0)), ["a"]);
}

#[test]
fn folders_end_somewhere() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    fs::write(folder.path().join("bank.toml"), HEADER).expect("it can be written");
    let mut deep = folder.path().to_owned();
    for depth in 1..=MAX_DEPTH + 1 {
        deep.push("f");
        fs::create_dir(&deep).expect("it can be made");
        fs::write(deep.join("q.toml"), claim(&format!("q{depth}"))).expect("it can be written");
    }
    assert_eq!(ids(&load_path(folder.path())).len(), MAX_DEPTH);
}

#[test]
fn a_folder_named_like_a_file() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    fs::create_dir(folder.path().join("x.toml")).expect("it can be made");
    let error = find_banks(folder.path()).expect_err("a folder is no bank");
    assert!(matches!(error, ReadError::NoBank { .. }), "{error}");
    let error = read_file(&folder.path().join("x.toml")).expect_err("nor a file");
    assert!(matches!(error, ReadError::NotRegular { .. }), "{error}");
    fs::write(folder.path().join("sound.toml"), HEADER.to_owned() + &claim("a")).expect("it can be written");
    assert_eq!(ids(&load_path(folder.path())), ["a"], "the file beside it loads");
    // In a bank's folder it is a folder like any other.
    fs::write(folder.path().join("bank.toml"), HEADER).expect("it can be written");
    fs::write(folder.path().join("x.toml/q.toml"), claim("b")).expect("it can be written");
    fs::remove_file(folder.path().join("sound.toml")).expect("it can be removed");
    assert_eq!(ids(&load_path(folder.path())), ["b"]);
    // A header that is a folder is told, and no crash.
    fs::remove_file(folder.path().join("bank.toml")).expect("it can be removed");
    fs::create_dir(folder.path().join("bank.toml")).expect("it can be made");
    let (_, errors) = find_banks(folder.path()).expect("it looks like one")[0].read();
    assert!(matches!(errors[..], [ReadError::NotRegular { .. }]), "{errors:?}");
}

#[cfg(unix)]
#[test]
fn pipes_devices_and_links_out_of_the_folder_are_refused() {
    use std::os::unix::fs::symlink;
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = |name: &str| folder.path().join("bank").join(name);
    fs::create_dir(folder.path().join("bank")).expect("it can be made");
    fs::write(path("bank.toml"), HEADER).expect("it can be written");
    fs::write(path("sound.toml"), claim("sound")).expect("it can be written");
    fs::write(folder.path().join("outside.toml"), claim("outside")).expect("it can be written");
    let made = std::process::Command::new("mkfifo").arg(path("a-pipe.toml")).status();
    assert!(made.is_ok_and(|s| s.success()), "a pipe can be made");
    symlink("/dev/zero", path("b-device.toml")).expect("links can be made");
    symlink("../outside.toml", path("c-out.toml")).expect("links can be made");
    symlink("e-loop.toml", path("d-loop.toml")).expect("links can be made");
    symlink("d-loop.toml", path("e-loop.toml")).expect("links can be made");
    symlink("nowhere.toml", path("f-dangling.toml")).expect("links can be made");
    symlink("..", path("g-folder")).expect("links can be made");
    symlink(".", path("h-itself")).expect("links can be made");
    symlink("/dev/zero", path("i-folder.toml")).expect("links can be made");

    let banks = find_banks(&folder.path().join("bank")).expect("it is a bank");
    let (read, errors) = banks[0].read();
    let told: Vec<String> = errors.iter().map(ToString::to_string).collect();
    let expected = [
        ("a-pipe", "is not a regular file"),
        ("b-device", "leads out"),
        ("c-out", "leads out"),
        ("d-loop", "cannot read"),
        ("e-loop", "cannot read"),
        ("f-dangling", "cannot read"),
        ("i-folder", "leads out"),
    ];
    assert_eq!(told.len(), expected.len(), "{told:?}");
    for (line, (name, what)) in told.iter().zip(expected) {
        assert!(line.contains(name) && line.contains(what), "{line}");
    }
    assert_eq!(ids(&load(read)), ["sound"], "the others are still read");
    for device in ["/dev/zero", "/dev/null", "/dev/tty"] {
        let error = read_file(Path::new(device)).expect_err("a device is refused");
        assert!(matches!(error, ReadError::NotRegular { .. } | ReadError::Io { .. }), "{error}");
    }
    // Links that stay inside are fine.
    fs::create_dir(path("sub")).expect("it can be made");
    fs::rename(path("sound.toml"), path("sub/sound.txt")).expect("it can be moved");
    symlink("sub/sound.txt", path("sound.toml")).expect("links can be made");
    assert_eq!(ids(&load(banks[0].read().0)), ["sound"]);
}

#[test]
fn a_header_may_not_be_a_link_out_of_the_folder() {
    #[cfg(unix)]
    {
        let folder = tempfile::tempdir().expect("a temporary folder");
        fs::create_dir(folder.path().join("bank")).expect("it can be made");
        fs::write(folder.path().join("outside.toml"), HEADER).expect("it can be written");
        std::os::unix::fs::symlink("../outside.toml", folder.path().join("bank/bank.toml")).expect("it can be made");
        let (read, errors) = find_banks(folder.path()).expect("something is there")[0].read();
        assert!(read.is_empty() && matches!(errors[..], [ReadError::LeadsOut { .. }]), "{errors:?}");
    }
}

#[test]
fn what_is_not_utf_8_is_told_with_its_place_and_left_out() {
    let latin = claim("latin").replace("Is it", "Is 40 °C");
    let text = [HEADER, &claim("first"), &latin, &latin.replace("latin", "again"), &claim("last")].concat();
    let mut bytes = Vec::new();
    for c in text.chars() {
        bytes.push(u8::try_from(u32::from(c)).expect("Latin-1"));
    }
    let loaded = load_bytes(&bytes);
    assert_presentable(&loaded);
    assert_eq!(codes(&loaded), [Code::S00, Code::S00]);
    assert_eq!((ids(&loaded), loaded.left_out), (vec!["first", "last"], 2));
    assert_eq!(place(&loaded, &loaded.findings[0]), (HEADER.lines().count() + 5 + 4, 15));
    assert!(loaded.findings[0].help.as_ref().is_some_and(|h| h.contains("Windows-1252")));
    // UTF-16, as some editors save.
    let wide: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let loaded = load_bytes(&[&[0xff, 0xfe], &wide[..]].concat());
    assert_presentable(&loaded);
    assert!(loaded.bank.is_none());
    assert_eq!(loaded.findings[0].message, "this byte is not UTF-8");
}

#[test]
fn brackets_nested_a_hundred_thousand_deep() {
    for open in ["[", "{a=", "{a=["] {
        // On lines that are within their own limit, and on one that is not.
        for per_line in [1_000, 100_000] {
            let nest = (open.repeat(per_line) + "\n").repeat(100_000 / per_line);
            let loaded = between(&with("middle", &format!("tags = {nest}")));
            assert_eq!(ids(&loaded), ["first", "last"], "{open}");
            assert!(codes(&loaded).contains(&Code::S00), "{open}");
        }
    }
}

#[test]
fn dotted_keys_without_end() {
    let deep = "a.".repeat(30_000) + "a";
    let growing: String = (1..1_200).map(|n| format!("[{}a]\n", "a.".repeat(n))).collect();
    for middle in [format!("{deep} = 1"), format!("[{deep}]"), format!("[[{deep}]]"), growing] {
        let loaded = between(&with("middle", &middle));
        assert!(!loaded.findings.is_empty());
    }
}

#[test]
fn of_a_hundred_thousand_syntax_errors_twenty_are_listed_and_the_others_counted() {
    let loaded = between(&with("middle", &"= 1\n".repeat(100_000)));
    assert_eq!(ids(&loaded), ["first", "last"]);
    assert_eq!(codes(&loaded), [Code::S00; 20]);
    let help = loaded.findings[19].help.as_ref().expect("the others are counted");
    let more: usize = help.split(' ').next().and_then(|n| n.parse().ok()).expect("a number");
    assert!(more >= 99_980, "{help}");
    // Twenty and no more are listed without a word about others.
    let errors = |n: usize| -> String { (0..n).map(|i| format!("k{i} =\n")).collect() };
    let loaded = between(&with("middle", &errors(20)));
    assert_eq!((codes(&loaded), loaded.findings[19].help.is_none()), (vec![Code::S00; 20], true));
    let loaded = between(&with("middle", &errors(21)));
    assert_eq!((codes(&loaded), loaded.findings[19].help.is_some()), (vec![Code::S00; 20], true));
}

#[test]
fn syntax_errors_before_a_megabyte_of_nothing() {
    let loaded = between(&with("middle", &("]\n".repeat(50_000) + &"\n".repeat(900_000))));
    assert_eq!(codes(&loaded), [Code::S00; 20]);
}

#[test]
fn of_a_part_over_a_megabyte_the_first_syntax_error_is_told() {
    let loaded = between(&with("middle", &"= 1\n".repeat(300_000)));
    assert_eq!((codes(&loaded), loaded.left_out), (vec![Code::S00], 1));
    assert_eq!(loaded.findings[0].help, None, "nobody has counted the others");
}

#[test]
fn half_a_million_lines_that_are_not_utf_8() {
    let mut bytes = (HEADER.to_owned() + &claim("first")).into_bytes();
    bytes.extend(b"\xff\n".repeat(500_000));
    bytes.extend(claim("last").into_bytes());
    let loaded = load_bytes(&bytes);
    assert_eq!(ids(&loaded), ["last"]);
    assert!(loaded.findings.len() < 30, "{}", loaded.findings.len());
}

#[test]
fn a_syntax_error_in_each_of_twenty_thousand_questions() {
    let text = HEADER.to_owned() + &"[[questions]]\nid = \"x\n".repeat(20_000) + &claim("last");
    let loaded = load_text(&text);
    assert_eq!((ids(&loaded), loaded.left_out), (vec!["last"], 20_000));
    assert_eq!(codes(&loaded), [Code::S00; 20]);
}

/// Findings by the ten thousand are listed and shown in a time that grows with the file, not with its square.
#[test]
fn ten_thousand_questions_with_one_id() {
    let loaded = load_text(&(HEADER.to_owned() + &claim("same").repeat(10_000)));
    assert_eq!((ids(&loaded), loaded.left_out), (vec!["same"], 9_999));
    assert_eq!(report(&loaded).matches("error[S04]").count(), 9_999);
}

#[test]
fn five_thousand_findings_in_one_line() {
    let keys: String = (0..5_000).map(|i| format!(", k{i} = 1")).collect();
    let text = HEADER.to_owned() + &claim("a").replace("true", &format!("{{ text = \"é\"{keys} }}"));
    let loaded = load_text(&text);
    assert_eq!(codes(&loaded).iter().filter(|c| **c == Code::S07).count(), 5_000);
    let report = report(&loaded);
    let line = text.lines().position(|l| l.starts_with("answer")).expect("it is there") + 1;
    let column = text.lines().nth(line - 1).expect("it is there").chars().count() - "k4999 = 1 }".len() + 1;
    assert!(report.contains(&format!("--> bank.toml:{line}:{column}\n")), "{column}");
    assert!(report.len() < 5_000 * 2_000, "{}", report.len());
}

#[test]
fn thirty_thousand_unknown_keys() {
    let keys: String = (0..30_000).map(|i| format!("k{i} = 1\n")).collect();
    let loaded = load_text(&(HEADER.to_owned() + &with("a", &keys)));
    assert_eq!(ids(&loaded), ["a"]);
    assert_eq!(loaded.findings.len(), 30_000);
}

#[test]
fn numbers_beyond_their_range_are_told_with_it() {
    for number in ["-1", "0", "100001", "99999999999999999999999", "0xffffffffffffffffffff"] {
        let loaded = load_text(&format!("{HEADER}[exam]\nminutes = {number}\n{}", claim("a")));
        assert_eq!(codes(&loaded), [Code::S07], "{number}");
        assert!(loaded.findings[0].message.ends_with("may be from 1 to 100000"), "{}", loaded.findings[0].message);
    }
}
