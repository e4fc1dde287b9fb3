//! Reading a filter as it is typed.

use std::str::FromStr;

use super::super::phrase::Phrase;
use super::super::question::{Kind, Level};
use super::super::slug::Slug;
use super::super::text::Text;
use super::{Filter, Record, Test, kind_label};

/// The most characters of a filter.
pub const MAX_LENGTH: usize = 2000;
/// The most parentheses and negations that stand in one another.
pub const MAX_DEPTH: usize = 32;

const KINDS: [Kind; 3] = [Kind::Single, Kind::Multi, Kind::TrueFalse];
const KEYS: &str = "domain:, module:, tag:, level:, type: and id:";

/// Why a text is no filter.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("column {column}: {message}")]
pub struct FilterError {
    /// Where, in characters, from 1.
    pub column: usize,
    /// What is there and what may be.
    pub message: String,
    /// Whether it lies at the end, where more may be typed yet.
    pub unfinished: bool,
}

/// A piece of the text, with the column at which it begins.
struct Token<'t> {
    column: usize,
    piece: Piece<'t>,
}

#[derive(Clone, Copy, PartialEq)]
enum Piece<'t> {
    Open,
    Close,
    Or,
    Not,
    Quoted(&'t str),
    Word(&'t str),
}

impl FromStr for Filter {
    type Err = FilterError;

    fn from_str(text: &str) -> Result<Self, FilterError> {
        let length = text.chars().count();
        if length > MAX_LENGTH {
            return Err(error(MAX_LENGTH + 1, format!("a filter has at most {MAX_LENGTH} characters, not {length}")));
        }
        let mut parser = Parser { tokens: tokens(text)?, at: 0, end: length + 1 };
        let filter = parser.any(0)?;
        match parser.peek() {
            None => Ok(filter),
            Some(token) => Err(error(token.column, "nothing was opened that `)` could close")),
        }
    }
}

fn error(column: usize, message: impl Into<String>) -> FilterError {
    FilterError { column, message: message.into(), unfinished: false }
}

fn unfinished(column: usize, message: impl Into<String>) -> FilterError {
    FilterError { unfinished: true, ..error(column, message) }
}

/// Cuts the text into pieces.
fn tokens(text: &str) -> Result<Vec<Token<'_>>, FilterError> {
    let mut tokens = Vec::new();
    let mut rest = text;
    let mut column = 1;
    while let Some(first) = rest.chars().next() {
        let (piece, bytes) = match first {
            c if c.is_whitespace() => (None, c.len_utf8()),
            '(' => (Some(Piece::Open), 1),
            ')' => (Some(Piece::Close), 1),
            '|' => (Some(Piece::Or), 1),
            '-' => (Some(Piece::Not), 1),
            '"' => {
                let inside = &rest[1..];
                let end = inside
                    .find('"')
                    .ok_or_else(|| unfinished(column, "the quotation that begins here does not end"))?;
                (Some(Piece::Quoted(&inside[..end])), end + 2)
            }
            _ => {
                let word = &rest[..rest.find(ends_word).unwrap_or(rest.len())];
                let piece = if word.eq_ignore_ascii_case("or") { Piece::Or } else { Piece::Word(word) };
                (Some(piece), word.len())
            }
        };
        tokens.extend(piece.map(|piece| Token { column, piece }));
        column += rest[..bytes].chars().count();
        rest = &rest[bytes..];
    }
    Ok(tokens)
}

fn ends_word(c: char) -> bool {
    c.is_whitespace() || matches!(c, '(' | ')' | '|' | '"')
}

struct Parser<'t> {
    tokens: Vec<Token<'t>>,
    at: usize,
    /// The column behind the last character.
    end: usize,
}

