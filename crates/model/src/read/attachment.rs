//! Reading the attachments of a page or a meeting.

use automerge::{Automerge, ObjId, ROOT, ReadDoc, ScalarValueRef, ValueRef};

use super::{Row, is_on};
use crate::{Attachment, FileRecord, ItemId, MOST_FILES, keys};

impl Row<'_> {
    /// What is attached and not removed, the oldest first; no more than are listed.
    pub(super) fn attachments(&self) -> Vec<Attachment> {
        let fields = self.fields.iter();
        let records = fields.filter_map(|field| {
            let id: ItemId = field.key.strip_prefix(keys::FILE)?.parse().ok()?;
            if self.mark(&keys::file_off(&id)) {
                return None;
            }
            let ValueRef::Scalar(ScalarValueRef::Str(text)) = &field.value else {
                return None;
            };
            let by = match field.id() {
                ObjId::Id(_, actor, _) => self.authors.author_of(actor.to_bytes()),
                ObjId::Root => None,
            };
            let record = FileRecord::read(text)?;
            Some(Attachment {
                id,
                name: record.name,
                size: record.size,
                media: record.media,
                blob: record.blob,
                key: record.key,
                at: record.at,
                by,
            })
        });
        let mut attachments: Vec<Attachment> = records.take(MOST_FILES).collect();
        attachments.sort_by(|a, b| a.at.cmp(&b.at).then(a.id.cmp(&b.id)));
        attachments
    }
}

/// How many attachments a document shows.
pub(crate) fn attached(doc: &impl ReadDoc) -> usize {
    let fields = doc.map_range(ROOT, keys::FILE.to_owned()..);
    let under = fields.take_while(|field| field.key.starts_with(keys::FILE));
    let (mut there, mut off) = (0_usize, 0_usize);
    for field in under {
        if field.key.ends_with(keys::OFF) {
            off += usize::from(is_on(&field));
        } else if let ValueRef::Scalar(ScalarValueRef::Str(text)) = &field.value {
            // What is no record is nobody's file, and takes nobody's place.
            let id = field.key.strip_prefix(keys::FILE).map(str::parse::<ItemId>);
            let sound = id.is_some_and(|id| id.is_ok()) && FileRecord::read(text).is_some();
            there += usize::from(sound);
        }
    }
    there.saturating_sub(off)
}

/// Every attachment that a document speaks of: its id, what is said of it, and whether it was removed and may be brought back.
pub fn files_in(doc: &Automerge) -> Vec<(ItemId, FileRecord, bool)> {
    let row = Row::new(doc.into(), ROOT, &());
    // All of them: a file that is left out here is given to nobody, and in the end kept by nobody.
    let texts = row.texts_under(keys::FILE);
    let files = texts.filter_map(|(rest, text)| {
        let id: ItemId = rest.parse().ok()?;
        let record = FileRecord::read(text)?;
        Some((id, record, row.mark(&keys::file_off(&id))))
    });
    files.collect()
}
