//! The key table. Dispatch, footer, help and documentation all read it, so that none can say what another does not do.

mod action;
mod context;
pub mod markdown;
mod table;

use super::input::Key;

pub use action::Action;
pub use context::Context;
pub use table::BINDINGS;

/// Screens, by name or by exception.
#[derive(Clone, Copy, Debug)]
pub enum Screens {
    /// Only these.
    These(&'static [Context]),
    /// All but these.
    AllBut(&'static [Context]),
}

impl Screens {
    /// Whether `context` is one of them.
    pub fn have(self, context: Context) -> bool {
        match self {
            Screens::These(these) => these.contains(&context),
            Screens::AllBut(others) => !others.contains(&context),
        }
    }
}

/// One row of the table.
#[derive(Clone, Copy, Debug)]
pub struct Binding {
    /// Where it holds.
    pub on: Screens,
    /// The keys, the one to show first.
    pub keys: &'static [Key],
    /// What they do.
    pub action: Action,
    /// The footer's word, if the footer shows it. Neighbours with the same word share one entry.
    pub footer: Option<&'static str>,
    /// What the help says. Neighbours with the same words share one line.
    pub help: &'static str,
}

/// What `key` does in `context`.
pub fn resolve(context: Context, key: Key) -> Option<Action> {
    BINDINGS.iter().find(|b| b.on.have(context) && b.keys.contains(&key)).map(|b| b.action)
}

/// The entries of the footer: keys and word.
pub fn footer(context: Context) -> Vec<(String, &'static str)> {
    let mut entries: Vec<(String, &'static str)> = Vec::new();
    for binding in BINDINGS.iter().filter(|b| b.on.have(context)) {
        let Some(word) = binding.footer else { continue };
        let label = binding.keys[0].label();
        match entries.last_mut() {
            Some((keys, known)) if *known == word => keys.push_str(&label),
            _ => entries.push((label, word)),
        }
    }
    for (keys, _) in &mut entries {
        match keys.as_str() {
            "abcde" => *keys = "a–e".into(),
            "1234" => *keys = "1–4".into(),
            "sS" => *keys = "s S".into(),
            _ => {}
        }
    }
    entries
}

/// The lines of the help: keys and what they do.
pub fn help(context: Context) -> Vec<(String, &'static str)> {
    let mut lines: Vec<(String, &'static str)> = Vec::new();
    for binding in BINDINGS.iter().filter(|b| b.on.have(context)) {
        let label = binding.keys.iter().map(|k| k.label()).collect::<Vec<_>>().join(" ");
        match lines.last_mut() {
            Some((keys, known)) if *known == binding.help => {
                keys.push_str("  ");
                keys.push_str(&label);
            }
            _ => lines.push((label, binding.help)),
        }
    }
    for (keys, _) in &mut lines {
        match keys.as_str() {
            "a 1  b 2  c 3  d 4  e 5  6  7  8  9" => *keys = "a–e  1–9".into(),
            "1  2  3  4" => *keys = "1–4".into(),
            "1  2  3  4  5  6  7  8  9" => *keys = "1–9".into(),
            "0  1  2  3  4  5  6  7  8  9" => *keys = "0–9".into(),
            _ => {}
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::super::input::Key::{Char, Ctrl};
    use super::*;

    #[test]
    fn no_key_has_two_meanings_on_a_screen() {
        for context in Context::ALL {
            let mut taken = HashSet::new();
            for binding in BINDINGS.iter().filter(|b| b.on.have(context)) {
                for key in binding.keys {
                    assert!(taken.insert(*key), "{key:?} twice in {context:?}");
                }
            }
        }
    }

    #[test]
    fn every_screen_has_a_way_out_and_a_way_to_suspend() {
        for context in Context::ALL {
            assert_eq!(resolve(context, Ctrl('c')), Some(Action::Quit), "{context:?}");
            assert_eq!(resolve(context, Ctrl('z')), Some(Action::Suspend), "{context:?}");
        }
    }

    #[test]
    fn the_exam_room_keeps_letters_a_to_e_for_answers() {
        for (i, c) in ('a'..='e').enumerate() {
            assert_eq!(resolve(Context::Room, Char(c)), Some(Action::Pick(i as u8)));
        }
    }

    #[test]
    fn footers_and_help_read_well() {
        assert_eq!(footer(Context::Room)[0], ("a–e".into(), "answer"));
        assert_eq!(footer(Context::Home)[0], ("↑↓".into(), "move"));
        for context in Context::ALL {
            for (keys, help) in help(context) {
                assert!(!keys.is_empty() && !help.is_empty() && !help.ends_with('.'));
            }
        }
    }
}
