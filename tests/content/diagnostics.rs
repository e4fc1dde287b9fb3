//! A report for each broken fixture, word for word.

use super::*;

/// A report for each fixture. In a fixture named for a rule, every finding is of that rule.
#[test]
fn every_rule_is_reported_as_it_was() {
    for path in fixtures() {
        let loaded = load_path(&path);
        assert_presentable(&loaded);
        insta::with_settings!({ snapshot_path => "../snapshots", prepend_module_to_snapshot => false, omit_expression => true }, {
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
    assert_eq!(ids(&loaded), ["sound-1", "silent", "typo", "tab", "sound-2", "sound"]);
    assert_eq!(loaded.left_out, 10);
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
