//! Networks that close, each by its own rule, and open again.

use tresse_model::NetworkId;
use tresse_trust::{
    ActError, ActId, ActRefusal, Body, CaseState, Closing, Cuts, JoinRefusal, MAX_CLOSING_BYTES,
    Membership, Outcome, Quorum, Rules, Successor, VerifiedAct,
};

use crate::people::{Person, meet, network, purpose_met, ticket};

fn states(sees: &Membership) -> Vec<(&str, CaseState)> {
    let closings = sees.closings().iter();
    closings
        .map(|one| (one.closing.words.as_str(), one.case.state))
        .collect()
}

fn merged(name: &str, network: Option<NetworkId>) -> Closing {
    Closing {
        outcome: Outcome::MergedInto(Successor {
            name: name.to_owned(),
            network,
        }),
        ..purpose_met("On continue ensemble.")
    }
}

/// Whoever leaves twice, without the second word knowing of the first, cuts both words off, and is gone.
#[test]
fn who_leaves_twice_at_once_does_not_keep_the_others_from_closing_nor_is_heard_again() {
    let [mut ana, mut bo, mut cy] = network(["Ana", "Bo", "Cy"]);
    let rules = Rules {
        change: Quorum::All,
        ..Rules::default()
    };
    for one in [&mut ana, &mut bo, &mut cy] {
        one.changes(rules);
    }
    meet(&mut [&mut ana, &mut bo, &mut cy]);
    while bo.completes() > 0 {}
    meet(&mut [&mut ana, &mut bo, &mut cy]);
    assert_eq!(bo.sees().rules().change, Quorum::All);
    let heads: Vec<ActId> = ana.sees_as_newest();
    let left = ana.leaves();
    // As if she had never left, she invites once more, and leaves after that.
    let invite = Body::Invite {
        invite: ticket(9).key(),
        uses: 5,
        expires_ms: 10_000,
    };
    let late = ana.forges(&heads, &invite);
    let again = ana.forges(&[late.id()], &left.act().body);
    meet(&mut [&mut bo, &mut cy, &mut ana]);
    let sees = bo.sees();
    assert_eq!(sees.members().count(), 2);
    assert!(
        ![&left, &late, &again]
            .iter()
            .any(|act| sees.holds(&act.id()))
    );

    bo.closes("Merci");
    cy.learns_from(&bo);
    let last = cy.closes("Merci");
    bo.learns_from(&cy);
    let sees = bo.sees();
    assert_eq!(sees.closed().map(|closed| closed.act), Some(last.id()));
    assert!(sees.ready_to_complete(&bo.member()).is_empty());
    // They came after the word all of whose past they knew, and after no other.
    assert!(sees.holds(&left.id()));
    assert!(!sees.holds(&late.id()) && !sees.holds(&again.id()));
}

/// Somebody who was put out leaves "before" that, to say how far their own work counts.
#[test]
fn what_is_said_by_somebody_whom_the_others_put_out_is_not_heard_when_they_leave() {
    let [mut ana, mut bo, mut cy] = network(["Ana", "Bo", "Cy"]);
    let heads = ana.sees_as_newest();
    bo.removes(&ana);
    cy.learns_from(&bo);
    cy.removes(&ana);
    let leaving = Body::Leave {
        cuts: Cuts::default(),
    };
    let left = ana.forges(&heads, &leaving);
    let again = ana.forges(&heads[..1], &leaving);
    meet(&mut [&mut bo, &mut cy, &mut ana]);
    bo.says(&Body::Witness);
    let sees = bo.sees();
    assert_eq!(sees.members().count(), 2);
    assert!(!sees.holds(&left.id()) && !sees.holds(&again.id()));
}

