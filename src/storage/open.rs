//! Opening the store.

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
    std::fs::create_dir_all(data_dir).map_err(|error| StoreError::Io {
        attempt: "make",
        path: shown(data_dir),
        error,
    })?;
    let file = paths::database(data_dir);
    let path = shown(&file);
    let failed = |attempt: &'static str| {
        let path = path.clone();
        move |error| classify(attempt, path, error)
    };
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

/// Opens the store, if there is one.
pub fn open_to_read(data_dir: &Path) -> Result<Option<Store>, StoreError> {
    if paths::database(data_dir).exists() { open(data_dir).map(Some) } else { Ok(None) }
}

/// `progress.db.schema-1` beside `progress.db`; an older copy of the same name is kept instead.
fn keep_a_copy(connection: &Connection, file: &Path, schema: i64) -> rusqlite::Result<()> {
    let mut copy = file.as_os_str().to_owned();
    copy.push(format!(".schema-{schema}"));
    if Path::new(&copy).exists() {
        return Ok(());
    }
    // Only a whole copy gets the name: one that was cut short would be kept for good.
    let mut part = copy.clone();
    part.push(".part");
    let io = |error: std::io::Error| rusqlite::Error::ToSqlConversionFailure(error.into());
    if Path::new(&part).exists() {
        std::fs::remove_file(&part).map_err(io)?;
    }
    // As bytes: a path need not be UTF-8.
    connection.execute("VACUUM INTO ?1", [ToSqlOutput::Borrowed(ValueRef::Text(part.as_encoded_bytes()))])?;
    std::fs::rename(&part, &copy).map_err(io)
}

fn classify(attempt: &'static str, path: Text, error: rusqlite::Error) -> StoreError {
    match error.sqlite_error_code() {
        Some(ErrorCode::NotADatabase | ErrorCode::DatabaseCorrupt) => StoreError::Damaged { path, error },
        _ => StoreError::Sql { attempt, path, error },
    }
}
