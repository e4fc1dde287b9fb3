//! Readiness first, then what all answers come to.

use crate::engine::progress::{guesses, no_guesses, pace, share};
use crate::engine::readiness::{Foresight, Lack, Readiness};
use crate::engine::time::spoken;

use super::super::model::Model;
use super::super::page::{Line, Role, counted};
use super::super::wrap::width;
use super::{Progress, chance_label, gauge, interval_label, prose, share_label, shown_streak, streak_label};

/// How the range is worked out, and what it cannot know; `docs/readiness.md` says more.
const HOW: &str = "Nine mock exams in ten should end in this range today, by your answers in each domain (old ones \
                   fade, repeats count a tenth) and the luck of the draw; what you have forgotten, and what the real \
                   exam asks, it cannot know.";

pub fn lines(m: &Model, progress: &Progress, columns: usize) -> Vec<Line> {
    let mut body = match &progress.readiness {
        Readiness::Foreseen(foresight) => foreseen(progress, foresight, columns),
        Readiness::TooFew(lacks) => too_few(progress, lacks, columns),
    };
    body.push(Line::new());
    let rows = figures(m, progress);
    let names = rows.iter().map(|(name, _)| width(name)).max().unwrap_or(0);
    for (name, text) in rows {
        body.push(Line::of(format!("  {name:<names$}  "), Role::Strong).and(text, Role::Plain));
    }
    body
}

fn foreseen(progress: &Progress, foresight: &Foresight, columns: usize) -> Vec<Line> {
    let points = |points: usize| points as f64 / foresight.questions as f64;
    let pass = progress.bank.exam.pass_percent;
    let chance = chance_label(foresight.pass_chance);
    let expected = Line::of(format!("  {} expected, pass chance {chance}", range_label(foresight)), Role::Strong);
    let questions = foresight.questions.to_string();
    let scale = columns.saturating_sub(8 + width(&questions)).min(60);
    let mut line = Line::of("  0 ", Role::Muted);
    let mark = Some(f64::from(pass) / 100.0);
    line.spans.extend(gauge(points(foresight.low), points(foresight.high), mark, scale).spans);
    line.push(format!(" {questions}"), Role::Muted);
    let mut lines = vec![expected, line];
    lines.extend(prose(format!("│ the practice pass mark of {pass} %"), Role::Muted, columns));
    lines.extend(prose(HOW, Role::Muted, columns));
    lines
}

/// `72–84 of 100`: the range and the questions.
pub fn range_label(foresight: &Foresight) -> String {
    format!("{}–{} of {}", foresight.low, foresight.high, foresight.questions)
}

fn too_few(progress: &Progress, lacks: &[Lack], columns: usize) -> Vec<Line> {
    if lacks.is_empty() {
        return prose("This bank has no question for an exam, so no score can be foreseen.", Role::Strong, columns);
    }
    let mut lines = prose("Too few answers yet to foresee a score. Still needed:", Role::Strong, columns);
    let titles = |lack: &Lack| progress.bank.domains.iter().find(|d| d.id == lack.domain).map(|d| d.title.one_line());
    let named: Vec<(String, usize)> = lacks.iter().map(|l| (titles(l).unwrap_or_default(), l.answers)).collect();
    let names = named.iter().map(|(t, _)| width(t)).max().unwrap_or(0).min(columns.saturating_sub(24));
    for (title, answers) in named {
        let title = super::super::wrap::cut(&title, names);
        let pad = " ".repeat(names - width(&title));
        lines.push(Line::of(format!("  {title}{pad}  {}", counted(answers, "more answer")), Role::Plain));
    }
    lines.extend(prose(
        "Answers to new questions count most; old ones fade, repeats count a tenth.",
        Role::Muted,
        columns,
    ));
    lines
}

fn answers(count: u32) -> String {
    counted(count as usize, "answer")
}

/// Names and figures.
fn figures(m: &Model, progress: &Progress) -> Vec<(&'static str, String)> {
    let (total, seen) = (&progress.figures.total, progress.figures.seen);
    let mut rows = vec![("Questions", format!("{} of {} seen", seen.seen, seen.of))];
    if total.answers > 0 {
        let each = pace(total).map_or(String::new(), |time| format!(", {} each", spoken(time)));
        let counted = |s| format!("{} right   {}", share_label(s), interval_label(s));
        rows.push(("Answers", format!("{}{each}", counted(share(total)))));
        let changed = match (total.better, total.worse) {
            (0, 0) => "no answer for better or worse".into(),
            (better, worse) => {
                format!("{} for the better, {worse} for the worse", answers(better))
            }
        };
        rows.push(("Changed", changed));
        if total.guessed > 0 {
            rows.push(("Guesses", counted(guesses(total))));
            rows.push(("No guesses", counted(no_guesses(total))));
        } else {
            rows.push(("Guesses", "none marked; u in the exam room marks one".into()));
        }
    }
    if let Some(streak) = shown_streak(m, progress) {
        rows.push(("Streak", streak_label(streak)));
    }
    rows
}
