//! Marking a sitting.

use std::collections::BTreeSet;
use std::time::Duration;

use super::bank::MultiAnswer;
use super::exam::Exam;
use super::question::{OptionId, Question};
use super::slug::Slug;

/// Points and the questions they are out of.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Tally {
    /// Points gained.
    pub points: f64,
    /// Questions, one point each.
    pub of: usize,
}

impl Tally {
    /// The share gained, in percent; zero if there was no question.
    pub fn percent(self) -> f64 {
        if self.of == 0 { 0.0 } else { self.points * 100.0 / self.of as f64 }
    }
}

/// A marked sitting.
#[derive(Clone, Debug, PartialEq)]
pub struct Score {
    /// All questions.
    pub total: Tally,
    /// Whether the share of points reaches the pass mark.
    pub passed: bool,
    /// By domain, in the bank's order; domains without a question in the paper are left out.
    pub domains: Vec<(Slug, Tally)>,
    /// Points of each question, in the paper's order.
    pub points: Vec<f64>,
    /// Answers changed after they were complete.
    pub changed: usize,
    /// Of those, the ones that gained points.
    pub changed_for_better: usize,
    /// Of those, the ones that lost points.
    pub changed_for_worse: usize,
}

/// The points for choosing `picked`: one for exactly the keys; otherwise none, or by `Partial` a share of
/// (right chosen − wrong chosen) / keys, never below zero. No choice is no point.
pub fn points(question: &Question, picked: &BTreeSet<OptionId>, rule: MultiAnswer) -> f64 {
    let right = picked.iter().filter(|&&o| question.is_key(o)).count();
    let wrong = picked.len() - right;
    if right == question.keys && wrong == 0 {
        return 1.0;
    }
    match rule {
        MultiAnswer::AllOrNothing => 0.0,
        MultiAnswer::Partial => right.saturating_sub(wrong) as f64 / question.keys as f64,
    }
}

/// Marks a sitting as it stands; an unanswered question scores zero.
pub fn score(exam: &Exam) -> Score {
    let paper = exam.paper();
    let rule = paper.origin.rules.multi_answer;
    let each: Vec<f64> = paper
        .items
        .iter()
        .zip(exam.responses())
        .map(|(item, response)| points(&item.question, response.picked(), rule))
        .collect();
    let total = Tally { points: each.iter().sum(), of: each.len() };
    let mut out = Score {
        total,
        passed: passes(total, paper.origin.rules.pass_percent),
        domains: by_domain(exam, &each),
        points: each,
        changed: 0,
        changed_for_better: 0,
        changed_for_worse: 0,
    };
    for ((item, response), &now) in paper.items.iter().zip(exam.responses()).zip(&out.points) {
        if let Some(first) = response.changed_from() {
            let before = points(&item.question, first, rule);
            out.changed += 1;
            out.changed_for_better += usize::from(now > before);
            out.changed_for_worse += usize::from(now < before);
        }
    }
    out
}

/// Whether `total` reaches `pass_percent`. A millionth of a point of tolerance takes up the rounding of thirds.
fn passes(total: Tally, pass_percent: u32) -> bool {
    total.of > 0 && total.points * 100.0 + 1e-6 >= f64::from(pass_percent) * total.of as f64
}

fn by_domain(exam: &Exam, points: &[f64]) -> Vec<(Slug, Tally)> {
    let paper = exam.paper();
    paper
        .origin
        .domains
        .iter()
        .filter_map(|domain| {
            let mut tally = Tally::default();
            for (item, p) in paper.items.iter().zip(points) {
                if item.question.domain == domain.id {
                    tally.points += p;
                    tally.of += 1;
                }
            }
            (tally.of > 0).then(|| (domain.id.clone(), tally))
        })
        .collect()
}

/// The questions that took longest, slowest first: (index, time spent). Questions never worked on are left out.
pub fn slowest(exam: &Exam, n: usize) -> Vec<(usize, Duration)> {
    let mut times: Vec<(usize, Duration)> =
        exam.responses().iter().map(|r| r.spent()).enumerate().filter(|(_, t)| !t.is_zero()).collect();
    times.sort_by_key(|&(i, t)| (std::cmp::Reverse(t), i));
    times.truncate(n);
    times
}

/// Points as people write them: whole numbers bare, else one decimal.
pub fn points_label(points: f64) -> String {
    let rounded = (points * 10.0).round() / 10.0;
    if (rounded - rounded.round()).abs() < 1e-9 { format!("{}", rounded.round()) } else { format!("{rounded:.1}") }
}
