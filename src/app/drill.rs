//! A drill in progress: answers are given, shown and written; the next question comes; the end sums up.

use std::collections::HashSet;
use std::time::Duration;

use crate::engine::answer::picked_texts;
use crate::engine::day::day_of;
use crate::engine::drill::choose::stock;
use crate::engine::drill::kept::Kept;
use crate::engine::drill::showing::LONGEST;
use crate::engine::drill::{Drill, Order};
use crate::engine::exam::Step;
use crate::engine::learner::Trail;
use crate::engine::question::Kind;
use crate::engine::slug::Slug;
use crate::engine::time::ceil_seconds;

use super::effect::{Effect, Record};
use super::keys::{Action, Context};
use super::marks::Subject;
use super::model::{Access, Model, Screen};
use super::saving::{save, standing};
use super::shelf::Volume;
use super::sitting::{DEAF, HEARTBEAT};
use super::{question_page, room, walk, withheld};

pub mod end;
pub mod page;
pub mod setup;

/// What is to be drilled.
pub type DrillOrder = Order;

/// The drill on the screen, with what the screen needs beside it.
#[derive(Clone, Debug)]
pub struct Drilling {
    /// The drill itself.
    pub drill: Drill,
    /// The row of the option at the cursor.
    pub row: usize,
    /// Whether the end of what is shown was on the screen.
    pub read: bool,
    /// Whether the student has hidden the clock of a sprint.
    pub clock_hidden: bool,
    /// The time spent on the question that was last written.
    written: Duration,
}

impl Drilling {
    fn new(drill: Drill) -> Self {
        let mut drilling = Self { drill, row: 0, read: false, clock_hidden: false, written: Duration::ZERO };
        drilling.written = drilling.spent();
        drilling
    }

    /// The time spent on the open question.
    fn spent(&self) -> Duration {
        self.drill.open().map_or(Duration::ZERO, |open| open.response().spent())
    }

    /// Where keys are pressed.
    pub fn context(&self) -> Context {
        match self.drill.open() {
            Some(open) if open.is_answered() => Context::DrillAnswer,
            Some(_) => Context::Drill,
            None => Context::DrillEnd,
        }
    }

    /// Whether time passes.
    pub fn is_timed(&self) -> bool {
        self.drill.open().is_some_and(|open| !open.is_answered())
    }

    /// How long until the clock shows another second, or something is to be written; `None`: nothing will change.
    pub fn next_change(&self) -> Option<Duration> {
        let until_written = (self.written + HEARTBEAT).saturating_sub(self.spent()).max(Duration::from_millis(1));
        match self.drill.remaining() {
            Some(left) if self.clock_hidden => Some(until_written.min(left)),
            Some(left) => Some(left.saturating_sub(Duration::from_secs(ceil_seconds(left).saturating_sub(1)))),
            None => (self.spent() < LONGEST).then_some(until_written),
        }
    }
}

/// Begins a drill, or says why it cannot.
pub fn start(m: &mut Model, order: DrillOrder, effects: &mut Vec<Effect>) {
    if may_drill(m) {
        effects.push(Effect::BeginDrill(order.bank.clone(), Some(Box::new(order))));
    }
}

/// Goes on with the drill of a bank that waits.
pub fn go_on_with(m: &mut Model, bank: &Slug, effects: &mut Vec<Effect>) {
    if may_drill(m) {
        effects.push(Effect::BeginDrill(bank.clone(), None));
    }
}

/// Data that another program holds may have been let go since: the answer to the wish says so.
fn may_drill(m: &mut Model) -> bool {
    if let Access::Failed(why) = &m.access {
        let why = why.one_line();
        m.say(format!("No drill can be kept: {why}"));
        return false;
    }
    true
}

