//! What keys do.

use std::time::Duration;

use examdeck::app::effect::Msg;
use examdeck::app::frame::frame;
use examdeck::app::input::{Key, Size};
use examdeck::app::keys::Context;
use examdeck::app::model::Screen;
use examdeck::app::page::Line;
use examdeck::app::review::Filter;
use examdeck::app::walk::Which;
use examdeck::engine::exam::{Conditions, Exam, Feedback};
use examdeck::engine::question::OptionId;
use examdeck::engine::text::Text;
use examdeck::ui::Theme;

use crate::support::bank::{all, bank, exam_id, paper, slug};
use crate::support::past::{self, Past};
use crate::support::world::Student;
use crate::support::{buffer, text};

const CONDITIONS: Conditions = Conditions {
    feedback: Feedback::Exam,
    limit: Some(Duration::from_secs(7200)),
    allowance: examdeck::engine::time::Allowance::Standard,
};

fn sitting(ids: &[&str], feedback: Feedback) -> Student {
    let exam = Exam::start(paper(&bank(), ids), Conditions { feedback, ..CONDITIONS }).expect("questions");
    Student::examined(bank(), exam, 80, 24)
}

fn room() -> Student {
    sitting(&all(&bank()), Feedback::Exam)
}

fn picked(s: &Student) -> Vec<u8> {
    s.exam().response().picked().iter().map(|o| o.0).collect()
}

fn body(s: &Student) -> String {
    frame(&s.m).body.iter().map(Line::text).collect::<Vec<_>>().join("\n")
}

#[test]
fn a_bank_of_one_question_has_one_question() {
    let mut small = bank();
    small.questions.truncate(1);
    small.exam.questions = 1;
    let mut s = Student::at_home(small, 80, 24);
    let plain = Theme { colour: false, ascii: false };
    let home = text(&buffer(&s.m, plain, 80, 24));
    assert!(home.contains(" 1 question, "), "{home}");
    s.press("<enter>");
    let setup = text(&buffer(&s.m, plain, 80, 24));
    assert!(setup.contains("1 question you have not answered yet."), "{setup}");
    // An exam that is only opened shows the question and answers nothing.
    s.press("<enter><esc><down><enter>");
    assert!(body(&s).contains("1 question you have not answered yet."), "{}", body(&s));
    s.press("<esc><up><enter>arSy<esc>n");
    assert!(body(&s).contains("0 questions you have not answered yet."), "{}", body(&s));
}

#[test]
fn letters_and_digits_choose_and_choosing_stays() {
    let mut s = room();
    s.press("b");
    assert_eq!((picked(&s), s.exam().position()), (vec![1], 0));
    s.press("3");
    assert_eq!(picked(&s), [2]);
    s.press("e5"); // there are four options
    assert_eq!(picked(&s), [2]);
    s.press("<down><down> "); // the cursor went with the choice
    assert_eq!(picked(&s), [3]);
    s.press("kk ");
    assert_eq!(picked(&s), [1]);
    s.press("<back>");
    assert!(picked(&s).is_empty());
}

#[test]
fn multi_answers_toggle_up_to_as_many_as_are_asked() {
    let mut s = sitting(&["tide-causes", "ebb"], Feedback::Exam);
    s.press("ab");
    assert_eq!(picked(&s), [0, 1]);
    s.press("c");
    assert_eq!(picked(&s), [0, 1]);
    assert!(s.notice().contains("Choose two. Take one back first."), "{}", s.notice());
    s.press("ac");
    assert_eq!(picked(&s), [1, 2]);
    assert_eq!(s.notice(), "");
}

#[test]
fn striking_out_and_choosing_exclude_each_other() {
    let mut s = room();
    s.press("<down>x");
    assert!(s.exam().response().struck().contains(&OptionId(1)));
    s.press("b");
    assert!(s.exam().response().struck().is_empty());
    assert_eq!(picked(&s), [1]);
    s.press("x");
    assert!(picked(&s).is_empty());
    s.press("x");
    assert!(s.exam().response().struck().is_empty());
}

