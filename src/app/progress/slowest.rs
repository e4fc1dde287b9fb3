//! The questions whose answers take longest; ⏎ opens the one at the cursor.

use crate::engine::markup::runs;
use crate::engine::time::{clock, rounded};

use super::super::effect::Effect;
use super::super::frame::moved;
use super::super::keys::Action;
use super::super::model::{Model, Screen};
use super::super::page::{Line, Role};
use super::super::question_view;
use super::super::wrap::{cut, width};
use super::{Page, Progress, prose, share_label};

/// How many questions are listed on the page that is shown; none on other pages.
fn listed(progress: &Progress) -> usize {
    if progress.page == Page::Slowest { progress.slowest.as_ref().map_or(0, Vec::len) } else { 0 }
}

/// Whether the page that is shown has a cursor.
pub fn has_cursor(m: &Model) -> bool {
    matches!(m.screen(), Screen::Progress(progress) if listed(progress) > 0)
}

/// Moves the cursor, or opens the question there. Returns whether the cursor has moved.
pub fn act(m: &mut Model, action: Action, effects: &mut Vec<Effect>) -> bool {
    let Screen::Progress(progress) = &mut m.place_mut().screen else { return false };
    if action != Action::Open {
        progress.row = moved(progress.row, listed(progress), action);
        return true;
    }
    let bank = progress.bank.clone();
    if let Some(question) = progress.slowest.iter().flatten().nth(progress.row).map(|slow| slow.question.clone()) {
        question_view::open(m, bank, question, effects);
    }
    false
}

/// From a question that the list has opened to the one before or after it.
pub fn step(m: &mut Model, action: Action, effects: &mut Vec<Effect>) {
    let below = m.places.len().wrapping_sub(2);
    let Some(Screen::Progress(progress)) = m.places.get_mut(below).map(|place| &mut place.screen) else { return };
    let (before, last) = (progress.row, listed(progress).saturating_sub(1));
    progress.row = if action == Action::Left { before.saturating_sub(1) } else { (before + 1).min(last) };
    if progress.row == before {
        return m.say(if action == Action::Left { "That is the slowest one" } else { "That was the last one listed" });
    }
    m.leave();
    act(m, Action::Open, effects);
}

/// What is shown.
pub fn lines(progress: &Progress, columns: usize) -> Vec<Line> {
    let slowest = progress.slowest.as_deref().unwrap_or_default();
    if slowest.is_empty() {
        return prose("No answer has taken any time yet.", Role::Muted, columns);
    }
    let mut body = vec![Line::of("    Time an answer, how often right, question", Role::Muted)];
    body[0].cursor = progress.row == 0; // it is seen again with the first one
    for (i, slow) in slowest.iter().enumerate() {
        let at_cursor = i == progress.row;
        let mut line = Line::of(if at_cursor { " › " } else { "   " }, Role::Accent);
        line.cursor = at_cursor;
        line.push(format!("{:>5}  {:>7} right  ", clock(rounded(slow.pace)), share_label(slow.share)), Role::Strong);
        let room = columns.saturating_sub(width(&line.text()));
        let stem: String = runs(&slow.question.stem.one_line()).into_iter().map(|r| r.text).collect();
        line.push(cut(&stem, room), if at_cursor { Role::Accent } else { Role::Plain });
        body.push(line);
    }
    body
}
