//! The preview follows its file as it is saved, and lends the terminal to an editor.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use crate::desk::{Desk, PROGRAM};
use crate::pty::Terminal;

const BANK: &str = r#"format = 1
[bank]
id = "fire"
title = "Fire"
version = "1.0.0"
[[domains]]
id = "fire"
title = "Fire"
[[questions]]
id = "one"
domain = "fire"
stem = "Which colour has the hose sign?"
answer = "Red"
distractors = ["Green", "Blue"]
explanation = "Signs of fire equipment are red, as the standard asks."
[[questions]]
id = "two"
domain = "fire"
stem = "Which sign is not green?"
answer = "The hose sign"
distractors = ["The exit sign", "The aid sign"]
explanation = "Signs of fire equipment are red, as the standard asks."
"#;

const SIZE: (u16, u16) = (80, 24);

fn open(desk: &Desk, arguments: &[&str], editor: Option<&str>) -> Terminal {
    let mut command = desk.command(PROGRAM, &[&["preview"], arguments].concat());
    if let Some(editor) = editor {
        command.env("VISUAL", editor);
    }
    Terminal::start(command, SIZE)
}

/// Saves as editors do: a new file takes the place of the old one.
fn save(path: &Path, text: &str) {
    let new = path.with_extension("new");
    fs::write(&new, text).expect("it can be written");
    fs::rename(&new, path).expect("it can be renamed");
}

#[test]
fn the_screen_follows_the_file_without_a_key() {
    let desk = Desk::new();
    let path = desk.write("fire.toml", BANK);
    let terminal = open(&desk, &["fire.toml", "--question", "two"], None);
    terminal.wait_text("Question 2 of 2");
    terminal.wait_text("warning W07: \"not\" is easily read over");
    // In place, as `>` writes.
    fs::write(&path, BANK.replace("is not green", "is NOT green")).expect("it can be written");
    terminal.wait_for("the mended stem", |s| s.contains("is NOT green") && s.contains("nothing found"));
    // By a new file in its place; a question comes before this one.
    let before = BANK.replace("[[questions]]\nid = \"two\"", "[[questions]]\nid = \"new\"\ndomain = \"fire\"\nstem = \"Smoke rises.\"\nanswer = true\n[[questions]]\nid = \"two\"");
    save(&path, &before);
    terminal.wait_for("the place kept by id", |s| s.contains("Question 3 of 3") && s.contains("is not green"));
    save(&path, &BANK.replace("The exit sign", "The way out"));
    terminal.wait_text("The way out");
}

#[test]
fn a_broken_file_is_told_and_its_last_state_stays_until_it_is_mended() {
    let desk = Desk::new();
    let path = desk.write("fire.toml", BANK);
    let mut terminal = open(&desk, &["fire.toml"], None);
    terminal.wait_text("Which colour has the hose sign?");
    save(&path, &BANK.replace("answer = \"Red\"", "answer = \"Red"));
    let broken = terminal.wait_text("Last good state shown");
    assert!(broken.contains("fire.toml:13: ") && broken.contains("Which colour has the hose sign?"), "{broken}");
    assert!(broken.contains("✗ broken"), "{broken}");
    terminal.press("f", "✗ S00  fire.toml:13: not valid TOML");
    terminal.press("q", "Which colour has the hose sign?");
    terminal.press("\x1b[C", "Which sign is not green?");
    terminal.wait_text("Last good state shown");
    save(&path, &BANK.replace("answer = \"Red\"", "answer = \"Crimson\""));
    terminal.wait_for("the notice to go", |s| !s.contains("Last good state shown"));
    terminal.press("\x1b[D", "Crimson");
    fs::remove_file(&path).expect("it can be removed");
    terminal.wait_text("Last good state shown");
    save(&path, BANK);
    terminal.wait_for("the file is back", |s| !s.contains("Last good state shown") && !s.contains("Crimson"));
    terminal.keys("q");
    assert_eq!(terminal.exit_code(), Some(0));
    terminal.assert_clean();
}