#[test]
fn true_and_false_stand_in_that_order() {
    let mut s = sitting(&["slack-water"], Feedback::Exam);
    s.press("a");
    let option = s.exam().response().picked().first().copied().expect("one");
    assert_eq!(s.exam().item().question.choice(option).map(|c| c.text.as_str()), Some("True"));
}

#[test]
fn moving_between_questions() {
    let mut s = room();
    for (keys, position) in
        [("<left>", 0), ("<right>", 1), ("n", 2), ("p", 1), ("<end>", 11), ("<right>", 11), ("<home>", 0), ("G", 11)]
    {
        s.press(keys);
        assert_eq!(s.exam().position(), position, "{keys}");
    }
}

#[test]
fn going_to_a_number() {
    let mut s = room();
    s.press("g12<enter>");
    assert_eq!(s.exam().position(), 11);
    s.press("g99<enter>");
    assert_eq!(s.exam().position(), 11);
    assert_eq!(s.notice(), "There is no such question: they go from 1 to 12");
    s.press("g0<enter>");
    assert_eq!(s.exam().position(), 11);
    s.press("g4");
    assert!(frame(&s.m).bottom[0].text().contains("4_"));
    s.press("<back>3<enter>");
    assert_eq!(s.exam().position(), 2);
    s.press("g5<esc>");
    assert_eq!(s.exam().position(), 2);
    assert!(picked(&s).is_empty(), "digits were a number, not an answer");
    s.press("g<enter>");
    assert_eq!(s.exam().position(), 2);
    s.press("g99999999999999999999<enter>");
    assert_eq!(s.exam().position(), 2);
}

#[test]
fn where_nothing_is_shown_no_key_does_anything() {
    let mut s = room();
    s.send(Msg::Resize(Size { columns: 59, rows: 16 }));
    s.press("bfrSy");
    s.send(Msg::Resize(Size { columns: 60, rows: 16 }));
    assert!(matches!(s.m.screen(), Screen::Room) && s.exam().end().is_none());
    assert!(picked(&s).is_empty() && !s.exam().response().is_flagged());
    s.press("b");
    assert_eq!(picked(&s).len(), 1);
}

#[test]
fn enter_reads_a_long_question_to_its_end_first() {
    let mut s = sitting(&["fog-signals", "ebb"], Feedback::Exam);
    s.send(Msg::Resize(Size { columns: 60, rows: 16 }));
    let mut pages = 0;
    while s.exam().position() == 0 {
        s.press("<enter>");
        pages += 1;
        assert!(pages < 10, "the end is reached");
    }
    assert!(pages > 2, "{pages}");
    assert_eq!(s.m.place().scroll, 0);
    // At the end of the paper, ⏎ leads to the review.
    s.press("<enter>");
    assert!(matches!(s.m.screen(), Screen::Review(_)));
}

#[test]
fn the_cursor_stays_in_view() {
    let mut s = sitting(&["fog-signals"], Feedback::Exam);
    s.send(Msg::Resize(Size { columns: 60, rows: 16 }));
    for keys in ["<down>", "<down>", "<down>", "<up>", "<up>", "<up>"] {
        s.press(keys);
        let shown = frame(&s.m);
        let at: Vec<usize> = (0..shown.body.len()).filter(|&i| shown.body[i].cursor).collect();
        let rows = shown.body_rows(s.m.size);
        assert!(
            at.iter().all(|&i| i >= shown.scroll && i < shown.scroll + rows),
            "{keys}: {at:?} from {}",
            shown.scroll
        );
    }
}

