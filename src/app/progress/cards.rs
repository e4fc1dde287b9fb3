//! The cards that come due over the next days.

use crate::engine::activity::due_by_day;

use super::super::model::Model;
use super::super::page::{Line, Role, bar, counted};
use super::{Progress, prose};

/// How many days are shown.
pub const DAYS: usize = 14;

pub fn lines(m: &Model, progress: &Progress, columns: usize) -> Vec<Line> {
    let Some(study) = m.study.as_ref().filter(|s| !s.cards.is_empty()) else {
        return prose("There are no flash cards.", Role::Muted, columns);
    };
    let due = due_by_day(study.states.iter(), progress.today, DAYS);
    let most = due.iter().max().copied().unwrap_or(0).max(1);
    let cells = columns.saturating_sub(26).min(40);
    let mut body = Vec::new();
    for (i, &cards) in (0..).zip(&due) {
        let day = if i == 0 { "today".into() } else { progress.today.plus(i).date().strftime("%a %-d %b").to_string() };
        let mut line = Line::of(format!("  {day:>10}  {cards:>6}  "), Role::Plain);
        line.spans.extend(bar(cards as f64 / most as f64, cells).spans);
        body.push(line);
    }
    body.push(Line::new());
    let new = counted(study.counts().new, "new card");
    let text = format!(
        "{} in all, as their schedule stands: the reviews that follow, and {new} of today, are not in it.",
        counted(due.iter().sum(), "review")
    );
    body.extend(prose(text, Role::Muted, columns));
    body
}
