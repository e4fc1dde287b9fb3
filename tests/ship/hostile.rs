//! Archives that nobody should add, refused one by one; nothing is written anywhere.

use examdeck::exchange::manifest::{FORMAT, FileSum, Kind, Manifest};
use examdeck::exchange::unpack::{Limits, unpack};

use crate::desk::{Desk, MEET, bank};
use crate::zips::{Entry, deflated, file, zip};

fn good() -> String {
    bank("1.0.0", &[MEET])
}

/// A desk with this archive, which is refused for this reason.
fn refused(archive: &[u8], reason: &str) {
    let desk = Desk::new();
    desk.write("x.examdeck", archive);
    desk.refuses(&["add", "x.examdeck"], &format!("x.examdeck was not added: {reason}"));
    assert_eq!(desk.tree("."), ["x.examdeck"], "nothing was written");
}

/// The fixture with one more file.
fn with(entry: Entry) -> Vec<u8> {
    zip(&[file("bank.toml", good()), entry])
}

#[test]
fn the_archive_without_the_flaw_is_added() {
    let desk = Desk::new();
    desk.write("x.examdeck", with(file("more.toml", "")));
    desk.adds(&["x.examdeck"], "Added Fire safety (fire 1.0.0): 1 question\n");
    // As when a folder was compressed by hand, with entries for the folders.
    let desk = Desk::new();
    let folder = Entry { mode: 0o040_755, ..file("Fire Safety/", "") };
    let beside = file("other/notes.md", "");
    desk.write(
        "x.zip",
        zip(&[folder, file("Fire Safety/bank.toml", good()), file("Fire Safety/a/b.toml", ""), beside]),
    );
    desk.adds(&["x.zip"], "Added Fire safety (fire 1.0.0): 1 question\n");
    assert_eq!(
        desk.tree("data/question-bank/fire"),
        ["a", "a/b.toml", "bank.toml", "receipt.json"].map(|f| format!("data/question-bank/fire/{f}"))
    );
    // A file alone.
    let desk = Desk::new();
    desk.write("x.zip", zip(&[file("my bank.toml", good())]));
    desk.adds(&["x.zip"], "Added Fire safety (fire 1.0.0): 1 question\n");
}

#[test]
fn names_that_lead_out_or_mean_something_else_are_refused() {
    let odd = "it has characters other than a-z, A-Z, 0-9, dot, hyphen, underscore and space";
    for (name, shown, why) in [
        ("../outside.toml", "../outside.toml", "it leads out of its folder"),
        ("a/../../outside.toml", "a/../../outside.toml", "it leads out of its folder"),
        ("/tmp/outside.toml", "/tmp/outside.toml", "it is empty, or begins at the root"),
        ("a//b.toml", "a//b.toml", "it is empty, or begins at the root"),
        ("C:/outside.toml", "C:/outside.toml", odd),
        ("C:outside.toml", "C:outside.toml", odd),
        ("..\\outside.toml", "..\\outside.toml", odd),
        ("a\\..\\..\\outside.toml", "a\\..\\..\\outside.toml", odd),
        ("\\\\host\\share\\x.toml", "\\\\host\\share\\x.toml", odd),
        ("x.toml:stream", "x.toml:stream", odd),
        ("x\u{0}.toml", "x␀.toml", odd),
        ("x\u{1b}[31m.toml", "x␛[31m.toml", odd),
        ("x\u{202e}lmot.md", "x<U+202E>lmot.md", odd),
        ("é.toml", "é.toml", odd),
        ("e\u{301}.toml", "e\u{301}.toml", odd),
        ("CON.toml", "CON.toml", "some systems keep that name for a device"),
        ("lpt1/x.toml", "lpt1/x.toml", "some systems keep that name for a device"),
        (".hidden.toml", ".hidden.toml", "it begins or ends with a dot or a space"),
        ("a./x.toml", "a./x.toml", "it begins or ends with a dot or a space"),
        ("run.sh", "run.sh", "it is neither a .toml nor a .md file"),
        ("receipt.json", "receipt.json", "it is neither a .toml nor a .md file"),
        ("a/manifest.json", "a/manifest.json", "it is neither a .toml nor a .md file"),
        ("inner.zip", "inner.zip", "it is neither a .toml nor a .md file"),
        ("inner.examdeck", "inner.examdeck", "it is neither a .toml nor a .md file"),
        ("../", "../", "it leads out of its folder"),
        ("/", "/", "it is empty, or begins at the root"),
    ] {
        refused(&with(file(name, "")), &format!("the name `{shown}` in it is not safe: {why}"));
    }
    let (long, deep) = (format!("{}.toml", "x".repeat(300)), format!("{}x.toml", "a/".repeat(9)));
    refused(&with(file(&long, "")), &format!("the name `{long}` in it is not safe: it is too long"));
    refused(&with(file(&deep, "")), &format!("the name `{deep}` in it is not safe: it lies too deep"));
    refused(&with(file(b"\xff\xfe.toml", "")), &format!("the name `��.toml` in it is not safe: {odd}"));
}

