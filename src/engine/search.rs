//! Searching questions, cards and the study guide: what was found, in what order, and where.
//!
//! Every bank, deck and guide is a [`Segment`] with an index of its own, so that one that changes is built anew alone.

mod index;
mod records;

use std::cmp::Reverse;
use std::sync::Arc;

use index::{Builder, Fields, Index};

pub use records::Records;

use super::bank::Bank;
use super::deck::{Deck, Entry, Segment as Piece, Wording};
use super::filter::{About, Filter, Test};
use super::holdings::Holdings;
use super::learner::Learner;
use super::phrase::Phrase;
use super::question::{Part, Question};
use super::slug::Slug;
use super::text::Text;

/// The most hits that are listed; they are the best.
pub const MOST_HITS: usize = 100;

/// Where in a document something was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Place {
    /// In a question.
    Question(Part),
    /// On the front of a card.
    Front,
    /// On the back of a card, or in its text with hidden parts.
    Back,
    /// In a card's note.
    Note,
    /// In the heading of a section of the guide.
    Heading,
    /// In what such a section says.
    Body,
}

impl Place {
    /// What it is called.
    pub fn label(self) -> &'static str {
        match self {
            Place::Question(part) => part.label(),
            Place::Front => "front",
            Place::Back => "back",
            Place::Note => "note",
            Place::Heading => "heading",
            Place::Body => "text",
        }
    }
}

/// What is searched.
#[derive(Clone, Debug)]
pub enum Origin {
    /// The questions of a bank.
    Bank(Arc<Bank>),
    /// The cards of a deck.
    Deck(Arc<Deck>),
    /// The sections of a bank's study guide.
    Guide(Arc<Bank>),
}

/// A document that was found.
#[derive(Clone, Debug)]
pub enum Found {
    /// A question of a bank.
    Question(Arc<Bank>, Arc<Question>),
    /// An entry of a deck.
    Card(Arc<Deck>, Arc<Entry>),
    /// A section of a bank's study guide: the module's place in the bank, and the section's in its guide.
    Section(Arc<Bank>, usize, usize),
}

/// A bank, deck or guide, and the index of its texts.
#[derive(Debug)]
pub struct Segment {
    origin: Origin,
    /// Where a bank's questions are.
    held: Holdings,
    /// Where a guide's sections are: module and section.
    sections: Vec<(usize, usize)>,
    index: Index,
}

impl Segment {
    /// Reads all texts of `origin`.
    pub fn of(origin: Origin) -> Self {
        let mut builder = Builder::default();
        let mut held = Holdings::default();
        let mut sections = Vec::new();
        match &origin {
            Origin::Bank(bank) => {
                held = Holdings::of(bank);
                for question in &bank.questions {
                    builder.add(question.texts().map(|(part, text)| (part as usize, text.as_str())));
                }
            }
            Origin::Deck(deck) => {
                let field = |place: &Place| CARD_PLACES.iter().position(|p| p == place).unwrap_or(0);
                for entry in &deck.entries {
                    builder.add(entry_texts(entry).iter().map(|(place, text)| (field(place), text.as_str())));
                }
            }
            Origin::Guide(bank) => {
                sections = sections_of(bank);
                for &(module, section) in &sections {
                    let texts = section_texts(bank, module, section);
                    builder.add(texts.iter().enumerate().map(|(field, (_, text))| (field, text.as_str())));
                }
            }
        }
        Self { origin, held, sections, index: builder.finish() }
    }

    /// Whether it was made of this very bank, deck or guide.
    pub fn is_of(&self, origin: &Origin) -> bool {
        match (&self.origin, origin) {
            (Origin::Bank(a), Origin::Bank(b)) => Arc::ptr_eq(a, b),
            (Origin::Deck(a), Origin::Deck(b)) => Arc::ptr_eq(a, b),
            (Origin::Guide(a), Origin::Guide(b)) => Arc::ptr_eq(a, b),
            _ => false,
        }
    }

    /// Whether it belongs to this bank, or to none.
    pub fn belongs_to(&self, bank: &Slug) -> bool {
        match &self.origin {
            Origin::Bank(own) | Origin::Guide(own) => own.id == *bank,
            Origin::Deck(deck) => deck.belongs_to(bank),
        }
    }

    /// How many documents it has.
    pub fn len(&self) -> usize {
        self.index.len()
    }

