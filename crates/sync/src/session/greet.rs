//! Greeting and joining: what is said before a network is open.

use tresse_model::NetworkId;
use tresse_trust::{
    ActSet, Consent, InviteKey, JoinRefusal, Membership, NetworkSecret, Signature, VerifiedAct,
    evaluate, sift,
};

use super::{Session, Shown, Stage, context};
use crate::{
    CloseReason, Effect, Host, Role, Standing, Welcome,
    link::{Link, read_act},
    wire::{self, Bytes, Message, OLDEST},
};

impl Session {
    /// The networks to show and to look for: not those the peer was put out of.
    fn secrets(&self, host: &dyn Host) -> Vec<(NetworkId, NetworkSecret)> {
        let mut secrets = host.networks();
        secrets
            .retain(|(network, _)| host.standing(network, &self.ends.peer()) != Standing::Removed);
        secrets
    }

    pub(super) fn hello(&mut self, host: &mut dyn Host) {
        let secrets = self.secrets(host);
        let join = self.join.as_ref().map(|join| join.secret.key());
        let link = self.ticket_to_show();
        let tickets: Vec<InviteKey> = join.into_iter().chain(link).collect();
        let tags = self.ends.hello(&secrets, &tickets);
        self.offered
            .extend(secrets.iter().map(|(network, _)| *network));
        self.asked.push_back(Shown {
            join: join.is_some(),
            link: link.is_some(),
        });
        self.line.send(&Message::Hello {
            version: self.version,
            tags,
        });
    }

    /// The other side speaks this version. What a later one says beyond this is passed over, and both go on with what they share.
    fn hears_version(&mut self, theirs: u16) {
        self.theirs = Some(theirs);
        if theirs > self.version {
            self.inbox.is_of_a_later_version();
        }
    }

    /// Shows the secrets of networks that were not shown yet.
    pub(super) fn offer_new(&mut self, host: &mut dyn Host) {
        let new = self.secrets(host).iter().any(|(network, _)| {
            !self.offered.contains(network) && !self.links.contains_key(network)
        });
        if new && self.stage == Stage::Acquainted {
            self.hello(host);
        }
    }

    pub(super) fn on_hello(
        &mut self,
        version: u16,
        tags: &[[u8; 32]],
        host: &mut dyn Host,
    ) -> Result<(), CloseReason> {
        let first = self.stage == Stage::Strangers;
        if version < OLDEST || (first && self.ends.role() == Role::Dialer) {
            return Err(CloseReason::OutOfPlace);
        }
        let secrets = self.secrets(host);
        let networks = self.ends.known_networks(tags, &secrets);
        let mut invites = host.invitations();
        invites.retain(|(_, key)| self.ends.knows(tags, key));
        let mut offers = host.offers();
        offers.retain(|key| self.ends.knows(tags, key));
        if first && networks.is_empty() && invites.is_empty() && offers.is_empty() {
            return Err(CloseReason::NothingShared);
        }
        self.stage = Stage::Acquainted;
        self.hears_version(version);
        let tickets = invites.iter().map(|(_, key)| *key);
        let tickets = tickets.chain(offers.iter().copied());
        let tags = self.ends.answer(&secrets, &networks, tickets);
        self.line.send(&Message::Answer {
            version: self.version,
            tags,
        });
        self.invites = invites;
        self.offers = offers;
        for network in networks {
            self.open(network, host)?;
        }
        if first {
            // A network that this side has and did not see shown need not be offered.
            self.offered
                .extend(secrets.iter().map(|(network, _)| *network));
            if self.join.is_some() || self.ticket_to_show().is_some() {
                self.hello(host);
            }
        }
        Ok(())
    }

    pub(super) fn on_answer(
        &mut self,
        version: u16,
        tags: &[[u8; 32]],
        host: &mut dyn Host,
    ) -> Result<(), CloseReason> {
        let shown = self.asked.pop_front().ok_or(CloseReason::OutOfPlace)?;
        if version < OLDEST {
            return Err(CloseReason::OutOfPlace);
        }
        self.hears_version(version);
        let first = self.stage == Stage::Strangers;
        let secrets = self.secrets(host);
        let networks = self.ends.known_networks(tags, &secrets);
        let ticket = self.join.as_ref().filter(|_| shown.join && !self.claimed);
        let known = ticket.map(|join| self.ends.knows(tags, &join.secret.key()));
        let link = self.ticket_to_show().filter(|_| shown.link);
        let link_known = link.map(|key| self.ends.knows(tags, &key));
        let any = !networks.is_empty() || known == Some(true) || link_known == Some(true);
        if first && !any {
            return Err(CloseReason::NothingShared);
        }
        self.stage = Stage::Acquainted;
        if let (Some(join), Some(true)) = (ticket, known) {
            let present = join.secret.present(self.ends.exporter());
            self.line.send(&Message::Claim {
                consent: Box::new(join.consent.clone()),
                present: Box::new(present),
            });
            self.claimed = true;
        }
        for network in networks {
            self.open(network, host)?;
        }
        if known == Some(false) {
            self.on_refused(JoinRefusal::Invalid)?;
        }
        if let Some(known) = link_known {
            self.claim_link(known)?;
        }
        self.offer_new(host);
        Ok(())
    }

