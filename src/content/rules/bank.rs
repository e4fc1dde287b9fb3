//! Patterns that no single question shows: a test-wise student learns them, or a mock exam suffers from them.
//!
//! All of these count, so all keep silent on a bank that is too small to count anything. A question that is left out for
//! an error counts for the bank, as if it were what the rule asks for: what is found holds also when that is mended.

use std::collections::{HashMap, HashSet};

use crate::engine::bank::Bank;
use crate::engine::blueprint::largest_remainder;
use crate::engine::question::Kind;
use crate::engine::stock::fixed_place;

use super::super::diagnostic::{Code, Diagnostic, Span};
use super::super::raw::{RawAnswer, RawFiles, RawQuestion};
use super::guide::b10_sections_without_a_question;
use super::item::{ABSOLUTE, Month, REVIEW_MONTHS, Sight, says};
use super::structure::written;
use super::words::{first_of, length, words};

type Findings = Vec<Diagnostic>;

/// The fewest questions of a kind of which a share means anything.
const ENOUGH: usize = 20;

/// A bank as these rules look at it.
pub struct Stock<'c> {
    /// Its tables.
    pub raw: &'c RawFiles,
    /// The bank itself.
    pub bank: &'c Bank,
    /// Its sound questions, in the order of the files.
    pub items: &'c [Sight<'c>],
    /// How many more are left out for an error.
    pub left_out: usize,
    /// When the check runs.
    pub today: Month,
}

impl Stock<'_> {
    /// A warning at the bank's header.
    fn warn(&self, code: Code, message: impl AsRef<str>) -> Diagnostic {
        let (file, span) = self.raw.bank.as_ref().map_or((0, 0..0), |b| (b.header.file, b.header.span.clone()));
        Diagnostic::warning(code, file, span, message)
    }

    fn singles(&self) -> impl Iterator<Item = &Sight<'_>> {
        self.items.iter().filter(|s| s.kind == Kind::Single)
    }
}

/// All rules that look at the bank.
pub fn bank(stock: &Stock<'_>, out: &mut Findings) {
    b01_keys_in_one_place(stock, out);
    b02_keys_of_one_length(stock, out);
    b03_claims_that_are_mostly_true_or_false(stock, out);
    b06_too_few_for_a_second_paper(stock, out);
    b07_absolute_words_mark_distractors(stock, out);
    b08_all_of_the_above_is_the_key(stock, out);
    b09_coverage(stock, out);
    b10_sections_without_a_question(stock, out);
}

/// The rules that find one question beside others, with the question's index, in that order: each may be allowed there.
pub fn beside_others(stock: &Stock<'_>) -> Vec<(usize, Diagnostic)> {
    let mut found = Vec::new();
    b04_near_duplicates(stock, &mut found);
    b05_a_stem_that_tells_another_key(stock, &mut found);
    found.sort_by_key(|(i, _)| *i);
    found
}

fn percent(part: usize, whole: usize) -> usize {
    (part * 100 + whole / 2) / whole.max(1)
}

/// Whether `seen` of `n` is more than `expected` (a share) by three standard errors: once in 700 banks by chance.
fn stands_out(seen: usize, n: usize, expected: f64) -> bool {
    let (seen, n) = (seen as f64, n as f64);
    seen > n * expected + 3.0 * (n * expected * (1.0 - expected)).sqrt()
}

/// HDR 20: keys are spread over the places. Options that change places are spread by chance; those with
/// `shuffle = false` and numbers in ascending order have a place of their own.
fn b01_keys_in_one_place(stock: &Stock<'_>, out: &mut Findings) {
    let mut places: HashMap<usize, usize> = HashMap::new();
    let (mut n, mut chance) = (0, 0.0);
    for question in stock.bank.questions.iter().filter(|q| q.kind == Kind::Single) {
        if let Some(place) = fixed_place(question) {
            *places.entry(place).or_insert(0) += 1;
            n += 1;
            chance += 1.0 / question.choices.len() as f64;
        }
    }
    let Some((&place, &seen)) = places.iter().max_by_key(|(place, seen)| (**seen, usize::MAX - **place)) else {
        return;
    };
    let all = n + stock.left_out;
    if n >= ENOUGH && percent(seen, all) > 40 && stands_out(seen, all, chance / n as f64) {
        let message = format!(
            "in {} % of the {n} questions with a fixed order the key stands at place {}",
            percent(seen, n),
            place + 1
        );
        out.push(
            stock
                .warn(Code::B01, message)
                .help("let options change places, and set distractors on both sides of a number"),
        );
    }
}

