//! Exams over a filter: begun from the command line and from the screen before an exam, kept apart from whole ones.

use std::collections::BTreeSet;

use crate::desk::{Desk, now, today};
use crate::progress::{install_bank, printed, sit};

/// What a command says that is refused as a wrong call.
fn refused(desk: &Desk, arguments: &[&str]) -> String {
    let output = desk.plain(arguments).output().expect("the program runs");
    assert_eq!(output.status.code(), Some(2), "{arguments:?}: {}", String::from_utf8_lossy(&output.stdout));
    String::from_utf8(output.stderr).expect("text")
}

/// The questions of the newest sitting.
fn asked(desk: &Desk) -> BTreeSet<String> {
    let database = desk.database();
    let newest = "SELECT question FROM item WHERE exam = (SELECT id FROM exam ORDER BY rowid DESC LIMIT 1)";
    let mut query = database.prepare(newest).expect("a query");
    query.query_map([], |row| row.get(0)).expect("rows").collect::<Result<_, _>>().expect("questions")
}

#[test]
fn an_exam_over_what_was_missed_asks_only_that_and_is_no_whole_exam() {
    let desk = Desk::new();
    let bank = install_bank(&desk);
    sit(&desk, &bank, now());
    let missed: BTreeSet<String> = desk.store().learner(today()).expect("readable").trails[&bank.id]
        .standings
        .iter()
        .filter(|(_, s)| s.mistake.is_some())
        .map(|(id, _)| id.to_string())
        .collect();
    assert_eq!(missed.len(), 5);

    let mut terminal = desk.open(&["exam", "--bank", "harbour", "--seed", "7", "domain:tides", "missed"]);
    let setup = terminal.wait_text("Before the exam");
    for told in [
        "Among             domain:tides missed",
        "7 (the paper for your record now)",
        "Only 5 questions fit these settings; the paper will have that many.",
        "`missed` goes by your record as it is now: the seed alone does not give",
        "70 % to pass, a practice mark. No certificate, and not in the trend: over a",
    ] {
        assert!(setup.contains(told), "no `{told}` in\n{setup}");
    }
    terminal.press("\r", "Question 1 of 5");
    assert_eq!(asked(&desk), missed);
    for n in 1..=5 {
        terminal.wait_text(&format!("Question {n} of 5"));
        terminal.choose("a", 'A');
        terminal.keys("n");
    }
    terminal.press("r", "Review");
    terminal.press("S", "Every question is answered.");
    let result = terminal.press("y", "  5 of 5");
    assert!(result.contains("Over domain:tides missed: practice, no full mock exam"), "{result}");
    assert!(result.contains("seed 7 (your record had a part in the draw)"), "{result}");
    terminal.press("c", "No certificate: its questions were chosen by a filter: domain:tides missed");
    let list = terminal.go("e", "Past exams");
    assert!(list.contains("over domain:tides missed"), "{list}");
    terminal.keys("\x03");
    assert_eq!(terminal.exit_code(), Some(0));

    let csv = printed(&desk, &["progress", "--csv", "exams"]);
    let partial: Vec<&str> = csv.lines().map(|l| l.split(',').nth(4).expect("a cell")).collect();
    assert_eq!(partial, ["partial", "true", "false"], "{csv}");
    let json: serde_json::Value = serde_json::from_str(&printed(&desk, &["progress", "--json"])).expect("JSON");
    let told = |n: usize, key: &str| json["exams"][n][key].clone();
    assert_eq!((told(0, "partial"), told(0, "filter")), (true.into(), "domain:tides missed".into()));
    assert_eq!((told(0, "seed_alone"), told(1, "seed_alone")), (false.into(), true.into()));
    assert_eq!((told(1, "partial"), told(1, "filter")), (false.into(), serde_json::Value::Null));
    let human = printed(&desk, &["progress"]);
    assert!(human.contains("harbour 1.0.0, seed 7, over domain:tides missed, exam "), "{human}");
}

#[test]
fn a_filter_is_typed_before_an_exam() {
    let desk = Desk::new();
    install_bank(&desk);
    let mut terminal = desk.open(&["exam", "--bank", "harbour"]);
    terminal.wait_text("Before the exam");
    terminal.press("f", "Only these questions:");
    terminal.press("level:hard domain:tides\r", "column 7: ");
    // The cursor stands where it goes wrong: the rest is kept, and what is typed comes before it.
    terminal.press("x", "level:xhard domain:tides");
    terminal.press("\x15domain:seas\r", "harbour has no domain:seas, but: tides, lights");
    terminal.wait_text("No question fits `domain:seas`.");
    terminal.press("\r", "harbour has no domain:seas");
    terminal.press("f\x15domain:tides\r", "Tides (domain:tides)");
    terminal.press("\x1b[B\x1b[B\x1b[B\x1b[C", "‹ Lights (domain:lights) ›");
    terminal.press("\r", "Question 1 of 12");
    assert!(asked(&desk).iter().all(|id| id.trim_start_matches("claim-").parse::<u32>().expect("a number") % 2 == 1));
}

