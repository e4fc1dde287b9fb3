//! Flash cards to cut: a sheet of fronts, then a sheet of their backs in mirrored columns.

use crate::engine::deck::{Card, Deck};
use crate::engine::guide::Block;
use crate::engine::markup::{Face, Run};
use crate::engine::text::Text;

use super::page::Page;
use super::{html, layout, markdown, prose};

const STYLE: &str = include_str!("cards.css");
/// How many rows of the smallest cells a sheet has; they stand in two columns.
const ROWS: usize = 4;
/// The sizes of text, in points, the first that fits is taken.
const SIZES: [f64; 5] = [12.0, 11.0, 10.0, 9.0, 8.0];
/// Cells as (columns, rows), the first that holds both sides is taken.
const CELLS: [(usize, usize); 4] = [(1, 1), (2, 1), (2, 2), (2, ROWS)];
/// A cell's size and what its text leaves free of it on both sides together, in points; in `cards.css` in millimetres:
/// 90 × 60, and 8 × 11.
const CELL: (f64, f64) = (255.1, 170.0);
const FREE: (f64, f64) = (22.7, 31.2);

/// A part of a side and its size beside the side's own.
struct Part {
    blocks: Vec<Block>,
    class: &'static str,
    scale: f64,
}

/// A card in its cell.
struct Placed<'d> {
    /// Its number in the deck, from 1.
    number: usize,
    card: &'d Card,
    /// Columns and rows.
    span: (usize, usize),
    /// Where it stands, from 0.
    column: usize,
    row: usize,
    /// The sizes of its two texts.
    sizes: (f64, f64),
}

/// A sheet for cutting, and the cards that are too long for a whole page.
struct Sheets<'d> {
    sheets: Vec<Vec<Placed<'d>>>,
    too_long: Vec<&'d Card>,
}

/// A printed deck.
pub struct Cards {
    /// The text of the file.
    pub text: String,
    /// The cards that are not in it, because they are too long for a page.
    pub left_out: Vec<String>,
}

/// The deck as a page; `language` is that of its bank.
pub fn html(deck: &Deck, language: Option<&Text>) -> Cards {
    let cards = deck.cards();
    let Sheets { sheets, too_long } = sheets(&cards);
    let title = deck.title.one_line();
    let mut body = String::new();
    for (i, sheet) in sheets.iter().enumerate() {
        for back in [false, true] {
            body.push_str(&side_html(&title, i + 1, sheet, back));
        }
    }
    let left_out: Vec<String> = too_long.iter().map(|c| name(c)).collect();
    if !left_out.is_empty() {
        let names: String = left_out.iter().map(|n| format!("<li>{n}</li>\n")).collect();
        body.push_str(&format!(
            "<section>\n<h2>Not printed: too long for a page</h2>\n<ul>\n{names}</ul>\n</section>\n"
        ));
    }
    let licence = deck.license.as_ref().map_or(String::new(), |l| format!(" · {}", l.one_line()));
    let page = Page {
        title: format!("{title}: cards to cut"),
        language,
        style: STYLE,
        margins: [String::new(), String::new(), format!("{} {}{licence}", deck.id, deck.version)],
        body,
    };
    Cards { text: page.html(), left_out }
}

/// What a card is called: its entry, and which card of it.
fn name(card: &Card) -> String {
    format!("{} ({})", card.entry.id, card.side.label())
}

fn side_html(title: &str, sheet: usize, cards: &[Placed], back: bool) -> String {
    let title = html::escape(title);
    let title =
        if sheet == 1 && !back { format!("<h1>{title}</h1>") } else { format!("<p class=\"deck\">{title}</p>") };
    let (side, told) = if back {
        ("backs", "Columns are mirrored: each back lies behind its front.")
    } else {
        ("fronts", "Print two-sided, flipped on the long edge, at 100 %. Cut along the lines.")
    };
    let cells: String = cards.iter().map(|placed| cell_html(placed, back)).collect();
    format!(
        "<section class=\"side {side}\" aria-label=\"Sheet {sheet}, {side}\">\n<header>{title}\n<h2>Sheet {sheet}: {side}</h2>\n\
         <p>{told}</p></header>\n<ol class=\"cells\">\n{cells}</ol>\n</section>\n"
    )
}

