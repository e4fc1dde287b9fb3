//! What all rules about ids and names share.

use std::collections::HashMap;

use crate::engine::slug::Slug;

use super::super::diagnostic::{Code, Diagnostic, Span};
use super::super::fields::{At, nearest};

/// Ids that are taken already, with the index of who takes them again, in that order.
pub fn ids_given_twice<'r>(
    items: impl Iterator<Item = (usize, Option<&'r At<Slug>>)>,
    help: &str,
) -> Vec<(usize, Diagnostic)> {
    let mut taken: HashMap<&Slug, (usize, &Span)> = HashMap::new();
    let mut out = Vec::new();
    for (i, (file, id)) in items.enumerate() {
        let Some(id) = id else { continue };
        if let Some((first_file, first)) = taken.get(&id.value) {
            out.push((
                i,
                Diagnostic::error(Code::S04, file, id.span.clone(), format!("the id `{}` is taken", id.value))
                    .related(*first_file, (*first).clone(), "taken here")
                    .help(help),
            ));
        } else {
            taken.insert(&id.value, (file, &id.span));
        }
    }
    out
}

/// A name that is none of `known`; `help` is given when none of them is near.
pub fn listed_nowhere(file: usize, at: &At<Slug>, message: String, known: &[&str], help: &str) -> Diagnostic {
    let finding = Diagnostic::error(Code::S07, file, at.span.clone(), message);
    match nearest(at.value.as_str(), known) {
        Some(near) => finding.help(format!("did you mean `{near}`?")),
        None => finding.help(help),
    }
}

/// The first few of `names`, for a help line.
pub fn some(names: &[&str]) -> String {
    if names.is_empty() {
        "(none is listed)".into()
    } else {
        names.iter().take(8).copied().collect::<Vec<_>>().join(", ")
    }
}
