//! Whether a stem asks for as many options as there are keys, in the languages of which the number words are known.

use crate::engine::question::{MAX_OPTIONS, number_word};

use super::super::diagnostic::{Code, Diagnostic};
use super::super::raw::{RawAnswer, RawQuestion};

/// How a language asks for several options.
struct Tongue {
    /// Its BCP 47 tag, without a region.
    tag: &'static str,
    /// Words for numbers; the first for each is the one that is proposed to authors.
    numbers: &'static [(&'static str, usize)],
    /// Words that direct to the options: what stands next says how many.
    direct: &'static [&'static str],
    /// Words that may stand between the two.
    skipped: &'static [&'static str],
    /// Other words that say how many.
    phrases: &'static [(&'static str, usize)],
}

#[rustfmt::skip] // a language a block, a list a line
const TONGUES: [Tongue; 7] = [
    Tongue {
        tag: "en",
        numbers: &[("two", 2), ("three", 3), ("four", 4), ("five", 5), ("six", 6), ("seven", 7), ("eight", 8), ("nine", 9), ("ten", 10)],
        direct: &["which", "select", "choose", "pick", "mark", "tick"],
        skipped: &["the", "any", "exactly"],
        phrases: &[("both", 2), ("pair of", 2)],
    },
    Tongue {
        tag: "de",
        numbers: &[("zwei", 2), ("drei", 3), ("vier", 4), ("fünf", 5), ("sechs", 6)],
        direct: &["welche", "welcher", "welchen", "welches", "wählen", "wähle", "nennen", "nenne", "markieren", "markiere"],
        skipped: &["sie", "die", "der", "genau"],
        phrases: &[("beide", 2), ("beiden", 2), ("zweier", 2), ("dreier", 3)],
    },
    Tongue {
        tag: "fr",
        numbers: &[("deux", 2), ("trois", 3), ("quatre", 4), ("cinq", 5), ("six", 6)],
        direct: &["quels", "quelles", "choisissez", "sélectionnez", "cochez", "indiquez"],
        skipped: &["les", "exactement"],
        phrases: &[],
    },
    Tongue {
        tag: "es",
        numbers: &[("dos", 2), ("tres", 3), ("cuatro", 4), ("cinco", 5), ("seis", 6)],
        direct: &["qué", "cuáles", "elija", "elige", "seleccione", "selecciona", "marque", "marca"],
        skipped: &["los", "las", "exactamente"],
        phrases: &[("ambos", 2), ("ambas", 2)],
    },
    Tongue {
        tag: "it",
        numbers: &[("due", 2), ("tre", 3), ("quattro", 4), ("cinque", 5), ("sei", 6)],
        direct: &["quali", "scegli", "scegliere", "scegliete", "seleziona", "selezionare", "indica", "indicare"],
        skipped: &["i", "le", "gli", "esattamente"],
        phrases: &[("entrambi", 2), ("entrambe", 2)],
    },
    Tongue {
        tag: "nl",
        numbers: &[("twee", 2), ("drie", 3), ("vier", 4), ("vijf", 5), ("zes", 6)],
        direct: &["welke", "kies", "selecteer", "noem", "markeer"],
        skipped: &["de", "precies"],
        phrases: &[("beide", 2)],
    },
    Tongue {
        tag: "pt",
        numbers: &[("dois", 2), ("duas", 2), ("três", 3), ("quatro", 4), ("cinco", 5), ("seis", 6)],
        direct: &["quais", "que", "escolha", "selecione", "assinale", "marque"],
        skipped: &["os", "as", "exatamente"],
        phrases: &[("ambos", 2), ("ambas", 2)],
    },
];

impl Tongue {
    /// The one of a bank's `language`; a bank that names none is taken for English.
    fn of(language: Option<&str>) -> Option<&'static Self> {
        let tag = language.unwrap_or("en").split('-').next().unwrap_or_default();
        TONGUES.iter().find(|t| t.tag.eq_ignore_ascii_case(tag))
    }

    fn number(&self, word: &str) -> Option<usize> {
        let known = self.numbers.iter().find(|(w, _)| *w == word).map(|(_, n)| *n);
        known.or_else(|| word.parse().ok().filter(|n| (2..=MAX_OPTIONS).contains(n)))
    }

    /// The number after a directing word: "Which two …", "Select the three …", "Choose 2".
    fn asked_for(&self, words: &[String]) -> Option<usize> {
        words.iter().enumerate().filter(|(_, w)| self.direct.contains(&w.as_str())).find_map(|(i, directing)| {
            let mut rest = words[i + 1..].iter().filter(|w| !self.skipped.contains(&w.as_str()));
            let next = rest.next()?;
            // "Choose 2" counts options; "Which 3 T scanner" and "select 3 mm slices" do not.
            let is_digits = next.bytes().all(|b| b.is_ascii_digit());
            let of_options = rest.next().is_none_or(|w| w.starts_with("option") || w.starts_with("answer"));
            self.number(next).filter(|_| !is_digits || (directing != "which" && of_options))
        })
    }

    fn says(&self, words: &[String], keys: usize) -> bool {
        let text = format!(" {} ", words.join(" "));
        let phrased = |phrase: &str| text.contains(&format!(" {phrase} "));
        words.iter().any(|w| self.number(w) == Some(keys))
            || self.phrases.iter().any(|(phrase, n)| *n == keys && phrased(phrase))
            || phrased("that apply")
    }

    /// How an author may ask for `keys` options.
    fn example(&self, keys: usize) -> String {
        match self.numbers.iter().find(|(_, n)| *n == keys) {
            _ if self.tag == "en" => format!("ask for them, as in \"Which {} …?\"", number_word(keys)),
            Some((word, _)) => format!("ask for them with \"{word}\" in the stem"),
            None => format!("ask for them with \"{keys}\" in the stem"),
        }
    }
}

