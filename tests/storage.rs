//! The store on real files: what is written is read again, and nothing of a stranger's is touched.

#[path = "storage/drills.rs"]
mod drills;
#[cfg(unix)]
#[path = "storage/read_only.rs"]
mod read_only;
mod support;

use std::collections::{HashMap, HashSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use examdeck::app::effect::{Answer, Effect, Order, Record};
use examdeck::engine::answer::AnswerId;
use examdeck::engine::day::Day;
use examdeck::engine::deck::{CardKey, Side};
use examdeck::engine::draw::Request;
use examdeck::engine::exam::{Conditions, Entry, Exam, Feedback, Step};
use examdeck::engine::fault::Fault;
use examdeck::engine::learner::{Learner, Mark};
use examdeck::engine::paper::Paper;
use examdeck::engine::question::OptionId;
use examdeck::engine::queue::Done;
use examdeck::engine::record::{ExamId, Grade, Reading, Stored};
use examdeck::engine::review::{Aim, CardState, LogEntry, Phase, Rules, answer, rebuild};
use examdeck::engine::schedule::{Memory, Rating, Scheduler};
use examdeck::engine::score::score;
use examdeck::engine::slug::Slug;
use examdeck::engine::sums::{Area, Sums};
use examdeck::engine::tally::Count;
use examdeck::engine::text::Text;
use examdeck::engine::time::{Allowance, Wall};
use examdeck::runtime::effects::Hands;
use examdeck::storage::lock::{self, Held};
use examdeck::storage::{Store, StoreError, migrate, open, paths};
use proptest::prelude::*;
use support::arbitrary::{Move, conditions, moves, papers};
use support::bank::{all, bank, exam_id, paper, slug};
use support::world::after;
use tempfile::TempDir;

fn folder() -> TempDir {
    tempfile::tempdir().expect("a folder for the test")
}

fn opened(folder: &TempDir) -> Store {
    open::open(folder.path()).expect("a store")
}

const TWO_HOURS: Conditions =
    Conditions { feedback: Feedback::Exam, limit: Some(Duration::from_secs(7200)), allowance: Allowance::Standard };

fn begun(ids: &[&str]) -> Exam {
    Exam::start(paper(&bank(), ids), TWO_HOURS).expect("questions")
}

fn load(store: &Store, n: u128) -> Stored {
    store.load(exam_id(n)).expect("readable").expect("there")
}

/// What must come back as it was. (How a question was drawn, such as whether options could move, is not kept: the order is.)
fn assert_same(read: &Exam, exam: &Exam) {
    assert_eq!(read.responses(), exam.responses());
    assert_eq!(read.position(), exam.position());
    assert_eq!(read.used(), exam.used());
    assert_eq!(read.end(), exam.end());
    assert_eq!(read.pauses(), exam.pauses());
    assert_eq!(read.conditions(), exam.conditions());
    assert_eq!(read.paper().origin, exam.paper().origin);
    assert_eq!((read.paper().seed, read.paper().seed_alone), (exam.paper().seed, exam.paper().seed_alone));
    assert_eq!(read.paper().among, exam.paper().among);
    for (a, b) in read.paper().items.iter().zip(&exam.paper().items) {
        assert_eq!(a.order, b.order);
        let (a, b) = (&a.question, &b.question);
        assert_eq!((&a.id, &a.domain, &a.module, a.kind, a.keys), (&b.id, &b.domain, &b.module, b.kind, b.keys));
        assert_eq!((&a.stem, &a.figure, &a.explanation), (&b.stem, &b.figure, &b.explanation));
        assert_eq!((&a.sources, a.level, &a.objective, &a.reviewed), (&b.sources, b.level, &b.objective, &b.reviewed));
        let texts = |q: &examdeck::engine::question::Question| {
            q.choices.iter().map(|c| (c.text.clone(), c.why.clone())).collect::<Vec<_>>()
        };
        assert_eq!(texts(a), texts(b));
    }
    assert_eq!(score(read), score(exam));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn what_was_done_is_read_again(paper in papers(), conditions in conditions(), moves in moves()) {
        let folder = folder();
        let mut store = opened(&folder);
        let id = exam_id(1);
        let mut exam = Exam::start(paper, conditions).expect("questions");
        store.begin(id, &exam, Wall(100)).expect("begun");
        let mut number = 0;
        for (i, m) in moves.iter().enumerate() {
            match *m {
                Move::Elapse(time) => exam.elapse(time),
                Move::Do(step) => {
                    let entry = Entry { used: exam.used(), step };
                    if exam.apply(step) {
                        store.append(id, number, entry, exam.position(), Wall(200)).expect("appended");
                        // A write whose answer was lost is tried again.
                        if i % 3 == 0 {
                            store.append(id, number, entry, exam.position(), Wall(200)).expect("appended twice");
                        }
                        number += 1;
                    }
                }
            }
        }
        store.clock(id, exam.used(), exam.position(), Wall(300)).expect("clock");
        let read = load(&store, 1);
        assert_same(&read.exam, &exam);
        prop_assert_eq!((read.steps, read.started, read.last_active, read.ended), (number, Wall(100), Wall(300), None));
        if exam.end().is_some() {
            store.finish(id, &exam, &score(&exam), Wall(400), Day(20_000)).expect("finished");
            answers_are_kept(&store, id, &exam);
        }
        // Another program reads the same.
        drop(store);
        let store = opened(&folder);
        let read = load(&store, 1);
        assert_same(&read.exam, &exam);
        prop_assert_eq!(read.ended, exam.end().map(|_| Wall(400)));
        let list = store.summaries().expect("readable");
        prop_assert_eq!(list.len(), 1);
        let (summary, marked) = (&list[0], score(&exam));
        prop_assert_eq!((summary.id, summary.used, summary.questions), (id, exam.used(), exam.responses().len()));
        prop_assert_eq!(summary.conditions, exam.conditions());
        prop_assert_eq!(summary.outcome.is_some(), exam.end().is_some());
        if let Some(outcome) = &summary.outcome {
            prop_assert_eq!((outcome.total, outcome.passed), (marked.total, marked.passed));
            prop_assert_eq!(&outcome.domains, &marked.domains);
            prop_assert_eq!(Some(outcome.end), exam.end());
        }
    }
}

#[test]
fn a_step_that_is_there_is_left_as_it_is() {
    let folder = folder();
    let mut store = opened(&folder);
    let exam = begun(&["ebb", "head-on"]);
    store.begin(exam_id(1), &exam, Wall(1)).expect("begun");
    let entry = |option| Entry { used: Duration::from_secs(3), step: Step::Pick(OptionId(option)) };
    for option in [0, 0, 1] {
        store.append(exam_id(1), 0, entry(option), 0, Wall(2)).expect("appended");
    }
    let read = load(&store, 1);
    assert_eq!(read.steps, 1);
    assert_eq!(read.exam.response().picked().iter().map(|o| o.0).collect::<Vec<_>>(), [0]);
}

#[test]
fn time_that_was_written_is_never_given_back() {
    let folder = folder();
    let mut store = opened(&folder);
    store.begin(exam_id(1), &begun(&["ebb"]), Wall(1)).expect("begun");
    store.clock(exam_id(1), Duration::from_secs(50), 0, Wall(2)).expect("clock");
    store.clock(exam_id(1), Duration::from_secs(20), 0, Wall(3)).expect("clock");
    assert_eq!(load(&store, 1).exam.used(), Duration::from_secs(50));
}

#[test]
fn what_is_not_there_is_not_read_and_not_written() {
    let folder = folder();
    let mut store = opened(&folder);
    assert!(store.load(exam_id(9)).expect("readable").is_none());
    let entry = Entry { used: Duration::ZERO, step: Step::Flag };
    assert!(store.append(exam_id(9), 0, entry, 0, Wall(1)).is_err(), "a step of no sitting");
    store.begin(exam_id(1), &begun(&["ebb"]), Wall(1)).expect("begun");
    assert!(store.begin(exam_id(1), &begun(&["ebb"]), Wall(1)).is_err(), "the same sitting twice");
    assert_eq!(load(&store, 1).steps, 0);
}

#[test]
fn a_question_is_seen_once_it_was_answered() {
    let folder = folder();
    let mut store = opened(&folder);
    let bank = bank();
    let mut exam = begun(&["ebb", "lookout"]);
    store.begin(exam_id(1), &exam, Wall(1)).expect("begun");
    store.begin(exam_id(2), &begun(&["ebb", "head-on"]), Wall(2)).expect("begun");
    assert!(store.seen(&bank.id).expect("readable").is_empty(), "exams that are only opened");
    exam.apply(Step::Pick(OptionId(1)));
    exam.apply(Step::Submit);
    store.finish(exam_id(1), &exam, &score(&exam), Wall(3), Day(20_000)).expect("finished");
    let seen = store.seen(&bank.id).expect("readable");
    assert_eq!(seen, HashSet::from([slug("ebb")]), "the other one was left without an answer");
    assert!(store.seen(&slug("another-bank")).expect("readable").is_empty());
}

/// Every row of the store, by table.
fn everything(path: &Path) -> Vec<String> {
    let database = raw(path);
    let mut names =
        database.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name").expect("tables");
    let names: Vec<String> = names.query_map([], |row| row.get(0)).expect("tables").flatten().collect();
    names.iter().flat_map(|table| rows_of(&database, table)).collect()
}

/// An unfinished exam is discarded as a whole or not at all, and nothing else with it.
#[test]
fn a_discarded_exam_takes_nothing_with_it() {
    let folder = folder();
    let mut store = opened(&folder);
    let step = Entry { used: Duration::from_secs(5), step: Step::Pick(OptionId(1)) };
    let mut ended = begun(&["ebb", "lookout"]);
    ended.apply(Step::Pick(OptionId(0)));
    ended.apply(Step::Submit);
    store.begin(exam_id(1), &ended, Wall(1)).expect("begun");
    store.finish(exam_id(1), &ended, &score(&ended), Wall(2), Day(20_000)).expect("finished");
    store.begin(exam_id(2), &begun(&["ebb", "head-on"]), Wall(3)).expect("begun");
    store.append(exam_id(2), 0, step, 0, Wall(3)).expect("appended");
    let without = everything(&database(&folder));
    store.begin(exam_id(3), &begun(&["ebb", "head-on"]), Wall(4)).expect("begun");
    store.append(exam_id(3), 0, step, 0, Wall(4)).expect("appended");
    let with = everything(&database(&folder));

    // What stops it in the middle leaves all of it.
    let stop = "CREATE TRIGGER stop BEFORE DELETE ON exam BEGIN SELECT RAISE(ABORT, 'stopped'); END";
    raw(&database(&folder)).execute_batch(stop).expect("made");
    assert!(store.discard(exam_id(3)).is_err());
    raw(&database(&folder)).execute_batch("DROP TRIGGER stop").expect("dropped");
    assert_eq!(everything(&database(&folder)), with);

    store.discard(exam_id(1)).expect("a finished exam is left as it is");
    assert_eq!(everything(&database(&folder)), with);
    drop(store);
    let mut hands = hands(&folder);
    for again in [false, true] {
        let saved = hands.perform(Effect::Save(Record::Discard(exam_id(3))), after(0.0));
        assert!(matches!(saved, Some(Answer::Saved)), "again: {again}");
        assert_eq!(everything(&database(&folder)), without);
    }
}

#[test]
fn the_list_begins_with_the_newest() {
    let folder = folder();
    let mut store = opened(&folder);
    for (n, started) in [(1, 300), (2, 100), (3, 200)] {
        store.begin(exam_id(n), &begun(&["ebb"]), Wall(started)).expect("begun");
    }
    let order: Vec<i64> = store.summaries().expect("readable").iter().map(|s| s.started.0).collect();
    assert_eq!(order, [300, 200, 100]);
}

/// What is withheld is read with the list: of exams that go on and show their answers at the end.
#[test]
fn the_list_says_which_answers_are_not_to_be_seen_yet() {
    let folder = folder();
    let mut store = opened(&folder);
    let withheld = |store: &Store| -> Vec<Vec<String>> {
        let list = store.summaries().expect("readable");
        let sorted = |s: &examdeck::engine::record::Summary| {
            let mut ids: Vec<String> = s.withheld.iter().map(ToString::to_string).collect();
            ids.sort();
            ids
        };
        list.iter().map(sorted).collect()
    };
    let tutor = Conditions { feedback: Feedback::Tutor, ..TWO_HOURS };
    let taught = Exam::start(paper(&bank(), &["lookout"]), tutor).expect("a question");
    store.begin(exam_id(1), &begun(&["ebb", "red-sector"]), Wall(100)).expect("begun");
    store.begin(exam_id(2), &taught, Wall(200)).expect("begun");
    assert_eq!(withheld(&store), [vec![], vec!["ebb".to_owned(), "red-sector".to_owned()]]);
    let mut ended = begun(&["ebb", "red-sector"]);
    ended.apply(Step::Submit);
    store.finish(exam_id(1), &ended, &score(&ended), Wall(400), Day(20_000)).expect("finished");
    assert_eq!(withheld(&store), [Vec::<String>::new(), vec![]]);
}

#[test]
fn every_number_is_a_seed() {
    let folder = folder();
    let mut store = opened(&folder);
    for (n, seed) in [(1, 0), (2, u64::MAX), (3, 1 << 63)] {
        let mut drawn = paper(&bank(), &["ebb"]);
        drawn.seed = seed;
        let exam = Exam::start(drawn, Conditions { limit: None, ..TWO_HOURS }).expect("questions");
        store.begin(exam_id(n), &exam, Wall(1)).expect("begun");
        assert_eq!(load(&store, n).exam.paper().seed, seed);
    }
}

// Cards

fn key(entry: &str) -> CardKey {
    CardKey { deck: slug("lights"), entry: slug(entry), side: Side::Forward }
}

/// A grade at noon; `n` makes its identifier. What follows from it is worked out as a sitting does.
fn grade(n: u128, entry: &str, day: i32, rating: Rating, before: CardState) -> Grade {
    let (rules, at, day) = (Rules::default(), Wall(i64::from(day) * 86_400 + 43_200), Day(day));
    let after = answer(&before, rating, &Scheduler::default(), &rules, rules.aim(), at, day);
    Grade { id: uuid::Uuid::from_u128(n), key: key(entry), at, day, rating, aim: rules.aim(), before, after }
}

/// Any state at all, with numbers that are none, zeros with a sign and the like.
fn states() -> impl Strategy<Value = CardState> {
    let odd = [0.0_f32, -0.0, f32::NAN, f32::INFINITY, f32::NEG_INFINITY, f32::MIN_POSITIVE, f32::MAX, 0.1, 1e-45];
    let bits = prop_oneof![any::<u32>(), prop::sample::select(odd.map(f32::to_bits).to_vec()), Just(0xffc0_1234)];
    let memory = prop::option::of((bits.clone(), bits).prop_map(|(stability, difficulty)| Memory {
        stability: f32::from_bits(stability),
        difficulty: f32::from_bits(difficulty),
    }));
    let phase = (0..4_u8, any::<u8>()).prop_map(|(phase, step)| match phase {
        0 => Phase::New,
        1 => Phase::Learning { step },
        2 => Phase::Review,
        _ => Phase::Relearning { step },
    });
    let times = (any::<i64>(), any::<i32>(), any::<Option<i64>>(), any::<Option<i32>>());
    let rest = (any::<u32>(), any::<u32>(), any::<bool>(), any::<Option<i32>>());
    (phase, memory, times, rest).prop_map(
        |(phase, memory, (due, due_day, last, last_day), (reps, lapses, suspended, buried_until))| CardState {
            phase,
            memory,
            due: Wall(due),
            due_day: Day(due_day),
            last: last.map(Wall),
            last_day: last_day.map(Day),
            reps,
            lapses,
            suspended,
            buried_until: buried_until.map(Day),
        },
    )
}

/// A state with the bits of its numbers: two that are equal here are equal bit for bit.
fn bits(state: &CardState) -> (Option<(u32, u32)>, CardState) {
    (state.memory.map(|m| (m.stability.to_bits(), m.difficulty.to_bits())), CardState { memory: None, ..*state })
}

fn state_of(store: &Store, entry: &str) -> Option<CardState> {
    store.card_states().expect("readable").get(&key(entry)).copied()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn a_grade_taken_back_leaves_the_state_as_it_was_bit_for_bit(
        before in states(), after in states(), retention in any::<u32>(), cap in any::<Option<u32>>(), number in 1..=4_u8,
    ) {
        let folder = folder();
        let mut store = opened(&folder);
        store.set_card(&key("a"), &before).expect("written");
        let retention = f32::from_bits(retention);
        // SQLite knows no number that is none.
        let aim = Aim { retention: if retention.is_nan() { 0.9 } else { retention }, cap };
        let rating = Rating::from_number(number).expect("a rating");
        let grade = Grade { aim, after, ..self::grade(1, "a", 20_000, rating, before) };
        let dump = || -> String {
            raw(&database(&folder)).query_row("SELECT state FROM card", [], |row| row.get(0)).expect("a state")
        };
        let was = dump();
        store.grade(&grade).expect("graded");
        prop_assert_eq!(bits(&state_of(&store, "a").expect("there")), bits(&after));
        drop(store);
        let mut store = opened(&folder);
        prop_assert_eq!(bits(&state_of(&store, "a").expect("there")), bits(&after));
        store.undo_grade(&grade, Wall(5)).expect("taken back");
        prop_assert_eq!(bits(&state_of(&store, "a").expect("there")), bits(&before));
        prop_assert_eq!(dump(), was);
        let logged: String =
            raw(&database(&folder)).query_row("SELECT before FROM review", [], |row| row.get(0)).expect("logged");
        prop_assert_eq!(logged, dump(), "the log holds the state before the grade");
        prop_assert_eq!(store.day_done(Day(20_000)).expect("readable"), Done::default());
    }

    #[test]
    fn the_state_worked_out_from_the_stored_log_is_the_stored_one(
        steps in prop::collection::vec((0..3_usize, 1..=4_u8, 0..40_i32, 0.7..0.97_f32, any::<Option<u32>>(), 0..5_u8), 1..40),
    ) {
        let folder = folder();
        let mut store = opened(&folder);
        let (scheduler, rules) = (Scheduler::default(), Rules::default());
        let mut cards: [CardState; 3] = Default::default();
        let mut day = 20_000;
        for (i, (card, number, days, retention, cap, taken_back)) in steps.into_iter().enumerate() {
            day += days;
            let aim = Aim { retention, cap: cap.map(|c| c % 500) };
            let rating = Rating::from_number(number).expect("a rating");
            let mut grade = self::grade(i as u128, &format!("c{card}"), day, rating, cards[card]);
            grade.aim = aim;
            grade.at = Wall(grade.at.0 + i as i64);
            grade.after = answer(&grade.before, rating, &scheduler, &rules, aim, grade.at, grade.day);
            store.grade(&grade).expect("graded");
            if taken_back == 0 {
                store.undo_grade(&grade, grade.at).expect("taken back");
            } else {
                cards[card] = grade.after;
            }
        }
        let database = raw(&database(&folder));
        let sql = "SELECT at, day, rating, retention, cap FROM review
                   WHERE entry = ?1 AND id NOT IN (SELECT review FROM undone) ORDER BY at, id";
        for (entry, state) in [("c0", cards[0]), ("c1", cards[1]), ("c2", cards[2])] {
            let mut query = database.prepare(sql).expect("a query");
            let rows = query.query_map([entry], |row| {
                let rating = Rating::from_number(row.get(2)?).expect("a rating");
                let aim = Aim { retention: row.get::<_, f64>(3)? as f32, cap: row.get(4)? };
                Ok((LogEntry { at: Wall(row.get(0)?), day: Day(row.get(1)?), rating }, aim))
            });
            let (log, aims): (Vec<LogEntry>, Vec<Aim>) =
                rows.expect("rows").collect::<rusqlite::Result<Vec<_>>>().expect("grades").into_iter().unzip();
            let at_of: HashMap<i64, Aim> = log.iter().map(|e| e.at.0).zip(aims).collect();
            let rebuilt = rebuild(&log, &scheduler, &rules, |entry| at_of[&entry.at.0]);
            prop_assert_eq!(bits(&rebuilt), bits(&state));
            prop_assert_eq!(bits(&state_of(&store, entry).unwrap_or_default()), bits(&state));
        }
    }
}

#[test]
fn days_count_what_was_begun_and_reviewed_and_not_what_was_taken_back() {
    let folder = folder();
    let mut store = opened(&folder);
    let new = grade(1, "a", 20_000, Rating::Easy, CardState::default());
    let again = grade(2, "b", 20_000, Rating::Again, CardState::default());
    let step = grade(3, "b", 20_000, Rating::Good, again.after);
    let review = grade(4, "a", 20_010, Rating::Good, new.after);
    for grade in [&new, &again, &step, &review, &review, &new] {
        store.grade(grade).expect("graded"); // and a write whose answer was lost, again
    }
    let done = |store: &Store, day| store.day_done(Day(day)).expect("readable");
    assert_eq!(done(&store, 20_000), Done { new: 2, reviews: 0 });
    assert_eq!(done(&store, 20_010), Done { new: 0, reviews: 1 });
    assert_eq!(done(&store, 20_011), Done::default());
    assert_eq!(store.grades().expect("readable"), 4);
    assert_eq!(state_of(&store, "a"), Some(review.after), "the first grade, written again, changes nothing");
    for _ in 0..2 {
        store.undo_grade(&review, Wall(1)).expect("taken back");
        store.undo_grade(&step, Wall(1)).expect("taken back");
    }
    assert_eq!(done(&store, 20_010), Done::default());
    assert_eq!(store.grades().expect("readable"), 2);
    assert_eq!((state_of(&store, "a"), state_of(&store, "b")), (Some(new.after), Some(again.after)));
    // A grade that was taken back does not come again by being written again.
    store.grade(&review).expect("known");
    assert_eq!((state_of(&store, "a"), store.grades().expect("readable")), (Some(new.after), 2));
    // Nothing can be taken back that was never given.
    assert!(store.undo_grade(&grade(9, "a", 20_000, Rating::Good, CardState::default()), Wall(1)).is_err());
    assert_eq!(state_of(&store, "a"), Some(new.after));
}

#[test]
fn histories_hold_each_cards_grades_in_order_without_those_taken_back() {
    let folder = folder();
    let mut store = opened(&folder);
    let first = grade(5, "a", 20_000, Rating::Again, CardState::default());
    let slip = Grade { at: Wall(first.at.0 + 1), ..grade(6, "a", 20_000, Rating::Easy, first.after) };
    let second = Grade { at: Wall(first.at.0 + 2), ..grade(7, "a", 20_000, Rating::Hard, first.after) };
    let third = grade(8, "a", 20_004, Rating::Good, second.after);
    let other = grade(4, "b", 20_002, Rating::Easy, CardState::default());
    let only = grade(3, "c", 20_002, Rating::Easy, CardState::default());
    let mut back = grade(9, "a", 20_007, Rating::Easy, CardState::default());
    back.key.side = Side::Backward;
    for grade in [&third, &only, &first, &slip, &other, &second, &back] {
        store.grade(grade).expect("graded");
    }
    store.undo_grade(&slip, Wall(1)).expect("taken back");
    store.undo_grade(&only, Wall(1)).expect("taken back");
    let mut histories = store.card_histories().expect("readable");
    histories.sort_by_key(Vec::len);
    let [short, also, long] = histories.try_into().expect("three cards");
    assert_eq!((short, also), (vec![(Rating::Easy, 0)], vec![(Rating::Easy, 0)]));
    assert_eq!(long, [(Rating::Again, 0), (Rating::Hard, 0), (Rating::Good, 4)]);
}

#[test]
fn settings_are_made_changed_and_unmade() {
    let folder = folder();
    let mut store = opened(&folder);
    assert_eq!(store.setting("exam-date").expect("readable"), None);
    store.set_setting("exam-date", None).expect("nothing to unmake");
    store.set_setting("exam-date", Some("2027-01-31")).expect("made");
    store.set_setting("exam-date", Some("2027-02-01")).expect("changed");
    store.set_setting("o'clock", Some("")).expect("made");
    drop(store);
    let mut store = opened(&folder);
    let wanted = [("exam-date", "2027-02-01"), ("o'clock", "")].map(|(n, v)| (n.to_owned(), v.to_owned()));
    assert_eq!(store.settings().expect("readable"), HashMap::from(wanted));
    store.set_setting("exam-date", None).expect("unmade");
    assert_eq!(store.setting("exam-date").expect("readable"), None);
}

#[test]
fn a_card_that_makes_no_sense_hides_no_other() {
    let folder = folder();
    let mut store = opened(&folder);
    for n in 1..=5 {
        let entry = format!("c{n}");
        store.grade(&grade(n, &entry, 20_000, Rating::Good, CardState::default())).expect("graded");
    }
    raw(&database(&folder))
        .execute_batch(
            "UPDATE card SET state = 'no json' WHERE entry = 'c1'; UPDATE card SET side = 'sideways' WHERE entry = 'c2';
             UPDATE card SET state = replace(state, 'learning', 'dreaming') WHERE entry = 'c3';
             UPDATE card SET entry = 'No Slug' WHERE entry = 'c4'; UPDATE review SET rating = 7 WHERE entry = 'c1';",
        )
        .expect("changed");
    let states = store.card_states().expect("readable");
    assert_eq!(states.keys().map(|k| k.entry.as_str()).collect::<Vec<_>>(), ["c5"]);
    assert_eq!(store.card_histories().expect("readable").len(), 4);
}

// Files of others

fn database(folder: &TempDir) -> PathBuf {
    paths::database(folder.path())
}

fn raw(path: &Path) -> rusqlite::Connection {
    rusqlite::Connection::open(path).expect("a database")
}

/// Opening is refused, twice, and the file stays as it is to the byte, with nothing beside it.
fn refused(folder: &TempDir) -> StoreError {
    let before = fs::read(database(folder)).expect("there");
    let names = |folder: &TempDir| {
        let mut names: Vec<_> =
            fs::read_dir(folder.path()).expect("there").map(|e| e.expect("an entry").file_name()).collect();
        names.sort();
        names
    };
    let listed = names(folder);
    open::open(folder.path()).expect_err("refused");
    let error = open::open(folder.path()).expect_err("refused again");
    assert_eq!(fs::read(database(folder)).expect("there"), before, "touched");
    assert_eq!(names(folder), listed);
    error
}

/// A store with one sitting, closed.
fn filled() -> TempDir {
    let folder = folder();
    let mut store = opened(&folder);
    store.begin(exam_id(1), &begun(&all(&bank())), Wall(1)).expect("begun");
    drop(store);
    folder
}

#[test]
fn a_newer_schema_is_refused_with_advice() {
    let folder = filled();
    raw(&database(&folder)).execute_batch("PRAGMA user_version = 99; CREATE TABLE later (x)").expect("changed");
    let error = refused(&folder);
    assert!(matches!(error, StoreError::Newer { found: 99, known: migrate::LATEST, .. }), "{error:?}");
    let text = error.to_string();
    assert!(text.contains("newer examdeck") && text.contains("install") && text.contains("progress.db"), "{text}");
}

#[test]
fn another_programs_database_is_refused() {
    let folder = folder();
    raw(&database(&folder)).execute_batch("CREATE TABLE songs (title); INSERT INTO songs VALUES ('x')").expect("made");
    assert!(matches!(refused(&folder), StoreError::Foreign { .. }));
    raw(&database(&folder)).execute_batch("PRAGMA application_id = 7; PRAGMA user_version = 1").expect("made");
    assert!(matches!(refused(&folder), StoreError::Foreign { .. }));
}

#[test]
fn what_is_no_database_is_refused() {
    for garbage in [&b"hello"[..], &[0xff; 40], &b"SQLite format 3 but not really ".repeat(200), &[7; 100_000]] {
        let folder = folder();
        fs::write(database(&folder), garbage).expect("written");
        let error = refused(&folder);
        assert!(matches!(error, StoreError::Damaged { .. }), "{error:?}");
        assert!(error.to_string().contains("damaged"), "{error}");
    }
}

#[test]
fn a_torn_file_is_refused() {
    let folder = filled();
    let whole = fs::read(database(&folder)).expect("there");
    for kept in [whole.len() / 2, 4096, 100, 20] {
        fs::write(database(&folder), &whole[..kept]).expect("written");
        let error = refused(&folder);
        assert!(matches!(error, StoreError::Damaged { .. }), "{kept} of {} bytes: {error:?}", whole.len());
    }
    fs::write(database(&folder), &whole).expect("written");
    assert_eq!(load(&opened(&folder), 1).exam.responses().len(), 12, "a copy put back is good");
}

#[test]
fn an_empty_file_is_a_new_store() {
    let folder = folder();
    fs::write(database(&folder), b"").expect("written");
    assert!(opened(&folder).summaries().expect("readable").is_empty());
}

#[test]
fn an_empty_file_beside_a_log_or_a_copy_is_no_new_store() {
    for name in ["progress.db-wal", "progress.db.schema-2"] {
        let folder = folder();
        fs::write(database(&folder), b"").expect("written");
        fs::write(folder.path().join(name), b"").expect("written");
        drop(opened(&folder)); // both may be empty, as when a program ended at once
        fs::write(database(&folder), b"").expect("written");
        fs::write(folder.path().join(name), b"something").expect("written");
        let error = refused(&folder);
        assert!(matches!(error, StoreError::Emptied { .. }), "{error:?}");
        assert!(error.to_string().contains(name), "{error}");
    }
}

/// The log holds an answer for each question that has one; what stands beside it can be worked out from it.
/// The same, but for the last digits of partial points: they hang on the order in which points were added.
fn assert_same_learner(read: &Learner, folded: &Learner) {
    let but_sums = |learner: &Learner| {
        let mut learner = learner.clone();
        learner.trails.values_mut().for_each(|trail| trail.sums = Sums::default());
        learner
    };
    assert_eq!(but_sums(read), but_sums(folded));
    let round = |x: f64| (x * 1e9).round() / 1e9;
    let count = |c: &Count| Count { points: round(c.points), ..*c };
    let areas = |areas: &HashMap<Slug, Area>| {
        let said = |area: &Area| (round(area.evidence.effective().0), round(area.evidence.effective().1));
        areas
            .iter()
            .map(|(id, area)| (id.clone(), (count(&area.count), area.first, said(area))))
            .collect::<HashMap<_, _>>()
    };
    for (bank, trail) in &read.trails {
        let (a, b) = (&trail.sums, &folded.trails[bank].sums);
        assert_eq!(count(&a.total), count(&b.total));
        assert!(a.days.keys().eq(b.days.keys()) && a.days.values().map(count).eq(b.days.values().map(count)));
        assert_eq!((areas(&a.domains), areas(&a.modules)), (areas(&b.domains), areas(&b.modules)));
    }
}

fn answers_are_kept(store: &Store, id: ExamId, exam: &Exam) {
    let mut folded = Learner::default();
    let mut of_this = Vec::new();
    store
        .each_answer(|answer| {
            folded.take(&answer);
            if let AnswerId::Exam(exam, place) = answer.id
                && exam == id
            {
                of_this.push((place, answer));
            }
        })
        .expect("readable");
    assert_same_learner(&store.learner(Day(30_000)).expect("readable"), &folded);
    let (marked, responses) = (score(exam), exam.responses());
    let answered: Vec<usize> = (0..responses.len()).filter(|&i| !responses[i].picked().is_empty()).collect();
    assert_eq!(of_this.iter().map(|(place, _)| *place).collect::<Vec<_>>(), answered);
    for (place, answer) in &of_this {
        assert_eq!(answer.question, exam.paper().items[*place].question.id);
        assert_eq!((answer.points, answer.guessed), (marked.points[*place], responses[*place].is_guessed()));
        assert_eq!(answer.picked.len(), responses[*place].picked().len());
        assert_eq!(answer.change.is_some(), responses[*place].changed_from().is_some());
    }
}

#[test]
fn a_report_is_kept_once_a_question_and_taken_back() {
    let folder = folder();
    let mut store = opened(&folder);
    let fault = |question: &str, reason: &str, picked: Option<Vec<Text>>| Fault {
        bank: slug("harbour-pilot"),
        version: semver::Version::new(1, 2, 0),
        question: slug(question),
        at: Wall(7),
        picked,
        reason: Text::new(reason),
    };
    let first = fault("ebb", "the key is wrong", None);
    let second = fault("ebb", "the key is wrong, see §4.2", Some(vec![Text::new("True")]));
    let other = fault("crossing", "two keys", None);
    for (n, fault) in [(1u8, &first), (2, &other), (3, &second), (3, &second)] {
        store.set_fault(&n.to_string(), fault).expect("written");
    }
    assert_eq!(opened(&folder).faults().expect("read"), [other.clone(), second.clone()]);
    let learner = store.learner(Day(30_000)).expect("read");
    let faults = &learner.trail(&slug("harbour-pilot")).expect("a trail").faults;
    assert_eq!(faults.get(&slug("ebb")), Some(&second));
    store.remove_fault(&slug("harbour-pilot"), &slug("ebb")).expect("written");
    assert_eq!(opened(&folder).faults().expect("read"), [other]);
}

#[test]
fn bookmarks_and_notes_are_kept_and_taken_away() {
    let folder = folder();
    let mut store = opened(&folder);
    let (bank, question) = (slug("harbour-pilot"), slug("ebb"));
    let mark = Mark { bookmarked: true, note: Some(Text::new("the tide\u{1b}[31m table")) };
    store.set_mark(&bank, &question, &mark).expect("saved");
    assert_eq!(opened(&folder).learner(Day(30_000)).expect("readable").mark(&bank, &question), Some(&mark));
    store.set_mark(&bank, &question, &Mark::default()).expect("saved");
    assert_eq!(opened(&folder).learner(Day(30_000)).expect("readable").mark(&bank, &question), None);
}

/// A file of schema 1 as the first release made it, with an ended and an unfinished sitting of three questions each.
fn first_release(folder: &TempDir) {
    let old = raw(&database(folder));
    old.execute_batch(include_str!("../src/storage/sql/v1.sql")).expect("the first schema");
    old.execute_batch("PRAGMA application_id = 1702388843; PRAGMA user_version = 1; PRAGMA journal_mode = WAL;")
        .expect("marked");
    let origin = r#"{"title":"Harbour pilot","version":"1.2.0","domains":[{"id":"tides","title":"Tides","weight":40}],
        "modules":[],"questions":10,"minutes":120,"pass_percent":70,"multi_answer":"all-or-nothing"}"#;
    for (id, ended, ending, points, passed) in
        [(1, Some(900), Some("submitted"), Some(2.0), Some(0)), (2, None, None, None, None)]
    {
        let id = exam_id(id).to_string();
        old.execute(
            "INSERT INTO exam VALUES (?1, 'harbour-pilot', ?2, 2026, 1, 3, 'exam', '×1', 7200000, 100, 900, 1, 61000, ?3, ?4, ?5, ?6)",
            rusqlite::params![id, origin, ended, ending, points, passed],
        )
        .expect("a sitting");
        for (position, question) in [(0, "ebb"), (1, "lookout"), (2, "slack-water")] {
            let snapshot = format!(
                r#"{{"id":"{question}","domain":"tides","module":null,"kind":"true/false","stem":"{question}?","figure":null,
                "choices":[{{"text":"True","why":"So it is."}},{{"text":"False","why":null}}],"keys":1,"order":[0,1],
                "explanation":null,"sources":[],"level":null,"objective":null,"reviewed":null}}"#
            );
            let (picked, points) = match (ended, position) {
                (None, _) => (None, None),
                (_, 2) => (Some("[]"), Some(0.0)),
                _ => (Some(r#"["True"]"#), Some(1.0)),
            };
            old.execute(
                "INSERT INTO item VALUES (?1, ?2, ?3, ?4, ?5, ?6, NULL)",
                rusqlite::params![id, position, question, snapshot, picked, points],
            )
            .expect("a question");
        }
        for (number, used, kind, argument) in [
            (0, 5000, "pick", Some(0)),
            (1, 6000, "goto", Some(1)),
            (2, 7000, "pick", Some(0)),
            (3, 8000, "flag", None),
        ] {
            old.execute(
                "INSERT INTO step VALUES (?1, ?2, 200, ?3, ?4, ?5)",
                rusqlite::params![id, number, used, kind, argument],
            )
            .expect("a step");
        }
        if ended.is_some() {
            old.execute("INSERT INTO step VALUES (?1, 4, 900, 61000, 'submit', NULL)", [&id]).expect("the end");
            old.execute("INSERT INTO domain_score VALUES (?1, 0, 'tides', 2.0, 3)", [&id]).expect("a score");
        }
    }
    old.execute("INSERT INTO seen VALUES ('harbour-pilot', 'ebb', 2, 100)", []).expect("seen");
}

