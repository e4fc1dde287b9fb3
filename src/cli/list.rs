//! `examdeck list`: the banks and decks that there are.

use std::io::Write;
use std::path::Path;

use serde::Serialize;

use crate::content::kind::ContentKind;
use crate::content::source::path_text;
use crate::engine::deck::OWN_DECK;
use crate::engine::text::Text;
use crate::exchange::installed::{Installed, Origin, built_in, installed};
use crate::exchange::parcel::Content;
use crate::runtime::loader;

use super::Status;

/// What `--json` prints.
#[derive(Serialize)]
struct List {
    content: Vec<Row>,
}

#[derive(Serialize)]
struct Row {
    kind: &'static str,
    id: String,
    version: String,
    title: String,
    items: usize,
    used: bool,
    path: Option<String>,
    added_from: Option<String>,
    changed: bool,
    signed_by: Option<String>,
}

/// Prints what is built in and what is installed in `data_dir`.
pub fn run(data_dir: &Path, json: bool, out: &mut impl Write) -> std::io::Result<Status> {
    let places = loader::places(data_dir);
    let mut rows = Vec::new();
    for kind in ContentKind::ALL {
        let mut own: Vec<Row> = built_in(kind).iter().map(|c| row(c, None)).collect();
        own.extend(installed(places.of(kind), kind).iter().map(|i| row(&i.content, Some(i))));
        shade(&mut own);
        rows.append(&mut own);
    }
    if json {
        writeln!(out, "{}", serde_json::to_string_pretty(&List { content: rows })?)?;
        return Ok(Status::Ok);
    }
    for row in &rows {
        writeln!(out, "{} {} {}: {}", row.kind, row.id, row.version, row.title)?;
        writeln!(out, "    {}", about(row))?;
    }
    Ok(Status::Ok)
}

fn row(content: &Content, installed: Option<&Installed>) -> Row {
    let (receipt, seal) = match installed.map(|i| &i.origin) {
        None | Some(Origin::ByHand) => (None, None),
        Some(Origin::Added(receipt)) => (Some(receipt), receipt.signed.as_ref()),
        // A signature does not hold for what was changed since.
        Some(Origin::Changed(receipt)) => (Some(receipt), None),
    };
    Row {
        kind: content.kind().table(),
        id: content.id().to_string(),
        version: content.version().to_string(),
        title: content.title(),
        items: match content {
            Content::Bank(bank) => bank.questions.len(),
            Content::Deck(deck) => deck.cards().len(),
        },
        used: true,
        path: installed.map(|i| path_text(&i.path).one_line()),
        added_from: receipt.map(|r| Text::new(&r.added_from).one_line()),
        changed: matches!(installed.map(|i| &i.origin), Some(Origin::Changed(_))),
        signed_by: seal.map(ToString::to_string),
    }
}

/// Of one id the highest version is used, and the first of several.
fn shade(rows: &mut [Row]) {
    let version = |row: &Row| semver::Version::parse(&row.version).ok();
    for i in 0..rows.len() {
        let better =
            |j: usize| version(&rows[j]) > version(&rows[i]) || (j < i && version(&rows[j]) == version(&rows[i]));
        rows[i].used = !(0..rows.len()).any(|j| rows[j].id == rows[i].id && better(j));
    }
}

fn about(row: &Row) -> String {
    let count = |what: &str| format!("{} {what}{}", row.items, if row.items == 1 { "" } else { "s" });
    let mut facts = vec![count(if row.kind == "bank" { "question" } else { "card" })];
    facts.push(match (&row.path, &row.added_from) {
        (None, _) => "built in".into(),
        (Some(path), None) if row.kind == "deck" && row.id == OWN_DECK => format!("your own cards, in {path}"),
        (Some(_), Some(from)) => format!("added from {from}"),
        (Some(path), None) => format!("put by hand into {path}"),
    });
    match &row.signed_by {
        _ if row.changed => facts.push("changed since".into()),
        Some(who) => facts.push(format!("signed by {who}")),
        None if row.added_from.is_some() || row.path.is_some() && row.id != OWN_DECK => facts.push("not signed".into()),
        None => {}
    }
    if !row.used {
        facts.push("not used: there is a higher version".into());
    }
    facts.join(", ")
}
