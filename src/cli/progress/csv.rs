//! `--csv`: one table, a line a row. All cells are identifiers, numbers, moments or words of ours, so that none needs
//! quotes and none can be taken for a formula.

use std::io::{self, Write};

use clap::ValueEnum;

use crate::engine::progress::{Area, Figures};
use crate::engine::record::Summary;

use super::{Report, json};

/// A table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Table {
    /// The exams, the newest first
    Exams,
    /// Each domain of each bank
    Domains,
    /// Each module of each bank
    Modules,
    /// The days of study
    Days,
    /// The cards that come due over the next 14 days
    Cards,
}

pub fn print(report: &Report, table: Table, out: &mut impl Write) -> io::Result<()> {
    let rows: Vec<Vec<String>> = match table {
        Table::Exams => report.exams.iter().map(|e| exam(report, e)).collect(),
        Table::Domains => areas(report, |f| &f.domains),
        Table::Modules => areas(report, |f| &f.modules),
        Table::Days => json::days(report).into_iter().map(day).collect(),
        Table::Cards => json::cards_due(report).into_iter().map(cards).collect(),
    };
    writeln!(out, "{}", head(table))?;
    rows.iter().try_for_each(|row| writeln!(out, "{}", row.join(",")))
}

/// The names of a table's columns.
fn head(table: Table) -> &'static str {
    match table {
        Table::Exams => {
            "id,bank,version,state,partial,feedback,allowance,questions,started,ended,used_seconds,points,percent,passed"
        }
        Table::Domains | Table::Modules => "bank,id,answers,right,low_percent,high_percent,seen,questions,seconds_each",
        Table::Days => "day,answers,right,cards",
        Table::Cards => "day,cards",
    }
}

/// The tables and their columns as Markdown, for the documentation.
pub fn markdown() -> String {
    let rows = Table::value_variants().iter().filter_map(|table| {
        let columns: Vec<String> = head(*table).split(',').map(|column| format!("`{column}`")).collect();
        Some(format!("| `--csv {}` | {} |\n", table.to_possible_value()?.get_name(), columns.join(", ")))
    });
    format!("| Table | Columns |\n| - | - |\n{}", rows.collect::<String>())
}

/// An empty cell for what is not there.
fn cell(value: Option<impl ToString>) -> String {
    value.map(|v| v.to_string()).unwrap_or_default()
}

fn exam(report: &Report, summary: &Summary) -> Vec<String> {
    let row = json::exam(report, summary);
    let allowance = row.allowance.trim_start_matches('×').to_owned();
    vec![
        row.id,
        row.bank,
        row.version,
        row.state.into(),
        row.partial.to_string(),
        row.feedback.into(),
        allowance,
        row.questions.to_string(),
        row.started,
        cell(row.ended),
        row.used_seconds.to_string(),
        cell(row.points),
        cell(row.percent),
        cell(row.passed),
    ]
}

fn areas(report: &Report, of: impl Fn(&Figures) -> &Vec<Area>) -> Vec<Vec<String>> {
    let rows = report.banks.iter().flat_map(|b| of(&b.figures).iter().map(|a| (b.bank.id.to_string(), json::area(a))));
    rows.map(|(bank, row)| {
        vec![
            bank,
            row.id,
            row.answers.to_string(),
            row.right.to_string(),
            cell(row.low_percent),
            cell(row.high_percent),
            row.seen.to_string(),
            row.questions.to_string(),
            cell(row.seconds_each.map(|s| (s * 10.0).round() / 10.0)),
        ]
    })
    .collect()
}

fn day(row: json::DayRow) -> Vec<String> {
    vec![row.day, row.answers.to_string(), row.right.to_string(), row.cards.to_string()]
}

fn cards(row: json::CardsRow) -> Vec<String> {
    vec![row.day, row.cards.to_string()]
}
