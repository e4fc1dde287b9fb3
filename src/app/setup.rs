//! Before an exam: what is drawn, under which conditions. ⏎ starts with the blueprint's own.

use std::collections::HashSet;
use std::sync::Arc;
use std::time::Duration;

use crate::engine::bank::Bank;
use crate::engine::draw::{Among, Forecast, Request, forecast};
use crate::engine::exam::{Conditions, Feedback};
use crate::engine::filter::Filter;
use crate::engine::learner::Trail;
use crate::engine::slug::Slug;
use crate::engine::time::Allowance;

use super::among;
use super::effect::{Effect, Order};
use super::frame::{moved, turned};
use super::keys::Action;
use super::model::{Access, Model, Screen};

pub mod page;

/// Lengths that are offered beside the blueprint's own.
const LENGTHS: [usize; 3] = [10, 25, 50];
/// The most digits of a seed that is typed.
const SEED_DIGITS: usize = 15;

/// What the command line asks for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Preset {
    /// The bank; `None` is the chosen one.
    pub bank: Option<Slug>,
    /// How many questions.
    pub questions: Option<usize>,
    /// How many minutes.
    pub minutes: Option<u32>,
    /// Whether there is no time limit.
    pub untimed: bool,
    /// The seed.
    pub seed: Option<u64>,
    /// Only the questions that this means.
    pub filter: Filter,
    /// Whether answers are shown after each question.
    pub tutor: bool,
}

/// A row of the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Row {
    Questions,
    Time,
    Feedback,
    Among,
    Seed,
}

const ROWS: [Row; 5] = [Row::Questions, Row::Time, Row::Feedback, Row::Among, Row::Seed];

/// The screen's own state.
#[derive(Clone, Debug)]
pub struct Setup {
    /// The bank.
    pub bank: Arc<Bank>,
    request: Request,
    minutes: Option<u32>,
    allowance: Allowance,
    feedback: Feedback,
    seed: String,
    row: usize,
    /// The questions that were answered before.
    seen: HashSet<Slug>,
    forecast: Forecast,
    /// Whether the start was asked for, so that a second ⏎ does not start two.
    starting: bool,
}

impl Setup {
    fn filter(&self) -> Filter {
        self.request.among.as_ref().map(|among| among.filter().clone()).unwrap_or_default()
    }

    /// The time limit before extra time: the blueprint's pace for as many questions as will be drawn, and a second at the
    /// least, so that no exam is over before it begins.
    fn base(&self) -> Duration {
        let rules = self.bank.exam;
        let minutes = u64::from(rules.minutes);
        match self.minutes {
            Some(minutes) => Duration::from_secs(u64::from(minutes) * 60),
            None => {
                let paced = minutes * 60 * self.forecast.questions as u64 / rules.questions.max(1) as u64;
                Duration::from_secs(paced.max(self.forecast.questions.min(1) as u64))
            }
        }
    }

    fn refresh(&mut self) {
        self.forecast = forecast(&self.bank, &self.request, &self.seen);
    }

    fn order(&self) -> Order {
        Order {
            bank: self.bank.clone(),
            request: self.request.clone(),
            seed: self.seed.parse().ok(),
            conditions: Conditions {
                feedback: self.feedback,
                limit: self.allowance.limit(self.base()),
                allowance: self.allowance,
            },
        }
    }
}

/// Opens the screen for `bank`.
pub fn open(m: &mut Model, bank: &Arc<Bank>, preset: &Preset) {
    let setup = Setup {
        bank: bank.clone(),
        request: Request { questions: preset.questions.unwrap_or(bank.exam.questions), among: None },
        minutes: preset.minutes,
        allowance: if preset.untimed { Allowance::Untimed } else { Allowance::Standard },
        feedback: if preset.tutor { Feedback::Tutor } else { Feedback::Exam },
        seed: preset.seed.map(|s| s.to_string()).unwrap_or_default(),
        row: 0,
        seen: HashSet::new(),
        forecast: Forecast { questions: 0, shortages: Vec::new(), meeting: 0, unseen: 0 },
        starting: false,
    };
    m.enter(Screen::Setup(Box::new(setup)));
    set_filter(m, preset.filter.clone());
}

