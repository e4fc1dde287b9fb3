//! A bank's tables as the author wrote them, with the place of everything: the rules look at these.
//!
//! Each field is the key of the same name in the file format.

#![allow(missing_docs)] // the file format documents the fields

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::sync::Arc;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::engine::bank::MultiAnswer;
use crate::engine::question::{Level, Source};
use crate::engine::slug::Slug;
use crate::engine::text::Text;

use super::diagnostic::{Code, Diagnostic, Span};
use super::fields::{At, Context, Fields, describe};

/// The version of the file format that this program reads.
pub const FORMAT: i64 = 1;

/// How many domains a bank may have, and how many modules.
pub const MAX_AREAS: usize = 1_000;

const FILE_KEYS: &[&str] =
    &["format", "bank", "exam", "domains", "modules", "sources", "module", "domain", "questions"];
const BANK_KEYS: &[&str] = &["id", "title", "version", "language", "authors", "license", "description", "notice"];
const EXAM_KEYS: &[&str] = &["questions", "minutes", "pass_percent", "multi_answer"];
const DOMAIN_KEYS: &[&str] = &["id", "title", "weight"];
const MODULE_KEYS: &[&str] = &["id", "title", "guide"];
const SOURCE_KEYS: &[&str] = &["title", "organization", "edition", "year", "url"];
const QUESTION_KEYS: &[&str] = &[
    "id",
    "domain",
    "module",
    "stem",
    "figure",
    "answer",
    "distractors",
    "explanation",
    "sources",
    "level",
    "objective",
    "tags",
    "reviewed",
    "shuffle",
    "guide",
    "allow",
    "allow_reason",
];
const CHOICE_KEYS: &[&str] = &["text", "why", "pin"];
const CITATION_KEYS: &[&str] = &["id", "at"];

/// `[bank]`
#[derive(Clone, Debug)]
pub struct RawBank {
    pub file: usize,
    pub span: Span,
    pub id: Option<At<Slug>>,
    pub title: Option<Text>,
    pub version: Option<semver::Version>,
    pub language: Option<Text>,
    pub authors: Vec<Text>,
    pub license: Option<Text>,
    pub description: Option<Text>,
    pub notice: Option<Text>,
}

/// `[exam]`
#[derive(Clone, Debug)]
pub struct RawExam {
    pub file: usize,
    pub questions: Option<At<i64>>,
    pub minutes: Option<i64>,
    pub pass_percent: Option<i64>,
    pub multi_answer: Option<MultiAnswer>,
}

/// An entry of `[[domains]]`
#[derive(Clone, Debug)]
pub struct RawDomain {
    pub file: usize,
    pub id: At<Slug>,
    pub title: Text,
    pub weight: At<u32>,
}

/// An entry of `[[modules]]`
#[derive(Clone, Debug)]
pub struct RawModule {
    pub file: usize,
    pub id: At<Slug>,
    pub title: Text,
}

/// An option.
#[derive(Clone, Debug)]
pub struct RawChoice {
    pub text: At<Text>,
    pub why: Option<At<Text>>,
    pub pinned_last: bool,
}

/// `answer`, whose type makes the question's kind.
#[derive(Clone, Debug)]
pub enum RawAnswer {
    One(RawChoice),
    Many(Vec<RawChoice>),
    Judged(bool),
}

/// An entry of a question's `sources`.
#[derive(Clone, Debug)]
pub struct RawCitation {
    pub id: At<Slug>,
    pub at: Option<Text>,
}

/// An entry of `[[questions]]`
#[derive(Clone, Debug)]
pub struct RawQuestion {
    pub file: usize,
    pub span: Span,
    pub id: Option<At<Slug>>,
    pub domain: Option<At<Slug>>,
    pub module: Option<At<Slug>>,
    pub stem: Option<At<Text>>,
    pub figure: Option<At<Text>>,
    pub answer: Option<At<RawAnswer>>,
    pub distractors: Vec<RawChoice>,
    pub explanation: Option<At<Text>>,
    pub sources: Vec<RawCitation>,
    pub level: Option<Level>,
    pub objective: Option<Text>,
    pub tags: Vec<Slug>,
    pub reviewed: Option<Text>,
    pub shuffle: bool,
    /// The keys that are there, but whose values cannot be used: they are reported, and are not missing.
    pub unread: Vec<&'static str>,
    /// What was found while reading it.
    pub findings: Vec<Diagnostic>,
}

