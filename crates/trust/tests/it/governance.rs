//! What members decide together: removals, re-admissions, rules and mandates.

use tresse_trust::{
    ActRefusal, Body, CaseState, Cut, Cuts, DeviceStanding, Ending, JoinRefusal, Membership,
    Quorum, Rules,
};

use crate::people::{Person, meet, network, removal, stay, ticket};

fn names(membership: &Membership) -> Vec<String> {
    let mut names: Vec<_> = membership.members().map(|m| m.name.clone()).collect();
    names.sort();
    names
}

#[test]
fn the_founder_alone_removes_nobody() {
    let [mut ana, bo, _cy, _di] = network(["Ana", "Bo", "Cy", "Di"]);
    ana.removes(&bo);
    ana.removes(&bo);
    let sees = ana.sees();
    assert_eq!(names(&sees), ["Ana", "Bo", "Cy", "Di"]);
    let removal = &sees.removals()[0];
    assert_eq!(removal.member, bo.member());
    assert_eq!((removal.case.need, removal.case.of), (2, 3));
    assert_eq!(removal.case.state, CaseState::Pending);
    // Twice the same word is one person's.
    assert_eq!(removal.case.consents.len(), 1);
    assert_eq!(removal.case.consents[0].by, ana.member());
}

#[test]
fn enough_others_remove_a_member_and_the_last_consent_completes_it() {
    let [mut ana, mut bo, mut cy, mut di] = network(["Ana", "Bo", "Cy", "Di"]);
    bo.removes(&di);
    cy.learns_from(&bo);
    let last = cy.removes(&di);
    meet(&mut [&mut ana, &mut bo, &mut cy, &mut di]);
    let sees = ana.sees();
    assert_eq!(names(&sees), ["Ana", "Bo", "Cy"]);
    assert_eq!(sees.standing(&di.device()), DeviceStanding::Ended);
    assert_eq!(sees.owner(&di.device()), Some(di.member()));
    assert_eq!(sees.member_of(&di.device()), None);
    let former = sees.former().next().unwrap();
    assert_eq!((former.id, former.name.as_str()), (di.member(), "Di"));
    assert_eq!(former.ended.how, Ending::Removed);
    assert_eq!(former.ended.act, last.id());
    let mut by = [bo.member(), cy.member()];
    by.sort();
    assert_eq!(former.ended.by, by);
    assert_eq!(sees.removals()[0].case.state, CaseState::Complete);
    // Di knows it too and says nothing that would hold.
    let refused = di.sees().may(
        &di.device(),
        &Body::Leave {
            cuts: Cuts::default(),
        },
    );
    assert_eq!(refused, Err(ActRefusal::Ended));
    let said = di.invites(&ticket(9), 1);
    assert!(di.sees().invalid().iter().any(|one| one.act == said.id()));
}

#[test]
fn of_two_members_neither_removes_the_other() {
    let [mut ana, mut bo] = network(["Ana", "Bo"]);
    ana.removes(&bo);
    bo.removes(&ana);
    meet(&mut [&mut ana, &mut bo]);
    let sees = ana.sees();
    assert_eq!(names(&sees), ["Ana", "Bo"]);
    assert!(sees.removals().iter().all(|one| one.case.is_out_of_reach()));
}

#[test]
fn nobody_consents_to_their_own_removal() {
    let [mut ana, mut bo, cy] = network(["Ana", "Bo", "Cy"]);
    let sees = bo.sees();
    let own = removal(&sees, &bo.member());
    assert_eq!(sees.may(&bo.device(), &own), Err(ActRefusal::Yourself));
    let said = bo.says(&own);
    ana.learns_from(&bo);
    ana.removes(&bo);
    let sees = ana.sees();
    assert!(bo.is_in(&sees) && cy.is_in(&sees));
    assert!(!sees.holds(&said.id()));
}

