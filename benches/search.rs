//! How long the search takes from a key to what is shown, on a hundred thousand questions.
//!
//! `cargo bench --bench search`. The questions are those that ship, each with a word of its own, so that the words are
//! those of real texts. The yardstick is one pass of `memmem` over the same texts, which finds a word but ranks nothing.

#![allow(clippy::disallowed_methods, missing_docs)] // a benchmark has a clock

use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use examdeck::app::effect::{Answer, Msg};
use examdeck::app::frame::frame;
use examdeck::app::input::{Key, Size};
use examdeck::app::model::Model;
use examdeck::app::shelf::{Shelf, Volume};
use examdeck::app::update::update;
use examdeck::content::load::load;
use examdeck::content::source::find_banks;
use examdeck::engine::bank::Bank;
use examdeck::engine::search::{Origin, Segment};
use examdeck::engine::slug::Slug;
use examdeck::engine::text::Text;
use examdeck::engine::time::{Now, Wall};

const QUESTIONS: usize = 100_000;
const ROUNDS: usize = 5;
const QUERIES: [&str; 12] = [
    "larmor frequency",
    "magnetic field",
    "sar limit",
    "pacemaker -lead",
    "what is the",
    "domain:rf unseen coil",
    "\"static magnetic field\"",
    "gadolinium or contrast",
    "(quench or helium) oxygen",
    "unseen -type:tf",
    "time-of-flight",
    "1.5 t",
];

fn many(bank: &Bank) -> Bank {
    let questions = bank.questions.iter().cycle().take(QUESTIONS).enumerate().map(|(i, question)| {
        let mut question = question.as_ref().clone();
        question.id = Slug::new(&format!("q{i}")).expect("a slug");
        question.stem = Text::new(&format!("{} Case {i}.", question.stem));
        Arc::new(question)
    });
    Bank { questions: questions.collect(), ..bank.clone() }
}

fn percentile(times: &[Duration], percent: usize) -> Duration {
    times[(times.len() - 1) * percent / 100]
}

fn main() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("question-bank/mrso");
    let files = find_banks(&folder).expect("the bank is there").remove(0).read().0;
    let bank = Arc::new(many(&load(files).bank.expect("the bank loads")));

    let start = Instant::now();
    let segment = Arc::new(Segment::of(Origin::Bank(bank.clone())));
    let built = start.elapsed();
    let mut texts = String::new();
    for (_, text) in bank.questions.iter().flat_map(|q| q.texts()) {
        texts.push_str(&text.as_str().to_lowercase());
        texts.push('\n');
    }
    let megabytes = |bytes: usize| bytes as f64 / 1e6;
    println!("{QUESTIONS} questions, {:.0} MB of text", megabytes(texts.len()));
    println!(
        "index: built in {built:.2?}, {:.0} MB, {:.2} of the text",
        megabytes(segment.bytes()),
        segment.bytes() as f64 / texts.len() as f64
    );

    let now = Now { mono: Duration::ZERO, wall: Wall(1_795_359_600) };
    let mut m = Model::new(Size { columns: 80, rows: 24 }, now, None);
    let volume = Volume::new(bank, Text::new("built in"), 0, None);
    m.shelf = Some(Shelf { volumes: vec![volume], problems: Vec::new() });
    update(&mut m, now, Msg::Done(Answer::Indexed(vec![segment])));
    update(&mut m, now, Msg::Key(Key::Char('/')));

    let (mut keys, mut scans) = (Vec::new(), Vec::new());
    println!("{:<28} {:>10} {:>10}", "typed", "slowest", "last key");
    for query in QUERIES {
        let mut slowest = Duration::ZERO;
        let mut last = Duration::ZERO;
        for round in 0..ROUNDS {
            update(&mut m, now, Msg::Key(Key::Ctrl('u')));
            for c in query.chars() {
                let start = Instant::now();
                update(&mut m, now, Msg::Key(Key::Char(c)));
                std::hint::black_box(frame(&m));
                last = start.elapsed();
                keys.push(last);
                slowest = if round == 0 { slowest } else { slowest.max(last) };
            }
        }
        println!("{query:<28} {slowest:>10.2?} {last:>10.2?}");
        for word in query.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()) {
            let start = Instant::now();
            std::hint::black_box(memchr::memmem::find_iter(texts.as_bytes(), word.as_bytes()).count());
            scans.push(start.elapsed());
        }
    }
    keys.sort_unstable();
    scans.sort_unstable();
    let scan = percentile(&scans, 50);
    println!("one pass of memmem: p50 {scan:.2?}, p99 {:.2?}", percentile(&scans, 99));
    for percent in [50, 99, 100] {
        let key = percentile(&keys, percent);
        println!("key to frame: p{percent} {key:.2?}, {:.2} of the pass", key.as_secs_f64() / scan.as_secs_f64());
    }
}
