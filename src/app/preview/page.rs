//! What the preview shows: a page as a student sees it with its findings, and the list of all of them.

use crate::engine::deck::{Card, Side, Wording};
use crate::engine::exam::Response;
use crate::engine::slug::Slug;

use super::super::frame::{Frame, MEASURE, WIDE};
use super::super::model::Model;
use super::super::page::{Line, Role, Span, counted};
use super::super::question_page::{self, Tell};
use super::super::wrap::{cut, width, wrap};
use super::super::{card_page, marks};
use super::Preview;
use super::draft::{Finding, Kind, Shown, Written};

/// The widest margin.
const MARGIN: usize = 36;

/// What is shown.
pub fn frame(m: &Model, columns: usize) -> Frame {
    let Some(preview) = &m.preview else { return Frame::default() };
    let Some(draft) = &preview.draft else { return before_the_first(preview, columns) };
    let mut frame = Frame { title: draft.title.one_line(), ..Frame::default() };
    let Some(page) = preview.page() else {
        let text = format!("  The {} has no {} yet.", draft.kind.name(), draft.kind.holds());
        frame.body = vec![Line::new(), Line::of(text, Role::Muted)];
        return frame;
    };
    frame.middle = format!("{} {} of {}", draft.kind.heading(), preview.at + 1, draft.pages.len());
    frame.right = found(preview);
    frame.top = vec![about(page)];
    frame.body = body(draft.kind, page, preview.told, columns.saturating_sub(1));
    frame.bottom = vec![instruction(preview, draft.kind, page)];
    let beside = margin(m, page);
    if beside.is_empty() && !page.findings.is_empty() {
        frame.body.push(Line::new());
        frame.body.extend(findings(&page.findings, columns.saturating_sub(1), 2));
    }
    frame.side = beside;
    frame
}

/// The margin of a wide terminal, always as wide, so that the text stands still from page to page. Empty if there is none,
/// or if the findings do not fit.
fn margin(m: &Model, page: &Written) -> Vec<Line> {
    if m.size.columns < WIDE {
        return Vec::new();
    }
    let columns = usize::from(m.size.columns).saturating_sub(MEASURE + 4).min(MARGIN);
    let mut lines = vec![Line::of(" ".repeat(columns), Role::Plain)];
    lines.extend(findings(&page.findings, columns, 0));
    if page.findings.is_empty() {
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

/// How much was found in the whole bank or deck.
fn found(preview: &Preview) -> Line {
    if !preview.broken.is_empty() {
        return Line::of("✗ broken", Role::Wrong);
    }
    match preview.findings().len() {
        0 => Line::of("nothing found", Role::Muted),
        n => Line::of(counted(n, "finding"), Role::Warn),
    }
}

/// `Alarms · recall · dead-battery`, or of a card `rf · back to front · two-loop-laws`.
fn about(page: &Written) -> Line {
    let how = match &page.shown {
        Some(Shown::Question(item)) => item.question.level.map(|l| l.label().to_owned()),
        Some(Shown::Card(card)) => side(card),
        None => None,
    };
    let id = page.id.as_ref().map_or_else(|| "without an id".to_owned(), Slug::to_string);
    let parts = [page.domain.as_ref().map(|d| d.one_line()), how, Some(id)];
    Line::of(format!("  {}", parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")), Role::Muted)
}

/// Which of the cards of its entry it is; nothing if it is the only one.
fn side(card: &Card) -> Option<String> {
    let both_ways = matches!(card.entry.wording, Wording::Pair { both_ways: true, .. });
    match card.side {
        Side::Forward => both_ways.then(|| "front to back".into()),
        Side::Backward => Some("back to front".into()),
        Side::Cloze(number) => Some(format!("part {number}")),
    }
}

fn body(kind: Kind, page: &Written, told: bool, columns: usize) -> Vec<Line> {
    let mut lines = vec![Line::new()];
    match &page.shown {
        Some(Shown::Question(item)) => {
            let tell = if told { Tell::Answer } else { Tell::Question { row: usize::MAX } };
            lines.extend(question_page::lines(item, &Response::default(), columns, tell));
        }
        Some(Shown::Card(card)) => {
            lines.extend(card_page::front(card, columns));
            if told {
                lines.extend(card_page::back(card, columns));
            }
        }
        None => {
            let text = format!("  ✗ This {} is broken: students do not get it.", kind.holds());
            lines.push(Line::of(text, Role::Wrong));
        }
    }
    if let Some((module, section)) = page.guide.as_ref().filter(|_| told) {
        lines.push(Line::new());
        lines.extend(marks::guide_line(module, section, "", columns));
    }
    lines
}

fn instruction(preview: &Preview, kind: Kind, page: &Written) -> Line {
    if let Some(typed) = &preview.go_to {
        return Line::of(format!("  Go to {} (1–{}): ", kind.holds(), preview.count()), Role::Strong)
            .and(format!("{typed}_"), Role::Accent);
    }
    match &page.shown {
        Some(Shown::Question(item)) => Line::of(format!("  {}", item.question.instruction()), Role::Strong),
        Some(Shown::Card(_)) if !preview.told => {
            Line::of("  Space", Role::Accent).and(" shows the answer", Role::Plain)
        }
        _ => Line::of("  ", Role::Strong),
    }
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
    let whole = preview.kind().name();
    for (i, (at, finding)) in all.iter().enumerate() {
        let mut line = Line::of(if i == row { " › " } else { "   " }, Role::Accent);
        let number = at.map_or_else(|| whole.to_owned(), |at| (at + 1).to_string());
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
