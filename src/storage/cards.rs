//! Cards: their states, the log of grades, and what a student has set.

use std::collections::{BTreeMap, HashMap};

use rusqlite::{Connection, OptionalExtension, params};
use serde::{Deserialize, Serialize};

use crate::engine::day::Day;
use crate::engine::deck::{CardKey, Side};
use crate::engine::queue::Done;
use crate::engine::record::Grade;
use crate::engine::review::{CardState, Phase};
use crate::engine::schedule::{Memory, Rating};
use crate::engine::slug::Slug;
use crate::engine::time::Wall;

use super::StoreError;
use super::open::Store;

impl Store {
    /// The states of all cards that were ever graded, buried or suspended.
    pub fn card_states(&self) -> Result<HashMap<CardKey, CardState>, StoreError> {
        self.read("read the cards", |c| {
            c.prepare_cached("SELECT deck, entry, side, state FROM card")?
                .query_map([], |row| {
                    let key = key(&row.get::<_, String>(0)?, &row.get::<_, String>(1)?, &row.get::<_, String>(2)?);
                    Ok(key.zip(state_from_json(&row.get::<_, String>(3)?)))
                })?
                .filter_map(Result::transpose)
                .collect()
        })
    }

    /// Writes a grade: the log, the card's state and the day's count, all or nothing. A grade that is there already is
    /// left as it is.
    pub fn grade(&mut self, grade: &Grade) -> Result<(), StoreError> {
        self.write("save a grade", |c| {
            let added = c
                .prepare_cached(
                    "INSERT INTO review (id, deck, entry, side, at, day, rating, retention, cap, before)
                     VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10) ON CONFLICT (id) DO NOTHING",
                )?
                .execute(params![
                    grade.id.to_string(),
                    grade.key.deck.as_str(),
                    grade.key.entry.as_str(),
                    grade.key.side.label(),
                    grade.at.0,
                    grade.day.0,
                    grade.rating.number(),
                    f64::from(grade.aim.retention),
                    grade.aim.cap,
                    state_to_json(&grade.before),
                ])?;
            if added == 0 {
                return Ok(());
            }
            put(c, &grade.key, &grade.after)?;
            count(c, grade, 1)
        })
    }

    /// Takes a grade back: the card is as it was before it, bit for bit. The log keeps both.
    pub fn undo_grade(&mut self, grade: &Grade, at: Wall) -> Result<(), StoreError> {
        self.write("take a grade back", |c| {
            let added = c
                .prepare_cached("INSERT INTO undone (review, at) VALUES (?1, ?2) ON CONFLICT (review) DO NOTHING")?
                .execute(params![grade.id.to_string(), at.0])?;
            if added == 0 {
                return Ok(());
            }
            put(c, &grade.key, &grade.before)?;
            count(c, grade, -1)
        })
    }

    /// Writes a card's state without a grade: buried, suspended, taken in again.
    pub fn set_card(&mut self, key: &CardKey, state: &CardState) -> Result<(), StoreError> {
        self.write("save a card", |c| put(c, key, state))
    }

    /// What was done on a day.
    pub fn day_done(&self, day: Day) -> Result<Done, StoreError> {
        self.read("read the day's work", |c| {
            c.prepare_cached("SELECT begun, reviews FROM card_day WHERE day = ?1")?
                .query_row([day.0], |row| Ok(Done { new: row.get(0)?, reviews: row.get(1)? }))
                .optional()
                .map(Option::unwrap_or_default)
        })
    }

    /// How many grades were given on each day and not taken back.
    pub fn grade_days(&self) -> Result<BTreeMap<Day, u32>, StoreError> {
        self.read("read the days of study", |c| {
            c.prepare_cached("SELECT day, grades FROM card_day WHERE grades > 0")?
                .query_map([], |row| Ok((Day(row.get(0)?), row.get(1)?)))?
                .collect()
        })
    }

    /// How many grades were given in all and not taken back.
    pub fn grades(&self) -> Result<u32, StoreError> {
        self.read("count the grades", |c| {
            c.prepare_cached("SELECT coalesce(sum(grades), 0) FROM card_day")?.query_row([], |row| row.get(0))
        })
    }

    /// The grades of each card that were not taken back, oldest first, with the days since the grade before; what the
    /// optimizer learns from.
    pub fn card_histories(&self) -> Result<Vec<Vec<(Rating, u32)>>, StoreError> {
        let rows = self.read("read the grades", |c| {
            c.prepare_cached(
                "SELECT deck || '/' || entry || '/' || side, day, rating FROM review
                 WHERE id NOT IN (SELECT review FROM undone) ORDER BY deck, entry, side, at, id",
            )?
            .query_map([], |row| Ok((row.get::<_, String>(0)?, row.get::<_, i32>(1)?, row.get::<_, u8>(2)?)))?
            .collect::<rusqlite::Result<Vec<_>>>()
        })?;
        let mut histories: Vec<Vec<(Rating, u32)>> = Vec::new();
        let mut before: Option<(String, Day)> = None;
        for (card, day, rating) in rows {
            let Some(rating) = Rating::from_number(rating) else { continue };
            match &before {
                Some((known, last)) if *known == card => {
                    if let Some(history) = histories.last_mut() {
                        history.push((rating, Day(day).since(*last)));
                    }
                }
                _ => histories.push(vec![(rating, 0)]),
            }
            before = Some((card, Day(day)));
        }
        Ok(histories)
    }

    /// All settings that were made.
    pub fn settings(&self) -> Result<HashMap<String, String>, StoreError> {
        self.read("read the settings", |c| {
            c.prepare_cached("SELECT name, value FROM setting")?
                .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
                .collect()
        })
    }

    /// A setting, if it was made.
    pub fn setting(&self, name: &str) -> Result<Option<String>, StoreError> {
        self.read("read the settings", |c| {
            c.prepare_cached("SELECT value FROM setting WHERE name = ?1")?
                .query_row([name], |row| row.get(0))
                .optional()
        })
    }

    /// Makes a setting, or unmakes it.
    pub fn set_setting(&mut self, name: &str, value: Option<&str>) -> Result<(), StoreError> {
        self.write("save a setting", |c| {
            match value {
                Some(value) => c.execute("INSERT OR REPLACE INTO setting (name, value) VALUES (?1, ?2)", [name, value]),
                None => c.execute("DELETE FROM setting WHERE name = ?1", [name]),
            }
            .map(|_| ())
        })
    }
}

