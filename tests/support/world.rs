//! A world without terminal and disk: a store in memory that can be made to fail, and a clock that jumps.

use std::collections::VecDeque;
use std::io;
use std::ops::Range;
use std::sync::Arc;
use std::time::Duration;

use examdeck::app::effect::{Answer, Drills, Effect, Msg, Order, Ready, Record, Restocked};
use examdeck::app::input::{Key, Size};
use examdeck::app::model::Model;
use examdeck::app::shelf::{Shelf, Volume};
use examdeck::app::update::update;
use examdeck::engine::answer::{Answered, answers_of};
use examdeck::engine::bank::Bank;
use examdeck::engine::draw::draw;
use examdeck::engine::exam::{Entry, Exam, Feedback};
use examdeck::engine::learner::Learner;
use examdeck::engine::record::{ExamId, Outcome, Stored, Summary};
use examdeck::engine::score::Score;
use examdeck::engine::search::Segment;
use examdeck::engine::slug::Slug;
use examdeck::engine::text::Text;
use examdeck::engine::time::{Now, Wall};
use examdeck::runtime::RunError;
use examdeck::runtime::event_loop::World;

use super::bank::exam_id;

/// 2026-11-22 15:00 UTC
pub const NOON: i64 = 1_795_359_600;

/// A sitting as the store keeps it.
#[derive(Clone, Debug)]
pub struct Kept {
    pub id: ExamId,
    /// As it began.
    pub begun: Exam,
    pub log: Vec<Entry>,
    pub used: Duration,
    pub position: usize,
    pub started: Wall,
    pub last_active: Wall,
    pub ended: Option<(Wall, Exam, Score)>,
}

impl Kept {
    /// The sitting as it would be read.
    pub fn exam(&self) -> Exam {
        let mut exam = Exam::replay(self.begun.paper().clone(), self.begun.conditions(), &self.log).expect("questions");
        exam.elapse(self.used.saturating_sub(exam.used()));
        exam
    }
}

/// The store.
#[derive(Debug, Default)]
pub struct Memory {
    pub sittings: Vec<Kept>,
    /// Whether writing fails.
    pub full: bool,
    /// Whether reading what another program did fails.
    pub unreadable: bool,
    /// Writes that failed.
    pub failed: usize,
    /// Why a sitting may not be begun, if it may not.
    pub held: Option<Text>,
    /// What was written of cards and settings, in order.
    pub cards: Vec<Record>,
    /// What was answered and marked.
    pub learner: Learner,
    /// The drills that wait.
    pub drills: Drills,
    /// The answers of exams and drills, in order.
    pub answers: Vec<Answered>,
    /// What was to be added and removed.
    pub wished: Vec<String>,
    /// What comes of that.
    pub restocked: Option<Restocked>,
    /// Whether what is added is still being checked.
    pub slow: bool,
    /// The questions of which cards were made.
    pub made: Vec<Slug>,
}