#[test]
fn a_file_that_is_broken_from_the_start_is_shown_once_it_is_mended() {
    let desk = Desk::new();
    let path = desk.write("fire.toml", "[bank\n");
    let terminal = open(&desk, &["fire.toml"], None);
    terminal.wait_text("It is shown as soon as the file is mended.");
    save(&path, BANK);
    terminal.wait_text("Question 1 of 2");
}

#[test]
fn a_folder_is_followed_with_its_new_files() {
    let desk = Desk::new();
    let folder = desk.data().parent().expect("a folder").join("bank");
    fs::create_dir_all(folder.join("01-part")).expect("it can be made");
    let (header, questions) = BANK.split_at(BANK.find("[[questions]]").expect("a question"));
    fs::write(folder.join("bank.toml"), header).expect("it can be written");
    let terminal = open(&desk, &["bank"], None);
    terminal.wait_text("The bank has no question yet.");
    fs::write(folder.join("01-part/questions.toml"), questions).expect("it can be written");
    terminal.wait_text("Question 1 of 2");
}

#[test]
fn a_single_file_is_followed_with_the_guides_that_it_names() {
    let desk = Desk::new();
    let explained = BANK.replace("domain = \"fire\"\n", "domain = \"fire\"\nmodule = \"m1\"\nguide = \"m1#signs\"\n");
    let modules =
        "[[modules]]\nid = \"m1\"\ntitle = \"Colours\"\nguide = \"guides/m1.md\"\n[[questions]]\nid = \"one\"";
    desk.write("fire.toml", &explained.replace("[[questions]]\nid = \"one\"", modules));
    let mut terminal = open(&desk, &["fire.toml"], None);
    terminal.wait_text("2 findings");
    // The folder, and then the guide in it, come while the bank is on the screen.
    let folder = desk.data().parent().expect("a folder").join("guides");
    fs::create_dir(&folder).expect("it can be made");
    let guide = folder.join("m1.md");
    save(&guide, "# Colours\n\n## Signs\n\nThey are red.\n");
    terminal.wait_text("1 finding");
    terminal.press(" ", "Colours › Signs");
    fs::write(&guide, "# Colours\n\n## Others\n\nThey are green.\n").expect("it can be written");
    terminal.wait_text("S13");
}

/// A script that writes its arguments down, and does something more.
fn editor(desk: &Desk, name: &str, more: &str) -> PathBuf {
    let script = format!("#!/bin/sh\nfor a in \"$@\"; do printf '%s\\n' \"$a\"; done > arguments\n{more}\n");
    let path = desk.write(name, &script);
    fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).expect("it can be made to run");
    path
}

fn arguments(desk: &Desk) -> Vec<String> {
    let file = desk.data().parent().expect("a folder").join("arguments");
    fs::read_to_string(file).expect("the editor ran").lines().map(str::to_owned).collect()
}

#[test]
fn e_lends_the_terminal_to_the_editor_at_the_questions_line() {
    let desk = Desk::new();
    desk.write("a b;$(x).toml", BANK);
    // The editor sees a terminal that is line by line, and changes the file.
    let vi = editor(&desk, "vi", "stty -a > modes\nprintf 'in the editor'\nsed -i 's/exit sign/way out/' \"$2\"");
    let mut terminal = open(&desk, &["a b;$(x).toml", "--question", "two"], Some(vi.to_str().expect("text")));
    terminal.wait_text("Which sign is not green?");
    terminal.keys("e");
    terminal.wait_text("The way out");
    assert_eq!(arguments(&desk), ["+16", "./a b;$(x).toml"]);
    let modes = fs::read_to_string(desk.data().parent().expect("a folder").join("modes")).expect("the editor ran");
    assert!(modes.contains(" icanon") && modes.contains(" echo "), "{modes}");
    assert!(String::from_utf8_lossy(&terminal.raw()).contains("in the editor"));
    terminal.press("\x1b[D", "Question 1 of 2"); // keys are ours again
    terminal.keys("q");
    assert_eq!(terminal.exit_code(), Some(0));
    terminal.assert_clean();
}

