//! A question as lines: in the exam room, and with its answer afterwards.

use std::collections::BTreeSet;

use crate::engine::exam::Response;
use crate::engine::paper::{Item, letter};
use crate::engine::question::{Kind, OptionId};
use crate::engine::text::Text;

use super::page::{Line, Role, figure, labelled, prose};

/// What is told of a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tell {
    /// The question and what was chosen.
    Question {
        /// The row at the cursor.
        row: usize,
    },
    /// The question alone.
    Stem,
    /// Everything: the key, the rationales, the explanation and the sources.
    Answer,
}

/// The question, at most `columns` wide.
pub fn lines(item: &Item, response: &Response, columns: usize, tell: Tell) -> Vec<Line> {
    let question = &item.question;
    let mut lines = prose(&question.stem, columns, 2, Role::Plain);
    if let Some(art) = &question.figure {
        lines.push(Line::new());
        lines.extend(figure(art, columns, 2));
    }
    lines.push(Line::new());
    for (row, &option) in item.order.iter().enumerate() {
        lines.extend(option_lines(item, response, row, option, columns, tell));
    }
    if tell == Tell::Answer {
        lines.extend(rationale(item, columns));
    }
    lines
}

fn option_lines(
    item: &Item,
    response: &Response,
    row: usize,
    option: OptionId,
    columns: usize,
    tell: Tell,
) -> Vec<Line> {
    let question = &item.question;
    let Some(choice) = question.choice(option) else { return Vec::new() };
    let picked = response.picked().contains(&option);
    let struck = response.struck().contains(&option);
    let at_cursor = matches!(tell, Tell::Question { row: cursor } if cursor == row);
    let told = tell == Tell::Answer;
    // Boxes, where several are to be chosen.
    let (full, empty) = if question.kind == Kind::Multi { ("■", "□") } else { ("●", " ") };
    let (role, mark, mark_role, word) = match (told, question.is_key(option), picked) {
        (false, _, true) => (Role::Strong, full, Role::Accent, ""),
        (false, _, false) if struck => (Role::Struck, empty, Role::Plain, "(out) "),
        (false, _, false) => (Role::Plain, empty, Role::Plain, ""),
        (true, true, true) => (Role::Strong, "✓", Role::Correct, "(your answer) "),
        (true, true, false) => (Role::Strong, "✓", Role::Correct, ""),
        (true, false, true) => (Role::Plain, "✗", Role::Wrong, "(your answer) "),
        (true, false, false) if struck => (Role::Muted, " ", Role::Plain, "(out) "),
        (true, false, false) => (Role::Plain, " ", Role::Plain, ""),
    };
    let mut label = Line::of(if at_cursor { "› " } else { "  " }, Role::Accent);
    label.push(mark, mark_role);
    label.push(" ", Role::Plain);
    label.push(letter(row).to_string(), if at_cursor { Role::Accent } else { Role::Strong });
    label.push("  ", Role::Plain);
    if !word.is_empty() {
        label.push(word, Role::Muted);
    }
    let hang = 7;
    let mut out = labelled_hanging(label, hang, &choice.text, columns, role);
    for line in &mut out {
        line.cursor = at_cursor;
    }
    if let Some(why) = choice.why.as_ref().filter(|_| told) {
        // Further in than the option: where a terminal shows no dim text, it must not read as a part of it.
        out.extend(prose(why, columns, hang + 2, Role::Muted));
    }
    out
}

/// As [`labelled`], but the lines below align with column `hang`, not with a label that has grown.
fn labelled_hanging(label: Line, hang: usize, text: &Text, columns: usize, role: Role) -> Vec<Line> {
    let extra = label.width().saturating_sub(hang);
    let mut lines = labelled(label, text, columns, role);
    if extra > 0 && lines.len() > 1 {
        for line in &mut lines[1..] {
            if let Some(first) = line.spans.first_mut() {
                first.text = first.text.split_off(extra.min(first.text.len()));
            }
        }
    }
    lines
}

fn rationale(item: &Item, columns: usize) -> Vec<Line> {
    let question = &item.question;
    let mut lines = Vec::new();
    if let Some(explanation) = &question.explanation {
        lines.push(Line::new());
        lines.extend(prose(explanation, columns, 2, Role::Plain));
    }
    if !question.sources.is_empty() {
        lines.push(Line::new());
        for citation in &question.sources {
            let label = Line::of("  Source  ", Role::Muted);
            lines.extend(labelled(label, &Text::new(&citation.line()), columns, Role::Muted));
        }
    }
    lines
}

/// What the examinee has put on a question: that the answer is a guess, that it is flagged.
pub fn marks(response: &Response) -> Line {
    let guess = response.has_guess();
    let mut line = Line::new();
    if guess {
        line.push("≈ a guess", Role::Muted);
    }
    if response.is_flagged() {
        line.push(if guess { "  " } else { "" }, Role::Plain);
        line.push("⚑ flagged", Role::Flagged);
    }
    line
}

/// Whether an answer of so many points was right, and known; if it was not right, what is.
pub fn verdict(item: &Item, response: &Response, points: f64) -> Line {
    let line = Line::of("  ", Role::Plain);
    if points >= 1.0 {
        let guess = if response.is_guessed() { ", but not known: a guess" } else { "" };
        return line.and("✓ Right", Role::Correct).and(guess, Role::Plain);
    }
    let keys = item.question.options().filter(|&o| item.question.is_key(o)).collect();
    let are = if item.question.keys == 1 { "is" } else { "are" };
    line.and(if points > 0.0 { "✗ Right in part" } else { "✗ Wrong" }, Role::Wrong)
        .and(format!(": {} {are} right", letters(item, &keys)), Role::Plain)
}

/// What is said when an option is struck out that was chosen: that it is not any more.
pub fn struck_out(item: &Item, response: &Response, option: OptionId) -> Option<&'static str> {
    response.picked().contains(&option).then_some(match item.question.kind {
        Kind::Multi => "Struck out; it was part of your answer",
        _ => "Struck out; it was your answer",
    })
}

/// What is said when a guess is announced before anything is chosen: the mark comes with the answer.
pub fn guess_to_come(response: &Response) -> Option<&'static str> {
    (response.is_guessed() && response.picked().is_empty()).then_some("What you choose here will be marked as a guess")
}

/// What a chosen answer looks like in words, for a list: `B`, `A and C`, `A, C and D`, `none`.
pub fn letters(item: &Item, picked: &BTreeSet<OptionId>) -> String {
    let letters: Vec<String> = item
        .order
        .iter()
        .enumerate()
        .filter(|(_, o)| picked.contains(o))
        .map(|(row, &o)| match item.question.kind {
            Kind::TrueFalse => item.question.choice(o).map(|c| c.text.one_line()).unwrap_or_default(),
            _ => letter(row).to_string(),
        })
        .collect();
    match letters.split_last() {
        None => "none".into(),
        Some((last, [])) => last.clone(),
        Some((last, others)) => format!("{} and {last}", others.join(", ")),
    }
}
