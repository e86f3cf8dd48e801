//! Who knows what: the tags of a hello and of its answer.
//!
//! A hello holds one tag for each network that its sender could share, one for each
//! ticket it asks with, and random ones up to a multiple of sixteen, all sorted: it tells whoever
//! knows none of the secrets nothing, not even how many there are. An answer holds tags for those that the
//! answering side knows too, made for its own end of the connection.

use tresse_model::{DeviceId, NetworkId};
use tresse_trust::{
    Comparison, InviteKey, NetworkSecret, Nonce, Role, Tag, join_tag, tag, tags_equal,
};

use crate::wire::MAX_TAGS;

/// A hello has a multiple of this many tags.
const BLOCK: usize = 16;

/// What both ends of this connection know of it.
#[derive(Debug, Clone)]
pub(crate) struct Ends {
    role: Role,
    exporter: [u8; 32],
    dialer: DeviceId,
    listener: DeviceId,
    seed: [u8; 32],
    drawn: u64,
}

impl Ends {
    pub(crate) const fn new(
        role: Role,
        exporter: [u8; 32],
        me: DeviceId,
        peer: DeviceId,
        seed: [u8; 32],
    ) -> Self {
        let (dialer, listener) = match role {
            Role::Dialer => (me, peer),
            Role::Listener => (peer, me),
        };
        Self {
            role,
            exporter,
            dialer,
            listener,
            seed,
            drawn: 0,
        }
    }

    pub(crate) const fn role(&self) -> Role {
        self.role
    }

    pub(crate) const fn exporter(&self) -> &[u8; 32] {
        &self.exporter
    }

    pub(crate) const fn me(&self) -> DeviceId {
        match self.role {
            Role::Dialer => self.dialer,
            Role::Listener => self.listener,
        }
    }

    pub(crate) const fn peer(&self) -> DeviceId {
        match self.role {
            Role::Dialer => self.listener,
            Role::Listener => self.dialer,
        }
    }

    /// Random bytes that were not used before.
    fn draw(&mut self, bytes: &mut [u8]) {
        blake3::Hasher::new_keyed(&self.seed)
            .update(b"tresse 2026 padding")
            .update(&self.drawn.to_le_bytes())
            .finalize_xof()
            .fill(bytes);
        self.drawn += 1;
    }

    /// This end's number for a comparison.
    pub(crate) fn nonce(&mut self) -> Nonce {
        let mut nonce = [0; 32];
        self.draw(&mut nonce);
        nonce
    }

    /// What is compared over this connection, for a ticket.
    pub(crate) const fn comparison<'a>(&'a self, ticket: &'a InviteKey) -> Comparison<'a> {
        Comparison {
            ticket,
            exporter: &self.exporter,
            dialer: &self.dialer,
            listener: &self.listener,
        }
    }

    /// The tag by which the end `role` shows that it knows this network.
    fn network(&self, secret: &NetworkSecret, role: Role) -> Tag {
        tag(secret, &self.exporter, role, &self.dialer, &self.listener)
    }

    /// The tag by which the end `role` shows that it knows this invitation.
    fn invite(&self, key: &InviteKey, role: Role) -> Tag {
        join_tag(key, &self.exporter, role, &self.dialer, &self.listener)
    }

    /// The tags of a hello.
    pub(crate) fn hello(
        &mut self,
        secrets: &[(NetworkId, NetworkSecret)],
        tickets: &[InviteKey],
    ) -> Vec<Tag> {
        let mut tags: Vec<Tag> = secrets
            .iter()
            .take(MAX_TAGS - BLOCK)
            .map(|(_, secret)| self.network(secret, self.role))
            .chain(tickets.iter().map(|key| self.invite(key, self.role)))
            .collect();
        let whole = tags.len().div_ceil(BLOCK).max(1) * BLOCK;
        let missing = whole - tags.len();
        let mut random = vec![0; missing * 32];
        self.draw(&mut random);
        let (random, _) = random.as_chunks::<32>();
        tags.extend_from_slice(random);
        tags.sort_unstable();
        tags
    }

    /// The networks among these that the peer's tags show it knows.
    pub(crate) fn known_networks(
        &self,
        tags: &[Tag],
        secrets: &[(NetworkId, NetworkSecret)],
    ) -> Vec<NetworkId> {
        let shown = |secret| contains(tags, &self.network(secret, self.role.other()));
        let known = secrets.iter().filter(|(_, secret)| shown(secret));
        known.map(|(network, _)| *network).collect()
    }

    /// Whether the peer's tags show that it knows this ticket.
    pub(crate) fn knows(&self, tags: &[Tag], ticket: &InviteKey) -> bool {
        contains(tags, &self.invite(ticket, self.role.other()))
    }

    /// The tags that answer for these networks and tickets.
    pub(crate) fn answer(
        &self,
        secrets: &[(NetworkId, NetworkSecret)],
        networks: &[NetworkId],
        tickets: impl Iterator<Item = InviteKey>,
    ) -> Vec<Tag> {
        let shared = secrets
            .iter()
            .filter(|(network, _)| networks.contains(network))
            .map(|(_, secret)| self.network(secret, self.role));
        let tickets = tickets.map(|key| self.invite(&key, self.role));
        let mut tags: Vec<_> = shared.chain(tickets).take(MAX_TAGS).collect();
        tags.sort_unstable();
        tags.dedup();
        tags
    }
}

/// Looks at every tag, so that the time tells nothing of where one was found.
fn contains(tags: &[Tag], wanted: &Tag) -> bool {
    tags.iter()
        .fold(false, |found, tag| tags_equal(tag, wanted) | found)
}
