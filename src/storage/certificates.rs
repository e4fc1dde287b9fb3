//! Certificates as files.

use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::error::{StoreError, shown};
use super::paths;

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

/// Writes a file that must not be there yet; a failed write leaves none.
pub fn write_new(path: &Path, html: &str) -> io::Result<()> {
    let mut file = OpenOptions::new().write(true).create_new(true).open(path)?;
    let written = file.write_all(html.as_bytes()).and_then(|()| file.sync_all());
    if written.is_err() {
        let _ = fs::remove_file(path);
    }
    written
}

/// Writes a file in the place of what is there: the old one stays until the new one is whole.
pub fn replace(path: &Path, html: &str) -> io::Result<()> {
    if path.is_dir() {
        return Err(io::ErrorKind::IsADirectory.into());
    }
    let mut part = path.as_os_str().to_owned();
    part.push(".part");
    let part = Path::new(&part);
    write_new(part, html)?;
    fs::rename(part, path)
}
