//! Addresses that were typed, pasted or scanned: dialled at once and for as long as this program runs, and who answers there.
//!
//! An address as another machine gives it names the device. `IP:PORT` alone does not; then every member's device that is not linked is tried
//! there, and only the right one can answer, since each connection proves a key.

use std::{
    collections::BTreeSet,
    net::SocketAddr,
    time::{Duration, Instant},
};

use serde_json::{Value, json};
use tresse_model::DeviceId;
use tresse_net::{Contact, LinkId, Purpose};
use tresse_trust::{AddressTicket, Ticket, TicketError};

use super::{
    Links, dialable,
    places::plain,
    reaching::{Answerer, Reach, Whose, there},
};
use crate::{CommandError, Event, ReachState, ReachView, Replica};

/// How many devices are tried at an address that names none.
const TRIED: usize = 48;
/// How many addresses given to this process are dialled on.
const KEPT: usize = 8;
/// When one says that nobody answered yet.
const PATIENCE: Duration = Duration::from_secs(20);

impl Links {
    /// Dials what was given.
    pub(crate) fn meet_at(
        &mut self,
        replica: &Replica,
        at: &str,
    ) -> Result<(Value, Vec<Event>), CommandError> {
        let whose = read(at)?;
        self.meet(replica, whose)
    }

    /// Dials the devices named in an invitation to a network that is here already.
    pub(super) fn meet_again(
        &mut self,
        replica: &Replica,
        ticket: &Ticket,
    ) -> Result<(Value, Vec<Event>), CommandError> {
        let contacts = ticket.contacts.iter().map(dialable).collect();
        let (mut answer, news) = self.meet(replica, Whose::Of(contacts))?;
        answer["network"] = json!(ticket.network);
        Ok((answer, news))
    }

    fn meet(
        &mut self,
        replica: &Replica,
        mut whose: Whose,
    ) -> Result<(Value, Vec<Event>), CommandError> {
        let Some(net) = self.net.clone() else {
            return Err(CommandError::new(
                "needs-network",
                "meeting somebody needs the link to other peers: it is switched off here",
            ));
        };
        if let Whose::Of(contacts) = &mut whose {
            contacts.retain(|contact| contact.device != replica.device());
        }
        let own = match &whose {
            Whose::Of(contacts) => contacts.is_empty(),
            Whose::Anybody(at) => self.addresses.contains(at),
        };
        if own {
            return Err(CommandError::new(
                "reach-own",
                "this is this machine's own address: use it on the other one",
            ));
        }
        let tried = self.tried(replica, &whose);
        if tried.is_empty() && self.linked_at(&whose).is_none() {
            return Err(CommandError::new(
                "reach-nobody",
                "this profile shares no network with another machine yet: found or join one first",
            ));
        }
        self.reaching.number += 1;
        let number = self.reaching.number;
        self.reaching.kept.retain(|kept| *kept != whose);
        self.reaching.kept.push(whose.clone());
        if self.reaching.kept.len() > KEPT {
            self.reaching.kept.remove(0);
        }
        let linked = self.linked_at(&whose);
        let linked = linked.and_then(|id| self.who_is_at(replica, id));
        if let Some((who, remote)) = &linked {
            self.reaching.settle(who.device, *remote);
        }
        let mut reach = Reach {
            number,
            whose,
            waiting: tried.iter().map(|contact| contact.device).collect(),
            beside: None,
            stranger: false,
            until: Instant::now() + PATIENCE,
            state: ReachState::Reaching,
        };
        let mut news = Vec::new();
        if let Some((who, _)) = linked {
            news.push(reach.answered(who));
        } else {
            for contact in tried {
                net.dial(contact, Purpose(number));
            }
        }
        self.reaching.now = Some(reach);
        self.keep(replica);
        Ok((json!({ "number": number }), news))
    }

    /// Whom to dial, and where.
    fn tried(&self, replica: &Replica, whose: &Whose) -> Vec<Contact> {
        match whose {
            Whose::Of(contacts) => contacts.clone(),
            Whose::Anybody(at) => {
                let linked = self.devices();
                let mut devices = BTreeSet::new();
                for network in replica.network_ids() {
                    let known = replica.contacts(&network).unwrap_or_default();
                    devices.extend(known.into_iter().map(|contact| contact.device));
                }
                let away = devices.into_iter().filter(|one| !linked.contains(one));
                away.take(TRIED).map(|device| there(device, *at)).collect()
            }
        }
    }

    /// A member's link that is there already.
    fn linked_at(&self, whose: &Whose) -> Option<LinkId> {
        let mut links = self.links.iter().filter(|(_, link)| link.proven);
        let found = links.find(|(_, link)| whose.is(&link.device, link.remote));
        found.map(|(id, _)| *id)
    }

    /// Whose machine is at the other end of a link, and from where it is linked.
    fn who_is_at(&self, replica: &Replica, id: LinkId) -> Option<(Answerer, Option<SocketAddr>)> {
        let link = self.links.get(&id)?;
        let network = link.session.shared().next()?;
        let who = Answerer {
            device: link.device,
            name: replica.device_owner_name(network, &link.device),
            tells: link.session.knows_of_places(),
        };
        Some((who, link.remote))
    }

