//! What a bank holds: how its questions are spread, how far they reach, and what its keys give away.

use std::collections::BTreeMap;

use super::bank::Bank;
use super::blueprint::largest_remainder;
use super::draw::numeric_values;
use super::question::{Choice, Kind, Level, Question};
use super::readability::Measure;
use super::slug::Slug;
use super::text::Text;

/// How many questions with the hardest stems, and how many of the oldest, are named.
const NAMED: usize = 5;

/// The questions of a kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Count {
    /// The kind's name, or a module's identifier.
    pub name: String,
    /// The module's title.
    pub title: Option<Text>,
    /// How many questions.
    pub questions: usize,
}

/// A domain beside what mock exams take from it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DomainStock {
    /// The domain.
    pub id: Slug,
    /// Its name.
    pub title: Text,
    /// How many questions it has.
    pub questions: usize,
    /// How many of them one paper takes, by its weight.
    pub per_paper: usize,
    /// How many papers it fills without a repeat; `None` if papers take nothing from it.
    pub papers: Option<usize>,
}

/// What the keys of single-choice questions look like.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Keys {
    /// Questions with at least three options, so that there is a longest one to choose.
    pub questions: usize,
    /// In how many of them the key is longer than every other option.
    pub longest: usize,
    /// In how many it is shorter.
    pub shortest: usize,
    /// How many would be by chance, if each option were as likely.
    pub by_chance: f64,
    /// Questions whose options keep their places: in order of number, or as written.
    pub fixed: usize,
    /// Where the key stands in those, from the first place on.
    pub places: Vec<usize>,
}

/// In how many questions, or distractors, something is there.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Coverage {
    /// Questions with an explanation.
    pub explanations: usize,
    /// Questions that cite a source.
    pub sources: usize,
    /// Questions with a level.
    pub levels: usize,
    /// Questions with a syllabus code.
    pub objectives: usize,
    /// Questions that say when they were reviewed.
    pub reviewed: usize,
    /// Distractors in all.
    pub distractors: usize,
    /// Distractors that say why they are wrong.
    pub rationales: usize,
}

/// The questions that lack something, each kind in the order of the bank.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lacking {
    /// Those without an explanation.
    pub explanations: Vec<Slug>,
    /// Those of whose distractors at least one does not say why it is wrong.
    pub rationales: Vec<Slug>,
    /// Those that cite no source.
    pub sources: Vec<Slug>,
    /// Those without a level.
    pub levels: Vec<Slug>,
    /// Those without a syllabus code.
    pub objectives: Vec<Slug>,
    /// Those that do not say when they were reviewed.
    pub reviewed: Vec<Slug>,
}

/// How easily the stems are read; English only.
#[derive(Clone, Debug, PartialEq)]
pub struct Reading {
    /// Flesch's reading ease of all stems as one text.
    pub ease: f64,
    /// Words a sentence.
    pub words_per_sentence: f64,
    /// Syllables a word.
    pub syllables_per_word: f64,
    /// The hardest stems, the hardest first.
    pub hardest: Vec<(Slug, f64)>,
}

/// What a bank holds.
#[derive(Clone, Debug, PartialEq)]
pub struct Stock {
    /// How many questions it has.
    pub questions: usize,
    /// By domain, in the bank's order.
    pub domains: Vec<DomainStock>,
    /// How many mock exams can be sat without a repeat.
    pub papers: usize,
    /// By module, in the bank's order; questions without one come last.
    pub modules: Vec<Count>,
    /// By kind.
    pub kinds: Vec<Count>,
    /// How many claims are true.
    pub true_claims: usize,
    /// By level; questions without one come last.
    pub levels: Vec<Count>,
    /// What the keys look like.
    pub keys: Keys,
    /// What is there of explanations, sources and so on.
    pub coverage: Coverage,
    /// What is not.
    pub lacking: Lacking,
    /// How easily the stems are read; `None` if they are not English.
    pub reading: Option<Reading>,
    /// The questions whose review is the longest ago, the oldest first.
    pub oldest: Vec<(Slug, String)>,
}

/// Looks through a bank.
pub fn stock(bank: &Bank) -> Stock {
    let domains = domains(bank);
    let lacking = lacking(bank);
    let count = |f: &dyn Fn(&Question) -> bool| bank.questions.iter().filter(|q| f(q)).count();
    let named = |name: &str, questions| Count { name: name.to_owned(), title: None, questions };
    let rest = |mut counts: Vec<Count>, questions| {
        counts.extend((questions > 0).then(|| named("none", questions)));
        counts
    };
    let modules = bank.modules.iter().map(|m| Count {
        title: Some(m.title.clone()),
        ..named(m.id.as_str(), count(&|q| q.module.as_ref() == Some(&m.id)))
    });
    let levels = Level::ALL.into_iter().map(|l| named(l.label(), count(&|q| q.level == Some(l))));
    let kinds = [Kind::Single, Kind::Multi, Kind::TrueFalse];
    let is_true = |q: &Question| q.kind == Kind::TrueFalse && !q.choices[0].pinned_last;
    Stock {
        questions: bank.questions.len(),
        papers: domains.iter().filter_map(|d| d.papers).min().unwrap_or(0),
        domains,
        modules: rest(modules.collect(), count(&|q| q.module.is_none())),
        kinds: kinds.map(|k| named(k.label(), count(&|q| q.kind == k))).into(),
        true_claims: count(&is_true),
        levels: rest(levels.collect(), count(&|q| q.level.is_none())),
        keys: keys(bank),
        coverage: coverage(bank, &lacking),
        lacking,
        reading: reading(bank),
        oldest: oldest(bank),
    }
}

