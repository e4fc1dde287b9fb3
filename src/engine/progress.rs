//! What a student's way through a bank comes to, in figures. Screens and commands show these and work out none.

use std::cmp::Reverse;
use std::sync::Arc;
use std::time::Duration;

use super::bank::Bank;
use super::holdings::Holdings;
use super::interval::Share;
use super::learner::Trail;
use super::question::Question;
use super::slug::Slug;
use super::standing::Standing;
use super::sums::{self, Sums};
use super::tally::Count;
use super::text::Text;

/// How many of the slowest questions are named.
pub const SLOWEST: usize = 10;

/// A student's way through a bank.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Figures {
    /// All answers, also to questions that the bank has no more.
    pub total: Count,
    /// How many of the bank's questions were answered at least once.
    pub seen: Seen,
    /// By content area, in the bank's order.
    pub domains: Vec<Area>,
    /// By chapter, in the bank's order.
    pub modules: Vec<Area>,
}

/// So many questions seen of all that there are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Seen {
    /// Answered at least once.
    pub seen: usize,
    /// Of how many.
    pub of: usize,
}

/// A content area or a chapter.
#[derive(Clone, Debug, PartialEq)]
pub struct Area {
    /// Its identifier.
    pub id: Slug,
    /// Its name.
    pub title: Text,
    /// Wholly right answers of all.
    pub share: Share,
    /// How many of its questions were seen.
    pub seen: Seen,
    /// The mean time of an answer; `None` without one.
    pub pace: Option<Duration>,
}

/// A question that takes long.
#[derive(Clone, Debug, PartialEq)]
pub struct Slow {
    /// The question.
    pub question: Arc<Question>,
    /// The mean time of an answer.
    pub pace: Duration,
    /// Wholly right answers of all.
    pub share: Share,
}

/// The figures of a bank that holds `held`.
pub fn figures(bank: &Bank, held: &Holdings, sums: &Sums) -> Figures {
    let area = |id: &Slug, title: &Text, counted: Option<&sums::Area>, of: usize| {
        let counted = counted.copied().unwrap_or_default();
        Area {
            id: id.clone(),
            title: title.clone(),
            share: share(&counted.count),
            seen: seen_of(&counted, of),
            pace: pace(&counted.count),
        }
    };
    let domains = bank.domains.iter().zip(&held.domains);
    let modules = bank.modules.iter().zip(&held.modules);
    Figures {
        total: sums.total,
        seen: seen(bank, held, sums),
        domains: domains.map(|(d, of)| area(&d.id, &d.title, sums.domains.get(&d.id), *of)).collect(),
        modules: modules.map(|(m, of)| area(&m.id, &m.title, sums.modules.get(&m.id), *of)).collect(),
    }
}

/// How many of a bank's questions were answered at least once, by the first answers in its content areas. Questions
/// that the bank has no more count among them, up to as many as there are.
pub fn seen(bank: &Bank, held: &Holdings, sums: &Sums) -> Seen {
    let each = bank.domains.iter().zip(&held.domains);
    let each = each.map(|(d, &of)| seen_of(&sums.domains.get(&d.id).copied().unwrap_or_default(), of));
    each.fold(Seen::default(), |all, one| Seen { seen: all.seen + one.seen, of: all.of + one.of })
}

fn seen_of(counted: &sums::Area, of: usize) -> Seen {
    Seen { seen: of.min(counted.first as usize), of }
}

/// Wholly right answers of all.
pub fn share(count: &Count) -> Share {
    Share { right: count.right, of: count.answers }
}

/// Of the answers that were marked as guesses, those that were wholly right.
pub fn guesses(count: &Count) -> Share {
    Share { right: count.guessed_right, of: count.guessed }
}

/// Of the answers that were not, those that were wholly right. Who is well calibrated knows which is which: the first
/// share is low and this one is high.
pub fn no_guesses(count: &Count) -> Share {
    Share { right: count.right.saturating_sub(count.guessed_right), of: count.answers.saturating_sub(count.guessed) }
}

/// The mean time of an answer.
pub fn pace(count: &Count) -> Option<Duration> {
    count.spent.checked_div(count.answers)
}

/// The questions of a bank whose answers take longest, the slowest first, at most [`SLOWEST`].
pub fn slowest(bank: &Bank, held: &Holdings, trail: &Trail) -> Vec<Slow> {
    // Ties go to the earlier identifier, so that the list is the same each time.
    let mut best: Vec<(Duration, &Slug, &Standing)> = Vec::with_capacity(SLOWEST + 1);
    for (id, standing) in trail.standings.iter().filter(|(_, s)| !s.spent.is_zero()) {
        let pace = standing.mean_spent();
        let at = best.partition_point(|(p, other, _)| (Reverse(*p), *other) < (Reverse(pace), id));
        if at < SLOWEST && held.place(id).is_some() {
            best.insert(at, (pace, id, standing));
            best.truncate(SLOWEST);
        }
    }
    let slow = |(pace, id, s): (Duration, &Slug, &Standing)| {
        let question = held.question(bank, id)?.clone();
        Some(Slow { question, pace, share: Share { right: s.right, of: s.answers } })
    };
    best.into_iter().filter_map(slow).collect()
}
