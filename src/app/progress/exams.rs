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
    if ended.is_empty() {
        return prose("No mock exam of this bank has ended yet.", Role::Muted, columns);
    }
    let pass = progress.bank.exam.pass_percent;
    let is_part = |summary: &Summary| !progress.exam.is_whole(summary);
    let whole: Vec<f64> = ended.iter().filter(|(s, _)| !is_part(s)).map(|(_, o)| o.total.percent()).collect();
    let mut body = Vec::new();
    if let [last, .., first] = whole[..] {
        let trend = page::trend(whole.iter().take(TREND).rev().copied());
        let mut line = Line::of("  Trend  ", Role::Strong).and(trend, Role::Accent);
        line.push(format!("   from {first:.0} to {last:.0} %"), Role::Plain);
        body.push(line);
        body.push(Line::new());
    }
    let bar = columns.saturating_sub(48).min(27);
    let is_tutored = ended.iter().any(|(s, _)| s.conditions.feedback == Feedback::Tutor);
    let is_parted = ended.iter().any(|(s, _)| is_part(s));
    for (summary, outcome) in ended {
        body.push(row(m, (summary, outcome, is_part(summary)), bar, pass));
    }
    body.push(Line::new());
    let tutored = if is_tutored { "; t: answers were shown after each question" } else { "" };
    let parted = if is_parted { "; p: part of an exam, not in the trend" } else { "" };
    body.extend(prose(format!("│ the practice pass mark of {pass} %{tutored}{parted}"), Role::Muted, columns));
    body
}

/// The ended sittings of the bank, the newest first.
fn ended<'m>(m: &'m Model, progress: &'m Progress) -> impl Iterator<Item = (&'m Summary, &'m Outcome)> {
    m.history.iter().filter(|s| s.bank == progress.bank.id).filter_map(|s| Some((s, s.outcome.as_ref()?)))
}

fn row(m: &Model, (summary, outcome, is_part): (&Summary, &Outcome, bool), bar: usize, pass: u32) -> Line {
    let when = m.local(outcome.ended);
    let day = when.rsplit_once(' ').map_or(when.as_str(), |(day, _)| day);
    let marks = match (summary.conditions.feedback, is_part) {
        (Feedback::Exam, false) => "",
        (Feedback::Exam, true) => "p",
        (Feedback::Tutor, false) => "t",
        (Feedback::Tutor, true) => "tp",
    };
    let total = outcome.total;
    let mut line = Line::of(format!("  {day:>11} {marks:<2}"), Role::Plain);
    line.push(format!("{:>4} of {:<4}", points_label(total.points), total.of), Role::Strong);
    line.spans.extend(gauge(0.0, total.percent() / 100.0, Some(f64::from(pass) / 100.0), bar).spans);
    line.push(format!(" {:>3.0} %  ", total.percent()), Role::Plain);
    let (verdict, role) = if outcome.passed { ("✓ passed", Role::Correct) } else { ("✗ not passed", Role::Wrong) };
    line.and(verdict, role)
}
