//! What is asked today, and in which order.

use std::collections::{HashMap, VecDeque};
use std::time::Duration;

use super::day::Day;
use super::deck::Card;
use super::plan::{NEW_STRETCH, Plan};
use super::review::{CardState, Phase};
use super::schedule::Scheduler;
use super::slug::Slug;
use super::time::Wall;

/// If nothing else is left, a card in its steps is shown this long before its time.
pub const AHEAD: Duration = Duration::from_secs(20 * 60);

/// A card that may be asked.
#[derive(Clone, Copy, Debug)]
pub struct Candidate<'a> {
    /// Its place in the caller's list of all cards; the queue names cards by it, and a plan deals its last days by it.
    pub card: usize,
    /// The same number for the cards of one entry; from [`families`].
    pub family: u32,
    /// Whether the student made it: of the new cards it comes first.
    pub own: bool,
    /// Where it stands.
    pub state: &'a CardState,
}

/// For each card a number that its siblings, the cards of the same entry of the same deck, share with it. The numbers
/// count from 0.
pub fn families(cards: &[Card]) -> Vec<u32> {
    let mut known: HashMap<(&Slug, &Slug), u32> = HashMap::new();
    cards
        .iter()
        .map(|card| {
            let next = known.len() as u32;
            *known.entry((&card.deck, &card.entry.id)).or_insert(next)
        })
        .collect()
}

/// How much a student wants to do in a day. Looks at cards in their steps do not count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// New cards begun.
    pub new_per_day: u32,
    /// Reviews of learned cards.
    pub reviews_per_day: u32,
}

impl Default for Limits {
    fn default() -> Self {
        Limits { new_per_day: 20, reviews_per_day: 200 }
    }
}

impl Limits {
    /// The limits of one day. A [`Plan`]'s pace takes the place of the limit of new cards, up to twice that limit. The
    /// day is one for all decks: `cards` are all that there are, whichever deck is asked, as `done` counts all.
    pub fn of_day(self, cards: &[Candidate], today: Day, done: Done, plan: Option<&Plan>) -> Limits {
        let Some(plan) = plan.filter(|plan| plan.days_left(today) > 0) else { return self };
        let left = cards.iter().filter(|c| c.state.phase == Phase::New && c.state.is_available(today)).count() as u32;
        let pace = plan.new_today(left + done.new, today);
        Limits { new_per_day: pace.min(self.new_per_day.saturating_mul(NEW_STRETCH)), ..self }
    }
}

/// What was done today; it counts against the [`Limits`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Done {
    /// New cards begun.
    pub new: u32,
    /// Reviews of learned cards.
    pub reviews: u32,
}

impl Done {
    /// Counts a grade by the card's phase before it.
    pub fn count(&mut self, before: Phase) {
        match before {
            Phase::New => self.new += 1,
            Phase::Review => self.reviews += 1,
            Phase::Learning { .. } | Phase::Relearning { .. } => {}
        }
    }
}

/// How many cards a queue still holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// New cards.
    pub new: usize,
    /// Learned cards that are due.
    pub due: usize,
    /// Cards in their steps.
    pub learning: usize,
}

impl Counts {
    /// `12 new · 19 due · 3 learning`; the last is said if there are any.
    pub fn label(&self) -> String {
        let learning = if self.learning > 0 { format!(" · {} learning", self.learning) } else { String::new() };
        format!("{} new · {} due{learning}", self.new, self.due)
    }
}

/// What is still to be asked today. A small value: a copy from before a grade is all that taking it back needs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Queue {
    /// Cards in their steps, by time.
    learning: VecDeque<(Wall, usize)>,
    /// Reviews with the new cards among them.
    main: VecDeque<(Kind, usize)>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    New,
    Due,
}

