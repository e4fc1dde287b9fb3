//! The JSON Schema for editors: it is the format's, good files pass, and what it can say of broken ones it says.
//!
//! `UPDATE_DOCS=1 cargo test --test workbench schema` writes the files in `schema/` anew.

use std::fs;
use std::path::PathBuf;

use examdeck::cli::schema::{Kind, schema, text};
use examdeck::content::diagnostic::{Code, Severity};
use examdeck::content::format::{self, Shape, Table};
use examdeck::content::load::load;
use examdeck::content::load_deck::load_deck;
use examdeck::content::source::SourceFile;
use jsonschema::Validator;
use serde_json::Value;

use super::said;

fn validator(kind: Kind) -> Validator {
    jsonschema::draft202012::new(&schema(kind)).expect("it is a schema")
}

/// A TOML document as Taplo hands it to a schema: days are texts. `None` if it is no TOML.
fn json_of(text: &str) -> Option<Value> {
    fn value(toml: toml::Value) -> Value {
        match toml {
            toml::Value::String(s) => s.into(),
            toml::Value::Integer(i) => i.into(),
            toml::Value::Float(f) => f.into(),
            toml::Value::Boolean(b) => b.into(),
            toml::Value::Datetime(d) => d.to_string().into(),
            toml::Value::Array(a) => a.into_iter().map(value).collect(),
            toml::Value::Table(t) => Value::Object(t.into_iter().map(|(k, v)| (k, value(v))).collect()),
        }
    }
    text.parse::<toml::Table>().ok().map(|table| value(toml::Value::Table(table)))
}

