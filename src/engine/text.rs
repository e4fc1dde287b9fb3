//! Text from strangers, made harmless once, at the boundary.
//!
//! Every sink (screen, command line, error message, export) takes a [`Text`]; nothing else may carry bytes of a bank,
//! a deck or the environment to a terminal.

use std::fmt;
use std::sync::Arc;

use unicode_width::UnicodeWidthChar;

/// Combining marks that may stay on one base character; a longer stack is cut.
pub const MAX_MARKS: usize = 8;
/// A TAB becomes spaces up to the next multiple of this column.
const TAB: usize = 4;

/// Text that holds no control character but LF, no bidirectional control and no invisible character.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Text(Arc<str>);

/// What [`Text::clean`] had to change: the byte offset in the raw text, and the character that stood there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mended {
    /// Byte offset in the raw text.
    pub at: usize,
    /// The character that was made visible or dropped.
    pub character: char,
}

impl Text {
    /// Makes `raw` harmless and forgets what was changed.
    pub fn new(raw: &str) -> Self {
        Self::clean(raw).0
    }

    /// Makes `raw` harmless and lists what was changed. CR LF and TAB are layout, so they are changed without a word.
    ///
    /// Control characters become their visible symbols (`␛`), bidirectional controls, line separators, tag
    /// characters and invisible fillers become marks such as `<U+202E>`, and at most [`MAX_MARKS`] combining marks
    /// stay on a base character.
    pub fn clean(raw: &str) -> (Self, Vec<Mended>) {
        if raw.bytes().all(|b| b == b'\n' || (0x20..0x7f).contains(&b)) {
            return (Self(raw.into()), Vec::new()); // the usual case, without a second copy
        }
        let mut out = String::with_capacity(raw.len());
        let mut mended = Vec::new();
        let mut column = 0;
        let mut marks = 0;
        let mut chars = raw.char_indices().peekable();
        while let Some((at, c)) = chars.next() {
            let next = chars.peek().map(|&(_, c)| c);
            match c {
                '\n' => {
                    out.push('\n');
                    column = 0;
                    continue;
                }
                '\r' if next == Some('\n') => continue,
                '\t' => {
                    let spaces = TAB - column % TAB;
                    out.extend(std::iter::repeat_n(' ', spaces));
                    column += spaces;
                    continue;
                }
                _ => {}
            }
            let joins = is_joiner(c) && joins_letters(out.chars().next_back(), next);
            if let Some(mark) = visible(c).filter(|_| !joins) {
                column += mark.chars().count();
                out.push_str(&mark);
                mended.push(Mended { at, character: c });
                marks = 0;
            } else if c.width() == Some(0) {
                marks += 1;
                if marks > MAX_MARKS {
                    mended.push(Mended { at, character: c });
                } else {
                    out.push(c);
                }
            } else {
                column += c.width().unwrap_or(0);
                marks = 0;
                out.push(c);
            }
        }
        (Self(out.into()), mended)
    }

    /// The harmless text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether nothing but white space is left.
    pub fn is_blank(&self) -> bool {
        self.0.trim().is_empty()
    }

    /// The same text on one line: each run of white space is one space.
    pub fn one_line(&self) -> String {
        self.0.split_whitespace().collect::<Vec<_>>().join(" ")
    }
}

/// The text with case, space and punctuation folded away, to tell whether two read the same; signs that change a number's meaning stay.
pub fn folded(text: &str) -> String {
    let mut out = String::new();
    let mut chars = text.chars().peekable();
    let mut before = None;
    while let Some(c) = chars.next() {
        let next = chars.peek().copied();
        let in_number = |c: Option<char>| c.is_some_and(|c| c.is_numeric());
        let keeps = c.is_alphanumeric()
            || matches!(c, '<' | '>' | '≤' | '≥' | '±' | '×' | '÷' | '/' | '%' | '°' | '+' | '=' | '²' | '³' | '√')
            || (matches!(c, '.' | ',') && in_number(before) && in_number(next))
            || (matches!(c, '-' | '−') && !in_number(before) && in_number(next));
        if keeps {
            out.extend(c.to_lowercase());
        }
        before = Some(c);
    }
    // Options of punctuation alone are told apart as written.
    if out.is_empty() { text.trim().to_owned() } else { out }
}

