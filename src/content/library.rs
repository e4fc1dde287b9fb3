//! The banks of all places, one of each id.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::engine::bank::Bank;
use crate::engine::text::Text;

use super::built_in;
use super::load::{Loaded, load};
use super::source::{ReadError, find_banks, path_text};

/// Where a bank comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// Part of the program.
    BuiltIn,
    /// The user's data directory.
    Installed(PathBuf),
    /// Named on the command line.
    Named(PathBuf),
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

/// Gathers the built-in banks, those in `installed` (which need not exist), and those at `named`.
///
/// An installed bank replaces a built-in one of the same id if its version is higher. One that is named replaces any:
/// who names a file wants that file.
pub fn gather(installed: &Path, named: &[PathBuf]) -> Library {
    let mut library = Library::default();
    for files in built_in::banks() {
        library.add(load(files), Place::BuiltIn, Path::new("the program"));
    }
    if installed.is_dir() {
        library.add_path(installed, Place::Installed);
    }
    for path in named {
        library.add_path(path, Place::Named);
    }
    library
}

impl Library {
    fn add_path(&mut self, path: &Path, place: fn(PathBuf) -> Place) {
        match find_banks(path) {
            Ok(banks) => {
                for files in banks {
                    let (read, errors) = files.read();
                    self.problems.extend(errors.iter().map(problem));
                    if !read.is_empty() {
                        self.add(load(read), place(files.root.clone()), &files.root);
                    }
                }
            }
            // An empty folder for banks is no problem; a path that was named is.
            Err(ReadError::NoBank { .. }) if place(path.into()) == Place::Installed(path.into()) => {}
            Err(error) => self.problems.push(problem(&error)),
        }
    }

    fn add(&mut self, loaded: Loaded, place: Place, path: &Path) {
        let path = path_text(path);
        let Some(bank) = loaded.bank else {
            self.problems.push(one_line(&format!("{path} has no usable bank; `examdeck check {path}` says why")));
            return;
        };
        if bank.questions.is_empty() {
            self.problems.push(one_line(&format!("{path} has no sound question; `examdeck check {path}` says why")));
            return;
        }
        let entry = Entry { bank: Arc::new(bank), place, left_out: loaded.left_out };
        match self.entries.iter_mut().find(|e| e.bank.id == entry.bank.id) {
            None => self.entries.push(entry),
            Some(known) if matches!(entry.place, Place::Named(_)) || entry.bank.version > known.bank.version => {
                *known = entry
            }
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
