//! List entries and the search index, kept a little behind the text.
//!
//! What lists show of a document changes with it; the search index, which costs a walk
//! over the whole text, follows when the typing rests. A mark in the store says which documents
//! are behind, so that a crash in between loses nothing: they are caught up at the next opening.

use std::{cell::RefCell, collections::HashMap, sync::Arc};

use automerge::Automerge;
use serde::{Serialize, de::DeserializeOwned};
use tresse_model::{DocId, DocKind, NetworkId, excerpt, excerpt_reads, read_page_listed};
use tresse_store::Summary;

use super::{Network, Replica, attachments::page_facts, searched, writes::Write};
use crate::{CommandError, EngineError};

const MARK: &str = "behind/";
/// Where it is kept how much of documents is in the search index of this profile: first of some kinds the text alone, now all words of
/// all kinds.
const REACH: &str = "search.reach";
const REACHED: &[u8] = b"4";
/// How many characters of a text lists show.
pub(super) const EXCERPT: usize = 160;

fn mark(network: &NetworkId, doc: &DocId) -> String {
    format!("{MARK}{network}/{doc}")
}

impl Replica {
    /// Remembers that a document's entry is behind, and keeps what lists show up to date.
    pub(super) fn summarise_soon(&mut self, network: &NetworkId, doc: &DocId) {
        if self.to_summarise.insert((*network, *doc)) {
            self.pending.push(Write::meta(&mark(network, doc), &[]));
        }
        if !self.typed_in.contains(&(*network, *doc)) {
            self.list(network, doc);
        }
    }

    /// Somebody edited a document here: nothing but its text, or something else. What lists show of a text, its first words, is read
    /// once for all that is typed between two commits, and not at each keystroke.
    pub(super) fn only_typed(&mut self, network: &NetworkId, doc: &DocId, text: bool) {
        if text {
            self.typed_in.insert((*network, *doc));
        } else {
            self.typed_in.remove(&(*network, *doc));
        }
    }

    /// Brings the entries of documents in which somebody typed up to date.
    pub(super) fn list_typed(&mut self) {
        for (network, doc) in std::mem::take(&mut self.typed_in) {
            self.list(&network, &doc);
        }
    }

    fn list(&mut self, network: &NetworkId, doc: &DocId) {
        let Some(state) = self.networks.get_mut(network) else {
            return;
        };
        state.list(doc);
        if let Some(row) = state.rows.get(doc) {
            let (network, doc, summary) = (*network, *doc, row.clone());
            self.pending.push(Write::Summary {
                network,
                doc,
                summary,
            });
        }
    }

    /// Catches up at most so many entries that are behind. One whose document does not read stays
    /// behind until the next opening: the others go on.
    pub fn summarise(&mut self, most: usize) {
        for _ in 0..most {
            let Some((network, doc)) = self.to_summarise.pop_first() else {
                return;
            };
            if let Err(error) = self.summarise_one(&network, &doc) {
                tracing::error!(code = %error.code, %doc, "a list entry stays behind: {error}");
            }
        }
    }

    fn summarise_one(&mut self, network: &NetworkId, doc: &DocId) -> Result<(), CommandError> {
        if !self.network_ref(network)?.heads.contains_key(doc) {
            // It was put out of use since.
            let key = mark(network, doc);
            self.pending.push(Write::Forget { key });
            return Ok(());
        }
        self.document(network, doc)?;
        let state = self.network_mut(network)?;
        state.list(doc);
        let Some(loaded) = state.loaded.get(doc) else {
            return Ok(());
        };
        let summary = state.rows.get(doc).cloned().unwrap_or_default();
        let (network, doc) = (*network, *doc);
        let mut writes = vec![
            Write::Summary {
                network,
                doc,
                summary,
            },
            Write::Forget {
                key: mark(&network, &doc),
            },
        ];
        if state.is_searched(&doc) {
            let body = searched::words_of(doc.kind(), loaded.copy.doc());
            let title = state.rows.get(&doc).map(|row| row.title.clone());
            let title = title.unwrap_or_default();
            // Of a long plan most edits are of something else than its words.
            let said = *blake3::hash(format!("{title}\0{body}").as_bytes()).as_bytes();
            if self.network_mut(&network)?.indexed.insert(doc, said) != Some(said) {
                writes.push(Write::Text {
                    network,
                    doc,
                    title,
                    body,
                });
            }
        }
        self.pending.extend(writes);
        Ok(())
    }

    /// Whether [`Replica::summarise`] has something to do.
    pub(crate) fn is_behind(&self) -> bool {
        self.unread() > 0
    }

    /// How many documents the search does not know as they are now.
    pub(crate) fn unread(&self) -> usize {
        self.to_summarise.len()
    }

