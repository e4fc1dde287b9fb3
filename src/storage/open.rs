//! Opening the store.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::types::{ToSqlOutput, ValueRef};
use rusqlite::{Connection, ErrorCode, OpenFlags};

use crate::engine::text::Text;

use super::error::{StoreError, shown};
use super::lock::{self, Held, Lock};
use super::{migrate, paths};

/// A student's progress.
#[derive(Debug)]
pub struct Store {
    pub(super) connection: Connection,
    /// The database's path, for messages.
    pub(super) path: Text,
    file: PathBuf,
    /// Which file it is.
    identity: Option<Identity>,
}

/// Opens the store in `data_dir`, which is made if it is missing.
///
/// An older schema is brought up to date after a copy is put beside the file, if no other program has the data; a newer
/// one, a damaged file and another program's file are refused and left as they are.
pub fn open(data_dir: &Path) -> Result<Store, StoreError> {
    std::fs::create_dir_all(data_dir).map_err(|error| match error.kind() {
        ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => StoreError::ReadOnly { folder: shown(data_dir) },
        _ => StoreError::Io { attempt: "make", path: shown(data_dir), error },
    })?;
    let file = paths::database(data_dir);
    let path = shown(&file);
    let failed = |attempt: &'static str| {
        let file = &file;
        move |error| classify(attempt, file, error)
    };
    is_not_emptied(&file)?;
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let mut connection = Connection::open_with_flags(&file, flags).map_err(failed("open the progress"))?;
    connection.busy_timeout(Duration::from_secs(5)).map_err(failed("open the progress"))?;
    let found = migrate::version(&connection).map_err(failed("read the progress"))?;
    let application = migrate::application(&connection).map_err(failed("read the progress"))?;
    let empty = migrate::is_empty(&connection).map_err(failed("read the progress"))?;
    if application != migrate::APPLICATION_ID && !empty {
        return Err(StoreError::Foreign { path });
    }
    if found > migrate::LATEST {
        return Err(StoreError::Newer { path, found, known: migrate::LATEST });
    }
    let old = found < migrate::LATEST && !empty;
    // Held to the end: a program of an older version would go on to write what it knows.
    let _alone = old.then(|| alone(data_dir, &path)).transpose()?;
    if old {
        keep_a_copy(&connection, &file, found).map_err(failed("put a copy beside the progress"))?;
    }
    connection
        .execute_batch("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;")
        .map_err(failed("open the progress"))?;
    if found < migrate::LATEST {
        migrate::run(&mut connection).map_err(failed("bring the progress up to date"))?;
    }
    Ok(Store { connection, path, identity: identity(&file), file })
}

impl Store {
    /// Makes sure that the file is still the one that was opened. SQLite goes on to write to one that was deleted or
    /// replaced, as programs do that keep folders in step, and all of it is lost.
    pub(super) fn is_there(&self) -> Result<(), StoreError> {
        match identity(&self.file) == self.identity {
            true => Ok(()),
            false => Err(StoreError::Gone { path: self.path.clone() }),
        }
    }

    /// What is said when it cannot be written.
    pub(super) fn read_only(&self) -> StoreError {
        StoreError::ReadOnly { folder: folder_of(&self.file) }
    }

    /// Makes sure that no newer program has meanwhile brought the progress to a schema that this one does not know.
    pub fn is_known(&self) -> Result<(), StoreError> {
        let found = self.read("read the progress", migrate::version)?;
        match found > migrate::LATEST {
            true => Err(StoreError::Newer { path: self.path.clone(), found, known: migrate::LATEST }),
            false => Ok(()),
        }
    }
}

/// A file's device and its number there.
type Identity = (u64, u64);

/// Which file has this name now. It is not opened for that: closing it would take SQLite's locks along.
#[cfg(unix)]
fn identity(file: &Path) -> Option<Identity> {
    use std::os::unix::fs::MetadataExt;
    std::fs::metadata(file).ok().map(|metadata| (metadata.dev(), metadata.ino()))
}

/// Here a file that is open can be neither deleted nor replaced.
#[cfg(not(unix))]
fn identity(_: &Path) -> Option<Identity> {
    None
}

/// Takes the lock, or says who has it.
fn alone(data_dir: &Path, path: &Text) -> Result<Lock, StoreError> {
    match lock::take(data_dir, &format!("process {}", std::process::id()))? {
        Held::Ours(lock) => Ok(lock),
        Held::ByAnother(holder) => Err(StoreError::Older { path: path.clone(), holder }),
    }
}

