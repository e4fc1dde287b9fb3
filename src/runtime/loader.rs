//! What is read behind the first frame: banks, store, lock, time zone.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use crate::app::effect::{Drills, Ready};
use crate::app::shelf::{CHOSEN, Shelf, Volume};
use crate::app::study::{DeckVolume, Kept, Study};
use crate::content::library::{self, Library, Place};
use crate::content::source::path_text;
use crate::engine::day::{Day, day_of};
use crate::engine::learner::Learner;
use crate::engine::slug::Slug;
use crate::engine::text::Text;
use crate::exchange::installed::Origin;
use crate::exchange::{Places, place};
use crate::storage::lock::{self, Held, Lock};
use crate::storage::{Store, StoreError, open, paths};

use super::clock;

/// An environment variable; the only place where one is asked for.
#[allow(clippy::disallowed_methods)] // the one place
pub fn variable(name: &str) -> Option<OsString> {
    std::env::var_os(name)
}

/// What was typed: the name of the program and its arguments; the only place where that is asked for.
pub fn arguments() -> impl Iterator<Item = OsString> {
    std::env::args_os()
}

/// The data directory that flag, environment and system agree on; `None` if the user has no home.
pub fn data_dir(flag: Option<&PathBuf>) -> Option<PathBuf> {
    let own = variable("EXAMDECK_DATA_DIR").map(PathBuf::from);
    let xdg = variable("XDG_DATA_HOME").map(PathBuf::from);
    paths::data_dir(flag.map(PathBuf::as_path), own.as_deref(), xdg.as_deref())
}

/// Where banks and decks are installed, and the keys of their authors.
pub fn places(data_dir: &Path) -> Places {
    Places { banks: paths::question_bank(data_dir), decks: paths::decks(data_dir), keys: paths::trusted_keys(data_dir) }
}

/// What was loaded: news for the app, and what the world keeps.
#[derive(Debug)]
pub struct Loaded {
    /// For the app.
    pub ready: Ready,
    /// The store, if it could be opened.
    pub store: Option<Store>,
    /// The lock, if it is ours.
    pub lock: Option<Lock>,
}

/// Reads everything.
pub fn load(data_dir: &Path, named: &[PathBuf]) -> Loaded {
    let places = places(data_dir);
    place::tidy(&places.banks);
    place::tidy(&places.decks);
    let (mut shelf, decks, named_bank) = stock(data_dir, named);
    let mut store = None;
    let mut held = None;
    let mut holder = None;
    let mut unreadable = 0;
    let mut cards = Kept::default();
    let mut learner = Learner::default();
    let mut drills = Drills::new();
    let zone = jiff::tz::TimeZone::system();
    let history = open::open(data_dir).and_then(|opened| {
        let history = opened.summaries()?;
        unreadable = opened.exam_count()?.saturating_sub(history.len());
        let today = day_of(clock::wall(), &zone);
        cards = kept(&opened, today)?;
        learner = opened.learner(today)?;
        drills = opened.drills()?;
        match lock::take(data_dir, &me())? {
            Held::Ours(lock) => held = Some(lock),
            Held::ByAnother(text) => holder = Some(text),
        }
        store = Some(opened);
        Ok(history)
    });
    let history = history.map_err(|error| text_of(&error));
    if unreadable > 0 {
        let text =
            format!("{unreadable} stored exams cannot be read; they are kept as they are, and the others are listed");
        shelf.problems.push(Text::new(&text));
    }
    let ready = Ready { shelf, history, decks, kept: cards, learner, drills, holder, zone, named_bank };
    Loaded { ready, store, lock: held }
}

/// The banks and decks of all places with what could not be used, and the bank that is named by its path.
pub fn stock(data_dir: &Path, named: &[PathBuf]) -> (Shelf, Vec<DeckVolume>, Option<Slug>) {
    let library = library::gather(&paths::question_bank(data_dir), named);
    let named_bank = library.entries.iter().find(|e| matches!(e.place, Place::Named(_))).map(|e| e.bank.id.clone());
    let mut shelf = shelf(library);
    let (decks, problems) = decks(data_dir);
    shelf.problems.extend(problems);
    (shelf, decks, named_bank)
}

/// The decks of all places, and what could not be used.
pub fn decks(data_dir: &Path) -> (Vec<DeckVolume>, Vec<Text>) {
    let library = library::gather_decks(&paths::decks(data_dir), &[]);
    let volumes = library.entries.into_iter().map(|entry| {
        let (place, check) = shown_place(&entry.place);
        DeckVolume { deck: entry.deck, place, left_out: entry.left_out, check }
    });
    (volumes.collect(), library.problems)
}

/// The student's cards as they stand today, for commands; nothing is locked or written.
///
/// # Errors
/// If there is a store that cannot be read.
pub fn study(data_dir: &Path) -> Result<Study, StoreError> {
    let today = day_of(clock::wall(), &jiff::tz::TimeZone::system());
    let kept = open::open_to_read(data_dir)?.map(|store| kept(&store, today)).transpose()?.unwrap_or_default();
    Ok(Study::new(decks(data_dir).0, kept, today))
}

/// The bank that the student has chosen, for commands; `None` also if that cannot be read.
pub fn chosen(data_dir: &Path) -> Option<Slug> {
    let store = open::open_to_read(data_dir).ok()??;
    Slug::new(&store.setting(CHOSEN).ok()??)
}

/// What the store knows of cards and guides. An error is none of "nothing": grades would overwrite what could not be read.
pub fn kept(store: &Store, today: Day) -> Result<Kept, StoreError> {
    Ok(Kept {
        states: store.card_states()?,
        done: store.day_done(today)?,
        days: store.grade_days()?,
        settings: store.settings()?,
        reading: store.reading()?,
    })
}

/// A place for reading, and what to give to `examdeck check`.
fn shown_place(place: &Place) -> (Text, Option<Text>) {
    match place {
        Place::BuiltIn => (Text::new("built in"), None),
        Place::Installed(path) => (origin(path), Some(path_text(path))),
        Place::Named(path) => (path_text(path), Some(path_text(path))),
    }
}

/// Where something installed is from: its path if somebody put it there, else what it was added from, and who signed.
fn origin(path: &Path) -> Text {
    Text::new(&match Origin::of(path, None) {
        Origin::ByHand => path_text(path).one_line(),
        Origin::Changed(receipt) => format!("added from {}, changed since", receipt.added_from),
        Origin::Added(receipt) => match &receipt.signed {
            Some(seal) => format!("added from {}, signed by {seal}", receipt.added_from),
            None => format!("added from {}, not signed", receipt.added_from),
        },
    })
}

/// What stands in the lock for another program to read.
pub fn me() -> String {
    let since = jiff::Timestamp::from_second(clock::wall().0)
        .map(|t| t.to_zoned(jiff::tz::TimeZone::system()).strftime("%-d %b %H:%M").to_string())
        .unwrap_or_default();
    format!("process {}, since {since}", std::process::id())
}

/// An error and its causes as one harmless line.
pub fn text_of(error: &(dyn std::error::Error + 'static)) -> Text {
    let mut line = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        line.push_str(&format!(": {error}"));
        cause = error.source();
    }
    Text::new(&line)
}

fn shelf(library: Library) -> Shelf {
    let volumes = library
        .entries
        .into_iter()
        .map(|entry| {
            let (place, check) = shown_place(&entry.place);
            Volume::new(entry.bank, place, entry.left_out, check)
        })
        .collect();
    Shelf { volumes, problems: library.problems }
}
