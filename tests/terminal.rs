//! The program as a user has it: in a terminal, with keys, signals and a database, from outside.
#![cfg(unix)]
#![allow(clippy::disallowed_methods, missing_docs)] // tests have a clock and an environment of their own

#[path = "support/desk.rs"]
mod desk;
#[path = "support/pty.rs"]
mod pty;

#[path = "terminal/banks.rs"]
mod banks;
#[path = "terminal/cards.rs"]
mod cards;
#[path = "terminal/certificate.rs"]
mod certificate;
#[path = "terminal/drills.rs"]
mod drills;
#[path = "terminal/exams.rs"]
mod exams;
#[path = "terminal/fit.rs"]
mod fit;
#[path = "terminal/guide.rs"]
mod guide;
#[path = "terminal/hostile.rs"]
mod hostile;
#[path = "terminal/manners.rs"]
mod manners;
#[path = "terminal/over.rs"]
mod over;
#[path = "terminal/preview.rs"]
mod preview;
#[path = "terminal/progress.rs"]
mod progress;
#[path = "terminal/rest.rs"]
mod rest;
#[path = "terminal/search.rs"]
mod search;
#[path = "terminal/signals.rs"]
mod signals;
