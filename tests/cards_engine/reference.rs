//! The schedule equals that of the `fsrs` crate bit for bit, and that of another implementation to 1e-4.

use examdeck::engine::day::{Day, day_of};
use examdeck::engine::review::{CardState, Phase, Rules, answer};
use examdeck::engine::schedule::{FitError, Memory, Parameters, Rating, Scheduler, optimize};
use examdeck::engine::time::Wall;
use fsrs::{FSRS, MemoryState};
use jiff::tz::TimeZone;
use serde::Deserialize;

use crate::{Chance, noon};

/// Ratings and the days between them; Good is most likely.
fn sequence(chance: &mut Chance) -> Vec<(Rating, u32)> {
    let length = 3 + chance.below(18);
    (0..length)
        .map(|_| {
            let rating = [1, 1, 2, 2, 3, 3, 3, 3, 3, 4][chance.below(10) as usize];
            let days = [0, 1, 1, 2, 3, 5, 8, 21, 60, 200][chance.below(10) as usize];
            (Rating::from_number(rating).expect("1 to 4"), days)
        })
        .collect()
}

#[test]
fn fifty_sequences_equal_the_fsrs_crates_next_states_bit_for_bit() {
    let reference = FSRS::default();
    let scheduler = Scheduler::default();
    // Without steps every grade is one of the Review phase.
    let rules = Rules { learning_steps: vec![], relearning_steps: vec![], ..Rules::default() };
    let mut chance = Chance(4);
    for retention in [0.8, 0.85, 0.9, 0.93, 0.97] {
        let rules = Rules { retention, ..rules.clone() };
        for _ in 0..10 {
            let mut memory: Option<MemoryState> = None;
            let mut state = CardState::default();
            let mut today = Day(20_000);
            for (rating, days) in sequence(&mut chance) {
                let days = if memory.is_none() { 0 } else { days };
                today = today.plus(days);
                let next = reference.next_states(memory, retention, days).expect("finite");
                let next = [next.again, next.hard, next.good, next.easy][usize::from(rating.number()) - 1].clone();
                state = answer(&state, rating, &scheduler, &rules, rules.aim(), noon(today), today);
                let ours = state.memory.expect("it was graded");
                assert_eq!(state.phase, Phase::Review);
                assert_eq!(ours.stability.to_bits(), next.memory.stability.to_bits());
                assert_eq!(ours.difficulty.to_bits(), next.memory.difficulty.to_bits());
                assert_eq!(state.due_day.since(today), (next.interval.round() as u32).clamp(1, 36_500));
                memory = Some(next.memory);
            }
        }
    }
}

#[derive(Deserialize)]
struct Fixture {
    sequences: Vec<Sequence>,
}

#[derive(Deserialize)]
struct Sequence {
    name: String,
    reviews: Vec<Reviewed>,
}

/// A review by py-fsrs, and the card after it.
#[derive(Deserialize)]
struct Reviewed {
    rating: u8,
    at: i64,
    state: u8,
    step: i8,
    due: i64,
    stability: f64,
    difficulty: f64,
}

/// To 1e-4; beyond 100 days of stability to a millionth, which is what a 32-bit float can hold after ten reviews.
fn close(ours: f32, theirs: f64) -> bool {
    (f64::from(ours) - theirs).abs() <= f64::max(1e-4, theirs * 1e-6)
}

#[test]
fn sequences_from_another_implementation_come_out_the_same() {
    let text = include_str!("../fixtures/fsrs/py-fsrs.toml");
    let fixture: Fixture = toml::from_str(text).expect("the fixture is valid");
    assert!(fixture.sequences.len() >= 10);
    let (scheduler, rules) = (Scheduler::default(), Rules::default());
    let mut within = 0;
    for sequence in &fixture.sequences {
        within += u32::from(sequence.reviews.iter().all(|r| r.stability <= 100.0));
        let mut state = CardState::default();
        for (n, theirs) in sequence.reviews.iter().enumerate() {
            let place = format!("{}, review {}", sequence.name, n + 1);
            let (now, today) = (Wall(theirs.at), day_of(Wall(theirs.at), &TimeZone::UTC));
            let rating = Rating::from_number(theirs.rating).expect("1 to 4");
            state = answer(&state, rating, &scheduler, &rules, rules.aim(), now, today);
            let ours = state.memory.expect("it was graded");
            assert!(close(ours.stability, theirs.stability), "{place}: {ours:?}, not {}", theirs.stability);
            assert!(close(ours.difficulty, theirs.difficulty), "{place}: {ours:?}, not {}", theirs.difficulty);
            assert_eq!(state.due_day, day_of(Wall(theirs.due), &TimeZone::UTC), "{place}");
            assert_eq!(state.due, Wall(theirs.due), "{place}");
            let phase = match (theirs.state, u8::try_from(theirs.step)) {
                (1, Ok(step)) => Phase::Learning { step },
                (2, Err(_)) => Phase::Review,
                (3, Ok(step)) => Phase::Relearning { step },
                other => panic!("{place}: no such state {other:?}"),
            };
            assert_eq!(state.phase, phase, "{place}");
        }
    }
    assert!(within >= 10, "{within} sequences are equal to 1e-4 throughout");
}

