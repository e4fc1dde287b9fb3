//! A paper: the questions of one sitting, in their order, each with the order of its options.
//!
//! The paper holds the questions themselves, not references to a bank. A sitting can be resumed, marked and read years
//! later as it was seen, whatever has become of the bank since.

use std::sync::Arc;

use super::bank::{Bank, Domain, ExamRules, Module};
use super::question::{OptionId, Question};
use super::slug::Slug;
use super::text::Text;

/// One question of a paper, with its options in the order in which the examinee sees them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// The question as it was when the paper was drawn.
    pub question: Arc<Question>,
    /// Every option of the question once, in the order of the screen.
    pub order: Vec<OptionId>,
}

impl Item {
    /// The option that stands in `row` (from 0) on the screen.
    pub fn option_at(&self, row: usize) -> Option<OptionId> {
        self.order.get(row).copied()
    }
}

/// The letter of a row: A, B, …
pub fn letter(row: usize) -> char {
    char::from(b'A' + u8::try_from(row.min(25)).unwrap_or(25))
}

/// What of the bank a paper keeps beside its questions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    /// The bank's identifier.
    pub bank: Slug,
    /// The bank's name.
    pub title: Text,
    /// The bank's version.
    pub version: semver::Version,
    /// The content areas, for the result.
    pub domains: Vec<Domain>,
    /// The chapters, for the result.
    pub modules: Vec<Module>,
    /// How the paper is marked and what passes.
    pub rules: ExamRules,
}

impl Origin {
    /// What a paper drawn from `bank` keeps of it.
    pub fn of(bank: &Bank) -> Self {
        Self {
            bank: bank.id.clone(),
            title: bank.title.clone(),
            version: bank.version.clone(),
            domains: bank.domains.clone(),
            modules: bank.modules.iter().map(|m| Module { guide: None, ..m.clone() }).collect(),
            rules: bank.exam,
        }
    }
}

/// The questions of one sitting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paper {
    /// Where the questions come from.
    pub origin: Origin,
    /// The number from which the paper was drawn.
    pub seed: u64,
    /// Whether the draw ignored what the student had seen and answered, so that the seed (with the same filter) gives
    /// this paper again.
    pub seed_alone: bool,
    /// The filter that chose the questions it was drawn from, as it is printed; `None`: all, as the exam is.
    pub among: Option<Text>,
    /// The questions, in the order of the paper.
    pub items: Vec<Item>,
}
