//! Appending, compacting, loading.

use proptest::prelude::*;
use tresse_model::NetworkId;
use tresse_store::{Batch, Covers, Mark, NewChange, Store, StoreError, Summary, Threshold};

use crate::support::{
    NETWORK, PEER, append, beside, full_profile, hash, open, page, picture, profile, summary,
};

#[test]
fn what_is_loaded_is_what_was_appended_in_order() {
    let (_dir, store) = full_profile();
    let stored = store.load(&NETWORK, &page(1)).unwrap().unwrap();
    assert_eq!(
        stored.changes,
        [b"one".to_vec(), b"two".to_vec(), b"three".to_vec()]
    );
    assert_eq!(stored.snapshot, None);
    assert_eq!(stored.heads, [hash(b"three")]);
    assert_eq!(stored.seals, [(b"ana".to_vec(), b"seal".to_vec())]);
    assert_eq!(stored.bytes_since_snapshot(), 11);
    let stored = store.load(&NETWORK, &page(2)).unwrap().unwrap();
    assert_eq!(stored.snapshot.as_deref(), Some(&b"UNO"[..]));
    assert_eq!(stored.concatenated(), b"UNOdue");
    assert_eq!(stored.aside, [b"tre".to_vec()]);
    assert_eq!(store.load(&NETWORK, &page(3)).unwrap(), None);
    assert_eq!(
        store
            .load(&NetworkId::from_bytes([2; 20]), &page(1))
            .unwrap(),
        None
    );
}

#[test]
fn a_failed_batch_leaves_everything_as_before() {
    let (_dir, mut store) = full_profile();
    let before = picture(&store);
    let failed = store.batch(|tx| {
        append(tx, &page(1), 4, &[b"four"])?;
        tx.set_meta("device", b"other")?;
        tx.replace_snapshot(&NETWORK, &page(2), b"", Covers::All, &[])?;
        tx.add_act(&NetworkId::from_bytes([3; 20]), b"act", b"elsewhere")
            .map(|_| ())
    });
    assert!(matches!(failed, Err(StoreError::UnknownNetwork(_))));
    assert_eq!(picture(&store), before);
}

#[test]
fn a_batch_that_passes_over_its_own_failure_keeps_nothing() {
    let (_dir, mut store) = full_profile();
    let before = picture(&store);
    let failed = store.batch(|tx| {
        append(tx, &page(1), 4, &[b"four"])?;
        let passed_over = tx.add_act(&NetworkId::from_bytes([3; 20]), b"act", b"elsewhere");
        assert!(passed_over.is_err());
        assert!(matches!(
            tx.set_meta("device", b"other"),
            Err(StoreError::Abandoned)
        ));
        Ok(())
    });
    assert!(matches!(failed, Err(StoreError::Abandoned)));
    assert_eq!(picture(&store), before);
}

#[test]
fn a_batch_whose_closure_panics_leaves_everything_as_before() {
    let (_dir, mut store) = full_profile();
    let before = picture(&store);
    let panicked = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        store.batch(|tx| -> Result<(), StoreError> {
            append(tx, &page(1), 4, &[b"four"])?;
            panic!("in the middle of a save");
        })
    }));
    assert!(panicked.is_err());
    assert_eq!(picture(&store), before);
    store.set_meta("still", b"writes").unwrap();
}

#[test]
fn acts_are_kept_once_in_the_order_in_which_they_came() {
    let (_dir, mut store) = profile();
    let new = store
        .batch(|tx| {
            Ok([
                tx.add_act(&NETWORK, b"b", b"second name, first to come")?,
                tx.add_act(&NETWORK, b"a", b"first name, last to come")?,
                tx.add_act(&NETWORK, b"b", b"again")?,
            ])
        })
        .unwrap();
    assert_eq!(new, [true, true, false]);
    let acts = store.acts(&NETWORK).unwrap();
    assert_eq!(
        acts,
        [
            &b"second name, first to come"[..],
            b"first name, last to come"
        ]
    );
}

