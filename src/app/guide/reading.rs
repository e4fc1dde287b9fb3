//! How far a student has read: the place in each module's guide, and the sections that were read.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::engine::bank::{Bank, Module};
use crate::engine::record::Reading;
use crate::engine::slug::Slug;

use super::super::effect::{Effect, Record};
use super::super::model::{Access, Model, Screen};
use super::super::page::{Line, Role};
use super::super::saving::save;
use super::Reader;
use super::page::Page;

/// Letters that may be read on before the place is written again: about a screen.
const FAR: usize = 400;

/// A place in a guide that is the same at every width: so many letters into a section, or before the first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Anchor {
    /// The section; `None` before the first.
    pub section: Option<usize>,
    /// The letters and digits between its beginning and the place.
    pub letters: usize,
}

impl Anchor {
    /// The place of a line.
    pub fn at(page: &Page, line: usize) -> Self {
        let section = page.starts.iter().rposition(|&start| start <= line);
        let from = section.map_or(0, |i| page.starts[i]);
        let letters = page.lines.iter().take(line).skip(from).map(letters).sum();
        Self { section, letters }
    }

    /// The line of the place: the last one of its section that begins with no more letters before it.
    pub fn line(self, page: &Page) -> usize {
        let from = self.section.and_then(|i| page.starts.get(i)).copied().unwrap_or(0);
        let end = page.starts.iter().find(|&&start| start > from).copied().unwrap_or(page.lines.len());
        let mut before = 0;
        let mut found = from;
        for (i, line) in page.lines.iter().enumerate().take(end).skip(from) {
            let own = letters(line);
            if own > 0 && 0 < self.letters && before <= self.letters {
                found = i;
            }
            before += own;
        }
        found
    }
}

/// The letters and digits of a line that are the guide's own.
fn letters(line: &Line) -> usize {
    let own = line.spans.iter().filter(|s| s.role != Role::Muted);
    own.flat_map(|s| s.text.chars()).filter(|c| c.is_alphanumeric()).count()
}

/// The sections of a module that were read.
pub fn read<'m>(m: &'m Model, bank: &Slug, module: &Slug) -> Option<&'m BTreeSet<Slug>> {
    find(m, bank, module).map(|r| &r.read)
}

fn find<'m>(m: &'m Model, bank: &Slug, module: &Slug) -> Option<&'m Reading> {
    m.reading.iter().find(|r| r.bank == *bank && r.module == *module)
}

/// How many sections of a module's guide there are, and how many of them were read.
pub fn counts(m: &Model, bank: &Bank, module: &Module) -> (usize, usize) {
    let sections = module.guide.as_ref().map_or(&[][..], |g| &g.sections);
    let read = read(m, &bank.id, &module.id);
    let done = sections.iter().filter(|s| read.is_some_and(|r| r.contains(&s.slug))).count();
    (sections.len(), done)
}

/// `2 of 7 read`
pub fn summary(m: &Model, bank: &Bank, module: &Module) -> String {
    match counts(m, bank, module) {
        (0, _) => String::new(),
        (all, read) => format!("{read} of {all} read"),
    }
}

/// Where the student stopped reading a module.
pub fn top(m: &Model, bank: &Slug, module: &Module) -> Anchor {
    let (Some(reading), Some(guide)) = (find(m, bank, &module.id), &module.guide) else { return Anchor::default() };
    let letters = usize::try_from(reading.letters).unwrap_or(0);
    match &reading.section {
        None => Anchor { section: None, letters },
        // A new version of the bank may have other sections.
        Some(slug) => guide.find(slug).map_or(Anchor::default(), |i| Anchor { section: Some(i), letters }),
    }
}

/// Marks a section as read, or takes the mark away. Returns whether that is new.
pub fn mark(m: &mut Model, bank: &Slug, module: &Slug, section: &Slug, as_read: bool) -> bool {
    let marks = &mut entry(m, bank, module).read;
    if as_read { marks.insert(section.clone()) } else { marks.remove(section) }
}

/// The reader goes on from what is on the screen: of these sections those are read whose ends were on it.
pub fn go_on(m: &mut Model, sections: Range<usize>) {
    let Screen::Guide(reader) = m.screen() else { return };
    if reader.landed.is_some() {
        return; // a jump to the end has read nothing, and nothing was moved since
    }
    let (guide, bank, module) = (reader.guide(), reader.bank.id.clone(), reader.module().id.clone());
    let ended = reader.ends_seen.difference(&reader.unread).filter(|section| sections.contains(section));
    let ended: Vec<usize> = ended.copied().collect();
    let mut marked = false;
    for section in ended.into_iter().filter_map(|i| guide.sections.get(i)) {
        marked |= mark(m, &bank, &module, &section.slug, true);
    }
    if let Screen::Guide(reader) = &mut m.place_mut().screen {
        reader.marked |= marked;
    }
}

/// Turns the mark of a section round, and writes it. What is marked as not read stays so while the guide is open.
pub fn toggle(m: &mut Model, reader: &Reader, section: usize, effects: &mut Vec<Effect>) {
    let (bank, module) = (&reader.bank.id, &reader.module().id);
    let Some(slug) = reader.guide().sections.get(section).map(|s| s.slug.clone()) else { return };
    let was = read(m, bank, module).is_some_and(|r| r.contains(&slug));
    mark(m, bank, module, &slug, !was);
    let open = m.places.iter_mut().rev().find_map(|place| match &mut place.screen {
        Screen::Guide(reader) => Some(reader),
        _ => None,
    });
    if let Some(open) = open {
        if was {
            open.unread.insert(section)
        } else {
            open.unread.remove(&section)
        };
    }
    write(m, bank, module, effects);
    m.say(if was { "Marked as not read" } else { "Marked as read" });
}

/// Writes the place and the marks of the guide on the screen, if enough has changed, or on `leaving` if anything has.
pub fn keep(m: &mut Model, leaving: bool, effects: &mut Vec<Effect>) {
    let Screen::Guide(reader) = m.screen() else { return };
    let (bank, module) = (reader.bank.clone(), reader.module().clone());
    let kept = top(m, &bank.id, &module);
    let now = if reader.visit { kept } else { reader.top };
    let far = now.section != kept.section || now.letters.abs_diff(kept.letters) >= FAR;
    if !(reader.marked || far || leaving && now != kept) {
        return;
    }
    let section = now.section.and_then(|i| Some(module.guide.as_ref()?.sections.get(i)?.slug.clone()));
    let reading = entry(m, &bank.id, &module.id);
    (reading.section, reading.letters) = (section, now.letters as u64);
    if let Screen::Guide(reader) = &mut m.place_mut().screen {
        reader.marked = false;
    }
    write(m, &bank.id, &module.id, effects);
}

/// Writes what is kept of a module's guide. While another program has the data, it is kept here only.
fn write(m: &mut Model, bank: &Slug, module: &Slug, effects: &mut Vec<Effect>) {
    let at = m.now.wall;
    let reading = entry(m, bank, module);
    reading.at = at;
    let record = Record::Reading(Box::new(reading.clone()));
    if m.access == Access::Ours {
        save(m, record, effects);
    }
}

fn entry<'m>(m: &'m mut Model, bank: &Slug, module: &Slug) -> &'m mut Reading {
    let known = m.reading.iter().position(|r| r.bank == *bank && r.module == *module);
    let at = known.unwrap_or_else(|| {
        m.reading.push(Reading::new(bank.clone(), module.clone()));
        m.reading.len() - 1
    });
    &mut m.reading[at]
}