#[test]
fn consents_that_knew_nothing_of_each_other_complete_when_one_is_repeated() {
    let [mut ana, mut bo, mut cy, mut di] = network(["Ana", "Bo", "Cy", "Di"]);
    ana.removes(&di);
    bo.removes(&di);
    meet(&mut [&mut ana, &mut bo, &mut cy]);
    let sees = ana.sees();
    assert!(di.is_in(&sees));
    assert_eq!(sees.removals()[0].case.state, CaseState::Ready);
    // Cy did not consent: it is not for Cy to complete it.
    assert_eq!(cy.completes(), 0);
    assert_eq!(bo.completes(), 1);
    assert_eq!(bo.completes(), 0);
    meet(&mut [&mut ana, &mut bo, &mut cy, &mut di]);
    assert_eq!(names(&di.sees()), ["Ana", "Bo", "Cy"]);
    assert!(ana.sees().ready_to_complete(&ana.member()).is_empty());
}

#[test]
fn two_camps_that_remove_each_other_both_go() {
    let [mut ana, mut bo, mut cy, mut di] = network(["Ana", "Bo", "Cy", "Di"]);
    ana.removes(&cy);
    bo.learns_from(&ana);
    bo.removes(&cy);
    cy.removes(&ana);
    di.learns_from(&cy);
    di.removes(&ana);
    meet(&mut [&mut ana, &mut bo, &mut cy, &mut di]);
    assert_eq!(names(&bo.sees()), ["Bo", "Di"]);
    assert_eq!(bo.sees(), di.sees());
}

/// The words that complete both removals are late, each by the other.
#[test]
fn two_who_put_each_other_out_at_once_keep_those_who_are_left_from_nothing() {
    let [mut ana, mut bo, mut cy, mut di] = four_who_must_all_agree(Quorum::Count(1));
    ana.removes(&bo);
    bo.removes(&ana);
    meet(&mut [&mut ana, &mut bo, &mut cy, &mut di]);
    assert_eq!(names(&cy.sees()), ["Cy", "Di"]);
    they_close(&mut cy, &mut di);
}

#[test]
fn of_two_camps_whose_last_words_put_each_other_out_the_rest_is_kept_from_nothing() {
    let [mut ana, mut bo, mut cy, mut di] = four_who_must_all_agree(Rules::default().removal);
    bo.removes(&cy);
    ana.learns_from(&bo);
    ana.removes(&cy);
    di.removes(&ana);
    cy.learns_from(&di);
    cy.removes(&ana);
    meet(&mut [&mut ana, &mut bo, &mut cy, &mut di]);
    assert_eq!(names(&bo.sees()), ["Bo", "Di"]);
    they_close(&mut bo, &mut di);
}

/// Who completed the removal had said something else since they were apart, which is late: nobody comes after that.
#[test]
fn a_removal_that_comes_after_what_is_late_is_said_again_by_those_who_are_left() {
    let [mut ana, mut bo, mut cy, mut di] = four_who_must_all_agree(Quorum::Count(1));
    let invited = ana.invites(&ticket(9), 1);
    ana.removes(&bo);
    bo.removes(&ana);
    meet(&mut [&mut ana, &mut bo, &mut cy, &mut di]);
    assert_eq!(names(&cy.sees()), ["Cy", "Di"]);
    cy.closes("Merci");
    di.learns_from(&cy);
    di.closes("Merci");
    assert_eq!(di.sees().closed().map(|closed| closed.act), None);
    assert!(!di.sees().holds(&invited.id()));
    di.removes(&bo);
    cy.learns_from(&di);
    assert_eq!(names(&cy.sees()), ["Cy", "Di"]);
    let closed = cy.closes("Merci");
    assert_eq!(cy.sees().closed().map(|one| one.act), Some(closed.id()));
    assert!(!cy.sees().holds(&invited.id()));
}

/// Ana, Bo, Cy and Di, whose rules only all of them change, and who remove somebody so.
fn four_who_must_all_agree(removal: Quorum) -> [Person; 4] {
    let mut people = network(["Ana", "Bo", "Cy", "Di"]);
    let rules = Rules {
        removal,
        change: Quorum::All,
        ..Rules::default()
    };
    for one in &mut people {
        one.changes(rules);
    }
    meet(&mut people.each_mut());
    while people[0].completes() > 0 {}
    meet(&mut people.each_mut());
    assert_eq!(people[3].sees().rules(), &rules);
    people
}

fn they_close(one: &mut Person, other: &mut Person) {
    one.closes("Merci");
    other.learns_from(one);
    let last = other.closes("Merci");
    one.learns_from(other);
    let sees = one.sees();
    assert_eq!(sees.closed().map(|closed| closed.act), Some(last.id()));
    assert!(sees.ready_to_complete(&one.member()).is_empty());
}

