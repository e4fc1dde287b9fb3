//! Whole sittings through the real loop: time, pauses, failed writes, leaving.

use std::time::Duration;

use examdeck::app::effect::{Answer, Msg};
use examdeck::app::input::Size;
use examdeck::app::model::{Model, Screen};
use examdeck::app::setup::Preset;
use examdeck::app::update::next_wake;
use examdeck::engine::exam::{End, Exam, Step};
use examdeck::engine::question::OptionId;

use crate::support::bank::{all, bank, exam_id, paper};
use crate::support::world::Happening::{self, Comes, Sleeps};
use crate::support::world::{Script, Student, after, keys, ready};

const fn secs(s: u64) -> Duration {
    Duration::from_secs(s)
}

/// Keys at a time.
fn at(seconds: f64, text: &str) -> Vec<(f64, Happening)> {
    keys(text).into_iter().map(|k| (seconds, Comes(Msg::Key(k)))).collect()
}

/// A mock exam of two hours that begins at second 0, then what `parts` say.
fn exam(parts: Vec<Vec<(f64, Happening)>>) -> Script {
    let mut events = vec![(0.0, Comes(ready(vec![bank()], Vec::new())))];
    events.extend(at(0.0, "n<enter>"));
    events.extend(parts.into_iter().flatten());
    Script::new(events)
}

fn limit(seconds: u64) -> examdeck::engine::exam::Conditions {
    examdeck::engine::exam::Conditions {
        feedback: Default::default(),
        limit: Some(secs(seconds)),
        allowance: Default::default(),
    }
}

#[test]
fn an_answer_that_finds_no_terminal_to_be_drawn_on_is_written_all_the_same() {
    let mut script = exam(vec![at(2.5, "a")]);
    script.gone = Some(Duration::from_millis(2500));
    assert!(script.run_until_it_fails(None).is_err());
    assert_eq!(script.memory.sittings[0].log.iter().filter(|e| matches!(e.step, Step::Pick(_))).count(), 1);
}

#[test]
fn two_hours_pass_and_the_exam_ends_by_itself() {
    let mut script = exam(vec![at(10.0, "a<enter>t"), at(8000.0, "<c-c>")]);
    script.run(None);
    let kept = &script.memory.sittings[0];
    let (_, ended, score) = kept.ended.as_ref().expect("ended");
    assert_eq!(ended.end(), Some(End::TimedOut));
    assert_eq!(ended.used(), secs(7200));
    assert_eq!(score.total.of, 10);
    assert!(matches!(script.last.as_ref().map(Model::screen), Some(Screen::Result)));
    for (minutes, text) in
        [(30, "30 minutes left"), (15, "15 minutes left"), (5, "5 minutes left"), (1, "1 minute left")]
    {
        let first = script.frames.iter().find(|f| f.1 == text).unwrap_or_else(|| panic!("{text} never shown"));
        assert_eq!(first.0, secs(7200 - minutes * 60), "{text}");
    }
    // The clock was hidden, and came back at five minutes, not before.
    for (when, _, clock) in &script.frames {
        let hidden = *when > secs(10) && *when < secs(6900);
        assert!(*when == secs(10) || *clock != hidden, "clock at {when:?}");
    }
    let over = script.frames.iter().find(|f| f.1.starts_with("The time is over")).expect("told");
    assert_eq!(over.0, secs(7200));
    // A hidden clock draws nothing but the notices.
    let drawn = script.frames.iter().filter(|f| f.0 > secs(10) && f.0 < secs(6900)).count();
    assert_eq!(drawn, 2, "30 and 15 minutes");
    assert_eq!(kept.exam(), *ended, "what was written leads to the same end");
}

#[test]
fn a_shown_clock_is_drawn_once_a_second() {
    let mut script = exam(vec![at(60.0, "<c-c>")]);
    script.run(None);
    let drawn = script.frames.iter().filter(|f| f.0 > Duration::ZERO && f.0 < secs(60)).count();
    assert_eq!(drawn, 59);
    assert!(script.waits.iter().all(|(_, wait)| wait.is_none_or(|w| !w.is_zero())), "never waits for nothing");
}