    /// Whether it has none.
    pub fn is_empty(&self) -> bool {
        self.index.is_empty()
    }

    /// Bytes that its index takes, about.
    pub fn bytes(&self) -> usize {
        self.index.bytes()
    }

    fn places(&self) -> [Place; index::FIELDS] {
        match self.origin {
            Origin::Bank(_) => Part::ALL.map(Place::Question),
            Origin::Deck(_) => CARD_PLACES,
            Origin::Guide(_) => GUIDE_PLACES,
        }
    }
}

const CARD_PLACES: [Place; index::FIELDS] = [Place::Front, Place::Back, Place::Note];

const GUIDE_PLACES: [Place; index::FIELDS] = [Place::Heading, Place::Body, Place::Body];

/// Where the sections of a bank's guide are: module and section.
fn sections_of(bank: &Bank) -> Vec<(usize, usize)> {
    let guides = bank.modules.iter().enumerate().filter_map(|(m, module)| Some((m, module.guide.as_ref()?)));
    guides.flat_map(|(m, guide)| (0..guide.sections.len()).map(move |s| (m, s))).collect()
}

/// The heading of a section of a bank's guide, and what it says; nothing if there is no such section.
pub fn section_texts(bank: &Bank, module: usize, section: usize) -> Vec<(Place, Text)> {
    let guide = bank.modules.get(module).and_then(|m| m.guide.as_ref());
    let section = guide.and_then(|g| g.sections.get(section));
    section.map_or(Vec::new(), |s| vec![(Place::Heading, s.title.clone()), (Place::Body, s.text())])
}

/// A card's texts, each with its place. What a text hides is shown: it is what one looks for.
pub fn entry_texts(entry: &Entry) -> Vec<(Place, Text)> {
    let mut texts = match &entry.wording {
        Wording::Pair { front, back, .. } => vec![(Place::Front, front.clone()), (Place::Back, back.clone())],
        Wording::Cloze(pieces) => {
            let piece = |p: &Piece| match p {
                Piece::Plain(text) | Piece::Hidden { text, .. } => text.as_str().to_owned(),
            };
            vec![(Place::Front, Text::new(&pieces.iter().map(piece).collect::<String>()))]
        }
    };
    texts.extend(entry.note.iter().map(|note| (Place::Note, note.clone())));
    texts
}

/// Something that was found.
#[derive(Clone, Debug)]
pub struct Hit {
    /// The document.
    pub found: Found,
    /// Where in it.
    pub place: Place,
}

/// What was found.
#[derive(Clone, Debug, Default)]
pub struct Hits {
    /// The best, at most [`MOST_HITS`], the best first.
    pub best: Vec<Hit>,
    /// How many there are in all.
    pub total: usize,
}

/// A hit as it is ranked: the better ones are less.
type Ranked = (Reverse<u32>, usize, usize, usize);

/// What `filter` means in `segments`, the best first; of equals, those of earlier segments. A filter that asks for what
/// only questions have, such as `missed` or `level:recall`, finds questions alone.
///
/// `records` is kept from one search to the next, as long as `learner` stays the same.
pub fn search(segments: &[Arc<Segment>], filter: &Filter, learner: &Learner, records: &mut Records) -> Hits {
    // Words and records are looked up in tables, the rest in the questions.
    let filter = filter.clone().cheap_first(|test| matches!(test, Test::Text(_) | Test::Record(_)));
    let asks_record = filter.tests().iter().any(|(test, _)| matches!(test, Test::Record(_)));
    let mut ranked: Vec<Ranked> = Vec::new();
    for (number, segment) in segments.iter().enumerate() {
        let records = if asks_record { records.of(number, segment, learner) } else { &[] };
        segment
            .search(&filter, records, |score, document, field| ranked.push((Reverse(score), number, document, field)));
    }
    let total = ranked.len();
    if total > MOST_HITS {
        ranked.select_nth_unstable(MOST_HITS);
        ranked.truncate(MOST_HITS);
    }
    ranked.sort_unstable();
    let hit = |(_, segment, document, field): Ranked| segments[segment].hit(document, field);
    Hits { best: ranked.into_iter().map(hit).collect(), total }
}

