//! Versions of the charter that members adopt.

use tresse_trust::{
    ActError, Body, CaseState, MAX_VERSION_HEADS, Membership, VerifiedAct, Version,
};

use crate::people::{Person, about, charter, meet, network, ticket};

fn states(sees: &Membership) -> Vec<(Vec<[u8; 32]>, CaseState)> {
    let states = sees.adoptions().iter();
    states
        .map(|one| (one.heads.clone(), one.case.state))
        .collect()
}

#[test]
fn a_version_is_adopted_by_as_many_as_change_the_rules_and_stays_so_when_others_come() {
    let [mut ana, mut bo, mut cy] = network(["Ana", "Bo", "Cy"]);
    ana.adopts(&[[1; 32]]);
    assert_eq!(states(&ana.sees()), [(vec![[1; 32]], CaseState::Pending)]);
    bo.learns_from(&ana);
    bo.adopts(&[[1; 32]]);
    meet(&mut [&mut ana, &mut bo, &mut cy]);
    let sees = cy.sees();
    let adopted = &sees.adoptions()[0];
    assert_eq!(adopted.case.state, CaseState::Complete);
    assert_eq!((adopted.case.need, adopted.case.of), (2, 3));
    let document = charter(&sees.network());
    assert_eq!(adopted.version, Version::of(&document, &[[1; 32]]));
    // With three more, two would no longer be enough; but it was adopted.
    cy.invites(&ticket(5), 3);
    for seed in 30..33 {
        let other = Person::outsider("Other", seed, sees.network());
        cy.admits(&other, &ticket(5));
    }
    assert_eq!(cy.sees().members().count(), 6);
    assert_eq!(states(&cy.sees()), [(vec![[1; 32]], CaseState::Complete)]);
    cy.adopts(&[[2; 32], [3; 32]]);
    assert_eq!(cy.sees().adoptions()[1].case.of, 6);
}

#[test]
fn a_later_version_takes_the_place_of_an_earlier_one_and_two_at_once_have_one_order_everywhere() {
    let [mut ana, mut bo, mut cy, mut di] = network(["Ana", "Bo", "Cy", "Di"]);
    for version in [[1; 32], [2; 32]] {
        for person in [&mut ana, &mut bo, &mut cy] {
            person.adopts(&[version]);
        }
        meet(&mut [&mut ana, &mut bo, &mut cy, &mut di]);
        assert_eq!(ana.completes(), 1);
        meet(&mut [&mut ana, &mut bo, &mut cy, &mut di]);
    }
    let complete = |version: u8| (vec![[version; 32]], CaseState::Complete);
    assert_eq!(states(&di.sees()), [complete(1), complete(2)]);
    // Two villages, at once; Bo is in both.
    let mut bo_too = bo.clone();
    for person in [&mut ana, &mut bo, &mut cy] {
        person.adopts(&[[3; 32]]);
    }
    meet(&mut [&mut ana, &mut bo, &mut cy]);
    for person in [&mut di, &mut bo_too] {
        person.adopts(&[[4; 32]]);
    }
    meet(&mut [&mut ana, &mut bo, &mut cy, &mut di, &mut bo_too]);
    assert_eq!(ana.completes(), 1);
    meet(&mut [&mut ana, &mut bo, &mut cy, &mut di, &mut bo_too]);
    assert_eq!(states(&ana.sees()), states(&di.sees()));
    assert_eq!(
        states(&ana.sees())[2..],
        [complete(3), (vec![[4; 32]], CaseState::Pending)]
    );
}

#[test]
fn a_consent_of_somebody_put_out_or_said_twice_does_not_count() {
    let [mut ana, mut bo, mut cy, mut di] = network(["Ana", "Bo", "Cy", "Di"]);
    di.adopts(&[[1; 32]]);
    di.adopts(&[[1; 32]]);
    meet(&mut [&mut ana, &mut bo, &mut cy, &mut di]);
    assert_eq!(ana.sees().adoptions()[0].case.consents.len(), 1);
    ana.removes(&di);
    bo.learns_from(&ana);
    bo.removes(&di);
    meet(&mut [&mut ana, &mut bo, &mut cy]);
    assert_eq!(ana.sees().members().count(), 3);
    // Two of three would be enough; Di's word is none of them.
    ana.adopts(&[[1; 32]]);
    assert_eq!(ana.sees().adoptions()[0].case.state, CaseState::Pending);
    bo.learns_from(&ana);
    bo.adopts(&[[1; 32]]);
    assert_eq!(bo.sees().adoptions()[0].case.state, CaseState::Complete);
}

