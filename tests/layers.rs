//! The import law: what each layer may know of the others, read from the sources.

use std::fs;
use std::path::{Path, PathBuf};

/// The layers, and which of them each may import.
const MAY: &[(&str, &[&str])] = &[
    ("engine", &[]),
    ("content", &["engine"]),
    ("storage", &["engine"]),
    ("app", &["engine"]),
    ("ui", &["app", "engine"]),
    ("exchange", &["content", "engine"]),
    ("publish", &["engine"]),
    ("runtime", &["ui", "app", "storage", "content", "exchange", "publish", "engine"]),
    ("cli", &["runtime", "ui", "app", "storage", "content", "exchange", "publish", "engine"]),
    ("main", &["cli"]),
    ("lib", &["engine", "content", "storage", "app", "ui", "exchange", "publish", "runtime", "cli"]),
];

/// Names that only some layers, or single files of them, may use.
const ONLY: &[(&str, &[&str])] = &[
    ("ratatui", &["ui", "runtime"]),
    ("crossterm", &["runtime"]),
    ("RecommendedWatcher", &["runtime/watch.rs"]),
    ("std::process::Command", &["runtime/editor.rs"]),
    ("jsonschema", &[]),
    ("signal_hook", &["runtime"]),
    ("rustix", &["runtime", "exchange/place.rs"]),
    ("rusqlite", &["storage"]),
    ("toml", &["content"]),
    ("toml_parser", &["content"]),
    ("pulldown_cmark", &["content/guide.rs"]),
    ("annotate_snippets", &["content", "cli"]),
    ("clap", &["cli"]),
    ("serde", &["content", "storage", "exchange", "publish/certificate.rs", "publish/certificate/seal.rs", "cli"]),
    ("serde_json", &["storage", "exchange", "publish/certificate/seal.rs", "cli"]),
    ("ZipArchive", &["exchange/unpack.rs"]),
    ("ZipWriter", &["exchange/pack.rs"]),
    ("sha2", &["exchange", "publish"]),
    ("ed25519_dalek", &["publish/certificate/seal.rs"]),
    ("qrcode", &["publish/certificate/qr.rs"]),
    ("minisign", &["exchange/signature.rs"]),
    ("minisign_verify", &["exchange/signature.rs"]),
    ("ct_codecs", &["exchange/signature.rs"]),
    ("directories", &["storage"]),
    ("fsrs", &["engine/schedule.rs"]),
    ("libm", &["engine/readiness/spread.rs"]),
    ("jiff", &["engine/day.rs", "app", "publish/certificate/words.rs", "runtime", "cli"]),
    ("rand", &["engine/chance.rs", "runtime"]),
    ("unicode_normalization", &["engine/words.rs", "engine/latin.rs"]),
    ("uuid", &["engine/record.rs", "engine/answer.rs", "app/cards.rs", "runtime"]),
    ("std::fs", &["content", "storage", "exchange", "cli"]),
    ("std::env", &["runtime"]),
    ("std::thread", &["runtime"]),
    ("std::net", &[]),
    ("Instant", &["runtime"]),
    ("SystemTime", &["runtime"]),
    ("println!", &[]),
    ("eprintln!", &[]),
    ("unsafe", &[]),
];

/// The most lines of a file.
const LINES: usize = 500;

/// A file of the sources and its text.
struct Source {
    /// Relative to `src`, with `/`.
    path: String,
    text: String,
}

impl Source {
    fn layer(&self) -> &str {
        let first = self.path.split('/').next().unwrap_or_default();
        first.strip_suffix(".rs").unwrap_or(first)
    }

    /// Whether it is one of these layers or files.
    fn is_of(&self, who: &[&str]) -> bool {
        who.contains(&self.layer()) || who.contains(&self.path.as_str())
    }

