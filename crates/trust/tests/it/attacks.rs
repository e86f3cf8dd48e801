//! What members gone bad and removed members try with modified clients.

use tresse_model::DocId;
use tresse_trust::{ActId, Body, Cut, Cuts, DeviceStanding, Membership, Quorum, Rules};

use crate::people::{Person, meet, network, removal, stay, ticket};

fn names(membership: &Membership) -> Vec<String> {
    let mut names: Vec<_> = membership.members().map(|m| m.name.clone()).collect();
    names.sort();
    names
}

/// What stood when this person came in: the furthest back that a forger with their key can go.
fn entry(sees: &Membership, person: &Person) -> ActId {
    stay(sees, &person.member())
}

/// A forger's friends, let in by backdated acts that come after `after` alone. Returns them and the newest act.
fn invents(forger: &mut Person, after: ActId, count: u8) -> (Vec<Person>, ActId) {
    let invite = forger.forges(
        &[after],
        &Body::Invite {
            invite: ticket(90).key(),
            uses: 100,
            expires_ms: 10_000,
        },
    );
    let mut newest = invite.id();
    let mut friends = Vec::new();
    for seed in 0..count {
        let friend = Person::outsider("Friend", 100 + seed, forger.acts.network());
        let consent = friend.consents(&ticket(90));
        newest = forger.forges(&[newest], &Body::Admit { consent }).id();
        friends.push(friend);
    }
    for friend in &mut friends {
        friend.learns_from(forger);
    }
    (friends, newest)
}

/// The forger and all friends consent to remove each target, by acts that come after `after` alone.
fn remove_all(
    forger: &mut Person,
    friends: &mut [Person],
    after: ActId,
    targets: &[(Person, ActId)],
) {
    for (target, stay) in targets {
        let body = Body::Remove {
            member: target.member(),
            stay: *stay,
            cuts: Cuts::default(),
        };
        let mut newest = forger.forges(&[after, *stay], &body).id();
        for friend in &mut *friends {
            newest = friend.forges(&[newest], &body).id();
            forger.learns_from(friend);
        }
    }
}

fn removes_together(removers: &mut [&mut Person], target: &Person) {
    for number in 0..removers.len() {
        removers[number].removes(target);
        let known = removers[number].clone();
        for one in removers.iter_mut() {
            one.learns_from(&known);
        }
    }
}

#[test]
fn a_removed_member_who_backdates_brings_nobody_in_and_removes_nobody() {
    let [mut ana, mut bo, mut cy, mut mal] = network(["Ana", "Bo", "Cy", "Mal"]);
    let people = [ana.clone(), bo.clone(), cy.clone()];
    removes_together(&mut [&mut ana, &mut bo, &mut cy], &mal);
    let before = bo.sees();

    let start = entry(&mal.sees(), &mal);
    let targets: Vec<_> = people
        .iter()
        .map(|one| (one.clone(), entry(&before, one)))
        .collect();
    let (mut friends, newest) = invents(&mut mal, start, 10);
    remove_all(&mut mal, &mut friends, newest, &targets);
    // And each friend consents to Mal's removal too, to stand before an act that makes it.
    let stays = (mal.clone(), start);
    remove_all(&mut friends[0].clone(), &mut friends, newest, &[stays]);
    for friend in &friends {
        bo.learns_from(friend);
    }
    bo.learns_from(&mal);
    let sees = bo.sees();
    assert_eq!(names(&sees), ["Ana", "Bo", "Cy"]);
    assert!(sees.late().len() > 10);
    assert!(
        friends
            .iter()
            .all(|one| sees.standing(&one.device()) == DeviceStanding::Unknown)
    );
    // What honest members say next names none of it.
    let said = bo.invites(&ticket(4), 1);
    assert!(said.act().after.iter().all(|act| sees.holds(act)));
    assert_eq!(names(&before), names(&bo.sees()));
}

