//! The search over questions, cards and the study guide, as one types.

use std::sync::Arc;

use crate::engine::bank::Bank;
use crate::engine::filter::{Filter, HELP};
use crate::engine::phrase::Phrase;
use crate::engine::question::Question;
use crate::engine::search::{self, Found, Hit, Hits, Origin, Place, Records, Segment, entry_texts, section_texts};
use crate::engine::text::Text;

use super::effect::Effect;
use super::frame::{Frame, moved};
use super::input::Key;
use super::keys::Action;
use super::model::{Model, Screen};
use super::page::{Line, Role, Span};
use super::snippet::{found_in, snippet};
use super::typing::Typing;
use super::withheld;
use super::wrap::{cut, width, wrap};
use super::{card_view, guide, question_view};

/// The most characters of what is looked for.
const LENGTH: usize = 200;
/// Lines that a hit takes.
const HIT_ROWS: usize = 2;

/// What is looked for, and what was found.
#[derive(Clone, Debug)]
pub struct Search {
    typing: Typing,
    /// What the hits are of.
    filter: Filter,
    hits: Hits,
    /// What the student's record says, as long as no other screen can change it.
    records: Records,
    /// The hit at the cursor.
    row: usize,
    /// What is wrong with what is typed.
    problem: Option<String>,
}

/// Opens the search with nothing typed.
pub fn open(m: &mut Model) {
    let typing = Typing::new("", LENGTH);
    let search = Search {
        typing,
        filter: Filter::default(),
        hits: Hits::default(),
        records: Records::default(),
        row: 0,
        problem: None,
    };
    m.enter(Screen::Search(Box::new(search)));
}

/// Takes a key that types. Returns whether it did.
pub fn key(m: &mut Model, key: Key) -> bool {
    let Screen::Search(search) = &mut m.place_mut().screen else { return false };
    if !search.typing.key(key) {
        return false;
    }
    look(m);
    true
}

/// Types a pasted text.
pub fn paste(m: &mut Model, text: &Text) {
    if let Screen::Search(search) = &mut m.place_mut().screen {
        search.typing.paste(text);
        look(m);
    }
}

/// Looks again after another screen, on which marks and answers may have changed; the cursor stays.
pub fn look_again(m: &mut Model) {
    let Screen::Search(search) = m.screen() else { return };
    let row = search.row;
    look(m);
    if let Screen::Search(search) = &mut m.place_mut().screen {
        search.row = row.min(search.hits.best.len().saturating_sub(1));
    }
}

/// Looks for what is typed. What cannot be read finds nothing.
pub fn look(m: &mut Model) {
    let chosen = m.volume().map(|volume| volume.bank.id.clone());
    let Model { places, segments, learner, shelf, .. } = m;
    let Some(Screen::Search(search)) = places.last_mut().map(|place| &mut place.screen) else { return };
    let typed = search.typing.raw();
    // A quotation that is not closed yet is looked for by its words.
    let read = typed.parse::<Filter>().or_else(|error| typed.replace('"', " ").parse().map_err(|_| error));
    m.dirty = true;
    match read {
        Ok(filter) => {
            if let (Some(segments), Some(chosen)) = (segments.as_mut(), &chosen) {
                segments.sort_by_key(|segment| !segment.belongs_to(chosen)); // the first of equals is listed first
            }
            search.hits = match segments {
                Some(segments) if !filter.is_everything() => {
                    search::search(segments, &filter, learner, &mut search.records)
                }
                _ => Hits::default(),
            };
            let banks = shelf.iter().flat_map(|s| &s.volumes).map(|v| v.bank.as_ref());
            search.problem = Some(&filter).filter(|_| search.hits.total == 0).and_then(|f| unknown(f, banks));
            (search.filter, search.row) = (filter, 0);
        }
        Err(error) => {
            (search.filter, search.hits, search.row) = Default::default();
            search.problem = Some(error.to_string());
        }
    }
    m.place_mut().scroll = 0;
}

