//! Cards to cut: every card once, each back behind its front, nothing cut off.

use std::collections::BTreeMap;

use examdeck::content::library::gather_decks;
use examdeck::engine::deck::Deck;
use examdeck::publish::cards::{html, markdown};

use crate::support::deck::{LIGHTS, deck};
use crate::{plain, unpaired};

/// A cell: its sheet's section, row, column, rows and columns (from 1), and its text.
#[derive(Debug, Clone, PartialEq)]
struct Cell {
    side: usize,
    area: [usize; 4],
    text: String,
}

/// The cells of all fronts, or of all backs, by the number of their card.
fn cells(page: &str, side: &str) -> BTreeMap<usize, Cell> {
    let mut out = BTreeMap::new();
    let begin = format!("<section class=\"side {side}\"");
    let sections = page.split(&begin).skip(1);
    for (i, section) in sections.enumerate() {
        let section = section.split("</section>").next().expect("split gives a first part");
        for li in section.split("<li style=\"grid-area: ").skip(1) {
            let area: Vec<usize> = li
                .split(';')
                .next()
                .expect("an area")
                .replace("span", "")
                .split('/')
                .filter_map(|n| n.trim().parse().ok())
                .collect();
            let number = li.split("<p class=\"number\">").nth(1).and_then(|n| n.split('<').next()).expect("a number");
            let text = li.split("<div class=\"text\">").nth(1).and_then(|t| t.split("<p class=\"number\">").next());
            let cell = Cell {
                side: i,
                area: area.try_into().expect("four numbers"),
                text: plain(text.expect("a text")).split_whitespace().collect::<Vec<_>>().join(" "),
            };
            assert_eq!(out.insert(number.parse().expect("a number"), cell), None, "card {number} stands twice");
        }
    }
    out
}

/// Every card has a front and, behind it, its back; no two stand in one place.
fn check(deck: &Deck) -> BTreeMap<usize, Cell> {
    let printed = html(deck, None);
    assert_eq!(unpaired(&printed.text), Vec::<String>::new());
    let (fronts, backs) = (cells(&printed.text, "fronts"), cells(&printed.text, "backs"));
    assert_eq!(fronts.len() + printed.left_out.len(), deck.cards().len());
    assert_eq!(fronts.keys().collect::<Vec<_>>(), backs.keys().collect::<Vec<_>>());
    let mut taken = std::collections::HashSet::new();
    for (number, front) in &fronts {
        let back = &backs[number];
        let [row, column, rows, columns] = front.area;
        assert_eq!(back.area, [row, 4 - column - columns, rows, columns], "card {number} is mirrored");
        assert_eq!(back.side, front.side, "card {number} is on one sheet");
        assert!(row + rows <= 5 && column + columns <= 3, "card {number} is on the sheet");
        for r in row..row + rows {
            for c in column..column + columns {
                assert!(taken.insert((front.side, r, c)), "card {number} stands on another");
            }
        }
    }
    fronts
}

#[test]
fn every_card_of_the_deck_that_ships_is_printed() {
    for entry in gather_decks(std::path::Path::new("nowhere"), &[]).entries {
        let fronts = check(&entry.deck);
        assert_eq!(fronts.len(), entry.deck.cards().len());
    }
}

#[test]
fn both_ways_and_cloze_cards_are_asked_as_on_the_screen() {
    let lights = deck(LIGHTS);
    let printed = html(&lights, None).text;
    check(&lights);
    let (fronts, backs) = (cells(&printed, "fronts"), cells(&printed, "backs"));
    let red = "Source: The Harbour Pilot's Handbook. Board of Pilots, 2022, §2.1";
    let note = "Port wine is red, and so is the light.";
    assert_eq!(fronts[&1].text, "Which side shows the red light?");
    assert_eq!(backs[&1].text, format!("Port {note} {red}"));
    assert_eq!(fronts[&2].text, "Port");
    assert_eq!(backs[&2].text, format!("Which side shows the red light? {note} {red}"));
    assert_eq!(
        fronts[&3].text,
        "By the rule of twelfths the water rises [a part] in the first hour and 3/12 in the third."
    );
    assert_eq!(fronts[&4].text, "By the rule of twelfths the water rises 1/12 in the first hour and […] in the third.");
    assert!(printed.contains("rises 1/12 in the first hour and <strong>3/12</strong> in the third."));
}

/// A deck with one card whose back has so many words, between two small ones.
fn with_long(words: usize) -> Deck {
    let card = |id: &str, back: &str| format!("[[cards]]\nid = \"{id}\"\nfront = \"{id}?\"\nback = \"{back}\"\n");
    let long = card("long", &"many words ".repeat(words / 2));
    let header = "[deck]\nid = \"d\"\ntitle = \"D\"\nversion = \"1.0.0\"\n";
    let text = format!("{header}{}{long}{}", card("before", "x"), card("after", "y"));
    examdeck::content::load_deck::load_deck(vec![examdeck::content::source::SourceFile::new("d.toml", text.into())])
        .deck
        .expect("it loads")
}

#[test]
fn a_long_card_is_set_smaller_then_takes_a_larger_cell_and_is_never_cut() {
    let size = |words: usize| {
        let page = html(&with_long(words), None).text;
        let back = page.split("<p>many words").next().and_then(|b| b.rsplit("font-size: ").next()).expect("its back");
        back.split("pt").next().expect("split gives a first part").to_owned()
    };
    assert_eq!([10, 40, 60, 90].map(size), ["12", "12", "10", "8"]);
    assert_eq!(check(&with_long(90))[&2].area[2..], [1, 1]);
    assert_eq!(check(&with_long(180))[&2].area[2..], [1, 2]);
    assert_eq!(check(&with_long(400))[&2].area[2..], [2, 2]);
    assert_eq!(check(&with_long(900))[&2].area[2..], [4, 2]);
    let far = html(&with_long(4000), None);
    assert_eq!(far.left_out, ["long (forward)"]);
    assert!(far.text.contains("<h2>Not printed: too long for a page</h2>\n<ul>\n<li>long (forward)</li>"));
    assert_eq!(check(&with_long(4000)).into_keys().collect::<Vec<_>>(), [1, 3]);
}

#[test]
fn the_sheets_of_a_small_deck() {
    let lights = deck(LIGHTS);
    let printed = html(&lights, Some(&examdeck::engine::text::Text::new("en")));
    insta::assert_snapshot!("cards_html", printed.text.split("<main>").nth(1).expect("a body"));
    insta::assert_snapshot!("cards_markdown", markdown(&lights).text);
}
