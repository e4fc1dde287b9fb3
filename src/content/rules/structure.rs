//! Structure: what a question must have for a student to be able to answer it, and a bank for a paper to be drawn.

use std::collections::{BTreeMap, HashMap, HashSet};

use unicode_width::UnicodeWidthStr;

use crate::engine::blueprint::largest_remainder;
use crate::engine::question::MAX_OPTIONS;
use crate::engine::slug::Slug;
use crate::engine::text::folded;

use super::super::diagnostic::{Code, Diagnostic, Severity, Span};
use super::super::fields::At;
use super::super::raw::{RawAnswer, RawFiles, RawQuestion};
use super::how_many::s06_how_many_to_choose;
use super::names::{ids_given_twice, listed_nowhere, some};

/// The widest figure that the smallest screen shows whole, in columns.
pub const MAX_FIGURE: usize = 56;

type Findings = Vec<Diagnostic>;

/// All rules that look at one question alone.
///
/// `language` is that of the bank.
pub fn question(q: &RawQuestion, language: Option<&str>, out: &mut Findings) {
    s01_something_is_missing(q, out);
    s02_no_key_or_only_keys(q, out);
    s03_a_list_with_one_answer(q, out);
    s05_options_that_read_the_same(q, out);
    s06_how_many_to_choose(q, language, out);
    s08_options_named_by_place(q, out);
    s09_options_that_speak_of_others(q, out);
    s11_a_figure_too_wide(q, out);
}

fn s01_something_is_missing(q: &RawQuestion, out: &mut Findings) {
    let mut say = |span: Span, message: &str, help: &str| {
        out.push(Diagnostic::error(Code::S01, q.file, span, message).help(help));
    };
    if q.id.is_none() && !q.unread.contains(&"id") {
        say(q.span.clone(), "the question has no `id`", "give it one; a student's history hangs on it");
    }
    match &q.stem {
        None if !q.unread.contains(&"stem") => {
            say(q.span.clone(), "the question has no `stem`", "write what is asked: stem = \"…\"")
        }
        Some(stem) if stem.value.is_blank() => say(stem.span.clone(), "the stem is empty", "write what is asked"),
        _ => {}
    }
    if q.answer.is_none() && !q.unread.contains(&"answer") {
        say(q.span.clone(), "the question has no `answer`", "answer = \"…\", [\"…\", \"…\"], true or false");
    }
    for choice in q.choices().filter(|c| c.text.value.is_blank()) {
        say(choice.text.span.clone(), "an option is empty", "write it or remove it");
    }
    let options = q.choices().count();
    match q.answer.as_ref().map(|a| &a.value) {
        Some(RawAnswer::Judged(_)) if !q.distractors.is_empty() => {
            let span = q.distractors[0].text.span.clone();
            say(span, "a true/false question has no distractors", "remove them, or write the key as a text");
        }
        Some(RawAnswer::One(key)) if q.distractors.is_empty() && !q.unread.contains(&"distractors") => {
            let is_claim = |text: &str| ["true", "false"].iter().any(|word| text.trim().eq_ignore_ascii_case(word));
            let help = match is_claim(key.text.value.as_str()) {
                true => "a claim has no quotes: answer = true, or answer = false",
                false => "add `distractors`: three good ones are better than four",
            };
            say(q.span.clone(), "the question has one option", help);
        }
        Some(_) if options > MAX_OPTIONS => {
            say(q.span.clone(), "the question has too many options", "26 options, a to z, are the most");
        }
        _ => {}
    }
}

fn s02_no_key_or_only_keys(q: &RawQuestion, out: &mut Findings) {
    let Some(At { value: RawAnswer::Many(keys), span }) = &q.answer else { return };
    if keys.is_empty() {
        out.push(
            Diagnostic::error(Code::S02, q.file, span.clone(), "no option is a key")
                .help("list the right options in `answer`"),
        );
    } else if q.distractors.is_empty() && !q.unread.contains(&"distractors") {
        out.push(
            Diagnostic::error(Code::S02, q.file, span.clone(), "every option is a key")
                .help("add `distractors`, or ask something else"),
        );
    }
}