/// How a character that must not reach a terminal is shown instead; `None` if it may pass.
fn visible(c: char) -> Option<String> {
    match c {
        '\u{0}'..='\u{1f}' => char::from_u32(0x2400 + c as u32).map(String::from),
        '\u{7f}' => Some("\u{2421}".into()),
        _ if c.is_control() || is_hidden(c) => Some(format!("<U+{:04X}>", c as u32)),
        _ => None,
    }
}

/// Characters that are invisible, reorder the text around them or break lines behind our back.
fn is_hidden(c: char) -> bool {
    matches!(c,
        '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' // bidirectional controls
        | '\u{2028}' | '\u{2029}' | '\u{feff}'
        | '\u{ad}' | '\u{34f}' | '\u{180e}' | '\u{200b}'..='\u{200d}' | '\u{2060}'..='\u{2065}' | '\u{206a}'..='\u{206f}'
        | '\u{115f}' | '\u{1160}' | '\u{3164}' | '\u{ffa0}' // Hangul fillers
        | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}')
}

fn is_joiner(c: char) -> bool {
    matches!(c, '\u{200c}' | '\u{200d}')
}

/// Joiners belong between letters of some scripts and inside emoji; between anything else they only hide.
fn joins_letters(before: Option<char>, after: Option<char>) -> bool {
    let joinable = |c: char| !c.is_ascii() && !c.is_whitespace() && !is_hidden(c) && !c.is_control();
    before.is_some_and(joinable) && after.is_some_and(joinable)
}

impl fmt::Display for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", &*self.0)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn hostile_characters_become_visible() {
        let cases = [
            ("a\u{1b}[31mb", "a␛[31mb"),
            ("a\tb", "a   b"),
            ("a\r\nb", "a\nb"),
            ("a\rb", "a␍b"),
            ("\u{9b}31m", "<U+009B>31m"),
            ("\u{202e}evil", "<U+202E>evil"),
            ("x\u{200b}y", "x<U+200B>y"),
            ("\u{7f}", "␡"),
            ("\u{e0041}", "<U+E0041>"),
            ("\u{2028}", "<U+2028>"),
        ];
        for (raw, shown) in cases {
            assert_eq!(Text::new(raw).as_str(), shown, "{raw:?}");
        }
    }

    #[test]
    fn writing_systems_stay_whole() {
        for whole in ["µT ≤ 3 °C", "می\u{200c}خواهم", "👩\u{200d}🔬", "日本語", "e\u{301}", "नमस्ते"]
        {
            let (text, mended) = Text::clean(whole);
            assert_eq!(text.as_str(), whole);
            assert!(mended.is_empty(), "{whole}");
        }
    }

    #[test]
    fn a_stack_of_marks_is_cut() {
        let raw = format!("e{}", "\u{301}".repeat(40));
        let (text, mended) = Text::clean(&raw);
        assert_eq!(text.as_str().chars().count(), 1 + MAX_MARKS);
        assert_eq!(mended.len(), 40 - MAX_MARKS);
    }

    #[test]
    fn folding_keeps_what_tells_numbers_apart() {
        assert_eq!(folded("A  dog!"), folded("a dog"));
        assert_ne!(folded("1.5 T"), folded("15 T"));
        assert_ne!(folded("-5"), folded("5"));
        assert_ne!(folded("≤ 3"), folded("≥ 3"));
    }

    proptest! {
        #[test]
        fn nothing_that_could_steer_a_terminal_is_left(raw in any::<String>()) {
            let text = Text::new(&raw);
            for c in text.as_str().chars() {
                prop_assert!(c == '\n' || !c.is_control(), "{c:?}");
                prop_assert!(!is_hidden(c) || is_joiner(c), "{c:?}");
            }
        }

        #[test]
        fn cleaning_twice_changes_nothing_more(raw in any::<String>()) {
            let once = Text::new(&raw);
            prop_assert_eq!(Text::new(once.as_str()), once);
        }
    }
}
