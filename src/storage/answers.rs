//! The log of answers, with where a student stands with each question and the counts by day.

use std::collections::HashMap;

use rusqlite::{Connection, OptionalExtension, Row, params};

use crate::engine::answer::{AnswerId, Answered, Change, Occasion, answers_of};
use crate::engine::day::{Day, day_in_utc};
use crate::engine::learner::{Learner, Mark};
use crate::engine::record::ExamId;
use crate::engine::score::score;
use crate::engine::slug::Slug;
use crate::engine::standing::{Mistake, Standing};
use crate::engine::tally::{Count, Group};
use crate::engine::text::Text;
use crate::engine::time::Wall;

use super::StoreError;
use super::exams::{duration, millis};
use super::open::Store;

impl Store {
    /// Everything that is known on the day `today` of the student's way through the banks.
    pub fn learner(&self, today: Day) -> Result<Learner, StoreError> {
        self.read("read the answers", |c| {
            let mut learner = Learner::default();
            standings(c, &mut learner)?;
            marks(c, &mut learner)?;
            for fault in super::faults::all(c)? {
                learner.trail_mut(&fault.bank).faults.insert(fault.question.clone(), fault);
            }
            sums(c, &mut learner, today)?;
            Ok(learner)
        })
    }

    /// Goes through the log of answers, the oldest first. What cannot be read is passed over.
    pub fn each_answer(&self, mut take: impl FnMut(Answered)) -> Result<(), StoreError> {
        self.read("read the answers", |c| {
            let mut statement = c.prepare_cached("SELECT * FROM answer ORDER BY at, rowid")?;
            let mut rows = statement.query([])?;
            while let Some(row) = rows.next()? {
                if let Some(answer) = answer_from_row(row)? {
                    take(answer);
                }
            }
            Ok(())
        })
    }

    /// The answers to a question of a bank, the latest first. What cannot be read is passed over.
    pub fn answers_to(&self, bank: &Slug, question: &Slug) -> Result<Vec<Answered>, StoreError> {
        self.read("read the answers to a question", |c| {
            c.prepare_cached("SELECT * FROM answer WHERE bank = ?1 AND question = ?2 ORDER BY at DESC, rowid DESC")?
                .query_map([bank.as_str(), question.as_str()], answer_from_row)?
                .filter_map(Result::transpose)
                .collect()
        })
    }

    /// Puts a bookmark and a note on a question, or takes them away.
    pub fn set_mark(&mut self, bank: &Slug, question: &Slug, mark: &Mark) -> Result<(), StoreError> {
        self.write("save a mark", |c| {
            if *mark == Mark::default() {
                return c
                    .prepare_cached("DELETE FROM mark WHERE bank = ?1 AND question = ?2")?
                    .execute([bank.as_str(), question.as_str()])
                    .map(|_| ());
            }
            c.prepare_cached("INSERT OR REPLACE INTO mark (bank, question, bookmarked, note) VALUES (?1, ?2, ?3, ?4)")?
                .execute(params![
                    bank.as_str(),
                    question.as_str(),
                    mark.bookmarked,
                    mark.note.as_ref().map(Text::as_str)
                ])
                .map(|_| ())
        })
    }
}

/// Logs an answer, with all that is worked out from it. One that is there already changes nothing, so that a write
/// whose answer was lost may be tried again.
pub(super) fn log(c: &Connection, answer: &Answered) -> rusqlite::Result<()> {
    let picked: Vec<&str> = answer.picked.iter().map(Text::as_str).collect();
    let added = c
        .prepare_cached(
            "INSERT INTO answer (id, bank, version, question, domain, module, at, day, occasion, picked, points,
                                 guessed, flagged, spent_ms, change)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15) ON CONFLICT (id) DO NOTHING",
        )?
        .execute(params![
            answer.id.to_string(),
            answer.bank.as_str(),
            answer.version.to_string(),
            answer.question.as_str(),
            answer.domain.as_str(),
            answer.module.as_ref().map(Slug::as_str),
            answer.at.0,
            answer.day.0,
            answer.occasion.label(),
            serde_json::to_string(&picked).unwrap_or_default(), // texts always have a JSON form
            answer.points,
            answer.guessed,
            answer.flagged,
            millis(answer.spent),
            answer.change.map(|c| c.label()),
        ])?;
    if added == 0 {
        return Ok(());
    }
    let before = c
        .prepare_cached(&format!("SELECT {STANDING} FROM standing WHERE bank = ?1 AND question = ?2"))?
        .query_row([answer.bank.as_str(), answer.question.as_str()], standing_from_row)
        .optional()?
        .unwrap_or_default();
    put_standing(c, &answer.bank, &answer.question, &before.after(answer))?;
    count(c, answer, before.answers == 0)
}

