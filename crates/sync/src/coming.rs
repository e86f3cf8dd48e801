//! Documents that came together and wait for their turn: what can be found out about each before.
//!
//! What is given to [`crate::Host::apply`] is checked then, one document after the other, since each may change what counts for the
//! next. But a first meeting brings hundreds of documents of which nothing is known here, several in a frame, and most of the checking
//! of one has nothing to do with another. So a session shows its host a few of them before ([`crate::Host::ahead`]), and a host that
//! has several processors lets each do a part ([`Coming::parts`]).
//!
//! Nothing is believed that way that would not be believed in turn: the result is one that only [`Copy::verify`] makes, it stays with the
//! bytes that it is of, and it is used only for a copy and a membership equal to those it was found for. Else it is as if it had not been
//! done.

use std::sync::Arc;

use tresse_model::{DocId, NetworkId};
use tresse_trust::{Membership, prove};

use crate::{Copy, DocRefusal, Heads, Incoming, Verified};

/// What came of one document, and waits for its turn.
#[derive(Debug)]
pub struct Coming {
    network: NetworkId,
    doc: DocId,
    /// What the peer has everything up to.
    pub(crate) heads: Heads,
    pub(crate) incoming: Incoming,
    /// Whether it is of a network that is shared: nothing is done for others.
    shared: bool,
}

/// What was found of a document before its turn.
#[derive(Debug)]
pub(crate) struct Early {
    heads: Heads,
    members: Arc<Membership>,
    found: Result<Verified, DocRefusal>,
}

impl Coming {
    pub(crate) const fn new(
        network: NetworkId,
        doc: DocId,
        heads: Heads,
        incoming: Incoming,
        shared: bool,
    ) -> Self {
        Self {
            network,
            doc,
            heads,
            incoming,
            shared,
        }
    }

    /// Of which network.
    pub const fn network(&self) -> NetworkId {
        self.network
    }

    /// Which document.
    pub const fn doc(&self) -> DocId {
        self.doc
    }

    /// How many bytes it has, which tells roughly how long it takes.
    pub fn size(&self) -> usize {
        self.incoming.size()
    }

    /// Checks the signatures of all their seals together, which takes less than each by itself. What is not sound is found in its turn.
    pub fn prove(coming: &mut [Self]) {
        for one in coming.iter_mut().filter(|one| one.shared) {
            let (network, doc) = (one.network, one.doc);
            let read = one.incoming.read_seals(&network, &doc);
            one.incoming.read = read.ok().map(|read| (network, doc, read.into_owned()));
        }
        let read = coming
            .iter_mut()
            .filter_map(|one| one.incoming.read.as_mut());
        prove(read.flat_map(|(_, _, read)| read));
    }

    /// Finds out now what [`Copy::verify_in_turn`] will be asked, for a document of which nothing but its beginning is known here: `here`.
    /// Does nothing for others, whose turn may find them changed.
    ///
    /// Tells how many bytes what was found takes in memory, about, until its turn: much may unfold from few bytes, so a host goes on
    /// until that is enough for it, not for as long as something came.
    pub fn check(&mut self, here: &Copy, members: &Arc<Membership>) -> u64 {
        if !self.shared || here.id() != self.doc || !here.is_untouched() {
            return 0;
        }
        let found = here.verify(&self.incoming, members);
        let weight = found.as_ref().map_or(0, Verified::unfolded);
        self.incoming.early = Some(Box::new(Early {
            heads: here.heads(),
            members: Arc::clone(members),
            found,
        }));
        weight
    }

    /// Parts of about the same size, at most so many.
    pub fn parts(mut coming: &mut [Self], most: usize) -> Vec<&mut [Self]> {
        let mut parts = Vec::new();
        for left in (1..=most).rev() {
            let all: usize = coming.iter().map(Self::size).sum();
            let (mut size, share) = (0, all.div_ceil(left));
            let fits = coming.iter().take_while(|one| {
                let before = size;
                size += one.size();
                before == 0 || usize::midpoint(before, size) < share
            });
            let (part, rest) = coming.split_at_mut(fits.count());
            if !part.is_empty() {
                parts.push(part);
            }
            coming = rest;
        }
        parts
    }
}

impl Early {
    /// What was found, if it is still so for this copy and these members.
    pub(crate) fn still(
        self,
        here: &Copy,
        members: &Arc<Membership>,
    ) -> Option<Result<Verified, DocRefusal>> {
        let same = here.is_untouched()
            && here.heads() == self.heads
            && (Arc::ptr_eq(members, &self.members) || **members == *self.members);
        same.then_some(self.found)
    }
}

#[cfg(test)]
mod tests {
    use automerge::{ActorId, ROOT, transaction::Transactable};
    use tresse_model::{DocKind, genesis};
    use tresse_trust::{ActSet, DeviceKey, Incarnation, actor_id, evaluate};

    use super::*;
    use crate::wire::{Body, Bytes};

    const LIFE: Incarnation = Incarnation(1);

    fn key() -> DeviceKey {
        DeviceKey::from_seed([1; 32])
    }

