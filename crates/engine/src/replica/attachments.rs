//! Files attached to pages and meetings: what documents say of them, who may have them, which are wanted here.

use std::collections::{BTreeMap, BTreeSet};

use automerge::Automerge;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use tresse_model::{
    Attachment, AttachmentEdit, BlobId, DocId, DocKind, Edit, EditError, FileRecord, ItemId,
    NetworkId, read_meeting, read_page,
};
use tresse_net::Circle;

use super::{Network, Replica, edits::Planned, writes::Write};
use crate::{
    AttachmentCommand, CommandError, FileRow, KeepFiles, Moment, attachment_view::FileFact,
};

/// What the list keeps of a page's files. A meeting keeps the same among what else it does.
#[derive(Serialize, Deserialize, Default)]
struct FilesOf {
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    files: Vec<FileFact>,
}

/// What lists keep of a page.
pub(super) fn page_facts(doc: &Automerge) -> String {
    let files = file_facts(doc);
    if files.is_empty() {
        return String::new();
    }
    super::summaries::kept(&FilesOf { files })
}

/// What lists keep of the files of a page or a meeting.
pub(super) fn file_facts(doc: &Automerge) -> Vec<FileFact> {
    let files = tresse_model::files_in(doc).into_iter();
    files
        .map(|(id, file, off)| FileFact {
            id,
            name: file.name,
            size: file.size,
            blob: file.blob,
            off,
        })
        .collect()
}

/// Where it is kept which files of a network this machine fetches by itself.
pub(super) fn keep_key(network: &NetworkId) -> String {
    format!("files/{network}")
}

impl Network {
    /// Takes in what a list entry says of a document's files.
    pub(super) fn note_files(&mut self, doc: &DocId, facts: &str) {
        let takes = matches!(doc.kind(), Some(DocKind::Page | DocKind::Meeting));
        let files = if takes && facts.contains("\"files\"") {
            super::summaries::told::<FilesOf>(facts).files
        } else {
            Vec::new()
        };
        let before = self.files.get(doc).map_or(&[][..], Vec::as_slice);
        if before == files {
            return;
        }
        self.files_changed = true;
        if files.is_empty() {
            self.files.remove(doc);
        } else {
            self.files.insert(*doc, files);
        }
    }

    /// Every file that is attached, by the title of where, then by name.
    pub(super) fn file_rows(&self) -> Vec<FileRow> {
        let files = self.files.iter().flat_map(|(doc, files)| {
            let row = self.rows.get(doc);
            let title = row.map(|row| row.title.clone()).unwrap_or_default();
            let shown = files.iter().filter(|file| !file.off);
            shown.map(move |file| FileRow {
                id: file.id,
                doc: *doc,
                title: title.clone(),
                name: file.name.clone(),
                size: file.size,
                blob: file.blob,
            })
        });
        let mut rows: Vec<FileRow> = files.collect();
        rows.sort_by_cached_key(|row| (row.title.to_lowercase(), row.name.to_lowercase(), row.id));
        rows
    }

    fn blobs(&self) -> BTreeSet<BlobId> {
        let files = self.files.values().flatten();
        files.map(|file| file.blob).collect()
    }
}

impl Replica {
    /// Carries out what is asked about attachments and needs no file.
    pub(super) fn attachment_command(
        &mut self,
        command: &AttachmentCommand,
        moment: &Moment,
    ) -> Result<Value, CommandError> {
        match *command {
            AttachmentCommand::Remove {
                network,
                attachment: id,
                restore,
            } => {
                let doc = self.attached_to(&network, &id)?;
                let edit = Edit::Attachment(AttachmentEdit::Remove { id, restore });
                self.carry_out(Planned::new(network, doc, edit), moment)
            }
            AttachmentCommand::Keep {
                network,
                always,
                most,
                total,
            } => {
                let state = self.network_mut(&network)?;
                let most = most.unwrap_or(state.keep_files.most);
                let total = total.unwrap_or(state.keep_files.total);
                state.keep_files = KeepFiles {
                    always,
                    most,
                    total,
                };
                let kept = super::summaries::kept(&state.keep_files);
                state.views.dirty_all();
                self.pending
                    .push(Write::meta(&keep_key(&network), kept.as_bytes()));
                Ok(json!({ "always": always, "most": most, "total": total }))
            }
            // These need the folder of files: the core sees to them.
            AttachmentCommand::Add { .. }
            | AttachmentCommand::Fetch { .. }
            | AttachmentCommand::Stop { .. }
            | AttachmentCommand::Save { .. } => Err(CommandError::new(
                "unknown-command",
                "this command is not known here",
            )),
        }
    }

    /// The page or meeting that an attachment is of, removed or not.
    fn attached_to(&self, network: &NetworkId, id: &ItemId) -> Result<DocId, CommandError> {
        let files = &self.network_ref(network)?.files;
        let mut found = files
            .iter()
            .filter(|(_, files)| files.iter().any(|file| file.id == *id));
        found
            .next()
            .map(|(doc, _)| *doc)
            .ok_or_else(|| no_attachment(id))
    }

