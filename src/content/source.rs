//! Files of content, brought in under limits: only regular files, none outside the folder that was named, none too
//! large, UTF-8 only.

use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use thiserror::Error;

use crate::engine::text::Text;

/// The largest file that is read, in bytes.
pub const MAX_FILE: u64 = 128 << 20;
/// The longest line that is parsed, in bytes.
pub const MAX_LINE: usize = 64 << 10;
/// How many files one bank may have.
pub const MAX_FILES: usize = 10_000;
/// How deep a bank's folders may go below the one with `bank.toml`.
pub const MAX_DEPTH: usize = 8;
/// The name of the file that makes a folder a bank.
pub const HEADER: &str = "bank.toml";

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
    /// Larger than [`MAX_FILE`].
    #[error("{path} is larger than {} MiB, the most that is read", MAX_FILE >> 20)]
    TooLarge {
        /// The path, harmless.
        path: Text,
    },
    /// More than [`MAX_FILES`].
    #[error("{path} holds more than {MAX_FILES} files")]
    TooMany {
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
    #[error("{path} holds no question bank: a bank is a folder with {HEADER}, or a .toml file with a [bank] table")]
    NoBank {
        /// The path, harmless.
        path: Text,
    },
}

/// A path as text that may be printed.
pub fn path_text(path: &Path) -> Text {
    Text::new(&path.to_string_lossy())
}

/// The files of one bank, not yet read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BankFiles {
    /// The folder with `bank.toml`, or the single file.
    pub root: PathBuf,
    files: Vec<PathBuf>,
    /// Folders that could not be listed; reading says why.
    closed: Vec<PathBuf>,
}

/// Finds the banks at `path`: a single file, a folder with `bank.toml`, or a folder of such files and folders.
pub fn find_banks(path: &Path) -> Result<Vec<BankFiles>, ReadError> {
    let meta = fs::metadata(path).map_err(|error| ReadError::Io { path: path_text(path), error })?;
    if !meta.is_dir() {
        return Ok(vec![BankFiles { root: path.into(), files: vec![path.into()], closed: Vec::new() }]);
    }
    if path.join(HEADER).exists() {
        return Ok(vec![bank_folder(path)]);
    }
    let mut banks = Vec::new();
    for entry in entries(path)? {
        if entry.is_dir() && entry.join(HEADER).exists() {
            banks.push(bank_folder(&entry));
        } else if is_toml(&entry) && !entry.is_dir() {
            banks.push(BankFiles { root: entry.clone(), files: vec![entry], closed: Vec::new() });
        }
    }
    if banks.is_empty() { Err(ReadError::NoBank { path: path_text(path) }) } else { Ok(banks) }
}

/// What is wrong with a folder is told when its bank is read: it must not cost the banks beside it.
fn bank_folder(root: &Path) -> BankFiles {
    let mut bank = BankFiles { root: root.into(), files: vec![root.join(HEADER)], closed: Vec::new() };
    gather(root, 0, &mut bank);
    bank
}

/// Adds the `.toml` files below `folder`, in the order of their names; links to folders are not followed.
fn gather(folder: &Path, depth: usize, bank: &mut BankFiles) {
    let Ok(entries) = entries(folder) else {
        bank.closed.push(folder.into());
        return;
    };
    for entry in entries {
        let is_link = fs::symlink_metadata(&entry).is_ok_and(|m| m.is_symlink());
        if entry.is_dir() {
            if !is_link && depth < MAX_DEPTH {
                gather(&entry, depth + 1, bank);
            }
        } else if is_toml(&entry) && !(depth == 0 && entry.file_name().is_some_and(|n| n == HEADER)) {
            if bank.files.len() > MAX_FILES {
                return; // one too many is enough to know
            }
            bank.files.push(entry);
        }
    }
}

fn entries(folder: &Path) -> Result<Vec<PathBuf>, ReadError> {
    let failed = |error| ReadError::Io { path: path_text(folder), error };
    let mut entries = Vec::new();
    for entry in fs::read_dir(folder).map_err(failed)? {
        entries.push(entry.map_err(failed)?.path());
    }
    entries.sort();
    Ok(entries)
}

fn is_toml(path: &Path) -> bool {
    path.extension().is_some_and(|e| e == "toml")
}

impl BankFiles {
    /// Reads the files. One that cannot be read is reported; the others are still read.
    pub fn read(&self) -> (Vec<SourceFile>, Vec<ReadError>) {
        if self.files.len() > MAX_FILES {
            return (Vec::new(), vec![ReadError::TooMany { path: path_text(&self.root) }]);
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
    let io = |error| ReadError::Io { path: path_text(path), error };
    // Asked before opening: opening a pipe would wait for a writer.
    let meta = fs::metadata(path).map_err(io)?;
    if !meta.is_file() {
        return Err(ReadError::NotRegular { path: path_text(path) });
    }
    if meta.len() > MAX_FILE {
        return Err(ReadError::TooLarge { path: path_text(path) });
    }
    // What the system says may be out of date or nothing (`/proc`), so the limit holds for the reading, too.
    let mut bytes = Vec::with_capacity(usize::try_from(meta.len()).unwrap_or(0));
    let file = fs::File::open(path).map_err(io)?;
    file.take(MAX_FILE + 1).read_to_end(&mut bytes).map_err(io)?;
    if bytes.len() as u64 > MAX_FILE {
        return Err(ReadError::TooLarge { path: path_text(path) });
    }
    Ok(SourceFile::new(&path.to_string_lossy(), bytes))
}