/// Opens the drill that may begin now; without an order, the one that waits. `nonce` is a number by chance.
pub fn open(m: &mut Model, bank: &Slug, order: Option<DrillOrder>, nonce: u64, effects: &mut Vec<Effect>) {
    let Some(place) = m.shelf.as_ref().and_then(|s| s.find(bank)) else {
        m.say(format!("The bank {bank} is not here"));
        return;
    };
    let Some(volume) = m.shelf.as_ref().and_then(|s| s.volumes.get(place)).cloned() else { return };
    let today = day_of(m.now.wall, &m.zone);
    let fresh = order.is_some();
    let mut said = None;
    let mut drill = match (order, m.drills.get(bank).cloned()) {
        (Some(order), waiting) => {
            said = waiting.flatten().and_then(|kept| ended(&kept));
            Drill::new(order, nonce)
        }
        (None, Some(Some(kept))) => {
            let drill = Drill::restore(kept, &volume.bank);
            if drill.open().is_none() {
                said = Some("The open question was taken out or revised meanwhile".into());
            }
            drill
        }
        (None, waiting) => {
            if waiting.is_some() {
                let text = "The drill that waited cannot be read: a new one begins; your answers are all there";
                said = Some(text.into());
            }
            Drill::new(Order::new(bank.clone()), nonce)
        }
    };
    let never = Trail::default();
    let trail = m.learner.trail(bank).unwrap_or(&never);
    drill.show_flag(trail); // a mock exam may have set one while the drill waited
    let withheld = withheld::of(m, bank);
    // One that waits may stand at a question of an exam that was begun since: it is passed over.
    let stays = drill.open().is_some_and(|o| o.is_answered() || !withheld.contains(&o.item().question.id));
    let asks = stays || drill.go_on(&volume.bank, trail, today, &withheld);
    if fresh && !asks {
        let later = stock(&volume.bank, trail, &drill.course().order, &HashSet::new()) > 0;
        let until = if later { " until your exam has ended" } else { "" };
        m.say(format!("No question fits this drill{until}"));
        return;
    }
    m.volume = place;
    // Their report may give way to the drill's own.
    m.places.retain(|p| !matches!(p.screen, Screen::Result | Screen::Walk(_) | Screen::Drill | Screen::DrillSetup(_)));
    m.enter(Screen::Drill);
    m.notice = standing(m);
    m.drill = Some(Drilling::new(drill));
    if asks {
        keep(m, effects);
    } else {
        forget(m, bank, effects);
    }
    if let Some(text) = said {
        m.say(text);
    }
    m.dirty = true;
}

/// What is said of a drill, in hand or waiting, that gives way to a new one of its bank; nothing if nothing was answered in it.
fn ended(kept: &Kept) -> Option<String> {
    (kept.course.tally.answered > 0).then(|| format!("The drill was ended ({}); its answers count", waiting(kept)))
}

/// The bank of the drill on the screen.
pub fn volume(m: &Model) -> Option<&Volume> {
    let bank = &m.drill.as_ref()?.drill.course().order.bank;
    let shelf = m.shelf.as_ref()?;
    shelf.find(bank).and_then(|place| shelf.volumes.get(place))
}

/// Writes where the drill stands.
fn keep(m: &mut Model, effects: &mut Vec<Effect>) {
    let Some(drilling) = &mut m.drill else { return };
    drilling.written = drilling.spent();
    let kept = Box::new(drilling.drill.keep());
    m.drills.insert(kept.course.order.bank.clone(), Some((*kept).clone()));
    let at = m.now.wall;
    save(m, Record::Drill(kept, at), effects);
}

/// The drill of a bank is over: none waits.
fn forget(m: &mut Model, bank: &Slug, effects: &mut Vec<Effect>) {
    m.drills.remove(bank);
    save(m, Record::DrillEnd(bank.clone()), effects);
}

/// Does `action`. Returns whether the cursor has moved.
pub fn act(m: &mut Model, action: Action, effects: &mut Vec<Effect>) -> bool {
    match m.drill.as_ref().map(Drilling::context) {
        Some(Context::Drill) => question(m, action, effects),
        Some(Context::DrillAnswer) => {
            answered(m, action, effects);
            false
        }
        Some(_) => {
            end(m, action, effects);
            false
        }
        None => {
            m.leave();
            false
        }
    }
}

