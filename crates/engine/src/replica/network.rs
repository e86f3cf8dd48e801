//! One network as this replica has it: acts, documents' heads, list entries, open documents.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    sync::Arc,
};

use automerge::ChangeHash;
use tresse_model::{AuthorOf, DeviceId, DocId, DocKind, MemberId, NetworkId, TextSession};
use tresse_store::{NetworkRow, Store, Summary};
use tresse_sync::{Actor, Copy, stored_seals};
use tresse_trust::{
    ActSet, DeviceStanding, InviteKey, Membership, NetworkSecret, VerifiedAct, evaluate,
};

use super::{
    archiving::{Kept, archive_key},
    attachments::keep_key,
    publish::ViewCache,
    remembered::Shown,
    summaries::KnownFacts,
    trouble::{AsideOf, Refusal, refusals_key},
    undo::{Next, UndoHistory, Way},
};
use crate::{
    EngineError, KeepFiles, attachment_view::FileFact, decision_view::DecisionFacts,
    meeting_view::MeetingFacts,
};

/// How many pages, meetings and decisions that nobody looks at are kept loaded.
const MOST_LOADED: usize = 64;

/// One network as this replica has it.
pub(crate) struct Network {
    pub(crate) id: NetworkId,
    pub(super) secret: NetworkSecret,
    pub(super) acts: ActSet,
    /// Another one whenever acts changed.
    pub(super) membership: Arc<Membership>,
    /// Every document here and its heads, without loading it.
    pub(super) heads: BTreeMap<DocId, Vec<ChangeHash>>,
    /// Every document's entry in lists.
    pub(super) rows: BTreeMap<DocId, Summary>,
    pub(super) loaded: HashMap<DocId, Loaded>,
    /// What meetings keep in lists, read once.
    pub(super) meeting_facts: KnownFacts<MeetingFacts>,
    /// The same of decisions.
    pub(super) decision_facts: KnownFacts<DecisionFacts>,
    pub(super) undo: UndoHistory,
    pub(super) views: ViewCache,
    /// Of which state of the plan and of notebooks views show what they say.
    pub(super) shown: HashMap<DocId, Shown>,
    /// Documents with changes that are not in the store yet.
    pub(super) unstored: BTreeSet<DocId>,
    /// Pages, meetings and decisions that somebody asked to have open.
    pub(super) open: BTreeSet<DocId>,
    /// Changes made here since this copy last equalled another's.
    pub(super) waiting: u64,
    /// Which device wrote under which actor, by its seals.
    authors: HashMap<Written, Chain>,
    /// Documents of which something is set aside, and how many changes.
    pub(super) aside: BTreeMap<DocId, AsideOf>,
    /// Set-aside changes that were adopted, by document, as far as asked for.
    pub(super) handled: HashMap<DocId, BTreeSet<ChangeHash>>,
    /// What was refused from whom, the newest first.
    pub(super) refusals: Vec<Refusal>,
    /// The archive made here last.
    pub(super) archive: Option<Kept>,
    /// What pages and meetings say of their files, by document.
    pub(super) files: BTreeMap<DocId, Vec<FileFact>>,
    /// That changed since somebody asked.
    pub(super) files_changed: bool,
    /// Which of them this machine fetches by itself.
    pub(super) keep_files: KeepFiles,
    /// The documents that are the watch of a year.
    pub(super) watches: BTreeSet<DocId>,
    /// What the search index has of each document since this was opened, as a hash.
    pub(super) indexed: HashMap<DocId, [u8; 32]>,
    uses: u64,
}

/// A document in memory.
pub(super) struct Loaded {
    pub(super) copy: Copy,
    /// The body text as an editor of this process follows it, once one looked.
    pub(super) text: Option<TextSession>,
    last_use: u64,
}

impl Network {
    pub(super) fn new(secret: NetworkSecret, acts: ActSet) -> Self {
        let id = acts.network();
        let membership = Arc::new(evaluate(&acts));
        Self {
            id,
            secret,
            acts,
            membership,
            heads: BTreeMap::new(),
            rows: BTreeMap::new(),
            loaded: HashMap::new(),
            meeting_facts: KnownFacts::default(),
            decision_facts: KnownFacts::default(),
            undo: UndoHistory::default(),
            views: ViewCache::default(),
            shown: HashMap::new(),
            unstored: BTreeSet::new(),
            open: BTreeSet::new(),
            waiting: 0,
            authors: HashMap::new(),
            aside: BTreeMap::new(),
            handled: HashMap::new(),
            refusals: Vec::new(),
            archive: None,
            files: BTreeMap::new(),
            files_changed: false,
            keep_files: KeepFiles::default(),
            watches: DocId::watches(&id).collect(),
            indexed: HashMap::new(),
            uses: 0,
        }
    }

