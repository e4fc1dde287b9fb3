//! What a class's answers say: the figures, rounded to twelve places, the worst questions first. `docs/results.md` documents the form.

use std::cmp::Ordering;
use std::collections::HashMap;

use serde::Serialize;

use crate::engine::item_statistics::{Finding, ItemTally};
use crate::engine::slug::Slug;
use crate::engine::text::Text;

use super::FORMAT;
use super::class::{Attempts, BankTally, Class, SamePaper};
use super::read::Head;

/// All that is said.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Report {
    /// The version of the form.
    pub format: u32,
    /// `first` or `all`.
    pub attempts: &'static str,
    /// Below so many answers nothing is judged.
    pub min: u64,
    /// Files that were read.
    pub files: u64,
    /// Files that could not be read.
    pub unread_files: u64,
    /// Lines in the files.
    pub lines: u64,
    /// Of those, the ones that counted.
    pub counted: u64,
    /// Of those, the ones to questions that the student had had before.
    pub later_attempts: u64,
    /// Of those, the ones of sittings that were there already.
    pub repeated: u64,
    /// Of those, the ones that could not be used.
    pub passed_over: u64,
    /// Sittings of which lines are missing.
    pub incomplete_sittings: u64,
    /// Copies of a sitting that differ from the first.
    pub contradictory_sittings: u64,
    /// Students.
    pub students: u64,
    /// Sittings.
    pub sittings: u64,
    /// The banks.
    pub banks: Vec<BankRow>,
    /// The papers that were sat at least `min` times.
    pub papers: Vec<PaperRow>,
    /// The questions, the worst first.
    pub questions: Vec<QuestionRow>,
}

/// A bank's sittings.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct BankRow {
    /// The bank.
    pub bank: String,
    /// Its sittings with answers that counted.
    pub sittings: u64,
    /// Their mean score in percent.
    pub mean_percent: Option<f64>,
    /// Its standard deviation.
    pub sd_percent: Option<f64>,
    /// The reliability of papers drawn by chance.
    pub kr21: Option<f64>,
    /// The standard error of measurement, in percent.
    pub error_percent: Option<f64>,
}

/// A paper that was sat often.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PaperRow {
    /// The bank.
    pub bank: String,
    /// How many questions of it counted.
    pub questions: usize,
    /// How often it was sat.
    pub sittings: u64,
    /// The mean score in points.
    pub mean: Option<f64>,
    /// Its standard deviation.
    pub sd: Option<f64>,
    /// Kuder and Richardson's formula 20.
    pub kr20: Option<f64>,
    /// The standard error of measurement, in points.
    pub error: Option<f64>,
}

/// A question in one wording.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct QuestionRow {
    /// The bank.
    pub bank: String,
    /// The question.
    pub question: String,
    /// Its wording, in 16 digits.
    pub edition: String,
    /// How many wordings of it there are.
    pub editions: usize,
    /// The bank's versions that had it so.
    pub versions: Vec<String>,
    /// Its content area.
    pub domain: String,
    /// Its chapter.
    pub module: Option<String>,
    /// The kind of question.
    pub kind: &'static str,
    /// How many answers counted.
    pub n: u64,
    /// Whether those are too few to judge by.
    pub too_few: bool,
    /// The mean of the points.
    pub facility: Option<f64>,
    /// The correlation with the rest.
    pub discrimination: Option<f64>,
    /// Mean time in seconds.
    pub seconds: Option<f64>,
    /// Left without an answer.
    pub omitted: u64,
    /// Answered, and not wholly right.
    pub wrong: u64,
    /// Examinees with the highest rests.
    pub strong: u64,
    /// The options, keys first.
    pub options: Vec<OptionRow>,
    /// What an author should look at.
    pub findings: Vec<&'static str>,
}

/// An option.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct OptionRow {
    /// Its text.
    pub text: String,
    /// Whether it is a key.
    pub key: bool,
    /// How many chose it.
    pub chosen: u64,
    /// How many of the strong chose it.
    pub strong: u64,
    /// The correlation of choosing it with the rest.
    pub discrimination: Option<f64>,
    /// Whether the distractor works; null for a key and if too few were wrong.
    pub works: Option<bool>,
}

