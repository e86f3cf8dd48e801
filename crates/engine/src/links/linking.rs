//! Linking a machine, from either side: commands in, steps told.

use serde_json::{Value, json};
use tresse_net::{LinkId, Purpose as DialFor};
use tresse_sync::{CloseReason, Compare, LinkRefusal, Linking};
use tresse_trust::{DeviceTicket, Purpose};

use super::{Links, dialable};
use crate::{
    Command, CommandError, Event, LinkingState, LinkingView, Moment, Replica, linking::Current,
    replica::HostAt,
};

impl Links {
    /// How the linking stands that is shown.
    pub(crate) fn linking_view(&self) -> Option<LinkingView> {
        self.linking.as_ref().map(Current::view)
    }

    /// Goes on with a ticket that this machine took before the last start.
    pub(super) fn resume_linking(&mut self, replica: &Replica) {
        let Some(kept) = replica.kept_ticket() else {
            return;
        };
        let Ok(ticket) = kept.ticket.parse::<DeviceTicket>() else {
            return;
        };
        let contacts = ticket.contacts.iter().map(dialable).collect();
        let consents = replica.link_consents(&kept.networks);
        self.linking = Some(Current::resumed(kept, &ticket, contacts, consents));
    }

    /// Carries out a command about linking; answers also what subscribers should hear.
    pub(crate) fn link_command(
        &mut self,
        replica: &mut Replica,
        command: Command,
        moment: &Moment,
    ) -> Result<(Value, Vec<Event>), CommandError> {
        match command {
            Command::DeviceLinkOffer { label } => self.link_offer(replica, label, moment),
            Command::DeviceLinkAccept { ticket, label } => {
                self.link_accept(replica, &ticket, label, moment)
            }
            Command::DeviceLinkConfirm {} => self.link_confirm(replica, moment),
            Command::DeviceLinkCancel { differs } => {
                Ok((json!({}), self.link_cancel(replica, differs)))
            }
            _ => Err(CommandError::new(
                "unknown-command",
                "this command is not about linking",
            )),
        }
    }

    fn link_offer(
        &mut self,
        replica: &mut Replica,
        label: Option<String>,
        moment: &Moment,
    ) -> Result<(Value, Vec<Event>), CommandError> {
        self.may_link()?;
        if let Some(label) = label {
            replica.set_label(&label)?;
        }
        let offered = replica.offer_link(moment)?;
        let (ticket, name) = (&offered.ticket, &replica.profile().name);
        let answer = json!({
            "ticket": ticket.to_string(),
            "qr": ticket.to_qr_text(),
            "expires": ticket.expires_ms,
        });
        self.linking = Some(Current::offered(ticket, name, offered.networks));
        Ok((answer, self.linking_news()))
    }

    fn link_accept(
        &mut self,
        replica: &mut Replica,
        text: &str,
        label: Option<String>,
        moment: &Moment,
    ) -> Result<(Value, Vec<Event>), CommandError> {
        let ticket: DeviceTicket = text.parse()?;
        self.may_link()?;
        let mine = replica.device();
        if ticket.contacts.iter().any(|contact| contact.device == mine) {
            return Err(CommandError::new(
                "link-own-ticket",
                "this device made the ticket itself: use it on the other one",
            ));
        }
        if let Some(label) = label {
            replica.set_label(&label)?;
        }
        let contacts: Vec<_> = ticket.contacts.iter().map(dialable).collect();
        let current = Current::taking(&ticket, text, replica.label(), contacts, moment.unsigned());
        replica.begin_taking();
        if let Some(net) = &self.net {
            for contact in current.to_reach() {
                net.dial(contact, DialFor(0));
            }
        }
        self.linking = Some(current);
        self.keep(replica);
        Ok((json!({}), self.linking_news()))
    }

    /// Whether a linking may begin.
    fn may_link(&self) -> Result<(), CommandError> {
        if self.net.is_none() {
            return Err(CommandError::new(
                "needs-network",
                "linking a device needs the link to other peers: it is switched off here",
            ));
        }
        if self.linking.as_ref().is_some_and(Current::is_under_way) {
            return Err(CommandError::new(
                "link-under-way",
                "a device is being linked already: finish that first, or cancel it",
            ));
        }
        Ok(())
    }

