//! Every screen as text at three sizes, and what its colours may and may not say.

mod support;

use std::time::Duration;

use examdeck::app::drill::DrillOrder;
use examdeck::app::effect::{Answer, Msg, Ready};
use examdeck::app::frame::{columns, frame};
use examdeck::app::input::Size;
use examdeck::app::model::Model;
use examdeck::app::page::{Line, Role};
use examdeck::engine::bank::Bank;
use examdeck::engine::drill::choose::Mode;
use examdeck::engine::exam::{Conditions, Exam, Feedback};
use examdeck::engine::review::CardState;
use examdeck::engine::text::Text;
use examdeck::engine::time::{Allowance, Wall};
use examdeck::ui::Theme;
use ratatui::style::{Color, Modifier};
use support::bank::{all, bank, exam_id, paper};
use support::deck::{KNOTS, LIGHTS, kept, learned, learner, many};
use support::drill::order;
use support::past::{Past, student as past_student};
use support::world::{Memory, NOON, Student, shelf};

const SIZES: [(u16, u16); 3] = [(60, 16), (80, 24), (120, 40)];

fn exam_of(bank: &Bank, ids: &[&str], feedback: Feedback) -> Exam {
    let conditions = Conditions { feedback, limit: Some(Duration::from_secs(7200)), allowance: Allowance::Standard };
    Exam::start(paper(bank, ids), conditions).expect("questions")
}

/// In the exam room on these questions, 17 minutes and some seconds in.
fn room(ids: &[&str], columns: u16, rows: u16) -> Student {
    let mut exam = exam_of(&bank(), ids, Feedback::Exam);
    exam.elapse(Duration::from_secs(1032));
    Student::examined(bank(), exam, columns, rows)
}

fn home(columns: u16, rows: u16) -> Student {
    Student::at_home(bank(), columns, rows)
}

/// A store with a sitting that was passed, one that was not, and one that goes on.
fn past() -> Memory {
    let mut memory = Memory::default();
    let bank = bank();
    for (n, ids, keys) in [(1, all(&bank), "a<right>"), (2, all(&bank), "b<right>"), (3, all(&bank), "")] {
        let mut s = Student::examined(bank.clone(), exam_of(&bank, &ids, Feedback::Exam), 80, 24);
        s.memory.sittings[0].started = Wall(NOON + n * 86_400);
        for _ in 0..ids.len() {
            s.wait(Duration::from_secs(60));
            s.press(keys);
        }
        s.press(if keys.is_empty() { "g5<enter><esc>" } else { "rSy" });
        let mut kept = s.memory.sittings.remove(0);
        kept.id = exam_id(n as u128);
        if let Some((at, _, _)) = &mut kept.ended {
            *at = Wall(NOON + n * 86_400 + 720);
        }
        memory.sittings.push(kept);
    }
    memory
}

/// At home before anything is read.
fn opening(columns: u16, rows: u16) -> Student {
    let now = support::world::after(0.0);
    Student { m: Model::new(Size { columns, rows }, now, None), memory: Memory::default(), now }
}

/// At home with a past.
fn returning(columns: u16, rows: u16, holder: Option<&str>) -> Student {
    let now = support::world::after(0.0);
    let memory = past();
    let mut s = Student { m: Model::new(Size { columns, rows }, now, None), now, memory };
    let ready = Ready {
        shelf: shelf(vec![bank()]),
        history: Ok(s.memory.summaries()),
        decks: Vec::new(),
        kept: examdeck::app::study::Kept::default(),
        learner: Default::default(),
        drills: Default::default(),
        holder: holder.map(Text::new),
        zone: jiff::tz::TimeZone::UTC,
        named_bank: None,
    };
    s.send(Msg::Done(Answer::Ready(Box::new(ready))));
    s
}

