//! Automerge's chunks, written by hand: so an altered body has the checksum, length and heads that a
//! hostile writer would give it, and is not refused for those.

use sha2::{Digest, Sha256};

const MAGIC: [u8; 4] = [0x85, 0x6f, 0x4a, 0x83];

/// A saved document.
pub(crate) const DOCUMENT: u8 = 0;
/// One change, uncompressed.
pub(crate) const CHANGE: u8 = 1;

/// A chunk with this body, and its hash.
pub(crate) fn chunk(kind: u8, body: &[u8]) -> (Vec<u8>, [u8; 32]) {
    let mut hashed = vec![kind];
    hashed.extend(leb(body.len() as u64));
    hashed.extend_from_slice(body);
    let hash: [u8; 32] = Sha256::digest(&hashed).into();
    ([&MAGIC, &hash[..4], &hashed].concat(), hash)
}

/// The body of a chunk.
pub(crate) fn body(chunk: &[u8]) -> &[u8] {
    let rest = &chunk[9..];
    let (_, length) = unleb(rest).expect("a chunk's length");
    &rest[length..]
}

/// Where the hashes of a change's dependencies lie in its body.
pub(crate) fn dependencies(body: &[u8]) -> Vec<usize> {
    hashes(body, 0).map_or_else(Vec::new, |(_, places)| places)
}

/// The actor and the number of the change with this body.
pub(crate) fn writer(body: &[u8]) -> Option<(Vec<u8>, u64)> {
    let (at, _) = hashes(body, 0)?;
    let (length, bytes) = unleb(body.get(at..)?)?;
    let first = at + bytes;
    let end = first.checked_add(usize::try_from(length).ok()?)?;
    let actor = body.get(first..end)?;
    let (seq, _) = unleb(&body[end..])?;
    Some((actor.to_vec(), seq))
}

/// The body of a document with these heads in place of its own.
pub(crate) fn with_heads(body: &[u8], heads: &[[u8; 32]]) -> Option<Vec<u8>> {
    let (actors, mut at) = unleb(body)?;
    for _ in 0..actors {
        let (length, bytes) = unleb(body.get(at..)?)?;
        at = at
            .checked_add(bytes)?
            .checked_add(usize::try_from(length).ok()?)?;
        if at > body.len() {
            return None;
        }
    }
    let (end, _) = hashes(body, at)?;
    let mut new = body[..at].to_vec();
    new.extend(leb(heads.len() as u64));
    new.extend(heads.iter().flatten());
    new.extend_from_slice(&body[end..]);
    Some(new)
}

/// Hashes with their number before them, from `at` on: where they end, and the place of each.
fn hashes(body: &[u8], at: usize) -> Option<(usize, Vec<usize>)> {
    let (count, bytes) = unleb(body.get(at..)?)?;
    let first = at + bytes;
    let count = usize::try_from(count).ok()?;
    let end = first.checked_add(count.checked_mul(32)?)?;
    (end <= body.len()).then(|| (end, (first..end).step_by(32).collect()))
}

fn leb(mut number: u64) -> Vec<u8> {
    let mut bytes = Vec::new();
    loop {
        let low = (number & 0x7f) as u8;
        number >>= 7;
        if number == 0 {
            bytes.push(low);
            return bytes;
        }
        bytes.push(low | 0x80);
    }
}

/// A number and how many bytes it takes.
fn unleb(bytes: &[u8]) -> Option<(u64, usize)> {
    let mut number = 0_u64;
    for (at, byte) in bytes.iter().take(9).enumerate() {
        number |= u64::from(byte & 0x7f) << (7 * at);
        if byte & 0x80 == 0 {
            return Some((number, at + 1));
        }
    }
    None
}
