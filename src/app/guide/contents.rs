//! The contents of the guide that is read.

use crate::engine::guide::GuideRef;

use super::super::effect::Effect;
use super::super::frame::{Frame, list_row, moved};
use super::super::keys::Action;
use super::super::model::{Model, Screen};
use super::super::page::{Line, Role, counted};
use super::super::wrap::width;
use super::{Reader, drill_section, go_to, reading};

/// The guide whose contents these are.
fn reader(m: &Model) -> Option<&Reader> {
    m.places.iter().rev().find_map(|place| match &place.screen {
        Screen::Guide(reader) => Some(&**reader),
        _ => None,
    })
}

/// Does `action`. Returns whether the cursor has moved.
pub fn act(m: &mut Model, row: usize, action: Action, effects: &mut Vec<Effect>) -> bool {
    let Some(reader) = reader(m).cloned() else { return false };
    match action {
        Action::Open => {
            m.leave();
            go_to(m, row);
        }
        Action::Back => m.leave(),
        Action::Drill => drill_section(m, &reader, row, effects),
        Action::MarkRead => reading::toggle(m, &reader, row, effects),
        _ => {
            let count = reader.guide().sections.len();
            m.place_mut().screen = Screen::Contents(moved(row, count, action));
            return true;
        }
    }
    false
}

/// What is shown.
pub fn frame(m: &Model, row: usize, columns: usize) -> Frame {
    let Some(reader) = reader(m) else { return Frame::default() };
    let (guide, module) = (reader.guide(), reader.module());
    let read = reading::read(m, &reader.bank.id, &module.id);
    let widest = guide.sections.iter().map(|s| width(s.title.as_str())).max().unwrap_or(0);
    let mut body = vec![Line::new()];
    for (i, section) in guide.sections.iter().enumerate() {
        let link = GuideRef { module: module.id.clone(), section: section.slug.clone() };
        let mut about = Line::of(counted(reader.bank.explained_by(&link).count(), "question"), Role::Muted);
        if read.is_some_and(|r| r.contains(&section.slug)) {
            about.push(" · ", Role::Muted);
            about.push("✓ read", Role::Correct);
        }
        let name = format!("{:>2}  {}", i + 1, section.title.as_str());
        body.push(list_row(i == row, &name, (widest + 4).min(columns.saturating_sub(26)), about));
    }
    Frame {
        title: module.title.one_line(),
        right: Line::of(reading::summary(m, &reader.bank, module), Role::Muted),
        body,
        ..Frame::default()
    }
}
