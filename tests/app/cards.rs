//! Flash cards: a sitting, what is taken back, the turn of the day, the exam's date.

use std::collections::{HashMap, HashSet};

use examdeck::app::cards::CardsOrder;
use examdeck::app::effect::{Msg, Record};
use examdeck::app::input::Size;
use examdeck::app::model::{Model, Screen};
use examdeck::app::study::Kept;
use examdeck::engine::exam::{Conditions, Exam, Feedback};
use examdeck::engine::plan::MOST_DAYS;
use examdeck::engine::review::{CardState, Phase};
use examdeck::engine::schedule::Rating;
use examdeck::engine::text::Text;

use crate::support::bank::{bank, paper};
use crate::support::deck::{KNOTS, LIGHTS, kept, learned, learner, many, ready, today, volume};
use crate::support::world::{self, Student, after};

/// With three cards due and nothing else begun.
fn student() -> Student {
    let states = [
        ("isophase/forward", learned(20, 3)),
        ("occulting/forward", learned(9, 1)),
        ("bowline/forward", learned(8, 0)),
    ];
    learner(&[LIGHTS, KNOTS], kept(&states, &[]), 80, 24)
}

/// In a sitting with all decks.
fn sitting() -> Student {
    let mut s = student();
    s.press("c<enter>");
    assert!(matches!(s.m.screen(), Screen::Cards(_)));
    s
}

/// The sitting that the command line asks for.
fn ordered(order: CardsOrder) -> Student {
    let now = after(0.0);
    let mut m = Model::new(Size { columns: 80, rows: 24 }, now, None);
    m.cards_wanted = Some(order);
    let mut s = Student { m, memory: world::Memory::default(), now };
    s.send(ready(&[LIGHTS, KNOTS], Kept::default()));
    s
}

fn grades(s: &Student) -> Vec<(String, Rating)> {
    let grade = |r: &Record| match r {
        Record::Grade(g) => Some((g.key.to_string(), g.rating)),
        _ => None,
    };
    s.memory.cards.iter().filter_map(grade).collect()
}

/// Grades Good until nothing is left; says what was in front each time.
fn to_the_end(s: &mut Student) -> Vec<String> {
    let mut fronts = Vec::new();
    while !s.body().contains("Done") {
        fronts.push(s.body().trim().to_owned());
        s.press(" 3");
        assert!(fronts.len() < 100, "there is an end");
    }
    fronts
}

#[test]
fn a_card_is_turned_and_graded_and_each_grade_is_written_at_once() {
    let mut s = sitting();
    assert_eq!(s.left(), "4 new · 3 due");
    assert!(s.body().contains("Isophase") && !s.body().contains("equal length"), "{}", s.body());
    assert!(s.bottom().contains("Space"));
    s.press(" ");
    assert!(s.body().contains("Isophase") && s.body().contains("equal length"));
    assert!(s.bottom().contains("1 Again 10 min") && s.bottom().contains("4 Easy"), "{}", s.bottom());
    assert!(s.memory.cards.is_empty());
    s.press("4");
    assert_eq!(s.left(), "4 new · 2 due");
    let [Record::Grade(grade)] = &s.memory.cards[..] else { panic!("{:?}", s.memory.cards) };
    assert_eq!((grade.key.to_string().as_str(), grade.rating), ("lights/isophase/forward", Rating::Easy));
    assert_eq!((grade.before, grade.day, grade.at), (learned(20, 3), today(), s.now.wall));
    assert_eq!(grade.after, s.card("isophase/forward"));
    assert_eq!(grade.after.phase, Phase::Review);
}

#[test]
fn the_interval_on_a_key_is_the_one_it_gives() {
    for (key, label) in [("1", "Again"), ("2", "Hard"), ("3", "Good"), ("4", "Easy")] {
        let mut s = learner(&[KNOTS], kept(&[("bowline/forward", learned(3, 1))], &[]), 80, 24);
        s.press("c<enter>");
        s.press(" ");
        let bottom = s.bottom();
        let shown = bottom.split(label).nth(1).expect("the grade").split("  ").next().expect("its interval").trim();
        let shown = shown.to_owned();
        s.press(key);
        let state = s.card("bowline/forward");
        let given = match state.is_in_steps() {
            true => format!("{} min", state.due.since(s.now.wall).as_secs() / 60),
            false => format!("{} d", state.due_day.since(today())),
        };
        assert_eq!(shown, given, "{label}");
    }
}