#[test]
fn names_that_clash_are_refused() {
    let clash = "stands in it twice, or in another case, or as a file and a folder";
    let three = |a: &str, b: &str| zip(&[file("bank.toml", good()), file(a, ""), file(b, "")]);
    refused(&three("a.toml", "a.toml"), &format!("a name {clash}"));
    refused(&three("a.toml", "A.toml"), &format!("A.toml {clash}"));
    refused(&three("a/x.toml", "A/y.toml"), &format!("A/y.toml {clash}"));
    refused(&three("a.toml", "a.toml/b.toml"), &format!("a.toml/b.toml {clash}"));
}

#[test]
fn links_devices_and_their_like_are_refused() {
    for kind in [0o120_000, 0o020_000, 0o060_000, 0o010_000, 0o140_000, 0o040_000] {
        let entry = Entry { mode: kind | 0o644, ..file("x.toml", "/etc/passwd") };
        refused(&with(entry), "x.toml in it is a link or a device, not a file");
    }
    let folder = Entry { mode: 0o120_777, ..file("a/", "../..") };
    refused(&with(folder), "a/ in it is a link or a device, not a file");
}

#[test]
fn encrypted_files_are_refused() {
    refused(&with(Entry { flags: 1, ..file("x.toml", "secret secret secret") }), "x.toml in it is encrypted");
}

#[test]
fn what_is_no_zip_or_was_cut_short_is_refused() {
    let whole = with(file("more.toml", "# more"));
    let no_zip = "it is no zip archive, or it was cut short";
    for bytes in [&b""[..], b"PK", b"format = 1\n[bank]\n", &[0; 4096]] {
        refused(bytes, no_zip);
    }
    for cut in [1, 21, 22, 60, whole.len() / 2] {
        refused(&whole[..whole.len() - cut], no_zip);
    }
    refused(&[&whole[..], b"behind it"].concat(), no_zip);
}

/// Whatever is cut out of an archive or changed in it: an error or the same files, and never a panic.
#[test]
fn damage_anywhere_is_seen() {
    let text = good();
    let manifest = manifest(&[("bank.toml", text.as_bytes())], |_| {});
    let whole = deflated(&[("manifest.json", &manifest), ("bank.toml", text.as_bytes())]);
    let limits = Limits::default();
    let sound = unpack(&whole, &limits).expect("it is sound");
    for at in 0..whole.len() {
        for damaged in [[&whole[..at], &whole[at + 1..]].concat(), {
            let mut changed = whole.clone();
            changed[at] ^= 0x41;
            changed
        }] {
            if let Ok(found) = unpack(&damaged, &limits) {
                assert_eq!(found.files, sound.files, "byte {at}");
            }
        }
    }
}

#[test]
fn what_stands_before_or_between_the_files_is_refused() {
    let whole = with(file("more.toml", ""));
    let no_zip = "it is no zip archive, or it was cut short";
    refused(&[b"#!/bin/sh\necho\n", &whole[..]].concat(), no_zip);
    refused(&[&with(file("a.toml", ""))[..], &whole[..]].concat(), no_zip);
    // Two lists of files that differ, by name or by size: which one is true?
    for entry in [
        Entry { local_name: Some(b"else.toml".to_vec()), ..file("more.toml", "") },
        Entry { told: Some(1), ..file("more.toml", "# more") },
    ] {
        let desk = Desk::new();
        desk.write("x.examdeck", with(entry));
        let said = desk.run(&["add", "x.examdeck"]);
        assert_eq!(said.status, 1, "{said:?}");
        assert!(said.err.starts_with("examdeck: x.examdeck was not added: "), "{}", said.err);
        assert_eq!(desk.tree("."), ["x.examdeck"]);
    }
}

#[test]
fn a_wrong_sum_of_the_zip_itself_is_refused() {
    let desk = Desk::new();
    desk.write("x.examdeck", with(Entry { crc: Some(7), ..file("more.toml", "# more") }));
    let said = desk.run(&["add", "x.examdeck"]);
    assert!(said.err.starts_with("examdeck: x.examdeck was not added: more.toml in it is damaged"), "{}", said.err);
}

