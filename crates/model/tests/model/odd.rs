//! Documents as no Tresse would write them: of other software, or of somebody who means ill.

use automerge::{
    Automerge, ObjType, PatchLog, ROOT, ReadDoc, ScalarValue,
    marks::{ExpandMark, Mark},
    transaction::Transactable,
};
use proptest::prelude::*;
use tresse_model::{
    DocKind, access, apply, body_text, changes, kind, patched_splices, read_charter, read_network,
    read_notebook, read_page, read_page_listed, read_plan, text_splices, undo,
};

use crate::support::{actor, author, dice, edit_of, item, kinds};

const KEYS: [&str; 16] = [
    "schema",
    "kind",
    "purposes",
    "values",
    "objectives",
    "actions",
    "tags",
    "body",
    "title",
    "name",
    "text",
    "order",
    "removed",
    "binned",
    "indicators",
    "status",
];

pub(crate) type Write = (u8, u8, u8, u16);

pub(crate) fn writes() -> impl Strategy<Value = Vec<Write>> {
    proptest::collection::vec((any::<u8>(), any::<u8>(), any::<u8>(), any::<u16>()), 0..30)
}

fn scalar(what: u8, number: u16) -> ScalarValue {
    match what % 10 {
        0 => ScalarValue::Null,
        1 => ScalarValue::Boolean(number.is_multiple_of(2)),
        2 => ScalarValue::Int(-i64::from(number)),
        3 => ScalarValue::Uint(u64::from(number % 3)),
        4 => ScalarValue::F64([f64::NAN, f64::INFINITY, -0.0, 1e308][usize::from(number % 4)]),
        5 => ScalarValue::Bytes(vec![what; 3]),
        6 => ScalarValue::counter(i64::from(number)),
        7 => ScalarValue::Timestamp(i64::from(number)),
        8 => ScalarValue::from(["page", "plan", "charter", "net-"][usize::from(number % 4)]),
        _ => ScalarValue::from("mot"),
    }
}

/// Writes anything anywhere. What Automerge refuses is left out.
pub(crate) fn scribble(doc: &mut Automerge, writes: &[Write]) {
    let mut tx = doc.transaction();
    let mut objects = vec![ROOT];
    for (key, what, place, number) in writes {
        let obj = objects[usize::from(*place) % objects.len()].clone();
        let key = match key % 20 {
            key @ 0..16 => KEYS[usize::from(key)].to_owned(),
            key => item(key).to_string(),
        };
        match tx.object_type(&obj) {
            Ok(ObjType::Map | ObjType::Table) => match what % 14 {
                0 => drop(tx.delete(&obj, key)),
                1 => objects.extend(tx.put_object(&obj, key, ObjType::Map)),
                2 => objects.extend(tx.put_object(&obj, key, ObjType::Text)),
                3 => objects.extend(tx.put_object(&obj, key, ObjType::List)),
                _ => drop(tx.put(&obj, key, scalar(*what, *number))),
            },
            Ok(ObjType::Text | ObjType::List) => {
                let at = usize::from(*number) % (tx.length(&obj) + 1);
                match what % 6 {
                    0 => drop(tx.insert(&obj, at, ScalarValue::from("deux lettres"))),
                    1 => drop(tx.insert(&obj, at, scalar(*place, *number))),
                    2 => drop(tx.split_block(&obj, at)),
                    3 => {
                        let mark = Mark::new("bold".to_owned(), true, 0, at.max(1));
                        drop(tx.mark(&obj, mark, ExpandMark::Both));
                    }
                    4 => drop(tx.insert(&obj, at, ScalarValue::from(""))),
                    _ => drop(tx.splice_text(&obj, at, 0, "lettres")),
                }
            }
            Err(_) => {}
        }
        if objects.len() == 1
            && let Some((automerge::Value::Object(_), body)) = tx.get(ROOT, "body").unwrap()
        {
            objects.push(body);
        }
    }
    tx.commit();
}

fn read_all(doc: &Automerge) {
    drop((access(doc), kind(doc), body_text(doc), changes(doc)));
    drop((read_network(doc, &author), read_charter(doc, &author)));
    drop((read_plan(doc, &author), read_page(doc, &author)));
    drop(read_notebook(doc, &author));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(192))]

    #[test]
    fn odd_documents_are_read_edited_and_undone_without_a_panic(
        of in kinds(),
        mine in writes(),
        theirs in writes(),
        throws in proptest::collection::vec(dice(), 0..12),
    ) {
        let mut doc = tresse_model::genesis(of).with_actor(actor(1));
        let mut other = doc.fork().with_actor(actor(2));
        scribble(&mut doc, &mine);
        scribble(&mut other, &theirs);
        let before = doc.get_heads();
        let mut shown = body_text(&doc);
        let mut told = doc.clone();
        let mut log = PatchLog::active();
        told.merge_and_log_patches(&mut other, &mut log).unwrap();
        let patches = told.make_patches(&mut log);
        if let Some(splices) = patched_splices(&doc, &told, patches) {
            let mut told_text = shown.clone();
            for splice in splices {
                prop_assert!(splice.apply_to(&mut told_text));
            }
            prop_assert_eq!(&told_text, &body_text(&told));
        }
        doc.merge(&mut other).unwrap();
        let after = doc.get_heads();
        for splice in text_splices(&doc, &before, &after) {
            prop_assert!(splice.apply_to(&mut shown));
        }
        prop_assert_eq!(&shown, &body_text(&doc));
        for most in [0, 1, 7, usize::MAX] {
            let listed = read_page_listed(&doc, most).body;
            prop_assert!(shown.starts_with(&*listed), "{listed:?} of {shown:?}");
        }
        read_all(&doc);
        let mut undos = Vec::new();
        for throw in throws {
            let edit = edit_of(&doc, of, 1, &throw);
            if let Ok(applied) = apply(&mut doc, &edit, 1) {
                for splice in applied.splices {
                    prop_assert!(splice.apply_to(&mut shown));
                }
                prop_assert_eq!(&shown, &body_text(&doc));
                undos.push(applied.undo);
            }
        }
        for entry in undos.iter().rev() {
            let done = undo(&mut doc, entry, 1).unwrap();
            for splice in done.splices {
                prop_assert!(splice.apply_to(&mut shown));
            }
            prop_assert_eq!(&shown, &body_text(&doc));
        }
        read_all(&doc);
    }
}

#[test]
fn a_document_that_lost_its_parts_says_so() {
    let mut doc = tresse_model::genesis(DocKind::Network).with_actor(actor(1));
    let mut tx = doc.transaction();
    tx.put(ROOT, "purposes", 3).unwrap();
    tx.commit();
    let edit = tresse_model::Edit::AddPurpose {
        id: item(1),
        text: "x".to_owned(),
    };
    let error = apply(&mut doc, &edit, 1).unwrap_err();
    assert_eq!(error.code(), "document-damaged");
    assert!(error.to_string().contains("purposes"));
}

#[test]
fn marks_of_control_that_another_program_wrote_are_not_read() {
    let mut doc = tresse_model::genesis(DocKind::Network).with_actor(actor(1));
    let mut tx = doc.transaction();
    let odd = "Réseau\u{1b}[31m\u{0}\r\nlecture\u{7}";
    tx.put(ROOT, "name", odd).unwrap();
    tx.commit();
    assert_eq!(read_network(&doc, &()).name, "Réseau[31m\nlecture");
}
