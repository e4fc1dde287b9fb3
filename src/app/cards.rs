//! A sitting with flash cards: a front, its back, a grade; what was done is taken back step by step, without limit.

use std::collections::{HashMap, HashSet, VecDeque};

use crate::engine::day::{Day, day_of};
use crate::engine::deck::{Card, CardKey};
use crate::engine::draw::shuffled;
use crate::engine::queue::{Done, Queue};
use crate::engine::record::Grade;
use crate::engine::review::{CardState, is_leech_now, preview};
use crate::engine::schedule::Rating;
use crate::engine::slug::Slug;
use crate::engine::time::Wall;

use super::effect::{Effect, Record};
use super::keys::Action;
use super::model::{Model, Screen};
use super::saving::save;
use super::study::{DeckVolume, Study};

pub mod page;

/// What is to be studied.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CardsOrder {
    /// Only this deck.
    pub deck: Option<Slug>,
    /// Go through all cards without touching their schedule.
    pub cram: bool,
    /// At most so many cards; one that comes back in its steps counts once.
    pub limit: Option<usize>,
}

/// What was done to a card.
#[derive(Clone, Debug)]
enum Deed {
    /// It was graded; the log's entry.
    Graded(Box<Grade>),
    /// It was graded while cramming, which changes nothing but the pile.
    Crammed,
    /// It was buried or suspended.
    SetAside,
}

/// A step that can be taken back: everything as it was before it.
#[derive(Clone, Debug)]
struct Past {
    deed: Deed,
    card: usize,
    turned: bool,
    before: CardState,
    day: Day,
    done: Done,
    queue: Queue,
    pile: VecDeque<usize>,
}

/// The sitting's state.
#[derive(Clone, Debug)]
pub struct Session {
    order: CardsOrder,
    nonce: u64,
    queue: Queue,
    /// The cards to cram.
    pile: VecDeque<usize>,
    current: Option<usize>,
    turned: bool,
    past: Vec<Past>,
    /// How many grades were given, those taken back among them; makes the log's identifiers differ.
    given: u16,
}

/// Opens a sitting; `nonce` is a number by chance.
pub fn open(m: &mut Model, order: CardsOrder, nonce: u64) {
    let today = day_of(m.now.wall, &m.zone);
    let now = m.now.wall;
    let Some(study) = &mut m.study else { return };
    study.refresh(today);
    let mut pile = Vec::new();
    if order.cram {
        pile = study.of_deck(order.deck.as_ref()).filter(|&i| !study.states[i].suspended).collect();
        pile = shuffled(pile, nonce);
        pile.truncate(order.limit.unwrap_or(usize::MAX));
    }
    let queue = Queue::default();
    let mut session =
        Session { order, nonce, queue, pile: pile.into(), current: None, turned: false, past: Vec::new(), given: 0 };
    session.fill(study);
    session.take_next(now);
    m.enter(Screen::Cards(Box::new(session)));
    m.dirty = true;
}

impl Session {
    /// Makes the queue for the rest of the day, of as many cards as are still wanted.
    fn fill(&mut self, study: &Study) {
        if self.order.cram {
            return;
        }
        self.queue = study.queue(self.order.deck.as_ref());
        if let Some(limit) = self.order.limit {
            self.queue.truncate(limit.saturating_sub(self.cards_graded()));
        }
    }

    fn cards_graded(&self) -> usize {
        self.grades().map(|past| past.card).collect::<HashSet<_>>().len()
    }

    fn grades(&self) -> impl Iterator<Item = &Past> {
        self.past.iter().filter(|past| !matches!(past.deed, Deed::SetAside))
    }

    /// Notes that `deed` is about to be done to `card`.
    fn note(&mut self, deed: Deed, card: usize, study: &Study) {
        self.past.push(Past {
            deed,
            card,
            turned: self.turned,
            before: study.states[card],
            day: study.day(),
            done: study.done,
            queue: self.queue.clone(),
            pile: self.pile.clone(),
        });
    }

    fn take_next(&mut self, now: Wall) {
        self.turned = false;
        self.current = if self.order.cram { self.pile.front().copied() } else { self.queue.next(now) };
    }

    /// Names its cards anew; what was done to cards that are gone cannot be taken back any more.
    fn rename(&mut self, place: impl Fn(usize) -> Option<usize>, now: Wall) {
        self.queue.rename(&place);
        self.pile = self.pile.iter().filter_map(|&card| place(card)).collect();
        let past = std::mem::take(&mut self.past).into_iter().filter_map(|mut past| {
            past.card = place(past.card)?;
            past.queue.rename(&place);
            past.pile = past.pile.iter().filter_map(|&card| place(card)).collect();
            Some(past)
        });
        self.past = past.collect();
        match self.current.and_then(place) {
            None => self.take_next(now),
            current => self.current = current,
        }
    }

    fn next_id(&mut self, now: Wall) -> uuid::Uuid {
        self.given = self.given.wrapping_add(1);
        let mut bytes = [0; 10];
        bytes[..8].copy_from_slice(&self.nonce.to_le_bytes());
        bytes[8..].copy_from_slice(&self.given.to_be_bytes()); // so that the log is in order within a second
        let millis = u64::try_from(now.0).unwrap_or(0) * 1000;
        uuid::Builder::from_unix_timestamp_millis(millis, &bytes).into_uuid()
    }
}

/// Puts the student's own deck as it is now in the place of the one before. A sitting that goes on names its cards by
/// their places in the list, which may have moved.
pub fn replace_deck(m: &mut Model, deck: DeckVolume) {
    let Some(study) = &mut m.study else { return };
    let before: Vec<CardKey> = study.cards.iter().map(Card::key).collect();
    study.replace_deck(deck);
    let now: HashMap<CardKey, usize> = study.cards.iter().enumerate().map(|(at, card)| (card.key(), at)).collect();
    for place in &mut m.places {
        if let Screen::Cards(session) = &mut place.screen {
            session.rename(|card| now.get(&before[card]).copied(), m.now.wall);
        }
    }
}

