//! Which questions are meant: the one language for drills, for the search and for the command line.
//!
//! ```text
//! filter = [ any ]
//! any    = all { ( "or" | "|" ) all }
//! all    = one { one }
//! one    = "-" one | "(" [ any ] ")" | key ":" value | record | "\"" words "\"" | word
//! ```
//!
//! `domain:rf missed -type:tf` are the questions on radio-frequency fields in the mistakes book that are not true/false.
//! Nothing at all, and `()`, means every question.

mod parse;
mod unknown;

use std::fmt;
use std::time::Duration;

pub use parse::{FilterError, MAX_DEPTH, MAX_LENGTH};

use super::learner::Mark;
use super::phrase::Phrase;
use super::question::{Kind, Level, Question};
use super::slug::Slug;
use super::standing::Standing;

/// The language on one screen: what is written, and what it means.
pub const HELP: [(&str, &str); 17] = [
    ("magnet", "a word that begins so (stem, options, explanation)"),
    ("\"static field\"", "these words as they are, one after the other"),
    ("domain:ID  module:ID", "of this domain, of this module"),
    ("tag:ID  id:ID", "with this tag; this one question"),
    ("level:recall", "or level:application, level:analysis"),
    ("type:single", "or type:multi, type:tf"),
    ("missed", Record::Missed.meaning()),
    ("unseen", Record::Unseen.meaning()),
    ("known", Record::Known.meaning()),
    ("guessed", Record::Guessed.meaning()),
    ("flagged", Record::Flagged.meaning()),
    ("slow", Record::Slow.meaning()),
    ("bookmarked", Record::Bookmarked.meaning()),
    ("noted", Record::Noted.meaning()),
    ("a b   a or b", "both; either"),
    ("-a   -(a b)", "not"),
    ("domain:rf -type:tf", "an example: on rf, and not true/false"),
];

/// The language as lines of text.
pub fn help() -> String {
    let columns = HELP.iter().map(|(written, _)| written.len()).max().unwrap_or(0);
    HELP.iter().map(|(written, meaning)| format!("{written:columns$}  {meaning}\n")).collect()
}

/// What the student's record says of a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Record {
    /// It is in the mistakes book.
    Missed,
    /// It was never answered.
    Unseen,
    /// There is a flag on it.
    Flagged,
    /// It has a bookmark.
    Bookmarked,
    /// The last answer was a guess.
    Guessed,
    /// The last answer took longer than 1.5 times the exam's pace.
    Slow,
    /// It has a note.
    Noted,
    /// [`Standing::is_known`]
    Known,
}

impl Record {
    /// All, in no order that means anything.
    pub const ALL: [Record; 8] = [
        Record::Missed,
        Record::Unseen,
        Record::Flagged,
        Record::Bookmarked,
        Record::Guessed,
        Record::Slow,
        Record::Noted,
        Record::Known,
    ];

    /// The word of the language.
    pub const fn label(self) -> &'static str {
        match self {
            Record::Missed => "missed",
            Record::Unseen => "unseen",
            Record::Flagged => "flagged",
            Record::Bookmarked => "bookmarked",
            Record::Guessed => "guessed",
            Record::Slow => "slow",
            Record::Noted => "noted",
            Record::Known => "known",
        }
    }

    /// What the word means.
    pub const fn meaning(self) -> &'static str {
        match self {
            Record::Missed => "in the mistakes book",
            Record::Unseen => "never answered",
            Record::Flagged => "with a flag of yours, kept with its answer",
            Record::Bookmarked => "with a bookmark",
            Record::Guessed => "the last answer was a guess",
            Record::Slow => "the last answer took over 1.5 times the exam's pace",
            Record::Noted => "with a note of yours",
            Record::Known => "right last time, no guess, not in the mistakes book",
        }
    }

    /// Its bit among those of [`Record::bits`].
    pub(super) fn bit(self) -> u8 {
        1 << self as u8
    }

    /// The words that hold, a bit for each.
    pub(super) fn bits(about: About<'_>) -> u8 {
        Record::ALL.into_iter().filter(|record| record.holds(about)).fold(0, |bits, record| bits | record.bit())
    }

    fn holds(self, about: About<'_>) -> bool {
        let last = |is: fn(&Standing) -> bool| about.standing.is_some_and(is);
        match self {
            Record::Missed => last(|s| s.mistake.is_some()),
            Record::Unseen => !last(|s| s.answers > 0),
            Record::Flagged => last(|s| s.flagged),
            Record::Guessed => last(|s| s.last_guessed),
            Record::Known => last(Standing::is_known),
            Record::Slow => about.standing.is_some_and(|s| s.last_spent > about.pace.mul_f64(1.5)),
            Record::Bookmarked => about.mark.is_some_and(|m| m.bookmarked),
            Record::Noted => about.mark.is_some_and(|m| m.note.is_some()),
        }
    }
}

