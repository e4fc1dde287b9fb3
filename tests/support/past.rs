//! Students with a past: none, little, a lot. The same every time.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use examdeck::app::effect::{Answer, Msg, Ready};
use examdeck::app::input::Size;
use examdeck::app::model::Model;
use examdeck::app::study::Kept;
use examdeck::engine::answer::{AnswerId, Answered, Change, Occasion};
use examdeck::engine::bank::Bank;
use examdeck::engine::day::{Day, day_in_utc};
use examdeck::engine::exam::{Conditions, End, Feedback};
use examdeck::engine::learner::Learner;
use examdeck::engine::question::Question;
use examdeck::engine::record::{Outcome, Summary};
use examdeck::engine::review::CardState;
use examdeck::engine::score::Tally;
use examdeck::engine::time::{Allowance, Wall};

use super::bank::{bank, exam_id, slug};
use super::deck::{KNOTS, LIGHTS, kept, learned, today, volume};
use super::world::{Memory, NOON, Student, after, shelf};

/// How much a student has done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Past {
    None,
    Little,
    Lots,
}

/// The harbour bank with 252 questions; the exam has 60.
pub fn large() -> Bank {
    let mut bank = bank();
    bank.exam.questions = 60;
    let some = bank.questions.clone();
    for n in 0..20 {
        bank.questions.extend(some.iter().map(|q| {
            let mut q = Question::clone(q);
            q.id = slug(&format!("{}-{n}", q.id));
            Arc::new(q)
        }));
    }
    bank
}

/// A small generator (Steele, Lea and Flood, 2014), so that no library changes what is seen.
pub struct Chance(pub u64);

impl Chance {
    /// A number from 0 to 1.
    pub fn number(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) >> 11) as f64 / (1u64 << 53) as f64
    }

    pub fn comes(&mut self, chance: f64) -> bool {
        self.number() < chance
    }

    pub fn below(&mut self, n: usize) -> usize {
        (self.number() * n as f64) as usize
    }
}

/// An answer to `question`, `days` ago.
pub fn answered(bank: &Bank, question: &Question, days: i64, chance: &mut Chance) -> Answered {
    let at = Wall(NOON - days * 86_400);
    let skill = match question.domain.as_str() {
        "tides" => 0.86,
        "lights" => 0.74,
        _ => 0.5,
    };
    let guessed = chance.comes(0.12);
    let right = chance.comes(if guessed { 0.4 } else { skill });
    let changed = chance.comes(0.08);
    Answered {
        id: AnswerId::Alone(uuid::Uuid::from_u128(1)),
        bank: bank.id.clone(),
        version: bank.version.clone(),
        question: question.id.clone(),
        domain: question.domain.clone(),
        module: question.module.clone(),
        at,
        day: day_in_utc(at),
        occasion: if chance.comes(0.6) { Occasion::Exam } else { Occasion::Drill },
        picked: Vec::new(),
        points: f64::from(u8::from(right)),
        guessed,
        flagged: false,
        spent: Duration::from_secs(20 + chance.below(70) as u64),
        change: changed.then_some(if right { Change::Better } else { Change::Worse }),
    }
}

/// All that a student has answered.
pub fn answers(bank: &Bank, past: Past) -> Learner {
    let mut learner = Learner::default();
    let mut chance = Chance(7);
    let days: &[(i64, usize)] = match past {
        Past::None => &[],
        Past::Little => &[(3, 9), (1, 4)],
        Past::Lots => &[
            (112, 60),
            (96, 14),
            (95, 30),
            (71, 60),
            (70, 8),
            (52, 44),
            (51, 25),
            (50, 60),
            (33, 7),
            (32, 61),
            (20, 33),
            (19, 12),
            (12, 60),
            (11, 9),
            (6, 31),
            (4, 60),
            (3, 25),
            (2, 14),
            (1, 60),
        ],
    };
    for &(ago, count) in days {
        for _ in 0..count {
            let question = &bank.questions[chance.below(bank.questions.len())];
            learner.take(&answered(bank, question, ago, &mut chance));
        }
    }
    learner
}

