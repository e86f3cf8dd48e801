use rand::{Rng, SeedableRng};
use tresse_sync::Effect;

use crate::{
    machine::genesis,
    village::{Village, page},
};

const ANA: usize = 0;
const BO: usize = 1;
const CY: usize = 2;

#[test]
fn ana_writes_while_bo_is_offline_and_they_meet() {
    let (mut village, net) = Village::of_members(1, &["Ana", "Bo"]);
    village.does(ANA, |ana| ana.write(&net, &page(1), 0, "Bonjour"));
    village.meet(ANA, BO);
    village.settle();
    assert_eq!(village.machines[BO].text(&net, &page(1)), "Bonjour");
    assert!(village.in_step(ANA, BO, &net));
    assert!(village.heard(BO).contains(&Effect::InStep(net)));
}

#[test]
fn both_write_in_one_paragraph_offline_and_nothing_is_lost() {
    let (mut village, net) = Village::of_members(2, &["Ana", "Bo"]);
    village.does(ANA, |ana| {
        ana.write(&net, &page(1), 0, "la place du village");
    });
    village.meet(BO, ANA);
    village.settle();
    village.part(ANA, BO);
    village.does(ANA, |ana| {
        ana.write(&net, &page(1), 0, "Sur ");
        ana.put(&net, &page(1), "title", "Place");
    });
    village.does(BO, |bo| {
        bo.write(&net, &page(1), 100, ", samedi");
        bo.put(&net, &page(1), "title", "Samedi");
    });
    village.meet(ANA, BO);
    village.settle();
    village.assert_equal(&net, &[ANA, BO]);
    assert_eq!(
        village.machines[ANA].text(&net, &page(1)),
        "Sur la place du village, samedi"
    );
    assert!(village.in_step(ANA, BO, &net));
}

#[test]
fn both_made_the_same_document_before_they_ever_met() {
    let (mut village, net) = Village::of_members(3, &["Ana", "Bo"]);
    village.does(ANA, |ana| ana.put(&net, &page(1), "a", "1"));
    village.does(BO, |bo| bo.put(&net, &page(1), "b", "2"));
    village.meet(ANA, BO);
    village.settle();
    village.assert_equal(&net, &[ANA, BO]);
    assert_eq!(
        village.machines[ANA].value(&net, &page(1), "b").unwrap(),
        "2"
    );
}

#[test]
fn who_lacks_much_is_told_how_much_of_it_has_come() {
    let (mut village, net) = Village::of_members(9, &["Ana", "Bo"]);
    // So long that they do not come all at once.
    for number in 0..40 {
        let letters = std::iter::repeat_with(|| village.rng.random_range('a'..='z'));
        let text: String = letters.take(8_000).collect();
        village.does(ANA, |ana| ana.write(&net, &page(number), 0, &text));
    }
    village.meet(BO, ANA);
    let mut told = Vec::new();
    while village.step() {
        let status = village.status(BO, ANA, &net).unwrap_or_default();
        if status.to_come > 0 {
            told.push((status.to_come, status.to_come_of));
        }
    }
    // Some came in one frame with the list.
    let all = told[0].0;
    assert!((10..=40).contains(&all), "{told:?}");
    assert!(told.iter().all(|(_, of)| *of == all), "{told:?}");
    assert!(told.is_sorted_by(|before, after| before >= after));
    assert!(told.len() > 1, "{told:?}");
    village.settle();
    // Once both are in step, what comes next is counted anew.
    let status = village.status(BO, ANA, &net).unwrap();
    assert_eq!((status.to_come, status.to_come_of), (0, 0));
    assert_eq!(village.status(ANA, BO, &net).unwrap().to_come, 0);
}

