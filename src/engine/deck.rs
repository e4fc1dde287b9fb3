//! A deck of flash cards: what an author writes, and the cards that a student is asked.

use std::fmt;
use std::sync::Arc;

use super::question::Citation;
use super::slug::Slug;
use super::text::Text;

/// The identifier of the student's own deck.
pub const OWN_DECK: &str = "my-cards";
/// How many parts of one text may be hidden.
pub const MAX_CLOZES: usize = 20;

/// A piece of a text with hidden parts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Segment {
    /// Text that is always shown.
    Plain(Text),
    /// A part that one card hides, with a hint if the author gives one.
    Hidden {
        /// What is hidden.
        text: Text,
        /// What stands in its place; `None` shows an ellipsis.
        hint: Option<Text>,
    },
}

/// What an entry teaches.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wording {
    /// A question and its answer.
    Pair {
        /// What is asked.
        front: Text,
        /// The answer.
        back: Text,
        /// Whether the answer is also asked for its question.
        both_ways: bool,
    },
    /// A text of which parts are hidden, one at a time.
    Cloze(Vec<Segment>),
}

/// An entry of a deck, as its author wrote it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Unique in its deck; a student's history hangs on it.
    pub id: Slug,
    /// What it teaches.
    pub wording: Wording,
    /// Shown under the answer.
    pub note: Option<Text>,
    /// The content area of the exam.
    pub domain: Option<Slug>,
    /// The chapter of the course.
    pub module: Option<Slug>,
    /// What it rests on.
    pub sources: Vec<Citation>,
}

/// Which card of an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Side {
    /// Front to back.
    Forward,
    /// Back to front.
    Backward,
    /// The hidden part with this number, from 1.
    Cloze(u8),
}

impl Side {
    /// The word that is stored: `forward`, `backward`, `cloze-2`.
    pub fn label(self) -> String {
        match self {
            Side::Forward => "forward".into(),
            Side::Backward => "backward".into(),
            Side::Cloze(n) => format!("cloze-{n}"),
        }
    }

    /// The side with this [`label`](Self::label).
    pub fn from_label(label: &str) -> Option<Self> {
        match label {
            "forward" => Some(Side::Forward),
            "backward" => Some(Side::Backward),
            _ => label.strip_prefix("cloze-")?.parse().ok().filter(|&n| n > 0).map(Side::Cloze),
        }
    }
}

/// What a student's history of a card hangs on.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct CardKey {
    /// The deck.
    pub deck: Slug,
    /// The entry.
    pub entry: Slug,
    /// Which card of it.
    pub side: Side,
}

impl fmt::Display for CardKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}/{}", self.deck, self.entry, self.side.label())
    }
}

/// A card: an entry asked from one side.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Card {
    /// The deck it is from.
    pub deck: Slug,
    /// The entry.
    pub entry: Arc<Entry>,
    /// Which card of it.
    pub side: Side,
}

impl Card {
    /// Whether it is of the student's own deck.
    pub fn is_own(&self) -> bool {
        self.deck.as_str() == OWN_DECK
    }

    /// What the student's history of it hangs on.
    pub fn key(&self) -> CardKey {
        CardKey { deck: self.deck.clone(), entry: self.entry.id.clone(), side: self.side }
    }

    /// What is asked.
    pub fn prompt(&self) -> Text {
        match (&self.entry.wording, self.side) {
            (Wording::Pair { back, .. }, Side::Backward) => back.clone(),
            (Wording::Pair { front, .. }, _) => front.clone(),
            (Wording::Cloze(segments), side) => cloze(segments, side, false),
        }
    }

    /// The answer.
    pub fn answer(&self) -> Text {
        match (&self.entry.wording, self.side) {
            (Wording::Pair { front, .. }, Side::Backward) => front.clone(),
            (Wording::Pair { back, .. }, _) => back.clone(),
            (Wording::Cloze(segments), side) => cloze(segments, side, true),
        }
    }
}

/// The text with the part of `side` hidden, or set in bold; the other parts are shown.
fn cloze(segments: &[Segment], side: Side, told: bool) -> Text {
    let mut number = 0;
    let mut out = String::new();
    for segment in segments {
        match segment {
            Segment::Plain(text) => out.push_str(text.as_str()),
            Segment::Hidden { text, hint } => {
                number += 1;
                match (side == Side::Cloze(number), told) {
                    (false, _) => out.push_str(text.as_str()),
                    (true, true) => out.push_str(&format!("**{}**", text.as_str().trim())),
                    (true, false) => out.push_str(&format!("[{}]", hint.as_ref().map_or("…", Text::as_str))),
                }
            }
        }
    }
    Text::new(&out)
}

/// A deck. Ids are unique.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deck {
    /// Its identifier; a student's history hangs on it.
    pub id: Slug,
    /// Its name.
    pub title: Text,
    /// Its version (semver).
    pub version: semver::Version,
    /// The bank it belongs to.
    pub bank: Option<Slug>,
    /// What it is, in a sentence or two.
    pub description: Option<Text>,
    /// Under which licence it may be shared.
    pub license: Option<Text>,
    /// Its entries, in the author's order.
    pub entries: Vec<Arc<Entry>>,
}

impl Deck {
    /// Whether it belongs to this bank, or to none.
    pub fn belongs_to(&self, bank: &Slug) -> bool {
        self.bank.as_ref().is_none_or(|own| own == bank)
    }

    /// All cards, in the author's order; those of one entry stand together.
    pub fn cards(&self) -> Vec<Card> {
        self.entries.iter().flat_map(|entry| self.cards_of(entry)).collect()
    }

    /// The cards of one of its entries.
    pub fn cards_of(&self, entry: &Arc<Entry>) -> Vec<Card> {
        let sides = match &entry.wording {
            Wording::Pair { both_ways: false, .. } => vec![Side::Forward],
            Wording::Pair { both_ways: true, .. } => vec![Side::Forward, Side::Backward],
            Wording::Cloze(segments) => {
                let hidden = segments.iter().filter(|s| matches!(s, Segment::Hidden { .. })).count();
                (1..=hidden.min(MAX_CLOZES) as u8).map(Side::Cloze).collect()
            }
        };
        sides.into_iter().map(|side| Card { deck: self.id.clone(), entry: entry.clone(), side }).collect()
    }
}
