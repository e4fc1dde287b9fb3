//! Words that give the key away, or that are wrong.

use std::collections::HashSet;

use super::super::super::diagnostic::Code;
use super::super::super::fields::At;
use super::super::words::{content_roots, words};
use super::{Findings, Sight};
use crate::engine::text::Text;

/// HDR 28b: a rare word of the stem that only the key repeats ("clang"). Terms of the subject recur in the bank, so a
/// word counts only if few other questions have it.
pub fn w09_a_word_that_only_the_key_repeats(s: &Sight<'_>, out: &mut Findings) {
    let [key] = s.keys else { return };
    let rare = |root: &str| s.ground.spread.get(root).copied().unwrap_or(0) <= 1 + s.ground.questions / 200;
    let asked: HashSet<String> = content_roots(s.asked()).into_iter().map(|(root, _)| root).collect();
    let others: HashSet<String> =
        s.q.distractors.iter().flat_map(|d| content_roots(d.text.value.as_str())).map(|(root, _)| root).collect();
    let clang = content_roots(key.text.value.as_str())
        .into_iter()
        .find(|(root, _)| rare(root) && asked.contains(root) && !others.contains(root));
    if let Some((_, at)) = clang {
        let word = &key.text.value.as_str()[at.clone()];
        let message = format!("\"{word}\" is in the stem and in no option but the key");
        let finding = s.warn_at(Code::W09, &key.text, at, message);
        out.push(finding.help("use another word in the key, or the same one in a distractor"));
    }
}

/// HDR 28c: an option that does not fit the stem's grammar is not read as possible.
pub fn w10_options_that_do_not_fit_the_stem(s: &Sight<'_>, out: &mut Findings) {
    if s.is_claim() {
        return;
    }
    an_article_that_fits_some(s, out);
    ends_of_two_kinds(s, out);
    capitals_of_two_kinds(s, out);
}

/// "An insulator is a": "electrode" cannot follow.
fn an_article_that_fits_some(s: &Sight<'_>, out: &mut Findings) {
    let trimmed = s.asked().trim_end_matches(|c: char| !c.is_alphanumeric());
    let Some(article) = words(trimmed).pop().filter(|w| w.at.end == trimmed.len()) else { return };
    let vowel = |t: &str| t.starts_with(['a', 'e', 'i', 'o', 'u', 'A', 'E', 'I', 'O', 'U']);
    let fits = |t: &str| if article.lower == "an" { vowel(t) } else { !vowel(t) };
    let open = !s.asked().trim_end().ends_with('?');
    if open && matches!(article.lower.as_str(), "a" | "an") && s.options().iter().any(|o| !fits(o)) {
        let message = format!("\"{}\" does not fit all options", article.lower);
        let finding = s.warn_at(Code::W10, s.stem, article.at, message);
        out.push(finding.help("put the article into the options, or write a question"));
    }
}

fn ends_of_two_kinds(s: &Sight<'_>, out: &mut Findings) {
    let stops = |t: &str| t.trim_end().ends_with('.');
    let all = s.options();
    let with = all.iter().filter(|o| stops(o)).count();
    let odd = s.q.choices().find(|c| stops(c.text.value.as_str()) == (with * 2 <= all.len()));
    if let Some(choice) = odd.filter(|_| with > 0 && with < all.len()) {
        let finding = s.warn(Code::W10, &choice.text, "some options end with a full stop, and some do not");
        out.push(finding.help("end all in the same way"));
    }
}

