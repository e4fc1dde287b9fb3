//! What holds for every sequence of grades.

use examdeck::engine::day::Day;
use examdeck::engine::plan::Plan;
use examdeck::engine::review::{
    Aim, CardState, LogEntry, Phase, Rules, answer, interval_label, is_leech, is_leech_now, preview, rebuild,
};
use examdeck::engine::schedule::{Rating, Scheduler};
use examdeck::engine::time::Wall;
use proptest::collection::vec;
use proptest::prelude::*;

use crate::noon;

const START: Day = Day(20_000);

/// Grades with the days and seconds that pass before each.
fn log() -> impl Strategy<Value = Vec<LogEntry>> {
    let days = prop_oneof![5 => Just(0_u32), 10 => 1..40_u32, 1 => 40..2_000_u32];
    vec((1..=4_u8, days, 0..900_i64), 0..30).prop_map(|steps| {
        let (mut day, mut seconds) = (START, 0);
        steps
            .into_iter()
            .map(|(rating, days, passed)| {
                day = day.plus(days);
                seconds += passed;
                let rating = Rating::from_number(rating).expect("1 to 4");
                LogEntry { at: Wall(noon(day).0 + seconds), day, rating }
            })
            .collect()
    })
}

fn rules() -> impl Strategy<Value = Rules> {
    let steps =
        prop_oneof![Just(vec![]), Just(vec![60]), Just(vec![600]), Just(vec![60, 600]), Just(vec![60, 600, 7200])];
    let lengths = |s: Vec<u64>| s.into_iter().map(std::time::Duration::from_secs).collect();
    (steps.clone(), steps, 0.7..0.97_f32, 1..40_000_u32).prop_map(move |(l, r, retention, max_interval_days)| Rules {
        learning_steps: lengths(l),
        relearning_steps: lengths(r),
        retention,
        max_interval_days,
        ..Rules::default()
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn due_is_never_before_now_and_better_grades_never_come_sooner(log in log(), rules in rules(), exam in 1..3_000_u32) {
        let scheduler = Scheduler::default();
        let plan = Plan { exam_day: START.plus(exam) };
        let mut state = CardState::default();
        for entry in &log {
            let aim = plan.aim(3, &rules, entry.day);
            let next = preview(&state, &scheduler, &rules, aim, entry.at, entry.day);
            prop_assert!(next.iter().all(|s| s.due > entry.at && s.due_day >= entry.day));
            prop_assert!(next.windows(2).all(|w| w[0].due <= w[1].due && w[0].due_day <= w[1].due_day));
            if entry.day < plan.exam_day {
                prop_assert!(next.iter().all(|s| s.due_day <= plan.exam_day));
            }
            let longest = Day(entry.day.0 + rules.max_interval_days as i32);
            prop_assert!(next.iter().all(|s| s.due_day <= longest));
            let after = answer(&state, entry.rating, &scheduler, &rules, aim, entry.at, entry.day);
            prop_assert_eq!(after, next[usize::from(entry.rating.number()) - 1]);
            state = after;
        }
    }

    #[test]
    fn the_state_worked_out_from_the_log_is_the_state(log in log(), rules in rules(), exam in 1..3_000_u32) {
        let scheduler = Scheduler::default();
        let plan = Plan { exam_day: START.plus(exam) };
        let aim = |entry: &LogEntry| plan.aim(5, &rules, entry.day);
        let mut state = CardState::default();
        let mut before = Vec::new();
        for entry in &log {
            before.push(state);
            state = answer(&state, entry.rating, &scheduler, &rules, aim(entry), entry.at, entry.day);
        }
        prop_assert_eq!(rebuild(&log, &scheduler, &rules, aim), state);
        // Taking a grade back is keeping the state from before it, and that is the log without its last entry.
        for (n, undone) in before.iter().enumerate().rev() {
            prop_assert_eq!(&rebuild(&log[..n], &scheduler, &rules, aim), undone);
        }
    }

    #[test]
    fn no_state_makes_a_grade_fail(
        stability in any::<f32>(), difficulty in any::<f32>(), retention in any::<f32>(), last in any::<i32>(),
        today in any::<i32>(), now in any::<i64>(), step in any::<u8>(), phase in 0..4_u8, reps in any::<u32>(),
    ) {
        let phase = match phase {
            0 => Phase::New,
            1 => Phase::Learning { step },
            2 => Phase::Review,
            _ => Phase::Relearning { step },
        };
        let memory = Some(examdeck::engine::schedule::Memory { stability, difficulty });
        let state = CardState { phase, memory, last_day: Some(Day(last)), reps, lapses: reps, ..CardState::default() };
        let aim = Aim { retention, cap: Some(reps) };
        for after in preview(&state, &Scheduler::default(), &Rules::default(), aim, Wall(now), Day(today)) {
            prop_assert!(after.due >= Wall(now) && after.due_day >= Day(today));
            prop_assert!(!interval_label(Wall(now), Day(today), &after).is_empty());
        }
    }
}

#[test]
fn the_keys_show_the_steps_and_days_of_a_new_card() {
    let rules = Rules::default();
    let labels = |state: &CardState| {
        preview(state, &Scheduler::default(), &rules, rules.aim(), noon(START), START)
            .map(|s| interval_label(noon(START), START, &s))
    };
    let new = CardState::default();
    assert_eq!(labels(&new), ["1 min", "6 min", "10 min", "8 d"]);
    let learned = answer(&new, Rating::Easy, &Scheduler::default(), &rules, rules.aim(), noon(START), START);
    assert_eq!(labels(&CardState { last_day: Some(Day(START.0 - 8)), ..learned })[0], "10 min");
}

#[test]
fn long_intervals_are_said_in_months_and_years() {
    let label = |days| {
        let state = CardState { phase: Phase::Review, due_day: START.plus(days), ..CardState::default() };
        interval_label(noon(START), START, &state)
    };
    let said = [1, 4, 59, 91, 364, 365, 438, 730, 36_500].map(label);
    assert_eq!(said, ["1 d", "4 d", "59 d", "3 mo", "12 mo", "1 y", "1.2 y", "2 y", "99.9 y"]);
}

#[test]
fn a_leech_is_said_at_eight_lapses_and_every_four_after() {
    let rules = Rules::default();
    let lapsed = |lapses| CardState { lapses, ..CardState::default() };
    let said: Vec<u32> = (1..=20).filter(|&n| is_leech_now(&lapsed(n - 1), &lapsed(n), &rules)).collect();
    assert_eq!(said, [8, 12, 16, 20]);
    assert!(!is_leech_now(&lapsed(8), &lapsed(8), &rules), "a grade that is no lapse makes no leech");
    assert!(is_leech(&lapsed(9), &rules) && !is_leech(&lapsed(7), &rules));
}
