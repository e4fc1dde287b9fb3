//! The bank that ships: what the README says of it is counted here.

use std::collections::{BTreeMap, HashSet};
use std::sync::LazyLock;

use examdeck::engine::bank::Bank;
use examdeck::engine::blueprint::largest_remainder;
use examdeck::engine::draw::{Request, draw};
use examdeck::engine::paper::Paper;
use examdeck::engine::question::{Kind, Level};
use examdeck::engine::slug::Slug;

use super::*;

static LOADED: LazyLock<Loaded> = LazyLock::new(|| load_path(Path::new("question-bank/mrso")));

fn bank() -> &'static Bank {
    LOADED.bank.as_ref().expect("the bank that ships has a header")
}

fn count(what: impl Fn(&Question) -> bool) -> usize {
    bank().questions.iter().filter(|q| what(q)).count()
}

fn percent(part: usize, whole: usize) -> f64 {
    100.0 * part as f64 / whole as f64
}

fn assert_share(what: &str, part: usize, whole: usize, range: std::ops::RangeInclusive<f64>) {
    let share = percent(part, whole);
    println!("{what}: {part} of {whole}, {share:.1} %");
    assert!(range.contains(&share), "{what}: {share:.1} %, not in {range:?}");
}

/// The ids of the questions that fail `sound`.
fn offenders(sound: impl Fn(&Question) -> bool) -> Vec<&'static str> {
    bank().questions.iter().filter(|q| !sound(q)).map(|q| q.id.as_str()).collect()
}

const NONE: [&str; 0] = [];

#[test]
fn it_loads_without_a_finding() {
    assert_eq!(LOADED.left_out, 0);
    let findings: String = LOADED.findings.iter().map(|f| render(f, &LOADED.files, false) + "\n\n").collect();
    assert!(findings.is_empty(), "{findings}");
}

#[test]
fn it_has_enough_questions_everywhere() {
    let bank = bank();
    println!("questions: {}", bank.questions.len());
    assert!(bank.questions.len() >= 900);
    for domain in &bank.domains {
        let least = if ["rf", "clinical"].contains(&domain.id.as_str()) { 150 } else { 120 };
        println!("domain {}: {}", domain.id, bank.stock(&domain.id));
        assert!(bank.stock(&domain.id) >= least, "{}", domain.id);
    }
    for module in &bank.modules {
        let has = count(|q| q.module.as_ref() == Some(&module.id));
        println!("module {}: {has}", module.id);
        assert!(has >= if module.id.as_str() == "m10" { 100 } else { 60 }, "{}", module.id);
    }
    assert_eq!(offenders(|q| q.module.is_some()), NONE, "questions without a module");
}

#[test]
fn no_mock_exam_has_two_questions_that_give_each_other_away() {
    assert!(count(|q| !q.enemies.is_empty()) > 100);
    let request = Request { questions: bank().exam.questions, ..Request::default() };
    for seed in 0..100 {
        assert_eq!(enemies_in(&draw(bank(), &request, seed, None)), NONE, "seed {seed}");
    }
}

/// Questions whose enemies stand in the same paper.
fn enemies_in(paper: &Paper) -> Vec<&str> {
    let ids: HashSet<&Slug> = paper.items.iter().map(|i| &i.question.id).collect();
    let meets_one = |q: &Question| q.enemies.iter().any(|id| ids.contains(id));
    paper.items.iter().map(|i| &*i.question).filter(|q| meets_one(q)).map(|q| q.id.as_str()).collect()
}

#[test]
fn kinds_and_levels_are_mixed() {
    let all = bank().questions.len();
    let claims = count(|q| q.kind == Kind::TrueFalse);
    let right = count(|q| q.kind == Kind::TrueFalse && q.choices[0].text.as_str() == "True");
    assert_share("single choice", count(|q| q.kind == Kind::Single), all, 60.0..=75.0);
    assert_share("true/false", claims, all, 12.0..=20.0);
    assert_share("of these true", right, claims, 40.0..=60.0);
    assert_share("multi-answer", count(|q| q.kind == Kind::Multi), all, 12.0..=20.0);
    assert_share("recall", count(|q| q.level == Some(Level::Recall)), all, 0.0..=45.0);
    assert_share("application", count(|q| q.level == Some(Level::Application)), all, 35.0..=100.0);
    assert_share("analysis", count(|q| q.level == Some(Level::Analysis)), all, 18.0..=100.0);
}

