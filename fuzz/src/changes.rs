//! A member's changes of a document: arbitrary, but sealed as they should be.
//!
//! The first byte says which copy they come to and what the rest is: changes' bodies as bytes, a saved
//! document's body as bytes, a saved document as it stands, or a recipe for changes ([`build`]). Checksums,
//! hashes of what they depend on, heads and seals are made to fit, as whoever means harm would: what is
//! left to refuse them is what they say.

mod build;
mod here;

use std::{
    collections::BTreeMap,
    panic::{AssertUnwindSafe, catch_unwind},
};

use automerge::{Automerge, Change, ChangeHash, LoadOptions, VerificationMode};
use tresse_model::{
    MemberId, NetworkId, read_ballots, read_charter, read_decision, read_meeting, read_network,
    read_notebook, read_page, read_plan,
};
use tresse_sync::{Copy, Incoming, fuzzing};
use tresse_trust::{Membership, Seal, actor_id};

use crate::{
    MIB,
    chunk::{self, CHANGE, DOCUMENT},
    people::{LIFE, key, page},
    reader::{Reader, piece},
};

/// Changes of one message make at most a hundred thousand operations more than they have bytes, each of which takes
/// about two hundred bytes in the document, in the one on which it is tried, and in those that this target makes
/// of it to see whether others would take it.
pub const fn bound(length: usize) -> usize {
    64 * MIB + 256 * length
}

/// What is refused changes nothing. What is taken shows, saves, loads, and would be taken by others.
pub fn run(data: &[u8]) {
    here::with(|here| {
        let mut reader = Reader::new(data);
        let how = reader.byte();
        let copy = &here.copies[usize::from(how & 3)];
        let Some(incoming) = arriving(how >> 2, &mut reader, copy, here.network) else {
            return;
        };
        let mut copy = copy.clone();
        if let Ok(verified) = copy.verify(&incoming, &here.members) {
            copy.take(verified).expect("verified against this copy");
            assert_sound(&copy, here.network, &here.members);
            if matches!(how >> 2 & 3, 0 | 3) {
                assert_taken_singly(&copy, here.network, &here.members);
            }
        }
    });
}

fn arriving(how: u8, reader: &mut Reader<'_>, copy: &Copy, network: NetworkId) -> Option<Incoming> {
    match how & 3 {
        0 => Some(single(reader, copy, network)),
        1 => whole(reader.rest(), network),
        2 => {
            let seals = reader.piece().chunks(145).map(<[u8]>::to_vec).collect();
            Some(fuzzing::whole(reader.rest().to_vec(), Vec::new(), seals))
        }
        _ => Some(build::incoming(reader, copy, network)),
    }
}

/// Everything that is done with a document that was taken.
fn assert_sound(copy: &Copy, network: NetworkId, members: &Membership) {
    let doc = copy.doc();
    drop(doc.hydrate(None));
    drop(read_page(doc, &()));
    drop(read_plan(doc, &()));
    drop(read_charter(doc, &()));
    drop(read_network(doc, &()));
    drop(read_notebook(doc, &()));
    drop(read_meeting(doc, &()));
    drop(read_decision(doc, &()));
    drop(read_ballots(doc, &MemberId::from_bytes([1; 20])));
    drop(tresse_model::changes(doc));
    let options = LoadOptions::new().text_encoding(doc.text_encoding());
    let loaded = Automerge::load_with_options(&doc.save(), options).expect("it loads again");
    assert_eq!(loaded.get_heads(), doc.get_heads());
    let aside: Vec<Vec<u8>> = copy
        .aside()
        .iter()
        .map(|c| c.raw_bytes().to_vec())
        .collect();
    // One row for each chain, with a seal for each of its branches, as the store has it.
    let mut rows: BTreeMap<Vec<u8>, Vec<u8>> = BTreeMap::new();
    for seal in copy.seals() {
        let row = rows.entry(seal.actor().to_vec()).or_default();
        row.extend(seal.bytes());
    }
    let seals: Vec<_> = rows.into_iter().collect();
    let again = Copy::load(network, copy.id(), loaded, &aside, &seals).expect("it loads again");
    assert_eq!(again.heads(), copy.heads());
    assert_eq!(again.prove(members), Ok(()));
    drop(copy.forks(members));
}

/// What came as single changes, others take as single changes too, together with all that was there.
fn assert_taken_singly(copy: &Copy, network: NetworkId, members: &Membership) {
    let raw = |changes: &[Change]| changes.iter().map(|c| c.raw_bytes().to_vec()).collect();
    let seals = copy.seals().map(|seal| seal.bytes().to_vec()).collect();
    let all = fuzzing::changes(raw(&copy.doc().get_changes(&[])), raw(copy.aside()), seals);
    let empty = Automerge::new_with_encoding(copy.doc().text_encoding());
    let mut other = Copy::new(network, copy.id(), empty);
    let verified = other.verify(&all, members);
    other
        .take(verified.expect("taken singly"))
        .expect("verified against this copy");
    assert_eq!(other.heads(), copy.heads());
    assert_eq!(other.doc().get_heads(), copy.doc().get_heads());
}