impl Segment {
    /// Calls `take` with score, document and field of everything that `filter` means.
    fn search(&self, filter: &Filter, records: &[u8], mut take: impl FnMut(u32, usize, usize)) {
        let tests = filter.tests();
        if !matches!(self.origin, Origin::Bank(_)) && tests.iter().any(|(test, _)| is_for_questions(test)) {
            return;
        }
        let texts: Vec<(&Test, bool, Vec<Fields>)> = tests
            .iter()
            .filter_map(|&(test, wanted)| match test {
                Test::Text(phrase) => Some((test, wanted, self.index.find(phrase))),
                _ => None,
            })
            .collect();
        let weights = if matches!(self.origin, Origin::Guide(_)) { GUIDE_WEIGHTS } else { WEIGHTS };
        for document in 0..self.index.len() {
            let holds = filter.holds(&mut |test| match texts.iter().find(|(known, ..)| std::ptr::eq(*known, test)) {
                Some((_, _, found)) => found[document].any != 0,
                None => self.holds(test, document, records),
            });
            if holds {
                let (score, field) = rank(weights, texts.iter().filter(|t| t.1).map(|t| t.2[document]));
                take(score, document, field);
            }
        }
    }

    /// Whether a test that is not of text holds for a document.
    fn holds(&self, test: &Test, document: usize, records: &[u8]) -> bool {
        match (&self.origin, test) {
            (Origin::Bank(_), Test::Record(record)) => records[document] & record.bit() != 0,
            (Origin::Bank(bank), test) => {
                let nothing = About { standing: None, mark: None, pace: bank.exam.pace() };
                test.holds(&bank.questions[document], nothing)
            }
            (Origin::Deck(deck), Test::Domain(id)) => deck.entries[document].domain.as_ref() == Some(id),
            (Origin::Deck(deck), Test::Module(id)) => deck.entries[document].module.as_ref() == Some(id),
            (Origin::Deck(deck), Test::Id(id)) => deck.entries[document].id == *id,
            (Origin::Guide(bank), Test::Module(id)) => bank.modules[self.sections[document].0].id == *id,
            (Origin::Deck(_) | Origin::Guide(_), _) => false,
        }
    }

    fn hit(&self, document: usize, field: usize) -> Hit {
        let place = self.places()[field];
        let found = match &self.origin {
            Origin::Bank(bank) => Found::Question(bank.clone(), bank.questions[document].clone()),
            Origin::Deck(deck) => Found::Card(deck.clone(), deck.entries[document].clone()),
            Origin::Guide(bank) => {
                let (module, section) = self.sections[document];
                Found::Section(bank.clone(), module, section)
            }
        };
        Hit { found, place }
    }
}

/// Whether only questions can pass or fail the test.
fn is_for_questions(test: &Test) -> bool {
    matches!(test, Test::Tag(_) | Test::Level(_) | Test::Kind(_) | Test::Record(_))
}

/// How much a hit counts by its field: stem, options, explanation; front, back, note.
const WEIGHTS: [u32; index::FIELDS] = [5, 3, 2];
/// The same in a guide: a section that is named for what is sought comes before all that mention it.
const GUIDE_WEIGHTS: [u32; index::FIELDS] = [8, 3, 0];

/// The score of a document in which the wanted phrases are in these fields, and the field to show. A phrase counts by the
/// best field that holds it, double as whole words; the field shown holds the most phrases.
fn rank(weights: [u32; index::FIELDS], phrases: impl Iterator<Item = Fields>) -> (u32, usize) {
    let mut score = 0;
    let mut held = [0; index::FIELDS];
    for fields in phrases {
        let worth = |field: usize| match (fields.any >> field & 1, fields.whole >> field & 1) {
            (0, _) => 0,
            (_, whole) => weights[field] << whole,
        };
        score += (0..index::FIELDS).map(worth).max().unwrap_or(0);
        for (field, held) in held.iter_mut().enumerate() {
            *held += u32::from(fields.any >> field & 1);
        }
    }
    let shown = (0..index::FIELDS).min_by_key(|&field| Reverse(held[field])).unwrap_or(0);
    (score, shown)
}

/// The phrases that a hit of `filter` may show: those that are asked for.
pub fn wanted(filter: &Filter) -> Vec<&Phrase> {
    let tests = filter.tests().into_iter().filter(|(_, wanted)| *wanted);
    tests.filter_map(|(test, _)| if let Test::Text(phrase) = test { Some(phrase) } else { None }).collect()
}
