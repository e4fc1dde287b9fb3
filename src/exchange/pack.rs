//! Packing a bank or a deck: one zip archive with its files, their sums, and what it is.

use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, System, ZipWriter};

use super::ENDING;
use super::error::Refused;
use super::manifest::{self, Manifest};
use super::parcel::Sound;
use super::unpack::{Limits, unpack};

/// The name an archive gets if none is asked for: `fire-safety-1.2.0.examdeck`.
pub fn default_name(sound: &Sound) -> String {
    format!("{}-{}.{ENDING}", sound.content.id(), sound.content.version())
}

/// Packs what is sound. The same files make the same bytes: their order is that of their names, and all have one time.
///
/// # Errors
/// If what was packed could not be added, because there is too much of it.
pub fn pack(sound: &Sound) -> Result<Vec<u8>, Refused> {
    let content = &sound.content;
    let manifest = Manifest {
        format: manifest::FORMAT,
        kind: content.kind().into(),
        id: content.id().to_string(),
        title: content.title(),
        version: content.version().to_string(),
        files: sound.sums(),
    };
    let failed = |error: &dyn std::error::Error| Refused::because(&format!("the archive cannot be made: {error}"));
    let mut written = serde_json::to_vec_pretty(&manifest).map_err(|e| failed(&e))?;
    written.push(b'\n');
    let mut parts = vec![(manifest::NAME, &written[..])];
    parts.extend(sound.parts());
    let archive = zip(&parts).map_err(|e| failed(&e))?;
    // What a student could not add is not worth sending.
    match unpack(&archive, &Limits::default()) {
        Ok(_) => Ok(archive),
        Err(fault) => Err(Refused::because(&format!("a student could not add the archive: {fault}"))),
    }
}

fn zip(parts: &[(&str, &[u8])]) -> zip::result::ZipResult<Vec<u8>> {
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default())
        .system(System::Unix)
        .unix_permissions(0o644);
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        writer.start_file(*name, options)?;
        writer.write_all(bytes)?;
    }
    Ok(writer.finish()?.into_inner())
}