    /// Whether there is an invitation that could be closed.
    pub(super) fn closes_invitation(&self, invite: &InviteKey) -> bool {
        let known = self.membership.invitation(invite);
        known.is_some_and(|known| !known.revoked)
    }

    /// Whether undoing would close an invitation.
    pub(super) fn undo_closes_invitation(&self) -> bool {
        let Next::Invitation(invite) = self.undo.next(Way::Undo) else {
            return false;
        };
        self.closes_invitation(&invite)
    }

    pub(super) fn load(store: &Store, row: &NetworkRow) -> Result<Self, EngineError> {
        let mut acts = ActSet::new(row.id);
        for bytes in store.acts(&row.id)? {
            let damaged = |error: String| EngineError::Damaged(format!("act: {error}"));
            let act = VerifiedAct::decode(&bytes).map_err(|error| damaged(error.to_string()))?;
            acts.insert(act)
                .map_err(|error| damaged(error.to_string()))?;
        }
        let mut network = Self::new(NetworkSecret::from_bytes(row.secret), acts);
        for document in store.documents(&row.id)? {
            let heads = document.heads.into_iter().map(ChangeHash).collect();
            network.heads.insert(document.doc, heads);
            network.note_files(&document.doc, &document.summary.facts);
            network.rows.insert(document.doc, document.summary);
        }
        for row in store.seals(&row.id)? {
            if let Ok(actor) = Actor::try_from(row.actor.as_slice()) {
                network.know_author(&row.doc, &actor, &row.bytes);
            }
        }
        if let Some(bytes) = store.meta(&refusals_key(&row.id))? {
            // Written by another version, they are forgotten.
            network.refusals = serde_json::from_slice(&bytes).unwrap_or_default();
        }
        if let Some(bytes) = store.meta(&archive_key(&row.id))? {
            network.archive = serde_json::from_slice(&bytes).ok();
        }
        if let Some(bytes) = store.meta(&keep_key(&row.id))? {
            network.keep_files = serde_json::from_slice(&bytes).unwrap_or_default();
        }
        network.waiting = store
            .meta(&waiting_key(&row.id))?
            .and_then(|bytes| bytes.try_into().ok())
            .map_or(0, u64::from_be_bytes);
        Ok(network)
    }

    /// Whether a document is one of those that members share and look at: of the kinds of which a network has one, or one a year, no
    /// other counts, whoever wrote it.
    pub(super) fn is_shared(&self, doc: &DocId) -> bool {
        match doc.kind() {
            Some(DocKind::Page | DocKind::Meeting | DocKind::Decision) => true,
            Some(DocKind::Watch) => self.watches.contains(doc),
            Some(
                kind @ (DocKind::Network | DocKind::Charter | DocKind::Plan | DocKind::Resources),
            ) => *doc == DocId::singleton(&self.id, kind),
            Some(DocKind::Notebook) | None => false,
        }
    }

    pub(super) fn open(&mut self, doc: DocId) {
        if self.open.insert(doc) {
            self.views.dirty(&doc);
        }
    }

    pub(super) fn close(&mut self, doc: &DocId) {
        if self.open.remove(doc) {
            self.views.dirty(doc);
            if let Some(loaded) = self.loaded.get_mut(doc) {
                loaded.text = None;
            }
        }
    }

    /// Takes in acts that are already verified; `true` if any was new.
    pub(super) fn add_acts(&mut self, acts: impl IntoIterator<Item = VerifiedAct>) -> bool {
        let mut new = false;
        for act in acts {
            new |= self.acts.insert(act).unwrap_or(false);
        }
        if new {
            self.membership = Arc::new(evaluate(&self.acts));
            self.views.dirty_all();
        }
        new
    }

    /// Knows nothing of a document any more.
    pub(super) fn forget(&mut self, doc: &DocId) {
        self.heads.remove(doc);
        self.rows.remove(doc);
        self.indexed.remove(doc);
        self.note_files(doc, "");
        self.loaded.remove(doc);
        self.aside.remove(doc);
        self.shown.remove(doc);
        self.authors.retain(|(of, _), _| of != doc);
        self.views.dirty_all();
    }

    /// Marks a loaded document as just used.
    pub(super) fn touch(&mut self, doc: &DocId) {
        self.uses += 1;
        let now = self.uses;
        if let Some(loaded) = self.loaded.get_mut(doc) {
            loaded.last_use = now;
        }
    }

    /// Puts a document in memory, and forgets others if there are many.
    pub(super) fn keep(&mut self, id: DocId, copy: Copy) {
        self.loaded.insert(
            id,
            Loaded {
                copy,
                text: None,
                last_use: self.uses,
            },
        );
        self.touch(&id);
        self.unload_idle(&id);
    }