/// HDR 24 and 28d over the bank: "take the longest" must not be worth more than guessing.
fn b02_keys_of_one_length(stock: &Stock<'_>, out: &mut Findings) {
    let (mut n, mut longest, mut shortest, mut chance) = (0, 0, 0, 0.0);
    for s in stock.singles().filter(|s| s.q.distractors.len() > 1) {
        let key = length(s.keys[0].text.value.as_str());
        let others = || s.q.distractors.iter().map(|d| length(d.text.value.as_str()));
        n += 1;
        chance += 1.0 / (s.q.distractors.len() + 1) as f64;
        longest += usize::from(others().all(|o| o < key));
        shortest += usize::from(others().all(|o| o > key));
    }
    let share = chance / n.max(1) as f64;
    for (seen, what) in [(longest, "longest"), (shortest, "shortest")] {
        if n >= ENOUGH && stands_out(seen, n + stock.left_out, share) {
            let expected = (share * 100.0).round();
            let message = format!(
                "the key is the {what} option in {} % of {n} questions; {expected} % is chance",
                percent(seen, n)
            );
            out.push(stock.warn(Code::B02, message).help("shorten keys, and write distractors with as much care"));
        }
    }
}

/// HDR 20 in spirit: "if in doubt, false" must not pay.
fn b03_claims_that_are_mostly_true_or_false(stock: &Stock<'_>, out: &mut Findings) {
    let judged = |s: &&Sight<'_>, as_: bool| matches!(&s.q.answer, Some(a) if matches!(a.value, RawAnswer::Judged(j) if j == as_));
    let right = stock.items.iter().filter(|s| judged(s, true)).count();
    let n = right + stock.items.iter().filter(|s| judged(s, false)).count();
    let all = n + stock.left_out;
    if n >= ENOUGH && (percent(right + stock.left_out, all) < 35 || percent(right, all) > 65) {
        let message = format!("{} % of {n} claims are true", percent(right, n));
        out.push(stock.warn(Code::B03, message).help("keep between 35 and 65 %: turn some of the claims round"));
    }
}

/// The words that follow each other by threes, of the stem and all options.
fn shingles(q: &RawQuestion) -> HashSet<String> {
    let mut out = HashSet::new();
    for text in q.stem.iter().chain(&q.figure).chain(q.choices().map(|c| &c.text)) {
        let found: Vec<String> = words(text.value.as_str()).into_iter().map(|w| w.lower).collect();
        if found.len() < 3 {
            out.insert(found.join(" "));
        }
        out.extend(found.windows(3).map(|w| w.join(" ")));
    }
    out
}

/// Words that more questions share than this are the subject's phrases; they tell nothing, and comparing all of those
/// questions with each other would take for ever.
const COMMON: usize = 40;

/// Two questions with the same stem and options are one question, and a paper may draw both. The same stem with other
/// options is left alone: it is how variants are written.
fn b04_near_duplicates(stock: &Stock<'_>, out: &mut Vec<(usize, Diagnostic)>) {
    let sets: Vec<HashSet<String>> = stock.items.iter().map(|s| shingles(s.q)).collect();
    let mut holders: HashMap<&str, Vec<usize>> = HashMap::new();
    for (i, set) in sets.iter().enumerate() {
        set.iter().for_each(|w| holders.entry(w).or_default().push(i));
    }
    for (i, set) in sets.iter().enumerate() {
        let mut shared: HashMap<usize, usize> = HashMap::new();
        for held in set.iter().map(|w| &holders[w.as_str()]).filter(|h| h.len() + stock.left_out <= COMMON) {
            held.iter().filter(|&&j| j < i).for_each(|&j| *shared.entry(j).or_insert(0) += 1);
        }
        let alike = |j: usize, both: usize| percent(both, set.len() + sets[j].len() - both);
        let together = |j: usize| !never_together(&stock.items[i], &stock.items[j]);
        let near = shared
            .iter()
            .map(|(&j, &both)| (alike(j, both), j))
            .filter(|&(percent, j)| percent >= 60 && together(j))
            .max();
        if let Some((alike, j)) = near {
            let (s, first) = (&stock.items[i], &stock.items[j]);
            let message = format!("{alike} % of this question is another one");
            let finding = s.warn(Code::B04, s.stem, message).related(first.q.file, first.stem.span.clone(), "this one");
            out.push((i, finding.help("remove one, ask something else, or keep them apart with `enemies`")));
        }
    }
}

