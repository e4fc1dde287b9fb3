//! The one way to change the model.

use std::time::Duration;

use crate::engine::day::day_of;
use crate::engine::schedule::Scheduler;
use crate::engine::search::Origin;
use crate::engine::time::Now;

use super::drill::Drilling;
use super::effect::{Answer, Effect, Msg, Ready};
use super::frame::settle;
use super::input::Key;
use super::keys::{self, Action, Context};
use super::model::{Access, Model, Report, Screen};
use super::sitting::{self, Sitting};
use super::study::Study;
use super::{
    banks, cards, certificate, decks, drill, guide, history, home, marks, mistakes, preview, progress, prompt,
    question_view, review, room, saving, search, setup, walk,
};

/// Takes a message that came at `now`: lets time pass first, then handles it. An answer that comes after the end of the
/// time finds the exam over, whether or not a tick came between.
pub fn update(m: &mut Model, now: Now, msg: Msg) -> Vec<Effect> {
    let mut effects = Vec::new();
    let examining = m.is_examining();
    sitting::pass_time(m, now, matches!(msg, Msg::Resumed), &mut effects);
    saving::retry(m, &mut effects);
    let over = examining && !m.is_examining();
    let mut follow = false;
    let searching = matches!(m.screen(), Screen::Search(_));
    match msg {
        // Nothing is shown that it could be meant for.
        Msg::Key(key) if !m.size.is_enough() && !matches!(key, Key::Ctrl('c' | 'z')) => {}
        Msg::Paste(_) if !m.size.is_enough() => {}
        // It was meant for the exam room, which is no more: it must not do something else to the result.
        Msg::Key(key)
            if (over || m.deaf_until.is_some_and(|until| now.mono < until)) && !matches!(key, Key::Ctrl('c' | 'z')) => {
        }
        Msg::Key(key) if m.prompt.is_some() && !matches!(key, Key::Ctrl('c' | 'z')) => {
            prompt::key(m, key, &mut effects);
        }
        Msg::Key(key) if m.help.is_none() && search::key(m, key) => m.notice = saving::standing(m),
        Msg::Key(key) => {
            if let Some(action) = keys::resolve(m.context(), key) {
                if m.notice.as_ref().is_some_and(|n| !n.lasting) {
                    m.notice = saving::standing(m);
                }
                m.leaving_unsaved &= action == Action::Quit;
                m.dirty = true;
                follow = act(m, action, &mut effects);
            }
        }
        Msg::Paste(text) if m.prompt.is_some() => prompt::paste(m, &text),
        Msg::Paste(text) => {
            setup::paste(m, text.as_str());
            search::paste(m, &text);
        }
        Msg::Tick => {}
        Msg::Resize(size) => {
            // Who reads a long question keeps the place; a list keeps its cursor.
            follow = !matches!(m.screen(), Screen::Room);
            m.size = size;
            m.dirty = true;
        }
        Msg::Resumed => m.dirty = true,
        Msg::Done(answer) => take(m, answer, &mut effects),
    }
    if !searching && matches!(m.screen(), Screen::Search(_)) {
        search::look_again(m);
        follow = true;
    }
    if m.dirty {
        progress::look_ahead(m);
        settle(m, follow);
        guide::reading::keep(m, false, &mut effects);
    }
    effects
}

/// How long nothing will change by itself; `None` means for ever.
pub fn next_wake(m: &Model) -> Option<Duration> {
    let exam = m.sitting.as_ref().filter(|_| m.is_examining()).and_then(Sitting::next_change);
    let clock = exam.or_else(|| m.drill.as_ref().filter(|_| m.is_drilling()).and_then(Drilling::next_change));
    let retry = m.retry_at.map(|at| at.saturating_sub(m.now.mono));
    match (clock, retry) {
        (Some(a), Some(b)) => Some(a.min(b)),
        (a, b) => a.or(b),
    }
}

/// Whether the program may end now. While something is not written it asks once more.
pub fn may_quit(m: &mut Model) -> bool {
    if m.outbox.is_empty() || m.leaving_unsaved {
        return true;
    }
    m.leaving_unsaved = true;
    m.say_lasting("Not saved yet! Wait, or lose it with Ctrl-C again");
    m.dirty = true;
    false
}

