//! Everything the program knows while it runs.

use std::collections::VecDeque;
use std::sync::Arc;
use std::time::Duration;

use jiff::tz::TimeZone;

use crate::engine::exam::Exam;
use crate::engine::learner::Learner;
use crate::engine::record::{ExamId, Reading, Summary};
use crate::engine::score::Score;
use crate::engine::search::Segment;
use crate::engine::text::Text;
use crate::engine::time::{Now, Wall};

use super::card_view::CardView;
use super::cards::{CardsOrder, Session};
use super::drill::Drilling;
use super::drill::setup::{DrillSetup, Wish};
use super::effect::{Drills, Record};
use super::guide::Reader;
use super::input::Size;
use super::keys::Context;
use super::preview::Preview;
use super::progress::{Outlook, Progress};
use super::prompt::Prompt;
use super::question_view::QuestionView;
use super::review::Review;
use super::search::Search;
use super::setup::{Preset, Setup};
use super::shelf::{Shelf, Volume};
use super::sitting::Sitting;
use super::study::Study;
use super::walk::Walk;

/// A screen and its own state.
#[derive(Clone, Debug)]
pub enum Screen {
    /// The first screen; the row at the cursor.
    Home(usize),
    /// Before an exam.
    Setup(Box<Setup>),
    /// The exam room; the sitting is [`Model::sitting`].
    Room,
    /// The review before the end.
    Review(Review),
    /// The result of [`Model::report`].
    Result,
    /// Going through the answers of [`Model::report`].
    Walk(Walk),
    /// The list of sittings; the row at the cursor.
    History(usize),
    /// The list of banks and decks; the row at the cursor.
    Banks(usize),
    /// The list of decks; the row at the cursor.
    Decks(usize),
    /// A sitting with cards.
    Cards(Box<Session>),
    /// Figures.
    Progress(Box<Progress>),
    /// A bank or a deck as its author is writing it; it is [`Model::preview`].
    Preview,
    /// What is found in that bank; the row at the cursor.
    Findings(usize),
    /// Before a drill.
    DrillSetup(Box<DrillSetup>),
    /// A drill; it is [`Model::drill`].
    Drill,
    /// The mistakes book of the chosen bank; the row at the cursor.
    Mistakes(usize),
    /// The search.
    Search(Box<Search>),
    /// A question that is looked at.
    Question(Box<QuestionView>),
    /// A card that is looked at.
    Card(Box<CardView>),
    /// The list of guides; the row at the cursor.
    Guides(usize),
    /// A guide that is read.
    Guide(Box<Reader>),
    /// The contents of the guide below; the row at the cursor.
    Contents(usize),
}

/// A screen and how far it is scrolled.
#[derive(Clone, Debug)]
pub struct Place {
    /// The screen.
    pub screen: Screen,
    /// The first line of the body that is shown.
    pub scroll: usize,
}

/// A marked sitting.
#[derive(Clone, Debug)]
pub struct Report {
    /// Its identifier.
    pub id: ExamId,
    /// The sitting.
    pub exam: Exam,
    /// Its score.
    pub score: Score,
    /// When it ended.
    pub ended: Wall,
    /// Where its certificate is, or why there is none, if one was asked for.
    pub certificate: Option<String>,
}

/// Whether sittings can be stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Access {
    /// Not known yet.
    Opening,
    /// They can.
    Ours,
    /// Another program has the data; it may be looked at.
    Held(Text),
    /// They cannot, and the text says why.
    Failed(Text),
}

/// A line for the user. It stands until the next key, or until what it speaks of is over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// What it says.
    pub text: String,
    /// Whether it stays when a key is pressed.
    pub lasting: bool,
}

