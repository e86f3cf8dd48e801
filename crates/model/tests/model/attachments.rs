//! Files attached to pages and meetings by several people apart: nobody's are lost, and what does not fit is refused whole.

use automerge::{ROOT, transaction::Transactable};
use proptest::prelude::*;
use tresse_model::{
    Attachment, AttachmentEdit, BlobId, DocKind, Edit, EditError, FILE_MAX, FILE_NAME_MAX, FileKey,
    FileRecord, MOST_FILES, files_in, read_meeting, read_page,
};

use crate::support::{Peer, author, item, member};

fn record(n: u8) -> FileRecord {
    FileRecord {
        name: format!("Bilan {n}.pdf"),
        size: u64::from(n) * 1_000,
        media: "application/pdf".to_owned(),
        blob: BlobId::from_bytes([n; 32]),
        key: FileKey::from_bytes([n ^ 0x55; 32]),
        at: 1_700_000_000_000 + i64::from(n),
    }
}

fn add(n: u8) -> Edit {
    adding(n, record(n))
}

fn adding(n: u8, file: FileRecord) -> Edit {
    Edit::Attachment(AttachmentEdit::Add {
        id: item(n),
        file: Box::new(file),
    })
}

fn remove(n: u8, restore: bool) -> Edit {
    Edit::Attachment(AttachmentEdit::Remove {
        id: item(n),
        restore,
    })
}

fn shown(peer: &Peer) -> Vec<Attachment> {
    read_page(&peer.doc, &author).attachments
}

/// What the document speaks of, and whether it is removed.
fn known(peer: &Peer) -> Vec<(FileRecord, bool)> {
    let files = files_in(&peer.doc).into_iter();
    files.map(|(_, file, off)| (file, off)).collect()
}

fn names(peer: &Peer) -> Vec<String> {
    shown(peer).into_iter().map(|file| file.name).collect()
}

fn meet(one: &mut Peer, other: &mut Peer) {
    let copy = one.doc.clone();
    one.doc.merge(&mut other.doc.clone()).unwrap();
    other.doc.merge(&mut copy.clone()).unwrap();
}

#[test]
fn a_page_and_a_meeting_show_what_was_attached_and_by_whom() {
    let mut page = Peer::new(1, DocKind::Page);
    page.edit(&add(3));
    let [file] = shown(&page).try_into().unwrap();
    assert_eq!(file.name, "Bilan 3.pdf");
    assert_eq!(
        (file.size, file.blob, file.by),
        (3_000, record(3).blob, Some(member(1)))
    );
    assert_eq!(file.key, record(3).key, "the key comes back as it was");
    let mut meeting = Peer::new(1, DocKind::Meeting);
    meeting.edit(&add(3));
    assert_eq!(read_meeting(&meeting.doc, &author).attachments, [file]);
}

#[test]
fn what_opens_a_file_shows_neither_in_json_nor_in_a_log() {
    let mut page = Peer::new(1, DocKind::Page);
    page.edit(&add(3));
    let key = "56".repeat(32);
    let file = &shown(&page)[0];
    assert_eq!(data_encoding_of(&file.key), key);
    assert!(!serde_json::to_string(file).unwrap().contains(&key));
    assert!(!format!("{file:?}").contains("86, 86"));
    assert!(!format!("{file:?}").contains(&key));
}

fn data_encoding_of(key: &FileKey) -> String {
    use std::fmt::Write as _;
    key.as_bytes().iter().fold(String::new(), |mut hex, byte| {
        write!(hex, "{byte:02x}").unwrap();
        hex
    })
}

#[test]
fn two_people_who_attach_at_once_both_keep_theirs_in_one_order() {
    let mut ana = Peer::new(1, DocKind::Page);
    let mut bo = Peer::new(2, DocKind::Page);
    ana.edit(&add(5));
    bo.edit(&add(4));
    meet(&mut ana, &mut bo);
    assert_eq!(names(&ana), ["Bilan 4.pdf", "Bilan 5.pdf"]);
    assert_eq!(shown(&ana), shown(&bo));
}

#[test]
fn a_removal_is_a_mark_that_can_be_taken_back_and_the_blob_stays_known() {
    let mut ana = Peer::new(1, DocKind::Page);
    ana.edit(&add(5));
    ana.edit(&remove(5, false));
    assert!(shown(&ana).is_empty());
    assert_eq!(known(&ana), [(record(5), true)]);
    ana.undo();
    assert_eq!(names(&ana), ["Bilan 5.pdf"]);
    assert_eq!(known(&ana), [(record(5), false)]);
    ana.edit(&remove(5, false));
    ana.edit(&remove(5, true));
    assert_eq!(names(&ana), ["Bilan 5.pdf"]);
}

#[test]
fn an_attachment_that_is_undone_is_removed_and_comes_back() {
    let mut ana = Peer::new(1, DocKind::Page);
    ana.edit(&add(5));
    ana.undo();
    assert!(shown(&ana).is_empty());
    assert_eq!(known(&ana), [(record(5), true)]);
    ana.edit(&remove(5, true));
    assert_eq!(names(&ana), ["Bilan 5.pdf"]);
}

