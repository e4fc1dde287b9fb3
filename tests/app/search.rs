//! The search as one types, what it opens, and what a student puts on a question.

use std::sync::Arc;

use examdeck::app::effect::{Answer, Msg};
use examdeck::app::keys::Context;
use examdeck::app::model::{Access, Model, Screen};
use examdeck::engine::deck::{Deck, Entry, Wording};
use examdeck::engine::exam::{Conditions, Exam, Feedback};
use examdeck::engine::text::Text;
use examdeck::engine::time::Allowance;

use crate::support::bank::{bank, paper, slug};
use crate::support::world::Student;

fn shown(m: &Model) -> String {
    let frame = examdeck::app::frame::frame(m);
    let lines = frame.top.iter().chain(&frame.body).chain(&frame.bottom);
    lines.map(|line| line.text().trim_end().to_owned() + "\n").collect()
}

fn searching(typed: &str) -> Student {
    let mut s = Student::at_home(bank(), 80, 24);
    s.press("/");
    s.press(typed);
    s
}

#[test]
fn what_is_found_changes_with_every_key() {
    let mut s = searching("");
    assert!(shown(&s.m).contains("domain:ID"), "the language, while nothing is typed");
    s.press("sprin");
    assert!(shown(&s.m).contains("found") && shown(&s.m).contains("When is the range of the tide greatest?"));
    s.press("xyz");
    assert!(shown(&s.m).contains("0 found") && !shown(&s.m).contains("greatest"));
    s.press("<back><back><back>");
    assert!(shown(&s.m).contains("greatest"));
    s.press("<c-u>");
    assert!(shown(&s.m).contains("domain:ID"));
}

#[test]
fn while_a_filter_is_not_whole_nothing_is_found_and_the_fault_is_named() {
    let mut s = searching("greatest");
    for wrong in [" or", " -", " level:easy", " id:", " or)"] {
        s.press(wrong);
        let text = shown(&s.m);
        assert!(text.contains("column 1") && !text.contains("greatest?") && !text.contains("found"), "{wrong}: {text}");
        assert!(text.contains("domain:ID"), "the language stands in its place: {text}");
        s.press("<enter>");
        assert!(matches!(s.m.screen(), Screen::Search(_)), "there is nothing to open");
        s.press(&"<back>".repeat(wrong.len()));
        assert!(shown(&s.m).contains("greatest?"));
    }
    s.press(" or");
    assert!(shown(&s.m).contains("or` stands between two parts"));
    s.press(" ebb");
    assert!(!shown(&s.m).contains("stands between") && shown(&s.m).contains("greatest?"));
    s.press("<c-u>\"range of the ti");
    assert!(shown(&s.m).contains("greatest?"), "a quotation that is not closed yet is looked for by its words");
    s.press("<c-u>domain:tide");
    assert!(shown(&s.m).contains("No bank has domain:tide; there are: tides, lights"));
}

#[test]
fn tags_that_are_near_one_that_no_bank_has_are_named() {
    let mut whole = bank();
    let tags = ["moon", "calendar", "calm", "buoys", "a", "b", "c", "d", "e", "f"];
    for (question, tag) in whole.questions.iter_mut().zip(tags) {
        Arc::make_mut(question).tags = vec![slug("fog"), slug(tag)];
    }
    let mut s = Student::at_home(whole, 80, 24);
    s.press("/tag:calender");
    let text = shown(&s.m);
    assert!(text.contains("No bank has tag:calender; there are: calendar, calm, c, fog, "), "{text}");
    assert!(text.contains('…'), "not all: {text}");
}

#[test]
fn after_a_question_the_search_looks_again() {
    let mut s = searching("greatest");
    s.press("<enter>*<esc><c-u>");
    s.press("greatest or current<down><enter>*<esc><c-u>bookmarked");
    assert!(shown(&s.m).contains("2 found"), "{}", shown(&s.m));
    s.press("<down><enter>");
    let second = shown(&s.m);
    s.press("<esc><enter>");
    assert_eq!(shown(&s.m), second, "the cursor stays");
    s.press("*<esc>");
    assert!(shown(&s.m).contains("1 found"), "{}", shown(&s.m));
    s.press("<enter>*<esc>");
    assert!(shown(&s.m).contains("0 found"), "{}", shown(&s.m));
}