/// Does `action`. Returns whether the view must move to the answer.
pub fn act(m: &mut Model, action: Action, effects: &mut Vec<Effect>) -> bool {
    let Screen::Cards(session) = m.screen() else { return false };
    let mut session = session.clone();
    let Some(mut study) = m.study.take() else { return false };
    let now = m.now.wall;
    let today = day_of(now, &m.zone);
    if today != study.day() {
        study.refresh(today);
        session.fill(&study);
    }
    let mut said = None;
    match action {
        Action::Turn if session.turned => grade(&mut session, &mut study, Rating::Good, now, m, &mut said, effects),
        Action::Turn if session.current.is_some() => session.turned = true,
        Action::Turn => session.take_next(now), // a card in its steps may have come due meanwhile
        Action::Grade(number) if session.turned => {
            if let Some(rating) = Rating::from_number(number) {
                grade(&mut session, &mut study, rating, now, m, &mut said, effects);
            }
        }
        Action::Grade(_) if session.current.is_some() => said = Some("Turn the card first: Space".to_owned()),
        Action::Undo => undo(&mut session, &mut study, m, &mut said, effects),
        Action::Bury | Action::SetAside => set_aside(&mut session, &mut study, action, now, m, &mut said, effects),
        _ => {}
    }
    m.study = Some(study);
    let turned = session.turned;
    let place = m.place_mut();
    place.screen = Screen::Cards(session);
    place.scroll = 0;
    if let Some(text) = said {
        m.say(text);
    }
    turned
}

fn grade(
    session: &mut Session,
    study: &mut Study,
    rating: Rating,
    now: Wall,
    m: &mut Model,
    said: &mut Option<String>,
    effects: &mut Vec<Effect>,
) {
    let Some(card) = session.current else { return };
    let before = study.states[card];
    if session.order.cram {
        session.note(Deed::Crammed, card, study);
        session.pile.pop_front();
        if rating == Rating::Again {
            session.pile.push_back(card);
        }
    } else {
        let aim = study.aim(card);
        let after =
            preview(&before, &study.scheduler, &study.rules, aim, now, study.day())[usize::from(rating.number() - 1)];
        let grade = Grade {
            id: session.next_id(now),
            key: study.cards[card].key(),
            at: now,
            day: study.day(),
            rating,
            aim,
            before,
            after,
        };
        session.note(Deed::Graded(Box::new(grade.clone())), card, study);
        study.states[card] = after;
        study.done.count(before.phase);
        *study.days.entry(study.day()).or_default() += 1;
        session.queue.graded(card, &after, study.day());
        if is_leech_now(&before, &after, &study.rules) {
            *said = Some(format!("A leech, forgotten {} times: rewrite or suspend it", after.lapses));
        }
        save(m, Record::Grade(Box::new(grade)), effects);
    }
    session.take_next(now);
}

/// Takes back what was done last in the sitting, and nothing else.
fn undo(session: &mut Session, study: &mut Study, m: &mut Model, said: &mut Option<String>, effects: &mut Vec<Effect>) {
    let Some(past) = session.past.pop() else {
        *said = Some("Nothing to take back".into());
        return;
    };
    study.states[past.card] = past.before;
    if past.day == study.day() {
        study.done = past.done;
        session.queue = past.queue;
    } else {
        session.fill(study); // what was left yesterday is not what is left today
    }
    session.pile = past.pile;
    session.current = Some(past.card);
    session.turned = past.turned;
    *said = Some("Taken back: grade it again".into());
    match past.deed {
        Deed::Crammed => {}
        Deed::Graded(grade) => {
            if let Some(grades) = study.days.get_mut(&grade.day) {
                *grades = grades.saturating_sub(1);
            }
            save(m, Record::Ungrade(grade, m.now.wall), effects);
        }
        Deed::SetAside => {
            *said = Some("Taken back: the card is in again".into());
            save(m, Record::Card(study.cards[past.card].key(), past.before), effects);
        }
    }
}

/// Buries the card for the day, or suspends it.
fn set_aside(
    session: &mut Session,
    study: &mut Study,
    action: Action,
    now: Wall,
    m: &mut Model,
    said: &mut Option<String>,
    effects: &mut Vec<Effect>,
) {
    let Some(card) = session.current else { return };
    session.note(Deed::SetAside, card, study);
    let state = study.states[card];
    let state = if action == Action::Bury { state.buried(study.day()) } else { CardState { suspended: true, ..state } };
    study.states[card] = state;
    let record = Record::Card(study.cards[card].key(), state);
    session.fill(study); // its place among today's cards is another's
    session.pile.retain(|&c| c != card);
    *said = Some(if action == Action::Bury {
        "Buried until tomorrow".into()
    } else {
        "Suspended: r in the list of decks takes it in".into()
    });
    save(m, record, effects);
    session.take_next(now);
}

/// Takes all suspended cards of a deck in again. Returns how many.
pub fn take_in(m: &mut Model, deck: Option<&Slug>, effects: &mut Vec<Effect>) -> usize {
    let Some(mut study) = m.study.take() else { return 0 };
    let cards: Vec<usize> = study.of_deck(deck).filter(|&i| study.states[i].suspended).collect();
    for &card in &cards {
        study.states[card].suspended = false;
        save(m, Record::Card(study.cards[card].key(), study.states[card]), effects);
    }
    study.refresh(study.day());
    m.study = Some(study);
    cards.len()
}