/// What the filter asks for that no bank has.
fn unknown<'b>(filter: &Filter, banks: impl Iterator<Item = &'b Bank>) -> Option<String> {
    let mut there = Vec::new();
    let mut written = None;
    for bank in banks {
        let (what, ids) = filter.unknown_in(bank)?;
        there.extend(ids);
        written = Some(what);
    }
    let what = written?;
    let there = if there.is_empty() { String::new() } else { format!("; there are: {}", there.join(", ")) };
    Some(format!("No bank has {what}{there}"))
}

/// Does `action`. Returns whether the cursor has moved.
pub fn act(m: &mut Model, action: Action, effects: &mut Vec<Effect>) -> bool {
    let page = super::frame::frame(m).body_rows(m.size) / HIT_ROWS;
    let Screen::Search(search) = &mut m.place_mut().screen else { return false };
    let count = search.hits.best.len();
    match action {
        Action::PageUp => search.row = search.row.saturating_sub(page.max(1)),
        Action::PageDown => search.row = (search.row + page.max(1)).min(count.saturating_sub(1)),
        Action::Open => {
            open_hit(m, effects);
            return false;
        }
        Action::Back => {
            m.leave();
            return false;
        }
        _ => search.row = moved(search.row, count, action),
    }
    true
}

/// From a question or card that the search has opened to the hit before or after it.
pub fn step(m: &mut Model, action: Action, effects: &mut Vec<Effect>) {
    let below = m.places.len().wrapping_sub(2);
    let Some(Screen::Search(search)) = m.places.get_mut(below).map(|place| &mut place.screen) else { return };
    let to = moved(search.row, search.hits.best.len(), if action == Action::Left { Action::Up } else { Action::Down });
    if to == search.row {
        m.say(if action == Action::Left { "That is the first one found" } else { "That was the last one found" });
        return;
    }
    search.row = to;
    m.leave();
    open_hit(m, effects);
}

fn open_hit(m: &mut Model, effects: &mut Vec<Effect>) {
    let Screen::Search(search) = &mut m.place_mut().screen else { return };
    search.records = Records::default();
    match search.hits.best.get(search.row).map(|hit| hit.found.clone()) {
        Some(Found::Question(bank, question)) => question_view::open(m, bank, question, effects),
        Some(Found::Card(deck, entry)) => card_view::open(m, deck, entry),
        Some(Found::Section(bank, module, section)) => guide::open_at(m, &bank, module, section),
        None => {}
    }
}

/// Takes indexes that were made: of what is there still, in the place of the older ones.
pub fn take_segments(m: &mut Model, made: Vec<Arc<Segment>>) {
    let known = m.segments.take().unwrap_or_default();
    let of = |origin: &Origin| made.iter().chain(&known).find(|s| s.is_of(origin)).cloned();
    m.segments = Some(origins(m).iter().filter_map(of).collect());
    if let Screen::Search(search) = &mut m.place_mut().screen {
        search.records = Records::default();
    }
    look(m);
}

/// All that is searched.
pub fn origins(m: &Model) -> Vec<Origin> {
    let banks = m.shelf.iter().flat_map(|s| &s.volumes).map(|v| Origin::Bank(v.bank.clone()));
    let decks = m.study.iter().flat_map(|s| &s.decks).map(|d| Origin::Deck(d.deck.clone()));
    let guides = m.shelf.iter().flat_map(|s| &s.volumes).map(|v| &v.bank);
    let guides = guides.filter(|bank| bank.modules.iter().any(|module| module.guide.is_some()));
    banks.chain(decks).chain(guides.map(|bank| Origin::Guide(bank.clone()))).collect()
}

/// What is shown.
pub fn frame(m: &Model, search: &Search, columns: usize) -> Frame {
    let count = match search.hits.total {
        _ if search.filter.is_everything() || m.segments.is_none() => String::new(),
        n if n > search.hits.best.len() => format!("the best {} of {n}", search.hits.best.len()),
        n => format!("{n} found"),
    };
    let room = columns.saturating_sub(width(&count) + 6);
    let mut typed = Line::of(" / ", Role::Strong);
    typed.spans.extend(search.typing.line(room).spans);
    let mut top = vec![typed.and_right(Line::of(count, Role::Muted), columns)];
    if let Some(problem) = &search.problem {
        top.extend(wrap(&[Span::new(problem, Role::Warn)], columns, "   ", "   "));
    }
    top.push(Line::new());
    let phrases = search::wanted(&search.filter);
    let body = if search.filter.is_everything() {
        help(columns)
    } else if m.segments.is_none() {
        vec![Line::of("   The texts are still being read.", Role::Muted)]
    } else {
        let hits = search.hits.best.iter().enumerate();
        hits.flat_map(|(row, hit)| hit_lines(m, hit, &phrases, row == search.row, columns)).collect()
    };
    Frame { title: "Search".into(), top, body, ..Frame::default() }
}

