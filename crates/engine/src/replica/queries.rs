//! Questions about what a replica holds: search, digest, proof.

use std::collections::BTreeMap;

use automerge::Automerge;
use tresse_model::{AuthorOf, DeviceId, DocId, DocKind, MemberId, NetworkId, fold};
use tresse_store::{BackupJob, Covers, Hit, StoreError, Threshold, vault::KeyFile};

use super::{DAMAGED, Replica, documents::stored_copy};
use crate::{CommandError, Moment, Search, SearchHit};

const HITS: usize = 50;

/// Something `check` found wrong.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Problem {
    /// A stable word for scripts.
    pub code: String,
    /// What was seen, in English.
    pub message: String,
    /// The document, where it is one's.
    pub document: Option<DocId>,
}

impl Replica {
    /// The charters, pages, minutes, decisions, resources and years of the watch whose text or title has these words, best first.
    pub fn search(&mut self, search: &Search) -> Result<Vec<SearchHit>, CommandError> {
        if let Some(network) = &search.network {
            self.network_ref(network)?;
        }
        if self.is_behind() {
            self.summarise(CAUGHT_UP);
            self.commit()?;
        }
        let author = fold(search.author.trim());
        let network = search.network.as_ref();
        let hits = self.store.search(network, &search.words, HITS, |hit| {
            let kind = hit.doc.kind();
            // Who has left does not speak of themselves any more.
            let network = self.networks.get(&hit.network);
            network.is_some_and(|network| network.is_searched(&hit.doc))
                && (search.kinds.is_empty()
                    || kind.is_some_and(|kind| search.kinds.contains(&kind)))
                && search.from.is_none_or(|from| hit.changed_ms >= from)
                && search.until.is_none_or(|until| hit.changed_ms < until)
                && (author.is_empty() || fold(&self.last_author(hit)).contains(&author))
        })?;
        Ok(hits
            .into_iter()
            .map(|hit| SearchHit {
                network: hit.network,
                kind: hit
                    .doc
                    .kind()
                    .map(DocKind::word)
                    .unwrap_or_default()
                    .to_owned(),
                doc: hit.doc,
                author: self.last_author(&hit),
                title: self.title_of(&hit),
                excerpt: hit.excerpt,
                marks: hit.marks,
                at: hit.changed_ms,
            })
            .collect())
    }

    /// Its title; of a notebook, whose it is.
    fn title_of(&self, hit: &Hit) -> String {
        let network = self.networks.get(&hit.network);
        let owner = network
            .filter(|_| hit.doc.is_personal())
            .and_then(|network| {
                let mut members = network.membership.members();
                let owner = members.find(|one| hit.doc.belongs_to(&network.id, &one.id))?;
                Some(network.name_of(&owner.id))
            });
        owner.unwrap_or_else(|| hit.title.clone())
    }

    fn last_author(&self, hit: &Hit) -> String {
        let network = self.networks.get(&hit.network);
        network.map_or_else(String::new, |network| {
            network.author_name(&hit.doc, &hit.changed_actor)
        })
    }

    /// Every document and its heads, for comparing two peers.
    pub fn digest(
        &self,
        network: &NetworkId,
    ) -> Result<BTreeMap<String, Vec<String>>, CommandError> {
        let heads = &self.network_ref(network)?.heads;
        Ok(heads
            .iter()
            .map(|(doc, heads)| {
                (
                    doc.to_string(),
                    heads.iter().map(ToString::to_string).collect(),
                )
            })
            .collect())
    }

    /// How many documents a network has here.
    pub fn documents(&self, network: &NetworkId) -> usize {
        self.networks
            .get(network)
            .map_or(0, |network| network.heads.len())
    }

    pub(super) fn read<T>(
        &mut self,
        id: &NetworkId,
        doc: &DocId,
        read: impl Fn(&Automerge, &dyn AuthorOf) -> T,
    ) -> Result<T, CommandError> {
        self.document(id, doc)?;
        let network = self.network_ref(id)?;
        let loaded = network
            .loaded
            .get(doc)
            .ok_or_else(|| CommandError::new("damaged", format!("{doc} could not be kept open")))?;
        Ok(read(loaded.copy.doc(), &network.authors_in(*doc)))
    }

    /// The name of the person who owns a device, as known here.
    pub fn device_owner_name(&self, network: &NetworkId, device: &DeviceId) -> String {
        self.device_owner(network, device).1
    }

    /// The person whose device it is or was, and their name, as known here; for somebody unknown the device's own short name.
    pub(crate) fn device_owner(
        &self,
        network: &NetworkId,
        device: &DeviceId,
    ) -> (Option<MemberId>, String) {
        let owner = self.networks.get(network).and_then(|network| {
            let member = network.membership.owner(device)?;
            Some((Some(member), network.name_of(&member)))
        });
        owner.unwrap_or_else(|| (None, device.short()))
    }