    /// Where else members' devices may be, or who else may be reached: what was given to this process.
    pub(super) fn given(&self, members: &BTreeSet<DeviceId>) -> Vec<Contact> {
        let kept = self.reaching.kept.iter();
        kept.flat_map(|whose| match whose {
            Whose::Of(contacts) => contacts.clone(),
            Whose::Anybody(at) => members
                .iter()
                .take(TRIED)
                .map(|device| there(*device, *at))
                .collect(),
        })
        .collect()
    }

    /// A member's machine is linked: it may be the one that is sought.
    pub(super) fn reach_answered(&mut self, replica: &Replica, id: LinkId) -> Option<Event> {
        let (who, remote) = self.who_is_at(replica, id)?;
        let device = who.device;
        if self.reaching.settle(device, remote) {
            self.keep(replica);
        }
        let reach = self.reaching.now.as_mut()?;
        let sought = reach.waiting.remove(&device);
        if matches!(reach.state, ReachState::Answered { .. }) {
            return None;
        }
        if !reach.whose.is(&device, remote) {
            if sought {
                reach.beside = Some(who);
            }
            return self.reaching.goes_on();
        }
        Some(reach.answered(who))
    }

    /// A device that was dialled did not answer, or shares nothing with this one.
    pub(super) fn reach_failed(
        &mut self,
        device: &DeviceId,
        dialled_for: Option<Purpose>,
        stranger: bool,
    ) -> Option<Event> {
        let number = dialled_for.map(|Purpose(number)| number);
        self.reaching.failed(device, number, stranger)
    }

    /// Time has passed.
    pub(crate) fn reach_clock(&mut self) -> Option<Event> {
        let reach = self.reaching.now.as_mut()?;
        if Instant::now() >= reach.until && !reach.is_out() {
            reach.waiting.clear();
        }
        self.reaching.goes_on()
    }

    /// How it goes with the address given last.
    pub(crate) fn reach_view(&self) -> Option<ReachView> {
        self.reaching.now.as_ref().map(Reach::view)
    }
}

/// Whether a text says where a machine is.
pub fn is_address(text: &str) -> bool {
    read(text).is_ok_and(|whose| matches!(whose, Whose::Anybody(_)))
        || text.parse::<AddressTicket>().is_ok()
        || of_a_device(text).is_some()
}

fn read(text: &str) -> Result<Whose, CommandError> {
    let bare = text.trim();
    if let Ok(at) = bare.parse::<SocketAddr>() {
        return Ok(Whose::Anybody(plain(at)));
    }
    if let Some(contact) = of_a_device(bare) {
        return Ok(Whose::Of(vec![contact]));
    }
    match text.parse::<AddressTicket>() {
        Ok(address) => Ok(Whose::Of(vec![dialable(&address.contact)])),
        Err(TicketError::ForJoining) => {
            let ticket: Ticket = text.parse()?;
            Ok(Whose::Of(ticket.contacts.iter().map(dialable).collect()))
        }
        Err(TicketError::NotATicket) => Err(CommandError::new(
            "reach-not-an-address",
            "this is no address: paste what the other machine shows, or type it like 192.168.1.20:54321",
        )),
        Err(error) => Err(error.into()),
    }
}

/// A device at an address: `DEVICE@IP:PORT`.
fn of_a_device(text: &str) -> Option<Contact> {
    let (device, at) = text.trim().split_once('@')?;
    Some(there(device.parse().ok()?, plain(at.parse().ok()?)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::links::reaching::tests::{BO, at, bo};

    #[test]
    fn an_address_is_read_in_whatever_form_it_comes() {
        let ticket = AddressTicket {
            contact: tresse_trust::Contact {
                device: BO,
                addresses: vec![at("10.0.0.2:7")],
                relay: None,
            },
        };
        let of_bo = Whose::Of(vec![bo()]);
        let text = ticket.to_string();
        let broken = format!(" {}\n{} ", &text[..30], &text[30..]);
        for text in [text.clone(), ticket.to_qr_text(), broken] {
            assert_eq!(read(&text).unwrap(), of_bo, "{text}");
            assert!(is_address(&text));
        }
        assert_eq!(read(&format!("{BO}@10.0.0.2:7")).unwrap(), of_bo);
        for text in ["10.0.0.2:7", " 10.0.0.2:7\n", "[::ffff:10.0.0.2]:7"] {
            assert_eq!(read(text).unwrap(), Whose::Anybody(at("10.0.0.2:7")));
            assert!(is_address(text));
        }
        for (text, code) in [
            ("", "reach-not-an-address"),
            ("10.0.0.2", "reach-not-an-address"),
            ("bonjour", "reach-not-an-address"),
            (&text[..40], "ticket-truncated"),
            ("tresse2aaaa", "ticket-newer-version"),
        ] {
            assert_eq!(read(text).unwrap_err().code, code, "{text}");
            assert!(!is_address(text), "{text}");
        }
    }

    #[test]
    fn an_invitation_says_where_somebody_is_and_is_no_address() {
        let ticket = Ticket {
            network: tresse_model::NetworkId::from_bytes([1; 20]),
            secret: tresse_trust::InviteSecret::from_seed([2; 32]),
            expires_ms: 5,
            contacts: vec![tresse_trust::Contact {
                device: BO,
                addresses: vec![at("10.0.0.2:7")],
                relay: None,
            }],
        };
        let text = ticket.to_string();
        assert_eq!(read(&text).unwrap(), Whose::Of(vec![bo()]));
        assert!(!is_address(&text));
    }
}
