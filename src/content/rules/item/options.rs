//! What the options give away by their length, their words and their shape.

use super::super::super::diagnostic::Code;
use super::super::super::raw::RawChoice;
use super::super::words::{first_of, length, words};
use super::{Findings, Sight};

/// Words that are seldom right, as the test-wise know. "All", "none", "only" and "must" are not here: they are mostly
/// plain grammar ("only at 3 T").
pub const ABSOLUTE: &[&str] = &["always", "never", "completely", "absolutely", "invariably", "entirely"];

/// Words that different readers take for different shares. "May" and "sometimes" state that a thing is possible.
const VAGUE: &[&str] = &["usually", "often", "rarely", "frequently", "occasionally", "seldom", "generally"];

/// HDR 24 and 28d: authors qualify the right option until nobody can object to it, and so it grows.
pub fn w01_the_key_is_conspicuous(s: &Sight<'_>, out: &mut Findings) {
    let [key] = s.keys else { return };
    let own = length(key.text.value.as_str());
    let longest = s.q.distractors.iter().map(|d| length(d.text.value.as_str())).max().unwrap_or(0);
    let bracket = |c: &RawChoice| c.text.value.as_str().contains(" (");
    if own * 4 > longest * 5 && own >= longest + 10 {
        let message = format!("the key has {own} characters, and the longest distractor {longest}");
        out.push(s.warn(Code::W01, &key.text, message).help("shorten the key, or say as much in a distractor"));
    } else if own > longest && bracket(key) && !s.q.distractors.iter().any(bracket) {
        let at = key.text.value.as_str().find(" (").map_or(0, |at| at + 1);
        let part = at..key.text.value.as_str().len();
        let finding = s.warn_at(Code::W01, &key.text, part, "only the key has a remark in brackets");
        out.push(finding.help("move the remark into the explanation"));
    }
}

/// HDR 23 and 24: one option that is much longer draws the eye. A key that is too long is W01's.
pub fn w02_lengths_differ_widely(s: &Sight<'_>, out: &mut Findings) {
    let Some(longest) = s.q.choices().max_by_key(|c| length(c.text.value.as_str())) else { return };
    let own = length(longest.text.value.as_str());
    let shortest = s.options().into_iter().map(length).min().unwrap_or(own);
    if own > shortest * 3 && own >= shortest + 20 && !out.iter().any(|f| f.code == Code::W01) {
        let message = format!("the options have from {shortest} to {own} characters");
        out.push(s.warn(Code::W02, &longest.text, message).help("bring them to about the same length"));
    }
}

/// HDR 28a: "always" and "never" mark a distractor when no key has such a word.
pub fn w03_absolute_words(s: &Sight<'_>, out: &mut Findings) {
    let has = |c: &RawChoice| first_of(c.text.value.as_str(), ABSOLUTE);
    if s.keys.iter().any(|k| has(k).is_some()) {
        return;
    }
    if let Some((choice, word)) = s.q.distractors.iter().find_map(|d| Some((d, has(d)?))) {
        let message = format!("\"{}\" gives the distractor away", word.lower);
        let finding = s.warn_at(Code::W03, &choice.text, word.at, message);
        out.push(finding.help("say it without the word, or let the key be as absolute"));
    }
}

/// NBME: "often" is 30 percent to one reader and 70 to another.
pub fn w04_vague_words(s: &Sight<'_>, out: &mut Findings) {
    // "Most often" and "how often" compare or ask.
    let vague = |c: &RawChoice| {
        let found = words(c.text.value.as_str());
        let compared =
            |i: usize| i > 0 && matches!(found[i - 1].lower.as_str(), "most" | "more" | "less" | "how" | "as");
        let at = (0..found.len()).find(|&i| VAGUE.contains(&found[i].lower.as_str()) && !compared(i))?;
        Some(found[at].clone())
    };
    let Some((choice, word)) = s.q.choices().find_map(|c| Some((c, vague(c)?))) else { return };
    let finding = s.warn_at(Code::W04, &choice.text, word.at, format!("\"{}\" is vague", word.lower));
    out.push(finding.help("give a number or a condition, or leave the word out"));
}

