//! Tags: short proofs, bound to one connection, that a secret is known.
//!
//! A tag hashes the connection's exporter (32 bytes that only the two ends of one TLS connection
//! can compute), who dialled whom, and which of the two speaks, under a key made from the
//! secret. So a tag says nothing to whoever lacks the secret, is worthless on any other connection,
//! and cannot be sent back to its maker as an answer.

use tresse_model::DeviceId;

use crate::{InviteKey, NetworkSecret};

/// Which end of a connection speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Role {
    /// The end that opened the connection.
    Dialer,
    /// The end that accepted it.
    Listener,
}

impl Role {
    /// The other end.
    #[must_use]
    pub const fn other(self) -> Self {
        match self {
            Self::Dialer => Self::Listener,
            Self::Listener => Self::Dialer,
        }
    }
}

/// Thirty-two bytes that look random to whoever lacks the secret.
pub type Tag = [u8; 32];

/// Shows that the end `role` of this connection knows the network's secret.
pub fn tag(
    secret: &NetworkSecret,
    exporter: &[u8; 32],
    role: Role,
    dialer: &DeviceId,
    listener: &DeviceId,
) -> Tag {
    make(
        "tresse 2026 network tag",
        secret.as_bytes(),
        exporter,
        role,
        dialer,
        listener,
    )
}

/// Shows that the end `role` of this connection knows an invitation's public key, which only
/// members and holders of the ticket do.
pub fn join_tag(
    invite: &InviteKey,
    exporter: &[u8; 32],
    role: Role,
    dialer: &DeviceId,
    listener: &DeviceId,
) -> Tag {
    make(
        "tresse 2026 join tag",
        invite.as_bytes(),
        exporter,
        role,
        dialer,
        listener,
    )
}

/// Compares two tags in a time that does not depend on where they differ.
pub fn tags_equal(a: &Tag, b: &Tag) -> bool {
    blake3::Hash::from_bytes(*a) == blake3::Hash::from_bytes(*b)
}

fn make(
    context: &str,
    secret: &[u8; 32],
    exporter: &[u8; 32],
    role: Role,
    dialer: &DeviceId,
    listener: &DeviceId,
) -> Tag {
    let key = blake3::derive_key(context, secret);
    let mut hasher = blake3::Hasher::new_keyed(&key);
    hasher
        .update(exporter)
        .update(&[match role {
            Role::Dialer => 1,
            Role::Listener => 2,
        }])
        .update(dialer.as_bytes())
        .update(listener.as_bytes());
    *hasher.finalize().as_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_changes_with_everything_it_is_bound_to() {
        let secret = NetworkSecret::from_bytes([1; 32]);
        let (a, b) = (DeviceId::from_bytes([2; 32]), DeviceId::from_bytes([3; 32]));
        let made = tag(&secret, &[4; 32], Role::Dialer, &a, &b);
        let others = [
            tag(
                &NetworkSecret::from_bytes([9; 32]),
                &[4; 32],
                Role::Dialer,
                &a,
                &b,
            ),
            tag(&secret, &[5; 32], Role::Dialer, &a, &b),
            tag(&secret, &[4; 32], Role::Listener, &a, &b),
            tag(&secret, &[4; 32], Role::Dialer, &b, &a),
            tag(&secret, &[4; 32], Role::Dialer, &a, &a),
            join_tag(
                &InviteKey::from_bytes([1; 32]),
                &[4; 32],
                Role::Dialer,
                &a,
                &b,
            ),
        ];
        assert!(others.iter().all(|other| !tags_equal(&made, other)));
        assert!(tags_equal(
            &made,
            &tag(&secret, &[4; 32], Role::Dialer, &a, &b)
        ));
    }
}
