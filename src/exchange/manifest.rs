//! What an archive says of itself, and the sums of files.

use std::fmt;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::content::kind::ContentKind;

/// The manifest's name in an archive; no file of a bank or a deck can have it.
pub const NAME: &str = "manifest.json";
/// The version of the archive format that this program writes and reads.
pub const FORMAT: u32 = 1;
/// The largest manifest that is read, in bytes: room for every file that an archive may have.
pub const MAX_MANIFEST: u64 = 4 << 20;

/// What an archive says of itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// The version of the archive format.
    pub format: u32,
    /// What is in it.
    pub kind: Kind,
    /// The bank's or deck's id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Its version.
    pub version: String,
    /// Its files, in the order of their names.
    pub files: Vec<FileSum>,
}

/// `bank` or `deck`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// A question bank.
    Bank,
    /// A deck of flash cards.
    Deck,
}

impl From<ContentKind> for Kind {
    fn from(kind: ContentKind) -> Self {
        match kind {
            ContentKind::Bank => Kind::Bank,
            ContentKind::Deck => Kind::Deck,
        }
    }
}

/// A file, its size and its sum.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct FileSum {
    /// Its name in the archive.
    pub path: String,
    /// Its size, in bytes.
    pub bytes: u64,
    /// Its SHA-256, in lower-case hexadecimal digits.
    pub sha256: String,
}

impl FileSum {
    /// The size and the sum of `bytes`.
    pub fn of(path: &str, bytes: &[u8]) -> Self {
        Self { path: path.into(), bytes: bytes.len() as u64, sha256: Sum::of(bytes).to_string() }
    }
}

/// A SHA-256 sum (FIPS 180-4).
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Sum([u8; 32]);

impl Sum {
    /// The sum of `bytes`.
    pub fn of(bytes: &[u8]) -> Self {
        Self(Sha256::digest(bytes).into())
    }
}

impl fmt::Display for Sum {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}