/// One thing that a question is or is not.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Test {
    /// It counts for this content area.
    Domain(Slug),
    /// It is of this chapter.
    Module(Slug),
    /// It has this label.
    Tag(Slug),
    /// It asks this of the mind.
    Level(Level),
    /// It has one key, several, or is true/false.
    Kind(Kind),
    /// It has this identifier.
    Id(Slug),
    /// The student's record says this.
    Record(Record),
    /// These words are in it.
    Text(Phrase),
}

impl Test {
    pub(super) fn holds(&self, question: &Question, about: About<'_>) -> bool {
        match self {
            Test::Domain(id) => question.domain == *id,
            Test::Module(id) => question.module.as_ref() == Some(id),
            Test::Tag(id) => question.tags.contains(id),
            Test::Level(level) => question.level == Some(*level),
            Test::Kind(kind) => question.kind == *kind,
            Test::Id(id) => question.id == *id,
            Test::Record(record) => record.holds(about),
            Test::Text(phrase) => question.texts().any(|(_, text)| phrase.is_in(text.as_str())),
        }
    }
}

/// What the student's record says of one question.
#[derive(Clone, Copy, Debug)]
pub struct About<'a> {
    /// Where the student stands with it; `None` if it was never answered.
    pub standing: Option<&'a Standing>,
    /// What the student has put on it.
    pub mark: Option<&'a Mark>,
    /// The exam's time a question ([`ExamRules::pace`](super::bank::ExamRules::pace)).
    pub pace: Duration,
}

/// Which questions are meant. The default means all.
///
/// Equal filters are printed equally, and what is printed is read as the same filter.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Filter(Node);

/// In a normal form: no group stands directly in a group of its own kind, none has a single part, and nothing is negated
/// twice. `All` of nothing is every question, `Any` of nothing none.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Node {
    Is(Test),
    Not(Box<Node>),
    All(Vec<Node>),
    Any(Vec<Node>),
}

impl Default for Filter {
    fn default() -> Self {
        Self(Node::All(Vec::new()))
    }
}

impl Filter {
    /// The questions for which `test` holds.
    pub fn is(test: Test) -> Self {
        Self(Node::Is(test))
    }

    /// The questions that this one leaves out. (As a method; there is no operator for it.)
    #[allow(clippy::should_implement_trait)] // reads as what it is
    pub fn not(self) -> Self {
        Self(match self.0 {
            Node::Not(inner) => *inner,
            Node::Any(none) if none.is_empty() => Node::All(none),
            Node::All(none) if none.is_empty() => Node::Any(none),
            other => Node::Not(Box::new(other)),
        })
    }

    /// The questions that all of `parts` mean; every question if there are none.
    pub fn all(parts: impl IntoIterator<Item = Filter>) -> Self {
        let mut nodes = Vec::new();
        for Filter(part) in parts {
            match part {
                Node::All(inner) => nodes.extend(inner),
                Node::Any(none) if none.is_empty() => return Self(Node::Any(none)),
                other => nodes.push(other),
            }
        }
        Self(if nodes.len() == 1 { nodes.remove(0) } else { Node::All(nodes) })
    }

    /// The questions that any of `parts` means; none if there are none.
    pub fn any(parts: impl IntoIterator<Item = Filter>) -> Self {
        let mut nodes = Vec::new();
        for Filter(part) in parts {
            match part {
                Node::Any(inner) => nodes.extend(inner),
                Node::All(none) if none.is_empty() => return Self(Node::All(none)),
                other => nodes.push(other),
            }
        }
        Self(if nodes.len() == 1 { nodes.remove(0) } else { Node::Any(nodes) })
    }

    /// Whether it means every question.
    pub fn is_everything(&self) -> bool {
        matches!(&self.0, Node::All(parts) if parts.is_empty())
    }

    /// Whether what it means depends on the student's record.
    pub fn asks_for_record(&self) -> bool {
        !self.records().is_empty()
    }

    /// The words in it that ask for the student's record.
    pub fn records(&self) -> Vec<Record> {
        let record = |(test, _): (&Test, bool)| if let Test::Record(record) = test { Some(*record) } else { None };
        self.tests().into_iter().filter_map(record).collect()
    }

