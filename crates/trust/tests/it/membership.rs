use std::collections::BTreeSet;

use proptest::prelude::*;
use tresse_model::MemberId;
use tresse_trust::{ActSet, Body, JoinRefusal, Membership, VerifiedAct, evaluate};

use crate::people::{Person, ticket};

fn names(membership: &Membership) -> Vec<String> {
    let mut names: Vec<_> = membership.members().map(|m| m.name.clone()).collect();
    names.sort();
    names
}

#[test]
fn the_founder_is_the_first_member_and_nothing_more() {
    let mut ana = Person::founder("Ana", 1);
    let mut bo = Person::outsider("Bo", 2, ana.acts.network());
    let cy = Person::outsider("Cy", 3, ana.acts.network());
    assert_eq!(names(&ana.sees()), ["Ana"]);

    ana.invites(&ticket(1), 1);
    ana.admits(&bo, &ticket(1));
    bo.learns_from(&ana);
    // Bo invites and admits without the founder.
    bo.invites(&ticket(2), 1);
    bo.admits(&cy, &ticket(2));
    ana.learns_from(&bo);
    assert_eq!(names(&ana.sees()), ["Ana", "Bo", "Cy"]);
    let sees = ana.sees();
    let sponsor = sees.member(&cy.member()).unwrap().admitted_by;
    assert_eq!(sponsor, Some(bo.member()));
}

#[test]
fn any_member_admits_with_an_invitation_of_another() {
    let mut ana = Person::founder("Ana", 1);
    let mut bo = Person::outsider("Bo", 2, ana.acts.network());
    let cy = Person::outsider("Cy", 3, ana.acts.network());
    ana.invites(&ticket(1), 2);
    ana.admits(&bo, &ticket(1));
    bo.learns_from(&ana);
    bo.admits(&cy, &ticket(1));
    assert!(cy.is_in(&bo.sees()));
}

#[test]
fn a_stranger_neither_invites_nor_admits() {
    let mut ana = Person::founder("Ana", 1);
    let mut eve = Person::outsider("Eve", 6, ana.acts.network());
    let mal = Person::outsider("Mal", 7, ana.acts.network());
    eve.learns_from(&ana);
    eve.invites(&ticket(6), 5);
    eve.admits(&mal, &ticket(6));
    // Nor with a member's invitation that she saw.
    ana.invites(&ticket(1), 5);
    eve.learns_from(&ana);
    eve.admits(&mal, &ticket(1));
    let own = eve.clone();
    eve.admits(&own, &ticket(1));
    ana.learns_from(&eve);
    assert_eq!(names(&ana.sees()), ["Ana"]);
    assert_eq!(ana.sees().invitations().len(), 1);
}

#[test]
fn what_a_person_did_before_they_were_let_in_does_not_count() {
    let mut ana = Person::founder("Ana", 1);
    let mut bo = Person::outsider("Bo", 2, ana.acts.network());
    bo.learns_from(&ana);
    bo.invites(&ticket(5), 5);
    ana.invites(&ticket(1), 1);
    ana.admits(&bo, &ticket(1));
    ana.learns_from(&bo);
    assert!(bo.is_in(&ana.sees()));
    assert!(ana.sees().invitation(&ticket(5).key()).is_none());
}

#[test]
fn an_invitation_is_used_up_and_then_refused_with_its_reason() {
    let mut ana = Person::founder("Ana", 1);
    let bo = Person::outsider("Bo", 2, ana.acts.network());
    let cy = Person::outsider("Cy", 3, ana.acts.network());
    ana.invites(&ticket(1), 1);
    let consent = bo.consents(&ticket(1));
    assert_eq!(ana.sees().may_admit(&consent, 9_999), Ok(()));
    assert_eq!(
        ana.sees().may_admit(&consent, 10_000),
        Err(JoinRefusal::Expired)
    );
    ana.admits(&bo, &ticket(1));

    let sees = ana.sees();
    assert_eq!(sees.invitation(&ticket(1).key()).unwrap().uses_left(), 0);
    assert_eq!(sees.open_invitations(0).count(), 0);
    let second = cy.consents(&ticket(1));
    assert_eq!(sees.may_admit(&second, 0), Err(JoinRefusal::Used));
    // Bo is in: asking again, even late, is answered with yes.
    assert_eq!(sees.may_admit(&consent, 99_999), Ok(()));
    // And an admission against the rule does not count.
    ana.admits(&cy, &ticket(1));
    assert_eq!(names(&ana.sees()), ["Ana", "Bo"]);
}

