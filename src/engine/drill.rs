//! A drill: one question after the other, each a sitting of one question whose answer is shown at once.
//!
//! Which question comes next is [`choose`]'s affair. A drill is told of time as an exam is, and goes on after a restart
//! from what [`Drill::keep`] has kept of it.

use std::collections::HashSet;
use std::time::Duration;

use super::answer::{AnswerId, Answered, Occasion, change, picked_texts};
use super::bank::Bank;
use super::chance::Chance;
use super::day::Day;
use super::draw::option_order;
use super::exam::Step;
use super::filter::Filter;
use super::learner::Trail;
use super::score::points;
use super::slug::Slug;
use super::time::Wall;

pub mod choose;
pub mod kept;
pub mod showing;

use choose::Mode;
use kept::Kept;
use showing::Showing;

/// How many questions a sprint has, if nothing else is asked for.
pub const SPRINT: usize = 10;
/// How many answers that were right, and as many that were not, are kept to be gone through at the end; of more, the last
/// ones.
pub const KEPT: usize = 50;

/// What is drilled.
#[derive(Clone, Debug, PartialEq)]
pub struct Order {
    /// The bank.
    pub bank: Slug,
    /// How questions are chosen.
    pub mode: Mode,
    /// Only the questions that this means.
    pub filter: Filter,
    /// Only these questions; empty means all.
    pub only: Vec<Slug>,
    /// How many questions; `None` means all there are, and in [`Mode::Weakest`] no end.
    pub questions: Option<usize>,
    /// The seed, if one was asked for.
    pub seed: Option<u64>,
}

impl Order {
    /// What is drilled if nothing is asked for: the weakest first, without end.
    pub fn new(bank: Slug) -> Self {
        Self { bank, mode: Mode::Weakest, filter: Filter::default(), only: Vec::new(), questions: None, seed: None }
    }

    /// How many questions are asked at most.
    pub fn most(&self) -> Option<usize> {
        match self.mode {
            Mode::Sprint => Some(self.questions.unwrap_or(SPRINT)),
            _ => self.questions,
        }
    }
}

/// What a drill has brought so far.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// How many questions were answered.
    pub answered: usize,
    /// How many of them wholly right, guesses among them.
    pub right: usize,
    /// How many of those were guesses.
    pub guessed_right: usize,
    /// How many of the last answers in a row were right.
    pub streak: usize,
    /// The longest such row.
    pub best_streak: usize,
    /// The time of the answers.
    pub spent: Duration,
    /// For each domain that was asked: how many right, of how many answered.
    pub domains: Vec<(Slug, usize, usize)>,
}

impl Tally {
    fn count(&mut self, answer: &Answered) {
        let right = usize::from(answer.is_right());
        self.answered += 1;
        self.right += right;
        self.guessed_right += usize::from(answer.is_right() && answer.guessed);
        self.streak = if answer.is_right() { self.streak + 1 } else { 0 };
        self.best_streak = self.best_streak.max(self.streak);
        self.spent += answer.spent;
        match self.domains.iter_mut().find(|(domain, ..)| *domain == answer.domain) {
            Some((_, r, of)) => (*r, *of) = (*r + right, *of + 1),
            None => self.domains.push((answer.domain.clone(), right, 1)),
        }
    }
}

/// How far a drill has come.
#[derive(Clone, Debug, PartialEq)]
pub struct Course {
    /// What is drilled.
    pub order: Order,
    /// The number from which its chance comes.
    pub seed: u64,
    /// A number by chance that tells its answers from those of any other drill.
    pub nonce: u64,
    /// The time limit of a sprint.
    pub limit: Option<Duration>,
    /// The time used of it.
    pub used: Duration,
    /// How many questions were asked, the open one among them.
    pub number: usize,
    /// How many will have been asked in the end, as far as is known.
    pub of: Option<usize>,
    /// The questions asked, each once, the last one last: all of them, but in [`Mode::Weakest`] the last [`choose::WINDOW`].
    pub asked: Vec<Slug>,
    /// What it has brought.
    pub tally: Tally,
}

/// A drill that goes on.
#[derive(Clone, Debug, PartialEq)]
pub struct Drill {
    course: Course,
    /// The questions that were answered, the last one last, with the answers given.
    answered: Vec<Showing>,
    open: Option<Showing>,
}

impl Drill {
    /// A drill that has not asked anything yet. `nonce` is a number by chance; it is the seed too, if none was asked for.
    pub fn new(order: Order, nonce: u64) -> Self {
        let course = Course {
            seed: order.seed.unwrap_or(nonce),
            nonce,
            order,
            limit: None,
            used: Duration::ZERO,
            number: 0,
            of: None,
            asked: Vec::new(),
            tally: Tally::default(),
        };
        Self { course, answered: Vec::new(), open: None }
    }

