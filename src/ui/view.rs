//! The one layout of all screens: header, rule, content, rule, keys.

use ratatui::Frame as Canvas;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use crate::app::frame::{Frame, MEASURE, frame};
use crate::app::input::Size;
use crate::app::model::Model;
use crate::app::page::{Line, Role};
use crate::app::wrap::{cut, width};

use super::theme::Theme;

/// Columns between the text and the navigator.
const GAP: usize = 2;
/// With fewer columns the right of a header says nothing and is left out.
const LEAST_RIGHT: usize = 8;

/// Draws the model; changes nothing.
pub fn view(m: &Model, theme: Theme, canvas: &mut Canvas<'_>) {
    let area = canvas.area();
    paint(m, theme, area, canvas.buffer_mut());
}

/// Draws the model into a buffer.
pub fn paint(m: &Model, theme: Theme, area: Rect, buffer: &mut Buffer) {
    let size = Size { columns: area.width, rows: area.height };
    if !size.is_enough() {
        too_small(theme, area, buffer);
        return;
    }
    let shown = frame(m);
    let mut pen = Pen { theme, buffer, area };
    let columns = usize::from(area.width);
    // Text and navigator stand in the middle of a wide terminal as one.
    let side = shown.side.iter().map(Line::width).max().map_or(0, |w| w + GAP);
    let text = (columns - 2).min(MEASURE);
    let left = columns.saturating_sub(text + side) / 2;
    let rows = usize::from(area.height);
    header(&mut pen, &shown, left, text + side);
    pen.rule(1);
    let mut y = 2;
    for line in &shown.top {
        pen.line(left, y, line, text);
        y += 1;
    }
    let body_rows = shown.body_rows(size);
    for (i, line) in shown.body.iter().skip(shown.scroll).take(body_rows).enumerate() {
        pen.line(left, y + i, line, text);
    }
    for (i, line) in shown.side.iter().take(rows.saturating_sub(4)).enumerate() {
        pen.line(left + text + GAP, 2 + i, line, side);
    }
    let bottom = rows.saturating_sub(2 + shown.bottom.len());
    for (i, line) in shown.bottom.iter().enumerate() {
        pen.line(left, bottom + i, line, text);
    }
    pen.rule(rows - 2);
    if let Some(notice) = &shown.notice {
        // It stands where the text does.
        pen.line(left + 1, rows - 2, &Line::of(format!(" {notice} "), Role::Warn), text);
    }
    more(&mut pen, &shown, size, left + text);
    footer(&mut pen, &shown, left, rows - 1, text + side);
}

fn too_small(theme: Theme, area: Rect, buffer: &mut Buffer) {
    let text = format!("At least {}×{}, please", Size::SMALLEST.columns, Size::SMALLEST.rows);
    let mut pen = Pen { theme, buffer, area };
    if area.height > 0 {
        let text = cut(&text, usize::from(area.width));
        pen.line(0, usize::from(area.height) / 2, &Line::of(text, Role::Strong), usize::from(area.width));
    }
}

/// The title keeps a third of the line, what is in the middle all that it needs, and the right gives way to them.
fn header(pen: &mut Pen<'_>, shown: &Frame, left: usize, columns: usize) {
    let middle = match width(&shown.middle) {
        0 => 0,
        wide => wide + 2,
    };
    let kept = width(&shown.title).min(columns / 3);
    let right = shown.right.width().min(columns.saturating_sub(kept + middle + 2));
    let title = cut(&shown.title, columns.saturating_sub(middle + right + 2));
    pen.line(left, 0, &Line::of(&title, Role::Strong), columns);
    if middle > 0 {
        let centred = columns.saturating_sub(middle - 2) / 2;
        let at = centred.max(width(&title) + 2).min(columns.saturating_sub(right + middle));
        pen.line(left + at, 0, &Line::of(&shown.middle, Role::Plain), middle);
    }
    if right >= shown.right.width().min(LEAST_RIGHT) {
        pen.line(left + columns - right, 0, &shown.right, right);
    }
}

