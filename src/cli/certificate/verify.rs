//! `examdeck certificate verify`: what a certificate proves, and what it does not.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use clap::Args;
use serde::Serialize;

use crate::app::page::counted;
use crate::content::source::read_file;
use crate::engine::bank::Bank;
use crate::engine::slug::Slug;
use crate::publish::certificate::grade::Grading;
use crate::publish::certificate::verify::{File, MAX_FILE, Reading, Verdict, read};
use crate::publish::certificate::words::{self, harmless};

use super::super::{Status, chain, named};

/// The questions that are named one by one.
const NAMED: usize = 10;

/// What is verified.
#[derive(Args, Clone, Debug)]
pub struct Orders {
    /// The certificate
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// The bank to mark the answers on: its id, or the path of its file or folder (default: the one of the certificate's id)
    #[arg(long, value_name = "ID|PATH")]
    bank: Option<String>,
    /// As JSON, for programs
    #[arg(long)]
    json: bool,
}

/// All that was found out.
struct Findings {
    reading: Reading,
    bank: Option<Bank>,
    verdict: Verdict,
    grading: Option<Grading>,
}

/// Verifies a file: 0 verified, 1 not, 2 unreadable.
pub fn run(data_dir: &Path, orders: &Orders, out: &mut impl Write, err: &mut impl Write) -> io::Result<Status> {
    let findings = match find(data_dir, orders) {
        Ok(findings) => findings,
        Err((message, status)) => {
            writeln!(err, "examdeck: {message}")?;
            return Ok(status);
        }
    };
    let status = if findings.verdict == Verdict::Verified { Status::Ok } else { Status::Findings };
    let written = match orders.json {
        true => writeln!(out, "{}", serde_json::to_string_pretty(&row(&findings))?),
        false => human(&findings).iter().try_for_each(|line| writeln!(out, "{line}")),
    };
    match written {
        // Whoever reads no further must not take an untrue certificate for a true one.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(status),
        written => written.map(|()| status),
    }
}

fn find(data_dir: &Path, orders: &Orders) -> Result<Findings, (String, Status)> {
    let file = read_file(&orders.file).map_err(|error| (chain(&error), Status::Usage))?;
    let shown = file.name.one_line();
    let reading = match read(&file.text) {
        _ if file.not_utf8.is_some() => {
            return Err((format!("{shown} is no text: it is no certificate"), Status::Usage));
        }
        _ if file.text.len() > MAX_FILE => {
            return Err((format!("{shown} is larger than any certificate ({} MiB)", MAX_FILE >> 20), Status::Usage));
        }
        File::Foreign => return Err((format!("{shown} is no certificate of examdeck"), Status::Usage)),
        File::Newer => return Err((format!("{shown} was made by a newer examdeck: install it"), Status::Usage)),
        File::Broken => {
            return Err((format!("{shown} was changed: its data cannot be read any more"), Status::Findings));
        }
        File::Readable(reading) => *reading,
    };
    let bank = match &orders.bank {
        Some(named) => Some(named::bank(named, Some(data_dir)).map_err(|why| (why, Status::Usage))?),
        // An id of the file is never taken for a path.
        None => Slug::new(&reading.sealed.data.bank.id).and_then(|id| named::bank_of(&id, Some(data_dir)).ok()),
    };
    let bank = bank.map(|named| named.content);
    let (verdict, grading) = reading.judge(bank.as_ref());
    Ok(Findings { reading, bank, verdict, grading })
}

/// What `--json` prints.
#[derive(Serialize)]
struct Row {
    verdict: &'static str,
    signed: bool,
    unchanged: bool,
    name: String,
    bank: String,
    version: String,
    ended: i64,
    millipoints: u64,
    questions: usize,
    pass_percent: u32,
    code: String,
    key: String,
    marked_on: Option<MarkedOn>,
    contradictions: Vec<String>,
}

/// The bank at hand, and what the answers are worth on it.
#[derive(Serialize)]
struct MarkedOn {
    bank: String,
    version: String,
    same: bool,
    millipoints: u64,
    missing: Vec<String>,
    altered: Vec<String>,
}

fn row(findings: &Findings) -> Row {
    let Findings { reading, bank, verdict, grading } = findings;
    let data = &reading.sealed.data;
    Row {
        verdict: verdict.label(),
        signed: reading.signed,
        unchanged: reading.shown,
        name: harmless(&data.name),
        bank: harmless(&data.bank.id),
        version: harmless(&data.bank.version),
        ended: data.ended,
        millipoints: data.score.millipoints,
        questions: data.score.of,
        pass_percent: data.score.pass_percent,
        code: reading.sealed.code(),
        key: reading.sealed.fingerprint(),
        marked_on: bank.as_ref().zip(grading.as_ref()).map(|(bank, grading)| MarkedOn {
            bank: bank.id.to_string(),
            version: bank.version.to_string(),
            same: grading.same_bank,
            millipoints: grading.millipoints,
            missing: grading.missing.clone(),
            altered: grading.altered.clone(),
        }),
        contradictions: grading.iter().flat_map(|g| g.contradictions.clone()).collect(),
    }
}

