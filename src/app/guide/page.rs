//! A guide set for a width: lines, and where its sections stand among them.

use std::ops::Range;

use crate::engine::guide::{Block, Guide};
use crate::engine::markup::Run;
use crate::engine::slug::Slug;
use crate::engine::text::Text;

use super::super::page::{Line, Role, Span, role_of};
use super::super::wrap::{cells, width, wrap};
use super::table;

/// The columns before the text.
const INDENT: usize = 2;

/// A guide as lines.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Page {
    /// The lines, at most as wide as they were set for.
    pub lines: Vec<Line>,
    /// The lines of the contents.
    pub contents: Range<usize>,
    /// The line of each section's heading.
    pub starts: Vec<usize>,
    /// The last line of each section.
    pub ends: Vec<usize>,
    /// By how many columns the widest drawing is wider than the page.
    pub beyond: usize,
}

/// How a guide is set.
#[derive(Clone, Copy, Debug)]
pub struct Setting {
    /// The columns of the page.
    pub columns: usize,
    /// Whether it begins with the guide's title.
    pub titled: bool,
    /// By how many columns drawings that are wider than the page are moved to the left; `None` where nothing is cut, and
    /// they stand out instead.
    pub aside: Option<usize>,
}

/// Sets `guide`; `is_read` tells which sections bear a mark.
pub fn set(guide: &Guide, setting: Setting, is_read: &dyn Fn(&Slug) -> bool) -> Page {
    let mut setter = Setter { setting, beyond: 0 };
    let mut page = Page::default();
    if let Some(title) = guide.title.as_ref().filter(|_| setting.titled) {
        let spans = [Span::new(title.as_str(), Role::Accent)];
        page.lines.extend(wrap(&spans, setting.columns, &" ".repeat(INDENT), &" ".repeat(INDENT)));
        page.lines.push(Line::new());
    }
    if !setting.titled {
        page.lines.push(Line::new());
    }
    page.lines.extend(setter.top(&guide.opening));
    if guide.sections.len() > 1 {
        page.lines.push(Line::new());
        let from = page.lines.len();
        for (i, section) in guide.sections.iter().enumerate() {
            page.lines.extend(heading(i, &section.title, is_read(&section.slug), Role::Plain, setting.columns));
        }
        page.contents = from..page.lines.len();
    }
    for (i, section) in guide.sections.iter().enumerate() {
        if !page.lines.is_empty() {
            page.lines.extend([Line::new(), Line::new()]);
        }
        page.starts.push(page.lines.len());
        page.lines.extend(heading(i, &section.title, is_read(&section.slug), Role::Accent, setting.columns));
        if !section.blocks.is_empty() {
            page.lines.push(Line::new());
            page.lines.extend(setter.top(&section.blocks));
        }
        page.ends.push(page.lines.len() - 1);
    }
    page.beyond = setter.beyond;
    page
}

/// A section's number and heading, with a mark if it is read.
fn heading(i: usize, title: &Text, read: bool, role: Role, columns: usize) -> Vec<Line> {
    let number = format!("{}{:>2}  ", " ".repeat(INDENT), i + 1);
    let room = columns.saturating_sub(number.len() + 2);
    let mut lines = wrap(&[Span::new(title.as_str(), role)], room, "", "");
    for (i, line) in lines.iter_mut().enumerate() {
        let before = if i == 0 { number.clone() } else { " ".repeat(number.len()) };
        line.spans.insert(0, Span::new(before, Role::Muted));
    }
    if let Some(first) = lines.first_mut().filter(|_| read) {
        first.push(" ", Role::Plain);
        first.push("✓", Role::Correct);
    }
    lines
}

struct Setter {
    setting: Setting,
    beyond: usize,
}

impl Setter {
    /// Blocks that stand in nothing else. What is wide may use the columns of the indent.
    fn top(&mut self, blocks: &[Block]) -> Vec<Line> {
        let mut lines = Vec::new();
        for (i, block) in blocks.iter().enumerate() {
            if i > 0 {
                lines.push(Line::new());
            }
            let indent = self.indent(block);
            lines.extend(indented(self.block(block, self.setting.columns.saturating_sub(indent)), indent));
        }
        lines
    }

    /// The columns before a block. One that is too wide anyway is broken with its indent, or cut without.
    fn indent(&self, block: &Block) -> usize {
        match self.setting.columns.checked_sub(natural_width(block)) {
            Some(spare) => spare.min(INDENT),
            None if matches!(block, Block::Code(_)) => 0,
            None => INDENT,
        }
    }

    fn blocks(&mut self, blocks: &[Block], columns: usize) -> Vec<Line> {
        let mut lines = Vec::new();
        for (i, block) in blocks.iter().enumerate() {
            if i > 0 && !matches!(block, Block::List { .. }) {
                lines.push(Line::new());
            }
            lines.extend(self.block(block, columns));
        }
        lines
    }