#[test]
fn nothing_wakes_the_program_at_home() {
    assert_eq!(next_wake(&Model::new(Size { columns: 80, rows: 24 }, after(0.0), None)), None);
    let mut student = Student::at_home(bank(), 80, 24);
    for screen in ["", "b", "<esc>e", "<esc>n", "?"] {
        student.press(screen);
        assert_eq!(next_wake(&student.m), None, "after {screen:?}");
    }
    let mut script = Script::new(at(100_000.0, "q"));
    script.run(None);
    assert_eq!((script.frames.len(), script.waits.len()), (1, 1), "one frame in 28 hours");
}

/// The model in the room of an exam of `seconds`, as the loop would get it.
fn begun(seconds: u64) -> (Happening, Exam) {
    let exam = Exam::start(paper(&bank(), &all(&bank())), limit(seconds)).expect("questions");
    (Comes(Msg::Done(Answer::Begun(exam_id(1), Box::new(exam.clone())))), exam)
}

#[test]
fn an_answer_a_millisecond_late_is_refused() {
    for (when, counts) in [(19.999, true), (20.001, false)] {
        let (begin, exam) = begun(20);
        let mut events = vec![(0.0, Comes(ready(vec![bank()], Vec::new()))), (0.0, begin)];
        events.extend(at(9.0, "f"));
        events.extend(at(when, "a"));
        events.extend(at(30.0, "<c-c>"));
        let mut script = Script::new(events);
        script.late = secs(12); // no tick comes before the key
        script.memory.keep(exam_id(1), exam, after(0.0));
        script.run(None);
        let kept = &script.memory.sittings[0];
        let (_, ended, _) = kept.ended.as_ref().expect("ended");
        assert_eq!(ended.end(), Some(End::TimedOut));
        assert_eq!(ended.used(), secs(20));
        assert_eq!(ended.answered(), usize::from(counts), "answer at {when}");
        assert_eq!(kept.log.iter().any(|e| e.step == Step::Pick(OptionId(0))), counts);
    }
}

#[test]
fn a_key_for_the_exam_room_does_nothing_to_the_result() {
    for key in ["<enter>", "q", "n", "f", "<esc>", "e"] {
        let (begin, exam) = begun(20);
        let mut events = vec![(0.0, Comes(ready(vec![bank()], Vec::new()))), (0.0, begin)];
        events.extend(at(9.0, "b"));
        events.extend(at(20.001, key));
        events.push((21.0, Comes(Msg::Resize(Size { columns: 80, rows: 24 }))));
        events.extend(at(30.0, "<c-c>"));
        let mut script = Script::new(events);
        script.late = secs(12);
        script.memory.keep(exam_id(1), exam, after(0.0));
        script.run(None);
        let last = script.last.as_ref().expect("drawn");
        assert!(matches!(last.screen(), Screen::Result), "{key} was typed in the room: {:?}", last.screen());
        assert!(last.notice.as_ref().is_some_and(|n| n.text.starts_with("The time is over")), "{key}");
    }
}

#[test]
fn lost_and_doubled_ticks_do_no_harm() {
    let run = |late: f64, doubled: bool| {
        let keys =
            vec![at(7.25, "b"), at(30.5, "<right>"), at(31.0, "a"), at(4000.0, "<right>cf"), at(8000.0, "<c-c>")];
        let mut script = exam(keys);
        script.late = Duration::from_secs_f64(late);
        script.doubled = doubled;
        script.run(None);
        script.memory.sittings.remove(0)
    };
    let punctual = run(0.0, false);
    for (late, doubled) in [(0.0, true), (0.4, false), (3.7, false), (9.0, true)] {
        let other = run(late, doubled);
        assert_eq!(other.log, punctual.log, "late {late}");
        let (a, b) = (punctual.ended.as_ref().expect("ended"), other.ended.as_ref().expect("ended"));
        assert_eq!(a.1, b.1, "late {late}");
        assert_eq!(a.2, b.2);
    }
}