/// Says at the rule that the body goes on.
fn more(pen: &mut Pen<'_>, shown: &Frame, size: Size, right: usize) {
    let above = shown.scroll > 0;
    let below = shown.scroll < shown.last_scroll(size);
    let text = match (above, below) {
        (_, true) => " ↓ more ",
        (true, false) => " ↑ ",
        (false, false) => return,
    };
    let y = usize::from(size.rows) - 2;
    pen.line(right.saturating_sub(width(text) + 1), y, &Line::of(text, Role::Accent), width(text));
}

/// The keys, as many as fit whole; `? help` is always among them, if the screen has it.
fn footer(pen: &mut Pen<'_>, shown: &Frame, left: usize, y: usize, columns: usize) {
    let label = |(keys, word): &(String, &'static str)| {
        let keys: String = keys.chars().map(|c| pen.theme.symbol(c.encode_utf8(&mut [0; 4])).to_owned()).collect();
        (keys, *word)
    };
    let entries: Vec<(String, &str)> = shown.footer.iter().map(label).collect();
    let size = |(keys, word): &(String, &str)| width(keys) + 1 + width(word);
    let help = entries.iter().position(|(_, word)| *word == "help");
    // Each entry is counted with a gap, which the last one does not need.
    let mut room = (columns + 3).saturating_sub(help.map_or(0, |i| size(&entries[i]) + 3));
    let mut line = Line::new();
    for (i, entry) in entries.iter().enumerate() {
        let needed = size(entry) + 3;
        if Some(i) != help {
            if needed > room {
                continue;
            }
            room -= needed;
        }
        if !line.spans.is_empty() {
            line.push("   ", Role::Plain);
        }
        line.push(&entry.0, Role::Accent);
        line.push(format!(" {}", entry.1), Role::Plain);
    }
    pen.line(left, y, &line, columns);
}

struct Pen<'b> {
    theme: Theme,
    buffer: &'b mut Buffer,
    area: Rect,
}

impl Pen<'_> {
    /// Writes a line from cell `x`, at most `columns` wide, never beyond the area.
    fn line(&mut self, x: usize, y: usize, line: &Line, columns: usize) {
        let end = (x + columns).min(usize::from(self.area.width));
        let mut x = x;
        for span in &line.spans {
            let style = self.theme.style(span.role);
            x = self.text(x, y, &span.text, style, end);
        }
    }

    fn text(&mut self, mut x: usize, y: usize, text: &str, style: Style, end: usize) -> usize {
        if y >= usize::from(self.area.height) || x >= end {
            return x;
        }
        let (left, top) = (usize::from(self.area.x), usize::from(self.area.y));
        let shown = cut_to(text, end - x, self.theme);
        let (next, _) = self.buffer.set_stringn((left + x) as u16, (top + y) as u16, &shown, end - x, style);
        x = usize::from(next) - left;
        x
    }

    /// A rule over the whole width.
    fn rule(&mut self, y: usize) {
        let columns = usize::from(self.area.width);
        self.line(0, y, &Line::of("━".repeat(columns), Role::Muted), columns);
    }
}

/// The text with our symbols as the theme has them, at most `columns` wide.
fn cut_to(text: &str, columns: usize, theme: Theme) -> String {
    if !theme.ascii {
        return if width(text) <= columns { text.to_owned() } else { cut(text, columns) };
    }
    let shown = in_ascii(text, theme);
    if width(&shown) <= columns { shown } else { in_ascii(&cut(&shown, columns), theme) }
}

/// Where a word stands for a symbol, the gap after it shrinks, so that columns stay in line.
fn in_ascii(text: &str, theme: Theme) -> String {
    let mut shown = String::with_capacity(text.len());
    let mut grown = 0;
    for c in text.chars() {
        let mut utf8 = [0; 4];
        let symbol = theme.symbol(c.encode_utf8(&mut utf8));
        if symbol == " " && grown > 0 && shown.ends_with("  ") {
            grown -= 1;
            continue;
        }
        grown += symbol.chars().count() - 1;
        shown.push_str(symbol);
    }
    shown
}
