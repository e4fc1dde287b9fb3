//! A practice certificate: a passed mock exam as one page that proves itself.
//!
//! The file holds its data (the paper, the answers, the bank's digest), a signature by the student's own key, and a page
//! that is made of nothing but these. Whoever verifies it makes the page again and compares every byte, checks the
//! signature, and marks the answers again on the bank. What is in the data of [`FORM`] and how it is shown stays for
//! ever; another look is another form.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::engine::bank::Bank;
use crate::engine::exam::{End, Exam};
use crate::engine::question::{OptionId, Question};
use crate::engine::record::Stored;
use crate::engine::score::score;
use crate::engine::text::Text;

use super::bank_digest::bank_digest;

pub mod grade;
mod page;
mod qr;
pub mod seal;
pub mod verify;
pub mod words;

/// The form of the data and of the page that this program makes.
pub const FORM: u32 = 1;
/// The most characters of a name.
pub const MAX_NAME: usize = 100;

/// What is signed. In a file it is JSON without spaces, the fields in this order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Data {
    /// [`FORM`].
    pub form: u32,
    /// The version of the program that drew the certificate up.
    pub program: String,
    /// Who sat, as the student says.
    pub name: String,
    /// The sitting's identifier.
    pub exam: String,
    /// The bank.
    pub bank: BankData,
    /// When it began, in seconds since 1970 (UTC).
    pub started: i64,
    /// When it ended, in the same.
    pub ended: i64,
    /// How far the student's clock was ahead of UTC when it ended, in minutes.
    pub utc_offset: i32,
    /// How it was sat.
    pub conditions: ConditionsData,
    /// How it came out.
    pub score: ScoreData,
    /// The seed of the paper.
    pub seed: u64,
    /// Whether the seed alone gives the paper again.
    pub seed_alone: bool,
    /// The questions in the paper's order, and the answers.
    pub answers: Vec<AnswerData>,
}

/// The bank that was sat on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BankData {
    /// Its identifier.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Its version.
    pub version: String,
    /// [`bank_digest`] in hexadecimal digits.
    pub sha256: String,
}

/// How a mock exam was sat.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ConditionsData {
    /// The time limit in milliseconds, extra time included.
    pub limit: u64,
    /// The extra time, as [`Allowance::label`](crate::engine::time::Allowance::label) has it.
    pub allowance: String,
    /// The exam time used, in milliseconds.
    pub used: u64,
    /// Why it ended, as [`End::label`] has it.
    pub end: String,
    /// The pauses, in seconds.
    pub pauses: Vec<u64>,
}

/// How a mock exam came out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ScoreData {
    /// Thousandths of a point.
    pub millipoints: u64,
    /// Questions, one point each.
    pub of: usize,
    /// The pass mark in percent.
    pub pass_percent: u32,
}

/// A question of the paper and its answer. Texts are there as digests, so that a certificate gives no question away.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AnswerData {
    /// The question's identifier.
    pub id: String,
    /// [`asked`] of it.
    pub asked: String,
    /// [`option`] of each option, in the order in which they stood.
    pub options: Vec<String>,
    /// The places, from 0, of the chosen options in that order, ascending.
    pub picked: Vec<usize>,
}

/// A digest of what a question asks: 16 hexadecimal digits.
pub fn asked(question: &Question) -> String {
    short(&[question.id.as_str(), question.stem.as_str(), question.figure.as_ref().map_or("", Text::as_str)])
}

/// A digest of an option of a question: 16 hexadecimal digits. It does not depend on the option's place.
pub fn option(question: &Question, option: OptionId) -> String {
    short(&[question.id.as_str(), question.choice(option).map_or("", |c| c.text.as_str())])
}

fn short(parts: &[&str]) -> String {
    hex(&Sha256::digest(parts.join("\n"))[..8])
}

/// Bytes as hexadecimal digits.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|b| format!("{b:02x}")).collect()
}

/// Bytes of hexadecimal digits; `None` if they are not, or not `N` bytes.
pub fn from_hex<const N: usize>(text: &str) -> Option<[u8; N]> {
    let digits = |at: usize| text.get(2 * at..2 * at + 2).and_then(|d| u8::from_str_radix(d, 16).ok());
    let plain = text.len() == 2 * N && text.bytes().all(|b| b.is_ascii_hexdigit());
    let bytes: Vec<u8> = plain.then(|| (0..N).map_while(digits).collect())?;
    bytes.try_into().ok()
}

/// A name as it may stand on a certificate: harmless, on one line.
///
/// # Errors
/// If nothing is left of it, or it has more than [`MAX_NAME`] characters.
pub fn name(raw: &str) -> Result<String, String> {
    let name = Text::new(raw).one_line();
    match name.chars().count() {
        0 => Err("a certificate needs a name".into()),
        n if n > MAX_NAME => Err(format!("a name has at most {MAX_NAME} characters, and this one has {n}")),
        _ => Ok(name),
    }
}

/// The data of a sitting that [qualifies](crate::engine::qualify::qualifies) on `bank`. `utc_offset` is in minutes.
pub fn data(stored: &Stored, bank: &Bank, name: String, utc_offset: i32) -> Data {
    let exam = &stored.exam;
    let (paper, conditions, score) = (exam.paper(), exam.conditions(), score(exam));
    let millis = |time: std::time::Duration| u64::try_from(time.as_millis()).unwrap_or(u64::MAX);
    Data {
        form: FORM,
        program: env!("CARGO_PKG_VERSION").into(),
        name,
        exam: stored.id.to_string(),
        bank: BankData {
            id: bank.id.to_string(),
            title: bank.title.one_line(),
            version: bank.version.to_string(),
            sha256: hex(&bank_digest(bank)),
        },
        started: stored.started.0,
        ended: stored.ended.unwrap_or(stored.last_active).0,
        utc_offset,
        conditions: ConditionsData {
            limit: conditions.limit.map_or(0, millis),
            allowance: conditions.allowance.label().into(),
            used: millis(exam.used()),
            end: exam.end().map_or("", End::label).into(),
            pauses: exam.pauses().iter().map(|p| p.as_secs()).collect(),
        },
        score: ScoreData {
            millipoints: millipoints(score.total.points),
            of: score.total.of,
            pass_percent: bank.exam.pass_percent,
        },
        seed: paper.seed,
        seed_alone: paper.seed_alone,
        answers: answers(exam),
    }
}

/// Points in thousandths, rounded.
pub fn millipoints(points: f64) -> u64 {
    (points * 1000.0).round() as u64
}

fn answers(exam: &Exam) -> Vec<AnswerData> {
    let each = exam.paper().items.iter().zip(exam.responses());
    each.map(|(item, response)| AnswerData {
        id: item.question.id.to_string(),
        asked: asked(&item.question),
        options: item.order.iter().map(|&o| option(&item.question, o)).collect(),
        picked: (0..item.order.len()).filter(|&row| response.picked().contains(&item.order[row])).collect(),
    })
    .collect()
}
