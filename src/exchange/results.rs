//! A student's answers on their way to the author of the questions: JSON Lines, one flat object for each question of each ended
//! mock exam, also for those left without an answer. `docs/results.md` documents the form.
//!
//! [`read`] takes lines of strangers apart, and [`class`] adds many students' lines up.

pub mod class;
pub mod read;
pub mod report;

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use crate::engine::answer::{change, picked_texts};
use crate::engine::bank::MultiAnswer;
use crate::engine::day::day_in_utc;
use crate::engine::question::{Choice, Question};
use crate::engine::record::Stored;
use crate::engine::score::score;
use crate::engine::slug::Slug;
use crate::engine::text::Text;
use crate::engine::time::Wall;

use super::manifest::Sum;

/// The version of the form.
pub const FORMAT: u32 = 1;

/// A line of the file. Options are named by their texts, so that neither a paper's order nor the author's matters.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Row {
    /// The version of the form.
    pub format: u32,
    /// A random UUID that stands for the student: one for each data folder.
    pub student: String,
    /// The student's name, if it was given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The sitting's UUID.
    pub sitting: String,
    /// `exam`, or `tutor`: the answer was shown after each question.
    pub feedback: String,
    /// The bank.
    pub bank: String,
    /// The bank's version at the time.
    pub version: String,
    /// How many questions the sitting had.
    pub questions: usize,
    /// The question's place in the sitting, from 1.
    pub position: usize,
    /// The question.
    pub question: String,
    /// What the question said: stem, figure, kind, keys and distractors, in 16 digits. Another wording is another edition.
    pub edition: String,
    /// The content area at the time.
    pub domain: String,
    /// The chapter at the time.
    pub module: Option<String>,
    /// `single choice`, `multi-answer` or `true/false`.
    pub kind: String,
    /// The right options, as the author wrote them.
    pub key: Vec<String>,
    /// The wrong options.
    pub distractors: Vec<String>,
    /// The chosen options; none if the question was left.
    pub picked: Vec<String>,
    /// The points gained.
    pub points: f64,
    /// The points there were.
    pub max: f64,
    /// The time spent on the question, in milliseconds.
    pub spent_ms: u64,
    /// Whether the student called it a guess.
    pub guessed: bool,
    /// Whether it was flagged at the end.
    pub flagged: bool,
    /// What a change of the first answer brought: `better`, `worse`, `same`; null if there was none.
    pub change: Option<String>,
    /// 1 if the student had not had the question before, in a mock exam or a drill.
    pub attempt: u32,
    /// The day on which the sitting ended, in UTC.
    pub at: String,
}

/// Who the lines are of.
#[derive(Clone, Debug)]
pub struct Student {
    /// A random UUID.
    pub id: String,
    /// The name, if it shall be in the file.
    pub name: Option<Text>,
}

/// How often the student has had each question of each bank.
#[derive(Debug, Default)]
pub struct Met(HashMap<(Slug, Slug), u32>);

impl Met {
    /// Counts a meeting, and says the how-manieth it is.
    pub fn again(&mut self, bank: &Slug, question: &Slug) -> u32 {
        let times = self.0.entry((bank.clone(), question.clone())).or_default();
        *times += 1;
        *times
    }
}

/// The lines of a sitting that ended at `ended`. `met` has counted everything before it.
pub fn rows(stored: &Stored, ended: Wall, student: &Student, met: &mut Met) -> Vec<Row> {
    let (exam, marked) = (&stored.exam, score(&stored.exam));
    let origin = &exam.paper().origin;
    let each = exam.paper().items.iter().zip(exam.responses()).zip(&marked.points).enumerate();
    each.map(|(place, ((item, response), &points))| {
        let question = &item.question;
        Row {
            format: FORMAT,
            student: student.id.clone(),
            name: student.name.as_ref().map(Text::one_line),
            sitting: stored.id.to_string(),
            feedback: exam.conditions().feedback.label().into(),
            bank: origin.bank.to_string(),
            version: origin.version.to_string(),
            questions: exam.paper().items.len(),
            position: place + 1,
            question: question.id.to_string(),
            edition: edition(question),
            domain: question.domain.to_string(),
            module: question.module.as_ref().map(Slug::to_string),
            kind: question.kind.label().into(),
            key: texts(&question.key_choices()),
            distractors: texts(&question.distractors()),
            picked: picked_texts(item, response).iter().map(Text::to_string).collect(),
            points,
            max: 1.0,
            spent_ms: u64::try_from(response.spent().as_millis()).unwrap_or(u64::MAX),
            guessed: response.is_guessed(),
            flagged: response.is_flagged(),
            change: change(item, response, points, origin.rules.multi_answer).map(|c| c.label().into()),
            attempt: met.again(&origin.bank, &question.id),
            at: day_in_utc(ended).date().to_string(),
        }
    })
    .collect()
}

fn texts(choices: &[&Choice]) -> Vec<String> {
    choices.iter().map(|c| c.text.to_string()).collect()
}

/// What the question says, in 16 digits: the same however its options are ordered.
pub fn edition(question: &Question) -> String {
    let sorted = |choices: &[&Choice]| {
        let mut texts = texts(choices);
        texts.sort();
        texts
    };
    let figure = question.figure.as_ref().map(Text::as_str);
    let said = (
        question.kind.label(),
        question.stem.as_str(),
        figure,
        sorted(&question.key_choices()),
        sorted(&question.distractors()),
    );
    let said = serde_json::to_vec(&said).unwrap_or_default(); // texts always have a JSON form
    Sum::of(&said).to_string().chars().take(16).collect()
}

/// The points that a choice of `right` keys and `wrong` distractors may have gained, by one rule of marking or the other.
fn possible(right: usize, wrong: usize, keys: usize, rule: MultiAnswer) -> f64 {
    match rule {
        _ if right == keys && wrong == 0 => 1.0,
        MultiAnswer::AllOrNothing => 0.0,
        MultiAnswer::Partial => right.saturating_sub(wrong) as f64 / keys as f64,
    }
}
