//! What is wrong with content, and where.

use std::fmt;
use std::ops::Range;

use annotate_snippets::{Annotation, AnnotationKind, Group, Level, Origin, Renderer, Snippet};

use unicode_width::UnicodeWidthChar;

use crate::engine::text::{MAX_MARKS, Text};

use super::source::SourceFile;

/// A stretch of a file, in bytes.
pub type Span = Range<usize>;

/// The rule that a finding breaks. Codes are stable; `check` prints them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Code {
    /// Not readable as TOML, beyond a limit, or under a name that cannot be packed.
    S00,
    /// A stem, an option or a side of a card is missing or empty.
    S01,
    /// No key, or every option is a key.
    S02,
    /// A list of answers that holds one.
    S03,
    /// An id that is already taken.
    S04,
    /// Two options that read the same.
    S05,
    /// The stem asks for another number of answers than there are keys, or for none.
    S06,
    /// An unknown key, a value of the wrong type, or a name that is listed nowhere.
    S07,
    /// A text that names an option by letter or place, though options change places.
    S08,
    /// An option that speaks of other options, though options change places.
    S09,
    /// A blueprint that the bank cannot fill.
    S10,
    /// Characters that hide or reorder text, tabs, or a figure too wide for the smallest screen.
    S11,
    /// A cloze whose braces do not pair, that hides nothing, or that is a pair of sides as well.
    S12,
    /// A guide that cannot be read, a link into it that leads nowhere, or two of its sections with one address.
    S13,
    /// What a terminal cannot show in a guide, or shows only in part.
    S14,
    /// An `allow` that is wrong itself.
    W00,
    /// A key that its length or a remark makes conspicuous.
    W01,
    /// Options of very different lengths.
    W02,
    /// A distractor with "always" or "never".
    W03,
    /// An option with a vague word such as "often".
    W04,
    /// "All of the above".
    W05,
    /// "None of the above".
    W06,
    /// A negated stem whose negation does not stand out.
    W07,
    /// A negated option under a negated stem.
    W08,
    /// A rare word of the stem that only the key repeats.
    W09,
    /// Options that do not fit the stem or each other in grammar.
    W10,
    /// Numbers out of order, ranges that overlap, units that differ.
    W11,
    /// An option that combines others.
    W12,
    /// A stem that asks nothing.
    W13,
    /// Options that begin with the same words.
    W14,
    /// Too long, or a double negation.
    W15,
    /// Too few options or too many.
    W16,
    /// A key and a distractor that are exact opposites.
    W17,
    /// A claim with two parts, or an absolute one that is false.
    W18,
    /// An explanation or a rationale is missing.
    W19,
    /// A source or a review is missing or old.
    W20,
    /// A superlative without a measure.
    W21,
    /// A word twice, quotes of two kinds, units written wrongly.
    W22,
    /// Keys in one place.
    B01,
    /// Keys of one length.
    B02,
    /// Claims that are mostly true, or mostly false.
    B03,
    /// Two questions that are nearly one.
    B04,
    /// A stem that tells another question's key.
    B05,
    /// Too few questions for a second paper.
    B06,
    /// Absolute words that mark distractors.
    B07,
    /// "All of the above" that is the key whenever it is there.
    B08,
    /// Most questions lack an explanation, a source or a review.
    B09,
    /// A section of the guide that no question belongs to.
    B10,
}

impl Code {
    /// Whether it is advice on writing, which an author may decline with a reason; structure is not.
    pub fn is_advice(self) -> bool {
        self > Self::W00
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self, f)
    }
}

/// How bad a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Worth mending; a student still gets the question or card.
    Warning,
    /// Broken for the author. See [`Diagnostic::leaves_out`] for what it means to a student.
    Error,
}

impl Severity {
    /// "error" or "warning", which SARIF calls them too.
    pub fn label(self) -> &'static str {
        match self {
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// One finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// The rule.
    pub code: Code,
    /// How bad it is.
    pub severity: Severity,
    /// Whether the question or card that it stands in is kept from students.
    pub leaves_out: bool,
    /// The file, as an index into the files of the load.
    pub file: usize,
    /// The place in the file.
    pub span: Span,
    /// One line: what is wrong.
    pub message: String,
    /// One line: what to do.
    pub help: Option<String>,
    /// Another place that belongs to the finding, with its label.
    pub related: Option<(usize, Span, String)>,
}

impl Diagnostic {
    /// An error that keeps the question or card from students. `message` is made harmless here.
    pub fn error(code: Code, file: usize, span: Span, message: impl AsRef<str>) -> Self {
        Self {
            code,
            severity: Severity::Error,
            leaves_out: true,
            file,
            span,
            message: Text::new(message.as_ref()).one_line(),
            help: None,
            related: None,
        }
    }

    /// A warning.
    pub fn warning(code: Code, file: usize, span: Span, message: impl AsRef<str>) -> Self {
        Self { severity: Severity::Warning, leaves_out: false, ..Self::error(code, file, span, message) }
    }

    /// The same finding, with what to do about it.
    pub fn help(mut self, help: impl AsRef<str>) -> Self {
        self.help = Some(Text::new(help.as_ref()).one_line());
        self
    }

    /// The same finding, but students keep the question or card.
    pub fn kept(mut self) -> Self {
        self.leaves_out = false;
        self
    }

