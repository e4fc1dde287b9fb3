//! When a card is due again: FSRS-6. The only file that knows the `fsrs` crate.
//!
//! The model keeps two numbers a card. *Stability* is the number of days after which the card is still recalled nine
//! times in ten; *difficulty*, from 1 to 10, is how slowly that grows. The formulas are those of
//! <https://github.com/open-spaced-repetition/awesome-fsrs/wiki/The-Algorithm>, worked out by the crate.

use fsrs::{ComputeParametersInput, DEFAULT_PARAMETERS, FSRS, FSRSError, FSRSItem, FSRSReview, MemoryState};

/// How many numbers FSRS-6 has.
pub const PARAMETERS: usize = 21;

/// How well the student knew a card.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Rating {
    /// Forgotten.
    Again,
    /// Recalled with trouble.
    Hard,
    /// Recalled.
    Good,
    /// Recalled at once.
    Easy,
}

impl Rating {
    /// From worst to best, as the keys have them.
    pub const ALL: [Rating; 4] = [Rating::Again, Rating::Hard, Rating::Good, Rating::Easy];

    /// The key and the stored number, 1 to 4.
    pub fn number(self) -> u8 {
        self as u8 + 1
    }

    /// The rating with this [`number`](Self::number).
    pub fn from_number(number: u8) -> Option<Self> {
        Self::ALL.into_iter().find(|r| r.number() == number)
    }

    /// The word on the key: `Again`, `Hard`, `Good`, `Easy`.
    pub fn label(self) -> &'static str {
        match self {
            Rating::Again => "Again",
            Rating::Hard => "Hard",
            Rating::Good => "Good",
            Rating::Easy => "Easy",
        }
    }
}

/// What FSRS knows of a card after its last grade.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Memory {
    /// Days until the chance of recall has fallen to 0.9.
    pub stability: f32,
    /// From 1 (easy) to 10 (hard).
    pub difficulty: f32,
}

/// FSRS-6's numbers, w0 to w20: the average student's, or fitted to one.
#[derive(Clone, Debug, PartialEq)]
pub struct Parameters(Vec<f32>);

impl Parameters {
    /// `None` unless there are 21 and all are finite.
    pub fn new(values: Vec<f32>) -> Option<Self> {
        (values.len() == PARAMETERS && values.iter().all(|v| v.is_finite())).then_some(Parameters(values))
    }

    /// w0 to w20.
    pub fn as_slice(&self) -> &[f32] {
        &self.0
    }
}

impl Default for Parameters {
    fn default() -> Self {
        Parameters(DEFAULT_PARAMETERS.to_vec())
    }
}

/// What a rating would lead to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Next {
    /// The card's memory after it.
    pub memory: Memory,
    /// Days until the chance of recall falls to the wanted retention; neither rounded nor limited.
    pub interval_days: f32,
}

/// FSRS-6 with one set of parameters.
#[derive(Clone, Debug)]
pub struct Scheduler {
    fsrs: FSRS,
    decay: f32,
}

impl Scheduler {
    /// Parameters outside FSRS-6's bounds are moved to the bound, as the crate does.
    pub fn new(parameters: &Parameters) -> Self {
        // A `Parameters` is valid by construction, so the default never stands in.
        let fsrs = FSRS::new(parameters.as_slice()).unwrap_or_default();
        Scheduler { fsrs, decay: parameters.0[PARAMETERS - 1].clamp(0.1, 0.8) }
    }

    /// What each rating would lead to, in the order of [`Rating::ALL`].
    ///
    /// `retention` is the wanted chance of recall when the card is due. `days_elapsed` of zero is a second look on the
    /// same day, for which FSRS-6 has its own formula. A memory that is not finite is forgotten.
    pub fn next(&self, memory: Option<Memory>, retention: f32, days_elapsed: u32) -> [Next; 4] {
        let state = memory
            .filter(|m| m.stability.is_finite() && m.difficulty.is_finite())
            .map(|m| MemoryState { stability: m.stability, difficulty: m.difficulty });
        match self.fsrs.next_states(state, retention, days_elapsed) {
            Ok(n) => [n.again, n.hard, n.good, n.easy].map(|s| Next {
                memory: Memory { stability: s.memory.stability, difficulty: s.memory.difficulty },
                interval_days: s.interval,
            }),
            // Finite in, finite out; were it ever otherwise, the card stays as it is and comes back tomorrow.
            Err(_) => {
                let memory = memory.unwrap_or(Memory { stability: 1.0, difficulty: 5.0 });
                [Next { memory, interval_days: 1.0 }; 4]
            }
        }
    }

