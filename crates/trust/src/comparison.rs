//! The short code that two persons compare before one machine vouches for another.
//!
//! Six digits are few: whoever stands between the two machines, with a connection to each, could try
//! keys until both ends show the same. So the code also comes from a number that each end draws, and
//! the end that holds the ticket binds itself to its own (a *commitment*) before it hears the other's:
//!
//! ```text
//! has the ticket  ── commitment of a ──►  made the ticket
//!                 ◄──────── b ──────────
//!                 ───────── a ─────────►       both: code(connection, ticket, a, b)
//! ```
//!
//! Nobody in between can choose what comes out any more: one try is one in a million, and a device
//! ticket serves for few tries.

use std::fmt;

use serde::{Deserialize, Serialize};
use tresse_model::DeviceId;

use crate::InviteKey;

/// The number that one end draws.
pub type Nonce = [u8; 32];

/// What is compared: six digits.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
pub struct ComparisonCode(u32);

/// What both ends know of the connection over which they compare.
#[derive(Debug, Clone, Copy)]
pub struct Comparison<'a> {
    /// The ticket's key.
    pub ticket: &'a InviteKey,
    /// The connection's exporter.
    pub exporter: &'a [u8; 32],
    /// The end that opened the connection.
    pub dialer: &'a DeviceId,
    /// The end that accepted it.
    pub listener: &'a DeviceId,
}

impl Comparison<'_> {
    /// Binds an end to the number it drew, without telling it.
    pub fn commitment(&self, nonce: &Nonce) -> [u8; 32] {
        self.hash("tresse 2026 comparison commitment", &[nonce])
    }

    /// The code, from the number that the claiming end drew and the one that the other drew.
    pub fn code(&self, claimed: &Nonce, answered: &Nonce) -> ComparisonCode {
        let hash = self.hash("tresse 2026 comparison code", &[claimed, answered]);
        let mut number = [0; 8];
        number.copy_from_slice(&hash[..8]);
        // Two to the 64 is so much more than a million that no code is noticeably likelier.
        ComparisonCode((u64::from_le_bytes(number) % 1_000_000) as u32)
    }

    fn hash(&self, context: &str, nonces: &[&Nonce]) -> [u8; 32] {
        let mut hasher = blake3::Hasher::new_derive_key(context);
        hasher
            .update(self.ticket.as_bytes())
            .update(self.exporter)
            .update(self.dialer.as_bytes())
            .update(self.listener.as_bytes());
        for nonce in nonces {
            hasher.update(*nonce);
        }
        *hasher.finalize().as_bytes()
    }
}

impl fmt::Display for ComparisonCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:06}", self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn comparison(exporter: &[u8; 32], run: impl FnOnce(Comparison<'_>)) {
        let (a, b) = (DeviceId::from_bytes([2; 32]), DeviceId::from_bytes([3; 32]));
        run(Comparison {
            ticket: &InviteKey::from_bytes([1; 32]),
            exporter,
            dialer: &a,
            listener: &b,
        });
    }

    #[test]
    fn a_code_has_six_digits_and_changes_with_everything_it_comes_from() {
        comparison(&[4; 32], |here| {
            let code = here.code(&[5; 32], &[6; 32]);
            assert_eq!(code.to_string().len(), 6);
            assert_ne!(code, here.code(&[7; 32], &[6; 32]));
            assert_ne!(code, here.code(&[5; 32], &[7; 32]));
            assert_ne!(code, here.code(&[6; 32], &[5; 32]));
            comparison(&[9; 32], |there| {
                assert_ne!(code, there.code(&[5; 32], &[6; 32]));
                assert_ne!(here.commitment(&[5; 32]), there.commitment(&[5; 32]));
            });
        });
        assert_eq!(ComparisonCode(42).to_string(), "000042");
    }

    #[test]
    fn codes_are_spread_over_all_that_six_digits_can_say() {
        let mut first = [0usize; 10];
        comparison(&[4; 32], |here| {
            for i in 0..2_000u32 {
                let mut nonce = [0; 32];
                nonce[..4].copy_from_slice(&i.to_le_bytes());
                let code = here.code(&nonce, &[6; 32]).to_string();
                first[usize::from(code.as_bytes()[0] - b'0')] += 1;
            }
        });
        assert!(first.iter().all(|n| (130..280).contains(n)), "{first:?}");
    }
}
