//! The instructor's workbench: `new`, `bank stats`, `bank diff`, `schema`, on real files with their exact output.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::Arc;

use examdeck::cli::Status;
use examdeck::cli::check;
use examdeck::cli::new::{Orders, Wishes, run};
use examdeck::content::load::load;
use examdeck::content::source::SourceFile;
use examdeck::engine::bank::Bank;
use examdeck::engine::diff::{KeyChange, diff};
use examdeck::engine::question::{Kind, Question};
use examdeck::engine::slug::Slug;
use examdeck::engine::stock::stock;
use examdeck::engine::text::Text;
use examdeck::engine::time::Wall;

#[path = "workbench/preview.rs"]
mod preview;
#[path = "workbench/schema.rs"]
mod schema;
mod support;

const OLD: &str = "tests/fixtures/workbench/old.toml";
const NEW: &str = "tests/fixtures/workbench/new.toml";
/// 24 November 2026.
const NOW: Wall = Wall(1_795_500_000);

fn examdeck(arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_examdeck"));
    command.args(arguments).args(["--data-dir", "tests/fixtures/workbench/nowhere"]);
    command.output().expect("the program starts")
}

/// What a command prints when all is well.
fn said(arguments: &[&str]) -> String {
    let output = examdeck(arguments);
    assert_eq!(output.status.code(), Some(0), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    assert!(output.stderr.is_empty(), "{arguments:?}");
    String::from_utf8(output.stdout).expect("it is text")
}

/// What a command says when it cannot be used.
fn refused(arguments: &[&str]) -> String {
    let output = examdeck(arguments);
    assert_eq!(output.status.code(), Some(2), "{arguments:?}");
    assert!(output.stdout.is_empty(), "{arguments:?}");
    String::from_utf8(output.stderr).expect("it is text")
}

fn path(folder: &tempfile::TempDir, name: &str) -> PathBuf {
    folder.path().join(name)
}

fn text(path: &Path) -> &str {
    path.to_str().expect("test paths are text")
}

/// All files below `folder`, with their texts.
fn files(folder: &Path) -> String {
    let mut paths: Vec<PathBuf> =
        fs::read_dir(folder).expect("it is there").map(|e| e.expect("an entry").path()).collect();
    paths.sort();
    let shown = |p: &PathBuf| {
        let name = p.file_name().expect("a name").to_string_lossy().into_owned();
        format!("==> {name} <==\n{}\n", fs::read_to_string(p).expect("it is text"))
    };
    paths.iter().map(shown).collect()
}

// --- new

fn wishes(path: PathBuf) -> Wishes {
    Wishes { path, title: None, id: None, domain: Vec::new(), language: None }
}

/// Begins something, with these answers if somebody is there to give them.
fn begin(orders: &Orders, answers: Option<&str>) -> (Status, String) {
    let mut out = Vec::new();
    let mut err = Vec::new();
    let mut typed = answers.map(str::as_bytes);
    let terminal = typed.as_mut().map(|t| t as &mut dyn std::io::BufRead);
    let status = run(orders, NOW, terminal, &mut out, &mut err).expect("memory can be written");
    out.append(&mut err);
    (status, String::from_utf8(out).expect("it is text"))
}

/// What `check` says, on the day of the start.
fn checked(path: &Path) -> String {
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let orders = check::Orders { paths: vec![path.into()], deny: Some(check::Deny::Warnings), ..Default::default() };
    let status = check::run(&orders, NOW, &mut out, &mut err).expect("memory can be written");
    out.append(&mut err);
    let out = String::from_utf8(out).expect("it is text");
    assert_eq!(status, Status::Ok, "{out}");
    out
}

#[test]
fn a_new_bank_is_one_file_in_which_nothing_is_found() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = path(&folder, "fire-safety.toml");
    let (status, out) = begin(&Orders::Bank { common: wishes(file.clone()) }, None);
    assert_eq!(status, Status::Ok, "{out}");
    let shown = text(&file);
    let told = format!("\n  examdeck check {shown}\n  examdeck preview {shown}\n");
    assert!(out.starts_with(&format!("{shown} is ready. ")) && out.ends_with(&told), "{out}");
    insta::assert_snapshot!("new_bank", fs::read_to_string(&file).expect("it was written"));
    assert_eq!(checked(&file), format!("{shown}: 3 sound questions, nothing found\n"));
}

