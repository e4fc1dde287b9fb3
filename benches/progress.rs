//! What progress costs after a thousand answers and after a million, on a bank of 100,000 questions, in a real store.
//!
//! `cargo bench --bench progress`. The stores are made once, in `target/tmp`, which takes some minutes. What is shown
//! from sums must not cost more when the history grows: the last column says how much more it does.

#![allow(clippy::disallowed_methods, missing_docs)] // a benchmark has a clock

#[path = "../tests/support/mod.rs"]
mod support;

use std::collections::BTreeMap;
use std::hint::black_box;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use examdeck::app::effect::{Answer, Msg, Ready};
use examdeck::app::frame::frame;
use examdeck::app::input::{Key, Size};
use examdeck::app::model::Model;
use examdeck::app::progress::Page;
use examdeck::app::shelf::{Shelf, Volume};
use examdeck::app::update::update;
use examdeck::engine::activity::{calendar, streak};
use examdeck::engine::bank::{Bank, Domain, Module};
use examdeck::engine::day::day_in_utc;
use examdeck::engine::exam::{Conditions, Exam, Feedback, Step};
use examdeck::engine::holdings::Holdings;
use examdeck::engine::learner::Learner;
use examdeck::engine::paper::{Item, Origin, Paper};
use examdeck::engine::progress::{figures, slowest};
use examdeck::engine::question::{Kind, OptionId};
use examdeck::engine::readiness::{Blueprint, Readiness};
use examdeck::engine::record::ExamId;
use examdeck::engine::score::score;
use examdeck::engine::text::Text;
use examdeck::engine::time::{Allowance, Now, Wall};
use examdeck::storage::{Store, open};
use support::bank::{self, slug};

const QUESTIONS: usize = 100_000;
const DOMAINS: usize = 7;
const MODULES: usize = 10;
/// 2026-11-22 15:00 UTC
const NOON: i64 = 1_795_359_600;
/// A history: how many exams of how many questions, over how many days.
const HISTORIES: [(&str, usize, usize, usize); 2] = [("1k", 20, 50, 10), ("1M", 1_000, 1_000, 700)];

fn large_bank() -> Bank {
    let mut large = bank::bank();
    let name = |what: &str, n: usize| slug(&format!("{what}-{n}"));
    large.domains =
        (0..DOMAINS).map(|n| Domain { id: name("domain", n), title: Text::new("A domain"), weight: 10 }).collect();
    large.modules =
        (0..MODULES).map(|n| Module { id: name("module", n), title: Text::new("A module"), guide: None }).collect();
    large.exam.questions = 100;
    large.questions = (0..QUESTIONS)
        .map(|n| {
            let (id, domain) = (format!("question-{n}"), format!("domain-{}", n % DOMAINS));
            let mut q = bank::question(&id, &domain, Kind::TrueFalse, "Does it hold?", 1, &["Yes", "No"]);
            q.module = Some(name("module", n % MODULES));
            Arc::new(q)
        })
        .collect();
    large
}

/// The store with this history, made if it is not there yet.
fn store(bank: &Bank, (name, exams, questions, days): (&str, usize, usize, usize)) -> Store {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("progress-{name}"));
    let mut store = open::open(&folder).expect("a store");
    let known = store.summaries().expect("exams").iter().filter(|s| s.outcome.is_some()).count();
    for n in known..exams {
        let at = Wall(NOON - (days - n * days / exams) as i64 * 86_400);
        let items = (0..questions).map(|i| {
            let question = bank.questions[(n * questions + i) * 7919 % QUESTIONS].clone();
            Item { order: question.options().collect(), question }
        });
        let paper =
            Paper { origin: Origin::of(bank), seed: n as u64, seed_alone: false, among: None, items: items.collect() };
        let conditions = Conditions { feedback: Feedback::Exam, limit: None, allowance: Allowance::Untimed };
        let mut exam = Exam::start(paper, conditions).expect("questions");
        let id = ExamId(uuid::Uuid::from_u128(n as u128));
        store.begin(id, &exam, at).expect("it begins");
        for i in 0..questions {
            exam.apply(Step::Goto(i));
            exam.apply(Step::Pick(OptionId(u8::from((n + i * i) % 4 == 0))));
            exam.elapse(Duration::from_secs(20 + (n + i) as u64 % 60));
        }
        exam.apply(Step::Submit);
        store.finish(id, &exam, &score(&exam), at, day_in_utc(at)).expect("it ends");
    }
    store
}

