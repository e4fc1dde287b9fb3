//! The list of banks and decks: what there is, and what is added and removed.

use super::cards::CardsOrder;
use super::effect::{Effect, Record, Restocked, Volumes};
use super::frame::{Frame, list_row, moved};
use super::keys::Action;
use super::model::{Access, Model, Screen};
use super::page::{Line, Role, Span, counted, prose};
use super::prompt;
use super::saving::save;
use super::search;
use super::shelf::{CHOSEN, Volume};
use super::study::DeckVolume;
use super::wrap::wrap;
use crate::engine::text::Text;

/// The most lines that are said over the footer.
const TOLD_LINES: usize = 4;

/// What stands in a row.
#[derive(Clone, Copy, Debug)]
enum Row<'m> {
    Bank(usize, &'m Volume),
    Deck(&'m DeckVolume),
}

fn rows(m: &Model) -> Vec<Row<'_>> {
    let banks = m.shelf.iter().flat_map(|s| &s.volumes).enumerate().map(|(i, volume)| Row::Bank(i, volume));
    let decks = m.study.iter().flat_map(|s| &s.decks).map(Row::Deck);
    banks.chain(decks).collect()
}

/// Does `action`. Returns whether the cursor has moved.
pub fn act(m: &mut Model, row: usize, action: Action, effects: &mut Vec<Effect>) -> bool {
    m.told.clear();
    let rows = rows(m);
    match (action, rows.get(row)) {
        (Action::Open, Some(Row::Bank(i, _))) => {
            m.volume = *i;
            m.leave();
            prefer(m);
            remember(m, effects);
        }
        (Action::Open, Some(Row::Deck(deck))) => {
            let order = CardsOrder { deck: Some(deck.deck.id.clone()), cram: false, limit: None };
            effects.push(Effect::BeginCards(order));
        }
        (Action::Open, None) => {}
        (Action::Add, _) if m.shelf.is_none() => m.say("The banks are still being read"),
        (Action::Add, _) => prompt::ask_path(m),
        (Action::Remove, Some(row)) => {
            let (of, id, title, built_in) = match row {
                Row::Bank(_, v) => (Volumes::Banks, &v.bank.id, &v.bank.title, v.check.is_none()),
                Row::Deck(d) => (Volumes::Decks, &d.deck.id, &d.deck.title, d.check.is_none()),
            };
            let (id, title) = (id.clone(), title.one_line());
            match built_in {
                true => m.say("It is built into the program and cannot be removed"),
                false => prompt::ask_removal(m, of, id, title),
            }
        }
        (Action::Remove, None) => {}
        _ => {
            let moved = moved(row, rows.len(), action);
            m.place_mut().screen = Screen::Banks(moved);
            return true;
        }
    }
    false
}

/// Puts the decks of the chosen bank first.
pub fn prefer(m: &mut Model) {
    let chosen = m.volume().map(|volume| volume.bank.id.clone());
    if let (Some(study), Some(bank)) = (&mut m.study, chosen) {
        study.prefer(&bank);
    }
}

/// Keeps the choice for the next start, unless another program has the data.
fn remember(m: &mut Model, effects: &mut Vec<Effect>) {
    let chosen = m.volume().map(|volume| volume.bank.id.to_string());
    if m.access == Access::Ours {
        save(m, Record::Setting(CHOSEN, chosen), effects);
    }
}

/// Has the bank or deck at a path added.
pub fn add(m: &mut Model, path: &str, effects: &mut Vec<Effect>) {
    m.adding = Some(Text::new(&Text::new(path).one_line()));
    effects.push(Effect::AddContent(path.into()));
}

/// Whether a key is heard while something is being added: afterwards all banks and decks are read again, and nothing
/// that is open may hang on what they were.
pub fn is_heard(m: &mut Model, action: Action) -> bool {
    let harmless = matches!(
        action,
        Action::Quit
            | Action::Suspend
            | Action::Help
            | Action::Back
            | Action::Up
            | Action::Down
            | Action::PageUp
            | Action::PageDown
            | Action::First
            | Action::Last
    );
    let heard = m.adding.is_none() || harmless;
    if !heard {
        m.say("What is being added is still being checked");
    }
    heard
}

