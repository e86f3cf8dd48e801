//! A profile that is open: making it, opening it, reading from it.

use std::{
    fs::File,
    path::{Path, PathBuf},
};

use rusqlite::{
    Connection, OpenFlags, OptionalExtension, TransactionBehavior, config::DbConfig, params,
};
use tresse_model::{DeviceId, DocId, NetworkId};

use crate::{
    BackupJob, Batch, Hit, Mark, Problem, StoreError, backup, check, folder,
    schema::{self, STEPS},
    search,
};

/// A network of the profile.
#[derive(Clone, PartialEq, Eq)]
pub struct NetworkRow {
    /// The network.
    pub id: NetworkId,
    /// What its members know and nobody else.
    pub secret: [u8; 32],
}

impl std::fmt::Debug for NetworkRow {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("NetworkRow")
            .field("id", &self.id)
            .finish_non_exhaustive()
    }
}

/// What is known of a document without opening it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Summary {
    /// Its title as shown in lists.
    pub title: String,
    /// Its tags.
    pub tags: Vec<String>,
    /// Its first words.
    pub excerpt: String,
    /// When it last changed, as its author's clock claimed: milliseconds since 1970, UTC.
    pub changed_ms: i64,
    /// The actor of that change.
    pub changed_actor: Vec<u8>,
    /// It is in the bin.
    pub binned: bool,
}

/// One line of the list of documents.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DocumentRow {
    /// The document.
    pub doc: DocId,
    /// The hashes of its newest changes, as last given.
    pub heads: Vec<[u8; 32]>,
    /// What lists show of it.
    pub summary: Summary,
}

/// A document's bytes.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct StoredDocument {
    /// The compacted save, if there is one.
    pub snapshot: Option<Vec<u8>>,
    /// The changes appended since, oldest first.
    pub changes: Vec<Vec<u8>>,
    /// The newest seal of each actor (and any that contradicts it).
    pub seals: Vec<Vec<u8>>,
    /// The heads as last given.
    pub heads: Vec<[u8; 32]>,
    /// The last of `changes`: what a snapshot made of this covers.
    pub mark: Mark,
}

impl StoredDocument {
    /// Snapshot and changes in one run of bytes, as `Automerge::load` takes them.
    pub fn concatenated(&self) -> Vec<u8> {
        let snapshot = self.snapshot.as_deref().unwrap_or_default();
        let mut bytes = Vec::with_capacity(snapshot.len() + self.bytes_since_snapshot());
        bytes.extend_from_slice(snapshot);
        for change in &self.changes {
            bytes.extend_from_slice(change);
        }
        bytes
    }

    /// How many bytes of changes lie beside the snapshot.
    pub fn bytes_since_snapshot(&self) -> usize {
        self.changes.iter().map(Vec::len).sum()
    }
}

/// When a document is worth compacting: as soon as either bound is passed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Threshold {
    /// This many changes lie beside the snapshot.
    pub changes: u32,
    /// The changes weigh more than this, and more than the snapshot itself: so that all the
    /// compacting of a document's life writes a small multiple of what its edits wrote.
    pub bytes: u32,
}

impl Default for Threshold {
    fn default() -> Self {
        Self {
            changes: 1000,
            bytes: 64 * 1024,
        }
    }
}

/// An open profile. One thread owns it; dropping it closes it.
#[derive(Debug)]
pub struct Store {
    // Fields drop in this order: the database is closed before the lock is given back.
    pub(crate) connection: Connection,
    dir: PathBuf,
    _lock: File,
}

impl Store {
    /// Whether `dir` holds a profile.
    pub fn exists(dir: &Path) -> bool {
        folder::database(dir).is_file()
    }

    /// Makes a new empty profile in `dir` (made too if it is not there) and opens it.
    pub fn create(dir: &Path) -> Result<Self, StoreError> {
        Self::create_with(dir, |_| Ok(()))
    }

