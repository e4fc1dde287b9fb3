//! A student's progress in SQLite: what was answered is on the disk before the next key is handled.
//!
//! [`open`](open::open) brings the file to the newest schema, [`exams`] keeps sittings, [`lock`] sees to it that only
//! one program at a time sits exams on the same data.

pub mod answers;
pub mod cards;
pub mod certificates;
pub mod drills;
pub mod error;
pub mod exams;
pub mod faults;
pub mod lock;
pub mod migrate;
pub mod open;
pub mod paths;
pub mod reading;
pub mod signing_key;
mod snapshot;
pub mod whole_file;

pub use error::StoreError;
pub use open::Store;
