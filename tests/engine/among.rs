//! The draw over a filter: only what it means, by the weights of the domains that have any of it.

use std::collections::HashSet;
use std::time::Duration;

use examdeck::engine::blueprint::quotas;
use examdeck::engine::draw::{Among, Request, draw, forecast};
use examdeck::engine::filter::Filter;
use examdeck::engine::learner::{Mark, Trail};
use examdeck::engine::slug::Slug;
use examdeck::engine::standing::Standing;
use proptest::prelude::*;

use crate::filter::{filters, marks, standings};
use crate::some_of;
use crate::support::arbitrary::banks;
use crate::support::bank::bank;

/// Filters of all sorts, and such as mean something of a random bank.
fn meaning() -> impl Strategy<Value = Filter> {
    let words = [
        "",
        "domain:d0",
        "-domain:d1",
        "domain:d0 or domain:d2",
        "type:multi",
        "-type:tf",
        "missed",
        "-unseen",
        "domain:d3 -missed",
        "known or bookmarked",
        "\"option a\"",
        "unseen or -unseen",
        "-()",
    ];
    prop_oneof![
        3 => prop::sample::select(words.to_vec()).prop_map(|text| text.parse::<Filter>().expect("a filter")),
        1 => filters(),
    ]
}

prop_compose! {
    /// A bank, and a student who has answered and marked some of its questions.
    fn studied()(
        bank in banks(), answered: u64, marked: u64,
        standings in prop::collection::vec(standings(), 1..8), marks in prop::collection::vec(marks(), 1..4),
    ) -> (examdeck::engine::bank::Bank, Trail) {
        let mut trail = Trail::default();
        let each = |ids: HashSet<Slug>| { let mut ids: Vec<Slug> = ids.into_iter().collect(); ids.sort(); ids };
        trail.standings = each(some_of(&bank, answered)).into_iter().zip(standings.into_iter().cycle()).collect();
        trail.marks = each(some_of(&bank, marked)).into_iter().zip(marks.into_iter().cycle()).collect();
        (bank, trail)
    }
}

proptest! {
    #[test]
    fn only_what_is_meant_is_drawn_and_by_weight(
        (bank, trail) in studied(), filter in meaning(), questions in 1usize..60, seed: u64, history: u64, alone: bool,
    ) {
        let request = Request { questions, among: Among::of(filter.clone(), &bank, &trail) };
        prop_assert_eq!(request.among.is_none(), filter.is_everything());
        let seen = some_of(&bank, history);
        let paper = draw(&bank, &request, seed, (!alone).then_some(&seen));
        let pace = bank.exam.pace();
        let meant: HashSet<&Slug> =
            bank.questions.iter().filter(|q| filter.matches(q, trail.about(&q.id, pace))).map(|q| &q.id).collect();
        let drawn: HashSet<&Slug> = paper.items.iter().map(|i| &i.question.id).collect();
        prop_assert_eq!(drawn.len(), paper.items.len(), "a question twice");
        prop_assert!(drawn.is_subset(&meant), "what is not meant");
        prop_assert_eq!(drawn.len(), questions.min(meant.len()), "as many as were asked for, or all there are");
        // By the weights among the domains that have any.
        let stock = |d: &Slug| bank.questions.iter().filter(|q| q.domain == *d && meant.contains(&q.id)).count();
        let all: Vec<_> = bank.domains.iter().map(|d| (&d.id, d.weight, stock(&d.id))).collect();
        let touched: Vec<_> = all.iter().filter(|(.., stock)| filter.is_everything() || *stock > 0).collect();
        let weights: Vec<u32> = touched.iter().map(|(_, weight, _)| *weight).collect();
        let stocks: Vec<usize> = touched.iter().map(|(.., stock)| *stock).collect();
        for ((domain, ..), quota) in touched.iter().zip(quotas(questions, &weights, &stocks).actual) {
            prop_assert_eq!(paper.items.iter().filter(|i| i.question.domain == **domain).count(), quota);
        }
        let promised = forecast(&bank, &request, &seen);
        prop_assert_eq!(promised.questions, paper.items.len());
        prop_assert_eq!(promised.unseen, meant.iter().filter(|id| !seen.contains(**id)).count());
        // The paper says what it is, and is never said to be the seed's alone if the student had a part in it.
        let kept = paper.among.as_ref().map_or_else(Filter::default, |text| text.as_str().parse().expect("a filter"));
        prop_assert_eq!(&kept, &filter);
        prop_assert_eq!(paper.seed_alone, alone && !filter.asks_for_record());
        if paper.seed_alone {
            let other = Among::of(filter, &bank, &Trail::default());
            prop_assert_eq!(&paper, &draw(&bank, &Request { questions, among: other }, seed, None), "for anybody");
        }
    }
}

/// What the words of a record mean is what it was when the exam was asked for.
#[test]
fn a_filter_reads_the_students_record() {
    let bank = bank();
    let mut trail = Trail::default();
    let of = |text: &str, trail: &Trail| {
        let among = Among::of(text.parse().expect("a filter"), &bank, trail);
        let paper = draw(&bank, &Request { questions: 50, among }, 1, None);
        let mut ids: Vec<String> = paper.items.iter().map(|i| i.question.id.to_string()).collect();
        ids.sort();
        ids
    };
    assert_eq!(of("-unseen", &trail), [""; 0]);
    let slow = Standing { answers: 1, last_spent: Duration::from_secs(3600), ..Standing::default() };
    trail.standings.insert(bank.questions[3].id.clone(), slow);
    trail.marks.insert(bank.questions[5].id.clone(), Mark { bookmarked: true, note: None });
    let mut both = [bank.questions[3].id.to_string(), bank.questions[5].id.to_string()];
    both.sort();
    assert_eq!(of("slow or bookmarked", &trail), both);
    assert_eq!(of("-unseen", &trail), [bank.questions[3].id.to_string()]);
}
