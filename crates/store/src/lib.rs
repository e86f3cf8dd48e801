//! One profile on disk: a folder with one SQLite database and a lock.
//!
//! ```text
//!   folder/
//!     lock          held by the one process that has the profile open
//!     key           what opens the database (see [`vault`])
//!     tresse.db     everything, encrypted (with -wal and -shm beside it while open)
//!
//!   Vault ── DatabaseKey ──▶ Store
//!   Store ── reads: networks, acts, documents, load, remembered, seals, memory, meta, search, check
//!     └─ batch(|tx| …) ── writes: all of them or none, durable when it returns
//! ```
//!
//! Promises:
//! - When [`Store::batch`] returns `Ok`, what it wrote survives a kill and a power cut (write-ahead
//!   log, `synchronous=FULL`). When it returns an error, everything is as it was before.
//! - A profile is open in one process at a time; a second one is told so and harms nothing.
//! - A database that is not ours, is damaged, or was written by a newer Tresse or by a trial version is
//!   left as it is.
//! - What [`Store::load`] gives is what was appended, in the order of appending, and the
//!   snapshot that replaced the oldest part of it.
//!
//! The store keeps opaque bytes. It knows that a document is a snapshot and changes, not what
//! they say, so it depends on neither Automerge nor the rules of membership. A profile holds
//! secret keys: everything on the disk is encrypted (SQLCipher), and on Unix its files are readable by
//! their owner only.

mod backup;
mod batch;
mod beside;
mod check;
mod error;
mod folder;
mod quarantine;
mod reads;
mod remembered;
mod rows;
mod schema;
mod search;
mod store;
mod trust;
pub mod vault;

pub use backup::{BackupJob, COPIED, along, restore, restore_with};
pub use batch::{Batch, Covers, Mark, NewChange};
pub use beside::{Along, Beside};
pub use check::{Problem, ProblemCode};
pub use error::StoreError;
pub use rows::{DocumentRow, NetworkRow, Remembered, SealsRow, StoredDocument, Summary, Threshold};
pub use search::Hit;
pub use store::Store;
