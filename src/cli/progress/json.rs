//! `--json`: everything. Times are seconds, moments are UTC, shares are percent.

use serde::Serialize;

use crate::engine::activity::{Work, due_by_day};
use crate::engine::day::Day;
use crate::engine::exam::End;
use crate::engine::interval::Share;
use crate::engine::progress::{Area, guesses, no_guesses, pace, share};
use crate::engine::readiness::Readiness;
use crate::engine::record::Summary;
use crate::engine::time::{Wall, rounded};

use super::{BankReport, Report, percent};

/// How many days of cards are foreseen.
pub const FORECAST: usize = 14;

#[derive(Serialize)]
pub struct Progress {
    exams: Vec<ExamRow>,
    today: String,
    banks: Vec<BankRow>,
    days: Vec<DayRow>,
    streak: Option<StreakRow>,
    cards_due: Vec<CardsRow>,
}

#[derive(Serialize)]
pub struct ExamRow {
    pub id: String,
    pub state: &'static str,
    pub bank: String,
    pub title: String,
    pub version: String,
    pub seed: u64,
    pub seed_alone: bool,
    pub partial: bool,
    pub filter: Option<String>,
    pub questions: usize,
    pub feedback: &'static str,
    pub allowance: &'static str,
    pub limit_seconds: Option<u64>,
    pub used_seconds: u64,
    pub started: String,
    pub position: usize,
    pub ended: Option<String>,
    pub end: Option<&'static str>,
    pub points: Option<f64>,
    pub percent: Option<f64>,
    pub passed: Option<bool>,
    pub domains: Vec<DomainRow>,
}

#[derive(Serialize)]
pub struct DomainRow {
    id: String,
    points: f64,
    questions: usize,
}

#[derive(Serialize)]
struct BankRow {
    id: String,
    title: String,
    version: String,
    questions: usize,
    seen: usize,
    answers: u32,
    right: u32,
    low_percent: Option<f64>,
    high_percent: Option<f64>,
    seconds_each: Option<f64>,
    changed_better: u32,
    changed_worse: u32,
    guesses: u32,
    guesses_right: u32,
    no_guesses: u32,
    no_guesses_right: u32,
    readiness: ReadinessRow,
    domains: Vec<AreaRow>,
    modules: Vec<AreaRow>,
    slowest: Vec<SlowRow>,
}

#[derive(Serialize)]
struct ReadinessRow {
    questions: Option<usize>,
    pass_percent: u32,
    expected: Option<f64>,
    low: Option<usize>,
    high: Option<usize>,
    pass_chance: Option<f64>,
    missing: Vec<LackRow>,
}

#[derive(Serialize)]
struct LackRow {
    domain: String,
    answers: usize,
}

#[derive(Serialize)]
pub struct AreaRow {
    pub id: String,
    pub title: String,
    pub answers: u32,
    pub right: u32,
    pub low_percent: Option<f64>,
    pub high_percent: Option<f64>,
    pub seen: usize,
    pub questions: usize,
    pub seconds_each: Option<f64>,
}

#[derive(Serialize)]
struct SlowRow {
    id: String,
    answers: u32,
    right: u32,
    seconds_each: f64,
}

#[derive(Serialize)]
pub struct DayRow {
    pub day: String,
    pub answers: u32,
    pub right: u32,
    pub cards: u32,
}

#[derive(Serialize)]
struct StreakRow {
    days: u32,
    longest: u32,
}

#[derive(Serialize)]
pub struct CardsRow {
    pub day: String,
    pub cards: usize,
}

pub fn progress(report: &Report) -> Progress {
    Progress {
        exams: report.exams.iter().map(|e| exam(report, e)).collect(),
        today: report.today.date().to_string(),
        banks: report.banks.iter().map(bank).collect(),
        days: days(report),
        streak: report.streak.map(|s| StreakRow { days: s.days, longest: s.longest }),
        cards_due: cards_due(report),
    }
}