#[test]
fn a_silent_early_member_with_invented_friends_does_not_void_their_removal() {
    // Mal came in first, said nothing since, and so never acknowledged any of those who came later.
    let mut ana = Person::founder("Ana", 1);
    let mut mal = Person::outsider("Mal", 2, ana.acts.network());
    ana.invites(&ticket(1), 100);
    ana.admits(&mal, &ticket(1));
    mal.learns_from(&ana);
    let start = entry(&mal.sees(), &mal);
    let mut others: Vec<_> = (3..7)
        .map(|seed| Person::outsider("Other", seed, ana.acts.network()))
        .collect();
    for other in &others {
        ana.admits(other, &ticket(1));
    }
    for other in &mut others {
        other.learns_from(&ana);
    }
    let [bo, cy, di, el] = &mut others[..] else {
        panic!("four")
    };
    removes_together(&mut [&mut ana, bo, cy, di], &mal);
    let before = ana.sees();
    assert_eq!(before.members().len(), 5);

    let (mut friends, newest) = invents(&mut mal, start, 12);
    mal.learns_from(el);
    let targets: Vec<_> = [&ana, bo, cy, di, el]
        .map(|one| (one.clone(), entry(&before, one)))
        .into();
    for friend in &mut friends {
        friend.learns_from(&mal);
    }
    remove_all(&mut mal, &mut friends, newest, &targets);
    ana.learns_from(&mal);
    for friend in &friends {
        ana.learns_from(friend);
    }
    let sees = ana.sees();
    assert_eq!(sees.members().len(), 5);
    assert!(!mal.is_in(&sees));
    assert!([&ana, bo, cy, di, el].iter().all(|one| one.is_in(&sees)));
}

#[test]
fn a_removed_founder_who_lies_about_the_beginning_does_not_put_out_the_others() {
    let [mut mal, mut bo, mut cy, mut di] = network(["Mal", "Bo", "Cy", "Di"]);
    removes_together(&mut [&mut bo, &mut cy, &mut di], &mal);
    let before = bo.sees();
    // Everything the founder signed stands in one chain: friends invented after it know everybody.
    let last = *mal
        .acts
        .ids()
        .find(|id| mal.acts.iter().all(|act| !act.act().after.contains(id)))
        .unwrap();
    let (mut friends, newest) = invents(&mut mal, last, 12);
    let targets: Vec<_> = [&bo, &cy, &di]
        .map(|one| (one.clone(), entry(&before, one)))
        .into();
    remove_all(&mut mal, &mut friends, newest, &targets);
    bo.learns_from(&mal);
    assert_eq!(names(&bo.sees()), ["Bo", "Cy", "Di"]);
}

#[test]
fn who_leaves_does_not_undo_whom_they_let_in() {
    let [mut mal, bo, cy] = network(["Mal", "Bo", "Cy"]);
    // The founder lets everybody in and then says, backdated, that they left before.
    let founding = mal
        .acts
        .iter()
        .find(|act| act.act().after.is_empty())
        .unwrap()
        .id();
    let cuts = Cuts::default();
    mal.forges(&[founding], &Body::Leave { cuts });
    let sees = mal.sees();
    assert_eq!(names(&sees), ["Bo", "Cy"]);
    assert!(bo.is_in(&sees) && cy.is_in(&sees));
    assert!(!sees.equivocations().is_empty());
}

#[test]
fn a_removed_member_who_leaves_once_more_neither_vouches_for_friends_nor_says_what_counts() {
    let [mut ana, mut bo, mut cy, mut mal] = network(["Ana", "Bo", "Cy", "Mal"]);
    removes_together(&mut [&mut ana, &mut bo, &mut cy], &mal);
    let start = entry(&mal.sees(), &mal);
    let (friends, newest) = invents(&mut mal, start, 3);
    let doc = DocId::from_bytes([3; 17]);
    let cut = Cut {
        doc,
        actor: [1; 16],
        seq: 99,
        hash: [9; 32],
    };
    let cuts = Cuts::new(vec![cut]).unwrap();
    mal.forges(&[newest], &Body::Leave { cuts });
    ana.learns_from(&mal);
    let sees = ana.sees();
    assert_eq!(names(&sees), ["Ana", "Bo", "Cy"]);
    assert!(sees.cuts(&doc, &[1; 16]).is_empty());
    assert!(!friends[0].is_in(&sees));
}

