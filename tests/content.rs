//! The content layer from outside: every diagnostic, the whole format, the limits, hostile files, `examdeck check` as a
//! process, the library, and the bank that ships.

use std::fs;
use std::path::{Path, PathBuf};

use examdeck::content::diagnostic::{Code, Diagnostic, line_and_column, render};
use examdeck::content::load::{Loaded, load, load_with_guides};
use examdeck::content::source::{SourceFile, find_banks};
use examdeck::engine::question::Question;

/// Where the fixtures are, relative to the package, so that reports are the same everywhere.
const BANKS: &str = "tests/fixtures/banks";

/// The beginning of a bank that needs no more than questions.
const HEADER: &str = r#"
format = 1
[bank]
id = "fire"
title = "Fire safety"
version = "1.0.0"
[[domains]]
id = "alarms"
title = "Alarms"
"#;

fn load_text(text: &str) -> Loaded {
    load_bytes(text.as_bytes())
}

fn load_bytes(bytes: &[u8]) -> Loaded {
    load(vec![SourceFile::new("bank.toml", bytes.to_vec())])
}

/// The only bank at `path`, every file of it read.
fn load_path(path: &Path) -> Loaded {
    let banks = find_banks(path).expect("the path has a bank");
    assert_eq!(banks.len(), 1, "{path:?}");
    let (files, errors) = banks[0].read();
    assert!(errors.is_empty(), "{errors:?}");
    load_with_guides(files, &banks[0].beside())
}

fn ids(loaded: &Loaded) -> Vec<&str> {
    loaded.bank.iter().flat_map(|b| &b.questions).map(|q| q.id.as_str()).collect()
}

fn codes(loaded: &Loaded) -> Vec<Code> {
    loaded.findings.iter().map(|f| f.code).collect()
}

fn place(loaded: &Loaded, finding: &Diagnostic) -> (usize, usize) {
    line_and_column(&loaded.files[finding.file].text, finding.span.start)
}

fn claim(id: &str) -> String {
    format!("[[questions]]\nid = \"{id}\"\ndomain = \"alarms\"\nstem = \"Is it {id}?\"\nanswer = true\n")
}

fn report(loaded: &Loaded) -> String {
    let mut report: String = loaded.findings.iter().map(|f| render(f, &loaded.files, false) + "\n\n").collect();
    let sound = if loaded.bank.is_some() { ids(loaded).join(" ") } else { "(no bank)".into() };
    report.push_str(&format!("sound: {sound}\nleft out: {}\n", loaded.left_out));
    report
}

/// Asserts what must hold of any load: places lie in their files, and nothing of a file reaches a report raw.
fn assert_presentable(loaded: &Loaded) {
    for finding in &loaded.findings {
        let related = finding.related.as_ref().map(|(file, span, _)| (*file, span));
        for (file, span) in std::iter::once((finding.file, &finding.span)).chain(related) {
            let text = &loaded.files[file].text;
            assert!(text.get(span.clone()).is_some(), "{span:?} is no place in {} bytes: {finding:?}", text.len());
        }
        let rendered = render(finding, &loaded.files, false);
        assert_harmless(&rendered);
    }
}

fn assert_harmless(text: &str) {
    let bad = text.chars().find(|&c| c.is_control() && c != '\n');
    assert_eq!(bad, None, "{text:?}");
    let (_, mended) = examdeck::engine::text::Text::clean(text);
    assert!(mended.is_empty(), "{mended:?} in {text:?}");
}

fn fixtures() -> Vec<PathBuf> {
    let mut paths: Vec<PathBuf> = fs::read_dir(BANKS)
        .expect("the fixtures are there")
        .map(|e| Path::new(BANKS).join(e.expect("they can be listed").file_name()))
        .filter(|path| path.extension().is_none_or(|e| e != "md")) // guides that some name
        .collect();
    paths.sort();
    paths
}

fn stem(path: &Path) -> &str {
    path.file_stem().and_then(|s| s.to_str()).expect("fixtures have plain names")
}

mod diagnostics {
    use super::*;

    /// A report for each fixture. In a fixture named for a rule, every finding is of that rule.
    #[test]
    fn every_rule_is_reported_as_it_was() {
        for path in fixtures() {
            let loaded = load_path(&path);
            assert_presentable(&loaded);
            insta::with_settings!({ prepend_module_to_snapshot => false, omit_expression => true }, {
                insta::assert_snapshot!(stem(&path), report(&loaded));
            });
        }
    }

    #[test]
    fn every_code_has_a_fixture_that_shows_it_alone() {
        use Code::*;
        let mut shown: Vec<Code> = Vec::new();
        for path in fixtures().iter().filter(|p| stem(p).starts_with('s')) {
            let loaded = load_path(path);
            let named = stem(path)[..3].to_uppercase();
            let found = codes(&loaded);
            let others: Vec<_> = found.iter().filter(|c| c.to_string() != named).collect();
            // A table given twice is also a blueprint that the bank cannot fill.
            assert!(others.is_empty() || stem(path) == "s00-table-twice", "{path:?}: {others:?}");
            shown.extend(found);
        }
        shown.sort();
        shown.dedup();
        assert_eq!(shown, [S00, S01, S02, S03, S04, S05, S06, S07, S08, S09, S10, S11, S13, S14]);
    }

    #[test]
    fn many_mistakes_are_found_in_one_run_and_the_good_questions_load() {
        use Code::*;
        let loaded = load_path(&Path::new(BANKS).join("many-at-once.toml"));
        let mut found = codes(&loaded);
        found.sort();
        assert_eq!(found, [S00, S00, S01, S02, S03, S04, S05, S06, S07, S07, S08, S09, S10, S11]);
        assert_eq!(ids(&loaded), ["sound-1", "typo", "tab", "sound-2", "sound"]);
        assert_eq!(loaded.left_out, 11);
    }