impl<'t> Parser<'t> {
    fn peek(&self) -> Option<&Token<'t>> {
        self.tokens.get(self.at)
    }

    fn next_is(&self, piece: Piece<'_>) -> bool {
        self.peek().is_some_and(|token| token.piece == piece)
    }

    /// Alternatives, up to a closing parenthesis or the end. None at all mean everything.
    fn any(&mut self, depth: usize) -> Result<Filter, FilterError> {
        if self.peek().is_none() || self.next_is(Piece::Close) {
            return Ok(Filter::default());
        }
        let mut parts = vec![self.all(depth)?];
        while self.next_is(Piece::Or) {
            self.at += 1;
            parts.push(self.all(depth)?);
        }
        Ok(Filter::any(parts))
    }

    /// What stands side by side; at least one.
    fn all(&mut self, depth: usize) -> Result<Filter, FilterError> {
        let mut parts = Vec::new();
        while let Some(token) = self.peek() {
            match token.piece {
                Piece::Close | Piece::Or if parts.is_empty() => return Err(error(token.column, ONE_SIDED)),
                Piece::Close | Piece::Or => break,
                _ => parts.push(self.one(depth)?),
            }
        }
        if parts.is_empty() {
            return Err(unfinished(self.end, ONE_SIDED));
        }
        Ok(Filter::all(parts))
    }

    fn one(&mut self, depth: usize) -> Result<Filter, FilterError> {
        let Some(&Token { column, piece }) = self.peek() else {
            return Err(unfinished(self.end, "something must follow here"));
        };
        if depth >= MAX_DEPTH {
            return Err(error(column, format!("at most {MAX_DEPTH} parentheses and `-` may stand in one another")));
        }
        self.at += 1;
        match piece {
            Piece::Not => match self.peek().map(|t| (t.column, t.piece)) {
                None => Err(unfinished(column, NOTHING_NEGATED)),
                Some((_, Piece::Close | Piece::Or)) => Err(error(column, NOTHING_NEGATED)),
                Some((next, _)) if next != column + 1 => Err(error(column, NOTHING_NEGATED)),
                Some(_) => Ok(self.one(depth + 1)?.not()),
            },
            Piece::Open => {
                let inside = self.any(depth + 1)?;
                if !self.next_is(Piece::Close) {
                    return Err(unfinished(column, "the parenthesis that opens here is not closed"));
                }
                self.at += 1;
                Ok(inside)
            }
            Piece::Quoted(words) => phrase(Phrase::exact(words), column, words),
            Piece::Word(word) => self.word(column, word),
            Piece::Close | Piece::Or => Err(error(column, ONE_SIDED)),
        }
    }

    fn word(&self, column: usize, word: &str) -> Result<Filter, FilterError> {
        if let Some((key, value)) = word.split_once(':')
            && !key.is_empty()
            && key.chars().all(char::is_alphabetic)
        {
            return self.keyed(column, &key.to_lowercase(), &value.to_lowercase());
        }
        let lower = word.to_lowercase();
        match Record::ALL.into_iter().find(|r| r.label() == lower) {
            Some(record) => Ok(Filter::is(Test::Record(record))),
            None => phrase(Phrase::beginning(word), column, word),
        }
    }

    fn keyed(&self, column: usize, key: &str, value: &str) -> Result<Filter, FilterError> {
        let behind = column + key.chars().count() + 1;
        let slug = |test: fn(Slug) -> Test| {
            Slug::new(value).map(test).ok_or_else(|| "small letters, digits and single hyphens".to_owned())
        };
        let test = match key {
            "domain" => slug(Test::Domain),
            "module" => slug(Test::Module),
            "tag" => slug(Test::Tag),
            "id" => slug(Test::Id),
            "level" => Level::from_label(value).map(Test::Level).ok_or_else(|| listed(Level::ALL.map(Level::label))),
            "type" => {
                let kind = KINDS.into_iter().find(|k| kind_label(*k) == value);
                kind.map(Test::Kind).ok_or_else(|| listed(KINDS.map(kind_label)))
            }
            _ => {
                let message =
                    format!("`{}:` is not known; there are {KEYS}. Text with a colon goes in quotes", shown(key));
                return Err(error(column, message));
            }
        };
        test.map(Filter::is).map_err(|allowed| {
            let at_end = self.at == self.tokens.len();
            let found = if value.is_empty() { "nothing".into() } else { format!("`{}`", shown(value)) };
            let message = format!("{key}: is followed by {allowed}, not by {found}");
            FilterError { unfinished: at_end, ..error(behind, message) }
        })
    }
}

const ONE_SIDED: &str = "`or` stands between two parts";
const NOTHING_NEGATED: &str = "`-` stands right before what is left out";

fn phrase(phrase: Option<Phrase>, column: usize, written: &str) -> Result<Filter, FilterError> {
    let none = || error(column, format!("`{}` has no letter and no digit to look for", shown(written)));
    phrase.map(|phrase| Filter::is(Test::Text(phrase))).ok_or_else(none)
}

/// `recall, application or analysis`
fn listed(words: [&str; 3]) -> String {
    format!("{}, {} or {}", words[0], words[1], words[2])
}

/// What was typed, as far as it is worth repeating.
fn shown(typed: &str) -> String {
    Text::new(&typed.chars().take(40).collect::<String>()).one_line()
}
