//! The rules that members set, and the mandates they give.

use tresse_trust::{ActRefusal, Body, CaseState, JoinRefusal, Membership, Quorum, Rules};

use crate::people::{Person, meet, network, ticket};

fn names(membership: &Membership) -> Vec<String> {
    let mut names: Vec<_> = membership.members().map(|m| m.name.clone()).collect();
    names.sort();
    names
}

#[test]
fn new_rules_are_in_force_once_enough_consent_and_then_they_rule() {
    let [mut ana, mut bo, mut cy] = network(["Ana", "Bo", "Cy"]);
    let first = ana.sees().rules_set_by().unwrap();
    let rules = Rules {
        invite: 2,
        removal: Quorum::Count(1),
        ..Rules::default()
    };
    ana.changes(rules);
    assert_eq!(*ana.sees().rules(), Rules::default());
    let case = ana.sees().rule_changes()[0].case.clone();
    assert_eq!((case.need, case.of, case.state), (2, 3, CaseState::Pending));
    bo.learns_from(&ana);
    let last = bo.changes(rules);
    meet(&mut [&mut ana, &mut bo, &mut cy]);
    assert_eq!(*cy.sees().rules(), rules);
    assert_eq!(cy.sees().rules_set_by(), Some(last.id()));

    // What names the old rules is refused.
    let stale = Body::ChangeRules {
        base: first,
        rules: Rules::default(),
    };
    assert_eq!(
        cy.sees().may(&cy.device(), &stale),
        Err(ActRefusal::OldRules)
    );
    // Now one is enough to remove, and two are needed to invite.
    cy.invites(&ticket(3), 1);
    let di = Person::outsider("Di", 9, cy.acts.network());
    let consent = di.consents(&ticket(3));
    assert_eq!(cy.sees().may_admit(&consent, 0), Err(JoinRefusal::Awaited));
    cy.admits(&di, &ticket(3));
    assert!(!di.is_in(&cy.sees()));
    bo.learns_from(&cy);
    bo.invites(&ticket(3), 4);
    let invitation = bo.sees().invitation(&ticket(3).key()).unwrap().clone();
    assert_eq!((invitation.awaits, invitation.uses), (0, 1));
    assert_eq!(bo.sees().may_admit(&consent, 0), Ok(()));
    bo.admits(&di, &ticket(3));
    assert!(di.is_in(&bo.sees()));
    cy.learns_from(&bo);
    cy.removes(&ana);
    assert_eq!(names(&cy.sees()), ["Bo", "Cy", "Di"]);
}

#[test]
fn of_two_changes_at_once_the_one_with_more_consents_is_adopted_by_all() {
    let [mut ana, mut bo, mut cy, mut di, mut el] = network(["Ana", "Bo", "Cy", "Di", "El"]);
    let (one, other) = (
        Rules {
            removal: Quorum::All,
            ..Rules::default()
        },
        Rules {
            removal: Quorum::TwoThirds,
            ..Rules::default()
        },
    );
    // One village: Ana, Bo, Cy. The other: Cy's second thoughts are not known there, Di, El and Bo.
    let mut cy_too = cy.clone();
    let mut bo_too = bo.clone();
    for person in [&mut ana, &mut bo, &mut cy] {
        person.changes(one);
    }
    meet(&mut [&mut ana, &mut bo, &mut cy]);
    assert_eq!(cy.completes(), 1);
    for person in [&mut di, &mut el, &mut cy_too, &mut bo_too] {
        person.changes(other);
    }
    meet(&mut [&mut di, &mut el, &mut cy_too, &mut bo_too]);
    assert_eq!(el.completes(), 1);
    assert_eq!(*cy.sees().rules(), one);
    assert_eq!(*el.sees().rules(), other);
    meet(&mut [&mut ana, &mut cy, &mut el]);
    let sees = ana.sees();
    assert_eq!(*sees.rules(), other);
    assert_eq!(sees, el.sees());
    let states: Vec<_> = sees
        .rule_changes()
        .iter()
        .map(|change| (change.rules, change.case.state))
        .collect();
    assert!(states.contains(&(one, CaseState::Overtaken)));
    assert!(states.contains(&(other, CaseState::Complete)));
    // Bo and Cy spoke in both villages without knowing it: that is seen.
    assert_eq!(sees.equivocations().len(), 2);
}

#[test]
fn rules_that_follow_rules_set_in_two_places_at_once_stay_in_force() {
    let [mut ana, mut bo, mut cy] = network(["Ana", "Bo", "Cy"]);
    let one = Rules {
        invite: 2,
        ..Rules::default()
    };
    let next = Rules {
        invite: 3,
        ..Rules::default()
    };
    ana.changes(one);
    bo.learns_from(&ana);
    cy.learns_from(&ana);
    // Both complete it, out of reach of each other.
    bo.changes(one);
    cy.changes(one);
    // Bo goes on from the act that Bo knows.
    bo.changes(next);
    ana.learns_from(&bo);
    ana.changes(next);
    meet(&mut [&mut ana, &mut bo, &mut cy]);
    assert_eq!(*cy.sees().rules(), next);
}

#[test]
fn mandates_are_records_with_dates_that_any_member_ends() {
    let [mut ana, mut bo, cy] = network(["Ana", "Bo", "Cy"]);
    let body = |role: &str, holder: &Person| Body::Mandate {
        role: role.to_owned(),
        holder: holder.member(),
        from_ms: 1,
        to_ms: Some(2),
    };
    let given = ana.says(&body("pilot", &cy));
    ana.says(&body("secretary", &bo));
    bo.learns_from(&ana);
    let roles = |person: &Person| -> Vec<String> {
        let sees = person.sees();
        sees.mandates().iter().map(|one| one.role.clone()).collect()
    };
    assert_eq!(roles(&bo), ["pilot", "secretary"]);
    let end = Body::EndMandate {
        mandate: given.id(),
    };
    assert_eq!(bo.sees().may(&bo.device(), &end), Ok(()));
    bo.says(&end);
    assert_eq!(roles(&bo), ["secretary"]);
    assert_eq!(
        bo.sees().may(&bo.device(), &end),
        Err(ActRefusal::UnknownMandate)
    );
    let before = |person: &Person| {
        let sees = person.sees();
        let ended = sees.ended_mandates().iter();
        let told = ended.map(|one| (one.mandate.said.act, one.ended.by));
        told.collect::<Vec<_>>()
    };
    assert_eq!(before(&bo), [(given.id(), bo.member())]);
    // Ana, who does not know of it, ends it too: it is over once, and every copy names the same one of the two.
    ana.says(&end);
    meet(&mut [&mut ana, &mut bo]);
    assert_eq!(before(&ana), before(&bo));
    assert_eq!(before(&ana).len(), 1);
    let stranger = Person::outsider("Eve", 66, ana.acts.network());
    assert_eq!(
        bo.sees().may(&bo.device(), &body("pilot", &stranger)),
        Err(ActRefusal::UnknownPerson)
    );
}
