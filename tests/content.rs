//! The content layer from outside: every diagnostic, the whole format, the limits, hostile files, `examdeck check` as a
//! process, the library, and the bank that ships.

use std::fs;
use std::path::{Path, PathBuf};

use examdeck::content::diagnostic::{Code, Diagnostic, line_and_column, render};
use examdeck::content::load::{Loaded, load, load_with_guides};
use examdeck::content::source::{SourceFile, find_banks};
use examdeck::engine::question::Question;

/// Where the fixtures are, relative to the package, so that reports are the same everywhere.
const BANKS: &str = "tests/fixtures/banks";

/// The beginning of a bank that needs no more than questions.
const HEADER: &str = r#"
format = 1
[bank]
id = "fire"
title = "Fire safety"
version = "1.0.0"
[[domains]]
id = "alarms"
title = "Alarms"
"#;

fn load_text(text: &str) -> Loaded {
    load_bytes(text.as_bytes())
}

fn load_bytes(bytes: &[u8]) -> Loaded {
    load(vec![SourceFile::new("bank.toml", bytes.to_vec())])
}

/// The only bank at `path`, every file of it read.
fn load_path(path: &Path) -> Loaded {
    let banks = find_banks(path).expect("the path has a bank");
    assert_eq!(banks.len(), 1, "{path:?}");
    let (files, errors) = banks[0].read();
    assert!(errors.is_empty(), "{errors:?}");
    load_with_guides(files, &banks[0].beside())
}

fn ids(loaded: &Loaded) -> Vec<&str> {
    loaded.bank.iter().flat_map(|b| &b.questions).map(|q| q.id.as_str()).collect()
}

fn codes(loaded: &Loaded) -> Vec<Code> {
    loaded.findings.iter().map(|f| f.code).collect()
}

fn place(loaded: &Loaded, finding: &Diagnostic) -> (usize, usize) {
    line_and_column(&loaded.files[finding.file].text, finding.span.start)
}

fn claim(id: &str) -> String {
    format!("[[questions]]\nid = \"{id}\"\ndomain = \"alarms\"\nstem = \"Is it {id}?\"\nanswer = true\n")
}

fn report(loaded: &Loaded) -> String {
    let mut report: String = loaded.findings.iter().map(|f| render(f, &loaded.files, false) + "\n\n").collect();
    let sound = if loaded.bank.is_some() { ids(loaded).join(" ") } else { "(no bank)".into() };
    report.push_str(&format!("sound: {sound}\nleft out: {}\n", loaded.left_out));
    report
}

/// Asserts what must hold of any load: places lie in their files, and nothing of a file reaches a report raw.
fn assert_presentable(loaded: &Loaded) {
    for finding in &loaded.findings {
        let related = finding.related.as_ref().map(|(file, span, _)| (*file, span));
        for (file, span) in std::iter::once((finding.file, &finding.span)).chain(related) {
            let text = &loaded.files[file].text;
            assert!(text.get(span.clone()).is_some(), "{span:?} is no place in {} bytes: {finding:?}", text.len());
        }
        let rendered = render(finding, &loaded.files, false);
        assert_harmless(&rendered);
    }
}

fn assert_harmless(text: &str) {
    let bad = text.chars().find(|&c| c.is_control() && c != '\n');
    assert_eq!(bad, None, "{text:?}");
    let (_, mended) = examdeck::engine::text::Text::clean(text);
    assert!(mended.is_empty(), "{mended:?} in {text:?}");
}

fn fixtures() -> Vec<PathBuf> {
    let mut paths: Vec<PathBuf> = fs::read_dir(BANKS)
        .expect("the fixtures are there")
        .map(|e| Path::new(BANKS).join(e.expect("they can be listed").file_name()))
        .filter(|path| path.extension().is_none_or(|e| e != "md")) // guides that some name
        .collect();
    paths.sort();
    paths
}

fn stem(path: &Path) -> &str {
    path.file_stem().and_then(|s| s.to_str()).expect("fixtures have plain names")
}

#[path = "content/arbitrary.rs"]
mod arbitrary;
#[path = "content/check.rs"]
mod check;
#[path = "content/consequences.rs"]
mod consequences;
#[path = "content/diagnostics.rs"]
mod diagnostics;
#[path = "content/format.rs"]
mod format;
#[path = "content/isolation.rs"]
mod isolation;
#[path = "content/library.rs"]
mod library;
#[path = "content/limits.rs"]
mod limits;
#[path = "content/real_bank.rs"]
mod real_bank;
