//! One connection.

use tresse_model::{DeviceId, DocId, NetworkId};

use crate::{CloseReason, Effect, Host, JoinRequest, NetStatus, Role};

/// The protocol on one connection.
#[derive(Debug)]
pub struct Session {
    role: Role,
    exporter: [u8; 32],
    me: DeviceId,
    peer: DeviceId,
    padding_seed: [u8; 32],
    join: Option<JoinRequest>,
}

impl Session {
    /// A session that has said nothing yet.
    ///
    /// `exporter` is key material that only the two ends of this TLS connection share; `peer` is
    /// whom TLS authenticated; `padding_seed` is random. Only a dialer joins.
    pub fn new(
        role: Role,
        exporter: [u8; 32],
        me: DeviceId,
        peer: DeviceId,
        padding_seed: [u8; 32],
        join: Option<JoinRequest>,
    ) -> Self {
        Self {
            role,
            exporter,
            me,
            peer,
            padding_seed,
            join,
        }
    }

    /// Whom the session talks to.
    pub const fn peer(&self) -> DeviceId {
        self.peer
    }

    /// Begins: the dialer says what it can prove, the listener waits.
    pub fn start(&mut self, _host: &mut dyn Host) -> Vec<Effect> {
        Vec::new()
    }

    /// Takes a frame that arrived. Faults of the peer become [`Effect::Close`].
    pub fn receive(&mut self, _host: &mut dyn Host, _frame: &[u8]) -> Vec<Effect> {
        vec![Effect::Close(CloseReason::NothingShared)]
    }

    /// Documents of a network changed here, by this person or by way of another peer.
    pub fn changed(
        &mut self,
        _host: &mut dyn Host,
        _network: &NetworkId,
        _docs: &[DocId],
    ) -> Vec<Effect> {
        Vec::new()
    }

    /// The acts of a network changed here.
    pub fn acts_changed(&mut self, _host: &mut dyn Host, _network: &NetworkId) -> Vec<Effect> {
        Vec::new()
    }

    /// This profile has another network than before, or one less: proves the new ones on this same connection.
    pub fn networks_changed(&mut self, _host: &mut dyn Host) -> Vec<Effect> {
        Vec::new()
    }

    /// The connection is over, however it ended: saves what is worth remembering of it.
    pub fn ended(&mut self, _host: &mut dyn Host) {}

    /// Whether the session is over.
    pub const fn is_closed(&self) -> bool {
        self.join.is_some()
            && self.padding_seed[0] == self.exporter[0]
            && matches!(self.role, Role::Dialer)
            && self.me.as_bytes()[0] == 0
    }

    /// The networks shared on this connection.
    pub fn shared(&self) -> Vec<NetworkId> {
        Vec::new()
    }

    /// How a network stands; `None` if it is not shared here.
    pub fn status(&self, _network: &NetworkId) -> Option<NetStatus> {
        None
    }
}
