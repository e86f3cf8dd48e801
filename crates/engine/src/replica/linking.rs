//! What this machine signs for whoever comes with a device ticket that it made; and what becomes of it when it takes one.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use tresse_model::{DeviceId, MemberId, NetworkId};
use tresse_sync::{LinkOffer, LinkRefusal, Linked};
use tresse_trust::{
    ActRefusal, Body, CaseState, Cuts, DeviceTicket, InviteKey, InviteSecret, LinkConsent,
    Membership, Purpose, member_id,
};

use super::{
    Profile, Replica, meta,
    offers::{Offers, UnderWay},
    writes::Write,
};
use crate::{CommandError, EngineError, Moment};

/// How many networks one ticket is for at the most.
const MOST_NETWORKS: usize = 256;

/// What goes on with another machine's ticket after the program ends: its members must still consent.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct KeptTicket {
    pub(crate) ticket: String,
    pub(crate) name: String,
    pub(crate) label: String,
    pub(crate) networks: Vec<(NetworkId, MemberId)>,
    pub(crate) have: u16,
    pub(crate) need: u16,
}

/// A ticket made here, to be shown.
pub(crate) struct Offered {
    pub(crate) ticket: DeviceTicket,
    pub(crate) networks: Vec<NetworkId>,
}

impl Replica {
    pub(super) fn load_offers(&mut self) -> Result<(), EngineError> {
        if let Some(bytes) = self.store.meta(meta::OFFERS)? {
            match Offers::read(&bytes) {
                Ok(offers) => self.offers = offers,
                Err(error) => tracing::warn!("the device tickets made here do not read: {error}"),
            }
        }
        Ok(())
    }

    /// Makes a ticket for a further machine of this person, in every network they are in.
    pub(crate) fn offer_link(&mut self, moment: &Moment) -> Result<Offered, CommandError> {
        let device = self.device();
        let networks: Vec<_> = self
            .networks
            .iter()
            .filter_map(|(id, network)| Some((*id, network.membership.member_of(&device)?)))
            .take(MOST_NETWORKS)
            .collect();
        if networks.is_empty() {
            return Err(CommandError::new(
                "link-nothing",
                "this profile is in no network yet: found or join one first, then link the other \
                 device",
            ));
        }
        // One at a time: the one shown before serves no more.
        self.offers.close_links();
        self.end_linking();
        self.offer(Purpose::Link, networks, moment)
    }

    /// Makes a ticket by which a person comes back to a network, as who they were.
    pub(super) fn offer_return(
        &mut self,
        id: &NetworkId,
        member: &MemberId,
        moment: &Moment,
    ) -> Result<Value, CommandError> {
        self.stay_of(id, member)?;
        let me = self.network_ref(id)?.membership.member_of(&self.device());
        let refusal = match me {
            None => Some(ActRefusal::Ended),
            Some(me) if me == *member => Some(ActRefusal::Yourself),
            Some(_) => None,
        };
        if let Some(refusal) = refusal {
            return Err(CommandError::new(refusal.code(), refusal.to_string()));
        }
        let offered = self.offer(Purpose::Return, vec![(*id, *member)], moment)?;
        Ok(json!({
            "ticket": offered.ticket.to_string(),
            "qr": offered.ticket.to_qr_text(),
            "expires": offered.ticket.expires_ms,
        }))
    }

    fn offer(
        &mut self,
        purpose: Purpose,
        networks: Vec<(NetworkId, MemberId)>,
        moment: &Moment,
    ) -> Result<Offered, CommandError> {
        let secret = InviteSecret::from_seed(moment.random());
        let contacts = vec![self.own_contact()?];
        let shown = networks.iter().map(|(network, _)| *network).collect();
        let now = moment.unsigned();
        let expires_ms = self.offers.add(secret.key(), purpose, networks, now);
        self.store_offers();
        Ok(Offered {
            networks: shown,
            ticket: DeviceTicket {
                secret,
                purpose,
                expires_ms,
                contacts,
            },
        })
    }

    /// Keeps the offers that are to outlast this process.
    fn store_offers(&mut self) {
        match self.offers.to_store() {
            Ok(bytes) => self.pending.push(Write::meta(meta::OFFERS, &bytes)),
            Err(error) => tracing::error!("device tickets could not be written: {error}"),
        }
    }

    /// The device tickets made here, closed ones too.
    pub(super) fn offer_keys(&self) -> Vec<InviteKey> {
        self.offers.keys().collect()
    }

