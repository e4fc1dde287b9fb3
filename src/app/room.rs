//! The exam room.

use crate::engine::exam::{Feedback, Step};
use crate::engine::question::Kind;
use crate::engine::score::points;
use crate::engine::time::clock;

use super::effect::Effect;
use super::frame::{Frame, WIDE};
use super::keys::Action;
use super::marks::{self, Subject};
use super::model::{Model, Screen};
use super::page::{Line, Role, bar};
use super::question_page::{self, Tell};
use super::review::{Review, navigator};
use super::sitting::{Sitting, put_away, step};
use super::wrap::{cut, width};

/// Does `action` in the exam room. Returns whether the cursor has moved.
pub fn act(m: &mut Model, action: Action, effects: &mut Vec<Effect>) -> bool {
    let Some(sitting) = &mut m.sitting else { return false };
    let position = sitting.exam.position();
    let last = sitting.exam.responses().len() - 1;
    let rows = sitting.exam.item().order.len();
    match action {
        Action::Up => sitting.row = sitting.row.saturating_sub(1),
        Action::Down => sitting.row = (sitting.row + 1).min(rows - 1),
        Action::Pick(row) => pick(m, usize::from(row), effects),
        Action::Choose => {
            let row = sitting.row;
            pick(m, row, effects);
        }
        Action::Strike => {
            if let Some(option) = sitting.exam.item().option_at(sitting.row) {
                let told = question_page::struck_out(sitting.exam.item(), sitting.exam.response(), option);
                step(m, Step::Strike(option), effects);
                told.into_iter().for_each(|told| m.say(told));
            }
        }
        Action::Clear => {
            step(m, Step::Clear, effects);
        }
        Action::Flag => {
            step(m, Step::Flag, effects);
        }
        Action::Guess => {
            step(m, Step::Guess, effects);
            let told = m.sitting.as_ref().and_then(|s| question_page::guess_to_come(s.exam.response()));
            told.into_iter().for_each(|told| m.say(told));
        }
        Action::Clock => sitting.clock_hidden ^= true,
        Action::GoTo => sitting.go_to = Some(String::new()),
        Action::Left => go_to(m, position.saturating_sub(1), effects),
        Action::Right => go_to(m, (position + 1).min(last), effects),
        Action::First => go_to(m, 0, effects),
        Action::Last => go_to(m, last, effects),
        Action::Open => go_on(m, effects),
        Action::Review => m.enter(Screen::Review(Review::at(position))),
        Action::Back => put_away(m, effects),
        _ => {}
    }
    matches!(action, Action::Up | Action::Down)
}

/// Does `action` while a question's number is typed.
pub fn type_number(m: &mut Model, action: Action, effects: &mut Vec<Effect>) {
    let Some(sitting) = &mut m.sitting else { return };
    let Some(typed) = &mut sitting.go_to else { return };
    match action {
        Action::Digit(digit) if typed.len() < 6 => typed.push(char::from(b'0' + digit)),
        Action::Erase => {
            typed.pop();
        }
        Action::Back => sitting.go_to = None,
        Action::Open => {
            let wanted = typed.parse::<usize>().ok().and_then(|n| n.checked_sub(1));
            let last = sitting.exam.responses().len() - 1;
            sitting.go_to = None;
            match wanted {
                Some(index) if index <= last => go_to(m, index, effects),
                Some(_) => m.say(format!("There is no such question: they go from 1 to {}", last + 1)),
                None => {}
            }
        }
        _ => {}
    }
}

fn pick(m: &mut Model, row: usize, effects: &mut Vec<Effect>) {
    let Some(sitting) = &mut m.sitting else { return };
    let item = sitting.exam.item();
    let Some(option) = item.option_at(row) else { return };
    let question = item.question.clone();
    let full = question.kind == Kind::Multi && sitting.exam.response().picked().len() >= question.keys;
    sitting.row = row;
    if !step(m, Step::Pick(option), effects) && full {
        m.say(format!("{} Take one back first.", question.instruction()));
    }
}

/// Opens the question at `index`.
pub fn go_to(m: &mut Model, index: usize, effects: &mut Vec<Effect>) {
    if step(m, Step::Goto(index), effects) {
        if let Some(sitting) = &mut m.sitting {
            sitting.row = 0;
        }
        m.place_mut().scroll = 0;
    }
}

/// ⏎: the rest of a long question, then the tutor's feedback, then the next question, at the end the review.
fn go_on(m: &mut Model, effects: &mut Vec<Effect>) {
    let Some(sitting) = &mut m.sitting else { return };
    let position = sitting.exam.position();
    if !sitting.read.contains(&position) {
        page(m, true);
    } else if step(m, Step::Reveal, effects) {
        if let Some(sitting) = &mut m.sitting {
            sitting.read.remove(&position); // there is more to read now
        }
    } else if m.sitting.as_ref().is_some_and(|s| position + 1 < s.exam.responses().len()) {
        go_to(m, position + 1, effects);
    } else {
        m.enter(Screen::Review(Review::at(position)));
    }
}