impl Memory {
    pub fn perform(&mut self, effect: Effect, now: Now) -> Option<Answer> {
        match effect {
            Effect::Quit | Effect::Suspend => None,
            Effect::Save(_) if self.full => {
                self.failed += 1;
                Some(Answer::NotSaved(Text::new("disk full")))
            }
            Effect::Save(record) => {
                self.save(record);
                Some(Answer::Saved)
            }
            Effect::Begin(order) => Some(self.begin(&order, now)),
            Effect::Continue(id) => Some(self.open(id, true)),
            Effect::Look(id) => Some(self.open(id, false)),
            Effect::BeginCards(order) => Some(match &self.held {
                Some(holder) => Answer::Refused(holder.clone()),
                None => Answer::CardsBegun(order, 7),
            }),
            Effect::TakeOver(..) if self.unreadable => Some(Answer::Refused(Text::new("cannot be read"))),
            Effect::TakeOver(_, then) => Some(match &self.held {
                Some(holder) => Answer::Refused(holder.clone()),
                None => Answer::TakenOver(Box::default(), Box::new(self.learner.clone()), self.drills.clone(), then),
            }),
            Effect::BeginDrill(bank, order) => Some(match &self.held {
                Some(holder) => Answer::Refused(holder.clone()),
                None => Answer::DrillBegun(bank, order, 7),
            }),
            Effect::FitIfDue => None,
            Effect::Certify { exam, .. } => Some(Answer::Certified(exam, Text::new("certificates/harbour-pilot.html"))),
            Effect::MakeCard(question) => {
                self.made.push(question.id.clone());
                Some(Answer::CardMade(Text::new("made"), None))
            }
            Effect::Edit(_) => None,
            Effect::AddContent(path) => {
                self.wished.push(format!("add {path}"));
                let nothing = || Restocked { said: vec![Text::new("there is nothing")], added: None, stock: None };
                (!self.slow).then(|| Answer::Restocked(Box::new(self.restocked.take().unwrap_or_else(nothing))))
            }
            Effect::RemoveContent(of, id) => {
                self.wished.push(format!("remove {id} of {of:?}"));
                self.restocked.take().map(|news| Answer::Restocked(Box::new(news)))
            }
            Effect::AskHistory => Some(Answer::History(self.summaries())),
            Effect::AskAnswers(bank, question) => {
                let of_it = |a: &&Answered| a.bank == bank && a.question == question;
                Some(Answer::Answers(self.answers.iter().rev().filter(of_it).cloned().collect()))
            }
            Effect::Index(origins) => {
                Some(Answer::Indexed(origins.into_iter().map(|o| Arc::new(Segment::of(o))).collect()))
            }
        }
    }

    fn begin(&mut self, order: &Order, now: Now) -> Answer {
        if let Some(holder) = &self.held {
            return Answer::Refused(holder.clone());
        }
        let exam = draw(&order.bank, &order.request, order.seed.unwrap_or(7), None);
        let Some(exam) = Exam::start(exam, order.conditions) else {
            return Answer::Refused(Text::new("No question fits these settings"));
        };
        let id = exam_id(self.sittings.len() as u128 + 1);
        self.keep(id, exam.clone(), now);
        Answer::Begun(id, Box::new(exam))
    }

    /// Keeps a sitting that has just begun.
    pub fn keep(&mut self, id: ExamId, begun: Exam, now: Now) {
        self.sittings.push(Kept {
            id,
            begun,
            log: Vec::new(),
            used: Duration::ZERO,
            position: 0,
            started: now.wall,
            last_active: now.wall,
            ended: None,
        });
    }

    fn find(&mut self, id: ExamId) -> &mut Kept {
        self.sittings.iter_mut().find(|s| s.id == id).unwrap_or_else(|| panic!("no sitting {id}"))
    }

    fn save(&mut self, record: Record) {
        match record {
            Record::Step { exam, number, entry, position, at } => {
                let kept = self.find(exam);
                let number = usize::try_from(number).expect("small");
                assert!(number <= kept.log.len(), "step {number} after only {} steps", kept.log.len());
                if let Some(known) = kept.log.get(number) {
                    assert_eq!(*known, entry, "two steps with the number {number}: the second is lost");
                } else {
                    kept.log.push(entry);
                }
                kept.used = kept.used.max(entry.used);
                (kept.position, kept.last_active) = (position, at);
            }
            Record::Clock { exam, used, position, at } => {
                let kept = self.find(exam);
                kept.used = kept.used.max(used);
                (kept.position, kept.last_active) = (position, at);
            }
            record @ (Record::Grade(_)
            | Record::Ungrade(..)
            | Record::Card(..)
            | Record::Setting(..)
            | Record::Reading(_)) => {
                self.cards.push(record);
            }
            Record::Answer(answer, drill) => {
                self.learner.take(&answer);
                self.answers.push(*answer);
                self.drills.insert(drill.course.order.bank.clone(), Some(*drill));
            }
            Record::Drill(drill, _) => {
                self.drills.insert(drill.course.order.bank.clone(), Some(*drill));
            }
            Record::DrillEnd(bank) => {
                self.drills.remove(&bank);
            }
            Record::Mark(bank, question, mark) => {
                self.learner.trail_mut(&bank).marks.insert(question, mark);
            }
            Record::Fault(fault) => {
                self.learner.trail_mut(&fault.bank).faults.insert(fault.question.clone(), *fault);
            }
            Record::FaultGone(bank, question) => {
                self.learner.trail_mut(&bank).faults.remove(&question);
            }
            Record::Discard(exam) => self.sittings.retain(|s| s.id != exam || s.ended.is_some()),
            Record::Finish { id, exam, score, at, day } => {
                for answer in answers_of(id, &exam, &score, at, day) {
                    self.learner.take(&answer);
                    self.answers.push(answer);
                }
                let kept = self.find(id);
                assert!(exam.end().is_some(), "finished without an end");
                kept.used = exam.used();
                kept.ended = Some((at, *exam, *score));
            }
        }
    }

