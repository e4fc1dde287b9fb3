//! What is asked for in a line that is typed over the footer: the date of the exam, a note, what is wrong with a question,
//! which questions to drill or to examine, words to look for in a guide, the path of a bank to add; or a question there that
//! wants a yes.

use crate::engine::day::{Day, day_of};
use crate::engine::plan::MOST_DAYS;
use crate::engine::record::ExamId;
use crate::engine::slug::Slug;
use crate::engine::text::Text;

use super::among;
use super::banks;
use super::certificate::{self, NAME_LENGTH};
use super::effect::{Effect, Record, Volumes};
use super::guide;
use super::history;
use super::input::Key;
use super::keys::Context;
use super::marks::{self, Subject};
use super::model::Model;
use super::page::{Line, Role, Span};
use super::saving::{self, save};
use super::study::EXAM_DATE;
use super::typing::Typing;
use super::wrap::wrap;

/// The most characters of a date, in whatever form it is typed at first.
const DATE_LENGTH: usize = 24;
/// The most characters of words to look for.
const FIND_LENGTH: usize = 60;
/// The most characters of a note, or of what is said to be wrong.
pub const NOTE_LENGTH: usize = 2000;
/// The most characters of a path: the longest that Linux takes.
const PATH_LENGTH: usize = 4096;

/// What a typed line is for.
#[derive(Clone, Debug, PartialEq)]
pub enum Asks {
    /// The date of the exam.
    ExamDate,
    /// The student's own note on a question.
    Note(Subject),
    /// What is wrong with a question.
    Fault(Subject),
    /// The filter of a drill or an exam.
    Filter,
    /// The name for a certificate.
    Name,
    /// Words to look for in the guide on the screen.
    InGuide,
    /// The path of a bank or a deck to add.
    Path,
    /// Whether this bank or deck, which has that title, is to be removed.
    Removal(Volumes, Slug, String),
    /// Whether this exam, which began then, is to be removed.
    Discard(ExamId, String),
}

/// A line that is being typed.
#[derive(Clone, Debug, PartialEq)]
pub struct Prompt {
    asks: Asks,
    typing: Typing,
    /// Whether a date stands there that holds: the first digit takes its place.
    old: bool,
}

impl Prompt {
    /// Asks for something, beginning with the text that holds now.
    pub fn new(asks: Asks, text: &str) -> Self {
        let most = match asks {
            Asks::ExamDate => DATE_LENGTH,
            Asks::Name => NAME_LENGTH,
            Asks::Path => PATH_LENGTH,
            Asks::Removal(..) | Asks::Discard(..) => 0,
            Asks::Note(_) | Asks::Fault(_) | Asks::Filter => NOTE_LENGTH,
            Asks::InGuide => FIND_LENGTH,
        };
        let old = matches!(asks, Asks::ExamDate) && !text.is_empty();
        Self { asks, typing: Typing::new(text, most), old }
    }

    /// Puts the cursor behind so many characters of what was typed.
    pub fn seek(&mut self, characters: usize) {
        self.typing.seek(characters);
    }

    /// Whether the line is put on a question, whatever the screen shows meanwhile.
    pub fn is_on_a_question(&self) -> bool {
        matches!(self.asks, Asks::Note(_) | Asks::Fault(_))
    }

    /// Whether the same is typed in it, wherever the cursor stands.
    fn reads_as(&self, other: &Self) -> bool {
        self.asks == other.asks && self.typing.raw() == other.typing.raw()
    }

    /// Where its keys are pressed.
    pub fn context(&self) -> Context {
        match self.asks {
            Asks::Path => Context::PathPrompt,
            Asks::Removal(..) | Asks::Discard(..) => Context::Removal,
            _ => Context::Prompt,
        }
    }
}

/// Asks for the date of the exam.
pub fn ask_exam_date(m: &mut Model) {
    let date = m.study.as_ref().and_then(|s| s.plan()).map(|p| p.exam_day.date().to_string());
    m.prompt = Some(Prompt::new(Asks::ExamDate, &date.unwrap_or_default()));
}

/// Asks for the path of a bank or a deck.
pub fn ask_path(m: &mut Model) {
    m.prompt = Some(Prompt::new(Asks::Path, ""));
}

/// Asks whether a bank or a deck is to be removed.
pub fn ask_removal(m: &mut Model, of: Volumes, id: Slug, title: String) {
    m.prompt = Some(Prompt::new(Asks::Removal(of, id, title), ""));
}

/// Asks whether an exam is to be removed, which began at `began`.
pub fn ask_to_discard(m: &mut Model, id: ExamId, began: String) {
    m.prompt = Some(Prompt::new(Asks::Discard(id, began), ""));
}

/// Takes a key while the line is typed.
pub fn key(m: &mut Model, key: Key, effects: &mut Vec<Effect>) {
    let (before, said) = (m.prompt.clone(), m.notice.take_if(|n| !n.lasting));
    if said.is_some() {
        m.notice = saving::standing(m);
    }
    press(m, key, effects);
    // What is wrong with a line is said as long as the line stands there.
    let stands = m.prompt.as_ref().zip(before.as_ref()).is_some_and(|(now, before)| now.reads_as(before));
    if stands && m.notice.is_none() {
        m.notice = said;
    }
}

