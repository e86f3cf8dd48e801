//! Seals: by whom a chain of changes was written.
//!
//! The first byte says what the rest is: bytes as they stand, or what a seal says, which a fixed key signs.

use tresse_model::NetworkId;
use tresse_sync::stored_seals;
use tresse_trust::{Incarnation, SEAL_LEN, Seal, SealError};

use crate::{
    KIB,
    people::{LIFE, key, page},
    reader::Reader,
};

const NETWORK: NetworkId = NetworkId::from_bytes([3; 20]);

/// One seal has 145 bytes, and what is signed a hundred; a row of them takes at most a hundred bytes more for each.
pub const fn bound(length: usize) -> usize {
    8 * KIB + 4 * length
}

/// A seal is read in one form only, and vouches for what was signed and for nothing else.
pub fn run(data: &[u8]) {
    let (network, doc) = (NETWORK, page());
    let mut reader = Reader::new(data);
    if reader.byte() == 0 {
        let bytes = reader.rest();
        if let Ok(seal) = Seal::verify(bytes, &network, &doc) {
            assert_eq!(seal.bytes(), bytes);
        }
        if let Ok(seals) = stored_seals(bytes, &[0; 16]) {
            let again: Vec<u8> = seals.iter().flat_map(Seal::bytes).collect();
            assert_eq!(again, bytes);
        }
        return;
    }
    let key = key(reader.byte());
    let (life, seq, tip) = (
        Incarnation(reader.number()),
        reader.number(),
        reader.array(),
    );
    let seal = Seal::sign(&key, &network, &doc, life, seq, tip);
    let mut bytes = seal.bytes();
    let read = Seal::verify(&bytes, &network, &doc);
    if seq == 0 {
        assert_eq!(read, Err(SealError::Signature));
        return;
    }
    assert_eq!(read.as_ref(), Ok(&seal));
    let flipped = usize::from(u16::from_le_bytes(reader.array())) % (8 * SEAL_LEN);
    bytes[flipped / 8] ^= 1 << (flipped % 8);
    assert!(Seal::verify(&bytes, &network, &doc).is_err());
}

/// One seal, two in a row, a newer version's; and what seals say.
pub fn seeds() -> Vec<Vec<u8>> {
    let network = NETWORK;
    let seal = Seal::sign(&key(1), &network, &page(), LIFE, 7, [5; 32]).bytes();
    assert!(Seal::verify(&seal, &network, &page()).is_ok());
    let newer = [&[2], &seal[1..]].concat();
    vec![
        [&[0], &seal[..]].concat(),
        [&[0], &seal[..], &seal[..]].concat(),
        [&[0], &newer[..]].concat(),
        vec![1; 60],
        vec![1, 1, 0, 0, 0, 0, 0, 0, 0, 0],
    ]
}
