//! What a sitting with cards shows: the front, then the back with the grades, and at last its end.

use crate::engine::review::{interval_label, is_leech, preview};
use crate::engine::schedule::Rating;
use crate::engine::time::spoken;

use super::super::card_page;
use super::super::frame::Frame;
use super::super::model::Model;
use super::super::page::{Line, Role, Span, counted};
use super::super::study::Study;
use super::super::wrap::wrap;
use super::Session;

/// What is shown.
pub fn frame(m: &Model, session: &Session, columns: usize) -> Frame {
    let Some(study) = &m.study else { return Frame::default() };
    let right =
        if session.order.cram { format!("{} to go", session.pile.len()) } else { session.queue.counts().label() };
    let mut frame = Frame {
        title: if session.order.cram { "Cramming".into() } else { "Flash cards".into() },
        right: Line::of(right, Role::Muted),
        body: vec![Line::new()],
        ..Frame::default()
    };
    let Some(card) = session.current else {
        frame.body.extend(end(m, session, columns));
        return frame;
    };
    let shown = &study.cards[card];
    frame.body.extend(card_page::front(shown, columns));
    if session.turned {
        let front = frame.body.len() + 1;
        frame.body.extend(back(study, card, columns));
        frame.bottom = vec![grades(m, study, session, card)];
        for line in &mut frame.body[front..] {
            line.cursor = true; // on a small screen the view goes to the answer
        }
    } else {
        frame.bottom = vec![Line::of("   Space", Role::Accent).and(" shows the answer", Role::Plain)];
    }
    frame
}

fn back(study: &Study, card: usize, columns: usize) -> Vec<Line> {
    let shown = &study.cards[card];
    let mut lines = card_page::back(shown, columns);
    let deck = study.decks.iter().find(|d| d.deck.id == shown.deck).map_or(String::new(), |d| d.deck.title.one_line());
    let mut from = Line::of(format!("{deck} · {}", shown.entry.id), Role::Muted);
    let state = &study.states[card];
    if is_leech(state, &study.rules) {
        from.push(format!(" · a leech, forgotten {} times", state.lapses), Role::Warn);
    }
    lines.extend(wrap(&from.spans, columns, "   ", "   "));
    lines
}

/// The four grades with the interval each would give.
fn grades(m: &Model, study: &Study, session: &Session, card: usize) -> Line {
    let mut line = Line::of("  ", Role::Plain);
    let aim = study.aim(card);
    let states = preview(&study.states[card], &study.scheduler, &study.rules, aim, m.now.wall, study.day());
    for (rating, state) in Rating::ALL.into_iter().zip(&states) {
        line.push(rating.number().to_string(), Role::Accent);
        line.push(format!(" {}", rating.label()), Role::Plain);
        if !session.order.cram {
            line.push(format!(" {}", interval_label(m.now.wall, study.day(), state)), Role::Muted);
        }
        line.push("  ", Role::Plain);
    }
    line
}

/// The end of the sitting, or a wait.
fn end(m: &Model, session: &Session, columns: usize) -> Vec<Line> {
    let graded = session.grades().count();
    let mut lines = vec![match graded {
        0 if session.order.cram => Line::of("   There is no card to cram.", Role::Strong),
        0 => Line::of("   Nothing is due now.", Role::Strong),
        _ => {
            let (cards, grades) = (counted(session.cards_graded(), "card"), counted(graded, "grade"));
            Line::of(format!("   ✓ Done: {cards}, {grades}."), Role::Correct)
        }
    }];
    lines.push(Line::new());
    if let Some(at) = session.queue.waits_until().filter(|_| !session.order.cram) {
        let wait = spoken(at.since(m.now.wall));
        let text = Line::of(format!("A card from today comes back in {wait}; Space looks for it."), Role::Plain);
        lines.extend(wrap(&text.spans, columns, "   ", "   "));
    }
    let waiting = m.study.as_ref().map_or(0, |study| study.new_left(session.order.deck.as_ref()));
    if waiting > 0 && !session.order.cram && session.order.limit.is_none() {
        let wait = if waiting == 1 { "waits" } else { "wait" };
        let text = format!("{} {wait} for another day: today's are begun.", counted(waiting, "new card"));
        lines.extend(wrap(&[Span::new(text, Role::Plain)], columns, "   ", "   "));
    }
    if !session.past.is_empty() {
        lines.push(Line::of("   u takes back what you did last.", Role::Muted));
    }
    lines.push(Line::of("   Esc goes back to the decks.", Role::Muted));
    lines
}
