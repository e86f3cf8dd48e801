//! One document as a peer keeps it: what it shows, what is set aside, and the seals of both.
//!
//! ```text
//!   Incoming ── verify ──▶ Verified ── take ──▶ Copy ── doc ──▶ the document that is shown
//!   (bytes of a peer)      (seals, writers,      │
//!                           rules: checked)      ├── aside   known, sealed, not counting
//!                                                └── seals   the newest of each chain
//! ```
//!
//! A peer knows a set of sealed changes, which only grows. [`tresse_trust::count`] says which of them count; these make the
//! Automerge document, the others are *aside*: late work of somebody who was put out, the losing
//! branch of a fork. Both kinds are sent on alike, and a copy's *heads* are those of all that is known, so
//! two copies with equal heads know, and (with equal acts) show, the same.
//!
//! What it promises: nothing of others gets into a copy but by [`Copy::take`], which takes a
//! [`Verified`], which only [`Copy::verify`] and [`Copy::recount`] make.

mod recount;
mod verify;

#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet, HashMap, btree_map::Entry};

use automerge::{Automerge, Change, ChangeHash};
use tresse_model::{DeviceId, DocId, GENESIS_ACTOR, NetworkId, Splice, genesis_hash};
use tresse_trust::{ACTOR_LEN, DeviceKey, Incarnation, Seal, SealError};

use crate::{DocRefusal, Heads, chain::Seen, clock::knows, trial::Grown};

/// An actor's name: what [`tresse_trust::actor_id`] gives.
pub type Actor = [u8; ACTOR_LEN];

/// One document as it is known here.
#[derive(Debug, Clone)]
pub struct Copy {
    network: NetworkId,
    id: DocId,
    doc: Automerge,
    aside: Aside,
    seals: Seals,
    /// The end of this device's own chain, where no seal vouches for it yet.
    unsealed: Option<(u64, ChangeHash)>,
    /// Changes that came and were not worth keeping (since it was loaded, and not all of very many).
    forgotten: BTreeSet<ChangeHash>,
}

/// How many changes that were not worth keeping are remembered by name.
const MOST_FORGOTTEN: usize = 4096;

/// Known changes that do not count, each after those it depends on.
#[derive(Debug, Clone, Default)]
struct Aside {
    changes: Vec<Change>,
    places: HashMap<ChangeHash, usize>,
}

/// The newest seals of each chain: one, or one for each branch of a fork.
type Seals = BTreeMap<Actor, Vec<Seal>>;

/// What a peer sent, checked against a copy: the only thing that [`Copy::take`] takes.
#[derive(Debug)]
pub struct Verified {
    /// The heads of the document that it was checked against.
    on: Vec<ChangeHash>,
    change: Shown,
    /// What is aside from now on, if that changes.
    aside: Option<Vec<Change>>,
    seals: Vec<Seal>,
    /// Chains that get changes.
    actors: BTreeSet<Actor>,
    /// Changes that are not worth keeping.
    forgotten: Vec<ChangeHash>,
    /// How many bytes a whole document that came unfolded to: about what it takes in memory.
    unfolded: u64,
}

/// What happens to the document that is shown.
#[derive(Debug)]
enum Shown {
    Same,
    /// These come to it, and this is what it becomes by them: they were tried on a copy, which takes its place. To apply them once more would
    /// take as long again.
    More(Vec<Change>, Box<Grown>),
    /// Another, that holds all of it, takes its place; and the bytes that it was read from, where they are not long.
    Whole(Box<Automerge>, Option<Vec<u8>>),
    /// It is made anew without changes that count no longer.
    Anew(Box<Automerge>),
}

/// What a copy took in, for its owner to store and to show.
#[derive(Debug, Default)]
pub struct Landed {
    /// What became of the document.
    pub document: Landing,
    /// Changes set aside now, to store.
    pub set_aside: Vec<Change>,
    /// Changes that are aside no longer.
    pub taken_back: Vec<ChangeHash>,
    /// Chains whose seals changed, with all seals of each, to store (or none: the chain is forgotten).
    pub seals: Vec<(Actor, Vec<u8>)>,
    /// Chains that got changes.
    pub actors: BTreeSet<Actor>,
    /// The document as it was, if changes in it count no longer.
    pub before: Option<Box<Automerge>>,
    /// What happened to the document's text, where it was told as the changes came ([`tresse_model::patched_splices`]).
    pub splices: Option<Vec<Splice>>,
}

