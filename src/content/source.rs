//! Files of content, brought in under limits: only regular files, none outside the folder that was named, none too
//! large, UTF-8 only.

use std::fs;
use std::io::{BufReader, Read};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use thiserror::Error;

use crate::engine::text::Text;

use super::beside::Beside;
use super::kind::{ContentKind, by_header, by_tables};

/// The largest file that is read, in bytes.
pub const MAX_FILE: u64 = 128 << 20;
/// The most that the files of one bank or deck may hold together, in bytes.
pub const MAX_TOTAL: u64 = 512 << 20;
/// The longest line that is parsed, in bytes.
pub const MAX_LINE: usize = 64 << 10;
/// What an archive (a zip file) begins with.
pub const ARCHIVE: &[u8] = b"PK\x03\x04";
/// How many files one bank or deck may have.
pub const MAX_FILES: usize = 10_000;
/// How deep a bank's folders may go below the one with `bank.toml`, and a deck's below the one with `deck.toml`.
pub const MAX_DEPTH: usize = 8;

/// A file that has been read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceFile {
    /// Its path as the user knows it, harmless.
    pub name: Text,
    /// Its text; what was not UTF-8 has become U+FFFD.
    pub text: String,
    /// The first byte that was not UTF-8.
    pub not_utf8: Option<usize>,
    /// Where its lines begin, looked up when the first finding asks.
    lines: OnceLock<Vec<usize>>,
}

impl SourceFile {
    /// Decodes the bytes of a file.
    pub fn new(name: &str, bytes: Vec<u8>) -> Self {
        let (text, not_utf8) = match String::from_utf8(bytes) {
            Ok(text) => (text, None),
            Err(error) => {
                let at = error.utf8_error().valid_up_to();
                (String::from_utf8_lossy(error.as_bytes()).into_owned(), Some(at))
            }
        };
        Self { name: Text::new(name), text, not_utf8, lines: OnceLock::new() }
    }

    /// The number, from 1, of the line that holds byte `at`.
    pub fn line_of(&self, at: usize) -> usize {
        // A file may have as many findings as lines: counting anew for each would take for ever.
        let starts = self.lines.get_or_init(|| self.text.match_indices('\n').map(|(i, _)| i + 1).collect());
        starts.partition_point(|&start| start <= at) + 1
    }
}

/// Content that could not be read at all.
#[derive(Debug, Error)]
pub enum ReadError {
    /// The system refused.
    #[error("cannot read {path}")]
    Io {
        /// The path, harmless.
        path: Text,
        /// What the system said.
        #[source]
        error: std::io::Error,
    },
    /// A pipe, a device or a socket.
    #[error("{path} is not a regular file")]
    NotRegular {
        /// The path, harmless.
        path: Text,
    },
    /// Larger than it may be.
    #[error("{path} is larger than {} KiB, the most that is read", most >> 10)]
    TooLarge {
        /// The path, harmless.
        path: Text,
        /// The limit, in bytes.
        most: u64,
    },
    /// More than [`MAX_FILES`].
    #[error("{path} holds more than {MAX_FILES} files")]
    TooMany {
        /// The path, harmless.
        path: Text,
    },
    /// An archive, where files are wanted.
    #[error(
        "{path} is a packed bank or deck: `examdeck add` installs it; or name the folder or file that it was packed from"
    )]
    Packed {
        /// The path, harmless.
        path: Text,
    },
    /// A link that leads out of the folder.
    #[error("{path} is a link that leads out of its folder")]
    LeadsOut {
        /// The path, harmless.
        path: Text,
    },
    /// Nothing in it looks like a bank.
    #[error("{path} holds no question bank: a bank is {BANK}")]
    NoBank {
        /// The path, harmless.
        path: Text,
    },
    /// Nothing in it looks like a deck.
    #[error("{path} holds no deck: a deck is {DECK}")]
    NoDeck {
        /// The path, harmless.
        path: Text,
    },
    /// A deck, where a bank is wanted.
    #[error(
        "{path} is a deck, and a question bank is wanted here: a bank is {BANK}; \
         `examdeck preview`, `check`, `pack`, `add` and `print cards --deck` take decks"
    )]
    DeckForBank {
        /// The path, harmless.
        path: Text,
    },
    /// A bank, where a deck is wanted.
    #[error(
        "{path} is a question bank, and a deck is wanted here: a deck is {DECK}; \
         `examdeck preview`, `check`, `pack`, `add` and `print exam --bank` take banks"
    )]
    BankForDeck {
        /// The path, harmless.
        path: Text,
    },
    /// More than one, where one is wanted.
    #[error("{path} holds {count} {what}: name one")]
    Several {
        /// The path, harmless.
        path: Text,
        /// How many.
        count: usize,
        /// Of what.
        what: &'static str,
    },
    /// Nothing in it looks like a bank or a deck.
    #[error("{path} holds neither a question bank nor a deck: a bank is {BANK}; a deck is {DECK}")]
    Neither {
        /// The path, harmless.
        path: Text,
    },
}

