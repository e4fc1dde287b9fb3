//! Adding a bank or a deck: checked first, then installed as a whole.

use std::fs;
use std::path::Path;

use crate::content::kind::ContentKind;
use crate::content::source::{ReadError, path_text};
use crate::engine::deck::OWN_DECK;
use crate::engine::slug::Slug;
use crate::engine::text::Text;

use super::Places;
use super::changes::Changes;
use super::error::Refused;
use super::installed::{self, Installed, Origin};
use super::manifest::Manifest;
use super::parcel::{Content, Parcel, Sound};
use super::place::{Held, Step, Way};
use super::receipt::{self, Receipt};
use super::signature::{self, Key, Seal, Signed};
use super::unpack::{Fault, Limits, Unpacked, read, unpack};

/// What to add.
#[derive(Clone, Copy, Debug)]
pub struct Order<'o> {
    /// An archive, a folder or a `.toml` file.
    pub path: &'o Path,
    /// Whether it may take the place of a higher version.
    pub downgrade: bool,
    /// The key that must have signed it; it is remembered.
    pub trust: Option<&'o Key>,
}

/// What was added.
#[derive(Clone, Debug)]
pub struct Added {
    /// What it is.
    pub content: Content,
    /// What has changed by it.
    pub outcome: Outcome,
    /// Who has signed it.
    pub signed: Signed,
}

/// What has changed by adding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It was not there before.
    New,
    /// It was there already: nothing was done.
    Same,
    /// It has taken the place of this version.
    Updated(semver::Version, Changes),
}

impl Added {
    /// What to tell the user, a line each.
    pub fn lines(&self) -> Vec<String> {
        let Self { content, outcome, signed } = self;
        let (title, id, version, size) = (content.title(), content.id(), content.version(), content.size());
        let done = match outcome {
            Outcome::New => format!("Added {title} ({id} {version}): {size}"),
            Outcome::Same => format!("{title} ({id} {version}) is there already, the same to the byte"),
            Outcome::Updated(old, changes) if old == version => {
                format!("Replaced {title} ({id}), again {version}: {size}; {changes}")
            }
            Outcome::Updated(old, changes) => {
                format!("Updated {title} ({id}) from {old} to {version}: {size}; {changes}")
            }
        };
        let signature = match signed {
            Signed::No => "Not signed".into(),
            Signed::Unknown(key) => {
                format!("Not verified: it is signed by the key {key}; in a shell: examdeck add … --trust KEY.pub")
            }
            Signed::By(seal) => format!("Signed by {seal}"),
        };
        vec![done, signature]
    }
}

/// Adds what `order` names. `at` is told of every step.
pub fn add(order: Order<'_>, places: &Places, at: &mut dyn FnMut(Step)) -> Result<Added, Refused> {
    let Brought { parcel, manifest, signed } = bring(order, places)?;
    let sound = parcel.check(None, "added")?;
    if manifest.is_some_and(|manifest| !agrees(&manifest, &sound.content)) {
        let fault = Fault::Disagrees(Text::new("what it holds"));
        return Err(Refused::Archive { path: path_text(order.path), fault });
    }
    let (kind, id) = (sound.content.kind(), sound.content.id().clone());
    if kind == ContentKind::Deck && id.as_str() == OWN_DECK {
        let text = "`my-cards` is the id of your own deck: give the deck to be added another id";
        return Err(Refused::because(text));
    }
    built_in_is_older(&sound.content)?;
    let held = Held::take(places.of(kind))?;
    let old = installed::find(places.of(kind), kind, &id);
    may_replace(&held, &id, old.as_ref())?;
    let seal = match &signed {
        Signed::By(seal) => Some(seal),
        _ => None,
    };
    let mut outcome = Outcome::New;
    if let Some(old) = &old {
        same_author(old, &signed, order)?;
        outcome = compare(old, &sound, seal, order.downgrade)?;
    }
    if let Some(key) = order.trust {
        signature::remember(key, &places.keys)?;
    }
    if outcome != Outcome::Same {
        let receipt = receipt(&sound, seal, order.path);
        let mut files = sound.parts();
        files.push((receipt::NAME, &receipt));
        held.put(&id, &files, Way::Exchange, at)?;
    }
    Ok(Added { content: sound.content, outcome, signed })
}

/// What was read.
struct Brought {
    parcel: Parcel,
    /// What an archive says of itself.
    manifest: Option<Manifest>,
    signed: Signed,
}

fn bring(order: Order<'_>, places: &Places) -> Result<Brought, Refused> {
    let path = order.path;
    let meta = fs::metadata(path).map_err(|error| ReadError::Io { path: path_text(path), error })?;
    if meta.is_dir() || path.extension().is_some_and(|e| e == "toml") {
        if order.trust.is_some() {
            let path = path_text(path).one_line();
            return Err(Refused::because(&format!("{path} is no archive, and only an archive is signed")));
        }
        return Ok(Brought { parcel: Parcel::of_path(path)?, manifest: None, signed: Signed::No });
    }
    let refused = |fault| Refused::Archive { path: path_text(path), fault };
    let limits = Limits::default();
    let bytes = read(path, &limits)?;
    // Before anything in it is looked at, and of the same bytes.
    let signed = signature::check(path, &bytes, order.trust, &signature::known_keys(&places.keys))?;
    let Unpacked { manifest, files } = unpack(&bytes, &limits).map_err(refused)?;
    Ok(Brought { parcel: Parcel::of_files(file_name(path), files)?, manifest, signed })
}

