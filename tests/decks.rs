//! Decks as files: what is found, what is reported, and the decks that ship.

use std::fs;
use std::path::{Path, PathBuf};

use examdeck::cli::{Status, check};
use examdeck::content::cloze::{parse, print};
use examdeck::content::diagnostic::render;
use examdeck::content::kind::ContentKind;
use examdeck::content::library::{Place, gather, gather_decks};
use examdeck::content::load_deck::{LoadedDeck, load_deck};
use examdeck::content::source::{MAX_LINE, SourceFile, find, find_banks, find_decks};
use examdeck::engine::deck::{MAX_CLOZES, Segment, Wording};
use examdeck::engine::text::Text;
use examdeck::engine::time::Wall;
use proptest::prelude::*;

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

fn fixture(name: &str) -> LoadedDeck {
    let path = Path::new(ROOT).join("tests/fixtures/decks").join(name);
    load_deck(vec![SourceFile::new(name, fs::read(path).expect("the fixture is there"))])
}

/// The report of a load, and what a student gets of it.
fn report(loaded: &LoadedDeck) -> String {
    let mut out = String::new();
    for finding in &loaded.findings {
        out.push_str(&render(finding, &loaded.files, false));
        out.push_str("\n\n");
    }
    let cards = |d: &examdeck::engine::deck::Deck| {
        d.entries.iter().map(|e| e.id.as_str().to_owned()).collect::<Vec<_>>().join(", ")
    };
    let sound = loaded.deck.as_ref().map_or("no deck".into(), cards);
    format!("{out}sound: {sound}; left out: {}", loaded.left_out)
}

macro_rules! reports {
    ($($name:ident),* $(,)?) => {$(
        #[test]
        fn $name() {
            insta::assert_snapshot!(report(&fixture(concat!(stringify!($name), ".toml"))));
        }
    )*};
}

reports!(
    s00_syntax,
    s01_missing,
    s01_empty,
    s01_no_cards,
    s04_ids,
    s07_no_header,
    s07_header,
    s07_keys_and_types,
    s07_sources,
    s11_hidden_characters,
    s12_braces,
    s12_both_kinds,
);

/// A deck of a header and `cards`.
fn with_cards(cards: &[&[u8]]) -> LoadedDeck {
    let header: &[u8] = b"[deck]\nid = \"d\"\ntitle = \"D\"\nversion = \"1.0.0\"\n";
    load_deck(vec![SourceFile::new("x.toml", [&[header], cards].concat().concat())])
}

fn told(loaded: &LoadedDeck) -> Vec<(usize, &str)> {
    loaded.findings.iter().map(|f| (loaded.files[0].line_of(f.span.start), f.message.as_str())).collect()
}

fn ids(loaded: &LoadedDeck) -> Vec<&str> {
    loaded.deck.as_ref().expect("the header is sound").entries.iter().map(|e| e.id.as_str()).collect()
}

const A: &[u8] = b"[[cards]]\nid = \"a\"\nfront = \"A\"\nback = \"B\"\n";
const Z: &[u8] = b"[[cards]]\nid = \"z\"\ncloze = \"{{Z}}\"\n";

#[test]
fn a_damaged_line_costs_its_card_only() {
    let loaded = with_cards(&[A, b"[[cards]]\nid = \"b\"\nfront = \"\xb5T\"\nback = \"\xb5\"\n", Z]);
    assert_eq!(told(&loaded), [(11, "this byte is not UTF-8")]);
    assert_eq!((ids(&loaded), loaded.left_out), (vec!["a", "z"], 1));
    let note = format!("note = \"{}\"\n", "n".repeat(MAX_LINE));
    let loaded = with_cards(&[A, note.as_bytes(), Z]);
    assert_eq!(told(&loaded), [(9, "a line of 65546 bytes; the limit is 64 KiB")]);
    assert_eq!((ids(&loaded), loaded.left_out), (vec!["z"], 1));
}