#[test]
fn a_new_bank_is_a_folder_with_a_file_for_each_domain() {
    let folder = tempfile::tempdir().expect("a folder");
    let bank = path(&folder, "banks/brand");
    let common = Wishes {
        title: Some("Brandschutz \"2026\"".into()),
        id: Slug::new("brandschutz"),
        domain: ["Melder", "Löschmittel & Löscher", "水", "Mélder"].map(String::from).into(),
        language: Some("de".into()),
        ..wishes(bank.clone())
    };
    assert_eq!(begin(&Orders::Bank { common }, None).0, Status::Ok);
    insta::assert_snapshot!("new_bank_folder", files(&bank));
    assert_eq!(checked(&bank), format!("{}: 3 sound questions, nothing found\n", text(&bank)));
}

#[test]
fn a_new_deck_is_a_file_or_a_folder_in_which_nothing_is_found() {
    let folder = tempfile::tempdir().expect("a folder");
    let deck = |common, bank| Orders::Deck { common, bank };
    let (file, plain, parted) = (path(&folder, "cards.toml"), path(&folder, "plain"), path(&folder, "parted"));
    assert_eq!(begin(&deck(wishes(file.clone()), Slug::new("fire-safety")), None).0, Status::Ok);
    assert_eq!(begin(&deck(wishes(plain.clone()), None), None).0, Status::Ok);
    let common = Wishes { domain: vec!["Alarms".into(), "Agents".into()], ..wishes(parted.clone()) };
    assert_eq!(begin(&deck(common, None), None).0, Status::Ok);
    insta::assert_snapshot!("new_deck", fs::read_to_string(&file).expect("it was written"));
    for path in [file, plain, parted] {
        assert_eq!(checked(&path), format!("{}: 3 sound cards, nothing found\n", text(&path)));
    }
}

#[test]
fn what_no_flag_says_is_asked_for_on_a_terminal() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = path(&folder, "fire.toml");
    let answers = "Fire & smoke\nAlarms\n  Agents  \n\npt-BR\n";
    let (status, out) = begin(&Orders::Bank { common: wishes(file.clone()) }, Some(answers));
    assert_eq!(status, Status::Ok, "{out}");
    let asked =
        "Title [Fire]: Domains, the exam's content areas: one a line, then an empty line\n      Language [en]: ";
    assert!(out.starts_with(asked), "{out}");
    let bank = load(vec![SourceFile::new("fire.toml", fs::read(&file).expect("it is there"))]).bank.expect("a bank");
    assert_eq!((bank.id.as_str(), bank.title.as_str()), ("fire", "Fire & smoke"));
    assert_eq!(bank.language.as_ref().map(Text::as_str), Some("pt-BR"));
    assert_eq!(bank.domains.iter().map(|d| d.title.as_str()).collect::<Vec<_>>(), ["Alarms", "Agents"]);
    // Who only presses Enter, or closes the input, gets what the path suggests.
    for (name, answers) in [("enter.toml", "\n\n\n"), ("closed.toml", "")] {
        let file = path(&folder, name);
        assert_eq!(begin(&Orders::Bank { common: wishes(file.clone()) }, Some(answers)).0, Status::Ok);
        checked(&file);
    }
    let wrong = begin(&Orders::Bank { common: wishes(path(&folder, "x.toml")) }, Some("X\n\nenglish please\n"));
    assert_eq!(wrong.0, Status::Usage);
    assert!(wrong.1.ends_with("examdeck: a language is a tag such as `en` or `pt-BR`\n"), "{}", wrong.1);
    assert!(!path(&folder, "x.toml").exists());
}

#[test]
fn nothing_is_ever_overwritten() {
    let folder = tempfile::tempdir().expect("a folder");
    let (file, empty, dangling) = (path(&folder, "a.toml"), path(&folder, "empty"), path(&folder, "link.toml"));
    fs::write(&file, "mine").expect("it can be written");
    fs::create_dir(&empty).expect("it can be made");
    #[cfg(unix)]
    std::os::unix::fs::symlink("nowhere.toml", &dangling).expect("it can be made");
    #[cfg(not(unix))]
    fs::write(&dangling, "").expect("it can be written");
    for path in [&file, &empty, &dangling] {
        for kind in ["bank", "deck"] {
            let said = refused(&["new", kind, text(path)]);
            assert_eq!(said, format!("examdeck: {} is there already; nothing was written\n", text(path)));
        }
    }
    assert_eq!(fs::read_to_string(&file).expect("it is there"), "mine");
    assert!(fs::read_dir(&empty).expect("it is there").next().is_none());
    assert!(!path(&folder, "nowhere.toml").exists());
}

