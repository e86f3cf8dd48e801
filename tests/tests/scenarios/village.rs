//! Many at once: they write, are killed, come back, and hear of each other by way of one of them.

use std::time::Instant;

use serde_json::{Value, json};
use tresse_tests::{Desk, Dice, Ledger, Peer, rounds};

const NAMES: [&str; 4] = ["Ana", "Bo", "Chloé", "Dan"];
const PREFIXES: [&str; 4] = ["ana", "bo", "chloe", "dan"];

fn digest(desk: &mut Desk, network: &str) -> Value {
    desk.does(&json!({ "ask": "digest", "network": network }))
}

#[test]
fn four_who_write_and_fall_and_come_back_in_any_order_end_equal_with_every_saved_edit() {
    let mut dice = Dice::new("village");
    let peers = NAMES.map(Peer::named);
    let ana = &peers[0];
    let network = ana.founds("Les bords du fleuve");
    let pages = ["Un", "Deux"].map(|title| ana.writes_page(&network, title, "Début.\n"));
    let (door, ticket) = ana.welcomes(&network, 3);
    for peer in &peers[1..] {
        peer.joins(&ticket);
    }
    let ana_at = door.contact();
    door.stops();
    let mut ledgers = PREFIXES.map(|prefix| {
        let mut ledger = Ledger::new(&network, &pages);
        ledger.marks_begin_with(prefix);
        ledger
    });
    let mut desks: [Option<Desk>; 4] = [const { None }; 4];
    let (mut killed, mut closed) = (0, 0);
    let started = Instant::now();
    for _ in 0..rounds(160) {
        let who = dice.pick(0..4);
        match desks[who].take() {
            None => desks[who] = Some(peers[who].sits_down_towards(&ana_at)),
            Some(desk) if dice.one_in(12) => {
                killed += 1;
                desk.is_killed();
                if dice.one_in(3) {
                    peers[who].is_sound();
                    ledgers[who].is_kept_by(&peers[who]);
                }
            }
            Some(desk) if dice.one_in(40) => {
                closed += 1;
                desk.closes();
            }
            Some(mut desk) => {
                let edit = ledgers[who].edit(&mut dice);
                desk.does(edit.command());
                ledgers[who].acknowledge(&edit);
                desks[who] = Some(desk);
            }
        }
    }
    let busy = started.elapsed();
    // At last all come together at Ana's.
    let mut hub = desks[0].take().unwrap_or_else(|| ana.sits_down());
    for desk in desks.into_iter().flatten() {
        desk.is_killed();
    }
    let mut others = [1, 2, 3].map(|who| peers[who].sits_down_towards(&ana_at));
    for desk in &mut others {
        desk.waits_until("this copy equals Ana's", |desk| {
            digest(desk, &network) == digest(&mut hub, &network)
        });
    }
    // The first ones may have been equal before the last ones brought theirs.
    for desk in &mut others {
        desk.waits_until("this copy equals Ana's last", |desk| {
            digest(desk, &network) == digest(&mut hub, &network)
        });
        desk.is_in_step(&network);
    }
    for desk in others {
        desk.closes();
    }
    hub.closes();
    for peer in &peers {
        for ledger in &ledgers {
            ledger.is_kept_by(peer);
        }
        assert_eq!(peer.digest(&network), ana.digest(&network));
        peer.is_sound();
    }
    println!(
        "{} edits saved by four, {killed} killed, {closed} closed, {busy:.1?}; equal after {:.1?}",
        ledgers.iter().map(Ledger::len).sum::<usize>(),
        started.elapsed().saturating_sub(busy)
    );
}
