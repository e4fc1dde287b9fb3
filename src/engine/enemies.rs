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

    /// The pairs of enemies that stand together in `questions`, in that order.
    pub fn meeting<'c>(&self, questions: impl Iterator<Item = &'c Question>) -> Vec<(Slug, Slug)> {
        let mut before: HashSet<&Slug> = HashSet::new();
        let mut pairs = Vec::new();
        for question in questions {
            let mut met: Vec<&Slug> = self.of(&question.id).filter(|enemy| before.contains(*enemy)).collect();
            met.sort();
            pairs.extend(met.into_iter().map(|enemy| (enemy.clone(), question.id.clone())));
            before.insert(&question.id);
        }
        pairs
    }

    /// The most of `pool` that can be kept apart, or more than that: each group in which all are each other's enemies gives
    /// one. (The groups are a cover of the graph by cliques, found greedily; no independent set is larger than one.)
    pub fn apart(&self, pool: &[Arc<Question>]) -> usize {
        let mut groups: Vec<Vec<&Slug>> = Vec::new();
        let mut group_of: HashMap<&Slug, usize> = HashMap::new();
        let (hostile, peaceful): (Vec<_>, Vec<_>) = pool.iter().partition(|q| self.of.contains_key(&q.id));
        for question in hostile {
            let own: HashSet<&Slug> = self.of(&question.id).collect();
            let mut near: Vec<usize> = own.iter().filter_map(|enemy| group_of.get(enemy).copied()).collect();
            near.sort_unstable();
            let joined = near.into_iter().find(|&at| groups[at].iter().all(|member| own.contains(member)));
            let at = joined.unwrap_or(groups.len());
            if joined.is_none() {
                groups.push(Vec::new());
            }
            groups[at].push(&question.id);
            group_of.insert(&question.id, at);
        }
        groups.len() + peaceful.len()
    }
}