#[test]
fn as_many_as_change_the_rules_close_a_network_and_as_many_open_it_again() {
    let [mut ana, mut bo, mut cy] = network(["Ana", "Bo", "Cy"]);
    ana.closes("Merci");
    let sees = ana.sees();
    assert_eq!(sees.closed(), None);
    let case = &sees.closings()[0].case;
    assert_eq!((case.need, case.of, case.state), (2, 3, CaseState::Pending));
    // Saying it twice is one person's word.
    ana.closes("Merci");
    assert_eq!(ana.sees().closed(), None);
    bo.learns_from(&ana);
    let last = bo.closes("Merci");
    meet(&mut [&mut ana, &mut bo, &mut cy]);
    let sees = cy.sees();
    let closed = sees.closed().unwrap();
    assert_eq!(closed.closing, purpose_met("Merci"));
    let mut by = vec![ana.member(), bo.member()];
    by.sort_unstable();
    assert_eq!((closed.act, &closed.by), (last.id(), &by));
    assert_eq!(sees.turned_by(), Some(last.id()));
    assert_eq!(sees.members().count(), 3);

    cy.reopens("Une suite");
    assert!(cy.sees().closed().is_some());
    ana.learns_from(&cy);
    ana.reopens("Oui");
    meet(&mut [&mut ana, &mut bo, &mut cy]);
    let sees = bo.sees();
    assert_eq!(sees.closed(), None);
    assert_eq!(sees.reopenings()[0].words, "Une suite");
    assert_eq!(sees.reopenings()[0].case.state, CaseState::Complete);
    assert_eq!(states(&sees), [("Merci", CaseState::Complete)]);
    // And it closes once more, by the same words.
    for person in [&mut ana, &mut bo] {
        person.closes("Merci");
    }
    meet(&mut [&mut ana, &mut bo, &mut cy]);
    assert_eq!(ana.completes(), 1);
    let complete = ("Merci", CaseState::Complete);
    assert_eq!(states(&ana.sees()), [complete, complete]);
    assert!(ana.sees().closed().is_some());
}

#[test]
fn while_it_is_closed_only_what_opens_it_and_what_concerns_who_reads_is_said() {
    let [mut ana, mut bo, cy] = network(["Ana", "Bo", "Cy"]);
    let founding = ana.sees().turned_by().unwrap();
    let reopen = |base| Body::Reopen {
        base,
        words: String::new(),
    };
    let may = |person: &Person, body: &Body| person.sees().may(&person.device(), body);
    assert_eq!(may(&ana, &reopen(founding)), Err(ActRefusal::Open));
    ana.closes("");
    bo.learns_from(&ana);
    bo.closes("");
    ana.learns_from(&bo);
    let sees = ana.sees();
    let di = Person::outsider("Di", 9, ana.acts.network());
    let consent = di.consents(&ticket(200));
    assert_eq!(sees.may_admit(&consent, 0), Err(JoinRefusal::Revoked));
    // Who is in hears so again.
    assert_eq!(sees.may_admit(&cy.consents(&ticket(200)), 0), Ok(()));
    let base = sees.turned_by().unwrap();
    let closing = purpose_met("again");
    let rules_set_by = sees.rules_set_by().unwrap();
    for refused in [
        Body::Admit { consent },
        Body::Close { base, closing },
        Body::ChangeRules {
            base: rules_set_by,
            rules: Rules::default(),
        },
        Body::Mandate {
            role: "pilot".to_owned(),
            holder: cy.member(),
            from_ms: 1,
            to_ms: None,
        },
    ] {
        assert_eq!(may(&ana, &refused), Err(ActRefusal::Closed), "{refused:?}");
    }
    let cuts = tresse_trust::Cuts::default();
    for allowed in [
        reopen(base),
        Body::Leave { cuts: cuts.clone() },
        Body::Revoke {
            device: ana.device(),
            cuts,
        },
        crate::people::removal(&sees, &cy.member()),
        Body::Witness,
    ] {
        assert_eq!(may(&ana, &allowed), Ok(()), "{allowed:?}");
    }
    assert_eq!(may(&ana, &reopen(founding)), Err(ActRefusal::OldTurn));
}

