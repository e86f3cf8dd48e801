//! What travels of a document: what a peer lacks, in one message with the seals that vouch for it.
//!
//! Senders leave out nothing that the receiver lacks, so what does not fit at once is refused, never kept waiting
//! ([`crate::Copy::verify`]).

use std::{borrow::Cow, collections::BTreeSet};

use automerge::{Change, ChangeHash, ReadDoc};
use tresse_model::{DocId, NetworkId};
use tresse_trust::{ReadSeal, SealError};

use crate::{
    Copy, Heads, Host,
    clock::{Clock, knows},
    coming::Early,
    copy::stored_seals,
    trial,
    unfolded::{self, Unfolded},
    wire::{self, Body, Bytes, MAX_MESSAGE, Message, packed},
};

/// Below so many bytes of changes the saved document is not tried.
const SMALL: usize = 4 * 1024;
/// The longest body of one message, leaving room for the rest of it.
const MAX_BODY: usize = MAX_MESSAGE - 4 * 1024 * 1024;

/// What a peer sent of one document.
#[derive(Debug)]
pub struct Incoming {
    pub(crate) body: Body,
    /// Changes that do not count at the peer's.
    pub(crate) aside: Vec<Bytes>,
    /// The seals that came with it.
    pub seals: Vec<Vec<u8>>,
    /// The same, read already for the document that it came for, if all of them read; and perhaps checked, with those of other documents.
    pub(crate) read: Option<(NetworkId, DocId, Vec<ReadSeal>)>,
    /// What was found of it before its turn.
    pub(crate) early: Option<Box<Early>>,
}

/// Why a document's changes are not taken from this peer. Other documents go on.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DocRefusal {
    /// Not changes of an Automerge document.
    #[error("the changes cannot be read")]
    Malformed,
    /// Changes that others depend on were left out.
    #[error("changes that these depend on are missing")]
    Incomplete,
    /// No valid seal vouches for them.
    #[error("it is not shown who wrote them")]
    Unsealed,
    /// Sealed by a device that may not write this document.
    #[error("not written by somebody who may write here")]
    NotAllowed,
    /// It shows other changes than those that count: this copy is damaged.
    #[error("the copy shows other changes than those that count")]
    Miscounted,
    /// Something in it is larger, or lies deeper, than anything may.
    #[error("a change of this document is larger than any may be")]
    TooLarge,
    /// The copy on this device is damaged: it takes and sends nothing of this document.
    #[error("the copy of this document on this device is damaged")]
    DamagedHere,
    /// It could not be stored. This ends the session.
    #[error("the changes could not be kept: {0}")]
    NotKept(String),
}

impl DocRefusal {
    /// A stable word for this refusal.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Malformed => "document-malformed",
            Self::Incomplete => "document-incomplete",
            Self::Unsealed => "document-unsealed",
            Self::NotAllowed => "document-not-allowed",
            Self::Miscounted => "document-miscounted",
            Self::TooLarge => "document-too-large",
            Self::DamagedHere => "document-damaged-here",
            Self::NotKept(_) => "document-not-kept",
        }
    }
}

/// A document as a host has it stored ([`crate::Host::stored`]).
#[derive(Debug, Clone)]
pub struct Stored {
    /// The saved document, as [`automerge::Automerge::save`] made it.
    pub saved: Vec<u8>,
    /// Each actor and that actor's newest seals, as [`Landed::seals`](crate::Landed::seals) gave them.
    pub seals: Vec<(Vec<u8>, Vec<u8>)>,
    /// The heads of it ([`Copy::heads`]).
    pub heads: Heads,
}

/// What to send of one document.
#[derive(Debug)]
pub(crate) struct Outgoing {
    pub(crate) body: Body,
    /// Changes that do not count here, each after those it depends on.
    pub(crate) aside: Vec<Bytes>,
    /// The seals that vouch for all of it.
    pub(crate) seals: Vec<Bytes>,
    /// What the receiver has everything up to, once it has this.
    pub(crate) heads: Heads,
}