#[test]
fn the_review_filters_and_leads_back() {
    let mut s = room();
    s.press("a<right>f<right>r");
    let list = |s: &Student| {
        let Screen::Review(review) = s.m.screen() else { panic!("no review") };
        (review.filter, review.cursor)
    };
    assert_eq!(list(&s), (Filter::All, 2));
    s.press("u");
    assert_eq!(list(&s), (Filter::Unanswered, 2));
    s.press("g");
    assert_eq!(list(&s).1, 1, "the first is answered");
    s.press("f");
    assert_eq!(list(&s), (Filter::Flagged, 1));
    assert_eq!(body(&s).lines().count(), 2, "one entry: {}", body(&s));
    s.press("n");
    assert_eq!(list(&s), (Filter::NotSeen, 3));
    s.press("<enter>");
    assert!(matches!(s.m.screen(), Screen::Room));
    assert_eq!(s.exam().position(), 3);
    s.press("ra<down>");
    assert_eq!(list(&s).1, 3, "there is nothing below in the grid");
    s.press("<home><down>");
    assert_eq!(list(&s).1, 10, "ten in a row");
    s.press("<up><left><right><right><esc>");
    assert!(matches!(s.m.screen(), Screen::Room));
    assert_eq!(s.exam().position(), 3, "looking around moves nothing");
}

#[test]
fn an_empty_filter_says_so_and_opens_nothing() {
    let mut s = room();
    s.press("<end>ru");
    assert!(!body(&s).contains("No "));
    s.press("f");
    assert!(body(&s).contains("No flagged question."));
    s.press("<enter><down><left><home>");
    assert!(matches!(s.m.screen(), Screen::Review(_)));
}

#[test]
fn only_a_confirmation_ends_the_exam() {
    let mut s = room();
    s.press("a<right>frS");
    let asked = |s: &Student| frame(&s.m).bottom.iter().map(Line::text).collect::<String>();
    assert!(asked(&s).contains("11 questions are unanswered") && asked(&s).contains("1 flagged"), "{}", asked(&s));
    s.press("n<enter>frS");
    assert!(asked(&s).ends_with("  Once ended, it cannot be taken up again."), "{}", asked(&s));
    s.press("<enter>S<down>ua");
    assert!(s.m.sitting.is_some(), "no other key ends it");
    s.press("n");
    assert!(matches!(s.m.screen(), Screen::Review(r) if !r.asking));
    s.press("Sy");
    assert!(matches!(s.m.screen(), Screen::Result));
    assert_eq!(s.m.report.as_ref().map(|r| r.score.total.points), Some(1.0));
    assert!(s.memory.sittings[0].ended.is_some());
    s.press("<esc>");
    assert!(matches!(s.m.screen(), Screen::Home(_)));
    assert!(s.m.unfinished().is_none());
}

#[test]
fn leaving_the_room_keeps_the_exam() {
    let mut s = room();
    s.press("a<esc>");
    assert!(matches!(s.m.screen(), Screen::Home(0)));
    assert!(s.m.unfinished().is_some() && body(&s).contains("Resume"));
    s.press("<enter>");
    assert!(matches!(s.m.screen(), Screen::Room));
    assert_eq!(picked(&s), [0]);
    assert!(s.press("q"), "q leaves the program");
    assert!(s.m.sitting.is_none());
}

/// Resume is for the exam that was sat last, not for the one that was begun last.
#[test]
fn of_exams_that_wait_the_one_that_was_sat_last_goes_on() {
    let mut s = room();
    s.press("<esc>");
    s.jump(60);
    s.press("n<enter>a<esc>");
    s.jump(60);
    assert!(body(&s).contains("1 more waits in Past exams"), "{}", body(&s));
    s.press("e<down><enter>");
    assert_eq!(s.m.sitting.as_ref().map(|s| s.id), Some(exam_id(1)));
    s.press("<esc><enter>");
    assert_eq!(s.m.sitting.as_ref().map(|s| s.id), Some(exam_id(1)));
}

/// The footer does not offer to go through questions of which there is none.
#[test]
fn what_a_footer_offers_is_there() {
    let offered = |s: &Student, word| frame(&s.m).footer.iter().any(|(_, w)| *w == word);
    let mut s = sitting(&["head-on", "ebb"], Feedback::Exam);
    s.press("a<right>arSy");
    assert!(!offered(&s, "wrong ones") && !offered(&s, "flagged") && offered(&s, "new exam"));
    let mut s = sitting(&["head-on", "ebb"], Feedback::Exam);
    s.press("bfrSy");
    assert!(offered(&s, "wrong ones") && offered(&s, "flagged"));
}