/// Works the figures out.
pub fn report(class: &Class, attempts: Attempts, min: u64) -> Report {
    let sums = &class.sums;
    let mut editions: HashMap<(&Slug, &Slug), usize> = HashMap::new();
    let met: Vec<(&Head, &ItemTally)> =
        class.heads.all().iter().zip(&class.tallies).filter(|(_, t)| t.n() > 0).collect();
    for (head, _) in &met {
        *editions.entry((&head.bank, &head.question)).or_default() += 1;
    }
    let mut rows: Vec<(Option<Finding>, QuestionRow)> = met
        .iter()
        .map(|(head, tally)| {
            let worst = tally.findings(min).first().copied();
            (worst, question(head, tally, editions[&(&head.bank, &head.question)], min))
        })
        .collect();
    rows.sort_by(|(a_worst, a), (b_worst, b)| {
        let rank = |worst: &Option<Finding>, row: &QuestionRow| (row.too_few, worst.is_none(), *worst);
        let by_name = || {
            let name = |r: &QuestionRow| (r.bank.clone(), r.question.clone(), r.edition.clone(), r.n);
            name(a).cmp(&name(b))
        };
        let low = |row: &QuestionRow| row.discrimination.unwrap_or(f64::MAX);
        let by_figure = || low(a).partial_cmp(&low(b)).unwrap_or(Ordering::Equal);
        rank(a_worst, a).cmp(&rank(b_worst, b)).then_with(by_figure).then_with(by_name)
    });
    let mut papers: Vec<PaperRow> = class.papers.values().map(|p| paper(class, p)).collect();
    papers.sort_by(|a, b| {
        let order = |p: &PaperRow| (std::cmp::Reverse(p.sittings), p.bank.clone(), p.questions);
        order(a).cmp(&order(b)).then(a.mean.partial_cmp(&b.mean).unwrap_or(Ordering::Equal))
    });
    Report {
        format: FORMAT,
        attempts: if attempts == Attempts::First { "first" } else { "all" },
        min,
        files: sums.files,
        unread_files: sums.unread,
        lines: sums.lines,
        counted: sums.counted,
        later_attempts: sums.later,
        repeated: sums.repeated,
        passed_over: sums.faults,
        incomplete_sittings: sums.incomplete,
        contradictory_sittings: sums.contradictory,
        students: class.students.len() as u64,
        sittings: class.sittings,
        banks: class.banks.iter().map(|(id, tally)| bank(id, tally)).collect(),
        papers,
        questions: rows.into_iter().map(|(_, row)| row).collect(),
    }
}

/// Twelve places: what stands behind them depends on the order of the files.
fn rounded(x: Option<f64>) -> Option<f64> {
    x.map(|x| (x * 1e12).round() / 1e12 + 0.0)
}

fn bank(id: &Slug, tally: &BankTally) -> BankRow {
    let (shares, reliability) = (&tally.papers.shares, tally.papers.kr21());
    let percent = |share: Option<f64>| rounded(share.map(|s| s * 100.0));
    BankRow {
        bank: id.to_string(),
        sittings: tally.sittings,
        mean_percent: percent(shares.mean()),
        sd_percent: percent(shares.deviation()),
        kr21: rounded(reliability.coefficient),
        error_percent: percent(reliability.error),
    }
}

fn paper(class: &Class, same: &SamePaper) -> PaperRow {
    let (scores, reliability) = (&same.tally.scores, same.tally.kr20());
    PaperRow {
        bank: same.items.first().map(|&i| class.heads.all()[i].bank.to_string()).unwrap_or_default(),
        questions: same.items.len(),
        sittings: scores.n(),
        mean: rounded(scores.mean()),
        sd: rounded(scores.deviation()),
        kr20: rounded(reliability.coefficient),
        error: rounded(reliability.error),
    }
}

fn question(head: &Head, tally: &ItemTally, editions: usize, min: u64) -> QuestionRow {
    let (strong, chose) = tally.strong();
    let options = head.options.iter().zip(&tally.options).zip(chose).enumerate();
    QuestionRow {
        bank: head.bank.to_string(),
        question: head.question.to_string(),
        edition: head.edition.to_string(),
        editions,
        versions: head.versions.iter().map(ToString::to_string).collect(),
        domain: head.domain.to_string(),
        module: head.module.as_ref().map(ToString::to_string),
        kind: head.kind.label(),
        n: tally.n(),
        too_few: tally.n() < min,
        facility: rounded(tally.facility()),
        discrimination: rounded(tally.discrimination()),
        seconds: rounded(tally.seconds()),
        omitted: tally.omitted,
        wrong: tally.wrong,
        strong,
        options: options
            .map(|(place, ((text, option), strong))| OptionRow {
                text: Text::one_line(text),
                key: place < head.keys,
                chosen: option.chosen,
                strong,
                discrimination: rounded(option.discrimination()),
                works: tally.works(place, min),
            })
            .collect(),
        findings: tally.findings(min).iter().map(|f| f.label()).collect(),
    }
}
