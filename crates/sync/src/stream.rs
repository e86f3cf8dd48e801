//! Messages in frames.
//!
//! Each message goes with its length before it (four bytes, little-endian), and the sequence of
//! all of them is cut into frames wherever it suits: many small messages share a frame, a large one takes several.

use crate::{CloseReason, MAX_FRAME, wire::Message};

/// What waits to be sent.
#[derive(Debug, Default)]
pub(crate) struct Outbox(Vec<u8>);

impl Outbox {
    /// Adds a message; says how many bytes it takes.
    pub(crate) fn put(&mut self, message: &Message) -> usize {
        let bytes = message.encode();
        // Messages are made well below four gigabytes.
        self.0
            .extend_from_slice(&(bytes.len() as u32).to_le_bytes());
        self.0.extend_from_slice(&bytes);
        bytes.len()
    }

    /// Everything put so far, as frames.
    pub(crate) fn frames(&mut self) -> Vec<Vec<u8>> {
        let bytes = std::mem::take(&mut self.0);
        bytes.chunks(MAX_FRAME).map(<[u8]>::to_vec).collect()
    }
}

/// What has come and is not yet a whole message. It holds no more than was really received.
#[derive(Debug, Default)]
pub(crate) struct Inbox {
    bytes: Vec<u8>,
    read: usize,
    /// Whoever writes is of a later version, and may say what is not known here.
    later: bool,
}

impl Inbox {
    /// Takes a frame.
    pub(crate) fn put(&mut self, frame: &[u8]) -> Result<(), CloseReason> {
        if frame.len() > MAX_FRAME {
            return Err(CloseReason::TooLarge);
        }
        self.bytes.drain(..self.read);
        self.read = 0;
        self.bytes.extend_from_slice(frame);
        Ok(())
    }

    /// From now on messages that this version does not know are passed over.
    pub(crate) fn is_of_a_later_version(&mut self) {
        self.later = true;
    }

    /// The next whole message, none of which may be longer than `most`.
    pub(crate) fn next(&mut self, most: usize) -> Result<Option<Message>, CloseReason> {
        loop {
            let rest = &self.bytes[self.read..];
            let Some((length, rest)) = rest.split_first_chunk::<4>() else {
                return Ok(None);
            };
            let length = u32::from_le_bytes(*length) as usize;
            if length > most {
                return Err(CloseReason::TooLarge);
            }
            let Some(bytes) = rest.get(..length) else {
                return Ok(None);
            };
            let unknown = self.later && Message::is_unknown(bytes);
            let message = (!unknown).then(|| Message::decode(bytes)).transpose()?;
            self.read += 4 + length;
            if message.is_some() {
                return Ok(message);
            }
        }
    }
}
