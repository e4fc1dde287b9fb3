//! What a new version changes, counted by the ids of questions or of a deck's entries.

use std::collections::HashMap;
use std::fmt;
use std::sync::Arc;

use crate::engine::deck::{Deck, Entry};
use crate::engine::diff::{KeyChange, diff};
use crate::engine::slug::Slug;

use super::parcel::Content;

/// How many questions, or entries of a deck, are new, gone or otherwise.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// Those that were not there before.
    pub added: usize,
    /// Those that are not there any more.
    pub removed: usize,
    /// Those with another key, which changes scores.
    pub key: usize,
    /// Those whose key has other words.
    pub rewritten: usize,
    /// Those that read otherwise, with the same key.
    pub reworded: usize,
    /// Those of which other things are said.
    pub other: usize,
}

impl Changes {
    /// From one version to another.
    pub fn between(old: &Content, new: &Content) -> Self {
        match (old, new) {
            (Content::Bank(old), Content::Bank(new)) => {
                let diff = diff(old, new);
                let others = diff.changed.iter().filter(|c| c.key.is_none());
                let (reworded, other): (Vec<_>, Vec<_>) = others.partition(|c| !c.wording.is_empty());
                Self {
                    added: diff.added.len(),
                    removed: diff.removed.len(),
                    key: diff.count(KeyChange::Changed),
                    rewritten: diff.count(KeyChange::Rewritten),
                    reworded: reworded.len(),
                    other: other.len(),
                }
            }
            (Content::Deck(old), Content::Deck(new)) => Self::of_decks(old, new),
            _ => Self::default(),
        }
    }

    fn of_decks(old: &Deck, new: &Deck) -> Self {
        let mut before: HashMap<&Slug, &Arc<Entry>> = old.entries.iter().map(|e| (&e.id, e)).collect();
        let mut changes = Self::default();
        for entry in &new.entries {
            match before.remove(&entry.id) {
                None => changes.added += 1,
                Some(known) => changes.reworded += usize::from(known != entry),
            }
        }
        changes.removed = before.len();
        changes
    }
}

impl fmt::Display for Changes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let counts = [
            (self.added, "added"),
            (self.removed, "removed"),
            (self.key, "with another key (scores change)"),
            (self.rewritten, "with a rewritten key"),
            (self.reworded, "reworded"),
            (self.other, "with other data"),
        ];
        let told: Vec<String> = counts.iter().filter(|(n, _)| *n > 0).map(|(n, what)| format!("{n} {what}")).collect();
        if told.is_empty() { f.write_str("nothing added, removed or reworded") } else { f.write_str(&told.join(", ")) }
    }
}