#[test]
fn a_grade_before_the_card_is_turned_does_nothing() {
    let mut s = sitting();
    for key in ["1", "2", "3", "4"] {
        s.press(key);
        assert_eq!(s.notice(), "Turn the card first: Space");
    }
    assert!(s.memory.cards.is_empty());
    s.press("  ");
    assert_eq!(grades(&s), [("lights/isophase/forward".into(), Rating::Good)], "Space shows, then is Good");
    s.press("<enter><enter>");
    assert_eq!(grades(&s).len(), 2, "and so does ⏎");
    to_the_end(&mut s);
    s.press("3 1");
    assert_eq!(s.notice(), "", "there is nothing to turn at the end");
}

#[test]
fn a_sitting_ends_when_every_card_is_through_its_steps() {
    let mut s = sitting();
    let fronts = to_the_end(&mut s);
    assert_eq!(fronts.len(), 3 + 2 * 4, "a new card is seen twice: {fronts:?}");
    assert!(s.body().contains("✓ Done: 7 cards, 11 grades."), "{}", s.body());
    assert_eq!(s.left(), "0 new · 0 due");
    s.press(" ");
    assert!(s.body().contains("Done"), "Space finds nothing more");
    s.press("<esc>");
    assert!(s.body().contains("0 new · 0 due"), "{}", s.body());
    s.press("<enter>");
    assert!(s.body().contains("Nothing is due now."));
    s.press("u");
    assert_eq!(s.notice(), "Nothing to take back");
}

#[test]
fn siblings_are_not_asked_on_one_day() {
    let mut s = sitting();
    to_the_end(&mut s);
    let asked: HashSet<String> = grades(&s).into_iter().map(|(key, _)| key).collect();
    let entries: HashSet<String> = asked.iter().map(|k| k.rsplit_once('/').expect("a side").0.to_owned()).collect();
    assert_eq!((asked.len(), entries.len()), (7, 7));
    s.press("<esc>");
    s.jump(86_400);
    s.press("<esc>c<enter>");
    assert_eq!(s.left(), "3 new · 0 due", "the siblings come on the next day");
}

#[test]
fn the_last_grade_is_taken_back_as_often_as_one_likes() {
    let mut s = sitting();
    let new = s.study().states.clone();
    let mut seen = Vec::new();
    while !s.body().contains("Done") {
        seen.push((s.study().states.clone(), s.study().done, s.left(), s.body()));
        s.press(if seen.len() % 3 == 0 { " 1" } else { " 4" });
        s.jump(7);
    }
    let graded = seen.len();
    assert!(graded > 9, "some came twice: {graded}");
    for (states, done, left, front) in seen.into_iter().rev() {
        s.press("u");
        assert_eq!(s.notice(), "Taken back: grade it again");
        assert_eq!((&s.study().states, s.study().done, s.left()), (&states, done, left));
        assert!(s.body().starts_with(&front), "the card stands turned");
        assert!(s.bottom().contains("1 Again"));
    }
    s.press("u");
    assert_eq!(s.notice(), "Nothing to take back");
    assert_eq!(s.study().states, new);
    let undone = s.memory.cards.iter().filter(|r| matches!(r, Record::Ungrade(..))).count();
    assert_eq!((grades(&s).len(), undone), (graded, graded));
    let ids: HashSet<_> =
        s.memory.cards.iter().filter_map(|r| if let Record::Grade(g) = r { Some(g.id) } else { None }).collect();
    assert_eq!(ids.len(), graded, "no two grades have one identifier");
    s.press("2u3");
    let last = grades(&s);
    assert_eq!(last[last.len() - 2..].iter().map(|g| g.1).collect::<Vec<_>>(), [Rating::Hard, Rating::Good]);
}

#[test]
fn what_cannot_be_written_is_kept_in_order_and_can_be_taken_back() {
    let mut s = sitting();
    s.memory.full = true;
    s.press(" 1 3u"); // two grades, the second taken back
    assert_eq!(s.m.outbox.len(), 3);
    assert!(s.memory.cards.is_empty());
    s.press("<left>4");
    s.press("?");
    assert!(s.notice().starts_with("Not saved: "), "{}", s.notice());
    s.press("<esc>");
    assert!(!s.press("q") && s.m.context() == examdeck::app::keys::Context::Decks, "q goes back a screen");
    s.memory.full = false;
    s.wait(std::time::Duration::from_secs(12));
    assert!(s.m.outbox.is_empty());
    let kinds: Vec<&str> = s
        .memory
        .cards
        .iter()
        .map(|r| match r {
            Record::Grade(_) => "grade",
            Record::Ungrade(..) => "undo",
            _ => "other",
        })
        .collect();
    assert_eq!(kinds, ["grade", "grade", "undo", "grade"]);
    for card in &s.study().cards {
        let stored = s.stored(&card.key());
        assert!(stored.is_none_or(|state| state == s.card(&card.key().to_string())), "{}", card.key());
    }
}

