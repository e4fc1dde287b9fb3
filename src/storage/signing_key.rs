//! The student's own signing key: 32 bytes in a file of the data directory that only its owner may read.

use std::fs::{self, OpenOptions};
use std::io::{self, Read, Write};
use std::path::Path;

use super::error::{StoreError, shown};
use super::paths;

/// The bytes of a key's file: 64 hexadecimal digits and a line end.
const LENGTH: usize = 65;

/// The key in `data_dir`. The first time there is none: then `fresh` becomes it, for good.
///
/// # Errors
/// If it cannot be written or read, or is none; a key is never replaced.
pub fn load_or_make(data_dir: &Path, fresh: &[u8; 32]) -> Result<[u8; 32], StoreError> {
    let path = paths::signing_key(data_dir);
    let failed = |attempt: &'static str| {
        let path = shown(&path);
        move |error| StoreError::Io { attempt, path, error }
    };
    if !path.exists() {
        make(&path, fresh).map_err(failed("write"))?;
    }
    read(&path).map_err(failed("read the signing key"))
}

/// Whole or not at all, and never over another one: a link fails where there is a file.
fn make(path: &Path, key: &[u8; 32]) -> io::Result<()> {
    let part = path.with_extension(format!("{}.part", std::process::id()));
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let _ = fs::remove_file(&part); // of a program that was killed
    let mut file = options.open(&part)?;
    let digits: String = key.iter().map(|b| format!("{b:02x}")).collect();
    file.write_all(format!("{digits}\n").as_bytes())?;
    file.sync_all()?;
    let linked = fs::hard_link(&part, path);
    fs::remove_file(&part)?;
    linked.or_else(|error| if error.kind() == io::ErrorKind::AlreadyExists { Ok(()) } else { Err(error) })
}

fn read(path: &Path) -> io::Result<[u8; 32]> {
    let mut text = String::new();
    if !fs::metadata(path)?.is_file() {
        return Err(io::Error::other("it is not a regular file"));
    }
    fs::File::open(path)?.take(LENGTH as u64 + 1).read_to_string(&mut text)?;
    let bytes: Option<Vec<u8>> = text.trim_end().as_bytes().chunks(2).map(digits).collect();
    let key = bytes.and_then(|bytes| <[u8; 32]>::try_from(bytes).ok());
    key.ok_or_else(|| io::Error::other("it is no key: put it aside, and another one is made"))
}

fn digits(pair: &[u8]) -> Option<u8> {
    let value = |c: u8| char::from(c).to_digit(16).and_then(|v| u8::try_from(v).ok());
    let &[high, low] = pair else { return None };
    Some(value(high)? << 4 | value(low)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_made_once_and_kept_to_its_owner() {
        let folder = tempfile::tempdir().expect("a folder");
        assert_eq!(load_or_make(folder.path(), &[0xa5; 32]).expect("made"), [0xa5; 32]);
        assert_eq!(load_or_make(folder.path(), &[1; 32]).expect("kept"), [0xa5; 32]);
        let path = paths::signing_key(folder.path());
        #[cfg(unix)]
        {
            let mode =
                std::os::unix::fs::PermissionsExt::mode(&fs::metadata(&path).expect("it is there").permissions());
            assert_eq!(mode & 0o777, 0o600);
        }
        assert_eq!(fs::read_dir(folder.path()).expect("it is there").count(), 1, "nothing else is left");
        for broken in ["", "a5", "not a key at all", &"+5".repeat(32), &"a5".repeat(33)] {
            fs::write(&path, broken).expect("it can be written");
            let error = load_or_make(folder.path(), &[1; 32]).expect_err("refused");
            assert!(error.to_string().contains("cannot read the signing key"), "{error}");
            assert_eq!(fs::read_to_string(&path).expect("it is there"), broken, "never replaced");
        }
    }
}
