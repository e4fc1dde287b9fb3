//! Whether a file is what was signed, and whether what was signed is true.

use crate::engine::bank::Bank;

use super::grade::{Grading, grade};
use super::seal::Sealed;
use super::{FORM, page};

/// The largest file that is read, in bytes: an exam of 20,000 questions.
pub const MAX_FILE: usize = 16 << 20;

/// What a file is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum File {
    /// No certificate of this program.
    Foreign,
    /// One of a newer program.
    Newer,
    /// Something of a certificate whose data cannot be read any more.
    Broken,
    /// One that can be read.
    Readable(Box<Reading>),
}

/// A certificate that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading {
    /// Its data and signature.
    pub sealed: Sealed,
    /// Whether the key has signed the data.
    pub signed: bool,
    /// Whether the file is, byte for byte, the page of the data.
    pub shown: bool,
}

/// What a certificate is worth.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// All of it is so.
    Verified,
    /// It is whole, but the bank that was sat on is not here.
    Unproven,
    /// It was changed, or it is not true.
    Refuted,
}

impl Verdict {
    /// The word for programs.
    pub fn label(self) -> &'static str {
        match self {
            Verdict::Verified => "verified",
            Verdict::Unproven => "unproven",
            Verdict::Refuted => "refuted",
        }
    }
}

/// Reads a file.
pub fn read(file: &str) -> File {
    if file.len() > MAX_FILE {
        return File::Foreign;
    }
    let Some((data, seal)) = page::parts(file) else { return File::Foreign };
    let Some(sealed) = Sealed::read(data, seal) else { return File::Broken };
    if sealed.data.form > FORM {
        return File::Newer;
    }
    let signed = sealed.data.form == FORM && sealed.is_signed();
    let shown = sealed.html() == file;
    File::Readable(Box::new(Reading { sealed, signed, shown }))
}

impl Reading {
    /// Whether nothing has changed since it was signed.
    pub fn is_whole(&self) -> bool {
        self.signed && self.shown
    }

    /// What it is worth, if `bank` is the bank at hand.
    pub fn judge(&self, bank: Option<&Bank>) -> (Verdict, Option<Grading>) {
        let grading = bank.map(|bank| grade(&self.sealed.data, bank));
        let verdict = match &grading {
            _ if !self.is_whole() => Verdict::Refuted,
            Some(grading) if !grading.same_bank => Verdict::Unproven,
            Some(grading) if grading.contradictions.is_empty() => Verdict::Verified,
            Some(_) => Verdict::Refuted,
            None => Verdict::Unproven,
        };
        (verdict, grading)
    }
}
