//! Question banks and decks as files: found, read, checked, and turned into the engine's types.
//!
//! [`mod@format`] lists all tables and keys, [`source`] brings files in under limits, [`raw`] and [`raw_deck`] read their
//! TOML field by field, [`rules`] say what is wrong, [`guide`] reads Markdown, [`load`] makes a [`Bank`](crate::engine::bank::Bank) of what is right
//! and [`load_deck`] a [`Deck`](crate::engine::deck::Deck), [`library`] gathers the banks and decks of all places.

pub mod beside;
pub mod built_in;
pub mod cloze;
pub mod density;
pub mod diagnostic;
pub mod fields;
pub mod format;
pub mod guide;
pub mod kind;
pub mod library;
pub mod load;
pub mod load_deck;
pub mod own_deck;
pub mod quota;
pub mod raw;
pub mod raw_deck;
pub mod raw_shared;
pub mod rules;
pub mod source;
pub mod starter;
pub mod syntax;