#[test]
fn each_of_three_goes_in_turn_the_founder_too_and_the_network_goes_on() {
    for gone in 0..3 {
        for removed in [true, false] {
            let mut people = network(["Ana", "Bo", "Cy"]);
            let target = people[gone].clone();
            if removed {
                for other in (0..3).filter(|other| *other != gone) {
                    let known = people.clone();
                    for one in &known {
                        people[other].learns_from(one);
                    }
                    people[other].removes(&target);
                }
            } else {
                people[gone].leaves();
            }
            let [ana, bo, cy] = &mut people;
            meet(&mut [ana, bo, cy]);
            let [mut one, mut other]: [Person; 2] = (0..3)
                .filter(|who| *who != gone)
                .map(|who| people[who].clone())
                .collect::<Vec<_>>()
                .try_into()
                .ok()
                .unwrap();
            let sees = one.sees();
            assert_eq!(sees.members().len(), 2);
            assert!(one.is_in(&sees) && other.is_in(&sees));
            let how = if removed {
                Ending::Removed
            } else {
                Ending::Left
            };
            assert_eq!(sees.former().next().unwrap().ended.how, how);

            // The two go on: they let in a third, and all three decide.
            let mut di = Person::outsider("Di", 9, one.acts.network());
            one.invites(&ticket(5), 1);
            other.learns_from(&one);
            other.admits(&di, &ticket(5));
            meet(&mut [&mut one, &mut other, &mut di]);
            let rules = Rules {
                removal: Quorum::All,
                ..Rules::default()
            };
            one.changes(rules);
            di.learns_from(&one);
            di.changes(rules);
            other.learns_from(&di);
            assert_eq!(*other.sees().rules(), rules);
            assert!(di.is_in(&other.sees()));
        }
    }
}

#[test]
fn a_consent_to_an_earlier_stay_never_counts_for_a_later_one() {
    let [mut ana, mut bo, mut cy, mut di] = network(["Ana", "Bo", "Cy", "Di"]);
    ana.removes(&di);
    bo.learns_from(&ana);
    bo.removes(&di);
    meet(&mut [&mut ana, &mut bo, &mut cy]);
    let back = di.device_of(40);
    ana.readmits(&back);
    bo.learns_from(&ana);
    bo.readmits(&back);
    meet(&mut [&mut ana, &mut bo, &mut cy, &mut di]);
    let sees = cy.sees();
    assert_eq!(sees.member_of(&back.device()), Some(di.member()));
    // Cy's consent would have been enough with the two earlier ones.
    cy.removes(&di);
    assert_eq!(cy.sees().member_of(&back.device()), Some(di.member()));
    // A consent that names the earlier stay does nothing to the present one.
    let mut late = bo.clone();
    let body = Body::Remove {
        member: di.member(),
        stay: di.sees().removals()[0].stay,
        cuts: Cuts::default(),
    };
    assert_eq!(
        late.sees().may(&late.device(), &body),
        Err(ActRefusal::WrongStay)
    );
    late.says(&body);
    cy.learns_from(&late);
    assert_eq!(cy.sees().member_of(&back.device()), Some(di.member()));
}

#[test]
fn a_consent_to_an_earlier_readmission_never_brings_anybody_back_again() {
    let [mut ana, mut bo, mut cy, di] = network(["Ana", "Bo", "Cy", "Di"]);
    for _ in 0..2 {
        ana.removes(&di);
        bo.learns_from(&ana);
        bo.removes(&di);
        ana.learns_from(&bo);
        assert!(!di.is_in(&ana.sees()));
        if ana.sees().readmissions().is_empty() {
            ana.readmits(&di);
            bo.learns_from(&ana);
            bo.readmits(&di);
            ana.learns_from(&bo);
            assert!(di.is_in(&ana.sees()));
        }
    }
    // One word of Cy's does not revive what Ana and Bo said the first time.
    cy.learns_from(&bo);
    cy.readmits(&di);
    assert!(!di.is_in(&cy.sees()));
}

