//! What is known of a student's way through a bank's questions.

use std::collections::HashMap;
use std::time::Duration;

use super::answer::Answered;
use super::fault::Fault;
use super::filter::About;
use super::slug::Slug;
use super::standing::Standing;
use super::sums::Sums;
use super::tally::{Count, Group};
use super::text::Text;

/// What a student has put on a question.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mark {
    /// Whether there is a bookmark.
    pub bookmarked: bool,
    /// The student's own note.
    pub note: Option<Text>,
}

/// A student's way through the questions of one bank.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Trail {
    /// Where the student stands with each question that was answered.
    pub standings: HashMap<Slug, Standing>,
    /// What the student has put on questions.
    pub marks: HashMap<Slug, Mark>,
    /// The questions that the student has reported as faulty.
    pub faults: HashMap<Slug, Fault>,
    /// All answers, added up.
    pub sums: Sums,
}

impl Trail {
    /// What a filter asks of a question; `pace` is the exam's time for one.
    pub fn about(&self, question: &Slug, pace: Duration) -> About<'_> {
        About { standing: self.standings.get(question), mark: self.marks.get(question), pace }
    }

    /// Takes in an answer.
    pub fn take(&mut self, answer: &Answered) {
        let standing = self.standings.entry(answer.question.clone()).or_default();
        let first = standing.answers == 0;
        *standing = standing.after(answer);
        self.sums.add(&Group::of(answer, first), &Count::of(answer), answer.day);
    }
}

/// A student's way through all banks.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Learner {
    /// By bank. A bank that no question of was ever answered or marked is not here.
    pub trails: HashMap<Slug, Trail>,
}

impl Learner {
    /// The way through `bank`, if it was begun.
    pub fn trail(&self, bank: &Slug) -> Option<&Trail> {
        self.trails.get(bank)
    }

    /// The way through `bank`, to change.
    pub fn trail_mut(&mut self, bank: &Slug) -> &mut Trail {
        self.trails.entry(bank.clone()).or_default()
    }

    /// Takes in an answer.
    pub fn take(&mut self, answer: &Answered) {
        self.trail_mut(&answer.bank).take(answer);
    }

    /// Where the student stands with a question; `None` if it was never answered.
    pub fn standing(&self, bank: &Slug, question: &Slug) -> Option<&Standing> {
        self.trail(bank)?.standings.get(question)
    }

    /// What the student has put on a question.
    pub fn mark(&self, bank: &Slug, question: &Slug) -> Option<&Mark> {
        self.trail(bank)?.marks.get(question)
    }
}
