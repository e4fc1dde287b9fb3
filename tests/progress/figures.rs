//! What is counted as a whole exam, and which questions are called slow.

use std::time::Duration;

use examdeck::engine::holdings::Holdings;
use examdeck::engine::learner::Trail;
use examdeck::engine::progress::{SLOWEST, slowest};
use examdeck::engine::readiness::Blueprint;
use examdeck::engine::record::Summary;
use examdeck::engine::slug::Slug;
use examdeck::engine::standing::Standing;
use examdeck::engine::text::Text;

use crate::support::past::{Past, exams, large};

#[test]
fn a_sitting_that_is_short_or_leaves_an_area_out_is_no_whole_exam() {
    let bank = large();
    let exam = Blueprint::of(&bank, &Holdings::of(&bank));
    let whole = exams(&bank, Past::Lots).remove(0);
    assert!(exam.is_whole(&whole));
    assert!(!exam.is_whole(&Summary { questions: 59, ..whole.clone() }));
    assert!(!exam.is_whole(&Summary { among: Some(Text::new("-type:tf")), ..whole.clone() }), "however long it is");
    let mut narrow = whole.clone();
    if let Some(outcome) = &mut narrow.outcome {
        outcome.domains[0].1.of = 0;
    }
    assert!(!exam.is_whole(&narrow));
    assert!(!exam.is_whole(&Summary { outcome: None, ..whole }));
}

#[test]
fn the_slowest_questions_are_those_that_the_bank_still_has() {
    let mut bank = large();
    let mut trail = Trail::default();
    for (n, question) in (1..).zip(&bank.questions) {
        let spent = Duration::from_secs(n % 40);
        trail.standings.insert(question.id.clone(), Standing { answers: 1, spent, ..Standing::default() });
    }
    let gone = bank.questions.remove(38).id.clone();
    let pace = |id: &Slug| trail.standings[id].spent;
    let mut wanted: Vec<&Slug> = bank.questions.iter().map(|q| &q.id).collect();
    wanted.sort_by(|a, b| pace(b).cmp(&pace(a)).then(a.cmp(b)));
    let named: Vec<Slug> = slowest(&bank, &Holdings::of(&bank), &trail).iter().map(|s| s.question.id.clone()).collect();
    assert!(!named.contains(&gone));
    assert_eq!(named.iter().collect::<Vec<_>>(), wanted[..SLOWEST]);
}
