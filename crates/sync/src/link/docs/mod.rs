//! The documents of one network on one connection.
//!
//! For every document that differs there is a note of what the peer is known to have. Whoever has
//! all that the other has sends the rest at once; whoever lacks something and has something more
//! tells their clock, and gets exactly what they lack. What is sent counts as there once it is
//! acknowledged; the stream is ordered, so nothing is sent twice.

mod awaited;
mod notes;
mod send;

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use automerge::ChangeHash;
use tresse_model::{DocId, NetworkId};

use self::{
    awaited::Awaited,
    notes::{Note, join, note, sorted},
};
use crate::{
    CloseReason, DocRefusal, Effect, Incoming, NetStatus,
    clock::Clock,
    line::Context,
    memory::{Memory, Picture, digest},
    wire::{self, ClockEntry, Message, Token},
};

/// After so many steps in step, memory is saved even in the middle of a session.
const SAVE_EVERY: u32 = 64;
/// How many whole lists a peer may ask for between two moments in step: each makes every document be looked at anew.
const MOST_LISTS: u32 = 8;

#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
enum Phase {
    /// Nothing is said of documents yet, but digests.
    #[default]
    Before,
    /// The own list is out; the peer's is to come.
    Listing(Option<Token>),
    /// Each knows what the other has.
    Live,
}

/// The documents of one network on one connection.
#[derive(Debug, Default)]
pub(crate) struct Docs {
    phase: Phase,
    /// What was told of the own documents, and how they were then.
    offered: Option<([u8; 32], Vec<Token>, Picture)>,
    /// What the peer told of its documents.
    told: Option<([u8; 32], Vec<Token>)>,
    /// What both have, apart from the documents in `notes`.
    memory: Memory,
    saved: Option<Token>,
    unsaved: u32,
    notes: BTreeMap<DocId, Note>,
    queue: VecDeque<DocId>,
    queued: BTreeSet<DocId>,
    /// Documents of which the peer has something that is to come.
    awaited: Awaited,
    in_flight: usize,
    relisting: bool,
    /// Whole lists heard since both were last in step.
    lists: u32,
    sent: u64,
    received: u64,
}

impl Docs {
    pub(crate) fn is_live(&self) -> bool {
        self.phase == Phase::Live
    }

    /// The peer has begun.
    pub(crate) const fn was_told(&self) -> bool {
        self.told.is_some()
    }

    pub(crate) fn must_be_live(&self) -> Result<(), CloseReason> {
        self.is_live().then_some(()).ok_or(CloseReason::OutOfPlace)
    }

    /// Nothing to send, nothing on its way, nothing to come.
    pub(crate) fn is_idle(&self) -> bool {
        self.is_live()
            && self.queue.is_empty()
            && self.in_flight == 0
            && self.awaited.is_empty()
            && !self.relisting
    }

    /// How many documents are refused by one of the two.
    pub(crate) fn refused(&self) -> usize {
        self.notes.values().filter(|note| note.refused).count()
    }

    pub(crate) fn status(&self) -> NetStatus {
        NetStatus {
            syncing: self.phase != Phase::Before,
            in_step: false,
            pending: self.queue.len() + self.in_flight + self.awaited.len(),
            to_come: self.awaited.len(),
            to_come_of: self.awaited.at_most(),
            refused: self.refused(),
            sent: self.sent,
            received: self.received,
        }
    }

    /// Tells the digest of the documents, if it was not told yet. Says what it was.
    pub(crate) fn offer(
        &mut self,
        network: &NetworkId,
        context: &mut Context<'_>,
    ) -> Result<Option<[u8; 32]>, CloseReason> {
        if self.offered.is_some() {
            return Ok(None);
        }
        let stored = context.host.memory(network, &context.peer);
        if let Some(memory) = stored.and_then(|bytes| Memory::read(network, &bytes)) {
            self.memory = memory;
            self.saved = self.memory.newest();
        }
        let picture = picture(network, context)?.clone();
        let digest = digest(network, &picture);
        let tokens = self.memory.tokens();
        context.line.send(&Message::Docs {
            network: wire::network(network),
            digest,
            tokens: tokens.clone(),
        });
        self.offered = Some((digest, tokens, picture));
        Ok(Some(digest))
    }

    pub(crate) fn on_docs(
        &mut self,
        digest: [u8; 32],
        tokens: Vec<Token>,
    ) -> Result<(), CloseReason> {
        if self.told.is_some() {
            return Err(CloseReason::OutOfPlace);
        }
        self.told = Some((digest, tokens));
        Ok(())
    }