    fn open(&mut self, id: ExamId, to_sit: bool) -> Answer {
        let kept = self.find(id).clone();
        Answer::Opened {
            stored: Box::new(Stored {
                id,
                exam: kept.exam(),
                steps: kept.log.len() as u64,
                started: kept.started,
                last_active: kept.last_active,
                ended: kept.ended.map(|e| e.0),
            }),
            to_sit,
        }
    }

    pub fn summaries(&self) -> Vec<Summary> {
        self.sittings.iter().rev().map(summary).collect()
    }
}

fn summary(kept: &Kept) -> Summary {
    let paper = kept.begun.paper();
    Summary {
        id: kept.id,
        bank: paper.origin.bank.clone(),
        title: paper.origin.title.clone(),
        version: paper.origin.version.clone(),
        seed: paper.seed,
        seed_alone: paper.seed_alone,
        among: paper.among.clone(),
        questions: paper.items.len(),
        full: paper.origin.rules.questions,
        conditions: kept.begun.conditions(),
        position: kept.position,
        started: kept.started,
        last_active: kept.last_active,
        used: kept.used,
        withheld: match (&kept.ended, kept.begun.conditions().feedback) {
            (None, Feedback::Exam) => paper.items.iter().map(|item| item.question.id.clone()).collect(),
            _ => Default::default(),
        },
        outcome: kept.ended.as_ref().map(|(at, exam, score)| Outcome {
            ended: *at,
            end: exam.end().expect("ended"),
            total: score.total,
            passed: score.passed,
            domains: score.domains.clone(),
        }),
    }
}

/// A shelf with these banks.
pub fn shelf(banks: Vec<Bank>) -> Shelf {
    let volumes = banks.into_iter().map(|bank| Volume::new(Arc::new(bank), Text::new("built in"), 0, None)).collect();
    Shelf { volumes, problems: Vec::new() }
}

/// What the loader would bring.
pub fn ready(banks: Vec<Bank>, history: Vec<Summary>) -> Msg {
    Msg::Done(Answer::Ready(Box::new(Ready {
        shelf: shelf(banks),
        history: Ok(history),
        decks: Vec::new(),
        kept: examdeck::app::study::Kept::default(),
        learner: Learner::default(),
        drills: Default::default(),
        holder: None,
        zone: jiff::tz::TimeZone::UTC,
        named_bank: None,
    })))
}

/// The time `seconds` after the start.
pub fn after(seconds: f64) -> Now {
    Now { mono: Duration::from_secs_f64(seconds), wall: Wall(NOON + seconds as i64) }
}

/// Handles a message and does what is asked, as the loop does. Returns whether the program was asked to end.
pub fn handle(m: &mut Model, memory: &mut Memory, now: Now, msg: Msg) -> bool {
    let mut effects = VecDeque::from(update(m, now, msg));
    let mut quit = false;
    while let Some(effect) = effects.pop_front() {
        quit |= matches!(effect, Effect::Quit);
        if let Some(answer) = memory.perform(effect, now) {
            effects.extend(update(m, now, Msg::Done(answer)));
        }
    }
    quit
}

