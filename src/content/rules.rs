//! What is wrong with banks and decks: a function a rule, named for its code.

use std::collections::HashSet;

use crate::engine::bank::Bank;

use super::diagnostic::Diagnostic;
use super::raw::{RawFiles, RawQuestion};
use super::source::SourceFile;
use allow::silence;
use item::{Ground, Month, Sight};

pub mod allow;
pub mod bank;
pub mod deck;
pub mod explain;
pub mod guide;
mod how_many;
pub mod item;
mod names;
pub mod structure;
mod words;

/// Everything that is badly written in a bank whose structure is sound. Students' banks are loaded without it: it is
/// advice to authors, and takes its time.
pub fn advice(raw: &RawFiles, bank: &Bank, files: &[SourceFile], today: Month) -> Vec<Diagnostic> {
    let questions = sound(raw, bank);
    let ground = Ground::new(&questions, files, today);
    let items: Vec<Sight<'_>> = questions.iter().filter_map(|q| Sight::new(q, &ground)).collect();
    let stock = bank::Stock { raw, bank, items: &items, today };
    let mut beside = bank::beside_others(&stock).into_iter().peekable();
    let mut findings = Vec::new();
    bank::bank(&stock, &mut findings);
    for (i, s) in items.iter().enumerate() {
        let mut own = Vec::new();
        item::question(s, &mut own);
        while let Some((_, finding)) = beside.next_if(|(at, _)| *at == i) {
            own.push(finding);
        }
        silence(&s.q.allowed, s.q.file, &mut own);
        findings.append(&mut own);
    }
    if let Some((file, allowed)) = &raw.allowed {
        silence(allowed, *file, &mut findings);
    }
    findings
}

/// The questions that students get. The first of several with one id is the one that loads.
fn sound<'r>(raw: &'r RawFiles, bank: &Bank) -> Vec<&'r RawQuestion> {
    let mut left: HashSet<_> = bank.questions.iter().map(|q| &q.id).collect();
    raw.questions.iter().filter(|q| q.id.as_ref().is_some_and(|id| left.remove(&id.value))).collect()
}
