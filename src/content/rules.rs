//! What is wrong with banks and decks: a function a rule, named for its code.

use std::collections::HashSet;

use crate::engine::bank::Bank;

use super::diagnostic::{Code, Diagnostic};
use super::raw::{RawFiles, RawQuestion};
use super::source::SourceFile;
use allow::{Heard, silence};
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
    let ground = Ground::new(&raw.questions, files, today);
    let items: Vec<Sight<'_>> = sound(raw, bank).into_iter().filter_map(|q| Sight::new(q, &ground)).collect();
    let left_out = raw.questions.len() + raw.lost - items.len();
    let stock = bank::Stock { raw, bank, items: &items, left_out, today };
    let mut beside = bank::beside_others(&stock).into_iter().peekable();
    let mut findings = Vec::new();
    bank::bank(&stock, &mut findings);
    for (i, s) in items.iter().enumerate() {
        let mut own = Vec::new();
        item::question(s, &mut own);
        while let Some((_, finding)) = beside.next_if(|(at, _)| *at == i) {
            own.push(finding);
        }
        silence(&s.q.allowed, s.q.file, if left_out > 0 { Heard::Beside } else { Heard::All }, &mut own);
        findings.append(&mut own);
    }
    for s in whole(raw, bank).into_iter().filter_map(|q| Sight::new(q, &ground)) {
        let mut own = Vec::new();
        item::question(&s, &mut own);
        silence(&s.q.allowed, s.q.file, Heard::Beside, &mut own);
        findings.append(&mut own);
    }
    if let Some((file, allowed)) = &raw.allowed {
        silence(allowed, *file, if left_out > 0 { Heard::Part } else { Heard::All }, &mut findings);
    }
    findings
}

/// The questions that students do not get, though their texts are whole: for an id that is taken, an area that is not
/// listed, or an explanation that names a place. How they are written can be said at once; of the others, once their texts
/// are mended.
fn whole<'r>(raw: &'r RawFiles, bank: &Bank) -> Vec<&'r RawQuestion> {
    let language = bank.language.as_ref().map(|tag| tag.as_str());
    let whole = |q: &&RawQuestion| {
        let mut own = q.findings.clone();
        structure::question(q, language, &mut own);
        own.iter().all(|f| !f.leaves_out || f.code == Code::S08)
    };
    let mut left: HashSet<_> = bank.questions.iter().map(|q| &q.id).collect();
    raw.questions.iter().filter(|q| !q.id.as_ref().is_some_and(|id| left.remove(&id.value))).filter(whole).collect()
}

/// The questions that students get. The first of several with one id is the one that loads.
fn sound<'r>(raw: &'r RawFiles, bank: &Bank) -> Vec<&'r RawQuestion> {
    let mut left: HashSet<_> = bank.questions.iter().map(|q| &q.id).collect();
    raw.questions.iter().filter(|q| q.id.as_ref().is_some_and(|id| left.remove(&id.value))).collect()
}