#[test]
fn a_buried_card_comes_back_tomorrow_and_a_suspended_one_when_it_is_taken_in() {
    let mut s = sitting();
    s.press("b");
    assert_eq!(s.notice(), "Buried until tomorrow");
    assert_eq!(s.card("isophase/forward"), CardState { buried_until: Some(today().plus(1)), ..learned(20, 3) });
    let second = s.body();
    s.press("s");
    assert_eq!(s.notice(), "Suspended: r in the list of decks takes it in");
    assert_ne!(s.body(), second);
    assert_eq!(s.study().suspended(None), 1);
    assert_eq!(s.memory.cards.len(), 2, "both are written");
    let fronts = to_the_end(&mut s);
    assert!(!fronts.iter().any(|f| f.contains("Isophase")), "{fronts:?}");
    s.press("<esc>");
    assert!(s.body().contains("1 card suspended: r takes it in again"), "{}", s.body());
    s.press("r");
    assert_eq!(s.notice(), "1 suspended card is in again");
    assert_eq!(s.study().suspended(None), 0);
    s.press("r");
    assert_eq!(s.notice(), "No card is suspended");
    s.jump(86_400);
    s.press("<enter>");
    assert!(s.study().states.iter().all(|state| !state.suspended));
    assert!(to_the_end(&mut s).iter().any(|f| f.contains("Isophase")), "the buried one is back");
}

#[test]
fn whatever_was_done_last_is_taken_back_and_nothing_else() {
    let mut s = sitting();
    let mut seen = Vec::new();
    // Grades, a card buried as it was turned, one suspended before, and a card suspended after its grade.
    for keys in [" 3", " b", "s", " 1", "s", " 4", "b"] {
        seen.push((keys, s.study().states.clone(), s.study().done, s.left(), s.body()));
        s.press(keys);
        s.jump(7);
    }
    while !s.body().contains("Done") {
        seen.push((" s", s.study().states.clone(), s.study().done, s.left(), s.body()));
        s.press(" s");
    }
    assert!(s.body().contains("u takes back what you did last"), "{}", s.body());
    for (keys, states, done, left, front) in seen.into_iter().rev() {
        s.press("u");
        let grade = keys.ends_with(|c: char| c.is_ascii_digit());
        let said = if grade { "Taken back: grade it again" } else { "Taken back: the card is in again" };
        assert_eq!((keys, s.notice()), (keys, said));
        assert_eq!((&s.study().states, s.study().done, s.left()), (&states, done, left), "{keys}");
        assert!(s.body().starts_with(&front), "{keys}: {}", s.body());
        assert_eq!(s.body() != front, keys.starts_with(' '), "{keys}: the card stands as it stood");
    }
    s.press("u");
    assert_eq!(s.notice(), "Nothing to take back");
    for card in &s.study().cards {
        let stored = s.stored(&card.key());
        assert!(stored.is_none_or(|state| state == s.card(&card.key().to_string())), "written, too: {}", card.key());
    }
}

#[test]
fn undoing_a_grade_of_a_card_that_was_suspended_after_it_takes_two_steps() {
    let mut s = learner(&[KNOTS], Kept::default(), 80, 24);
    s.press("c<enter> 1");
    let graded = s.card("bowline/forward");
    s.press(" s");
    assert!(s.card("bowline/forward").suspended);
    s.press("u");
    assert_eq!(s.card("bowline/forward"), graded, "the grade stays");
    s.press("u");
    assert_eq!(s.card("bowline/forward"), CardState::default());
}

#[test]
fn what_was_buried_yesterday_can_be_taken_back_today() {
    let mut s = sitting();
    s.press("b");
    s.jump(86_400);
    s.press("u");
    assert_eq!(s.card("isophase/forward"), learned(20, 3));
    assert!(s.body().contains("Isophase"), "{}", s.body());
}

#[test]
fn suspended_cards_of_one_deck_are_taken_in_without_the_others() {
    let mut s = sitting();
    while s.left() != "0 new · 0 due" {
        s.press("s");
    }
    let suspended = s.study().suspended(None);
    assert_eq!(suspended, 10, "what is suspended gives its place to its sibling");
    s.press("<esc><down><down>r");
    assert_eq!(s.notice(), "1 suspended card is in again");
    assert_eq!(s.study().suspended(None), suspended - 1);
    assert!(!s.card("bowline/forward").suspended);
}

