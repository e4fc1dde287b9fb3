//! Searching, marking and reporting in a real terminal, and what `examdeck reports` writes.

use serde_json::Value;

use crate::desk::Desk;

/// A student's folder with a report, made with keys: the key is given first, then what is wrong.
fn reported(desk: &Desk) -> String {
    let mut terminal = desk.open(&[]);
    terminal.wait_text("drawn from ");
    terminal.press("/", "domain:ID");
    terminal.press("larmor", "larmor_");
    terminal.press(" type:single", "type:single_");
    terminal.wait_text(" found");
    let id = {
        let screen = terminal.press("\r", "Not answered yet");
        let about = screen.lines().rfind(|l| l.contains(" · ")).expect("domain, level and id").trim().to_owned();
        about.rsplit(" · ").next().expect("an id").to_owned()
    };
    terminal.press("!", "What is wrong with this question?");
    terminal.press("The key is \u{2264} 2\r", "! reported");
    terminal.press("*", "★ bookmarked · ! reported");
    terminal.press("i", "Your note:");
    terminal.press("see the standard\r", "Note    see the standard");
    terminal.press("\x1b", "/ larmor type:single");
    terminal.keys("\x1b");
    terminal.wait_text("drawn from ");
    terminal.keys("q");
    assert_eq!(terminal.exit_code(), Some(0));
    terminal.assert_clean();
    id
}

#[test]
fn what_is_put_on_a_question_is_there_the_next_time() {
    let desk = Desk::new();
    let id = reported(&desk);
    let mut terminal = desk.open(&[]);
    terminal.wait_text("drawn from ");
    terminal.press("/", "domain:ID");
    terminal.press("bookmarked noted", "1 found");
    let screen = terminal.press("\r", "★ bookmarked · ! reported · Note: ");
    assert!(screen.contains(&id), "{screen}");
    assert!(screen.contains("Report  The key is ≤ 2 (on "), "{screen}");
    terminal.press("!\x15\r", "The report is taken back");
    terminal.keys("\x03");
    assert_eq!(terminal.exit_code(), Some(0));
    let output = desk.plain(&["reports"]).output().expect("the program runs");
    assert!(output.stdout.is_empty() && output.status.success());
    assert!(String::from_utf8_lossy(&output.stderr).contains("no report"));
}

#[test]
fn reports_are_written_for_the_author_and_no_file_is_overwritten() {
    let desk = Desk::new();
    let id = reported(&desk);
    let run = |arguments: &[&str]| {
        let output = desk.plain(arguments).output().expect("the program runs");
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        (output.status.code(), text(&output.stdout), text(&output.stderr))
    };
    let (code, text, _) = run(&["reports"]);
    assert!(code == Some(0) && text.contains(&id) && text.contains("The key is ≤ 2"), "{text}");

    let file = desk.write("old.jsonl", "mine");
    let path = file.to_str().expect("a path");
    let (code, _, why) = run(&["reports", "-o", path]);
    assert_eq!(code, Some(2));
    assert!(why.contains("--force"), "{why}");
    assert_eq!(std::fs::read_to_string(&file).expect("a file"), "mine");
    let (code, said, _) = run(&["reports", "-o", path, "--force"]);
    assert!(code == Some(0) && said.contains("1 report written"), "{said}");

    let written = std::fs::read_to_string(&file).expect("a file");
    assert_eq!(written, run(&["reports", "--json"]).1);
    let row: Value = serde_json::from_str(written.trim()).expect("one line of JSON");
    assert_eq!((row["question"].as_str(), row["reason"].as_str()), (Some(id.as_str()), Some("The key is ≤ 2")));
    assert_eq!((row["bank"].as_str(), &row["answer"]), (Some("mrso"), &Value::Null));
    assert!(row["version"].is_string() && row["reported"].is_string());

    assert_eq!(run(&["reports", "--bank", "another"]).1, "");
    assert_eq!(run(&["reports", "--bank", "No Bank"]).0, Some(2));
    let (code, _, why) = run(&["reports", "-o", "/nowhere/at/all.jsonl"]);
    assert!(code == Some(1) && why.contains("cannot write"), "{why}");
}

#[test]
fn reports_of_nobody_make_no_store() {
    let desk = Desk::new();
    let output = desk.plain(&["reports"]).output().expect("the program runs");
    assert!(output.status.success());
    assert!(!desk.data().join("progress.db").exists());
}

#[test]
fn the_search_can_be_used_in_a_small_terminal_and_while_it_changes() {
    let desk = Desk::new();
    let mut terminal = desk.open(&[]);
    terminal.wait_text("drawn from ");
    terminal.resize(60, 16);
    terminal.wait_text("/ search");
    terminal.press("/", "magnet");
    terminal.press("gauss", "gauss_");
    terminal.resize(100, 30);
    terminal.wait_text(" found");
    terminal.press("\r", "? help");
    terminal.press("?", "Help: ");
    terminal.keys("\x1b");
    terminal.wait_text("? help");
    terminal.keys("\x03");
    assert_eq!(terminal.exit_code(), Some(0));
    terminal.assert_clean();
}
