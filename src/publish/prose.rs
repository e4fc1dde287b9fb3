//! The small Markdown of banks and decks as the blocks of a guide, so that every page sets text by one rule.

use crate::engine::guide::Block;
use crate::engine::markup;
use crate::engine::text::Text;

/// The paragraphs and lists of `text`.
pub fn blocks(text: &Text) -> Vec<Block> {
    let mut out: Vec<Block> = Vec::new();
    for markup::Block { bullet, runs } in markup::blocks(text.as_str()) {
        match (bullet, out.last_mut()) {
            (false, _) => out.push(Block::Paragraph(runs)),
            (true, Some(Block::List { entries, .. })) => entries.push(vec![Block::Paragraph(runs)]),
            (true, _) => out.push(Block::List { first: None, entries: vec![vec![Block::Paragraph(runs)]] }),
        }
    }
    out
}
