//! A bank's tables as the author wrote them, with the place of everything: the rules look at these.
//!
//! Each field is the key of the same name in the file format.

#![allow(missing_docs)] // the file format documents the fields

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::engine::bank::MultiAnswer;
use crate::engine::guide::GuideRef;
use crate::engine::question::Level;
use crate::engine::slug::Slug;
use crate::engine::text::Text;

use super::beside::stays_inside;
use super::diagnostic::{Code, Diagnostic, Span};
use super::fields::{At, Context, Fields, describe};
use super::format;
use super::guide::ReadGuide;
use super::raw_shared::{
    FileDefaults, Gather, Item, RawCitation, RawHeader, Sources, keep_to, read_citations, read_defaults, read_format,
    read_guide_link, read_header, read_sources, read_tags, tables,
};
use super::rules::allow::Allowed;

/// How many questions one bank may have.
pub const MAX_QUESTIONS: usize = 1_000_000;
/// How many domains a bank may have, and how many modules.
pub const MAX_AREAS: usize = 1_000;

/// `[bank]`
#[derive(Clone, Debug)]
pub struct RawBank {
    pub header: RawHeader,
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
    /// The path of its guide below the bank's folder.
    pub guide: Option<At<Text>>,
    /// The guide, if it could be read.
    pub read: Option<ReadGuide>,
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

/// An entry of `[[questions]]`
#[derive(Clone, Debug)]
pub struct RawQuestion {
    pub file: usize,
    pub span: Span,
    /// Where its last value ends; `span` is its header alone.
    pub end: usize,
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
    pub enemies: Vec<At<Slug>>,
    pub reviewed: Option<At<Text>>,
    pub shuffle: bool,
    pub guide: Option<At<GuideRef>>,
    /// The advice that its author has heard, and does not follow.
    pub allowed: Allowed,
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
    pub sources: Sources,
    pub questions: Vec<RawQuestion>,
    /// How many more than a bank may have were not read.
    pub beyond: usize,
    /// `[check]`, with its file: the advice that the bank's authors do not follow.
    pub allowed: Option<(usize, Allowed)>,
    /// Whether a file asks for a newer program.
    pub newer_format: bool,
    /// Whether what stands before the first of a file's questions cannot be read: a name may be listed there.
    pub broken_top: bool,
    /// Whether a domain or module has no usable id: any name that is listed nowhere may be meant.
    pub nameless_area: bool,
    /// How many questions syntax errors cost: nothing of them is known.
    pub lost: usize,
}

impl RawFiles {
    /// Whether a domain or a module may be listed that could not be read.
    pub fn names_in_doubt(&self) -> bool {
        self.broken_top || self.nameless_area
    }
}

impl Gather for RawFiles {
    type Item = RawQuestion;
    const ITEMS: &'static str = "questions";

    fn table(&mut self, context: &mut Context<'_>, table: &DeTable<'_>, defaults: &mut FileDefaults) {
        let mut top = Fields::new(context, table, 0..0, &format::BANK_FILE);
        self.newer_format |= read_format(&mut top);
        read_defaults(&mut top, defaults);
        if let Some(guide) = read_guide_link(&mut top) {
            defaults.guide = Some(guide);
        }
        if let Some(bank) = top.table("bank") {
            if self.bank.is_some() {
                top.context.wrong(bank.span, "a second [bank] table: a bank has one");
            } else {
                self.bank = Some(read_bank(top.context, bank));
            }
        }
        if let Some(exam) = top.table("exam") {
            if self.exam.is_some() {
                top.context.wrong(exam.span, "a second [exam] table: a bank has one");
            } else {
                self.exam = Some(read_exam(top.context, exam));
            }
        }
        for entry in areas(&mut top, "domains", self.domains.len()) {
            let domain = read_domain(top.context, entry);
            self.nameless_area |= domain.is_none();
            self.domains.extend(domain);
        }
        for entry in areas(&mut top, "modules", self.modules.len()) {
            let module = read_module(top.context, entry);
            self.nameless_area |= module.is_none();
            self.modules.extend(module);
        }
        if let Some(check) = top.table("check") {
            if self.allowed.is_some() {
                top.context.wrong(check.span, "a second [check] table: a bank has one");
            } else {
                let mut fields = Fields::new(top.context, check.value, check.span, &format::CHECK);
                self.allowed = Some((fields.context.file, read_allowed(&mut fields)));
            }
        }
        if let Some(sources) = top.table("sources") {
            read_sources(top.context, sources.value, &mut self.sources);
        }
        let mut entries = tables(&mut top, "questions");
        self.beyond += keep_to(MAX_QUESTIONS, self.questions.len(), &mut entries);
        for entry in entries {
            let question = read_question(top.context, entry, defaults);
            self.questions.push(question);
        }
    }

