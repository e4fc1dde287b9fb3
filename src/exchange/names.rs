//! Which names a file in an archive may have: such as mean the same on every system.

use std::collections::HashMap;

/// The longest name of a file with its folders, in bytes.
pub const MAX_NAME: usize = 200;
/// The longest name of one file or folder, in bytes.
pub const MAX_PART: usize = 100;
/// How many folders may stand in each other.
pub const MAX_FOLDERS: usize = 8;

/// Windows opens a device under these names, whatever ending follows.
const DEVICES: [&str; 4] = ["con", "prn", "aux", "nul"];
const NUMBERED_DEVICES: [&str; 2] = ["com", "lpt"];

/// Why a name is no plain one; `None` if it is: folders and a file with `/` between them, each of ASCII letters,
/// digits, `.`, `-`, `_` and inner spaces. So there is no way up or out (`..`, `/x`, `C:x`, `a\b`), and no two names
/// that a system folds into one by Unicode's rules.
pub fn fault(name: &str) -> Option<&'static str> {
    let parts: Vec<&str> = name.split('/').collect();
    let (file, folders) = parts.split_last()?;
    if name.len() > MAX_NAME || parts.iter().any(|p| p.len() > MAX_PART) {
        return Some("it is too long");
    }
    if folders.len() > MAX_FOLDERS {
        return Some("it lies too deep");
    }
    if let Some(fault) = parts.iter().find_map(|p| part_fault(p)) {
        return Some(fault);
    }
    let is_kind = |ending: &str| file.len() > ending.len() && file.ends_with(ending);
    (!is_kind(".toml") && !is_kind(".md")).then_some("it is neither a .toml nor a .md file")
}

/// Why a name of one file or folder is no plain one.
pub fn part_fault(part: &str) -> Option<&'static str> {
    match part {
        "" => return Some("it is empty, or begins at the root"),
        "." | ".." => return Some("it leads out of its folder"),
        _ => {}
    }
    let plain = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b'_' | b' ');
    if !part.bytes().all(plain) {
        return Some("it has characters other than a-z, A-Z, 0-9, dot, hyphen, underscore and space");
    }
    if part.starts_with(['.', ' ']) || part.ends_with(['.', ' ']) {
        return Some("it begins or ends with a dot or a space");
    }
    let stem = part.split('.').next().unwrap_or_default().trim_end().to_ascii_lowercase();
    let numbered =
        |device: &&str| stem.strip_prefix(device).is_some_and(|n| n.len() == 1 && n.as_bytes()[0].is_ascii_digit());
    (DEVICES.contains(&stem.as_str()) || NUMBERED_DEVICES.iter().any(numbered))
        .then_some("some systems keep that name for a device")
}

/// The names so far, to find two that are one on a system that does not tell capitals apart, or a file and a folder of
/// one name.
#[derive(Debug, Default)]
pub struct Taken {
    /// Each name and each folder before it, in lower case: as it was written, and whether it is a file.
    seen: HashMap<String, (String, bool)>,
}

impl Taken {
    /// Takes a plain name; `false` if it clashes with one before.
    pub fn take(&mut self, name: &str) -> bool {
        let ends = name.match_indices('/').map(|(at, _)| (at, false)).chain([(name.len(), true)]);
        for (end, is_file) in ends {
            let written = &name[..end];
            let known = self.seen.insert(written.to_ascii_lowercase(), (written.into(), is_file));
            if known.is_some_and(|(before, was_file)| is_file || was_file || before != written) {
                return false;
            }
        }
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_names_pass() {
        for name in ["bank.toml", "01-how fires start/questions.toml", "a/b/c/Guide_2.md", "v1.2/x.toml"] {
            assert_eq!(fault(name), None, "{name}");
        }
    }

    #[test]
    fn names_that_lead_out_hide_or_mean_something_else_do_not() {
        let long = format!("{}.toml", "x".repeat(MAX_PART));
        let deep = format!("{}x.toml", "a/".repeat(MAX_FOLDERS + 1));
        for name in [
            "",
            "/",
            "/etc/x.toml",
            "../x.toml",
            "a/../x.toml",
            "a/..",
            "./x.toml",
            "a//x.toml",
            "C:x.toml",
            "C:/x.toml",
            "a\\x.toml",
            "..\\x.toml",
            "\\\\host\\x.toml",
            "x.toml:stream",
            "x\u{0}.toml",
            "x\n.toml",
            "x\u{1b}.toml",
            "é.toml",
            "e\u{301}.toml",
            "ﬁ.toml",
            "x\u{202e}.toml",
            "\u{212a}.toml",
            ".toml",
            ".git/x.toml",
            ".bank.toml",
            "a /x.toml",
            "a./x.toml",
            "x.toml ",
            "con.toml",
            "Aux.md",
            "lpt1.toml",
            "COM9/x.toml",
            "nul .toml",
            "x.sh",
            "x.TOML",
            "x.toml.exe",
            "x.zip",
            "x.examdeck",
            "bank.toml/",
            &long,
            &deep,
        ] {
            assert!(fault(name).is_some(), "{name:?}");
        }
    }

    #[test]
    fn clashes_are_found() {
        let clash = |names: &[&str]| {
            let mut taken = Taken::default();
            !names.iter().all(|n| taken.take(n))
        };
        assert!(!clash(&["a/x.toml", "a/y.toml", "b/x.toml", "x.toml"]));
        assert!(clash(&["x.toml", "x.toml"]));
        assert!(clash(&["x.toml", "X.toml"]));
        assert!(clash(&["a/x.toml", "A/y.toml"]));
        assert!(clash(&["x.toml", "x.toml/y.toml"]));
        assert!(clash(&["x.toml/y.toml", "x.toml"]));
    }
}
