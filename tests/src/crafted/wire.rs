//! The messages of the protocol, written down a second time and without any bound.
//!
//! The library keeps its own to itself, and makes only honest ones. These have the same bytes and hold
//! anything: what is said with them is up to the scenario.

use serde::{Deserialize, Serialize};
use tresse_model::{DocId, NetworkId};
use tresse_trust::{ActId, Consent, JoinRefusal, NetworkSecret, Signature};

/// A hash, a tag or a digest.
pub type Raw = [u8; 32];

/// One message. The order of the variants is the wire's numbering.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[allow(
    missing_docs,
    reason = "the library's own messages are documented where they are made"
)]
pub enum Message {
    Hello {
        version: u16,
        tags: Vec<Raw>,
    },
    Answer {
        version: u16,
        tags: Vec<Raw>,
    },
    Claim {
        consent: Box<Consent>,
        present: Box<Signature>,
    },
    Welcome {
        network: [u8; NetworkId::LEN],
        secret: NetworkSecret,
        acts: Vec<Vec<u8>>,
    },
    Refused {
        refusal: JoinRefusal,
    },
    Open {
        network: [u8; NetworkId::LEN],
        acts: Raw,
    },
    ActIds {
        network: [u8; NetworkId::LEN],
        ids: Vec<ActId>,
    },
    Acts {
        network: [u8; NetworkId::LEN],
        acts: Vec<Vec<u8>>,
    },
    Docs {
        network: [u8; NetworkId::LEN],
        digest: Raw,
        tokens: Vec<[u8; 16]>,
    },
    List {
        network: [u8; NetworkId::LEN],
        since: Option<[u8; 16]>,
        answer: bool,
        docs: Vec<([u8; DocId::LEN], Vec<Raw>)>,
    },
    Clock {
        network: [u8; NetworkId::LEN],
        doc: [u8; DocId::LEN],
        entries: Vec<Entry>,
        strict: bool,
    },
    Changes {
        network: [u8; NetworkId::LEN],
        doc: [u8; DocId::LEN],
        heads: Vec<Raw>,
        body: Body,
        aside: Vec<Vec<u8>>,
        seals: Vec<Vec<u8>>,
    },
    Ack {
        seen: u64,
    },
    Unwanted {
        network: [u8; NetworkId::LEN],
        doc: [u8; DocId::LEN],
    },
    Digest {
        network: [u8; NetworkId::LEN],
        acts: Raw,
        docs: Raw,
        seen: u64,
    },
    Shut {
        network: [u8; NetworkId::LEN],
    },
}

/// Changes of a document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Body {
    /// A saved document.
    Whole(Vec<u8>),
    /// Changes one by one.
    Changes(Vec<Vec<u8>>),
}

/// One actor's part in a document.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Entry {
    /// The actor.
    pub actor: Vec<u8>,
    /// How many changes of it are there.
    pub seq: u64,
    /// The last one.
    pub last: Raw,
}

impl Message {
    /// The bytes of the stream: the message's length in four bytes, then the message.
    pub fn encode(&self) -> Vec<u8> {
        let body = postcard::to_allocvec(self).unwrap();
        let mut bytes = u32::try_from(body.len()).unwrap().to_le_bytes().to_vec();
        bytes.extend_from_slice(&body);
        bytes
    }

    /// Takes the first whole message out of what has come.
    pub(crate) fn take(bytes: &mut Vec<u8>) -> Option<Self> {
        let (length, rest) = bytes.split_first_chunk::<4>()?;
        let length = u32::from_le_bytes(*length) as usize;
        let message = rest.get(..length)?;
        let message = postcard::from_bytes(message).unwrap();
        bytes.drain(..4 + length);
        Some(message)
    }
}
