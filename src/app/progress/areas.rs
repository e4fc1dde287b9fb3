//! Domains or modules, a line each: right of answered with its interval, seen of all, and time an answer.

use crate::engine::progress::Area;
use crate::engine::time::{clock, rounded};

use super::super::page::{Line, Role};
use super::super::wrap::{cut, width};
use super::{Progress, gauge, interval_label, prose, share_label};

/// From this many columns on the interval is drawn as well.
const ROOM_FOR_A_SCALE: usize = 76;
/// How long that drawing is.
const SCALE: usize = 14;

pub fn lines(progress: &Progress, areas: &[Area], what: &str, columns: usize) -> Vec<Line> {
    if areas.is_empty() {
        return prose(format!("This bank has no {what}s."), Role::Muted, columns);
    }
    let pass = f64::from(progress.bank.exam.pass_percent) / 100.0;
    let rows: Vec<Row> = areas.iter().map(|a| Row::of(a, pass)).collect();
    let widest = |cell: fn(&Row) -> &str| rows.iter().map(|r| width(cell(r))).max().unwrap_or(0);
    let widths = [widest(|r| &r.share), widest(|r| &r.interval), widest(|r| &r.seen), widest(|r| &r.pace)];
    let scale = if columns >= ROOM_FOR_A_SCALE { SCALE } else { 0 };
    let cells: usize = widths.iter().map(|w| w + 2).sum();
    let room = columns.saturating_sub(cells + 4 + if scale > 0 { scale + 2 } else { 0 });
    let names = widest(|r| &r.title).min(room);
    let mut body = vec![head(names, widths, scale, columns)];
    body.extend(rows.iter().map(|row| row.line(names, widths, scale, pass)));
    let mark = format!("the pass mark of {} %", progress.bank.exam.pass_percent);
    body.push(Line::new());
    if rows.iter().any(|r| r.ends.is_some()) {
        let (range, line) = if scale > 0 { ("█", format!(" │ is {mark}.")) } else { ("95 %", String::new()) };
        let text = format!(
            "{range} is where your true share of right answers lies, 95 times of 100: few answers leave it wide.{line}"
        );
        body.extend(prose(text, Role::Muted, columns));
    }
    if rows.iter().any(|r| r.is_weak) {
        body.extend(prose(format!("← is very likely under {mark}: all of the range is."), Role::Muted, columns));
    }
    body
}

/// What the columns are. Where a word does not fit, the columns speak for themselves.
fn head(names: usize, widths: [usize; 4], scale: usize, columns: usize) -> Line {
    let [share, interval, seen, pace] = widths;
    let gap = if scale > 0 { scale + 2 } else { 0 };
    let fit = |word: &'static str, columns: usize| if width(word) <= columns { word } else { "" };
    let text = format!(
        "  {:names$}  {:>share$}  {:>interval$}{:gap$}  {:>seen$}  {:>pace$}",
        "",
        fit("right", share),
        fit("95 %", interval),
        "",
        fit("seen", seen),
        fit("each", pace),
    );
    Line::of(cut(text.trim_end(), columns), Role::Muted)
}

struct Row {
    title: String,
    share: String,
    interval: String,
    ends: Option<(f64, f64)>,
    seen: String,
    pace: String,
    is_weak: bool,
}

impl Row {
    fn of(area: &Area, pass: f64) -> Self {
        let interval = area.share.interval();
        Self {
            title: area.title.one_line(),
            share: if area.share.of > 0 { share_label(area.share) } else { "–".into() },
            interval: interval_label(area.share),
            ends: interval.map(|i| (i.low, i.high)),
            seen: format!("{}/{}", area.seen.seen, area.seen.of),
            pace: area.pace.map_or(String::new(), |time| clock(rounded(time))),
            is_weak: interval.is_some_and(|i| i.high < pass),
        }
    }

    fn line(&self, names: usize, [share, interval, seen, pace]: [usize; 4], scale: usize, pass: f64) -> Line {
        let title = cut(&self.title, names);
        let pad = " ".repeat(names - width(&title));
        let mut line =
            Line::of(format!("  {title}{pad}  {:>share$}  {:>interval$}", self.share, self.interval), Role::Plain);
        if scale > 0 {
            line.push("  ", Role::Plain);
            match self.ends {
                Some((low, high)) => line.spans.extend(gauge(low, high, Some(pass), scale).spans),
                None => line.push(" ".repeat(scale), Role::Plain),
            }
        }
        line.push(format!("  {:>seen$}  {:>pace$}", self.seen, self.pace), Role::Plain);
        if self.is_weak {
            line.push(" ←", Role::Warn);
        }
        line
    }
}
