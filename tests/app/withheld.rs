//! An exam that waits is not spoiled: what shows its answers at the end is met nowhere else with its answer before that.

use std::collections::HashSet;
use std::time::Duration;

use examdeck::app::drill::DrillOrder;
use examdeck::app::frame::frame;
use examdeck::app::keys::Context;
use examdeck::app::page::Line;
use examdeck::engine::drill::choose::Mode;
use examdeck::engine::exam::{Conditions, Exam, Feedback};
use examdeck::engine::time::Allowance;

use crate::support::bank::{bank, exam_id, paper, slug};
use crate::support::drill::order;
use crate::support::world::Student;

const WHY: &str = "It stands in your unfinished exam: its answer is shown when that has ended.";
const SIZES: [(u16, u16); 3] = [(60, 16), (80, 24), (120, 40)];

/// At home, with an exam of these questions begun and left.
fn waiting(ids: &[&str], feedback: Feedback, (columns, rows): (u16, u16)) -> Student {
    let conditions = Conditions { feedback, limit: Some(Duration::from_secs(7200)), allowance: Allowance::Standard };
    let exam = Exam::start(paper(&bank(), ids), conditions).expect("questions");
    let mut s = Student::examined(bank(), exam, columns, rows);
    s.press("<esc>");
    s
}