/// What became of a document.
#[derive(Debug, Default)]
pub enum Landing {
    /// It shows what it showed.
    #[default]
    Same,
    /// These changes came to it.
    More(Vec<Change>),
    /// It was replaced by what these bytes hold: store them.
    Saved(Vec<u8>),
    /// It was made anew: store it whole.
    Whole,
}

impl Copy {
    /// A document of which nothing is known here but its beginning, or not even that.
    pub fn new(network: NetworkId, id: DocId, doc: Automerge) -> Self {
        Self {
            network,
            id,
            doc,
            aside: Aside::default(),
            seals: Seals::new(),
            unsealed: None,
            forgotten: BTreeSet::new(),
        }
    }

    /// A document from this device's own store, into which only what was verified goes.
    ///
    /// # Errors
    /// [`LoadError`] where the stored bytes are damaged.
    pub fn load(
        network: NetworkId,
        id: DocId,
        doc: Automerge,
        aside: &[Vec<u8>],
        seals: &[(Vec<u8>, Vec<u8>)],
    ) -> Result<Self, LoadError> {
        let mut copy = Self::new(network, id, doc);
        let mut changes = Vec::new();
        for bytes in aside {
            changes.push(Change::try_from(bytes.as_slice()).map_err(|_| LoadError::Aside)?);
        }
        copy.aside = Aside::of(in_order(changes));
        for (actor, bytes) in seals {
            let actor = Actor::try_from(&actor[..]).map_err(|_| SealError::Malformed)?;
            copy.seals.insert(actor, stored_seals(bytes, &actor)?);
        }
        Ok(copy)
    }

    /// Which document.
    pub const fn id(&self) -> DocId {
        self.id
    }

    /// The document as it counts.
    pub const fn doc(&self) -> &Automerge {
        &self.doc
    }

    /// The document, for edits of this device under its own actor. Tell [`Copy::edited`] after each.
    pub const fn edit(&mut self) -> &mut Automerge {
        &mut self.doc
    }

    /// A change was made here under this device's own actor: it waits for [`Copy::seal`].
    pub fn edited(&mut self, change: &Change) {
        self.unsealed = Some((change.seq(), change.hash()));
    }

    /// Vouches for what was written here since the last time. Gives what is to be stored: the chain and its seals.
    pub fn seal(&mut self, key: &DeviceKey, incarnation: Incarnation) -> Option<(Actor, Vec<u8>)> {
        let (seq, tip) = self.unsealed.take()?;
        let seal = Seal::sign(key, &self.network, &self.id, incarnation, seq, tip.0);
        let actor = *seal.actor();
        // A device goes on from the end of its chain, or under a new name.
        self.seals.insert(actor, vec![seal]);
        Some((actor, self.sealed(&actor)))
    }

    /// The heads of everything known, sorted.
    pub fn heads(&self) -> Heads {
        let mut heads: BTreeSet<ChangeHash> = self.doc.get_heads().into_iter().collect();
        heads.extend(self.aside.changes.iter().map(Change::hash));
        for change in &self.aside.changes {
            for dep in change.deps() {
                heads.remove(dep);
            }
        }
        heads.into_iter().collect()
    }

    /// The device that wrote under this actor, as its seal shows.
    pub fn author(&self, actor: &[u8]) -> Option<DeviceId> {
        self.seals_of(actor).first().map(|seal| *seal.device())
    }

    /// The seals of a chain: one for each of its branches.
    fn seals_of(&self, actor: &[u8]) -> &[Seal] {
        let seals = <&Actor>::try_from(actor).map(|actor| self.seals.get(actor));
        seals.ok().flatten().map_or(&[], Vec::as_slice)
    }

    /// Every seal kept.
    pub fn seals(&self) -> impl Iterator<Item = &Seal> {
        self.seals.values().flatten()
    }

    /// The changes that are known and do not count, each after those it depends on.
    pub fn aside(&self) -> &[Change] {
        &self.aside.changes
    }

    /// Whether a change is known here, counting or not.
    pub fn knows(&self, hash: &ChangeHash) -> bool {
        self.aside.places.contains_key(hash) || knows(&self.doc, hash)
    }

    /// Whether a change is known here, or was and was not worth keeping: there is no use in asking for it.
    pub(crate) fn has_seen(&self, hash: &ChangeHash) -> bool {
        self.forgotten.contains(hash) || self.knows(hash)
    }

