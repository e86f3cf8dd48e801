//! What a meeting costs, in bytes and in turns.

use tresse_model::NetworkId;

use crate::village::{Village, page};

const ANA: usize = 0;
const BO: usize = 1;
const DOCS: u32 = 2_000;

fn in_step_with_many(docs: u32) -> (Village, NetworkId) {
    let (mut village, net) = Village::of_members(1, &["Ana", "Bo"]);
    for i in 0..docs {
        village.machines[ANA].write(&net, &page(i), 0, "Compte rendu de la rencontre");
    }
    village.machines[ANA].touched = crate::machine::Touched::default();
    village.meet(ANA, BO);
    village.settle();
    assert!(village.in_step(ANA, BO, &net));
    (village, net)
}

/// Delivers in turns, one direction at a time, and counts the turns.
fn turns(village: &mut Village) -> usize {
    let mut turns = 0;
    let mut end = 1;
    while !village.is_quiet() {
        if village.deliver_to(end) {
            turns += 1;
        }
        end = 1 - end;
    }
    turns
}

#[test]
fn a_reconnect_with_nothing_new_is_one_round_trip_and_less_than_a_kilobyte() {
    let (mut village, net) = in_step_with_many(DOCS);
    village.part(ANA, BO);
    village.machines[ANA].reads = 0;
    village.machines[BO].reads = 0;
    village.meet(BO, ANA);
    let turns = turns(&mut village);
    let bytes = village.connections[0].traffic.bytes;
    println!("nothing new: {bytes} bytes, {turns} turns");
    assert!(village.in_step(ANA, BO, &net));
    // Greeting; its answer with what is known; the same back. The dialer knows after one round trip.
    assert_eq!(turns, 3);
    assert!(bytes <= 1024, "{bytes} bytes");
    assert_eq!(village.machines[ANA].reads + village.machines[BO].reads, 0);
}

#[test]
fn a_reconnect_after_one_edit_costs_that_edit_and_opens_that_document() {
    let (mut village, net) = in_step_with_many(DOCS);
    village.part(ANA, BO);
    village.machines[ANA].reads = 0;
    village.machines[BO].reads = 0;
    village.does(ANA, |ana| ana.write(&net, &page(700), 0, "x"));
    village.meet(BO, ANA);
    let turns = turns(&mut village);
    let bytes = village.connections[0].traffic.bytes;
    println!("one edit: {bytes} bytes, {turns} turns");
    assert!(village.in_step(ANA, BO, &net));
    village.assert_equal(&net, &[ANA, BO]);
    assert!(bytes < 2_500, "{bytes} bytes");
    assert!(village.machines[ANA].reads + village.machines[BO].reads <= 4);
}

#[test]
fn memory_serves_though_one_side_parted_a_step_ahead() {
    let (mut village, net) = in_step_with_many(DOCS);
    village.does(ANA, |ana| ana.write(&net, &page(3), 0, "x"));
    // Bo gets it and tells so; Ana hears that both are in step, Bo does not hear it any more.
    assert!(village.deliver_to(1));
    assert!(village.deliver_to(0));
    village.part(ANA, BO);
    village.does(BO, |bo| bo.write(&net, &page(4), 0, "y"));
    village.meet(ANA, BO);
    village.settle();
    let bytes = village.connections[0].traffic.bytes;
    println!("a step ahead: {bytes} bytes");
    assert!(village.in_step(ANA, BO, &net));
    assert!(bytes < 4_000, "{bytes} bytes");
}

#[test]
fn a_keystroke_while_connected_is_four_small_messages() {
    let (mut village, net) = in_step_with_many(50);
    let before = village.connections[0].traffic;
    village.does(ANA, |ana| ana.write(&net, &page(3), 0, "x"));
    village.settle();
    let after = village.connections[0].traffic;
    let (bytes, frames) = (after.bytes - before.bytes, after.frames - before.frames);
    println!("a keystroke: {bytes} bytes in {frames} frames");
    assert!(frames <= 3 && bytes < 600, "{bytes} bytes, {frames} frames");
}

#[test]
fn first_contact_sends_each_document_once() {
    let (village, net) = in_step_with_many(500);
    let traffic = village.connections[0].traffic;
    let saved: usize = village.machines[ANA]
        .copy(&net)
        .docs
        .values()
        .map(|doc| doc.doc().save().len())
        .sum();
    println!("500 documents: {} bytes for {saved} saved", traffic.bytes);
    assert!(traffic.bytes < saved + 500 * (200 + tresse_trust::SEAL_LEN));
}

