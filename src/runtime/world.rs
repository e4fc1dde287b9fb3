//! The real world.

use std::io;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, TryRecvError};
use std::thread;
use std::time::Duration;

use crossterm::event::{self, Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers};

use crate::app::effect::{Answer, Effect, Msg};
use crate::app::input::{Key, Size};
use crate::app::model::Model;
use crate::app::preview::draft::Reading;
use crate::engine::search::{Origin, Segment};
use crate::engine::text::Text;
use crate::engine::time::Now;
use crate::ui;

use super::clock::Clock;
use super::effects::Hands;
use super::event_loop::World;
use super::loader::{self, Loaded};
use super::stock::Change;
use super::terminal::Screen;
use super::{Options, RunError, editor, signals, terminal, watch};

/// How often the loop looks for what threads bring while they work; afterwards it sleeps.
const LOADER_POLL: Duration = Duration::from_millis(1);

/// How often the loop looks for a new reading of a preview, or for what was added, where no signal can wake it.
const READING_POLL: Duration = Duration::from_millis(200);

/// Terminal, clock, store.
pub struct Real {
    screen: Screen,
    clock: Clock,
    hands: Hands,
    theme: ui::Theme,
    loading: Loading,
    /// The readings of what is previewed.
    readings: Option<Receiver<Reading>>,
    /// A bank or a deck that is being added.
    adding: Option<Receiver<Change>>,
    /// Indexes that are being made.
    indexing: Vec<Receiver<Vec<Arc<Segment>>>>,
    resumed: bool,
    /// Held from a message to the next one.
    work: Option<signals::Work>,
}

/// The loader's work, which begins when the first frame is on the screen.
enum Loading {
    Waiting(Vec<PathBuf>),
    Busy(Receiver<Loaded>),
    Done,
}

impl Real {
    /// The world, with nothing loaded. A preview needs nothing but its files.
    pub fn new(options: Options, clock: Clock) -> io::Result<Self> {
        let readings = options.preview.map(|(path, _)| watch::follow(path)).transpose()?;
        Ok(Self {
            screen: terminal::screen()?,
            clock,
            hands: Hands::new(options.data_dir).with_named(options.named.clone()),
            theme: options.theme,
            loading: if readings.is_some() { Loading::Done } else { Loading::Waiting(options.named) },
            readings,
            adding: None,
            indexing: Vec::new(),
            resumed: false,
            work: None,
        })
    }

    /// Sets the loader to work.
    fn load(&mut self, named: Vec<PathBuf>) -> io::Result<()> {
        let (sender, receiver) = mpsc::channel();
        let data_dir = self.hands.data_dir().to_owned();
        thread::Builder::new().name("loader".into()).spawn(move || {
            // If the program has ended meanwhile, nobody is there to be told.
            let _ = sender.send(loader::load(&data_dir, &named));
        })?;
        self.loading = Loading::Busy(receiver);
        Ok(())
    }

    /// What the loader has brought, if it has.
    fn loaded(&mut self) -> Result<Option<Msg>, RunError> {
        match &mut self.loading {
            Loading::Done => Ok(None),
            Loading::Waiting(named) => {
                let named = std::mem::take(named);
                self.load(named).map_err(RunError::Terminal)?;
                Ok(None)
            }
            Loading::Busy(receiver) => match receiver.try_recv() {
                Ok(Loaded { ready, store, lock }) => {
                    self.loading = Loading::Done;
                    self.hands.take(store, lock);
                    Ok(Some(Msg::Done(Answer::Ready(Box::new(ready)))))
                }
                Err(TryRecvError::Empty) => Ok(None),
                Err(TryRecvError::Disconnected) => Err(RunError::Loader),
            },
        }
    }

    /// Sets a thread to make indexes. Nobody waits for it: keys are taken meanwhile.
    fn index(&mut self, origins: Vec<Origin>) {
        let (sender, receiver) = mpsc::channel();
        let work = move || {
            let made = origins.into_iter().map(|origin| Arc::new(Segment::of(origin))).collect();
            let _ = sender.send(made); // if the program has ended meanwhile, nobody is there to be told
        };
        // Without a thread there is no search, and the rest goes on.
        if thread::Builder::new().name("index".into()).spawn(work).is_ok() {
            self.indexing.push(receiver);
        }
    }

    /// Sets a thread to add what was typed. If the program ends meanwhile nothing is half added: what is added gets its
    /// name last.
    fn add(&mut self, typed: String) -> Option<Answer> {
        let (sender, receiver) = mpsc::channel();
        let work = self.hands.adding(typed);
        let spawned = thread::Builder::new().name("add".into()).spawn(move || {
            let _ = sender.send(work()); // if the program has ended meanwhile, nobody is there to be told
            signals::wake();
        });
        if spawned.is_err() {
            return Some(self.broken_off());
        }
        self.adding = Some(receiver);
        None
    }

    /// What was added, or why nothing was, as soon as it is known.
    fn added(&mut self) -> Option<Msg> {
        let answer = match self.adding.as_ref()?.try_recv() {
            Ok(change) => {
                let now = self.clock.now();
                self.hands.restock(change, now)
            }
            Err(TryRecvError::Empty) => return None,
            Err(TryRecvError::Disconnected) => self.broken_off(),
        };
        self.adding = None;
        Some(Msg::Done(answer))
    }

    fn broken_off(&mut self) -> Answer {
        let now = self.clock.now();
        let said = Text::new("The check was broken off: `examdeck add` may say why");
        self.hands.restock(Change { done: Err(vec![said]), stock: None }, now)
    }

