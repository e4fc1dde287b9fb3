//! When a number is shown, what is missing until then, and that more right answers never lower it.

use examdeck::engine::answer::Occasion;
use examdeck::engine::bank::Bank;
use examdeck::engine::day::Day;
use examdeck::engine::evidence::HALF_LIFE;
use examdeck::engine::holdings::Holdings;
use examdeck::engine::readiness::{Blueprint, Foresight, Readiness};
use examdeck::engine::sums::Sums;
use examdeck::engine::tally::{Count, Group};
use proptest::prelude::*;

use crate::support::bank::{bank, slug};
use crate::support::past;

const TODAY: Day = Day(20_000);

/// The large harbour bank; the exam has ten questions.
fn large() -> Bank {
    let mut bank = past::large();
    bank.exam.questions = 10;
    bank
}

fn add(sums: &mut Sums, domain: &str, day: Day, first: bool, answers: u32, points: f64) {
    add_on(sums, day, domain, day, first, answers, points);
}

/// On the day `today`, whatever the answers' own.
fn add_on(sums: &mut Sums, today: Day, domain: &str, day: Day, first: bool, answers: u32, points: f64) {
    let group = Group { day, domain: slug(domain), module: None, occasion: Occasion::Exam, first };
    sums.add(&group, &Count { answers, points, right: points as u32, ..Count::default() }, today);
}

fn readiness(bank: &Bank, sums: &Sums, today: Day) -> Readiness {
    Blueprint::of(bank, &Holdings::of(bank)).readiness(sums, today)
}

fn foreseen(bank: &Bank, sums: &Sums, today: Day) -> Foresight {
    match readiness(bank, sums, today) {
        Readiness::Foreseen(foresight) => foresight,
        Readiness::TooFew(lacks) => panic!("too few: {lacks:?}"),
    }
}

fn lacking(bank: &Bank, sums: &Sums, today: Day) -> Vec<(String, usize)> {
    match readiness(bank, sums, today) {
        Readiness::Foreseen(foresight) => panic!("enough: {foresight:?}"),
        Readiness::TooFew(lacks) => lacks.into_iter().map(|l| (l.domain.to_string(), l.answers)).collect(),
    }
}

/// Answers to as many questions as are missing, all right or all wrong.
fn just_enough(bank: &Bank, right: bool) -> Sums {
    let mut sums = Sums::default();
    for (domain, answers) in lacking(bank, &Sums::default(), TODAY) {
        add(&mut sums, &domain, TODAY, true, answers as u32, if right { answers as f64 } else { 0.0 });
    }
    sums
}

#[test]
fn with_too_few_answers_it_says_which_domains_need_how_many_more() {
    let bank = large();
    let all = lacking(&bank, &Sums::default(), TODAY);
    assert_eq!(all.iter().map(|(d, _)| d.as_str()).collect::<Vec<_>>(), ["tides", "lights", "rules"]);
    assert!(all.iter().map(|(_, n)| n).sum::<usize>() >= 30, "{all:?}");
    foreseen(&bank, &just_enough(&bank, true), TODAY);
    let mut sums = just_enough(&bank, true);
    assert!(matches!(readiness(&bank, &sums, TODAY.plus(HALF_LIFE)), Readiness::TooFew(_)), "answers grow old");
    add(&mut sums, "tides", TODAY, true, 40, 20.0);
    let later: Vec<_> = lacking(&bank, &sums, TODAY.plus(HALF_LIFE)).into_iter().map(|(d, _)| d).collect();
    assert_eq!(later, ["lights", "rules"], "what was answered enough lacks nothing");
}

#[test]
fn an_answer_that_was_given_while_the_clock_was_wrong_makes_no_other_one_old() {
    let bank = large();
    let mut sums = just_enough(&bank, true);
    let before = foreseen(&bank, &sums, TODAY);
    add_on(&mut sums, TODAY, "tides", TODAY.plus(9_000), true, 1, 1.0);
    let after = foreseen(&bank, &sums, TODAY);
    assert!((after.pass_chance - before.pass_chance).abs() < 0.05, "{before:?} {after:?}");
    assert!(sums.days.contains_key(&TODAY.plus(9_000)), "its date is kept");
}

