//! The key table as Markdown, for the documentation.

use super::{Context, help};

/// All keys of all screens, those that every screen has first and once: `docs/keys.md`.
pub fn all() -> String {
    let shared = shared_by(Context::ALL.len());
    let mut out = section("## ", "Every screen", &shared);
    for context in Context::ALL {
        out.push_str(&section("## ", context.title(), &without(help(context), &shared)));
    }
    out.trim_end().to_owned()
}

/// The keys that most screens have, and those of the exam room: what a newcomer needs.
pub fn first() -> String {
    let shared = shared_by(Context::ALL.len() / 2);
    let room = without(help(Context::Room), &shared);
    let out = section("### ", "Most screens", &shared) + &section("### ", Context::Room.title(), &room);
    out.trim_end().to_owned()
}

type Lines = Vec<(String, &'static str)>;

/// The lines of the help that at least so many screens have, in the order in which they are met.
fn shared_by(screens: usize) -> Lines {
    let all: Vec<Lines> = Context::ALL.into_iter().map(help).collect();
    let mut shared = Lines::new();
    for line in all.iter().flatten() {
        let on = all.iter().filter(|lines| lines.contains(line)).count();
        if on >= screens && !shared.contains(line) {
            shared.push(line.clone());
        }
    }
    shared
}

fn without(lines: Lines, shared: &Lines) -> Lines {
    lines.into_iter().filter(|line| !shared.contains(line)).collect()
}

fn section(level: &str, title: &str, lines: &Lines) -> String {
    let mut out = format!("{level}{title}\n\n| Keys | |\n| - | - |\n");
    for (keys, help) in lines {
        let keys: Vec<String> = keys.split_whitespace().map(|key| format!("`{key}`")).collect();
        out.push_str(&format!("| {} | {help} |\n", keys.join(" ")));
    }
    out + "\n"
}
