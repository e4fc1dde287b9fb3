//! A student's cards: where each stands, how it is scheduled, and what today asks for.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use crate::engine::day::Day;
use crate::engine::deck::{Card, CardKey, Deck};
use crate::engine::plan::{Outlook, Plan};
use crate::engine::queue::{Candidate, Counts, Done, Limits, Queue, families};
use crate::engine::record::Reading;
use crate::engine::review::{Aim, CardState, Phase, Rules};
use crate::engine::schedule::{Parameters, Scheduler};
use crate::engine::slug::Slug;
use crate::engine::text::Text;

/// The name under which the exam's date is set.
pub const EXAM_DATE: &str = "exam-date";
/// The name under which the student's own FSRS parameters are set, as numbers with spaces between.
pub const PARAMETERS: &str = "parameters";
/// The name under which the parameters before those are kept, to go back to.
pub const FORMER_PARAMETERS: &str = "former-parameters";
/// The name under which it is set how many grades there were when parameters were last fitted.
pub const FITTED_AT: &str = "fitted-at-grades";

/// A deck and where it comes from.
#[derive(Clone, Debug)]
pub struct DeckVolume {
    /// The deck.
    pub deck: Arc<Deck>,
    /// Where it comes from, for reading.
    pub place: Text,
    /// How many of its cards are broken and left out.
    pub left_out: usize,
    /// What to give to `examdeck check`; `None` for a built-in deck.
    pub check: Option<Text>,
}

impl DeckVolume {
    /// The notice about cards that are left out, if there are any.
    pub fn left_out_notice(&self) -> Option<String> {
        let path = self.check.as_ref().map_or("", Text::as_str);
        match self.left_out {
            0 => None,
            1 => Some(format!("1 card is broken and left out: `examdeck check {path}` names it")),
            n => Some(format!("{n} cards are broken and left out: `examdeck check {path}` names them")),
        }
    }
}

/// What the store knows of cards and guides.
#[derive(Clone, Debug, Default)]
pub struct Kept {
    /// The states of cards that were ever touched.
    pub states: HashMap<CardKey, CardState>,
    /// What was done on the day of loading.
    pub done: Done,
    /// How many cards were graded on each day.
    pub days: BTreeMap<Day, u32>,
    /// The settings that were made.
    pub settings: HashMap<String, String>,
    /// How far each guide was read.
    pub reading: Vec<Reading>,
}

/// All decks and the student's way through them.
#[derive(Clone, Debug)]
pub struct Study {
    /// The decks.
    pub decks: Vec<DeckVolume>,
    /// All cards of all decks, in order.
    pub cards: Vec<Card>,
    families: Vec<u32>,
    /// Where each card stands.
    pub states: Vec<CardState>,
    /// How intervals are worked out.
    pub scheduler: Scheduler,
    /// How cards are scheduled.
    pub rules: Rules,
    /// How much a day holds.
    pub limits: Limits,
    exam_day: Option<Day>,
    day: Day,
    /// What was done on `day`.
    pub done: Done,
    /// How many cards were graded on each day.
    pub days: BTreeMap<Day, u32>,
    /// What `day` still asks for, by deck and in all.
    today: Vec<Counts>,
    outlook: Option<Outlook>,
}

impl Study {
    /// The decks as they stand on `today`.
    pub fn new(decks: Vec<DeckVolume>, kept: Kept, today: Day) -> Self {
        let cards: Vec<Card> = decks.iter().flat_map(|d| d.deck.cards()).collect();
        let states = cards.iter().map(|c| kept.states.get(&c.key()).copied().unwrap_or_default()).collect();
        let parameters = kept.settings.get(PARAMETERS).and_then(|p| parameters(p)).unwrap_or_default();
        let mut study = Self {
            families: families(&cards),
            decks,
            cards,
            states,
            scheduler: Scheduler::new(&parameters),
            rules: Rules::default(),
            limits: Limits::default(),
            exam_day: kept.settings.get(EXAM_DATE).and_then(|d| d.parse().ok()).map(Day::from_date),
            day: today,
            done: kept.done,
            days: kept.days,
            today: Vec::new(),
            outlook: None,
        };
        study.refresh(today);
        study
    }

    /// Puts the decks that belong to this bank, or to none, before the others.
    pub fn prefer(&mut self, bank: &Slug) {
        if !self.decks.is_sorted_by_key(|d| !d.deck.belongs_to(bank)) {
            self.decks.sort_by_key(|d| !d.deck.belongs_to(bank));
            let decks = std::mem::take(&mut self.decks);
            self.replace_decks(decks, HashMap::new());
        }
    }

