//! `examdeck new`: a small start for a bank or a deck, which overwrites nothing.

use std::fs;
use std::io::{self, BufRead, Write};
use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};

use crate::content::kind::ContentKind;
use crate::content::raw_shared::is_language_tag;
use crate::content::source::path_text;
use crate::content::starter::{Area, Start};
use crate::engine::slug::Slug;
use crate::engine::text::{Text, folded};
use crate::engine::time::Wall;

use super::{Status, chain, day};

/// What is to be begun.
#[derive(Clone, Debug, Subcommand)]
pub enum Orders {
    /// A question bank
    Bank {
        /// What is wished.
        #[command(flatten)]
        common: Wishes,
    },
    /// A deck of flash cards
    Deck {
        /// What is wished.
        #[command(flatten)]
        common: Wishes,
        /// The bank that it belongs to
        #[arg(long, value_name = "ID", value_parser = slug)]
        bank: Option<Slug>,
    },
}

/// What was typed. What is missing is asked for on a terminal; elsewhere it follows from PATH.
#[derive(Args, Clone, Debug)]
pub struct Wishes {
    /// The new file, if its name ends in .toml; else the new folder, with a file for each domain
    #[arg(value_name = "PATH")]
    pub path: PathBuf,
    /// Its name
    #[arg(long, value_name = "TEXT")]
    pub title: Option<String>,
    /// Its identifier, on which a student's history hangs (default: from PATH)
    #[arg(long, value_name = "ID", value_parser = slug)]
    pub id: Option<Slug>,
    /// A content area; may be given several times
    #[arg(long, value_name = "TITLE")]
    pub domain: Vec<String>,
    /// The language of its texts, as in `en` or `pt-BR`
    #[arg(long, value_name = "TAG", value_parser = language)]
    pub language: Option<String>,
}

fn slug(raw: &str) -> Result<Slug, String> {
    Slug::new(raw).ok_or_else(|| "an identifier is lower-case letters, digits and single hyphens".into())
}

fn language(raw: &str) -> Result<String, String> {
    if is_language_tag(raw) { Ok(raw.to_owned()) } else { Err("a language is a tag such as `en` or `pt-BR`".into()) }
}

/// Writes the start. `terminal` is where answers come from, if somebody is there to be asked.
pub fn run(
    orders: &Orders,
    now: Wall,
    terminal: Option<&mut dyn BufRead>,
    out: &mut impl Write,
    err: &mut impl Write,
) -> io::Result<Status> {
    let (kind, wishes, bank) = match orders {
        Orders::Bank { common } => (ContentKind::Bank, common, None),
        Orders::Deck { common, bank } => (ContentKind::Deck, common, bank.clone()),
    };
    if wishes.path.symlink_metadata().is_ok() {
        writeln!(err, "examdeck: {} is there already; nothing was written", shown(&wishes.path))?;
        return Ok(Status::Usage);
    }
    let start = match begin(kind, wishes, bank, day(now), terminal, out)? {
        Ok(start) => start,
        Err(message) => {
            writeln!(err, "examdeck: {message}")?;
            return Ok(Status::Usage);
        }
    };
    let single = wishes.path.extension().is_some_and(|e| e == "toml");
    let written = if single { write_new(&wishes.path, &start.one_file()) } else { folder(&wishes.path, &start) };
    if let Err(error) = written {
        writeln!(err, "examdeck: cannot write {}: {}", shown(&wishes.path), chain(&error))?;
        return Ok(Status::Findings);
    }
    let path = shown(&wishes.path);
    writeln!(out, "{path} is ready. Put your own in the place of the examples, then")?;
    let typed = quoted(&path);
    writeln!(out, "  examdeck check {typed}")?;
    writeln!(out, "  examdeck preview {typed}")?;
    Ok(Status::Ok)
}

fn shown(path: &Path) -> String {
    path_text(path).one_line()
}

/// A path as a shell takes it for one word.
fn quoted(path: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || "/\\:._-+@%,=".contains(c);
    if path.chars().all(plain) { path.to_owned() } else { format!("'{}'", path.replace('\'', r"'\''")) }
}

