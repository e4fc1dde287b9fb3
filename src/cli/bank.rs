//! `examdeck bank`: what a bank holds, and what has changed from one version to the next.

use std::io::Write;
use std::path::{Path, PathBuf};

use clap::Subcommand;

use crate::app::page::{Line, Role, Span};
use crate::app::wrap::wrap;
use crate::content::library::gather;
use crate::content::load::load;
use crate::content::source::{find_banks, path_text};
use crate::engine::bank::Bank;
use crate::engine::slug::Slug;
use crate::engine::text::Text;
use crate::storage::paths;

use super::{Status, chain};

pub mod diff;
pub mod stats;

/// How wide reports are set.
const COLUMNS: usize = 80;

/// What is asked of a bank.
#[derive(Clone, Debug, Subcommand)]
pub enum Orders {
    /// What a bank holds: questions by domain, keys, coverage, reading ease, reviews
    Stats {
        /// The bank: its id, or the path of its file or folder
        #[arg(value_name = "ID|PATH")]
        bank: String,
        /// As JSON, for programs
        #[arg(long)]
        json: bool,
    },
    /// What has changed from one bank to another: added, removed, reworded, other keys
    Diff {
        /// The bank as it was: its id, or a path
        #[arg(value_name = "OLD")]
        old: String,
        /// The bank as it is: its id, or a path
        #[arg(value_name = "NEW")]
        new: String,
        /// As JSON, for programs
        #[arg(long)]
        json: bool,
    },
}

/// A bank that was asked for.
pub struct Named {
    /// The bank.
    pub bank: Bank,
    /// How many of its questions are broken and left out.
    pub left_out: usize,
}

/// Answers; `data_dir` is where installed banks are.
pub fn run(
    orders: &Orders,
    data_dir: Option<PathBuf>,
    out: &mut impl Write,
    err: &mut impl Write,
) -> std::io::Result<Status> {
    let data_dir = data_dir.as_deref();
    let result = match orders {
        Orders::Stats { bank, json } => named(bank, data_dir).map(|bank| stats::write(&bank, *json, out)),
        Orders::Diff { old, new, json } => named(old, data_dir)
            .and_then(|old| Ok((old, named(new, data_dir)?)))
            .map(|(old, new)| diff::write(&old, &new, *json, out)),
    };
    match result {
        Ok(written) => written.map(|()| Status::Ok),
        Err(message) => {
            writeln!(err, "examdeck: {message}")?;
            Ok(Status::Usage)
        }
    }
}

/// The bank of this id or at this path.
pub(super) fn named(name: &str, data_dir: Option<&Path>) -> Result<Named, String> {
    match Slug::new(name).filter(|_| !Path::new(name).exists()) {
        Some(id) => of_id(&id, data_dir),
        None => at_path(Path::new(name)),
    }
}

/// The bank of this id, wherever it is installed.
pub(super) fn of_id(id: &Slug, data_dir: Option<&Path>) -> Result<Named, String> {
    let installed = data_dir.map(paths::question_bank).unwrap_or_default();
    let library = gather(&installed, &[]);
    let known: Vec<String> = library.entries.iter().map(|e| e.bank.id.to_string()).collect();
    let found = library.entries.into_iter().find(|e| e.bank.id == *id);
    found
        .map(|e| Named { bank: e.bank.as_ref().clone(), left_out: e.left_out })
        .ok_or_else(|| format!("there is no file and no bank `{id}`; there are: {}", known.join(", ")))
}

fn at_path(path: &Path) -> Result<Named, String> {
    let shown = path_text(path).one_line();
    let found = find_banks(path).map_err(|error| chain(&error))?;
    let [files] = &found[..] else { return Err(format!("{shown} holds {} banks: name one", found.len())) };
    let (read, errors) = files.read();
    if let Some(error) = errors.first() {
        return Err(chain(error));
    }
    let loaded = load(read);
    let left_out = loaded.left_out;
    let bank = loaded.bank.ok_or_else(|| format!("{shown} holds no usable bank: `examdeck check {shown}` says why"))?;
    Ok(Named { bank, left_out })
}

/// `text` on lines of at most [`COLUMNS`], the first after `first`, the others after `rest`.
fn set(text: &str, first: &str, rest: &str) -> String {
    let mut out = String::new();
    for (i, paragraph) in Text::new(text).as_str().lines().enumerate() {
        let spans = [Span::new(paragraph, Role::Plain)];
        for line in wrap(&spans, COLUMNS, if i == 0 { first } else { rest }, rest).iter().map(Line::text) {
            out.push_str(line.trim_end());
            out.push('\n');
        }
    }
    out
}
