//! The command line: what was typed, and a command a file, each returning an exit status.

use std::error::Error;
use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand};

use crate::app::cards::CardsOrder;
use crate::app::drill::setup::Wish;
use crate::app::setup::Preset;
use crate::content::load::load;
use crate::content::source::{find_banks, path_text};
use crate::engine::bank::Bank;
use crate::engine::slug::Slug;
use crate::engine::text::Text;
use crate::engine::time::Wall;
use crate::runtime::{self, Options, loader};
use crate::ui::Theme;

pub mod add;
pub mod bank;
pub mod cards;
pub mod certificate;
pub mod check;
pub mod drill;
pub mod exam;
pub mod filter;
pub mod guide;
pub mod list;
pub mod named;
pub mod new;
pub mod pack;
pub mod print;
pub mod progress;
pub mod reference;
pub mod remove;
pub mod reports;
pub mod results;
pub mod schema;
pub mod whereabouts;

/// How a command ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// All is well: 0.
    Ok,
    /// Something was found, or a thing failed: 1.
    Findings,
    /// The call or its files cannot be used: 2.
    Usage,
}

impl From<Status> for ExitCode {
    fn from(status: Status) -> Self {
        ExitCode::from(match status {
            Status::Ok => 0,
            Status::Findings => 1,
            Status::Usage => 2,
        })
    }
}

/// The help's beginning: what people do most.
const EXAMPLES: &str = "\
Examples:
  examdeck                              open the program
  examdeck exam                         the settings of a mock exam
  examdeck exam --questions 25 --tutor  25 questions, answers shown after each
  examdeck exam --seed 2026             the same paper for a whole class
  examdeck exam --bank my-bank.toml     a mock exam on a bank of your own
  examdeck exam domain:rf missed        an exam over what you missed on rf
  examdeck drill                        the settings of a drill, the weakest first
  examdeck drill domain:rf missed       only what you missed on rf
  examdeck cards                        the flash cards that are due
  examdeck print exam --versions 2      an exam on paper, with answer sheets and keys
  examdeck guide m5                     a chapter of the study guide, as text
  examdeck new bank my-bank.toml        begin a bank of your own
  examdeck check my-bank.toml           what is wrong with a bank, and where
  examdeck preview my-bank.toml         see it as students will, while you write it
  examdeck pack my-bank.toml            one file to send to students
  examdeck add my-bank-1.0.0.examdeck   install what an author sent you
  examdeck results export -o me.jsonl   your answers, for the author of the questions
  examdeck results analyse class/       what a class's answers say of a bank
  examdeck progress                     whether you are ready, and the exams you have sat";

/// The heading of what every command takes, so that its own options stand together.
const GLOBAL: &str = "Options of every command";

/// Prepare for an exam in the terminal: timed mock exams from question banks.
#[derive(Debug, Parser)]
#[command(name = "examdeck", version, before_help = EXAMPLES)]
struct Arguments {
    #[command(flatten)]
    common: Common,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Args, Debug)]