/// The way out is named, and nothing is opened.
#[test]
fn a_filter_that_cannot_be_used_is_refused_with_the_place_and_the_way_out() {
    let desk = Desk::new();
    for command in [&["exam"][..], &["drill"], &["print", "exam"]] {
        let call = |filter: &[&str]| refused(&desk, &[command, filter].concat());
        assert_eq!(
            call(&["domain:rf", "(missed"]),
            "examdeck: the filter cannot be read: the parenthesis that opens here is not closed\n  domain:rf (missed\n            ^\n"
        );
        let wide = call(&["µ磁\u{202e}", "level:hard"]);
        assert!(wide.ends_with("\n  µ磁<U+202E> level:hard\n                    ^\n"), "{wide}");
    }
    let fits = "leave a part of it out, or all of it to draw from the whole bank";
    assert_eq!(
        refused(&desk, &["exam", "domain:rf", "missed"]),
        format!("examdeck: no question of mrso fits the filter `domain:rf missed`: {fits}\n")
    );
    assert_eq!(
        refused(&desk, &["exam", "--domain", "rf", "--domain", "static-field", "type:tf -type:tf"]),
        format!(
            "examdeck: no question of mrso fits the filter `(domain:rf or domain:static-field) type:tf -type:tf`: {fits}\n"
        )
    );
    assert!(refused(&desk, &["exam", "domain:nowhere"]).starts_with("examdeck: mrso has no domain:nowhere, but: "));
    assert!(refused(&desk, &["exam", "--module", "m77"]).starts_with("examdeck: mrso has no module:m77, but: "));
    assert!(refused(&desk, &["exam", "tag:no-such-tag"]).starts_with("examdeck: mrso has no tag:no-such-tag, but: "));
    // With a record, what was answered decides: a question that was not missed is none.
    let bank = install_bank(&desk);
    sit(&desk, &bank, now());
    let told = refused(&desk, &["exam", "--bank", "harbour", "domain:lights", "missed"]);
    assert!(told.starts_with("examdeck: no question of harbour fits the filter `domain:lights missed`"), "{told}");
    // What can be used needs a terminal, as ever.
    assert!(refused(&desk, &["exam", "--bank", "harbour", "missed"]).contains("terminal"));
}

/// A part that is meant not begins with a `-`, as do options: one language, at the screen and behind a command.
#[test]
fn a_filter_may_begin_with_a_minus_and_options_stay_options() {
    let desk = Desk::new();
    let fits = |filter: &str| format!("examdeck: no question of mrso fits the filter `{filter}`: ");
    for (call, filter) in [
        (&["exam", "domain:rf", "type:tf", "-type:tf"][..], "domain:rf type:tf -type:tf"),
        (&["exam", "-type:tf type:tf"], "-type:tf type:tf"),
        (
            &["exam", "type:tf", "-type:tf", "--questions", "10", "--ascii", "-(type:single)"],
            "type:tf -type:tf -type:single",
        ),
        (&["--data-dir", ".", "print", "exam", "-type:tf", "-o", "out", "type:tf"], "-type:tf type:tf"),
        (&["print", "exam", "type:tf", "-oout", "-hazard", "-type:tf"], "type:tf -hazard -type:tf"),
        (&["exam", "missed", "--", "-missed"], "missed -missed"),
    ] {
        let told = refused(&desk, call);
        assert!(told.starts_with(&fits(filter)), "{call:?}: {told}");
    }
    // What can be used needs a terminal, as ever.
    for call in [&["drill", "domain:rf", "missed", "-type:tf"][..], &["drill", "-type:tf", "--seed", "7"]] {
        assert!(refused(&desk, call).contains("terminal"), "{call:?}");
    }
    // Where it goes wrong is shown as it was typed.
    assert!(refused(&desk, &["drill", "-level:hard"]).ends_with("\n  -level:hard\n         ^\n"));
    for (call, named) in [
        (&["drill", "missed", "--qestions", "10"][..], "--qestions"),
        (&["exam", "--missed"], "--missed"),
        (&["exam", "-type:tf", "--sed", "7"], "--sed"),
        (&["exam", "--bank", "-type:tf"], "-t"),
        (&["progress", "-type:tf"], "-t"),
    ] {
        assert!(refused(&desk, call).starts_with("error: ") && refused(&desk, call).contains(named), "{call:?}");
    }
    assert!(printed(&desk, &["print", "exam", "-h"]).contains("Usage: examdeck print exam"));
}
