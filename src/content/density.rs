//! What a file takes in memory once it is parsed, reckoned before: a value of one byte takes a hundred times as much.

use toml_parser::Source;
use toml_parser::lexer::TokenKind;

/// The most that the parsed form of one file may take, in bytes, about. A file with 100,000 questions, each with three
/// rationales, takes as much; a million need several files.
pub const MAX_TREE: usize = 1_350 << 20;
/// What a key, a value or a mark takes, in bytes, about: the parser holds it three times on the way.
const TOKEN: usize = 80;
/// What a list or a table takes beside, in bytes, about, for its first entries.
const OPENING: usize = 800;

/// Whether the parsed form of `text` stays within [`MAX_TREE`].
pub fn fits(text: &str) -> bool {
    fits_into(text, MAX_TREE)
}

fn fits_into(text: &str, most: usize) -> bool {
    // Nearly all files are so small that nothing in them could be too much.
    if text.len().saturating_mul(TOKEN + OPENING) <= most {
        return true;
    }
    let mut sum = 0;
    Source::new(text).lex().all(|token| {
        sum += match token.kind() {
            TokenKind::Whitespace => 0,
            TokenKind::LeftSquareBracket | TokenKind::LeftCurlyBracket => TOKEN + OPENING,
            _ => TOKEN,
        };
        sum <= most
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_count_and_the_length_of_a_text_does_not() {
        assert!(fits_into(&format!("x = \"{}\"", "a, [b] = {c}. ".repeat(1000)), 1000));
        assert!(!fits_into(&format!("x = [{}]", "1,".repeat(1000)), 1000));
        assert!(!fits_into(&format!("x = {}", "[".repeat(100)), 1000));
        assert!(fits_into(&format!("x ={}1", " ".repeat(1000)), 1000));
    }
}
