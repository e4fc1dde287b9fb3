//! Texts as the rules of item writing see them: words with their places, sentences, and word lists.

use std::ops::Range;

/// A word and where it stands in its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// In lower case.
    pub lower: String,
    /// As bytes of the text.
    pub at: Range<usize>,
}

/// The words of a text; an apostrophe belongs to its word.
pub fn words(text: &str) -> Vec<Word> {
    let mut out: Vec<Word> = Vec::new();
    let mut start = None;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        let inner = c.is_alphanumeric() || (matches!(c, '\'' | '’') && start.is_some());
        match (inner, start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                let end = from + text[from..at].trim_end_matches(['\'', '’']).len();
                out.push(Word { lower: text[from..end].to_lowercase(), at: from..end });
                start = None;
            }
            _ => {}
        }
    }
    out
}

/// The first word that is in `list`.
pub fn first_of(text: &str, list: &[&str]) -> Option<Word> {
    words(text).into_iter().find(|w| list.contains(&w.lower.as_str()))
}

/// The sentences of a text. A full stop within a number or an abbreviation without a space after it ends none.
pub fn sentences(text: &str) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let mut start = 0;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let ends = matches!(c, '.' | '?' | '!') && chars.peek().is_none_or(|(_, next)| next.is_whitespace());
        if ends {
            out.push(start..at + c.len_utf8());
            start = at + c.len_utf8();
        }
    }
    if !text[start..].trim().is_empty() {
        out.push(start..text.len());
    }
    out
}

/// The sentence that asks: the last with a question mark, or else the last one.
pub fn asking(text: &str) -> Range<usize> {
    let all = sentences(text);
    let asked = all.iter().rev().find(|s| text[(*s).clone()].ends_with('?'));
    asked.or(all.last()).cloned().unwrap_or(0..text.len())
}

/// A word without the endings that make it plural, past or an adverb, so that "heating" meets "heated". Rough on
/// purpose: it only has to bring the same words together.
pub fn root(word: &str) -> String {
    const ENDINGS: [&str; 9] = ["ations", "ation", "ings", "ing", "edly", "ies", "ed", "es", "ly"];
    let cut = ENDINGS.iter().find_map(|e| word.strip_suffix(e).filter(|r| r.chars().count() >= 4));
    let base = cut.or_else(|| word.strip_suffix(['s', 'e', 'y'])).unwrap_or(word);
    base.strip_suffix(['e', 'y', 'i']).unwrap_or(base).to_owned()
}

/// The roots of the words that carry meaning: five letters or more, none of the words that stand in any text.
pub fn content_roots(text: &str) -> Vec<(String, Range<usize>)> {
    let carries = |w: &Word| w.lower.chars().count() >= 5 && w.lower.chars().all(char::is_alphabetic);
    words(text)
        .into_iter()
        .filter(|w| carries(w) && !COMMON.contains(&w.lower.as_str()))
        .map(|w| (root(&w.lower), w.at))
        .collect()
}

/// Words of five letters or more that say nothing of the subject.
const COMMON: [&str; 66] = [
    "about",
    "above",
    "after",
    "again",
    "against",
    "along",
    "among",
    "another",
    "answer",
    "because",
    "before",
    "being",
    "below",
    "between",
    "cannot",
    "could",
    "during",
    "every",
    "first",
    "following",
    "found",
    "given",
    "have",
    "higher",
    "large",
    "larger",
    "least",
    "lower",
    "might",
    "needs",
    "number",
    "often",
    "other",
    "others",
    "outside",
    "place",
    "right",
    "second",
    "shall",
    "should",
    "since",
    "small",
    "smaller",
    "statement",
    "still",
    "their",
    "there",
    "these",
    "thing",
    "things",
    "third",
    "those",
    "three",
    "through",
    "under",
    "until",
    "where",
    "whether",
    "which",
    "while",
    "whose",
    "within",
    "without",
    "would",
    "describes",
    "value",
];

/// How long a text looks, in characters.
pub fn length(text: &str) -> usize {
    text.trim().chars().count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_have_places() {
        let found = words("Don't 'stop' at 1.5 T");
        let lower: Vec<_> = found.iter().map(|w| w.lower.as_str()).collect();
        assert_eq!(lower, ["don't", "stop", "at", "1", "5", "t"]);
        assert_eq!(found[1].at, 7..11);
    }

    #[test]
    fn the_asking_sentence_is_found() {
        let text = "A scan at 1.5 T ends. What is due? Choose one.";
        assert_eq!(text[asking(text)].trim(), "What is due?");
        assert_eq!(&"Name it"[asking("Name it")], "Name it");
    }

    #[test]
    fn roots_bring_words_together() {
        for (a, b) in [("heating", "heated"), ("agencies", "agency"), ("glove", "gloves"), ("saws", "saw")] {
            assert_eq!(root(a), root(b), "{a} {b}");
        }
    }
}
