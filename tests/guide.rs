//! The study guide from outside: its format, its limits, and any bytes.

#[path = "guide/format.rs"]
mod format;