/// What the start says: flags first, then what is answered, then what PATH suggests.
fn begin(
    kind: ContentKind,
    wishes: &Wishes,
    bank: Option<Slug>,
    today: String,
    terminal: Option<&mut dyn BufRead>,
    out: &mut impl Write,
) -> io::Result<Result<Start, String>> {
    let stem = wishes.path.file_stem().map(|s| path_text(Path::new(s)).one_line()).unwrap_or_default();
    let mut talk = Talk { terminal, out };
    let title = match &wishes.title {
        Some(title) => title.clone(),
        None => talk.ask("Title", &title_of(&stem))?,
    };
    let domains = match (wishes.domain.is_empty(), kind) {
        (false, _) => wishes.domain.clone(),
        (true, ContentKind::Bank) => talk.list("Domains, the exam's content areas: one a line, then an empty line")?,
        (true, ContentKind::Deck) => Vec::new(),
    };
    let twice = domains.iter().enumerate().find(|(i, d)| domains[..*i].iter().any(|e| folded(e) == folded(d)));
    if let Some((_, twice)) = twice {
        return Ok(Err(format!("the domain `{}` is named twice", Text::new(twice).one_line())));
    }
    let language = match &wishes.language {
        Some(tag) => Ok(tag.clone()),
        None => talk.ask("Language", "en").map(|raw| language(&raw))?,
    };
    let title = Text::new(&title);
    if title.is_blank() {
        return Ok(Err("a title is needed".into()));
    }
    let id = wishes.id.clone().or_else(|| Slug::suggested(&stem)).or_else(|| Slug::suggested(title.as_str()));
    let Some(id) = id else { return Ok(Err("name an identifier with --id: the path suggests none".into())) };
    let mut areas = areas(&domains);
    if areas.is_empty() && kind == ContentKind::Bank {
        areas.push(Area { id: id.clone(), title: title.clone() });
    }
    Ok(language.map(|tag| Start { kind, id, title, language: Text::new(&tag), areas, bank, today }))
}

/// The areas of these titles; an identifier that is taken, or that the title does not suggest, gets a number.
fn areas(titles: &[String]) -> Vec<Area> {
    let mut areas: Vec<Area> = Vec::new();
    for title in titles.iter().map(|t| Text::new(t)).filter(|t| !t.is_blank()) {
        let base = Slug::suggested(title.as_str()).map_or("domain".into(), |id| id.to_string());
        let free = |id: &Slug| areas.iter().all(|a| a.id != *id);
        let numbered =
            (areas.len() + 1..).filter_map(|n| Slug::new(&format!("{}-{n}", base.get(..80).unwrap_or(&base))));
        let wanted = Slug::new(&base).filter(|_| base != "domain");
        let id = wanted.into_iter().chain(numbered).find(free);
        areas.extend(id.map(|id| Area { id, title }));
    }
    areas
}

/// `fire-safety` reads `Fire safety`.
fn title_of(stem: &str) -> String {
    let words = stem.replace(['-', '_'], " ");
    let mut chars = words.chars();
    chars.next().map_or(String::new(), |first| first.to_uppercase().chain(chars).collect())
}

/// Questions to the author.
struct Talk<'t, 'd, 'o, W> {
    terminal: Option<&'t mut (dyn BufRead + 'd)>,
    out: &'o mut W,
}

impl<W: Write> Talk<'_, '_, '_, W> {
    /// An answer; an empty line, or nobody to ask, is `default`.
    fn ask(&mut self, what: &str, default: &str) -> io::Result<String> {
        let answer = self.line(&format!("{what} [{default}]: "))?.filter(|a| !a.is_empty());
        Ok(answer.unwrap_or_else(|| default.to_owned()))
    }

    /// Lines up to an empty one.
    fn list(&mut self, what: &str) -> io::Result<Vec<String>> {
        let mut lines = Vec::new();
        if self.terminal.is_some() {
            writeln!(self.out, "{what}")?;
        }
        while let Some(line) = self.line("  ")?.filter(|l| !l.is_empty()) {
            lines.push(line);
        }
        Ok(lines)
    }

    fn line(&mut self, prompt: &str) -> io::Result<Option<String>> {
        let Some(terminal) = &mut self.terminal else { return Ok(None) };
        write!(self.out, "{prompt}")?;
        self.out.flush()?;
        let mut line = String::new();
        let read = terminal.read_line(&mut line)?;
        Ok((read > 0).then(|| line.trim().to_owned()))
    }
}

fn folder(path: &Path, start: &Start) -> io::Result<()> {
    fs::create_dir_all(path.parent().unwrap_or(Path::new("")))?;
    fs::create_dir(path)?;
    start.folder().iter().try_for_each(|(name, text)| write_new(&path.join(name), text))
}

/// Writes a file that is not there yet.
fn write_new(path: &Path, text: &str) -> io::Result<()> {
    let mut file = fs::OpenOptions::new().write(true).create_new(true).open(path)?;
    file.write_all(text.as_bytes())
}
