//! A bank's guides go where its tables go.

use std::fs;
use std::path::Path;

use examdeck::content::beside::MAX_GUIDE;
use examdeck::content::library::gather;
use examdeck::engine::slug::Slug;

use crate::desk::{Desk, MEET, bank};
use crate::zips::{Entry, file, zip};

/// The fixture with one module, whose guide is `guide`, and its question in the guide's section.
fn guided(guide: &str) -> String {
    let text = bank("1.0.0", &[MEET]).replace("stem = ", "guide = \"m1#zones\"\nstem = ");
    text.replace("[[domains]]", &format!("[[modules]]\nid = \"m1\"\ntitle = \"M\"\nguide = '{guide}'\n\n[[domains]]"))
}

/// An archive made by hand of the fixture and this file.
fn with(guide: &str, entry: Entry) -> Vec<u8> {
    zip(&[file("bank.toml", guided(guide)), entry])
}

fn copy(from: &Path, desk: &Desk, to: &str) {
    for entry in fs::read_dir(from).expect("a folder") {
        let path = entry.expect("an entry").path();
        let to = format!("{to}/{}", path.file_name().expect("a name").to_string_lossy());
        if path.is_dir() { copy(&path, desk, &to) } else { desk.write(&to, fs::read(&path).expect("a file")) }
    }
}

#[test]
fn all_guides_of_the_bundled_bank_are_there_after_it_was_packed_and_added() {
    let desk = Desk::new();
    copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("question-bank/mrso"), &desk, "mrso");
    let header = fs::read_to_string(desk.path("mrso/bank.toml")).expect("it is there");
    desk.write("mrso/bank.toml", header.replacen("version = \"1.", "version = \"1001.", 1));
    let packed = desk.run(&["pack", "mrso", "-o", "mrso.examdeck"]);
    assert_eq!(packed.status, 0, "{packed:?}");
    let added = desk.run(&["add", "mrso.examdeck"]);
    assert_eq!((added.status, added.err.as_str()), (0, ""), "{added:?}");
    let library = gather(&desk.places().banks, &[]);
    let bank = &library.entries.iter().find(|e| e.bank.id.as_str() == "mrso").expect("it is there").bank;
    assert_eq!(bank.version.major, 1001, "the installed one");
    assert_eq!(bank.modules.iter().filter(|m| bank.guide(&m.id).is_some()).count(), 10);
    // To the byte, and a part of what the receipt vouches for.
    let guide = "02-safety-precautions/guide.md";
    let installed = desk.path("data/question-bank/mrso").join(guide);
    assert_eq!(
        fs::read(&installed).expect("it is there"),
        fs::read(desk.path("mrso").join(guide)).expect("it is there")
    );
    assert!(desk.run(&["list"]).out.contains("added from mrso.examdeck, not signed\n"));
    fs::write(installed, "## Other words\n").expect("it can be written");
    assert!(desk.run(&["list"]).out.contains("changed since"), "{}", desk.run(&["list"]).out);
}

#[test]
fn a_guide_goes_with_a_folder_a_file_or_an_archive_made_by_hand() {
    let section = "## Zones\n\nWhere to meet.\n";
    let notes = ("notes.md", "Of no use to students.\n");
    let tables = guided("a/./guide.md");
    for (path, header, guide) in [("b", "b/bank.toml", "b/a/guide.md"), ("b/fire.toml", "b/fire.toml", "b/a/guide.md")]
    {
        let desk = Desk::new();
        desk.write(header, &tables);
        desk.write(guide, section);
        desk.write(&format!("b/{}", notes.0), notes.1);
        let packed = desk.run(&["pack", path]);
        assert!(packed.status == 0 && packed.out.contains("1 question, 2 files, "), "{packed:?}");
        for from in [path, "fire-1.0.0.examdeck"] {
            desk.adds(&[from], "Added Fire safety (fire 1.0.0): 1 question\n");
            has_its_guide(&desk);
            assert_eq!(desk.run(&["remove", "fire", "--yes"]).status, 0);
        }
    }
    for (header, guide) in
        [("bank.toml", "a/guide.md"), ("Fire/bank.toml", "Fire/a/guide.md"), ("x/y.toml", "x/a/guide.md")]
    {
        let desk = Desk::new();
        desk.write("x.zip", zip(&[file(guide, section), file(header, &tables), file("notes.md", notes.1)]));
        desk.adds(&["x.zip"], "Added Fire safety (fire 1.0.0): 1 question\n");
        has_its_guide(&desk);
    }
}

fn has_its_guide(desk: &Desk) {
    let folder = "data/question-bank/fire";
    let files = ["a", "a/guide.md", "bank.toml", "receipt.json"].map(|f| format!("{folder}/{f}"));
    assert_eq!(desk.tree(folder), files);
    let library = gather(&desk.places().banks, &[]);
    let id = Slug::new("m1").expect("an id");
    let fire = library.entries.iter().find(|e| e.bank.id.as_str() == "fire").expect("it is there");
    assert_eq!(fire.bank.guide(&id).expect("it has one").sections.len(), 1);
}

