//! Doing what the app asks for.

use std::path::{Path, PathBuf};

use rand::rand_core::TryRng;
use rand::rngs::SysRng;

use crate::app::effect::{Answer, Effect, Order, Record, Restocked};
use crate::app::study::Kept;
use crate::content::own_deck::{self, Added};
use crate::content::source::path_text;
use crate::engine::bank::Bank;
use crate::engine::day::{Day, day_of};
use crate::engine::draw::draw;
use crate::engine::exam::Exam;
use crate::engine::question::Question;
use crate::engine::record::ExamId;
use crate::engine::text::Text;
use crate::engine::time::Now;
use crate::storage::lock::{self, Held, Lock};
use crate::storage::{Store, StoreError, paths};

use super::certify;
use super::fitting::{self, Outcome};
use super::loader::{self, me, text_of};
use super::stock::{self, Change};

/// Seeds drawn by chance are this short, so that a student can read one out.
const SEED_BELOW: u64 = 1_000_000;

/// The store and the right to write sittings to it.
#[derive(Debug)]
pub struct Hands {
    data_dir: PathBuf,
    /// Banks that the command line names by their paths.
    named: Vec<PathBuf>,
    store: Option<Store>,
    lock: Option<Lock>,
}

impl Hands {
    /// Hands that are still empty.
    pub fn new(data_dir: PathBuf) -> Self {
        Self { data_dir, named: Vec::new(), store: None, lock: None }
    }

    /// The same, with banks that the command line names.
    pub fn with_named(self, named: Vec<PathBuf>) -> Self {
        Self { named, ..self }
    }

    /// The folder of the user's data.
    pub fn data_dir(&self) -> &Path {
        &self.data_dir
    }

    /// Takes what the loader has opened.
    pub fn take(&mut self, store: Option<Store>, lock: Option<Lock>) {
        self.store = store;
        self.lock = lock;
    }

    /// Does what is asked and brings the answer.
    pub fn perform(&mut self, effect: Effect, now: Now) -> Option<Answer> {
        match effect {
            Effect::Quit | Effect::Suspend | Effect::Edit(_) | Effect::Index(_) => None, // the loop's own, and the world's
            Effect::Save(record) => Some(match self.save(record, now) {
                Ok(()) => Answer::Saved,
                Err(why) => Answer::NotSaved(why),
            }),
            Effect::Begin(order) => Some(self.begin(&order, now).unwrap_or_else(Answer::Refused)),
            Effect::Continue(id) => Some(self.open(id, true).unwrap_or_else(Answer::Refused)),
            Effect::Look(id) => Some(self.open(id, false).unwrap_or_else(Answer::Refused)),
            Effect::BeginCards(order) => {
                Some(match self.claim().and_then(|()| self.store().map(|_| ()).and_then(|()| chance())) {
                    Ok(nonce) => Answer::CardsBegun(order, nonce),
                    Err(why) => Answer::Refused(why),
                })
            }
            Effect::BeginDrill(bank, order) => {
                Some(match self.claim().and_then(|()| self.store().map(|_| ()).and_then(|()| chance())) {
                    Ok(nonce) => Answer::DrillBegun(bank, order, nonce),
                    Err(why) => Answer::Refused(why),
                })
            }
            Effect::TakeOver(today, then) => Some(self.take_over(today, then).unwrap_or_else(Answer::Refused)),
            Effect::FitIfDue => self.fit_if_due(),
            Effect::Certify { exam, bank, name } => {
                Some(self.certify(exam, &bank, name.as_str()).unwrap_or_else(Answer::Refused))
            }
            Effect::MakeCard(question) => Some(make_card(&self.data_dir, &question)),
            Effect::AddContent(typed) => Some(self.restock(self.adding(typed)(), now)),
            Effect::RemoveContent(of, id) => {
                let removed = stock::remove(&self.data_dir, of, &id);
                Some(self.restock(Change::of(removed, &self.data_dir, &self.named), now))
            }
            Effect::AskHistory => {
                let store = self.store.as_ref()?;
                Some(told(store.summaries(), Answer::History))
            }
            Effect::AskAnswers(bank, question) => {
                let store = self.store.as_ref()?;
                Some(told(store.answers_to(&bank, &question), Answer::Answers))
            }
        }
    }