#[test]
fn letters_are_text_and_leave_no_screen() {
    let mut s = searching("qjk?g/");
    assert!(matches!(s.m.screen(), Screen::Search(_)));
    assert!(shown(&s.m).contains("qjk?g/"));
    s.press("<esc>");
    assert!(matches!(s.m.screen(), Screen::Home(_)));
}

#[test]
fn a_question_opens_with_the_students_own_record_and_the_search_waits_below() {
    let mut s = searching("greatest");
    s.press("<enter>");
    assert!(matches!(s.m.screen(), Screen::Question(_)));
    let text = shown(&s.m);
    assert!(text.contains("Not answered yet") && text.contains("✓ A  Just after new and full moon"), "{text}");
    assert!(text.contains("Sun and moon pull along one line") && text.contains("The Harbour Pilot's Handbook"));
    s.press("<esc>");
    assert!(shown(&s.m).contains("/ greatest"));
}

#[test]
fn from_one_hit_to_the_next() {
    let mut s = searching("domain:tides");
    s.press("<enter>");
    let first = shown(&s.m);
    s.press("n");
    assert!(matches!(s.m.screen(), Screen::Question(_)) && shown(&s.m) != first);
    s.press("p");
    assert_eq!(shown(&s.m), first);
    s.press("p");
    assert!(s.notice().contains("first one"));
    s.press("<esc><esc>");
    assert!(matches!(s.m.screen(), Screen::Home(_)));
}

#[test]
fn there_is_no_search_in_an_exam() {
    let mut s = Student::at_home(bank(), 80, 24);
    s.press("n<enter>/");
    assert_eq!(s.m.context(), Context::Room);
    s.press("r/");
    assert_eq!(s.m.context(), Context::Review);
}

#[test]
fn the_record_tells_of_answers_guesses_and_the_mistakes_book() {
    let mut s = Student::at_home(bank(), 80, 40);
    s.press("n<enter>");
    for _ in 0..s.exam().paper().items.len() {
        s.wait(std::time::Duration::from_secs(30));
        s.press("ua<right>");
    }
    s.press("rSy<esc>/missed<enter>");
    let text = shown(&s.m);
    assert!(text.contains("✗ wrong") && text.contains("0 of 1 right"), "{text}");
    assert!(text.contains("mistakes book, right on 0 of 2 days"), "{text}");
    assert!(text.contains("Your answers: 30 s on average, 1 guess") && text.contains("≈ a guess"), "{text}");
}

#[test]
fn a_card_opens_with_its_schedule() {
    let mut s = Student::at_home(bank(), 80, 24);
    let entry = Entry {
        id: slug("syzygy"),
        wording: Wording::Pair {
            front: Text::new("Syzygy"),
            back: Text::new("Sun, moon, earth in line"),
            both_ways: true,
        },
        note: None,
        domain: None,
        module: None,
        sources: Vec::new(),
    };
    let deck = Deck {
        id: slug("pilot-cards"),
        title: Text::new("Pilot cards"),
        version: semver::Version::new(1, 0, 0),
        bank: None,
        description: None,
        license: None,
        entries: vec![Arc::new(entry)],
    };
    let volume =
        examdeck::app::study::DeckVolume { deck: Arc::new(deck), place: Text::new("x"), left_out: 0, check: None };
    s.send(Msg::Done(Answer::CardMade(Text::new("made"), Some(volume))));
    s.press("/syzy");
    assert!(shown(&s.m).contains("1 found"), "a deck that comes later is found: {}", shown(&s.m));
    s.press("<enter>");
    let text = shown(&s.m);
    assert!(matches!(s.m.screen(), Screen::Card(_)));
    assert!(text.contains("Front to back  new, not asked yet") && text.contains("Back to front  new"), "{text}");
}

