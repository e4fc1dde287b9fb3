//! The first screen.

use crate::engine::day::day_of;
use crate::engine::progress::seen;
use crate::engine::record::{Outcome, Summary};
use crate::engine::sums::Sums;
use crate::engine::time::{ceil_seconds, clock, spoken};

use super::decks;
use super::drill::{self, setup::Wish};
use super::effect::Effect;
use super::frame::{Frame, list_row, moved};
use super::guide;
use super::keys::Action;
use super::model::{Access, Model, Screen};
use super::page::{self, Line, Role, Span, counted};
use super::progress::Outlook;
use super::saving;
use super::setup::{self, Preset};
use super::wrap::wrap;
use super::{progress, prompt};

/// What home says of what cannot be read; why, it says below.
const UNKNOWN: &str = "cannot be read";
/// How many of the last exams the trend shows.
const TREND: usize = 8;

/// A row of home.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Entry {
    /// Goes on with the unfinished sitting that was last sat.
    Resume,
    /// A mock exam on the chosen bank.
    Mock,
    /// A drill.
    Drill,
    /// The mistakes book.
    Mistakes,
    /// Flash cards.
    Cards,
    /// The study guide.
    Guide,
    /// Figures, and whether the student is ready.
    Progress,
    /// Past and unfinished sittings.
    History,
    /// The banks.
    Banks,
}

/// The rows, from the top.
pub fn entries(m: &Model) -> Vec<Entry> {
    let mut entries = vec![
        Entry::Mock,
        Entry::Drill,
        Entry::Mistakes,
        Entry::Cards,
        Entry::Guide,
        Entry::Progress,
        Entry::History,
        Entry::Banks,
    ];
    if m.unfinished().is_some() {
        entries.insert(0, Entry::Resume);
    }
    entries
}

/// Does `action` at home. Returns whether the cursor has moved.
pub fn act(m: &mut Model, row: usize, action: Action, effects: &mut Vec<Effect>) -> bool {
    let entries = entries(m);
    match action {
        Action::Open => match entries[row.min(entries.len() - 1)] {
            Entry::Resume => {
                if let Some(id) = m.unfinished().map(|s| s.id) {
                    saving::go_on_with(m, id, effects);
                }
            }
            Entry::Mock => new_exam(m),
            Entry::Drill => drill::setup::open(m, Wish::default()),
            Entry::Mistakes => open_mistakes(m),
            Entry::Cards => open_decks(m),
            Entry::Guide => guide::list::open(m),
            Entry::Progress => open_progress(m),
            Entry::History => m.enter(Screen::History(0)),
            Entry::Banks => m.enter(Screen::Banks(m.volume)),
        },
        Action::New => new_exam(m),
        Action::Drill => drill::setup::open(m, Wish::default()),
        Action::Mistakes => open_mistakes(m),
        Action::Decks => open_decks(m),
        Action::Guides => guide::list::open(m),
        Action::Progress => open_progress(m),
        Action::Date if decks::is_held(m, effects) => {}
        Action::Date if m.study.is_some() => prompt::ask_exam_date(m),
        Action::History => m.enter(Screen::History(0)),
        Action::Banks => m.enter(Screen::Banks(m.volume)),
        _ => {
            m.place_mut().screen = Screen::Home(moved(row, entries.len(), action));
            return true;
        }
    }
    false
}

fn open_mistakes(m: &mut Model) {
    match is_unknown(m) {
        true => m.say("Your mistakes book cannot be read"),
        false => m.enter(Screen::Mistakes(0)),
    }
}

fn open_progress(m: &mut Model) {
    match is_unknown(m) {
        true => m.say("Your progress cannot be read"),
        false => progress::open(m),
    }
}

fn open_decks(m: &mut Model) {
    let today = day_of(m.now.wall, &m.zone);
    match &mut m.study {
        Some(study) => {
            study.refresh(today);
            m.enter(Screen::Decks(0));
        }
        None => m.say("The decks are still being read"),
    }
}

/// Opens the screen before an exam on the chosen bank.
pub fn new_exam(m: &mut Model) {
    match m.volume() {
        Some(volume) => {
            let bank = volume.bank.clone();
            setup::open(m, &bank, &Preset::default());
        }
        None if m.shelf.is_none() => m.say("The banks are still being read"),
        None => m.say("There is no bank to draw from"),
    }
}

