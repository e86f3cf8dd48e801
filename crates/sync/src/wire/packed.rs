//! Changes pressed together: those of a week apart begin alike (who, in which document, in what form), and half of them is that.

use std::io::{Read as _, Write as _};

use flate2::{Compression, read::DeflateDecoder, write::DeflateEncoder};
use serde::Deserialize;

use super::{Body, Bytes, MAX_MESSAGE, pieces};

/// Less than this is sent as it is.
const WORTH_WHILE: usize = 256;
/// What unfolds to more than so many times its length, or to more than a message may be, is no honest message: what is pressed better than that
/// is sent as it is.
const MOST: usize = 16;

/// A list as [`pieces`] reads it.
#[derive(Deserialize)]
struct Pieces(#[serde(deserialize_with = "pieces")] Vec<Bytes>);

/// The changes in the form in which they are shorter.
pub(crate) fn shorter(changes: Vec<Bytes>) -> Body {
    let size: usize = changes.iter().map(|change| change.0.len()).sum();
    if size >= WORTH_WHILE
        && let Some(packed) = pack(&changes)
        && packed.len() < size
    {
        return Body::Packed(Bytes(packed));
    }
    Body::Changes(changes)
}

/// `None` where it cannot be undone within the bounds.
fn pack(changes: &[Bytes]) -> Option<Vec<u8>> {
    let plain = postcard::to_allocvec(changes).ok()?;
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(&plain).ok()?;
    let packed = encoder.finish().ok()?;
    let fits = plain.len() <= MAX_MESSAGE && plain.len() <= packed.len() * MOST;
    fits.then_some(packed)
}

/// The changes; `None` where these bytes are none or unfold to too much.
pub(crate) fn unpack(packed: &Bytes) -> Option<Vec<Bytes>> {
    let most = packed.0.len().saturating_mul(MOST).min(MAX_MESSAGE);
    let mut plain = Vec::new();
    let mut decoder = DeflateDecoder::new(packed.0.as_slice()).take(most as u64 + 1);
    decoder.read_to_end(&mut plain).ok()?;
    if plain.len() > most {
        return None;
    }
    let (changes, rest) = postcard::take_from_bytes::<Pieces>(&plain).ok()?;
    rest.is_empty().then_some(changes.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Bytes that nothing presses.
    fn noise(number: u8, length: usize) -> Vec<u8> {
        let mut reader = blake3::Hasher::new().update(&[number]).finalize_xof();
        let mut bytes = vec![0; length];
        reader.fill(&mut bytes);
        bytes
    }

    #[test]
    fn what_begins_alike_is_shorter_and_comes_out_as_it_went_in() {
        let alike = noise(0, 60);
        let change = |number: u8| Bytes([alike.as_slice(), &noise(number, 40)].concat());
        let changes: Vec<Bytes> = (1..21).map(change).collect();
        let Body::Packed(packed) = shorter(changes.clone()) else {
            panic!("it is worth while");
        };
        assert!(packed.0.len() < 1_200, "{}", packed.0.len());
        assert_eq!(unpack(&packed), Some(changes));
    }

    #[test]
    fn a_keystroke_and_what_is_pressed_too_well_are_sent_as_they_are() {
        for changes in [vec![Bytes(vec![1; 120])], vec![Bytes(vec![1; 100_000])]] {
            assert_eq!(shorter(changes.clone()), Body::Changes(changes));
        }
    }

    #[test]
    fn what_unfolds_to_too_much_is_cut_short_or_holds_nothings_is_refused() {
        let press = |plain: &[u8]| {
            let mut encoder = DeflateEncoder::new(Vec::new(), Compression::fast());
            encoder.write_all(plain).unwrap();
            Bytes(encoder.finish().unwrap())
        };
        let bomb = postcard::to_allocvec(&vec![Bytes(vec![0; 1_000_000])]).unwrap();
        assert_eq!(unpack(&press(&bomb)), None);
        let nothings = postcard::to_allocvec(&vec![Bytes(Vec::new()); 300]).unwrap();
        assert_eq!(unpack(&press(&nothings)), None);
        let plain = postcard::to_allocvec(&vec![Bytes(noise(1, 200))]).unwrap();
        assert_eq!(unpack(&press(&[plain.as_slice(), &[0]].concat())), None);
        let honest = press(&plain);
        assert!(unpack(&honest).is_some());
        assert_eq!(
            unpack(&Bytes(honest.0[..honest.0.len() / 2].to_vec())),
            None
        );
    }
}