    /// The lines that are compiled into the program, with their numbers: no comments, no texts, no unit tests.
    fn code(&self) -> Vec<(usize, String)> {
        let body = self.text.split("\n#[cfg(test)]\nmod tests {").next().unwrap_or_default();
        code_of(body).lines().enumerate().map(|(i, line)| (i + 1, line.to_owned())).collect()
    }
}

/// The text without the insides of strings and without comments; the lines stay.
fn code_of(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let skipped = if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if rest.starts_with("r\"") || rest.starts_with("r#") {
            let hashes = rest[1..].chars().take_while(|&c| c == '#').count();
            let end = format!("\"{}", "#".repeat(hashes));
            let from = 2 + hashes;
            rest.get(from..).and_then(|r| r.find(&end)).map_or(1, |at| from + at + end.len())
        } else if rest.starts_with("'\"'") || rest.starts_with("'\\\"'") {
            if rest.starts_with("'\"") { 3 } else { 4 }
        } else if c == '"' {
            let mut escaped = false;
            let end = rest[1..].find(|c| {
                let ends = c == '"' && !escaped;
                escaped = c == '\\' && !escaped;
                ends
            });
            end.map_or(rest.len(), |at| at + 2)
        } else {
            out.push(c);
            rest = &rest[c.len_utf8()..];
            continue;
        };
        out.extend(rest[..skipped].chars().filter(|&c| c == '\n'));
        rest = &rest[skipped..];
    }
    out
}

/// Whether `code` has `name` as a whole word, or a path of words.
fn mentions(code: &str, name: &str) -> bool {
    let part = |c: char| c.is_alphanumeric() || c == '_';
    code.match_indices(name).any(|(at, _)| {
        let before = code[..at].chars().next_back();
        let after = code[at + name.len()..].chars().next();
        !before.is_some_and(part) && !after.is_some_and(part)
    })
}

/// The layers that `code` imports: `crate::app`, `super::super::app` from a file two levels deep, `crate::{app, ui}`.
fn imported(code: &str, depth: usize) -> Vec<&'static str> {
    let roots = ["crate::".to_owned(), "examdeck::".to_owned(), "super::".repeat(depth)];
    let known = MAY.iter().map(|(layer, _)| *layer);
    known
        .filter(|layer| {
            roots.iter().filter(|root| !root.is_empty()).any(|root| {
                code.match_indices(root.as_str()).any(|(at, _)| {
                    // `super::super::` must not be the tail of a longer climb.
                    let rest = &code[at + root.len()..];
                    match rest.strip_prefix('{') {
                        Some(group) => mentions(group, layer),
                        None => rest.split(|c: char| !(c.is_alphanumeric() || c == '_')).next() == Some(layer),
                    }
                })
            })
        })
        .collect()
}

/// Everything that breaks the law.
fn violations(sources: &[Source]) -> Vec<String> {
    let mut found = Vec::new();
    for source in sources {
        let layer = source.layer();
        let Some((_, may)) = MAY.iter().find(|(known, _)| *known == layer) else {
            found.push(format!("{}: {layer} is no layer of the architecture", source.path));
            continue;
        };
        // `src/app/room.rs` reaches the crate's root by two `super`s, `src/app.rs` by one.
        let depth = source.path.matches('/').count() + 1;
        for (number, code) in source.code() {
            let place = format!("{}:{number}", source.path);
            for other in imported(&code, depth) {
                if other != layer && !may.contains(&other) {
                    found.push(format!("{place}: {layer} must not import {other}"));
                }
            }
            for (name, who) in ONLY {
                if mentions(&code, name) && !source.is_of(who) {
                    found.push(format!("{place}: {name} has no place in {layer}"));
                }
            }
            // `use std::{fs, io}` and its like.
            if let Some(group) = code.split_once("use std::{").map(|(_, group)| group) {
                for (name, who) in ONLY.iter().filter_map(|(n, who)| Some((n.strip_prefix("std::")?, who))) {
                    if mentions(group, name) && !source.is_of(who) {
                        found.push(format!("{place}: std::{name} has no place in {layer}"));
                    }
                }
            }
        }
        let lines = source.text.lines().count();
        if lines > LINES {
            found.push(format!("{}: {lines} lines, more than {LINES}", source.path));
        }
        if source.path.ends_with("/mod.rs") {
            found.push(format!("{}: foo.rs + foo/, not mod.rs", source.path));
        }
    }
    found
}

