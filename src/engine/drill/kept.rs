//! What is kept of a drill that waits. It holds no question, but how each one read: a question that was taken out or
//! revised meanwhile is not gone on with.

use std::time::Duration;

use crate::engine::exam::Entry;
use crate::engine::question::OptionId;
use crate::engine::slug::Slug;
use crate::engine::text::Text;

use super::Course;

/// A drill that waits.
#[derive(Clone, Debug, PartialEq)]
pub struct Kept {
    /// How far it has come.
    pub course: Course,
    /// The questions that were answered.
    pub answered: Vec<KeptShowing>,
    /// The open question.
    pub open: Option<KeptShowing>,
}

/// A question that was shown.
#[derive(Clone, Debug, PartialEq)]
pub struct KeptShowing {
    /// The question.
    pub question: Slug,
    /// What was asked.
    pub stem: Text,
    /// How its options read, in the author's order.
    pub options: Vec<Text>,
    /// The order in which they were shown.
    pub order: Vec<OptionId>,
    /// What was done with it.
    pub log: Vec<Entry>,
    /// The time spent on it.
    pub used: Duration,
}
