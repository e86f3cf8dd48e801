//! Seals, and changes that do not count.

use tresse_model::NetworkId;
use tresse_store::SealsRow;

use crate::support::{
    NETWORK, append, beside, changes, full_profile, hash, open, page, picture, profile, set_aside,
};

#[test]
fn an_actors_seals_take_the_place_of_those_before() {
    let (dir, mut store) = profile();
    store
        .batch(|tx| {
            tx.put_seals(&NETWORK, &page(1), b"bob", b"bob 5")?;
            tx.put_seals(&NETWORK, &page(1), b"ana", b"ana 1")?;
            tx.put_seals(&NETWORK, &page(2), b"ana", b"elsewhere")?;
            tx.put_seals(&NETWORK, &page(1), b"ana", b"ana 3")
        })
        .unwrap();
    drop(store);
    let store = open(dir.path()).unwrap();
    let stored = store.load(&NETWORK, &page(1)).unwrap().unwrap();
    let pair = |actor: &[u8], bytes: &[u8]| (actor.to_vec(), bytes.to_vec());
    assert_eq!(
        stored.seals,
        [pair(b"ana", b"ana 3"), pair(b"bob", b"bob 5")]
    );
    assert_eq!(stored.concatenated(), b"");
}

#[test]
fn the_seals_of_a_whole_network_are_read_at_once() {
    let (_dir, mut store) = profile();
    let other = NetworkId::from_bytes([2; 20]);
    store
        .batch(|tx| {
            tx.add_network(&other, &[0; 32])?;
            tx.put_seals(&NETWORK, &page(2), b"ana", b"a2")?;
            tx.put_seals(&other, &page(2), b"ana", b"not of this network")?;
            tx.put_seals(&NETWORK, &page(1), b"bob", b"b1")?;
            tx.put_seals(&NETWORK, &page(1), b"ana", b"a1")
        })
        .unwrap();
    let row = |doc, actor: &[u8], bytes: &[u8]| SealsRow {
        doc,
        actor: actor.to_vec(),
        bytes: bytes.to_vec(),
    };
    let all = [
        row(page(2), b"ana", b"a2"),
        row(page(1), b"ana", b"a1"),
        row(page(1), b"bob", b"b1"),
    ];
    assert_eq!(store.seals(&NETWORK).unwrap(), all);
    store
        .batch(|tx| tx.remove_seals(&NETWORK, &page(1), b"ana"))
        .unwrap();
    assert_eq!(
        store.seals(&NETWORK).unwrap(),
        [all[0].clone(), all[2].clone()]
    );
}

#[test]
fn forgetting_what_is_not_there_makes_nothing() {
    let (_dir, mut store) = profile();
    let before = picture(&store);
    store
        .batch(|tx| {
            tx.remove_seals(&NETWORK, &page(1), b"ana")?;
            tx.take_back(&NETWORK, &page(1), &[hash(b"one")])
        })
        .unwrap();
    assert_eq!(picture(&store), before);
}

#[test]
fn what_is_set_aside_is_kept_apart_in_order_and_can_count_again() {
    let (_dir, mut store) = profile();
    let doc = page(1);
    store
        .batch(|tx| {
            append(tx, &doc, 1, &[b"one", b"two", b"three"])?;
            tx.rewrite(&NETWORK, &doc, b"ONE", &[hash(b"one")])?;
            set_aside(tx, &doc, 3, &[b"three"])?;
            set_aside(tx, &doc, 2, &[b"two", b"three"])
        })
        .unwrap();
    let stored = store.load(&NETWORK, &doc).unwrap().unwrap();
    assert_eq!(stored.concatenated(), b"ONE");
    assert_eq!(stored.heads, [hash(b"one")]);
    assert_eq!(stored.aside, [b"two".to_vec(), b"three".to_vec()]);
    assert_eq!(store.aside_counts(&NETWORK).unwrap(), [(doc, 2)]);
    store
        .batch(|tx| {
            tx.take_back(&NETWORK, &doc, &[hash(b"two")])?;
            append(tx, &doc, 2, &[b"two"])
        })
        .unwrap();
    let stored = store.load(&NETWORK, &doc).unwrap().unwrap();
    assert_eq!(stored.concatenated(), b"ONEtwo");
    assert_eq!(stored.aside, [b"three".to_vec()]);
    assert_eq!(store.aside_counts(&NETWORK).unwrap(), [(doc, 1)]);
    assert_eq!(store.check(|bytes| Some(hash(bytes))), []);
    assert_eq!(
        store.aside_counts(&NetworkId::from_bytes([2; 20])).unwrap(),
        []
    );
}

#[test]
fn a_change_that_counts_and_does_not_is_named_with_its_document() {
    let (_dir, mut store) = full_profile();
    store
        .batch(|tx| tx.set_aside(&NETWORK, &page(1), &changes(2, &[b"two"])))
        .unwrap();
    let problems = store.check(|bytes| Some(hash(bytes)));
    assert_eq!(problems.len(), 1);
    assert_eq!(problems[0].code.word(), "aside");
    assert_eq!(problems[0].doc, Some(page(1)));
}

#[test]
fn spoilt_rows_beside_a_document_are_named() {
    let (dir, store) = full_profile();
    drop(store);
    let spoiler = beside(dir.path());
    spoiler
        .execute_batch(
            "UPDATE aside SET bytes = x'00';
             PRAGMA foreign_keys = OFF;
             INSERT INTO seals (document, actor, bytes) VALUES (77, x'00', x'00');
             INSERT INTO aside (document, hash, actor, seq, bytes)
             VALUES (78, x'00', x'00', 1, x'00');",
        )
        .unwrap();
    spoiler.close().unwrap();
    let store = open(dir.path()).unwrap();
    let mut problems: Vec<_> = store
        .check(|bytes| Some(hash(bytes)))
        .into_iter()
        .map(|problem| (problem.code.word(), problem.doc))
        .collect();
    problems.sort_unstable();
    let expected = [
        ("change-hash", Some(page(2))),
        ("reference", None),
        ("reference", None),
        ("shape", None),
    ];
    assert_eq!(problems, expected);
}
