//! Texts with hidden parts: `Helium boils at {{4.2 K}}`, `{{4.2 K::temperature}}`.
//!
//! Single braces are plain characters. A part ends at the first `}}`, and its hint begins at the first `::`.

use std::ops::Range;

use crate::engine::deck::{MAX_CLOZES, Segment};
use crate::engine::text::Text;

/// What is wrong with a text's braces, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The place, in bytes.
    pub at: Range<usize>,
    /// One line: what is wrong.
    pub message: &'static str,
    /// One line: what to do.
    pub help: &'static str,
}

const SHAPE: &str = "hide a part with {{text}} or {{text::hint}}";
const HIDES_NOTHING: &str = "write what is hidden between the braces: {{text}} or {{text::hint}}";

/// The pieces of `raw`, each made harmless, or everything that is wrong with its braces. Braces that do not pair end
/// the search: what follows them is guesswork. A text without a fault hides 1 to [`MAX_CLOZES`] parts.
pub fn parse(raw: &str) -> Result<Vec<Segment>, Vec<Fault>> {
    let mut segments = Vec::new();
    let mut faults = Vec::new();
    let mut hidden = 0;
    let mut shown_from = 0; // where the text after the last hidden part begins
    let mut open: Option<usize> = None; // where the braces of a part that has not ended stand
    let mut from = 0;
    while let Some(run) = braces(raw, from) {
        from = run.end;
        let opens = raw.as_bytes()[run.start] == b'{';
        let unpaired = match open {
            _ if run.len() > 2 => Some("more than two braces in a row"),
            Some(_) if opens => Some("a hidden part begins inside another"),
            None if !opens => Some("these braces close nothing"),
            _ => None,
        };
        if let Some(message) = unpaired {
            faults.push(Fault { at: run, message, help: SHAPE });
            return Err(faults);
        }
        let Some(start) = open.take() else {
            if shown_from < run.start {
                segments.push(Segment::Plain(Text::new(&raw[shown_from..run.start])));
            }
            open = Some(run.start);
            continue;
        };
        hidden += 1;
        shown_from = run.end;
        let part = start..run.end;
        match hide(&raw[start + 2..run.start]) {
            Err((message, help)) => faults.push(Fault { at: part, message, help }),
            Ok(_) if hidden == MAX_CLOZES + 1 => faults.push(Fault {
                at: part,
                message: "the text hides more parts than the 20 that are allowed",
                help: "share the parts among several cards",
            }),
            Ok(segment) => segments.push(segment),
        }
    }
    if let Some(start) = open {
        faults.push(Fault { at: start..start + 2, message: "these braces are never closed", help: SHAPE });
        return Err(faults);
    }
    if shown_from < raw.len() {
        segments.push(Segment::Plain(Text::new(&raw[shown_from..])));
    }
    if hidden == 0 {
        faults.push(Fault { at: 0..raw.len(), message: "nothing in the cloze is hidden", help: SHAPE });
    }
    if faults.is_empty() { Ok(segments) } else { Err(faults) }
}

/// The text that [`parse`] reads as `segments`; `None` if no text does (a hidden text with `}}` in it, say).
pub fn print(segments: &[Segment]) -> Option<String> {
    let mut out = String::new();
    for segment in segments {
        match segment {
            Segment::Plain(text) => out.push_str(text.as_str()),
            Segment::Hidden { text, hint } => {
                out.push_str("{{");
                out.push_str(text.as_str());
                if let Some(hint) = hint {
                    out.push_str("::");
                    out.push_str(hint.as_str());
                }
                out.push_str("}}");
            }
        }
    }
    (parse(&out).as_deref() == Ok(segments)).then_some(out)
}

/// The next run of two or more like braces at or after `from`.
fn braces(raw: &str, from: usize) -> Option<Range<usize>> {
    let bytes = raw.as_bytes();
    let start = from + bytes[from..].windows(2).position(|w| w == b"{{" || w == b"}}")?;
    let length = bytes[start..].iter().take_while(|b| **b == bytes[start]).count();
    Some(start..start + length)
}

/// The hidden part whose braces hold `inner`, or what is wrong with it.
fn hide(inner: &str) -> Result<Segment, (&'static str, &'static str)> {
    let (text, hint) = match inner.split_once("::") {
        Some((text, hint)) => (text, Some(hint)),
        None => (inner, None),
    };
    let is_number = text.strip_prefix('c').is_some_and(|n| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit()));
    if text.trim().is_empty() {
        Err(("these braces hide nothing", HIDES_NOTHING))
    } else if is_number && hint.is_some() {
        Err(("a hidden part is numbered, as Anki does it", "leave the number out: parts are numbered in their order"))
    } else if hint.is_some_and(|h| h.trim().is_empty()) {
        Err(("the hint is empty", "write the hint after the ::, or leave out the ::"))
    } else {
        Ok(Segment::Hidden { text: Text::new(text), hint: hint.map(Text::new) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hidden(text: &str, hint: Option<&str>) -> Segment {
        Segment::Hidden { text: Text::new(text), hint: hint.map(Text::new) }
    }

    fn plain(text: &str) -> Segment {
        Segment::Plain(Text::new(text))
    }

    #[test]
    fn texts_and_hints() {
        let parsed = parse("{{Helium}} boils at {{4.2 K::a temperature}}, {not} at 4.2 °C: {{a}{b::c::d}}");
        let expected = vec![
            hidden("Helium", None),
            plain(" boils at "),
            hidden("4.2 K", Some("a temperature")),
            plain(", {not} at 4.2 °C: "),
            hidden("a}{b", Some("c::d")),
        ];
        assert_eq!(parsed, Ok(expected));
    }

    #[test]
    fn faults_stand_where_the_braces_are() {
        let cases: &[(&str, &[&str])] = &[
            ("nothing", &["nothing"]),
            ("a {{b", &["{{"]),
            ("a b}} {{c}}", &["}}"]),
            ("{{a {{b}} c}}", &["{{"]),
            ("é {{}} {{ ::x}} {{a::}} {{c1::b}}", &["{{}}", "{{ ::x}}", "{{a::}}", "{{c1::b}}"]),
            ("{{{a}}}", &["{{{"]),
            ("{{}} }}", &["{{}}", "}}"]),
        ];
        for (raw, places) in cases {
            let faults = parse(raw).expect_err(raw);
            assert_eq!(faults.iter().map(|f| &raw[f.at.clone()]).collect::<Vec<_>>(), *places, "{raw}");
        }
        assert_eq!(parse("{{a {{b}}").expect_err("it does not pair")[0].at.start, 4);
    }

    #[test]
    fn the_limit_of_parts() {
        assert!(parse(&"{{a}} ".repeat(MAX_CLOZES)).is_ok());
        let faults = parse(&"{{a}} ".repeat(MAX_CLOZES + 5)).expect_err("too many");
        assert_eq!(faults.len(), 1);
        assert!(faults[0].message.contains(&format!(" {MAX_CLOZES} ")));
    }

    #[test]
    fn what_no_text_says_is_not_printed() {
        assert_eq!(print(&[hidden("a}}b", None)]), None);
        assert_eq!(print(&[plain("no part")]), None);
        assert_eq!(print(&[plain("a "), hidden("b", Some("c"))]).as_deref(), Some("a {{b::c}}"));
    }
}
