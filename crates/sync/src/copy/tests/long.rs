//! Long histories: what an honest network has after years is taken by a newcomer.

use automerge::transaction::CommitOptions;

use super::*;

/// An actor of a device in one of its lives.
fn life(network: &NetworkId, seed: u8, life: u64) -> ActorId {
    let life = Incarnation(life);
    ActorId::from(&actor_id(network, &key(seed).id(), &page(), life)[..])
}

fn write(doc: &mut Automerge, by: ActorId, value: i64) {
    doc.set_actor(by);
    let mut transaction = doc.transaction();
    transaction.put(ROOT, "k", value).unwrap();
    transaction.commit_with(CommitOptions::default().with_time(0));
}

/// The document with a seal for each life of a device.
fn sealed_whole(
    network: &NetworkId,
    doc: &Automerge,
    lives: impl Iterator<Item = (u8, u64)>,
) -> Incoming {
    let changes = doc.get_changes_meta(&[]);
    let mut ends = BTreeMap::new();
    for change in &changes {
        ends.insert(change.actor.to_bytes(), (change.seq, change.hash));
    }
    let seal = |(seed, number): (u8, u64)| {
        let (seq, tip) = ends.get(life(network, seed, number).to_bytes())?;
        let at = Incarnation(number);
        let seal = Seal::sign(&key(seed), network, &page(), at, *seq, tip.0);
        Some(Bytes(seal.bytes().to_vec()))
    };
    let seals = lives.filter_map(seal).collect();
    Incoming::new(Body::Whole(Bytes(doc.save())), Vec::new(), seals)
}

#[test]
fn a_document_in_which_thousands_wrote_by_turns_is_taken() {
    const LIVES: u64 = 2_100;
    let (network, members) = members();
    let mut doc = Automerge::new();
    for round in 0..2 {
        for number in 0..LIVES {
            write(
                &mut doc,
                life(&network, 1, number),
                round * 10_000 + number.cast_signed(),
            );
        }
    }
    let incoming = sealed_whole(&network, &doc, (0..LIVES).map(|number| (1, number)));
    let mut here = Copy::new(network, page(), Automerge::new());
    let verified = here.verify(&incoming, &members).unwrap();
    here.take(verified).unwrap();
    assert_eq!(here.heads(), doc.get_heads());
    assert_eq!(here.seals().count() as u64, LIVES);
}

#[test]
fn what_was_written_for_long_on_the_losing_branch_of_a_copied_disk_is_taken() {
    const BEFORE: i64 = 3_000;
    const BRANCH: i64 = 1_500;
    let (network, members) = members();
    let by = |seed| life(&network, seed, 0);
    let mut start = Automerge::new();
    for value in 0..BEFORE {
        write(&mut start, by(1), value);
    }
    write(&mut start, by(2), 0);
    let mut chosen = start.clone();
    write(&mut chosen, by(2), -1);
    write(&mut chosen, by(3), -2);
    write(&mut chosen, by(4), -3);
    let mut losing = start.clone();
    for value in 1..=BRANCH {
        write(&mut losing, by(2), value);
    }
    let mut incoming = sealed_whole(&network, &chosen, (1..=4).map(|seed| (seed, 0)));
    let branch = losing.get_changes(&start.get_heads());
    let tip = branch.last().unwrap();
    let seal = Seal::sign(&key(2), &network, &page(), LIFE, tip.seq(), tip.hash().0);
    incoming.seals.push(seal.bytes().to_vec());
    incoming.aside = bytes(&branch).into_iter().map(Bytes).collect();

    let mut here = Copy::new(network, page(), Automerge::new());
    let verified = here.verify(&incoming, &members).unwrap();
    here.take(verified).unwrap();
    assert_eq!(here.doc().get_heads(), chosen.get_heads());
    assert_eq!(here.aside().len(), branch.len());
    assert_eq!(here.prove(&members), Ok(()));
}
