//! The result of a sitting, by domain.

use std::time::Duration;

use crate::engine::exam::{End, Feedback};
use crate::engine::filter::Filter;
use crate::engine::score::{Tally, points_label, slowest};
use crate::engine::text::Text;
use crate::engine::time::{Allowance, clock, rounded, spoken};

use super::frame::Frame;
use super::model::{Model, Report};
use super::page::{Line, Role, Span, bar};
use super::wrap::{cut, width, wrap};

/// What the result shows.
pub fn frame(m: &Model, columns: usize) -> Frame {
    let Some(report) = &m.report else { return Frame::default() };
    let prose = |text: String, role| wrap(&[Span::new(text, role)], columns, "  ", "  ");
    let mut body = vec![Line::new(), verdict(report, columns)];
    body.extend(answers(report).map(|text| prose(text, Role::Plain)).unwrap_or_default());
    body.extend(prose(pace(report), Role::Plain));
    body.extend(conditions(report).flat_map(|text| prose(text, Role::Muted)));
    body.push(Line::new());
    body.extend(domains(report, columns));
    let pass = report.exam.paper().origin.rules.pass_percent;
    if report.score.domains.iter().any(|(_, tally)| tally.percent() < f64::from(pass)) {
        body.push(Line::of("  ← under the pass mark", Role::Muted));
    }
    let slow = slowest(&report.exam, 3);
    if !slow.is_empty() {
        let list: Vec<String> = slow.iter().map(|(i, t)| format!("{} ({})", i + 1, clock(rounded(*t)))).collect();
        body.push(Line::new());
        body.push(Line::of(format!("  Slowest: {}", list.join(", ")), Role::Muted));
    }
    body.extend(prose(seed(report), Role::Muted));
    body.extend(report.certificate.iter().flat_map(|told| prose(told.clone(), Role::Strong)));
    Frame {
        title: report.exam.paper().origin.title.one_line(),
        right: Line::of(m.local(report.ended), Role::Muted),
        body,
        ..Frame::default()
    }
}

fn verdict(report: &Report, columns: usize) -> Line {
    let total = report.score.total;
    let mut line = Line::of(format!("  {} of {}", points_label(total.points), total.of), Role::Strong);
    line.push("   ", Role::Plain);
    if report.score.passed {
        line.push("✓ passed", Role::Correct);
    } else {
        line.push("✗ not passed", Role::Wrong);
    }
    let mark = report.exam.paper().origin.rules.pass_percent;
    line.and_right(Line::of(format!("practice pass mark {mark} %"), Role::Muted), columns)
}

/// What was left open, and what was guessed, if anything was.
fn answers(report: &Report) -> Option<String> {
    let exam = &report.exam;
    let open = exam.responses().iter().filter(|r| r.picked().is_empty()).count();
    let guesses = || exam.responses().iter().zip(&report.score.points).filter(|(r, _)| r.has_guess());
    let (guessed, right) = (guesses().count(), guesses().filter(|(_, points)| **points >= 1.0).count());
    let parts = [
        (open > 0).then(|| format!("{open} not answered")),
        (exam.incomplete() > 0).then(|| format!("{} with too few options chosen", exam.incomplete())),
        (guessed > 0).then(|| format!("{guessed} guessed, {right} of them right")),
    ];
    let told: Vec<String> = parts.into_iter().flatten().collect();
    (!told.is_empty()).then(|| told.join(" · "))
}

fn pace(report: &Report) -> String {
    let used = report.exam.used();
    let each = used / u32::try_from(report.exam.responses().len()).unwrap_or(1).max(1);
    let changed = match report.score.changed {
        0 => "no answer changed".to_owned(),
        1 => "1 answer changed".to_owned(),
        n => format!("{n} answers changed"),
    };
    let better = match report.score.changed {
        0 => String::new(),
        _ => format!(" ({} better, {} worse)", report.score.changed_for_better, report.score.changed_for_worse),
    };
    format!("{}, {} a question, {changed}{better}", spoken(used), spoken(each))
}

/// What a reader must know of how the score came about.
fn conditions(report: &Report) -> impl Iterator<Item = String> {
    let conditions = report.exam.conditions();
    let mut out = Vec::new();
    let time = match (conditions.allowance, conditions.limit) {
        (Allowance::Untimed, _) | (_, None) => "untimed".to_owned(),
        (Allowance::Standard, Some(limit)) => format!("time limit {}", spoken(limit)),
        (extra, Some(limit)) => format!("time limit {} ({} extra time)", spoken(limit), extra.label()),
    };
    let feedback = match conditions.feedback {
        Feedback::Exam => "",
        Feedback::Tutor => ", answers shown after each question",
    };
    let end = match report.exam.end() {
        Some(End::TimedOut) => ", ended by the clock",
        _ => "",
    };
    out.push(format!("{}{feedback}{end}", capital(&time)));
    if let Some(filter) = &report.exam.paper().among {
        out.push(format!("Over {}: practice, no full mock exam", filter.one_line()));
    }
    let pauses: Vec<Duration> = report.exam.pauses().to_vec();
    if !pauses.is_empty() {
        let away = spoken(pauses.iter().sum());
        let count = if pauses.len() == 1 { "1 pause".into() } else { format!("{} pauses", pauses.len()) };
        out.push(format!("{count}, {away} in all"));
    }
    out.into_iter()
}

fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or(String::new(), |c| c.to_uppercase().collect::<String>() + chars.as_str())
}

fn domains(report: &Report, columns: usize) -> Vec<Line> {
    let origin = &report.exam.paper().origin;
    let rows: Vec<(String, Tally)> = report
        .score
        .domains
        .iter()
        .map(|(id, tally)| {
            let title = origin.domains.iter().find(|d| d.id == *id).map_or(id.to_string(), |d| d.title.one_line());
            (title, *tally)
        })
        .collect();
    // Title, bar and figures share the line; the bar takes what is left.
    let title_columns = rows.iter().map(|(t, _)| width(t)).max().unwrap_or(0).min(columns / 2);
    let bar_columns = columns.saturating_sub(title_columns + 25).min(27);
    let pass = f64::from(origin.rules.pass_percent);
    rows.iter()
        .map(|(title, tally)| {
            let title = cut(title, title_columns);
            let pad = " ".repeat(title_columns - width(&title) + 3);
            let mut line = Line::of(format!("  {title}{pad}"), Role::Plain);
            line.spans.extend(bar(tally.percent() / 100.0, bar_columns).spans);
            line.push(
                format!("{:>5} of {:<3}{:>3.0} %", points_label(tally.points), tally.of, tally.percent()),
                Role::Plain,
            );
            if tally.percent() < pass {
                line.push("  ←", Role::Warn);
            }
            line
        })
        .collect()
}

fn seed(report: &Report) -> String {
    let paper = report.exam.paper();
    let asks_for_record = |filter: &Text| filter.as_str().parse::<Filter>().map_or(true, |f| f.asks_for_record());
    let how = match (paper.seed_alone, &paper.among) {
        (true, None) => "gives this paper again",
        (true, Some(_)) => "gives this paper again with the same filter",
        (false, Some(filter)) if asks_for_record(filter) => "your record had a part in the draw",
        (false, _) => "unseen questions came first",
    };
    format!("Bank {} {}, seed {} ({how})", paper.origin.bank, paper.origin.version, paper.seed)
}