    /// What is wrong in one field hides nothing that is wrong in another, and is told once.
    #[test]
    fn one_question_may_have_many_findings() {
        let loaded = load_text(&format!(
            "{HEADER}{}tags = [\"No Slug\"]\n",
            "[[questions]]\nid = 5\ndomain = \"Alarms!\"\nstem = \"\"\ndistractors = \"x\"\n"
        ));
        let messages: Vec<&str> = loaded.findings.iter().map(|f| f.message.as_str()).collect();
        assert_eq!(
            messages,
            [
                "the question has no `answer`",
                "`id` of a question is a text in quotes, found a whole number",
                "`domain` is no identifier",
                "the stem is empty",
                "`distractors` of a question is a list in [ ], found a text",
                "a tag is lower-case letters, digits and single hyphens",
            ]
        );
        assert_eq!(loaded.left_out, 1);
    }

    #[test]
    fn one_file_of_a_bank_alone_is_told_once_that_it_has_no_header() {
        let loaded = load_text(&(claim("a") + &claim("b")));
        assert_eq!(codes(&loaded), [Code::S07]);
        assert!(loaded.bank.is_none());
    }

    #[test]
    fn a_second_exam_table_in_another_file_is_not_taken_silently() {
        let files = [HEADER.to_owned() + "[exam]\nminutes = 5\n", "[exam]\nminutes = 9\n".into()];
        let loaded = load(files.map(|f| SourceFile::new("x.toml", f.into())).into());
        assert_eq!(codes(&loaded), [Code::S07]);
        assert_eq!(loaded.bank.expect("the header is sound").exam.minutes, 5);
    }

    #[test]
    fn colours_are_our_own_sequences_only() {
        let loaded = load_path(&Path::new(BANKS).join("hostile.toml"));
        for finding in &loaded.findings {
            let coloured = render(finding, &loaded.files, true);
            let mut plain = String::new();
            let mut rest = coloured.as_str();
            while let Some((before, after)) = rest.split_once("\u{1b}[") {
                plain.push_str(before);
                let end = after.find(|c: char| !(c.is_ascii_digit() || c == ';')).expect("a sequence ends");
                assert!(after[end..].starts_with('m'), "{coloured:?}");
                rest = &after[end + 1..];
            }
            assert_harmless(&(plain + rest));
        }
    }
}

mod isolation {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn one_bad_question_hides_no_other() {
        let breakages = [
            ("an unclosed string", "stem = \"Is it?\nanswer = true"),
            ("a stray quote", "stem = \"Is \"it\"?\"\nanswer = true"),
            ("a missing bracket", "stem = \"Is it?\"\nanswer = \"a\"\ndistractors = [\"b\", \"c\""),
            ("an unclosed multi-line string", "stem = \"\"\"\nIs it?\nanswer = true"),
            ("an unclosed literal string", "figure = '''\n+--+\nstem = \"Is it?\"\nanswer = true"),
            ("a brace too many", "stem = \"Is it?\"\nanswer = { text = \"a\" }}\ndistractors = [\"b\"]"),
            ("no equals sign", "stem \"Is it?\"\nanswer = true"),
            ("a key given twice", "stem = \"Is it?\"\nstem = \"Is it?\"\nanswer = true"),
        ];
        for (what, broken) in breakages {
            let broken = format!("[[questions]]\nid = \"broken\"\ndomain = \"alarms\"\n{broken}\n");
            let multi_line = claim("last").replace("\"Is it last?\"", "\"\"\"\nIs it last?\"\"\"");
            for ending in ["\n", "\r\n"] {
                let text = [HEADER, &claim("first"), &broken, &claim("next"), &multi_line].concat();
                let loaded = load_text(&text.replace('\n', ending));
                assert_eq!(ids(&loaded), ["first", "next", "last"], "{what}");
                assert_eq!(loaded.left_out, 1, "{what}");
                assert!(codes(&loaded).iter().all(|&c| c == Code::S00), "{what}: {}", report(&loaded));
                let question = text.find("id = \"broken\"").expect("it was put in");
                let (from, to) = (line_and_column(&text, question).0, line_and_column(&text, text.len()).0);
                for finding in &loaded.findings {
                    let line = place(&loaded, finding).0;
                    let next = from + broken.lines().count() - 1;
                    assert!((from..next.min(to)).contains(&line), "{what} is shown in line {line}");
                }
            }
        }
    }

    #[test]
    fn a_broken_header_of_a_question_costs_that_question_only() {
        for header in ["[[questions]", "[questions]]", "[questions]", "[[questions", "[[ questions ]"] {
            let broken = claim("broken").replace("[[questions]]", header);
            let loaded = load_text(&[HEADER, &claim("first"), &broken, &claim("last")].concat());
            assert_eq!(ids(&loaded), ["first", "last"], "{header}");
            assert_eq!(loaded.left_out, 1, "{header}");
        }
    }

    #[test]
    fn a_file_may_begin_with_a_broken_question() {
        for mark in ["", "\u{feff}"] {
            let module = format!("{mark}[[questions]]\nid = \"broken\nstem =\n\n{}", claim("sound"));
            let files = [HEADER.to_owned(), module].map(|f| SourceFile::new("x.toml", f.into()));
            let loaded = load(files.into());
            assert_eq!(ids(&loaded), ["sound"]);
            assert_eq!(loaded.left_out, 1);
        }
    }

    #[test]
    fn a_syntax_error_in_one_file_leaves_the_defaults_of_that_file_to_its_other_questions() {
        let file = format!("domain = \"alarms\"\n{}{}", "[[questions]]\nid = \"broken\n", claim("sound"));
        let file = file.replace("domain = \"alarms\"\nstem", "stem");
        let loaded = load([HEADER.to_owned(), file].map(|f| SourceFile::new("x.toml", f.into())).into());
        assert_eq!(ids(&loaded), ["sound"]);
    }

