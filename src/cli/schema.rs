//! `examdeck schema`: the file format as a JSON Schema (draft 2020-12), from which editors complete and check.
//!
//! It is written from the same tables that the reader reads by ([`mod@format`]). What it says of TOML's days is said as
//! Taplo sees them: texts.

use std::io::{Result, Write};

use clap::ValueEnum;
use serde_json::{Map, Value, json};

use crate::content::format::{self, Shape, Table};
use crate::content::rules::explain::rules;
use crate::engine::question::MAX_OPTIONS;
use crate::engine::slug::MAX_SLUG;

/// Which files the schema is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Kind {
    /// Files of question banks
    Bank,
    /// Files of decks
    Deck,
}

/// semver.org's own expression for a version.
const VERSION: &str = r"^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(-((0|[1-9]\d*|\d*[a-zA-Z-][0-9a-zA-Z-]*)(\.(0|[1-9]\d*|\d*[a-zA-Z-][0-9a-zA-Z-]*))*))?(\+([0-9a-zA-Z-]+(\.[0-9a-zA-Z-]+)*))?$";
const SLUG: &str = "^[a-z0-9]+(-[a-z0-9]+)*$";

/// Prints the schema.
pub fn write(kind: Kind, out: &mut impl Write) -> Result<()> {
    writeln!(out, "{}", text(kind))
}

/// The schema as it is printed, and as it is checked in.
pub fn text(kind: Kind) -> String {
    format!("{:#}", schema(kind))
}

/// The schema of a file.
pub fn schema(kind: Kind) -> Value {
    let (title, file) = match kind {
        Kind::Bank => ("examdeck: a file of a question bank", &format::BANK_FILE),
        Kind::Deck => ("examdeck: a file of a deck of flash cards", &format::DECK_FILE),
    };
    let mut tables = Map::new();
    let mut schema = table(file, &mut tables);
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema".into();
    schema["title"] = title.into();
    schema["$defs"] = Value::Object(tables);
    schema
}

/// A table of the format; the tables in it are added to `tables`.
fn table(table: &Table, tables: &mut Map<String, Value>) -> Value {
    let mut properties = Map::new();
    for key in table.keys {
        let mut value = shape(key.shape, tables);
        value["description"] = key.about.into();
        properties.insert(key.name.to_owned(), value);
    }
    let needed: Vec<&str> = table.keys.iter().filter(|k| k.needed).map(|k| k.name).collect();
    let mut schema = json!({ "type": "object", "properties": properties, "additionalProperties": false });
    if !needed.is_empty() {
        schema["required"] = needed.into();
    }
    if table.has("allow") {
        schema["dependentRequired"] = json!({ "allow": ["allow_reason"], "allow_reason": ["allow"] });
    }
    match table.name {
        "question" => schema["allOf"] = kinds_of_questions(),
        "card" => schema["oneOf"] = kinds_of_cards(),
        _ => {}
    }
    schema
}

/// A reference to a table of its own.
fn named(to: &Table, tables: &mut Map<String, Value>) -> Value {
    if !tables.contains_key(to.name) {
        let written = table(to, tables);
        tables.insert(to.name.to_owned(), written);
    }
    json!({ "$ref": format!("#/$defs/{}", to.name) })
}

fn shape(shape: Shape, tables: &mut Map<String, Value>) -> Value {
    let list = |items: Value| json!({ "type": "array", "items": items });
    match shape {
        Shape::Text => json!({ "type": "string" }),
        Shape::Words => words(),
        Shape::Slug => slug(),
        Shape::Version => json!({ "type": "string", "pattern": VERSION }),
        Shape::Day => json!({ "type": "string", "format": "date", "pattern": r"^\d{4}-\d{2}-\d{2}$" }),
        Shape::Flag => json!({ "type": "boolean" }),
        Shape::Number(from, to) => json!({ "type": "integer", "minimum": from, "maximum": to }),
        Shape::OneOf(words) => json!({ "enum": words }),
        Shape::Texts => list(json!({ "type": "string" })),
        Shape::Slugs => list(slug()),
        Shape::Codes => {
            let codes: Vec<String> = rules().filter(|r| r.code.is_advice()).map(|r| r.code.to_string()).collect();
            json!({ "type": "array", "items": { "enum": codes }, "uniqueItems": true })
        }
        Shape::Link => json!({ "type": "string", "pattern": link() }),
        Shape::Cloze => json!({ "type": "string", "pattern": r"\{\{[\s\S]*\S[\s\S]*\}\}" }),
        Shape::Answer => {
            let options = list(option(tables));
            json!({ "anyOf": [option(tables), options, { "type": "boolean" }] })
        }
        Shape::Options => list(option(tables)),
        Shape::Citations => {
            let citation = named(&format::CITATION, tables);
            list(json!({ "anyOf": [slug(), citation] }))
        }
        Shape::Table(of) => named(of, tables),
        Shape::Tables(of) => list(named(of, tables)),
        Shape::Named(of) => {
            let of = named(of, tables);
            json!({ "type": "object", "propertyNames": slug(), "additionalProperties": of })
        }
    }
}

/// A text that is not blank.
fn words() -> Value {
    json!({ "type": "string", "pattern": r"\S" })
}

/// The pattern of a module and a section.
fn link() -> String {
    let slug = SLUG.trim_start_matches('^').trim_end_matches('$');
    format!("^{slug}#{slug}$")
}

fn slug() -> Value {
    json!({ "type": "string", "pattern": SLUG, "maxLength": MAX_SLUG })
}

/// A bare text, or a table with the text and more.
fn option(tables: &mut Map<String, Value>) -> Value {
    let option = named(&format::OPTION, tables);
    json!({ "anyOf": [words(), option] })
}

/// What the type of `answer` asks of the rest.
fn kinds_of_questions() -> Value {
    let answers = |types: Value| json!({ "properties": { "answer": { "type": types } }, "required": ["answer"] });
    let some = |least: usize| json!({ "minItems": least, "maxItems": MAX_OPTIONS - 1 });
    let with_distractors = json!({ "properties": { "distractors": some(1) }, "required": ["distractors"] });
    json!([
        { "if": answers(json!(["string", "object"])), "then": with_distractors },
        { "if": answers("array".into()), "then": with_distractors },
        { "if": answers("array".into()), "then": { "properties": { "answer": some(2) } } },
        { "if": answers("boolean".into()), "then": { "properties": { "distractors": { "maxItems": 0 } } } },
    ])
}

/// A card has two sides or a cloze.
fn kinds_of_cards() -> Value {
    let both_ways = json!({ "properties": { "both_ways": { "const": true } }, "required": ["both_ways"] });
    let sides = json!({ "anyOf": [{ "required": ["front"] }, { "required": ["back"] }, both_ways] });
    json!([
        { "required": ["front", "back"], "not": { "required": ["cloze"] } },
        { "required": ["cloze"], "not": sides },
    ])
}