/// Names and units keep their capitals, so only the way in which plain words begin is compared.
fn capitals_of_two_kinds(s: &Sight<'_>, out: &mut Findings) {
    let capital = |t: &At<Text>| {
        let first = words(t.value.as_str()).into_iter().next()?;
        let written = &t.value.as_str()[first.at.clone()];
        let starts = t.value.as_str().starts_with(written);
        let plain = written.chars().count() > 3 && written.chars().skip(1).all(char::is_lowercase);
        (starts && plain).then(|| written.starts_with(char::is_uppercase))
    };
    let kinds: Vec<_> = s.q.choices().map(|c| (c, capital(&c.text))).collect();
    let lower = kinds.iter().filter(|(_, k)| *k == Some(false)).count();
    let upper = kinds.iter().filter(|(_, k)| *k == Some(true)).count();
    // One capital among small letters is a name.
    if lower > 0
        && upper >= 2
        && lower < upper
        && let Some((choice, _)) = kinds.iter().find(|(_, k)| *k == Some(false))
    {
        let finding = s.warn(Code::W10, &choice.text, "the other options begin with a capital, and this one does not");
        out.push(finding.help("begin all in the same way"));
    }
}

/// NBME, orthography: "the the".
pub fn w22_a_word_twice(s: &Sight<'_>, out: &mut Findings) {
    for text in every_text(s) {
        let (value, found) = (text.value.as_str(), words(text.value.as_str()));
        let twice = found.windows(2).find(|w| {
            let between = &value[w[0].at.end..w[1].at.start];
            let letters = w[0].lower.chars().all(char::is_alphabetic) && w[0].lower.chars().count() > 1;
            letters && w[0].lower == w[1].lower && between.trim().is_empty() && !matches!(&*w[0].lower, "had" | "that")
        });
        if let Some([first, second]) = twice {
            let finding = s.warn_at(Code::W22, text, first.at.start..second.at.end, "the word stands here twice");
            out.push(finding.help("remove one"));
        }
    }
}

/// NBME, orthography: “curly” and "straight" quotes in one question.
pub fn w22_quotes_of_two_kinds(s: &Sight<'_>, out: &mut Findings) {
    let straight = every_text(s).any(|t| t.value.as_str().contains('"'));
    let curly = every_text(s).find_map(|t| Some((t, t.value.as_str().find(['“', '”'])?)));
    if let Some((text, at)) = curly.filter(|_| straight) {
        let finding =
            s.warn_at(Code::W22, text, at..at + '“'.len_utf8(), "the question has “curly” and \"straight\" quotes");
        out.push(finding.help("use one kind"));
    }
}

/// The names of units are words ("1.5 tesla"), and their symbols stand apart from the number ("1.5 T").
pub fn w22_units(s: &Sight<'_>, out: &mut Findings) {
    const NAMES: [&str; 10] =
        ["Tesla", "Hertz", "Watt", "Watts", "Volt", "Volts", "Gauss", "Newton", "Newtons", "Pascal"];
    const GLUED: [&str; 16] =
        ["T", "mT", "kg", "mg", "Hz", "kHz", "MHz", "cm", "mm", "km", "W", "kW", "kV", "ml", "mL", "ms"];
    for text in every_text(s) {
        let value = text.value.as_str();
        for pair in words(value).windows(2) {
            let (number, name) = (&pair[0], &value[pair[1].at.clone()]);
            let follows = &value[number.at.end..pair[1].at.start] == " ";
            if follows && number.lower.bytes().all(|b| b.is_ascii_digit()) && NAMES.contains(&name) {
                let finding =
                    s.warn_at(Code::W22, text, pair[1].at.clone(), format!("\"{name}\" is written as a name"));
                out.push(finding.help(format!("write {} or its symbol", name.to_lowercase())));
                return;
            }
        }
        let glued = words(value).into_iter().find(|w| {
            let written = &value[w.at.clone()];
            let unit = written.trim_start_matches(|c: char| c.is_ascii_digit());
            unit.len() < written.len() && GLUED.contains(&unit)
        });
        if let Some(word) = glued {
            let finding = s.warn_at(Code::W22, text, word.at, "the unit is not parted from its number");
            out.push(finding.help("put a space between them"));
            return;
        }
    }
}

/// All prose of a question. A figure is a drawing: its spelling is its own.
fn every_text<'q>(s: &Sight<'q>) -> impl Iterator<Item = &'q At<Text>> {
    let options = s.q.choices().flat_map(|c| std::iter::once(&c.text).chain(&c.why));
    std::iter::once(s.stem).chain(options).chain(&s.q.explanation)
}