/// Does what a key asks for. Returns whether a cursor has moved, so that the view must follow.
fn act(m: &mut Model, action: Action, effects: &mut Vec<Effect>) -> bool {
    let context = m.context();
    match action {
        Action::Quit => {
            if m.sitting.is_some() {
                sitting::put_away(m, effects);
            }
            if m.drill.is_some() {
                drill::put_away(m, effects);
            }
            guide::reading::keep(m, true, effects);
            effects.push(Effect::Quit);
            return false;
        }
        Action::Suspend => {
            effects.push(Effect::Suspend);
            return false;
        }
        Action::Help => {
            m.help = Some(0);
            return false;
        }
        Action::Search => {
            search::open(m);
            return false;
        }
        Action::Bookmark | Action::Note | Action::Fault | Action::MakeCard | Action::Explain => {
            marks::act(m, action, effects);
            return false;
        }
        Action::PageUp | Action::PageDown if context != Context::Search => {
            if action == Action::PageDown && context == Context::Guide {
                guide::reading::go_on(m, 0..usize::MAX);
            }
            room::page(m, action == Action::PageDown);
            return false;
        }
        _ => {}
    }
    match context {
        Context::Help => {
            help(m, action);
            false
        }
        Context::Home => {
            let Screen::Home(row) = *m.screen() else { return false };
            home::act(m, row, action, effects)
        }
        Context::Setup if action == Action::Back => back(m),
        Context::Setup => setup::act(m, action, effects),
        Context::RoomAnswer if matches!(action, Action::Up | Action::Down) => {
            scroll(m, action);
            false
        }
        Context::Room | Context::RoomAnswer => room::act(m, action, effects),
        Context::GoTo if matches!(m.screen(), Screen::Preview) => {
            preview::type_number(m, action);
            false
        }
        Context::GoTo => {
            room::type_number(m, action, effects);
            false
        }
        Context::Preview => {
            preview::act(m, action, effects);
            false
        }
        Context::Findings if action == Action::Back => back(m),
        Context::Findings => {
            let Screen::Findings(row) = *m.screen() else { return false };
            preview::act_in_list(m, row, action, effects)
        }
        Context::Review | Context::Confirm => review::act(m, action, effects),
        Context::Result => {
            result(m, action);
            false
        }
        Context::Walk => {
            match action {
                Action::Back => return back(m),
                Action::Up | Action::Down => scroll(m, action),
                _ => walk::act(m, action),
            }
            false
        }
        Context::History if action == Action::Back => back(m),
        Context::History => {
            let Screen::History(row) = *m.screen() else { return false };
            history::act(m, row, action, effects)
        }
        Context::Decks if action == Action::Back => back(m),
        Context::Decks => {
            let Screen::Decks(row) = *m.screen() else { return false };
            decks::act(m, row, action, effects)
        }
        Context::Cards if action == Action::Back => {
            m.leave();
            refresh_cards(m);
            false
        }
        Context::Cards if matches!(action, Action::Up | Action::Down) => {
            scroll(m, action);
            false
        }
        Context::Cards => cards::act(m, action, effects),
        Context::Progress if action == Action::Back => back(m),
        Context::Progress if matches!(action, Action::Up | Action::Down) => {
            scroll(m, action);
            false
        }
        Context::Progress => {
            progress::act(m, action, effects);
            false
        }
        Context::Guides if action == Action::Back => back(m),
        Context::Guides => {
            let Screen::Guides(row) = *m.screen() else { return false };
            guide::list::act(m, row, action)
        }
        Context::Guide => {
            guide::act(m, action, effects);
            false
        }
        Context::Contents => {
            let Screen::Contents(row) = *m.screen() else { return false };
            guide::contents::act(m, row, action, effects)
        }
        Context::Prompt | Context::PathPrompt | Context::Removal => false, // the prompt has its keys
        Context::DrillSetup if action == Action::Back => back(m),
        Context::DrillSetup => drill::setup::act(m, action, effects),
        Context::DrillAnswer | Context::DrillEnd if matches!(action, Action::Up | Action::Down) => {
            scroll(m, action);
            false
        }
        Context::Drill | Context::DrillAnswer | Context::DrillEnd => drill::act(m, action, effects),
        Context::Mistakes if action == Action::Back => back(m),
        Context::Mistakes => {
            let Screen::Mistakes(row) = *m.screen() else { return false };
            mistakes::act(m, row, action, effects)
        }
        Context::Search => search::act(m, action, effects),
        Context::Question | Context::Card => {
            match action {
                Action::Back => return back(m),
                Action::Left | Action::Right => {
                    search::step(m, action, effects);
                    mistakes::step(m, action, effects);
                }
                _ => scroll(m, action),
            }
            false
        }
        Context::Banks if action == Action::Back => back(m),
        Context::Banks => {
            let Screen::Banks(row) = *m.screen() else { return false };
            banks::act(m, row, action, effects)
        }
    }
}

