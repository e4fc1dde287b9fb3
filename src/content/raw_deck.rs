//! A deck's tables as the author wrote them, with the place of everything: the rules look at these.
//!
//! Each field is the key of the same name in the file format.

#![allow(missing_docs)] // the file format documents the fields

use toml::de::DeTable;

use crate::engine::deck::Segment;
use crate::engine::slug::Slug;
use crate::engine::text::Text;

use super::cloze::{self, Fault};
use super::diagnostic::{Diagnostic, Span};
use super::fields::{At, Context, Fields, MAX_FIELD};
use super::format;
use super::raw_shared::{
    FileDefaults, Gather, Item, RawCitation, RawHeader, Sources, keep_to, read_citations, read_defaults, read_format,
    read_header, read_sources, read_tags, tables,
};

/// How many entries one deck may have.
pub const MAX_ENTRIES: usize = 1_000_000;

/// `[deck]`
#[derive(Clone, Debug)]
pub struct RawDeck {
    pub header: RawHeader,
    pub bank: Option<At<Slug>>,
}

/// `cloze`, cut at its braces.
#[derive(Clone, Debug)]
pub struct RawCloze {
    pub is_blank: bool,
    /// Its pieces; none if there are faults.
    pub segments: Vec<Segment>,
    /// What is wrong with its braces; the places are places in the file.
    pub faults: Vec<Fault>,
}

/// An entry of `[[cards]]`
#[derive(Clone, Debug)]
pub struct RawCard {
    pub file: usize,
    pub span: Span,
    /// Where its last value ends; `span` is its header alone.
    pub end: usize,
    pub id: Option<At<Slug>>,
    pub front: Option<At<Text>>,
    pub back: Option<At<Text>>,
    pub both_ways: Option<At<bool>>,
    pub cloze: Option<At<RawCloze>>,
    pub note: Option<At<Text>>,
    pub domain: Option<At<Slug>>,
    pub module: Option<At<Slug>>,
    pub sources: Vec<RawCitation>,
    pub tags: Vec<Slug>,
    /// The keys that are there, but whose values cannot be used: they are reported, and are not missing.
    pub unread: Vec<&'static str>,
    /// What was found while reading it.
    pub findings: Vec<Diagnostic>,
}

/// Everything that the files of a deck say.
#[derive(Debug, Default)]
pub struct RawDeckFiles {
    pub deck: Option<RawDeck>,
    pub sources: Sources,
    pub cards: Vec<RawCard>,
    /// How many more than a deck may have were not read.
    pub beyond: usize,
    /// Whether a file asks for a newer program.
    pub newer_format: bool,
    /// Whether what stands before the first of a file's cards cannot be read: a name may be listed there.
    pub broken_top: bool,
}

impl Gather for RawDeckFiles {
    type Item = RawCard;
    const ITEMS: &'static str = "cards";

    fn table(&mut self, context: &mut Context<'_>, table: &DeTable<'_>, defaults: &mut FileDefaults) {
        let mut top = Fields::new(context, table, 0..0, &format::DECK_FILE);
        self.newer_format |= read_format(&mut top);
        read_defaults(&mut top, defaults);
        if let Some(deck) = top.table("deck") {
            if self.deck.is_some() {
                top.context.wrong(deck.span, "a second [deck] table: a deck has one");
            } else {
                let mut fields = Fields::new(top.context, deck.value, deck.span, &format::DECK);
                let header = read_header(&mut fields);
                self.deck = Some(RawDeck { header, bank: fields.slug("bank") });
            }
        }
        if let Some(sources) = top.table("sources") {
            read_sources(top.context, sources.value, &mut self.sources);
        }
        let mut entries = tables(&mut top, "cards");
        self.beyond += keep_to(MAX_ENTRIES, self.cards.len(), &mut entries);
        for entry in entries {
            let card = read_card(top.context, entry, defaults);
            self.cards.push(card);
        }
    }

    fn top_is_broken(&mut self) {
        self.broken_top = true;
    }

    fn items(&mut self) -> &mut Vec<RawCard> {
        &mut self.cards
    }
}

impl Item for RawCard {
    fn start(&self) -> usize {
        self.span.start
    }

    fn findings(&mut self) -> &mut Vec<Diagnostic> {
        &mut self.findings
    }
}

fn read_card(context: &mut Context<'_>, at: At<&DeTable<'_>>, defaults: &FileDefaults) -> RawCard {
    let mut findings = Vec::new();
    let mut own = Context {
        file: context.file,
        base: context.base,
        text: context.text,
        findings: &mut findings,
        quota: context.quota,
    };
    let mut fields = Fields::new(&mut own, at.value, at.span.clone(), &format::CARD);
    let end = at.value.values().map(|value| fields.context.place(value.span()).end).max();
    let domain = fields.slug("domain").or_else(|| defaults.domain.clone());
    let module = fields.slug("module").or_else(|| defaults.module.clone());
    let id = fields.slug("id");
    let (front, back, note) = (fields.text("front"), fields.text("back"), fields.text("note"));
    let both_ways = fields.flag("both_ways");
    let cloze = read_cloze(&mut fields);
    let tags = read_tags(&mut fields);
    let read = [("id", id.is_some()), ("front", front.is_some()), ("back", back.is_some()), ("cloze", cloze.is_some())];
    let unread =
        read.into_iter().filter(|&(key, read)| !read && fields.get(key).is_some()).map(|(key, _)| key).collect();
    let sources = read_citations(&mut fields);
    RawCard {
        file: context.file,
        end: end.unwrap_or(at.span.end),
        span: at.span,
        id,
        front,
        back,
        both_ways,
        cloze,
        note,
        domain,
        module,
        sources,
        tags,
        unread,
        findings,
    }
}

fn read_cloze(fields: &mut Fields<'_, '_, '_, '_>) -> Option<At<RawCloze>> {
    let At { value: raw, span } = fields.raw_text("cloze")?;
    // The pieces are made harmless one by one; here what had to be changed is reported, and the length.
    let text = fields.context.clean(raw, span.clone());
    if raw.len() > MAX_FIELD {
        return None;
    }
    let is_blank = text.value.is_blank();
    let (segments, mut faults) = match cloze::parse(raw) {
        Ok(segments) => (segments, Vec::new()),
        Err(faults) => (Vec::new(), faults),
    };
    for fault in &mut faults {
        fault.at = fields.context.part(raw, fault.at.clone(), &span);
    }
    Some(At { value: RawCloze { is_blank, segments, faults }, span })
}
