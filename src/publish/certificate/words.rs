//! What the data says in words. Part of the form: other words are another form.

use std::time::Duration;

use jiff::Timestamp;
use jiff::tz::{Offset, TimeZone};

use crate::engine::score::points_label;
use crate::engine::text::Text;
use crate::engine::time::{Allowance, spoken};

use super::Data;

/// The pauses that are told one by one.
const TOLD: usize = 5;
/// The most characters of a bank's title.
const TITLE: usize = 120;

/// `82 of 100 points (82 %)`, from thousandths of a point. The share is rounded down: no rounding lifts a score over the
/// pass mark.
pub fn points(millipoints: u64, of: usize) -> String {
    let percent = if of == 0 { 0 } else { millipoints / 10 / of as u64 };
    format!("{} of {of} points ({percent} %)", points_label(millipoints as f64 / 1000.0))
}

/// `28 November 2026, 14:05 (UTC+01:00)`.
pub fn date(data: &Data) -> String {
    let zone = Offset::from_seconds(data.utc_offset.saturating_mul(60)).map_or(TimeZone::UTC, TimeZone::fixed);
    let at = Timestamp::from_second(data.ended).unwrap_or_default().to_zoned(zone);
    at.strftime("%-d %B %Y, %H:%M (UTC%:z)").to_string()
}

/// `2 h` or `2 h 30 min`.
pub fn limit(data: &Data) -> String {
    spoken(Duration::from_secs(data.conditions.limit / 1000))
}

/// `none`, or how many times the time of the exam.
pub fn extra_time(data: &Data) -> String {
    match Allowance::from_label(&data.conditions.allowance) {
        Some(Allowance::Standard) => "none".into(),
        Some(allowance) => format!("{} the exam's time", allowance.label()),
        None => harmless(&data.conditions.allowance),
    }
}

/// `1 h 21 min`, and whether the clock ended the exam.
pub fn used(data: &Data) -> String {
    // Begun seconds do not count: the pages that are out there must come out as they are.
    let used = spoken(Duration::from_secs(data.conditions.used / 1000));
    if data.conditions.end == "timed-out" { format!("{used}; ended by the clock") } else { used }
}

/// `none`, or how many, how long each was and all were.
pub fn pauses(data: &Data) -> String {
    let pauses = &data.conditions.pauses;
    let length = |seconds: &u64| spoken(Duration::from_secs(*seconds));
    let told: Vec<String> = pauses.iter().take(TOLD).map(length).collect();
    match pauses.len() {
        0 => "none".into(),
        1 => format!("1, of {}", told.join("")),
        n => {
            let more = if n > TOLD { ", …" } else { "" };
            let all = length(&pauses.iter().fold(0, |sum: u64, &p| sum.saturating_add(p)));
            format!("{n}, of {}{more}; {all} in all", told.join(", "))
        }
    }
}

/// The paper's seed, and what it tells.
pub fn seed(data: &Data) -> String {
    let how = if data.seed_alone { "gives this paper again" } else { "unseen questions came first" };
    format!("seed {} ({how})", data.seed)
}

/// The bank's title, cut if it is no title any more.
pub fn title(data: &Data) -> String {
    let title = harmless(&data.bank.title);
    if title.chars().count() <= TITLE {
        return title;
    }
    title.chars().take(TITLE - 1).chain(['…']).collect()
}

/// A text of the data as it may be shown.
pub fn harmless(text: &str) -> String {
    Text::new(text).one_line()
}
