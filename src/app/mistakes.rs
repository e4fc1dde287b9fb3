//! The mistakes book: the questions that were missed and are not mended yet, each with its record.

use std::sync::Arc;

use crate::engine::bank::Bank;
use crate::engine::day::{Day, day_of};
use crate::engine::drill::Order;
use crate::engine::drill::choose::Mode;
use crate::engine::markup;
use crate::engine::question::Question;
use crate::engine::slug::Slug;
use crate::engine::standing::{DAYS_TO_LEAVE, Mistake, Standing};

use super::drill;
use super::effect::Effect;
use super::frame::{Frame, moved};
use super::keys::Action;
use super::model::{Model, Screen};
use super::page::{Line, Role, Span};
use super::question_view;
use super::shelf::Volume;
use super::wrap::{cut, wrap};

/// A question in the book.
struct Entry<'m> {
    question: &'m Arc<Question>,
    standing: &'m Standing,
    mistake: Mistake,
}

/// The book of a bank: what was missed last comes first. Questions that were taken out of the bank are left out.
fn entries<'m>(m: &'m Model, volume: &'m Volume) -> Vec<Entry<'m>> {
    let standings = m.learner.trail(&volume.bank.id).into_iter().flat_map(|t| &t.standings);
    let mut list: Vec<Entry<'m>> = standings
        .filter_map(|(id, standing)| {
            let mistake = standing.mistake?;
            Some(Entry { question: volume.held.question(&volume.bank, id)?, standing, mistake })
        })
        .collect();
    list.sort_by(|a, b| (b.mistake.missed, &a.question.id).cmp(&(a.mistake.missed, &b.question.id)));
    list
}

/// How many questions the book of a bank has.
pub fn count(m: &Model, bank: &Slug) -> usize {
    let volumes = m.shelf.as_ref().map_or(&[][..], |s| &s.volumes);
    let Some(volume) = volumes.iter().find(|v| v.bank.id == *bank) else { return 0 };
    let standings = m.learner.trail(bank).into_iter().flat_map(|t| &t.standings);
    standings.filter(|(id, s)| s.mistake.is_some() && volume.held.place(id).is_some()).count()
}

/// Does `action`. Returns whether the cursor has moved.
pub fn act(m: &mut Model, row: usize, action: Action, effects: &mut Vec<Effect>) -> bool {
    let Some(volume) = m.volume().cloned() else { return false };
    let (list, bank) = (entries(m, &volume), &volume.bank);
    match action {
        Action::Drill => start(m, bank, effects),
        Action::Open if row == 0 || list.is_empty() => start(m, bank, effects),
        Action::Open => {
            if let Some(question) = list.get(row - 1).map(|entry| entry.question.clone()) {
                question_view::open(m, bank.clone(), question, effects);
            }
        }
        _ => {
            let rows = list.len() + 1;
            m.place_mut().screen = Screen::Mistakes(moved(row, rows, action));
            return true;
        }
    }
    false
}

/// From a question that the book has opened to the one before or after it.
pub fn step(m: &mut Model, action: Action, effects: &mut Vec<Effect>) {
    let below = m.places.len().wrapping_sub(2);
    let Some(Screen::Mistakes(row)) = m.places.get(below).map(|place| &place.screen) else { return };
    let (row, entries) = (*row, m.volume().map_or(0, |volume| entries(m, volume).len()));
    let to = if action == Action::Left { row.saturating_sub(1).max(1) } else { (row + 1).min(entries) };
    if to == row {
        let which = if action == Action::Left { "That is the first one" } else { "That was the last one" };
        return m.say(format!("{which} in the book"));
    }
    m.leave();
    m.place_mut().screen = Screen::Mistakes(to);
    act(m, to, Action::Open, effects);
}

fn start(m: &mut Model, bank: &Bank, effects: &mut Vec<Effect>) {
    if count(m, &bank.id) == 0 {
        m.say("There is nothing to mend");
    } else {
        drill::start(m, Order { mode: Mode::Mistakes, ..Order::new(bank.id.clone()) }, effects);
    }
}

/// What is shown.
pub fn frame(m: &Model, row: usize, columns: usize) -> Frame {
    let mut body = vec![Line::new()];
    let Some(volume) = m.volume() else {
        let why = if m.shelf.is_none() { "The mistakes book is still being read." } else { "There is no bank." };
        body.push(Line::of(format!("  {why}"), Role::Muted));
        return Frame { title: "Mistakes book".into(), body, ..Frame::default() };
    };
    let list = entries(m, volume);
    let today = day_of(m.now.wall, &m.zone);
    if list.is_empty() {
        let text = "Nothing to mend. A question that you miss comes here, and leaves when you have answered it right on two different days.";
        body.extend(wrap(&[Span::new(text, Role::Muted)], columns, "  ", "  "));
    } else {
        body.extend(drill_row(list.len(), row == 0));
    }
    for (i, entry) in list.iter().enumerate() {
        body.push(Line::new());
        body.extend(entry_lines(entry, i + 1 == row, today, columns));
    }
    Frame {
        title: "Mistakes book".into(),
        middle: if list.is_empty() { String::new() } else { format!("{} to mend", list.len()) },
        right: Line::of(volume.bank.title.one_line(), Role::Muted),
        body,
        ..Frame::default()
    }
}

fn cursor(at_cursor: bool) -> Line {
    let mut line = Line::of(if at_cursor { " › " } else { "   " }, Role::Accent);
    line.cursor = at_cursor;
    line
}

fn drill_row(count: usize, at_cursor: bool) -> Vec<Line> {
    let role = if at_cursor { Role::Accent } else { Role::Strong };
    vec![
        cursor(at_cursor).and(format!("Drill {}", if count == 1 { "it".into() } else { format!("all {count}") }), role),
    ]
}

/// The stem on one line, and the record below it.
fn entry_lines(entry: &Entry<'_>, at_cursor: bool, today: Day, columns: usize) -> Vec<Line> {
    let role = if at_cursor { Role::Accent } else { Role::Plain };
    let stem = stem(entry.question);
    let first = cursor(at_cursor).and(cut(&stem, columns.saturating_sub(4)), role);
    let mut second = Line::of(cut(&format!("   {}", record(entry, today)), columns), Role::Muted);
    second.cursor = at_cursor;
    vec![first, second]
}

/// The stem without its marks.
fn stem(question: &Question) -> String {
    markup::runs(&question.stem.one_line()).into_iter().map(|run| run.text).collect()
}

/// `missed 3 days ago · right on 1 of 2 days · 2 of 5 right`: since the miss, and of all answers
fn record(entry: &Entry<'_>, today: Day) -> String {
    let missed = match today.since(entry.mistake.missed) {
        0 => "today".into(),
        1 => "yesterday".into(),
        n => format!("{n} days ago"),
    };
    let days = format!("right on {} of {DAYS_TO_LEAVE} days", entry.mistake.right_days);
    format!("missed {missed} · {days} · {} of {} right", entry.standing.right, entry.standing.answers)
}
