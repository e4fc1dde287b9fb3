//! A card's way through learning, review and lapses.
//!
//! The transitions are those of py-fsrs 6 (`Scheduler.review_card`), except that days are study days and not periods of
//! 24 hours. A state is a value: taking a grade back is keeping the state from before it.

use std::time::Duration;

pub use super::day::{Day, day_of};
use super::schedule::{Memory, Next, Rating, Scheduler};
use super::time::Wall;

/// Where a card is on its way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Phase {
    /// Never graded.
    #[default]
    New,
    /// In the steps of its first day.
    Learning {
        /// Which of [`Rules::learning_steps`], from 0.
        step: u8,
    },
    /// Learned; comes back after days.
    Review,
    /// Forgotten and in the steps of that day.
    Relearning {
        /// Which of [`Rules::relearning_steps`], from 0.
        step: u8,
    },
}

/// All that is known of a student's card; the default is a new one. Equal means equal bit for bit.
#[derive(Clone, Copy, Debug, PartialEq, Default)]
pub struct CardState {
    /// Where it is on its way.
    pub phase: Phase,
    /// What FSRS knows; `None` until the first grade.
    pub memory: Option<Memory>,
    /// When it is due; what counts while it is in steps.
    pub due: Wall,
    /// The day from which on it is due; what counts while it is in review.
    pub due_day: Day,
    /// When it was graded last.
    pub last: Option<Wall>,
    /// The study day of that.
    pub last_day: Option<Day>,
    /// How often it was graded.
    pub reps: u32,
    /// How often it was forgotten after it was learned.
    pub lapses: u32,
    /// Left out until the student takes it in again.
    pub suspended: bool,
    /// Left out on all days before this one.
    pub buried_until: Option<Day>,
}

impl CardState {
    /// The same card, left out for the rest of the day.
    pub fn buried(self, today: Day) -> CardState {
        CardState { buried_until: Some(today.plus(1)), ..self }
    }

    /// Whether it may be asked on this day, as far as the student is concerned. Nobody buries a card for longer than until
    /// tomorrow: what is later was done while the clock was wrong.
    pub fn is_available(&self, today: Day) -> bool {
        !self.suspended && !self.is_buried(today)
    }

    /// Whether it is left out for the rest of this day.
    pub fn is_buried(&self, today: Day) -> bool {
        self.buried_until.is_some_and(|day| day > today && day <= today.latest().plus(1))
    }

    /// Whether its day has come. A card that was graded while the clock was wrong, on a day to come, is due: else it would
    /// not be seen for years.
    pub fn is_due(&self, today: Day) -> bool {
        self.due_day <= today || self.last_day.is_some_and(|last| last > today.latest())
    }

    /// Whether it is in the steps within a day.
    pub fn is_in_steps(&self) -> bool {
        matches!(self.phase, Phase::Learning { .. } | Phase::Relearning { .. })
    }
}

/// How a student wants cards to be scheduled.
#[derive(Clone, Debug, PartialEq)]
pub struct Rules {
    /// Waits between the looks at a new card on its first day.
    pub learning_steps: Vec<Duration>,
    /// Waits between the looks at a forgotten card.
    pub relearning_steps: Vec<Duration>,
    /// The wanted chance of recall when a card is due.
    pub retention: f32,
    /// No interval is longer.
    pub max_interval_days: u32,
    /// After so many lapses a card is a leech; 0 for never.
    pub leech_lapses: u32,
}

impl Default for Rules {
    fn default() -> Self {
        let minutes = |n: u64| Duration::from_secs(n * 60);
        Rules {
            learning_steps: vec![minutes(1), minutes(10)],
            relearning_steps: vec![minutes(10)],
            retention: 0.9,
            max_interval_days: 36_500,
            leech_lapses: 8,
        }
    }
}

impl Rules {
    /// What is aimed at without an exam in sight.
    pub fn aim(&self) -> Aim {
        Aim { retention: self.retention, cap: None }
    }
}

/// What one grade aims at: the rules' own wish, or that of a [`Plan`](super::plan::Plan).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Aim {
    /// The wanted chance of recall when the card is due.
    pub retention: f32,
    /// Most days until the card is due; an interval is never under a day.
    pub cap: Option<u32>,
}

/// The card after a grade. The days since the last one are study days; a second grade on one day counts as the model's
/// short-term review.
pub fn answer(
    state: &CardState,
    rating: Rating,
    scheduler: &Scheduler,
    rules: &Rules,
    aim: Aim,
    now: Wall,
    today: Day,
) -> CardState {
    preview(state, scheduler, rules, aim, now, today)[usize::from(rating.number() - 1)]
}