/// Whether one of the two names the other as its enemy.
fn never_together(a: &Sight<'_>, b: &Sight<'_>) -> bool {
    let names = |a: &RawQuestion, b: &RawQuestion| {
        b.id.as_ref().is_some_and(|id| a.enemies.iter().any(|enemy| enemy.value == id.value))
    };
    names(a.q, b.q) || names(b.q, a.q)
}

/// A stem that tells another question's key. Only claims that are made as a fact do: keys of many words, word for word, and
/// of single choice: one of several keys is mostly a thing that a case mentions.
fn b05_a_stem_that_tells_another_key(stock: &Stock<'_>, out: &mut Vec<(usize, Diagnostic)>) {
    /// Shorter keys are terms, and stand in many stems.
    const WORDS: usize = 5;
    const LETTERS: usize = 25;
    /// No stem repeats more than this word for word, and to look for it everywhere would take for ever.
    const MOST: usize = 100;
    let joined = |text: &str| words(text).into_iter().map(|w| w.lower).collect::<Vec<_>>();
    let mut keys: HashMap<[String; WORDS], Vec<(usize, Vec<String>)>> = HashMap::new();
    for (i, s) in stock.items.iter().enumerate() {
        for key in s.keys.iter().filter(|_| s.kind == Kind::Single).map(|k| joined(k.text.value.as_str())) {
            let telling = key.len() <= MOST && key.join(" ").len() >= LETTERS;
            if let Some(first) = key.first_chunk::<WORDS>().filter(|_| telling) {
                keys.entry(first.clone()).or_default().push((i, key));
            }
        }
    }
    for (i, s) in stock.items.iter().enumerate() {
        let told = words(s.asked());
        let lower = joined(s.asked());
        let found = (0..told.len()).find_map(|at| {
            let rest = &lower[at..];
            let candidates = keys.get(rest.first_chunk::<WORDS>()?).filter(|c| c.len() + stock.left_out <= COMMON)?;
            let (other, key) = candidates
                .iter()
                .find(|(j, key)| *j != i && rest.starts_with(key) && !never_together(s, &stock.items[*j]))?;
            let last = at + key.len() - 1;
            Some((&stock.items[*other], told[at].at.start..told[last].at.end))
        });
        if let Some((other, part)) = found {
            let finding = s.warn_at(Code::B05, s.stem, part, "the stem tells the key of another question");
            let span: Span = other.keys[0].text.span.clone();
            let finding = finding.related(other.q.file, span, "this key");
            out.push((i, finding.help("reword one, or keep them apart with `enemies`: a paper may draw both")));
        }
    }
}

/// A second mock exam needs other questions. A bank of fewer than 30 is being written.
fn b06_too_few_for_a_second_paper(stock: &Stock<'_>, out: &mut Findings) {
    let Some(seats) = stock.raw.exam.as_ref().and_then(|e| e.questions.as_ref()).map(|q| q.value as usize) else {
        return;
    };
    // With a domain that could not be read, the others have not their shares.
    if stock.items.len() < 30 || seats > stock.items.len() || stock.raw.nameless_area {
        return;
    }
    let (written, unplaced) = written(stock.raw);
    let weights: Vec<u32> = stock.raw.domains.iter().map(|d| d.weight.value).collect();
    for (domain, drawn) in stock.raw.domains.iter().zip(largest_remainder(seats, &weights)) {
        let have = written[&domain.id.value];
        if have >= drawn && have + unplaced < 3 * drawn {
            let message = format!("`{}` has {have} questions, and each paper takes {drawn}", domain.id.value);
            let finding = Diagnostic::warning(Code::B06, domain.file, domain.id.span.clone(), message);
            out.push(
                finding.help(format!("write {} more: three times a paper keeps mock exams apart", 3 * drawn - have)),
            );
        }
    }
}

