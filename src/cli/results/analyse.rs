//! `examdeck results analyse`: what the answers of many students say of the questions.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use crate::content::source::path_text;
use crate::engine::item_statistics::Finding;
use crate::exchange::results::class::{Attempts, Trouble, files, gather};
use crate::exchange::results::report::{OptionRow, QuestionRow, Report, report};

use super::{Status, chain, count};

/// How many troubles are named one by one.
const NAMED: u64 = 20;
/// How wide the lines of the table may be, in columns.
const WIDE: usize = 100;
/// The columns of `--csv`.
const COLUMNS: &str = "bank,question,edition,editions,versions,domain,module,kind,n,too_few,facility,discrimination,seconds,\
                       omitted,wrong,distractors,idle_distractors,findings";

/// What was typed.
#[derive(Args, Debug)]
pub struct Orders {
    /// Students' files, or folders of them (those ending in .jsonl)
    #[arg(value_name = "FILE", required = true)]
    files: Vec<PathBuf>,
    /// One row for each question, for spreadsheets
    #[arg(long)]
    csv: bool,
    /// Everything as JSON, for programs
    #[arg(long, conflicts_with = "csv")]
    json: bool,
    /// Which answers count: only a student's first to a question, or all
    #[arg(long, value_enum, value_name = "WHICH", default_value = "first")]
    attempts: Which,
    /// Judge nothing by fewer answers than this
    #[arg(long, value_name = "N", default_value_t = 20, value_parser = least)]
    min: u64,
}

fn least(raw: &str) -> Result<u64, String> {
    raw.parse().ok().filter(|n| *n >= 2).ok_or_else(|| "a number from 2 on: one answer correlates with nothing".into())
}

/// Which answers count.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum Which {
    /// Only a student's first answer to a question
    First,
    /// All answers
    All,
}

/// Prints what the answers say.
pub fn run(orders: &Orders, out: &mut impl Write, err: &mut impl Write) -> io::Result<Status> {
    let attempts = match orders.attempts {
        Which::First => Attempts::First,
        Which::All => Attempts::All,
    };
    let files = match files(&orders.files) {
        Ok(files) => files,
        Err(error) => return super::refuse(err, &chain(&error), Status::Findings),
    };
    if files.is_empty() {
        let named: Vec<String> = orders.files.iter().map(|path| path_text(path).one_line()).collect();
        return super::refuse(err, &format!("there are no .jsonl files in {}", named.join(", ")), Status::Findings);
    }
    let mut troubles = 0;
    let class = gather(&files, attempts, orders.min, |path, trouble| {
        troubles += 1;
        let path = path_text(path).one_line();
        match trouble {
            _ if troubles > NAMED => Ok(()),
            Trouble::File(error) => writeln!(err, "examdeck: cannot read {path}: {}", chain(&error)),
            Trouble::Line(fault) => {
                let column = fault.column.map_or(String::new(), |c| format!(":{c}"));
                writeln!(err, "examdeck: {path}:{}{column}: {}; the line is passed over", fault.line, fault.reason)
            }
        }
    })?;
    if troubles > NAMED {
        writeln!(err, "examdeck: and {} more like these", troubles - NAMED)?;
    }
    let report = report(&class, attempts, orders.min);
    if orders.json {
        writeln!(out, "{}", serde_json::to_string_pretty(&report)?)?;
    } else if orders.csv {
        out.write_all(csv(&report).as_bytes())?;
    } else {
        out.write_all(text(&report).as_bytes())?;
    }
    Ok(if troubles > 0 || report.counted == 0 { Status::Findings } else { Status::Ok })
}

fn csv(report: &Report) -> String {
    let mut out = format!("{COLUMNS}\n");
    let figure = |x: Option<f64>| x.map(|x| x.to_string()).unwrap_or_default();
    for q in &report.questions {
        let distractors = || q.options.iter().filter(|o| !o.key);
        let cells = [
            q.bank.clone(),
            q.question.clone(),
            q.edition.clone(),
            q.editions.to_string(),
            q.versions.join(" "),
            q.domain.clone(),
            q.module.clone().unwrap_or_default(),
            q.kind.to_owned(),
            q.n.to_string(),
            q.too_few.to_string(),
            figure(q.facility),
            figure(q.discrimination),
            figure(q.seconds),
            q.omitted.to_string(),
            q.wrong.to_string(),
            distractors().count().to_string(),
            distractors().filter(|o| o.works == Some(false)).count().to_string(),
            q.findings.join(" "),
        ];
        // Ids, versions and numbers: nothing in them wants quotes, or is a formula to a spreadsheet.
        out.push_str(&cells.join(","));
        out.push('\n');
    }
    out
}