/// The model.
#[derive(Clone, Debug)]
pub struct Model {
    /// The terminal's size.
    pub size: Size,
    /// The time of the last message.
    pub now: Now,
    /// The user's time zone.
    pub zone: TimeZone,
    /// The screens that were opened, the shown one last; never empty.
    pub places: Vec<Place>,
    /// The help's scroll, if it is open.
    pub help: Option<usize>,
    /// The banks; `None` while they load.
    pub shelf: Option<Shelf>,
    /// The chosen bank.
    pub volume: usize,
    /// All sittings, the newest first.
    pub history: Vec<Summary>,
    /// Whether sittings can be stored.
    pub access: Access,
    /// The cards; `None` while they load.
    pub study: Option<Study>,
    /// The student's way through the questions of all banks, as far as it is known.
    pub learner: Learner,
    /// What is foreseen for the chosen bank, for home.
    pub outlook: Option<Outlook>,
    /// Whether the student wants to see how many days of study came one after the other.
    pub streak: bool,
    /// The drills that wait, by bank.
    pub drills: Drills,
    /// The drill on the screen.
    pub drill: Option<Drilling>,
    /// The drill that the command line asks for, until the content is there.
    pub drill_wanted: Option<Wish>,
    /// The indexes of the search; `None` while they are made.
    pub segments: Option<Vec<Arc<Segment>>>,
    /// How far each guide was read.
    pub reading: Vec<Reading>,
    /// A line that is being typed.
    pub prompt: Option<Prompt>,
    /// The sitting that goes on.
    pub sitting: Option<Sitting>,
    /// The marked sitting that is looked at.
    pub report: Option<Report>,
    /// The bank whose author is looking at it.
    pub preview: Option<Box<Preview>>,
    /// Until when keys are not heard: those typed while the time ran out were meant for the exam room.
    pub deaf_until: Option<Duration>,
    /// A line for the user.
    pub notice: Option<Notice>,
    /// What is not written yet, the oldest first.
    pub outbox: VecDeque<Record>,
    /// Whether the oldest is being written.
    pub in_flight: bool,
    /// When to try again to write it.
    pub retry_at: Option<Duration>,
    /// Why the oldest could not be written, as long as anything is not.
    pub unsaved: Option<Text>,
    /// Whether the user was told that leaving now loses what is not written.
    pub leaving_unsaved: bool,
    /// What the command line asks for, until the content is there.
    pub preset: Option<Preset>,
    /// The sitting with cards that the command line asks for, until the content is there.
    pub cards_wanted: Option<CardsOrder>,
    /// What is being added: until it is, only keys that lead back and move are heard.
    pub adding: Option<Text>,
    /// What adding or removing a bank or a deck has said, until the next key.
    pub told: Vec<Text>,
    /// Whether the screen shows something old.
    pub dirty: bool,
}

impl Model {
    /// The program as it starts: at home, with nothing loaded. With a `preset` it goes on to the screen before an exam.
    pub fn new(size: Size, now: Now, preset: Option<Preset>) -> Self {
        Self {
            size,
            now,
            zone: TimeZone::UTC,
            places: vec![Place { screen: Screen::Home(0), scroll: 0 }],
            help: None,
            shelf: None,
            volume: 0,
            history: Vec::new(),
            access: Access::Opening,
            study: None,
            reading: Vec::new(),
            learner: Learner::default(),
            outlook: None,
            streak: true,
            drills: Drills::new(),
            drill: None,
            drill_wanted: None,
            segments: None,
            prompt: None,
            sitting: None,
            report: None,
            preview: None,
            deaf_until: None,
            notice: None,
            outbox: VecDeque::new(),
            in_flight: false,
            retry_at: None,
            unsaved: None,
            leaving_unsaved: false,
            preset,
            cards_wanted: None,
            adding: None,
            told: Vec::new(),
            dirty: true,
        }
    }

    /// Takes the preview for the first screen, in the place of home.
    pub fn begin_with(&mut self, preview: Preview) {
        self.preview = Some(Box::new(preview));
        self.places = vec![Place { screen: Screen::Preview, scroll: 0 }];
    }

    /// The shown screen.
    pub fn screen(&self) -> &Screen {
        &self.place().screen
    }

    /// The shown screen and its scroll.
    pub fn place(&self) -> &Place {
        // `places` begins with home or the preview, and `leave` never takes the last one.
        self.places.last().unwrap_or_else(|| unreachable!("home is always there"))
    }

    /// The shown screen and its scroll, to change.
    pub fn place_mut(&mut self) -> &mut Place {
        self.places.last_mut().unwrap_or_else(|| unreachable!("home is always there"))
    }

    /// Opens a screen above the shown one.
    pub fn enter(&mut self, screen: Screen) {
        self.places.push(Place { screen, scroll: 0 });
    }

    /// Closes the shown screen; home stays.
    pub fn leave(&mut self) {
        if self.places.len() > 1 {
            self.places.pop();
        }
    }

