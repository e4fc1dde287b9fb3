//! The one way to change the model.

use std::time::Duration;

use crate::engine::time::Now;

use super::drill::Drilling;
use super::effect::{Effect, Msg};
use super::frame::settle;
use super::input::Key;
use super::keys::{self, Action};
use super::model::{Model, Screen};
use super::sitting::{self, Sitting};
use super::{guide, progress, prompt, saving, search, setup};

mod answers;
mod dispatch;

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
                follow = dispatch::act(m, action, &mut effects);
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
        Msg::Done(answer) => answers::take(m, answer, &mut effects),
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
