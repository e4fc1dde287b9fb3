//! The mock exams of a bank, with the pass mark through them all.

use crate::engine::exam::Feedback;
use crate::engine::record::{Outcome, Summary};
use crate::engine::score::points_label;

use super::super::model::Model;
use super::super::page::{self, Line, Role};
use super::{Progress, gauge, prose};

/// The most exams of a trend.
const TREND: usize = 40;

pub fn lines(m: &Model, progress: &Progress, columns: usize) -> Vec<Line> {
    let ended: Vec<(&Summary, &Outcome)> = ended(m, progress).collect();
    let Some((_, last)) = ended.first() else {
        return prose("No mock exam of this bank has ended yet.", Role::Muted, columns);
    };
    let pass = progress.bank.exam.pass_percent;
    let first = ended.last().map_or(0.0, |(_, o)| o.total.percent());
    let mut body = Vec::new();
    if ended.len() > 1 {
        let mut trend = Line::of("  Trend  ", Role::Strong).and(trend(&ended), Role::Accent);
        trend.push(format!("   from {first:.0} to {:.0} %", last.total.percent()), Role::Plain);
        body.push(trend);
        body.push(Line::new());
    }
    let bar = columns.saturating_sub(48).min(27);
    let is_tutored = ended.iter().any(|(s, _)| s.conditions.feedback == Feedback::Tutor);
    for (summary, outcome) in ended {
        body.push(row(m, summary, outcome, bar, pass));
    }
    body.push(Line::new());
    let tutored = if is_tutored { "; t: answers were shown after each question" } else { "" };
    body.extend(prose(format!("│ the practice pass mark of {pass} %{tutored}"), Role::Muted, columns));
    body
}

/// The ended sittings of the bank, the newest first.
fn ended<'m>(m: &'m Model, progress: &'m Progress) -> impl Iterator<Item = (&'m Summary, &'m Outcome)> {
    m.history.iter().filter(|s| s.bank == progress.bank.id).filter_map(|s| Some((s, s.outcome.as_ref()?)))
}

/// The last exams as a line of eighths, the newest at the right.
fn trend(ended: &[(&Summary, &Outcome)]) -> String {
    page::trend(ended.iter().take(TREND).rev().map(|(_, o)| o.total.percent()))
}

fn row(m: &Model, summary: &Summary, outcome: &Outcome, bar: usize, pass: u32) -> Line {
    let when = m.local(outcome.ended);
    let day = when.rsplit_once(' ').map_or(when.as_str(), |(day, _)| day);
    let tutor = if summary.conditions.feedback == Feedback::Tutor { "t" } else { " " };
    let total = outcome.total;
    let mut line = Line::of(format!("  {day:>11} {tutor} "), Role::Plain);
    line.push(format!("{:>4} of {:<4}", points_label(total.points), total.of), Role::Strong);
    line.spans.extend(gauge(0.0, total.percent() / 100.0, Some(f64::from(pass) / 100.0), bar).spans);
    line.push(format!(" {:>3.0} %  ", total.percent()), Role::Plain);
    let (verdict, role) = if outcome.passed { ("✓ passed", Role::Correct) } else { ("✗ not passed", Role::Wrong) };
    line.and(verdict, role)
}
