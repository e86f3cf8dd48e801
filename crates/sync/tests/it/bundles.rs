//! What is carried by hand.

use std::collections::BTreeSet;

use proptest::prelude::*;
use tresse_model::NetworkId;
use tresse_sync::{BundleError, Host as _, Packed, Packing, Unpacked, Unpacking, pack, unpack};

use crate::village::{Village, page};

const ANA: usize = 0;
const BO: usize = 1;
const SALT: [u8; 24] = [7; 24];

/// Ana and Bo, in step, with two pages.
fn village() -> (Village, NetworkId) {
    let (mut village, net) = Village::of_members(21, &["Ana", "Bo"]);
    village.does(ANA, |ana| {
        ana.put(&net, &page(1), "title", "Carnet");
        ana.put(&net, &page(2), "title", "Adresses");
    });
    village.meet(ANA, BO);
    village.settle();
    village.part_all();
    (village, net)
}

fn packs(village: &mut Village, who: usize, net: &NetworkId, for_whom: Option<usize>) -> Packed {
    let device = for_whom.map(|whom| village.machines[whom].device());
    pack(&mut village.machines[who], net, device.as_ref(), SALT).unwrap()
}

fn takes(village: &mut Village, who: usize, packed: &Packed) -> Unpacked {
    village
        .does(who, |machine| unpack(machine, &packed.bytes))
        .unwrap()
}

#[test]
fn a_bundle_for_somebody_holds_just_what_they_lack_and_brings_them_into_step() {
    let (mut village, net) = village();
    village.does(ANA, |ana| {
        ana.put(&net, &page(1), "title", "Carnet de bord");
    });
    village.does(ANA, |ana| ana.invites(&net, 1, 1));
    let packed = packs(&mut village, ANA, &net, Some(BO));
    assert_eq!(packed.documents, 1);
    let whole = packs(&mut village, ANA, &net, None);
    assert!(whole.documents > 1 && whole.bytes.len() > packed.bytes.len());
    let taken = takes(&mut village, BO, &packed);
    assert_eq!((taken.acts, taken.documents), (1, vec![page(1)]));
    assert_eq!(taken.refused, []);
    village.assert_equal(&net, &[ANA, BO]);
}

#[test]
fn bundles_taken_twice_or_in_the_wrong_order_or_both_ways_do_no_harm() {
    let (mut village, net) = village();
    village.does(ANA, |ana| {
        ana.put(&net, &page(1), "title", "un");
    });
    let first = packs(&mut village, ANA, &net, Some(BO));
    village.does(ANA, |ana| {
        ana.put(&net, &page(1), "title", "deux");
    });
    village.does(BO, |bo| {
        bo.put(&net, &page(2), "title", "chez Bo");
    });
    let second = packs(&mut village, ANA, &net, Some(BO));
    let back = packs(&mut village, BO, &net, None);
    assert_eq!(takes(&mut village, BO, &second).documents, [page(1)]);
    assert_eq!(takes(&mut village, BO, &first).documents, []);
    assert_eq!(takes(&mut village, BO, &second).documents, []);
    assert_eq!(takes(&mut village, ANA, &back).documents, [page(2)]);
    village.assert_equal(&net, &[ANA, BO]);
}

#[test]
fn a_bundle_tells_how_many_changes_came_and_who_wrote_them() {
    let (mut village, net) = village();
    village.does(BO, |bo| bo.put(&net, &page(2), "title", "un"));
    let from_bo = packs(&mut village, BO, &net, Some(ANA));
    takes(&mut village, ANA, &from_bo);
    village.does(ANA, |ana| {
        ana.put(&net, &page(1), "title", "deux");
        ana.put(&net, &page(1), "title", "trois");
        ana.put(&net, &page(3), "title", "quatre");
    });
    let from_ana = packs(&mut village, ANA, &net, None);
    let taken = takes(&mut village, BO, &from_ana);
    assert_eq!(taken.changes, 3, "what Bo wrote is no news to Bo");
    let ana = village.machines[ANA].device();
    assert_eq!(taken.authors, BTreeSet::from([ana]));
    let again = takes(&mut village, BO, &from_ana);
    assert_eq!((again.changes, again.authors), (0, BTreeSet::new()));
}

#[test]
fn what_a_newcomer_writes_while_a_bundle_is_made_is_taken_out_of_it() {
    const CY: usize = 2;
    let mut village = Village::new(23, &["Ana", "Bo", "Cy"]);
    let net = village.machines[ANA].found(1);
    let lets_in = |village: &mut Village, who: usize| {
        let ticket = village.machines[ANA].invites(&net, who as u8, 1);
        let consent = village.consent(who, net, &ticket);
        village.machines[ANA].admit(&net, &consent).unwrap();
        let copy = village.machines[ANA].copy(&net).clone();
        village.machines[who].networks.insert(net, copy);
    };
    village.machines[ANA].put(&net, &page(1), "title", "Carnet");
    lets_in(&mut village, BO);
    let mut packing = Packing::begin(&mut village.machines[ANA], &net, None, SALT).unwrap();
    lets_in(&mut village, CY);
    village.does(CY, |cy| cy.put(&net, &page(1), "title", "de Cy"));
    village.meet(CY, ANA);
    village.settle();
    village.part_all();
    while packing.step(&mut village.machines[ANA]).unwrap() {}
    let (done, all) = packing.progress();
    assert_eq!((done, packing.size() > 100), (all, true));
    let packed = packing.end(&village.machines[ANA]).unwrap();
    let taken = takes(&mut village, BO, &packed);
    assert_eq!(taken.refused, []);
    let cy = village.machines[CY].device();
    assert_eq!(taken.authors, BTreeSet::from([cy]));
    village.assert_equal(&net, &[ANA, BO, CY]);
}

