//! One number for what a bank examines.

use sha2::{Digest, Sha256};

use crate::engine::bank::Bank;
use crate::engine::question::Question;

/// The SHA-256 of [`canonical`].
pub fn bank_digest(bank: &Bank) -> [u8; 32] {
    Sha256::digest(canonical(bank)).into()
}

/// All that is asked by a bank and all by which it is marked, in one form whatever its files look like: its name, version,
/// language and rules, domains with their weights, modules, and of each question, by id, the stem, figure and options with
/// the keys first. What only explains (rationales, sources, levels, tags, dates of review) is not in it: mending a
/// source's link makes it no other exam.
///
/// Each field is its length in bytes, `:`, its text and a line end, so that no two banks have one form.
pub fn canonical(bank: &Bank) -> String {
    let mut out = String::from("examdeck bank 1\n");
    let mut put = |text: &str| out.push_str(&format!("{}:{text}\n", text.len()));
    let rules = bank.exam;
    put(bank.id.as_str());
    put(bank.title.as_str());
    put(&bank.version.to_string());
    put(bank.language.as_ref().map_or("", |l| l.as_str()));
    put(&rules.questions.to_string());
    put(&rules.minutes.to_string());
    put(&rules.pass_percent.to_string());
    put(rules.multi_answer.label());
    put(&bank.domains.len().to_string());
    for domain in &bank.domains {
        put(domain.id.as_str());
        put(domain.title.as_str());
        put(&domain.weight.to_string());
    }
    put(&bank.modules.len().to_string());
    for module in &bank.modules {
        put(module.id.as_str());
        put(module.title.as_str());
    }
    let mut questions: Vec<&Question> = bank.questions.iter().map(AsRef::as_ref).collect();
    questions.sort_by(|a, b| a.id.cmp(&b.id));
    for question in questions {
        put(question.id.as_str());
        put(question.domain.as_str());
        put(question.module.as_ref().map_or("", |m| m.as_str()));
        put(question.kind.label());
        put(question.stem.as_str());
        put(question.figure.as_ref().map_or("", |f| f.as_str()));
        put(if question.shuffle { "shuffled" } else { "as written" });
        put(&question.keys.to_string());
        put(&question.choices.len().to_string());
        for choice in &question.choices {
            put(choice.text.as_str());
            put(if choice.pinned_last { "last" } else { "" });
        }
    }
    out
}