/// Changes of these bodies. A hash that is 32 times one byte stands for one that is known here or that came before.
fn single(reader: &mut Reader<'_>, copy: &Copy, network: NetworkId) -> Incoming {
    let heads: Vec<[u8; 32]> = copy.heads().iter().map(|head| head.0).collect();
    let mut before: Vec<[u8; 32]> = Vec::new();
    let (mut changes, mut aside, mut seals) = (Vec::new(), Vec::new(), Vec::new());
    while !reader.is_empty() && before.len() < 16 {
        let how = reader.byte();
        let mut body = reader.piece().to_vec();
        for place in chunk::dependencies(&body) {
            let hash = &mut body[place..place + 32];
            if let Some(meant) = meant(hash, &heads, &before) {
                hash.copy_from_slice(&meant);
            }
        }
        let (bytes, hash) = chunk::chunk(CHANGE, &body);
        if let Some((actor, seq)) = chunk::writer(&body) {
            seals.extend(sealed(network, &actor, seq, hash));
        }
        before.push(hash);
        if how & 1 == 0 {
            changes.push(bytes);
        } else {
            aside.push(bytes);
        }
    }
    fuzzing::changes(changes, aside, seals)
}

const HEAD_HERE: u8 = 0xe0;
const SENT_BEFORE: u8 = 0xc0;

fn meant(hash: &[u8], heads: &[[u8; 32]], before: &[[u8; 32]]) -> Option<[u8; 32]> {
    let which = hash[0];
    if hash.iter().any(|byte| *byte != which) {
        return None;
    }
    let (from, at) = match which {
        HEAD_HERE.. => (heads, which - HEAD_HERE),
        SENT_BEFORE.. => (before, which - SENT_BEFORE),
        _ => return None,
    };
    from.get(usize::from(at)).copied()
}

/// The seal of the member who writes under this actor.
fn sealed(network: NetworkId, actor: &[u8], seq: u64, tip: [u8; 32]) -> Option<Vec<u8>> {
    let key = (1..=5)
        .map(key)
        .find(|key| actor_id(&network, &key.id(), &page(), LIFE)[..] == *actor)?;
    let seal = Seal::sign(&key, &network, &page(), LIFE, seq, tip);
    Some(seal.bytes().to_vec())
}

/// A saved document of this body, with the heads it should have, if it has any.
fn whole(body: &[u8], network: NetworkId) -> Option<Incoming> {
    let (bytes, _) = chunk::chunk(DOCUMENT, body);
    let read = catch_unwind(AssertUnwindSafe(|| {
        let options = LoadOptions::new()
            .text_encoding(automerge::TextEncoding::UnicodeCodePoint)
            .verification_mode(VerificationMode::DontCheck);
        let doc = Automerge::load_with_options(&bytes, options).ok()?;
        Some((doc.get_heads(), doc.get_changes(&[])))
    }));
    let (heads, changes) = read.ok()??;
    let seals = changes.iter().filter_map(|change| seal_of(change, network));
    let heads: Vec<[u8; 32]> = heads.iter().map(|ChangeHash(head)| *head).collect();
    let (saved, _) = chunk::chunk(DOCUMENT, &chunk::with_heads(body, &heads)?);
    Some(fuzzing::whole(saved, Vec::new(), seals.collect()))
}

fn seal_of(change: &Change, network: NetworkId) -> Option<Vec<u8>> {
    let actor = change.actor_id().to_bytes();
    sealed(network, actor, change.seq(), change.hash().0)
}

/// Honest changes, honest documents, and recipes.
pub fn seeds() -> Vec<Vec<u8>> {
    let mut seeds = build::seeds();
    here::with(|here| {
        for (from, to) in [(1, 2), (1, 3), (2, 3), (0, 1), (0, 2)] {
            let (here, there) = (&here.copies[from], &here.copies[to]);
            seeds.push(single_seed(from as u8, here, there));
        }
        for (to, there) in here.copies.iter().enumerate().skip(1) {
            for (from, _) in here.copies.iter().enumerate() {
                let saved = there.doc().save();
                seeds.push([&[4 | from as u8], chunk::body(&saved)].concat());
                if from != to {
                    let plain = there.doc().save_nocompress();
                    seeds.push([&[4 | from as u8], chunk::body(&plain)].concat());
                }
            }
            let seals: Vec<u8> = there.seals().flat_map(Seal::bytes).collect();
            seeds.push([&[8], &piece(&seals)[..], &there.doc().save()].concat());
        }
    });
    for seed in &seeds {
        assert!(is_taken(seed), "{:?}", &seed[..seed.len().min(40)]);
    }
    seeds
}

/// Whether there is something in it, and it is not refused.
fn is_taken(seed: &[u8]) -> bool {
    here::with(|here| {
        let mut reader = Reader::new(seed);
        let how = reader.byte();
        let copy = &here.copies[usize::from(how & 3)];
        let incoming = arriving(how >> 2, &mut reader, copy, here.network);
        let verified = incoming.map(|incoming| copy.verify(&incoming, &here.members));
        verified.is_some_and(|verified| verified.is_ok())
    })
}

/// What is there and not here, one by one.
fn single_seed(how: u8, here: &Copy, there: &Copy) -> Vec<u8> {
    let heads: Vec<[u8; 32]> = here.heads().iter().map(|head| head.0).collect();
    let mut before: Vec<[u8; 32]> = Vec::new();
    let mut seed = vec![how];
    let shown = there.doc().get_changes(&[]);
    for (aside, change) in shown
        .iter()
        .map(|change| (0, change))
        .chain(there.aside().iter().map(|change| (1, change)))
    {
        if here.knows(&change.hash()) {
            continue;
        }
        let mut body = chunk::body(change.raw_bytes()).to_vec();
        for place in chunk::dependencies(&body) {
            let hash = &mut body[place..place + 32];
            let known = |all: &[[u8; 32]]| all.iter().position(|other| other == hash);
            let word = known(&before)
                .map(|at| SENT_BEFORE + at as u8)
                .or_else(|| known(&heads).map(|at| HEAD_HERE + at as u8));
            if let Some(word) = word {
                hash.fill(word);
            }
        }
        before.push(change.hash().0);
        seed.push(aside);
        seed.extend(piece(&body));
    }
    seed
}