    /// An attachment that shows, and where.
    pub(crate) fn attachment(
        &mut self,
        network: &NetworkId,
        id: &ItemId,
    ) -> Result<(DocId, Attachment), CommandError> {
        let doc = self.attached_to(network, id)?;
        let read = self.document(network, &doc)?;
        let files = match doc.kind() {
            Some(DocKind::Meeting) => read_meeting(read, &()).attachments,
            _ => read_page(read, &()).attachments,
        };
        let mut files = files.into_iter();
        let found = files.find(|file| file.id == *id);
        Ok((doc, found.ok_or_else(|| no_attachment(id))?))
    }

    /// Refuses what could not be attached anyway, before a file is read for it.
    pub(crate) fn may_attach(
        &mut self,
        network: &NetworkId,
        doc: &DocId,
    ) -> Result<(), CommandError> {
        let kind = match doc.kind() {
            Some(DocKind::Meeting) => DocKind::Meeting,
            _ => DocKind::Page,
        };
        self.known(network, *doc, kind)?;
        self.may_edit(network, doc)
    }

    /// Attaches a file whose ciphertext is kept already.
    pub(crate) fn attach(
        &mut self,
        network: &NetworkId,
        doc: &DocId,
        (id, file): (ItemId, FileRecord),
        moment: &Moment,
    ) -> Result<Value, CommandError> {
        self.may_attach(network, doc)?;
        let size = file.size;
        let file = Box::new(file);
        let edit = Edit::Attachment(AttachmentEdit::Add { id, file });
        self.carry_out(Planned::new(*network, *doc, edit), moment)?;
        Ok(json!({ "attachment": id, "size": size }))
    }

    /// Whether what documents say of files changed since the last call.
    pub(crate) fn take_files_changed(&mut self) -> bool {
        let networks = self.networks.values_mut();
        networks.fold(false, |changed, network| {
            std::mem::take(&mut network.files_changed) | changed
        })
    }

    /// Who may have which files: of each network its members' devices, and the files of its documents.
    pub(crate) fn circles(&self) -> Vec<Circle> {
        let networks = self.networks.values();
        networks
            .map(|network| Circle {
                devices: network.membership.devices().copied().collect(),
                blobs: network.blobs(),
            })
            .filter(|circle| !circle.blobs.is_empty())
            .collect()
    }

    /// The files that are attached anywhere: those that must not go. Of a network that is closed too.
    pub(crate) fn files_wanted(&self) -> BTreeSet<BlobId> {
        let networks = self.networks.values();
        let files = networks.flat_map(|network| network.files.values().flatten());
        files
            .filter(|file| !file.off)
            .map(|file| file.blob)
            .collect()
    }

    /// Of these files, those that are attached, the smallest first.
    pub(crate) fn files_among(&self, blobs: &BTreeSet<BlobId>) -> Vec<(NetworkId, FileRow)> {
        if blobs.is_empty() {
            return Vec::new();
        }
        let rows = self.networks.iter().flat_map(|(id, network)| {
            let rows = network.file_rows().into_iter();
            rows.map(move |row| (*id, row))
        });
        let mut files: Vec<_> = rows.filter(|(_, row)| blobs.contains(&row.blob)).collect();
        files.sort_by_key(|(_, row)| row.size);
        files
    }

    /// The files that this machine is to fetch by itself, the smallest first: of each network no more in all than its setting says, with what
    /// `is_here`.
    pub(crate) fn files_to_keep(
        &self,
        is_here: impl Fn(&BlobId) -> bool,
    ) -> Vec<(NetworkId, FileRow)> {
        let mut files = Vec::new();
        for (id, network) in &self.networks {
            let keep = network.keep_files;
            if !keep.always {
                continue;
            }
            let (here, mut rows): (Vec<FileRow>, Vec<FileRow>) = network
                .file_rows()
                .into_iter()
                .partition(|row| is_here(&row.blob));
            let here: BTreeMap<BlobId, u64> =
                here.into_iter().map(|row| (row.blob, row.size)).collect();
            let mut taken = here
                .values()
                .fold(0_u64, |sum, size| sum.saturating_add(*size));
            rows.sort_by_key(|row| row.size);
            let mut counted = BTreeSet::new();
            for row in rows {
                // The same file attached in two places takes its room once.
                let anew = counted.insert(row.blob);
                let size = if anew { row.size } else { 0 };
                if keep.takes(row.size) && keep.has_room(taken, size) {
                    taken += size;
                    files.push((*id, row));
                }
            }
        }
        files.sort_by_key(|(_, row)| row.size);
        files
    }
}

fn no_attachment(id: &ItemId) -> CommandError {
    EditError::NotFound {
        what: "attachment",
        id: id.to_string(),
    }
    .into()
}
