//! Breaking text into lines by the width of cells: wide characters count two, combining marks none, and no character
//! is ever torn from its marks.

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use super::page::{Line, Role, Span};

/// How many cells `text` takes.
pub fn width(text: &str) -> usize {
    if text.is_ascii() {
        return text.len(); // no control character reaches a page
    }
    text.graphemes(true).map(cell_width).sum()
}

/// The clusters of `text`, each with the cells that it takes.
pub fn cells(text: &str) -> impl Iterator<Item = (&str, usize)> {
    text.graphemes(true).map(|g| (g, cell_width(g)))
}

/// A cluster is as wide as its widest reading: terminals show an emoji sequence in two cells at most.
fn cell_width(grapheme: &str) -> usize {
    grapheme.width().min(2)
}

/// The spans as lines of at most `columns` cells. The first line begins after `first` cells, the others after `rest`;
/// breaks fall at spaces where they can and between wide characters, else inside the word.
pub fn wrap(spans: &[Span], columns: usize, first: &str, rest: &str) -> Vec<Line> {
    let mut lines = Lines { columns: columns.max(1), rest, done: Vec::new(), open: Line::new(), used: 0, empty: true };
    lines.begin(first);
    for word in words(spans) {
        lines.add(&word);
    }
    lines.done.push(lines.open);
    lines.done
}

/// What stands together, in its faces; a space is a word of its own.
type Word = Vec<(String, Role)>;

/// Cuts spans into words, and the white space between them into single spaces.
fn words(spans: &[Span]) -> Vec<Word> {
    let mut out: Vec<Word> = Vec::new();
    let mut wide = false;
    for span in spans {
        if span.text.is_ascii() {
            // Plain text, where a word ends at a space: most of what is shown is this, and is cut with every frame.
            for (i, part) in span.text.split(char::is_whitespace).enumerate() {
                if i > 0 {
                    space(span.role, &mut out);
                }
                join(part, span.role, &mut out, &mut wide);
            }
            continue;
        }
        for part in span.text.split_word_bounds() {
            if part.chars().all(char::is_whitespace) {
                space(span.role, &mut out);
            } else {
                join(part, span.role, &mut out, &mut wide);
            }
        }
    }
    out
}

fn space(role: Role, out: &mut Vec<Word>) {
    if out.last().is_none_or(|last| !is_space(last)) {
        out.push(vec![(" ".into(), role)]);
    }
}

fn is_space(word: &Word) -> bool {
    word.first().is_some_and(|(text, _)| text == " ")
}

/// Letters and punctuation that stand together stay together: "(word)," is one word, also across faces. `wide` is kept
/// from part to part: to look at the whole word for each would take for ever where a text has no space.
fn join(part: &str, role: Role, out: &mut Vec<Word>, wide: &mut bool) {
    if part.is_empty() {
        return;
    }
    let was_wide = std::mem::replace(wide, is_wide(part));
    let joins = !was_wide && !*wide;
    match out.last_mut().filter(|last| joins && !is_space(last)) {
        Some(word) => match word.last_mut() {
            Some((text, known)) if *known == role => text.push_str(part),
            _ => word.push((part.into(), role)),
        },
        None => out.push(vec![(part.into(), role)]),
    }
}

fn is_wide(part: &str) -> bool {
    !part.is_ascii() && part.graphemes(true).any(|g| cell_width(g) > 1)
}

struct Lines<'r> {
    columns: usize,
    rest: &'r str,
    done: Vec<Line>,
    open: Line,
    used: usize,
    empty: bool,
}

impl Lines<'_> {
    fn begin(&mut self, indent: &str) {
        self.open = Line::new();
        self.used = width(indent);
        self.empty = true;
        if !indent.is_empty() {
            self.open.push(indent, Role::Plain);
        }
    }

    fn break_line(&mut self) {
        let mut line = std::mem::take(&mut self.open);
        line.trim_end();
        self.done.push(line);
        self.begin(self.rest);
    }

    fn add(&mut self, word: &Word) {
        if is_space(word) {
            if !self.empty && self.used < self.columns {
                self.open.push(" ", word[0].1);
                self.used += 1;
            }
            return;
        }
        let wide = word.iter().map(|(text, _)| width(text)).sum::<usize>();
        if self.used + wide > self.columns && !self.empty {
            self.break_line();
        }
        if self.used + wide <= self.columns {
            word.iter().for_each(|(text, role)| self.put(text, *role, width(text)));
            return;
        }
        for (text, role) in word {
            for grapheme in text.graphemes(true) {
                let w = cell_width(grapheme);
                if self.used + w > self.columns && !self.empty {
                    self.break_line();
                }
                self.put(grapheme, *role, w);
            }
        }
    }

    fn put(&mut self, text: &str, role: Role, width: usize) {
        self.open.push(text, role);
        self.used += width;
        self.empty = false;
    }
}

/// `text` cut to `columns` cells, with an ellipsis where something was cut.
pub fn cut(text: &str, columns: usize) -> String {
    if width(text) <= columns {
        return text.to_owned();
    }
    let mut out = String::new();
    let mut used = 0;
    for grapheme in text.graphemes(true) {
        let w = cell_width(grapheme);
        if used + w + 1 > columns {
            break;
        }
        out.push_str(grapheme);
        used += w;
    }
    if columns > 0 {
        out.push('…');
    }
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn wrapped(text: &str, columns: usize) -> Vec<String> {
        wrap(&[Span::new(text, Role::Plain)], columns, "", "").iter().map(Line::text).collect()
    }

    #[test]
    fn words_stay_whole_where_they_fit() {
        assert_eq!(wrapped("one two three", 8), ["one two", "three"]);
        assert_eq!(wrapped("a (word), b", 8), ["a", "(word),", "b"]);
        assert_eq!(wrapped("abcdefghij", 4), ["abcd", "efgh", "ij"]);
        let spans = [Span::new("one ", Role::Plain), Span::new("two", Role::Strong), Span::new(", three", Role::Plain)];
        let lines = wrap(&spans, 7, "", "");
        assert_eq!(
            lines.iter().map(Line::text).collect::<Vec<_>>(),
            ["one", "two,", "three"],
            "no comma begins a line"
        );
    }

    #[test]
    fn wide_characters_and_marks_are_measured_in_cells() {
        assert_eq!(wrapped("日本語", 4), ["日本", "語"]);
        assert_eq!(width("e\u{301}"), 1);
        assert_eq!(wrapped("e\u{301}e\u{301}e\u{301}", 2), ["e\u{301}e\u{301}", "e\u{301}"]);
        assert_eq!(cut("日本語", 4), "日…");
    }

    /// In a time that grows with them, not with their square.
    #[test]
    fn fifty_thousand_signs_without_a_space() {
        assert_eq!(wrapped(&"\u{fffd}".repeat(50_000), 50).len(), 1_000);
        assert_eq!(wrapped(&"·!".repeat(25_000), 50).len(), 1_000);
        assert_eq!(wrapped("ab日c·d", 3), ["ab", "日", "c·d"], "only wide characters part a word");
    }

    proptest! {
        #[test]
        fn no_line_is_too_wide_and_nothing_is_lost(text in "\\PC{0,80}", columns in 2usize..40) {
            let lines = wrapped(&text, columns);
            for line in &lines {
                prop_assert!(width(line) <= columns, "{line:?}");
            }
            let letters = |s: &str| s.chars().filter(|c| !c.is_whitespace()).collect::<String>();
            prop_assert_eq!(letters(&lines.concat()), letters(&text));
        }
    }
}
