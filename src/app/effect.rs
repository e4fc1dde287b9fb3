//! What the app asks of the world, and what the world answers.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use crate::engine::answer::Answered;
use crate::engine::bank::Bank;
use crate::engine::day::Day;
use crate::engine::deck::CardKey;
use crate::engine::draw::Request;
use crate::engine::drill::kept::Kept;
use crate::engine::exam::{Conditions, Entry, Exam};
use crate::engine::fault::Fault;
use crate::engine::learner::{Learner, Mark};
use crate::engine::question::Question;
use crate::engine::record::{self, ExamId, Grade, Stored, Summary};
use crate::engine::review::CardState;
use crate::engine::schedule::Parameters;
use crate::engine::score::Score;
use crate::engine::search::{Origin, Segment};
use crate::engine::slug::Slug;
use crate::engine::text::Text;
use crate::engine::time::Wall;

use super::cards::CardsOrder;
use super::drill::DrillOrder;
use super::input::{Key, Size};
use super::preview::draft::{FileLine, Reading};
use super::shelf::Shelf;
use super::study::{DeckVolume, Kept as KeptCards};

/// The drills that wait, by bank; `None` for one that cannot be read.
pub type Drills = HashMap<Slug, Option<Kept>>;

/// Something that happened. Every message comes with the time at which it did.
#[derive(Debug)]
pub enum Msg {
    /// A key was pressed.
    Key(Key),
    /// Text was pasted. A paste answers no question.
    Paste(Text),
    /// The time that was waited for has come.
    Tick,
    /// The terminal has another size.
    Resize(Size),
    /// The program goes on after it was stopped.
    Resumed,
    /// The world answers.
    Done(Answer),
}

/// Something the app wants done.
#[derive(Debug)]
pub enum Effect {
    /// End the program.
    Quit,
    /// Stop the program until the shell continues it.
    Suspend,
    /// Write to the store. Answered with [`Answer::Saved`] or [`Answer::NotSaved`].
    Save(Record),
    /// Draw a paper, begin a sitting and write it. Answered with [`Answer::Begun`] or [`Answer::Refused`].
    Begin(Box<Order>),
    /// Read a sitting to go on with it. Answered with [`Answer::Opened`] or [`Answer::Refused`].
    Continue(ExamId),
    /// Read a sitting to look at it. Answered with [`Answer::Opened`] or [`Answer::Refused`].
    Look(ExamId),
    /// Begin a sitting with cards. Answered with [`Answer::CardsBegun`] or [`Answer::Refused`].
    BeginCards(CardsOrder),
    /// Begin a drill of a bank, or without an order go on with the one that waits. Answered with [`Answer::DrillBegun`]
    /// or [`Answer::Refused`].
    BeginDrill(Slug, Option<Box<DrillOrder>>),
    /// Take over the data that another program had, and read cards and answers as it has left them on this day. Answered with
    /// [`Answer::TakenOver`] or [`Answer::Refused`]. What is to be done with the data comes along, and only then after it.
    TakeOver(Day, Option<Box<Effect>>),
    /// Fit the cards' schedule to the log, if so many grades have come that it is time to. Answered with
    /// [`Answer::Fitted`] if the result is better.
    FitIfDue,
    /// Install the bank or deck at a path, as it was typed. Answered with [`Answer::Restocked`].
    AddContent(String),
    /// Remove an installed bank or deck. Answered with [`Answer::Restocked`].
    RemoveContent(Volumes, Slug),
    /// Make a card of a question in the student's own deck. Answered with [`Answer::CardMade`].
    MakeCard(Box<Question>),
    /// Make a certificate of a stored sitting on this bank, with this name. Answered with [`Answer::Certified`] or
    /// [`Answer::Refused`].
    Certify {
        /// The sitting.
        exam: ExamId,
        /// The bank it was sat on.
        bank: Arc<Bank>,
        /// Who sat.
        name: Text,
    },
    /// Read the list of sittings. Answered with [`Answer::History`].
    AskHistory,
    /// Open the user's editor there, and go on when it has ended. Answered with [`Answer::Refused`] if it cannot be.
    Edit(FileLine),
    /// Read the answers to a question of a bank. Answered with [`Answer::Answers`].
    AskAnswers(Slug, Slug),
    /// Make indexes of these for the search, without keeping anyone waiting. Answered with [`Answer::Indexed`].
    Index(Vec<Origin>),
}

/// Banks, or decks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Volumes {
    /// Banks.
    Banks,
    /// Decks.
    Decks,
}

/// What to draw a paper from, and how it is sat.
#[derive(Debug)]
pub struct Order {
    /// The bank.
    pub bank: Arc<Bank>,
    /// What to draw.
    pub request: Request,
    /// The seed, if one was asked for; the draw then ignores the history.
    pub seed: Option<u64>,
    /// The conditions.
    pub conditions: Conditions,
}