/// The program at home with this history.
fn at_home(bank: &Arc<Bank>, store: &Store, learner: Learner, now: Now) -> Model {
    let mut m = Model::new(Size { columns: 80, rows: 24 }, now, None);
    let volume = Volume::new(bank.clone(), Text::new("here"), 0, None);
    let ready = Ready {
        shelf: Shelf { volumes: vec![volume], problems: Vec::new() },
        history: Ok(store.summaries().expect("exams")),
        decks: Vec::new(),
        kept: Default::default(),
        learner,
        drills: Default::default(),
        holder: None,
        zone: jiff::tz::TimeZone::UTC,
        named_bank: None,
    };
    update(&mut m, now, Msg::Done(Answer::Ready(Box::new(ready))));
    m
}

/// The middle of so many times, after one that is not counted.
fn middle<T>(rounds: usize, mut what: impl FnMut() -> T) -> Duration {
    let mut times: Vec<Duration> = (0..=rounds)
        .map(|_| {
            let start = Instant::now();
            black_box(what());
            start.elapsed()
        })
        .skip(1)
        .collect();
    times.sort_unstable();
    times[times.len() / 2]
}

/// What everything takes with this history, in the order of [`main`]'s table.
fn measure(bank: &Arc<Bank>, held: &Holdings, history: (&str, usize, usize, usize)) -> Vec<(&'static str, Duration)> {
    let now = Now { mono: Duration::ZERO, wall: Wall(NOON) };
    let today = day_in_utc(now.wall);
    let store = store(bank, history);
    let learner = store.learner(today).expect("answers");
    let trail = learner.trail(&bank.id).expect("answers to this bank").clone();
    assert_eq!(trail.sums.total.answers as usize, history.1 * history.2);
    let exam = Blueprint::of(bank, held);
    assert!(matches!(exam.readiness(&trail.sums, today), Readiness::Foreseen(_)));
    let mut times = vec![
        ("load the answers", middle(5, || store.learner(today).expect("answers"))),
        ("figures", middle(50, || figures(bank, held, &trail.sums))),
        ("slowest questions", middle(50, || slowest(bank, held, &trail))),
        ("readiness", middle(50, || exam.readiness(&trail.sums, today))),
        ("calendar and streak", middle(50, || streak(&calendar(&learner, &BTreeMap::new()), today))),
    ];
    let mut m = at_home(bank, &store, learner, now);
    times.push(("home", middle(50, || frame(&m))));
    let open = || {
        update(&mut m, now, Msg::Key(Key::Char('p')));
        black_box(frame(&m));
        update(&mut m, now, Msg::Key(Key::Esc))
    };
    times.push(("open progress", middle(50, open)));
    update(&mut m, now, Msg::Key(Key::Char('p')));
    let turns = || {
        for _ in Page::ALL {
            update(&mut m, now, Msg::Key(Key::Right));
            black_box(frame(&m));
        }
    };
    times.push(("all seven pages", middle(20, turns)));
    times
}

fn main() {
    let bank = Arc::new(large_bank());
    let held = Holdings::of(&bank);
    println!("{QUESTIONS} questions: counted once in {:.2?}", middle(5, || Holdings::of(&bank)));
    let [few, many] = HISTORIES.map(|history| measure(&bank, &held, history));
    println!("{:<20} {:>10} {:>10} {:>6}", "", HISTORIES[0].0, HISTORIES[1].0, "ratio");
    for ((what, few), (_, many)) in few.into_iter().zip(many) {
        println!("{what:<20} {few:>10.2?} {many:>10.2?} {:>6.2}", many.as_secs_f64() / few.as_secs_f64());
    }
}
