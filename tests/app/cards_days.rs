//! Sittings with cards over the turn of the day, and data that another program had.

use std::sync::Arc;

use examdeck::app::effect::{Answer, Effect, Msg, Ready};
use examdeck::app::frame::frame;
use examdeck::app::input::Key;
use examdeck::app::model::Access;
use examdeck::app::study::{DeckVolume, Kept};
use examdeck::app::update::update;
use examdeck::engine::deck::{Deck, Entry, Wording};
use examdeck::engine::queue::Done;
use examdeck::engine::text::Text;
use examdeck::engine::time::Wall;

use crate::support::bank::{bank, slug};
use crate::support::world::{Student, shelf};

/// A student with a deck of `cards` cards, at home.
fn student(cards: usize, holder: Option<&str>) -> Student {
    let entries = (1..=cards).map(|n| {
        Arc::new(Entry {
            id: slug(&format!("light-{n:03}")),
            wording: Wording::Pair {
                front: Text::new(&format!("Where is light {n:03}?")),
                back: Text::new(&format!("On pier {n:03}.")),
                both_ways: false,
            },
            note: None,
            domain: None,
            module: None,
            sources: Vec::new(),
        })
    });
    let deck = Deck {
        id: slug("lights"),
        title: Text::new("Harbour lights"),
        version: semver::Version::new(1, 0, 0),
        bank: None,
        license: None,
        description: None,
        entries: entries.collect(),
    };
    let volume = DeckVolume { deck: Arc::new(deck), place: Text::new("built in"), left_out: 0, check: None };
    let mut student = Student::at_home(bank(), 80, 24);
    student.send(Msg::Done(Answer::Ready(Box::new(Ready {
        shelf: shelf(vec![bank()]),
        history: Ok(Vec::new()),
        decks: vec![volume],
        kept: Kept::default(),
        learner: Default::default(),
        drills: Default::default(),
        holder: holder.map(Text::new),
        zone: jiff::tz::TimeZone::UTC,
        named_bank: None,
    }))));
    student
}

fn screen(student: &Student) -> String {
    let frame = frame(&student.m);
    let lines: Vec<String> = frame.body.iter().chain([&frame.right]).map(|l| l.text()).collect();
    lines.join("\n")
}

#[test]
fn a_grade_of_yesterday_can_be_taken_back_and_does_not_count_for_today() {
    let mut student = student(60, None);
    let four_in_the_morning = student.now.wall.0 / 86_400 * 86_400 + 86_400 + 4 * 3600;
    student.now.wall = Wall(four_in_the_morning - 60);
    student.press("c<enter> 4 4 4");
    let study = student.m.study.as_ref().expect("the cards");
    assert_eq!(study.done, Done { new: 3, reviews: 0 });
    student.now.wall = Wall(four_in_the_morning + 60);
    student.press(" 4"); // one more, which counts for the new day
    assert_eq!(student.m.study.as_ref().expect("the cards").done, Done { new: 1, reviews: 0 });
    for light in ["004", "003", "002", "001"] {
        student.press("u");
        assert!(screen(&student).contains(&format!("On pier {light}.")), "{}", screen(&student));
        assert_eq!(student.m.study.as_ref().expect("the cards").done, Done::default());
    }
    assert!(screen(&student).contains("20 new · 0 due"), "a whole day's: {}", screen(&student));
    student.press("4");
    assert!(screen(&student).contains("Where is light 002?"), "{}", screen(&student));
    assert_eq!(student.m.study.as_ref().expect("the cards").done, Done { new: 1, reviews: 0 });
}

#[test]
fn what_another_program_had_is_read_again_before_anything_is_graded() {
    let mut student = student(5, Some("process 17"));
    let now = student.now;
    update(&mut student.m, now, Msg::Key(Key::Char('c')));
    let effects = update(&mut student.m, now, Msg::Key(Key::Enter));
    let Some(Effect::BeginCards(order)) = effects.into_iter().next() else { panic!("no sitting is asked for") };
    let effects = update(&mut student.m, now, Msg::Done(Answer::CardsBegun(order, 7)));
    let [Effect::TakeOver(_, Some(then))] = &effects[..] else { panic!("{effects:?}") };
    assert!(matches!(**then, Effect::BeginCards(_)), "{then:?}");
    assert!(!screen(&student).contains("Where is"), "no card is asked yet");
    student.press("<enter>");
    assert_eq!(student.m.access, Access::Ours);
    assert!(screen(&student).contains("Where is light 001?"), "{}", screen(&student));
}

#[test]
fn if_what_another_program_did_cannot_be_read_nothing_is_graded() {
    let mut student = student(5, Some("process 17"));
    student.memory.unreadable = true;
    student.press("c<enter>");
    assert!(!screen(&student).contains("Where is"), "{}", screen(&student));
    assert_eq!(student.notice(), "cannot be read");
    student.press("<esc>w<enter>");
    assert!(student.m.drill.is_none(), "{}", screen(&student));
    student.memory.unreadable = false;
    student.press("<esc>c<enter>");
    assert!(screen(&student).contains("Where is light 001?"), "{}", screen(&student));
}

#[test]
fn home_says_what_is_due_today_also_on_the_next_day() {
    let mut student = student(30, None);
    student.press("c<enter>");
    for _ in 0..20 {
        student.press(" 4");
    }
    student.press("<esc><esc>");
    assert!(screen(&student).contains("nothing is due today"), "{}", screen(&student));
    student.jump(24 * 3600);
    student.press("<down>");
    assert!(screen(&student).contains("10 new, 0 due today"), "{}", screen(&student));
}