    /// Makes a new profile that holds from its first instant what `first` writes, and opens it. The
    /// profile exists whole or not at all, whenever the process is killed.
    pub fn create_with(
        dir: &Path,
        first: impl FnOnce(&mut Batch<'_>) -> Result<(), StoreError>,
    ) -> Result<Self, StoreError> {
        folder::make(dir)?;
        let lock = folder::lock(dir)?;
        if Self::exists(dir) {
            return Err(StoreError::Exists {
                dir: dir.to_owned(),
            });
        }
        let log = folder::log(dir);
        if log.exists() {
            // SQLite would play it into the new database.
            return Err(StoreError::Leftover { path: log });
        }
        folder::clear_unfinished(dir)?;
        let path = folder::unfinished(dir);
        folder::make_file(&path)?;
        let made = make(&path, first).and_then(|()| folder::finish(dir));
        if let Err(error) = made {
            folder::clear_unfinished(dir)?;
            return Err(error);
        }
        Self::open_locked(dir, lock)
    }

    /// Opens the profile in `dir`, brought to the newest form.
    pub fn open(dir: &Path) -> Result<Self, StoreError> {
        if !Self::exists(dir) {
            return Err(StoreError::NotFound {
                dir: dir.to_owned(),
            });
        }
        let lock = folder::lock(dir)?;
        Self::open_locked(dir, lock)
    }

    fn open_locked(dir: &Path, lock: File) -> Result<Self, StoreError> {
        let path = folder::database(dir);
        folder::look(&path)?;
        let mut connection = Connection::open_with_flags(&path, flags())?;
        // Until the database is known to be ours to write, closing it must not tidy its log away.
        connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
        if schema::known(&connection, STEPS)? == 0 {
            return Err(StoreError::NotAProfile { path });
        }
        configure(&connection)?;
        schema::migrate(&mut connection, STEPS)?;
        connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, false)?;
        Ok(Self {
            connection,
            dir: dir.to_owned(),
            _lock: lock,
        })
    }

    /// The profile's folder.
    pub fn dir(&self) -> &Path {
        &self.dir
    }

