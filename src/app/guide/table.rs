//! A table set for a width: every cell whole. Columns give way by breaking words into lines; where even that leaves no
//! room, each row becomes a list.

use crate::engine::guide::{Align, Cell, Table};

use super::super::page::{Line, Role, Span};
use super::super::wrap::{width, wrap};
use super::page::spans;

/// The columns between cells.
const GAP: usize = 2;

/// The width of the table if no cell is broken.
pub fn natural_width(table: &Table) -> usize {
    let columns = table.columns.len();
    (0..columns).map(|i| widest(table, i, cell_width)).sum::<usize>() + GAP * columns.saturating_sub(1)
}

/// The table, at most `columns` wide.
pub fn lines(table: &Table, columns: usize) -> Vec<Line> {
    let Some(widths) = widths(table, columns) else { return as_list(table, columns) };
    let mut lines = row(table, &table.head, &widths, Role::Strong);
    let rules: Vec<String> = widths.iter().map(|w| "─".repeat(*w)).collect();
    lines.push(Line::of(rules.join(&" ".repeat(GAP)), Role::Muted));
    let rows: Vec<Vec<Line>> = table.rows.iter().map(|cells| row(table, cells, &widths, Role::Plain)).collect();
    let broken = rows.iter().any(|r| r.len() > 1);
    for (i, row) in rows.into_iter().enumerate() {
        if broken && i > 0 {
            lines.push(Line::new()); // else nobody sees where a row ends
        }
        lines.extend(row);
    }
    lines
}

fn cell_width(cell: &Cell) -> usize {
    cell.iter().map(|r| width(&r.text)).sum()
}

/// The widest word: narrower than that a column breaks inside words.
fn word_width(cell: &Cell) -> usize {
    let text: String = cell.iter().map(|r| r.text.as_str()).collect();
    text.split_whitespace().map(width).max().unwrap_or(0)
}

fn widest(table: &Table, column: usize, of: fn(&Cell) -> usize) -> usize {
    std::iter::once(&table.head).chain(&table.rows).filter_map(|row| row.get(column)).map(of).max().unwrap_or(0)
}

/// The columns' widths: as wide as their text, or their widest word and an even share of what is left over; `None` if
/// there is not even room for the words.
fn widths(table: &Table, columns: usize) -> Option<Vec<usize>> {
    let count = table.columns.len();
    let room = columns.checked_sub(GAP * count.saturating_sub(1))?;
    let natural: Vec<usize> = (0..count).map(|i| widest(table, i, cell_width)).collect();
    if natural.iter().sum::<usize>() <= room {
        return Some(natural);
    }
    let words: Vec<usize> = (0..count).map(|i| widest(table, i, word_width)).collect();
    let mut spare = room.checked_sub(words.iter().sum())?;
    // Who needs little gets it all, so that short cells stay on a line.
    let mut by_need: Vec<usize> = (0..count).collect();
    by_need.sort_by_key(|&i| natural[i] - words[i]);
    let mut widths = words;
    for (served, &i) in by_need.iter().enumerate() {
        let more = (natural[i] - widths[i]).min(spare / (count - served));
        widths[i] += more;
        spare -= more;
    }
    Some(widths)
}

fn row(table: &Table, cells: &[Cell], widths: &[usize], plain: Role) -> Vec<Line> {
    let set: Vec<Vec<Line>> = cells.iter().zip(widths).map(|(cell, w)| wrap(&spans(cell, plain), *w, "", "")).collect();
    let height = set.iter().map(Vec::len).max().unwrap_or(0);
    let mut lines = Vec::new();
    for y in 0..height {
        let mut line = Line::new();
        for (i, (cell, wide)) in set.iter().zip(widths).enumerate() {
            let words = cell.get(y).cloned().unwrap_or_default();
            let pad = wide.saturating_sub(words.width());
            let before = match table.columns.get(i) {
                Some(Align::Right) => pad,
                Some(Align::Centre) => pad / 2,
                _ => 0,
            };
            line.spans.push(Span::new(" ".repeat(before), Role::Plain));
            line.spans.extend(words.spans);
            line.spans.push(Span::new(" ".repeat(pad - before + GAP), Role::Plain));
        }
        line.spans.retain(|s| !s.text.is_empty());
        line.trim_end();
        lines.push(line);
    }
    lines
}

/// Each row as its first cell, and below it the others with the names of their columns.
fn as_list(table: &Table, columns: usize) -> Vec<Line> {
    let mut lines = Vec::new();
    for (i, cells) in table.rows.iter().enumerate() {
        if i > 0 {
            lines.push(Line::new());
        }
        for (column, cell) in cells.iter().enumerate() {
            if column == 0 {
                lines.extend(wrap(&spans(cell, Role::Strong), columns, "", ""));
                continue;
            }
            let mut named = spans(table.head.get(column).map_or(&[][..], |h| h), Role::Muted);
            named.push(Span::new(": ", Role::Muted));
            named.extend(spans(cell, Role::Plain));
            lines.extend(wrap(&named, columns, "  ", "    "));
        }
    }
    lines
}
