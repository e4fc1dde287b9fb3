//! Drills as a student has them: each mode, left, killed, gone on with, and the mistakes book.

use serde_json::Value;

use crate::desk::{Desk, PROGRAM};
use crate::pty::Terminal;

/// The state of the only drill that waits.
fn state(desk: &Desk) -> Option<Value> {
    let json: Option<String> = desk.database().query_row("SELECT state FROM drill", [], |row| row.get(0)).ok();
    json.map(|json| serde_json::from_str(&json).expect("JSON"))
}

/// The answers of drills, in order: question, points, guess, occasion.
fn answers(desk: &Desk) -> Vec<(String, f64, bool, String)> {
    let database = desk.database();
    let mut query =
        database.prepare("SELECT question, points, guessed, occasion FROM answer ORDER BY rowid").expect("a query");
    let rows = query.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))).expect("rows");
    rows.collect::<Result<_, _>>().expect("answers")
}

fn screen(terminal: &Terminal) -> String {
    terminal.wait_for("a frame", |_| true)
}

/// The lines without the spaces at their ends, of which a terminal keeps some.
fn trimmed(screen: &str) -> Vec<&str> {
    screen.lines().map(str::trim_end).collect()
}

/// How many options the question on the screen wants.
fn wanted(screen: &str) -> usize {
    ["Choose two.", "Choose three.", "Choose four."].iter().position(|w| screen.contains(w)).map_or(1, |i| i + 2)
}

/// Chooses the first options.
fn choose(terminal: &mut Terminal) -> usize {
    let wanted = wanted(&screen(terminal));
    for letter in ["a", "b", "c", "d"].iter().take(wanted) {
        terminal.choose(letter, letter.to_uppercase().chars().next().expect("a letter"));
    }
    wanted
}

/// ⏎ until the screen has `text`: a long question or answer is read first.
fn enter_until(terminal: &mut Terminal, text: &str) -> String {
    for _ in 0..8 {
        terminal.keys("\r");
        terminal.settle();
        let shown = screen(terminal);
        if shown.contains(text) {
            return shown;
        }
    }
    panic!("no `{text}` after eight times ⏎:\n{}", screen(terminal));
}

fn begin(desk: &Desk, arguments: &[&str]) -> Terminal {
    let mut terminal = desk.open(&[&["drill"], arguments].concat());
    terminal.wait_text("Before the drill");
    terminal.press("\r", " answered · ");
    terminal
}

#[test]
fn each_mode_asks_shows_and_writes() {
    let desk = Desk::new();
    let mut given = 0;
    for mode in ["weakest", "unseen", "all"] {
        let mut terminal = begin(&desk, &["--mode", mode, "--questions", "3", "--seed", "11"]);
        for n in 1..=3 {
            terminal.wait_text(&format!("Drill {n} of 3"));
            choose(&mut terminal);
            let shown = enter_until(&mut terminal, &format!(" {n} answered · "));
            assert!(shown.contains("✓ Right") || shown.contains("✗ "), "{shown}");
            given += 1;
            assert_eq!(answers(&desk).len(), given, "on the disk before the next key");
            enter_until(&mut terminal, if n < 3 { "⏎ check" } else { "Drill: the end" });
        }
        assert!(state(&desk).is_none(), "a drill that is over does not wait");
        terminal.keys("\x03");
        assert_eq!(terminal.exit_code(), Some(0));
        terminal.assert_clean();
    }
    let unseen: Vec<String> = answers(&desk)[3..6].iter().map(|a| a.0.clone()).collect();
    assert!(answers(&desk)[..3].iter().all(|a| !unseen.contains(&a.0)), "new ones are new");
    assert!(answers(&desk).iter().all(|a| a.3 == "drill"));
}

#[test]
fn a_sprint_goes_on_at_once_and_its_missed_ones_are_shown_at_the_end() {
    let desk = Desk::new();
    let mut terminal = begin(&desk, &["--mode", "sprint", "--questions", "4", "--seed", "3"]);
    assert!(screen(&terminal).contains("◷ 4:"), "four questions at the exam's pace:\n{}", screen(&terminal));
    for n in 1..=4 {
        terminal.wait_text(&format!("Drill {n} of 4"));
        choose(&mut terminal);
        terminal.keys("u");
        terminal.wait_text("≈ a guess");
        enter_until(&mut terminal, if n < 4 { "◷" } else { "Drill: the end" });
        while screen(&terminal).contains(&format!("Drill {n} of 4")) {
            terminal.keys("\r");
            terminal.settle();
        }
    }
    let given = answers(&desk);
    assert!(given.len() == 4 && given.iter().all(|a| a.2 && a.3 == "sprint"), "{given:?}");
    let missed = given.iter().filter(|a| a.1 < 1.0).count();
    assert!(missed > 0, "another seed is needed: all first options were right");
    terminal.press("w", &format!("wrong 1 of {missed}"));
    terminal.wait_text("(your answer)");
}

