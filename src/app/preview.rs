//! The preview: a bank as its author is writing it, question by question as a student sees it, with what is found in it.

use std::path::PathBuf;

use crate::engine::exam::Response;
use crate::engine::paper::Item;
use crate::engine::slug::Slug;
use crate::engine::text::Text;

use super::effect::Effect;
use super::frame::{Frame, MEASURE, WIDE};
use super::keys::Action;
use super::marks;
use super::model::{Model, Notice, Screen};
use super::page::{Line, Role, Span, counted};
use super::question_page::{self, Tell};
use super::wrap::{cut, width, wrap};

/// The widest margin.
const MARGIN: usize = 36;

/// A bank as its files say at one moment.
#[derive(Clone, Debug, Default)]
pub struct Draft {
    /// The bank's name.
    pub title: Text,
    /// Its questions, in the order of its files, also those that students do not get.
    pub questions: Vec<Written>,
    /// What was found outside of questions.
    pub general: Vec<Finding>,
}

/// A question where it is written.
#[derive(Clone, Debug)]
pub struct Written {
    /// Its identifier.
    pub id: Option<Slug>,
    /// The question; `None` if it is broken and left out.
    pub item: Option<Item>,
    /// Its domain's name.
    pub domain: Option<Text>,
    /// The titles of the module and of the section that explain it.
    pub guide: Option<(Text, Text)>,
    /// Where it is written.
    pub at: FileLine,
    /// What was found in it.
    pub findings: Vec<Finding>,
}

/// A line of a file, for an editor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileLine {
    /// The file.
    pub file: PathBuf,
    /// The line, from 1.
    pub line: usize,
}

/// Something that `check` says.
#[derive(Clone, Debug)]
pub struct Finding {
    /// The rule.
    pub code: String,
    /// Whether it is an error; else a warning.
    pub is_error: bool,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub help: Option<String>,
    /// Why that is a flaw.
    pub reason: &'static str,
    /// Where it is.
    pub at: FileLine,
}

/// What was read of the files just now.
#[derive(Clone, Debug, Default)]
pub struct Reading {
    /// The bank, as far as it can be read; `None` without a usable header.
    pub draft: Option<Draft>,
    /// Why it cannot be trusted: a syntax error, or a file that cannot be read.
    pub trouble: Option<Text>,
    /// The errors that are the reason, each with its place in its message.
    pub broken: Vec<Finding>,
}

/// The preview's state.
#[derive(Clone, Debug, Default)]
pub struct Preview {
    /// The path that was named, for reading.
    pub path: Text,
    /// The question to begin with.
    pub wanted: Option<Slug>,
    /// The last good state of the bank; before there was one, what could be read.
    draft: Option<Draft>,
    /// Why what is shown is not what the files say now.
    trouble: Option<Text>,
    /// The errors that are the reason.
    broken: Vec<Finding>,
    /// The shown question.
    at: usize,
    /// Whether answers are shown.
    told: bool,
    /// The number that is being typed.
    pub go_to: Option<String>,
}

impl Preview {
    /// A preview that waits for the first reading of `path`.
    pub fn of(path: Text, wanted: Option<Slug>) -> Self {
        Self { path, wanted, ..Self::default() }
    }

    /// The shown question.
    fn question(&self) -> Option<&Written> {
        self.draft.as_ref()?.questions.get(self.at)
    }

    fn count(&self) -> usize {
        self.draft.as_ref().map_or(0, |d| d.questions.len())
    }

    /// All findings, each with its question's index: what is broken first, then those of the whole bank.
    fn findings(&self) -> Vec<(Option<usize>, &Finding)> {
        let general = self.broken.iter().chain(self.draft.iter().flat_map(|d| &d.general)).map(|f| (None, f));
        let questions = self.draft.iter().flat_map(|d| &d.questions).enumerate();
        let own = questions.flat_map(|(i, q)| q.findings.iter().map(move |f| (Some(i), f)));
        general.chain(own).collect()
    }