#[test]
fn titles_in_any_latin_letters_make_ids_that_can_be_read() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = path(&folder, "übung eins.toml");
    let common = Wishes { domain: vec!["Löscher".into(), "Détecteurs".into()], ..wishes(file.clone()) };
    let (status, out) = begin(&Orders::Bank { common }, None);
    assert_eq!(status, Status::Ok, "{out}");
    let written = fs::read_to_string(&file).expect("it was written");
    for id in ["ubung-eins", "loscher", "detecteurs"] {
        assert!(written.contains(&format!("id = \"{id}\"")), "{id}: {written}");
    }
    // What is to be typed can be typed.
    assert!(out.contains(&format!("\n  examdeck check '{}'\n", text(&file))), "{out}");
    let common = Wishes { domain: vec!["Alarms".into(), "alarms ".into()], ..wishes(path(&folder, "x.toml")) };
    let (status, out) = begin(&Orders::Bank { common }, None);
    assert_eq!(status, Status::Usage, "{out}");
    assert!(out.contains("the domain `alarms` is named twice"), "{out}");
}

#[test]
fn new_refuses_what_would_make_no_bank() {
    let folder = tempfile::tempdir().expect("a folder");
    for (arguments, told) in [
        (&["new", "bank", "水.toml"][..], "name an identifier with --id"),
        (&["new", "bank", "x.toml", "--title", " "], "a title is needed"),
        (&["new", "bank", "x.toml", "--id", "Not an id"], "lower-case letters"),
        (&["new", "bank", "x.toml", "--language", "x"], "a tag such as"),
        (&["new", "bank", "x.toml", "--bank", "mrso"], "--bank"),
        (&["new", "bank"], "<PATH>"),
    ] {
        let mut command = Command::new(env!("CARGO_BIN_EXE_examdeck"));
        let output = command.args(arguments).current_dir(folder.path()).output().expect("the program starts");
        let err = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(err.contains(told), "{arguments:?}: {err}");
    }
    assert!(fs::read_dir(folder.path()).expect("it is there").next().is_none(), "nothing was written");
    let nowhere = path(&folder, "no/such/folder/x.toml");
    let output = examdeck(&["new", "bank", text(&nowhere)]);
    assert_eq!(output.status.code(), Some(1), "a folder that is not there");
}

// --- bank stats

#[test]
fn stats_tell_what_a_bank_holds() {
    insta::assert_snapshot!("stats", said(&["bank", "stats", OLD]));
    insta::assert_snapshot!("stats_json", said(&["bank", "stats", OLD, "--json"]));
    // By id, and by folder.
    let by_id = said(&["bank", "stats", "mrso"]);
    assert_eq!(by_id, said(&["bank", "stats", "question-bank/mrso"]));
    assert!(by_id.starts_with("Magnetic Resonance Safety Officer, mrso 1.1.0: 929 questions\n"), "{by_id}");
    for line in by_id.lines().chain(said(&["bank", "stats", OLD]).lines()) {
        assert!(line.chars().count() <= 80, "{line}");
    }
}

#[test]
fn stats_count_what_is_there() {
    let bank = support::bank::bank();
    let stock = stock(&bank);
    assert_eq!(stock.questions, bank.questions.len());
    assert_eq!(stock.domains.iter().map(|d| d.questions).sum::<usize>(), stock.questions);
    assert_eq!(stock.domains.iter().map(|d| d.per_paper).sum::<usize>(), bank.exam.questions.min(stock.questions));
    for counts in [&stock.modules, &stock.kinds, &stock.levels] {
        assert_eq!(counts.iter().map(|c| c.questions).sum::<usize>(), stock.questions, "{counts:?}");
    }
    assert_eq!(stock.keys.places.iter().sum::<usize>(), stock.keys.fixed);
}

