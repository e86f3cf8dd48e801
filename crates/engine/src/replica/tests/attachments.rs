//! Which attached files a machine fetches by itself.

use tresse_model::{BlobId, DocId, FileKey, FileRecord, ItemId};

use super::{Person, named};
use crate::{AttachmentCommand, Command, MEBIBYTE, Moment};

fn attach(person: &mut Person, network: tresse_model::NetworkId, doc: DocId, number: u8, mib: u64) {
    let file = FileRecord {
        name: format!("{number}.pdf"),
        size: mib * MEBIBYTE,
        media: "application/pdf".into(),
        blob: BlobId::from_bytes([number; 32]),
        key: FileKey::from_bytes([number; 32]),
        at: 1,
    };
    let id = ItemId::from_bytes([number; 10]);
    let moment = Moment::real();
    let replica = &mut person.replica;
    replica.attach(&network, &doc, (id, file), &moment).unwrap();
    replica.commit().unwrap();
    replica.summarise(usize::MAX);
    replica.commit().unwrap();
}

#[test]
fn whatever_members_attach_a_machine_fetches_no_more_in_all_than_was_set() {
    let mut ana = Person::new("Ana");
    let network = ana.founds("Le réseau");
    let page = ana.does(Command::PageCreate {
        network,
        title: "Dossier".into(),
        tags: vec![],
        text: None,
    });
    let page: DocId = named(&page, "page");
    for (number, mib) in [(1, 9), (2, 4), (3, 20), (4, 2), (5, 30)] {
        attach(&mut ana, network, page, number, mib);
    }
    let names = |ana: &Person, here: &[u8]| -> Vec<String> {
        let is_here = |blob: &BlobId| here.iter().any(|n| *blob == BlobId::from_bytes([*n; 32]));
        let files = ana.replica.files_to_keep(is_here);
        files.into_iter().map(|(_, row)| row.name).collect()
    };
    assert_eq!(
        names(&ana, &[]),
        ["4.pdf", "2.pdf", "1.pdf", "3.pdf"],
        "the smallest first, none above 25 MiB"
    );
    let keep = |always, total| {
        Command::from(AttachmentCommand::Keep {
            network,
            always,
            most: None,
            total: Some(total),
        })
    };
    ana.does(keep(true, 16));
    assert_eq!(names(&ana, &[]), ["4.pdf", "2.pdf", "1.pdf"]);
    // What is here counts, whatever its size and however it came.
    assert_eq!(names(&ana, &[4, 1]), ["2.pdf"]);
    assert!(names(&ana, &[5]).is_empty());
    ana.does(keep(false, 16));
    assert!(names(&ana, &[]).is_empty());
    let mut ana = ana.reopens();
    assert_eq!(ana.sees_network(&network).keep_files.total, 16);
}
