//! `examdeck results`: a student's answers for the author of the questions, and what a class's answers say.

use std::io::{self, BufRead, IsTerminal, Write};
use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};

use crate::content::source::path_text;
use crate::engine::answer::{Answered, Occasion};
use crate::engine::record::{ExamId, Summary};
use crate::engine::slug::Slug;
use crate::engine::text::Text;
use crate::engine::time::Wall;
use crate::exchange::results::{Met, Row, Student, rows};
use crate::runtime::effects::random_id;
use crate::storage::Store;
use crate::storage::open::open_to_read;

use super::{Status, chain, reports};

pub mod analyse;

/// The setting that holds the random number that stands for the student.
const STUDENT: &str = "results-student";

/// What was typed.
#[derive(Debug, Subcommand)]
pub enum Orders {
    /// Write your answers in mock exams as a file for the author of the questions: without your name, unless you give it
    Export(Export),
    /// What the answers of many students say of the questions
    Analyse(analyse::Orders),
}

/// What is to be exported.
#[derive(Args, Debug)]
pub struct Export {
    /// The file to write (default: print the lines)
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Replace the file if it is there
    #[arg(long, requires = "output")]
    force: bool,
    /// Only this bank
    #[arg(long, value_name = "ID")]
    bank: Option<String>,
    /// Only this mock exam: its id, or the beginning of it, as `examdeck progress` lists it; may be given several times
    #[arg(long, value_name = "ID")]
    exam: Vec<String>,
    /// Put this name into the file
    #[arg(long, value_name = "NAME")]
    name: Option<String>,
    /// Do not ask
    #[arg(long)]
    yes: bool,
}

/// Which sittings are wanted.
struct Wanted {
    bank: Option<Slug>,
    /// Beginnings of ids.
    exams: Vec<String>,
}

impl Wanted {
    fn of(orders: &Export) -> Result<Self, String> {
        let no = |what: &str, raw: &str| format!("`{}` is no {what}'s id", Text::new(raw).one_line());
        let bank = orders.bank.as_deref().map(|b| Slug::new(b).ok_or_else(|| no("bank", b))).transpose()?;
        let legal = |e: &str| !e.is_empty() && e.chars().all(|c| c.is_ascii_hexdigit() || c == '-');
        let exams =
            orders.exam.iter().map(|e| Some(e.to_lowercase()).filter(|e| legal(e)).ok_or_else(|| no("exam", e)));
        Ok(Self { bank, exams: exams.collect::<Result<_, _>>()? })
    }

    fn has(&self, exam: &Summary) -> bool {
        let named = || self.exams.iter().any(|begin| exam.id.to_string().starts_with(begin));
        self.bank.as_ref().is_none_or(|b| exam.bank == *b) && (self.exams.is_empty() || named())
    }
}

/// Writes a student's answers.
pub fn export(data_dir: &Path, orders: &Export, out: &mut impl Write, err: &mut impl Write) -> io::Result<Status> {
    let wanted = match Wanted::of(orders) {
        Ok(wanted) => wanted,
        Err(message) => return refuse(err, &message, Status::Usage),
    };
    if let Some(path) = orders.output.as_ref().filter(|p| !orders.force && p.exists()) {
        return refuse(err, &reports::is_there(path), Status::Usage);
    }
    let rows = match open_to_read(data_dir) {
        Ok(Some(mut store)) => collect(&mut store, &wanted, orders.name.as_deref()),
        Ok(None) => Ok(Vec::new()),
        Err(error) => Err(chain(&error)),
    };
    let rows = match rows {
        Ok(rows) => rows,
        Err(message) => return refuse(err, &message, Status::Findings),
    };
    if rows.is_empty() {
        return refuse(err, "there is no such mock exam that has ended", Status::Findings);
    }
    write!(err, "{}", contents(&rows))?;
    if !orders.yes && io::stdin().is_terminal() && io::stderr().is_terminal() {
        let place = orders.output.as_ref().map_or("standard output".into(), |p| path_text(p).one_line());
        write!(err, "Write them to {place}? [y/N] ")?;
        err.flush()?;
        let mut answer = String::new();
        io::stdin().lock().read_line(&mut answer)?;
        if !matches!(answer.trim(), "y" | "Y" | "yes") {
            writeln!(err, "Nothing was written")?;
            return Ok(Status::Ok);
        }
    }
    let lines = rows.iter().map(|row| serde_json::to_string(row).map(|line| line + "\n"));
    let lines = lines.collect::<Result<String, _>>()?;
    let Some(path) = &orders.output else {
        out.write_all(lines.as_bytes())?;
        return Ok(Status::Ok);
    };
    match reports::write(path, &lines, orders.force) {
        Ok(()) => {
            writeln!(out, "{} written to {}", count(rows.len(), "answer"), path_text(path).one_line())?;
            Ok(Status::Ok)
        }
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            refuse(err, &reports::is_there(path), Status::Usage)
        }
        Err(error) => {
            refuse(err, &format!("cannot write {}: {}", path_text(path).one_line(), chain(&error)), Status::Findings)
        }
    }
}

