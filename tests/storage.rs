//! The store on real files: what is written is read again, and nothing of a stranger's is touched.

mod support;

use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use examdeck::app::effect::{Answer, Effect, Order};
use examdeck::engine::draw::Request;
use examdeck::engine::exam::{Conditions, Entry, Exam, Feedback, Step};
use examdeck::engine::question::OptionId;
use examdeck::engine::record::Stored;
use examdeck::engine::score::score;
use examdeck::engine::slug::Slug;
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
            store.finish(id, &exam, &score(&exam), Wall(400)).expect("finished");
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
fn questions_count_as_seen_from_the_beginning() {
    let folder = folder();
    let mut store = opened(&folder);
    let bank = bank();
    assert!(store.seen(&bank.id).expect("readable").is_empty());
    store.begin(exam_id(1), &begun(&["ebb", "lookout"]), Wall(1)).expect("begun");
    store.begin(exam_id(2), &begun(&["ebb", "head-on"]), Wall(2)).expect("begun");
    let seen = store.seen(&bank.id).expect("readable");
    assert_eq!(seen, ["ebb", "lookout", "head-on"].map(slug).into_iter().collect::<HashSet<Slug>>());
    assert!(store.seen(&slug("another-bank")).expect("readable").is_empty());
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

/// There is one schema so far, so the older one is made up: our mark, schema 0, and a table that no script knows. The
/// first script runs on it as the second one will on schema 1.
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

#[test]
fn a_seed_gives_the_same_paper_whatever_was_seen() {
    let folder = folder();
    let mut hands = hands(&folder);
    let first = ids(hands.perform(order(Some(11), 6), after(0.0)));
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
fn without_a_store_nothing_begins() {
    let folder = folder();
    let mut hands = Hands::new(folder.path().into());
    assert!(matches!(hands.perform(order(None, 3), after(0.0)), Some(Answer::Refused(_))));
    assert!(matches!(hands.perform(Effect::Look(exam_id(1)), after(0.0)), Some(Answer::Refused(_))));
    assert!(hands.perform(Effect::AskHistory, after(0.0)).is_none());
}