#[test]
fn a_card_due_on_time_is_recalled_as_often_as_wanted() {
    let scheduler = Scheduler::default();
    let memory = Memory { stability: 20.0, difficulty: 5.0 };
    assert!((scheduler.retrievability(memory, 20.0) - 0.9).abs() < 1e-4);
    assert_eq!(scheduler.retrievability(memory, 0.0), 1.0);
    for retention in [0.8, 0.9, 0.95] {
        for next in scheduler.next(Some(memory), retention, 20) {
            assert!((scheduler.retrievability(next.memory, next.interval_days) - retention).abs() < 1e-4);
        }
    }
}

#[test]
fn parameters_are_21_numbers() {
    assert_eq!(Parameters::default().as_slice().len(), 21);
    assert_eq!(Parameters::new(Parameters::default().as_slice().to_vec()), Some(Parameters::default()));
    assert_eq!(Parameters::new(vec![0.5; 20]), None);
    assert_eq!(Parameters::new([vec![0.5; 20], vec![f32::NAN]].concat()), None);
}

#[test]
fn a_memory_that_is_no_number_is_forgotten() {
    let scheduler = Scheduler::default();
    let broken = Some(Memory { stability: f32::NAN, difficulty: 5.0 });
    assert_eq!(scheduler.next(broken, 0.9, 3), scheduler.next(None, 0.9, 3));
}

/// A student whose memory is FSRS with other parameters.
fn histories(truth: &Parameters, cards: usize) -> Vec<Vec<(Rating, u32)>> {
    let (own, default) = (Scheduler::new(truth), Scheduler::default());
    let mut chance = Chance(400);
    let mut histories = Vec::new();
    for _ in 0..cards {
        let mut history = vec![(Rating::Good, 0)];
        let [mut real, mut guess] = [&own, &default].map(|s| s.next(None, 0.9, 0)[2]);
        for _ in 0..6 {
            let days = guess.interval_days.round().max(1.0) as u32;
            let known = own.retrievability(real.memory, days as f32) * 1e6 > chance.below(1_000_000) as f32;
            let rating = if known { Rating::Good } else { Rating::Again };
            let at = usize::from(rating.number()) - 1;
            real = own.next(Some(real.memory), 0.9, days)[at];
            guess = default.next(Some(guess.memory), 0.9, days)[at];
            history.push((rating, days));
        }
        histories.push(history);
    }
    histories
}

#[test]
fn fitting_to_a_forgetful_student_foresees_the_answers_better() {
    let mut truth = Parameters::default().as_slice().to_vec();
    truth[2] = 0.8;
    truth[8] = 1.2;
    let truth = Parameters::new(truth).expect("21 numbers");
    let log = histories(&truth, 150);
    let fit = optimize(&log, &Parameters::default()).expect("900 reviews are enough");
    assert!(fit.is_better(), "{fit:?}");
    assert_eq!(optimize(&log, &Parameters::default()), Ok(fit), "the same log gives the same fit");
}

#[test]
fn there_is_nothing_to_fit_to_in_a_log_of_one_day() {
    let log = vec![vec![(Rating::Good, 0), (Rating::Good, 0)], vec![]];
    assert_eq!(optimize(&log, &Parameters::default()), Err(FitError::TooFew));
    for cards in [1, 2, 5, 20] {
        let _ = optimize(&histories(&Parameters::default(), cards), &Parameters::default());
    }
}
