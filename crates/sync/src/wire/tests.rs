use proptest::{collection::vec, prelude::*};
use tresse_trust::{DeviceKey, InviteSecret, member_id};

use super::*;
use crate::{
    MAX_FRAME,
    stream::{Inbox, Outbox},
};

fn sorted_hashes() -> impl Strategy<Value = Vec<[u8; 32]>> {
    proptest::collection::btree_set(any::<[u8; 32]>(), 0..5)
        .prop_map(|set| set.into_iter().collect())
}

fn bytes() -> impl Strategy<Value = Bytes> {
    any::<Vec<u8>>().prop_map(Bytes)
}

/// What may stand in a list.
fn piece() -> impl Strategy<Value = Bytes> {
    vec(any::<u8>(), SHORTEST_PIECE..100).prop_map(Bytes)
}

fn raw_doc() -> impl Strategy<Value = RawDoc> {
    any::<[u8; 17]>()
}

fn claims() -> impl Strategy<Value = Message> {
    (any::<[u8; 32]>(), any::<[u8; 32]>(), ".{1,20}").prop_map(|(invite, device, name)| {
        let (invite, device) = (
            InviteSecret::from_seed(invite),
            DeviceKey::from_seed(device),
        );
        let network = NetworkId::from_bytes([1; 20]);
        let member = member_id(&device.id());
        Message::Claim {
            consent: Box::new(Consent::sign(network, &invite, &device, member, &name)),
            present: Box::new(invite.present(&[3; 32])),
        }
    })
}

fn refusals() -> impl Strategy<Value = JoinRefusal> {
    prop::sample::select(vec![
        JoinRefusal::Expired,
        JoinRefusal::Used,
        JoinRefusal::Revoked,
        JoinRefusal::Invalid,
        JoinRefusal::Unavailable,
    ])
}

fn bodies() -> impl Strategy<Value = Body> {
    prop_oneof![
        bytes().prop_map(Body::Whole),
        vec(piece(), 0..4).prop_map(Body::Changes),
        bytes().prop_map(Body::Packed),
    ]
}

fn entries() -> impl Strategy<Value = Vec<ClockEntry>> {
    let entry = (any::<u64>(), any::<[u8; 32]>());
    proptest::collection::btree_map(vec(any::<u8>(), 0..20), entry, 0..5).prop_map(|entries| {
        let entries = entries.into_iter();
        entries
            .map(|(actor, (seq, last))| ClockEntry {
                actor: Bytes(actor),
                seq,
                last,
            })
            .collect()
    })
}

fn lists() -> impl Strategy<Value = Vec<(RawDoc, Vec<RawHash>)>> {
    proptest::collection::btree_map(raw_doc(), sorted_hashes(), 0..5)
        .prop_map(|docs| docs.into_iter().collect())
}

fn places() -> impl Strategy<Value = Vec<RawPlace>> {
    let address = any::<(std::net::IpAddr, u16)>().prop_map(SocketAddr::from);
    let addresses = vec(address, 0..=MAX_PLACE_ADDRESSES);
    proptest::collection::btree_map(any::<[u8; 32]>(), addresses, 0..5).prop_map(|places| {
        let places = places.into_iter();
        places
            .map(|(device, addresses)| RawPlace { device, addresses })
            .collect()
    })
}

fn linking() -> impl Strategy<Value = Message> {
    let present = || Box::new(InviteSecret::from_seed([1; 32]).present(&[3; 32]));
    let ticket = InviteSecret::from_seed([1; 32]).key();
    let consents = || {
        proptest::collection::btree_set(any::<[u8; 20]>(), 0..3).prop_map(|networks| {
            let key = DeviceKey::from_seed([2; 32]);
            let sign = |network| {
                LinkConsent::sign(NetworkId::from_bytes(network), member_id(&key.id()), &key)
            };
            networks.into_iter().map(sign).collect::<Vec<_>>()
        })
    };
    let networks = proptest::collection::btree_map(any::<[u8; 20]>(), any::<[u8; 20]>(), 0..4);
    prop_oneof![
        ("[a-z é]{0,30}", any::<[u8; 32]>()).prop_map(move |(label, commitment)| {
            Message::LinkClaim {
                ticket,
                present: present(),
                label,
                commitment,
            }
        }),
        ("[a-z é]{0,30}", any::<[u8; 32]>(), networks).prop_map(|(name, nonce, networks)| {
            Message::LinkOffer {
                label: name.clone(),
                name,
                nonce,
                networks: networks.into_iter().collect(),
            }
        }),
        any::<[u8; 32]>().prop_map(|nonce| Message::LinkReveal { nonce }),
        consents().prop_map(|consents| Message::LinkConfirm { consents }),
        consents().prop_map(move |consents| Message::LinkResume {
            ticket,
            present: present(),
            consents,
        }),
        any::<(u16, u16)>().prop_map(|(have, need)| Message::LinkPending { have, need }),
        Just(Message::LinkRefused {
            refusal: LinkRefusal::Busy
        }),
    ]
}

