//! From the files of a deck to a [`Deck`] and everything that is wrong with them, in one pass.

use std::collections::HashSet;
use std::sync::Arc;

use crate::engine::deck::{Deck, Entry, Wording};
use crate::engine::slug::Slug;

use super::diagnostic::{Code, Diagnostic, Span};
use super::fields::At;
use super::quota::Quota;
use super::raw_deck::{MAX_ENTRIES, RawCard, RawDeck, RawDeckFiles};
use super::raw_shared::{read_source, resolve};
use super::rules::deck as rules;
use super::source::SourceFile;

/// A deck that was loaded as far as it is sound.
#[derive(Debug)]
pub struct LoadedDeck {
    /// The deck; `None` if its header is missing or broken.
    pub deck: Option<Deck>,
    /// How many entries a student does not get.
    pub left_out: usize,
    /// Everything that was found, in the order of the files.
    pub findings: Vec<Diagnostic>,
    /// The files that the findings point into.
    pub files: Vec<SourceFile>,
    /// What it says of its bank.
    pub named: Vec<Named>,
}

/// A name of a bank or of an area of it, where a deck first gives it.
#[derive(Clone, Debug)]
pub struct Named {
    /// `bank`, `domain` or `module`.
    pub what: &'static str,
    /// The file.
    pub file: usize,
    /// The name.
    pub id: At<Slug>,
}

/// Loads a deck from its files. What is wrong with one card keeps no other from loading.
pub fn load_deck(files: Vec<SourceFile>) -> LoadedDeck {
    load_tables(files).0
}

/// The same, and where each entry is written, in the order of the files, sound or not: its id, its file, its place.
pub fn load_deck_for_author(files: Vec<SourceFile>) -> (LoadedDeck, Vec<(Option<Slug>, usize, Span)>) {
    let (loaded, raw) = load_tables(files);
    let cards = raw.cards.into_iter().map(|card| (card.id.map(|id| id.value), card.file, card.span.start..card.end));
    (loaded, cards.collect())
}

/// Loads a deck; its tables are given back too.
fn load_tables(files: Vec<SourceFile>) -> (LoadedDeck, RawDeckFiles) {
    let (mut findings, quota) = (Vec::new(), Quota::default());
    let mut raw = RawDeckFiles::default();
    let mut left_out = 0;
    for (file, source) in files.iter().enumerate() {
        left_out += read_source(file, source, &mut raw, &mut findings, &quota);
    }
    left_out += raw.beyond;
    if !files.is_empty() {
        rules::s07_no_header(&raw, &mut findings);
        rules::s01_no_cards(&raw, &mut findings);
    }
    let mut twice = rules::s04_ids_given_twice(&raw.cards).into_iter().peekable();
    let known: Vec<&str> = raw.sources.keys().map(Slug::as_str).collect();
    let mut entries = Vec::with_capacity(raw.cards.len().min(MAX_ENTRIES));
    let quota = quota.again(findings.len());
    for (i, card) in raw.cards.iter().enumerate() {
        let mut own = card.findings.clone();
        rules::card(card, &mut own);
        if raw.deck.is_some() && !raw.broken_top {
            rules::s07_sources_listed_nowhere(card, &raw, &known, &mut own);
        } // without a header no source is listed, and that is said once
        own.extend(twice.next_if(|(at, _)| *at == i).map(|(_, finding)| finding)); // they come in this order
        if i == MAX_ENTRIES {
            own.push(
                Diagnostic::error(Code::S00, card.file, card.span.clone(), "the deck has more than a million cards")
                    .help("this one and all after it are left out: make two decks of it"),
            );
        }
        let sound = !own.iter().any(|f| f.leaves_out) && i < MAX_ENTRIES;
        match sound.then(|| entry(card, &raw)).flatten() {
            Some(entry) => entries.push(Arc::new(entry)),
            None => left_out += 1,
        }
        quota.append(&mut findings, own);
    }
    let deck = deck(&raw, entries);
    quota.tell(files.len().saturating_sub(1), files.last().map_or(0, |f| f.text.len()), &mut findings);
    findings.sort_by_key(|f| (f.file, f.span.start, f.code));
    let named = named(&raw);
    (LoadedDeck { deck, left_out, findings, files, named }, raw)
}

fn named(raw: &RawDeckFiles) -> Vec<Named> {
    let bank = raw.deck.as_ref().and_then(|d| Some(("bank", d.header.file, d.bank.as_ref()?)));
    let areas =
        raw.cards.iter().flat_map(|c| [("domain", c.file, c.domain.as_ref()), ("module", c.file, c.module.as_ref())]);
    let areas = areas.filter_map(|(what, file, id)| Some((what, file, id?)));
    let mut seen = HashSet::new();
    bank.into_iter()
        .chain(areas)
        .filter(|(what, _, id)| seen.insert((*what, id.value.clone())))
        .map(|(what, file, id)| Named { what, file, id: id.clone() })
        .collect()
}

fn deck(raw: &RawDeckFiles, entries: Vec<Arc<Entry>>) -> Option<Deck> {
    let RawDeck { header, bank } = raw.deck.as_ref().filter(|_| !raw.newer_format)?;
    Some(Deck {
        id: header.id.as_ref()?.value.clone(),
        title: header.title.clone()?,
        version: header.version.clone()?,
        bank: bank.as_ref().map(|b| b.value.clone()),
        description: header.description.clone(),
        license: header.license.clone(),
        entries,
    })
}

fn entry(card: &RawCard, raw: &RawDeckFiles) -> Option<Entry> {
    let wording = match &card.cloze {
        Some(cloze) => Wording::Cloze(cloze.value.segments.clone()),
        None => Wording::Pair {
            front: card.front.as_ref()?.value.clone(),
            back: card.back.as_ref()?.value.clone(),
            both_ways: card.both_ways.as_ref().is_some_and(|b| b.value),
        },
    };
    Some(Entry {
        id: card.id.as_ref()?.value.clone(),
        wording,
        note: card.note.as_ref().map(|n| n.value.clone()).filter(|n| !n.is_blank()),
        domain: card.domain.as_ref().map(|d| d.value.clone()),
        module: card.module.as_ref().map(|m| m.value.clone()),
        sources: resolve(&card.sources, &raw.sources),
    })
}
