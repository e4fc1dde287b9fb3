//! What is asked today.

use std::collections::HashSet;

use examdeck::engine::day::Day;
use examdeck::engine::plan::{NEW_STRETCH, Plan};
use examdeck::engine::queue::{Candidate, Counts, Done, Limits, Queue};
use examdeck::engine::review::{CardState, Phase, Rules, answer};
use examdeck::engine::schedule::{Memory, Rating, Scheduler};
use examdeck::engine::time::Wall;
use proptest::collection::vec;
use proptest::prelude::*;

use crate::noon;

const TODAY: Day = Day(20_000);

fn state() -> impl Strategy<Value = CardState> {
    let phase = prop_oneof![
        3 => Just(Phase::New),
        1 => Just(Phase::Learning { step: 1 }),
        4 => Just(Phase::Review),
        1 => Just(Phase::Relearning { step: 0 }),
    ];
    let buried = prop_oneof![4 => Just(None), 1 => (0..3).prop_map(|d| Some(Day(TODAY.0 + d)))];
    (phase, 0.1..400.0_f32, -5..30, 0..60, 0..900_i64, prop::bool::weighted(0.1), buried).prop_map(
        |(phase, stability, due, ago, seconds, suspended, buried_until)| {
            let new = phase == Phase::New;
            CardState {
                phase,
                memory: (!new).then_some(Memory { stability, difficulty: 5.0 }),
                due: Wall(noon(TODAY).0 + seconds),
                due_day: Day(TODAY.0 + if phase == Phase::Review { due } else { 0 }),
                last: (!new).then_some(noon(Day(TODAY.0 - ago))),
                last_day: (!new).then_some(Day(TODAY.0 - ago)),
                suspended,
                buried_until,
                ..CardState::default()
            }
        },
    )
}

/// Every fifth family is the student's own.
fn is_own(family: u32) -> bool {
    family % 5 == 4
}

fn candidates(cards: &[(u32, CardState)]) -> Vec<Candidate<'_>> {
    let numbered = cards.iter().enumerate();
    numbered.map(|(card, (family, state))| Candidate { card, family: *family, own: is_own(*family), state }).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_queue_keeps_its_promises(
        cards in vec((0..40_u32, state()), 0..80), new in 0..12_u32, reviews in 0..30_u32, done_new in 0..5_u32,
        done_reviews in 0..5_u32, exam in proptest::option::of(-3..20_i32),
    ) {
        let plan = exam.map(|days| Plan { exam_day: Day(TODAY.0 + days) });
        let limits = Limits { new_per_day: new, reviews_per_day: reviews };
        let done = Done { new: done_new, reviews: done_reviews };
        let scheduler = Scheduler::default();
        let limits = limits.of_day(&candidates(&cards), TODAY, done, plan.as_ref());
        let queue = Queue::build(&candidates(&cards), TODAY, limits, done, &scheduler, plan.as_ref());

        let most_new = if plan.is_some() { new * NEW_STRETCH } else { new };
        prop_assert!(queue.counts().new <= most_new.saturating_sub(done_new) as usize);
        prop_assert!(queue.counts().due <= reviews.saturating_sub(done_reviews) as usize);

        let queued: Vec<usize> = queue.cards().collect();
        let mut families = HashSet::new();
        let steps_of_today = |s: &CardState| s.is_in_steps() && s.last_day == Some(TODAY);
        for &card in &queued {
            let (family, state) = &cards[card];
            prop_assert!(!state.suspended && state.buried_until.is_none_or(|d| d <= TODAY));
            prop_assert!(steps_of_today(state) || families.insert(*family), "two siblings");
            let seen = |s: &CardState| s.last_day == Some(TODAY) || s.is_buried(TODAY);
            let seen = cards.iter().any(|(f, s)| f == family && seen(s));
            prop_assert!(steps_of_today(state) || !seen, "a sibling was graded or buried today");
        }
        prop_assert_eq!(queued.iter().collect::<HashSet<_>>().len(), queued.len());

        // Reviews come with the lowest chance of recall first; new cards in the order of the list.
        let recall = |&c: &usize| {
            let s = &cards[c].1;
            scheduler.retrievability(s.memory.unwrap(), TODAY.since(s.last_day.unwrap()) as f32)
        };
        let of = |phase| queued.iter().filter(|&&c| cards[c].1.phase == phase).copied().collect::<Vec<_>>();
        prop_assert!(of(Phase::Review).iter().map(recall).is_sorted());
        // A student's own go before all others, which wait as long as one of them could be begun.
        let new = of(Phase::New);
        let own = new.partition_point(|&c| is_own(cards[c].0));
        prop_assert!(new[..own].is_sorted() && new[own..].is_sorted() && !new[own..].iter().any(|&c| is_own(cards[c].0)));
        let asked = |(family, state): &(u32, CardState)| {
            state.last_day == Some(TODAY) || state.is_buried(TODAY) || families.contains(family)
        };
        let waits = |(family, state): &(u32, CardState)| {
            let free = !cards.iter().enumerate().any(|(c, card)| {
                card.0 == *family && (queued.contains(&c) || asked(card))
            });
            is_own(*family) && state.phase == Phase::New && state.is_available(TODAY) && free
        };
        if cards.iter().any(waits) {
            prop_assert_eq!(own, limits.new_per_day.saturating_sub(done.new) as usize, "one waits, and others do not");
            prop_assert_eq!(new.len(), own);
        }
    }

    #[test]
    fn the_pace_of_a_day_is_one_for_all_decks(
        cards in vec((0..40_u32, state()), 0..80), done in 0..5_u32, exam in 8..60_i32, own in 1..4_usize,
    ) {
        let plan = Plan { exam_day: Day(TODAY.0 + exam) };
        let done = Done { new: done, reviews: 0 };
        let mut cards = cards;
        cards.extend((0..own).map(|i| (104 + 5 * i as u32, CardState::default())));
        let all = candidates(&cards);
        let limits = Limits::default().of_day(&all, TODAY, done, Some(&plan));
        let left = limits.new_per_day.saturating_sub(done.new) as usize;
        // The deck of one's own, asked alone, has what the day has left: grades of other decks take nothing else from it.
        let alone = &all[all.len() - own..];
        let queue = Queue::build(alone, TODAY, limits, done, &Scheduler::default(), Some(&plan));
        prop_assert_eq!(queue.counts().new, own.min(left));
    }

    #[test]
    fn a_sitting_ends_and_asks_each_card_until_it_is_learned(cards in vec((0..40_u32, state()), 0..40)) {
        let (scheduler, rules) = (Scheduler::default(), Rules::default());
        let mut states: Vec<CardState> = cards.iter().map(|c| c.1).collect();
        let mut queue =
            Queue::build(&candidates(&cards), TODAY, Limits::default(), Done::default(), &scheduler, None);
        let mut now = noon(TODAY);
        let mut asked = 0;
        while let Some(card) = queue.next(now) {
            let rating = if asked % 3 == 0 { Rating::Again } else { Rating::Good };
            states[card] = answer(&states[card], rating, &scheduler, &rules, rules.aim(), now, TODAY);
            queue.graded(card, &states[card], TODAY);
            now = Wall(now.0 + 7);
            asked += 1;
            prop_assert!(asked < 1_000, "it goes on for ever");
        }
        prop_assert_eq!(queue.counts(), Counts::default());
        prop_assert_eq!(queue.waits_until(), None);
    }
}