/// An archive's manifest names the bank or deck that is in it. Its files were compared before.
fn agrees(manifest: &Manifest, content: &Content) -> bool {
    manifest.kind == content.kind().into()
        && manifest.id == content.id().as_str()
        && manifest.version == content.version().to_string()
}

/// The program's own bank of the same id must be older: the newer of the two is what a student gets.
fn built_in_is_older(new: &Content) -> Result<(), Refused> {
    let (kind, id, version) = (new.kind().table(), new.id(), new.version());
    match installed::built_in_versions(new.kind()).iter().find(|(own, built_in)| own == id && built_in >= version) {
        None => Ok(()),
        Some((_, built_in)) => Err(Refused::because(&format!(
            "the {kind} `{id}` is built in as version {built_in}, and only a higher one than that can be added; this is {version}"
        ))),
    }
}

/// Only what was added is replaced: what somebody put there or changed may be the only copy.
fn may_replace(held: &Held, id: &Slug, old: Option<&Installed>) -> Result<(), Refused> {
    let target = held.target(id);
    let (path, origin) = match old {
        Some(old) => (old.path.clone(), old.origin.clone()),
        None if fs::symlink_metadata(&target).is_err() => return Ok(()),
        None => (target.clone(), Origin::of(&target, None)),
    };
    let what = match origin {
        Origin::Added(_) if path == target => return Ok(()),
        Origin::Changed(_) => "was changed since it was added",
        Origin::Added(_) | Origin::ByHand => "was put there by hand",
    };
    let path = path_text(&path).one_line();
    Err(Refused::because(&format!(
        "{path} {what}, and is not replaced: move it away to keep it, or delete it with `examdeck remove {id}`"
    )))
}

/// What an author has signed is replaced by what the same author has signed, unless the user vouches for another.
fn same_author(old: &Installed, new: &Signed, order: Order<'_>) -> Result<(), Refused> {
    let Origin::Added(receipt) = &old.origin else { return Ok(()) };
    let Some(seal) = &receipt.signed else { return Ok(()) };
    let (this, way) = match new {
        _ if order.trust.is_some() => return Ok(()),
        Signed::By(new) if new.key == seal.key => return Ok(()),
        Signed::By(new) => (
            format!("this is signed by {new}"),
            "if that is the author's too, vouch for its key (in a shell: examdeck add … --trust KEY.pub)",
        ),
        Signed::Unknown(key) => (
            format!("this is signed by the key {key}, which is not verified"),
            "if that is the author's too, vouch for its key (in a shell: examdeck add … --trust KEY.pub)",
        ),
        Signed::No => (
            "this is not".into(),
            "ask the author for the signature, vouch for another key (in a shell: examdeck add … --trust KEY.pub)",
        ),
    };
    let id = old.content.id();
    Err(Refused::because(&format!(
        "`{id}` is there signed by {seal}, and {this}: {way}, or delete the old one with `examdeck remove {id}`"
    )))
}

/// What the new one changes of the old one.
fn compare(old: &Installed, new: &Sound, seal: Option<&Seal>, downgrade: bool) -> Result<Outcome, Refused> {
    let (was, is) = (old.content.version(), new.content.version());
    if is < was && !downgrade {
        let id = new.content.id();
        return Err(Refused::because(&format!(
            "`{id}` is there as version {was}, and this is {is}, a lower one; to add it all the same, in a shell: examdeck add \
             … --downgrade"
        )));
    }
    match &old.origin {
        Origin::Added(receipt) if receipt.files == new.sums() && receipt.signed.as_ref() == seal => Ok(Outcome::Same),
        _ => Ok(Outcome::Updated(was.clone(), Changes::between(&old.content, &new.content))),
    }
}

fn receipt(sound: &Sound, seal: Option<&Seal>, path: &Path) -> Vec<u8> {
    let receipt = Receipt {
        format: 1,
        kind: sound.content.kind().into(),
        id: sound.content.id().to_string(),
        version: sound.content.version().to_string(),
        added_from: file_name(path).one_line(),
        signed: seal.cloned(),
        files: sound.sums(),
    };
    // Names, numbers and lists of these can always be written.
    serde_json::to_vec_pretty(&receipt).unwrap_or_default()
}

/// The last part of a path, for messages; the folder `.` has none.
fn file_name(path: &Path) -> Text {
    let name = path.file_name().map_or_else(|| path_text(path), |name| Text::new(&name.to_string_lossy()));
    Text::new(&name.one_line())
}