/// Presses the keys of `text`; `<…>` names the others.
pub fn keys(text: &str) -> Vec<Key> {
    let mut keys = Vec::new();
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        if let Some((name, after)) = rest.strip_prefix('<').and_then(|r| r.split_once('>')) {
            keys.push(match name {
                "enter" => Key::Enter,
                "esc" => Key::Esc,
                "up" => Key::Up,
                "down" => Key::Down,
                "left" => Key::Left,
                "right" => Key::Right,
                "back" => Key::Backspace,
                "home" => Key::Home,
                "end" => Key::End,
                "pgup" => Key::PageUp,
                "pgdn" => Key::PageDown,
                "tab" => Key::Tab,
                other => Key::Ctrl(other.strip_prefix("c-").and_then(|c| c.chars().next()).expect("a key's name")),
            });
            rest = after;
        } else {
            keys.push(Key::Char(c));
            rest = &rest[c.len_utf8()..];
        }
    }
    keys
}

/// Model, store and time in one hand.
#[derive(Debug)]
pub struct Student {
    pub m: Model,
    pub memory: Memory,
    pub now: Now,
}

impl Student {
    /// At home, with this bank.
    pub fn at_home(bank: Bank, columns: u16, rows: u16) -> Self {
        let now = after(0.0);
        let mut student = Self { m: Model::new(Size { columns, rows }, now, None), memory: Memory::default(), now };
        student.send(ready(vec![bank], Vec::new()));
        student
    }

    /// In the exam room with this sitting.
    pub fn examined(bank: Bank, exam: Exam, columns: u16, rows: u16) -> Self {
        let mut student = Self::at_home(bank, columns, rows);
        student.memory.keep(exam_id(1), exam.clone(), student.now);
        student.send(Msg::Done(Answer::Begun(exam_id(1), Box::new(exam))));
        student
    }

    pub fn send(&mut self, msg: Msg) -> bool {
        handle(&mut self.m, &mut self.memory, self.now, msg)
    }

    /// Presses keys; returns whether the last one asked for the end of the program.
    pub fn press(&mut self, text: &str) -> bool {
        let mut quit = false;
        for key in keys(text) {
            quit = self.send(Msg::Key(key));
        }
        quit
    }

    /// Goes on at another time, with the program asleep until then.
    pub fn jump(&mut self, seconds: i64) {
        let seconds = u64::try_from(seconds).expect("time goes on");
        self.now.mono += Duration::from_secs(seconds);
        self.now.wall = Wall(self.now.wall.0 + seconds as i64);
        self.send(Msg::Tick);
    }

    /// Lets time pass in which the program runs.
    pub fn wait(&mut self, time: Duration) {
        let end = self.now.mono + time;
        while self.now.mono < end {
            self.now.mono = (self.now.mono + Duration::from_secs(10)).min(end);
            self.now.wall = Wall(NOON + self.now.mono.as_secs() as i64);
            self.send(Msg::Tick);
        }
    }

    pub fn exam(&self) -> &Exam {
        &self.m.sitting.as_ref().expect("a sitting").exam
    }

    pub fn notice(&self) -> &str {
        self.m.notice.as_ref().map_or("", |n| &n.text)
    }
}

/// Something that happens at its time.
#[derive(Debug)]
pub enum Happening {
    /// A message comes.
    Comes(Msg),
    /// The machine sleeps: the steady clock goes on by `mono`, the wall's by `wall`.
    Sleeps { mono: Duration, wall: Duration },
}

/// The world of the real loop, with a script.
pub struct Script {
    pub memory: Memory,
    /// What was seen when something was drawn: time, notice, whether the clock was shown.
    pub frames: Vec<(Duration, String, bool)>,
    /// How long the loop wanted to wait, and when.
    pub waits: Vec<(Duration, Option<Duration>)>,
    /// The model when it was last drawn.
    pub last: Option<Model>,
    /// By how much ticks come too late.
    pub late: Duration,
    /// Whether each tick comes twice.
    pub doubled: bool,
    /// When writing fails.
    pub full: Vec<Range<Duration>>,
    /// How long the program is stopped when it is suspended.
    pub stopped: Duration,
    /// From when on nothing can be drawn.
    pub gone: Option<Duration>,
    mono: Duration,
    slept: Duration,
    events: VecDeque<(Duration, Happening)>,
    again: bool,
    resumed: bool,
    idle: usize,
}

