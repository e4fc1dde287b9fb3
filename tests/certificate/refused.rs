//! Which sittings get no certificate, and why.

use examdeck::engine::draw::{Among, Request, draw};
use examdeck::engine::exam::Feedback;
use examdeck::engine::qualify::{Unqualified, qualifies};
use examdeck::engine::text::Text;

use super::*;

#[test]
fn only_a_whole_exam_that_was_sat_in_earnest_and_passed_qualifies() {
    let bank = support::bank::bank();
    let whole = || drawn(&bank);
    let conditions = earnest(&bank);
    assert_eq!(qualifies(&sat(whole(), conditions, 2), &bank), Ok(()));
    let says = |exam: Exam| qualifies(&exam, &bank).expect_err("refused").to_string();

    assert_eq!(says(sat(whole(), conditions, 4)), "it was not passed");
    let tutor = Conditions { feedback: Feedback::Tutor, ..conditions };
    assert_eq!(says(sat(whole(), tutor, 0)), "the answers were shown after each question");
    for (limit, allowance) in
        [(None, Allowance::Untimed), (None, Allowance::Standard), (conditions.limit, Allowance::Untimed)]
    {
        assert_eq!(says(sat(whole(), Conditions { limit, allowance, ..conditions }, 0)), "it had no time limit");
    }
    let long = Conditions { limit: Some(Duration::from_secs(10_800)), ..conditions };
    assert_eq!(says(sat(whole(), long, 0)), "its time limit was 3 h, the bank's exam has 2 h");
    assert_eq!(says(Exam::start(whole(), conditions).expect("questions")), "the exam is not finished");

    let part = |request: &Request, seed_alone: bool| {
        let mut paper = draw(&bank, request, 2026, None);
        paper.seed_alone = seed_alone;
        says(sat(paper, conditions, 0))
    };
    let short = Request { questions: 5, ..Request::default() };
    assert_eq!(part(&short, true), "it had 5 questions, the bank's exam has 10");
    let over = |filter: &str, bank: &Bank| Request {
        questions: 10,
        among: Among::of(filter.parse().expect("a filter"), bank, &Default::default()),
    };
    for filter in ["module:m1", "-type:tf", "unseen", "unseen or -unseen"] {
        let told = format!("its questions were chosen by a filter: {filter}");
        assert_eq!(part(&over(filter, &bank), false), told);
        assert_eq!(part(&over(filter, &bank), true), told);
    }
}

/// A bank with so many questions that one module or domain alone fills an exam.
#[test]
fn one_module_or_domain_is_not_the_whole_exam() {
    let bank = Bank { exam: support::bank::bank().exam, ..support::past::large() };
    let narrowed = "its questions are not from all domains and modules by weight";
    for filter in ["module:m1", "domain:tides", "domain:tides or domain:rules"] {
        let among = Among::of(filter.parse().expect("a filter"), &bank, &Default::default());
        let request = Request { questions: 10, among };
        for seed_alone in [true, false] {
            let mut paper = draw(&bank, &request, 1, None);
            assert_eq!(paper.items.len(), 10);
            paper.seed_alone = seed_alone;
            paper.among = None; // a paper that does not say so: the first releases kept no filter, and data may be forged
            let exam = sat(paper, earnest(&bank), 0);
            assert_eq!(qualifies(&exam, &bank).expect_err("refused").to_string(), narrowed, "{filter}");
        }
    }
    // Unseen questions first is the usual way.
    let request = Request { questions: 10, ..Request::default() };
    let seen = bank.questions.iter().take(40).map(|q| q.id.clone()).collect();
    let paper = draw(&bank, &request, 1, Some(&seen));
    assert_eq!(qualifies(&sat(paper, earnest(&bank), 0), &bank), Ok(()));
}

#[test]
fn the_bank_must_be_the_one_that_was_sat_on() {
    let bank = support::bank::bank();
    let exam = sat(drawn(&bank), earnest(&bank), 0);
    let id = exam.paper().items[0].question.id.clone();
    let newer = Bank { version: semver::Version::new(1, 3, 0), ..bank.clone() };
    let other = Unqualified::OtherBank { was: "harbour-pilot 1.2.0".into(), here: "harbour-pilot 1.3.0".into() };
    assert_eq!(qualifies(&exam, &newer), Err(other));
    let changed = [
        mended(&bank, id.as_str(), |q| q.stem = Text::new("Other?")),
        mended(&bank, id.as_str(), |q| q.choices.swap(0, 1)),
        Bank { questions: bank.questions.iter().filter(|q| q.id != id).cloned().collect(), ..bank.clone() },
    ];
    for bank in changed {
        assert_eq!(qualifies(&exam, &bank), Err(Unqualified::Changed(id.clone())));
    }
}
