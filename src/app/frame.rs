//! What is on the screen, in meanings: header, fixed lines, a body that scrolls, notice, footer.

use super::input::Size;
use super::keys;
use super::model::{Model, Screen};
use super::page::{Line, Role, Span};
use super::wrap::{width, wrap};
use super::{
    banks, card_view, cards, certificate, decks, drill, guide, help, history, home, mistakes, preview, progress,
    prompt, question_view, result, review, room, search, setup, walk,
};

/// The widest that text is set, in columns.
pub const MEASURE: usize = 78;
/// From this width on the exam room shows its navigator.
pub const WIDE: u16 = 110;
/// Columns of the rule that a notice leaves: its margins, and ` ↓ more `.
const BESIDE_A_NOTICE: usize = 12;
/// Rows that header, rules and footer take.
const FRAME_ROWS: usize = 4;

/// A screen's content.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Frame {
    /// Header, left.
    pub title: String,
    /// Header, in the middle.
    pub middle: String,
    /// Header, right.
    pub right: Line,
    /// Lines under the header that do not scroll.
    pub top: Vec<Line>,
    /// Lines that scroll.
    pub body: Vec<Line>,
    /// The first line of the body that is shown.
    pub scroll: usize,
    /// Lines over the footer that do not scroll.
    pub bottom: Vec<Line>,
    /// Lines at the right of a wide terminal.
    pub side: Vec<Line>,
    /// A line for the user, short enough for the rule over the footer.
    pub notice: Option<String>,
    /// Keys and words.
    pub footer: Vec<(String, &'static str)>,
}

/// How many columns text has at this size: at least one, so that a screen can be laid out at any size.
pub fn columns(size: Size) -> usize {
    usize::from(size.columns).saturating_sub(2).clamp(1, MEASURE)
}

impl Frame {
    /// How many rows the body has at this size.
    pub fn body_rows(&self, size: Size) -> usize {
        usize::from(size.rows).saturating_sub(FRAME_ROWS + self.top.len() + self.bottom.len())
    }

    /// The largest scroll that still fills the body.
    pub fn last_scroll(&self, size: Size) -> usize {
        self.body.len().saturating_sub(self.body_rows(size))
    }
}

/// The shown screen.
pub fn frame(m: &Model) -> Frame {
    let columns = columns(m.size);
    let mut frame = match (&m.help, m.screen()) {
        (Some(_), _) => help::frame(m, columns),
        (None, Screen::Home(row)) => home::frame(m, *row, columns),
        (None, Screen::Setup(setup)) => setup::page::frame(m, setup, columns),
        (None, Screen::Room) => room::frame(m, columns),
        (None, Screen::Review(review)) => review::frame(m, review, columns),
        (None, Screen::Result) => result::frame(m, columns),
        (None, Screen::Walk(walk)) => walk::frame(m, walk, columns),
        (None, Screen::History(row)) => history::frame(m, *row, columns),
        (None, Screen::Banks(row)) => banks::frame(m, *row, columns),
        (None, Screen::Decks(row)) => decks::frame(m, *row, columns),
        (None, Screen::Cards(session)) => cards::page::frame(m, session, columns),
        (None, Screen::Guides(row)) => guide::list::frame(m, *row, columns),
        (None, Screen::Guide(reader)) => guide::frame(m, reader, columns),
        (None, Screen::Contents(row)) => guide::contents::frame(m, *row, columns),
        (None, Screen::Progress(shown)) => progress::frame(m, shown, columns),
        (None, Screen::Preview) => preview::page::frame(m, columns),
        (None, Screen::Findings(row)) => preview::page::list_frame(m, *row, columns),
        (None, Screen::DrillSetup(setup)) => drill::setup::frame(m, setup, columns),
        (None, Screen::Drill) => drill::page::frame(m, columns),
        (None, Screen::Mistakes(row)) => mistakes::frame(m, *row, columns),
        (None, Screen::Search(search)) => search::frame(m, search, columns),
        (None, Screen::Question(view)) => question_view::frame(m, view, columns),
        (None, Screen::Card(view)) => card_view::frame(m, view, columns),
    };
    if let Some(typed) = &m.prompt {
        frame.bottom = prompt::lines(typed, columns, m.size.rows);
    }
    if let Some(notice) = &m.notice {
        tell(&mut frame, &notice.text, columns, m.size.rows);
    }
    frame.footer = keys::footer(m.context());
    frame.footer.retain(|(_, word)| !is_for_nothing(m, word));
    let item = match m.context() {
        keys::Context::Room => m.sitting.as_ref().map(|s| s.exam.item()),
        keys::Context::Drill => m.drill.as_ref().and_then(|d| d.drill.open()).map(|o| o.item()),
        _ => None,
    };
    if let (Some(item), Some(answer)) = (item, frame.footer.first_mut()) {
        // Beyond e the letters are commands, and numbers choose.
        let options = item.order.len();
        answer.0 = match options {
            0..=5 => format!("a–{}", crate::engine::paper::letter(options.max(1) - 1).to_ascii_lowercase()),
            _ => format!("1–{}", options.min(9)),
        };
    }
    if reads_on(m)
        && let Some(onward) = frame.footer.iter_mut().find(|(keys, _)| keys == "⏎")
    {
        onward.1 = "more";
    }
    let scroll = m.help.unwrap_or(m.place().scroll);
    frame.scroll = scroll.min(frame.last_scroll(m.size));
    frame
}

