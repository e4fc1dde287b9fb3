//! The plan towards an exam, lived through by students of several kinds.

use examdeck::engine::day::Day;
use examdeck::engine::plan::{FINAL_DAYS, Outlook, Plan};
use examdeck::engine::queue::{Candidate, Done, Limits, Queue};
use examdeck::engine::review::{CardState, Phase, Rules, answer};
use examdeck::engine::schedule::{Memory, Rating, Scheduler};
use examdeck::engine::time::Wall;

use crate::{Chance, noon};

const START: Day = Day(20_000);

/// How a student is.
#[derive(Clone, Copy)]
struct Student {
    /// Reviews forgotten, in a hundred.
    forgets: u64,
    /// Days without study, in a hundred.
    skips: u64,
}

const REGULAR: Student = Student { forgets: 0, skips: 0 };
const FORGETFUL: Student = Student { forgets: 25, skips: 0 };
const IRREGULAR: Student = Student { forgets: 10, skips: 35 };

/// What came of it.
struct Life {
    states: Vec<CardState>,
    /// The day each card was begun.
    begun: Vec<Option<Day>>,
    /// What was done on each day.
    days: Vec<Done>,
}

/// Families as a deck has them: single cards, pairs and, now and then, clozes of three.
fn deck(cards: usize) -> Vec<u32> {
    let sizes = [1, 1, 1, 2, 1, 1, 3, 1, 2, 1];
    (0_u32..).zip(sizes.into_iter().cycle()).flat_map(|(family, size)| vec![family; size]).take(cards).collect()
}

fn candidates<'a>(families: &[u32], states: &'a [CardState]) -> Vec<Candidate<'a>> {
    let candidate = |(card, state)| Candidate { card, family: families[card], own: false, state };
    states.iter().enumerate().map(candidate).collect()
}

/// Lives through all days until the exam.
fn live(student: Student, families: &[u32], states: Vec<CardState>, plan: Plan, limits: Limits) -> Life {
    let (scheduler, rules, mut chance) = (Scheduler::default(), Rules::default(), Chance(2026));
    let mut life = Life { begun: vec![None; states.len()], states, days: Vec::new() };
    for today in (START.0..plan.exam_day.0).map(Day) {
        let mut done = Done::default();
        if chance.below(100) >= student.skips {
            let mut queue = queue(families, &life.states, today, limits, done, plan);
            let mut now = noon(today);
            while let Some(card) = queue.next(now) {
                let before = life.states[card];
                let forgot = before.phase == Phase::Review && chance.below(100) < student.forgets;
                let rating = if forgot { Rating::Again } else { Rating::Good };
                let aim = plan.aim(card, &rules, today);
                let after = answer(&before, rating, &scheduler, &rules, aim, now, today);
                assert!(after.due_day <= plan.exam_day, "an interval reaches past the exam");
                life.begun[card].get_or_insert(today);
                done.count(before.phase);
                life.states[card] = after;
                queue.graded(card, &after, today);
                now = Wall(now.0 + 8);
                if done.new + done.reviews == 10 {
                    // A sitting may be broken off at any time: the queue built anew holds the same cards.
                    let anew = self::queue(families, &life.states, today, limits, done, plan);
                    assert_eq!(sorted(&anew), sorted(&queue));
                }
            }
            assert_eq!(queue.waits_until(), None);
        }
        assert!(done.reviews <= limits.reviews_per_day && done.new <= 2 * limits.new_per_day);
        life.days.push(done);
    }
    life
}

fn queue(families: &[u32], states: &[CardState], today: Day, limits: Limits, done: Done, plan: Plan) -> Queue {
    let cards = candidates(families, states);
    let limits = limits.of_day(&cards, today, done, Some(&plan));
    Queue::build(&cards, today, limits, done, &Scheduler::default(), Some(&plan))
}

fn sorted(queue: &Queue) -> Vec<usize> {
    let mut cards: Vec<usize> = queue.cards().collect();
    cards.sort_unstable();
    cards
}

fn outlook(families: &[u32], states: &[CardState], plan: Plan, limits: Limits) -> Outlook {
    let cards = candidates(families, states);
    plan.outlook(&cards, &Scheduler::default(), &Rules::default(), limits, START).expect("days are left")
}

/// Cards that were not seen in the final pass.
fn unseen_in_final_pass(life: &Life, plan: Plan) -> usize {
    life.states.iter().filter(|s| s.last_day.is_none_or(|day| day < plan.final_start())).count()
}

