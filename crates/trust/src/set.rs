//! The acts of one network, as a set.

use std::collections::BTreeMap;

use tresse_model::NetworkId;

use crate::{ActError, ActId, Body, DeviceKey, Membership, VerifiedAct, act::MAX_AFTER};

/// The acts of one network known here, in whatever order they came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActSet {
    network: NetworkId,
    acts: BTreeMap<ActId, VerifiedAct>,
}

/// An act that does not belong in a set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the act is about another network")]
pub struct SetError;

impl ActSet {
    /// No acts yet, of this network.
    pub const fn new(network: NetworkId) -> Self {
        Self {
            network,
            acts: BTreeMap::new(),
        }
    }

    /// Founds a network: the set of its founding act alone.
    pub fn found(
        key: &DeviceKey,
        at_ms: u64,
        name: &str,
        salt: [u8; 16],
    ) -> Result<Self, ActError> {
        let act = VerifiedAct::found(key, at_ms, name, salt)?;
        let mut set = Self::new(act.act().network);
        set.acts.insert(act.id(), act);
        Ok(set)
    }

    /// Which network the acts are about.
    pub const fn network(&self) -> NetworkId {
        self.network
    }

    /// Adds an act. `true` if it was not known.
    pub fn insert(&mut self, act: VerifiedAct) -> Result<bool, SetError> {
        if act.act().network != self.network {
            return Err(SetError);
        }
        let id = act.id();
        if self.acts.contains_key(&id) {
            return Ok(false);
        }
        self.acts.insert(id, act);
        Ok(true)
    }

    /// Signs an act that comes after everything known here that holds by `membership`, which is this set's
    /// own: an honest act never vouches for what does not. It is not added: that is
    /// [`ActSet::insert`]'s part, once it is stored.
    pub fn sign(
        &self,
        membership: &Membership,
        key: &DeviceKey,
        at_ms: u64,
        body: &Body,
    ) -> Result<VerifiedAct, ActError> {
        let after = membership.newest(&key.id(), MAX_AFTER);
        VerifiedAct::sign(key, self.network, after, at_ms, body)
    }

    /// The act with this name.
    pub fn get(&self, id: &ActId) -> Option<&VerifiedAct> {
        self.acts.get(id)
    }

    /// Whether the act is known.
    pub fn contains(&self, id: &ActId) -> bool {
        self.acts.contains_key(id)
    }

    /// How many acts there are.
    pub fn len(&self) -> usize {
        self.acts.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.acts.is_empty()
    }

    /// The acts by name.
    pub fn iter(&self) -> impl Iterator<Item = &VerifiedAct> {
        self.acts.values()
    }

    /// The names, sorted.
    pub fn ids(&self) -> impl Iterator<Item = &ActId> {
        self.acts.keys()
    }

    /// A hash of the names: equal here and there exactly if both know the same acts.
    pub fn digest(&self) -> [u8; 32] {
        let mut hasher = blake3::Hasher::new_derive_key("tresse 2026 acts digest");
        hasher.update(self.network.as_bytes());
        for id in self.acts.keys() {
            hasher.update(id.as_bytes());
        }
        *hasher.finalize().as_bytes()
    }
}