    /// Takes a new reading: the shown question stays the one of its id, and what cannot be trusted replaces nothing.
    fn take(&mut self, reading: Reading) {
        self.trouble = reading.trouble;
        self.broken = reading.broken;
        let Some(draft) = reading.draft.filter(|_| self.trouble.is_none() || self.draft.is_none()) else { return };
        let here = self.wanted.clone().or_else(|| self.question()?.id.clone());
        let again = here.and_then(|id| draft.questions.iter().position(|q| q.id.as_ref() == Some(&id)));
        self.at = again.unwrap_or(self.at).min(draft.questions.len().saturating_sub(1));
        self.draft = Some(draft);
    }
}

/// Takes what was read of the files.
pub fn take(m: &mut Model, reading: Reading) {
    let Some(preview) = &mut m.preview else { return };
    let was = preview.question().and_then(|q| q.id.clone());
    preview.take(reading);
    let asked = if preview.draft.is_some() { preview.wanted.take() } else { None };
    let lost = asked.filter(|id| preview.question().and_then(|q| q.id.as_ref()) != Some(id));
    let moved = preview.question().and_then(|q| q.id.clone()) != was;
    m.notice = match (&preview.trouble, lost) {
        (None, Some(id)) => Some(Notice { text: format!("There is no question `{id}`"), lasting: false }),
        _ => standing(m),
    };
    if moved && matches!(m.screen(), Screen::Preview) {
        m.place_mut().scroll = 0;
    }
    m.dirty = true;
}

/// What stands as long as the files cannot be trusted, under any passing word.
pub fn standing(m: &Model) -> Option<Notice> {
    let preview = m.preview.as_ref()?;
    let trouble = preview.trouble.as_ref()?.one_line();
    let text = if preview.draft.is_some() { format!("Last good state shown; {trouble}") } else { trouble };
    Some(Notice { text, lasting: true })
}

/// Does `action` on the shown question.
pub fn act(m: &mut Model, action: Action, effects: &mut Vec<Effect>) {
    let Some(preview) = &mut m.preview else { return };
    let last = preview.count().saturating_sub(1);
    match action {
        Action::Left => show(m, |at| at.saturating_sub(1)),
        Action::Right => show(m, |at| (at + 1).min(last)),
        Action::First => show(m, |_| 0),
        Action::Last => show(m, |_| last),
        Action::GoTo if last > 0 => preview.go_to = Some(String::new()),
        Action::Turn => preview.told ^= true,
        Action::Edit => {
            let place = preview.question().map(|q| q.at.clone());
            edit(m, place, effects);
        }
        Action::Findings if preview.findings().is_empty() => m.say("Nothing is found in this bank"),
        Action::Findings => {
            let row = preview.findings().iter().position(|(i, _)| *i == Some(preview.at)).unwrap_or(0);
            m.enter(Screen::Findings(row));
        }
        Action::Up => m.place_mut().scroll = m.place().scroll.saturating_sub(1),
        Action::Down => m.place_mut().scroll += 1,
        _ => {}
    }
}

fn show(m: &mut Model, to: impl Fn(usize) -> usize) {
    let Some(preview) = &mut m.preview else { return };
    let at = to(preview.at);
    if at != std::mem::replace(&mut preview.at, at) {
        m.place_mut().scroll = 0;
    }
}

fn edit(m: &mut Model, place: Option<FileLine>, effects: &mut Vec<Effect>) {
    match place {
        Some(place) => effects.push(Effect::Edit(place)),
        None => m.say("There is no question to edit yet"),
    }
}

/// Does `action` while a question's number is typed.
pub fn type_number(m: &mut Model, action: Action) {
    let Some(preview) = &mut m.preview else { return };
    let Some(typed) = &mut preview.go_to else { return };
    match action {
        Action::Digit(digit) if typed.len() < 7 => typed.push(char::from(b'0' + digit)),
        Action::Erase => drop(typed.pop()),
        Action::Back => preview.go_to = None,
        Action::Open => {
            let wanted = typed.parse::<usize>().ok().and_then(|n| n.checked_sub(1));
            let count = preview.count();
            preview.go_to = None;
            match wanted {
                Some(index) if index < count => show(m, |_| index),
                Some(_) => m.say(format!("There is no such question: they go from 1 to {count}")),
                None => {}
            }
        }
        _ => {}
    }
}