#[test]
#[cfg_attr(not(debug_assertions), ignore = "a release has no clock that runs faster")]
fn at_zero_a_sprint_is_over() {
    let desk = Desk::new();
    let mut command = desk.command(PROGRAM, &["drill", "--mode", "sprint", "--questions", "1"]);
    command.env("EXAMDECK_TEST_CLOCK_RATE", "40");
    let mut terminal = Terminal::start(command, crate::desk::LARGE);
    terminal.wait_text("Before the drill");
    terminal.press("\r", "Drill 1 of 1");
    terminal.keys("a");
    let end = terminal.wait_text("The time is over");
    assert!(end.contains("No question was answered"), "{end}");
    assert!(answers(&desk).is_empty() && state(&desk).is_none());
}

#[test]
fn kill_9_in_the_middle_of_a_question_loses_nothing_but_seconds() {
    let desk = Desk::new();
    let mut terminal = begin(&desk, &["--questions", "20", "--seed", "7"]);
    for n in 1..=2 {
        terminal.wait_text(&format!("Drill {n} of 20"));
        choose(&mut terminal);
        enter_until(&mut terminal, " answered · ");
        while !screen(&terminal).contains(&format!("Drill {} of 20", n + 1)) {
            terminal.keys("\r");
            terminal.settle();
        }
    }
    choose(&mut terminal);
    terminal.press("u", "≈ a guess");
    terminal.settle();
    let (before, kept, given) = (screen(&terminal), state(&desk).expect("it waits"), answers(&desk));
    terminal.kill();
    let check: String = desk.database().query_row("PRAGMA integrity_check", [], |row| row.get(0)).expect("a check");
    assert_eq!((check.as_str(), given.len()), ("ok", 2));

    let mut terminal = desk.open(&[]);
    terminal.wait_text("go on: 2 of 20");
    terminal.press("w", "› Go on");
    let after = terminal.press("\r", "Drill 3 of 20");
    assert_eq!(
        trimmed(&after),
        trimmed(&before),
        "the same question, its options in the same order, chosen and guessed"
    );
    terminal.settle();
    let again = state(&desk).expect("it waits");
    for part in ["seed", "number", "asked", "tally", "missed"] {
        assert_eq!(again[part], kept[part], "{part}");
    }
    for part in ["question", "order", "log"] {
        assert_eq!(again["open"][part], kept["open"][part], "{part}");
    }
    assert_eq!(answers(&desk), given);
    // Killed again while the answer is shown: it is shown again, and was given once.
    enter_until(&mut terminal, " 3 answered · ");
    let before = screen(&terminal);
    terminal.kill();
    let mut terminal = desk.open(&["drill"]);
    terminal.wait_text("› Go on");
    let after = terminal.press("\r", " 3 answered · ");
    let verdict =
        |screen: &str| screen.lines().find(|l| l.contains("✓ Right") || l.contains("✗ Wrong")).map(str::to_owned);
    assert_eq!(verdict(&after), verdict(&before));
    assert_eq!(answers(&desk).len(), 3);
    assert!(answers(&desk)[2].2, "the guess is in the log");
}

#[test]
fn what_is_missed_is_in_the_mistakes_book_and_drilled_from_there() {
    let desk = Desk::new();
    // The first options of ten questions are right in some and wrong in others.
    let mut terminal = begin(&desk, &["type:single", "--mode", "all", "--questions", "6", "--seed", "5"]);
    for n in 1..=6 {
        terminal.wait_text(&format!("Drill {n} of 6"));
        choose(&mut terminal);
        enter_until(&mut terminal, &format!(" {n} answered · "));
        enter_until(&mut terminal, if n < 6 { "Choose one." } else { "Drill: the end" });
    }
    let missed = answers(&desk).iter().filter(|a| a.1 < 1.0).count();
    assert!(missed > 1, "another seed is needed");
    terminal.press("\x1b", "Mock exam");
    terminal.wait_text(&format!("{missed} to mend"));
    let book = terminal.go("m", "Mistakes book");
    assert_eq!(book.matches("missed today · right on 0 of 2 days").count(), missed, "{book}");
    terminal.press("d", &format!("Drill 1 of {missed}"));
    choose(&mut terminal);
    enter_until(&mut terminal, " 1 answered · ");
    assert_eq!(answers(&desk).len(), 7);
}

#[test]
fn a_filter_that_cannot_be_read_is_refused_with_its_place() {
    let desk = Desk::new();
    for (filter, told) in [("domain:", "domain:"), ("level:hard", "level"), ("(missed", "(missed")] {
        let output = desk.plain(&["drill", filter]).output().expect("the program runs");
        let error = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(2), "{error}");
        assert!(error.starts_with("examdeck: the filter cannot be read: ") && error.contains(told), "{error}");
    }
    let mut terminal = desk.open(&["drill", "domain:nowhere"]);
    terminal.wait_text("has no domain:nowhere");
    terminal.press("\r", "No question fits");
}
