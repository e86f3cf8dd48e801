//! Changes pressed together, as they travel after a week apart.
//!
//! The first byte says what the rest is: pressed bytes as they stand, or the plain list, which is pressed first (or else hardly an input would
//! unfold to anything).

use tresse_sync::fuzzing;

use crate::{MIB, reader::Reader};

/// What unfolds to more than sixteen times its bytes is refused. It is in memory while it grows, and once more taken apart; a piece takes a
/// few times the bytes of the shortest. This target then presses it anew.
pub const fn bound(length: usize) -> usize {
    2 * MIB + 192 * length
}

/// What is undone and pressed anew comes out the same, and never as more than the bound of the wire.
pub fn run(data: &[u8]) {
    let mut reader = Reader::new(data);
    let pressed = if reader.byte() == 0 {
        reader.rest().to_vec()
    } else {
        press(reader.rest())
    };
    let length = pressed.len();
    let Some(changes) = fuzzing::unpacked(pressed) else {
        return;
    };
    let size: usize = changes.iter().map(Vec::len).sum();
    assert!(size <= 16 * length && changes.iter().all(|change| !change.is_empty()));
    if let Some(again) = fuzzing::pressed(changes.clone()) {
        assert!(again.len() < size);
        assert_eq!(fuzzing::unpacked(again), Some(changes));
    }
}

/// Changes that begin alike, pressed as they are sent and cut short; plain lists, one of nothings.
pub fn seeds() -> Vec<Vec<u8>> {
    let change = |number: u8| [&[7; 60][..], &blake3::hash(&[number]).as_bytes()[..]].concat();
    let changes: Vec<Vec<u8>> = (0..20).map(change).collect();
    let pressed = fuzzing::pressed(changes.clone()).expect("it is worth while");
    assert_eq!(
        fuzzing::unpacked(pressed.clone()),
        Some(changes.clone())
    );
    let plain = postcard::to_allocvec(&changes).expect("plain data");
    let nothings = postcard::to_allocvec(&vec![Vec::<u8>::new(); 300]).expect("plain data");
    vec![
        [&[0], &pressed[..]].concat(),
        [&[0], &pressed[..pressed.len() / 2]].concat(),
        [&[1], &plain[..]].concat(),
        [&[1], &nothings[..]].concat(),
    ]
}

/// Any bytes, pressed with nothing taken away: a stored block says its bytes as they are.
fn press(plain: &[u8]) -> Vec<u8> {
    let mut pressed = Vec::new();
    let mut blocks = plain.chunks(usize::from(u16::MAX)).peekable();
    while let Some(block) = blocks.next() {
        let length = block.len() as u16;
        pressed.push(u8::from(blocks.peek().is_none()));
        pressed.extend(length.to_le_bytes());
        pressed.extend((!length).to_le_bytes());
        pressed.extend(block);
    }
    pressed
}
