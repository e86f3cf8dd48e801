//! Documents are born alike, open whole, and are left alone when they are too new.

use automerge::{Automerge, ROOT, ReadDoc, ScalarValue, transaction::Transactable};
use proptest::prelude::*;
use tresse_model::{
    Access, DocKind, Edit, PageField, access, apply, genesis, genesis_hash, kind, load, read_page,
};

use crate::support::{Peer, actor, content, dice, edit_of, kinds, type_at};

#[test]
fn the_genesis_is_byte_for_byte_the_same_at_every_call_and_in_every_version() {
    for of in DocKind::ALL {
        let (one, two) = (genesis(of), genesis(of));
        assert_eq!(one.save(), two.save());
        // The hash stands written in the source: it may never change.
        assert_eq!(one.get_heads(), [genesis_hash(of)]);
        assert_eq!(kind(&one), Some(of));
        assert_eq!(access(&one), Access::Editable);
    }
}

#[test]
fn two_who_never_met_wrote_into_the_same_document() {
    let (mut ana, mut bo) = (Peer::new(1, DocKind::Page), Peer::new(2, DocKind::Page));
    ana.edit(&type_at(0, 0, "d'Ana "));
    bo.edit(&type_at(0, 0, "de Bo "));
    ana.meet(&mut bo);
    assert!(["d'Ana de Bo ", "de Bo d'Ana "].contains(&&*ana.text()));
}

#[test]
fn a_save_and_what_came_after_it_end_to_end_open_as_one() {
    let mut ana = Peer::new(1, DocKind::Page);
    ana.edit(&type_at(0, 0, "un"));
    let mut bytes = ana.doc.save();
    for word in [" deux", " trois"] {
        let heads = ana.doc.get_heads();
        ana.edit(&type_at(ana.text().chars().count(), 0, word));
        for change in ana.doc.get_changes(&heads) {
            bytes.extend_from_slice(change.raw_bytes());
        }
    }
    let heads = ana.doc.get_heads();
    ana.edit(&type_at(0, 0, "zéro "));
    bytes.extend(ana.doc.save_after(&heads));
    let opened = load(&bytes).unwrap();
    assert_eq!(opened.get_heads(), ana.doc.get_heads());
    assert_eq!(content(&opened), content(&ana.doc));
    assert_eq!(&*read_page(&opened, &()).body, "zéro un deux trois");
}

