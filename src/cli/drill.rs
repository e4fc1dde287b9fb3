//! `examdeck drill`: what was typed, as a drill that is wished for.

use clap::{Args, ValueEnum};

use crate::app::drill::setup::Wish;
use crate::engine::drill::choose::Mode;

use super::screens::Start;
use super::{filter, named};

/// What was typed.
#[derive(Args, Debug)]
pub struct Arguments {
    /// Only these questions, such as `domain:rf missed -type:tf`
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

/// A drill of what was typed.
///
/// # Errors
/// A line: a filter that cannot be read, a bank that cannot be sat.
pub fn start(typed: Arguments) -> Result<Start, String> {
    let filter = filter::read(&typed.filter)?;
    let (bank, named) = named::to_sit(typed.bank)?;
    let mode = typed.mode.map(|word| match word {
        Word::Weakest => Mode::Weakest,
        Word::Mistakes => Mode::Mistakes,
        Word::Unseen => Mode::Unseen,
        Word::All => Mode::All,
        Word::Sprint => Mode::Sprint,
    });
    let wish = Wish { bank, mode, filter, questions: typed.questions.map(|n| n as usize), seed: typed.seed };
    Ok(Start { named, drill: Some(wish), ..Start::default() })
}
