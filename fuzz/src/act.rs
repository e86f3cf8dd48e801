//! Acts: what is said about who is in a network.
//!
//! The first byte says what the rest is: an envelope as it stands; its content, to be signed by the device
//! it should name; or a few acts in a row, each with any kind and body and after any of the others, which
//! then say who is in.

use serde::Serialize;
use tresse_model::{Adopting, NetworkId};
use tresse_trust::{
    ActId, ActSet, Body, Closing, Cut, Cuts, DeviceKey, InviteSecret, LinkConsent, MAX_ACT_BYTES,
    Membership, Outcome, Rules, Signature, Successor, VerifiedAct, actor_id, evaluate, member_id,
};

use crate::{
    MIB,
    people::{LIFE, NOW, acts, consent, key, say},
    reader::{Reader, piece},
};

/// An act has at most 1 MiB, or 16 KiB if it carries no cuts. It is copied a few times, and a list in it begins
/// with as much room as it claims, up to the rest of the bytes. What follows from a network of forty acts takes less than the
/// mebibyte, twice.
pub const fn bound(length: usize) -> usize {
    MIB + 24 * length
}

/// What is read keeps its bytes and name; and whatever signed acts say, evaluating them ends, in
/// the same membership for the same set.
pub fn run(data: &[u8]) {
    let mut reader = Reader::new(data);
    match reader.byte() {
        0 => drop(read(reader.rest())),
        1 => drop(read(&signed(&key(1), reader.rest().to_vec()))),
        _ => several(&mut reader),
    }
}

thread_local! {
    /// Where acts in a row begin, and who is in there.
    static BEGINNING: (ActSet, Membership) = {
        let acts = acts();
        let members = evaluate(&acts);
        (acts, members)
    };
}

fn several(reader: &mut Reader<'_>) {
    let (mut set, before) = BEGINNING.with(Clone::clone);
    let (network, begun) = (set.network(), set.len());
    let mut named: Vec<ActId> = set.ids().copied().collect();
    while !reader.is_empty() && set.len() < 32 {
        let by = key(reader.byte() % 9);
        let mut after: Vec<ActId> = reader
            .piece()
            .iter()
            .map(|which| pick(&named, *which))
            .collect();
        after.sort_unstable();
        after.dedup();
        let (kind, at_ms) = (u16::from(reader.byte()), reader.number());
        let body = reader.piece().to_vec();
        let content = content(network, after, at_ms, &by, kind, body);
        let Some(act) = read(&signed(&by, content)) else {
            continue;
        };
        named.push(act.id());
        let new = !set.contains(&act.id());
        assert_eq!(set.insert(act), Ok(new));
    }
    let members = evaluate(&set);
    assert_eq!(members, evaluate(&set.clone()));
    if set.len() == begun {
        assert_eq!(members, before);
    }
    for member in members.members() {
        drop(members.ready_to_complete(&member.id));
    }
    for act in set.iter() {
        if let Err(refusal) = members.may(&act.act().device, &act.act().body) {
            drop(refusal.to_string());
        }
    }
}

fn pick(named: &[ActId], which: u8) -> ActId {
    let known = named.get(usize::from(which)).copied();
    known.unwrap_or(ActId::from_bytes([which; 32]))
}

/// The act in these bytes, if there is one.
fn read(bytes: &[u8]) -> Option<VerifiedAct> {
    let act = VerifiedAct::decode(bytes).ok()?;
    assert!(bytes.len() <= MAX_ACT_BYTES);
    assert_eq!(act.bytes(), bytes);
    assert_eq!(VerifiedAct::decode(act.bytes()).as_ref(), Ok(&act));
    Some(act)
}

/// The content of an act, as it is written.
fn content(
    network: NetworkId,
    after: Vec<ActId>,
    at_ms: u64,
    by: &DeviceKey,
    kind: u16,
    body: Vec<u8>,
) -> Vec<u8> {
    let device = *by.id().as_bytes();
    encode(&(network.as_bytes(), after, at_ms, device, kind, body))
}

/// The envelope around a content, signed.
fn signed(by: &DeviceKey, content: Vec<u8>) -> Vec<u8> {
    let signature: Signature = by.sign("tresse 2026 act", &content);
    encode(&(1_u8, content, signature))
}

fn encode(value: &impl Serialize) -> Vec<u8> {
    postcard::to_allocvec(value).expect("plain data")
}

