//! Painting: what the app shows, in the user's own colours.

pub mod theme;
pub mod view;

pub use theme::Theme;
pub use view::view;
