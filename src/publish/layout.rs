//! How much room text takes on a card, without a browser to ask: an estimate that errs towards too much.
//!
//! Widths are those of Arial and its likes, rounded up by class of letter, with an allowance for wider fonts.

use unicode_width::UnicodeWidthChar;

use crate::engine::guide::Block;
use crate::engine::markup::{Face, Run};

/// The height of a line, in em; the same number is in `cards.css`.
pub const LINE: f64 = 1.3;
/// The gap under a block, in em; the same number is in `cards.css`.
pub const GAP: f64 = 0.4;
/// The indent of a list, in em; the same number is in `cards.css`.
const INDENT: f64 = 1.3;
/// How much wider than Arial a font may be.
const ALLOWANCE: f64 = 1.15;

/// The height of `blocks` set `width` em wide, in em.
pub fn height(blocks: &[Block], width: f64) -> f64 {
    blocks.iter().map(|block| block_height(block, width)).sum()
}

fn block_height(block: &Block, width: f64) -> f64 {
    match block {
        Block::Paragraph(runs) => lines(runs, width) as f64 * LINE + GAP,
        Block::List { entries, .. } => entries.iter().map(|e| height(e, width - INDENT)).sum::<f64>() + GAP,
        Block::Heading(runs) => lines(runs, width) as f64 * LINE + GAP,
        Block::Quote(inside) => height(inside, width - INDENT) + GAP,
        // A card's text has none of these.
        Block::Table(_) | Block::Code(_) | Block::Rule => LINE + GAP,
    }
}

/// How many lines the words take, filled one after the other; a word longer than a line is broken.
fn lines(runs: &[Run], width: f64) -> usize {
    let width = width.max(1.0);
    let mut lines = 1;
    let mut used = 0.0;
    for (apart, word) in words(runs) {
        let space = if apart && used > 0.0 { advance(' ', Face::Plain) } else { 0.0 };
        if used + space + word <= width {
            used += space + word;
            continue;
        }
        lines += usize::from(used > 0.0);
        let broken = (word / width).floor();
        lines += broken as usize;
        used = word - broken * width;
    }
    lines
}

/// The words: whether a space stands before, and their widths in em. Wide characters may be parted anywhere, so each is a
/// word.
fn words(runs: &[Run]) -> Vec<(bool, f64)> {
    let mut words = Vec::new();
    let (mut apart, mut word) = (false, 0.0);
    for (c, face) in runs.iter().flat_map(|r| r.text.chars().map(|c| (c, r.face))) {
        let alone = c.width() == Some(2);
        if (c.is_whitespace() || alone) && word > 0.0 {
            words.push((apart, word));
            (apart, word) = (false, 0.0);
        }
        if alone {
            words.push((apart, advance(c, face)));
            apart = false;
        } else if c.is_whitespace() {
            apart = true;
        } else {
            word += advance(c, face);
        }
    }
    if word > 0.0 {
        words.push((apart, word));
    }
    words
}

/// The width of a character, in em.
fn advance(c: char, face: Face) -> f64 {
    let plain = match c {
        _ if c.width() == Some(0) => 0.0,
        _ if c.width() == Some(2) => 1.0,
        'i' | 'j' | 'l' | 'f' | 't' | 'r' | 'I' | ' ' | '.' | ',' | ':' | ';' | '\'' | '|' | '!' | '(' | ')' | '['
        | ']' | '/' | '-' => 0.34,
        'm' | 'w' | 'M' | 'W' | '@' | '%' => 0.92,
        'A'..='Z' => 0.74,
        _ if c.is_ascii() => 0.57,
        '—' | '…' | '→' | '←' | '⇒' => 1.0,
        _ => 0.78,
    };
    let face = match face {
        Face::Plain | Face::Emphasis => 1.0,
        Face::Strong => 1.08,
        Face::Code => 1.15,
    };
    plain * face * ALLOWANCE
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paragraph(text: &str) -> Block {
        Block::Paragraph(vec![Run { text: text.into(), face: Face::Plain }])
    }

    #[test]
    fn words_fill_lines_and_long_ones_are_broken() {
        let lines = |text: &str| ((height(&[paragraph(text)], 10.0) - GAP) / LINE).round() as usize;
        assert_eq!(lines("short"), 1);
        assert_eq!(lines("one word after another"), 2);
        assert_eq!(lines(&"n".repeat(100)), 7);
        assert_eq!(lines(&"水".repeat(16)), 2);
    }
}
