//! Whether a file holds a bank or a deck.

use std::io::{self, BufRead};

use super::density::fits;
use super::syntax::parse;

/// What content can be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ContentKind {
    /// A question bank.
    Bank,
    /// A deck of flash cards.
    Deck,
}

impl ContentKind {
    /// Both.
    pub const ALL: [ContentKind; 2] = [ContentKind::Bank, ContentKind::Deck];

    /// The name of the file that makes a folder one.
    pub fn header(self) -> &'static str {
        match self {
            ContentKind::Bank => "bank.toml",
            ContentKind::Deck => "deck.toml",
        }
    }

    /// Its top-level table, which is also the word for it.
    pub fn table(self) -> &'static str {
        match self {
            ContentKind::Bank => "bank",
            ContentKind::Deck => "deck",
        }
    }

    /// The word for several.
    pub fn plural(self) -> &'static str {
        match self {
            ContentKind::Bank => "banks",
            ContentKind::Deck => "decks",
        }
    }
}

/// The kind of the first `[bank]` or `[deck]` line that stands in no text, read no further than that.
pub fn by_header(mut file: impl BufRead) -> io::Result<Option<ContentKind>> {
    let mut line = Vec::new();
    let mut text = None;
    while file.read_until(b'\n', &mut line)? > 0 {
        if text.is_none()
            && let Some(kind) = header(&line)
        {
            return Ok(Some(kind));
        }
        text = text_after(&line, text);
        line.clear();
    }
    Ok(None)
}

fn header(line: &[u8]) -> Option<ContentKind> {
    let name = line.trim_ascii_start().strip_prefix(b"[")?;
    let name = name[..name.iter().position(|b| *b == b']')?].trim_ascii();
    ContentKind::ALL.into_iter().find(|k| k.table().as_bytes() == name)
}

/// The quotation mark of the text over several lines that is open after `line`, if it was `text` before.
fn text_after(line: &[u8], mut text: Option<u8>) -> Option<u8> {
    let mut at = 0;
    while let Some(&byte) = line.get(at) {
        let three = |mark: u8| line[at..].starts_with(&[mark; 3]);
        match text {
            Some(mark) if three(mark) => {
                text = None;
                // Up to two more may stand before the three that end it.
                at += line[at..].iter().take(5).take_while(|b| **b == mark).count();
            }
            Some(b'"') if byte == b'\\' => at += 2,
            Some(_) => at += 1,
            None if byte == b'#' => return None,
            None if matches!(byte, b'"' | b'\'') && three(byte) => {
                text = Some(byte);
                at += 3;
            }
            None if matches!(byte, b'"' | b'\'') => {
                at += 1;
                while line.get(at).is_some_and(|b| *b != byte) {
                    at += if line[at] == b'\\' && byte == b'"' { 2 } else { 1 };
                }
                at += 1;
            }
            None => at += 1,
        }
    }
    text
}

/// The kind that the top-level tables of a file without a header tell. `None` is sound TOML that is neither; what is
/// empty or no TOML counts as a bank, so that its reading says what is wrong.
pub fn by_tables(text: &str) -> Option<ContentKind> {
    if !fits(text) {
        return Some(ContentKind::Bank);
    }
    let (table, errors) = parse(text);
    let any = |names: &[&str]| names.iter().any(|n| table.get_ref().contains_key(*n));
    if any(&["bank"]) {
        Some(ContentKind::Bank)
    } else if any(&["deck"]) {
        Some(ContentKind::Deck)
    } else if any(&["questions", "exam", "domains", "modules"]) {
        Some(ContentKind::Bank)
    } else if any(&["cards"]) {
        Some(ContentKind::Deck)
    } else {
        (!errors.is_empty() || table.get_ref().is_empty()).then_some(ContentKind::Bank)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_in_texts_and_comments_do_not_count() {
        let kind = |text: &str| by_header(text.as_bytes()).expect("memory can be read");
        assert_eq!(kind("format = 1\n\n  [ deck ] # yes\n[bank]\n"), Some(ContentKind::Deck));
        assert_eq!(kind("# [deck]\nx = '''\n[deck]\n'''\n[bank]"), Some(ContentKind::Bank));
        assert_eq!(kind("x = \"\"\"\n[bank]\\\"\"\"\n[bank]\n\"\"\"\"\"\n[deck]\n"), Some(ContentKind::Deck));
        assert_eq!(kind("x = \"'''\" # \"\"\"\n[deck]"), Some(ContentKind::Deck));
        assert_eq!(kind("[[bank]]\n[decks]\n[deck"), None);
    }

    #[test]
    fn tables_tell_where_no_header_does() {
        assert_eq!(by_tables("deck.id = \"a\""), Some(ContentKind::Deck));
        assert_eq!(by_tables("module = \"m1\"\n[[cards]]\nid = \"a\""), Some(ContentKind::Deck));
        assert_eq!(by_tables("[[questions]]\n"), Some(ContentKind::Bank));
        assert_eq!(by_tables("max_width = 120"), None);
        assert_eq!(by_tables("]"), Some(ContentKind::Bank));
        assert_eq!(by_tables("# nothing\n"), Some(ContentKind::Bank));
    }
}
