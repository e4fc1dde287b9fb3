//! What is wrong with banks and decks: a function a rule, named for its code.

pub mod deck;
mod names;
pub mod structure;