/// The card after each grade, in the order of [`Rating::ALL`].
pub fn preview(
    state: &CardState,
    scheduler: &Scheduler,
    rules: &Rules,
    aim: Aim,
    now: Wall,
    today: Day,
) -> [CardState; 4] {
    let elapsed = state.last_day.map_or(0, |last| today.since(last));
    let next = scheduler.next(state.memory, aim.retention, elapsed);
    Rating::ALL.map(|rating| {
        let next = next[usize::from(rating.number() - 1)];
        let (phase, wait) = match step_after(state.phase, rating, rules) {
            Some((phase, wait)) => (phase, wait),
            None => (Phase::Review, DAY * whole_days(&next, rules, aim)),
        };
        let lapsed = state.phase == Phase::Review && rating == Rating::Again;
        CardState {
            phase,
            memory: Some(next.memory),
            due: Wall(now.0.saturating_add_unsigned(wait.as_secs())),
            // A step that runs past 04:00 is due from today on: whoever sits that late may still see it.
            due_day: today.plus((wait.as_secs() / DAY.as_secs()) as u32),
            last: Some(now),
            last_day: Some(today),
            reps: state.reps.saturating_add(1),
            lapses: state.lapses.saturating_add(u32::from(lapsed)),
            suspended: state.suspended,
            buried_until: None,
        }
    })
}

const DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// The interval in whole days: rounded, at least 1, at most what rules and aim allow.
fn whole_days(next: &Next, rules: &Rules, aim: Aim) -> u32 {
    let most = rules.max_interval_days.min(aim.cap.unwrap_or(u32::MAX)).clamp(1, 1 << 20);
    (next.interval_days.round() as u32).clamp(1, most) // a float that is no number becomes 0
}

/// The step that follows within the day, and how long until then; `None` if the card goes to review.
fn step_after(phase: Phase, rating: Rating, rules: &Rules) -> Option<(Phase, Duration)> {
    let (steps, step) = match phase {
        Phase::New => (&rules.learning_steps, 0),
        Phase::Learning { step } => (&rules.learning_steps, usize::from(step)),
        Phase::Relearning { step } => (&rules.relearning_steps, usize::from(step)),
        Phase::Review if rating == Rating::Again => (&rules.relearning_steps, 0),
        Phase::Review => return None,
    };
    let to = match rating {
        Rating::Again => 0,
        Rating::Hard => step,
        Rating::Good => step + 1,
        Rating::Easy => return None,
    };
    let wait = if rating == Rating::Hard && to == 0 { hard_first_step(steps)? } else { *steps.get(to)? };
    let step = u8::try_from(to).ok()?;
    match phase {
        Phase::New | Phase::Learning { .. } => Some((Phase::Learning { step }, wait)),
        Phase::Review | Phase::Relearning { .. } => Some((Phase::Relearning { step }, wait)),
    }
}

/// Hard on the first step waits for the mean of the first two, or half as long again as the only one.
fn hard_first_step(steps: &[Duration]) -> Option<Duration> {
    match steps {
        [] => None,
        [only] => Some(*only * 3 / 2),
        [first, second, ..] => Some((*first + *second) / 2),
    }
}

/// How long until the card is due, for the keys: `1 min`, `10 min`, `2 h`, `4 d`, `3 mo`, `1.2 y`.
pub fn interval_label(now: Wall, today: Day, state: &CardState) -> String {
    if state.is_in_steps() && state.due_day <= today {
        return match state.due.since(now).as_secs() {
            s @ 0..60 => format!("{s} s"),
            s if s < 3600 => format!("{} min", s.div_ceil(60)),
            s => format!("{} h", s.div_ceil(3600)),
        };
    }
    let days = state.due_day.since(today);
    let years = f64::from(days) / 365.25;
    match days {
        0..60 => format!("{days} d"),
        60..365 => format!("{:.0} mo", years * 12.0),
        _ if (years * 10.0).round() % 10.0 == 0.0 => format!("{years:.0} y"),
        _ => format!("{years:.1} y"),
    }
}

/// Whether the card was forgotten so often that it wants rewriting.
pub fn is_leech(state: &CardState, rules: &Rules) -> bool {
    rules.leech_lapses > 0 && state.lapses >= rules.leech_lapses
}

/// Whether a grade just made the card a leech, or is half as many lapses on from when that was last said.
pub fn is_leech_now(before: &CardState, after: &CardState, rules: &Rules) -> bool {
    after.lapses > before.lapses
        && is_leech(after, rules)
        && (after.lapses - rules.leech_lapses).is_multiple_of(rules.leech_lapses.div_ceil(2))
}

/// A grade, as it is logged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LogEntry {
    /// When.
    pub at: Wall,
    /// The study day of that, as it was where the student was.
    pub day: Day,
    /// The grade.
    pub rating: Rating,
}

/// The state worked out anew from a card's log, oldest first. `aim` tells what each grade aimed at; without a plan that
/// is [`Rules::aim`]. Suspending and burying are no grades, so the state is neither.
pub fn rebuild(log: &[LogEntry], scheduler: &Scheduler, rules: &Rules, aim: impl Fn(&LogEntry) -> Aim) -> CardState {
    log.iter().fold(CardState::default(), |state, entry| {
        answer(&state, entry.rating, scheduler, rules, aim(entry), entry.at, entry.day)
    })
}
