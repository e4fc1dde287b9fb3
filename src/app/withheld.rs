//! Questions whose answers are not shown yet: those of exams that wait and show their answers at the end. Whoever met one
//! elsewhere with its answer would go on with another exam than was begun.

use std::collections::HashSet;

use crate::engine::slug::Slug;

use super::model::Model;

/// What is said where such a question is looked at.
pub const WHY: &str = "It stands in your unfinished exam: its answer is shown when that has ended.";

/// The questions of a bank that are withheld.
pub fn of(m: &Model, bank: &Slug) -> HashSet<Slug> {
    let waiting = m.waiting().filter(|exam| exam.bank == *bank);
    waiting.flat_map(|exam| exam.withheld.iter().cloned()).collect()
}

/// Whether this question is.
pub fn is(m: &Model, bank: &Slug, question: &Slug) -> bool {
    m.waiting().any(|exam| exam.bank == *bank && exam.withheld.contains(question))
}
