//! Doors for the fuzz targets, which give bytes to what is otherwise private. Nothing opens them
//! but `--cfg fuzzing`.

use tresse_model::NetworkId;
use tresse_trust::{DeviceKey, NetworkSecret};

use crate::{
    BundleError, CloseReason, Incoming, Order, SALT, Said, bundle, presence,
    stream::{Inbox, Outbox},
    wire::{Body, Bytes, Message, packed},
};

/// One message, read and written again.
pub fn message(bytes: &[u8]) -> Result<Vec<u8>, CloseReason> {
    Message::decode(bytes).map(|message| message.encode())
}

/// The messages in these frames, each of `most` bytes at most, written again; and how it ended.
pub fn messages<'a>(
    frames: impl IntoIterator<Item = &'a [u8]>,
    most: usize,
) -> (Vec<Vec<u8>>, Result<(), CloseReason>) {
    let mut inbox = Inbox::default();
    let mut read = Vec::new();
    let mut take = |frame| {
        inbox.put(frame)?;
        while let Some(message) = inbox.next(most)? {
            read.push(message.encode());
        }
        Ok(())
    };
    let ended = frames.into_iter().try_for_each(&mut take);
    (read, ended)
}

/// The frames in which these messages travel.
///
/// # Errors
/// One of them is not a message.
pub fn frames(messages: &[Vec<u8>]) -> Result<Vec<Vec<u8>>, CloseReason> {
    let mut outbox = Outbox::default();
    for bytes in messages {
        outbox.put(&Message::decode(bytes)?);
    }
    Ok(outbox.frames())
}

/// A saved document from a peer.
pub fn whole(saved: Vec<u8>, aside: Vec<Vec<u8>>, seals: Vec<Vec<u8>>) -> Incoming {
    Incoming::new(Body::Whole(Bytes(saved)), bytes(aside), bytes(seals))
}

/// Single changes from a peer.
pub fn changes(changes: Vec<Vec<u8>>, aside: Vec<Vec<u8>>, seals: Vec<Vec<u8>>) -> Incoming {
    Incoming::new(Body::Changes(bytes(changes)), bytes(aside), bytes(seals))
}

/// Changes pressed together, undone, if that is what these bytes are.
pub fn unpacked(pressed: Vec<u8>) -> Option<Vec<Vec<u8>>> {
    let changes = packed::unpack(&Bytes(pressed))?;
    Some(changes.into_iter().map(|change| change.0).collect())
}

/// The same changes pressed together, where that is shorter.
pub fn pressed(changes: Vec<Vec<u8>>) -> Option<Vec<u8>> {
    match packed::shorter(bytes(changes)) {
        Body::Packed(pressed) => Some(pressed.0),
        _ => None,
    }
}

/// A bundle of these records.
pub fn bundle(secret: &NetworkSecret, salt: [u8; 24], records: &[Vec<u8>]) -> Vec<u8> {
    bundle::of_records(secret, salt, records)
}

/// The records of a bundle.
///
/// # Errors
/// Where it is not one of the network with this secret.
pub fn records(secret: &NetworkSecret, file: &[u8]) -> Result<Vec<Vec<u8>>, BundleError> {
    bundle::records_of(secret, file)
}

/// A word of presence of any content, sealed as it should be.
pub fn presence(
    secret: &NetworkSecret,
    network: &NetworkId,
    salt: [u8; SALT],
    plain: &[u8],
) -> Vec<u8> {
    presence::of_plain(secret, network, salt, plain)
}

/// The content of a word of presence, signed as it should be.
pub fn presence_plain(network: &NetworkId, key: &DeviceKey, order: Order, said: Said) -> Vec<u8> {
    presence::plain_of(network, key, order, said)
}

fn bytes(all: Vec<Vec<u8>>) -> Vec<Bytes> {
    all.into_iter().map(Bytes).collect()
}
