//! The filter that a command is given: read from its words, and held against a bank.

use crate::app::among;
use crate::app::wrap::width;
use crate::engine::bank::Bank;
use crate::engine::draw::Among;
use crate::engine::filter::Filter;
use crate::engine::learner::Trail;
use crate::engine::text::Text;

/// Reads a filter that was typed as so many arguments.
///
/// # Errors
/// What is wrong, over the filter with a caret under the place.
pub fn read(words: &[String]) -> Result<Filter, String> {
    let text = words.join(" ");
    let text = text.trim_start();
    text.parse::<Filter>().map_err(|error| {
        let before: String = text.chars().take(error.column - 1).collect();
        let shown = Text::new(text).one_line();
        // Both lines are made harmless alike, so that the caret stands right; spaces at the end count.
        let indent = width(&Text::new(&format!("{before}^")).one_line()) - 1;
        format!("the filter cannot be read: {}\n  {shown}\n  {}^", error.message, " ".repeat(indent))
    })
}

/// Whether there is anything to draw from.
///
/// # Errors
/// What the filter names that the bank does not have, or that no question fits, with the way out.
pub fn check(filter: &Filter, bank: &Bank, trail: &Trail) -> Result<(), String> {
    if let Some(unknown) = among::unknown(filter, bank) {
        return Err(unknown);
    }
    match Among::of(filter.clone(), bank, trail) {
        Some(among) if among.is_empty() => Err(format!(
            "no question of {} fits the filter `{filter}`: leave a part of it out, or all of it to draw from the whole bank",
            bank.id
        )),
        _ => Ok(()),
    }
}
