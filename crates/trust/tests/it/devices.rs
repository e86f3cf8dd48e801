//! A person's devices: linked, revoked, lost and replaced.

use tresse_trust::{
    ActRefusal, Body, CaseState, DeviceStanding, Ending, LinkConsent, Membership, Quorum, Rules,
};

use crate::people::{Person, meet, network, removal, ticket};

fn count(membership: &Membership) -> usize {
    membership.members().len()
}

#[test]
fn a_second_device_is_the_same_person() {
    let [mut ana, mut bo, mut cy] = network(["Ana", "Bo", "Cy"]);
    let mut laptop = ana.device_of(50);
    let link = ana.links(&mut laptop);
    bo.learns_from(&ana);
    let sees = bo.sees();
    assert_eq!(count(&sees), 3);
    assert_eq!(sees.member_of(&laptop.device()), Some(ana.member()));
    let record = sees
        .devices_of(&ana.member())
        .find(|record| record.device == laptop.device());
    assert_eq!(record.unwrap().linked_by, Some(ana.device()));
    assert_eq!(record.unwrap().since, link.id());

    // Two devices, one consent.
    ana.removes(&cy);
    laptop.learns_from(&ana);
    laptop.removes(&cy);
    cy.learns_from(&laptop);
    assert!(cy.is_in(&cy.sees()));
    assert_eq!(cy.sees().removals()[0].case.consents.len(), 1);
}

#[test]
fn nobody_links_a_device_to_another_or_without_its_word() {
    let [mut ana, bo, _cy] = network(["Ana", "Bo", "Cy"]);
    let other = bo.device_of(50);
    // For Bo, not for Ana.
    let consent = LinkConsent::sign(ana.acts.network(), bo.member(), &other.key);
    let body = Body::Link {
        consent: consent.clone(),
    };
    assert_eq!(
        ana.sees().may(&ana.device(), &body),
        Err(ActRefusal::WrongPerson)
    );
    ana.says(&body);
    assert_eq!(
        ana.sees().standing(&other.device()),
        DeviceStanding::Unknown
    );
    let mut altered = consent;
    altered.member = ana.member();
    let sees = ana.sees();
    let signed = ana
        .acts
        .sign(&sees, &ana.key, 0, &Body::Link { consent: altered });
    assert_eq!(signed.unwrap_err().code(), "act-consent");
    // Bo's own device, which Bo could be talked into signing for, is Bo's.
    let consent = LinkConsent::sign(ana.acts.network(), ana.member(), &bo.key);
    let body = Body::Link { consent };
    assert_eq!(sees.may(&ana.device(), &body), Err(ActRefusal::DeviceTaken));
    ana.says(&body);
    assert_eq!(ana.sees().member_of(&bo.device()), Some(bo.member()));
    assert_eq!(ana.sees().invalid().len(), 2);
}

#[test]
fn a_stolen_device_is_revoked_and_what_it_links_later_is_nothing() {
    let [mut ana, mut bo, cy] = network(["Ana", "Bo", "Cy"]);
    let mut laptop = ana.device_of(50);
    ana.links(&mut laptop);
    bo.learns_from(&ana);
    let mut thief = laptop.clone();
    ana.revokes_device(&laptop.device());
    // The thief does not know, or pretends not to.
    let mut second = ana.device_of(51);
    thief.links(&mut second);
    second.invites(&ticket(3), 5);
    thief.learns_from(&second);
    bo.learns_from(&ana);
    bo.learns_from(&thief);
    let sees = bo.sees();
    assert_eq!(sees.standing(&laptop.device()), DeviceStanding::Ended);
    assert_eq!(sees.standing(&second.device()), DeviceStanding::Unknown);
    assert!(ana.is_in(&sees) && cy.is_in(&sees));
    assert!(sees.invitation(&ticket(3).key()).is_none());
    assert_eq!(sees.late().len(), 2);
    let record = sees
        .devices_of(&ana.member())
        .find(|record| record.device == laptop.device())
        .unwrap();
    assert_eq!(record.ended.as_ref().unwrap().how, Ending::Revoked);
    // The key is done for: not even Ana brings it back.
    let consent = LinkConsent::sign(ana.acts.network(), ana.member(), &laptop.key);
    let body = Body::Link { consent };
    assert_eq!(
        ana.sees().may(&ana.device(), &body),
        Err(ActRefusal::DeviceRevoked)
    );
    ana.says(&body);
    assert!(!ana.sees().is_member_device(&laptop.device()));
    // What Bo says next does not vouch for the thief.
    let said = bo.invites(&ticket(4), 1);
    assert!(said.act().after.iter().all(|act| sees.holds(act)));
}

