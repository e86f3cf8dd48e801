mod long;
mod worthless;

use std::num::NonZeroU64;

use automerge::{
    ActorId, ExpandedChange, ObjType, ROOT, ReadDoc,
    legacy::{ElementId, Key, MarkData, ObjectId, OpId, OpType},
    transaction::Transactable,
};
use tresse_trust::{
    ActSet, Body as Said, Consent, InviteSecret, Membership, actor_id, evaluate, member_id,
};

use super::*;
use crate::{
    DocRefusal, Incoming,
    clock::Clock,
    document::outgoing,
    wire::{Body, Bytes},
};

const LIFE: Incarnation = Incarnation(0);

fn key(seed: u8) -> DeviceKey {
    DeviceKey::from_seed([seed; 32])
}

/// Devices 1 to 4 are members'; nobody knows the others.
fn members() -> (NetworkId, Membership) {
    let mut acts = ActSet::found(&key(1), 1, "Ana", [0; 16]).unwrap();
    let network = acts.network();
    let invite = InviteSecret::from_seed([9; 32]);
    let open = Said::Invite {
        invite: invite.key(),
        uses: 9,
        expires_ms: 9,
    };
    let now = evaluate(&acts);
    acts.insert(acts.sign(&now, &key(1), 1, &open).unwrap())
        .unwrap();
    for seed in 2..=4 {
        let member = member_id(&key(seed).id());
        let consent = Consent::sign(network, &invite, &key(seed), member, "Bo");
        let admit = Said::Admit { consent };
        let now = evaluate(&acts);
        acts.insert(acts.sign(&now, &key(1), 1, &admit).unwrap())
            .unwrap();
    }
    (network, evaluate(&acts))
}

fn page() -> DocId {
    DocId::from_bytes([77; DocId::LEN])
}

