//! What figures of progress promise.

#[path = "../support/mod.rs"]
mod support;

mod readiness;
mod simulation;
