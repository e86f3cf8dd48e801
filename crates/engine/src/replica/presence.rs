//! What a replica knows that words of presence need: secrets, members, places in texts.

use std::collections::BTreeMap;

use tresse_model::{Caret, DocId, DocKind, MemberId, NetworkId};
use tresse_sync::{
    Company, Heard, Order, PresenceRefusal, SALT, Said, Selection, Spot, presence_topic,
    seal_presence,
};

use super::{Replica, Write, meta};
use crate::{CaretView, CommandError, Moment, PersonHere, Place, SpotView};

impl Replica {
    /// A number greater than at any start of this profile before, as far as it remembers.
    pub(crate) fn presence_run(&mut self, moment: &Moment) -> Result<u64, CommandError> {
        let before = self.store.meta(meta::PRESENCE_RUN)?;
        let before = before.and_then(|bytes| bytes.try_into().ok());
        let before = before.map_or(0, u64::from_be_bytes);
        // A profile that was put back from a backup remembers too little: the clock makes up for it.
        let run = moment.unsigned().max(before.saturating_add(1));
        self.pending
            .push(Write::meta(meta::PRESENCE_RUN, &run.to_be_bytes()));
        Ok(run)
    }

    /// The name under which words of presence in this network are passed on.
    pub(crate) fn presence_topic(&self, network: &NetworkId) -> Option<[u8; 32]> {
        let here = self.networks.get(network)?;
        // Who was put out says nothing more, and asks for nothing.
        let mine = here.membership.is_member_device(&self.device());
        mine.then(|| presence_topic(&here.secret, network))
    }

    /// A word of this device, ready to be passed on.
    pub(crate) fn seal_presence(
        &self,
        network: &NetworkId,
        order: Order,
        said: Said,
        moment: &Moment,
    ) -> Option<Vec<u8>> {
        let secret = &self.networks.get(network)?.secret;
        let salt = moment.random::<SALT>();
        Some(seal_presence(secret, network, &self.key, order, said, salt))
    }

    /// Takes a word that was passed on; `None` where there is no such network.
    pub(crate) fn hear_presence(
        &self,
        network: &NetworkId,
        company: &mut Company,
        word: &[u8],
        now: u64,
    ) -> Option<Result<Heard, PresenceRefusal>> {
        let here = self.networks.get(network)?;
        let (of, me) = ((network, &here.secret), self.device());
        Some(company.hear(word, of, &here.membership, &me, now))
    }

    /// Forgets who is no member any more.
    pub(crate) fn keep_members(&self, network: &NetworkId, company: &mut Company) -> bool {
        let here = self.networks.get(network);
        here.is_some_and(|here| company.keep_members(&here.membership))
    }

    /// A place of the editor's text, as others find it.
    pub(crate) fn selection(
        &mut self,
        network: &NetworkId,
        doc: &DocId,
        place: Place,
    ) -> Option<Selection> {
        let session = self.text_session(network, doc).ok()?;
        let head = session.place(place.base, place.head)?;
        let tail = session.place(place.base, place.tail)?;
        let document = self.document(network, doc).ok()?;
        Some(Selection {
            head: Caret::at(document, head)?,
            tail: Caret::at(document, tail)?,
        })
    }

    /// The persons behind the devices that are here, by name, without this one.
    pub(crate) fn people_here(
        &mut self,
        network: &NetworkId,
        company: &Company,
    ) -> Vec<PersonHere> {
        let me = self.me_in(network).ok();
        let mut people: BTreeMap<MemberId, PersonHere> = BTreeMap::new();
        for here in company.here() {
            let (Some(member), name) = self.device_owner(network, &here.device) else {
                continue;
            };
            if Some(member) == me {
                continue;
            }
            let spot = here.spot.map(|spot| SpotView {
                device: here.device,
                doc: spot.doc,
                caret: self.caret_view(network, &spot),
            });
            let person = people.entry(member).or_insert_with(|| PersonHere {
                member,
                name,
                spots: Vec::new(),
            });
            person.spots.extend(spot);
        }
        let mut people: Vec<_> = people.into_values().collect();
        people.sort_by_cached_key(|person| (person.name.to_lowercase(), person.member));
        people
    }

    /// Where somebody writes, in a text that is open here.
    fn caret_view(&mut self, network: &NetworkId, spot: &Spot) -> Option<CaretView> {
        let selection = spot.selection?;
        let charter = spot.doc == DocId::singleton(network, DocKind::Charter);
        if !charter && !self.networks.get(network)?.open.contains(&spot.doc) {
            return None;
        }
        let version = self.text_session(network, &spot.doc).ok()?.version();
        let document = self.document(network, &spot.doc).ok()?;
        Some(CaretView {
            head: selection.head.index(document)?,
            tail: selection.tail.index(document)?,
            version,
        })
    }
}
