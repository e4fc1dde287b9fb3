//! What the tests share: a small bank, strategies for random ones, and a world whose clock jumps.
#![allow(dead_code)] // each test binary uses its part

pub mod arbitrary;
pub mod bank;
pub mod deck;
pub mod drill;
pub mod guide;
pub mod past;
pub mod preview;
pub mod world;

use examdeck::app::model::Model;
use examdeck::ui::{self, Theme};
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::Buffer;
use unicode_width::UnicodeWidthStr;

/// What the model looks like in `columns` × `rows` cells.
pub fn buffer(m: &Model, theme: Theme, columns: u16, rows: u16) -> Buffer {
    let mut terminal = Terminal::new(TestBackend::new(columns, rows)).expect("a test terminal never fails");
    terminal.draw(|canvas| ui::view(m, theme, canvas)).expect("a test terminal never fails");
    terminal.backend().buffer().clone()
}

/// The buffer's text, spaces at the right cut.
pub fn text(buffer: &Buffer) -> String {
    let mut out = String::new();
    for y in 0..buffer.area.height {
        let mut line = String::new();
        let mut x = 0;
        while x < buffer.area.width {
            let symbol = buffer[(x, y)].symbol();
            line.push_str(symbol);
            x += u16::try_from(symbol.width().max(1)).unwrap_or(1);
        }
        out.push_str(line.trim_end());
        out.push('\n');
    }
    out
}
