//! What a key does: what it does everywhere, then what it does on the screen that is shown.

use crate::engine::day::day_of;

use super::super::effect::Effect;
use super::super::keys::{Action, Context};
use super::super::model::{Model, Screen};
use super::super::{
    banks, cards, certificate, decks, drill, guide, history, home, marks, mistakes, preview, progress, review, room,
    search, setup, sitting, walk,
};

/// Does what a key asks for. Returns whether a cursor has moved, so that the view must follow.
pub fn act(m: &mut Model, action: Action, effects: &mut Vec<Effect>) -> bool {
    let context = m.context();
    if !banks::is_heard(m, action) {
        return false;
    }
    match action {
        Action::Quit => {
            if m.sitting.is_some() {
                sitting::put_away(m, effects);
            }
            if m.drill.is_some() {
                drill::put_away(m, effects);
            }
            guide::reading::keep(m, true, effects);
            effects.push(Effect::Quit);
            return false;
        }
        Action::Suspend => {
            effects.push(Effect::Suspend);
            return false;
        }
        Action::Help => {
            m.help = Some(0);
            return false;
        }
        Action::Search => {
            search::open(m);
            return false;
        }
        Action::Bookmark | Action::Note | Action::Fault | Action::MakeCard | Action::Explain => {
            marks::act(m, action, effects);
            return false;
        }
        Action::PageUp | Action::PageDown if context != Context::Search => {
            if action == Action::PageDown && context == Context::Guide {
                guide::reading::go_on(m, 0..usize::MAX);
            }
            room::page(m, action == Action::PageDown);
            return false;
        }
        Action::Back if is_left_plainly(context) => return back(m),
        Action::Up | Action::Down if is_read(context) && (m.help.is_some() || !progress::has_cursor(m)) => {
            scroll(m, action);
            return false;
        }
        _ => {}
    }
    on_screen(m, context, action, effects)
}

/// The screens whose keys wait for nothing when they are left.
fn is_left_plainly(context: Context) -> bool {
    matches!(
        context,
        Context::Setup
            | Context::DrillSetup
            | Context::Walk
            | Context::History
            | Context::Decks
            | Context::Progress
            | Context::Guides
            | Context::Findings
            | Context::Mistakes
            | Context::Question
            | Context::Card
            | Context::Banks
    )
}

/// The screens that are read: up and down move the text, not a cursor.
fn is_read(context: Context) -> bool {
    matches!(
        context,
        Context::Help
            | Context::RoomAnswer
            | Context::Result
            | Context::Walk
            | Context::Cards
            | Context::Progress
            | Context::DrillAnswer
            | Context::DrillEnd
            | Context::Question
            | Context::Card
    )
}

/// What a key does on the screen that is shown. Returns whether a cursor has moved.
fn on_screen(m: &mut Model, context: Context, action: Action, effects: &mut Vec<Effect>) -> bool {
    let row = row(m.screen());
    match context {
        Context::Home => return home::act(m, row, action, effects),
        Context::Setup => return setup::act(m, action, effects),
        Context::Room | Context::RoomAnswer => return room::act(m, action, effects),
        Context::Review | Context::Confirm => return review::act(m, action, effects),
        Context::History => return history::act(m, row, action, effects),
        Context::Decks => return decks::act(m, row, action, effects),
        Context::Cards if action == Action::Back => {
            m.leave();
            refresh_cards(m);
        }
        Context::Cards => return cards::act(m, action, effects),
        Context::Guides => return guide::list::act(m, row, action),
        Context::Contents => return guide::contents::act(m, row, action, effects),
        Context::DrillSetup => return drill::setup::act(m, action, effects),
        Context::Drill | Context::DrillAnswer | Context::DrillEnd => return drill::act(m, action, effects),
        Context::Mistakes => return mistakes::act(m, row, action, effects),
        Context::Search => return search::act(m, action, effects),
        Context::Banks => return banks::act(m, row, action, effects),
        Context::Findings => return preview::act_in_list(m, row, action, effects),
        Context::Help if action == Action::Back => m.help = None,
        Context::GoTo if matches!(m.screen(), Screen::Preview) => preview::type_number(m, action),
        Context::GoTo => room::type_number(m, action, effects),
        Context::Preview => preview::act(m, action, effects),
        Context::Result => result(m, action),
        Context::Walk => walk::act(m, action),
        Context::Progress => return progress::act(m, action, effects),
        Context::Guide => guide::act(m, action, effects),
        Context::Question | Context::Card => {
            search::step(m, action, effects);
            mistakes::step(m, action, effects);
            progress::step(m, action, effects);
        }
        Context::Help => {}
        Context::Prompt | Context::PathPrompt | Context::Removal => {} // the prompt has its keys
    }
    false
}

/// The row of a list that the cursor is on.
fn row(screen: &Screen) -> usize {
    match screen {
        Screen::Home(row)
        | Screen::Findings(row)
        | Screen::History(row)
        | Screen::Decks(row)
        | Screen::Guides(row)
        | Screen::Contents(row)
        | Screen::Mistakes(row)
        | Screen::Banks(row) => *row,
        _ => 0,
    }
}

/// Counts anew what today asks for, after a sitting or over night.
fn refresh_cards(m: &mut Model) {
    let today = day_of(m.now.wall, &m.zone);
    if let Some(study) = &mut m.study {
        study.refresh(today);
    }
}

fn back(m: &mut Model) -> bool {
    m.leave();
    false
}

/// Scrolls by a line; the view clamps it.
fn scroll(m: &mut Model, action: Action) {
    let scroll = match &mut m.help {
        Some(help) => help,
        None => &mut m.place_mut().scroll,
    };
    match action {
        Action::Up => *scroll = scroll.saturating_sub(1),
        Action::Down => *scroll += 1,
        _ => {}
    }
}

fn result(m: &mut Model, action: Action) {
    match action {
        Action::Open => walk::open(m, walk::Which::All),
        Action::Wrong => walk::open(m, walk::Which::Wrong),
        Action::Flagged => walk::open(m, walk::Which::Flagged),
        Action::History => m.enter(Screen::History(0)),
        Action::Certificate => certificate::ask(m),
        Action::New => {
            let bank = m.report.as_ref().map(|r| r.exam.paper().origin.bank.clone());
            let volume = bank.and_then(|bank| m.shelf.as_ref()?.find(&bank));
            m.volume = volume.unwrap_or(m.volume);
            m.go_home();
            home::new_exam(m);
        }
        Action::Back => m.leave(),
        _ => {}
    }
}
