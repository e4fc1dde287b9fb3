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

/// A cluster is as wide as its widest reading: terminals show an emoji sequence in two cells at most.
fn cell_width(grapheme: &str) -> usize {
    grapheme.width().min(2)
}

/// The spans as lines of at most `columns` cells. The first line begins after `first` cells, the others after `rest`;
/// breaks fall at spaces where they can and between wide characters, else inside the word.
pub fn wrap(spans: &[Span], columns: usize, first: &str, rest: &str) -> Vec<Line> {
    let mut lines = Lines { columns: columns.max(1), rest, done: Vec::new(), open: Line::new(), used: 0, empty: true };
    lines.begin(first);
    for (word, role) in words(spans) {
        lines.add(&word, role);
    }
    lines.done.push(lines.open);
    lines.done
}

/// Cuts spans into words, each with the white space before it as a single space.
fn words(spans: &[Span]) -> Vec<(String, Role)> {
    let mut out: Vec<(String, Role)> = Vec::new();
    for span in spans {
        if span.text.is_ascii() {
            ascii_words(span, &mut out);
            continue;
        }
        for word in span.text.split_word_bounds() {
            if word.chars().all(char::is_whitespace) {
                if out.last().is_none_or(|(w, _)| w != " ") {
                    out.push((" ".into(), span.role));
                }
                continue;
            }
            // Letters and punctuation that stand together stay together: "(word)," is one word, also across faces.
            match out.last_mut() {
                Some((last, role)) if last != " " && *role == span.role && !is_wide(last) && !is_wide(word) => {
                    last.push_str(word)
                }
                _ => out.push((word.into(), span.role)),
            }
        }
    }
    out
}

/// The same for plain text, where a word ends at a space: most of what is shown is this, and is cut with every frame.
fn ascii_words(span: &Span, out: &mut Vec<(String, Role)>) {
    for (i, word) in span.text.split(char::is_whitespace).enumerate() {
        if i > 0 && out.last().is_none_or(|(w, _)| w != " ") {
            out.push((" ".into(), span.role));
        }
        if word.is_empty() {
            continue;
        }
        match out.last_mut() {
            Some((last, role)) if last != " " && *role == span.role && !is_wide(last) => last.push_str(word),
            _ => out.push((word.into(), span.role)),
        }
    }
}

fn is_wide(word: &str) -> bool {
    word.graphemes(true).any(|g| cell_width(g) > 1)
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

    fn add(&mut self, word: &str, role: Role) {
        if word == " " {
            if !self.empty && self.used < self.columns {
                self.open.push(" ", role);
                self.used += 1;
            }
            return;
        }
        let wide = width(word);
        if self.used + wide > self.columns && !self.empty {
            self.break_line();
        }
        if self.used + wide <= self.columns {
            self.put(word, role, wide);
            return;
        }
        for grapheme in word.graphemes(true) {
            let w = cell_width(grapheme);
            if self.used + w > self.columns && !self.empty {
                self.break_line();
            }
            self.put(grapheme, role, w);
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
    }

    #[test]
    fn wide_characters_and_marks_are_measured_in_cells() {
        assert_eq!(wrapped("日本語", 4), ["日本", "語"]);
        assert_eq!(width("e\u{301}"), 1);
        assert_eq!(wrapped("e\u{301}e\u{301}e\u{301}", 2), ["e\u{301}e\u{301}", "e\u{301}"]);
        assert_eq!(cut("日本語", 4), "日…");
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