/// What home shows.
pub fn frame(m: &Model, row: usize, columns: usize) -> Frame {
    let entries = entries(m);
    let row = row.min(entries.len() - 1);
    let mut body = vec![Line::new()];
    for (i, entry) in entries.iter().enumerate() {
        let (name, about) = describe(m, *entry);
        body.push(list_row(i == row, name, 12, about));
        if *entry == Entry::Resume {
            body.extend(others(m));
            body.push(Line::new());
        }
    }
    body.push(Line::new());
    let weakest = weakest(m, columns);
    if !weakest.is_empty() {
        body.extend(weakest);
        body.push(Line::new());
    }
    if let Some(study) = m.study.as_ref().filter(|s| s.plan().is_some()) {
        body.extend(decks::plan_lines(study, columns));
        body.push(Line::new());
    }
    body.extend(remarks(m, columns));
    let title = m.volume().map_or(String::new(), |v| v.bank.title.one_line());
    Frame { title: "examdeck".into(), right: Line::of(title, Role::Muted), body, ..Frame::default() }
}

fn describe(m: &Model, entry: Entry) -> (&'static str, Line) {
    match entry {
        Entry::Resume => {
            let about = m.unfinished().map_or(String::new(), |s| {
                let time = match s.conditions.limit {
                    Some(limit) => {
                        let left = std::time::Duration::from_secs(ceil_seconds(limit.saturating_sub(s.used)));
                        format!("{} left", clock(left))
                    }
                    None => format!("{} used", clock(s.used)),
                };
                let chosen = m.volume().is_none_or(|volume| volume.bank.id == s.bank);
                let of = if chosen { String::new() } else { format!(" · {}", s.title.one_line()) };
                format!("your exam: question {} of {}, {time}{of}", s.position + 1, s.questions)
            });
            ("Resume", Line::of(about, Role::Strong))
        }
        Entry::Mock => ("Mock exam", mock(m)),
        Entry::Drill => ("Drill", drilled(m)),
        Entry::Mistakes => ("Mistakes", Line::of(mistakes(m), Role::Plain)),
        Entry::Cards => ("Flash cards", Line::of(cards(m), Role::Plain)),
        Entry::Guide => ("Study guide", Line::of(guide::list::about(m), Role::Plain)),
        Entry::Progress if is_unknown(m) => ("Progress", Line::of(UNKNOWN, Role::Plain)),
        Entry::Progress => ("Progress", progress::home_row(m)),
        Entry::History => ("Past exams", Line::of(past(m), Role::Plain)),
        Entry::Banks => {
            let banks = m.shelf.as_ref().map_or(0, |s| s.volumes.len());
            let decks = m.study.as_ref().map_or(0, |s| s.decks.len());
            let about = match m.shelf {
                None => String::new(),
                Some(_) => format!("{} and {}", counted(banks, "bank"), counted(decks, "deck")),
            };
            ("Banks", Line::of(about, Role::Plain))
        }
    }
}

/// Where the other exams that wait are, if there are any.
fn others(m: &Model) -> Option<Line> {
    let others = m.waiting().count() - 1;
    let wait = if others == 1 { "waits" } else { "wait" };
    (others > 0).then(|| list_row(false, "", 12, Line::of(format!("{others} more {wait} in Past exams"), Role::Muted)))
}

fn mock(m: &Model) -> Line {
    let Some(volume) = m.volume() else { return Line::new() };
    let rules = volume.bank.exam;
    let questions = rules.questions.min(volume.bank.questions.len());
    let time = spoken(std::time::Duration::from_secs(u64::from(rules.minutes) * 60));
    Line::of(format!("{}, {time}", counted(questions, "question")), Role::Plain)
        .and(format!(", drawn from {}", volume.bank.questions.len()), Role::Muted)
}

/// What waits, or how much was seen.
fn drilled(m: &Model) -> Line {
    let Some(volume) = m.volume() else { return Line::new() };
    match m.drills.get(&volume.bank.id) {
        Some(Some(kept)) => {
            let what = drill::page::order_title(&volume.bank, &kept.course.order);
            return Line::of(format!("go on: {}", drill::waiting(kept)), Role::Strong)
                .and(format!(" · {what}"), Role::Muted);
        }
        Some(None) => return Line::of("go on", Role::Strong),
        None => {}
    }
    if is_unknown(m) {
        return Line::of("weakest first", Role::Plain);
    }
    let sums = m.learner.trail(&volume.bank.id).map(|t| &t.sums);
    let seen = seen(&volume.bank, &volume.held, sums.unwrap_or(&Sums::default()));
    Line::of(format!("weakest first, {} of {} seen", seen.seen, seen.of), Role::Plain)
}

