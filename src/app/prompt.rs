//! A line that is typed.

use crate::engine::day::{Day, day_of};
use crate::engine::plan::MOST_DAYS;

use super::effect::{Effect, Record};
use super::input::Key;
use super::model::Model;
use super::page::{Line, Role};
use super::saving::{self, save};
use super::study::EXAM_DATE;

/// The most characters of a date.
const LENGTH: usize = 10;

/// A date that is being typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Prompt {
    typed: String,
    /// Whether this is the date that holds: the first digit takes its place.
    old: bool,
}

/// Asks for the date of the exam.
pub fn ask_exam_date(m: &mut Model) {
    let date = m.study.as_ref().and_then(|s| s.plan()).map(|p| p.exam_day.date().to_string());
    m.prompt = Some(Prompt { old: date.is_some(), typed: date.unwrap_or_default() });
}

/// Takes a key while the line is typed.
pub fn key(m: &mut Model, key: Key, effects: &mut Vec<Effect>) {
    if m.notice.as_ref().is_some_and(|n| !n.lasting) {
        m.notice = saving::standing(m);
    }
    let Some(prompt) = &mut m.prompt else { return };
    match key {
        Key::Char(c) if c.is_ascii_digit() || c == '-' => {
            if std::mem::take(&mut prompt.old) {
                prompt.typed.clear();
            }
            if prompt.typed.len() < LENGTH {
                prompt.typed.push(c);
            }
        }
        Key::Backspace => {
            prompt.old = false;
            prompt.typed.pop();
        }
        Key::Esc => m.prompt = None,
        Key::Enter => take(m, effects),
        _ => {}
    }
    m.dirty = true;
}

fn take(m: &mut Model, effects: &mut Vec<Effect>) {
    let Some(prompt) = &m.prompt else { return };
    let typed = prompt.typed.clone();
    let today = day_of(m.now.wall, &m.zone);
    let day = match typed.parse::<jiff::civil::Date>() {
        Ok(date) => Some(Day::from_date(date)),
        Err(_) if typed.is_empty() => None,
        Err(_) => {
            m.say("Type the date as year-month-day, such as 2027-01-31");
            return;
        }
    };
    if day.is_some_and(|day| day <= today) {
        m.say("Type a day that is to come");
        return;
    }
    if day.is_some_and(|day| day.since(today) > MOST_DAYS) {
        m.say("That is too far away to plan for: at most two years");
        return;
    }
    m.prompt = None;
    if let Some(study) = &mut m.study {
        study.set_exam_day(day);
    }
    let value = day.map(|d| d.date().to_string());
    save(m, Record::Setting(EXAM_DATE, value), effects);
}

/// The line, for the bottom of the screen.
pub fn line(prompt: &Prompt) -> Line {
    Line::of("   Date of your exam (year-month-day): ", Role::Strong).and(format!("{}_", prompt.typed), Role::Accent)
}
