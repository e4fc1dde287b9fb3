//! `examdeck guide`.

use std::process::{Command, Output};

const FOLDER: &str = "tests/fixtures/format/folder";

fn guide(arguments: &[&str]) -> Output {
    let folder = tempfile::tempdir().expect("a folder");
    Command::new(env!("CARGO_BIN_EXE_examdeck"))
        .arg("guide")
        .args(arguments)
        .env("EXAMDECK_DATA_DIR", folder.path())
        .output()
        .expect("the program starts")
}

fn printed(arguments: &[&str]) -> String {
    let output = guide(arguments);
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("it is text")
}

#[test]
fn without_a_module_the_contents_are_listed() {
    insta::assert_snapshot!("guide_contents", printed(&["--bank", FOLDER]));
    let shipped = printed(&[]);
    assert_eq!(shipped.lines().filter(|l| l.starts_with('m')).count(), 10, "{shipped}");
}

#[test]
fn a_module_is_printed_as_plain_text_of_72_columns() {
    insta::assert_snapshot!("guide_module", printed(&["m1", "--bank", FOLDER]));
    for module in ["m1", "m2", "m3", "m4", "m5", "m6", "m7", "m8", "m9", "m10"] {
        let text = printed(&[module]);
        assert!(!text.contains('\u{1b}'), "no colours where there is no terminal");
        for line in text.lines() {
            assert!(line.chars().count() <= 72, "{module}: {line}");
            assert_eq!(line.trim_end(), line);
        }
    }
}

#[test]
fn a_module_goes_by_the_name_of_its_folder_too() {
    assert_eq!(printed(&["01-alarms", "--bank", FOLDER]), printed(&["m1", "--bank", FOLDER]));
}

#[test]
fn ascii_is_ascii() {
    let text = printed(&["m1", "--ascii", "--bank", FOLDER]);
    assert!(text.is_ascii(), "{text}");
}

#[test]
fn what_cannot_be_printed_is_said() {
    for (arguments, code, said) in [
        (&["m9", "--bank", FOLDER][..], 2, "no module `m9` has a guide; there are: m1"),
        (&["\u{1b}[2J", "--bank", FOLDER], 2, "no module `␛[2J` has a guide"),
        (&["--bank", "nowhere.toml"], 2, "nowhere.toml"),
        (&["--bank", "no-such-bank"], 2, "there is no file and no bank `no-such-bank`"),
        (&["--bank", "tests/fixtures/banks/clean-60.toml"], 1, "has no study guide"),
    ] {
        let output = guide(arguments);
        let error = String::from_utf8(output.stderr).expect("it is text");
        assert_eq!(output.status.code(), Some(code), "{arguments:?}: {error}");
        assert!(error.contains(said) && error.lines().count() == 1, "{error}");
    }
}