/// Takes a filter. What it means, and what was seen, is worked out here, not at every key.
pub fn set_filter(m: &mut Model, filter: Filter) {
    let Screen::Setup(setup) = m.screen() else { return };
    let (bank, never) = (setup.bank.clone(), Trail::default());
    let trail = m.learner.trail(&bank.id).unwrap_or(&never);
    let (among, seen) = (Among::of(filter, &bank, trail), trail.standings.keys().cloned().collect());
    if let Screen::Setup(setup) = &mut m.place_mut().screen {
        setup.request.among = among;
        setup.seen = seen;
        setup.refresh();
    }
}

/// The start was refused: it may be asked for again.
pub fn refused(m: &mut Model) {
    if let Screen::Setup(setup) = &mut m.place_mut().screen {
        setup.starting = false;
    }
}

/// Types a pasted seed.
pub fn paste(m: &mut Model, text: &str) {
    let Screen::Setup(setup) = &mut m.place_mut().screen else { return };
    let text = text.trim();
    if ROWS[setup.row] == Row::Seed && text.len() <= SEED_DIGITS && text.bytes().all(|b| b.is_ascii_digit()) {
        setup.seed = text.to_owned();
        m.dirty = true;
    }
}

/// Does `action`. Returns whether the cursor has moved.
pub fn act(m: &mut Model, action: Action, effects: &mut Vec<Effect>) -> bool {
    if action == Action::Open {
        start(m, effects);
        return false;
    }
    let Screen::Setup(setup) = &mut m.place_mut().screen else { return false };
    let row = ROWS[setup.row];
    match action {
        Action::Up | Action::Down => setup.row = moved(setup.row, ROWS.len(), action),
        Action::Filter => {
            let filter = setup.filter();
            among::ask(m, &filter);
            return false;
        }
        Action::Left | Action::Right if row == Row::Among => {
            let filter = among::next(&setup.bank, &setup.filter(), action == Action::Right);
            set_filter(m, filter);
            return false;
        }
        Action::Left | Action::Right => change(setup, row, action == Action::Right),
        Action::Digit(_) | Action::Erase if row != Row::Seed => {
            m.say("Numbers are typed on the seed's row; here ← and → change the setting");
            return false;
        }
        Action::Digit(digit) if setup.seed.len() < SEED_DIGITS => {
            setup.seed.push(char::from(b'0' + digit));
        }
        Action::Erase => {
            setup.seed.pop();
        }
        _ => {}
    }
    setup.refresh();
    matches!(action, Action::Up | Action::Down)
}

fn start(m: &mut Model, effects: &mut Vec<Effect>) {
    // Data that another program holds may have been let go since: the answer to the wish says so.
    if let Access::Failed(why) = &m.access {
        let why = why.one_line();
        m.say(format!("No exam can be sat: {why}"));
        return;
    }
    // What was marked meanwhile, by way of the search, counts.
    if let Screen::Setup(setup) = m.screen() {
        set_filter(m, setup.filter());
    }
    let Screen::Setup(setup) = &mut m.place_mut().screen else { return };
    if setup.forecast.questions == 0 {
        let unknown = among::unknown(&setup.filter(), &setup.bank);
        m.say(unknown.unwrap_or_else(|| "No question fits these settings".into()));
    } else if !setup.starting {
        setup.starting = true;
        effects.push(Effect::Begin(Box::new(setup.order())));
    }
}

fn change(setup: &mut Setup, row: Row, forward: bool) {
    match row {
        Row::Questions => {
            let mut lengths: Vec<usize> = LENGTHS.iter().copied().filter(|&n| n < setup.bank.exam.questions).collect();
            lengths.push(setup.bank.exam.questions);
            let now = setup.request.questions;
            // A length from the command line may stand between two that are offered.
            let next = if forward {
                lengths.iter().find(|&&n| n > now).or(lengths.first())
            } else {
                lengths.iter().rfind(|&&n| n < now).or(lengths.last())
            };
            setup.request.questions = next.copied().unwrap_or(now);
            setup.minutes = None; // minutes from the command line belong to the length from the command line
        }
        Row::Time => {
            setup.allowance = turned(&Allowance::ALL, &setup.allowance, forward);
        }
        Row::Feedback => {
            setup.feedback = match setup.feedback {
                Feedback::Exam => Feedback::Tutor,
                Feedback::Tutor => Feedback::Exam,
            };
        }
        Row::Among => {} // what a filter means depends on the student
        Row::Seed => setup.seed.clear(),
    }
}