/// While the question is open.
fn question(m: &mut Model, action: Action, effects: &mut Vec<Effect>) -> bool {
    let Some(drilling) = &mut m.drill else { return false };
    let Some(open) = drilling.drill.open() else { return false };
    let (row, option) = (drilling.row, open.item().option_at(drilling.row));
    let last = open.item().order.len().saturating_sub(1);
    match action {
        Action::Up => drilling.row = row.saturating_sub(1),
        Action::Down => drilling.row = (row + 1).min(last),
        Action::Pick(row) => pick(m, usize::from(row), effects),
        Action::Choose => pick(m, row, effects),
        Action::Strike => {
            let told = option.and_then(|option| question_page::struck_out(open.item(), open.response(), option));
            step(m, option.map(Step::Strike), effects);
            told.into_iter().for_each(|told| m.say(told));
        }
        Action::Clear => step(m, Some(Step::Clear), effects),
        Action::Flag => step(m, Some(Step::Flag), effects),
        Action::Guess => {
            step(m, Some(Step::Guess), effects);
            let open = m.drill.as_ref().and_then(|d| d.drill.open());
            let told = open.and_then(|open| question_page::guess_to_come(open.response()));
            told.into_iter().for_each(|told| m.say(told));
        }
        Action::Clock => drilling.clock_hidden ^= true,
        Action::Open => give(m, effects),
        Action::End => finish(m, effects),
        Action::Back => put_away(m, effects),
        _ => {}
    }
    matches!(action, Action::Up | Action::Down)
}

fn step(m: &mut Model, step: Option<Step>, effects: &mut Vec<Effect>) {
    let Some(drilling) = &mut m.drill else { return };
    if step.is_some_and(|step| drilling.drill.apply(step)) {
        keep(m, effects);
    }
}

fn pick(m: &mut Model, row: usize, effects: &mut Vec<Effect>) {
    let Some(drilling) = &mut m.drill else { return };
    let Some(open) = drilling.drill.open() else { return };
    let Some(option) = open.item().option_at(row) else { return };
    let question = open.item().question.clone();
    let full = question.kind == Kind::Multi && open.is_complete();
    drilling.row = row;
    if drilling.drill.apply(Step::Pick(option)) {
        keep(m, effects);
    } else if full {
        m.say(format!("{} Take one back first.", question.instruction()));
    }
}

/// ⏎: the rest of a long question, then the answer is given; in a sprint the next question follows at once.
fn give(m: &mut Model, effects: &mut Vec<Effect>) {
    let (at, day) = (m.now.wall, day_of(m.now.wall, &m.zone));
    let Some(bank) = volume(m).map(|v| v.bank.clone()) else { return };
    let Some(drilling) = &mut m.drill else { return };
    if !drilling.read {
        return room::page(m, true);
    }
    let Some(answer) = drilling.drill.answer(&bank, at, day) else {
        let instruction = drilling.drill.open().map_or(String::new(), |o| o.item().question.instruction());
        m.say(format!("{instruction} If you do not know: guess, and say so with u"));
        return;
    };
    drilling.read = false; // there is more to read now
    drilling.written = drilling.spent();
    let kept = Box::new(drilling.drill.keep());
    let sprint = drilling.drill.remaining().is_some();
    let in_book = |m: &Model| m.learner.standing(&bank.id, &answer.question).is_some_and(|s| s.mistake.is_some());
    let was_in_book = in_book(m);
    m.learner.take(&answer);
    m.drills.insert(bank.id.clone(), Some((*kept).clone()));
    save(m, Record::Answer(Box::new(answer.clone()), kept), effects);
    m.place_mut().scroll = 0;
    if sprint {
        let verdict =
            if answer.is_right() { "✓ That was right" } else { "✗ That was wrong: it is explained at the end" };
        go_on(m, effects);
        m.say(verdict);
    } else if was_in_book && !in_book(m) {
        m.say("It has left your mistakes book");
    }
}

/// When the answer is shown.
fn answered(m: &mut Model, action: Action, effects: &mut Vec<Effect>) {
    let read = m.drill.as_ref().is_none_or(|d| d.read);
    match action {
        Action::Open | Action::Right if !read => room::page(m, true),
        Action::Open | Action::Right => go_on(m, effects),
        Action::End => finish(m, effects),
        Action::Back => put_away(m, effects),
        _ => {}
    }
}

