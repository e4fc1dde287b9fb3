//! Answers counted by day, so that no figure of progress costs more when the history grows.

use std::time::Duration;

use super::answer::{Answered, Change, Occasion};
use super::day::Day;
use super::slug::Slug;

/// What answers are counted by.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Group {
    /// The study day.
    pub day: Day,
    /// The content area.
    pub domain: Slug,
    /// The chapter.
    pub module: Option<Slug>,
    /// Where they were given.
    pub occasion: Occasion,
    /// Whether they were the first to their questions.
    pub first: bool,
}

impl Group {
    /// The group of an answer. `first` tells whether it is the first to its question.
    pub fn of(answer: &Answered, first: bool) -> Self {
        Self {
            day: answer.day,
            domain: answer.domain.clone(),
            module: answer.module.clone(),
            occasion: answer.occasion,
            first,
        }
    }
}

/// Counted answers.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Count {
    /// How many.
    pub answers: u32,
    /// How many of them were wholly right.
    pub right: u32,
    /// Their points.
    pub points: f64,
    /// Their time.
    pub spent: Duration,
    /// How many were marked as guesses.
    pub guessed: u32,
    /// How many of the guesses were wholly right.
    pub guessed_right: u32,
    /// Answers that were changed for the better.
    pub better: u32,
    /// Answers that were changed for the worse.
    pub worse: u32,
}

impl Count {
    /// One answer.
    pub fn of(answer: &Answered) -> Self {
        let yes = u32::from;
        Self {
            answers: 1,
            right: yes(answer.is_right()),
            points: answer.points,
            spent: answer.spent,
            guessed: yes(answer.guessed),
            guessed_right: yes(answer.guessed && answer.is_right()),
            better: yes(answer.change == Some(Change::Better)),
            worse: yes(answer.change == Some(Change::Worse)),
        }
    }

    /// Both together.
    pub fn and(self, other: Self) -> Self {
        Self {
            answers: self.answers + other.answers,
            right: self.right + other.right,
            points: self.points + other.points,
            spent: self.spent + other.spent,
            guessed: self.guessed + other.guessed,
            guessed_right: self.guessed_right + other.guessed_right,
            better: self.better + other.better,
            worse: self.worse + other.worse,
        }
    }
}
