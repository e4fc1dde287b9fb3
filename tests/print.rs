//! Paper: exams with their keys, cards to cut, the study guide; from the values of the engine to the pages of a browser.

#[path = "print/browser.rs"]
mod browser;
#[path = "print/cards.rs"]
mod cards;
#[path = "print/command.rs"]
mod command;
#[path = "print/exam.rs"]
mod exam;
#[path = "print/guide.rs"]
mod guide;
#[path = "print/hostile.rs"]
mod hostile;
mod support;

/// The tags of a page that do not pair, and where; for the form in which this program writes HTML.
fn unpaired(html: &str) -> Vec<String> {
    const VOID: &[&str] = &["meta", "hr", "br", "!DOCTYPE"];
    let mut open: Vec<&str> = Vec::new();
    let mut found = Vec::new();
    let style = html.find("<style>").expect("a style sheet")..html.find("</style>").expect("its end");
    let outside = format!("{}{}", &html[..style.start], &html[style.end + "</style>".len()..]);
    for (at, _) in outside.match_indices('<') {
        let tag = outside[at + 1..].split('>').next().expect("split gives a first part");
        let name = tag.split(' ').next().expect("split gives a first part");
        if let Some(name) = name.strip_prefix('/') {
            if open.last() == Some(&name) {
                open.pop();
            } else {
                found.push(format!("</{name}> in {open:?}"));
            }
        } else if !VOID.contains(&name) {
            open.push(outside[at + 1..].split([' ', '>']).next().expect("split gives a first part"));
        }
    }
    found.extend(open.iter().map(|name| format!("<{name}> is not closed")));
    found
}

/// The text of a piece of a page: no tags, no entities.
fn plain(html: &str) -> String {
    let mut out = String::new();
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        out.push_str(&rest[..at]);
        rest = rest[at..].find('>').map_or("", |end| &rest[at + end + 1..]);
    }
    out.push_str(rest);
    let mut text = out;
    for (entity, c) in [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")] {
        text = text.replace(entity, c);
    }
    text
}

/// The text without white space, by which pages are compared however their lines are broken.
fn compact(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}