    /// Works out anew what `today` asks for.
    pub fn refresh(&mut self, today: Day) {
        if today != self.day {
            self.day = today;
            self.done = Done::default();
        }
        let ids: Vec<Slug> = self.decks.iter().map(|d| d.deck.id.clone()).collect();
        let mut counts: Vec<Counts> = ids.iter().map(|id| self.queue(Some(id)).counts()).collect();
        counts.push(self.queue(None).counts());
        self.today = counts;
        self.outlook = self
            .plan()
            .and_then(|plan| plan.outlook(&self.candidates(None), &self.scheduler, &self.rules, self.limits, self.day));
    }

    /// The day for which all this holds.
    pub fn day(&self) -> Day {
        self.day
    }

    /// The plan towards the exam's date, if one is set.
    pub fn plan(&self) -> Option<Plan> {
        self.exam_day.map(|exam_day| Plan { exam_day })
    }

    /// Sets the exam's date, or takes it away.
    pub fn set_exam_day(&mut self, day: Option<Day>) {
        self.exam_day = day;
        self.refresh(self.day);
    }

    /// What the plan means, if there is one and the exam lies ahead.
    pub fn outlook(&self) -> Option<Outlook> {
        self.outlook
    }

    /// What today asks for in all decks.
    pub fn counts(&self) -> Counts {
        self.today.last().copied().unwrap_or_default()
    }

    /// What today asks for in the deck at `index`.
    pub fn deck_counts(&self, index: usize) -> Counts {
        self.today.get(index).copied().unwrap_or_default()
    }

    /// What a grade of the card at `card` aims at.
    pub fn aim(&self, card: usize) -> Aim {
        self.plan().map_or_else(|| self.rules.aim(), |plan| plan.aim(card, &self.rules, self.day))
    }

    /// The queue for the rest of today, of one deck or of all.
    pub fn queue(&self, deck: Option<&Slug>) -> Queue {
        let plan = self.plan();
        let limits = self.limits.of_day(&self.candidates(None), self.day, self.done, plan.as_ref());
        Queue::build(&self.candidates(deck), self.day, limits, self.done, &self.scheduler, plan.as_ref())
    }

    fn candidates(&self, deck: Option<&Slug>) -> Vec<Candidate<'_>> {
        self.of_deck(deck)
            .map(|card| Candidate {
                card,
                family: self.families[card],
                own: self.cards[card].is_own(),
                state: &self.states[card],
            })
            .collect()
    }

    /// The places of the cards of a deck, or of all.
    pub fn of_deck(&self, deck: Option<&Slug>) -> impl Iterator<Item = usize> {
        (0..self.cards.len()).filter(move |&i| deck.is_none_or(|d| self.cards[i].deck == *d))
    }

    /// How many cards of a deck, or of all, are still to be begun, on this day or another: all but the suspended ones.
    pub fn new_left(&self, deck: Option<&Slug>) -> usize {
        let is_new = |state: &CardState| state.phase == Phase::New && !state.suspended;
        self.of_deck(deck).filter(|&i| is_new(&self.states[i])).count()
    }

    /// How many cards of a deck are suspended.
    pub fn suspended(&self, deck: Option<&Slug>) -> usize {
        self.of_deck(deck).filter(|&i| self.states[i].suspended).count()
    }

    /// Puts a deck in the place of the one with its id, or adds it.
    pub fn replace_deck(&mut self, volume: DeckVolume) {
        let known: HashMap<CardKey, CardState> =
            self.cards.iter().map(Card::key).zip(self.states.iter().copied()).collect();
        match self.decks.iter_mut().find(|d| d.deck.id == volume.deck.id) {
            Some(old) => *old = volume,
            None => self.decks.push(volume),
        }
        self.deal(known);
    }

    /// Takes the decks as they are now. `stored` is what the store knows of their cards; what is known here is newer.
    pub fn replace_decks(&mut self, decks: Vec<DeckVolume>, stored: HashMap<CardKey, CardState>) {
        let mut known = stored;
        known.extend(self.cards.iter().map(Card::key).zip(self.states.iter().copied()));
        self.decks = decks;
        self.deal(known);
    }

    /// Works out cards and states from the decks.
    fn deal(&mut self, known: HashMap<CardKey, CardState>) {
        self.cards = self.decks.iter().flat_map(|d| d.deck.cards()).collect();
        self.states = self.cards.iter().map(|c| known.get(&c.key()).copied().unwrap_or_default()).collect();
        self.families = families(&self.cards);
        self.refresh(self.day);
    }
}

/// Parameters as they are stored; `None` if they are not.
pub fn parameters(text: &str) -> Option<Parameters> {
    Parameters::new(text.split_whitespace().map(|n| n.parse().ok()).collect::<Option<_>>()?)
}

/// Parameters in the form in which they are stored.
pub fn parameters_text(parameters: &Parameters) -> String {
    parameters.as_slice().iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")
}
