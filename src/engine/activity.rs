//! Days of study: what was done on each, and how many came one after the other.

use std::collections::BTreeMap;

use super::day::Day;
use super::learner::Learner;
use super::review::{CardState, Phase};

/// What was done on a day.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Work {
    /// Questions answered, of all banks.
    pub answers: u32,
    /// Of them, wholly right.
    pub right: u32,
    /// Cards graded.
    pub grades: u32,
}

impl Work {
    /// Answers and grades together.
    pub fn all(self) -> u32 {
        self.answers.saturating_add(self.grades)
    }
}

/// The days on which something was done.
pub type Calendar = BTreeMap<Day, Work>;

/// All days of study: `grades` says how many cards were graded on a day.
pub fn calendar(learner: &Learner, grades: &BTreeMap<Day, u32>) -> Calendar {
    let mut calendar = Calendar::new();
    for (&day, count) in learner.trails.values().flat_map(|t| &t.sums.days) {
        let work = calendar.entry(day).or_default();
        work.answers = work.answers.saturating_add(count.answers);
        work.right = work.right.saturating_add(count.right);
    }
    for (&day, &grades) in grades.iter().filter(|(_, grades)| **grades > 0) {
        calendar.entry(day).or_default().grades = grades;
    }
    calendar
}

/// Days of study one after the other.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Streak {
    /// Up to today, or up to yesterday as long as today may still be one.
    pub days: u32,
    /// The most there ever were.
    pub longest: u32,
}

/// The streak on `today`. Days to come, on which the clock was wrong, are none of it.
pub fn streak(calendar: &Calendar, today: Day) -> Streak {
    let (mut run, mut longest, mut before) = (0, 0, None::<Day>);
    for (&day, _) in calendar.range(..=today.latest()) {
        run = if before.is_some_and(|b| b.plus(1) == day) { run + 1 } else { 1 };
        longest = longest.max(run);
        before = Some(day);
    }
    let goes_on = before.is_some_and(|last| last >= today || last.plus(1) == today);
    Streak { days: if goes_on { run } else { 0 }, longest }
}

/// How many cards come due on `today` and the days after it, `days` in all, as their schedule stands. What is overdue
/// is due today. New cards and suspended ones are not in it, and reviews to come move those after them.
pub fn due_by_day<'c>(cards: impl Iterator<Item = &'c CardState>, today: Day, days: usize) -> Vec<usize> {
    let mut due = vec![0; days];
    for card in cards.filter(|c| !c.suspended && c.phase != Phase::New) {
        let day = card.due_day.max(card.buried_until.unwrap_or(card.due_day));
        if let Some(count) = due.get_mut(day.since(today) as usize) {
            *count += 1;
        }
    }
    due
}

#[cfg(test)]
mod tests {
    use super::*;

    fn days(days: &[i32]) -> Calendar {
        days.iter().map(|&d| (Day(d), Work { answers: 1, ..Work::default() })).collect()
    }

    #[test]
    fn a_streak_lasts_until_a_whole_day_went_by_without_study() {
        let studied = days(&[1, 2, 3, 7, 8]);
        assert_eq!(streak(&studied, Day(8)), Streak { days: 2, longest: 3 });
        assert_eq!(streak(&studied, Day(9)), Streak { days: 2, longest: 3 }, "today may still be a day of study");
        assert_eq!(streak(&studied, Day(10)), Streak { days: 0, longest: 3 });
        assert_eq!(streak(&studied, Day(7)).days, 2, "who travels west loses nothing");
        assert_eq!(streak(&days(&[1, 2, 3, 9000]), Day(3)), Streak { days: 3, longest: 3 }, "the clock was wrong once");
        assert_eq!(streak(&Calendar::new(), Day(5)), Streak::default());
    }

    #[test]
    fn the_forecast_counts_each_learned_card_on_its_day() {
        let card = |due: i32| CardState { phase: Phase::Review, due_day: Day(due), ..CardState::default() };
        let cards = [
            card(3),
            card(10),
            card(12),
            card(40),
            CardState { suspended: true, ..card(10) },
            CardState { buried_until: Some(Day(11)), ..card(10) },
            CardState::default(),
        ];
        assert_eq!(due_by_day(cards.iter(), Day(10), 4), [2, 1, 1, 0]);
    }
}