#[test]
fn a_broken_header_of_a_card_costs_that_card_only() {
    for header in ["[[cards]", "[cards]]", "[[cards", "[[ cards ]"] {
        let broken = format!("{header}\nid = \"b\"\nfront = \"A\"\nback = \"B\"\n");
        let loaded = with_cards(&[A, broken.as_bytes(), Z]);
        assert!(told(&loaded).iter().all(|(line, _)| *line == 9), "{:?}", told(&loaded));
        assert_eq!((ids(&loaded), loaded.left_out), (vec!["a", "z"], 1), "{header}");
    }
}

#[test]
fn a_missing_key_is_told_whatever_else_is_wrong_and_a_wrong_value_once() {
    let loaded = with_cards(&[b"[[cards]]\nfront = 1\nnote = 2\n", b"[[cards]]\nid = \"No\"\ncloze = 3\n"]);
    let expected = [
        (5, "the card has no `id`"),
        (5, "the card has a `front` and no `back`"),
        (6, "`front` of a card is a text in quotes, found a whole number"),
        (7, "`note` of a card is a text in quotes, found a whole number"),
        (9, "`id` is no identifier"),
        (10, "`cloze` of a card is a text in quotes, found a whole number"),
    ];
    assert_eq!(told(&loaded), expected);
}

#[test]
fn one_file_of_a_deck_alone_is_told_once_that_it_has_no_header() {
    let loaded = load_deck(vec![SourceFile::new("x.toml", [A, b"sources = [\"book\"]\n"].concat())]);
    assert_eq!(told(&loaded), [(1, "there is no [deck] table")]);
}

/// Loads the only deck at `path`.
fn load_path(path: &Path) -> LoadedDeck {
    let found = find_decks(path).expect("there is a deck");
    assert_eq!(found.len(), 1);
    let (files, errors) = found[0].read();
    assert!(errors.is_empty(), "{errors:?}");
    load_deck(files)
}

#[test]
fn a_sound_deck_in_a_folder() {
    let loaded = load_path(&Path::new(ROOT).join("tests/fixtures/decks/sound"));
    assert_eq!(loaded.findings, []);
    let deck = loaded.deck.expect("it loads");
    assert_eq!(deck.bank.as_ref().map(|b| b.as_str()), Some("mrso"));
    let areas: Vec<_> = deck
        .entries
        .iter()
        .map(|e| (e.module.as_ref().map(|m| m.as_str()), e.domain.as_ref().map(|d| d.as_str())))
        .collect();
    assert_eq!(areas, [(Some("m1"), Some("static-field")), (Some("m1"), Some("cryogens")), (None, None)]);
    assert_eq!(deck.entries[0].sources[0].line(), "A book. 2020, p. 3");
    let cards: Vec<_> = deck.cards().iter().map(|c| format!("{}: {} -> {}", c.key(), c.prompt(), c.answer())).collect();
    assert_eq!(
        cards,
        [
            "sound/tesla-gauss/forward: 1 tesla in gauss -> 10,000 G",
            "sound/tesla-gauss/backward: 10,000 G -> 1 tesla in gauss",
            "sound/own-domain/cloze-1: […] boils at 4.2 K. -> **Liquid helium** boils at 4.2 K.",
            "sound/own-domain/cloze-2: Liquid helium boils at [a temperature]. -> Liquid helium boils at **4.2 K**.",
            "sound/no-area/forward: A -> B",
        ]
    );
}

const BANK: &str = r#"
[bank]
id = "b"
title = "B"
version = "1.0.0"
description = """
[deck]
"""
[[domains]]
id = "d"
title = "D"
[[questions]]
id = "q"
domain = "d"
stem = "True?"
answer = true
"#;

fn deck(id: &str, version: &str) -> String {
    format!(
        "[deck]\nid = \"{id}\"\ntitle = \"[bank]\"\nversion = \"{version}\"\n[[cards]]\nid = \"a\"\ncloze = \"{{{{a}}}} b\"\n"
    )
}

