//! Following a bank's files: they are read at once, and again whenever they have changed.

use std::collections::{HashMap, HashSet};
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, Sender};
use std::thread;
use std::time::Duration;

use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher};

use crate::app::preview::{Draft, FileLine, Finding, Reading, Written};
use crate::content::beside::stays_inside;
use crate::content::diagnostic::{Code, Diagnostic, Severity, Span, place};
use crate::content::load::{Loaded, load_for_author};
use crate::content::rules::explain::rule;
use crate::content::source::{ContentFiles, ReadError, SourceFile, find_banks};
use crate::engine::bank::Bank;
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
        let mut watcher = watcher(&path, events);
        let mut watched = HashSet::new();
        let unfollowed =
            watcher.as_ref().err().map(|e| Text::new(&format!("changes cannot be followed: {}", text_of(e))));
        loop {
            let (mut reading, guides) = read_with_guides(&path);
            if watcher.as_mut().is_ok_and(|watcher| watch_guides(watcher, &path, &guides, &mut watched)) {
                continue; // something may have changed before it was watched
            }
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
        // What has no extension may be a folder that comes or goes.
        let ours = |p: &PathBuf| match &single {
            Some(name) => p.file_name() == Some(name) || p.extension().is_none_or(|e| e == "md"),
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

/// Watches the folders of the guides that a single file names. Returns whether there are any that were not watched before.
fn watch_guides(
    watcher: &mut RecommendedWatcher,
    path: &Path,
    guides: &[Text],
    watched: &mut HashSet<PathBuf>,
) -> bool {
    let Some(root) = path.canonicalize().ok().filter(|p| p.is_file()).and_then(|p| Some(p.parent()?.to_owned())) else {
        return false;
    };
    watched.retain(|folder| folder.is_dir()); // one that comes back is watched anew
    let inside = guides.iter().map(Text::as_str).filter(|guide| stays_inside(guide));
    let folders: HashSet<PathBuf> = inside.filter_map(|guide| Some(root.join(guide).parent()?.to_owned())).collect();
    let new = folders.into_iter().filter(|folder| *folder != root && !watched.contains(folder)).collect::<Vec<_>>();
    let before = watched.len();
    watched.extend(new.into_iter().filter(|folder| watcher.watch(folder, RecursiveMode::NonRecursive).is_ok()));
    watched.len() > before
}

/// The bank as its files say now.
pub fn read(path: &Path) -> Reading {
    read_with_guides(path).0
}

/// The same, with the guides that it names.
fn read_with_guides(path: &Path) -> (Reading, Vec<Text>) {
    let found = match find_banks(path) {
        Ok(found) => found,
        Err(error) => return (unread(path, &error), Vec::new()),
    };
    let Some(files) = found.first() else { return Default::default() };
    let (sources, errors) = files.read();
    if let Some(error) = errors.first() {
        return (unread(path, error), Vec::new());
    }
    let (loaded, written) = load_for_author(sources, &files.beside(), clock::month(clock::wall()));
    let broken = broken(&loaded, &Paths::of(files, &loaded.files));
    let trouble = broken.first().map(|f| Text::new(&f.message.replacen("not valid TOML: ", "", 1))); // a notice is short
    (Reading { draft: draft(files, loaded, written.questions), trouble, broken }, written.guides)
}

/// What cannot be read at all.
fn unread(path: &Path, error: &ReadError) -> Reading {
    let why = text_of(error);
    let broken = Finding {
        code: String::new(),
        is_error: true,
        message: why.one_line(),
        help: None,
        reason: "The bank is shown as it was read last",
        at: FileLine { file: path.into(), line: 1 },
    };
    Reading { draft: None, trouble: Some(why), broken: vec![broken] }
}

/// The syntax errors, or what is wrong where there is no usable header: then nothing is to be trusted.
fn broken(loaded: &Loaded, paths: &Paths<'_>) -> Vec<Finding> {
    let headless = loaded.bank.is_none();
    let syntax = loaded.findings.iter().any(|f| f.code == Code::S00);
    let reasons = loaded.findings.iter().filter(|f| if syntax { f.code == Code::S00 } else { headless });
    let told = reasons.map(|diagnostic| {
        let file = &loaded.files[diagnostic.file];
        let name = Path::new(file.name.as_str()).file_name().unwrap_or_default().to_string_lossy();
        let (line, _) = place(file, diagnostic.span.start);
        let message = format!("{name}:{line}: {}", diagnostic.message);
        Finding { message, ..finding(diagnostic, paths) }
    });
    told.collect()
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
        let guide = question.as_ref().and_then(|q| titles(&bank, q));
        draft.questions.push(Written {
            domain: domain.map(|d| d.title.clone()),
            guide,
            at: paths.line(file, span.start),
            item: question.map(alone),
            findings: Vec::new(),
            id,
        });
        spans.push((file, span));
    }
    for diagnostic in findings.iter().filter(|f| f.code != Code::S00) {
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
