//! The content that is part of the program, so that it runs alone.

use std::path::Path;

use super::source::SourceFile;

include!(concat!(env!("OUT_DIR"), "/built_in.rs"));

/// The files of each built-in bank.
pub fn banks() -> Vec<Vec<SourceFile>> {
    sources(BANKS)
}

/// The files of each built-in deck.
pub fn decks() -> Vec<Vec<SourceFile>> {
    sources(DECKS)
}

/// The built-in guide of this name.
pub fn guide(name: &Path) -> Option<SourceFile> {
    let (name, text) = GUIDES.iter().find(|(known, _)| Path::new(known) == name)?;
    Some(SourceFile::new(name, text.as_bytes().to_vec()))
}

fn sources(all: &[&[(&str, &str)]]) -> Vec<Vec<SourceFile>> {
    all.iter()
        .map(|files| files.iter().map(|(name, text)| SourceFile::new(name, text.as_bytes().to_vec())).collect())
        .collect()
}
