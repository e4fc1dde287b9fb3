//! What each rule means, why it is there, and what to do: `examdeck check --explain W01`.

use super::super::diagnostic::Code;

mod bank;
mod item;
mod structure;

/// A rule in words.
#[derive(Clone, Copy, Debug)]
pub struct Rule {
    /// Its code.
    pub code: Code,
    /// What it finds.
    pub title: &'static str,
    /// Why that is a flaw, in one line.
    pub reason: &'static str,
    /// The published rule, where there is one. A guideline's number is given only if it was read in the source.
    pub published: Option<&'static str>,
    /// An example with the flaw.
    pub before: &'static str,
    /// The example mended.
    pub after: &'static str,
    /// When exactly it speaks, and what was left out of it because it was noise.
    pub when: Option<&'static str>,
}

/// All rules, in the order of their codes.
pub fn rules() -> impl Iterator<Item = &'static Rule> {
    structure::STRUCTURE.iter().chain(item::ITEM).chain(bank::BANK)
}

/// The rule of a code; every code has one.
pub fn rule(code: Code) -> Option<&'static Rule> {
    rules().find(|r| r.code == code)
}

/// The code of this name, in capitals or small letters.
pub fn code(name: &str) -> Option<Code> {
    rules().map(|r| r.code).find(|c| c.to_string().eq_ignore_ascii_case(name))
}