#[test]
fn two_who_met_others_meanwhile_send_each_other_only_what_is_lacking() {
    let (mut village, net) = Village::of_members(9, &["Ana", "Bo", "Cy"]);
    village.does(ANA, |ana| ana.write(&net, &page(1), 0, "début"));
    for _ in 0..300 {
        village.machines[ANA].write(&net, &page(1), 0, "une phrase de plus, ");
    }
    for (a, b) in [(0, 1), (0, 2)] {
        village.meet(a, b);
        village.settle();
        village.part(a, b);
    }
    // Bo and Cy have all but one change in common, without ever having met.
    village.does(BO, |bo| bo.write(&net, &page(1), 0, "b"));
    village.does(2, |cy| cy.write(&net, &page(1), 0, "c"));
    village.meet(BO, 2);
    village.settle();
    let bytes = village.connections[0].traffic.bytes;
    println!("one change each: {bytes} bytes");
    assert!(village.in_step(BO, 2, &net));
    assert!(bytes < 3_000, "{bytes} bytes");
}

/// Two wrote so often each in a page in which many had written: the bytes of their meeting, and of what they wrote; and its turns.
fn wrote_apart(each: usize) -> (usize, usize, usize) {
    const MANY: usize = 14;
    let names: Vec<String> = (0..MANY).map(|number| format!("p{number}")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let (mut village, net) = Village::of_members(3, &names);
    village.does(ANA, |ana| ana.write(&net, &page(1), 0, "début"));
    for other in (1..MANY).rev() {
        village.meet(ANA, other);
        village.settle();
        village.does(other, |one| one.write(&net, &page(1), 0, "mot, "));
        village.settle();
        village.part(ANA, other);
    }
    let known = village.machines[ANA].copy(&net).heads[&page(1)].clone();
    for one in [ANA, BO] {
        for _ in 0..each {
            village.does(one, |one| {
                one.write(&net, &page(1), 0, "une phrase de plus, ");
            });
        }
    }
    village.meet(ANA, BO);
    let turns = turns(&mut village);
    assert!(village.in_step(ANA, BO, &net));
    let document = village.machines[ANA].copy(&net).docs[&page(1)].doc();
    let changes = document.get_changes(&known);
    assert_eq!(changes.len(), 2 * each);
    let raw = changes.iter().map(|change| change.raw_bytes().len()).sum();
    (village.connections[0].traffic.bytes, raw, turns)
}

/// Asking would take the clock of everybody who ever wrote there, and the answer the same bytes.
#[test]
fn two_who_wrote_in_what_many_wrote_send_at_once_what_is_shorter_pressed_than_asking() {
    let (one, raw_one, _) = wrote_apart(1);
    let (five, raw_five, _) = wrote_apart(5);
    println!("{one} bytes for {raw_one}, {five} for {raw_five}");
    assert!(2 * (five - one) < raw_five - raw_one);
}

#[test]
fn two_who_both_wrote_while_apart_are_in_step_two_round_trips_after_the_greeting() {
    let (_, _, turns) = wrote_apart(3);
    // The greeting is a round trip. In the next both learn what differs, in the one after it what is lacking has come and is told to be there:
    // then the dialer knows that both are in step. With its last word, half a turn later, so does the other.
    assert_eq!(turns, 2 + 2 * 2 + 1);
}

#[test]
fn what_a_third_has_by_now_is_not_told_again_where_one_waits_to_hear_so() {
    let (mut village, net) = Village::of_members(5, &["Ana", "Bo", "Cy"]);
    village.does(ANA, |ana| ana.write(&net, &page(1), 0, "début"));
    for (a, b) in [(0, 1), (0, 2), (1, 2)] {
        village.meet(a, b);
        village.settle();
    }
    let mut cost = |patient| {
        village.patient = patient;
        let before = village.connections[2].traffic.bytes;
        let words =
            "Une phrase que tout le monde entend de la bouche d’Ana, et que personne ne redit. ";
        village.does(ANA, |ana| ana.write(&net, &page(1), 0, &words.repeat(20)));
        village.settle();
        assert!(village.in_step(1, 2, &net));
        village.assert_equal(&net, &[0, 1, 2]);
        village.connections[2].traffic.bytes - before
    };
    let (waiting, at_once) = (cost(100), cost(0));
    println!("between the two who listen: {waiting} bytes where they wait, {at_once} where not");
    assert!(waiting < 400 && at_once > 1_000, "{waiting} {at_once}");
}
