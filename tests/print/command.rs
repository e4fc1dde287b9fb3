//! `examdeck print` on real files: what it writes, what it says, what it refuses.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

fn examdeck(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_examdeck"));
    command.args(["print", "--data-dir", "nowhere"]).args(arguments).current_dir(folder);
    command.output().expect("the program starts")
}

/// What a command prints when all is well.
fn said(folder: &Path, arguments: &[&str]) -> String {
    let output = examdeck(folder, arguments);
    assert_eq!(output.status.code(), Some(0), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    assert!(output.stderr.is_empty(), "{arguments:?}");
    String::from_utf8(output.stdout).expect("it is text")
}

/// The exit status and what a command says when it fails.
fn refused(folder: &Path, arguments: &[&str]) -> (Option<i32>, String) {
    let output = examdeck(folder, arguments);
    assert!(output.stdout.is_empty(), "{arguments:?}");
    (output.status.code(), String::from_utf8(output.stderr).expect("it is text"))
}

fn folder() -> tempfile::TempDir {
    tempfile::tempdir().expect("a folder")
}

/// The files of a folder.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = fs::read_dir(folder).expect("it is there").map(|e| e.expect("an entry"));
    entries.map(|e| (e.file_name().to_string_lossy().into_owned(), fs::read(e.path()).expect("it is a file"))).collect()
}

#[test]
fn an_exam_is_three_files_a_version_and_the_same_for_the_same_seed() {
    let home = folder();
    let told = said(home.path(), &["exam", "--seed", "7", "--questions", "12", "--versions", "4", "-o", "out"]);
    let mut expected = "mrso 1.1.0: 12 questions, versions A to D, seed 7\n".to_owned();
    for letter in ["A", "B", "C", "D"] {
        for kind in ["paper", "answer-sheet", "key"] {
            expected.push_str(&format!("out/mrso-1.1.0-seed-7-{letter}-{kind}.html\n"));
        }
    }
    assert_eq!(told, expected);
    said(home.path(), &["exam", "--seed", "7", "--questions", "12", "--versions", "4", "-o", "again"]);
    let (out, again) = (files(&home.path().join("out")), files(&home.path().join("again")));
    assert_eq!(out.len(), 12);
    assert_eq!(out, again);
    let two = said(home.path(), &["exam", "--seed", "7", "--questions", "12", "--versions", "2", "--to", "md"]);
    assert!(
        two.starts_with("mrso 1.1.0: 12 questions, versions A and B, seed 7\n./mrso-1.1.0-seed-7-A-paper.md\n"),
        "{two}"
    );
}

#[test]
fn without_a_seed_one_is_drawn_and_told() {
    let home = folder();
    let told = said(home.path(), &["exam", "--questions", "5", "-o", "a"]);
    let seed = told.lines().next().and_then(|l| l.rsplit(' ').next()).expect("a seed");
    said(home.path(), &["exam", "--questions", "5", "--seed", seed, "-o", "b"]);
    assert_eq!(files(&home.path().join("a")), files(&home.path().join("b")));
}

#[test]
fn an_exam_over_a_filter_says_so_and_has_only_what_it_means() {
    let home = folder();
    let call = ["exam", "domain:rf", "type:tf", "--seed", "7", "--questions", "5", "--to", "md"];
    let told = said(home.path(), &call);
    assert!(told.starts_with("mrso 1.1.0: 5 questions over domain:rf type:tf, version A, seed 7\n"), "{told}");
    let text =
        |kind: &str| fs::read_to_string(home.path().join(format!("mrso-1.1.0-seed-7-A-{kind}.md"))).expect("written");
    for kind in ["paper", "answer-sheet", "key"] {
        assert!(text(kind).contains("seed 7 · over domain:rf type:tf"), "{}", text(kind));
    }
    assert_eq!(text("answer-sheet").matches("| true/false |").count(), 5, "{}", text("answer-sheet"));
    said(home.path(), &[&call[..7], &["-o", "html"]].concat());
    let page = fs::read_to_string(home.path().join("html/mrso-1.1.0-seed-7-A-key.html")).expect("written");
    assert!(
        page.contains("· seed 7 · over domain\\3a rf type\\3a tf"),
        "in the margin of each page: {}",
        &page[..3000]
    );
    let told = said(home.path(), &["exam", "domain:rf", "type:tf", "--seed", "8", "-o", "all"]);
    assert!(told.contains("\nThe filter fits no more than ") && told.contains("; 100 were wanted.\n"), "{told}");
    assert!(!told.contains("that its weight asks for"), "no other domain is missed: {told}");
}

#[test]
fn enemies_that_meet_in_a_paper_are_named() {
    let home = folder();
    let mut bank =
        "[bank]\nid = \"b\"\ntitle = \"B\"\nversion = \"1.0.0\"\n[[domains]]\nid = \"d\"\ntitle = \"D\"\n".to_owned();
    for (id, enemy) in [("one", "two"), ("two", "one"), ("three", "two"), ("four", "four-b"), ("four-b", "four")] {
        bank.push_str(&format!(
            "[[questions]]\nid = \"{id}\"\ndomain = \"d\"\nstem = \"Is it {id}.\"\nanswer = true\nenemies = [\"{enemy}\"]\n"
        ));
    }
    fs::write(home.path().join("b.toml"), bank).expect("it can be written");
    let told = said(home.path(), &["exam", "--bank", "b.toml", "--seed", "1"]);
    let line = told.lines().nth(1).expect("a second line");
    assert!(line.starts_with("Enemies stand in one paper, as no other questions were left: "), "{told}");
    for (a, b) in [("one", "two"), ("two", "three"), ("four", "four-b")] {
        assert!([format!("{a} and {b}"), format!("{b} and {a}")].iter().any(|pair| line.contains(pair)), "{line}");
    }
    let told = said(home.path(), &["exam", "--bank", "b.toml", "--seed", "1", "--questions", "1", "-o", "one"]);
    assert!(!told.contains("Enemies"), "{told}");
}