#[test]
fn cramming_touches_no_schedule() {
    let mut s = student();
    let before = s.study().states.clone();
    s.press("cc");
    assert_eq!(s.left(), "10 to go", "siblings and cards that are not due are among them");
    s.press(" 1");
    assert_eq!(s.left(), "10 to go", "a missed card comes again");
    assert!(!s.bottom().contains("min"));
    let mut count = 1;
    while !s.body().contains("Done") {
        s.press(" 4");
        count += 1;
        assert!(count < 50);
    }
    assert_eq!(count, 11);
    assert!(s.body().contains("10 cards, 11 grades"), "{}", s.body());
    s.press("uu3");
    assert_eq!(s.left(), "1 to go");
    assert_eq!(s.study().states, before);
    assert!(s.memory.cards.is_empty(), "nothing is written");
    s.press("<esc>");
    assert!(s.body().contains("4 new · 3 due"), "{}", s.body());
    s.press("<down><down>c 1b");
    assert!(s.study().states.iter().any(|state| state.buried_until.is_some()), "that is no grade");
    s.press("u");
    assert_eq!((&s.study().states, s.memory.cards.len()), (&before, 2), "and is taken back by itself");
}

#[test]
fn a_limit_counts_cards_and_not_looks_at_them() {
    let mut s = ordered(CardsOrder { limit: Some(2), ..CardsOrder::default() });
    assert_eq!(s.left(), "2 new · 0 due");
    assert_eq!(to_the_end(&mut s).len(), 4, "two new cards, each through its steps");
    assert!(s.body().contains("2 cards, 4 grades"));
    s.press("u1");
    assert_eq!(s.left(), "0 new · 0 due · 1 learning");
    let mut s = ordered(CardsOrder { limit: Some(3), cram: true, ..CardsOrder::default() });
    assert_eq!(s.left(), "3 to go");
    s.press(" 1");
    assert_eq!(to_the_end(&mut s).len(), 3);
    let s = ordered(CardsOrder { limit: Some(0), ..CardsOrder::default() });
    assert!(s.body().contains("Nothing is due now."));
}

#[test]
fn the_command_line_chooses_a_deck_or_is_told_which_there_are() {
    let deck = |id: &str| CardsOrder { deck: Some(crate::support::bank::slug(id)), ..CardsOrder::default() };
    let s = ordered(deck("knots"));
    assert_eq!(s.left(), "1 new · 0 due");
    let s = ordered(deck("knot"));
    assert!(matches!(s.m.screen(), Screen::Decks(_)));
    assert_eq!(s.notice(), "There is no deck `knot`; there are: lights, knots");
}

#[test]
fn another_program_that_has_the_data_keeps_a_sitting_from_beginning() {
    let mut s = student();
    s.memory.held = Some(Text::new("Close the other examdeck first"));
    s.press("c<enter>");
    assert!(matches!(s.m.screen(), Screen::Decks(_)));
    assert_eq!(s.notice(), "Close the other examdeck first");
}

/// From 15:00, seconds to 04:00 of the next day.
const TO_FOUR: i64 = 13 * 3600;

#[test]
fn a_day_that_turns_in_mid_sitting_brings_its_own_cards() {
    let mut s = learner(&[LIGHTS], kept(&[("isophase/forward", learned(9, 0))], &[]), 80, 24);
    s.jump(TO_FOUR - 60);
    s.press("c<enter>");
    assert_eq!(s.left(), "5 new · 1 due");
    s.press(" 4 4 "); // a review and a new card; the third is turned
    assert_eq!((s.study().done.new, s.study().done.reviews), (1, 1));
    s.jump(59);
    s.press("<up>3");
    assert_eq!((s.study().day(), s.study().done.new), (today(), 2), "03:59:59");
    s.jump(1);
    s.press(" ");
    assert_eq!(s.study().day(), today().plus(1), "04:00");
    assert_eq!(s.study().done, Default::default(), "the limits are the new day's");
    s.press("4");
    let Some(Record::Grade(grade)) = s.memory.cards.last() else { panic!("graded") };
    assert_eq!(grade.day, today().plus(1));
    assert_eq!(s.study().done.new, 1);
    // The step of a minute from before 04:00 is still asked.
    let asked: Vec<String> = to_the_end(&mut s);
    assert!(asked.len() >= 5, "{asked:?}");
    assert!(s.study().states.iter().all(|state| !state.is_in_steps()));
}

