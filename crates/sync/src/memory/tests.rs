use automerge::ChangeHash;
use proptest::{collection::btree_map, prelude::*};

use super::*;

const NETWORK: NetworkId = NetworkId::from_bytes([5; 20]);

fn pictures() -> impl Strategy<Value = Picture> {
    let heads = proptest::collection::btree_set(any::<u8>(), 1..3);
    btree_map(0u8..6, heads, 0..6).prop_map(|docs| {
        let docs = docs.into_iter();
        docs.map(|(doc, heads)| {
            let heads = heads.into_iter().map(|head| ChangeHash([head; 32]));
            (DocId::page([doc; 16]), heads.collect())
        })
        .collect()
    })
}

fn advanced(pictures: &[Picture]) -> Memory {
    let mut memory = Memory::default();
    for picture in pictures {
        memory.advance(picture, &digest(&NETWORK, picture));
    }
    memory
}

proptest! {
    #[test]
    fn memory_holds_the_last_two_states_and_reads_back(
        states in proptest::collection::vec(pictures(), 1..5),
    ) {
        let memory = advanced(&states);
        let mut distinct = states.clone();
        distinct.dedup();
        let read = Memory::read(&NETWORK, &memory.write()).unwrap();
        prop_assert_eq!(&read, &memory);
        let tokens = memory.tokens();
        prop_assert_eq!(tokens.len(), distinct.len().min(2));
        for (name, state) in tokens.iter().zip(distinct.iter().rev()) {
            let mut back = memory.clone();
            back.go_back_to(Some(*name));
            prop_assert_eq!(&back.picture, state);
            prop_assert!(back.differing(state).is_empty());
        }
    }

    #[test]
    fn two_pictures_have_one_digest_exactly_if_they_are_one(a in pictures(), b in pictures()) {
        prop_assert_eq!(digest(&NETWORK, &a) == digest(&NETWORK, &b), a == b);
        let differ = !advanced(std::slice::from_ref(&a)).differing(&b).is_empty();
        prop_assert_eq!(differ, a != b);
    }

    #[test]
    fn damaged_memory_is_no_memory_or_still_true(
        states in proptest::collection::vec(pictures(), 1..3), at: prop::sample::Index, bit in 0..8,
    ) {
        let memory = advanced(&states);
        let mut bytes = memory.write();
        let at = at.index(bytes.len());
        bytes[at] ^= 1u8 << bit;
        if let Some(read) = Memory::read(&NETWORK, &bytes) {
            let now = token(&digest(&NETWORK, &read.picture));
            prop_assert_eq!(read.newest(), Some(now));
        }
    }

    #[test]
    fn arbitrary_bytes_read_as_memory_never_panic(bytes: Vec<u8>) {
        drop(Memory::read(&NETWORK, &bytes));
    }
}

#[test]
fn an_unknown_state_is_forgotten_whole() {
    let mut memory = advanced(&[Picture::from([(
        DocId::page([1; 16]),
        vec![ChangeHash([1; 32])],
    )])]);
    memory.go_back_to(Some([9; 16]));
    assert_eq!(memory, Memory::default());
}
