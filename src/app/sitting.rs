//! The sitting that goes on: steps are made, logged and written; time passes; the end comes.

use std::collections::BTreeSet;
use std::time::Duration;

use crate::engine::answer::answers_of;
use crate::engine::day::day_of;
use crate::engine::exam::{Entry, Exam, Step};
use crate::engine::record::{ExamId, Stored};
use crate::engine::score::score;
use crate::engine::time::{Now, ceil_seconds};

use super::drill;
use super::effect::{Effect, Record};
use super::guide;
use super::model::{Model, Report, Screen};
use super::prompt::Prompt;
use super::saving::save;

/// How often the exam time used is written when nothing else is.
pub const HEARTBEAT: Duration = Duration::from_secs(5);
/// A wall clock that is this far ahead of the steady one means that the machine slept.
const SLEPT: Duration = Duration::from_secs(5);
/// A running exam room wakes at least every [`HEARTBEAT`]. If no message came for this long, the program did not run:
/// it was stopped, or the machine slept on a system whose steady clock goes on meanwhile.
const STOPPED: Duration = Duration::from_secs(15);
/// How long after the end of the time keys are not heard.
pub const DEAF: Duration = Duration::from_secs(2);
/// Minutes left at which a notice is given.
pub const NOTICES: [u64; 4] = [30, 15, 5, 1];
/// Minutes left at which a hidden clock comes back.
pub const CLOCK_RETURNS: u64 = 5;

/// A sitting with what the exam room needs beside it.
#[derive(Clone, Debug)]
pub struct Sitting {
    /// Its identifier.
    pub id: ExamId,
    /// The sitting.
    pub exam: Exam,
    /// How many steps were made.
    pub steps: u64,
    /// The row of the option at the cursor.
    pub row: usize,
    /// Whether the student has hidden the clock.
    pub clock_hidden: bool,
    /// The number that is being typed, if one is.
    pub go_to: Option<String>,
    /// The questions whose end was on the screen.
    pub read: BTreeSet<usize>,
    /// The exam time used that was last written.
    pub written: Duration,
}

impl Sitting {
    /// A sitting that has just begun.
    pub fn begun(id: ExamId, exam: Exam) -> Self {
        Self {
            id,
            exam,
            steps: 0,
            row: 0,
            clock_hidden: false,
            go_to: None,
            read: BTreeSet::new(),
            written: Duration::ZERO,
        }
    }

    /// Whether the clock is shown: always in the last minutes.
    pub fn shows_clock(&self) -> bool {
        !self.clock_hidden || self.exam.remaining().is_some_and(|left| left <= Duration::from_secs(CLOCK_RETURNS * 60))
    }

    /// The exam time until what the clock shows changes, or something is due.
    pub fn next_change(&self) -> Option<Duration> {
        let left = self.exam.remaining();
        let until_second = match left {
            Some(left) => left.saturating_sub(Duration::from_secs(ceil_seconds(left).saturating_sub(1))),
            None => Duration::from_secs(self.exam.used().as_secs() + 1) - self.exam.used(),
        };
        if self.shows_clock() {
            return Some(until_second);
        }
        let until_written = (self.written + HEARTBEAT).saturating_sub(self.exam.used()).max(Duration::from_millis(1));
        let until_notice = left.and_then(|left| {
            NOTICES
                .iter()
                .map(|m| Duration::from_secs(m * 60))
                .find(|&at| at < left)
                .map_or(Some(left), |at| Some(left - at))
        });
        Some(until_notice.map_or(until_written, |n| n.min(until_written)))
    }
}

/// Makes a step in the sitting that goes on and writes it. Returns whether it changed anything.
pub fn step(m: &mut Model, step: Step, effects: &mut Vec<Effect>) -> bool {
    let at = m.now.wall;
    let Some(sitting) = &mut m.sitting else { return false };
    let entry = Entry { used: sitting.exam.used(), step };
    if !sitting.exam.apply(step) {
        return false;
    }
    let record = Record::Step { exam: sitting.id, number: sitting.steps, entry, position: sitting.exam.position(), at };
    sitting.steps += 1;
    sitting.written = entry.used;
    save(m, record, effects);
    m.dirty = true;
    if m.sitting.as_ref().is_some_and(|s| s.exam.end().is_some()) {
        finish(m, effects);
    }
    true
}

