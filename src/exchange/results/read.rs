//! Lines of results from strangers, taken apart: a line that does not say what it should is named and passed over.

use std::collections::{BTreeSet, HashMap};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::{self, BufRead, Read};

use crate::content::raw_shared::MAX_VERSION;
use crate::engine::bank::MultiAnswer;
use crate::engine::question::{Kind, MAX_OPTIONS};
use crate::engine::record::ExamId;
use crate::engine::slug::Slug;
use crate::engine::text::Text;

use super::{FORMAT, Row, possible};

/// The longest line that is read, in bytes.
pub const MAX_LINE: u64 = 256 * 1024;
/// The most answers of one sitting.
pub const MAX_SITTING: usize = 100_000;
/// The most memory that questions and their tallies may take, in bytes, about.
const MAX_HELD: usize = 512 * 1024 * 1024;
/// About what an option's tally takes, in bytes.
const TALLY: usize = 600;

/// A question as it was worded.
#[derive(Clone, Debug)]
pub struct Head {
    /// The bank.
    pub bank: Slug,
    /// The question's identifier.
    pub question: Slug,
    /// Its wording, in 16 digits.
    pub edition: Slug,
    /// The versions of the bank that had it so.
    pub versions: BTreeSet<semver::Version>,
    /// Its content area in the highest of them.
    pub domain: Slug,
    /// Its chapter in the highest of them.
    pub module: Option<Slug>,
    /// One key, several, or true/false.
    pub kind: Kind,
    /// How many of `options`, from the first on, are keys.
    pub keys: usize,
    /// Keys, then distractors, each by their texts.
    pub options: Vec<Text>,
}

/// All questions that were met. A question with another wording, key or distractor is another one.
#[derive(Debug, Default)]
pub struct Heads {
    known: HashMap<Box<str>, usize>,
    heads: Vec<Head>,
    held: usize,
}

impl Heads {
    /// In the order in which they were met.
    pub fn all(&self) -> &[Head] {
        &self.heads
    }

    fn find(&mut self, row: &Row, options: &[&str], keys: usize) -> Result<usize, String> {
        let parts = [row.bank.as_str(), &row.question, &row.edition, &row.kind];
        // The length before each part: no two questions run together to one name.
        let name: String = parts.iter().chain(options).map(|part| format!("{}:{part}", part.len())).collect();
        let name = format!("{keys}:{name}");
        let index = match self.known.get(name.as_str()) {
            Some(&index) => index,
            None => self.add(name, row, options, keys)?,
        };
        let head = &mut self.heads[index];
        let newest = head.versions.last().map(ToString::to_string);
        if newest.as_ref() != Some(&row.version) {
            let version = semver::Version::parse(&row.version).ok().filter(|_| row.version.len() <= MAX_VERSION);
            let version = version.ok_or_else(|| no("version", &row.version))?;
            if head.versions.last().is_none_or(|last| version > *last) {
                head.domain = slug("domain", &row.domain)?;
                head.module = row.module.as_deref().map(|m| slug("module", m)).transpose()?;
            }
            if head.versions.len() < 1000 && self.held < MAX_HELD && head.versions.insert(version) {
                self.held += 2 * MAX_VERSION;
            }
        }
        Ok(index)
    }

    fn add(&mut self, name: String, row: &Row, options: &[&str], keys: usize) -> Result<usize, String> {
        let kinds = [Kind::Single, Kind::Multi, Kind::TrueFalse];
        let kind = kinds.into_iter().find(|k| k.label() == row.kind).ok_or_else(|| no("kind", &row.kind))?;
        let head = Head {
            bank: slug("bank", &row.bank)?,
            question: slug("question", &row.question)?,
            edition: slug("edition", &row.edition)?,
            versions: BTreeSet::new(),
            domain: slug("domain", &row.domain)?,
            module: row.module.as_deref().map(|m| slug("module", m)).transpose()?,
            kind,
            keys,
            options: options.iter().map(|o| Text::new(o)).collect(),
        };
        self.held += 2 * name.len() + TALLY * options.len();
        if self.held > MAX_HELD {
            return Err("there are more different questions than can be held".into());
        }
        self.heads.push(head);
        self.known.insert(name.into(), self.heads.len() - 1);
        Ok(self.heads.len() - 1)
    }
}

/// An answer, taken apart.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Answer {
    /// The question's place among [`Heads::all`].
    pub item: usize,
    /// The chosen options, a bit each, in the order of [`Head::options`].
    pub picked: u32,
    /// The points gained.
    pub points: f64,
    /// The time spent, in milliseconds.
    pub spent_ms: u64,
    /// 1: the student had not had the question before.
    pub attempt: u32,
}

/// Lines of one sitting that follow each other.
#[derive(Clone, Debug)]
pub struct Sitting {
    /// Its identifier.
    pub id: ExamId,
    /// Who sat it.
    pub student: ExamId,
    /// How many questions it had.
    pub questions: usize,
    /// Its answers.
    pub answers: Vec<Answer>,
    /// Two copies of the same sitting have the same sum.
    pub sum: u64,
}

impl Sitting {
    fn add(&mut self, row: &Row, answer: Answer) {
        let mut hasher = DefaultHasher::new();
        (self.sum, row.position, answer.item, answer.picked, answer.attempt).hash(&mut hasher);
        (answer.points.to_bits(), answer.spent_ms).hash(&mut hasher);
        self.sum = hasher.finish();
        self.answers.push(answer);
    }
}

/// A line that was passed over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The line, from 1.
    pub line: u64,
    /// The byte in it, from 1, if the reason has a place.
    pub column: Option<usize>,
    /// The reason, harmless.
    pub reason: String,
}

