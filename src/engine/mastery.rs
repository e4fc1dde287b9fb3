//! How much of each domain a student knows, where few answers are drawn towards the average.

use std::collections::HashMap;

use super::bank::Bank;
use super::interval::Share;
use super::learner::Trail;
use super::slug::Slug;

/// So many answered questions weigh as much as what is expected without any.
pub const SHRINK: f64 = 10.0;

/// Of the questions that were answered, those that are known.
#[derive(Clone, Debug, PartialEq)]
pub struct Mastery {
    /// By domain, in the bank's order.
    pub domains: Vec<Share>,
    /// Over all of them.
    pub total: Share,
}

impl Mastery {
    /// What the way through `bank` comes to.
    pub fn of(bank: &Bank, trail: &Trail) -> Self {
        let places: HashMap<&Slug, usize> = bank.domains.iter().enumerate().map(|(i, d)| (&d.id, i)).collect();
        let mut mastery = Self { domains: vec![Share::default(); bank.domains.len()], total: Share::default() };
        for question in &bank.questions {
            if let (Some(&place), Some(standing)) = (places.get(&question.domain), trail.standings.get(&question.id)) {
                for share in [&mut mastery.domains[place], &mut mastery.total] {
                    share.right += u32::from(standing.is_known());
                    share.of += 1;
                }
            }
        }
        mastery
    }

    /// The share of a domain that is taken to be known: of what was answered there, shrunk to the share over all domains
    /// as by the m-estimate (Cestnik, 1990) with m = [`SHRINK`]; that share itself is Laplace's, (known + 1) /
    /// (answered + 2).
    pub fn expected(&self, share: Share) -> f64 {
        let mean = (f64::from(self.total.right) + 1.0) / (f64::from(self.total.of) + 2.0);
        (f64::from(share.right) + SHRINK * mean) / (f64::from(share.of) + SHRINK)
    }

    /// The domain of which least is taken to be known, as its place in the bank, of those in which less is known than
    /// over all domains; `None` if there is none.
    pub fn weakest(&self) -> Option<usize> {
        let average = self.total.value()?;
        let below = (0..self.domains.len()).filter(|&i| self.domains[i].value().is_some_and(|share| share < average));
        below.min_by(|&a, &b| self.expected(self.domains[a]).total_cmp(&self.expected(self.domains[b])))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Domains of which so many of so many answered questions are known.
    fn mastery(domains: &[(u32, u32)]) -> Mastery {
        let domains: Vec<Share> = domains.iter().map(|&(right, of)| Share { right, of }).collect();
        let total = domains.iter().fold(Share::default(), |a, b| Share { right: a.right + b.right, of: a.of + b.of });
        Mastery { domains, total }
    }

    #[test]
    fn a_domain_with_few_answers_may_be_the_weakest_and_chance_does_not_make_it_so() {
        assert_eq!(mastery(&[(7, 10), (1, 4), (1, 3)]).weakest(), Some(1));
        assert_eq!(mastery(&[(20, 40), (0, 1), (38, 40)]).weakest(), Some(0), "one miss weighs less than twenty");
    }

    #[test]
    fn no_domain_is_the_weakest_that_is_not_below_the_average() {
        assert_eq!(mastery(&[(0, 0), (0, 0)]).weakest(), None);
        assert_eq!(mastery(&[(3, 10), (0, 0)]).weakest(), None, "nothing is known of the other");
        assert_eq!(mastery(&[(3, 10), (6, 20)]).weakest(), None);
        assert_eq!(mastery(&[(0, 5), (0, 9)]).weakest(), None);
        assert_eq!(mastery(&[(5, 5), (9, 9)]).weakest(), None);
    }
}
