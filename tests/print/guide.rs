//! The study guide on paper: everything that the reader has, links that lead somewhere, Markdown that reads the same.

use std::collections::HashSet;
use std::path::Path;
use std::sync::Arc;

use examdeck::content::guide::read_guide;
use examdeck::content::library::gather;
use examdeck::content::source::SourceFile;
use examdeck::engine::bank::Bank;
use examdeck::engine::guide::{Block, Guide, Section};
use examdeck::engine::markup::{Face, Run};
use examdeck::publish::guide::{html, markdown};
use examdeck::publish::markdown as md;
use proptest::prelude::*;

use crate::support::bank::{bank, slug};
use crate::{compact, plain, unpaired};

const TIDES: &str = "# Tides & <b>currents</b>\n\nHow the sea **moves**.\n\n## Springs | neaps\n\n\
    | Moon | Range |\n| - | -: |\n| new | `a\\|b` |\n| half | *least* |\n\n```\n high ──┐\n <low>  └──\n```\n\n\
    > A box.\n>\n> - with a list\n> - of two\n\n### Sources\n\n3. third\n4. fourth\n\n---\n\n## Springs | neaps, again\n\nEnd.\n";

fn read(text: &str) -> Guide {
    let source = SourceFile::new("guide.md", text.as_bytes().to_vec());
    read_guide(0, &source, &mut Vec::new()).guide.as_ref().clone()
}

fn with_guide(text: &str) -> Bank {
    let mut bank = bank();
    bank.modules[0].guide = Some(Arc::new(read(text)));
    bank.modules[1].guide = None;
    bank
}

pub fn mrso() -> Arc<Bank> {
    gather(Path::new("nowhere"), &[]).entries[0].bank.clone()
}

/// The words of blocks, as a reader sees them.
pub fn words(blocks: &[Block]) -> String {
    let runs = |runs: &[Run]| runs.iter().map(|r| r.text.as_str()).collect::<String>();
    let block = |block: &Block| match block {
        Block::Heading(r) | Block::Paragraph(r) => runs(r),
        Block::List { entries, .. } => entries.iter().map(|e| words(e)).collect(),
        Block::Quote(inside) => words(inside),
        Block::Table(t) => t.head.iter().chain(t.rows.iter().flatten()).map(|c| runs(c)).collect(),
        Block::Code(text) => text.to_string(),
        Block::Rule => String::new(),
    };
    blocks.iter().map(block).collect()
}

#[test]
fn the_guide_that_ships_is_printed_whole_and_its_links_lead_somewhere() {
    let bank = mrso();
    let page = html(&bank, &[]);
    assert_eq!(unpaired(&page), Vec::<String>::new());
    let shown = compact(&plain(page.split("<main>").nth(1).expect("a body")));
    for guide in bank.modules.iter().filter_map(|m| m.guide.as_ref()) {
        for section in &guide.sections {
            let blocks = compact(&words(&section.blocks));
            assert!(shown.contains(&blocks), "{}: {blocks}", section.slug);
        }
    }
    let ids: Vec<&str> = page.split(" id=\"").skip(1).filter_map(|p| p.split('"').next()).collect();
    let known: HashSet<&str> = ids.iter().copied().collect();
    assert_eq!(ids.len(), known.len(), "no address twice");
    let links: Vec<&str> = page.split("href=\"#").skip(1).filter_map(|p| p.split('"').next()).collect();
    assert_eq!(links.len(), ids.len());
    assert!(links.iter().all(|l| known.contains(l)));
}

#[test]
fn only_the_modules_that_are_named_are_printed() {
    let bank = mrso();
    let page = html(&bank, &[slug("m5"), slug("m2")]);
    let ids: Vec<&str> = page.split("<h2 id=\"").skip(1).filter_map(|p| p.split('"').next()).collect();
    assert_eq!(ids, ["m2", "m5"]);
    assert!(page.contains("<li value=\"5\"><a href=\"#m5\">") && page.contains("<h2 id=\"m5\">5. "));
}

#[test]
fn a_small_guide() {
    let bank = with_guide(TIDES);
    insta::assert_snapshot!("guide_html", html(&bank, &[]).split("<main>").nth(1).expect("a body"));
    insta::assert_snapshot!("guide_markdown", markdown(&bank, &[]));
}

/// The blocks after a way through Markdown and back.
fn again(blocks: &[Block]) -> Vec<Block> {
    let text = format!("# T\n\n## S\n\n{}\n", md::blocks(blocks));
    let guide = read(&text);
    assert_eq!(guide.sections.len(), 1, "{text}");
    guide.sections.into_iter().flat_map(|Section { blocks, .. }| blocks).collect()
}

#[test]
fn markdown_reads_as_what_it_was_made_of() {
    let bank = mrso();
    let mut sections = 0;
    for guide in bank.modules.iter().filter_map(|m| m.guide.as_ref()).cloned().chain([Arc::new(read(TIDES))]) {
        for section in &guide.sections {
            sections += 1;
            let told = again(&section.blocks);
            if told != section.blocks {
                // Stars that would not hold are written as elements, which the reader leaves out: the words stay.
                assert_eq!(words(&told), words(&section.blocks), "{}", md::blocks(&section.blocks));
            }
        }
    }
    assert!(sections > 60, "{sections}");
}

proptest! {
    #[test]
    fn no_text_of_a_bank_becomes_markdown(text in "[-+*_`#>=<&;|~:!.()\\[\\]\\\\\"'0-9a-c ]{1,60}") {
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        prop_assume!(!text.is_empty());
        let paragraph = vec![Block::Paragraph(vec![Run { text, face: Face::Plain }])];
        prop_assert_eq!(again(&paragraph), paragraph.clone(), "{}", md::blocks(&paragraph));
        let list = vec![Block::List { first: None, entries: vec![paragraph.clone(), paragraph] }];
        prop_assert_eq!(again(&list), list.clone(), "{}", md::blocks(&list));
    }

    #[test]
    fn no_text_of_a_guide_becomes_markup(text in "[-*`#><&|\"'/!= a-c\n]{0,80}") {
        let page = html(&with_guide(&format!("# x\n\n## {text}\n\n{text}\n\n```\n{text}\n```\n")), &[]);
        prop_assert_eq!(unpaired(&page), Vec::<String>::new());
        prop_assert!(!page.contains("<script") && page.matches("<main>").count() == 1);
    }
}