/// The domains of a bank beside what a paper of its blueprint takes.
fn domains(bank: &Bank) -> Vec<DomainStock> {
    let weights: Vec<u32> = bank.domains.iter().map(|d| d.weight).collect();
    let seats = bank.exam.questions.min(bank.questions.len());
    let of = |(domain, per_paper): (&super::bank::Domain, usize)| {
        let questions = bank.stock(&domain.id);
        let papers = questions.checked_div(per_paper);
        DomainStock { id: domain.id.clone(), title: domain.title.clone(), questions, per_paper, papers }
    };
    bank.domains.iter().zip(largest_remainder(seats, &weights)).map(of).collect()
}

fn keys(bank: &Bank) -> Keys {
    let mut keys = Keys::default();
    let mut places: BTreeMap<usize, usize> = BTreeMap::new();
    for q in bank.questions.iter().filter(|q| q.kind == Kind::Single) {
        let length = |text: &Text| text.as_str().trim().chars().count();
        let key = length(&q.choices[0].text);
        let others = || q.choices[1..].iter().map(|c| length(&c.text));
        if q.choices.len() > 2 {
            keys.questions += 1;
            keys.by_chance += 1.0 / q.choices.len() as f64;
            keys.longest += usize::from(others().all(|o| o < key));
            keys.shortest += usize::from(others().all(|o| o > key));
        }
        if let Some(place) = fixed_place(q) {
            keys.fixed += 1;
            *places.entry(place).or_default() += 1;
        }
    }
    let last = places.keys().last().map_or(0, |p| p + 1);
    keys.places = (0..last).map(|p| places.get(&p).copied().unwrap_or(0)).collect();
    keys
}

/// Where the key of a single-choice question always stands on the screen, from 0; `None` if options change places.
pub fn fixed_place(question: &Question) -> Option<usize> {
    let pinned = question.choices.first()?.pinned_last;
    let after_key = |i: &usize| question.choices[*i].pinned_last;
    if !question.shuffle {
        return Some(if pinned { (1..question.choices.len()).filter(|i| !after_key(i)).count() } else { 0 });
    }
    let values = numeric_values(question)?;
    Some(values.iter().filter(|v| **v < values[0]).count())
}

fn lacking(bank: &Bank) -> Lacking {
    let without = |has: &dyn Fn(&Question) -> bool| -> Vec<Slug> {
        bank.questions.iter().filter(|q| !has(q)).map(|q| q.id.clone()).collect()
    };
    Lacking {
        explanations: without(&|q| q.explanation.as_ref().is_some_and(|e| !e.is_blank())),
        rationales: without(&|q| wrong(q).iter().all(|d| d.why.is_some())),
        sources: without(&|q| !q.sources.is_empty()),
        levels: without(&|q| q.level.is_some()),
        objectives: without(&|q| q.objective.is_some()),
        reviewed: without(&|q| q.reviewed.is_some()),
    }
}

fn coverage(bank: &Bank, lacking: &Lacking) -> Coverage {
    let with = |without: &[Slug]| bank.questions.len() - without.len();
    let distractors = || bank.questions.iter().flat_map(|q| wrong(q));
    Coverage {
        explanations: with(&lacking.explanations),
        sources: with(&lacking.sources),
        levels: with(&lacking.levels),
        objectives: with(&lacking.objectives),
        reviewed: with(&lacking.reviewed),
        distractors: distractors().count(),
        rationales: distractors().filter(|d| d.why.is_some()).count(),
    }
}

/// The distractors that can have a rationale: of a claim none can.
fn wrong(question: &Question) -> Vec<&Choice> {
    if question.kind == Kind::TrueFalse { Vec::new() } else { question.distractors() }
}

/// Whether the texts of a bank are English, which a bank that names no language is taken to be.
fn is_english(bank: &Bank) -> bool {
    bank.language.as_ref().is_none_or(|tag| tag.as_str().to_ascii_lowercase().split('-').next() == Some("en"))
}

fn reading(bank: &Bank) -> Option<Reading> {
    if !is_english(bank) {
        return None;
    }
    let measured: Vec<(&Slug, Measure)> =
        bank.questions.iter().map(|q| (&q.id, Measure::of(q.stem.as_str()))).collect();
    let all = measured.iter().fold(Measure::default(), |all, (_, m)| all.and(*m));
    let mut hardest: Vec<(Slug, f64)> =
        measured.iter().filter_map(|(id, m)| Some(((*id).clone(), m.reading_ease()?))).collect();
    hardest.sort_by(|a, b| a.1.total_cmp(&b.1).then_with(|| a.0.cmp(&b.0)));
    hardest.truncate(NAMED);
    Some(Reading {
        ease: all.reading_ease()?,
        words_per_sentence: all.words as f64 / all.sentences as f64,
        syllables_per_word: all.syllables as f64 / all.words as f64,
        hardest,
    })
}

fn oldest(bank: &Bank) -> Vec<(Slug, String)> {
    let dated = bank.questions.iter().filter_map(|q| Some((q.id.clone(), q.reviewed.as_ref()?.to_string())));
    let mut dated: Vec<_> = dated.collect();
    dated.sort_by(|a, b| (&a.1, &a.0).cmp(&(&b.1, &b.0)));
    dated.truncate(NAMED);
    dated
}
