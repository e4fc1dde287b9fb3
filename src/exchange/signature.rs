//! Signatures of archives in minisign's format (Ed25519 over BLAKE2b; Frank Denis, 2015), so that `minisign` makes and
//! checks them too.

use std::fmt;
use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};

use ct_codecs::{Base64, Decoder};
use minisign::{SecretKey, SecretKeyBox};
use minisign_verify::{PublicKey, Signature};
use serde::{Deserialize, Serialize};

use crate::content::source::path_text;
use crate::engine::text::Text;

use super::error::Refused;

/// The ending of a signature's name, behind the whole name of the archive.
pub const ENDING: &str = "minisig";
/// The ending of a public key's name.
const KEY_ENDING: &str = "pub";
const COMMENT: &str = "untrusted comment: ";
/// A secret key with what describes it, in bytes.
const SECRET_SIZE: usize = 158;
/// The most that is read of a key or a signature, in bytes.
const MAX_SIZE: u64 = 8 << 10;

/// A public key, and whose it is.
#[derive(Clone, Debug)]
pub struct Key {
    public: PublicKey,
    line: String,
    /// Its number, as minisign writes it: 16 hexadecimal digits.
    pub id: String,
    /// Whose it is, if its file says so.
    pub name: Option<String>,
}

/// Whose signature was found good.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seal {
    /// The key's number.
    pub key: String,
    /// Whose it is, if the key's file says so.
    pub name: Option<String>,
    /// The comment that is signed, too.
    pub comment: String,
}

impl fmt::Display for Seal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // It may have been read from a file.
        let harmless = |text: &str| Text::new(text).one_line();
        match &self.name {
            Some(name) => write!(f, "{} (key {})", harmless(name), harmless(&self.key)),
            None => write!(f, "key {}", harmless(&self.key)),
        }
    }
}

/// What is known of an archive's signature.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Signed {
    /// There is none.
    No,
    /// There is one, of a key with this number that nobody has vouched for.
    Unknown(String),
    /// It is good.
    By(Seal),
}

impl Key {
    /// A public key as it was typed: the path of a key file, or the line of such a file.
    pub fn typed(typed: &str) -> Result<Self, Refused> {
        let path = Path::new(typed);
        let text = if path.exists() { small_file(path)? } else { typed.to_owned() };
        Self::parse(&text).ok_or_else(|| {
            let typed = Text::new(typed).one_line();
            Refused::because(&format!("{typed} is neither a minisign public key nor a file of one"))
        })
    }

    fn parse(text: &str) -> Option<Self> {
        let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
        let first = lines.next()?;
        let (comment, line) = match first.strip_prefix(COMMENT) {
            Some(comment) => (Some(comment), lines.next()?),
            None => (None, first),
        };
        let public = PublicKey::from_base64(line).ok()?;
        // minisign itself writes this where nobody has written a name.
        let name = comment.filter(|c| !c.starts_with("minisign public key")).map(|c| Text::new(c).one_line());
        Some(Self { public, id: key_id(line)?, line: line.into(), name: name.filter(|n| !n.is_empty()) })
    }

    /// Whether the signature is one of this key over these bytes.
    fn verify(&self, bytes: &[u8], signature: &Signature) -> Option<Seal> {
        self.public.verify(bytes, signature, true).ok()?;
        let comment = Text::new(signature.trusted_comment()).one_line();
        Some(Seal { key: self.id.clone(), name: self.name.clone(), comment })
    }
}

/// The keys that were vouched for so far, in `folder`: a file each, in minisign's own form.
pub fn known_keys(folder: &Path) -> Vec<Key> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let mut paths: Vec<PathBuf> = entries.filter_map(|e| Some(e.ok()?.path())).collect();
    paths.retain(|p| p.extension().is_some_and(|e| e == KEY_ENDING));
    paths.sort();
    paths.iter().filter_map(|p| Key::parse(&small_file(p).ok()?)).collect()
}

/// Keeps a key for the next time.
pub fn remember(key: &Key, folder: &Path) -> Result<(), Refused> {
    fs::create_dir_all(folder).map_err(Refused::io("make", folder))?;
    let name = key.name.as_deref().map_or_else(|| format!("minisign public key {}", key.id), str::to_owned);
    let path = folder.join(format!("{}.{KEY_ENDING}", key.id));
    let part = path.with_extension("part");
    let written = fs::write(&part, format!("{COMMENT}{name}\n{}\n", key.line)).and_then(|()| fs::rename(&part, &path));
    written.map_err(Refused::io("write", &path))
}

