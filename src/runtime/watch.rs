//! Following a bank's files: they are read at once, and again whenever they have changed.

use std::collections::HashMap;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, Sender};
use std::thread;
use std::time::Duration;

use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher};

use crate::app::preview::{Draft, FileLine, Finding, Reading, Written};
use crate::content::diagnostic::{Code, Diagnostic, Severity, Span, place};
use crate::content::load::{Loaded, load_for_author};
use crate::content::rules::explain::rule;
use crate::content::source::{ContentFiles, SourceFile, find_banks};
use crate::engine::draw::alone;
use crate::engine::question::Question;
use crate::engine::slug::Slug;
use crate::engine::text::Text;

use super::loader::text_of;
use super::{clock, signals};

/// How long it must be quiet before the files are read: an editor saves in several steps.
const QUIET: Duration = Duration::from_millis(50);
/// After so many steps they are read even if it is never quiet.
const STEPS: usize = 20;

/// Reads the bank at `path` on a thread of its own, which wakes the loop whenever there is a new reading.
pub fn follow(path: PathBuf) -> std::io::Result<Receiver<Reading>> {
    let (sender, receiver) = mpsc::channel();
    thread::Builder::new().name("watch".into()).spawn(move || {
        let (events, heard) = mpsc::channel();
        // Watched before it is read, so that no change falls between.
        let watcher = watcher(&path, events);
        let unfollowed =
            watcher.as_ref().err().map(|e| Text::new(&format!("changes cannot be followed: {}", text_of(e))));
        loop {
            let mut reading = read(&path);
            reading.trouble = reading.trouble.or_else(|| unfollowed.clone());
            if sender.send(reading).is_err() {
                return; // the program has ended
            }
            signals::wake();
            if heard.recv().is_err() {
                return; // nothing is watched
            }
            (0..STEPS).take_while(|_| heard.recv_timeout(QUIET).is_ok()).count();
        }
    })?;
    Ok(receiver)
}

/// A watch over the files of a bank. A single file is watched by its folder: editors put a new file in its place.
fn watcher(path: &Path, events: Sender<()>) -> notify::Result<RecommendedWatcher> {
    let path = path.canonicalize().map_err(notify::Error::io)?;
    let single: Option<OsString> = if path.is_dir() { None } else { path.file_name().map(OsString::from) };
    let (folder, mode) = match &single {
        Some(_) => (path.parent().unwrap_or(&path).to_owned(), RecursiveMode::NonRecursive),
        None => (path.clone(), RecursiveMode::Recursive),
    };
    let concerns = move |event: &Event| {
        let ours = |p: &PathBuf| match &single {
            Some(name) => p.file_name() == Some(name),
            None => p.extension().is_none_or(|e| e == "toml" || e == "md"),
        };
        !matches!(event.kind, EventKind::Access(_)) && event.paths.iter().any(ours)
    };
    let mut watcher = notify::recommended_watcher(move |event: notify::Result<Event>| {
        if event.is_ok_and(|e| concerns(&e)) {
            let _ = events.send(()); // nobody listens any more at the end of the program
        }
    })?;
    watcher.watch(&folder, mode)?;
    Ok(watcher)
}

/// The bank as its files say now.
pub fn read(path: &Path) -> Reading {
    let trouble = |text: Text| Reading { draft: None, trouble: Some(text) };
    let found = match find_banks(path) {
        Ok(found) => found,
        Err(error) => return trouble(text_of(&error)),
    };
    let Some(files) = found.first() else { return Reading::default() };
    let (sources, errors) = files.read();
    if let Some(error) = errors.first() {
        return trouble(text_of(error));
    }
    let (loaded, written) = load_for_author(sources, &files.beside(), clock::month(clock::wall()));
    let trouble = trouble_of(&loaded);
    Reading { draft: draft(files, loaded, written), trouble }
}

/// The first syntax error, or the lack of a usable header: then nothing is to be trusted.
fn trouble_of(loaded: &Loaded) -> Option<Text> {
    let syntax = loaded.findings.iter().find(|f| f.code == Code::S00);
    let finding = syntax.or_else(|| loaded.findings.first().filter(|_| loaded.bank.is_none()))?;
    let file = &loaded.files[finding.file];
    let name = Path::new(file.name.as_str()).file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    let (line, _) = place(file, finding.span.start);
    let message = finding.message.trim_start_matches("not valid TOML: "); // a notice is short
    Some(Text::new(&format!("{name}:{line}: {message}")))
}

/// Questions and findings brought together: a finding belongs to the question in which it stands.
fn draft(files: &ContentFiles, loaded: Loaded, written: Vec<(Option<Slug>, usize, Span)>) -> Option<Draft> {
    let Loaded { bank, findings, files: sources, .. } = loaded;
    let bank = bank?;
    let paths = Paths::of(files, &sources);
    let mut sound: HashMap<Slug, Arc<Question>> = bank.questions.iter().map(|q| (q.id.clone(), q.clone())).collect();
    let mut draft = Draft { title: bank.title.clone(), ..Draft::default() };
    let mut spans = Vec::new();
    for (id, file, span) in written {
        // The first of several with one id is the one that students get.
        let question = id.as_ref().and_then(|id| sound.remove(id));
        let domain = question.as_ref().and_then(|q| bank.domains.iter().find(|d| d.id == q.domain));
        draft.questions.push(Written {
            domain: domain.map(|d| d.title.clone()),
            at: paths.line(file, span.start),
            item: question.map(alone),
            findings: Vec::new(),
            id,
        });
        spans.push((file, span));
    }
    for diagnostic in &findings {
        let finding = finding(diagnostic, &paths);
        // Both are in the order of the files.
        let after =
            spans.partition_point(|(file, span)| (*file, span.start) <= (diagnostic.file, diagnostic.span.start));
        let holder =
            after.checked_sub(1).filter(|&i| spans[i].0 == diagnostic.file && diagnostic.span.start < spans[i].1.end);
        match holder {
            Some(i) => draft.questions[i].findings.push(finding),
            None => draft.general.push(finding),
        }
    }
    Some(draft)
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

/// The files of a bank as the system knows them.
struct Paths<'s> {
    sources: &'s [SourceFile],
    paths: Vec<PathBuf>,
}

impl<'s> Paths<'s> {
    fn of(files: &ContentFiles, sources: &'s [SourceFile]) -> Self {
        // All of the bank's files were read, and come first; the guides that they name follow.
        let guides = sources.iter().skip(files.paths().len()).map(|s| s.name.as_str().into());
        let paths = files.paths().iter().cloned().chain(guides).collect();
        Self { sources, paths }
    }

    fn line(&self, file: usize, at: usize) -> FileLine {
        FileLine { file: self.paths[file].clone(), line: self.sources[file].line_of(at) }
    }
}