fn actor(seed: u8) -> ActorId {
    ActorId::from(&actor_id(&members().0, &key(seed).id(), &page(), LIFE)[..])
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

fn copy_of(doc: &Automerge) -> Copy {
    let mut copy = Copy::new(members().0, page(), doc.clone());
    for seal in sealed(&doc.get_changes(&[])) {
        let seal = Seal::verify(&seal, &members().0, &page()).unwrap();
        copy.keep(seal);
    }
    copy
}

/// A seal on every change by each device that wrote one.
fn sealed(changes: &[Change]) -> Vec<Vec<u8>> {
    let seal = |change: &Change| {
        let by = (1..=9).find(|seed| actor(*seed) == *change.actor_id())?;
        let (network, tip) = (members().0, change.hash().0);
        let seal = Seal::sign(&key(by), &network, &page(), LIFE, change.seq(), tip);
        Some(seal.bytes().to_vec())
    };
    changes.iter().filter_map(seal).collect()
}

fn whole(doc: &Automerge) -> Incoming {
    let seals = sealed(&doc.get_changes(&[]))
        .into_iter()
        .map(Bytes)
        .collect();
    Incoming::new(Body::Whole(Bytes(doc.save())), Vec::new(), seals)
}

fn verify(here: &Automerge, incoming: &Incoming) -> Result<Verified, DocRefusal> {
    copy_of(here).verify(incoming, &members().1)
}

/// A change that somebody could make next on `doc`.
fn next(doc: &Automerge, seed: u8) -> ExpandedChange {
    edit(doc, seed, "xyz").get_changes(&doc.get_heads())[0].decode()
}

/// Changes as their writers would seal them, whatever they are.
fn incoming(changes: &[Vec<u8>]) -> Incoming {
    let read: Vec<Change> = changes
        .iter()
        .filter_map(|bytes| crate::trial::read(bytes).ok())
        .collect();
    let seals = sealed(&read).into_iter().map(Bytes).collect();
    let changes = changes.iter().cloned().map(Bytes).collect();
    Incoming::new(Body::Changes(changes), Vec::new(), seals)
}

fn offer(doc: &Automerge, changes: &[Vec<u8>]) -> Result<Verified, DocRefusal> {
    verify(doc, &incoming(changes))
}

fn offer_change(doc: &Automerge, change: ExpandedChange) -> Result<Verified, DocRefusal> {
    offer(doc, &[Change::from(change).raw_bytes().to_vec()])
}

fn bytes(changes: &[Change]) -> Vec<Vec<u8>> {
    changes
        .iter()
        .map(|change| change.raw_bytes().to_vec())
        .collect()
}

/// How many changes come to the document.
fn more(verified: &Verified) -> Option<usize> {
    match &verified.change {
        Shown::More(changes, _) => Some(changes.len()),
        _ => None,
    }
}

/// What is let through applies, and leaves a document that saves and loads.
fn assert_harmless(name: &str, here: &Automerge, verified: Result<Verified, DocRefusal>) {
    if let Ok(verified) = verified {
        let mut copy = copy_of(here);
        copy.take(verified).unwrap();
        drop(copy.doc().hydrate(None));
        let loaded = Automerge::load(&copy.doc().save());
        assert!(loaded.is_ok(), "{name}: {loaded:?}");
    }
}

#[test]
fn an_honest_change_is_taken() {
    let here = doc();
    let verified = offer_change(&here, next(&here, 2)).unwrap();
    assert_eq!(more(&verified), Some(1));
    let known = bytes(&here.get_changes(&[]));
    assert!(offer(&here, &known).unwrap().is_nothing());
}

#[test]
fn a_change_without_its_writers_seal_is_refused() {
    let here = doc();
    let change = Change::from(next(&here, 2));
    let (network, members) = members();
    let offer = |seals: Vec<Vec<u8>>| {
        let seals = seals.into_iter().map(Bytes).collect();
        let body = Body::Changes(vec![Bytes(change.raw_bytes().to_vec())]);
        copy_of(&here)
            .verify(&Incoming::new(body, Vec::new(), seals), &members)
            .map(drop)
    };
    let seal = |by: u8, network: &NetworkId, doc: &DocId, life, seq, tip| {
        vec![
            Seal::sign(&key(by), network, doc, life, seq, tip)
                .bytes()
                .to_vec(),
        ]
    };
    let tip = change.hash().0;
    assert_eq!(offer(seal(2, &network, &page(), LIFE, 1, tip)), Ok(()));
    for (what, seals) in [
        ("none", vec![]),
        ("another device's", seal(3, &network, &page(), LIFE, 1, tip)),
        (
            "of another network",
            seal(2, &NetworkId::from_bytes([1; 20]), &page(), LIFE, 1, tip),
        ),
        (
            "of another document",
            seal(2, &network, &DocId::page([1; 16]), LIFE, 1, tip),
        ),
        (
            "of another life",
            seal(2, &network, &page(), Incarnation(1), 1, tip),
        ),
        ("of another place", seal(2, &network, &page(), LIFE, 2, tip)),
        (
            "of a change that did not come",
            seal(2, &network, &page(), LIFE, 2, [7; 32]),
        ),
        ("no seal at all", vec![vec![1, 2, 3]]),
    ] {
        assert_eq!(offer(seals), Err(DocRefusal::Unsealed), "{what}");
    }
    let mut altered = seal(2, &network, &page(), LIFE, 1, tip);
    altered[0][140] ^= 1;
    assert_eq!(offer(altered), Err(DocRefusal::Unsealed));
}

#[test]
fn a_stranger_seals_in_vain() {
    let here = doc();
    assert_eq!(
        offer_change(&here, next(&here, 5)).unwrap_err(),
        DocRefusal::NotAllowed
    );
}

#[test]
fn nobody_writes_in_anothers_notebook() {
    let (network, members) = members();
    for (writer, allowed) in [(2, true), (3, false)] {
        let id = DocId::notebook(&network, &member_id(&key(2).id()));
        let mut doc = tresse_model::genesis(tresse_model::DocKind::Notebook);
        let here = Copy::new(network, id, doc.clone());
        let actor = actor_id(&network, &key(writer).id(), &id, LIFE);
        doc.set_actor(ActorId::from(&actor[..]));
        let mut transaction = doc.transaction();
        transaction.put(ROOT, "voice", "yes").unwrap();
        transaction.commit();
        let change = doc.get_last_local_change().unwrap();
        let seal = Seal::sign(&key(writer), &network, &id, LIFE, 1, change.hash().0);
        let body = Body::Changes(vec![Bytes(change.raw_bytes().to_vec())]);
        let incoming = Incoming::new(body, Vec::new(), vec![Bytes(seal.bytes().to_vec())]);
        let verified = here.verify(&incoming, &members);
        assert_eq!(verified.is_ok(), allowed);
    }
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
    // A gap, of which a saved document says nothing: it would not load any more.
    let after = next(&here, 2).start_op.get() + 1;
    assert_eq!(with(&from(after)), DocRefusal::Malformed);
    let empty = with(&|change| {
        change.operations.clear();
        change.start_op = NonZeroU64::new(after).unwrap();
    });
    assert_eq!(empty, DocRefusal::Malformed);
    assert_eq!(with(&from(1 << 33)), DocRefusal::Malformed);
    assert_eq!(with(&from(u64::MAX >> 1)), DocRefusal::Malformed);
    let missing = ChangeHash([9; 32]);
    assert_eq!(
        with(&|change| change.deps = vec![missing]),
        DocRefusal::Incomplete
    );
}

/// Three people's copies after one device wrote two different things in one place, and others built on each.
#[test]
fn of_a_fork_all_keep_the_branch_that_more_people_built_on_and_the_proof() {
    let start = doc();
    let members = members().1;
    let left = edit(&edit(&edit(&start, 2, "abc"), 3, "three"), 4, "four");
    let right = edit(&edit(&start, 2, "def"), 1, "one");
    let mut copies = [copy_of(&left), copy_of(&right), copy_of(&start)];
    for _ in 0..2 {
        for from in 0..copies.len() {
            for to in 0..copies.len() {
                let has: Heads = copies[to]
                    .heads()
                    .into_iter()
                    .filter(|head| copies[from].knows(head))
                    .collect();
                let Some(out) = outgoing(&copies[from], &has, None).unwrap() else {
                    continue;
                };
                let incoming = Incoming::new(out.body, out.aside, out.seals);
                let verified = copies[to].verify(&incoming, &members).unwrap();
                copies[to].take(verified).unwrap();
            }
        }
    }
    let heads = copies[0].heads();
    for copy in &copies {
        assert_eq!(copy.heads(), heads, "all know the same");
        assert_eq!(
            copy.doc().get_heads(),
            left.get_heads(),
            "all show the same"
        );
        assert_eq!(
            copy.aside().len(),
            2,
            "the other branch and what was built on it is kept"
        );
        let forks = copy.forks(&members);
        assert_eq!(forks.len(), 1);
        assert_eq!(copy.author(&forks[0].actor), Some(key(2).id()));
    }
    let reloaded = Copy::load(
        copies[1].network,
        page(),
        copies[1].doc().clone(),
        &bytes(copies[1].aside()),
        &copies[1]
            .seals
            .keys()
            .map(|actor| (actor.to_vec(), copies[1].sealed(actor)))
            .collect::<Vec<_>>(),
    )
    .unwrap();
    assert_eq!(reloaded.heads(), heads);
    assert_eq!(reloaded.seals, copies[1].seals);
}

#[test]
fn nobody_builds_on_both_branches_of_a_fork() {
    let start = doc();
    let mut both = edit(&start, 2, "abc");
    let other = edit(&start, 2, "def");
    let mut change = next(&both, 3);
    change.deps.push(other.get_heads()[0]);
    change.deps.sort();
    let mut all = both.get_changes(&start.get_heads());
    all.extend(other.get_changes(&start.get_heads()));
    all.push(Change::from(change));
    let verified = offer(&start, &bytes(&all));
    if let Ok(verified) = verified {
        let mut copy = copy_of(&start);
        copy.take(verified).unwrap();
        assert_eq!(copy.doc().get_changes(&[]).len(), 2);
        both = copy.doc().clone();
    }
    assert!(Automerge::load(&both.save()).is_ok());
}

#[test]
fn whoever_forked_does_not_go_on_from_both_branches() {
    let start = doc();
    let (left, right) = (edit(&start, 2, "abc"), edit(&start, 2, "def"));
    let mut both = next(&left, 2);
    both.deps.push(right.get_heads()[0]);
    both.deps.sort();
    let both = Change::from(both).raw_bytes().to_vec();
    let mut branches = bytes(&left.get_changes(&start.get_heads()));
    branches.extend(bytes(&right.get_changes(&start.get_heads())));

    let mut here = copy_of(&start);
    let verified = here.verify(&incoming(&branches), &members().1).unwrap();
    here.take(verified).unwrap();
    assert_eq!(here.aside().len(), 1);
    let refused = here.verify(&incoming(std::slice::from_ref(&both)), &members().1);
    assert_eq!(refused.unwrap_err(), DocRefusal::Malformed, "after both");
    branches.push(both);
    let refused = offer(&start, &branches);
    assert_eq!(refused.unwrap_err(), DocRefusal::Malformed, "with both");
    assert_eq!(here.prove(&members().1), Ok(()));
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
    let bytes = bytes(&end.get_changes(&start.get_heads()));
    assert_eq!(more(&offer(&start, &bytes).unwrap()), Some(2));
    let turned: Vec<_> = bytes.iter().rev().cloned().collect();
    assert_eq!(offer(&start, &turned).unwrap_err(), DocRefusal::Incomplete);
    assert_eq!(
        offer(&start, &bytes[1..]).unwrap_err(),
        DocRefusal::Incomplete
    );
}

/// An empty change has nothing in it but its place: made twice, it is the same.
#[test]
fn what_comes_twice_comes_once_and_makes_no_fork() {
    let start = doc();
    let mut first = start.fork().with_actor(actor(2));
    first.empty_commit(automerge::transaction::CommitOptions::default().with_time(0));
    let mut end = first.fork().with_actor(actor(2));
    end.empty_commit(automerge::transaction::CommitOptions::default().with_time(0));
    let once = bytes(&end.get_changes(&start.get_heads()));
    let twice = [once.clone(), once.clone()].concat();
    for incoming in [incoming(&twice), {
        let mut whole = whole(&end);
        whole.aside = once.iter().cloned().map(Bytes).collect();
        whole
    }] {
        let mut here = copy_of(&start);
        let verified = here.verify(&incoming, &members().1).unwrap();
        here.take(verified).unwrap();
        assert_eq!(here.heads(), end.get_heads());
        assert!(here.aside().is_empty() && here.branches(actor(2).to_bytes()) == 1);
        assert_eq!(here.prove(&members().1), Ok(()));
    }
}

/// An honest change, with one byte altered so that an operation names an author whom the change does not list.
fn naming_nobody(change: &Change) -> Vec<u8> {
    let altered = (0..change.raw_bytes().len()).rev().find_map(|at| {
        let mut bytes = change.raw_bytes().to_vec();
        bytes[at] ^= 5;
        let hash = crate::trial::read(&bytes).ok()?.hash();
        bytes[4..8].copy_from_slice(&hash.0[..4]);
        let change = crate::trial::read(&bytes).ok()?;
        let decoded = std::panic::catch_unwind(|| change.decode());
        (change.raw_bytes() == bytes && decoded.is_err()).then_some(bytes)
    });
    altered.expect("one of the bytes is an author's number")
}

#[test]
fn who_names_an_author_that_is_not_listed_is_refused_with_a_fork_about_as_well() {
    let start = doc();
    let (left, right) = (edit(&start, 2, "abc"), edit(&start, 2, "def"));
    let mut branches = bytes(&left.get_changes(&start.get_heads()));
    branches.extend(bytes(&right.get_changes(&start.get_heads())));
    let mut here = copy_of(&start);
    let verified = here.verify(&incoming(&branches), &members().1).unwrap();
    here.take(verified).unwrap();
    let honest = edit(&left, 3, "ghi").get_changes(&left.get_heads());
    let bad = naming_nobody(&honest[0]);
    for here in [&here, &copy_of(&left)] {
        let refused = here.verify(&incoming(std::slice::from_ref(&bad)), &members().1);
        assert_eq!(refused.unwrap_err(), DocRefusal::Malformed);
    }
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

#[test]
fn numbers_larger_than_any_do_not_stop_the_program() {
    let here = doc();
    let far = OpId(u64::MAX - 70, actor(1));
    let alterations: [&dyn Fn(&mut automerge::legacy::Op); 3] = [
        &|op| op.pred = vec![far.clone()].into(),
        &|op| op.obj = ObjectId::Id(far.clone()),
        &|op| op.key = Key::Seq(ElementId::Id(far.clone())),
    ];
    for (number, alter) in alterations.into_iter().enumerate() {
        let mut change = next(&here, 2);
        alter(&mut change.operations[0]);
        let refused = offer_change(&here, change);
        assert_eq!(refused.unwrap_err(), DocRefusal::Malformed, "{number}");
    }
}

/// A change that takes away a key without naming what stands there: applied, it is lost in saving.
fn lost_in_saving(doc: &Automerge, seed: u8) -> Change {
    let mut change = next(doc, seed);
    change.operations.truncate(1);
    change.operations[0] = automerge::legacy::Op {
        action: OpType::Delete,
        obj: ObjectId::Root,
        key: Key::Map("k".into()),
        pred: vec![].into(),
        insert: false,
    };
    Change::from(change)
}

#[test]
fn what_would_be_lost_in_saving_is_refused() {
    let here = doc();
    let change = lost_in_saving(&here, 2).raw_bytes().to_vec();
    assert_eq!(offer(&here, &[change]).unwrap_err(), DocRefusal::Malformed);
}

#[test]
fn a_branch_that_more_build_on_is_refused_if_it_cannot_be_saved() {
    let start = doc();
    let (here, other) = (edit(&start, 2, "abc"), edit(&start, 2, "def"));
    let mut branch = other.get_changes(&start.get_heads());
    branch.push(Change::from(next(&other, 3)));
    assert!(offer(&here, &bytes(&branch)).is_ok());
    branch[1] = lost_in_saving(&other, 3);
    let refused = offer(&here, &bytes(&branch));
    assert_eq!(refused.unwrap_err(), DocRefusal::Malformed);
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
fn many_nothings_in_few_bytes_are_refused() {
    let here = doc();
    let nothings = |count: usize| {
        let mut fork = here.fork().with_actor(actor(2));
        let mut transaction = fork.transaction();
        let list = transaction.put_object(ROOT, "l", ObjType::List).unwrap();
        for at in 0..count {
            transaction.insert(&list, at, ()).unwrap();
        }
        transaction.commit();
        fork.get_changes(&here.get_heads())
    };
    assert!(offer(&here, &bytes(&nothings(5_000))).is_ok());
    let many = nothings(crate::unfolded::MORE as usize + 1_000);
    assert!(many[0].raw_bytes().len() < 200);
    let refused = offer(&here, &bytes(&many));
    assert_eq!(refused.unwrap_err(), DocRefusal::TooLarge);
    let mut there = here.clone();
    there.apply_changes(many).unwrap();
    assert!(there.save().len() < 500);
    let refused = verify(&Automerge::new(), &whole(&there));
    assert_eq!(refused.unwrap_err(), DocRefusal::TooLarge);
}

#[test]
fn nothing_but_one_document_is_taken_for_one() {
    let here = doc();
    let more = edit(&here, 2, &"répétition ".repeat(100));
    let mut change = more.get_changes(&here.get_heads());
    let changes = change[0].bytes().to_vec();
    let seals: Vec<Bytes> = sealed(&more.get_changes(&[]))
        .into_iter()
        .map(Bytes)
        .collect();
    for saved in [[here.save(), changes.clone()].concat(), changes] {
        let incoming = Incoming::new(Body::Whole(Bytes(saved)), Vec::new(), seals.clone());
        assert_eq!(verify(&here, &incoming).unwrap_err(), DocRefusal::Malformed);
    }
}

#[test]
fn a_damaged_whole_document_is_refused() {
    let here = doc();
    let there = edit(&here, 2, &"abcdef".repeat(50));
    let seals: Vec<Bytes> = sealed(&there.get_changes(&[]))
        .into_iter()
        .map(Bytes)
        .collect();
    let saved = there.save();
    for at in 0..saved.len() {
        let mut damaged = saved.clone();
        damaged[at] ^= 1 << (at % 8);
        let incoming = Incoming::new(Body::Whole(Bytes(damaged)), Vec::new(), seals.clone());
        assert!(verify(&here, &incoming).is_err(), "byte {at}");
        assert!(verify(&Automerge::new(), &incoming).is_err(), "byte {at}");
    }
    for here in [here, Automerge::new()] {
        let verified = verify(&here, &whole(&there)).unwrap();
        assert!(matches!(verified.change, Shown::Whole(..)));
    }
}

#[test]
fn a_whole_document_is_merged_into_one_that_went_on() {
    let start = doc();
    let here = edit(&start, 2, "abc");
    let verified = verify(&here, &whole(&edit(&start, 3, "def"))).unwrap();
    assert_eq!(more(&verified), Some(1));
    assert!(verify(&here, &whole(&start)).unwrap().is_nothing());
}

#[test]
fn what_was_checked_against_another_state_is_not_taken_and_changes_nothing() {
    let start = doc();
    let (ours, theirs) = (edit(&start, 2, "abc"), edit(&start, 3, "def"));
    let more = bytes(&theirs.get_changes(&start.get_heads()));
    for incoming in [incoming(&more), whole(&theirs)] {
        let verified = verify(&start, &incoming).unwrap();
        let mut went_on = copy_of(&ours);
        let refused = went_on.take(verified).map(drop);
        assert_eq!(refused, Err(DocRefusal::Malformed));
        assert_eq!(went_on.doc().get_heads(), ours.get_heads());
        // Looked at as things are now, it is taken, and what was written meanwhile stays.
        let verified = went_on.verify(&incoming, &members().1).unwrap();
        went_on.take(verified).unwrap();
        assert_eq!(went_on.doc().get_changes(&[]).len(), 3);
    }
}

#[test]
fn a_long_chain_goes_in_one_message_up_to_its_sealed_end() {
    let mut far = doc();
    for number in 0..100 {
        let mut transaction = far.transaction();
        transaction.put(ROOT, "k", format!("{number}")).unwrap();
        transaction.commit();
    }
    let far = copy_of(&far);
    let mut here = copy_of(&doc());
    assert_eq!(
        far.seals().count(),
        1,
        "the newest seal vouches for all of a chain"
    );
    let out = outgoing(&far, &here.heads(), None).unwrap().unwrap();
    let incoming = Incoming::new(out.body, out.aside, out.seals);
    let verified = here.verify(&incoming, &members().1).unwrap();
    here.take(verified).unwrap();
    assert_eq!(here.heads(), far.heads());
    assert_eq!(here.seals, far.seals);
}

#[test]
fn a_clock_tells_exactly_what_is_lacking() {
    let lacking = |of: &Clock, there: &Automerge| {
        let of = (of.clone(), false);
        let out = outgoing(&copy_of(there), &[], Some(&of)).unwrap();
        out.map_or(0, |out| match out.body {
            Body::Changes(changes) => changes.len(),
            Body::Whole(_) | Body::Packed(_) => usize::MAX,
        })
    };
    let start = doc();
    let left = edit(&edit(&start, 2, "ab"), 2, "cd");
    let right = edit(&start, 3, "ef");
    let clock = |doc: &Automerge| Clock::of(&copy_of(doc));
    assert_eq!(lacking(&clock(&right), &left), 2);
    assert_eq!(lacking(&clock(&left), &right), 1);
    assert_eq!(lacking(&clock(&left), &left), 0);
    let read = Clock::from_entries(clock(&left).entries());
    assert_eq!(read, clock(&left));
    // Another branch of the same chain: nothing of it is taken to be there.
    let forked = edit(&start, 2, "xy");
    assert_eq!(lacking(&clock(&forked), &left), 2);
}
