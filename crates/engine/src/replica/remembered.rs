//! What the plan and others' notebooks said, remembered in the store, so that opening a network loads none of their histories.
//!
//! A row is used only where all of this holds; else the document is read, as it is whenever it is loaded for another reason:
//!
//! - the store has written nothing of the document since (it takes the row away in the same batch);
//! - the row's proof, a hash, is that of the document's name and heads, of the row's own bytes, and of the code that reads documents;
//! - where the document says something that follows from who is who, the network's acts are those of then.
//!
//! ```text
//!   read ─▶ views ─▶ at rest, or at closing ─▶ row ─▶ the next opening ─▶ views
//!            ▲                                                             │
//!            └── loaded: edited here, come from a peer, looked at closely ◀┘
//! ```

use std::cell::Cell;

use automerge::ChangeHash;
use tresse_model::{AuthorOf, DocId, DocKind, MemberId, NetworkId, NotebookSaid, PlanSaid};
use tresse_store::Remembered;

use super::{Network, Replica, writes::Write};

/// The code that reads documents, by name: of another nothing is taken over.
const READING: &str = env!("TRESSE_READING");

/// Of which state of a document views show what it says.
pub(super) struct Shown {
    heads: Vec<ChangeHash>,
    /// The acts, where something of it follows from them; empty: nothing does.
    acts: Vec<u8>,
    /// It is in the store, or on its way there.
    kept: bool,
}

/// Who wrote what, and whether anybody asked.
struct Asked<'a> {
    network: &'a Network,
    doc: DocId,
    asked: Cell<bool>,
}

enum Read {
    Plan(PlanSaid),
    Notebook(Box<NotebookSaid>),
}

impl AuthorOf for Asked<'_> {
    fn author_of(&self, actor: &[u8]) -> Option<MemberId> {
        self.asked.set(true);
        self.network.author(&self.doc, actor)
    }
}

impl Replica {
    /// Shows what the store remembers of a document that is not loaded. `false`: it is to be read.
    pub(super) fn recall(&mut self, id: &NetworkId, doc: &DocId) -> bool {
        let Some(network) = self.networks.get(id) else {
            return false;
        };
        if !network.is_remembered(doc) || network.loaded.contains_key(doc) {
            return false;
        }
        let row = match self.store.remembered(id, doc) {
            Ok(row) => row.filter(|row| network.is_of_now(doc, row)),
            Err(error) => {
                tracing::debug!(code = error.code(), %doc, "what was remembered does not read: {error}");
                None
            }
        };
        let Some(network) = self.networks.get_mut(id) else {
            return false;
        };
        row.is_some_and(|row| network.show_again(doc, row))
    }

    /// Whether something was read that the store does not remember yet.
    pub(crate) fn has_to_remember(&self) -> bool {
        let mut networks = self.networks.values();
        networks.any(|network| network.to_remember().next().is_some())
    }

    /// Keeps what at most so many documents say that were read since, and are at rest.
    pub(crate) fn remember_said(&mut self, most: usize) {
        let mut left = most;
        for (id, network) in &mut self.networks {
            let docs: Vec<DocId> = network.to_remember().take(left).collect();
            left -= docs.len();
            for doc in docs {
                let said = network.written_down(&doc);
                if let Some(shown) = network.shown.get_mut(&doc) {
                    shown.kept = true;
                }
                if let Some(said) = said {
                    let network = *id;
                    self.pending.push(Write::Remembered { network, doc, said });
                }
            }
        }
    }

    /// Whether what the store remembers of a document, where it would be used, is what the document says.
    pub(super) fn check_remembered(&self, id: &NetworkId, doc: &DocId) -> Result<(), String> {
        let network = self.network_ref(id).map_err(|error| error.message)?;
        let row = self.store.remembered(id, doc);
        let row = row.map_err(|error| error.to_string())?;
        let Some(row) = row.filter(|row| network.is_of_now(doc, row)) else {
            return Ok(());
        };
        let stored = self
            .store
            .load(id, doc)
            .map_err(|error| error.to_string())?;
        let stored = stored.ok_or("its bytes are missing")?;
        let copy = super::documents::stored_copy(*id, *doc, &stored)?;
        let authors = network.authors_in(*doc);
        let same = match network.whose(doc) {
            None if doc.kind() != Some(DocKind::Plan) => true,
            None => PlanSaid::taken_up(&row.bytes) == Some(PlanSaid::read(copy.doc(), &authors)),
            Some(owner) => {
                let read = NotebookSaid::read(copy.doc(), &owner, &authors);
                NotebookSaid::taken_up(&row.bytes) == Some(read)
            }
        };
        let wrong = "what is remembered of it is not what it says";
        same.then_some(()).ok_or_else(|| wrong.to_owned())
    }
}

impl Network {
    /// Whether it is a document of which the store remembers what it says: the plan, and notebooks.
    fn is_remembered(&self, doc: &DocId) -> bool {
        match doc.kind() {
            Some(DocKind::Notebook) => true,
            Some(DocKind::Plan) => *doc == DocId::singleton(&self.id, DocKind::Plan),
            _ => false,
        }
    }

