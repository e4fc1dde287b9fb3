//! Question banks as files: found, read, checked, and turned into the engine's types.
//!
//! [`source`] brings files in under limits, [`raw`] reads their TOML field by field, [`rules`] say what is wrong,
//! [`load`] makes a [`Bank`](crate::engine::bank::Bank) of what is right, [`library`] gathers the banks of all places.

pub mod built_in;
pub mod diagnostic;
pub mod fields;
pub mod library;
pub mod load;
pub mod raw;
pub mod rules;
pub mod source;
pub mod syntax;