    /// What a ticket made here is for.
    pub(crate) fn offer_purpose(&self, ticket: &InviteKey) -> Option<Purpose> {
        self.offers.get(ticket).map(|offer| offer.purpose)
    }

    /// A device came with a ticket made here.
    pub(super) fn link_claimed(
        &mut self,
        ticket: &InviteKey,
        device: &DeviceId,
        moment: &Moment,
    ) -> Result<LinkOffer, LinkRefusal> {
        let offer = self.offers.claim(ticket, device, moment.unsigned())?;
        let networks = offer.networks.clone();
        self.store_offers();
        Ok(LinkOffer {
            name: self.offer_name(ticket),
            label: self.label(),
            networks,
        })
    }

    /// The name of the person whose machine a ticket makes one.
    pub(crate) fn offer_name(&self, ticket: &InviteKey) -> String {
        let offer = self.offers.get(ticket);
        let returns = offer.filter(|offer| offer.purpose == Purpose::Return);
        let person = returns.and_then(|offer| offer.networks.first());
        let network = person.and_then(|(id, member)| Some((self.networks.get(id)?, member)));
        network.map_or_else(
            || self.profile.name.clone(),
            |(network, member)| network.name_of(member),
        )
    }

    /// Both persons confirmed: signs what the ticket promises.
    pub(super) fn link(
        &mut self,
        ticket: &InviteKey,
        consents: &[LinkConsent],
        moment: &Moment,
    ) -> Result<Linked, LinkRefusal> {
        let linked = match self.offers.open(ticket)?.purpose {
            Purpose::Link => self.sign_links(consents, moment),
            Purpose::Return => self.sign_return(consents, moment),
        }?;
        if self.offers.signed(ticket, linked == Linked::Done) {
            self.store_offers();
        }
        Ok(linked)
    }

    fn sign_links(
        &mut self,
        consents: &[LinkConsent],
        moment: &Moment,
    ) -> Result<Linked, LinkRefusal> {
        let mut bodies = Vec::new();
        for consent in consents {
            let members = self.members_of(&consent.network)?;
            if members.member_of(&consent.device) == Some(consent.member) {
                continue;
            }
            let body = Body::Link {
                consent: consent.clone(),
            };
            members.may(&self.device(), &body).map_err(refusal)?;
            bodies.push((consent.network, body));
        }
        for (network, body) in bodies {
            self.say(&network, &body, moment)
                .map_err(|error| unavailable(&error))?;
        }
        Ok(Linked::Done)
    }

    fn sign_return(
        &mut self,
        consents: &[LinkConsent],
        moment: &Moment,
    ) -> Result<Linked, LinkRefusal> {
        let [consent] = consents else {
            return Err(LinkRefusal::NotAllowed);
        };
        if !self.is_back(consent)? {
            self.consent_to_return(consent, moment)?;
        }
        if self.is_back(consent)? {
            return Ok(Linked::Done);
        }
        let cases = self.members_of(&consent.network)?.readmissions().iter();
        let mut cases = cases.filter(|case| {
            let open = matches!(case.case.state, CaseState::Pending | CaseState::Ready);
            open && case.consent == *consent
        });
        let case = &cases.next_back().ok_or(LinkRefusal::NotAllowed)?.case;
        let number = |n: usize| u16::try_from(n).unwrap_or(u16::MAX);
        Ok(Linked::Pending {
            have: number(case.consents.len()),
            need: number(case.need),
        })
    }

    /// Says this person's word in the case, once.
    fn consent_to_return(
        &mut self,
        consent: &LinkConsent,
        moment: &Moment,
    ) -> Result<(), LinkRefusal> {
        let (id, member) = (consent.network, consent.member);
        let stay = self.stay_of(&id, &member);
        let stay = stay.map_err(|_| LinkRefusal::NotAllowed)?;
        let members = self.members_of(&id)?;
        let me = members.member_of(&self.device());
        let said = members.readmissions().iter().any(|case| {
            let mut by = case.case.consents.iter().map(|said| said.by);
            case.device == consent.device && case.stay == stay && by.any(|by| Some(by) == me)
        });
        if said {
            return Ok(());
        }
        let consent = consent.clone();
        let body = Body::Readmit {
            member,
            stay,
            consent: consent.clone(),
            cuts: Cuts::default(),
        };
        members.may(&self.device(), &body).map_err(refusal)?;
        self.readmit(&id, &member, stay, consent, moment)
            .map(drop)
            .map_err(|error| unavailable(&error))
    }

