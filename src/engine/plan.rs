//! Studying towards a date.
//!
//! A heuristic, not a theorem. With the day of an exam set:
//!
//! 1. **No interval reaches past the exam.** What FSRS would put later comes back in the final pass instead.
//! 2. **The wanted retention rises** in a straight line over the last 30 days, from the student's own to 0.95.
//! 3. **The final pass**: in the last 7 days before the exam every learned card is seen once. Each card has a day of
//!    these by its place in the list; one that was missed is dealt anew to a day that is left. A card that is reviewed in
//!    these days for any other reason has had its pass.
//! 4. **New cards are spread evenly** over the days before the final pass (over the days that are left, if it has
//!    begun), and this pace takes the place of the student's limit, up to twice that limit. Entries of several cards,
//!    of which only one is asked a day, are begun first when the days grow short.
//!
//! On the day of the exam and after it a plan asks for nothing.

use super::day::Day;
use super::queue::{Candidate, Limits};
use super::review::{Aim, CardState, Phase, Rules, answer};
use super::schedule::{Rating, Scheduler};
use super::time::Wall;

/// The farthest exam that is planned for. An outlook works its days out one by one.
pub const MOST_DAYS: u32 = 731;
/// Days of the final pass.
pub const FINAL_DAYS: u32 = 7;
/// Days over which the wanted retention rises.
pub const RISE_DAYS: u32 = 30;
/// The wanted retention on the day of the exam.
pub const FINAL_RETENTION: f32 = 0.95;
/// A plan may ask for so many times the student's limit of new cards.
pub const NEW_STRETCH: u32 = 2;

/// A plan that ends on the day of the exam. What it does is said above.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Plan {
    /// The day of the exam; the last day of study is the one before.
    pub exam_day: Day,
}

impl Plan {
    /// Days of study left, today among them; 0 on the day of the exam.
    pub fn days_left(&self, today: Day) -> u32 {
        self.exam_day.since(today)
    }

    /// The first day of the final pass.
    pub fn final_start(&self) -> Day {
        Day(self.exam_day.0.saturating_sub_unsigned(FINAL_DAYS))
    }

    /// Days before the final pass, today among them.
    fn days_before_final(&self, today: Day) -> u32 {
        self.final_start().since(today)
    }

    /// The wanted retention on a day: `base` until 30 days before the exam, then on a straight line to 0.95.
    pub fn retention(&self, base: f32, today: Day) -> f32 {
        let left = self.days_left(today);
        if left == 0 || left >= RISE_DAYS || base >= FINAL_RETENTION {
            return base;
        }
        base + (FINAL_RETENTION - base) * (RISE_DAYS - left) as f32 / RISE_DAYS as f32
    }

    /// What a grade aims at, for the card with this place in the list. Before the final pass no interval reaches past
    /// the card's day of it; in the final pass none reaches past the exam.
    pub fn aim(&self, card: usize, rules: &Rules, today: Day) -> Aim {
        let cap = match self.days_left(today) {
            0 => None,
            left if self.days_before_final(today) == 0 => Some(left),
            _ => Some(self.final_day(card, today).since(today)),
        };
        Aim { retention: self.retention(rules.retention, today), cap }
    }

    /// The day of a card's final pass, as it stands today. Neighbours in the list, and so most siblings, have different
    /// days. Once the exam is there it is the day of the exam.
    pub fn final_day(&self, card: usize, today: Day) -> Day {
        let first = self.final_start().plus(card as u32 % FINAL_DAYS);
        match self.days_left(today) {
            0 => self.exam_day,
            _ if first >= today => first,
            left => today.plus(card as u32 % left),
        }
    }

    /// Whether the final pass has begun and has yet to see this card.
    pub fn awaits_final_pass(&self, state: &CardState, today: Day) -> bool {
        self.days_left(today) > 0
            && self.days_before_final(today) == 0
            && state.phase == Phase::Review
            && state.last_day.is_none_or(|last| last < self.final_start())
    }

    /// Whether a card that [awaits its final pass](Self::awaits_final_pass) is wanted today: its day has come, or so
    /// many cards of its entry await theirs (itself among them) that there is hardly a day for each.
    pub fn final_pass_is_due(&self, card: usize, awaiting: u32, today: Day) -> bool {
        self.final_day(card, today) <= today || (awaiting > 1 && self.days_left(today) <= awaiting + 1)
    }

    /// New cards wanted on this day, if `new_left` were not begun when it dawned.
    pub fn new_today(&self, new_left: u32, today: Day) -> u32 {
        match (self.days_before_final(today), self.days_left(today)) {
            (_, 0) => 0,
            (0, left) => new_left.div_ceil(left),
            (before, _) => new_left.div_ceil(before),
        }
    }

    /// Whether it is time to begin the new cards of an entry with so many cards, of which only one can be asked a day:
    /// they go before other new cards and before reviews of their siblings when fewer than two days a card are left
    /// before the final pass.
    pub fn presses(&self, cards_of_entry: u32, today: Day) -> bool {
        cards_of_entry > 1
            && self.days_left(today) > 0
            && self.days_before_final(today) <= cards_of_entry.saturating_mul(2)
    }

    /// What the plan means for the student; `None` once the exam is there, and more than [`MOST_DAYS`] before it (a
    /// clock may be wrong). Suspended cards do not count.
    pub fn outlook(
        &self,
        cards: &[Candidate],
        scheduler: &Scheduler,
        rules: &Rules,
        limits: Limits,
        today: Day,
    ) -> Option<Outlook> {
        let days = self.days_left(today);
        (1..=MOST_DAYS)
            .contains(&days)
            .then(|| Simulation::new(*self, cards, scheduler, rules, limits, today).outlook())
    }
}