/// The mock exams that were sat, the newest first.
pub fn exams(bank: &Bank, past: Past) -> Vec<Summary> {
    let points: &[(i64, f64, usize, Feedback)] = match past {
        Past::None => &[],
        Past::Little => &[(3, 6.0, 10, Feedback::Tutor)],
        Past::Lots => &[
            (1, 47.0, 60, Feedback::Exam),
            (4, 44.0, 60, Feedback::Exam),
            (12, 45.5, 60, Feedback::Exam),
            (32, 40.0, 60, Feedback::Exam),
            (50, 41.0, 60, Feedback::Tutor),
            (71, 36.0, 60, Feedback::Exam),
            (112, 29.0, 60, Feedback::Exam),
        ],
    };
    (1..).zip(points).map(|(n, &(ago, points, of, feedback))| exam(bank, n, ago, points, of, feedback)).collect()
}

fn exam(bank: &Bank, n: u128, ago: i64, points: f64, of: usize, feedback: Feedback) -> Summary {
    let at = Wall(NOON - ago * 86_400);
    let limit = Some(Duration::from_secs(7200));
    Summary {
        id: exam_id(n),
        bank: bank.id.clone(),
        title: bank.title.clone(),
        version: bank.version.clone(),
        seed: 2026,
        seed_alone: false,
        among: None,
        questions: of,
        full: bank.exam.questions,
        conditions: Conditions { feedback, limit, allowance: Allowance::Standard },
        position: of - 1,
        started: Wall(at.0 - 3600),
        last_active: at,
        used: Duration::from_secs(3600),
        withheld: Default::default(),
        outcome: Some(Outcome {
            ended: at,
            end: End::Submitted,
            total: Tally { points, of },
            passed: points / of as f64 >= 0.7,
            domains: bank.domains.iter().map(|d| (d.id.clone(), Tally { points: 1.0, of: 1 })).collect(),
        }),
    }
}

/// The student's cards: those of the harbour decks that were learned, and the days on which cards were graded.
pub fn cards(past: Past, settings: &[(&str, &str)]) -> Kept {
    let in_days = |days: i32| CardState { due_day: Day(today().0 + days), ..learned(9, 1) };
    let states = [
        ("isophase/forward", learned(20, 3)),
        ("occulting/forward", learned(9, 1)),
        ("red-light/forward", in_days(1)),
        ("fog/forward", in_days(5)),
        ("slack/forward", in_days(12)),
    ];
    let days: BTreeMap<Day, u32> = match past {
        Past::None => BTreeMap::new(),
        Past::Little => BTreeMap::from([(Day(20_778), 4)]),
        Past::Lots => (20_740..20_779).filter(|d| d % 5 != 0).map(|d| (Day(d), 12)).collect(),
    };
    match past {
        Past::None => kept(&[], settings),
        Past::Little => Kept { days, ..kept(&states[..1], settings) },
        Past::Lots => Kept { days, ..kept(&states, settings) },
    }
}

/// At home, with a past.
pub fn student(past: Past, settings: &[(&str, &str)], columns: u16, rows: u16) -> Student {
    let (now, bank) = (after(0.0), large());
    let memory = Memory { learner: answers(&bank, past), ..Memory::default() };
    let mut student = Student { m: Model::new(Size { columns, rows }, now, None), memory, now };
    let ready = Ready {
        history: Ok(exams(&bank, past)),
        learner: student.memory.learner.clone(),
        drills: Default::default(),
        shelf: shelf(vec![bank]),
        decks: [LIGHTS, KNOTS].iter().map(|d| volume(d)).collect(),
        kept: cards(past, settings),
        holder: None,
        zone: jiff::tz::TimeZone::UTC,
        named_bank: None,
    };
    student.send(Msg::Done(Answer::Ready(Box::new(ready))));
    student
}