    proptest! {
        /// Whatever is typed into one question, its neighbours load.
        #[test]
        fn no_typing_into_one_question_reaches_another(typed in "[\"'\\[\\]{}=,#\\\\ \n\r\ta1.-]{1,12}", at in 0usize..90) {
            let mut broken = claim("mended");
            let at = broken.floor_char_boundary("[[questions]]\n".len() + at % (broken.len() - 14));
            broken.insert_str(at, &typed);
            let multi_line = claim("last").replace("\"Is it last?\"", "\"\"\"\nIs it last?\"\"\"");
            let text = [HEADER, &claim("first"), &broken, "\n", &multi_line].concat();
            let loaded = load_text(&text);
            prop_assert!(ids(&loaded).starts_with(&["first"]), "{}", text);
            prop_assert!(ids(&loaded).ends_with(&["last"]), "{}", text);
            prop_assert!(ids(&loaded).len() + loaded.left_out >= 3, "{}", text);
        }
    }
}

mod format {
    use examdeck::engine::bank::MultiAnswer;
    use examdeck::engine::draw::{Request, draw, numeric_values};
    use examdeck::engine::question::{Kind, Level, OptionId};

    use super::*;

    const WHOLE: &str = "tests/fixtures/format";

    fn question<'l>(loaded: &'l Loaded, id: &str) -> &'l Question {
        let bank = loaded.bank.as_ref().expect("the header is sound");
        bank.questions.iter().find(|q| q.id.as_str() == id).unwrap_or_else(|| panic!("{id} is left out"))
    }

    fn check_all(loaded: &Loaded) {
        assert_eq!(report(loaded).lines().next(), report(loaded).lines().find(|l| l.starts_with("sound")));
        let bank = loaded.bank.as_ref().expect("the header is sound");
        assert_eq!((bank.id.as_str(), bank.title.as_str()), ("fire-safety", "Fire safety officer"));
        assert_eq!(bank.version, semver::Version::new(1, 2, 0));
        assert_eq!(bank.language.as_ref().map(|l| l.as_str()), Some("en"));
        assert_eq!(bank.authors.len(), 2);
        assert_eq!(bank.license.as_ref().map(|l| l.as_str()), Some("CC-BY-4.0"));
        assert!(bank.description.is_some() && bank.notice.is_some());
        assert_eq!((bank.exam.questions, bank.exam.minutes, bank.exam.pass_percent), (4, 5, 80));
        assert_eq!(bank.exam.multi_answer, MultiAnswer::Partial);
        assert_eq!(
            bank.domains.iter().map(|d| (d.id.as_str(), d.weight)).collect::<Vec<_>>(),
            [("alarms", 3), ("agents", 1)]
        );
        assert_eq!(bank.modules.len(), 2);

        let single = question(loaded, "alarm-dead-battery");
        assert_eq!((single.kind, single.keys, single.choices.len()), (Kind::Single, 1, 4));
        let whys: Vec<bool> = single.choices.iter().map(|c| c.why.is_some()).collect();
        assert_eq!(whys, [false, true, true, false]);
        assert_eq!(single.module.as_ref().map(|m| m.as_str()), Some("m1"), "from the top of the file");
        assert_eq!(single.domain.as_str(), "alarms", "from the top of the file");
        let cited: Vec<String> = single.sources.iter().map(|c| c.line()).collect();
        assert_eq!(
            cited,
            ["NFPA 10, Standard for Portable Fire Extinguishers. NFPA, 2022", "Alarm handbook. 3rd edition, §7.3"]
        );
        assert_eq!(single.level, Some(Level::Recall));
        assert_eq!(single.objective.as_ref().map(|o| o.as_str()), Some("B.2.c"));
        assert_eq!(single.tags.iter().map(|t| t.as_str()).collect::<Vec<_>>(), ["battery", "homes"]);
        let guide = |q: &Question| q.guide.as_ref().map(ToString::to_string);
        assert_eq!(guide(single).as_deref(), Some("m1#chirps-and-alarms"), "its own, not the file's");
        assert_eq!(single.reviewed.as_ref().map(|r| r.as_str()), Some("2026-11-22"));
        assert_eq!(single.figure.as_ref().map(|f| f.as_str()), Some("+--+  chirp\n|  | ))\n+--+"));
        assert_eq!(single.explanation.as_ref().map(|e| e.as_str()), Some("One chirp a minute.\n\n- It **is** low.\n"));

        let multi = question(loaded, "class-b-agents");
        assert_eq!((multi.kind, multi.keys, multi.choices.len()), (Kind::Multi, 2, 4));
        assert_eq!(multi.choices[1].why.as_ref().map(|w| w.as_str()), Some("It displaces oxygen."));
        assert_eq!(multi.domain.as_str(), "agents", "its own, not the file's");

        let claim = question(loaded, "water-on-oil");
        assert_eq!((claim.kind, claim.keys, claim.choices.len()), (Kind::TrueFalse, 1, 2));
        assert_eq!(claim.choices[0].text.as_str(), "False", "the key comes first");

        for seed in 0..40 {
            let paper = draw(bank, &Request { questions: 100, ..Request::default() }, seed, None);
            let shown = |id: &str| -> Vec<String> {
                let item = paper.items.iter().find(|i| i.question.id.as_str() == id).expect("all are drawn");
                item.order.iter().map(|&o| item.question.choice(o).expect("it has it").text.to_string()).collect()
            };
            assert_eq!(shown("pinned").last().map(String::as_str), Some("None of these"));
            assert_eq!(shown("as-written"), ["Zone I", "Zone II", "Zone III"]);
            assert_eq!(shown("ascending"), ["−4 °C", "1.5 °C", "37 °C", "1,200 °C"]);
            assert_eq!(shown("water-on-oil"), ["True", "False"]);
        }
        assert!(numeric_values(question(loaded, "ascending")).is_some());
        assert!(question(loaded, "ascending").is_key(OptionId(0)));
        assert!(!question(loaded, "as-written").shuffle);
    }

    #[test]
    fn a_folder_with_modules() {
        let loaded = load_path(&Path::new(WHOLE).join("folder"));
        let names: Vec<String> = loaded.files.iter().map(|f| f.name.to_string().replace('\\', "/")).collect();
        let expected = ["bank.toml", "01-alarms/questions.toml", "02-agents.toml", "01-alarms/guide.md"];
        let expected = expected.map(|f| format!("{WHOLE}/folder/{f}"));
        assert_eq!(names, expected, "the header first, then by name, then what the header names");
        check_all(&loaded);
        let bank = loaded.bank.as_ref().expect("the header is sound");
        let guide = bank.modules[0].guide.as_ref().expect("it is there");
        assert_eq!(
            guide.sections.iter().map(|s| s.slug.as_str()).collect::<Vec<_>>(),
            ["the-fire-triangle", "chirps-and-alarms"]
        );
        assert_eq!(bank.modules[1].guide, None);
    }

    /// The same bank as one file, made of the folder's files.
    fn single() -> String {
        let file = |name: &str| fs::read_to_string(Path::new(WHOLE).join("folder").join(name)).expect("it is there");
        let (alarms, agents) = (file("01-alarms/questions.toml"), file("02-agents.toml"));
        let (top, questions) = alarms.split_at(alarms.find("[[questions]]").expect("it has some"));
        [top, &file("bank.toml"), questions, &agents].concat()
    }

    #[test]
    fn one_file_for_all_of_it() {
        check_all(&load_text(&single()));
    }

    #[test]
    fn windows_line_ends_and_a_byte_order_mark_change_nothing() {
        let crlf = single().replace('\n', "\r\n");
        check_all(&load_text(&crlf));
        check_all(&load_text(&format!("\u{feff}{crlf}")));
        check_all(&load_text(&format!("\u{feff}{}", single())));
    }

    #[test]
    fn places_are_right_behind_a_byte_order_mark() {
        for end in ["\n", "\r\n"] {
            let text = format!("\u{feff}{}{}", HEADER.trim_start(), claim("x").replace("\"alarms\"", "\"µ\""))
                .replace('\n', end);
            let loaded = load_text(&text);
            assert_eq!(loaded.findings.len(), 1);
            assert_eq!(&text[loaded.findings[0].span.clone()], "\"µ\"");
            // The same where the file is read question by question.
            let loaded = load_text(&format!("{text}{end}{}", "[[questions]]\nid = \"x"));
            assert_eq!(&text[loaded.findings[0].span.clone()], "\"µ\"");
        }
    }

    #[test]
    fn what_the_exam_leaves_open_is_filled_in() {
        let bank = load_text(&format!("{HEADER}{}", claim("a"))).bank.expect("the header is sound");
        assert_eq!((bank.exam.questions, bank.exam.minutes, bank.exam.pass_percent), (1, 2, 70));
        assert_eq!(bank.exam.multi_answer, MultiAnswer::AllOrNothing);
        assert_eq!(bank.domains[0].weight, 1);
    }

    #[test]
    fn distractors_may_be_written_as_tables() {
        let text = claim("a").replace("true", "\"yes\"") + "[[questions.distractors]]\ntext = \"no\"\nwhy = \"so\"\n";
        for broken in ["", "[[questions]]\nid = \"b\n"] {
            let loaded = load_text(&format!("{HEADER}{text}{broken}"));
            assert_eq!(question(&loaded, "a").choices[1].text.as_str(), "no");
        }
    }

    #[test]
    fn the_example_of_the_format_loads() {
        let loaded = load_text(
            &(HEADER.to_owned()
                + &claim("a")
                + "allow = [\"W07\"]\nallow_reason = \"It is fine.\"\nguide = \"m1#chapter-1\"\n"),
        );
        assert_eq!(codes(&loaded), []);
    }
}