fn sources() -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut open: Vec<PathBuf> = vec![root.clone()];
    let mut sources = Vec::new();
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(&folder).expect("the sources are there") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|e| e == "rs") {
                let name = path.strip_prefix(&root).expect("below the root").components();
                let name: Vec<_> = name.map(|c| c.as_os_str().to_string_lossy().into_owned()).collect();
                sources.push(Source { path: name.join("/"), text: fs::read_to_string(&path).expect("UTF-8") });
            }
        }
    }
    sources.sort_by(|a, b| a.path.cmp(&b.path));
    sources
}

#[test]
fn nothing_points_left() {
    let sources = sources();
    assert!(sources.len() > 50, "the sources were not found: {}", sources.len());
    let found = violations(&sources);
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn the_map_in_lib_rs_names_the_layers_and_their_arrows() {
    let map = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/lib.rs")).expect("UTF-8");
    let rooms: Vec<&str> =
        map.lines().filter_map(|l| l.strip_prefix("pub mod ").and_then(|l| l.strip_suffix(';'))).collect();
    let rows: Vec<&str> = map.lines().filter_map(|l| l.strip_prefix("//! | [`")?.split('`').next()).collect();
    let sorted = |mut names: Vec<&'static str>| {
        names.sort_unstable();
        names
    };
    let known = |name: &str| MAY.iter().map(|(layer, _)| *layer).find(|layer| *layer == name).expect("a layer");
    assert_eq!(sorted(rows.into_iter().map(known).collect()), sorted(rooms.iter().map(|r| known(r)).collect()));
    let arrows = map.lines().filter_map(|l| l.strip_prefix("//!        "));
    let mut drawn = 0;
    for arrow in arrows.flat_map(|line| line.split("  ")).map(str::trim).filter(|arrow| !arrow.is_empty()) {
        let (from, to) = arrow.split_once(" → ").expect("an arrow");
        let (_, may) = MAY.iter().find(|(layer, _)| *layer == from).expect("a layer");
        assert_eq!(sorted(to.split(", ").map(known).collect()), sorted(may.to_vec()), "{from}");
        drawn += 1;
    }
    assert_eq!(drawn, 6, "every layer between runtime and engine has its arrow");
}

