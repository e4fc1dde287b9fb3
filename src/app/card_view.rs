//! An entry of a deck with all its cards, and when each comes back.

use std::sync::Arc;

use crate::engine::deck::{Card, Deck, Entry, Side};
use crate::engine::review::{CardState, Phase};
use crate::engine::text::Text;

use super::frame::Frame;
use super::model::{Model, Screen};
use super::page::{Line, Role, counted, labelled, prose};
use super::study::Study;

/// An entry that is looked at.
#[derive(Clone, Debug)]
pub struct CardView {
    deck: Arc<Deck>,
    entry: Arc<Entry>,
}

/// Opens an entry of a deck.
pub fn open(m: &mut Model, deck: Arc<Deck>, entry: Arc<Entry>) {
    m.enter(Screen::Card(Box::new(CardView { deck, entry })));
}

/// What is shown: of each card both sides and its schedule, and what the entry says once for all.
pub fn frame(m: &Model, view: &CardView, columns: usize) -> Frame {
    let columns_of_text = columns.saturating_sub(1);
    let mut body = Vec::new();
    let cards = view.deck.cards_of(&view.entry);
    // The cards of a pair asked both ways have the same two texts.
    let mut shown: Vec<[Text; 2]> = Vec::new();
    for card in &cards {
        let mut texts = [card.prompt(), card.answer()];
        texts.sort();
        if !shown.contains(&texts) {
            body.push(Line::new());
            body.extend(prose(&card.prompt(), columns_of_text, 3, Role::Strong));
            body.push(Line::new());
            body.extend(prose(&card.answer(), columns_of_text, 3, Role::Plain));
            shown.push(texts);
        }
        let label = Line::of(format!("   {}  ", side_label(card.side)), Role::Muted);
        body.push(Line::new());
        body.extend(labelled(label, &Text::new(&schedule(m, card)), columns_of_text, Role::Muted));
    }
    if let Some(note) = &view.entry.note {
        body.push(Line::new());
        body.extend(prose(note, columns_of_text, 3, Role::Plain));
    }
    body.push(Line::new());
    for citation in &view.entry.sources {
        let label = Line::of("   Source  ", Role::Muted);
        body.extend(labelled(label, &Text::new(&citation.line()), columns_of_text, Role::Muted));
    }
    body.push(Line::of(format!("   {}", view.entry.id), Role::Muted));
    Frame {
        title: view.deck.title.one_line(),
        middle: "Card".into(),
        right: Line::of(counted(cards.len(), "card"), Role::Muted),
        body,
        ..Frame::default()
    }
}

fn side_label(side: Side) -> String {
    match side {
        Side::Forward => "Front to back".into(),
        Side::Backward => "Back to front".into(),
        Side::Cloze(number) => format!("Part {number}"),
    }
}

/// When a card comes back, in words.
fn schedule(m: &Model, card: &Card) -> String {
    let Some(study) = &m.study else { return String::new() };
    let key = card.key();
    let state = study.cards.iter().position(|c| c.key() == key).map(|i| study.states[i]).unwrap_or_default();
    let graded = match (state.reps, state.lapses) {
        (0, _) => return standing(&state, study).unwrap_or_else(|| "new, not asked yet".into()),
        (_, 0) => counted(state.reps as usize, "grade"),
        (reps, 1) => format!("{}, once forgotten", counted(reps as usize, "grade")),
        (reps, lapses) => format!("{}, {lapses} times forgotten", counted(reps as usize, "grade")),
    };
    let when = standing(&state, study).unwrap_or_else(|| match state.phase {
        Phase::Review if !state.is_due(study.day()) => {
            format!("comes back on {}", state.due_day.date().strftime("%-d %b %Y"))
        }
        _ => "due today".into(),
    });
    format!("{when} · {graded}")
}

/// What keeps a card from coming.
fn standing(state: &CardState, study: &Study) -> Option<String> {
    if state.suspended {
        return Some("suspended".into());
    }
    (!state.is_available(study.day())).then(|| "buried until tomorrow".into())
}