fn write(folder: &Path, name: &str, text: &str) -> PathBuf {
    let path = folder.join(name);
    fs::create_dir_all(path.parent().expect("it is below the folder")).expect("a folder can be made");
    fs::write(&path, text).expect("a file can be written");
    path
}

#[test]
fn banks_and_decks_are_told_apart() {
    let folder = tempfile::tempdir().expect("a folder");
    let root = folder.path();
    let bank = write(root, "1.toml", BANK);
    let single = write(root, "2.toml", &deck("x", "1.0.0"));
    write(root, "3/deck.toml", &deck("y", "1.0.0"));
    write(root, "3/more.toml", "[[cards]]\nid = \"b\"\nfront = \"A\"\nback = \"B\"\n");
    write(root, "4.toml", "max_width = 120\n");
    write(root, "5/other.toml", &deck("z", "1.0.0"));
    let kinds = |found: Vec<_>| -> Vec<(ContentKind, String)> {
        let named = |f: examdeck::content::source::ContentFiles| {
            (f.kind, f.root.file_name().expect("it has a name").to_string_lossy().into_owned())
        };
        found.into_iter().map(named).collect()
    };
    let (b, d) = (ContentKind::Bank, ContentKind::Deck);
    let all = [(b, "1.toml".into()), (d, "2.toml".into()), (d, "3".into())];
    assert_eq!(kinds(find(root).expect("both are found")), all);
    assert_eq!(kinds(find_banks(root).expect("a bank is found")), all[..1]);
    assert_eq!(kinds(find_decks(root).expect("decks are found")), all[1..]);
    assert_eq!(kinds(find(&root.join("3")).expect("it is a deck")), all[2..]);
    assert_eq!(load_path(&root.join("3")).deck.expect("it loads").entries.len(), 2);
    assert!(find_banks(&single).is_err());
    assert!(find_decks(&bank).is_err());
}

/// What `check` writes about `paths`, with `folder` as `…`.
fn check_of(paths: &[PathBuf], folder: &Path) -> (Status, String) {
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let orders = check::Orders { paths: paths.to_vec(), ..Default::default() };
    let status = check::run(&orders, Wall(1_795_000_000), &mut out, &mut err).expect("memory can be written");
    out.append(&mut err);
    (status, String::from_utf8(out).expect("it is text").replace(&folder.display().to_string(), "…"))
}

#[test]
fn check_reads_both_kinds() {
    let folder = tempfile::tempdir().expect("a folder");
    let root = folder.path();
    write(root, "banks/1.toml", BANK);
    write(root, "decks/1.toml", &deck("b", "1.0.0"));
    write(root, "decks/2.toml", &format!("{}[[cards]]\nid = \"a\"\n", deck("b", "1.0.0")));
    write(root, "empty/notes.txt", "");
    let (status, out) = check_of(&[root.join("banks"), root.join("decks")], root);
    assert_eq!(status, Status::Findings);
    insta::assert_snapshot!("check_both", out);
    let (status, out) = check_of(&[root.join("empty")], root);
    assert_eq!(status, Status::Usage);
    insta::assert_snapshot!("check_neither", out);
}

#[test]
fn the_library_holds_one_deck_of_each_id() {
    let folder = tempfile::tempdir().expect("a folder");
    let (root, none) = (folder.path(), folder.path().join("none"));
    let installed = root.join("decks");
    write(&installed, "newer.toml", &deck("mrso-cards", "99.0.0"));
    write(&installed, "own.toml", &deck("own", "2.0.0"));
    write(&installed, "bad.toml", "[deck]\nid = \"bad\"\n");
    write(&installed, "bank.txt", BANK);
    let named = write(root, "own.toml", &deck("own", "1.0.0"));

    let built_in = gather_decks(&none, &[]);
    assert!(built_in.problems.is_empty(), "{:?}", built_in.problems);
    assert!(built_in.entries.iter().any(|e| e.deck.id.as_str() == "mrso-cards" && e.place == Place::BuiltIn));

    let library = gather_decks(&installed, std::slice::from_ref(&named));
    let of = |id: &str| library.entries.iter().find(|e| e.deck.id.as_str() == id).expect("it is there");
    assert_eq!(of("mrso-cards").place, Place::Installed(installed.join("newer.toml")));
    assert_eq!(of("own").place, Place::Named(named));
    assert_eq!(library.entries.len(), built_in.entries.len() + 1);
    let lines: Vec<String> =
        library.problems.iter().map(|p| p.as_str().replace(&root.display().to_string(), "…")).collect();
    assert_eq!(lines, ["…/decks/bad.toml has no usable deck; `examdeck check …/decks/bad.toml` says why"]);

    write(&root.join("empty"), "notes.txt", "");
    assert!(gather_decks(&root.join("empty"), &[]).problems.is_empty());
    assert!(gather(&root.join("empty"), &[]).problems.is_empty());
    assert_eq!(gather_decks(&none, &[root.join("empty")]).problems.len(), 1);
}

