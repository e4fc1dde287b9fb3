//! Opening an archive that nobody vouches for: every name is plain, every size is counted while it is read, and what
//! the archive says of itself is true. All of it is read into memory first; nothing is written here.

use std::fs;
use std::io::{Cursor, Read};
use std::path::Path;

use thiserror::Error;
use zip::ZipArchive;
use zip::result::ZipError;

use crate::content::source::{ARCHIVE, MAX_FILE, ReadError, path_text};
use crate::engine::text::Text;

use super::error::Refused;
use super::manifest::{self, FileSum, MAX_MANIFEST, Manifest};
use super::names::{self, Taken};

/// How much an archive may hold.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// The largest archive, in bytes.
    pub archive: u64,
    /// Files and folders.
    pub entries: usize,
    /// One file, in bytes.
    pub file: u64,
    /// All files, in bytes.
    pub unpacked: u64,
    /// All files, in sizes of the archive.
    pub ratio: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self { archive: 256 << 20, entries: 10_000, file: MAX_FILE, unpacked: 1 << 30, ratio: 200 }
    }
}

/// What is wrong with an archive.
#[derive(Debug, Error)]
pub enum Fault {
    /// No zip archive, or a broken one.
    #[error("it is no sound zip archive")]
    Zip(#[source] ZipError),
    /// Its beginning or its end is missing, or something stands before or behind it.
    #[error("it is no zip archive, or it was cut short")]
    Ends,
    /// More than [`Limits::archive`].
    #[error("it is larger than {} MiB", .0 >> 20)]
    TooLarge(u64),
    /// More than [`Limits::entries`].
    #[error("it holds more than {0} files")]
    TooMany(usize),
    /// A name that is not plain.
    #[error("the name `{name}` in it is not safe: {why}")]
    Name {
        /// The name, harmless.
        name: Text,
        /// Why.
        why: &'static str,
    },
    /// Two names that are one on some systems.
    #[error("{0} stands in it twice, or in another case, or as a file and a folder")]
    Clash(Text),
    /// A link, a device or the like.
    #[error("{0} in it is a link or a device, not a file")]
    NotAFile(Text),
    /// A password is needed.
    #[error("{0} in it is encrypted")]
    Encrypted(Text),
    /// More than [`Limits::file`].
    #[error("{name} in it is larger than {} MiB", limit >> 20)]
    File {
        /// The name.
        name: Text,
        /// The limit, in bytes.
        limit: u64,
    },
    /// More than [`Limits::unpacked`].
    #[error("it unpacks to more than {} MiB", .0 >> 20)]
    Unpacked(u64),
    /// More than [`Limits::ratio`].
    #[error("it unpacks to more than {0} times its size")]
    Ratio(u64),
    /// A file whose bytes cannot be had.
    #[error("{name} in it is damaged")]
    Damaged {
        /// The name.
        name: Text,
        /// What the archive's reader said.
        #[source]
        error: std::io::Error,
    },
    /// A manifest that cannot be read.
    #[error("its manifest.json cannot be read: {0}")]
    Manifest(Text),
    /// A manifest of a newer program.
    #[error("its format {0} is newer than what this program reads: install a newer examdeck")]
    Newer(u32),
    /// The manifest lists other files than there are.
    #[error("its manifest.json says otherwise of {0}: it was damaged or tampered with")]
    Disagrees(Text),
}

/// What an archive holds.
#[derive(Debug)]
pub struct Unpacked {
    /// What it says of itself; `None` if it was compressed by hand. It is true of `files`.
    pub manifest: Option<Manifest>,
    /// Plain names and bytes.
    pub files: Vec<(String, Vec<u8>)>,
}

/// Reads a regular file of at most `limits.archive` bytes.
pub fn read(path: &Path, limits: &Limits) -> Result<Vec<u8>, Refused> {
    let io = |error| ReadError::Io { path: path_text(path), error };
    // Asked before opening: opening a pipe would wait for a writer.
    if !fs::metadata(path).map_err(io)?.is_file() {
        return Err(ReadError::NotRegular { path: path_text(path) }.into());
    }
    let mut bytes = Vec::new();
    fs::File::open(path).and_then(|file| file.take(limits.archive + 1).read_to_end(&mut bytes)).map_err(io)?;
    match bytes.len() as u64 > limits.archive {
        true => Err(Refused::Archive { path: path_text(path), fault: Fault::TooLarge(limits.archive) }),
        false => Ok(bytes),
    }
}

/// Opens an archive.
pub fn unpack(bytes: &[u8], limits: &Limits) -> Result<Unpacked, Fault> {
    let count = entry_count(bytes)?;
    if count > limits.entries {
        return Err(Fault::TooMany(limits.entries));
    }
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(Fault::Zip)?;
    if archive.offset() != 0 {
        return Err(Fault::Ends);
    }
    let twice = (archive.has_duplicate_names() || archive.len() != count).then(|| Fault::Clash(Text::new("a name")));
    if let Some(fault) = twice {
        return Err(fault);
    }
    let names = checked_names(&mut archive)?;
    // Its two lists of files are one, no file lies within another, and none is in neither list.
    archive.validate_header_consistency().map_err(Fault::Zip)?;
    let mut budget = Budget { limits, used: 0, most: limits.unpacked.min(limits.ratio * bytes.len() as u64) };
    let (mut manifest, mut files) = (None, Vec::with_capacity(names.len()));
    for (index, name) in names {
        let most = if name == manifest::NAME { MAX_MANIFEST } else { limits.file };
        let bytes = budget.read(&mut archive, index, &name, most)?;
        if name == manifest::NAME { manifest = Some(read_manifest(&bytes)?) } else { files.push((name, bytes)) }
    }
    if let Some(manifest) = &manifest {
        compare(manifest, &files)?;
    }
    Ok(Unpacked { manifest, files })
}

/// How many entries the archive's end tells of. A file is the very first thing in it, and the end, without a comment, the
/// very last, so that there is one way only to read the archive; what needs the larger form of an end is beyond every limit.
fn entry_count(bytes: &[u8]) -> Result<usize, Fault> {
    let end: &[u8; 22] = bytes.last_chunk().ok_or(Fault::Ends)?;
    if !bytes.starts_with(ARCHIVE) || !end.starts_with(b"PK\x05\x06") || end[20..] != [0, 0] {
        return Err(Fault::Ends);
    }
    Ok(usize::from(u16::from_le_bytes([end[10], end[11]])))
}

/// The files of the archive by their places, after a look at what can be seen without reading them.
fn checked_names(archive: &mut ZipArchive<Cursor<&[u8]>>) -> Result<Vec<(usize, String)>, Fault> {
    let (mut names, mut taken) = (Vec::new(), Taken::default());
    for index in 0..archive.len() {
        let entry = archive.by_index_data(index).map_err(Fault::Zip)?;
        let raw = String::from_utf8_lossy(entry.name_raw()).into_owned();
        let shown = Text::new(&raw);
        let bad = |why| Fault::Name { name: shown.clone(), why };
        // Folders are made when a file needs them; an entry for one says nothing more.
        let folder = raw.strip_suffix('/');
        match folder {
            Some(folder) => folder.split('/').find_map(names::part_fault).map_or(Ok(()), |why| Err(bad(why)))?,
            None if raw == manifest::NAME => {}
            None => names::fault(&raw).map_or(Ok(()), |why| Err(bad(why)))?,
        }
        let kind = entry.unix_mode().unwrap_or(0) & 0o170_000;
        let expected = if folder.is_some() { 0o040_000 } else { 0o100_000 };
        if kind != 0 && kind != expected {
            return Err(Fault::NotAFile(shown));
        }
        if entry.encrypted() {
            return Err(Fault::Encrypted(shown));
        }
        if folder.is_none() {
            if !taken.take(&raw) {
                return Err(Fault::Clash(shown));
            }
            names.push((index, raw));
        }
    }
    Ok(names)
}

/// What may still be unpacked.
struct Budget<'l> {
    limits: &'l Limits,
    used: u64,
    most: u64,
}

