//! What documents said when they were last read: rows beside documents, so that opening a profile need not load their history.
//!
//! The store does not read them. A row belongs to the document exactly as it lies here: whatever is written of the document, or of who vouches
//! for it, takes the row away in the same batch.

use rusqlite::{Connection, OptionalExtension, params};
use tresse_model::{DocId, NetworkId};

use crate::{Batch, Remembered, Store, StoreError, batch::document_row};

impl Batch<'_> {
    /// Keeps what a document says as it lies here now, in the place of what was kept before.
    pub fn remember(
        &mut self,
        network: &NetworkId,
        doc: &DocId,
        said: &Remembered,
    ) -> Result<(), StoreError> {
        self.step(|connection| {
            let document = document_row(connection, network, doc)?;
            connection
                .prepare_cached(
                    "INSERT INTO remembered (document, acts, proof, bytes) VALUES (?1, ?2, ?3, ?4)
                     ON CONFLICT (document) DO UPDATE
                     SET acts = excluded.acts, proof = excluded.proof, bytes = excluded.bytes",
                )?
                .execute(params![document, said.acts, said.proof, said.bytes])?;
            Ok(())
        })
    }
}

impl Store {
    /// What a document said when it was last read, if nothing was written of it since.
    pub fn remembered(
        &self,
        network: &NetworkId,
        doc: &DocId,
    ) -> Result<Option<Remembered>, StoreError> {
        let mut query = self.connection.prepare_cached(
            "SELECT acts, proof, bytes FROM remembered
             JOIN documents ON documents.id = remembered.document
             JOIN networks ON networks.id = documents.network
             WHERE networks.network = ?1 AND doc = ?2",
        )?;
        let found = query.query_row(params![network.as_bytes(), doc.to_bytes()], |row| {
            Ok(Remembered {
                acts: row.get(0)?,
                proof: row.get(1)?,
                bytes: row.get(2)?,
            })
        });
        Ok(found.optional()?)
    }

    /// Forgets what every document said: each is read anew.
    pub fn forget_remembered(&mut self) -> Result<(), StoreError> {
        self.batch(|batch| {
            batch.step(|connection| {
                connection.execute("DELETE FROM remembered", [])?;
                Ok(())
            })
        })
    }
}

/// Something was written of a document: what it said may be another thing now.
pub(crate) fn forget(connection: &Connection, document: i64) -> Result<(), StoreError> {
    connection
        .prepare_cached("DELETE FROM remembered WHERE document = ?1")?
        .execute([document])?;
    Ok(())
}