fn toml_files(folder: &str) -> Vec<PathBuf> {
    let mut open = vec![PathBuf::from(folder)];
    let mut found = Vec::new();
    while let Some(path) = open.pop() {
        if path.is_dir() {
            open.extend(fs::read_dir(&path).expect("it is there").map(|e| e.expect("an entry").path()));
        } else if path.extension().is_some_and(|e| e == "toml") {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// What the schema says against a file; nothing if all is well.
fn faults(kind: Kind, text: &str) -> Option<Vec<String>> {
    let document = json_of(text)?;
    Some(validator(kind).iter_errors(&document).map(|e| format!("{}: {e}", e.instance_path())).collect())
}

#[test]
#[allow(clippy::disallowed_methods)] // UPDATE_DOCS
fn the_schemas_that_are_checked_in_are_what_is_printed() {
    for (kind, name) in [(Kind::Bank, "bank"), (Kind::Deck, "deck")] {
        let path = format!("schema/{name}.schema.json");
        let printed = said(&["schema", name]);
        assert_eq!(printed, text(kind) + "\n");
        if std::env::var_os("UPDATE_DOCS").is_some() {
            fs::write(&path, &printed).expect("it can be written");
        }
        let kept = fs::read_to_string(&path).unwrap_or_default();
        assert!(kept == printed, "{path} is old: UPDATE_DOCS=1 cargo test --test workbench schema");
        assert!(jsonschema::meta::is_valid(&schema(kind)), "draft 2020-12");
    }
}

#[test]
fn good_files_pass() {
    let banks =
        [toml_files("question-bank"), toml_files("tests/fixtures/format"), toml_files("tests/fixtures/workbench")];
    let clean = ["clean-60", "flaws-bank"].map(|n| format!("tests/fixtures/banks/{n}.toml").into());
    let decks = [toml_files("decks"), toml_files("tests/fixtures/decks/sound")];
    let all = |files: Vec<PathBuf>, kind| files.into_iter().map(move |f| (f, kind));
    let mut seen = 0;
    for (path, kind) in
        all([banks.concat(), clean.to_vec()].concat(), Kind::Bank).chain(all(decks.concat(), Kind::Deck))
    {
        let text = fs::read_to_string(&path).expect("it is text");
        assert_eq!(faults(kind, &text), Some(Vec::new()), "{}", path.display());
        seen += 1;
    }
    assert!(seen > 30, "{seen}");
}

#[test]
fn the_documented_examples_and_new_starts_pass() {
    let banks = fs::read_to_string("docs/banks.md").expect("it is there");
    for (name, kind) in [("first-bank", Kind::Bank), ("first-deck", Kind::Deck)] {
        let block = banks.split(&format!("<!-- begin: {name} -->")).nth(1).expect("a block");
        let example = block.split("```toml").nth(1).and_then(|t| t.split("```").next()).expect("an example");
        assert_eq!(faults(kind, example), Some(Vec::new()), "{name}");
    }
    let folder = tempfile::tempdir().expect("a folder");
    for (word, kind) in [("bank", Kind::Bank), ("deck", Kind::Deck)] {
        let (file, parts) = (folder.path().join(format!("{word}.toml")), folder.path().join(word));
        for path in [&file, &parts] {
            said(&["new", word, path.to_str().expect("text"), "--domain", "A", "--domain", "B"]);
        }
        for path in [vec![file], toml_files(parts.to_str().expect("text"))].concat() {
            let text = fs::read_to_string(&path).expect("it is text");
            assert_eq!(faults(kind, &text), Some(Vec::new()), "{}", path.display());
        }
    }
}

/// Broken fixtures whose fault no schema can see in one file: it lies between two places (ids given twice, names listed
/// nowhere, stock and blueprint), in the meaning of words, in characters, or in what is missing from a part of a bank.
const BEYOND: [&str; 23] = [
    "clean-60", // sound, as is the structure of the next
    "flaws-bank",
    "mixed",
    "s04-over-files/a",
    "s04-over-files/b",
    "s04-over-files/bank",
    "s04-question-id-twice",
    "s05-options-read-the-same",
    "s06-asks-for-another-number",
    "s06-german",
    "s06-no-cue",
    "s07-names-listed-nowhere",
    "s07-no-bank-table",
    "s08-letters",
    "s08-places",
    "s09-combines",
    "s09-speaks-of-others",
    "s10-draw-beyond-pool",
    "s10-weight-beyond-stock",
    "s11-steering-characters",
    "s11-tabs",
    "s11-wide-figure",
    "s14-guides",
];

#[test]
fn broken_files_fail_wherever_a_schema_can_tell() {
    for (folder, kind, beyond) in
        [("tests/fixtures/banks", Kind::Bank, &BEYOND[..]), ("tests/fixtures/decks", Kind::Deck, &BEYOND_DECKS[..])]
    {
        let mut passed = Vec::new();
        for path in toml_files(folder) {
            let Ok(text) = fs::read_to_string(&path) else { continue };
            // What is no TOML never reaches a schema: the editor says so itself.
            if faults(kind, &text).is_some_and(|f| f.is_empty()) {
                let name = path.strip_prefix(folder).expect("below").with_extension("");
                passed.push(name.to_string_lossy().into_owned());
            }
        }
        let mut expected: Vec<String> = beyond.iter().map(ToString::to_string).collect();
        expected.sort();
        passed.sort();
        assert_eq!(passed, expected);
    }
}

/// The same of decks.
const BEYOND_DECKS: [&str; 8] = [
    "s01_no_cards",
    "s04_ids",
    "s07_no_header",
    "s07_sources",
    "s11_hidden_characters",
    "sound/01-one", // sound
    "sound/deck",
    "sound/more/02-two",
];

/// A bank with every key of the format.
const FULL_BANK: &str = r#"
format = 1
module = "m1"
domain = "alarms"

[bank]
id = "fire"
title = "Fire"
version = "1.0.0"
language = "en"
authors = ["A"]
license = "CC-BY-4.0"
description = "Fire."
notice = "Notice."

[exam]
questions = 1
minutes = 2
pass_percent = 70
multi_answer = "partial"

[[domains]]
id = "alarms"
title = "Alarms"
weight = 1

[[modules]]
id = "m1"
title = "One"
guide = "guide.md"

[sources.nfpa-10]
title = "NFPA 10"
organization = "NFPA"
edition = "2022"
year = 2022
url = "https://example.org"

[[questions]]
id = "one"
domain = "alarms"
module = "m1"
stem = "What does a chirp mean?"
figure = "-"
answer = { text = "An empty battery", why = "So it is." }
distractors = [{ text = "Smoke", why = "No.", pin = "last" }, "A test"]
explanation = "Change it."
sources = [{ id = "nfpa-10", at = "5" }, "nfpa-10"]
level = "recall"
objective = "B"
tags = ["a"]
enemies = ["two"]
reviewed = 2026-11-22
shuffle = true
allow = ["W07"]
allow_reason = "So."

[[questions]]
id = "two"
domain = "alarms"
stem = "A chirp means smoke."
answer = false

[check]
allow = ["W07"]
allow_reason = "So."
"#;

const FULL_DECK: &str = r#"
format = 1
module = "m1"
domain = "alarms"

[deck]
id = "fire"
title = "Fire"
version = "1.0.0"
bank = "fire"
language = "en"
authors = ["A"]
license = "CC-BY-4.0"
description = "Fire."

[sources.nfpa-10]
title = "NFPA 10"
organization = "NFPA"
edition = "2022"
year = 2022
url = "https://example.org"

[[cards]]
id = "one"
front = "F"
back = "B"
both_ways = true
note = "N"
domain = "alarms"
module = "m1"
sources = [{ id = "nfpa-10", at = "5" }, "nfpa-10"]
tags = ["a"]

[[cards]]
id = "two"
cloze = "A {{hidden}} part"
both_ways = false
"#;

/// Values of every type, good and bad.
fn samples() -> Vec<toml::Value> {
    let text = r##"v = ["text", "", " ", "No Slug!", "1.2.3", "1.2", "last", "partial", "recall", "a {{b}} c", "{{ }}",
        "m1#how-fires-start", "m1#", "#how", "m1#Fires", "m1#a#b",
        0, 1, 50, -1, 1800, 10000000000, 1.5, true, false, 2026-11-22, 2026-11-22T10:00:00, 10:00:00,
        [], ["text"], ["No Slug!"], ["a", "b"], [5], [true], {}, { text = "x" }, { text = "" }, { text = "x", more = 1 },
        { a = { title = "A" } }, { "No Slug!" = { title = "A" } }, { a = 1 }, [{}], [{ text = "x" }], [{ id = "nfpa-10" }],
        [{ id = "alarms", title = "A" }]]"##;
    let table: toml::Table = text.parse().expect("it is TOML");
    table["v"].as_array().expect("a list").clone()
}

/// What the reader says against the shape of a document, without what a schema of one file cannot know.
fn told(kind: Kind, text: &str) -> Vec<String> {
    let files = vec![SourceFile::new("a.toml", text.as_bytes().to_vec())];
    let findings = match kind {
        Kind::Bank => load(files).findings,
        Kind::Deck => load_deck(files).findings,
    };
    let of_shape = [Code::S00, Code::S01, Code::S02, Code::S03, Code::S07, Code::S12];
    // Names are listed elsewhere; a file may be a part of a bank, and a question's domain may stand at its top.
    let elsewhere =
        ["lists no", "there is no [", "has no `domain`", "holds no [[", "leads out", "the bank has no question"];
    findings
        .into_iter()
        .filter(|f| f.severity == Severity::Error)
        .filter(|f| of_shape.contains(&f.code) || f.message.contains("is no module#section"))
        .map(|f| f.message)
        .filter(|m| !elsewhere.iter().any(|e| m.contains(e)))
        .collect()
}

/// The table in a document at this path: keys, and numbers in lists.
fn at<'d>(document: &'d mut toml::Value, path: &[&str]) -> &'d mut toml::Table {
    let found = path.iter().fold(document, |value, step| match value {
        toml::Value::Array(list) => &mut list[step.parse::<usize>().expect("a number")],
        other => other.get_mut(*step).expect("it is there"),
    });
    found.as_table_mut().expect("a table")
}

