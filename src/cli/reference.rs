//! The command line as text, for the documentation.

use clap::{ArgMatches, CommandFactory};

use super::{Arguments, minus};

/// The command line itself; what it parses, the program understands.
pub fn command() -> clap::Command {
    Arguments::command()
}

/// Parses a line as the program does.
///
/// # Errors
/// What clap says of it.
pub fn parse(words: Vec<String>) -> Result<ArgMatches, clap::Error> {
    command().try_get_matches_from(minus::shielded(command(), words.into_iter().map(Into::into)))
}

/// What `examdeck --help` prints.
pub fn help() -> String {
    help_of("examdeck")
}

/// What `--help` prints of each command, as Markdown: `docs/commands.md`.
pub fn markdown() -> String {
    let mut out = String::new();
    add(&command(), "examdeck", &mut out);
    out.trim_end().to_owned()
}

fn add(command: &clap::Command, name: &str, out: &mut String) {
    out.push_str(&format!("## {name}\n\n```text\n{}\n```\n\n", help_of(name)));
    for sub in command.get_subcommands() {
        add(sub, &format!("{name} {}", sub.get_name()), out);
    }
}

fn help_of(name: &str) -> String {
    let shown = command().try_get_matches_from(name.split(' ').chain(["--help"]));
    let text = shown.err().map(|help| help.to_string()).unwrap_or_default();
    text.trim().lines().map(str::trim_end).collect::<Vec<_>>().join("\n")
}
