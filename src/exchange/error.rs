//! Why a bank or a deck was not packed, added or removed, in words for an author or a student.

use std::path::Path;

use thiserror::Error;

use crate::content::diagnostic::{Diagnostic, Severity};
use crate::content::source::{ReadError, SourceFile, path_text};
use crate::engine::text::Text;

use super::unpack::Fault;

/// Why nothing was done. What was there before is there still.
#[derive(Debug, Error)]
pub enum Refused {
    /// It cannot be read.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// It has errors.
    #[error("{path} has {}: nothing was {undone}", errors(findings))]
    Findings {
        /// What was read, harmless.
        path: Text,
        /// `packed` or `added`.
        undone: &'static str,
        /// What was found, errors and warnings.
        findings: Vec<Diagnostic>,
        /// The files that the findings point into.
        files: Vec<SourceFile>,
    },
    /// It is no archive that can be trusted.
    #[error("{path} was not added")]
    Archive {
        /// The archive, harmless.
        path: Text,
        /// What is wrong with it.
        #[source]
        fault: Fault,
    },
    /// The system refused.
    #[error("cannot {attempt} {path}")]
    Io {
        /// What was attempted.
        attempt: &'static str,
        /// The path, harmless.
        path: Text,
        /// What the system said.
        #[source]
        error: std::io::Error,
    },
    /// Any other reason, with the way out.
    #[error("{0}")]
    Because(String),
}

impl Refused {
    /// What the system refused.
    pub fn io(attempt: &'static str, path: &Path) -> impl Fn(std::io::Error) -> Self {
        move |error| Self::Io { attempt, path: path_text(path), error }
    }

    /// A reason of one harmless line.
    pub fn because(reason: &str) -> Self {
        Self::Because(Text::new(reason).one_line())
    }
}

fn errors(findings: &[Diagnostic]) -> String {
    match findings.iter().filter(|f| f.severity == Severity::Error).count() {
        1 => "an error".into(),
        n => format!("{n} errors"),
    }
}
