//! What every member of a network knows and nobody else.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A network's secret: knowing it is what a device shows before anything is said.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NetworkSecret([u8; 32]);

impl NetworkSecret {
    /// The secret made of these thirty-two random bytes.
    pub const fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// The bytes to store or to hand to a new member.
    pub const fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

impl fmt::Debug for NetworkSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("NetworkSecret(…)")
    }
}
