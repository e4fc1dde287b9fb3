//! `examdeck bank diff`: a bank's change log, as text and as JSON.

use std::io::{Result, Write};

use serde::Serialize;

use crate::app::page::counted;
use crate::engine::bank::Bank;
use crate::engine::diff::{BankDiff, Change, Changed, KeyChange, diff};
use crate::engine::question::Question;

use super::super::named::Named;
use super::set;

/// Prints what has changed.
pub fn write(old: &Named<Bank>, new: &Named<Bank>, json: bool, out: &mut impl Write) -> Result<()> {
    let changes = diff(&old.content, &new.content);
    if json {
        serde_json::to_writer_pretty(&mut *out, &document(old, new, &changes))?;
        return writeln!(out);
    }
    for (bank, which) in [(old, "old"), (new, "new")] {
        if bank.left_out > 0 {
            let text = format!("Of the {which} bank {} broken and not compared.", left_out(bank.left_out));
            writeln!(out, "{}", set(&text, "", ""))?;
        }
    }
    write!(out, "{}", text(&old.content, &new.content, &changes))
}

fn left_out(count: usize) -> String {
    format!("{} {}", counted(count, "question"), if count == 1 { "is" } else { "are" })
}

/// The change log as text, at most 80 columns wide.
pub fn text(old: &Bank, new: &Bank, changes: &BankDiff) -> String {
    let name = |bank: &Bank| format!("{} {}", bank.id, bank.version);
    let mut out = set(&format!("{} → {}: {}", name(old), name(new), summary(changes)), "", "  ");
    let keyed = |kind| changes.changed.iter().filter(move |c| c.key == Some(kind));
    section(&mut out, "Keys changed: scores change with them", keyed(KeyChange::Changed).map(question));
    let rewritten = keyed(KeyChange::Rewritten).map(question);
    section(&mut out, "Keys rewritten: read whether they say the same", rewritten);
    section(&mut out, "Added", changes.added.iter().map(|q| line('+', q)));
    section(&mut out, "Removed", changes.removed.iter().map(|q| line('-', q)));
    let renamed = changes.renamed.iter().map(|(old, new)| set(&format!("{old} → {new}"), "  ", "    "));
    section(&mut out, "Removed and added again under another id: students' history of them is lost", renamed);
    let others = changes.changed.iter().filter(|c| c.key.is_none());
    let (reworded, described): (Vec<_>, Vec<_>) = others.partition(|c| !c.wording.is_empty());
    section(&mut out, "Reworded", reworded.into_iter().map(question));
    section(&mut out, "Other data of questions", described.into_iter().map(question));
    section(&mut out, "The bank itself", changes.header.iter().map(|c| change(c, "  ")));
    out
}

/// What has changed, counted.
pub fn summary(changes: &BankDiff) -> String {
    if changes.is_empty() {
        return "nothing has changed".into();
    }
    let key = |kind| changes.count(kind);
    let parts = [
        (changes.added.len(), "added"),
        (changes.removed.len(), "removed"),
        (key(KeyChange::Changed), "with another key (scores change)"),
        (key(KeyChange::Rewritten), "with a rewritten key"),
        (changes.changed.iter().filter(|c| c.key.is_none() && !c.wording.is_empty()).count(), "reworded"),
        (changes.changed.iter().filter(|c| c.key.is_none() && c.wording.is_empty()).count(), "with other data"),
    ];
    let parts: Vec<String> = parts.iter().filter(|(n, _)| *n > 0).map(|(n, what)| format!("{n} {what}")).collect();
    if parts.is_empty() { "the questions are the same".into() } else { parts.join(", ") }
}

fn section(out: &mut String, title: &str, entries: impl Iterator<Item = String>) {
    let entries: String = entries.collect();
    if !entries.is_empty() {
        out.push_str(&format!("\n{title}\n{entries}"));
    }
}

fn line(sign: char, question: &Question) -> String {
    set(&format!("{}: {}", question.id, question.stem.one_line()), &format!("  {sign} "), "    ")
}

fn question(changed: &Changed) -> String {
    let mut out = format!("  {}\n", changed.id);
    for c in changed.keys.iter().chain(&changed.wording).chain(&changed.metadata) {
        out.push_str(&change(c, "    "));
    }
    out
}

/// The field, and below it the old lines and the new ones.
fn change(change: &Change, indent: &str) -> String {
    let mut out = set(&change.field, indent, indent);
    for (sign, text) in [('-', &change.old), ('+', &change.new)] {
        if let Some(text) = text {
            out.push_str(&set(text, &format!("{indent}  {sign} "), &format!("{indent}    ")));
        }
    }
    out
}

#[derive(Serialize)]
struct Document<'d> {
    /// The version of this form.
    format: u32,
    old: Edition,
    new: Edition,
    bank: Vec<Row<'d>>,
    added: Vec<Entry>,
    removed: Vec<Entry>,
    renamed: Vec<Renamed<'d>>,
    changed: Vec<QuestionRow<'d>>,
}

#[derive(Serialize)]
struct Edition {
    id: String,
    version: String,
    questions: usize,
    left_out: usize,
}

#[derive(Serialize)]
struct Entry {
    id: String,
    stem: String,
}

#[derive(Serialize)]
struct Renamed<'d> {
    from: &'d str,
    to: &'d str,
}

#[derive(Serialize)]
struct QuestionRow<'d> {
    id: &'d str,
    key: Option<&'static str>,
    keys: Vec<Row<'d>>,
    wording: Vec<Row<'d>>,
    metadata: Vec<Row<'d>>,
}

#[derive(Serialize)]
struct Row<'d> {
    field: &'d str,
    before: Option<&'d str>,
    after: Option<&'d str>,
}

fn document<'d>(old: &Named<Bank>, new: &Named<Bank>, changes: &'d BankDiff) -> Document<'d> {
    let edition = |named: &Named<Bank>| Edition {
        id: named.content.id.to_string(),
        version: named.content.version.to_string(),
        questions: named.content.questions.len(),
        left_out: named.left_out,
    };
    let entries = |list: &[std::sync::Arc<Question>]| {
        list.iter().map(|q| Entry { id: q.id.to_string(), stem: q.stem.to_string() }).collect()
    };
    Document {
        format: 1,
        old: edition(old),
        new: edition(new),
        bank: rows(&changes.header),
        added: entries(&changes.added),
        removed: entries(&changes.removed),
        renamed: changes.renamed.iter().map(|(a, b)| Renamed { from: a.as_str(), to: b.as_str() }).collect(),
        changed: changes.changed.iter().map(row).collect(),
    }
}

fn row(changed: &Changed) -> QuestionRow<'_> {
    let key = changed.key.map(|k| match k {
        KeyChange::Changed => "changed",
        KeyChange::Rewritten => "rewritten",
    });
    let (keys, wording, metadata) = (rows(&changed.keys), rows(&changed.wording), rows(&changed.metadata));
    QuestionRow { id: changed.id.as_str(), key, keys, wording, metadata }
}

fn rows(changes: &[Change]) -> Vec<Row<'_>> {
    let row = |c| {
        let Change { field, old, new }: &Change = c;
        Row { field, before: old.as_deref(), after: new.as_deref() }
    };
    changes.iter().map(row).collect()
}
