//! What leaves the program as a page.
//!
//! Pure: values of the engine in, a text out; others write the files.

pub mod bank_digest;
pub mod certificate;
pub mod html;