    /// Takes in what was verified against this copy as it is.
    ///
    /// # Errors
    /// [`DocRefusal::Malformed`] where it was verified against another state; nothing changed then.
    pub fn take(&mut self, verified: Verified) -> Result<Landed, DocRefusal> {
        if verified.on != self.doc.get_heads() {
            return Err(DocRefusal::Malformed);
        }
        let mut landed = Landed {
            actors: verified.actors,
            ..Landed::default()
        };
        landed.document = match verified.change {
            Shown::Same => Landing::Same,
            Shown::More(changes, grown) => {
                landed.splices = grown.splices;
                self.doc = self.named(grown.document);
                Landing::More(changes)
            }
            Shown::Whole(doc, saved) => {
                self.doc = self.named(*doc);
                saved.map_or(Landing::Whole, Landing::Saved)
            }
            Shown::Anew(doc) => {
                let doc = self.named(*doc);
                landed.before = Some(Box::new(std::mem::replace(&mut self.doc, doc)));
                self.unsealed = None;
                Landing::Whole
            }
        };
        if let Some(aside) = verified.aside {
            let before = std::mem::replace(&mut self.aside, Aside::of(aside));
            let now = &self.aside;
            landed.taken_back.extend(
                before
                    .places
                    .keys()
                    .filter(|hash| !now.places.contains_key(*hash)),
            );
            let new = now
                .changes
                .iter()
                .filter(|change| !before.places.contains_key(&change.hash()));
            landed.set_aside.extend(new.cloned());
        }
        let mut chains: BTreeSet<Actor> = verified.seals.iter().map(|seal| *seal.actor()).collect();
        for seal in verified.seals {
            self.keep(seal);
        }
        if !verified.forgotten.is_empty() {
            chains.extend(self.forget(verified.forgotten));
        }
        landed.seals = chains
            .iter()
            .map(|actor| (*actor, self.sealed(actor)))
            .collect();
        Ok(landed)
    }

    /// The same document under the actor that this one is written under here.
    fn named(&self, doc: Automerge) -> Automerge {
        doc.with_actor(self.doc.get_actor().clone())
    }

    /// Keeps a seal in place of those whose changes it vouches for too.
    fn keep(&mut self, seal: Seal) {
        if let Entry::Vacant(first) = self.seals.entry(*seal.actor()) {
            first.insert(vec![seal]);
            return;
        }
        let chain = self.chain(seal.actor(), ChangeHash(*seal.tip()));
        let kept = self.seals.entry(*seal.actor()).or_default();
        kept.retain(|old| !chain.contains(&ChangeHash(*old.tip())));
        kept.push(seal);
        kept.sort_by_key(|seal| *seal.tip());
    }

    /// Remembers by name what was not worth keeping, and keeps no seal of it either. Says whose seals are fewer.
    fn forget(&mut self, changes: Vec<ChangeHash>) -> BTreeSet<Actor> {
        if self.forgotten.len() + changes.len() > MOST_FORGOTTEN {
            self.forgotten.clear();
        }
        self.forgotten
            .extend(changes.into_iter().take(MOST_FORGOTTEN));
        let mut fewer = BTreeSet::new();
        let mut seals = std::mem::take(&mut self.seals);
        for (actor, kept) in &mut seals {
            let before = kept.len();
            kept.retain(|seal| self.knows(&ChangeHash(*seal.tip())));
            if kept.len() < before {
                fewer.insert(*actor);
            }
        }
        seals.retain(|_, kept| !kept.is_empty());
        self.seals = seals;
        fewer
    }

    /// The bytes of a chain's seals, one after the other.
    fn sealed(&self, actor: &Actor) -> Vec<u8> {
        self.seals_of(actor).iter().flat_map(Seal::bytes).collect()
    }

    /// Those of an actor's sealed ends that stand before `tip` in its chain, and `tip`.
    fn chain(&self, actor: &Actor, tip: ChangeHash) -> BTreeSet<ChangeHash> {
        let seals = self.seals_of(actor).iter();
        let mut wanted: BTreeSet<ChangeHash> = seals.map(|seal| ChangeHash(*seal.tip())).collect();
        let mut found = BTreeSet::from([tip]);
        wanted.remove(&tip);
        let mut seen = BTreeSet::new();
        let mut next = vec![tip];
        while let Some(hash) = next.pop() {
            if wanted.is_empty() {
                break;
            }
            for dep in self.deps(&hash) {
                if wanted.remove(&dep) {
                    found.insert(dep);
                }
                if seen.insert(dep) {
                    next.push(dep);
                }
            }
        }
        found
    }