/// Scrolls by a page, a line of which stays in view.
pub fn page(m: &mut Model, down: bool) {
    let shown = super::frame::frame(m);
    let by = shown.body_rows(m.size).saturating_sub(1).max(1);
    let to = if down { (shown.scroll + by).min(shown.last_scroll(m.size)) } else { shown.scroll.saturating_sub(by) };
    match &mut m.help {
        Some(help) => *help = to,
        None => m.place_mut().scroll = to,
    }
}

/// The shown question, once its answer was shown, for what is put on it.
pub fn subject(m: &Model) -> Option<Subject> {
    let exam = &m.sitting.as_ref()?.exam;
    exam.response().is_revealed().then(|| Subject::of(exam, exam.position()))?
}

/// What the exam room shows.
pub fn frame(m: &Model, columns: usize) -> Frame {
    let Some(sitting) = &m.sitting else { return Frame::default() };
    let exam = &sitting.exam;
    let (item, response) = (exam.item(), exam.response());
    let count = exam.responses().len();
    let told = if response.is_revealed() { Tell::Answer } else { Tell::Question { row: sitting.row } };
    let mut body = vec![Line::new()];
    body.extend(question_page::lines(item, response, columns.saturating_sub(1), told));
    let subject = subject(m);
    let own = subject.as_ref().map_or(Vec::new(), |subject| marks::lines(m, subject, columns));
    if !own.is_empty() {
        body.push(Line::new());
        body.extend(own);
    }
    let mut top = vec![progress(sitting, columns)];
    top.extend(subject.and_then(|subject| marks::signs(m, &subject, columns)));
    Frame {
        title: title(sitting),
        middle: format!("Question {} of {count}", exam.position() + 1),
        right: time_line(sitting),
        top,
        body,
        bottom: vec![instruction(sitting, columns)],
        side: if m.size.columns >= WIDE { navigator(exam, usize::from(m.size.rows)) } else { Vec::new() },
        ..Frame::default()
    }
}

/// The bank's name and what is sat.
pub fn title(sitting: &Sitting) -> String {
    sitting.exam.paper().origin.title.one_line()
}

/// The clock for the header.
pub fn time_line(sitting: &Sitting) -> Line {
    if !sitting.shows_clock() {
        return Line::of("clock hidden", Role::Muted);
    }
    match sitting.exam.remaining() {
        Some(left) => {
            let shown = std::time::Duration::from_secs(crate::engine::time::ceil_seconds(left));
            let role = if shown.as_secs() <= 300 { Role::Warn } else { Role::Plain };
            Line::of(format!("◷ {}", clock(shown)), role)
        }
        None => Line::of(format!("◷ {} used", clock(sitting.exam.used())), Role::Plain),
    }
}

fn progress(sitting: &Sitting, columns: usize) -> Line {
    let exam = &sitting.exam;
    let count = exam.responses().len();
    // Who is choosing is not told of what is still missing; who has gone on is.
    let incomplete = exam.incomplete() - usize::from(exam.is_incomplete(exam.position()));
    let about = counts(exam.answered(), incomplete, exam.flagged());
    // There is room for the longest count, so that the bar keeps its length while numbers grow.
    let most = counts(count, if incomplete > 0 { count } else { 0 }, count);
    let room = columns.saturating_sub(width(&most) + 2);
    bar(exam.answered() as f64 / count as f64, room).and_right(Line::of(about, Role::Muted), columns)
}

fn counts(answered: usize, incomplete: usize, flagged: usize) -> String {
    let incomplete = if incomplete > 0 { format!(" · {incomplete} incomplete") } else { String::new() };
    format!("{answered} answered{incomplete} · {flagged} flagged")
}

fn instruction(sitting: &Sitting, columns: usize) -> Line {
    if let Some(typed) = &sitting.go_to {
        let count = sitting.exam.responses().len();
        return Line::of(format!("  Go to question (1–{count}): "), Role::Strong)
            .and(format!("{typed}_"), Role::Accent);
    }
    let response = sitting.exam.response();
    let question = &sitting.exam.item().question;
    let mut left = Line::of("  ", Role::Plain);
    if response.is_revealed() {
        let rule = sitting.exam.paper().origin.rules.multi_answer;
        left = question_page::verdict(sitting.exam.item(), response, points(question, response.picked(), rule));
    } else {
        left.push(cut(&question.instruction(), columns), Role::Strong);
        let chosen = response.picked().len();
        if question.kind == Kind::Multi && chosen > 0 {
            left.push(format!(" {chosen} of {} chosen", question.keys), Role::Muted);
        }
        if sitting.exam.conditions().feedback == Feedback::Tutor && sitting.exam.is_complete(sitting.exam.position()) {
            left.push("  ⏎ shows whether it is right", Role::Muted);
        }
    }
    left.and_right(question_page::marks(response), columns)
}
