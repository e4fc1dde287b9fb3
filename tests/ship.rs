//! Shipping a bank: packed by its author, added, listed and removed by a student; from outside, with the exact output.
#![allow(clippy::disallowed_methods, missing_docs)] // tests have an environment of their own

#[path = "ship/commands.rs"]
mod commands;
#[path = "ship/desk.rs"]
mod desk;
#[path = "ship/guides.rs"]
mod guides;
#[path = "ship/hostile.rs"]
mod hostile;
#[path = "ship/killed.rs"]
mod killed;
#[path = "ship/screens.rs"]
mod screens;
#[path = "ship/signed.rs"]
mod signed;
#[path = "ship/zips.rs"]
mod zips;