#[test]
fn stats_name_what_lacks_what_others_have() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = path(&folder, "a.toml");
    let question = |i: usize, cites: &str, why: &str| {
        format!(
            "[[questions]]\nid = \"q{i}\"\ndomain = \"d\"\nstem = \"What is {i}?\"\nanswer = \"{i}\"\n{cites}\
             distractors = [{{ text = \"A\"{why} }}, {{ text = \"B\", why = \"It is not.\" }}]\n"
        )
    };
    let mut bank = String::from(
        "[bank]\nid = \"b\"\ntitle = \"B\"\nversion = \"1.0.0\"\n[[domains]]\nid = \"d\"\ntitle = \"D\"\n\
         [sources.s]\ntitle = \"S\"\n",
    );
    bank.push_str(&question(0, "sources = [\"s\"]\n", ", why = \"No.\""));
    (1..8).for_each(|i| bank.push_str(&question(i, "", if i > 2 { ", why = \"No.\"" } else { "" })));
    fs::write(&file, bank).expect("it can be written");
    let told = said(&["bank", "stats", text(&file)]);
    assert!(told.contains("\n  Without a rationale of each distractor: q1, q2\n"), "{told}");
    assert!(told.contains("\n  Without a source: q1, q2, q3, q4, q5, and 2 more (--json names all)\n"), "{told}");
    assert!(!told.contains("Without an explanation"), "no question has one: the figures say so");
    let json = said(&["bank", "stats", text(&file), "--json"]);
    let lacking = &serde_json::from_str::<serde_json::Value>(&json).expect("it is JSON")["lacking"];
    assert_eq!(lacking["sources"], serde_json::json!(["q1", "q2", "q3", "q4", "q5", "q6", "q7"]));
    assert_eq!(lacking["rationales"], serde_json::json!(["q1", "q2"]));
    assert_eq!(lacking["explanations"].as_array().map(Vec::len), Some(8));
}

#[test]
fn stats_say_that_reading_ease_is_for_english() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = path(&folder, "a.toml");
    said(&["new", "bank", text(&file), "--language", "de-CH"]);
    let told = said(&["bank", "stats", text(&file)]);
    assert!(told.contains("\n  The measure is made for English; the bank's language is `de-CH`.\n"), "{told}");
    assert!(said(&["bank", "stats", text(&file), "--json"]).contains("\"reading\": null"));
}

#[test]
fn stats_and_diff_refuse_what_is_no_bank() {
    assert_eq!(
        refused(&["bank", "stats", "nowhere"]),
        "examdeck: there is no file and no bank `nowhere`; there are: mrso\n"
    );
    assert!(refused(&["bank", "stats", "./nowhere"]).contains("cannot read ./nowhere"));
    assert!(refused(&["bank", "stats", "tests/fixtures/banks"]).contains("banks: name one"));
    let deck = refused(&["bank", "stats", "decks/mrso"]);
    assert!(
        deck.starts_with("examdeck: decks/mrso is a deck, and a question bank is wanted here: a bank is "),
        "{deck}"
    );
    assert!(deck.contains("`examdeck preview`, `check`, `pack`, `add` and `print cards --deck` take decks"), "{deck}");
    assert_eq!(refused(&["bank", "diff", OLD, "decks/mrso"]), deck);
    assert!(refused(&["bank", "diff", OLD, "nowhere"]).contains("no bank `nowhere`"));
    let headless = "tests/fixtures/banks/s07-broken-header.toml";
    assert!(refused(&["bank", "diff", headless, NEW]).contains(&format!("`examdeck check {headless}` says why")));
}

#[test]
fn what_a_command_cannot_use_is_named_with_the_way_out() {
    let folder = tempfile::tempdir().expect("a folder");
    let (empty, notes) = (path(&folder, "empty.toml"), path(&folder, "notes.txt"));
    fs::write(&empty, "").expect("it can be written");
    fs::write(&notes, "buy milk").expect("it can be written");
    for file in [&empty, &notes] {
        // What is neither is not taken for a bank.
        let told = refused(&["print", "cards", "--deck", text(file)]);
        assert!(told.contains(" holds no deck: a deck is a folder with deck.toml"), "{told}");
    }
    assert!(refused(&["print", "cards", "--deck", OLD]).contains(" is a question bank, and a deck is wanted here"));
    assert!(refused(&["bank", "stats", "mrso-cards"]).contains("`mrso-cards` is a deck: "));
    for command in ["exam", "drill"] {
        let told = refused(&[command, "--bank", "tests/fixtures/workbench"]);
        assert!(told.ends_with("tests/fixtures/workbench holds 2 banks: name one\n"), "{told}");
    }
    let told = refused(&["cards", "--deck", "my cards.toml"]);
    assert!(told.contains("`my cards.toml` is no deck's id: `examdeck list` says which there are"), "{told}");
    let told = refused(&["print", "exam", "--bank", OLD, "-o", text(&notes)]);
    assert!(told.ends_with("notes.txt is no folder: name one with -o\n"), "{told}");
}

