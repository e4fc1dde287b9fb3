//! TOML with all its errors at once: a mistake in one question or card does not hide the next.

use std::ops::Range;

use toml::Spanned;
use toml::de::DeTable;

use super::density::fits;
use super::diagnostic::{Code, Diagnostic};
use super::source::{MAX_LINE, SourceFile};

/// How many syntax errors of one file are listed; the others are counted.
const MAX_ERRORS: usize = 20;
/// The longest part of a file that is looked through for all its syntax errors, in bytes.
const MAX_BROKEN: usize = 1 << 20;

/// A part of a file that was parsed on its own.
pub struct Piece<'t> {
    /// Its place in the file; spans of `table` count from its start.
    pub range: Range<usize>,
    /// Whether it begins with the header of a question or a card.
    pub is_item: bool,
    /// How many questions or cards begin in it that were not read.
    pub unread: usize,
    /// What it holds.
    pub table: Spanned<DeTable<'t>>,
    /// Whether it has a syntax error, so that what it holds is not to be trusted.
    pub broken: bool,
}

/// The text to parse: the file's, with lines over [`MAX_LINE`] blanked out so that all places stay the same.
pub fn bounded(source: &SourceFile) -> String {
    let mut out = String::with_capacity(source.text.len());
    for line in source.text.split_inclusive('\n') {
        if line.len() > MAX_LINE {
            let end = if line.ends_with('\n') { "\n" } else { "" };
            out.push_str(&" ".repeat(line.len() - end.len()));
            out.push_str(end);
        } else {
            out.push_str(line);
        }
    }
    out
}

/// The lines that do not say what their author wrote, one after the other: those over [`MAX_LINE`], and those that are
/// not UTF-8. A file may have nothing else, so that they are not gathered.
pub fn damage(file: usize, source: &SourceFile) -> impl Iterator<Item = Diagnostic> {
    let mut end = 0;
    source.text.split_inclusive('\n').filter_map(move |line| {
        let start = end;
        end += line.len();
        if line.len() > MAX_LINE {
            let finding = Diagnostic::error(Code::S00, file, start..end, over("a line", line.len(), MAX_LINE));
            return Some(finding.help("break long texts with \"\"\" … \"\"\""));
        }
        not_utf8(source, start, line).map(|at| {
            Diagnostic::error(Code::S00, file, at..at + '\u{fffd}'.len_utf8(), "this byte is not UTF-8")
                .help("save the file as UTF-8; it looks like another encoding, such as Windows-1252")
        })
    })
}

/// Says that something is too long, exactly enough that one byte too many is no riddle.
pub fn over(what: &str, bytes: usize, limit: usize) -> String {
    format!("{what} of {bytes} bytes; the limit is {} KiB", limit >> 10)
}

/// Where a line that begins at `start` holds what was not UTF-8.
fn not_utf8(source: &SourceFile, start: usize, line: &str) -> Option<usize> {
    let first = source.not_utf8.filter(|&first| first < start + line.len())?;
    let skip = first.saturating_sub(start); // what stands before may have been U+FFFD in the file itself
    line[skip..].find('\u{fffd}').map(|i| start + skip + i)
}

/// Parses `text` (see [`bounded`]) as a whole, or, if it has a syntax error, item by item: `items` is the name of their
/// list, "questions" or "cards".
pub fn pieces<'t>(file: usize, text: &'t str, items: &str, findings: &mut Vec<Diagnostic>) -> Vec<Piece<'t>> {
    if !fits(text) {
        let finding = Diagnostic::error(Code::S00, file, 0..0, "the file holds more values than are read of one file");
        findings.push(finding.help(
            "split it: a bank or a deck may lie in many files of one folder, each with up to 100,000 questions or cards",
        ));
        let unread = text.split_inclusive('\n').filter(|line| begins(items, line)).count();
        return vec![Piece { range: 0..text.len(), is_item: false, unread, table: nothing(), broken: true }];
    }
    if let Ok(table) = DeTable::parse(text) {
        return vec![Piece { range: 0..text.len(), is_item: false, unread: 0, table, broken: false }];
    }
    let (mut listed, mut more) = (Vec::new(), 0);
    let mut list = |start: usize, piece: &str, errors: &[toml::de::Error]| {
        // What is never closed ends with its piece: that is shown where the piece's text ends, not at the next question.
        let last = start + piece.trim_end().len();
        let errors = tellable(errors);
        let room = MAX_ERRORS - listed.len();
        more += errors.len().saturating_sub(room);
        listed.extend(errors.into_iter().take(room).map(|e| finding(file, text, start, last, e)));
    };
    let mut sound = true;
    let pieces = cut(text, items)
        .into_iter()
        .map(|range| {
            let piece = &text[range.clone()];
            let (table, errors) = parse(piece);
            let broken = !errors.is_empty();
            sound &= !broken;
            list(range.start, piece, &errors);
            Piece { is_item: begins(items, piece), unread: 0, range, table, broken }
        })
        .collect();
    if sound {
        // Only the whole is wrong: a table given twice, say.
        list(0, text, &parse(text).1);
    }
    if let (Some(last), true) = (listed.last_mut(), more > 0) {
        last.help = Some(format!("{more} more syntax errors in this file are not listed"));
    }
    findings.append(&mut listed);
    pieces
}