mod limits {
    use examdeck::content::fields::MAX_FIELD;
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
            std::os::unix::fs::symlink("../outside.toml", folder.path().join("bank/bank.toml"))
                .expect("it can be made");
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
}

mod arbitrary {
    use proptest::prelude::*;

    use super::*;

    /// Pieces of the format, so that chance makes more than syntax errors.
    fn soup() -> impl Strategy<Value = String> {
        let token = prop_oneof![
            prop::sample::select(vec![
                "[[questions]]\n",
                "[bank]\n",
                "[exam]\n",
                "[[domains]]\n",
                "[[modules]]\n",
                "[sources.a]\n",
                "id = ",
                "stem = ",
                "answer = ",
                "distractors = ",
                "domain = ",
                "module = ",
                "title = ",
                "version = ",
                "weight = ",
                "format = ",
                "sources = ",
                "tags = ",
                "figure = ",
                "reviewed = ",
                "shuffle = ",
                "\"a\"",
                "\"1.0.0\"",
                "\"\"\"",
                "'''",
                "\"",
                "[",
                "]",
                "{",
                "}",
                ",",
                "=",
                ".",
                "#",
                "\n",
                "\r\n",
                "\r",
                "\t",
                " ",
                "true",
                "false",
                "1",
                "-1",
                "9e99",
                "2026-11-22",
                "{ text = \"a\", why = \"b\" }",
                "{ id = \"a\", at = \"b\" }",
                "\\u001b",
                "\\u202e",
                "\u{1b}",
                "\u{9b}",
                "\u{202e}",
                "\u{feff}",
                "\u{0}",
                "\u{301}",
                "\u{200d}",
                "👩",
                "é",
                "日",
                "\u{2028}",
                "\u{e0041}",
            ])
            .prop_map(str::to_owned),
            any::<String>(),
        ];
        prop::collection::vec(token, 0..40).prop_map(|tokens| tokens.concat())
    }

