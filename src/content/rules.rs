//! What is wrong with a bank: a function a rule, named for its code.

pub mod structure;