    fn link_confirm(
        &mut self,
        replica: &mut Replica,
        moment: &Moment,
    ) -> Result<(Value, Vec<Event>), CommandError> {
        let nothing = || {
            CommandError::new(
                "link-nothing-to-confirm",
                "no code is shown here that could be confirmed",
            )
        };
        let current = self.linking.as_mut().ok_or_else(nothing)?;
        let id = current.link.ok_or_else(nothing)?;
        if !current.confirmed() {
            return Err(nothing());
        }
        let ticket = current.ticket;
        let consents = if current.takes() {
            replica.link_consents(&current.networks)
        } else {
            Vec::new()
        };
        let mut news = self.linking_news();
        news.extend(self.with_session(replica, id, |session, replica| {
            session.confirm_link(&mut HostAt { replica, moment }, &ticket, consents)
        }));
        Ok((json!({}), news))
    }

    fn link_cancel(&mut self, replica: &mut Replica, differs: bool) -> Vec<Event> {
        let Some(current) = &self.linking else {
            return Vec::new();
        };
        let begun = matches!(
            current.state,
            LinkingState::Compare { .. } | LinkingState::Waiting { .. }
        );
        let refusal = if differs && begun {
            LinkRefusal::CodeDiffers
        } else {
            LinkRefusal::Cancelled
        };
        if current.has_ended() {
            self.linking = None;
            return Vec::new();
        }
        let mut news = match current.link {
            Some(id) => self.refuse_to_link(replica, id, refusal),
            None => Vec::new(),
        };
        if self.linking.as_ref().is_some_and(|one| !one.has_ended()) {
            self.link_refused(replica, refusal);
            news.extend(self.linking_news());
        }
        if refusal == LinkRefusal::Cancelled {
            self.linking = None;
        }
        self.keep(replica);
        news
    }

    /// Asks to be linked over a link that stands.
    pub(super) fn ask_to_link(&mut self, replica: &mut Replica, id: LinkId) -> Vec<Event> {
        let Some(device) = self.links.get(&id).map(|link| link.device) else {
            return Vec::new();
        };
        let Some(current) = &mut self.linking else {
            return Vec::new();
        };
        let Some(request) = current.request_for(&device) else {
            return Vec::new();
        };
        (current.link, current.shown_first) = (Some(id), false);
        let moment = self.time.moment();
        self.with_session(replica, id, |session, replica| {
            session.link(
                &mut HostAt {
                    replica,
                    moment: &moment,
                },
                request,
            )
        })
    }

    /// A session tells a step. Answers what subscribers should hear, and what to refuse to the peer
    /// once the call that told it has been dealt with.
    pub(super) fn on_linking(
        &mut self,
        replica: &mut Replica,
        id: LinkId,
        step: Linking,
    ) -> (Vec<Event>, Option<LinkRefusal>) {
        if let Linking::Compare(compare) = &step {
            if let Err(refusal) = self.link_compares(replica, id, compare) {
                return (Vec::new(), Some(refusal));
            }
            return (self.linking_news(), None);
        }
        let device = self.links.get(&id).map(|link| link.device);
        let meant = |current: &&mut Current| match &step {
            // Somebody came with the ticket shown, and cannot be linked.
            Linking::Refused { ticket, .. } if current.is_offered() => current.ticket == *ticket,
            _ => current.link == Some(id),
        };
        let Some(current) = self.linking.as_mut().filter(meant) else {
            return (Vec::new(), None);
        };
        match step {
            Linking::Compare(_) => {}
            Linking::Confirmed => current.other_confirmed(),
            Linking::Pending { have, need } => {
                current.pends(have, need, replica.link_consents(&current.networks));
                replica.end_linking();
                if let Some(kept) = current.to_keep() {
                    replica.keep_ticket(Some(&kept));
                }
            }
            Linking::Done(networks) => {
                let waited = current.to_keep().is_some();
                current.networks = networks;
                current.done();
                if current.takes() {
                    replica.linked(&current.networks, &current.name);
                }
                if let Some(device) = device.filter(|_| current.purpose == Purpose::Link) {
                    replica.remember_label(&device, &current.label);
                }
                if waited {
                    replica.keep_ticket(None);
                }
                replica.end_linking();
            }
            Linking::Refused { refusal, .. } => self.link_refused(replica, refusal),
        }
        (self.linking_news(), None)
    }