    fn top_is_broken(&mut self) {
        self.broken_top = true;
    }

    fn items(&mut self) -> &mut Vec<RawQuestion> {
        &mut self.questions
    }
}

impl Item for RawQuestion {
    fn start(&self) -> usize {
        self.span.start
    }

    fn findings(&mut self) -> &mut Vec<Diagnostic> {
        &mut self.findings
    }
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
    let mut fields = Fields::new(context, at.value, at.span, &format::BANK);
    RawBank { header: read_header(&mut fields), notice: fields.text("notice").map(|t| t.value) }
}

fn read_exam(context: &mut Context<'_>, at: At<&DeTable<'_>>) -> RawExam {
    let file = context.file;
    let mut fields = Fields::new(context, at.value, at.span, &format::EXAM);
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
    let mut fields = Fields::new(context, at.value, at.span.clone(), &format::DOMAIN);
    let title = fields.needed_text("title");
    let id = fields.needed_slug("id");
    let weight = fields.number("weight", 0..=1_000_000);
    let weight = weight.map_or(At { value: 1, span: at.span }, |w| At { value: w.value as u32, span: w.span });
    let id = id?;
    // Without a title it goes by its id: its questions are not to be blamed.
    let title = title.map_or_else(|| Text::new(id.value.as_str()), |t| t.value);
    Some(RawDomain { file, id, title, weight })
}

fn read_module(context: &mut Context<'_>, at: At<&DeTable<'_>>) -> Option<RawModule> {
    let file = context.file;
    let mut fields = Fields::new(context, at.value, at.span, &format::MODULE);
    let title = fields.needed_text("title");
    let id = fields.needed_slug("id");
    let mut guide = fields.text("guide");
    if let Some(out) = guide.take_if(|g| !stays_inside(g.value.as_str())) {
        fields.context.wrong(out.span, "`guide` leads out of the bank's folder");
    }
    let id = id?;
    let title = title.map_or_else(|| Text::new(id.value.as_str()), |t| t.value);
    Some(RawModule { file, id, title, guide, read: None })
}

fn read_question(context: &mut Context<'_>, at: At<&DeTable<'_>>, defaults: &FileDefaults) -> RawQuestion {
    let mut findings = Vec::new();
    let mut own = Context {
        file: context.file,
        base: context.base,
        text: context.text,
        findings: &mut findings,
        quota: context.quota,
    };
    let mut fields = Fields::new(&mut own, at.value, at.span.clone(), &format::QUESTION);
    let end = at.value.values().map(|value| fields.context.place(value.span()).end).max();
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
    let reviewed = fields.date("reviewed").map(|d| At { value: Text::new(&d.value), span: d.span });
    let shuffle = fields.flag("shuffle").is_none_or(|f| f.value);
    let tags = read_tags(&mut fields);
    let enemies = read_enemies(&mut fields);
    let guide = read_guide_link(&mut fields).or_else(|| defaults.guide.clone());
    let allowed = read_allowed(&mut fields);
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
        end: end.unwrap_or(at.span.end),
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
        enemies,
        reviewed,
        shuffle,
        guide,
        allowed,
        unread,
        findings,
    }
}

/// `allow` and `allow_reason`.
fn read_allowed(fields: &mut Fields<'_, '_, '_, '_>) -> Allowed {
    let reason = fields.text("allow_reason");
    Allowed { codes: fields.texts("allow"), reason }
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
            let mut fields = Fields::new(context, table, span.clone(), &format::OPTION);
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

fn read_enemies(fields: &mut Fields<'_, '_, '_, '_>) -> Vec<At<Slug>> {
    let mut enemies = Vec::new();
    for id in fields.texts("enemies") {
        match Slug::new(id.value.as_str()) {
            Some(value) => enemies.push(At { value, span: id.span }),
            None => fields.context.wrong(id.span, "an enemy is the `id` of a question"),
        }
    }
    enemies
}
