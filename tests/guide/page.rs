//! A guide set for a width: nothing is lost, nothing is too wide, and what must be cut says so.

use std::collections::BTreeSet;

use examdeck::app::guide::find::{hits, marked};
use examdeck::app::guide::page::{Page, Setting, set};
use examdeck::app::guide::reading::Anchor;
use examdeck::app::page::{Line, Role};
use examdeck::engine::slug::Slug;
use proptest::prelude::*;

use crate::format::{all_text, soup};
use crate::support::guide::{CHART, guide};

fn page(text: &str, columns: usize, aside: usize) -> Page {
    set(&guide(text), Setting { columns, titled: false, aside: Some(aside) }, &|_| false)
}

fn text(lines: &[Line]) -> String {
    lines.iter().map(|l| l.text() + "\n").collect()
}

fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

fn assert_fits(page: &Page, columns: usize) {
    for line in &page.lines {
        assert!(line.width() <= columns, "{columns}: {:?}", line.text());
        assert!(!line.text().contains('\n'));
    }
    assert_eq!(page.starts.len(), page.ends.len());
    assert!(page.starts.iter().zip(&page.ends).all(|(start, end)| start <= end && *end < page.lines.len()));
    assert!(page.starts.is_sorted());
}

#[test]
fn a_drawing_that_fits_is_whole_and_uses_the_margin_before_it_is_cut() {
    let drawing = |columns: usize| format!("```\n{}\n```\n", "=".repeat(columns));
    for (wide, indent) in [(56, 2), (57, 1), (58, 0)] {
        let page = page(&drawing(wide), 58, 0);
        assert_eq!(page.lines[1].text(), " ".repeat(indent) + &"=".repeat(wide));
        assert_eq!((page.lines.len(), page.beyond), (2, 0));
    }
    let page = page(&drawing(59), 58, 0);
    assert_eq!(page.lines[1].text(), "=".repeat(57) + "›");
    assert_eq!(page.lines[2].text(), "‹ › ←→ move the drawing: 1 columns more at the right");
    assert_eq!(page.beyond, 1);
}

#[test]
fn every_column_of_a_wide_drawing_can_be_seen() {
    let source = "```\nabcdefghijklmnopqrstuvwxyz\n  日本語の絵 and    more   words\n```\n";
    for columns in 4..30 {
        let whole = page(source, 80, 0);
        let mut seen = [String::new(), String::new()];
        let beyond = page(source, columns, 0).beyond;
        for aside in 0..=beyond {
            let page = page(source, columns, aside);
            assert_fits(&page, columns);
            (0..2).for_each(|i| seen[i] += &page.lines[1 + i].text());
        }
        for (i, seen) in seen.iter().enumerate() {
            for c in whole.lines[1 + i].text().chars().filter(|c| !c.is_whitespace()) {
                assert!(seen.contains(c), "{c} is never seen at {columns} columns");
            }
        }
    }
}

#[test]
fn a_table_is_whole_at_every_width() {
    let table = "| Moon | Tide | What the pilot does |\n|-|:-:|-:|\n| new | spring | waits for slack water |\n| half | neap | goes |\n";
    let shown = text(&page(table, 60, 0).lines);
    assert!(
        shown.contains("\n  Moon   Tide     What the pilot does\n  ────  ──────  ─────────────────────\n"),
        "{shown}"
    );
    assert!(shown.contains("\n  half   neap                    goes\n"), "{shown}");
    let narrow = text(&page(table, 30, 0).lines);
    assert!(narrow.contains("\n  new   spring       waits for\n"), "{narrow}");
    let list = text(&page(table, 18, 0).lines);
    assert!(list.contains("\n  new\n    Tide: spring\n"), "{list}");
    for columns in 8..80 {
        let page = page(table, columns, 0);
        assert_fits(&page, columns);
        let shown = letters(&text(&page.lines));
        for word in ["new", "half", "spring", "neap", "waits", "slack", "goes"] {
            // Cells stand beside each other, so words are looked for in lines or, broken, in the whole.
            assert!(shown.contains(word) || columns < 30, "{word} at {columns}: {shown}");
        }
    }
}

#[test]
fn lists_boxes_and_headings_hang() {
    let shown =
        text(&page("1. one two three four five\n2. six\n   - seven\n\n> a box that\n> goes on and on\n", 20, 0).lines);
    assert_eq!(
        shown,
        "\n  1. one two three\n     four five\n  2. six\n     - seven\n\n  │ a box that goes\n  │ on and on\n"
    );
}

