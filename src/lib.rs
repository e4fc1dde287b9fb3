//! examdeck
#![allow(missing_docs)]
pub mod app;
pub mod cli;
pub mod content;
pub mod engine;
pub mod runtime;
pub mod storage;
pub mod ui;
