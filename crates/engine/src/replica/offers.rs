//! What this machine remembers of the device tickets that it made: its *offers*.
//!
//! One for a further machine of one's own serves ten minutes and is forgotten when the program ends; one for a
//! person who comes back serves a week and is stored. Each serves one device, for a few tries: whoever wants to
//! guess the code that is compared gets no more.

use serde::{Deserialize, Serialize};
use tresse_model::{DeviceId, MemberId, NetworkId};
use tresse_sync::LinkRefusal;
use tresse_trust::{InviteKey, Purpose};

/// How long a ticket for a further machine of one's own serves.
const LINK_MS: u64 = 10 * 60 * 1000;
/// How long a ticket for somebody who comes back serves.
const RETURN_MS: u64 = 7 * 24 * 3600 * 1000;
/// How often two persons may begin to compare with one ticket.
const TRIES: u8 = 5;
/// How many offers are remembered.
const MOST: usize = 64;

/// The device tickets made here.
#[derive(Debug, Default)]
pub(super) struct Offers {
    list: Vec<Offer>,
    /// What this profile's one linking at a time is about now.
    under_way: Option<UnderWay>,
}

/// What the two persons are at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum UnderWay {
    /// This machine takes another's ticket.
    Taking,
    /// That device came with that ticket.
    Giving(InviteKey, DeviceId),
}

/// One ticket made here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Offer {
    pub(super) ticket: InviteKey,
    pub(super) purpose: Purpose,
    pub(super) expires_ms: u64,
    /// Whose device it makes one, where.
    pub(super) networks: Vec<(NetworkId, MemberId)>,
    /// Which device it serves, once one came.
    device: Option<DeviceId>,
    tries: u8,
    /// Both persons confirmed: from then on it serves that device, past its time too.
    confirmed: bool,
    /// The device is in.
    done: bool,
    closed: Option<LinkRefusal>,
}

impl Offers {
    /// Reads what was stored.
    pub(super) fn read(bytes: &[u8]) -> Result<Self, serde_json::Error> {
        Ok(Self {
            list: serde_json::from_slice(bytes)?,
            under_way: None,
        })
    }

    /// What is to be stored.
    pub(super) fn to_store(&self) -> Result<Vec<u8>, serde_json::Error> {
        let lasting = self.list.iter();
        let lasting: Vec<_> = lasting
            .filter(|one| one.purpose == Purpose::Return)
            .collect();
        serde_json::to_vec(&lasting)
    }

    /// Remembers a new ticket; answers when it ends.
    pub(super) fn add(
        &mut self,
        ticket: InviteKey,
        purpose: Purpose,
        networks: Vec<(NetworkId, MemberId)>,
        now_ms: u64,
    ) -> u64 {
        let expires_ms = match purpose {
            Purpose::Link => now_ms + LINK_MS,
            Purpose::Return => now_ms + RETURN_MS,
        };
        self.list.retain(|offer| !offer.is_past(now_ms));
        if self.list.len() >= MOST {
            self.list.remove(0);
        }
        self.list.push(Offer {
            ticket,
            purpose,
            expires_ms,
            networks,
            device: None,
            tries: 0,
            confirmed: false,
            done: false,
            closed: None,
        });
        expires_ms
    }

    /// Every ticket remembered, closed ones too: whoever comes with one is told why it serves no more.
    pub(super) fn keys(&self) -> impl Iterator<Item = InviteKey> {
        self.list.iter().map(|offer| offer.ticket)
    }

    pub(super) fn get(&self, ticket: &InviteKey) -> Option<&Offer> {
        self.list.iter().find(|offer| offer.ticket == *ticket)
    }

    fn get_mut(&mut self, ticket: &InviteKey) -> Option<&mut Offer> {
        self.list.iter_mut().find(|offer| offer.ticket == *ticket)
    }

    /// A device came with a ticket: whether the two persons may compare.
    pub(super) fn claim(
        &mut self,
        ticket: &InviteKey,
        device: &DeviceId,
        now_ms: u64,
    ) -> Result<&Offer, LinkRefusal> {
        let this = UnderWay::Giving(*ticket, *device);
        let busy = self.under_way.is_some_and(|other| other != this);
        let offer = self.get_mut(ticket).ok_or(LinkRefusal::Unknown)?;
        if let Some(refusal) = offer.closed {
            return Err(refusal);
        }
        if !offer.confirmed && now_ms >= offer.expires_ms {
            return Err(LinkRefusal::Expired);
        }
        if offer.device.is_some_and(|other| other != *device) || offer.tries >= TRIES {
            return Err(LinkRefusal::Used);
        }
        if busy {
            return Err(LinkRefusal::Busy);
        }
        offer.device = Some(*device);
        offer.tries += 1;
        Ok(offer)
    }

    /// The offer, if it may be signed for.
    pub(super) fn open(&self, ticket: &InviteKey) -> Result<&Offer, LinkRefusal> {
        let offer = self.get(ticket).ok_or(LinkRefusal::Unknown)?;
        offer.closed.map_or(Ok(offer), Err)
    }

    /// Both persons confirmed, and it was signed. `true` if that is new.
    pub(super) fn signed(&mut self, ticket: &InviteKey, done: bool) -> bool {
        let Some(offer) = self.get_mut(ticket) else {
            return false;
        };
        let before = (offer.confirmed, offer.done);
        (offer.confirmed, offer.done) = (true, done);
        if offer.purpose == Purpose::Link {
            offer.closed = Some(LinkRefusal::Used);
        }
        before != (offer.confirmed, offer.done)
    }

