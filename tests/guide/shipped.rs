//! The guides that ship: complete, linked both ways, and fit for the smallest screen.

use std::collections::BTreeSet;
use std::path::Path;

use examdeck::app::guide::page::{Setting, set};
use examdeck::content::library;
use examdeck::content::load::load_with_guides;
use examdeck::content::source::find_banks;
use examdeck::engine::bank::Bank;
use examdeck::engine::guide::GuideRef;

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/question-bank/mrso");

fn bank() -> Bank {
    let banks = find_banks(Path::new(FOLDER)).expect("it is there");
    let loaded = load_with_guides(banks[0].read().0, &banks[0].beside());
    assert!(loaded.findings.is_empty(), "{:#?}", loaded.findings);
    loaded.bank.expect("it loads")
}

#[test]
fn every_module_has_a_guide_and_every_section_a_question() {
    let bank = bank();
    assert_eq!(bank.modules.len(), 10);
    for module in &bank.modules {
        let guide = module.guide.as_ref().unwrap_or_else(|| panic!("{} has no guide", module.id));
        assert_eq!(guide.title.as_ref().map(|t| t.as_str()), Some(module.title.as_str()));
        assert!(!guide.opening.is_empty() && (5..=9).contains(&guide.sections.len()), "{}", module.id);
        for section in &guide.sections {
            let link = GuideRef { module: module.id.clone(), section: section.slug.clone() };
            assert!(bank.explained_by(&link).count() > 0, "{link} has no question");
        }
    }
}

#[test]
fn every_question_leads_to_a_section() {
    let bank = bank();
    for question in &bank.questions {
        let link = question.guide.as_ref().unwrap_or_else(|| panic!("{} has no link", question.id));
        let guide = bank.guide(&link.module).unwrap_or_else(|| panic!("{}: {link}", question.id));
        assert!(guide.find(&link.section).is_some(), "{}: {link}", question.id);
    }
}

#[test]
fn a_guide_is_what_can_be_read_after_a_shift() {
    for module in &bank().modules {
        let path = Path::new(FOLDER).join(module.guide.as_ref().expect("it has one").path.as_str());
        let text = std::fs::read_to_string(&path).expect("it is there");
        // Words of the text: what holds a letter or a digit.
        let words = text.split_whitespace().filter(|w| w.chars().any(char::is_alphanumeric)).count();
        assert!((1_200..=2_500).contains(&words), "{}: {words} words", module.id);
        let mut fenced = false;
        for (i, line) in text.lines().enumerate() {
            fenced ^= line.trim_start().starts_with("```");
            let columns = line.chars().count();
            assert!(!fenced || columns <= 72, "{}:{}: {columns} columns", path.display(), i + 1);
        }
        assert!(!fenced, "{}: a fence is not closed", path.display());
    }
}

#[test]
fn at_80_columns_nothing_is_cut() {
    for module in &bank().modules {
        let guide = module.guide.as_ref().expect("it has one");
        let page = set(guide, Setting { columns: 78, titled: false, aside: Some(0) }, &|_| false);
        assert_eq!(page.beyond, 0, "{}", module.id);
    }
}

#[test]
fn the_program_has_them_built_in() {
    let nowhere = Path::new("/nowhere");
    let library = library::gather(nowhere, &[]);
    let built_in = library.entries.iter().find(|e| e.bank.id.as_str() == "mrso").expect("it is built in");
    assert_eq!(built_in.bank.modules, bank().modules);
    assert_eq!(library.problems, []);
}

#[test]
fn an_installed_bank_and_a_named_one_have_theirs() {
    let folder = tempfile::tempdir().expect("a folder");
    let text = "[bank]\nid = \"x\"\ntitle = \"X\"\nversion = \"1.0.0\"\n[[domains]]\nid = \"a\"\ntitle = \"A\"\n\
                [[modules]]\nid = \"m1\"\ntitle = \"M\"\nguide = \"text/guide.md\"\n\
                [[questions]]\nid = \"q\"\ndomain = \"a\"\nguide = \"m1#zone\"\nstem = \"Is it?\"\nanswer = true\n";
    for (path, file) in [("folder", "bank.toml"), (".", "x.toml")] {
        let at = folder.path().join(path);
        std::fs::create_dir_all(at.join("text")).expect("it can be made");
        std::fs::write(at.join("text/guide.md"), "## Zone\n").expect("it can be written");
        std::fs::write(at.join(file), text).expect("it can be written");
    }
    let sections = |library: library::Library| -> BTreeSet<String> {
        let entries = library.entries.iter().filter(|e| e.bank.id.as_str() == "x");
        let guides = entries.flat_map(|e| e.bank.modules.iter().filter_map(|m| m.guide.clone()));
        guides.flat_map(|g| g.sections.iter().map(|s| s.slug.to_string()).collect::<Vec<_>>()).collect()
    };
    let zone: BTreeSet<String> = ["zone".to_owned()].into();
    assert_eq!(sections(library::gather(folder.path(), &[])), zone, "installed");
    let nowhere = Path::new("/nowhere");
    for named in ["folder", "x.toml", "folder/bank.toml"] {
        assert_eq!(sections(library::gather(nowhere, &[folder.path().join(named)])), zone, "{named}");
    }
}
