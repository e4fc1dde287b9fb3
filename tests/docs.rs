//! README and `docs/` say what the program does: what it writes is compared, what they show is loaded, parsed or run.
//!
//! `UPDATE_DOCS=1 cargo test --test docs` writes the generated parts anew.
#![allow(clippy::disallowed_methods, missing_docs)] // tests have an environment of their own

#[path = "docs/commands.rs"]
mod commands;
#[path = "docs/links.rs"]
mod links;
#[path = "docs/pages.rs"]
mod pages;
#[path = "docs/screen.rs"]
mod screen;
mod support;

use std::path::Path;

use examdeck::app::decks::PLAN_RULE;
use examdeck::content::load::load;
use examdeck::content::load_deck::load_deck;
use examdeck::content::source::SourceFile;
use examdeck::engine::drill::choose::MIX_RULE;

use pages::{block, generated, page};

const PROGRAM: &str = env!("CARGO_BIN_EXE_examdeck");

/// The example of a block, without its fence.
fn example(page: &'static str, name: &str) -> &'static str {
    block(page, name).trim().trim_start_matches("```toml").trim_end_matches("```")
}

/// A page with each entry of its lists in one line.
fn unwrapped(path: &str) -> String {
    page(path).replace("\n  ", " ")
}

#[test]
fn the_pages_show_the_keys_and_the_command_line_as_they_are() {
    for part in generated() {
        let text = page(part.page);
        assert!(part.placed_in(text) == text, "{} is old: UPDATE_DOCS=1 cargo test --test docs", part.page);
    }
}

#[test]
fn the_readmes_bank_is_a_bank_without_a_finding() {
    let loaded = load(vec![SourceFile::new("smoke-alarms.toml", example(page("README.md"), "small-bank").into())]);
    assert!(loaded.findings.is_empty(), "{:#?}", loaded.findings);
    assert_eq!(loaded.bank.expect("it loads").questions.len(), 1);
}

#[test]
fn the_first_bank_is_a_bank_without_a_finding() {
    let loaded = load(vec![SourceFile::new("fire-safety.toml", example(page("docs/banks.md"), "first-bank").into())]);
    assert!(loaded.findings.is_empty(), "{:#?}", loaded.findings);
    assert_eq!(loaded.bank.expect("it loads").questions.len(), 3);
}

#[test]
fn the_first_deck_is_a_deck_without_a_finding() {
    let example = example(page("docs/banks.md"), "first-deck");
    let loaded = load_deck(vec![SourceFile::new("fire-cards.toml", example.into())]);
    assert!(loaded.findings.is_empty(), "{:#?}", loaded.findings);
    assert_eq!(loaded.deck.expect("it loads").cards().len(), 1 + 2 + 2);
}

#[test]
fn the_pages_say_of_the_plan_what_the_help_says() {
    let text = unwrapped("docs/studying.md");
    for rule in PLAN_RULE {
        assert!(text.contains(&format!("\n- {rule}\n")), "studying.md does not say: {rule}");
    }
}

#[test]
fn the_pages_say_of_weakest_first_what_the_help_says() {
    let text = unwrapped("docs/studying.md");
    for rule in MIX_RULE {
        assert!(text.contains(&format!("\n- {rule}\n")), "studying.md does not say: {rule}");
    }
}

/// Every field of `row` in a command's source stands in the section about that command's JSON.
fn documents(command: &str, row: &str, section: &str) {
    let text = page("docs/output.md");
    let from = text.find(section).unwrap_or_else(|| panic!("output.md has a section {section}"));
    let section = text[from..].split("\n## ").next().expect("a section");
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/cli").join(command);
    let source = std::fs::read_to_string(path).expect("the command has a source");
    let source = source.replace("    #[serde(flatten)]\n    place: Place,\n", ""); // its fields stand in its row's place
    let start = source.find(&format!("struct {row} {{")).expect("the rows are there");
    let fields = source[start..].lines().skip(1).take_while(|l| *l != "}");
    for field in fields
        .filter_map(|l| l.trim().trim_start_matches("pub ").split(':').next())
        .filter(|f| !f.is_empty() && !f.starts_with("///"))
    {
        assert!(section.contains(&format!("`{field}`")), "output.md does not document `{field}`");
    }
}

#[test]
fn every_key_of_the_json_is_documented() {
    for row in
        ["Progress", "ExamRow", "DomainRow", "BankRow", "ReadinessRow", "LackRow", "AreaRow", "SlowRow", "DayRow"]
    {
        documents("progress/json.rs", row, "## `examdeck progress --json`");
    }
    documents("progress/json.rs", "StreakRow", "## `examdeck progress --json`");
    documents("progress/json.rs", "CardsRow", "## `examdeck progress --json`");
    documents("list.rs", "Row", "## `examdeck list --json`");
    documents("whereabouts.rs", "Where", "## `examdeck where --json`");
    documents("reports.rs", "Row<'f>", "## `examdeck reports -o` and `--json`");
    for row in ["Row", "MarkedOn"] {
        documents("certificate/verify.rs", row, "## `examdeck certificate verify --json`");
    }
    documents("cards.rs", "Due", "## `examdeck cards due --json`");
    documents("cards.rs", "DeckRow", "## `examdeck cards due --json`");
    for row in ["Document<'c>", "Summary<'c>", "Finding<'c>", "Related<'c>", "Place"] {
        documents("check/report.rs", row, "## `examdeck check --format json`");
    }
    let stats = [
        "Document",
        "DomainRow",
        "CountRow",
        "KeysRow",
        "CoverageRow",
        "LackingRow",
        "ReadingRow",
        "StemRow",
        "ReviewRow",
    ];
    stats.iter().for_each(|row| documents("bank/stats.rs", row, "## `examdeck bank stats --json`"));
    let diff = ["Document<'d>", "Edition", "Entry", "Renamed<'d>", "QuestionRow<'d>", "Row<'d>"];
    diff.iter().for_each(|row| documents("bank/diff.rs", row, "## `examdeck bank diff --json`"));
}

/// Every command of the walk is one, and those that need no screen run, in this order, in an empty folder.
#[test]
fn the_readmes_walk_can_be_walked() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut walked = 0;
    for line in block(page("README.md"), "walk").lines().filter(|l| l.starts_with("examdeck ")) {
        let command = line.split("  #").next().expect("a command").trim().replacen("examdeck", PROGRAM, 1);
        let screen = line.starts_with("examdeck preview") || line.starts_with("examdeck exam");
        let mut shell = std::process::Command::new("sh");
        shell.args(["-c", &command]).current_dir(folder.path()).env("EXAMDECK_DATA_DIR", folder.path());
        let output = shell.output().expect("there is a shell");
        let told = String::from_utf8_lossy(&output.stderr).into_owned();
        if screen {
            assert!(told.starts_with("examdeck: the screens need a terminal"), "{line}: {told}");
        } else {
            assert_eq!((output.status.code(), told.as_str()), (Some(0), ""), "{line}");
        }
        walked += 1;
    }
    assert_eq!(walked, 9);
}

#[test]
fn the_readmes_test_command_is_the_one_ci_runs() {
    let ci = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(".ci/run")).expect("CI has a script");
    assert!(page("README.md").contains("\ncargo test "), "the README names the command");
    assert!(ci.contains("\ncargo test"), "CI runs it");
}
