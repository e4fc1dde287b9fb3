//! Opening the screens, and where they begin.

use std::path::PathBuf;

use crate::app::cards::CardsOrder;
use crate::app::drill::setup::Wish;
use crate::app::setup::Preset;
use crate::engine::slug::Slug;
use crate::engine::text::Text;
use crate::runtime::{self, Options, RunError, draft, loader};
use crate::ui::Theme;

use super::{Status, chain, complain};

/// Where the screens begin.
#[derive(Default)]
pub struct Start {
    /// Banks that were named by their paths.
    pub named: Vec<PathBuf>,
    /// The settings of a mock exam.
    pub preset: Option<Preset>,
    /// A sitting of cards.
    pub cards: Option<CardsOrder>,
    /// A bank or deck to preview, and the question or card to begin with.
    pub preview: Option<(PathBuf, Option<Slug>)>,
    /// The settings of a drill.
    pub drill: Option<Wish>,
}

/// Opens the screens, or says why there is no beginning there.
pub fn open(data_dir: PathBuf, start: Result<Start, String>, ascii: bool) -> Status {
    let start = match start {
        Ok(start) => start,
        Err(message) => return complain(&message),
    };
    let colour = loader::variable("NO_COLOR").is_none_or(|v| v.is_empty());
    let Start { named, preset, cards, drill, preview } = start;
    let options = Options { data_dir, named, preset, cards, drill, preview, theme: Theme { colour, ascii } };
    match runtime::run(options) {
        Ok(()) => Status::Ok,
        Err(error @ RunError::NoTerminal) => complain(&chain(&error)),
        Err(error) => {
            complain(&chain(&error));
            Status::Findings
        }
    }
}

/// What a preview shows: one bank or deck, which need not be whole.
pub fn preview(path: PathBuf, page: Option<String>) -> Result<Start, String> {
    draft::find(&path).map_err(|error| chain(&error))?;
    let no_id = |raw: &str| format!("`{}` is no id of a question or card", Text::new(raw).one_line());
    let page = page.map(|raw| Slug::new(&raw).ok_or_else(|| no_id(&raw))).transpose()?;
    Ok(Start { preview: Some((path, page)), ..Start::default() })
}

/// A sitting of flash cards.
pub fn cards(deck: Option<String>, cram: bool, limit: Option<usize>) -> Result<Start, String> {
    let no_id = |raw: &str| {
        let raw = Text::new(raw).one_line();
        format!("`{raw}` is no deck's id: `examdeck list` says which there are, `add` installs the file of another")
    };
    let deck = deck.map(|raw| Slug::new(&raw).ok_or_else(|| no_id(&raw))).transpose()?;
    Ok(Start { cards: Some(CardsOrder { deck, cram, limit }), ..Start::default() })
}