fn learning(due: i64) -> CardState {
    let (last, last_day) = (Some(noon(TODAY)), Some(TODAY));
    CardState {
        phase: Phase::Learning { step: 1 },
        due: Wall(due),
        due_day: TODAY,
        last,
        last_day,
        ..CardState::default()
    }
}

#[test]
fn a_step_whose_time_has_come_goes_first_and_a_later_one_waits() {
    let now = noon(TODAY);
    let cards = [(0, CardState::default()), (1, learning(now.0 + 30 * 60))];
    let build = |cards: &[(u32, CardState)]| {
        Queue::build(&candidates(cards), TODAY, Limits::default(), Done::default(), &Scheduler::default(), None)
    };
    let mut queue = build(&cards);
    assert_eq!(queue.next(now), Some(0));
    assert_eq!(queue.next(Wall(now.0 + 30 * 60)), Some(1));
    queue.remove(0);
    assert_eq!(queue.next(now), None, "half an hour is too early");
    assert_eq!(queue.waits_until(), Some(Wall(now.0 + 10 * 60)));
    assert_eq!(queue.next(Wall(now.0 + 10 * 60)), Some(1), "twenty minutes are not");
    assert_eq!(queue.counts(), Counts { learning: 1, ..Counts::default() });
}

#[test]
fn new_cards_are_spread_among_the_reviews() {
    let review = CardState {
        phase: Phase::Review,
        memory: Some(Memory { stability: 3.0, difficulty: 5.0 }),
        due_day: TODAY,
        last_day: Some(Day(TODAY.0 - 3)),
        ..CardState::default()
    };
    let cards: Vec<_> = (0..9).map(|i| (i, if i < 3 { CardState::default() } else { review })).collect();
    let queue =
        Queue::build(&candidates(&cards), TODAY, Limits::default(), Done::default(), &Scheduler::default(), None);
    assert_eq!(queue.cards().collect::<Vec<_>>(), [3, 4, 0, 5, 6, 1, 7, 8, 2]);
}

#[test]
fn a_card_that_was_graded_while_the_clock_was_wrong_is_not_lost_for_years() {
    let far = Day(TODAY.0 + 9_000);
    let reviewed = CardState {
        phase: Phase::Review,
        memory: Some(Memory { stability: 3.0, difficulty: 5.0 }),
        due_day: far.plus(3),
        last_day: Some(far),
        ..CardState::default()
    };
    let in_steps = CardState { due_day: far, last_day: Some(far), ..learning(noon(far).0) };
    let cards = [(0, reviewed), (1, in_steps), (2, CardState::default().buried(far))];
    let queue = |today: Day| {
        Queue::build(&candidates(&cards), today, Limits::default(), Done::default(), &Scheduler::default(), None)
    };
    assert_eq!(queue(TODAY).cards().collect::<HashSet<_>>(), HashSet::from([0, 1, 2]));
    assert_eq!(queue(TODAY).next(noon(TODAY)), Some(1), "its steps are over");
    // Who travels west over midnight finds the day before: that is no wrong clock.
    assert_eq!(queue(Day(far.0 - 1)).cards().count(), 0);
}
