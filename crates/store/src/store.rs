//! A profile that is open: making it, opening it, and what is done to it as a whole.

use std::{
    fs::File,
    path::{Path, PathBuf},
};

use rusqlite::{Connection, OpenFlags, TransactionBehavior, config::DbConfig};
use tresse_model::NetworkId;

use crate::{
    BackupJob, Batch, Hit, Problem, StoreError, check, folder,
    schema::{self, STEPS},
    search,
    vault::{DatabaseKey, KeyFile},
};

/// An open profile. One thread owns it; dropping it closes it.
#[derive(Debug)]
pub struct Store {
    // Fields drop in this order: the database is closed before the lock is given back.
    pub(crate) connection: Connection,
    key: DatabaseKey,
    dir: PathBuf,
    places: folder::Places,
    _lock: File,
}

impl Store {
    /// Whether `dir` holds a profile.
    pub fn exists(dir: &Path) -> bool {
        folder::database(dir).is_file()
    }

    /// Makes a new empty profile in `dir` (made too if it is not there), encrypted with `key`, and opens it.
    pub fn create(dir: &Path, key: &DatabaseKey) -> Result<Self, StoreError> {
        Self::create_with(dir, key, |_| Ok(()))
    }

    /// Makes a new profile that holds from its first instant what `first` writes, and opens it. The
    /// profile exists whole or not at all, whenever the process is killed. `first` is also the
    /// moment to write the file that keeps the key ([`crate::vault::Vault::write_new`]): the lock is held and no
    /// database is there.
    pub fn create_with(
        dir: &Path,
        key: &DatabaseKey,
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
        let made = make(&path, key, first).and_then(|()| folder::finish(dir));
        if let Err(error) = made {
            folder::clear_unfinished(dir)?;
            return Err(error);
        }
        Self::open_locked(dir, key.clone(), lock)
    }

    /// Opens the profile in `dir`, brought to the newest form.
    pub fn open(dir: &Path, key: &DatabaseKey) -> Result<Self, StoreError> {
        Self::open_with(dir, || Ok(key.clone()))
    }

    /// Opens the profile in `dir` with the key that `unlock` gives: it is asked only once the
    /// profile is known to be there, to be ours, and to be in use by nobody else.
    pub fn open_with(
        dir: &Path,
        unlock: impl FnOnce() -> Result<DatabaseKey, StoreError>,
    ) -> Result<Self, StoreError> {
        if !Self::exists(dir) {
            return Err(StoreError::NotFound {
                dir: dir.to_owned(),
            });
        }
        let lock = folder::lock(dir)?;
        folder::look(&folder::database(dir))?;
        Self::open_locked(dir, unlock()?, lock)
    }

