//! The list of banks.

use super::frame::{Frame, list_row, moved};
use super::keys::Action;
use super::model::{Model, Screen};
use super::page::{Line, Role, prose};
use super::shelf::Volume;

/// Does `action`. Returns whether the cursor has moved.
pub fn act(m: &mut Model, row: usize, action: Action) -> bool {
    let count = m.shelf.as_ref().map_or(0, |s| s.volumes.len());
    if action == Action::Open {
        if row < count {
            m.volume = row;
            m.leave();
        }
        return false;
    }
    m.place_mut().screen = Screen::Banks(moved(row, count, action));
    true
}

/// What is shown.
pub fn frame(m: &Model, row: usize, columns: usize) -> Frame {
    let mut body = vec![Line::new()];
    let volumes = m.shelf.as_ref().map_or(&[][..], |s| &s.volumes);
    for (i, volume) in volumes.iter().enumerate() {
        let about = format!("{} questions", volume.bank.questions.len());
        let chosen = if i == m.volume { " (chosen)" } else { "" };
        let line = Line::of(about, Role::Plain).and(chosen, Role::Muted);
        body.push(list_row(i == row, &volume.bank.title.one_line(), 36.min(columns / 2), line));
    }
    if let Some(volume) = volumes.get(row) {
        body.push(Line::new());
        body.extend(details(volume, columns));
    }
    if volumes.is_empty() {
        body.push(Line::of("  No bank was found.", Role::Muted));
    }
    Frame { title: "Banks".into(), body, ..Frame::default() }
}

fn details(volume: &Volume, columns: usize) -> Vec<Line> {
    let bank = &volume.bank;
    let mut lines = Vec::new();
    if let Some(text) = &bank.description {
        lines.extend(prose(text, columns, 3, Role::Plain));
        lines.push(Line::new());
    }
    let authors: Vec<String> = bank.authors.iter().map(|a| a.one_line()).collect();
    let facts = [
        Some(format!("{} {}, {}", bank.id, bank.version, volume.place)),
        (!authors.is_empty()).then(|| format!("By {}", authors.join(", "))),
        bank.license.as_ref().map(|l| format!("Licence {l}")),
        volume.left_out_notice(),
    ];
    for fact in facts.into_iter().flatten() {
        let spans = [super::page::Span::new(fact, Role::Muted)];
        lines.extend(super::wrap::wrap(&spans, columns, "   ", "   "));
    }
    lines
}