impl Script {
    /// A script: what happens, by the seconds of the steady clock.
    pub fn new(events: Vec<(f64, Happening)>) -> Self {
        Self {
            memory: Memory::default(),
            frames: Vec::new(),
            waits: Vec::new(),
            last: None,
            late: Duration::ZERO,
            doubled: false,
            full: Vec::new(),
            stopped: Duration::ZERO,
            gone: None,
            mono: Duration::ZERO,
            slept: Duration::ZERO,
            events: events.into_iter().map(|(at, h)| (Duration::from_secs_f64(at), h)).collect(),
            again: false,
            resumed: false,
            idle: 0,
        }
    }

    /// Runs the real loop to its end.
    pub fn run(&mut self, preset: Option<examdeck::app::setup::Preset>) {
        self.run_until_it_fails(preset).expect("this terminal never fails");
    }

    /// Runs the real loop to its end, which may be that of the terminal.
    pub fn run_until_it_fails(&mut self, preset: Option<examdeck::app::setup::Preset>) -> Result<(), RunError> {
        let model = Model::new(Size { columns: 80, rows: 24 }, World::now(self), preset);
        examdeck::runtime::event_loop::run(self, model)
    }
}

impl World for Script {
    fn now(&mut self) -> Now {
        Now { mono: self.mono, wall: Wall(NOON + (self.mono + self.slept).as_secs() as i64) }
    }

    fn next_event(&mut self, wait: Option<Duration>) -> Result<Msg, RunError> {
        self.waits.push((self.mono, wait));
        self.idle = if wait == Some(Duration::ZERO) { self.idle + 1 } else { 0 };
        assert!(self.idle < 4, "the loop spins");
        if std::mem::take(&mut self.resumed) {
            return Ok(Msg::Resumed);
        }
        if std::mem::take(&mut self.again) {
            return Ok(Msg::Tick);
        }
        loop {
            let tick = wait.map(|w| self.mono + w + self.late);
            let Some((at, _)) = self.events.front() else {
                self.mono = tick.expect("the loop sleeps for ever and the script is over");
                return Ok(Msg::Tick);
            };
            if let Some(tick) = tick.filter(|t| t < at) {
                self.mono = tick;
                self.again = self.doubled;
                return Ok(Msg::Tick);
            }
            self.mono = self.mono.max(*at);
            match self.events.pop_front() {
                Some((_, Happening::Comes(msg))) => return Ok(msg),
                Some((_, Happening::Sleeps { mono, wall })) => {
                    self.mono += mono;
                    self.slept += wall - mono;
                    for (at, _) in &mut self.events {
                        *at += mono; // what is scripted for later comes later
                    }
                    return Ok(Msg::Tick);
                }
                None => {}
            }
        }
    }

    fn has_event(&mut self) -> bool {
        self.events.front().is_some_and(|(at, h)| *at <= self.mono && matches!(h, Happening::Comes(_)))
    }

    fn perform(&mut self, effect: Effect) -> Option<Answer> {
        if matches!(effect, Effect::Suspend) {
            self.mono += self.stopped;
            for (at, _) in &mut self.events {
                *at += self.stopped;
            }
            self.resumed = true;
        }
        self.memory.full = self.full.iter().any(|r| r.contains(&self.mono));
        let now = World::now(self);
        self.memory.perform(effect, now)
    }

    fn draw(&mut self, model: &Model) -> io::Result<()> {
        if self.gone.is_some_and(|at| self.mono >= at) {
            return Err(io::ErrorKind::BrokenPipe.into());
        }
        let notice = model.notice.as_ref().map_or(String::new(), |n| n.text.clone());
        let clock = model.sitting.as_ref().is_none_or(|s| s.shows_clock());
        self.frames.push((self.mono, notice, clock));
        self.last = Some(model.clone());
        Ok(())
    }
}