struct Common {
    /// Keep everything in this folder (default: $EXAMDECK_DATA_DIR, or your system's data folder)
    #[arg(long, global = true, value_name = "FOLDER", help_heading = GLOBAL)]
    data_dir: Option<PathBuf>,
    /// Plain ASCII symbols
    #[arg(long, global = true, help_heading = GLOBAL)]
    ascii: bool,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Go to the settings of a mock exam
    Exam(exam::Arguments),
    /// Go to the settings of a drill: question after question, each with its answer at once
    Drill(drill::Arguments),
    /// Flash cards: what is due today
    Cards {
        /// Only this deck
        #[arg(long, value_name = "ID")]
        deck: Option<String>,
        /// Go through all cards without touching their schedule
        #[arg(long)]
        cram: bool,
        /// At most so many cards
        #[arg(long, value_name = "N")]
        limit: Option<usize>,
        #[command(subcommand)]
        command: Option<CardsCommand>,
    },
    /// Print the study guide as text
    Guide(guide::Orders),
    /// Whether you are ready, how you do by domain, and the exams you have sat
    Progress {
        /// Everything as JSON, for programs
        #[arg(long)]
        json: bool,
        /// One table, for spreadsheets
        #[arg(long, value_name = "TABLE", conflicts_with = "json")]
        csv: Option<progress::Table>,
    },
    /// A passed mock exam as a certificate, and what such a certificate proves
    Certificate(certificate::Orders),
    /// The questions you have reported as faulty, for their author
    Reports(reports::Orders),
    /// Your answers for the author of the questions, and what a class's answers say of them
    Results {
        #[command(subcommand)]
        orders: results::Orders,
    },
    /// List the banks and decks that there are
    List {
        /// As JSON, for programs
        #[arg(long)]
        json: bool,
    },
    /// Install a bank or a deck that somebody sent you
    Add(add::Orders),
    /// Remove a bank or a deck that was installed; what you have answered stays
    Remove(remove::Orders),
    /// Say where everything is kept
    Where {
        /// As JSON, for programs
        #[arg(long)]
        json: bool,
    },
    /// Begin a question bank or a deck of your own
    New {
        #[command(subcommand)]
        orders: new::Orders,
    },
    /// See a bank or a deck as students will, while you write it
    Preview {
        /// The file or folder of the bank or deck
        #[arg(value_name = "PATH")]
        path: PathBuf,
        /// Begin with this question or card
        #[arg(long, visible_alias = "card", value_name = "ID")]
        question: Option<String>,
    },
    /// Say what is wrong with question banks and decks: exit status 0 no error, 1 errors, 2 unreadable
    Check(check::Orders),
    /// What a question bank holds, and what has changed in it
    Bank {
        #[command(subcommand)]
        orders: bank::Orders,
    },
    /// The file format as a JSON Schema, from which editors complete and check
    Schema {
        /// Files of banks, or of decks
        kind: schema::Kind,
    },
    /// Exams with answer sheets and keys, cards to cut, the study guide: files for a browser to print
    Print {
        #[command(subcommand)]
        orders: print::Orders,
    },
    /// Pack a bank or a deck into one file that students add
    Pack(pack::Orders),
}

#[derive(Debug, Subcommand)]
enum CardsCommand {
    /// Print what is due today
    Due {
        /// As JSON, for programs
        #[arg(long)]
        json: bool,
    },
    /// Fit the schedule to your own grades; applied only if it foresees them better
    Optimize {
        /// Go back to the schedule before the last fit
        #[arg(long)]
        revert: bool,
    },
}

/// An error and its causes, harmless, in one line.
pub fn chain(error: &dyn Error) -> String {
    let mut line = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        line.push_str(&format!(": {error}"));
        cause = error.source();
    }
    Text::new(&line).one_line()
}

/// The day of a moment, as `YYYY-MM-DD`, in UTC.
fn day(now: Wall) -> String {
    jiff::Timestamp::from_second(now.0).unwrap_or_default().to_zoned(jiff::tz::TimeZone::UTC).date().to_string()
}

/// Runs the program.
pub fn main() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => return usage(&error).into(),
    };
    let status = run(arguments).unwrap_or_else(|error| match error.kind() {
        io::ErrorKind::BrokenPipe => Status::Ok, // the reader had enough
        _ => complain(&chain(&error)),
    });
    status.into()
}

/// Prints what clap says, harmless: it quotes the arguments.
fn usage(error: &clap::Error) -> Status {
    let text = Text::new(&error.render().to_string());
    if error.use_stderr() {
        let _ = writeln!(io::stderr(), "{}", text.as_str().trim_end());
        return Status::Usage;
    }
    let _ = writeln!(io::stdout(), "{}", text.as_str().trim_end());
    Status::Ok
}

