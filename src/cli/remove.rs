//! `examdeck remove`: deletes an installed bank or deck.

use std::io::{BufRead, IsTerminal, Write};
use std::path::Path;

use clap::{Args, ValueEnum};

use crate::content::kind::ContentKind;
use crate::content::source::path_text;
use crate::engine::slug::Slug;
use crate::engine::text::Text;
use crate::exchange::remove::{find, remove};
use crate::runtime::loader;

use super::{Status, pack};

/// What was typed.
#[derive(Args, Clone, Debug)]
pub struct Orders {
    /// The id of the bank or deck
    #[arg(value_name = "ID")]
    pub id: String,
    /// Which of the two, if a bank and a deck have that id
    #[arg(long, value_enum, value_name = "KIND")]
    pub kind: Option<Kind>,
    /// Do not ask
    #[arg(long)]
    pub yes: bool,
}

/// A bank or a deck.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Kind {
    /// The bank
    Bank,
    /// The deck
    Deck,
}

impl From<Kind> for ContentKind {
    fn from(kind: Kind) -> Self {
        match kind {
            Kind::Bank => ContentKind::Bank,
            Kind::Deck => ContentKind::Deck,
        }
    }
}

/// Removes what `orders` name, after asking on a terminal.
pub fn run(orders: &Orders, data_dir: &Path, out: &mut impl Write, err: &mut impl Write) -> std::io::Result<Status> {
    let Some(id) = Slug::new(&orders.id) else {
        writeln!(err, "examdeck: `{}` is no id of a bank or a deck", Text::new(&orders.id).one_line())?;
        return Ok(Status::Usage);
    };
    let places = loader::places(data_dir);
    let found = match find(&places, &id, orders.kind.map(ContentKind::from)) {
        Ok(found) => found,
        Err(refused) => return pack::complain(&refused, err),
    };
    let path = path_text(&found.path).one_line();
    let name = found.name.clone().unwrap_or_else(|| format!("`{id}`"));
    if !orders.yes && !std::io::stdin().is_terminal() {
        writeln!(err, "examdeck: {name} is removed only if you say --yes, as there is no terminal to ask on")?;
        return Ok(Status::Usage);
    }
    if !orders.yes {
        write!(out, "Delete {name} in {path}? What you have answered stays. [y/N] ")?;
        out.flush()?;
        let mut answer = String::new();
        std::io::stdin().lock().read_line(&mut answer)?;
        if !matches!(answer.trim(), "y" | "Y" | "yes") {
            writeln!(out, "Nothing was removed")?;
            return Ok(Status::Ok);
        }
    }
    match remove(&found, &places, &mut |_| {}) {
        Ok(()) => {
            writeln!(out, "Removed {name}; what you have answered stays")?;
            Ok(Status::Ok)
        }
        Err(refused) => pack::complain(&refused, err),
    }
}
