use proptest::prelude::*;
use tresse_model::{Adopting, DeviceId, DocId, MemberId, NetworkId};
use tresse_trust::{
    ActError, ActId, Body, Consent, ConsentError, Cut, Cuts, DeviceKey, InviteKey, LinkConsent,
    MAX_ACT_BYTES, MAX_CUTS, MAX_NAME_BYTES, MAX_ROLE_BYTES, MAX_SHORT_ACT_BYTES, Quorum, Rules,
    VerifiedAct, member_id,
};

use crate::people::{Person, ticket};

fn bodies() -> impl Strategy<Value = Body> {
    prop_oneof![
        (any::<[u8; 32]>(), any::<u32>(), any::<u64>()).prop_map(|(key, uses, expires_ms)| {
            Body::Invite {
                invite: InviteKey::from_bytes(key),
                uses,
                expires_ms,
            }
        }),
        any::<[u8; 32]>().prop_map(|key| Body::RevokeInvite {
            invite: InviteKey::from_bytes(key),
        }),
        (any::<u8>(), any::<u8>(), "[a-zé ]{0,20}x").prop_map(|(device, invite, name)| {
            let device = DeviceKey::from_seed([device; 32]);
            let member = member_id(&device.id());
            let network = NetworkId::from_bytes([7; 20]);
            Body::Admit {
                consent: Consent::sign(network, &ticket(invite), &device, member, &name),
            }
        }),
        any::<u8>().prop_map(|seed| Body::Link {
            consent: link_consent(seed),
        }),
        (any::<[u8; 32]>(), cuts()).prop_map(|(device, cuts)| Body::Revoke {
            device: DeviceId::from_bytes(device),
            cuts,
        }),
        cuts().prop_map(|cuts| Body::Leave { cuts }),
        (any::<[u8; 20]>(), any::<[u8; 32]>(), cuts()).prop_map(|(member, stay, cuts)| {
            Body::Remove {
                member: MemberId::from_bytes(member),
                stay: ActId::from_bytes(stay),
                cuts,
            }
        }),
        (any::<u8>(), any::<[u8; 32]>(), cuts()).prop_map(|(seed, stay, cuts)| Body::Readmit {
            member: link_consent(seed).member,
            stay: ActId::from_bytes(stay),
            consent: link_consent(seed),
            cuts,
        }),
        (
            "[a-zé]{1,32}",
            any::<[u8; 20]>(),
            0u64..9,
            proptest::option::of(9u64..)
        )
            .prop_map(|(role, holder, from_ms, to_ms)| Body::Mandate {
                role,
                holder: MemberId::from_bytes(holder),
                from_ms,
                to_ms,
            }),
        any::<[u8; 32]>().prop_map(|mandate| Body::EndMandate {
            mandate: ActId::from_bytes(mandate),
        }),
        (any::<[u8; 32]>(), rules()).prop_map(|(base, rules)| Body::ChangeRules {
            base: ActId::from_bytes(base),
            rules,
        }),
        (
            any::<[u8; 17]>(),
            proptest::collection::btree_set(any::<[u8; 32]>(), 1..=16)
        )
            .prop_map(|(document, heads)| Body::Adopt {
                document: DocId::from_bytes(document),
                heads: heads.into_iter().collect(),
            }),
        (
            any::<[u8; 17]>(),
            any::<[[u8; 16]; 2]>(),
            proptest::collection::btree_set(any::<[u8; 32]>(), 1..=16),
        )
            .prop_map(|(document, [salt, replaces], heads)| Body::Decided {
                document: DocId::from_bytes(document),
                about: Adopting::new(salt, replaces, heads.into_iter().collect()).unwrap(),
            }),
        Just(Body::Witness),
        (15u16.., any::<Vec<u8>>()).prop_map(|(kind, bytes)| Body::Unknown { kind, bytes }),
    ]
}

