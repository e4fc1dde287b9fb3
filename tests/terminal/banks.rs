//! The screen of banks and decks in a terminal, and `remove` where it asks.

use std::fmt::Write;

use crate::desk::Desk;

/// Writes a bank of two claims beside the data folder.
fn write_bank(desk: &Desk) {
    let mut text = "format = 1\n[bank]\nid = \"harbour\"\ntitle = \"Harbour\"\nversion = \"1.0.0\"\n\
         [exam]\nquestions = 2\nminutes = 2\npass_percent = 70\n\
         [[domains]]\nid = \"tides\"\ntitle = \"Tides\"\nweight = 1\n"
        .to_owned();
    for n in 0..2 {
        write!(
            text,
            "[[questions]]\nid = \"claim-{n}\"\ndomain = \"tides\"\nstem = \"Claim {n} holds.\"\nanswer = true\n"
        )
        .expect("a text takes it");
    }
    desk.write("my harbour.toml", &text);
}

#[test]
fn a_bank_is_added_by_a_typed_path_sat_and_removed_and_its_history_stays() {
    let desk = Desk::new();
    write_bank(&desk);
    let mut terminal = desk.open(&[]);
    terminal.wait_text("1 bank and 1 deck");
    terminal.go("b", "Banks and decks");
    terminal.press("+", "Path of the archive, file or folder:");
    terminal.press("nowhere.toml\r", "cannot read nowhere.toml");
    terminal.press("+", "Path of the archive, file or folder:");
    // Pasted with the end of its line, as file managers give it.
    terminal.keys("\x1b[200~\"my harbour.toml\"\r\n\x1b[201~");
    let added = terminal.press("\r", "Added Harbour (harbour 1.0.0): 2 questions");
    assert!(added.contains("Not signed"), "{added}");

    // The cursor is on it, and it is sat at once.
    assert!(added.contains("› Harbour"), "{added}");
    terminal.wait_text("harbour 1.0.0, added from my harbour.toml, not signed");
    terminal.go("\r", "examdeck");
    terminal.press("n", "Before the exam");
    terminal.press("\r", "Question 1 of 2");
    terminal.press("a", "1 answered · ");
    terminal.press("r", "Review");
    terminal.keys("S");
    terminal.press("y", "✗ not passed");
    terminal.settle();
    assert_eq!((desk.sittings(), desk.sitting().points), (1, Some(1.0)));

    // It goes only after a yes.
    terminal.go("q", "examdeck");
    terminal.go("b", "Banks and decks");
    terminal.press("x", "Remove Harbour? What you have answered stays.");
    terminal.keys("n");
    terminal.wait_for("the question to go", |screen| !screen.contains("Remove Harbour?"));
    assert!(desk.data().join("question-bank/harbour/bank.toml").is_file());
    terminal.press("x", "Remove Harbour? What you have answered stays.");
    let removed = terminal.press("y", "Removed Harbour (harbour 1.0.0); what you have answered stays");
    assert!(!removed.contains("2 questions"), "{removed}");
    assert!(!desk.data().join("question-bank/harbour").exists());
    terminal.settle();
    assert_eq!((desk.sittings(), desk.sitting().points), (1, Some(1.0)));
    terminal.keys("\x03");
    assert_eq!(terminal.exit_code(), Some(0));
    terminal.assert_clean();
}

#[test]
fn remove_asks_and_only_a_yes_removes() {
    let desk = Desk::new();
    write_bank(&desk);
    assert!(
        desk.plain(&["add"]).arg(desk.data().with_file_name("my harbour.toml")).status().expect("it runs").success()
    );
    let bank = desk.data().join("question-bank/harbour/bank.toml");
    for (typed, left) in [("\r", true), ("n\r", true), ("\x04", true), ("y\r", false)] {
        assert!(bank.is_file());
        let mut terminal = desk.open(&["remove", "harbour"]);
        terminal.wait_text("[y/N]");
        terminal.keys(typed);
        assert_eq!(terminal.exit_code(), Some(0), "{typed:?}");
        assert_eq!(bank.is_file(), left, "{typed:?}");
    }
}

#[test]
fn the_chosen_bank_is_the_one_that_the_next_start_shows() {
    let desk = Desk::new();
    write_bank(&desk);
    let plain = |arguments: &[&str]| {
        let folder = desk.data().parent().expect("a folder").to_owned();
        let output = desk.plain(arguments).current_dir(folder).output().expect("it runs");
        [output.stdout, output.stderr].map(|o| String::from_utf8_lossy(&o).into_owned()).concat()
    };
    let starts_with = |arguments: &[&str], shown: &str| {
        let mut terminal = desk.open(arguments);
        terminal.wait_text(shown);
        terminal.keys("\x03");
        assert_eq!(terminal.exit_code(), Some(0));
    };
    plain(&["add", "my harbour.toml"]);
    assert!(plain(&["guide"]).contains("m1"), "nothing is chosen yet: the built-in bank");
    let mut terminal = desk.open(&[]);
    terminal.wait_text("2 banks");
    terminal.go("b", "Banks and decks");
    terminal.press("j", "› Harbour");
    terminal.press("\r", ", drawn from 2");
    terminal.keys("\x03");
    assert_eq!(terminal.exit_code(), Some(0));

    starts_with(&[], ", drawn from 2");
    starts_with(&["exam"], "Harbour");
    starts_with(&["drill"], "Harbour");
    assert!(plain(&["guide"]).contains("the bank `harbour` has no study guide"));
    assert!(plain(&["exam", "domain:rf"]).contains("harbour has no domain:rf"));
    // Another one is named for one run.
    starts_with(&["exam", "--bank", "mrso"], "Magnetic Resonance");
    starts_with(&["drill", "--bank", "mrso"], "Magnetic Resonance");
    starts_with(&[], ", drawn from 2");
    // When it is gone, the built-in one is there.
    plain(&["remove", "harbour", "--yes"]);
    starts_with(&[], "100 questions");
    assert!(plain(&["guide"]).contains("m1"));
}
