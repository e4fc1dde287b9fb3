//! What banks and decks have in common: the header, the sources and who cites them, and the way from a file to its
//! tables.

#![allow(missing_docs)] // the file format documents the fields

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::sync::Arc;

use toml::de::{DeTable, DeValue};

use crate::engine::guide::GuideRef;
use crate::engine::question::{Citation, Source};
use crate::engine::slug::Slug;
use crate::engine::text::Text;

use super::diagnostic::{Code, Diagnostic, Span};
use super::fields::{At, Context, Fields, describe};
use super::format;
use super::quota::Quota;
use super::source::SourceFile;
use super::syntax::{bounded, damage, pieces};

/// The version of the file format that this program reads.
pub const FORMAT: i64 = 1;
/// The longest version, in bytes: it stands in the names of files.
pub const MAX_VERSION: usize = 64;

/// The sources of a bank or a deck, by the keys that are cited.
pub type Sources = BTreeMap<Slug, Arc<Source>>;

/// What `[bank]` and `[deck]` both say.
#[derive(Clone, Debug)]
pub struct RawHeader {
    pub file: usize,
    pub span: Span,
    pub id: Option<At<Slug>>,
    pub title: Option<Text>,
    pub version: Option<semver::Version>,
    pub language: Option<Text>,
    pub authors: Vec<Text>,
    pub license: Option<Text>,
    pub description: Option<Text>,
}

/// An entry of the `sources` of a question or a card.
#[derive(Clone, Debug)]
pub struct RawCitation {
    pub id: At<Slug>,
    pub at: Option<Text>,
}

/// What holds for all questions or cards of a file.
#[derive(Clone, Debug, Default)]
pub struct FileDefaults {
    pub module: Option<At<Slug>>,
    pub domain: Option<At<Slug>>,
    pub guide: Option<At<GuideRef>>,
}

/// What the files of a bank or a deck are read into.
pub trait Gather {
    /// A question or a card.
    type Item: Item;
    /// The name of their list: each begins with `[[name]]`.
    const ITEMS: &'static str;

    /// Reads the top level of a file, or of a piece of it.
    fn table(&mut self, context: &mut Context<'_>, table: &DeTable<'_>, defaults: &mut FileDefaults);
    /// Notes that what stands before the first question or card of a file cannot be read.
    fn top_is_broken(&mut self);
    /// The questions or cards so far, in the order of the files.
    fn items(&mut self) -> &mut Vec<Self::Item>;
}

/// A question or a card.
pub trait Item {
    /// Where it begins in its file.
    fn start(&self) -> usize;
    /// What was found while reading it.
    fn findings(&mut self) -> &mut Vec<Diagnostic>;
}

/// Reads one file into `raw`; returns how many questions or cards its syntax errors cost.
pub fn read_source<G: Gather>(
    file: usize,
    source: &SourceFile,
    raw: &mut G,
    findings: &mut Vec<Diagnostic>,
    quota: &Quota,
) -> usize {
    let text = bounded(source);
    let mut damage = damage(file, source).peekable();
    let mut defaults = FileDefaults::default();
    let mut lost = 0;
    for piece in pieces(file, &text, G::ITEMS, findings) {
        let before = raw.items().len();
        let (mut unheard, nothing) = (Vec::new(), Quota::of(0));
        let (heard, quota) = if piece.broken { (&mut unheard, &nothing) } else { (&mut *findings, quota) };
        let mut context = Context { file, base: piece.range.start, text: &source.text, findings: heard, quota };
        raw.table(&mut context, piece.table.get_ref(), &mut defaults);
        let found = raw.items().len() - before;
        lost += piece.unread;
        if piece.broken && !piece.is_item {
            raw.top_is_broken();
        }
        if piece.broken {
            raw.items().truncate(before); // what a syntax error leaves of one is not to be trusted
        }
        if piece.broken || found == 0 {
            lost += found.max(usize::from(piece.is_item));
        }
        while let Some(line) = damage.next_if(|f| f.span.start < piece.range.end) {
            blame(line, &mut raw.items()[before..], findings);
        }
    }
    lost
}

/// A damaged line costs the question or card it stands in: what is left of it is not what the author wrote.
fn blame(line: Diagnostic, items: &mut [impl Item], findings: &mut Vec<Diagnostic>) {
    let list = match items.partition_point(|item| item.start() <= line.span.start) {
        0 => findings,
        after => items[after - 1].findings(),
    };
    // A file in another encoding has such lines by the hundred: the first of a question or card is enough.
    if list.last().is_none_or(|last| (last.file, &last.message) != (line.file, &line.message)) {
        list.push(line);
    }
}

