use tresse_model::{MemberId, NetworkId};
use tresse_sync::{CloseReason, Compare, Effect, LinkRefusal, LinkRequest, Linking};
use tresse_trust::{Body, Cuts, InviteSecret, LinkConsent};

use crate::{
    machine::Machine,
    village::{Village, page},
};

const DESK: usize = 0;
const BO: usize = 1;
const CY: usize = 2;

/// Ana's desk, Bo and Cy in one network; then Ana's laptop, which is in none.
fn with_laptop(seed: u64) -> (Village, NetworkId, usize) {
    let (mut village, net) = Village::of_members(seed, &["Ana", "Bo", "Cy"]);
    village.machines.push(Machine::new("Ana", 90));
    (village, net, 3)
}

fn with_ticket(secret: &InviteSecret) -> LinkRequest {
    LinkRequest {
        secret: secret.clone(),
        label: "laptop".to_owned(),
        settled: None,
    }
}

/// `host` makes a ticket for a further device of that person, and `guest` comes with it.
fn meets_with_ticket(
    village: &mut Village,
    guest: usize,
    host: usize,
    person: (NetworkId, MemberId),
) -> InviteSecret {
    let ticket = village.does(host, |host| host.offers_link(200, vec![person]));
    village.meet_to_link(guest, host, with_ticket(&ticket));
    village.settle();
    ticket
}

fn ana(village: &Village) -> MemberId {
    village.machines[DESK].member()
}

/// What this machine's person last was to compare.
fn compared(village: &Village, i: usize) -> Option<Compare> {
    village
        .heard(i)
        .iter()
        .rev()
        .find_map(|effect| match effect {
            Effect::Linking(Linking::Compare(compare)) => Some((**compare).clone()),
            _ => None,
        })
}

fn is_linked(village: &Village, i: usize) -> bool {
    let done = |effect: &Effect| matches!(effect, Effect::Linking(Linking::Done(_)));
    village.heard(i).iter().any(done)
}

fn refused(village: &Village, i: usize) -> Option<(LinkRefusal, bool)> {
    village.heard(i).iter().find_map(|effect| match effect {
        Effect::Linking(Linking::Refused {
            refusal, by_peer, ..
        }) => Some((*refusal, *by_peer)),
        _ => None,
    })
}

/// The person at the dialling end of the newest connection confirms.
fn dialer_confirms(village: &mut Village, i: usize) {
    let networks = compared(village, i).unwrap().networks;
    let consents = village.machines[i].consents(&networks);
    dialer_signs(village, consents);
}

fn dialer_signs(village: &mut Village, consents: Vec<LinkConsent>) {
    let at = village.connections.len() - 1;
    let ticket = compared(village, village.connections[at].ends[0])
        .unwrap()
        .ticket;
    village.with_session(at, 0, |session, machine| {
        session.confirm_link(machine, &ticket, consents)
    });
    village.settle();
}

/// The person at the other end confirms.
fn listener_confirms(village: &mut Village) {
    let at = village.connections.len() - 1;
    let ticket = compared(village, village.connections[at].ends[1])
        .unwrap()
        .ticket;
    village.with_session(at, 1, |session, machine| {
        session.confirm_link(machine, &ticket, Vec::new())
    });
    village.settle();
}

fn both_confirm(village: &mut Village, dialer: usize) {
    dialer_confirms(village, dialer);
    listener_confirms(village);
}

/// A member adds their word to the return that others ask for.
fn consents_too(village: &mut Village, i: usize, net: &NetworkId) {
    village.does(i, |member| {
        let cases = member.copy(net).membership.readmissions();
        let consent = cases.first().unwrap().consent.clone();
        member.vouches(&consent);
    });
}

