//! Adding and removing banks and decks from the screens, by the same code as the commands.

use std::path::{Path, PathBuf};

use crate::app::effect::Volumes;
use crate::app::shelf::Shelf;
use crate::app::study::DeckVolume;
use crate::content::kind::ContentKind;
use crate::engine::slug::Slug;
use crate::engine::text::Text;
use crate::exchange::add::{Order, add as install};
use crate::exchange::{Refused, remove as removal};

use super::loader::{places, stock, text_of, variable};

/// What was done: what is to be said, and what was added.
pub type Done = (Vec<Text>, Option<(Volumes, Slug)>);

/// What was done or why not, and the banks and decks that there are now, if anything was.
pub struct Change {
    /// What was done, or why not.
    pub done: Result<Done, Vec<Text>>,
    /// What there is now.
    pub stock: Option<(Shelf, Vec<DeckVolume>)>,
}

impl Change {
    /// Reads all banks and decks again, if anything was done.
    pub fn of(done: Result<Done, Vec<Text>>, data_dir: &Path, named: &[PathBuf]) -> Self {
        let stock = done.is_ok().then(|| stock(data_dir, named)).map(|(shelf, decks, _)| (shelf, decks));
        Self { done, stock }
    }
}

/// Adds what was typed, or says why not.
pub fn add(data_dir: &Path, typed: &str) -> Result<Done, Vec<Text>> {
    let home = variable("HOME").map(PathBuf::from);
    let path = path_of(typed, home.as_deref(), |path| path.exists());
    let order = Order { path: &path, downgrade: false, trust: None };
    match install(order, &places(data_dir), &mut |_| {}) {
        Ok(added) => {
            let of = match added.content.kind() {
                ContentKind::Bank => Volumes::Banks,
                ContentKind::Deck => Volumes::Decks,
            };
            let said = added.lines().iter().map(|line| Text::new(line)).collect();
            Ok((said, Some((of, added.content.id().clone()))))
        }
        Err(refused) => Err(reasons(&refused, &path)),
    }
}

/// Removes a bank or a deck, or says why not.
pub fn remove(data_dir: &Path, of: Volumes, id: &Slug) -> Result<Done, Vec<Text>> {
    let kind = match of {
        Volumes::Banks => ContentKind::Bank,
        Volumes::Decks => ContentKind::Deck,
    };
    let places = places(data_dir);
    let removed = removal::find(&places, id, Some(kind)).and_then(|found| {
        removal::remove(&found, &places, &mut |_| {})?;
        Ok(found.name.unwrap_or_else(|| id.to_string()))
    });
    match removed {
        Ok(name) => Ok((vec![Text::new(&format!("Removed {name}; what you have answered stays"))], None)),
        Err(refused) => Err(vec![text_of(&refused)]),
    }
}

/// Why something was not added; of errors in it the first, and how to see them all.
fn reasons(refused: &Refused, path: &Path) -> Vec<Text> {
    let mut said = vec![text_of(refused)];
    if let Refused::Findings { findings, .. } = refused
        && let Some(first) = findings.iter().max_by_key(|f| f.severity)
    {
        let all = format!("`examdeck add {}` shows where", path.display());
        said.push(Text::new(&format!("{}: {}; {all}", first.code, first.message)));
    }
    said
}

/// A path as people type it and as terminals and file managers paste it: in quotes, with `\\ ` for a space, with `~` for
/// their home, as `file://…`.
fn path_of(typed: &str, home: Option<&Path>, exists: impl Fn(&Path) -> bool) -> PathBuf {
    if exists(Path::new(typed)) {
        return typed.into();
    }
    let typed = typed.trim();
    let unquoted = ['\'', '"'].iter().find_map(|mark| typed.strip_prefix(*mark)?.strip_suffix(*mark));
    if let Some(address) = unquoted.unwrap_or(typed).strip_prefix("file://") {
        return decoded(address.strip_prefix("localhost").unwrap_or(address)).into();
    }
    let bare = unquoted.map_or_else(|| typed.replace("\\ ", " "), str::to_owned);
    match (bare.strip_prefix("~/"), home) {
        (Some(rest), Some(home)) => home.join(rest),
        _ => bare.into(),
    }
}

/// The path of an address (RFC 3986): `%20` is a space. What is no such code stays as it is.
fn decoded(address: &str) -> String {
    let mut bytes = Vec::with_capacity(address.len());
    let mut rest = address.as_bytes();
    while let [first, after @ ..] = rest {
        let code = after.get(..2).filter(|digits| *first == b'%' && digits.iter().all(u8::is_ascii_hexdigit));
        let byte = code.and_then(|digits| u8::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok());
        bytes.push(byte.unwrap_or(*first));
        rest = if byte.is_some() { &after[2..] } else { after };
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_may_be_pasted() {
        let path = |typed: &str| path_of(typed, Some(Path::new("/home/ada")), |p| p == Path::new("it's \\ here"));
        for (typed, meant) in [
            ("a/b.examdeck", "a/b.examdeck"),
            ("'/my files/b.examdeck'", "/my files/b.examdeck"),
            ("\"/my files/b.examdeck\"", "/my files/b.examdeck"),
            ("/my\\ files/b.examdeck", "/my files/b.examdeck"),
            ("~/b.examdeck", "/home/ada/b.examdeck"),
            (" '/my files/b.examdeck' ", "/my files/b.examdeck"),
            ("file:///my%20files/100%25%C3%A9.examdeck", "/my files/100%é.examdeck"),
            ("\"file://localhost/b.examdeck\"", "/b.examdeck"),
            ("file:///50%/b%2", "/50%/b%2"),
            ("it's \\ here", "it's \\ here"),
        ] {
            assert_eq!(path(typed), Path::new(meant), "{typed}");
        }
    }
}
