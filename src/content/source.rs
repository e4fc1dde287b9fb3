//! Files of content, brought in under limits: only regular files, none outside the folder that was named, none too
//! large, UTF-8 only.

use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

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
}

impl SourceFile {
    /// Decodes the bytes of a file.
    pub fn new(name: &str, bytes: Vec<u8>) -> Self {
        let name = Text::new(name);
        match String::from_utf8(bytes) {
            Ok(text) => Self { name, text, not_utf8: None },
            Err(error) => {
                let at = error.utf8_error().valid_up_to();
                Self { name, text: String::from_utf8_lossy(error.as_bytes()).into_owned(), not_utf8: Some(at) }
            }
        }
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
}

/// Finds the banks at `path`: a single file, a folder with `bank.toml`, or a folder of such files and folders.
pub fn find_banks(path: &Path) -> Result<Vec<BankFiles>, ReadError> {
    let meta = fs::metadata(path).map_err(|error| ReadError::Io { path: path_text(path), error })?;
    if !meta.is_dir() {
        return Ok(vec![BankFiles { root: path.into(), files: vec![path.into()] }]);
    }
    if path.join(HEADER).exists() {
        return Ok(vec![bank_folder(path)?]);
    }
    let mut banks = Vec::new();
    for entry in entries(path)? {
        if entry.is_dir() && entry.join(HEADER).exists() {
            banks.push(bank_folder(&entry)?);
        } else if is_toml(&entry) && !entry.is_dir() {
            banks.push(BankFiles { root: entry.clone(), files: vec![entry] });
        }
    }
    if banks.is_empty() { Err(ReadError::NoBank { path: path_text(path) }) } else { Ok(banks) }
}

fn bank_folder(root: &Path) -> Result<BankFiles, ReadError> {
    let mut files = vec![root.join(HEADER)];
    gather(root, 0, &mut files)?;
    Ok(BankFiles { root: root.into(), files })
}

/// Adds the `.toml` files below `folder`, in the order of their names; links to folders are not followed.
fn gather(folder: &Path, depth: usize, files: &mut Vec<PathBuf>) -> Result<(), ReadError> {
    for entry in entries(folder)? {
        let is_link = fs::symlink_metadata(&entry).is_ok_and(|m| m.is_symlink());
        if entry.is_dir() {
            if !is_link && depth < MAX_DEPTH {
                gather(&entry, depth + 1, files)?;
            }
        } else if is_toml(&entry) && !(depth == 0 && entry.file_name().is_some_and(|n| n == HEADER)) {
            if files.len() >= MAX_FILES {
                return Err(ReadError::TooMany { path: path_text(folder) });
            }
            files.push(entry);
        }
    }
    Ok(())
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
        let mut read = Vec::new();
        let mut errors = Vec::new();
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
    let mut bytes = Vec::with_capacity(usize::try_from(meta.len().min(MAX_FILE)).unwrap_or(0));
    let file = fs::File::open(path).map_err(io)?;
    file.take(MAX_FILE + 1).read_to_end(&mut bytes).map_err(io)?;
    if bytes.len() as u64 > MAX_FILE {
        return Err(ReadError::TooLarge { path: path_text(path) });
    }
    Ok(SourceFile::new(&path.to_string_lossy(), bytes))
}