#[test]
fn a_grade_of_yesterday_is_taken_back_without_yesterdays_queue() {
    let mut s = learner(&[LIGHTS], Kept::default(), 80, 24);
    s.jump(TO_FOUR - 30);
    s.press("c<enter> 4 4");
    let yesterday = s.study().done;
    assert_eq!(yesterday.new, 2);
    s.jump(60);
    s.press(" 4");
    assert_eq!(s.study().done.new, 1, "of today");
    s.press("u");
    assert_eq!(s.study().done.new, 0);
    s.press("u");
    assert_eq!((s.study().done.new, s.study().day()), (0, today().plus(1)), "yesterday's work is not today's");
    assert_eq!(s.card(&key_of(&s)).phase, Phase::New);
    let stored: Vec<_> = s.study().cards.iter().filter_map(|c| s.stored(&c.key()).map(|x| (c.key(), x))).collect();
    for (key, state) in stored {
        assert_eq!(state, s.card(&key.to_string()), "{key}");
    }
    let left: usize = s.left().split(' ').filter_map(|w| w.parse::<usize>().ok()).sum();
    s.press("4");
    to_the_end(&mut s);
    let asked: HashSet<String> = grades(&s).into_iter().map(|(key, _)| key).collect();
    assert!(left >= 4 && asked.len() >= 5, "{left} left, {asked:?}");
}

/// The card of the last grade that was taken back.
fn key_of(s: &Student) -> String {
    let Some(Record::Ungrade(grade, _)) = s.memory.cards.last() else { panic!("taken back") };
    grade.key.to_string()
}

#[test]
fn a_leech_is_named_and_can_be_suspended() {
    let lapsed = |lapses| CardState { lapses, ..learned(9, 1) };
    let mut s = learner(&[LIGHTS], kept(&[("isophase/forward", lapsed(7))], &[]), 80, 24);
    s.press("c<enter> 1");
    assert_eq!(s.notice(), "A leech, forgotten 8 times: rewrite or suspend it");
    let theme = examdeck::ui::Theme::default();
    let smallest = crate::support::text(&crate::support::buffer(&s.m, theme, 60, 16));
    assert!(smallest.contains(s.notice()), "{smallest}");
    s.press(" 4 4 4 4"); // until it comes again
    while !s.body().contains("Isophase") {
        s.press(" 4");
    }
    s.press(" ");
    assert!(s.body().contains("isophase · a leech, forgotten 8 times"), "{}", s.body());
    let mut s = learner(&[LIGHTS], kept(&[("isophase/forward", lapsed(6))], &[]), 80, 24);
    s.press("c<enter> 1");
    assert_eq!(s.notice(), "");
}

#[test]
fn a_small_screen_goes_to_the_answer() {
    let mut s = learner(&[LIGHTS], kept(&[("fog/forward", learned(9, 1))], &[]), 60, 16);
    s.press("c<enter>");
    let text = |s: &Student| {
        let theme = examdeck::ui::Theme::default();
        crate::support::text(&crate::support::buffer(&s.m, theme, 60, 16))
    };
    assert!(text(&s).contains("You are under way in fog"));
    s.press(" ");
    assert!(text(&s).contains("Take all way off"), "{}", text(&s));
    s.press("<up>");
    let up = s.m.place().scroll;
    s.press("<down><pgup>");
    assert!(up > 0 && s.m.place().scroll < up);
    assert!(text(&s).contains("You are under way in fog"), "the front can be read again:\n{}", text(&s));
    assert!(s.memory.cards.is_empty(), "scrolling grades nothing");
}

// The date of the exam

fn date_of(s: &Student) -> Option<String> {
    s.study().plan().map(|p| p.exam_day.date().to_string())
}

#[test]
fn a_date_is_typed_and_home_says_what_it_means() {
    let mut s = student();
    s.press("d");
    assert!(s.bottom().contains("Date of your exam (year-month-day): _"), "{}", s.bottom());
    s.press("2026-12-12<enter>");
    assert_eq!(date_of(&s).as_deref(), Some("2026-12-12"));
    assert!(s.m.prompt.is_none() && matches!(s.m.screen(), Screen::Home(_)));
    let Some(Record::Setting("exam-date", Some(value))) = s.memory.cards.last() else { panic!("written") };
    assert_eq!(value, "2026-12-12");
    let body = s.body().split_whitespace().collect::<Vec<_>>().join(" ");
    let outlook = s.study().outlook().expect("a plan");
    let expected = format!(
        "Exam on 12 Dec 2026, in 20 days. With about 1 new card and {} reviews a day you have seen every card by then.",
        outlook.reviews_per_day
    );
    assert!(body.contains(&expected), "{body}");
    assert!(outlook.fits && !body.contains("room"));
    s.press("c");
    assert!(s.body().contains("Exam on 12 Dec 2026"), "the decks say it, too");
}