fn human(findings: &Findings) -> Vec<String> {
    let Findings { reading, verdict, .. } = findings;
    let data = &reading.sealed.data;
    let (bank, version) = (harmless(&data.bank.id), harmless(&data.bank.version));
    let mut lines = vec![
        match verdict {
            Verdict::Verified => "VERIFIED".to_owned(),
            Verdict::Unproven => "NOT VERIFIED: the file is whole, but its score cannot be proved here".to_owned(),
            Verdict::Refuted => "NOT VERIFIED: do not trust it".to_owned(),
        },
        String::new(),
        "It says:".to_owned(),
        format!("  {} passed {bank} {version}", harmless(&data.name)),
        format!(
            "  with {}, pass mark {} %,",
            words::points(data.score.millipoints, data.score.of),
            data.score.pass_percent
        ),
        format!("  on {}", words::date(data)),
        format!("  Code {}", reading.sealed.code()),
        format!("  Key  {}", reading.sealed.fingerprint()),
    ];
    let mut part = |head: &str, points: Vec<String>| {
        if !points.is_empty() {
            lines.extend([String::new(), head.to_owned()]);
            lines.extend(points.iter().map(|point| format!("  - {point}")));
        }
    };
    part("What is wrong:", wrong(findings));
    part("What this proves:", proved(findings));
    part("What it does not prove:", unproved(findings));
    lines
}

/// What was changed, or is not so.
fn wrong(findings: &Findings) -> Vec<String> {
    let mut out = Vec::new();
    if !findings.reading.signed {
        out.push("The data was changed after it was signed, or was never signed by this key.".to_owned());
    } else if !findings.reading.shown {
        out.push("The page was changed: it is not what its data shows.".to_owned());
    }
    let contradictions = findings.grading.iter().flat_map(|g| &g.contradictions);
    out.extend(contradictions.map(|what| format!("On the bank that it names: {what}.")));
    out
}

fn proved(findings: &Findings) -> Vec<String> {
    let data = &findings.reading.sealed.data;
    if findings.verdict == Verdict::Refuted {
        return Vec::new();
    }
    let mut out = vec!["Nothing in the file has changed since this key signed it.".to_owned()];
    if let (Some(bank), Some(grading)) = (&findings.bank, &findings.grading) {
        let score = words::points(grading.millipoints, grading.of);
        let which = if grading.same_bank { "the same bank to the letter" } else { "not the bank that was sat on" };
        out.push(format!("Marked again on {} {} ({which}), these answers give {score}.", bank.id, bank.version));
    }
    if findings.verdict == Verdict::Verified {
        let questions = counted(data.answers.len(), "question");
        out.push(format!("It is the bank's whole exam of {questions}, drawn by its weights."));
    }
    out
}

fn unproved(findings: &Findings) -> Vec<String> {
    let data = &findings.reading.sealed.data;
    let (id, version) = (harmless(&data.bank.id), harmless(&data.bank.version));
    let mut out = Vec::new();
    if findings.verdict == Verdict::Unproven {
        out.push(match &findings.grading {
            None => format!("The score: {id} {version} is not installed here; name it with --bank."),
            Some(_) => format!("The score: it was sat on {id} {version} with SHA-256 {}.", harmless(&data.bank.sha256)),
        });
        if let Some(grading) = &findings.grading {
            out.extend(named("Questions that this bank does not have", &grading.missing));
            out.extend(named("Questions that are others here", &grading.altered));
        }
    }
    out.extend([
        "Who sat, or with what help: the name is what the student typed.".to_owned(),
        "That anybody else kept the time: the student's own program did.".to_owned(),
        "Whose key it is: ask the student for the key's code.".to_owned(),
    ]);
    out
}

fn named(what: &str, ids: &[String]) -> Option<String> {
    let more = ids.len().saturating_sub(NAMED);
    let rest = if more > 0 { format!(" and {more} more") } else { String::new() };
    let shown: Vec<String> = ids.iter().take(NAMED).map(|id| id.chars().take(64).collect()).collect();
    (!ids.is_empty()).then(|| format!("{what}: {}{rest}.", shown.join(", ")))
}