    fn save(&mut self, record: Record, now: Now) -> Result<(), Text> {
        let store = self.store()?;
        let result = match record {
            Record::Step { exam, number, entry, position, at } => store.append(exam, number, entry, position, at),
            Record::Clock { exam, used, position, at } => store.clock(exam, used, position, at),
            Record::Grade(grade) => store.grade(&grade),
            Record::Ungrade(grade, at) => store.undo_grade(&grade, at),
            Record::Card(key, state) => store.set_card(&key, &state),
            Record::Reading(reading) => store.set_reading(&reading),
            Record::Setting(name, value) => store.set_setting(name, value.as_deref()),
            Record::Finish { id, exam, score, at, day } => store.finish(id, &exam, &score, at, day),
            Record::Discard(exam) => store.discard(exam),
            Record::Answer(answer, drill) => store.answer(&answer, &drill),
            Record::Drill(drill, at) => store.put_drill(&drill, at),
            Record::DrillEnd(bank) => store.end_drill(&bank),
            Record::Mark(bank, question, mark) => store.set_mark(&bank, &question, &mark),
            Record::Fault(fault) => store.set_fault(&new_id(now)?.to_string(), &fault),
            Record::FaultGone(bank, question) => store.remove_fault(&bank, &question),
        };
        result.map_err(|e| Text::new(&e.reason()))
    }

    /// Fits quietly; a failure is no news, since what held goes on to hold.
    fn fit_if_due(&mut self) -> Option<Answer> {
        let store = self.store.as_mut()?;
        if !fitting::is_due(store).unwrap_or(false) {
            return None;
        }
        match fitting::fit(store) {
            Ok(Outcome::Applied(fit)) => {
                let text = format!(
                    "Your cards are scheduled by your own log now (log-loss {:.3}, was {:.3})",
                    fit.loss_after, fit.loss_before
                );
                Some(Answer::Fitted(Text::new(&text), fit.parameters))
            }
            _ => None,
        }
    }

    fn begin(&mut self, order: &Order, now: Now) -> Result<Answer, Text> {
        self.claim()?;
        let store = self.store()?;
        let seen = match order.seed {
            Some(_) => None,
            None => Some(store.seen(&order.bank.id).map_err(|e| text_of(&e))?),
        };
        let seed = match order.seed {
            Some(seed) => seed,
            None => seed()?,
        };
        let paper = draw(&order.bank, &order.request, seed, seen.as_ref());
        let exam = Exam::start(paper, order.conditions).ok_or_else(|| Text::new("No question fits these settings"))?;
        let id = new_id(now)?;
        store.begin(id, &exam, now.wall).map_err(|e| text_of(&e))?;
        Ok(Answer::Begun(id, Box::new(exam)))
    }

    fn open(&mut self, id: ExamId, to_sit: bool) -> Result<Answer, Text> {
        if to_sit {
            self.claim()?;
        }
        let stored = self.store()?.load(id).map_err(|e| text_of(&e))?;
        let stored = stored.ok_or_else(|| Text::new("That exam is not stored here any more"))?;
        Ok(Answer::Opened { stored: Box::new(stored), to_sit })
    }

    fn certify(&mut self, exam: ExamId, bank: &Bank, name: &str) -> Result<Answer, Text> {
        let stored = self.store()?.load(exam).map_err(|e| text_of(&e))?;
        let stored = stored.ok_or_else(|| Text::new("That exam is not stored here any more"))?;
        let sealed = certify::certify(&self.data_dir, &stored, bank, name)
            .map_err(|why| Text::new(&format!("No certificate: {why}")))?;
        certify::keep(&self.data_dir, &sealed).map(|path| Answer::Certified(exam, path_text(&path)))
    }

    fn take_over(&mut self, today: Day, then: Option<Box<Effect>>) -> Result<Answer, Text> {
        self.claim()?;
        let store = self.store()?;
        let kept = loader::kept(store, today).map_err(|e| text_of(&e))?;
        let learner = store.learner(today).map_err(|e| text_of(&e))?;
        let drills = store.drills().map_err(|e| text_of(&e))?;
        Ok(Answer::TakenOver(Box::new(kept), Box::new(learner), drills, then))
    }