#[test]
fn dates_that_are_none_are_refused_and_stay_to_be_mended() {
    let mut s = student();
    s.press("d");
    let forms = ["2026", "12-12-2026", "26.12.2026", "12/26/2026", "2026-12-", "----------", "9", "soon?", "2026-+1-1"];
    for typed in forms {
        s.press(typed);
        s.press("<enter>");
        assert_eq!(s.notice(), "Type the date as year-month-day, such as 2027-01-31", "{typed}");
        assert!(s.bottom().contains(&format!("{typed}_")));
        s.press(&"<back>".repeat(typed.len()));
        assert_eq!(s.notice(), "", "what was said is over once one types");
    }
    for typed in ["2026-13-01", "2027-02-29", "2026-02-30", "2026-00-10", "2026-12-99"] {
        s.press(&format!("{typed}<enter>"));
        assert_eq!(s.notice(), "There is no such day; type it as year-month-day, such as 2027-01-31", "{typed}");
        s.press(&"<back>".repeat(typed.len()));
    }
    for typed in ["2026-11-22", "2026-11-21", "1969-01-01"] {
        s.press(&format!("{typed}<enter>"));
        assert_eq!(s.notice(), "Type a day that is to come", "{typed}");
        s.press(&"<back>".repeat(10));
    }
    for typed in ["9999-12-31", "2028-12-01"] {
        s.press(&format!("{typed}<enter>"));
        assert_eq!(s.notice(), "That is too far away to plan for: at most two years", "{typed}");
        s.press(&"<back>".repeat(10));
    }
    assert!(s.memory.cards.is_empty() && s.study().plan().is_none());
    s.press("2026-12-5<enter>");
    assert_eq!(date_of(&s).as_deref(), Some("2026-12-05"), "a nought may be left out");
    s.press("d2026-11-23<enter>");
    assert_eq!(date_of(&s).as_deref(), Some("2026-11-23"));
    assert_eq!(s.notice(), "");
    assert!(s.body().contains("tomorrow"), "{}", s.body());
}

#[test]
fn a_date_is_changed_by_typing_another_and_taken_away_by_an_empty_line() {
    let mut s = learner(&[LIGHTS], kept(&[], &[("exam-date", "2026-12-12")]), 80, 24);
    s.press("d");
    assert!(s.bottom().contains("2026-12-12_"));
    s.press("<esc>");
    assert_eq!(date_of(&s).as_deref(), Some("2026-12-12"), "Esc leaves it");
    s.press("d<enter>d<back>0<enter>");
    assert_eq!(date_of(&s).as_deref(), Some("2026-12-10"), "Backspace mends it");
    s.press("d2027-01-01<enter>");
    assert_eq!(date_of(&s).as_deref(), Some("2027-01-01"), "a digit begins it anew");
    s.press("d");
    s.press(&"<back>".repeat(12));
    s.press("<enter>");
    assert_eq!(date_of(&s), None);
    assert!(matches!(s.memory.cards.last(), Some(Record::Setting("exam-date", None))));
    assert!(!s.body().contains("Exam on"));
    s.press("c");
    assert!(s.body().contains("No exam date is set"), "{}", s.body());
}

#[test]
fn leaving_and_suspending_work_while_a_date_is_typed() {
    let mut s = student();
    s.press("d2026<c-z>");
    assert!(s.bottom().contains("2026_"));
    assert!(s.press("<c-c>"), "Ctrl-C ends the program");
    assert!(s.memory.cards.is_empty());
}

#[test]
fn a_deck_that_does_not_fit_is_said_with_what_would() {
    let mut s = student();
    s.m.study.as_mut().expect("there").replace_deck(crate::support::deck::volume(&many(300)));
    s.press("d2026-11-25<enter>");
    let outlook = s.study().outlook().expect("a plan");
    assert!(!outlook.fits && outlook.would_fit < 300, "{outlook:?}");
    let body = s.body().split_whitespace().collect::<Vec<_>>().join(" ");
    let expected = format!(
        "Exam on 25 Nov 2026, in 3 days. To see all {} new cards you would need {} a day, and a day holds 40. Do what \
         each day asks: it has room for about {} of them.",
        outlook.new_left, outlook.new_per_day, outlook.would_fit
    );
    assert!(body.contains(&expected), "{body}");
}

