//! The README says what the program does: its generated blocks are compared, its example is loaded.
//!
//! `UPDATE_DOCS=1 cargo test --test docs` writes the blocks anew.

#![allow(clippy::disallowed_methods)] // the variable above

use std::path::Path;

use examdeck::app::decks::PLAN_RULE;
use examdeck::content::load::load;
use examdeck::content::load_deck::load_deck;
use examdeck::content::source::SourceFile;
use examdeck::engine::drill::choose::MIX_RULE;

const PROGRAM: &str = env!("CARGO_BIN_EXE_examdeck");
const README: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/README.md");

fn readme() -> String {
    std::fs::read_to_string(README).expect("the README is there")
}

/// The block between the markers of `name`.
fn block<'t>(text: &'t str, name: &str) -> &'t str {
    let begin = format!("<!-- begin: {name} -->\n");
    let end = format!("<!-- end: {name} -->");
    let start = text.find(&begin).unwrap_or_else(|| panic!("the README has a block {name}")) + begin.len();
    let stop = text[start..].find(&end).unwrap_or_else(|| panic!("block {name} ends")) + start;
    &text[start..stop]
}

fn compare(name: &str, generated: &str) {
    let text = readme();
    let found = block(&text, name);
    if found.trim() == generated.trim() {
        return;
    }
    if std::env::var_os("UPDATE_DOCS").is_some() {
        let new =
            text.replacen(&format!("-->\n{found}<!-- end: {name}"), &format!("-->\n{generated}\n<!-- end: {name}"), 1);
        std::fs::write(README, new).expect("the README can be written");
        return;
    }
    panic!("the README's block {name} is old: UPDATE_DOCS=1 cargo test --test docs");
}

#[test]
fn the_readme_shows_the_keys_and_the_command_line_as_they_are() {
    compare("keys", &examdeck::app::keys::markdown());
    compare("csv", &examdeck::cli::progress::markdown());
    compare("filter", &format!("```text\n{}\n```", examdeck::engine::filter::help().trim()));
    compare("usage", &format!("```text\n{}\n```", examdeck::cli::help().trim()));
}

#[test]
fn the_readmes_first_bank_is_a_bank_without_a_finding() {
    let text = readme();
    let example = block(&text, "first-bank").trim().trim_start_matches("```toml").trim_end_matches("```");
    let loaded = load(vec![SourceFile::new("fire-safety.toml", example.as_bytes().to_vec())]);
    assert!(loaded.findings.is_empty(), "{:#?}", loaded.findings);
    assert_eq!(loaded.bank.expect("it loads").questions.len(), 3);
}

#[test]
fn the_readmes_first_deck_is_a_deck_without_a_finding() {
    let text = readme();
    let example = block(&text, "first-deck").trim().trim_start_matches("```toml").trim_end_matches("```");
    let loaded = load_deck(vec![SourceFile::new("fire-cards.toml", example.as_bytes().to_vec())]);
    assert!(loaded.findings.is_empty(), "{:#?}", loaded.findings);
    assert_eq!(loaded.deck.expect("it loads").cards().len(), 1 + 2 + 2);
}

#[test]
fn the_readme_says_of_the_plan_what_the_help_says() {
    let text = readme();
    for rule in PLAN_RULE {
        assert!(text.contains(&format!("\n- {rule}\n")), "README does not say: {rule}");
    }
}

#[test]
fn the_readme_says_of_weakest_first_what_the_help_says() {
    let text = readme();
    for rule in MIX_RULE {
        assert!(text.contains(&format!("\n- {rule}\n")), "README does not say: {rule}");
    }
}

/// Every field of `row` in a command's source stands in the README's section about that command's JSON.
fn documents(command: &str, row: &str, section: &str) {
    let text = readme();
    let from = text.find(section).unwrap_or_else(|| panic!("the README has a section {section}"));
    let section = text[from..].split("\n## ").next().and_then(|s| s.split("\n### ").next()).expect("a section");
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/cli").join(command);
    let source = std::fs::read_to_string(path).expect("the command has a source");
    let start = source.find(&format!("struct {row} {{")).expect("the rows are there");
    let fields = source[start..].lines().skip(1).take_while(|l| *l != "}");
    for field in fields
        .filter_map(|l| l.trim().trim_start_matches("pub ").split(':').next())
        .filter(|f| !f.is_empty() && !f.starts_with("///"))
    {
        assert!(section.contains(&format!("`{field}`")), "README does not document `{field}`");
    }
}

#[test]
fn the_readme_documents_every_key_of_the_json() {
    for row in
        ["Progress", "ExamRow", "DomainRow", "BankRow", "ReadinessRow", "LackRow", "AreaRow", "SlowRow", "DayRow"]
    {
        documents("progress/json.rs", row, "### `examdeck progress --json`");
    }
    documents("progress/json.rs", "StreakRow", "### `examdeck progress --json`");
    documents("progress/json.rs", "CardsRow", "### `examdeck progress --json`");
    documents("list.rs", "Row", "### `examdeck list --json`");
    documents("whereabouts.rs", "Where", "### `examdeck where --json`");
    documents("reports.rs", "Row<'f>", "### `examdeck reports -o` and `--json`");
    for row in ["Row", "MarkedOn"] {
        documents("certificate/verify.rs", row, "### `examdeck certificate verify --json`");
    }
    documents("cards.rs", "Due", "### `examdeck cards due --json`");
    documents("cards.rs", "DeckRow", "### `examdeck cards due --json`");
    let stats = ["Document", "DomainRow", "CountRow", "KeysRow", "CoverageRow", "ReadingRow", "StemRow", "ReviewRow"];
    stats.iter().for_each(|row| documents("bank/stats.rs", row, "### `examdeck bank stats --json`"));
    let diff = ["Document<'d>", "Edition", "Entry", "Renamed<'d>", "QuestionRow<'d>", "Row<'d>"];
    diff.iter().for_each(|row| documents("bank/diff.rs", row, "### `examdeck bank diff --json`"));
}

/// Every command of the walk is one, and those that need no screen run, in this order, in an empty folder.
#[test]
fn the_readmes_walk_can_be_walked() {
    let text = readme();
    let folder = tempfile::tempdir().expect("a folder");
    let mut walked = 0;
    for line in block(&text, "walk").lines().filter(|l| l.starts_with("examdeck ")) {
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
    assert_eq!(walked, 7);
}

#[test]
fn the_readmes_test_command_is_the_one_ci_runs() {
    let ci = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(".ci/run")).expect("CI has a script");
    assert!(readme().contains("\ncargo test "), "the README names the command");
    assert!(ci.contains("\ncargo test"), "CI runs it");
}