    /// Cuts, doubles and overwrites stretches of a sound bank.
    fn mutated() -> impl Strategy<Value = Vec<u8>> {
        let text = fs::read("tests/fixtures/banks/many-at-once.toml").expect("the fixture is there");
        let edit = (any::<prop::sample::Index>(), 0usize..60, soup(), 0u8..4);
        prop::collection::vec(edit, 1..6).prop_map(move |edits| {
            let mut bytes = text.clone();
            for (at, length, typed, kind) in edits {
                let start = at.index(bytes.len() + 1);
                let end = (start + length).min(bytes.len());
                let stretch = bytes[start..end].to_vec();
                let new = match kind {
                    0 => Vec::new(),
                    1 => [&stretch[..], &stretch[..]].concat(),
                    2 => typed.into_bytes(),
                    _ => stretch.iter().map(|b| b ^ 0x80).collect(),
                };
                bytes.splice(start..end, new);
            }
            bytes
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

        #[test]
        fn any_bytes(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
            assert_presentable(&load_bytes(&bytes));
        }

        #[test]
        fn any_pieces_of_the_format(first in soup(), second in soup()) {
            let files = vec![SourceFile::new("a.toml", first.into()), SourceFile::new("b.toml", second.into())];
            assert_presentable(&load(files));
        }

        #[test]
        fn any_pieces_behind_a_header(pieces in soup()) {
            assert_presentable(&load_text(&format!("{HEADER}{}{pieces}", claim("a"))));
        }

        #[test]
        fn any_change_of_a_bank(bytes in mutated()) {
            let loaded = load_bytes(&bytes);
            assert_presentable(&loaded);
            for question in loaded.bank.iter().flat_map(|b| &b.questions) {
                prop_assert!(question.keys >= 1 && question.keys < question.choices.len());
                prop_assert!(!question.stem.is_blank());
            }
        }

        /// The file's name is a stranger's text, too.
        #[test]
        fn any_file_name(name in any::<String>()) {
            assert_presentable(&load(vec![SourceFile::new(&name, b"x".to_vec())]));
        }
    }
}

mod check {
    use std::process::{Command, Output};

    use super::*;

    fn check(paths: &[&Path]) -> Output {
        Command::new(env!("CARGO_BIN_EXE_examdeck"))
            .arg("check")
            .args(paths)
            .env("NO_COLOR", "1")
            .output()
            .expect("the program starts")
    }

    fn text(bytes: &[u8]) -> String {
        let text = String::from_utf8(bytes.to_vec()).expect("the program writes UTF-8");
        assert_harmless(&text);
        text
    }

    fn fixture(name: &str) -> PathBuf {
        Path::new(BANKS).join(name)
    }

    #[test]
    fn a_bank_without_an_error_gives_0() {
        let output = check(&[Path::new("tests/fixtures/format/folder")]);
        assert_eq!(output.status.code(), Some(0));
        let out = text(&output.stdout);
        let summary = out.lines().last().expect("a summary");
        assert!(summary.starts_with("tests/fixtures/format/folder: 6 sound questions; 0 errors, "), "{out}");
        assert_eq!(text(&output.stderr), "");
    }

    #[test]
    fn errors_give_1() {
        for name in ["s02-no-key-or-only-keys.toml", "s05-options-read-the-same.toml", "s04-over-files"] {
            let output = check(&[&fixture(name)]);
            assert_eq!(output.status.code(), Some(1), "{name}");
            assert!(text(&output.stdout).contains(&format!("[{}]", name[..3].to_uppercase())), "{name}");
            assert_eq!(text(&output.stderr), "");
        }
    }

    #[test]
    fn what_cannot_be_read_gives_2() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let nowhere = fixture("nowhere.toml");
        let cases: [(&Path, &str); 3] = [
            (&nowhere, "cannot read"),
            (folder.path(), "holds neither a question bank nor a deck"),
            (Path::new("/dev/null"), "not a regular file"),
        ];
        for (path, told) in cases.into_iter().take(if cfg!(unix) { 3 } else { 2 }) {
            let output = check(&[path]);
            assert_eq!(output.status.code(), Some(2), "{path:?}");
            let line = text(&output.stderr);
            assert!(line.starts_with("examdeck: ") && line.contains(told), "{line}");
            assert_eq!(line.lines().count(), 1);
        }
        assert_eq!(check(&[]).status.code(), Some(2));
    }

    #[test]
    fn several_paths_in_one_run() {
        let (clean, found, nowhere) = (
            Path::new("tests/fixtures/format/folder"),
            fixture("s03-list-with-one-answer.toml"),
            fixture("nowhere.toml"),
        );
        let output = check(&[clean, &found]);
        assert_eq!(output.status.code(), Some(1));
        let out = text(&output.stdout);
        assert!(out.contains("folder: 6 sound questions; 0 errors, "), "{out}");
        assert!(out.contains("answer.toml: 1 sound question, 1 left out; 1 error, "), "{out}");
        // What cannot be read hides nothing of the others.
        let output = check(&[&nowhere, &found, clean]);
        assert_eq!(output.status.code(), Some(2));
        assert_eq!(text(&output.stdout).lines().filter(|l| l.contains("sound question")).count(), 2);
        assert_eq!(text(&output.stderr).lines().count(), 1);
    }

    #[test]
    fn a_folder_of_banks() {
        let output = check(&[Path::new(BANKS)]);
        assert_eq!(output.status.code(), Some(1));
        let summaries = text(&output.stdout).lines().filter(|l| l.starts_with(BANKS)).count();
        assert_eq!(summaries, fixtures().len());
    }

    #[test]
    fn a_bank_id_that_two_paths_have() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let (a, b) = (folder.path().join("a.toml"), folder.path().join("b.toml"));
        for path in [&a, &b] {
            fs::write(path, HEADER.to_owned() + &claim("x")).expect("it can be written");
        }
        assert_eq!(check(&[&a]).status.code(), Some(0));
        for paths in [vec![a.as_path(), b.as_path()], vec![folder.path()]] {
            let output = check(&paths);
            assert_eq!(output.status.code(), Some(1));
            let out = text(&output.stdout);
            assert!(out.contains("error[S04]: the bank id `fire` is taken"), "{out}");
            assert!(out.contains("a.toml") && out.contains("b.toml"), "{out}");
        }
    }

