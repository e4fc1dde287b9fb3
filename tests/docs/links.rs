//! Every link of the pages leads somewhere, and README leads to every page.

use std::collections::{HashMap, HashSet};
use std::fs::read_to_string;

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use crate::pages::{beside, page, pages};

/// The targets of the links and images of a page.
fn targets(text: &str) -> Vec<String> {
    let events = Parser::new_ext(text, Options::ENABLE_TABLES);
    let target = |event| match event {
        Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => Some(dest_url.into_string()),
        _ => None,
    };
    events.filter_map(target).collect()
}

/// The anchors that code-hosting sites give to a page's headings: lower case, hyphens for spaces, no punctuation, and a
/// number if it is not the first of its name.
fn anchors(text: &str) -> HashSet<String> {
    let (mut heading, mut seen, mut anchors) = (None::<String>, HashMap::<String, usize>::new(), HashSet::new());
    for event in Parser::new_ext(text, Options::ENABLE_TABLES) {
        match (event, &mut heading) {
            (Event::Start(Tag::Heading { .. }), _) => heading = Some(String::new()),
            (Event::Text(text) | Event::Code(text), Some(words)) => words.push_str(&text),
            (Event::End(TagEnd::Heading(_)), Some(words)) => {
                let name = anchor(words);
                let before = seen.entry(name.clone()).or_default();
                anchors.insert(if *before == 0 { name } else { format!("{name}-{before}") });
                *before += 1;
                heading = None;
            }
            _ => {}
        }
    }
    anchors
}

fn anchor(heading: &str) -> String {
    let kept = heading.to_lowercase().replace(' ', "-");
    kept.chars().filter(|c| c.is_alphanumeric() || matches!(c, '-' | '_')).collect()
}

/// What is wrong with a link, if something is. Links to other sites are not followed.
fn broken(from: &str, target: &str) -> Option<String> {
    if target.starts_with("https://") {
        return None;
    }
    let (path, anchor) = target.split_once('#').map_or((target, None), |(path, anchor)| (path, Some(anchor)));
    let here = page(from); // the pages are written anew before one is read
    let file = beside(from, path);
    if path.contains(':') || path.starts_with('/') || !file.exists() {
        return Some(format!("{from} links to {target}, which is not there"));
    }
    let anchor = anchor?;
    let there = if path.is_empty() { here.to_owned() } else { read_to_string(&file).expect("only pages have anchors") };
    (!anchors(&there).contains(anchor)).then(|| format!("{from} links to {target}: there is no such heading"))
}

#[test]
fn every_link_leads_somewhere() {
    let links: Vec<(&str, String)> =
        pages().flat_map(|(path, text)| targets(text).into_iter().map(move |target| (path, target))).collect();
    assert!(links.len() > 20, "{links:?}");
    let broken: Vec<String> = links.iter().filter_map(|(from, target)| broken(from, target)).collect();
    assert!(broken.is_empty(), "{broken:#?}");
}

#[test]
fn a_link_that_leads_nowhere_is_found() {
    assert_eq!(broken("README.md", "docs/keys.md#the-exam-room"), None);
    assert_eq!(broken("docs/keys.md", "commands.md"), None);
    assert_eq!(broken("README.md", "#starting"), None);
    for target in ["docs/key.md", "docs/keys.md#the-exam-rom", "#starting-2", "/README.md", "http://example.org/"] {
        assert!(broken("README.md", target).is_some(), "{target}");
    }
}

#[test]
fn the_readme_leads_to_every_page() {
    let linked: HashSet<String> = targets(page("README.md")).into_iter().collect();
    let missing: Vec<&str> =
        pages().map(|(path, _)| path).filter(|path| *path != "README.md" && !linked.contains(*path)).collect();
    assert!(missing.is_empty(), "{missing:?}");
}