#[test]
fn removed_members_neither_bring_each_other_back_nor_change_the_rules() {
    let [mut mal, mut eve, mut ivy, mut ana, mut bo, mut cy, mut di] =
        network(["Mal", "Eve", "Ivy", "Ana", "Bo", "Cy", "Di"]);
    for target in [&mal, &eve, &ivy] {
        removes_together(&mut [&mut ana, &mut bo, &mut cy, &mut di], target);
    }
    assert_eq!(names(&ana.sees()), ["Ana", "Bo", "Cy", "Di"]);
    // In a past in which only they were in, or so they say, they are a majority.
    let before = ana.sees();
    let stay_of = |one: &Person| stay(&before, &one.member());
    let base = before.rules_set_by().unwrap();
    let only_us = [stay_of(&eve), stay_of(&ivy)];
    let consent = tresse_trust::LinkConsent::sign(mal.acts.network(), mal.member(), &mal.key);
    let rules = Rules {
        removal: Quorum::Count(1),
        ..Rules::default()
    };
    let mut newest: Vec<ActId> = only_us.to_vec();
    for one in [&mut eve, &mut ivy] {
        let back = Body::Readmit {
            member: mal.member(),
            stay: stay_of(&mal),
            consent: consent.clone(),
            cuts: Cuts::default(),
        };
        newest = vec![one.forges(&newest, &back).id()];
        ana.learns_from(one);
    }
    let mut newest: Vec<ActId> = only_us.to_vec();
    for one in [&mut mal, &mut eve, &mut ivy] {
        let body = Body::ChangeRules { base, rules };
        newest = vec![one.forges(&newest, &body).id()];
        ana.learns_from(one);
    }
    let sees = ana.sees();
    assert_eq!(names(&sees), ["Ana", "Bo", "Cy", "Di"]);
    assert_eq!(*sees.rules(), Rules::default());
}

#[test]
fn what_an_active_member_built_on_stays() {
    // Mal lets in Di before anybody knows of the removal; Cy meets Di and says something.
    let [mut ana, mut bo, mut cy, mut mal] = network(["Ana", "Bo", "Cy", "Mal"]);
    let mut di = Person::outsider("Di", 9, ana.acts.network());
    mal.invites(&ticket(3), 1);
    mal.admits(&di, &ticket(3));
    cy.learns_from(&mal);
    cy.invites(&ticket(4), 1);
    ana.removes(&mal);
    bo.learns_from(&ana);
    bo.removes(&mal);
    meet(&mut [&mut ana, &mut bo, &mut cy, &mut di]);
    assert_eq!(names(&ana.sees()), ["Ana", "Bo", "Cy", "Di"]);
    // Had Cy said nothing, Di would be out: nobody could tell Di from a friend invented later.
    let [mut ana, mut bo, _cy, mut mal] = network(["Ana", "Bo", "Cy", "Mal"]);
    mal.invites(&ticket(3), 1);
    mal.admits(&di, &ticket(3));
    ana.removes(&mal);
    bo.learns_from(&ana);
    bo.removes(&mal);
    bo.learns_from(&mal);
    assert_eq!(names(&bo.sees()), ["Ana", "Bo", "Cy"]);
}

