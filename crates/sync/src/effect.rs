//! What a session asks for and reports.

use tresse_model::{DocId, MemberId, NetworkId};
use tresse_trust::{
    ComparisonCode, InviteKey, InviteSecret, JoinRefusal, LinkConsent, LinkRefusal, NetworkSecret,
    VerifiedAct,
};

use crate::Place;

/// Something to do, or something that happened, in the order given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// Send this frame, after what the host was given is durable.
    Send(Vec<u8>),
    /// The peer knows this network too: acts are being exchanged.
    Shared(NetworkId),
    /// The peer is a member's device: documents are being exchanged.
    Syncing(NetworkId),
    /// Both copies of the network are known to be equal.
    InStep(NetworkId),
    /// Both copies are no longer known to be equal.
    OutOfStep(NetworkId),
    /// The network is no longer shared on this connection (the peer is no member by the acts known
    /// to both, or one of the two has left it).
    Unshared(NetworkId),
    /// This device was let into the network, which the host now has.
    Joined(NetworkId),
    /// The member asked did not let this device in, and says why.
    JoinRefused(JoinRefusal),
    /// The host let the peer's person into the network.
    Admitted(NetworkId, MemberId),
    /// With a device ticket in hand, on one of the two sides: what happened.
    Linking(Linking),
    /// The host refused a document's changes from this peer; the rest goes on.
    DocumentRefused {
        /// In which network.
        network: NetworkId,
        /// Which document.
        doc: DocId,
        /// The stable word for why ([`crate::DocRefusal::code`]).
        code: &'static str,
    },
    /// The peer says where devices of the network's members are.
    Places(NetworkId, Vec<Place>),
    /// Close the connection; the session is over.
    Close(CloseReason),
}

/// Why a session is over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
pub enum CloseReason {
    /// Nothing in common. Said for every fault before something in common is proved, so that it
    /// tells a stranger nothing.
    #[error("the two devices have nothing in common")]
    NothingShared,
    /// What was to be done is done: the last shared network was left, or the join was refused.
    #[error("there is nothing more to do on this connection")]
    Finished,
    /// A message is not of this protocol.
    #[error("the peer sent something that is not of this protocol")]
    Malformed,
    /// A message or a list in it is longer than allowed.
    #[error("the peer sent more than is allowed at once")]
    TooLarge,
    /// A message came where it has no place.
    #[error("the peer sent a message out of its place")]
    OutOfPlace,
    /// An act's signatures do not hold, or it is about another network.
    #[error("the peer sent an act that does not verify")]
    BadAct,
    /// The peer speaks a newer protocol.
    #[error("the peer speaks a newer version of the protocol: update Tresse")]
    NewerVersion,
    /// The host could not do its part.
    #[error("this device could not keep what it received")]
    HostFailed,
}

impl CloseReason {
    /// A stable word for this reason.
    pub const fn code(self) -> &'static str {
        match self {
            Self::NothingShared => "nothing-shared",
            Self::Finished => "finished",
            Self::Malformed => "malformed",
            Self::TooLarge => "too-large",
            Self::OutOfPlace => "out-of-place",
            Self::BadAct => "bad-act",
            Self::NewerVersion => "newer-version",
            Self::HostFailed => "host-failed",
        }
    }

    /// The number that closes the QUIC connection.
    pub const fn number(self) -> u32 {
        match self {
            Self::NothingShared => 1,
            Self::Finished => 2,
            Self::Malformed => 3,
            Self::TooLarge => 4,
            Self::OutOfPlace => 5,
            Self::BadAct => 6,
            Self::NewerVersion => 7,
            Self::HostFailed => 8,
        }
    }
}

/// What a dialer that holds a ticket asks for.
#[derive(Debug, Clone)]
pub struct JoinRequest {
    /// The network in the ticket.
    pub network: NetworkId,
    /// The invitation's secret half.
    pub secret: InviteSecret,
    /// What this person signs ([`tresse_trust::Consent::sign`]).
    pub consent: tresse_trust::Consent,
}

/// What a machine that holds a device ticket asks for.
#[derive(Debug, Clone)]
pub struct LinkRequest {
    /// The ticket's secret half.
    pub secret: InviteSecret,
    /// This device's name, at most [`crate::MAX_LABEL_BYTES`] bytes, or nothing.
    pub label: String,
    /// What was signed when both persons confirmed, if that was before ([`Linking::Pending`]): the code is
    /// not compared again.
    pub settled: Option<Vec<LinkConsent>>,
}

/// What happens on the way from a device ticket to a linked device.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Linking {
    /// Both sides show this now, and wait for their persons ([`crate::Session::confirm_link`],
    /// [`crate::Session::refuse_link`]).
    Compare(Box<Compare>),
    /// The person at the other side confirmed.
    Confirmed,
    /// Further members must consent, so many in all. The connection may end; with
    /// [`LinkRequest::settled`] it goes on later.
    Pending {
        /// How many have.
        have: u16,
        /// How many are needed.
        need: u16,
    },
    /// The device is linked, as this person in these networks.
    Done(Vec<(NetworkId, MemberId)>),
    /// It comes to nothing. What was signed before stands.
    Refused {
        /// The ticket's key.
        ticket: InviteKey,
        /// Why.
        refusal: LinkRefusal,
        /// The other side said so.
        by_peer: bool,
    },
}

/// What two persons compare.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Compare {
    /// The ticket's key.
    pub ticket: InviteKey,
    /// The code that both sides show.
    pub code: ComparisonCode,
    /// At the side that made the ticket, nothing; at the other, the name of the person it becomes a device of, as
    /// the first side says.
    pub name: String,
    /// The other device's name, as it says.
    pub label: String,
    /// Who the device would be, where.
    pub networks: Vec<(NetworkId, MemberId)>,
}

/// What a person let in receives.
#[derive(Debug, Clone)]
pub struct Welcome {
    /// The network.
    pub network: NetworkId,
    /// Its secret.
    pub secret: NetworkSecret,
    /// Its acts, among them the one that lets this person in.
    pub acts: Vec<VerifiedAct>,
}

/// How one shared network stands on this connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct NetStatus {
    /// The peer is a member's device and documents are exchanged.
    pub syncing: bool,
    /// Both copies are known to be equal.
    pub in_step: bool,
    /// Documents that wait to be sent or to be acknowledged.
    pub pending: usize,
    /// Documents of which the peer has something that has not come yet.
    pub to_come: usize,
    /// How many these were at the most since there were none.
    pub to_come_of: usize,
    /// Documents that one of the two refuses on this connection.
    pub refused: usize,
    /// Documents' messages sent.
    pub sent: u64,
    /// Documents' messages received.
    pub received: u64,
}