    fn block(&mut self, block: &Block, columns: usize) -> Vec<Line> {
        let columns = columns.max(1);
        match block {
            Block::Heading(runs) => wrap(&spans(runs, Role::Strong), columns, "", ""),
            Block::Paragraph(runs) => wrap(&spans(runs, Role::Plain), columns, "", ""),
            Block::List { first, entries } => self.list(*first, entries, columns),
            Block::Quote(blocks) => {
                let mut lines = self.blocks(blocks, columns.saturating_sub(2));
                lines.iter_mut().for_each(|l| l.spans.insert(0, Span::new("│ ", Role::Muted)));
                lines
            }
            Block::Table(table) => table::lines(table, columns),
            Block::Code(text) => self.drawing(text, columns),
            Block::Rule => vec![Line::of("─".repeat(columns), Role::Muted)],
        }
    }

    fn list(&mut self, first: Option<u64>, entries: &[Vec<Block>], columns: usize) -> Vec<Line> {
        let loose = entries.iter().any(|e| e.iter().filter(|b| !matches!(b, Block::List { .. })).count() > 1);
        let label = |i: usize| first.map_or("- ".to_owned(), |n| format!("{}. ", n.saturating_add(i as u64)));
        let hang = label(entries.len().saturating_sub(1)).len();
        let mut lines = Vec::new();
        for (i, entry) in entries.iter().enumerate() {
            if loose && i > 0 {
                lines.push(Line::new());
            }
            let mut set = indented(self.blocks(entry, columns.saturating_sub(hang)), hang);
            match set.first_mut().and_then(|line| line.spans.first_mut()) {
                Some(pad) => pad.text = format!("{:>hang$}", label(i)),
                None => set = vec![Line::of(label(i), Role::Plain)],
            }
            lines.extend(set);
        }
        lines
    }

    /// A drawing as written. One that is wider than the page is seen through a window; marks at its edges and a line
    /// below it say that it goes on.
    fn drawing(&mut self, text: &Text, columns: usize) -> Vec<Line> {
        let wide = text.as_str().lines().map(width).max().unwrap_or(0);
        let beyond = wide.saturating_sub(columns);
        let Some(aside) = self.setting.aside.filter(|_| beyond > 0) else {
            return text.as_str().lines().map(|l| Line::of(l, Role::Code)).collect();
        };
        self.beyond = self.beyond.max(beyond);
        let from = aside.min(beyond);
        let mut lines: Vec<Line> = text.as_str().lines().map(|l| window(l, from, columns)).collect();
        let hint = match (from, beyond - from) {
            (0, right) => format!("‹ › ←→ move the drawing: {right} columns more at the right"),
            (left, 0) => format!("‹ › ←→ move the drawing: {left} columns more at the left"),
            (left, right) => format!("‹ › ←→ move the drawing: {left} columns more at the left, {right} at the right"),
        };
        lines.push(Line::of(super::super::wrap::cut(&hint, columns), Role::Muted));
        lines
    }
}

/// The columns `from` to `from + columns` of a line, with marks where there is more.
fn window(line: &str, from: usize, columns: usize) -> Line {
    let mut shown = String::new();
    let (mut left, mut right) = (false, false);
    let mut at = 0;
    for (cell, wide) in cells(line) {
        let inside = at >= from && at + wide <= from + columns;
        if inside {
            shown.push_str(cell);
        } else {
            let blank = cell.trim().is_empty();
            left |= at < from && !blank;
            right |= at + wide > from + columns && !blank;
            // Half of a wide character at an edge is a space.
            let part = (at + wide).min(from + columns).saturating_sub(at.max(from));
            shown.push_str(&" ".repeat(part));
        }
        at += wide;
    }
    let mut out = Line::new();
    let body = columns.saturating_sub(usize::from(left) + usize::from(right));
    if left {
        out.push("‹", Role::Accent);
    }
    let kept: String = taken(&shown, usize::from(left), body);
    out.push(&kept, Role::Code);
    if right {
        out.push(" ".repeat(body.saturating_sub(width(&kept))), Role::Code);
        out.push("›", Role::Accent);
    }
    out
}

/// `columns` columns of `text` after the first `skip`.
fn taken(text: &str, skip: usize, columns: usize) -> String {
    let mut out = String::new();
    let mut at = 0;
    for (cell, wide) in cells(text) {
        if at >= skip && at + wide <= skip + columns {
            out.push_str(cell);
        } else if at < skip && at + wide > skip {
            out.push_str(&" ".repeat(at + wide - skip));
        }
        at += wide;
    }
    out
}

/// How wide a block is that is not broken; nothing for what can be broken anywhere.
fn natural_width(block: &Block) -> usize {
    match block {
        Block::Code(text) => text.as_str().lines().map(width).max().unwrap_or(0),
        Block::Table(table) => table::natural_width(table),
        _ => 0,
    }
}

/// Runs as spans; plain ones get the role `plain`.
pub fn spans(runs: &[Run], plain: Role) -> Vec<Span> {
    runs.iter().map(|r| Span::new(&r.text, role_of(r.face, plain))).collect()
}

fn indented(mut lines: Vec<Line>, indent: usize) -> Vec<Line> {
    for line in lines.iter_mut().filter(|l| !l.spans.is_empty()) {
        line.spans.insert(0, Span::new(" ".repeat(indent), Role::Plain));
    }
    lines
}
