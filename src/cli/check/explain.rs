//! `examdeck check --explain W01`.

use std::io::{Result, Write};

use crate::content::diagnostic::Code;
use crate::content::rules::explain::rule;

/// Prints what a rule means, why, and an example before and after.
pub fn write(code: Code, out: &mut impl Write) -> Result<()> {
    let Some(rule) = rule(code) else { return Ok(()) };
    writeln!(out, "{code}: {}\n\n{}.", rule.title, rule.reason)?;
    if let Some(published) = rule.published {
        writeln!(out, "Published: {published}.")?;
    }
    if let Some(when) = rule.when {
        writeln!(out, "When: {when}")?;
    }
    for (title, example) in [("Before", rule.before), ("After", rule.after)] {
        writeln!(out, "\n{title}:")?;
        for line in example.lines() {
            writeln!(out, "    {line}")?;
        }
    }
    if code.is_advice() {
        let reason = "Not so here? allow = [\"CODE\"] and allow_reason = \"…\" on the question silence it";
        writeln!(out, "\n{}, and under [check] for the whole bank.", reason.replace("CODE", &code.to_string()))?;
    }
    Ok(())
}
