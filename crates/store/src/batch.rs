//! Writing: everything inside a batch is kept together or not at all.

use rusqlite::{Connection, OptionalExtension, Transaction, params};
use tresse_model::{DeviceId, DocId, NetworkId};

use crate::{StoreError, Summary, remembered, search};

/// A change to append.
#[derive(Debug, Clone, Copy)]
pub struct NewChange<'a> {
    /// Its hash.
    pub hash: [u8; 32],
    /// Whose chain it belongs to.
    pub actor: &'a [u8],
    /// Its number in that chain, from 1.
    pub seq: u64,
    /// Its bytes.
    pub bytes: &'a [u8],
}

/// A place in a document's row of changes: everything appended up to here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Mark(pub(crate) i64);

/// Which changes a new snapshot holds, so that they need not lie beside it any more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Covers {
    /// All that are stored now.
    All,
    /// Those up to a [`Mark`]: for a snapshot made elsewhere while changes went on being appended.
    UpTo(Mark),
}

/// Writes that are kept together. See [`crate::Store::batch`].
#[derive(Debug)]
pub struct Batch<'a> {
    transaction: Transaction<'a>,
    failed: bool,
}

impl<'a> Batch<'a> {
    pub(crate) const fn new(transaction: Transaction<'a>) -> Self {
        Self {
            transaction,
            failed: false,
        }
    }

    pub(crate) fn commit(self) -> Result<(), StoreError> {
        if self.failed {
            return Err(StoreError::Abandoned);
        }
        Ok(self.transaction.commit()?)
    }

    /// Every write goes through here: after one failure nothing else is written, because SQLite may
    /// have given the transaction up by itself and would keep each later write on its own.
    pub(crate) fn step<T>(
        &mut self,
        work: impl FnOnce(&Connection) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        if self.failed {
            return Err(StoreError::Abandoned);
        }
        let result = work(&self.transaction);
        self.failed = result.is_err();
        result
    }

    /// Whether something is kept under a name.
    pub(crate) fn has_meta(&mut self, key: &str) -> Result<bool, StoreError> {
        self.step(|connection| {
            Ok(connection
                .prepare_cached("SELECT 1 FROM meta WHERE key = ?1")?
                .exists([key])?)
        })
    }

    /// Keeps a value under a name.
    pub fn set_meta(&mut self, key: &str, value: &[u8]) -> Result<(), StoreError> {
        self.step(|connection| {
            connection
                .prepare_cached(
                    "INSERT INTO meta (key, value) VALUES (?1, ?2)
                     ON CONFLICT (key) DO UPDATE SET value = excluded.value",
                )?
                .execute(params![key, value])?;
            Ok(())
        })
    }

    /// Forgets the value kept under a name.
    pub fn remove_meta(&mut self, key: &str) -> Result<(), StoreError> {
        self.step(|connection| {
            connection
                .prepare_cached("DELETE FROM meta WHERE key = ?1")?
                .execute([key])?;
            Ok(())
        })
    }

    /// Adds a network, or gives a known one its secret.
    pub fn add_network(
        &mut self,
        network: &NetworkId,
        secret: &[u8; 32],
    ) -> Result<(), StoreError> {
        self.step(|connection| {
            connection
                .prepare_cached(
                    "INSERT INTO networks (network, secret) VALUES (?1, ?2)
                     ON CONFLICT (network) DO UPDATE SET secret = excluded.secret",
                )?
                .execute(params![network.as_bytes(), secret])?;
            Ok(())
        })
    }

    /// Adds an act under its name (its hash). Answers whether it was new; a known one stays as it is.
    pub fn add_act(
        &mut self,
        network: &NetworkId,
        act: &[u8],
        bytes: &[u8],
    ) -> Result<bool, StoreError> {
        self.step(|connection| {
            let network = network_row(connection, network)?;
            let added = connection
                .prepare_cached(
                    "INSERT INTO acts (network, act, bytes) VALUES (?1, ?2, ?3)
                     ON CONFLICT (network, act) DO NOTHING",
                )?
                .execute(params![network, act, bytes])?;
            Ok(added == 1)
        })
    }