/// All that the screen could show, as one text without line breaks, and its keys.
fn shown(s: &Student) -> String {
    let f = frame(&s.m);
    let lines: Vec<String> = f.top.iter().chain(&f.body).chain(&f.bottom).map(Line::text).collect();
    let keys: Vec<&str> = f.footer.iter().map(|(_, word)| *word).collect();
    format!("{} {}", lines.join(" "), keys.join(" ")).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The questions that a drill asks.
fn drilled(s: &mut Student, order: DrillOrder) -> HashSet<String> {
    let mut asked = HashSet::new();
    s.drill(order);
    while s.m.context() == Context::Drill {
        asked.insert(s.answer(true, 1).to_string());
        s.next();
    }
    s.press("<esc>");
    asked
}

#[test]
fn a_question_of_an_exam_that_waits_is_shown_without_its_answer() {
    for size in SIZES {
        let mut s = waiting(&["red-sector", "ebb"], Feedback::Exam, size);
        s.press("/id:red-sector");
        assert!(shown(&s).contains("in your unfinished exam"), "{}", shown(&s));
        s.press("<enter>");
        let question = shown(&s);
        assert!(question.contains(WHY) && question.contains("Danger on that"), "{question}");
        for gone in ["✓", "✗", "Source", "Not answered yet", "Your answers", "guide", "bookmark", "note"] {
            assert!(!question.contains(gone), "{gone}: {question}");
        }
        // Nor do the keys tell it.
        for key in ["o", "i", "*", "!", "m"] {
            s.press(key);
            assert_eq!(s.m.context(), Context::Question, "{key}");
            assert_eq!(s.notice(), "Not before your unfinished exam has ended", "{key}");
        }
        // Another question is as it always was.
        s.press("<esc><c-u>id:lookout<enter>");
        assert!(shown(&s).contains('✓') && !shown(&s).contains(WHY), "{}", shown(&s));
    }
}

/// A bank has its keys first: in that order an option's place would tell.
#[test]
fn the_options_stand_by_their_letters_not_with_the_key_first() {
    for question in &bank().questions {
        let mut s = waiting(&[question.id.as_str()], Feedback::Exam, (120, 40));
        s.press(&format!("/id:{}<enter>", question.id));
        let body = shown(&s);
        let mut texts: Vec<String> = question.choices.iter().map(|c| c.text.one_line()).collect();
        texts.sort();
        let places: Vec<_> = ('A'..).zip(&texts).map(|(letter, text)| body.find(&format!("{letter} {text}"))).collect();
        assert!(places.iter().all(Option::is_some) && places.is_sorted(), "{}: {places:?} in {body}", question.id);
    }
}

#[test]
fn a_search_for_words_of_an_explanation_shows_the_stem_alone() {
    let rationale = "so their tides add up";
    let mut s = Student::at_home(bank(), 80, 24);
    s.press(&format!("/\"{rationale}\""));
    assert_eq!(shown(&s).matches(rationale).count(), 2, "typed, and found: {}", shown(&s));
    let mut s = waiting(&["spring-tide"], Feedback::Exam, (80, 24));
    s.press(&format!("/\"{rationale}\""));
    let found = shown(&s);
    assert!(found.contains("When is the range") && found.matches(rationale).count() == 1, "typed only: {found}");
}

#[test]
fn a_drill_asks_nothing_that_stands_in_an_exam_that_waits() {
    let held = ["red-sector", "ebb", "spring-tide"];
    for mode in [Mode::All, Mode::Unseen, Mode::Sprint, Mode::Weakest] {
        let mut s = waiting(&held, Feedback::Exam, (80, 24));
        let asked = drilled(&mut s, DrillOrder { questions: Some(20), ..order(mode, &[]) });
        assert!(asked.len() > 5 && held.iter().all(|id| !asked.contains(*id)), "{mode:?}: {asked:?}");
    }
    // Before the drill that is said.
    let mut s = waiting(&held, Feedback::Exam, (80, 24));
    s.press("w");
    assert!(shown(&s).contains("9 questions to choose from, 3 more when your exam has ended."), "{}", shown(&s));
    s.press("fid:ebb<enter>");
    assert!(shown(&s).contains("1 question only of your unfinished exam: end it first."), "{}", shown(&s));
}

#[test]
fn a_drill_that_waits_passes_over_the_question_of_an_exam_begun_since() {
    let mut s = Student::drilling(order(Mode::All, &["ebb", "lookout"]), 80, 24);
    let open = s.m.drill.as_ref().and_then(|d| d.drill.open()).expect("open").item().question.id.clone();
    s.press("<esc>");
    let conditions = Conditions { feedback: Feedback::Exam, limit: None, allowance: Allowance::Untimed };
    let exam = Exam::start(paper(&bank(), &[open.as_str()]), conditions).expect("questions");
    s.memory.keep(exam_id(7), exam.clone(), s.now);
    s.send(examdeck::app::effect::Msg::Done(examdeck::app::effect::Answer::Begun(exam_id(7), Box::new(exam))));
    s.press("<esc>w<enter>");
    let now = s.m.drill.as_ref().and_then(|d| d.drill.open()).expect("open").item().question.id.clone();
    assert_ne!(now, open);
}

#[test]
fn when_the_exam_is_over_or_was_none_under_exam_conditions_nothing_is_withheld() {
    // Ended.
    let mut s = waiting(&["red-sector", "ebb"], Feedback::Exam, (80, 24));
    s.press("<enter>rSy<esc>/id:red-sector<enter>");
    assert!(shown(&s).contains('✓') && !shown(&s).contains(WHY), "{}", shown(&s));
    // Removed.
    let mut s = waiting(&["red-sector", "ebb"], Feedback::Exam, (80, 24));
    s.press("exy<esc>/id:red-sector<enter>");
    assert!(shown(&s).contains('✓') && !shown(&s).contains(WHY), "{}", shown(&s));
    // Under a tutor each answer is shown at once.
    let mut s = waiting(&["red-sector", "ebb"], Feedback::Tutor, (80, 24));
    s.press("/id:red-sector<enter>");
    assert!(shown(&s).contains('✓') && !shown(&s).contains(WHY), "{}", shown(&s));
    assert!(drilled(&mut s, order(Mode::All, &["ebb"])).contains(slug("ebb").as_str()));
}

#[test]
fn the_mistakes_book_keeps_to_it() {
    let mut s = Student::drilling(order(Mode::All, &["ebb", "lookout"]), 80, 24);
    s.answer_all(|_| false);
    s.press("<esc>");
    let conditions = Conditions { feedback: Feedback::Exam, limit: None, allowance: Allowance::Untimed };
    let exam = Exam::start(paper(&bank(), &["ebb", "lookout"]), conditions).expect("questions");
    s.memory.keep(exam_id(7), exam.clone(), s.now);
    s.send(examdeck::app::effect::Msg::Done(examdeck::app::effect::Answer::Begun(exam_id(7), Box::new(exam))));
    s.press("<esc>m<down><enter>");
    assert!(shown(&s).contains(WHY) && !shown(&s).contains('✓'), "{}", shown(&s));
    s.press("<esc>d");
    assert_eq!(s.notice(), "No question fits this drill until your exam has ended");
}