    /// An index that is made, if one is.
    fn indexed(&mut self) -> Option<Msg> {
        let mut made = None;
        self.indexing.retain(|receiver| match (&made, receiver.try_recv()) {
            (None, Ok(segments)) => {
                made = Some(segments);
                false
            }
            (None, Err(TryRecvError::Disconnected)) => false,
            _ => true,
        });
        made.map(|segments| Msg::Done(Answer::Indexed(segments)))
    }

    fn wait_for_event(&mut self, wait: Option<Duration>) -> Result<Msg, RunError> {
        let start = self.clock.now().mono;
        loop {
            if std::mem::take(&mut self.resumed) {
                return self.begin_anew().map_err(RunError::Terminal);
            }
            if let Some(msg) = self.loaded()? {
                return Ok(msg);
            }
            if let Some(reading) = self.readings.as_ref().and_then(|r| r.try_recv().ok()) {
                return Ok(Msg::Done(Answer::Read(Box::new(reading))));
            }
            if let Some(msg) = self.added() {
                return Ok(msg);
            }
            if let Some(msg) = self.indexed() {
                return Ok(msg);
            }
            let left = wait.map(|w| w.saturating_sub(self.clock.now().mono.saturating_sub(start)));
            let left_here = left.map(|l| self.clock.real(l));
            let limit = match self.look_again() {
                None => left_here,
                Some(look) => Some(left_here.map_or(look, |l| l.min(look))),
            };
            let there = match limit {
                Some(limit) => event::poll(limit).map_err(RunError::Terminal)?,
                None => true, // read waits
            };
            if there {
                let event = event::read().map_err(RunError::Terminal)?;
                if let Some(msg) = self.message(event).map_err(RunError::Terminal)? {
                    return Ok(msg);
                }
            } else if left.is_some_and(|l| limit.is_some_and(|limit| self.clock.real(l) <= limit)) {
                return Ok(Msg::Tick);
            }
        }
    }

    /// After what time to look again for what no event tells of.
    fn look_again(&self) -> Option<Duration> {
        match self.loading {
            _ if !self.indexing.is_empty() => Some(LOADER_POLL),
            Loading::Done if cfg!(unix) || (self.readings.is_none() && self.adding.is_none()) => None,
            Loading::Done => Some(READING_POLL),
            _ => Some(LOADER_POLL),
        }
    }

    fn message(&mut self, event: Event) -> io::Result<Option<Msg>> {
        if signals::went_on() {
            return self.begin_anew().map(Some);
        }
        Ok(match event {
            Event::Key(key) => key_of(key).map(Msg::Key),
            // Terminals send a return for the end of a line.
            Event::Paste(text) => Some(Msg::Paste(Text::new(&text.replace("\r\n", "\n").replace('\r', "\n")))),
            Event::Resize(columns, rows) => Some(Msg::Resize(Size { columns, rows })),
            _ => None,
        })
    }

    /// After a stop nothing is known of what the screen shows.
    fn begin_anew(&mut self) -> io::Result<Msg> {
        self.screen = terminal::screen()?;
        Ok(Msg::Resumed)
    }
}

impl World for Real {
    fn now(&mut self) -> Now {
        self.clock.now()
    }

    fn next_event(&mut self, wait: Option<Duration>) -> Result<Msg, RunError> {
        self.work = None;
        let msg = self.wait_for_event(wait)?;
        self.work = Some(signals::work());
        Ok(msg)
    }

    fn has_event(&mut self) -> bool {
        // With a wait of zero, poll tells of what was read already, but reads nothing.
        event::poll(Duration::ZERO).unwrap_or(false) || terminal::input_waits()
    }

    fn perform(&mut self, effect: Effect) -> Option<Answer> {
        if matches!(effect, Effect::Suspend) {
            if signals::suspend() {
                self.resumed = true;
                return None;
            }
            return Some(Answer::Refused(Text::new("There is no shell here that could continue the program")));
        }
        if let Effect::Edit(place) = &effect {
            let opened = editor::open(place);
            self.resumed = true;
            return opened.err().map(Answer::Refused);
        }
        let now = self.clock.now();
        if let Effect::Index(origins) = effect {
            self.index(origins);
            return None;
        }
        if let Effect::AddContent(typed) = effect {
            return self.add(typed);
        }
        self.hands.perform(effect, now)
    }

    fn draw(&mut self, model: &Model) -> io::Result<()> {
        let theme = self.theme;
        self.screen.draw(|canvas| ui::view(model, theme, canvas))
    }
}

/// A key that was pressed, in the app's terms. Releases and what cannot be bound are nothing.
fn key_of(event: KeyEvent) -> Option<Key> {
    if event.kind == KeyEventKind::Release || event.modifiers.contains(KeyModifiers::ALT) {
        return None;
    }
    let ctrl = event.modifiers.contains(KeyModifiers::CONTROL);
    Some(match event.code {
        KeyCode::Char(c) if ctrl => Key::Ctrl(c.to_ascii_lowercase()),
        KeyCode::Char(c) => Key::Char(c),
        KeyCode::Enter => Key::Enter,
        KeyCode::Esc => Key::Esc,
        KeyCode::Up => Key::Up,
        KeyCode::Down => Key::Down,
        KeyCode::Left => Key::Left,
        KeyCode::Right => Key::Right,
        KeyCode::PageUp => Key::PageUp,
        KeyCode::PageDown => Key::PageDown,
        KeyCode::Home => Key::Home,
        KeyCode::End => Key::End,
        KeyCode::Backspace | KeyCode::Delete => Key::Backspace,
        KeyCode::Tab => Key::Tab,
        _ => return None,
    })
}
