//! A folder that cannot be written: what is kept there is read, nothing in it changes, and what would be saved is refused
//! with the way out.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::Command;

use crate::{database, exam_id, filled};

const EXAMDECK: &str = env!("CARGO_BIN_EXE_examdeck");

/// The program as a user who may not write everywhere; `None` where there is no way to be one.
fn unprivileged() -> Option<Command> {
    let nobody = ["--reuid=65534", "--regid=65534", "--clear-groups", EXAMDECK];
    let probe = tempfile::tempdir().expect("a folder for the test");
    set(probe.path(), 0o555);
    let mut command = Command::new(EXAMDECK);
    if fs::write(probe.path().join("probe"), b"").is_ok() {
        // The superuser may.
        command = Command::new("setpriv");
        command.args(nobody);
        let can = Command::new("setpriv").args(nobody).arg("--version").output();
        if !can.is_ok_and(|output| output.status.success()) {
            return None;
        }
    }
    Some(command)
}

fn set(path: &Path, mode: u32) {
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).expect("ours");
}

/// Exit status, output and errors.
fn run(folder: &Path, arguments: &[&str]) -> Option<(i32, String, String)> {
    let output = unprivileged()?.arg("--data-dir").arg(folder).args(arguments).output().expect("it runs");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
    Some((output.status.code().expect("an end of its own"), text(output.stdout), text(output.stderr)))
}

#[test]
fn what_is_kept_in_a_folder_that_cannot_be_written_is_read() {
    let folder = filled();
    set(&database(&folder), 0o444);
    set(folder.path(), 0o555);
    let Some((status, out, err)) = run(folder.path(), &["progress", "--json"]) else { return };
    assert_eq!((status, err.as_str()), (0, ""));
    assert!(out.contains(&exam_id(1).to_string()), "{out}");
    let (status, out, err) = run(folder.path(), &["results", "export"]).expect("it runs");
    assert_eq!((status, out.as_str()), (1, ""));
    let way_out =
        "cannot be written: make it and the files in it readable and writable, or name another with --data-dir\n";
    assert_eq!(err, format!("examdeck: {} {way_out}", folder.path().display()));
    assert_eq!(fs::read_dir(folder.path()).expect("there").count(), 1, "nothing was made beside it");
    set(folder.path(), 0o755);
}

#[test]
fn what_only_a_log_beside_it_holds_is_not_passed_over() {
    let folder = filled();
    fs::write(folder.path().join("progress.db-wal"), b"not merged yet").expect("written");
    set(&database(&folder), 0o444);
    set(folder.path(), 0o555);
    let Some((status, out, err)) = run(folder.path(), &["progress"]) else { return };
    assert_eq!((status, out.as_str()), (1, ""));
    assert!(err.contains("cannot be written"), "{err}");
    set(folder.path(), 0o755);
}
