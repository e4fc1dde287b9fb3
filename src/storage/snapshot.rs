//! Questions and blueprints as JSON, so that a sitting can be read years later as it was.
//!
//! These structs are the stored form; the engine's types may change without it.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::engine::bank::{Domain, ExamRules, Module, MultiAnswer};
use crate::engine::guide::GuideRef;
use crate::engine::paper::{Item, Origin, Paper};
use crate::engine::question::{Choice, Citation, Kind, Level, OptionId, Question, Source};
use crate::engine::slug::Slug;
use crate::engine::text::Text;

#[derive(Serialize, Deserialize)]
struct OriginRow {
    title: String,
    version: String,
    domains: Vec<AreaRow>,
    modules: Vec<AreaRow>,
    questions: usize,
    minutes: u32,
    pass_percent: u32,
    multi_answer: String,
    #[serde(default, skip_serializing_if = "Option::is_none")] // the filter of an exam over a part of the bank
    among: Option<String>,
}

#[derive(Serialize, Deserialize)]
struct AreaRow {
    id: String,
    title: String,
    #[serde(default)]
    weight: u32,
}

#[derive(Serialize, Deserialize)]
struct ItemRow {
    id: String,
    domain: String,
    module: Option<String>,
    kind: String,
    stem: String,
    figure: Option<String>,
    choices: Vec<ChoiceRow>,
    keys: usize,
    order: Vec<u8>,
    explanation: Option<String>,
    sources: Vec<SourceRow>,
    level: Option<String>,
    objective: Option<String>,
    reviewed: Option<String>,
    #[serde(default)] // papers of the first releases have none
    guide: Option<String>,
}

#[derive(Serialize, Deserialize)]
struct ChoiceRow {
    text: String,
    why: Option<String>,
}

#[derive(Serialize, Deserialize)]
struct SourceRow {
    title: String,
    organization: Option<String>,
    edition: Option<String>,
    year: Option<i64>,
    url: Option<String>,
    at: Option<String>,
}

fn string(text: &Option<Text>) -> Option<String> {
    text.as_ref().map(ToString::to_string)
}

fn text(string: &Option<String>) -> Option<Text> {
    string.as_deref().map(Text::new)
}

/// What a paper keeps beside its questions.
pub(super) fn origin_to_json(paper: &Paper) -> String {
    let origin = &paper.origin;
    let row = OriginRow {
        title: origin.title.to_string(),
        version: origin.version.to_string(),
        domains: origin
            .domains
            .iter()
            .map(|d| AreaRow { id: d.id.to_string(), title: d.title.to_string(), weight: d.weight })
            .collect(),
        modules: origin
            .modules
            .iter()
            .map(|m| AreaRow { id: m.id.to_string(), title: m.title.to_string(), weight: 0 })
            .collect(),
        questions: origin.rules.questions,
        minutes: origin.rules.minutes,
        pass_percent: origin.rules.pass_percent,
        multi_answer: origin.rules.multi_answer.label().into(),
        among: string(&paper.among),
    };
    serde_json::to_string(&row).unwrap_or_default() // a struct of strings and numbers always has a JSON form
}

/// The origin and the filter; `None` if the JSON does not say what it should.
pub(super) fn origin_from_json(bank: &str, json: &str) -> Option<(Origin, Option<Text>)> {
    let row: OriginRow = serde_json::from_str(json).ok()?;
    let slug = |s: &str| Slug::new(s);
    let origin = Origin {
        bank: slug(bank)?,
        title: Text::new(&row.title),
        version: semver::Version::parse(&row.version).ok()?,
        domains: row
            .domains
            .iter()
            .map(|d| Some(Domain { id: slug(&d.id)?, title: Text::new(&d.title), weight: d.weight }))
            .collect::<Option<_>>()?,
        modules: row
            .modules
            .iter()
            .map(|m| Some(Module { id: slug(&m.id)?, title: Text::new(&m.title), guide: None }))
            .collect::<Option<_>>()?,
        rules: ExamRules {
            questions: row.questions,
            minutes: row.minutes,
            pass_percent: row.pass_percent,
            multi_answer: MultiAnswer::from_label(&row.multi_answer)?,
        },
    };
    Some((origin, text(&row.among)))
}

pub(super) fn item_to_json(item: &Item) -> String {
    let q = &item.question;
    let row = ItemRow {
        id: q.id.to_string(),
        domain: q.domain.to_string(),
        module: q.module.as_ref().map(ToString::to_string),
        kind: q.kind.label().into(),
        stem: q.stem.to_string(),
        figure: string(&q.figure),
        choices: q.choices.iter().map(|c| ChoiceRow { text: c.text.to_string(), why: string(&c.why) }).collect(),
        keys: q.keys,
        order: item.order.iter().map(|o| o.0).collect(),
        explanation: string(&q.explanation),
        sources: q
            .sources
            .iter()
            .map(|c| SourceRow {
                title: c.source.title.to_string(),
                organization: string(&c.source.organization),
                edition: string(&c.source.edition),
                year: c.source.year,
                url: string(&c.source.url),
                at: string(&c.at),
            })
            .collect(),
        level: q.level.map(|l| l.label().into()),
        objective: string(&q.objective),
        reviewed: string(&q.reviewed),
        guide: q.guide.as_ref().map(ToString::to_string),
    };
    serde_json::to_string(&row).unwrap_or_default() // as above
}

/// `None` if the JSON does not describe a sound question with an order of all its options.
pub(super) fn item_from_json(json: &str) -> Option<Item> {
    let row: ItemRow = serde_json::from_str(json).ok()?;
    let kind = [Kind::Single, Kind::Multi, Kind::TrueFalse].into_iter().find(|k| k.label() == row.kind)?;
    let mut sorted = row.order.clone();
    sorted.sort_unstable();
    let all_once = sorted.iter().map(|&o| usize::from(o)).eq(0..row.choices.len());
    if !all_once || row.keys == 0 || row.keys >= row.choices.len() {
        return None;
    }
    let question = Question {
        id: Slug::new(&row.id)?,
        domain: Slug::new(&row.domain)?,
        module: row.module.as_deref().and_then(Slug::new),
        kind,
        stem: Text::new(&row.stem),
        figure: text(&row.figure),
        choices: row
            .choices
            .iter()
            .map(|c| Choice { text: Text::new(&c.text), why: text(&c.why), pinned_last: false })
            .collect(),
        keys: row.keys,
        shuffle: false,
        explanation: text(&row.explanation),
        sources: row.sources.iter().map(citation).collect(),
        level: row.level.as_deref().and_then(Level::from_label),
        objective: text(&row.objective),
        tags: Vec::new(),
        enemies: Vec::new(),
        reviewed: text(&row.reviewed),
        guide: row.guide.as_deref().and_then(GuideRef::parse),
    };
    Some(Item { question: Arc::new(question), order: row.order.into_iter().map(OptionId).collect() })
}

fn citation(row: &SourceRow) -> Citation {
    let source = Source {
        title: Text::new(&row.title),
        organization: text(&row.organization),
        edition: text(&row.edition),
        year: row.year,
        url: text(&row.url),
    };
    Citation { source: Arc::new(source), at: text(&row.at) }
}