fn link_consent(seed: u8) -> LinkConsent {
    let network = NetworkId::from_bytes([7; 20]);
    let member = MemberId::from_bytes([seed; 20]);
    LinkConsent::sign(network, member, &DeviceKey::from_seed([seed; 32]))
}

fn cuts() -> impl Strategy<Value = Cuts> {
    let cut = (
        any::<[u8; 17]>(),
        any::<[u8; 16]>(),
        any::<u64>(),
        any::<[u8; 32]>(),
    );
    let cut = cut.prop_map(|(doc, actor, seq, hash)| Cut {
        doc: DocId::from_bytes(doc),
        actor,
        seq,
        hash,
    });
    proptest::collection::vec(cut, 0..6).prop_map(|cuts| Cuts::new(cuts).unwrap())
}

fn rules() -> impl Strategy<Value = Rules> {
    let quorum = || {
        prop_oneof![
            (1u16..).prop_map(Quorum::Count),
            Just(Quorum::Majority),
            Just(Quorum::TwoThirds),
            Just(Quorum::All),
        ]
    };
    (1u8.., quorum(), quorum(), quorum()).prop_map(|(invite, removal, readmission, change)| Rules {
        invite,
        removal,
        readmission,
        change,
    })
}

prop_compose! {
    fn acts()(
        seed: [u8; 32], at_ms: u64, body in bodies(),
        after in proptest::collection::btree_set(any::<[u8; 32]>(), 1..5),
    ) -> VerifiedAct {
        let after = after.into_iter().map(ActId::from_bytes).collect();
        let network = NetworkId::from_bytes([7; 20]);
        VerifiedAct::sign(&DeviceKey::from_seed(seed), network, after, at_ms, &body).unwrap()
    }
}

proptest! {
    #[test]
    fn every_act_reads_back_from_its_bytes(act in acts()) {
        prop_assert_eq!(VerifiedAct::decode(act.bytes()).unwrap(), act);
    }

    #[test]
    fn a_founding_act_reads_back_and_names_its_network(
        seed: [u8; 32], at_ms: u64, name in "[a-zé]{1,40}", salt: [u8; 16],
    ) {
        let act = VerifiedAct::found(&DeviceKey::from_seed(seed), at_ms, &name, salt).unwrap();
        prop_assert_eq!(&VerifiedAct::decode(act.bytes()).unwrap(), &act);
        let other = VerifiedAct::found(&DeviceKey::from_seed(seed), at_ms ^ 1, &name, salt).unwrap();
        prop_assert_ne!(act.act().network, other.act().network);
    }

    #[test]
    fn an_altered_act_never_verifies_as_another(act in acts(), at: prop::sample::Index, bit in 0..8) {
        let mut bytes = act.bytes().to_vec();
        let at = at.index(bytes.len());
        bytes[at] ^= 1u8 << bit;
        prop_assert!(VerifiedAct::decode(&bytes).is_err());
    }

    #[test]
    fn an_act_cut_or_lengthened_never_verifies(act in acts(), at: prop::sample::Index, more: u8) {
        let bytes = act.bytes();
        prop_assert!(VerifiedAct::decode(&bytes[..at.index(bytes.len())]).is_err());
        let mut longer = bytes.to_vec();
        longer.push(more);
        prop_assert!(VerifiedAct::decode(&longer).is_err());
    }

    #[test]
    fn arbitrary_bytes_are_never_an_act_and_never_a_panic(mut bytes: Vec<u8>) {
        prop_assert!(VerifiedAct::decode(&bytes).is_err());
        if let Some(version) = bytes.first_mut() {
            *version = 1;
        }
        prop_assert!(VerifiedAct::decode(&bytes).is_err());
    }
}

#[test]
fn an_act_of_a_newer_kind_is_kept_whole() {
    let mut ana = Person::founder("Ana", 1);
    let act = ana.says(&Body::Unknown {
        kind: 900,
        bytes: vec![1, 2, 3],
    });
    let read = VerifiedAct::decode(act.bytes()).unwrap();
    assert_eq!(read.bytes(), act.bytes());
    assert!(ana.is_in(&ana.sees()));
}