#[test]
fn a_withdrawn_invitation_lets_nobody_in() {
    let mut ana = Person::founder("Ana", 1);
    let bo = Person::outsider("Bo", 2, ana.acts.network());
    ana.invites(&ticket(1), 3);
    ana.revokes(&ticket(1));
    let consent = bo.consents(&ticket(1));
    assert_eq!(ana.sees().may_admit(&consent, 0), Err(JoinRefusal::Revoked));
    ana.admits(&bo, &ticket(1));
    assert_eq!(names(&ana.sees()), ["Ana"]);
}

#[test]
fn whoever_was_let_in_before_the_withdrawal_was_known_stays() {
    let mut ana = Person::founder("Ana", 1);
    let mut bo = Person::outsider("Bo", 2, ana.acts.network());
    let cy = Person::outsider("Cy", 3, ana.acts.network());
    ana.invites(&ticket(1), 3);
    ana.admits(&bo, &ticket(1));
    bo.learns_from(&ana);
    ana.revokes(&ticket(1));
    bo.admits(&cy, &ticket(1));
    ana.learns_from(&bo);
    assert_eq!(names(&ana.sees()), ["Ana", "Bo", "Cy"]);
}

#[test]
fn one_place_used_in_two_villages_at_once_lets_both_in_and_shows_it() {
    let mut ana = Person::founder("Ana", 1);
    let mut bo = Person::outsider("Bo", 2, ana.acts.network());
    ana.invites(&ticket(1), 1);
    ana.admits(&bo, &ticket(1));
    bo.learns_from(&ana);
    ana.invites(&ticket(2), 1);
    bo.learns_from(&ana);
    let (cy, di) = (
        Person::outsider("Cy", 3, ana.acts.network()),
        Person::outsider("Di", 4, ana.acts.network()),
    );
    ana.admits(&cy, &ticket(2));
    bo.admits(&di, &ticket(2));
    ana.learns_from(&bo);
    let sees = ana.sees();
    assert_eq!(names(&sees), ["Ana", "Bo", "Cy", "Di"]);
    let invitation = sees.invitation(&ticket(2).key()).unwrap();
    assert!(invitation.overused() && invitation.uses_left() == 0);
}

#[test]
fn nobody_is_put_out_by_an_act_that_comes_to_light_later() {
    let mut ana = Person::founder("Ana", 1);
    let bo = Person::outsider("Bo", 2, ana.acts.network());
    ana.invites(&ticket(1), 1);
    let then = ana.clone();
    ana.admits(&bo, &ticket(1));
    // Ana keeps the ticket's secret and tries, with many acts, to have somebody else take Bo's place.
    for seed in 10..60 {
        let mut past = then.clone();
        let other = Person::outsider("Other", seed, ana.acts.network());
        past.invites(&ticket(1), 0);
        past.admits(&other, &ticket(1));
        past.revokes(&ticket(1));
        ana.learns_from(&past);
    }
    assert!(bo.is_in(&ana.sees()));
}

#[test]
fn a_person_let_in_twice_counts_once() {
    let mut ana = Person::founder("Ana", 1);
    let mut bo = Person::outsider("Bo", 2, ana.acts.network());
    ana.invites(&ticket(1), 1);
    ana.admits(&bo, &ticket(1));
    bo.learns_from(&ana);
    ana.invites(&ticket(2), 2);
    bo.learns_from(&ana);
    let cy = Person::outsider("Cy", 3, ana.acts.network());
    ana.admits(&cy, &ticket(2));
    bo.admits(&cy, &ticket(2));
    ana.learns_from(&bo);
    let sees = ana.sees();
    assert_eq!(names(&sees), ["Ana", "Bo", "Cy"]);
    assert_eq!(sees.invitation(&ticket(2).key()).unwrap().uses_left(), 1);
}

#[test]
fn a_consent_for_another_person_or_an_unknown_invitation_is_invalid() {
    let mut ana = Person::founder("Ana", 1);
    let bo = Person::outsider("Bo", 2, ana.acts.network());
    ana.invites(&ticket(1), 1);
    let unknown = bo.consents(&ticket(2));
    assert_eq!(ana.sees().may_admit(&unknown, 0), Err(JoinRefusal::Invalid));
    let posing =
        tresse_trust::Consent::sign(ana.acts.network(), &ticket(1), &bo.key, ana.member(), "Ana");
    assert_eq!(ana.sees().may_admit(&posing, 0), Err(JoinRefusal::Invalid));
    ana.says(&Body::Admit { consent: posing });
    assert_eq!(names(&ana.sees()), ["Ana"]);
}

