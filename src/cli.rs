//! The command line: what was typed, and a command a file, each returning an exit status.

use std::error::Error;
use std::io::{self, IsTerminal, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, CommandFactory, Parser, Subcommand};

use crate::engine::text::Text;
use crate::engine::time::Wall;
use crate::runtime::{self, loader};

use screens::Start;

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
pub mod minus;
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
pub mod screens;
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
    let typed = minus::shielded(Arguments::command(), loader::arguments());
    let arguments = match Arguments::try_parse_from(typed) {
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
    let data_dir = loader::data_dir(data_dir.as_ref());
    let (now, out, err) = (runtime::clock::wall(), &mut io::stdout(), &mut io::stderr());
    match arguments.command {
        Some(Command::Check(orders)) => check::run(&orders, now, out, err),
        Some(Command::Schema { kind }) => schema::write(kind, out).map(|()| Status::Ok),
        Some(Command::New { orders }) => {
            let asked = io::stdin().is_terminal() && io::stdout().is_terminal();
            let mut answers = io::stdin().lock();
            let terminal: Option<&mut dyn io::BufRead> = if asked { Some(&mut answers) } else { None };
            new::run(&orders, now, terminal, out, err)
        }
        Some(Command::Bank { orders }) => bank::run(&orders, data_dir, out, err),
        Some(Command::Results { orders: results::Orders::Analyse(orders) }) => results::analyse::run(&orders, out, err),
        Some(Command::Pack(orders)) => pack::run(&orders, now, out, err),
        Some(Command::Print { orders }) => print::run(&orders, data_dir.as_deref(), runtime::effects::seed, out, err),
        command => match data_dir {
            Some(data_dir) => run_with_data(command, data_dir, ascii),
            None => Ok(complain("you have no home folder to keep progress in: name a folder with --data-dir")),
        },
    }
}

/// The commands that need the folder of the user's data.
fn run_with_data(command: Option<Command>, data_dir: PathBuf, ascii: bool) -> io::Result<Status> {
    let (out, err) = (&mut io::stdout(), &mut io::stderr());
    match command {
        Some(Command::Reports(orders)) => reports::run(&data_dir, &orders, out, err),
        Some(Command::Results { orders: results::Orders::Export(orders) }) => {
            results::export(&data_dir, &orders, out, err)
        }
        Some(Command::Add(orders)) => add::run(&orders, &data_dir, out, err),
        Some(Command::List { json }) => list::run(&data_dir, json, out),
        Some(Command::Remove(orders)) => remove::run(&orders, &data_dir, out, err),
        Some(Command::Where { json }) => whereabouts::run(&data_dir, json, out),
        Some(Command::Guide(orders)) => guide::run(&orders, &data_dir, ascii, out, err),
        Some(Command::Progress { json, csv }) => {
            let form = match (json, csv) {
                (true, _) => progress::Form::Json,
                (false, Some(table)) => progress::Form::Csv(table),
                (false, None) => progress::Form::Human { ascii },
            };
            progress::run(&data_dir, form, out, err)
        }
        Some(Command::Certificate(orders)) => certificate::run(&data_dir, &orders, out, err),
        Some(Command::Cards { command: Some(CardsCommand::Due { json }), .. }) => cards::due(&data_dir, json, out, err),
        Some(Command::Cards { command: Some(CardsCommand::Optimize { revert }), .. }) => {
            cards::optimize(&data_dir, revert, out, err)
        }
        Some(Command::Cards { deck, cram, limit, command: None }) => {
            Ok(screens::open(data_dir, screens::cards(deck, cram, limit), ascii))
        }
        Some(Command::Preview { path, question }) => {
            Ok(screens::open(data_dir, screens::preview(path, question), ascii))
        }
        Some(Command::Drill(typed)) => Ok(screens::open(data_dir, drill::start(typed), ascii)),
        Some(Command::Exam(typed)) => {
            let start = exam::start(typed, &data_dir);
            Ok(screens::open(data_dir, start, ascii))
        }
        _ => Ok(screens::open(data_dir, Ok(Start::default()), ascii)),
    }
}