impl Budget<'_> {
    /// Reads one file. What its header says of its size is not believed.
    fn read(
        &mut self,
        archive: &mut ZipArchive<Cursor<&[u8]>>,
        index: usize,
        name: &str,
        most: u64,
    ) -> Result<Vec<u8>, Fault> {
        let shown = || Text::new(name);
        let entry = archive.by_index(index).map_err(Fault::Zip)?;
        let left = self.most - self.used;
        let mut bytes = Vec::new();
        let read = entry.take(most.min(left) + 1).read_to_end(&mut bytes);
        let size = bytes.len() as u64;
        if size > left {
            let by_ratio = self.most < self.limits.unpacked;
            return Err(if by_ratio { Fault::Ratio(self.limits.ratio) } else { Fault::Unpacked(self.limits.unpacked) });
        }
        if size > most {
            return Err(Fault::File { name: shown(), limit: most });
        }
        read.map_err(|error| Fault::Damaged { name: shown(), error })?;
        self.used += size;
        Ok(bytes)
    }
}

fn read_manifest(bytes: &[u8]) -> Result<Manifest, Fault> {
    let unreadable = |error: serde_json::Error| Fault::Manifest(Text::new(&error.to_string()));
    let value: serde_json::Value = serde_json::from_slice(bytes).map_err(unreadable)?;
    let format = value.get("format").and_then(serde_json::Value::as_u64).unwrap_or(0);
    match u32::try_from(format).unwrap_or(u32::MAX) {
        newer if newer > manifest::FORMAT => Err(Fault::Newer(newer)),
        _ => serde_json::from_value(value).map_err(unreadable),
    }
}

/// The manifest lists the files, no more and no fewer, with their sizes and sums.
fn compare(manifest: &Manifest, files: &[(String, Vec<u8>)]) -> Result<(), Fault> {
    let mut listed = manifest.files.clone();
    let mut found: Vec<FileSum> = files.iter().map(|(name, bytes)| FileSum::of(name, bytes)).collect();
    listed.sort();
    found.sort();
    let differs = listed.iter().find(|f| !found.contains(f)).or_else(|| found.iter().find(|f| !listed.contains(f)));
    match differs {
        Some(file) => Err(Fault::Disagrees(Text::new(&Text::new(&file.path).one_line()))),
        None if listed.len() != found.len() => Err(Fault::Disagrees(Text::new("a file that it lists twice"))),
        None => Ok(()),
    }
}
