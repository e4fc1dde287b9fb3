//! `examdeck exam`: what was typed, as the settings of an exam.

use std::path::{Path, PathBuf};

use clap::Args;
use jiff::tz::TimeZone;

use crate::app::setup::Preset;
use crate::content::library;
use crate::engine::bank::Bank;
use crate::engine::day::day_of;
use crate::engine::filter::{Filter, Test};
use crate::engine::learner::Learner;
use crate::engine::slug::Slug;
use crate::engine::text::Text;
use crate::runtime::{clock, loader};
use crate::storage::open::open_to_read;
use crate::storage::paths;

use super::screens::Start;
use super::{filter, named};

/// What was typed.
#[derive(Args, Debug)]
pub struct Arguments {
    /// Only these questions, such as `domain:rf missed -type:tf`
    #[arg(value_name = "FILTER")]
    filter: Vec<String>,
    /// The bank: its id, or the path of its file or folder (default: the chosen one)
    #[arg(long, value_name = "ID|PATH")]
    bank: Option<String>,
    /// How many questions (the blueprint's weights and pace are kept)
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=100_000))]
    questions: Option<u32>,
    /// How many minutes
    #[arg(long, value_name = "M", conflicts_with = "untimed", value_parser = clap::value_parser!(u32).range(1..=100_000))]
    minutes: Option<u32>,
    /// No time limit
    #[arg(long)]
    untimed: bool,
    /// Draw the paper of this number, whatever you have answered before
    #[arg(long, value_name = "S", value_parser = clap::value_parser!(u64).range(..1_000_000_000_000_000))]
    seed: Option<u64>,
    /// Only this domain; may be given several times
    #[arg(long, value_name = "ID")]
    domain: Vec<String>,
    /// Only this module; may be given several times
    #[arg(long, value_name = "ID")]
    module: Vec<String>,
    /// Show the answer after each question
    #[arg(long)]
    tutor: bool,
}

/// The settings of what was typed.
///
/// # Errors
/// A line: an id that is none, a filter that cannot be read or that no question fits, a bank that is not there.
pub fn start(typed: Arguments, data_dir: &Path) -> Result<Start, String> {
    let any = |ids: Vec<Slug>, test: fn(Slug) -> Test| match ids.len() {
        0 => Filter::default(),
        _ => Filter::any(ids.into_iter().map(|id| Filter::is(test(id)))),
    };
    let filter = Filter::all([
        any(slugs("domain", &typed.domain)?, Test::Domain),
        any(slugs("module", &typed.module)?, Test::Module),
        filter::read(&typed.filter)?,
    ]);
    let (bank, named) = named::to_sit(typed.bank)?;
    let preset = Preset {
        bank,
        questions: typed.questions.map(|n| n as usize),
        minutes: typed.minutes,
        untimed: typed.untimed,
        seed: typed.seed,
        filter,
        tutor: typed.tutor,
    };
    check(&preset, &named, data_dir)?;
    Ok(Start { named, preset: Some(preset), ..Start::default() })
}

fn slugs(what: &str, raw: &[String]) -> Result<Vec<Slug>, String> {
    let slug = |r: &String| Slug::new(r).ok_or(format!("`{}` is no {what}'s id", Text::new(r).one_line()));
    raw.iter().map(slug).collect()
}

/// Holds the filter against the bank that the screens will open, before they are. What cannot be read here, they tell.
fn check(preset: &Preset, named: &[PathBuf], data_dir: &Path) -> Result<(), String> {
    if preset.filter.is_everything() {
        return Ok(());
    }
    let Some(bank) = bank(preset, named, data_dir) else { return Ok(()) };
    let today = day_of(clock::wall(), &TimeZone::system());
    let learner = match preset.filter.asks_for_record() {
        true => open_to_read(data_dir).and_then(|store| store.map_or(Ok(Learner::default()), |s| s.learner(today))),
        false => Ok(Learner::default()),
    };
    let Ok(mut learner) = learner else { return Ok(()) };
    filter::check(&preset.filter, &bank, learner.trail_mut(&bank.id))
}

/// The bank that is meant: the one of the id, the one at the path, the chosen one, or the first.
fn bank(preset: &Preset, named: &[PathBuf], data_dir: &Path) -> Option<std::sync::Arc<Bank>> {
    let entries = library::gather(&paths::question_bank(data_dir), named).entries;
    let at_path = entries.iter().position(|e| matches!(e.place, library::Place::Named(_)));
    let of_id = |id: &Slug| entries.iter().position(|e| e.bank.id == *id);
    let at = match &preset.bank {
        Some(id) => of_id(id)?,
        None => at_path.or_else(|| of_id(&loader::chosen(data_dir)?)).unwrap_or(0),
    };
    entries.get(at).map(|entry| entry.bank.clone())
}