    /// Both digests are out: begins with the documents, unless that is done.
    pub(crate) fn begin(
        &mut self,
        network: &NetworkId,
        context: &mut Context<'_>,
    ) -> Result<(), CloseReason> {
        let (Phase::Before, Some(mine), Some(theirs)) = (self.phase, &mut self.offered, &self.told)
        else {
            return Ok(());
        };
        let then = std::mem::take(&mut mine.2);
        context.line.tell(Effect::Syncing(*network));
        if mine.0 == theirs.0 {
            self.memory.advance(&then, &theirs.0);
            self.phase = Phase::Live;
            return Ok(());
        }
        // Both look at both offers the same way round, so both choose the same memory.
        let (first, second) = if context.dialer {
            (&mine.1, &theirs.1)
        } else {
            (&theirs.1, &mine.1)
        };
        let since = first.iter().find(|token| second.contains(token)).copied();
        self.memory.go_back_to(since);
        self.phase = Phase::Listing(since);
        self.list(network, since, false, context)
    }

    /// Tells the documents that are not as remembered.
    fn list(
        &mut self,
        network: &NetworkId,
        since: Option<Token>,
        answer: bool,
        context: &mut Context<'_>,
    ) -> Result<(), CloseReason> {
        let picture = picture(network, context)?;
        let mut docs = Vec::new();
        for doc in self.memory.differing(picture) {
            let heads = picture.get(&doc).map_or(&[][..], Vec::as_slice);
            note(&mut self.notes, &self.memory, doc).told = sorted(heads);
            docs.push((doc.to_bytes(), wire::raw(heads)));
        }
        docs.sort_unstable();
        context.line.send(&Message::List {
            network: wire::network(network),
            since,
            answer,
            docs,
        });
        Ok(())
    }

    /// Asks for whole lists: what is believed of the peer is wrong.
    pub(crate) fn relist(
        &mut self,
        network: &NetworkId,
        context: &mut Context<'_>,
    ) -> Result<(), CloseReason> {
        self.relisting = true;
        self.memory.go_back_to(None);
        self.list(network, None, true, context)
    }

    pub(crate) fn on_list(
        &mut self,
        network: &NetworkId,
        since: Option<Token>,
        answer: bool,
        docs: Vec<([u8; DocId::LEN], Vec<[u8; 32]>)>,
        context: &mut Context<'_>,
    ) -> Result<(), CloseReason> {
        match self.phase {
            Phase::Listing(agreed) if agreed == since && !answer => self.phase = Phase::Live,
            Phase::Live if since.is_none() && self.lists < MOST_LISTS => {
                self.lists += 1;
                self.relisting = false;
                self.memory.go_back_to(None);
                let in_flight = self.in_flight > 0;
                self.notes.retain(|_, note| {
                    note.peer.clear();
                    note.asked = false;
                    if !in_flight {
                        note.sent.clear();
                    }
                    note.refused || in_flight
                });
                if answer {
                    self.list(network, None, false, context)?;
                }
            }
            _ => return Err(CloseReason::OutOfPlace),
        }
        self.awaited.clear();
        for (doc, heads) in docs {
            let doc = DocId::from_bytes(doc);
            note(&mut self.notes, &self.memory, doc).peer = wire::heads(heads);
        }
        self.scan(network, context)
    }

    /// Queues every document of which the peer is not known to have just what is here.
    pub(crate) fn scan(
        &mut self,
        network: &NetworkId,
        context: &mut Context<'_>,
    ) -> Result<(), CloseReason> {
        let picture = picture(network, context)?;
        let mut differing: BTreeSet<DocId> = self.memory.differing(picture).into_iter().collect();
        for (doc, note) in &self.notes {
            let here = picture.get(doc).map_or(&[][..], Vec::as_slice);
            if note.refused || note.peer == here {
                differing.remove(doc);
            } else {
                differing.insert(*doc);
            }
        }
        for doc in differing {
            if self.queued.insert(doc) {
                self.queue.push_back(doc);
            }
        }
        Ok(())
    }

    /// Documents changed here: they go before what waits.
    pub(crate) fn changed(&mut self, docs: &[DocId]) {
        if !self.is_live() {
            return;
        }
        for doc in docs.iter().rev() {
            self.queue_first(*doc);
        }
    }

    fn queue_first(&mut self, doc: DocId) {
        if !self.queued.insert(doc) {
            self.queue.retain(|queued| *queued != doc);
        }
        self.queue.push_front(doc);
    }

    /// Acts changed: what was refused may be allowed now.
    pub(crate) fn forgive(&mut self) {
        for (doc, note) in &mut self.notes {
            if std::mem::take(&mut note.refused) {
                note.asked = false;
                if self.queued.insert(*doc) {
                    self.queue.push_back(*doc);
                }
            }
        }
    }

    pub(crate) fn on_clock(
        &mut self,
        network: &NetworkId,
        doc: DocId,
        entries: Vec<ClockEntry>,
        strict: bool,
        context: &mut Context<'_>,
    ) -> Result<(), CloseReason> {
        self.must_be_live()?;
        if picture(network, context)?.contains_key(&doc) {
            let note = note(&mut self.notes, &self.memory, doc);
            if std::mem::take(&mut note.refused) {
                // What was refused is asked for again.
                note.sent.clear();
            }
            let clock = Clock::from_entries(entries);
            // What it says goes before all that was believed.
            note.peer = clock.tips();
            note.clock = Some((clock, strict));
            if self.queued.insert(doc) {
                self.queue.push_back(doc);
            }
        }
        Ok(())
    }