fn reviews_per_day(life: &Life) -> f64 {
    life.days.iter().map(|d| f64::from(d.reviews)).sum::<f64>() / life.days.len() as f64
}

fn plan(days: u32) -> Plan {
    Plan { exam_day: START.plus(days) }
}

#[test]
fn thirty_days_of_a_student_who_is_always_good() {
    let (families, plan, limits) = (deck(300), plan(30), Limits::default());
    let foreseen = outlook(&families, &vec![CardState::default(); 300], plan, limits);
    let life = live(REGULAR, &families, vec![CardState::default(); 300], plan, limits);
    assert!(life.begun.iter().all(|day| day.is_some_and(|day| day < plan.final_start())), "{:?}", life.days);
    assert_eq!(unseen_in_final_pass(&life, plan), 0);
    assert!(foreseen.fits && foreseen.would_fit == 300);
    assert_eq!(foreseen.new_per_day, 14); // 300 in 23 days
    assert!(life.days[..20].iter().all(|d| d.new.abs_diff(foreseen.new_per_day) <= 1), "{:?}", life.days);
    let happened = reviews_per_day(&life);
    assert!((happened - f64::from(foreseen.reviews_per_day)).abs() <= 0.1 * happened, "{foreseen:?}, not {happened}");
}

#[test]
fn thirty_days_of_a_student_who_forgets_a_quarter() {
    let (families, plan, limits) = (deck(300), plan(30), Limits::default());
    let life = live(FORGETFUL, &families, vec![CardState::default(); 300], plan, limits);
    assert!(life.begun.iter().all(|day| day.is_some_and(|day| day < plan.final_start())), "{:?}", life.days);
    assert_eq!(unseen_in_final_pass(&life, plan), 0);
    assert!(life.states.iter().any(|s| s.lapses > 1));
}

#[test]
fn thirty_days_of_a_student_who_skips_days() {
    let (families, plan, limits) = (deck(300), plan(30), Limits::default());
    let life = live(IRREGULAR, &families, vec![CardState::default(); 300], plan, limits);
    assert!(life.days.iter().filter(|d| d.reviews + d.new == 0).count() >= 6, "{:?}", life.days);
    assert!(life.begun.iter().all(Option::is_some), "every card was seen: {:?}", life.days);
    // Whoever skips days of the final pass sees nearly all of it.
    assert!(unseen_in_final_pass(&life, plan) <= 15, "{}", unseen_in_final_pass(&life, plan));
}

#[test]
fn the_final_pass_is_spread_over_its_days() {
    // Everything was learned long ago, and nothing would be due before the exam.
    let learned = CardState {
        phase: Phase::Review,
        memory: Some(Memory { stability: 400.0, difficulty: 4.0 }),
        due_day: START.plus(300),
        last_day: Some(Day(START.0 - 10)),
        ..CardState::default()
    };
    let (families, plan, limits) = ((0..210).collect::<Vec<u32>>(), plan(30), Limits::default());
    let life = live(REGULAR, &families, vec![learned; 210], plan, limits);
    let reviews: Vec<u32> = life.days.iter().map(|d| d.reviews).collect();
    assert_eq!(reviews, [vec![0; 23], vec![30; FINAL_DAYS as usize]].concat());
    let foreseen = outlook(&families, &vec![learned; 210], plan, limits);
    assert_eq!(foreseen, Outlook { reviews_per_day: 7, new_per_day: 0, fits: true, new_left: 0, would_fit: 0 });
}

#[test]
fn a_plan_made_in_the_last_days_shares_out_what_is_left() {
    let learned = CardState {
        phase: Phase::Review,
        memory: Some(Memory { stability: 400.0, difficulty: 4.0 }),
        due_day: START.plus(300),
        last_day: Some(Day(START.0 - 30)),
        ..CardState::default()
    };
    let families: Vec<u32> = (0..140).collect();
    for days in 1..=FINAL_DAYS {
        let life = live(REGULAR, &families, vec![learned; 140], plan(days), Limits::default());
        assert_eq!(unseen_in_final_pass(&life, plan(days)), 0);
        let most = life.days.iter().map(|d| d.reviews).max().expect("a day");
        assert!(f64::from(most) <= 1.4 * 140.0 / f64::from(days), "{days} days: {:?}", life.days);
        let life = live(REGULAR, &families, vec![CardState::default(); 40], plan(days), Limits::default());
        assert!(life.begun.iter().all(Option::is_some), "{days} days: {:?}", life.days);
    }
}

