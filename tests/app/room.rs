//! The exam room and what follows it: what counts as an answer, what is a guess, and what the student is told of both.

use std::time::Duration;

use examdeck::app::frame::frame;
use examdeck::app::keys::{self, Context};
use examdeck::app::page::Line;
use examdeck::engine::exam::{Conditions, Exam, Feedback};
use examdeck::engine::time::Allowance;

use crate::support::bank::{all, bank, paper};
use crate::support::world::Student;

const SIZES: [(u16, u16); 3] = [(60, 16), (80, 24), (120, 40)];

fn sitting(ids: &[&str], feedback: Feedback, (columns, rows): (u16, u16)) -> Student {
    let conditions = Conditions { feedback, limit: Some(Duration::from_secs(7200)), allowance: Allowance::Standard };
    let exam = Exam::start(paper(&bank(), ids), conditions).expect("questions");
    Student::examined(bank(), exam, columns, rows)
}

/// In an exam of five: one with one of two chosen, one answered, one answered by a guess, one with nothing but the mark
/// of a guess, one not seen.
fn mixed(size: (u16, u16)) -> Student {
    let mut s = sitting(&["tide-causes", "ebb", "spring-tide", "lookout", "red-sector"], Feedback::Exam, size);
    s.press("a<right>a<right>au<right>u");
    s
}

/// The lines that do not scroll, the ones that do, the ones below, and the footer, as one text without line breaks.
fn shown(s: &Student) -> String {
    let f = frame(&s.m);
    let lines: Vec<String> = f.top.iter().chain(&f.body).chain(&f.bottom).chain(&f.side).map(Line::text).collect();
    lines.join(" ").split_whitespace().collect::<Vec<_>>().join(" ")
}

fn footer(s: &Student) -> String {
    frame(&s.m).footer.iter().map(|(keys, word)| format!("{keys} {word}  ")).collect()
}

#[test]
fn too_few_options_chosen_is_one_thing_everywhere() {
    for size in SIZES {
        let mut s = mixed(size);
        assert!(shown(&s).contains("2 answered · 1 incomplete · 0 flagged"), "{}", shown(&s));
        s.press("r");
        let review = shown(&s);
        assert!(review.contains("2 answered · 1 incomplete · 2 unanswered · 0 flagged"), "{review}");
        assert!(review.contains("1 guessed") && review.contains("1 not seen"), "{review}");
        assert!(review.contains("◐ incomplete") && review.contains("≈ guessed"), "{review}");
        s.press("u");
        assert!(shown(&s).contains("1 ◐") && shown(&s).contains("4 ○"), "{}", shown(&s));
        s.press("S");
        assert!(shown(&s).contains("2 unanswered and 1 with too few options chosen."), "{}", shown(&s));
        s.press("y");
        let result = shown(&s);
        let told = "2 not answered · 1 with too few options chosen · 1 guessed, 1 of them right";
        assert!(result.contains(told), "{result}");
        // After the end it is an answer, and what was left open is none, guess or not.
        let mut logged: Vec<_> = s.memory.answers.iter().map(|a| (a.question.as_str(), a.guessed)).collect();
        logged.sort_unstable();
        assert_eq!(logged, [("ebb", false), ("spring-tide", true), ("tide-causes", false)]);
        s.press("<enter>");
        assert!(shown(&s).contains(" · 1 of 2 chosen"), "{}", shown(&s));
        s.press("<right><right><right>");
        assert!(shown(&s).contains("✗ not answered"), "{}", shown(&s));
        assert!(!shown(&s).contains("guess"), "a guess without an answer: {}", shown(&s));
    }
}

#[test]
fn the_end_is_asked_for_in_words_that_fit_what_is_missing() {
    for (keys, told) in [
        ("ab<right>a", "Every question is answered."),
        ("a<right>a", "1 question has too few options chosen."),
        ("ab", "1 question is unanswered."),
        ("a", "1 unanswered and 1 with too few options chosen."),
    ] {
        let mut s = sitting(&["tide-causes", "ebb"], Feedback::Exam, (80, 24));
        s.press(keys);
        s.press("rS");
        assert!(shown(&s).contains(told), "{told}: {}", shown(&s));
    }
}

#[test]
fn the_review_finds_the_guesses() {
    for size in SIZES {
        let mut s = mixed(size);
        s.press("f<left><left>frm");
        assert!(shown(&s).contains("3 ≈ When is the range") || shown(&s).contains("3 ≈ "), "{}", shown(&s));
        assert!(shown(&s).contains("Answers marked as guesses") && !shown(&s).contains("4 ○"), "{}", shown(&s));
        s.press("<enter>");
        assert_eq!(s.exam().position(), 2);
        s.press("urm");
        assert!(shown(&s).contains("No answer that is marked as a guess."), "{}", shown(&s));
        // One sign is a flag, and it hides nothing of the answer.
        s.press("a");
        let grid = frame(&s.m).body.iter().map(Line::text).collect::<String>();
        assert!(grid.contains("●⚑") && grid.contains("○⚑") && !grid.contains('⚐'), "{grid}");
    }
}

