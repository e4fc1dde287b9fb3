//! A hit in its context, on one line.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;

use crate::engine::markup;
use crate::engine::phrase::Phrase;
use crate::engine::text::Text;

use super::page::{Line, Role};
use super::wrap::width;

/// `text` on one line of at most `columns` cells, with what `phrases` find set in bold. Of a longer text what stands
/// around the first of them is shown.
pub fn snippet(text: &Text, phrases: &[&Phrase], columns: usize, plain: Role) -> Line {
    let shown = without_marks(text);
    let places = places(&shown, phrases);
    let start = places.first().map_or(0, |first| start(&shown, first, columns));
    let mut line = Line::of(if start > 0 { "…" } else { "" }, plain);
    let mut used = line.width();
    let mut graphemes = shown[start..].grapheme_indices(true).peekable();
    while let Some((at, grapheme)) = graphemes.next() {
        let at = start + at;
        // The last cell is kept for an ellipsis, unless this is the end.
        let room = columns.saturating_sub(used + usize::from(graphemes.peek().is_some()));
        if width(grapheme) > room {
            line.push(if used < columns { "…" } else { "" }, plain);
            break;
        }
        used += width(grapheme);
        let found = places.iter().any(|place| place.contains(&at));
        line.push(grapheme, if found { Role::Strong } else { plain });
    }
    line.spans.retain(|span| !span.text.is_empty());
    line
}

/// How many of `phrases` are in `text`.
pub fn found_in(text: &Text, phrases: &[&Phrase]) -> usize {
    phrases.iter().filter(|phrase| phrase.is_in(text.as_str())).count()
}

/// The text as it reads, in one line.
fn without_marks(text: &Text) -> String {
    let blocks = markup::blocks(text.as_str());
    let each = blocks.iter().map(|block| block.runs.iter().map(|run| run.text.as_str()).collect::<String>());
    each.collect::<Vec<_>>().join(" ")
}

/// Where the phrases are, from the left.
fn places(text: &str, phrases: &[&Phrase]) -> Vec<Range<usize>> {
    let mut places: Vec<_> = phrases.iter().flat_map(|phrase| phrase.places(text)).collect();
    places.sort_unstable_by_key(|place| (place.start, place.end));
    places
}

/// Where to begin, so that the first hit is in view with some of what stands before it.
fn start(text: &str, first: &Range<usize>, columns: usize) -> usize {
    if width(text) <= columns || width(&text[..first.end]) <= columns * 2 / 3 {
        return 0;
    }
    let before = columns / 3;
    let mut words = text[..first.start].split_word_bound_indices().map(|(at, _)| at).chain([first.start]);
    let fits = |at: &usize| width(&text[*at..first.start]) <= before && !text[*at..].starts_with(char::is_whitespace);
    words.find(fits).unwrap_or(first.start)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::engine::filter::Filter;
    use crate::engine::search::wanted;

    /// The snippet, with what is bold between brackets.
    fn shown(text: &str, filter: &str, columns: usize) -> String {
        let filter: Filter = filter.parse().expect("a filter");
        let line = snippet(&Text::new(text), &wanted(&filter), columns, Role::Plain);
        line.spans
            .iter()
            .map(|s| if s.role == Role::Strong { format!("[{}]", s.text) } else { s.text.clone() })
            .collect()
    }

    #[test]
    fn the_hit_stands_in_its_context() {
        let text = "The static **magnetic field** is always on, whatever the scanner does, and pulls at iron.";
        assert_eq!(
            shown(text, "magn iron", 100),
            "The static [magnetic] field is always on, whatever the scanner does, and pulls at [iron]."
        );
        assert_eq!(shown(text, "static", 30), "The [static] magnetic field is …");
        assert_eq!(shown(text, "whatever", 30), "…on, [whatever] the scanner doe…");
        assert_eq!(shown(text, "\"magnetic field\"", 24), "…static [magnetic field] …");
        assert_eq!(shown("横浜の霧中では汽笛を鳴らすこと", "汽笛", 14), "…では[汽笛]を鳴…");
    }

    proptest! {
        #[test]
        fn it_is_never_wider_than_it_may_be(text in "\\PC{0,60}", word in "[a-z]{1,3}", columns in 1usize..50) {
            let filter: Filter = format!("\"{word}\" or {word}x").parse().expect("a filter");
            let line = snippet(&Text::new(&text), &wanted(&filter), columns, Role::Plain);
            prop_assert!(line.width() <= columns, "{:?}", line.text());
        }
    }
}
