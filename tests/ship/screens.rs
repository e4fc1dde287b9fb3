//! What the screens add and remove goes the way of the commands.

use examdeck::app::effect::{Answer, Effect, Restocked, Volumes};
use examdeck::engine::slug::Slug;
use examdeck::engine::time::{Now, Wall};
use examdeck::runtime::effects::Hands;

use crate::desk::{Desk, MEET, bank};

fn ask(hands: &mut Hands, effect: Effect) -> Restocked {
    let now = Now { mono: std::time::Duration::ZERO, wall: Wall(1_795_500_000) };
    match hands.perform(effect, now) {
        Some(Answer::Restocked(news)) => *news,
        other => panic!("{other:?}"),
    }
}

fn said(news: &Restocked) -> Vec<&str> {
    news.said.iter().map(|line| line.as_str()).collect()
}

#[test]
fn a_bank_is_added_and_removed_from_the_screens() {
    let desk = Desk::new();
    desk.write("my fire.toml", bank("1.0.0", &[MEET]));
    let mut hands = Hands::new(desk.path("data"));
    let quoted = format!("'{}'", desk.path("my fire.toml").display());
    let news = ask(&mut hands, Effect::AddContent(quoted));
    assert_eq!(said(&news), ["Added Fire safety (fire 1.0.0): 1 question", "Not signed"]);
    let (shelf, _, _) = news.stock.expect("it was read again");
    let id = Slug::new("fire").expect("an id");
    let at = shelf.find(&id).expect("it is there");
    assert_eq!(shelf.volumes[at].place.as_str(), "added from my fire.toml, not signed");
    let news = ask(&mut hands, Effect::RemoveContent(Volumes::Banks, id.clone()));
    assert_eq!(said(&news), ["Removed Fire safety (fire 1.0.0); what you have answered stays"]);
    assert!(news.stock.expect("it was read again").0.find(&id).is_none());
}

#[test]
fn cards_that_cannot_be_read_are_not_taken_for_new_ones() {
    let desk = Desk::new();
    desk.write("fire.toml", bank("1.0.0", &[MEET]));
    let mut hands = Hands::new(desk.path("data"));
    hands.take(Some(examdeck::storage::open::open(&desk.path("data")).expect("opened")), None);
    let database = examdeck::storage::paths::database(&desk.path("data"));
    rusqlite::Connection::open(database).and_then(|c| c.execute_batch("DROP TABLE card")).expect("dropped");
    let news = ask(&mut hands, Effect::AddContent(desk.path("fire.toml").display().to_string()));
    assert!(said(&news)[0].starts_with("Added Fire safety"), "{:?}", news.said);
    assert!(said(&news).last().is_some_and(|line| line.contains("cannot read the cards")), "{:?}", news.said);
    assert!(news.stock.is_none(), "what is known here stays");
}

#[test]
fn what_is_refused_is_told_with_its_reason() {
    let desk = Desk::new();
    desk.write("fire.toml", bank("1.0.0", &[MEET, MEET]));
    let mut hands = Hands::new(desk.path("data"));
    let path = desk.path("fire.toml").display().to_string();
    let news = ask(&mut hands, Effect::AddContent(path.clone()));
    assert!(news.stock.is_none());
    assert_eq!(said(&news)[0], format!("{path} has an error: nothing was added"));
    assert!(said(&news)[1].starts_with("S04: "), "{:?}", news.said);
    let news = ask(&mut hands, Effect::AddContent("/nowhere/x.examdeck".into()));
    assert!(said(&news)[0].starts_with("cannot read /nowhere/x.examdeck: "), "{:?}", news.said);
    let news = ask(&mut hands, Effect::RemoveContent(Volumes::Banks, Slug::new("mrso").expect("an id")));
    assert_eq!(said(&news), ["`mrso` is built into the program and cannot be removed"]);
}