    pub(crate) fn on_changes(
        &mut self,
        network: &NetworkId,
        doc: DocId,
        heads: &[ChangeHash],
        incoming: Incoming,
        context: &mut Context<'_>,
    ) -> Result<(), CloseReason> {
        self.must_be_live()?;
        context.line.seen += 1;
        self.received += 1;
        let note = note(&mut self.notes, &self.memory, doc);
        if note.refused {
            return Ok(());
        }
        join(&mut note.peer, heads);
        match context.host.apply(network, &doc, incoming) {
            Ok(()) => {
                let mut fits = true;
                context.host.read(network, &doc, &mut |copy| {
                    fits = heads.iter().all(|head| copy.has_seen(head));
                    // What is not worth keeping is not waited for: neither what came of it, nor what the peer
                    // told of before and does not lead up to any more.
                    let waits = |head: &ChangeHash| !copy.has_seen(head) && heads.contains(head);
                    note.peer.retain(|head| copy.knows(head) || waits(head));
                })?;
                let strict = note.strict;
                self.queue_first(doc);
                if strict || fits {
                    return Ok(());
                }
                self.ask_all(network, doc, context)
            }
            Err(DocRefusal::NotKept(_)) => Err(CloseReason::HostFailed),
            Err(DocRefusal::Incomplete) if !note.strict => self.ask_all(network, doc, context),
            Err(refusal) => {
                self.refuse(network, doc, &refusal, context);
                Ok(())
            }
        }
    }

    /// What came does not fit: a chain of it forks, and the peer took its own branch to be here. Tells
    /// once more what is here, to be taken as all there is.
    fn ask_all(
        &mut self,
        network: &NetworkId,
        doc: DocId,
        context: &mut Context<'_>,
    ) -> Result<(), CloseReason> {
        let note = note(&mut self.notes, &self.memory, doc);
        (note.strict, note.asked) = (true, true);
        let mut clock = Clock::default();
        context
            .host
            .read(network, &doc, &mut |copy| clock = Clock::of(copy))?;
        self.awaited.insert(doc);
        tell(network, doc, &clock, true, context);
        Ok(())
    }

    /// Takes no more of this document, and says so.
    fn refuse(
        &mut self,
        network: &NetworkId,
        doc: DocId,
        refusal: &DocRefusal,
        context: &mut Context<'_>,
    ) {
        note(&mut self.notes, &self.memory, doc).refused = true;
        self.awaited.remove(&doc);
        context.line.send(&Message::Unwanted {
            network: wire::network(network),
            doc: doc.to_bytes(),
        });
        context.line.tell(Effect::DocumentRefused {
            network: *network,
            doc,
            code: refusal.code(),
        });
    }

    pub(crate) fn on_unwanted(
        &mut self,
        network: &NetworkId,
        doc: DocId,
        context: &mut Context<'_>,
    ) -> Result<(), CloseReason> {
        self.must_be_live()?;
        if picture(network, context)?.contains_key(&doc) || self.notes.contains_key(&doc) {
            let note = note(&mut self.notes, &self.memory, doc);
            note.refused = true;
            note.sent.clear();
            self.awaited.remove(&doc);
        }
        Ok(())
    }

    /// Both are in step with what is here now.
    pub(crate) fn in_step(
        &mut self,
        network: &NetworkId,
        context: &mut Context<'_>,
    ) -> Result<(), CloseReason> {
        let picture = picture(network, context)?;
        let before = self.memory.newest();
        self.memory.advance(picture, &digest(network, picture));
        self.notes.clear();
        self.lists = 0;
        if self.memory.newest() != before {
            self.unsaved += 1;
        }
        if self.saved.is_none() || self.unsaved >= SAVE_EVERY {
            self.save(network, context);
        }
        Ok(())
    }

    /// Keeps what both are known to have. Where something was refused, nothing is worth keeping.
    pub(crate) fn save(&mut self, network: &NetworkId, context: &mut Context<'_>) {
        let newest = self.memory.newest();
        if self.refused() > 0 {
            context.host.save_memory(network, &context.peer, Vec::new());
            self.saved = None;
        } else if newest.is_some() && newest != self.saved {
            let memory = self.memory.write();
            context.host.save_memory(network, &context.peer, memory);
            self.saved = newest;
            self.unsaved = 0;
        }
    }
}

/// Tells which changes of a document are here.
pub(super) fn tell(
    network: &NetworkId,
    doc: DocId,
    clock: &Clock,
    strict: bool,
    context: &mut Context<'_>,
) {
    context.line.send(&Message::Clock {
        network: wire::network(network),
        doc: doc.to_bytes(),
        entries: clock.entries(),
        strict,
    });
}

fn picture<'a>(network: &NetworkId, context: &'a Context<'_>) -> Result<&'a Picture, CloseReason> {
    context.host.heads(network).ok_or(CloseReason::HostFailed)
}