fn complain(message: &str) -> Status {
    let _ = writeln!(io::stderr(), "examdeck: {message}");
    Status::Usage
}

fn run(arguments: Arguments) -> io::Result<Status> {
    let Common { data_dir, ascii } = arguments.common;
    if let Some(Command::Check(orders)) = &arguments.command {
        return check::run(orders, runtime::clock::wall(), &mut io::stdout().lock(), &mut io::stderr().lock());
    }
    if let Some(Command::Schema { kind }) = arguments.command {
        return schema::write(kind, &mut io::stdout().lock()).map(|()| Status::Ok);
    }
    if let Some(Command::New { orders }) = &arguments.command {
        let asked = io::stdin().is_terminal() && io::stdout().is_terminal();
        let mut answers = io::stdin().lock();
        let terminal: Option<&mut dyn io::BufRead> = if asked { Some(&mut answers) } else { None };
        return new::run(orders, runtime::clock::wall(), terminal, &mut io::stdout().lock(), &mut io::stderr().lock());
    }
    if let Some(Command::Bank { orders }) = &arguments.command {
        let data_dir = loader::data_dir(data_dir.as_ref());
        return bank::run(orders, data_dir, &mut io::stdout().lock(), &mut io::stderr().lock());
    }
    if let Some(Command::Results { orders: results::Orders::Analyse(orders) }) = &arguments.command {
        return results::analyse::run(orders, &mut io::stdout().lock(), &mut io::stderr().lock());
    }
    if let Some(Command::Pack(orders)) = &arguments.command {
        return pack::run(orders, runtime::clock::wall(), &mut io::stdout().lock(), &mut io::stderr().lock());
    }
    if let Some(Command::Print { orders }) = &arguments.command {
        let data_dir = loader::data_dir(data_dir.as_ref());
        let (mut out, mut err) = (io::stdout().lock(), io::stderr().lock());
        return print::run(orders, data_dir.as_deref(), runtime::effects::seed, &mut out, &mut err);
    }
    let Some(data_dir) = loader::data_dir(data_dir.as_ref()) else {
        return Ok(complain("you have no home folder to keep progress in: name a folder with --data-dir"));
    };
    match arguments.command {
        Some(Command::Reports(orders)) => {
            reports::run(&data_dir, &orders, &mut io::stdout().lock(), &mut io::stderr().lock())
        }
        Some(Command::Results { orders: results::Orders::Export(orders) }) => {
            results::export(&data_dir, &orders, &mut io::stdout().lock(), &mut io::stderr().lock())
        }
        Some(Command::Add(orders)) => add::run(&orders, &data_dir, &mut io::stdout().lock(), &mut io::stderr().lock()),
        Some(Command::List { json }) => list::run(&data_dir, json, &mut io::stdout().lock()),
        Some(Command::Remove(orders)) => {
            remove::run(&orders, &data_dir, &mut io::stdout().lock(), &mut io::stderr().lock())
        }
        Some(Command::Where { json }) => whereabouts::run(&data_dir, json, &mut io::stdout().lock()),
        Some(Command::Guide(orders)) => {
            guide::run(&orders, &data_dir, ascii, &mut io::stdout().lock(), &mut io::stderr().lock())
        }
        Some(Command::Progress { json, csv }) => {
            let form = match (json, csv) {
                (true, _) => progress::Form::Json,
                (false, Some(table)) => progress::Form::Csv(table),
                (false, None) => progress::Form::Human { ascii },
            };
            progress::run(&data_dir, form, &mut io::stdout().lock(), &mut io::stderr().lock())
        }
        Some(Command::Certificate(orders)) => {
            certificate::run(&data_dir, &orders, &mut io::stdout().lock(), &mut io::stderr().lock())
        }
        Some(Command::Cards { command: Some(CardsCommand::Due { json }), .. }) => {
            cards::due(&data_dir, json, &mut io::stdout().lock(), &mut io::stderr().lock())
        }
        Some(Command::Cards { command: Some(CardsCommand::Optimize { revert }), .. }) => {
            cards::optimize(&data_dir, revert, &mut io::stdout().lock(), &mut io::stderr().lock())
        }
        Some(Command::Cards { deck, cram, limit, command: None }) => Ok(match deck.as_deref().map(Slug::new) {
            Some(None) => complain(&format!("`{}` is no deck's id", Text::new(&deck.unwrap_or_default()).one_line())),
            known => {
                let order = CardsOrder { deck: known.flatten(), cram, limit };
                screens(data_dir, Start { cards: Some(order), ..Start::default() }, ascii)
            }
        }),
        Some(Command::Preview { path, question }) => Ok(match preview(path, question) {
            Ok(preview) => screens(data_dir, Start { preview: Some(preview), ..Start::default() }, ascii),
            Err(message) => complain(&message),
        }),
        Some(Command::Drill(typed)) => Ok(match drill::wish(typed) {
            Ok((wish, named)) => screens(data_dir, Start { named, drill: Some(wish), ..Start::default() }, ascii),
            Err(message) => complain(&message),
        }),
        Some(Command::Exam(exam)) => Ok(match exam::preset(exam, &data_dir) {
            Ok((preset, named)) => screens(data_dir, Start { named, preset: Some(preset), ..Start::default() }, ascii),
            Err(message) => complain(&message),
        }),
        _ => Ok(screens(data_dir, Start::default(), ascii)),
    }
}