#[test]
fn what_is_typed_while_connected_arrives_at_once_on_both_sides() {
    let (mut village, net) = Village::of_members(4, &["Ana", "Bo"]);
    village.meet(ANA, BO);
    village.settle();
    for i in 0..20 {
        village.does(ANA, |ana| ana.write(&net, &page(1), i, "a"));
        village.does(BO, |bo| bo.write(&net, &page(2), i, "b"));
        if i % 3 == 0 {
            village.step();
        }
    }
    village.settle();
    village.assert_equal(&net, &[ANA, BO]);
    assert!(village.in_step(ANA, BO, &net));
    assert_eq!(village.machines[BO].text(&net, &page(1)), "a".repeat(20));
}

#[test]
fn ana_and_cy_never_meet_but_bo_meets_both() {
    let (mut village, net) = Village::of_members(5, &["Ana", "Bo", "Cy"]);
    village.does(ANA, |ana| ana.write(&net, &page(1), 0, "d'Ana "));
    village.does(CY, |cy| cy.write(&net, &page(1), 0, "de Cy "));
    village.meet(BO, ANA);
    village.settle();
    village.part(ANA, BO);
    village.meet(CY, BO);
    village.settle();
    village.part(BO, CY);
    village.meet(ANA, BO);
    village.settle();
    village.assert_equal(&net, &[ANA, BO, CY]);
}

#[test]
fn with_all_connected_a_change_goes_round_once_and_comes_to_rest() {
    let (mut village, net) = Village::of_members(6, &["Ana", "Bo", "Cy", "Di"]);
    for (a, b) in [(0, 1), (1, 2), (2, 3), (3, 0), (0, 2), (1, 3)] {
        village.meet(a, b);
    }
    village.settle();
    for i in 0..10 {
        village.does(ANA, |ana| ana.write(&net, &page(i % 3), 0, "x"));
        village.does(CY, |cy| cy.write(&net, &page(i % 3), 0, "y"));
    }
    village.settle();
    village.assert_equal(&net, &[0, 1, 2, 3]);
    for (a, b) in [(0, 1), (1, 2), (2, 3), (3, 0), (0, 2), (1, 3)] {
        assert!(village.in_step(a, b, &net), "{a} and {b}");
    }
}

#[test]
fn several_networks_share_one_connection_and_others_stay_unsaid() {
    let (mut village, net) = Village::of_members(7, &["Ana", "Bo"]);
    let second = village.does(ANA, |ana| ana.found(2));
    let third = village.does(BO, |bo| bo.found(3));
    let ticket = village.does(ANA, |ana| ana.invites(&second, 50, 1));
    village.meet_with(BO, ANA, Some(village.request(BO, second, &ticket)));
    village.does(ANA, |ana| ana.put(&second, &page(1), "k", "v"));
    village.settle();
    assert!(village.in_step(ANA, BO, &net));
    assert!(village.in_step(ANA, BO, &second));
    assert!(!village.in_step(ANA, BO, &third));
    assert!(!village.machines[ANA].networks.contains_key(&third));
    village.assert_equal(&second, &[ANA, BO]);
}

#[test]
fn a_network_that_both_come_to_know_later_is_shared_on_the_same_connection() {
    let (mut village, _) = Village::of_members(8, &["Ana", "Bo", "Cy"]);
    let second = village.does(CY, |cy| cy.found(2));
    let ticket = village.does(CY, |cy| cy.invites(&second, 50, 2));
    village.meet(ANA, BO);
    village.settle();
    village.meet_with(ANA, CY, Some(village.request(ANA, second, &ticket)));
    village.settle();
    village.meet_with(BO, CY, Some(village.request(BO, second, &ticket)));
    village.settle();
    assert!(village.in_step(ANA, BO, &second));
    village.does(BO, |bo| bo.put(&second, &page(1), "k", "v"));
    village.settle();
    village.assert_equal(&second, &[ANA, BO, CY]);
}

