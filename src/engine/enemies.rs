//! Enemies: questions that must not stand in one paper, because one gives the other away or asks the same.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::question::Question;
use super::slug::Slug;

/// Who is whose enemy, both ways, whichever of the two says so.
pub struct Enemies<'q> {
    of: HashMap<&'q Slug, HashSet<&'q Slug>>,
}

impl<'q> Enemies<'q> {
    /// The enemies among `questions`.
    pub fn among(questions: &'q [Arc<Question>]) -> Self {
        let mut of: HashMap<&Slug, HashSet<&Slug>> = HashMap::new();
        for question in questions {
            for enemy in question.enemies.iter().filter(|enemy| **enemy != question.id) {
                of.entry(&question.id).or_default().insert(enemy);
                of.entry(enemy).or_default().insert(&question.id);
            }
        }
        Self { of }
    }

    /// The enemies of a question.
    pub fn of(&self, id: &Slug) -> impl Iterator<Item = &'q Slug> {
        self.of.get(id).into_iter().flatten().copied()
    }

    /// Adds the first `count` of `pool` to `chosen` that are no enemies of what is chosen; enemies only if no others are
    /// left.
    pub fn keep_apart(&self, pool: Vec<Arc<Question>>, count: usize, chosen: &mut Vec<Arc<Question>>) {
        let full = chosen.len() + count;
        let mut ids: HashSet<Slug> = chosen.iter().map(|q| q.id.clone()).collect();
        let mut passed_over = Vec::new();
        for question in pool {
            if chosen.len() == full {
                return;
            }
            if self.of(&question.id).any(|enemy| ids.contains(enemy)) {
                passed_over.push(question);
            } else {
                ids.insert(question.id.clone());
                chosen.push(question);
            }
        }
        let lacking = full - chosen.len();
        chosen.extend(passed_over.into_iter().take(lacking));
    }
}
