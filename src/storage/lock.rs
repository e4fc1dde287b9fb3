//! One sitting program at a time.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Read, Seek, Write};
use std::path::Path;

use crate::engine::text::Text;

use super::error::{StoreError, shown};

/// Held as long as it lives; the system frees it when the program ends, however it ends.
#[derive(Debug)]
pub struct Lock {
    _file: File,
}

/// Whether the data is ours to write exams to.
#[derive(Debug)]
pub enum Held {
    /// It is.
    Ours(Lock),
    /// Another program has it; the text says which.
    ByAnother(Text),
}

/// Takes the lock of `data_dir`, or says who has it. `me` is left in the lock file for others to read.
pub fn take(data_dir: &Path, me: &str) -> Result<Held, StoreError> {
    let path = data_dir.join("lock");
    let failed = |attempt| {
        let path = shown(&path);
        move |error| StoreError::Io { attempt, path, error }
    };
    let mut file =
        OpenOptions::new().read(true).write(true).create(true).truncate(false).open(&path).map_err(failed("open"))?;
    match file.try_lock() {
        Ok(()) => {
            file.set_len(0).and_then(|()| file.write_all(me.as_bytes())).map_err(failed("write"))?;
            Ok(Held::Ours(Lock { _file: file }))
        }
        Err(TryLockError::WouldBlock) => {
            let mut holder = String::new();
            file.rewind().map_err(failed("read"))?;
            // On systems whose locks forbid reading, the holder stays unnamed.
            let _ = Read::by_ref(&mut file).take(200).read_to_string(&mut holder);
            let holder = if holder.trim().is_empty() { "another program".into() } else { holder };
            Ok(Held::ByAnother(Text::new(&Text::new(&holder).one_line())))
        }
        Err(TryLockError::Error(error)) => Err(failed("lock")(error)),
    }
}