/// The language, while nothing is typed.
fn help(columns: usize) -> Vec<Line> {
    let label = HELP.iter().map(|(written, _)| width(written)).max().unwrap_or(0) + 5;
    let mut lines = Vec::new();
    for (written, meaning) in HELP {
        let rest = " ".repeat(label);
        let mut wrapped = wrap(&[Span::new(meaning, Role::Plain)], columns, &rest, &rest);
        if let Some(first) = wrapped.first_mut() {
            let text = first.text();
            let pad = " ".repeat(label.saturating_sub(width(written) + 3));
            *first = Line::of(format!("   {written}{pad}"), Role::Strong).and(text.trim_start(), Role::Plain);
        }
        lines.extend(wrapped);
    }
    lines
}

/// A hit: what it is, and below where the words stand in it.
fn hit_lines(m: &Model, hit: &Hit, phrases: &[&Phrase], at_cursor: bool, columns: usize) -> [Line; HIT_ROWS] {
    let (texts, kind, about) = match &hit.found {
        Found::Question(bank, question) => {
            let texts = question.texts().map(|(part, text)| (Place::Question(part), text.clone())).collect();
            (texts, "question", about_question(m, bank, question))
        }
        Found::Card(deck, entry) => (entry_texts(entry), "card", deck.title.one_line()),
        Found::Section(bank, module, section) => {
            let title = bank.modules.get(*module).map_or(String::new(), |module| module.title.one_line());
            (section_texts(bank, *module, *section), "guide", title)
        }
    };
    let mut texts: Vec<(Place, Text)> = texts;
    let mut place = hit.place;
    if let Found::Question(bank, question) = &hit.found
        && withheld::is(m, &bank.id, &question.id)
    {
        // Of a question whose answer is not to be seen yet only the stem is shown.
        texts.truncate(1);
        place = texts.first().map_or(place, |(heading, _)| *heading);
    }
    let Some((heading, head)) = texts.first() else { return [Line::new(), Line::new()] };
    let room = columns.saturating_sub(width(kind) + 5);
    let mut first = Line::of(if at_cursor { " › " } else { "   " }, Role::Accent);
    first.spans.extend(snippet(head, phrases, room, Role::Plain).spans);
    let first = first.and_right(Line::of(kind, Role::Muted), columns);
    let label = format!("   {}  ", place.label());
    let room = columns.saturating_sub(width(&label));
    let second = if place == *heading {
        Line::of(label, Role::Muted).and(cut(&about, room), Role::Muted)
    } else {
        let of_place = texts.iter().filter(|(of, _)| *of == place).map(|(_, text)| text);
        let best = of_place.rev().max_by_key(|text| found_in(text, phrases));
        let mut line = Line::of(label, Role::Muted);
        line.spans.extend(best.map_or(Vec::new(), |text| snippet(text, phrases, room, Role::Muted).spans));
        line
    };
    let mut lines = [first, second];
    lines.iter_mut().for_each(|line| line.cursor = at_cursor);
    lines
}

/// What else is said of a question: its domain, and how it was answered.
fn about_question(m: &Model, bank: &Bank, question: &Question) -> String {
    let domain = bank.domains.iter().find(|d| d.id == question.domain).map_or(String::new(), |d| d.title.one_line());
    match m.learner.standing(&bank.id, &question.id) {
        _ if withheld::is(m, &bank.id, &question.id) => format!("{domain} · in your unfinished exam"),
        Some(s) if s.mistake.is_some() => format!("{domain} · {} of {} right · mistakes book", s.right, s.answers),
        Some(s) => format!("{domain} · {} of {} right", s.right, s.answers),
        None => format!("{domain} · not answered yet"),
    }
}