#[test]
fn a_paste_answers_nothing() {
    let mut s = room();
    s.send(Msg::Paste(Text::new("abcd\nrSy")));
    assert!(picked(&s).is_empty() && matches!(s.m.screen(), Screen::Room));
    let mut s = Student::at_home(bank(), 80, 24);
    s.press("n<end>");
    for _ in 0..5 {
        s.press("<down>");
    }
    s.send(Msg::Paste(Text::new(" 4711 ")));
    assert!(body(&s).contains("4711"), "{}", body(&s));
}

#[test]
fn tutor_feedback_tells_and_makes_final() {
    let mut s = sitting(&["head-on", "tide-causes", "ebb"], Feedback::Tutor);
    s.press("<enter>");
    assert_eq!(s.exam().position(), 1, "an open question can be passed over");
    s.press("<left>b<enter>");
    assert_eq!(s.exam().position(), 0, "first the feedback");
    assert!(s.exam().response().is_revealed());
    assert!(frame(&s.m).bottom[0].text().contains("✗ Wrong: A is right"), "{}", frame(&s.m).bottom[0].text());
    s.press("ax<back>u");
    assert_eq!(picked(&s), [1], "final");
    s.press("<enter>a<enter>");
    assert_eq!(s.exam().position(), 2, "one of two is not complete, so there is no feedback");
    s.press("a<enter>");
    assert!(frame(&s.m).bottom[0].text().contains("✓ Right"));
    s.press("<enter>");
    assert!(matches!(s.m.screen(), Screen::Review(_)));
}

#[test]
fn what_is_put_on_an_answer_in_a_drill_is_put_on_it_in_a_tutor_exam() {
    let mut s = sitting(&["spring-tide", "ebb"], Feedback::Tutor);
    s.press("*i!om");
    assert!(s.m.prompt.is_none() && s.m.learner.trails.is_empty() && s.memory.made.is_empty(), "not before");
    s.press("a<enter>*iAsk the pilot<enter>!Two keys<enter>m");
    let mark = s.m.learner.mark(&bank().id, &slug("spring-tide")).cloned().expect("marked");
    assert_eq!((mark.bookmarked, mark.note.expect("a note").as_str()), (true, "Ask the pilot"));
    let shown = body(&s);
    assert!(shown.contains("Note    Ask the pilot") && shown.contains("Report  Two keys"), "{shown}");
    assert!(shown.contains("Guide   ") && frame(&s.m).top[1].text().contains("★ bookmarked"), "{shown}");
    assert_eq!(s.memory.made, [slug("spring-tide")]);
    s.press("o");
    assert!(matches!(s.m.screen(), Screen::Guide(_)));
    s.press("d");
    assert_eq!(s.notice(), "Your exam goes on: drill the section after it");
    s.press("q");
    assert!(matches!(s.m.screen(), Screen::Room) && s.exam().response().is_revealed());
}

/// The clock goes on while a note is typed or the guide is read, as for anything else in the room; when the time is over,
/// what was being typed is still there.
#[test]
fn in_a_tutor_exam_notes_and_the_guide_take_exam_time() {
    let two_hours = Duration::from_secs(7200);
    let mut s = sitting(&["spring-tide", "ebb"], Feedback::Tutor);
    s.press("a<enter>o");
    s.wait(Duration::from_secs(60));
    s.press("t");
    s.wait(Duration::from_secs(60));
    assert_eq!((s.exam().used(), s.exam().pauses().len()), (Duration::from_secs(120), 0));
    s.press("<esc><esc>iAsk");
    s.wait(two_hours);
    assert!(matches!(s.m.screen(), Screen::Result) && s.memory.sittings[0].ended.is_some());
    s.wait(Duration::from_secs(10));
    s.press(" her<enter>");
    assert_eq!(
        s.m.learner.mark(&bank().id, &slug("spring-tide")).and_then(|m| m.note.clone()),
        Some(Text::new("Ask her"))
    );

    let mut s = sitting(&["spring-tide", "ebb"], Feedback::Tutor);
    s.press("a<enter>o/spring");
    s.wait(two_hours);
    assert!(matches!(s.m.screen(), Screen::Result) && s.m.prompt.is_none(), "there is no guide to look in any more");
    assert_eq!(s.memory.sittings[0].ended.as_ref().map(|e| e.1.used()), Some(two_hours));
}