/// Counts anew what today asks for, after a sitting or over night.
fn refresh_cards(m: &mut Model) {
    let today = day_of(m.now.wall, &m.zone);
    if let Some(study) = &mut m.study {
        study.refresh(today);
    }
}

fn back(m: &mut Model) -> bool {
    m.leave();
    false
}

fn help(m: &mut Model, action: Action) {
    match action {
        Action::Back => m.help = None,
        _ => scroll(m, action),
    }
}

/// Scrolls by a line; the view clamps it.
fn scroll(m: &mut Model, action: Action) {
    let scroll = match &mut m.help {
        Some(help) => help,
        None => &mut m.place_mut().scroll,
    };
    match action {
        Action::Up => *scroll = scroll.saturating_sub(1),
        Action::Down => *scroll += 1,
        _ => {}
    }
}

fn result(m: &mut Model, action: Action) {
    match action {
        Action::Open => walk::open(m, walk::Which::All),
        Action::Wrong => walk::open(m, walk::Which::Wrong),
        Action::Flagged => walk::open(m, walk::Which::Flagged),
        Action::History => m.enter(Screen::History(0)),
        Action::Certificate => certificate::ask(m),
        Action::New => {
            let bank = m.report.as_ref().map(|r| r.exam.paper().origin.bank.clone());
            let volume = bank.and_then(|bank| m.shelf.as_ref()?.find(&bank));
            m.volume = volume.unwrap_or(m.volume);
            m.go_home();
            home::new_exam(m);
        }
        Action::Back => m.leave(),
        _ => scroll(m, action),
    }
}

