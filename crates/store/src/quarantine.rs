//! Documents taken out of use because nobody vouches for what they hold.

use rusqlite::{OptionalExtension, params};
use tresse_model::{DocId, NetworkId};

use crate::{Batch, StoreError, batch::network_row};

impl Batch<'_> {
    /// Takes a document out of use, so that a peer can give it anew: its bytes as they were go under the
    /// name `quarantine/NETWORK/DOCUMENT` (`…/2` where something lies there, and so on), everything else of it is forgotten. One that is not
    /// there is passed over.
    pub fn quarantine(
        &mut self,
        network: &NetworkId,
        doc: &DocId,
        bytes: &[u8],
    ) -> Result<(), StoreError> {
        let name = format!("quarantine/{network}/{doc}");
        let numbered = (2..).map(|number| format!("{name}/{number}"));
        let mut names = std::iter::once(name.clone()).chain(numbered);
        let free = loop {
            // There is always another number.
            let Some(name) = names.next() else { break name };
            if !self.has_meta(&name)? {
                break name;
            }
        };
        self.set_meta(&free, bytes)?;
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
