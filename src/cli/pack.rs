//! `examdeck pack`: one file that a student adds with one command.

use std::fs::{self, File};
use std::io::{IsTerminal, Read, Write};
use std::path::{Path, PathBuf};

use clap::Args;

use crate::content::diagnostic::{Diagnostic, render};
use crate::content::source::{ARCHIVE, SourceFile, path_text, read_file};
use crate::engine::time::Wall;
use crate::exchange::Refused;
use crate::exchange::manifest::Sum;
use crate::exchange::pack::{default_name, pack};
use crate::exchange::parcel::{Parcel, Sound};
use crate::exchange::signature::{self, Signer};
use crate::runtime::clock::month;
use crate::storage::whole_file::replace;

use super::{Status, chain};

/// What was typed.
#[derive(Args, Clone, Debug)]
pub struct Orders {
    /// The file or folder of a bank or a deck
    #[arg(value_name = "PATH")]
    pub path: PathBuf,
    /// The file to write (default: id and version, as in fire-safety-1.2.0.examdeck)
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Replace an archive that is there and holds something else
    #[arg(long)]
    pub force: bool,
    /// Sign it with this minisign secret key
    #[arg(long, value_name = "KEY")]
    pub sign: Option<PathBuf>,
    /// The first line of this file is the key's password
    #[arg(long, value_name = "FILE", requires = "sign")]
    pub password_file: Option<PathBuf>,
}

/// Packs a bank or a deck without an error; its warnings are told.
pub fn run(orders: &Orders, now: Wall, out: &mut impl Write, err: &mut impl Write) -> std::io::Result<Status> {
    let made = match make(orders, now) {
        Ok(made) => made,
        Err(refused) => return complain(&refused, err),
    };
    let Made { sound, path, bytes, signature, same } = &made;
    findings(&sound.warnings, &sound.files, err)?;
    let content = &sound.content;
    let (title, id, version) = (content.title(), content.id(), content.version());
    let files = match sound.names.len() {
        1 => "1 file".into(),
        n => format!("{n} files"),
    };
    let path = path_text(path).one_line();
    writeln!(out, "{path}: {title} ({id} {version}), {}, {files}, {} bytes", content.size(), bytes.len())?;
    writeln!(out, "SHA-256 {}", Sum::of(bytes))?;
    if *same {
        writeln!(out, "It was there already, the same to the byte")?;
    }
    if let Some(signature) = signature {
        writeln!(out, "Signature {}", path_text(signature).one_line())?;
    }
    Ok(Status::Ok)
}

/// What was made and written.
struct Made {
    sound: Sound,
    path: PathBuf,
    bytes: Vec<u8>,
    signature: Option<PathBuf>,
    /// Whether the same archive was there already.
    same: bool,
}

/// Checks, packs and signs, and then writes.
fn make(orders: &Orders, now: Wall) -> Result<Made, Refused> {
    let sound = Parcel::of_path(&orders.path)?.check(Some(month(now)), "packed")?;
    let path = orders.output.clone().unwrap_or_else(|| PathBuf::from(default_name(&sound)));
    let bytes = pack(&sound)?;
    let signature = orders.sign.as_ref().map(|key| sign(orders, key, &path, &bytes, now)).transpose()?;
    let same = may_write(&path, &bytes, orders.force)?;
    replace(&path, &bytes).map_err(Refused::io("write", &path))?;
    let Some(text) = signature else { return Ok(Made { sound, path, bytes, signature: None, same }) };
    let beside = signature::beside(&path);
    replace(&beside, &text).map_err(Refused::io("write", &beside))?;
    Ok(Made { sound, path, bytes, signature: Some(beside), same })
}

fn sign(orders: &Orders, key: &Path, archive: &Path, bytes: &[u8], now: Wall) -> Result<String, Refused> {
    let password = match &orders.password_file {
        None => None,
        Some(path) => Some(read_file(path)?.text.lines().next().unwrap_or_default().to_owned()),
    };
    let signer = Signer::read(key, password, std::io::stdin().is_terminal())?;
    let name = archive.file_name().unwrap_or_default().to_string_lossy();
    // As minisign itself writes it.
    signer.sign(bytes, &format!("timestamp:{} file:{name} hashed", now.0))
}

/// Of what is there only an archive is replaced, since anything else may be the bank itself; one that holds something else only
/// by `force`, since students may have it. Returns whether it is the same already.
fn may_write(path: &Path, bytes: &[u8], force: bool) -> Result<bool, Refused> {
    if !fs::metadata(path).is_ok_and(|m| m.is_file()) {
        return Ok(false);
    }
    let mut there = Vec::new();
    let most = bytes.len() as u64 + 1;
    File::open(path).and_then(|file| file.take(most).read_to_end(&mut there)).map_err(Refused::io("read", path))?;
    let shown = path_text(path).one_line();
    if !there.starts_with(ARCHIVE) {
        return Err(Refused::because(&format!("{shown} is no archive and is not replaced: give another name with -o")));
    }
    if there != bytes && !force {
        return Err(Refused::because(&format!(
            "{shown} is there already and holds something else; nothing was written: raise the version, give another name with -o, \
             or replace it with --force"
        )));
    }
    Ok(there == bytes)
}

/// Says why nothing was done, with all that was found, as `check` prints it.
pub fn complain(refused: &Refused, err: &mut impl Write) -> std::io::Result<Status> {
    if let Refused::Findings { findings: found, files, .. } = refused {
        findings(found, files, err)?;
    }
    writeln!(err, "examdeck: {}", chain(refused))?;
    Ok(if matches!(refused, Refused::Read(_)) { Status::Usage } else { Status::Findings })
}

fn findings(findings: &[Diagnostic], files: &[SourceFile], err: &mut impl Write) -> std::io::Result<()> {
    let colour =
        std::io::stderr().is_terminal() && crate::runtime::loader::variable("NO_COLOR").is_none_or(|v| v.is_empty());
    findings.iter().try_for_each(|finding| writeln!(err, "{}\n", render(finding, files, colour)))
}