#[test]
fn when_no_new_question_is_left_it_counts_in_repeats() {
    let bank = large();
    let mut sums = just_enough(&bank, true);
    for domain in &bank.domains {
        add(&mut sums, domain.id.as_str(), TODAY, true, bank.stock(&domain.id) as u32, 20.0);
    }
    let late = TODAY.plus(20 * HALF_LIFE);
    for (domain, answers) in lacking(&bank, &sums, late) {
        add(&mut sums, &domain, late, false, answers as u32, 3.0);
    }
    foreseen(&bank, &sums, late);
}

#[test]
fn a_bank_too_small_for_thirty_answers_gets_a_number_all_the_same() {
    let bank = bank();
    let mut sums = Sums::default();
    for domain in &bank.domains {
        let stock = bank.stock(&domain.id) as u32;
        add(&mut sums, domain.id.as_str(), TODAY, true, stock, f64::from(stock));
    }
    let foresight = foreseen(&bank, &sums, TODAY);
    assert!(foresight.high - foresight.low >= 2, "few answers, a wide range: {foresight:?}");
}

#[test]
fn an_exam_without_questions_foresees_nothing() {
    let mut bank = bank();
    bank.questions.clear();
    assert_eq!(readiness(&bank, &Sums::default(), TODAY), Readiness::TooFew(Vec::new()));
}

#[test]
fn who_answers_all_right_is_not_promised_all_points() {
    let bank = large();
    let best = foreseen(&bank, &just_enough(&bank, true), TODAY);
    assert_eq!((best.high, best.questions), (10, 10));
    assert!(best.low < 10 && best.expected < 10.0 && best.pass_chance < 1.0, "{best:?}");
    let worst = foreseen(&bank, &just_enough(&bank, false), TODAY);
    assert_eq!(worst.low, 0);
    assert!(worst.high > 0 && worst.pass_chance > 0.0, "{worst:?}");
}

#[test]
fn a_domain_with_few_answers_leans_on_the_others() {
    let bank = large();
    let with = |others: f64| {
        let mut sums = Sums::default();
        add(&mut sums, "tides", TODAY, true, 30, 18.0);
        for domain in ["lights", "rules"] {
            add(&mut sums, domain, TODAY, true, 60, 60.0 * others);
        }
        sums
    };
    let mut only_tides = bank.clone();
    only_tides.domains.iter_mut().for_each(|d| d.weight = u32::from(d.id.as_str() == "tides"));
    only_tides.exam.questions = 5;
    // The areas without a seat still say what kind of student this is.
    let (weak, strong) = (foreseen(&only_tides, &with(0.2), TODAY), foreseen(&only_tides, &with(1.0), TODAY));
    assert!(strong.expected > weak.expected + 0.3, "{weak:?} {strong:?}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    #[test]
    fn the_figures_are_sound_and_a_right_answer_does_not_lower_them(
        counts in prop::collection::vec((12u32..60, 0.0f64..=1.0, 0u32..100), 3),
        domain in 0usize..3,
    ) {
        let bank = large();
        let mut sums = Sums::default();
        for (d, &(answers, share, age)) in bank.domains.iter().zip(&counts) {
            let day = Day(TODAY.0 - age as i32);
            add(&mut sums, d.id.as_str(), day, true, answers * 4, (f64::from(answers * 4) * share).floor());
        }
        let before = foreseen(&bank, &sums, TODAY);
        prop_assert!(before.low as f64 <= before.expected.ceil() && before.expected.floor() <= before.high as f64);
        prop_assert!(before.high <= before.questions && (0.0..=1.0).contains(&before.pass_chance));
        add(&mut sums, bank.domains[domain].id.as_str(), TODAY, true, 1, 1.0);
        let after = foreseen(&bank, &sums, TODAY);
        // It may speak for students whose domains differ more, which moves the others by a hair.
        prop_assert!(after.expected >= before.expected - 0.05, "{before:?} {after:?}");
        prop_assert!(after.pass_chance >= before.pass_chance - 0.01);
    }
}
