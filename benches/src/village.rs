//! A network of several persons with many pages, each written by all of them, now by turns and now at once.

use std::{collections::BTreeMap, path::Path};

use automerge::ActorId;
use rand::Rng;
use rand_chacha::{ChaCha8Rng, rand_core::SeedableRng};
use tresse_engine::{Engine, Protection};
use tresse_model::{DocId, DocKind, Edit, NetworkId, Splice, body_text, genesis};
use tresse_sync::Copy;
use tresse_trust::{
    ActSet, Body, Consent, DeviceKey, Incarnation, InviteSecret, actor_id, evaluate, member_id,
};

use crate::{
    Anyhow,
    profile::{self, Written},
};

const LIFE: Incarnation = Incarnation(1);
/// How many changes somebody makes before somebody else does.
const TURN: usize = 5;

/// Who is in the network, and its pages, sealed.
pub(crate) struct Village {
    pub(crate) devices: Vec<DeviceKey>,
    pub(crate) acts: ActSet,
    pub(crate) copies: Vec<Copy>,
}

/// How much of it there is.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Size {
    pub(crate) documents: usize,
    /// In all documents together.
    pub(crate) changes: usize,
    pub(crate) devices: usize,
}

impl Village {
    /// Makes it, and the same one for the same seed.
    pub(crate) fn new(size: Size, seed: u64) -> Anyhow<Self> {
        let devices: Vec<DeviceKey> = (0..size.devices)
            .map(|number| DeviceKey::from_seed(seed_of(number)))
            .collect();
        let acts = members(&devices)?;
        let mut chance = ChaCha8Rng::seed_from_u64(seed);
        let each = size.changes / size.documents.max(1);
        let copies: Result<Vec<Copy>, _> = (0..size.documents)
            .map(|_| page(acts.network(), &devices, each, &mut chance))
            .collect();
        Ok(Self {
            devices,
            acts,
            copies: copies?,
        })
    }

    /// Makes the profile of one of its persons, with all of it.
    pub(crate) fn move_in(&self, profile: &Path, number: usize) -> Anyhow<()> {
        Engine::init(
            profile,
            &format!("person {number}"),
            "fr",
            &Protection::Open,
        )?;
        let mut store = profile::open(profile)?;
        store.set_meta("device.seed", &seed_of(number))?;
        profile::put_acts(&mut store, &self.acts)?;
        let network = self.acts.network();
        profile::put(
            &mut store,
            network,
            &self.copies,
            &mut Written::new(network),
        )
    }

    /// The bytes of every page, as they are sent.
    pub(crate) fn saved(&self) -> BTreeMap<DocId, Vec<u8>> {
        let saved = self.copies.iter();
        saved.map(|copy| (copy.id(), copy.doc().save())).collect()
    }

    /// Puts lists into lists on the first page, as no honest program does, sealed.
    #[cfg(test)]
    pub(crate) fn lay_deep(&mut self, levels: usize) -> Anyhow<()> {
        use automerge::{ObjType, ROOT, transaction::Transactable};
        let network = self.acts.network();
        let (copy, by) = (&mut self.copies[0], &self.devices[0]);
        let actor = actor_id(&network, &by.id(), &copy.id(), LIFE);
        copy.edit().set_actor(ActorId::from(&actor[..]));
        let mut transaction = copy.edit().transaction();
        let mut within = transaction.put_object(ROOT, "deep", ObjType::List)?;
        for _ in 1..levels {
            within = transaction.insert_object(&within, 0, ObjType::List)?;
        }
        transaction.commit();
        if let Some(change) = copy.doc().get_last_local_change() {
            copy.edited(&change);
        }
        copy.seal(by, LIFE);
        Ok(())
    }

    /// How many chains of changes there are.
    pub(crate) fn chains(&self) -> usize {
        self.copies.iter().map(|copy| copy.seals().count()).sum()
    }
}

fn seed_of(number: usize) -> [u8; 32] {
    [1 + number as u8; 32]
}

/// The first invites, and lets all others in.
pub(crate) fn members(devices: &[DeviceKey]) -> Anyhow<ActSet> {
    let (first, others) = devices.split_first().ok_or("nobody is in this network")?;
    let mut acts = ActSet::found(first, 1, "person 0", [7; 16])?;
    let ticket = InviteSecret::from_seed([7; 32]);
    let invite = Body::Invite {
        invite: ticket.key(),
        uses: others.len() as u32,
        expires_ms: 1_000,
    };
    acts.insert(acts.sign(&evaluate(&acts), first, 2, &invite)?)?;
    for (number, other) in others.iter().enumerate() {
        let member = member_id(&other.id());
        let name = format!("person {}", number + 1);
        let consent = Consent::sign(acts.network(), &ticket, other, member, &name);
        let admit = Body::Admit { consent };
        acts.insert(acts.sign(&evaluate(&acts), first, 3, &admit)?)?;
    }
    Ok(acts)
}

/// A page of so many changes. Every third turn two people write at once.
fn page(
    network: NetworkId,
    devices: &[DeviceKey],
    changes: usize,
    chance: &mut ChaCha8Rng,
) -> Anyhow<Copy> {
    let id = DocId::page(chance.random());
    let mut copy = Copy::new(network, id, genesis(DocKind::Page));
    let mut left = changes;
    let mut turn = 0;
    while left > 0 {
        let now = TURN.min(left);
        let author = &devices[turn % devices.len()];
        let meanwhile = copy.doc().fork();
        write(network, &mut copy, author, now, chance)?;
        left -= now;
        turn += 1;
        if turn % 3 == 0 && left > 0 && devices.len() > 1 {
            let now = TURN.min(left);
            let other = &devices[turn % devices.len()];
            let mut apart = Copy::new(network, id, meanwhile);
            write(network, &mut apart, other, now, chance)?;
            copy.edit().merge(apart.edit())?;
            if let Some(change) = apart.doc().get_last_local_change() {
                copy.edited(&change);
            }
            copy.seal(other, LIFE);
            left -= now;
            turn += 1;
        }
    }
    Ok(copy)
}

/// Somebody puts in so many words, one change each, and seals them.
fn write(
    network: NetworkId,
    copy: &mut Copy,
    by: &DeviceKey,
    changes: usize,
    chance: &mut ChaCha8Rng,
) -> Anyhow<()> {
    let actor = actor_id(&network, &by.id(), &copy.id(), LIFE);
    copy.edit().set_actor(ActorId::from(&actor[..]));
    let length = body_text(copy.doc()).chars().count();
    let mut at = chance.random_range(0..=length);
    for _ in 0..changes {
        let insert: String = (0..chance.random_range(2..9))
            .map(|_| char::from(chance.random_range(b'a'..=b'z')))
            .chain([' '])
            .collect();
        let splice = Splice {
            at,
            delete: 0,
            insert,
        };
        at += splice.insert.len();
        let edit = Edit::SpliceText {
            splices: vec![splice],
        };
        tresse_model::apply(copy.edit(), &edit, 1)?;
        if let Some(change) = copy.doc().get_last_local_change() {
            copy.edited(&change);
        }
    }
    copy.seal(by, LIFE);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_village_is_as_large_as_was_asked_and_everything_in_it_is_proved() {
        let size = Size {
            documents: 3,
            changes: 600,
            devices: 4,
        };
        let village = Village::new(size, 1).unwrap();
        assert_eq!(village.chains(), 12);
        let members = evaluate(&village.acts);
        for copy in &village.copies {
            // And the beginning of every page.
            assert_eq!(copy.doc().get_changes(&[]).len(), 201);
            assert_eq!(copy.prove(&members), Ok(()));
        }
    }
}