    fn open_locked(dir: &Path, key: DatabaseKey, lock: File) -> Result<Self, StoreError> {
        let path = folder::database(dir);
        let mut connection = connect(&path, &key)?;
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
            key,
            dir: dir.to_owned(),
            places: folder::Places::of(dir),
            _lock: lock,
        })
    }

    /// Gives up durability for speed, until closed: for a store that ends with the process (the
    /// demo's invented members live in such stores).
    pub fn make_fleeting(&self) -> Result<(), StoreError> {
        Ok(self.connection.pragma_update(None, "synchronous", "OFF")?)
    }

    /// The profile's folder.
    pub fn dir(&self) -> &Path {
        &self.dir
    }

    /// Names the file that this profile lies in, so that a copy of it can tell that it is one.
    pub fn place(&self) -> Vec<u8> {
        folder::place(&self.dir)
    }

    /// Whether the database's files are still where they were when it was opened. The system lets a file be deleted that is open; what is
    /// written then goes nowhere, and SQLite does not notice.
    pub fn is_in_place(&self) -> bool {
        folder::Places::of(&self.dir) == self.places
    }

    /// Writes all that `write` asks, or nothing: durable when this returns `Ok`. If a step of the batch
    /// failed, nothing of it is kept, even where `write` passed over the failure.
    ///
    /// # Errors
    /// [`StoreError::Gone`] where the files are not in their place any more: nothing was written then.
    pub fn batch<T>(
        &mut self,
        write: impl FnOnce(&mut Batch<'_>) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        if !self.is_in_place() {
            return Err(StoreError::Gone {
                dir: self.dir.clone(),
            });
        }
        batch(&mut self.connection, write)
    }

    /// The same even where the files are gone: what is written so is read back until this is dropped, and goes into a backup.
    pub fn batch_for_backup<T>(
        &mut self,
        write: impl FnOnce(&mut Batch<'_>) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        batch(&mut self.connection, write)
    }

    /// Keeps a value under a name, in a batch of its own.
    pub fn set_meta(&mut self, key: &str, value: &[u8]) -> Result<(), StoreError> {
        self.batch(|tx| tx.set_meta(key, value))
    }

    /// Finds the documents, of one network or of all, that hold every word of `query` (accents and capitals do not
    /// count; the last word may be the beginning of one) and are `wanted`, best first. `wanted` sees each without title and excerpt. What
    /// is in the bin is left out.
    pub fn search(
        &self,
        network: Option<&NetworkId>,
        query: &str,
        limit: usize,
        wanted: impl Fn(&Hit) -> bool,
    ) -> Result<Vec<Hit>, StoreError> {
        search::find(&self.connection, network, query, limit, &wanted)
    }

    /// Proves the profile as far as the store can: the database's own checks, every stored
    /// change, set aside or not, against its hash (`hash_of` reads a change's bytes; `None`: unreadable), every
    /// reference. An empty list means that all is well.
    pub fn check(&self, hash_of: impl Fn(&[u8]) -> Option<[u8; 32]>) -> Vec<Problem> {
        check::run(&self.connection, hash_of)
    }

    /// Makes the indexes and the search table anew from the data they stand for: what can be repaired
    /// without guessing.
    pub fn rebuild_indexes(&mut self) -> Result<(), StoreError> {
        check::rebuild(&mut self.connection)
    }

    /// Copies the profile as it is now into a new file, which is never overwritten. What opens the copy is
    /// what `keys` says ([`crate::vault::Vault::for_backup`]).
    pub fn backup(&self, file: &Path, keys: KeyFile) -> Result<(), StoreError> {
        self.backup_job(keys)?.run(file)
    }

    /// A backup that another thread can run while this one goes on reading and writing.
    ///
    /// # Errors
    /// Where the files are gone, a copy is made here and now, which may not go well.
    pub fn backup_job(&self, keys: KeyFile) -> Result<BackupJob, StoreError> {
        if self.is_in_place() {
            let database = folder::database(&self.dir);
            return Ok(BackupJob::of(database, self.key.clone(), keys));
        }
        BackupJob::of_rescued(&self.connection, self.key.clone(), keys)
    }
}

/// Opens a database file that is there, without reading any of it.
pub(crate) fn connect(path: &Path, key: &DatabaseKey) -> Result<Connection, StoreError> {
    // The text of a path is never read as a URI.
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags)?;
    connection.execute_batch(&key.pragma())?;
    Ok(connection)
}

