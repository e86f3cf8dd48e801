//! What documents said is kept until anything is written of them.

use tresse_store::{Batch, Covers, Remembered, StoreError, Summary};

use crate::support::{NETWORK, PEER, append, full_profile, open, page, set_aside};

fn said(bytes: &[u8]) -> Remembered {
    Remembered {
        acts: b"acts".to_vec(),
        proof: b"proof".to_vec(),
        bytes: bytes.to_vec(),
    }
}

#[test]
fn what_a_document_said_is_given_back_and_replaced_and_survives_closing() {
    let (dir, mut store) = full_profile();
    assert_eq!(store.remembered(&NETWORK, &page(1)).unwrap(), None);
    for words in [&b"one"[..], b"two"] {
        store
            .batch(|tx| tx.remember(&NETWORK, &page(1), &said(words)))
            .unwrap();
    }
    drop(store);
    let mut store = open(dir.path()).unwrap();
    assert_eq!(
        store.remembered(&NETWORK, &page(1)).unwrap(),
        Some(said(b"two"))
    );
    assert_eq!(store.remembered(&NETWORK, &page(2)).unwrap(), None);
    store.forget_remembered().unwrap();
    assert_eq!(store.remembered(&NETWORK, &page(1)).unwrap(), None);
}

type Write = fn(&mut Batch<'_>) -> Result<(), StoreError>;

#[test]
fn whatever_is_written_of_a_document_takes_away_what_it_said_and_nothing_else_does() {
    let touching: &[Write] = &[
        |tx| append(tx, &page(1), 4, &[b"four"]),
        |tx| tx.append(&NETWORK, &page(1), &[], &[[3; 32]]).map(drop),
        |tx| tx.replace_snapshot(&NETWORK, &page(1), b"whole", Covers::All, &[[3; 32]]),
        |tx| tx.rewrite(&NETWORK, &page(1), b"whole", &[[3; 32]]),
        |tx| tx.put_seals(&NETWORK, &page(1), b"bo", b"seal"),
        |tx| tx.remove_seals(&NETWORK, &page(1), b"ana"),
        |tx| set_aside(tx, &page(1), 9, &[b"nine"]),
        |tx| tx.take_back(&NETWORK, &page(1), &[[9; 32]]),
        |tx| tx.quarantine(&NETWORK, &page(1), b"bytes"),
    ];
    let others: &[Write] = &[
        |tx| append(tx, &page(2), 4, &[b"four"]),
        |tx| tx.set_summary(&NETWORK, &page(1), &Summary::default()),
        |tx| tx.index_text(&NETWORK, &page(1), "title", "body"),
        |tx| tx.save_memory(&NETWORK, &PEER, b"memory"),
        |tx| tx.set_meta("key", b"value"),
    ];
    let writes = touching.iter().map(|write| (write, false));
    for (at, (write, stays)) in writes
        .chain(others.iter().map(|write| (write, true)))
        .enumerate()
    {
        let (_dir, mut store) = full_profile();
        store
            .batch(|tx| tx.remember(&NETWORK, &page(1), &said(b"one")))
            .unwrap();
        store.batch(write).unwrap();
        let left = store.remembered(&NETWORK, &page(1)).unwrap();
        assert_eq!(left.is_some(), stays, "write {at}");
    }
}

#[test]
fn a_batch_that_fails_leaves_what_a_document_said() {
    let (_dir, mut store) = full_profile();
    store
        .batch(|tx| tx.remember(&NETWORK, &page(1), &said(b"one")))
        .unwrap();
    let failed = store.batch(|tx| {
        append(tx, &page(1), 4, &[b"four"])?;
        Err::<(), _>(StoreError::Abandoned)
    });
    assert!(failed.is_err());
    assert!(store.remembered(&NETWORK, &page(1)).unwrap().is_some());
}
