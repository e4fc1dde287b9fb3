//! One bad question costs that question only.

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