/// The shown question, once it is answered, for what is put on it.
pub fn subject(m: &Model) -> Option<Subject> {
    let open = m.drill.as_ref()?.drill.open().filter(|open| open.is_answered())?;
    let bank = &volume(m)?.bank;
    Some(Subject {
        bank: bank.id.clone(),
        version: bank.version.clone(),
        question: open.item().question.clone(),
        picked: Some(picked_texts(open.item(), open.response())),
    })
}

/// Asks the next question, or ends.
fn go_on(m: &mut Model, effects: &mut Vec<Effect>) {
    let Some(volume) = volume(m).cloned() else { return };
    let today = day_of(m.now.wall, &m.zone);
    let never = Trail::default();
    let trail = m.learner.trail(&volume.bank.id).unwrap_or(&never);
    let withheld = withheld::of(m, &volume.bank.id);
    let Some(drilling) = &mut m.drill else { return };
    if !drilling.drill.go_on(&volume.bank, trail, today, &withheld) {
        return finish(m, effects);
    }
    (drilling.row, drilling.read) = (0, false);
    m.place_mut().scroll = 0;
    keep(m, effects);
}

/// Ends the drill: the end sums up. An open question that was not answered is dropped.
fn finish(m: &mut Model, effects: &mut Vec<Effect>) {
    let Some(drilling) = &mut m.drill else { return };
    drilling.drill.end();
    let bank = drilling.drill.course().order.bank.clone();
    m.help = None;
    m.place_mut().scroll = 0;
    m.dirty = true;
    forget(m, &bank, effects);
}

/// At the end.
fn end(m: &mut Model, action: Action, effects: &mut Vec<Effect>) {
    match action {
        Action::Wrong => go_through(m, walk::Which::Wrong),
        Action::All => go_through(m, walk::Which::All),
        Action::New => {
            if let Some(order) = m.drill.as_ref().map(|d| d.drill.course().order.clone()) {
                start(m, DrillOrder { seed: None, ..order }, effects);
            }
        }
        Action::Open | Action::Back => put_away(m, effects),
        _ => {}
    }
}

/// Goes through the answers, if there are any of the kind.
fn go_through(m: &mut Model, which: walk::Which) {
    match end::report(m) {
        Some(report) => {
            m.report = Some(report);
            walk::open(m, which);
        }
        None => m.say("No question was answered"),
    }
}

/// Leaves the drill. If it is not over, it waits, with the time spent so far.
pub fn put_away(m: &mut Model, effects: &mut Vec<Effect>) {
    if m.drill.as_ref().is_some_and(|d| d.drill.open().is_some()) {
        keep(m, effects);
    }
    m.drill = None;
    // What lies over it, such as a missed question that is looked at, goes with it.
    if let Some(place) = m.places.iter().position(|p| matches!(p.screen, Screen::Drill)) {
        m.places.truncate(place.max(1));
    }
    m.dirty = true;
}

/// Lets `spent` pass in the drill.
pub fn pass_time(m: &mut Model, spent: Duration, effects: &mut Vec<Effect>) {
    let Some(drilling) = &mut m.drill else { return };
    let shown = |d: &Drilling| d.drill.remaining().filter(|_| !d.clock_hidden).map(ceil_seconds);
    let before = shown(drilling);
    drilling.drill.elapse(spent);
    m.dirty |= shown(drilling) != before;
    if drilling.drill.open().is_none() {
        m.deaf_until = Some(m.now.mono + DEAF);
        finish(m, effects);
        m.say("The time is over");
    } else if drilling.spent() >= drilling.written + HEARTBEAT {
        keep(m, effects);
    }
}

/// A drill that waits, in words for home: `12 of 20`.
pub fn waiting(kept: &Kept) -> String {
    let done = kept.course.tally.answered;
    match kept.course.of {
        Some(of) => format!("{done} of {of}"),
        None => format!("{done} answered"),
    }
}
