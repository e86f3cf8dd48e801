//! The acts of one network on one connection.
//!
//! Both tell the digest of the acts they know. If the digests differ, both tell all names, and each
//! sends what the other lacks. From then on, new acts are sent at once. *Settled* is: everything the
//! other had named is here.

use std::collections::BTreeSet;

use tresse_model::NetworkId;
use tresse_trust::{ActError, ActId, ActSet, VerifiedAct};

use crate::{
    CloseReason,
    line::Context,
    wire::{self, Bytes, Message},
};

/// From how many bytes on acts go in several messages.
const BATCH: usize = 256 * 1024;

/// What is known of the acts the peer has.
#[derive(Debug)]
pub(crate) struct Acts {
    opened_with: [u8; 32],
    opened: bool,
    /// Both digests were equal, or their names have come.
    compared: bool,
    /// What the peer has for certain.
    theirs: BTreeSet<ActId>,
    /// What it named and has not yet sent.
    expected: BTreeSet<ActId>,
}

impl Acts {
    /// Tells the digest.
    pub(crate) fn open(
        network: &NetworkId,
        context: &mut Context<'_>,
    ) -> Result<Self, CloseReason> {
        let acts = known(network, context)?;
        let opened_with = acts.digest();
        let theirs = acts.ids().copied().collect();
        context.line.send(&Message::Open {
            network: wire::network(network),
            acts: opened_with,
        });
        Ok(Self {
            opened_with,
            opened: false,
            compared: false,
            theirs,
            expected: BTreeSet::new(),
        })
    }

    /// The digest that was told.
    pub(crate) const fn opened_with(&self) -> [u8; 32] {
        self.opened_with
    }

    /// Whether everything the peer named is here.
    pub(crate) fn settled(&self) -> bool {
        self.compared && self.expected.is_empty()
    }

    pub(crate) fn on_open(
        &mut self,
        network: &NetworkId,
        digest: [u8; 32],
        context: &mut Context<'_>,
    ) -> Result<(), CloseReason> {
        if std::mem::replace(&mut self.opened, true) {
            return Err(CloseReason::OutOfPlace);
        }
        // Compared as both told it: so both come to the same conclusion.
        if digest == self.opened_with {
            self.compared = true;
            return self.push(network, context);
        }
        self.theirs.clear();
        let ids = known(network, context)?.ids().copied().collect();
        context.line.send(&Message::ActIds {
            network: wire::network(network),
            ids,
        });
        Ok(())
    }

    pub(crate) fn on_ids(
        &mut self,
        network: &NetworkId,
        ids: Vec<ActId>,
        context: &mut Context<'_>,
    ) -> Result<(), CloseReason> {
        if !self.opened || std::mem::replace(&mut self.compared, true) {
            return Err(CloseReason::OutOfPlace);
        }
        let acts = known(network, context)?;
        self.expected = ids
            .iter()
            .filter(|id| !acts.contains(id))
            .copied()
            .collect();
        self.theirs = ids.into_iter().collect();
        self.push(network, context)
    }

    /// Takes acts. `true` if some were not known.
    pub(crate) fn on_acts(
        &mut self,
        network: &NetworkId,
        acts: &[Bytes],
        context: &mut Context<'_>,
    ) -> Result<bool, CloseReason> {
        if !self.opened {
            return Err(CloseReason::OutOfPlace);
        }
        let mut new = Vec::new();
        for bytes in acts {
            let act = read(network, &bytes.0)?;
            self.expected.remove(&act.id());
            self.theirs.insert(act.id());
            if !known(network, context)?.contains(&act.id()) {
                new.push(act);
            }
        }
        if new.is_empty() {
            return Ok(false);
        }
        context.host.add_acts(network, new)?;
        Ok(true)
    }

    /// Sends what the peer is not known to have.
    pub(crate) fn push(
        &mut self,
        network: &NetworkId,
        context: &mut Context<'_>,
    ) -> Result<(), CloseReason> {
        if !self.compared {
            return Ok(());
        }
        let mut batch = Vec::new();
        let mut batches = Vec::new();
        let mut size = 0;
        for act in known(network, context)?.iter() {
            if self.theirs.insert(act.id()) {
                size += act.bytes().len();
                batch.push(Bytes(act.bytes().to_vec()));
                if size > BATCH {
                    size = 0;
                    batches.push(std::mem::take(&mut batch));
                }
            }
        }
        batches.push(batch);
        for acts in batches.into_iter().filter(|acts| !acts.is_empty()) {
            context.line.send(&Message::Acts {
                network: wire::network(network),
                acts,
            });
        }
        Ok(())
    }
}

/// Reads an act of this network.
pub(crate) fn read(network: &NetworkId, bytes: &[u8]) -> Result<VerifiedAct, CloseReason> {
    match VerifiedAct::decode(bytes) {
        Ok(act) if act.act().network == *network => Ok(act),
        Err(ActError::NewerVersion(_)) => Err(CloseReason::NewerVersion),
        Ok(_) | Err(_) => Err(CloseReason::BadAct),
    }
}

fn known<'a>(network: &NetworkId, context: &'a Context<'_>) -> Result<&'a ActSet, CloseReason> {
    context.host.acts(network).ok_or(CloseReason::HostFailed)
}