#[test]
fn a_planted_violation_is_found() {
    let planted = [
        ("engine/exam.rs", "use crate::app::model::Model;", "engine must not import app"),
        ("engine/exam.rs", "use super::super::storage::open;", "engine must not import storage"),
        ("engine.rs", "use super::ui::view;", "engine must not import ui"),
        ("content/rules/item.rs", "use super::super::super::cli::Status;", "content must not import cli"),
        ("app/room.rs", "fn f() { crate::runtime::run() }", "app must not import runtime"),
        ("app/room.rs", "use crate::{engine::exam, storage};", "app must not import storage"),
        ("ui/view.rs", "use crate::content::load;", "ui must not import content"),
        ("storage/exams.rs", "use crate::app::effect::Record;", "storage must not import app"),
        ("runtime.rs", "use crate::cli;", "runtime must not import cli"),
        ("publish/key.rs", "use crate::app::page::counted;", "publish must not import app"),
        ("publish/key.rs", "use crate::content::load;", "publish must not import content"),
        ("publish/page.rs", "std::fs::write(p, s)", "std::fs has no place in publish"),
        ("main.rs", "examdeck::runtime::run()", "main must not import runtime"),
        ("app/page.rs", "use ratatui::text::Line;", "ratatui has no place in app"),
        ("ui/view.rs", "use crossterm::event;", "crossterm has no place in ui"),
        ("runtime/world.rs", "let c = rusqlite::Connection::open(p);", "rusqlite has no place in runtime"),
        ("cli.rs", "toml::from_str(s)", "toml has no place in cli"),
        ("app/home.rs", "use std::fs;", "std::fs has no place in app"),
        ("app/home.rs", "use std::{fmt, fs};", "std::fs has no place in app"),
        ("engine/draw.rs", "let t = Instant::now();", "Instant has no place in engine"),
        ("app/home.rs", "let c = '\"'; use std::fs; // \"", "std::fs has no place in app"),
        ("engine/review.rs", "use fsrs::FSRS;", "fsrs has no place in engine"),
        ("app/cards.rs", "let model = fsrs::FSRS::default();", "fsrs has no place in app"),
        ("engine/plan.rs", "use jiff::civil::Date;", "jiff has no place in engine"),
        ("storage/cards.rs", "use jiff::Timestamp;", "jiff has no place in storage"),
        ("engine/queue.rs", "use rand::Rng;", "rand has no place in engine"),
        ("app/cards.rs", "let n: u64 = rand::random();", "rand has no place in app"),
        ("storage/cards.rs", "uuid::Uuid::nil()", "uuid has no place in storage"),
        ("exchange/add.rs", "use crate::storage::paths;", "exchange must not import storage"),
        ("content/load.rs", "use crate::exchange::pack;", "content must not import exchange"),
        ("cli/add.rs", "use zip::ZipArchive;", "ZipArchive has no place in cli"),
        ("cli/pack.rs", "minisign::sign(k)", "minisign has no place in cli"),
        ("storage/open.rs", "use sha2::Sha256;", "sha2 has no place in storage"),
        ("exchange/add.rs", "use rustix::fs;", "rustix has no place in exchange"),
        ("publish/certificate.rs", "use crate::storage::Store;", "publish must not import storage"),
        ("runtime/certify.rs", "use ed25519_dalek::SigningKey;", "ed25519_dalek has no place in runtime"),
        ("network/mod.rs", "", "network is no layer"),
        ("app/mod.rs", "", "not mod.rs"),
    ];
    for (path, line, expected) in planted {
        let source = Source { path: path.into(), text: format!("//! x\n{line}\n") };
        let found = violations(&[source]);
        assert!(found.iter().any(|f| f.contains(expected)), "{path}: {line}: {found:?}");
    }
    let long = Source { path: "app/long.rs".into(), text: "\n".repeat(LINES + 1) };
    assert!(violations(&[long])[0].contains("501 lines"));
}

#[test]
fn what_is_allowed_is_not_found() {
    let fine = [
        ("app/room.rs", "use super::model::Model; // never crate::storage"),
        ("app/room.rs", "let text = \"use crate::runtime; ratatui\";"),
        ("app/room.rs", "let text = \"\\\" use\ncrate::runtime\"; let c = '\"'; let d = r#\"toml::\"#;"),
        ("app/room.rs", "use crate::engine::exam::Exam;"),
        ("runtime/effects.rs", "use crate::storage::{Store, StoreError};"),
        ("content/load.rs", "use std::fs;"),
        ("engine/schedule.rs", "use fsrs::FSRS;"),
        ("engine/day.rs", "use jiff::civil::Date;"),
        ("engine/chance.rs", "use rand::rngs::ChaCha8Rng; // and no uuid"),
        ("engine/text.rs", "let crossterm_like = atoml;"),
        ("main.rs", "fn main() -> ExitCode { examdeck::cli::main() }"),
    ];
    for (path, line) in fine {
        let source = Source { path: path.into(), text: format!("//! x\n{line}\n") };
        assert_eq!(violations(&[source]), Vec::<String>::new(), "{path}: {line}");
    }
    let tests = "use super::*;\n\n#[cfg(test)]\nmod tests {\n    use crate::content::load;\n}\n";
    assert!(violations(&[Source { path: "engine/draw.rs".into(), text: tests.into() }]).is_empty());
}
