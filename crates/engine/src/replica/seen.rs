//! What moved since somebody last looked, by what their notebook says they have seen.
//!
//! A mark is a document's newest changes, not a time: what somebody wrote offline weeks ago and that arrives today is new today.

use std::collections::{BTreeMap, BTreeSet};

use automerge::{Automerge, ChangeHash};
use tresse_model::{DocId, Edit, GENESIS_ACTOR, MemberId, NetworkId, SEEN_HEADS};

use super::{Network, Replica};
use crate::{CommandError, Moment, MovedBy, MovedView, SinceView};

/// As many documents as are looked into; of more, only how many is said.
const LOOKED_INTO: usize = crate::digest::MOST_MOVED;

/// What was found in one document after a mark.
pub(super) struct Found {
    /// The mark.
    mark: Vec<ChangeHash>,
    /// How far it was looked.
    heads: Vec<ChangeHash>,
    /// By actor: when last, and how many changes.
    by: BTreeMap<Vec<u8>, (i64, usize)>,
}

impl Replica {
    /// What others changed in a network since `me` last looked.
    pub(super) fn since(
        &mut self,
        id: &NetworkId,
        me: &MemberId,
    ) -> Result<SinceView, CommandError> {
        let network = self.network_ref(id)?;
        if network.views.seen.is_empty() {
            return Ok(SinceView::default());
        }
        let mut docs: Vec<_> = network
            .heads
            .iter()
            .filter(|(doc, heads)| network.moves(doc) && !network.has_seen(doc, heads))
            .map(|(doc, _)| (network.rows.get(doc).map_or(0, |row| row.changed_ms), *doc))
            .collect();
        docs.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
        let more = docs.len().saturating_sub(LOOKED_INTO);
        docs.truncate(LOOKED_INTO);
        let kept: BTreeSet<DocId> = docs.iter().map(|(_, doc)| *doc).collect();
        let found = &mut self.network_mut(id)?.views.found;
        found.retain(|doc, _| kept.contains(doc));
        let mut moved = Vec::new();
        for (_, doc) in docs {
            self.look_into(id, &doc)?;
            moved.extend(self.network_ref(id)?.moved(&doc, me));
        }
        Ok(SinceView {
            ever: true,
            moved,
            more,
        })
    }

    /// Brings what is known of a document after its mark up to date: only what came since last time is read.
    fn look_into(&mut self, id: &NetworkId, doc: &DocId) -> Result<(), CommandError> {
        let network = self.network_mut(id)?;
        let heads = network.heads.get(doc).cloned().unwrap_or_default();
        let mark = network.views.seen.get(doc).cloned().unwrap_or_default();
        let before = network.views.found.remove(doc);
        let mut found = before
            .filter(|found| found.mark == mark)
            .unwrap_or_else(|| Found {
                heads: mark.clone(),
                mark,
                by: BTreeMap::new(),
            });
        if found.heads != heads {
            match self.document(id, doc) {
                // Where my other machine has looked further than what is here, that is awaited.
                Ok(document) if found.go_on(document) => found.heads = heads,
                Ok(_) => {}
                Err(error) => {
                    tracing::debug!(code = %error.code, %doc, "it does not read");
                    found.heads = heads;
                }
            }
        }
        self.network_mut(id)?.views.found.insert(*doc, found);
        Ok(())
    }

    /// Notes in my notebook that I have seen documents as they are now; all of them, if none is named.
    pub(super) fn mark_seen(
        &mut self,
        network: &NetworkId,
        documents: &[DocId],
        moment: &Moment,
    ) -> Result<usize, CommandError> {
        let me = self.me_in(network)?;
        let notebook = DocId::notebook(network, &me);
        let marks = self.read(network, &notebook, |doc, _| tresse_model::read_seen(doc))?;
        let state = self.network_ref(network)?;
        if let Some(doc) = documents.iter().find(|doc| !state.heads.contains_key(doc)) {
            return Err(CommandError::new(
                "no-document",
                format!("there is no {doc} here"),
            ));
        }
        let asked = |doc: &DocId| documents.is_empty() || documents.contains(doc);
        let seen: Vec<_> = state
            .heads
            .iter()
            .filter(|(doc, heads)| {
                let marked = marks.get(doc).is_some_and(|mark| is_mark_of(mark, heads));
                state.moves(doc) && asked(doc) && !marked
            })
            .map(|(doc, heads)| (*doc, heads.clone()))
            .collect();
        let count = seen.len();
        // Nothing to undo: it stays out of the history.
        let as_read = !self.network_ref(network)?.views.is_dirty(&notebook);
        self.apply(network, &notebook, &Edit::MarkSeen { seen }, moment)?;
        if as_read {
            // What else stands in it need not be read again: a notebook may hold a thousand ballots.
            self.network_mut(network)?.views.only_seen(&notebook);
        }
        Ok(count)
    }
}

impl Network {
    /// Whether a document is one of which somebody wants to know that it moved.
    pub(super) fn moves(&self, doc: &DocId) -> bool {
        self.is_shared(doc) && !self.rows.get(doc).is_some_and(|row| row.binned)
    }

    fn has_seen(&self, doc: &DocId, heads: &[ChangeHash]) -> bool {
        let seen = self.views.seen.get(doc);
        seen.is_some_and(|seen| is_mark_of(seen, heads))
    }

    /// Who else changed a document, if anybody did.
    fn moved(&self, doc: &DocId, me: &MemberId) -> Option<MovedView> {
        let found = self.views.found.get(doc)?;
        let mut people: BTreeMap<Option<MemberId>, (i64, usize)> = BTreeMap::new();
        for (actor, (at, changes)) in &found.by {
            let author = self.author(doc, actor);
            let one = people.entry(author).or_insert((*at, 0));
            *one = (one.0.max(*at), one.1 + changes);
        }
        people.remove(&Some(*me));
        let mut people: Vec<_> = people
            .into_iter()
            .map(|(author, (at, changes))| MovedBy {
                name: author.map(|one| self.name_of(&one)).unwrap_or_default(),
                at,
                changes,
            })
            .collect();
        people.sort_by(|a, b| b.at.cmp(&a.at).then_with(|| a.name.cmp(&b.name)));
        let title = self.rows.get(doc).map(|row| row.title.clone());
        (!people.is_empty()).then(|| MovedView {
            doc: *doc,
            title: title.unwrap_or_default(),
            new: found.mark.is_empty(),
            people,
        })
    }
}

/// Whether a mark was set when a document had these heads. (Of very many, a mark names the first.)
fn is_mark_of(mark: &[ChangeHash], heads: &[ChangeHash]) -> bool {
    mark.iter().eq(heads.iter().take(SEEN_HEADS))
}

impl Found {
    /// Counts the changes that came after where it had got to. `false`: that is not here yet.
    fn go_on(&mut self, document: &Automerge) -> bool {
        let known = |head: &&ChangeHash| document.get_change_meta_by_hash(head).is_some();
        let from: Vec<ChangeHash> = self.heads.iter().filter(known).copied().collect();
        // Another machine of mine has looked further than what is here: nothing here is new to me.
        if from.is_empty() && !self.heads.is_empty() {
            return false;
        }
        for change in document.get_changes_meta(&from) {
            let actor = change.actor.to_bytes();
            if change.seq == 1 && actor == GENESIS_ACTOR {
                continue;
            }
            let one = self.by.entry(actor.to_vec()).or_insert((i64::MIN, 0));
            *one = (one.0.max(change.timestamp), one.1 + 1);
        }
        true
    }
}
