//! The student's own deck: a plain file in the data directory, to which cards are added.

use std::fs;
use std::io::Write;
use std::path::Path;
use std::sync::Arc;

use thiserror::Error;

use crate::engine::deck::Entry;
use crate::engine::question::{Kind, Question};
use crate::engine::text::Text;

use super::load_deck::load_deck;
use super::source::{ReadError, SourceFile, path_text, read_file};

/// The deck's file, in the folder of installed decks.
pub const FILE: &str = "my-cards.toml";

const HEADER: &str = "\
# Your own cards. `m` on a question with its answer adds a card here; change and share the file as you like.
format = 1

[deck]
id = \"my-cards\"
title = \"My cards\"
version = \"1.0.0\"
";

/// Whether a card was added.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Added {
    /// It was.
    New,
    /// There was one of this question already.
    Known,
}

/// Why no card was added. The file is as it was.
#[derive(Debug, Error)]
pub enum AddError {
    /// The file is there and cannot be read.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// The file holds bytes that are not UTF-8, which writing it anew would lose.
    #[error("{path} is not UTF-8; `examdeck check {path}` says where")]
    NotUtf8 {
        /// The path, harmless.
        path: Text,
    },
    /// What was added would not be read as a card.
    #[error("{path} cannot be added to; `examdeck check {path}` may say why")]
    Unusable {
        /// The path, harmless.
        path: Text,
    },
    /// The system refused.
    #[error("cannot write {path}")]
    Write {
        /// The path, harmless.
        path: Text,
        /// What the system said.
        #[source]
        error: std::io::Error,
    },
}

/// Adds a card of `question` to the deck in `folder`, which is made if it is missing: the stem in front; key, rationale
/// and sources behind. What stands in the file stays there, also what is broken; the file is replaced as a whole, so
/// that it is never half written.
pub fn add(folder: &Path, question: &Question) -> Result<Added, AddError> {
    let path = folder.join(FILE);
    let io = |error| AddError::Write { path: path_text(&folder.join(FILE)), error };
    fs::create_dir_all(folder).map_err(io)?;
    let old = match fs::symlink_metadata(&path) {
        Ok(_) => read_file(&path)?,
        Err(_) => SourceFile::new(FILE, HEADER.into()),
    };
    if old.not_utf8.is_some() {
        return Err(AddError::NotUtf8 { path: path_text(&path) });
    }
    let new = format!("{}\n\n{}", old.text.trim_end(), entry(question));
    let (before, after) = (entries(old), entries(SourceFile::new(FILE, new.clone().into())));
    if before.iter().any(|e| e.id == question.id) {
        return Ok(Added::Known);
    }
    if after.len() != before.len() + 1 {
        return Err(AddError::Unusable { path: path_text(&path) });
    }
    let path = fs::canonicalize(&path).unwrap_or(path); // a link stays one
    let part = path.with_extension("toml.part");
    let written = fs::File::create(&part).and_then(|mut file| {
        file.write_all(new.as_bytes())?;
        file.sync_all()
    });
    written.and_then(|()| fs::rename(&part, &path)).map_err(io)?;
    Ok(Added::New)
}

/// The sound cards of a file.
fn entries(file: SourceFile) -> Vec<Arc<Entry>> {
    load_deck(vec![file]).deck.map_or(Vec::new(), |deck| deck.entries)
}

fn entry(question: &Question) -> String {
    let keys: Vec<String> = question.choices.iter().take(question.keys).map(|c| c.text.one_line()).collect();
    let front = match question.kind {
        Kind::TrueFalse => format!("True or false? {}", question.stem),
        _ => question.stem.to_string(),
    };
    let mut note: Vec<String> = question.explanation.iter().map(Text::to_string).collect();
    note.extend(question.sources.iter().map(|c| format!("Source: {}", c.line())));
    let mut out = format!(
        "[[cards]]\nid = {}\nfront = {}\nback = {}\n",
        quoted(question.id.as_str()),
        quoted(&front),
        quoted(&keys.join("; "))
    );
    if !note.is_empty() {
        out.push_str(&format!("note = {}\n", quoted(&note.join("\n\n"))));
    }
    out.push_str(&format!("domain = {}\n", quoted(question.domain.as_str())));
    out
}

/// A TOML string.
fn quoted(text: &str) -> String {
    toml::Value::from(text).to_string()
}
