//! A bank or a deck as the files that are sent: read from a folder, a file or an archive, and found sound or not.

use std::collections::BTreeMap;
use std::path::Path;

use crate::content::beside::Beside;
use crate::content::diagnostic::{Diagnostic, Severity};
use crate::content::kind::{ContentKind, by_header, by_tables};
use crate::content::load::{load_with_advice, load_with_guides};
use crate::content::load_deck::load_deck;
use crate::content::rules::item::Month;
use crate::content::source::{ContentFiles, ReadError, SourceFile, find, path_text};
use crate::engine::bank::Bank;
use crate::engine::deck::Deck;
use crate::engine::slug::Slug;
use crate::engine::text::Text;

use super::error::Refused;
use super::manifest::FileSum;
use super::names;

/// A bank or a deck.
#[derive(Clone, Debug)]
pub enum Content {
    /// A bank.
    Bank(Bank),
    /// A deck.
    Deck(Deck),
}

impl Content {
    /// Which of the two.
    pub fn kind(&self) -> ContentKind {
        match self {
            Content::Bank(_) => ContentKind::Bank,
            Content::Deck(_) => ContentKind::Deck,
        }
    }

    /// Its identifier.
    pub fn id(&self) -> &Slug {
        match self {
            Content::Bank(bank) => &bank.id,
            Content::Deck(deck) => &deck.id,
        }
    }

    /// Its title, on one line.
    pub fn title(&self) -> String {
        match self {
            Content::Bank(bank) => bank.title.one_line(),
            Content::Deck(deck) => deck.title.one_line(),
        }
    }

    /// Its version.
    pub fn version(&self) -> &semver::Version {
        match self {
            Content::Bank(bank) => &bank.version,
            Content::Deck(deck) => &deck.version,
        }
    }

    /// `3 questions` or `1 card`.
    pub fn size(&self) -> String {
        let (count, what) = match self {
            Content::Bank(bank) => (bank.questions.len(), "question"),
            Content::Deck(deck) => (deck.cards().len(), "card"),
        };
        format!("{count} {what}{}", if count == 1 { "" } else { "s" })
    }
}

/// Files that were read and not looked at yet. The header comes first, then the others in the order of their names.
#[derive(Debug)]
pub struct Parcel {
    /// What they are.
    pub kind: ContentKind,
    /// The name of each file in an archive: plain, relative to the header's folder.
    pub names: Vec<String>,
    /// The files.
    pub files: Vec<SourceFile>,
    /// Where the guides are that its modules name.
    pub beside: Beside,
    /// What was read, for messages.
    pub path: Text,
}

/// A parcel without an error.
#[derive(Debug)]
pub struct Sound {
    /// What it is.
    pub content: Content,
    /// The name of each file in an archive.
    pub names: Vec<String>,
    /// The files, guides among them, in the same order.
    pub files: Vec<SourceFile>,
    /// What was found and is no error.
    pub warnings: Vec<Diagnostic>,
}

impl Parcel {
    /// Reads the one bank or deck at `path`, a folder or a `.toml` file.
    pub fn of_path(path: &Path) -> Result<Self, Refused> {
        let mut found = find(path)?;
        let one = match found.len() {
            1 => found.remove(0),
            count => return Err(ReadError::Several { path: path_text(path), count, what: "banks and decks" }.into()),
        };
        let (files, errors) = one.read();
        if let Some(error) = errors.into_iter().next() {
            return Err(error.into());
        }
        let names = one.paths().iter().map(|p| name_of(&one, p)).collect::<Result<Vec<_>, _>>()?;
        Ok(Self { kind: one.kind, names, files, beside: one.beside(), path: path_text(&one.root) })
    }

    /// Makes a parcel of the files of an archive, which `path` names. Their names are plain ones.
    ///
    /// The header may lie in a folder, as when a folder was compressed by hand; what lies beside that folder is not
    /// taken. A file alone may have any name.
    pub fn of_files(path: Text, files: Vec<(String, Vec<u8>)>) -> Result<Self, Refused> {
        let header = |(name, _): &(String, Vec<u8>)| {
            let (folder, file) = name.rsplit_once('/').unwrap_or(("", name));
            let kind = ContentKind::ALL.into_iter().find(|k| k.header() == file)?;
            Some((folder.matches('/').count() + usize::from(!folder.is_empty()), folder.to_owned(), kind))
        };
        let top = files.iter().filter_map(header).min_by_key(|(depth, ..)| *depth);
        let Some((_, folder, kind)) = top else { return Self::of_a_single_file(path, files) };
        let (mut tables, others) = sorted_out(&path, &folder, files);
        tables.sort_by_key(|(name, _)| (name != kind.header(), Path::new(name).to_owned()));
        let (names, files) = tables.into_iter().unzip();
        Ok(Self { kind, names, files, beside: Beside::Memory(others), path })
    }

