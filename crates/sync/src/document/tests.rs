use std::num::NonZeroU64;

use automerge::{
    ActorId, ExpandedChange, ObjType, ROOT,
    legacy::{ElementId, Key, MarkData, ObjectId, OpId, OpType},
    transaction::Transactable,
};

use super::*;

fn actor(seed: u8) -> ActorId {
    ActorId::from(&[seed; 16][..])
}

/// An operation of the document's first author, the writer of `doc()`.
fn first(counter: u64) -> OpId {
    OpId(counter, actor(1))
}

fn doc() -> Automerge {
    let mut doc = Automerge::new().with_actor(actor(1));
    let mut transaction = doc.transaction();
    let body = transaction.put_object(ROOT, "body", ObjType::Text).unwrap();
    transaction.splice_text(&body, 0, 0, "bonjour").unwrap();
    transaction.commit();
    doc
}

fn edit(doc: &Automerge, seed: u8, text: &str) -> Automerge {
    let mut fork = doc.fork().with_actor(actor(seed));
    let mut transaction = fork.transaction();
    let (_, body) = transaction.get(ROOT, "body").unwrap().unwrap();
    transaction.splice_text(&body, 3, 2, text).unwrap();
    transaction.put(ROOT, "k", "v").unwrap();
    transaction.commit();
    fork
}

/// A change that somebody could make next on `doc`.
fn next(doc: &Automerge, seed: u8) -> ExpandedChange {
    edit(doc, seed, "xyz").get_changes(&doc.get_heads())[0].decode()
}

fn offer(doc: &Automerge, changes: &[Vec<u8>]) -> Result<Decoded, DocRefusal> {
    let changes = changes.iter().cloned().map(Bytes).collect();
    Incoming::new(Body::Changes(changes), Vec::new()).decode(Some(doc))
}

fn offer_change(doc: &Automerge, change: ExpandedChange) -> Result<Decoded, DocRefusal> {
    offer(doc, &[Change::from(change).raw_bytes().to_vec()])
}

/// What is let through applies, and leaves a document that saves and loads.
fn assert_harmless(name: &str, here: &Automerge, decoded: Result<Decoded, DocRefusal>) {
    if let Ok(Decoded::Append(changes)) = decoded {
        let mut copy = here.clone();
        copy.apply_changes(changes).unwrap();
        drop(copy.hydrate(None));
        let loaded = Automerge::load(&copy.save());
        assert!(loaded.is_ok(), "{name}: {loaded:?}");
    }
}

#[test]
fn an_honest_change_is_taken() {
    let here = doc();
    let decoded = offer_change(&here, next(&here, 2)).unwrap();
    assert!(matches!(decoded, Decoded::Append(changes) if changes.len() == 1));
    let known = here.get_changes(&[])[0].raw_bytes().to_vec();
    assert!(matches!(offer(&here, &[known]).unwrap(), Decoded::Nothing));
}

#[test]
fn numbers_that_do_not_follow_are_refused() {
    let here = doc();
    let with = |alter: &dyn Fn(&mut ExpandedChange)| {
        let mut change = next(&here, 2);
        alter(&mut change);
        offer_change(&here, change).unwrap_err()
    };
    assert_eq!(with(&|change| change.seq = 5), DocRefusal::Incomplete);
    assert_eq!(with(&|change| change.seq = 0), DocRefusal::Malformed);
    let from = |start: u64| {
        move |change: &mut ExpandedChange| {
            change.start_op = NonZeroU64::new(start).unwrap();
        }
    };
    assert_eq!(with(&from(1)), DocRefusal::Malformed);
    assert_eq!(with(&from(1 << 33)), DocRefusal::Malformed);
    assert_eq!(with(&from(u64::MAX >> 1)), DocRefusal::Malformed);
    let missing = ChangeHash([9; 32]);
    assert_eq!(
        with(&|change| change.deps = vec![missing]),
        DocRefusal::Incomplete
    );
}

