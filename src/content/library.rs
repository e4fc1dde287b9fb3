//! The banks and decks of all places, one of each id.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::engine::bank::Bank;
use crate::engine::deck::Deck;
use crate::engine::slug::Slug;
use crate::engine::text::Text;

use super::beside::Beside;
use super::built_in;
use super::load::load_with_guides;
use super::load_deck::load_deck;
use super::source::{ContentFiles, ReadError, SourceFile, find_banks, find_decks, path_text};

/// Where a bank or a deck comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// Part of the program.
    BuiltIn,
    /// The user's data directory.
    Installed(PathBuf),
    /// Named on the command line.
    Named(PathBuf),
}

impl Place {
    /// Where the files are that a bank's tables name.
    fn beside(&self, files: &[SourceFile]) -> Beside {
        match self {
            // The header comes first.
            Place::BuiltIn => files
                .first()
                .and_then(|f| Path::new(f.name.as_str()).parent())
                .map_or(Beside::Nowhere, |folder| Beside::BuiltIn(folder.into())),
            Place::Installed(root) | Place::Named(root) => Beside::of(root),
        }
    }
}

/// A bank that can be sat.
#[derive(Clone, Debug)]
pub struct Entry {
    /// The bank.
    pub bank: Arc<Bank>,
    /// Where it comes from.
    pub place: Place,
    /// How many of its questions are broken and left out.
    pub left_out: usize,
}

/// The banks that were found, and what could not be used.
#[derive(Clone, Debug, Default)]
pub struct Library {
    /// One entry for each bank id: built-in ones first, then in the order of the places.
    pub entries: Vec<Entry>,
    /// A line for each thing that was not usable, for the user.
    pub problems: Vec<Text>,
}

/// A deck that can be learnt.
#[derive(Clone, Debug)]
pub struct DeckEntry {
    /// The deck.
    pub deck: Arc<Deck>,
    /// Where it comes from.
    pub place: Place,
    /// How many of its entries are broken and left out.
    pub left_out: usize,
}

/// The decks that were found, and what could not be used.
#[derive(Clone, Debug, Default)]
pub struct DeckLibrary {
    /// One entry for each deck id: built-in ones first, then in the order of the places.
    pub entries: Vec<DeckEntry>,
    /// A line for each thing that was not usable, for the user.
    pub problems: Vec<Text>,
}

/// Gathers the built-in banks, those in `installed` (which need not exist), and those at `named`.
///
/// An installed bank replaces a built-in one of the same id if its version is higher. One that is named replaces any:
/// who names a file wants that file.
pub fn gather(installed: &Path, named: &[PathBuf]) -> Library {
    let mut shelf = Shelf::<Entry>::default();
    shelf.fill(built_in::banks(), installed, named);
    Library { entries: shelf.entries, problems: shelf.problems }
}

/// Gathers the built-in decks, those in `installed` (which need not exist), and those at `named`, as [`gather`] does
/// with banks.
pub fn gather_decks(installed: &Path, named: &[PathBuf]) -> DeckLibrary {
    let mut shelf = Shelf::<DeckEntry>::default();
    shelf.fill(built_in::decks(), installed, named);
    DeckLibrary { entries: shelf.entries, problems: shelf.problems }
}

/// What stands on a shelf: a bank or a deck.
trait Item: Sized {
    const FIND: fn(&Path) -> Result<Vec<ContentFiles>, ReadError>;

    /// Loads it, or says what it lacks.
    fn load(files: Vec<SourceFile>, place: Place) -> Result<Self, &'static str>;
    fn id(&self) -> &Slug;
    fn version(&self) -> &semver::Version;
    fn is_named(&self) -> bool;
}

impl Item for Entry {
    const FIND: fn(&Path) -> Result<Vec<ContentFiles>, ReadError> = find_banks;

    fn load(files: Vec<SourceFile>, place: Place) -> Result<Self, &'static str> {
        let beside = place.beside(&files);
        let loaded = load_with_guides(files, &beside);
        let bank = loaded.bank.ok_or("usable bank")?;
        let none = bank.questions.is_empty();
        let entry = Entry { bank: Arc::new(bank), place, left_out: loaded.left_out };
        if none { Err("sound question") } else { Ok(entry) }
    }

    fn id(&self) -> &Slug {
        &self.bank.id
    }

    fn version(&self) -> &semver::Version {
        &self.bank.version
    }

    fn is_named(&self) -> bool {
        matches!(self.place, Place::Named(_))
    }
}

impl Item for DeckEntry {
    const FIND: fn(&Path) -> Result<Vec<ContentFiles>, ReadError> = find_decks;

    fn load(files: Vec<SourceFile>, place: Place) -> Result<Self, &'static str> {
        let loaded = load_deck(files);
        let deck = loaded.deck.ok_or("usable deck")?;
        let none = deck.entries.is_empty();
        let entry = DeckEntry { deck: Arc::new(deck), place, left_out: loaded.left_out };
        if none { Err("sound card") } else { Ok(entry) }
    }

    fn id(&self) -> &Slug {
        &self.deck.id
    }

    fn version(&self) -> &semver::Version {
        &self.deck.version
    }

    fn is_named(&self) -> bool {
        matches!(self.place, Place::Named(_))
    }
}

struct Shelf<E> {
    entries: Vec<E>,
    problems: Vec<Text>,
}

impl<E> Default for Shelf<E> {
    fn default() -> Self {
        Self { entries: Vec::new(), problems: Vec::new() }
    }
}

impl<E: Item> Shelf<E> {
    fn fill(&mut self, built_in: Vec<Vec<SourceFile>>, installed: &Path, named: &[PathBuf]) {
        for files in built_in {
            self.add(files, Place::BuiltIn, Path::new("the program"));
        }
        if installed.is_dir() {
            self.add_path(installed, Place::Installed);
        }
        for path in named {
            self.add_path(path, Place::Named);
        }
    }

    fn add_path(&mut self, path: &Path, place: fn(PathBuf) -> Place) {
        match E::FIND(path) {
            Ok(found) => {
                for files in found {
                    let (read, errors) = files.read();
                    self.problems.extend(errors.iter().map(problem));
                    if !read.is_empty() {
                        self.add(read, place(files.root.clone()), &files.root);
                    }
                }
            }
            // An empty folder for banks or decks is no problem; a path that was named is.
            Err(ReadError::NoBank { .. } | ReadError::NoDeck { .. })
                if place(path.into()) == Place::Installed(path.into()) => {}
            Err(error) => self.problems.push(problem(&error)),
        }
    }

    fn add(&mut self, files: Vec<SourceFile>, place: Place, path: &Path) {
        let entry = match E::load(files, place) {
            Ok(entry) => entry,
            Err(lacks) => {
                let path = path_text(path);
                self.problems.push(one_line(&format!("{path} has no {lacks}; `examdeck check {path}` says why")));
                return;
            }
        };
        match self.entries.iter_mut().find(|e| e.id() == entry.id()) {
            None => self.entries.push(entry),
            Some(known) if entry.is_named() || entry.version() > known.version() => *known = entry,
            Some(_) => {}
        }
    }
}

fn problem(error: &ReadError) -> Text {
    let mut line = error.to_string();
    if let Some(cause) = std::error::Error::source(error) {
        line.push_str(&format!(": {cause}"));
    }
    one_line(&line)
}

/// A problem is one line, whatever a path holds.
fn one_line(line: &str) -> Text {
    Text::new(&Text::new(line).one_line())
}
