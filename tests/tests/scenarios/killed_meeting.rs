//! kill -9 of either side while two members meet.

use std::time::{Duration, Instant};

use serde_json::json;
use tresse_tests::{Dice, Ledger, PATIENCE, Peer, Talk, rounds};

/// What each member writes between two meetings.
const EDITS: usize = 24;

/// A network with so much in it that it takes several turns to get and to store.
fn fat_network(ana: &Peer, dice: &mut Dice) -> (String, Vec<String>) {
    let network = ana.founds("Les bords du fleuve");
    let pages: Vec<_> = (0..40)
        .map(|number| {
            json!({ "command": "page.create", "network": network,
                "title": format!("Page {number}"), "text": dice.noise(20_000) })
        })
        .collect();
    let actions = (0..100).map(|number| {
        json!({ "command": "action.add", "network": network,
            "title": format!("Action {number}"), "territory": "Toute la vallée" })
    });
    ana.runs(&actions.collect::<Vec<_>>());
    let answers = ana.runs(&pages);
    // Edits go into small pages: this is about meetings, not about long texts.
    let small = ["Un", "Deux", "Trois"].map(|title| ana.writes_page(&network, title, "Début.\n"));
    assert_eq!(answers.len(), pages.len());
    (network, small.to_vec())
}

/// Waits until the process says something, or so many bytes lie in the profile; the former is `true`.
fn says_or_stores(talk: &mut Talk, peer: &Peer, bytes: u64) -> bool {
    let deadline = Instant::now() + PATIENCE;
    while peer.stored_bytes() < bytes {
        if talk.next_within(Duration::from_millis(1)).is_some() {
            return true;
        }
        assert!(
            Instant::now() < deadline,
            "neither a word nor {bytes} bytes"
        );
    }
    false
}

fn joins(bo: &Peer, ticket: &str) -> Talk {
    let mut command = bo.command();
    command.args(["join", ticket, "--lan-only", "--timeout", "30"]);
    Talk::start(bo.name(), &mut command)
}

fn syncs(bo: &Peer, contact: &str) -> Talk {
    let mut command = bo.command();
    command.args(["sync", "--lan-only", "--timeout", "30", "--peer", contact]);
    Talk::start(bo.name(), &mut command)
}

#[test]
fn killed_at_any_moment_of_a_meeting_both_are_sound_and_end_equal_with_every_edit() {
    let mut dice = Dice::new("killed while meeting");
    let [ana, bo] = ["Ana", "Bo"].map(Peer::named);
    let (network, pages) = fat_network(&ana, &mut dice);
    let mut ledgers = [(); 2].map(|()| Ledger::new(&network, &pages));
    let [ana_ledger, bo_ledger] = &mut ledgers;
    bo_ledger.marks_begin_with("bo");

    // Joining is the fattest meeting: cut short a few times, it is begun again, wherever it stood.
    let (door, ticket) = ana.welcomes(&network, 1);
    let whole = ana.stored_bytes();
    let started = Instant::now();
    let mut parts = Vec::new();
    for part in 1..=6 {
        let mut guest = if bo.networks().is_empty() {
            joins(&bo, &ticket)
        } else {
            syncs(&bo, &door.contact())
        };
        let bytes = bo.stored_bytes() + (whole.saturating_sub(bo.stored_bytes())) * part / 8;
        let said = says_or_stores(&mut guest, &bo, bytes);
        guest.kill();
        bo.is_sound();
        let here = bo
            .networks()
            .first()
            .map(|network| network["documents"].clone());
        parts.push(here.unwrap_or_default());
        if said {
            break;
        }
    }
    if bo.networks().is_empty() {
        bo.joins(&ticket);
    } else {
        bo.meets(&door);
    }
    println!(
        "{whole} bytes; documents after each cut: {parts:?}; {:.1?}",
        started.elapsed()
    );
    door.stops();
    assert_eq!(ana.digest(&network), bo.digest(&network));

    let rounds = rounds(14);
    let (mut hit, mut by_ana, mut met) = (0, 0, 0);
    let started = Instant::now();
    // How long it takes undisturbed: to find each other, and then to be in step.
    let (mut finding, mut talking) = (Duration::from_millis(200), Duration::from_millis(100));
    for round in 0..rounds {
        ana_ledger.peer_edits(&ana, &mut dice, EDITS);
        bo_ledger.peer_edits(&bo, &mut dice, EDITS);
        let mut door = ana.serves();
        let begun = Instant::now();
        let mut guest = syncs(&bo, &door.contact());
        if round % 7 == 0 {
            door.hears("peer-connected");
            finding = begun.elapsed();
            door.hears("in-step");
            talking = begun.elapsed().saturating_sub(finding);
            guest.hears("a result", |line| line["peers"] == 1);
            drop(guest);
            door.is_killed();
            assert_eq!(ana.digest(&network), bo.digest(&network));
        } else {
            let said = if dice.one_in(4) {
                guest.next_within(finding.mul_f64(dice.part()))
            } else {
                door.hears("peer-connected");
                met += 1;
                guest.next_within(talking.mul_f64(dice.part()))
            };
            hit += usize::from(said.is_none());
            if dice.one_in(2) {
                by_ana += 1;
                door.is_killed();
                guest.kill();
            } else {
                guest.kill();
                door.is_killed();
            }
        }
        ana.is_sound();
        bo.is_sound();
    }
    let door = ana.serves();
    bo.meets(&door);
    door.stops();
    assert_eq!(ana.digest(&network), bo.digest(&network));
    for peer in [&ana, &bo] {
        for ledger in &ledgers {
            ledger.is_kept_by(peer);
        }
        peer.is_sound();
    }
    println!(
        "{rounds} rounds, {hit} cut short ({met} of them after they had met, {by_ana} by killing the \
         listener first); finding takes {finding:.0?}, talking {talking:.0?}; {} acknowledged edits kept, {:.1?}",
        ledgers.iter().map(Ledger::len).sum::<usize>(),
        started.elapsed()
    );
    assert!(hit * 2 >= rounds, "the kills came too late");
}

