//! The study guide as a student has it: read on from where it was left, opened from an answer, drilled and searched.

use crate::desk::{Desk, shipped};
use crate::pty::Terminal;

/// The files of the bank that ships, one after another.
fn bank() -> String {
    let modules = std::fs::read_dir(shipped()).expect("the bank").map(|e| e.expect("an entry").path());
    let files = modules.filter(|m| m.is_dir()).flat_map(|m| std::fs::read_dir(m).expect("a module"));
    let files = files.map(|e| e.expect("an entry").path()).filter(|f| f.extension().is_some_and(|e| e == "toml"));
    files.map(|f| std::fs::read_to_string(f).expect("a file") + "\n").collect()
}

/// The lines without the spaces around them.
fn lines(screen: &str) -> Vec<&str> {
    screen.lines().map(str::trim).collect()
}

/// How many questions the section at the top explains, as the reader says.
fn questions(screen: &str) -> Option<usize> {
    let words: Vec<&str> = lines(screen)[2].split(" · ").next()?.split_whitespace().rev().take(2).collect();
    words.first().filter(|w| w.starts_with("question")).and_then(|_| words.get(1)?.parse().ok())
}

/// From home to the guide of the second module. Gives the screen.
fn read(terminal: &mut Terminal) -> String {
    terminal.wait_text("drawn from ");
    terminal.go("s", "Study guide");
    terminal.wait_text("⏎ open");
    let listed = terminal.wait_for("a list", |s| lines(s).iter().filter(|l| l.ends_with(" read")).count() > 2);
    let second = lines(&listed)[4].split("  ").next().expect("a module").to_owned();
    terminal.press("\x1b[B", &format!("› {second}"));
    terminal.go("\r", &second)
}

fn leave(terminal: &mut Terminal) {
    terminal.go("\x1b", "Study guide");
    terminal.press("\x1b", "drawn from ");
    terminal.keys("q");
    assert_eq!(terminal.exit_code(), Some(0));
    terminal.assert_clean();
}

#[test]
fn the_place_is_kept_until_the_next_time() {
    let desk = Desk::new();
    let mut terminal = desk.open(&[]);
    let mut shown = read(&mut terminal);
    let beginning = shown.clone();
    for key in [" ", "\x1b[6~", "\x1b[B"] {
        terminal.keys(key);
        shown = terminal.wait_for("another page", |s| lines(s)[2..] != lines(&shown)[2..]);
    }
    let words = lines(&shown)[3..].iter().find(|l| !l.is_empty()).expect("words").to_string();
    assert!(!beginning.contains(&words), "what is read now stood on the first page: {words}");
    leave(&mut terminal);

    let mut terminal = desk.open(&[]);
    let again = read(&mut terminal);
    assert_eq!(lines(&again)[0], lines(&shown)[0], "the sections that were read");
    assert_eq!(lines(&again)[2], lines(&shown)[2], "the section");
    assert_eq!(lines(&again)[3..].iter().find(|l| !l.is_empty()), Some(&words.as_str()), "the words at the top");
    leave(&mut terminal);
}

#[test]
fn an_answer_opens_its_section_and_esc_comes_back() {
    let desk = Desk::new();
    let mut terminal = desk.open(&["drill", "type:single", "--mode", "all", "--questions", "1", "--seed", "5"]);
    terminal.wait_text("Before the drill");
    terminal.press("\r", "Drill 1 of 1");
    terminal.choose("a", 'A');
    let answer = terminal.press("\r", " 1 answered · ");
    let opened = terminal.press("o", "d drill");

    let id: String = desk.database().query_row("SELECT question FROM answer", [], |row| row.get(0)).expect("an answer");
    let bank = bank();
    let question = bank.split_once(&format!("id = \"{id}\"\n")).expect("the question").1;
    let link = question.split_once("\nguide = \"").expect("a link").1.split('"').next().expect("a link");
    let heading = lines(&opened)[3..].iter().find(|l| !l.is_empty()).expect("a heading").to_lowercase();
    let words = heading.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).skip(1).collect::<Vec<_>>();
    assert_eq!(link.split('#').nth(1), Some(words.join("-").as_str()), "the section of {id}:\n{opened}");

    let back = terminal.press("\x1b", " 1 answered · ");
    assert_eq!(lines(&back), lines(&answer));
    terminal.press("\r", "Drill: the end");
}

#[test]
fn d_drills_the_questions_that_the_section_explains() {
    let desk = Desk::new();
    let mut terminal = desk.open(&[]);
    read(&mut terminal);
    terminal.keys("1");
    let shown = terminal.wait_for("the first section", |s| questions(s).is_some());
    let told = questions(&shown).expect("a number");
    assert!(told > 0, "another section is needed:\n{shown}");
    terminal.press("d", &format!("Drill 1 of {told} "));
    terminal.settle();

    let link: String = desk
        .database()
        .query_row("SELECT module || '#' || section FROM reading", [], |row| row.get(0))
        .expect("the place was written");
    assert_eq!(bank().matches(&format!("guide = \"{link}\"")).count(), told, "{link}");
    terminal.keys("\x03");
    assert_eq!(terminal.exit_code(), Some(0));
}

#[test]
fn words_are_found_in_the_guide() {
    let desk = Desk::new();
    let mut terminal = desk.open(&[]);
    read(&mut terminal);
    terminal.press("/", "Find in this guide: _");
    terminal.press("magnet", "Find in this guide: magnet_");
    let found = terminal.press("\r", "\"magnet\": 1 of ");
    let pointed = |screen: &str| lines(screen).into_iter().find(|l| l.starts_with("› ")).map(str::to_lowercase);
    assert!(pointed(&found).is_some_and(|l| l.contains("magnet")), "{found}");
    let next = terminal.press("n", "\"magnet\": 2 of ");
    assert!(pointed(&next).is_some_and(|l| l.contains("magnet")), "{next}");
    terminal.press("/xyzzy\r", "Nothing is found for \"xyzzy\"");
    let still = terminal.press("\x1b", "d drill");
    assert!(still.contains("\"magnet\": 2 of "), "{still}");
    leave(&mut terminal);
}
