//! Messages between members' devices, and their way through frames.
//!
//! The first byte says how the rest is cut into frames and which limit holds.

use tresse_sync::{MAX_FRAME, fuzzing};

use crate::{KIB, MIB, handshake::dialogue, reader::Reader};

/// The longest message before and after something in common is proved.
const LIMITS: [usize; 2] = [48 * KIB, 64 * 1024 * KIB];

/// The bytes as they came, the message that is read, and the same written again: none of them more than
/// a few times the bytes. A list begins with as much room as it claims, a mebibyte at most, and there are lists in lists.
pub const fn bound(length: usize) -> usize {
    2 * MIB + 16 * length
}

/// Messages come out of any frames as they went in, whatever they are; one that is read is
/// written in a form that reads the same.
pub fn run(data: &[u8]) {
    let mut reader = Reader::new(data);
    let how = reader.byte();
    let most = LIMITS[usize::from(how & 1)];
    let size = 1 + usize::from(how >> 1) * usize::from(how >> 1) * 4;
    let stream = reader.rest();
    let whole = fuzzing::messages(stream.chunks(MAX_FRAME), most);
    let cut = fuzzing::messages(stream.chunks(size), most);
    assert_eq!(whole, cut);
    for message in &whole.0 {
        assert_eq!(fuzzing::message(message).as_ref(), Ok(message));
    }
    drop(fuzzing::message(stream));
}

/// What two members' devices say when they meet.
pub fn seeds() -> Vec<Vec<u8>> {
    let mut seeds = Vec::new();
    for frame in dialogue() {
        let (read, ended) = fuzzing::messages([&frame[..]], LIMITS[1]);
        assert!(ended.is_ok() && !read.is_empty());
        seeds.push([&[255], &frame[..]].concat());
        seeds.push([&[3], &frame[..]].concat());
    }
    seeds.push(nothings());
    seeds
}

/// A list of many acts of no bytes, which would take far more memory than it has.
fn nothings() -> Vec<u8> {
    const ACTS: u8 = 7;
    let mut message = [&[ACTS], &[1; 20][..], &[0x80, 0x80, 2]].concat();
    message.resize(message.len() + (1 << 15), 0);
    let length = (message.len() as u32).to_le_bytes();
    [&[255], &length[..], &message].concat()
}
