//! The rules of examining, on random papers and steps, and the draw.

#[path = "engine/among.rs"]
mod among;
#[path = "engine/drill.rs"]
mod drill;
#[path = "engine/filter.rs"]
mod filter;
#[path = "engine/search.rs"]
mod search;
mod support;

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::sync::Arc;
use std::time::Duration;

use examdeck::engine::bank::{Bank, MultiAnswer};
use examdeck::engine::blueprint::quotas;
use examdeck::engine::draw::{Request, draw, forecast, numeric_values};
use examdeck::engine::enemies::Enemies;
use examdeck::engine::exam::{Exam, Step};
use examdeck::engine::paper::Paper;
use examdeck::engine::question::{Kind, OptionId, Question};
use examdeck::engine::score::score;
use examdeck::engine::slug::Slug;
use proptest::prelude::*;
use support::arbitrary::{Move, banks, conditions, moves, papers, run};
use support::bank::{bank, question};

proptest! {
    #[test]
    fn whatever_is_done_the_sitting_stays_sound(paper in papers(), conditions in conditions(), moves in moves()) {
        let mut exam = Exam::start(paper.clone(), conditions).expect("questions");
        for m in &moves {
            let before = exam.clone();
            let changed = match *m {
                Move::Elapse(time) => { exam.elapse(time); true }
                Move::Do(step) => exam.apply(step),
            };
            if !changed {
                prop_assert_eq!(&exam, &before, "a step that says it changed nothing changed something: {:?}", m);
            }
            if before.end().is_some() {
                prop_assert_eq!(&exam, &before, "changed after the end: {:?}", m);
            }
            prop_assert!(exam.position() < paper.items.len());
            prop_assert!(exam.used() >= before.used());
            if let Some(limit) = conditions.limit {
                prop_assert!(exam.used() <= limit);
                prop_assert_eq!(exam.remaining(), Some(limit - exam.used()));
                prop_assert!(exam.used() < limit || exam.end().is_some() || exam == before);
            }
            prop_assert_eq!(exam.used(), exam.responses().iter().map(|r| r.spent()).sum::<Duration>());
            for (item, response) in paper.items.iter().zip(exam.responses()) {
                prop_assert!(response.picked().is_disjoint(response.struck()), "picked and struck");
                prop_assert!(response.picked().len() <= item.question.keys, "more picked than asked for");
                for option in response.picked().union(response.struck()) {
                    prop_assert!(item.order.contains(option), "an option that is not on the screen");
                }
                prop_assert!(!response.is_revealed() || response.picked().len() == item.question.keys);
            }
            prop_assert!(exam.response().is_visited());
        }
    }

    #[test]
    fn replaying_the_log_gives_the_same_sitting(paper in papers(), conditions in conditions(), moves in moves()) {
        let (exam, log) = run(paper.clone(), conditions, &moves);
        let mut again = Exam::replay(paper, conditions, &log).expect("questions");
        again.elapse(exam.used() - again.used());
        prop_assert_eq!(again, exam);
    }

    #[test]
    fn splitting_time_changes_nothing(paper in papers(), conditions in conditions(), moves in moves(), cut in 1u32..9) {
        let split: Vec<Move> = moves
            .iter()
            .flat_map(|m| match *m {
                Move::Elapse(time) => vec![Move::Elapse(time * cut / 10), Move::Elapse(time - time * cut / 10)],
                step => vec![step],
            })
            .collect();
        let (whole, _) = run(paper.clone(), conditions, &moves);
        let (parts, _) = run(paper, conditions, &split);
        prop_assert_eq!(whole, parts);
    }

    #[test]
    fn marks_are_what_a_teacher_would_give(paper in papers(), conditions in conditions(), moves in moves()) {
        let (exam, _) = run(paper.clone(), conditions, &moves);
        let marked = score(&exam);
        let rule = paper.origin.rules.multi_answer;
        let mut sum = 0.0;
        let mut by_domain: BTreeMap<Slug, (f64, usize)> = BTreeMap::new();
        for (i, item) in paper.items.iter().enumerate() {
            let picked = exam.responses()[i].picked();
            let expected = naive(&item.question.choices.len(), item.question.keys, picked, rule);
            prop_assert!((marked.points[i] - expected).abs() < 1e-12, "question {i}: {} not {expected}", marked.points[i]);
            if picked.is_empty() {
                prop_assert_eq!(marked.points[i], 0.0);
            }
            sum += expected;
            let tally = by_domain.entry(item.question.domain.clone()).or_default();
            tally.0 += expected;
            tally.1 += 1;
        }
        prop_assert!((marked.total.points - sum).abs() < 1e-9);
        prop_assert_eq!(marked.total.of, paper.items.len());
        let of_domains: f64 = marked.domains.iter().map(|(_, t)| t.points).sum();
        prop_assert!((of_domains - marked.total.points).abs() < 1e-9, "domains sum to the total");
        prop_assert_eq!(marked.domains.iter().map(|(_, t)| t.of).sum::<usize>(), marked.total.of);
        prop_assert_eq!(marked.domains.len(), by_domain.len());
        for (domain, tally) in &marked.domains {
            let (points, of) = by_domain[domain];
            prop_assert!((tally.points - points).abs() < 1e-9 && tally.of == of);
        }
        let needed = f64::from(paper.origin.rules.pass_percent) * marked.total.of as f64 / 100.0;
        if (sum - needed).abs() > 1e-6 {
            prop_assert_eq!(marked.passed, sum > needed);
        }
        prop_assert!(marked.changed_for_better + marked.changed_for_worse <= marked.changed);
    }
}

