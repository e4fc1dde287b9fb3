//! Sittings: begun, written step by step, ended, listed and read back.

use std::collections::HashSet;
use std::time::Duration;

use rusqlite::{Connection, ErrorCode, OptionalExtension, Row, TransactionBehavior, params};

use crate::engine::answer::answers_of;
use crate::engine::day::Day;
use crate::engine::exam::{Conditions, End, Entry, Exam, Feedback, Step};
use crate::engine::paper::Paper;
use crate::engine::question::OptionId;
use crate::engine::record::{ExamId, Outcome, Stored, Summary};
use crate::engine::score::{Score, Tally};
use crate::engine::slug::Slug;
use crate::engine::time::{Allowance, Wall};

use super::open::Store;
use super::{StoreError, answers, snapshot};

impl Store {
    /// Writes a sitting that has just begun.
    pub fn begin(&mut self, id: ExamId, exam: &Exam, at: Wall) -> Result<(), StoreError> {
        self.write("begin an exam", |c| {
            let (paper, conditions) = (exam.paper(), exam.conditions());
            c.prepare_cached(
                "INSERT INTO exam (id, bank, origin, seed, seed_alone, questions, feedback, allowance, limit_ms, started, last_active)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?10)",
            )?
            .execute(params![
                id.to_string(),
                paper.origin.bank.as_str(),
                snapshot::origin_to_json(paper),
                paper.seed.cast_signed(),
                paper.seed_alone,
                paper.items.len() as i64,
                conditions.feedback.label(),
                conditions.allowance.label(),
                conditions.limit.map(millis),
                at.0,
            ])?;
            for (position, item) in paper.items.iter().enumerate() {
                c.prepare_cached("INSERT INTO item (exam, position, question, snapshot) VALUES (?1, ?2, ?3, ?4)")?
                    .execute(params![id.to_string(), position as i64, item.question.id.as_str(), snapshot::item_to_json(item)])?;
            }
            Ok(())
        })
    }

    /// Adds step `number` (from 0) to a sitting's log. A step that is there already is left as it is, so that a write
    /// whose answer was lost may be tried again.
    pub fn append(
        &mut self,
        id: ExamId,
        number: u64,
        entry: Entry,
        position: usize,
        at: Wall,
    ) -> Result<(), StoreError> {
        let (kind, argument) = step_to_row(entry.step);
        self.write("save an answer", |c| {
            c.prepare_cached(
                "INSERT INTO step (exam, number, at, used_ms, kind, argument) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
                 ON CONFLICT (exam, number) DO NOTHING",
            )?
            .execute(params![
                id.to_string(),
                number.cast_signed(),
                at.0,
                millis(entry.used),
                kind,
                argument
            ])?;
            touch(c, id, entry.used, position, at)
        })
    }

    /// Writes how much exam time has been used.
    pub fn clock(&mut self, id: ExamId, used: Duration, position: usize, at: Wall) -> Result<(), StoreError> {
        self.write("save the exam's clock", |c| touch(c, id, used, position, at))
    }

    /// Writes how a sitting came out, and logs its answers. `day` is the study day of `at`.
    pub fn finish(&mut self, id: ExamId, exam: &Exam, score: &Score, at: Wall, day: Day) -> Result<(), StoreError> {
        self.write("save a result", |c| {
            c.execute(
                "UPDATE exam SET ended = ?2, last_active = ?2, ending = ?3, points = ?4, passed = ?5, used_ms = ?6 WHERE id = ?1",
                params![
                    id.to_string(),
                    at.0,
                    exam.end().map(End::label),
                    score.total.points,
                    score.passed,
                    millis(exam.used()),
                ],
            )?;
            for (position, (response, points)) in exam.responses().iter().zip(&score.points).enumerate() {
                let question = &exam.paper().items[position].question;
                let picked: Vec<&str> =
                    response.picked().iter().filter_map(|&o| question.choice(o)).map(|c| c.text.as_str()).collect();
                let picked = serde_json::to_string(&picked).unwrap_or_default();
                c.prepare_cached("UPDATE item SET picked = ?3, points = ?4, spent_ms = ?5 WHERE exam = ?1 AND position = ?2")?
                    .execute(params![id.to_string(), position as i64, picked, points, millis(response.spent())])?;
            }
            for (place, (domain, tally)) in score.domains.iter().enumerate() {
                c.prepare_cached("INSERT OR REPLACE INTO domain_score (exam, place, domain, points, questions) VALUES (?1, ?2, ?3, ?4, ?5)")?
                    .execute(params![id.to_string(), place as i64, domain.as_str(), tally.points, tally.of as i64])?;
            }
            answers_of(id, exam, score, at, day).iter().try_for_each(|answer| answers::log(c, answer))
        })
    }

    /// Deletes a sitting that has not ended. One that has, or that is not there, is left as it is.
    pub fn discard(&mut self, id: ExamId) -> Result<(), StoreError> {
        self.write("discard an exam", |c| {
            for sql in [
                "DELETE FROM step WHERE exam IN (SELECT id FROM exam WHERE id = ?1 AND ended IS NULL)",
                "DELETE FROM item WHERE exam IN (SELECT id FROM exam WHERE id = ?1 AND ended IS NULL)",
                "DELETE FROM exam WHERE id = ?1 AND ended IS NULL",
            ] {
                c.execute(sql, [id.to_string()])?;
            }
            Ok(())
        })
    }

