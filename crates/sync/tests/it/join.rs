use tresse_sync::{CloseReason, Effect, JoinRefusal};
use tresse_trust::{Body, InviteSecret};

use crate::village::{Village, page};

const ANA: usize = 0;
const BO: usize = 1;
const CY: usize = 2;

#[test]
fn bo_joins_with_ana_s_ticket_and_the_documents_come() {
    let mut village = Village::new(1, &["Ana", "Bo"]);
    let net = village.does(ANA, |ana| ana.found(1));
    for i in 0..30 {
        village.does(ANA, |ana| ana.put(&net, &page(i), "k", "v"));
    }
    let ticket = village.does(ANA, |ana| ana.invites(&net, 50, 1));
    village.meet_with(BO, ANA, Some(village.request(BO, net, &ticket)));
    village.settle();
    assert!(village.heard(BO).contains(&Effect::Joined(net)));
    let bo = village.machines[BO].member();
    assert!(village.heard(ANA).contains(&Effect::Admitted(net, bo)));
    village.assert_equal(&net, &[ANA, BO]);
    assert!(village.in_step(ANA, BO, &net));
}

#[test]
fn a_member_who_did_not_invite_lets_the_newcomer_in_and_the_inviter_learns_it() {
    let (mut village, net) = Village::of_members(2, &["Ana", "Bo"]);
    village
        .machines
        .push(crate::machine::Machine::new("Cy", 77));
    let ticket = village.does(ANA, |ana| ana.invites(&net, 50, 1));
    village.meet(ANA, BO);
    village.settle();
    village.part(ANA, BO);
    village.meet_with(CY, BO, Some(village.request(CY, net, &ticket)));
    village.does(BO, |bo| bo.put(&net, &page(1), "k", "v"));
    village.settle();
    assert!(village.in_step(BO, CY, &net));
    village.part(BO, CY);
    // Ana has never heard of Cy: the acts come first, then the documents.
    village.does(CY, |cy| cy.put(&net, &page(2), "k", "v"));
    village.meet(CY, ANA);
    village.settle();
    village.assert_equal(&net, &[ANA, CY]);
    assert!(village.in_step(ANA, CY, &net));
}

#[test]
fn a_ticket_that_serves_no_more_is_refused_with_its_reason_and_nothing_else_is_said() {
    let mut village = Village::new(3, &["Ana", "Bo", "Cy"]);
    let net = village.does(ANA, |ana| ana.found(1));
    let used = village.does(ANA, |ana| ana.invites(&net, 50, 1));
    village.meet_with(CY, ANA, Some(village.request(CY, net, &used)));
    village.settle();
    village.part(ANA, CY);
    let revoked = village.does(ANA, |ana| {
        let ticket = ana.invites(&net, 51, 1);
        let invite = ticket.key();
        ana.says(&net, &Body::RevokeInvite { invite });
        ticket
    });
    let expired = village.does(ANA, |ana| {
        ana.now_ms = 1_000_000;
        ana.invites(&net, 52, 1)
    });
    let cases = [
        (used, JoinRefusal::Used),
        (revoked, JoinRefusal::Revoked),
        (expired, JoinRefusal::Expired),
    ];
    for (ticket, refusal) in cases {
        village.heard.clear();
        village.meet_with(BO, ANA, Some(village.request(BO, net, &ticket)));
        village.settle();
        let expected = [
            Effect::JoinRefused(refusal),
            Effect::Close(CloseReason::Finished),
        ];
        assert_eq!(village.heard(BO), expected);
        assert!(village.heard(ANA).is_empty());
        assert!(village.machines[BO].networks.is_empty());
    }
}

#[test]
fn an_unknown_ticket_ends_like_any_stranger_s_call() {
    let mut village = Village::new(4, &["Ana", "Bo"]);
    let net = village.does(ANA, |ana| ana.found(1));
    let ticket = InviteSecret::from_seed([99; 32]);
    village.meet_with(BO, ANA, Some(village.request(BO, net, &ticket)));
    village.settle();
    assert_eq!(
        village.heard(ANA),
        [Effect::Close(CloseReason::NothingShared)]
    );
    assert!(village.heard(BO).is_empty());
}

#[test]
fn on_a_connection_that_stands_an_unknown_ticket_is_refused_and_a_good_one_serves() {
    let (mut village, net) = Village::of_members(5, &["Ana", "Bo"]);
    let second = village.does(ANA, |ana| ana.found(2));
    village.meet(ANA, BO);
    village.settle();
    let unknown = InviteSecret::from_seed([99; 32]);
    let request = village.request(BO, second, &unknown);
    village.with_session(0, 1, |session, bo| session.join(bo, request));
    village.settle();
    assert!(
        village
            .heard(BO)
            .contains(&Effect::JoinRefused(JoinRefusal::Invalid))
    );
    assert!(village.in_step(ANA, BO, &net));

    let ticket = village.does(ANA, |ana| ana.invites(&second, 50, 1));
    let request = village.request(BO, second, &ticket);
    village.with_session(0, 1, |session, bo| session.join(bo, request));
    village.settle();
    assert!(village.heard(BO).contains(&Effect::Joined(second)));
    assert!(village.in_step(ANA, BO, &second) && village.in_step(ANA, BO, &net));
}