    /// Compacts one document whose changes outgrew its snapshot, or that had to be read to be given to a newcomer, if there is one.
    pub(crate) fn compact_one(&mut self) -> Result<bool, CommandError> {
        if self.uncommitted() > 0 {
            return Ok(false);
        }
        while let Some((network, doc)) = self.given.pop_first() {
            // It may have been put aside meanwhile.
            if self.has_document(&network, &doc) && self.compact_what_reads(&network, &doc)? {
                return Ok(true);
            }
        }
        if self.appended < COMPACT_AFTER {
            return Ok(false);
        }
        for (network, doc) in self.store.to_compact(Threshold::default())? {
            if self.compact_what_reads(&network, &doc)? {
                return Ok(true);
            }
        }
        self.appended = 0;
        Ok(false)
    }

    /// `false`: it is damaged, and stays as it is.
    fn compact_what_reads(
        &mut self,
        network: &NetworkId,
        doc: &DocId,
    ) -> Result<bool, CommandError> {
        match self.compact(network, doc) {
            Ok(()) => Ok(true),
            Err(error) if error.code == DAMAGED => Ok(false),
            Err(error) => Err(error),
        }
    }

    pub(super) fn compact(&mut self, network: &NetworkId, doc: &DocId) -> Result<(), CommandError> {
        let copy = self.copy(network, doc)?;
        let heads: Vec<_> = copy.heads().iter().map(|head| head.0).collect();
        let snapshot = copy.doc().save();
        self.store
            .batch(|batch| batch.replace_snapshot(network, doc, &snapshot, Covers::All, &heads))?;
        self.network_mut(network)?.remember_again(doc);
        Ok(())
    }

    /// Proves the profile: the store's own checks, then every act, document and head.
    pub fn check(&mut self) -> Vec<Problem> {
        let mut problems: Vec<_> = self
            .store
            .check(hash_of_change)
            .into_iter()
            .map(|problem| Problem {
                code: problem.code.word().to_owned(),
                message: problem.what,
                document: problem.doc,
            })
            .collect();
        for network in self.network_ids() {
            let rows = match self.store.documents(&network) {
                Ok(rows) => rows,
                Err(error) => {
                    problems.push(problem("store", error.to_string(), None));
                    continue;
                }
            };
            for row in rows {
                if let Err(what) = self.check_document(&network, &row) {
                    problems.push(problem("document", what, Some(row.doc)));
                } else if let Err(what) = self.check_remembered(&network, &row.doc) {
                    problems.push(problem("remembered", what, Some(row.doc)));
                }
            }
        }
        problems
    }

    pub(super) fn check_document(
        &self,
        network: &NetworkId,
        row: &tresse_store::DocumentRow,
    ) -> Result<(), String> {
        let stored = self
            .store
            .load(network, &row.doc)
            .map_err(|error| error.to_string())?
            .ok_or("its bytes are missing")?;
        let copy = stored_copy(*network, row.doc, &stored)?;
        let mut heads: Vec<_> = copy.heads().iter().map(|head| head.0).collect();
        let mut listed = row.heads.clone();
        heads.sort_unstable();
        listed.sort_unstable();
        if heads != listed {
            return Err("its newest changes are not the ones listed".into());
        }
        if let (Some(kind), Some(said)) = (row.doc.kind(), tresse_model::kind(copy.doc()))
            && kind != said
        {
            return Err(format!("it says it is a {}", said.word()));
        }
        let members = &self.network_ref(network).map_err(|e| e.message)?.membership;
        copy.prove(members).map_err(|refusal| refusal.to_string())
    }

    /// Mends what can be mended without guessing: indexes, and heads and list entries from the documents. What
    /// nobody vouches for is taken out of use.
    pub fn repair(&mut self, moment: &Moment) -> Result<(), CommandError> {
        self.store.rebuild_indexes()?;
        self.store.forget_remembered()?;
        for network in self.network_ids() {
            for row in self.store.documents(&network)? {
                // What cannot be read is put aside below.
                let Ok(Some(stored)) = self.store.load(&network, &row.doc) else {
                    continue;
                };
                let Ok(copy) = stored_copy(network, row.doc, &stored) else {
                    continue;
                };
                let heads: Vec<_> = copy.heads().iter().map(|head| head.0).collect();
                self.store
                    .batch(|batch| batch.append(&network, &row.doc, &[], &heads))?;
                self.to_summarise.insert((network, row.doc));
            }
        }
        self.put_aside_unproved(moment)?;
        self.summarise(usize::MAX);
        self.commit()?;
        Ok(())
    }

    /// What copies the whole profile into a new file while it is in use, on whatever thread; `keys` opens the copy.
    ///
    /// # Errors
    /// Where the profile's files are gone and what is left of them does not read.
    pub fn backup_job(&mut self, keys: KeyFile) -> Result<BackupJob, StoreError> {
        if !self.store.is_in_place() {
            self.put_for_backup()?;
        }
        self.store.backup_job(keys)
    }
}

/// So many documents are brought up to date before a search answers; more follow when there is time.
pub const CAUGHT_UP: usize = 256;

/// How many appended changes make it worth asking what to compact.
pub(super) const COMPACT_AFTER: usize = 200;

fn problem(code: &str, message: String, document: Option<DocId>) -> Problem {
    Problem {
        code: code.into(),
        message,
        document,
    }
}

/// A stored change's own hash, or `None` if it is not a change.
fn hash_of_change(bytes: &[u8]) -> Option<[u8; 32]> {
    automerge::Change::from_bytes(bytes.to_vec())
        .ok()
        .map(|change| change.hash().0)
}
