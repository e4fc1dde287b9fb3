//! `examdeck check`: everything that is wrong with banks and decks, and with how banks are written, in one run.

use std::collections::HashMap;
use std::io::{IsTerminal, Write};
use std::path::PathBuf;

use clap::{Args, ValueEnum};

use crate::content::diagnostic::{Code, Diagnostic, Severity};
use crate::content::kind::ContentKind;
use crate::content::load::load_with_advice;
use crate::content::load_deck::{Named, load_deck};
use crate::content::rules::deck::s07_names_that_its_bank_does_not_list;
use crate::content::rules::item::Month;
use crate::content::source::{ContentFiles, SourceFile, find, path_text};
use crate::engine::bank::Bank;
use crate::engine::slug::Slug;
use crate::engine::time::Wall;
use crate::exchange::parcel::cannot_be_sent;
use crate::runtime::clock::month;

use super::{Status, chain};

mod explain;
mod report;
mod sarif;

/// What was typed.
#[derive(Args, Clone, Debug, Default)]
pub struct Orders {
    /// Files or folders of banks and decks, or folders of those
    #[arg(required_unless_present = "explain", value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// How findings are written
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    pub format: Format,
    /// `warnings`: exit status 1 for warnings too, not for errors alone
    #[arg(long, value_name = "WHAT")]
    pub deny: Option<Deny>,
    /// Only these rules
    #[arg(long, value_name = "CODE,…", value_delimiter = ',', value_parser = code)]
    pub only: Vec<Code>,
    /// Not these rules of writing (W and B)
    #[arg(long, value_name = "CODE,…", value_delimiter = ',', value_parser = advice)]
    pub allow: Vec<Code>,
    /// Explain a rule, with an example before and after
    #[arg(long, value_name = "CODE", conflicts_with_all = ["paths", "format", "deny", "only", "allow"], value_parser = code)]
    pub explain: Option<Code>,
}

impl Orders {
    /// Whether findings of this rule are asked for.
    fn want(&self, code: Code) -> bool {
        (self.only.is_empty() || self.only.contains(&code)) && !self.allow.contains(&code)
    }
}

/// How findings are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// The source line with the place underlined
    #[default]
    Human,
    /// A line a finding: path:line:column: severity[code]: message
    Short,
    /// One JSON document
    Json,
    /// SARIF 2.1.0, which code-hosting sites show in place
    Sarif,
}

/// What counts as failure besides errors.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Deny {
    /// Warnings
    Warnings,
}

fn code(name: &str) -> Result<Code, String> {
    crate::content::rules::explain::code(name)
        .ok_or_else(|| "no such rule: rules are S00 to S14, W00 to W22 and B01 to B10".into())
}

fn advice(name: &str) -> Result<Code, String> {
    let code = code(name)?;
    if code.is_advice() { Ok(code) } else { Err("only W01 to W22 and B01 to B10 are advice; mend the others".into()) }
}

/// What was found out about a bank or a deck.
pub struct Checked {
    kind: ContentKind,
    path: String,
    id: Option<Slug>,
    /// How many questions or cards are sound, and which of the two they are.
    sound: (usize, &'static str),
    left_out: usize,
    findings: Vec<Diagnostic>,
    files: Vec<SourceFile>,
    /// A bank that was loaded, and whether it may list more than could be read.
    bank: Option<(Bank, bool)>,
    /// What a deck says of its bank.
    named: Vec<Named>,
    /// Another bank or deck with the same id.
    twin: Option<String>,
}

impl Checked {
    fn count(&self, severity: Severity) -> usize {
        let twin = usize::from(self.twin.is_some() && severity == Severity::Error);
        self.findings.iter().filter(|f| f.severity == severity).count() + twin
    }

