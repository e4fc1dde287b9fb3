//! `examdeck bank stats`: what a bank holds, as text and as JSON.

use std::io::{Result, Write};

use serde::Serialize;

use crate::app::page::counted;
use crate::app::wrap::{cut, width};
use crate::engine::bank::Bank;
use crate::engine::slug::Slug;
use crate::engine::stock::{Count, Reading, Stock, stock};

use super::super::named::Named;
use super::set;

/// Prints what the bank holds.
pub fn write(named: &Named<Bank>, json: bool, out: &mut impl Write) -> Result<()> {
    let stock = stock(&named.content);
    if json {
        serde_json::to_writer_pretty(&mut *out, &document(named, &stock))?;
        return writeln!(out);
    }
    write!(out, "{}", text(named, &stock))
}

fn percent(part: usize, whole: usize) -> String {
    if whole == 0 { "–".into() } else { format!("{:.0} %", part as f64 * 100.0 / whole as f64) }
}

fn text(named: &Named<Bank>, stock: &Stock) -> String {
    let bank = &named.content;
    let mut title = format!("{}, {} {}: ", bank.title.one_line(), bank.id, bank.version);
    title.push_str(&counted(stock.questions, "question"));
    if named.left_out > 0 {
        title.push_str(&format!("; {} more broken and left out", named.left_out));
    }
    let mut out = set(&title, "", "  ");
    domains(&mut out, named, stock);
    counts(&mut out, "Modules", &stock.modules, stock.questions);
    counts(&mut out, "Types", &stock.kinds, stock.questions);
    counts(&mut out, "Levels", &stock.levels, stock.questions);
    keys(&mut out, stock);
    coverage(&mut out, stock);
    reading(&mut out, named, stock.reading.as_ref());
    reviews(&mut out, stock);
    out
}

/// A row: a name, cut or filled up to its column, and figures.
fn row(out: &mut String, name: &str, figures: &str) {
    const NAME: usize = 44;
    let name = cut(name, NAME);
    let pad = NAME.saturating_sub(width(&name));
    out.push_str(format!("  {name}{}{figures}", " ".repeat(pad)).trim_end());
    out.push('\n');
}

fn domains(out: &mut String, named: &Named<Bank>, stock: &Stock) {
    out.push_str("\nDomains\n");
    row(out, "", "questions    a paper   papers");
    for d in &stock.domains {
        let papers = d.papers.map_or("–".into(), |p| p.to_string());
        row(out, &d.title.one_line(), &format!("{:>9} {:>10} {:>8}", d.questions, d.per_paper, papers));
    }
    let seats = named.content.exam.questions;
    let first = stock.domains.iter().filter(|d| d.papers.is_some()).min_by_key(|d| d.papers);
    let text = match (seats > stock.questions, first) {
        (true, _) => format!("A mock exam has {}, more than the bank.", counted(seats, "question")),
        (false, Some(first)) => format!(
            "Mock exams of {} without a repeat: {}. The first domain to run out is {}.",
            counted(seats, "question"),
            stock.papers,
            first.title.one_line()
        ),
        (false, None) => "No domain gives questions to a mock exam.".into(),
    };
    out.push_str(&set(&text, "  ", "  "));
}

fn counts(out: &mut String, title: &str, counts: &[Count], whole: usize) {
    if counts.iter().all(|c| c.name == "none") {
        return;
    }
    out.push_str(&format!("\n{title}\n"));
    for c in counts {
        let title = c.title.as_ref().map_or(String::new(), |t| format!("  {}", t.one_line()));
        row(out, &format!("{}{title}", c.name), &format!("{:>9} {:>10}", c.questions, percent(c.questions, whole)));
    }
}

