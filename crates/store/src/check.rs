//! Proof of a profile: what is on the disk is what was written.

use rusqlite::{Connection, Row};
use tresse_model::DocId;

use crate::StoreError;

/// Something that is not as it should be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// What kind of problem.
    pub code: ProblemCode,
    /// What was seen, in words.
    pub what: String,
    /// The document, where it is one's.
    pub doc: Option<DocId>,
}

/// Kinds of [`Problem`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ProblemCode {
    /// SQLite finds the file itself at fault.
    Database,
    /// A row refers to one that is not there.
    Reference,
    /// A change's bytes are not those whose hash it bears.
    ChangeHash,
    /// Two changes claim one number in an actor's chain.
    ChangeNumber,
    /// A change is said to count and not to count.
    Aside,
    /// The document's heads are not among what is stored of it.
    Heads,
    /// A name or a list does not have its shape.
    Shape,
}

impl ProblemCode {
    /// The kind's stable name, for machines.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Database => "database",
            Self::Reference => "reference",
            Self::ChangeHash => "change-hash",
            Self::ChangeNumber => "change-number",
            Self::Aside => "aside",
            Self::Heads => "heads",
            Self::Shape => "shape",
        }
    }
}

pub(crate) fn run(
    connection: &Connection,
    hash_of: impl Fn(&[u8]) -> Option<[u8; 32]>,
) -> Vec<Problem> {
    let mut problems = Vec::new();
    // Each part looks on its own: what one cannot read must not hide what another can.
    for part in [file, references, shapes, numbers, aside, heads] {
        if let Err(error) = part(connection, &mut problems) {
            problems.push(unreadable(&error));
        }
    }
    if let Err(error) = hashes(connection, hash_of, &mut problems) {
        problems.push(unreadable(&error));
    }
    problems
}

pub(crate) fn rebuild(connection: &mut Connection) -> Result<(), StoreError> {
    let transaction = connection.transaction()?;
    transaction.execute_batch("REINDEX; INSERT INTO search (search) VALUES ('rebuild');")?;
    Ok(transaction.commit()?)
}

fn unreadable(error: &StoreError) -> Problem {
    Problem {
        code: ProblemCode::Database,
        what: error.to_string(),
        doc: None,
    }
}

/// The document of a row whose column `at` holds its name.
fn doc(row: &Row<'_>, at: usize) -> Option<DocId> {
    row.get(at).ok().map(DocId::from_bytes)
}

fn file(connection: &Connection, problems: &mut Vec<Problem>) -> Result<(), StoreError> {
    // The first looks at each page's own seal, the second at what the pages say together.
    for pragma in ["PRAGMA cipher_integrity_check", "PRAGMA integrity_check"] {
        let mut query = connection.prepare(pragma)?;
        for line in query.query_map([], |row| row.get::<_, String>(0))? {
            let line = line?;
            if line != "ok" {
                problems.push(Problem {
                    code: ProblemCode::Database,
                    what: line,
                    doc: None,
                });
            }
        }
    }
    Ok(())
}

fn references(connection: &Connection, problems: &mut Vec<Problem>) -> Result<(), StoreError> {
    let mut query = connection.prepare("PRAGMA foreign_key_check")?;
    let rows = query.query_map([], |row| {
        let (table, id, parent): (String, Option<i64>, String) =
            (row.get(0)?, row.get(1)?, row.get(2)?);
        let id = id.map_or_else(String::new, |id| format!(" row {id}"));
        Ok(format!(
            "{table}{id} refers to something missing in {parent}"
        ))
    })?;
    for what in rows {
        problems.push(Problem {
            code: ProblemCode::Reference,
            what: what?,
            doc: None,
        });
    }
    let lost: i64 = connection.query_row(
        "SELECT count(*) FROM search WHERE rowid NOT IN (SELECT id FROM documents)",
        [],
        |row| row.get(0),
    )?;
    if lost > 0 {
        problems.push(Problem {
            code: ProblemCode::Reference,
            what: format!("the search holds {lost} texts of no document"),
            doc: None,
        });
    }
    Ok(())
}

