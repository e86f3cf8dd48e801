//! Any edits, any partitions, cuts at any frame, machines that stop at any moment: all end equal.
//! (More cases: `cargo xtask properties`.)

use proptest::prelude::*;
use rand::Rng;
use tresse_model::NetworkId;

use crate::village::{Village, page};

const NAMES: [&str; 5] = ["Ana", "Bo", "Cy", "Di", "Eli"];

#[derive(Debug, Clone)]
enum Deed {
    Put(usize, u32, u8),
    Write(usize, u32, usize),
    Meet(usize, usize),
    Part(usize, usize),
    Deliver(usize),
    Crash(usize),
    /// Keeps a copy of the disk, or puts the copy back.
    Copy(usize),
    Invite(usize, u8),
    Rest,
}

fn deeds(people: usize) -> impl Strategy<Value = Vec<Deed>> {
    let who = 0..people;
    let pair = (0..people, 1..people.max(2)).prop_map(move |(a, by)| (a, (a + by) % people));
    let deed = prop_oneof![
        4 => (who.clone(), 0u32..4, 0u8..6).prop_map(|(a, d, k)| Deed::Put(a, d, k)),
        4 => (who.clone(), 0u32..4, 0usize..20).prop_map(|(a, d, at)| Deed::Write(a, d, at)),
        4 => pair.clone().prop_map(|(a, b)| Deed::Meet(a, b)),
        2 => pair.prop_map(|(a, b)| Deed::Part(a, b)),
        6 => (1usize..12).prop_map(Deed::Deliver),
        1 => who.clone().prop_map(Deed::Crash),
        1 => who.clone().prop_map(Deed::Copy),
        1 => (who, 0u8..50).prop_map(|(a, t)| Deed::Invite(a, t)),
        1 => Just(Deed::Rest),
    ];
    proptest::collection::vec(deed, 0..60)
}

fn live(village: &mut Village, net: &NetworkId, deeds: &[Deed]) {
    for (i, deed) in deeds.iter().enumerate() {
        match *deed {
            Deed::Put(a, d, k) => {
                let value = format!("{i}");
                village.does(a, |m| m.put(net, &page(d), &format!("k{k}"), &value));
            }
            Deed::Write(a, d, at) => {
                let text = format!("{}{i} ", NAMES[a]);
                village.does(a, |m| m.write(net, &page(d), at, &text));
            }
            Deed::Meet(a, b) => {
                if a != b && !village.are_connected(a, b) {
                    village.meet(a, b);
                }
            }
            Deed::Part(a, b) => village.part(a, b),
            Deed::Deliver(count) => {
                for _ in 0..count {
                    village.step();
                }
            }
            Deed::Crash(a) => village.crash(a),
            Deed::Copy(a) => village.copy_disk(a),
            Deed::Invite(a, t) => {
                village.does(a, |m| m.invites(net, t, 1));
            }
            Deed::Rest => village.settle(),
        }
    }
}

/// Everybody meets everybody, in a ring or all at once, until it is quiet.
fn come_together(village: &mut Village, people: usize, net: &NetworkId) {
    village.settle();
    for a in 0..people {
        for b in 0..a {
            if !village.are_connected(a, b) {
                if village.rng.random() {
                    village.meet(a, b);
                } else {
                    village.meet(b, a);
                }
            }
        }
    }
    village.settle();
    let everybody: Vec<usize> = (0..people).collect();
    village.assert_equal(net, &everybody);
    for a in 0..people {
        for b in 0..a {
            assert!(village.in_step(a, b, net), "{a} and {b}");
        }
    }
}

proptest! {
    #[test]
    fn whatever_happens_all_end_equal_and_know_it(
        seed: u64,
        patient in prop_oneof![Just(0), Just(50), Just(100)],
        together in 1..5_usize,
        (people, deeds) in (2usize..=5).prop_flat_map(|people| (Just(people), deeds(people))),
    ) {
        let (mut village, net) = Village::of_members(seed, &NAMES[..people]);
        village.patient = patient;
        village.together = together;
        live(&mut village, &net, &deeds);
        come_together(&mut village, people, &net);
        village.patient = 0;
        // And the memory of it makes the next meeting short, whatever the last one was like.
        village.part_all();
        village.meet(0, 1);
        village.settle();
        prop_assert!(village.in_step(0, 1, &net));
        prop_assert!(village.connections[0].traffic.bytes <= 1024);
    }

    #[test]
    fn a_meeting_cut_at_any_frame_and_begun_again_ends_equal(
        seed: u64, before in deeds(2), cut in 0usize..40, between in deeds(2),
    ) {
        let (mut village, net) = Village::of_members(seed, &NAMES[..2]);
        live(&mut village, &net, &before);
        village.part_all();
        village.meet(0, 1);
        for _ in 0..cut {
            village.step();
        }
        village.part(0, 1);
        live(&mut village, &net, &between);
        come_together(&mut village, 2, &net);
    }

    #[test]
    fn people_who_join_through_anybody_anywhere_end_equal(
        seed: u64, order in Just((1usize..5).collect::<Vec<_>>()).prop_shuffle(),
        through in proptest::collection::vec(any::<prop::sample::Index>(), 4),
        cuts in proptest::collection::vec(0usize..12, 4),
    ) {
        let mut village = Village::new(seed, &NAMES);
        let net = village.does(0, |ana| ana.found(1));
        let ticket = village.does(0, |ana| ana.invites(&net, 50, 4));
        let mut members = vec![0];
        for ((new, through), cut) in order.into_iter().zip(through).zip(cuts) {
            let through = *through.get(&members);
            let request = village.request(new, net, &ticket);
            village.meet_with(new, through, Some(request.clone()));
            for _ in 0..cut {
                village.step();
            }
            village.part(new, through);
            if !village.machines[new].networks.contains_key(&net) {
                village.meet_with(new, through, Some(request));
                village.settle();
                village.part(new, through);
            }
            prop_assert!(village.machines[new].networks.contains_key(&net));
            village.does(new, |m| m.put(&net, &page(new as u32), "k", "v"));
            members.push(new);
        }
        come_together(&mut village, 5, &net);
    }
}