/// Reads `format`; returns whether the file asks for a newer program.
pub fn read_format(top: &mut Fields<'_, '_, '_, '_>) -> bool {
    let Some(format) = top.number("format", 1..=i64::MAX).filter(|f| f.value > FORMAT) else { return false };
    let message = format!("format {} is newer than this program, which reads format {FORMAT}", format.value);
    let finding = Diagnostic::error(Code::S00, top.context.file, format.span, message).help("install a newer examdeck");
    top.context.push(finding);
    true
}

/// Reads `module` and `domain` at the top of a file.
pub fn read_defaults(top: &mut Fields<'_, '_, '_, '_>, defaults: &mut FileDefaults) {
    if let Some(module) = read_default(top, "module") {
        defaults.module = Some(module);
    }
    if let Some(domain) = read_default(top, "domain") {
        defaults.domain = Some(domain);
    }
}

fn read_default(top: &mut Fields<'_, '_, '_, '_>, key: &str) -> Option<At<Slug>> {
    if top.get(key).is_some_and(|value| value.get_ref().is_array()) {
        top.meant(key, format!("`{key}` at the top of a file is one for all that follows"), &format!("[[{key}s]]"));
        return None;
    }
    top.slug(key)
}

/// Reads `guide`, the place where a question is explained. A wrong one is a finding that costs no question.
pub fn read_guide_link(fields: &mut Fields<'_, '_, '_, '_>) -> Option<At<GuideRef>> {
    let value = fields.get("guide")?;
    let span = fields.context.place(value.span());
    let link = value.get_ref().as_str().and_then(GuideRef::parse);
    if link.is_none() {
        let finding = Diagnostic::error(Code::S13, fields.context.file, span.clone(), "`guide` is no module#section");
        fields.context.push(finding.kept().help("it names a module and a section: guide = \"m5#sar-limits\""));
    }
    Some(At { value: link?, span })
}

/// Reads what `[bank]` and `[deck]` both say.
pub fn read_header(fields: &mut Fields<'_, '_, '_, '_>) -> RawHeader {
    let (file, span) = (fields.context.file, fields.span.clone());
    let id = fields.needed_slug("id");
    let title = fields.needed_text("title").map(|t| t.value);
    let version = fields.needed_text("version").and_then(|v| match semver::Version::parse(v.value.as_str()) {
        Ok(_) if v.value.as_str().len() > MAX_VERSION => {
            fields.context.wrong(v.span, format!("`version` is longer than {MAX_VERSION} characters"));
            None
        }
        Ok(version) => Some(version),
        Err(error) => {
            let message = format!("`version` is not like 1.2.0: {error}");
            let finding = Diagnostic::error(Code::S07, file, v.span, message);
            fields.context.push(finding.help("write three numbers, as in version = \"1.0.0\""));
            None
        }
    });
    let mut optional = |key| fields.text(key).map(|t| t.value);
    let (license, description) = (optional("license"), optional("description"));
    let language = read_language(fields);
    let authors = fields.texts("authors").into_iter().map(|a| a.value).collect();
    RawHeader { file, span, id, title, version, language, authors, license, description }
}

fn read_language(fields: &mut Fields<'_, '_, '_, '_>) -> Option<Text> {
    let tag = fields.text("language")?;
    if !is_language_tag(tag.value.as_str()) {
        let help = match language_called(tag.value.as_str()) {
            Some(known) => format!("write language = \"{known}\""),
            None => "write a tag such as \"en\" or \"pt-BR\"".into(),
        };
        let finding = Diagnostic::warning(Code::S07, fields.context.file, tag.span, "`language` is no language tag");
        fields.context.push(finding.help(help));
    }
    Some(tag.value)
}

/// The form of a BCP 47 tag: parts of up to eight letters and digits, the first one of two or three letters.
pub fn is_language_tag(raw: &str) -> bool {
    let part = |p: &str| (1..=8).contains(&p.len()) && p.bytes().all(|b| b.is_ascii_alphanumeric());
    let first = raw.split('-').next().unwrap_or_default();
    (2..=3).contains(&first.len()) && first.bytes().all(|b| b.is_ascii_alphabetic()) && raw.split('-').all(part)
}

/// The tag of a language that goes by this name.
fn language_called(name: &str) -> Option<&'static str> {
    const NAMES: [(&str, &str); 13] = [
        ("english", "en"),
        ("german", "de"),
        ("deutsch", "de"),
        ("french", "fr"),
        ("français", "fr"),
        ("spanish", "es"),
        ("español", "es"),
        ("italian", "it"),
        ("italiano", "it"),
        ("dutch", "nl"),
        ("nederlands", "nl"),
        ("portuguese", "pt"),
        ("português", "pt"),
    ];
    let name = name.trim().to_lowercase();
    NAMES.iter().find(|(known, _)| *known == name).map(|(_, tag)| *tag)
}

