//! Founding a network, inviting to it, and letting in whoever holds an invitation.

use std::sync::Arc;

use serde_json::{Value, json};
use tresse_model::{DocId, DocKind, Edit, NetworkField, NetworkId, NetworkKind, ProfileField};
use tresse_sync::JoinRequest;
use tresse_trust::{
    ActId, ActSet, Body, Consent, Contact, Invitation, InviteKey, InviteSecret, NetworkSecret,
    Ticket, VerifiedAct,
};

use super::{Network, Replica, documents::FIRST, undo::Stays, writes::Write};
use crate::{CommandError, Moment};

/// The longest an invitation may stay open, in seconds: a year.
const LONGEST: u64 = 366 * 24 * 3600;
/// How many other members' devices a ticket names, so that it works without the inviter.
const CONTACTS: usize = 5;

impl Replica {
    /// Founds a network whose first member is this person.
    pub(crate) fn found(
        &mut self,
        name: &str,
        kind: Option<String>,
        moment: &Moment,
    ) -> Result<NetworkId, CommandError> {
        let name = name.trim();
        if name.is_empty() || name.chars().count() > 200 {
            return Err(CommandError::new(
                "bad-name",
                "a network's name has 1 to 200 characters",
            ));
        }
        if kind.as_ref().is_some_and(|kind| kind.chars().count() > 200) {
            return Err(CommandError::new(
                "too-long",
                "what a network is for: 200 characters at most",
            ));
        }
        let salt = moment.random();
        let acts = ActSet::found(&self.key, moment.unsigned(), &self.profile.name, salt)?;
        let id = acts.network();
        let secret = NetworkSecret::from_bytes(moment.random());
        self.add_network(secret, acts);
        for kind in FIRST {
            self.begin_document(&id, &DocId::singleton(&id, kind))?;
        }
        let doc = DocId::singleton(&id, DocKind::Network);
        let kinds = kind.as_deref().map(kinds_in).unwrap_or_default();
        let set = |field, value: String| Edit::SetNetwork {
            field,
            value: Some(value),
        };
        self.apply(&id, &doc, &set(NetworkField::Name, name.to_owned()), moment)?;
        // The first stands where older versions look for the only one.
        let first = kinds.first().map(|kind| kind.word().to_owned());
        if let Some(kind) = first.or(kind).filter(|kind| !kind.is_empty()) {
            self.apply(&id, &doc, &set(NetworkField::Kind, kind), moment)?;
        }
        for kind in kinds.iter().copied().skip(1) {
            self.apply(&id, &doc, &Edit::SetKind { kind, off: false }, moment)?;
        }
        self.begin_charter(&id, &kinds, moment)?;
        self.sign_in(&id, moment)?;
        Ok(id)
    }

    /// Writes my name in my own notebook of a network.
    pub(crate) fn sign_in(&mut self, id: &NetworkId, moment: &Moment) -> Result<(), CommandError> {
        let value = Some(self.profile.name.clone());
        let doc = DocId::notebook(id, &self.me_in(id)?);
        self.apply(
            id,
            &doc,
            &Edit::SetProfile {
                field: ProfileField::Name,
                value,
            },
            moment,
        )?;
        Ok(())
    }

    /// Takes a network in, with what is known of it.
    pub(super) fn add_network(&mut self, secret: NetworkSecret, acts: ActSet) {
        let id = acts.network();
        self.pending.push(Write::Network {
            id,
            secret: *secret.as_bytes(),
        });
        for act in acts.iter() {
            self.pending.push(Write::act(id, act));
        }
        self.networks.insert(id, Network::new(secret, acts));
        self.acts_changed.insert(id);
        self.networks_new = true;
    }

    /// Takes in acts that are verified; stores and shows the new ones.
    pub(super) fn take_acts(
        &mut self,
        id: &NetworkId,
        acts: Vec<VerifiedAct>,
        moment: &Moment,
    ) -> Result<(), CommandError> {
        let Some(network) = self.networks.get_mut(id) else {
            return Ok(());
        };
        let new: Vec<_> = acts
            .into_iter()
            .filter(|act| !network.acts.contains(&act.id()))
            .collect();
        self.pending
            .extend(new.iter().map(|act| Write::act(*id, act)));
        let before = Arc::clone(&network.membership);
        if network.add_acts(new) {
            let members = network.membership.members().map(|member| member.id);
            let people: Vec<_> = members
                .filter(|member| before.member(member).is_none())
                .collect();
            self.digesting.came_in(id, people);
            self.acts_changed.insert(*id);
            self.recount(id, moment)?;
        }
        Ok(())
    }

    pub(super) fn say(
        &mut self,
        id: &NetworkId,
        body: &Body,
        moment: &Moment,
    ) -> Result<ActId, CommandError> {
        let network = self.networks.get(id).ok_or_else(|| super::no_network(id))?;
        let act = network
            .acts
            .sign(&network.membership, &self.key, moment.unsigned(), body)?;
        let said = act.id();
        self.take_acts(id, vec![act], moment)?;
        Ok(said)
    }

