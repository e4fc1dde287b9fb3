//! The real world: terminal, clock, signals, store, and the loop that joins them to the app.

pub mod certify;
pub mod clock;
pub mod draft;
pub mod editor;
pub mod effects;
pub mod event_loop;
pub mod fitting;
pub mod loader;
pub mod signals;
pub mod stock;
pub mod terminal;
pub mod watch;
pub mod world;

use std::io::{self, IsTerminal};
use std::path::PathBuf;

use thiserror::Error;

use crate::app::cards::CardsOrder;
use crate::app::drill::setup::Wish;
use crate::app::model::Model;
use crate::app::preview::Preview;
use crate::app::setup::Preset;
use crate::content::source::path_text;
use crate::engine::slug::Slug;
use crate::ui::Theme;

/// What the command line and the environment say about this run.
#[derive(Clone, Debug)]
pub struct Options {
    /// Where progress and installed content live.
    pub data_dir: PathBuf,
    /// Banks that were named by path.
    pub named: Vec<PathBuf>,
    /// Go on to the screen before an exam, with these settings.
    pub preset: Option<Preset>,
    /// Go on to a sitting with cards.
    pub cards: Option<CardsOrder>,
    /// Show this bank or deck as its author is writing it, and nothing else; a question or card to begin with.
    pub preview: Option<(PathBuf, Option<Slug>)>,
    /// Go on to the screen before a drill.
    pub drill: Option<Wish>,
    /// The look.
    pub theme: Theme,
}

/// Why the screens could not be shown, or went away.
#[derive(Debug, Error)]
pub enum RunError {
    /// Input or output is no terminal.
    #[error(
        "the screens need a terminal; `examdeck check`, `examdeck progress` and `examdeck --help` work without one"
    )]
    NoTerminal,
    /// The terminal failed.
    #[error("the terminal failed")]
    Terminal(#[source] io::Error),
    /// Content and store could not be read; the loader's own message went to standard error.
    #[error("reading the content failed")]
    Loader,
}

/// Shows the screens until the user leaves.
///
/// # Errors
/// If there is no terminal, or it fails. The terminal is restored in any case.
pub fn run(options: Options) -> Result<(), RunError> {
    if !io::stdin().is_terminal() || !io::stdout().is_terminal() {
        return Err(RunError::NoTerminal);
    }
    let mut clock = clock::Clock::start();
    let guard = terminal::Guard::enter().map_err(RunError::Terminal)?;
    signals::watch().map_err(RunError::Terminal)?;
    let size = terminal::size().map_err(RunError::Terminal)?;
    let mut model = Model::new(size, clock.now(), options.preset.clone());
    model.cards_wanted = options.cards.clone();
    if let Some((path, question)) = &options.preview {
        model.begin_with(Preview::of(path_text(path), question.clone()));
    }
    model.drill_wanted = options.drill.clone();
    let mut world = world::Real::new(options, clock).map_err(RunError::Terminal)?;
    let result = event_loop::run(&mut world, model);
    drop(world); // the store is closed before the terminal is given back
    drop(guard);
    result
}