fn s03_a_list_with_one_answer(q: &RawQuestion, out: &mut Findings) {
    if let Some(At { value: RawAnswer::Many(keys), span }) = &q.answer
        && keys.len() == 1
    {
        out.push(
            Diagnostic::error(Code::S03, q.file, span.clone(), "a multi-answer question with one key")
                .help("write the answer without [ ] for single choice, or add the other keys"),
        );
    }
}

fn s05_options_that_read_the_same(q: &RawQuestion, out: &mut Findings) {
    let mut read: HashMap<String, Span> = HashMap::new();
    for choice in q.choices().filter(|c| !c.text.value.is_blank()) {
        let folded = folded(choice.text.value.as_str());
        if let Some(first) = read.get(&folded) {
            out.push(
                Diagnostic::error(Code::S05, q.file, choice.text.span.clone(), "two options read the same")
                    .related(q.file, first.clone(), "the other one")
                    .help("change or remove one"),
            );
        } else {
            read.insert(folded, choice.text.span.clone());
        }
    }
}

fn words(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_lowercase).collect()
}

fn s08_options_named_by_place(q: &RawQuestion, out: &mut Findings) {
    if !q.shuffle || matches!(q.answer.as_ref().map(|a| &a.value), Some(RawAnswer::Judged(_))) {
        return;
    }
    let rationales = q.choices().filter_map(|c| c.why.as_ref());
    let options = q.choices().map(|c| &c.text);
    // An option may be a letter: a class of fires, a blood group.
    let own: Vec<&str> = q.choices().map(|c| c.text.value.as_str().trim()).collect();
    for text in rationales.chain(options).chain(&q.explanation) {
        if let Some(named) = names_a_place(text.value.as_str(), &own) {
            out.push(
                Diagnostic::error(
                    Code::S08,
                    q.file,
                    text.span.clone(),
                    format!("the text speaks of \"{named}\", but options change places"),
                )
                .help("say what the option says, or set shuffle = false"),
            );
        }
    }
}

/// "option B", "answers A and C", "the first option", "B is wrong".
///
/// A letter that is the text of an option, one of `own`, names no place.
fn names_a_place(text: &str, own: &[&str]) -> Option<String> {
    const NOUNS: [&str; 6] = ["option", "options", "answer", "answers", "choice", "choices"];
    const PLACES: [&str; 6] = ["first", "second", "third", "fourth", "last", "previous"];
    const VERBS: [&str; 5] = ["is", "are", "was", "would", "describes"];
    let letter = |w: &str| w.len() == 1 && w.bytes().all(|b| b.is_ascii_uppercase()) && !own.contains(&w);
    let one_of = |list: &[&str], w: &str| list.iter().any(|known| known.eq_ignore_ascii_case(w));
    for sentence in text.split(['.', '!', '?', ';']) {
        // "°C" is no letter: a degree sign stays with its word.
        let mut words =
            sentence.split_whitespace().map(|w| w.trim_matches(|c: char| !c.is_alphanumeric() && c != '°')).peekable();
        let mut begins = true;
        while let (Some(a), Some(b)) = (words.next(), words.peek()) {
            // "A is" may begin a sentence about a thing called A; from B on it is an option.
            let judged = begins && letter(a) && ("B"..="F").contains(&a) && VERBS.contains(b);
            begins = false;
            if (one_of(&NOUNS, a) && letter(b)) || (one_of(&PLACES, a) && one_of(&NOUNS, b)) || judged {
                return Some(format!("{a} {b}"));
            }
        }
    }
    None
}

fn s09_options_that_speak_of_others(q: &RawQuestion, out: &mut Findings) {
    if !q.shuffle {
        return;
    }
    const OF_OTHERS: [&str; 7] = [
        "all of these",
        "all of the above",
        "none of these",
        "none of the above",
        "all the above",
        "neither of these",
        "both of these",
    ];
    const COMBINES: [&str; 8] =
        ["both a and b", "both b and c", "both a and c", "a and b", "a and c", "b and c", "b and d", "a b and c"];
    for choice in q.choices().filter(|c| c.text.value.as_str().len() <= 40) {
        let text = words(choice.text.value.as_str()).join(" ");
        let of_others =
            OF_OTHERS.iter().any(|p| text.strip_prefix(p).is_some_and(|r| r.is_empty() || r.starts_with(' ')));
        let combines = COMBINES.contains(&text.as_str());
        if combines || (of_others && !choice.pinned_last) {
            out.push(
                Diagnostic::error(
                    Code::S09,
                    q.file,
                    choice.text.span.clone(),
                    "the option speaks of the others, but options change places",
                )
                .help("pin it with { text = \"…\", pin = \"last\" }, set shuffle = false, or say what it means"),
            );
        }
    }
}

