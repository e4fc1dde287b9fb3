//! The small Markdown of stems, options and explanations: `**bold**`, `*emphasis*`, `` `code` ``, blank line = new
//! paragraph, `-` lists. Nothing else is interpreted, and what is not closed is shown as written.

/// How a run of text is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Hash)]
pub enum Face {
    /// As is.
    #[default]
    Plain,
    /// `**bold**`
    Strong,
    /// `*emphasis*`
    Emphasis,
    /// `` `code` ``
    Code,
}

/// A stretch of text in one face.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    /// The text, without its marks.
    pub text: String,
    /// Its face.
    pub face: Face,
}

/// A paragraph or an entry of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// Whether it is an entry of a list.
    pub bullet: bool,
    /// Its text; line breaks of the source have become spaces.
    pub runs: Vec<Run>,
}

/// Reads `text` into blocks.
pub fn blocks(text: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut open: Option<(bool, String)> = None;
    let close = |open: &mut Option<(bool, String)>, blocks: &mut Vec<Block>| {
        if let Some((bullet, text)) = open.take() {
            blocks.push(Block { bullet, runs: runs(&text) });
        }
    };
    for line in text.lines() {
        let line = line.trim();
        if line.is_empty() {
            close(&mut open, &mut blocks);
        } else if let Some(entry) = line.strip_prefix("- ") {
            close(&mut open, &mut blocks);
            open = Some((true, entry.trim_start().to_owned()));
        } else {
            match &mut open {
                Some((_, text)) => {
                    text.push(' ');
                    text.push_str(line);
                }
                None => open = Some((false, line.to_owned())),
            }
        }
    }
    close(&mut open, &mut blocks);
    blocks
}

/// Reads one paragraph into runs.
pub fn runs(text: &str) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    let mut push = |text: &str, face| {
        if text.is_empty() {
            return;
        }
        match runs.last_mut() {
            Some(last) if last.face == face => last.text.push_str(text),
            _ => runs.push(Run { text: text.to_owned(), face }),
        }
    };
    let mut rest = text;
    while let Some(at) = rest.find(['*', '`']) {
        let (before, marked) = rest.split_at(at);
        push(before, Face::Plain);
        match marked_run(marked) {
            Some((inner, face, after)) => {
                push(inner, face);
                rest = after;
            }
            None => {
                push(&marked[..1], Face::Plain);
                rest = &marked[1..];
            }
        }
    }
    push(rest, Face::Plain);
    runs
}

/// If `text` begins with a closed mark, its inside, its face and what follows.
fn marked_run(text: &str) -> Option<(&str, Face, &str)> {
    for (mark, face) in [("**", Face::Strong), ("*", Face::Emphasis), ("`", Face::Code)] {
        let Some(inside) = text.strip_prefix(mark) else { continue };
        let Some(end) = inside.find(mark) else { continue };
        let inner = &inside[..end];
        // "2 * 3 * 4" is arithmetic: marks hug their text.
        if !inner.is_empty() && inner.trim() == inner {
            return Some((inner, face, &inside[end + mark.len()..]));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn shown(text: &str) -> Vec<(String, Face)> {
        runs(text).into_iter().map(|r| (r.text, r.face)).collect()
    }

    #[test]
    fn marks_set_faces() {
        assert_eq!(
            shown("a **b** *c* `d`"),
            [
                ("a ".into(), Face::Plain),
                ("b".into(), Face::Strong),
                (" ".into(), Face::Plain),
                ("c".into(), Face::Emphasis),
                (" ".into(), Face::Plain),
                ("d".into(), Face::Code),
            ]
        );
    }

    #[test]
    fn what_is_no_mark_is_text() {
        for plain in ["2 * 3 * 4", "a*b", "**open", "`", "# no heading", "<b>no</b>", "****"] {
            assert_eq!(shown(plain), [(plain.to_owned(), Face::Plain)], "{plain}");
        }
    }

    #[test]
    fn paragraphs_and_lists() {
        let b = blocks("one\ntwo\n\n- x\n- y\n  z\n\nend");
        let flat: Vec<(bool, &str)> = b.iter().map(|b| (b.bullet, b.runs[0].text.as_str())).collect();
        assert_eq!(flat, [(false, "one two"), (true, "x"), (true, "y z"), (false, "end")]);
    }

    proptest! {
        #[test]
        fn no_text_is_lost_but_marks(text in "[a-z*` \n-]{0,60}") {
            let shown: String = blocks(&text).iter().flat_map(|b| b.runs.iter()).map(|r| r.text.as_str()).collect();
            let letters = |s: &str| s.chars().filter(|c| c.is_ascii_lowercase()).collect::<String>();
            prop_assert_eq!(letters(&shown), letters(&text));
        }
    }
}