#[test]
fn whoever_holds_a_ticket_and_is_dialled_uses_it_on_that_connection() {
    let (mut village, net) = Village::of_members(10, &["Ana", "Bo"]);
    let second = village.does(ANA, |ana| ana.found(2));
    let ticket = village.does(ANA, |ana| ana.invites(&second, 50, 1));
    village.meet(ANA, BO);
    // Ana's greeting is still on its way.
    let request = village.request(BO, second, &ticket);
    village.with_session(0, 1, |session, bo| session.join(bo, request));
    village.settle();
    assert!(village.heard(BO).contains(&Effect::Joined(second)));
    assert!(village.in_step(ANA, BO, &second) && village.in_step(ANA, BO, &net));
}

#[test]
fn a_join_whose_answer_was_lost_is_answered_again() {
    let mut village = Village::new(6, &["Ana", "Bo"]);
    let net = village.does(ANA, |ana| ana.found(1));
    let ticket = village.does(ANA, |ana| ana.invites(&net, 50, 1));
    village.meet_with(BO, ANA, Some(village.request(BO, net, &ticket)));
    // Greeting, answer, claim: Ana has let Bo in, the welcome is on its way and lost.
    for _ in 0..3 {
        assert!(village.step());
    }
    let bo = village.machines[BO].device();
    assert!(
        village.machines[ANA]
            .copy(&net)
            .membership
            .is_member_device(&bo)
    );
    village.part(ANA, BO);
    assert!(village.machines[BO].networks.is_empty());
    village.meet_with(BO, ANA, Some(village.request(BO, net, &ticket)));
    village.settle();
    assert!(village.in_step(ANA, BO, &net));
}

#[test]
fn whoever_knows_the_secret_but_is_no_member_gets_acts_and_no_documents() {
    let (mut village, net) = Village::of_members(7, &["Ana"]);
    village
        .machines
        .push(crate::machine::Machine::new("Eve", 66));
    village.does(ANA, |ana| ana.put(&net, &page(1), "k", "v"));
    // Eve has the secret and the acts from somewhere, but nobody let her in.
    let mut stolen = village.machines[ANA].copy(&net).clone();
    stolen.docs.clear();
    stolen.heads.clear();
    village.machines[BO].networks.insert(net, stolen);
    village.meet(BO, ANA);
    village.settle();
    assert!(village.machines[BO].copy(&net).docs.is_empty());
    assert!(village.heard(ANA).contains(&Effect::Unshared(net)));
}

#[test]
fn a_removed_device_is_a_stranger() {
    let (mut village, net) = Village::of_members(8, &["Ana", "Bo"]);
    village.does(ANA, |ana| ana.put(&net, &page(1), "k", "v"));
    let bo = village.machines[BO].device();
    village.machines[ANA].removed.insert(bo);
    village.meet(BO, ANA);
    village.settle();
    assert_eq!(
        village.heard(ANA),
        [Effect::Close(CloseReason::NothingShared)]
    );
    // And in the middle of a session it is served nothing from then on.
    village.machines[ANA].removed.clear();
    village.meet(BO, ANA);
    village.settle();
    assert!(village.in_step(ANA, BO, &net));
    village.does(ANA, |ana| {
        ana.removed.insert(bo);
        ana.invites(&net, 60, 1);
        ana.put(&net, &page(2), "k", "v");
    });
    village.settle();
    assert!(village.heard(BO).contains(&Effect::Unshared(net)));
    assert!(!village.machines[BO].copy(&net).docs.contains_key(&page(2)));
}

#[test]
fn let_in_elsewhere_while_connected_the_network_opens_without_a_new_connection() {
    let (mut village, net) = Village::of_members(9, &["Ana", "Bo"]);
    village
        .machines
        .push(crate::machine::Machine::new("Cy", 77));
    let ticket = village.does(ANA, |ana| ana.invites(&net, 50, 1));
    // Cy and Bo share another network and are connected.
    let other = village.does(CY, |cy| cy.found(9));
    let way_in = village.does(CY, |cy| cy.invites(&other, 51, 1));
    village.meet_with(BO, CY, Some(village.request(BO, other, &way_in)));
    village.settle();
    village.meet(ANA, BO);
    village.meet_with(CY, ANA, Some(village.request(CY, net, &ticket)));
    village.does(ANA, |ana| ana.put(&net, &page(1), "k", "v"));
    village.settle();
    assert!(village.in_step(BO, CY, &net));
    village.assert_equal(&net, &[ANA, BO, CY]);
}
