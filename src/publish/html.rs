//! Text and blocks as HTML. Everything that comes from a bank goes through [`escape`].

use unicode_width::UnicodeWidthStr;

use crate::engine::guide::{Align, Block, Cell, Table};
use crate::engine::markup::{Face, Run};
use crate::engine::text::Text;

use super::prose;

/// The widest drawing, in columns, that is set in the size of the style sheet; a wider one is set smaller.
const COLUMNS: usize = 72;
/// The size of a drawing of [`COLUMNS`], in points; the same number is in `page.css`.
const DRAWING: f64 = 10.0;
/// The smallest size of a drawing, in points; what is wider still is broken over lines rather than cut.
const SMALLEST: f64 = 4.0;

/// `text` where markup must not begin: in an element or in a quoted attribute.
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
    out
}

/// Running text.
pub fn runs(runs: &[Run]) -> String {
    let set = |run: &Run| {
        let text = escape(&run.text);
        match run.face {
            Face::Plain => text,
            Face::Strong => format!("<strong>{text}</strong>"),
            Face::Emphasis => format!("<em>{text}</em>"),
            Face::Code => format!("<code>{text}</code>"),
        }
    };
    runs.iter().map(set).collect()
}

/// Blocks one below the other; a heading inside a section is an `<h4>`.
pub fn blocks(blocks: &[Block]) -> String {
    blocks.iter().map(block).collect()
}

/// The paragraphs and lists of a bank's text.
pub fn text(text: &Text) -> String {
    blocks(&prose::blocks(text))
}

/// What stands in an entry of a list: a single paragraph without its mark-up.
pub fn entry(blocks: &[Block]) -> String {
    match blocks {
        [Block::Paragraph(only)] => runs(only),
        more => self::blocks(more),
    }
}

fn block(block: &Block) -> String {
    match block {
        Block::Heading(words) => format!("<h4>{}</h4>\n", runs(words)),
        Block::Paragraph(words) => format!("<p>{}</p>\n", runs(words)),
        Block::List { first, entries } => list(*first, entries),
        Block::Quote(inside) => format!("<aside class=\"box\">\n{}</aside>\n", blocks(inside)),
        Block::Table(content) => table(content),
        Block::Code(drawing) => pre(drawing),
        Block::Rule => "<hr>\n".into(),
    }
}

fn list(first: Option<u64>, entries: &[Vec<Block>]) -> String {
    let (open, close) = match first {
        None => ("<ul>".to_owned(), "</ul>"),
        Some(1) => ("<ol>".to_owned(), "</ol>"),
        Some(first) => (format!("<ol start=\"{first}\">"), "</ol>"),
    };
    let entries: String = entries.iter().map(|e| format!("<li>{}</li>\n", entry(e))).collect();
    format!("{open}\n{entries}{close}\n")
}

/// A text drawing, as written.
pub fn pre(drawing: &Text) -> String {
    let columns = drawing.as_str().lines().map(UnicodeWidthStr::width).max().unwrap_or(0);
    let style = if columns > COLUMNS {
        let size = (DRAWING * COLUMNS as f64 / columns as f64).max(SMALLEST);
        format!(" style=\"font-size: {size:.1}pt\"")
    } else {
        String::new()
    };
    // The first line break after the tag is no part of the text.
    format!("<pre{style}>\n{}</pre>\n", escape(drawing.as_str()))
}

fn table(table: &Table) -> String {
    let row = |cells: &[Cell], tag: &str, scope: &str| {
        let cell = |(i, cell): (usize, &Cell)| {
            let class = match table.columns.get(i).copied().unwrap_or_default() {
                Align::Left => "",
                Align::Centre => " class=\"centre\"",
                Align::Right => " class=\"right\"",
            };
            format!("<{tag}{scope}{class}>{}</{tag}>", runs(cell))
        };
        format!("<tr>{}</tr>\n", cells.iter().enumerate().map(cell).collect::<String>())
    };
    let head = row(&table.head, "th", " scope=\"col\"");
    let rows: String = table.rows.iter().map(|cells| row(cells, "td", "")).collect();
    format!("<table>\n<thead>\n{head}</thead>\n<tbody>\n{rows}</tbody>\n</table>\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_could_begin_markup_is_escaped() {
        assert_eq!(escape("<a href='x'>\"&amp;\"</a>"), "&lt;a href=&#39;x&#39;&gt;&quot;&amp;amp;&quot;&lt;/a&gt;");
    }

    #[test]
    fn faces_and_lists_are_elements() {
        let html = text(&Text::new("A **b** `<c>`\n\n- one\n- *two*"));
        assert_eq!(
            html,
            "<p>A <strong>b</strong> <code>&lt;c&gt;</code></p>\n<ul>\n<li>one</li>\n<li><em>two</em></li>\n</ul>\n"
        );
    }

    #[test]
    fn a_wide_drawing_is_set_smaller() {
        assert_eq!(pre(&Text::new("a\n b")), "<pre>\na\n b</pre>\n");
        assert!(pre(&Text::new(&"-".repeat(144))).starts_with("<pre style=\"font-size: 5.0pt\">"));
        assert!(pre(&Text::new(&"-".repeat(9000))).starts_with("<pre style=\"font-size: 4.0pt\">"));
    }
}
