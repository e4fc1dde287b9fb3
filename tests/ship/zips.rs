//! Zip archives made byte by byte, with everything in them that a well-meaning program would not write.

use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

/// A file in an archive.
#[derive(Clone, Debug)]
pub struct Entry {
    pub name: Vec<u8>,
    /// Its name in front of its bytes, if that is another one.
    pub local_name: Option<Vec<u8>>,
    pub bytes: Vec<u8>,
    /// The mode that Unix gives it, with its kind.
    pub mode: u32,
    pub flags: u16,
    pub method: u16,
    /// The size that its header tells.
    pub told: Option<u32>,
    pub crc: Option<u32>,
}

/// A file, stored as it is.
pub fn file(name: impl AsRef<[u8]>, bytes: impl AsRef<[u8]>) -> Entry {
    Entry {
        name: name.as_ref().into(),
        local_name: None,
        bytes: bytes.as_ref().into(),
        mode: 0o100_644,
        flags: 0,
        method: 0,
        told: None,
        crc: None,
    }
}

impl Entry {
    fn header(&self, name: &[u8]) -> Vec<u8> {
        let mut out = Vec::new();
        let size = u32::try_from(self.bytes.len()).expect("a small file");
        out.extend(20_u16.to_le_bytes());
        out.extend(self.flags.to_le_bytes());
        out.extend(self.method.to_le_bytes());
        out.extend([0, 0, 0x21, 0]); // 1 January 1980
        out.extend(self.crc.unwrap_or_else(|| crc(&self.bytes)).to_le_bytes());
        out.extend(size.to_le_bytes());
        out.extend(self.told.unwrap_or(size).to_le_bytes());
        out.extend(u16::try_from(name.len()).expect("a name").to_le_bytes());
        out.extend([0, 0]); // no extra field
        out
    }
}

/// The archive of these files.
pub fn zip(entries: &[Entry]) -> Vec<u8> {
    let (mut out, mut directory) = (Vec::new(), Vec::new());
    for entry in entries {
        let at = u32::try_from(out.len()).expect("a small archive");
        let local = entry.local_name.as_ref().unwrap_or(&entry.name);
        out.extend(b"PK\x03\x04");
        out.extend(entry.header(local));
        out.extend(local);
        out.extend(&entry.bytes);
        directory.extend(b"PK\x01\x02");
        directory.extend([20, 3]); // made on Unix
        directory.extend(entry.header(&entry.name));
        directory.extend([0; 6]); // no comment, one disk, no attributes of its own
        directory.extend((entry.mode << 16).to_le_bytes());
        directory.extend(at.to_le_bytes());
        directory.extend(&entry.name);
    }
    let (start, count) = (out.len(), u16::try_from(entries.len()).expect("few files"));
    out.extend(&directory);
    out.extend(b"PK\x05\x06\0\0\0\0");
    out.extend(count.to_le_bytes());
    out.extend(count.to_le_bytes());
    out.extend(u32::try_from(directory.len()).expect("small").to_le_bytes());
    out.extend(u32::try_from(start).expect("small").to_le_bytes());
    out.extend([0, 0]);
    out
}

/// The archive of these files, deflated.
pub fn deflated(files: &[(&str, &[u8])]) -> Vec<u8> {
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        writer.start_file(*name, options).expect("memory can be written");
        writer.write_all(bytes).expect("memory can be written");
    }
    writer.finish().expect("memory can be written").into_inner()
}

/// CRC-32 as ISO 3309 has it, bit by bit.
fn crc(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0_u32, |sum, byte| {
        (0..8).fold(sum ^ u32::from(*byte), |sum, _| if sum & 1 == 1 { sum >> 1 ^ 0xedb8_8320 } else { sum >> 1 })
    })
}