/// Every row of the first schema's tables.
fn rows_of_the_first_schema(path: &Path) -> Vec<String> {
    let database = raw(path);
    ["exam", "item", "step", "domain_score", "seen"].into_iter().flat_map(|table| rows_of(&database, table)).collect()
}

fn rows_of(database: &rusqlite::Connection, table: &str) -> Vec<String> {
    let mut query = database.prepare(&format!("SELECT * FROM {table}")).expect("the table is there");
    let columns = query.column_count();
    let row = |row: &rusqlite::Row| (0..columns).map(|i| row.get(i)).collect::<rusqlite::Result<Vec<_>>>();
    let rows = query.query_map([], row).expect("rows");
    rows.map(|row: rusqlite::Result<Vec<rusqlite::types::Value>>| format!("{table} {:?}", row.expect("a row")))
        .collect()
}

#[test]
fn a_file_of_the_first_release_is_brought_up_to_date_with_a_copy_beside_it() {
    let folder = folder();
    first_release(&folder);
    let before = rows_of_the_first_schema(&database(&folder));
    assert_eq!(before.len(), 2 + 6 + 9 + 1 + 1);
    // A copy that was cut short by a power cut is none.
    fs::write(folder.path().join("progress.db.schema-1.part"), b"half a copy").expect("written");
    let mut store = opened(&folder);
    assert_eq!(rows_of_the_first_schema(&database(&folder)), before, "everything is still there");
    let ended = load(&store, 1);
    assert_eq!((ended.ended, ended.steps, ended.exam.used()), (Some(Wall(900)), 5, Duration::from_secs(61)));
    assert!(ended.exam.end().is_some() && ended.exam.responses()[1].is_flagged());
    let going = load(&store, 2);
    assert_eq!((going.ended, going.steps, going.exam.position()), (None, 4, 1));
    assert_eq!(going.exam.responses()[0].picked().iter().map(|o| o.0).collect::<Vec<_>>(), [0]);
    let summaries = store.summaries().expect("readable");
    assert_eq!(summaries.iter().filter(|s| s.outcome.is_some()).count(), 1);
    assert_eq!(summaries.len(), 2);
    // The answers of the ended exam are in the log that came later, those of the other are not.
    let learner = store.learner(Day(30_000)).expect("readable");
    let trail = learner.trail(&slug("harbour-pilot")).expect("answered");
    let known: Vec<_> = ["ebb", "lookout", "slack-water"].map(|q| trail.standings.contains_key(&slug(q))).into();
    assert_eq!(known, [true, true, false], "the third was never answered");
    assert_eq!((trail.sums.total.answers, trail.sums.total.right), (2, 2));

    // Both sorts of work go on.
    let entry = Entry { used: Duration::from_secs(70), step: Step::Goto(2) };
    store.append(exam_id(2), 4, entry, 2, Wall(1000)).expect("appended");
    assert_eq!(load(&store, 2).exam.position(), 2);
    assert!(store.card_states().expect("readable").is_empty() && store.settings().expect("readable").is_empty());
    store.grade(&grade(1, "ebb", 20_000, Rating::Good, CardState::default())).expect("graded");
    assert_eq!(store.grades().expect("readable"), 1);
    drop(store);

    let copy = folder.path().join("progress.db.schema-1");
    assert_eq!(rows_of_the_first_schema(&copy), before);
    let number = |sql: &str| raw(&copy).query_row(sql, [], |row| row.get::<_, i64>(0)).expect("readable");
    assert_eq!(number("PRAGMA user_version"), 1);
    assert_eq!(number("PRAGMA application_id"), migrate::APPLICATION_ID);
    assert_eq!(number("SELECT count(*) FROM sqlite_schema WHERE name IN ('card', 'review', 'setting')"), 0);
    assert_eq!(number("SELECT integrity_check = 'ok' FROM pragma_integrity_check"), 1);
    assert!(!folder.path().join("progress.db.schema-1.part").exists());
    // Put back in its place, it can be opened as well.
    let again = self::folder();
    fs::copy(&copy, database(&again)).expect("copied");
    assert_eq!(load(&opened(&again), 2).steps, 4);
}

