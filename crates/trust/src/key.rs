//! A device's key and the names that follow from it.

use std::{fmt, sync::LazyLock};

use blake3::hazmat::{ContextKey, HasherExt, hash_derive_key_context};
use ed25519_dalek::{Signer, SigningKey, VerifyingKey};
use tresse_model::{DeviceId, DocId, MemberId, NetworkId};

use crate::Signature;

/// How many bytes an actor id has.
pub const ACTOR_LEN: usize = 16;

/// Which life of a device wrote: drawn at random at first start and again whenever continuity is in doubt
/// (a restored backup, a copied profile, changes of one's own that one did not make).
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct Incarnation(pub u64);

/// The secret key of one machine. It is also the key of its network endpoint.
pub struct DeviceKey(SigningKey);

impl DeviceKey {
    /// The key that grows from these thirty-two random bytes.
    pub fn from_seed(seed: [u8; 32]) -> Self {
        Self(SigningKey::from_bytes(&seed))
    }

    /// The thirty-two bytes to store. They are the secret itself.
    pub fn seed(&self) -> [u8; 32] {
        self.0.to_bytes()
    }

    /// The public name of this key.
    pub fn id(&self) -> DeviceId {
        DeviceId::from_bytes(self.0.verifying_key().to_bytes())
    }

    /// Signs `message` for one purpose: a signature made for one `context` never counts in another.
    pub fn sign(&self, context: &str, message: &[u8]) -> Signature {
        Signature::from_bytes(self.0.sign(&framed(context, message)).to_bytes())
    }
}

impl Clone for DeviceKey {
    fn clone(&self) -> Self {
        Self::from_seed(self.seed())
    }
}

impl fmt::Debug for DeviceKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "DeviceKey({})", self.id().short())
    }
}

/// Whether `signature` was made by the holder of `key` over `message` for this `context`.
///
/// Strict: keys and signatures with more than one valid form are refused.
pub fn verify(key: &[u8; 32], context: &str, message: &[u8], signature: &Signature) -> bool {
    let Ok(key) = VerifyingKey::from_bytes(key) else {
        return false;
    };
    let signature = ed25519_dalek::Signature::from_bytes(signature.as_bytes());
    key.verify_strict(&framed(context, message), &signature)
        .is_ok()
}

/// What is really signed: the length of the context, the context, the message.
pub(crate) fn framed(context: &str, message: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(8 + context.len() + message.len());
    bytes.extend_from_slice(&(context.len() as u64).to_le_bytes());
    bytes.extend_from_slice(context.as_bytes());
    bytes.extend_from_slice(message);
    bytes
}

/// A person's name for ever: the hash of their first device's key.
pub fn member_id(first_device: &DeviceId) -> MemberId {
    let mut hasher = blake3::Hasher::new_derive_key("tresse 2026 member id");
    hasher.update(first_device.as_bytes());
    let mut id = [0; MemberId::LEN];
    hasher.finalize_xof().fill(&mut id);
    MemberId::from_bytes(id)
}

/// The Automerge actor under which a device writes one document.
///
/// It follows from the device's key by a hash, so that nobody can claim it with another key, and a
/// device has a different one in each document and each [`Incarnation`].
pub fn actor_id(
    network: &NetworkId,
    device: &DeviceId,
    doc: &DocId,
    incarnation: Incarnation,
) -> [u8; ACTOR_LEN] {
    // Asked for each seal that comes, so what is always the same is worked out once.
    static CONTEXT: LazyLock<ContextKey> =
        LazyLock::new(|| hash_derive_key_context("tresse 2026 actor id"));
    let mut hasher = blake3::Hasher::new_from_context_key(&CONTEXT);
    hasher
        .update(network.as_bytes())
        .update(device.as_bytes())
        .update(&doc.to_bytes())
        .update(&incarnation.0.to_le_bytes());
    let mut actor = [0; ACTOR_LEN];
    hasher.finalize_xof().fill(&mut actor);
    actor
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use tresse_model::DocKind;

    const NETWORK: NetworkId = NetworkId::from_bytes([3; 20]);

    fn plan() -> DocId {
        DocId::singleton(&NETWORK, DocKind::Plan)
    }

    proptest! {
        #[test]
        fn a_signature_counts_for_its_key_its_context_and_its_message_only(
            seed: [u8; 32], other: [u8; 32], message: Vec<u8>, flip in 0usize..512,
        ) {
            let key = DeviceKey::from_seed(seed);
            let signature = key.sign("a", &message);
            prop_assert!(verify(key.id().as_bytes(), "a", &message, &signature));
            prop_assert!(!verify(key.id().as_bytes(), "b", &message, &signature));
            if other != seed {
                let other = DeviceKey::from_seed(other);
                prop_assert!(!verify(other.id().as_bytes(), "a", &message, &signature));
            }
            let mut longer = message.clone();
            longer.push(0);
            prop_assert!(!verify(key.id().as_bytes(), "a", &longer, &signature));
            let mut bytes = *signature.as_bytes();
            bytes[flip / 8] ^= 1 << (flip % 8);
            prop_assert!(!verify(key.id().as_bytes(), "a", &message, &Signature::from_bytes(bytes)));
        }
    }

    #[test]
    fn one_device_has_another_actor_in_each_document_network_and_incarnation() {
        let device = DeviceKey::from_seed([1; 32]).id();
        let charter = DocId::singleton(&NETWORK, DocKind::Charter);
        let other = NetworkId::from_bytes([4; 20]);
        let (first, second) = (Incarnation(0), Incarnation(1));
        let actor = actor_id(&NETWORK, &device, &plan(), first);
        assert_ne!(actor, actor_id(&NETWORK, &device, &charter, first));
        assert_ne!(actor, actor_id(&other, &device, &plan(), first));
        assert_ne!(actor, actor_id(&NETWORK, &device, &plan(), second));
    }

    #[test]
    fn a_secret_is_never_printed() {
        let key = DeviceKey::from_seed([0xab; 32]);
        let shown = format!("{key:?} {:#?}", key.clone());
        assert!(!shown.contains("171") && !shown.contains("abab"), "{shown}");
    }

    #[test]
    fn a_weak_key_signs_nothing() {
        // The identity point: every message would have a valid signature under a lax check.
        let mut weak = [0; 32];
        weak[0] = 1;
        let mut forged = [0; 64];
        forged[0] = 1;
        assert!(!verify(
            &weak,
            "a",
            b"anything",
            &Signature::from_bytes(forged)
        ));
    }
}
