//! Words to look for in a text.

use std::ops::Range;

use super::text::Text;
use super::words::{Word, words};

/// Words to look for, one right after the other: `time-of-flight`, `"static magnetic field"`.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Phrase {
    written: Text,
    words: Vec<String>,
    whole: bool,
}

impl Phrase {
    /// These words as they are. `None` if there is no letter and no digit in `written`.
    pub fn exact(written: &str) -> Option<Self> {
        Self::of(written, true)
    }

    /// These words, of which the last one need only begin so; `written` is one word of the filter language. `None` if there is no letter and no digit in `written`.
    pub(super) fn beginning(written: &str) -> Option<Self> {
        Self::of(written, false)
    }

    fn of(written: &str, whole: bool) -> Option<Self> {
        // A quotation mark is no word, and would end the phrase where it is printed.
        let written = Text::new(&Text::new(&written.replace('"', " ")).one_line());
        let words: Vec<String> = words(written.as_str()).map(|w| w.folded.into_owned()).collect();
        (!words.is_empty()).then_some(Self { written, words, whole })
    }

    /// As it was written.
    pub fn as_str(&self) -> &str {
        self.written.as_str()
    }

    /// The words, folded; at least one.
    pub fn words(&self) -> &[String] {
        &self.words
    }

    /// Whether the last word must be whole.
    pub fn is_whole(&self) -> bool {
        self.whole
    }

    /// Whether it is in `text`.
    pub fn is_in(&self, text: &str) -> bool {
        let there: Vec<Word<'_>> = words(text).collect();
        there.windows(self.words.len()).any(|w| self.fits(w))
    }

    /// Where in `text` it is, in bytes.
    pub fn places(&self, text: &str) -> Vec<Range<usize>> {
        let there: Vec<Word<'_>> = words(text).collect();
        let here = there.windows(self.words.len()).filter(|w| self.fits(w));
        here.filter_map(|w| Some(w.first()?.at.start..w.last()?.at.end)).collect()
    }

    /// Whether `there`, as many words as this, are these.
    fn fits(&self, there: &[Word<'_>]) -> bool {
        let last = self.words.len() - 1;
        self.words.iter().zip(there).enumerate().all(|(i, (word, there))| match i == last && !self.whole {
            true => there.folded.starts_with(word.as_str()),
            false => there.folded == word.as_str(),
        })
    }
}

impl std::fmt::Debug for Phrase {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}{:?}", if self.whole { "exact " } else { "" }, self.words)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_stand_one_after_the_other_and_the_last_may_be_begun() {
        let text = "The static **magnetic field** is always on, at 1.5T.";
        for phrase in ["magn", "magnetic-field", "Static Magnetic f", "1.5", "1.5t"] {
            assert!(Phrase::beginning(phrase).expect("words").is_in(text), "{phrase}");
        }
        for phrase in ["agnetic", "static field", "field static", "5t"] {
            assert!(!Phrase::beginning(phrase).expect("words").is_in(text), "{phrase}");
        }
        assert!(Phrase::exact("magnetic field").expect("words").is_in(text));
        assert!(!Phrase::exact("magn").expect("words").is_in(text));
        assert_eq!(Phrase::beginning("≤ %"), None);
    }

    #[test]
    fn places_are_those_in_the_text_as_written() {
        let text = "Über Felder: ein Feld, das FELD";
        let shown: Vec<&str> =
            Phrase::beginning("feld").expect("a word").places(text).into_iter().map(|r| &text[r]).collect();
        assert_eq!(shown, ["Felder", "Feld", "FELD"]);
    }
}