fn text(report: &Report) -> String {
    let mut out = sums(report);
    for bank in &report.banks {
        out.push_str(&format!("\n{}: {}", bank.bank, count(bank.sittings as usize, "sitting")));
        if let (Some(mean), Some(sd)) = (bank.mean_percent, bank.sd_percent) {
            out.push_str(&format!(", mean score {mean:.1} %, standard deviation {sd:.1}"));
        }
        out.push('\n');
        if bank.sittings < report.min {
            out.push_str(&format!("  too few for a reliability (under {})\n", report.min));
        } else if let (Some(r), Some(error)) = (bank.kr21, bank.error_percent) {
            out.push_str(&format!(
                "  as papers drawn by chance: KR-21 {r:.2}, standard error of measurement {error:.1} % of the score\n"
            ));
        }
        for paper in report.papers.iter().filter(|p| p.bank == bank.bank) {
            let (Some(r), Some(error), Some(mean)) = (paper.kr20, paper.error, paper.mean) else { continue };
            out.push_str(&format!(
                "  {} sat the same {} questions: mean {mean:.2} points, KR-20 {r:.2},\n    standard error of \
                 measurement {error:.2} points\n",
                paper.sittings, paper.questions
            ));
        }
    }
    let mut by_bank: BTreeMap<&str, Vec<&QuestionRow>> = BTreeMap::new();
    report.questions.iter().for_each(|q| by_bank.entry(&q.bank).or_default().push(q));
    for (bank, questions) in by_bank {
        out.push_str(&table(bank, &questions, report.min));
    }
    out
}

fn sums(report: &Report) -> String {
    let mut out = format!(
        "{} of {}, {}: {} counted",
        count(report.sittings as usize, "sitting"),
        count(report.students as usize, "student"),
        count(report.lines as usize, "answer"),
        report.counted
    );
    let rest = [
        (report.later_attempts, "not the first to their questions"),
        (report.repeated, "there twice"),
        (report.passed_over, "passed over"),
    ];
    for (n, what) in rest.into_iter().filter(|(n, _)| *n > 0) {
        out.push_str(&format!(", {n} {what}"));
    }
    out.push('\n');
    let noted = [
        (report.incomplete_sittings, "with lines missing: the lines that are there counted"),
        (report.contradictory_sittings, "differing from its first copy: only the first counted"),
    ];
    for (n, what) in noted.into_iter().filter(|(n, _)| *n > 0) {
        out.push_str(&format!("{} {what}\n", count(n as usize, "sitting")));
    }
    out
}

fn table(bank: &str, questions: &[&QuestionRow], min: u64) -> String {
    let wide = questions.iter().map(|q| name(q).len()).max().unwrap_or(0).clamp(8, 48);
    let mut out = format!("\n{bank:<wide$}       n  facility  discrimination  seconds\n");
    let figure = |x: Option<f64>| x.map_or("–".into(), |x| format!("{x:.2}"));
    for q in questions {
        let seconds = q.seconds.map_or("–".into(), |s| format!("{s:.1}"));
        let few = if q.too_few { format!("  too few (under {min})") } else { String::new() };
        out.push_str(&format!(
            "{:<wide$}  {:>6}  {:>8}  {:>14}  {seconds:>7}{few}\n",
            name(q),
            q.n,
            figure(q.facility),
            figure(q.discrimination),
        ));
        if !q.findings.is_empty() {
            out.push_str(&format!("    {}\n", words(q)));
            q.options.iter().for_each(|o| out.push_str(&option(o, q)));
        }
    }
    out
}

/// The question's id; with the versions of the bank if there are several wordings of it.
fn name(q: &QuestionRow) -> String {
    if q.editions == 1 { q.question.clone() } else { format!("{} ({})", q.question, q.versions.join(", ")) }
}

fn words(q: &QuestionRow) -> String {
    const ALL: [Finding; 6] = [
        Finding::LikelyWrongKey,
        Finding::NegativeDiscrimination,
        Finding::TooHard,
        Finding::WeakDiscrimination,
        Finding::IdleDistractor,
        Finding::TooEasy,
    ];
    let said = ALL.iter().filter(|f| q.findings.contains(&f.label())).map(|f| f.words());
    said.collect::<Vec<_>>().join("; ")
}

/// `text` in at most `room` columns.
fn cut(text: &str, room: usize) -> String {
    if text.width() <= room {
        return text.to_owned();
    }
    let mut out = String::new();
    for c in text.chars() {
        if out.width() + c.width().unwrap_or(0) + 1 > room {
            break;
        }
        out.push(c);
    }
    out + "…"
}

fn option(o: &OptionRow, q: &QuestionRow) -> String {
    let mark = if o.key { "key" } else { "" };
    let idle = if o.works == Some(false) { "  does not work" } else { "" };
    let counts = format!("    {mark:<3}  {:>5} of {}, {:>3} of the {} strong", o.chosen, q.n, o.strong, q.strong);
    let room = WIDE.saturating_sub(counts.len() + 2 + idle.len());
    format!("{counts}  {}{idle}\n", cut(&o.text, room))
}
