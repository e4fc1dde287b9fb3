//! `examdeck progress`: the sittings, for people or programs.

use std::io::Write;
use std::path::Path;

use jiff::tz::TimeZone;
use serde::Serialize;

use crate::engine::exam::{End, Feedback};
use crate::engine::record::Summary;
use crate::engine::score::points_label;
use crate::engine::time::{Wall, spoken};
use crate::storage::open::open_to_read;

use super::{Status, chain};

/// What `--json` prints. Times are seconds, days and hours are UTC.
#[derive(Serialize)]
struct Progress {
    exams: Vec<ExamRow>,
}

#[derive(Serialize)]
struct ExamRow {
    id: String,
    state: &'static str,
    bank: String,
    title: String,
    version: String,
    seed: u64,
    seed_alone: bool,
    questions: usize,
    feedback: &'static str,
    allowance: &'static str,
    limit_seconds: Option<u64>,
    used_seconds: u64,
    started: String,
    position: usize,
    ended: Option<String>,
    end: Option<&'static str>,
    points: Option<f64>,
    percent: Option<f64>,
    passed: Option<bool>,
    domains: Vec<DomainRow>,
}

#[derive(Serialize)]
struct DomainRow {
    id: String,
    points: f64,
    questions: usize,
}

/// Prints the sittings kept in `data_dir`.
pub fn run(data_dir: &Path, json: bool, out: &mut impl Write, err: &mut impl Write) -> std::io::Result<Status> {
    let exams = match open_to_read(data_dir).and_then(|store| store.map_or(Ok(Vec::new()), |s| s.summaries())) {
        Ok(exams) => exams,
        Err(error) => {
            writeln!(err, "examdeck: {}", chain(&error))?;
            return Ok(Status::Findings);
        }
    };
    if json {
        let progress = Progress { exams: exams.iter().map(row).collect() };
        writeln!(out, "{}", serde_json::to_string_pretty(&progress)?)?;
        return Ok(Status::Ok);
    }
    if exams.is_empty() {
        writeln!(out, "No exam yet.")?;
    }
    let zone = TimeZone::system();
    for exam in &exams {
        writeln!(out, "{}", line(exam, &zone))?;
        for (domain, tally) in exam.outcome.iter().flat_map(|o| &o.domains) {
            let points = points_label(tally.points);
            writeln!(out, "    {domain:<24} {points:>5} of {:<3} {:>3.0} %", tally.of, tally.percent())?;
        }
    }
    Ok(Status::Ok)
}

fn line(exam: &Summary, zone: &TimeZone) -> String {
    let when = jiff::Timestamp::from_second(exam.started.0)
        .map(|t| t.to_zoned(zone.clone()).strftime("%Y-%m-%d %H:%M").to_string())
        .unwrap_or_default();
    let tutor = if exam.conditions.feedback == Feedback::Tutor { ", tutor" } else { "" };
    let what = format!("{} {}, seed {}{tutor}", exam.bank, exam.version, exam.seed);
    match &exam.outcome {
        Some(outcome) => format!(
            "{when}  {} of {}, {}  {what}, {} used",
            points_label(outcome.total.points),
            outcome.total.of,
            if outcome.passed { "passed" } else { "not passed" },
            spoken(exam.used),
        ),
        None => format!("{when}  unfinished, at question {} of {}  {what}", exam.position + 1, exam.questions),
    }
}

fn row(exam: &Summary) -> ExamRow {
    let outcome = exam.outcome.as_ref();
    ExamRow {
        id: exam.id.to_string(),
        state: if outcome.is_some() { "finished" } else { "unfinished" },
        bank: exam.bank.to_string(),
        title: exam.title.to_string(),
        version: exam.version.to_string(),
        seed: exam.seed,
        seed_alone: exam.seed_alone,
        questions: exam.questions,
        feedback: exam.conditions.feedback.label(),
        allowance: exam.conditions.allowance.label(),
        limit_seconds: exam.conditions.limit.map(|l| l.as_secs()),
        used_seconds: exam.used.as_secs(),
        started: utc(exam.started),
        position: exam.position + 1,
        ended: outcome.map(|o| utc(o.ended)),
        end: outcome.map(|o| End::label(o.end)),
        points: outcome.map(|o| o.total.points),
        percent: outcome.map(|o| o.total.percent()),
        passed: outcome.map(|o| o.passed),
        domains: outcome
            .iter()
            .flat_map(|o| &o.domains)
            .map(|(id, tally)| DomainRow { id: id.to_string(), points: tally.points, questions: tally.of })
            .collect(),
    }
}

fn utc(wall: Wall) -> String {
    jiff::Timestamp::from_second(wall.0).map(|t| t.to_string()).unwrap_or_default()
}