#[cfg(unix)]
#[test]
fn writing_to_a_file_that_was_moved_or_replaced_is_told() {
    let folder = folder();
    let mut store = opened(&folder);
    store.set_setting("a", Some("1")).expect("written");
    let (here, there) = (database(&folder), folder.path().join("aside.db"));
    fs::rename(&here, &there).expect("moved");
    let error = store.set_setting("a", Some("2")).expect_err("the next start would not see it");
    assert!(matches!(error, StoreError::Gone { .. }), "{error:?}");
    fs::rename(&there, &here).expect("moved back");
    store.set_setting("a", Some("2")).expect("it is here again");
    fs::copy(&here, &there).expect("copied");
    fs::rename(&there, &here).expect("replaced, as programs do that synchronise folders");
    let error = store.set_setting("a", Some("3")).expect_err("nobody would see it");
    assert!(matches!(error, StoreError::Gone { .. }), "{error:?}");
    assert!(error.reason().starts_with("the file was moved or replaced"), "{error}");
}

#[cfg(unix)]
#[test]
fn a_folder_whose_name_is_not_utf_8_is_brought_up_to_date_too() {
    use std::os::unix::ffi::OsStrExt;
    let folder = folder();
    first_release(&folder);
    let other = folder.path().join(std::ffi::OsStr::from_bytes(b"progr\xe8s"));
    fs::create_dir(&other).expect("made");
    fs::copy(database(&folder), paths::database(&other)).expect("copied");
    drop(open::open(&other).expect("opened"));
    assert!(other.join("progress.db.schema-1").exists());
}