impl Outgoing {
    /// No changes: only which are the newest here.
    pub(crate) fn nothing(heads: &[ChangeHash]) -> Self {
        Self {
            body: Body::Changes(Vec::new()),
            aside: Vec::new(),
            seals: Vec::new(),
            heads: heads.to_vec(),
        }
    }

    /// All of a document as it lies at the host, for who has nothing of it. `None` where it does not lie whole, or its bytes are not, for certain,
    /// what was saved, or too long: whoever reads it finds out what is wrong.
    pub(crate) fn as_it_lies(
        host: &mut dyn Host,
        network: &NetworkId,
        doc: &DocId,
    ) -> Option<Self> {
        let stored = host.stored(network, doc)?;
        if stored.saved.len() > MAX_BODY || !unfolded::is_saved_document(&stored.saved) {
            return None;
        }
        let mut seals = Vec::new();
        for (actor, bytes) in &stored.seals {
            let actor = actor.as_slice().try_into().ok()?;
            let of_actor = stored_seals(bytes, &actor).ok()?;
            seals.extend(of_actor.iter().map(|seal| Bytes(seal.bytes().to_vec())));
        }
        Some(Self {
            body: Body::Whole(Bytes(stored.saved)),
            aside: Vec::new(),
            seals,
            heads: stored.heads,
        })
    }

    /// How many bytes it has.
    pub(crate) fn size(&self) -> usize {
        let all = self.body.pieces().iter();
        let all = all.chain(&self.aside).chain(&self.seals);
        all.map(|bytes| bytes.0.len()).sum()
    }

    /// As long as it is on its way.
    pub(crate) fn pressed(mut self) -> Self {
        if let Body::Changes(changes) = self.body {
            self.body = packed::shorter(changes);
        }
        self
    }

    /// As it is sent.
    pub(crate) fn message(self, network: &NetworkId, doc: DocId) -> Message {
        let out = self.pressed();
        Message::Changes {
            network: wire::network(network),
            doc: doc.to_bytes(),
            heads: wire::raw(&out.heads),
            body: out.body,
            aside: out.aside,
            seals: out.seals,
        }
    }
}

/// What the receiver lacks of a document: everything but what leads up to `has` and what `clock` covers.
///
/// It goes in one message, so that every chain in it goes up to an end that is sealed.
pub(crate) fn outgoing(
    copy: &Copy,
    has: &[ChangeHash],
    clock: Option<&(Clock, bool)>,
) -> Result<Option<Outgoing>, DocRefusal> {
    let nothing_there = has.is_empty() && clock.is_none();
    if nothing_there && let Some(whole) = saved(copy, MAX_BODY) {
        return Ok(Some(whole));
    }
    let lacking = Lacking::of(copy, has, clock);
    if lacking.shown.is_empty() && lacking.aside.is_empty() {
        return Ok(None);
    }
    let size = lacking.size();
    let much = lacking.shown.len() as u64 * 3 > copy.doc().stats().num_changes;
    if (size > MAX_BODY || (size > SMALL && much))
        && let Some(whole) = saved(copy, size.min(MAX_BODY))
    {
        return Ok(Some(whole));
    }
    if size > MAX_BODY {
        return Err(DocRefusal::TooLarge);
    }
    Ok(Some(lacking.outgoing(copy)))
}

/// The whole document, if it is no longer than `most`.
fn saved(copy: &Copy, most: usize) -> Option<Outgoing> {
    let bytes = copy.doc().save();
    let aside: Vec<Bytes> = copy.aside().iter().map(plain).collect();
    let size = bytes.len() + aside.iter().map(|change| change.0.len()).sum::<usize>();
    (size <= most).then(|| Outgoing {
        body: Body::Whole(Bytes(bytes)),
        aside,
        seals: copy
            .seals()
            .map(|seal| Bytes(seal.bytes().to_vec()))
            .collect(),
        heads: copy.heads(),
    })
}

/// The changes that a receiver lacks, each after those it depends on.
struct Lacking {
    shown: Vec<Change>,
    aside: Vec<Change>,
}