/// The tables of a `[[key]]` list.
pub fn tables<'t, 'i>(top: &mut Fields<'_, '_, 't, 'i>, key: &'static str) -> Vec<At<&'t DeTable<'i>>> {
    if top.get(key).is_some_and(|value| value.get_ref().is_table()) {
        top.meant(key, format!("`{key}` is a list of tables, found one table"), &format!("[[{key}]]"));
        return Vec::new();
    }
    let Some(list) = top.list(key) else { return Vec::new() };
    let mut out = Vec::new();
    for entry in list.value {
        let span = top.context.place(entry.span());
        match entry.get_ref() {
            DeValue::Table(table) => out.push(At { value: table, span }),
            other => top.context.wrong(span, format!("`{key}` holds tables ([[{key}]]), found {}", describe(other))),
        }
    }
    out
}

/// Keeps of the questions or cards of a file those that a bank or deck with `known` of them may have, and one more to say
/// that there are too many. Returns how many were dropped.
pub fn keep_to<T>(most: usize, known: usize, entries: &mut Vec<T>) -> usize {
    let room = (most + 1).saturating_sub(known);
    let dropped = entries.len().saturating_sub(room);
    entries.truncate(room);
    dropped
}

/// Reads `[sources]` into `sources`.
pub fn read_sources(context: &mut Context<'_>, table: &DeTable<'_>, sources: &mut Sources) {
    for (key, value) in table {
        let key_span = context.place(key.span());
        let span = context.place(value.span());
        let Some(id) = Slug::new(key.get_ref()) else {
            context.wrong(key_span, "a source's key is lower-case letters, digits and single hyphens");
            continue;
        };
        let none = DeTable::new();
        let table = match value.get_ref() {
            DeValue::Table(table) => table,
            other => {
                context.wrong(span, format!("a source is a table, found {}", describe(other)));
                &none // it is there for those who cite it
            }
        };
        let mut fields = Fields::new(context, table, key_span.clone(), &format::SOURCE);
        let title = fields.needed_text("title").map(|t| t.value);
        let mut optional = |key| fields.text(key).map(|t| t.value);
        let (organization, edition, url) = (optional("organization"), optional("edition"), optional("url"));
        let year = fields.number("year", 1500..=2200).map(|y| y.value);
        let source =
            Source { title: title.unwrap_or_else(|| Text::new(id.as_str())), organization, edition, year, url };
        match sources.entry(id) {
            Entry::Vacant(place) => _ = place.insert(Arc::new(source)),
            Entry::Occupied(place) => {
                let message = format!("the source `{}` is listed twice", place.key());
                let finding = Diagnostic::error(Code::S04, context.file, key_span, message);
                context.push(finding.help("the first one counts: remove this one, or give it another key"));
            }
        }
    }
}

/// Reads the `sources` of a question or a card.
pub fn read_citations(fields: &mut Fields<'_, '_, '_, '_>) -> Vec<RawCitation> {
    let Some(list) = fields.list("sources") else { return Vec::new() };
    let mut out = Vec::new();
    for entry in list.value {
        let span = fields.context.place(entry.span());
        match entry.get_ref() {
            DeValue::String(raw) => match Slug::new(raw) {
                Some(id) => out.push(RawCitation { id: At { value: id, span }, at: None }),
                None => fields.context.wrong(span, "this names no source"),
            },
            DeValue::Table(table) => {
                let mut own = Fields::new(fields.context, table, span, &format::CITATION);
                let at = own.text("at").map(|t| t.value);
                match own.slug("id") {
                    Some(id) => out.push(RawCitation { id, at }),
                    None if own.get("id").is_none() => {
                        own.context.wrong(own.span.clone(), "a cited source has no `id`")
                    }
                    None => {}
                }
            }
            other => fields
                .context
                .wrong(span, format!("a source is a text or a table with `id`, found {}", describe(other))),
        }
    }
    out
}

/// Reads `tags`.
pub fn read_tags(fields: &mut Fields<'_, '_, '_, '_>) -> Vec<Slug> {
    let mut tags = Vec::new();
    for tag in fields.texts("tags") {
        match Slug::new(tag.value.as_str()) {
            Some(slug) => tags.push(slug),
            None => fields.context.wrong(tag.span, "a tag is lower-case letters, digits and single hyphens"),
        }
    }
    tags
}

/// The works that are cited; those that are listed nowhere are left out.
pub fn resolve(citations: &[RawCitation], sources: &Sources) -> Vec<Citation> {
    citations
        .iter()
        .filter_map(|c| Some(Citation { source: sources.get(&c.id.value)?.clone(), at: c.at.clone() }))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_too_many_is_kept_and_the_others_are_counted() {
        let kept = |known: usize| {
            let mut entries = vec![(); 5];
            let dropped = keep_to(10, known, &mut entries);
            (entries.len(), dropped)
        };
        assert_eq!([kept(0), kept(5), kept(6), kept(7), kept(11)], [(5, 0), (5, 0), (5, 0), (4, 1), (0, 5)]);
    }
}
