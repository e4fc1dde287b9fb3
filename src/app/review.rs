//! The review before the end: every question with its mark, and the way out.

use crate::engine::exam::{Exam, Step};

use super::effect::Effect;
use super::frame::Frame;
use super::keys::Action;
use super::model::{Model, Screen};
use super::page::{Line, Role};
use super::room::{self, go_to};
use super::saving;
use super::sitting::step;
use super::wrap::cut;

/// How many questions stand in a row of the grid.
const ROW: usize = 10;

/// Which questions are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Filter {
    /// All.
    All,
    /// Those without a complete answer.
    Unanswered,
    /// Those that were flagged.
    Flagged,
    /// Those that were never on the screen.
    NotSeen,
}

/// The review's own state.
#[derive(Clone, Debug)]
pub struct Review {
    /// The question at the cursor.
    pub cursor: usize,
    /// Which questions are shown.
    pub filter: Filter,
    /// Whether the student is asked to confirm the end.
    pub asking: bool,
}

impl Review {
    /// The review with the cursor on the question at `position`.
    pub fn at(position: usize) -> Self {
        Self { cursor: position, filter: Filter::All, asking: false }
    }
}

fn shown(exam: &Exam, filter: Filter) -> Vec<usize> {
    (0..exam.responses().len())
        .filter(|&i| match filter {
            Filter::All => true,
            Filter::Unanswered => !exam.is_complete(i),
            Filter::Flagged => exam.responses()[i].is_flagged(),
            Filter::NotSeen => !exam.responses()[i].is_visited(),
        })
        .collect()
}

/// Does `action` in the review. Returns whether the cursor has moved.
pub fn act(m: &mut Model, action: Action, effects: &mut Vec<Effect>) -> bool {
    let Some(Screen::Review(mut review)) = m.places.last().map(|p| p.screen.clone()) else { return false };
    let Some(sitting) = &m.sitting else { return false };
    if review.asking {
        match action {
            Action::Yes => {
                step(m, Step::Submit, effects);
                return false;
            }
            Action::Back => review.asking = false,
            _ => {}
        }
        m.place_mut().screen = Screen::Review(review);
        return false;
    }
    let filter = match action {
        Action::All => Some(Filter::All),
        Action::Unanswered => Some(Filter::Unanswered),
        Action::Flagged => Some(Filter::Flagged),
        Action::NotSeen => Some(Filter::NotSeen),
        _ => None,
    };
    if let Some(filter) = filter {
        review.filter = filter;
        let list = shown(&sitting.exam, filter);
        if !list.contains(&review.cursor) {
            review.cursor = list.first().copied().unwrap_or(review.cursor);
        }
    }
    match action {
        Action::Open => {
            let (list, to) = (shown(&sitting.exam, review.filter), review.cursor);
            if list.contains(&to) {
                m.leave();
                go_to(m, to, effects);
            }
            return false;
        }
        Action::End => {
            review.asking = true;
            m.notice = saving::standing(m);
        }
        Action::Back => {
            m.leave();
            return false;
        }
        _ => {
            let list = shown(&sitting.exam, review.filter);
            move_cursor(&mut review, &list, action);
        }
    }
    m.place_mut().screen = Screen::Review(review);
    true
}

fn move_cursor(review: &mut Review, list: &[usize], action: Action) {
    let Some(at) = list.iter().position(|&i| i == review.cursor) else { return };
    let by_row = if review.filter == Filter::All { ROW } else { 1 };
    let last = list.len() - 1;
    let to = match action {
        Action::Left => at.saturating_sub(1),
        Action::Right => (at + 1).min(last),
        Action::Up => at.checked_sub(by_row).unwrap_or(at),
        Action::Down if at + by_row <= last => at + by_row,
        Action::First => 0,
        Action::Last => last,
        _ => at,
    };
    review.cursor = list[to];
}

