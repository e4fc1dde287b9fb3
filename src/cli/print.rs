//! `examdeck print`: exams, cards and the study guide as files for paper.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use clap::{Args, Subcommand, ValueEnum};

use crate::app::page::counted;
use crate::content::source::path_text;
use crate::engine::bank::Bank;
use crate::engine::draw::{Among, MAX_VERSIONS, Request, forecast, versions};
use crate::engine::enemies::Enemies;
use crate::engine::filter::Filter;
use crate::engine::learner::Trail;
use crate::engine::paper::{Paper, letter};
use crate::engine::slug::Slug;
use crate::engine::text::Text;
use crate::publish::version::Version;
use crate::publish::{Format, answer_sheet, cards, guide, key, paper};

use super::named::{self, Named};
use super::{Status, chain, filter, reports};

/// What is to be printed.
#[derive(Clone, Debug, Subcommand)]
pub enum Orders {
    /// An exam: question paper, answer sheet, and key with rationales
    Exam {
        /// Only these questions, such as `domain:rf -type:tf`; words about your own record are refused
        #[arg(value_name = "FILTER")]
        filter: Vec<String>,
        /// The bank: its id, or the path of its file or folder
        #[arg(long, value_name = "ID|PATH")]
        bank: Option<String>,
        /// The paper of this number; the same number gives the same files (default: by chance)
        #[arg(long, value_name = "S", value_parser = clap::value_parser!(u64).range(..1_000_000_000_000_000))]
        seed: Option<u64>,
        /// How many questions (the blueprint's weights and pace are kept)
        #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=100_000))]
        questions: Option<u32>,
        /// How many versions of the same questions, A to D, each with its own order and key
        #[arg(long, value_name = "1-4", default_value_t = 1, value_parser = clap::value_parser!(u8).range(1..=i64::from(MAX_VERSIONS)))]
        versions: u8,
        /// Where to.
        #[command(flatten)]
        target: Target,
    },
    /// Flash cards to cut: sheets of fronts and backs, for printing two-sided
    Cards {
        /// The deck: its id, or the path of its file or folder
        #[arg(long, value_name = "ID|PATH")]
        deck: Option<String>,
        /// Where to.
        #[command(flatten)]
        target: Target,
    },
    /// The study guide: contents and modules
    Guide {
        /// Only these modules (default: all)
        #[arg(value_name = "MODULE")]
        modules: Vec<String>,
        /// The bank: its id, or the path of its file or folder
        #[arg(long, value_name = "ID|PATH")]
        bank: Option<String>,
        /// Where to.
        #[command(flatten)]
        target: Target,
    },
}

