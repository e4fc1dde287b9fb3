//! Every command that the pages name is one: the real command line takes it.

use clap::error::{ContextKind, ContextValue, ErrorKind};
use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};

use crate::pages::{block, page, pages};

/// A command that a page shows: a line of a code block, or a name in running text.
#[derive(Debug)]
enum Shown {
    Line(String),
    Name(String),
}

/// The commands of a page, without the generated blocks of help, whose usage lines are no commands.
fn shown(text: &str) -> Vec<Shown> {
    let (mut code, mut shown) = (false, Vec::new());
    for event in Parser::new_ext(text, Options::ENABLE_TABLES) {
        match event {
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(language))) => code = &*language == "sh",
            Event::End(TagEnd::CodeBlock) => code = false,
            Event::Text(lines) if code => shown.extend(lines.lines().map(|line| Shown::Line(line.to_owned()))),
            Event::Code(name) if name.starts_with("examdeck ") => shown.push(Shown::Name(name.replace('\n', " "))),
            _ => {}
        }
    }
    shown
}

/// The words of a line as a shell sees them, without a comment and without where the output goes.
fn words(line: &str) -> Vec<String> {
    let line = line.split("  #").next().unwrap_or_default().split(" > ").next().unwrap_or_default();
    let mut words = vec![String::new()];
    let mut quoted = false;
    for c in line.trim().chars() {
        match c {
            '"' => quoted = !quoted,
            ' ' if !quoted => words.push(String::new()),
            _ => words.last_mut().expect("one at least").push(c),
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

fn parse(line: &str) -> Result<(), clap::Error> {
    examdeck::cli::reference::parse(words(line)).map(drop)
}

/// What is wrong with a command, if something is. A name in running text may leave out what it is given.
fn fault(shown: &Shown) -> Option<String> {
    let (Shown::Line(line) | Shown::Name(line)) = shown;
    let error = match words(line).first()?.as_str() {
        "examdeck" => parse(line).err()?,
        "cargo" | "minisign" => return None,
        _ => return Some(format!("`{line}` is no command of ours")),
    };
    let incomplete = matches!(
        error.kind(),
        ErrorKind::MissingRequiredArgument
            | ErrorKind::MissingSubcommand
            | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand
    ) || matches!(error.get(ContextKind::InvalidValue), Some(ContextValue::String(none)) if none.is_empty());
    let complete = matches!(shown, Shown::Line(_)) || !incomplete;
    (complete && error.kind() != ErrorKind::DisplayHelp).then(|| format!("`{line}`: {error}"))
}

#[test]
fn every_command_of_the_pages_is_one() {
    let all: Vec<(&str, Shown)> =
        pages().flat_map(|(path, text)| shown(text).into_iter().map(move |command| (path, command))).collect();
    assert!(all.iter().filter(|(_, command)| matches!(command, Shown::Line(_))).count() > 30, "{all:?}");
    let faults: Vec<String> =
        all.iter().filter_map(|(path, command)| Some(format!("{path}: {}", fault(command)?))).collect();
    assert!(faults.is_empty(), "{faults:#?}");
}

#[test]
fn a_command_that_is_none_is_found() {
    for line in [
        "examdeck exams",
        "examdeck exam --sed 7",
        "examdeck check --explain",
        "examdeck schema banks",
        "mv a b",
        "examdeck new bank",
    ] {
        assert!(fault(&Shown::Line(line.into())).is_some(), "{line}");
    }
    for name in ["examdeck exams", "examdeck exam --sed 7", "examdeck schema bank|deck"] {
        assert!(fault(&Shown::Name(name.into())).is_some(), "{name}");
    }
    for name in ["examdeck new bank", "examdeck certificate verify", "examdeck check --explain", "examdeck print"] {
        assert!(fault(&Shown::Name(name.into())).is_none(), "{name}");
    }
    assert!(fault(&Shown::Line("examdeck drill --mode sprint module:m5 -type:tf  # a sprint".into())).is_none());
}

#[test]
fn every_example_of_the_help_is_a_command() {
    let help = block(page("README.md"), "usage");
    let examples: Vec<&str> = help.lines().filter(|line| line.starts_with("  examdeck")).collect();
    assert!(examples.len() > 10, "{help}");
    for line in examples {
        let command = line.trim().split("  ").next().expect("a command");
        assert!(parse(command).is_ok(), "{command}");
    }
}
