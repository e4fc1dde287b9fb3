//! Drills in the store: what waits comes back as it was, an answer and its drill are written together or not at all.

use std::collections::{HashMap, HashSet};
use std::time::Duration;

use examdeck::engine::answer::{AnswerId, Answered, Occasion};
use examdeck::engine::day::Day;
use examdeck::engine::drill::choose::Mode;
use examdeck::engine::drill::{Drill, Order};
use examdeck::engine::exam::Step;
use examdeck::engine::learner::{Learner, Trail};
use examdeck::engine::question::OptionId;
use examdeck::engine::time::Wall;
use examdeck::storage::paths;
use proptest::prelude::*;

use crate::support::arbitrary::{banks, steps};
use crate::support::bank::{bank, slug};
use crate::{assert_same_learner, folder, opened};

fn order(mode: Mode) -> Order {
    Order { mode, ..Order::new(bank().id) }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn a_drill_comes_back_as_it_was_after_each_step(
        bank in banks(), mode in prop::sample::select(Mode::ALL.to_vec()), seed in any::<u64>(),
        questions in prop::option::of(1usize..9), only in any::<bool>(),
        moves in prop::collection::vec((steps(), 0u64..5000, 0u8..6), 0..25),
    ) {
        let folder = folder();
        let mut store = opened(&folder);
        let (mut trail, mut answers) = (Trail::default(), 0);
        let only = if only { vec![bank.questions[0].id.clone()] } else { Vec::new() };
        let filter = ["", "-missed", "domain:d0 or -(type:tf \"a b\")"][seed as usize % 3].parse().expect("a filter");
        let order = Order { mode, filter, questions, only, seed: Some(seed), ..Order::new(bank.id.clone()) };
        let mut drill = Drill::new(order, !seed);
        drill.go_on(&bank, &trail, Day(9), &HashSet::new());
        for (step, ms, what) in moves {
            drill.elapse(Duration::from_millis(ms));
            let answer = if what < 2 { drill.answer(&bank, Wall(9 * 86_400 + ms as i64), Day(9)) } else { None };
            match &answer {
                Some(answer) => {
                    store.answer(answer, &drill.keep()).expect("written");
                    store.answer(answer, &drill.keep()).expect("written again, as after a lost answer");
                    trail.take(answer);
                    answers += 1;
                }
                None => {
                    if what == 2 && drill.open().is_none_or(|o| o.is_answered()) {
                        drill.go_on(&bank, &trail, Day(9), &HashSet::new());
                    } else {
                        drill.apply(step);
                    }
                    store.put_drill(&drill.keep(), Wall(0)).expect("written");
                }
            }
            prop_assert_eq!(store.drills().expect("readable"), HashMap::from([(bank.id.clone(), Some(drill.keep()))]));
        }
        let learner = store.learner(Day(30_000)).expect("readable");
        let trails = (answers > 0).then(|| (bank.id.clone(), trail));
        assert_same_learner(&learner, &Learner { trails: trails.into_iter().collect() });
        let mut logged = 0;
        store.each_answer(|_| logged += 1).expect("readable");
        prop_assert_eq!(logged, answers);
        store.end_drill(&bank.id).expect("written");
        prop_assert!(store.drills().expect("readable").is_empty());
    }
}

#[test]
fn a_state_that_cannot_be_read_is_told_and_does_no_harm_to_the_answers() {
    let folder = folder();
    let mut store = opened(&folder);
    let bank = bank();
    let mut drill = Drill::new(order(Mode::All), 1);
    assert!(drill.go_on(&bank, &Trail::default(), Day(1), &HashSet::new()));
    let keys = drill.open().expect("open").item().question.keys;
    for option in 0..keys {
        drill.apply(Step::Pick(OptionId(option as u8)));
    }
    let answer = drill.answer(&bank, Wall(9), Day(1)).expect("an answer");
    store.answer(&answer, &drill.keep()).expect("written");
    let sql = rusqlite::Connection::open(paths::database(folder.path())).expect("the database opens");
    for broken in ["", "{", "[]", "{\"form\":2}", "null", "\u{0}"] {
        sql.execute("UPDATE drill SET state = ?1", [broken]).expect("written");
        assert_eq!(store.drills().expect("readable"), HashMap::from([(bank.id.clone(), None)]), "{broken:?}");
    }
    // A newer program's form, and single fields that say what cannot be.
    store.put_drill(&drill.keep(), Wall(9)).expect("written");
    let state: String = sql.query_row("SELECT state FROM drill", [], |row| row.get(0)).expect("there");
    for (good, bad) in [
        ("\"form\":1", "\"form\":9"),
        ("\"mode\":\"all\"", "\"mode\":\"\u{1b}[2J\""),
        ("\"filter\":\"\"", "\"filter\":\"level:hard\""),
        ("\"asked\":[\"", "\"asked\":[\"../\",\""),
        ("\"reveal\"", "\"unveil\""),
    ] {
        let other = state.replacen(good, bad, 1);
        assert_ne!(other, state, "{good} is in {state}");
        sql.execute("UPDATE drill SET state = ?1", [other]).expect("written");
        assert_eq!(store.drills().expect("readable"), HashMap::from([(bank.id.clone(), None)]), "{bad:?}");
    }
    // What the first program wrote, which kept the missed ones only, is read.
    let earlier = state.replacen("\"answered\":[", "\"missed\":[", 1);
    sql.execute("UPDATE drill SET state = ?1", [earlier]).expect("written");
    assert_eq!(store.drills().expect("readable"), HashMap::from([(bank.id.clone(), Some(drill.keep()))]));
    assert_eq!(
        store.learner(Day(30_000)).expect("readable").standing(&bank.id, &answer.question).map(|s| s.answers),
        Some(1)
    );
}

