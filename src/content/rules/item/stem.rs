//! What the stem asks, and how.

use std::ops::Range;

use super::super::super::diagnostic::Code;
use super::super::super::raw::RawAnswer;
use super::super::words::{Word, asking, first_of, length, sentences, words};
use super::options::ABSOLUTE;
use super::{Findings, Sight};

/// The longest stem that is read in one go, in words.
const LONG_STEM: usize = 120;
/// The longest option, in words.
const LONG_OPTION: usize = 30;

/// The word that turns the question round: "Which of these is not …?", "… except", "… least".
fn negation(s: &Sight<'_>) -> Option<(Word, bool)> {
    /// What follows "least" where it turns a question; "at the least" is an amount.
    const JUDGED: [&str; 8] =
        ["likely", "appropriate", "suitable", "important", "effective", "common", "useful", "probable"];
    if s.is_claim() {
        return None;
    }
    let (text, asked) = (s.asked(), asking(s.asked()));
    let found: Vec<Word> = words(text).into_iter().filter(|w| asked.contains(&w.at.start)).collect();
    let first = found.iter().position(|w| matches!(w.lower.as_str(), "which" | "choose" | "select"));
    let chooses = |i: usize| first.is_some_and(|first| first < i);
    let linked = |i: usize| {
        let verbs = ["is", "are", "does", "do", "has", "have", "should", "can", "may", "was", "were", "would", "must"];
        i > 0 && verbs.contains(&found[i - 1].lower.as_str())
    };
    let turns = |i: usize, w: &Word| match w.lower.as_str() {
        "not" => chooses(i) && linked(i),
        "except" => i + 1 == found.len() || text[w.at.end..].starts_with([':', '?']),
        "least" => found.get(i + 1).is_some_and(|next| JUDGED.contains(&next.lower.as_str())),
        _ => false,
    };
    let word = found.iter().enumerate().find(|(i, w)| turns(*i, w)).map(|(_, w)| w.clone())?;
    let shown = text[word.at.clone()].chars().all(char::is_uppercase) || text[..word.at.start].ends_with('*');
    Some((word, shown))
}

/// HDR 17: put stems positively; if a stem must be negative, make the word stand out.
pub fn w07_a_hidden_negation(s: &Sight<'_>, out: &mut Findings) {
    if let Some((word, false)) = negation(s) {
        let shout = word.lower.to_uppercase();
        let finding = s.warn_at(Code::W07, s.stem, word.at, format!("\"{}\" is easily read over", word.lower));
        out.push(finding.help(format!("ask for what is right, or write {shout}")));
    }
}

/// HDR 27: a negated option under a negated stem is a riddle in logic.
pub fn w08_a_negated_option_under_a_negated_stem(s: &Sight<'_>, out: &mut Findings) {
    let Some((turned, _)) = negation(s) else { return };
    let negated = |text: &str| first_of(text, &["not", "no", "never", "cannot", "isn't", "doesn't", "don't", "none"]);
    let found = s.q.choices().find_map(|c| Some((c, negated(c.text.value.as_str())?)));
    if let Some((choice, word)) = found {
        let message = format!("\"{}\" here and \"{}\" in the stem make a double negation", word.lower, turned.lower);
        let finding = s.warn_at(Code::W08, &choice.text, word.at, message);
        out.push(finding.help("say what is so, not what is not"));
    }
}

/// NBME: a stem that cannot be answered with the options covered tests reading.
pub fn w13_nothing_is_asked(s: &Sight<'_>, out: &mut Findings) {
    if s.is_claim() {
        return;
    }
    let text = s.asked().trim();
    let found = words(text);
    let unfocused = is_unfocused(&found);
    let message = if found.len() < 3 || unfocused {
        "the stem asks nothing that could be answered with the options covered"
    } else if !asks(text, &found) {
        "the stem asks nothing: it has no question mark, no gap and no task"
    } else {
        return;
    };
    out.push(s.warn(Code::W13, s.stem, message).help("put the problem into the stem and ask one thing about it"));
}

/// "Which of the following statements is true?" and its kin, with nothing more.
fn is_unfocused(found: &[Word]) -> bool {
    const EMPTY: [&str; 22] = [
        "which",
        "what",
        "one",
        "two",
        "three",
        "of",
        "the",
        "these",
        "following",
        "statement",
        "statements",
        "option",
        "options",
        "answer",
        "answers",
        "is",
        "are",
        "true",
        "false",
        "correct",
        "right",
        "choose",
    ];
    found.iter().all(|w| EMPTY.contains(&w.lower.as_str()))
}