fn s11_a_figure_too_wide(q: &RawQuestion, out: &mut Findings) {
    let Some(figure) = &q.figure else { return };
    if let Some(width) = figure.value.as_str().lines().map(UnicodeWidthStr::width).max().filter(|&w| w > MAX_FIGURE) {
        out.push(
            Diagnostic::warning(Code::S11, q.file, figure.span.clone(), format!("the figure is {width} columns wide"))
                .help(format!("keep figures within {MAX_FIGURE} columns: the smallest screen shows no more")),
        );
    }
}

/// A bank must hold something. Students are not told: it is just not there.
pub fn s01_no_questions(raw: &RawFiles, out: &mut Findings) {
    // Another error may be why there is none.
    let sound = raw.questions.is_empty() && out.iter().all(|f| f.severity != Severity::Error);
    if let Some(bank) = raw.bank.as_ref().filter(|_| sound) {
        let header = &bank.header;
        out.push(
            Diagnostic::error(Code::S01, header.file, header.span.clone(), "the bank holds no [[questions]]")
                .help("a question begins with [[questions]] and has an id, a domain, a stem and an answer"),
        );
    }
}

/// Ids that are taken already; the first question with an id keeps it.
pub fn s04_ids_given_twice(questions: &[RawQuestion]) -> Vec<(usize, Diagnostic)> {
    let help = "give this question another id; the first one keeps its students' history";
    ids_given_twice(questions.iter().map(|q| (q.file, q.id.as_ref())), help)
}

/// Domains and modules with one id.
pub fn s04_areas_given_twice(raw: &RawFiles, out: &mut Findings) {
    let domains = raw.domains.iter().map(|d| ("domain", d.file, &d.id));
    let modules = raw.modules.iter().map(|m| ("module", m.file, &m.id));
    let mut taken: BTreeMap<(&str, &Slug), (usize, &Span)> = BTreeMap::new();
    for (what, file, id) in domains.chain(modules) {
        if let Some((first_file, first)) = taken.get(&(what, &id.value)) {
            out.push(
                Diagnostic::error(
                    Code::S04,
                    file,
                    id.span.clone(),
                    format!("the {what} `{}` is listed twice", id.value),
                )
                .related(*first_file, (*first).clone(), "listed here"),
            );
        } else {
            taken.insert((what, &id.value), (file, &id.span));
        }
    }
}

/// The names that a bank lists, looked up once for all its questions.
pub struct Listed<'r> {
    domains: Vec<&'r str>,
    modules: Vec<&'r str>,
    sources: Vec<&'r str>,
    questions: HashSet<&'r Slug>,
    /// Whether a question has an id that could not be read.
    nameless: bool,
}

impl<'r> Listed<'r> {
    /// The names of a bank.
    pub fn of(raw: &'r RawFiles) -> Self {
        Self {
            domains: raw.domains.iter().map(|d| d.id.value.as_str()).collect(),
            modules: raw.modules.iter().map(|m| m.id.value.as_str()).collect(),
            sources: raw.sources.keys().map(Slug::as_str).collect(),
            questions: raw.questions.iter().filter_map(|q| q.id.as_ref()).map(|id| &id.value).collect(),
            nameless: raw.lost > 0 || raw.questions.iter().any(|q| q.id.is_none()),
        }
    }
}