fn cell_html(placed: &Placed, back: bool) -> String {
    let (columns, rows) = placed.span;
    let column = if back { 2 - placed.column - columns } else { placed.column };
    let (parts, size) =
        if back { (back_parts(placed.card), placed.sizes.1) } else { (front_parts(placed.card), placed.sizes.0) };
    let parts: String =
        parts.iter().map(|p| format!("<div class=\"{}\">{}</div>\n", p.class, html::blocks(&p.blocks))).collect();
    format!(
        "<li style=\"grid-area: {} / {} / span {rows} / span {columns}; font-size: {size}pt\">\n<div class=\"text\">\n{parts}</div>\n\
         <p class=\"number\">{}</p></li>\n",
        placed.row + 1,
        column + 1,
        placed.number,
    )
}

fn front_parts(card: &Card) -> Vec<Part> {
    vec![Part { blocks: prose::blocks(&card.prompt()), class: "ask", scale: 1.0 }]
}

/// The answer, the note and the sources, as on the screen.
fn back_parts(card: &Card) -> Vec<Part> {
    let mut parts = vec![Part { blocks: prose::blocks(&card.answer()), class: "answer", scale: 1.0 }];
    if let Some(note) = &card.entry.note {
        parts.push(Part { blocks: prose::blocks(note), class: "note", scale: 0.9 });
    }
    let source = |line: String| Block::Paragraph(vec![Run { text: format!("Source: {line}"), face: Face::Plain }]);
    let sources: Vec<Block> = card.entry.sources.iter().map(|c| source(c.line())).collect();
    if !sources.is_empty() {
        parts.push(Part { blocks: sources, class: "source", scale: 0.75 });
    }
    parts
}

/// Sets the cards in the deck's order: two small ones a row, a larger one in rows of its own.
fn sheets(cards: &[Card]) -> Sheets<'_> {
    let mut out = Sheets { sheets: Vec::new(), too_long: Vec::new() };
    let mut sheet: Vec<Placed> = Vec::new();
    let (mut row, mut column) = (0, 0);
    for (i, card) in cards.iter().enumerate() {
        let Some((span, sizes)) = fitting(card) else {
            out.too_long.push(card);
            continue;
        };
        if column + span.0 > 2 {
            (row, column) = (row + 1, 0);
        }
        if row + span.1 > ROWS {
            out.sheets.push(std::mem::take(&mut sheet));
            (row, column) = (0, 0);
        }
        sheet.push(Placed { number: i + 1, card, span, column, row, sizes });
        column += span.0;
        if column == 2 {
            (row, column) = (row + span.1, 0);
        }
    }
    if !sheet.is_empty() {
        out.sheets.push(sheet);
    }
    out
}

/// The smallest cell that holds both sides, and the sizes of their texts.
fn fitting(card: &Card) -> Option<((usize, usize), (f64, f64))> {
    let (front, back) = (front_parts(card), back_parts(card));
    let sizes = |span| Some((size(&front, span)?, size(&back, span)?));
    CELLS.into_iter().find_map(|span| Some((span, sizes(span)?)))
}

/// The largest size of text with which `parts` fit into a cell.
fn size(parts: &[Part], (columns, rows): (usize, usize)) -> Option<f64> {
    let (width, height) = (CELL.0 * columns as f64 - FREE.0, CELL.1 * rows as f64 - FREE.1);
    let needed = |size: f64| {
        let part = |p: &Part| layout::height(&p.blocks, width / (size * p.scale)) * size * p.scale;
        parts.iter().map(part).sum::<f64>()
    };
    SIZES.into_iter().find(|&size| needed(size) <= height)
}

/// The deck as Markdown, a section a card.
pub fn markdown(deck: &Deck) -> Cards {
    let mut out = format!("# {}\n", markdown::escape(&deck.title.one_line()));
    for (i, card) in deck.cards().iter().enumerate() {
        out.push_str(&format!("\n## {}\n\n{}\n\n* * *\n", i + 1, markdown::text(&card.prompt())));
        for part in back_parts(card) {
            out.push_str(&format!("\n{}\n", markdown::blocks(&part.blocks)));
        }
    }
    let licence = deck.license.as_ref().map_or(String::new(), |l| format!(" Licence: {}.", l.one_line()));
    let about = format!("{} {}.{licence}", deck.id, deck.version);
    out.push_str(&format!("\n* * *\n\n{}\n", markdown::escape(&about)));
    Cards { text: out, left_out: Vec::new() }
}
