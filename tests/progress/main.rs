//! What figures of progress promise.

#[path = "../support/mod.rs"]
mod support;

mod figures;
mod readiness;
mod simulation;
