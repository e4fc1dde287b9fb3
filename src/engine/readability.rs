//! How easily English text is read.
//!
//! Reading ease after Flesch, R. (1948), A new readability yardstick, *Journal of Applied Psychology* 32(3), 221–233:
//! `206.835 − 1.015 × words a sentence − 84.6 × syllables a word`. By his table 60 to 70 is standard, 30 to 50
//! difficult, below 30 very difficult. It was made for passages of a hundred words; of a single stem it says little.

/// What the formula needs of a text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Measure {
    /// Words.
    pub words: usize,
    /// Sentences.
    pub sentences: usize,
    /// Syllables, counted by their vowels.
    pub syllables: usize,
}

impl Measure {
    /// Measures a text; what stands between white space and holds a letter or a digit is a word.
    pub fn of(text: &str) -> Self {
        let mut measure = Self::default();
        let mut open = false;
        for word in text.split_whitespace() {
            if word.contains(char::is_alphanumeric) {
                measure.words += 1;
                measure.syllables += syllables(word);
                open = true;
            }
            if open && word.trim_end_matches(['"', '\'', ')', '*', '”', '’']).ends_with(['.', '?', '!', ':', ';']) {
                measure.sentences += 1;
                open = false;
            }
        }
        measure.sentences += usize::from(open);
        measure
    }

    /// Both texts as one.
    pub fn and(self, other: Self) -> Self {
        Self {
            words: self.words + other.words,
            sentences: self.sentences + other.sentences,
            syllables: self.syllables + other.syllables,
        }
    }

    /// Flesch's reading ease; the higher, the easier. `None` without words.
    pub fn reading_ease(self) -> Option<f64> {
        if self.words == 0 {
            return None;
        }
        let (words, sentences) = (self.words as f64, self.sentences as f64);
        Some(206.835 - 1.015 * words / sentences - 84.6 * self.syllables as f64 / words)
    }
}

/// The syllables of a word as Flesch has them counted: as it is spoken. Here they are told by groups of vowels, without
/// a silent e at the end; numbers and abbreviations count one for each digit or capital.
fn syllables(word: &str) -> usize {
    let letters: Vec<char> = word.chars().filter(|c| c.is_alphanumeric()).collect();
    if letters.iter().all(|c| c.is_ascii_digit() || c.is_uppercase()) {
        return letters.len().max(1);
    }
    let lower: Vec<char> = letters.iter().flat_map(|c| c.to_lowercase()).collect();
    let vowel = |c: char| "aeiouyáéíóúàèìòùäëïöüâêîôû".contains(c);
    let groups = (0..lower.len()).filter(|&i| vowel(lower[i]) && (i == 0 || !vowel(lower[i - 1]))).count();
    groups.saturating_sub(usize::from(has_silent_end(&lower, vowel))).max(1)
}

/// Whether the last group of vowels is not spoken: "scale", "scales", "used", but "table", "tested", "pulses".
fn has_silent_end(word: &[char], vowel: impl Fn(char) -> bool) -> bool {
    let before = match word {
        [before @ .., 'e'] if !matches!(before, [.., c, 'l'] if !vowel(*c)) => before,
        [before @ .., 'e', 's'] if !matches!(before, [.., 's' | 'x' | 'z' | 'c' | 'g'] | [.., 's' | 'c', 'h']) => {
            before
        }
        [before @ .., 'e', 'd'] if !matches!(before, [.., 't' | 'd']) => before,
        _ => return false,
    };
    before.last().is_some_and(|c| !vowel(*c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn syllables_are_counted_as_spoken() {
        for (word, spoken) in [
            ("scale", 1),
            ("scales", 1),
            ("table", 2),
            ("used", 1),
            ("tested", 2),
            ("pulses", 2),
            ("the", 1),
            ("patient", 2),
            ("magnet", 2),
            ("MRI", 3),
            ("1.5", 2),
            ("technologist,", 4),
        ] {
            assert_eq!(syllables(word), spoken, "{word}");
        }
    }

    #[test]
    fn the_formula_is_flesch_s() {
        let measure = Measure::of("The cat sat on the mat. It was fat!");
        assert_eq!(measure, Measure { words: 9, sentences: 2, syllables: 9 });
        let ease = measure.reading_ease().expect("it has words");
        assert!((ease - (206.835 - 1.015 * 4.5 - 84.6)).abs() < 1e-9);
        assert_eq!(Measure::of(" – ").reading_ease(), None);
    }
}
