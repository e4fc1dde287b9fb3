//! `allow = ["W07"]` with `allow_reason`: rules of item writing have exceptions, and an exception has a reason.

use std::collections::HashSet;

use super::super::diagnostic::{Code, Diagnostic, Span};
use super::super::fields::At;
use super::explain;
use crate::engine::text::Text;

/// The findings that a question or a bank asks not to hear.
#[derive(Clone, Debug, Default)]
pub struct Allowed {
    /// The codes as written.
    pub codes: Vec<At<Text>>,
    /// Why.
    pub reason: Option<At<Text>>,
}

/// What was looked at, beside questions that are left out for an error: what an `allow` is there for may stand in those.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Heard {
    /// Everything that could be found.
    All,
    /// One question, but not all of those beside which it stands.
    Beside,
    /// Not all questions.
    Part,
}

impl Heard {
    /// Whether a finding of `code` may be missing only because of what was not looked at.
    fn may_lack(self, code: Code) -> bool {
        match self {
            Self::All => false,
            Self::Beside => matches!(code, Code::B04 | Code::B05),
            Self::Part => true,
        }
    }
}

/// Takes the warnings out of `findings` that `allowed` names, and says what is wrong with the list itself: no reason,
/// a code that is none or cannot be allowed, a code that silences nothing.
pub fn silence(allowed: &Allowed, file: usize, looked_at: Heard, findings: &mut Vec<Diagnostic>) {
    let mut own = Vec::new();
    let mut say = |span: &Span, message: String, help: &str| {
        own.push(Diagnostic::warning(Code::W00, file, span.clone(), message).help(help));
    };
    let mut heard = HashSet::new();
    for entry in &allowed.codes {
        let name = entry.value.as_str();
        let Some(code) = explain::code(name) else {
            say(&entry.span, format!("`{name}` is no rule"), "rules are W01 to W22 and B01 to B10");
            continue;
        };
        if !code.is_advice() {
            say(&entry.span, format!("{code} cannot be allowed"), "mend what it says; only W and B are advice");
        } else if !heard.insert(code) {
            say(&entry.span, format!("{code} is allowed twice"), "remove one");
        } else if !findings.iter().any(|f| f.code == code) && !looked_at.may_lack(code) {
            say(&entry.span, format!("there is no {code} to allow here"), "remove it, so that a later one is heard");
        }
    }
    let reasoned = allowed.reason.as_ref().is_some_and(|r| !r.value.is_blank());
    match (allowed.codes.first(), &allowed.reason) {
        (Some(first), _) if !reasoned => say(
            &first.span,
            "`allow` has no `allow_reason`".into(),
            "write why the rule does not hold here: allow_reason = \"…\"",
        ),
        (None, Some(reason)) => {
            say(&reason.span, "`allow_reason` without `allow`".into(), "name the rule: allow = [\"W07\"], or remove it")
        }
        _ => {}
    }
    findings.retain(|f| !heard.contains(&f.code));
    findings.append(&mut own);
}
