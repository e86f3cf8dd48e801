//! Many seals checked together, which takes a quarter of the time that each by itself takes.
//!
//! One equation stands for all of them: the sum of their equations, each times a number that nobody could
//! foresee. It holds if each holds, and practically only then. (Bernstein, Duif, Lange, Schwabe, Yang: High-speed
//! high-security signatures, 2012, section 5; the equations are those of ZIP 215.) The numbers are drawn from a hash of all that is
//! checked: who could choose signatures by them would have to find one among 2^128.
//!
//! If one seal is false, nothing is proved, and each is checked by itself.

use std::{collections::BTreeSet, convert::Infallible};

use ed25519_zebra::{
    Signature as Checked, VerificationKey, VerificationKeyBytes,
    batch::{Item, Verifier},
};
use rand_core::{TryCryptoRng, TryRng};

use crate::{
    ReadSeal, Signature,
    key::framed,
    seal::{CONTEXT, Said},
};

/// Below so many it is not worth while.
const FEW: usize = 2;

/// Who signed what.
pub(crate) struct Claim<'a> {
    pub(crate) device: &'a [u8; 32],
    pub(crate) said: &'a Said,
    pub(crate) signature: &'a Signature,
}

/// Checks seals of any documents together: each of them knows afterwards that its device signed it ([`ReadSeal::is_proved`]), or none does. What is
/// not proved so is checked by itself when it is looked at.
pub fn prove<'a>(seals: impl IntoIterator<Item = &'a mut ReadSeal>) {
    let mut seals: Vec<&mut ReadSeal> = seals.into_iter().collect();
    if seals.len() >= FEW && are_sound(&seals) {
        for seal in &mut seals {
            seal.proved();
        }
    }
}

fn are_sound(seals: &[&mut ReadSeal]) -> bool {
    let claims = || seals.iter().map(|seal| seal.signed());
    let devices: BTreeSet<&[u8; 32]> = claims().map(|claim| claim.device).collect();
    if !devices.into_iter().all(is_strong) {
        return false;
    }
    let mut verifier = Verifier::new();
    for claim in claims() {
        verifier.queue(Item::from((
            VerificationKeyBytes::from(*claim.device),
            Checked::from(*claim.signature.as_bytes()),
            &framed(CONTEXT, claim.said),
        )));
    }
    verifier.verify(Drawn::of(claims())).is_ok()
}

impl Claim<'_> {
    /// Whether the device signed it.
    pub(crate) fn verify(&self) -> bool {
        let Ok(key) = VerificationKey::try_from(*self.device) else {
            return false;
        };
        let signature = Checked::from(*self.signature.as_bytes());
        let framed = framed(CONTEXT, self.said);
        is_strong(self.device) && key.verify(&signature, &framed).is_ok()
    }
}

/// Whether a key is not one of the few for which anybody can sign.
fn is_strong(device: &[u8; 32]) -> bool {
    let key = ed25519_dalek::VerifyingKey::from_bytes(device);
    key.is_ok_and(|key| !key.is_weak())
}

/// Numbers drawn from a hash.
struct Drawn(blake3::OutputReader);

impl Drawn {
    /// Of all that is checked, in the order in which it is. (Each claim has the same length.)
    fn of<'a>(claims: impl Iterator<Item = Claim<'a>>) -> Self {
        let mut hasher = blake3::Hasher::new_derive_key("tresse 2026 seals checked together");
        for claim in claims {
            hasher.update(claim.device);
            hasher.update(claim.said);
            hasher.update(claim.signature.as_bytes());
        }
        Self(hasher.finalize_xof())
    }
}

impl TryRng for Drawn {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        let mut bytes = [0; 4];
        self.0.fill(&mut bytes);
        Ok(u32::from_le_bytes(bytes))
    }

    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        let mut bytes = [0; 8];
        self.0.fill(&mut bytes);
        Ok(u64::from_le_bytes(bytes))
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Infallible> {
        self.0.fill(bytes);
        Ok(())
    }
}

impl TryCryptoRng for Drawn {}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use tresse_model::{DocId, DocKind, NetworkId};

    use super::*;
    use crate::{DeviceKey, Incarnation, SEAL_LEN, Seal};

    const NETWORK: NetworkId = NetworkId::from_bytes([3; 20]);

    fn documents() -> [DocId; 2] {
        [DocKind::Plan, DocKind::Charter].map(|kind| DocId::singleton(&NETWORK, kind))
    }

    /// Seals by few devices, in two documents.
    fn seals(count: u8) -> Vec<(DocId, [u8; SEAL_LEN])> {
        let seal = |number: u8| {
            let key = DeviceKey::from_seed([number % 3; 32]);
            let doc = documents()[usize::from(number % 2)];
            let life = Incarnation(u64::from(number));
            let seal = Seal::sign(&key, &NETWORK, &doc, life, 1, [number; 32]);
            (doc, seal.bytes())
        };
        (0..count).map(seal).collect()
    }

    fn read(seals: &[(DocId, [u8; SEAL_LEN])]) -> Vec<ReadSeal> {
        let read = |(doc, bytes): &(DocId, [u8; SEAL_LEN])| ReadSeal::read(bytes, &NETWORK, doc);
        seals.iter().map(|seal| read(seal).unwrap()).collect()
    }

    proptest! {
        #[test]
        fn what_is_proved_together_is_what_is_proved_one_by_one(
            count in 0..9u8, altered in any::<prop::sample::Index>(), flip in 49 * 8..SEAL_LEN * 8, alter: bool,
        ) {
            let mut seals = seals(count);
            let sound = seals.clone();
            if alter && !seals.is_empty() {
                let (_, bytes) = &mut seals[altered.index(usize::from(count))];
                bytes[flip / 8] ^= 1 << (flip % 8);
            }
            let mut all = read(&seals);
            prove(&mut all);
            for (at, seal) in all.into_iter().enumerate() {
                let alone = Seal::verify(&seals[at].1, &NETWORK, &seals[at].0);
                prop_assert_eq!(alone.is_ok(), seals[at] == sound[at]);
                prop_assert_eq!(seal.is_proved(), seals.len() >= FEW && seals == sound);
                prop_assert_eq!(seal.verify(), alone);
            }
        }
    }

    #[test]
    fn sound_seals_are_proved_together_and_vouch_for_their_own_document_only() {
        let seals = seals(6);
        let mut together = read(&seals);
        prove(&mut together);
        assert!(together.iter().all(ReadSeal::is_proved));
        for (doc, bytes) in seals {
            let other = documents().into_iter().find(|other| *other != doc).unwrap();
            let elsewhere = ReadSeal::read(&bytes, &NETWORK, &other).unwrap();
            assert!(elsewhere.verify().is_err());
        }
    }

    #[test]
    fn a_weak_key_seals_nothing_alone_or_among_others() {
        // The identity point: every message has a valid signature under a lax check.
        let mut seals = seals(3);
        let bytes = &mut seals[1].1;
        bytes[1..33].fill(0);
        bytes[1] = 1;
        bytes[81..].fill(0);
        bytes[81] = 1;
        let mut all = read(&seals);
        prove(&mut all);
        assert!(!all.iter().any(ReadSeal::is_proved));
        let sound: Vec<bool> = all.iter().map(|seal| seal.verify().is_ok()).collect();
        assert_eq!(sound, [true, false, true]);
    }
}