/// HDR 28a over the bank: a word that stands in distractors alone marks them, though each use by itself looks innocent.
fn b07_absolute_words_mark_distractors(stock: &Stock<'_>, out: &mut Findings) {
    const MORE: [&str; 5] = ["all", "only", "must", "any", "every"];
    let count = |choices: &mut dyn Iterator<Item = &super::super::raw::RawChoice>| {
        choices.fold((0, 0), |(n, with), c| {
            let text = c.text.value.as_str();
            (n + 1, with + usize::from(first_of(text, ABSOLUTE).is_some() || first_of(text, &MORE).is_some()))
        })
    };
    let (keys, keys_with) = count(&mut stock.items.iter().flat_map(|s| s.keys));
    let (wrong, wrong_with) = count(&mut stock.items.iter().flat_map(|s| &s.q.distractors));
    let (rate, key_rate) = (wrong_with as f64 / wrong.max(1) as f64, keys_with as f64 / keys.max(1) as f64);
    let all = (keys_with + stock.left_out) as f64 / (keys + stock.left_out).max(1) as f64;
    if keys >= ENOUGH && wrong_with >= ENOUGH && rate > 3.0 * all && stands_out(wrong_with, wrong, all) {
        let message = format!(
            "words such as \"only\" and \"always\" stand in {:.1} % of distractors and {:.1} % of keys",
            rate * 100.0,
            key_rate * 100.0
        );
        out.push(stock.warn(Code::B07, message).help("take them out of distractors, or write keys that need them"));
    }
}

/// A phrase that is the key whenever it is there need not be understood.
fn b08_all_of_the_above_is_the_key(stock: &Stock<'_>, out: &mut Findings) {
    for (phrase, of) in [
        ("all of the above", ["all of the above", "all of these", "all the above"]),
        ("none of the above", ["none of the above", "none of these", "neither of these"]),
    ] {
        let keyed = stock.singles().filter(|s| says(&s.keys[0], &of)).count();
        let uses = keyed + stock.singles().filter(|s| s.q.distractors.iter().any(|d| says(d, &of))).count();
        if uses >= 5 && percent(keyed, uses + stock.left_out) > 60 {
            let message = format!("\"{phrase}\" is the key in {keyed} of {uses} uses");
            out.push(stock.warn(Code::B08, message).help("use it as a distractor as often, or not at all"));
        }
    }
}

/// What most questions lack is said once here, instead of at each question.
fn b09_coverage(stock: &Stock<'_>, out: &mut Findings) {
    let n = stock.items.len();
    let mut say = |has: usize, what: &str, help: &str| {
        if n >= ENOUGH && (has + stock.left_out) * 2 < n + stock.left_out {
            out.push(stock.warn(Code::B09, format!("{has} of {n} questions {what}")).help(help));
        }
    };
    let count = |f: fn(&RawQuestion) -> bool| stock.items.iter().filter(|s| f(s.q)).count();
    say(count(|q| q.explanation.is_some()), "have an explanation", "write them: students learn from the wrong answers");
    say(count(|q| !q.sources.is_empty()), "cite a source", "cite them, so that others can check the bank");
    say(
        count(|q| q.reviewed.is_some()),
        "say when they were reviewed",
        "write reviewed = a day, so that age can be seen",
    );
    let ages = stock.items.iter().filter_map(|s| Month::of_day(s.q.reviewed.as_ref()?.value.as_str()));
    let old = ages.filter(|then| stock.today.0 - then.0 > REVIEW_MONTHS).count();
    if n >= ENOUGH && old * 2 > n + stock.left_out {
        let message = format!("{old} of {n} questions were last reviewed more than {REVIEW_MONTHS} months ago");
        out.push(stock.warn(Code::B09, message).help("plan a review of the whole bank"));
    }
}
