//! What a student learns from, and what an author can be asked for.

use crate::engine::draw::number_with_unit;

use super::super::super::diagnostic::Code;
use super::super::words::length;
use super::{Findings, Month, Sight};

/// An explanation shorter than this says no more than that the key is right.
const SHORT: usize = 40;
/// A review counts for so many months.
pub const REVIEW_MONTHS: i64 = 24;

/// Who chose wrongly learns from the explanation, or not at all.
pub fn w19_explanation(s: &Sight<'_>, out: &mut Findings) {
    let help = "say why the key is right, and where a learner goes wrong";
    match &s.q.explanation {
        None => out.push(s.warn_whole(Code::W19, "the question has no `explanation`").help(help)),
        Some(text) if length(text.value.as_str()) < SHORT => {
            // Rationales at the options do its work.
            if s.q.distractors.is_empty() || s.q.distractors.iter().any(|d| d.why.is_none()) {
                out.push(s.warn(Code::W19, text, "the explanation is too short to explain anything").help(help));
            }
        }
        Some(_) => {}
    }
}

/// A rationale at some distractors leaves those who chose another alone.
pub fn w19_some_rationales_missing(s: &Sight<'_>, out: &mut Findings) {
    let given = s.q.distractors.iter().filter(|d| d.why.is_some()).count();
    if let Some(bare) = s.q.distractors.iter().find(|d| d.why.is_none() && given > 0) {
        let finding = s.warn(Code::W19, &bare.text, "this distractor has no `why`, and others have");
        out.push(finding.help("say why it is wrong: { text = \"…\", why = \"…\" }"));
    }
}

/// A question without a source cannot be checked by anybody else. Where a bank cites none at all, B09 says so once.
pub fn w20_no_source(s: &Sight<'_>, out: &mut Findings) {
    if !s.q.sources.is_empty() || !s.ground.cites {
        return;
    }
    let measured = s.keys.iter().find(|k| number_with_unit(k.text.value.as_str()).is_some_and(|(_, u)| !u.is_empty()));
    let help = "name where it is written: sources = [{ id = \"…\", at = \"chapter 5\" }]";
    out.push(match measured {
        Some(key) => s.warn(Code::W20, &key.text, "this value has no source").help(help),
        None => s.warn_whole(Code::W20, "the question cites no source, and most others do").help(help),
    });
}

/// Standards change: a question is looked at again every two years.
pub fn w20_review(s: &Sight<'_>, out: &mut Findings) {
    match &s.q.reviewed {
        Some(day) => {
            let then = Month::of_day(day.value.as_str());
            if then.is_some_and(|then| then > s.ground.today) {
                let finding = s.warn(Code::W20, day, "the last review is in the future");
                out.push(finding.help("write the day on which somebody last compared it with its sources"));
            }
            let age = then.map_or(0, |then| s.ground.today.0 - then.0);
            if age > REVIEW_MONTHS {
                let message = format!("the last review is {age} months ago");
                out.push(s.warn(Code::W20, day, message).help("look at the sources again, and set the day anew"));
            }
        }
        None if s.ground.dated => {
            let finding = s.warn_whole(Code::W20, "the question has no `reviewed`, and most others have");
            out.push(finding.help("write the day on which somebody last compared it with its sources"));
        }
        None => {}
    }
}