fn messages() -> impl Strategy<Value = Message> {
    let network = any::<[u8; 20]>;
    let hash = any::<[u8; 32]>;
    prop_oneof![
        (any::<u16>(), sorted_hashes())
            .prop_map(|(version, tags)| Message::Hello { version, tags }),
        (any::<u16>(), sorted_hashes())
            .prop_map(|(version, tags)| Message::Answer { version, tags }),
        claims(),
        (network(), hash(), vec(piece(), 0..3)).prop_map(|(network, secret, acts)| {
            let secret = NetworkSecret::from_bytes(secret);
            Message::Welcome {
                network,
                secret,
                acts,
            }
        }),
        refusals().prop_map(|refusal| Message::Refused { refusal }),
        (network(), hash()).prop_map(|(network, acts)| Message::Open { network, acts }),
        (network(), sorted_hashes()).prop_map(|(network, ids)| {
            let ids = ids.into_iter().map(ActId::from_bytes).collect();
            Message::ActIds { network, ids }
        }),
        (network(), vec(piece(), 0..3)).prop_map(|(network, acts)| Message::Acts { network, acts }),
        (network(), hash(), vec(any::<[u8; 16]>(), 0..=2)).prop_map(|(network, digest, tokens)| {
            Message::Docs {
                network,
                digest,
                tokens,
            }
        }),
        (network(), any::<Option<[u8; 16]>>(), any::<bool>(), lists()).prop_map(
            |(network, since, answer, docs)| Message::List {
                network,
                since,
                answer,
                docs
            }
        ),
        (network(), raw_doc(), entries(), any::<bool>()).prop_map(
            |(network, doc, entries, strict)| Message::Clock {
                network,
                doc,
                entries,
                strict
            }
        ),
        (
            network(),
            raw_doc(),
            sorted_hashes(),
            bodies(),
            vec(piece(), 0..3),
            vec(piece(), 0..3)
        )
            .prop_map(
                |(network, doc, heads, body, aside, seals)| Message::Changes {
                    network,
                    doc,
                    heads,
                    body,
                    aside,
                    seals
                }
            ),
        any::<u64>().prop_map(|seen| Message::Ack { seen }),
        (network(), raw_doc()).prop_map(|(network, doc)| Message::Unwanted { network, doc }),
        (network(), hash(), hash(), any::<u64>()).prop_map(|(network, acts, docs, seen)| {
            Message::Digest {
                network,
                acts,
                docs,
                seen,
            }
        }),
        network().prop_map(|network| Message::Shut { network }),
        linking(),
        (network(), places()).prop_map(|(network, places)| Message::Places { network, places }),
    ]
}

proptest! {
    #[test]
    fn every_message_reads_back_from_its_bytes(message in messages()) {
        prop_assert_eq!(Message::decode(&message.encode()).unwrap(), message);
    }

    #[test]
    fn a_message_cut_or_lengthened_is_refused(message in messages(), at: prop::sample::Index) {
        let mut bytes = message.encode();
        prop_assert!(Message::decode(&bytes[..at.index(bytes.len())]).is_err());
        bytes.push(0);
        prop_assert!(Message::decode(&bytes).is_err());
    }

    #[test]
    fn arbitrary_bytes_never_panic(bytes: Vec<u8>, kind in 0u8..28) {
        drop(Message::decode(&bytes));
        let mut bytes = bytes;
        bytes.insert(0, kind);
        drop(Message::decode(&bytes));
    }

    #[test]
    fn messages_come_out_of_any_frames_as_they_went_in(
        messages in vec(messages(), 1..8), cuts in vec(any::<prop::sample::Index>(), 0..6),
    ) {
        let mut outbox = Outbox::default();
        for message in &messages {
            outbox.put(message);
        }
        let stream: Vec<u8> = outbox.frames().concat();
        let mut places: Vec<usize> = cuts.iter().map(|cut| cut.index(stream.len())).collect();
        places.extend([0, stream.len()]);
        places.sort_unstable();
        let mut inbox = Inbox::default();
        let mut read = Vec::new();
        for pair in places.windows(2) {
            inbox.put(&stream[pair[0]..pair[1]]).unwrap();
            while let Some(message) = inbox.next(MAX_MESSAGE).unwrap() {
                read.push(message);
            }
        }
        prop_assert_eq!(read, messages);
    }
}

