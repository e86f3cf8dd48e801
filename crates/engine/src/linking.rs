//! The one linking that this process shows: whose, with whom, how far.

use tresse_model::{DeviceId, MemberId, NetworkId};
use tresse_net::{Contact, LinkId};
use tresse_sync::{Compare, LinkRefusal, LinkRequest};
use tresse_trust::{DeviceTicket, InviteKey, Purpose};

use crate::{LinkingState, LinkingView, replica::KeptTicket};

/// How long two persons may take to compare, and how long a ticket's machine is looked for.
const PATIENCE_MS: u64 = 10 * 60 * 1000;

/// A machine on its way to become a person's.
#[derive(Debug)]
pub(crate) struct Current {
    pub(crate) ticket: InviteKey,
    pub(crate) purpose: Purpose,
    pub(crate) name: String,
    pub(crate) label: String,
    pub(crate) networks: Vec<(NetworkId, MemberId)>,
    pub(crate) state: LinkingState,
    /// The link over which it goes.
    pub(crate) link: Option<LinkId>,
    /// Of the side that holds the ticket: the link began with it. (On one that began without, the other side may
    /// have turned this device away before it saw the ticket.)
    pub(crate) shown_first: bool,
    /// Until when the state may last.
    until_ms: Option<u64>,
    /// Of the side that holds the ticket: what it asks for, and whom.
    taking: Option<Taking>,
}

#[derive(Debug)]
struct Taking {
    text: String,
    request: LinkRequest,
    contacts: Vec<Contact>,
}

impl Current {
    /// A ticket is shown here.
    pub(crate) fn offered(ticket: &DeviceTicket, name: &str, networks: Vec<NetworkId>) -> Self {
        let nobody = MemberId::from_bytes([0; MemberId::LEN]);
        Self {
            ticket: ticket.secret.key(),
            purpose: ticket.purpose,
            name: name.to_owned(),
            label: String::new(),
            networks: networks
                .into_iter()
                .map(|network| (network, nobody))
                .collect(),
            state: LinkingState::Offered {
                ticket: ticket.to_string(),
                qr: ticket.to_qr_text(),
                expires: i64::try_from(ticket.expires_ms).unwrap_or(i64::MAX),
            },
            link: None,
            shown_first: false,
            until_ms: Some(ticket.expires_ms),
            taking: None,
        }
    }

    /// A device came with a ticket made here.
    pub(crate) fn giving(
        compare: &Compare,
        purpose: Purpose,
        name: String,
        link: LinkId,
        now_ms: u64,
    ) -> Self {
        let mut current = Self {
            ticket: compare.ticket,
            purpose,
            name,
            label: String::new(),
            networks: Vec::new(),
            state: LinkingState::Connecting,
            link: Some(link),
            shown_first: false,
            until_ms: None,
            taking: None,
        };
        current.compares(compare, link, now_ms);
        current
    }

    /// A ticket was given to this machine.
    pub(crate) fn taking(
        ticket: &DeviceTicket,
        text: &str,
        label: String,
        contacts: Vec<Contact>,
        now_ms: u64,
    ) -> Self {
        Self {
            ticket: ticket.secret.key(),
            purpose: ticket.purpose,
            name: String::new(),
            label: String::new(),
            networks: Vec::new(),
            state: LinkingState::Connecting,
            link: None,
            shown_first: false,
            // Who comes back may have to wait until the member is there.
            until_ms: (ticket.purpose == Purpose::Link).then_some(now_ms + PATIENCE_MS),
            taking: Some(Taking {
                text: text.to_owned(),
                request: LinkRequest {
                    secret: ticket.secret.clone(),
                    label,
                    settled: None,
                },
                contacts,
            }),
        }
    }

    /// Goes on with a ticket after a new start: members must still consent.
    pub(crate) fn resumed(
        kept: KeptTicket,
        ticket: &DeviceTicket,
        contacts: Vec<Contact>,
        settled: Vec<tresse_trust::LinkConsent>,
    ) -> Self {
        let mut current = Self::taking(ticket, &kept.ticket, String::new(), contacts, 0);
        current.name = kept.name;
        current.label = kept.label;
        current.networks = kept.networks;
        current.pends(kept.have, kept.need, settled);
        current
    }

    /// Whether it is this machine that becomes the person's.
    pub(crate) const fn takes(&self) -> bool {
        self.taking.is_some()
    }

    /// Whether another may not begin before it is over.
    pub(crate) const fn is_under_way(&self) -> bool {
        let waits = self.takes() && matches!(self.state, LinkingState::Pending { .. });
        self.state.is_under_way() || waits
    }

