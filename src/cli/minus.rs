//! The arguments as clap is to read them: a part of a filter that begins with a `-` is no option.

use std::ffi::OsString;

use clap::{Arg, Command};

/// The id of the argument that a filter is.
const FILTER: &str = "filter";

/// The arguments, with a space before every word of a filter that begins with a single `-` and is no option of its
/// command: clap takes it for a word then, and a filter does not see spaces. clap's own `allow_hyphen_values` would
/// make filters of the options that follow a word, and of options that are mistyped.
///
/// What begins with `--` stays as it is, so does the value of an option, and all that follows a bare `--`.
pub fn shielded(mut command: Command, arguments: impl IntoIterator<Item = OsString>) -> Vec<OsString> {
    command.build(); // each command then knows the options that all have
    let mut command = &command;
    let (mut is_value, mut is_over) = (true, false); // the name of the program is no word of a call
    let shield = |argument: OsString| {
        let word = argument.to_str().unwrap_or_default();
        if is_over || std::mem::take(&mut is_value) {
            return argument;
        }
        is_over = word == "--";
        is_value = asks_for_value(command, word);
        if let Some(sub) = command.find_subcommand(word) {
            command = sub;
        } else if takes_filter(command) && is_negation(command, word) {
            return format!(" {word}").into();
        }
        argument
    };
    arguments.into_iter().map(shield).collect()
}

fn takes_filter(command: &Command) -> bool {
    command.get_positionals().any(|argument| argument.get_id() == FILTER)
}

/// Whether a word begins with a single `-` and is no option: `-type:tf`, but not `-h` and neither `-o` nor `-oDIR`.
fn is_negation(command: &Command, word: &str) -> bool {
    let Some(rest) = word.strip_prefix('-').filter(|rest| !rest.is_empty() && !rest.starts_with('-')) else {
        return false;
    };
    let short = |c| command.get_arguments().find(|argument| argument.get_short() == Some(c));
    let has_value = rest.chars().next().and_then(short).is_some_and(takes_value);
    !has_value && !rest.chars().all(|c| short(c).is_some())
}

/// Whether a word is an option whose value is the next word.
fn asks_for_value(command: &Command, word: &str) -> bool {
    let named = |argument: &&Arg| match word.strip_prefix("--") {
        Some(long) => argument.get_long() == Some(long),
        None => argument.get_short().is_some_and(|c| word == format!("-{c}")),
    };
    command.get_arguments().find(named).is_some_and(takes_value)
}

fn takes_value(argument: &Arg) -> bool {
    argument.get_action().takes_values()
}
