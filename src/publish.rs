//! What leaves the program as a page: exams with answer sheets and keys, cards to cut, the study guide, the certificate.
//!
//! Each is one self-contained HTML file, which a browser prints or saves as PDF; paper is also written as Markdown.
//! Pure: values of the engine in, a text out; others write the files.

pub mod answer_sheet;
pub mod bank_digest;
pub mod cards;
pub mod certificate;
pub mod guide;
pub mod html;
pub mod key;
pub mod layout;
pub mod markdown;
pub mod page;
pub mod paper;
pub mod prose;
pub mod version;

/// What paper is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// One self-contained page for a browser.
    Html,
    /// Markdown (CommonMark with tables).
    Markdown,
}

impl Format {
    /// What a file's name ends in.
    pub fn extension(self) -> &'static str {
        match self {
            Format::Html => "html",
            Format::Markdown => "md",
        }
    }
}
