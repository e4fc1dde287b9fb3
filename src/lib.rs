//! examdeck
#![allow(missing_docs)]
pub mod cli;
pub mod content;
pub mod engine;
