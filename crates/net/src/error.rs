//! Why the network cannot start.

use std::net::SocketAddr;

/// Why [`crate::Net::start`] failed, and what to do about it.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum NetError {
    /// Another program listens there.
    #[error("the address {0} is already in use: close the other program or choose another port")]
    AddressInUse(SocketAddr),
    /// This machine has no such address.
    #[error("this machine does not have the address {0}: give one of its own, or none")]
    NoSuchAddress(SocketAddr),
    /// The system forbids it.
    #[error("the system does not allow listening at {0}: choose a port above 1023")]
    NotAllowed(SocketAddr),
    /// The relay's address cannot be read.
    #[error("« {url} » is not a relay's address: give one like https://relay.example.org")]
    BadRelay {
        /// What was given, cut to 200 characters.
        url: String,
    },
    /// Anything else that the system refuses.
    #[error("the network could not be opened ({reason}): working alone is still possible")]
    Unavailable {
        /// What the system said.
        reason: String,
    },
}