#[test]
fn a_deck_too_large_for_the_days_does_not_fit_and_what_would_fit_does() {
    let (families, limits) = (deck(2_000), Limits { new_per_day: 20, reviews_per_day: 60 });
    let plan = plan(30);
    let all = outlook(&families, &vec![CardState::default(); 2_000], plan, limits);
    assert!(!all.fits && all.would_fit > 100 && all.would_fit < 2_000, "{all:?}");
    let part = all.would_fit as usize;
    let fitting = outlook(&families[..part], &vec![CardState::default(); part], plan, limits);
    assert!(fitting.fits && fitting.would_fit == all.would_fit, "{fitting:?}");
    assert!(!outlook(&families, &vec![CardState::default(); part + 1], plan, limits).fits);
    let life = live(REGULAR, &families[..part], vec![CardState::default(); part], plan, limits);
    assert!(life.begun.iter().all(Option::is_some));
    assert!(unseen_in_final_pass(&life, plan) * 50 <= part, "{} of {part}", unseen_in_final_pass(&life, plan));
}

#[test]
fn a_plan_goes_on_where_a_student_stands() {
    // Ten days without a plan, then the exam is set.
    let families = deck(300);
    let first = live(FORGETFUL, &families, vec![CardState::default(); 300], plan(10), Limits::default());
    let shift = |day: Day| Day(day.0 - 10);
    let states: Vec<CardState> = first
        .states
        .iter()
        .map(|s| CardState { due_day: shift(s.due_day), last_day: s.last_day.map(shift), ..*s })
        .collect();
    let plan = plan(40);
    let foreseen = outlook(&families, &states, plan, Limits::default());
    let life = live(REGULAR, &families, states, plan, Limits::default());
    let happened = reviews_per_day(&life);
    assert!((happened - f64::from(foreseen.reviews_per_day)).abs() <= 0.1 * happened, "{foreseen:?}, not {happened}");
    assert_eq!(unseen_in_final_pass(&life, plan), 0);
}

#[test]
fn the_wanted_retention_rises_to_the_day_of_the_exam() {
    let plan = plan(40);
    let wanted: Vec<f32> = (0..40).map(|d| plan.retention(0.9, START.plus(d))).collect();
    assert!(wanted[..=10].iter().all(|&r| r == 0.9), "{wanted:?}");
    assert!(wanted[10..].windows(2).all(|w| w[0] < w[1]), "{wanted:?}");
    assert!((wanted[39] - (0.95 - 0.05 / 30.0)).abs() < 1e-6);
    assert_eq!(plan.retention(0.97, START.plus(39)), 0.97, "it never falls");
}

#[test]
fn cards_of_ones_own_are_begun_first_though_the_rest_is_too_much_for_the_days() {
    let (families, limits, plan) = (deck(2_000), Limits::default(), plan(9)); // so that entries of several cards press
    let mut states = vec![CardState::default(); 2_000];
    let own = 1_900..2_000;
    for today in (START.0..plan.exam_day.0).map(Day) {
        let mut cards = candidates(&families, &states);
        own.clone().for_each(|card| cards[card].own = true);
        let limits = limits.of_day(&cards, today, Done::default(), Some(&plan));
        let queue = Queue::build(&cards, today, limits, Done::default(), &Scheduler::default(), Some(&plan));
        let new: Vec<usize> = queue.cards().filter(|&card| states[card].phase == Phase::New).collect();
        for &card in &new[..new.len().min(20)] {
            // Who is tired ends after half of what the day asks.
            let rules = Rules::default();
            let aim = plan.aim(card, &rules, today);
            states[card] = answer(&states[card], Rating::Easy, &Scheduler::default(), &rules, aim, noon(today), today);
        }
    }
    let begun = |cards: &[CardState]| cards.iter().filter(|state| state.phase != Phase::New).count();
    assert_eq!((begun(&states[own.clone()]), begun(&states)), (100, 180));
}

#[test]
fn on_the_day_of_the_exam_and_after_it_a_plan_asks_for_nothing() {
    let plan = plan(0);
    for today in [START, START.plus(3)] {
        let rules = Rules::default();
        assert_eq!(plan.aim(0, &rules, today), rules.aim());
        assert_eq!((plan.days_left(today), plan.new_today(100, today)), (0, 0));
        assert_eq!(plan.outlook(&[], &Scheduler::default(), &rules, Limits::default(), today), None);
        let new = CardState::default();
        let queue = queue(&[0], &[new], today, Limits::default(), Done::default(), plan);
        assert_eq!(queue.counts().new, 1, "the student's own limit holds again");
    }
}
