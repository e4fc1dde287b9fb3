//! The app: sittings through the real loop with a clock that jumps, keys, and random walks.

#[path = "app/banks.rs"]
mod banks;
#[path = "app/cards.rs"]
mod cards;
#[path = "app/cards_days.rs"]
mod cards_days;
#[path = "app/drill.rs"]
mod drill;
#[path = "app/keys.rs"]
mod keys;
#[path = "app/over.rs"]
mod over;
#[path = "app/preview.rs"]
mod preview;
#[path = "app/room.rs"]
mod room;
#[path = "app/search.rs"]
mod search;
mod support;
#[path = "app/time.rs"]
mod time;
#[path = "app/told.rs"]
mod told;
#[path = "app/walk.rs"]
mod walk;
#[path = "app/withheld.rs"]
mod withheld;
