//! Members tell each other where other members' devices are.

use std::net::SocketAddr;

use tresse_model::{DeviceId, NetworkId};
use tresse_sync::{Effect, MAX_PLACE_ADDRESSES, Place, Role, Session, VERSION};

use crate::{
    machine::Machine,
    village::{Village, page},
};

fn at(text: &str) -> SocketAddr {
    text.parse().unwrap()
}

fn place(device: DeviceId, addresses: &[&str]) -> Place {
    Place {
        device,
        addresses: addresses.iter().map(|text| at(text)).collect(),
    }
}

/// What a machine was told of places.
fn told(village: &Village, i: usize) -> Vec<(NetworkId, Vec<Place>)> {
    let heard = village.heard(i).iter();
    let places = heard.filter_map(|effect| match effect {
        Effect::Places(network, places) => Some((*network, places.clone())),
        _ => None,
    });
    places.collect()
}

#[test]
fn a_member_hears_where_another_is_and_of_nobody_who_is_no_member() {
    let (mut village, network) = Village::of_members(3, &["Ana", "Bo", "Chloé"]);
    let [ana, bo, chloe] = [0, 1, 2].map(|i: usize| village.machines[i].device());
    let stranger = Machine::new("Zoé", 90).device();
    village.meet(1, 0);
    village.settle();
    let many = vec!["10.0.0.3:1"; MAX_PLACE_ADDRESSES + 3];
    let places = [
        place(stranger, &["10.0.0.9:1"]),
        place(ana, &["10.0.0.1:1"]),
        place(bo, &["10.0.0.2:1"]),
        place(chloe, &many),
    ];
    village.with_session(0, 1, |session, machine| {
        session.tell_places(machine, &network, &places)
    });
    village.settle();
    let kept = place(chloe, &many[..MAX_PLACE_ADDRESSES]);
    assert_eq!(told(&village, 1), [(network, vec![kept])]);
    assert!(told(&village, 0).is_empty());
}

#[test]
fn nothing_is_told_before_membership_is_proved_nor_to_who_was_put_out() {
    let (mut village, network) = Village::of_members(3, &["Ana", "Bo", "Chloé"]);
    let chloe = village.machines[2].device();
    let places = [place(chloe, &["10.0.0.3:1"])];
    village.meet(1, 0);
    let tell = |village: &mut Village| {
        village.with_session(0, 1, |session, machine| {
            session.tell_places(machine, &network, &places)
        });
    };
    // Not one frame has passed yet.
    tell(&mut village);
    village.settle();
    assert!(told(&village, 1).is_empty());
    let bo = village.machines[1].device();
    village.machines[0].removed.insert(bo);
    tell(&mut village);
    village.settle();
    assert!(told(&village, 1).is_empty());
}

#[test]
fn what_somebody_says_who_was_put_out_meanwhile_is_passed_over() {
    let (mut village, network) = Village::of_members(3, &["Ana", "Bo", "Chloé"]);
    let [ana, chloe] = [0, 2].map(|i: usize| village.machines[i].device());
    village.meet(1, 0);
    village.settle();
    let places = [place(chloe, &["10.0.0.3:1"])];
    village.with_session(0, 1, |session, machine| {
        session.tell_places(machine, &network, &places)
    });
    village.machines[1].removed.insert(ana);
    village.settle();
    assert!(told(&village, 1).is_empty());
}

#[test]
fn an_older_version_is_told_nothing_and_goes_on() {
    for version in [1, VERSION] {
        let (mut village, network) = Village::of_members(3, &["Ana", "Bo", "Chloé"]);
        village.machines[0].put(&network, &page(1), "k", "Ana");
        let chloe = village.machines[2].device();
        let sent = meet(&mut village.machines, version, &network, chloe);
        assert_eq!(sent, version > 1, "version {version}");
    }
}

/// Ana and Bo, who speaks this version, come into step; whether Ana then says where Chloé is.
fn meet(machines: &mut [Machine], version: u16, network: &NetworkId, chloe: DeviceId) -> bool {
    let ends = [machines[0].device(), machines[1].device()];
    let new = |role, me: usize, peer: usize| {
        Session::new(role, [9; 32], ends[me], ends[peer], [me as u8; 32], None)
    };
    let mut sessions = [
        new(Role::Dialer, 0, 1),
        new(Role::Listener, 1, 0).speaking(version),
    ];
    let mut effects = sessions[0].start(&mut machines[0]);
    let mut frames = std::collections::VecDeque::new();
    let mut from = 0;
    loop {
        for effect in effects {
            if let Effect::Send(frame) = effect {
                frames.push_back((1 - from, frame));
            }
        }
        let Some((to, frame)) = frames.pop_front() else {
            break;
        };
        effects = sessions[to].receive(&mut machines[to], &frame);
        from = to;
    }
    let stands = |session: &Session| session.status(network).unwrap().in_step;
    assert!(sessions.iter().all(stands), "version {version}");
    let places = [place(chloe, &["10.0.0.3:1"])];
    let said = sessions[0].tell_places(&mut machines[0], network, &places);
    !said.is_empty()
}
