//! `examdeck reports`: the questions that a student has reported as faulty, for their author.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use serde::Serialize;

use crate::content::source::path_text;
use crate::engine::fault::Fault;
use crate::engine::slug::Slug;
use crate::engine::text::Text;
use crate::storage::open::open_to_read;
use crate::storage::whole_file;

use super::{Status, chain};

/// What is asked for.
#[derive(clap::Args, Debug)]
pub struct Orders {
    /// Only reports on this bank
    #[arg(long, value_name = "ID")]
    bank: Option<String>,
    /// Write them to this file, as JSON Lines
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Replace the file if it is there
    #[arg(long, requires = "output")]
    force: bool,
    /// Print them as JSON Lines
    #[arg(long, conflicts_with = "output")]
    json: bool,
}

/// A line of the file.
#[derive(Serialize)]
struct Row<'f> {
    bank: &'f str,
    version: String,
    question: &'f str,
    answer: Option<Vec<&'f str>>,
    reason: &'f str,
    reported: String,
}

impl<'f> Row<'f> {
    fn of(fault: &'f Fault) -> Self {
        Self {
            bank: fault.bank.as_str(),
            version: fault.version.to_string(),
            question: fault.question.as_str(),
            answer: fault.picked.as_ref().map(|p| p.iter().map(Text::as_str).collect()),
            reason: fault.reason.as_str(),
            reported: day(fault),
        }
    }
}

/// Prints or writes the reports.
pub fn run(data_dir: &Path, orders: &Orders, out: &mut impl Write, err: &mut impl Write) -> io::Result<Status> {
    let bank = match orders.bank.as_deref().map(Slug::new) {
        Some(None) => {
            let named = Text::new(orders.bank.as_deref().unwrap_or_default());
            writeln!(err, "examdeck: `{}` is no bank's id", named.one_line())?;
            return Ok(Status::Usage);
        }
        known => known.flatten(),
    };
    let faults = match open_to_read(data_dir).and_then(|store| store.map_or(Ok(Vec::new()), |s| s.faults())) {
        Ok(faults) => faults,
        Err(error) => {
            writeln!(err, "examdeck: {}", chain(&error))?;
            return Ok(Status::Findings);
        }
    };
    let faults: Vec<Fault> = faults.into_iter().filter(|f| bank.as_ref().is_none_or(|b| f.bank == *b)).collect();
    if faults.is_empty() {
        writeln!(err, "examdeck: there is no report; ! on a question makes one")?;
        return Ok(Status::Ok);
    }
    let Some(path) = &orders.output else {
        out.write_all(if orders.json { lines(&faults)? } else { text(&faults) }.as_bytes())?;
        return Ok(Status::Ok);
    };
    match write(path, &lines(&faults)?, orders.force) {
        Ok(()) => {
            let what = if faults.len() == 1 { "1 report".into() } else { format!("{} reports", faults.len()) };
            writeln!(out, "{what} written to {}", path_text(path).one_line())?;
            Ok(Status::Ok)
        }
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            writeln!(err, "examdeck: {}", is_there(path))?;
            Ok(Status::Usage)
        }
        Err(error) => {
            writeln!(err, "examdeck: cannot write {}: {}", path_text(path).one_line(), chain(&error))?;
            Ok(Status::Findings)
        }
    }
}

fn day(fault: &Fault) -> String {
    let at = jiff::Timestamp::from_second(fault.at.0);
    at.map(|t| t.strftime("%Y-%m-%d").to_string()).unwrap_or_default()
}

/// One JSON object a line.
fn lines(faults: &[Fault]) -> io::Result<String> {
    let mut out = String::new();
    for fault in faults {
        out.push_str(&serde_json::to_string(&Row::of(fault))?);
        out.push('\n');
    }
    Ok(out)
}

/// For reading.
fn text(faults: &[Fault]) -> String {
    let each = faults.iter().map(|fault| {
        let picked = fault.picked.as_deref().unwrap_or_default();
        let answer = picked.iter().map(Text::one_line).collect::<Vec<_>>().join("; ");
        let answer = if answer.is_empty() { String::new() } else { format!("  Answered: {answer}\n") };
        let Fault { bank, version, question, .. } = fault;
        format!("{question}  ({bank} {version}, {})\n{answer}  {}\n", day(fault), fault.reason.one_line())
    });
    each.collect::<Vec<_>>().join("\n")
}

/// Why a file is not written over.
pub(super) fn is_there(path: &Path) -> String {
    format!("{} is there already: --force replaces it", path_text(path).one_line())
}

/// Writes a file; one that is there is replaced only with `force`.
pub(super) fn write(path: &Path, text: &str, force: bool) -> io::Result<()> {
    if force { whole_file::replace(path, text) } else { whole_file::write_new(path, text) }
}
