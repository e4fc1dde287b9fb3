//! The frame of every page: one HTML file with all that it needs, that prints on A4 and on Letter.
//!
//! No script, no network, no file beside it, and a policy that forbids them; dark text on white. Elements say what they
//! are (headings in order, lists, tables with heads), so that screen readers and a browser's "save as PDF" make a proper,
//! tagged document of it.

use crate::engine::text::Text;

use super::html::escape;

/// What all pages look like.
const STYLE: &str = include_str!("page.css");

/// A page for a browser.
#[derive(Clone, Debug, Default)]
pub struct Page<'p> {
    /// Its title, in the window and in a PDF.
    pub title: String,
    /// The language of its texts, as a BCP 47 tag.
    pub language: Option<&'p Text>,
    /// Its own style sheet, after the common one.
    pub style: &'p str,
    /// What stands at the top left, top right and bottom left of every printed page; the page number is at the bottom
    /// right.
    pub margins: [String; 3],
    /// What it says: HTML.
    pub body: String,
}

impl Page<'_> {
    /// The whole file.
    pub fn html(&self) -> String {
        let language = self.language.filter(|tag| is_tag(tag.as_str()));
        let language = language.map_or(String::new(), |tag| format!(" lang=\"{}\"", escape(tag.as_str())));
        format!(
            "<!DOCTYPE html>\n<html{language}>\n<head>\n<meta charset=\"utf-8\">\n\
             <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
             <meta name=\"generator\" content=\"examdeck {}\">\n<title>{}</title>\n<style>\n{STYLE}{}{}</style>\n\
             </head>\n<body>\n<main>\n{}</main>\n</body>\n</html>\n",
            env!("CARGO_PKG_VERSION"),
            escape(&self.title),
            self.style,
            self.margin_style(),
            self.body,
        )
    }

    fn margin_style(&self) -> String {
        let places = ["top-left", "top-right", "bottom-left"];
        let boxes: String = places
            .iter()
            .zip(&self.margins)
            .map(|(place, words)| format!("  @{place} {{ content: {}; }}\n", css_string(words)))
            .collect();
        format!("@page {{\n{boxes}}}\n")
    }
}

/// Whether `tag` has the form of a BCP 47 tag: parts of up to eight letters and digits.
fn is_tag(tag: &str) -> bool {
    tag.split('-').all(|part| (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric()))
}

/// `text` as a string of a style sheet that ends neither the string nor the sheet.
fn css_string(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        if c.is_alphanumeric() || matches!(c, ' ' | '.' | ',' | '-' | '·' | '(' | ')' | '+') {
            out.push(c);
        } else {
            out.push_str(&format!("\\{:x} ", c as u32));
        }
    }
    out + "\""
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_string_of_the_style_sheet_cannot_be_left() {
        assert_eq!(css_string("Bank 1.0.0 · A"), "\"Bank 1.0.0 · A\"");
        assert_eq!(css_string("\"}</style>\n\\"), "\"\\22 \\7d \\3c \\2f style\\3e \\a \\5c \"");
    }

    #[test]
    fn a_language_is_named_if_it_is_one() {
        let html = |tag: &str| Page { language: Some(&Text::new(tag)), ..Page::default() }.html();
        assert!(html("de-CH").contains("<html lang=\"de-CH\">"));
        assert!(html("\"><script>").contains("<html>"));
    }
}