#[test]
fn a_guide_that_changed_alone_is_no_longer_the_same_bank() {
    let desk = Desk::new();
    desk.write("b/bank.toml", guided("guide.md"));
    desk.write("b/guide.md", "## Zones\n");
    desk.adds(&["b"], "Added Fire safety (fire 1.0.0): 1 question\n");
    desk.adds(&["b"], "Fire safety (fire 1.0.0) is there already, the same to the byte\n");
    desk.write("b/guide.md", "## Zones\n\nMore.\n");
    let replaced = "Replaced Fire safety (fire), again 1.0.0: 1 question; nothing added, removed or reworded\n";
    desk.adds(&["b"], replaced);
    let installed = fs::read_to_string(desk.path("data/question-bank/fire/guide.md")).expect("it is there");
    assert_eq!(installed, "## Zones\n\nMore.\n");
}

#[test]
fn a_guide_that_check_finds_faulty_is_neither_packed_nor_added() {
    for (guide, text, finding) in [
        ("missing.md", "", "cannot read b/missing.md"),
        ("guide.md", "## Other\n", "the guide of `m1` has no section `zones`"),
        ("large.md", "", "larger than 256 KiB"),
    ] {
        let desk = Desk::new();
        desk.write("b/bank.toml", guided(guide));
        desk.write("b/guide.md", text);
        desk.write("b/large.md", vec![b'\n'; MAX_GUIDE as usize + 1]);
        let checked = desk.run(&["check", "--only", "S13", "b"]);
        assert!(checked.out.contains(finding), "{}", checked.out);
        for (command, undone) in [("pack", "packed"), ("add", "added")] {
            let said = desk.run(&[command, "b"]);
            assert_eq!((said.status, said.out.as_str()), (1, ""));
            assert!(said.err.contains("error[S13]") && said.err.contains(finding), "{}", said.err);
            assert!(said.err.ends_with(&format!("nothing was {undone}\n")), "{}", said.err);
        }
        assert!(desk.tree("data").is_empty());
    }
}

#[test]
fn what_a_guide_cannot_show_is_told_when_it_is_packed() {
    let desk = Desk::new();
    desk.write("b/bank.toml", guided("guide.md"));
    desk.write("b/guide.md", "## Zones\n\n<b>Bold</b>\n");
    let said = desk.run(&["pack", "b"]);
    assert_eq!(said.status, 0, "{said:?}");
    assert!(said.err.contains("warning[S14]") && said.err.contains("b/guide.md:3:"), "{}", said.err);
}

#[test]
fn guides_under_names_that_cannot_be_sent_are_not_packed() {
    let odd = "it has characters other than a-z, A-Z, 0-9, dot, hyphen, underscore and space";
    for (guide, reason) in [
        ("é.md", format!("é.md cannot be sent under its name: {odd}")),
        ("guide.txt", "guide.txt cannot be sent under its name: it is neither a .toml nor a .md file".into()),
        ("aux.md", "aux.md cannot be sent under its name: some systems keep that name for a device".into()),
        ("g.toml", "g.toml cannot be sent as a guide: its name ends in .toml, not in .md".into()),
    ] {
        let desk = Desk::new();
        desk.write("fire.toml", guided(guide));
        desk.write(guide, "## Zones\n");
        desk.refuses(&["pack", "fire.toml"], &reason);
        desk.refuses(&["add", "fire.toml"], &reason);
    }
}

#[test]
fn guides_in_hostile_archives_are_refused() {
    let large = vec![b'\n'; MAX_GUIDE as usize + 1];
    for (guide, entry, reason) in [
        ("guide.md", file("guide.md", large), "x.examdeck/guide.md is larger than 256 KiB"),
        ("guide.md", file("Guide.md", "## Zones\n"), "cannot read guide.md"),
        ("guide.md", file("guide.md", b"## Zones\n\xff"), "this byte is not UTF-8"),
        ("../guide.md", file("guide.md", "## Zones\n"), "`guide` leads out of the bank's folder"),
        ("/etc/hostname", file("guide.md", "## Zones\n"), "`guide` leads out of the bank's folder"),
        ("guide.md", file("a/../guide.md", "## Zones\n"), "it leads out of its folder"),
        ("guide.md", Entry { mode: 0o120_777, ..file("guide.md", "/etc/hostname") }, "is a link or a device"),
    ] {
        let desk = Desk::new();
        desk.write("x.examdeck", with(guide, entry));
        let said = desk.run(&["add", "x.examdeck"]);
        assert_eq!((said.status, said.out.as_str()), (1, ""), "{guide}");
        assert!(said.err.contains(reason), "{}", said.err);
        assert_eq!(desk.tree("."), ["x.examdeck"], "nothing was written");
    }
}
