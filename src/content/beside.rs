//! The files that a bank names in its tables: the guides of its modules.

use std::collections::BTreeMap;
use std::path::{Component, Path, PathBuf};

use super::built_in;
use super::source::{ReadError, SourceFile, path_text, read_file_up_to};

/// The largest guide that is read, in bytes: some forty thousand words.
pub const MAX_GUIDE: u64 = 256 << 10;

/// Where the files that a bank names are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Beside {
    /// Nowhere: they are not asked for.
    Nowhere,
    /// Part of the program, below this folder.
    BuiltIn(PathBuf),
    /// Below this folder.
    Folder(PathBuf),
    /// In memory, by their plain names: the files of an archive.
    Memory(BTreeMap<String, SourceFile>),
}

impl Beside {
    /// For a bank that is the folder `root`, or the single file.
    pub fn of(root: &Path) -> Self {
        let folder = if root.is_dir() { Some(root) } else { root.parent() };
        Self::Folder(folder.filter(|f| !f.as_os_str().is_empty()).unwrap_or(Path::new(".")).into())
    }

    /// Reads the file that a bank calls `path`.
    ///
    /// # Errors
    /// If there is none, or it is not regular, larger than [`MAX_GUIDE`], or outside the folder.
    pub fn read(&self, path: &str) -> Result<SourceFile, ReadError> {
        let none = |path: &Path| {
            let error = std::io::ErrorKind::NotFound.into();
            ReadError::Io { path: path_text(path), error }
        };
        match self {
            Self::Nowhere => Err(none(Path::new(path))),
            Self::BuiltIn(folder) => {
                let name = folder.join(path);
                built_in::guide(&name).ok_or_else(|| none(&name))
            }
            Self::Folder(folder) => {
                let file = folder.join(path);
                let io = |error| ReadError::Io { path: path_text(&file), error };
                let (root, real) = (folder.canonicalize().map_err(io)?, file.canonicalize().map_err(io)?);
                if !stays_inside(path) || !real.starts_with(root) {
                    return Err(ReadError::LeadsOut { path: path_text(&file) });
                }
                read_file_up_to(&file, MAX_GUIDE)
            }
            Self::Memory(files) => match files.get(&plain_name(path)) {
                Some(file) if file.text.len() as u64 > MAX_GUIDE => {
                    Err(ReadError::TooLarge { path: file.name.clone(), most: MAX_GUIDE })
                }
                Some(file) => Ok(file.clone()),
                None => Err(none(Path::new(path))),
            },
        }
    }
}

/// Whether a relative path goes down only.
pub fn stays_inside(path: &str) -> bool {
    Path::new(path).components().all(|c| matches!(c, Component::Normal(_)))
}

/// The name of the file at `path`, which goes down only, as it stands in an archive.
pub fn plain_name(path: &str) -> String {
    let parts: Vec<_> = Path::new(path).components().map(|c| c.as_os_str().to_string_lossy()).collect();
    parts.join("/")
}
