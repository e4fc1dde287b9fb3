//! A calendar of days: a column a week, a row a weekday.

use crate::engine::activity::{Work, streak};
use crate::engine::day::Day;

use super::super::model::Model;
use super::super::page::{Line, Role, counted};
use super::{Progress, prose, streak_label};

/// The most weeks that are shown.
const WEEKS: u32 = 26;
/// Columns of the weekday's name and the gap after it.
const NAMES: usize = 6;
const WEEKDAYS: [&str; 7] = ["Mon", "", "Wed", "", "Fri", "", "Sun"];

pub fn lines(m: &Model, progress: &Progress, columns: usize) -> Vec<Line> {
    let today = progress.today;
    let weeks = WEEKS.min(columns.saturating_sub(NAMES) as u32 / 2).max(1);
    let since_monday = today.date().weekday().to_monday_zero_offset().unsigned_abs();
    let first = Day(today.0.saturating_sub_unsigned(u32::from(since_monday) + 7 * (weeks - 1)));
    let mut body = vec![months(first, weeks)];
    for (row, name) in (0..).zip(WEEKDAYS) {
        let mut line = Line::of(format!("  {name:<3} "), Role::Muted);
        for day in (0..weeks).map(|week| first.plus(7 * week + row)).filter(|day| *day <= today) {
            let (mark, role) = mark(progress.calendar.get(&day).copied().unwrap_or_default());
            line.push(format!("{mark} "), role);
        }
        line.trim_end();
        body.push(line);
    }
    body.push(Line::of("      · none  ▂ from 1  ▄ from 10  ▆ from 30  █ from 60", Role::Muted));
    body.extend(prose(said(m, progress), Role::Plain, columns));
    body
}

/// How much was done on a day, answers and cards together.
fn mark(work: Work) -> (&'static str, Role) {
    match work.all() {
        0 => ("·", Role::Muted),
        1..=9 => ("▂", Role::Plain),
        10..=29 => ("▄", Role::Plain),
        30..=59 => ("▆", Role::Plain),
        _ => ("█", Role::Plain),
    }
}

/// Each month's name over the first week that begins in it; the first one has a name if it has more than a week.
fn months(first: Day, weeks: u32) -> Line {
    let mut text = " ".repeat(NAMES);
    for week in 0..weeks {
        let at = NAMES + 2 * week as usize;
        let date = first.plus(7 * week).date();
        let before = if week == 0 { first.plus(7) } else { first.plus(7 * week - 7) };
        let begins = (date.month() == before.date().month()) == (week == 0);
        if begins && text.trim_end().len() < at && at + 3 <= NAMES + 2 * weeks as usize {
            text.truncate(at);
            text.push_str(&format!("{:<4}", date.strftime("%b").to_string()));
        }
        text = format!("{text:<width$}", width = at + 2);
    }
    Line::of(text.trim_end(), Role::Muted)
}

fn said(m: &Model, progress: &Progress) -> String {
    let today = progress.today;
    let week: Vec<Work> = progress.calendar.range(Day(today.0 - 6)..=today).map(|(_, w)| *w).collect();
    let (answers, grades) = week.iter().fold((0, 0), |(a, g), w| (a + w.answers, g + w.grades));
    let week = format!("7 days: {}, {}.", counted(answers as usize, "answer"), counted(grades as usize, "card"));
    match m.streak {
        true => format!("{week} Streak {}.", streak_label(streak(&progress.calendar, today))),
        false => format!("{week} The streak is not shown (s)."),
    }
}