const BANK: &str = "a folder with bank.toml, or a .toml file with a [bank] table";
const DECK: &str = "a folder with deck.toml, or a .toml file with a [deck] table";

/// A path as text that may be printed.
pub fn path_text(path: &Path) -> Text {
    Text::new(&path.to_string_lossy())
}

/// The files of one bank or deck, not yet read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContentFiles {
    /// What they are.
    pub kind: ContentKind,
    /// The folder with the header, or the single file.
    pub root: PathBuf,
    files: Vec<PathBuf>,
    /// Folders that could not be listed; reading says why.
    closed: Vec<PathBuf>,
}

/// Finds the banks and decks at `path`: a single file, a folder with `bank.toml` or `deck.toml`, or a folder of such
/// files and folders.
pub fn find(path: &Path) -> Result<Vec<ContentFiles>, ReadError> {
    let single =
        |kind, file: &Path| ContentFiles { kind, root: file.into(), files: vec![file.into()], closed: Vec::new() };
    let meta = fs::metadata(path).map_err(|error| ReadError::Io { path: path_text(path), error })?;
    if !meta.is_dir() {
        if meta.is_file() && is_archive(path) {
            return Err(ReadError::Packed { path: path_text(path) });
        }
        return Ok(vec![single(kind_of(path).unwrap_or(ContentKind::Bank), path)]);
    }
    if let Some(kind) = folder_kind(path) {
        return Ok(vec![content_folder(kind, path)]);
    }
    let mut found = Vec::new();
    for entry in entries(path)? {
        if entry.is_dir() {
            if let Some(kind) = folder_kind(&entry) {
                found.push(content_folder(kind, &entry));
            }
        } else if is_toml(&entry)
            && let Some(kind) = kind_of(&entry)
        {
            found.push(single(kind, &entry));
        }
    }
    if found.is_empty() { Err(ReadError::Neither { path: path_text(path) }) } else { Ok(found) }
}

/// The banks among what [`find`] finds.
pub fn find_banks(path: &Path) -> Result<Vec<ContentFiles>, ReadError> {
    find_kind(path, ContentKind::Bank)
}

/// The decks among what [`find`] finds.
pub fn find_decks(path: &Path) -> Result<Vec<ContentFiles>, ReadError> {
    find_kind(path, ContentKind::Deck)
}

fn find_kind(path: &Path, kind: ContentKind) -> Result<Vec<ContentFiles>, ReadError> {
    let found = match (find(path), kind) {
        (Err(ReadError::Neither { path }), ContentKind::Bank) => return Err(ReadError::NoBank { path }),
        (Err(ReadError::Neither { path }), ContentKind::Deck) => return Err(ReadError::NoDeck { path }),
        (found, _) => found?,
    };
    let (wanted, others): (Vec<_>, Vec<_>) = found.into_iter().partition(|files| files.kind == kind);
    let itself = others.iter().any(|files| files.root == path);
    let path = path_text(path);
    match (wanted.is_empty(), itself, kind) {
        (false, ..) => Ok(wanted),
        (_, true, ContentKind::Bank) => Err(ReadError::DeckForBank { path }),
        (_, true, ContentKind::Deck) => Err(no_deck(&others[0].root, path)?),
        (_, false, ContentKind::Bank) => Err(ReadError::NoBank { path }),
        (_, false, ContentKind::Deck) => Err(ReadError::NoDeck { path }),
    }
}

/// Why what is at `root` is no deck: what is neither counts as a bank, and must not be called one.
fn no_deck(root: &Path, path: Text) -> Result<ReadError, ReadError> {
    let headed = |file: SourceFile| by_header(file.text.as_bytes()).ok().flatten() == Some(ContentKind::Bank);
    let is_bank = if root.is_dir() { true } else { headed(read_file(root)?) };
    Ok(if is_bank { ReadError::BankForDeck { path } } else { ReadError::NoDeck { path } })
}

fn is_archive(path: &Path) -> bool {
    let mut head = [0; ARCHIVE.len()];
    fs::File::open(path).and_then(|mut file| file.read_exact(&mut head)).is_ok_and(|()| head == ARCHIVE)
}

/// What `folder` is, if it is not only a folder of such.
fn folder_kind(folder: &Path) -> Option<ContentKind> {
    ContentKind::ALL.into_iter().find(|kind| folder.join(kind.header()).exists())
}

/// What a single file is; `None` if it is neither. What cannot be read counts as a bank, so that its reading says why.
fn kind_of(path: &Path) -> Option<ContentKind> {
    // Asked before opening: opening a pipe would wait for a writer.
    if !fs::metadata(path).is_ok_and(|m| m.is_file()) {
        return Some(ContentKind::Bank);
    }
    let headed = fs::File::open(path).and_then(|file| by_header(BufReader::new(file.take(MAX_FILE))));
    match headed {
        Ok(None) => read_file(path).map_or(Some(ContentKind::Bank), |file| by_tables(&file.text)),
        found => found.unwrap_or(Some(ContentKind::Bank)),
    }
}

