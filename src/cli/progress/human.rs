//! For people: what is foreseen, the figures, and the exams.

use std::io::{self, Write};

use crate::app::page::counted;
use crate::app::progress::{chance_label, interval_label, range_label, streak_label};
use crate::engine::exam::Feedback;
use crate::engine::progress::{Area, pace, share};
use crate::engine::readiness::Readiness;
use crate::engine::record::Summary;
use crate::engine::score::points_label;
use crate::engine::time::{clock, spoken};

use super::{BankReport, Report};

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
            let domain = domain.as_str();
            lines.push(format!("    {domain:<24} {points:>5} of {:<3} {:>3.0} %", tally.of, tally.percent()));
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
            let missing: Vec<String> = lacks.iter().map(|l| format!("{} {}", l.answers, l.domain)).collect();
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
    let time = area.pace.map_or(String::new(), clock);
    let seen = format!("{} of {} seen", area.seen.seen, area.seen.of);
    let line =
        format!("    {:<24} {share:>12} {:>9}  {seen:>16} {time:>6}", area.id.as_str(), interval_label(area.share));
    line.trim_end().to_owned()
}

fn line(report: &Report, exam: &Summary) -> String {
    let when = jiff::Timestamp::from_second(exam.started.0)
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