    /// The same finding, with a second place.
    pub fn related(mut self, file: usize, span: Span, label: impl AsRef<str>) -> Self {
        self.related = Some((file, span, Text::new(label.as_ref()).one_line()));
        self
    }
}

/// Where a byte of a file is: line and column, both from 1, columns in characters.
pub fn line_and_column(text: &str, at: usize) -> (usize, usize) {
    let at = floor_boundary(text, at);
    let before = &text[..at];
    let line_start = before.rfind('\n').map_or(0, |i| i + 1);
    (before.matches('\n').count() + 1, text[line_start..at].chars().count() + 1)
}

/// The same for a file with many findings, whose lines are looked up once.
pub fn place(file: &SourceFile, at: usize) -> (usize, usize) {
    let at = floor_boundary(&file.text, at);
    let line_start = file.text[..at].rfind('\n').map_or(0, |i| i + 1);
    (file.line_of(at), file.text[line_start..at].chars().count() + 1)
}

/// The finding as a compiler would print it: file, line, column, the source line with the place underlined.
/// Nothing of the file reaches the result raw. `colour` adds ANSI colours of our own.
pub fn render(diagnostic: &Diagnostic, files: &[SourceFile], colour: bool) -> String {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let code = diagnostic.code.to_string();
    let mut group =
        level.primary_title(&diagnostic.message).id(&code).elements(Vec::<annotate_snippets::Element<'_>>::new());
    let main = excerpt(files, diagnostic.file, &diagnostic.span);
    group = shown(group, &main, AnnotationKind::Primary.span(main.span.clone()));
    let other = diagnostic.related.as_ref().map(|(file, span, label)| (excerpt(files, *file, span), label));
    if let Some((other, label)) = &other {
        group = shown(group, other, AnnotationKind::Context.span(other.span.clone()).label(label.as_str()));
    }
    if let Some(help) = &diagnostic.help {
        group = group.element(Level::HELP.message(help));
    }
    let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
    renderer.term_width(120).render(&[group]).to_string()
}

/// Adds the source line of a place.
fn shown<'e>(group: Group<'e>, excerpt: &'e Excerpt, mark: Annotation<'e>) -> Group<'e> {
    let source = Snippet::source(&excerpt.text).line_start(excerpt.line).annotation(mark);
    match excerpt.cut {
        None => group.element(source.path(&excerpt.path)),
        Some(column) => {
            group.element(Origin::path(&excerpt.path).line(excerpt.line).char_column(column)).element(source)
        }
    }
}

/// The source lines of a place, harmless, with the place in them.
struct Excerpt {
    path: String,
    line: usize,
    /// The column of the place, from 1, if what stands far before it was cut off.
    cut: Option<usize>,
    text: String,
    span: Span,
}

fn excerpt(files: &[SourceFile], file: usize, span: &Span) -> Excerpt {
    /// Columns of a long line that are kept before the place and after it.
    const CONTEXT: usize = 400;
    /// What stands before a place in its line is shown as a whole up to so many bytes.
    const LONG: usize = 8 * CONTEXT;
    let source = &files[file];
    let text = source.text.as_str();
    let start = floor_boundary(text, span.start);
    let end = floor_boundary(text, span.end).max(start);
    let line_start = text[..start].rfind('\n').map_or(0, |i| i + 1);
    let line_end = text[start..].find('\n').map_or(text.len(), |i| start + i);
    let end = end.min(line_end); // a place of many lines is shown by its first
    let mut marks = 0;
    let before = &text[line_start..start];
    // A long line may have thousands of findings: each must not take the time of the whole line.
    let cut = (before.len() > LONG).then(|| before.chars().count() + 1);
    let before = match cut {
        None => harmless(before, &mut marks),
        Some(_) => format!("…{}", harmless(last_chars(before, CONTEXT), &mut marks)),
    };
    let inside = harmless(first_chars(&text[start..end], CONTEXT), &mut marks);
    let after = harmless(first_chars(&text[end..line_end], CONTEXT), &mut marks);
    Excerpt {
        path: source.name.one_line(),
        line: source.line_of(line_start),
        cut,
        span: before.len()..before.len() + inside.len(),
        text: before + &inside + &after,
    }
}

/// The same text with each dangerous character replaced by one harmless character, so that columns stay true.
/// `marks` counts the combining marks that stand before it on one letter.
fn harmless(line: &str, marks: &mut usize) -> String {
    line.chars()
        .map(|c| {
            *marks = if c.width() == Some(0) { *marks + 1 } else { 0 };
            match c {
                '\t' => '\t', // the renderer sets tabs
                '\r' => ' ',
                ' '..='~' => c, // the usual case, without a look at tables
                '\u{0}'..='\u{1f}' => char::from_u32(0x2400 + c as u32).unwrap_or('\u{fffd}'),
                _ if *marks > MAX_MARKS => '\u{fffd}',
                _ if Text::new(c.encode_utf8(&mut [0; 4])).as_str().chars().eq([c]) => c,
                _ => '\u{fffd}',
            }
        })
        .collect()
}

fn first_chars(text: &str, count: usize) -> &str {
    text.char_indices().nth(count).map_or(text, |(end, _)| &text[..end])
}

fn last_chars(text: &str, count: usize) -> &str {
    text.char_indices().rev().nth(count - 1).map_or(text, |(start, _)| &text[start..])
}

fn floor_boundary(text: &str, at: usize) -> usize {
    text.floor_char_boundary(at.min(text.len()))
}