#[test]
fn files_are_refused_where_they_do_not_belong_or_do_not_fit() {
    let mut charter = Peer::new(1, DocKind::Charter);
    assert!(matches!(
        charter.try_edit(&add(1)),
        Err(EditError::WrongDocument { .. })
    ));
    let mut page = Peer::new(1, DocKind::Page);
    let bad = |change: fn(&mut FileRecord)| {
        let mut file = record(1);
        change(&mut file);
        adding(1, file)
    };
    for edit in [
        bad(|file| file.size = FILE_MAX + 1),
        bad(|file| file.name = " ".into()),
        bad(|file| file.name = "x".repeat(FILE_NAME_MAX + 1)),
        bad(|file| file.media = "x".repeat(101)),
    ] {
        assert!(matches!(page.try_edit(&edit), Err(EditError::BadFile)));
    }
    page.edit(&bad(|file| file.size = FILE_MAX));
    assert!(matches!(
        page.try_edit(&add(1)),
        Err(EditError::Exists { .. })
    ));
    assert!(matches!(
        page.try_edit(&remove(9, false)),
        Err(EditError::NotFound { .. })
    ));
}

#[test]
fn no_more_files_are_attached_or_listed_than_the_bound() {
    let mut page = Peer::new(1, DocKind::Page);
    let mut tx = page.doc.transaction();
    for n in 0..MOST_FILES {
        let id = tresse_model::ItemId::from_bytes({
            let mut bytes = [7; 10];
            bytes[..8].copy_from_slice(&(n as u64).to_be_bytes());
            bytes
        });
        let text = text_of(&record(1));
        tx.put(ROOT, format!("file/{id}"), text).unwrap();
    }
    tx.commit();
    assert_eq!(shown(&page).len(), MOST_FILES);
    assert!(matches!(
        page.try_edit(&add(200)),
        Err(EditError::TooManyFiles { .. })
    ));
}

#[test]
fn a_file_is_known_however_much_that_is_none_or_removed_stands_before_it() {
    let mut page = Peer::new(1, DocKind::Page);
    let text = text_of(&record(1));
    let mut tx = page.doc.transaction();
    for n in 0..3 * MOST_FILES {
        let mut bytes = [0; 10];
        bytes[2..].copy_from_slice(&(n as u64).to_be_bytes());
        let id = tresse_model::ItemId::from_bytes(bytes);
        tx.put(ROOT, format!("file/{id}"), "{}").unwrap();
        tx.put(ROOT, format!("file/!{n:05}"), text.as_str())
            .unwrap();
    }
    tx.commit();
    page.edit(&add(200));
    assert_eq!(names(&page), ["Bilan 200.pdf"]);
    assert_eq!(known(&page), [(record(200), false)]);
}

/// A record as it lies in a document.
fn text_of(file: &FileRecord) -> String {
    let mut page = Peer::new(1, DocKind::Page);
    page.edit(&adding(1, file.clone()));
    let key = format!("file/{}", item(1));
    let value = automerge::ReadDoc::get(&page.doc, ROOT, key).unwrap();
    value.unwrap().0.as_str().unwrap().to_owned()
}

proptest! {
    #[test]
    fn whatever_stands_where_a_record_should_is_passed_over(text in ".{0,300}", cut in 0usize..400) {
        let mut page = Peer::new(1, DocKind::Page);
        let whole = text_of(&record(1));
        let cut: String = whole.chars().take(cut.min(whole.len() - 1)).collect();
        let long = whole.replace("Bilan", &"x".repeat(5_000));
        let mut tx = page.doc.transaction();
        for (n, text) in [text, cut, long].into_iter().enumerate() {
            tx.put(ROOT, format!("file/{}", item(n as u8 + 1)), text).unwrap();
        }
        tx.put(ROOT, "file/no-id", whole.as_str()).unwrap();
        tx.put(ROOT, format!("file/{}", item(9)), 7).unwrap();
        tx.commit();
        prop_assert!(shown(&page).is_empty());
        prop_assert!(files_in(&page.doc).is_empty());
    }

    #[test]
    fn whatever_people_attach_and_remove_apart_reads_the_same_once_they_met(
        edits in proptest::collection::vec((0..2usize, 1..6u8, 0..4u8), 1..24),
    ) {
        let mut peers = [Peer::new(1, DocKind::Page), Peer::new(2, DocKind::Page)];
        for (who, n, what) in edits {
            let edit = match what {
                0 | 1 => adding(n + 10 * u8::from(who == 1), record(n)),
                2 => remove(n, false),
                _ => remove(n, true),
            };
            // What is there already, or not yet, is refused and changes nothing.
            drop(peers[who].try_edit(&edit));
            if what == 3 {
                let [one, other] = &mut peers;
                meet(one, other);
            }
        }
        let [mut one, mut other] = peers;
        meet(&mut one, &mut other);
        prop_assert_eq!(shown(&one), shown(&other));
        prop_assert_eq!(files_in(&one.doc), files_in(&other.doc));
    }
}
