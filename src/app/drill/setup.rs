//! Before a drill: how questions are chosen, among which, and how many. ⏎ begins, or goes on with the one that waits.

use std::collections::HashSet;
use std::sync::Arc;

use crate::engine::bank::Bank;
use crate::engine::drill::choose::{Mode, stock};
use crate::engine::drill::{Order, SPRINT};
use crate::engine::filter::Filter;
use crate::engine::learner::Trail;
use crate::engine::slug::Slug;

use crate::app::among;
use crate::app::effect::Effect;
use crate::app::frame::{Frame, list_row, moved, setting_row, turned};
use crate::app::keys::Action;
use crate::app::model::{Model, Screen};
use crate::app::page::{Line, Role, Span, counted};
use crate::app::withheld;
use crate::app::wrap::{cut, wrap};

use super::page::{mode_title, order_title};
use super::{go_on_with, start, waiting};

/// Numbers of questions that are offered.
const LENGTHS: [usize; 4] = [10, 20, 50, 100];
/// How many questions a drill has, if its mode could go on for ever or for long.
const USUAL: usize = 20;

/// A row of the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Row {
    GoOn,
    Mode,
    Questions,
    Filter,
}

/// The screen's own state.
#[derive(Clone, Debug)]
pub struct DrillSetup {
    /// The bank.
    pub bank: Arc<Bank>,
    /// What will be drilled.
    pub order: Order,
    row: usize,
}

/// How many questions a drill of this mode has, if nothing is asked for.
pub fn usual(mode: Mode) -> Option<usize> {
    match mode {
        Mode::Weakest | Mode::Unseen => Some(USUAL),
        Mode::Mistakes | Mode::All => None,
        Mode::Sprint => Some(SPRINT),
    }
}

/// What the command line asks for.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Wish {
    /// The bank; `None` is the chosen one.
    pub bank: Option<Slug>,
    /// How questions are chosen.
    pub mode: Option<Mode>,
    /// Only the questions that this means.
    pub filter: Filter,
    /// How many questions.
    pub questions: Option<usize>,
    /// The seed.
    pub seed: Option<u64>,
}

/// Opens the screen with what is wished for. The cursor is on the drill that waits, if nothing is.
pub fn open(m: &mut Model, wish: Wish) {
    if m.shelf.is_none() {
        return m.say("The banks are still being read");
    }
    if let Some(bank) = &wish.bank {
        match m.shelf.as_ref().and_then(|s| s.find(bank)) {
            Some(place) => m.volume = place,
            None => return m.say(format!("There is no bank `{bank}`")),
        }
    }
    let Some(bank) = m.volume().map(|v| v.bank.clone()) else { return m.say("There is no bank to drill") };
    let waits = m.drills.contains_key(&bank.id);
    let row = usize::from(waits && wish != Wish { bank: wish.bank.clone(), ..Wish::default() });
    let mode = wish.mode.unwrap_or_default();
    let questions = wish.questions.or(usual(mode));
    let order = Order { mode, filter: wish.filter, questions, seed: wish.seed, ..Order::new(bank.id.clone()) };
    m.enter(Screen::DrillSetup(Box::new(DrillSetup { bank, order, row })));
}

fn rows(m: &Model, setup: &DrillSetup) -> Vec<Row> {
    let waits = m.drills.contains_key(&setup.bank.id).then_some(Row::GoOn);
    waits.into_iter().chain([Row::Mode, Row::Questions, Row::Filter]).collect()
}

/// Does `action`. Returns whether the cursor has moved.
pub fn act(m: &mut Model, action: Action, effects: &mut Vec<Effect>) -> bool {
    let Screen::DrillSetup(setup) = m.screen() else { return false };
    let mut setup = setup.clone();
    let rows = rows(m, &setup);
    let row = rows[setup.row.min(rows.len() - 1)];
    match action {
        Action::Open if row == Row::GoOn => go_on_with(m, &setup.bank.id, effects),
        Action::Open => start(m, setup.order.clone(), effects),
        Action::Filter => among::ask(m, &setup.order.filter),
        Action::Left | Action::Right => change(&mut setup, row, action == Action::Right),
        _ => setup.row = moved(setup.row, rows.len(), action),
    }
    if let Screen::DrillSetup(shown) = &mut m.place_mut().screen {
        *shown = setup;
    }
    matches!(action, Action::Up | Action::Down | Action::First | Action::Last)
}

/// Takes a filter. Who gives one means a new drill, not the one that waits.
pub fn set_filter(m: &mut Model, filter: Filter) {
    let Screen::DrillSetup(setup) = m.screen() else { return };
    let row = rows(m, setup).iter().position(|row| *row == Row::Filter).unwrap_or(setup.row);
    let Screen::DrillSetup(setup) = &mut m.place_mut().screen else { return };
    setup.order.filter = filter;
    setup.row = row;
}

