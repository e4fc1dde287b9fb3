//! `examdeck guide`: the study guide as text.

use std::io::{IsTerminal, Write};
use std::path::Path;
use std::sync::Arc;

use clap::Args;

use crate::app::frame::MEASURE;
use crate::app::guide::page::{self, Setting};
use crate::app::page::{Line, Role, counted};
use crate::content::library::gather;
use crate::engine::bank::{Bank, Module};
use crate::engine::guide::{Guide, GuideRef};
use crate::engine::text::Text;
use crate::runtime::{loader, terminal};
use crate::storage::paths;
use crate::ui::Theme;

use super::{Status, named};

/// How wide a guide is set where there is no terminal.
const PIPED: usize = 72;

/// What was typed.
#[derive(Args, Clone, Debug, Default)]
pub struct Orders {
    /// The module: its id (m5) or the name of its folder; without it the contents of all are listed
    #[arg(value_name = "MODULE")]
    pub module: Option<String>,
    /// The bank: its id, or the path of its file or folder (default: the chosen one)
    #[arg(long, value_name = "ID|PATH")]
    pub bank: Option<String>,
}

/// How lines are written.
#[derive(Clone, Copy, Debug)]
struct Pen {
    columns: usize,
    theme: Theme,
}

/// Prints a guide, or what there are.
pub fn run(
    orders: &Orders,
    data_dir: &Path,
    ascii: bool,
    out: &mut impl Write,
    err: &mut impl Write,
) -> std::io::Result<Status> {
    let bank = match chosen(orders.bank.as_deref(), data_dir) {
        Ok(bank) => bank,
        Err(message) => {
            writeln!(err, "examdeck: {message}")?;
            return Ok(Status::Usage);
        }
    };
    let guides: Vec<(&Module, &Arc<Guide>)> =
        bank.modules.iter().filter_map(|m| Some((m, m.guide.as_ref()?))).collect();
    if guides.is_empty() {
        writeln!(err, "examdeck: the bank `{}` has no study guide", bank.id)?;
        return Ok(Status::Findings);
    }
    let pen = Pen::new(ascii);
    let Some(name) = &orders.module else {
        guides.iter().try_for_each(|(module, guide)| contents(&bank, module, guide, pen, out))?;
        return Ok(Status::Ok);
    };
    let Some((_, guide)) = guides.iter().find(|(module, guide)| is_called(module, guide, name)) else {
        let known: Vec<&str> = guides.iter().map(|(m, _)| m.id.as_str()).collect();
        let name = Text::new(name).one_line();
        writeln!(err, "examdeck: no module `{name}` has a guide; there are: {}", known.join(", "))?;
        return Ok(Status::Usage);
    };
    let setting = Setting { columns: pen.columns, titled: true, aside: None };
    for line in &page::set(guide, setting, &|_| false).lines {
        pen.line(line, out)?;
    }
    Ok(Status::Ok)
}

/// The bank that was named; else the one that home shows.
fn chosen(name: Option<&str>, data_dir: &Path) -> Result<Bank, String> {
    match name {
        Some(name) => named::bank(name, Some(data_dir)).map(|named| named.content),
        None => {
            let entries = gather(&paths::question_bank(data_dir), &[]).entries;
            let chosen = loader::chosen(data_dir).and_then(|id| entries.iter().find(|e| e.bank.id == id));
            let entry = chosen.or(entries.first()).ok_or("there is no bank")?;
            Ok(entry.bank.as_ref().clone())
        }
    }
}

/// Whether a module is meant: by its id, or by the folder of its guide.
fn is_called(module: &Module, guide: &Guide, name: &str) -> bool {
    let folder = Path::new(guide.path.as_str()).parent().and_then(Path::file_name);
    module.id.as_str() == name || folder.is_some_and(|folder| folder == name.trim_end_matches('/'))
}

/// A module's sections, with how many questions each has.
fn contents(bank: &Bank, module: &Module, guide: &Guide, pen: Pen, out: &mut impl Write) -> std::io::Result<()> {
    let head = Line::of(format!("{:<4} ", module.id.as_str()), Role::Accent).and(module.title.one_line(), Role::Strong);
    pen.line(&head, out)?;
    for (i, section) in guide.sections.iter().enumerate() {
        let link = GuideRef { module: module.id.clone(), section: section.slug.clone() };
        let asked = counted(bank.explained_by(&link).count(), "question");
        let line = Line::of(format!("     {:>2}  {:<42} ", i + 1, section.title.as_str()), Role::Plain);
        pen.line(&line.and(asked, Role::Muted), out)?;
    }
    writeln!(out)
}

impl Pen {
    /// For standard output, as it is.
    fn new(ascii: bool) -> Self {
        let shown = std::io::stdout().is_terminal();
        let colour = shown && loader::variable("NO_COLOR").is_none_or(|v| v.is_empty());
        let terminal = terminal::size().map(|size| usize::from(size.columns)).ok().filter(|_| shown);
        let columns = terminal.map_or(PIPED, |columns| columns.clamp(20, MEASURE));
        Self { columns, theme: Theme { colour, ascii } }
    }

    fn line(self, line: &Line, out: &mut impl Write) -> std::io::Result<()> {
        let mut line = line.clone();
        line.trim_end();
        for span in &line.spans {
            let text: String =
                span.text.chars().map(|c| self.theme.symbol(c.encode_utf8(&mut [0; 4])).to_owned()).collect();
            match face(span.role).filter(|_| self.theme.colour) {
                Some(code) => write!(out, "\u{1b}[{code}m{text}\u{1b}[0m")?,
                None => write!(out, "{text}")?,
            }
        }
        writeln!(out)
    }
}

/// The weight of a meaning, as a number of the terminal's own.
fn face(role: Role) -> Option<u8> {
    match role {
        Role::Strong | Role::Accent => Some(1),
        Role::Muted => Some(2),
        Role::Emphasis => Some(3),
        _ => None,
    }
}