#[test]
fn an_exam_that_was_opened_by_mistake_is_removed_after_a_yes() {
    let mut s = room();
    s.press("arSy<esc>n<enter>a<esc>e");
    assert_eq!(s.m.history.len(), 2);
    s.press("<down>x");
    assert_eq!((s.notice(), s.m.prompt.is_none()), ("A finished exam stays: its answers count", true));
    s.press("<up>x");
    let asked: String = frame(&s.m).bottom.iter().map(Line::text).collect();
    assert!(asked.contains("Remove the exam of ") && asked.contains("never counted"), "{asked}");
    s.press("q<enter><esc>");
    assert!(s.m.history.len() == 2 && s.memory.sittings.len() == 2, "no other key removes it");
    s.press("xy");
    assert_eq!((s.notice(), s.m.history.len()), ("The exam is removed", 1));
    assert!(s.memory.sittings.iter().all(|s| s.ended.is_some()) && s.m.unfinished().is_none());
}

#[test]
fn in_an_exam_nothing_is_told() {
    let mut s = sitting(&["spring-tide", "ebb"], Feedback::Exam);
    s.press("b<enter>");
    assert_eq!(s.exam().position(), 1);
    s.press("<left>");
    assert!(!body(&s).contains('✓') && !body(&s).contains("right angles"));
}

#[test]
fn walking_through_the_answers() {
    let mut s = sitting(&["head-on", "crossing", "ebb", "spring-tide"], Feedback::Exam);
    s.press("a<right>bf<right>a<right>rSy");
    let at = |s: &Student| match s.m.screen() {
        Screen::Walk(walk) => (walk.which, walk.at),
        other => panic!("no walk: {other:?}"),
    };
    s.press("<enter>");
    assert_eq!(at(&s), (Which::All, 0));
    s.press("w");
    assert_eq!(at(&s), (Which::Wrong, 1));
    s.press("<right>");
    assert_eq!(at(&s), (Which::Wrong, 3));
    s.press("<right>");
    assert_eq!(at(&s), (Which::Wrong, 3));
    assert!(s.notice().contains("last one"));
    s.press("f");
    assert_eq!(at(&s), (Which::Flagged, 1));
    s.press("a<left><left><left>");
    assert_eq!(at(&s), (Which::All, 0));
    s.press("<end><esc>");
    assert!(matches!(s.m.screen(), Screen::Result));
    s.press("w");
    assert_eq!(at(&s), (Which::Wrong, 1));
    s.press("<esc>f");
    assert_eq!(at(&s), (Which::Flagged, 1));
}

#[test]
fn a_walk_of_nothing_says_so() {
    let mut s = sitting(&["ebb"], Feedback::Exam);
    s.press("arSyw");
    assert!(matches!(s.m.screen(), Screen::Result));
    assert_eq!(s.notice(), "Every answer is right");
    s.press("f");
    assert_eq!(s.notice(), "No question was flagged");
}

#[test]
fn settings_before_an_exam() {
    let mut s = Student::at_home(bank(), 80, 24);
    s.press("n");
    assert!(body(&s).contains("2 h"));
    s.press("<down><right>");
    assert!(body(&s).contains("2 h 30 min (×1.25)"), "{}", body(&s));
    s.press("<left><left>");
    assert!(body(&s).contains("untimed"));
    s.press("<down><right><down><right>");
    assert!(body(&s).contains("tutor") && body(&s).contains("Tides and currents"));
    assert!(body(&s).contains("Only 5 questions fit"), "{}", body(&s));
    s.press("42");
    assert!(body(&s).contains("by chance"), "numbers are not taken for the seed on another row");
    s.press("<down><down>42");
    assert!(body(&s).contains("42 (the same paper"));
    s.press("<back><back>");
    assert!(body(&s).contains("by chance"));
    s.press("7<enter>");
    let exam = s.exam();
    assert_eq!(exam.paper().seed, 7);
    assert_eq!(exam.conditions().feedback, Feedback::Tutor);
    assert_eq!(exam.conditions().limit, None);
    assert!(exam.paper().items.iter().all(|i| i.question.domain.as_str() == "tides"));
}