#[test]
fn the_deck_that_ships_is_whole() {
    let loaded = load_path(&Path::new(ROOT).join("decks/mrso"));
    let deck = loaded.deck.as_ref().expect("it loads");
    let count = |f: &dyn Fn(&Wording) -> bool| deck.entries.iter().filter(|e| f(&e.wording)).count();
    let clozes = count(&|w| matches!(w, Wording::Cloze(_)));
    let both_ways = count(&|w| matches!(w, Wording::Pair { both_ways: true, .. }));
    let modules: std::collections::BTreeSet<_> = deck.entries.iter().filter_map(|e| e.module.as_ref()).collect();
    println!(
        "{} entries ({clozes} clozes, {both_ways} both ways) over {} modules make {} cards",
        deck.entries.len(),
        modules.len(),
        deck.cards().len()
    );
    assert_eq!(loaded.left_out, 0);
    assert!(deck.entries.len() >= 500);
    assert_eq!(modules.len(), 10);
    assert!(clozes >= 60 && both_ways >= 60);
    assert!(deck.entries.iter().all(|e| e.domain.is_some() && e.module.is_some()));
}

#[test]
fn the_deck_that_ships_has_no_finding() {
    let loaded = load_path(&Path::new(ROOT).join("decks/mrso"));
    let found: Vec<String> = loaded.findings.iter().map(|f| render(f, &loaded.files, false)).collect();
    assert!(found.is_empty(), "{}", found.join("\n\n"));
}

/// Texts that a hidden part may hold and that may stand before one.
fn words() -> impl Strategy<Value = String> {
    "[a-zé°]( ?[a-zé0-9.,]){0,8}"
}

fn segments() -> impl Strategy<Value = Vec<Segment>> {
    let hint = proptest::option::of(words());
    proptest::collection::vec((proptest::option::of("[ {}]? ?[a-z:,]{1,6} "), words(), hint), 1..=MAX_CLOZES).prop_map(
        |parts| {
            let mut out = Vec::new();
            for (before, text, hint) in parts {
                out.extend(before.map(|b| Segment::Plain(Text::new(&b))));
                let text = if hint.is_some() { format!("the {text}") } else { text };
                out.push(Segment::Hidden { text: Text::new(&text), hint: hint.map(|h| Text::new(&h)) });
            }
            out
        },
    )
}