/// Domains, modules and sources that a question names and the bank does not list.
pub fn s07_names_listed_nowhere(q: &RawQuestion, raw: &RawFiles, listed: &Listed<'_>, out: &mut Findings) {
    let Listed { domains, modules, sources, questions, nameless } = listed;
    let unknown = |what: &str, at: &At<Slug>, known: &[&str]| {
        let help = format!("list it in the bank's header, or name one that is there: {}", some(known));
        listed_nowhere(q.file, at, format!("the bank lists no {what} `{}`", at.value), known, &help)
    };
    match &q.domain {
        Some(d) if !domains.contains(&d.value.as_str()) => out.push(unknown("domain", d, domains)),
        None if !q.unread.contains(&"domain") => out.push(
            Diagnostic::error(Code::S07, q.file, q.span.clone(), "the question has no `domain`")
                .help(format!("name one of: {}", some(domains))),
        ),
        _ => {}
    }
    if let Some(m) = q.module.as_ref().filter(|m| !modules.contains(&m.value.as_str())) {
        out.push(unknown("module", m, modules));
    }
    for citation in q.sources.iter().filter(|c| !raw.sources.contains_key(&c.id.value)) {
        out.push(unknown("source", &citation.id, sources).kept()); // the question itself is whole
    }
    for enemy in &q.enemies {
        let message = match q.id.as_ref().is_some_and(|id| id.value == enemy.value) {
            true => "a question is no enemy of its own".into(),
            // One that cannot be read may be meant: what is wrong with that is said first.
            false if *nameless || questions.contains(&enemy.value) => continue,
            false => format!("the bank has no question `{}`", enemy.value),
        };
        let finding = Diagnostic::error(Code::S07, q.file, enemy.span.clone(), message).kept();
        out.push(finding.help("name the `id` of another question of this bank, or remove it"));
    }
}

/// How many questions of each domain are written, sound or not, and of how many the domain is not known.
pub fn written(raw: &RawFiles) -> (HashMap<&Slug, usize>, usize) {
    let mut stock: HashMap<&Slug, usize> = raw.domains.iter().map(|d| (&d.id.value, 0)).collect();
    for domain in raw.questions.iter().filter_map(|q| q.domain.as_ref()) {
        stock.entry(&domain.value).and_modify(|count| *count += 1);
    }
    let unplaced = raw.questions.len() + raw.lost - stock.values().sum::<usize>();
    (stock, unplaced)
}

/// A paper that the bank cannot fill as its blueprint says. Questions that are left out for another error count as if they
/// were mended; of which domain that is not known, for each.
pub fn s10_blueprint_beyond_stock(raw: &RawFiles, out: &mut Findings) {
    let pool = raw.questions.len() + raw.lost;
    let (stock, unplaced) = written(raw);
    let Some((exam, wanted)) = raw.exam.as_ref().and_then(|e| e.questions.as_ref().map(|q| (e, q))) else { return };
    let seats = wanted.value as usize;
    if seats > pool {
        out.push(
            Diagnostic::error(
                Code::S10,
                exam.file,
                wanted.span.clone(),
                format!(
                    "the exam draws {seats} question{}, and the bank has {pool}",
                    if seats == 1 { "" } else { "s" }
                ),
            )
            .kept()
            .help("write more questions, or ask for fewer"),
        );
        return;
    }
    let weights: Vec<u32> = raw.domains.iter().map(|d| d.weight.value).collect();
    for (domain, want) in raw.domains.iter().zip(largest_remainder(seats, &weights)) {
        let have = stock[&domain.id.value];
        if want > have + unplaced {
            let message = format!("a paper takes {want} questions of `{}`, and it has {have}", domain.id.value);
            out.push(
                Diagnostic::error(Code::S10, domain.file, domain.weight.span.clone(), message)
                    .kept()
                    .help("write more questions for it, or lower its weight; until then other domains fill the paper"),
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_found_and_other_letters_are_not() {
        for named in ["Option B is right", "See answer C.", "the first option", "Wrong. B is a myth", "choices A and C"]
        {
            assert!(names_a_place(named, &[]).is_some(), "{named}");
        }
        for fine in [
            "Hepatitis B is one",
            "the first aid",
            "A is for atom",
            "B0 is static",
            "the last answer-phone",
            "vitamin C",
            "Up to 37 °C is normal",
            "°C is a unit",
        ] {
            assert!(names_a_place(fine, &[]).is_none(), "{fine}");
        }
        assert_eq!(names_a_place("Option D is metal fires. D is right.", &["A", "D"]), None);
        assert!(names_a_place("Option D is right", &["A", "B"]).is_some());
    }
}
