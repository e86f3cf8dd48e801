//! What a session needs of the engine.

use std::collections::BTreeMap;

use automerge::ChangeHash;
use tresse_model::{DeviceId, DocId, MemberId, NetworkId};
use tresse_trust::{
    ActSet, Consent, InviteKey, JoinRefusal, LinkConsent, LinkRefusal, NetworkSecret, VerifiedAct,
};

use crate::{Coming, Copy, DocRefusal, Incoming, Stored, Welcome};

/// The heads of all that is known of a document, sorted ([`Copy::heads`]).
pub type Heads = Vec<ChangeHash>;

/// What a device is in a network, by the acts known here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// A member's device: it gets everything.
    Member,
    /// Not known: it may have been admitted elsewhere. Its acts are heard; it gets none but those by which this device came in, until they show that it was let in.
    Unknown,
    /// Put out of the network: it gets nothing at all.
    Removed,
}

/// What the host offers to a machine that proved to hold one of its device tickets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LinkOffer {
    /// The name of the person whose device it would become.
    pub name: String,
    /// This device's name, at most [`crate::MAX_LABEL_BYTES`] bytes, or nothing.
    pub label: String,
    /// Who that person is, in each network that the ticket is for.
    pub networks: Vec<(NetworkId, MemberId)>,
}

/// What came of a link that both persons confirmed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Linked {
    /// The device is the person's in every network.
    Done,
    /// Further members must consent.
    Pending {
        /// How many have.
        have: u16,
        /// How many are needed.
        need: u16,
    },
}

/// The host could not keep something (a full disk, say). The session ends and says so.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("could not be kept: {0}")]
pub struct HostError(pub String);

/// The engine, as a session sees it: documents, acts and memory over its store.
///
/// Every call happens inside a call of the session, on the caller's thread, one at a time. What
/// is handed over must be durable before the frames which that call returned are sent.
pub trait Host {
    /// The networks of this profile with their secrets.
    fn networks(&self) -> Vec<(NetworkId, NetworkSecret)>;

    /// Every invitation of every network, closed ones too (whoever holds the ticket is told
    /// why it serves no more).
    fn invitations(&self) -> Vec<(NetworkId, InviteKey)>;

    /// The acts of a network.
    fn acts(&self, network: &NetworkId) -> Option<&ActSet>;

    /// Keeps acts that were not known here.
    fn add_acts(&mut self, network: &NetworkId, acts: Vec<VerifiedAct>) -> Result<(), HostError>;

    /// What a device is in a network, by the acts known here.
    fn standing(&self, network: &NetworkId, device: &DeviceId) -> Standing;

    /// Every document of a network with its heads. Kept ready by the host: no document is loaded for it.
    fn heads(&self, network: &NetworkId) -> Option<&BTreeMap<DocId, Heads>>;

    /// Shows a document to `look`, with a seal on everything written here. `false` if the host has no such document that reads: others go on.
    fn read(
        &mut self,
        network: &NetworkId,
        doc: &DocId,
        look: &mut dyn FnMut(&Copy),
    ) -> Result<bool, HostError>;

    /// The whole document as it lies stored, if it lies there as one saved document with all that is known of it, so that giving it to a peer who has
    /// nothing of it need not load it. `None`: it is read ([`Host::read`]).
    fn stored(&mut self, _network: &NetworkId, _doc: &DocId) -> Option<Stored> {
        None
    }

    /// Shows documents that came together, a few of them and not many bytes, just before each is given to [`Host::apply`] in this order. Whoever
    /// has several processors may check them here on all of these, each a part ([`Coming::parts`], [`Coming::prove`],
    /// [`Coming::check`]). What is not done here is done in turn, to the same end.
    fn ahead(&mut self, coming: &mut [Coming]) {
        Coming::prove(coming);
    }

    /// Checks what a peer sent of a document ([`Copy::verify_in_turn`]), takes it in ([`Copy::take`]) and keeps it, then shows
    /// the new heads in [`Host::heads`]. A document not known here
    /// begins empty; one of a kind not known here is kept like any other.
    fn apply(
        &mut self,
        network: &NetworkId,
        doc: &DocId,
        incoming: Incoming,
    ) -> Result<(), DocRefusal>;

    /// Lets a person in: checks the invitation by this device's clock
    /// ([`tresse_trust::Membership::may_admit`]), signs the act and keeps it. If they are in
    /// already, that is success.
    fn admit(&mut self, network: &NetworkId, consent: &Consent) -> Result<(), JoinRefusal>;

    /// Keeps the network this person was let into. The acts verify, are of that network and are
    /// the peer's word for the rest: the host checks that they make this person a member.
    fn welcomed(&mut self, welcome: Welcome) -> Result<(), HostError>;

    /// Every device ticket made here that is remembered, closed ones too.
    fn offers(&self) -> Vec<InviteKey> {
        Vec::new()
    }

    /// A device proved to hold a device ticket made here: whether two persons may now compare a code, and
    /// what it would become. The host counts the tries: a ticket is for one device, and a few of them.
    fn link_claimed(
        &mut self,
        _ticket: &InviteKey,
        _device: &DeviceId,
    ) -> Result<LinkOffer, LinkRefusal> {
        Err(LinkRefusal::Unknown)
    }

    /// Both persons confirmed: signs what the ticket promises, for what the device signed, and keeps it;
    /// all of it or nothing. If it was done before, that is success.
    fn link(
        &mut self,
        _ticket: &InviteKey,
        _consents: &[LinkConsent],
    ) -> Result<Linked, LinkRefusal> {
        Err(LinkRefusal::Unknown)
    }

    /// Whether both persons confirmed this before, and further members' consents are waited for.
    fn link_waits(&self, _ticket: &InviteKey, _device: &DeviceId) -> bool {
        false
    }

    /// Whether this device can become that person's: not where it is somebody else already.
    fn may_become(&self, _networks: &[(NetworkId, MemberId)]) -> Result<(), LinkRefusal> {
        Ok(())
    }

    /// What was last saved for this peer with [`Host::save_memory`].
    fn memory(&self, network: &NetworkId, peer: &DeviceId) -> Option<Vec<u8>>;

    /// Keeps what both are known to have, so that the next meeting is short. Losing it costs time, nothing else.
    fn save_memory(&mut self, network: &NetworkId, peer: &DeviceId, memory: Vec<u8>);
}
