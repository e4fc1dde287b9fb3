//! Finding words in a guide as it is set. Case does not count, and a line break is a space.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;

use super::super::frame::{self, Frame};
use super::super::model::{Model, Screen};
use super::super::page::{Line, Role, Span, counted};
use super::page::Page;

/// What was searched for, and where the reader stands among the hits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Search {
    /// The words.
    pub words: String,
    /// The hit that is shown, from 0.
    pub at: usize,
}

/// A hit: the stretches of the lines that it covers, each as a line and bytes of its text. Never empty.
pub type Hit = Vec<(usize, Range<usize>)>;

/// All hits of `words`, from the top.
pub fn hits(lines: &[Line], words: &str) -> Vec<Hit> {
    let wanted: Vec<char> =
        words.split_whitespace().collect::<Vec<_>>().join(" ").chars().flat_map(char::to_lowercase).collect();
    if wanted.is_empty() {
        return Vec::new();
    }
    let text = flow(lines);
    let mut found = Vec::new();
    let mut at = 0;
    while at + wanted.len() <= text.len() {
        if text[at..at + wanted.len()].iter().map(|l| l.0).eq(wanted.iter().copied()) {
            found.push(stretches(&text[at..at + wanted.len()]));
            at += wanted.len();
        } else {
            at += 1;
        }
    }
    found
}

/// A letter in lower case, and where its cluster stands: line and bytes. A cluster is marked whole: cut in two, it would
/// take other cells.
type Letter = (char, usize, Range<usize>);

/// The letters of all lines, one space between words and lines. The bars of boxes are no text.
fn flow(lines: &[Line]) -> Vec<Letter> {
    let mut out: Vec<Letter> = Vec::new();
    for (i, line) in lines.iter().enumerate() {
        let mut from = 0;
        let space = |out: &mut Vec<Letter>, at: Range<usize>| {
            if out.last().is_some_and(|l| l.0 != ' ') {
                out.push((' ', i, at));
            }
        };
        space(&mut out, 0..0);
        for span in &line.spans {
            for (at, cluster) in span.text.grapheme_indices(true) {
                let place = from + at..from + at + cluster.len();
                for c in cluster.chars() {
                    if c.is_whitespace() || span.role == Role::Muted {
                        space(&mut out, place.clone());
                    } else {
                        out.extend(c.to_lowercase().map(|lower| (lower, i, place.clone())));
                    }
                }
            }
            from += span.text.len();
        }
    }
    out
}

fn stretches(letters: &[Letter]) -> Hit {
    let mut hit: Hit = Vec::new();
    for (_, line, place) in letters.iter().filter(|l| !l.2.is_empty()) {
        match hit.last_mut() {
            Some((last, range)) if last == line => range.end = place.end,
            _ => hit.push((*line, place.clone())),
        }
    }
    hit
}

/// The line with the bytes `range` set in `role`.
pub fn marked(line: &Line, range: &Range<usize>, role: Role) -> Line {
    let mut out = Line { spans: Vec::new(), cursor: line.cursor };
    let mut from = 0;
    for span in &line.spans {
        let cut = |at: usize| at.clamp(from, from + span.text.len()) - from;
        let (start, end) = (cut(range.start), cut(range.end));
        for (part, role) in [(0..start, span.role), (start..end, role), (end..span.text.len(), span.role)] {
            if let Some(text) = span.text.get(part).filter(|t| !t.is_empty()) {
                out.spans.push(Span::new(text, role));
            }
        }
        from += span.text.len();
    }
    out
}

/// Looks for the typed words, from the top of the screen on. Returns whether they stand somewhere; none are no search.
pub fn look_for(m: &mut Model, words: &str) -> bool {
    let scroll = m.place().scroll;
    let Screen::Guide(reader) = m.screen() else { return true };
    let page = super::page(m, reader, frame::columns(m.size));
    let hits = on_page(&page, words);
    let at = hits.iter().position(|hit| hit[0].0 >= scroll).unwrap_or(0);
    let search = (!hits.is_empty()).then(|| Search { words: words.into(), at });
    if search.is_none() && !words.trim().is_empty() {
        m.say(format!("Nothing is found for \"{}\"", words.trim()));
        return false;
    }
    if let Screen::Guide(reader) = &mut m.place_mut().screen {
        reader.search = search;
    }
    show_hit(m, &hits);
    true
}

/// All places where the words stand; the contents only repeat the headings.
fn on_page(page: &Page, words: &str) -> Vec<Hit> {
    let mut hits = hits(&page.lines, words);
    hits.retain(|hit| !page.contents.contains(&hit[0].0));
    hits
}

/// Goes to the next hit, or to the one before.
pub fn next(m: &mut Model, page: &Page, on: bool) {
    let Screen::Guide(reader) = &mut m.place_mut().screen else { return };
    let Some(search) = &mut reader.search else { return m.say("Type / and the words to look for first") };
    let hits = on_page(page, &search.words);
    let Some(last) = hits.len().checked_sub(1) else { return };
    search.at = match (search.at.min(last), on) {
        (at, true) if at == last => 0,
        (at, true) => at + 1,
        (0, false) => last,
        (at, false) => at - 1,
    };
    show_hit(m, &hits);
}

/// Brings the hit into view, a third from the top.
fn show_hit(m: &mut Model, hits: &[Hit]) {
    let rows = frame::frame(m).body_rows(m.size);
    let Screen::Guide(reader) = m.screen() else { return };
    let Some(hit) = reader.search.as_ref().and_then(|s| hits.get(s.at)) else { return };
    let line = hit[0].0;
    let place = m.place_mut();
    if line < place.scroll || line >= place.scroll + rows {
        place.scroll = line.saturating_sub(rows / 3);
    }
}

/// All hits stand out, and an arrow at the edge points to the one that was gone to.
pub fn show_all(shown: &mut Frame, page: &Page, search: &Search) {
    let hits = on_page(page, &search.words);
    for (i, hit) in hits.iter().enumerate() {
        for (line, range) in hit {
            shown.body[*line] = marked(&shown.body[*line], range, Role::Here);
        }
        if i == search.at
            && let Some(first) = shown.body[hit[0].0].spans.first_mut()
            && let Some(rest) = first.text.strip_prefix("  ").map(str::to_owned)
        {
            *first = Span::new(rest, first.role);
            shown.body[hit[0].0].spans.insert(0, Span::new("› ", Role::Accent));
        }
    }
    shown.bottom = vec![Line::of(
        format!("   \"{}\": {} of {}", search.words, (search.at + 1).min(hits.len()), counted(hits.len(), "place")),
        Role::Muted,
    )];
}
