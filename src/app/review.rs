//! The review before the end: every question with its mark, and the way out.

use crate::engine::exam::{Exam, Step};

use super::effect::Effect;
use super::frame::Frame;
use super::keys::Action;
use super::model::{Model, Screen};
use super::page::{Line, Role, Span, counted};
use super::room::{self, go_to};
use super::saving;
use super::sitting::step;
use super::wrap::{cut, width, wrap};

/// How many questions stand in a row of the grid.
const ROW: usize = 10;
/// Columns of the legend beside the exam room.
const LEGEND: usize = 32;

/// Which questions are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Filter {
    /// All.
    All,
    /// Those where nothing is chosen, or fewer options than are asked for.
    Unanswered,
    /// Those that were flagged.
    Flagged,
    /// Those whose answer is marked as a guess.
    Guessed,
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
            Filter::Guessed => exam.responses()[i].has_guess(),
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
        Action::Guess => Some(Filter::Guessed),
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
    let mut body = vec![Line::new()];
    match review.filter {
        Filter::All => body.extend(grid(exam, Some(review.cursor), 2)),
        _ => body.extend(list.iter().map(|&i| entry(exam, i, i == review.cursor, columns))),
    }
    if list.is_empty() {
        let none = match review.filter {
            Filter::Flagged => "  No flagged question.",
            Filter::Guessed => "  No answer that is marked as a guess.",
            Filter::NotSeen => "  No question that you have not seen.",
            Filter::All | Filter::Unanswered => "  No unanswered question.",
        };
        body.push(Line::of(none, Role::Muted));
    }
    let heading = |text: &str| vec![Line::of(format!("  {text}"), Role::Strong)];
    let bottom = match review.filter {
        _ if review.asking => confirmation(exam, columns),
        Filter::All => legend(columns),
        Filter::Unanswered if exam.incomplete() > 0 => heading("Unanswered and incomplete questions"),
        Filter::Unanswered => heading("Unanswered questions"),
        Filter::Flagged => heading("Flagged questions"),
        Filter::Guessed => heading("Answers marked as guesses"),
        Filter::NotSeen => heading("Questions not seen yet"),
    };
    Frame {
        title: room::title(sitting),
        middle: "Review".into(),
        right: room::time_line(sitting),
        top: tally(exam, columns),
        body,
        bottom,
        ..Frame::default()
    }
}

/// How many questions stand how.
fn tally(exam: &Exam, columns: usize) -> Vec<Line> {
    let count = |filter| shown(exam, filter).len();
    let (incomplete, guessed) = (exam.incomplete(), count(Filter::Guessed));
    let parts = [
        Some((exam.answered(), "answered")),
        Some((incomplete, "incomplete")).filter(|_| incomplete > 0),
        Some((count(Filter::Unanswered) - incomplete, "unanswered")),
        Some((count(Filter::Flagged), "flagged")),
        Some((guessed, "guessed")).filter(|_| guessed > 0),
        Some((count(Filter::NotSeen), "not seen")),
    ];
    let parts = parts.into_iter().flatten().enumerate().map(|(i, (count, word))| {
        Span::new(format!("{count} {word}"), if i == 0 { Role::Strong } else { Role::Muted })
    });
    packed(parts, " · ", columns)
}

/// The parts side by side, none broken, in as few lines as `columns` allow.
fn packed(parts: impl Iterator<Item = Span>, between: &str, columns: usize) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    for part in parts {
        match lines.last_mut().filter(|line| line.width() + width(between) + width(&part.text) <= columns) {
            Some(line) => {
                line.push(between, Role::Muted);
                line.push(part.text, part.role);
            }
            None => lines.push(Line::of("  ", Role::Plain).and(part.text, part.role)),
        }
    }
    lines
}

/// Asks whether the exam is to end, and says what is not answered.
fn confirmation(exam: &Exam, columns: usize) -> Vec<Line> {
    let incomplete = exam.incomplete();
    let open = shown(exam, Filter::Unanswered).len() - incomplete;
    let (are, have) = (if open == 1 { "is" } else { "are" }, if incomplete == 1 { "has" } else { "have" });
    let missing = match (open, incomplete) {
        (0, 0) => "Every question is answered.".to_owned(),
        (_, 0) => format!("{} {are} unanswered.", counted(open, "question")),
        (0, _) => format!("{} {have} too few options chosen.", counted(incomplete, "question")),
        _ => format!("{open} unanswered and {incomplete} with too few options chosen."),
    };
    let role = if open + incomplete > 0 { Role::Warn } else { Role::Plain };
    let mut lines =
        wrap(&[Span::new("End the exam now? ", Role::Strong), Span::new(missing, role)], columns, "  ", "  ");
    let flags = if exam.flagged() > 0 { format!("{} flagged. ", exam.flagged()) } else { String::new() };
    lines.push(Line::of(format!("  {flags}Once ended, it cannot be taken up again."), Role::Plain));
    lines
}

/// A question's mark: how it is answered, or whether it was seen.
pub fn mark(exam: &Exam, index: usize) -> (&'static str, Role) {
    let response = &exam.responses()[index];
    match response.picked().is_empty() {
        false if !exam.is_complete(index) => ("◐", Role::Warn),
        false if response.is_guessed() => ("≈", Role::Plain),
        false => ("●", Role::Plain),
        true if response.is_visited() => ("○", Role::Plain),
        true => ("·", Role::Muted),
    }
}

/// The flag that stands beside the mark.
fn flag(exam: &Exam, index: usize) -> (&'static str, Role) {
    if exam.responses()[index].is_flagged() { ("⚑", Role::Flagged) } else { (" ", Role::Plain) }
}

/// What the marks mean.
fn legend(columns: usize) -> Vec<Line> {
    let entries = ["● answered", "≈ guessed", "◐ incomplete", "○ open", "· not seen", "⚑ flagged"];
    packed(entries.into_iter().map(|entry| Span::new(entry, Role::Muted)), "  ", columns)
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
                let (flag, role) = flag(exam, i);
                line.push(flag, role);
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
    out.extend(legend(LEGEND));
    out
}

fn entry(exam: &Exam, index: usize, at_cursor: bool, columns: usize) -> Line {
    let (mark, role) = mark(exam, index);
    let mut line = Line::of(if at_cursor { " › " } else { "   " }, Role::Accent);
    line.push(format!("{:>3} ", index + 1), if at_cursor { Role::Accent } else { Role::Muted });
    line.push(mark, role);
    let (flag, role) = flag(exam, index);
    line.push(flag, role);
    let stem = exam.paper().items[index].question.stem.one_line();
    line.push(format!(" {}", cut(&stem, columns.saturating_sub(11))), Role::Plain);
    line.cursor = at_cursor;
    line
}