/// What lies ahead, worked out as if every answer were Good.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Outlook {
    /// Reviews a day on average until the exam, rounded up; a student who forgets has more.
    pub reviews_per_day: u32,
    /// New cards a day.
    pub new_per_day: u32,
    /// Whether the deck is through in time: new cards come at no more than twice the student's limit a day, and the
    /// reviews, of which those over the limit wait for the next day, are all done on the day before the exam.
    pub fits: bool,
    /// The cards not begun.
    pub new_left: u32,
    /// How many of them fit; all of them if the plan does.
    pub would_fit: u32,
}

/// The days until the exam, each with its reviews. The load of a card does not hang on other cards, so that loads add
/// up; new cards that are begun on one day and have one day of the final pass are alike, and worked out once.
struct Simulation<'a> {
    plan: Plan,
    scheduler: &'a Scheduler,
    rules: &'a Rules,
    limits: Limits,
    today: Day,
    /// Places in the list of the cards not begun, in order.
    new: Vec<usize>,
    /// Reviews a day of the cards that are begun.
    begun: Vec<u32>,
    /// Review days of a new card, by the day of its beginning and its place modulo 7.
    paths: Vec<[Vec<Day>; FINAL_DAYS as usize]>,
}

impl<'a> Simulation<'a> {
    fn new(
        plan: Plan,
        cards: &[Candidate],
        scheduler: &'a Scheduler,
        rules: &'a Rules,
        limits: Limits,
        today: Day,
    ) -> Self {
        let days = plan.days_left(today);
        let mut sim = Simulation {
            begun: vec![0; days as usize],
            new: cards.iter().filter(|c| !c.state.suspended && c.state.phase == Phase::New).map(|c| c.card).collect(),
            paths: Vec::new(),
            plan,
            scheduler,
            rules,
            limits,
            today,
        };
        for card in cards.iter().filter(|c| !c.state.suspended && c.state.phase != Phase::New) {
            for day in sim.review_days(card.card, card.state, sim.first_day(card)) {
                sim.begun[day.since(today) as usize] += 1;
            }
        }
        if !sim.new.is_empty() {
            sim.paths = (0..days)
                .map(|d| std::array::from_fn(|i| sim.review_days(i, &CardState::default(), today.plus(d))))
                .collect();
        }
        sim
    }

    /// When a card that is begun comes next.
    fn first_day(&self, card: &Candidate) -> Day {
        let due = if card.state.is_in_steps() { self.today } else { card.state.due_day.max(self.today) };
        let seen = card.state.last_day.is_some_and(|last| last >= self.plan.final_start());
        if seen || card.state.is_in_steps() { due } else { due.min(self.plan.final_day(card.card, self.today)) }
    }

    /// The days on which a card is reviewed if it next comes on `day` and is always Good.
    fn review_days(&self, card: usize, state: &CardState, mut day: Day) -> Vec<Day> {
        let mut days = Vec::new();
        let mut state = *state;
        while day < self.plan.exam_day {
            if state.phase == Phase::Review {
                days.push(day);
            }
            state = self.good(card, &state, day);
            day = state.due_day.max(day.plus(1));
        }
        days
    }

    /// The card after a day on which it is Good until it has left its steps.
    fn good(&self, card: usize, state: &CardState, day: Day) -> CardState {
        let aim = self.plan.aim(card, self.rules, day);
        let wall = Wall(i64::from(day.0) * 86_400);
        let mut state = answer(state, Rating::Good, self.scheduler, self.rules, aim, wall, day);
        for _ in 0..self.rules.learning_steps.len().max(self.rules.relearning_steps.len()) {
            if state.is_in_steps() {
                state = answer(&state, Rating::Good, self.scheduler, self.rules, aim, wall, day);
            }
        }
        state
    }

    fn outlook(&self) -> Outlook {
        let new_left = self.new.len();
        let total: u64 = self.load(new_left).iter().map(|&n| u64::from(n)).sum();
        let fits = self.fits(new_left);
        Outlook {
            reviews_per_day: total.div_ceil(self.begun.len() as u64) as u32,
            new_per_day: self.plan.new_today(new_left as u32, self.today),
            fits,
            new_left: new_left as u32,
            would_fit: if fits { new_left } else { self.most_that_fit(new_left) } as u32,
        }
    }

    /// Reviews a day if only the first `new` of the new cards are begun.
    fn load(&self, new: usize) -> Vec<u32> {
        let mut load = self.begun.clone();
        let mut from = 0;
        for (d, paths) in self.paths.iter().enumerate() {
            let quota = self.plan.new_today((new - from) as u32, self.today.plus(d as u32)) as usize;
            let to = (from + quota).min(new);
            for day in self.new[from..to].iter().flat_map(|card| &paths[card % FINAL_DAYS as usize]) {
                load[day.since(self.today) as usize] += 1;
            }
            from = to;
        }
        load
    }

    fn fits(&self, new: usize) -> bool {
        let pace = self.plan.new_today(new as u32, self.today);
        let waiting = self
            .load(new)
            .into_iter()
            .fold(0, |waiting: u32, load| (waiting + load).saturating_sub(self.limits.reviews_per_day));
        pace <= self.limits.new_per_day.saturating_mul(NEW_STRETCH) && waiting == 0
    }

    /// The largest number of new cards that fits, below one that does not.
    fn most_that_fit(&self, too_many: usize) -> usize {
        let (mut fit, mut not) = (0, too_many);
        while fit + 1 < not {
            let middle = (fit + not) / 2;
            if self.fits(middle) { fit = middle } else { not = middle }
        }
        fit
    }
}
