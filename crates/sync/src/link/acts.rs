//! The acts of one network on one connection.
//!
//! Both tell the digest of the acts they know. If the digests differ, both tell all names, and each
//! sends what the other lacks. From then on, new acts are sent at once. *Settled* is: everything the
//! other had named is here.
//!
//! Knowing the network's secret is not enough to be told who is in it: somebody who was put out knows it
//! too and may come with a new key. So a device that is unknown here is told nothing but names (which are
//! hashes), until acts show that it was let in. Where two devices are unknown to each other (both let in a
//! short while ago, by different members), each shows its *credentials*, the few acts by which it came in; that
//! a known member signed them is enough to go on.
//!
//! Acts of which the past has not all come wait here, bounded; what nobody keeps ([`tresse_trust::sift`]) is
//! not handed on.

use std::collections::BTreeSet;

use tresse_model::NetworkId;
use tresse_trust::{ActError, ActId, ActSet, VerifiedAct, evaluate, sift};

use crate::{
    CloseReason, Standing,
    line::Context,
    wire::{self, Bytes, Message},
};

/// From how many bytes on acts go in several messages.
const BATCH: usize = 256 * 1024;
/// The most bytes of acts that wait for what they come after.
const MOST_WAITING: usize = 32 * 1024 * 1024;

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
    /// What it sent of which not all is known that it comes after.
    waiting: Vec<VerifiedAct>,
    /// The peer is unknown here, and a known member signed for it.
    vouched: bool,
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
            waiting: Vec::new(),
            vouched: false,
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
        for bytes in acts {
            let act = read(network, &bytes.0)?;
            self.theirs.insert(act.id());
            self.expected.remove(&act.id());
            if !known(network, context)?.contains(&act.id()) {
                self.waiting.push(act);
            }
        }
        let new = self.sift(network, context)?;
        self.look_at_credentials(network, context)?;
        Ok(new)
    }

    /// Keeps those of the waiting acts of which all is known by now that they come after. `true` if there were some.
    fn sift(
        &mut self,
        network: &NetworkId,
        context: &mut Context<'_>,
    ) -> Result<bool, CloseReason> {
        let came = std::mem::take(&mut self.waiting);
        let acts = known(network, context)?;
        let sifted = sift(acts, came);
        self.expected.retain(|id| !acts.contains(id));
        self.waiting = sifted.wait;
        // What nobody keeps is not remembered either.
        for act in &sifted.strange {
            self.theirs.remove(act);
        }
        let waiting = self.waiting.iter().map(|act| act.bytes().len());
        if waiting.sum::<usize>() > MOST_WAITING {
            return Err(CloseReason::TooLarge);
        }
        if sifted.belong.is_empty() {
            return Ok(false);
        }
        context.host.add_acts(network, sifted.belong)?;
        Ok(true)
    }

    /// Acts came by another way: some that were waited for may be among them.
    pub(crate) fn changed(
        &mut self,
        network: &NetworkId,
        context: &mut Context<'_>,
    ) -> Result<(), CloseReason> {
        self.sift(network, context)?;
        self.look_at_credentials(network, context)?;
        self.push(network, context)
    }

    /// Goes on with a peer that is unknown here, if what waits shows that a known member let it in.
    fn look_at_credentials(
        &mut self,
        network: &NetworkId,
        context: &mut Context<'_>,
    ) -> Result<(), CloseReason> {
        let unknown = context.host.standing(network, &context.peer) == Standing::Unknown;
        if self.vouched || !unknown || self.waiting.is_empty() {
            return Ok(());
        }
        let membership = evaluate(known(network, context)?);
        self.vouched = membership.vouches(&context.peer, &self.waiting);
        if self.vouched {
            self.push(network, context)?;
        }
        Ok(())
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
        let acts = known(network, context)?;
        let told = match context.host.standing(network, &context.peer) {
            Standing::Member => None,
            Standing::Unknown if self.vouched => None,
            Standing::Unknown => Some(evaluate(acts).credentials(&context.me)),
            Standing::Removed => return Ok(()),
        };
        let told = |act: &ActId| told.as_ref().is_none_or(|told| told.contains(act));
        let new = acts
            .iter()
            .filter(|act| told(&act.id()) && self.theirs.insert(act.id()));
        for message in messages(network, new) {
            context.line.send(&message);
        }
        Ok(())
    }
}

/// Acts as they are sent, in as many messages as they need.
pub(crate) fn messages<'a>(
    network: &NetworkId,
    acts: impl IntoIterator<Item = &'a VerifiedAct>,
) -> Vec<Message> {
    let mut batches = vec![Vec::new()];
    let mut size = 0;
    for act in acts {
        if size > BATCH {
            size = 0;
            batches.push(Vec::new());
        }
        size += act.bytes().len();
        if let Some(batch) = batches.last_mut() {
            batch.push(Bytes(act.bytes().to_vec()));
        }
    }
    batches.retain(|batch| !batch.is_empty());
    let message = |acts| Message::Acts {
        network: wire::network(network),
        acts,
    };
    batches.into_iter().map(message).collect()
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