#[test]
fn where_there_are_too_many_reviews_the_plan_says_so() {
    let cards = crate::support::deck::deck(&many(900)).cards();
    let states: HashMap<_, _> = cards.iter().map(|card| (card.key(), learned(20, 3))).collect();
    for (cards, wanted) in
        [(900, "Do what each day asks."), (950, "Do what each day asks: it has room for about 0 of your 50 new cards.")]
    {
        let kept = Kept { states: states.clone(), ..kept(&[], &[("exam-date", "2026-11-25")]) };
        let s = learner(&[&many(cards)], kept, 80, 24);
        let body = s.body().split_whitespace().collect::<Vec<_>>().join(" ");
        let expected = format!("in 3 days. There is more to review than the 200 cards that a day holds. {wanted}");
        assert!(body.contains(&expected), "{body}");
    }
}

#[test]
fn an_exam_that_is_over_or_out_of_sight_is_said_and_plans_nothing() {
    for (date, said) in [
        ("2026-11-22", "The exam was set for 22 Nov 2026"),
        ("2020-01-01", "The exam was set for 1 Jan 2020"),
        ("9999-12-31", "too far away to plan for"), // as after a clock was set back
    ] {
        let s = learner(&[LIGHTS], kept(&[], &[("exam-date", date)]), 80, 24);
        assert_eq!(s.study().outlook(), None, "{date}");
        assert!(s.body().contains(said), "{date}: {}", s.body());
    }
    let s = learner(&[LIGHTS], kept(&[], &[("exam-date", "soon")]), 80, 24);
    assert_eq!(date_of(&s), None);
}

#[test]
fn the_farthest_exam_is_worked_out_at_once() {
    let far = today().plus(MOST_DAYS).date().to_string();
    let s = learner(&[&many(1000)], kept(&[], &[("exam-date", &far)]), 80, 24);
    assert!(s.study().outlook().is_some_and(|o| o.fits));
}

// Cards from questions

/// A deck of the student's own with so many cards.
fn own(cards: usize) -> String {
    many(cards).replace("\"many\"", "\"my-cards\"").replace("\"Many\"", "\"My cards\"")
}

#[test]
fn cards_of_ones_own_are_asked_whatever_else_there_is_and_with_a_date_set() {
    for date in [&[][..], &[("exam-date", "2026-12-26")], &[("exam-date", "2026-11-26")]] {
        let mut s = learner(&[&many(900), &own(2)], kept(&[], date), 80, 24);
        s.press("c<down><enter> 4<esc>");
        let left = s.study().deck_counts(0).new;
        assert_eq!((s.study().deck_counts(1).new, s.study().counts().new), (2, left), "{date:?}: {}", s.body());
        s.press("<down><enter>");
        assert_eq!(s.left(), "2 new · 0 due", "{date:?}");
        s.press("<esc><up><up><enter> 4 4<esc>");
        assert_eq!(s.study().deck_counts(1).new, 0, "{date:?}: of all decks they come first");
        assert_eq!(s.study().deck_counts(0).new, left - 2);
    }
}

#[test]
fn new_cards_that_wait_for_another_day_are_said() {
    let mut s = learner(&[&many(30), &own(1)], Kept::default(), 80, 24);
    s.press("c<down><enter>");
    for _ in 0..20 {
        s.press(" 4");
    }
    assert!(s.body().contains("10 new cards wait for another day: today's are begun."), "{}", s.body());
    s.press("<esc><down><enter>");
    assert!(s.body().contains("1 new card waits for another day: today's are begun."), "{}", s.body());
    s.jump(86_400);
    s.press(" ");
    assert_eq!(s.left(), "1 new · 0 due");
}

#[test]
fn a_question_that_was_gone_through_becomes_a_card() {
    let conditions = Conditions { feedback: Feedback::Exam, limit: None, allowance: Default::default() };
    let exam = Exam::start(paper(&bank(), &["ebb", "spring-tide"]), conditions).expect("questions");
    let mut s = Student::examined(bank(), exam, 80, 24);
    s.press("brSy<enter><right>m");
    assert_eq!(s.memory.made.iter().map(|id| id.as_str()).collect::<Vec<_>>(), ["spring-tide"]);
    assert_eq!(s.notice(), "made");
    assert!(matches!(s.m.screen(), Screen::Walk(_)), "and the walk goes on");
    // The deck that comes back takes the place of what was there, and no card loses its state.
    let mut s = sitting();
    s.press(" 4<esc>");
    let graded = s.card("isophase/forward");
    let more = format!("{KNOTS}\n[[cards]]\nid = \"hitch\"\nfront = \"A\"\nback = \"B\"\n");
    let answer = examdeck::app::effect::Answer::CardMade(Text::new("made"), Some(crate::support::deck::volume(&more)));
    s.send(Msg::Done(answer));
    assert_eq!((s.study().cards.len(), s.study().decks.len()), (11, 2));
    assert_eq!(s.card("isophase/forward"), graded);
    assert_eq!(s.card("hitch/forward"), CardState::default());
}