/// Puts a notice into the rule, or whole over it if it is too long for that; of half a screen of it, the beginning.
fn tell(frame: &mut Frame, notice: &str, columns: usize, rows: u16) {
    if width(notice) + BESIDE_A_NOTICE <= columns {
        frame.notice = Some(notice.to_owned());
        return;
    }
    let lines = wrap(&[Span::new(notice, Role::Warn)], columns, "  ", "  ");
    frame.bottom.extend(lines.into_iter().take(usize::from(rows / 2)));
}

/// Whether a word of the footer speaks of questions or exams of which there is none.
fn is_for_nothing(m: &Model, word: &str) -> bool {
    let none = |which| m.report.as_ref().is_some_and(|report| walk::list(report, which).is_empty());
    let tally = || m.drill.as_ref().map(|d| &d.drill.course().tally);
    match (m.context(), word) {
        (keys::Context::Result, "wrong ones") => none(walk::Which::Wrong),
        (keys::Context::Result, "flagged") => none(walk::Which::Flagged),
        (keys::Context::Result, "certificate") => !certificate::is_to_be_had(m),
        (keys::Context::DrillEnd, "missed ones") => tally().is_some_and(|t| t.right == t.answered),
        (keys::Context::DrillEnd, "all") => tally().is_some_and(|t| t.answered == 0),
        (keys::Context::Progress, "open") => !progress::has_cursor(m),
        (keys::Context::Progress, "streak") => progress::has_cursor(m),
        (keys::Context::Question, "guide" | "bookmark" | "note" | "report") => {
            matches!(m.screen(), Screen::Question(view) if view.is_withheld(m))
        }
        (keys::Context::History, "remove") => m.waiting().next().is_none(),
        _ => false,
    }
}

/// Whether ⏎ shows the rest of the text before it does what it else does.
fn reads_on(m: &Model) -> bool {
    match m.context() {
        keys::Context::Room | keys::Context::RoomAnswer => {
            m.sitting.as_ref().is_some_and(|s| !s.read.contains(&s.exam.position()))
        }
        keys::Context::Drill | keys::Context::DrillAnswer => m.drill.as_ref().is_some_and(|d| !d.read),
        _ => false,
    }
}

/// Clamps the scroll, keeps the cursor in view if it has moved (`follow`), and notes which question was read to its end.
pub fn settle(m: &mut Model, follow: bool) {
    guide::relay(m);
    let shown = frame(m);
    let rows = shown.body_rows(m.size);
    let mut scroll = shown.scroll;
    if follow && let Some(first) = shown.body.iter().position(|l| l.cursor) {
        let last = shown.body.iter().rposition(|l| l.cursor).unwrap_or(first);
        if last >= scroll + rows {
            scroll = last + 1 - rows.min(last + 1);
        }
        scroll = scroll.min(first);
        if shown.body[..first].iter().all(|l| l.text().trim().is_empty()) {
            scroll = 0;
        }
    }
    match &mut m.help {
        Some(help) => *help = scroll,
        None => m.place_mut().scroll = scroll,
    }
    if m.help.is_none() && scroll + rows >= shown.body.len() {
        seen_to_the_end(m);
    }
    guide::seen(m);
}

fn seen_to_the_end(m: &mut Model) {
    match m.places.last().map(|p| &p.screen) {
        Some(Screen::Room) => {
            if let Some(sitting) = &mut m.sitting {
                sitting.read.insert(sitting.exam.position());
            }
        }
        Some(Screen::Drill) => {
            if let Some(drilling) = &mut m.drill {
                drilling.read = true;
            }
        }
        _ => {}
    }
}

/// A row of a list: the cursor's mark, a name, and what is said about it.
pub fn list_row(at_cursor: bool, name: &str, name_columns: usize, about: Line) -> Line {
    let mut line = Line::of(if at_cursor { " › " } else { "   " }, Role::Accent);
    let name = super::wrap::cut(name, name_columns);
    let pad = name_columns.saturating_sub(super::wrap::width(&name));
    line.push(name, if at_cursor { Role::Accent } else { Role::Strong });
    line.push(" ".repeat(pad + 2), Role::Plain);
    line.spans.extend(about.spans);
    line.cursor = at_cursor;
    line
}

/// A row of a screen of settings: at the cursor the value stands between the arrows that change it.
pub fn setting_row(at_cursor: bool, name: &str, value: &str, columns: usize) -> Line {
    let value = super::wrap::cut(value, columns.saturating_sub(24));
    let about = if at_cursor {
        Line::of("‹ ", Role::Accent).and(value, Role::Strong).and(" ›", Role::Accent)
    } else {
        Line::of(format!("  {value}"), Role::Plain)
    };
    list_row(at_cursor, name, 14, about)
}

/// The choice after this one, or before it, all around; the first if this is none of them.
pub fn turned<T: Clone + PartialEq>(choices: &[T], now: &T, forward: bool) -> T {
    let next = match choices.iter().position(|c| c == now) {
        Some(at) if forward => (at + 1) % choices.len(),
        Some(at) => (at + choices.len() - 1) % choices.len(),
        None => 0,
    };
    choices[next].clone()
}

/// Moves a cursor over `len` rows.
pub fn moved(row: usize, len: usize, action: keys::Action) -> usize {
    let last = len.saturating_sub(1);
    match action {
        keys::Action::Up => row.saturating_sub(1),
        keys::Action::Down => (row + 1).min(last),
        keys::Action::First => 0,
        keys::Action::Last => last,
        _ => row.min(last),
    }
}