#[test]
fn a_change_in_a_place_that_is_taken_is_a_fork() {
    let start = doc();
    let here = edit(&start, 2, "abc");
    let other = edit(&start, 2, "def").get_changes(&start.get_heads())[0]
        .raw_bytes()
        .to_vec();
    assert_eq!(
        offer(&here, std::slice::from_ref(&other)).unwrap_err(),
        DocRefusal::Fork
    );
    let one = here.get_changes(&start.get_heads())[0].raw_bytes().to_vec();
    assert_eq!(offer(&start, &[one, other]).unwrap_err(), DocRefusal::Fork);
    // The chain as a whole document.
    let whole = Body::Whole(Bytes(edit(&start, 2, "def").save()));
    let refused = Incoming::new(whole, Vec::new()).decode(Some(&here));
    assert_eq!(refused.unwrap_err(), DocRefusal::Fork);
}

#[test]
fn whoever_skips_their_own_last_change_is_refused() {
    let start = doc();
    let here = edit(&start, 2, "abc");
    // Actor 2 writes number 2 as if it had never made number 1.
    let mut change = next(&start, 2);
    change.seq = 2;
    assert_eq!(
        offer_change(&here, change).unwrap_err(),
        DocRefusal::Incomplete
    );
}

#[test]
fn changes_come_each_after_those_it_depends_on_and_none_is_left_out() {
    let start = doc();
    let end = edit(&edit(&start, 2, "abc"), 3, "def");
    let changes = end.get_changes(&start.get_heads());
    let bytes: Vec<_> = changes.iter().map(|c| c.raw_bytes().to_vec()).collect();
    assert!(matches!(offer(&start, &bytes).unwrap(), Decoded::Append(all) if all.len() == 2));
    let turned: Vec<_> = bytes.iter().rev().cloned().collect();
    assert_eq!(offer(&start, &turned).unwrap_err(), DocRefusal::Incomplete);
    assert_eq!(
        offer(&start, &bytes[1..]).unwrap_err(),
        DocRefusal::Incomplete
    );
}

#[test]
fn compressed_or_damaged_changes_are_refused() {
    let here = doc();
    let mut long = edit(&here, 2, &"répétition ".repeat(100)).get_changes(&here.get_heads());
    let squeezed = long[0].bytes().to_vec();
    assert!(squeezed.len() < long[0].raw_bytes().len());
    assert_eq!(
        offer(&here, &[squeezed]).unwrap_err(),
        DocRefusal::Malformed
    );
    let plain = long[0].raw_bytes().to_vec();
    for at in 0..plain.len().min(200) {
        let mut damaged = plain.clone();
        damaged[at] ^= 1;
        assert!(offer(&here, &[damaged]).is_err(), "byte {at}");
    }
}

/// Every way of altering one operation of an honest change that this version of Automerge minds.
fn alterations(honest: &ExpandedChange) -> Vec<(String, ExpandedChange)> {
    let mut cases = Vec::new();
    let mark = OpType::MarkBegin(MarkData {
        name: "m".into(),
        value: automerge::ScalarValue::Null,
        expand: true,
    });
    let actions = [
        OpType::Increment(4),
        OpType::Make(ObjType::Map),
        OpType::Make(ObjType::Text),
        OpType::MarkEnd(true),
        mark,
        OpType::Delete,
        OpType::Put(automerge::ScalarValue::counter(1)),
    ];
    let objects = [
        ObjectId::Root,
        ObjectId::Id(first(1)),
        ObjectId::Id(first(2)),
        ObjectId::Id(first(77)),
        ObjectId::Id(OpId(1, actor(9))),
    ];
    let keys = [
        Key::Map("k".into()),
        Key::Seq(ElementId::Head),
        Key::Seq(ElementId::Id(first(3))),
        Key::Seq(ElementId::Id(first(99))),
        Key::Seq(ElementId::Id(OpId(3, actor(9)))),
    ];
    let preds = [
        vec![],
        vec![first(2)],
        vec![first(99)],
        vec![OpId(3, actor(9))],
    ];
    for at in 0..honest.operations.len() {
        let mut add = |what: String, alter: &dyn Fn(&mut automerge::legacy::Op)| {
            let mut change = honest.clone();
            alter(&mut change.operations[at]);
            cases.push((format!("operation {at}: {what}"), change));
        };
        for action in &actions {
            add(format!("{action:?}"), &|op| op.action = action.clone());
        }
        for obj in &objects {
            add(format!("in {obj:?}"), &|op| op.obj = obj.clone());
        }
        for key in &keys {
            add(format!("at {key:?}"), &|op| op.key = key.clone());
        }
        for pred in &preds {
            add(format!("over {pred:?}"), &|op| {
                op.pred = pred.clone().into();
            });
        }
        add("insert".into(), &|op| op.insert = !op.insert);
    }
    cases
}

