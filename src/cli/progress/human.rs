//! For people: what is foreseen, the figures, and the exams.

use std::io::{self, Write};

use crate::app::page::counted;
use crate::app::progress::{chance_label, interval_label, range_label, streak_label};
use crate::app::wrap::{cut, width};
use crate::engine::bank::Bank;
use crate::engine::exam::Feedback;
use crate::engine::progress::{Area, pace, share};
use crate::engine::readiness::{Lack, Readiness};
use crate::engine::record::Summary;
use crate::engine::score::points_label;
use crate::engine::slug::Slug;
use crate::engine::time::{clock, rounded, spoken};

use super::{BankReport, Report};

/// The columns of a domain's name.
const NAME: usize = 24;

pub fn print(report: &Report, ascii: bool, out: &mut impl Write) -> io::Result<()> {
    let mut lines = Vec::new();
    for bank in report.banks.iter().filter(|b| b.figures.total.answers > 0) {
        of_bank(bank, &mut lines);
        lines.push(String::new());
    }
    if let Some(streak) = report.streak.filter(|s| s.longest > 0) {
        lines.push(format!("Days of study: streak {}", streak_label(streak)));
        lines.push(String::new());
    }
    if report.exams.is_empty() {
        lines.push("No exam yet.".into());
    }
    for exam in &report.exams {
        lines.push(line(report, exam));
        for (domain, tally) in exam.outcome.iter().flat_map(|o| &o.domains) {
            let points = points_label(tally.points);
            let domain = fitted(&title(report, &exam.bank, domain));
            lines.push(format!("    {domain} {points:>5} of {:<3} {:>3.0} %", tally.of, tally.percent()));
        }
    }
    let plain = |line: String| if ascii { line.replace('–', "-") } else { line };
    lines.into_iter().try_for_each(|line| writeln!(out, "{}", plain(line)))
}

fn of_bank(report: &BankReport, lines: &mut Vec<String>) {
    let figures = &report.figures;
    let total = share(&figures.total);
    lines.push(report.bank.title.one_line());
    lines.push(match &report.readiness {
        Readiness::Foreseen(f) => {
            format!("  {} expected on a mock exam, pass chance {}", range_label(f), chance_label(f.pass_chance))
        }
        Readiness::TooFew(lacks) => {
            let missing = |l: &Lack| format!("{} in {}", l.answers, domain_title(&report.bank, &l.domain));
            let missing: Vec<String> = lacks.iter().map(missing).collect();
            format!("  Too few answers to foresee a score; still needed: {}", missing.join(", "))
        }
    });
    let each = pace(&figures.total).map_or(String::new(), |time| format!(", {} each", spoken(time)));
    let answers =
        format!("{} of {} right ({})", total.right, counted(total.of as usize, "answer"), interval_label(total));
    lines.push(format!("  {answers}{each}; {} of {} questions seen", figures.seen.seen, figures.seen.of));
    lines.extend(figures.domains.iter().map(area));
}

fn area(area: &Area) -> String {
    let share = format!("{} of {}", area.share.right, area.share.of);
    let time = area.pace.map_or(String::new(), |time| clock(rounded(time)));
    let seen = format!("{} of {} seen", area.seen.seen, area.seen.of);
    let title = fitted(&area.title.one_line());
    let line = format!("    {title} {share:>12} {:>9}  {seen:>16} {time:>6}", interval_label(area.share));
    line.trim_end().to_owned()
}

/// The name of a domain of the bank; its id if the bank has it no more.
fn domain_title(bank: &Bank, id: &Slug) -> String {
    bank.domains.iter().find(|d| d.id == *id).map_or(id.to_string(), |d| d.title.one_line())
}

/// The name of a domain of the bank with this id, if it is here.
fn title(report: &Report, bank: &Slug, domain: &Slug) -> String {
    let bank = report.banks.iter().map(|b| &b.bank).find(|b| b.id == *bank);
    bank.map_or(domain.to_string(), |bank| domain_title(bank, domain))
}

/// A name in [`NAME`] columns.
fn fitted(name: &str) -> String {
    let name = cut(name, NAME);
    let pad = " ".repeat(NAME - width(&name));
    name + &pad
}

fn line(report: &Report, exam: &Summary) -> String {
    let when = jiff::Timestamp::from_second(exam.when().0)
        .map(|t| t.to_zoned(report.zone.clone()).strftime("%Y-%m-%d %H:%M").to_string())
        .unwrap_or_default();
    let tutor = if exam.conditions.feedback == Feedback::Tutor { ", tutor" } else { "" };
    let part = match &exam.among {
        Some(filter) => format!(", over {}", filter.one_line()),
        None if report.is_partial(exam) => ", partial".into(),
        None => String::new(),
    };
    let id = exam.id.short();
    let what = format!("{} {}, seed {}{part}{tutor}, exam {id}", exam.bank, exam.version, exam.seed);
    match &exam.outcome {
        Some(outcome) => format!(
            "{when}  {} of {}, {}  {what}, {} used",
            points_label(outcome.total.points),
            outcome.total.of,
            if outcome.passed { "passed" } else { "not passed" },
            spoken(exam.used),
        ),
        None => format!("{when}  unfinished, at question {} of {}  {what}", exam.position + 1, exam.questions),
    }
}
