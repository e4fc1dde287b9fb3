//! Going through the answers of a marked sitting.

use crate::engine::score::points_label;
use crate::engine::time::spoken;

use super::frame::Frame;
use super::keys::Action;
use super::marks::{self, Subject};
use super::model::{Model, Report, Screen};
use super::page::{Line, Role};
use super::question_page::{self, Tell};

/// Which answers are gone through.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Which {
    /// All.
    All,
    /// Those without the full point.
    Wrong,
    /// Those that were flagged.
    Flagged,
}

/// The walk's own state.
#[derive(Clone, Debug)]
pub struct Walk {
    /// Which answers are gone through.
    pub which: Which,
    /// The shown one, as an index into the paper.
    pub at: usize,
}

/// The places of these answers in the paper.
pub fn list(report: &Report, which: Which) -> Vec<usize> {
    (0..report.score.points.len())
        .filter(|&i| match which {
            Which::All => true,
            Which::Wrong => report.score.points[i] < 1.0,
            Which::Flagged => report.exam.responses()[i].is_flagged(),
        })
        .collect()
}

/// Begins to go through answers, or says that there are none of the kind.
pub fn open(m: &mut Model, which: Which) {
    let Some(report) = &m.report else { return };
    match list(report, which).first() {
        Some(&at) => m.enter(Screen::Walk(Walk { which, at })),
        None if which == Which::Wrong => m.say("Every answer is right"),
        None => m.say("No question was flagged"),
    }
}

/// Does `action`.
pub fn act(m: &mut Model, action: Action) {
    let (Some(report), Screen::Walk(walk)) = (&m.report, m.screen()) else { return };
    let which = match action {
        Action::All => Which::All,
        Action::Wrong => Which::Wrong,
        Action::Flagged => Which::Flagged,
        _ => walk.which,
    };
    let list = list(report, which);
    let Some(last) = list.len().checked_sub(1) else {
        m.say(if which == Which::Wrong { "Every answer is right" } else { "No question was flagged" });
        return;
    };
    // A changed filter shows the question itself, or the next one of its kind.
    let at = list.iter().position(|&i| i >= walk.at).unwrap_or(last);
    let to = match action {
        Action::Left => at.saturating_sub(1),
        Action::Right => (at + 1).min(last),
        Action::First => 0,
        Action::Last => last,
        _ => at,
    };
    let stays = list[to] == walk.at && which == walk.which;
    let next = Walk { which, at: list[to] };
    if stays && action == Action::Right {
        m.say("That was the last one; Esc goes back");
    }
    let place = m.place_mut();
    if !stays {
        place.scroll = 0;
    }
    place.screen = Screen::Walk(next);
}

/// The shown question, for what is put on it.
pub fn subject(m: &Model, walk: &Walk) -> Option<Subject> {
    Subject::of(&m.report.as_ref()?.exam, walk.at)
}

/// What is shown.
pub fn frame(m: &Model, walk: &Walk, columns: usize) -> Frame {
    let Some(report) = &m.report else { return Frame::default() };
    let (item, response) = (&report.exam.paper().items[walk.at], &report.exam.responses()[walk.at]);
    let points = report.score.points[walk.at];
    let mut verdict = Line::of("  ", Role::Plain);
    if points >= 1.0 {
        verdict.push("✓ right", Role::Correct);
    } else if response.picked().is_empty() {
        verdict.push("✗ not answered", Role::Wrong);
    } else if points > 0.0 {
        verdict.push(format!("✓ right in part: {} of 1 point", points_label(points)), Role::Warn);
    } else {
        verdict.push("✗ wrong", Role::Wrong);
    }
    if report.exam.is_incomplete(walk.at) {
        verdict.push(format!(" · {} of {} chosen", response.picked().len(), item.question.keys), Role::Plain);
    }
    verdict.push(format!(" · {}", spoken(response.spent())), Role::Muted);
    if let Some(first) = response.changed_from() {
        verdict.push(format!(" · first answer {}", question_page::letters(item, first)), Role::Muted);
    }
    if response.is_flagged() || response.has_guess() {
        verdict.push(" · ", Role::Muted);
        verdict.spans.extend(question_page::marks(response).spans);
    }
    let list = list(report, walk.which);
    let nth = list.iter().position(|&i| i == walk.at).map_or(0, |i| i + 1);
    let which = match walk.which {
        Which::All => String::new(),
        Which::Wrong => format!("wrong {nth} of {}", list.len()),
        Which::Flagged => format!("flagged {nth} of {}", list.len()),
    };
    let origin = &report.exam.paper().origin;
    let domain = origin.domains.iter().find(|d| d.id == item.question.domain);
    let mut body = vec![Line::new()];
    body.extend(question_page::lines(item, response, columns.saturating_sub(1), Tell::Answer));
    let subject = subject(m, walk);
    let own = subject.as_ref().map_or(Vec::new(), |subject| marks::lines(m, subject, columns));
    if !own.is_empty() {
        body.push(Line::new());
        body.extend(own);
    }
    body.push(Line::new());
    let level = item.question.level.map_or(String::new(), |l| format!(" · {}", l.label()));
    let area = domain.map_or(String::new(), |d| format!("{}{level} · ", d.title.one_line()));
    body.push(Line::of(format!("  {area}{}", item.question.id), Role::Muted));
    let mut top = vec![verdict];
    top.extend(subject.and_then(|subject| marks::signs(m, &subject, columns)));
    Frame {
        title: origin.title.one_line(),
        middle: format!("Answer {} of {}", walk.at + 1, report.score.points.len()),
        right: Line::of(which, Role::Muted),
        top,
        body,
        ..Frame::default()
    }
}
