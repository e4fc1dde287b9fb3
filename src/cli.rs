//! The command line: what was typed, and a command a file, each returning an exit status.

use std::error::Error;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

pub mod check;

/// How a command ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// All is well: 0.
    Ok,
    /// Something was found, or a thing failed: 1.
    Findings,
    /// The call or its files cannot be used: 2.
    Usage,
}

impl From<Status> for ExitCode {
    fn from(status: Status) -> Self {
        ExitCode::from(match status {
            Status::Ok => 0,
            Status::Findings => 1,
            Status::Usage => 2,
        })
    }
}

#[derive(Parser)]
#[command(version)]
struct Arguments {
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Subcommand)]
enum Command {
    Check { paths: Vec<PathBuf> },
}

/// An error and its causes, harmless, in one line.
pub fn chain(error: &dyn Error) -> String {
    let mut line = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        line.push_str(&format!(": {error}"));
        cause = error.source();
    }
    crate::engine::text::Text::new(&line).one_line()
}

/// Runs the program.
pub fn main() -> ExitCode {
    let arguments = Arguments::parse();
    match arguments.command {
        Some(Command::Check { paths }) => {
            let mut out = std::io::stdout().lock();
            check::run(&paths, &mut out, &mut std::io::stderr()).unwrap_or(Status::Findings).into()
        }
        None => ExitCode::SUCCESS,
    }
}