    fn deps(&self, hash: &ChangeHash) -> Vec<ChangeHash> {
        self.look(hash, |seen| seen.deps.to_vec())
            .unwrap_or_default()
    }

    /// Shows a known change, counting or not.
    pub(crate) fn look<T>(
        &self,
        hash: &ChangeHash,
        look: impl FnOnce(&Seen<'_>) -> T,
    ) -> Option<T> {
        if let Some(change) = self.aside.get(hash) {
            return Some(look(&Seen {
                max_op: change.max_op(),
                deps: change.deps(),
            }));
        }
        let meta = self.doc.get_change_meta_by_hash(hash)?;
        Some(look(&Seen {
            max_op: meta.max_op,
            deps: &meta.deps,
        }))
    }

    /// How many branches of an actor's chain are known.
    pub(crate) fn branches(&self, actor: &[u8]) -> usize {
        self.seals_of(actor).len()
    }

    /// Where an actor's chain ends, if it has one branch only: how many changes it has, and the last.
    pub(crate) fn end(&self, actor: &[u8]) -> Option<(u64, ChangeHash)> {
        if begins(actor) {
            let beginning = self.id.kind().map(genesis_hash);
            let known = beginning.filter(|hash| self.knows(hash));
            return known.map(|hash| (1, hash));
        }
        let mine = self.doc.get_actor().to_bytes() == actor;
        let sealed = match self.seals_of(actor) {
            [only] => Some((only.seq(), ChangeHash(*only.tip()))),
            _ => None,
        };
        self.unsealed.filter(|_| mine).or(sealed)
    }

    /// How many changes the longest branch known of an actor's chain has.
    pub(crate) fn written(&self, actor: &[u8]) -> u64 {
        if begins(actor) {
            return u64::from(!self.doc.get_heads().is_empty());
        }
        let sealed = self
            .seals_of(actor)
            .iter()
            .map(Seal::seq)
            .max()
            .unwrap_or(0);
        let mine = self.doc.get_actor().to_bytes() == actor;
        let unsealed = self.unsealed.filter(|_| mine).map_or(0, |(seq, _)| seq);
        sealed.max(unsealed)
    }
}

/// Why a stored document does not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum LoadError {
    /// A change that was set aside is damaged.
    #[error("a change that was set aside does not read")]
    Aside,
    /// A seal is damaged.
    #[error("a seal does not read: {0}")]
    Seal(#[from] SealError),
}

/// The seals in an actor's stored row.
///
/// # Errors
/// [`SealError`] where the bytes are damaged.
pub fn stored_seals(bytes: &[u8], actor: &Actor) -> Result<Vec<Seal>, SealError> {
    bytes
        .chunks(tresse_trust::SEAL_LEN)
        .map(|bytes| Seal::stored(bytes, actor))
        .collect()
}

impl Aside {
    fn of(changes: Vec<Change>) -> Self {
        let places = changes.iter().enumerate();
        Self {
            places: places.map(|(at, change)| (change.hash(), at)).collect(),
            changes,
        }
    }

    fn get(&self, hash: &ChangeHash) -> Option<&Change> {
        self.places.get(hash).map(|at| &self.changes[*at])
    }
}

/// The same changes, each after those of them that it depends on.
fn in_order(changes: Vec<Change>) -> Vec<Change> {
    let mut rest: BTreeMap<ChangeHash, Change> = changes
        .into_iter()
        .map(|change| (change.hash(), change))
        .collect();
    let mut ordered = Vec::with_capacity(rest.len());
    let mut next: Vec<ChangeHash> = rest.keys().copied().collect();
    while let Some(hash) = next.pop() {
        let Some(change) = rest.get(&hash) else {
            continue;
        };
        let missing: Vec<ChangeHash> = change
            .deps()
            .iter()
            .filter(|dep| rest.contains_key(dep))
            .copied()
            .collect();
        if missing.is_empty() {
            ordered.extend(rest.remove(&hash));
        } else {
            next.push(hash);
            next.extend(missing);
        }
    }
    ordered
}

/// Whether an actor is the one that begins every document.
fn begins(actor: &[u8]) -> bool {
    actor == GENESIS_ACTOR
}
