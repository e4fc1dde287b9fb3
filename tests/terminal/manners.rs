//! Leaving, pasting, two programs at once, no terminal, and banks with broken questions.

use std::process::Stdio;

use crate::desk::Desk;
use crate::pty::Terminal;

/// A screen's words, wherever its lines end.
fn flat(screen: &str) -> String {
    screen.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn the_quit_key_and_ctrl_c_leave_the_terminal_clean_from_every_screen() {
    type Way = (&'static str, fn(&Desk) -> Terminal);
    let ways: [Way; 6] = [
        ("q", |desk| {
            let terminal = desk.open(&[]);
            terminal.wait_text("drawn from ");
            terminal
        }),
        ("\x03", |desk| {
            let terminal = desk.open(&["exam"]);
            terminal.wait_text("Before the exam");
            terminal
        }),
        ("q", |desk| desk.sit(&[])),
        ("\x03", |desk| desk.sit(&[])),
        ("\x03", |desk| {
            let mut terminal = desk.sit(&[]);
            terminal.press("r", "Review");
            terminal.press("S", "End the exam now?");
            terminal
        }),
        ("\x03", |desk| {
            let mut terminal = desk.sit(&[]);
            terminal.press("?", "suspend the program");
            terminal
        }),
    ];
    for (nth, (key, prepare)) in ways.into_iter().enumerate() {
        let desk = Desk::new();
        let mut terminal = prepare(&desk);
        terminal.keys(key);
        assert_eq!(terminal.exit_code(), Some(0), "way {nth}");
        terminal.assert_clean();
    }
}

#[test]
fn a_paste_in_the_exam_room_answers_nothing() {
    let desk = Desk::new();
    let mut terminal = desk.sit(&["--seed", "5"]);
    terminal.keys("\x1b[200~abcd\r\x1b[201~");
    let screen = terminal.press("f", "⚑ flagged"); // typed after it, so handled after it
    assert!(screen.contains("Question 1 of 100") && screen.contains(" 0 answered · 1 flagged"), "{screen}");
    terminal.settle();
    let kinds: Vec<String> = desk.steps().into_iter().map(|s| s.kind).collect();
    assert_eq!(kinds, ["flag"]);
}

#[test]
fn a_second_program_is_told_who_has_the_data_and_may_look_but_not_sit() {
    let desk = Desk::new();
    let mut first = desk.sit(&["--seed", "5"]);
    let holder = format!("(process {},", first.pid());
    let mut second = desk.open(&[]);
    let home = second.wait_text("Another examdeck has your progress");
    assert!(home.contains(&holder), "{home}");
    assert!(flat(&home).contains("You can look around, but not sit an exam here."), "{home}");
    second.go("e", "Past exams");
    second.go("\x1b", "examdeck");
    second.press("\r", "Close the other examdeck first");
    second.go("n", "Before the exam");
    second.resize(80, 24);
    let refused = second.press("\r", "Close the other examdeck first");
    assert!(refused.contains("Before the exam") && refused.contains(&holder), "{refused}");
    assert_eq!(desk.sittings(), 1);
    first.choose("a", 'A');
    first.settle();
    assert_eq!(desk.answers()[0].picked.len(), 1, "the first goes on undisturbed");
    first.keys("q");
    assert_eq!(first.exit_code(), Some(0));
    second.press("\r", "Question 1 of 100"); // nobody holds the data now
    assert_eq!(desk.sittings(), 2);
}

#[test]
fn without_a_terminal_one_line_says_so_and_nothing_is_made() {
    let desk = Desk::new();
    for arguments in [&[][..], &["exam"], &["exam", "--seed", "2026"]] {
        let output = desk.plain(arguments).stdin(Stdio::piped()).output().expect("the program runs");
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert_eq!(output.stdout, b"", "{arguments:?}");
        let line = String::from_utf8(output.stderr).expect("text");
        assert_eq!(line.lines().count(), 1, "{line}");
        assert!(line.starts_with("examdeck: ") && line.contains("terminal"), "{line}");
    }
    assert!(!desk.data().exists());
}

const BROKEN: &str = r#"
format = 1
[bank]
id = "half-broken"
title = "Half broken"
version = "1.0.0"
[exam]
questions = 5
minutes = 10
[[domains]]
id = "all"
title = "All"
[[questions]]
id = "good-one"
domain = "all"
stem = "Which one is right?"
answer = "This one"
distractors = ["That one", "Another one"]
[[questions]]
id = "no-answer"
domain = "all"
stem = "What is missing here?"
distractors = ["That one", "Another one"]
[[questions]]
id = "good-two"
domain = "all"
stem = "Water is wet."
answer = true
[[questions]]
id = "no-such-domain"
domain = "elsewhere"
stem = "Where is this?"
answer = "Nowhere"
distractors = ["Here"]
[[questions]]
id = "good-three"
domain = "all"
stem = "Which two are even?"
answer = ["Two", "Four"]
distractors = ["Three"]
"#;

#[test]
fn a_bank_with_broken_questions_loads_the_good_ones_and_home_says_so_once() {
    let desk = Desk::new();
    let path = desk.write("half-broken.toml", BROKEN);
    let path = path.to_str().expect("a path");
    let mut terminal = desk.open(&["exam", "--bank", path]);
    terminal.wait_text("Before the exam");
    let home = terminal.go("\x1b", "examdeck");
    let flat = flat(&home);
    assert!(flat.contains("3 questions, 10 min, drawn from 3"), "{home}");
    assert!(flat.contains("2 questions of this bank are broken and left out: `examdeck check "), "{home}");
    assert_eq!(home.matches("left out").count(), 1, "{home}");
    assert_eq!(home.matches("examdeck check").count(), 1, "{home}");
    terminal.go("n", "Before the exam");
    terminal.press("\r", "Question 1 of 3");
    let check = desk.plain(&["check", path]).output().expect("the program runs");
    assert_eq!(check.status.code(), Some(1));
    let told = String::from_utf8(check.stdout).expect("text");
    assert!(told.contains("3 sound questions, 2 left out"), "{told}");
}
