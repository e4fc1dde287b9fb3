//! What the program is doing: the model, the messages that change it, the effects it asks for, and the pages it shows.
//!
//! [`update::update`] is the only way to change a [`Model`](model::Model); it asks for effects by returning them.
//! [`frame::frame`] says what is on the screen in meanings (a key, a flag, a wrong option), and `ui` paints it.

pub mod among;
pub mod banks;
pub mod card_page;
pub mod card_view;
pub mod cards;
pub mod certificate;
pub mod decks;
pub mod drill;
pub mod effect;
pub mod frame;
pub mod guide;
pub mod help;
pub mod history;
pub mod home;
pub mod input;
pub mod keys;
pub mod marks;
pub mod mistakes;
pub mod model;
pub mod page;
pub mod preview;
pub mod progress;
pub mod prompt;
pub mod question_page;
pub mod question_view;
pub mod result;
pub mod review;
pub mod room;
pub mod saving;
pub mod search;
pub mod setup;
pub mod shelf;
pub mod sitting;
pub mod snippet;
pub mod study;
pub mod typing;
pub mod update;
pub mod walk;
pub mod withheld;
pub mod wrap;
