//! The decks: what is due in each, and the date towards which a student learns.

use crate::engine::day::day_of;
use crate::engine::plan::{NEW_STRETCH, Outlook};
use crate::engine::queue::Limits;

use super::cards::{self, CardsOrder};
use super::effect::Effect;
use super::frame::{Frame, list_row, moved};
use super::keys::Action;
use super::model::{Access, Model, Screen};
use super::page::{Line, Role, Span, counted};
use super::prompt;
use super::study::{DeckVolume, Study};
use super::wrap::wrap;

/// What a plan does, for the help and the documentation; the rule itself is [`crate::engine::plan`].
pub const PLAN_RULE: [&str; 5] = [
    "No card is put off past the day of the exam.",
    "Over the last 30 days cards come sooner than otherwise, as the chance of recall that is aimed at rises to 95 %.",
    "In the last 7 days every card that you have learned is seen once more.",
    "New cards are spread evenly over the days before those 7, at most at twice the usual number a day.",
    "If the days are too few, the plan says so and how many cards would fit; it reckons as if you forgot nothing.",
];

/// Does `action`. Returns whether the cursor has moved.
pub fn act(m: &mut Model, row: usize, action: Action, effects: &mut Vec<Effect>) -> bool {
    let Some(study) = &m.study else { return false };
    let deck = row.checked_sub(1).and_then(|i| study.decks.get(i)).map(|d| d.deck.id.clone());
    match action {
        Action::Open | Action::Cram => {
            effects.push(Effect::BeginCards(CardsOrder { deck, cram: action == Action::Cram, limit: None }));
            false
        }
        Action::TakeIn | Action::Date if is_held(m, effects) => false,
        Action::TakeIn => {
            let said = match cards::take_in(m, deck.as_ref(), effects) {
                0 => "No card is suspended".into(),
                1 => "1 suspended card is in again".into(),
                count => format!("{count} suspended cards are in again"),
            };
            m.say(said);
            false
        }
        Action::Date => {
            prompt::ask_exam_date(m);
            false
        }
        _ => {
            let rows = study.decks.len() + 1;
            m.place_mut().screen = Screen::Decks(moved(row, rows, action));
            true
        }
    }
}

/// Begins the sitting that the command line asks for.
pub fn begin(m: &mut Model, order: CardsOrder, effects: &mut Vec<Effect>) {
    let decks = m.study.as_ref().map_or(&[][..], |s| &s.decks);
    match order.deck.as_ref().filter(|id| decks.iter().all(|d| d.deck.id != **id)) {
        Some(id) => {
            let names: Vec<String> = decks.iter().map(|d| d.deck.id.to_string()).collect();
            m.say(format!("There is no deck `{id}`; there are: {}", names.join(", ")));
        }
        None => effects.push(Effect::BeginCards(order)),
    }
}

/// Whether another program has the data, so that it may not be changed here; asks for it in case it is free by now.
pub fn is_held(m: &Model, effects: &mut Vec<Effect>) -> bool {
    let held = matches!(m.access, Access::Held(_));
    if held {
        effects.push(Effect::TakeOver(day_of(m.now.wall, &m.zone), None));
    }
    held
}