fn shapes(connection: &Connection, problems: &mut Vec<Problem>) -> Result<(), StoreError> {
    for (what, condition) in [
        (
            "a network's name or secret has the wrong length",
            "FROM networks WHERE length(network) <> 20 OR length(secret) <> 32",
        ),
        (
            "a document's name has the wrong length",
            "FROM documents WHERE length(doc) <> 17",
        ),
        (
            "a document's heads are cut",
            "FROM documents WHERE length(heads) % 32 <> 0",
        ),
        (
            "a document's tags cannot be read",
            "FROM documents WHERE NOT json_valid(tags)",
        ),
        (
            "a change's hash has the wrong length",
            "FROM changes WHERE length(hash) <> 32",
        ),
        (
            "the hash of a change set aside has the wrong length",
            "FROM aside WHERE length(hash) <> 32",
        ),
        (
            "a peer's name has the wrong length",
            "FROM sync_memory WHERE length(peer) <> 32",
        ),
    ] {
        let number: i64 =
            connection.query_row(&format!("SELECT count(*) {condition}"), [], |row| {
                row.get(0)
            })?;
        if number > 0 {
            problems.push(Problem {
                code: ProblemCode::Shape,
                what: format!("{what} ({number} times)"),
                doc: None,
            });
        }
    }
    Ok(())
}

fn numbers(connection: &Connection, problems: &mut Vec<Problem>) -> Result<(), StoreError> {
    let mut query = connection.prepare(
        "SELECT doc, seq, count(*) FROM changes JOIN documents ON documents.id = changes.document
         GROUP BY document, actor, seq HAVING count(*) > 1",
    )?;
    let rows = query.query_map([], |row| {
        let (seq, number): (i64, i64) = (row.get(1)?, row.get(2)?);
        Ok(Problem {
            code: ProblemCode::ChangeNumber,
            what: format!("{number} changes of one actor claim the number {seq}"),
            doc: doc(row, 0),
        })
    })?;
    for problem in rows {
        problems.push(problem?);
    }
    Ok(())
}

/// What is set aside must not lie among the changes that count. (Inside a snapshot the store cannot look.)
fn aside(connection: &Connection, problems: &mut Vec<Problem>) -> Result<(), StoreError> {
    let mut query = connection.prepare(
        "SELECT doc, count(*) FROM aside JOIN changes USING (document, hash)
         JOIN documents ON documents.id = aside.document GROUP BY aside.document",
    )?;
    let rows = query.query_map([], |row| {
        let number: i64 = row.get(1)?;
        Ok(Problem {
            code: ProblemCode::Aside,
            what: format!("{number} changes count and are set aside at once"),
            doc: doc(row, 0),
        })
    })?;
    for problem in rows {
        problems.push(problem?);
    }
    Ok(())
}

/// Where there is no snapshot every head must lie among the changes. (Inside a snapshot the store
/// cannot look.)
fn heads(connection: &Connection, problems: &mut Vec<Problem>) -> Result<(), StoreError> {
    let mut query = connection.prepare(
        "SELECT doc, heads, id FROM documents
         WHERE id NOT IN (SELECT document FROM snapshots) AND length(heads) > 0",
    )?;
    let mut known =
        connection.prepare("SELECT 1 FROM changes WHERE document = ?1 AND hash = ?2")?;
    let mut rows = query.query([])?;
    while let Some(row) = rows.next()? {
        let (heads, id): (Vec<u8>, i64) = (row.get(1)?, row.get(2)?);
        for head in heads.chunks(32) {
            if !known.exists((id, head))? {
                problems.push(Problem {
                    code: ProblemCode::Heads,
                    what: "a head of the document is not among its changes".to_owned(),
                    doc: doc(row, 0),
                });
            }
        }
    }
    Ok(())
}

fn hashes(
    connection: &Connection,
    hash_of: impl Fn(&[u8]) -> Option<[u8; 32]>,
    problems: &mut Vec<Problem>,
) -> Result<(), StoreError> {
    let mut query = connection.prepare(
        "SELECT doc, hash, bytes FROM (
             SELECT document, hash, bytes FROM changes
             UNION ALL SELECT document, hash, bytes FROM aside
         ) JOIN documents ON documents.id = document",
    )?;
    let mut rows = query.query([])?;
    while let Some(row) = rows.next()? {
        let bytes = row.get_ref(2)?.as_blob().map_err(rusqlite::Error::from)?;
        let hash = row.get_ref(1)?.as_blob().map_err(rusqlite::Error::from)?;
        let what = match hash_of(bytes) {
            Some(found) if found == hash => continue,
            Some(_) => "a change's bytes are not those that were written",
            None => "a change's bytes cannot be read",
        };
        problems.push(Problem {
            code: ProblemCode::ChangeHash,
            what: what.to_owned(),
            doc: doc(row, 0),
        });
    }
    Ok(())
}
