//! Writing without losing: one record after the other, and again until it is written.

use std::time::Duration;

use crate::engine::record::ExamId;
use crate::engine::text::Text;

use super::effect::{Effect, Record};
use super::model::{Model, Notice};
use super::preview;

/// How long to wait before a failed write is tried again.
pub const RETRY: Duration = Duration::from_secs(5);

/// Puts a record in the queue, and asks for the oldest to be written.
pub fn save(m: &mut Model, record: Record, effects: &mut Vec<Effect>) {
    m.outbox.push_back(record);
    if m.unsaved.is_some() && m.notice.as_ref().is_none_or(|notice| notice.lasting) {
        m.notice = standing(m);
    }
    if m.retry_at.is_none() {
        next(m, effects);
    }
}

/// Asks for the oldest record to be written, if none is being written.
pub fn next(m: &mut Model, effects: &mut Vec<Effect>) {
    if m.in_flight {
        return;
    }
    if let Some(record) = m.outbox.front() {
        m.in_flight = true;
        effects.push(Effect::Save(record.clone()));
    }
}

/// The oldest record is on the disk. Out of the exam room the list of sittings is read anew once nothing is left to
/// write: read any earlier, it would not know how the sitting came out.
pub fn saved(m: &mut Model, effects: &mut Vec<Effect>) {
    m.in_flight = false;
    m.retry_at = None;
    let of_exam = |r: &Record| {
        matches!(r, Record::Step { .. } | Record::Clock { .. } | Record::Finish { .. } | Record::Discard(_))
    };
    let written = m.outbox.pop_front();
    m.leaving_unsaved &= !m.outbox.is_empty();
    if m.outbox.is_empty() && m.unsaved.take().is_some() {
        m.say("Saved. Nothing was lost.");
        m.dirty = true;
    }
    if written.is_some_and(|r| of_exam(&r)) && !m.outbox.iter().any(of_exam) && !m.is_examining() {
        effects.push(Effect::AskHistory);
    }
    next(m, effects);
}

/// The oldest record could not be written; it is kept and tried again.
pub fn not_saved(m: &mut Model, why: &Text) {
    m.in_flight = false;
    m.retry_at = Some(m.now.mono + RETRY);
    m.unsaved = Some(why.clone());
    m.notice = standing(m);
    m.dirty = true;
}

/// What stands as long as something is not saved, or a preview's file is broken, under any passing word.
pub fn standing(m: &Model) -> Option<Notice> {
    let Some(why) = &m.unsaved else { return preview::standing(m) };
    let kept = m.outbox.len();
    let what = if kept == 1 { "1 change is".into() } else { format!("{kept} changes are") };
    Some(Notice { text: format!("Not saved: {what} kept and tried again ({})", why.one_line()), lasting: true })
}

/// Asks for a stored sitting to go on with, unless the store lacks some of its steps: reading it back now would lose them.
pub fn go_on_with(m: &mut Model, id: ExamId, effects: &mut Vec<Effect>) {
    if m.outbox.is_empty() {
        effects.push(Effect::Continue(id));
    } else {
        m.say("Your last answers are not saved yet; the exam goes on when they are");
    }
}

/// Tries again when it is time to.
pub fn retry(m: &mut Model, effects: &mut Vec<Effect>) {
    if m.retry_at.is_some_and(|at| m.now.mono >= at) {
        next(m, effects);
    }
}