#[test]
fn two_enters_begin_one_exam() {
    let mut s = Student::at_home(bank(), 80, 24);
    s.press("n<enter><enter>");
    assert_eq!(s.memory.sittings.len(), 1);
}

#[test]
fn a_refused_start_may_be_tried_again() {
    let mut s = Student::at_home(bank(), 80, 24);
    s.memory.held = Some(Text::new("Another examdeck has your progress"));
    s.press("n<enter>");
    assert!(matches!(s.m.screen(), Screen::Setup(_)));
    assert_eq!(s.notice(), "Another examdeck has your progress");
    s.memory.held = None;
    s.press("<enter>");
    assert!(matches!(s.m.screen(), Screen::Room));
}

#[test]
fn past_exams_open_again() {
    let mut s = sitting(&["ebb"], Feedback::Exam);
    s.press("arSy<esc>n<enter>a<esc>");
    s.press("e");
    assert_eq!(body(&s).lines().filter(|l| l.contains("harbour-pilot")).count(), 2, "{}", body(&s));
    s.press("<down><enter>");
    assert!(matches!(s.m.screen(), Screen::Result));
    s.press("<esc><up><enter>");
    assert!(matches!(s.m.screen(), Screen::Room));
}

#[test]
fn help_opens_over_every_screen_and_closes() {
    let mut s = room();
    for keys in ["", "r", "<esc>"] {
        s.press(keys);
        s.press("?");
        assert!(s.m.help.is_some());
        assert!(body(&s).lines().count() > 5);
        s.press("<down>a<esc>");
        assert!(s.m.help.is_none(), "after {keys:?}");
    }
    assert!(s.exam_is_untouched());
}

impl Student {
    fn exam_is_untouched(&self) -> bool {
        self.memory.sittings.iter().all(|k| k.exam().answered() == 0)
    }
}

#[test]
fn unbound_keys_do_nothing() {
    let mut s = room();
    let before = frame(&s.m);
    s.m.take_dirty();
    for key in [Key::Char('ä'), Key::Char('Z'), Key::Ctrl('y'), Key::Tab] {
        s.send(Msg::Key(key));
    }
    assert_eq!(frame(&s.m), before);
    assert!(!s.m.take_dirty(), "and draw nothing");
}

/// Among the slowest questions there is a cursor; ⏎ opens the one there, and ←→ go on to the next.
#[test]
fn a_slow_question_is_opened_from_its_list() {
    let offered = |s: &Student, word: &str| frame(&s.m).footer.iter().any(|(_, w)| *w == word);
    let mut s = past::student(Past::Lots, &[], 80, 24);
    s.press("p");
    assert!(!offered(&s, "open"), "there is nothing to open");
    s.press("<left>");
    assert!(offered(&s, "open"));
    let stem = |row: usize| body(&s).lines().nth(row + 1).expect("a row").chars().skip(24).take(24).collect::<String>();
    let stems = [stem(0), stem(1)];
    let cursor = |s: &Student| body(s).lines().position(|line| line.starts_with(" ›")).expect("a cursor") - 1;
    assert_eq!(cursor(&s), 0);
    s.press("<enter>");
    assert_eq!(s.m.context(), Context::Question);
    assert!(body(&s).contains(&stems[0]), "{}", body(&s));
    s.press("<left>");
    assert_eq!(s.notice(), "That is the slowest one");
    s.press("<right>");
    assert!(body(&s).contains(&stems[1]), "{}", body(&s));
    s.press("<esc>");
    assert_eq!((s.m.context(), cursor(&s)), (Context::Progress, 1));
    s.press("<up>");
    assert_eq!(cursor(&s), 0);
    let mut new = past::student(Past::None, &[], 80, 24);
    new.press("p<left><down><enter>");
    assert_eq!(new.m.context(), Context::Progress);
}
