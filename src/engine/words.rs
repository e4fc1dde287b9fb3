//! The words of a text, folded so that a search finds them however they are written.
//!
//! A word is a run of letters and digits; a full stop or comma between two digits belongs to it (`1.5`). In scripts
//! without spaces (Chinese, Japanese, Thai, …) each character is a word, so that words one after the other find any
//! stretch of text. Folding takes away case, compatibility forms (`m²` is `m2`), the marks of the Latin, Greek and
//! Cyrillic alphabets and the optional ones of Arabic and Hebrew. Marks that make another letter, as in Devanagari, Thai
//! or kana, stay.

use std::borrow::Cow;
use std::ops::Range;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::compose;
use unicode_width::UnicodeWidthChar;

/// A word of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word<'t> {
    /// Where it stands, in bytes.
    pub at: Range<usize>,
    /// The word, folded.
    pub folded: Cow<'t, str>,
}

/// The words of `text`, from the first on.
pub fn words(text: &str) -> impl Iterator<Item = Word<'_>> {
    let mut from = 0;
    let all = std::iter::from_fn(move || {
        let at = next_word(text, from)?;
        from = at.end;
        Some(Word { folded: fold(&text[at.clone()]), at })
    });
    all.filter(|word| !word.folded.is_empty())
}

/// Where the next word at or after `from` stands.
fn next_word(text: &str, from: usize) -> Option<Range<usize>> {
    let start = from + text[from..].find(char::is_alphanumeric)?;
    let mut chars = text[start..].char_indices().peekable();
    let (_, first) = chars.next()?;
    let mut before = first;
    let mut end = first.len_utf8();
    while let Some((at, c)) = chars.next() {
        let belongs = match c {
            '.' | ',' => before.is_ascii_digit() && chars.peek().is_some_and(|(_, next)| next.is_ascii_digit()),
            _ if is_mark(c) => true,
            _ => c.is_alphanumeric() && !stands_alone(c) && !stands_alone(first),
        };
        if !belongs {
            break;
        }
        before = c;
        end = at + c.len_utf8();
    }
    Some(start..start + end)
}

/// Whether `c` sits on the character before it.
fn is_mark(c: char) -> bool {
    !c.is_ascii() && c.width() == Some(0)
}

/// Characters of scripts that put no spaces between words.
fn stands_alone(c: char) -> bool {
    matches!(c,
        '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' // Thai, Lao, Burmese, Khmer
        | '\u{3040}'..='\u{30ff}' | '\u{31f0}'..='\u{31ff}' | '\u{ff66}'..='\u{ff9f}' // kana
        | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}') // Chinese characters
}

/// Marks that a reader may leave out without writing another word, and joiners, which are invisible.
fn may_be_left_out(c: char) -> bool {
    matches!(c,
        '\u{300}'..='\u{36f}' | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}' | '\u{20d0}'..='\u{20ff}'
        | '\u{591}'..='\u{5c7}' | '\u{640}' | '\u{64b}'..='\u{652}' | '\u{670}' | '\u{200c}' | '\u{200d}')
}

/// `word` without case, marks and compatibility forms.
fn fold(word: &str) -> Cow<'_, str> {
    if word.is_ascii() {
        return if word.bytes().any(|b| b.is_ascii_uppercase()) {
            Cow::Owned(word.to_ascii_lowercase())
        } else {
            Cow::Borrowed(word)
        };
    }
    let mut out = String::with_capacity(word.len());
    // Lower case first and last: a compatibility form may hide a capital (`℡`), and a capital may have a mark of its own (`İ`).
    for c in word.chars().flat_map(char::to_lowercase).nfkd().flat_map(char::to_lowercase) {
        match c {
            _ if may_be_left_out(c) => {}
            'ß' => out.push_str("ss"),
            'æ' => out.push_str("ae"),
            'œ' => out.push_str("oe"),
            'ø' => out.push('o'),
            'ł' => out.push('l'),
            'đ' | 'ð' => out.push('d'),
            'ı' => out.push('i'),
            'ς' => out.push('σ'),
            _ => push_composed(&mut out, c),
        }
    }
    Cow::Owned(out)
}

/// Adds `c`, joined with the character before it where there is one character for both: a word looks the same whether
/// its author typed such letters in one piece or in two.
fn push_composed(out: &mut String, c: char) {
    match out.chars().next_back().and_then(|before| compose(before, c)) {
        Some(both) => {
            out.pop();
            out.push(both);
        }
        None => out.push(c),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn folded(text: &str) -> Vec<String> {
        words(text).map(|w| w.folded.into_owned()).collect()
    }

    #[test]
    fn words_are_letters_and_digits_and_numbers_stay_whole() {
        assert_eq!(
            folded("The **B0** field (1.5 T), 3,000 G/cm."),
            ["the", "b0", "field", "1.5", "t", "3,000", "g", "cm"]
        );
        assert_eq!(folded("time-of-flight; don't. End."), ["time", "of", "flight", "don", "t", "end"]);
        assert!(folded(" -- % ≤ \n").is_empty());
    }

    #[test]
    fn case_marks_and_compatibility_forms_do_not_matter() {
        for (one, other) in [
            ("Ménière", "meniere"),
            ("e\u{301}", "é"),
            ("GRÖSSE", "größe"),
            ("µT", "μt"),
            ("m²", "m2"),
            ("Ёлка", "елка"),
            ("ΛΌΓΟΣ", "λογος"),
            ("İstanbul", "istanbul"),
            ("مُحَمَّد", "محمد"),
            ("שָׁלוֹם", "שלום"),
        ] {
            assert_eq!(folded(one), folded(other), "{one}");
        }
    }

    #[test]
    fn other_scripts_keep_what_makes_their_letters() {
        assert_eq!(folded("磁場 が"), ["磁", "場", "が"]);
        assert_ne!(folded("が"), folded("か"));
        assert_eq!(folded("か\u{3099}"), folded("が"));
        assert_eq!(folded("नमस्ते दुनिया").len(), 2);
        assert_ne!(folded("कि"), folded("की"));
        assert_eq!(folded("자기장 안전"), ["자기장", "안전"]);
        assert_eq!(folded("น้ำ").len(), 2, "a character and its marks");
    }

    proptest! {
        #[test]
        fn words_lie_in_the_text_in_order_and_fold_to_words(text in any::<String>()) {
            let mut end = 0;
            for word in words(&text) {
                prop_assert!(word.at.start >= end && word.at.end > word.at.start);
                end = word.at.end;
                prop_assert!(text.get(word.at.clone()).is_some());
            }
        }

        #[test]
        fn capitals_and_composition_never_matter(text in "[a-zA-Zäöüéèñçßа-яА-Я ]{0,40}") {
            prop_assert_eq!(folded(&text.to_uppercase()), folded(&text.to_lowercase()));
            prop_assert_eq!(folded(&text.nfd().collect::<String>()), folded(&text.nfc().collect::<String>()));
        }
    }
}
