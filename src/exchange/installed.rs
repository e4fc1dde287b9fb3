//! The banks and decks that are installed, and where they are from.

use std::path::{Path, PathBuf};

use crate::content::built_in;
use crate::content::kind::ContentKind;
use crate::content::load::load;
use crate::content::load_deck::load_deck;
use crate::content::source::{ContentFiles, SourceFile, find_banks, find_decks};
use crate::engine::slug::Slug;

use super::parcel::Content;
use super::receipt::Receipt;

/// A bank or a deck that is installed.
#[derive(Clone, Debug)]
pub struct Installed {
    /// As far as it is sound.
    pub content: Content,
    /// Its folder or file.
    pub path: PathBuf,
    /// How it came there.
    pub origin: Origin,
}

/// How something installed came there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// Somebody put the files there.
    ByHand,
    /// It was added, and is as it was then.
    Added(Receipt),
    /// It was added, and its files were changed since.
    Changed(Receipt),
}

impl Origin {
    /// How what lies at `path` came there.
    pub fn of(path: &Path, files: Option<&ContentFiles>) -> Self {
        let Some(receipt) = Receipt::of(path) else { return Origin::ByHand };
        let listed = |file: &PathBuf| {
            let name = file.strip_prefix(path).unwrap_or(file).components();
            let name: Vec<_> = name.map(|c| c.as_os_str().to_string_lossy()).collect();
            receipt.lists(&name.join("/"))
        };
        let holds = receipt.holds(path) && files.is_none_or(|files| files.paths().iter().all(listed));
        if holds { Origin::Added(receipt) } else { Origin::Changed(receipt) }
    }
}

/// The banks or decks in `folder` whose header can be read, in the order of their paths.
pub fn installed(folder: &Path, kind: ContentKind) -> Vec<Installed> {
    let found = match kind {
        ContentKind::Bank => find_banks(folder),
        ContentKind::Deck => find_decks(folder),
    };
    let content = |files: &ContentFiles| match kind {
        ContentKind::Bank => load(files.read().0).bank.map(Content::Bank),
        ContentKind::Deck => load_deck(files.read().0).deck.map(Content::Deck),
    };
    let entry = |files: ContentFiles| {
        Some(Installed { content: content(&files)?, origin: Origin::of(&files.root, Some(&files)), path: files.root })
    };
    found.unwrap_or_default().into_iter().filter_map(entry).collect()
}

/// The banks or decks that are part of the program.
pub fn built_in(kind: ContentKind) -> Vec<Content> {
    match kind {
        ContentKind::Bank => built_in::banks().into_iter().filter_map(|f| load(f).bank.map(Content::Bank)).collect(),
        ContentKind::Deck => {
            built_in::decks().into_iter().filter_map(|f| load_deck(f).deck.map(Content::Deck)).collect()
        }
    }
}

/// The id and the version of each bank or deck that is part of the program. Its header says both, and comes first.
pub fn built_in_versions(kind: ContentKind) -> Vec<(Slug, semver::Version)> {
    let header = |mut files: Vec<SourceFile>| {
        files.truncate(1);
        match kind {
            ContentKind::Bank => load(files).bank.map(|bank| (bank.id, bank.version)),
            ContentKind::Deck => load_deck(files).deck.map(|deck| (deck.id, deck.version)),
        }
    };
    let all = match kind {
        ContentKind::Bank => built_in::banks(),
        ContentKind::Deck => built_in::decks(),
    };
    all.into_iter().filter_map(header).collect()
}

/// What is installed under `id`; if several are, the one with the highest version.
pub fn find(folder: &Path, kind: ContentKind, id: &Slug) -> Option<Installed> {
    let own = installed(folder, kind).into_iter().filter(|i| i.content.id() == id);
    own.max_by(|a, b| a.content.version().cmp(b.content.version()))
}
