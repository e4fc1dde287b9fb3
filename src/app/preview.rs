//! The preview: a bank or a deck as its author is writing it, page by page as a student sees it, with what is found in it.

use crate::engine::slug::Slug;
use crate::engine::text::Text;

use super::effect::Effect;
use super::keys::Action;
use super::model::{Model, Notice, Screen};

pub mod draft;
pub mod page;

use draft::{Draft, FileLine, Finding, Kind, Reading, Written};

/// The preview's state.
#[derive(Clone, Debug, Default)]
pub struct Preview {
    /// The path that was named, for reading.
    pub path: Text,
    /// The question or card to begin with.
    pub wanted: Option<Slug>,
    /// The last good state; before there was one, what could be read.
    draft: Option<Draft>,
    /// Why what is shown is not what the files say now.
    trouble: Option<Text>,
    /// The errors that are the reason.
    broken: Vec<Finding>,
    /// The shown page.
    at: usize,
    /// Whether answers are shown.
    told: bool,
    /// The number that is being typed.
    pub go_to: Option<String>,
}

impl Preview {
    /// A preview that waits for the first reading of `path`.
    pub fn of(path: Text, wanted: Option<Slug>) -> Self {
        Self { path, wanted, ..Self::default() }
    }

    /// The shown question or card.
    fn page(&self) -> Option<&Written> {
        self.draft.as_ref()?.pages.get(self.at)
    }

    fn kind(&self) -> Kind {
        self.draft.as_ref().map_or_else(Kind::default, |d| d.kind)
    }

    fn count(&self) -> usize {
        self.draft.as_ref().map_or(0, |d| d.pages.len())
    }

    /// All findings, each with its page's index: what is broken first, then those of the whole bank or deck.
    fn findings(&self) -> Vec<(Option<usize>, &Finding)> {
        let general = self.broken.iter().chain(self.draft.iter().flat_map(|d| &d.general)).map(|f| (None, f));
        let pages = self.draft.iter().flat_map(|d| &d.pages).enumerate().filter(|(_, page)| !page.again);
        let own = pages.flat_map(|(i, page)| page.findings.iter().map(move |f| (Some(i), f)));
        general.chain(own).collect()
    }

    /// Where the entry of the shown page begins.
    fn first(&self) -> usize {
        let again = |at: &usize| self.draft.as_ref().is_some_and(|d| d.pages.get(*at).is_some_and(|p| p.again));
        self.at - (0..=self.at).rev().take_while(again).count()
    }

    /// Takes a new reading: the shown page stays the one of its id, and what cannot be trusted replaces nothing.
    fn take(&mut self, reading: Reading) {
        self.trouble = reading.trouble;
        self.broken = reading.broken;
        let Some(draft) = reading.draft.filter(|_| self.trouble.is_none() || self.draft.is_none()) else { return };
        let here = self.wanted.clone().or_else(|| self.page()?.id.clone());
        let into = if self.wanted.is_some() { 0 } else { self.at - self.first() };
        let found = here.and_then(|id| draft.pages.iter().position(|page| page.id.as_ref() == Some(&id)));
        self.at = found.map_or(self.at, |first| {
            let more = draft.pages[first + 1..].iter().take_while(|page| page.again).count();
            first + into.min(more)
        });
        self.at = self.at.min(draft.pages.len().saturating_sub(1));
        self.draft = Some(draft);
    }
}

/// Takes what was read of the files.
pub fn take(m: &mut Model, reading: Reading) {
    let Some(preview) = &mut m.preview else { return };
    let was = preview.page().and_then(|q| q.id.clone());
    preview.take(reading);
    let asked = if preview.draft.is_some() { preview.wanted.take() } else { None };
    let lost = asked.filter(|id| preview.page().and_then(|q| q.id.as_ref()) != Some(id));
    let moved = preview.page().and_then(|q| q.id.clone()) != was;
    m.notice = match (&preview.trouble, lost) {
        (None, Some(id)) => {
            Some(Notice { text: format!("There is no {} `{id}`", preview.kind().holds()), lasting: false })
        }
        _ => standing(m),
    };
    if moved && matches!(m.screen(), Screen::Preview) {
        m.place_mut().scroll = 0;
    }
    m.dirty = true;
}