proptest! {
    #[test]
    fn a_printed_cloze_reads_as_it_was(segments in segments()) {
        // A plain brace that touches a part's braces makes a run of three, which no text may hold.
        let touches = segments.iter().any(|s| matches!(s, Segment::Plain(t) if t.as_str().starts_with(['{', '}'])));
        match print(&segments) {
            Some(text) => prop_assert_eq!(parse(&text), Ok(segments)),
            None => prop_assert!(touches),
        }
    }

    #[test]
    fn any_text_is_read_and_its_faults_are_inside_it(raw in "([a:c1 é\u{202e}\t]|\\{\\{|\\}\\}|[{}])*") {
        match parse(&raw) {
            Ok(segments) => {
                let hidden = segments.iter().filter(|s| matches!(s, Segment::Hidden { .. })).count();
                prop_assert!((1..=MAX_CLOZES).contains(&hidden));
                if !raw.contains(['\t', '\u{202e}']) {
                    prop_assert_eq!(print(&segments), Some(raw));
                }
            }
            Err(faults) => {
                prop_assert!(!faults.is_empty());
                for fault in faults {
                    prop_assert!(raw.get(fault.at.clone()).is_some());
                }
            }
        }
    }

    #[test]
    fn any_bytes_load(text in any::<Vec<u8>>(), cloze in any::<String>()) {
        load_deck(vec![SourceFile::new("x", text)]);
        let quoted = toml_text(&cloze);
        let file = format!("[deck]\nid = \"d\"\ntitle = \"D\"\nversion = \"1.0.0\"\n[[cards]]\nid = \"a\"\ncloze = {quoted}\n");
        let loaded = load_deck(vec![SourceFile::new("x", file.into_bytes())]);
        let sound = loaded.deck.as_ref().map_or(0, |d| d.entries.len());
        prop_assert_eq!(sound + loaded.left_out, 1);
        prop_assert_eq!(sound == 1, parse(&cloze).is_ok());
        report(&loaded);
    }
}

/// `raw` as a TOML text in quotes.
fn toml_text(raw: &str) -> String {
    let escaped: String = raw.chars().map(|c| format!("\\U{:08X}", c as u32)).collect();
    format!("\"{escaped}\"")
}

/// The student's own deck.
mod own {
    use super::*;
    use examdeck::content::own_deck::{Added, FILE, add};
    use examdeck::engine::question::{Choice, Citation, Kind, Question, Source};
    use examdeck::engine::slug::Slug;

    fn slug(id: &str) -> Slug {
        Slug::new(id).expect("a slug")
    }

    fn question(id: &str, stem: &str, keys: &[&str], wrong: &[&str]) -> Question {
        let choice = |text: &&str| Choice { text: Text::new(text), why: None, pinned_last: false };
        Question {
            id: slug(id),
            domain: slug("tides"),
            module: None,
            kind: if keys.len() > 1 { Kind::Multi } else { Kind::Single },
            stem: Text::new(stem),
            figure: None,
            choices: keys.iter().chain(wrong).map(choice).collect(),
            keys: keys.len(),
            shuffle: true,
            explanation: None,
            sources: Vec::new(),
            level: None,
            objective: None,
            tags: Vec::new(),
            enemies: Vec::new(),
            reviewed: None,
            guide: None,
        }
    }

    fn ebb() -> Question {
        question("ebb", "Where does the ebb run?", &["Out"], &["In"])
    }

    /// Loads the deck in `folder`, in which nothing may be wrong, as a list of fronts, backs and notes.
    fn cards(folder: &Path) -> Vec<(String, String, String)> {
        let loaded = load_path(&folder.join(FILE));
        assert_eq!(loaded.findings, [], "{}", fs::read_to_string(folder.join(FILE)).expect("a file"));
        let cards = loaded.deck.expect("it loads").cards();
        cards
            .iter()
            .map(|c| {
                let note = c.entry.note.as_ref().map(Text::to_string).unwrap_or_default();
                (c.prompt().to_string(), c.answer().to_string(), note)
            })
            .collect()
    }

    fn card(front: &str, back: &str, note: &str) -> (String, String, String) {
        (front.into(), back.into(), note.into())
    }