/// Parses a piece, as far as it can be understood. Of a large one that is wrong the first error is told and nothing is
/// read: it may hold nothing but errors.
pub fn parse(piece: &str) -> (Spanned<DeTable<'_>>, Vec<toml::de::Error>) {
    if piece.len() <= MAX_BROKEN {
        return DeTable::parse_recoverable(piece);
    }
    match DeTable::parse(piece) {
        Ok(table) => (table, Vec::new()),
        Err(error) => (nothing(), vec![error]),
    }
}

fn nothing<'t>() -> Spanned<DeTable<'t>> {
    Spanned::new(0..0, DeTable::new())
}

/// An error in the piece that begins at `start`, whose words end at `last`, of `text`.
fn finding(file: usize, text: &str, start: usize, last: usize, error: &toml::de::Error) -> Diagnostic {
    let span = error.span().unwrap_or(0..0);
    let at = (start + span.start).min(last);
    let end = (start + span.end).clamp(at, text.len());
    let finding = Diagnostic::error(Code::S00, file, at..end, format!("not valid TOML: {}", error.message()));
    let line_start = text[..at].rfind('\n').map_or(0, |i| i + 1);
    let line = text[line_start..].lines().next().unwrap_or_default();
    match help(error.message(), line) {
        Some(help) => finding.help(help),
        None => finding,
    }
}

/// The errors that are worth telling: of a list that is never closed, every line after it is one.
fn tellable(errors: &[toml::de::Error]) -> Vec<&toml::de::Error> {
    let unclosed = errors.iter().any(|e| e.message().starts_with("unclosed array"));
    let first = errors.iter().min_by_key(|e| e.span().map_or(0, |s| s.start));
    if unclosed { first.into_iter().collect() } else { errors.iter().collect() }
}

/// What to do about the commonest errors, of which the parser speaks in words of its own.
fn help(message: &str, line: &str) -> Option<String> {
    if message.contains("escape") || message.contains("unicode value") || message.contains("unicode hexadecimal") {
        return Some(r"double the backslash (\\), or put the text in single quotes".into());
    }
    if message.contains("array") {
        return Some("close the list with ] and put a comma between its parts".into());
    }
    let value = line.split_once('=')?.1.split('#').next()?.trim();
    let parts: Vec<&str> = value.split(['.', '/']).collect();
    let [day, month, year] = parts[..] else { return None };
    let digits = |part: &str, most: usize| (1..=most).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
    if !digits(day, 2) || !digits(month, 2) || !digits(year, 4) {
        return None;
    }
    // With slashes the month may be the first: nothing is guessed.
    let example = if value.contains('/') { "2026-11-22".into() } else { format!("{year}-{month:0>2}-{day:0>2}") };
    Some(format!("a day is written year-month-day: {example}"))
}

/// Cuts before each line that begins one of `items`.
fn cut(text: &str, items: &str) -> Vec<Range<usize>> {
    let mut starts = vec![0];
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        if at > 0 && begins(items, line) {
            starts.push(at);
        }
        at += line.len();
    }
    let ends = starts[1..].iter().copied().chain([text.len()]).collect::<Vec<_>>();
    starts.into_iter().zip(ends).map(|(a, b)| a..b).collect()
}

/// Whether `text` begins with `[[items]]`, or with what is left of it when a bracket is missing.
fn begins(items: &str, text: &str) -> bool {
    let text = text.trim_start_matches('\u{feff}').trim_start();
    let name = text.trim_start_matches(['[', ' ', '\t']);
    name.len() < text.len()
        && name
            .strip_prefix(items)
            .is_some_and(|rest| rest.trim_start_matches([' ', '\t']).starts_with([']', '\r', '\n', '#']))
}