    /// Whether a ticket is shown here, and nobody has come with it.
    pub(crate) const fn is_offered(&self) -> bool {
        matches!(self.state, LinkingState::Offered { .. })
    }

    /// Whether the other machine is looked for.
    pub(crate) const fn looks(&self) -> bool {
        self.takes()
            && matches!(
                self.state,
                LinkingState::Connecting | LinkingState::Pending { .. }
            )
    }

    /// Whom to reach.
    pub(crate) fn to_reach(&self) -> impl Iterator<Item = Contact> + '_ {
        let taking = self.taking.iter().filter(|_| self.looks());
        taking.flat_map(|taking| taking.contacts.iter().cloned())
    }

    /// What to ask this device, if it is the one to ask and has not been asked.
    pub(crate) fn request_for(&self, device: &DeviceId) -> Option<LinkRequest> {
        let taking = self.taking.as_ref()?;
        let mut contacts = taking.contacts.iter();
        let asks = self.looks() && self.link.is_none();
        (asks && contacts.any(|contact| contact.device == *device)).then(|| taking.request.clone())
    }

    /// The code is there.
    pub(crate) fn compares(&mut self, compare: &Compare, link: LinkId, now_ms: u64) {
        if self.takes() {
            self.name.clone_from(&compare.name);
        }
        self.label.clone_from(&compare.label);
        self.networks.clone_from(&compare.networks);
        self.link = Some(link);
        self.until_ms = Some(now_ms + PATIENCE_MS);
        self.state = LinkingState::Compare {
            code: compare.code.to_string(),
            other_confirmed: false,
        };
    }

    /// The other side's person confirmed.
    pub(crate) const fn other_confirmed(&mut self) {
        if let LinkingState::Compare {
            other_confirmed, ..
        } = &mut self.state
        {
            *other_confirmed = true;
        }
    }

    /// This side's person confirmed; `false` where nothing is to be.
    pub(crate) fn confirmed(&mut self) -> bool {
        let LinkingState::Compare { code, .. } = &mut self.state else {
            return false;
        };
        self.state = LinkingState::Waiting {
            code: std::mem::take(code),
        };
        true
    }

    /// Other members must consent.
    pub(crate) fn pends(&mut self, have: u16, need: u16, settled: Vec<tresse_trust::LinkConsent>) {
        self.state = LinkingState::Pending { have, need };
        self.until_ms = None;
        if let Some(taking) = &mut self.taking {
            taking.request.settled = Some(settled);
        }
    }

    /// What outlasts this process.
    pub(crate) fn to_keep(&self) -> Option<KeptTicket> {
        let (Some(taking), LinkingState::Pending { have, need }) = (&self.taking, &self.state)
        else {
            return None;
        };
        Some(KeptTicket {
            ticket: taking.text.clone(),
            name: self.name.clone(),
            label: self.label.clone(),
            networks: self.networks.clone(),
            have: *have,
            need: *need,
        })
    }

    pub(crate) fn done(&mut self) {
        self.ends(LinkingState::Done);
    }

    pub(crate) fn fails(&mut self, refusal: LinkRefusal) {
        self.fails_with(refusal.code(), &refusal.to_string());
    }

    /// The link between the two was lost while they compared.
    pub(crate) fn is_lost(&mut self) {
        self.fails_with(
            "link-lost",
            "the connection between the two devices was lost: try again",
        );
    }

    /// The machine that made the ticket was never there.
    pub(crate) fn is_unreachable(&mut self) {
        self.fails_with(
            "link-unreachable",
            "the device that made the ticket could not be reached: are both on the same network, \
             or online?",
        );
    }

    fn fails_with(&mut self, code: &str, message: &str) {
        self.ends(LinkingState::Failed {
            code: code.to_owned(),
            message: message.to_owned(),
        });
    }

    fn ends(&mut self, state: LinkingState) {
        self.state = state;
        self.until_ms = None;
    }

    /// Whether it is done or came to nothing.
    pub(crate) const fn has_ended(&self) -> bool {
        matches!(self.state, LinkingState::Done | LinkingState::Failed { .. })
    }

    /// Whether the state has lasted as long as it may.
    pub(crate) fn is_over(&self, now_ms: u64) -> bool {
        self.until_ms.is_some_and(|until| now_ms >= until)
    }

    pub(crate) fn view(&self) -> LinkingView {
        LinkingView {
            purpose: self.purpose.word().to_owned(),
            takes: self.takes(),
            name: self.name.clone(),
            label: self.label.clone(),
            networks: self.networks.iter().map(|(network, _)| *network).collect(),
            state: self.state.clone(),
        }
    }
}