#[test]
fn a_removed_member_comes_back_by_readmission_only_and_as_who_they_were() {
    let [mut ana, mut bo, mut cy] = network(["Ana", "Bo", "Cy"]);
    cy.leaves();
    meet(&mut [&mut ana, &mut bo, &mut cy]);
    ana.invites(&ticket(3), 5);
    let consent = cy.consents(&ticket(3));
    assert_eq!(ana.sees().may_admit(&consent, 0), Err(JoinRefusal::Former));
    let body = Body::Admit { consent };
    assert_eq!(
        ana.sees().may(&ana.device(), &body),
        Err(ActRefusal::WasAMember)
    );
    ana.says(&body);
    assert!(!cy.is_in(&ana.sees()));

    ana.readmits(&cy);
    assert!(!cy.is_in(&ana.sees()));
    bo.learns_from(&ana);
    bo.readmits(&cy);
    let sees = bo.sees();
    assert!(cy.is_in(&sees));
    assert_eq!(sees.former().len(), 0);
    assert_eq!(sees.member(&cy.member()).unwrap().name, "Cy");
    // And speaks again.
    cy.learns_from(&bo);
    cy.invites(&ticket(4), 1);
    bo.learns_from(&cy);
    assert!(bo.sees().invitation(&ticket(4).key()).is_some());
    assert!(bo.sees().equivocations().is_empty());
}

#[test]
fn a_late_removal_consent_does_not_touch_who_was_readmitted() {
    let [mut ana, mut bo, mut cy, di] = network(["Ana", "Bo", "Cy", "Di"]);
    // Cy, out of reach, consents to the removal of Di's first stay.
    cy.removes(&di);
    let back = di.device_of(40);
    ana.readmits(&back);
    bo.learns_from(&ana);
    bo.readmits(&back);
    bo.learns_from(&cy);
    bo.says(&Body::Remove {
        member: di.member(),
        stay: cy.sees().removals()[0].stay,
        cuts: Cuts::default(),
    });
    let sees = bo.sees();
    assert_eq!(sees.member_of(&back.device()), Some(di.member()));
    assert_eq!(sees.standing(&di.device()), DeviceStanding::Ended);
}

#[test]
fn an_invitation_ends_with_whoever_made_it() {
    let [mut ana, mut bo, mut cy] = network(["Ana", "Bo", "Cy"]);
    cy.invites(&ticket(7), 5);
    meet(&mut [&mut ana, &mut bo, &mut cy]);
    ana.removes(&cy);
    bo.learns_from(&ana);
    bo.removes(&cy);
    let di = Person::outsider("Di", 9, bo.acts.network());
    let consent = di.consents(&ticket(7));
    assert_eq!(bo.sees().may_admit(&consent, 0), Err(JoinRefusal::Revoked));
    bo.admits(&di, &ticket(7));
    assert!(!di.is_in(&bo.sees()));
}

#[test]
fn the_cuts_of_all_who_consented_are_united() {
    let [mut ana, mut bo, cy] = network(["Ana", "Bo", "Cy"]);
    let doc = tresse_model::DocId::from_bytes([3; 17]);
    let cut = |actor: u8, seq: u64| Cut {
        doc,
        actor: [actor; 16],
        seq,
        hash: [seq as u8; 32],
    };
    let body = |sees: &Membership, cuts: Vec<Cut>| Body::Remove {
        member: cy.member(),
        stay: stay(sees, &cy.member()),
        cuts: Cuts::new(cuts).unwrap(),
    };
    let sees = ana.sees();
    assert!(!sees.has_endings());
    ana.says(&body(&sees, vec![cut(1, 4), cut(2, 9)]));
    // A consent alone cuts nothing.
    assert!(ana.sees().cuts(&doc, &[1; 16]).is_empty());
    bo.learns_from(&ana);
    bo.says(&body(&sees, vec![cut(1, 6)]));
    // A further act of the same author, after it is done.
    ana.learns_from(&bo);
    ana.says(&body(&ana.sees(), vec![cut(3, 1)]));
    let sees = ana.sees();
    assert!(sees.has_endings());
    assert_eq!(sees.cuts(&doc, &[1; 16]), [[4; 32], [6; 32]]);
    assert_eq!(sees.cuts(&doc, &[2; 16]), [[9; 32]]);
    assert_eq!(sees.cuts(&doc, &[3; 16]), [[1; 32]]);
    assert!(sees.cuts(&doc, &[4; 16]).is_empty());
}