/// Whether what the student has done cannot be read. To say that it is nothing would be wrong.
fn is_unknown(m: &Model) -> bool {
    matches!(m.access, Access::Failed(_))
}

fn mistakes(m: &Model) -> String {
    if is_unknown(m) {
        return UNKNOWN.into();
    }
    match m.outlook.as_ref().map(|o| o.mistakes) {
        None => String::new(), // not known yet
        Some(0) => "nothing to mend".into(),
        Some(n) => format!("{n} to mend"),
    }
}

fn cards(m: &Model) -> String {
    if is_unknown(m) {
        return UNKNOWN.into();
    }
    let Some(study) = &m.study else { return String::new() };
    let counts = study.counts();
    match (counts.new, counts.due, counts.learning) {
        (0, 0, 0) => "nothing is due today".into(),
        (new, due, 0) => format!("{new} new, {due} due today"),
        (new, due, learning) => format!("{new} new, {due} due today, {learning} learning"),
    }
}

/// What has come of the exams on the chosen bank.
fn past(m: &Model) -> String {
    let ours = |s: &&Summary| m.volume().is_none_or(|volume| volume.bank.id == s.bank);
    let exams: Vec<_> = m.history.iter().filter(ours).collect();
    let done = exams.iter().filter(|s| s.outcome.is_some()).count();
    let unfinished = match exams.len() - done {
        0 => String::new(),
        n => format!(" · {n} unfinished"),
    };
    let whole = whole(m);
    let part = exams.iter().find_map(|s| s.outcome.as_ref()).map(|part| ("partial:", part));
    let last = whole.first().map(|last| ("last", *last)).or(part);
    match (last, &m.access) {
        (None, Access::Opening) => String::new(),
        (None, Access::Failed(_)) => UNKNOWN.into(),
        (None, _) if !m.history.is_empty() && exams.is_empty() => "none on this bank yet".into(),
        (None, _) if unfinished.is_empty() => "none yet".into(),
        (None, _) => format!("none ended yet{unfinished}"),
        (Some((word, last)), _) => {
            let verdict = if last.passed { "passed" } else { "not passed" };
            let rest = if unfinished.is_empty() { format!(" · {done} in all") } else { unfinished };
            let gap = if whole.is_empty() { "" } else { "  " };
            let trend = page::trend(whole.iter().take(TREND).rev().map(|o| o.total.percent()));
            format!("{word} {:.0} %, {verdict}{gap}{trend}{rest}", last.total.percent())
        }
    }
}

/// How the whole exams of the chosen bank came out, the newest first.
fn whole(m: &Model) -> Vec<&Outcome> {
    let Some(volume) = m.volume() else { return Vec::new() };
    let ended = m.history.iter().filter(|s| s.bank == volume.bank.id && volume.exam.is_whole(s));
    ended.filter_map(|s| s.outcome.as_ref()).collect()
}

/// The weakest domain, if one is.
fn weakest(m: &Model, columns: usize) -> Vec<Line> {
    let Some(Outlook { weakest: Some((domain, share)), .. }) = &m.outlook else { return Vec::new() };
    let text = format!("Weakest domain: {}, {} of {} known.", domain.one_line(), share.right, share.of);
    wrap(&[Span::new(text, Role::Plain)], columns, "   ", "   ")
}

/// What stands below the entries: who has the data, what is broken.
fn remarks(m: &Model, columns: usize) -> Vec<Line> {
    let mut texts = Vec::new();
    match &m.access {
        Access::Held(holder) => {
            texts.push(format!(
                "Another examdeck has your progress ({holder}). You can look around, but not sit an exam here."
            ));
        }
        Access::Failed(why) => {
            texts.push(format!("Progress cannot be stored: {why}. You can look around, but not sit an exam."))
        }
        _ => {}
    }
    texts.extend(m.volume().and_then(|v| v.left_out_notice()));
    texts.extend(m.shelf.iter().flat_map(|s| &s.problems).map(ToString::to_string));
    let mut lines = Vec::new();
    for text in texts {
        let spans = [Span::new(text, Role::Warn)];
        lines.extend(wrap(&spans, columns, "   ", "   "));
    }
    lines
}