/// Every key of every table is taken away, and given values of every type: reader and schema agree on what is wrong.
#[test]
fn reader_and_schema_agree_on_every_key() {
    let bank: [(&[&str], &Table); 10] = [
        (&[], &format::BANK_FILE),
        (&["bank"], &format::BANK),
        (&["exam"], &format::EXAM),
        (&["domains", "0"], &format::DOMAIN),
        (&["modules", "0"], &format::MODULE),
        (&["sources", "nfpa-10"], &format::SOURCE),
        (&["questions", "0"], &format::QUESTION),
        (&["questions", "0", "distractors", "0"], &format::OPTION),
        (&["questions", "0", "sources", "0"], &format::CITATION),
        (&["check"], &format::CHECK),
    ];
    let deck: [(&[&str], &Table); 5] = [
        (&[], &format::DECK_FILE),
        (&["deck"], &format::DECK),
        (&["sources", "nfpa-10"], &format::SOURCE),
        (&["cards", "0"], &format::CARD),
        (&["cards", "1"], &format::CARD),
    ];
    let mut compared = 0;
    for (kind, full, tables) in [(Kind::Bank, FULL_BANK, &bank[..]), (Kind::Deck, FULL_DECK, &deck[..])] {
        let validator = validator(kind);
        let whole = toml::Value::Table(full.parse().expect("it is TOML"));
        assert_eq!(told(kind, full), Vec::<String>::new());
        for (path, table) in tables {
            for key in table.keys {
                let trials = std::iter::once(None).chain(samples().into_iter().map(Some));
                for sample in trials.filter(|s| s.as_ref().is_none_or(|s| comparable(key.shape, s))) {
                    let mut document = whole.clone();
                    let place = at(&mut document, path);
                    match &sample {
                        None => drop(place.remove(key.name)),
                        Some(value) => drop(place.insert(key.name.into(), value.clone())),
                    }
                    // An exception without its reason is advice to the schema and to `check` alone.
                    if key.name.starts_with("allow") && sample.is_none() {
                        continue;
                    }
                    let text = toml::to_string(&document).expect("it can be written");
                    let said = told(kind, &text);
                    let faults: Vec<String> =
                        validator.iter_errors(&json_of(&text).expect("TOML")).map(|e| e.to_string()).collect();
                    assert_eq!(
                        said.is_empty(),
                        faults.is_empty(),
                        "{path:?} {} = {sample:?}\nreader: {said:?}\nschema: {faults:?}",
                        key.name
                    );
                    compared += 1;
                }
            }
        }
    }
    assert!(compared > 2000, "{compared}");
}

/// Days reach a schema as texts, so that only where a day stands they are told apart; codes are read by `check` alone.
fn comparable(shape: Shape, sample: &toml::Value) -> bool {
    match (shape, sample) {
        (Shape::Day, _) => true,
        (_, toml::Value::Datetime(_)) => false,
        (Shape::Codes, toml::Value::Array(list)) => list.iter().any(|v| !v.is_str()),
        _ => true,
    }
}

#[test]
fn every_key_of_the_format_is_in_the_full_documents() {
    let mut bank = toml::Value::Table(FULL_BANK.parse().expect("it is TOML"));
    for (path, table) in [
        (&[][..], &format::BANK_FILE),
        (&["bank"], &format::BANK),
        (&["exam"], &format::EXAM),
        (&["questions", "0"], &format::QUESTION),
        (&["check"], &format::CHECK),
    ] {
        let there = at(&mut bank, path);
        let missing: Vec<_> = table.names().into_iter().filter(|n| !there.contains_key(*n)).collect();
        // A guide lies beside the bank, and this one is a single file.
        assert!(missing.iter().all(|m| *m == "guide"), "{missing:?}");
    }
}
