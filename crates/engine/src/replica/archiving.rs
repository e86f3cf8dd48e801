//! What is archived of a network, and what is known of the archive made last.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use tresse_model::{DocKind, NetworkId};
use tresse_report::Archived;

use super::{Exporting, Network, Replica, writes::Write};
use crate::{ArchiveView, CommandError, Moment, NetworkView};

/// Whether archives are made here without being asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Archives {
    /// Once a network is closed.
    ByItself,
    /// Only when asked for: the profile is protected, and an archive is not.
    WhenAsked,
}

/// The archive made last.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Kept {
    /// The act since which the network is as it was then.
    turn: String,
    /// What the documents were.
    state: String,
    folder: String,
    on: String,
}

impl Network {
    /// Which turn was last: the act since which the network is closed, or open again.
    fn archived_turn(&self) -> String {
        let turn = self.membership.turned_by();
        turn.map(|act| act.to_string()).unwrap_or_default()
    }

    /// Names the state of what is archived: which turn was last; every document by its newest changes; and of notebooks, in
    /// which each notes what they looked at, what they say. Views must be fresh.
    fn archived_state(&self) -> (String, String) {
        let mut hasher = blake3::Hasher::new();
        let documents = self.heads.iter();
        for (doc, heads) in documents.filter(|(doc, _)| doc.kind() != Some(DocKind::Notebook)) {
            hasher.update(&doc.to_bytes());
            for head in heads {
                hasher.update(&head.0);
            }
        }
        for (notebook, said) in self.views.said_in() {
            hasher.update(&notebook.to_bytes());
            hasher.update(&said);
        }
        let state = hasher.finalize().to_hex().to_string();
        (self.archived_turn(), state)
    }

    /// The archive made last. Views must be fresh.
    pub(super) fn archive_view(&self) -> Option<ArchiveView> {
        let kept = self.archive.as_ref()?;
        let of_this = kept.turn == self.archived_turn();
        Some(ArchiveView {
            folder: kept.folder.clone(),
            on: kept.on.clone(),
            // While the network goes on after it, nothing has to be looked at to know.
            current: of_this && kept.state == self.archived_state().1,
            of_this,
        })
    }
}

impl Replica {
    /// The closed networks of which no archive was made as they are now; and whether none was made at all since they closed.
    pub(crate) fn archives_due(&mut self) -> Vec<(NetworkId, bool)> {
        let networks = self.networks.values();
        let closed = networks.filter(|network| network.membership.closed().is_some());
        let closed: Vec<NetworkId> = closed.map(|network| network.id).collect();
        let mut due = Vec::new();
        for id in closed {
            if let Err(error) = self.refresh(&id) {
                tracing::warn!(code = %error.code, "what is archived does not read: {error}");
                continue;
            }
            let archive = self.networks.get(&id).and_then(Network::archive_view);
            match archive {
                Some(archive) if archive.current => {}
                archive => due.push((id, !archive.is_some_and(|one| one.of_this))),
            }
        }
        due
    }

    /// Everything that goes into an archive of a network, of which all documents are gathered.
    pub(crate) fn archived(
        &mut self,
        view: &NetworkView,
        mut gathered: Exporting,
        moment: &Moment,
    ) -> Result<Archived, CommandError> {
        let id = view.id;
        let documents = gathered.take_saved();
        let content = gathered.end(self)?;
        let network = self.network_ref(&id)?;
        let acts = network.acts.iter();
        let acts = acts.map(|act| (act.id().to_string(), act.bytes().to_vec()));
        let acts: Vec<_> = acts.collect();
        let founded = network.acts.iter().find(|act| act.act().after.is_empty());
        let founded = founded.map(|act| act.act().at_ms);
        let mut report = crate::final_report::report(view, &content.charter.language, moment);
        let given = network.contributions_view(&view.plan, &view.members, &moment.today());
        report.contributions = crate::final_report::contributions(&given);
        report.founded = founded.map(crate::final_report::day).unwrap_or_default();
        report.pages = content.pages.len();
        Ok(Archived {
            report,
            content,
            documents,
            acts,
            // Which of them are here is not known in documents.
            attached: Vec::new(),
        })
    }

    /// Keeps where the archive lies that was made of this state.
    pub(crate) fn keep_archive(
        &mut self,
        id: &NetworkId,
        (turn, state): (String, String),
        folder: &str,
        moment: &Moment,
    ) -> Result<(), CommandError> {
        let kept = Kept {
            turn,
            state,
            folder: folder.to_owned(),
            on: moment.today(),
        };
        let bytes = serde_json::to_vec(&kept)
            .map_err(|error| CommandError::new("internal", error.to_string()))?;
        let network = self.network_mut(id)?;
        network.archive = Some(kept);
        network.views.dirty_all();
        self.pending.push(Write::meta(&archive_key(id), &bytes));
        Ok(())
    }

    /// The state of a network that an archive is made of.
    pub(crate) fn archived_state(
        &mut self,
        id: &NetworkId,
    ) -> Result<(String, String), CommandError> {
        self.refresh(id)?;
        Ok(self.network_ref(id)?.archived_state())
    }
}

/// What to answer once an archive is there.
pub(crate) fn archive_answer(folder: &str, files: usize) -> Value {
    json!({ "folder": folder, "files": files })
}

/// Where the profile keeps what it knows of a network's archive.
pub(super) fn archive_key(id: &NetworkId) -> String {
    format!("archive/{id}")
}
