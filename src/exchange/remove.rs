//! Removing a bank or a deck. What a student has answered stays in the store.

use std::fs;
use std::path::{Path, PathBuf};

use crate::content::kind::ContentKind;
use crate::content::source::path_text;
use crate::engine::deck::OWN_DECK;
use crate::engine::slug::Slug;

use super::Places;
use super::error::Refused;
use super::installed;
use super::place::{Held, Step};

/// Something installed that can be removed.
#[derive(Clone, Debug)]
pub struct Removable {
    /// What it is.
    pub kind: ContentKind,
    /// Its title and version; `None` if its header cannot be read.
    pub name: Option<String>,
    /// Its folder or file.
    pub path: PathBuf,
}

/// What is installed under `id`. If a bank and a deck are, `kind` chooses.
pub fn find(places: &Places, id: &Slug, kind: Option<ContentKind>) -> Result<Removable, Refused> {
    let kinds = ContentKind::ALL.into_iter().filter(|k| kind.is_none_or(|kind| kind == *k));
    let mut found: Vec<Removable> = kinds.filter_map(|kind| installed_as(places.of(kind), kind, id)).collect();
    if found.len() > 1 {
        return Err(Refused::because(&format!("there is a bank `{id}` and a deck `{id}`: say which with --kind")));
    }
    let Some(found) = found.pop() else { return Err(not_there(id, kind)) };
    if found.kind == ContentKind::Deck && id.as_str() == OWN_DECK {
        let path = path_text(&found.path).one_line();
        return Err(Refused::because(&format!("`{id}` is your own deck: delete {path} yourself if you mean it")));
    }
    Ok(found)
}

fn installed_as(folder: &Path, kind: ContentKind, id: &Slug) -> Option<Removable> {
    if let Some(known) = installed::find(folder, kind, id) {
        let name = format!("{} ({id} {})", known.content.title(), known.content.version());
        return Some(Removable { kind, name: Some(name), path: known.path });
    }
    let path = folder.join(id.as_str());
    fs::symlink_metadata(&path).is_ok().then_some(Removable { kind, name: None, path })
}

fn not_there(id: &Slug, kind: Option<ContentKind>) -> Refused {
    let kinds = ContentKind::ALL.into_iter().filter(|k| kind.is_none_or(|kind| kind == *k));
    let built_in = kinds.flat_map(installed::built_in_versions).any(|(own, _)| own == *id);
    Refused::because(&match built_in {
        true => format!("`{id}` is built into the program and cannot be removed"),
        false => format!("nothing is installed under `{id}`: `examdeck list` says what there is"),
    })
}

/// Removes it.
pub fn remove(found: &Removable, places: &Places, at: &mut dyn FnMut(Step)) -> Result<(), Refused> {
    Held::take(places.of(found.kind))?.take_out(&found.path, at)
}