#[test]
fn an_answer_of_a_day_to_come_lets_those_of_today_say_as_much() {
    let folder = folder();
    let mut store = opened(&folder);
    let bank = bank();
    let mut drill = Drill::new(order(Mode::All), 1);
    let mut give = |day: Day| {
        assert!(drill.go_on(&bank, &Trail::default(), day, &HashSet::new()));
        for option in 0..drill.open().expect("open").item().question.keys {
            drill.apply(Step::Pick(OptionId(option as u8)));
        }
        let answer = drill.answer(&bank, Wall(i64::from(day.0) * 86_400), day).expect("an answer");
        store.answer(&answer, &drill.keep()).expect("written");
    };
    for _ in 1..bank.questions.len() {
        give(Day(20_000));
    }
    give(Day(29_000)); // the clock was wrong
    let learner = store.learner(Day(20_000)).expect("readable");
    let sums = &learner.trail(&bank.id).expect("answered").sums;
    let weight: f64 = sums.domains.values().map(|area| area.evidence.on(Day(20_000)).weight()).sum();
    assert!(weight > bank.questions.len() as f64 - 1.0, "{weight}");
}

#[test]
fn an_answer_whose_drill_cannot_be_written_is_not_written_either() {
    let folder = folder();
    let mut store = opened(&folder);
    let bank = bank();
    let mut drill = Drill::new(order(Mode::All), 1);
    assert!(drill.go_on(&bank, &Trail::default(), Day(1), &HashSet::new()));
    for option in 0..drill.open().expect("open").item().question.keys {
        drill.apply(Step::Pick(OptionId(option as u8)));
    }
    let answer = drill.answer(&bank, Wall(9), Day(1)).expect("an answer");
    let sql = rusqlite::Connection::open(paths::database(folder.path())).expect("the database opens");
    sql.execute_batch("CREATE TRIGGER refuse BEFORE INSERT ON drill BEGIN SELECT RAISE(ABORT, 'no'); END;")
        .expect("set");
    assert!(store.answer(&answer, &drill.keep()).is_err());
    assert_eq!(store.learner(Day(30_000)).expect("readable"), Default::default());
    sql.execute_batch("DROP TRIGGER refuse").expect("set");
    store.answer(&answer, &drill.keep()).expect("written");
    assert_eq!(
        store.learner(Day(30_000)).expect("readable").standing(&bank.id, &answer.question).map(|s| s.answers),
        Some(1)
    );
}

/// Every way of two or three answers, each to a question of its own.
#[test]
fn flags_are_what_the_log_says() {
    let folder = folder();
    let mut store = opened(&folder);
    let bank = bank();
    let mut drill = Drill::new(order(Mode::All), 1);
    assert!(drill.go_on(&bank, &Trail::default(), Day(1), &HashSet::new()));
    for option in 0..drill.open().expect("open").item().question.keys {
        drill.apply(Step::Pick(OptionId(option as u8)));
    }
    let answer = drill.answer(&bank, Wall(9), Day(1)).expect("an answer");
    let mut folded = Learner::default();
    for way in 0..64_u64 {
        let question = slug(&format!("way-{way}"));
        for nth in 0..2 + way % 2 {
            let occasion = [Occasion::Exam, Occasion::Drill][(way >> (2 * nth) & 1) as usize];
            let answer = Answered {
                id: AnswerId::alone(Wall(9 + way as i64), way, nth as u16),
                question: question.clone(),
                occasion,
                flagged: way >> (2 * nth + 1) & 1 == 1,
                ..answer.clone()
            };
            store.answer(&answer, &drill.keep()).expect("written");
            folded.take(&answer);
        }
    }
    drop(store);
    assert_same_learner(&opened(&folder).learner(Day(30_000)).expect("readable"), &folded);
}
