//! Files that are written whole or not at all.

use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::Path;

/// Writes a file that must not be there yet; a failed write leaves none.
pub fn write_new(path: &Path, text: impl AsRef<[u8]>) -> io::Result<()> {
    let mut file = OpenOptions::new().write(true).create_new(true).open(path)?;
    let written = file.write_all(text.as_ref()).and_then(|()| file.sync_all());
    if written.is_err() {
        let _ = fs::remove_file(path);
    }
    written
}

/// Writes a file in the place of what is there: the old one stays until the new one is whole. A folder, a pipe or a
/// device stays where it is.
pub fn replace(path: &Path, text: impl AsRef<[u8]>) -> io::Result<()> {
    if fs::metadata(path).is_ok_and(|there| !there.is_file()) {
        return Err(io::Error::other("what is there is no regular file"));
    }
    let mut part = path.as_os_str().to_owned();
    part.push(".part");
    let part = Path::new(&part);
    let _ = fs::remove_file(part); // of a program that was killed, or a link that leads elsewhere
    write_new(part, text)?;
    fs::rename(part, path).inspect_err(|_| _ = fs::remove_file(part))
}

#[cfg(all(test, unix))]
mod tests {
    use std::os::unix::fs::{FileTypeExt, symlink};
    use std::os::unix::net::UnixListener;

    use super::*;

    #[test]
    fn nothing_but_a_file_is_replaced() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = |name: &str| folder.path().join(name);
        fs::create_dir(path("folder")).expect("it can be made");
        let _listens = UnixListener::bind(path("socket")).expect("a socket can be made");
        for name in ["folder", "socket"] {
            let error = replace(&path(name), "new").expect_err("refused");
            assert_eq!(error.to_string(), "what is there is no regular file", "{name}");
        }
        assert!(fs::metadata(path("socket")).is_ok_and(|m| m.file_type().is_socket()));
        assert_eq!(fs::read_dir(folder.path()).expect("it is there").count(), 2, "nothing else is left");
    }

    #[test]
    fn what_a_killed_program_or_a_stranger_left_under_the_interim_name_is_not_written_to() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = |name: &str| folder.path().join(name);
        fs::write(path("other"), "precious").expect("it can be written");
        fs::write(path("page"), "old").expect("it can be written");
        symlink("other", path("page.part")).expect("links can be made");
        replace(&path("page"), "new").expect("it is replaced");
        fs::write(path("page.part"), "half").expect("it can be written");
        replace(&path("page"), "newer").expect("it is replaced");
        let read = |name: &str| fs::read_to_string(path(name)).expect("it is there");
        assert_eq!((read("page"), read("other")), ("newer".into(), "precious".into()));
        assert!(!path("page.part").exists());
    }
}
