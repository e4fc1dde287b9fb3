//! What a certificate promises: it is given for a whole exam only, it says what was signed, and no byte of it can change.

#[path = "../support/mod.rs"]
mod support;

mod browser;
mod command;
mod refused;
mod tampered;
mod verified;

use std::sync::Arc;
use std::time::Duration;

use examdeck::engine::bank::Bank;
use examdeck::engine::draw::{Request, draw};
use examdeck::engine::exam::{Conditions, Exam, Feedback, Step};
use examdeck::engine::paper::Paper;
use examdeck::engine::question::{OptionId, Question};
use examdeck::engine::record::Stored;
use examdeck::engine::time::{Allowance, Wall};
use examdeck::publish::certificate::seal::Sealed;
use examdeck::publish::certificate::verify::{File, Reading, Verdict, read};
use examdeck::publish::certificate::{Data, data};

const SECRET: [u8; 32] = [7; 32];
/// 28 November 2026, 13:05 in UTC.
const ENDED: Wall = Wall(1_795_871_100);

/// The whole exam of `bank`.
fn drawn(bank: &Bank) -> Paper {
    draw(bank, &Request { questions: bank.exam.questions, ..Request::default() }, 2026, None)
}

/// How the exam is sat in earnest.
fn earnest(bank: &Bank) -> Conditions {
    let limit = Some(Duration::from_secs(60) * bank.exam.minutes);
    Conditions { feedback: Feedback::Exam, limit, allowance: Allowance::Standard }
}

/// A sitting with `wrong` wrong answers, an hour of work and a pause.
fn sat(paper: Paper, conditions: Conditions, wrong: usize) -> Exam {
    let mut exam = Exam::start(paper, conditions).expect("there are questions");
    for place in 0..exam.responses().len() {
        exam.apply(Step::Goto(place));
        let question = exam.item().question.clone();
        let first = if place < wrong { question.keys } else { 0 };
        for option in (0..question.keys).map(|n| (first + n) % question.choices.len()) {
            exam.apply(Step::Pick(OptionId(option as u8)));
        }
    }
    exam.elapse(Duration::from_secs(1800));
    exam.apply(Step::Pause(Duration::from_secs(300)));
    exam.elapse(Duration::from_secs(1800));
    exam.apply(Step::Submit);
    exam
}

fn stored(exam: Exam) -> Stored {
    let id = support::bank::exam_id(0x0193_a4b2_1c3d_7000_8000_0000_0000_0001);
    let started = Wall(ENDED.0 - 3900);
    Stored { id, exam, steps: 0, started, last_active: ENDED, ended: Some(ENDED) }
}

/// The data of a passed exam of the harbour bank.
fn sample() -> (Bank, Data) {
    let bank = support::bank::bank();
    let data = data(&stored(sat(drawn(&bank), earnest(&bank), 2)), &bank, "Ada Lovelace".into(), 60);
    (bank, data)
}

fn reading(file: &str) -> Reading {
    match read(file) {
        File::Readable(reading) => *reading,
        other => panic!("it can be read: {other:?}"),
    }
}

/// What is said of data that the student's own key signs.
fn judged(data: Data, bank: &Bank) -> (Verdict, Vec<String>) {
    let (verdict, grading) = reading(&Sealed::new(data, &SECRET).html()).judge(Some(bank));
    (verdict, grading.map(|g| g.contradictions).unwrap_or_default())
}

/// The bank with another question `id`.
fn mended(bank: &Bank, id: &str, mend: impl FnOnce(&mut Question)) -> Bank {
    let mut bank = bank.clone();
    let at = bank.questions.iter().position(|q| q.id.as_str() == id).expect("it is there");
    mend(Arc::make_mut(&mut bank.questions[at]));
    bank
}