#[test]
fn a_disk_that_is_full_is_guessed_at_where_sqlite_does_not_say_it() {
    let error = |code| StoreError::Sql {
        attempt: "read the progress",
        path: Text::new("progress.db"),
        error: rusqlite::Error::SqliteFailure(rusqlite::ffi::Error::new(code), None),
    };
    let vague = error(rusqlite::ffi::SQLITE_IOERR_SHMSIZE);
    assert!(vague.reason().contains("full") && vague.to_string().contains("full"), "{vague}");
    assert!(!error(rusqlite::ffi::SQLITE_READONLY).reason().contains("full"));
}

#[test]
fn a_copy_that_is_there_is_kept() {
    let folder = folder();
    first_release(&folder);
    let copy = folder.path().join("progress.db.schema-1");
    fs::write(&copy, b"the student's own").expect("written");
    drop(opened(&folder));
    assert_eq!(fs::read(&copy).expect("there"), b"the student's own");
}

#[test]
fn an_older_schema_that_another_program_has_open_is_left_to_it() {
    let folder = folder();
    first_release(&folder);
    let before = rows_of_the_first_schema(&database(&folder));
    let held = lock::take(folder.path(), "process 17, since 1 Jan 12:00").expect("taken");
    let error = open::open(folder.path()).expect_err("it would go on to write what it knows");
    let text = error.to_string();
    assert!(text.contains("process 17, since 1 Jan 12:00") && text.contains("close"), "{text}");
    assert_eq!(rows_of_the_first_schema(&database(&folder)), before);
    let version = || raw(&database(&folder)).query_row("PRAGMA user_version", [], |row| row.get::<_, i64>(0));
    assert_eq!(version().expect("readable"), 1);
    assert!(!folder.path().join("progress.db.schema-1").exists());
    drop(held);
    drop(opened(&folder));
    assert_eq!(version().expect("readable"), migrate::LATEST);
    // What needs no step is opened by as many as like.
    let _held = lock::take(folder.path(), "process 17").expect("taken");
    drop(opened(&folder));
}

