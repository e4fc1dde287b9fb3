//! What a student's way through a bank comes to, in figures. Screens and commands show these and work out none.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use super::bank::Bank;
use super::interval::Share;
use super::learner::Trail;
use super::question::Question;
use super::slug::Slug;
use super::standing::Standing;
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
    /// The questions whose answers take longest, the slowest first.
    pub slowest: Vec<Slow>,
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

/// The figures of a bank; a trail that was never begun is an empty one.
pub fn figures(bank: &Bank, trail: &Trail) -> Figures {
    let sums = &trail.sums;
    let mut total = Seen::default();
    let mut domains: HashMap<&Slug, Seen> = HashMap::new();
    let mut modules: HashMap<&Slug, Seen> = HashMap::new();
    let mut answered = Vec::new();
    for question in &bank.questions {
        let standing = trail.standings.get(&question.id).filter(|s| s.answers > 0);
        let of_domain = domains.entry(&question.domain).or_default();
        let of_module = question.module.as_ref().map(|m| modules.entry(m).or_default());
        for seen in [Some(&mut total), Some(of_domain), of_module].into_iter().flatten() {
            seen.of += 1;
            seen.seen += usize::from(standing.is_some());
        }
        answered.extend(standing.map(|s| (question, s)));
    }
    let area = |id: &Slug, title: &Text, count: Count, seen: Option<&Seen>| Area {
        id: id.clone(),
        title: title.clone(),
        share: share(&count),
        seen: seen.copied().unwrap_or_default(),
        pace: pace(&count),
    };
    let of_domain = |id| sums.domains.get(id).map(|a| a.count).unwrap_or_default();
    let of_module = |id| sums.modules.get(id).copied().unwrap_or_default();
    Figures {
        total: sums.total,
        seen: total,
        domains: bank.domains.iter().map(|d| area(&d.id, &d.title, of_domain(&d.id), domains.get(&d.id))).collect(),
        modules: bank.modules.iter().map(|m| area(&m.id, &m.title, of_module(&m.id), modules.get(&m.id))).collect(),
        slowest: slowest(answered),
    }
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

/// Ties go to the earlier identifier, so that the list is the same each time.
fn slowest(mut answered: Vec<(&Arc<Question>, &Standing)>) -> Vec<Slow> {
    answered.retain(|(_, s)| !s.spent.is_zero());
    let order = |a: &(&Arc<Question>, &Standing), b: &(&Arc<Question>, &Standing)| {
        b.1.mean_spent().cmp(&a.1.mean_spent()).then_with(|| a.0.id.cmp(&b.0.id))
    };
    if answered.len() > SLOWEST {
        answered.select_nth_unstable_by(SLOWEST, order); // a bank may have a hundred thousand questions
        answered.truncate(SLOWEST);
    }
    answered.sort_by(order);
    let slow = |(question, s): (&Arc<Question>, &Standing)| Slow {
        question: question.clone(),
        pace: s.mean_spent(),
        share: Share { right: s.right, of: s.answers },
    };
    answered.into_iter().map(slow).collect()
}