    /// Whose notebook it is, if it is one of somebody who is or was a member.
    fn whose(&self, doc: &DocId) -> Option<MemberId> {
        let former = self.membership.former().map(|former| former.id);
        let mut all = self
            .membership
            .members()
            .map(|member| member.id)
            .chain(former);
        all.find(|member| doc.belongs_to(&self.id, member))
    }

    /// Reads the plan, or another's notebook, which is loaded, and shows what it says.
    pub(super) fn read_to_remember(&mut self, doc: &DocId) {
        let Some(loaded) = self.loaded.get(doc) else {
            return;
        };
        let asked = Asked {
            network: self,
            doc: *doc,
            asked: Cell::new(false),
        };
        let said = match self.views.owner_of(doc) {
            Some(owner) => {
                let said = NotebookSaid::read(loaded.copy.doc(), &owner, &asked);
                Read::Notebook(Box::new(said))
            }
            None => Read::Plan(PlanSaid::read(loaded.copy.doc(), &asked)),
        };
        let shown = asked.shown();
        let read_only = self.read_only(doc);
        match said {
            Read::Notebook(said) => self.views.read_in_notebook(*doc, *said),
            Read::Plan(said) => self.views.show_plan(*doc, said, read_only),
        }
        match shown {
            Some(shown) => drop(self.shown.insert(*doc, shown)),
            None => drop(self.shown.remove(doc)),
        }
    }

    /// What the store has of a document was written anew, and with it went what was remembered.
    pub(super) fn remember_again(&mut self, doc: &DocId) {
        if let Some(shown) = self.shown.get_mut(doc) {
            shown.kept = false;
        }
    }

    /// Whether views show what a document says as it is here now.
    pub(super) fn shows(&self, doc: &DocId) -> bool {
        let shown = self.shown.get(doc);
        shown.is_some_and(|shown| {
            self.heads.get(doc) == Some(&shown.heads) && self.are_acts(&shown.acts)
        })
    }

    fn are_acts(&self, acts: &[u8]) -> bool {
        acts.is_empty() || acts == self.acts.digest()
    }

    /// Documents that were read and are not remembered as they are.
    fn to_remember(&self) -> impl Iterator<Item = DocId> {
        let read = self.shown.iter().filter(|(_, shown)| !shown.kept);
        let docs = read.map(|(doc, _)| *doc);
        docs.filter(|doc| {
            !self.unstored.contains(doc) && !self.views.is_dirty(doc) && self.shows(doc)
        })
    }

    /// What views show of a document, as the store keeps it.
    fn written_down(&self, doc: &DocId) -> Option<Remembered> {
        let shown = self.shown.get(doc)?;
        let bytes = self.views.written_down(doc)?;
        let acts = shown.acts.clone();
        let proof = self.proof(READING, doc, &acts, &bytes)?.to_vec();
        Some(Remembered { acts, proof, bytes })
    }

    /// Whether a row says what the document says as it is here now.
    fn is_of_now(&self, doc: &DocId, row: &Remembered) -> bool {
        let proof = self.proof(READING, doc, &row.acts, &row.bytes);
        self.are_acts(&row.acts) && proof.is_some_and(|proof| row.proof == proof)
    }

    fn show_again(&mut self, doc: &DocId, row: Remembered) -> bool {
        let Some(heads) = self.heads.get(doc).cloned() else {
            return false;
        };
        if !self.views.take_up(doc, &row.bytes) {
            return false;
        }
        let acts = row.acts;
        let kept = true;
        self.shown.insert(*doc, Shown { heads, acts, kept });
        true
    }

    /// What proves that a document as it is here now was read as these bytes, by the code of this name. `None`: it is not here.
    fn proof(&self, reading: &str, doc: &DocId, acts: &[u8], bytes: &[u8]) -> Option<[u8; 32]> {
        let heads: Vec<u8> = self
            .heads
            .get(doc)?
            .iter()
            .flat_map(|head| head.0)
            .collect();
        let mut hasher = blake3::Hasher::new_derive_key("tresse 2026 what a document said");
        let (network, doc) = (self.id.as_bytes(), doc.to_bytes());
        for part in [reading.as_bytes(), network, &doc, &heads, acts, bytes] {
            hasher
                .update(&(part.len() as u64).to_le_bytes())
                .update(part);
        }
        Some(*hasher.finalize().as_bytes())
    }

    /// A row as it would be had code of this name read these bytes.
    #[cfg(test)]
    pub(super) fn as_read_by(
        &self,
        reading: Option<&str>,
        doc: &DocId,
        bytes: Vec<u8>,
    ) -> Remembered {
        let acts = Vec::new();
        let proof = self.proof(reading.unwrap_or(READING), doc, &acts, &bytes);
        let proof = proof.unwrap_or_default().to_vec();
        Remembered { acts, proof, bytes }
    }
}

impl Asked<'_> {
    /// The state of the document of which it was asked. `None`: it is not to be remembered.
    fn shown(&self) -> Option<Shown> {
        let heads = self.network.heads.get(&self.doc)?.clone();
        let asked = self.asked.get();
        if self.network.read_only(&self.doc) {
            return None;
        }
        let acts = asked.then(|| self.network.acts.digest().to_vec());
        Some(Shown {
            heads,
            acts: acts.unwrap_or_default(),
            kept: false,
        })
    }
}