    pub(super) fn invite(
        &mut self,
        id: &NetworkId,
        uses: u32,
        expires_in: u64,
        moment: &Moment,
    ) -> Result<Value, CommandError> {
        self.is_open(id)?;
        if !(1..=1000).contains(&uses) {
            return Err(CommandError::new(
                "bad-uses",
                "an invitation is for 1 to 1000 people",
            ));
        }
        if !(60..=LONGEST).contains(&expires_in) {
            return Err(CommandError::new(
                "bad-expiry",
                "an invitation stays open for a minute at least and a year at most",
            ));
        }
        self.network_ref(id)?;
        let secret = InviteSecret::from_seed(moment.random());
        let expires_ms = moment.unsigned() + expires_in * 1000;
        let invite = secret.key();
        self.say(
            id,
            &Body::Invite {
                invite,
                uses,
                expires_ms,
            },
            moment,
        )?;
        self.network_mut(id)?.undo.did_invite(invite);
        let ticket = Ticket {
            network: *id,
            secret,
            expires_ms,
            contacts: self.contacts_for_ticket(id)?,
        };
        Ok(json!({
            "ticket": ticket.to_string(),
            "qr": ticket.to_qr_text(),
            "invitation": invite.to_string(),
        }))
    }

    pub(super) fn revoke(
        &mut self,
        id: &NetworkId,
        invitation: &str,
        moment: &Moment,
    ) -> Result<Value, CommandError> {
        let invite = self.invitation(id, invitation)?.key;
        self.say(id, &Body::RevokeInvite { invite }, moment)?;
        self.network_mut(id)?.undo.said(Stays::InvitationClosed);
        Ok(json!({}))
    }

    /// Closes the invitation that was the last thing done here: that is an act too, and stays. `closed` is false where it was closed
    /// already. Who came in by it meanwhile is in.
    pub(super) fn take_back_invitation(
        &mut self,
        id: &NetworkId,
        invite: InviteKey,
        moment: &Moment,
    ) -> Result<Value, CommandError> {
        let open = self.network_ref(id)?.closes_invitation(&invite);
        if open {
            self.say(id, &Body::RevokeInvite { invite }, moment)?;
        }
        self.network_mut(id)?.undo.closed_invitation();
        Ok(json!({ "undone": usize::from(open), "closed": open, "invitation": invite.to_string() }))
    }

    /// The invitation that a command names.
    pub(super) fn invitation(
        &self,
        id: &NetworkId,
        named: &str,
    ) -> Result<&Invitation, CommandError> {
        let members = &self.network_ref(id)?.membership;
        let known = named.parse::<InviteKey>().ok();
        known
            .and_then(|key| members.invitation(&key))
            .ok_or_else(|| CommandError::new("no-invitation", "there is no such invitation"))
    }

    /// Lets a person in who holds an open invitation; success if they are in already.
    pub(super) fn let_in(
        &mut self,
        id: &NetworkId,
        consent: &Consent,
        moment: &Moment,
    ) -> Result<(), tresse_trust::JoinRefusal> {
        use tresse_trust::JoinRefusal::{Invalid, Unavailable};
        let network = self.networks.get(id).ok_or(Invalid)?;
        network.membership.may_admit(consent, moment.unsigned())?;
        if network.membership.is_member_device(&consent.device) {
            return Ok(());
        }
        let body = Body::Admit {
            consent: consent.clone(),
        };
        self.say(id, &body, moment)
            .map(drop)
            .map_err(|_| Unavailable)
    }

    /// The ticket that this text is, if it opens a network that is here already: then it says where others are.
    pub(crate) fn ticket_again(&self, text: &str) -> Option<Ticket> {
        let ticket: Ticket = text.parse().ok()?;
        self.networks
            .contains_key(&ticket.network)
            .then_some(ticket)
    }

    /// What this person signs to join with a ticket.
    ///
    /// # Errors
    /// Where the ticket does not read, has expired, or opens a network that is here already.
    pub(crate) fn join_request(
        &self,
        ticket: &str,
        moment: &Moment,
    ) -> Result<(Ticket, JoinRequest), CommandError> {
        let ticket: Ticket = ticket.parse()?;
        ticket.check(moment.unsigned())?;
        if self.networks.contains_key(&ticket.network) {
            return Err(CommandError::new(
                "already-member",
                "this ticket is for a network that you are in already",
            ));
        }
        let (network, secret) = (ticket.network, ticket.secret.clone());
        // Joining by itself, a machine is the first of its person there; others are linked to it.
        let me = self.own_person();
        let consent = Consent::sign(network, &secret, &self.key, me, &self.profile.name);
        Ok((
            ticket,
            JoinRequest {
                network,
                secret,
                consent,
            },
        ))
    }

    /// This device and a few of the other members', with where they were last reached.
    fn contacts_for_ticket(&self, id: &NetworkId) -> Result<Vec<Contact>, CommandError> {
        let me = self.own_contact()?;
        let mut others = self.contacts(id)?;
        others.sort_by_key(|contact| contact.addresses.is_empty());
        others.truncate(CONTACTS);
        for other in &mut others {
            // A public relay is found by the device's name: a ticket is to be short enough for a camera.
            other
                .relay
                .take_if(|relay| me.relay.as_ref() != Some(relay));
        }
        Ok(std::iter::once(me).chain(others).collect())
    }

    /// The device key's seed, for the network endpoint, which has the same key.
    pub(crate) fn seed(&self) -> [u8; 32] {
        self.key.seed()
    }
}

/// The known ends in a text, if it is nothing else: words with commas between.
fn kinds_in(text: &str) -> Vec<NetworkKind> {
    let words = text.split(',').map(str::trim);
    let known: Option<Vec<_>> = words.map(NetworkKind::from_word).collect();
    let mut kinds = known.unwrap_or_default();
    kinds.sort_unstable();
    kinds.dedup();
    kinds
}
