//! The database's form: numbered steps, each applied once, in one transaction.

use rusqlite::{Connection, OptionalExtension, TransactionBehavior};

use crate::StoreError;

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
pub(crate) const STEPS: &[Step] = &[
    Step {
        number: 1,
        name: "plans with working groups",
        sql: include_str!("schema/001_first.sql"),
    },
    Step {
        number: 2,
        name: "meetings and decisions in lists",
        sql: "ALTER TABLE documents ADD COLUMN facts TEXT NOT NULL DEFAULT ''",
    },
    Step {
        number: 3,
        name: "what documents said is remembered",
        sql: include_str!("schema/003_remembered.sql"),
    },
    Step {
        number: 4,
        name: "a change lies in one place",
        sql: include_str!("schema/004_in_one_place.sql"),
    },
];

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

/// Refuses a database of a newer form than `steps` reach, or of one that was tried before the first
/// of them; gives its form.
pub(crate) fn known(connection: &Connection, steps: &[Step]) -> Result<u32, StoreError> {
    let known = steps.last().map_or(0, |step| step.number);
    let found = version(connection)?;
    if found > known {
        return Err(StoreError::TooNew { found, known });
    }
    if found > 0 && !begins_with(connection, steps)? {
        return Err(StoreError::TooOld);
    }
    Ok(found)
}

/// Whether the database began with the first of these steps.
fn begins_with(connection: &Connection, steps: &[Step]) -> Result<bool, StoreError> {
    let name: Option<String> = connection
        .query_row(
            "SELECT name FROM schema_version WHERE step = 1",
            [],
            |row| row.get(0),
        )
        .optional()?;
    Ok(name.as_deref() == steps.first().map(|step| step.name))
}

/// Brings the database to the newest form. Each step happens whole or not at all; a step that fails
/// leaves the form that was reached before it.
pub(crate) fn migrate(connection: &mut Connection, steps: &[Step]) -> Result<(), StoreError> {
    let found = known(connection, steps)?;
    for step in steps.iter().filter(|step| step.number > found) {
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        if step.number == 1 {
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

#[cfg(test)]
mod tests {
    use super::*;

    const LATER: &[Step] = &[
        STEPS[0],
        STEPS[1],
        STEPS[2],
        STEPS[3],
        Step {
            number: 5,
            name: "colours",
            sql: "ALTER TABLE documents ADD COLUMN colour TEXT NOT NULL DEFAULT 'blue';
                  UPDATE documents SET colour = 'red' WHERE binned;",
        },
        Step {
            number: 6,
            name: "a step that fails half-way",
            sql: "CREATE TABLE extra (a); INSERT INTO nowhere VALUES (1);",
        },
    ];

    fn first_form() -> Connection {
        let mut connection = Connection::open_in_memory().unwrap();
        migrate(&mut connection, STEPS).unwrap();
        connection
            .execute_batch(
                "INSERT INTO networks VALUES (1, zeroblob(20), zeroblob(32));
                 INSERT INTO documents (network, doc, binned) VALUES (1, x'01', 0), (1, x'02', 1);",
            )
            .unwrap();
        connection
    }

    #[test]
    fn the_steps_are_numbered_one_by_one() {
        for (at, step) in (1..).zip(STEPS) {
            assert_eq!(step.number, at);
        }
    }

    #[test]
    fn an_older_form_is_brought_forward_with_its_content() {
        let mut connection = first_form();
        migrate(&mut connection, &LATER[..5]).unwrap();
        assert_eq!(version(&connection).unwrap(), 5);
        let mut query = connection
            .prepare("SELECT colour FROM documents ORDER BY id")
            .unwrap();
        let colours: Vec<String> = query
            .query_map([], |row| row.get(0))
            .unwrap()
            .map(Result::unwrap)
            .collect();
        assert_eq!(colours, ["blue", "red"]);
    }

    #[test]
    fn changes_come_to_lie_in_one_place_in_the_order_in_which_they_came() {
        let mut connection = Connection::open_in_memory().unwrap();
        migrate(&mut connection, &STEPS[..3]).unwrap();
        connection
            .execute_batch(
                "INSERT INTO networks VALUES (1, zeroblob(20), zeroblob(32));
                 INSERT INTO documents (network, doc) VALUES (1, x'01'), (1, x'02'), (1, x'03');
                 INSERT INTO changes (document, hash, actor, seq, bytes) VALUES
                 (1, x'09', x'aa', 1, x'91'), (2, x'07', x'aa', 1, x'92'), (1, x'04', x'aa', 2, x'93'),
                 (1, x'06', x'aa', 3, x'94');
                 DELETE FROM changes WHERE hash = x'06';",
            )
            .unwrap();
        migrate(&mut connection, STEPS).unwrap();
        let mut query = connection
            .prepare("SELECT document, place, hex(bytes) FROM changes ORDER BY document, place")
            .unwrap();
        let rows = query.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)));
        let rows: Vec<(i64, i64, String)> = rows.unwrap().map(Result::unwrap).collect();
        let row = |document, place, bytes: &str| (document, place, bytes.to_owned());
        assert_eq!(rows, [row(1, 1, "91"), row(1, 3, "93"), row(2, 2, "92")]);
        let mut query = connection
            .prepare("SELECT appended FROM documents ORDER BY id")
            .unwrap();
        let last: Vec<i64> = query
            .query_map([], |row| row.get(0))
            .unwrap()
            .map(Result::unwrap)
            .collect();
        assert_eq!(last, [3, 2, 0]);
    }

    #[test]
    fn a_step_that_fails_leaves_the_form_before_it() {
        let mut connection = first_form();
        assert!(migrate(&mut connection, LATER).is_err());
        assert_eq!(version(&connection).unwrap(), 5);
        assert!(connection.prepare("SELECT * FROM extra").is_err());
        migrate(&mut connection, &LATER[..5]).unwrap();
    }

    #[test]
    fn bringing_forward_again_changes_nothing() {
        let mut connection = first_form();
        let before = connection.total_changes();
        migrate(&mut connection, STEPS).unwrap();
        assert_eq!(connection.total_changes(), before);
    }

    #[test]
    fn a_newer_form_is_refused() {
        let mut connection = first_form();
        migrate(&mut connection, &LATER[..5]).unwrap();
        let refused = migrate(&mut connection, STEPS).unwrap_err();
        assert!(matches!(refused, StoreError::TooNew { found: 5, known: 4 }));
    }

    #[test]
    fn a_form_that_was_only_tried_is_refused() {
        let mut connection = first_form();
        connection
            .execute("UPDATE schema_version SET name = 'first form'", [])
            .unwrap();
        let refused = migrate(&mut connection, STEPS).unwrap_err();
        assert!(matches!(refused, StoreError::TooOld));
        assert_eq!(refused.code(), "too-old");
    }
}