impl Queue {
    /// The queue for the rest of today.
    ///
    /// Cards in their steps go by time. Reviews go by the chance of recall, the lowest first; beyond the limit they wait
    /// for tomorrow. New cards, the student's own first and else in the order of the list, are spread evenly among
    /// them. Of the cards of one entry only one is asked a day: if one was graded or buried today or is queued, the others
    /// wait. What is buried or suspended gives its place among the day's cards to another.
    /// With a [`Plan`], cards whose final pass is today are due, and when days grow short, new cards of entries with
    /// siblings go before reviews of those siblings. `limits` are those [of the day](Limits::of_day).
    pub fn build(
        cards: &[Candidate],
        today: Day,
        limits: Limits,
        done: Done,
        scheduler: &Scheduler,
        plan: Option<&Plan>,
    ) -> Queue {
        let mut taken = Families::seen_today(cards, today);
        let available = || cards.iter().filter(move |c| c.state.is_available(today));
        let learning = learning(available(), today, &mut taken);
        let new_quota = limits.new_per_day.saturating_sub(done.new) as usize;
        let sizes = count_by_family(cards.iter().filter(|c| !c.state.suspended), taken.0.len());
        let urgent = |c: &&Candidate| plan.is_some_and(|p| p.presses(sizes[c.family as usize], today));
        let mut new = begin(available().filter(|c| c.own), new_quota, &mut taken);
        let own = new.len();
        new.extend(begin(available().filter(urgent), new_quota - own, &mut taken));
        let quota = limits.reviews_per_day.saturating_sub(done.reviews) as usize;
        let due = due(available(), today, scheduler, plan, quota, &mut taken);
        new.extend(begin(available(), new_quota - new.len(), &mut taken));
        new[own..].sort_unstable();
        Queue { learning: learning.into(), main: spread(due, new) }
    }

    /// The card to ask now: one in its steps whose time has come, else the next review or new card, else one whose time
    /// comes within 20 minutes. `None` if there is none; [`waits_until`](Self::waits_until) says whether one will be.
    pub fn next(&self, now: Wall) -> Option<usize> {
        let step_by = |by: Wall| self.learning.front().filter(|(due, _)| *due <= by).map(|&(_, card)| card);
        step_by(now)
            .or_else(|| self.main.front().map(|&(_, card)| card))
            .or_else(|| step_by(Wall(now.0.saturating_add_unsigned(AHEAD.as_secs()))))
    }

    /// When the first card in its steps will be shown, if only such cards are left.
    pub fn waits_until(&self) -> Option<Wall> {
        let &(due, _) = self.learning.front().filter(|_| self.main.is_empty())?;
        Some(Wall(due.0.saturating_sub_unsigned(AHEAD.as_secs())))
    }

    /// Takes note that a card was graded: it leaves the queue, or comes back in it if it is in steps that end today.
    pub fn graded(&mut self, card: usize, after: &CardState, today: Day) {
        self.remove(card);
        if after.is_in_steps() && after.due_day <= today {
            let at = self.learning.partition_point(|&(due, _)| due <= after.due);
            self.learning.insert(at, (after.due, card));
        }
    }

    /// Takes a card out.
    pub fn remove(&mut self, card: usize) {
        self.learning.retain(|&(_, c)| c != card);
        self.main.retain(|&(_, c)| c != card);
    }

    /// Names its cards anew, as their places in the caller's list have changed; `None` is a card that is not there any more.
    pub fn rename(&mut self, place: impl Fn(usize) -> Option<usize>) {
        self.learning = self.learning.iter().filter_map(|&(due, card)| Some((due, place(card)?))).collect();
        self.main = self.main.iter().filter_map(|&(kind, card)| Some((kind, place(card)?))).collect();
    }

    /// Keeps only the first `most` cards, those in their steps before the others.
    pub fn truncate(&mut self, most: usize) {
        self.learning.truncate(most);
        self.main.truncate(most - self.learning.len());
    }

    /// What it still holds.
    pub fn counts(&self) -> Counts {
        let new = self.main.iter().filter(|(kind, _)| *kind == Kind::New).count();
        Counts { new, due: self.main.len() - new, learning: self.learning.len() }
    }

    /// Every card it holds: those in their steps by time, then the rest in order.
    pub fn cards(&self) -> impl Iterator<Item = usize> {
        self.learning.iter().map(|&(_, card)| card).chain(self.main.iter().map(|&(_, card)| card))
    }
}

/// Entries of which a card was graded or buried today, or is queued.
struct Families(Vec<bool>);

impl Families {
    fn seen_today(cards: &[Candidate], today: Day) -> Families {
        let count = cards.iter().map(|c| c.family as usize + 1).max().unwrap_or(0);
        let mut families = Families(vec![false; count]);
        for card in cards.iter().filter(|c| c.state.last_day == Some(today) || c.state.is_buried(today)) {
            families.0[card.family as usize] = true;
        }
        families
    }

