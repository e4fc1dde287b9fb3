//! `examdeck check`: everything that is wrong with banks and decks, in one run.

use std::collections::HashMap;
use std::io::{IsTerminal, Write};
use std::path::PathBuf;

use crate::content::diagnostic::{Diagnostic, Severity, render};
use crate::content::kind::ContentKind;
use crate::content::load::load;
use crate::content::load_deck::load_deck;
use crate::content::source::{SourceFile, find, path_text};
use crate::engine::slug::Slug;

use super::{Status, chain};

/// Prints the findings of all banks and decks at `paths`. Findings give exit status 1, something unreadable gives 2.
pub fn run(paths: &[PathBuf], out: &mut impl Write, err: &mut impl Write) -> std::io::Result<Status> {
    let colour =
        std::io::stdout().is_terminal() && crate::runtime::loader::variable("NO_COLOR").is_none_or(|v| v.is_empty());
    let mut status = Status::Ok;
    let mut ids = HashMap::new();
    for path in paths {
        let found = match find(path) {
            Ok(found) => found,
            Err(error) => {
                writeln!(err, "examdeck: {}", chain(&error))?;
                status = Status::Usage;
                continue;
            }
        };
        for files in found {
            let (read, errors) = files.read();
            for error in &errors {
                writeln!(err, "examdeck: {}", chain(error))?;
                status = Status::Usage;
            }
            if read.is_empty() {
                continue;
            }
            let checked = check(files.kind, read);
            for finding in &checked.findings {
                writeln!(out, "{}\n", render(finding, &checked.files, colour))?;
            }
            let mut found = !checked.findings.is_empty();
            if let Some(id) = &checked.id
                && let Some(first) = ids.insert((files.kind, id.clone()), files.root.clone())
            {
                let (kind, root) = (files.kind.table(), path_text(&files.root).one_line());
                let first = path_text(&first).one_line();
                writeln!(out, "error[S04]: the {kind} id `{id}` is taken\n  --> {root}\n   = taken by: {first}\n")?;
                found = true;
            }
            writeln!(out, "{}", summary(&path_text(&files.root).one_line(), &checked))?;
            if found && status == Status::Ok {
                status = Status::Findings;
            }
        }
    }
    Ok(status)
}

/// What was found out about a bank or a deck.
struct Checked {
    id: Option<Slug>,
    /// How many questions or cards are sound, and which of the two they are.
    sound: (usize, &'static str),
    left_out: usize,
    findings: Vec<Diagnostic>,
    files: Vec<SourceFile>,
}

fn check(kind: ContentKind, files: Vec<SourceFile>) -> Checked {
    match kind {
        ContentKind::Bank => {
            let l = load(files);
            let (id, sound) = l.bank.map_or((None, 0), |b| (Some(b.id), b.questions.len()));
            Checked { id, sound: (sound, "question"), left_out: l.left_out, findings: l.findings, files: l.files }
        }
        ContentKind::Deck => {
            let l = load_deck(files);
            let (id, sound) = l.deck.map_or((None, 0), |d| (Some(d.id), d.entries.len()));
            Checked { id, sound: (sound, "card"), left_out: l.left_out, findings: l.findings, files: l.files }
        }
    }
}

fn summary(path: &str, checked: &Checked) -> String {
    let errors = checked.findings.iter().filter(|f| f.severity == Severity::Error).count();
    let warnings = checked.findings.len() - errors;
    let count = |n: usize, what: &str| format!("{n} {what}{}", if n == 1 { "" } else { "s" });
    let (sound, what) = checked.sound;
    let mut line = format!("{path}: {}", count(sound, &format!("sound {what}")));
    if checked.left_out > 0 {
        line.push_str(&format!(", {} left out", checked.left_out));
    }
    if checked.findings.is_empty() {
        line.push_str(", nothing found");
    } else {
        line.push_str(&format!("; {}, {}", count(errors, "error"), count(warnings, "warning")));
    }
    line
}