#[test]
fn sections_are_numbered_listed_and_marked() {
    let read: BTreeSet<Slug> = Slug::new("slack-water").into_iter().collect();
    let page = set(&guide(CHART), Setting { columns: 58, titled: true, aside: Some(0) }, &|s| read.contains(s));
    let shown = text(&page.lines);
    assert!(shown.starts_with("  On the chart\n\n  Ships go aground"), "{shown}");
    assert!(
        shown.contains("\n   1  Spring and neap\n   2  Slack water ✓\n   3  Lights of the pier\n   4  Remember\n"),
        "{shown}"
    );
    let headings: Vec<String> = page.starts.iter().map(|&i| page.lines[i].text()).collect();
    assert_eq!(
        headings,
        ["   1  Spring and neap", "   2  Slack water ✓", "   3  Lights of the pier", "   4  Remember"]
    );
}

#[test]
fn words_are_found_over_line_breaks_and_without_case() {
    let page = page("one Two\n\n> three four\n> five\n", 14, 0);
    let found = |words: &str| {
        let hits = hits(&page.lines, words);
        hits.iter()
            .map(|hit| hit.iter().map(|(i, range)| page.lines[*i].text()[range.clone()].to_owned()).collect::<Vec<_>>())
            .collect::<Vec<_>>()
    };
    assert_eq!(found("two three"), [vec!["Two", "three"]]);
    assert_eq!(found("  FOUR   five "), [vec!["four", "five"]]);
    assert_eq!(found("o"), [vec!["o"], vec!["o"], vec!["o"]]);
    assert_eq!(found(" "), Vec::<Vec<String>>::new());
    assert_eq!(found("│"), Vec::<Vec<String>>::new(), "the bar of a box is no text");
}

#[test]
fn a_letter_is_marked_with_its_accents() {
    let page = page("cafe\u{301}s\n", 30, 0);
    let hit = hits(&page.lines, "e").remove(0);
    assert_eq!(
        hit.iter().map(|(i, range)| page.lines[*i].text()[range.clone()].to_owned()).collect::<Vec<_>>(),
        ["e\u{301}"]
    );
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    #[test]
    fn any_guide_at_any_width(source in soup(), columns in 1usize..120, aside in 0usize..40) {
        // What is wider than its column by itself (a wide letter, the bar of a box) needs a few columns.
        let page = page(&source, columns, aside);
        if columns >= 24 {
            assert_fits(&page, columns);
        }
    }

    #[test]
    fn a_wide_page_shows_every_letter(source in soup()) {
        let guide = guide(&source);
        let page = set(&guide, Setting { columns: 5_000, titled: true, aside: None }, &|_| false);
        let shown = letters(&text(&page.lines));
        for word in all_text(&guide).split_whitespace().map(letters).filter(|w| !w.is_empty()) {
            prop_assert!(shown.contains(&word), "{:?} in {:?}", word, shown);
        }
    }

    /// A place in the text is found again at another width: the line there has the letters of the place.
    #[test]
    fn a_place_is_the_same_at_every_width(line in 0usize..120, from in 66usize..100, to in 66usize..100) {
        let (before, after) = (page(CHART, from, 0), page(CHART, to, 0));
        let line = line.min(before.lines.len() - 1);
        let place = Anchor::at(&before, line);
        let there = place.line(&after);
        let back = Anchor::at(&after, there);
        prop_assert_eq!(place.section, back.section);
        prop_assert!(back.letters <= place.letters);
        // Never off by more than the line that holds it.
        let on_the_line = after.lines[there].text().chars().filter(|c| c.is_alphanumeric()).count();
        prop_assert!(place.letters - back.letters <= on_the_line, "{:?} {:?} {}", place, back, on_the_line);
        // At the same width it is the very line, or the text after the empty line that it was.
        let again = place.line(&before);
        prop_assert!(before.lines[line..=again.max(line)].iter().rev().skip(1).all(|l| letters(&l.text()).is_empty()) || again <= line);
    }

    #[test]
    fn marking_changes_no_text(words in "[a-z]{1,3}", source in soup()) {
        let page = page(&source, 60, 0);
        for hit in hits(&page.lines, &words) {
            for (i, range) in hit {
                let line = marked(&page.lines[i], &range, Role::Here);
                prop_assert_eq!(line.text(), page.lines[i].text());
                let here: usize = line.spans.iter().filter(|s| s.role == Role::Here).map(|s| s.text.len()).sum();
                prop_assert_eq!(here, range.len());
                prop_assert_eq!(line.width(), page.lines[i].width());
            }
        }
    }
}