/// NBME: who knows two options right needs no third, who knows one wrong strikes two.
pub fn w05_all_of_the_above(s: &Sight<'_>, out: &mut Findings) {
    const ALL: [&str; 4] = ["all of the above", "all of these", "all the above", "all of the options"];
    if let Some(choice) = s.q.choices().find(|c| says(c, &ALL)) {
        let finding = s.warn(Code::W05, &choice.text, "\"all of the above\" can be told from two options");
        out.push(finding.help("ask for several answers (answer = [\"…\", \"…\"]), or write another distractor"));
    }
}

/// NBME: who strikes all options has shown no knowledge of the right one.
pub fn w06_none_of_the_above(s: &Sight<'_>, out: &mut Findings) {
    const NONE: [&str; 4] = ["none of the above", "none of these", "neither of these", "none of the options"];
    if let Some(choice) = s.q.choices().find(|c| says(c, &NONE)) {
        let finding = s.warn(Code::W06, &choice.text, "\"none of the above\" tests what is wrong, not what is right");
        out.push(finding.help("write a distractor that a learner would believe, or leave the option out"));
    }
}

/// Whether an option is one of `phrases`, whatever follows a few words of it ("none of these agents").
pub fn says(choice: &RawChoice, phrases: &[&str]) -> bool {
    let text = choice.text.value.as_str();
    let text: Vec<String> = words(text).into_iter().map(|w| w.lower).collect();
    let text = text.join(" ");
    text.len() <= 40
        && phrases.iter().any(|p| text.strip_prefix(p).is_some_and(|rest| rest.is_empty() || rest.starts_with(' ')))
}

/// K-type items: the combinations give clues, and cost reading time.
pub fn w12_options_that_combine(s: &Sight<'_>, out: &mut Findings) {
    // "III and IV" is a plain answer, unless the stem numbers statements so.
    let numbered = [s.stem].into_iter().chain(&s.q.figure).any(|t| numbers_statements(t.value.as_str()));
    if let Some(choice) = s.q.choices().find(|c| combines(c.text.value.as_str(), numbered)) {
        let finding = s.warn(Code::W12, &choice.text, "the option combines others");
        out.push(finding.help("ask for several answers: answer = [\"…\", \"…\"]"));
    }
}

fn numbers_statements(text: &str) -> bool {
    ["I.", "I)", "(I)"].iter().any(|m| text.contains(m)) && ["II.", "II)", "(II)"].iter().any(|m| text.contains(m))
}

fn combines(option: &str, numbered: bool) -> bool {
    const JOINING: [&str; 4] = ["and", "or", "both", "only"];
    const LETTERS: [&str; 5] = ["a", "b", "c", "d", "e"];
    const NUMERALS: [&str; 5] = ["i", "ii", "iii", "iv", "v"];
    let found = words(option);
    let label = |w: &str| LETTERS.contains(&w) || (numbered && NUMERALS.contains(&w));
    let labels = found.iter().filter(|w| label(&w.lower)).count();
    let capitals = option.chars().any(char::is_uppercase);
    let all = found.iter().all(|w| label(&w.lower) || JOINING.contains(&w.lower.as_str()));
    labels >= 2 && all && capitals
}

/// What all options say belongs into the stem, where it is read once.
pub fn w14_options_that_begin_alike(s: &Sight<'_>, out: &mut Findings) {
    /// Fewer words in common are how a set of like options reads ("The line on …").
    const WORDS: usize = 5;
    let all = s.options();
    let Some((first, rest)) = all.split_first().filter(|(_, rest)| rest.len() >= 2) else { return };
    let begins = |text: &str| text.split_whitespace().map(str::to_lowercase).collect::<Vec<_>>();
    let (own, others) = (begins(first), rest.iter().map(|o| begins(o)).collect::<Vec<_>>());
    let same = (0..own.len()).take_while(|&i| others.iter().all(|o| o.get(i) == own.get(i))).count();
    if same >= WORDS
        && let (Some(choice), Some(last)) = (s.q.choices().next(), first.split_whitespace().nth(same - 1))
    {
        let end = last.as_ptr() as usize - first.as_ptr() as usize + last.len();
        let message = format!("every option begins with these {same} words");
        out.push(s.warn_at(Code::W14, &choice.text, 0..end, message).help("move them to the end of the stem"));
    }
}

