//! A question as a drill shows it: a sitting of one question with tutor feedback, and its log.

use std::sync::Arc;
use std::time::Duration;

use crate::engine::bank::Bank;
use crate::engine::exam::{Conditions, Entry, Exam, Feedback, Response, Step};
use crate::engine::paper::{Item, Origin, Paper};
use crate::engine::question::{OptionId, Question};
use crate::engine::time::Allowance;

use super::kept::KeptShowing;

/// The longest that a question takes without a limit: who is longer at it has gone away.
pub const LONGEST: Duration = Duration::from_secs(600);

/// A question that is shown, and what was done with it.
#[derive(Clone, Debug, PartialEq)]
pub struct Showing {
    exam: Exam,
    log: Vec<Entry>,
}

impl Showing {
    /// The question with its options in this order, untouched. There is always one; the sitting's own rule is that a
    /// paper without questions cannot be sat.
    pub fn new(bank: &Bank, question: Arc<Question>, order: Vec<OptionId>) -> Option<Self> {
        let items = vec![Item { question, order }];
        let paper = Paper { origin: Origin::of(bank), seed: 0, seed_alone: false, among: None, items };
        let conditions = Conditions { feedback: Feedback::Tutor, limit: None, allowance: Allowance::Untimed };
        Exam::start(paper, conditions).map(|exam| Self { exam, log: Vec::new() })
    }

    pub(super) fn apply(&mut self, step: Step) -> bool {
        let entry = Entry { used: self.exam.used(), step };
        let changed = self.exam.apply(step);
        if changed {
            self.log.push(entry);
        }
        changed
    }

    pub(super) fn reveal(&mut self) -> bool {
        self.apply(Step::Reveal)
    }

    pub(super) fn elapse(&mut self, time: Duration) {
        self.exam.elapse(time);
    }

    /// The question with the order of its options.
    pub fn item(&self) -> &Item {
        self.exam.item()
    }

    /// What was done with it.
    pub fn response(&self) -> &Response {
        self.exam.response()
    }

    /// Whether as many options are chosen as are asked for.
    pub fn is_complete(&self) -> bool {
        self.exam.is_complete(0)
    }

    /// Whether the answer was given, and is final.
    pub fn is_answered(&self) -> bool {
        self.response().is_revealed()
    }

    /// Whether exactly the keys are chosen.
    pub fn is_right(&self) -> bool {
        let keys = &self.item().question;
        keys.options().filter(|&o| keys.is_key(o)).eq(self.response().picked().iter().copied())
    }

    /// What was done with it, with the time used before each step.
    pub fn log(&self) -> &[Entry] {
        &self.log
    }

    /// What must be kept to show it again as it is.
    pub fn keep(&self) -> KeptShowing {
        let item = self.item();
        KeptShowing {
            question: item.question.id.clone(),
            stem: item.question.stem.clone(),
            options: item.question.choices.iter().map(|c| c.text.clone()).collect(),
            order: item.order.clone(),
            log: self.log.clone(),
            used: self.exam.used(),
        }
    }

    /// The question as it was kept; `None` if it is not in the bank any more, or reads otherwise now.
    pub fn restore(kept: &KeptShowing, bank: &Bank) -> Option<Self> {
        let question = bank.questions.iter().find(|q| q.id == kept.question)?;
        let same = question.stem == kept.stem && question.choices.iter().map(|c| &c.text).eq(&kept.options);
        let mut sorted = kept.order.clone();
        sorted.sort_unstable();
        if !same || !sorted.into_iter().eq(question.options()) {
            return None;
        }
        let mut showing = Self::new(bank, question.clone(), kept.order.clone())?;
        for entry in &kept.log {
            showing.elapse(entry.used.saturating_sub(showing.exam.used()));
            if !showing.apply(entry.step) {
                return None; // it asks for another number of options now
            }
        }
        showing.elapse(kept.used.saturating_sub(showing.exam.used()));
        Some(showing)
    }
}