fn write(doc: &mut Automerge, edit: impl FnOnce(&mut automerge::transaction::Transaction<'_>)) {
    let mut tx = doc.transaction();
    edit(&mut tx);
    tx.commit();
}

#[test]
fn a_document_of_a_newer_version_is_shown_and_not_edited() {
    let mut ana = Peer::new(1, DocKind::Page);
    ana.edit(&type_at(0, 0, "texte"));
    let undo = ana.edit(&type_at(0, 0, "mon ")).undo;
    let mut newer = ana.doc.fork().with_actor(actor(9));
    write(&mut newer, |tx| tx.put(ROOT, "schema", 7u64).unwrap());
    ana.doc.merge(&mut newer).unwrap();
    assert_eq!(access(&ana.doc), Access::ReadOnly { schema: 7 });
    let heads = ana.doc.get_heads();
    let refused = apply(&mut ana.doc, &type_at(0, 0, "x"), 1).unwrap_err();
    assert_eq!(refused.code(), "read-only");
    let refused = tresse_model::undo(&mut ana.doc, &undo, 1).unwrap_err();
    assert_eq!(refused.code(), "read-only");
    assert_eq!(ana.doc.get_heads(), heads);
    assert_eq!(ana.text(), "mon texte");
}

#[test]
fn what_only_a_newer_version_knows_survives_every_edit_and_undo() {
    let mut ana = Peer::new(1, DocKind::Plan);
    for n in 0..40u8 {
        let dice = (n, n % 4, u16::from(n) * 7, u16::from(n), "mot".to_owned());
        drop(ana.try_edit(&edit_of(&ana.doc, DocKind::Plan, 0, &dice)));
    }
    let unknown = |tx: &mut automerge::transaction::Transaction<'_>| {
        let deep = tx
            .put_object(ROOT, "x-deep", automerge::ObjType::Map)
            .unwrap();
        let list = tx
            .put_object(&deep, "list", automerge::ObjType::List)
            .unwrap();
        tx.insert(&list, 0, ScalarValue::Bytes(vec![1, 2])).unwrap();
        tx.put(ROOT, "x-counter", ScalarValue::counter(3)).unwrap();
        tx.put(
            ROOT,
            "x-kind",
            ScalarValue::Unknown {
                type_code: 14,
                bytes: vec![9],
            },
        )
        .unwrap();
        for map in ["objectives", "actions"] {
            let (_, map) = tx.get(ROOT, map).unwrap().unwrap();
            tx.put(&map, "x-not-an-id", "kept").unwrap();
            let keys: Vec<_> = tx.keys(&map).collect();
            for key in keys {
                if let Some((automerge::Value::Object(_), item)) = tx.get(&map, key).unwrap() {
                    tx.put(&item, "x-weight", 1.5).unwrap();
                }
            }
        }
    };
    write(&mut ana.doc, unknown);
    let count = |doc: &Automerge| {
        let dump = format!("{:?}", doc.hydrate(None));
        ["x-deep", "x-counter", "x-kind", "x-not-an-id", "x-weight"]
            .map(|key| dump.matches(key).count())
    };
    let before = count(&ana.doc);
    assert!(before[4] > 2);
    ana.restart();
    for n in 0..60u8 {
        let dice = (
            n,
            n % 4,
            u16::from(n) * 3,
            u16::from(n) + 1,
            "autre".to_owned(),
        );
        if let Ok(applied) = ana.try_edit(&edit_of(&ana.doc, DocKind::Plan, 1, &dice)) {
            ana.undo.record((), applied.undo);
        }
    }
    while ana.undo.next_undo().is_some() {
        ana.undo();
    }
    ana.restart();
    assert_eq!(count(&ana.doc), before);
}

#[test]
fn nothing_and_rubbish_are_told_apart_from_documents() {
    assert_eq!(load(&[]).unwrap_err().code(), "document-empty");
    assert_eq!(load(b"# A page").unwrap_err().code(), "document-unreadable");
    let saved = genesis(DocKind::Page).save();
    let cut = load(&saved[..saved.len() - 3]).unwrap_err();
    assert_eq!(cut.code(), "document-unreadable");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn arbitrary_bytes_never_panic(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        drop(load(&bytes));
    }

    #[test]
    fn a_damaged_save_never_panics(
        kind in kinds(),
        throws in proptest::collection::vec(dice(), 0..8),
        damage in proptest::collection::vec((any::<u16>(), any::<u8>()), 1..4),
        cut in proptest::option::of(any::<u16>()),
        incremental: bool,
    ) {
        let mut ana = Peer::new(1, kind);
        for throw in throws {
            let edit = edit_of(&ana.doc, kind, 0, &throw);
            drop(ana.try_edit(&edit));
        }
        let mut bytes = if incremental { ana.doc.save_after(&[]) } else { ana.doc.save() };
        let len = bytes.len();
        for (at, byte) in damage {
            bytes[usize::from(at) % len] ^= byte;
        }
        if let Some(cut) = cut {
            bytes.truncate(usize::from(cut) % len);
        }
        if let Ok(doc) = load(&bytes) {
            drop(content(&doc));
        }
    }
}

#[test]
fn a_document_without_a_title_is_no_obstacle() {
    let doc = genesis(DocKind::Page);
    assert_eq!(read_page(&doc, &()), tresse_model::PageContent::default());
    let mut doc = doc.with_actor(actor(1));
    let edit = Edit::SetPage {
        field: PageField::Title,
        value: Some("x".to_owned()),
    };
    assert!(apply(&mut doc, &edit, -5).unwrap().changed);
}
