//! The end of a drill: by domain, the missed ones, the time.

use crate::engine::drill::Drill;
use crate::engine::drill::choose::Mode;
use crate::engine::drill::showing::Showing;
use crate::engine::exam::{Conditions, Exam, Feedback, Step};
use crate::engine::paper::{Origin, Paper};
use crate::engine::record::ExamId;
use crate::engine::score::score;
use crate::engine::time::{Allowance, spoken};

use crate::app::frame::Frame;
use crate::app::model::{Model, Report};
use crate::app::page::{Line, Role, Span, bar, counted};
use crate::app::wrap::{cut, width, wrap};

use super::page::drilled;
use super::{Drilling, volume};

/// What is shown.
pub fn frame(m: &Model, drilling: &Drilling, title: String, columns: usize) -> Frame {
    let course = drilling.drill.course();
    let tally = &course.tally;
    let prose = |text: String, role| wrap(&[Span::new(text, role)], columns, "  ", "  ");
    let mut body = vec![Line::new()];
    if tally.answered == 0 {
        body.extend(prose("No question was answered.".into(), Role::Strong));
    } else {
        let mut right = Line::of(format!("  {} of {} right", tally.right, tally.answered), Role::Strong);
        if let Some(left) =
            course.of.filter(|_| course.limit.is_some()).map(|of| of - tally.answered).filter(|n| *n > 0)
        {
            right.push(format!(", {left} not answered"), Role::Warn);
        }
        body.push(right.and_right(Line::of(format!("longest streak {} ", tally.best_streak), Role::Muted), columns));
        body.extend(prose(pace(drilling), Role::Plain));
        body.push(Line::new());
        body.extend(domains(m, drilling, columns));
    }
    body.push(Line::new());
    if tally.answered > 0 {
        body.extend(prose(gone_through(&drilling.drill), Role::Plain));
    }
    body.extend(prose(book(m, drilling), Role::Muted));
    Frame { title, middle: "Drill: the end".into(), right: drilled(m, drilling, columns), body, ..Frame::default() }
}

/// What there is to go through.
fn gone_through(drill: &Drill) -> String {
    let (tally, kept) = (&drill.course().tally, drill.answered());
    let all = if kept.len() < tally.answered { format!("the last {}", kept.len()) } else { "all answers".into() };
    let missed = tally.answered - tally.right;
    match missed {
        0 => format!("a goes through {all}."),
        _ => format!("{} missed: w goes through them, a through {all}.", counted(missed, "question")),
    }
}

fn pace(drilling: &Drilling) -> String {
    let course = drilling.drill.course();
    let tally = &course.tally;
    let each = tally.spent / u32::try_from(tally.answered).unwrap_or(1).max(1);
    let mut text = format!("{}, {} a question", spoken(tally.spent), spoken(each));
    if let Some(limit) = course.limit.filter(|_| course.order.mode == Mode::Sprint) {
        let of = course.of.unwrap_or(tally.answered);
        text.push_str(&format!("; the exam gives {} for {of}", spoken(limit)));
    }
    match tally.guessed_right {
        0 => {}
        1 => text.push_str("; 1 of the right ones was a guess"),
        n => text.push_str(&format!("; {n} of the right ones were guesses")),
    }
    text
}

fn domains(m: &Model, drilling: &Drilling, columns: usize) -> Vec<Line> {
    let all = volume(m).map_or(&[][..], |v| &v.bank.domains);
    let tally = &drilling.drill.course().tally.domains;
    let of = |id| tally.iter().find(|(domain, ..)| domain == id);
    let rows: Vec<(String, usize, usize)> =
        all.iter().filter_map(|d| of(&d.id).map(|&(_, right, of)| (d.title.one_line(), right, of))).collect();
    let title_columns = rows.iter().map(|(t, ..)| width(t)).max().unwrap_or(0).min(columns / 2);
    let bar_columns = columns.saturating_sub(title_columns + 20).min(27);
    rows.iter()
        .map(|(title, right, of)| {
            let title = cut(title, title_columns);
            let pad = " ".repeat(title_columns - width(&title) + 3);
            let mut line = Line::of(format!("  {title}{pad}"), Role::Plain);
            line.spans.extend(bar(*right as f64 / (*of).max(1) as f64, bar_columns).spans);
            line.push(format!("{right:>5} of {of}"), Role::Plain);
            line
        })
        .collect()
}

fn book(m: &Model, drilling: &Drilling) -> String {
    let bank = &drilling.drill.course().order.bank;
    match crate::app::mistakes::count(m, bank) {
        0 => "Your mistakes book is empty.".into(),
        n => format!("In your mistakes book: {}.", counted(n, "question")),
    }
}

/// The answers that were given, as a marked sitting that can be gone through; `None` if there is none.
pub fn report(m: &Model) -> Option<Report> {
    let drill = &m.drill.as_ref()?.drill;
    let bank = &volume(m)?.bank;
    let items = drill.answered().iter().map(|s| s.item().clone()).collect();
    let paper = Paper { origin: Origin::of(bank), seed: drill.course().seed, seed_alone: false, among: None, items };
    let conditions = Conditions { feedback: Feedback::Tutor, limit: None, allowance: Allowance::Untimed };
    let mut exam = Exam::start(paper, conditions)?;
    for (place, showing) in drill.answered().iter().enumerate() {
        exam.apply(Step::Goto(place));
        put(&mut exam, showing);
    }
    exam.apply(Step::Submit);
    let score = score(&exam);
    Some(Report { id: ExamId::NONE, exam, score, ended: m.now.wall, certificate: None })
}

/// Repeats what was done with a question.
fn put(exam: &mut Exam, showing: &Showing) {
    let mut used = std::time::Duration::ZERO;
    for entry in showing.log() {
        exam.elapse(entry.used.saturating_sub(used));
        used = entry.used;
        exam.apply(entry.step);
    }
}