#[test]
fn programs_that_begin_at_once_on_an_older_schema_do_not_break_it() {
    let folder = folder();
    first_release(&folder);
    let open = || {
        std::thread::scope(|scope| {
            let all: Vec<_> = (0..6).map(|_| scope.spawn(|| open::open(folder.path()).map(|_| ()))).collect();
            all.into_iter().map(|one| one.join().expect("no panic")).collect::<Vec<_>>()
        })
    };
    for result in open() {
        assert!(matches!(result, Ok(()) | Err(StoreError::Older { .. })), "{result:?}");
    }
    drop(opened(&folder));
    let copy = raw(&folder.path().join("progress.db.schema-1"));
    let number = |sql: &str| copy.query_row(sql, [], |row| row.get::<_, i64>(0)).expect("readable");
    assert_eq!(number("PRAGMA user_version"), 1);
    assert_eq!(number("SELECT count(*) FROM step"), 9);
}

/// An even older schema is made up: our mark, schema 0, and a table that no script knows. All scripts run on it.
#[test]
fn an_older_schema_is_copied_before_it_is_brought_up_to_date() {
    let folder = folder();
    let old = format!(
        "PRAGMA application_id = {}; CREATE TABLE keepsake (x); INSERT INTO keepsake VALUES (42)",
        migrate::APPLICATION_ID
    );
    raw(&database(&folder)).execute_batch(&old).expect("made");
    drop(opened(&folder));
    let number = |path: &Path, sql: &str| raw(path).query_row(sql, [], |row| row.get::<_, i64>(0)).expect("there");
    assert_eq!(number(&database(&folder), "PRAGMA user_version"), migrate::LATEST);
    assert_eq!(number(&database(&folder), "SELECT x FROM keepsake"), 42, "nothing is lost");
    let copy = folder.path().join("progress.db.schema-0");
    assert_eq!(number(&copy, "PRAGMA user_version"), 0);
    assert_eq!(number(&copy, "SELECT x FROM keepsake"), 42);
    assert_eq!(number(&copy, "SELECT count(*) FROM sqlite_schema"), 1, "the copy is from before");
}

