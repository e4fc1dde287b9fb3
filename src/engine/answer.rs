//! An answer to a question, as it is logged: in a mock exam when it has ended, in a drill at once.

use std::time::Duration;

use super::bank::MultiAnswer;
use super::day::Day;
use super::exam::{Exam, Feedback, Response};
use super::paper::Item;
use super::record::ExamId;
use super::score::{Score, points};
use super::slug::Slug;
use super::text::Text;
use super::time::Wall;

/// Where an answer was given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Occasion {
    /// A mock exam with its feedback at the end.
    Exam,
    /// A mock exam with feedback after each question.
    Tutor,
    /// A drill.
    Drill,
    /// A timed sprint.
    Sprint,
}

impl Occasion {
    /// In the order of the documentation.
    pub const ALL: [Occasion; 4] = [Occasion::Exam, Occasion::Tutor, Occasion::Drill, Occasion::Sprint];

    /// The word that is stored.
    pub fn label(self) -> &'static str {
        match self {
            Occasion::Exam => "exam",
            Occasion::Tutor => "tutor",
            Occasion::Drill => "drill",
            Occasion::Sprint => "sprint",
        }
    }

    /// The occasion with this [`label`](Self::label).
    pub fn from_label(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|o| o.label() == word)
    }
}

/// What a change of the first complete answer brought.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Change {
    /// More points.
    Better,
    /// Fewer points.
    Worse,
    /// As many points.
    Same,
}

impl Change {
    /// In no order that means anything.
    const ALL: [Change; 3] = [Change::Better, Change::Worse, Change::Same];

    /// The change with this [`label`](Self::label).
    pub fn from_label(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|c| c.label() == word)
    }

    /// The word that is stored.
    pub fn label(self) -> &'static str {
        match self {
            Change::Better => "better",
            Change::Worse => "worse",
            Change::Same => "same",
        }
    }
}

/// The identifier of an answer: the sitting and the place in it, or a UUID of version 7.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum AnswerId {
    /// In a mock exam: the sitting, and the question's place in it, from 0.
    Exam(ExamId, usize),
    /// Anywhere else.
    Alone(uuid::Uuid),
}

impl AnswerId {
    /// The identifier of the answer with this number, given outside a mock exam. `nonce` is a number by chance.
    pub fn alone(at: Wall, nonce: u64, number: u16) -> Self {
        let mut bytes = [0; 10];
        bytes[..8].copy_from_slice(&nonce.to_le_bytes());
        bytes[8..].copy_from_slice(&number.to_be_bytes());
        let millis = u64::try_from(at.0).unwrap_or(0) * 1000;
        Self::Alone(uuid::Builder::from_unix_timestamp_millis(millis, &bytes).into_uuid())
    }

    /// The identifier that [`Display`](std::fmt::Display) writes so.
    pub fn parse(text: &str) -> Option<Self> {
        match text.split_once('/') {
            Some((exam, place)) => Some(Self::Exam(ExamId::parse(exam)?, place.parse().ok()?)),
            None => uuid::Uuid::parse_str(text).ok().map(Self::Alone),
        }
    }
}

impl std::fmt::Display for AnswerId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            AnswerId::Exam(exam, place) => write!(f, "{exam}/{place}"),
            AnswerId::Alone(id) => id.fmt(f),
        }
    }
}

/// An answer.
#[derive(Clone, Debug, PartialEq)]
pub struct Answered {
    /// Its identifier in the log.
    pub id: AnswerId,
    /// The bank.
    pub bank: Slug,
    /// The bank's version at the time.
    pub version: semver::Version,
    /// The question.
    pub question: Slug,
    /// The question's content area at the time.
    pub domain: Slug,
    /// The question's chapter at the time.
    pub module: Option<Slug>,
    /// When it was given; in a mock exam, when that ended.
    pub at: Wall,
    /// The study day of that.
    pub day: Day,
    /// Where it was given.
    pub occasion: Occasion,
    /// The chosen options, as they read at the time.
    pub picked: Vec<Text>,
    /// The points it gained, 0 to 1.
    pub points: f64,
    /// Whether the student said beforehand that it is a guess. It never changes the points.
    pub guessed: bool,
    /// Whether the student had flagged the question to come back to it.
    pub flagged: bool,
    /// The time spent on the question.
    pub spent: Duration,
    /// What a change of the first complete answer brought, if there was one.
    pub change: Option<Change>,
}

impl Answered {
    /// Whether it was wholly right.
    pub fn is_right(&self) -> bool {
        self.points >= 1.0
    }

    /// Whether it shows that the student knows the answer: a guess that was right does not.
    pub fn is_known(&self) -> bool {
        self.is_right() && !self.guessed
    }
}

/// The answers of an ended sitting. A question that was left without any choice gave no answer.
pub fn answers_of(id: ExamId, exam: &Exam, score: &Score, at: Wall, day: Day) -> Vec<Answered> {
    let origin = &exam.paper().origin;
    let occasion = match exam.conditions().feedback {
        Feedback::Exam => Occasion::Exam,
        Feedback::Tutor => Occasion::Tutor,
    };
    let each = exam.paper().items.iter().zip(exam.responses()).zip(&score.points).enumerate();
    each.filter(|(_, ((_, response), _))| !response.picked().is_empty())
        .map(|(place, ((item, response), &points))| Answered {
            id: AnswerId::Exam(id, place),
            bank: origin.bank.clone(),
            version: origin.version.clone(),
            question: item.question.id.clone(),
            domain: item.question.domain.clone(),
            module: item.question.module.clone(),
            at,
            day,
            occasion,
            picked: picked_texts(item, response),
            points,
            guessed: response.is_guessed(),
            flagged: response.is_flagged(),
            spent: response.spent(),
            change: change(item, response, points, origin.rules.multi_answer),
        })
        .collect()
}

/// The chosen options as they read.
pub fn picked_texts(item: &Item, response: &Response) -> Vec<Text> {
    response.picked().iter().filter_map(|&o| item.question.choice(o)).map(|c| c.text.clone()).collect()
}

/// What changing the first complete answer to one of `now` points brought; `None` if it was not changed.
pub fn change(item: &Item, response: &Response, now: f64, rule: MultiAnswer) -> Option<Change> {
    let before = points(&item.question, response.changed_from()?, rule);
    Some(match now.total_cmp(&before) {
        std::cmp::Ordering::Greater => Change::Better,
        std::cmp::Ordering::Less => Change::Worse,
        std::cmp::Ordering::Equal => Change::Same,
    })
}