#[test]
fn a_person_with_two_devices_and_two_invitations_is_counted_once() {
    let [mut ana, mut bo, mut cy, di] = network(["Ana", "Bo", "Cy", "Di"]);
    let mut laptop = ana.device_of(50);
    ana.links(&mut laptop);
    laptop.removes(&di);
    ana.learns_from(&laptop);
    ana.removes(&di);
    meet(&mut [&mut ana, &mut bo, &mut cy]);
    let sees = bo.sees();
    assert!(di.is_in(&sees));
    assert_eq!(sees.removals()[0].case.consents.len(), 1);
    // Admitted a second time, she is no second person.
    bo.invites(&ticket(5), 2);
    let again = Person::outsider("Ana", 1, bo.acts.network());
    bo.admits(&again, &ticket(5));
    assert_eq!(names(&bo.sees()), ["Ana", "Bo", "Cy", "Di"]);
}

#[test]
fn a_stranger_and_a_device_that_ended_decide_nothing() {
    let [ana, mut bo, mut cy, di] = network(["Ana", "Bo", "Cy", "Di"]);
    let mut eve = Person::outsider("Eve", 66, ana.acts.network());
    eve.learns_from(&ana);
    let body = removal(&ana.sees(), &di.member());
    eve.says(&body);
    let mut laptop = bo.device_of(50);
    bo.links(&mut laptop);
    bo.revokes_device(&laptop.device());
    laptop.learns_from(&bo);
    laptop.says(&body);
    cy.learns_from(&laptop);
    cy.learns_from(&eve);
    cy.says(&body);
    let sees = cy.sees();
    assert!(di.is_in(&sees));
    assert_eq!(sees.removals()[0].case.consents.len(), 1);
    assert_eq!(sees.invalid().len(), 2);
}

/// The founder lets in the first two, then, in a second round, four more. Whether the first two say that they saw it.
fn two_early_members(witness: bool) -> (Vec<Person>, [Person; 2]) {
    let mut ana = Person::founder("Ana", 1);
    ana.invites(&ticket(1), 100);
    let mut people: Vec<_> = (2..8)
        .map(|seed| Person::outsider(&format!("p{seed}"), seed, ana.acts.network()))
        .collect();
    for person in &people {
        ana.admits(person, &ticket(1));
    }
    for person in &mut people {
        person.learns_from(&ana);
    }
    let mut early: [Person; 2] = [people[0].clone(), people[1].clone()];
    for one in &mut early {
        assert!(one.sees().should_witness(&one.member()));
        if witness {
            one.says(&Body::Witness);
            assert!(!one.sees().should_witness(&one.member()));
            ana.learns_from(one);
        }
    }
    let mut all = vec![ana];
    all.append(&mut people);
    (all, early)
}

/// They go bad and claim a past in which they were three and removed the founder.
fn claim_a_small_past(people: &[Person], early: &mut [Person; 2]) -> Membership {
    let before = early[0].sees();
    let founder = entry(&before, &people[0]);
    let body = removal(&before, &people[0].member());
    let start = [entry(&before, &early[0]), entry(&before, &early[1])];
    let first = early[0].forges(&[founder, start[0], start[1]], &body);
    let [one, other] = early;
    other.learns_from(one);
    other.forges(&[first.id()], &body);
    let mut sees = people[3].clone();
    sees.learns_from(&people[0]);
    sees.learns_from(other);
    sees.sees()
}

#[test]
fn early_members_who_acknowledged_the_others_cannot_claim_a_past_without_them() {
    let (people, mut early) = two_early_members(true);
    let sees = claim_a_small_past(&people, &mut early);
    // They were enough once, so the founder is out; nobody else is, and the others outnumber them.
    assert_eq!(sees.members().len(), 6);
    assert!(!people[0].is_in(&sees));
    assert_eq!(sees.equivocations().len(), 2);
}

#[test]
fn early_members_who_never_said_anything_can() {
    // The limit of what the acts can tell: whether the founder let these in, or invented them after having been
    // removed by both others. It is why members say from time to time whom they have seen.
    let (people, mut early) = two_early_members(false);
    let sees = claim_a_small_past(&people, &mut early);
    assert_eq!(sees.members().len(), 2);
}
