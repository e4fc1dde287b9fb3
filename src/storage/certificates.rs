//! Certificates as files.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::error::{StoreError, shown};
use super::paths;
use super::whole_file::write_new;

/// The most certificates of one name.
const MOST: usize = 1000;

/// Writes a certificate to the data directory's own folder under this name, or this name with a number: none is ever
/// overwritten.
pub fn keep(data_dir: &Path, stem: &str, html: &str) -> Result<PathBuf, StoreError> {
    let folder = paths::certificates(data_dir);
    let failed = |path: &Path| {
        let path = shown(path);
        move |error| StoreError::Io { attempt: "write", path, error }
    };
    fs::create_dir_all(&folder).map_err(failed(&folder))?;
    for n in 1..=MOST {
        let name = if n == 1 { format!("{stem}.html") } else { format!("{stem}-{n}.html") };
        let path = folder.join(name);
        match write_new(&path, html) {
            Ok(()) => return Ok(path),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(failed(&path)(error)),
        }
    }
    Err(failed(&folder)(io::Error::other("it is full")))
}
