//! A profile on disk, written and read past the engine.

use std::path::Path;

use automerge::{Automerge, ReadDoc};
use tresse_model::{DocId, NetworkId};
use tresse_store::{
    Batch, Covers, Store, StoreError,
    vault::{NoKeyring, Vault},
};
use tresse_sync::Copy;
use tresse_trust::ActSet;

use crate::Anyhow;

/// What was written.
#[derive(Debug)]
pub(crate) struct Written {
    pub(crate) network: NetworkId,
    pub(crate) documents: usize,
    pub(crate) changes: usize,
    /// Of all documents as they are saved.
    pub(crate) bytes: usize,
}

impl Written {
    /// Nothing yet.
    pub(crate) const fn new(network: NetworkId) -> Self {
        Self {
            network,
            documents: 0,
            changes: 0,
            bytes: 0,
        }
    }
}

/// Opens the store of a profile that nobody has open.
pub(crate) fn open(profile: &Path) -> Anyhow<Store> {
    let vault = Vault::unlock_in(profile, None, &NoKeyring)?;
    Ok(Store::open(profile, vault.key())?)
}

/// Every document of a network, loaded by Automerge.
pub(crate) fn documents(store: &Store, network: &NetworkId) -> Anyhow<Vec<(DocId, Automerge)>> {
    let mut all = Vec::new();
    for row in store.documents(network)? {
        if let Some(stored) = store.load(network, &row.doc)? {
            all.push((row.doc, tresse_model::load(&stored.concatenated())?));
        }
    }
    Ok(all)
}

/// One document, loaded by Automerge.
pub(crate) fn document(store: &Store, network: &NetworkId, doc: &DocId) -> Anyhow<Automerge> {
    let stored = store.load(network, doc)?.ok_or("it is not there")?;
    Ok(tresse_model::load(&stored.concatenated())?)
}

/// Writes a network and its acts.
pub(crate) fn put_acts(store: &mut Store, acts: &ActSet) -> Anyhow<()> {
    let network = acts.network();
    store.batch(|batch| {
        batch.add_network(&network, &[5; 32])?;
        for act in acts.iter() {
            batch.add_act(&network, act.id().as_bytes(), act.bytes())?;
        }
        Ok(())
    })?;
    Ok(())
}

/// Writes documents and their seals; what lists and the search show of them is left to be caught up.
pub(crate) fn put(
    store: &mut Store,
    network: NetworkId,
    copies: &[Copy],
    written: &mut Written,
) -> Anyhow<()> {
    let saved: Vec<Vec<u8>> = copies.iter().map(|copy| copy.doc().save()).collect();
    store.batch(|batch| {
        for (copy, bytes) in copies.iter().zip(&saved) {
            put_copy(batch, &network, copy, bytes, true)?;
            batch.set_meta(&format!("behind/{network}/{}", copy.id()), &[])?;
        }
        Ok(())
    })?;
    written.documents += copies.len();
    written.bytes += saved.iter().map(Vec::len).sum::<usize>();
    written.changes += copies
        .iter()
        .map(|copy| copy.doc().stats().num_changes as usize)
        .sum::<usize>();
    Ok(())
}

/// Writes a document that is saved as these bytes, with its seals or without.
pub(crate) fn put_copy(
    batch: &mut Batch<'_>,
    network: &NetworkId,
    copy: &Copy,
    bytes: &[u8],
    seals: bool,
) -> Result<(), StoreError> {
    let id = copy.id();
    let heads: Vec<[u8; 32]> = copy.heads().iter().map(|head| head.0).collect();
    batch.replace_snapshot(network, &id, bytes, Covers::All, &heads)?;
    for seal in copy.seals().filter(|_| seals) {
        batch.put_seals(network, &id, seal.actor(), &seal.bytes())?;
    }
    Ok(())
}