#[test]
fn what_is_taken_of_a_bundle_before_one_stops_is_sound_and_the_rest_comes_another_time() {
    let (mut village, net) = village();
    village.does(ANA, |ana| {
        for number in 10..60 {
            ana.put(&net, &page(number), "title", "nouveau");
        }
    });
    let packed = packs(&mut village, ANA, &net, Some(BO));
    let networks = village.machines[BO].networks();
    let mut unpacking = Unpacking::open(&networks, &packed.bytes).unwrap();
    assert_eq!(unpacking.progress(), (0, 50));
    assert!(village.does(BO, |bo| unpacking.step(bo)).unwrap());
    let first = unpacking.end().documents.len();
    assert!((1..50).contains(&first), "{first}");
    let rest = takes(&mut village, BO, &packed);
    assert_eq!(first + rest.documents.len(), 50);
    village.assert_equal(&net, &[ANA, BO]);
}

#[test]
fn a_bundle_that_is_cut_altered_or_of_another_network_is_refused_whole() {
    let (mut village, net) = village();
    village.does(ANA, |ana| {
        ana.put(&net, &page(1), "title", "nouveau");
    });
    let packed = packs(&mut village, ANA, &net, Some(BO));
    let before = village.machines[BO].copy(&net).heads.clone();
    for end in 0..packed.bytes.len() {
        let refused = unpack(&mut village.machines[BO], &packed.bytes[..end]).unwrap_err();
        let cut_in_its_first_word = end < 14;
        assert_eq!(
            refused == BundleError::NotABundle,
            cut_in_its_first_word,
            "{end}"
        );
        if !cut_in_its_first_word {
            assert_eq!(refused, BundleError::Damaged, "{end}");
        }
    }
    for at in 40..packed.bytes.len() {
        let mut altered = packed.bytes.clone();
        altered[at] ^= 1;
        let refused = unpack(&mut village.machines[BO], &altered).unwrap_err();
        let in_the_mark = at < 72;
        assert_eq!(
            refused == BundleError::Foreign,
            in_the_mark,
            "{at}: {refused}"
        );
    }
    assert_eq!(village.machines[BO].copy(&net).heads, before);
    let mut others = Village::new(22, &["Cy"]);
    others.does(0, |cy| cy.found(9));
    let foreign = unpack(&mut others.machines[0], &packed.bytes);
    assert_eq!(foreign, Err(BundleError::Foreign));
    let mut newer = packed.bytes;
    newer[14] = b'2';
    let newer = unpack(&mut village.machines[BO], &newer);
    assert_eq!(newer, Err(BundleError::NewerVersion));
}

#[test]
fn nothing_of_a_bundle_can_be_read_without_the_secret() {
    let (mut village, net) = village();
    village.does(ANA, |ana| {
        ana.put(&net, &page(1), "title", "jardin secret");
    });
    let packed = packs(&mut village, ANA, &net, None);
    let finds = |words: &[u8]| packed.bytes.windows(words.len()).any(|part| part == words);
    assert!(!finds(b"jardin secret") && !finds(b"Ana") && !finds(net.as_bytes()));
    // Two bundles of one network have nothing in common but their first line.
    let other = pack(&mut village.machines[ANA], &net, None, [8; 24]).unwrap();
    let pairs = packed.bytes.windows(16).skip(16);
    let mut all = BTreeSet::new();
    all.extend(pairs);
    assert!(
        !other
            .bytes
            .windows(16)
            .skip(16)
            .any(|part| all.contains(part))
    );
}

#[test]
fn what_a_member_forged_is_refused_out_of_a_bundle_as_on_a_link() {
    let (mut village, net) = village();
    // Ana's own copy of the page loses its seals: whoever wrote it is not shown.
    let unsealed = village.machines[ANA].copy(&net).docs[&page(1)]
        .doc()
        .clone();
    village.does(ANA, |ana| {
        ana.put(&net, &page(3), "title", "honnête");
        ana.holds_unsealed(&net, &page(1), unsealed, "faux");
    });
    let packed = packs(&mut village, ANA, &net, Some(BO));
    let taken = takes(&mut village, BO, &packed);
    assert_eq!(taken.documents, [page(3)]);
    assert_eq!(taken.refused.len(), 1);
    assert_eq!(taken.refused[0].1.code(), "document-unsealed");
    assert_eq!(
        village.machines[BO].value(&net, &page(1), "title").unwrap(),
        "Carnet"
    );
}

proptest! {
    #[test]
    fn arbitrary_bytes_are_no_bundle(bytes: Vec<u8>, headed: bool) {
        let (mut village, _) = village();
        let bytes = if headed { [b"tresse bundle 1\n", &bytes[..]].concat() } else { bytes };
        prop_assert!(unpack(&mut village.machines[BO], &bytes).is_err());
    }
}