/// What is wrong with a folder is told when its content is read: it must not cost what lies beside it.
fn content_folder(kind: ContentKind, root: &Path) -> ContentFiles {
    let files = vec![root.join(kind.header())];
    let mut content = ContentFiles { kind, root: root.into(), files, closed: Vec::new() };
    gather(root, 0, &mut content);
    content
}

/// Adds the `.toml` files below `folder`, in the order of their names; links to folders are not followed.
fn gather(folder: &Path, depth: usize, content: &mut ContentFiles) {
    let Ok(entries) = entries(folder) else {
        content.closed.push(folder.into());
        return;
    };
    let header = content.kind.header();
    for entry in entries {
        let is_link = fs::symlink_metadata(&entry).is_ok_and(|m| m.is_symlink());
        if entry.is_dir() {
            if !is_link && depth < MAX_DEPTH {
                gather(&entry, depth + 1, content);
            }
        } else if is_toml(&entry) && !(depth == 0 && entry.file_name().is_some_and(|n| n == header)) {
            if content.files.len() > MAX_FILES {
                return; // one too many is enough to know
            }
            content.files.push(entry);
        }
    }
}

fn entries(folder: &Path) -> Result<Vec<PathBuf>, ReadError> {
    let failed = |error| ReadError::Io { path: path_text(folder), error };
    let mut entries = Vec::new();
    for entry in fs::read_dir(folder).map_err(failed)? {
        let entry = entry.map_err(failed)?;
        // Hidden files are other programs' (editors, macOS), and what is being installed just now.
        if !entry.file_name().as_encoded_bytes().starts_with(b".") {
            entries.push(entry.path());
        }
    }
    entries.sort();
    Ok(entries)
}

fn is_toml(path: &Path) -> bool {
    path.extension().is_some_and(|e| e == "toml")
}

impl ContentFiles {
    /// The files, the one with the header first.
    pub fn paths(&self) -> &[PathBuf] {
        &self.files
    }

    /// Where the files are that its tables name.
    pub fn beside(&self) -> Beside {
        Beside::of(&self.root)
    }

    /// Reads the files. One that cannot be read is reported; the others are still read.
    pub fn read(&self) -> (Vec<SourceFile>, Vec<ReadError>) {
        if self.files.len() > MAX_FILES {
            return (Vec::new(), vec![ReadError::TooMany { path: path_text(&self.root) }]);
        }
        // One that is too large by itself is told by its name.
        let sizes = self.files.iter().filter_map(|f| fs::metadata(f).ok()).map(|m| m.len());
        if sizes.filter(|&size| size <= MAX_FILE).fold(0, u64::saturating_add) > MAX_TOTAL {
            return (Vec::new(), vec![ReadError::TooLarge { path: path_text(&self.root), most: MAX_TOTAL }]);
        }
        let mut read = Vec::new();
        let mut errors: Vec<ReadError> = self.closed.iter().filter_map(|folder| entries(folder).err()).collect();
        for path in &self.files {
            match self.stays_inside(path).and_then(|()| read_file(path)) {
                Ok(file) => read.push(file),
                Err(error) => errors.push(error),
            }
        }
        (read, errors)
    }

    fn stays_inside(&self, path: &Path) -> Result<(), ReadError> {
        let io = |error| ReadError::Io { path: path_text(path), error };
        if path == self.root || !fs::symlink_metadata(path).map_err(io)?.is_symlink() {
            return Ok(());
        }
        let root = self.root.canonicalize().map_err(io)?;
        if path.canonicalize().map_err(io)?.starts_with(root) {
            Ok(())
        } else {
            Err(ReadError::LeadsOut { path: path_text(path) })
        }
    }
}

/// Reads one file, if it is regular and within [`MAX_FILE`].
pub fn read_file(path: &Path) -> Result<SourceFile, ReadError> {
    read_file_up_to(path, MAX_FILE)
}

/// Reads one file, if it is regular and holds at most so many bytes.
pub fn read_file_up_to(path: &Path, most: u64) -> Result<SourceFile, ReadError> {
    let io = |error| ReadError::Io { path: path_text(path), error };
    // Asked before opening: opening a pipe would wait for a writer.
    let meta = fs::metadata(path).map_err(io)?;
    if !meta.is_file() {
        return Err(ReadError::NotRegular { path: path_text(path) });
    }
    if meta.len() > most {
        return Err(ReadError::TooLarge { path: path_text(path), most });
    }
    // What the system says may be out of date or nothing (`/proc`), so the limit holds for the reading, too.
    let mut bytes = Vec::with_capacity(usize::try_from(meta.len()).unwrap_or(0));
    let file = fs::File::open(path).map_err(io)?;
    file.take(most + 1).read_to_end(&mut bytes).map_err(io)?;
    if bytes.len() as u64 > most {
        return Err(ReadError::TooLarge { path: path_text(path), most });
    }
    Ok(SourceFile::new(&path.to_string_lossy(), bytes))
}
