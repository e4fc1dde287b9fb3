//! The study guide: reading a module, from where the student stopped, with search and marks.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::engine::bank::{Bank, Module};
use crate::engine::drill::choose::Mode;
use crate::engine::guide::{Guide, GuideRef, Section};
use crate::engine::slug::Slug;
use crate::engine::text::Text;

use super::drill::{self, DrillOrder};
use super::effect::Effect;
use super::frame::{self, Frame};
use super::keys::Action;
use super::model::{Model, Screen};
use super::page::{Line, Role, counted};
use super::prompt::{Asks, Prompt};
use super::wrap::cut;
use find::Search;
use page::{Page, Setting};
use reading::Anchor;

pub mod contents;
pub mod find;
pub mod list;
pub mod page;
pub mod reading;
pub mod table;

/// How far a key moves a drawing that is wider than the page.
const STEP: usize = 8;

/// A guide that is read.
#[derive(Clone, Debug)]
pub struct Reader {
    /// The bank it belongs to.
    pub bank: Arc<Bank>,
    /// The module, as an index into the bank's.
    pub module: usize,
    /// Whether it was opened from a question: the place where the student reads stays where it was.
    pub visit: bool,
    /// By how many columns wide drawings are moved.
    aside: usize,
    /// The search, if there is one.
    search: Option<Search>,
    /// The top of the screen.
    top: Anchor,
    /// The columns that the scroll was reckoned for; 0 before it was.
    columns: usize,
    /// The sections whose ends are on the screen.
    ends_seen: BTreeSet<usize>,
    /// The scroll to which a jump to the guide's end has led, until it is another: what is there was not read.
    landed: Option<usize>,
    /// The sections that the reader has marked as not read since the guide was opened: they stay so.
    unread: BTreeSet<usize>,
    /// Whether sections were marked since something was written.
    marked: bool,
    /// The page as it was set last, and for what: every key asks for it several times.
    set: Option<(PageKey, Arc<Page>)>,
}

/// What a page depends on: columns, how far drawings are moved, and the sections that were read.
type PageKey = (usize, usize, BTreeSet<Slug>);

impl Reader {
    /// The module.
    pub fn module(&self) -> &Module {
        &self.bank.modules[self.module]
    }

    /// The guide.
    fn guide(&self) -> Arc<Guide> {
        self.module().guide.clone().unwrap_or_default()
    }

    /// The section at the top of the screen.
    pub fn section(&self) -> Option<Section> {
        self.guide().sections.get(self.top.section?).cloned()
    }

    /// The address of that section.
    pub fn address(&self) -> Option<GuideRef> {
        Some(GuideRef { module: self.module().id.clone(), section: self.section()?.slug })
    }
}

/// The index of a module that has a guide.
fn with_guide(bank: &Bank, module: &Slug) -> Option<usize> {
    bank.modules.iter().position(|m| m.id == *module && m.guide.is_some())
}

/// Opens the guide of a module where the student stopped reading it.
pub fn open(m: &mut Model, bank: &Arc<Bank>, module: usize) {
    let Some(found) = bank.modules.get(module) else { return };
    let top = reading::top(m, &bank.id, found);
    enter(m, bank, module, top, false);
}

/// Opens a section, to come back from: the place of reading stays.
pub fn open_at(m: &mut Model, bank: &Arc<Bank>, module: usize, section: usize) {
    enter(m, bank, module, Anchor { section: Some(section), letters: 0 }, true);
}

/// The section of a guide of `bank` that a link leads to: the bank, its module's index and the section's.
fn linked<'m>(m: &'m Model, bank: &Slug, link: Option<&GuideRef>) -> Option<(&'m Arc<Bank>, usize, usize)> {
    let shelf = m.shelf.as_ref()?;
    let (bank, link) = (&shelf.volumes.get(shelf.find(bank)?)?.bank, link?);
    let module = with_guide(bank, &link.module)?;
    Some((bank, module, bank.guide(&link.module)?.find(&link.section)?))
}

/// The titles of the module and of the section that a link into a guide of `bank` leads to.
pub fn titles<'m>(m: &'m Model, bank: &Slug, link: Option<&GuideRef>) -> Option<(&'m Text, &'m Text)> {
    let (bank, module, section) = linked(m, bank, link)?;
    let module = &bank.modules[module];
    Some((&module.title, &module.guide.as_ref()?.sections[section].title))
}

/// Opens the section that explains a question of `bank`; says so if there is none, or if the bank is not there.
pub fn open_section(m: &mut Model, bank: &Slug, link: Option<&GuideRef>) {
    let found = linked(m, bank, link).map(|(bank, module, section)| (bank.clone(), module, section));
    match found {
        Some((bank, module, section)) => open_at(m, &bank, module, section),
        None if m.shelf.as_ref().is_some_and(|shelf| shelf.find(bank).is_none()) => {
            m.say(format!("The bank `{bank}` is not there any more, nor its guide"));
        }
        None => m.say("The guide says nothing about this question"),
    }
}