    pub(super) fn find_stale_summaries(&mut self) -> Result<(), EngineError> {
        for key in self.store.meta_keys(MARK)? {
            let named = key.strip_prefix(MARK).and_then(|rest| rest.split_once('/'));
            if let Some((network, doc)) = named
                && let (Ok(network), Ok(doc)) = (network.parse(), doc.parse())
                && self.networks.contains_key(&network)
            {
                self.to_summarise.insert((network, doc));
            }
        }
        if self.store.meta(REACH)?.as_deref() != Some(REACHED) {
            for (network, state) in &self.networks {
                for doc in state.heads.keys().filter(|doc| state.is_searched(doc)) {
                    self.to_summarise.insert((*network, *doc));
                    self.pending.push(Write::meta(&mark(network, doc), &[]));
                }
            }
            self.pending.push(Write::meta(REACH, REACHED));
        }
        Ok(())
    }
}

impl Network {
    /// Whether the document's words are searched: what members share, and what a member says of themselves.
    pub(super) fn is_searched(&self, doc: &DocId) -> bool {
        let of_member = || {
            let mut members = self.membership.members();
            members.any(|member| doc.belongs_to(&self.id, &member.id))
        };
        self.is_shared(doc) || doc.is_personal() && of_member()
    }

    /// Brings a loaded document's list entry up to date.
    fn list(&mut self, doc: &DocId) {
        let Some(loaded) = self.loaded.get(doc) else {
            return;
        };
        let mut row = self.rows.get(doc).cloned().unwrap_or_default();
        if let Some((changed, actor)) = last_change(loaded.copy.doc()) {
            row.changed_ms = changed;
            row.changed_actor = actor;
        }
        match doc.kind() {
            Some(DocKind::Meeting) => Self::list_meeting(loaded.copy.doc(), &mut row),
            Some(DocKind::Decision) => Self::list_decision(doc, loaded.copy.doc(), &mut row),
            Some(DocKind::Page) => list_page(loaded.copy.doc(), &mut row),
            _ => {}
        }
        self.enter(doc, row);
    }

    fn enter(&mut self, doc: &DocId, row: Summary) {
        let before = self.rows.get(doc);
        if before == Some(&row) {
            return;
        }
        let names = |row: &Summary| {
            (
                row.title.clone(),
                row.tags.clone(),
                row.group.clone(),
                row.binned,
            )
        };
        let same = before.is_some_and(|before| names(before) == names(&row));
        match doc.kind() {
            Some(DocKind::Page) if same => self.views.dirty_words(),
            Some(DocKind::Page | DocKind::Meeting | DocKind::Decision) => {
                self.views.dirty_list(doc);
            }
            // No list shows the others: what follows from them is known once they are read.
            _ => {}
        }
        self.note_files(doc, &row.facts);
        self.rows.insert(*doc, row);
    }
}

/// When the newest change was made, as claimed, and by which actor.
fn last_change(doc: &automerge::Automerge) -> Option<(i64, Vec<u8>)> {
    let heads = doc.get_heads();
    heads
        .iter()
        .filter_map(|head| doc.get_change_meta_by_hash(head))
        .map(|meta| (meta.timestamp, meta.actor.to_bytes().to_vec()))
        .max()
}

fn list_page(doc: &Automerge, row: &mut Summary) {
    let page = read_page_listed(doc, excerpt_reads(EXCERPT));
    row.title = page.title;
    row.tags = page.tags;
    row.binned = page.binned;
    row.group = page
        .group
        .map(|group| group.to_string())
        .unwrap_or_default();
    row.facts = page_facts(doc);
    row.excerpt = excerpt(&page.body, EXCERPT);
}

/// What a kind keeps in lists beside what all have.
pub(super) fn kept(facts: &impl Serialize) -> String {
    serde_json::to_string(facts).unwrap_or_default()
}

/// What a kind kept in lists. What another version wrote otherwise is passed over until the document is next listed.
pub(super) fn told<T: DeserializeOwned + Default>(facts: &str) -> T {
    serde_json::from_str(facts).unwrap_or_default()
}

/// What the list keeps of each document of a kind, beside the text that it was read from: a thousand of them are read once, and not at
/// every edit of the plan.
pub(super) struct KnownFacts<T>(RefCell<HashMap<DocId, (String, Arc<T>)>>);

impl<T> Default for KnownFacts<T> {
    fn default() -> Self {
        Self(RefCell::default())
    }
}

impl<T: DeserializeOwned + Default> KnownFacts<T> {
    pub(super) fn of(&self, doc: &DocId, text: &str) -> Arc<T> {
        let mut known = self.0.borrow_mut();
        if let Some((before, facts)) = known.get(doc)
            && before == text
        {
            return Arc::clone(facts);
        }
        let facts: Arc<T> = Arc::new(told(text));
        known.insert(*doc, (text.to_owned(), Arc::clone(&facts)));
        facts
    }
}
