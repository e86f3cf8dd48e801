//! T1 and T4: at the door. Who replays, relays, probes, and comes with a ticket that is not theirs.

use std::time::{Duration, Instant};

use serde_json::json;
use tresse_model::NetworkId;
use tresse_tests::{Call, Crafted, Knock, Message, Peer, word};
use tresse_trust::{InviteSecret, JoinRefusal, Role, Ticket, join_tag};

use super::Village;

/// Says these frames at a door, one connection; answers how it ended, and that nothing was said.
#[track_caller]
fn is_shut_out(mut call: Call, frames: Vec<Vec<u8>>) -> String {
    for frame in frames {
        call.says_frame(frame);
    }
    let reason = call.is_closed();
    assert!(
        call.unread().is_empty(),
        "something was said: {:?}",
        call.unread()
    );
    call.hangs_up();
    reason
}

/// T1: what a member said on one connection is worth nothing on another.
#[test]
fn a_members_handshake_replayed_or_relayed_by_a_stranger_opens_nothing_and_is_answered_by_nothing()
{
    let (mut zoe, mut eve) = (Crafted::named("Zoé"), Crafted::named("Eve"));
    let mut village = Village::of(&mut [&mut zoe]);
    let before = village.shows();
    let contact = village.ana.contact();
    let call = zoe.calls(&contact);
    let recorded = call.sent.clone();
    call.hangs_up();
    assert!(
        recorded.len() > 2,
        "{} frames were recorded",
        recorded.len()
    );

    // The whole of it, and its beginning alone; by a stranger, and by Zoé's own machine later.
    let hello = vec![recorded[0].clone()];
    for frames in [&recorded, &hello] {
        for who in [&eve, &zoe] {
            let reason = is_shut_out(who.rings(&contact), frames.clone());
            assert_eq!(reason, "nothing-shared");
        }
    }

    // Zoé calls Eve, believing that she is Ana; Eve says to Ana what Zoé says.
    let relay = eve.clone();
    let reasons = eve.hosts(|eves| {
        let mut zoe = zoe.clone();
        let towards_eve = zoe.rings(eves);
        let greeting = zoe.greeting(towards_eve.peer(), *towards_eve.exporter());
        let as_if_to_ana =
            zoe.greeting(village.ana.device.parse().unwrap(), *towards_eve.exporter());
        let reasons =
            [greeting, as_if_to_ana].map(|frames| is_shut_out(relay.rings(&contact), frames));
        towards_eve.hangs_up();
        reasons
    });
    assert_eq!(reasons, ["nothing-shared", "nothing-shared"]);

    // Ana's own words to Zoé, said back to Ana.
    let mut mirror = zoe.clone();
    let told = mirror.is_told_by(&contact);
    let echo: Vec<Vec<u8>> = told.messages.iter().map(Message::encode).collect();
    assert_eq!(is_shut_out(eve.rings(&contact), echo), "nothing-shared");
    village.shows_still(&before);
    village.closes();
}

/// T1: the answer to a stranger is the same, in bytes and in kind of time, whatever there is to hide.
#[test]
fn a_stranger_cannot_tell_a_house_with_a_network_from_an_empty_one_nor_a_true_guess_from_a_false() {
    let mut zoe = Crafted::named("Zoé");
    let mut village = Village::of(&mut [&mut zoe]);
    let empty = Peer::named("Vide");
    let mut empty = empty.sits_down();
    let secret = InviteSecret::from_seed([3; 32]);
    let ticket = |network: NetworkId| {
        let ticket = Ticket {
            network,
            secret: secret.clone(),
            expires_ms: u64::MAX,
            contacts: vec![],
        };
        Knock::Ticket(Box::new(ticket))
    };
    let knocks = [
        ("a greeting", Knock::Greeting),
        ("a ticket with the right network", ticket(village.id)),
        (
            "a ticket with a wrong network",
            ticket(NetworkId::from_bytes([9; 20])),
        ),
        ("noise", Knock::Bytes(vec![vec![0xa5; 5000]])),
    ];
    let mut eve = Crafted::named("Eve");
    let mut said = Vec::new();
    for (what, knock) in knocks {
        for door in [&village.ana, &village.bo, &empty] {
            said.push((what, eve.knocks(&door.contact(), knock.clone())));
        }
    }
    for (what, overheard) in &said {
        assert_eq!(overheard, &said[0].1, "{what} is answered differently");
        assert!(overheard.frames.is_empty());
    }

    // How long it takes, from what is said to the end, in the middle of several.
    let mut times = [&village.ana, &empty].map(|door| {
        let mut times: Vec<Duration> = (0..7)
            .map(|_| {
                let mut call = eve.rings(&door.contact());
                let greeting = eve.greeting(call.peer(), *call.exporter());
                let begun = Instant::now();
                for frame in greeting {
                    call.says_frame(frame);
                }
                call.is_closed();
                let took = begun.elapsed();
                call.hangs_up();
                took
            })
            .collect();
        times.sort_unstable();
        times[times.len() / 2]
    });
    times.sort_unstable();
    println!("turned away after {times:?}");
    assert!(
        times[1].saturating_sub(times[0]) < Duration::from_millis(250),
        "{times:?}"
    );
    let refused = |line: &serde_json::Value| line["event"] == "refused";
    assert!(village.ana.talk().heard().iter().any(refused));
    assert!(empty.talk().heard().iter().any(refused));
    empty.closes();
    village.closes();
}