fn enter(m: &mut Model, bank: &Arc<Bank>, module: usize, top: Anchor, visit: bool) {
    m.enter(Screen::Guide(Box::new(Reader {
        bank: bank.clone(),
        module,
        visit,
        aside: 0,
        search: None,
        top,
        columns: 0,
        ends_seen: BTreeSet::new(),
        landed: None,
        unread: BTreeSet::new(),
        marked: false,
        set: None,
    })));
}

/// Does `action`.
pub fn act(m: &mut Model, action: Action, effects: &mut Vec<Effect>) {
    let scroll = m.place().scroll;
    let Screen::Guide(reader) = m.screen() else { return };
    let reader = reader.clone();
    let page = page(m, &reader, frame::columns(m.size));
    let here = page.starts.iter().rposition(|&start| start <= scroll);
    let count = page.starts.len();
    match action {
        Action::Down => reading::go_on(m, 0..count),
        Action::NextSection => reading::go_on(m, 0..here.map_or(0, |i| i + 1)),
        Action::Back => reading::go_on(m, count.saturating_sub(1)..count),
        _ => {}
    }
    let to = match action {
        Action::Back => {
            reading::keep(m, true, effects);
            m.leave();
            return;
        }
        Action::Up => scroll.saturating_sub(1),
        Action::Down => scroll + 1,
        Action::First => 0,
        Action::Last => land(m),
        Action::NextSection => match page.starts.get(here.map_or(0, |i| i + 1)) {
            Some(&start) => start,
            None => return m.say("This is the last section"),
        },
        // Out of the middle of a section to its beginning, as with a page of a book.
        Action::PreviousSection => match here {
            Some(i) if page.starts[i] < scroll => page.starts[i],
            Some(i) if i > 0 => page.starts[i - 1],
            _ => 0,
        },
        Action::Section(i) => match page.starts.get(usize::from(i)) {
            Some(&start) => start,
            None => return m.say(format!("This guide has {}", counted(page.starts.len(), "section"))),
        },
        Action::Left | Action::Right => return move_drawings(m, &page, action == Action::Right),
        Action::Contents => {
            m.enter(Screen::Contents(here.unwrap_or(0)));
            return;
        }
        Action::MarkRead => {
            match here.or_else(|| first_shown(m, &page)) {
                Some(section) => reading::toggle(m, &reader, section, effects),
                None => m.say("No section has begun here"),
            }
            return;
        }
        Action::Drill => {
            return match here.or_else(|| first_shown(m, &page)) {
                Some(section) => drill_section(m, &reader, section, effects),
                None => m.say("No section has begun here"),
            };
        }
        Action::Find => {
            m.prompt = Some(Prompt::new(Asks::InGuide, ""));
            return;
        }
        Action::NextHit | Action::PreviousHit => return find::next(m, &page, action == Action::NextHit),
        _ => return,
    };
    m.place_mut().scroll = to;
}

/// Notes that a jump leads to the guide's end. Returns where that is.
fn land(m: &mut Model) -> usize {
    let last = frame::frame(m).last_scroll(m.size);
    if let Screen::Guide(reader) = &mut m.place_mut().screen {
        reader.landed = Some(last);
    }
    last
}

/// The first section, if it is on the screen: before its heading is at the top it is the one that is meant.
fn first_shown(m: &Model, page: &Page) -> Option<usize> {
    let end = m.place().scroll + frame::frame(m).body_rows(m.size);
    page.starts.first().filter(|&&start| start < end).map(|_| 0)
}

/// Begins a drill of the questions that a section explains.
pub fn drill_section(m: &mut Model, reader: &Reader, section: usize, effects: &mut Vec<Effect>) {
    if m.sitting.is_some() {
        return m.say("Your exam goes on: drill the section after it");
    }
    let Some(section) = reader.guide().sections.get(section).map(|s| s.slug.clone()) else { return };
    let link = GuideRef { module: reader.module().id.clone(), section };
    let only: Vec<Slug> = reader.bank.explained_by(&link).map(|q| q.id.clone()).collect();
    if only.is_empty() {
        return m.say("This section explains no question");
    }
    reading::keep(m, true, effects);
    drill::start(m, DrillOrder { mode: Mode::All, only, ..DrillOrder::new(reader.bank.id.clone()) }, effects);
}

fn move_drawings(m: &mut Model, page: &Page, right: bool) {
    if page.beyond == 0 {
        m.say("Every drawing is shown whole");
        return;
    }
    if let Screen::Guide(reader) = &mut m.place_mut().screen {
        reader.aside = if right { (reader.aside + STEP).min(page.beyond) } else { reader.aside.saturating_sub(STEP) };
    }
}