/// One thing that somebody does in a random network.
#[derive(Debug, Clone)]
enum Deed {
    Invite(usize, u8, u32),
    Revoke(usize, u8),
    Admit(usize, usize, u8),
    Unknown(usize),
    Learn(usize, usize),
}

const PEOPLE: usize = 8;

fn deeds() -> impl Strategy<Value = Vec<Deed>> {
    let who = 0..PEOPLE;
    let deed = prop_oneof![
        2 => (who.clone(), 0u8..5, 0u32..3).prop_map(|(a, t, u)| Deed::Invite(a, t, u)),
        1 => (who.clone(), 0u8..5).prop_map(|(a, t)| Deed::Revoke(a, t)),
        5 => (who.clone(), who.clone(), 0u8..5).prop_map(|(a, b, t)| Deed::Admit(a, b, t)),
        1 => who.clone().prop_map(Deed::Unknown),
        6 => (who.clone(), who).prop_map(|(a, b)| Deed::Learn(a, b)),
    ];
    proptest::collection::vec(deed, 0..60)
}

/// Everything that was ever said while these things were done, by members and by others.
fn acts_of(deeds: &[Deed]) -> Vec<VerifiedAct> {
    let founder = Person::founder("p0", 1);
    let network = founder.acts.network();
    let mut people = vec![founder.clone()];
    for i in 1..PEOPLE {
        let mut person = Person::outsider(&format!("p{i}"), 1 + i as u8, network);
        person.learns_from(&founder);
        people.push(person);
    }
    for deed in deeds {
        match *deed {
            Deed::Invite(a, t, uses) => drop(people[a].invites(&ticket(t), uses)),
            Deed::Revoke(a, t) => drop(people[a].revokes(&ticket(t))),
            Deed::Admit(a, b, t) => {
                let other = people[b].clone();
                people[a].admits(&other, &ticket(t));
            }
            Deed::Unknown(a) => {
                let body = Body::Unknown {
                    kind: 77,
                    bytes: vec![a as u8],
                };
                people[a].says(&body);
            }
            Deed::Learn(a, b) => {
                let other = people[b].clone();
                people[a].learns_from(&other);
            }
        }
    }
    let mut all = founder.acts;
    for person in &people {
        for act in person.acts.iter() {
            all.insert(act.clone()).unwrap();
        }
    }
    all.iter().cloned().collect()
}

fn set_of<'a>(acts: impl IntoIterator<Item = &'a VerifiedAct>) -> ActSet {
    let mut acts = acts.into_iter().peekable();
    let network = acts.peek().map(|act| act.act().network).unwrap();
    let mut set = ActSet::new(network);
    for act in acts {
        set.insert(act.clone()).unwrap();
    }
    set
}

fn members(membership: &Membership) -> BTreeSet<MemberId> {
    membership.members().map(|member| member.id).collect()
}

proptest! {
    #[test]
    fn the_membership_does_not_depend_on_order_or_repetition(
        (acts, shuffled) in deeds().prop_map(|deeds| acts_of(&deeds)).prop_flat_map(|acts| {
            let twice: Vec<_> = acts.iter().chain(&acts).cloned().collect();
            (Just(acts), Just(twice).prop_shuffle())
        }),
    ) {
        let (one, other) = (set_of(&acts), set_of(&shuffled));
        prop_assert_eq!(one.digest(), other.digest());
        prop_assert_eq!(evaluate(&one), evaluate(&other));
    }

    #[test]
    fn more_acts_never_put_anybody_out(
        (acts, some) in deeds().prop_map(|deeds| acts_of(&deeds)).prop_flat_map(|acts| {
            let count = acts.len();
            (Just(acts.clone()), proptest::sample::subsequence(acts, 1..=count))
        }),
    ) {
        let some = members(&evaluate(&set_of(&some)));
        let all = members(&evaluate(&set_of(&acts)));
        prop_assert!(some.is_subset(&all));
    }

    #[test]
    fn nobody_is_in_without_their_own_consent_and_a_member_who_let_them_in(
        acts in deeds().prop_map(|deeds| acts_of(&deeds)),
    ) {
        let set = set_of(&acts);
        let membership = evaluate(&set);
        for member in membership.members() {
            let act = set.get(&member.act).unwrap().act();
            match &act.body {
                Body::Found { member: founder, .. } => prop_assert_eq!(founder, &member.id),
                Body::Admit { consent } => {
                    prop_assert_eq!(consent.member, member.id);
                    prop_assert!(consent.verify().is_ok());
                    prop_assert_eq!(membership.member_of(&act.device), member.admitted_by);
                    prop_assert!(membership.invitation(&consent.invite).is_some());
                }
                body => prop_assert!(false, "let in by {:?}", body),
            }
        }
    }
}