#[test]
fn of_two_closings_at_once_the_one_with_more_consents_stands_everywhere_and_the_other_is_shown() {
    let [mut ana, mut bo, mut cy, mut di, mut el] = network(["Ana", "Bo", "Cy", "Di", "El"]);
    let (mut bo_too, mut cy_too) = (bo.clone(), cy.clone());
    for person in [&mut ana, &mut bo, &mut cy] {
        person.closes("fini");
    }
    meet(&mut [&mut ana, &mut bo, &mut cy]);
    assert_eq!(cy.completes(), 1);
    let base = di.sees().turned_by().unwrap();
    let closing = merged("Le Grand Réseau", Some(NetworkId::from_bytes([5; 20])));
    for person in [&mut di, &mut el, &mut cy_too, &mut bo_too] {
        let closing = closing.clone();
        person.says(&Body::Close { base, closing });
    }
    meet(&mut [&mut di, &mut el, &mut cy_too, &mut bo_too]);
    assert_eq!(el.completes(), 1);
    assert_eq!(cy.sees().closed().unwrap().closing, purpose_met("fini"));
    assert_eq!(el.sees().closed().unwrap().closing, closing);
    meet(&mut [&mut ana, &mut bo, &mut cy, &mut di, &mut el]);
    assert_eq!(ana.sees(), el.sees());
    let sees = ana.sees();
    assert_eq!(sees.closed().unwrap().closing, closing);
    assert_eq!(
        states(&sees),
        [
            ("On continue ensemble.", CaseState::Complete),
            ("fini", CaseState::Overtaken)
        ]
    );
    // Whoever would open the one that was overtaken must look again.
    let overtaken = sees.closings()[1].case.consents[0].act;
    let stale = Body::Reopen {
        base: overtaken,
        words: String::new(),
    };
    assert_eq!(sees.may(&ana.device(), &stale), Err(ActRefusal::OldTurn));
}

#[test]
fn consents_that_knew_nothing_of_each_other_are_said_again_by_one_of_them() {
    let [mut ana, mut bo, mut cy, mut di] = network(["Ana", "Bo", "Cy", "Di"]);
    for person in [&mut ana, &mut bo, &mut cy] {
        person.closes("fini");
    }
    meet(&mut [&mut ana, &mut bo, &mut cy, &mut di]);
    assert_eq!(states(&di.sees()), [("fini", CaseState::Ready)]);
    assert_eq!((di.sees().closed(), di.completes()), (None, 0));
    assert_eq!(ana.completes(), 1);
    assert!(ana.sees().closed().is_some());
    // Two at once open it while one who has not heard consents to the closing once more.
    meet(&mut [&mut ana, &mut di]);
    for person in [&mut ana, &mut di] {
        person.reopens("");
    }
    meet(&mut [&mut ana, &mut di]);
    cy.learns_from(&di);
    cy.reopens("");
    bo.closes("fini");
    meet(&mut [&mut ana, &mut bo, &mut cy, &mut di]);
    assert_eq!(bo.sees().closed(), None);
    assert_eq!(bo.sees(), cy.sees());
}

#[test]
fn a_closing_at_the_same_time_as_other_acts_stands_beside_them() {
    let [mut ana, mut bo, mut cy, mut di, mut el] = network(["Ana", "Bo", "Cy", "Di", "El"]);
    let strict = Rules {
        change: Quorum::All,
        ..Rules::default()
    };
    // In one village three close; in the other Di, who is out of reach, is removed, somebody is let in, and a
    // change of rules begins.
    for person in [&mut ana, &mut bo, &mut cy] {
        person.closes("fini");
    }
    meet(&mut [&mut ana, &mut bo, &mut cy]);
    ana.completes();
    let fa = Person::outsider("Fa", 9, ana.acts.network());
    el.admits(&fa, &ticket(200));
    el.changes(strict);
    el.removes(&di);
    meet(&mut [&mut ana, &mut bo, &mut cy, &mut di, &mut el]);
    let sees = di.sees();
    assert_eq!(sees.closed().unwrap().closing, purpose_met("fini"));
    assert!(fa.is_in(&sees));
    // Five of six, by the rules in force, would be two thirds; it takes four.
    assert_eq!(*sees.rules(), Rules::default());
    for person in [&mut ana, &mut bo, &mut di] {
        person.reopens("");
    }
    meet(&mut [&mut ana, &mut bo, &mut cy, &mut di, &mut el]);
    let sees = el.sees();
    let case = &sees.reopenings()[0].case;
    assert_eq!((case.need, case.of, case.state), (4, 6, CaseState::Pending));
    // A removal goes on while it is closed; the word of who goes counts no more.
    ana.removes(&di);
    bo.learns_from(&ana);
    bo.removes(&di);
    el.learns_from(&bo);
    el.completes();
    meet(&mut [&mut ana, &mut bo, &mut cy, &mut el]);
    let sees = cy.sees();
    assert_eq!(sees.members().count(), 5);
    assert_eq!(sees.reopenings()[0].case.consents.len(), 2);
    assert!(sees.closed().is_some());
}