/// Brings a section to the top.
pub fn go_to(m: &mut Model, section: usize) {
    let Screen::Guide(reader) = m.screen() else { return };
    let page = page(m, reader, frame::columns(m.size));
    if let Some(&start) = page.starts.get(section) {
        m.place_mut().scroll = start;
    }
}

/// The page as the reader shows it.
fn page(m: &Model, reader: &Reader, columns: usize) -> Arc<Page> {
    let key = page_key(m, reader, columns);
    match &reader.set {
        Some((known, page)) if *known == key => page.clone(),
        _ => set_page(reader, &key),
    }
}

fn page_key(m: &Model, reader: &Reader, columns: usize) -> PageKey {
    (columns, reader.aside, reading::read(m, &reader.bank.id, &reader.module().id).cloned().unwrap_or_default())
}

fn set_page(reader: &Reader, (columns, aside, read): &PageKey) -> Arc<Page> {
    let setting = Setting { columns: *columns, titled: false, aside: Some(*aside) };
    Arc::new(page::set(&reader.guide(), setting, &|slug| read.contains(slug)))
}

/// What is shown.
pub fn frame(m: &Model, reader: &Reader, columns: usize) -> Frame {
    let page = page(m, reader, columns);
    let scroll = m.place().scroll;
    let here = page.starts.iter().rposition(|&start| start <= scroll);
    let mut shown = Frame {
        title: reader.module().title.one_line(),
        right: Line::of(reading::summary(m, &reader.bank, reader.module()), Role::Muted),
        top: vec![section_line(m, reader, here, here.is_some_and(|i| page.starts[i] == scroll), columns)],
        ..Frame::default()
    };
    // The last section can come to the top, too: below it is nothing.
    let rows = shown.body_rows(m.size);
    let full = page.starts.last().map_or(0, |start| start + rows).max(page.lines.len());
    shown.body.clone_from(&page.lines);
    shown.body.resize(full, Line::new());
    if let Some(search) = &reader.search {
        find::show_all(&mut shown, &page, search);
    }
    shown
}

/// The section at the top of the screen, and what there is of it. It is named where its heading is not on the screen.
fn section_line(m: &Model, reader: &Reader, here: Option<usize>, heading_shown: bool, columns: usize) -> Line {
    let guide = reader.guide();
    let Some((i, section)) = here.and_then(|i| Some((i, guide.sections.get(i)?))) else {
        return Line::of(format!("  {}", counted(guide.sections.len(), "section")), Role::Muted);
    };
    let link = GuideRef { module: reader.module().id.clone(), section: section.slug.clone() };
    let mut right = Line::of(counted(reader.bank.explained_by(&link).count(), "question"), Role::Muted);
    if reading::read(m, &reader.bank.id, &link.module).is_some_and(|r| r.contains(&section.slug)) {
        right.push(" · ", Role::Muted);
        right.push("✓ read", Role::Correct);
    }
    let name = match heading_shown {
        true => format!("  section {} of {}", i + 1, guide.sections.len()),
        false => format!("  {:>2}  {}", i + 1, section.title.as_str()),
    };
    Line::of(cut(&name, columns.saturating_sub(right.width() + 2)), Role::Muted).and_right(right, columns)
}

/// Before a screen is settled: sets the page. Where that is for other columns than before, the same words come to the
/// top again.
pub fn relay(m: &mut Model) {
    let columns = frame::columns(m.size);
    let Screen::Guide(reader) = m.screen() else { return };
    let set = (page_key(m, reader, columns), page(m, reader, columns));
    let scroll = if reader.columns == columns { m.place().scroll } else { reader.top.line(&set.1) };
    let place = m.place_mut();
    if let Screen::Guide(reader) = &mut place.screen {
        (place.scroll, reader.columns, reader.set) = (scroll, columns, Some(set));
    }
}

/// After a screen is settled: notes what is at the top, and which sections end on it.
pub fn seen(m: &mut Model) {
    if m.help.is_some() || !m.size.is_enough() {
        return;
    }
    let (scroll, rows) = (m.place().scroll, frame::frame(m).body_rows(m.size));
    let Screen::Guide(reader) = m.screen() else { return };
    let page = page(m, reader, frame::columns(m.size));
    // A place that is still at the top stays to the letter, or it would move with each change of the width.
    let top = if reader.top.line(&page) == scroll { reader.top } else { Anchor::at(&page, scroll) };
    let in_view = |line: &usize| (scroll..scroll + rows).contains(line);
    let ends: BTreeSet<usize> = page.ends.iter().enumerate().filter(|(_, end)| in_view(end)).map(|(i, _)| i).collect();
    if let Screen::Guide(reader) = &mut m.place_mut().screen {
        (reader.top, reader.ends_seen) = (top, ends);
        reader.landed = reader.landed.filter(|&at| at == scroll);
    }
}