/// A sitting of five questions with two right, one wrong, one unanswered and one changed, at its result.
fn result(columns: u16, rows: u16) -> Student {
    let mut s = room(&["spring-tide", "tide-causes", "red-sector", "give-way", "ebb"], columns, rows);
    s.press("ba<right>ac"); // changed for the better; one of two
    s.wait(Duration::from_secs(95));
    s.press("<right>b<down>x<right><right>af");
    s.wait(Duration::from_secs(20));
    s.press("rSy");
    s
}

/// At home, with cards due and an exam in 20 days.
fn cards(columns: u16, rows: u16, more: &[(&str, CardState)]) -> Student {
    let states = [&[("isophase/forward", learned(20, 3)), ("occulting/forward", learned(9, 1))], more].concat();
    learner(&[LIGHTS, KNOTS], kept(&states, &[("exam-date", "2026-12-12")]), columns, rows)
}

/// In a drill of one question.
fn drilled(id: &str, columns: u16, rows: u16) -> Student {
    Student::drilling(order(Mode::All, &[id]), columns, rows)
}

/// At home, after a drill in which every third answer was wrong, and two days later one that waits.
fn practised(columns: u16, rows: u16) -> Student {
    let mut s = Student::drilling(order(Mode::All, &[]), columns, rows);
    s.answer_all(|n| n % 3 > 0);
    s.press("<esc>");
    s.jump(2 * 86_400);
    s.drill(DrillOrder { questions: Some(5), ..order(Mode::Mistakes, &[]) });
    s.answer(true, 30);
    s.next();
    s.press("<esc>");
    s
}

type Scene = fn(u16, u16) -> Student;

fn after_keys(mut s: Student, keys: &str) -> Student {
    s.press(keys);
    s
}

/// An author at the preview of a bank with flaws.
fn preview(columns: u16, rows: u16, keys: &str) -> Student {
    let mut s = support::preview::author(None, columns, rows);
    s.send(support::preview::read(support::preview::flawed(&bank())));
    after_keys(s, keys)
}

/// An author at the preview of a deck.
fn preview_deck(columns: u16, rows: u16, keys: &str) -> Student {
    let mut s = support::preview::author(None, columns, rows);
    let deck = support::deck::deck(support::deck::LIGHTS);
    s.send(support::preview::read(support::preview::deck_draft(&deck)));
    after_keys(s, keys)
}

