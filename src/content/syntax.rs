//! TOML with all its errors at once: a mistake in one question or card does not hide the next.

use std::ops::Range;

use toml::Spanned;
use toml::de::DeTable;

use super::diagnostic::{Code, Diagnostic};
use super::source::{MAX_LINE, SourceFile};

/// How many syntax errors of one file are listed; the others are counted.
const MAX_ERRORS: usize = 20;

/// A part of a file that was parsed on its own.
pub struct Piece<'t> {
    /// Its place in the file; spans of `table` count from its start.
    pub range: Range<usize>,
    /// Whether it begins with the header of a question or a card.
    pub is_item: bool,
    /// What it holds.
    pub table: Spanned<DeTable<'t>>,
    /// Whether it has a syntax error, so that what it holds is not to be trusted.
    pub broken: bool,
}

/// The text to parse: the file's, with lines over [`MAX_LINE`] blanked out so that all places stay the same. Beside it
/// the lines that do not say what their author wrote: those, and the ones that are not UTF-8.
pub fn bounded(file: usize, source: &SourceFile) -> (String, Vec<Diagnostic>) {
    let mut out = String::with_capacity(source.text.len());
    let mut damage = Vec::new();
    for line in source.text.split_inclusive('\n') {
        let start = out.len();
        if line.len() > MAX_LINE {
            damage.push(
                Diagnostic::error(Code::S00, file, start..start + line.len(), over("a line", line.len(), MAX_LINE))
                    .help("break long texts with \"\"\" … \"\"\""),
            );
            let end = if line.ends_with('\n') { "\n" } else { "" };
            out.push_str(&" ".repeat(line.len() - end.len()));
            out.push_str(end);
            continue;
        }
        if let Some(at) = not_utf8(source, start, line) {
            damage.push(
                Diagnostic::error(Code::S00, file, at..at + '\u{fffd}'.len_utf8(), "this byte is not UTF-8")
                    .help("save the file as UTF-8; it looks like another encoding, such as Windows-1252"),
            );
        }
        out.push_str(line);
    }
    (out, damage)
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
    let (table, errors) = DeTable::parse_recoverable(text);
    if errors.is_empty() {
        return vec![Piece { range: 0..text.len(), is_item: false, table, broken: false }];
    }
    drop(table);
    let mut listed = Vec::new();
    let pieces = cut(text, items)
        .into_iter()
        .map(|range| {
            let (table, errors) = DeTable::parse_recoverable(&text[range.clone()]);
            let broken = !errors.is_empty();
            listed.extend(errors.iter().map(|e| finding(file, text, &range, e)));
            Piece { is_item: begins(items, &text[range.clone()]), range, table, broken }
        })
        .collect();
    if listed.is_empty() {
        // Only the whole is wrong (a table given twice, say): the first pass knows where.
        listed.extend(errors.iter().map(|e| finding(file, text, &(0..text.len()), e)));
    }
    let more = listed.len().saturating_sub(MAX_ERRORS);
    listed.truncate(MAX_ERRORS);
    if let (Some(last), true) = (listed.last_mut(), more > 0) {
        last.help = Some(format!("{more} more syntax errors in this file are not listed"));
    }
    findings.append(&mut listed);
    pieces
}

fn finding(file: usize, text: &str, piece: &Range<usize>, error: &toml::de::Error) -> Diagnostic {
    let span = error.span().unwrap_or(0..0);
    // What is never closed ends with its piece: that is shown where the piece's text ends, not at the next question.
    let last = piece.start + text[piece.clone()].trim_end().len();
    let start = (piece.start + span.start).min(last);
    let end = (piece.start + span.end).clamp(start, text.len());
    Diagnostic::error(Code::S00, file, start..end, format!("not valid TOML: {}", error.message()))
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