#[test]
fn what_is_too_long_is_refused_before_it_is_kept() {
    let mut inbox = Inbox::default();
    assert_eq!(
        inbox.put(&vec![0; MAX_FRAME + 1]),
        Err(CloseReason::TooLarge)
    );
    inbox.put(&(MAX_GREETING as u32 + 1).to_le_bytes()).unwrap();
    assert_eq!(inbox.next(MAX_GREETING), Err(CloseReason::TooLarge));
    let tags: Vec<Tag> = (0..=MAX_TAGS)
        .map(|i| {
            let mut tag = [0; 32];
            tag[..8].copy_from_slice(&(i as u64).to_be_bytes());
            tag
        })
        .collect();
    let message = Message::Answer { version: 1, tags };
    assert_eq!(
        Message::decode(&message.encode()),
        Err(CloseReason::TooLarge)
    );
}

#[test]
fn what_a_later_version_says_is_told_from_what_is_wrong_and_passed_over_only_then() {
    let last = Message::Places {
        network: [1; 20],
        places: Vec::new(),
    };
    let mut bytes = last.encode();
    assert!(!Message::is_unknown(&bytes));
    bytes[0] += 1;
    assert!(Message::is_unknown(&bytes), "the first number that is free");
    assert!(!Message::is_unknown(&[]) && Message::is_unknown(&[0xff, 0x7f]));
    let framed = |bytes: &[u8]| [&(bytes.len() as u32).to_le_bytes(), bytes].concat();
    let ack = Message::Ack { seen: 3 };
    let frame = [framed(&bytes), framed(&ack.encode()), framed(&[200, 1])].concat();
    let mut inbox = Inbox::default();
    inbox.put(&frame).unwrap();
    assert_eq!(inbox.next(1000), Err(CloseReason::Malformed));
    inbox.is_of_a_later_version();
    assert_eq!(inbox.next(1000), Ok(Some(ack)));
    assert_eq!(inbox.next(1000), Ok(None));
    // What it does know must be well made, whoever says it.
    inbox.put(&framed(&[12])).unwrap();
    assert_eq!(inbox.next(1000), Err(CloseReason::Malformed));
}

#[test]
fn a_list_of_nothings_is_refused() {
    for length in [0, SHORTEST_PIECE - 1] {
        let acts = vec![Bytes(vec![7; length]); 100];
        let network = [1; 20];
        let message = Message::Acts { network, acts };
        assert_eq!(
            Message::decode(&message.encode()),
            Err(CloseReason::Malformed)
        );
    }
}

#[test]
fn more_places_or_addresses_than_a_message_may_tell_are_refused() {
    let place = |device: u8, count: usize| RawPlace {
        device: [device; 32],
        addresses: vec![SocketAddr::from(([10, 0, 0, 1], 1)); count],
    };
    let read = |places: Vec<RawPlace>| {
        let network = [1; 20];
        Message::decode(&Message::Places { network, places }.encode()).map(drop)
    };
    let many = |count: usize| (0..count).map(|n| place(n as u8, 1)).collect();
    assert_eq!(read(many(MAX_PLACES)), Ok(()));
    assert_eq!(read(many(MAX_PLACES + 1)), Err(CloseReason::Malformed));
    assert_eq!(read(vec![place(1, MAX_PLACE_ADDRESSES)]), Ok(()));
    let long = vec![place(1, MAX_PLACE_ADDRESSES + 1)];
    assert_eq!(read(long), Err(CloseReason::Malformed));
    assert_eq!(
        read(vec![place(1, 1), place(1, 1)]),
        Err(CloseReason::Malformed)
    );
}

#[test]
fn what_is_not_in_its_only_order_is_refused() {
    let twice = Message::Answer {
        version: 1,
        tags: vec![[1; 32], [1; 32]],
    };
    assert_eq!(
        Message::decode(&twice.encode()),
        Err(CloseReason::Malformed)
    );
}

#[test]
fn the_words_of_a_device_ticket_s_conversation_are_short_and_on_one_line() {
    let offer = |name: &str, label: &str| {
        let message = Message::LinkOffer {
            name: name.to_owned(),
            label: label.to_owned(),
            nonce: [1; 32],
            networks: vec![([2; 20], [3; 20])],
        };
        Message::decode(&message.encode()).map(drop)
    };
    assert_eq!(offer("Ana", "laptop"), Ok(()));
    assert_eq!(offer("Ana\n", ""), Err(CloseReason::Malformed));
    assert_eq!(offer("Ana", &"é".repeat(33)), Err(CloseReason::TooLarge));
    assert_eq!(
        offer(&"a".repeat(MAX_NAME_BYTES + 1), ""),
        Err(CloseReason::TooLarge)
    );
}
