//! One question with its key, why each option is right or wrong, and the student's own record of it.

use std::sync::Arc;
use std::time::Duration;

use crate::engine::answer::Answered;
use crate::engine::bank::Bank;
use crate::engine::exam::Response;
use crate::engine::paper::Item;
use crate::engine::question::Question;
use crate::engine::standing::{DAYS_TO_LEAVE, Standing};
use crate::engine::text::Text;
use crate::engine::time::spoken;

use super::effect::Effect;
use super::frame::Frame;
use super::marks::{self, Subject};
use super::model::{Model, Screen};
use super::page::{Line, Role, Span, labelled};
use super::question_page::{self, Tell};
use super::withheld;
use super::wrap::wrap;

/// The most answers that are listed; they are the latest.
const ANSWERS: usize = 8;

/// A question that is looked at.
#[derive(Clone, Debug)]
pub struct QuestionView {
    bank: Arc<Bank>,
    question: Arc<Question>,
    /// The answers that were given, the latest first; `None` until they are read.
    answers: Option<Vec<Answered>>,
}

impl QuestionView {
    /// Whether its answer is not shown yet.
    pub fn is_withheld(&self, m: &Model) -> bool {
        withheld::is(m, &self.bank.id, &self.question.id)
    }

    /// What marks are put on.
    pub fn subject(&self) -> Subject {
        Subject {
            bank: self.bank.id.clone(),
            version: self.bank.version.clone(),
            question: self.question.clone(),
            picked: self.answers.iter().flatten().next().map(|answer| answer.picked.clone()),
        }
    }
}

/// Opens a question of a bank.
pub fn open(m: &mut Model, bank: Arc<Bank>, question: Arc<Question>, effects: &mut Vec<Effect>) {
    effects.push(Effect::AskAnswers(bank.id.clone(), question.id.clone()));
    m.enter(Screen::Question(Box::new(QuestionView { bank, question, answers: None })));
}

/// Takes the answers to a question, if it is still the one that is looked at.
pub fn take_answers(m: &mut Model, answers: Vec<Answered>) {
    let Screen::Question(view) = &mut m.place_mut().screen else { return };
    let of_it = |a: &Answered| a.bank == view.bank.id && a.question == view.question.id;
    if answers.iter().all(of_it) {
        view.answers = Some(answers);
    }
}

/// What is shown.
pub fn frame(m: &Model, view: &QuestionView, columns: usize) -> Frame {
    let question = &view.question;
    if view.is_withheld(m) {
        return withheld_frame(view, columns);
    }
    let item = Item { question: question.clone(), order: question.options().collect() };
    let subject = view.subject();
    let mut body = vec![Line::new()];
    body.extend(question_page::lines(&item, &Response::default(), columns.saturating_sub(1), Tell::Answer));
    let own = marks::lines(m, &subject, columns);
    if !own.is_empty() {
        body.push(Line::new());
        body.extend(own);
    }
    body.extend(answer_lines(m, view, columns));
    body.push(Line::new());
    body.push(Line::of(format!("  {}", about(&view.bank, question)), Role::Muted));
    let mut top = record(m, m.learner.standing(&view.bank.id, &question.id), columns);
    top.extend(marks::signs(m, &subject, columns));
    Frame {
        title: view.bank.title.one_line(),
        middle: "Question".into(),
        right: Line::of(question.kind.label(), Role::Muted),
        top,
        body,
        ..Frame::default()
    }
}

/// The question alone, and why there is no more of it yet.
fn withheld_frame(view: &QuestionView, columns: usize) -> Frame {
    // Not as the bank has them, which begins with the keys.
    let mut order: Vec<_> = view.question.options().collect();
    order.sort_by_key(|&option| view.question.choice(option).map(|choice| choice.text.as_str()));
    let item = Item { question: view.question.clone(), order };
    let mut body = vec![Line::new()];
    body.extend(question_page::lines(&item, &Response::default(), columns.saturating_sub(1), Tell::Stem));
    Frame {
        title: view.bank.title.one_line(),
        middle: "Question".into(),
        right: Line::of(view.question.kind.label(), Role::Muted),
        top: wrap(&[Span::new(withheld::WHY, Role::Strong)], columns, "  ", "  "),
        body,
        ..Frame::default()
    }
}

/// Domain, level and identifier.
fn about(bank: &Bank, question: &Question) -> String {
    let domain = bank.domains.iter().find(|d| d.id == question.domain);
    let domain = domain.map_or(String::new(), |d| format!("{} · ", d.title.one_line()));
    let level = question.level.map_or(String::new(), |l| format!("{} · ", l.label()));
    format!("{domain}{level}{}", question.id)
}

/// How the question was answered so far.
fn record(m: &Model, standing: Option<&Standing>, columns: usize) -> Vec<Line> {
    let Some(s) = standing else { return vec![Line::of("  Not answered yet", Role::Muted)] };
    let mut line = Line::new();
    match s.last_right {
        true if s.last_guessed => line.push("✓ right by a guess", Role::Warn),
        true => line.push("✓ right", Role::Correct),
        false => line.push("✗ wrong", Role::Wrong),
    }
    line.push(format!(" on {} · ", m.local_day(s.last_at)), Role::Muted);
    line.push(format!("{} of {} right", s.right, s.answers), Role::Plain);
    if let Some(mistake) = s.mistake {
        line.push(" · ", Role::Muted);
        line.push(format!("mistakes book, right on {} of {DAYS_TO_LEAVE} days", mistake.right_days), Role::Warn);
    }
    wrap(&line.spans, columns, "  ", "  ")
}

/// The answers, the latest first.
fn answer_lines(m: &Model, view: &QuestionView, columns: usize) -> Vec<Line> {
    let Some(answers) = view.answers.as_ref().filter(|answers| !answers.is_empty()) else { return Vec::new() };
    let spent: Duration = answers.iter().map(|a| a.spent).sum();
    let mean = spoken(spent / u32::try_from(answers.len()).unwrap_or(u32::MAX));
    let guesses = match answers.iter().filter(|a| a.guessed).count() {
        0 => "no guess".into(),
        1 => "1 guess".into(),
        n => format!("{n} guesses"),
    };
    let heading = Line::of("  Your answers", Role::Strong).and(format!(": {mean} on average, {guesses}"), Role::Muted);
    let mut lines = vec![Line::new(), heading];
    for answer in answers.iter().take(ANSWERS) {
        let (mark, role) = if answer.is_right() { ("✓", Role::Correct) } else { ("✗", Role::Wrong) };
        let guess = if answer.guessed { " · ≈ a guess" } else { "" };
        let picked: Vec<String> = answer.picked.iter().map(Text::one_line).collect();
        let text = format!(
            "{} · {} · {}{guess} · {}",
            m.local_day(answer.at),
            answer.occasion.label(),
            spoken(answer.spent),
            picked.join("; ")
        );
        let label = Line::of("  ", Role::Plain).and(mark, role).and(" ", Role::Plain);
        lines.extend(labelled(label, &Text::new(&text), columns, Role::Plain));
    }
    if let Some(more) = answers.len().checked_sub(ANSWERS).filter(|more| *more > 0) {
        lines.push(Line::of(format!("    and {more} earlier ones"), Role::Muted));
    }
    lines
}
