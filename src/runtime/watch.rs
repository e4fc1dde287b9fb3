//! Following the files of a bank or a deck: they are read at once, and again whenever they have changed.

use std::collections::HashSet;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver, Sender};
use std::thread;
use std::time::Duration;

use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher};

use crate::app::preview::draft::Reading;
use crate::content::beside::stays_inside;
use crate::engine::text::Text;

use super::draft::read_with_guides;
use super::loader::text_of;
use super::signals;

/// How long it must be quiet before the files are read: an editor saves in several steps.
const QUIET: Duration = Duration::from_millis(50);
/// After so many steps they are read even if it is never quiet.
const STEPS: usize = 20;

/// Reads what is at `path` on a thread of its own, which wakes the loop whenever there is a new reading.
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

/// A watch over the files of a bank or a deck. A single file is watched by its folder: editors put a new file in its place.
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