#[test]
fn killed_while_both_type_and_see_each_other_both_have_every_edit_they_were_told_is_saved() {
    let mut dice = Dice::new("killed while typing together");
    let [ana, bo] = ["Ana", "Bo"].map(Peer::named);
    let network = ana.founds("Les bords du fleuve");
    let pages = ["Un", "Deux"].map(|title| ana.writes_page(&network, title, "Début.\n"));
    let (door, ticket) = ana.welcomes(&network, 1);
    bo.joins(&ticket);
    door.stops();
    let mut ledgers = [(); 2].map(|()| Ledger::new(&network, &pages));
    ledgers[1].marks_begin_with("bo");
    let started = Instant::now();
    let rounds = rounds(8);
    for _ in 0..rounds {
        let ana_desk = ana.sits_down();
        let mut bo_desk = bo.sits_down_beside(&ana_desk);
        bo_desk.is_in_step(&network);
        // Both type as fast as they are answered, until one is cut off.
        let ends = [dice.pick(1..60), dice.pick(1..60)];
        let mut desks = [ana_desk, bo_desk];
        for turn in 0..ends[0].max(ends[1]) {
            for (who, desk) in desks.iter_mut().enumerate() {
                if turn < ends[who] {
                    let edit = ledgers[who].edit(&mut dice);
                    desk.does(edit.command());
                    ledgers[who].acknowledge(&edit);
                }
            }
        }
        let first = dice.pick(0..2);
        // One more is under way as the light goes out: whether it is kept is nobody's promise.
        let last = ledgers[first].edit(&mut dice);
        desks[first].talk().tell(last.command());
        let [ana_desk, bo_desk] = desks;
        if first == 0 {
            ana_desk.is_killed();
            bo_desk.is_killed();
        } else {
            bo_desk.is_killed();
            ana_desk.is_killed();
        }
        for (peer, ledger) in [&ana, &bo].into_iter().zip(&ledgers) {
            peer.is_sound();
            ledger.is_kept_by(peer);
        }
    }
    let door = ana.serves();
    bo.meets(&door);
    door.stops();
    assert_eq!(ana.digest(&network), bo.digest(&network));
    for peer in [&ana, &bo] {
        for ledger in &ledgers {
            ledger.is_kept_by(peer);
        }
    }
    println!(
        "{rounds} rounds, {} acknowledged edits kept by both, {:.1?}",
        ledgers.iter().map(Ledger::len).sum::<usize>(),
        started.elapsed()
    );
}

#[test]
fn a_peer_that_says_in_step_and_is_killed_at_once_has_what_it_said() {
    let mut dice = Dice::new("killed at in-step");
    let [ana, bo] = ["Ana", "Bo"].map(Peer::named);
    let network = ana.founds("Les bords du fleuve");
    let pages = ["Un", "Deux"].map(|title| ana.writes_page(&network, title, "Début.\n"));
    let (door, ticket) = ana.welcomes(&network, 1);
    bo.joins(&ticket);
    door.stops();
    let mut ledger = Ledger::new(&network, &pages);
    let rounds = rounds(5);
    for _ in 0..rounds {
        ledger.peer_edits(&bo, &mut dice, 60);
        let mut door = ana.serves();
        let guest = syncs(&bo, &door.contact());
        door.hears("in-step");
        door.is_killed();
        drop(guest);
        ledger.is_kept_by(&ana);
        assert_eq!(ana.digest(&network), bo.digest(&network));
    }
    println!("{rounds} rounds, {} edits kept", ledger.len());
}
