//! What the world answers: what was read, begun, saved or refused.

use crate::engine::day::day_of;
use crate::engine::schedule::Scheduler;
use crate::engine::search::Origin;

use super::super::effect::{Answer, Effect, Ready};
use super::super::model::{Access, Model, Report, Screen};
use super::super::sitting::{self, Sitting};
use super::super::study::Study;
use super::super::{banks, cards, certificate, decks, drill, preview, progress, question_view, saving, search, setup};

/// Takes an answer of the world.
pub fn take(m: &mut Model, answer: Answer, effects: &mut Vec<Effect>) {
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