/// `None` if the row does not say what it should.
fn answer_from_row(row: &Row<'_>) -> rusqlite::Result<Option<Answered>> {
    let text = |column: &str| row.get::<_, String>(column);
    let (bank, question, domain) = (slug(row, "bank")?, slug(row, "question")?, slug(row, "domain")?);
    let module = row.get::<_, Option<String>>("module")?.and_then(|m| Slug::new(&m));
    let id = AnswerId::parse(&text("id")?);
    let occasion = Occasion::from_label(&text("occasion")?);
    let (version, picked) = (text("version")?, text("picked")?);
    let change = row.get::<_, Option<String>>("change")?.and_then(|c| Change::from_label(&c));
    let (at, day) = (Wall(row.get("at")?), Day(row.get("day")?));
    let (points, guessed, flagged) = (row.get("points")?, row.get("guessed")?, row.get("flagged")?);
    let spent = duration(row.get("spent_ms")?);
    let made = || {
        Some(Answered {
            id: id?,
            bank: bank?,
            version: semver::Version::parse(&version).ok()?,
            question: question?,
            domain: domain?,
            module,
            at,
            day,
            occasion: occasion?,
            picked: serde_json::from_str::<Vec<String>>(&picked).ok()?.iter().map(|t| Text::new(t)).collect(),
            points,
            guessed,
            flagged,
            spent,
            change,
        })
    };
    Ok(made())
}

fn put_standing(c: &Connection, bank: &Slug, question: &Slug, s: &Standing) -> rusqlite::Result<()> {
    c.prepare_cached(
        "INSERT OR REPLACE INTO standing (bank, question, answers, right, last_right, last_guessed, flagged,
                                          last_at, last_day, last_ms, spent_ms, missed, right_days, right_last)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)",
    )?
    .execute(params![
        bank.as_str(),
        question.as_str(),
        s.answers,
        s.right,
        s.last_right,
        s.last_guessed,
        s.flagged,
        s.last_at.0,
        s.last_day.0,
        millis(s.last_spent),
        millis(s.spent),
        s.mistake.map(|m| m.missed.0),
        s.mistake.map_or(0, |m| m.right_days),
        s.mistake.and_then(|m| m.last_right).map(|d| d.0),
    ])
    .map(|_| ())
}

/// The columns of a standing in the order in which [`standing_from_row`] reads them: by number, as there may be a
/// hundred thousand.
const STANDING: &str = "answers, right, last_right, last_guessed, flagged, last_at, last_day, last_ms, spent_ms,
                        missed, right_days, right_last";

fn standing_from_row(row: &Row<'_>) -> rusqlite::Result<Standing> {
    let missed: Option<i32> = row.get(9)?;
    let (right_days, last_right) = (row.get(10)?, row.get::<_, Option<i32>>(11)?.map(Day));
    Ok(Standing {
        answers: row.get(0)?,
        right: row.get(1)?,
        last_right: row.get(2)?,
        last_guessed: row.get(3)?,
        flagged: row.get(4)?,
        last_at: Wall(row.get(5)?),
        last_day: Day(row.get(6)?),
        last_spent: duration(row.get(7)?),
        spent: duration(row.get(8)?),
        mistake: missed.map(|day| Mistake { missed: Day(day), right_days, last_right }),
    })
}

/// Adds the answer to its day's count.
fn count(c: &Connection, answer: &Answered, first: bool) -> rusqlite::Result<()> {
    let one = Count::of(answer);
    c.prepare_cached(
        "INSERT INTO answer_day (bank, day, domain, module, occasion, first, answers, right, points, spent_ms, guessed,
                                 guessed_right, better, worse)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)
         ON CONFLICT DO UPDATE SET
             answers = answers + excluded.answers, right = right + excluded.right, points = points + excluded.points,
             spent_ms = spent_ms + excluded.spent_ms, guessed = guessed + excluded.guessed,
             guessed_right = guessed_right + excluded.guessed_right, better = better + excluded.better,
             worse = worse + excluded.worse",
    )?
    .execute(params![
        answer.bank.as_str(),
        answer.day.0,
        answer.domain.as_str(),
        answer.module.as_ref().map_or("", Slug::as_str),
        answer.occasion.label(),
        first,
        one.answers,
        one.right,
        one.points,
        millis(one.spent),
        one.guessed,
        one.guessed_right,
        one.better,
        one.worse,
    ])
    .map(|_| ())
}