    /// Whether the card is the first of its entry today; from now on its siblings are not.
    fn take(&mut self, card: &Candidate) -> bool {
        !std::mem::replace(&mut self.0[card.family as usize], true)
    }
}

/// Cards in steps that end today, by time. Those begun on another day yield to a sibling that was graded today.
fn learning<'a, 'c: 'a>(
    cards: impl Iterator<Item = &'a Candidate<'c>>,
    today: Day,
    taken: &mut Families,
) -> Vec<(Wall, usize)> {
    // A card's time is of its own day; of a later one, on which the clock was wrong, it says nothing.
    let due = |c: &Candidate| if c.state.due_day <= today { c.state.due } else { Wall::default() };
    let mut steps: Vec<_> = cards.filter(|c| c.state.is_in_steps() && c.state.is_due(today)).collect();
    steps.sort_by_key(|c| (due(c), c.card));
    steps.retain(|c| c.state.last_day == Some(today) || taken.take(c));
    steps.into_iter().map(|c| (due(c), c.card)).collect()
}

/// At most `quota` learned cards that are due, the most nearly forgotten first. Cards that await a plan's final pass go
/// before their siblings, and before others if not all can be asked.
fn due<'a, 'c: 'a>(
    cards: impl Iterator<Item = &'a Candidate<'c>>,
    today: Day,
    scheduler: &Scheduler,
    plan: Option<&Plan>,
    quota: usize,
    taken: &mut Families,
) -> Vec<usize> {
    let awaits = |c: &Candidate| plan.is_some_and(|plan| plan.awaits_final_pass(c.state, today));
    let learned: Vec<_> = cards.filter(|c| c.state.phase == Phase::Review).collect();
    let awaiting = count_by_family(learned.iter().filter(|c| awaits(c)).copied(), taken.0.len());
    let wanted = |c: &Candidate| {
        let press = |plan: &Plan| plan.final_pass_is_due(c.card, awaiting[c.family as usize], today);
        c.state.is_due(today) || (awaits(c) && plan.is_some_and(press))
    };
    let mut due: Vec<_> =
        learned.into_iter().filter(|c| wanted(c)).map(|c| (recall(c.state, scheduler, today), c)).collect();
    due.sort_by(|(a, x), (b, y)| (!awaits(x)).cmp(&!awaits(y)).then(a.total_cmp(b)).then(x.card.cmp(&y.card)));
    let mut due: Vec<_> = due.into_iter().filter(|(_, c)| taken.take(c)).take(quota).collect();
    due.sort_by(|(a, x), (b, y)| a.total_cmp(b).then(x.card.cmp(&y.card)));
    due.into_iter().map(|(_, c)| c.card).collect()
}

/// The chance that a card is recalled today.
fn recall(state: &CardState, scheduler: &Scheduler, today: Day) -> f32 {
    let days = state.last_day.map_or(0, |last| today.since(last));
    state.memory.map_or(0.0, |memory| scheduler.retrievability(memory, days as f32))
}

/// How many of the cards each entry has.
fn count_by_family<'a, 'c: 'a>(cards: impl Iterator<Item = &'a Candidate<'c>>, families: usize) -> Vec<u32> {
    let mut counts = vec![0; families];
    for card in cards {
        counts[card.family as usize] += 1;
    }
    counts
}

/// At most `quota` new cards in the order of the list.
fn begin<'a, 'c: 'a>(cards: impl Iterator<Item = &'a Candidate<'c>>, quota: usize, taken: &mut Families) -> Vec<usize> {
    cards.filter(|c| c.state.phase == Phase::New && taken.take(c)).take(quota).map(|c| c.card).collect()
}

/// Spreads new cards evenly among the reviews, a review first.
fn spread(due: Vec<usize>, new: Vec<usize>) -> VecDeque<(Kind, usize)> {
    let (reviews, fresh) = (due.len(), new.len());
    let (mut due, mut new) = (due.into_iter(), new.into_iter());
    (0..reviews + fresh)
        .filter_map(|i| {
            let begun = |n: usize| n * fresh / (reviews + fresh);
            if begun(i + 1) > begun(i) {
                new.next().map(|card| (Kind::New, card))
            } else {
                due.next().map(|card| (Kind::Due, card))
            }
        })
        .collect()
}