/// The words of a text in lower case. "Two-storey" is one, and so is "1.5": neither says how many to choose.
fn words(text: &str) -> Vec<String> {
    let joins = |c: char| matches!(c, '-' | '\u{2010}' | '\u{2011}' | '.' | ',');
    text.split(|c: char| !c.is_alphanumeric() && !joins(c))
        .map(|w| w.trim_matches(joins).to_lowercase())
        .filter(|w| !w.is_empty())
        .collect()
}

/// A stem that asks for another number than there are keys is an error: who obeys it is marked wrong. One that says
/// nothing is a warning, since the program itself says how many. In a language that is not known nothing is said.
pub fn s06_how_many_to_choose(q: &RawQuestion, language: Option<&str>, out: &mut Vec<Diagnostic>) {
    let (Some(stem), Some(answer), Some(tongue)) = (&q.stem, &q.answer, Tongue::of(language)) else { return };
    let keys = match &answer.value {
        RawAnswer::One(_) => 1,
        RawAnswer::Many(keys) if keys.len() > 1 => keys.len(),
        _ => return,
    };
    let words = words(stem.value.as_str());
    match tongue.asked_for(&words) {
        Some(n) if n != keys => out.push(
            Diagnostic::error(
                Code::S06,
                q.file,
                stem.span.clone(),
                format!("the stem asks for {n}, and the question has {keys}"),
            )
            .related(q.file, answer.span.clone(), "the keys")
            .help("make the stem and the number of keys agree"),
        ),
        // A stem may be in English in any bank, as the examples of a new one are.
        None if keys > 1 && !tongue.says(&words, keys) && !TONGUES[0].says(&words, keys) => {
            let message = "the stem does not say how many options to choose";
            out.push(Diagnostic::warning(Code::S06, q.file, stem.span.clone(), message).help(tongue.example(keys)));
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tongue(tag: &str) -> &'static Tongue {
        Tongue::of(Some(tag)).expect("it is known")
    }

    #[test]
    fn numbers_asked_for() {
        let asked = |s: &str| tongue("en").asked_for(&words(s));
        assert_eq!(asked("Which two agents suit?"), Some(2));
        assert_eq!(asked("Select the three that apply"), Some(3));
        assert_eq!(asked("Choose 2."), Some(2));
        assert_eq!(asked("Which 3 T scanner?"), None);
        assert_eq!(asked("Staff select 3 mm slices"), None);
        assert_eq!(asked("Which of the two agents?"), None);
        assert_eq!(asked("Which two-storey house burns?"), None);
        assert_eq!(asked("What is it?"), None);
    }

    #[test]
    fn each_language_has_its_words() {
        for (tag, stem, keys) in [
            ("en", "Which pair of agents suits?", 2),
            ("en-GB", "Name both agents.", 2),
            ("de", "Welche zwei Löschmittel eignen sich?", 2),
            ("de-CH", "Wählen Sie die fünf Löschmittel.", 5),
            ("de", "Welche beiden Löschmittel eignen sich?", 2),
            ("fr", "Quels sont les deux agents ?", 2),
            ("fr", "Lesquels conviennent (3 réponses) ?", 3),
            ("es", "¿Qué dos agentes sirven?", 2),
            ("it", "Quali sono i tre agenti?", 3),
            ("nl", "Welke twee blusmiddelen zijn geschikt?", 2),
            ("pt-BR", "Quais são as duas saídas?", 2),
        ] {
            assert!(tongue(tag).says(&words(stem), keys), "{stem}");
            assert!(!tongue(tag).says(&words(stem), keys + 1), "{stem}");
            assert!(tongue(tag).asked_for(&words(stem)).is_none_or(|n| n == keys), "{stem}");
        }
        assert!(!tongue("en").says(&words("What burns in a two-storey house at 2.5 m?"), 2));
        assert_eq!(tongue("de").asked_for(&words("Welche drei Löschmittel eignen sich?")), Some(3));
        assert!(Tongue::of(Some("fi")).is_none());
        assert_eq!(Tongue::of(None).map(|t| t.tag), Some("en"));
    }

    #[test]
    fn every_language_proposes_a_word_that_it_knows() {
        for t in &TONGUES {
            for keys in 2..=6 {
                assert!(t.numbers.iter().any(|(_, n)| *n == keys), "{} {keys}", t.tag);
            }
            assert!(t.numbers.iter().chain(t.phrases).all(|(w, _)| w.to_lowercase() == *w));
        }
    }
}