#[test]
fn a_version_names_its_heads_once_each_in_order_and_not_too_many() {
    let [ana] = network(["Ana"]);
    let after: Vec<_> = ana.acts.ids().copied().collect();
    let document = charter(&ana.acts.network());
    let many = (0..=MAX_VERSION_HEADS as u8).map(|at| [at; 32]).collect();
    for heads in [vec![], vec![[2; 32], [1; 32]], vec![[1; 32]; 2], many] {
        let body = Body::Adopt { document, heads };
        let network = ana.acts.network();
        let signed = VerifiedAct::sign(&ana.key, network, after.clone(), 1, &body);
        assert_eq!(signed.map(drop), Err(ActError::Malformed));
    }
}

#[test]
fn a_word_that_a_decision_adopted_a_version_adopts_nothing_by_itself_and_keeps_its_place() {
    let [mut ana, mut bo, mut cy] = network(["Ana", "Bo", "Cy"]);
    for person in [&mut ana, &mut bo] {
        person.adopts(&[[1; 32]]);
    }
    meet(&mut [&mut ana, &mut bo, &mut cy]);
    ana.completes();
    cy.learns_from(&ana);
    let word = cy.says_decided(&[[2; 32]], 7);
    // Who came in after it was not a member then.
    cy.invites(&ticket(5), 1);
    let late = Person::outsider("Di", 30, cy.acts.network());
    cy.admits(&late, &ticket(5));
    meet(&mut [&mut ana, &mut bo, &mut cy]);
    for person in [&ana, &bo, &cy] {
        let sees = person.sees();
        let [first, second] = sees.adoptions() else {
            panic!("{:?}", sees.adoptions());
        };
        assert_eq!(first.case.state, CaseState::Complete);
        assert!(first.decided.is_empty());
        assert_eq!(second.case.state, CaseState::Pending);
        assert!(second.case.consents.is_empty() && second.completed.is_none());
        assert_eq!((second.case.need, second.case.of), (3, 4));
        let [said] = &second.decided[..] else {
            panic!("{second:?}");
        };
        let named = about(7, &[[2; 32]]).decision();
        assert_eq!((said.decision, said.said.by), (named, cy.member()));
        assert_eq!(said.said.act, word.id());
        assert!(Some(said.place) > first.completed);
        let mut all = [ana.member(), bo.member(), cy.member()];
        all.sort_unstable();
        assert_eq!(said.members, all);
    }
}

#[test]
fn consents_to_a_version_and_words_about_it_stand_under_one_name() {
    let [mut ana, mut bo] = network(["Ana", "Bo"]);
    ana.says_decided(&[[1; 32]], 1);
    bo.learns_from(&ana);
    bo.says_decided(&[[1; 32]], 2);
    bo.adopts(&[[1; 32]]);
    ana.learns_from(&bo);
    let sees = ana.sees();
    let [only] = sees.adoptions() else {
        panic!("{:?}", sees.adoptions());
    };
    assert_eq!(only.case.consents.len(), 1);
    let decisions: Vec<_> = only.decided.iter().map(|word| word.decision).collect();
    let named = [1, 2].map(|which| about(which, &[[1; 32]]).decision());
    assert_eq!(decisions, named);
}

#[test]
fn a_word_of_somebody_put_out_is_not_listed() {
    let [mut ana, mut bo, mut cy] = network(["Ana", "Bo", "Cy"]);
    ana.removes(&cy);
    bo.learns_from(&ana);
    bo.removes(&cy);
    let late = cy.says_decided(&[[2; 32]], 7);
    meet(&mut [&mut ana, &mut bo, &mut cy]);
    let sees = ana.sees();
    assert!(!sees.holds(&late.id()));
    assert!(sees.adoptions().is_empty());
}

#[test]
fn what_stands_under_its_kind_and_names_no_version_is_kept_as_an_unknown_kind() {
    let [mut ana] = network(["Ana"]);
    let word = ana.says_decided(&[[1; 32], [2; 32]], 1);
    let bytes = word.bytes().to_vec();
    assert_eq!(VerifiedAct::decode(&bytes), Ok(word));
    // A machine that does not know the kind keeps whatever stands under it, so this one does.
    let before = ana.sees().adoptions().len();
    for bytes in [vec![], vec![9, 9, 9], vec![0; 200]] {
        let odd = ana.says(&Body::Unknown { kind: 18, bytes });
        assert!(ana.sees().holds(&odd.id()));
    }
    assert_eq!(ana.sees().adoptions().len(), before);
}