#[test]
fn only_its_owner_revokes_a_device() {
    let [mut ana, bo, _cy] = network(["Ana", "Bo", "Cy"]);
    let said = ana.revokes_device(&bo.device());
    assert!(bo.is_in(&ana.sees()));
    assert!(!ana.sees().holds(&said.id()));
}

#[test]
fn two_devices_that_revoke_each_other_both_go_and_the_others_readmit_the_person() {
    let [mut ana, mut bo, mut cy] = network(["Ana", "Bo", "Cy"]);
    let mut laptop = ana.device_of(50);
    ana.links(&mut laptop);
    meet(&mut [&mut ana, &mut bo, &mut cy, &mut laptop]);
    ana.revokes_device(&laptop.device());
    laptop.revokes_device(&ana.device());
    meet(&mut [&mut ana, &mut bo, &mut cy, &mut laptop]);
    let sees = bo.sees();
    assert_eq!(count(&sees), 2);
    let former = sees.former().next().unwrap();
    assert_eq!(
        (former.id, former.ended.how),
        (ana.member(), Ending::Revoked)
    );

    let back = ana.device_of(52);
    bo.readmits(&back);
    cy.learns_from(&bo);
    cy.readmits(&back);
    let sees = cy.sees();
    assert_eq!(sees.member_of(&back.device()), Some(ana.member()));
    assert!(!sees.is_member_device(&ana.device()));
    assert_eq!(sees.member(&ana.member()).unwrap().devices, [back.device()]);
}

#[test]
fn who_lost_all_devices_goes_on_as_the_same_person_and_the_old_ones_end() {
    let [mut ana, mut bo, mut cy] = network(["Ana", "Bo", "Cy"]);
    let mut laptop = cy.device_of(50);
    cy.links(&mut laptop);
    meet(&mut [&mut ana, &mut bo, &mut cy]);
    let mut new = cy.device_of(51);
    ana.readmits(&new);
    let sees = ana.sees();
    let case = &sees.readmissions()[0].case;
    assert_eq!((case.need, case.of, case.state), (2, 2, CaseState::Pending));
    assert!(cy.is_in(&sees));
    bo.learns_from(&ana);
    bo.readmits(&new);
    let sees = bo.sees();
    assert_eq!(count(&sees), 3);
    assert_eq!(sees.member_of(&new.device()), Some(cy.member()));
    for old in [&cy, &laptop] {
        assert_eq!(sees.standing(&old.device()), DeviceStanding::Ended);
        assert_eq!(sees.owner(&old.device()), Some(cy.member()));
    }
    let how: Vec<_> = sees
        .devices_of(&cy.member())
        .map(|record| record.ended.as_ref().map(|ended| ended.how))
        .collect();
    assert_eq!(
        how.iter()
            .filter(|how| **how == Some(Ending::Readmitted))
            .count(),
        2
    );
    // One person, one word, from the new device.
    new.learns_from(&bo);
    new.removes(&ana);
    bo.learns_from(&new);
    bo.removes(&ana);
    assert!(!ana.is_in(&bo.sees()));
}

#[test]
fn nobody_takes_over_a_member_who_is_in_with_fewer_than_could_remove_them() {
    // Of two, one alone would otherwise put a device of their own in the other's place.
    let [mut ana, bo] = network(["Ana", "Bo"]);
    let puppet = bo.device_of(50);
    ana.readmits(&puppet);
    let sees = ana.sees();
    assert!(bo.is_in(&sees));
    assert!(!sees.is_member_device(&puppet.device()));
    assert!(sees.readmissions()[0].case.is_out_of_reach());

    // Nor where re-admission is easy and removal is not.
    let [mut ana, mut bo, cy] = network(["Ana", "Bo", "Cy"]);
    let rules = Rules {
        removal: Quorum::All,
        readmission: Quorum::Count(1),
        ..Rules::default()
    };
    ana.changes(rules);
    bo.learns_from(&ana);
    bo.changes(rules);
    let puppet = cy.device_of(50);
    bo.readmits(&puppet);
    assert!(cy.is_in(&bo.sees()));
    assert!(!bo.sees().is_member_device(&puppet.device()));
}

#[test]
fn of_two_the_one_brings_back_the_other_who_left() {
    let [mut ana, mut bo] = network(["Ana", "Bo"]);
    bo.leaves();
    ana.learns_from(&bo);
    assert_eq!(count(&ana.sees()), 1);
    ana.readmits(&bo);
    assert!(bo.is_in(&ana.sees()));
}

#[test]
fn a_leave_takes_all_devices_along() {
    let [mut ana, mut bo, _cy] = network(["Ana", "Bo", "Cy"]);
    let mut laptop = bo.device_of(50);
    bo.links(&mut laptop);
    laptop.leaves();
    ana.learns_from(&laptop);
    let sees = ana.sees();
    assert_eq!(count(&sees), 2);
    assert_eq!(sees.standing(&bo.device()), DeviceStanding::Ended);
    assert_eq!(sees.standing(&laptop.device()), DeviceStanding::Ended);
}

