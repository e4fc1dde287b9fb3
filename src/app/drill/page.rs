//! What a drill shows: the question as in the exam room, and the answer at once.

use crate::engine::bank::Bank;
use crate::engine::drill::choose::Mode;
use crate::engine::drill::showing::Showing;
use crate::engine::drill::{Course, Order, Tally};
use crate::engine::question::Kind;
use crate::engine::score::points;
use crate::engine::time::{ceil_seconds, clock};

use crate::app::among;
use crate::app::frame::Frame;
use crate::app::marks;
use crate::app::model::Model;
use crate::app::page::{Line, Role, bar};
use crate::app::question_page::{self, Tell};
use crate::app::wrap::{cut, width};

use super::{Drilling, end, subject, volume};

/// What is shown.
pub fn frame(m: &Model, columns: usize) -> Frame {
    let Some(drilling) = &m.drill else { return Frame::default() };
    let course = drilling.drill.course();
    let title = volume(m).map_or(String::new(), |v| v.bank.title.one_line());
    let Some(open) = drilling.drill.open() else { return end::frame(m, drilling, title, columns) };
    let tell = if open.is_answered() { Tell::Answer } else { Tell::Question { row: drilling.row } };
    let mut body = vec![Line::new()];
    body.extend(question_page::lines(open.item(), open.response(), columns.saturating_sub(1), tell));
    let subject = subject(m);
    let own = subject.as_ref().map_or(Vec::new(), |subject| marks::lines(m, subject, columns));
    if !own.is_empty() {
        body.push(Line::new());
        body.extend(own);
    }
    let mut top = vec![counters(course, columns)];
    top.extend(subject.and_then(|subject| marks::signs(m, &subject, columns)));
    let bottom = if open.is_answered() { verdict(m, open) } else { instruction(open, columns) };
    Frame {
        title,
        middle: position(course, open),
        right: right(m, drilling, columns),
        top,
        body,
        bottom: vec![bottom.and_right(question_page::marks(open.response()), columns)],
        ..Frame::default()
    }
}

/// The mode in words.
pub fn mode_title(mode: Mode) -> &'static str {
    match mode {
        Mode::Weakest => "weakest first",
        Mode::Mistakes => "mistakes book",
        Mode::Unseen => "new questions",
        Mode::All => "all, shuffled",
        Mode::Sprint => "sprint",
    }
}

/// What is drilled, in words: `section: SAR limits`, `weakest first, Tides and currents`.
pub fn order_title(bank: &Bank, order: &Order) -> String {
    if let Some(title) = section(bank, order) {
        return format!("section: {title}");
    }
    let mode = mode_title(order.mode);
    match among::name(bank, &order.filter) {
        _ if order.filter.is_everything() => mode.into(),
        Some(name) => format!("{mode}, {name}"),
        None => format!("{mode}, {}", order.filter),
    }
}

/// The title of the section of a guide that explains the questions of a drill.
fn section(bank: &Bank, order: &Order) -> Option<String> {
    let mut links = bank.questions.iter().filter(|q| order.only.contains(&q.id)).map(|q| &q.guide);
    let first = links.next()?;
    let link = first.as_ref().filter(|_| links.all(|other| other == first))?;
    let sections = &bank.guide(&link.module)?.sections;
    sections.iter().find(|s| s.slug == link.section).map(|s| s.title.one_line())
}

/// `Drill 13 of 20`
fn position(course: &Course, open: &Showing) -> String {
    let nth = course.tally.answered + usize::from(!open.is_answered());
    match course.of {
        Some(of) => format!("Drill {nth} of {of}"),
        None => format!("Drill {nth}"),
    }
}

/// The clock of a sprint; else what is drilled.
fn right(m: &Model, drilling: &Drilling, columns: usize) -> Line {
    match drilling.drill.remaining() {
        Some(_) if drilling.clock_hidden => Line::of("clock hidden", Role::Muted),
        Some(left) => {
            let left = std::time::Duration::from_secs(ceil_seconds(left));
            let role = if left.as_secs() <= 60 { Role::Warn } else { Role::Plain };
            Line::of(format!("◷ {}", clock(left)), role)
        }
        None => drilled(m, drilling, columns),
    }
}

/// What is drilled, at the right of the header.
pub fn drilled(m: &Model, drilling: &Drilling, columns: usize) -> Line {
    let order = &drilling.drill.course().order;
    let title = volume(m).map_or(String::new(), |v| order_title(&v.bank, order));
    Line::of(cut(&title, columns / 2), Role::Muted)
}

/// A bar if the end is known, and the counts.
fn counters(course: &Course, columns: usize) -> Line {
    let about = counts(&course.tally);
    let Some(of) = course.of else { return Line::of(format!("  {about}"), Role::Muted) };
    let room = columns.saturating_sub(width(&about) + 2);
    bar(course.tally.answered as f64 / of.max(1) as f64, room).and("  ", Role::Plain).and(about, Role::Muted)
}

fn counts(tally: &Tally) -> String {
    format!("{} answered · {} right · {} in a row", tally.answered, tally.right, tally.streak)
}

fn instruction(open: &Showing, columns: usize) -> Line {
    let question = &open.item().question;
    let mut line = Line::of("  ", Role::Plain).and(cut(&question.instruction(), columns), Role::Strong);
    let chosen = open.response().picked().len();
    if question.kind == Kind::Multi && chosen > 0 {
        line.push(format!(" {chosen} of {} chosen", question.keys), Role::Muted);
    }
    if open.is_complete() {
        line.push("  ⏎ checks it", Role::Muted);
    }
    line
}

/// Whether it was right, what is, and what that means for the mistakes book.
fn verdict(m: &Model, open: &Showing) -> Line {
    let item = open.item();
    let Some(bank) = volume(m).map(|v| &v.bank) else { return Line::new() };
    let points = points(&item.question, open.response().picked(), bank.exam.multi_answer);
    let mut line = question_page::verdict(item, open.response(), points);
    let known = points >= 1.0 && !open.response().is_guessed();
    if known && m.learner.standing(&bank.id, &item.question.id).is_some_and(|s| s.mistake.is_some()) {
        line.push(". Once more on another day to leave the book", Role::Plain);
    }
    line
}
