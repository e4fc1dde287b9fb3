//! The file format: every table and every key that a bank or a deck may have, in one place.
//!
//! The reader knows no other keys than these ([`Fields`](super::fields::Fields)), and the JSON Schema for editors is
//! written from them (`examdeck schema`), so that the two cannot part.

use crate::engine::bank::MultiAnswer;
use crate::engine::question::Level;

/// A table of the format.
#[derive(Debug)]
pub struct Table {
    /// Its name in the schema.
    pub name: &'static str,
    /// What messages call it.
    pub what: &'static str,
    /// Its keys, in the order in which they are listed to authors.
    pub keys: &'static [Key],
}

/// A key of a table.
#[derive(Debug)]
pub struct Key {
    /// The key itself.
    pub name: &'static str,
    /// What its value looks like.
    pub shape: Shape,
    /// Whether the table is broken without it.
    pub needed: bool,
    /// What it means, in a line for authors.
    pub about: &'static str,
}

/// What a value looks like.
#[derive(Clone, Copy, Debug)]
pub enum Shape {
    /// A text; blank or none will do.
    Text,
    /// A text that says something.
    Words,
    /// An identifier.
    Slug,
    /// A version (semver).
    Version,
    /// A day, without quotes.
    Day,
    /// `true` or `false`.
    Flag,
    /// A whole number from the first to the last.
    Number(i64, i64),
    /// One of a few words.
    OneOf(&'static [&'static str]),
    /// A list of texts.
    Texts,
    /// A list of identifiers.
    Slugs,
    /// A list of rules' codes that may be allowed.
    Codes,
    /// A place in a study guide: `module#section`.
    Link,
    /// A text with hidden parts.
    Cloze,
    /// The key: an option, a list of options, or true or false.
    Answer,
    /// A list of options: texts, or [`OPTION`].
    Options,
    /// A list of sources: identifiers, or [`CITATION`].
    Citations,
    /// One table.
    Table(&'static Table),
    /// A list of tables.
    Tables(&'static Table),
    /// Tables by identifiers of the author's own.
    Named(&'static Table),
}

impl Table {
    /// Whether it has this key.
    pub fn has(&self, name: &str) -> bool {
        self.keys.iter().any(|k| k.name == name)
    }

    /// The names of its keys.
    pub fn names(&self) -> Vec<&'static str> {
        self.keys.iter().map(|k| k.name).collect()
    }
}

const fn key(name: &'static str, shape: Shape, about: &'static str) -> Key {
    Key { name, shape, needed: false, about }
}

const fn needed(name: &'static str, shape: Shape, about: &'static str) -> Key {
    Key { name, shape, needed: true, about }
}

use Shape as S;

const FORMAT: Key = key("format", S::Number(1, 1), "The version of the file format.");
const SOURCES: Key = key("sources", S::Named(&SOURCE), "The works that are cited, each under a key of its own.");
const ID: Key = needed("id", S::Slug, "The identifier, for ever: a student's history hangs on it.");
const TITLE: Key = needed("title", S::Words, "The name.");
const VERSION: Key = needed("version", S::Version, "The version (semver); raise it with every release.");
const LANGUAGE: Key = key("language", S::Text, "The language of the texts, as in `en` or `pt-BR`.");
const AUTHORS: Key = key("authors", S::Texts, "Who wrote it.");
const LICENSE: Key = key("license", S::Text, "On which terms others may share it, as in `CC-BY-4.0`.");
const DESCRIPTION: Key = key("description", S::Text, "What it is, in a sentence or two.");
const CITED: Key = key("sources", S::Citations, "What it rests on: keys of [sources], alone or with a place.");
const TAGS: Key = key("tags", S::Slugs, "Free labels.");
const ALLOW: Key = key("allow", S::Codes, "Rules of writing that are not to be heard here.");
const ALLOW_REASON: Key = key("allow_reason", S::Text, "Why they do not hold here.");

/// A file of a bank.
pub static BANK_FILE: Table = Table {
    name: "file",
    what: "a bank file",
    keys: &[
        FORMAT,
        key("bank", S::Table(&BANK), "What the bank is."),
        key("exam", S::Table(&EXAM), "The blueprint of a mock exam."),
        key("domains", S::Tables(&DOMAIN), "The exam's content areas."),
        key("modules", S::Tables(&MODULE), "The chapters of the course."),
        SOURCES,
        key("module", S::Slug, "The module of all questions of this file that name none."),
        key("domain", S::Slug, "The domain of all questions of this file that name none."),
        key("guide", S::Link, "Where the study guide explains the questions of this file that say nothing of it."),
        key("questions", S::Tables(&QUESTION), "The questions."),
        key("check", S::Table(&CHECK), "What `examdeck check` is to let pass in this bank."),
    ],
};

/// `[bank]`
pub static BANK: Table = Table {
    name: "bank",
    what: "[bank]",
    keys: &[
        ID,
        TITLE,
        VERSION,
        LANGUAGE,
        AUTHORS,
        LICENSE,
        DESCRIPTION,
        key("notice", S::Text, "Shown before every exam."),
    ],
};

/// `[exam]`
pub static EXAM: Table = Table {
    name: "exam",
    what: "[exam]",
    keys: &[
        key("questions", S::Number(1, 100_000), "How many questions a mock exam has."),
        key("minutes", S::Number(1, 100_000), "How many minutes it takes."),
        key("pass_percent", S::Number(0, 100), "The share of points that passes, in percent."),
        key("multi_answer", S::OneOf(&MULTI_ANSWER), "How multi-answer questions are marked."),
    ],
};

const MULTI_ANSWER: [&str; 2] = [MultiAnswer::AllOrNothing.label(), MultiAnswer::Partial.label()];
const LEVELS: [&str; 3] = [Level::Recall.label(), Level::Application.label(), Level::Analysis.label()];

/// An entry of `[[domains]]`
pub static DOMAIN: Table = Table {
    name: "domain",
    what: "a domain",
    keys: &[ID, TITLE, key("weight", S::Number(0, 1_000_000), "Its share of the exam; shares need not sum to 100.")],
};

/// An entry of `[[modules]]`
pub static MODULE: Table = Table {
    name: "module",
    what: "a module",
    keys: &[ID, TITLE, key("guide", S::Text, "The path of its study guide below the bank's folder.")],
};

/// An entry of `[[questions]]`
pub static QUESTION: Table = Table {
    name: "question",
    what: "a question",
    keys: &[
        needed("id", S::Slug, "Unique in the bank, never used again: a student's history hangs on it."),
        key("domain", S::Slug, "The content area it counts for; needed unless the file names one."),
        key("module", S::Slug, "The chapter of the course."),
        needed("stem", S::Words, "What is asked."),
        key("figure", S::Text, "A text drawing of at most 56 columns, shown as written."),
        needed("answer", S::Answer, "The key: a text (single choice), a list (multi-answer), true or false."),
        key("distractors", S::Options, "The wrong options."),
        key("explanation", S::Text, "Why the key is right."),
        CITED,
        key("level", S::OneOf(&LEVELS), "What it asks of the mind."),
        key("objective", S::Text, "The syllabus code."),
        TAGS,
        key(
            "enemies",
            S::Slugs,
            "The ids of questions that never stand in one exam with it: they give each other away.",
        ),
        key("reviewed", S::Day, "The day of the last review, without quotes."),
        key("shuffle", S::Flag, "false: options stay as written, the key first."),
        key("guide", S::Link, "Where the study guide explains it: module#section."),
        ALLOW,
        ALLOW_REASON,
    ],
};

/// `[check]`
pub static CHECK: Table = Table { name: "check", what: "[check]", keys: &[ALLOW, ALLOW_REASON] };

/// An option that is more than its text.
pub static OPTION: Table = Table {
    name: "option",
    what: "an option",
    keys: &[
        needed("text", S::Words, "What the student reads."),
        key("why", S::Text, "The rationale: why it is right or wrong."),
        key("pin", S::OneOf(&["last"]), "\"last\": it stays at the end, however the others are ordered."),
    ],
};

/// An entry of `[sources]`
pub static SOURCE: Table = Table {
    name: "source",
    what: "a source",
    keys: &[
        TITLE,
        key("organization", S::Text, "Who published it."),
        key("edition", S::Text, "The edition, as the publisher writes it."),
        key("year", S::Number(1500, 2200), "The year of publication."),
        key("url", S::Text, "Where to find it."),
    ],
};

/// A cited source with a place in it.
pub static CITATION: Table = Table {
    name: "citation",
    what: "a cited source",
    keys: &[needed("id", S::Slug, "Its key in [sources]."), key("at", S::Text, "Section, page or table.")],
};

/// A file of a deck.
pub static DECK_FILE: Table = Table {
    name: "file",
    what: "a deck file",
    keys: &[
        FORMAT,
        key("deck", S::Table(&DECK), "What the deck is."),
        SOURCES,
        key("module", S::Slug, "The module of all cards of this file that name none."),
        key("domain", S::Slug, "The domain of all cards of this file that name none."),
        key("cards", S::Tables(&CARD), "The cards."),
    ],
};

/// `[deck]`
pub static DECK: Table = Table {
    name: "deck",
    what: "[deck]",
    keys: &[
        ID,
        TITLE,
        VERSION,
        key("bank", S::Slug, "The question bank that it belongs to."),
        LANGUAGE,
        AUTHORS,
        LICENSE,
        DESCRIPTION,
    ],
};

/// An entry of `[[cards]]`
pub static CARD: Table = Table {
    name: "card",
    what: "a card",
    keys: &[
        needed("id", S::Slug, "Unique in the deck, never used again: a student's history hangs on it."),
        key("front", S::Words, "What is shown first."),
        key("back", S::Words, "What is to be remembered."),
        key("both_ways", S::Flag, "true: also asked from back to front, as a card of its own."),
        key("cloze", S::Cloze, "Instead of front and back: a text that hides {{parts}}, or {{parts::with a hint}}."),
        key("note", S::Words, "Shown below the back."),
        key("domain", S::Slug, "The content area."),
        key("module", S::Slug, "The chapter of the course."),
        CITED,
        TAGS,
    ],
};
