//! A stranger's frames, before anything is proved.
//!
//! The first byte says which side the stranger is on and whether the pieces are frames as they stand or
//! messages, whose lengths are put before them.

use tresse_model::NetworkId;
use tresse_sync::{CloseReason, Effect, Role, Session};

use crate::{
    KIB, MIB,
    machine::Machine,
    people::{invite, key},
    reader::{Reader, piece},
};

/// The longest greeting has 48 KiB; of what comes after it, no more is kept than came. (What is read takes as much room as in
/// [`crate::message::bound`]; the machine is small.)
pub const fn bound(length: usize) -> usize {
    2 * MIB + 256 * KIB + 16 * length
}

/// A stranger hears nothing: no frame, nothing but one and the same reason for the end.
pub fn run(data: &[u8]) {
    let mut reader = Reader::new(data);
    let how = reader.byte();
    let (role, peer) = if how & 1 == 0 {
        (Role::Listener, key(66))
    } else {
        (Role::Dialer, key(66))
    };
    let mut ana = ana();
    let mut session = session(role, 1, peer.id());
    let begun = session.start(&mut ana);
    assert_eq!(begun.is_empty(), role == Role::Listener);
    let mut heard = Vec::new();
    while !reader.is_empty() {
        let said = reader.piece();
        if how & 2 == 0 {
            heard.extend(session.receive(&mut ana, said));
        } else {
            let length = (said.len() as u32).to_le_bytes();
            heard.extend(session.receive(&mut ana, &[&length, said].concat()));
        }
    }
    assert!(heard.is_empty() || heard == [Effect::Close(CloseReason::NothingShared)]);
    assert!(session.shared().next().is_none());
    assert_eq!(ana.networks.len(), 2);
}

/// A machine with two networks, documents and invitations.
fn ana() -> Machine {
    let mut ana = Machine::new("Ana", 1);
    for salt in 1..=2 {
        let network = ana.found(salt);
        ana.invites(&network, salt, 3);
    }
    ana
}

fn session(role: Role, me: u8, peer: tresse_model::DeviceId) -> Session {
    Session::new(role, [9; 32], key(me).id(), peer, [me; 32], None)
}

/// What members, guests and strangers say at first.
pub fn seeds() -> Vec<Vec<u8>> {
    let mut seeds = Vec::new();
    for how in 0..4 {
        let mut all = vec![how];
        for frame in dialogue() {
            // As a message: without the length, which the target puts there.
            let said = if how & 2 == 0 {
                &frame[..]
            } else {
                &frame[4..]
            };
            seeds.push([&[how], &piece(said)[..]].concat());
            all.extend(piece(said));
        }
        seeds.push(all);
    }
    seeds
}

/// What two members' devices say to each other from the beginning until they are in step, and
/// what a guest says.
pub(crate) fn dialogue() -> Vec<Vec<u8>> {
    let (mut ana, mut bo, network) = two();
    ana.put(&network, &crate::people::page(), "k", "one");
    ana.put(&network, &crate::people::page(), "k", "two");
    bo.put(&network, &crate::people::page(), "k", "three");
    let mut sessions = [
        session(Role::Dialer, 1, key(2).id()),
        session(Role::Listener, 2, key(1).id()),
    ];
    let mut said = Vec::new();
    let mut waiting: Vec<(usize, Vec<u8>)> = Vec::new();
    let mut effects = sessions[0].start(&mut ana);
    let mut from = 0;
    loop {
        for effect in effects.drain(..) {
            if let Effect::Send(frame) = effect {
                waiting.push((1 - from, frame));
            }
        }
        if waiting.is_empty() {
            break;
        }
        let (to, frame) = waiting.remove(0);
        let host = if to == 0 { &mut ana } else { &mut bo };
        effects = sessions[to].receive(host, &frame);
        said.push(frame);
        from = to;
    }
    assert!(sessions.iter().all(|session| session.shared().count() == 1));
    said
}

/// Two members of one network on their machines.
fn two() -> (Machine, Machine, NetworkId) {
    let mut ana = Machine::new("Ana", 1);
    let network = ana.found(1);
    let ticket = ana.invites(&network, 99, 3);
    assert_eq!(ticket, invite());
    let consent = crate::people::consent(network, 2);
    tresse_sync::Host::admit(&mut ana, &network, &consent).expect("an invited guest");
    let mut bo = Machine::new("Bo", 2);
    bo.networks = ana.networks.clone();
    (ana, bo, network)
}
