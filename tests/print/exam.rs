//! Versions of an exam: the same questions, each version with a key that is right for it.

use std::collections::BTreeSet;

use examdeck::engine::bank::{Bank, MultiAnswer};
use examdeck::engine::draw::{MAX_VERSIONS, Request, draw, numeric_values, versions};
use examdeck::engine::paper::Paper;
use examdeck::engine::question::{Kind, OptionId};
use examdeck::publish::version::Version;
use examdeck::publish::{answer_sheet, key, paper};
use proptest::prelude::*;

use crate::support::arbitrary::banks;
use crate::support::bank::{all, bank, paper as by_hand};
use crate::{plain, unpaired};

fn request(questions: usize) -> Request {
    Request { questions, ..Request::default() }
}

/// Each question of a page: its number, and its options' texts.
fn printed(html: &str) -> Vec<(String, Vec<String>)> {
    let question = |part: &str| {
        let number = part.split("<h3>").nth(1).and_then(|p| p.split("</h3>").next()).expect("a number");
        let options = part.split("<ol type=\"A\">").nth(1).and_then(|p| p.split("</ol>").next()).expect("options");
        let text = |li: &str| plain(li.split("</li>").next().expect("split gives a first part"));
        (number.to_owned(), options.split("<li>").skip(1).map(text).collect())
    };
    html.split("<section class=\"question\"").skip(1).map(question).collect()
}

/// The short key of a page: numbers and letters.
fn short_key(html: &str) -> Vec<(String, Vec<char>)> {
    let list = html.split("<ol class=\"letters").nth(1).and_then(|p| p.split("</ol>").next()).expect("a short key");
    let row = |li: &str| {
        let text = plain(li);
        let mut words = text.split_whitespace();
        let number = words.next().expect("a number").to_owned();
        (number, words.filter_map(|w| w.chars().next()).collect())
    };
    list.split("<li>").skip(1).map(row).collect()
}

/// The same from Markdown: the numbers of the table and its letters.
fn short_key_markdown(text: &str) -> Vec<(String, Vec<char>)> {
    let rows = text.lines().filter(|l| l.starts_with("| ") && l.contains("**"));
    let cells: Vec<String> =
        rows.flat_map(|l| l.trim_matches('|').split('|').map(|c| c.trim().replace('*', ""))).collect();
    cells.chunks(2).map(|c| (c[0].clone(), c[1].split(' ').filter_map(|w| w.chars().next()).collect())).collect()
}

fn check_keys(bank: &Bank, papers: &[Paper]) -> Result<(), TestCaseError> {
    for (number, paper) in papers.iter().enumerate() {
        let version = Version { bank, paper, number };
        let questions = printed(&paper::html(&version));
        let key = short_key(&key::html(&version));
        prop_assert_eq!(&key, &short_key_markdown(&key::markdown(&version)));
        prop_assert_eq!(questions.len(), paper.items.len());
        prop_assert_eq!(key.len(), paper.items.len());
        for (((n, options), (of, letters)), item) in questions.iter().zip(&key).zip(&paper.items) {
            prop_assert_eq!(n, of);
            let at = |c: &char| options[usize::try_from(u32::from(*c) - u32::from('A')).expect("small")].clone();
            let right: BTreeSet<String> = letters.iter().map(at).collect();
            let keys: BTreeSet<String> = item.question.key_choices().iter().map(|c| c.text.one_line()).collect();
            prop_assert_eq!(right, keys, "question {} of version {}", n, number);
        }
    }
    Ok(())
}

proptest! {
    #[test]
    fn versions_ask_the_same_questions_and_the_first_is_the_paper_of_the_seed(
        bank in banks(), seed in any::<u64>(), wanted in 1usize..50,
    ) {
        let papers = versions(&bank, &request(wanted), seed, MAX_VERSIONS);
        prop_assert_eq!(papers.len(), usize::from(MAX_VERSIONS));
        prop_assert_eq!(&papers[0], &draw(&bank, &request(wanted), seed, None));
        prop_assert_eq!(&papers, &versions(&bank, &request(wanted), seed, MAX_VERSIONS));
        let ids = |p: &Paper| p.items.iter().map(|i| i.question.id.clone()).collect::<BTreeSet<_>>();
        for paper in &papers {
            prop_assert_eq!(ids(paper), ids(&papers[0]));
            prop_assert_eq!(paper.items.len(), ids(paper).len());
            for item in &paper.items {
                let q = &item.question;
                prop_assert_eq!(item.order.iter().copied().collect::<BTreeSet<_>>(), q.options().collect::<BTreeSet<_>>());
                let pinned: Vec<bool> = item.order.iter().map(|&o| q.choices[usize::from(o.0)].pinned_last).collect();
                prop_assert!(pinned.is_sorted(), "pinned options stay last");
                if !q.shuffle && pinned.iter().all(|p| !p) {
                    prop_assert!(item.order.is_sorted(), "options without shuffle stay as written");
                }
                if let Some(values) = numeric_values(q).filter(|_| q.shuffle) {
                    let shown: Vec<f64> = item.order.iter().map(|o: &OptionId| values[usize::from(o.0)]).collect();
                    prop_assert!(shown.is_sorted(), "numbers ascend");
                }
            }
        }
    }

}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn the_keys_letters_are_those_of_the_right_options_on_the_paper(bank in banks(), seed in any::<u64>()) {
        check_keys(&bank, &versions(&bank, &request(20), seed, MAX_VERSIONS))?;
    }
}