    /// What is said of the second bank with one id.
    fn twin_message(&self) -> Option<String> {
        let (kind, id) = (self.kind.table(), self.id.as_ref()?);
        self.twin.as_ref().map(|_| format!("the {kind} id `{id}` is taken"))
    }
}

/// Prints the findings of all banks and decks that `orders` name. Errors give exit status 1, warnings only if they are
/// denied, something unreadable gives 2. The age of reviews is measured from `now`.
pub fn run(orders: &Orders, now: Wall, out: &mut impl Write, err: &mut impl Write) -> std::io::Result<Status> {
    if let Some(code) = orders.explain {
        explain::write(code, out)?;
        return Ok(Status::Ok);
    }
    let colour =
        std::io::stdout().is_terminal() && crate::runtime::loader::variable("NO_COLOR").is_none_or(|v| v.is_empty());
    let mut status = Status::Ok;
    let (mut ids, mut all) = (HashMap::new(), Vec::new());
    for path in &orders.paths {
        let found = match find(path) {
            Ok(found) => found,
            Err(error) => {
                writeln!(err, "examdeck: {}", chain(&error))?;
                status = Status::Usage;
                continue;
            }
        };
        for files in found {
            let (read, errors) = files.read();
            for error in &errors {
                writeln!(err, "examdeck: {}", chain(error))?;
                status = Status::Usage;
            }
            if read.is_empty() {
                continue;
            }
            all.push(check(orders, &files, read, month(now), &mut ids));
        }
    }
    decks_beside_banks(orders, &mut all);
    if all.iter().any(|checked| fails(orders, checked)) && status == Status::Ok {
        status = Status::Findings;
    }
    match orders.format {
        Format::Human => all.iter().try_for_each(|checked| report::human(checked, colour, out))?,
        Format::Short => all.iter().try_for_each(|checked| report::short(checked, out))?,
        Format::Json => report::json(&all, out)?,
        Format::Sarif => sarif::write(&all, out)?,
    }
    Ok(status)
}

fn fails(orders: &Orders, checked: &Checked) -> bool {
    checked.count(Severity::Error) > 0 || (orders.deny.is_some() && checked.count(Severity::Warning) > 0)
}

/// The ids that banks and decks of this run have, with the first path of each.
type Ids = HashMap<(ContentKind, Slug), String>;

fn check(orders: &Orders, found: &ContentFiles, files: Vec<SourceFile>, today: Month, ids: &mut Ids) -> Checked {
    let path = path_text(&found.root).one_line();
    let mut checked = match found.kind {
        ContentKind::Bank => {
            let l = load_with_advice(files, &found.beside(), today);
            let (id, sound) = l.bank.as_ref().map_or((None, 0), |b| (Some(b.id.clone()), b.questions.len()));
            let mut findings = l.findings;
            findings.extend(names(found, &l.files, &l.guides));
            let (left_out, files, bank, named) =
                (l.left_out, l.files, l.bank.map(|b| (b, l.names_in_doubt)), Vec::new());
            let sound = (sound, "question");
            Checked { kind: found.kind, path, id, sound, left_out, findings, files, bank, named, twin: None }
        }
        ContentKind::Deck => {
            let l = load_deck(files);
            let (id, sound) = l.deck.map_or((None, 0), |d| (Some(d.id), d.entries.len()));
            let mut findings = l.findings;
            findings.extend(names(found, &l.files, &[]));
            let (left_out, files, bank, named) = (l.left_out, l.files, None, l.named);
            let sound = (sound, "card");
            Checked { kind: found.kind, path, id, sound, left_out, findings, files, bank, named, twin: None }
        }
    };
    checked.findings.retain(|f| orders.want(f.code));
    if let Some(id) = &checked.id {
        let first = ids.insert((found.kind, id.clone()), checked.path.clone());
        checked.twin = first.filter(|_| orders.want(Code::S04));
    }
    checked
}

/// Compares each deck with the banks of this run.
fn decks_beside_banks(orders: &Orders, all: &mut [Checked]) {
    let found: Vec<Vec<Diagnostic>> = {
        let banks: Vec<(&Bank, bool)> = all.iter().filter_map(|c| c.bank.as_ref().map(|(b, d)| (b, *d))).collect();
        all.iter().map(|c| s07_names_that_its_bank_does_not_list(&c.named, &banks)).collect()
    };
    for (checked, mut found) in all.iter_mut().zip(found) {
        found.retain(|f| orders.want(f.code));
        checked.findings.append(&mut found);
        checked.findings.sort_by_key(|f| (f.file, f.span.start, f.code));
    }
}

/// What `pack` will refuse for its name. Where a file could not be read nothing is said of the others' names.
fn names(found: &ContentFiles, files: &[SourceFile], guides: &[String]) -> Vec<Diagnostic> {
    if files.len() != found.paths().len() + guides.len() {
        return Vec::new();
    }
    let told = |(file, why): (usize, String)| {
        Diagnostic::warning(Code::S00, file, 0..0, why)
            .help("give the file another name, as `examdeck pack` refuses this one")
    };
    cannot_be_sent(found, guides).into_iter().map(told).collect()
}
