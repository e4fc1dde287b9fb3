//! Item writing: flaws that help the test-wise or hinder those who know. Guidelines with exceptions, so all of these are
//! warnings, and a question may silence one with a reason.
//!
//! HDR in the rules below is Haladyna, Downing & Rodriguez 2002 (Applied Measurement in Education 15(3), 309–334), NBME
//! the item-flaw list of the National Board of Medical Examiners as tabulated in BMC Medical Education 2016
//! (s12909-016-0559-7). Thresholds were tuned on the bundled bank; [`explain`](super::explain) says how.

use std::collections::HashMap;
use std::ops::Range;

use crate::engine::question::Kind;
use crate::engine::text::Text;

use super::super::diagnostic::{Code, Diagnostic, Span};
use super::super::fields::At;
use super::super::raw::{RawAnswer, RawChoice, RawQuestion};
use super::super::source::SourceFile;
use super::words::content_roots;

mod evidence;
mod options;
mod order;
mod stem;
mod wording;

pub use evidence::REVIEW_MONTHS;
pub use options::{ABSOLUTE, says};

/// Warnings so far.
pub type Findings = Vec<Diagnostic>;

/// A month, counted from the year 0: all that the age of a review needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Month(pub i64);

impl Month {
    /// The month `month` (from 1) of `year`.
    pub fn new(year: i64, month: i64) -> Self {
        Self(year * 12 + month - 1)
    }

    /// The month of a day such as `2026-11-22`.
    pub fn of_day(day: &str) -> Option<Self> {
        let mut parts = day.split('-');
        Some(Self::new(parts.next()?.parse().ok()?, parts.next()?.parse().ok()?))
    }
}

/// What the rules for one question need to know of its bank.
pub struct Ground<'c> {
    /// The files that findings point into.
    pub files: &'c [SourceFile],
    /// When the check runs.
    pub today: Month,
    /// Whether at least half of the questions cite a source: then one that cites none stands out.
    pub cites: bool,
    /// Whether at least half of the questions say when they were reviewed.
    pub dated: bool,
    /// In how many questions each root of a word stands.
    pub spread: HashMap<String, usize>,
    /// How many questions there are.
    pub questions: usize,
}

impl<'c> Ground<'c> {
    /// Looks over all questions of a bank once, also those that are left out for an error.
    pub fn new(questions: &[RawQuestion], files: &'c [SourceFile], today: Month) -> Self {
        let half = |f: fn(&RawQuestion) -> bool| questions.iter().filter(|q| f(q)).count() * 2 >= questions.len();
        let mut spread = HashMap::new();
        for q in questions {
            let texts = q.stem.iter().chain(q.choices().map(|c| &c.text));
            let mut roots: Vec<String> =
                texts.flat_map(|t| content_roots(t.value.as_str())).map(|(root, _)| root).collect();
            roots.sort();
            roots.dedup();
            roots.into_iter().for_each(|root| *spread.entry(root).or_insert(0) += 1);
        }
        Self {
            files,
            today,
            cites: half(|q| !q.sources.is_empty()),
            dated: half(|q| q.reviewed.is_some()),
            spread,
            questions: questions.len(),
        }
    }
}

/// A sound question as the rules look at it.
pub struct Sight<'c> {
    /// The question.
    pub q: &'c RawQuestion,
    /// Its kind.
    pub kind: Kind,
    /// Its stem.
    pub stem: &'c At<Text>,
    /// The right options; none for a claim.
    pub keys: &'c [RawChoice],
    /// The bank around it.
    pub ground: &'c Ground<'c>,
}

impl<'c> Sight<'c> {
    /// `None` for a question without stem or answer, which no student sees.
    pub fn new(q: &'c RawQuestion, ground: &'c Ground<'c>) -> Option<Self> {
        let (kind, keys): (_, &[RawChoice]) = match &q.answer.as_ref()?.value {
            RawAnswer::One(key) => (Kind::Single, std::slice::from_ref(key)),
            RawAnswer::Many(keys) => (Kind::Multi, keys),
            RawAnswer::Judged(_) => (Kind::TrueFalse, &[]),
        };
        Some(Self { q, kind, stem: q.stem.as_ref()?, keys, ground })
    }

