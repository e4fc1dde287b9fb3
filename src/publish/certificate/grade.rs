//! Marking a certificate's answers again, by the same rules as when the exam was sat.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use crate::engine::bank::Bank;
use crate::engine::exam::{Conditions, Exam, Feedback, Response, Step};
use crate::engine::paper::{Item, Origin, Paper};
use crate::engine::qualify::qualifies;
use crate::engine::question::{OptionId, Question};
use crate::engine::score::score;
use crate::engine::time::Allowance;

use super::{AnswerData, Data, asked, bank_digest, hex, millipoints, option, words};

/// What the answers are worth on a bank.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Grading {
    /// Whether it is the bank that was sat on: its SHA-256 is the same.
    pub same_bank: bool,
    /// Questions that the bank does not have, by identifier, harmless.
    pub missing: Vec<String>,
    /// Questions that ask something else there, or offer other options.
    pub altered: Vec<String>,
    /// The points, in thousandths.
    pub millipoints: u64,
    /// Out of how many questions.
    pub of: usize,
    /// What the data says that is not so on the bank that was sat on; without one the certificate is true.
    pub contradictions: Vec<String>,
}

/// An answer as it stands on a bank.
struct Found {
    item: Item,
    picked: Vec<OptionId>,
    altered: bool,
}

/// Marks the answers on `bank`.
pub fn grade(data: &Data, bank: &Bank) -> Grading {
    let mut grading = Grading {
        same_bank: hex(&bank_digest(bank)) == data.bank.sha256,
        of: data.answers.len(),
        ..Grading::default()
    };
    let known: HashMap<&str, &Arc<Question>> = bank.questions.iter().map(|q| (q.id.as_str(), q)).collect();
    let mut found = Vec::new();
    for answer in &data.answers {
        match known.get(answer.id.as_str()).map(|question| find(answer, question)) {
            None => grading.missing.push(words::harmless(&answer.id)),
            Some(answered) => {
                if answered.altered {
                    grading.altered.push(words::harmless(&answer.id));
                }
                found.push(answered);
            }
        }
    }
    let sat = sit(data, bank, found);
    grading.millipoints = sat.as_ref().map_or(0, |exam| millipoints(score(exam).total.points));
    if grading.same_bank {
        grading.contradictions = contradictions(data, bank, sat.as_ref(), &grading);
    }
    grading
}

/// The options are known by their texts, whatever order the author has given them since.
fn find(answer: &AnswerData, question: &Arc<Question>) -> Found {
    let digests: Vec<(String, OptionId)> = question.options().map(|o| (option(question, o), o)).collect();
    let place = |digest: &String| digests.iter().find(|(known, _)| known == digest).map(|&(_, o)| o);
    let places: Vec<Option<OptionId>> = answer.options.iter().map(place).collect();
    let mut order: Vec<OptionId> = places.iter().flatten().copied().collect();
    let mut sorted = order.clone();
    sorted.sort_unstable();
    let alike = asked(question) == answer.asked && places.len() == order.len() && question.options().eq(sorted);
    if !alike {
        order = question.options().collect();
    }
    let picked = answer.picked.iter().filter_map(|&row| places.get(row).copied().flatten()).collect();
    Found { item: Item { question: question.clone(), order }, picked, altered: !alike }
}

/// The sitting that the data tells of, sat again; `None` if no question of it is there.
fn sit(data: &Data, bank: &Bank, found: Vec<Found>) -> Option<Exam> {
    let (items, picked): (Vec<Item>, Vec<Vec<OptionId>>) = found.into_iter().map(|f| (f.item, f.picked)).unzip();
    let paper = Paper { origin: Origin::of(bank), seed: data.seed, seed_alone: data.seed_alone, among: None, items };
    let conditions = Conditions {
        feedback: Feedback::Exam,
        limit: Some(Duration::from_millis(data.conditions.limit)),
        allowance: Allowance::from_label(&data.conditions.allowance).unwrap_or_default(),
    };
    let mut exam = Exam::start(paper, conditions)?;
    for (place, options) in picked.into_iter().enumerate() {
        exam.apply(Step::Goto(place));
        for option in options {
            exam.apply(Step::Pick(option));
        }
    }
    exam.elapse(Duration::from_millis(data.conditions.used));
    exam.apply(Step::Submit);
    Some(exam)
}

fn contradictions(data: &Data, bank: &Bank, sat: Option<&Exam>, grading: &Grading) -> Vec<String> {
    let mut out = Vec::new();
    if !grading.missing.is_empty() || !grading.altered.is_empty() {
        out.push("its questions or options are not the bank's".to_owned());
    }
    let Some(exam) = sat else { return out };
    let kept = |(response, answer): (&Response, &AnswerData)| {
        response.picked().len() == answer.picked.len() && answer.picked.is_sorted()
    };
    if !exam.responses().iter().zip(&data.answers).all(kept) {
        out.push("a question has more answers than it asks for".into());
    }
    if grading.millipoints != data.score.millipoints || grading.of != data.score.of {
        out.push(format!("the answers give {}", words::points(grading.millipoints, grading.of)));
    }
    if let Err(why) = qualifies(exam, bank) {
        out.push(why.to_string());
    }
    let says = &data.conditions;
    let told = [
        (
            data.bank.id == bank.id.as_str() && data.bank.version == bank.version.to_string(),
            "the bank has another name or version",
        ),
        (data.bank.title == bank.title.one_line(), "the bank has another title"),
        (data.score.pass_percent == bank.exam.pass_percent, "the bank has another pass mark"),
        (u128::from(says.used) == exam.used().as_millis(), "more time was used than there was"),
        (exam.end().map(|end| end.label()) == Some(says.end.as_str()), "it ended in another way than it says"),
        (Allowance::from_label(&says.allowance).is_some(), "nobody knows that extra time"),
        (data.started <= data.ended, "it ended before it began"),
        (super::name(&data.name).as_ref() == Ok(&data.name), "its name is none"),
    ];
    out.extend(told.into_iter().filter(|(holds, _)| !holds).map(|(_, what)| what.to_owned()));
    out
}
