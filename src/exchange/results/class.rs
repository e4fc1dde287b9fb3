//! Many students' answers, added up sitting by sitting: what is held grows with the questions and, by a few bytes each, with the
//! sittings, never with the answers.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::fs::{self, File};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::{self, BufReader, Read, Take};
use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::content::source::path_text;
use crate::engine::item_statistics::{Given, ItemTally, PaperTally, PapersTally};
use crate::engine::record::ExamId;
use crate::engine::slug::Slug;

use super::read::{Answer, Event, Fault, Heads, Sitting, read};

/// The largest file that is read, in bytes: a million answers or two. Of each sitting something is held, so that what a
/// file may hold has to end somewhere.
pub const MAX_FILE: u64 = 1 << 30;

/// Which answers count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Attempts {
    /// A student's first answer to a question: later ones tell what was remembered.
    First,
    /// All.
    All,
}

/// What has become of the lines: `lines` is the sum of the four after it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sums {
    /// Files that could be read.
    pub files: u64,
    /// Lines in them, without blank ones.
    pub lines: u64,
    /// Answers that counted.
    pub counted: u64,
    /// Answers to questions that the student had had before.
    pub later: u64,
    /// Answers of sittings that were there already.
    pub repeated: u64,
    /// Lines that were passed over.
    pub faults: u64,
    /// Files that could not be read.
    pub unread: u64,
    /// Sittings of which lines are missing.
    pub incomplete: u64,
    /// Copies of a sitting that say something else than the first.
    pub contradictory: u64,
}

/// A bank's sittings.
#[derive(Debug, Default)]
pub struct BankTally {
    /// How many there were with an answer that counted.
    pub sittings: u64,
    /// Their scores.
    pub papers: PapersTally,
}

/// The sittings of one paper.
#[derive(Debug)]
pub struct SamePaper {
    /// Its questions among [`Heads::all`].
    pub items: Vec<usize>,
    /// The scores.
    pub tally: PaperTally,
}

/// A class's answers, added up.
#[derive(Debug)]
pub struct Class {
    attempts: Attempts,
    /// The questions.
    pub heads: Heads,
    /// What is known of each of them.
    pub tallies: Vec<ItemTally>,
    /// The banks.
    pub banks: BTreeMap<Slug, BankTally>,
    /// The papers that were sat often enough.
    pub papers: HashMap<u64, SamePaper>,
    /// Who sat them.
    pub students: HashSet<ExamId>,
    /// What has become of the lines.
    pub sums: Sums,
    /// How many sittings there were.
    pub sittings: u64,
    seen: HashMap<ExamId, u64>,
    sat: HashMap<u64, u64>,
}

/// Why something was passed over.
#[derive(Debug)]
pub enum Trouble {
    /// A line.
    Line(Fault),
    /// The rest of a file, or all of it.
    File(io::Error),
}

/// Adds up all `files`, of which `tell` hears what was passed over. Papers that were sat at least `least` times are gone through
/// a second time, as only then is known which they are.
pub fn gather(
    files: &[PathBuf],
    attempts: Attempts,
    least: u64,
    mut tell: impl FnMut(&Path, Trouble) -> io::Result<()>,
) -> io::Result<Class> {
    let mut class = Class::new(attempts);
    for file in files {
        let mut heard = Ok(());
        let mut troubles = |trouble| {
            if heard.is_ok() {
                heard = tell(file, trouble);
            }
        };
        match open(file).and_then(|reader| class.file(reader, |fault| troubles(Trouble::Line(fault)))) {
            Ok(()) => class.sums.files += 1,
            Err(error) => {
                class.sums.unread += 1;
                troubles(Trouble::File(error));
            }
        }
        heard?;
    }
    class.sittings = class.seen.len() as u64;
    if class.sat.values().any(|&times| times >= least) {
        files.iter().for_each(|file| class.file_again(file, least));
    }
    Ok(class)
}

/// The files that are named: those ending in `.jsonl` of a folder, in the order of their names.
pub fn files(named: &[PathBuf]) -> io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for path in named {
        if !path.is_dir() {
            found.push(path.clone());
            continue;
        }
        let named =
            |error: io::Error| io::Error::new(error.kind(), format!("cannot read {}: {error}", path_text(path)));
        let entries = fs::read_dir(path).map_err(named)?.map(|entry| entry.map(|e| e.path()));
        let inside = entries.collect::<io::Result<Vec<_>>>().map_err(named)?;
        let mut inside: Vec<_> = inside.into_iter().filter(|p| p.extension().is_some_and(|e| e == "jsonl")).collect();
        inside.sort();
        found.append(&mut inside);
    }
    Ok(found)
}

/// A file of results, of which no more than one byte beyond [`MAX_FILE`] is read.
type Reader = BufReader<Take<File>>;