#[test]
fn time_stands_still_while_the_machine_sleeps() {
    // A steady clock may stand still meanwhile, or go on.
    for mono in [Duration::ZERO, secs(3600)] {
        let nap = vec![(100.0, Sleeps { mono, wall: secs(3600) })];
        let mut script = exam(vec![nap, at(110.0, "a"), at(120.0, "<c-c>")]);
        script.run(None);
        let exam = script.memory.sittings[0].exam();
        let pauses: Vec<u64> = exam.pauses().iter().map(|p| p.as_secs()).collect();
        assert_eq!(pauses.len(), 1, "{pauses:?}");
        assert!((3599..=3601).contains(&pauses[0]), "{pauses:?}");
        assert!(exam.used() <= secs(121) && exam.used() >= secs(118), "{:?}", exam.used());
        assert_eq!(exam.end(), None);
    }
}

#[test]
fn time_stands_still_while_the_program_is_stopped() {
    for stopped in [3, 10_000] {
        let mut script = exam(vec![at(100.0, "a<c-z>"), at(110.0, "b"), at(120.0, "<c-c>")]);
        script.stopped = secs(stopped);
        script.run(None);
        let exam = script.memory.sittings[0].exam();
        assert_eq!(exam.pauses(), [secs(stopped)]);
        assert_eq!(exam.used(), secs(120));
        assert_eq!(exam.end(), None, "ten thousand seconds are more than the limit");
    }
}

#[test]
fn a_sitting_goes_on_another_day() {
    let first = at(100.0, "a<right>bq");
    let mut script = exam(vec![first]);
    script.run(None);
    let history = script.memory.summaries();
    assert!(history[0].outcome.is_none());
    let mut next = Script::new(vec![(0.0, Comes(ready(vec![bank()], history)))]);
    next.memory = std::mem::take(&mut script.memory);
    let mut next = {
        let mut events = vec![(0.0, Comes(ready(vec![bank()], next.memory.summaries())))];
        events.extend(at(90_000.0, "<enter>"));
        events.extend(at(90_050.0, "<right>c"));
        events.extend(at(90_060.0, "<c-c>"));
        let mut again = Script::new(events);
        again.memory = std::mem::take(&mut next.memory);
        again
    };
    next.run(None);
    let exam = next.memory.sittings[0].exam();
    assert_eq!(exam.used(), secs(160));
    assert_eq!(exam.answered(), 3);
    assert_eq!(exam.pauses(), [secs(89_900)]);
    assert_eq!(exam.position(), 2);
}

#[test]
fn the_command_line_leads_to_the_screen_before_the_exam() {
    let preset = Preset { questions: Some(3), minutes: Some(1), seed: Some(5), ..Preset::default() };
    let mut events = vec![(0.0, Comes(ready(vec![bank()], Vec::new())))];
    events.extend(at(0.0, "<enter>"));
    events.extend(at(100.0, "<c-c>"));
    let mut script = Script::new(events);
    script.run(Some(preset));
    let (_, ended, _) = script.memory.sittings[0].ended.as_ref().expect("ended").clone();
    assert_eq!((ended.used(), ended.responses().len(), ended.paper().seed), (secs(60), 3, 5));
}

// Writing without losing

