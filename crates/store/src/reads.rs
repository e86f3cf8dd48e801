//! Reading from an open profile.

use rusqlite::{OptionalExtension, params};
use tresse_model::{DeviceId, DocId, NetworkId};

use crate::{
    DocumentRow, Mark, NetworkRow, Store, StoreError, StoredDocument, Summary, Threshold, trust,
};

impl Store {
    /// A value kept under a name.
    pub fn meta(&self, key: &str) -> Result<Option<Vec<u8>>, StoreError> {
        let mut query = self
            .connection
            .prepare_cached("SELECT value FROM meta WHERE key = ?1")?;
        Ok(query.query_row([key], |row| row.get(0)).optional()?)
    }

    /// The names that begin with `prefix` and have a value.
    pub fn meta_keys(&self, prefix: &str) -> Result<Vec<String>, StoreError> {
        let mut query = self.connection.prepare_cached(
            "SELECT key FROM meta WHERE substr(key, 1, length(?1)) = ?1 ORDER BY key",
        )?;
        let rows = query.query_map([prefix], |row| row.get(0))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The profile's networks, oldest first.
    pub fn networks(&self) -> Result<Vec<NetworkRow>, StoreError> {
        let mut query = self
            .connection
            .prepare_cached("SELECT network, secret FROM networks ORDER BY id")?;
        let rows = query.query_map([], |row| {
            Ok(NetworkRow {
                id: NetworkId::from_bytes(row.get(0)?),
                secret: row.get(1)?,
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// A network's acts, in the order in which they came.
    pub fn acts(&self, network: &NetworkId) -> Result<Vec<Vec<u8>>, StoreError> {
        let mut query = self.connection.prepare_cached(
            "SELECT bytes FROM acts JOIN networks ON networks.id = acts.network
             WHERE networks.network = ?1 ORDER BY acts.id",
        )?;
        let rows = query.query_map([network.as_bytes()], |row| row.get(0))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// A network's documents, in the order in which they came.
    pub fn documents(&self, network: &NetworkId) -> Result<Vec<DocumentRow>, StoreError> {
        let mut query = self.connection.prepare_cached(
            "SELECT doc, heads, title, tags, excerpt, changed_ms, changed_actor, binned,
                    working_group, facts
             FROM documents JOIN networks ON networks.id = documents.network
             WHERE networks.network = ?1 ORDER BY documents.id",
        )?;
        let mut rows = query.query([network.as_bytes()])?;
        let mut documents = Vec::new();
        while let Some(row) = rows.next()? {
            documents.push(DocumentRow {
                doc: DocId::from_bytes(row.get(0)?),
                heads: heads(row.get_ref(1)?.as_blob().map_err(rusqlite::Error::from)?)?,
                summary: Summary {
                    title: row.get(2)?,
                    tags: tags(row.get_ref(3)?.as_str().map_err(rusqlite::Error::from)?)?,
                    excerpt: row.get(4)?,
                    changed_ms: row.get(5)?,
                    changed_actor: row.get(6)?,
                    binned: row.get(7)?,
                    group: row.get(8)?,
                    facts: row.get(9)?,
                },
            });
        }
        Ok(documents)
    }

    /// A document's bytes, or `None` if the profile does not hold it.
    pub fn load(
        &self,
        network: &NetworkId,
        doc: &DocId,
    ) -> Result<Option<StoredDocument>, StoreError> {
        // One read transaction, so that another connection's batch never falls in between.
        let transaction = self.connection.unchecked_transaction()?;
        let mut query = transaction.prepare_cached(
            "SELECT documents.id, heads, appended, snapshots.bytes
             FROM documents JOIN networks ON networks.id = documents.network
             LEFT JOIN snapshots ON snapshots.document = documents.id
             WHERE networks.network = ?1 AND doc = ?2",
        )?;
        let found = query
            .query_row(params![network.as_bytes(), doc.to_bytes()], |row| {
                let stored = StoredDocument {
                    mark: Mark(row.get(2)?),
                    snapshot: row.get(3)?,
                    ..StoredDocument::default()
                };
                Ok((row.get::<_, i64>(0)?, row.get::<_, Vec<u8>>(1)?, stored))
            })
            .optional()?;
        let Some((id, head_bytes, mut stored)) = found else {
            return Ok(None);
        };
        stored.heads = heads(&head_bytes)?;
        let mut query = transaction
            .prepare_cached("SELECT bytes FROM changes WHERE document = ?1 ORDER BY place")?;
        for change in query.query_map([id], |row| row.get(0))? {
            stored.changes.push(change?);
        }
        trust::load(&transaction, id, &mut stored)?;
        Ok(Some(stored))
    }

    /// The same, if all that counts of it is in its snapshot: nothing was appended since.
    pub fn load_whole(
        &self,
        network: &NetworkId,
        doc: &DocId,
    ) -> Result<Option<StoredDocument>, StoreError> {
        let mut query = self.connection.prepare_cached(
            "SELECT 1 FROM documents JOIN networks ON networks.id = documents.network
             JOIN snapshots ON snapshots.document = documents.id
             WHERE networks.network = ?1 AND doc = ?2
             AND NOT EXISTS (SELECT 1 FROM changes WHERE document = documents.id)",
        )?;
        if !query.exists(params![network.as_bytes(), doc.to_bytes()])? {
            return Ok(None);
        }
        self.load(network, doc)
    }

    /// What was remembered of the last meeting with a peer.
    pub fn memory(
        &self,
        network: &NetworkId,
        peer: &DeviceId,
    ) -> Result<Option<Vec<u8>>, StoreError> {
        let mut query = self.connection.prepare_cached(
            "SELECT bytes FROM sync_memory JOIN networks ON networks.id = sync_memory.network
             WHERE networks.network = ?1 AND peer = ?2",
        )?;
        let key = params![network.as_bytes(), peer.as_bytes()];
        Ok(query.query_row(key, |row| row.get(0)).optional()?)
    }

    /// The documents whose changes have grown past the threshold, heaviest first.
    pub fn to_compact(&self, threshold: Threshold) -> Result<Vec<(NetworkId, DocId)>, StoreError> {
        let mut query = self.connection.prepare_cached(
            "SELECT networks.network, documents.doc FROM (
                 SELECT document, count(*) AS number, sum(length(bytes)) AS weight
                 FROM changes GROUP BY document
             ) AS grown
             JOIN documents ON documents.id = grown.document
             JOIN networks ON networks.id = documents.network
             LEFT JOIN snapshots ON snapshots.document = documents.id
             WHERE number > ?1 OR weight > max(?2, coalesce(length(snapshots.bytes), 0))
             ORDER BY weight DESC",
        )?;
        let rows = query.query_map([threshold.changes, threshold.bytes], |row| {
            Ok((
                NetworkId::from_bytes(row.get(0)?),
                DocId::from_bytes(row.get(1)?),
            ))
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

fn heads(bytes: &[u8]) -> Result<Vec<[u8; 32]>, StoreError> {
    let (heads, rest) = bytes.as_chunks::<32>();
    if rest.is_empty() {
        return Ok(heads.to_vec());
    }
    Err(StoreError::Damaged {
        what: "a document's list of heads is cut".to_owned(),
    })
}

fn tags(text: &str) -> Result<Vec<String>, StoreError> {
    serde_json::from_str(text).map_err(|_| StoreError::Damaged {
        what: "a document's list of tags cannot be read".to_owned(),
    })
}
