//! Two versions of the protocol on one connection.

use std::{cmp::Ordering, collections::VecDeque};

use tresse_sync::{CloseReason, Effect, Role, Session, VERSION};

use crate::{
    machine::Machine,
    village::{Village, page},
};

/// A message that no version knows yet.
const UNHEARD_OF: &[u8] = &[6, 0, 0, 0, 0xc8, 0x01, 1, 2, 3, 4];

/// The two ends of a connection, until both are quiet; the second speaks this version. It says something unheard of once they are acquainted.
fn meet(machines: &mut [Machine], version: u16) -> [Session; 2] {
    let ends = [machines[0].device(), machines[1].device()];
    let new = |role, me: usize, peer: usize| {
        Session::new(role, [9; 32], ends[me], ends[peer], [me as u8; 32], None)
    };
    let mut sessions = [
        new(Role::Dialer, 0, 1),
        new(Role::Listener, 1, 0).speaking(version),
    ];
    let mut on_the_way: VecDeque<(usize, Vec<u8>)> = VecDeque::new();
    let mut said = false;
    let mut effects = sessions[0].start(&mut machines[0]);
    let mut from = 0;
    loop {
        for effect in effects {
            if let Effect::Send(frame) = effect {
                on_the_way.push_back((1 - from, frame));
            }
        }
        if !said && sessions[1].version_of_peer().is_some() {
            said = true;
            on_the_way.push_back((0, UNHEARD_OF.to_vec()));
        }
        let Some((to, frame)) = on_the_way.pop_front() else {
            break;
        };
        effects = sessions[to].receive(&mut machines[to], &frame);
        from = to;
    }
    assert!(said);
    sessions
}

#[test]
fn a_later_version_is_known_by_both_and_what_only_it_says_disturbs_nothing() {
    let (mut village, network) = Village::of_members(7, &["Ana", "Bo"]);
    village.machines[0].put(&network, &page(1), "k", "Ana");
    village.machines[1].put(&network, &page(2), "k", "Bo");
    let sessions = meet(&mut village.machines, VERSION + 1);
    let seen = [0, 1].map(|end: usize| sessions[end].version_of_peer());
    assert_eq!(seen[0], Some((VERSION + 1, Ordering::Greater)));
    assert_eq!(seen[1], Some((VERSION, Ordering::Less)));
    for session in &sessions {
        assert!(!session.is_closed());
        assert!(
            session
                .status(&network)
                .is_some_and(|status| status.in_step)
        );
    }
}

#[test]
fn the_same_version_that_says_what_it_does_not_know_is_hung_up_on() {
    let (mut village, _) = Village::of_members(7, &["Ana", "Bo"]);
    let sessions = meet(&mut village.machines, VERSION);
    assert!(sessions[0].is_closed(), "{}", CloseReason::Malformed);
}