    /// Whether both persons confirmed this before.
    pub(super) fn waits(&self, ticket: &InviteKey, device: &DeviceId) -> bool {
        let offer = self.get(ticket);
        offer.is_some_and(|offer| offer.confirmed && offer.device == Some(*device))
    }

    /// The ticket serves no more.
    pub(super) fn close(&mut self, ticket: &InviteKey, why: LinkRefusal) {
        if let Some(offer) = self.get_mut(ticket) {
            offer.closed.get_or_insert(why);
        }
    }

    /// Tickets for further machines of this person serve no more: there is a newer one.
    pub(super) fn close_links(&mut self) {
        let mine = self.list.iter_mut();
        for offer in mine.filter(|offer| offer.purpose == Purpose::Link) {
            offer.closed.get_or_insert(LinkRefusal::Cancelled);
        }
    }

    /// Says what the two persons are at. Whoever comes with something else waits.
    pub(super) const fn is_under_way(&mut self, what: Option<UnderWay>) {
        self.under_way = what;
    }
}

impl Offer {
    /// Whether nobody needs it any more.
    const fn is_past(&self, now_ms: u64) -> bool {
        let waits = self.confirmed && !self.done && self.closed.is_none();
        now_ms >= self.expires_ms && !waits
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NET: NetworkId = NetworkId::from_bytes([1; 20]);
    const ANA: MemberId = MemberId::from_bytes([2; 20]);
    const LAPTOP: DeviceId = DeviceId::from_bytes([3; 32]);
    const EVE: DeviceId = DeviceId::from_bytes([4; 32]);
    const TICKET: InviteKey = InviteKey::from_bytes([5; 32]);
    const OTHER: InviteKey = InviteKey::from_bytes([6; 32]);

    fn with(purpose: Purpose) -> Offers {
        let mut offers = Offers::default();
        offers.add(TICKET, purpose, vec![(NET, ANA)], 1_000);
        offers
    }

    #[test]
    fn a_ticket_serves_the_first_device_that_comes_and_a_few_tries() {
        let mut offers = with(Purpose::Link);
        let unknown = offers.claim(&OTHER, &LAPTOP, 2_000).map(drop);
        assert_eq!(unknown, Err(LinkRefusal::Unknown));
        for _ in 0..TRIES {
            assert!(offers.claim(&TICKET, &LAPTOP, 2_000).is_ok());
            let eve = offers.claim(&TICKET, &EVE, 2_000).map(drop);
            assert_eq!(eve, Err(LinkRefusal::Used));
        }
        let again = offers.claim(&TICKET, &LAPTOP, 2_000).map(drop);
        assert_eq!(again, Err(LinkRefusal::Used));
    }

    #[test]
    fn a_ticket_serves_for_its_time_and_then_only_whom_it_was_confirmed_for() {
        let mut offers = with(Purpose::Return);
        let late = 1_000 + RETURN_MS;
        let expired = offers.claim(&TICKET, &LAPTOP, late).map(drop);
        assert_eq!(expired, Err(LinkRefusal::Expired));
        assert!(offers.claim(&TICKET, &LAPTOP, late - 1).is_ok());
        assert!(!offers.waits(&TICKET, &LAPTOP));
        assert!(offers.signed(&TICKET, false) && !offers.signed(&TICKET, false));
        assert!(offers.waits(&TICKET, &LAPTOP) && !offers.waits(&TICKET, &EVE));
        assert!(offers.claim(&TICKET, &LAPTOP, late).is_ok());
        // It is remembered until the device is in.
        offers.add(OTHER, Purpose::Return, vec![(NET, ANA)], late);
        assert!(offers.get(&TICKET).is_some());
        offers.signed(&TICKET, true);
        offers.add(OTHER, Purpose::Return, vec![(NET, ANA)], late);
        assert!(offers.get(&TICKET).is_none());
    }

    #[test]
    fn one_linking_at_a_time_and_the_same_device_may_begin_again() {
        let mut offers = with(Purpose::Return);
        offers.is_under_way(Some(UnderWay::Taking));
        let busy = offers.claim(&TICKET, &LAPTOP, 2_000).map(drop);
        assert_eq!(busy, Err(LinkRefusal::Busy));
        offers.is_under_way(Some(UnderWay::Giving(TICKET, LAPTOP)));
        assert!(offers.claim(&TICKET, &LAPTOP, 2_000).is_ok());
    }

    #[test]
    fn a_ticket_that_was_closed_says_why_and_a_newer_one_of_one_s_own_closes_the_older() {
        let mut offers = with(Purpose::Link);
        offers.close_links();
        let closed = offers.claim(&TICKET, &LAPTOP, 2_000).map(drop);
        assert_eq!(closed, Err(LinkRefusal::Cancelled));
        offers.close(&TICKET, LinkRefusal::CodeDiffers);
        let open = offers.open(&TICKET).map(drop);
        assert_eq!(open, Err(LinkRefusal::Cancelled));
    }

    #[test]
    fn only_what_is_for_somebody_who_comes_back_outlasts_the_program() {
        let mut offers = with(Purpose::Return);
        offers.add(OTHER, Purpose::Link, vec![(NET, ANA)], 1_000);
        offers.claim(&TICKET, &LAPTOP, 2_000).map(drop).unwrap();
        offers.signed(&TICKET, false);
        let read = Offers::read(&offers.to_store().unwrap()).unwrap();
        assert_eq!(read.list, offers.list[..1]);
        assert!(read.waits(&TICKET, &LAPTOP));
    }
}
