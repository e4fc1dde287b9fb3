//! What has changed from one version of a bank to another: its change log.
//!
//! Questions are matched by their ids, as a student's history is. What counts as right is told apart from all else: it
//! alone changes scores.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::bank::Bank;
use super::question::{Choice, Kind, Question};
use super::slug::Slug;
use super::text::{Text, folded};

/// All changes from one bank to another.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BankDiff {
    /// What the bank says of itself, its exam, domains and modules.
    pub header: Vec<Change>,
    /// Questions of the new bank alone, in its order.
    pub added: Vec<Arc<Question>>,
    /// Questions of the old bank alone, in its order.
    pub removed: Vec<Arc<Question>>,
    /// Removed questions that were added again word for word under another id, with that id: what students know of them
    /// is lost.
    pub renamed: Vec<(Slug, Slug)>,
    /// Questions of both that differ, in the order of the new bank.
    pub changed: Vec<Changed>,
}

/// A question that is in both banks, and differs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Changed {
    /// Its identifier.
    pub id: Slug,
    /// Whether another answer counts as right.
    pub key: Option<KeyChange>,
    /// The keys that came, went or read otherwise.
    pub keys: Vec<Change>,
    /// Other words: stem, figure, distractors, rationales, explanation.
    pub wording: Vec<Change>,
    /// Everything that is said about the question: domain, level, sources and so on.
    pub metadata: Vec<Change>,
}

/// What has become of a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum KeyChange {
    /// The key has other words: whether it says the same, a reader must tell. It may change scores.
    Rewritten,
    /// Another answer is right: an option changed sides, the number of keys or a number in them is another, or the
    /// question is of another kind. It changes scores.
    Changed,
}

/// A field that differs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The field's name as the file format has it, or one made of it: `exam.minutes`, `why of "Foam"`.
    pub field: String,
    /// What stood there; `None` if nothing did.
    pub old: Option<String>,
    /// What stands there now.
    pub new: Option<String>,
}

impl BankDiff {
    /// Whether the two banks say the same.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// How many questions have this change of their key.
    pub fn count(&self, change: KeyChange) -> usize {
        self.changed.iter().filter(|c| c.key == Some(change)).count()
    }
}

/// Compares two banks.
pub fn diff(old: &Bank, new: &Bank) -> BankDiff {
    let by_id = |bank: &Bank| bank.questions.iter().map(|q| (q.id.clone(), q.clone())).collect::<HashMap<_, _>>();
    let (before, after) = (by_id(old), by_id(new));
    let only = |bank: &Bank, other: &HashMap<Slug, Arc<Question>>| -> Vec<Arc<Question>> {
        bank.questions.iter().filter(|q| !other.contains_key(&q.id)).cloned().collect()
    };
    let (added, removed) = (only(new, &before), only(old, &after));
    BankDiff {
        header: header(old, new),
        renamed: renamed(&removed, &added),
        added,
        removed,
        changed: new.questions.iter().filter_map(|q| changed(before.get(&q.id)?, q)).collect(),
    }
}

/// Removed questions beside the added ones with the same stem and the same options.
fn renamed(removed: &[Arc<Question>], added: &[Arc<Question>]) -> Vec<(Slug, Slug)> {
    let words =
        |q: &Arc<Question>| (q.stem.clone(), q.keys, q.choices.iter().map(|c| c.text.clone()).collect::<Vec<_>>());
    let again: HashMap<_, _> = added.iter().map(|q| (words(q), &q.id)).collect();
    removed.iter().filter_map(|q| Some((q.id.clone(), (*again.get(&words(q))?).clone()))).collect()
}

/// Changes of single fields, one after another.
#[derive(Default)]
struct Changes(Vec<Change>);

impl Changes {
    fn field(&mut self, field: impl Into<String>, old: Option<String>, new: Option<String>) {
        if old != new {
            self.0.push(Change { field: field.into(), old, new });
        }
    }

    fn text(&mut self, field: impl Into<String>, old: Option<&Text>, new: Option<&Text>) {
        self.field(field, old.map(Text::to_string), new.map(Text::to_string));
    }

    /// What is in one of two lists alone, each with the one that took its place.
    fn exchanged(&mut self, field: &str, old: &[&Choice], new: &[&Choice]) {
        let missing = |from: &[&Choice], in_: &[&Choice]| -> Vec<String> {
            let kept: HashSet<&Text> = in_.iter().map(|c| &c.text).collect();
            from.iter().filter(|c| !kept.contains(&c.text)).map(|c| c.text.to_string()).collect()
        };
        let (gone, come) = (missing(old, new), missing(new, old));
        for i in 0..gone.len().max(come.len()) {
            self.field(field, gone.get(i).cloned(), come.get(i).cloned());
        }
    }
}

fn header(old: &Bank, new: &Bank) -> Vec<Change> {
    let mut c = Changes::default();
    let some = |value: &dyn ToString| Some(value.to_string());
    c.field("id", some(&old.id), some(&new.id));
    c.text("title", Some(&old.title), Some(&new.title));
    c.field("version", some(&old.version), some(&new.version));
    c.text("language", old.language.as_ref(), new.language.as_ref());
    c.field("authors", joined(&old.authors), joined(&new.authors));
    c.text("license", old.license.as_ref(), new.license.as_ref());
    c.text("description", old.description.as_ref(), new.description.as_ref());
    c.text("notice", old.notice.as_ref(), new.notice.as_ref());
    let (a, b) = (&old.exam, &new.exam);
    c.field("exam.questions", some(&a.questions), some(&b.questions));
    c.field("exam.minutes", some(&a.minutes), some(&b.minutes));
    c.field("exam.pass_percent", some(&a.pass_percent), some(&b.pass_percent));
    c.field("exam.multi_answer", some(&a.multi_answer.label()), some(&b.multi_answer.label()));
    let domains = |bank: &Bank| -> Vec<(Slug, String)> {
        bank.domains.iter().map(|d| (d.id.clone(), format!("{}, weight {}", d.title, d.weight))).collect()
    };
    let modules =
        |bank: &Bank| -> Vec<_> { bank.modules.iter().map(|m| (m.id.clone(), m.title.to_string())).collect() };
    c.areas("domain", &domains(old), &domains(new));
    c.areas("module", &modules(old), &modules(new));
    c.0
}