/// Something to be written.
#[derive(Clone, Debug)]
pub enum Record {
    /// A step of a sitting.
    Step {
        /// The sitting.
        exam: ExamId,
        /// The step's number, from 0.
        number: u64,
        /// The step.
        entry: Entry,
        /// The question at which the sitting stands after it.
        position: usize,
        /// When.
        at: Wall,
    },
    /// The exam time used.
    Clock {
        /// The sitting.
        exam: ExamId,
        /// The time used.
        used: Duration,
        /// The question at which it stands.
        position: usize,
        /// When.
        at: Wall,
    },
    /// A grade of a card.
    Grade(Box<Grade>),
    /// A grade that is taken back, and when.
    Ungrade(Box<Grade>, Wall),
    /// A card that was set aside or taken in again.
    Card(CardKey, CardState),
    /// A setting; `None` takes it away.
    Setting(&'static str, Option<String>),
    /// How far a guide was read.
    Reading(Box<record::Reading>),
    /// The end of a sitting.
    Finish {
        /// The sitting.
        id: ExamId,
        /// The sitting itself.
        exam: Box<Exam>,
        /// Its score.
        score: Box<Score>,
        /// When.
        at: Wall,
        /// The study day of that.
        day: Day,
    },
    /// An unfinished sitting is discarded.
    Discard(ExamId),
    /// An answer of a drill, and where the drill stands after it.
    Answer(Box<Answered>, Box<Kept>),
    /// Where a drill stands, and when.
    Drill(Box<Kept>, Wall),
    /// The drill of a bank is over.
    DrillEnd(Slug),
    /// A bookmark and a note on a question of a bank.
    Mark(Slug, Slug, Mark),
    /// A report of a faulty question.
    Fault(Box<Fault>),
    /// The report on a question of a bank is taken back.
    FaultGone(Slug, Slug),
}

/// What the world answers.
#[derive(Debug)]
pub enum Answer {
    /// Content and store are there, or not.
    Ready(Box<Ready>),
    /// The record was written.
    Saved,
    /// It was not; the text says why.
    NotSaved(Text),
    /// A sitting has begun.
    Begun(ExamId, Box<Exam>),
    /// The data may not be written, or the wish failed; the text says why.
    Refused(Text),
    /// A sitting was read. `to_sit` tells whether it is gone on with.
    Opened {
        /// The sitting.
        stored: Box<Stored>,
        /// Whether it is gone on with.
        to_sit: bool,
    },
    /// The list of sittings, the newest first.
    History(Vec<Summary>),
    /// A sitting with cards may begin; the number is by chance.
    CardsBegun(CardsOrder, u64),
    /// A drill may begin or be gone on with; the number is by chance.
    DrillBegun(Slug, Option<Box<DrillOrder>>, u64),
    /// The data is ours now; cards, answers and drills as they are, and what is to be done with them.
    TakenOver(Box<KeptCards>, Box<Learner>, Drills, Option<Box<Effect>>),
    /// A certificate of a sitting was written there.
    Certified(ExamId, Text),
    /// A card was made, or not; with the student's own deck as it is now.
    CardMade(Text, Option<DeckVolume>),
    /// The files of the preview were read, at the beginning and whenever they have changed.
    Read(Box<Reading>),
    /// Something was added or removed, or not.
    Restocked(Box<Restocked>),
    /// The cards' parameters were fitted anew; the text says so.
    Fitted(Text, Parameters),
    /// The answers to a question, the latest first.
    Answers(Vec<Answered>),
    /// Indexes for the search.
    Indexed(Vec<Arc<Segment>>),
}

/// What came of adding or removing.
#[derive(Debug)]
pub struct Restocked {
    /// What is to be said, a line each.
    pub said: Vec<Text>,
    /// What was added, if anything was.
    pub added: Option<(Volumes, Slug)>,
    /// The banks and decks as they are now, and what the store knows of their cards; `None` if nothing was changed.
    pub stock: Option<(Shelf, Vec<DeckVolume>, KeptCards)>,
}

/// What the loader brings behind the first frame.
#[derive(Debug)]
pub struct Ready {
    /// The banks.
    pub shelf: Shelf,
    /// The sittings, or why there are none to be had.
    pub history: Result<Vec<Summary>, Text>,
    /// The decks.
    pub decks: Vec<DeckVolume>,
    /// What the store knows of cards.
    pub kept: KeptCards,
    /// What the store knows of answers to questions.
    pub learner: Learner,
    /// The drills that wait.
    pub drills: Drills,
    /// Who holds the data, if another program does.
    pub holder: Option<Text>,
    /// The user's time zone.
    pub zone: jiff::tz::TimeZone,
    /// The bank that the command line names by its path.
    pub named_bank: Option<Slug>,
}