#[test]
fn every_question_says_why_and_on_what_grounds() {
    assert_eq!(offenders(|q| q.explanation.as_ref().is_some_and(|e| !e.is_blank())), NONE, "no explanation");
    assert_eq!(offenders(|q| !q.sources.is_empty()), NONE, "no source");
    assert_eq!(offenders(|q| q.level.is_some()), NONE, "no level");
    assert_eq!(offenders(|q| q.reviewed.is_some()), NONE, "not reviewed");
    let says_why = |q: &Question| q.choices[q.keys..].iter().all(|c| c.why.as_ref().is_some_and(|w| !w.is_blank()));
    assert_eq!(offenders(|q| q.kind == Kind::TrueFalse || says_why(q)), NONE, "a distractor without a why");
}

/// A student who picks the longest option does no better than by chance. Equal lengths share the point.
#[test]
fn the_longest_option_is_no_better_a_guess_than_any() {
    let singles: Vec<_> = bank().questions.iter().filter(|q| q.kind == Kind::Single).collect();
    let length = |q: &Question, i: usize| q.choices[i].text.as_str().chars().count();
    let longest = |q: &Question| (0..q.choices.len()).map(|i| length(q, i)).max().unwrap_or(0);
    let points: f64 = singles
        .iter()
        .filter(|q| length(q, 0) == longest(q))
        .map(|q| 1.0 / (0..q.choices.len()).filter(|&i| length(q, i) == longest(q)).count() as f64)
        .sum();
    let chance: f64 = singles.iter().map(|q| 1.0 / q.choices.len() as f64).sum();
    let (share, chance) = (100.0 * points / singles.len() as f64, 100.0 * chance / singles.len() as f64);
    println!("the key is the longest option in {share:.1} % of {} questions; by chance {chance:.1} %", singles.len());
    assert!(share <= chance + 5.0);
}

/// The sentence that asks must not turn on a small "not": it is easily overlooked.
#[test]
fn negative_stems_are_in_capitals() {
    let asks_for_the_contrary = |sentence: &str| {
        let words: Vec<&str> = sentence.split(|c: char| !c.is_alphabetic()).filter(|w| !w.is_empty()).collect();
        let asks =
            words.iter().position(|w| ["which", "what", "who", "where", "when"].contains(&w.to_lowercase().as_str()));
        let Some(asks) = asks else { return false };
        // A relative clause ("that normal mode does not", "whose exam is not urgent") turns nothing round.
        let relative = |w: &&str| ["that", "whose", "if", "because", "although"].contains(w);
        let clause: Vec<&str> = words[asks..].iter().copied().take_while(|w| !relative(w)).collect();
        clause.windows(3).any(|w| {
            let verb =
                ["is", "are", "was", "were", "does", "do", "should", "must", "may", "can", "has"].contains(&w[1]);
            (verb && w[2] == "not") || w[2] == "except" || (w[2] == "least" && w[1] != "at" && w[0] != "at")
        })
    };
    let sound = |q: &Question| {
        let stem = q.stem.one_line();
        q.kind == Kind::TrueFalse || !stem.split_inclusive(['?', '.', ':']).any(asks_for_the_contrary)
    };
    assert_eq!(offenders(sound), NONE);
}

#[test]
fn eight_exams_one_after_another_share_no_question_and_keep_the_blueprint() {
    let bank = bank();
    assert_eq!(bank.exam.questions, 100);
    let weights: Vec<u32> = bank.domains.iter().map(|d| d.weight).collect();
    let quotas = largest_remainder(bank.exam.questions, &weights);
    for student in 0..20 {
        let mut seen: HashSet<Slug> = HashSet::new();
        for sitting in 0..8 {
            let request = Request { questions: bank.exam.questions, ..Request::default() };
            let paper = draw(bank, &request, 1_000 * student + sitting, Some(&seen));
            let mut by_domain: BTreeMap<&Slug, usize> = BTreeMap::new();
            for item in &paper.items {
                *by_domain.entry(&item.question.domain).or_default() += 1;
            }
            for (domain, quota) in bank.domains.iter().zip(&quotas) {
                assert_eq!(by_domain.get(&domain.id), Some(quota), "{} in exam {sitting}", domain.id);
            }
            assert_eq!(enemies_in(&paper), NONE, "student {student}, exam {sitting}");
            let before = seen.len();
            seen.extend(paper.items.iter().map(|i| i.question.id.clone()));
            assert_eq!(seen.len() - before, 100, "exam {sitting} repeats nothing");
        }
    }
}
