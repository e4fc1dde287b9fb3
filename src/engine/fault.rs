//! A question that a student reports as faulty, for its author.

use super::slug::Slug;
use super::text::Text;
use super::time::Wall;

/// A report. A student has at most one on a question; a new one takes the place of the old.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The bank.
    pub bank: Slug,
    /// The bank's version in which the question was seen.
    pub version: semver::Version,
    /// The question.
    pub question: Slug,
    /// When it was reported.
    pub at: Wall,
    /// The answer that was given, as the options read; `None` if none was.
    pub picked: Option<Vec<Text>>,
    /// What is wrong with it.
    pub reason: Text,
}
