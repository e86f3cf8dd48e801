//! Who changed what: a document's history by its verified authors, and what one stretch of it changed.

use std::collections::BTreeSet;

use automerge::{Automerge, ChangeHash};
use tresse_model::{
    At, Difference, DocId, DocKind, NetworkId, changes, compare_charters, compare_networks,
    compare_pages, read_charter, read_network, read_page,
};

use super::Replica;
use crate::{ChangeGroup, CommandError};

/// Changes of one author this close in time (milliseconds) are shown as one.
const TOGETHER: u64 = 10 * 60 * 1000;

impl Replica {
    /// Who changed a document and when, newest first.
    pub fn history(
        &mut self,
        network: &NetworkId,
        doc: &DocId,
    ) -> Result<Vec<ChangeGroup>, CommandError> {
        self.known_document(network, doc)?;
        let changes = changes(self.document(network, doc)?);
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

    /// What differs between two states of a document, told by their heads: the charter, a page, or what the network says of itself.
    pub fn differences(
        &mut self,
        network: &NetworkId,
        doc: &DocId,
        from: &[String],
        to: &[String],
    ) -> Result<Vec<Difference>, CommandError> {
        self.known_document(network, doc)?;
        let document = self.document(network, doc)?;
        let (from, to) = (heads_in(document, from)?, heads_in(document, to)?);
        let (old, new) = (At::heads(document, &from), At::heads(document, &to));
        Ok(match doc.kind() {
            Some(DocKind::Charter) => {
                compare_charters(&read_charter(old, &()), &read_charter(new, &()))
            }
            Some(DocKind::Page) => compare_pages(&read_page(old, &()), &read_page(new, &())),
            Some(DocKind::Network) => {
                compare_networks(&read_network(old, &()), &read_network(new, &()))
            }
            _ => {
                return Err(CommandError::new(
                    "not-text",
                    "this document is not compared word by word",
                ));
            }
        })
    }

    fn known_document(&self, network: &NetworkId, doc: &DocId) -> Result<(), CommandError> {
        if self.network_ref(network)?.heads.contains_key(doc) {
            return Ok(());
        }
        Err(CommandError::new(
            "no-document",
            format!("there is no {doc} here"),
        ))
    }
}

fn named(heads: &BTreeSet<ChangeHash>) -> Vec<String> {
    heads.iter().map(ToString::to_string).collect()
}

fn heads_in(document: &Automerge, heads: &[String]) -> Result<Vec<ChangeHash>, CommandError> {
    let parse = |head: &String| {
        let hash: Option<ChangeHash> = head.parse().ok();
        hash.filter(|hash| document.get_change_meta_by_hash(hash).is_some())
            .ok_or_else(|| {
                let message = format!("there is no state {head} of this document here");
                CommandError::new("unknown-version", message)
            })
    };
    heads.iter().map(parse).collect()
}