/// Three good options do as well as four (Tarrant 2009, BMC Medical Education 9:40); two are a coin, and nobody writes
/// six that work.
pub fn w16_too_few_or_too_many(s: &Sight<'_>, out: &mut Findings) {
    let count = s.q.choices().count();
    let most = 4 + s.keys.len().max(1);
    if s.is_claim() || (3..=most).contains(&count) {
        return;
    }
    let help = if count < 3 {
        "add a distractor that a learner would believe, or make it a claim (answer = true)"
    } else {
        "keep the distractors that learners really choose: two or three good ones do"
    };
    out.push(s.warn_whole(Code::W16, format!("the question has {count} options")).help(help));
}

/// HDR 28e: of two options that contradict each other one is right, so the others need not be read.
pub fn w17_exact_opposites(s: &Sight<'_>, out: &mut Findings) {
    let [key] = s.keys else { return };
    let others: Vec<&RawChoice> = s.q.distractors.iter().collect();
    let Some((i, other)) = others.iter().enumerate().find(|(_, d)| opposite(key, d)) else { return };
    // Two pairs of opposites are a design of two by two: nothing sticks out.
    let rest: Vec<_> = others.iter().enumerate().filter(|(j, _)| *j != i).map(|(_, d)| *d).collect();
    let balanced = rest.iter().enumerate().any(|(j, a)| rest[j + 1..].iter().any(|b| opposite(a, b)))
        || rest.iter().any(|d| opposite(key, d) || opposite(other, d));
    if !rest.is_empty() && !balanced {
        let span = other.text.span.clone();
        let finding = s.warn(Code::W17, &key.text, "the key and one distractor are exact opposites, and no others are");
        out.push(finding.related(s.q.file, span, "its opposite").help("make the others a pair too, or reword one"));
    }
}

/// Whether two options are the same words but for one that is turned round.
fn opposite(a: &RawChoice, b: &RawChoice) -> bool {
    const PAIRS: [(&str, &str); 22] = [
        ("increases", "decreases"),
        ("increase", "decrease"),
        ("increased", "decreased"),
        ("rises", "falls"),
        ("rise", "fall"),
        ("higher", "lower"),
        ("more", "less"),
        ("longer", "shorter"),
        ("larger", "smaller"),
        ("with", "without"),
        ("before", "after"),
        ("above", "below"),
        ("open", "closed"),
        ("on", "off"),
        ("inside", "outside"),
        ("always", "never"),
        ("hot", "cold"),
        ("left", "right"),
        ("up", "down"),
        ("faster", "slower"),
        ("can", "cannot"),
        ("raise", "lower"),
    ];
    let (a, b) = (words(a.text.value.as_str()), words(b.text.value.as_str()));
    let differing: Vec<_> = a.iter().zip(&b).filter(|(x, y)| x.lower != y.lower).collect();
    let turned = |x: &str, y: &str| PAIRS.iter().any(|&(p, q)| (x, y) == (p, q) || (x, y) == (q, p));
    let negated = |long: &[super::super::words::Word], short: &[super::super::words::Word]| {
        let without: Vec<_> = long.iter().filter(|w| w.lower != "not" && w.lower != "no").map(|w| &w.lower).collect();
        long.len() == short.len() + 1 && without == short.iter().map(|w| &w.lower).collect::<Vec<_>>()
    };
    match differing[..] {
        [(x, y)] if a.len() == b.len() => turned(&x.lower, &y.lower),
        _ => negated(&a, &b) || negated(&b, &a),
    }
}