    #[test]
    fn cards_are_added_to_a_deck_that_is_made_when_it_is_missing() {
        let root = tempfile::tempdir().expect("a folder");
        let folder = root.path().join("data/decks");
        assert_eq!(add(&folder, &ebb()).expect("added"), Added::New);
        let mut both = question("causes", "Which bodies raise the tides?", &["The moon", "The sun"], &["Venus"]);
        both.explanation = Some(Text::new("Both pull.\n\nThe moon pulls more."));
        both.sources = vec![Citation {
            source: std::sync::Arc::new(Source {
                title: Text::new("The Handbook"),
                organization: None,
                edition: None,
                year: Some(2022),
                url: None,
            }),
            at: Some(Text::new("§4.2")),
        }];
        assert_eq!(add(&folder, &both).expect("added"), Added::New);
        let mut truth = question("slack", "Slack water falls together with high water.", &["False"], &["True"]);
        truth.kind = Kind::TrueFalse;
        assert_eq!(add(&folder, &truth).expect("added"), Added::New);
        let expected = [
            card("Where does the ebb run?", "Out", ""),
            card(
                "Which bodies raise the tides?",
                "The moon; The sun",
                "Both pull.\n\nThe moon pulls more.\n\nSource: The Handbook. 2022, §4.2",
            ),
            card("True or false? Slack water falls together with high water.", "False", ""),
        ];
        assert_eq!(cards(&folder), expected);
        let names: Vec<_> =
            fs::read_dir(&folder).expect("a folder").map(|e| e.expect("an entry").file_name()).collect();
        assert_eq!(names, [FILE], "nothing else is left behind");
        assert_eq!(gather_decks(&folder, &[]).entries.iter().filter(|e| e.deck.id.as_str() == "my-cards").count(), 1);
    }

    #[test]
    fn a_card_is_added_once_however_its_id_is_written() {
        let folder = tempfile::tempdir().expect("a folder");
        assert_eq!(add(folder.path(), &ebb()).expect("added"), Added::New);
        let before = fs::read_to_string(folder.path().join(FILE)).expect("a file");
        assert_eq!(add(folder.path(), &ebb()).expect("known"), Added::Known);
        assert_eq!(fs::read_to_string(folder.path().join(FILE)).expect("a file"), before);
        let edited = before.replace("id = \"ebb\"", "'id'='ebb' # mine");
        fs::write(folder.path().join(FILE), &edited).expect("written");
        assert_eq!(add(folder.path(), &ebb()).expect("known"), Added::Known);
        assert_eq!(fs::read_to_string(folder.path().join(FILE)).expect("a file"), edited);
        // The deck's own id is no card's.
        assert_eq!(add(folder.path(), &question("my-cards", "Q", &["A"], &["B"])).expect("added"), Added::New);
        assert_eq!(cards(folder.path()).len(), 2);
    }

    #[test]
    fn what_a_student_wrote_stays() {
        let folder = tempfile::tempdir().expect("a folder");
        add(folder.path(), &ebb()).expect("added");
        let mine = "# my own\r\n[[cards]]\r\nid = \"mine\"\r\ncloze = \"The {{ebb}}\"\r\n\r\n[[cards]]\r\nid = \"half\"\r\nfront = \"A\"";
        let edited = format!("{}\n{mine}", fs::read_to_string(folder.path().join(FILE)).expect("a file"));
        fs::write(folder.path().join(FILE), &edited).expect("written");
        assert_eq!(add(folder.path(), &question("flood", "Q", &["A"], &["B"])).expect("added"), Added::New);
        let after = fs::read_to_string(folder.path().join(FILE)).expect("a file");
        assert!(after.starts_with(&edited), "{after}");
        let loaded = load_path(&folder.path().join(FILE));
        assert_eq!((ids(&loaded), loaded.left_out), (vec!["ebb", "mine", "flood"], 1), "a half card keeps none away");
    }

    /// Adding to a file of these bytes fails, says why, and leaves every byte.
    fn is_refused(bytes: &[u8]) -> String {
        let folder = tempfile::tempdir().expect("a folder");
        fs::write(folder.path().join(FILE), bytes).expect("written");
        let error = add(folder.path(), &ebb()).expect_err("refused");
        assert_eq!(fs::read(folder.path().join(FILE)).expect("a file"), bytes, "nothing is lost");
        error.to_string().replace(&folder.path().display().to_string(), "…")
    }

