//! Drills: an answer with where its drill then stands, and the drill of each bank that waits.

use std::collections::HashMap;

use rusqlite::{Connection, params};
use serde::{Deserialize, Serialize};

use crate::engine::answer::Answered;
use crate::engine::drill::choose::Mode;
use crate::engine::drill::kept::{Kept, KeptShowing};
use crate::engine::drill::{Course, Order, Tally};
use crate::engine::exam::Entry;
use crate::engine::question::OptionId;
use crate::engine::slug::Slug;
use crate::engine::text::Text;
use crate::engine::time::Wall;

use super::StoreError;
use super::answers::log;
use super::exams::{duration, millis, step_from_row, step_to_row};
use super::open::Store;

/// The form of the stored state; another one is not read.
const FORM: u32 = 1;

impl Store {
    /// Writes an answer of a drill, and where the drill stands after it, all or nothing.
    pub fn answer(&mut self, answer: &Answered, drill: &Kept) -> Result<(), StoreError> {
        self.write("save an answer", |c| {
            log(c, answer)?;
            put(c, drill, answer.at)
        })
    }

    /// Writes where a drill stands.
    pub fn put_drill(&mut self, drill: &Kept, at: Wall) -> Result<(), StoreError> {
        self.write("save a drill", |c| put(c, drill, at))
    }

    /// Forgets the drill of a bank: it is over. Its answers stay.
    pub fn end_drill(&mut self, bank: &Slug) -> Result<(), StoreError> {
        self.write("end a drill", |c| {
            c.prepare_cached("DELETE FROM drill WHERE bank = ?1")?.execute([bank.as_str()]).map(|_| ())
        })
    }

    /// The drills that wait, by bank; `None` for one that cannot be read.
    pub fn drills(&self) -> Result<HashMap<Slug, Option<Kept>>, StoreError> {
        self.read("read the drills", |c| {
            c.prepare_cached("SELECT bank, state FROM drill")?
                .query_map([], |row| Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?)))?
                .filter_map(|row| row.map(|(bank, state)| Some((Slug::new(&bank)?, state))).transpose())
                .map(|row| row.map(|(bank, state)| (bank.clone(), from_json(bank, &state))))
                .collect()
        })
    }
}

fn put(c: &Connection, drill: &Kept, at: Wall) -> rusqlite::Result<()> {
    c.prepare_cached("INSERT OR REPLACE INTO drill (bank, state, at) VALUES (?1, ?2, ?3)")?
        .execute(params![drill.course.order.bank.as_str(), to_json(drill), at.0])
        .map(|_| ())
}

#[derive(Serialize, Deserialize)]
struct StateRow {
    form: u32,
    mode: String,
    filter: String,
    only: Vec<String>,
    questions: Option<usize>,
    wished_seed: Option<u64>,
    seed: u64,
    nonce: u64,
    limit_ms: Option<i64>,
    used_ms: i64,
    number: usize,
    of: Option<usize>,
    asked: Vec<String>,
    tally: TallyRow,
    /// Once only the missed ones were kept.
    #[serde(alias = "missed")]
    answered: Vec<ShowingRow>,
    open: Option<ShowingRow>,
}

#[derive(Serialize, Deserialize)]
struct TallyRow {
    answered: usize,
    right: usize,
    guessed_right: usize,
    streak: usize,
    best_streak: usize,
    spent_ms: i64,
    domains: Vec<(String, usize, usize)>,
}

#[derive(Serialize, Deserialize)]
struct ShowingRow {
    question: String,
    stem: String,
    options: Vec<String>,
    order: Vec<u8>,
    /// Time used, step, its argument: as in the table of an exam's steps.
    log: Vec<(i64, String, Option<i64>)>,
    used_ms: i64,
}

fn to_json(kept: &Kept) -> String {
    let Kept { course, answered, open } = kept;
    let tally = &course.tally;
    let row = StateRow {
        form: FORM,
        mode: course.order.mode.label().into(),
        filter: course.order.filter.to_string(),
        only: course.order.only.iter().map(ToString::to_string).collect(),
        questions: course.order.questions,
        wished_seed: course.order.seed,
        seed: course.seed,
        nonce: course.nonce,
        limit_ms: course.limit.map(millis),
        used_ms: millis(course.used),
        number: course.number,
        of: course.of,
        asked: course.asked.iter().map(ToString::to_string).collect(),
        tally: TallyRow {
            answered: tally.answered,
            right: tally.right,
            guessed_right: tally.guessed_right,
            streak: tally.streak,
            best_streak: tally.best_streak,
            spent_ms: millis(tally.spent),
            domains: tally.domains.iter().map(|(d, right, of)| (d.to_string(), *right, *of)).collect(),
        },
        answered: answered.iter().map(showing_to_row).collect(),
        open: open.as_ref().map(showing_to_row),
    };
    serde_json::to_string(&row).unwrap_or_default() // a struct of strings and numbers always has a JSON form
}

/// `None` if the JSON does not say what it should.
fn from_json(bank: Slug, json: &str) -> Option<Kept> {
    let row: StateRow = serde_json::from_str(json).ok()?;
    if row.form != FORM {
        return None;
    }
    let tally = row.tally;
    let domains = tally.domains.iter().map(|(d, right, of)| Some((Slug::new(d)?, *right, *of)));
    let course = Course {
        order: Order {
            bank,
            mode: Mode::from_label(&row.mode)?,
            filter: row.filter.parse().ok()?,
            only: slugs(&row.only)?,
            questions: row.questions,
            seed: row.wished_seed,
        },
        seed: row.seed,
        nonce: row.nonce,
        limit: row.limit_ms.map(duration),
        used: duration(row.used_ms),
        number: row.number,
        of: row.of,
        asked: slugs(&row.asked)?,
        tally: Tally {
            answered: tally.answered,
            right: tally.right,
            guessed_right: tally.guessed_right,
            streak: tally.streak,
            best_streak: tally.best_streak,
            spent: duration(tally.spent_ms),
            domains: domains.collect::<Option<_>>()?,
        },
    };
    let answered = row.answered.iter().map(showing_from_row).collect::<Option<_>>()?;
    let open = match &row.open {
        Some(open) => Some(showing_from_row(open)?),
        None => None,
    };
    Some(Kept { course, answered, open })
}

fn slugs(raw: &[String]) -> Option<Vec<Slug>> {
    raw.iter().map(|id| Slug::new(id)).collect()
}

fn showing_to_row(kept: &KeptShowing) -> ShowingRow {
    let log = kept.log.iter().map(|entry| {
        let (kind, argument) = step_to_row(entry.step);
        (millis(entry.used), kind.to_owned(), argument)
    });
    ShowingRow {
        question: kept.question.to_string(),
        stem: kept.stem.to_string(),
        options: kept.options.iter().map(ToString::to_string).collect(),
        order: kept.order.iter().map(|o| o.0).collect(),
        log: log.collect(),
        used_ms: millis(kept.used),
    }
}

fn showing_from_row(row: &ShowingRow) -> Option<KeptShowing> {
    let entry = |(used, kind, argument): &(i64, String, Option<i64>)| {
        Some(Entry { used: duration(*used), step: step_from_row(kind, *argument)? })
    };
    Some(KeptShowing {
        question: Slug::new(&row.question)?,
        stem: Text::new(&row.stem),
        options: row.options.iter().map(|o| Text::new(o)).collect(),
        order: row.order.iter().map(|&o| OptionId(o)).collect(),
        log: row.log.iter().map(entry).collect::<Option<_>>()?,
        used: duration(row.used_ms),
    })
}