/// Looks at the signature beside an archive.
///
/// # Errors
/// If it is not that of the archive, or of another key than the one that was asked for, or there is none although one
/// was asked for.
pub fn check(archive: &Path, bytes: &[u8], trust: Option<&Key>, known: &[Key]) -> Result<Signed, Refused> {
    let path = beside(archive);
    let shown = path_text(&path).one_line();
    if fs::symlink_metadata(&path).is_err() {
        return match trust {
            None => Ok(Signed::No),
            Some(_) => Err(Refused::because(&format!("there is no signature {shown}: ask the author for it"))),
        };
    }
    let text = small_file(&path)?;
    let signature = Signature::decode(&text).ok().zip(text.lines().nth(1).and_then(key_id));
    let Some((signature, id)) = signature else {
        return Err(Refused::because(&format!("{shown} is no minisign signature: ask the author for it again")));
    };
    let key = match trust {
        Some(key) if key.id != id => {
            let text = format!("{shown} is of the key {id}, not of {}, which you trust: nothing was added", key.id);
            return Err(Refused::because(&text));
        }
        Some(key) => key,
        None => match known.iter().find(|key| key.id == id) {
            Some(key) => key,
            None => return Ok(Signed::Unknown(id)),
        },
    };
    key.verify(bytes, &signature).map(Signed::By).ok_or_else(|| {
        let archive = path_text(archive).one_line();
        Refused::because(&format!(
            "{archive} is not what the key {id} has signed: it was changed since. Nothing was added"
        ))
    })
}

/// Where an archive's signature lies.
pub fn beside(archive: &Path) -> PathBuf {
    let mut path = archive.as_os_str().to_owned();
    path.push(format!(".{ENDING}"));
    path.into()
}

/// A secret key that is ready to sign.
pub struct Signer(SecretKey);

impl Signer {
    /// Reads minisign's file of a secret key. One with a password needs it: the one that is given, or else the terminal
    /// is asked.
    pub fn read(path: &Path, password: Option<String>, may_ask: bool) -> Result<Self, Refused> {
        let text = small_file(path)?;
        let path = path_text(path).one_line();
        let broken = || Refused::because(&format!("{path} is no minisign secret key"));
        let line = text.lines().nth(1).ok_or_else(broken)?;
        let bytes = Base64::decode_to_vec(line.trim(), None).map_err(|_| broken())?;
        if bytes.len() != SECRET_SIZE {
            return Err(broken());
        }
        // Such keys have no sum to compare if minisign itself has made them, so they are taken as they are.
        if bytes.get(2..4) == Some(&[0, 0]) {
            return SecretKey::from_bytes(&bytes).map(Self).map_err(|_| broken());
        }
        if password.is_none() && !may_ask {
            let text = format!("{path} has a password, and there is no terminal to ask on: name a --password-file");
            return Err(Refused::because(&text));
        }
        let key = SecretKey::from_box(SecretKeyBox::from(text), password);
        key.map(Self).map_err(|error| Refused::because(&format!("{path} cannot be used: {error}")))
    }

    /// The text of a signature. `comment` is signed, too.
    pub fn sign(&self, bytes: &[u8], comment: &str) -> Result<String, Refused> {
        let comment = Text::new(comment).one_line();
        minisign::sign(None, &self.0, bytes, Some(&comment), Some("signature of an examdeck archive"))
            .map(|signature| signature.into_string())
            .map_err(|error| Refused::because(&format!("the archive cannot be signed: {error}")))
    }
}

/// The number of the key in a line of a key file or a signature: the eight bytes after the algorithm, read backwards.
fn key_id(line: &str) -> Option<String> {
    let bytes = Base64::decode_to_vec(line.trim(), None).ok()?;
    Some(bytes.get(2..10)?.iter().rev().map(|byte| format!("{byte:02X}")).collect())
}

/// A text of one of minisign's files, which are small.
fn small_file(path: &Path) -> Result<String, Refused> {
    let io = Refused::io("read", path);
    if !fs::metadata(path).map_err(&io)?.is_file() {
        return Err(Refused::because(&format!("{} is no file", path_text(path).one_line())));
    }
    let mut text = String::new();
    File::open(path).and_then(|file| file.take(MAX_SIZE).read_to_string(&mut text)).map_err(&io)?;
    Ok(text)
}
