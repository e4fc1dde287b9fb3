//! The list of a bank's guides.

use crate::engine::bank::{Bank, Module};

use super::super::frame::{Frame, list_row, moved};
use super::super::keys::Action;
use super::super::model::{Model, Screen};
use super::super::page::{Line, Role, counted};
use super::reading;

/// The modules that have a guide, with their index.
fn modules(bank: &Bank) -> Vec<(usize, &Module)> {
    bank.modules.iter().enumerate().filter(|(_, m)| m.guide.is_some()).collect()
}

/// Opens the list for the chosen bank.
pub fn open(m: &mut Model) {
    match m.volume() {
        Some(volume) if modules(&volume.bank).is_empty() => m.say("This bank has no study guide"),
        Some(_) => m.enter(Screen::Guides(0)),
        None if m.shelf.is_none() => m.say("The banks are still being read"),
        None => m.say("There is no bank"),
    }
}

/// Does `action`. Returns whether the cursor has moved.
pub fn act(m: &mut Model, row: usize, action: Action) -> bool {
    let Some(bank) = m.volume().map(|v| v.bank.clone()) else { return false };
    let modules = modules(&bank);
    if action == Action::Open {
        if let Some((module, _)) = modules.get(row) {
            super::open(m, &bank, *module);
        }
        return false;
    }
    m.place_mut().screen = Screen::Guides(moved(row, modules.len(), action));
    true
}

/// What home says about the guides.
pub fn about(m: &Model) -> String {
    let Some(volume) = m.volume() else { return String::new() };
    let modules = modules(&volume.bank);
    if modules.is_empty() {
        return "none in this bank".into();
    }
    let done = modules.iter().filter(|(_, module)| {
        let (all, read) = reading::counts(m, &volume.bank, module);
        all > 0 && all == read
    });
    format!("{}, {} read", counted(modules.len(), "module"), done.count())
}

/// What is shown.
pub fn frame(m: &Model, row: usize, columns: usize) -> Frame {
    let mut body = vec![Line::new()];
    let Some(volume) = m.volume() else { return Frame { title: "Study guide".into(), body, ..Frame::default() } };
    let modules = modules(&volume.bank);
    let widest = modules.iter().map(|(_, m)| super::super::wrap::width(&m.title.one_line())).max().unwrap_or(0);
    let (mut sections, mut read_in_all) = (0, 0);
    for (i, (_, module)) in modules.iter().enumerate() {
        let (all, read) = reading::counts(m, &volume.bank, module);
        (sections, read_in_all) = (sections + all, read_in_all + read);
        let mut about = Line::of(reading::summary(m, &volume.bank, module), Role::Plain);
        if all > 0 && all == read {
            about.push(" ✓", Role::Correct);
        }
        body.push(list_row(i == row, &module.title.one_line(), widest.min(columns.saturating_sub(19)), about));
    }
    let right = format!("{read_in_all} of {} read", counted(sections, "section"));
    Frame { title: "Study guide".into(), right: Line::of(right, Role::Muted), body, ..Frame::default() }
}