    #[test]
    fn a_hostile_bank_writes_nothing_raw() {
        let output = check(&[&fixture("hostile.toml"), &fixture("s11-steering-characters.toml")]);
        assert_eq!(output.status.code(), Some(1));
        assert!(text(&output.stdout).contains("is no key of a question"));
    }

    #[cfg(unix)]
    #[test]
    fn a_hostile_path_writes_nothing_raw_and_forges_no_line() {
        use std::os::unix::ffi::OsStrExt;
        let folder = tempfile::tempdir().expect("a temporary folder");
        let names: [&[u8]; 2] =
            [b"\x1b]0;owned\x07\n/etc/passwd: nothing found\n.toml", b"\xff\x9b31m\xe2\x80\xae.toml"];
        let paths = names.map(|n| folder.path().join(std::ffi::OsStr::from_bytes(n)));
        assert_eq!(check(&[&paths[0], &paths[1]]).status.code(), Some(2));
        fs::create_dir_all(paths[0].parent().expect("it has one")).expect("it can be made");
        for path in &paths {
            fs::write(path, HEADER.to_owned() + &claim("x") + "colour = 1\n").expect("it can be written");
        }
        let output = check(&[&paths[0], &paths[1]]);
        assert_eq!(output.status.code(), Some(1));
        let out = text(&output.stdout);
        assert!(!out.lines().any(|l| l.starts_with("/etc/passwd")), "{out}");
        let missing = folder.path().join(std::ffi::OsStr::from_bytes(b"\x1b[2J\nno.toml"));
        assert_eq!(text(&check(&[&missing]).stderr).lines().count(), 1);
    }
}

mod library {
    use examdeck::content::library::{Library, Place, gather};
    use examdeck::engine::text::Text;
    use semver::Version;

    use super::*;

    struct Home(tempfile::TempDir);

    impl Home {
        fn new() -> Self {
            Self(tempfile::tempdir().expect("a temporary folder"))
        }

        fn write(&self, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
            let path = self.0.path().join(name);
            fs::create_dir_all(path.parent().expect("it has one")).expect("it can be made");
            fs::write(&path, bytes).expect("it can be written");
            path
        }

        fn gather(&self, named: &[PathBuf]) -> Library {
            let library = gather(&self.0.path().join("question-bank"), named);
            for problem in &library.problems {
                assert_harmless(problem.as_str());
                assert!(!problem.as_str().contains('\n'), "{problem:?}");
            }
            library
        }
    }

    fn bank(id: &str, version: &Version, question: &str) -> String {
        HEADER.replace("\"fire\"", &format!("\"{id}\"")).replace("1.0.0", &version.to_string()) + &claim(question)
    }

    fn built_in() -> Version {
        let library = Home::new().gather(&[]);
        assert_eq!(library.entries.len(), 1);
        library.entries[0].bank.version.clone()
    }

    fn place<'l>(library: &'l Library, id: &str) -> &'l Place {
        let entries: Vec<_> = library.entries.iter().filter(|e| e.bank.id.as_str() == id).collect();
        assert_eq!(entries.len(), 1, "one of each id");
        &entries[0].place
    }

    #[test]
    fn without_a_data_folder_the_built_in_bank_is_there() {
        let home = Home::new();
        for make in [|_: &Path| (), |p: &Path| fs::create_dir(p).expect("it can be made")] {
            make(&home.0.path().join("question-bank"));
            let library = home.gather(&[]);
            assert_eq!(library.problems, Vec::<Text>::new());
            assert_eq!(library.entries.len(), 1);
            assert_eq!(*place(&library, "mrso"), Place::BuiltIn);
            assert_eq!(library.entries[0].left_out, 0);
        }
    }

    #[test]
    fn banks_of_three_places_stand_in_their_order() {
        let home = Home::new();
        let one = Version::new(1, 0, 0);
        let installed = home.write("question-bank/fire.toml", bank("fire", &one, "a"));
        home.write("question-bank/first-aid/bank.toml", bank("first-aid", &one, "a"));
        home.write("question-bank/first-aid/more/q.toml", claim("b"));
        let named = home.write("elsewhere/water.toml", bank("water", &one, "a"));
        let library = home.gather(std::slice::from_ref(&named));
        assert_eq!(library.problems, Vec::<Text>::new());
        let found: Vec<&str> = library.entries.iter().map(|e| e.bank.id.as_str()).collect();
        assert_eq!(found, ["mrso", "fire", "first-aid", "water"]);
        assert_eq!(*place(&library, "fire"), Place::Installed(installed));
        assert_eq!(*place(&library, "first-aid"), Place::Installed(home.0.path().join("question-bank/first-aid")));
        assert_eq!(*place(&library, "water"), Place::Named(named));
        assert_eq!(library.entries[2].bank.questions.len(), 2);
    }

    #[test]
    fn an_installed_bank_replaces_a_built_in_one_by_a_higher_version_only() {
        let current = built_in();
        let higher = Version::new(current.major, current.minor, current.patch + 1);
        let mut before = current.clone();
        before.pre = semver::Prerelease::new("rc.1").expect("it is one");
        for (version, replaces) in [(before, false), (current, false), (Version::new(0, 0, 1), false), (higher, true)] {
            let home = Home::new();
            let path = home.write("question-bank/mrso.toml", bank("mrso", &version, "mine"));
            let library = home.gather(&[]);
            let expected = if replaces { Place::Installed(path) } else { Place::BuiltIn };
            assert_eq!(*place(&library, "mrso"), expected, "{version}");
        }
    }

    #[test]
    fn the_higher_of_two_installed_versions_counts() {
        for (a, b, best) in [(1, 2, "b.toml"), (2, 1, "a.toml"), (1, 1, "a.toml")] {
            let home = Home::new();
            home.write("question-bank/a.toml", bank("fire", &Version::new(a, 0, 0), "x"));
            home.write("question-bank/b.toml", bank("fire", &Version::new(b, 0, 0), "x"));
            let library = home.gather(&[]);
            assert_eq!(*place(&library, "fire"), Place::Installed(home.0.path().join("question-bank").join(best)));
        }
    }

    #[test]
    fn a_named_bank_replaces_any() {
        let home = Home::new();
        home.write("question-bank/mrso.toml", bank("mrso", &Version::new(999, 0, 0), "installed"));
        let named = home.write("mine.toml", bank("mrso", &Version::new(0, 0, 1), "named"));
        let library = home.gather(std::slice::from_ref(&named));
        assert_eq!(*place(&library, "mrso"), Place::Named(named));
    }

    #[test]
    fn a_broken_bank_is_a_line_and_hides_no_other() {
        let home = Home::new();
        let one = Version::new(1, 0, 0);
        home.write("question-bank/a-syntax.toml", "[bank\nid = ");
        home.write("question-bank/b-bytes.toml", [0u8, 159, 146, 150, 27]);
        home.write("question-bank/c-no-question.toml", HEADER);
        home.write("question-bank/d-all-broken.toml", bank("broken", &one, "x").replace("true", "[]"));
        home.write("question-bank/e-newer.toml", bank("newer", &one, "x").replace("format = 1", "format = 2"));
        home.write("question-bank/f-\u{202e}name.toml", "");
        fs::create_dir_all(home.0.path().join("question-bank/g-folder/bank.toml")).expect("it can be made");
        home.write("question-bank/sound.toml", bank("fire", &one, "x") + "[[questions]]\nid = \"y\n");
        let library = home.gather(&[home.0.path().join("nowhere"), home.0.path().join("question-bank/a-syntax.toml")]);
        let found: Vec<&str> = library.entries.iter().map(|e| e.bank.id.as_str()).collect();
        assert_eq!(found, ["mrso", "fire"]);
        assert_eq!(library.entries[1].left_out, 1);
        let told = [
            "a-syntax",
            "b-bytes",
            "c-no-question",
            "d-all-broken",
            "e-newer",
            "f-",
            "g-folder",
            "nowhere",
            "a-syntax",
        ];
        assert_eq!(library.problems.len(), told.len(), "{:?}", library.problems);
        for (problem, name) in library.problems.iter().zip(told) {
            assert!(problem.as_str().contains(name), "{problem:?} is about {name}");
        }
    }

    #[test]
    fn a_named_bank_that_is_broken_leaves_the_built_in_one() {
        let home = Home::new();
        let named = home.write("mine.toml", "[bank]\nid = \"mrso\"\n");
        let library = home.gather(&[named]);
        assert_eq!(*place(&library, "mrso"), Place::BuiltIn);
        assert_eq!(library.problems.len(), 1);
    }
}

