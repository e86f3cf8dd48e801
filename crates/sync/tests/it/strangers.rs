use proptest::prelude::*;
use tresse_model::DeviceId;
use tresse_sync::{CloseReason, Effect, Role, Session};
use tresse_trust::DeviceKey;

use crate::{
    machine::Machine,
    village::{Village, page},
};

fn device(seed: u8) -> DeviceId {
    DeviceKey::from_seed([seed; 32]).id()
}

fn session(role: Role, me: u8, peer: u8, exporter: u8, padding: u8) -> Session {
    let (me, peer) = (device(me), device(peer));
    Session::new(role, [exporter; 32], me, peer, [padding; 32], None)
}

fn with_networks(count: u8) -> Machine {
    let mut machine = Machine::new("Ana", 1);
    for salt in 0..count {
        let net = machine.found(salt);
        machine.invites(&net, salt, 3);
        machine.put(&net, &page(1), "k", "v");
    }
    machine
}

fn sent(effects: Vec<Effect>) -> Vec<Vec<u8>> {
    let frames = effects.into_iter().map(|effect| match effect {
        Effect::Send(frame) => frame,
        other => panic!("{other:?}"),
    });
    frames.collect()
}

#[test]
fn a_stranger_hears_the_same_from_a_node_with_no_network_and_with_five() {
    for networks in [0, 5] {
        let mut ana = with_networks(networks);
        let mut eve = with_networks(0);
        eve.key = DeviceKey::from_seed([66; 32]);
        eve.found(200);
        let greeting = sent(session(Role::Dialer, 66, 1, 9, 1).start(&mut eve));
        let mut listener = session(Role::Listener, 1, 66, 9, 2);
        assert!(listener.start(&mut ana).is_empty());
        let effects = listener.receive(&mut ana, &greeting[0]);
        assert_eq!(effects, [Effect::Close(CloseReason::NothingShared)]);
        assert!(listener.is_closed());
        assert!(listener.receive(&mut ana, &greeting[0]).is_empty());
    }
}

#[test]
fn whatever_a_stranger_says_the_answer_is_the_same() {
    let mut ana = with_networks(3);
    let endless = vec![7; 65_537];
    let frames: [&[u8]; 7] = [
        &[],
        &[0, 0, 0, 0],
        &[255, 255, 255, 255],
        &[1, 0, 0, 0, 200],
        &[3, 0, 0, 0, 0, 1, 0],
        b"GET / HTTP/1.1\r\n\r\n",
        &endless,
    ];
    for frame in &frames[1..] {
        let mut listener = session(Role::Listener, 1, 66, 9, 2);
        let effects = listener.receive(&mut ana, frame);
        assert_eq!(
            effects,
            [Effect::Close(CloseReason::NothingShared)],
            "{frame:?}"
        );
    }
    // What is no whole message is waited for, without a word.
    let mut listener = session(Role::Listener, 1, 66, 9, 2);
    assert!(listener.receive(&mut ana, frames[0]).is_empty());
    assert!(listener.receive(&mut ana, &[9, 0, 0]).is_empty());
}

#[test]
fn a_stranger_who_is_dialled_learns_only_that_there_are_at_most_sixteen_networks() {
    let greeting = |networks: u8| {
        let mut ana = with_networks(networks);
        sent(session(Role::Dialer, 1, 66, 9, 1).start(&mut ana))
    };
    let sizes: Vec<usize> = [0, 1, 5, 16].map(|n| greeting(n)[0].len()).to_vec();
    assert!(sizes.iter().all(|size| *size == sizes[0]), "{sizes:?}");
    assert!(greeting(5)[0] != greeting(0)[0]);
    assert!(greeting(17)[0].len() > sizes[0]);
}

#[test]
fn a_recorded_greeting_is_worthless_on_another_connection_and_from_another_device() {
    let (mut village, _) = Village::of_members(1, &["Ana", "Bo"]);
    let recorded = sent(session(Role::Dialer, 2, 1, 9, 1).start(&mut village.machines[1]));
    let ana = &mut village.machines[0];
    let stranger = [Effect::Close(CloseReason::NothingShared)];
    // Another connection of the same two.
    let effects = session(Role::Listener, 1, 2, 10, 2).receive(ana, &recorded[0]);
    assert_eq!(effects, stranger);
    // The same bytes from another device, were the exporter even the same.
    let effects = session(Role::Listener, 1, 66, 9, 2).receive(ana, &recorded[0]);
    assert_eq!(effects, stranger);
    // As it was meant, it is answered.
    let effects = session(Role::Listener, 1, 2, 9, 2).receive(ana, &recorded[0]);
    assert!(matches!(effects.last(), Some(Effect::Send(_))));
}

