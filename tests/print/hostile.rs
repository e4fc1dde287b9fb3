//! A bank that means harm: nothing of it becomes markup, style or a control character.

use std::sync::Arc;

use examdeck::engine::bank::{Bank, Domain};
use examdeck::engine::deck::{Deck, Entry, Wording};
use examdeck::engine::question::{Choice, Citation, Kind, Source};
use examdeck::engine::text::Text;
use examdeck::publish::version::Version;
use examdeck::publish::{answer_sheet, cards, key, paper};
use proptest::prelude::*;

use crate::support::bank::{all, bank, paper as by_hand, question, slug};
use crate::{plain, unpaired};

const EVIL: &str =
    "<script>alert('x')</script> \"quoted\" 'single' & &amp; </style></title> \u{1b}[31m \u{202e}bidi \u{0}";

/// A bank in which every text is `evil`.
fn hostile(evil: &str) -> Bank {
    let text = Text::new(evil);
    let some = Some(text.clone());
    let choice = |n: usize| Choice { text: Text::new(&format!("{n} {evil}")), why: some.clone(), pinned_last: false };
    let source = Source {
        title: text.clone(),
        organization: some.clone(),
        edition: some.clone(),
        year: Some(1),
        url: some.clone(),
    };
    let mut q = question("q", "d", Kind::Multi, evil, 2, &["a", "b", "c"]);
    q.choices = (0..3).map(choice).collect();
    q.figure = some.clone();
    q.explanation = some.clone();
    q.sources = vec![Citation { source: Arc::new(source), at: some.clone() }];
    Bank {
        title: text.clone(),
        language: some.clone(),
        authors: vec![text.clone()],
        license: some.clone(),
        notice: some.clone(),
        domains: vec![Domain { id: slug("d"), title: text.clone(), weight: 1 }],
        questions: vec![Arc::new(q)],
        ..bank()
    }
}

fn hostile_deck(evil: &str) -> Deck {
    let text = Text::new(evil);
    let bank = hostile(evil);
    let wording = Wording::Pair { front: text.clone(), back: text.clone(), both_ways: true };
    let sources = bank.questions[0].sources.clone();
    let entry = Entry { id: slug("e"), wording, note: Some(text.clone()), domain: None, module: None, sources };
    Deck {
        id: slug("d"),
        title: text.clone(),
        version: semver::Version::new(1, 0, 0),
        bank: None,
        description: Some(text.clone()),
        license: Some(text),
        entries: vec![Arc::new(entry)],
    }
}

fn pages(evil: &str) -> Vec<String> {
    let bank = hostile(evil);
    let sheet = by_hand(&bank, &all(&bank));
    let version = Version { bank: &bank, paper: &sheet, number: 0 };
    let deck = hostile_deck(evil);
    let cards = cards::html(&deck, bank.language.as_ref()).text;
    vec![paper::html(&version), answer_sheet::html(&version), key::html(&version), cards]
}

/// The names of a page's elements, and its attributes that are not the program's own.
fn elements(html: &str) -> Vec<String> {
    let after = html.split("</style>").nth(1).expect("a body");
    after.split('<').skip(1).map(|t| t.split('>').next().expect("split gives a first part").to_owned()).collect()
}

fn harmless(html: &str) -> Result<(), TestCaseError> {
    prop_assert_eq!(unpaired(html), Vec::<String>::new());
    prop_assert_eq!(html.matches("<style>").count(), 1);
    prop_assert_eq!(html.matches("</style>").count(), 1);
    for c in html.chars() {
        prop_assert!(c == '\n' || !c.is_control(), "{:?}", c);
        prop_assert!(!matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'), "{:?}", c);
    }
    Ok(())
}

#[test]
fn a_hostile_bank_is_printed_as_text() {
    for (html, peaceful) in pages(EVIL).iter().zip(pages("peace")) {
        harmless(html).expect("it is harmless");
        assert!(!html.contains("<script") && !html.contains("alert('"), "{html}");
        assert!(plain(html.split("<main>").nth(1).expect("a body")).contains("<script>alert('x')</script> \"quoted\""));
        assert!(html.contains("<html>"), "no language is better than a wrong one");
        let kinds = |html: &str| {
            elements(html)
                .iter()
                .map(|e| e.split(' ').next().unwrap_or_default().to_owned())
                .collect::<std::collections::BTreeSet<_>>()
        };
        assert_eq!(kinds(html), kinds(&peaceful), "no element comes from a text");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn no_text_becomes_markup(evil in "[<>\"'&/a-z*`\\\\ \n{}:;-]{0,80}") {
        for html in pages(&format!("x{evil}")) {
            harmless(&html)?;
        }
    }
}
