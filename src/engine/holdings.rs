//! What a bank holds, counted once: neither a screen nor an answer goes through a hundred thousand questions again.

use std::collections::HashMap;
use std::sync::Arc;

use super::bank::Bank;
use super::question::Question;
use super::slug::Slug;

/// How many questions a bank has of what, and where they are in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Holdings {
    /// How many questions count for each content area, in the bank's order.
    pub domains: Vec<usize>,
    /// How many are of each chapter, in the bank's order.
    pub modules: Vec<usize>,
    places: HashMap<Slug, usize>,
}

impl Holdings {
    /// Counts the questions of `bank`.
    pub fn of(bank: &Bank) -> Self {
        let (mut domains, mut modules): (HashMap<&Slug, usize>, HashMap<&Slug, usize>) = Default::default();
        let mut places = HashMap::with_capacity(bank.questions.len());
        for (place, question) in bank.questions.iter().enumerate() {
            *domains.entry(&question.domain).or_default() += 1;
            question.module.iter().for_each(|module| *modules.entry(module).or_default() += 1);
            places.insert(question.id.clone(), place);
        }
        let of = |counted: &HashMap<&Slug, usize>, id: &Slug| counted.get(id).copied().unwrap_or(0);
        Self {
            domains: bank.domains.iter().map(|d| of(&domains, &d.id)).collect(),
            modules: bank.modules.iter().map(|m| of(&modules, &m.id)).collect(),
            places,
        }
    }

    /// The place of a question in the bank, if it is there.
    pub fn place(&self, question: &Slug) -> Option<usize> {
        self.places.get(question).copied()
    }

    /// The question of `bank`, which must be the one that was counted.
    pub fn question<'b>(&self, bank: &'b Bank, question: &Slug) -> Option<&'b Arc<Question>> {
        bank.questions.get(self.place(question)?)
    }
}