/// Does `action` in the list of findings. Returns whether the cursor has moved.
pub fn act_in_list(m: &mut Model, row: usize, action: Action, effects: &mut Vec<Effect>) -> bool {
    let Some(preview) = &m.preview else { return false };
    let findings = preview.findings();
    let chosen = findings.get(row).map(|(i, f)| (*i, f.at.clone()));
    match (action, chosen) {
        (Action::Open, Some((Some(index), _))) => {
            m.leave();
            show(m, |_| index);
            return false;
        }
        (Action::Open, Some((None, _))) => m.say("This is about the bank as a whole; e edits it"),
        (Action::Edit, chosen) => edit(m, chosen.map(|(_, at)| at), effects),
        _ => {
            let row = super::frame::moved(row, findings.len(), action);
            m.place_mut().screen = Screen::Findings(row);
            return true;
        }
    }
    false
}

/// What the preview shows.
pub fn frame(m: &Model, columns: usize) -> Frame {
    let Some(preview) = &m.preview else { return Frame::default() };
    let Some(draft) = &preview.draft else { return before_the_first(preview, columns) };
    let mut frame = Frame { title: draft.title.one_line(), ..Frame::default() };
    let Some(question) = preview.question() else {
        frame.body = vec![Line::new(), Line::of("  The bank has no question yet.", Role::Muted)];
        return frame;
    };
    frame.middle = format!("Question {} of {}", preview.at + 1, draft.questions.len());
    frame.right = found(preview);
    frame.top = vec![about(question)];
    frame.body = body(question, preview.told, columns.saturating_sub(1));
    frame.bottom = vec![instruction(preview, question)];
    let beside = margin(m, question);
    if beside.is_empty() && !question.findings.is_empty() {
        frame.body.push(Line::new());
        frame.body.extend(findings(&question.findings, columns.saturating_sub(1), 2));
    }
    frame.side = beside;
    frame
}

/// The margin of a wide terminal, always as wide, so that the text stands still from question to question. Empty if there
/// is none, or if the findings do not fit.
fn margin(m: &Model, question: &Written) -> Vec<Line> {
    if m.size.columns < WIDE {
        return Vec::new();
    }
    let columns = usize::from(m.size.columns).saturating_sub(MEASURE + 4).min(MARGIN);
    let mut lines = vec![Line::of(" ".repeat(columns), Role::Plain)];
    lines.extend(findings(&question.findings, columns, 0));
    if question.findings.is_empty() {
        lines.push(Line::of("Nothing is found here.", Role::Muted));
    }
    if lines.len() + 4 > usize::from(m.size.rows) { Vec::new() } else { lines }
}

fn before_the_first(preview: &Preview, columns: usize) -> Frame {
    let mut body = vec![Line::new()];
    match &preview.trouble {
        None => body.push(Line::of("  Reading …", Role::Muted)),
        Some(trouble) => {
            let spans = [Span::new(trouble.one_line(), Role::Plain)];
            body.extend(wrap(&spans, columns, "  ", "  "));
            body.push(Line::new());
            body.push(Line::of("  It is shown as soon as the file is mended.", Role::Muted));
        }
    }
    Frame { title: preview.path.one_line(), body, ..Frame::default() }
}

/// How much was found in the whole bank.
fn found(preview: &Preview) -> Line {
    if !preview.broken.is_empty() {
        return Line::of("✗ broken", Role::Wrong);
    }
    match preview.findings().len() {
        0 => Line::of("nothing found", Role::Muted),
        n => Line::of(counted(n, "finding"), Role::Warn),
    }
}