    /// The chance, 0 to 1, that the card is recalled `days_elapsed` days after its last grade.
    pub fn retrievability(&self, memory: Memory, days_elapsed: f32) -> f32 {
        let state = MemoryState { stability: memory.stability.max(0.001), difficulty: memory.difficulty };
        fsrs::current_retrievability(state, days_elapsed.max(0.0), self.decay)
    }
}

impl Default for Scheduler {
    fn default() -> Self {
        Scheduler::new(&Parameters::default())
    }
}

/// Parameters fitted to a student's own log.
#[derive(Clone, Debug, PartialEq)]
pub struct Fit {
    /// The fitted parameters.
    pub parameters: Parameters,
    /// Log-loss of the parameters used until now over the same log; smaller is better.
    pub loss_before: f32,
    /// Log-loss of the fitted ones.
    pub loss_after: f32,
}

impl Fit {
    /// Whether the fitted parameters foresee the student's answers better.
    pub fn is_better(&self) -> bool {
        self.loss_after < self.loss_before
    }
}

/// Why parameters could not be fitted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FitError {
    /// No card was reviewed on a later day than its first.
    #[error("there are too few reviews on different days to fit the schedule to")]
    TooFew,
    /// The numbers ran off.
    #[error("fitting the schedule to the reviews led to no usable numbers")]
    NoFit,
}

impl From<FSRSError> for FitError {
    fn from(error: FSRSError) -> Self {
        match error {
            FSRSError::NotEnoughData => FitError::TooFew,
            _ => FitError::NoFit,
        }
    }
}

/// Fits FSRS-6 to a student's log, a history a card, oldest grade first: the rating and the days since the grade before
/// (the first one's are taken as 0). Deterministic; the crate's own threads share the work. Below 64 grades on later
/// days the crate fits the first stabilities only, below 8 nothing.
pub fn optimize(histories: &[Vec<(Rating, u32)>], current: &Parameters) -> Result<Fit, FitError> {
    let (items, cards) = training_items(histories);
    if items.is_empty() {
        return Err(FitError::TooFew);
    }
    let fitted = fsrs::compute_parameters(ComputeParametersInput {
        train_set: items.clone(),
        card_ids: Some(cards.clone()),
        ..ComputeParametersInput::default()
    })?;
    let parameters = Parameters::new(fitted).ok_or(FitError::NoFit)?;
    let loss = |p: &Parameters| -> Result<f32, FitError> {
        let evaluation = FSRS::new(p.as_slice())?.evaluate_with_card_ids(items.clone(), cards.clone(), |_| true)?;
        Ok(evaluation.log_loss)
    };
    Ok(Fit { loss_before: loss(current)?, loss_after: loss(&parameters)?, parameters })
}

/// One item for each grade that the model must foresee, with all grades before it, and the number of its card. Grades
/// on the day of the one before are no test of memory; they stay in the history only.
fn training_items(histories: &[Vec<(Rating, u32)>]) -> (Vec<FSRSItem>, Vec<i64>) {
    let mut items = Vec::new();
    let mut cards = Vec::new();
    for (card, history) in histories.iter().enumerate() {
        let reviews: Vec<FSRSReview> = history
            .iter()
            .enumerate()
            .map(|(i, &(rating, days))| FSRSReview {
                rating: u32::from(rating.number()),
                delta_t: if i == 0 { 0 } else { days },
            })
            .collect();
        for last in (1..reviews.len()).filter(|&i| reviews[i].delta_t > 0) {
            items.push(FSRSItem { reviews: reviews[..=last].to_vec() });
            cards.push(card as i64);
        }
    }
    (items, cards)
}