fn refuse(err: &mut impl Write, message: &str, status: Status) -> io::Result<Status> {
    writeln!(err, "examdeck: {message}")?;
    Ok(status)
}

fn count(n: usize, what: &str) -> String {
    format!("{n} {what}{}", if n == 1 { "" } else { "s" })
}

/// The wanted answers, the oldest first. All that came before is gone through, to tell which were first answers.
fn collect(store: &mut Store, wanted: &Wanted, name: Option<&str>) -> Result<Vec<Row>, String> {
    let student = Student { id: student(store)?, name: name.map(Text::new).filter(|n| !n.is_blank()) };
    let mut drilled: Vec<Answered> = Vec::new();
    let drill = |a: &Answered| matches!(a.occasion, Occasion::Drill | Occasion::Sprint);
    store.each_answer(|a| drilled.extend(Some(a).filter(drill))).map_err(|e| chain(&e))?;
    let mut drilled = drilled.into_iter().peekable();
    let ended = |exam: Summary| exam.outcome.as_ref().map(|o| o.ended).map(|at| (at, exam));
    let mut exams: Vec<(Wall, Summary)> =
        store.summaries().map_err(|e| chain(&e))?.into_iter().filter_map(ended).collect();
    exams.sort_by_key(|(at, exam)| (at.0, exam.id));
    let (mut met, mut out) = (Met::default(), Vec::new());
    for (at, exam) in exams {
        while let Some(answer) = drilled.next_if(|a| a.at.0 <= at.0) {
            met.again(&answer.bank, &answer.question);
        }
        // One that cannot be read keeps no other from being sent.
        let Ok(Some(stored)) = store.load(exam.id) else { continue };
        let rows = rows(&stored, at, &student, &mut met);
        if wanted.has(&exam) {
            out.extend(rows);
        }
    }
    Ok(out)
}

/// The random number that stands for the student; it is made once for a data folder.
fn student(store: &mut Store) -> Result<String, String> {
    let known = store.setting(STUDENT).map_err(|e| chain(&e))?;
    if let Some(known) = known.filter(|k| ExamId::parse(k).is_some()) {
        return Ok(known);
    }
    let id = random_id().map_err(|e| e.one_line())?;
    store.set_setting(STUDENT, Some(&id)).map_err(|e| chain(&e))?;
    Ok(id)
}

/// What is about to be written, for the student.
fn contents(rows: &[Row]) -> String {
    let mut exams: Vec<(&str, &str, &str, usize)> = Vec::new();
    for row in rows {
        match exams.last_mut() {
            Some((sitting, .., n)) if *sitting == row.sitting => *n += 1,
            _ => exams.push((&row.sitting, &row.bank, &row.at, 1)),
        }
    }
    let mut out = format!("{}, {}:\n", count(exams.len(), "mock exam"), count(rows.len(), "answer"));
    for (_, bank, at, n) in &exams {
        out.push_str(&format!("  {at}  {bank}, {}\n", count(*n, "question")));
    }
    let who = match rows.first().and_then(|r| r.name.as_ref()) {
        Some(name) => format!("Your name is in it: {name}"),
        None => "Your name is not in it; a random number stands for you, the same in each of your files".into(),
    };
    out + "Of each question: its id, options and key, what you chose, points, time, day, whether it was flagged, changed or\n\
           called a guess, and whether you had had it before\n"
        + &who
        + "\n"
}
