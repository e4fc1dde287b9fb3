//! Answers added up, so that no figure of progress goes through the history, however long it is.

use std::collections::{BTreeMap, HashMap};

use super::day::Day;
use super::evidence::Evidence;
use super::slug::Slug;
use super::tally::{Count, Group};

/// The answers in a content area or a chapter.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Area {
    /// All of them.
    pub count: Count,
    /// How many were the first to their questions.
    pub first: u32,
    /// What they still say of today.
    pub evidence: Evidence,
}

/// A bank's answers, added up.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sums {
    /// All answers.
    pub total: Count,
    /// By study day.
    pub days: BTreeMap<Day, Count>,
    /// By content area.
    pub domains: HashMap<Slug, Area>,
    /// By chapter.
    pub modules: HashMap<Slug, Area>,
}

impl Sums {
    /// Adds the answers of a group. One that is dated later than `today` was given while the clock was wrong: it keeps its
    /// date, and says as much as one of today. Else all that came before it would look old for years.
    pub fn add(&mut self, group: &Group, count: &Count, today: Day) {
        self.total = self.total.and(*count);
        let day = self.days.entry(group.day).or_default();
        *day = day.and(*count);
        let day = group.day.min(today.latest());
        add(&mut self.domains, &group.domain, day, group.first, count);
        if let Some(module) = &group.module {
            add(&mut self.modules, module, day, group.first, count);
        }
    }
}

fn add(areas: &mut HashMap<Slug, Area>, id: &Slug, day: Day, first: bool, count: &Count) {
    let area = areas.entry(id.clone()).or_default();
    area.count = area.count.and(*count);
    area.first += if first { count.answers } else { 0 };
    area.evidence.add(day, first, count);
}
