//! How a file is encrypted before it becomes a blob: pieces of which none can be missed, swapped or added.
//!
//! ```text
//!   ciphertext = piece 0 · piece 1 · … · last piece
//!   piece n    = AES-256-GCM(key of the file, nonce = n (8 bytes, lowest first) · is it the last · 000, at most 64 KiB)
//! ```
//! Every piece but the last holds exactly 64 KiB; the last holds 1 byte to 64 KiB, or nothing where the file is empty. The key is
//! random and of one file only, so no nonce comes twice.

use std::io::{self, Read};

use aes_gcm::{Aes256Gcm, KeyInit, Nonce, aead::AeadInPlace};
use tresse_model::FileKey;

/// How much of a file one piece holds, in bytes.
pub(super) const PIECE: usize = 64 * 1024;
/// What encryption adds to a piece, in bytes.
pub(super) const TAG: usize = 16;
/// What a piece is bound to beside its place.
const CONTEXT: &[u8] = b"tresse file 1";

/// How long the ciphertext of a file of so many bytes is, in bytes.
pub(super) const fn sealed_size(plain: u64) -> u64 {
    let pieces = if plain == 0 {
        1
    } else {
        plain.div_ceil(PIECE as u64)
    };
    plain + pieces * TAG as u64
}

/// A piece did not open: it is not what was written under this key at this place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the file is damaged, or the key is another file's")]
pub(super) struct Unsound;

/// Encrypts or decrypts one file, piece after piece.
pub(super) struct Pieces {
    cipher: Aes256Gcm,
    number: u64,
}

impl Pieces {
    pub(super) fn new(key: &FileKey) -> Self {
        Self {
            cipher: Aes256Gcm::new(key.as_bytes().into()),
            number: 0,
        }
    }

    /// Encrypts the next piece where it lies.
    pub(super) fn seal(&mut self, piece: &mut Vec<u8>, last: bool) -> io::Result<()> {
        let nonce = self.next(last);
        let sealed = self.cipher.encrypt_in_place(&nonce, CONTEXT, piece);
        sealed.map_err(|_| io::Error::other("a piece of a file could not be encrypted"))
    }

    /// Decrypts the next piece where it lies.
    pub(super) fn open(&mut self, piece: &mut Vec<u8>, last: bool) -> Result<(), Unsound> {
        let nonce = self.next(last);
        let opened = self.cipher.decrypt_in_place(&nonce, CONTEXT, piece);
        opened.map_err(|_| Unsound)
    }

    fn next(&mut self, last: bool) -> Nonce<aes_gcm::aead::consts::U12> {
        let mut nonce = [0; 12];
        nonce[..8].copy_from_slice(&self.number.to_le_bytes());
        nonce[8] = u8::from(last);
        self.number += 1;
        nonce.into()
    }
}

/// Reads a file as its ciphertext: one piece each time it is asked, `None` after the last.
pub(super) struct Sealing<R> {
    from: R,
    pieces: Pieces,
    /// Read ahead, to know whether the piece before is the last.
    ahead: Option<Vec<u8>>,
}

impl<R: Read> Sealing<R> {
    pub(super) fn new(mut from: R, key: &FileKey) -> io::Result<Self> {
        let ahead = Some(read_piece(&mut from, PIECE)?);
        Ok(Self {
            from,
            pieces: Pieces::new(key),
            ahead,
        })
    }

    /// The next piece, with how many bytes of the file it holds.
    pub(super) fn next(&mut self) -> io::Result<Option<(Vec<u8>, u64)>> {
        let Some(mut piece) = self.ahead.take() else {
            return Ok(None);
        };
        let holds = piece.len() as u64;
        // A short piece is the end; after a full one there may be nothing.
        if piece.len() == PIECE {
            let ahead = read_piece(&mut self.from, PIECE)?;
            self.ahead = (!ahead.is_empty()).then_some(ahead);
        }
        self.pieces.seal(&mut piece, self.ahead.is_none())?;
        Ok(Some((piece, holds)))
    }
}

/// So many bytes, or fewer at the end.
fn read_piece(from: &mut impl Read, most: usize) -> io::Result<Vec<u8>> {
    let mut piece = Vec::with_capacity(most + TAG);
    from.take(most as u64).read_to_end(&mut piece)?;
    Ok(piece)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn key(n: u8) -> FileKey {
        FileKey::from_bytes([n; 32])
    }

    fn sealed(plain: &[u8], key: &FileKey) -> Vec<Vec<u8>> {
        let mut sealing = Sealing::new(plain, key).unwrap();
        let mut pieces = Vec::new();
        while let Some((piece, _)) = sealing.next().unwrap() {
            pieces.push(piece);
        }
        pieces
    }

    fn opened(pieces: &[Vec<u8>], key: &FileKey) -> Result<Vec<u8>, Unsound> {
        let mut opening = Pieces::new(key);
        let mut plain = Vec::new();
        for (n, piece) in pieces.iter().enumerate() {
            let mut piece = piece.clone();
            opening.open(&mut piece, n + 1 == pieces.len())?;
            plain.extend(piece);
        }
        Ok(plain)
    }

    fn bytes(length: usize) -> Vec<u8> {
        (0..length).map(|n| (n * 7 + n / 251) as u8).collect()
    }

    #[test]
    fn files_of_every_length_around_a_piece_come_back_and_have_the_size_foretold() {
        for length in [0, 1, PIECE - 1, PIECE, PIECE + 1, 2 * PIECE, 3 * PIECE + 17] {
            let plain = bytes(length);
            let pieces = sealed(&plain, &key(1));
            let size: usize = pieces.iter().map(Vec::len).sum();
            assert_eq!(size as u64, sealed_size(length as u64), "{length}");
            assert!(pieces.iter().all(|piece| piece.len() <= PIECE + TAG));
            assert_eq!(opened(&pieces, &key(1)), Ok(plain), "{length}");
        }
    }

    #[test]
    fn a_file_that_was_cut_swapped_doubled_or_altered_does_not_open() {
        let pieces = sealed(&bytes(3 * PIECE), &key(1));
        assert_eq!(opened(&pieces[..2], &key(1)), Err(Unsound), "cut");
        assert_eq!(opened(&pieces[1..], &key(1)), Err(Unsound), "beheaded");
        let swapped = [&pieces[1..2], &pieces[..1], &pieces[2..]].concat();
        assert_eq!(opened(&swapped, &key(1)), Err(Unsound));
        let doubled = [&pieces[..], &pieces[2..]].concat();
        assert_eq!(opened(&doubled, &key(1)), Err(Unsound));
        for at in [0, PIECE / 2, PIECE, PIECE + TAG - 1] {
            let mut altered = pieces.clone();
            altered[1][at] ^= 1;
            assert_eq!(opened(&altered, &key(1)), Err(Unsound), "{at}");
        }
    }

    #[test]
    fn another_key_opens_nothing() {
        let pieces = sealed(&bytes(10), &key(1));
        assert_eq!(opened(&pieces, &key(2)), Err(Unsound));
    }

    #[test]
    fn nothing_of_the_file_stands_in_its_ciphertext() {
        let plain = b"Compte rendu de la rencontre du 12 mars".repeat(4_000);
        let all = sealed(&plain, &key(1)).concat();
        assert!(!all.windows(16).any(|part| part == &plain[..16]));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(32))]
        #[test]
        fn whatever_a_file_holds_comes_back(plain in proptest::collection::vec(any::<u8>(), 0..200_000)) {
            let pieces = sealed(&plain, &key(3));
            prop_assert_eq!(opened(&pieces, &key(3)), Ok(plain));
        }
    }
}