#[test]
fn an_envelope_of_a_newer_version_is_told_apart_from_garbage() {
    assert_eq!(
        VerifiedAct::decode(&[9, 1, 2]),
        Err(ActError::NewerVersion(9))
    );
    assert_eq!(VerifiedAct::decode(&[0, 1, 2]), Err(ActError::Malformed));
    assert_eq!(VerifiedAct::decode(&[]), Err(ActError::Malformed));
    let long = vec![1; MAX_ACT_BYTES + 1];
    assert_eq!(VerifiedAct::decode(&long), Err(ActError::TooLong));
}

#[test]
fn nobody_signs_an_act_under_anothers_founding() {
    let ana = Person::founder("Ana", 1);
    let eve = DeviceKey::from_seed([66; 32]);
    let body = Body::Found {
        member: member_id(&eve.id()),
        name: "Eve".to_owned(),
        salt: [0; 16],
    };
    let stolen = VerifiedAct::sign(&eve, ana.acts.network(), Vec::new(), 1_000, &body);
    assert_eq!(stolen, Err(ActError::WrongNetwork));
}

#[test]
fn whoever_admits_can_neither_invent_nor_alter_nor_move_a_consent() {
    let mut ana = Person::founder("Ana", 1);
    let bo = Person::outsider("Bo", 2, ana.acts.network());
    let consent = bo.consents(&ticket(9));
    assert_eq!(consent.verify(), Ok(()));

    let mut altered = consent.clone();
    altered.name = "Bob".to_owned();
    let mut other_device = consent.clone();
    other_device.device = ana.device();
    let mut other_invite = consent.clone();
    other_invite.invite = ticket(8).key();
    let mut other_member = consent.clone();
    other_member.member = ana.member();
    for consent in [altered, other_device, other_invite, other_member] {
        let act = ana
            .acts
            .sign(&ana.sees(), &ana.key, 0, &Body::Admit { consent });
        assert_eq!(act, Err(ActError::Consent(ConsentError::Signature)));
    }

    let mut moved = consent.clone();
    moved.network = NetworkId::from_bytes([9; 20]);
    let act = ana
        .acts
        .sign(&ana.sees(), &ana.key, 0, &Body::Admit { consent: moved });
    assert_eq!(act, Err(ActError::WrongNetwork));
    ana.says(&Body::Admit { consent });
}

#[test]
fn a_name_is_neither_empty_nor_endless() {
    let network = NetworkId::from_bytes([7; 20]);
    for name in [" ".to_owned(), "x".repeat(MAX_NAME_BYTES + 1)] {
        let key = DeviceKey::from_seed([1; 32]);
        let member = member_id(&key.id());
        let consent = Consent::sign(network, &ticket(1), &key, member, &name);
        assert_eq!(consent.verify(), Err(ConsentError::Name));
        assert!(VerifiedAct::found(&key, 0, &name, [0; 16]).is_err());
    }
}

/// What an author with this body gets, signed after some act.
fn signed(body: &Body) -> Result<VerifiedAct, ActError> {
    let key = DeviceKey::from_seed([1; 32]);
    let after = vec![ActId::from_bytes([1; 32])];
    VerifiedAct::sign(&key, NetworkId::from_bytes([7; 20]), after, 0, body)
}

fn widest_cut(number: usize) -> Cut {
    let mut actor = [0xff; 16];
    actor[..8].copy_from_slice(&(number as u64).to_be_bytes());
    Cut {
        doc: DocId::from_bytes([0xff; 17]),
        actor,
        seq: u64::MAX,
        hash: [0xff; 32],
    }
}