    /// Forgets the longest unused pages, meetings and decisions: they are in the store. Never one that somebody looks at,
    /// nor one whose newest changes are not in the store yet, nor the one just asked for.
    fn unload_idle(&mut self, asked: &DocId) {
        let mut idle: Vec<_> = self
            .loaded
            .iter()
            .filter(|(id, _)| {
                matches!(
                    id.kind(),
                    Some(DocKind::Page | DocKind::Meeting | DocKind::Decision)
                ) && *id != asked
                    && !self.open.contains(id)
                    && !self.unstored.contains(id)
            })
            .map(|(id, loaded)| (loaded.last_use, *id))
            .collect();
        let over = idle.len().saturating_sub(MOST_LOADED);
        idle.sort_unstable();
        for (_, id) in idle.into_iter().take(over) {
            self.loaded.remove(&id);
        }
    }

    /// Who made an actor's changes in a document, as a person.
    pub(super) fn author(&self, doc: &DocId, actor: &[u8]) -> Option<MemberId> {
        self.membership.owner(&self.author_device(doc, actor)?)
    }

    /// Who made an actor's changes in a document, as a machine.
    pub(super) fn author_device(&self, doc: &DocId, actor: &[u8]) -> Option<DeviceId> {
        let actor = Actor::try_from(actor).ok()?;
        self.authors.get(&(*doc, actor)).map(|chain| chain.device)
    }

    /// Which device, and whose, each actor of a document is.
    pub(super) fn authors_of(&self, doc: &DocId) -> HashMap<Vec<u8>, (DeviceId, Option<MemberId>)> {
        let here = self.authors.iter().filter(|((of, _), _)| of == doc);
        here.map(|((_, actor), chain)| {
            let member = self.membership.owner(&chain.device);
            (actor.to_vec(), (chain.device, member))
        })
        .collect()
    }

    /// A seal shows whose an actor is.
    pub(super) fn know_author(&mut self, doc: &DocId, actor: &Actor, seals: &[u8]) {
        // They were verified before they were stored.
        let seals = stored_seals(seals, actor).unwrap_or_default();
        if let Some(seal) = seals.iter().max_by_key(|seal| seal.seq()) {
            let chain = Chain {
                device: *seal.device(),
                seq: seal.seq(),
                tip: *seal.tip(),
            };
            self.authors.insert((*doc, *actor), chain);
        } else {
            self.authors.remove(&(*doc, *actor));
        }
    }

    /// Documents in which acts that end a device may change what counts.
    pub(super) fn concerned_by_endings(&self) -> BTreeSet<DocId> {
        let ended = |device: &DeviceId| self.membership.standing(device) != DeviceStanding::Active;
        let written = self
            .authors
            .iter()
            .filter(|(_, chain)| ended(&chain.device));
        written
            .map(|((doc, _), _)| *doc)
            .chain(self.aside.keys().copied())
            .collect()
    }

    /// Who wrote in which document, by the seals: once for each machine and stay.
    pub(super) fn writers(&self) -> impl Iterator<Item = (DocId, MemberId)> {
        let written = self.authors.iter();
        written.filter_map(|((doc, _), chain)| Some((*doc, self.membership.owner(&chain.device)?)))
    }

    /// A device's chains: the documents it wrote in, under which actors, and how far.
    pub(super) fn chains_of(
        &self,
        device: &DeviceId,
    ) -> impl Iterator<Item = (DocId, Actor, Chain)> {
        let of = *device;
        let chains = self
            .authors
            .iter()
            .filter(move |(_, chain)| chain.device == of);
        chains.map(|((doc, actor), chain)| (*doc, *actor, *chain))
    }

    /// A reader's key to the authors of one document.
    pub(super) fn authors_in(&self, doc: DocId) -> impl AuthorOf + '_ {
        move |actor: &[u8]| self.author(&doc, actor)
    }

    /// A person's name as shown.
    pub(super) fn name_of(&self, member: &MemberId) -> String {
        if let Some(record) = self.membership.member(member) {
            let own = self.views.notebook_name(member);
            return own.unwrap_or_else(|| record.name.clone());
        }
        self.membership.former_member(member).map_or_else(
            || member.to_string().chars().take(12).collect(),
            |former| former.name.clone(),
        )
    }

    pub(super) fn author_name(&self, doc: &DocId, actor: &[u8]) -> String {
        self.author(doc, actor)
            .map(|member| self.name_of(&member))
            .unwrap_or_default()
    }
}

/// Where the count of changes that wait for a peer is kept.
pub(super) fn waiting_key(network: &NetworkId) -> String {
    format!("waiting/{network}")
}

/// An actor in a document.
type Written = (DocId, Actor);

/// A chain of changes as its newest seal says.
#[derive(Debug, Clone, Copy)]
pub(super) struct Chain {
    pub(super) device: DeviceId,
    pub(super) seq: u64,
    pub(super) tip: [u8; 32],
}
