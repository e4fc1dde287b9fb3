//! Whether a sitting was the whole exam, sat as the exam is, and passed: what a certificate may speak of.

use std::collections::BTreeSet;
use std::time::Duration;

use thiserror::Error;

use super::bank::{Bank, ExamRules};
use super::blueprint::quotas;
use super::draw::{Request, draw};
use super::exam::{Conditions, Exam, Feedback};
use super::paper::Item;
use super::question::Question;
use super::score::score;
use super::slug::Slug;
use super::text::Text;
use super::time::spoken;

/// Why a sitting does not qualify.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[expect(missing_docs, reason = "each says itself what it is")]
pub enum Unqualified {
    #[error("the exam is not finished")]
    Unfinished,
    #[error("the answers were shown after each question")]
    Tutor,
    #[error("it had no time limit")]
    Untimed,
    #[error("its time limit was {}, the bank's exam has {}", spoken(*.was), spoken(*.exam))]
    Limit { was: Duration, exam: Duration },
    #[error("it had {was} questions, the bank's exam has {exam}")]
    Length { was: usize, exam: usize },
    #[error("it was not passed")]
    Failed,
    #[error("it was sat on {was}, and the bank here is {here}")]
    OtherBank { was: String, here: String },
    #[error("the bank has changed since: the question {0} is another one now")]
    Changed(Slug),
    #[error("a question stands in it twice: {0}")]
    Twice(Slug),
    #[error("its questions are not from all domains and modules by weight")]
    Narrowed,
    #[error("its questions were chosen by a filter: {}", .0.one_line())]
    Filtered(Text),
}

/// Whether `exam` was the full exam of `bank`, timed, with no answer shown before the end, and passed.
///
/// # Errors
/// The first reason why not.
pub fn qualifies(exam: &Exam, bank: &Bank) -> Result<(), Unqualified> {
    use Unqualified as No;
    let (paper, conditions, rules) = (exam.paper(), exam.conditions(), bank.exam);
    if exam.end().is_none() {
        return Err(No::Unfinished);
    }
    let terms = hindrances(paper.among.as_ref(), conditions, paper.items.len(), paper.origin.rules);
    if let Some(first) = terms.into_iter().next() {
        return Err(first);
    }
    if !score(exam).passed {
        return Err(No::Failed);
    }
    let origin = &paper.origin;
    if (&origin.bank, &origin.version, origin.rules) != (&bank.id, &bank.version, rules) {
        let was = format!("{} {}", origin.bank, origin.version);
        return Err(No::OtherBank { was, here: format!("{} {}", bank.id, bank.version) });
    }
    let mut ids = BTreeSet::new();
    for Item { question, .. } in &paper.items {
        if !ids.insert(&question.id) {
            return Err(No::Twice(question.id.clone()));
        }
        if !bank.questions.iter().any(|own| is_asked_alike(own, question)) {
            return Err(No::Changed(question.id.clone()));
        }
    }
    if is_from_all(exam, bank) { Ok(()) } else { Err(No::Narrowed) }
}

/// What in the terms of an exam of so many `questions` keeps it from a certificate, whoever sits it and however well:
/// known before it begins.
pub fn hindrances(
    among: Option<&Text>,
    conditions: Conditions,
    questions: usize,
    rules: ExamRules,
) -> Vec<Unqualified> {
    let whole = questions == rules.questions;
    let due = conditions.allowance.limit(Duration::from_secs(60) * rules.minutes);
    let time = match (conditions.limit, due) {
        (Some(limit), Some(due)) => (whole && limit != due).then_some(Unqualified::Limit { was: limit, exam: due }), // a shorter paper has less
        _ => Some(Unqualified::Untimed),
    };
    [
        among.map(|filter| Unqualified::Filtered(filter.clone())),
        (conditions.feedback == Feedback::Tutor).then_some(Unqualified::Tutor),
        (!whole).then_some(Unqualified::Length { was: questions, exam: rules.questions }),
        time,
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// Whether two questions ask the same and are marked alike.
fn is_asked_alike(a: &Question, b: &Question) -> bool {
    let texts = |q: &Question| q.choices.iter().map(|c| c.text.clone()).collect::<Vec<_>>();
    (&a.id, &a.domain, a.kind, &a.stem, &a.figure, a.keys) == (&b.id, &b.domain, b.kind, &b.stem, &b.figure, b.keys)
        && texts(a) == texts(b)
}

/// Whether the paper is one that the blueprint gives: each domain has its quota, and not all is of one module. A paper that
/// its seed alone gives must be that paper.
fn is_from_all(exam: &Exam, bank: &Bank) -> bool {
    let paper = exam.paper();
    if paper.seed_alone {
        let request = Request { questions: bank.exam.questions, ..Request::default() };
        let drawn = draw(bank, &request, paper.seed, None);
        let place = |item: &Item| (item.question.id.clone(), item.order.clone());
        return drawn.items.iter().map(place).eq(paper.items.iter().map(place));
    }
    let weights: Vec<u32> = bank.domains.iter().map(|d| d.weight).collect();
    let stock: Vec<usize> = bank.domains.iter().map(|d| bank.stock(&d.id)).collect();
    let of = |domain: &Slug| paper.items.iter().filter(|i| i.question.domain == *domain).count();
    let by_weight = bank.domains.iter().map(|d| of(&d.id)).eq(quotas(bank.exam.questions, &weights, &stock).actual);
    let modules = |questions: &mut dyn Iterator<Item = &Question>| {
        questions.map(|q| q.module.clone()).collect::<BTreeSet<Option<Slug>>>().len()
    };
    let sat = modules(&mut paper.items.iter().map(|i| i.question.as_ref()));
    let held = modules(&mut bank.questions.iter().map(AsRef::as_ref));
    by_weight && (sat > 1 || held <= 1)
}