/// What is shown.
pub fn frame(m: &Model, row: usize, columns: usize) -> Frame {
    let mut body = vec![Line::new()];
    if let Some(study) = &m.study {
        let names = std::iter::once("All decks".to_owned()).chain(study.decks.iter().map(|d| d.deck.title.one_line()));
        for (i, name) in names.enumerate() {
            let deck = i.checked_sub(1);
            let counts = deck.map_or_else(|| study.counts(), |d| study.deck_counts(d));
            let id = deck.map(|d| study.decks[d].deck.id.clone());
            let total = counted(study.of_deck(id.as_ref()).count(), "card");
            let name_columns = 24.min(columns / 3);
            let mut about = Line::of(counts.label(), Role::Plain);
            let total = Line::of(format!(" · {total}"), Role::Muted);
            if name_columns + 5 + about.width() + total.width() <= columns {
                about.spans.extend(total.spans);
            }
            body.push(list_row(i == row, &name, name_columns, about));
        }
        body.extend(shared(study, columns));
        body.push(Line::new());
        body.extend(plan_lines(study, columns));
        let deck = row.checked_sub(1).and_then(|i| study.decks.get(i));
        let facts = [
            deck.map(|d| format!("{} {}, {}", d.deck.id, d.deck.version, d.place)),
            deck.and_then(DeckVolume::left_out_notice),
            match study.suspended(deck.map(|d| &d.deck.id)) {
                0 => None,
                1 => Some("1 card suspended: r takes it in again".into()),
                count => Some(format!("{count} cards suspended: r takes them in again")),
            },
        ];
        for (i, fact) in facts.into_iter().flatten().enumerate() {
            if i == 0 {
                body.push(Line::new());
            }
            body.extend(wrap(&[Span::new(fact, Role::Muted)], columns, "   ", "   "));
        }
    }
    Frame { title: "Flash cards".into(), body, ..Frame::default() }
}

/// Why the new cards of the decks are more than those of all: each deck may have what the day has room for.
fn shared(study: &Study, columns: usize) -> Vec<Line> {
    let (all, decks) = (study.counts().new, (0..study.decks.len()).map(|deck| study.deck_counts(deck).new));
    if decks.sum::<usize>() == all {
        return Vec::new();
    }
    let text = format!("Today has room for {}, from whichever deck.", counted(all, "new card"));
    wrap(&[Span::new(text, Role::Muted)], columns, "   ", "   ")
}

/// What the date of the exam means, in words.
pub fn plan_lines(study: &Study, columns: usize) -> Vec<Line> {
    let Some(plan) = study.plan() else {
        let text = "No exam date is set: d sets it, and cards are then spread so that the deck is through in time.";
        return wrap(&[Span::new(text, Role::Muted)], columns, "   ", "   ");
    };
    let date = plan.exam_day.date().strftime("%-d %b %Y").to_string();
    let (text, role) = match (study.outlook(), plan.days_left(study.day())) {
        (None, days) if days > 0 => (format!("Exam on {date}: too far away to plan for yet."), Role::Muted),
        (None, _) | (_, 0) => (format!("The exam was set for {date}. d sets another date."), Role::Muted),
        (Some(outlook), days) => {
            let days = if days == 1 { "tomorrow".into() } else { format!("in {days} days") };
            let text = format!("Exam on {date}, {days}. {}", outlook_text(&outlook, study.limits));
            (text, if outlook.fits { Role::Plain } else { Role::Warn })
        }
    };
    wrap(&[Span::new(text, role)], columns, "   ", "   ")
}

/// What to do until the exam, or which limit of a day stands against it.
fn outlook_text(outlook: &Outlook, limits: Limits) -> String {
    let most_new = limits.new_per_day.saturating_mul(NEW_STRETCH);
    let room = outlook.would_fit;
    let reviews = counted(outlook.reviews_per_day as usize, "review");
    match outlook.new_left {
        0 if outlook.fits && outlook.reviews_per_day == 0 => "Nothing is to be done before it.".into(),
        0 if outlook.fits => format!("With about {reviews} a day you have seen every card again by then."),
        _ if outlook.fits => {
            let new = counted(outlook.new_per_day as usize, "new card");
            format!("With about {new} and {reviews} a day you have seen every card by then.")
        }
        all if outlook.new_per_day > most_new => format!(
            "To see all {all} new cards you would need {} a day, and a day holds {most_new}. Do what each day asks: it \
             has room for about {room} of them.",
            outlook.new_per_day
        ),
        all => {
            let most = limits.reviews_per_day;
            let text = format!("There is more to review than the {most} cards that a day holds. Do what each day asks");
            match all {
                0 => format!("{text}."),
                _ => format!("{text}: it has room for about {room} of your {}.", counted(all as usize, "new card")),
            }
        }
    }
}
