//! A bank that tries to steer the terminal.

use crate::desk::{Desk, LARGE, PROGRAM};
use crate::pty::Terminal;

/// Everything that could harm, with a word on each side: OSC, DCS, APC, CSI, BEL, C1 in both forms, bidi, zero width.
const POISON: &str = "{a}\\u001b]0;owned\\u0007\\u001bP+q\\u001b\\\\\\u001b_G\\u001b\\\\\\u001b[2J\\u001b[31m\\u0007\\b\\u007f\
    \\u009b31m\\u009d0;x\\u009c\\u202Eevil\\u2066\\u2069\\u200B\\u200F\\uFEFF\\u2028{z}";

fn bank() -> String {
    let raw = "\u{202e}\u{9b}5n\u{200b}"; // written as they are, not as escapes
    let mut text = r#"
format = 1
[bank]
id = "hostile"
title = "T{P}"
version = "1.0.0"
authors = ["A{P}"]
license = "L{P}"
description = "D{P}"
notice = "N{P}"
[exam]
questions = 4
minutes = 10
[[domains]]
id = "all"
title = "Area{P}"
[[modules]]
id = "one"
title = "Module{P}"
[sources.book]
title = "Book{P}"
organization = "Press{P}"
edition = "E{P}"
url = "https://example.org/{P}"
"#
    .to_owned();
    let answers = [r#""Right{P}""#, r#"["Two{P}", "Four{P}"]"#, "true", r#"{ text = "Key{P}", why = "Because{P}" }"#];
    for (i, answer) in answers.into_iter().enumerate() {
        let asked = if i == 1 { "which two" } else { "which" };
        let others = if answer == "true" { "" } else { "distractors = [{ text = \"Odd{P}\", why = \"Why{P}\" }]" };
        text.push_str(&format!(
            "[[questions]]\nid = \"q{i}\"\ndomain = \"all\"\nmodule = \"one\"\nstem = \"Stem {i}, {asked}: {{P}}{raw}?\"\n\
             figure = \"Figure {{P}}\\nof two lines {{P}}\"\nanswer = {answer}\n{others}\nexplanation = \"So it is {{P}}\"\n\
             sources = [{{ id = \"book\", at = \"p. {{P}}\" }}]\nobjective = \"O{{P}}\"\nlevel = \"recall\"\n"
        ));
    }
    // One that cannot be used, whose own words the findings quote.
    text.push_str("[[questions]]\nid = \"q\\u001b[31m{P}\"\nstem = \"S{P}\"\n\"key{P}\" = 1\nanswer = 1\n");
    text.replace("{P}", POISON)
}

/// What in the bytes could steer a terminal in a way that the program has no need for. `controls` and `finals` are what
/// it needs: plain control characters, and the last bytes of CSI sequences.
fn harm(raw: &[u8], controls: &str, finals: &str) -> Vec<String> {
    let text = std::str::from_utf8(raw).expect("UTF-8");
    let mut harm = Vec::new();
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        match c {
            '\x1b' => match chars.next() {
                Some('[') => {
                    let end = chars.find(|c| ('@'..='~').contains(c));
                    if !end.is_some_and(|c| finals.contains(c)) {
                        harm.push(format!("CSI … {end:?}"));
                    }
                }
                other => harm.push(format!("ESC {other:?}")),
            },
            _ if controls.contains(c) => {}
            '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}' => {
                harm.push(format!("{c:?}"));
            }
            _ if c.is_control() => harm.push(format!("{c:?}")),
            _ => {}
        }
    }
    harm
}

/// Placing, colours, modes: all that a frame is made of.
const FRAME_FINALS: &str = "HmhlJK";

#[test]
fn harm_is_found_where_there_is_some() {
    for bad in ["\x1b]0;x\x07", "\x1bP", "\x07", "\u{9b}", "\x1b[5n", "\u{202e}", "\u{200b}", "\x08"] {
        assert!(!harm(bad.as_bytes(), "", FRAME_FINALS).is_empty(), "{bad:?}");
    }
    assert!(harm("\x1b[1;1H\x1b[?25lé".as_bytes(), "", FRAME_FINALS).is_empty());
}

