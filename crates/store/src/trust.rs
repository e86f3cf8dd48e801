//! What vouches for changes, and the changes that do not count: rows beside a document.
//!
//! The store reads neither. It keeps for each actor one run of bytes (that actor's newest seals), and
//! apart from the document's changes those that are known and do not count at present.

use rusqlite::{Connection, OptionalExtension, params};
use tresse_model::{DocId, NetworkId};

use crate::{
    Batch, NewChange, SealsRow, Store, StoreError, StoredDocument,
    batch::{document_row, network_row, number},
    remembered,
};

impl Batch<'_> {
    /// Keeps an actor's newest seals, in the place of those kept before.
    pub fn put_seals(
        &mut self,
        network: &NetworkId,
        doc: &DocId,
        actor: &[u8],
        bytes: &[u8],
    ) -> Result<(), StoreError> {
        self.step(|connection| {
            let document = document_row(connection, network, doc)?;
            remembered::forget(connection, document)?;
            connection
                .prepare_cached(
                    "INSERT INTO seals (document, actor, bytes) VALUES (?1, ?2, ?3)
                     ON CONFLICT (document, actor) DO UPDATE SET bytes = excluded.bytes",
                )?
                .execute(params![document, actor, bytes])?;
            Ok(())
        })
    }

    /// Forgets an actor's seals, if there are any.
    pub fn remove_seals(
        &mut self,
        network: &NetworkId,
        doc: &DocId,
        actor: &[u8],
    ) -> Result<(), StoreError> {
        self.step(|connection| {
            let Some(document) = known_document(connection, network, doc)? else {
                return Ok(());
            };
            remembered::forget(connection, document)?;
            connection
                .prepare_cached("DELETE FROM seals WHERE document = ?1 AND actor = ?2")?
                .execute(params![document, actor])?;
            Ok(())
        })
    }

    /// Keeps changes that do not count at present. One that is set aside already is passed over.
    /// Whoever sets aside what counted until now also takes it out of the document, in the same
    /// batch ([`Batch::rewrite`]).
    pub fn set_aside(
        &mut self,
        network: &NetworkId,
        doc: &DocId,
        changes: &[NewChange<'_>],
    ) -> Result<(), StoreError> {
        self.step(|connection| {
            let document = document_row(connection, network, doc)?;
            remembered::forget(connection, document)?;
            let mut insert = connection.prepare_cached(
                "INSERT INTO aside (document, hash, actor, seq, bytes)
                 VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT (document, hash) DO NOTHING",
            )?;
            for change in changes {
                insert.execute(params![
                    document,
                    change.hash,
                    change.actor,
                    number(change.seq)?,
                    change.bytes
                ])?;
            }
            Ok(())
        })
    }

    /// Keeps these changes aside no longer: they count now (and are appended in the same batch), or
    /// are of no use to anybody any more.
    pub fn take_back(
        &mut self,
        network: &NetworkId,
        doc: &DocId,
        hashes: &[[u8; 32]],
    ) -> Result<(), StoreError> {
        self.step(|connection| {
            let Some(document) = known_document(connection, network, doc)? else {
                return Ok(());
            };
            remembered::forget(connection, document)?;
            let mut delete =
                connection.prepare_cached("DELETE FROM aside WHERE document = ?1 AND hash = ?2")?;
            for hash in hashes {
                delete.execute(params![document, hash])?;
            }
            Ok(())
        })
    }
}

impl Store {
    /// Every actor's seals in a network's documents, without loading the documents.
    pub fn seals(&self, network: &NetworkId) -> Result<Vec<SealsRow>, StoreError> {
        let mut query = self.connection.prepare_cached(
            "SELECT doc, actor, bytes FROM seals
             JOIN documents ON documents.id = seals.document
             JOIN networks ON networks.id = documents.network
             WHERE networks.network = ?1 ORDER BY documents.id, actor",
        )?;
        let rows = query.query_map([network.as_bytes()], |row| {
            Ok(SealsRow {
                doc: DocId::from_bytes(row.get(0)?),
                actor: row.get(1)?,
                bytes: row.get(2)?,
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The network's documents of which changes are set aside, and how many.
    pub fn aside_counts(&self, network: &NetworkId) -> Result<Vec<(DocId, u64)>, StoreError> {
        let mut query = self.connection.prepare_cached(
            "SELECT doc, count(*) FROM aside
             JOIN documents ON documents.id = aside.document
             JOIN networks ON networks.id = documents.network
             WHERE networks.network = ?1 GROUP BY documents.id ORDER BY documents.id",
        )?;
        let rows = query.query_map([network.as_bytes()], |row| {
            let number: i64 = row.get(1)?;
            Ok((DocId::from_bytes(row.get(0)?), number.unsigned_abs()))
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

/// Adds to a loaded document what lies beside its changes.
pub(crate) fn load(
    connection: &Connection,
    document: i64,
    stored: &mut StoredDocument,
) -> Result<(), StoreError> {
    let mut query = connection
        .prepare_cached("SELECT actor, bytes FROM seals WHERE document = ?1 ORDER BY actor")?;
    for seals in query.query_map([document], |row| Ok((row.get(0)?, row.get(1)?)))? {
        stored.seals.push(seals?);
    }
    let mut query = connection
        .prepare_cached("SELECT bytes FROM aside WHERE document = ?1 ORDER BY seq, hash")?;
    for change in query.query_map([document], |row| row.get(0))? {
        stored.aside.push(change?);
    }
    Ok(())
}

/// The document's row, if the profile holds the document.
fn known_document(
    connection: &Connection,
    network: &NetworkId,
    doc: &DocId,
) -> Result<Option<i64>, StoreError> {
    let network = network_row(connection, network)?;
    Ok(connection
        .prepare_cached("SELECT id FROM documents WHERE network = ?1 AND doc = ?2")?
        .query_row(params![network, doc.to_bytes()], |row| row.get(0))
        .optional()?)
}