#[test]
fn a_laptop_becomes_ana_s_once_both_sides_confirmed_the_same_code_and_everything_comes() {
    let (mut village, net, laptop) = with_laptop(1);
    let second = village.does(DESK, |desk| desk.found(2));
    let me = ana(&village);
    village.does(DESK, |desk| desk.put(&net, &page(1), "k", "v"));
    let ticket = village.does(DESK, |desk| {
        desk.offers_link(200, vec![(net, me), (second, me)])
    });
    village.meet_to_link(laptop, DESK, with_ticket(&ticket));
    village.settle();
    let (here, there) = (compared(&village, laptop), compared(&village, DESK));
    let (here, there) = (here.unwrap(), there.unwrap());
    assert_eq!(here.code, there.code);
    assert_eq!(
        (here.name.as_str(), here.label.as_str()),
        ("Ana", "Ana's desk")
    );
    assert_eq!(there.label, "laptop");
    assert_eq!(here.networks, there.networks);
    // Nothing happened yet.
    let device = village.machines[laptop].device();
    let member_of = |village: &Village, i: usize, net: &NetworkId| {
        village.machines[i].copy(net).membership.member_of(&device)
    };
    assert_eq!(member_of(&village, DESK, &net), None);
    dialer_confirms(&mut village, laptop);
    assert!(
        village
            .heard(DESK)
            .contains(&Effect::Linking(Linking::Confirmed))
    );
    assert_eq!(member_of(&village, DESK, &net), None);
    assert!(village.machines[laptop].networks.is_empty());
    listener_confirms(&mut village);
    for net in [net, second] {
        assert_eq!(member_of(&village, laptop, &net), Some(me));
        assert_eq!(member_of(&village, DESK, &net), Some(me));
        village.assert_equal(&net, &[DESK, laptop]);
        assert!(village.in_step(DESK, laptop, &net));
    }
    assert!(is_linked(&village, DESK) && is_linked(&village, laptop));
    // The laptop meets the others without the desk.
    village.part(laptop, DESK);
    village.does(laptop, |laptop| laptop.put(&net, &page(2), "k", "v"));
    village.meet(laptop, BO);
    village.settle();
    assert!(village.in_step(laptop, BO, &net));
    village.assert_equal(&net, &[laptop, BO]);
}

#[test]
fn the_order_in_which_the_two_persons_confirm_does_not_matter() {
    let (mut village, net, laptop) = with_laptop(2);
    let me = ana(&village);
    meets_with_ticket(&mut village, laptop, DESK, (net, me));
    listener_confirms(&mut village);
    assert!(!is_linked(&village, DESK));
    dialer_confirms(&mut village, laptop);
    assert!(village.in_step(DESK, laptop, &net));
}

#[test]
fn where_the_codes_differ_nothing_is_signed_and_both_sides_say_so() {
    for end in [0, 1] {
        let (mut village, net, laptop) = with_laptop(3);
        let me = ana(&village);
        let acts = village.machines[DESK].copy(&net).acts.len();
        let ticket = village.does(DESK, |desk| desk.offers_link(200, vec![(net, me)]));
        village.meet_to_link(laptop, DESK, with_ticket(&ticket));
        village.settle();
        // The other has confirmed already.
        if end == 1 {
            dialer_confirms(&mut village, laptop);
        } else {
            listener_confirms(&mut village);
        }
        village.with_session(0, end, |session, machine| {
            session.refuse_link(machine, LinkRefusal::CodeDiffers)
        });
        village.settle();
        let said = |by_peer| Some((LinkRefusal::CodeDiffers, by_peer));
        assert_eq!(refused(&village, laptop), said(end == 1));
        assert_eq!(refused(&village, DESK), said(end == 0));
        assert_eq!(village.machines[DESK].copy(&net).acts.len(), acts);
        assert!(village.machines[laptop].networks.is_empty());
        assert!(village.connections.is_empty(), "the connection ends");
    }
}

#[test]
fn a_stranger_with_a_guessed_ticket_hears_what_every_stranger_hears() {
    let (mut village, net, laptop) = with_laptop(4);
    let me = ana(&village);
    village.does(DESK, |desk| desk.offers_link(200, vec![(net, me)]));
    let guessed = InviteSecret::from_seed([201; 32]);
    village.meet_to_link(laptop, DESK, with_ticket(&guessed));
    village.settle();
    let strangers = [Effect::Close(CloseReason::NothingShared)];
    assert_eq!(village.heard(DESK), strangers);
    assert!(village.heard(laptop).is_empty());
    // So does whoever asks somebody who did not make the ticket.
    let ticket = village.does(DESK, |desk| desk.offers_link(202, vec![(net, me)]));
    village.meet_to_link(laptop, BO, with_ticket(&ticket));
    village.settle();
    assert_eq!(village.heard(BO), strangers);
}

