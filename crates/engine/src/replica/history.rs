//! Who changed what: a document's history by its verified authors, copies of documents to look at, and passages put back.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use automerge::{Automerge, ChangeHash};
use serde_json::{Value, json};
use tresse_model::{DocId, DocKind, Edit, MemberId, NetworkId, Passage, restoring, timeline};

use super::{Network, Replica};
use crate::{
    ChangeGroup, CommandError, Moment, PassageAt,
    past::{Lent, heads_in},
};

/// Changes of one author this close in time (milliseconds) are shown as one.
const TOGETHER: u64 = 10 * 60 * 1000;

/// The document that was looked at last, as it was then: one who moves through its past asks for it again and again.
pub(super) struct Looked {
    network: NetworkId,
    id: DocId,
    heads: Vec<ChangeHash>,
    doc: Arc<Automerge>,
}

impl Replica {
    /// Who changed a document and when, newest first: the same on every machine that has the same changes.
    pub fn history(
        &mut self,
        network: &NetworkId,
        doc: &DocId,
    ) -> Result<Vec<ChangeGroup>, CommandError> {
        self.known_document(network, doc)?;
        let changes = timeline(self.document(network, doc)?, TOGETHER);
        let network = self.network_ref(network)?;
        let mut groups: Vec<ChangeGroup> = Vec::new();
        let mut last_actor = Vec::new();
        let mut heads: BTreeSet<ChangeHash> = BTreeSet::new();
        for change in changes {
            let before = named(&heads);
            for dep in &change.deps {
                heads.remove(dep);
            }
            heads.insert(change.hash);
            let joins = groups.last().is_some_and(|group| {
                last_actor == change.actor && change.time_ms.abs_diff(group.to) <= TOGETHER
            });
            if let Some(group) = groups.last_mut().filter(|_| joins) {
                group.to = change.time_ms;
                group.changes += 1;
                group.heads = named(&heads);
                continue;
            }
            let author = network.author(doc, &change.actor);
            groups.push(ChangeGroup {
                author,
                name: author
                    .map(|member| network.name_of(&member))
                    .unwrap_or_default(),
                device: network.author_device(doc, &change.actor),
                from: change.time_ms,
                to: change.time_ms,
                changes: 1,
                before,
                heads: named(&heads),
            });
            last_actor = change.actor;
        }
        groups.reverse();
        Ok(groups)
    }

    /// Lends a copy of a document to whoever wants to look at its past, so that nothing here waits for that.
    pub(crate) fn lend(&mut self, network: &NetworkId, doc: &DocId) -> Result<Lent, CommandError> {
        self.known_document(network, doc)?;
        let document = self.document(network, doc)?;
        let heads = document.get_heads();
        let known = self.looked.take().filter(|looked| {
            looked.network == *network && looked.id == *doc && looked.heads == heads
        });
        let looked = match known {
            Some(looked) => looked,
            None => Looked {
                network: *network,
                id: *doc,
                heads,
                doc: Arc::new(self.document(network, doc)?.clone()),
            },
        };
        let titles = self.titles_for(network, doc)?;
        let state = self.network_ref(network)?;
        let lent = Lent {
            network: *network,
            id: *doc,
            doc: Arc::clone(&looked.doc),
            authors: state.authors_of(doc),
            names: state.names(),
            titles,
            writable: self.may_edit(network, doc).is_ok(),
        };
        self.looked = Some(looked);
        Ok(lent)
    }

    /// What things are called that a document of this kind names by their ids.
    fn titles_for(
        &mut self,
        network: &NetworkId,
        doc: &DocId,
    ) -> Result<BTreeMap<String, String>, CommandError> {
        let mut titles = BTreeMap::new();
        if !matches!(
            doc.kind(),
            Some(DocKind::Meeting | DocKind::Decision | DocKind::Network)
        ) {
            return Ok(titles);
        }
        // Without a plan that can be read, nothing in it has a name.
        let known = self.network_ref(network)?.views.plan();
        let known = known.map(|plan| plan.content.clone());
        if let Some(plan) = known.or_else(|| self.plan(network).ok()) {
            let groups = plan.groups.into_iter().map(|one| (one.id, one.name));
            let actions = plan.actions.into_iter().map(|one| (one.id, one.title));
            titles.extend(
                groups
                    .chain(actions)
                    .map(|(id, title)| (id.to_string(), title)),
            );
        }
        let rows = &self.network_ref(network)?.rows;
        titles.extend(
            rows.iter()
                .map(|(doc, row)| (doc.to_string(), row.title.clone())),
        );
        Ok(titles)
    }

    /// Puts a passage of an earlier state of a text back, in place of what came instead of it.
    pub(super) fn restore_passage(
        &mut self,
        network: &NetworkId,
        doc: &DocId,
        passage: &PassageAt,
        instead: Option<&PassageAt>,
        moment: &Moment,
    ) -> Result<Value, CommandError> {
        self.known_document(network, doc)?;
        let document = self.document(network, doc)?;
        let stood = |passage: &PassageAt| {
            let heads = heads_in(document, &passage.state)?;
            Ok::<_, CommandError>(Passage {
                heads,
                at: passage.at,
                len: passage.length,
            })
        };
        let instead = instead.map(stood).transpose()?;
        let back = restoring(document, &stood(passage)?, instead.as_ref())?;
        let edit = Edit::SpliceText {
            splices: back.splices,
        };
        let applied = self.apply(network, doc, &edit, moment)?;
        if applied.changed {
            self.text_landed(network, doc, &applied.splices);
            self.network_mut(network)?.undo.did(*doc, applied.undo);
        }
        let restored: usize = applied
            .splices
            .iter()
            .map(|splice| splice.insert.chars().count())
            .sum();
        Ok(json!({ "restored": restored, "exact": back.exact }))
    }

    pub(super) fn known_document(
        &self,
        network: &NetworkId,
        doc: &DocId,
    ) -> Result<(), CommandError> {
        if self.network_ref(network)?.heads.contains_key(doc) {
            return Ok(());
        }
        Err(CommandError::new(
            "no-document",
            format!("there is no {doc} here"),
        ))
    }
}

impl Network {
    /// Everybody who is or was a member, by name.
    fn names(&self) -> BTreeMap<MemberId, String> {
        let members = self.membership.members().map(|member| member.id);
        let former = self.membership.former().map(|former| former.id);
        let all = members.chain(former);
        all.map(|member| (member, self.name_of(&member))).collect()
    }
}

fn named(heads: &BTreeSet<ChangeHash>) -> Vec<String> {
    heads.iter().map(ToString::to_string).collect()
}
