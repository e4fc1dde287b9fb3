//! How far the guides were read.

use std::collections::BTreeSet;

use rusqlite::params;

use crate::engine::record::Reading;
use crate::engine::slug::Slug;
use crate::engine::time::Wall;

use super::StoreError;
use super::open::Store;

impl Store {
    /// How far each guide was read.
    pub fn reading(&self) -> Result<Vec<Reading>, StoreError> {
        self.read("read how far the guides were read", |c| {
            c.prepare_cached("SELECT bank, module, section, scroll, read, at FROM reading ORDER BY bank, module")?
                .query_map([], |row| {
                    let (bank, module): (String, String) = (row.get(0)?, row.get(1)?);
                    let (section, scroll): (String, i64) = (row.get(2)?, row.get(3)?);
                    let (read, at): (String, i64) = (row.get(4)?, row.get(5)?);
                    Ok(Slug::new(&bank).zip(Slug::new(&module)).map(|(bank, module)| Reading {
                        bank,
                        module,
                        section: Slug::new(&section),
                        letters: u64::try_from(scroll).unwrap_or(0),
                        read: slugs(&read),
                        at: Wall(at),
                    }))
                })?
                .filter_map(Result::transpose)
                .collect()
        })
    }

    /// Writes how far a guide was read.
    pub fn set_reading(&mut self, reading: &Reading) -> Result<(), StoreError> {
        self.write("save how far a guide was read", |c| {
            let read: Vec<&str> = reading.read.iter().map(Slug::as_str).collect();
            c.prepare_cached(
                "INSERT OR REPLACE INTO reading (bank, module, section, scroll, read, at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            )?
            .execute(params![
                reading.bank.as_str(),
                reading.module.as_str(),
                reading.section.as_ref().map_or("", Slug::as_str),
                i64::try_from(reading.letters).unwrap_or(i64::MAX),
                serde_json::to_string(&read).unwrap_or_default(), // a list of strings always has a JSON form
                reading.at.0,
            ])
            .map(|_| ())
        })
    }
}

fn slugs(json: &str) -> BTreeSet<Slug> {
    let read: Vec<String> = serde_json::from_str(json).unwrap_or_default();
    read.iter().filter_map(|s| Slug::new(s)).collect()
}
