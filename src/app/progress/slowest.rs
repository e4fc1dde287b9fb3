//! The questions whose answers take longest.

use crate::engine::markup::runs;
use crate::engine::time::{clock, rounded};

use super::super::page::{Line, Role};
use super::super::wrap::{cut, width};
use super::{Progress, prose, share_label};

pub fn lines(progress: &Progress, columns: usize) -> Vec<Line> {
    let slowest = progress.slowest.as_deref().unwrap_or_default();
    if slowest.is_empty() {
        return prose("No answer has taken any time yet.", Role::Muted, columns);
    }
    let mut body = vec![Line::of("    Time an answer, how often right, question", Role::Muted)];
    for slow in slowest {
        let mut line = Line::of(
            format!("  {:>6}  {:>7} right  ", clock(rounded(slow.pace)), share_label(slow.share)),
            Role::Strong,
        );
        let room = columns.saturating_sub(width(&line.text()));
        let stem: String = runs(&slow.question.stem.one_line()).into_iter().map(|r| r.text).collect();
        line.push(cut(&stem, room), Role::Plain);
        body.push(line);
    }
    body
}
