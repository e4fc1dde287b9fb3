//! What can go wrong with the store, in words for the student.

use std::path::Path;

use rusqlite::ErrorCode;
use thiserror::Error;

use crate::engine::text::Text;

/// A failure of the store: what was attempted, and on which path.
#[derive(Debug, Error)]
pub enum StoreError {
    /// The folder or the lock cannot be made or opened.
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
    /// SQLite refused. What it said is no source: its own says the same again, with numbers.
    #[error("cannot {attempt} in {path}: {}", said(error))]
    Sql {
        /// What was attempted.
        attempt: &'static str,
        /// The database, harmless.
        path: Text,
        /// What SQLite said.
        error: rusqlite::Error,
    },
    /// The folder, or the database in it, cannot be written.
    #[error(
        "{folder} cannot be written: make it and the files in it readable and writable, or name another with --data-dir"
    )]
    ReadOnly {
        /// The folder, harmless.
        folder: Text,
    },
    /// An older schema, and another program has it open.
    #[error(
        "{path} was made by an older examdeck, and another one has it open ({holder}): close that one first; nothing was changed"
    )]
    Older {
        /// The database, harmless.
        path: Text,
        /// Who has it open.
        holder: Text,
    },
    /// Written by a newer program.
    #[error(
        "{path} was made by a newer examdeck (its schema is {found}, this program knows {known}): install the newer version; nothing was changed"
    )]
    Newer {
        /// The database, harmless.
        path: Text,
        /// Its schema.
        found: i64,
        /// The newest schema that this program knows.
        known: i64,
    },
    /// A database of another program.
    #[error("{path} is not examdeck's: name another folder with --data-dir; nothing was changed")]
    Foreign {
        /// The database, harmless.
        path: Text,
    },
    /// Not a database, or a broken one.
    #[error(
        "{path} is damaged: put it aside under another name to begin anew, or put a copy back; nothing was changed ({error})"
    )]
    Damaged {
        /// The database, harmless.
        path: Text,
        /// What SQLite said.
        error: rusqlite::Error,
    },
    /// Nothing is in it, but what lies beside it says that there was.
    #[error(
        "{path} is empty, and {beside} is not: put a copy back under its name, or move both away to begin anew; nothing was changed"
    )]
    Emptied {
        /// The database, harmless.
        path: Text,
        /// What lies beside it, harmless.
        beside: Text,
    },
    /// The file was deleted, moved or replaced while it was open: what is written would be seen by nobody.
    #[error("the file was moved or replaced: put it back, or end the program and begin anew ({path})")]
    Gone {
        /// The database, harmless.
        path: Text,
    },
    /// A row that does not say what it should.
    #[error("an exam stored in {path} cannot be read: {what}")]
    Unreadable {
        /// The database, harmless.
        path: Text,
        /// What is wrong with it.
        what: &'static str,
    },
}

impl StoreError {
    /// Why, without what was attempted and where: for a line that is short.
    pub fn reason(&self) -> String {
        match self {
            StoreError::Io { error, .. } => error.to_string(),
            StoreError::Sql { error, .. } => said(error),
            StoreError::ReadOnly { .. } => "the data folder cannot be written".into(),
            other => other.to_string(),
        }
    }
}

/// What SQLite says, and of what it is vague about what it may mean.
fn said(error: &rusqlite::Error) -> String {
    match error.sqlite_error_code() {
        Some(ErrorCode::SystemIoFailure) => format!("{error} (the disk may be full)"),
        _ => error.to_string(),
    }
}

/// A path as text that may be shown.
pub fn shown(path: &Path) -> Text {
    Text::new(&path.to_string_lossy())
}
