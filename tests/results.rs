//! Results: a student's answers as a file, and what a class's files say, from outside with the exact output.
#![allow(clippy::disallowed_methods, missing_docs)] // tests have an environment of their own

#[path = "results/analyse.rs"]
mod analyse;
#[path = "results/export.rs"]
mod export;
#[path = "results/properties.rs"]
mod properties;
mod support;

use std::path::Path;
use std::process::{Command, Stdio};

/// What a command has printed, and its exit status.
#[derive(Debug, PartialEq, Eq)]
pub struct Said {
    pub out: String,
    pub err: String,
    pub status: i32,
}

/// Runs the program in `folder`, with `data` for its data.
pub fn run(folder: &Path, arguments: &[&str]) -> Said {
    let output = Command::new(env!("CARGO_BIN_EXE_examdeck"))
        .args(arguments)
        .args(["--data-dir", "data"])
        .current_dir(folder)
        .env("NO_COLOR", "1")
        .stdin(Stdio::null())
        .output()
        .expect("the program starts");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("it is text");
    Said { out: text(output.stdout), err: text(output.stderr), status: output.status.code().expect("no signal") }
}

/// 40 students, 12 questions; `make.py` beside it says how it came about.
pub const CLASS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/results/class.jsonl");