/// Going through an exam in which every answer was wrong.
fn walking() -> Student {
    let conditions = Conditions { feedback: Feedback::Exam, limit: None, allowance: Allowance::Untimed };
    let exam = Exam::start(paper(&bank(), &["spring-tide", "red-sector"]), conditions).expect("questions");
    let mut s = Student::examined(bank(), exam, 80, 24);
    s.press("b<right>brSy<enter>");
    assert!(matches!(s.m.screen(), Screen::Walk(_)));
    s
}

#[test]
fn a_bookmark_is_put_and_taken_and_found() {
    let mut s = walking();
    s.press("*");
    assert!(shown(&s.m).contains("★ bookmarked"));
    assert_eq!(s.memory.learner.trail(&slug("harbour-pilot")).map_or(0, |t| t.marks.len()), 1, "it is written");
    s.press("/bookmarked");
    assert!(shown(&s.m).contains("1 found"));
    s.press("<esc>*");
    assert!(!shown(&s.m).contains("bookmarked"));
}

#[test]
fn a_note_is_written_changed_and_taken_away() {
    let mut s = walking();
    s.press("iAsk the pilot, (again)?<enter>");
    assert!(shown(&s.m).contains("Note    Ask the pilot, (again)?"), "{}", shown(&s.m));
    s.press("i<home>Do <enter>");
    assert!(shown(&s.m).contains("Note    Do Ask the pilot"));
    s.press("ix<esc>");
    assert!(shown(&s.m).contains("Note    Do Ask the pilot, (again)?"), "left as it was");
    s.press("i<c-u><enter>");
    assert!(!shown(&s.m).contains("Note "));
}

#[test]
fn a_report_goes_with_version_and_answer_and_is_taken_back_by_an_empty_line() {
    let mut s = walking();
    s.press("!The key is out of date<enter>");
    assert!(shown(&s.m).contains("! reported"), "{}", shown(&s.m));
    let faults = &s.memory.learner.trail(&slug("harbour-pilot")).expect("a trail").faults;
    let fault = faults.values().next().expect("a report");
    assert_eq!((fault.reason.as_str(), fault.version.to_string()), ("The key is out of date", "1.2.0".into()));
    assert!(fault.picked.as_ref().is_some_and(|p| p.len() == 1), "{:?}", fault.picked);
    s.press("!<c-u><enter>");
    assert!(s.memory.learner.trail(&slug("harbour-pilot")).expect("a trail").faults.is_empty());
    assert!(s.notice().contains("taken back") && !shown(&s.m).contains("reported"));
    s.press("!<enter>");
    assert!(
        s.memory.learner.trail(&slug("harbour-pilot")).expect("a trail").faults.is_empty(),
        "an empty line reports nothing"
    );
}

#[test]
fn a_pasted_note_is_one_harmless_line() {
    let mut s = walking();
    s.press("i");
    s.send(Msg::Paste(Text::new("two\nlines \u{1b}[31m\u{202e}")));
    s.press("<enter>");
    let text = shown(&s.m);
    assert!(text.contains("Note    two lines ␛[31m<U+202E>"), "{text}");
}

#[test]
fn while_another_program_has_the_data_nothing_is_put_on_a_question() {
    let mut s = walking();
    s.m.access = Access::Held(Text::new("pid 7"));
    s.memory.held = Some(Text::new("Close the other examdeck first (pid 7)"));
    s.press("*");
    assert!(!shown(&s.m).contains("bookmarked") && s.notice().contains("Close the other"));
    s.press("i");
    assert!(s.m.prompt.is_none());
}

#[test]
fn a_bookmark_put_on_a_hit_is_found_when_the_search_goes_on() {
    let mut s = searching("bookmarked");
    assert!(shown(&s.m).contains("0 found"));
    s.press("<c-u>greatest<enter>*<esc>");
    s.press("<c-u>bookmarked");
    assert!(shown(&s.m).contains("1 found"), "{}", shown(&s.m));
}