    /// Writes all that `write` asks, or nothing: durable when this returns `Ok`. If a step of the batch
    /// failed, nothing of it is kept, even where `write` passed over the failure.
    pub fn batch<T>(
        &mut self,
        write: impl FnOnce(&mut Batch<'_>) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        batch(&mut self.connection, write)
    }

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

    /// Keeps a value under a name, in a batch of its own.
    pub fn set_meta(&mut self, key: &str, value: &[u8]) -> Result<(), StoreError> {
        self.batch(|tx| tx.set_meta(key, value))
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
            "SELECT doc, heads, title, tags, excerpt, changed_ms, changed_actor, binned
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
            "SELECT documents.id, heads, snapshots.bytes
             FROM documents JOIN networks ON networks.id = documents.network
             LEFT JOIN snapshots ON snapshots.document = documents.id
             WHERE networks.network = ?1 AND doc = ?2",
        )?;
        let found: Option<(i64, Vec<u8>, Option<Vec<u8>>)> = query
            .query_row(params![network.as_bytes(), doc.to_bytes()], |row| {
                Ok((row.get(0)?, row.get(1)?, row.get(2)?))
            })
            .optional()?;
        let Some((id, head_bytes, snapshot)) = found else {
            return Ok(None);
        };
        let mut stored = StoredDocument {
            snapshot,
            heads: heads(&head_bytes)?,
            ..StoredDocument::default()
        };
        let mut query = transaction
            .prepare_cached("SELECT id, bytes FROM changes WHERE document = ?1 ORDER BY id")?;
        let mut rows = query.query([id])?;
        while let Some(row) = rows.next()? {
            stored.mark = Mark(row.get(0)?);
            stored.changes.push(row.get(1)?);
        }
        let mut query = transaction
            .prepare_cached("SELECT bytes FROM seals WHERE document = ?1 ORDER BY id")?;
        for seal in query.query_map([id], |row| row.get(0))? {
            stored.seals.push(seal?);
        }
        Ok(Some(stored))
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

    /// Finds the network's documents that hold every word of `query` (accents and capitals do not
    /// count; the last word may be the beginning of one), best first. What is in the bin is left out.
    pub fn search(
        &self,
        network: &NetworkId,
        query: &str,
        limit: usize,
    ) -> Result<Vec<Hit>, StoreError> {
        search::find(&self.connection, network, query, limit)
    }

    /// Proves the profile as far as the store can: the database's own checks, every stored
    /// change against its hash (`hash_of` reads a change's bytes; `None`: unreadable), every reference. An empty list means that all is well.
    pub fn check(&self, hash_of: impl Fn(&[u8]) -> Option<[u8; 32]>) -> Vec<Problem> {
        check::run(&self.connection, hash_of)
    }

    /// Makes the indexes and the search table anew from the data they stand for: what can be repaired
    /// without guessing.
    pub fn rebuild_indexes(&mut self) -> Result<(), StoreError> {
        check::rebuild(&mut self.connection)
    }

    /// Copies the profile as it is now into a new file, which is never overwritten.
    pub fn backup(&self, file: &Path) -> Result<(), StoreError> {
        self.backup_job().run(file)
    }

    /// A backup that another thread can run while this one goes on reading and writing.
    pub fn backup_job(&self) -> BackupJob {
        backup::job(folder::database(&self.dir))
    }
}

/// Makes the database file whole: its form and first contents, closed again.
fn make(
    path: &Path,
    first: impl FnOnce(&mut Batch<'_>) -> Result<(), StoreError>,
) -> Result<(), StoreError> {
    let mut connection = Connection::open_with_flags(path, flags())?;
    schema::migrate(&mut connection, STEPS)?;
    batch(&mut connection, first)?;
    connection.close().map_err(|(_, error)| error.into())
}

fn batch<T>(
    connection: &mut Connection,
    write: impl FnOnce(&mut Batch<'_>) -> Result<T, StoreError>,
) -> Result<T, StoreError> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let mut batch = Batch::new(transaction);
    let value = write(&mut batch)?;
    batch.commit()?;
    Ok(value)
}

/// Read and write a file that is there; the text of a path is never read as a URI.
pub(crate) fn flags() -> OpenFlags {
    OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX
}

/// How an open profile behaves.
fn configure(connection: &Connection) -> Result<(), StoreError> {
    connection.busy_timeout(std::time::Duration::from_secs(5))?;
    connection.set_prepared_statement_cache_capacity(64);
    let mode: String =
        connection.pragma_update_and_check(None, "journal_mode", "wal", |row| row.get(0))?;
    if mode != "wal" {
        return Err(StoreError::Disk {
            what: format!("no write-ahead log here, only « {mode} »"),
        });
    }
    for (name, value) in [
        ("synchronous", "FULL"),
        ("fullfsync", "ON"),
        ("checkpoint_fullfsync", "ON"),
        ("foreign_keys", "ON"),
        ("trusted_schema", "OFF"),
        ("cell_size_check", "ON"),
        ("temp_store", "MEMORY"),
        ("journal_size_limit", "67108864"),
    ] {
        connection.pragma_update(None, name, value)?;
    }
    Ok(())
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::NewChange;

    const NETWORK: NetworkId = NetworkId::from_bytes([1; 20]);

    #[test]
    fn an_open_profile_is_durable_at_each_commit() {
        let dir = tempfile::tempdir().unwrap();
        let store = Store::create(dir.path()).unwrap();
        let ask = |name: &str| -> String {
            store
                .connection
                .query_row(&format!("PRAGMA {name}"), [], |row| {
                    row.get::<_, rusqlite::types::Value>(0)
                        .map(|value| format!("{value:?}"))
                })
                .unwrap()
        };
        assert_eq!(ask("journal_mode"), "Text(\"wal\")");
        assert_eq!(ask("synchronous"), "Integer(2)");
        assert_eq!(ask("foreign_keys"), "Integer(1)");
        assert!(
            ask("cipher_version").starts_with("Text"),
            "built so that it can be encrypted"
        );
    }

    #[test]
    fn a_full_disk_is_told_and_leaves_everything_as_before() {
        let dir = tempfile::tempdir().unwrap();
        let mut store =
            Store::create_with(dir.path(), |tx| tx.add_network(&NETWORK, &[0; 32])).unwrap();
        let pages: i64 = store
            .connection
            .query_row("PRAGMA page_count", [], |row| row.get(0))
            .unwrap();
        let limit = |store: &Store, pages: i64| {
            store
                .connection
                .pragma_update_and_check(None, "max_page_count", pages, |_| Ok(()))
                .unwrap();
        };
        let doc = DocId::page([1; 16]);
        let save = |store: &mut Store, size: usize| {
            let bytes = vec![1; size];
            let change = NewChange {
                hash: [size as u8; 32],
                actor: b"ana",
                seq: 1,
                bytes: &bytes,
            };
            store.batch(|tx| {
                tx.set_meta("size", &size.to_be_bytes())?;
                tx.append(&NETWORK, &doc, &[change], &[change.hash])
            })
        };
        limit(&store, pages + 3);
        save(&mut store, 100).unwrap();
        let before = store.load(&NETWORK, &doc).unwrap();
        let refused = save(&mut store, 1_000_000).unwrap_err();
        assert!(matches!(refused, StoreError::DiskFull), "{refused}");
        assert_eq!(store.load(&NETWORK, &doc).unwrap(), before);
        assert_eq!(
            store.meta("size").unwrap().unwrap(),
            100_usize.to_be_bytes()
        );
        assert_eq!(store.check(|_| Some([100; 32])), []);
        limit(&store, 1_000_000);
        save(&mut store, 1_000_000).unwrap();
    }
}
