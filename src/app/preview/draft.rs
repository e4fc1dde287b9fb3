//! What the preview shows: a bank or a deck as its files say, with what is found in it.

use std::path::PathBuf;

use crate::engine::deck::Card;
use crate::engine::paper::Item;
use crate::engine::slug::Slug;
use crate::engine::text::Text;

/// What is being written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Kind {
    /// A bank, of questions.
    #[default]
    Bank,
    /// A deck, of cards.
    Deck,
}

impl Kind {
    /// `bank` or `deck`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Bank => "bank",
            Self::Deck => "deck",
        }
    }

    /// What it holds, in small letters.
    pub fn holds(self) -> &'static str {
        match self {
            Self::Bank => "question",
            Self::Deck => "card",
        }
    }

    /// The same at the beginning of a line.
    pub fn heading(self) -> &'static str {
        match self {
            Self::Bank => "Question",
            Self::Deck => "Card",
        }
    }
}

/// A bank or a deck as its files say at one moment.
#[derive(Clone, Debug, Default)]
pub struct Draft {
    /// Which of them.
    pub kind: Kind,
    /// Its name.
    pub title: Text,
    /// Its questions or cards, in the order of its files, also those that students do not get.
    pub pages: Vec<Written>,
    /// What was found outside of them.
    pub general: Vec<Finding>,
}

/// What a student gets of a page.
#[derive(Clone, Debug)]
pub enum Shown {
    /// A question.
    Question(Item),
    /// A card: of an entry that is asked in several ways, each is a page.
    Card(Card),
}

/// A question or a card where it is written.
#[derive(Clone, Debug)]
pub struct Written {
    /// Its identifier; the cards of one entry have one.
    pub id: Option<Slug>,
    /// What students get; `None` if it is broken and left out.
    pub shown: Option<Shown>,
    /// Whether it is one more card of the entry before: what is found in that stands with each, and counts once.
    pub again: bool,
    /// Its domain's name; of a card, what the deck calls it.
    pub domain: Option<Text>,
    /// The titles of the module and of the section that explain it.
    pub guide: Option<(Text, Text)>,
    /// Where it is written.
    pub at: FileLine,
    /// What was found in it.
    pub findings: Vec<Finding>,
}

/// A line of a file, for an editor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileLine {
    /// The file.
    pub file: PathBuf,
    /// The line, from 1.
    pub line: usize,
}

/// Something that `check` says.
#[derive(Clone, Debug)]
pub struct Finding {
    /// The rule.
    pub code: String,
    /// Whether it is an error; else a warning.
    pub is_error: bool,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub help: Option<String>,
    /// Why that is a flaw.
    pub reason: &'static str,
    /// Where it is.
    pub at: FileLine,
}

/// What was read of the files just now.
#[derive(Clone, Debug, Default)]
pub struct Reading {
    /// The bank or deck, as far as it can be read; `None` without a usable header.
    pub draft: Option<Draft>,
    /// Why it cannot be trusted: a syntax error, or a file that cannot be read.
    pub trouble: Option<Text>,
    /// The errors that are the reason, each with its place in its message.
    pub broken: Vec<Finding>,
}