#[test]
fn a_member_who_asks_with_a_ticket_that_is_not_known_is_told_so_on_the_connection_that_stands() {
    let (mut village, net, _) = with_laptop(5);
    village.meet(BO, DESK);
    village.settle();
    let unknown = with_ticket(&InviteSecret::from_seed([201; 32]));
    village.with_session(0, 0, |session, bo| session.link(bo, unknown));
    village.settle();
    assert_eq!(refused(&village, BO), Some((LinkRefusal::Unknown, true)));
    assert!(village.in_step(BO, DESK, &net));
}

#[test]
fn a_ticket_serves_one_device_and_once() {
    let (mut village, net, laptop) = with_laptop(6);
    let me = ana(&village);
    village.machines.push(Machine::new("Eve", 91));
    let eve = 4;
    let ticket = meets_with_ticket(&mut village, laptop, DESK, (net, me));
    // Eve photographed it.
    village.meet_to_link(eve, DESK, with_ticket(&ticket));
    village.settle();
    assert_eq!(refused(&village, eve), Some((LinkRefusal::Used, true)));
    assert_eq!(compared(&village, eve), None);
    both_confirm(&mut village, laptop);
    assert!(village.in_step(DESK, laptop, &net));
    village.part(DESK, laptop);
    village.heard.clear();
    for i in [eve, laptop] {
        village.meet_to_link(i, DESK, with_ticket(&ticket));
        village.settle();
        assert_eq!(refused(&village, i), Some((LinkRefusal::Used, true)));
    }
    assert!(village.machines[eve].networks.is_empty());
}

#[test]
fn a_ticket_past_its_time_by_the_clock_of_who_made_it_serves_no_more() {
    let (mut village, net, laptop) = with_laptop(7);
    let me = ana(&village);
    let ticket = village.does(DESK, |desk| desk.offers_link(200, vec![(net, me)]));
    village.machines[DESK].now_ms = 100_000;
    village.machines[laptop].now_ms = 5;
    village.meet_to_link(laptop, DESK, with_ticket(&ticket));
    village.settle();
    assert_eq!(
        refused(&village, laptop),
        Some((LinkRefusal::Expired, true))
    );
    assert_eq!(compared(&village, DESK), None);
}

#[test]
fn whoever_stands_between_the_two_with_the_ticket_in_hand_cannot_make_the_codes_equal() {
    let (mut village, net, laptop) = with_laptop(8);
    let me = ana(&village);
    village.machines.push(Machine::new("Eve", 91));
    let eve = 4;
    let ticket = village.does(DESK, |desk| desk.offers_link(200, vec![(net, me)]));
    // The laptop is led to Eve, who has the same ticket, and Eve goes on to the desk.
    village.does(eve, |eve| eve.offers_link(200, vec![(net, me)]));
    village.meet_to_link(laptop, eve, with_ticket(&ticket));
    village.settle();
    village.meet_to_link(eve, DESK, with_ticket(&ticket));
    village.settle();
    let (here, there) = (compared(&village, laptop), compared(&village, DESK));
    assert_ne!(here.unwrap().code, there.unwrap().code);
}

#[test]
fn what_was_said_on_one_connection_is_worthless_on_another() {
    let (mut village, net, laptop) = with_laptop(9);
    let me = ana(&village);
    let ticket = village.does(DESK, |desk| desk.offers_link(200, vec![(net, me)]));
    village.meet_to_link(laptop, DESK, with_ticket(&ticket));
    let greeting = village.next_to(0, 1);
    village.settle();
    // The same bytes on another connection of the same two.
    village.part_all();
    village.heard.clear();
    village.meet(laptop, DESK);
    village.replace_all(0, 1, greeting);
    village.settle();
    assert_eq!(
        village.heard(DESK),
        [Effect::Close(CloseReason::NothingShared)]
    );
    assert_eq!(compared(&village, DESK), None);
}

#[test]
fn a_number_other_than_the_one_that_was_bound_shows_no_code() {
    let (mut village, net, laptop) = with_laptop(10);
    let me = ana(&village);
    let ticket = village.does(DESK, |desk| desk.offers_link(200, vec![(net, me)]));
    village.meet_to_link(laptop, DESK, with_ticket(&ticket));
    // Greeting, answer, claim, offer: the number comes next.
    for _ in 0..4 {
        assert!(village.step());
    }
    village.alter_next(1);
    village.settle();
    assert!(compared(&village, laptop).is_some());
    assert_eq!(
        village.heard(DESK),
        [Effect::Close(CloseReason::OutOfPlace)]
    );
}