/// Where the screens begin.
#[derive(Default)]
struct Start {
    named: Vec<PathBuf>,
    preset: Option<Preset>,
    cards: Option<CardsOrder>,
    preview: Option<(PathBuf, Option<Slug>)>,
    drill: Option<Wish>,
}

fn screens(data_dir: PathBuf, start: Start, ascii: bool) -> Status {
    let colour = loader::variable("NO_COLOR").is_none_or(|v| v.is_empty());
    let Start { named, preset, cards, drill, preview } = start;
    let options = Options { data_dir, named, preset, cards, drill, preview, theme: Theme { colour, ascii } };
    match runtime::run(options) {
        Ok(()) => Status::Ok,
        Err(error @ runtime::RunError::NoTerminal) => complain(&chain(&error)),
        Err(error) => {
            complain(&chain(&error));
            Status::Findings
        }
    }
}

/// What a preview shows: one bank or deck, which need not be whole.
fn preview(path: PathBuf, page: Option<String>) -> Result<(PathBuf, Option<Slug>), String> {
    runtime::draft::find(&path).map_err(|error| chain(&error))?;
    let no_id = |raw: &str| format!("`{}` is no id of a question or card", Text::new(raw).one_line());
    let page = page.map(|raw| Slug::new(&raw).ok_or_else(|| no_id(&raw))).transpose()?;
    Ok((path, page))
}

/// Whether there is a bank at `path` that can be sat: an exam on another one is not what was asked for.
fn usable_bank(path: &Path) -> Result<(), String> {
    let banks = find_banks(path).map_err(|error| chain(&error))?;
    let sound = |bank: Option<Bank>| bank.is_some_and(|b| !b.questions.is_empty());
    if banks.iter().any(|files| sound(load(files.read().0).bank)) {
        return Ok(());
    }
    let path = path_text(path).one_line();
    Err(format!("{path} holds no bank that can be sat: `examdeck check {path}` says why"))
}

/// A bank that was typed: its id, or the path that it is to be read from.
fn named_bank(typed: Option<String>) -> Result<(Option<Slug>, Vec<PathBuf>), String> {
    let Some(bank) = typed else { return Ok((None, Vec::new())) };
    match Slug::new(&bank).filter(|_| !Path::new(&bank).exists()) {
        Some(id) => Ok((Some(id), Vec::new())),
        None => {
            let path = PathBuf::from(&bank);
            usable_bank(&path)?;
            Ok((None, vec![path]))
        }
    }
}