impl RawQuestion {
    /// All options: the keys, then the distractors.
    pub fn choices(&self) -> impl Iterator<Item = &RawChoice> {
        let keys: &[RawChoice] = match self.answer.as_ref().map(|a| &a.value) {
            Some(RawAnswer::One(choice)) => std::slice::from_ref(choice),
            Some(RawAnswer::Many(choices)) => choices,
            _ => &[],
        };
        keys.iter().chain(&self.distractors)
    }
}

/// Everything that the files of a bank say.
#[derive(Debug, Default)]
pub struct RawFiles {
    pub bank: Option<RawBank>,
    pub exam: Option<RawExam>,
    pub domains: Vec<RawDomain>,
    pub modules: Vec<RawModule>,
    pub sources: BTreeMap<Slug, Arc<Source>>,
    pub questions: Vec<RawQuestion>,
    /// Whether a file asks for a newer program.
    pub newer_format: bool,
}

/// What holds for all questions of a file.
#[derive(Clone, Debug, Default)]
pub struct FileDefaults {
    module: Option<At<Slug>>,
    domain: Option<At<Slug>>,
}

/// Reads the top level of a file, or of a piece of it, into `raw`.
pub fn read_file(context: &mut Context<'_>, table: &DeTable<'_>, defaults: &mut FileDefaults, raw: &mut RawFiles) {
    let file = context.file;
    let mut top = Fields::new(context, table, 0..0, "a bank file", FILE_KEYS);
    if let Some(format) = top.number("format", 1..=i64::MAX).filter(|f| f.value > FORMAT) {
        raw.newer_format = true;
        let message = format!("format {} is newer than this program, which reads format {FORMAT}", format.value);
        let finding = Diagnostic::error(Code::S00, file, format.span, message).help("install a newer examdeck");
        top.context.push(finding);
    }
    if let Some(module) = top.slug("module") {
        defaults.module = Some(module);
    }
    if let Some(domain) = top.slug("domain") {
        defaults.domain = Some(domain);
    }
    if let Some(bank) = top.table("bank") {
        if raw.bank.is_some() {
            top.context.wrong(bank.span, "a second [bank] table: a bank has one");
        } else {
            raw.bank = Some(read_bank(top.context, bank));
        }
    }
    if let Some(exam) = top.table("exam") {
        if raw.exam.is_some() {
            top.context.wrong(exam.span, "a second [exam] table: a bank has one");
        } else {
            raw.exam = Some(read_exam(top.context, exam));
        }
    }
    for entry in areas(&mut top, "domains", raw.domains.len()) {
        raw.domains.extend(read_domain(top.context, entry));
    }
    for entry in areas(&mut top, "modules", raw.modules.len()) {
        raw.modules.extend(read_module(top.context, entry));
    }
    if let Some(sources) = top.table("sources") {
        read_sources(top.context, sources.value, &mut raw.sources);
    }
    for entry in tables(&mut top, "questions") {
        let question = read_question(top.context, entry, defaults);
        raw.questions.push(question);
    }
}

