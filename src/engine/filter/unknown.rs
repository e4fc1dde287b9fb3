//! What a filter names that a bank does not have.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::super::bank::Bank;
use super::super::slug::Slug;
use super::{Filter, Test};

/// The most tags that are named in the place of one that is not there.
const MOST_TAGS: usize = 8;

impl Filter {
    /// The first domain, module, tag or question in it that `bank` does not have: what is written, and what there is.
    /// Of tags those are listed that begin alike, and no questions: there are too many.
    pub fn unknown_in(&self, bank: &Bank) -> Option<(String, Vec<String>)> {
        self.tests().into_iter().find_map(|(test, _)| {
            let (known, all): (bool, Vec<String>) = match test {
                Test::Domain(id) => {
                    (bank.domains.iter().any(|d| d.id == *id), bank.domains.iter().map(|d| d.id.to_string()).collect())
                }
                Test::Module(id) => {
                    (bank.modules.iter().any(|m| m.id == *id), bank.modules.iter().map(|m| m.id.to_string()).collect())
                }
                Test::Tag(id) => (bank.questions.iter().any(|q| q.tags.contains(id)), tags_near(id, bank)),
                Test::Id(id) => (bank.questions.iter().any(|q| q.id == *id), Vec::new()),
                _ => (true, Vec::new()),
            };
            (!known).then(|| (Filter::is(test.clone()).to_string(), all))
        })
    }
}

/// The tags of a bank that begin as `id` does, the longer the earlier, then those of many questions; an ellipsis stands
/// for the rest.
fn tags_near(id: &Slug, bank: &Bank) -> Vec<String> {
    let mut uses: BTreeMap<&Slug, usize> = BTreeMap::new();
    bank.questions.iter().flat_map(|q| &q.tags).for_each(|tag| *uses.entry(tag).or_default() += 1);
    let alike = |tag: &Slug| tag.as_str().bytes().zip(id.as_str().bytes()).take_while(|(a, b)| a == b).count();
    let mut tags: Vec<(&Slug, usize)> = uses.into_iter().collect();
    tags.sort_by_key(|&(tag, uses)| Reverse((alike(tag), uses)));
    let named = tags.iter().take(MOST_TAGS).map(|(tag, _)| tag.to_string());
    named.chain((tags.len() > MOST_TAGS).then(|| "…".into())).collect()
}
