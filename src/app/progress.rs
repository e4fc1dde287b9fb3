//! The progress screens: pages of figures, and whether the student is ready.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use crate::engine::activity::{Calendar, Streak, calendar, streak};
use crate::engine::bank::Bank;
use crate::engine::day::{Day, day_of};
use crate::engine::interval::Share;
use crate::engine::mastery::Mastery;
use crate::engine::progress::{Figures, Slow, figures, slowest};
use crate::engine::readiness::{Blueprint, Readiness};
use crate::engine::sums::Sums;
use crate::engine::text::Text;

use super::decks;
use super::effect::{Effect, Record};
use super::frame::Frame;
use super::keys::Action;
use super::mistakes;
use super::model::{Model, Screen};
use super::page::{Line, Role, Span, counted};
use super::saving::save;
use super::wrap::wrap;

mod areas;
mod cards;
mod days;
mod exams;
mod overview;
mod slowest;

pub use overview::range_label;
pub use slowest::{has_cursor, step};

/// The name under which it is set that the streak is not shown.
pub const STREAK: &str = "streak";
/// The value of that setting.
pub const STREAK_OFF: &str = "off";

/// Whether the settings say that the streak is to be seen.
pub fn is_streak_shown(settings: &HashMap<String, String>) -> bool {
    settings.get(STREAK).is_none_or(|value| value != STREAK_OFF)
}

/// A page of the progress screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Page {
    /// Readiness and what it all comes to.
    Overview,
    /// Mock exams and the pass mark.
    Exams,
    /// By content area.
    Domains,
    /// By chapter.
    Modules,
    /// The calendar.
    Days,
    /// Cards that come due.
    Cards,
    /// The questions that take longest.
    Slowest,
}

impl Page {
    /// In the order in which they are turned.
    pub const ALL: [Page; 7] =
        [Page::Overview, Page::Exams, Page::Domains, Page::Modules, Page::Days, Page::Cards, Page::Slowest];

    fn title(self) -> &'static str {
        match self {
            Page::Overview => "Overview",
            Page::Exams => "Exams",
            Page::Domains => "Domains",
            Page::Modules => "Modules",
            Page::Days => "Days",
            Page::Cards => "Cards",
            Page::Slowest => "Slowest",
        }
    }

    /// The page `by` places on, round and round.
    fn turned(self, by: usize) -> Page {
        let at = Page::ALL.iter().position(|p| *p == self).unwrap_or(0);
        Page::ALL[(at + by) % Page::ALL.len()]
    }
}

/// The figures as they were when the screen was opened.
#[derive(Clone, Debug)]
pub struct Progress {
    /// The page that is shown.
    pub page: Page,
    bank: Arc<Bank>,
    exam: Arc<Blueprint>,
    today: Day,
    figures: Figures,
    /// Worked out when their page is first turned to.
    slowest: Option<Vec<Slow>>,
    /// The one of them at the cursor.
    row: usize,
    readiness: Readiness,
    calendar: Calendar,
}

/// What is foreseen for the chosen bank; worked out again when an answer or a day has come.
#[derive(Clone, Debug)]
pub struct Outlook {
    bank: Arc<Bank>,
    today: Day,
    answers: u32,
    /// How many questions are in the mistakes book.
    pub mistakes: usize,
    /// The weakest domain, and how many of its answered questions are known; `None` if none is.
    pub weakest: Option<(Text, Share)>,
    /// Whether the student is ready.
    pub readiness: Readiness,
}

/// Opens the screen on the chosen bank.
pub fn open(m: &mut Model) {
    let Some(volume) = m.volume().cloned() else {
        m.say(if m.shelf.is_none() { "The banks are still being read" } else { "There is no bank" });
        return;
    };
    let today = day_of(m.now.wall, &m.zone);
    if let Some(study) = &mut m.study {
        study.refresh(today);
    }
    let never = Sums::default();
    let sums = m.learner.trail(&volume.bank.id).map_or(&never, |t| &t.sums);
    let none = BTreeMap::new();
    let progress = Progress {
        page: Page::Overview,
        today,
        figures: figures(&volume.bank, &volume.held, sums),
        slowest: None,
        row: 0,
        readiness: volume.exam.readiness(sums, today),
        calendar: calendar(&m.learner, m.study.as_ref().map_or(&none, |s| &s.days)),
        bank: volume.bank,
        exam: volume.exam,
    };
    m.enter(Screen::Progress(Box::new(progress)));
}

/// Keeps what home says of the exam up to date.
pub fn look_ahead(m: &mut Model) {
    if !matches!(m.screen(), Screen::Home(_)) {
        return;
    }
    let Some(volume) = m.volume().cloned() else { return };
    let today = day_of(m.now.wall, &m.zone);
    if let Some(study) = m.study.as_mut().filter(|study| study.day() != today) {
        study.refresh(today);
    }
    let never = Sums::default();
    let sums = m.learner.trail(&volume.bank.id).map_or(&never, |t| &t.sums);
    let answers = sums.total.answers;
    let holds = |o: &Outlook| Arc::ptr_eq(&o.bank, &volume.bank) && o.today == today && o.answers == answers;
    if !m.outlook.as_ref().is_some_and(holds) {
        let readiness = volume.exam.readiness(sums, today);
        let mistakes = mistakes::count(m, &volume.bank.id);
        let weakest = m.learner.trail(&volume.bank.id).and_then(|trail| {
            let mastery = Mastery::of(&volume.bank, trail);
            mastery.weakest().map(|i| (volume.bank.domains[i].title.clone(), mastery.domains[i]))
        });
        m.outlook = Some(Outlook { bank: volume.bank.clone(), today, answers, mistakes, weakest, readiness });
    }
}

