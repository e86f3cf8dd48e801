//! What is forgotten goes with its seals, here and in the store.

use tresse_trust::MOST_BRANCHES;

use super::*;

/// Branches that a device begins in one place, lowest hash first.
fn branches(start: &Automerge, seed: u8) -> Vec<Automerge> {
    let mut branches: Vec<Automerge> = (0..=MOST_BRANCHES)
        .map(|number| edit(start, seed, &format!("branch {number}")))
        .collect();
    branches.sort_by_key(Automerge::get_heads);
    branches
}

fn new_in(branch: &Automerge, start: &Automerge) -> Vec<Vec<u8>> {
    bytes(&branch.get_changes(&start.get_heads()))
}

#[test]
fn the_seal_of_a_branch_that_is_forgotten_because_of_another_is_forgotten_in_the_store_too() {
    let start = doc();
    let members = members().1;
    let bo = branches(&start, 2);
    let (last_of_bo, others_of_bo) = bo.split_last().unwrap();
    // A branch of a third device is all that is built on Bo's last one.
    let mut cleo = branches(&start, 3);
    let highest = cleo.last().unwrap().get_heads();
    let built = (0..1_000)
        .map(|number| edit(last_of_bo, 3, &format!("built {number}")))
        .find(|built| built.get_heads() > highest)
        .unwrap();
    cleo.pop();

    let mut here = copy_of(&start);
    let mut first = new_in(&built, &start);
    first.extend(
        others_of_bo
            .iter()
            .flat_map(|branch| new_in(branch, &start)),
    );
    let verified = here.verify(&incoming(&first), &members).unwrap();
    here.take(verified).unwrap();
    assert_eq!(here.branches(actor(2).to_bytes()), MOST_BRANCHES + 1);

    let then: Vec<Vec<u8>> = cleo
        .iter()
        .flat_map(|branch| new_in(branch, &start))
        .collect();
    let verified = here.verify(&incoming(&then), &members).unwrap();
    let landed = here.take(verified).unwrap();
    assert!(!here.knows(&last_of_bo.get_heads()[0]));
    assert_eq!(here.branches(actor(2).to_bytes()), MOST_BRANCHES);
    let stored = landed
        .seals
        .iter()
        .find(|(chain, _)| chain == actor(2).to_bytes());
    let (chain, seals) = stored.expect("the store hears of it");
    assert_eq!(stored_seals(seals, chain).unwrap().len(), MOST_BRANCHES);
    assert_eq!(here.prove(&members), Ok(()));
}