    /// Both know the network: opens it.
    pub(super) fn open(
        &mut self,
        network: NetworkId,
        host: &mut dyn Host,
    ) -> Result<(), CloseReason> {
        if self.links.contains_key(&network) {
            return Ok(());
        }
        self.shut.remove(&network);
        let mut context = context(host, &mut self.line, &self.ends);
        let link = Link::open(network, self.patient, &mut context)?;
        self.links.insert(network, link);
        self.gate(&network, host)
    }

    pub(super) fn on_claim(
        &mut self,
        consent: &Consent,
        present: &Signature,
        host: &mut dyn Host,
    ) -> Result<(), CloseReason> {
        let invites = std::mem::take(&mut self.invites);
        let known = invites.contains(&(consent.network, consent.invite));
        let holds = consent.invite.is_present(self.ends.exporter(), present);
        if !known || !holds || consent.device != self.peer() {
            return Err(CloseReason::NothingShared);
        }
        let network = consent.network;
        if let Err(refusal) = host.admit(&network, consent) {
            self.line.send(&Message::Refused { refusal });
            return Ok(());
        }
        self.welcome(&network, host)?;
        self.line.tell(Effect::Admitted(network, consent.member));
        self.open(network, host)
    }

    /// Gives the peer what a member has of a network.
    pub(super) fn welcome(
        &mut self,
        network: &NetworkId,
        host: &dyn Host,
    ) -> Result<(), CloseReason> {
        let secret = host.networks().into_iter().find(|(id, _)| id == network);
        let (Some((_, secret)), Some(acts)) = (secret, host.acts(network)) else {
            return Err(CloseReason::HostFailed);
        };
        let acts = acts.iter().map(|act| Bytes(act.bytes().to_vec())).collect();
        self.line.send(&Message::Welcome {
            network: wire::network(network),
            secret,
            acts,
        });
        Ok(())
    }

    pub(super) fn on_welcome(
        &mut self,
        network: NetworkId,
        secret: NetworkSecret,
        acts: &[Bytes],
        host: &mut dyn Host,
    ) -> Result<(), CloseReason> {
        let mut joins = self.join.iter();
        let asked = self.claimed && joins.any(|join| join.network == network);
        if !asked && !self.waits_for_welcome(&network) {
            return Err(CloseReason::OutOfPlace);
        }
        let (acts, membership) = read_acts(&network, acts)?;
        let me = membership.member_of(&self.ends.me());
        if me.is_none() || !membership.is_member_device(&self.peer()) {
            return Err(CloseReason::BadAct);
        }
        if asked {
            self.join = None;
            self.claimed = false;
        } else {
            self.linked_in(&network, me)?;
        }
        host.welcomed(Welcome {
            network,
            secret,
            acts,
        })?;
        self.line.tell(Effect::Joined(network));
        self.open(network, host)?;
        self.link_done_if_all_came();
        Ok(())
    }

    pub(super) fn on_refused(&mut self, refusal: JoinRefusal) -> Result<(), CloseReason> {
        if self.join.take().is_none() {
            return Err(CloseReason::OutOfPlace);
        }
        self.claimed = false;
        self.line.tell(Effect::JoinRefused(refusal));
        self.finished_if_idle()
    }
}

/// The acts that came with a welcome, and what they make of the network.
fn read_acts(
    network: &NetworkId,
    acts: &[Bytes],
) -> Result<(Vec<VerifiedAct>, Membership), CloseReason> {
    let acts: Vec<_> = acts
        .iter()
        .map(|bytes| read_act(network, &bytes.0))
        .collect::<Result<_, _>>()?;
    let mut set = ActSet::new(*network);
    let acts = sift(&set, acts).belong;
    for act in &acts {
        set.insert(act.clone()).map_err(|_| CloseReason::BadAct)?;
    }
    Ok((acts, evaluate(&set)))
}
