//! Whatever bytes come, nothing panics, and what is said can be shown.

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
