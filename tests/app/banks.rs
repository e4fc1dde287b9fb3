//! The screen of banks and decks: adding and removing, and what is not touched by it.

use examdeck::app::effect::{Answer, Msg, Record, Restocked, Volumes};
use examdeck::app::frame::frame;
use examdeck::app::model::Screen;
use examdeck::app::page::Line;
use examdeck::app::shelf::{Shelf, Volume};
use examdeck::app::study::Kept;
use examdeck::engine::bank::Bank;
use examdeck::engine::exam::{Conditions, Exam, Feedback};
use examdeck::engine::text::Text;

use crate::support::bank::{all, bank, paper, slug};
use crate::support::deck::volume;
use crate::support::world::{Student, shelf};

/// Another bank, which was added.
fn other() -> Bank {
    Bank { id: slug("fire"), title: Text::new("Fire safety"), ..bank() }
}

fn installed(banks: Vec<Bank>) -> Shelf {
    let place = |v: Volume| Volume {
        place: Text::new("added from fire-1.0.0.examdeck, signed by Fire School (key A53DA87AEC391CAF)"),
        check: Some(Text::new("data/question-bank/fire")),
        ..v
    };
    let mut shelf = shelf(banks);
    shelf.volumes = shelf.volumes.into_iter().map(|v| if v.bank.id == slug("fire") { place(v) } else { v }).collect();
    shelf
}

fn news(said: &str, banks: Vec<Bank>) -> Option<Restocked> {
    let decks = vec![volume(DECK)];
    Some(Restocked {
        said: vec![Text::new(said)],
        added: Some((Volumes::Banks, slug("fire"))),
        stock: Some((installed(banks), decks, Kept::default())),
    })
}

const DECK: &str = "format = 1\n[deck]\nid = \"signs\"\ntitle = \"Signs\"\nversion = \"1.0.0\"\n\n\
                    [[cards]]\nid = \"a\"\nfront = \"Green\"\nback = \"The way out\"\n";

fn body(s: &Student) -> String {
    frame(&s.m).body.iter().map(Line::text).collect::<Vec<_>>().join("\n")
}

fn bottom(s: &Student) -> String {
    frame(&s.m).bottom.iter().map(Line::text).collect::<Vec<_>>().join("\n")
}

#[test]
fn a_typed_path_is_added_and_the_shelf_is_read_again() {
    let mut s = Student::at_home(bank(), 80, 24);
    s.press("b+");
    assert!(bottom(&s).contains("Path of the archive, file or folder: _"), "{}", bottom(&s));
    s.press("jq?/fire.tomx<back>l"); // every letter is text here
    assert!(bottom(&s).contains("jq?/fire.toml_"), "{}", bottom(&s));
    s.memory.restocked = news("Added Fire safety (fire 1.0.0): 3 questions", vec![bank(), other()]);
    s.press("<enter>");
    assert_eq!(s.memory.wished, ["add jq?/fire.toml"]);
    assert!(bottom(&s).contains("Added Fire safety (fire 1.0.0): 3 questions"));
    assert!(body(&s).contains("Fire safety") && body(&s).contains("Signs"), "{}", body(&s));
    assert_eq!(s.m.volume, 0, "the chosen bank stays chosen");
    assert!(body(&s).contains("› Fire safety"), "the cursor is on what was added: {}", body(&s));
    s.press("<down><up>");
    assert_eq!(bottom(&s), "", "what was said goes with the next key");
    let shown = body(&s).split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(shown.contains("added from fire-1.0.0.examdeck, signed by Fire School (key A53DA87AEC391CAF)"), "{shown}");
    s.press("<enter>");
    assert_eq!(s.m.volume, 1, "and can be chosen");
    assert_eq!(s.m.segments.as_ref().map(Vec::len), Some(5), "and is searched: two banks, their guides, and the deck");
    assert!(matches!(s.memory.cards.last(), Some(Record::Setting("bank", Some(id))) if id == "fire"), "for good");
}

#[test]
fn a_path_can_be_pasted_and_a_paste_outside_the_line_adds_nothing() {
    let mut s = Student::at_home(bank(), 60, 16);
    s.press("b");
    s.send(Msg::Paste(Text::new("/tmp/x.examdeck")));
    assert!(s.m.prompt.is_none() && s.memory.wished.is_empty());
    s.press("i");
    s.send(Msg::Paste(Text::new("/a/very/long/folder/of/downloads/that/does/not/fit/fire-1.0.0.examdeck\nrm -rf\n")));
    let shown: String = bottom(&s).lines().map(str::trim).collect();
    assert!(shown.ends_with("/that/does/not/fit/fire-1.0.0.examdeck_"), "the end is seen: {shown}");
    s.press("<enter>");
    assert_eq!(s.memory.wished, ["add /a/very/long/folder/of/downloads/that/does/not/fit/fire-1.0.0.examdeck"]);
    s.press("+<enter>+ <enter>+x<esc>");
    assert_eq!(s.memory.wished.len(), 1, "an empty line and Esc add nothing");
    assert!(matches!(s.m.screen(), Screen::Banks(0)));
}