/// The bank that ships: what the README says of it is counted here.
mod real_bank {
    use std::collections::{BTreeMap, HashSet};
    use std::sync::LazyLock;

    use examdeck::engine::bank::Bank;
    use examdeck::engine::blueprint::largest_remainder;
    use examdeck::engine::draw::{Request, draw};
    use examdeck::engine::paper::Paper;
    use examdeck::engine::question::{Kind, Level};
    use examdeck::engine::slug::Slug;

    use super::*;

    static LOADED: LazyLock<Loaded> = LazyLock::new(|| load_path(Path::new("question-bank/mrso")));

    fn bank() -> &'static Bank {
        LOADED.bank.as_ref().expect("the bank that ships has a header")
    }

    fn count(what: impl Fn(&Question) -> bool) -> usize {
        bank().questions.iter().filter(|q| what(q)).count()
    }

    fn percent(part: usize, whole: usize) -> f64 {
        100.0 * part as f64 / whole as f64
    }

    fn assert_share(what: &str, part: usize, whole: usize, range: std::ops::RangeInclusive<f64>) {
        let share = percent(part, whole);
        println!("{what}: {part} of {whole}, {share:.1} %");
        assert!(range.contains(&share), "{what}: {share:.1} %, not in {range:?}");
    }

    /// The ids of the questions that fail `sound`.
    fn offenders(sound: impl Fn(&Question) -> bool) -> Vec<&'static str> {
        bank().questions.iter().filter(|q| !sound(q)).map(|q| q.id.as_str()).collect()
    }

    const NONE: [&str; 0] = [];

    #[test]
    fn it_loads_without_a_finding() {
        assert_eq!(LOADED.left_out, 0);
        let findings: String = LOADED.findings.iter().map(|f| render(f, &LOADED.files, false) + "\n\n").collect();
        assert!(findings.is_empty(), "{findings}");
    }

    #[test]
    fn it_has_enough_questions_everywhere() {
        let bank = bank();
        println!("questions: {}", bank.questions.len());
        assert!(bank.questions.len() >= 900);
        for domain in &bank.domains {
            let least = if ["rf", "clinical"].contains(&domain.id.as_str()) { 150 } else { 120 };
            println!("domain {}: {}", domain.id, bank.stock(&domain.id));
            assert!(bank.stock(&domain.id) >= least, "{}", domain.id);
        }
        for module in &bank.modules {
            let has = count(|q| q.module.as_ref() == Some(&module.id));
            println!("module {}: {has}", module.id);
            assert!(has >= if module.id.as_str() == "m10" { 100 } else { 60 }, "{}", module.id);
        }
        assert_eq!(offenders(|q| q.module.is_some()), NONE, "questions without a module");
    }

    #[test]
    fn no_mock_exam_has_two_questions_that_give_each_other_away() {
        assert!(count(|q| !q.enemies.is_empty()) > 100);
        let request = Request { questions: bank().exam.questions, ..Request::default() };
        for seed in 0..100 {
            assert_eq!(enemies_in(&draw(bank(), &request, seed, None)), NONE, "seed {seed}");
        }
    }

    /// Questions whose enemies stand in the same paper.
    fn enemies_in(paper: &Paper) -> Vec<&str> {
        let ids: HashSet<&Slug> = paper.items.iter().map(|i| &i.question.id).collect();
        let meets_one = |q: &Question| q.enemies.iter().any(|id| ids.contains(id));
        paper.items.iter().map(|i| &*i.question).filter(|q| meets_one(q)).map(|q| q.id.as_str()).collect()
    }

    #[test]
    fn kinds_and_levels_are_mixed() {
        let all = bank().questions.len();
        let claims = count(|q| q.kind == Kind::TrueFalse);
        let right = count(|q| q.kind == Kind::TrueFalse && q.choices[0].text.as_str() == "True");
        assert_share("single choice", count(|q| q.kind == Kind::Single), all, 60.0..=75.0);
        assert_share("true/false", claims, all, 12.0..=20.0);
        assert_share("of these true", right, claims, 40.0..=60.0);
        assert_share("multi-answer", count(|q| q.kind == Kind::Multi), all, 12.0..=20.0);
        assert_share("recall", count(|q| q.level == Some(Level::Recall)), all, 0.0..=45.0);
        assert_share("application", count(|q| q.level == Some(Level::Application)), all, 35.0..=100.0);
        assert_share("analysis", count(|q| q.level == Some(Level::Analysis)), all, 18.0..=100.0);
    }

    #[test]
    fn every_question_says_why_and_on_what_grounds() {
        assert_eq!(offenders(|q| q.explanation.as_ref().is_some_and(|e| !e.is_blank())), NONE, "no explanation");
        assert_eq!(offenders(|q| !q.sources.is_empty()), NONE, "no source");
        assert_eq!(offenders(|q| q.level.is_some()), NONE, "no level");
        assert_eq!(offenders(|q| q.reviewed.is_some()), NONE, "not reviewed");
        let says_why = |q: &Question| q.choices[q.keys..].iter().all(|c| c.why.as_ref().is_some_and(|w| !w.is_blank()));
        assert_eq!(offenders(|q| q.kind == Kind::TrueFalse || says_why(q)), NONE, "a distractor without a why");
    }

    /// A student who picks the longest option does no better than by chance. Equal lengths share the point.
    #[test]
    fn the_longest_option_is_no_better_a_guess_than_any() {
        let singles: Vec<_> = bank().questions.iter().filter(|q| q.kind == Kind::Single).collect();
        let length = |q: &Question, i: usize| q.choices[i].text.as_str().chars().count();
        let longest = |q: &Question| (0..q.choices.len()).map(|i| length(q, i)).max().unwrap_or(0);
        let points: f64 = singles
            .iter()
            .filter(|q| length(q, 0) == longest(q))
            .map(|q| 1.0 / (0..q.choices.len()).filter(|&i| length(q, i) == longest(q)).count() as f64)
            .sum();
        let chance: f64 = singles.iter().map(|q| 1.0 / q.choices.len() as f64).sum();
        let (share, chance) = (100.0 * points / singles.len() as f64, 100.0 * chance / singles.len() as f64);
        println!(
            "the key is the longest option in {share:.1} % of {} questions; by chance {chance:.1} %",
            singles.len()
        );
        assert!(share <= chance + 5.0);
    }

    /// The sentence that asks must not turn on a small "not": it is easily overlooked.
    #[test]
    fn negative_stems_are_in_capitals() {
        let asks_for_the_contrary = |sentence: &str| {
            let words: Vec<&str> = sentence.split(|c: char| !c.is_alphabetic()).filter(|w| !w.is_empty()).collect();
            let asks = words
                .iter()
                .position(|w| ["which", "what", "who", "where", "when"].contains(&w.to_lowercase().as_str()));
            let Some(asks) = asks else { return false };
            // A relative clause ("that normal mode does not", "whose exam is not urgent") turns nothing round.
            let relative = |w: &&str| ["that", "whose", "if", "because", "although"].contains(w);
            let clause: Vec<&str> = words[asks..].iter().copied().take_while(|w| !relative(w)).collect();
            clause.windows(3).any(|w| {
                let verb =
                    ["is", "are", "was", "were", "does", "do", "should", "must", "may", "can", "has"].contains(&w[1]);
                (verb && w[2] == "not") || w[2] == "except" || (w[2] == "least" && w[1] != "at" && w[0] != "at")
            })
        };
        let sound = |q: &Question| {
            let stem = q.stem.one_line();
            q.kind == Kind::TrueFalse || !stem.split_inclusive(['?', '.', ':']).any(asks_for_the_contrary)
        };
        assert_eq!(offenders(sound), NONE);
    }

    #[test]
    fn eight_exams_one_after_another_share_no_question_and_keep_the_blueprint() {
        let bank = bank();
        assert_eq!(bank.exam.questions, 100);
        let weights: Vec<u32> = bank.domains.iter().map(|d| d.weight).collect();
        let quotas = largest_remainder(bank.exam.questions, &weights);
        for student in 0..20 {
            let mut seen: HashSet<Slug> = HashSet::new();
            for sitting in 0..8 {
                let request = Request { questions: bank.exam.questions, ..Request::default() };
                let paper = draw(bank, &request, 1_000 * student + sitting, Some(&seen));
                let mut by_domain: BTreeMap<&Slug, usize> = BTreeMap::new();
                for item in &paper.items {
                    *by_domain.entry(&item.question.domain).or_default() += 1;
                }
                for (domain, quota) in bank.domains.iter().zip(&quotas) {
                    assert_eq!(by_domain.get(&domain.id), Some(quota), "{} in exam {sitting}", domain.id);
                }
                assert_eq!(enemies_in(&paper), NONE, "student {student}, exam {sitting}");
                let before = seen.len();
                seen.extend(paper.items.iter().map(|i| i.question.id.clone()));
                assert_eq!(seen.len() - before, 100, "exam {sitting} repeats nothing");
            }
        }
    }
}