#[test]
fn a_migration_that_fails_changes_nothing() {
    let folder = folder();
    let old = format!("PRAGMA application_id = {}; CREATE TABLE exam (in_the_way)", migrate::APPLICATION_ID);
    raw(&database(&folder)).execute_batch(&old).expect("made");
    let error = open::open(folder.path()).expect_err("the script cannot run");
    assert!(error.to_string().contains("up to date"), "{error}");
    let tables: i64 = raw(&database(&folder))
        .query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))
        .expect("readable");
    assert_eq!(tables, 1, "all or nothing");
}

#[test]
fn a_row_that_makes_no_sense_is_an_error_not_a_panic() {
    for nonsense in [
        "UPDATE exam SET origin = 'no json'",
        "UPDATE exam SET feedback = 'loud'",
        "UPDATE exam SET id = 'me'",
        "UPDATE item SET snapshot = '{}'",
        "UPDATE item SET snapshot = replace(snapshot, '\"keys\":1', '\"keys\":77')",
        "UPDATE step SET kind = 'jump'",
        "UPDATE step SET argument = -1",
        "DELETE FROM item",
    ] {
        let folder = folder();
        let mut store = opened(&folder);
        store.begin(exam_id(1), &begun(&["ebb", "head-on"]), Wall(1)).expect("begun");
        let entry = Entry { used: Duration::ZERO, step: Step::Goto(1) };
        store.append(exam_id(1), 0, entry, 1, Wall(1)).expect("appended");
        drop(store);
        raw(&database(&folder)).execute_batch(&format!("PRAGMA foreign_keys = OFF; {nonsense}")).expect("changed");
        let store = opened(&folder);
        let read = store.load(exam_id(1));
        assert!(read.is_err() || matches!(read, Ok(None)), "{nonsense}: {read:?}");
        let _ = store.summaries();
    }
}

