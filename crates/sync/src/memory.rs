//! What two devices remember of their last meeting: the documents of a network with the heads
//! that both had when they were in step. Each such state is named by a token, the beginning of its digest.
//!
//! Two devices may part with one of them a step ahead: the newest state that one has seen
//! confirmed, the other has not. So the state before it is remembered too (as the difference).

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use tresse_model::{DocId, NetworkId};

use crate::{
    Heads,
    wire::{self, Token},
};

/// Documents and their heads.
pub(crate) type Picture = BTreeMap<DocId, Heads>;

const VERSION: u8 = 1;

/// A hash of documents and heads: equal here and there exactly if the pictures are.
pub(crate) fn digest(network: &NetworkId, picture: &Picture) -> [u8; 32] {
    let mut hasher = blake3::Hasher::new_derive_key("tresse 2026 documents digest");
    hasher.update(network.as_bytes());
    for (doc, heads) in picture {
        if heads.is_empty() {
            continue;
        }
        hasher.update(&doc.to_bytes());
        hasher.update(&(heads.len() as u64).to_le_bytes());
        // Automerge gives them sorted; a host may not.
        if heads.is_sorted() {
            for head in heads {
                hasher.update(&head.0);
            }
        } else {
            for head in wire::raw(heads) {
                hasher.update(&head);
            }
        }
    }
    *hasher.finalize().as_bytes()
}

/// The name of the state with this digest.
pub(crate) fn token(digest: &[u8; 32]) -> Token {
    let mut token = [0; 16];
    token.copy_from_slice(&digest[..16]);
    token
}

/// The last state in which both were known to be equal, and how the one before differed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Memory {
    now: Option<Token>,
    picture: Picture,
    before: Option<(Token, Changed)>,
}

/// Documents with the heads they had; `None` for one that was not there.
type Changed = Vec<(DocId, Option<Heads>)>;

type RawHeads = Vec<[u8; 32]>;
type RawChanged = Vec<([u8; DocId::LEN], Option<RawHeads>)>;

#[derive(Serialize, Deserialize)]
struct Stored {
    version: u8,
    now: Token,
    picture: Vec<([u8; DocId::LEN], RawHeads)>,
    before: Option<(Token, RawChanged)>,
}

impl Memory {
    /// What the host kept, if it is sound. A memory that is not is no memory: it costs a longer meeting.
    pub(crate) fn read(network: &NetworkId, bytes: &[u8]) -> Option<Self> {
        let stored: Stored = postcard::from_bytes(bytes).ok()?;
        if stored.version != VERSION {
            return None;
        }
        let picture: Picture = stored
            .picture
            .into_iter()
            .map(|(doc, heads)| (DocId::from_bytes(doc), wire::heads(heads)))
            .collect();
        let mut memory = Self {
            now: Some(stored.now),
            picture,
            before: None,
        };
        if token(&digest(network, &memory.picture)) != stored.now {
            return None;
        }
        memory.before = stored.before.map(|(token, changed)| {
            let changed = changed
                .into_iter()
                .map(|(doc, heads)| (DocId::from_bytes(doc), heads.map(wire::heads)))
                .collect();
            (token, changed)
        });
        let sound = memory.before.as_ref().is_none_or(|(name, changed)| {
            token(&digest(network, &patched(&memory.picture, changed))) == *name
        });
        if !sound {
            memory.before = None;
        }
        Some(memory)
    }

    /// The bytes for the host to keep.
    pub(crate) fn write(&self) -> Vec<u8> {
        let stored = Stored {
            version: VERSION,
            now: self.now.unwrap_or_default(),
            picture: self
                .picture
                .iter()
                .map(|(doc, heads)| (doc.to_bytes(), wire::raw(heads)))
                .collect(),
            before: self.before.as_ref().map(|(token, changed)| {
                let changed = changed
                    .iter()
                    .map(|(doc, heads)| (doc.to_bytes(), heads.as_ref().map(|h| wire::raw(h))))
                    .collect();
                (*token, changed)
            }),
        };
        postcard::to_allocvec(&stored).unwrap_or_default()
    }

    /// The names of the states that are remembered, the newest first.
    pub(crate) fn tokens(&self) -> Vec<Token> {
        let before = self.before.as_ref().map(|(token, _)| *token);
        self.now.into_iter().chain(before).collect()
    }

    /// The name of the newest state.
    pub(crate) const fn newest(&self) -> Option<Token> {
        self.now
    }

    /// Goes back to the state of this name; to knowing nothing, if there is none.
    pub(crate) fn go_back_to(&mut self, name: Option<Token>) {
        if name.is_some() && name == self.now {
            return;
        }
        match self.before.take() {
            Some((token, changed)) if Some(token) == name => {
                self.picture = patched(&self.picture, &changed);
                self.now = Some(token);
            }
            _ => *self = Self::default(),
        }
    }

    /// The heads of a document that both had.
    pub(crate) fn heads(&self, doc: &DocId) -> Option<&Heads> {
        self.picture.get(doc)
    }

    /// Both are in step now, with these documents.
    pub(crate) fn advance(&mut self, picture: &Picture, digest: &[u8; 32]) {
        let name = token(digest);
        if self.now == Some(name) {
            return;
        }
        let changed = self.differing(picture);
        let old = changed
            .iter()
            .map(|doc| (*doc, self.picture.get(doc).cloned()))
            .collect();
        self.before = self.now.map(|token| (token, old));
        self.now = Some(name);
        for doc in changed {
            match picture.get(&doc).filter(|heads| !heads.is_empty()) {
                Some(heads) => self.picture.insert(doc, heads.clone()),
                None => self.picture.remove(&doc),
            };
        }
    }

    /// The documents whose heads are not the remembered ones.
    pub(crate) fn differing(&self, picture: &Picture) -> Vec<DocId> {
        let known = |doc: &DocId| self.picture.get(doc);
        let changed = picture
            .iter()
            .filter(|(doc, heads)| known(doc).map_or(!heads.is_empty(), |known| known != *heads))
            .map(|(doc, _)| *doc);
        let gone = self
            .picture
            .keys()
            .filter(|doc| !picture.contains_key(doc))
            .copied();
        changed.chain(gone).collect()
    }
}

fn patched(picture: &Picture, changed: &Changed) -> Picture {
    let mut picture = picture.clone();
    for (doc, heads) in changed {
        match heads {
            Some(heads) => picture.insert(*doc, heads.clone()),
            None => picture.remove(doc),
        };
    }
    picture
}

#[cfg(test)]
mod tests;