#[test]
fn other_ways_to_compress_are_refused() {
    for method in [1, 9, 12, 14, 93, 95, 98] {
        let desk = Desk::new();
        desk.write("x.examdeck", with(Entry { method, ..file("more.toml", "# more") }));
        let said = desk.run(&["add", "x.examdeck"]);
        assert_eq!((said.status, desk.tree(".")), (1, vec!["x.examdeck".to_owned()]), "{method}: {said:?}");
    }
}

#[test]
fn every_limit_holds_at_its_edge() {
    let limits = Limits { archive: 1 << 20, entries: 3, file: 1_000, unpacked: 2_500, ratio: 200 };
    let text = |size: usize| vec![b'#'; size];
    let said = |archive: &[u8], limits: &Limits| unpack(archive, limits).map(|_| ()).map_err(|f| f.to_string());
    let files = |count: usize| zip(&(0..count).map(|i| file(format!("{i}.toml"), "")).collect::<Vec<_>>());
    assert_eq!(said(&files(3), &limits), Ok(()));
    assert_eq!(said(&files(4), &limits), Err("it holds more than 3 files".into()));
    let sizes = |sizes: &[usize]| {
        zip(&sizes.iter().enumerate().map(|(i, s)| file(format!("{i}.toml"), text(*s))).collect::<Vec<_>>())
    };
    assert_eq!(said(&sizes(&[1_000]), &limits), Ok(()));
    assert_eq!(said(&sizes(&[1_001]), &limits), Err("0.toml in it is larger than 0 MiB".into()));
    assert_eq!(said(&sizes(&[1_000, 1_000, 500]), &limits), Ok(()));
    assert_eq!(said(&sizes(&[1_000, 1_000, 501]), &limits), Err("it unpacks to more than 0 MiB".into()));
    // The same size, deflated: the archive's own size is what it is measured by.
    let bomb = deflated(&[("a.toml", &text(1_000)), ("b.toml", &text(1_000))]);
    let just = (2_000_u64).div_ceil(bomb.len() as u64);
    assert_eq!(said(&bomb, &Limits { ratio: just, ..limits }), Ok(()));
    let over = Limits { ratio: just - 1, ..limits };
    assert_eq!(said(&bomb, &over), Err(format!("it unpacks to more than {} times its size", just - 1)));
}

#[test]
fn a_bomb_is_refused_by_what_it_unpacks_to() {
    // 64 MiB of one byte: 1 : 1,000.
    refused(&deflated(&[("bank.toml", &vec![b'#'; 64 << 20])]), "it unpacks to more than 200 times its size");
    // One that lies about its size is a bomb, too.
    let mut lies = deflated(&[("bank.toml", &vec![b'#'; 64 << 20])]);
    let directory = lies.windows(4).rposition(|w| w == b"PK\x01\x02").expect("a directory");
    lies[22..26].copy_from_slice(&10_u32.to_le_bytes());
    lies[directory + 24..directory + 28].copy_from_slice(&10_u32.to_le_bytes());
    assert!(unpack(&lies, &Limits::default()).is_err());
}

#[test]
fn a_manifest_that_disagrees_with_the_files_is_refused() {
    let (text, more) = (good(), "# more");
    let files = [("bank.toml", text.as_bytes()), ("more.toml", more.as_bytes())];
    let archive =
        |manifest: &[u8]| zip(&[file("manifest.json", manifest), file("bank.toml", &text), file("more.toml", more)]);
    let desk = Desk::new();
    desk.write("x.examdeck", archive(&manifest(&files, |_| {})));
    desk.adds(&["x.examdeck"], "Added Fire safety (fire 1.0.0): 1 question\n");
    let tampered = |what: &str| format!("its manifest.json says otherwise of {what}: it was damaged or tampered with");
    type Change = fn(&mut Manifest);
    let cases: [(&str, Change); 8] = [
        ("bank.toml", |m| m.files[0].sha256 = "0".repeat(64)),
        ("bank.toml", |m| m.files[0].bytes += 1),
        ("more.toml", |m| _ = m.files.pop()),
        ("nowhere.toml", |m| m.files.push(FileSum::of("nowhere.toml", b""))),
        ("a file that it lists twice", |m| m.files.push(m.files[0].clone())),
        ("what it holds", |m| m.id = "other".into()),
        ("what it holds", |m| m.version = "9.9.9".into()),
        ("what it holds", |m| m.kind = Kind::Deck),
    ];
    for (what, change) in cases {
        refused(&archive(&manifest(&files, change)), &tampered(what));
    }
    let newer = "its format 2 is newer than what this program reads: install a newer examdeck";
    refused(&archive(&manifest(&files, |m| m.format = FORMAT + 1)), newer);
    for broken in [&b""[..], b"{", b"[]", b"{\"format\": 1}", &[b'['; 100_000]] {
        let desk = Desk::new();
        desk.write("x.examdeck", archive(broken));
        let said = desk.run(&["add", "x.examdeck"]);
        let reason = "examdeck: x.examdeck was not added: its manifest.json cannot be read: ";
        assert!(said.status == 1 && said.err.starts_with(reason), "{}", said.err);
    }
}

