//! Lines of text with meanings. What a meaning looks like is the theme's affair.

use crate::engine::markup::{self, Face};
use crate::engine::text::Text;

use super::wrap::{width, wrap};

/// What a stretch of text means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub enum Role {
    /// Running text.
    #[default]
    Plain,
    /// A heading, or `**bold**`.
    Strong,
    /// `*emphasis*`
    Emphasis,
    /// `` `code` `` and figures
    Code,
    /// What may be read last.
    Muted,
    /// What the eye should find: the cursor, the key of a footer.
    Accent,
    /// A key, a right answer, a pass.
    Correct,
    /// A wrong answer, a fail.
    Wrong,
    /// A flag.
    Flagged,
    /// A warning.
    Warn,
    /// An option that was struck out.
    Struck,
    /// The question or row the cursor is on, in a grid.
    Here,
    /// The full part of a bar.
    Full,
    /// The empty part of a bar.
    Empty,
}

/// A stretch of text with one meaning.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Span {
    /// The text; it comes from [`Text`] or from the program.
    pub text: String,
    /// What it means.
    pub role: Role,
}

impl Span {
    /// A stretch of text.
    pub fn new(text: impl Into<String>, role: Role) -> Self {
        Self { text: text.into(), role }
    }
}

/// A line of the screen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Line {
    /// Its stretches, from the left.
    pub spans: Vec<Span>,
    /// Whether the cursor is on it, so that scrolling keeps it in view.
    pub cursor: bool,
}

impl Line {
    /// An empty line.
    pub fn new() -> Self {
        Self::default()
    }

    /// A line of one stretch.
    pub fn of(text: impl Into<String>, role: Role) -> Self {
        Self { spans: vec![Span::new(text, role)], cursor: false }
    }

    /// Adds a stretch at the right.
    pub fn push(&mut self, text: impl AsRef<str>, role: Role) {
        match self.spans.last_mut() {
            Some(last) if last.role == role => last.text.push_str(text.as_ref()),
            _ => self.spans.push(Span::new(text.as_ref(), role)),
        }
    }

    /// The same line with another stretch at the right.
    pub fn and(mut self, text: impl AsRef<str>, role: Role) -> Self {
        self.push(text, role);
        self
    }

    /// The same line with `right` at the right end of `columns`, if both fit; else cut on the left side's cost.
    pub fn and_right(mut self, right: Line, columns: usize) -> Self {
        let gap = columns.saturating_sub(self.width() + right.width());
        self.push(" ".repeat(gap.max(1)), Role::Plain);
        self.spans.extend(right.spans);
        self
    }

    /// The line's text.
    pub fn text(&self) -> String {
        self.spans.iter().map(|s| s.text.as_str()).collect()
    }

    /// How many cells it takes.
    pub fn width(&self) -> usize {
        self.spans.iter().map(|s| width(&s.text)).sum()
    }

    /// Removes spaces at the right.
    pub fn trim_end(&mut self) {
        while let Some(last) = self.spans.last_mut() {
            let kept = last.text.trim_end().len();
            last.text.truncate(kept);
            if kept > 0 {
                break;
            }
            self.spans.pop();
        }
    }
}

/// What a face means; plain runs get the role `plain`.
pub fn role_of(face: Face, plain: Role) -> Role {
    match face {
        Face::Plain => plain,
        Face::Strong => Role::Strong,
        Face::Emphasis => Role::Emphasis,
        Face::Code => Role::Code,
    }
}

/// `text` as lines of at most `columns` cells after `indent` spaces: paragraphs and lists, a blank line between.
/// Plain runs get the role `plain`.
pub fn prose(text: &Text, columns: usize, indent: usize, plain: Role) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut after_bullet = false;
    for (i, block) in markup::blocks(text.as_str()).into_iter().enumerate() {
        if i > 0 && !(block.bullet && after_bullet) {
            lines.push(Line::new());
        }
        let spans: Vec<Span> = block.runs.iter().map(|r| Span::new(&r.text, role_of(r.face, plain))).collect();
        let first = if block.bullet { format!("{}- ", " ".repeat(indent)) } else { " ".repeat(indent) };
        let rest = " ".repeat(if block.bullet { indent + 2 } else { indent });
        lines.extend(wrap(&spans, columns, &first, &rest));
        after_bullet = block.bullet;
    }
    lines
}

/// `text` in one paragraph after a label, the lines below aligned with the text: `A  The technologist`.
pub fn labelled(label: Line, text: &Text, columns: usize, plain: Role) -> Vec<Line> {
    let spans: Vec<Span> =
        markup::runs(&text.one_line()).iter().map(|r| Span::new(&r.text, role_of(r.face, plain))).collect();
    labelled_spans(label, &spans, columns)
}

/// As [`labelled`], for text that is set already.
pub fn labelled_spans(label: Line, spans: &[Span], columns: usize) -> Vec<Line> {
    let label_width = label.width();
    let pad = " ".repeat(label_width);
    let mut lines = wrap(spans, columns, &pad, &pad);
    if let Some(first) = lines.first_mut() {
        // The padding of the first line makes room for the label.
        if let Some(span) = first.spans.first_mut() {
            span.text = span.text.split_off(label_width.min(span.text.len()));
        }
        let mut spans = label.spans;
        spans.append(&mut first.spans);
        spans.retain(|s| !s.text.is_empty());
        first.spans = spans;
    }
    lines
}

/// A figure as written, indented; what is wider than the screen is cut there.
pub fn figure(text: &Text, columns: usize, indent: usize) -> Vec<Line> {
    text.as_str()
        .trim_matches('\n')
        .lines()
        .map(|line| {
            let shown = super::wrap::cut(line.trim_end(), columns.saturating_sub(indent));
            Line::of(" ".repeat(indent), Role::Plain).and(shown, Role::Code)
        })
        .collect()
}

/// `1 card`, `2 cards`.
pub fn counted(count: usize, what: &str) -> String {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}

/// A bar of `columns` cells, full by `share` (0 to 1).
pub fn bar(share: f64, columns: usize) -> Line {
    let cells = share.clamp(0.0, 1.0) * columns as f64;
    let full = cells.floor() as usize;
    let half = cells - full as f64 >= 0.5 && full < columns;
    let mut line = Line::of("█".repeat(full), Role::Full);
    if half {
        line.push("▌", Role::Full);
    }
    line.push("░".repeat(columns - full - usize::from(half)), Role::Empty);
    line.spans.retain(|s| !s.text.is_empty());
    line
}

/// Marks of a trend, from the lowest eighth to the highest.
const EIGHTHS: [&str; 8] = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"];

/// Percentages as a line of eighths.
pub fn trend(percents: impl Iterator<Item = f64>) -> String {
    percents.map(|p| EIGHTHS[((p / 12.5) as usize).min(7)]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_hang() {
        let lines = labelled(Line::of("A  ", Role::Strong), &Text::new("one two three"), 10, Role::Plain);
        let shown: Vec<String> = lines.iter().map(Line::text).collect();
        assert_eq!(shown, ["A  one two", "   three"]);
    }

    #[test]
    fn bars_are_as_long_as_they_say() {
        for share in [0.0, 0.33, 0.5, 0.999, 1.0, 7.0] {
            assert_eq!(bar(share, 20).width(), 20, "{share}");
        }
        assert_eq!(bar(0.5, 4).text(), "██░░");
    }
}