/// `Alarms · recall · dead-battery`
fn about(question: &Written) -> Line {
    let level = question.item.as_ref().and_then(|i| i.question.level).map(|l| l.label().to_owned());
    let id = question.id.as_ref().map_or_else(|| "without an id".to_owned(), Slug::to_string);
    let parts = [question.domain.as_ref().map(|d| d.one_line()), level, Some(id)];
    Line::of(format!("  {}", parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")), Role::Muted)
}

fn body(question: &Written, told: bool, columns: usize) -> Vec<Line> {
    let mut lines = vec![Line::new()];
    match &question.item {
        Some(item) => {
            let tell = if told { Tell::Answer } else { Tell::Question { row: usize::MAX } };
            lines.extend(question_page::lines(item, &Response::default(), columns, tell));
            if let Some((module, section)) = question.guide.as_ref().filter(|_| told) {
                lines.push(Line::new());
                lines.extend(marks::guide_line(module, section, "", columns));
            }
        }
        None => lines.push(Line::of("  ✗ This question is broken: students do not get it.", Role::Wrong)),
    }
    lines
}

fn instruction(preview: &Preview, question: &Written) -> Line {
    if let Some(typed) = &preview.go_to {
        return Line::of(format!("  Go to question (1–{}): ", preview.count()), Role::Strong)
            .and(format!("{typed}_"), Role::Accent);
    }
    let told = question.item.as_ref().map_or(String::new(), |i| i.question.instruction());
    Line::of(format!("  {told}"), Role::Strong)
}

/// What was found, each with its code, what to do and why.
fn findings(findings: &[Finding], columns: usize, indent: usize) -> Vec<Line> {
    let mut lines = Vec::new();
    let pad = " ".repeat(indent);
    for finding in findings {
        if !lines.is_empty() {
            lines.push(Line::new());
        }
        let spans = [heading(finding), Span::new(format!(": {}", finding.message), Role::Plain)];
        lines.extend(wrap(&spans, columns, &pad, &pad));
        let below = format!("{pad}  ");
        for text in finding.help.clone().into_iter().chain([format!("{}.", finding.reason)]) {
            lines.extend(wrap(&[Span::new(text, Role::Muted)], columns, &below, &below));
        }
    }
    lines
}

fn heading(finding: &Finding) -> Span {
    let (word, role) = if finding.is_error { ("✗ error", Role::Wrong) } else { ("warning", Role::Warn) };
    Span::new(format!("{word} {}", finding.code), role)
}

/// What the list of findings shows.
pub fn list_frame(m: &Model, row: usize, columns: usize) -> Frame {
    let Some(preview) = &m.preview else { return Frame::default() };
    let all = preview.findings();
    let row = row.min(all.len().saturating_sub(1));
    let mut body = vec![Line::new()];
    for (i, (question, finding)) in all.iter().enumerate() {
        let mut line = Line::of(if i == row { " › " } else { "   " }, Role::Accent);
        let number = question.map_or_else(|| "bank".to_owned(), |q| (q + 1).to_string());
        line.push(format!("{number:>5} "), if i == row { Role::Accent } else { Role::Muted });
        let (sign, role) = if finding.is_error { ("✗", Role::Wrong) } else { (" ", Role::Warn) };
        line.push(format!("{sign} {}", finding.code), role);
        line.push(format!("  {}", cut(&finding.message, columns.saturating_sub(17))), Role::Plain);
        line.cursor = i == row;
        body.push(line);
    }
    if all.is_empty() {
        body.push(Line::of("  Nothing is found any more.", Role::Muted));
    }
    let mut bottom = Vec::new();
    if let Some((_, finding)) = all.get(row) {
        if width(&finding.message) > columns.saturating_sub(17) {
            bottom.extend(wrap(&[Span::new(&finding.message, Role::Plain)], columns, "   ", "   "));
        }
        let text = finding.help.clone().unwrap_or_else(|| finding.reason.to_owned());
        bottom.extend(wrap(&[Span::new(text, Role::Muted)], columns, "   ", "   "));
    }
    let title = preview.draft.as_ref().map_or(String::new(), |d| d.title.one_line());
    Frame { title, middle: "Findings".into(), right: found(preview), body, bottom, ..Frame::default() }
}
