//! One error is one finding: what follows only because a question is left out, or a name cannot be read, is not said.

use std::fs;
use std::ops::Range;

use examdeck::content::beside::Beside;
use examdeck::content::load::load_with_advice;
use examdeck::content::rules::item::Month;
use examdeck::content::source::SourceFile;

const HEADER: &str = r#"format = 1
[bank]
id = "tight"
title = "Tight"
version = "1.0.0"
[exam]
questions = 38
[check]
allow = ["W07", "B06"]
allow_reason = "One stem asks for the exception, and the bank is as small as it can be."
[[domains]]
id = "one"
title = "One"
weight = 2
[[domains]]
id = "two"
title = "Two"
weight = 36
[[modules]]
id = "m1"
title = "Module"
guide = "guide.md"
[sources.book]
title = "The book"
year = 2025
"#;

const GUIDE: &str = "# Module\n\n## First\n\nText.\n\n## Second\n\nText.\n";

/// The question that is broken in each test. It fills its domain, is the only one of its section, is named as an enemy, and
/// is what both `allow` are there for.
const TARGET: &str = r#"[[questions]]
id = "target"
domain = "one"
module = "m1"
guide = "m1#first"
stem = "Which of the old harbour seals does not close at low water?"
answer = "The weathered one"
distractors = ["The northern one", "The painted one"]
explanation = "The weathered seal has lost its spring, as the book says of all old ones."
sources = ["book"]
reviewed = 2026-11-22
"#;

/// Its near duplicate, which names it and allows the resemblance.
const TWIN: &str = r#"[[questions]]
id = "twin"
domain = "one"
module = "m1"
guide = "m1#second"
stem = "Which of the old harbour seals does NOT close at low water?"
answer = "The weathered one"
distractors = ["The northern one", "The painted one", "The southern one"]
explanation = "The weathered seal has lost its spring, as the book says of all old ones."
sources = ["book"]
reviewed = 2026-11-22
allow = ["B04"]
allow_reason = "Both are asked on purpose."
[[questions]]
id = "foe"
domain = "two"
module = "m1"
guide = "m1#second"
stem = "Boats may enter the inner basin in fog."
answer = false
enemies = ["target"]
explanation = "The basin is closed in fog, as the book says in its chapter on weather."
sources = ["book"]
reviewed = 2026-11-22
"#;

/// A sound bank; the place of the target in it.
fn bank(target: &str) -> (String, Range<usize>) {
    let mut text = String::from(HEADER);
    let start = text.len();
    text.push_str(target);
    let place = start..text.len();
    text.push_str(TWIN);
    for i in 0..35 {
        // With the foe, 23 of 36 claims are true, which is 64 %; without it they are 66 %, and that is too many.
        let right = i < 23;
        text.push_str(&format!(
            "[[questions]]\nid = \"c{i}\"\ndomain = \"two\"\nmodule = \"m1\"\nguide = \"m1#second\"\n\
             stem = \"Berth {i} {} by the {} quay wall.\"\nanswer = {right}\nsources = [\"book\"]\nreviewed = 2026-11-22\n\
             explanation = \"The plan of berths in the book shows number {i} at that wall.\"\n",
            ["lies", "rests", "floats", "stays"][i % 4],
            ["upper", "lower", "outer", "inner", "western"][i % 5],
        ));
    }
    (text, place)
}

/// What is found, each as its code, its line and its message.
fn found(text: &str) -> Vec<(usize, String)> {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("guide.md"), GUIDE).expect("it can be written");
    let files = vec![SourceFile::new("tight.toml", text.as_bytes().to_vec())];
    let loaded = load_with_advice(files, &Beside::of(&folder.path().join("tight.toml")), Month::new(2026, 11));
    let said =
        |f: &examdeck::content::diagnostic::Diagnostic| (f.file, f.span.start, format!("{} {}", f.code, f.message));
    loaded
        .findings
        .iter()
        .map(said)
        .map(|(file, at, said)| if file == 0 { (at, said) } else { (usize::MAX, said) })
        .collect()
}

#[test]
fn an_error_in_a_question_is_told_there_and_nowhere_else() {
    let (sound, _) = bank(TARGET);
    assert_eq!(found(&sound), [], "the bank itself is sound");
    for (what, old, new) in [
        ("no stem", "stem = \"Which", "# stem = \"Which"),
        ("an empty option", "\"The painted one\"", "\"\""),
        ("no answer", "answer =", "# answer ="),
        ("no id", "id = \"target\"", "# id"),
        ("an id that is none", "id = \"target\"", "id = \"The target\""),
        ("an id that is a number", "id = \"target\"", "id = 7"),
        ("no key", "answer = \"The weathered one\"", "answer = []"),
        ("a list of one", "answer = \"The weathered one\"", "answer = [\"The weathered one\"]"),
        ("only keys", "distractors = [\"The northern one\", \"The painted one\"]", "distractors = []"),
        ("two options that are one", "The painted one", "The northern one"),
        ("a domain that is not listed", "domain = \"one\"", "domain = \"ones\""),
        ("no domain", "domain = \"one\"", "# domain"),
        ("a domain that is a number", "domain = \"one\"", "domain = 1"),
        ("a module that is not listed", "module = \"m1\"", "module = \"m2\""),
        (
            "a stem that is a number",
            "stem = \"Which of the old harbour seals does not close at low water?\"",
            "stem = 5",
        ),
        (
            "distractors that are a text",
            "distractors = [\"The northern one\", \"The painted one\"]",
            "distractors = \"A\"",
        ),
        ("a letter", "The weathered seal has", "Option B has"),
        ("one that speaks of the others", "The painted one", "All of the above"),
        ("an unclosed text", "answer = \"The weathered one\"", "answer = \"The weathered one"),
        ("no sign", "answer =", "answer"),
    ] {
        assert!(TARGET.contains(old), "{what}");
        let (text, place) = bank(&TARGET.replacen(old, new, 1));
        let found = found(&text);
        assert!(!found.is_empty(), "{what}");
        assert!(found.iter().all(|(at, _)| place.contains(at)), "{what}: {found:#?}");
    }
}

