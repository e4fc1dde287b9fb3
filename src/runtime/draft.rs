//! What a preview shows, read from the files of a bank or a deck.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::app::preview::draft::{Draft, FileLine, Finding, Kind, Reading, Shown, Written};
use crate::content::diagnostic::{Code, Diagnostic, Severity, Span, place};
use crate::content::kind::ContentKind;
use crate::content::load::{Loaded, load_for_author};
use crate::content::load_deck::{LoadedDeck, load_deck_for_author};
use crate::content::rules::explain::rule;
use crate::content::source::{self, ContentFiles, ReadError, SourceFile, path_text};
use crate::engine::bank::Bank;
use crate::engine::deck::Entry;
use crate::engine::draw::alone;
use crate::engine::question::Question;
use crate::engine::slug::Slug;
use crate::engine::text::Text;

use super::clock;
use super::loader::text_of;

/// Where a question or a card is written: its id, its file, its place.
type Place = (Option<Slug>, usize, Span);

/// The bank or deck as its files say now.
pub fn read(path: &Path) -> Reading {
    read_with_guides(path).0
}

/// The same, with the guides that it names.
pub fn read_with_guides(path: &Path) -> (Reading, Vec<Text>) {
    let files = match find(path) {
        Ok(files) => files,
        Err(error) => return (unread(path, &error), Vec::new()),
    };
    let (sources, errors) = files.read();
    if let Some(error) = errors.first() {
        return (unread(path, error), Vec::new());
    }
    match files.kind {
        ContentKind::Bank => {
            let (loaded, written) = load_for_author(sources, &files.beside(), clock::month(clock::wall()));
            (bank(&files, loaded, written.questions), written.guides)
        }
        ContentKind::Deck => {
            let (loaded, written) = load_deck_for_author(sources);
            (deck(&files, loaded, written), Vec::new())
        }
    }
}

/// The one bank at `path`, or the one deck if there is no bank.
///
/// # Errors
/// If there is none, or several: which of them is meant cannot be guessed.
pub fn find(path: &Path) -> Result<ContentFiles, ReadError> {
    let mut found = source::find(path)?;
    if found.iter().any(|files| files.kind == ContentKind::Bank) {
        found.retain(|files| files.kind == ContentKind::Bank);
    }
    match found.len() {
        1 => Ok(found.remove(0)),
        count => Err(ReadError::Several { path: path_text(path), count, what: found[0].kind.plural() }),
    }
}

/// What cannot be read at all.
fn unread(path: &Path, error: &ReadError) -> Reading {
    let why = text_of(error);
    let broken = Finding {
        code: String::new(),
        is_error: true,
        message: why.one_line(),
        help: None,
        reason: "It is shown as it was read last",
        at: FileLine { file: path.into(), line: 1 },
    };
    Reading { draft: None, trouble: Some(why), broken: vec![broken] }
}

/// The syntax errors, or what is wrong where there is no usable header: then nothing is to be trusted.
fn broken(headless: bool, findings: &[Diagnostic], paths: &Paths<'_>) -> Vec<Finding> {
    let syntax = findings.iter().any(|f| f.code == Code::S00);
    let reasons = findings.iter().filter(|f| if syntax { f.code == Code::S00 } else { headless });
    let told = reasons.map(|diagnostic| {
        let file = &paths.sources[diagnostic.file];
        let name = Path::new(file.name.as_str()).file_name().unwrap_or_default().to_string_lossy();
        let (line, _) = place(file, diagnostic.span.start);
        let message = format!("{name}:{line}: {}", diagnostic.message);
        Finding { message, ..finding(diagnostic, paths) }
    });
    told.collect()
}

/// A reading, whatever of it can be trusted.
fn reading(draft: Option<Draft>, findings: &[Diagnostic], paths: &Paths<'_>) -> Reading {
    let broken = broken(draft.is_none(), findings, paths);
    let trouble = broken.first().map(|f| Text::new(&f.message.replacen("not valid TOML: ", "", 1))); // a notice is short
    Reading { draft, trouble, broken }
}

