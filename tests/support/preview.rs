//! A bank as its author is writing it, for the preview.

use std::sync::Arc;

use examdeck::app::effect::{Answer, Msg};
use examdeck::app::input::Size;
use examdeck::app::model::Model;
use examdeck::app::preview::Preview;
use examdeck::app::preview::draft::{Draft, FileLine, Finding, Kind, Reading, Shown, Written};
use examdeck::engine::bank::Bank;
use examdeck::engine::deck::Deck;
use examdeck::engine::draw::alone;
use examdeck::engine::slug::Slug;
use examdeck::engine::text::Text;

use super::world::{Memory, Student, after};

/// A line of the bank's file.
pub fn line(line: usize) -> FileLine {
    FileLine { file: "harbour.toml".into(), line }
}

/// A finding at a line.
pub fn finding(code: &str, message: &str, help: &str, reason: &'static str, at: usize) -> Finding {
    let help = (!help.is_empty()).then(|| help.to_owned());
    Finding { code: code.into(), is_error: code.starts_with('S'), message: message.into(), help, reason, at: line(at) }
}

/// All questions of a bank; the nth begins at line 10 n.
pub fn draft(bank: &Bank) -> Draft {
    let written = bank.questions.iter().enumerate().map(|(i, q)| Written {
        id: Some(q.id.clone()),
        shown: Some(Shown::Question(alone(q.clone()))),
        again: false,
        domain: bank.domains.iter().find(|d| d.id == q.domain).map(|d| d.title.clone()),
        at: line(10 * (i + 1)),
        guide: q.guide.as_ref().map(|_| (Text::new("Tides"), Text::new("Spring and neap"))),
        findings: Vec::new(),
    });
    Draft { kind: Kind::Bank, title: bank.title.clone(), pages: written.collect(), general: Vec::new() }
}

/// All cards of a deck; the nth entry begins at line 10 n, and the first has a finding.
pub fn deck_draft(deck: &Deck) -> Draft {
    let mut pages = Vec::new();
    for (i, entry) in deck.entries.iter().enumerate() {
        for (n, card) in deck.cards_of(entry).into_iter().enumerate() {
            let found = finding("S07", "`section` is no key", "it has: id, at", "What is misspelt is not read", 12);
            pages.push(Written {
                id: Some(entry.id.clone()),
                shown: Some(Shown::Card(card)),
                again: n > 0,
                domain: None,
                at: line(10 * (i + 1)),
                guide: None,
                findings: if i == 0 { vec![found] } else { Vec::new() },
            });
        }
    }
    Draft { kind: Kind::Deck, title: deck.title.clone(), pages, general: Vec::new() }
}

/// A draft that was read without trouble.
pub fn read(draft: Draft) -> Msg {
    Msg::Done(Answer::Read(Box::new(Reading { draft: Some(draft), ..Reading::default() })))
}

/// What was read of a file with a syntax error: perhaps a part of the bank.
pub fn in_trouble(draft: Option<Draft>, trouble: &str) -> Msg {
    let broken = vec![finding("S00", trouble, "", "Nothing after it can be read", 4)];
    Msg::Done(Answer::Read(Box::new(Reading { draft, trouble: Some(Text::new(trouble)), broken })))
}

/// An author who has just asked for a preview.
pub fn author(question: Option<&str>, columns: u16, rows: u16) -> Student {
    let now = after(0.0);
    let mut m = Model::new(Size { columns, rows }, now, None);
    m.begin_with(Preview::of(Text::new("harbour.toml"), question.and_then(Slug::new)));
    Student { m, memory: Memory::default(), now }
}

/// The bank of the tests with a broken question, and with findings: of the bank, two in one question, an error.
pub fn flawed(bank: &Bank) -> Draft {
    let mut draft = draft(bank);
    draft.general.push(finding(
        "B03",
        "90 % of 20 claims are true",
        "keep between 35 and 65 %: turn some of the claims round",
        "Who guesses \"true\" passes",
        1,
    ));
    draft.pages[1].findings = vec![
        finding(
            "W01",
            "the key has 49 characters, and the longest distractor 18",
            "shorten the key, or say as much in a distractor",
            "Authors qualify the key until nobody can object, and the test-wise take the longest",
            23,
        ),
        finding(
            "W20",
            "the question cites no source",
            "",
            "Without a source nobody can tell whether it still holds",
            20,
        ),
    ];
    draft.pages[2].shown = None;
    draft.pages[2].domain = None;
    draft.pages[2].findings = vec![finding(
        "S01",
        "the question has no `answer`",
        "answer = \"…\", [\"…\", \"…\"], true or false",
        "Nobody can answer it",
        30,
    )];
    draft
}

/// The same bank without the questions of these ids.
pub fn without(bank: &Bank, ids: &[&str]) -> Bank {
    let kept = |q: &&Arc<_>| -> bool {
        let q: &examdeck::engine::question::Question = q;
        !ids.contains(&q.id.as_str())
    };
    Bank { questions: bank.questions.iter().filter(kept).cloned().collect(), ..bank.clone() }
}