    /// The text of the stem.
    pub fn asked(&self) -> &'c str {
        self.stem.value.as_str()
    }

    /// The texts of all options, keys first.
    pub fn options(&self) -> Vec<&'c str> {
        self.q.choices().map(|c| c.text.value.as_str()).collect()
    }

    /// Whether it is a claim to judge.
    pub fn is_claim(&self) -> bool {
        self.kind == Kind::TrueFalse
    }

    /// A warning that underlines all of a text.
    pub fn warn(&self, code: Code, text: &At<Text>, message: impl AsRef<str>) -> Diagnostic {
        self.warn_at(code, text, 0..text.value.as_str().len(), message)
    }

    /// A warning that underlines a part of a text.
    pub fn warn_at(&self, code: Code, text: &At<Text>, part: Range<usize>, message: impl AsRef<str>) -> Diagnostic {
        let span = place_in(&self.ground.files[self.q.file].text, text, part);
        Diagnostic::warning(code, self.q.file, span, message)
    }

    /// A warning about the question as a whole: its id is underlined, where it has one.
    pub fn warn_whole(&self, code: Code, message: impl AsRef<str>) -> Diagnostic {
        let span = self.q.id.as_ref().map_or_else(|| self.q.span.clone(), |id| id.span.clone());
        Diagnostic::warning(code, self.q.file, span, message)
    }
}

/// Where the bytes `part` of a text stand in its file: exactly if the file has the text as it is read, at the first
/// place of the same words if escapes or line ends part them, and at the whole text if nothing fits.
pub fn place_in(file: &str, text: &At<Text>, part: Range<usize>) -> Span {
    let (raw, value) = (file.get(text.span.clone()).unwrap_or_default(), text.value.as_str());
    let found = match raw.find(value) {
        Some(at) => Some(at + part.start..at + part.end),
        None => raw.find(&value[part.clone()]).map(|at| at..at + part.len()),
    };
    found.map_or_else(|| text.span.clone(), |at| text.span.start + at.start..text.span.start + at.end)
}

type Rule = fn(&Sight<'_>, &mut Findings);

/// A function a rule; a code may have several.
const RULES: &[Rule] = &[
    options::w01_the_key_is_conspicuous,
    options::w02_lengths_differ_widely,
    options::w03_absolute_words,
    options::w04_vague_words,
    options::w05_all_of_the_above,
    options::w06_none_of_the_above,
    stem::w07_a_hidden_negation,
    stem::w08_a_negated_option_under_a_negated_stem,
    wording::w09_a_word_that_only_the_key_repeats,
    wording::w10_options_that_do_not_fit_the_stem,
    order::w11_numbers_out_of_order,
    order::w11_ranges_that_overlap,
    order::w11_units_that_differ,
    options::w12_options_that_combine,
    stem::w13_nothing_is_asked,
    options::w14_options_that_begin_alike,
    stem::w15_too_long,
    stem::w15_double_negation,
    options::w16_too_few_or_too_many,
    options::w17_exact_opposites,
    stem::w18_a_claim_with_two_parts,
    stem::w18_an_absolute_claim,
    evidence::w19_explanation,
    evidence::w19_some_rationales_missing,
    evidence::w20_no_source,
    evidence::w20_review,
    stem::w21_a_superlative_without_measure,
    wording::w22_a_word_twice,
    wording::w22_quotes_of_two_kinds,
    wording::w22_units,
];

/// All rules that look at one question.
pub fn question(sight: &Sight<'_>, out: &mut Findings) {
    RULES.iter().for_each(|rule| rule(sight, out));
}
