//! TOML with all its errors at once: a mistake in one question does not hide the next.

use std::ops::Range;

use toml::Spanned;
use toml::de::DeTable;

use super::diagnostic::{Code, Diagnostic};
use super::source::{MAX_LINE, SourceFile};

/// How many syntax errors of one file are listed; the others are counted.
const MAX_ERRORS: usize = 20;
/// The header that begins a piece.
const PIECE: &str = "[[questions]]";

/// A part of a file that was parsed on its own.
pub struct Piece<'t> {
    /// Where the piece begins in the file; spans of `table` count from here.
    pub base: usize,
    /// What it holds.
    pub table: Spanned<DeTable<'t>>,
    /// Whether it has a syntax error, so that what it holds is not to be trusted.
    pub broken: bool,
}

/// The text to parse: the file's, with lines over [`MAX_LINE`] blanked out so that all places stay the same.
pub fn bounded(file: usize, source: &SourceFile, findings: &mut Vec<Diagnostic>) -> String {
    let mut out = String::with_capacity(source.text.len());
    for line in source.text.split_inclusive('\n') {
        if line.len() <= MAX_LINE {
            out.push_str(line);
            continue;
        }
        let span = out.len()..out.len() + line.len();
        findings.push(
            Diagnostic::error(Code::S00, file, span, format!("a line of {} KiB", line.len() >> 10))
                .help(format!("keep lines under {} KiB: break long texts with \"\"\" … \"\"\"", MAX_LINE >> 10)),
        );
        let end = if line.ends_with('\n') { "\n" } else { "" };
        out.extend(std::iter::repeat_n(' ', line.len() - end.len()));
        out.push_str(end);
    }
    out
}

/// Parses `text` (see [`bounded`]) as a whole, or, if it has a syntax error, question by question.
pub fn pieces<'t>(file: usize, text: &'t str, findings: &mut Vec<Diagnostic>) -> Vec<Piece<'t>> {
    let (table, errors) = DeTable::parse_recoverable(text);
    if errors.is_empty() {
        return vec![Piece { base: 0, table, broken: false }];
    }
    drop(table);
    let mut listed = Vec::new();
    let pieces = cut(text)
        .into_iter()
        .map(|range| {
            let (table, errors) = DeTable::parse_recoverable(&text[range.clone()]);
            let broken = !errors.is_empty();
            listed.extend(errors.iter().map(|e| finding(file, text, &range, e)));
            Piece { base: range.start, table, broken }
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
    let start = (piece.start + span.start).min(text.len());
    let end = (piece.start + span.end).clamp(start, text.len());
    Diagnostic::error(Code::S00, file, start..end, format!("not valid TOML: {}", error.message()))
}

/// Cuts before each line that begins a question.
fn cut(text: &str) -> Vec<Range<usize>> {
    let mut starts = vec![0];
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        if at > 0 && line.trim_start().starts_with(PIECE) {
            starts.push(at);
        }
        at += line.len();
    }
    let ends = starts[1..].iter().copied().chain([text.len()]).collect::<Vec<_>>();
    starts.into_iter().zip(ends).map(|(a, b)| a..b).collect()
}