#[test]
fn a_card_made_during_a_sitting_leaves_the_sitting_at_its_cards() {
    let made = |deck: &str| {
        let answer = examdeck::app::effect::Answer::CardMade(Text::new("made"), Some(volume(deck)));
        Msg::Done(answer)
    };
    let more = format!("{KNOTS}\n[[cards]]\nid = \"hitch\"\nfront = \"A\"\nback = \"B\"\n");
    let fewer = KNOTS.replace("bowline", "reef");
    for changed in [more, fewer] {
        // The changed deck stands before the one that is asked, so that the places of its cards move.
        let mut s = learner(&[KNOTS, LIGHTS], kept(&[("isophase/forward", learned(20, 3))], &[]), 80, 24);
        s.press("c<down><down><enter> 4");
        let first = s.card("isophase/forward");
        s.press(" ");
        let (shown, left) = (s.body(), s.left());
        s.press("/");
        s.send(made(&changed));
        s.press("<esc>");
        assert_eq!((s.body(), s.left()), (shown, left), "the same card, and as many left");
        s.press("3");
        let [Record::Grade(before), Record::Grade(after)] = &s.memory.cards[..] else { panic!("{:?}", s.memory.cards) };
        assert!(before.key.to_string() == "lights/isophase/forward" && after.before == CardState::default());
        assert_eq!(s.card(&after.key.to_string()), after.after);
        let key = after.key.to_string();
        s.press("u");
        assert_eq!(s.card(&key), CardState::default());
        assert_eq!(s.card("isophase/forward"), first, "no other card is touched");
        to_the_end(&mut s);
    }
    // What was graded and is gone from its deck cannot be taken back, and breaks nothing.
    let mut s = learner(&[KNOTS, LIGHTS], Kept::default(), 80, 24);
    s.press("c<down><enter> 4/");
    s.send(made(&KNOTS.replace("bowline", "reef")));
    s.press("<esc>u");
    assert_eq!(s.notice(), "Nothing to take back");
    // Nor is a card asked that is gone.
    let mut s = learner(&[KNOTS, LIGHTS], Kept::default(), 80, 24);
    s.press("c<down><enter> /");
    s.send(made(&KNOTS.replace("bowline", "reef")));
    s.press("<esc>4");
    assert!(s.body().contains("Nothing is due now") && s.memory.cards.is_empty(), "{}", s.body());
}

#[test]
fn grading_does_not_read_the_list_of_exams() {
    use examdeck::app::effect::{Answer, Effect};
    let mut s = sitting();
    s.press(" ");
    let key = Msg::Key(examdeck::app::input::Key::Char('3'));
    let effects = examdeck::app::update::update(&mut s.m, s.now, key);
    assert!(matches!(effects[..], [Effect::Save(Record::Grade(_))]), "{effects:?}");
    let effects = examdeck::app::update::update(&mut s.m, s.now, Msg::Done(Answer::Saved));
    assert!(effects.is_empty(), "{effects:?}");
}

/// What is set aside gives its place among today's new cards to another: in the sitting as in the list of decks.
#[test]
fn the_sitting_and_the_decks_tell_the_same_figures_in_the_same_words() {
    let mut s = learner(&[&many(30), KNOTS], Kept::default(), 80, 24);
    s.press("c");
    let list = s.body();
    assert!(list.contains("20 new · 0 due · 3"), "{list}");
    assert!(list.contains("Today has room for 20 new cards, from whichever deck."), "{list}");
    s.press("<enter>sb");
    assert_eq!(s.left(), "20 new · 0 due");
    s.press(" 3");
    assert_eq!(s.left(), "19 new · 0 due · 1 learning");
    s.press("<esc>");
    assert!(s.body().contains("19 new · 0 due · 1 learning"), "{}", s.body());
    s.press("<esc>");
    assert!(s.body().contains("19 new, 0 due today, 1 learning"), "{}", s.body());
    // What waits for another day is all that is not begun: the buried card, not the suspended one.
    s.press("c<enter>");
    while !s.body().contains("Done") {
        s.press(" 4");
    }
    let not_begun = s.study().states.iter().filter(|state| state.phase == Phase::New && !state.suspended).count();
    assert!(s.body().contains(&format!("{not_begun} new cards wait for another day")), "{}", s.body());
}