#[test]
fn a_greeting_sent_back_to_its_sender_proves_nothing() {
    let (mut village, _) = Village::of_members(2, &["Ana", "Bo"]);
    let ana = &mut village.machines[0];
    let mut dialer = session(Role::Dialer, 1, 66, 9, 1);
    let own = sent(dialer.start(ana));
    assert_eq!(
        dialer.receive(ana, &own[0]),
        [Effect::Close(CloseReason::NothingShared)]
    );

    // Nor its tags as an answer: the number of the message is the fifth byte.
    let mut dialer = session(Role::Dialer, 1, 66, 9, 1);
    let mut answer = sent(dialer.start(ana)).remove(0);
    let tags = answer.split_off(6);
    let length = (tags.len() + 1) as u32;
    let mut frame = length.to_le_bytes().to_vec();
    frame.push(1);
    frame.extend(tags);
    assert_eq!(
        dialer.receive(ana, &frame),
        [Effect::Close(CloseReason::NothingShared)]
    );
}

/// Two sessions of members, as far as they get by themselves, with what each then sent.
fn acquainted(village: &mut Village) -> ([Session; 2], Vec<(usize, Vec<u8>)>) {
    let mut sessions = [
        session(Role::Dialer, 1, 2, 9, 1),
        session(Role::Listener, 2, 1, 9, 2),
    ];
    let mut log = Vec::new();
    let mut waiting: Vec<(usize, Vec<u8>)> = Vec::new();
    let push = |to: usize, effects: Vec<Effect>, waiting: &mut Vec<(usize, Vec<u8>)>| {
        for effect in effects {
            if let Effect::Send(frame) = effect {
                waiting.push((to, frame));
            }
        }
    };
    push(1, sessions[0].start(&mut village.machines[0]), &mut waiting);
    while !waiting.is_empty() {
        let (to, frame) = waiting.remove(0);
        let effects = sessions[to].receive(&mut village.machines[to], &frame);
        log.push((to, frame));
        push(1 - to, effects, &mut waiting);
    }
    (sessions, log)
}

proptest! {
    #[test]
    fn arbitrary_frames_never_panic_and_never_get_more_than_one_close(
        frames in proptest::collection::vec(any::<Vec<u8>>(), 1..8), listens: bool,
    ) {
        let mut ana = with_networks(2);
        let role = if listens { Role::Listener } else { Role::Dialer };
        let mut it = session(role, 1, 66, 9, 1);
        it.start(&mut ana);
        let closes = frames.iter().flat_map(|frame| it.receive(&mut ana, frame));
        let effects: Vec<_> = closes.collect();
        prop_assert!(effects.is_empty() || effects == [Effect::Close(CloseReason::NothingShared)]);
    }

    #[test]
    fn a_member_who_sends_altered_frames_is_refused_and_harms_nothing(
        at: prop::sample::Index, byte: prop::sample::Index, value: u8, seed in 0u64..1000,
    ) {
        let (mut village, net) = Village::of_members(seed, &["Ana", "Bo"]);
        village.machines[0].put(&net, &page(1), "a", "1");
        village.machines[1].put(&net, &page(1), "b", "2");
        village.machines[1].write(&net, &page(2), 0, "texte");
        let before = village.machines.clone();
        let (_, log) = acquainted(&mut village);
        village.assert_equal(&net, &[0, 1]);

        // The same again, with one byte of one frame to Ana altered. (Chance bytes are fixed.)
        village.machines = before;
        let mut it = session(Role::Dialer, 1, 2, 9, 1);
        it.start(&mut village.machines[0]);
        let to_ana: Vec<_> = log.iter().filter(|(to, _)| *to == 0).collect();
        let at = at.index(to_ana.len());
        for (i, (_, frame)) in to_ana.iter().enumerate() {
            let mut frame = frame.clone();
            if i == at {
                let byte = byte.index(frame.len());
                frame[byte] ^= value;
            }
            it.receive(&mut village.machines[0], &frame);
        }
        let ana = village.machines[0].copy(&net);
        prop_assert_eq!(ana.docs[&page(1)].heads(), ana.heads[&page(1)].clone());
        prop_assert_eq!(village.machines[0].value(&net, &page(1), "a").unwrap(), "1");
    }

    #[test]
    fn a_member_s_arbitrary_bytes_end_the_session_or_are_waited_for(
        noise in proptest::collection::vec(any::<u8>(), 0..300), as_message: bool, tag in 0u8..18,
    ) {
        let (mut village, net) = Village::of_members(3, &["Ana", "Bo"]);
        village.machines[0].put(&net, &page(1), "a", "1");
        let ([mut ana, _], _) = acquainted(&mut village);
        let mut frame = noise.clone();
        if as_message {
            frame = (noise.len() as u32 + 1).to_le_bytes().to_vec();
            frame.push(tag);
            frame.extend(&noise);
        }
        ana.receive(&mut village.machines[0], &frame);
        prop_assert_eq!(village.machines[0].value(&net, &page(1), "a").unwrap(), "1");
    }
}