    /// The work of adding what was typed. It needs nothing of ours: a thread can do it.
    pub fn adding(&self, typed: String) -> impl FnOnce() -> Change + Send + use<> {
        let (data_dir, named) = (self.data_dir.clone(), self.named.clone());
        move || Change::of(stock::add(&data_dir, &typed), &data_dir, &named)
    }

    /// Says what came of adding or removing, with what the store knows of the cards that there are now.
    pub fn restock(&self, change: Change, now: Now) -> Answer {
        let (mut said, added) = change.done.unwrap_or_else(|said| (said, None));
        let mut stock = None;
        if let Some((shelf, decks)) = change.stock {
            let today = day_of(now.wall, &jiff::tz::TimeZone::system());
            match self.store.as_ref().map_or(Ok(Kept::default()), |store| loader::kept(store, today)) {
                Ok(kept) => stock = Some((shelf, decks, kept)),
                Err(error) => said.push(Text::new(&format!("It is here from the next start on: {}", text_of(&error)))),
            }
        }
        Answer::Restocked(Box::new(Restocked { said, added, stock }))
    }

    /// Takes the lock, if it is not ours yet.
    fn claim(&mut self) -> Result<(), Text> {
        if self.lock.is_some() {
            return Ok(());
        }
        match lock::take(&self.data_dir, &me()).map_err(|e: StoreError| text_of(&e))? {
            Held::Ours(lock) => {
                if let Some(store) = &self.store {
                    store.is_known().map_err(|e| text_of(&e))?;
                }
                self.lock = Some(lock);
                Ok(())
            }
            Held::ByAnother(holder) => Err(Text::new(&format!("Close the other examdeck first ({holder})"))),
        }
    }

    fn store(&mut self) -> Result<&mut Store, Text> {
        self.store.as_mut().ok_or_else(|| Text::new("progress cannot be stored"))
    }
}

/// What was read, or why it cannot be.
fn told<T>(read: Result<T, StoreError>, answer: impl FnOnce(T) -> Answer) -> Answer {
    read.map_or_else(|error| Answer::Refused(text_of(&error)), answer)
}

/// Adds a card of the question to the student's own deck, and reads that deck again.
fn make_card(data_dir: &Path, question: &Question) -> Answer {
    let folder = paths::decks(data_dir);
    let text = match own_deck::add(&folder, question) {
        Ok(Added::New) => "A card of this question is in your own deck now",
        Ok(Added::Known) => return Answer::CardMade(Text::new("There is a card of this question already"), None),
        Err(error) => return Answer::CardMade(Text::new(&format!("No card was made: {}", text_of(&error))), None),
    };
    // By its place: whoever shares the file may have given the deck another id.
    let file = path_text(&folder.join(own_deck::FILE));
    let deck = loader::decks(data_dir).0.into_iter().find(|d| d.check.as_ref() == Some(&file));
    Answer::CardMade(Text::new(text), deck)
}

/// The number of a paper, by chance: short enough to be read aloud.
pub fn seed() -> Result<u64, Text> {
    Ok(chance()? % SEED_BELOW)
}

/// A number from the system's source of chance.
fn chance() -> Result<u64, Text> {
    SysRng.try_next_u64().map_err(|_| Text::new("the system gives no random numbers"))
}

/// An identifier that says nothing: a UUID by chance alone.
pub fn random_id() -> Result<String, Text> {
    let mut bytes = [0; 16];
    bytes[..8].copy_from_slice(&chance()?.to_le_bytes());
    bytes[8..].copy_from_slice(&chance()?.to_le_bytes());
    Ok(uuid::Builder::from_random_bytes(bytes).into_uuid().to_string())
}

fn new_id(now: Now) -> Result<ExamId, Text> {
    let mut bytes = [0; 10];
    bytes[..8].copy_from_slice(&chance()?.to_le_bytes());
    bytes[8..].copy_from_slice(&chance()?.to_le_bytes()[..2]);
    let millis = u64::try_from(now.wall.0).unwrap_or(0) * 1000;
    Ok(ExamId(uuid::Builder::from_unix_timestamp_millis(millis, &bytes).into_uuid()))
}