    /// The code is there: at most one at a time.
    fn link_compares(
        &mut self,
        replica: &mut Replica,
        id: LinkId,
        compare: &Compare,
    ) -> Result<(), LinkRefusal> {
        let now = self.time.moment().unsigned();
        match &mut self.linking {
            Some(current) if current.takes() && current.link == Some(id) => {
                current.compares(compare, id, now);
            }
            Some(current) if current.is_under_way() && current.ticket != compare.ticket => {
                return Err(LinkRefusal::Busy);
            }
            linking => {
                let ticket = &compare.ticket;
                let purpose = replica.offer_purpose(ticket).ok_or(LinkRefusal::Unknown)?;
                let name = replica.offer_name(ticket);
                *linking = Some(Current::giving(compare, purpose, name, id, now));
                if let Some(link) = self.links.get(&id) {
                    replica.begin_giving(*ticket, link.device);
                }
            }
        }
        if let Some(net) = &self.net {
            // Who holds the ticket is no stranger, and persons need time to compare.
            net.proven(id);
        }
        Ok(())
    }

    /// It comes to nothing: says so, and closes what it was about.
    fn link_refused(&mut self, replica: &mut Replica, refusal: LinkRefusal) {
        let Some(current) = &mut self.linking else {
            return;
        };
        // A full disk at the other end passes: the ticket is kept for the next start.
        if current.takes() && refusal != LinkRefusal::Unavailable {
            replica.keep_ticket(None);
        } else if !current.takes()
            && (current.purpose == Purpose::Link || refusal == LinkRefusal::CodeDiffers)
        {
            replica.close_offer(&current.ticket, refusal);
        }
        current.fails(refusal);
        replica.end_linking();
    }

    /// A link ended.
    pub(super) fn linking_closed(
        &mut self,
        replica: &mut Replica,
        id: LinkId,
        reason: &str,
    ) -> Vec<Event> {
        let current = self.linking.as_mut();
        let Some(current) = current.filter(|current| current.link == Some(id)) else {
            return Vec::new();
        };
        current.link = None;
        let turned_away = reason == CloseReason::NothingShared.code() && current.shown_first;
        match current.state {
            LinkingState::Connecting if turned_away => {
                self.link_refused(replica, LinkRefusal::Unknown);
            }
            LinkingState::Compare { .. } | LinkingState::Waiting { .. } => {
                current.is_lost();
                replica.end_linking();
            }
            _ => return self.ask_again(replica),
        }
        self.linking_news()
    }

    /// Asks over another link with the same device, if there is one.
    fn ask_again(&mut self, replica: &mut Replica) -> Vec<Event> {
        let Some(current) = &self.linking else {
            return Vec::new();
        };
        let links = self.links.iter();
        let another = links
            .filter(|(_, link)| current.request_for(&link.device).is_some())
            .map(|(id, _)| *id)
            .next();
        another.map_or_else(Vec::new, |id| self.ask_to_link(replica, id))
    }

    /// All links ended, since the network side begins anew.
    pub(super) fn linking_restarts(&mut self, replica: &mut Replica) {
        if let Some(current) = &mut self.linking {
            current.link = None;
            let compared = matches!(
                current.state,
                LinkingState::Compare { .. } | LinkingState::Waiting { .. }
            );
            if compared {
                current.is_lost();
                replica.end_linking();
            }
        }
    }

    /// Ends what has lasted as long as it may.
    pub(crate) fn linking_clock(&mut self, replica: &mut Replica) -> Vec<Event> {
        let moment = self.time.moment();
        let Some(current) = &mut self.linking else {
            return Vec::new();
        };
        if !current.is_over(moment.unsigned()) {
            return Vec::new();
        }
        if matches!(current.state, LinkingState::Connecting) {
            current.is_unreachable();
            replica.end_linking();
            self.keep(replica);
            return self.linking_news();
        }
        let link = current.link;
        let mut news = Vec::new();
        if let Some(id) = link {
            news = self.refuse_to_link(replica, id, LinkRefusal::Expired);
        }
        if self.linking.as_ref().is_some_and(|one| !one.has_ended()) {
            self.link_refused(replica, LinkRefusal::Expired);
            news.extend(self.linking_news());
        }
        news
    }

    /// Says no over a link, once the call that asked has been dealt with.
    pub(super) fn refuse_to_link(
        &mut self,
        replica: &mut Replica,
        id: LinkId,
        refusal: LinkRefusal,
    ) -> Vec<Event> {
        let moment = self.time.moment();
        self.with_session(replica, id, |session, replica| {
            let host = &mut HostAt {
                replica,
                moment: &moment,
            };
            session.refuse_link(host, refusal)
        })
    }

    fn linking_news(&self) -> Vec<Event> {
        self.linking_view()
            .map(Event::Linking)
            .into_iter()
            .collect()
    }
}