    fn of_a_single_file(path: Text, files: Vec<(String, Vec<u8>)>) -> Result<Self, Refused> {
        let mut names = files.iter().map(|(name, _)| name).filter(|name| name.ends_with(".toml"));
        let (Some(name), None) = (names.next(), names.next()) else {
            return Err(ReadError::Neither { path }.into());
        };
        let folder = name.rsplit_once('/').map_or("", |(folder, _)| folder).to_owned();
        let (tables, others) = sorted_out(&path, &folder, files);
        let files: Vec<SourceFile> = tables.into_iter().map(|(_, file)| file).collect();
        let text = files.first().map_or("", |file| file.text.as_str());
        let headed = by_header(text.as_bytes()).unwrap_or_default();
        let kind = headed.or_else(|| by_tables(text)).unwrap_or(ContentKind::Bank);
        Ok(Self { kind, names: vec![kind.header().into()], files, beside: Beside::Memory(others), path })
    }

    /// Looks for errors, and for flaws in how it is written if `today` is told. `undone` says what an error keeps from
    /// being done: `packed`, `added`.
    pub fn check(self, today: Option<Month>, undone: &'static str) -> Result<Sound, Refused> {
        let Self { kind, mut names, files, beside, path } = self;
        let (content, findings, files, guides) = match kind {
            ContentKind::Bank => {
                let loaded = match today {
                    Some(today) => load_with_advice(files, &beside, today),
                    None => load_with_guides(files, &beside),
                };
                (loaded.bank.map(Content::Bank), loaded.findings, loaded.files, loaded.guides)
            }
            ContentKind::Deck => {
                let loaded = load_deck(files);
                (loaded.deck.map(Content::Deck), loaded.findings, loaded.files, Vec::new())
            }
        };
        let errors = findings.iter().any(|f| f.severity == Severity::Error);
        let Some(content) = content.filter(|_| !errors) else {
            return Err(Refused::Findings { path, undone, findings, files });
        };
        for guide in guides {
            names.push(plain_guide(&guide)?);
        }
        Ok(Sound { content, names, files, warnings: findings })
    }
}

impl Sound {
    /// Names and bytes of all files, in the order of their names.
    pub fn parts(&self) -> Vec<(&str, &[u8])> {
        // What is no UTF-8 is an error, so that the texts are the bytes that were read.
        let mut parts: Vec<_> =
            self.names.iter().zip(&self.files).map(|(name, file)| (name.as_str(), file.text.as_bytes())).collect();
        parts.sort();
        parts
    }

    /// Sizes and sums of all files, in the order of their names.
    pub fn sums(&self) -> Vec<FileSum> {
        self.parts().into_iter().map(|(name, bytes)| FileSum::of(name, bytes)).collect()
    }
}

/// The files of an archive that lie in `folder`, by their names in it: tables, and all else. The archive is called `path`.
fn sorted_out(
    path: &Text,
    folder: &str,
    files: Vec<(String, Vec<u8>)>,
) -> (Vec<(String, SourceFile)>, BTreeMap<String, SourceFile>) {
    let prefix = if folder.is_empty() { String::new() } else { format!("{folder}/") };
    let named = |(name, bytes): (String, Vec<u8>)| {
        let inside = name.strip_prefix(&prefix)?.to_owned();
        Some((inside, SourceFile::new(&format!("{path}/{name}"), bytes)))
    };
    let (tables, others): (Vec<_>, Vec<_>) =
        files.into_iter().filter_map(named).partition(|(name, _)| name.ends_with(".toml"));
    (tables, others.into_iter().collect())
}

/// The name in an archive of a file of `content`.
fn name_of(content: &ContentFiles, file: &Path) -> Result<String, Refused> {
    let Ok(inside) = file.strip_prefix(&content.root) else { return Ok(content.kind.header().into()) };
    if inside.as_os_str().is_empty() {
        return Ok(content.kind.header().into()); // a single file
    }
    let name: Vec<_> = inside.components().map(|c| c.as_os_str().to_string_lossy()).collect();
    plain(&name.join("/"), &path_text(file))
}

/// Which of the files that were loaded, `content`'s and then its guides, cannot be packed under their names, and why.
pub fn cannot_be_sent(content: &ContentFiles, guides: &[String]) -> Vec<(usize, String)> {
    let tables = content.paths().iter().map(|path| name_of(content, path));
    let names = tables.chain(guides.iter().map(|guide| plain_guide(guide)));
    names.enumerate().filter_map(|(file, name)| Some((file, name.err()?.to_string()))).collect()
}

/// A name that a file in an archive may have; `shown` is the file.
fn plain(name: &str, shown: &Text) -> Result<String, Refused> {
    match names::fault(name) {
        None => Ok(name.into()),
        Some(why) => Err(Refused::because(&format!("{shown} cannot be sent under its name: {why}"))),
    }
}

/// The name in an archive of a guide, which is no table.
fn plain_guide(name: &str) -> Result<String, Refused> {
    if name.ends_with(".toml") {
        return Err(Refused::because(&format!("{name} cannot be sent as a guide: its name ends in .toml, not in .md")));
    }
    plain(name, &Text::new(name))
}
