//! `examdeck bank`: what a bank holds, and what has changed from one version to the next.

use std::io::Write;
use std::path::PathBuf;

use clap::Subcommand;

use crate::app::page::{Line, Role, Span};
use crate::app::wrap::wrap;
use crate::engine::text::Text;

use super::Status;
use super::named::bank as named;

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