/// Takes an answer of the world.
fn take(m: &mut Model, answer: Answer, effects: &mut Vec<Effect>) {
    match answer {
        Answer::Saved => return saving::saved(m, effects),
        Answer::NotSaved(why) => return saving::not_saved(m, &why),
        Answer::Ready(ready) => take_ready(m, *ready, effects),
        Answer::Begun(id, exam) => {
            take_over(m, None, effects);
            m.go_home();
            m.sitting = Some(Sitting::begun(id, *exam));
            m.enter(Screen::Room);
            m.notice = saving::standing(m);
        }
        Answer::Refused(why) => {
            setup::refused(m);
            m.say(why.one_line());
        }
        Answer::Opened { stored, to_sit } => match stored.ended {
            Some(ended) => {
                let score = crate::engine::score::score(&stored.exam);
                m.report = Some(Report { id: stored.id, exam: stored.exam, score, ended, certificate: None });
                m.enter(Screen::Result);
            }
            None if to_sit => {
                take_over(m, None, effects);
                sitting::resume(m, *stored, effects);
            }
            None => {}
        },
        Answer::History(history) => m.history = history,
        Answer::Read(reading) => preview::take(m, *reading),
        // What the other program did comes first: grades of a state from before it would undo its own.
        Answer::CardsBegun(order, _) if m.access != Access::Ours => {
            take_over(m, Some(Effect::BeginCards(order)), effects);
        }
        Answer::DrillBegun(bank, order, _) if m.access != Access::Ours => {
            take_over(m, Some(Effect::BeginDrill(bank, order)), effects);
        }
        Answer::DrillBegun(bank, order, nonce) => drill::open(m, &bank, order.map(|o| *o), nonce, effects),
        Answer::TakenOver(mut kept, learner, drills, then) => {
            m.access = Access::Ours;
            m.reading = std::mem::take(&mut kept.reading);
            m.learner = *learner;
            m.streak = progress::is_streak_shown(&kept.settings);
            m.drills = drills;
            let today = day_of(m.now.wall, &m.zone);
            if let Some(study) = &mut m.study {
                *study = Study::new(std::mem::take(&mut study.decks), *kept, today);
            }
            m.say("The other examdeck is closed; what it did is read now");
            effects.push(Effect::AskHistory);
            effects.extend(then.map(|effect| *effect));
        }
        Answer::CardsBegun(order, nonce) => {
            effects.push(Effect::FitIfDue);
            cards::open(m, order, nonce);
        }
        Answer::CardMade(text, deck) => {
            if let Some(deck) = deck.filter(|_| m.study.is_some()) {
                effects.push(Effect::Index(vec![Origin::Deck(deck.deck.clone())]));
                cards::replace_deck(m, deck);
            }
            m.say(text.one_line());
        }
        Answer::Certified(exam, path) => certificate::take(m, exam, path),
        Answer::Answers(answers) => question_view::take_answers(m, answers),
        Answer::Indexed(made) => return search::take_segments(m, made),
        Answer::Restocked(news) => banks::restock(m, *news, effects),
        Answer::Fitted(text, parameters) => {
            if let Some(study) = &mut m.study {
                study.scheduler = Scheduler::new(&parameters);
            }
            m.say(text.one_line());
        }
    }
    m.dirty = true;
}

/// If another program had the data, what it did is read, and `then` is done. If it cannot be read, nothing is done with
/// what was known before.
fn take_over(m: &Model, then: Option<Effect>, effects: &mut Vec<Effect>) {
    if m.access != Access::Ours {
        effects.push(Effect::TakeOver(day_of(m.now.wall, &m.zone), then.map(Box::new)));
    }
}

fn take_ready(m: &mut Model, mut ready: Ready, effects: &mut Vec<Effect>) {
    m.reading = std::mem::take(&mut ready.kept.reading);
    m.zone = ready.zone;
    m.access = match (ready.history, ready.holder) {
        (Err(why), _) => Access::Failed(why),
        (Ok(history), holder) => {
            m.history = history;
            holder.map_or(Access::Ours, Access::Held)
        }
    };
    let named = ready.named_bank.as_ref().and_then(|id| ready.shelf.find(id));
    m.volume = named.or_else(|| ready.shelf.chosen(&ready.kept.settings)).unwrap_or(0);
    m.shelf = Some(ready.shelf);
    m.learner = ready.learner;
    m.streak = progress::is_streak_shown(&ready.kept.settings);
    m.drills = ready.drills;
    m.study = Some(Study::new(ready.decks, ready.kept, day_of(m.now.wall, &m.zone)));
    banks::prefer(m);
    effects.push(Effect::Index(search::origins(m)));
    if let Some(order) = m.cards_wanted.take() {
        m.enter(Screen::Decks(0));
        decks::begin(m, order, effects);
    }
    if let Some(wish) = m.drill_wanted.take() {
        drill::setup::open(m, wish);
    }
    let Some(preset) = m.preset.take() else { return };
    let shelf = m.shelf.as_ref().map_or(&[][..], |s| &s.volumes);
    let wanted = match &preset.bank {
        Some(id) => shelf.iter().position(|v| v.bank.id == *id),
        None => Some(m.volume),
    };
    match wanted.and_then(|i| shelf.get(i).map(|v| (i, v.bank.clone()))) {
        Some((i, bank)) => {
            m.volume = i;
            setup::open(m, &bank, &preset);
        }
        None => {
            let names: Vec<String> = shelf.iter().map(|v| v.bank.id.to_string()).collect();
            let wanted = preset.bank.map_or(String::new(), |b| format!(" `{b}`"));
            m.say(format!("There is no bank{wanted}; there are: {}", names.join(", ")));
        }
    }
}