#[test]
fn a_claim_for_a_network_or_a_person_that_the_offer_does_not_name_ends_it() {
    type Claim = fn(&Village, &Machine, NetworkId) -> Vec<LinkConsent>;
    let claims: [Claim; 5] = [
        // Another network of the desk's.
        |village, laptop, net| {
            let others = village.machines[DESK].networks.keys();
            let other = others.copied().find(|other| *other != net).unwrap();
            laptop.consents(&[(other, ana(village))])
        },
        // One more.
        |village, laptop, _| {
            let networks = village.machines[DESK].networks.keys();
            let networks: Vec<_> = networks.map(|net| (*net, ana(village))).collect();
            laptop.consents(&networks)
        },
        // Another person.
        |village, laptop, net| laptop.consents(&[(net, village.machines[BO].member())]),
        // Another device.
        |village, _, net| village.machines[CY].consents(&[(net, ana(village))]),
        // None.
        |_, _, _| Vec::new(),
    ];
    for (i, claim) in claims.into_iter().enumerate() {
        let (mut village, net, laptop) = with_laptop(11);
        let me = ana(&village);
        village.does(DESK, |desk| desk.found(2));
        let acts = village.machines[DESK].copy(&net).acts.len();
        let ticket = village.does(DESK, |desk| desk.offers_link(200, vec![(net, me)]));
        village.meet_to_link(laptop, DESK, with_ticket(&ticket));
        village.settle();
        listener_confirms(&mut village);
        let consents = claim(&village, &village.machines[laptop], net);
        dialer_signs(&mut village, consents);
        let closed = |effect: &Effect| {
            let reasons = [CloseReason::OutOfPlace, CloseReason::BadAct];
            reasons.map(Effect::Close).contains(effect)
        };
        assert!(village.heard(DESK).iter().any(closed), "claim {i}");
        assert_eq!(village.machines[DESK].copy(&net).acts.len(), acts);
        assert!(village.machines[laptop].networks.is_empty());
    }
}

#[test]
fn a_machine_that_is_somebody_else_in_the_network_refuses_before_any_code_is_shown() {
    let (mut village, net, _) = with_laptop(12);
    let me = ana(&village);
    meets_with_ticket(&mut village, BO, DESK, (net, me));
    let refusal = LinkRefusal::SomebodyElse;
    assert_eq!(refused(&village, BO), Some((refusal, false)));
    assert_eq!(refused(&village, DESK), Some((refusal, true)));
    assert!(compared(&village, BO).is_none() && compared(&village, DESK).is_none());
    assert!(village.in_step(BO, DESK, &net));
}

#[test]
fn two_machines_that_share_one_network_are_linked_in_another_on_the_same_connection() {
    let (mut village, net, laptop) = with_laptop(13);
    let me = ana(&village);
    meets_with_ticket(&mut village, laptop, DESK, (net, me));
    both_confirm(&mut village, laptop);
    // The laptop founds one of its own, where it is the person's first device, and shows a ticket. The
    // desk, which it dialled, uses it.
    let own = village.does(laptop, |laptop| laptop.found(9));
    let first = village.machines[laptop].member();
    let networks = vec![(net, me), (own, first)];
    let ticket = village.does(laptop, |laptop| laptop.offers_link(201, networks));
    village.heard.clear();
    let request = with_ticket(&ticket);
    village.with_session(0, 1, |session, desk| session.link(desk, request));
    village.settle();
    assert_eq!(
        compared(&village, laptop).unwrap().code,
        compared(&village, DESK).unwrap().code
    );
    let networks = compared(&village, DESK).unwrap().networks;
    let consents = village.machines[DESK].consents(&networks);
    village.with_session(0, 1, |session, desk| {
        session.confirm_link(desk, &ticket.key(), consents)
    });
    village.with_session(0, 0, |session, laptop| {
        session.confirm_link(laptop, &ticket.key(), Vec::new())
    });
    village.settle();
    assert!(village.in_step(DESK, laptop, &own) && village.in_step(DESK, laptop, &net));
    let desk = village.machines[DESK].device();
    let membership = &village.machines[laptop].copy(&own).membership;
    assert_eq!(membership.member_of(&desk), Some(first));
}