    fn is_back(&self, consent: &LinkConsent) -> Result<bool, LinkRefusal> {
        let members = self.members_of(&consent.network)?;
        Ok(members.member_of(&consent.device) == Some(consent.member))
    }

    fn members_of(&self, id: &NetworkId) -> Result<&Membership, LinkRefusal> {
        let network = self.networks.get(id).ok_or(LinkRefusal::NotAllowed)?;
        Ok(&network.membership)
    }

    /// Whether both persons confirmed this before.
    pub(super) fn link_waits(&self, ticket: &InviteKey, device: &DeviceId) -> bool {
        self.offers.waits(ticket, device)
    }

    /// Whether this device may become that person's: not where it is another's.
    pub(super) fn may_become(&self, networks: &[(NetworkId, MemberId)]) -> Result<(), LinkRefusal> {
        let device = self.device();
        for (id, member) in networks {
            let members = self.networks.get(id).map(|network| &network.membership);
            let owner = members.and_then(|members| members.owner(&device));
            if owner.is_some_and(|owner| owner != *member) {
                return Err(LinkRefusal::SomebodyElse);
            }
        }
        Ok(())
    }

    /// Whoever comes with a ticket waits: this machine takes another's.
    pub(crate) const fn begin_taking(&mut self) {
        self.offers.is_under_way(Some(UnderWay::Taking));
    }

    /// Whoever comes with another ticket, or from elsewhere, waits: a code is compared.
    pub(crate) const fn begin_giving(&mut self, ticket: InviteKey, device: DeviceId) {
        self.offers
            .is_under_way(Some(UnderWay::Giving(ticket, device)));
    }

    /// The two persons are done with it, or gave it up.
    pub(crate) const fn end_linking(&mut self) {
        self.offers.is_under_way(None);
    }

    /// A ticket made here serves no more.
    pub(crate) fn close_offer(&mut self, ticket: &InviteKey, why: LinkRefusal) {
        self.offers.close(ticket, why);
        self.store_offers();
    }

    /// What this device signs to be that person's, there.
    pub(crate) fn link_consents(&self, networks: &[(NetworkId, MemberId)]) -> Vec<LinkConsent> {
        let sign = |(network, member): &(NetworkId, MemberId)| {
            LinkConsent::sign(*network, *member, &self.key)
        };
        networks.iter().map(sign).collect()
    }

    /// This machine became a person's. Where it was nobody's before, the profile becomes theirs too.
    pub(crate) fn linked(&mut self, networks: &[(NetworkId, MemberId)], name: &str) {
        let mut others = self.networks.keys();
        let new = others.all(|id| networks.iter().any(|(linked, _)| linked == id));
        let Some((_, member)) = networks.first().filter(|_| new) else {
            return;
        };
        self.me = *member;
        self.pending
            .push(Write::meta(meta::PERSON, member.as_bytes()));
        match Profile::new(name, &self.profile.lang) {
            Ok(profile) => {
                self.pending
                    .push(Write::meta(meta::NAME, profile.name.as_bytes()));
                self.profile.name = profile.name;
            }
            Err(error) => tracing::debug!("the name is not taken over: {error}"),
        }
    }

    /// The person whom this machine alone is: who it is in networks that it founds or joins by itself.
    pub(super) fn own_person(&self) -> MemberId {
        member_id(&self.device())
    }

    /// Keeps a ticket for later, or forgets it.
    pub(crate) fn keep_ticket(&mut self, kept: Option<&KeptTicket>) {
        let written = match kept.map(serde_json::to_vec).transpose() {
            Ok(Some(bytes)) => Write::meta(meta::TICKET, &bytes),
            Ok(None) => Write::Forget {
                key: meta::TICKET.to_owned(),
            },
            Err(error) => return tracing::error!("the ticket could not be kept: {error}"),
        };
        self.pending.push(written);
    }

    /// The ticket that was kept.
    pub(crate) fn kept_ticket(&self) -> Option<KeptTicket> {
        let bytes = self.store.meta(meta::TICKET).ok()??;
        serde_json::from_slice(&bytes).ok()
    }
}

fn refusal(refusal: ActRefusal) -> LinkRefusal {
    match refusal {
        ActRefusal::DeviceTaken => LinkRefusal::SomebodyElse,
        ActRefusal::DeviceRevoked => LinkRefusal::Revoked,
        _ => LinkRefusal::NotAllowed,
    }
}

fn unavailable(error: &CommandError) -> LinkRefusal {
    tracing::warn!(code = %error.code, "a device could not be linked: {error}");
    LinkRefusal::Unavailable
}
