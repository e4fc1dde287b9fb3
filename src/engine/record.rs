//! Sittings as they are kept and listed.

use std::collections::{BTreeSet, HashSet};
use std::fmt;

use super::day::Day;
use super::deck::CardKey;
use super::exam::{Conditions, End, Exam};
use super::review::{Aim, CardState};
use super::schedule::Rating;
use super::score::Tally;
use super::slug::Slug;
use super::text::Text;
use super::time::Wall;

/// The identifier of a sitting: a UUID of version 7, unique over all computers of a student.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ExamId(pub uuid::Uuid);

impl ExamId {
    /// The identifier of no sitting that is kept: what is gone through after a drill has it.
    pub const NONE: ExamId = ExamId(uuid::Uuid::nil());

    /// Its beginning, as people are told it: that holds the time of the begin, so that others begin otherwise.
    pub fn short(self) -> String {
        self.to_string().chars().take(13).collect()
    }

    /// The sitting with this identifier as [`Display`](fmt::Display) writes it.
    pub fn parse(text: &str) -> Option<Self> {
        uuid::Uuid::parse_str(text).ok().map(Self)
    }
}

impl fmt::Display for ExamId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Debug for ExamId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// How an ended sitting came out.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome {
    /// When it ended.
    pub ended: Wall,
    /// Why.
    pub end: End,
    /// Points of all questions.
    pub total: Tally,
    /// Whether it was passed.
    pub passed: bool,
    /// Points by domain, in the bank's order.
    pub domains: Vec<(Slug, Tally)>,
}

/// A sitting in a list.
#[derive(Clone, Debug, PartialEq)]
pub struct Summary {
    /// Its identifier.
    pub id: ExamId,
    /// The bank.
    pub bank: Slug,
    /// The bank's name at the time.
    pub title: Text,
    /// The bank's version at the time.
    pub version: semver::Version,
    /// The seed of its paper.
    pub seed: u64,
    /// Whether the seed alone gives the paper again.
    pub seed_alone: bool,
    /// The filter that chose its questions; `None`: the whole bank.
    pub among: Option<Text>,
    /// How many questions it has.
    pub questions: usize,
    /// How many questions the bank's exam had at the time.
    pub full: usize,
    /// Its conditions.
    pub conditions: Conditions,
    /// The question it stands at, from 0.
    pub position: usize,
    /// When it began.
    pub started: Wall,
    /// When something was last stored.
    pub last_active: Wall,
    /// The exam time used.
    pub used: std::time::Duration,
    /// The questions whose answers are not to be seen before its end: its own, while it goes on and shows them at the end;
    /// else none.
    pub withheld: HashSet<Slug>,
    /// How it came out; `None` while it goes on.
    pub outcome: Option<Outcome>,
}

impl Summary {
    /// The moment under which it is listed: when it ended, as its result has it; when it began, while it goes on.
    pub fn when(&self) -> Wall {
        self.outcome.as_ref().map_or(self.started, |outcome| outcome.ended)
    }
}

/// A sitting that was read from the store.
#[derive(Clone, Debug, PartialEq)]
pub struct Stored {
    /// Its identifier.
    pub id: ExamId,
    /// The sitting itself.
    pub exam: Exam,
    /// How many steps its log has.
    pub steps: u64,
    /// When it began.
    pub started: Wall,
    /// When something was last stored.
    pub last_active: Wall,
    /// When it ended.
    pub ended: Option<Wall>,
}

/// How far a student has read the guide of a module.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading {
    /// The bank.
    pub bank: Slug,
    /// The module.
    pub module: Slug,
    /// The section at which the student stopped; `None` before the first.
    pub section: Option<Slug>,
    /// How many letters and digits of it were above the screen: a place that is the same at every width.
    pub letters: u64,
    /// The sections that were read. Some may be of another version of the bank.
    pub read: BTreeSet<Slug>,
    /// When something was last read.
    pub at: Wall,
}

impl Reading {
    /// Of a guide that was just opened.
    pub fn new(bank: Slug, module: Slug) -> Self {
        Self { bank, module, section: None, letters: 0, read: BTreeSet::new(), at: Wall(0) }
    }
}

/// A grade of a card, as it is logged.
#[derive(Clone, Debug, PartialEq)]
pub struct Grade {
    /// Its identifier in the log.
    pub id: uuid::Uuid,
    /// The card.
    pub key: CardKey,
    /// When it was given.
    pub at: Wall,
    /// The study day of that.
    pub day: Day,
    /// The grade.
    pub rating: Rating,
    /// What it aimed at.
    pub aim: Aim,
    /// The state before it.
    pub before: CardState,
    /// The state after it.
    pub after: CardState,
}