    /// A network of one, and some of its pages as they are sent, sealed.
    fn pages(count: u8) -> (NetworkId, Arc<Membership>, Vec<Coming>) {
        let acts = ActSet::found(&key(), 1, "Ana", [7; 16]).unwrap();
        let network = acts.network();
        let page = |number: u8| {
            let id = DocId::page([number; 16]);
            let mut copy = Copy::new(network, id, genesis(DocKind::Page));
            let actor = actor_id(&network, &key().id(), &id, LIFE);
            copy.edit().set_actor(ActorId::from(&actor[..]));
            let mut transaction = copy.edit().transaction();
            transaction
                .put(ROOT, "k", "a".repeat(usize::from(number) * 40))
                .unwrap();
            transaction.commit();
            let change = copy.doc().get_last_local_change().unwrap();
            copy.edited(&change);
            copy.seal(&key(), LIFE);
            let seals = copy.seals().map(|seal| Bytes(seal.bytes().to_vec()));
            let incoming = Incoming::new(
                Body::Whole(Bytes(copy.doc().save())),
                Vec::new(),
                seals.collect(),
            );
            Coming::new(network, id, copy.heads(), incoming, true)
        };
        (
            network,
            Arc::new(evaluate(&acts)),
            (1..=count).map(page).collect(),
        )
    }

    fn nothing_of(coming: &Coming) -> Copy {
        Copy::new(coming.network, coming.doc, genesis(DocKind::Page))
    }

    #[test]
    fn what_was_checked_before_its_turn_is_taken_as_it_would_be_in_turn() {
        let (_, members, mut coming) = pages(3);
        Coming::prove(&mut coming);
        for mut one in coming {
            let mut here = nothing_of(&one);
            let sent = one.size() as u64;
            let weight = one.check(&here, &members);
            assert!(one.incoming.early.is_some());
            assert!((1..sent).contains(&weight), "{weight} of {sent}");
            let verified = here.verify_in_turn(one.incoming, &members).unwrap();
            here.take(verified).unwrap();
            assert_eq!(here.heads(), one.heads);
        }
    }

    #[test]
    fn of_what_repeats_itself_the_weight_is_that_of_all_of_it() {
        let (_, members, mut coming) = pages(100);
        // The last holds one letter four thousand times, which is sent in a few bytes.
        let mut last = coming.pop().unwrap();
        assert!(last.size() < 1_000, "{}", last.size());
        assert!(last.check(&nothing_of(&last), &members) > 4_000);
    }

    #[test]
    fn what_was_checked_for_other_members_or_another_state_is_checked_anew() {
        let (_, members, mut coming) = pages(2);
        let strangers = ActSet::found(&DeviceKey::from_seed([2; 32]), 1, "Bo", [8; 16]).unwrap();
        let strangers = Arc::new(evaluate(&strangers));
        let mut second = coming.pop().unwrap();
        let mut first = coming.pop().unwrap();
        let here = nothing_of(&first);
        first.check(&here, &members);
        let refused = here.verify_in_turn(first.incoming, &strangers).map(drop);
        assert_eq!(refused, Err(DocRefusal::NotAllowed));
        // And the other way round: a refusal by acts that were not all does not stand.
        let here = nothing_of(&second);
        second.check(&here, &strangers);
        assert!(here.verify_in_turn(second.incoming, &members).is_ok());
    }

    #[test]
    fn nothing_is_checked_before_its_turn_for_a_copy_of_something_else_or_a_network_that_is_not_shared()
     {
        let (_, members, mut coming) = pages(2);
        let elsewhere = nothing_of(&coming[1]);
        assert_eq!(coming[0].check(&elsewhere, &members), 0);
        assert!(coming[0].incoming.early.is_none());
        coming[1].shared = false;
        assert_eq!(coming[1].check(&elsewhere, &members), 0);
        assert!(coming[1].incoming.early.is_none());
    }

    #[test]
    fn an_altered_document_is_refused_before_its_turn_as_in_turn() {
        let (_, members, mut coming) = pages(1);
        coming[0].incoming.seals[0][100] ^= 1;
        Coming::prove(&mut coming);
        let here = nothing_of(&coming[0]);
        coming[0].check(&here, &members);
        let one = coming.pop().unwrap();
        let refused = here.verify_in_turn(one.incoming, &members).map(drop);
        assert_eq!(refused, Err(DocRefusal::Unsealed));
    }

    #[test]
    fn parts_hold_everything_in_order_and_no_more_of_them_than_asked_for() {
        for count in 0..9 {
            for most in 1..5 {
                let (_, _, mut coming) = pages(count);
                let all: Vec<DocId> = coming.iter().map(Coming::doc).collect();
                let parts = Coming::parts(&mut coming, most);
                assert!(parts.len() <= most);
                assert!(parts.iter().all(|part| !part.is_empty()));
                let docs = parts.iter().flat_map(|part| part.iter().map(Coming::doc));
                assert_eq!(docs.collect::<Vec<_>>(), all);
            }
        }
    }
}