/// Marking once more, option by option.
fn naive(options: &usize, keys: usize, picked: &BTreeSet<OptionId>, rule: MultiAnswer) -> f64 {
    let mut exact = true;
    let mut balance = 0i32;
    for option in 0..*options {
        let chosen = picked.contains(&OptionId(option as u8));
        let right = option < keys;
        exact &= chosen == right;
        if chosen {
            balance += if right { 1 } else { -1 };
        }
    }
    match rule {
        _ if exact => 1.0,
        MultiAnswer::AllOrNothing => 0.0,
        MultiAnswer::Partial => f64::from(balance.max(0)) / keys as f64,
    }
}

#[test]
fn a_pass_mark_of_thirds_is_reached_by_thirds() {
    let mut bank = bank();
    bank.exam.multi_answer = MultiAnswer::Partial;
    bank.exam.pass_percent = 100;
    let paper = support::bank::paper(&bank, &["give-way"]);
    let conditions =
        examdeck::engine::exam::Conditions { feedback: Default::default(), limit: None, allowance: Default::default() };
    let mut exam = Exam::start(paper, conditions).expect("questions");
    for o in 0..2 {
        exam.apply(Step::Pick(OptionId(o)));
    }
    assert!((score(&exam).total.points - 2.0 / 3.0).abs() < 1e-12);
    assert!(!score(&exam).passed);
    exam.apply(Step::Pick(OptionId(2)));
    assert!(score(&exam).passed);
}

// The draw

fn request(questions: usize) -> Request {
    Request { questions, ..Request::default() }
}

fn ids(paper: &Paper) -> Vec<&str> {
    paper.items.iter().map(|i| i.question.id.as_str()).collect()
}