// Folders

#[test]
fn a_folder_is_made_where_there_is_none() {
    let folder = folder();
    let deep = folder.path().join("a").join("b");
    assert!(open::open_to_read(&deep).expect("nothing is no error").is_none());
    assert!(!deep.exists(), "reading makes nothing");
    drop(open::open(&deep).expect("made"));
    assert!(open::open_to_read(&deep).expect("there").is_some());
}

#[test]
fn a_folder_that_is_a_file_is_an_error() {
    let folder = folder();
    let file = folder.path().join("file");
    fs::write(&file, b"").expect("written");
    let error = open::open(&file).expect_err("no folder");
    assert!(matches!(error, StoreError::Io { .. }) && error.to_string().contains("file"), "{error:?}");
    fs::create_dir(folder.path().join("progress.db")).expect("made");
    assert!(open::open(folder.path()).is_err(), "a folder in the database's place");
}

#[cfg(unix)]
#[test]
fn a_folder_that_cannot_be_written_is_an_error() {
    use std::os::unix::fs::PermissionsExt;
    let folder = filled();
    let set = |mode| {
        for path in [folder.path().to_path_buf(), database(&folder)] {
            fs::set_permissions(path, fs::Permissions::from_mode(mode)).expect("ours");
        }
    };
    set(0o555);
    // The superuser may write anywhere: there is nothing to test then.
    if fs::write(folder.path().join("probe"), b"").is_err() {
        assert!(open::open(folder.path()).is_err());
        assert!(open::open(&folder.path().join("deeper")).is_err());
        assert!(lock::take(folder.path(), "me").is_err());
    }
    set(0o755);
    assert_eq!(load(&opened(&folder), 1).steps, 0);
}

// One at a time

