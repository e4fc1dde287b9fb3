//! What a card must have for a student to be asked it.

use crate::engine::bank::Bank;
use crate::engine::slug::Slug;
use crate::engine::text::Text;

use super::super::diagnostic::{Code, Diagnostic, Severity, Span};
use super::super::fields::{At, nearest};
use super::super::load_deck::Named;
use super::super::raw_deck::{RawCard, RawDeckFiles};
use super::names::{ids_given_twice, listed_nowhere, some};

type Findings = Vec<Diagnostic>;

/// All rules that look at one card alone.
pub fn card(card: &RawCard, out: &mut Findings) {
    s01_something_is_missing(card, out);
    s01_a_text_is_empty(card, out);
    s12_braces(card, out);
    s12_cloze_and_sides_at_once(card, out);
}

fn s01_something_is_missing(card: &RawCard, out: &mut Findings) {
    let mut say = |span: &Span, message: &str, help: &str| {
        out.push(Diagnostic::error(Code::S01, card.file, span.clone(), message).help(help));
    };
    if card.id.is_none() && !card.unread.contains(&"id") {
        say(&card.span, "the card has no `id`", "give it one; a student's history hangs on it");
    }
    let has = |key: &'static str, read: bool| read || card.unread.contains(&key);
    let place = |side: &Option<At<Text>>| side.as_ref().map_or(&card.span, |s| &s.span).clone();
    match (has("front", card.front.is_some()), has("back", card.back.is_some()), has("cloze", card.cloze.is_some())) {
        (false, false, false) => say(
            &card.span,
            "the card has neither `front` and `back` nor `cloze`",
            "write front = \"…\" and back = \"…\", or cloze = \"The {{hidden}} part\"",
        ),
        (true, false, false) => {
            say(&place(&card.front), "the card has a `front` and no `back`", "write the answer: back = \"…\"");
        }
        (false, true, false) => {
            say(&place(&card.back), "the card has a `back` and no `front`", "write what is asked: front = \"…\"");
        }
        _ => {}
    }
}

fn s01_a_text_is_empty(card: &RawCard, out: &mut Findings) {
    let blank = |text: &Option<At<Text>>| text.as_ref().filter(|t| t.value.is_blank()).map(|t| t.span.clone());
    let cloze = card.cloze.as_ref().filter(|c| c.value.is_blank).map(|c| c.span.clone());
    let texts =
        [("front", blank(&card.front)), ("back", blank(&card.back)), ("cloze", cloze), ("note", blank(&card.note))];
    for (key, span) in texts {
        let Some(span) = span else { continue };
        let finding = Diagnostic::error(Code::S01, card.file, span, format!("`{key}` of the card is empty"))
            .help("write it or remove it");
        // Without a note the card is whole.
        out.push(if key == "note" { finding.kept() } else { finding });
    }
}

fn s12_braces(card: &RawCard, out: &mut Findings) {
    let Some(cloze) = card.cloze.as_ref().filter(|c| !c.value.is_blank) else { return };
    for fault in &cloze.value.faults {
        out.push(Diagnostic::error(Code::S12, card.file, fault.at.clone(), fault.message).help(fault.help));
    }
}

fn s12_cloze_and_sides_at_once(card: &RawCard, out: &mut Findings) {
    let Some(cloze) = &card.cloze else { return };
    if let Some(side) = card.front.as_ref().or(card.back.as_ref()) {
        out.push(
            Diagnostic::error(
                Code::S12,
                card.file,
                cloze.span.clone(),
                "the card is a cloze and has a front or a back too",
            )
            .related(card.file, side.span.clone(), "here")
            .help("make two cards of it, or move one of the texts to `note`"),
        );
    } else if let Some(both_ways) = card.both_ways.as_ref().filter(|b| b.value) {
        out.push(
            Diagnostic::error(Code::S12, card.file, both_ways.span.clone(), "a cloze is not asked both ways")
                .help("remove `both_ways`: each hidden part is a card of its own")
                .kept(),
        );
    }
}

