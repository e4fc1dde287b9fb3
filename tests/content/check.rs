//! `examdeck check` from outside.

use std::process::{Command, Output};

use super::*;

fn check(paths: &[&Path]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_examdeck"))
        .arg("check")
        .args(paths)
        .env("NO_COLOR", "1")
        .output()
        .expect("the program starts")
}

fn text(bytes: &[u8]) -> String {
    let text = String::from_utf8(bytes.to_vec()).expect("the program writes UTF-8");
    assert_harmless(&text);
    text
}

fn fixture(name: &str) -> PathBuf {
    Path::new(BANKS).join(name)
}

#[test]
fn a_bank_without_an_error_gives_0() {
    let output = check(&[Path::new("tests/fixtures/format/folder")]);
    assert_eq!(output.status.code(), Some(0));
    let out = text(&output.stdout);
    let summary = out.lines().last().expect("a summary");
    assert!(summary.starts_with("tests/fixtures/format/folder: 6 sound questions; 0 errors, "), "{out}");
    assert_eq!(text(&output.stderr), "");
}

#[test]
fn errors_give_1() {
    for name in ["s02-no-key-or-only-keys.toml", "s05-options-read-the-same.toml", "s04-over-files"] {
        let output = check(&[&fixture(name)]);
        assert_eq!(output.status.code(), Some(1), "{name}");
        assert!(text(&output.stdout).contains(&format!("[{}]", name[..3].to_uppercase())), "{name}");
        assert_eq!(text(&output.stderr), "");
    }
}

#[test]
fn what_cannot_be_read_gives_2() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let nowhere = fixture("nowhere.toml");
    let cases: [(&Path, &str); 3] = [
        (&nowhere, "cannot read"),
        (folder.path(), "holds neither a question bank nor a deck"),
        (Path::new("/dev/null"), "not a regular file"),
    ];
    for (path, told) in cases.into_iter().take(if cfg!(unix) { 3 } else { 2 }) {
        let output = check(&[path]);
        assert_eq!(output.status.code(), Some(2), "{path:?}");
        let line = text(&output.stderr);
        assert!(line.starts_with("examdeck: ") && line.contains(told), "{line}");
        assert_eq!(line.lines().count(), 1);
    }
    assert_eq!(check(&[]).status.code(), Some(2));
}

#[test]
fn several_paths_in_one_run() {
    let (clean, found, nowhere) =
        (Path::new("tests/fixtures/format/folder"), fixture("s03-list-with-one-answer.toml"), fixture("nowhere.toml"));
    let output = check(&[clean, &found]);
    assert_eq!(output.status.code(), Some(1));
    let out = text(&output.stdout);
    assert!(out.contains("folder: 6 sound questions; 0 errors, "), "{out}");
    assert!(out.contains("answer.toml: 1 sound question, 1 left out; 1 error, "), "{out}");
    // What cannot be read hides nothing of the others.
    let output = check(&[&nowhere, &found, clean]);
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(text(&output.stdout).lines().filter(|l| l.contains("sound question")).count(), 2);
    assert_eq!(text(&output.stderr).lines().count(), 1);
}

#[test]
fn a_folder_of_banks() {
    let output = check(&[Path::new(BANKS)]);
    assert_eq!(output.status.code(), Some(1));
    let summaries = text(&output.stdout).lines().filter(|l| l.starts_with(BANKS)).count();
    assert_eq!(summaries, fixtures().len());
}

#[test]
fn a_bank_id_that_two_paths_have() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let (a, b) = (folder.path().join("a.toml"), folder.path().join("b.toml"));
    for path in [&a, &b] {
        fs::write(path, HEADER.to_owned() + &claim("x")).expect("it can be written");
    }
    assert_eq!(check(&[&a]).status.code(), Some(0));
    for paths in [vec![a.as_path(), b.as_path()], vec![folder.path()]] {
        let output = check(&paths);
        assert_eq!(output.status.code(), Some(1));
        let out = text(&output.stdout);
        assert!(out.contains("error[S04]: the bank id `fire` is taken"), "{out}");
        assert!(out.contains("a.toml") && out.contains("b.toml"), "{out}");
    }
}

#[test]
fn a_hostile_bank_writes_nothing_raw() {
    let output = check(&[&fixture("hostile.toml"), &fixture("s11-steering-characters.toml")]);
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output.stdout).contains("is no key of a question"));
}

#[cfg(unix)]
#[test]
fn a_hostile_path_writes_nothing_raw_and_forges_no_line() {
    use std::os::unix::ffi::OsStrExt;
    let folder = tempfile::tempdir().expect("a temporary folder");
    let names: [&[u8]; 2] = [b"\x1b]0;owned\x07\n/etc/passwd: nothing found\n.toml", b"\xff\x9b31m\xe2\x80\xae.toml"];
    let paths = names.map(|n| folder.path().join(std::ffi::OsStr::from_bytes(n)));
    assert_eq!(check(&[&paths[0], &paths[1]]).status.code(), Some(2));
    fs::create_dir_all(paths[0].parent().expect("it has one")).expect("it can be made");
    for path in &paths {
        fs::write(path, HEADER.to_owned() + &claim("x") + "colour = 1\n").expect("it can be written");
    }
    let output = check(&[&paths[0], &paths[1]]);
    assert_eq!(output.status.code(), Some(1));
    let out = text(&output.stdout);
    assert!(!out.lines().any(|l| l.starts_with("/etc/passwd")), "{out}");
    let missing = folder.path().join(std::ffi::OsStr::from_bytes(b"\x1b[2J\nno.toml"));
    assert_eq!(text(&check(&[&missing]).stderr).lines().count(), 1);
}
