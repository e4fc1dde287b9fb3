//! examdeck: a terminal program with which people prepare for an exam.
//!
//! The binary is thin; everything is here. Data flows one way, files → engine → app → screen:
//!
//! ```text
//! main → cli → runtime → { ui, app, storage, content, exchange, publish } → engine
//!        ui → app, engine          app → engine         storage → engine
//!        content → engine          publish → engine     exchange → content, engine
//! ```
//!
//! An arrow means "may import"; nothing points left, and a test (`tests/layers.rs`) reads the sources and says so.
//!
//! | Room | What lives there |
//! | - | - |
//! | [`engine`] | the rules of examining and of learning: banks, the draw, a sitting, its score; decks, schedule, the day's queue, the plan towards an exam; pure, valid by construction |
//! | [`content`] | TOML files → engine, and everything that is wrong with them, with line and column |
//! | [`exchange`] | banks and decks on their way: packed into one file, checked, installed or removed as a whole; students' answers for an instructor |
//! | [`storage`] | a student's progress in SQLite; every step of a sitting and every grade of a card is on the disk before the next key |
//! | [`app`] | the model, the messages that change it, the effects it asks for, and what each screen says |
//! | [`ui`] | paints what the app says |
//! | [`publish`] | what leaves the program as a page: exams with their keys, cards to cut, the guide, the certificate |
//! | [`runtime`] | the real world: loop, terminal, signals, clock, loader, effects performed |
//! | [`cli`] | the command line, a file a command |
//!
//! Five ideas carry the rest:
//!
//! 1. **Time and randomness are arguments.** Only `runtime` asks for the time or for chance ([`engine::time::Now`],
//!    seeds). A two-hour exam runs in a millisecond in a test, through the real loop.
//! 2. **Time is spent, not compared.** A sitting keeps the time it has used; pauses, restarts, clock steps and DST need
//!    no code ([`engine::exam::Exam::elapse`]).
//! 3. **The log is the truth.** A sitting is its paper and its steps; resuming is replaying
//!    ([`engine::exam::Exam::replay`]), and the paper holds the questions themselves, as they were seen.
//! 4. **Effects are data.** [`app::update::update`] returns what it wants done; the answer comes back as a message, so a
//!    failed write is a case like any other and nothing is lost ([`app::saving`]).
//! 5. **Text from strangers is made harmless once**, at the boundary: [`engine::text::Text`].
//!
//! Begin to read at [`app::update`] for the program and at [`engine::exam`] for the rules.

pub mod app;
pub mod cli;
pub mod content;
pub mod engine;
pub mod exchange;
pub mod publish;
pub mod runtime;
pub mod storage;
pub mod ui;