/// The questions of a bank with what is found in them.
fn bank(files: &ContentFiles, loaded: Loaded, written: Vec<Place>) -> Reading {
    let paths = Paths::of(files, &loaded.files);
    let draft = loaded.bank.map(|bank| {
        let mut sound: HashMap<Slug, Arc<Question>> =
            bank.questions.iter().map(|q| (q.id.clone(), q.clone())).collect();
        let mut draft = Draft { kind: Kind::Bank, title: bank.title.clone(), ..Draft::default() };
        let findings = shared(&loaded.findings, &written, &paths, &mut draft);
        for ((id, file, span), findings) in written.into_iter().zip(findings) {
            // The first of several with one id is the one that students get.
            let question = id.as_ref().and_then(|id| sound.remove(id));
            let domain = question.as_ref().and_then(|q| bank.domains.iter().find(|d| d.id == q.domain));
            draft.pages.push(Written {
                domain: domain.map(|d| d.title.clone()),
                guide: question.as_ref().and_then(|q| titles(&bank, q)),
                at: paths.line(file, span.start),
                shown: question.map(|q| Shown::Question(alone(q))),
                again: false,
                findings,
                id,
            });
        }
        draft
    });
    reading(draft, &loaded.findings, &paths)
}

/// The cards of a deck with what is found in their entries.
fn deck(files: &ContentFiles, loaded: LoadedDeck, written: Vec<Place>) -> Reading {
    let paths = Paths::of(files, &loaded.files);
    let draft = loaded.deck.map(|deck| {
        let mut sound: HashMap<Slug, Arc<Entry>> = deck.entries.iter().map(|e| (e.id.clone(), e.clone())).collect();
        let mut draft = Draft { kind: Kind::Deck, title: deck.title.clone(), ..Draft::default() };
        let findings = shared(&loaded.findings, &written, &paths, &mut draft);
        for ((id, file, span), findings) in written.into_iter().zip(findings) {
            let entry = id.as_ref().and_then(|id| sound.remove(id));
            let page = |shown, again| Written {
                domain: entry.as_ref().and_then(|e| Some(Text::new(e.domain.as_ref()?.as_str()))),
                guide: None,
                at: paths.line(file, span.start),
                shown,
                again,
                findings: findings.clone(),
                id: id.clone(),
            };
            let cards = entry.as_ref().map_or_else(Vec::new, |entry| deck.cards_of(entry));
            if cards.is_empty() {
                draft.pages.push(page(None, false));
            }
            draft.pages.extend(cards.into_iter().enumerate().map(|(i, card)| page(Some(Shown::Card(card)), i > 0)));
        }
        draft
    });
    reading(draft, &loaded.findings, &paths)
}

/// The findings of each place, in the order of the places: a finding belongs to the question or card in which it stands,
/// and to the whole if it stands in none.
fn shared(found: &[Diagnostic], places: &[Place], paths: &Paths<'_>, draft: &mut Draft) -> Vec<Vec<Finding>> {
    let mut shared = vec![Vec::new(); places.len()];
    for diagnostic in found.iter().filter(|f| f.code != Code::S00) {
        // Both are in the order of the files.
        let (file, start) = (diagnostic.file, diagnostic.span.start);
        let after = places.partition_point(|(_, of, span)| (*of, span.start) <= (file, start));
        let holder = after.checked_sub(1).filter(|&i| places[i].1 == file && start < places[i].2.end);
        let list = holder.map_or(&mut draft.general, |i| &mut shared[i]);
        list.push(finding(diagnostic, paths));
    }
    shared
}

/// The titles of the module and of the section that explain a question.
fn titles(bank: &Bank, question: &Question) -> Option<(Text, Text)> {
    let link = question.guide.as_ref()?;
    let module = bank.modules.iter().find(|m| m.id == link.module)?;
    let guide = module.guide.as_ref()?;
    Some((module.title.clone(), guide.sections[guide.find(&link.section)?].title.clone()))
}

fn finding(diagnostic: &Diagnostic, paths: &Paths<'_>) -> Finding {
    Finding {
        code: diagnostic.code.to_string(),
        is_error: diagnostic.severity == Severity::Error,
        message: diagnostic.message.clone(),
        help: diagnostic.help.clone(),
        reason: rule(diagnostic.code).map_or("", |r| r.reason),
        at: paths.line(diagnostic.file, diagnostic.span.start),
    }
}

/// The files of a bank or a deck as the system knows them.
struct Paths<'s> {
    sources: &'s [SourceFile],
    paths: Vec<PathBuf>,
}

impl<'s> Paths<'s> {
    fn of(files: &ContentFiles, sources: &'s [SourceFile]) -> Self {
        // All of its own files were read, and come first; the guides that they name follow.
        let guides = sources.iter().skip(files.paths().len()).map(|s| s.name.as_str().into());
        let paths = files.paths().iter().cloned().chain(guides).collect();
        Self { sources, paths }
    }

    fn line(&self, file: usize, at: usize) -> FileLine {
        FileLine { file: self.paths[file].clone(), line: self.sources[file].line_of(at) }
    }
}