/// A manifest of these files, changed.
fn manifest(files: &[(&str, &[u8])], change: impl Fn(&mut Manifest)) -> Vec<u8> {
    let mut manifest = Manifest {
        format: FORMAT,
        kind: Kind::Bank,
        id: "fire".into(),
        title: "Fire safety".into(),
        version: "1.0.0".into(),
        files: files.iter().map(|(name, bytes)| FileSum::of(name, bytes)).collect(),
    };
    change(&mut manifest);
    serde_json::to_vec(&manifest).expect("it can be written")
}

#[test]
fn an_archive_in_a_file_with_another_ending_is_no_bank() {
    // A nested archive under a table's name is no TOML, and refused as such.
    let desk = Desk::new();
    desk.write("x.examdeck", with(file("inner.toml", zip(&[file("bank.toml", good())]))));
    let said = desk.run(&["add", "x.examdeck"]);
    assert_eq!(said.status, 1);
    assert!(said.err.contains("x.examdeck/inner.toml"), "{}", said.err);
    assert!(said.err.ends_with("nothing was added\n"), "{}", said.err);
    assert_eq!(desk.tree("."), ["x.examdeck"]);
}

#[test]
#[cfg(unix)]
fn what_is_no_file_is_not_waited_for() {
    let desk = Desk::new();
    let pipe = desk.path("pipe.examdeck");
    rustix::fs::mknodat(rustix::fs::CWD, &pipe, rustix::fs::FileType::Fifo, rustix::fs::Mode::RWXU, 0).expect("a pipe");
    let said = desk.run(&["add", "pipe.examdeck"]);
    assert_eq!((said.status, said.err.as_str()), (2, "examdeck: pipe.examdeck is not a regular file\n"));
}

#[test]
#[cfg(unix)]
fn a_link_in_the_way_is_not_followed() {
    // Somebody has put links where the new content is written and goes.
    let desk = Desk::new();
    desk.write("elsewhere/kept.toml", "kept");
    desk.write("x.examdeck", with(file("more.toml", "")));
    desk.write("data/question-bank/.lock", "");
    for name in [".incoming", ".discarded"] {
        std::os::unix::fs::symlink(desk.path("elsewhere"), desk.path("data/question-bank").join(name)).expect("a link");
    }
    desk.adds(&["x.examdeck"], "Added Fire safety (fire 1.0.0): 1 question\n");
    assert_eq!(desk.tree("elsewhere"), ["elsewhere/kept.toml"]);
}

/// Somebody unpacked a stranger's folder by hand.
#[cfg(unix)]
#[test]
fn a_receipt_that_is_a_pipe_or_speaks_of_other_files_vouches_for_nothing() {
    let desk = Desk::new();
    desk.write("data/question-bank/fire/bank.toml", good());
    desk.write("precious.toml", good());
    let receipt = "data/question-bank/fire/receipt.json";
    let made = std::process::Command::new("mkfifo").arg(desk.path(receipt)).status();
    assert!(made.is_ok_and(|s| s.success()), "a pipe can be made");
    let said = desk.run(&["list"]);
    assert!(said.status == 0 && said.out.contains("put by hand into data/question-bank/fire"), "{said:?}");
    std::fs::remove_file(desk.path(receipt)).expect("it can be removed");
    let outside = FileSum::of("../../../precious.toml", good().as_bytes());
    let files = serde_json::to_string(&[outside, FileSum::of("bank.toml", good().as_bytes())]).expect("JSON");
    let text = format!(
        r#"{{"format": 1, "kind": "bank", "id": "fire", "version": "1.0.0", "added_from": "x", "files": {files}}}"#
    );
    desk.write(receipt, text);
    let said = desk.run(&["list"]);
    assert!(said.out.contains("added from x, changed since"), "{said:?}");
}

#[cfg(unix)]
#[test]
fn an_archive_is_not_written_into_a_pipe() {
    let desk = Desk::new();
    desk.write("fire.toml", good());
    let made = std::process::Command::new("mkfifo").arg(desk.path("pipe")).status();
    assert!(made.is_ok_and(|s| s.success()), "a pipe can be made");
    desk.refuses(&["pack", "fire.toml", "-o", "pipe"], "cannot write pipe: what is there is no regular file");
}