const SCENES: &[(&str, Scene)] = &[
    ("preview", |c, r| preview(c, r, "")),
    ("preview_findings_of_a_question", |c, r| preview(c, r, "<right>")),
    ("preview_answer", |c, r| preview(c, r, "<right> ")),
    ("preview_broken_question", |c, r| preview(c, r, "<right><right>")),
    ("preview_goto", |c, r| preview(c, r, "g1")),
    ("preview_list", |c, r| preview(c, r, "f<down>")),
    ("preview_syntax_error", |c, r| {
        let mut s = preview(c, r, "");
        s.send(support::preview::in_trouble(None, "harbour.toml:13: invalid basic string, expected `\"`"));
        s
    }),
    ("preview_broken_from_the_start", |c, r| {
        let mut s = support::preview::author(None, c, r);
        s.send(support::preview::in_trouble(None, "harbour.toml:1: expected `]`"));
        s
    }),
    ("preview_card", |c, r| preview_deck(c, r, "")),
    ("preview_card_answer", |c, r| preview_deck(c, r, " ")),
    ("help_preview", |c, r| preview(c, r, "?")),
    ("home_opening", opening),
    ("history_opening", |c, r| after_keys(opening(c, r), "e")),
    ("mistakes_opening", |c, r| after_keys(opening(c, r), "m")),
    ("banks_opening", |c, r| after_keys(opening(c, r), "b")),
    ("home_new", home),
    ("home_returning", |c, r| returning(c, r, None)),
    ("home_held", |c, r| returning(c, r, Some("process 4711, since 22 Nov 14:58"))),
    ("home_troubled", |c, r| {
        let mut s = home(c, r);
        let mut shelf = shelf(vec![bank()]);
        shelf.volumes[0].left_out = 3;
        shelf.volumes[0].check = Some(Text::new("/home/me/.local/share/examdeck/question-bank/pilot"));
        shelf.problems =
            vec![Text::new("/home/me/torn.toml has no usable bank; `examdeck check /home/me/torn.toml` says why")];
        s.send(Msg::Done(Answer::Ready(Box::new(Ready {
            shelf,
            history: Err(Text::new("cannot make /root/examdeck: Permission denied (os error 13)")),
            decks: Vec::new(),
            kept: examdeck::app::study::Kept::default(),
            learner: Default::default(),
            drills: Default::default(),
            holder: None,
            zone: jiff::tz::TimeZone::UTC,
            named_bank: None,
        }))));
        s
    }),
    ("setup", |c, r| after_keys(home(c, r), "n")),
    ("setup_waiting", |c, r| after_keys(returning(c, r, None), "n")),
    ("setup_changed", |c, r| after_keys(home(c, r), "n<down><right><right><down><right>2026<up><up>")),
    ("setup_shortage", |c, r| {
        let mut bank = bank();
        bank.domains[0].weight = 70;
        bank.exam.questions = 11;
        after_keys(Student::at_home(bank, c, r), "n")
    }),
    ("setup_enemies", |c, r| {
        let mut bank = bank();
        let all: Vec<_> = bank.questions.iter().map(|q| q.id.clone()).collect();
        std::sync::Arc::make_mut(&mut bank.questions[0]).enemies = all[1..].to_vec();
        bank.exam.questions = all.len();
        after_keys(Student::at_home(bank, c, r), "n")
    }),
    ("setup_one_domain", |c, r| after_keys(home(c, r), "n<down><down><down><right>")),
    ("setup_filter", |c, r| {
        after_keys(home(c, r), "nf-type:tf (domain:tides or domain:rules)<enter><down><down><down>")
    }),
    ("setup_filter_none", |c, r| after_keys(home(c, r), "nfmissed domain:tides<enter>")),
    ("setup_filter_record", |c, r| after_keys(home(c, r), "n<down><down><down><down>2026fdomain:tides unseen<enter>")),
    ("setup_filter_problem", |c, r| after_keys(home(c, r), "nfdomain:tides ) missed<enter>")),
    ("result_filter", |c, r| after_keys(home(c, r), "nfdomain:tides<enter><enter>a<right>b<right>arSy")),
    ("history_filter", |c, r| after_keys(home(c, r), "nfdomain:tides unseen<enter><enter>arSye")),
    ("room_single", |c, r| after_keys(room(&all(&bank()), c, r), "")),
    ("room_picked", |c, r| after_keys(room(&all(&bank()), c, r), "c")),
    ("room_guess", |c, r| after_keys(room(&all(&bank()), c, r), "cuf")),
    ("room_multi", |c, r| after_keys(room(&["give-way", "ebb"], c, r), "ac")),
    ("room_true_false", |c, r| after_keys(room(&["slack-water", "ebb"], c, r), "b")),
    ("room_long", |c, r| after_keys(room(&["fog-signals", "ebb"], c, r), "")),
    ("room_long_read_on", |c, r| after_keys(room(&["fog-signals", "ebb"], c, r), "<pgdn><pgdn>")),
    ("room_figure", |c, r| after_keys(room(&["cardinal-mark", "ebb"], c, r), "")),
    ("room_flagged_struck_notice", |c, r| {
        let mut s = room(&["tide-causes", "ebb"], c, r);
        s.press("<down><down>x<down>xfab");
        s.press("e"); // a third of two
        s
    }),
    ("room_not_saved", |c, r| {
        let mut s = room(&all(&bank()), c, r);
        s.memory.full = true;
        s.press("a<right>b");
        s
    }),
    ("room_last_minutes", |c, r| {
        let mut s = room(&all(&bank()), c, r);
        s.press("at");
        s.wait(Duration::from_secs(7200 - 1032 - 300));
        s
    }),
    ("room_clock_hidden", |c, r| after_keys(room(&all(&bank()), c, r), "t")),
    ("room_tutor_wrong", |c, r| {
        let mut s = Student::examined(bank(), exam_of(&bank(), &["spring-tide", "ebb"], Feedback::Tutor), c, r);
        s.press("b<enter>*<pgdn><pgdn>");
        s
    }),
    ("room_tutor_right", |c, r| {
        let mut s = Student::examined(bank(), exam_of(&bank(), &["spring-tide", "ebb"], Feedback::Tutor), c, r);
        s.press("a<enter>");
        s
    }),
    ("goto", |c, r| after_keys(room(&all(&bank()), c, r), "g1")),
    ("review", |c, r| after_keys(room(&all(&bank()), c, r), "a<right>bf<right><right>af<right>f<right>r")),
    ("review_unanswered", |c, r| after_keys(room(&all(&bank()), c, r), "a<right>bf<right><right>af<right>ru")),
    ("review_confirm", |c, r| after_keys(room(&all(&bank()), c, r), "a<right>bf<right>rS")),
    ("result", result),
    ("result_no_certificate", |c, r| after_keys(result(c, r), "c")),
    ("result_timed_out", |c, r| {
        let mut s = room(&all(&bank()), c, r);
        s.press("<c-z>");
        s.wait(Duration::from_secs(7200));
        s
    }),
    ("walk_right", |c, r| after_keys(result(c, r), "<enter>")),
    ("walk_wrong_multi", |c, r| after_keys(result(c, r), "w")),
    ("walk_wrong", |c, r| after_keys(result(c, r), "w<right>")),
    ("walk_unanswered", |c, r| after_keys(result(c, r), "w<right><right>")),
    ("walk_end", |c, r| after_keys(result(c, r), "<enter><pgdn><pgdn>")),
    ("walk_marked", |c, r| {
        let note =
            "The handbook has a table of this; ask which edition the examiners use, and whether it is in the book";
        let keys = format!("w<right>*i{note}<enter>!Both are right<enter><pgdn><pgdn>");
        after_keys(result(c, r), &keys)
    }),
    ("note_typed", |c, r| {
        let note = "A light that shows red over part of its arc marks danger there; a light that is red all round is another thing";
        after_keys(result(c, r), &format!("w<right>i{note}<left><left>"))
    }),
    ("report_typed", |c, r| after_keys(result(c, r), "w!Two keys")),
    ("search_empty", |c, r| after_keys(home(c, r), "/")),
    ("search_found", |c, r| after_keys(result(c, r), "/the light or tide<down><down>")),
    ("search_nothing", |c, r| after_keys(home(c, r), "/domain:tide")),
    ("search_problem", |c, r| after_keys(home(c, r), "/spring (moon or")),
    ("question_new", |c, r| after_keys(home(c, r), "/greatest<enter>")),
    ("question_withheld", |c, r| after_keys(room(&["red-sector", "ebb"], c, r), "<esc>/id:red-sector<enter>")),
    ("search_withheld", |c, r| after_keys(room(&["red-sector", "ebb"], c, r), "<esc>/red sector")),
    ("drill_setup_withheld", |c, r| after_keys(room(&["red-sector", "ebb"], c, r), "<esc>w")),
    ("review_guesses", |c, r| after_keys(room(&["tide-causes", "ebb", "lookout"], c, r), "a<right>auf<right>ru")),
    ("review_confirm_incomplete", |c, r| after_keys(room(&["tide-causes", "ebb", "lookout"], c, r), "a<right>aurS")),
    ("question_record", |c, r| after_keys(result(c, r), "/missed id:red-sector<enter>*")),
    ("question_end", |c, r| after_keys(result(c, r), "/missed id:red-sector<enter>iAsk<enter><pgdn><pgdn>")),
    ("card_view", |c, r| after_keys(cards(c, r, &[]), "/isophase<enter>")),
    ("history", |c, r| after_keys(returning(c, r, None), "e<down>")),
    ("history_removal", |c, r| after_keys(returning(c, r, None), "e<down><up>x")),
    ("history_empty", |c, r| after_keys(home(c, r), "e")),
    ("banks", |c, r| after_keys(home(c, r), "b")),
    ("guides", |c, r| after_keys(home(c, r), "s<enter>24<esc><down>")),
    ("guide", |c, r| after_keys(home(c, r), "s<enter>")),
    ("guide_table", |c, r| after_keys(home(c, r), "s<enter>1<pgdn>")),
    ("guide_drawing_moved", |c, r| after_keys(home(c, r), "s<enter>1<pgdn>l")),
    ("guide_lists_and_box", |c, r| after_keys(home(c, r), "s<enter>2")),
    ("guide_end", |c, r| after_keys(home(c, r), "s<enter>4")),
    ("guide_find", |c, r| after_keys(home(c, r), "s<enter>/spring")),
    ("guide_found", |c, r| after_keys(home(c, r), "s<enter>/spring<enter>n")),
    ("guide_contents", |c, r| after_keys(home(c, r), "s<enter>2r4t<up>")),
    ("guide_from_a_question", |c, r| after_keys(result(c, r), "<enter>o")),
    ("help_guide", |c, r| after_keys(home(c, r), "s<enter>?")),
    ("help_room", |c, r| after_keys(room(&all(&bank()), c, r), "?")),
    ("help_decks", |c, r| after_keys(cards(c, r, &[]), "c?")),
    ("home_cards", |c, r| cards(c, r, &[])),
    ("home_cards_too_many", |c, r| after_keys(learner(&[&many(1500)], kept(&[], &[]), c, r), "d2026-12-12<enter>")),
    ("decks", |c, r| {
        after_keys(cards(c, r, &[("slack/forward", CardState { suspended: true, ..CardState::default() })]), "c<down>")
    }),
    ("decks_undated", |c, r| after_keys(learner(&[LIGHTS], kept(&[], &[]), c, r), "c")),
    ("card_front", |c, r| after_keys(cards(c, r, &[]), "c<enter>")),
    ("card_back", |c, r| after_keys(cards(c, r, &[]), "c<enter> ")),
    ("card_back_note_source", |c, r| {
        after_keys(learner(&[LIGHTS], kept(&[("red-light/forward", learned(9, 1))], &[]), c, r), "c<enter> ")
    }),
    ("card_back_long", |c, r| {
        after_keys(learner(&[LIGHTS], kept(&[("fog/forward", learned(400, 1))], &[]), c, r), "c<enter> ")
    }),
    ("card_cloze", |c, r| {
        after_keys(learner(&[LIGHTS], kept(&[("twelfths/cloze-1", learned(9, 1))], &[]), c, r), "c<enter>")
    }),
    ("card_cloze_back", |c, r| {
        after_keys(learner(&[LIGHTS], kept(&[("twelfths/cloze-2", learned(9, 1))], &[]), c, r), "c<enter> ")
    }),
    ("card_leech", |c, r| {
        let state = CardState { lapses: 7, ..learned(9, 1) };
        after_keys(learner(&[LIGHTS], kept(&[("isophase/forward", state)], &[]), c, r), "c<enter> 1")
    }),
    ("cards_end", |c, r| after_keys(learner(&[KNOTS], kept(&[], &[]), c, r), "c<enter> 3 3")),
    ("cards_nothing", |c, r| after_keys(learner(&[KNOTS], kept(&[], &[]), c, r), "c<enter> 4<esc><enter>")),
    ("cards_waiting", |c, r| {
        let mut s = learner(&[KNOTS], kept(&[], &[]), c, r);
        s.m.study.as_mut().expect("the decks").rules.learning_steps = vec![Duration::from_secs(3600)];
        s.press("c<enter> 1");
        s
    }),
    ("cram", |c, r| after_keys(cards(c, r, &[]), "cc ")),
    ("drill_setup", |c, r| after_keys(home(c, r), "w")),
    ("drill_setup_waiting", |c, r| after_keys(practised(c, r), "w")),
    ("drill_setup_domain", |c, r| after_keys(home(c, r), "w<down><down><right>")),
    ("drill_setup_nothing", |c, r| after_keys(home(c, r), "w<right><down>")),
    ("drill_question", |c, r| after_keys(Student::drilling(order(Mode::Weakest, &[]), c, r), "")),
    ("drill_picked_guess", |c, r| after_keys(drilled("tide-causes", c, r), "<down>xabcu")),
    ("drill_right", |c, r| {
        let mut s = drilled("spring-tide", c, r);
        s.answer(true, 30);
        s
    }),
    ("drill_wrong", |c, r| {
        let mut s = drilled("spring-tide", c, r);
        s.answer(false, 30);
        s
    }),
    ("drill_wrong_end", |c, r| {
        let mut s = drilled("spring-tide", c, r);
        s.answer(false, 30);
        after_keys(s, "<pgdn><pgdn><pgdn>")
    }),
    ("drill_wrong_multi", |c, r| {
        let mut s = drilled("give-way", c, r);
        s.answer(false, 30);
        s
    }),
    ("drill_right_guess", |c, r| {
        let mut s = drilled("slack-water", c, r);
        s.press("u");
        s.answer(true, 30);
        s
    }),
    ("drill_mended_in_part", |c, r| {
        let mut s = practised(c, r);
        s.press("w<enter>");
        s.answer(true, 30);
        s
    }),
    ("drill_sprint", |c, r| {
        let mut s = Student::drilling(order(Mode::Sprint, &[]), c, r);
        s.answer(false, 40);
        s
    }),
    ("drill_sprint_over", |c, r| {
        let mut s = Student::drilling(order(Mode::Sprint, &[]), c, r);
        s.answer(true, 40);
        s.wait(Duration::from_secs(7200));
        s
    }),
    ("drill_end", |c, r| {
        let mut s = Student::drilling(order(Mode::All, &[]), c, r);
        s.answer_all(|n| n % 4 > 0);
        s
    }),
    ("drill_end_nothing", |c, r| after_keys(drilled("ebb", c, r), "S")),
    ("drill_missed", |c, r| {
        let mut s = Student::drilling(order(Mode::All, &[]), c, r);
        s.answer_all(|n| n % 4 > 0);
        after_keys(s, "w")
    }),
    ("mistakes", |c, r| after_keys(practised(c, r), "m<down>")),
    ("mistakes_empty", |c, r| after_keys(home(c, r), "m")),
    ("home_drill", practised),
    ("help_drill", |c, r| after_keys(drilled("ebb", c, r), "?")),
    ("prompt", |c, r| after_keys(cards(c, r, &[]), "d2027-1<enter>")),
    ("progress_overview_none", |c, r| after_keys(past_student(Past::None, &[], c, r), "p")),
    ("progress_exams_none", |c, r| after_keys(past_student(Past::None, &[], c, r), "p<right>")),
    ("progress_domains_none", |c, r| after_keys(past_student(Past::None, &[], c, r), "p<right><right>")),
    ("progress_modules_none", |c, r| after_keys(past_student(Past::None, &[], c, r), "p<right><right><right>")),
    ("progress_days_none", |c, r| after_keys(past_student(Past::None, &[], c, r), "p<right><right><right><right>")),
    ("progress_cards_none", |c, r| {
        after_keys(past_student(Past::None, &[], c, r), "p<right><right><right><right><right>")
    }),
    ("progress_slowest_none", |c, r| {
        after_keys(past_student(Past::None, &[], c, r), "p<right><right><right><right><right><right>")
    }),
    ("progress_overview_little", |c, r| after_keys(past_student(Past::Little, &[], c, r), "p")),
    ("progress_exams_little", |c, r| after_keys(past_student(Past::Little, &[], c, r), "p<right>")),
    ("progress_domains_little", |c, r| after_keys(past_student(Past::Little, &[], c, r), "p<right><right>")),
    ("progress_modules_little", |c, r| after_keys(past_student(Past::Little, &[], c, r), "p<right><right><right>")),
    ("progress_days_little", |c, r| after_keys(past_student(Past::Little, &[], c, r), "p<right><right><right><right>")),
    ("progress_cards_little", |c, r| {
        after_keys(past_student(Past::Little, &[], c, r), "p<right><right><right><right><right>")
    }),
    ("progress_slowest_little", |c, r| {
        after_keys(past_student(Past::Little, &[], c, r), "p<right><right><right><right><right><right>")
    }),
    ("progress_overview_lots", |c, r| after_keys(past_student(Past::Lots, &[], c, r), "p")),
    ("progress_exams_lots", |c, r| after_keys(past_student(Past::Lots, &[], c, r), "p<right>")),
    ("progress_domains_lots", |c, r| after_keys(past_student(Past::Lots, &[], c, r), "p<right><right>")),
    ("progress_modules_lots", |c, r| after_keys(past_student(Past::Lots, &[], c, r), "p<right><right><right>")),
    ("progress_days_lots", |c, r| after_keys(past_student(Past::Lots, &[], c, r), "p<right><right><right><right>")),
    ("progress_cards_lots", |c, r| {
        after_keys(past_student(Past::Lots, &[], c, r), "p<right><right><right><right><right>")
    }),
    ("progress_slowest_lots", |c, r| {
        after_keys(past_student(Past::Lots, &[], c, r), "p<right><right><right><right><right><right>")
    }),
    ("progress_days_without_streak", |c, r| after_keys(past_student(Past::Lots, &[], c, r), "p<tab><tab><tab><tab>s")),
    ("home_progress_lots", |c, r| past_student(Past::Lots, &[], c, r)),
    ("home_progress_little", |c, r| past_student(Past::Little, &[], c, r)),
    ("help_home", |c, r| after_keys(home(c, r), "?")),
];

