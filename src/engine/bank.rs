//! A question bank: questions with the blueprint of the exam they are for.

use std::sync::Arc;
use std::time::Duration;

use super::guide::{Guide, GuideRef};
use super::question::Question;
use super::slug::Slug;
use super::text::Text;

/// How multi-answer questions are marked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum MultiAnswer {
    /// One point if exactly the keys are chosen, else none.
    #[default]
    AllOrNothing,
    /// (right chosen − wrong chosen) / keys, never below zero.
    Partial,
}

impl MultiAnswer {
    /// The word in the file format and in the store.
    pub const fn label(self) -> &'static str {
        match self {
            MultiAnswer::AllOrNothing => "all-or-nothing",
            MultiAnswer::Partial => "partial",
        }
    }

    /// The rule that the file format calls `word`.
    pub fn from_label(word: &str) -> Option<Self> {
        [MultiAnswer::AllOrNothing, MultiAnswer::Partial].into_iter().find(|m| m.label() == word)
    }
}

/// A content area of the exam.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Domain {
    /// Its identifier.
    pub id: Slug,
    /// Its name.
    pub title: Text,
    /// Its share of the exam; shares need not sum to 100.
    pub weight: u32,
}

/// A chapter of the course.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Module {
    /// Its identifier.
    pub id: Slug,
    /// Its name.
    pub title: Text,
    /// Its guide, if it has one that can be read. A paper keeps none.
    pub guide: Option<Arc<Guide>>,
}

/// The exam that a bank is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ExamRules {
    /// How many questions a full exam has.
    pub questions: usize,
    /// How many minutes it takes.
    pub minutes: u32,
    /// The share of points that passes, in percent.
    pub pass_percent: u32,
    /// How multi-answer questions are marked.
    pub multi_answer: MultiAnswer,
}

impl ExamRules {
    /// The exam's time for one question.
    pub fn pace(&self) -> Duration {
        Duration::from_secs(u64::from(self.minutes) * 60) / u32::try_from(self.questions.max(1)).unwrap_or(u32::MAX)
    }
}

/// A bank as a student may sit it. Ids are unique, every question's domain and module are listed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bank {
    /// Its identifier; a student's history hangs on it.
    pub id: Slug,
    /// Its name.
    pub title: Text,
    /// Its version (semver).
    pub version: semver::Version,
    /// The language of its texts, as a BCP 47 tag.
    pub language: Option<Text>,
    /// Who wrote it.
    pub authors: Vec<Text>,
    /// Under which licence it may be shared.
    pub license: Option<Text>,
    /// What it is, in a sentence or two.
    pub description: Option<Text>,
    /// Shown before every exam.
    pub notice: Option<Text>,
    /// The exam it is for.
    pub exam: ExamRules,
    /// Its content areas, in the author's order.
    pub domains: Vec<Domain>,
    /// Its chapters, in the author's order.
    pub modules: Vec<Module>,
    /// Its questions.
    pub questions: Vec<Arc<Question>>,
}

impl Bank {
    /// How many questions count for `domain`.
    pub fn stock(&self, domain: &Slug) -> usize {
        self.questions.iter().filter(|q| q.domain == *domain).count()
    }

    /// The guide of `module`, if it has one.
    pub fn guide(&self, module: &Slug) -> Option<&Arc<Guide>> {
        self.modules.iter().find(|m| m.id == *module)?.guide.as_ref()
    }

    /// The questions that `section` of a module's guide explains.
    pub fn explained_by(&self, section: &GuideRef) -> impl Iterator<Item = &Arc<Question>> {
        self.questions.iter().filter(move |q| q.guide.as_ref() == Some(section))
    }
}