/// Pipes and devices may never end, and cannot be read twice.
fn open(path: &Path) -> io::Result<Reader> {
    let meta = fs::metadata(path)?;
    if !meta.is_file() {
        return Err(io::Error::other("it is no regular file: save what it gives to a file, and name that"));
    }
    if meta.len() > MAX_FILE {
        return Err(too_large());
    }
    Ok(BufReader::with_capacity(64 * 1024, File::open(path)?.take(MAX_FILE + 1)))
}

fn too_large() -> io::Error {
    let most = MAX_FILE >> 20;
    io::Error::other(format!("it is larger than {most} MiB, the most that is read: split it between two sittings"))
}

impl Class {
    fn new(attempts: Attempts) -> Self {
        Self {
            attempts,
            heads: Heads::default(),
            tallies: Vec::new(),
            banks: BTreeMap::new(),
            papers: HashMap::new(),
            students: HashSet::new(),
            sums: Sums::default(),
            sittings: 0,
            seen: HashMap::new(),
            sat: HashMap::new(),
        }
    }

    fn file(&mut self, mut reader: Reader, mut tell: impl FnMut(Fault)) -> io::Result<()> {
        let mut heads = std::mem::take(&mut self.heads);
        let done = read(&mut reader, &mut heads, |heads, event| match event {
            Event::Sitting(sitting) => self.sitting(heads, &sitting),
            Event::Fault(fault) => {
                self.sums.lines += 1;
                self.sums.faults += 1;
                tell(fault);
            }
        });
        self.heads = heads;
        // What the system said of its size may be out of date: it may have grown.
        done.and_then(|()| if reader.get_ref().limit() == 0 { Err(too_large()) } else { Ok(()) })
    }

    fn sitting(&mut self, heads: &Heads, sitting: &Sitting) {
        let lines = sitting.answers.len() as u64;
        self.sums.lines += lines;
        if let Some(&sum) = self.seen.get(&sitting.id) {
            self.sums.repeated += lines;
            self.sums.contradictory += u64::from(sum != sitting.sum);
            return;
        }
        self.seen.insert(sitting.id, sitting.sum);
        self.students.insert(sitting.student);
        self.sums.incomplete += u64::from(sitting.answers.len() < sitting.questions);
        for head in &heads.all()[self.tallies.len()..] {
            self.tallies.push(ItemTally::new(head.options.len(), head.keys));
        }
        let answers = self.counted(sitting);
        self.sums.counted += answers.len() as u64;
        self.sums.later += lines - answers.len() as u64;
        let Some(first) = answers.first() else { return };
        let bank = self.banks.entry(heads.all()[first.item].bank.clone()).or_default();
        bank.sittings += 1;
        bank.papers.add(answers.iter().map(|a| a.points));
        *self.sat.entry(paper(&answers)).or_default() += 1;
        let (total, others) = (answers.iter().map(|a| a.points).sum::<f64>(), answers.len() as f64 - 1.0);
        for answer in &answers {
            self.tallies[answer.item].add(&Given {
                points: answer.points,
                picked: answer.picked,
                spent: Duration::from_millis(answer.spent_ms),
                rest: (others > 0.0).then(|| ((total - answer.points) / others).max(0.0)),
            });
        }
    }

    /// Adds up the sittings of papers that were sat often enough. What was told the first time is not told again.
    fn file_again(&mut self, file: &Path, least: u64) {
        let Ok(reader) = open(file) else { return };
        let mut heads = std::mem::take(&mut self.heads);
        let _ = read(reader, &mut heads, |_, event| {
            let Event::Sitting(sitting) = event else { return };
            let first_copy = self.seen.remove(&sitting.id).is_some();
            let mut answers = self.counted(&sitting);
            let number = paper(&answers);
            if !first_copy || self.sat.get(&number).is_none_or(|&times| times < least) {
                return;
            }
            answers.sort_by_key(|a| a.item);
            let points: Vec<f64> = answers.iter().map(|a| a.points).collect();
            let same = self.papers.entry(number).or_insert_with(|| SamePaper {
                items: answers.iter().map(|a| a.item).collect(),
                tally: PaperTally::new(answers.len()),
            });
            same.tally.add(&points);
        });
        self.heads = heads;
    }

    fn counted(&self, sitting: &Sitting) -> Vec<Answer> {
        let counts = |a: &Answer| self.attempts == Attempts::All || a.attempt == 1;
        sitting.answers.iter().copied().filter(counts).collect()
    }
}

/// The same for the same questions, in whatever order.
fn paper(answers: &[Answer]) -> u64 {
    let mut items: Vec<usize> = answers.iter().map(|a| a.item).collect();
    items.sort_unstable();
    let mut hasher = DefaultHasher::new();
    items.hash(&mut hasher);
    hasher.finish()
}