/// What home says: the expected score, or what is missing for it.
pub fn home_row(m: &Model) -> Line {
    let Some(outlook) = &m.outlook else { return Line::new() };
    match &outlook.readiness {
        Readiness::Foreseen(foresight) => Line::of(format!("{} expected", range_label(foresight)), Role::Plain)
            .and(format!(", pass chance {}", chance_label(foresight.pass_chance)), Role::Plain),
        Readiness::TooFew(lacks) if lacks.is_empty() => Line::new(),
        Readiness::TooFew(lacks) => {
            let answers = lacks.iter().map(|l| l.answers).sum();
            Line::of(format!("{} until a forecast", counted(answers, "more answer")), Role::Plain)
        }
    }
}

/// Does `action`. Returns whether a cursor has moved.
pub fn act(m: &mut Model, action: Action, effects: &mut Vec<Effect>) -> bool {
    match action {
        Action::Up | Action::Down | Action::Open if has_cursor(m) => return slowest::act(m, action, effects),
        Action::Left => turn(m, Page::ALL.len() - 1),
        Action::Right => turn(m, 1),
        Action::Streak if decks::is_held(m, effects) => {}
        Action::Streak => {
            m.streak = !m.streak;
            let value = (!m.streak).then(|| STREAK_OFF.to_owned());
            save(m, Record::Setting(STREAK, value), effects);
            m.say(if m.streak { "The streak is shown" } else { "The streak is not shown any more" });
        }
        _ => {}
    }
    false
}

fn turn(m: &mut Model, by: usize) {
    let place = m.place_mut();
    place.scroll = 0;
    if let Screen::Progress(progress) = &mut place.screen {
        progress.page = progress.page.turned(by);
    }
    name_slowest(m);
}

/// Looks for the slowest questions, if it is their page and they were not looked for before.
fn name_slowest(m: &mut Model) {
    let Some(volume) = m.volume().cloned() else { return };
    let Model { places, learner, .. } = m;
    let Some(Screen::Progress(progress)) = places.last_mut().map(|p| &mut p.screen) else { return };
    if progress.page == Page::Slowest && progress.slowest.is_none() {
        let trail = learner.trail(&volume.bank.id);
        progress.slowest = Some(trail.map_or(Vec::new(), |trail| slowest(&volume.bank, &volume.held, trail)));
    }
}

/// What is shown.
pub fn frame(m: &Model, progress: &Progress, columns: usize) -> Frame {
    let body = match progress.page {
        Page::Overview => overview::lines(m, progress, columns),
        Page::Exams => exams::lines(m, progress, columns),
        Page::Domains => areas::lines(progress, &progress.figures.domains, "domain", columns),
        Page::Modules => areas::lines(progress, &progress.figures.modules, "module", columns),
        Page::Days => days::lines(m, progress, columns),
        Page::Cards => cards::lines(m, progress, columns),
        Page::Slowest => slowest::lines(progress, columns),
    };
    let title = Line::of(progress.bank.title.one_line(), Role::Muted);
    Frame {
        title: "Progress".into(),
        right: title,
        top: vec![tabs(progress.page), Line::new()],
        body,
        ..Frame::default()
    }
}

/// The names of the pages, the shown one with the cursor's mark.
fn tabs(page: Page) -> Line {
    let mut line = Line::of(" ", Role::Plain);
    for p in Page::ALL {
        let (mark, role) = if p == page { ("›", Role::Accent) } else { (" ", Role::Muted) };
        line.push(format!("{mark}{}", p.title()), role);
        line.push(" ", Role::Plain);
    }
    line.trim_end();
    line
}

/// The streak, unless the student does not want to see it.
fn shown_streak(m: &Model, progress: &Progress) -> Option<Streak> {
    m.streak.then(|| streak(&progress.calendar, progress.today))
}

/// `7 days, longest 12`
pub fn streak_label(streak: Streak) -> String {
    match streak.longest {
        0 => "none yet".into(),
        longest => format!("{}, longest {longest}", counted(streak.days as usize, "day")),
    }
}

/// `12 of 14`
fn share_label(share: Share) -> String {
    format!("{} of {}", share.right, share.of)
}

/// `34–100 %`, rounded outwards so that it never promises more than it knows; nothing if nothing was counted.
pub fn interval_label(share: Share) -> String {
    share
        .interval()
        .map_or(String::new(), |i| format!("{:.0}–{:.0} %", (i.low * 100.0).floor(), (i.high * 100.0).ceil()))
}

/// `91 %`; no chance is called certain.
pub fn chance_label(chance: f64) -> String {
    match chance * 100.0 {
        percent if percent < 1.0 => "under 1 %".into(),
        percent if percent > 99.0 => "over 99 %".into(),
        percent => format!("{percent:.0} %"),
    }
}

/// A paragraph at the left margin of the page.
fn prose(text: impl Into<String>, role: Role, columns: usize) -> Vec<Line> {
    wrap(&[Span::new(text, role)], columns, "  ", "  ")
}

/// A scale from 0 to 1 over `columns` cells, full between `from` and `to`, with a line at `mark`.
fn gauge(from: f64, to: f64, mark: Option<f64>, columns: usize) -> Line {
    let cells = |share: f64| share.clamp(0.0, 1.0) * columns as f64;
    let full = cells(from) as usize..cells(to).ceil() as usize;
    let mark = mark.map(|m| (cells(m) as usize).min(columns.saturating_sub(1)));
    let mut line = Line::new();
    for i in 0..columns {
        if mark == Some(i) {
            line.push("│", Role::Accent);
        } else if full.contains(&i) {
            line.push("█", Role::Full);
        } else {
            line.push("░", Role::Empty);
        }
    }
    line
}