proptest! {
    #[test]
    fn papers_are_as_forecast(bank in banks(), questions in 1usize..60, seed in any::<u64>(), history in any::<u64>()) {
        let seen: HashSet<Slug> = some_of(&bank, history);
        let asked = request(questions);
        let promised = forecast(&bank, &asked, &seen);
        let paper = draw(&bank, &asked, seed, Some(&seen));
        prop_assert_eq!(paper.items.len(), promised.questions);
        prop_assert_eq!(promised.questions, questions.min(bank.questions.len()));
        prop_assert_eq!(promised.unseen, bank.questions.iter().filter(|q| !seen.contains(&q.id)).count());
        let unique: HashSet<&str> = ids(&paper).into_iter().collect();
        prop_assert_eq!(unique.len(), paper.items.len(), "a question twice");
        // Quotas are met, or the shortage is told.
        let weights: Vec<u32> = bank.domains.iter().map(|d| d.weight).collect();
        let stock: Vec<usize> = bank.domains.iter().map(|d| bank.stock(&d.id)).collect();
        let wanted = quotas(questions, &weights, &stock).ideal;
        for (i, domain) in bank.domains.iter().enumerate() {
            let given = paper.items.iter().filter(|p| p.question.domain == domain.id).count();
            match promised.shortages.iter().find(|s| s.domain == domain.id) {
                Some(short) => {
                    prop_assert_eq!((short.wanted, short.available, given), (wanted[i], stock[i], stock[i]));
                    prop_assert!(wanted[i] > stock[i]);
                }
                None if promised.shortages.is_empty() => prop_assert_eq!(given, wanted[i]),
                None => prop_assert!(given >= wanted[i]),
            }
            // What was seen comes only after all that was not.
            let drawn: Vec<_> = paper.items.iter().filter(|p| p.question.domain == domain.id).collect();
            if drawn.iter().any(|p| seen.contains(&p.question.id)) {
                let unseen = bank.questions.iter().filter(|q| q.domain == domain.id && !seen.contains(&q.id)).count();
                prop_assert_eq!(drawn.iter().filter(|p| !seen.contains(&p.question.id)).count(), unseen);
            }
        }
    }

    #[test]
    fn options_stand_as_their_kind_wants(paper in papers()) {
        for item in &paper.items {
            let q = &item.question;
            let mut sorted = item.order.clone();
            sorted.sort();
            prop_assert_eq!(sorted, q.options().collect::<Vec<_>>(), "each option once");
            let texts: Vec<&str> = item.order.iter().map(|&o| q.choice(o).expect("there").text.as_str()).collect();
            let pinned: Vec<bool> = item.order.iter().map(|&o| q.choice(o).expect("there").pinned_last).collect();
            prop_assert!(pinned.is_sorted(), "pinned options are last");
            if q.kind == Kind::TrueFalse {
                prop_assert_eq!(texts, ["True", "False"]);
            } else if !q.shuffle {
                let order: Vec<u8> = item.order.iter().map(|o| o.0).collect();
                prop_assert!(order.is_sorted() || pinned.contains(&true));
            } else if let Some(values) = numeric_values(q) {
                prop_assert!(item.order.iter().map(|o| values[usize::from(o.0)]).is_sorted(), "numbers ascend");
            }
        }
    }

    #[test]
    fn a_paper_depends_on_the_questions_not_on_their_files(
        bank in banks(), questions in 1usize..60, seed in any::<u64>(), history in any::<u64>(), turn in 0usize..40,
    ) {
        let seen = some_of(&bank, history);
        let mut other = bank.clone();
        other.questions.reverse();
        let turn = turn % other.questions.len();
        other.questions.rotate_left(turn);
        for seen in [None, Some(&seen)] {
            let paper = draw(&bank, &request(questions), seed, seen);
            prop_assert_eq!(&paper, &draw(&bank, &request(questions), seed, seen), "the same again");
            prop_assert_eq!(&paper, &draw(&other, &request(questions), seed, seen), "the same from another order");
            prop_assert_eq!(paper.seed_alone, seen.is_none());
        }
    }

    #[test]
    fn enemies_meet_only_where_nothing_else_is_left(
        bank in banks(),
        pairs in prop::collection::vec((0usize..40, 0usize..40), 0..30),
        questions in 1usize..60, seed in any::<u64>(), history in any::<u64>(),
    ) {
        let mut bank = bank;
        for (one, other) in pairs {
            let (one, other) = (one % bank.questions.len(), other % bank.questions.len());
            let id = bank.questions[other].id.clone();
            if one != other {
                Arc::make_mut(&mut bank.questions[one]).enemies.push(id);
            }
        }
        let seen = some_of(&bank, history);
        let paper = draw(&bank, &request(questions), seed, Some(&seen));
        prop_assert_eq!(paper.items.len(), questions.min(bank.questions.len()), "no exam is shorter for it");
        let hostile = |a: &Question, b: &Question| a.enemies.contains(&b.id) || b.enemies.contains(&a.id);
        let drawn: Vec<&Question> = paper.items.iter().map(|i| &*i.question).collect();
        let meets_one = |q: &Question| drawn.iter().any(|other| hostile(q, other));
        // Every pair is told of a paper, and of what must meet no more than does.
        let told = Enemies::among(&bank.questions).meeting(drawn.iter().copied());
        let pairs = drawn.iter().enumerate().map(|(i, a)| drawn[..i].iter().filter(|b| hostile(a, b)).count());
        prop_assert_eq!(told.len(), pairs.sum::<usize>());
        let must = forecast(&bank, &request(questions), &seen).meeting;
        prop_assert!(must <= drawn.iter().filter(|q| meets_one(q)).count(), "{} must", must);
        // Whether each question of the domain that was left out would have met an enemy as well.
        let exhausted = |domain: &Slug| {
            let left = bank.questions.iter().filter(|q| q.domain == *domain && !drawn.iter().any(|d| d.id == q.id));
            left.into_iter().all(|q| meets_one(q))
        };
        for a in &drawn {
            for b in drawn.iter().filter(|b| hostile(a, b)) {
                prop_assert!(exhausted(&a.domain) || exhausted(&b.domain), "{} and {}", a.id, b.id);
            }
        }
    }
}