fn put(c: &Connection, key: &CardKey, state: &CardState) -> rusqlite::Result<()> {
    c.prepare_cached("INSERT OR REPLACE INTO card (deck, entry, side, state) VALUES (?1, ?2, ?3, ?4)")?
        .execute(params![key.deck.as_str(), key.entry.as_str(), key.side.label(), state_to_json(state)])
        .map(|_| ())
}

/// Adds a grade to its day's count, or takes it away.
fn count(c: &Connection, grade: &Grade, by: i64) -> rusqlite::Result<()> {
    let begun = i64::from(grade.before.phase == Phase::New) * by;
    let review = i64::from(grade.before.phase == Phase::Review) * by;
    c.prepare_cached(
        "INSERT INTO card_day (day, begun, reviews, grades) VALUES (?1, max(?2, 0), max(?3, 0), max(?4, 0))
         ON CONFLICT (day) DO UPDATE SET begun = max(begun + ?2, 0), reviews = max(reviews + ?3, 0), grades = max(grades + ?4, 0)",
    )?
    .execute(params![grade.day.0, begun, review, by])
    .map(|_| ())
}

fn key(deck: &str, entry: &str, side: &str) -> Option<CardKey> {
    Some(CardKey { deck: Slug::new(deck)?, entry: Slug::new(entry)?, side: Side::from_label(side)? })
}

/// A state as it is stored. Memory is kept as the bits of its numbers: what comes back is what was put in.
#[derive(Serialize, Deserialize)]
struct StateRow {
    phase: String,
    step: u8,
    stability: Option<u32>,
    difficulty: Option<u32>,
    due: i64,
    due_day: i32,
    last: Option<i64>,
    last_day: Option<i32>,
    reps: u32,
    lapses: u32,
    suspended: bool,
    buried_until: Option<i32>,
}

fn state_to_json(state: &CardState) -> String {
    let (phase, step) = match state.phase {
        Phase::New => ("new", 0),
        Phase::Learning { step } => ("learning", step),
        Phase::Review => ("review", 0),
        Phase::Relearning { step } => ("relearning", step),
    };
    let row = StateRow {
        phase: phase.into(),
        step,
        stability: state.memory.map(|m| m.stability.to_bits()),
        difficulty: state.memory.map(|m| m.difficulty.to_bits()),
        due: state.due.0,
        due_day: state.due_day.0,
        last: state.last.map(|w| w.0),
        last_day: state.last_day.map(|d| d.0),
        reps: state.reps,
        lapses: state.lapses,
        suspended: state.suspended,
        buried_until: state.buried_until.map(|d| d.0),
    };
    serde_json::to_string(&row).unwrap_or_default() // a struct of strings and numbers always has a JSON form
}

fn state_from_json(json: &str) -> Option<CardState> {
    let row: StateRow = serde_json::from_str(json).ok()?;
    let phase = match row.phase.as_str() {
        "new" => Phase::New,
        "learning" => Phase::Learning { step: row.step },
        "review" => Phase::Review,
        "relearning" => Phase::Relearning { step: row.step },
        _ => return None,
    };
    let memory = row.stability.zip(row.difficulty).map(|(stability, difficulty)| Memory {
        stability: f32::from_bits(stability),
        difficulty: f32::from_bits(difficulty),
    });
    Some(CardState {
        phase,
        memory,
        due: Wall(row.due),
        due_day: Day(row.due_day),
        last: row.last.map(Wall),
        last_day: row.last_day.map(Day),
        reps: row.reps,
        lapses: row.lapses,
        suspended: row.suspended,
        buried_until: row.buried_until.map(Day),
    })
}
