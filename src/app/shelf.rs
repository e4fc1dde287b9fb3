//! The banks a student can choose from, as the app knows them.

use std::collections::HashMap;
use std::sync::Arc;

use crate::engine::bank::Bank;
use crate::engine::holdings::Holdings;
use crate::engine::readiness::Blueprint;
use crate::engine::slug::Slug;
use crate::engine::text::Text;

/// The name under which the chosen bank's id is set.
pub const CHOSEN: &str = "bank";

/// A bank and where it comes from.
#[derive(Clone, Debug)]
pub struct Volume {
    /// The bank.
    pub bank: Arc<Bank>,
    /// Where it comes from, for reading: "built in", or a path.
    pub place: Text,
    /// How many of its questions are broken and left out.
    pub left_out: usize,
    /// What to give to `examdeck check`; `None` for a built-in bank.
    pub check: Option<Text>,
    /// What it holds.
    pub held: Arc<Holdings>,
    /// The exam that is drawn from it.
    pub exam: Arc<Blueprint>,
}

impl Volume {
    /// Counts what `bank` holds; that takes a moment if it is a large one.
    pub fn new(bank: Arc<Bank>, place: Text, left_out: usize, check: Option<Text>) -> Self {
        let held = Arc::new(Holdings::of(&bank));
        let exam = Arc::new(Blueprint::of(&bank, &held));
        Self { bank, place, left_out, check, held, exam }
    }

    /// The notice about questions that are left out, if there are any.
    pub fn left_out_notice(&self) -> Option<String> {
        let path = self.check.as_ref().map_or("", Text::as_str);
        match self.left_out {
            0 => None,
            1 => Some(format!("1 question of this bank is broken and left out: `examdeck check {path}` names it")),
            n => {
                Some(format!("{n} questions of this bank are broken and left out: `examdeck check {path}` names them"))
            }
        }
    }
}

/// All banks, and what could not be used.
#[derive(Clone, Debug, Default)]
pub struct Shelf {
    /// The banks; each id once.
    pub volumes: Vec<Volume>,
    /// A line for each thing that was not usable.
    pub problems: Vec<Text>,
}

impl Shelf {
    /// The index of the bank with this id.
    pub fn find(&self, id: &Slug) -> Option<usize> {
        self.volumes.iter().position(|v| v.bank.id == *id)
    }

    /// The index of the bank that the settings say was chosen, if it is still there.
    pub fn chosen(&self, settings: &HashMap<String, String>) -> Option<usize> {
        self.find(&Slug::new(settings.get(CHOSEN)?)?)
    }
}
