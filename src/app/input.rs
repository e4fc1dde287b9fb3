//! What the terminal says, freed from the terminal library.

/// A key that can be bound.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Key {
    /// A character as typed, with Shift already in it.
    Char(char),
    /// A character with Ctrl.
    Ctrl(char),
    /// ⏎
    Enter,
    /// Esc
    Esc,
    /// ↑
    Up,
    /// ↓
    Down,
    /// ←
    Left,
    /// →
    Right,
    /// Page up
    PageUp,
    /// Page down
    PageDown,
    /// Home
    Home,
    /// End
    End,
    /// Backspace
    Backspace,
    /// Tab
    Tab,
}

impl Key {
    /// The key as help and footer show it.
    pub fn label(self) -> String {
        match self {
            Key::Char(' ') => "Space".into(),
            Key::Char(c) => c.into(),
            Key::Ctrl(c) => format!("Ctrl-{}", c.to_ascii_uppercase()),
            Key::Enter => "⏎".into(),
            Key::Esc => "Esc".into(),
            Key::Up => "↑".into(),
            Key::Down => "↓".into(),
            Key::Left => "←".into(),
            Key::Right => "→".into(),
            Key::PageUp => "PgUp".into(),
            Key::PageDown => "PgDn".into(),
            Key::Home => "Home".into(),
            Key::End => "End".into(),
            Key::Backspace => "Backspace".into(),
            Key::Tab => "Tab".into(),
        }
    }
}

/// The terminal's size in cells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Size {
    /// Columns.
    pub columns: u16,
    /// Rows.
    pub rows: u16,
}

impl Size {
    /// The smallest size at which the screens are drawn.
    pub const SMALLEST: Size = Size { columns: 60, rows: 16 };

    /// Whether the screens fit.
    pub fn is_enough(self) -> bool {
        self.columns >= Self::SMALLEST.columns && self.rows >= Self::SMALLEST.rows
    }
}