#[test]
fn shares_hold_with_what_is_left_out() {
    let (text, _) = bank(TARGET);
    let found = found(&text.replace("answer = false\nenemies", "answer = \"no\"\nenemies"));
    assert!(found.iter().all(|(_, said)| said.starts_with("S01 ")) && found.len() == 1, "{found:#?}");
}

#[test]
fn an_id_that_is_taken_is_told_where_it_is_taken_again() {
    let (text, place) = bank(&TARGET.replace("id = \"target\"", "id = \"foe\""));
    let found = found(&text);
    // The foe names the target, and that is gone: it is told once, at the second question of the id, and in its enemies.
    assert!(found.iter().any(|(_, said)| said == "S04 the id `foe` is taken"), "{found:#?}");
    assert!(found.iter().all(|(at, said)| !place.contains(at) && said.starts_with('S')), "{found:#?}");
}

#[test]
fn an_error_in_the_header_is_not_told_again_at_the_questions() {
    for (what, old, new) in [
        ("a domain without a title", "title = \"One\"\n", ""),
        ("a domain without an id", "id = \"one\"\n", ""),
        ("a domain with an id that is none", "id = \"two\"", "id = \"Number Two\""),
        ("a module without a title", "title = \"Module\"\n", ""),
        ("a module without an id", "id = \"m1\"\n", ""),
        ("a guide that is not there", "guide = \"guide.md\"", "guide = \"nowhere.md\""),
        ("a source without a title", "title = \"The book\"\n", ""),
        (
            "a source that is a text",
            "[sources.book]\ntitle = \"The book\"\nyear = 2025\n",
            "[sources]\nbook = \"The book\"\n",
        ),
        ("a number that is a text", "questions = 38", "questions = \"40\""),
        ("no version", "version = \"1.0.0\"\n", ""),
        ("an unclosed text", "title = \"Two\"", "title = \"Two"),
    ] {
        let (text, _) = bank(TARGET);
        assert!(HEADER.contains(old), "{what}");
        let text = text.replacen(old, new, 1);
        let header = text.find("[[questions]]").expect("questions");
        let found = found(&text);
        assert!(!found.is_empty(), "{what}");
        assert!(found.iter().all(|(at, _)| *at < header), "{what}: {found:#?}");
    }
}

#[test]
fn a_question_whose_texts_are_whole_gets_its_advice_at_once() {
    let unheard = |text: &str| text.replace("allow = [\"W07\", \"B06\"]", "allow = [\"B06\"]");
    for (old, new, code) in [
        ("id = \"target\"", "id = \"twin\"", "S04"),
        ("domain = \"one\"", "domain = \"ones\"", "S07"),
        ("The weathered seal has", "Option B has", "S08"),
    ] {
        let (text, place) = bank(&TARGET.replacen(old, new, 1));
        let found = found(&unheard(&text));
        assert!(found.iter().any(|(_, said)| said.starts_with(code)), "{code}: {found:#?}");
        let advice = found.iter().filter(|(at, said)| said.starts_with("W07") && place.contains(at));
        assert_eq!(advice.count(), 1, "{code}: {found:#?}");
    }
    // Of a text that is not whole nothing is said but that.
    let (text, _) = bank(&TARGET.replace("answer =", "# answer ="));
    let found = found(&unheard(&text));
    assert!(found.iter().all(|(_, said)| said.starts_with("S01")), "{found:#?}");
}

#[test]
fn what_is_wrong_beside_is_still_told() {
    // One more is drawn than even the mended bank holds.
    let (text, _) = bank(&TARGET.replace("answer =", "# answer ="));
    let more = found(&text.replace("questions = 38", "questions = 39"));
    assert!(more.iter().any(|(_, said)| said == "S10 the exam draws 39 questions, and the bank has 38"), "{more:#?}");
    let heavier = found(&text.replace("weight = 2\n", "weight = 4\n"));
    let s10 = "S10 a paper takes 4 questions of `one`, and it has 2";
    assert!(heavier.iter().any(|(_, said)| said == s10), "{heavier:#?}");
    let enemy = found(&text.replace("enemies = [\"target\"]", "enemies = [\"nobody\"]"));
    assert!(enemy.iter().any(|(_, said)| said == "S07 the bank has no question `nobody`"), "{enemy:#?}");
}