    /// Closes all screens but home.
    pub fn go_home(&mut self) {
        self.places.truncate(1);
        self.place_mut().scroll = 0;
        self.drill = None; // it waits as it was last written
    }

    /// Where keys are pressed.
    pub fn context(&self) -> Context {
        if let Some(prompt) = &self.prompt {
            return prompt.context();
        }
        if self.help.is_some() {
            return Context::Help;
        }
        self.screen_context()
    }

    /// Where keys are pressed when neither the help nor a typed line lies over the screen.
    pub fn screen_context(&self) -> Context {
        match self.screen() {
            Screen::Home(_) => Context::Home,
            Screen::Setup(_) => Context::Setup,
            Screen::Room if self.sitting.as_ref().is_some_and(|s| s.go_to.is_some()) => Context::GoTo,
            Screen::Room if self.sitting.as_ref().is_some_and(|s| s.exam.response().is_revealed()) => {
                Context::RoomAnswer
            }
            Screen::Room => Context::Room,
            Screen::Review(review) if review.asking => Context::Confirm,
            Screen::Review(_) => Context::Review,
            Screen::Result => Context::Result,
            Screen::Walk(_) => Context::Walk,
            Screen::History(_) => Context::History,
            Screen::Banks(_) => Context::Banks,
            Screen::Decks(_) => Context::Decks,
            Screen::Cards(_) => Context::Cards,
            Screen::Progress(_) => Context::Progress,
            Screen::Preview if self.preview.as_ref().is_some_and(|p| p.go_to.is_some()) => Context::GoTo,
            Screen::Preview => Context::Preview,
            Screen::Findings(_) => Context::Findings,
            Screen::DrillSetup(_) => Context::DrillSetup,
            Screen::Drill => self.drill.as_ref().map_or(Context::DrillEnd, Drilling::context),
            Screen::Mistakes(_) => Context::Mistakes,
            Screen::Search(_) => Context::Search,
            Screen::Question(_) => Context::Question,
            Screen::Card(_) => Context::Card,
            Screen::Guides(_) => Context::Guides,
            Screen::Guide(_) => Context::Guide,
            Screen::Contents(_) => Context::Contents,
        }
    }

    /// Whether exam time passes: in the exam room, and in what lies over it, such as a guide that explains an answer.
    pub fn is_examining(&self) -> bool {
        self.sitting.is_some() && self.places.iter().any(|place| matches!(place.screen, Screen::Room))
    }

    /// Whether the time of a drilled question passes.
    pub fn is_drilling(&self) -> bool {
        matches!(self.screen(), Screen::Drill) && self.drill.as_ref().is_some_and(Drilling::is_timed)
    }

    /// The chosen bank.
    pub fn volume(&self) -> Option<&Volume> {
        self.shelf.as_ref()?.volumes.get(self.volume)
    }

    /// Says something until the next key.
    pub fn say(&mut self, text: impl Into<String>) {
        self.notice = Some(Notice { text: text.into(), lasting: false });
    }

    /// Says something until it is over.
    pub fn say_lasting(&mut self, text: impl Into<String>) {
        self.notice = Some(Notice { text: text.into(), lasting: true });
    }

    /// The sittings that have not ended.
    pub fn waiting(&self) -> impl DoubleEndedIterator<Item = &Summary> {
        self.history.iter().filter(|s| s.outcome.is_none())
    }

    /// The one of them that was last sat.
    pub fn unfinished(&self) -> Option<&Summary> {
        self.waiting().rev().max_by_key(|s| s.last_active)
    }

    /// Whether the screen must be drawn again; asking makes it false.
    pub fn take_dirty(&mut self) -> bool {
        std::mem::take(&mut self.dirty)
    }

    /// A day as the user's calendar says.
    pub fn local_day(&self, wall: Wall) -> String {
        jiff::Timestamp::from_second(wall.0)
            .map(|t| t.to_zoned(self.zone.clone()).strftime("%-d %b %Y").to_string())
            .unwrap_or_default()
    }

    /// A day and time as the user's wall says.
    pub fn local(&self, wall: Wall) -> String {
        jiff::Timestamp::from_second(wall.0)
            .map(|t| t.to_zoned(self.zone.clone()).strftime("%-d %b %Y %H:%M").to_string())
            .unwrap_or_default()
    }
}