/// What comes out of a file.
#[derive(Debug)]
pub enum Event {
    /// A sitting's lines.
    Sitting(Sitting),
    /// A line that was passed over.
    Fault(Fault),
}

/// Reads all lines, and gives away each sitting when another begins. Blank lines are none.
pub fn read(mut file: impl BufRead, heads: &mut Heads, mut take: impl FnMut(&Heads, Event)) -> io::Result<()> {
    let mut open: Option<Sitting> = None;
    let (mut line, mut raw) = (0, Vec::new());
    loop {
        raw.clear();
        if file.by_ref().take(MAX_LINE + 1).read_until(b'\n', &mut raw)? == 0 {
            break;
        }
        line += 1;
        let whole = raw.ends_with(b"\n") || raw.len() as u64 <= MAX_LINE;
        if !whole {
            skip_line(&mut file)?;
        }
        if raw.trim_ascii().is_empty() {
            continue;
        }
        let parsed = if whole { parse(raw.trim_ascii_end(), heads) } else { Err((None, too_long())) };
        match parsed {
            Ok((row, id, student, answer)) => {
                let goes_on =
                    open.as_ref().is_some_and(|s| (s.id, s.student, s.questions) == (id, student, row.questions));
                if !goes_on {
                    open.take().into_iter().for_each(|s| take(heads, Event::Sitting(s)));
                }
                let sitting = open.get_or_insert_with(|| Sitting {
                    id,
                    student,
                    questions: row.questions,
                    answers: Vec::new(),
                    sum: 0,
                });
                if sitting.answers.len() < MAX_SITTING {
                    sitting.add(&row, answer);
                } else {
                    let reason = format!("a sitting has more than {MAX_SITTING} answers");
                    take(heads, Event::Fault(Fault { line, column: None, reason }));
                }
            }
            Err((column, reason)) => take(heads, Event::Fault(Fault { line, column, reason })),
        }
    }
    open.into_iter().for_each(|s| take(heads, Event::Sitting(s)));
    Ok(())
}

fn too_long() -> String {
    format!("the line is longer than {} KiB", MAX_LINE / 1024)
}

/// Goes to the end of the line without keeping it.
fn skip_line(file: &mut impl BufRead) -> io::Result<()> {
    loop {
        let seen = file.fill_buf()?;
        let (used, done) = match seen.iter().position(|&b| b == b'\n') {
            Some(at) => (at + 1, true),
            None => (seen.len(), seen.is_empty()),
        };
        file.consume(used);
        if done {
            return Ok(());
        }
    }
}

type Parsed = (Row, ExamId, ExamId, Answer);

fn parse(raw: &[u8], heads: &mut Heads) -> Result<Parsed, (Option<usize>, String)> {
    #[derive(serde::Deserialize)]
    struct Version {
        format: u32,
    }
    let row: Row = serde_json::from_slice(raw).map_err(|error| match serde_json::from_slice::<Version>(raw) {
        Ok(Version { format }) if format != FORMAT => (None, newer(format)),
        _ => {
            // The place is told apart; serde's says "line 1" of every line.
            let said = Text::new(&error.to_string()).one_line();
            (Some(error.column()), said.split(" at line ").next().unwrap_or_default().to_owned())
        }
    })?;
    if row.format != FORMAT {
        return Err((None, newer(row.format)));
    }
    sound(row, heads).map_err(|reason| (None, reason))
}

fn newer(format: u32) -> String {
    format!("its form is {format}, and this program knows {FORMAT}")
}

fn no(what: &str, raw: &str) -> String {
    let shown: String = Text::new(raw).one_line().chars().take(60).collect();
    format!("`{shown}` is no {what}")
}

fn slug(what: &str, raw: &str) -> Result<Slug, String> {
    Slug::new(raw).ok_or_else(|| no(what, raw))
}

/// Whether the line can be true: what it says of the answer fits its options and points.
fn sound(row: Row, heads: &mut Heads) -> Result<Parsed, String> {
    let id = ExamId::parse(&row.sitting).ok_or_else(|| no("sitting's id", &row.sitting))?;
    let student = ExamId::parse(&row.student).ok_or_else(|| no("student's id", &row.student))?;
    let (keys, all) = (row.key.len(), row.key.len() + row.distractors.len());
    if keys == 0 || keys == all || all > MAX_OPTIONS {
        return Err("a question has a key, a distractor, and at most 26 options".into());
    }
    let mut options: Vec<&str> = row.key.iter().chain(&row.distractors).map(String::as_str).collect();
    options[..keys].sort_unstable();
    options[keys..].sort_unstable();
    if options.iter().collect::<BTreeSet<_>>().len() < all {
        return Err("two options are the same".into());
    }
    let mut picked = 0u32;
    for text in &row.picked {
        let place = options.iter().position(|o| o == text).ok_or_else(|| no("option of the question", text))?;
        picked |= 1 << place;
    }
    let right = (picked & ((1 << keys) - 1)).count_ones() as usize;
    let wrong = picked.count_ones() as usize - right;
    let fits = |rule| (row.points - possible(right, wrong, keys, rule)).abs() < 1e-9;
    if !(fits(MultiAnswer::AllOrNothing) || fits(MultiAnswer::Partial)) {
        return Err(format!("{} points do not fit the answer", row.points));
    }
    if row.attempt == 0 || row.position == 0 || row.position > row.questions {
        return Err("attempt and position count from 1, and the position is within the questions".into());
    }
    let item = heads.find(&row, &options, keys)?;
    let answer = Answer { item, picked, points: row.points, spent_ms: row.spent_ms, attempt: row.attempt };
    Ok((row, id, student, answer))
}