fn standings(c: &Connection, learner: &mut Learner) -> rusqlite::Result<()> {
    for bank in banks(c, "standing")? {
        let mut statement = c.prepare_cached(&format!("SELECT {STANDING}, question FROM standing WHERE bank = ?1"))?;
        let mut rows = statement.query([bank.as_str()])?;
        let standings = &mut learner.trail_mut(&bank).standings;
        while let Some(row) = rows.next()? {
            let Some(question) = row.get_ref(12)?.as_str().ok().and_then(Slug::new) else { continue };
            standings.insert(question, standing_from_row(row)?);
        }
    }
    Ok(())
}

/// The banks that a table speaks of.
fn banks(c: &Connection, table: &'static str) -> rusqlite::Result<Vec<Slug>> {
    let mut statement = c.prepare_cached(&format!("SELECT DISTINCT bank FROM {table}"))?;
    let mut rows = statement.query([])?;
    let mut banks = Vec::new();
    while let Some(row) = rows.next()? {
        banks.extend(slug(row, "bank")?);
    }
    Ok(banks)
}

fn marks(c: &Connection, learner: &mut Learner) -> rusqlite::Result<()> {
    let mut statement = c.prepare_cached("SELECT * FROM mark")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let (Some(bank), Some(question)) = (slug(row, "bank")?, slug(row, "question")?) else { continue };
        let note = row.get::<_, Option<String>>("note")?.map(|n| Text::new(&n));
        learner.trail_mut(&bank).marks.insert(question, Mark { bookmarked: row.get("bookmarked")?, note });
    }
    Ok(())
}

/// Adds up the answers of all days; their occasions are not told apart.
fn sums(c: &Connection, learner: &mut Learner, today: Day) -> rusqlite::Result<()> {
    let mut slugs = HashMap::new(); // few different ones, in many rows
    for bank in banks(c, "answer_day")? {
        let mut statement = c.prepare_cached(
            "SELECT domain, module, occasion, day, first, answers, right, points, spent_ms, guessed, guessed_right,
                    better, worse FROM answer_day WHERE bank = ?1 ORDER BY day",
        )?;
        let mut rows = statement.query([bank.as_str()])?;
        let sums = &mut learner.trail_mut(&bank).sums;
        while let Some(row) = rows.next()? {
            let mut known = |column: usize| -> rusqlite::Result<Option<Slug>> {
                let raw = row.get_ref(column)?.as_str()?;
                if !slugs.contains_key(raw) {
                    slugs.insert(raw.to_owned(), Slug::new(raw));
                }
                Ok(slugs.get(raw).cloned().flatten())
            };
            let (Some(domain), module) = (known(0)?, known(1)?) else { continue };
            let Some(occasion) = Occasion::from_label(row.get_ref(2)?.as_str()?) else { continue };
            let group = Group { day: Day(row.get(3)?), domain, module, occasion, first: row.get(4)? };
            let count = Count {
                answers: row.get(5)?,
                right: row.get(6)?,
                points: row.get(7)?,
                spent: duration(row.get(8)?),
                guessed: row.get(9)?,
                guessed_right: row.get(10)?,
                better: row.get(11)?,
                worse: row.get(12)?,
            };
            sums.add(&group, &count, today);
        }
    }
    Ok(())
}

fn slug(row: &Row<'_>, column: &str) -> rusqlite::Result<Option<Slug>> {
    Ok(Slug::new(&row.get::<_, String>(column)?))
}

/// Logs the answers of the exams that ended before there was a log of answers. Where the student lived then is not
/// known: their days are those of UTC.
pub(super) fn fill(c: &Connection) -> rusqlite::Result<()> {
    let ended: Vec<(String, i64)> = c
        .prepare("SELECT id, ended FROM exam WHERE ended IS NOT NULL ORDER BY ended, id")?
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<rusqlite::Result<_>>()?;
    for (id, at) in ended {
        let Some(id) = ExamId::parse(&id) else { continue };
        // One that cannot be read keeps no other from being counted.
        let Ok(Some(stored)) = super::exams::load(c, id)? else { continue };
        let at = Wall(at);
        for answer in answers_of(id, &stored.exam, &score(&stored.exam), at, day_in_utc(at)) {
            log(c, &answer)?;
        }
    }
    Ok(())
}
