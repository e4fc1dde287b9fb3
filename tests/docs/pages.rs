//! README, changelog and `docs/`, and the parts of them that the program writes.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

const ROOT: &str = env!("CARGO_MANIFEST_DIR");
const MADE: &str = "<!-- Written by the program, not by hand: UPDATE_DOCS=1 cargo test --test docs -->";

/// The pages by their path in the project. With `UPDATE_DOCS` they are first written anew: once, before any test reads.
static PAGES: LazyLock<BTreeMap<String, String>> = LazyLock::new(|| {
    let mut pages: BTreeMap<String, String> = paths().into_iter().map(|path| (path.clone(), on_disk(&path))).collect();
    if std::env::var_os("UPDATE_DOCS").is_some() {
        for part in generated() {
            let old = pages.entry(part.page.to_owned()).or_default();
            *old = part.placed_in(old);
        }
        for (path, text) in &pages {
            if *text != on_disk(path) {
                fs::write(Path::new(ROOT).join(path), text).expect("the page can be written");
            }
        }
    }
    pages
});

/// README.md, CHANGELOG.md and every page of `docs/`.
fn paths() -> Vec<String> {
    let docs = fs::read_dir(Path::new(ROOT).join("docs")).expect("there is a folder docs");
    let names = docs.map(|entry| entry.expect("it can be listed").file_name().into_string().expect("text"));
    let docs = names.filter(|name| name.ends_with(".md")).map(|name| format!("docs/{name}"));
    ["README.md".to_owned(), "CHANGELOG.md".to_owned()].into_iter().chain(docs).collect()
}

fn on_disk(path: &str) -> String {
    fs::read_to_string(Path::new(ROOT).join(path)).unwrap_or_default()
}

/// All pages.
pub fn pages() -> impl Iterator<Item = (&'static str, &'static str)> {
    PAGES.iter().map(|(path, text)| (path.as_str(), text.as_str()))
}

/// The page at `path`.
pub fn page(path: &str) -> &'static str {
    PAGES.get(path).unwrap_or_else(|| panic!("there is no page {path}"))
}

/// Where `target` is, as seen from the page at `path`.
pub fn beside(path: &str, target: &str) -> PathBuf {
    Path::new(ROOT).join(path).parent().expect("a page is in a folder").join(target)
}

/// The block between the markers of `name`.
pub fn block<'t>(text: &'t str, name: &str) -> &'t str {
    let (begin, end) = (begin(name), end(name));
    let start = text.find(&begin).unwrap_or_else(|| panic!("a page has a block {name}")) + begin.len();
    let stop = text[start..].find(&end).unwrap_or_else(|| panic!("block {name} ends")) + start;
    &text[start..stop]
}

fn begin(name: &str) -> String {
    format!("<!-- begin: {name} -->\n")
}

fn end(name: &str) -> String {
    format!("<!-- end: {name} -->")
}

/// What the program writes: a block of a page, or the whole page.
pub struct Part {
    pub page: &'static str,
    block: Option<&'static str>,
    text: String,
}

impl Part {
    /// The page as it is once this part is new.
    pub fn placed_in(&self, page: &str) -> String {
        let Some(name) = self.block else { return self.text.clone() };
        let (begin, end) = (begin(name), end(name));
        let old = format!("{begin}{}{end}", block(page, name));
        page.replacen(&old, &format!("{begin}{}\n{end}", self.text.trim_matches('\n')), 1)
    }
}

/// All that the program writes.
pub fn generated() -> Vec<Part> {
    let code = |text: &str| format!("```text\n{}\n```", text.trim_matches('\n'));
    let part = |page, block, text| Part { page, block: Some(block), text };
    let whole =
        |page, intro: &str, text: &str| Part { page, block: None, text: format!("{MADE}\n\n{intro}\n\n{text}\n") };
    vec![
        part("README.md", "screen", code(&crate::screen::room())),
        part("README.md", "keys", examdeck::app::keys::markdown::first()),
        part("README.md", "filter", code(&examdeck::engine::filter::help())),
        part("README.md", "usage", code(&examdeck::cli::reference::help())),
        part("docs/output.md", "csv", examdeck::cli::progress::markdown()),
        whole("docs/keys.md", KEYS, &examdeck::app::keys::markdown::all()),
        whole("docs/commands.md", COMMANDS, &examdeck::cli::reference::markdown()),
    ]
}

const KEYS: &str = "\
# Keys

Every key of every screen. In the program `?` shows those of the screen that you are on.";

const COMMANDS: &str = "\
# Commands

What `--help` says of every command. Exit status: 0 all is well, 1 something was found or failed, 2 the call or its
files cannot be used. What commands write for programs (JSON, CSV) is described in [output.md](output.md).";
