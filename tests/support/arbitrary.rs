//! Random banks and random steps.

use std::sync::Arc;
use std::time::Duration;

use examdeck::engine::bank::{Bank, Domain, ExamRules, MultiAnswer};
use examdeck::engine::draw::{Request, draw};
use examdeck::engine::exam::{Conditions, Entry, Exam, Feedback, Step};
use examdeck::engine::paper::Paper;
use examdeck::engine::question::{Kind, OptionId};
use examdeck::engine::text::Text;
use examdeck::engine::time::Allowance;
use proptest::prelude::*;

use super::bank::{question, slug};

/// What happens to a sitting.
#[derive(Clone, Copy, Debug)]
pub enum Move {
    /// Time passes.
    Elapse(Duration),
    /// The examinee does something.
    Do(Step),
}

/// A bank of up to 40 questions in up to four domains; some domains are empty, some have no weight.
pub fn banks() -> impl Strategy<Value = Bank> {
    let questions = prop::collection::vec((0usize..4, 0u8..6, 2usize..7, any::<bool>()), 1..40);
    (prop::collection::vec(0u32..60, 4), questions, any::<bool>(), 0u32..=100).prop_map(
        |(weights, questions, partial, pass_percent)| {
            let domains: Vec<Domain> = weights
                .into_iter()
                .enumerate()
                .map(|(i, weight)| Domain { id: slug(&format!("d{i}")), title: Text::new(&format!("D{i}")), weight })
                .collect();
            let questions = questions
                .into_iter()
                .enumerate()
                .map(|(i, (domain, kind, count, flag))| Arc::new(one(i, domain, kind, count, flag)))
                .collect();
            let multi_answer = if partial { MultiAnswer::Partial } else { MultiAnswer::AllOrNothing };
            Bank {
                id: slug("random"),
                title: Text::new("Random"),
                version: semver::Version::new(1, 0, 0),
                language: None,
                authors: Vec::new(),
                license: None,
                description: None,
                notice: None,
                exam: ExamRules { questions: 20, minutes: 30, pass_percent, multi_answer },
                domains,
                modules: Vec::new(),
                questions,
            }
        },
    )
}

fn one(i: usize, domain: usize, kind: u8, count: usize, flag: bool) -> examdeck::engine::question::Question {
    // Spread the ids, so that their order is not the bank's.
    let id = format!("q{}", (i * 7919) % 10_007);
    let domain = format!("d{domain}");
    let words: Vec<String> = (0..count).map(|o| format!("option {}", char::from(b'a' + o as u8))).collect();
    let numbers: Vec<String> = (0..count).map(|o| format!("{} m", (o * 37 + 11) % 101)).collect();
    let (kind, keys, options) = match kind {
        0 => (
            Kind::TrueFalse,
            1,
            if flag { vec!["True".into(), "False".into()] } else { vec!["False".into(), "True".into()] },
        ),
        1 | 2 if count > 2 => (Kind::Multi, 2 + usize::from(flag && count > 3), words),
        3 => (Kind::Single, 1, numbers),
        _ => (Kind::Single, 1, words),
    };
    let options: Vec<&str> = options.iter().map(String::as_str).collect();
    let mut q = question(&id, &domain, kind, "Which?", keys, &options);
    if kind == Kind::Single && flag {
        match count % 3 {
            0 => q.shuffle = false,
            1 => q.choices[count - 1].pinned_last = true,
            _ => {}
        }
    }
    q
}

/// A paper with at least one question.
pub fn papers() -> impl Strategy<Value = Paper> {
    (banks(), 1usize..25, any::<u64>())
        .prop_map(|(bank, questions, seed)| draw(&bank, &Request { questions, ..Request::default() }, seed, None))
}

/// Conditions with a limit of up to ten minutes, or none.
pub fn conditions() -> impl Strategy<Value = Conditions> {
    (prop::option::of(0u64..600_000), any::<bool>()).prop_map(|(limit, tutor)| Conditions {
        feedback: if tutor { Feedback::Tutor } else { Feedback::Exam },
        limit: limit.map(Duration::from_millis),
        allowance: if limit.is_some() { Allowance::Standard } else { Allowance::Untimed },
    })
}

/// Steps, legal or not.
pub fn steps() -> impl Strategy<Value = Step> {
    prop_oneof![
        8 => (0u8..8).prop_map(|o| Step::Pick(OptionId(o))),
        1 => Just(Step::Clear),
        2 => Just(Step::Flag),
        1 => Just(Step::Guess),
        3 => (0u8..8).prop_map(|o| Step::Strike(OptionId(o))),
        5 => (0usize..30).prop_map(Step::Goto),
        2 => Just(Step::Reveal),
        1 => (0u64..10_000).prop_map(|s| Step::Pause(Duration::from_secs(s))),
    ]
}

/// Time and steps; now and then the end. Times are whole milliseconds, as the store keeps them.
pub fn moves() -> impl Strategy<Value = Vec<Move>> {
    let one = prop_oneof![
        40 => (0u64..20_000).prop_map(|ms| Move::Elapse(Duration::from_millis(ms))),
        80 => steps().prop_map(Move::Do),
        1 => Just(Move::Do(Step::Submit)),
    ];
    prop::collection::vec(one, 0..80)
}

/// Runs `moves` and keeps the log, as the app does: only steps that changed something.
pub fn run(paper: Paper, conditions: Conditions, moves: &[Move]) -> (Exam, Vec<Entry>) {
    let mut exam = Exam::start(paper, conditions).expect("a paper with questions");
    let mut log = Vec::new();
    for m in moves {
        match *m {
            Move::Elapse(time) => exam.elapse(time),
            Move::Do(step) => {
                let entry = Entry { used: exam.used(), step };
                if exam.apply(step) {
                    log.push(entry);
                }
            }
        }
    }
    (exam, log)
}