/// T4: each ticket serves those it was made for, and says to nobody else why it does not.
#[test]
fn a_ticket_used_closed_past_altered_or_overheard_lets_nobody_in() {
    let mut zoe = Crafted::named("Zoé");
    let mut village = Village::of(&mut [&mut zoe]);
    let id = village.id;
    let contact = village.ana.contact();
    let mut invites = |uses: u32| {
        let made = village.ana.does(&json!({ "command": "invite.create",
            "network": village.network, "uses": uses, "expires_in": 3600 }));
        (word(&made["ticket"]), word(&made["invitation"]))
    };
    let (used, _) = invites(1);
    let (closed, invitation) = invites(5);
    let (open, _) = invites(1);
    let mut max = Crafted::named("Max");
    max.joins(&used, &contact).unwrap();
    village.ana.does(
        &json!({ "command": "invite.revoke", "network": village.network,
        "invitation": invitation }),
    );
    zoe.meets(&contact);
    let past = zoe.invites(&id, 1000, u64::MAX);
    zoe.meets(&contact);
    let before = village.shows();

    let mut eve = Crafted::named("Eve");
    let mut comes = |ticket: &str| eve.joins(ticket, &contact).unwrap_err();
    assert_eq!(comes(&used), JoinRefusal::Used);
    assert_eq!(comes(&closed), JoinRefusal::Revoked);
    assert_eq!(comes(&past.to_string()), JoinRefusal::Expired);

    // Another network's name on a good ticket: what is signed for it fits nothing.
    let mut elsewhere: Ticket = open.parse().unwrap();
    elsewhere.network = NetworkId::from_bytes([9; 20]);
    let mut call = eve.rings(&contact);
    shows_a_ticket(&mut call, &elsewhere, &eve);
    call.says(&Message::Claim {
        consent: Box::new(eve.consents(&elsewhere)),
        present: Box::new(elsewhere.secret.present(call.exporter())),
    });
    assert_eq!(call.is_closed(), "nothing-shared");
    call.hangs_up();

    // Jo comes with a good ticket; what she says is overheard (by a broken machine, say), and Eve, who
    // knows from an old member how invitations are shown, says it herself.
    let jo = Crafted::named("Jo");
    let ticket: Ticket = open.parse().unwrap();
    let mut call = jo.rings(&contact);
    let claim = Message::Claim {
        consent: Box::new(jo.consents(&ticket)),
        present: Box::new(ticket.secret.present(call.exporter())),
    };
    shows_a_ticket(&mut call, &ticket, &jo);
    call.hangs_up();
    let mut call = eve.rings(&contact);
    shows_a_ticket(&mut call, &ticket, &eve);
    call.says(&claim);
    assert_eq!(call.is_closed(), "nothing-shared");
    call.hangs_up();

    // Eve holds the ticket, and lets Jo in without Jo, or herself in under Jo's words.
    let mut call = eve.rings(&contact);
    shows_a_ticket(&mut call, &ticket, &eve);
    call.says(&Message::Claim {
        consent: Box::new(jo.consents(&ticket)),
        present: Box::new(ticket.secret.present(call.exporter())),
    });
    assert_eq!(call.is_closed(), "nothing-shared");
    call.hangs_up();

    // A claim before anything is shown.
    let mut call = eve.rings(&contact);
    call.says(&claim);
    assert_eq!(call.is_closed(), "nothing-shared");
    call.hangs_up();
    village.shows_still(&before);

    // After all that the open one still serves whom it was given to.
    let mut jo = jo;
    jo.joins(&open, &contact).unwrap();
    village.closes();
}

/// Says hello as somebody does who holds this ticket, and waits until it is known.
fn shows_a_ticket(call: &mut Call, ticket: &Ticket, who: &Crafted) {
    let key = ticket.secret.key();
    let tag = join_tag(
        &key,
        call.exporter(),
        Role::Dialer,
        &who.device(),
        &call.peer(),
    );
    let mut tags: Vec<_> = (1..16_u8).map(|padding| [padding; 32]).collect();
    tags.push(tag);
    tags.sort_unstable();
    call.says(&Message::Hello { version: 1, tags });
    call.hears("the ticket is known", |message| {
        matches!(message, Message::Answer { .. })
    });
}
