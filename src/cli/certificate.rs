//! `examdeck certificate`: a passed mock exam as a page, and whether such a page is true.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};

use crate::content::source::path_text;
use crate::engine::record::{Stored, Summary};
use crate::engine::text::Text;
use crate::publish::certificate::seal::Sealed;
use crate::runtime::certify::certify;
use crate::storage::open::open_to_read;
use crate::storage::{Store, whole_file};

use super::{Status, chain, named};

mod verify;

/// What is asked for.
#[derive(Args, Clone, Debug)]
#[command(args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
pub struct Orders {
    /// The exam: its id, or the beginning of it, as `examdeck progress` lists it (default: the newest that qualifies)
    #[arg(value_name = "EXAM")]
    exam: Option<String>,
    /// The name that shall stand on it
    #[arg(long, value_name = "NAME", required = true)]
    name: Option<String>,
    /// The file to write
    #[arg(short, long, value_name = "FILE", required = true)]
    output: Option<PathBuf>,
    /// Overwrite that file
    #[arg(long)]
    force: bool,
    /// The bank that was sat on, if it is not installed: its file or folder
    #[arg(long, value_name = "ID|PATH")]
    bank: Option<String>,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Clone, Debug, Subcommand)]
enum Command {
    /// Say what a certificate proves: exit status 0 verified, 1 not, 2 unreadable
    Verify(verify::Orders),
}

/// Why there is none.
enum Failure {
    /// The sitting does not qualify, or something could not be read or written.
    Refused(String),
    /// The call cannot be used.
    Usage(String),
}

/// Makes a certificate, or verifies one.
pub fn run(data_dir: &Path, orders: &Orders, out: &mut impl Write, err: &mut impl Write) -> io::Result<Status> {
    if let Some(Command::Verify(orders)) = &orders.command {
        return verify::run(data_dir, orders, out, err);
    }
    let (message, status) = match make(data_dir, orders) {
        Ok((sealed, path)) => {
            writeln!(out, "{}", path_text(path).one_line())?;
            writeln!(out, "Code {}, signed with your key {}", sealed.code(), sealed.fingerprint())?;
            return Ok(Status::Ok);
        }
        Err(Failure::Refused(message)) => (message, Status::Findings),
        Err(Failure::Usage(message)) => (message, Status::Usage),
    };
    writeln!(err, "examdeck: {message}")?;
    Ok(status)
}

fn make<'o>(data_dir: &Path, orders: &'o Orders) -> Result<(Sealed, &'o Path), Failure> {
    let (Some(name), Some(path)) = (&orders.name, orders.output.as_deref()) else {
        return Err(Failure::Usage("name who sat with --name, and a file with -o".into()));
    };
    if !orders.force && path.symlink_metadata().is_ok() {
        let shown = path_text(path).one_line();
        return Err(Failure::Usage(format!("{shown} is there already; nothing was written (--force overwrites it)")));
    }
    crate::publish::certificate::name(name).map_err(Failure::Usage)?;
    let refused = |error: &dyn std::error::Error| Failure::Refused(chain(error));
    let store = open_to_read(data_dir).map_err(|error| refused(&error))?;
    let store = store.ok_or_else(|| Failure::Refused("no exam was sat yet".into()))?;
    let summaries = store.summaries().map_err(|error| refused(&error))?;
    let sealed = match &orders.exam {
        Some(id) => {
            seal(data_dir, orders, &store, the_one(&summaries, id)?, name).map_err(|failure| match failure {
                Failure::Refused(why) => Failure::Refused(format!("no certificate: {why}")),
                usage => usage,
            })?
        }
        None => newest(data_dir, orders, &store, &summaries, name)?,
    };
    let html = sealed.html();
    let written = if orders.force { whole_file::replace(path, &html) } else { whole_file::write_new(path, &html) };
    written.map_err(|error| Failure::Refused(format!("cannot write {}: {error}", path_text(path).one_line())))?;
    Ok((sealed, path))
}

/// The exam whose id is `id` or begins so.
fn the_one<'s>(summaries: &'s [Summary], id: &str) -> Result<&'s Summary, Failure> {
    let begins: Vec<&Summary> =
        summaries.iter().filter(|s| !id.is_empty() && s.id.to_string().starts_with(&id.to_lowercase())).collect();
    let shown = Text::new(id).one_line();
    match begins[..] {
        [only] => Ok(only),
        [] => Err(Failure::Usage(format!("there is no exam `{shown}`: `examdeck progress` lists them"))),
        _ => Err(Failure::Usage(format!("{} exams begin with `{shown}`: type more of the id", begins.len()))),
    }
}

/// The newest exam that qualifies; if none does, why the newest that was passed or ended does not.
fn newest(data_dir: &Path, orders: &Orders, store: &Store, all: &[Summary], name: &str) -> Result<Sealed, Failure> {
    let mut why = None;
    let passed = |s: &&Summary| s.outcome.as_ref().is_some_and(|o| o.passed);
    for summary in all.iter().filter(passed) {
        match seal(data_dir, orders, store, summary, name) {
            Err(Failure::Refused(message)) => drop(why.get_or_insert((summary, message))),
            other => return other,
        }
    }
    Err(Failure::Refused(match why {
        None => "no exam was passed yet".into(),
        Some((summary, message)) => {
            format!("no exam qualifies; of the newest that was passed ({}): {message}", summary.id.short())
        }
    }))
}

fn seal(data_dir: &Path, orders: &Orders, store: &Store, summary: &Summary, name: &str) -> Result<Sealed, Failure> {
    let stored: Option<Stored> = store.load(summary.id).map_err(|error| Failure::Refused(chain(&error)))?;
    let stored = stored.ok_or_else(|| Failure::Refused("the exam is not stored any more".into()))?;
    let bank = match &orders.bank {
        Some(named) => named::bank(named, Some(data_dir)).map_err(Failure::Usage)?,
        None => named::bank_of(&summary.bank, Some(data_dir)).map_err(|why| {
            Failure::Refused(format!("a certificate needs the bank that was sat on: {why}; name it with --bank"))
        })?,
    };
    certify(data_dir, &stored, &bank.content, name).map_err(|why| Failure::Refused(why.one_line()))
}
