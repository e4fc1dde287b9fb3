//! A small deck about pilotage, and students who learn it.

use std::sync::Arc;

use examdeck::app::effect::{Answer, Msg, Ready, Record};
use examdeck::app::frame::frame;
use examdeck::app::input::Size;
use examdeck::app::model::Model;
use examdeck::app::page::Line;
use examdeck::app::study::{DeckVolume, Kept, Study};
use examdeck::engine::day::{Day, day_of};
use examdeck::engine::deck::{CardKey, Deck};
use examdeck::engine::review::{CardState, Phase};
use examdeck::engine::schedule::Memory;
use examdeck::engine::text::Text;
use examdeck::engine::time::Wall;

use super::bank::bank;
use super::world::{self, Student, after, shelf};

/// The deck as its author wrote it: nine cards of six entries.
pub const LIGHTS: &str = r#"
format = 1

[deck]
id = "lights"
title = "Lights and marks"
version = "1.0.0"
license = "CC-BY-4.0"

[sources.handbook]
title = "The Harbour Pilot's Handbook"
organization = "Board of Pilots"
year = 2022

[[cards]]
id = "red-light"
front = "Which side shows the red light?"
back = "Port"
note = "Port wine is **red**, and so is the light."
sources = [{ id = "handbook", at = "§2.1" }]
both_ways = true

[[cards]]
id = "twelfths"
cloze = "By the rule of twelfths the water rises {{1/12::a part}} in the first hour and {{3/12}} in the third."

[[cards]]
id = "isophase"
front = "Isophase"
back = "Light and dark are of equal length."

[[cards]]
id = "occulting"
front = "Occulting"
back = "Light longer than dark."

[[cards]]
id = "fog"
front = """
You are under way in fog with the diaphone of the harbour on your starboard bow, and you hear one long blast forward \
of your beam from a vessel that neither you nor your lookout can see.

What do you do?"""
back = """
Take all way off, or slow to the least speed at which you keep your course, and go on with care until the danger is over.

- Do not turn to port for a vessel forward of the beam.
- Sound your own signal: one long blast at intervals of not more than two minutes."""
note = "The rule asks for it *every time* you hear a signal forward of the beam, not only when the other vessel seems near."
sources = [{ id = "handbook", at = "chapter 7, on restricted visibility, and the appendix on signals" }]

[[cards]]
id = "slack"
front = "Slack water"
back = "The tidal stream stands still."
both_ways = true
"#;

/// A deck of one card.
pub const KNOTS: &str = r#"
[deck]
id = "knots"
title = "Knots of the Harbour Pilot's Apprentice"
version = "0.3.0"

[[cards]]
id = "bowline"
front = "Which knot makes a loop that does not slip?"
back = "The bowline"
"#;

/// A deck of so many cards.
pub fn many(count: usize) -> String {
    let card = |i| format!("[[cards]]\nid = \"c{i}\"\nfront = \"{i}\"\nback = \"b{i}\"\n");
    let cards: String = (0..count).map(card).collect();
    format!("[deck]\nid = \"many\"\ntitle = \"Many\"\nversion = \"1.0.0\"\n{cards}")
}

/// The deck of a file's text.
pub fn deck(text: &str) -> Deck {
    use examdeck::content::{load_deck::load_deck, source::SourceFile};
    let loaded = load_deck(vec![SourceFile::new("deck.toml", text.as_bytes().to_vec())]);
    assert!(loaded.findings.is_empty(), "{:?}", loaded.findings);
    loaded.deck.expect("it loads")
}

/// The deck on its shelf.
pub fn volume(text: &str) -> DeckVolume {
    DeckVolume { deck: Arc::new(deck(text)), place: Text::new("built in"), left_out: 0, check: None }
}

/// The study day on which students begin.
pub fn today() -> Day {
    day_of(after(0.0).wall, &jiff::tz::TimeZone::UTC)
}

/// A card that was learned: last graded and due so many days ago.
pub fn learned(last: u32, due: u32) -> CardState {
    let day = |ago: u32| Day(today().0.saturating_sub_unsigned(ago));
    let at = |ago: u32| Wall(after(0.0).wall.0 - i64::from(ago) * 86_400);
    CardState {
        phase: Phase::Review,
        memory: Some(Memory { stability: 9.0, difficulty: 5.0 }),
        due: at(due),
        due_day: day(due),
        last: Some(at(last)),
        last_day: Some(day(last)),
        reps: 4,
        ..CardState::default()
    }
}

/// What the store knows of cards, by what a card's key ends in.
pub fn kept(states: &[(&str, CardState)], settings: &[(&str, &str)]) -> Kept {
    let keys = [LIGHTS, KNOTS].map(|text| deck(text).cards()).concat().into_iter().map(|c| c.key());
    let keys: Vec<CardKey> = keys.collect();
    let find =
        |end: &str| keys.iter().find(|k| k.to_string().ends_with(end)).unwrap_or_else(|| panic!("no card {end}"));
    Kept {
        states: states.iter().map(|(end, state)| (find(end).clone(), *state)).collect(),
        settings: settings.iter().map(|(name, value)| ((*name).into(), (*value).into())).collect(),
        ..Kept::default()
    }
}

/// At home with these decks.
pub fn learner(decks: &[&str], kept: Kept, columns: u16, rows: u16) -> Student {
    let now = after(0.0);
    let memory = world::Memory::default();
    let mut student = Student { m: Model::new(Size { columns, rows }, now, None), memory, now };
    student.send(ready(decks, kept));
    student
}

/// What the loader would bring.
pub fn ready(decks: &[&str], kept: Kept) -> Msg {
    Msg::Done(Answer::Ready(Box::new(Ready {
        shelf: shelf(vec![bank()]),
        history: Ok(Vec::new()),
        decks: decks.iter().map(|d| volume(d)).collect(),
        kept,
        learner: Default::default(),
        drills: Default::default(),
        holder: None,
        zone: jiff::tz::TimeZone::UTC,
        named_bank: None,
    })))
}

impl Student {
    pub fn study(&self) -> &Study {
        self.m.study.as_ref().expect("the decks are there")
    }

    /// Where the card stands whose key ends so.
    pub fn card(&self, end: &str) -> CardState {
        let study = self.study();
        let at = study.cards.iter().position(|c| c.key().to_string().ends_with(end));
        study.states[at.unwrap_or_else(|| panic!("no card {end}"))]
    }

    /// The states that the store would give back, worked out from what was written.
    pub fn stored(&self, key: &CardKey) -> Option<CardState> {
        let state_of = |record: &Record| match record {
            Record::Grade(grade) => Some((grade.key.clone(), grade.after)),
            Record::Ungrade(grade, _) => Some((grade.key.clone(), grade.before)),
            Record::Card(key, state) => Some((key.clone(), *state)),
            _ => None,
        };
        self.memory.cards.iter().rev().filter_map(state_of).find(|(k, _)| k == key).map(|(_, state)| state)
    }

    /// The lines of the screen that scroll.
    pub fn body(&self) -> String {
        frame(&self.m).body.iter().map(Line::text).collect::<Vec<_>>().join("\n")
    }

    /// The lines over the footer.
    pub fn bottom(&self) -> String {
        frame(&self.m).bottom.iter().map(Line::text).collect::<Vec<_>>().join("\n")
    }

    /// What stands at the right of the header.
    pub fn left(&self) -> String {
        frame(&self.m).right.text()
    }
}