#[test]
fn versions_differ_in_the_order_of_questions_and_of_options() {
    let bank = bank();
    let papers = versions(&bank, &request(12), 7, MAX_VERSIONS);
    for (i, a) in papers.iter().enumerate() {
        for b in &papers[i + 1..] {
            let ids = |p: &Paper| p.items.iter().map(|i| i.question.id.clone()).collect::<Vec<_>>();
            assert_ne!(ids(a), ids(b));
            let orders = |p: &Paper| {
                let mut orders: Vec<_> = p.items.iter().map(|i| (i.question.id.clone(), i.order.clone())).collect();
                orders.sort();
                orders
            };
            assert_ne!(orders(a), orders(b));
        }
    }
}

#[test]
fn the_keys_of_the_bank_that_ships_are_right_in_every_version() {
    let library = examdeck::content::library::gather(std::path::Path::new("nowhere"), &[]);
    for entry in library.entries {
        let papers = versions(&entry.bank, &request(entry.bank.questions.len()), 2026, MAX_VERSIONS);
        let plain_texts = |q: &examdeck::engine::question::Question| {
            q.choices.iter().all(|c| !c.text.as_str().contains(['*', '`', '\n']))
        };
        let papers: Vec<Paper> = papers
            .into_iter()
            .map(|mut p| {
                p.items.retain(|i| plain_texts(&i.question)); // the test compares texts as written
                p
            })
            .collect();
        assert!(papers[0].items.len() > 800, "{}", papers[0].items.len());
        check_keys(&entry.bank, &papers).expect("the keys are right");
    }
}

#[test]
fn every_page_is_whole_and_needs_nothing_beside_it() {
    let bank = bank();
    let paper = by_hand(&bank, &all(&bank));
    let version = Version { bank: &bank, paper: &paper, number: 2 };
    for html in [paper::html(&version), answer_sheet::html(&version), key::html(&version)] {
        assert_eq!(unpaired(&html), Vec::<String>::new());
        assert!(html.starts_with("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"));
        assert!(html.contains("<title>Harbour pilot: ") && html.contains(", version C</title>"));
        assert!(html.contains("@top-left { content: \"Version C\"; }"));
        for outside in ["http", "url(", "@import", "<script", "<link", "<img", " src="] {
            assert!(!html.replace("http-equiv", "").contains(outside), "{outside}");
        }
        let levels: Vec<u8> =
            html.match_indices("<h").filter_map(|(at, _)| html.as_bytes().get(at + 2).copied()).collect();
        let levels: Vec<u8> = levels.into_iter().filter(u8::is_ascii_digit).map(|b| b - b'0').collect();
        assert_eq!(levels[0], 1);
        assert!(levels.windows(2).all(|w| w[1] <= w[0] + 1 && w[1] > 1), "headings go down in order: {levels:?}");
    }
}

#[test]
fn the_answer_sheet_has_the_widest_questions_letters_and_marks_what_is_not_single_choice() {
    let bank = bank();
    let paper = by_hand(&bank, &["head-on", "give-way", "ebb"]);
    let version = Version { bank: &bank, paper: &paper, number: 0 };
    let html = answer_sheet::html(&version);
    let rows = html.split("<ol class=\"rows").nth(1).expect("rows");
    let rows: Vec<String> =
        rows.split("<li>").skip(1).map(|li| plain(li.split("</li>").next().expect("a row"))).collect();
    assert_eq!(rows, ["1 A B C D E ", "2 A B C D E choose 3", "3 A B C D E true/false"]);
    assert_eq!(paper.items[1].question.kind, Kind::Multi);
    let text = answer_sheet::markdown(&version);
    assert!(text.ends_with(
        "| 1 | ( ) | ( ) | ( ) | ( ) | ( ) |  |\n| 2 | ( ) | ( ) | ( ) | ( ) | ( ) | choose 3 |\n\
         | 3 | ( ) | ( ) | ( ) | ( ) | ( ) | true/false |\n"
    ));
}

#[test]
fn the_points_that_pass_are_those_of_the_bank() {
    let mut bank = bank();
    let pass = |bank: &Bank, rule| {
        let mut paper = by_hand(bank, &["head-on", "give-way", "ebb", "lookout"]);
        paper.origin.rules.multi_answer = rule;
        Version { bank, paper: &paper, number: 0 }.points_to_pass()
    };
    assert_eq!(pass(&bank, MultiAnswer::AllOrNothing), "3"); // of 4, at 70 %
    assert_eq!(pass(&bank, MultiAnswer::Partial), "2.8");
    bank.exam.pass_percent = 75;
    assert_eq!(pass(&bank, MultiAnswer::AllOrNothing), "3");
    assert_eq!(pass(&bank, MultiAnswer::Partial), "3");
}

#[test]
fn the_papers_of_a_small_exam() {
    let mut bank = bank();
    bank.exam.multi_answer = MultiAnswer::Partial;
    let mut paper = by_hand(&bank, &["spring-tide", "cardinal-mark", "tide-causes", "ebb"]);
    paper.items[0].order.swap(0, 2);
    let version = Version { bank: &bank, paper: &paper, number: 1 };
    let body = |html: String| html.split("<main>").nth(1).expect("a body").to_owned();
    insta::assert_snapshot!("paper_html", body(paper::html(&version)));
    insta::assert_snapshot!("answer_sheet_html", body(answer_sheet::html(&version)));
    insta::assert_snapshot!("key_html", body(key::html(&version)));
    insta::assert_snapshot!("paper_markdown", paper::markdown(&version));
    insta::assert_snapshot!("answer_sheet_markdown", answer_sheet::markdown(&version));
    insta::assert_snapshot!("key_markdown", key::markdown(&version));
}
