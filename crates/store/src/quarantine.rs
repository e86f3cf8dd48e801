//! Documents taken out of use because nobody vouches for what they hold.

use rusqlite::{OptionalExtension, params};
use tresse_model::{DocId, NetworkId};

use crate::{Batch, StoreError, batch::network_row};

impl Batch<'_> {
    /// Takes a document out of use, so that a peer can give it anew: its bytes as they were go under the
    /// name `quarantine/NETWORK/DOCUMENT`, everything else of it is forgotten. One that is not there is passed over.
    pub fn quarantine(
        &mut self,
        network: &NetworkId,
        doc: &DocId,
        bytes: &[u8],
    ) -> Result<(), StoreError> {
        self.set_meta(&format!("quarantine/{network}/{doc}"), bytes)?;
        self.step(|connection| {
            let network = network_row(connection, network)?;
            let row: Option<i64> = connection
                .prepare_cached("SELECT id FROM documents WHERE network = ?1 AND doc = ?2")?
                .query_row(params![network, doc.to_bytes()], |row| row.get(0))
                .optional()?;
            if let Some(row) = row {
                connection.execute("DELETE FROM search WHERE rowid = ?1", [row])?;
                connection.execute("DELETE FROM documents WHERE id = ?1", [row])?;
            }
            Ok(())
        })
    }
}