    /// Appends changes and sets the document's heads. A change whose hash already lies among the
    /// appended ones is passed over. Answers the place reached.
    pub fn append(
        &mut self,
        network: &NetworkId,
        doc: &DocId,
        changes: &[NewChange<'_>],
        heads: &[[u8; 32]],
    ) -> Result<Mark, StoreError> {
        self.step(|connection| {
            let document = document_row(connection, network, doc)?;
            let mut place: i64 = connection
                .prepare_cached("SELECT appended FROM documents WHERE id = ?1")?
                .query_row([document], |row| row.get(0))?;
            let mut insert = connection.prepare_cached(
                "INSERT INTO changes (document, hash, place, actor, seq, bytes)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT (document, hash) DO NOTHING",
            )?;
            for change in changes {
                let added = insert.execute(params![
                    document,
                    change.hash,
                    place + 1,
                    change.actor,
                    number(change.seq)?,
                    change.bytes
                ])?;
                place += i64::from(added == 1);
            }
            changed(connection, document, heads, Some(place))?;
            Ok(Mark(place))
        })
    }

    /// Puts a new snapshot in the place of the old one and of the changes that it covers, and sets the heads of
    /// the whole document (snapshot and the changes that stay).
    pub fn replace_snapshot(
        &mut self,
        network: &NetworkId,
        doc: &DocId,
        snapshot: &[u8],
        covers: Covers,
        heads: &[[u8; 32]],
    ) -> Result<(), StoreError> {
        self.step(|connection| {
            let document = document_row(connection, network, doc)?;
            connection
                .prepare_cached(
                    "INSERT INTO snapshots (document, bytes) VALUES (?1, ?2)
                     ON CONFLICT (document) DO UPDATE SET bytes = excluded.bytes",
                )?
                .execute(params![document, snapshot])?;
            let last = match covers {
                Covers::All => i64::MAX,
                Covers::UpTo(mark) => mark.0,
            };
            connection
                .prepare_cached("DELETE FROM changes WHERE document = ?1 AND place <= ?2")?
                .execute(params![document, last])?;
            changed(connection, document, heads, None)
        })
    }

    /// Puts the document as it counts now in the place of its snapshot and of all its changes. A
    /// snapshot that was made before this must not be put in its place afterwards.
    pub fn rewrite(
        &mut self,
        network: &NetworkId,
        doc: &DocId,
        snapshot: &[u8],
        heads: &[[u8; 32]],
    ) -> Result<(), StoreError> {
        self.replace_snapshot(network, doc, snapshot, Covers::All, heads)
    }

    /// Sets what lists show of the document.
    pub fn set_summary(
        &mut self,
        network: &NetworkId,
        doc: &DocId,
        summary: &Summary,
    ) -> Result<(), StoreError> {
        self.step(|connection| {
            let document = document_row(connection, network, doc)?;
            connection
                .prepare_cached(
                    "UPDATE documents SET title = ?2, tags = ?3, excerpt = ?4, changed_ms = ?5,
                     changed_actor = ?6, binned = ?7, working_group = ?8, facts = ?9 WHERE id = ?1",
                )?
                .execute(params![
                    document,
                    summary.title,
                    serde_json::Value::from(summary.tags.clone()).to_string(),
                    summary.excerpt,
                    summary.changed_ms,
                    summary.changed_actor,
                    summary.binned,
                    summary.group,
                    summary.facts,
                ])?;
            Ok(())
        })
    }

    /// Puts the document's words into the search, in the place of those it had there.
    pub fn index_text(
        &mut self,
        network: &NetworkId,
        doc: &DocId,
        title: &str,
        body: &str,
    ) -> Result<(), StoreError> {
        self.step(|connection| {
            let document = document_row(connection, network, doc)?;
            search::index(connection, document, title, body)
        })
    }

    /// Remembers a meeting with a peer.
    pub fn save_memory(
        &mut self,
        network: &NetworkId,
        peer: &DeviceId,
        bytes: &[u8],
    ) -> Result<(), StoreError> {
        self.step(|connection| {
            let network = network_row(connection, network)?;
            connection
                .prepare_cached(
                    "INSERT INTO sync_memory (network, peer, bytes) VALUES (?1, ?2, ?3)
                     ON CONFLICT (network, peer) DO UPDATE SET bytes = excluded.bytes",
                )?
                .execute(params![network, peer.as_bytes(), bytes])?;
            Ok(())
        })
    }
}

pub(crate) fn network_row(connection: &Connection, network: &NetworkId) -> Result<i64, StoreError> {
    connection
        .prepare_cached("SELECT id FROM networks WHERE network = ?1")?
        .query_row([network.as_bytes()], |row| row.get(0))
        .optional()?
        .ok_or(StoreError::UnknownNetwork(*network))
}

/// The document's row, made if it is not there.
pub(crate) fn document_row(
    connection: &Connection,
    network: &NetworkId,
    doc: &DocId,
) -> Result<i64, StoreError> {
    let network = network_row(connection, network)?;
    let key = params![network, doc.to_bytes()];
    let found = connection
        .prepare_cached("SELECT id FROM documents WHERE network = ?1 AND doc = ?2")?
        .query_row(key, |row| row.get(0))
        .optional()?;
    if let Some(id) = found {
        return Ok(id);
    }
    connection
        .prepare_cached("INSERT INTO documents (network, doc) VALUES (?1, ?2)")?
        .execute(key)?;
    Ok(connection.last_insert_rowid())
}

/// Every write of a document's changes ends here, with its heads, and where appending came to if it was that.
fn changed(
    connection: &Connection,
    document: i64,
    heads: &[[u8; 32]],
    appended: Option<i64>,
) -> Result<(), StoreError> {
    remembered::forget(connection, document)?;
    connection
        .prepare_cached(
            "UPDATE documents SET heads = ?2, appended = coalesce(?3, appended) WHERE id = ?1",
        )?
        .execute(params![document, heads.as_flattened(), appended])?;
    Ok(())
}

pub(crate) fn number(seq: u64) -> Result<i64, StoreError> {
    i64::try_from(seq).map_err(|_| StoreError::TooLarge("a change's number"))
}