#[test]
fn a_lock_that_is_taken_names_its_holder() {
    let folder = folder();
    let Ok(Held::Ours(first)) = lock::take(folder.path(), "process 17, since 3 May") else { panic!("free") };
    match lock::take(folder.path(), "another") {
        Ok(Held::ByAnother(holder)) => assert_eq!(holder.as_str(), "process 17, since 3 May"),
        other => panic!("{other:?}"),
    }
    drop(first);
    let Ok(Held::Ours(_second)) = lock::take(folder.path(), "x") else { panic!("free again") };
    match lock::take(folder.path(), "another") {
        Ok(Held::ByAnother(holder)) => assert_eq!(holder.as_str(), "x", "nothing of the longer name is left"),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_lock_with_hostile_words_is_harmless() {
    let folder = folder();
    let Ok(Held::Ours(_lock)) = lock::take(folder.path(), "\u{1b}[2J\u{202e}me\nand you") else { panic!("free") };
    let Ok(Held::ByAnother(holder)) = lock::take(folder.path(), "another") else { panic!("taken") };
    assert!(!holder.as_str().contains(['\u{1b}', '\u{202e}', '\n']), "{holder:?}");
}

// The hands that do what the app asks

fn hands(folder: &TempDir) -> Hands {
    let mut hands = Hands::new(folder.path().into());
    hands.take(Some(opened(folder)), None);
    hands
}

fn order(seed: Option<u64>, questions: usize) -> Effect {
    Effect::Begin(Box::new(Order {
        bank: std::sync::Arc::new(bank()),
        request: Request { questions, ..Request::default() },
        seed,
        conditions: TWO_HOURS,
    }))
}

fn ids(answer: Option<Answer>) -> Vec<Slug> {
    match answer {
        Some(Answer::Begun(_, exam)) => exam.paper().items.iter().map(|i| i.question.id.clone()).collect(),
        other => panic!("not begun: {other:?}"),
    }
}

/// The filter of an exam stays with it, also in the list; an exam of the first releases, which kept none, has none.
#[test]
fn an_exam_keeps_its_filter() {
    let folder = folder();
    let mut store = opened(&folder);
    let whole = paper(&bank(), &["ebb", "lookout"]);
    let over = Paper { among: Some(Text::new("missed \"ebb\" -domain:rules")), ..whole.clone() };
    for (n, paper) in [(1, over.clone()), (2, whole)] {
        store
            .begin(exam_id(n), &Exam::start(paper, TWO_HOURS).expect("questions"), Wall(100 + n as i64))
            .expect("begun");
    }
    assert_eq!(load(&store, 1).exam.paper().among, over.among);
    let list = store.summaries().expect("readable");
    let told: Vec<_> = list.iter().map(|s| (s.among.clone(), s.full)).collect();
    assert_eq!(told, [(None, bank().exam.questions), (over.among, bank().exam.questions)]);
    let kept: String = rusqlite::Connection::open(database(&folder))
        .and_then(|c| c.query_row("SELECT origin FROM exam WHERE started = 102", [], |row| row.get(0)))
        .expect("it is there");
    assert!(!kept.contains("among"), "a whole exam is kept as ever: {kept}");
}

#[test]
fn a_seed_gives_the_same_paper_whatever_was_seen() {
    let folder = folder();
    let mut hands = hands(&folder);
    let Some(Answer::Begun(id, mut exam)) = hands.perform(order(Some(11), 6), after(0.0)) else { panic!("not begun") };
    let first: Vec<Slug> = exam.paper().items.iter().map(|i| i.question.id.clone()).collect();
    for place in 0..6 {
        exam.apply(Step::Goto(place));
        exam.apply(Step::Pick(OptionId(0)));
    }
    exam.apply(Step::Submit);
    let score = Box::new(score(&exam));
    let end = Record::Finish { id, exam, score, at: Wall(1), day: Day(20_000) };
    assert!(matches!(hands.perform(Effect::Save(end), after(1.0)), Some(Answer::Saved)));
    assert_eq!(ids(hands.perform(order(Some(11), 6), after(1.0))), first);
    // By chance, the unseen ones come first.
    let seen: HashSet<Slug> = first.iter().cloned().collect();
    let next = ids(hands.perform(order(None, 6), after(2.0)));
    for domain in bank().domains {
        let of = |ids: &[Slug]| {
            let bank = bank();
            ids.iter().filter(|id| bank.questions.iter().any(|q| q.id == **id && q.domain == domain.id)).count()
        };
        let again = next.iter().filter(|id| seen.contains(*id)).cloned().collect::<Vec<_>>();
        let unseen = bank().stock(&domain.id) - of(&first);
        assert_eq!(of(&again), of(&next).saturating_sub(unseen), "{}", domain.id);
    }
}

#[test]
fn who_has_the_lock_examines_and_others_are_told() {
    let folder = folder();
    let mut first = hands(&folder);
    let mut second = hands(&folder);
    ids(first.perform(order(None, 3), after(0.0)));
    match second.perform(order(None, 3), after(0.0)) {
        Some(Answer::Refused(why)) => {
            assert!(why.as_str().contains(&format!("process {}", std::process::id())), "{why}")
        }
        other => panic!("{other:?}"),
    }
    drop(first);
    ids(second.perform(order(None, 3), after(1.0)));
}

#[test]
fn data_that_a_newer_program_has_changed_meanwhile_is_not_written_to() {
    let folder = folder();
    let mut hands = hands(&folder);
    raw(&database(&folder)).execute_batch("PRAGMA user_version = 99").expect("a newer program was here");
    match hands.perform(order(None, 3), after(0.0)) {
        Some(Answer::Refused(why)) => assert!(why.as_str().contains("newer examdeck"), "{why}"),
        other => panic!("{other:?}"),
    }
    raw(&database(&folder)).execute_batch(&format!("PRAGMA user_version = {}", migrate::LATEST)).expect("put back");
    ids(hands.perform(order(None, 3), after(0.0)));
}

#[test]
fn what_cannot_be_read_is_told_and_what_cannot_be_written_says_why_first() {
    let folder = folder();
    let mut hands = hands(&folder);
    let gone = "DROP TABLE answer; DROP TABLE domain_score; DROP TABLE drill";
    raw(&database(&folder)).execute_batch(gone).expect("dropped");
    let bank = bank().id;
    for effect in [Effect::AskHistory, Effect::AskAnswers(bank.clone(), slug("ebb"))] {
        match hands.perform(effect, after(0.0)) {
            Some(Answer::Refused(why)) => {
                assert!(why.as_str().starts_with("cannot read") || why.as_str().starts_with("cannot list"), "{why}");
                assert_eq!(why.as_str().matches("no such table").count(), 1, "{why}");
            }
            other => panic!("{other:?}"),
        }
    }
    match hands.perform(Effect::Save(Record::DrillEnd(bank)), after(0.0)) {
        Some(Answer::NotSaved(why)) => assert_eq!(why.as_str(), "no such table: drill", "a notice is short"),
        other => panic!("{other:?}"),
    }
}

#[test]
fn without_a_store_nothing_begins() {
    let folder = folder();
    let mut hands = Hands::new(folder.path().into());
    assert!(matches!(hands.perform(order(None, 3), after(0.0)), Some(Answer::Refused(_))));
    assert!(matches!(hands.perform(Effect::Look(exam_id(1)), after(0.0)), Some(Answer::Refused(_))));
    assert!(hands.perform(Effect::AskHistory, after(0.0)).is_none());
}

#[test]
fn how_far_a_guide_was_read_is_kept() {
    let folder = folder();
    let mut store = opened(&folder);
    assert_eq!(store.reading().expect("readable"), []);
    let first = Reading {
        section: Some(slug("slack-water")),
        letters: 412,
        read: [slug("spring-and-neap"), slug("slack-water")].into(),
        at: Wall(7),
        ..Reading::new(slug("harbour-pilot"), slug("m1"))
    };
    let second = Reading::new(slug("harbour-pilot"), slug("m2"));
    store.set_reading(&second).expect("written");
    store.set_reading(&Reading { letters: 3, ..first.clone() }).expect("written");
    store.set_reading(&first).expect("written over");
    drop(store);
    assert_eq!(opened(&folder).reading().expect("readable"), [first, second]);
}

#[test]
fn a_reading_that_makes_no_sense_costs_only_itself() {
    let folder = folder();
    let mut store = opened(&folder);
    let sound = Reading::new(slug("harbour-pilot"), slug("m1"));
    store.set_reading(&sound).expect("written");
    let other = rusqlite::Connection::open(paths::database(folder.path())).expect("a second connection");
    for (bank, module, section, scroll, read) in
        [("No slug", "m1", "", 0, "[]"), ("a", "", "", 0, "[]"), ("b", "m1", "No slug", -7, "not JSON")]
    {
        other
            .execute("INSERT INTO reading VALUES (?1, ?2, ?3, ?4, ?5, 0)", (bank, module, section, scroll, read))
            .expect("written");
    }
    let read = store.reading().expect("readable");
    assert_eq!(read, [Reading::new(slug("b"), slug("m1")), sound]);
}