    /// The questions of `bank` that the student has answered, in exams that have ended or in drills.
    pub fn seen(&self, bank: &Slug) -> Result<HashSet<Slug>, StoreError> {
        self.read("read what was seen", |c| {
            c.prepare_cached("SELECT question FROM standing WHERE bank = ?1")?
                .query_map([bank.as_str()], |row| row.get::<_, String>(0))?
                .filter_map(|id| id.map(|id| Slug::new(&id)).transpose())
                .collect()
        })
    }

    /// All sittings that can be read, the newest first.
    pub fn summaries(&self) -> Result<Vec<Summary>, StoreError> {
        let mut list = self.read("list the exams", |c| {
            c.prepare_cached("SELECT * FROM exam ORDER BY started DESC, id DESC")?
                .query_map([], |row| Ok(summary(row)))?
                .collect::<rusqlite::Result<Vec<_>>>()
        })?;
        let mut domains = self.read("list the exams", |c| {
            c.prepare_cached("SELECT exam, domain, points, questions FROM domain_score ORDER BY exam, place")?
                .query_map([], |row| {
                    let tally = Tally { points: row.get(2)?, of: usize::try_from(row.get::<_, i64>(3)?).unwrap_or(0) };
                    Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?, tally))
                })?
                .collect::<rusqlite::Result<Vec<_>>>()
        })?;
        let mut by_exam: std::collections::HashMap<String, Vec<(Slug, Tally)>> = std::collections::HashMap::new();
        for (exam, domain, tally) in domains.drain(..) {
            by_exam.entry(exam).or_default().extend(Slug::new(&domain).map(|d| (d, tally)));
        }
        let mut out = Vec::new();
        for row in list.drain(..) {
            // One that cannot be read hides no other; opening the store counts them for the user.
            let Some(mut summary) = row else { continue };
            match &mut summary.outcome {
                Some(outcome) => outcome.domains = by_exam.remove(&summary.id.to_string()).unwrap_or_default(),
                None if summary.conditions.feedback == Feedback::Exam => summary.withheld = self.asked(summary.id)?,
                None => {}
            }
            out.push(summary);
        }
        Ok(out)
    }

    /// The questions of a sitting.
    fn asked(&self, id: ExamId) -> Result<HashSet<Slug>, StoreError> {
        self.read("list the questions of an exam", |c| {
            c.prepare_cached("SELECT question FROM item WHERE exam = ?1")?
                .query_map([id.to_string()], |row| row.get::<_, String>(0))?
                .filter_map(|id| id.map(|id| Slug::new(&id)).transpose())
                .collect()
        })
    }

    /// How many sittings are stored, readable or not.
    pub fn exam_count(&self) -> Result<usize, StoreError> {
        self.read("count the exams", |c| {
            c.query_row("SELECT count(*) FROM exam", [], |row| row.get::<_, i64>(0))
                .map(|n| usize::try_from(n).unwrap_or(0))
        })
    }

    /// A sitting as its log leads to it; `None` if there is none with this id.
    pub fn load(&self, id: ExamId) -> Result<Option<Stored>, StoreError> {
        self.read("read an exam", |c| load(c, id))?.map_err(|what| self.unreadable(what))
    }

    fn unreadable(&self, what: &'static str) -> StoreError {
        StoreError::Unreadable { path: self.path.clone(), what }
    }

    pub(super) fn read<T>(
        &self,
        attempt: &'static str,
        f: impl FnOnce(&Connection) -> rusqlite::Result<T>,
    ) -> Result<T, StoreError> {
        f(&self.connection).map_err(|error| StoreError::Sql { attempt, path: self.path.clone(), error })
    }

    /// Every writing transaction begins as one: a reading one that turns into a writing one is refused at once when
    /// another program writes.
    pub(super) fn write(
        &mut self,
        attempt: &'static str,
        f: impl FnOnce(&Connection) -> rusqlite::Result<()>,
    ) -> Result<(), StoreError> {
        self.is_there()?;
        let path = self.path.clone();
        let run = || {
            let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            f(&transaction)?;
            transaction.commit()
        };
        run().map_err(|error| match error.sqlite_error_code() {
            Some(ErrorCode::ReadOnly) => self.read_only(),
            _ => StoreError::Sql { attempt, path, error },
        })
    }
}