/// Opens the store, if there is one. Where nothing can be written it is read as it is.
pub fn open_to_read(data_dir: &Path) -> Result<Option<Store>, StoreError> {
    let file = paths::database(data_dir);
    // A folder that may not be looked into is not one without progress.
    if !file.try_exists().map_err(|error| StoreError::Io { attempt: "read", path: shown(&file), error })? {
        return Ok(None);
    }
    match open(data_dir) {
        Err(StoreError::ReadOnly { folder }) => as_it_is(data_dir, folder).map(Some),
        opened => opened.map(Some),
    }
}

/// Opens a store that cannot be written, if its file is whole: what is in a log beside it would not be seen.
fn as_it_is(data_dir: &Path, folder: Text) -> Result<Store, StoreError> {
    let file = paths::database(data_dir);
    if has_content(&beside(&file, "-wal")) || has_content(&beside(&file, "-journal")) {
        return Err(StoreError::ReadOnly { folder });
    }
    let failed = |error| classify("read the progress", &file, error);
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(unchanging(&file), flags).map_err(failed)?;
    let (application, found) =
        (migrate::application(&connection).map_err(failed)?, migrate::version(&connection).map_err(failed)?);
    let path = shown(&file);
    match found {
        _ if application != migrate::APPLICATION_ID => Err(StoreError::Foreign { path }),
        newer if newer > migrate::LATEST => Err(StoreError::Newer { path, found, known: migrate::LATEST }),
        older if older < migrate::LATEST => Err(StoreError::ReadOnly { folder }), // it would have to be brought up to date
        _ => Ok(Store { connection, path, identity: identity(&file), file }),
    }
}

/// The address by which SQLite opens a file that nobody changes: it makes no file beside it then.
fn unchanging(file: &Path) -> String {
    let plain = |b: u8| b.is_ascii_alphanumeric() || b"/._-".contains(&b);
    let bytes = file.as_os_str().as_encoded_bytes().iter();
    let path: String = bytes.map(|&b| if plain(b) { (b as char).into() } else { format!("%{b:02x}") }).collect();
    format!("file:{path}?immutable=1")
}

/// A file of no bytes is how a new one begins, and what is left of one that was cut off. A log or a copy with something
/// in it beside it tells them apart.
fn is_not_emptied(file: &Path) -> Result<(), StoreError> {
    if !std::fs::metadata(file).is_ok_and(|m| m.is_file() && m.len() == 0) {
        return Ok(());
    }
    let copies = (1..migrate::LATEST).rev().map(|schema| beside(file, &format!(".schema-{schema}")));
    match std::iter::once(beside(file, "-wal")).chain(copies).find(|path| has_content(path)) {
        Some(found) => Err(StoreError::Emptied { path: shown(file), beside: shown(&found) }),
        None => Ok(()),
    }
}

/// The path with `ending` after it.
fn beside(file: &Path, ending: &str) -> PathBuf {
    let mut path = file.as_os_str().to_owned();
    path.push(ending);
    path.into()
}

fn has_content(path: &Path) -> bool {
    std::fs::metadata(path).is_ok_and(|m| m.len() > 0)
}

/// `progress.db.schema-1` beside `progress.db`; an older copy of the same name is kept instead.
fn keep_a_copy(connection: &Connection, file: &Path, schema: i64) -> rusqlite::Result<()> {
    let copy = beside(file, &format!(".schema-{schema}"));
    if copy.exists() {
        return Ok(());
    }
    // Only a whole copy gets the name: one that was cut short would be kept for good.
    let part = beside(&copy, ".part");
    let io = |error: std::io::Error| rusqlite::Error::ToSqlConversionFailure(error.into());
    if part.exists() {
        std::fs::remove_file(&part).map_err(io)?;
    }
    // As bytes: a path need not be UTF-8.
    connection
        .execute("VACUUM INTO ?1", [ToSqlOutput::Borrowed(ValueRef::Text(part.as_os_str().as_encoded_bytes()))])?;
    std::fs::rename(&part, &copy).map_err(io)
}

fn classify(attempt: &'static str, file: &Path, error: rusqlite::Error) -> StoreError {
    let path = shown(file);
    match error.sqlite_error_code() {
        Some(ErrorCode::ReadOnly) => StoreError::ReadOnly { folder: folder_of(file) },
        Some(ErrorCode::CannotOpen) if !file.is_dir() => StoreError::ReadOnly { folder: folder_of(file) },
        Some(ErrorCode::NotADatabase | ErrorCode::DatabaseCorrupt) => StoreError::Damaged { path, error },
        _ => StoreError::Sql { attempt, path, error },
    }
}

fn folder_of(file: &Path) -> Text {
    shown(file.parent().unwrap_or(file))
}