#[test]
fn nobody_who_was_put_out_closes_a_network_with_friends_they_invented() {
    let [mut ana, mut bo, mut cy, mut di] = network(["Ana", "Bo", "Cy", "Di"]);
    ana.removes(&di);
    bo.learns_from(&ana);
    bo.removes(&di);
    cy.learns_from(&bo);
    let mut friends: Vec<Person> = (40..46)
        .map(|seed| Person::outsider("Friend", seed, di.acts.network()))
        .collect();
    for friend in &friends {
        di.admits(friend, &ticket(200));
    }
    for friend in &mut friends {
        friend.learns_from(&di);
        friend.closes("pris");
        di.learns_from(friend);
    }
    di.closes("pris");
    assert!(di.sees().closed().is_some());
    meet(&mut [&mut ana, &mut bo, &mut cy, &mut di]);
    assert_eq!(cy.sees().members().count(), 3);
    assert_eq!(cy.sees().closed(), None);
}

#[test]
fn a_consent_that_names_another_turn_is_kept_and_does_nothing() {
    let [mut ana, mut bo, mut cy] = network(["Ana", "Bo", "Cy"]);
    let stale = bo.revokes(&ticket(9)).id();
    let closing = purpose_met("fini");
    let forged = bo.forges(
        &[stale],
        &Body::Close {
            base: stale,
            closing,
        },
    );
    let reopening = bo.forges(
        &[forged.id()],
        &Body::Reopen {
            base: stale,
            words: String::new(),
        },
    );
    meet(&mut [&mut ana, &mut bo, &mut cy]);
    let sees = ana.sees();
    assert!(sees.holds(&forged.id()) && sees.holds(&reopening.id()));
    assert!(sees.invalid().is_empty());
    assert!(sees.closings().is_empty() && sees.reopenings().is_empty());
}

#[test]
fn what_does_not_keep_within_its_bounds_is_not_signed_and_from_others_kept_as_unknown() {
    let [ana] = network(["Ana"]);
    let after: Vec<_> = ana.acts.ids().copied().collect();
    let base = ana.sees().turned_by().unwrap();
    let long = "e".repeat(MAX_CLOSING_BYTES + 1);
    let network = ana.acts.network();
    let bodies = [
        Body::Close {
            base,
            closing: purpose_met(&long),
        },
        Body::Close {
            base,
            closing: merged(" ", None),
        },
        Body::Reopen { base, words: long },
    ];
    for body in bodies {
        let signed = VerifiedAct::sign(&ana.key, network, after.clone(), 1, &body);
        assert_eq!(signed.map(drop), Err(ActError::Malformed), "{body:?}");
    }
    // An older version keeps any bytes under these kinds: so does this one.
    for kind in [15, 16, 17] {
        let body = Body::Unknown {
            kind,
            bytes: vec![9; 40],
        };
        let act = VerifiedAct::sign(&ana.key, network, after.clone(), 1, &body).unwrap();
        let read = VerifiedAct::decode(act.bytes()).unwrap();
        assert_eq!(read.act().body, body);
    }
    // What keeps within them comes back as it was.
    for body in [
        Body::Close {
            base,
            closing: merged("Le Grand Réseau", Some(NetworkId::from_bytes([5; 20]))),
        },
        Body::Reopen {
            base,
            words: "é".repeat(MAX_CLOSING_BYTES / 2),
        },
        Body::Withdraw { consent: base },
    ] {
        let act = VerifiedAct::sign(&ana.key, network, after.clone(), 1, &body).unwrap();
        assert_eq!(VerifiedAct::decode(act.bytes()).unwrap().act().body, body);
    }
}

