//! The student's own deck: a plain file in the data directory, to which cards are added.

use std::fs;
use std::io::Write;
use std::path::Path;

use crate::engine::question::{Kind, Question};
use crate::engine::text::Text;

use super::source::{ReadError, path_text, read_file};

/// The deck's identifier.
pub const ID: &str = "my-cards";
/// The deck's file, in the folder of installed decks.
pub const FILE: &str = "my-cards.toml";

const HEADER: &str = "\
# Your own cards. examdeck adds missed questions here; change and share the file as you like.
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

/// Adds a card of `question` to the deck in `folder`, which is made if it is missing: the stem in front; key, rationale
/// and sources behind. The file is replaced as a whole, so that it is never half written.
pub fn add(folder: &Path, question: &Question) -> Result<Added, ReadError> {
    let path = folder.join(FILE);
    let io = |error| ReadError::Io { path: path_text(&path), error };
    fs::create_dir_all(folder).map_err(io)?;
    let old = if path.exists() { read_file(&path)?.text } else { HEADER.to_owned() };
    let line = format!("id = {}", quoted(question.id.as_str()));
    if old.lines().any(|l| l.trim() == line) {
        return Ok(Added::Known);
    }
    let new = format!("{}\n\n{}", old.trim_end(), entry(question, &line));
    let part = folder.join(format!("{FILE}.part"));
    let written = fs::File::create(&part).and_then(|mut file| {
        file.write_all(new.as_bytes())?;
        file.sync_all()
    });
    written.and_then(|()| fs::rename(&part, &path)).map_err(io)?;
    Ok(Added::New)
}

fn entry(question: &Question, id: &str) -> String {
    let keys: Vec<String> = question.choices.iter().take(question.keys).map(|c| c.text.one_line()).collect();
    let front = match question.kind {
        Kind::TrueFalse => format!("True or false? {}", question.stem),
        _ => question.stem.to_string(),
    };
    let mut note: Vec<String> = question.explanation.iter().map(Text::to_string).collect();
    note.extend(question.sources.iter().map(|c| format!("Source: {}", c.line())));
    let mut out = format!("[[cards]]\n{id}\nfront = {}\nback = {}\n", quoted(&front), quoted(&keys.join("; ")));
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
