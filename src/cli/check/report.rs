//! Findings for people, for editors, and as JSON.

use std::io::{Result, Write};

use serde::Serialize;

use crate::content::diagnostic::{Diagnostic, Severity, place, render};

use super::Checked;

/// The source line with the place underlined, for each finding, and a line for each bank or deck.
pub fn human(checked: &Checked, colour: bool, out: &mut impl Write) -> Result<()> {
    for finding in &checked.findings {
        writeln!(out, "{}\n", render(finding, &checked.files, colour))?;
    }
    if let (Some(message), Some(first)) = (checked.twin_message(), &checked.twin) {
        writeln!(out, "error[S04]: {message}\n  --> {}\n   = taken by: {first}\n", checked.path)?;
    }
    writeln!(out, "{}", summary(checked))
}

fn summary(checked: &Checked) -> String {
    let (errors, warnings) = (checked.count(Severity::Error), checked.count(Severity::Warning));
    let count = |n: usize, what: &str| format!("{n} {what}{}", if n == 1 { "" } else { "s" });
    let (sound, what) = checked.sound;
    let mut line = format!("{}: {}", checked.path, count(sound, &format!("sound {what}")));
    if checked.left_out > 0 {
        line.push_str(&format!(", {} left out", checked.left_out));
    }
    if errors + warnings == 0 {
        line.push_str(", nothing found");
    } else {
        line.push_str(&format!("; {}, {}", count(errors, "error"), count(warnings, "warning")));
    }
    line
}

/// `path:line:column: warning[W01]: message`, which editors and `grep` know how to jump to.
pub fn short(checked: &Checked, out: &mut impl Write) -> Result<()> {
    for finding in &checked.findings {
        let file = &checked.files[finding.file];
        let (line, column) = place(file, finding.span.start);
        let (name, level) = (file.name.one_line(), finding.severity.label());
        writeln!(out, "{name}:{line}:{column}: {level}[{}]: {}", finding.code, finding.message)?;
    }
    if let Some(message) = checked.twin_message() {
        writeln!(out, "{}:1:1: error[S04]: {message}", checked.path)?;
    }
    Ok(())
}

#[derive(Serialize)]
struct Document<'c> {
    /// The version of this form.
    version: u32,
    checked: Vec<Summary<'c>>,
    findings: Vec<Finding<'c>>,
}

#[derive(Serialize)]
struct Summary<'c> {
    path: &'c str,
    kind: &'static str,
    id: Option<&'c str>,
    sound: usize,
    left_out: usize,
    errors: usize,
    warnings: usize,
}

#[derive(Serialize)]
struct Finding<'c> {
    code: String,
    severity: &'static str,
    message: String,
    help: Option<&'c str>,
    #[serde(flatten)]
    place: Place,
    related: Option<Related<'c>>,
}

#[derive(Serialize)]
struct Related<'c> {
    message: &'c str,
    #[serde(flatten)]
    place: Place,
}

/// A stretch of a file: lines and columns from 1, columns in characters, the end behind the last one.
#[derive(Serialize)]
pub struct Place {
    /// The file.
    pub path: String,
    /// Where it begins.
    pub line: usize,
    /// Where it begins in the line.
    pub column: usize,
    /// Where it ends.
    pub end_line: usize,
    /// Behind its last character.
    pub end_column: usize,
}

/// The place of a span in one of the files that were checked.
pub fn stretch(checked: &Checked, file: usize, span: &std::ops::Range<usize>) -> Place {
    let file = &checked.files[file];
    let ((line, column), (end_line, end_column)) = (place(file, span.start), place(file, span.end));
    Place { path: file.name.one_line(), line, column, end_line, end_column }
}

/// One document with all findings.
pub fn json(all: &[Checked], out: &mut impl Write) -> Result<()> {
    let findings = all.iter().flat_map(|c| c.findings.iter().map(|f| finding(c, f)).chain(twin(c))).collect();
    let document = Document { version: 1, checked: all.iter().map(totals).collect(), findings };
    serde_json::to_writer_pretty(&mut *out, &document)?;
    writeln!(out)
}

fn totals(checked: &Checked) -> Summary<'_> {
    Summary {
        path: &checked.path,
        kind: checked.kind.table(),
        id: checked.id.as_ref().map(|id| id.as_str()),
        sound: checked.sound.0,
        left_out: checked.left_out,
        errors: checked.count(Severity::Error),
        warnings: checked.count(Severity::Warning),
    }
}

fn finding<'c>(checked: &'c Checked, finding: &'c Diagnostic) -> Finding<'c> {
    Finding {
        code: finding.code.to_string(),
        severity: finding.severity.label(),
        message: finding.message.clone(),
        help: finding.help.as_deref(),
        place: stretch(checked, finding.file, &finding.span),
        related: finding
            .related
            .as_ref()
            .map(|(file, span, label)| Related { message: label, place: stretch(checked, *file, span) }),
    }
}

/// The id that another bank has is no place in one file.
fn twin(checked: &Checked) -> Option<Finding<'_>> {
    let place = Place { path: checked.path.clone(), line: 1, column: 1, end_line: 1, end_column: 1 };
    let severity = Severity::Error.label();
    let message = checked.twin_message()?;
    Some(Finding { code: "S04".into(), severity, message, help: None, place, related: None })
}