fn change(setup: &mut DrillSetup, row: Row, forward: bool) {
    let order = &mut setup.order;
    match row {
        Row::GoOn => {}
        Row::Mode => {
            order.mode = turned(&Mode::ALL, &order.mode, forward);
            order.questions = usual(order.mode);
        }
        Row::Questions => {
            let lengths: Vec<Option<usize>> = LENGTHS.into_iter().map(Some).chain([None]).collect();
            order.questions = turned(&lengths, &order.questions, forward);
        }
        Row::Filter => order.filter = among::next(&setup.bank, &order.filter, forward),
    }
}

/// What is shown.
pub fn frame(m: &Model, setup: &DrillSetup, columns: usize) -> Frame {
    let mut body = vec![Line::new()];
    let rows = rows(m, setup);
    for (i, row) in rows.iter().enumerate() {
        body.push(row_line(m, setup, *row, i == setup.row.min(rows.len() - 1), columns));
        if *row == Row::GoOn {
            body.push(Line::of("   or a new drill, which ends that one:", Role::Muted));
        }
    }
    body.push(Line::new());
    let explained = (explained(setup.order.mode).to_owned(), Role::Plain);
    let unknown = among::unknown(&setup.order.filter, &setup.bank).map(|unknown| (unknown, Role::Warn));
    for (text, role) in [explained].into_iter().chain(unknown).chain([prospect(m, setup)]) {
        body.extend(wrap(&[Span::new(text, role)], columns, "   ", "   "));
    }
    Frame {
        title: "Before the drill".into(),
        right: Line::of(setup.bank.title.one_line(), Role::Muted),
        body,
        ..Frame::default()
    }
}

fn row_line(m: &Model, setup: &DrillSetup, row: Row, at_cursor: bool, columns: usize) -> Line {
    let order = &setup.order;
    let (name, value) = match row {
        Row::GoOn => {
            let about = match m.drills.get(&setup.bank.id) {
                Some(Some(kept)) => format!("{}, {}", order_title(&setup.bank, &kept.course.order), waiting(kept)),
                _ => "the drill that waits".into(),
            };
            let about = cut(&about, columns.saturating_sub(24));
            return list_row(at_cursor, "Go on:", 14, Line::of(format!("  {about}"), Role::Strong));
        }
        Row::Mode => ("Mode", mode_title(order.mode).to_owned()),
        Row::Questions => ("How many", how_many(order)),
        Row::Filter => ("Among", among::label(&setup.bank, &order.filter)),
    };
    setting_row(at_cursor, name, &value, columns)
}

/// What a mode does, in a sentence.
fn explained(mode: Mode) -> &'static str {
    match mode {
        Mode::Weakest => {
            "A mix of missed, new and known questions, most from the domains where your next right answer is worth most."
        }
        Mode::Mistakes => "Each question of your mistakes book once, the longest unanswered first.",
        Mode::Unseen => "Questions that you have not answered yet.",
        Mode::All => "Each question once, in an order by chance.",
        Mode::Sprint => {
            "Against the clock, at the exam's pace and by its weights; right or wrong is told at once, and the explanations follow at the end."
        }
    }
}

fn how_many(order: &Order) -> String {
    match order.questions {
        Some(n) => n.to_string(),
        None if order.mode == Mode::Weakest => "no end".into(),
        None => "all there are".into(),
    }
}

/// How many questions fit, or that none does; those that an unfinished exam still holds are said apart.
fn prospect(m: &Model, setup: &DrillSetup) -> (String, Role) {
    let empty = Trail::default();
    let trail = m.learner.trail(&setup.bank.id).unwrap_or(&empty);
    let withheld = withheld::of(m, &setup.bank.id);
    let there = stock(&setup.bank, trail, &setup.order, &withheld);
    let later = match withheld.is_empty() {
        true => 0,
        false => stock(&setup.bank, trail, &setup.order, &HashSet::new()) - there,
    };
    match (there, later) {
        (0, 0) if setup.order.mode == Mode::Mistakes => {
            ("Your mistakes book has none of these questions.".into(), Role::Warn)
        }
        (0, 0) => ("No question fits.".into(), Role::Warn),
        (0, n) => (format!("{} only of your unfinished exam: end it first.", counted(n, "question")), Role::Warn),
        (n, 0) => (format!("{} to choose from.", counted(n, "question")), Role::Muted),
        (n, later) => {
            let text = format!("{} to choose from, {later} more when your exam has ended.", counted(n, "question"));
            (text, Role::Muted)
        }
    }
}