#[test]
fn an_act_carries_as_many_cuts_as_it_may_and_no_more() {
    let most: Vec<Cut> = (0..MAX_CUTS).map(widest_cut).collect();
    let cuts = Cuts::new(most.clone()).unwrap();
    let act = signed(&Body::Leave { cuts: cuts.clone() }).unwrap();
    assert!(act.bytes().len() <= MAX_ACT_BYTES);
    assert_eq!(act.act().body, Body::Leave { cuts });
    let mut too_many = most;
    too_many.push(widest_cut(MAX_CUTS));
    assert!(Cuts::new(too_many).is_err());
}

#[test]
fn of_two_cuts_of_one_chain_the_one_that_goes_furthest_stays() {
    let cut = |seq| Cut {
        seq,
        ..widest_cut(1)
    };
    let cuts = Cuts::new(vec![cut(3), cut(9), cut(5), widest_cut(0)]).unwrap();
    assert_eq!(cuts.len(), 2);
    assert_eq!(cuts.get(&cut(0).doc, &cut(0).actor), Some(&cut(9)));
}

#[test]
fn an_act_without_cuts_is_short_and_one_of_an_unknown_kind_too() {
    let long = |kind| Body::Unknown {
        kind,
        bytes: vec![0; MAX_SHORT_ACT_BYTES],
    };
    assert_eq!(signed(&long(900)), Err(ActError::TooLong));
    // The kind of a mandate, then of a leave: the one is too long, the other is no list of cuts.
    assert_eq!(signed(&long(10)), Err(ActError::TooLong));
    assert_eq!(signed(&long(7)), Err(ActError::Malformed));
}

#[test]
fn rules_and_roles_that_mean_nothing_are_no_acts() {
    let rules = |rules| Body::ChangeRules {
        base: ActId::from_bytes([1; 32]),
        rules,
    };
    let default = Rules::default();
    assert!(signed(&rules(default)).is_ok());
    for unsound in [
        Rules {
            invite: 0,
            ..default
        },
        Rules {
            removal: Quorum::Count(0),
            ..default
        },
        Rules {
            change: Quorum::Count(0),
            ..default
        },
    ] {
        assert_eq!(signed(&rules(unsound)), Err(ActError::Malformed));
    }
    let mandate = |role: &str, to_ms| Body::Mandate {
        role: role.to_owned(),
        holder: MemberId::from_bytes([1; 20]),
        from_ms: 5,
        to_ms,
    };
    assert!(signed(&mandate("pilot", Some(6))).is_ok());
    for unsound in [
        mandate(" ", None),
        mandate(&"x".repeat(MAX_ROLE_BYTES + 1), None),
        mandate("pilot", Some(5)),
    ] {
        assert_eq!(signed(&unsound), Err(ActError::Malformed));
    }
}

#[test]
fn a_device_is_linked_with_its_own_word_for_this_person_and_network() {
    let sound = link_consent(3);
    assert!(sound.verify());
    assert!(
        signed(&Body::Link {
            consent: sound.clone()
        })
        .is_ok()
    );
    let mut for_another = sound.clone();
    for_another.member = MemberId::from_bytes([9; 20]);
    let mut another_device = sound.clone();
    another_device.device = DeviceKey::from_seed([9; 32]).id();
    for consent in [for_another, another_device] {
        let refused = Err(ActError::Consent(ConsentError::Signature));
        assert_eq!(signed(&Body::Link { consent }), refused);
    }
    let mut elsewhere = sound;
    elsewhere.network = NetworkId::from_bytes([9; 20]);
    assert_eq!(
        signed(&Body::Link { consent: elsewhere }),
        Err(ActError::WrongNetwork)
    );
}

#[test]
fn an_act_names_no_more_than_sixty_four_others() {
    let named = |count: u8| {
        let after = (0..count).map(|one| ActId::from_bytes([one; 32])).collect();
        let key = DeviceKey::from_seed([1; 32]);
        VerifiedAct::sign(
            &key,
            NetworkId::from_bytes([7; 20]),
            after,
            0,
            &Body::Witness,
        )
    };
    assert!(named(64).is_ok());
    assert_eq!(named(65), Err(ActError::Malformed));
}
