//! What acts by and about devices that are not known here are worth.

use tresse_trust::{ActId, Body, VerifiedAct, sift};

use crate::people::{Person, network, ticket};

fn invite() -> Body {
    Body::Invite {
        invite: ticket(90).key(),
        uses: 9,
        expires_ms: 10_000,
    }
}

/// A stranger who knows the network's secret lets in friends, who let in others.
#[test]
fn what_strangers_say_of_each_other_belongs_nowhere() {
    let [ana, _bo] = network(["Ana", "Bo"]);
    let mut mal = Person::outsider("Mal", 66, ana.acts.network());
    mal.learns_from(&ana);
    let after: Vec<ActId> = ana.acts.ids().copied().collect();
    let mut friend = Person::outsider("Friend", 67, ana.acts.network());
    friend.learns_from(&ana);
    let mut came: Vec<VerifiedAct> = vec![mal.forges(&after, &invite())];
    let consent = friend.consents(&ticket(90));
    came.push(mal.forges(&[came[0].id()], &Body::Admit { consent }));
    came.push(friend.forges(&[came[1].id()], &invite()));
    let sifted = sift(&ana.acts, came);
    assert!(sifted.belong.is_empty() && sifted.wait.is_empty());
}

#[test]
fn who_was_put_out_vouches_for_nobody_and_is_vouched_for_by_nobody() {
    let [mut ana, mut bo, mut cy, mut di] = network(["Ana", "Bo", "Cy", "Di"]);
    bo.removes(&di);
    cy.learns_from(&bo);
    cy.removes(&di);
    ana.learns_from(&cy);
    let ana_sees = ana.sees();
    // Di had let Ed in, and somebody lets Di in again, as Ana does not know yet.
    let mut ed = Person::outsider("Ed", 70, ana.acts.network());
    di.invites(&ticket(70), 1);
    let by_di = di.admits(&ed, &ticket(70));
    assert!(!ana_sees.vouches(&ed.device(), [&by_di]));
    cy.invites(&ticket(71), 2);
    let consent = di.consents(&ticket(71));
    let after: Vec<ActId> = cy.acts.ids().copied().collect();
    let di_again = cy.forges(&after, &Body::Admit { consent });
    assert!(!ana_sees.vouches(&di.device(), [&di_again]));
    assert!(!ana_sees.vouches(&ed.device(), [&di_again, &by_di]));
    // By Cy, whom Ana knows, Ed and whom Ed lets in are no strangers.
    let by_cy = cy.admits(&ed, &ticket(71));
    assert!(ana_sees.vouches(&ed.device(), [&by_cy]));
    ed.learns_from(&cy);
    let fay = Person::outsider("Fay", 71, ana.acts.network());
    ed.invites(&ticket(72), 1);
    let by_ed = ed.admits(&fay, &ticket(72));
    assert!(ana_sees.vouches(&fay.device(), [&by_ed, &by_cy]));
    assert!(!ana_sees.vouches(&fay.device(), [&by_ed]));
}