/// The tables of a `[[key]]` list.
fn tables<'t, 'i>(top: &mut Fields<'_, '_, 't, 'i>, key: &'static str) -> Vec<At<&'t DeTable<'i>>> {
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

/// Domains or modules, of which the bank has `known` already. Each question is compared with each of them, so their
/// number is bounded.
fn areas<'t, 'i>(top: &mut Fields<'_, '_, 't, 'i>, key: &'static str, known: usize) -> Vec<At<&'t DeTable<'i>>> {
    let mut list = tables(top, key);
    if let Some(first_beyond) = list.get(MAX_AREAS.saturating_sub(known)) {
        let message = format!("the bank has more than {MAX_AREAS} {key}");
        let finding = Diagnostic::error(Code::S00, top.context.file, first_beyond.span.clone(), message);
        top.context.push(finding.help("this one and all after it do not count: make do with fewer"));
    }
    list.truncate(MAX_AREAS.saturating_sub(known));
    list
}

fn read_bank(context: &mut Context<'_>, at: At<&DeTable<'_>>) -> RawBank {
    let file = context.file;
    let mut fields = Fields::new(context, at.value, at.span.clone(), "[bank]", BANK_KEYS);
    if fields.get("id").is_none() {
        fields.context.wrong(at.span.clone(), "[bank] has no `id`");
    }
    let id = fields.slug("id");
    let title = fields.needed_text("title").map(|t| t.value);
    let version = fields.needed_text("version").and_then(|v| match semver::Version::parse(v.value.as_str()) {
        Ok(version) => Some(version),
        Err(error) => {
            fields.context.wrong(v.span, format!("`version` is not like 1.2.0: {error}"));
            None
        }
    });
    let mut optional = |key| fields.text(key).map(|t| t.value);
    let (language, license) = (optional("language"), optional("license"));
    let (description, notice) = (optional("description"), optional("notice"));
    let authors = fields.texts("authors").into_iter().map(|a| a.value).collect();
    RawBank { file, span: at.span, id, title, version, language, authors, license, description, notice }
}

fn read_exam(context: &mut Context<'_>, at: At<&DeTable<'_>>) -> RawExam {
    let file = context.file;
    let mut fields = Fields::new(context, at.value, at.span, "[exam]", EXAM_KEYS);
    let multi_answer = fields.text("multi_answer").and_then(|word| {
        let rule = MultiAnswer::from_label(word.value.as_str());
        if rule.is_none() {
            fields.context.wrong(word.span, "`multi_answer` is \"all-or-nothing\" or \"partial\"");
        }
        rule
    });
    RawExam {
        file,
        questions: fields.number("questions", 1..=100_000),
        minutes: fields.number("minutes", 1..=100_000).map(|n| n.value),
        pass_percent: fields.number("pass_percent", 0..=100).map(|n| n.value),
        multi_answer,
    }
}

fn read_domain(context: &mut Context<'_>, at: At<&DeTable<'_>>) -> Option<RawDomain> {
    let file = context.file;
    let mut fields = Fields::new(context, at.value, at.span.clone(), "a domain", DOMAIN_KEYS);
    let title = fields.needed_text("title");
    if fields.get("id").is_none() {
        fields.context.wrong(at.span.clone(), "a domain has no `id`");
    }
    let id = fields.slug("id");
    let weight = fields.number("weight", 0..=1_000_000);
    let weight = weight.map_or(At { value: 1, span: at.span }, |w| At { value: w.value as u32, span: w.span });
    Some(RawDomain { file, id: id?, title: title?.value, weight })
}

fn read_module(context: &mut Context<'_>, at: At<&DeTable<'_>>) -> Option<RawModule> {
    let file = context.file;
    let mut fields = Fields::new(context, at.value, at.span.clone(), "a module", MODULE_KEYS);
    let title = fields.needed_text("title");
    if fields.get("id").is_none() {
        fields.context.wrong(at.span, "a module has no `id`");
    }
    let id = fields.slug("id");
    if let Some(guide) = fields.text("guide") {
        let inside = std::path::Path::new(guide.value.as_str())
            .components()
            .all(|c| matches!(c, std::path::Component::Normal(_)));
        if !inside {
            fields.context.wrong(guide.span, "`guide` leads out of the bank's folder");
        }
    }
    Some(RawModule { file, id: id?, title: title?.value })
}

fn read_sources(context: &mut Context<'_>, table: &DeTable<'_>, sources: &mut BTreeMap<Slug, Arc<Source>>) {
    for (key, value) in table {
        let key_span = context.place(key.span());
        let span = context.place(value.span());
        let Some(id) = Slug::new(key.get_ref()) else {
            context.wrong(key_span, "a source's key is lower-case letters, digits and single hyphens");
            continue;
        };
        let DeValue::Table(table) = value.get_ref() else {
            context.wrong(span, format!("a source is a table, found {}", describe(value.get_ref())));
            continue;
        };
        let mut fields = Fields::new(context, table, key_span.clone(), "a source", SOURCE_KEYS);
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

fn read_question(context: &mut Context<'_>, at: At<&DeTable<'_>>, defaults: &FileDefaults) -> RawQuestion {
    let mut findings = Vec::new();
    let mut own = Context { file: context.file, base: context.base, text: context.text, findings: &mut findings };
    let mut fields = Fields::new(&mut own, at.value, at.span.clone(), "a question", QUESTION_KEYS);
    let id = fields.slug("id");
    let domain = fields.slug("domain").or_else(|| defaults.domain.clone());
    let module = fields.slug("module").or_else(|| defaults.module.clone());
    let (stem, figure, explanation) = (fields.text("stem"), fields.text("figure"), fields.text("explanation"));
    let objective = fields.text("objective").map(|t| t.value);
    let level = fields.text("level").and_then(|word| {
        let level = Level::from_label(word.value.as_str());
        if level.is_none() {
            fields.context.wrong(word.span, "`level` is \"recall\", \"application\" or \"analysis\"");
        }
        level
    });
    let reviewed = fields.date("reviewed").map(|d| Text::new(&d.value));
    let shuffle = fields.flag("shuffle").is_none_or(|f| f.value);
    let tags = fields.texts("tags");
    let tags = tags
        .into_iter()
        .filter_map(|t| {
            let slug = Slug::new(t.value.as_str());
            if slug.is_none() {
                fields.context.wrong(t.span, "a tag is lower-case letters, digits and single hyphens");
            }
            slug
        })
        .collect();
    for (key, type_of) in [("guide", "text"), ("allow_reason", "text"), ("allow", "list")] {
        if type_of == "text" {
            fields.text(key);
        } else {
            fields.texts(key);
        }
    }
    let answer = read_answer(&mut fields);
    let distractors = read_choices(&mut fields, "distractors");
    let read = [
        ("id", id.is_some()),
        ("domain", domain.is_some()),
        ("stem", stem.is_some()),
        ("answer", answer.is_some()),
        ("distractors", distractors.is_some()),
    ];
    let unread =
        read.into_iter().filter(|&(key, read)| !read && fields.get(key).is_some()).map(|(key, _)| key).collect();
    let sources = read_citations(&mut fields);
    RawQuestion {
        file: context.file,
        span: at.span,
        id,
        domain,
        module,
        stem,
        figure,
        answer,
        distractors: distractors.unwrap_or_default(),
        explanation,
        sources,
        level,
        objective,
        tags,
        reviewed,
        shuffle,
        unread,
        findings,
    }
}

fn read_answer(fields: &mut Fields<'_, '_, '_, '_>) -> Option<At<RawAnswer>> {
    let value = fields.get("answer")?;
    let span = fields.context.place(value.span());
    let answer = match value.get_ref() {
        DeValue::Boolean(judged) => RawAnswer::Judged(*judged),
        DeValue::Array(_) => RawAnswer::Many(read_choices(fields, "answer")?),
        _ => RawAnswer::One(read_choice(fields.context, value)?),
    };
    Some(At { value: answer, span })
}

/// A list of options; `None` if one of them cannot be used, since without it nothing can be said of the others.
fn read_choices(fields: &mut Fields<'_, '_, '_, '_>, key: &str) -> Option<Vec<RawChoice>> {
    let read: Vec<_> = fields.list(key)?.value.iter().map(|entry| read_choice(fields.context, entry)).collect();
    read.into_iter().collect()
}

/// A bare text, or a table with `text`, `why` and `pin`.
fn read_choice(context: &mut Context<'_>, value: &Spanned<DeValue<'_>>) -> Option<RawChoice> {
    let span = context.place(value.span());
    match value.get_ref() {
        DeValue::String(raw) => Some(RawChoice { text: context.clean(raw, span), why: None, pinned_last: false }),
        DeValue::Table(table) => {
            let mut fields = Fields::new(context, table, span.clone(), "an option", CHOICE_KEYS);
            if fields.get("text").is_none() {
                fields.context.wrong(span, "an option has no `text`");
            }
            let text = fields.text("text");
            let why = fields.text("why");
            let pin = fields.text("pin");
            if let Some(pin) = pin.as_ref().filter(|p| p.value.as_str() != "last") {
                fields.context.wrong(pin.span.clone(), "`pin` is \"last\"");
            }
            Some(RawChoice { text: text?, why, pinned_last: pin.is_some() })
        }
        other => {
            context.wrong(span, format!("an option is a text or a table with `text`, found {}", describe(other)));
            None
        }
    }
}

fn read_citations(fields: &mut Fields<'_, '_, '_, '_>) -> Vec<RawCitation> {
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
                let mut own = Fields::new(fields.context, table, span, "a cited source", CITATION_KEYS);
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