#[test]
fn screens() {
    for (name, scene) in SCENES {
        let mut shown = String::new();
        for (columns, rows) in SIZES {
            let s = scene(columns, rows);
            let text = support::text(&support::buffer(&s.m, Theme::default(), columns, rows));
            shown.push_str(&format!("{columns}×{rows}\n{text}\n"));
        }
        insta::assert_snapshot!(*name, shown);
    }
}

#[test]
fn too_small() {
    let mut shown = String::new();
    for (columns, rows) in [(59, 16), (60, 15), (30, 5), (8, 1), (1, 1)] {
        let s = home(columns, rows);
        let text = support::text(&support::buffer(&s.m, Theme::default(), columns, rows));
        shown.push_str(&format!("{columns}×{rows}\n{text}\n"));
    }
    insta::assert_snapshot!("too_small", shown);
}

#[test]
fn no_line_is_cut() {
    for (name, scene) in SCENES {
        for (c, r) in SIZES {
            let s = scene(c, r);
            let shown = frame(&s.m);
            for line in shown.top.iter().chain(&shown.body).chain(&shown.bottom) {
                assert!(line.width() <= columns(s.m.size), "{name} at {c}×{r}: {:?}", line.text());
            }
        }
    }
}

// Looks

/// All lines that a screen could show.
fn lines(s: &Student) -> Vec<Line> {
    let shown = frame(&s.m);
    [shown.top, shown.body, shown.bottom, vec![shown.right], shown.side].concat()
}