#[test]
fn what_no_honest_peer_writes_neither_stops_the_program_nor_spoils_the_document() {
    let here = doc();
    let cases = alterations(&next(&here, 2));
    let mut refused = 0;
    for (name, change) in &cases {
        // Some cannot even be written.
        let written = std::panic::catch_unwind(|| Change::from(change.clone()));
        if let Ok(written) = written {
            let decoded = offer(&here, &[written.raw_bytes().to_vec()]);
            refused += usize::from(decoded.is_err());
            assert_harmless(name, &here, decoded);
        }
    }
    println!("{} alterations, {refused} refused", cases.len());
    assert!(refused > cases.len() / 3);
}

#[test]
fn a_damaged_whole_document_is_refused() {
    let here = doc();
    let whole = edit(&here, 2, &"abcdef".repeat(50)).save();
    for at in 0..whole.len() {
        let mut damaged = whole.clone();
        damaged[at] ^= 1 << (at % 8);
        let incoming = Incoming::new(Body::Whole(Bytes(damaged)), Vec::new());
        assert!(incoming.decode(Some(&here)).is_err(), "byte {at}");
        assert!(incoming.decode(None).is_err(), "byte {at}");
    }
    let incoming = Incoming::new(Body::Whole(Bytes(whole)), Vec::new());
    assert!(matches!(
        incoming.decode(Some(&here)),
        Ok(Decoded::Replace(_))
    ));
    assert!(matches!(incoming.decode(None), Ok(Decoded::Replace(_))));
}

#[test]
fn a_whole_document_is_merged_into_one_that_went_on() {
    let start = doc();
    let here = edit(&start, 2, "abc");
    let whole = Body::Whole(Bytes(edit(&start, 3, "def").save()));
    let decoded = Incoming::new(whole, Vec::new())
        .decode(Some(&here))
        .unwrap();
    assert!(matches!(decoded, Decoded::Append(changes) if changes.len() == 1));
    let known = Incoming::new(Body::Whole(Bytes(start.save())), Vec::new());
    assert!(matches!(known.decode(Some(&here)), Ok(Decoded::Nothing)));
}

#[test]
fn a_long_history_goes_out_in_batches_that_each_fit() {
    let mut far = doc();
    let mut put = |value: String| {
        let mut transaction = far.transaction();
        transaction.put(ROOT, "k", value).unwrap();
        transaction.commit();
    };
    let noise: String = (0..100_000u32)
        .map(|i| char::from(33 + (i.wrapping_mul(2_654_435_761) >> 24) as u8 % 90))
        .collect();
    (0..100).for_each(|i| put(format!("{i}")));
    (0..20).for_each(|i| put(format!("{i}{noise}")));
    let old = far.get_changes(&[])[100].hash();
    let start = vec![old];
    let mut here = far.fork_at(&start).unwrap();
    let mut has = start;
    let mut batches = 0;
    while let Some(out) = outgoing(&far, &has, None).unwrap() {
        let incoming = Incoming::new(out.body, Vec::new());
        match incoming.decode(Some(&here)).unwrap() {
            Decoded::Append(changes) => here.apply_changes(changes).unwrap(),
            Decoded::Replace(whole) => here = *whole,
            Decoded::Nothing => panic!("nothing new"),
        }
        has.extend(out.heads);
        batches += 1;
        if !out.more {
            break;
        }
    }
    assert!(batches > 1, "{batches} batches");
    assert_eq!(here.get_heads(), far.get_heads());
}

#[test]
fn a_clock_tells_exactly_what_is_lacking() {
    let start = doc();
    let left = edit(&edit(&start, 2, "ab"), 2, "cd");
    let mut right = edit(&start, 3, "ef");
    let lacking = Clock::of(&right).lacks(&left, &[]).unwrap();
    assert_eq!(lacking.len(), 2);
    right.apply_changes(lacking).unwrap();
    assert!(Clock::of(&right).lacks(&left, &[]).unwrap().is_empty());
    assert_eq!(Clock::of(&left).lacks(&right, &[]).unwrap().len(), 1);
    let read = Clock::from_entries(Clock::of(&left).entries());
    assert_eq!(read, Clock::of(&left));
    let forked = edit(&start, 2, "xy");
    assert!(Clock::of(&forked).lacks(&left, &[]).is_err());
}
