//! Every key of the shown screen.

use crate::engine::drill::choose::MIX_RULE;

use super::decks;
use super::frame::Frame;
use super::keys::{self, Context};
use super::model::Model;
use super::page::{Line, Role, Span};
use super::wrap::{width, wrap};

/// What the help shows.
pub fn frame(m: &Model, columns: usize) -> Frame {
    let context = m.screen_context();
    let lines = keys::help(context);
    let label_columns = lines.iter().map(|(k, _)| width(k)).max().unwrap_or(0).min(columns / 2);
    let mut body = vec![Line::new()];
    for (keys, text) in lines {
        let rest = " ".repeat(label_columns + 5);
        let mut wrapped = wrap(&[Span::new(text, Role::Plain)], columns, &rest, &rest);
        let pad = " ".repeat((label_columns + 3).saturating_sub(width(&keys)));
        let label = Line::of(format!("  {keys}{pad}"), Role::Accent);
        if width(&keys) > label_columns + 1 {
            body.push(label); // many keys: what they do stands below
        } else if let Some(first) = wrapped.first_mut() {
            let text = first.text();
            *first = label.and(text.trim_start(), Role::Plain);
        }
        body.extend(wrapped);
    }
    let (heading, rules): (&str, &[&str]) = match context {
        Context::Decks => ("Towards the exam's date (a rule of thumb, not a theorem):", &decks::PLAN_RULE),
        Context::DrillSetup | Context::Drill | Context::DrillAnswer => ("Weakest first:", &MIX_RULE),
        _ => ("", &[]),
    };
    if !rules.is_empty() {
        body.push(Line::new());
        body.extend(wrap(&[Span::new(heading, Role::Strong)], columns, "  ", "  "));
        for rule in rules {
            body.extend(wrap(&[Span::new(*rule, Role::Plain)], columns, "  - ", "    "));
        }
    }
    Frame { title: format!("Help: {}", context.title()), body, ..Frame::default() }
}
