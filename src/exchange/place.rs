//! The folder of installed banks or decks. What is put there is whole or not there, whenever the program is killed.
//!
//! New content is written into a hidden folder beside its place and brought to the disk; then the two change places in
//! one step of the file system. Where a system has no such step, the old one is set aside under a name that tells whose
//! it is, and [`tidy`] puts it back if the new one never came.

use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

use crate::engine::slug::Slug;

use super::error::Refused;

/// Where new content is written. Hidden, so that nothing takes it for a bank.
const INCOMING: &str = ".incoming";
/// What is to be deleted.
const DISCARDED: &str = ".discarded";
/// What was set aside for a moment: the id follows.
const ASIDE: &str = ".aside-";
const LOCK: &str = ".lock";

/// A folder of installed content that no other program changes meanwhile.
#[derive(Debug)]
pub struct Held {
    folder: PathBuf,
    _lock: File,
}

/// A point that putting passes, for tests that end the program there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// A file is written.
    Written,
    /// All of them are on the disk.
    Synced,
    /// The old content is set aside.
    SetAside,
    /// The new content is in its place.
    Put,
    /// The old content is deleted.
    Cleared,
}

/// How the new content takes the place of the old.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// In one step, where the system has one.
    Exchange,
    /// In two.
    SetAside,
}

impl Held {
    /// Takes the folder, which is made if it is missing, and clears what a killed program has left.
    pub fn take(folder: &Path) -> Result<Self, Refused> {
        fs::create_dir_all(folder).map_err(Refused::io("make", folder))?;
        let path = folder.join(LOCK);
        let lock =
            File::options().write(true).create(true).truncate(false).open(&path).map_err(Refused::io("open", &path))?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                return Err(Refused::because("Another examdeck is adding or removing: wait until it is done"));
            }
            Err(TryLockError::Error(error)) => return Err(Refused::io("lock", &path)(error)),
        }
        clear(folder).map_err(Refused::io("clear up", folder))?;
        Ok(Self { folder: folder.into(), _lock: lock })
    }

    /// Where the content with this id belongs.
    pub fn target(&self, id: &Slug) -> PathBuf {
        self.folder.join(id.as_str())
    }

    /// Puts the files, whose names are plain, into the place of `id`; what is there is replaced as a whole. `at` is told
    /// of every step.
    pub fn put(&self, id: &Slug, files: &[(&str, &[u8])], way: Way, at: &mut dyn FnMut(Step)) -> Result<(), Refused> {
        let (incoming, target) = (self.folder.join(INCOMING), self.target(id));
        write_all(&incoming, files, at).map_err(Refused::io("write", &incoming))?;
        at(Step::Synced);
        self.change_places(id, &incoming, &target, way, at).map_err(Refused::io("put the new files into", &target))?;
        sync_folder(&self.folder).map_err(Refused::io("write", &self.folder))?;
        at(Step::Put);
        // The new content is there; what could not be deleted now is deleted the next time.
        let _ = clear(&self.folder);
        at(Step::Cleared);
        Ok(())
    }

    fn change_places(&self, id: &Slug, new: &Path, old: &Path, way: Way, at: &mut dyn FnMut(Step)) -> io::Result<()> {
        if !fs::exists(old)? {
            return fs::rename(new, old);
        }
        if way == Way::Exchange && exchange(new, old).is_ok() {
            return Ok(());
        }
        let aside = self.folder.join(format!("{ASIDE}{id}"));
        fs::rename(old, &aside)?;
        at(Step::SetAside);
        fs::rename(new, old).inspect_err(|_| _ = fs::rename(&aside, old))
    }

    /// Takes a file or a folder out, and deletes it.
    pub fn take_out(&self, path: &Path, at: &mut dyn FnMut(Step)) -> Result<(), Refused> {
        let discarded = self.folder.join(DISCARDED);
        let removed = fs::rename(path, discarded).and_then(|()| sync_folder(&self.folder));
        removed.map_err(Refused::io("remove", path))?;
        at(Step::SetAside);
        clear(&self.folder).map_err(Refused::io("clear up", &self.folder))?;
        at(Step::Cleared);
        Ok(())
    }
}

/// Clears what a killed program has left in `folder`, unless another program is at work there. What cannot be cleared
/// stays hidden and does no harm.
pub fn tidy(folder: &Path) {
    if left_over(folder).is_ok_and(|left| !left.is_empty()) {
        let _ = Held::take(folder);
    }
}

/// The hidden names of unfinished work in `folder`.
fn left_over(folder: &Path) -> io::Result<Vec<String>> {
    let mut left = Vec::new();
    for entry in fs::read_dir(folder)? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        if name == INCOMING || name == DISCARDED || name.starts_with(ASIDE) {
            left.push(name);
        }
    }
    Ok(left)
}

fn clear(folder: &Path) -> io::Result<()> {
    for name in left_over(folder)? {
        let path = folder.join(&name);
        let place = name.strip_prefix(ASIDE).map(|id| folder.join(id));
        match place {
            // The new content never came.
            Some(place) if !fs::exists(&place)? => fs::rename(&path, place)?,
            _ => delete(&path)?,
        }
    }
    Ok(())
}

/// Deletes a file, a link (not what it leads to) or a folder.
fn delete(path: &Path) -> io::Result<()> {
    if fs::symlink_metadata(path)?.is_dir() { fs::remove_dir_all(path) } else { fs::remove_file(path) }
}

/// Writes the files below `folder`, which is new, and brings them and their folders to the disk.
fn write_all(folder: &Path, files: &[(&str, &[u8])], at: &mut dyn FnMut(Step)) -> io::Result<()> {
    let mut folders = vec![folder.to_owned()];
    fs::create_dir(folder)?;
    for (name, bytes) in files {
        let path = folder.join(name);
        for parent in path.ancestors().skip(1).take_while(|p| *p != folder) {
            if !folders.iter().any(|f| f == parent) {
                folders.push(parent.into());
            }
        }
        fs::create_dir_all(path.parent().unwrap_or(folder))?;
        let mut file = File::options().write(true).create_new(true).open(&path)?;
        io::Write::write_all(&mut file, bytes)?;
        file.sync_all()?;
        at(Step::Written);
    }
    folders.iter().try_for_each(|f| sync_folder(f))
}

/// Brings the names in a folder to the disk.
#[cfg(unix)]
fn sync_folder(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}

/// Folders cannot be opened here; the system writes them in its own time.
#[cfg(not(unix))]
fn sync_folder(_folder: &Path) -> io::Result<()> {
    Ok(())
}

/// Lets two paths change places in one step.
#[cfg(any(target_os = "linux", target_os = "macos"))]
fn exchange(a: &Path, b: &Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    Ok(renameat_with(CWD, a, CWD, b, RenameFlags::EXCHANGE)?)
}

/// There is no such step here.
#[cfg(not(any(target_os = "linux", target_os = "macos")))]
fn exchange(_a: &Path, _b: &Path) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}