#[test]
fn a_hostile_bank_steers_no_terminal_on_any_screen() {
    let desk = Desk::new();
    let path = desk.write("evil\u{1b}]0;x\u{7}\u{202e}.toml", &bank());
    let path = path.to_str().expect("a path");
    let mut terminal = desk.open(&["exam", "--bank", path]);
    let setup = terminal.wait_text("Before the exam");
    assert!(setup.contains("{a}␛]0;owned␇"), "what was hidden is seen:\n{setup}");
    let down = "\x1b[B";
    terminal.press(&down.repeat(3), "‹ all questions ›");
    terminal.press("\x1b[C", "‹ Area{a}");
    terminal.press("\x1b[D", "‹ all questions ›");
    terminal.press("?", "suspend the program");
    terminal.go("\x1b", "Before the exam");
    let home = terminal.go("\x1b", "examdeck");
    assert!(home.contains("left out"), "{home}");
    terminal.go("b", "Banks");
    terminal.press(down, "L{a}");
    terminal.go("\x1b", "examdeck");
    terminal.go("n", "Before the exam");
    terminal.press("\r", "Question 1 of 4");
    for i in 1..=4 {
        let room = terminal.wait_text(&format!("Question {i} of 4"));
        assert!(room.contains("{a}␛]0;owned␇"), "{room}");
        terminal.choose("a", 'A');
        terminal.press(&format!("{down}xf"), "(out) ");
        terminal.press("?", "suspend the program");
        terminal.press("\x1b", &format!("Question {i} of 4"));
        terminal.keys("n");
    }
    terminal.press("r", "Review");
    terminal.press("f", "Stem ");
    terminal.press("S", "End the exam now?");
    terminal.press("y", "practice pass mark");
    for i in 1..=4 {
        terminal.press(if i == 1 { "\r" } else { "n" }, &format!("Answer {i} of 4"));
        terminal.press("\x1b[6~\x1b[6~", &format!("Answer {i} of 4"));
        for (columns, rows) in [(60, 16), (132, 43), LARGE] {
            terminal.resize(columns, rows);
            terminal.wait_text(&format!("Answer {i} of 4"));
        }
    }
    terminal.press("\x1b", "practice pass mark");
    terminal.go("e", "Past exams");
    terminal.keys("\x03");
    assert_eq!(terminal.exit_code(), Some(0));
    terminal.assert_clean();
    let harm = harm(&terminal.raw(), "", FRAME_FINALS);
    assert!(harm.is_empty(), "{harm:?}");
}

#[test]
fn findings_of_a_hostile_bank_steer_no_terminal() {
    let desk = Desk::new();
    let path = desk.write("evil\u{1b}]0;x\u{7}\u{202e}.toml", &bank());
    let path = path.to_str().expect("a path");
    let mut terminal = Terminal::start(desk.command(PROGRAM, &["check", path]), LARGE);
    assert_eq!(terminal.exit_code(), Some(1));
    let found = harm(&terminal.raw(), "\r\n", "m");
    assert!(found.is_empty(), "{found:?}");
    let piped = desk.plain(&["check", path]).output().expect("the program runs");
    assert_eq!(piped.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&piped.stdout).contains("S11"));
    let found = harm(&[piped.stdout, piped.stderr].concat(), "\n", "");
    assert!(found.is_empty(), "{found:?}");
    let unknown = desk.plain(&["exam", "--bank", "no\u{1b}]0;x\u{7}\u{202e}where"]).output().expect("the program runs");
    assert_eq!(unknown.status.code(), Some(2));
    assert!(harm(&[unknown.stdout, unknown.stderr].concat(), "\n", "").is_empty());
}
