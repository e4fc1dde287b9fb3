//! `examdeck progress`: the sittings and all figures, for people or programs.

use std::io::{self, Write};
use std::path::Path;
use std::sync::Arc;

use jiff::tz::TimeZone;

use crate::app::progress::is_streak_shown;
use crate::app::study::Study;
use crate::content::library;
use crate::engine::activity::{Calendar, Streak, calendar, streak};
use crate::engine::bank::Bank;
use crate::engine::day::{Day, day_of};
use crate::engine::holdings::Holdings;
use crate::engine::learner::Trail;
use crate::engine::progress::{Figures, Slow, figures, slowest};
use crate::engine::readiness::{Blueprint, Readiness};
use crate::engine::record::Summary;
use crate::runtime::{clock, loader};
use crate::storage::open::open_to_read;
use crate::storage::{StoreError, paths};

use super::{Status, chain};

mod csv;
mod human;
mod json;

pub use csv::{Table, markdown};

/// In which form progress is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// For people; whether in plain ASCII.
    Human {
        /// Plain ASCII symbols.
        ascii: bool,
    },
    /// Everything, for programs.
    Json,
    /// One table, for spreadsheets.
    Csv(Table),
}

/// All that is printed.
struct Report {
    today: Day,
    zone: TimeZone,
    exams: Vec<Summary>,
    banks: Vec<BankReport>,
    calendar: Calendar,
    /// `None` if the student does not want to see it.
    streak: Option<Streak>,
    study: Study,
}

impl Report {
    /// Whether an exam was not the whole exam: as the screens tell it for a bank that is here. For another, the filter and
    /// the length tell.
    fn is_partial(&self, exam: &Summary) -> bool {
        let bank = self.banks.iter().find(|b| b.bank.id == exam.bank).filter(|_| exam.outcome.is_some());
        bank.map_or(exam.among.is_some() || exam.questions < exam.full, |bank| !bank.exam.is_whole(exam))
    }
}

/// A bank and the student's way through it.
struct BankReport {
    bank: Arc<Bank>,
    exam: Blueprint,
    figures: Figures,
    slowest: Vec<Slow>,
    readiness: Readiness,
}

/// Prints the progress kept in `data_dir`.
pub fn run(data_dir: &Path, form: Form, out: &mut impl Write, err: &mut impl Write) -> io::Result<Status> {
    let report = match read(data_dir) {
        Ok(report) => report,
        Err(error) => {
            writeln!(err, "examdeck: {}", chain(&error))?;
            return Ok(Status::Findings);
        }
    };
    match form {
        Form::Human { ascii } => human::print(&report, ascii, out)?,
        Form::Json => writeln!(out, "{}", serde_json::to_string_pretty(&json::progress(&report))?)?,
        Form::Csv(table) => csv::print(&report, table, out)?,
    }
    Ok(Status::Ok)
}

fn read(data_dir: &Path) -> Result<Report, StoreError> {
    let zone = TimeZone::system();
    let today = day_of(clock::wall(), &zone);
    let mut study = Study::new(loader::decks(data_dir).0, Default::default(), today);
    let (mut exams, mut learner, mut streak_shown) = (Vec::new(), Default::default(), true);
    if let Some(store) = open_to_read(data_dir)? {
        exams = store.summaries()?;
        learner = store.learner(today)?;
        let kept = loader::kept(&store, today)?;
        streak_shown = is_streak_shown(&kept.settings);
        study = Study::new(std::mem::take(&mut study.decks), kept, today);
    }
    let calendar = calendar(&learner, &study.days);
    let mut entries = library::gather(&paths::question_bank(data_dir), &[]).entries;
    let chosen = loader::chosen(data_dir);
    entries.sort_by_key(|entry| Some(&entry.bank.id) != chosen.as_ref());
    let banks = entries.into_iter().map(|entry| {
        let never = Trail::default();
        let trail = learner.trail(&entry.bank.id).unwrap_or(&never);
        let held = Holdings::of(&entry.bank);
        let exam = Blueprint::of(&entry.bank, &held);
        BankReport {
            figures: figures(&entry.bank, &held, &trail.sums),
            slowest: slowest(&entry.bank, &held, trail),
            readiness: exam.readiness(&trail.sums, today),
            exam,
            bank: entry.bank,
        }
    });
    Ok(Report {
        today,
        zone,
        exams,
        banks: banks.collect(),
        streak: streak_shown.then(|| streak(&calendar, today)),
        calendar,
        study,
    })
}

/// A share in percent with one decimal, as it is printed.
fn percent(share: f64) -> f64 {
    (share * 1000.0).round() / 10.0
}
