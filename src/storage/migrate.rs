//! Schemas and the way from one to the next: numbered scripts, each run once.

use rusqlite::Connection;

/// Marks a database as ours: "exdk".
pub const APPLICATION_ID: i64 = 0x6578_646b;

/// The scripts; the schema's number is how many have been run. Never change one that has been released.
const SCRIPTS: &[&str] = &[include_str!("sql/v1.sql"), include_str!("sql/v2.sql"), include_str!("sql/v3.sql")];

/// The schema with which the log of answers came.
const ANSWERS: i64 = 3;

/// The newest schema.
pub const LATEST: i64 = SCRIPTS.len() as i64;

/// The schema of a database; 0 if it is new.
pub fn version(connection: &Connection) -> rusqlite::Result<i64> {
    connection.query_row("PRAGMA user_version", [], |row| row.get(0))
}

/// Whether the database is new, ours, or of another program.
pub fn application(connection: &Connection) -> rusqlite::Result<i64> {
    connection.query_row("PRAGMA application_id", [], |row| row.get(0))
}

/// Whether the database holds any table.
pub fn is_empty(connection: &Connection) -> rusqlite::Result<bool> {
    connection.query_row("SELECT count(*) = 0 FROM sqlite_schema", [], |row| row.get(0))
}

/// Runs the scripts that are missing, all or none.
pub fn run(connection: &mut Connection) -> rusqlite::Result<()> {
    let transaction = connection.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
    let from = version(&transaction)?;
    for script in SCRIPTS.iter().skip(usize::try_from(from).unwrap_or(0)) {
        transaction.execute_batch(script)?;
    }
    if (1..ANSWERS).contains(&from) {
        super::answers::fill(&transaction)?;
    }
    transaction.execute_batch(&format!("PRAGMA application_id = {APPLICATION_ID}; PRAGMA user_version = {LATEST};"))?;
    transaction.commit()
}
