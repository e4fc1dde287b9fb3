//! What is shown before an exam: its settings, what will be drawn, and what passes.

use crate::engine::exam::Feedback;
use crate::engine::qualify::{Unqualified, hindrances};
use crate::engine::text::Text;
use crate::engine::time::{Allowance, spoken};

use super::super::among;
use super::super::frame::{Frame, setting_row};
use super::super::model::Model;
use super::super::page::{Line, Role, Span, counted, prose};
use super::super::wrap::wrap;
use super::{ROWS, Row, Setup};

/// What a seed is, where one is typed.
const SEED: &str =
    "A seed is a number that makes the paper: type one, and the same number gives the same questions again.";

/// What is shown.
pub fn frame(m: &Model, setup: &Setup, columns: usize) -> Frame {
    let mut body = vec![Line::new()];
    for (i, row) in ROWS.iter().enumerate() {
        body.push(row_line(setup, *row, i == setup.row, columns));
    }
    let volume = m.shelf.as_ref().and_then(|s| s.find(&setup.bank.id).and_then(|i| s.volumes.get(i)));
    let mut prospect = prospect(setup, columns);
    if let Some(left_out) = volume.and_then(|v| v.left_out_notice()) {
        prospect.extend(wrap(&[Span::new(left_out, Role::Warn)], columns, "   ", "   "));
    }
    prospect.extend(waiting(m, setup, columns));
    if !prospect.is_empty() {
        body.push(Line::new());
        body.extend(prospect);
    }
    if let Some(notice) = &setup.bank.notice {
        body.push(Line::new());
        body.extend(prose(notice, columns, 3, Role::Muted));
    }
    Frame {
        title: "Before the exam".into(),
        right: Line::of(setup.bank.title.one_line(), Role::Muted),
        body,
        ..Frame::default()
    }
}

/// The exam on this bank that waits, if one does: who begins another should know.
fn waiting(m: &Model, setup: &Setup, columns: usize) -> Vec<Line> {
    let waits = m.history.iter().find(|exam| exam.outcome.is_none() && exam.bank == setup.bank.id);
    let text =
        waits.map(|exam| format!("An exam waits at home: question {} of {}.", exam.position + 1, exam.questions));
    text.map_or_else(Vec::new, |text| wrap(&[Span::new(text, Role::Strong)], columns, "   ", "   "))
}

fn row_line(setup: &Setup, row: Row, at_cursor: bool, columns: usize) -> Line {
    let (name, value) = match row {
        Row::Questions => ("Questions", setup.request.questions.to_string()),
        Row::Time => ("Time", time(setup)),
        Row::Feedback => (
            "Answers shown",
            match setup.feedback {
                Feedback::Exam => "at the end, as in the exam".into(),
                Feedback::Tutor => "after each question (tutor)".into(),
            },
        ),
        Row::Among => ("Among", among::label(&setup.bank, &setup.filter())),
        Row::Seed if setup.seed.is_empty() => ("Seed", "by chance, unseen questions first".into()),
        Row::Seed => ("Seed", format!("{} ({})", setup.seed, what_a_seed_gives(setup))),
    };
    setting_row(at_cursor, name, &value, columns)
}

fn time(setup: &Setup) -> String {
    match setup.allowance.limit(setup.base()) {
        None => "untimed".into(),
        Some(limit) if setup.allowance == Allowance::Standard => spoken(limit),
        Some(limit) => format!("{} ({})", spoken(limit), setup.allowance.label()),
    }
}

/// Whom a seed gives the same paper.
fn what_a_seed_gives(setup: &Setup) -> &'static str {
    let filter = setup.filter();
    match filter.is_everything() {
        true => "the same paper for everyone",
        false if filter.asks_for_record() => "the paper for your record now",
        false => "the same paper with this filter",
    }
}

/// What passes, and what keeps the exam from a certificate or from the trend of whole exams.
fn terms(setup: &Setup) -> String {
    let order = setup.order();
    let among = setup.request.among.as_ref().map(|among| Text::new(&among.filter().to_string()));
    let no = hindrances(among.as_ref(), order.conditions, setup.forecast.questions, setup.bank.exam);
    let pass = format!("{} % to pass, a practice mark.", setup.bank.exam.pass_percent);
    if no.is_empty() {
        return pass;
    }
    let apart = |no: &Unqualified| matches!(no, Unqualified::Filtered(_) | Unqualified::Length { .. });
    let trend = if no.iter().any(apart) { ", and not in the trend" } else { "" };
    let why: Vec<String> = no.iter().map(hindrance).collect();
    format!("{pass} No certificate{trend}: {}.", why.join(", "))
}

/// What keeps an exam from a certificate, in a few words.
fn hindrance(no: &Unqualified) -> String {
    match no {
        Unqualified::Filtered(_) => "over a filter".into(),
        Unqualified::Length { was, exam } => format!("{was} of {}", counted(*exam, "question")),
        Unqualified::Tutor => "answers shown after each question".into(),
        Unqualified::Untimed => "untimed".into(),
        Unqualified::Limit { .. } => "another time limit than the exam's".into(),
        other => other.to_string(),
    }
}

/// What will be drawn, and what cannot be.
fn prospect(setup: &Setup, columns: usize) -> Vec<Line> {
    let f = &setup.forecast;
    let mut texts: Vec<(String, Role)> = Vec::new();
    let filter = setup.filter();
    if ROWS[setup.row] == Row::Seed {
        texts.push((SEED.into(), Role::Plain));
    }
    texts.extend(among::unknown(&filter, &setup.bank).map(|unknown| (unknown, Role::Warn)));
    match f.questions {
        0 => texts.push((
            format!("No question fits `{filter}`. f types another filter; an empty one means all."),
            Role::Warn,
        )),
        n if n < setup.request.questions => {
            let fit = if n == 1 { "fits" } else { "fit" };
            texts.push((
                format!("Only {} {fit} these settings; the paper will have that many.", counted(n, "question")),
                Role::Warn,
            ));
        }
        _ => {}
    }
    for shortage in &f.shortages {
        let title =
            setup.bank.domains.iter().find(|d| d.id == shortage.domain).map_or(String::new(), |d| d.title.one_line());
        texts.push((
            format!(
                "{title} has {} of the {} questions that its weight asks for; other domains fill the paper.",
                shortage.available, shortage.wanted
            ),
            Role::Warn,
        ));
    }
    if f.meeting > 0 {
        let (questions, them) = (counted(f.meeting, "question"), if f.meeting == 1 { "it" } else { "them" });
        let text = format!(
            "At least {questions} will stand beside another that asks the same or gives {them} away: there are not \
             enough others."
        );
        texts.push((text, Role::Warn));
    }
    if let Some(record) = filter.records().first().filter(|_| !setup.seed.is_empty()) {
        let record = record.label();
        let text =
            format!("`{record}` goes by your record as it is now: the seed alone does not give this paper again.");
        texts.push((text, Role::Warn));
    }
    if setup.seed.is_empty() && f.questions > 0 {
        texts.push((format!("{} you have not answered yet.", counted(f.unseen, "question")), Role::Muted));
    }
    if f.questions > 0 {
        texts.push((terms(setup), Role::Muted));
    }
    texts.into_iter().flat_map(|(text, role)| wrap(&[Span::new(text, role)], columns, "   ", "   ")).collect()
}
