//! What answers still say of what a student can do today: old ones fade, repeats count little.

use super::day::Day;
use super::tally::Count;

/// After so many days an answer counts half as much.
pub const HALF_LIFE: u32 = 60;

/// What an answer to a question counts that was answered before. It may show that the student knows the field, or only
/// that the student remembers the question.
pub const REPEAT: f64 = 0.1;

/// Answers in one content area, each weighed. An answer of today to a new question counts one.
///
/// As the weight falls by the same factor each day, a sum of weights ages as a whole, and no answer need be looked at
/// again.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Evidence {
    /// The points gained, weighed.
    gained: f64,
    /// The points missed, weighed.
    missed: f64,
    /// The same sum with the fading squared: what the weights cost in certainty.
    squared: f64,
    /// The day for which the weights hold.
    day: Day,
}

impl Evidence {
    /// Adds a day's answers. `first` tells whether they are the first to their questions. The order does not matter.
    pub fn add(&mut self, day: Day, first: bool, count: &Count) {
        *self = self.on(day.max(self.day));
        let fade = fade(self.day.since(day));
        let share = if first { 1.0 } else { REPEAT };
        let answers = f64::from(count.answers);
        self.gained += share * fade * count.points;
        self.missed += share * fade * (answers - count.points).max(0.0);
        self.squared += share * fade * fade * answers;
    }

    /// What the answers count on `day`. They never count more again if the clock was set back.
    pub fn on(self, day: Day) -> Self {
        let fade = fade(day.since(self.day));
        Self {
            gained: self.gained * fade,
            missed: self.missed * fade,
            squared: self.squared * fade * fade,
            day: self.day.max(day),
        }
    }

    /// How many answers of today to new questions would weigh as much.
    pub fn weight(self) -> f64 {
        self.gained + self.missed
    }

    /// Points gained and missed, as many as would leave the same uncertainty if all answers counted the same: by the
    /// effective number of answers, which is the square of the sum of weights over the sum of their squares (Kish,
    /// 1965), put in place of the number as Korn and Graubard (1998) do for shares.
    pub fn effective(self) -> (f64, f64) {
        let scale = if self.squared > 0.0 { self.weight() / self.squared } else { 0.0 };
        (self.gained * scale, self.missed * scale)
    }
}

/// What an answer counts after so many days.
fn fade(days: u32) -> f64 {
    (-f64::from(days) / f64::from(HALF_LIFE)).exp2()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn count(answers: u32, points: f64) -> Count {
        Count { answers, points, ..Count::default() }
    }

    #[test]
    fn old_answers_fade_and_repeats_count_a_tenth() {
        let mut e = Evidence::default();
        e.add(Day(100), true, &count(4, 3.0));
        e.add(Day(100), false, &count(10, 5.0));
        assert_eq!((e.gained, e.missed, e.effective()), (3.5, 1.5, (3.5, 1.5)));
        let later = e.on(Day(100).plus(HALF_LIFE));
        assert_eq!((later.gained, later.missed), (1.75, 0.75));
        assert_eq!(later.on(Day(3)), later, "a clock set back makes nothing young again");
    }

    #[test]
    fn new_answers_outweigh_old_ones_and_the_effective_number_lies_between() {
        let mut e = Evidence::default();
        e.add(Day(100), true, &count(40, 0.0));
        e.add(Day(100).plus(HALF_LIFE), true, &count(40, 40.0));
        assert_eq!((e.gained, e.missed, e.weight()), (40.0, 20.0, 60.0));
        let (gained, missed) = e.effective();
        assert!((gained / missed - 2.0).abs() < 1e-9 && (gained + missed - 72.0).abs() < 1e-9);
    }

    #[test]
    fn answers_so_old_that_nothing_is_left_of_them_count_nothing() {
        let mut e = Evidence::default();
        e.add(Day(0), true, &count(40, 40.0));
        assert_eq!(e.on(Day(i32::MAX)).effective(), (0.0, 0.0));
    }

    proptest! {
        #[test]
        fn the_order_in_which_answers_come_does_not_matter(
            answers in prop::collection::vec((0i32..400, any::<bool>(), 1u32..9), 1..20),
        ) {
            let sum = |order: &[(i32, bool, u32)]| {
                let mut e = Evidence::default();
                for &(day, first, n) in order {
                    e.add(Day(day), first, &count(n, f64::from(n) / 2.0));
                }
                e.on(Day(400))
            };
            let (there, mut back) = (answers.clone(), answers);
            back.reverse();
            let (a, b) = (sum(&there), sum(&back));
            prop_assert!((a.weight() - b.weight()).abs() < 1e-9);
            prop_assert!((a.effective().0 - b.effective().0).abs() < 1e-9);
        }
    }
}
