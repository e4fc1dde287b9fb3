//! Am I ready? The score to expect on a mock exam, and the chance to pass it.
//!
//! Each content area has its own share of right answers, and these shares lie about the student's overall level: by
//! Beta distributions whose mean, the level, and whose strength are not known beforehand ([`LEVELS`] and [`STRENGTHS`]
//! count the same until answers speak). For each level and strength, the answers ([`super::evidence`]) turn the Beta prior of
//! an area into a Beta posterior, the points of that area's part of a paper are beta-binomial (Skellam, 1948), and the
//! areas' points add up. What comes out is mixed by how well each level and strength explains the answers. This is the
//! two-level model of Gelman et al. (2013), chapter 5, summed over a grid; an area with few answers leans on the
//! others, and no certainty is claimed about the level itself.
//!
//! A question that gives part of its point counts as that part of a right answer; as such points vary less than whole
//! ones, the range is then a little too wide. `docs/readiness.md` says the same for readers, and what it cannot know.

use super::bank::Bank;
use super::blueprint::quotas;
use super::day::Day;
use super::evidence::REPEAT;
use super::holdings::Holdings;
use super::record::Summary;
use super::slug::Slug;
use super::sums::{Area, Sums};

mod spread;

/// The share of chances that a range holds.
pub const RANGE: f64 = 0.9;

/// Beforehand the overall level may be the middle of any of so many equal steps from 0 to 1.
pub const LEVELS: u32 = 20;

/// Beforehand the areas of a student are scattered widely about the level, or narrowly: as many answers' worth of
/// agreement.
pub const STRENGTHS: [f64; 2] = [8.0, 64.0];

/// No number is shown before an exam's areas together have this weight of answers, shared out as in the blueprint.
const LEAST: f64 = 30.0;

/// And no area less than this.
const LEAST_EACH: f64 = 5.0;

/// A level and strength that explain the answers this much worse than the best ones are left out.
const NEGLIGIBLE: f64 = 1e-3;

/// Whether a student is ready, as far as the answers say.
#[derive(Clone, Debug, PartialEq)]
pub enum Readiness {
    /// The answers suffice for a number.
    Foreseen(Foresight),
    /// They do not: what is missing, in the order of the bank.
    TooFew(Vec<Lack>),
}

/// The score to expect on a mock exam drawn today.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Foresight {
    /// How many questions the exam has, one point each.
    pub questions: usize,
    /// The points to expect.
    pub expected: f64,
    /// The lower end of the range that holds the points with a chance of [`RANGE`].
    pub low: usize,
    /// Its upper end.
    pub high: usize,
    /// The chance to reach the pass mark.
    pub pass_chance: f64,
}

/// A content area with too few answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lack {
    /// The area.
    pub domain: Slug,
    /// How many more answers it needs: to new questions, as long as there are any.
    pub answers: usize,
}

/// An exam as it is drawn from a bank.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Blueprint {
    parts: Vec<Part>,
    pass_percent: u32,
}

/// What a content area gives to a paper.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Part {
    domain: Slug,
    seats: usize,
    stock: usize,
}

impl Blueprint {
    /// The exam that is drawn from `bank`, which holds `held`.
    pub fn of(bank: &Bank, held: &Holdings) -> Self {
        let stock = &held.domains;
        let weights: Vec<u32> = bank.domains.iter().map(|d| d.weight).collect();
        let seats = quotas(bank.exam.questions, &weights, stock).actual;
        let each = bank.domains.iter().zip(seats.into_iter().zip(stock));
        let parts = each.map(|(d, (seats, &stock))| Part { domain: d.id.clone(), seats, stock }).collect();
        Self { parts, pass_percent: bank.exam.pass_percent }
    }

    /// How many questions a paper has.
    fn seats(&self) -> usize {
        self.parts.iter().map(|p| p.seats).sum()
    }

    /// Whether an ended sitting was a whole exam: of no filter's questions, not a short one, and with questions of every
    /// content area. (The first releases kept no filter: one of a single chapter that asked as many, of every area, is not
    /// told apart.)
    pub fn is_whole(&self, sitting: &Summary) -> bool {
        let domains = sitting.outcome.as_ref().map_or(&[][..], |o| &o.domains);
        let asked = |part: &Part| domains.iter().any(|(id, tally)| *id == part.domain && tally.of > 0);
        sitting.among.is_none()
            && sitting.questions >= self.seats()
            && self.parts.iter().filter(|p| p.seats > 0).all(asked)
    }