    #[test]
    fn a_broken_file_is_not_added_to_and_not_lost() {
        let header = b"[deck]\nid = \"my-cards\"\ntitle = \"My cards\"\nversion = \"1.0.0\"\n";
        let unusable = "…/my-cards.toml cannot be added to; `examdeck check …/my-cards.toml` may say why";
        let broken: &[&[u8]] = &[
            b"",
            b"not TOML at all",
            b"[deck\nid = \"my-cards\"\n",
            b"format = 99\n[deck]\nid = \"my-cards\"\ntitle = \"My cards\"\nversion = \"1.0.0\"\n",
            &[header, &b"[[cards]]\nid = \"ebb\"\nfront = \"half a card with this id\"\n"[..]].concat(),
        ];
        for bytes in broken {
            assert_eq!(is_refused(bytes), unusable, "{}", String::from_utf8_lossy(bytes));
        }
        let latin1 = [header, &b"[[cards]]\nid = \"a\"\nfront = \"5 \xb5T\"\nback = \"B\"\n"[..]].concat();
        assert_eq!(is_refused(&latin1), "…/my-cards.toml is not UTF-8; `examdeck check …/my-cards.toml` says where");
        let folder = tempfile::tempdir().expect("a folder");
        fs::create_dir(folder.path().join(FILE)).expect("a folder in its place");
        assert!(add(folder.path(), &ebb()).expect_err("refused").to_string().contains("is not a regular file"));
    }

    #[test]
    fn a_text_that_is_never_closed_does_not_swallow_the_new_card() {
        let folder = tempfile::tempdir().expect("a folder");
        add(folder.path(), &ebb()).expect("added");
        let mut text = fs::read_to_string(folder.path().join(FILE)).expect("a file");
        text.push_str("\n[[cards]]\nid = \"open\"\nfront = \"\"\"\nnever closed");
        fs::write(folder.path().join(FILE), &text).expect("written");
        assert_eq!(add(folder.path(), &question("flood", "Q", &["A"], &["B"])).expect("added"), Added::New);
        let after = fs::read_to_string(folder.path().join(FILE)).expect("a file");
        assert!(after.starts_with(&text));
        assert_eq!(ids(&load_path(&folder.path().join(FILE))), ["ebb", "flood"]);
    }

    #[cfg(unix)]
    #[test]
    fn a_link_stays_a_link() {
        let folder = tempfile::tempdir().expect("a folder");
        let shared = folder.path().join("shared.toml");
        fs::create_dir(folder.path().join("decks")).expect("a folder");
        add(folder.path(), &ebb()).expect("added");
        fs::rename(folder.path().join(FILE), &shared).expect("moved");
        let link = folder.path().join("decks").join(FILE);
        std::os::unix::fs::symlink(&shared, &link).expect("a link");
        add(&folder.path().join("decks"), &question("flood", "Q", &["A"], &["B"])).expect("added");
        assert!(fs::symlink_metadata(&link).expect("there").is_symlink());
        assert!(fs::read_to_string(&shared).expect("a file").contains("flood"));
    }

    proptest! {
        /// Whatever a question's texts hold, its card loads without a finding and says the same.
        #[test]
        fn hostile_text_is_read_as_it_was(
            stem in "[\\PC\"'\\\\{}\n#=\\[\\]]{1,60}x",
            key in "[\\PC\"'\\\\{}]{1,20}x",
            why in proptest::option::of("([\\PC\"'\\\\]{0,20}|\"\"\"|'''|\n\n){1,5}x"),
        ) {
            let folder = tempfile::tempdir().expect("a folder");
            let mut hostile = question("hostile", &stem, &[&key], &["B"]);
            hostile.explanation = why.as_deref().map(Text::new);
            add(folder.path(), &ebb()).expect("added");
            prop_assert_eq!(add(folder.path(), &hostile).expect("added"), Added::New);
            add(folder.path(), &question("flood", "Q", &["A"], &["B"])).expect("added");
            let found = cards(folder.path());
            prop_assert_eq!(found.len(), 3);
            let note = hostile.explanation.as_ref().map(Text::to_string).unwrap_or_default();
            prop_assert_eq!(&found[1], &(hostile.stem.to_string(), Text::new(&key).one_line(), note));
        }
    }
}
