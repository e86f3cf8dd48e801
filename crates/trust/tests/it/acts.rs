use proptest::prelude::*;
use tresse_model::NetworkId;
use tresse_trust::{
    ActError, ActId, Body, Consent, ConsentError, DeviceKey, InviteKey, MAX_ACT_BYTES,
    MAX_NAME_BYTES, VerifiedAct, member_id,
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
        (5u16.., any::<Vec<u8>>()).prop_map(|(kind, bytes)| Body::Unknown { kind, bytes }),
    ]
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
        let act = ana.acts.sign(&ana.key, 0, &Body::Admit { consent });
        assert_eq!(act, Err(ActError::Consent(ConsentError::Signature)));
    }

    let mut moved = consent.clone();
    moved.network = NetworkId::from_bytes([9; 20]);
    let act = ana.acts.sign(&ana.key, 0, &Body::Admit { consent: moved });
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
