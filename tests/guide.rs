//! The study guide from outside: its format and limits, how it is set, how it is read, and the guides that ship.

#[path = "guide/command.rs"]
mod command;
#[path = "guide/format.rs"]
mod format;
#[path = "guide/page.rs"]
mod page;
#[path = "guide/reader.rs"]
mod reader;
#[path = "guide/shipped.rs"]
mod shipped;
mod support;