/// What the review shows.
pub fn frame(m: &Model, review: &Review, columns: usize) -> Frame {
    let Some(sitting) = &m.sitting else { return Frame::default() };
    let exam = &sitting.exam;
    let list = shown(exam, review.filter);
    let count = |filter| shown(exam, filter).len();
    let (open, flagged, unseen) = (count(Filter::Unanswered), count(Filter::Flagged), count(Filter::NotSeen));
    let mut tally = Line::of("  ", Role::Plain);
    tally.push(format!("{} answered", exam.answered()), Role::Strong);
    tally.push(format!(" · {open} unanswered · {flagged} flagged · {unseen} not seen"), Role::Muted);
    let mut body = vec![Line::new()];
    match review.filter {
        Filter::All => body.extend(grid(exam, Some(review.cursor), 2)),
        _ => body.extend(list.iter().map(|&i| entry(exam, i, i == review.cursor, columns))),
    }
    if list.is_empty() {
        let none = match review.filter {
            Filter::Flagged => "  No flagged question.",
            Filter::NotSeen => "  No question that you have not seen.",
            Filter::All | Filter::Unanswered => "  No unanswered question.",
        };
        body.push(Line::of(none, Role::Muted));
    }
    let mut bottom = vec![match review.filter {
        Filter::All => legend(),
        Filter::Unanswered => Line::of("  Unanswered questions", Role::Strong),
        Filter::Flagged => Line::of("  Flagged questions", Role::Strong),
        Filter::NotSeen => Line::of("  Questions not seen yet", Role::Strong),
    }];
    if review.asking {
        let unanswered = match open {
            0 => "Every question is answered.".to_owned(),
            1 => "1 question is unanswered.".to_owned(),
            n => format!("{n} questions are unanswered."),
        };
        let flags = if flagged > 0 { format!("{flagged} flagged. ") } else { String::new() };
        bottom = vec![
            Line::of("  End the exam now? ", Role::Strong)
                .and(unanswered, if open > 0 { Role::Warn } else { Role::Plain }),
            Line::of(format!("  {flags}Once ended, it cannot be taken up again."), Role::Plain),
        ];
    }
    Frame {
        title: room::title(sitting),
        middle: "Review".into(),
        right: room::time_line(sitting),
        top: vec![tally],
        body,
        bottom,
        ..Frame::default()
    }
}

/// A question's mark: answered, begun, open, not seen; flagged with an answer or without.
pub fn mark(exam: &Exam, index: usize) -> (&'static str, Role) {
    let response = &exam.responses()[index];
    match (response.is_flagged(), exam.is_complete(index)) {
        (true, true) => ("⚑", Role::Flagged),
        (true, false) => ("⚐", Role::Flagged),
        (false, true) => ("●", Role::Plain),
        (false, false) if !response.picked().is_empty() => ("◐", Role::Warn),
        (false, false) if response.is_visited() => ("○", Role::Plain),
        (false, false) => ("·", Role::Muted),
    }
}

fn legend() -> Line {
    Line::of("  ● answered  ◐ begun  ○ open  · not seen  ⚑ ⚐ flagged", Role::Muted)
}

/// Ten questions a row, each row with the numbers it holds.
fn grid(exam: &Exam, cursor: Option<usize>, indent: usize) -> Vec<Line> {
    let count = exam.responses().len();
    (0..count)
        .step_by(ROW)
        .map(|start| {
            let mut line = Line::of(format!("{:indent$}{:>4} ", "", start + 1), Role::Muted);
            for i in start..(start + ROW).min(count) {
                let (mark, role) = mark(exam, i);
                if cursor == Some(i) {
                    line.cursor = true;
                    line.push("›", Role::Accent);
                    line.push(mark, Role::Here);
                } else {
                    line.push(" ", Role::Plain);
                    line.push(mark, role);
                }
                line.push(" ", Role::Plain);
            }
            if let Some(at) = cursor.filter(|c| (start..start + ROW).contains(c)) {
                line.push(format!("  {}", at + 1), Role::Accent);
            }
            line
        })
        .collect()
}

/// The grid for the right of a wide exam room, rows around the current question, and its legend.
pub fn navigator(exam: &Exam, rows: usize) -> Vec<Line> {
    let lines = grid(exam, Some(exam.position()), 0);
    let fit = rows.saturating_sub(11).max(1);
    let here = exam.position() / ROW;
    let start = here.saturating_sub(fit / 2).min(lines.len().saturating_sub(fit));
    let mut out = vec![Line::new()];
    out.extend(lines.into_iter().skip(start).take(fit));
    out.push(Line::new());
    for text in ["● answered  ◐ begun", "○ open  · not seen", "⚑ ⚐ flagged"] {
        out.push(Line::of(format!("  {text}"), Role::Muted));
    }
    out
}

fn entry(exam: &Exam, index: usize, at_cursor: bool, columns: usize) -> Line {
    let (mark, role) = mark(exam, index);
    let mut line = Line::of(if at_cursor { " › " } else { "   " }, Role::Accent);
    line.push(format!("{:>3} ", index + 1), if at_cursor { Role::Accent } else { Role::Muted });
    line.push(mark, role);
    let stem = exam.paper().items[index].question.stem.one_line();
    line.push(format!("  {}", cut(&stem, columns.saturating_sub(11))), Role::Plain);
    line.cursor = at_cursor;
    line
}
