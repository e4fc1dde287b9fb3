//! A line of text while it is typed: what it holds, where the cursor stands, and how keys change both.

use unicode_segmentation::UnicodeSegmentation;

use crate::engine::text::Text;

use super::input::Key;
use super::page::{Line, Role, Span};
use super::wrap::{width, wrap};

/// What is typed, and the cursor in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Typing {
    /// As it was typed; what is shown and taken is made harmless first.
    raw: String,
    /// Where the cursor stands, in bytes, between two characters as a reader counts them.
    cursor: usize,
    /// The most characters.
    most: usize,
}

impl Typing {
    /// A line that holds `text`, with the cursor at its end, and takes at most `most` characters.
    pub fn new(text: &str, most: usize) -> Self {
        Self { raw: text.to_owned(), cursor: text.len(), most }
    }

    /// What was typed, harmless, without spaces around it.
    pub fn text(&self) -> Text {
        Text::new(self.raw.trim())
    }

    /// What was typed, as it was typed.
    pub fn raw(&self) -> &str {
        &self.raw
    }

    /// Takes a key. Returns whether it has a meaning here.
    pub fn key(&mut self, key: Key) -> bool {
        match key {
            Key::Char(c) => self.insert(c),
            Key::Left => self.cursor -= self.before(),
            Key::Right => self.cursor += self.behind(),
            Key::Home => self.cursor = 0,
            Key::End => self.cursor = self.raw.len(),
            Key::Backspace => {
                let from = self.cursor - self.before();
                self.raw.replace_range(from..self.cursor, "");
                self.cursor = from;
            }
            Key::Ctrl('w') => self.erase_word(),
            Key::Ctrl('u') => *self = Self::new("", self.most),
            _ => return false,
        }
        true
    }

    /// Puts the cursor behind so many characters of the [text](Self::text), at the end if there are fewer.
    pub fn seek(&mut self, characters: usize) {
        let begin = self.raw.len() - self.raw.trim_start().len();
        let found = self.raw[begin..].char_indices().nth(characters).map_or(self.raw.len(), |(at, _)| begin + at);
        let starts = self.raw.grapheme_indices(true).map(|(at, _)| at).chain([self.raw.len()]);
        self.cursor = starts.take_while(|&at| at <= found).last().unwrap_or(0);
    }

    /// Types a text, on one line.
    pub fn paste(&mut self, text: &Text) {
        for c in text.one_line().chars() {
            self.insert(c);
        }
    }

    fn insert(&mut self, c: char) {
        if !c.is_control() && self.raw.chars().count() < self.most {
            self.raw.insert(self.cursor, c);
            self.cursor += c.len_utf8();
        }
    }

    fn before(&self) -> usize {
        self.raw[..self.cursor].graphemes(true).next_back().map_or(0, str::len)
    }

    fn behind(&self) -> usize {
        self.raw[self.cursor..].graphemes(true).next().map_or(0, str::len)
    }

    fn erase_word(&mut self) {
        let kept = self.raw[..self.cursor].trim_end();
        let from =
            kept.rfind(char::is_whitespace).map_or(0, |at| at + kept[at..].chars().next().map_or(0, char::len_utf8));
        self.raw.replace_range(from..self.cursor, "");
        self.cursor = from;
    }

    /// The line's parts: before the cursor, at it (a space at the end), behind it.
    fn parts(&self) -> [String; 3] {
        let (before, rest) = self.raw.split_at(self.cursor);
        let (at, behind) = rest.split_at(self.behind());
        let shown = |text: &str| Text::new(text).as_str().to_owned();
        [shown(before), if at.is_empty() { "_".into() } else { shown(at) }, shown(behind)]
    }

    fn cursor_role(&self) -> Role {
        if self.cursor == self.raw.len() { Role::Accent } else { Role::Here }
    }

    /// What is shown, after a label, on as many lines as it needs.
    pub fn lines(&self, label: &str, columns: usize) -> Vec<Line> {
        let [before, at, behind] = self.parts();
        let spans = [
            Span::new(label, Role::Strong),
            Span::new(format!(" {before}"), Role::Accent),
            Span::new(at, self.cursor_role()),
            Span::new(behind, Role::Accent),
        ];
        wrap(&spans, columns, "   ", "   ")
    }

    /// What is shown on one line of `columns` cells: what stands around the cursor, if it is longer.
    pub fn line(&self, columns: usize) -> Line {
        let [before, at, behind] = self.parts();
        let room = columns.saturating_sub(width(&at));
        let mut from = 0;
        for grapheme in before.graphemes(true) {
            if width(&before[from..]) <= room {
                break;
            }
            from += grapheme.len();
        }
        Line::of(&before[from..], Role::Accent).and(at, self.cursor_role()).and(behind, Role::Accent)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn typed(keys: &[Key]) -> Typing {
        let mut typing = Typing::new("", 20);
        for &key in keys {
            typing.key(key);
        }
        typing
    }

    #[test]
    fn keys_edit_where_the_cursor_stands() {
        let mut t = Typing::new("the coil", 20);
        for key in [Key::Home, Key::Right, Key::Right, Key::Right, Key::Char(' '), Key::Char('r'), Key::Char('f')] {
            t.key(key);
        }
        assert_eq!(t.raw(), "the rf coil");
        assert_eq!(t.line(80).text(), "the rf coil");
        t.key(Key::Ctrl('w'));
        assert_eq!(t.raw(), "the  coil");
        t.key(Key::Ctrl('u'));
        assert_eq!((t.raw(), t.line(80).text().as_str()), ("", "_"));
    }

    #[test]
    fn a_character_is_what_a_reader_sees_as_one() {
        let mut t = Typing::new("cafe\u{301}", 20);
        t.key(Key::Backspace);
        assert_eq!(t.raw(), "caf");
    }

    #[test]
    fn a_long_line_shows_what_is_at_the_cursor() {
        let t = Typing::new("0123456789abcdef", 20);
        assert_eq!(t.line(8).text(), "9abcdef_");
        assert_eq!(t.lines("Note:", 12).len(), 3);
    }

    proptest! {
        #[test]
        fn no_key_breaks_it(keys in prop::collection::vec(prop_oneof![
            any::<char>().prop_map(Key::Char),
            prop::sample::select(vec![
                Key::Left, Key::Right, Key::Home, Key::End, Key::Backspace, Key::Ctrl('w'), Key::Ctrl('u'), Key::Up,
            ]),
        ], 0..40)) {
            let t = typed(&keys);
            prop_assert!(t.raw().chars().count() <= 20);
            prop_assert!(t.line(10).text().chars().all(|c| !c.is_control()));
            prop_assert!(!t.lines("Note:", 10).is_empty());
        }
    }
}