fn keys(out: &mut String, stock: &Stock) {
    let keys = &stock.keys;
    out.push_str("\nKeys\n");
    let chance = if keys.questions == 0 { 0.0 } else { keys.by_chance * 100.0 / keys.questions as f64 };
    for (name, seen) in [("the longest option", keys.longest), ("the shortest option", keys.shortest)] {
        let share = percent(seen, keys.questions);
        let text = format!("The key is {name} in {seen} of {} ({share}; {chance:.0} % by chance).", keys.questions);
        out.push_str(&set(&text, "  ", "  "));
    }
    if keys.fixed > 0 {
        let places: Vec<String> =
            keys.places.iter().enumerate().map(|(i, n)| format!("{n} at place {}", i + 1)).collect();
        let text = format!(
            "Options keep their places in {}: the key stands {}. In all others it changes places.",
            counted(keys.fixed, "single-choice question"),
            places.join(", ")
        );
        out.push_str(&set(&text, "  ", "  "));
    }
    let claims = stock.kinds.last().map_or(0, |c| c.questions);
    if claims > 0 {
        let share = percent(stock.true_claims, claims);
        out.push_str(&format!("  Claims that are true: {} of {claims} ({share}).\n", stock.true_claims));
    }
}

fn coverage(out: &mut String, stock: &Stock) {
    let c = &stock.coverage;
    out.push_str("\nCoverage\n");
    for (name, have, of) in [
        ("explanation", c.explanations, stock.questions),
        ("rationale of a distractor", c.rationales, c.distractors),
        ("source", c.sources, stock.questions),
        ("level", c.levels, stock.questions),
        ("objective", c.objectives, stock.questions),
        ("day of review", c.reviewed, stock.questions),
    ] {
        row(out, name, &format!("{have:>9} of {of:>7}   {:>5}", percent(have, of)));
    }
    lacking(out, stock);
}

/// The questions that lack what others have; where none has it, the figures above say so.
fn lacking(out: &mut String, stock: &Stock) {
    /// How many are named.
    const NAMED: usize = 5;
    let l = &stock.lacking;
    for (what, ids) in [
        ("an explanation", &l.explanations),
        ("a rationale of each distractor", &l.rationales),
        ("a source", &l.sources),
        ("a level", &l.levels),
        ("an objective", &l.objectives),
        ("a day of review", &l.reviewed),
    ] {
        if ids.is_empty() || ids.len() == stock.questions {
            continue;
        }
        let named = ids.iter().take(NAMED).map(Slug::as_str).collect::<Vec<_>>().join(", ");
        let more = match ids.len().saturating_sub(NAMED) {
            0 => String::new(),
            more => format!(", and {more} more (--json names all)"),
        };
        out.push_str(&set(&format!("Without {what}: {named}{more}"), "  ", "    "));
    }
}

fn reading(out: &mut String, named: &Named<Bank>, reading: Option<&Reading>) {
    out.push_str("\nReading ease of the stems (Flesch 1948; 60 to 70 is standard, below 30 hard)\n");
    if named.content.questions.is_empty() {
        out.push_str("  There is no stem to measure.\n");
        return;
    }
    let Some(r) = reading else {
        let tag = named.content.language.as_ref().map_or("en".into(), |l| l.one_line());
        let text = format!("The measure is made for English; the bank's language is `{tag}`.");
        out.push_str(&set(&text, "  ", "  "));
        return;
    };
    out.push_str(&set(
        &format!(
            "{:.0} in all: {:.1} words a sentence, {:.2} syllables a word. The hardest:",
            r.ease, r.words_per_sentence, r.syllables_per_word
        ),
        "  ",
        "  ",
    ));
    for (id, ease) in &r.hardest {
        row(out, id.as_str(), &format!("{ease:>9.0}"));
    }
}

fn reviews(out: &mut String, stock: &Stock) {
    if stock.oldest.is_empty() {
        return;
    }
    out.push_str("\nOldest reviews\n");
    for (id, day) in &stock.oldest {
        row(out, id.as_str(), &format!("{day:>14}"));
    }
}

#[derive(Serialize)]
struct Document {
    /// The version of this form.
    format: u32,
    id: String,
    title: String,
    version: String,
    language: Option<String>,
    questions: usize,
    left_out: usize,
    exam_questions: usize,
    papers: usize,
    domains: Vec<DomainRow>,
    modules: Vec<CountRow>,
    types: Vec<CountRow>,
    levels: Vec<CountRow>,
    true_claims: usize,
    keys: KeysRow,
    coverage: CoverageRow,
    lacking: LackingRow,
    reading: Option<ReadingRow>,
    oldest_reviews: Vec<ReviewRow>,
}