/// Where files go, and how they are written.
#[derive(Args, Clone, Debug)]
pub struct Target {
    /// HTML for a browser to print or to save as PDF, or Markdown
    #[arg(long, value_name = "FORMAT", default_value = "html")]
    to: To,
    /// The folder to write to; it is made if it is not there
    #[arg(short, long, value_name = "DIR", default_value = ".")]
    output: PathBuf,
    /// Write over files of the same names
    #[arg(long)]
    force: bool,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum To {
    Html,
    Md,
}

impl Target {
    fn format(&self) -> Format {
        match self.to {
            To::Html => Format::Html,
            To::Md => Format::Markdown,
        }
    }
}

/// A file to be written: its name without the extension, and its text.
type File = (String, String);

/// What a command has to tell, and the files it makes.
struct Printed {
    told: Vec<String>,
    files: Vec<File>,
}

/// Makes the files. `chance` gives a seed where none was typed; `data_dir` is where installed content is.
pub fn run(
    orders: &Orders,
    data_dir: Option<&Path>,
    chance: impl FnOnce() -> Result<u64, Text>,
    out: &mut impl Write,
    err: &mut impl Write,
) -> io::Result<Status> {
    let (target, printed) = match orders {
        Orders::Exam { filter, bank, seed, questions, versions, target } => {
            let seed = || seed.map_or_else(|| chance().map_err(|e| e.to_string()), Ok);
            let printed = read_filter(filter).and_then(|filter| {
                let bank = named::bank_or_only(bank.as_deref(), data_dir)?;
                exam(&bank, filter, seed()?, *questions, *versions, target.format())
            });
            (target, printed)
        }
        Orders::Guide { modules, bank, target } => {
            let bank = named::bank_or_only(bank.as_deref(), data_dir);
            (target, bank.and_then(|b| print_guide(&b.content, modules, target.format())))
        }
        Orders::Cards { deck, target } => (target, print_cards(deck.as_deref(), data_dir, target.format())),
    };
    let printed = match printed {
        Ok(printed) => printed,
        Err(message) => {
            writeln!(err, "examdeck: {message}")?;
            return Ok(Status::Usage);
        }
    };
    match write_files(target, &printed.files) {
        Ok(paths) => {
            for line in printed.told.iter().chain(&paths) {
                writeln!(out, "{line}")?;
            }
            Ok(Status::Ok)
        }
        Err((status, message)) => {
            writeln!(err, "examdeck: {message}")?;
            Ok(status)
        }
    }
}

/// A filter of what the bank says. An exam on paper is for others, and its number must give it again.
fn read_filter(words: &[String]) -> Result<Filter, String> {
    let filter = filter::read(words)?;
    match filter.records().first() {
        None => Ok(filter),
        Some(record) => Err(format!(
            "`{}` goes by your own record, and an exam on paper is drawn from the bank alone: leave it out",
            record.label()
        )),
    }
}

fn exam(
    named: &Named<Bank>,
    filter: Filter,
    seed: u64,
    questions: Option<u32>,
    count: u8,
    format: Format,
) -> Result<Printed, String> {
    let (bank, nobody) = (&named.content, Trail::default());
    if bank.questions.is_empty() {
        return Err(format!("the bank {} has no sound question", bank.id));
    }
    filter::check(&filter, bank, &nobody)?;
    let wanted = questions.map_or(bank.exam.questions, |n| n as usize);
    let request = Request { questions: wanted, among: Among::of(filter, bank, &nobody) };
    let papers = versions(bank, &request, seed, count);
    let drawn = papers[0].items.len(); // there is always a first version
    let letters = match count {
        1 => "version A".into(),
        2 => "versions A and B".into(),
        _ => format!("versions A to {}", letter(usize::from(count) - 1)),
    };
    let among = papers[0].among.as_ref().map_or(String::new(), |filter| format!(" over {}", filter.one_line()));
    let mut told =
        vec![format!("{} {}: {}{among}, {letters}, seed {seed}", bank.id, bank.version, counted(drawn, "question"))];
    if drawn < wanted {
        let there = if among.is_empty() { "The bank has" } else { "The filter fits" };
        told.push(format!("{there} no more than {}; {wanted} were wanted.", counted(drawn, "question")));
    }
    for short in forecast(bank, &request, &Default::default()).shortages {
        let (have, want) = (short.available, short.wanted);
        told.push(format!("The domain {} has {have} of the {want} questions that its weight asks for.", short.domain));
    }
    told.extend(meeting(bank, &papers[0]));
    told.extend(left_out(named.left_out, "question"));
    let files = papers.iter().enumerate().flat_map(|(number, paper)| {
        let version = Version { bank, paper, number };
        let stem = version.file_stem();
        let texts = match format {
            Format::Html => [paper::html(&version), answer_sheet::html(&version), key::html(&version)],
            Format::Markdown => [paper::markdown(&version), answer_sheet::markdown(&version), key::markdown(&version)],
        };
        ["paper", "answer-sheet", "key"]
            .map(|kind| format!("{stem}-{kind}.{}", format.extension()))
            .into_iter()
            .zip(texts)
    });
    Ok(Printed { told, files: files.collect() })
}

/// The enemies that stand together in a paper: its author decides whether that matters.
fn meeting(bank: &Bank, paper: &Paper) -> Option<String> {
    /// How many pairs are named.
    const NAMED: usize = 5;
    let pairs = Enemies::among(&bank.questions).meeting(paper.items.iter().map(|item| item.question.as_ref()));
    let named = pairs.iter().take(NAMED).map(|(a, b)| format!("{a} and {b}")).collect::<Vec<_>>().join("; ");
    let more = match pairs.len().saturating_sub(NAMED) {
        0 => String::new(),
        more => format!("; and {more} more"),
    };
    (!pairs.is_empty()).then(|| format!("Enemies stand in one paper, as no other questions were left: {named}{more}."))
}

fn print_cards(name: Option<&str>, data_dir: Option<&Path>, format: Format) -> Result<Printed, String> {
    let named = named::deck_or_only(name, data_dir)?;
    let deck = &named.content;
    let all = deck.cards().len();
    let printed = match format {
        Format::Html => {
            // A deck names no language; its bank does.
            let bank = deck.bank.as_ref().and_then(|bank| named::bank(bank.as_str(), data_dir).ok());
            cards::html(deck, bank.and_then(|b| b.content.language).as_ref())
        }
        Format::Markdown => cards::markdown(deck),
    };
    if all == printed.left_out.len() {
        return Err(format!("the deck {} has no card that can be printed", deck.id));
    }
    let mut told = vec![format!("{} {}: {}", deck.id, deck.version, counted(all - printed.left_out.len(), "card"))];
    told.extend(printed.left_out.iter().map(|card| format!("Not printed, as it is too long for a page: {card}")));
    told.extend(left_out(named.left_out, "card"));
    let name = format!("{}-{}-sheets.{}", deck.id, deck.version, format.extension());
    Ok(Printed { told, files: vec![(name, printed.text)] })
}

fn print_guide(bank: &Bank, modules: &[String], format: Format) -> Result<Printed, String> {
    let with: Vec<&Slug> = bank.modules.iter().filter(|m| m.guide.is_some()).map(|m| &m.id).collect();
    if with.is_empty() {
        return Err(format!("the bank {} has no study guide", bank.id));
    }
    let known = with.iter().map(|id| id.as_str()).collect::<Vec<_>>().join(", ");
    let find = |name: &String| {
        let id = Slug::new(name).filter(|id| with.contains(&id));
        id.ok_or_else(|| format!("there is no guide of a module `{}`; there are: {known}", Text::new(name).one_line()))
    };
    let only = modules.iter().map(find).collect::<Result<Vec<_>, _>>()?;
    let count = with.iter().filter(|id| only.is_empty() || only.contains(id)).count();
    let text = match format {
        Format::Html => guide::html(bank, &only),
        Format::Markdown => guide::markdown(bank, &only),
    };
    let part = if only.is_empty() { String::new() } else { only.iter().map(|id| format!("-{id}")).collect() };
    let name = format!("{}-{}-guide{part}.{}", bank.id, bank.version, format.extension());
    Ok(Printed {
        told: vec![format!("{} {}: {}", bank.id, bank.version, counted(count, "module"))],
        files: vec![(name, text)],
    })
}

fn left_out(count: usize, what: &str) -> Option<String> {
    let are = if count == 1 { "is" } else { "are" };
    (count > 0).then(|| format!("{} {are} broken and left out; `examdeck check` says why.", counted(count, what)))
}

/// Writes all files, or none if one of them is there already. Returns their paths, harmless.
fn write_files(target: &Target, files: &[File]) -> Result<Vec<String>, (Status, String)> {
    let folder = &target.output;
    let shown = |path: &Path| path_text(path).one_line();
    let failed =
        |path: &Path, error: &io::Error| (Status::Findings, format!("cannot write {}: {}", shown(path), chain(error)));
    let taken = |path: &PathBuf| !target.force && path.symlink_metadata().is_ok();
    let paths: Vec<PathBuf> = files.iter().map(|(name, _)| folder.join(name)).collect();
    if let Some(path) = paths.iter().find(|p| taken(p)) {
        let told = format!("{} is there already; nothing was written (--force writes over it)", shown(path));
        return Err((Status::Usage, told));
    }
    if folder.exists() && !folder.is_dir() {
        return Err((Status::Usage, format!("{} is no folder: name one with -o", shown(folder))));
    }
    fs::create_dir_all(folder).map_err(|error| failed(folder, &error))?;
    for (path, (_, text)) in paths.iter().zip(files) {
        reports::write(path, text, target.force).map_err(|error| failed(path, &error))?;
    }
    Ok(paths.iter().map(|p| shown(p)).collect())
}