/// The text of the line with `part` in it.
fn line(s: &Student, part: &str) -> String {
    let found = lines(s).into_iter().find(|l| l.text().contains(part));
    found.unwrap_or_else(|| panic!("no line with {part}")).text()
}

#[test]
fn nothing_is_said_by_colour_alone() {
    let mut s = room(&["spring-tide", "ebb"], 80, 24);
    let (open, struck) = (line(&s, "Just after"), line(&s, "quarter moons"));
    s.press("a<down>xf");
    assert!(!open.contains('●') && line(&s, "Just after").contains('●'), "picked");
    assert!(!struck.contains("(out)") && line(&s, "quarter moons").contains("(out)"), "struck out");
    assert!(line(&s, "Choose one").contains("⚑ flagged"));
    s.press("r");
    assert!(lines(&s).iter().any(|l| l.text().contains('⚑') && !l.text().contains("answered")), "in the grid");
    // What a colour means has its sign in the same stretch of text.
    for (name, scene) in SCENES {
        let s = scene(120, 40);
        for line in lines(&s) {
            for span in &line.spans {
                let signs: &[&str] = match span.role {
                    Role::Correct => &["✓"],
                    Role::Wrong => &["✗"],
                    Role::Flagged => &["⚑", "⚐"],
                    _ => continue,
                };
                assert!(signs.iter().any(|sign| span.text.contains(sign)), "{name}: {span:?}");
            }
        }
    }
    let mut s = result(80, 24);
    assert!(line(&s, "of 5").contains("✗ not passed"));
    s.press("<enter>");
    assert!(line(&s, "✓ right").contains("right"));
    assert!(line(&s, "Just after").contains("✓") && line(&s, "Just after").contains("(your answer)"));
    s.press("<right><right>");
    assert!(line(&s, "✗ wrong").contains("wrong"));
    assert!(line(&s, "The fairway").contains("✗") && line(&s, "The fairway").contains("(your answer)"));
    assert!(line(&s, "Danger on that").contains("✓") && !line(&s, "Danger on that").contains("(your answer)"));
    s.press("<right>");
    assert!(line(&s, "✗ not answered").contains("not answered"));
    // Few minutes left: a notice says so in words.
    let mut s = room(&["ebb"], 80, 24);
    s.wait(Duration::from_secs(7200 - 1032 - 60));
    assert_eq!(s.notice(), "1 minute left");
}