/// The acts of a network as they are; their contents; and what their authors said, once more.
pub fn seeds() -> Vec<Vec<u8>> {
    let set = acts();
    let mut seeds = Vec::new();
    for act in set.iter() {
        seeds.push([&[0], act.bytes()].concat());
        let (_, content, _): (u8, Vec<u8>, Signature) =
            postcard::from_bytes(act.bytes()).expect("an envelope");
        if act.act().device == key(1).id() {
            assert_eq!(signed(&key(1), content.clone()), act.bytes());
            seeds.push([&[1], &content[..]].concat());
        }
    }
    seeds.push(conversation(&set));
    seeds
}

/// Acts of every kind in a row, each after all that stands before it.
fn conversation(set: &ActSet) -> Vec<u8> {
    let mut all = set.clone();
    let mut named: Vec<ActId> = set.ids().copied().collect();
    let mut seed = vec![2];
    for (by, body) in bodies(set) {
        say(&mut all, by, &body);
        let new = all.iter().find(|act| !named.contains(&act.id()));
        let act = new.expect("just said");
        let (_, content, _): (u8, Vec<u8>, Signature) =
            postcard::from_bytes(act.bytes()).expect("an envelope");
        let said: ([u8; 20], Vec<ActId>, u64, [u8; 32], u16, Vec<u8>) =
            postcard::from_bytes(&content).expect("a content");
        let place = |id: &ActId| named.iter().position(|named| named == id);
        let places: Vec<u8> = said.1.iter().filter_map(place).map(|at| at as u8).collect();
        assert_eq!(places.len(), said.1.len());
        seed.push(by);
        seed.extend(piece(&places));
        seed.push(said.4 as u8);
        seed.extend(NOW.to_le_bytes());
        seed.extend(piece(&said.5));
        named.push(act.id());
    }
    assert!(evaluate(&all).invalid().is_empty());
    seed
}

/// One act of each kind but the founding one, and by whose device.
fn bodies(set: &ActSet) -> Vec<(u8, Body)> {
    let network = set.network();
    let members = evaluate(set);
    let member = |seed: u8| member_id(&key(seed).id());
    let stay = |seed: u8| members.member(&member(seed)).map(|member| member.act);
    let stays = [stay(3), stay(4)].map(|stay| stay.expect("a member"));
    let founding = set.iter().find(|act| act.act().after.is_empty());
    let founding = founding.expect("the founding act").id();
    let cut = Cut {
        doc: crate::people::page(),
        actor: actor_id(&network, &key(3).id(), &crate::people::page(), LIFE),
        seq: 4,
        hash: [6; 32],
    };
    let cuts = Cuts::new(vec![cut]).expect("one cut");
    let consent_of =
        |person: u8, device: u8| LinkConsent::sign(network, member(person), &key(device));
    vec![
        (
            1,
            Body::Invite {
                invite: InviteSecret::from_seed([8; 32]).key(),
                uses: 2,
                expires_ms: NOW,
            },
        ),
        (
            1,
            Body::RevokeInvite {
                invite: InviteSecret::from_seed([8; 32]).key(),
            },
        ),
        (
            1,
            Body::Admit {
                consent: consent(network, 6),
            },
        ),
        (
            1,
            Body::Link {
                consent: consent_of(1, 7),
            },
        ),
        (
            1,
            Body::Revoke {
                device: key(7).id(),
                cuts: cuts.clone(),
            },
        ),
        (
            1,
            Body::Remove {
                member: member(3),
                stay: stays[0],
                cuts: cuts.clone(),
            },
        ),
        (
            2,
            Body::Readmit {
                member: member(4),
                stay: stays[1],
                consent: consent_of(4, 8),
                cuts: cuts.clone(),
            },
        ),
        (
            1,
            Body::Mandate {
                role: "pilot".to_owned(),
                holder: member(2),
                from_ms: 1,
                to_ms: Some(9),
            },
        ),
        (
            1,
            Body::ChangeRules {
                base: founding,
                rules: Rules::default(),
            },
        ),
        (
            1,
            Body::Close {
                base: founding,
                closing: Closing {
                    outcome: Outcome::MergedInto(Successor {
                        name: "Ensemble".to_owned(),
                        network: Some(network),
                    }),
                    words: "Merci.".to_owned(),
                    decision: Some(crate::people::page()),
                },
            },
        ),
        (
            2,
            Body::Reopen {
                base: founding,
                words: "Encore.".to_owned(),
            },
        ),
        (1, Body::Withdraw { consent: founding }),
        (
            1,
            Body::Decided {
                document: crate::people::page(),
                about: Adopting::new([1; 16], [2; 16], vec![[1; 32]]).expect("one head"),
            },
        ),
        (6, Body::Leave { cuts }),
        (
            1,
            Body::Unknown {
                kind: 200,
                bytes: vec![1, 2, 3],
            },
        ),
    ]
}