/// Ids that are taken already; the first card with an id keeps it.
pub fn s04_ids_given_twice(cards: &[RawCard]) -> Vec<(usize, Diagnostic)> {
    let help = "give this card another id; the first one keeps its students' history";
    ids_given_twice(cards.iter().map(|c| (c.file, c.id.as_ref())), help)
}

/// Sources that a card names and the deck, which lists `known`, does not.
pub fn s07_sources_listed_nowhere(card: &RawCard, raw: &RawDeckFiles, known: &[&str], out: &mut Findings) {
    for citation in card.sources.iter().filter(|c| !raw.sources.contains_key(&c.id.value)) {
        let id: &At<Slug> = &citation.id;
        let help = format!("list it as [sources.{}], or name one that is there: {}", id.value, some(known));
        let message = format!("the deck lists no source `{}`", id.value);
        out.push(listed_nowhere(card.file, id, message, known, &help).kept()); // the card itself is whole
    }
}

/// A deck must say what it is.
pub fn s07_no_header(raw: &RawDeckFiles, out: &mut Findings) {
    let syntax_error = out.iter().any(|f| f.code == Code::S00);
    if raw.deck.is_none() && !syntax_error {
        out.push(Diagnostic::error(Code::S07, 0, 0..0, "there is no [deck] table").help(
            "a deck begins with [deck] and its id, title and version; is this one file of a deck? Name its folder",
        ));
    }
}

/// A deck must hold something.
pub fn s01_no_cards(raw: &RawDeckFiles, out: &mut Findings) {
    let syntax_error = out.iter().any(|f| f.code == Code::S00);
    if let Some(deck) = raw.deck.as_ref().filter(|_| raw.cards.is_empty() && !syntax_error) {
        let header = &deck.header;
        out.push(
            Diagnostic::error(Code::S01, header.file, header.span.clone(), "the deck holds no [[cards]]")
                .help("a card begins with [[cards]] and has an id, a front and a back, or a cloze"),
        );
    }
}

/// What a deck says of its bank and the bank does not bear out, where both are checked together: areas that it does not
/// list, or an id that none of `banks` has and that is nearly one of theirs. The cards are whole; they only stand apart. Of
/// a bank whose names are in doubt, nothing is said.
pub fn s07_names_that_its_bank_does_not_list(named: &[Named], banks: &[(&Bank, bool)]) -> Findings {
    let Some(of) = named.iter().find(|n| n.what == "bank") else { return Vec::new() };
    let say = |n: &Named, message: String, known: &[&str], help: &str| {
        let finding = listed_nowhere(n.file, &n.id, message, known, help);
        Diagnostic { severity: Severity::Warning, ..finding.kept() }
    };
    let Some((bank, in_doubt)) = banks.iter().find(|(b, _)| b.id == of.id.value) else {
        let ids: Vec<&str> = banks.iter().map(|(b, _)| b.id.as_str()).collect();
        let message = format!("no bank that is checked has the id `{}`", of.id.value);
        return nearest(of.id.value.as_str(), &ids).map(|_| say(of, message, &ids, "")).into_iter().collect();
    };
    if *in_doubt {
        return Vec::new();
    }
    let domains: Vec<&str> = bank.domains.iter().map(|d| d.id.as_str()).collect();
    let modules: Vec<&str> = bank.modules.iter().map(|m| m.id.as_str()).collect();
    let mut out = Vec::new();
    for (what, known) in [("domain", domains), ("module", modules)] {
        for n in named.iter().filter(|n| n.what == what && !known.contains(&n.id.value.as_str())) {
            let message = format!("the bank `{}` lists no {what} `{}`", bank.id, n.id.value);
            out.push(say(n, message, &known, &format!("name one that is there: {}", some(&known))));
        }
    }
    out
}
