//! Where progress and installed content live.

use std::path::{Path, PathBuf};

/// The folder that was asked for, or else the system's place for a user's data: `--data-dir`, then
/// `EXAMDECK_DATA_DIR`, then `XDG_DATA_HOME` if it is set (on every system), then the system's own custom. `None` if the
/// user has no home.
pub fn data_dir(flag: Option<&Path>, own_variable: Option<&Path>, xdg: Option<&Path>) -> Option<PathBuf> {
    if let Some(named) = flag.or(own_variable.filter(|p| !p.as_os_str().is_empty())) {
        return Some(named.into());
    }
    if let Some(xdg) = xdg.filter(|p| p.is_absolute()) {
        return Some(xdg.join("examdeck"));
    }
    directories::ProjectDirs::from("", "", "examdeck").map(|dirs| dirs.data_dir().into())
}

/// The database.
pub fn database(data_dir: &Path) -> PathBuf {
    data_dir.join("progress.db")
}

/// The folder of installed banks.
pub fn question_bank(data_dir: &Path) -> PathBuf {
    data_dir.join("question-bank")
}

/// The folder of installed decks, and of the student's own.
pub fn decks(data_dir: &Path) -> PathBuf {
    data_dir.join("decks")
}

/// The folder of the public keys of authors whom the user trusts.
pub fn trusted_keys(data_dir: &Path) -> PathBuf {
    data_dir.join("trusted-keys")
}

/// The folder of certificates that were made on the screen.
pub fn certificates(data_dir: &Path) -> PathBuf {
    data_dir.join("certificates")
}

/// The secret key with which certificates are signed.
pub fn signing_key(data_dir: &Path) -> PathBuf {
    data_dir.join("certificate.key")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_wish_wins() {
        let p = Path::new;
        assert_eq!(data_dir(Some(p("/a")), Some(p("/b")), Some(p("/c"))), Some("/a".into()));
        assert_eq!(data_dir(None, Some(p("/b")), Some(p("/c"))), Some("/b".into()));
        assert_eq!(data_dir(None, Some(p("")), Some(p("/c"))), Some("/c/examdeck".into()));
        assert_ne!(data_dir(None, None, Some(p("relative"))), Some("relative/examdeck".into()));
    }
}
