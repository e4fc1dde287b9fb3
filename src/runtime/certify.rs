//! A certificate is drawn up: the sitting from the store, the key from the data directory.

use std::path::{Path, PathBuf};

use jiff::tz::TimeZone;
use rand::rand_core::TryRng;
use rand::rngs::SysRng;

use crate::engine::bank::Bank;
use crate::engine::qualify::qualifies;
use crate::engine::record::Stored;
use crate::engine::text::Text;
use crate::engine::time::Wall;
use crate::publish::certificate::seal::Sealed;
use crate::publish::certificate::{data, name};
use crate::storage::{certificates, signing_key};

use super::loader::text_of;

/// The certificate of a sitting on `bank`, for who calls himself `raw_name`.
///
/// # Errors
/// In words: the sitting does not qualify, the name is none, or the key cannot be had.
pub fn certify(data_dir: &Path, stored: &Stored, bank: &Bank, raw_name: &str) -> Result<Sealed, Text> {
    if stored.ended.is_none() {
        return Err(Text::new("the exam is not finished"));
    }
    qualifies(&stored.exam, bank).map_err(|why| Text::new(&why.to_string()))?;
    let name = name(raw_name).map_err(|why| Text::new(&why))?;
    let mut fresh = [0; 32];
    SysRng.try_fill_bytes(&mut fresh).map_err(|_| Text::new("the system gives no random numbers"))?;
    let key = signing_key::load_or_make(data_dir, &fresh).map_err(|error| text_of(&error))?;
    let offset = local(stored.ended.unwrap_or(stored.last_active)).offset().seconds() / 60;
    Ok(Sealed::new(data(stored, bank, name, offset), &key))
}

/// Puts a certificate into the data directory.
pub fn keep(data_dir: &Path, sealed: &Sealed) -> Result<PathBuf, Text> {
    let day = local(Wall(sealed.data.ended)).date();
    let stem = format!("{}-{day}", sealed.data.bank.id);
    certificates::keep(data_dir, &stem, &sealed.html()).map_err(|error| text_of(&error))
}

fn local(at: Wall) -> jiff::Zoned {
    jiff::Timestamp::from_second(at.0).unwrap_or_default().to_zoned(TimeZone::system())
}