fn asks(text: &str, found: &[Word]) -> bool {
    const TASKS: [&str; 16] = [
        "choose",
        "select",
        "pick",
        "name",
        "mark",
        "complete",
        "identify",
        "find",
        "match",
        "give",
        "state",
        "calculate",
        "estimate",
        "decide",
        "tick",
        "put",
    ];
    let gap = ["___", "…", "..."].iter().any(|g| text.contains(g));
    let open = !text.ends_with(['.', '!']); // options finish the sentence
    text.contains('?') || gap || open || found.iter().any(|w| TASKS.contains(&w.lower.as_str()))
}

/// NBME: reading takes the time of thinking.
pub fn w15_too_long(s: &Sight<'_>, out: &mut Findings) {
    let count = words(s.asked()).len();
    if count > LONG_STEM {
        let message = format!("the stem has {count} words");
        out.push(s.warn(Code::W15, s.stem, message).help(format!("keep what the answer needs, {LONG_STEM} at most")));
    }
    for choice in s.q.choices() {
        let count = words(choice.text.value.as_str()).len();
        if count > LONG_OPTION {
            let finding = s.warn(Code::W15, &choice.text, format!("the option has {count} words"));
            out.push(finding.help("move what all options share into the stem, and reasons into the explanation"));
        }
    }
}

/// NBME: "not uncommon" is irrelevant difficulty, above all for those who read in a second language.
pub fn w15_double_negation(s: &Sight<'_>, out: &mut Findings) {
    const TURNED: [&str; 12] = [
        "uncommon",
        "unlikely",
        "unusual",
        "impossible",
        "unnecessary",
        "unimportant",
        "insignificant",
        "without",
        "unaffected",
        "never",
        "unrelated",
        "unable",
    ];
    for text in [s.stem].into_iter().chain(s.q.choices().map(|c| &c.text)) {
        let found = words(text.value.as_str());
        let pair = found.windows(2).find(|w| {
            matches!(w[0].lower.as_str(), "not" | "never" | "isn't" | "cannot") && TURNED.contains(&w[1].lower.as_str())
        });
        if let Some([first, second]) = pair {
            let finding = s.warn_at(Code::W15, text, first.at.start..second.at.end, "this is a double negation");
            out.push(finding.help("say what is so"));
        }
    }
}

/// NBME: who knows one part of a claim and not the other cannot show it.
pub fn w18_a_claim_with_two_parts(s: &Sight<'_>, out: &mut Findings) {
    if !s.is_claim() {
        return;
    }
    let text = s.asked();
    let all: Vec<Range<usize>> = sentences(text).into_iter().filter(|r| length(&text[r.clone()]) > 1).collect();
    let Some(last) = all.last().cloned() else { return };
    let Some(at) = text[last.clone()].find("; ").map(|at| last.start + at) else { return };
    let finding = s.warn_at(Code::W18, s.stem, at..last.end, "the claim has two parts");
    out.push(finding.help("make it two questions, or move what is given into a sentence before the claim"));
}

/// HDR 28a: a claim with "always" or "never" is false more often than not, and learners know.
pub fn w18_an_absolute_claim(s: &Sight<'_>, out: &mut Findings) {
    let judged_false = matches!(s.q.answer.as_ref().map(|a| &a.value), Some(RawAnswer::Judged(false)));
    if let Some(word) = first_of(s.asked(), ABSOLUTE).filter(|_| judged_false) {
        let message = format!("\"{}\" gives away that the claim is false", word.lower);
        let finding = s.warn_at(Code::W18, s.stem, word.at, message);
        out.push(finding.help("claim the mistake that learners make, without the word"));
    }
}

/// "Best" needs a measure: by what, or for whom?
pub fn w21_a_superlative_without_measure(s: &Sight<'_>, out: &mut Findings) {
    const SUPERLATIVES: [&str; 5] = ["best", "main", "primary", "biggest", "ideal"];
    /// Words that bring a measure, or the one who set it.
    const MEASURES: [&str; 16] = [
        "for",
        "to",
        "by",
        "under",
        "with",
        "when",
        "if",
        "according",
        "because",
        "against",
        "in",
        "of",
        "from",
        "after",
        "before",
        "as",
    ];
    if s.is_claim() || sentences(s.asked()).len() > 1 {
        return; // a case before the question is the measure
    }
    let found = words(s.asked());
    let measured = found.iter().any(|w| MEASURES.contains(&w.lower.as_str()));
    let word = found.iter().find(|w| SUPERLATIVES.contains(&w.lower.as_str()));
    let Some(word) = word.filter(|_| !measured) else { return };
    let shown = s.asked()[word.at.clone()].chars().all(char::is_uppercase);
    if !shown {
        let message = format!("\"{}\" is an opinion without a measure", word.lower);
        let finding = s.warn_at(Code::W21, s.stem, word.at.clone(), message);
        out.push(finding.help("say by what measure or whose rule, or ask for a fact"));
    }
}
