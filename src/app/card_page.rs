//! A card as lines: what is asked, and below it the answer with all that is said of it.

use crate::engine::deck::Card;
use crate::engine::text::Text;

use super::page::{Line, Role, labelled, prose};

/// What is asked, at most `columns` wide.
pub fn front(card: &Card, columns: usize) -> Vec<Line> {
    prose(&card.prompt(), columns, 3, Role::Strong)
}

/// What stands below it once it is turned: a rule, the answer, the note, the sources.
pub fn back(card: &Card, columns: usize) -> Vec<Line> {
    let rule = Line::of(format!("   {}", "─".repeat(columns.saturating_sub(6).min(40))), Role::Muted);
    let mut lines = vec![Line::new(), rule, Line::new()];
    lines.extend(prose(&card.answer(), columns, 3, Role::Plain));
    if let Some(note) = &card.entry.note {
        lines.push(Line::new());
        lines.extend(prose(note, columns, 3, Role::Muted));
    }
    lines.push(Line::new());
    for citation in &card.entry.sources {
        let label = Line::of("   Source  ", Role::Muted);
        lines.extend(labelled(label, &Text::new(&citation.line()), columns, Role::Muted));
    }
    lines
}
