//! Lists the bundled content for `src/content/built_in.rs`, which compiles it into the program.

#![allow(clippy::disallowed_methods)] // cargo speaks to build scripts through the environment

use std::path::{Path, PathBuf};
use std::{env, fs};

fn main() {
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").expect("cargo sets it"));
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets it")).join("built_in.rs");
    let mut code = String::new();
    for (name, folder, header) in [("BANKS", "question-bank", "bank.toml"), ("DECKS", "decks", "deck.toml")] {
        code.push_str(&format!("const {name}: &[&[(&str, &str)]] = &[\n"));
        for content in sorted(&root.join(folder)) {
            let mut files = Vec::new();
            gather(&content, "toml", &mut files);
            // The header comes first, as when a folder is read.
            files.sort_by_key(|f| (f.file_name().is_none_or(|n| n != header), f.clone()));
            code.push_str("    &[\n");
            files.iter().for_each(|file| include(&root, file, &mut code));
            code.push_str("    ],\n");
        }
        code.push_str("];\n");
    }
    let mut guides = Vec::new();
    gather(&root.join("question-bank"), "md", &mut guides);
    code.push_str("const GUIDES: &[(&str, &str)] = &[\n");
    guides.iter().for_each(|file| include(&root, file, &mut code));
    code.push_str("];\n");
    fs::write(out, code).expect("OUT_DIR can be written");
}

/// A file's name below `root`, with its text.
fn include(root: &Path, file: &Path, code: &mut String) {
    let name = file.strip_prefix(root).expect("gathered below the root").display().to_string();
    code.push_str(&format!("        ({name:?}, include_str!({:?})),\n", file.display().to_string()));
}

fn gather(path: &Path, extension: &str, files: &mut Vec<PathBuf>) {
    println!("cargo::rerun-if-changed={}", path.display());
    if path.is_dir() {
        for entry in sorted(path) {
            gather(&entry, extension, files);
        }
    } else if path.extension().is_some_and(|e| e == extension) {
        files.push(path.into());
    }
}

fn sorted(folder: &Path) -> Vec<PathBuf> {
    println!("cargo::rerun-if-changed={}", folder.display());
    let mut entries: Vec<PathBuf> =
        fs::read_dir(folder).expect("the content folder is there").filter_map(Result::ok).map(|e| e.path()).collect();
    entries.sort();
    entries
}