fn press(m: &mut Model, key: Key, effects: &mut Vec<Effect>) {
    let Some(prompt) = &mut m.prompt else { return };
    m.dirty = true;
    if matches!(prompt.asks, Asks::Removal(..) | Asks::Discard(..)) {
        return confirm(m, key, effects);
    }
    match key {
        Key::Esc => m.prompt = None,
        Key::Enter => take(m, effects),
        _ => {
            if std::mem::take(&mut prompt.old) && matches!(key, Key::Char(_)) {
                prompt.typing = Typing::new("", DATE_LENGTH);
            }
            prompt.typing.key(key);
        }
    }
}

/// Takes a key where only a yes does anything.
fn confirm(m: &mut Model, key: Key, effects: &mut Vec<Effect>) {
    if !matches!(key, Key::Char('y' | 'n') | Key::Esc) {
        return;
    }
    match m.prompt.take().map(|prompt| prompt.asks) {
        Some(Asks::Removal(of, id, _)) if key == Key::Char('y') => effects.push(Effect::RemoveContent(of, id)),
        Some(Asks::Discard(id, _)) if key == Key::Char('y') => history::discard(m, id, effects),
        _ => {}
    }
}

/// Types a pasted text; a path ends with its line.
pub fn paste(m: &mut Model, text: &Text) {
    let Some(prompt) = &mut m.prompt else { return };
    match prompt.asks {
        Asks::ExamDate | Asks::Removal(..) | Asks::Discard(..) => return,
        Asks::Path => prompt.typing.paste(&Text::new(text.as_str().trim().lines().next().unwrap_or_default())),
        _ => prompt.typing.paste(text),
    }
    m.dirty = true;
}

/// Takes what was typed.
fn take(m: &mut Model, effects: &mut Vec<Effect>) {
    let Some(prompt) = m.prompt.clone() else { return };
    let text = prompt.typing.text();
    match prompt.asks {
        Asks::ExamDate => return take_date(m, text.as_str(), effects),
        Asks::Note(subject) => marks::take_note(m, &subject, text, effects),
        Asks::Fault(subject) => marks::take_fault(m, &subject, text, effects),
        // Words that stand nowhere stay to be mended.
        Asks::InGuide if !guide::find::look_for(m, text.as_str()) => return,
        Asks::InGuide => {}
        Asks::Filter => return among::take(m, text.as_str()),
        Asks::Path if text.as_str().is_empty() => {}
        Asks::Path => banks::add(m, prompt.typing.raw().trim(), effects),
        Asks::Name if !certificate::take_name(m, text, effects) => return,
        Asks::Name => {}
        Asks::Removal(..) | Asks::Discard(..) => return, // a key has answered it
    }
    m.prompt = None;
}

fn take_date(m: &mut Model, typed: &str, effects: &mut Vec<Effect>) {
    let today = day_of(m.now.wall, &m.zone);
    let day = match date(typed) {
        _ if typed.is_empty() => None,
        Ok(date) => Some(Day::from_date(date)),
        Err(why) => return m.say(why),
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

/// The date that is typed: four digits of a year, a month and a day. What is wrong with it, else.
fn date(typed: &str) -> Result<jiff::civil::Date, &'static str> {
    let parts: Vec<&str> = typed.split('-').collect();
    let number = |part: &str| part.bytes().all(|b| b.is_ascii_digit()).then(|| part.parse().ok()).flatten();
    let read = match parts[..] {
        [year, month, day] if year.len() == 4 && month.len() <= 2 && day.len() <= 2 => {
            number(year).zip(number(month)).zip(number(day))
        }
        _ => None,
    };
    let ((year, month), day) = read.ok_or("Type the date as year-month-day, such as 2027-01-31")?;
    let date = jiff::civil::Date::new(year, month as i8, day as i8);
    date.map_err(|_| "There is no such day; type it as year-month-day, such as 2027-01-31")
}

/// The line, for the bottom of the screen: the end of it, if it is longer than half of the screen's rows.
pub fn lines(prompt: &Prompt, columns: usize, rows: u16) -> Vec<Line> {
    let label = match &prompt.asks {
        Asks::ExamDate => "Date of your exam (year-month-day):",
        Asks::Note(_) => "Your note:",
        Asks::Fault(_) => "What is wrong with this question?",
        Asks::Filter => "Only these questions:",
        Asks::Name => "Name on the certificate:",
        Asks::InGuide => "Find in this guide:",
        Asks::Path => "Path of the archive, file or folder:",
        Asks::Removal(_, _, title) => {
            let question = Span::new(format!("Remove {title}? What you have answered stays."), Role::Strong);
            return wrap(&[question], columns, "   ", "   ");
        }
        Asks::Discard(_, began) => {
            let text = format!("Remove the exam of {began}? Its answers were never counted.");
            return wrap(&[Span::new(text, Role::Strong)], columns, "   ", "   ");
        }
    };
    let mut lines = prompt.typing.lines(label, columns);
    let most = usize::from(rows / 2).max(1);
    lines.drain(..lines.len().saturating_sub(most));
    lines
}