#[test]
fn who_lost_all_devices_comes_back_once_enough_members_consent_and_waits_on_the_connection() {
    let (mut village, net, phone) = with_laptop(14);
    let me = ana(&village);
    meets_with_ticket(&mut village, phone, BO, (net, me));
    both_confirm(&mut village, phone);
    let pending = Effect::Linking(Linking::Pending { have: 1, need: 2 });
    assert!(village.heard(phone).contains(&pending) && village.heard(BO).contains(&pending));
    assert!(village.machines[phone].networks.is_empty(), "no secret yet");
    // Cy meets Bo, hears of it and consents; the phone is let in where it waits.
    village.meet(CY, BO);
    village.settle();
    consents_too(&mut village, CY, &net);
    village.settle();
    assert!(is_linked(&village, phone) && is_linked(&village, BO));
    assert!(village.in_step(phone, BO, &net));
    let membership = &village.machines[phone].copy(&net).membership;
    let device = village.machines[phone].device();
    assert_eq!(membership.member_of(&device), Some(me));
    let desk = village.machines[DESK].device();
    assert_eq!(membership.member_of(&desk), None, "the lost one is out");
}

#[test]
fn whoever_waits_may_go_and_asks_again_later_without_a_code() {
    let (mut village, net, phone) = with_laptop(15);
    let me = ana(&village);
    let ticket = meets_with_ticket(&mut village, phone, BO, (net, me));
    both_confirm(&mut village, phone);
    village.part_all();
    let again = LinkRequest {
        settled: Some(village.machines[phone].consents(&[(net, me)])),
        ..with_ticket(&ticket)
    };
    village.heard.clear();
    village.meet_to_link(phone, BO, again.clone());
    village.settle();
    let pending = Effect::Linking(Linking::Pending { have: 1, need: 2 });
    assert_eq!(village.heard(phone), std::slice::from_ref(&pending));
    village.part_all();
    village.meet(CY, BO);
    village.settle();
    consents_too(&mut village, CY, &net);
    village.settle();
    village.meet_to_link(phone, BO, again);
    village.settle();
    assert!(compared(&village, phone).is_none());
    assert!(is_linked(&village, phone));
    assert!(village.in_step(phone, BO, &net));
}

#[test]
fn nobody_skips_the_comparison_by_saying_that_it_was_done_before() {
    let (mut village, net, laptop) = with_laptop(16);
    let me = ana(&village);
    let ticket = village.does(DESK, |desk| desk.offers_link(200, vec![(net, me)]));
    let acts = village.machines[DESK].copy(&net).acts.len();
    let request = LinkRequest {
        settled: Some(village.machines[laptop].consents(&[(net, me)])),
        ..with_ticket(&ticket)
    };
    village.meet_to_link(laptop, DESK, request);
    village.settle();
    assert_eq!(
        refused(&village, laptop),
        Some((LinkRefusal::Unknown, true))
    );
    assert_eq!(village.machines[DESK].copy(&net).acts.len(), acts);
}

#[test]
fn whoever_left_comes_back_on_the_same_device_as_who_they_were() {
    let (mut village, net, _) = with_laptop(17);
    let cy = village.machines[CY].member();
    village.does(CY, |cy| {
        let cuts = Cuts::default();
        cy.says(&net, &Body::Leave { cuts });
    });
    village.meet(CY, BO);
    village.meet(BO, DESK);
    village.settle();
    village.part_all();
    meets_with_ticket(&mut village, CY, BO, (net, cy));
    both_confirm(&mut village, CY);
    village.meet(DESK, BO);
    village.settle();
    consents_too(&mut village, DESK, &net);
    village.settle();
    assert!(is_linked(&village, CY));
    assert!(village.in_step(CY, BO, &net));
}

#[test]
fn a_link_whose_answer_was_lost_leaves_no_one_in_doubt() {
    let (mut village, net, laptop) = with_laptop(18);
    let me = ana(&village);
    let ticket = meets_with_ticket(&mut village, laptop, DESK, (net, me));
    dialer_confirms(&mut village, laptop);
    village.with_session(0, 1, |session, desk| {
        session.confirm_link(desk, &ticket.key(), Vec::new())
    });
    // The desk has signed; the welcome is lost.
    village.part_all();
    assert!(is_linked(&village, DESK) && !is_linked(&village, laptop));
    let ticket = village.does(DESK, |desk| desk.offers_link(201, vec![(net, me)]));
    village.heard.clear();
    village.meet_to_link(laptop, DESK, with_ticket(&ticket));
    village.settle();
    both_confirm(&mut village, laptop);
    assert!(village.in_step(DESK, laptop, &net));
}
