//! Reports of faulty questions.

use rusqlite::{Connection, Row, params};

use crate::engine::fault::Fault;
use crate::engine::slug::Slug;
use crate::engine::text::Text;
use crate::engine::time::Wall;

use super::StoreError;
use super::open::Store;

impl Store {
    /// Keeps a report in the place of any other on the same question. `id` is unique over all computers.
    pub fn set_fault(&mut self, id: &str, fault: &Fault) -> Result<(), StoreError> {
        let picked: Option<Vec<&str>> = fault.picked.as_ref().map(|p| p.iter().map(Text::as_str).collect());
        self.write("save a report", |c| {
            remove(c, &fault.bank, &fault.question)?;
            c.prepare_cached(
                "INSERT INTO report (id, bank, version, question, at, picked, reason)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            )?
            .execute(params![
                id,
                fault.bank.as_str(),
                fault.version.to_string(),
                fault.question.as_str(),
                fault.at.0,
                picked.and_then(|p| serde_json::to_string(&p).ok()), // texts always have a JSON form
                fault.reason.as_str(),
            ])
            .map(|_| ())
        })
    }

    /// Takes the report on a question away.
    pub fn remove_fault(&mut self, bank: &Slug, question: &Slug) -> Result<(), StoreError> {
        self.write("take a report back", |c| remove(c, bank, question))
    }

    /// All reports, by bank and question. What cannot be read is passed over.
    pub fn faults(&self) -> Result<Vec<Fault>, StoreError> {
        self.read("read the reports", all)
    }
}

pub(super) fn all(c: &Connection) -> rusqlite::Result<Vec<Fault>> {
    let mut statement = c.prepare_cached("SELECT * FROM report ORDER BY bank, question, at")?;
    let rows = statement.query_map([], fault_from_row)?;
    rows.filter_map(Result::transpose).collect()
}

fn remove(c: &Connection, bank: &Slug, question: &Slug) -> rusqlite::Result<()> {
    c.prepare_cached("DELETE FROM report WHERE bank = ?1 AND question = ?2")?
        .execute([bank.as_str(), question.as_str()])
        .map(|_| ())
}

/// `None` if the row does not say what it should.
fn fault_from_row(row: &Row<'_>) -> rusqlite::Result<Option<Fault>> {
    let text = |column: &str| row.get::<_, String>(column);
    let (bank, question) = (Slug::new(&text("bank")?), Slug::new(&text("question")?));
    let version = semver::Version::parse(&text("version")?).ok();
    let picked = row.get::<_, Option<String>>("picked")?;
    let picked = picked.and_then(|p| serde_json::from_str::<Vec<String>>(&p).ok());
    let picked = picked.map(|p| p.iter().map(|t| Text::new(t)).collect());
    let (at, reason) = (Wall(row.get("at")?), Text::new(&text("reason")?));
    let made = || Some(Fault { bank: bank?, version: version?, question: question?, at, picked, reason });
    Ok(made())
}