#[test]
fn who_leaves_while_they_are_removed_is_gone_once() {
    let [mut ana, mut bo, mut cy] = network(["Ana", "Bo", "Cy"]);
    ana.removes(&cy);
    bo.learns_from(&ana);
    bo.removes(&cy);
    cy.leaves();
    meet(&mut [&mut ana, &mut bo, &mut cy]);
    let sees = ana.sees();
    assert_eq!(count(&sees), 2);
    assert_eq!(sees.former().len(), 1);
}

#[test]
fn a_person_readmitted_in_two_villages_at_once_is_one_person_with_two_devices() {
    let [mut ana, mut bo, mut cy, mut di, el] = network(["Ana", "Bo", "Cy", "Di", "El"]);
    let rules = Rules {
        readmission: Quorum::Count(2),
        removal: Quorum::Count(2),
        ..Rules::default()
    };
    for person in [&mut ana, &mut bo, &mut cy] {
        person.changes(rules);
    }
    meet(&mut [&mut ana, &mut bo, &mut cy, &mut di]);
    ana.completes();
    meet(&mut [&mut ana, &mut bo, &mut cy, &mut di]);
    let (one, other) = (el.device_of(60), el.device_of(61));
    ana.readmits(&one);
    bo.learns_from(&ana);
    bo.readmits(&one);
    cy.readmits(&other);
    di.learns_from(&cy);
    di.readmits(&other);
    meet(&mut [&mut ana, &mut bo, &mut cy, &mut di]);
    let sees = ana.sees();
    assert_eq!(count(&sees), 5);
    assert_eq!(sees.member(&el.member()).unwrap().devices.len(), 2);
    // One removal ends both.
    let body = removal(&sees, &el.member());
    ana.says(&body);
    bo.learns_from(&ana);
    bo.says(&body);
    let sees = bo.sees();
    assert!(!sees.is_member_device(&one.device()) && !sees.is_member_device(&other.device()));
}

#[test]
fn a_copied_profile_that_speaks_twice_is_seen_and_does_no_harm() {
    let [mut ana, mut bo, _cy] = network(["Ana", "Bo", "Cy"]);
    let mut copy = ana.clone();
    let one = ana.invites(&ticket(3), 1);
    let other = copy.invites(&ticket(4), 1);
    bo.learns_from(&ana);
    bo.learns_from(&copy);
    let sees = bo.sees();
    let mut acts = sees.equivocations()[0].acts;
    acts.sort();
    let mut both = [one.id(), other.id()];
    both.sort();
    assert_eq!((sees.equivocations()[0].device, acts), (ana.device(), both));
    assert!(ana.is_in(&sees));
    assert_eq!(
        sees.open_invitations(0).filter(|one| one.uses == 1).count(),
        2
    );
}

#[test]
fn a_device_of_one_person_is_not_admitted_as_another() {
    let [mut ana, mut bo, _cy] = network(["Ana", "Bo", "Cy"]);
    let mut laptop = bo.device_of(50);
    bo.links(&mut laptop);
    ana.learns_from(&bo);
    ana.invites(&ticket(3), 5);
    // The same key, as a person of its own.
    let posing = Person::outsider("Bo again", 50, ana.acts.network());
    let consent = posing.consents(&ticket(3));
    assert!(ana.sees().may_admit(&consent, 0).is_err());
    ana.admits(&posing, &ticket(3));
    assert_eq!(count(&ana.sees()), 3);
    assert_eq!(ana.sees().member_of(&laptop.device()), Some(bo.member()));
}

#[test]
fn a_device_that_two_persons_call_theirs_speaks_for_the_one_whose_it_was_first() {
    // Which act is first, and which person's name, differs from one to the other.
    for seed in 50..60 {
        let [mut ana, mut bo, _cy] = network(["Ana", "Bo", "Cy"]);
        let mut device = ana.device_of(seed);
        for one in [&mut ana, &mut bo] {
            let consent = LinkConsent::sign(one.acts.network(), one.member(), &device.key);
            one.says(&Body::Link { consent });
        }
        meet(&mut [&mut ana, &mut bo]);
        device.learns_from(&ana);
        let sees = device.sees();
        let owner = sees.member_of(&device.device()).unwrap();
        assert_eq!(sees.owner(&device.device()), Some(owner));

        // It is heard as theirs.
        let other = device.device_of(seed + 100);
        let consent = LinkConsent::sign(device.acts.network(), owner, &other.key);
        let body = Body::Link { consent };
        assert_eq!(sees.may(&device.device(), &body), Ok(()));
        let said = device.says(&body);
        assert!(device.sees().holds(&said.id()));
        assert_eq!(device.sees().member_of(&other.device()), Some(owner));
    }
}