#[test]
fn who_takes_their_consent_back_in_time_is_not_counted_and_too_late_changes_nothing() {
    let [mut ana, mut bo, mut cy] = network(["Ana", "Bo", "Cy"]);
    let said = ana.closes("fini");
    bo.learns_from(&ana);
    ana.withdraws(&said);
    assert!(
        ana.sees().closings().is_empty(),
        "nobody proposes it any more"
    );
    cy.learns_from(&ana);
    // Cy knows: one of three is not enough.
    cy.closes("fini");
    assert_eq!(cy.sees().closed(), None);
    assert_eq!(states(&cy.sees()), [("fini", CaseState::Pending)]);
    assert_eq!(cy.sees().closings()[0].case.consents.len(), 1);
    // Bo consented without having heard: by what Bo knew it was closed, and so it is for everybody.
    let mut bo_early = bo.clone();
    bo_early.closes("fini");
    assert!(bo_early.sees().closed().is_some());
    let mut too_late = [ana.clone(), bo_early, cy.clone()];
    let [a, b, c] = &mut too_late;
    meet(&mut [a, b, c]);
    for one in &too_late {
        let sees = one.sees();
        assert!(sees.closed().is_some());
        assert_eq!(sees.closed().unwrap().by.len(), 3);
        assert_eq!(sees, too_late[0].sees());
    }
    let again = Body::Withdraw { consent: said.id() };
    let sees = too_late[0].sees();
    assert_eq!(
        sees.may(&ana.device(), &again),
        Err(ActRefusal::NoConsent),
        "it is done"
    );
    // Had Bo heard first, it would be open; and Ana may change her mind once more.
    meet(&mut [&mut ana, &mut bo, &mut cy]);
    assert_eq!(bo.sees().closed(), None);
    ana.closes("fini");
    assert!(ana.sees().closed().is_some());
    meet(&mut [&mut ana, &mut bo, &mut cy]);
    assert_eq!(bo.sees().closed().unwrap().by.len(), 2);
}

#[test]
fn consents_of_which_one_was_taken_back_are_not_said_again_to_complete_it() {
    let [mut ana, mut bo, mut cy] = network(["Ana", "Bo", "Cy"]);
    let said = ana.closes("fini");
    bo.closes("fini");
    ana.withdraws(&said);
    meet(&mut [&mut ana, &mut bo, &mut cy]);
    assert_eq!(states(&cy.sees()), [("fini", CaseState::Pending)]);
    assert_eq!((ana.completes(), bo.completes()), (0, 0));
    // Once each has heard of the other, Bo's word stands and Ana's does not.
    bo.closes("fini");
    assert_eq!(bo.sees().closed(), None);
}

#[test]
fn nobody_takes_anothers_consent_back_and_a_reopening_is_no_different() {
    let [mut ana, mut bo, mut cy] = network(["Ana", "Bo", "Cy"]);
    let said = ana.closes("fini");
    meet(&mut [&mut ana, &mut bo, &mut cy]);
    let others = Body::Withdraw { consent: said.id() };
    assert_eq!(
        bo.sees().may(&bo.device(), &others),
        Err(ActRefusal::NoConsent)
    );
    bo.forges(&[said.id()], &others);
    cy.learns_from(&bo);
    assert!(cy.sees().invalid().is_empty());
    assert_eq!(cy.sees().closings()[0].case.consents.len(), 1);
    cy.closes("fini");
    assert!(cy.sees().closed().is_some());
    meet(&mut [&mut ana, &mut bo, &mut cy]);
    let reopens = bo.reopens("Une suite");
    bo.withdraws(&reopens);
    cy.learns_from(&bo);
    cy.reopens("Une suite");
    assert!(cy.sees().closed().is_some());
    bo.learns_from(&cy);
    bo.reopens("Une suite");
    assert_eq!(bo.sees().closed(), None);
}