    /// What the answers to the bank's questions say about an exam on `today`.
    pub fn readiness(&self, sums: &Sums, today: Day) -> Readiness {
        let area = |part: &Part| sums.domains.get(&part.domain).copied().unwrap_or_default();
        let lacks: Vec<Lack> = self.parts.iter().filter_map(|p| self.lack(p, &area(p), today)).collect();
        if self.seats() == 0 || !lacks.is_empty() {
            return Readiness::TooFew(lacks);
        }
        let answers: Vec<Answers> =
            self.parts.iter().map(|p| (p.seats, area(p).evidence.on(today).effective())).collect();
        Readiness::Foreseen(foresee(&answers, self.pass_percent))
    }

    /// What an area lacks: answers to new questions first; when there are none left, to old ones, and it takes many.
    fn lack(&self, part: &Part, area: &Area, today: Day) -> Option<Lack> {
        let share = LEAST * part.seats as f64 / self.seats() as f64;
        let needed = share.max(LEAST_EACH).min(part.stock as f64 / 2.0); // a small area cannot give many
        let missing = needed - area.evidence.on(today).weight();
        let unseen = part.stock.saturating_sub(area.first as usize) as f64;
        let answers = missing.min(unseen) + (missing - unseen).max(0.0) / REPEAT;
        (part.seats > 0 && missing > 0.0)
            .then(|| Lack { domain: part.domain.clone(), answers: answers.ceil() as usize })
    }
}

/// An area's seats in a paper, and the points gained and missed in its answers.
type Answers = (usize, (f64, f64));

fn foresee(areas: &[Answers], pass_percent: u32) -> Foresight {
    let chances = mixed(areas);
    let questions = chances.len() - 1;
    let tail = (1.0 - RANGE) / 2.0;
    let pass = (0..=questions).filter(|points| points * 100 >= pass_percent as usize * questions);
    Foresight {
        questions,
        expected: chances.iter().enumerate().map(|(points, chance)| points as f64 * chance).sum(),
        low: spread::quantile(&chances, tail),
        high: spread::quantile(&chances, 1.0 - tail),
        pass_chance: pass.map(|points| chances[points]).sum::<f64>().min(1.0),
    }
}

/// The chances of 0, 1, 2 … points, over all levels and strengths.
fn mixed(areas: &[Answers]) -> Vec<f64> {
    let priors = STRENGTHS.iter().flat_map(|&strength| {
        (0..LEVELS).map(move |i| {
            let level = (f64::from(i) + 0.5) / f64::from(LEVELS);
            (strength * level, strength * (1.0 - level))
        })
    });
    let weighed: Vec<_> = priors.map(|prior| (prior, explains(areas, prior))).collect();
    let best = weighed.iter().map(|(_, log)| *log).fold(f64::NEG_INFINITY, f64::max);
    let mut chances = vec![0.0; areas.iter().map(|(seats, _)| seats).sum::<usize>() + 1];
    let mut whole = 0.0;
    for (prior, log) in weighed {
        let weight = (log - best).exp();
        if weight >= NEGLIGIBLE {
            whole += weight;
            let paper = paper(areas, prior);
            chances.iter_mut().zip(paper).for_each(|(sum, chance)| *sum += weight * chance);
        }
    }
    chances.iter_mut().for_each(|chance| *chance /= whole);
    chances
}

/// The logarithm of how well a prior explains the answers: the product of the areas' beta-binomial likelihoods.
fn explains(areas: &[Answers], (a, b): (f64, f64)) -> f64 {
    let each = areas.iter().map(|(_, (gained, missed))| spread::ln_beta(a + gained, b + missed));
    each.sum::<f64>() - areas.len() as f64 * spread::ln_beta(a, b)
}

/// The chances of 0, 1, 2 … points of a paper, under one prior.
fn paper(areas: &[Answers], (a, b): (f64, f64)) -> Vec<f64> {
    areas.iter().fold(vec![1.0], |sum, &(seats, (gained, missed))| {
        spread::together(&sum, &spread::beta_binomial(seats, a + gained, b + missed))
    })
}
