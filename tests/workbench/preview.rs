//! What the preview reads of real files: each question with its own findings, and where it is written.

use std::path::Path;

use examdeck::app::preview::draft::{Draft, Kind, Reading};
use examdeck::content::kind::ContentKind;
use examdeck::runtime::draft::{find, read};

fn draft_of(path: &str) -> Draft {
    let Reading { draft, trouble, .. } = read(Path::new(path));
    assert_eq!(trouble, None);
    draft.expect("a bank")
}

#[test]
fn each_finding_stands_with_its_question() {
    let items = draft_of("tests/fixtures/banks/flaws-items.toml");
    assert!(items.general.is_empty(), "{:?}", items.general);
    // There the questions are named for the rules.
    let of_rules = items.pages.iter().filter(|q| q.id.as_ref().is_some_and(|id| id.as_str().starts_with('w')));
    let mut seen = 0;
    for question in of_rules {
        let id = question.id.as_ref().expect("an id").to_string();
        for finding in &question.findings {
            assert_eq!(finding.code.to_lowercase(), id[..3], "{id}");
            assert!(!finding.reason.is_empty() && finding.at.line > question.at.line);
            seen += 1;
        }
    }
    assert!(seen > 30, "{seen}");
    let bank = draft_of("tests/fixtures/banks/flaws-bank.toml");
    assert!(bank.general.iter().all(|f| f.code.starts_with('B')) && bank.general.len() >= 5, "{:?}", bank.general);
}

#[test]
fn a_broken_question_is_there_without_its_item() {
    let bank = draft_of("tests/fixtures/banks/s01-missing-or-empty.toml");
    let broken = bank.pages.iter().filter(|q| q.shown.is_none()).count();
    assert!(broken > 0 && bank.pages.iter().filter(|q| q.shown.is_none()).all(|q| !q.findings.is_empty()));
    // The second question with one id is the one that is left out.
    let twice = draft_of("tests/fixtures/banks/s04-question-id-twice.toml");
    let id = twice.pages.iter().find(|q| q.shown.is_none()).and_then(|q| q.id.clone()).expect("an id");
    let same: Vec<bool> =
        twice.pages.iter().filter(|q| q.id.as_ref() == Some(&id)).map(|q| q.shown.is_some()).collect();
    assert_eq!(same, [true, false, false]);
}

#[test]
fn a_question_is_placed_at_its_line_in_its_file() {
    let bank = draft_of("question-bank/mrso");
    assert_eq!(bank.pages.len(), 929);
    for question in bank.pages.iter().step_by(97) {
        let text = std::fs::read_to_string(&question.at.file).expect("the file itself");
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines[question.at.line - 1], "[[questions]]");
        assert_eq!(lines[question.at.line], format!("id = \"{}\"", question.id.as_ref().expect("an id")));
    }
}

#[test]
fn a_deck_is_read_card_by_card_with_what_is_found_in_each() {
    let Reading { draft, trouble, .. } = read(Path::new("tests/fixtures/decks/s12_braces.toml"));
    assert_eq!(trouble, None);
    let deck = draft.expect("a deck");
    assert_eq!(deck.kind, Kind::Deck);
    let broken = deck.pages.iter().filter(|page| page.shown.is_none());
    assert!(broken.clone().count() > 0 && broken.clone().all(|page| !page.findings.is_empty()));
    let text = std::fs::read_to_string("tests/fixtures/decks/s12_braces.toml").expect("it is there");
    let lines: Vec<&str> = text.lines().collect();
    assert!(deck.pages.iter().all(|page| lines[page.at.line - 1] == "[[cards]]"));
    // The deck that ships: entries that are asked in several ways are several pages of one line.
    let deck = draft_of("decks/mrso");
    assert!(deck.pages.iter().all(|page| page.shown.is_some() && page.findings.is_empty()));
    let again: Vec<usize> = (1..deck.pages.len()).filter(|&i| deck.pages[i].again).collect();
    assert!(!again.is_empty());
    assert!(
        again.iter().all(|&i| deck.pages[i].id == deck.pages[i - 1].id && deck.pages[i].at == deck.pages[i - 1].at)
    );
}

#[test]
fn one_bank_or_deck_is_meant_and_a_bank_comes_first() {
    let folder = tempfile::tempdir().expect("a folder");
    let put = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).expect("it can be written");
    let refused = || find(folder.path()).expect_err("nothing can be meant").to_string();
    assert!(refused().contains("holds neither a question bank nor a deck"));
    put("a.toml", "[deck]\n");
    assert_eq!(find(folder.path()).expect("a deck").kind, ContentKind::Deck);
    put("b.toml", "[deck]\n");
    assert!(refused().ends_with(" holds 2 decks: name one"), "{}", refused());
    put("c.toml", "[bank]\n");
    assert_eq!(find(folder.path()).expect("a bank").kind, ContentKind::Bank);
    put("d.toml", "[bank]\n");
    assert!(refused().ends_with(" holds 2 banks: name one"), "{}", refused());
}

#[test]
fn what_cannot_be_trusted_is_told_with_its_place() {
    let Reading { draft, trouble, .. } = read(Path::new("tests/fixtures/banks/s00-unclosed-string.toml"));
    assert!(draft.is_some());
    assert!(trouble.expect("it is told").as_str().starts_with("s00-unclosed-string.toml:"));
    let Reading { draft, trouble, .. } = read(Path::new("tests/fixtures/banks/s07-no-bank-table.toml"));
    assert!(draft.is_none() && trouble.expect("it is told").as_str().contains("there is no [bank] table"));
    let Reading { draft, trouble, .. } = read(Path::new("tests/fixtures/banks/nowhere.toml"));
    assert!(draft.is_none() && trouble.expect("it is told").as_str().contains("cannot read"));
}

/// Both names look the same as text.
#[cfg(target_os = "linux")]
#[test]
fn the_editor_gets_the_file_itself_and_not_its_twin() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;

    let folder = tempfile::tempdir().expect("a folder");
    let header =
        "format = 1\n[bank]\nid = \"b\"\ntitle = \"B\"\nversion = \"1.0.0\"\n[[domains]]\nid = \"d\"\ntitle = \"D\"\n";
    std::fs::write(folder.path().join("bank.toml"), header).expect("it can be written");
    let names = [&b"q\xfe.toml"[..], b"q\xff.toml"].map(|name| folder.path().join(OsStr::from_bytes(name)));
    for (i, name) in names.iter().enumerate() {
        let text = format!("[[questions]]\nid = \"q{i}\"\ndomain = \"d\"\nstem = \"Is it {i}?\"\nanswer = true\n");
        std::fs::write(name, text).expect("it can be written");
    }
    let bank = draft_of(folder.path().to_str().expect("text"));
    let files: Vec<_> = bank.pages.iter().map(|q| q.at.file.clone()).collect();
    assert_eq!(files, names);
}