/// A sitting as its log leads to it, or what of it cannot be read.
pub(super) fn load(c: &Connection, id: ExamId) -> rusqlite::Result<Result<Option<Stored>, &'static str>> {
    let header = c
        .prepare_cached("SELECT * FROM exam WHERE id = ?1")?
        .query_row([id.to_string()], |row| {
            let origin = snapshot::origin_from_json(&row.get::<_, String>("bank")?, &row.get::<_, String>("origin")?);
            Ok((summary(row), origin, Wall(row.get("last_active")?)))
        })
        .optional()?;
    let Some(header) = header else { return Ok(Ok(None)) };
    let (Some(summary), Some((origin, among)), last_active) = header else { return Ok(Err("its header")) };
    let items = c
        .prepare_cached("SELECT snapshot FROM item WHERE exam = ?1 ORDER BY position")?
        .query_map([id.to_string()], |row| row.get::<_, String>(0))?
        .map(|json| json.map(|json| snapshot::item_from_json(&json)))
        .collect::<rusqlite::Result<Option<Vec<_>>>>()?;
    let log = c
        .prepare_cached("SELECT used_ms, kind, argument FROM step WHERE exam = ?1 ORDER BY number")?
        .query_map([id.to_string()], |row| {
            let step = step_from_row(&row.get::<_, String>(1)?, row.get(2)?);
            let used = duration(row.get(0)?);
            Ok(step.map(|step| Entry { used, step }))
        })?
        .collect::<rusqlite::Result<Option<Vec<Entry>>>>()?;
    let (Some(items), Some(log)) = (items, log) else { return Ok(Err("its questions or steps")) };
    let paper = Paper { origin, seed: summary.seed, seed_alone: summary.seed_alone, among, items };
    let Some(mut exam) = Exam::replay(paper, summary.conditions, &log) else {
        return Ok(Err("it has no questions"));
    };
    // The clock may have been written after the last step.
    exam.elapse(summary.used.saturating_sub(exam.used()));
    let ended = summary.outcome.as_ref().map(|o| o.ended);
    Ok(Ok(Some(Stored { id, exam, steps: log.len() as u64, started: summary.started, last_active, ended })))
}

fn touch(c: &Connection, id: ExamId, used: Duration, position: usize, at: Wall) -> rusqlite::Result<()> {
    c.prepare_cached("UPDATE exam SET used_ms = max(used_ms, ?2), position = ?3, last_active = ?4 WHERE id = ?1")?
        .execute(params![id.to_string(), millis(used), position as i64, at.0])
        .map(|_| ())
}

/// `None` if the row does not say what it should.
fn summary(row: &Row<'_>) -> Option<Summary> {
    let text = |name: &str| row.get::<_, String>(name).ok();
    let number = |name: &str| row.get::<_, i64>(name).ok();
    let (origin, among) = snapshot::origin_from_json(&text("bank")?, &text("origin")?)?;
    let questions = usize::try_from(number("questions")?).ok()?;
    let outcome = match row.get::<_, Option<i64>>("ended").ok()? {
        None => None,
        Some(ended) => Some(Outcome {
            ended: Wall(ended),
            end: End::from_label(&text("ending")?)?,
            total: Tally { points: row.get("points").ok()?, of: questions },
            passed: row.get("passed").ok()?,
            domains: Vec::new(),
        }),
    };
    Some(Summary {
        id: ExamId::parse(&text("id")?)?,
        bank: origin.bank,
        title: origin.title,
        version: origin.version,
        seed: number("seed")?.cast_unsigned(),
        seed_alone: row.get("seed_alone").ok()?,
        among,
        questions,
        full: origin.rules.questions,
        conditions: Conditions {
            feedback: Feedback::from_label(&text("feedback")?)?,
            limit: row.get::<_, Option<i64>>("limit_ms").ok()?.map(duration),
            allowance: Allowance::from_label(&text("allowance")?)?,
        },
        position: usize::try_from(number("position")?).ok()?,
        started: Wall(number("started")?),
        last_active: Wall(number("last_active")?),
        used: duration(number("used_ms")?),
        withheld: HashSet::new(),
        outcome,
    })
}

pub(super) fn step_to_row(step: Step) -> (&'static str, Option<i64>) {
    match step {
        Step::Pick(o) => ("pick", Some(o.0.into())),
        Step::Clear => ("clear", None),
        Step::Flag => ("flag", None),
        Step::Guess => ("guess", None),
        Step::Strike(o) => ("strike", Some(o.0.into())),
        Step::Goto(i) => ("goto", Some(i as i64)),
        Step::Reveal => ("reveal", None),
        Step::Pause(away) => ("pause", Some(away.as_secs().cast_signed())),
        Step::Submit => ("submit", None),
    }
}

pub(super) fn step_from_row(kind: &str, argument: Option<i64>) -> Option<Step> {
    let option = || argument.and_then(|a| u8::try_from(a).ok()).map(OptionId);
    Some(match kind {
        "pick" => Step::Pick(option()?),
        "clear" => Step::Clear,
        "flag" => Step::Flag,
        "guess" => Step::Guess,
        "strike" => Step::Strike(option()?),
        "goto" => Step::Goto(usize::try_from(argument?).ok()?),
        "reveal" => Step::Reveal,
        "pause" => Step::Pause(Duration::from_secs(u64::try_from(argument?).ok()?)),
        "submit" => Step::Submit,
        _ => return None,
    })
}

pub(super) fn millis(time: Duration) -> i64 {
    i64::try_from(time.as_millis()).unwrap_or(i64::MAX)
}

pub(super) fn duration(millis: i64) -> Duration {
    Duration::from_millis(u64::try_from(millis).unwrap_or(0))
}
