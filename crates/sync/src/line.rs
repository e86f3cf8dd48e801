//! What the networks on one connection share: what goes out, and what is on its way.

use std::collections::VecDeque;

use tresse_model::{DeviceId, DocId, NetworkId};

use crate::{CloseReason, Effect, Heads, Host, HostError, stream::Outbox, wire::Message};

/// How many bytes of documents may be on their way without being acknowledged.
const WINDOW: usize = 4 * 1024 * 1024;

/// One message of changes that the peer has not acknowledged.
#[derive(Debug)]
pub(crate) struct Flight {
    pub(crate) network: NetworkId,
    pub(crate) doc: DocId,
    /// What the peer has everything up to, once it acknowledges.
    pub(crate) heads: Heads,
    size: usize,
}

/// The outgoing side of a connection.
#[derive(Debug, Default)]
pub(crate) struct Line {
    pub(crate) outbox: Outbox,
    pub(crate) events: Vec<Effect>,
    /// How many messages of changes were sent.
    pub(crate) sent: u64,
    /// How many came and were dealt with.
    pub(crate) seen: u64,
    acknowledged: u64,
    flights: VecDeque<Flight>,
    under_way: usize,
}

impl Line {
    pub(crate) fn send(&mut self, message: &Message) {
        self.outbox.put(message);
    }

    pub(crate) fn tell(&mut self, event: Effect) {
        self.events.push(event);
    }

    /// Whether more changes may be sent before some are acknowledged.
    pub(crate) const fn has_room(&self) -> bool {
        self.under_way < WINDOW
    }

    /// Sends a message of changes and keeps account of it.
    pub(crate) fn launch(
        &mut self,
        message: &Message,
        network: NetworkId,
        doc: DocId,
        heads: Heads,
    ) {
        let size = self.outbox.put(message);
        self.sent += 1;
        self.under_way += size;
        self.flights.push_back(Flight {
            network,
            doc,
            heads,
            size,
        });
    }

    /// The peer has dealt with this many messages of changes in all: those that it newly has.
    pub(crate) fn landed(&mut self, seen: u64) -> Result<Vec<Flight>, CloseReason> {
        let before = self.sent - self.flights.len() as u64;
        if seen < before || seen > self.sent {
            return Err(CloseReason::OutOfPlace);
        }
        let landed: Vec<_> = self.flights.drain(..(seen - before) as usize).collect();
        self.under_way -= landed.iter().map(|flight| flight.size).sum::<usize>();
        Ok(landed)
    }

    /// Says what was dealt with since this was last said.
    pub(crate) fn acknowledge(&mut self) {
        if self.seen > self.acknowledged {
            self.acknowledged = self.seen;
            self.send(&Message::Ack { seen: self.seen });
        }
    }
}

/// What a network's part of the session works with.
pub(crate) struct Context<'a> {
    pub(crate) host: &'a mut dyn Host,
    pub(crate) line: &'a mut Line,
    pub(crate) me: DeviceId,
    pub(crate) peer: DeviceId,
    /// This side opened the connection: of two equals, it is the one that begins.
    pub(crate) dialer: bool,
}

impl From<HostError> for CloseReason {
    fn from(_: HostError) -> Self {
        Self::HostFailed
    }
}