/// What stands as long as the files cannot be trusted, under any passing word.
pub fn standing(m: &Model) -> Option<Notice> {
    let preview = m.preview.as_ref()?;
    let trouble = preview.trouble.as_ref()?.one_line();
    let text = if preview.draft.is_some() { format!("Last good state shown; {trouble}") } else { trouble };
    Some(Notice { text, lasting: true })
}

/// Does `action` on the shown page.
pub fn act(m: &mut Model, action: Action, effects: &mut Vec<Effect>) {
    let Some(preview) = &mut m.preview else { return };
    let last = preview.count().saturating_sub(1);
    match action {
        Action::Left => show(m, |at| at.saturating_sub(1)),
        Action::Right => show(m, |at| (at + 1).min(last)),
        Action::First => show(m, |_| 0),
        Action::Last => show(m, |_| last),
        Action::GoTo if last > 0 => preview.go_to = Some(String::new()),
        Action::Turn => preview.told ^= true,
        Action::Edit => {
            let place = preview.page().map(|page| page.at.clone());
            edit(m, place, effects);
        }
        Action::Findings if preview.findings().is_empty() => {
            let text = format!("Nothing is found in this {}", preview.kind().name());
            m.say(text);
        }
        Action::Findings => {
            let row = preview.findings().iter().position(|(i, _)| *i == Some(preview.at)).unwrap_or(0);
            m.enter(Screen::Findings(row));
        }
        Action::Up => m.place_mut().scroll = m.place().scroll.saturating_sub(1),
        Action::Down => m.place_mut().scroll += 1,
        _ => {}
    }
}

fn show(m: &mut Model, to: impl Fn(usize) -> usize) {
    let Some(preview) = &mut m.preview else { return };
    let at = to(preview.at);
    if at != std::mem::replace(&mut preview.at, at) {
        m.place_mut().scroll = 0;
    }
}

fn edit(m: &mut Model, place: Option<FileLine>, effects: &mut Vec<Effect>) {
    match place {
        Some(place) => effects.push(Effect::Edit(place)),
        None => m.say("There is nothing to edit yet"),
    }
}

/// Does `action` while a page's number is typed.
pub fn type_number(m: &mut Model, action: Action) {
    let Some(preview) = &mut m.preview else { return };
    let Some(typed) = &mut preview.go_to else { return };
    match action {
        Action::Digit(digit) if typed.len() < 7 => typed.push(char::from(b'0' + digit)),
        Action::Erase => drop(typed.pop()),
        Action::Back => preview.go_to = None,
        Action::Open => {
            let wanted = typed.parse::<usize>().ok().and_then(|n| n.checked_sub(1));
            let (count, holds) = (preview.count(), preview.kind().holds());
            preview.go_to = None;
            match wanted {
                Some(index) if index < count => show(m, |_| index),
                Some(_) => m.say(format!("There is no such {holds}: they go from 1 to {count}")),
                None => {}
            }
        }
        _ => {}
    }
}

/// Does `action` in the list of findings. Returns whether the cursor has moved.
pub fn act_in_list(m: &mut Model, row: usize, action: Action, effects: &mut Vec<Effect>) -> bool {
    let Some(preview) = &m.preview else { return false };
    let findings = preview.findings();
    let chosen = findings.get(row).map(|(i, f)| (*i, f.at.clone()));
    match (action, chosen) {
        (Action::Open, Some((Some(index), _))) => {
            m.leave();
            show(m, |_| index);
            return false;
        }
        (Action::Open, Some((None, _))) => {
            let text = format!("This is about the {} as a whole; e edits it", preview.kind().name());
            m.say(text);
        }
        (Action::Edit, chosen) => edit(m, chosen.map(|(_, at)| at), effects),
        _ => {
            let row = super::frame::moved(row, findings.len(), action);
            m.place_mut().screen = Screen::Findings(row);
            return true;
        }
    }
    false
}
