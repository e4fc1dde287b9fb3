//! The bank or the deck that a command is given: by its id, or by the path of its file or folder.

use std::path::{Path, PathBuf};

use crate::content::beside::Beside;
use crate::content::library::{gather, gather_decks};
use crate::content::load::{load, load_with_guides};
use crate::content::load_deck::load_deck;
use crate::content::source::{ContentFiles, ReadError, SourceFile, find_banks, find_decks, path_text};
use crate::engine::bank::Bank;
use crate::engine::deck::Deck;
use crate::engine::slug::Slug;
use crate::storage::paths;

use super::chain;

/// What was asked for.
pub struct Named<T> {
    /// The bank or deck.
    pub content: T,
    /// How many of its questions or cards are broken and left out.
    pub left_out: usize,
}

/// The bank called `name`. `data_dir` is where installed banks are.
///
/// # Errors
/// A line that says what is not there, and what is.
pub fn bank(name: &str, data_dir: Option<&Path>) -> Result<Named<Bank>, String> {
    match id_of(name) {
        Some(id) => bank_of(&id, data_dir),
        None => bank_at(Path::new(name)),
    }
}

/// The bank of this id, wherever it is installed; an id is never taken for a path.
///
/// # Errors
/// As [`bank`].
pub fn bank_of(id: &Slug, data_dir: Option<&Path>) -> Result<Named<Bank>, String> {
    pick(banks(data_dir), Some(id), "bank").map_err(|none| other_kind(id, &decks(data_dir), "a deck", none))
}

/// As [`bank`]; without a name the only bank there is.
///
/// # Errors
/// As [`bank`]; also if there are several to choose from.
pub fn bank_or_only(name: Option<&str>, data_dir: Option<&Path>) -> Result<Named<Bank>, String> {
    name.map_or_else(|| pick(banks(data_dir), None, "bank"), |name| bank(name, data_dir))
}

/// The deck called `name`, or the only one there is.
///
/// # Errors
/// As [`bank_or_only`].
pub fn deck_or_only(name: Option<&str>, data_dir: Option<&Path>) -> Result<Named<Deck>, String> {
    match name.map(|name| (name, id_of(name))) {
        Some((name, None)) => deck_at(Path::new(name)),
        known => {
            let id = known.and_then(|(_, id)| id);
            let found = pick(decks(data_dir), id.as_ref(), "deck");
            found.map_err(|none| id.map_or(none.clone(), |id| other_kind(&id, &banks(data_dir), "a bank", none)))
        }
    }
}

/// A name that is no path of anything is an id.
fn id_of(name: &str) -> Option<Slug> {
    Slug::new(name).filter(|_| !Path::new(name).exists())
}

type Known<T> = Vec<(Slug, T, usize)>;

fn banks(data_dir: Option<&Path>) -> Known<Bank> {
    let folder: PathBuf = data_dir.map(paths::question_bank).unwrap_or_default();
    let entries = gather(&folder, &[]).entries.into_iter();
    entries.map(|e| (e.bank.id.clone(), e.bank.as_ref().clone(), e.left_out)).collect()
}

fn decks(data_dir: Option<&Path>) -> Known<Deck> {
    let folder: PathBuf = data_dir.map(paths::decks).unwrap_or_default();
    let entries = gather_decks(&folder, &[]).entries.into_iter();
    entries.map(|e| (e.deck.id.clone(), e.deck.as_ref().clone(), e.left_out)).collect()
}

/// Why there is nothing of that id; if there is one of the other kind, that was meant.
fn other_kind<T>(id: &Slug, others: &Known<T>, is: &str, none: String) -> String {
    if others.iter().any(|(other, ..)| other == id) { format!("`{id}` is {is}: {none}") } else { none }
}

fn pick<T>(mut known: Known<T>, id: Option<&Slug>, what: &str) -> Result<Named<T>, String> {
    let ids = known.iter().map(|(id, ..)| id.to_string()).collect::<Vec<_>>().join(", ");
    let at = match id {
        Some(id) => known.iter().position(|(known, ..)| known == id),
        None if known.len() > 1 => return Err(format!("there are several: name one with --{what}: {ids}")),
        None => (!known.is_empty()).then_some(0),
    };
    let Some(at) = at else {
        let name = id.map_or(String::new(), |id| format!(" `{id}`"));
        return Err(format!("there is no file and no {what}{name}; there are: {ids}"));
    };
    let (_, content, left_out) = known.swap_remove(at);
    Ok(Named { content, left_out })
}

fn bank_at(path: &Path) -> Result<Named<Bank>, String> {
    let loaded = load_with_guides(files_at(path, find_banks, "banks")?, &Beside::of(path));
    let shown = path_text(path).one_line();
    let bank = loaded.bank.ok_or_else(|| format!("{shown} holds no usable bank: `examdeck check {shown}` says why"))?;
    Ok(Named { content: bank, left_out: loaded.left_out })
}

fn deck_at(path: &Path) -> Result<Named<Deck>, String> {
    let loaded = load_deck(files_at(path, find_decks, "decks")?);
    let shown = path_text(path).one_line();
    let deck = loaded.deck.ok_or_else(|| format!("{shown} holds no usable deck: `examdeck check {shown}` says why"))?;
    Ok(Named { content: deck, left_out: loaded.left_out })
}

/// The only one of its kind at `path`.
fn one_at(
    path: &Path,
    find: fn(&Path) -> Result<Vec<ContentFiles>, ReadError>,
    what: &'static str,
) -> Result<ContentFiles, String> {
    let mut found = find(path).map_err(|error| chain(&error))?;
    match found.len() {
        1 => Ok(found.remove(0)),
        count => Err(chain(&ReadError::Several { path: path_text(path), count, what })),
    }
}

fn files_at(
    path: &Path,
    find: fn(&Path) -> Result<Vec<ContentFiles>, ReadError>,
    what: &'static str,
) -> Result<Vec<SourceFile>, String> {
    let files = one_at(path, find, what)?;
    let (read, errors) = files.read();
    errors.first().map_or(Ok(read), |error| Err(chain(error)))
}

/// Whether there is one bank at `path` that can be sat: an exam on another one is not what was asked for.
fn usable_bank(path: &Path) -> Result<(), String> {
    let files = one_at(path, find_banks, "banks")?;
    let (read, errors) = files.read();
    if load(read).bank.is_some_and(|bank| !bank.questions.is_empty()) {
        return Ok(());
    }
    let shown = path_text(path).one_line();
    let none = format!("{shown} holds no bank that can be sat: `examdeck check {shown}` says why");
    Err(errors.first().map_or(none, |error| chain(error)))
}

/// The bank that a screen is to open with: its id, or the path that it is to be read from.
///
/// # Errors
/// A line that says why the bank at that path cannot be sat.
pub fn to_sit(typed: Option<String>) -> Result<(Option<Slug>, Vec<PathBuf>), String> {
    let Some(bank) = typed else { return Ok((None, Vec::new())) };
    match id_of(&bank) {
        Some(id) => Ok((Some(id), Vec::new())),
        None => {
            let path = PathBuf::from(&bank);
            usable_bank(&path)?;
            Ok((None, vec![path]))
        }
    }
}