/// Makes the database file whole: its form and first contents, closed again.
fn make(
    path: &Path,
    key: &DatabaseKey,
    first: impl FnOnce(&mut Batch<'_>) -> Result<(), StoreError>,
) -> Result<(), StoreError> {
    let mut connection = connect(path, key)?;
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

/// How an open profile behaves.
fn configure(connection: &Connection) -> Result<(), StoreError> {
    connection.busy_timeout(std::time::Duration::from_secs(5))?;
    connection.set_prepared_statement_cache_capacity(64);
    // Else SQLite plans every question with a join or an order anew each time it is asked, in case a value asks for another plan: that takes several
    // times as long as the answer. No question here has two plans worth choosing between.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
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
        // 8 MiB: what a search goes through, decrypted once.
        ("cache_size", "-8192"),
        ("journal_size_limit", "67108864"),
    ] {
        connection.pragma_update(None, name, value)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::NewChange;
    use rusqlite::StatementStatus;
    use tresse_model::DocId;

    const NETWORK: NetworkId = NetworkId::from_bytes([1; 20]);

    fn key() -> DatabaseKey {
        DatabaseKey::from_bytes([5; 32])
    }

    #[test]
    fn a_question_is_planned_once_however_often_it_is_asked() {
        let dir = tempfile::tempdir().unwrap();
        let store = Store::create(dir.path(), &key()).unwrap();
        let ask = || {
            let mut question = store.connection.prepare_cached(
                "SELECT documents.id FROM documents JOIN networks ON networks.id = documents.network
                 WHERE networks.network = ?1 AND doc = ?2",
            )?;
            let found = question.exists([NETWORK.as_bytes(), &[0; 20]])?;
            Ok::<_, rusqlite::Error>((found, question.get_status(StatementStatus::RePrepare)))
        };
        for _ in 0..10 {
            assert_eq!(ask().unwrap(), (false, 0));
        }
    }

    #[test]
    fn an_open_profile_is_durable_at_each_commit() {
        let dir = tempfile::tempdir().unwrap();
        let store = Store::create(dir.path(), &key()).unwrap();
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
            "built with SQLCipher"
        );
        assert_eq!(
            ask("temp_store"),
            "Integer(2)",
            "nothing is written beside it in clear"
        );
    }

    #[test]
    fn a_profile_of_an_older_form_opens_with_all_that_was_in_it() {
        let dir = tempfile::tempdir().unwrap();
        folder::make_file(&folder::unfinished(dir.path())).unwrap();
        let mut older = connect(&folder::unfinished(dir.path()), &key()).unwrap();
        schema::migrate(&mut older, &STEPS[..3]).unwrap();
        let doc = DocId::page([1; 16]);
        older
            .execute(
                "INSERT INTO networks VALUES (1, ?1, zeroblob(32))",
                [NETWORK.as_bytes()],
            )
            .unwrap();
        older
            .execute(
                "INSERT INTO documents (id, network, doc, heads) VALUES (7, 1, ?1, ?2)",
                (doc.to_bytes(), [8; 32]),
            )
            .unwrap();
        for number in [9_u8, 8] {
            older
                .execute(
                    "INSERT INTO changes (document, hash, actor, seq, bytes) VALUES (7, ?1, x'aa', ?2, ?3)",
                    ([number; 32], 10 - i64::from(number), vec![number; 100]),
                )
                .unwrap();
        }
        older.close().unwrap();
        folder::finish(dir.path()).unwrap();
        let mut store = Store::open(dir.path(), &key()).unwrap();
        let stored = store.load(&NETWORK, &doc).unwrap().unwrap();
        assert_eq!(stored.changes, [vec![9; 100], vec![8; 100]]);
        assert_eq!(store.check(|bytes| Some([bytes[0]; 32])), []);
        let next = NewChange {
            hash: [7; 32],
            actor: b"ana",
            seq: 1,
            bytes: &[7; 100],
        };
        let reached = store.batch(|tx| tx.append(&NETWORK, &doc, &[next], &[[7; 32]]));
        assert!(reached.unwrap() > stored.mark);
        let stored = store.load(&NETWORK, &doc).unwrap().unwrap();
        assert_eq!(stored.changes.last(), Some(&vec![7; 100]));
    }

    #[test]
    fn a_full_disk_is_told_and_leaves_everything_as_before() {
        let dir = tempfile::tempdir().unwrap();
        let mut store =
            Store::create_with(dir.path(), &key(), |tx| tx.add_network(&NETWORK, &[0; 32]))
                .unwrap();
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