#[test]
fn a_data_folder_that_cannot_be_read_is_not_one_without_progress() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = path(&folder, "data");
    fs::write(&file, "").expect("it can be written");
    let mut command = Command::new(env!("CARGO_BIN_EXE_examdeck"));
    let output = command.args(["progress", "--data-dir", text(&file)]).output().expect("the program starts");
    let told = String::from_utf8(output.stderr).expect("it is text");
    assert_eq!(output.status.code(), Some(1), "{told}");
    assert!(told.contains("cannot read ") && told.contains("progress.db"), "{told}");
}

// --- bank diff

#[test]
fn diff_is_a_change_log() {
    let log = said(&["bank", "diff", OLD, NEW]);
    assert!(log.lines().all(|l| l.chars().count() <= 80), "{log}");
    insta::assert_snapshot!("diff", log);
    insta::assert_snapshot!("diff_json", said(&["bank", "diff", OLD, NEW, "--json"]));
    assert_eq!(said(&["bank", "diff", NEW, NEW]), "fire 1.1.0 → fire 1.1.0: nothing has changed\n");
}

#[test]
fn diff_says_how_many_broken_questions_it_did_not_compare() {
    let half = "tests/fixtures/banks/s00-unclosed-string.toml";
    let log = said(&["bank", "diff", half, OLD]);
    assert!(log.starts_with("Of the old bank 1 question is broken and not compared.\n\n"), "{log}");
}

#[test]
fn diff_tells_when_a_question_only_got_another_id() {
    let (old, mut new) = (base(), base());
    let slug = |id: &str| Slug::new(id).expect("a slug");
    Arc::make_mut(&mut new.questions[0]).id = slug("flat-battery");
    let other = Arc::make_mut(&mut new.questions[1]);
    (other.id, other.stem) = (slug("another"), Text::new("Another?"));
    let found = diff(&old, &new);
    assert_eq!((found.added.len(), found.removed.len()), (2, 2));
    assert_eq!(found.renamed, [(slug("dead-battery"), slug("flat-battery"))]);
    let folder = tempfile::tempdir().expect("a folder");
    let file = path(&folder, "new.toml");
    let text_of = fs::read_to_string(OLD).expect("it is there").replace("dead-battery", "flat-battery");
    fs::write(&file, text_of).expect("it can be written");
    let log = said(&["bank", "diff", OLD, text(&file)]);
    assert!(log.ends_with("history of them is lost\n  dead-battery → flat-battery\n"), "{log}");
    assert!(log.lines().all(|l| l.chars().count() <= 80), "{log}");
    assert!(said(&["bank", "diff", OLD, text(&file), "--json"]).contains("\"to\": \"flat-battery\""));
}

fn base() -> Bank {
    load(vec![SourceFile::new("old.toml", fs::read(OLD).expect("it is there"))]).bank.expect("a bank")
}

/// The key change that `mend` makes of the question `id`.
fn key_after(id: &str, mend: impl FnOnce(&mut Question)) -> Option<KeyChange> {
    let old = base();
    let mut new = old.clone();
    let at = new.questions.iter().position(|q| q.id.as_str() == id).expect("it is there");
    mend(Arc::make_mut(&mut new.questions[at]));
    let found = diff(&old, &new);
    assert_eq!(found.changed.len(), 1, "{found:?}");
    assert_eq!((found.added.len(), found.removed.len(), found.header.len()), (0, 0, 0));
    found.changed[0].key
}

