//! Banks and decks on their way from an author to a student: packed into one file, sent, checked, installed.
//!
//! [`pack`] makes an archive of a [`parcel`], [`unpack`] opens one that nobody vouches for, [`add`] checks a parcel and its
//! [`signature`] and puts it into its [`place`] all or nothing, and [`installed`] tells what is there. Nothing of an archive is written
//! before all of it was read and found sound. The other way go [`results`]: a student's answers, to the author.

pub mod add;
pub mod changes;
pub mod error;
pub mod installed;
pub mod manifest;
pub mod names;
pub mod pack;
pub mod parcel;
pub mod place;
pub mod receipt;
pub mod remove;
pub mod results;
pub mod signature;
pub mod unpack;

pub use error::Refused;

use std::path::{Path, PathBuf};

use crate::content::kind::ContentKind;

/// The ending of an archive's name.
pub const ENDING: &str = "examdeck";

/// The folders of the user's data that are changed here.
#[derive(Clone, Debug)]
pub struct Places {
    /// Installed banks.
    pub banks: PathBuf,
    /// Installed decks, and the student's own.
    pub decks: PathBuf,
    /// The public keys that were vouched for.
    pub keys: PathBuf,
}

impl Places {
    /// Where content of this kind is installed.
    pub fn of(&self, kind: ContentKind) -> &Path {
        match kind {
            ContentKind::Bank => &self.banks,
            ContentKind::Deck => &self.decks,
        }
    }
}
