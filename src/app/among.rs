//! Which questions a drill or an exam is about: a row of the screens before them, and the filter that is typed there.

use crate::engine::bank::Bank;
use crate::engine::filter::{Filter, Test};

use super::frame::turned;
use super::model::{Model, Screen};
use super::prompt::{Asks, Prompt};
use super::{drill, setup};

/// Asks for a filter; the one that holds stands there to be changed.
pub fn ask(m: &mut Model, filter: &Filter) {
    let written = if filter.is_everything() { String::new() } else { filter.to_string() };
    m.prompt = Some(Prompt::new(Asks::Filter, &written));
}

/// Takes the filter that was typed. One that cannot be read stays to be mended, with the cursor where it goes wrong.
pub fn take(m: &mut Model, typed: &str) {
    let filter = match typed.parse::<Filter>() {
        Ok(filter) => filter,
        Err(error) => {
            if let Some(prompt) = m.prompt.as_mut().filter(|_| !error.unfinished) {
                prompt.seek(error.column - 1);
            }
            return m.say(error.to_string());
        }
    };
    m.prompt = None;
    match m.screen() {
        Screen::Setup(_) => setup::set_filter(m, filter),
        Screen::DrillSetup(_) => drill::setup::set_filter(m, filter),
        _ => {}
    }
}

/// The choice of the row after this one, or before it: all questions, each domain, each module.
pub fn next(bank: &Bank, now: &Filter, forward: bool) -> Filter {
    let domains = bank.domains.iter().map(|d| Filter::is(Test::Domain(d.id.clone())));
    let modules = bank.modules.iter().map(|m| Filter::is(Test::Module(m.id.clone())));
    let choices: Vec<Filter> = std::iter::once(Filter::default()).chain(domains).chain(modules).collect();
    turned(&choices, now, forward)
}

/// A filter as the row shows it: a single domain or module by its name as well.
pub fn label(bank: &Bank, filter: &Filter) -> String {
    match (name(bank, filter), &filter.tests()[..]) {
        _ if filter.is_everything() => "all questions".into(),
        (Some(title), [(Test::Domain(_), _)]) => format!("{title} ({filter})"),
        (Some(title), _) => title,
        (None, _) => filter.to_string(),
    }
}

/// The name of the single domain or module that is meant, a module's with its id: `m5 The time-varying RF field`.
pub fn name(bank: &Bank, filter: &Filter) -> Option<String> {
    match filter.tests()[..] {
        [(Test::Domain(id), true)] => bank.domains.iter().find(|d| d.id == *id).map(|d| d.title.one_line()),
        [(Test::Module(id), true)] => {
            bank.modules.iter().find(|m| m.id == *id).map(|m| format!("{id} {}", m.title.one_line()))
        }
        _ => None,
    }
}

/// What a filter names that the bank does not have, in words.
pub fn unknown(filter: &Filter, bank: &Bank) -> Option<String> {
    let (written, there) = filter.unknown_in(bank)?;
    let but = if there.is_empty() { String::new() } else { format!(", but: {}", there.join(", ")) };
    Some(format!("{} has no {written}{but}", bank.id))
}