#[test]
fn who_leaves_a_network_is_no_longer_served_and_the_rest_goes_on() {
    let (mut village, net) = Village::of_members(9, &["Ana", "Bo"]);
    let second = village.does(ANA, |ana| ana.found(2));
    let ticket = village.does(ANA, |ana| ana.invites(&second, 50, 1));
    village.meet_with(BO, ANA, Some(village.request(BO, second, &ticket)));
    village.settle();
    village.does(BO, |bo| {
        bo.networks.remove(&second);
        bo.touched.networks = true;
    });
    village.does(ANA, |ana| ana.put(&second, &page(1), "k", "v"));
    village.does(ANA, |ana| ana.put(&net, &page(1), "k", "v"));
    village.settle();
    assert!(village.heard(ANA).contains(&Effect::Unshared(second)));
    assert!(village.in_step(ANA, BO, &net));
    village.assert_equal(&net, &[ANA, BO]);
}

#[test]
fn large_documents_go_over_in_parts() {
    let (mut village, net) = Village::of_members(10, &["Ana", "Bo"]);
    // A whole document of several frames.
    village.does(ANA, |ana| {
        for i in 0..15 {
            ana.put(&net, &page(1), &format!("k{i}"), &noise(i, 60_000));
        }
    });
    village.meet(ANA, BO);
    village.settle();
    village.assert_equal(&net, &[ANA, BO]);
    assert!(village.connections[0].traffic.frames > 10);
    // And single changes of a long history, in several messages.
    village.does(BO, |bo| {
        for i in 0..100 {
            bo.put(&net, &page(1), "k", &format!("{i}"));
        }
    });
    village.settle();
    village.does(BO, |bo| {
        for i in 0..20 {
            bo.put(&net, &page(1), "k", &noise(i, 60_000));
        }
    });
    village.settle();
    village.assert_equal(&net, &[ANA, BO]);
    assert!(village.in_step(ANA, BO, &net));
}

/// Text that does not compress.
fn noise(seed: u64, length: usize) -> String {
    let mut rng = rand_chacha::ChaCha8Rng::seed_from_u64(seed);
    (0..length)
        .map(|_| char::from(rng.random_range(33..127u8)))
        .collect()
}

#[test]
fn one_refused_document_does_not_hold_up_the_others() {
    let (mut village, net) = Village::of_members(11, &["Ana", "Bo"]);
    village.machines[BO].refuses.insert(page(1));
    village.meet(ANA, BO);
    village.settle();
    for i in 0..4 {
        village.does(ANA, |ana| ana.put(&net, &page(i), "k", "v"));
    }
    village.settle();
    let refused = Effect::DocumentRefused {
        network: net,
        doc: page(1),
        code: "document-not-allowed",
    };
    assert_eq!(
        village.heard(BO).iter().filter(|e| **e == refused).count(),
        1
    );
    assert_eq!(village.machines[BO].copy(&net).docs.len(), 3);
    assert!(!village.in_step(ANA, BO, &net));

    // An act makes it allowed: it is asked for and comes without a new connection.
    village.machines[BO].refuses.clear();
    village.does(BO, |bo| bo.invites(&net, 77, 1));
    village.settle();
    village.assert_equal(&net, &[ANA, BO]);
    assert!(village.in_step(ANA, BO, &net));
}

#[test]
fn one_damaged_document_does_not_hold_up_the_others() {
    let (mut village, net) = Village::of_members(15, &["Ana", "Bo"]);
    for i in 0..4 {
        village.does(ANA, |ana| ana.put(&net, &page(i), "k", "v"));
    }
    village.meet(ANA, BO);
    village.settle();
    village.part(ANA, BO);
    village.machines[BO].damaged.insert(page(1));
    village.does(BO, |bo| {
        bo.put(&net, &page(1), "k", "lost with the disk");
        bo.put(&net, &page(2), "k", "of Bo");
    });
    village.does(ANA, |ana| ana.put(&net, &page(1), "k", "of Ana"));
    village.meet(ANA, BO);
    village.settle();
    let damaged = Effect::DocumentRefused {
        network: net,
        doc: page(1),
        code: "document-damaged-here",
    };
    assert!(village.heard(BO).contains(&damaged));
    let ana = &village.machines[ANA];
    assert_eq!(ana.value(&net, &page(2), "k").unwrap(), "of Bo");
    assert_eq!(ana.value(&net, &page(1), "k").unwrap(), "of Ana");
}

