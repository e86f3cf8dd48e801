//! A bundle in the making.

use tresse_model::{DeviceId, DocId, NetworkId};
use tresse_trust::NetworkSecret;

use super::{BundleError, Packed, records::Records, secret_of};
use crate::{
    DocRefusal, Host, Standing,
    document::{Outgoing, outgoing},
    link::acts_messages,
    memory::Memory,
};

/// Makes a bundle one document after the other, so that whoever makes it can do something else in between.
pub struct Packing {
    network: NetworkId,
    memory: Memory,
    /// The documents still to come, the next one last.
    left: Vec<DocId>,
    all: usize,
    records: Records,
    packed: Packed,
}

impl Packing {
    /// Finds out what a member's device is not known to have; with no device named, all there is. The salt is random.
    ///
    /// # Errors
    /// [`BundleError`] where the network is not here, or the device is not a member's.
    pub fn begin(
        host: &mut dyn Host,
        network: &NetworkId,
        device: Option<&DeviceId>,
        salt: [u8; 24],
    ) -> Result<Self, BundleError> {
        let secret: NetworkSecret = secret_of(host, network).ok_or(BundleError::NoNetwork)?;
        if device.is_some_and(|device| host.standing(network, device) != Standing::Member) {
            return Err(BundleError::NotAMember);
        }
        let memory = device
            .and_then(|device| host.memory(network, device))
            .and_then(|bytes| Memory::read(network, &bytes))
            .unwrap_or_default();
        let heads = host.heads(network).ok_or(BundleError::NoNetwork)?;
        let mut left = memory.differing(heads);
        left.retain(|doc| heads.contains_key(doc));
        left.reverse();
        Ok(Self {
            network: *network,
            memory,
            all: left.len(),
            left,
            records: Records::begin(&secret, salt),
            packed: Packed {
                bytes: Vec::new(),
                documents: 0,
                left_out: Vec::new(),
            },
        })
    }

    /// Adds the next document. `false`: there is none.
    ///
    /// # Errors
    /// [`BundleError`] where the host cannot read on.
    pub fn step(&mut self, host: &mut dyn Host) -> Result<bool, BundleError> {
        let Some(doc) = self.left.pop() else {
            return Ok(false);
        };
        let has = self.memory.heads(&doc).cloned().unwrap_or_default();
        let (mut out, mut found) = (Ok(None), true);
        if has.is_empty()
            && let Some(whole) = Outgoing::as_it_lies(host, &self.network, &doc)
        {
            out = Ok(Some(whole));
        } else {
            let look = &mut |copy: &_| out = outgoing(copy, &has, None);
            found = host.read(&self.network, &doc, look)?;
        }
        match out {
            _ if !found => self.packed.left_out.push((doc, DocRefusal::DamagedHere)),
            Ok(Some(out)) => {
                let message = out.message(&self.network, doc);
                self.records.add(&message.encode());
                self.packed.documents += 1;
            }
            Ok(None) => {}
            Err(refusal) => self.packed.left_out.push((doc, refusal)),
        }
        Ok(!self.left.is_empty())
    }

    /// How many documents were looked at, of how many.
    pub const fn progress(&self) -> (usize, usize) {
        (self.all - self.left.len(), self.all)
    }

    /// How many bytes there are so far.
    pub const fn size(&self) -> usize {
        self.records.size()
    }

    /// Adds the acts, and closes the file. They come last, so that whoever was let in while it was made, and wrote, is among them.
    ///
    /// # Errors
    /// [`BundleError::NoNetwork`] where the network has gone meanwhile.
    pub fn end(mut self, host: &dyn Host) -> Result<Packed, BundleError> {
        let acts = host.acts(&self.network).ok_or(BundleError::NoNetwork)?;
        for message in acts_messages(&self.network, acts.iter()) {
            self.records.add(&message.encode());
        }
        self.packed.bytes = self.records.end();
        Ok(self.packed)
    }
}
