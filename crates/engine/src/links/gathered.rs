//! What came of the network, with frames of one link that came one after the other put together.
//!
//! A first meeting brings many frames, faster than they are dealt with. The session that is given several at once checks the signatures of all of their
//! documents together, which takes half the time ([`tresse_sync::Session::receive_all`]).

use tresse_net::{Credit, LinkId, NetEvent};

/// How many bytes are dealt with together at most.
const MOST: usize = 1024 * 1024;

/// What came, in order.
#[derive(Debug)]
pub(crate) enum Came {
    /// Frames of one link, each with the room that it takes until it was dealt with.
    Frames(LinkId, Vec<(Vec<u8>, Credit)>),
    /// Anything else, and never a frame.
    Other(Box<NetEvent>),
}

impl Came {
    /// The same events, in the same order.
    pub(crate) fn gathered(events: impl IntoIterator<Item = NetEvent>) -> Vec<Self> {
        let mut came: Vec<Self> = Vec::new();
        for event in events {
            let NetEvent::Frame {
                link,
                bytes,
                credit,
            } = event
            else {
                came.push(Self::Other(Box::new(event)));
                continue;
            };
            match came.last_mut() {
                Some(Self::Frames(before, frames)) if *before == link && has_room(frames) => {
                    frames.push((bytes, credit));
                }
                _ => came.push(Self::Frames(link, vec![(bytes, credit)])),
            }
        }
        came
    }

    /// Whether it is but a word of who is here, which most often changes nothing that is shown.
    pub(crate) fn is_a_word(&self) -> bool {
        let Self::Other(event) = self else {
            return false;
        };
        matches!(**event, NetEvent::Gossip { .. } | NetEvent::InTopic { .. })
    }
}

fn has_room(frames: &[(Vec<u8>, Credit)]) -> bool {
    let size: usize = frames.iter().map(|(bytes, _)| bytes.len()).sum();
    size < MOST
}