#[test]
fn the_forecast_counts_the_enemies_that_must_meet() {
    let mut bank = support::bank::bank();
    let one = bank.domains[0].id.clone();
    bank.domains.truncate(1);
    bank.questions.retain(|q| q.domain == one);
    let n = bank.questions.len();
    let must = |bank: &Bank, count| forecast(bank, &request(count), &HashSet::new()).meeting;
    assert_eq!(must(&bank, n), 0);
    // Three that are all each other's enemies: of them one paper takes one.
    let ids: Vec<Slug> = bank.questions.iter().map(|q| q.id.clone()).collect();
    Arc::make_mut(&mut bank.questions[0]).enemies = vec![ids[1].clone(), ids[2].clone()];
    Arc::make_mut(&mut bank.questions[1]).enemies = vec![ids[2].clone()];
    assert_eq!([must(&bank, n), must(&bank, n - 1), must(&bank, n - 2)], [2, 1, 0]);
}

/// Questions picked by the bits of `history`.
fn some_of(bank: &Bank, history: u64) -> HashSet<Slug> {
    bank.questions.iter().enumerate().filter(|(i, _)| history >> (i % 64) & 1 == 1).map(|(_, q)| q.id.clone()).collect()
}

/// Pearson's statistic against equal shares.
fn chi_square(counts: &[usize]) -> f64 {
    let expected = counts.iter().sum::<usize>() as f64 / counts.len() as f64;
    counts.iter().map(|&c| (c as f64 - expected).powi(2) / expected).sum()
}

/// One draw in a thousand of a fair generator would exceed these, for 1 to 11 degrees of freedom.
const LIMITS: [f64; 11] = [10.83, 13.82, 16.27, 18.47, 20.52, 22.46, 24.32, 26.12, 27.88, 29.59, 31.26];

fn assert_even(counts: &[usize], what: &str) {
    let x = chi_square(counts);
    assert!(x < LIMITS[counts.len() - 2], "{what}: {counts:?}, chi-square {x:.1}");
}

#[test]
fn every_place_on_the_screen_is_equally_often_right() {
    for options in 2..=6 {
        let texts: Vec<String> = (0..options).map(|o| format!("option {}", char::from(b'a' + o))).collect();
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        let mut bank = bank();
        bank.questions =
            (0..4).map(|i| Arc::new(question(&format!("q{i}"), "tides", Kind::Single, "Which?", 1, &texts))).collect();
        let mut of_each = vec![vec![0; usize::from(options)]; 4];
        let mut together = vec![0; usize::from(options)];
        for seed in 0..3000 {
            for item in draw(&bank, &request(4), seed, None).items {
                let row = item.order.iter().position(|o| o.0 == 0).expect("the key is on the screen");
                let number: usize = item.question.id.as_str()[1..].parse().expect("q0 to q3");
                of_each[number][row] += 1;
                together[row] += 1;
            }
        }
        assert_even(&together, &format!("key of {options} options"));
        for counts in of_each {
            assert_even(&counts, &format!("key of one question of {options} options"));
        }
    }
}

#[test]
fn every_question_is_drawn_equally_often_and_everywhere() {
    let mut bank = bank();
    bank.domains.truncate(1);
    bank.questions = (0..12)
        .map(|i| Arc::new(question(&format!("q{i:02}"), "tides", Kind::Single, "Which?", 1, &["a", "b"])))
        .collect();
    let mut drawn = vec![0; 12];
    let mut first = vec![0; 12];
    for seed in 0..6000 {
        let paper = draw(&bank, &request(4), seed, None);
        for (place, item) in paper.items.iter().enumerate() {
            let number: usize = item.question.id.as_str()[1..].parse().expect("q00 to q11");
            drawn[number] += 1;
            first[number] += usize::from(place == 0);
        }
    }
    assert_even(&first, "the first question");
    assert_even(&drawn, "all questions");
}

/// A paper that must never change: a teacher gives a class a seed, and a result names it years later. If this fails,
/// every seed that was ever written down means another paper.
#[test]
fn seed_2026_means_this_paper_for_ever() {
    let paper = draw(&bank(), &request(8), 2026, None);
    let shown: Vec<String> = paper
        .items
        .iter()
        .map(|i| format!("{} {}", i.question.id, i.order.iter().map(|o| o.0.to_string()).collect::<String>()))
        .collect();
    assert_eq!(
        shown,
        [
            "third-hour 1203",
            "ebb 01",
            "give-way 41230",
            "fog-signals 2031",
            "red-sector 1203",
            "cardinal-mark 0123",
            "crossing 10",
            "slack-water 10"
        ]
    );
}