impl Lacking {
    fn of(copy: &Copy, has: &[ChangeHash], clock: Option<&(Clock, bool)>) -> Self {
        let strict = clock.is_some_and(|(_, strict)| *strict);
        let has = if strict { &[] } else { has };
        let mut has: BTreeSet<ChangeHash> = has.iter().copied().collect();
        has.extend(clock.into_iter().flat_map(|(clock, _)| clock.known(copy)));
        // What is aside there has its past there, of which some is shown here.
        let mut aside = Vec::new();
        for change in copy.aside().iter().rev() {
            if has.contains(&change.hash()) {
                has.extend(change.deps());
            } else {
                aside.push(change.clone());
            }
        }
        aside.reverse();
        let has: Heads = has
            .into_iter()
            .filter(|hash| knows(copy.doc(), hash))
            .collect();
        let mut shown = copy.doc().get_changes(&has);
        if let Some((clock, false)) = clock {
            let covered = clock.covers(copy);
            shown.retain(|change| !covered(change));
            aside.retain(|change| !covered(change));
        }
        Self { shown, aside }
    }

    fn size(&self) -> usize {
        let all = self.shown.iter().chain(&self.aside);
        all.map(|change| change.raw_bytes().len()).sum()
    }

    fn outgoing(self, copy: &Copy) -> Outgoing {
        let actors: BTreeSet<&[u8]> = self
            .shown
            .iter()
            .chain(&self.aside)
            .map(|change| change.actor_id().to_bytes())
            .collect();
        let seals = copy
            .seals()
            .filter(|seal| actors.contains(seal.actor().as_slice()));
        Outgoing {
            seals: seals.map(|seal| Bytes(seal.bytes().to_vec())).collect(),
            body: Body::Changes(self.shown.iter().map(plain).collect()),
            aside: self.aside.iter().map(plain).collect(),
            heads: copy.heads(),
        }
    }
}

fn plain(change: &Change) -> Bytes {
    Bytes(change.raw_bytes().to_vec())
}

impl Incoming {
    pub(crate) fn new(body: Body, aside: Vec<Bytes>, seals: Vec<Bytes>) -> Self {
        Self {
            body,
            aside,
            seals: seals.into_iter().map(|seal| seal.0).collect(),
            read: None,
            early: None,
        }
    }

    /// Takes changes that came pressed together apart. `false`: they are none.
    pub(crate) fn unpack(&mut self) -> bool {
        if let Body::Packed(bytes) = &self.body {
            let Some(changes) = packed::unpack(bytes) else {
                return false;
            };
            self.body = Body::Changes(changes);
        }
        true
    }

    /// Its seals, read for this document of this network.
    ///
    /// # Errors
    /// [`SealError`]: one of them is none.
    pub(crate) fn read_seals(
        &self,
        network: &NetworkId,
        doc: &DocId,
    ) -> Result<Cow<'_, [ReadSeal]>, SealError> {
        if let Some((for_network, for_doc, read)) = &self.read
            && (for_network, for_doc) == (network, doc)
        {
            return Ok(Cow::Borrowed(read));
        }
        let seals = self.seals.iter();
        let read = seals.map(|seal| ReadSeal::read(seal, network, doc));
        read.collect::<Result<_, _>>().map(Cow::Owned)
    }

    /// How many bytes it has.
    pub(crate) fn size(&self) -> usize {
        let seals = self.seals.iter().map(Vec::len).sum::<usize>();
        let changes = self.body.pieces().iter().chain(&self.aside);
        seals + changes.map(|bytes| bytes.0.len()).sum::<usize>()
    }
}

/// One uncompressed change (a compressed one could unfold to anything), if what it and those counted before
/// unfold to is not too much.
pub(crate) fn plain_change(bytes: &[u8], counted: &mut Unfolded) -> Result<Change, DocRefusal> {
    counted.add_change(bytes)?;
    let change = trial::read(bytes)?;
    // The header's checksum is the beginning of the hash; it is not checked by reading.
    let sound = bytes.get(4..8) == Some(&change.hash().0[..4]) && change.raw_bytes() == bytes;
    sound.then_some(change).ok_or(DocRefusal::Malformed)
}