#[test]
fn a_changed_key_is_never_taken_for_another_wording() {
    let text = |q: &mut Question, i: usize, text: &str| q.choices[i].text = Text::new(text);
    let (changed, rewritten) = (Some(KeyChange::Changed), Some(KeyChange::Rewritten));
    // A key and a distractor change sides.
    assert_eq!(key_after("where-to-aim", |q| q.choices.swap(0, 1)), changed);
    // A former distractor becomes the key, and the key goes.
    assert_eq!(key_after("where-to-aim", |q| drop(q.choices.remove(0))), changed);
    // Another number, another comparison, a sign.
    assert_eq!(key_after("alarm-distance", |q| text(q, 0, "40 m")), changed);
    assert_eq!(key_after("alarm-distance", |q| text(q, 0, "≤ 45 m")), changed);
    assert_eq!(key_after("alarm-distance", |q| text(q, 0, "4.5 m")), changed);
    // More keys, fewer keys, another kind.
    assert_eq!(key_after("class-b-agents", |q| q.keys = 3), changed);
    assert_eq!(key_after("class-b-agents", |q| q.keys = 1), changed);
    assert_eq!(key_after("where-to-aim", |q| q.kind = Kind::Multi), changed);
    // A claim is turned.
    assert_eq!(key_after("water-on-oil", |q| q.choices.swap(0, 1)), changed);
    // Other words: it may be another answer, so it is marked.
    assert_eq!(key_after("where-to-aim", |q| text(q, 0, "Not at the base of the fire")), rewritten);
    assert_eq!(key_after("class-b-agents", |q| text(q, 1, "Powder")), rewritten);
    // Case, commas and the order of keys change nothing.
    assert_eq!(key_after("where-to-aim", |q| text(q, 0, "at the base of the fire.")), None);
    assert_eq!(key_after("class-b-agents", |q| text(q, 2, "Water jet")), None);
    assert_eq!(key_after("where-to-aim", |q| q.domain = Slug::new("alarms").expect("a slug")), None);
}

#[test]
fn nothing_that_a_bank_says_is_left_out_of_its_change_log() {
    let old = base();
    type Mend = (&'static str, fn(&mut Bank));
    let header: [Mend; 12] = [
        ("id", |b| b.id = Slug::new("other").expect("a slug")),
        ("title", |b| b.title = Text::new("Other")),
        ("version", |b| b.version.major += 1),
        ("language", |b| b.language = None),
        ("authors", |b| b.authors = vec![Text::new("A"), Text::new("B")]),
        ("license", |b| b.license = Some(Text::new("MIT"))),
        ("description", |b| b.description = Some(Text::new("D"))),
        ("notice", |b| b.notice = Some(Text::new("N"))),
        ("exam.questions", |b| b.exam.questions += 1),
        ("exam.minutes", |b| b.exam.minutes += 1),
        ("domain agents", |b| b.domains.truncate(1)),
        ("exam.multi_answer", |b| b.exam.multi_answer = examdeck::engine::bank::MultiAnswer::Partial),
    ];
    for (field, mend) in header {
        let mut new = old.clone();
        mend(&mut new);
        let found: Vec<String> = diff(&old, &new).header.into_iter().map(|c| c.field).collect();
        assert_eq!(found, [field]);
    }
    type QuestionMend = (&'static str, fn(&mut Question));
    let question: [QuestionMend; 12] = [
        ("stem", |q| q.stem = Text::new("Other?")),
        ("figure", |q| q.figure = Some(Text::new("-"))),
        ("distractor", |q| drop(q.choices.pop())),
        ("why of \"It has detected smoke\"", |q| q.choices[1].why = Some(Text::new("No."))),
        ("explanation", |q| q.explanation = None),
        ("module", |q| q.module = Slug::new("m1")),
        ("level", |q| q.level = None),
        ("objective", |q| q.objective = Some(Text::new("B.2"))),
        ("tags", |q| q.tags = vec![Slug::new("a").expect("a slug")]),
        ("reviewed", |q| q.reviewed = None),
        ("shuffle", |q| q.shuffle = false),
        ("pin", |q| q.choices[1].pinned_last = true),
    ];
    for (field, mend) in question {
        let mut new = old.clone();
        mend(Arc::make_mut(&mut new.questions[0]));
        let changed = diff(&old, &new).changed;
        let found: Vec<&str> =
            changed.iter().flat_map(|c| c.wording.iter().chain(&c.metadata)).map(|c| &*c.field).collect();
        assert_eq!(found, [field]);
    }
}