    /// Asks the next question on the study day `today`, none of those `withheld`, whose answers are not to be seen yet.
    /// Returns whether there is one; if not, the drill is over.
    pub fn go_on(&mut self, bank: &Bank, trail: &Trail, today: Day, withheld: &HashSet<Slug>) -> bool {
        self.open = None;
        let course = &mut self.course;
        let full = course.order.most().is_some_and(|most| course.tally.answered >= most);
        let timed_out = course.limit.is_some_and(|limit| course.used >= limit);
        if full || timed_out {
            return false;
        }
        let Some(next) = choose::next(bank, trail, course, today, withheld) else { return false };
        course.of = match course.order.mode {
            Mode::Weakest => course.order.most(),
            _ => Some((course.tally.answered + next.left).min(course.order.most().unwrap_or(usize::MAX))),
        };
        if course.order.mode == Mode::Sprint && course.limit.is_none() {
            course.limit = course.of.map(|of| bank.exam.pace() * u32::try_from(of).unwrap_or(u32::MAX));
        }
        course.number += 1;
        course.asked.retain(|id| *id != next.question.id);
        course.asked.push(next.question.id.clone());
        if course.order.mode == Mode::Weakest {
            let old = course.asked.len().saturating_sub(choose::WINDOW);
            course.asked.drain(..old);
        }
        let mut chance = Chance::of(course.seed, SHOWN + course.number as u64);
        let order = option_order(&next.question, &mut chance);
        self.open = Showing::new(bank, next.question, order);
        self.show_flag(trail);
        self.open.is_some()
    }

    /// Puts the flag on the open question that the student has put on it before, here or in an exam; but not once `f` was
    /// pressed on it.
    pub fn show_flag(&mut self, trail: &Trail) {
        let Some(open) = self.open.as_ref().filter(|open| !open.is_answered()) else { return };
        let flagged = trail.standings.get(&open.item().question.id).is_some_and(|standing| standing.flagged);
        if flagged && open.log().iter().all(|entry| entry.step != Step::Flag) {
            self.apply(Step::Flag);
        }
    }

    /// Does `step` with the open question. Returns whether anything changed. Its answer is given by [`Drill::answer`].
    pub fn apply(&mut self, step: Step) -> bool {
        let legal = matches!(step, Step::Pick(_) | Step::Clear | Step::Flag | Step::Guess | Step::Strike(_));
        self.open.as_mut().is_some_and(|open| legal && !open.is_answered() && open.apply(step))
    }

    /// Spends `time` on the open question, if it is not answered. At its limit a sprint is over.
    pub fn elapse(&mut self, time: Duration) {
        let Some(open) = self.open.as_mut().filter(|open| !open.is_answered()) else { return };
        match self.course.limit {
            Some(limit) => {
                let spent = time.min(limit.saturating_sub(self.course.used));
                self.course.used += spent;
                open.elapse(spent);
                if self.course.used >= limit {
                    self.open = None; // what was chosen and not given is no answer
                }
            }
            None => open.elapse(time.min(showing::LONGEST.saturating_sub(open.response().spent()))),
        }
    }

    /// Gives the answer that was chosen, which makes it final; `None` if it is not whole or was given before.
    pub fn answer(&mut self, bank: &Bank, at: Wall, day: Day) -> Option<Answered> {
        let open = self.open.as_mut()?;
        if !open.reveal() {
            return None;
        }
        let (item, response) = (open.item(), open.response());
        let points = points(&item.question, response.picked(), bank.exam.multi_answer);
        let answer = Answered {
            id: AnswerId::alone(at, self.course.nonce, self.course.number as u16),
            bank: bank.id.clone(),
            version: bank.version.clone(),
            question: item.question.id.clone(),
            domain: item.question.domain.clone(),
            module: item.question.module.clone(),
            at,
            day,
            occasion: if self.course.order.mode == Mode::Sprint { Occasion::Sprint } else { Occasion::Drill },
            picked: picked_texts(item, response),
            points,
            guessed: response.is_guessed(),
            flagged: response.is_flagged(),
            spent: response.spent(),
            change: change(item, response, points, bank.exam.multi_answer),
        };
        self.course.tally.count(&answer);
        self.answered.push(open.clone());
        self.forget_old(answer.is_right());
        Some(answer)
    }

    /// Of more than [`KEPT`] answers that were right, or that were not, the oldest one is forgotten.
    fn forget_old(&mut self, right: bool) {
        let mut alike = (0..self.answered.len()).filter(|&i| self.answered[i].is_right() == right);
        if let Some(oldest) = alike.next().filter(|_| alike.count() >= KEPT) {
            self.answered.remove(oldest);
        }
    }

    /// Ends the drill: nothing is open any more.
    pub fn end(&mut self) {
        self.open = None;
    }

    /// The open question; `None` if the drill is over, or has not begun.
    pub fn open(&self) -> Option<&Showing> {
        self.open.as_ref()
    }

    /// How far it has come.
    pub fn course(&self) -> &Course {
        &self.course
    }

    /// The questions that were answered, the last one last, with the answers given; of many, the last ones ([`KEPT`]).
    pub fn answered(&self) -> &[Showing] {
        &self.answered
    }

    /// The time left of a sprint.
    pub fn remaining(&self) -> Option<Duration> {
        self.course.limit.map(|limit| limit.saturating_sub(self.course.used))
    }

    /// What must be kept to go on with it.
    pub fn keep(&self) -> Kept {
        Kept {
            course: self.course.clone(),
            answered: self.answered.iter().map(Showing::keep).collect(),
            open: self.open.as_ref().map(Showing::keep),
        }
    }

    /// The drill that was kept. An open question that is no longer in the bank as it was shown is dropped, and
    /// [`Drill::open`] is then empty: the next one is to be asked.
    pub fn restore(kept: Kept, bank: &Bank) -> Self {
        let open = kept.open.as_ref().and_then(|open| Showing::restore(open, bank));
        let mut course = kept.course;
        if open.is_none() && kept.open.is_some() {
            course.asked.pop(); // if it was revised, it may be asked again
        }
        Self { course, answered: kept.answered.iter().filter_map(|a| Showing::restore(a, bank)).collect(), open }
    }
}

/// Streams of chance from here on are for the order of options; those below choose questions.
const SHOWN: u64 = 1 << 32;