/// Lets the time since the last message pass, before anything else is done with a message. Time in which the program
/// did not run (`stopped` says so, or the clocks do) is a pause, not exam time.
pub fn pass_time(m: &mut Model, now: Now, stopped: bool, effects: &mut Vec<Effect>) {
    let (spent, away) = passed(m, now, stopped);
    m.now = now;
    if m.is_drilling() {
        return drill::pass_time(m, spent, effects);
    }
    if !m.is_examining() {
        return;
    }
    if !away.is_zero() {
        step(m, Step::Pause(away), effects);
    }
    let Some(sitting) = &mut m.sitting else { return };
    let before = sitting.exam.remaining();
    let second_before = shown_second(&sitting.exam);
    sitting.exam.elapse(spent);
    let after = sitting.exam.remaining();
    let changed = sitting.shows_clock() && shown_second(&sitting.exam) != second_before;
    let ended = sitting.exam.end().is_some();
    let (id, used, position) = (sitting.id, sitting.exam.used(), sitting.exam.position());
    let write = used >= sitting.written + HEARTBEAT;
    if write {
        sitting.written = used;
    }
    m.dirty |= changed || ended;
    if let (Some(before), Some(after)) = (before, after) {
        notify(m, before, after);
    }
    if ended {
        finish(m, effects);
    } else if write {
        save(m, Record::Clock { exam: id, used, position, at: now.wall }, effects);
    }
}

/// How much of the time since the last message the program ran, and how long it did not.
fn passed(m: &Model, now: Now, stopped: bool) -> (Duration, Duration) {
    let ran = now.mono.saturating_sub(m.now.mono);
    let on_the_wall = now.wall.since(m.now.wall);
    if stopped || ran > STOPPED {
        (Duration::ZERO, ran.max(on_the_wall))
    } else if on_the_wall > ran + SLEPT {
        (ran, on_the_wall - ran)
    } else {
        (ran, Duration::ZERO)
    }
}

/// The second that the clock shows.
fn shown_second(exam: &Exam) -> u64 {
    exam.remaining().map_or_else(|| exam.used().as_secs(), ceil_seconds)
}

/// Says how many minutes are left when one of the marks was passed.
fn notify(m: &mut Model, before: Duration, after: Duration) {
    let passed = |minutes: &u64| {
        let mark = Duration::from_secs(minutes * 60);
        before > mark && after <= mark
    };
    // After a long pause several marks may have gone by: the last one counts.
    if let Some(minutes) = NOTICES.iter().rev().find(|m| passed(m)) {
        let unit = if *minutes == 1 { "minute" } else { "minutes" };
        m.say(format!("{minutes} {unit} left"));
        m.dirty = true;
    }
}

/// Marks the sitting, writes the result and shows it.
fn finish(m: &mut Model, effects: &mut Vec<Effect>) {
    let Some(sitting) = m.sitting.take() else { return };
    let marked = score(&sitting.exam);
    let at = m.now.wall;
    let day = day_of(at, &m.zone);
    for answer in answers_of(sitting.id, &sitting.exam, &marked, at, day) {
        m.learner.take(&answer);
    }
    let (exam, score) = (Box::new(sitting.exam.clone()), Box::new(marked.clone()));
    save(m, Record::Finish { id: sitting.id, exam, score, at, day }, effects);
    if sitting.exam.end() == Some(crate::engine::exam::End::TimedOut) {
        m.say("The time is over: the exam was submitted as it stood");
        m.deaf_until = Some(m.now.mono + DEAF);
    }
    m.report = Some(Report { id: sitting.id, exam: sitting.exam, score: marked, ended: at, certificate: None });
    m.help = None;
    // A note that is being written lies over the result then: nothing that was typed is lost.
    m.prompt = m.prompt.take().filter(Prompt::is_on_a_question);
    guide::reading::keep(m, true, effects);
    m.go_home();
    m.enter(Screen::Result);
    m.dirty = true;
}

/// Goes on with a sitting that was read from the store.
pub fn resume(m: &mut Model, stored: Stored, effects: &mut Vec<Effect>) {
    let away = m.now.wall.since(stored.last_active);
    let used = stored.exam.used();
    m.sitting = Some(Sitting { steps: stored.steps, written: used, ..Sitting::begun(stored.id, stored.exam) });
    m.go_home();
    m.enter(Screen::Room);
    m.dirty = true;
    if m.sitting.as_ref().is_some_and(|s| s.exam.end().is_some()) {
        finish(m, effects); // its time ran out, and the program was stopped before that was written
    } else {
        step(m, Step::Pause(away), effects);
    }
}

/// Leaves the exam room: the time used is written, and the sitting waits in the store.
pub fn put_away(m: &mut Model, effects: &mut Vec<Effect>) {
    let at = m.now.wall;
    if let Some(sitting) = m.sitting.take() {
        let (exam, used, position) = (sitting.id, sitting.exam.used(), sitting.exam.position());
        save(m, Record::Clock { exam, used, position, at }, effects);
    }
    m.go_home();
    m.dirty = true;
}
