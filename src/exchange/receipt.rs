//! What was noted when a bank or a deck was added; it lies beside the files.

use std::fs::{self, File};
use std::io::Read;
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::content::source::MAX_FILE;

use super::manifest::{FileSum, Kind, MAX_MANIFEST};
use super::names;
use super::signature::Seal;

/// The receipt's name in the folder of what was added.
pub const NAME: &str = "receipt.json";

/// What was noted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Receipt {
    /// The version of this form.
    pub format: u32,
    /// What was added.
    pub kind: Kind,
    /// Its id.
    pub id: String,
    /// Its version.
    pub version: String,
    /// The name of the file or folder that it was added from.
    pub added_from: String,
    /// Whose signature it had.
    #[serde(default)]
    pub signed: Option<Seal>,
    /// The files and their sums.
    pub files: Vec<FileSum>,
}

impl Receipt {
    /// The receipt in the folder of something installed; `None` if it was put there by hand.
    pub fn of(folder: &Path) -> Option<Self> {
        let path = folder.join(NAME);
        // Asked before opening: opening a pipe would wait for a writer.
        if !fs::metadata(&path).ok()?.is_file() {
            return None;
        }
        let mut bytes = Vec::new();
        File::open(path).ok()?.take(MAX_MANIFEST).read_to_end(&mut bytes).ok()?;
        serde_json::from_slice(&bytes).ok()
    }

    /// Whether the files in `folder` are those that were added.
    pub fn holds(&self, folder: &Path) -> bool {
        let unchanged = |file: &FileSum| {
            let path = folder.join(&file.path);
            // Whoever put the folder there may have written the receipt as well. The size first: most changes need no
            // more, and a pipe is not opened.
            names::fault(&file.path).is_none()
                && file.bytes <= MAX_FILE
                && fs::symlink_metadata(&path).is_ok_and(|m| m.is_file() && m.len() == file.bytes)
                && fs::read(&path).is_ok_and(|bytes| FileSum::of(&file.path, &bytes) == *file)
        };
        self.files.iter().all(unchanged)
    }

    /// Whether a file of this name was added.
    pub fn lists(&self, name: &str) -> bool {
        self.files.iter().any(|f| f.path == name)
    }
}