#[test]
fn what_cannot_be_written_is_kept_told_and_tried_again() {
    let mut script = exam(vec![at(10.0, "a"), at(12.0, "<right>b"), at(20.0, "<right>c"), at(60.0, "<c-c>")]);
    script.full = vec![secs(5)..secs(32)];
    script.run(None);
    let exam = script.memory.sittings[0].exam();
    assert_eq!((exam.answered(), exam.position()), (3, 2), "nothing is lost");
    assert_eq!(exam.used(), secs(60));
    assert!(script.memory.failed >= 3, "tried again: {}", script.memory.failed);
    assert!(script.memory.failed < 12, "but not all the time: {}", script.memory.failed);
    for (when, notice, _) in script.frames.iter().filter(|f| f.0 >= secs(10) && f.0 < secs(30)) {
        assert!(notice.starts_with("Not saved: ") && notice.contains("disk full"), "{when:?}: {notice:?}");
    }
    let after: Vec<&str> = script.frames.iter().filter(|f| f.0 > secs(36)).map(|f| f.1.as_str()).collect();
    assert!(after.iter().all(|n| !n.starts_with("Not saved")), "the notice ends with the trouble: {after:?}");
    assert!(script.frames.iter().any(|f| f.1 == "Saved. Nothing was lost."));
}

#[test]
fn a_passing_word_does_not_hide_that_nothing_is_saved() {
    let mut student = room();
    student.memory.full = true;
    student.press("a");
    assert!(student.notice().starts_with("Not saved"));
    student.press("g99<enter>");
    assert!(student.notice().starts_with("There is no such question"));
    student.press("<down>");
    assert!(student.notice().starts_with("Not saved"), "{:?}", student.notice());
}

#[test]
fn an_end_that_cannot_be_written_is_written_later() {
    let mut script = exam(vec![at(10.0, "a"), at(8000.0, "<c-c>")]);
    script.full = vec![secs(7100)..secs(7300)];
    script.run(None);
    let (_, ended, _) = script.memory.sittings[0].ended.as_ref().expect("ended");
    assert_eq!(ended.end(), Some(End::TimedOut));
    assert_eq!(ended.answered(), 1);
}

#[test]
fn leaving_with_unsaved_changes_asks_once_more() {
    // The first Ctrl-C is asked about, the second one in a row leaves.
    let mut script = exam(vec![at(10.0, "a"), at(11.0, "<c-c>"), at(12.0, "<down>"), at(13.0, "<c-c><c-c>")]);
    script.full = vec![secs(5)..secs(99_999)];
    script.run(None);
    let asked = script.frames.iter().find(|f| f.0 == secs(11)).expect("drawn");
    assert!(asked.1.contains("Not saved yet") && asked.1.contains("again"), "{}", asked.1);
    assert!(script.memory.sittings[0].log.is_empty());
    // If it can be written meanwhile, nothing is lost and nobody is asked.
    let mut script = exam(vec![at(10.0, "a"), at(11.0, "<c-c>"), at(30.0, "<c-c>")]);
    script.full = vec![secs(5)..secs(12)];
    script.run(None);
    assert_eq!(script.memory.sittings[0].exam().answered(), 1);
}

#[test]
fn a_sitting_with_unsaved_steps_cannot_be_read_back_too_early() {
    let mut student = room();
    student.memory.full = true;
    student.press("a<right>b<esc>"); // nothing of this is in the store
    assert!(matches!(student.m.screen(), Screen::Home(_)));
    student.press("<enter>");
    student.memory.full = false;
    student.wait(secs(10));
    assert!(student.m.outbox.is_empty());
    student.press("<esc><esc><home><enter>");
    assert!(matches!(student.m.screen(), Screen::Room));
    assert_eq!(student.exam().answered(), 2, "answers that were kept are there");
}

fn room() -> Student {
    let exam = Exam::start(paper(&bank(), &all(&bank())), limit(7200)).expect("questions");
    Student::examined(bank(), exam, 80, 24)
}

#[test]
fn an_exam_at_a_pace_beyond_all_measure_begins_all_the_same() {
    let mut bank = bank();
    bank.questions.truncate(1);
    bank.exam.questions = 1000;
    bank.exam.minutes = 1;
    let mut student = Student::at_home(bank, 80, 24);
    student.press("n<enter>");
    assert_eq!(student.exam().end(), None);
    assert_eq!(student.exam().remaining(), Some(Duration::from_secs(1)));
}