pub(super) fn exam(report: &Report, exam: &Summary) -> ExamRow {
    let outcome = exam.outcome.as_ref();
    ExamRow {
        id: exam.id.to_string(),
        state: if outcome.is_some() { "finished" } else { "unfinished" },
        bank: exam.bank.to_string(),
        title: exam.title.to_string(),
        version: exam.version.to_string(),
        seed: exam.seed,
        seed_alone: exam.seed_alone,
        partial: report.is_partial(exam),
        filter: exam.among.as_ref().map(ToString::to_string),
        questions: exam.questions,
        feedback: exam.conditions.feedback.label(),
        allowance: exam.conditions.allowance.label(),
        limit_seconds: exam.conditions.limit.map(|l| l.as_secs()),
        used_seconds: rounded(exam.used).as_secs(),
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

fn bank(report: &BankReport) -> BankRow {
    let (bank, figures) = (&report.bank, &report.figures);
    let total = &figures.total;
    let (low_percent, high_percent) = ends(share(total));
    let (guessed, other) = (guesses(total), no_guesses(total));
    BankRow {
        id: bank.id.to_string(),
        title: bank.title.to_string(),
        version: bank.version.to_string(),
        questions: figures.seen.of,
        seen: figures.seen.seen,
        answers: total.answers,
        right: total.right,
        low_percent,
        high_percent,
        seconds_each: pace(total).map(|p| p.as_secs_f64()),
        changed_better: total.better,
        changed_worse: total.worse,
        guesses: guessed.of,
        guesses_right: guessed.right,
        no_guesses: other.of,
        no_guesses_right: other.right,
        readiness: readiness(report),
        domains: figures.domains.iter().map(area).collect(),
        modules: figures.modules.iter().map(area).collect(),
        slowest: report
            .slowest
            .iter()
            .map(|s| SlowRow {
                id: s.question.id.to_string(),
                answers: s.share.of,
                right: s.share.right,
                seconds_each: s.pace.as_secs_f64(),
            })
            .collect(),
    }
}

fn readiness(report: &BankReport) -> ReadinessRow {
    let pass_percent = report.bank.exam.pass_percent;
    match &report.readiness {
        Readiness::Foreseen(foreseen) => ReadinessRow {
            questions: Some(foreseen.questions),
            pass_percent,
            expected: Some((foreseen.expected * 10.0).round() / 10.0),
            low: Some(foreseen.low),
            high: Some(foreseen.high),
            pass_chance: Some((foreseen.pass_chance * 1000.0).round() / 1000.0),
            missing: Vec::new(),
        },
        Readiness::TooFew(lacks) => ReadinessRow {
            questions: None,
            pass_percent,
            expected: None,
            low: None,
            high: None,
            pass_chance: None,
            missing: lacks.iter().map(|l| LackRow { domain: l.domain.to_string(), answers: l.answers }).collect(),
        },
    }
}

pub fn area(area: &Area) -> AreaRow {
    let (low_percent, high_percent) = ends(area.share);
    AreaRow {
        id: area.id.to_string(),
        title: area.title.to_string(),
        answers: area.share.of,
        right: area.share.right,
        low_percent,
        high_percent,
        seen: area.seen.seen,
        questions: area.seen.of,
        seconds_each: area.pace.map(|p| p.as_secs_f64()),
    }
}

/// The ends of the 95 % interval.
fn ends(share: Share) -> (Option<f64>, Option<f64>) {
    share.interval().map(|i| (percent(i.low), percent(i.high))).unzip()
}

pub fn days(report: &Report) -> Vec<DayRow> {
    let row = |(day, work): (&Day, &Work)| DayRow {
        day: day.date().to_string(),
        answers: work.answers,
        right: work.right,
        cards: work.grades,
    };
    report.calendar.iter().map(row).collect()
}

pub fn cards_due(report: &Report) -> Vec<CardsRow> {
    let due = due_by_day(report.study.states.iter(), report.today, FORECAST);
    (0..).zip(due).map(|(i, cards)| CardsRow { day: report.today.plus(i).date().to_string(), cards }).collect()
}
