//! A bundle that is being taken in.

use std::collections::{BTreeSet, VecDeque};

use tresse_model::{DocId, NetworkId};
use tresse_trust::{NetworkSecret, VerifiedAct, sift};

use super::{
    BundleError, Unpacked,
    records::{self, Key},
};
use crate::{
    Coming, Copy, DocRefusal, Heads, Host, HostError, Incoming,
    link::read_act,
    wire::{self, Message},
};

/// How many documents are shown to the host together, and taken in one step.
const MOST: usize = 16;
/// After so many bytes a step takes no further document.
const MUCH: usize = 256 * 1024;

/// Takes a bundle in a few documents after the others, so that whoever takes it can do something else in between.
#[derive(Debug)]
pub struct Unpacking {
    acts: Vec<VerifiedAct>,
    coming: VecDeque<Coming>,
    all: usize,
    taken: Unpacked,
}

impl Unpacking {
    /// Reads a bundle of one of these networks. Nothing of it is taken yet.
    ///
    /// # Errors
    /// [`BundleError`] where it is of none of them, or not whole.
    pub fn open(
        networks: &[(NetworkId, NetworkSecret)],
        bytes: &[u8],
    ) -> Result<Self, BundleError> {
        let opened = records::open(bytes)?;
        let found = networks.iter().find(|(_, secret)| opened.is_of(secret));
        let (network, secret) = found.ok_or(BundleError::Foreign)?;
        let (mut acts, mut coming) = (Vec::new(), VecDeque::new());
        for record in opened.records(&Key::of(secret, &opened.salt))? {
            match Message::decode(&record).map_err(|_| BundleError::Damaged)? {
                Message::Acts {
                    network: of,
                    acts: came,
                } if of == *network.as_bytes() => {
                    for act in came {
                        acts.push(read_act(network, &act.0).map_err(|_| BundleError::Damaged)?);
                    }
                }
                Message::Changes {
                    network: of,
                    doc,
                    heads,
                    body,
                    aside,
                    seals,
                } if of == *network.as_bytes() => {
                    let incoming = Incoming::new(body, aside, seals);
                    let (doc, heads) = (DocId::from_bytes(doc), wire::heads(heads));
                    coming.push_back(Coming::new(*network, doc, heads, incoming, true));
                }
                _ => return Err(BundleError::Damaged),
            }
        }
        Ok(Self {
            acts,
            all: coming.len(),
            coming,
            taken: Unpacked {
                network: *network,
                acts: 0,
                documents: Vec::new(),
                changes: 0,
                authors: BTreeSet::new(),
                refused: Vec::new(),
            },
        })
    }

    /// Takes the acts, then the next documents. `false`: there are none.
    ///
    /// # Errors
    /// [`BundleError::Host`] where it could not be kept.
    pub fn step(&mut self, host: &mut dyn Host) -> Result<bool, BundleError> {
        let acts = std::mem::take(&mut self.acts);
        if !acts.is_empty() {
            let network = self.taken.network;
            let known = host.acts(&network).ok_or(BundleError::NoNetwork)?;
            let belong = sift(known, acts).belong;
            self.taken.acts = belong.len();
            if !belong.is_empty() {
                host.add_acts(&network, belong)?;
            }
        }
        let mut some: Vec<Coming> = Vec::new();
        let mut size = 0;
        while some.len() < MOST
            && size < MUCH
            && let Some(mut next) = self.coming.pop_front()
        {
            // Only now: all of a bundle's documents unfolded at once might be much.
            if next.incoming.unpack() {
                size += next.size();
                some.push(next);
            } else {
                self.taken.refused.push((next.doc(), DocRefusal::Malformed));
            }
        }
        if !some.is_empty() {
            host.ahead(&mut some);
        }
        for one in some {
            self.take(host, one)?;
        }
        Ok(!self.coming.is_empty())
    }

    fn take(&mut self, host: &mut dyn Host, coming: Coming) -> Result<(), BundleError> {
        let (network, doc) = (self.taken.network, coming.doc());
        let heads = |host: &dyn Host| host.heads(&network).and_then(|all| all.get(&doc).cloned());
        let before = heads(host);
        match host.apply(&network, &doc, coming.incoming) {
            Ok(()) if heads(host) != before => {
                self.taken.documents.push(doc);
                let before = before.unwrap_or_default();
                host.read(&network, &doc, &mut |copy| self.count(copy, &before))?;
            }
            Ok(()) => {}
            Err(DocRefusal::NotKept(why)) => return Err(HostError(why).into()),
            Err(refusal) => self.taken.refused.push((doc, refusal)),
        }
        Ok(())
    }

    /// Counts what came to a document that stood like this. Its beginning is nobody's.
    fn count(&mut self, copy: &Copy, before: &Heads) {
        let shown = |head: &&_| copy.doc().get_change_meta_by_hash(head).is_some();
        let before: Vec<_> = before.iter().filter(shown).copied().collect();
        for change in copy.doc().get_changes_meta(&before) {
            if let Some(author) = copy.author(change.actor.to_bytes()) {
                self.taken.changes += 1;
                self.taken.authors.insert(author);
            }
        }
    }

    /// How many documents were dealt with, of how many.
    pub fn progress(&self) -> (usize, usize) {
        (self.all - self.coming.len(), self.all)
    }

    /// What came of it.
    pub fn end(self) -> Unpacked {
        self.taken
    }
}