#[test]
fn a_guess_that_is_announced_is_told_and_marked_with_the_answer() {
    let mut rooms = [
        sitting(&["ebb", "lookout"], Feedback::Exam, (80, 24)),
        Student::drilling(crate::support::drill::order(examdeck::engine::drill::choose::Mode::All, &["ebb"]), 80, 24),
    ];
    for s in &mut rooms {
        s.press("u");
        assert_eq!(s.notice(), "What you choose here will be marked as a guess");
        assert!(!shown(s).contains("≈ a guess"), "{}", shown(s));
        s.press("a");
        assert!(shown(s).contains("≈ a guess"), "{}", shown(s));
    }
}

#[test]
fn striking_the_chosen_option_out_is_told() {
    for (id, keys, told) in [
        ("ebb", "ax", "Struck out; it was your answer"),
        ("tide-causes", "bx", "Struck out; it was part of your answer"),
        ("ebb", "a<down>x", ""),
        ("ebb", "xx", ""),
    ] {
        let mut s = sitting(&[id, "lookout"], Feedback::Exam, (80, 24));
        s.press(keys);
        assert_eq!(s.notice(), told, "{keys}");
        let order = crate::support::drill::order(examdeck::engine::drill::choose::Mode::All, &[id]);
        let mut s = Student::drilling(order, 80, 24);
        s.press(keys);
        assert_eq!(s.notice(), told, "{keys}, in a drill");
    }
}

#[test]
fn a_right_guess_is_called_the_same_in_a_drill_and_under_a_tutor() {
    let told = "✓ Right, but not known: a guess";
    let mut s = sitting(&["slack-water", "ebb"], Feedback::Tutor, (60, 16));
    let letter = |s: &Student| {
        let item = s.exam().item();
        let row = item.order.iter().position(|&o| item.question.is_key(o)).expect("a key");
        ["a", "b"][row]
    };
    let right = letter(&s);
    s.press(&format!("uf{right}<enter>"));
    assert!(shown(&s).contains(told) && shown(&s).contains("⚑ flagged"), "{}", shown(&s));
    let order = crate::support::drill::order(examdeck::engine::drill::choose::Mode::All, &["slack-water"]);
    let mut s = Student::drilling(order, 60, 16);
    s.press("u");
    s.answer(true, 5);
    assert!(shown(&s).contains(told), "{}", shown(&s));
}

#[test]
fn several_to_choose_are_boxes() {
    let mut s = sitting(&["tide-causes", "ebb"], Feedback::Exam, (120, 40));
    let boxes = |s: &Student| {
        let body: String = frame(&s.m).body.iter().map(Line::text).collect();
        (body.matches('□').count(), body.matches('■').count(), body.matches('●').count())
    };
    let options = s.exam().item().order.len();
    assert_eq!(boxes(&s), (options, 0, 0));
    s.press("ac");
    assert_eq!(boxes(&s), (options - 2, 2, 0));
    s.press("<right>a");
    assert_eq!(boxes(&s), (0, 0, 1));
}

/// It gives room only when a question is left with too few options chosen: not while they are being chosen.
#[test]
fn the_bar_keeps_its_length_while_numbers_grow() {
    for size in SIZES {
        let mut s = sitting(&all(&bank()), Feedback::Exam, size);
        let told = |s: &Student| frame(&s.m).top[0].text();
        let length = |s: &Student| told(s).chars().take_while(|c| "█▌░".contains(*c)).count();
        let mut lengths = [length(&s), 0];
        for _ in 0..12 {
            let left = usize::from(told(&s).contains("incomplete"));
            s.press("af");
            assert_eq!((told(&s).contains("incomplete"), length(&s)), (left == 1, lengths[left]), "{}", told(&s));
            s.press("<right>");
            if left == 0 && told(&s).contains("incomplete") {
                lengths[1] = length(&s);
            }
        }
        assert!(0 < lengths[1] && lengths[1] < lengths[0], "{}", told(&s));
    }
}

/// A key that is offered does something; one that is not may still be pressed, and then says why.
#[test]
fn a_certificate_is_offered_where_there_can_be_one() {
    for size in SIZES {
        let mut failed = sitting(&all(&bank()), Feedback::Exam, size);
        failed.press("rSy");
        assert!(!footer(&failed).contains("certificate"), "{}", footer(&failed));
        failed.press("c");
        assert!(shown(&failed).contains("No certificate: "), "{}", shown(&failed));
        // From past exams it is the same.
        failed.press("<esc>e<enter>");
        assert!(failed.m.context() == Context::Result && !footer(&failed).contains("certificate"));

        let mut passed = Student::at_home(bank(), size.0, size.1);
        passed.press("n<enter>");
        for _ in 0..passed.exam().responses().len() {
            let item = passed.exam().item().clone();
            let rows = (0..item.order.len()).filter(|&row| item.question.is_key(item.order[row]));
            let keys: String = rows.map(|row| char::from(b'a' + u8::try_from(row).expect("few"))).collect();
            passed.press(&keys);
            passed.press("<right>");
        }
        passed.press("<esc><down><up><enter>rSy");
        assert!(footer(&passed).contains("c certificate"), "{}", footer(&passed));
        passed.press("c");
        assert_eq!(passed.m.context(), Context::Prompt, "{}", shown(&passed));
    }
}

#[test]
fn a_bookmark_is_called_so_in_every_footer() {
    for context in Context::ALL {
        for (keys, word) in keys::footer(context) {
            assert!(!keys.contains('*') || word == "bookmark", "{context:?}: {keys} {word}");
        }
    }
}
