//! What meanings look like: the terminal's own sixteen colours, and symbols for those who want plain ASCII.

use ratatui::style::{Color, Modifier, Style};

use crate::app::page::Role;

/// How the screen is painted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Theme {
    /// Whether colours are used; weight and symbols say the same without them.
    pub colour: bool,
    /// Whether our own symbols are plain ASCII.
    pub ascii: bool,
}

impl Default for Theme {
    fn default() -> Self {
        Self { colour: true, ascii: false }
    }
}

impl Theme {
    /// The style of a meaning.
    pub fn style(self, role: Role) -> Style {
        let plain = Style::default();
        let coloured = |colour| if self.colour { plain.fg(colour) } else { plain };
        match role {
            Role::Plain | Role::Full => plain,
            Role::Strong => plain.add_modifier(Modifier::BOLD),
            Role::Emphasis => plain.add_modifier(Modifier::ITALIC),
            Role::Code => coloured(Color::Cyan),
            Role::Muted | Role::Empty => plain.add_modifier(Modifier::DIM),
            Role::Accent => coloured(Color::Cyan).add_modifier(Modifier::BOLD),
            Role::Correct => coloured(Color::Green).add_modifier(Modifier::BOLD),
            Role::Wrong => coloured(Color::Red).add_modifier(Modifier::BOLD),
            Role::Flagged => coloured(Color::Magenta).add_modifier(Modifier::BOLD),
            Role::Warn => coloured(Color::Yellow).add_modifier(Modifier::BOLD),
            Role::Struck => plain.add_modifier(Modifier::DIM | Modifier::CROSSED_OUT),
            Role::Here => plain.add_modifier(Modifier::REVERSED),
        }
    }

    /// Our symbol as this theme shows it. Letters of any script stay as they are.
    pub fn symbol(self, symbol: &str) -> &str {
        if !self.ascii {
            return symbol;
        }
        match symbol {
            "●" => "*",
            "◐" => "/",
            "■" => "#",
            "□" => "_",
            "○" => "o",
            "·" => ".",
            "⚑" => "F",
            "★" => "*",
            "✓" => "+",
            "✗" => "x",
            "›" | "→" => ">",
            "‹" | "←" => "<",
            "↑" => "^",
            "↓" => "v",
            "⏎" => "Enter",
            "━" | "─" => "-",
            "│" => "|",
            "┌" | "┐" | "└" | "┘" | "├" | "┤" | "┬" | "┴" | "┼" => "+",
            "█" | "▌" => "#",
            "░" => ".",
            "▁" => "1",
            "▂" => "2",
            "▃" => "3",
            "▄" => "4",
            "▅" => "5",
            "▆" => "6",
            "▇" => "7",
            "◷" => "@",
            "…" | "≈" => "~",
            "–" | "−" => "-",
            "×" => "x",
            other => other,
        }
    }
}