    /// Whether it means `question`, of which the student's record says `about`.
    pub fn matches(&self, question: &Question, about: About<'_>) -> bool {
        self.holds(&mut |test| test.holds(question, about))
    }

    /// Whether it holds where its tests hold as `holds` says.
    pub(super) fn holds(&self, holds: &mut impl FnMut(&Test) -> bool) -> bool {
        holds_in(&self.0, holds)
    }

    /// The same filter with the tests first for which `is_cheap`.
    pub(super) fn cheap_first(mut self, is_cheap: fn(&Test) -> bool) -> Self {
        sort(&mut self.0, is_cheap);
        self
    }

    /// All tests in it; `true` with those that are asked for, `false` with those that are asked not to hold.
    pub fn tests(&self) -> Vec<(&Test, bool)> {
        let mut tests = Vec::new();
        collect(&self.0, true, &mut tests);
        tests
    }
}

fn holds_in(node: &Node, holds: &mut impl FnMut(&Test) -> bool) -> bool {
    match node {
        Node::Is(test) => holds(test),
        Node::Not(inner) => !holds_in(inner, holds),
        Node::All(parts) => parts.iter().all(|part| holds_in(part, holds)),
        Node::Any(parts) => parts.iter().any(|part| holds_in(part, holds)),
    }
}

/// Puts the cheap parts of each group first. Returns whether all of the node is cheap.
fn sort(node: &mut Node, is_cheap: fn(&Test) -> bool) -> bool {
    match node {
        Node::Is(test) => is_cheap(test),
        Node::Not(inner) => sort(inner, is_cheap),
        Node::All(parts) | Node::Any(parts) => {
            let (mut cheap, mut costly) = (Vec::new(), Vec::new());
            for mut part in std::mem::take(parts) {
                if sort(&mut part, is_cheap) { cheap.push(part) } else { costly.push(part) }
            }
            let all = costly.is_empty();
            parts.extend(cheap.into_iter().chain(costly));
            all
        }
    }
}

fn collect<'f>(node: &'f Node, wanted: bool, tests: &mut Vec<(&'f Test, bool)>) {
    match node {
        Node::Is(test) => tests.push((test, wanted)),
        Node::Not(inner) => collect(inner, !wanted, tests),
        Node::All(parts) | Node::Any(parts) => parts.iter().for_each(|part| collect(part, wanted, tests)),
    }
}

/// The word of the language for a kind.
fn kind_label(kind: Kind) -> &'static str {
    match kind {
        Kind::Single => "single",
        Kind::Multi => "multi",
        Kind::TrueFalse => "tf",
    }
}

impl fmt::Display for Filter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Node::All(parts) if parts.is_empty() => Ok(()),
            node => fmt::Display::fmt(node, f),
        }
    }
}

impl fmt::Display for Node {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Node::Is(test) => fmt::Display::fmt(test, f),
            Node::Not(inner) => {
                f.write_str("-")?;
                inner.grouped(f)
            }
            Node::Any(parts) if parts.is_empty() => f.write_str("-()"),
            Node::All(parts) => joined(parts, " ", f, Node::grouped),
            Node::Any(parts) => joined(parts, " or ", f, fmt::Display::fmt),
        }
    }
}

impl Node {
    /// In parentheses, if it is a group.
    fn grouped(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Node::All(_) | Node::Any(_) => write!(f, "({self})"),
            _ => fmt::Display::fmt(self, f),
        }
    }
}

fn joined(
    parts: &[Node],
    between: &str,
    f: &mut fmt::Formatter<'_>,
    each: fn(&Node, &mut fmt::Formatter<'_>) -> fmt::Result,
) -> fmt::Result {
    for (i, part) in parts.iter().enumerate() {
        f.write_str(if i > 0 { between } else { "" })?;
        each(part, f)?;
    }
    Ok(())
}

impl fmt::Display for Test {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Test::Domain(id) => write!(f, "domain:{id}"),
            Test::Module(id) => write!(f, "module:{id}"),
            Test::Tag(id) => write!(f, "tag:{id}"),
            Test::Level(level) => write!(f, "level:{}", level.label()),
            Test::Kind(kind) => write!(f, "type:{}", kind_label(*kind)),
            Test::Id(id) => write!(f, "id:{id}"),
            Test::Record(record) => f.write_str(record.label()),
            Test::Text(phrase) if phrase.is_whole() => write!(f, "\"{}\"", phrase.as_str()),
            Test::Text(phrase) => f.write_str(phrase.as_str()),
        }
    }
}
