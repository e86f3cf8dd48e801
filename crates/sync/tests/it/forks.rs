//! One device, many branches of one chain.

use crate::village::{Village, page};

const ANA: usize = 0;
const BO: usize = 1;
const ZOE: usize = 2;

#[test]
fn of_many_branches_in_one_place_everybody_keeps_the_same_few() {
    let (mut village, net) = Village::of_members(11, &["Ana", "Bo", "Zoé"]);
    village.does(ANA, |ana| ana.put(&net, &page(1), "title", "Carnet"));
    village.meet(ANA, BO);
    village.meet(ANA, ZOE);
    village.settle();
    village.part_all();
    village.copy_disk(ZOE);
    for branch in 0..24 {
        village.does(ZOE, |zoe| {
            zoe.put(&net, &page(1), "title", &format!("branche {branch}"));
        });
        village.meet(ZOE, branch % 2);
        village.settle();
        village.part_all();
        // The disk as it was before the branch.
        village.copy_disk(ZOE);
        village.copy_disk(ZOE);
    }
    village.meet(ANA, BO);
    village.settle();
    village.assert_equal(&net, &[ANA, BO]);
    assert!(village.in_step(ANA, BO, &net));
    let heads = &village.machines[ANA].copy(&net).heads[&page(1)];
    assert!(heads.len() <= 1 + tresse_trust::MOST_BRANCHES);
    let seals = village.machines[ANA].copy(&net).docs[&page(1)].seals();
    assert!(
        seals.count() <= 2 + tresse_trust::MOST_BRANCHES,
        "seals of what is not kept"
    );
}

/// Zoé tells each of two members so many branches in one place of her chain, all different; then the two meet.
fn two_hold_different_branches(seed: u64, each: usize) -> (Village, tresse_model::NetworkId) {
    let (mut village, net) = Village::of_members(seed, &["Ana", "Bo", "Zoé"]);
    village.does(ANA, |ana| ana.put(&net, &page(1), "title", "Carnet"));
    village.meet(ANA, BO);
    village.meet(ANA, ZOE);
    village.settle();
    village.part_all();
    village.copy_disk(ZOE);
    for branch in 0..2 * each {
        let title = format!("branche {seed} {branch}");
        village.does(ZOE, |zoe| zoe.put(&net, &page(1), "title", &title));
        village.meet(ZOE, branch % 2);
        village.settle();
        village.part_all();
        village.copy_disk(ZOE);
        village.copy_disk(ZOE);
    }
    village.meet(ANA, BO);
    village.settle();
    (village, net)
}

#[test]
fn who_let_a_branch_go_that_it_had_told_of_is_not_waited_for() {
    for seed in 0..200 {
        let (village, net) = two_hold_different_branches(seed, 7);
        village.assert_equal(&net, &[ANA, BO]);
        assert!(village.in_step(ANA, BO, &net), "seed {seed}");
    }
}
