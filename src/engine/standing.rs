//! Where a student stands with a question: what was answered so far, and whether it is in the mistakes book.

use std::time::Duration;

use super::answer::{Answered, Occasion};
use super::day::Day;
use super::time::Wall;

/// On so many different days a missed question must be answered right until it leaves the mistakes book.
pub const DAYS_TO_LEAVE: u8 = 2;

/// A question's entry in the mistakes book.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mistake {
    /// The day on which it was last missed.
    pub missed: Day,
    /// On how many different days it was answered right since then.
    pub right_days: u8,
    /// The last of those days.
    pub last_right: Option<Day>,
}

/// What a student has done with a question so far.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    /// How many answers were given.
    pub answers: u32,
    /// How many of them were wholly right, guesses among them.
    pub right: u32,
    /// Whether the last one was wholly right.
    pub last_right: bool,
    /// Whether the last one was a guess.
    pub last_guessed: bool,
    /// Whether there is a flag on the question.
    pub flagged: bool,
    /// When the last one was given.
    pub last_at: Wall,
    /// The study day of that.
    pub last_day: Day,
    /// The time of the last answer.
    pub last_spent: Duration,
    /// The time of all answers.
    pub spent: Duration,
    /// The entry in the mistakes book, if it is there.
    pub mistake: Option<Mistake>,
}

impl Standing {
    /// Where the student stands after `answer`. A missed question enters the mistakes book; it leaves when it was
    /// answered right on [`DAYS_TO_LEAVE`] different days after that. A guess that was right takes it nowhere.
    pub fn after(self, answer: &Answered) -> Self {
        Self {
            answers: self.answers.saturating_add(1),
            right: self.right.saturating_add(u32::from(answer.is_right())),
            last_right: answer.is_right(),
            last_guessed: answer.guessed,
            flagged: is_flagged(self.flagged, answer),
            last_at: answer.at,
            last_day: answer.day,
            last_spent: answer.spent,
            spent: self.spent.saturating_add(answer.spent),
            mistake: book(self.mistake, answer),
        }
    }

    /// Whether the student was right the last time without guessing, and the question is not in the mistakes book.
    pub fn is_known(&self) -> bool {
        self.answers > 0 && self.last_right && !self.last_guessed && self.mistake.is_none()
    }

    /// The mean time of an answer.
    pub fn mean_spent(&self) -> Duration {
        self.spent / self.answers.max(1)
    }
}

/// Whether there is a flag after `answer`. A drill shows the flag that there was, so that what it says holds; a mock exam
/// begins without flags, as in a test centre, and takes none away.
fn is_flagged(before: bool, answer: &Answered) -> bool {
    match answer.occasion {
        Occasion::Drill | Occasion::Sprint => answer.flagged,
        Occasion::Exam | Occasion::Tutor => before || answer.flagged,
    }
}

/// The entry in the mistakes book after `answer`.
fn book(entry: Option<Mistake>, answer: &Answered) -> Option<Mistake> {
    if !answer.is_right() {
        return Some(Mistake { missed: answer.day, right_days: 0, last_right: None });
    }
    let entry = entry?;
    if answer.guessed || entry.last_right == Some(answer.day) {
        return Some(entry);
    }
    let right_days = entry.right_days + 1;
    (right_days < DAYS_TO_LEAVE).then_some(Mistake { right_days, last_right: Some(answer.day), ..entry })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::engine::answer::AnswerId;
    use crate::engine::slug::Slug;

    fn answer(day: i32, right: bool, guessed: bool) -> Answered {
        let slug = |s| Slug::new(s).expect("a slug");
        Answered {
            id: AnswerId::Alone(uuid::Uuid::nil()),
            bank: slug("harbour"),
            version: semver::Version::new(1, 0, 0),
            question: slug("ebb"),
            domain: slug("tides"),
            module: None,
            at: Wall(i64::from(day) * 86_400),
            day: Day(day),
            occasion: Occasion::Drill,
            picked: Vec::new(),
            points: f64::from(u8::from(right)),
            guessed,
            flagged: false,
            spent: Duration::from_secs(30),
            change: None,
        }
    }

    fn after(answers: &[(i32, bool, bool)]) -> Standing {
        answers.iter().fold(Standing::default(), |s, &(day, right, guessed)| s.after(&answer(day, right, guessed)))
    }

    #[test]
    fn a_missed_question_leaves_the_book_when_it_was_right_on_two_different_days() {
        assert!(after(&[(1, true, false)]).mistake.is_none(), "what was never missed is not in it");
        let missed = after(&[(1, false, false)]);
        assert_eq!(missed.mistake, Some(Mistake { missed: Day(1), right_days: 0, last_right: None }));
        assert_eq!(
            after(&[(1, false, false), (1, true, false), (1, true, false)]).mistake.map(|m| m.right_days),
            Some(1)
        );
        assert!(after(&[(1, false, false), (1, true, false), (2, true, false)]).mistake.is_none());
        let again = after(&[(1, false, false), (1, true, false), (2, false, false), (3, true, false)]);
        assert_eq!(again.mistake.map(|m| (m.missed, m.right_days)), Some((Day(2), 1)), "a new miss begins anew");
    }

    #[test]
    fn a_right_guess_is_not_known_and_leads_nowhere() {
        let s = after(&[(1, false, false), (2, true, true), (3, true, true)]);
        assert_eq!(s.mistake.map(|m| m.right_days), Some(0));
        assert!(!after(&[(1, true, true)]).is_known() && after(&[(1, true, false)]).is_known());
    }

    /// Nothing takes a flag away but the student, in a drill, where it is seen.
    #[test]
    fn a_flag_stays_until_it_is_taken_off_in_a_drill() {
        let flags = |answers: &[(Occasion, bool)]| {
            let each = |&(occasion, flagged)| Answered { occasion, flagged, ..answer(1, true, false) };
            answers.iter().map(each).fold(Standing::default(), |s, answer| s.after(&answer)).flagged
        };
        use Occasion::{Drill, Exam, Sprint, Tutor};
        assert!(flags(&[(Drill, true)]) && flags(&[(Exam, true)]) && !flags(&[(Exam, false)]));
        assert!(flags(&[(Drill, true), (Exam, false), (Tutor, false)]) && flags(&[(Sprint, false), (Tutor, true)]));
        assert!(!flags(&[(Exam, true), (Drill, false)]) && !flags(&[(Drill, true), (Sprint, false), (Exam, false)]));
    }

    proptest! {
        #[test]
        fn a_question_is_in_the_book_exactly_if_it_was_not_right_on_two_days_since_its_last_miss(
            answers in prop::collection::vec((0i32..4, any::<bool>(), any::<bool>()), 0..12),
        ) {
            let mut answers = answers;
            answers.sort_by_key(|a| a.0);
            let s = after(&answers);
            let expected = answers.iter().rposition(|a| !a.1).is_some_and(|at| {
                let mut days: Vec<i32> = answers[at..].iter().filter(|a| a.1 && !a.2).map(|a| a.0).collect();
                days.dedup();
                days.len() < usize::from(DAYS_TO_LEAVE)
            });
            prop_assert_eq!(s.mistake.is_some(), expected);
            prop_assert_eq!(s.answers as usize, answers.len());
        }
    }
}