#[test]
fn summaries_memory_and_meta_read_back_and_can_be_changed() {
    let (_dir, mut store) = full_profile();
    let row = store.documents(&NETWORK).unwrap().swap_remove(0);
    assert_eq!((row.doc, row.summary), (page(1), summary()));
    let binned = Summary {
        binned: true,
        ..summary()
    };
    store
        .batch(|tx| {
            tx.set_summary(&NETWORK, &page(1), &binned)?;
            tx.save_memory(&NETWORK, &PEER, b"met again")?;
            tx.remove_meta("device")
        })
        .unwrap();
    assert_eq!(store.documents(&NETWORK).unwrap()[0].summary, binned);
    assert_eq!(
        store.memory(&NETWORK, &PEER).unwrap().unwrap(),
        b"met again"
    );
    assert_eq!(store.meta("device").unwrap(), None);
}

#[test]
fn documents_that_have_grown_are_named_for_compacting_heaviest_first() {
    let (_dir, mut store) = profile();
    let heavy = vec![1; 3000];
    let small: Vec<Vec<u8>> = (0..12_u8).map(|n| vec![n; 10]).collect();
    let small: Vec<&[u8]> = small.iter().map(Vec::as_slice).collect();
    store
        .batch(|tx| {
            append(tx, &page(1), 1, &[b"little"])?;
            append(tx, &page(2), 1, &small)?;
            append(tx, &page(3), 1, &[&heavy])?;
            tx.replace_snapshot(&NETWORK, &page(4), &[0; 5000], Covers::All, &[])?;
            append(tx, &page(4), 1, &[&heavy])
        })
        .unwrap();
    let bounds = Threshold {
        changes: 10,
        bytes: 2000,
    };
    let named = store.to_compact(bounds).unwrap();
    assert_eq!(named, [(NETWORK, page(3)), (NETWORK, page(2))]);
    store
        .batch(|tx| tx.replace_snapshot(&NETWORK, &page(3), &heavy, Covers::All, &[]))
        .unwrap();
    assert_eq!(store.to_compact(bounds).unwrap(), [(NETWORK, page(2))]);
    assert_eq!(store.to_compact(Threshold::default()).unwrap(), []);
}

#[test]
fn only_a_document_that_is_all_in_its_snapshot_lies_whole() {
    let (_dir, mut store) = profile();
    let whole = |store: &Store| {
        let stored = store.load_whole(&NETWORK, &page(1)).unwrap();
        assert!(stored.is_none() || stored == store.load(&NETWORK, &page(1)).unwrap());
        stored.is_some()
    };
    assert!(!whole(&store), "it is not there");
    store
        .batch(|tx| append(tx, &page(1), 1, &[b"one"]))
        .unwrap();
    assert!(!whole(&store));
    let all = |tx: &mut Batch<'_>| {
        tx.replace_snapshot(&NETWORK, &page(1), b"saved", Covers::All, &[[1; 32]])
    };
    store.batch(all).unwrap();
    assert!(whole(&store));
    store
        .batch(|tx| append(tx, &page(1), 2, &[b"two"]))
        .unwrap();
    assert!(!whole(&store));
    store.batch(all).unwrap();
    assert!(whole(&store));
}