#[derive(Serialize)]
struct DomainRow {
    id: String,
    title: String,
    questions: usize,
    per_paper: usize,
    papers: Option<usize>,
}

#[derive(Serialize)]
struct CountRow {
    name: String,
    questions: usize,
}

#[derive(Serialize)]
struct KeysRow {
    single_choice: usize,
    longest: usize,
    shortest: usize,
    expected_by_chance: f64,
    fixed_order: usize,
    places: Vec<usize>,
}

#[derive(Serialize)]
struct CoverageRow {
    explanations: usize,
    sources: usize,
    levels: usize,
    objectives: usize,
    reviewed: usize,
    distractors: usize,
    rationales: usize,
}

#[derive(Serialize)]
struct LackingRow {
    explanations: Vec<String>,
    rationales: Vec<String>,
    sources: Vec<String>,
    levels: Vec<String>,
    objectives: Vec<String>,
    reviewed: Vec<String>,
}

#[derive(Serialize)]
struct ReadingRow {
    flesch: f64,
    words_per_sentence: f64,
    syllables_per_word: f64,
    hardest: Vec<StemRow>,
}

#[derive(Serialize)]
struct StemRow {
    id: String,
    flesch: f64,
}

#[derive(Serialize)]
struct ReviewRow {
    id: String,
    reviewed: String,
}

fn document(named: &Named<Bank>, stock: &Stock) -> Document {
    let (bank, keys, c, l) = (&named.content, &stock.keys, &stock.coverage, &stock.lacking);
    let ids = |list: &[Slug]| list.iter().map(Slug::to_string).collect();
    let counts = |list: &[Count]| {
        list.iter().map(|c| CountRow { name: c.name.clone(), questions: c.questions }).collect::<Vec<_>>()
    };
    let domain = |d: &crate::engine::stock::DomainStock| DomainRow {
        id: d.id.to_string(),
        title: d.title.one_line(),
        questions: d.questions,
        per_paper: d.per_paper,
        papers: d.papers,
    };
    let reading = stock.reading.as_ref().map(|r| ReadingRow {
        flesch: rounded(r.ease),
        words_per_sentence: rounded(r.words_per_sentence),
        syllables_per_word: rounded(r.syllables_per_word),
        hardest: r.hardest.iter().map(|(id, e)| StemRow { id: id.to_string(), flesch: rounded(*e) }).collect(),
    });
    Document {
        format: 1,
        id: bank.id.to_string(),
        title: bank.title.one_line(),
        version: bank.version.to_string(),
        language: bank.language.as_ref().map(|l| l.one_line()),
        questions: stock.questions,
        left_out: named.left_out,
        exam_questions: bank.exam.questions,
        papers: stock.papers,
        domains: stock.domains.iter().map(domain).collect(),
        modules: counts(&stock.modules),
        types: counts(&stock.kinds),
        levels: counts(&stock.levels),
        true_claims: stock.true_claims,
        keys: KeysRow {
            single_choice: keys.questions,
            longest: keys.longest,
            shortest: keys.shortest,
            expected_by_chance: rounded(keys.by_chance),
            fixed_order: keys.fixed,
            places: keys.places.clone(),
        },
        coverage: CoverageRow {
            explanations: c.explanations,
            sources: c.sources,
            levels: c.levels,
            objectives: c.objectives,
            reviewed: c.reviewed,
            distractors: c.distractors,
            rationales: c.rationales,
        },
        lacking: LackingRow {
            explanations: ids(&l.explanations),
            rationales: ids(&l.rationales),
            sources: ids(&l.sources),
            levels: ids(&l.levels),
            objectives: ids(&l.objectives),
            reviewed: ids(&l.reviewed),
        },
        reading,
        oldest_reviews: stock
            .oldest
            .iter()
            .map(|(id, day)| ReviewRow { id: id.to_string(), reviewed: day.clone() })
            .collect(),
    }
}

/// To two places: more would only show how floating-point numbers are kept.
fn rounded(number: f64) -> f64 {
    (number * 100.0).round() / 100.0
}