#[test]
fn while_something_is_checked_keys_that_lead_back_are_heard_and_no_others() {
    let mut s = Student::at_home(bank(), 80, 24);
    s.memory.slow = true;
    s.press("b+/fire.toml<enter>");
    assert!(bottom(&s).contains("/fire.toml is being checked …"), "{}", bottom(&s));
    s.press("+x<enter>");
    assert!(s.m.prompt.is_none() && matches!(s.m.screen(), Screen::Banks(0)));
    assert!(s.m.notice.as_ref().is_some_and(|n| n.text.contains("still being checked")));
    s.press("<esc><enter>/d");
    assert!(s.m.prompt.is_none() && matches!(s.m.screen(), Screen::Home(_)), "nothing opens that is about to change");
    let news = news("Added Fire safety (fire 1.0.0): 3 questions", vec![bank(), other()]).expect("news");
    s.send(Msg::Done(Answer::Restocked(Box::new(news))));
    assert!(s.m.notice.as_ref().is_some_and(|n| n.text.starts_with("Added Fire safety")), "{:?}", s.m.notice);
    s.press("b");
    assert!(body(&s).contains("Fire safety") && !bottom(&s).contains("is being checked"), "{}", body(&s));
    s.press("+");
    assert!(s.m.prompt.is_some());
}

#[test]
fn a_refusal_is_told_and_changes_nothing() {
    let mut s = Student::at_home(bank(), 80, 24);
    s.press("b+x");
    s.memory.restocked =
        Some(Restocked { said: vec![Text::new("x has an error: nothing was added")], added: None, stock: None });
    s.press("<enter>");
    assert!(bottom(&s).contains("x has an error: nothing was added"));
    assert_eq!(s.m.shelf.as_ref().map(|s| s.volumes.len()), Some(1));
}

#[test]
fn removing_asks_first() {
    let mut s = Student::at_home(bank(), 80, 24);
    s.press("b+x");
    s.memory.restocked = news("Added", vec![bank(), other()]);
    s.press("<enter>x");
    assert!(bottom(&s).contains("Remove Fire safety? What you have answered stays."), "{}", bottom(&s));
    s.press("n");
    s.press("x<esc>");
    s.press("xq");
    assert!(s.m.prompt.is_some(), "only a yes or a no is heard");
    assert_eq!(s.memory.wished.len(), 1);
    s.memory.restocked = news("Removed Fire safety (fire 1.0.0); what you have answered stays", vec![bank()]);
    s.press("y");
    assert_eq!(s.memory.wished[1], "remove fire of Banks");
    assert!(!body(&s).contains("Fire safety"));
    s.press("jx");
    assert!(bottom(&s).contains("Remove Signs?") || s.notice().contains("built into"), "decks are rows, too");
}

#[test]
fn what_is_built_in_is_not_asked_about() {
    let mut s = Student::at_home(bank(), 80, 24);
    s.press("bx");
    assert!(s.m.prompt.is_none());
    assert_eq!(s.notice(), "It is built into the program and cannot be removed");
}

#[test]
fn a_sitting_that_goes_on_keeps_its_paper() {
    let conditions =
        Conditions { feedback: Feedback::Exam, limit: None, allowance: examdeck::engine::time::Allowance::Standard };
    let exam = Exam::start(paper(&bank(), &all(&bank())), conditions).expect("questions");
    let mut s = Student::examined(bank(), exam, 80, 24);
    s.press("a");
    let before = s.exam().paper().clone();
    // The bank goes while the exam waits at home.
    s.press("<esc>b+x");
    s.memory.restocked = news("Removed", vec![other()]);
    s.press("<enter>");
    assert_eq!(s.m.volume, 0, "another bank is chosen, as the chosen one is gone");
    s.press("q<home><enter>");
    assert_eq!(*s.exam().paper(), before);
    assert_eq!(s.exam().response().picked().len(), 1);
}

#[test]
fn what_belongs_to_the_chosen_bank_comes_first() {
    let conditions =
        Conditions { feedback: Feedback::Exam, limit: None, allowance: examdeck::engine::time::Allowance::Standard };
    let exam = Exam::start(paper(&bank(), &all(&bank())), conditions).expect("questions");
    let mut s = Student::examined(bank(), exam, 80, 24);
    s.press("<esc>b+x");
    let decks = [("pilots", "harbour-pilot"), ("alarms", "fire")].map(|(id, bank)| {
        volume(&DECK.replace("signs", id).replace("[[cards]]", &format!("bank = \"{bank}\"\n[[cards]]")))
    });
    let mut added = news("Added", vec![bank(), other()]).expect("news");
    added.stock = added.stock.map(|(shelf, _, kept)| (shelf, decks.into(), kept));
    s.memory.restocked = Some(added);
    s.press("<enter>q");
    let first = |s: &Student| s.study().decks[0].deck.id.to_string();
    assert_eq!((first(&s).as_str(), body(&s).contains("Harbour pilot")), ("pilots", false), "{}", body(&s));
    assert!(body(&s).contains("none ended yet · 1 unfinished"), "{}", body(&s));
    s.press("bj<enter>");
    assert_eq!(first(&s), "alarms");
    let home = body(&s);
    assert!(home.contains(" used · Harbour pilot") && home.contains("none on this bank yet"), "{home}");
    // Of two that say the same, the chosen bank's is found first.
    for (bank, chosen) in [("fire", ""), ("harbour-pilot", "<esc>b<up><enter>")] {
        s.press(chosen);
        s.press("/id:spring-tide<enter>");
        let Screen::Question(view) = s.m.screen() else { panic!("a question: {}", body(&s)) };
        assert_eq!(view.subject().bank.as_str(), bank);
        s.press("<esc>");
    }
}
