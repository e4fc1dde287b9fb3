//! The list of sittings: finished ones can be looked at, unfinished ones gone on with or removed.

use crate::engine::exam::Feedback;
use crate::engine::record::{ExamId, Summary};
use crate::engine::score::points_label;
use crate::engine::time::clock;

use super::decks::is_held;
use super::effect::{Effect, Record};
use super::frame::{Frame, list_row, moved};
use super::keys::Action;
use super::model::{Access, Model, Screen};
use super::page::{Line, Role, Span};
use super::prompt;
use super::saving;
use super::wrap::{cut, width, wrap};

/// Columns of the moment at which a sitting ended, or began if it has not.
const WHEN: usize = 17;

/// Does `action`. Returns whether the cursor has moved.
pub fn act(m: &mut Model, row: usize, action: Action, effects: &mut Vec<Effect>) -> bool {
    if action == Action::Open {
        match m.history.get(row).map(|s| (s.id, s.outcome.is_some())) {
            Some((id, true)) => effects.push(Effect::Look(id)),
            Some((id, false)) => saving::go_on_with(m, id, effects),
            None => {}
        }
        return false;
    }
    if action == Action::Remove {
        ask_to_discard(m, row, effects);
        return false;
    }
    m.place_mut().screen = Screen::History(moved(row, m.history.len(), action));
    true
}

fn ask_to_discard(m: &mut Model, row: usize, effects: &mut Vec<Effect>) {
    let Some(summary) = m.history.get(row) else { return };
    let (id, began) = (summary.id, m.local(summary.started));
    if summary.outcome.is_some() {
        m.say("A finished exam stays: its answers count");
    } else if !is_held(m, effects) {
        prompt::ask_to_discard(m, id, began);
    }
}

/// Removes an unfinished sitting.
pub fn discard(m: &mut Model, id: ExamId, effects: &mut Vec<Effect>) {
    m.history.retain(|summary| summary.id != id);
    let last = m.history.len().saturating_sub(1);
    if let Screen::History(row) = &mut m.place_mut().screen {
        *row = (*row).min(last);
    }
    m.say("The exam is removed");
    saving::save(m, Record::Discard(id), effects);
}

/// What is shown.
pub fn frame(m: &Model, row: usize, columns: usize) -> Frame {
    let mut body = vec![Line::new()];
    if let Access::Failed(why) = &m.access {
        let text = Span::new(format!("The exams cannot be read: {why}"), Role::Warn);
        body.extend(wrap(&[text], columns, "  ", "  "));
    } else if m.access == Access::Opening {
        body.push(Line::of("  The exams are still being read.", Role::Muted));
    } else if m.history.is_empty() {
        body.push(Line::of("  No exam yet. The first one is waiting at home.", Role::Muted));
    }
    let outcomes: Vec<Line> = m.history.iter().map(outcome).collect();
    let widest = outcomes.iter().map(Line::width).max().unwrap_or(0);
    let room = columns.saturating_sub(WHEN + 5);
    for (i, (summary, outcome)) in m.history.iter().zip(outcomes).enumerate() {
        let when = format!("{:>WHEN$}", m.local(summary.when()));
        body.push(list_row(i == row, &when, WHEN, about(summary, outcome, widest, room)));
    }
    Frame { title: "Past exams".into(), body, ..Frame::default() }
}

/// How it came out, or how far it is.
fn outcome(summary: &Summary) -> Line {
    match &summary.outcome {
        Some(outcome) => {
            let score = format!("{:>5} of {:<4}", points_label(outcome.total.points), outcome.total.of);
            let verdict =
                if outcome.passed { ("✓ passed    ", Role::Correct) } else { ("✗ not passed", Role::Wrong) };
            Line::of(score, Role::Strong).and(verdict.0, verdict.1)
        }
        None => Line::of(
            format!("○ at {} of {}, {} used", summary.position + 1, summary.questions, clock(summary.used)),
            Role::Warn,
        ),
    }
}

/// How it came out, in so many columns, and of what it was; a narrow screen shows less of that, never a broken line.
fn about(summary: &Summary, outcome: Line, widest: usize, columns: usize) -> Line {
    let gap = " ".repeat(widest - outcome.width() + 2);
    let line = outcome.and(gap, Role::Plain);
    let room = columns.saturating_sub(line.width());
    line.and(what(summary, room), Role::Muted)
}

/// Of what it was, in so many columns. A filter tells exams apart best: the rest gives way first, the version before all.
fn what(summary: &Summary, columns: usize) -> String {
    let over = summary.among.as_ref().map(|filter| format!("over {}", filter.one_line()));
    let tutor = (summary.conditions.feedback == Feedback::Tutor).then(|| "tutor".to_owned());
    let (bank, version) = (summary.bank.to_string(), format!("{} {}", summary.bank, summary.version));
    let told =
        |bank: Option<String>| [over.clone(), bank, tutor.clone()].into_iter().flatten().collect::<Vec<_>>().join(", ");
    let least = told(over.is_none().then(|| bank.clone()));
    let forms = [told(Some(version)), told(Some(bank)), least.clone()];
    forms.into_iter().find(|form| width(form) <= columns).unwrap_or_else(|| cut(&least, columns))
}
