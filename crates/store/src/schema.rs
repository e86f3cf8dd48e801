//! The database's form: numbered steps, each applied once, in one transaction.

use rusqlite::{Connection, OptionalExtension, TransactionBehavior};

use crate::StoreError;

/// Marks a SQLite file as a Tresse profile (`application_id` in its header: "Trss").
pub(crate) const APPLICATION: u32 = 0x5472_7373;

/// One step from a form to the next.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Step {
    /// The form reached by this step; steps are numbered 1, 2, 3…
    pub(crate) number: u32,
    /// What it brings, in a word or two.
    pub(crate) name: &'static str,
    /// What it does.
    pub(crate) sql: &'static str,
}

/// Every step that this version knows. A step that has been released is never changed.
pub(crate) const STEPS: &[Step] = &[Step {
    number: 1,
    name: "first form",
    sql: include_str!("schema/001_first.sql"),
}];

/// The form of the database, or 0 where nothing was made yet.
pub(crate) fn version(connection: &Connection) -> Result<u32, StoreError> {
    let table: Option<i64> = connection
        .query_row(
            "SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'schema_version'",
            [],
            |row| row.get(0),
        )
        .optional()?;
    if table.is_none() {
        return Ok(0);
    }
    let version: Option<u32> =
        connection.query_row("SELECT max(step) FROM schema_version", [], |row| row.get(0))?;
    Ok(version.unwrap_or(0))
}

/// Refuses a database of a newer form than `steps` reach; gives its form.
pub(crate) fn known(connection: &Connection, steps: &[Step]) -> Result<u32, StoreError> {
    let known = steps.last().map_or(0, |step| step.number);
    let found = version(connection)?;
    if found > known {
        return Err(StoreError::TooNew { found, known });
    }
    Ok(found)
}

/// Brings the database to the newest form. Each step happens whole or not at all; a step that fails
/// leaves the form that was reached before it.
pub(crate) fn migrate(connection: &mut Connection, steps: &[Step]) -> Result<(), StoreError> {
    let found = known(connection, steps)?;
    for step in steps.iter().filter(|step| step.number > found) {
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        if step.number == 1 {
            transaction.pragma_update(None, "application_id", APPLICATION)?;
            transaction.execute_batch(
                "CREATE TABLE schema_version (step INTEGER PRIMARY KEY, name TEXT NOT NULL) STRICT",
            )?;
        }
        transaction.execute_batch(step.sql)?;
        transaction.execute(
            "INSERT INTO schema_version (step, name) VALUES (?1, ?2)",
            (step.number, step.name),
        )?;
        transaction.commit()?;
        tracing::info!(
            step = step.number,
            name = step.name,
            "profile brought to a new form"
        );
    }
    Ok(())
}