#[test]
fn a_copied_profile_that_forked_is_noticed_and_all_end_equal_with_the_proof() {
    let (mut village, net) = Village::of_members(12, &["Ana", "Bo", "Cy"]);
    village.does(ANA, |ana| ana.put(&net, &page(1), "k", "before"));
    // A copy of Ana's disk writes under the same actor, and shows it to Bo, who answers.
    let mut copy = village.machines[ANA].clone();
    copy.put(&net, &page(1), "k", "by the copy");
    let shown = copy.copy(&net).docs[&page(1)].clone();
    village.does(ANA, |ana| ana.put(&net, &page(1), "k", "by Ana"));
    village.does(BO, |bo| {
        let shelf = bo.networks.get_mut(&net).unwrap();
        shelf.heads.insert(page(1), shown.heads());
        shelf.docs.insert(page(1), shown);
        bo.put(&net, &page(1), "of Bo", "an answer");
    });
    village.meet(ANA, BO);
    village.settle();
    village.meet(CY, BO);
    village.settle();
    village.assert_equal(&net, &[ANA, BO, CY]);
    assert!(village.in_step(ANA, BO, &net) && village.in_step(CY, BO, &net));
    for who in [ANA, BO, CY] {
        // Bo built on one branch: it counts. The other is kept.
        let machine = &village.machines[who];
        assert_eq!(machine.value(&net, &page(1), "k").unwrap(), "by the copy");
        assert_eq!(machine.value(&net, &page(1), "of Bo").unwrap(), "an answer");
        assert_eq!(machine.copy(&net).docs[&page(1)].aside().len(), 1);
    }
    // Ana goes on under another name, and all follow.
    assert_ne!(village.machines[ANA].life.0, 0);
    village.does(ANA, |ana| ana.put(&net, &page(1), "k", "after"));
    village.settle();
    village.assert_equal(&net, &[ANA, BO, CY]);
    assert_eq!(
        village.machines[CY].value(&net, &page(1), "k").unwrap(),
        "after"
    );
}

#[test]
fn a_store_that_lost_a_document_gets_it_back_though_memory_says_it_has_it() {
    let (mut village, net) = Village::of_members(13, &["Ana", "Bo"]);
    for i in 0..5 {
        village.does(ANA, |ana| ana.put(&net, &page(i), "k", "v"));
    }
    village.meet(ANA, BO);
    village.settle();
    village.part(ANA, BO);
    village.does(BO, |bo| {
        let copy = bo.networks.get_mut(&net).unwrap();
        copy.docs.remove(&page(1));
        copy.heads.remove(&page(1));
        // Of another only the beginning is left.
        let start = tresse_sync::Copy::new(net, page(2), genesis());
        copy.heads.insert(page(2), start.heads());
        copy.docs.insert(page(2), start);
    });
    village.meet(BO, ANA);
    village.settle();
    village.assert_equal(&net, &[ANA, BO]);
    assert!(village.in_step(ANA, BO, &net));
}

#[test]
fn a_document_lost_in_the_middle_of_a_session_comes_back() {
    let (mut village, net) = Village::of_members(14, &["Ana", "Bo"]);
    village.does(ANA, |ana| ana.put(&net, &page(1), "k", "v"));
    village.meet(ANA, BO);
    village.settle();
    village.does(BO, |bo| {
        let copy = bo.networks.get_mut(&net).unwrap();
        copy.docs.remove(&page(1));
        copy.heads.remove(&page(1));
        bo.put(&net, &page(2), "k", "v");
    });
    village.settle();
    village.assert_equal(&net, &[ANA, BO]);
    assert!(village.in_step(ANA, BO, &net));
}