impl Changes {
    /// Domains or modules, matched by their ids.
    fn areas(&mut self, what: &str, old: &[(Slug, String)], new: &[(Slug, String)]) {
        let find =
            |list: &[(Slug, String)], id: &Slug| list.iter().find(|(i, _)| i == id).map(|(_, said)| said.clone());
        for (id, said) in old {
            self.field(format!("{what} {id}"), Some(said.clone()), find(new, id));
        }
        for (id, said) in new.iter().filter(|(id, _)| find(old, id).is_none()) {
            self.field(format!("{what} {id}"), None, Some(said.clone()));
        }
    }
}

fn changed(old: &Question, new: &Question) -> Option<Changed> {
    if old == new {
        return None;
    }
    let key = key_change(old, new);
    let (mut keys, mut wording, mut metadata) = (Changes::default(), Changes::default(), Changes::default());
    wording.text("stem", Some(&old.stem), Some(&new.stem));
    wording.text("figure", old.figure.as_ref(), new.figure.as_ref());
    // A key that reads the same but for its commas is another wording.
    let of_keys = if key.is_some() { &mut keys } else { &mut wording };
    of_keys.exchanged("key", &old.key_choices(), &new.key_choices());
    if new.kind != Kind::TrueFalse {
        wording.exchanged("distractor", &old.distractors(), &new.distractors());
    }
    let whys: HashMap<&Text, &Choice> = old.choices.iter().map(|c| (&c.text, c)).collect();
    for choice in &new.choices {
        if let Some(before) = whys.get(&choice.text) {
            wording.text(format!("why of \"{}\"", choice.text.one_line()), before.why.as_ref(), choice.why.as_ref());
        }
    }
    wording.text("explanation", old.explanation.as_ref(), new.explanation.as_ref());
    about(&mut metadata, old, new);
    let (keys, wording, metadata) = (keys.0, wording.0, metadata.0);
    let said = !(keys.is_empty() && wording.is_empty() && metadata.is_empty());
    said.then(|| Changed { id: new.id.clone(), key, keys, wording, metadata })
}

/// What is said about a question.
fn about(c: &mut Changes, old: &Question, new: &Question) {
    let some = |value: &dyn ToString| Some(value.to_string());
    c.field("kind", some(&old.kind.label()), some(&new.kind.label()));
    c.field("domain", some(&old.domain), some(&new.domain));
    c.field("module", old.module.as_ref().map(Slug::to_string), new.module.as_ref().map(Slug::to_string));
    c.field("level", old.level.map(|l| l.label().into()), new.level.map(|l| l.label().into()));
    let sources = |q: &Question| joined(&q.sources.iter().map(|s| s.line()).collect::<Vec<_>>());
    c.field("sources", sources(old), sources(new));
    c.text("objective", old.objective.as_ref(), new.objective.as_ref());
    c.field("tags", joined(&old.tags), joined(&new.tags));
    c.field("enemies", joined(&old.enemies), joined(&new.enemies));
    c.text("reviewed", old.reviewed.as_ref(), new.reviewed.as_ref());
    c.field("shuffle", some(&old.shuffle), some(&new.shuffle));
    let pinned =
        |q: &Question| joined(&q.choices.iter().filter(|c| c.pinned_last).map(|c| &c.text).collect::<Vec<_>>());
    c.field("pin", pinned(old), pinned(new));
    let order = |q: &Question| joined(&q.choices.iter().map(|c| &c.text).collect::<Vec<_>>());
    let same_options = || texts(&old.choices) == texts(&new.choices);
    if !old.shuffle && !new.shuffle && new.kind != Kind::TrueFalse && same_options() {
        c.field("order of options", order(old), order(new));
    }
}

/// The entries with `; ` between them; `None` without any.
fn joined<T: ToString>(list: &[T]) -> Option<String> {
    let list: Vec<String> = list.iter().map(ToString::to_string).collect();
    (!list.is_empty()).then(|| list.join("; "))
}

fn key_change(old: &Question, new: &Question) -> Option<KeyChange> {
    let (before, after) = (texts(&old.choices[..old.keys]), texts(&new.choices[..new.keys]));
    if old.kind == new.kind && before == after {
        return None;
    }
    let wrong = |q: &Question| texts(&q.choices[q.keys..]);
    let changed = old.kind != new.kind
        || old.keys != new.keys
        || !before.is_disjoint(&wrong(new))
        || !after.is_disjoint(&wrong(old))
        || numbers(&before, &after) != numbers(&after, &before);
    Some(if changed { KeyChange::Changed } else { KeyChange::Rewritten })
}

/// The texts of options, with case, space and punctuation folded away.
fn texts(choices: &[Choice]) -> HashSet<String> {
    choices.iter().map(|c| folded(c.text.as_str())).collect()
}

/// The digits and signs of those of `texts` that are not among `others`.
fn numbers(texts: &HashSet<String>, others: &HashSet<String>) -> Vec<String> {
    let number = |c: &char| !c.is_alphabetic();
    let mut found: Vec<String> = texts.difference(others).map(|t| t.chars().filter(number).collect()).collect();
    found.sort();
    found
}