#[test]
fn without_colour_there_is_no_colour() {
    for (name, scene) in SCENES {
        let s = scene(120, 40);
        let plain = support::buffer(&s.m, Theme { colour: false, ascii: false }, 120, 40);
        let coloured = support::buffer(&s.m, Theme::default(), 120, 40);
        assert_eq!(support::text(&plain), support::text(&coloured), "{name}: the words are the same");
        for cell in plain.content() {
            assert_eq!((cell.fg, cell.bg), (Color::Reset, Color::Reset), "{name}: {:?}", cell.symbol());
        }
        for cell in coloured.content() {
            let of_the_terminal = !matches!(cell.fg, Color::Rgb(..) | Color::Indexed(_) | Color::Black | Color::White);
            assert!(of_the_terminal && cell.bg == Color::Reset, "{name}: {:?}", cell.fg);
        }
    }
}

#[test]
fn the_cursor_is_seen_without_colour() {
    let mut s = room(&all(&bank()), 80, 24);
    s.press("<down>");
    assert!(line(&s, "quarter moons").contains('›'));
    s.press("r");
    let buffer = support::buffer(&s.m, Theme { colour: false, ascii: false }, 80, 24);
    assert!(buffer.content().iter().any(|c| c.modifier.contains(Modifier::REVERSED)), "the cell in the grid");
}

#[test]
fn plain_ascii_is_plain_ascii() {
    // The questions' own letters stay; everything else is ours.
    let foreign = |name: &str| {
        name.starts_with("room_long") || name.starts_with("progress_slowest") || name == "review_unanswered"
    };
    for (name, scene) in SCENES.iter().filter(|(name, _)| !foreign(name)) {
        for (columns, rows) in SIZES {
            let s = scene(columns, rows);
            let text = support::text(&support::buffer(&s.m, Theme { colour: true, ascii: true }, columns, rows));
            let strange: String = text.chars().filter(|c| !c.is_ascii() && *c != '§').collect();
            assert_eq!(strange, "", "{name} at {columns}×{rows}:\n{text}");
        }
    }
}

#[test]
fn words_for_symbols_keep_the_columns_in_line() {
    let s = after_keys(room(&all(&bank()), 80, 24), "?");
    let text = support::text(&support::buffer(&s.m, Theme { colour: true, ascii: true }, 80, 24));
    let column = |words: &str| text.lines().find_map(|l| l.find(words)).unwrap_or_else(|| panic!("{words}:\n{text}"));
    assert_eq!(column("go on: the rest"), column("flag the question"));
}