#[test]
fn a_sound_profile_has_no_problems_and_a_spoilt_one_names_its_document() {
    let (dir, store) = full_profile();
    let hash_of = |bytes: &[u8]| Some(hash(bytes));
    assert_eq!(store.check(hash_of), []);
    let unreadable = store.check(|_| None);
    assert_eq!(unreadable.len(), 5);
    drop(store);
    let spoiler = beside(dir.path());
    spoiler
        .execute_batch(
            "UPDATE changes SET bytes = CAST('tow' AS BLOB) WHERE bytes = CAST('two' AS BLOB);
             UPDATE changes SET seq = 1 WHERE seq = 2;
             UPDATE documents SET heads = zeroblob(32) WHERE id = 1;
             UPDATE documents SET tags = 'no list' WHERE id = 2;
             PRAGMA foreign_keys = OFF;
             INSERT INTO acts (network, act, bytes) VALUES (77, x'00', x'00');",
        )
        .unwrap();
    spoiler.close().unwrap();
    let store = open(dir.path()).unwrap();
    let mut problems: Vec<_> = store
        .check(hash_of)
        .into_iter()
        .map(|problem| (problem.code.word(), problem.doc))
        .collect();
    problems.sort_unstable();
    let expected = [
        ("change-hash", Some(page(1))),
        ("change-number", Some(page(1))),
        ("heads", Some(page(1))),
        ("reference", None),
        ("shape", None),
    ];
    assert_eq!(problems, expected);
}

#[derive(Debug, Clone)]
enum Deed {
    /// So many new changes, and whether one that lies there already is given again.
    Append(u8, bool),
    /// A snapshot of all.
    Compact,
    /// A snapshot made at the last mark, put in place only now.
    CompactLate,
    Mark,
    Reopen,
}

fn deeds() -> impl Strategy<Value = Vec<Deed>> {
    let deed = prop_oneof![
        6 => (0..5_u8, any::<bool>()).prop_map(|(n, again)| Deed::Append(n, again)),
        1 => Just(Deed::Compact),
        1 => Just(Deed::CompactLate),
        2 => Just(Deed::Mark),
        1 => Just(Deed::Reopen),
    ];
    prop::collection::vec(deed, 1..25)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// The snapshot of this test is the covered changes one after the other, so at every moment what is loaded
    /// must be all that was ever appended.
    #[test]
    fn at_any_point_what_is_loaded_is_all_that_was_appended(deeds in deeds()) {
        let (dir, mut store) = profile();
        let doc = page(1);
        let mut all: Vec<Vec<u8>> = Vec::new();
        let mut in_snapshot = 0;
        let mut late: Option<(Mark, usize)> = None;
        for deed in deeds {
            match deed {
                Deed::Append(number, again) => {
                    let old = all.len();
                    let start = if again { old.saturating_sub(1).max(in_snapshot) } else { old };
                    for _ in 0..number {
                        all.push(format!("<{}>", all.len()).into_bytes());
                    }
                    let changes: Vec<NewChange<'_>> = (0_u64..)
                        .zip(&all)
                        .skip(start)
                        .map(|(at, bytes)| NewChange { hash: hash(bytes), actor: b"ana", seq: at + 1, bytes })
                        .collect();
                    store.batch(|tx| tx.append(&NETWORK, &doc, &changes, &[])).unwrap();
                }
                Deed::Compact => {
                    let snapshot = all.concat();
                    store
                        .batch(|tx| tx.replace_snapshot(&NETWORK, &doc, &snapshot, Covers::All, &[]))
                        .unwrap();
                    in_snapshot = all.len();
                    late = None;
                }
                Deed::Mark => {
                    let stored = store.load(&NETWORK, &doc).unwrap().unwrap_or_default();
                    late = Some((stored.mark, all.len()));
                }
                Deed::CompactLate => {
                    let Some((mark, number)) = late.take() else { continue };
                    let snapshot = all[..number].concat();
                    store
                        .batch(|tx| tx.replace_snapshot(&NETWORK, &doc, &snapshot, Covers::UpTo(mark), &[]))
                        .unwrap();
                    in_snapshot = number;
                }
                Deed::Reopen => {
                    drop(store);
                    store = open(dir.path()).unwrap();
                }
            }
            let stored = store.load(&NETWORK, &doc).unwrap().unwrap_or_default();
            prop_assert_eq!(stored.concatenated(), all.concat());
            prop_assert_eq!(&stored.changes, &all[in_snapshot..]);
        }
        prop_assert_eq!(store.check(|bytes| Some(hash(bytes))), []);
    }
}