#[test]
fn cards_are_one_file() {
    let home = folder();
    let told = said(home.path(), &["cards"]);
    assert_eq!(told, "mrso-cards 1.0.2: 846 cards\n./mrso-cards-1.0.2-sheets.html\n");
    let page = fs::read_to_string(home.path().join("mrso-cards-1.0.2-sheets.html")).expect("it was written");
    assert!(page.contains("<html lang=\"en\">"), "the language is that of the deck's bank");
    assert!(
        said(home.path(), &["cards", "--to", "md", "--deck", "mrso-cards"]).ends_with("./mrso-cards-1.0.2-sheets.md\n")
    );
}

#[test]
fn the_guide_is_one_file_of_all_modules_or_of_some() {
    let home = folder();
    assert_eq!(said(home.path(), &["guide"]), "mrso 1.1.0: 10 modules\n./mrso-1.1.0-guide.html\n");
    let told = said(home.path(), &["guide", "m5", "m2", "--to", "md"]);
    assert_eq!(told, "mrso 1.1.0: 2 modules\n./mrso-1.1.0-guide-m5-m2.md\n");
    // A bank that is named by its path finds its guides beside it.
    let bank = Path::new(env!("CARGO_MANIFEST_DIR")).join("question-bank/mrso");
    let told = said(home.path(), &["guide", "--bank", bank.to_str().expect("text"), "-o", "path"]);
    assert_eq!(told, "mrso 1.1.0: 10 modules\npath/mrso-1.1.0-guide.html\n");
    let text = |path: &str| fs::read_to_string(home.path().join(path)).expect("it was written");
    assert_eq!(text("mrso-1.1.0-guide.html"), text("path/mrso-1.1.0-guide.html"));
}

#[test]
fn what_is_there_is_not_written_over_unless_forced() {
    let home = folder();
    let key = home.path().join("mrso-1.1.0-seed-7-A-key.html");
    fs::write(&key, "mine").expect("it can be written");
    let arguments = ["exam", "--seed", "7", "--questions", "3"];
    let told =
        "examdeck: ./mrso-1.1.0-seed-7-A-key.html is there already; nothing was written (--force writes over it)\n";
    assert_eq!(refused(home.path(), &arguments), (Some(2), told.into()));
    assert_eq!(files(home.path()).len(), 1, "not even the others");
    assert_eq!(fs::read_to_string(&key).expect("it is there"), "mine");
    said(home.path(), &[&arguments[..], &["--force"]].concat());
    assert!(fs::read_to_string(&key).expect("it is there").starts_with("<!DOCTYPE html>"));
    assert_eq!(files(home.path()).len(), 3, "and nothing beside");
}

#[test]
fn what_cannot_be_printed_is_refused() {
    let home = folder();
    fs::write(home.path().join("file"), "").expect("it can be written");
    for (arguments, status, told) in [
        (&["exam", "--bank", "nowhere"][..], 2, "there is no file and no bank `nowhere`; there are: mrso"),
        (&["cards", "--deck", "nowhere"], 2, "there is no file and no deck `nowhere`; there are: mrso-cards"),
        (&["exam", "--bank", "./nowhere.toml"], 2, "cannot read ./nowhere.toml"),
        (&["guide", "m77"], 2, "there is no guide of a module `m77`; there are: m1, m2, m3, "),
        (&["exam", "--versions", "5"], 2, "5 is not in 1..=4"),
        (&["exam", "domain:rf", "(missed"], 2, "domain:rf (missed\n            ^"),
        (
            &["exam", "domain:rf -missed"],
            2,
            "`missed` goes by your own record, and an exam on paper is drawn from the bank",
        ),
        (&["exam", "domain:nowhere"], 2, "mrso has no domain:nowhere, but: static-field, "),
        (&["exam", "type:tf -type:tf"], 2, "no question of mrso fits the filter `type:tf -type:tf`"),
        (&["exam", "--to", "pdf"], 2, "invalid value 'pdf'"),
        (&["exam", "-o", "file/x"], 1, "cannot write file/x"),
    ] {
        let (code, err) = refused(home.path(), arguments);
        assert_eq!(code, Some(status), "{arguments:?}: {err}");
        assert!(err.contains(told), "{arguments:?}: {err}");
    }
    assert_eq!(files(home.path()).len(), 1, "nothing was written");
}

#[test]
fn what_a_bank_lacks_is_told() {
    let home = folder();
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let old = root.join("tests/fixtures/workbench/old.toml");
    let old = old.to_str().expect("test paths are text");
    let told = said(home.path(), &["exam", "--bank", old, "--seed", "1", "--questions", "99"]);
    assert!(told.contains("\nThe bank has no more than ") && told.contains("; 99 were wanted.\n"), "{told}");
    let half = root.join("tests/fixtures/banks/s00-unclosed-string.toml");
    let told = said(home.path(), &["exam", "--bank", half.to_str().expect("text"), "--seed", "1"]);
    assert!(told.contains("\n1 question is broken and left out; `examdeck check` says why.\n"), "{told}");
}