const DECK: &str = r#"[deck]
id = "fire-cards"
title = "Fire"
version = "1.0.0"
[[cards]]
id = "one"
front = "Class A"
back = "Solids that glow"
both_ways = true
[[cards]]
id = "two"
cloze = "Fire needs {{heat}} and {{air}}."
"#;

#[test]
fn a_deck_is_followed_and_e_opens_the_editor_at_the_cards_line() {
    let desk = Desk::new();
    let path = desk.write("cards.toml", DECK);
    let vi = editor(&desk, "vi", "sed -i 's/{{air}}/{{oxygen}}/' \"$2\"");
    let mut terminal = open(&desk, &["cards.toml", "--card", "two"], Some(vi.to_str().expect("text")));
    terminal.wait_text("Fire needs […] and air.");
    terminal.press("n", "Fire needs heat and […].");
    terminal.press(" ", "Fire needs heat and air.");
    terminal.press("e", "Fire needs heat and oxygen.");
    assert_eq!(arguments(&desk), ["+10", "./cards.toml"]);
    terminal.wait_text("Card 4 of 4");
    save(&path, &DECK.replace("{{air}}", "{{air}"));
    terminal.wait_text("This card is broken: students do not get it.");
    terminal.wait_text("error S12");
    save(&path, &DECK.replace("title = \"Fire\"", "title = \"Fire"));
    terminal.wait_text("Last good state shown");
    terminal.keys("q");
    assert_eq!(terminal.exit_code(), Some(0));
    terminal.assert_clean();
}

#[test]
fn each_editor_is_told_the_line_in_its_own_way() {
    for (name, options, told) in [
        ("nano", "", vec!["+9", "./fire.toml"]),
        ("code", " --wait", vec!["--wait", "-g", "./fire.toml:9"]),
        ("hx", "", vec!["./fire.toml:9"]),
        ("my-editor", "", vec!["./fire.toml"]),
    ] {
        let desk = Desk::new();
        desk.write("fire.toml", BANK);
        let path = editor(&desk, name, "");
        let mut terminal = open(&desk, &["fire.toml"], Some(&format!("{}{options}", path.display())));
        terminal.wait_text("Question 1 of 2");
        terminal.press("e\x1b[C", "Question 2 of 2");
        assert_eq!(arguments(&desk), told, "{name}");
    }
}

#[test]
fn ctrl_c_in_the_editor_is_the_editors() {
    let desk = Desk::new();
    desk.write("fire.toml", BANK);
    let vi = editor(&desk, "vi", "trap 'echo interrupted; exit 0' INT\necho 'waiting'\nwhile :; do sleep 0.05; done");
    let mut terminal = open(&desk, &["fire.toml"], Some(vi.to_str().expect("text")));
    terminal.wait_text("Question 1 of 2");
    terminal.press("e", "waiting");
    terminal.keys("\x03");
    terminal.wait_text("Question 1 of 2");
    terminal.press("\x1b[C", "Question 2 of 2");
}

#[test]
fn an_editor_that_cannot_be_started_is_told() {
    let desk = Desk::new();
    desk.write("fire.toml", BANK);
    let mut terminal = open(&desk, &["fire.toml"], Some("no-such-editor"));
    terminal.wait_text("Question 1 of 2");
    terminal.press("e", "no-such-editor cannot be started");
    terminal.press("\x1b[C", "Question 2 of 2");
}

#[test]
fn what_cannot_be_previewed_is_refused_before_the_screen() {
    let desk = Desk::new();
    desk.write("fire.toml", BANK);
    for (arguments, told) in [
        (&["nowhere.toml"][..], "cannot read nowhere.toml"),
        (&["fire.toml", "--question", "No id"], "`No id` is no id of a question or card"),
        (&["fire.toml"], "the screens need a terminal"),
    ] {
        let mut command = desk.plain(&[&["preview"], arguments].concat());
        let folder = desk.data().parent().expect("a folder").to_owned();
        let output = command.current_dir(folder).output().expect("the program runs");
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        let err = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(err.contains(told), "{err}");
    }
}