/// Takes what came of adding or removing. A sitting that goes on has its own paper and is not touched.
pub fn restock(m: &mut Model, news: Restocked, effects: &mut Vec<Effect>) {
    m.adding = None;
    // Who has gone home meanwhile sees a line.
    match (m.screen(), news.said.first()) {
        (Screen::Banks(_), _) | (_, None) => {}
        (_, Some(first)) => m.say(first.one_line()),
    }
    m.told = news.said;
    let Some((shelf, decks, kept)) = news.stock else { return };
    let chosen = m.volume().map(|volume| volume.bank.id.clone());
    m.volume = chosen.and_then(|id| shelf.find(&id)).unwrap_or(0);
    m.shelf = Some(shelf);
    if let Some(study) = &mut m.study {
        study.replace_decks(decks, kept.states);
    }
    prefer(m);
    let rows = rows(m);
    let last = rows.len().saturating_sub(1);
    let added = news.added.and_then(|(of, id)| {
        rows.iter().position(|row| match row {
            Row::Bank(_, volume) => of == Volumes::Banks && volume.bank.id == id,
            Row::Deck(volume) => of == Volumes::Decks && volume.deck.id == id,
        })
    });
    if let Screen::Banks(row) = &mut m.place_mut().screen {
        *row = added.unwrap_or(*row).min(last);
    }
    effects.push(Effect::Index(search::origins(m)));
}

/// What is shown.
pub fn frame(m: &Model, row: usize, columns: usize) -> Frame {
    let mut body = vec![Line::new()];
    let rows = rows(m);
    for (i, entry) in rows.iter().enumerate() {
        if let (Row::Deck(_), true) = (entry, i > 0 && matches!(rows[i - 1], Row::Bank(..))) {
            body.push(Line::new());
        }
        let (title, about) = match entry {
            Row::Bank(n, v) => {
                let chosen = if *n == m.volume { " (chosen)" } else { "" };
                let about = Line::of(counted(v.bank.questions.len(), "question"), Role::Plain);
                (v.bank.title.one_line(), about.and(chosen, Role::Muted))
            }
            Row::Deck(d) => (d.deck.title.one_line(), Line::of(counted(d.deck.cards().len(), "card"), Role::Plain)),
        };
        body.push(list_row(i == row, &title, 36.min(columns / 2), about));
    }
    if let Some(entry) = rows.get(row) {
        body.push(Line::new());
        body.extend(details(entry, columns));
    }
    if rows.is_empty() {
        let why = if m.shelf.is_none() { "The banks are still being read." } else { "No bank was found." };
        body.push(Line::of(format!("  {why}"), Role::Muted));
    }
    let mut bottom = Vec::new();
    let checked = m.adding.as_ref().map(|path| Text::new(&format!("{path} is being checked …")));
    for text in m.told.iter().chain(&checked) {
        bottom.extend(wrap(&[Span::new(text.one_line(), Role::Strong)], columns, "   ", "   "));
    }
    bottom.truncate(TOLD_LINES);
    Frame { title: "Banks and decks".into(), body, bottom, ..Frame::default() }
}

fn details(row: &Row<'_>, columns: usize) -> Vec<Line> {
    let (description, facts, notice) = match row {
        Row::Bank(_, volume) => {
            let bank = &volume.bank;
            let authors: Vec<String> = bank.authors.iter().map(|a| a.one_line()).collect();
            let facts = [
                Some(format!("{} {}, {}", bank.id, bank.version, volume.place)),
                (!authors.is_empty()).then(|| format!("By {}", authors.join(", "))),
                bank.license.as_ref().map(|l| format!("Licence {l}")),
                volume.left_out_notice(),
            ];
            (&bank.description, facts, bank.notice.as_ref())
        }
        Row::Deck(volume) => {
            let deck = &volume.deck;
            let facts = [
                Some(format!("{} {}, {}", deck.id, deck.version, volume.place)),
                deck.bank.as_ref().map(|bank| format!("For the bank {bank}")),
                deck.license.as_ref().map(|l| format!("Licence {l}")),
                volume.left_out_notice(),
            ];
            (&deck.description, facts, None)
        }
    };
    let mut lines = Vec::new();
    if let Some(text) = description {
        lines.extend(prose(text, columns, 3, Role::Plain));
        lines.push(Line::new());
    }
    for fact in facts.into_iter().flatten() {
        lines.extend(wrap(&[Span::new(fact, Role::Muted)], columns, "   ", "   "));
    }
    if let Some(notice) = notice {
        lines.push(Line::new());
        lines.extend(prose(notice, columns, 3, Role::Muted));
    }
    lines
}
