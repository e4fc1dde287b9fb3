//! `examdeck drill`: what was typed, as a drill that is wished for.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use crate::app::drill::setup::Wish;
use crate::engine::drill::choose::Mode;

use super::{filter, named_bank};

/// What was typed.
#[derive(Args, Debug)]
pub struct Arguments {
    /// Only these questions, such as `domain:rf missed`; quote it, or put it after `--`, if it begins with a `-`
    #[arg(value_name = "FILTER")]
    filter: Vec<String>,
    /// How questions are chosen
    #[arg(long, value_name = "MODE")]
    mode: Option<Word>,
    /// How many questions
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=100_000))]
    questions: Option<u32>,
    /// The bank: its id, or the path of its file or folder (default: the chosen one)
    #[arg(long, value_name = "ID|PATH")]
    bank: Option<String>,
    /// Ask in the order of this number, as far as your answers are the same
    #[arg(long, value_name = "S", value_parser = clap::value_parser!(u64).range(..1_000_000_000_000_000))]
    seed: Option<u64>,
}

/// A mode, as it is typed.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum Word {
    /// A mix of missed, new and known questions, most from where a right answer is worth most
    Weakest,
    /// The mistakes book
    Mistakes,
    /// New questions
    Unseen,
    /// All, shuffled
    All,
    /// Ten questions against the clock, at the exam's pace
    Sprint,
}

/// The drill, and the banks named by path.
pub fn wish(typed: Arguments) -> Result<(Wish, Vec<PathBuf>), String> {
    let filter = filter::read(&typed.filter)?;
    let (bank, named) = named_bank(typed.bank)?;
    let mode = typed.mode.map(|word| match word {
        Word::Weakest => Mode::Weakest,
        Word::Mistakes => Mode::Mistakes,
        Word::Unseen => Mode::Unseen,
        Word::All => Mode::All,
        Word::Sprint => Mode::Sprint,
    });
    Ok((Wish { bank, mode, filter, questions: typed.questions.map(|n| n as usize), seed: typed.seed }, named))
}
