//! What members decide about members: acts signed on a command.

use serde_json::{Value, json};
use tresse_model::{DeviceId, DocId, MemberId, NetworkId};
use tresse_trust::{ActId, Body, CaseState, Cut, Cuts, MAX_CUTS, Quorum, Rules};

use super::{Replica, piloting_edits::known_role, undo::Stays};
use crate::{Command, CommandError, Moment};

impl Replica {
    /// Carries out a command about who is in a network; `Err` gives back one about something else.
    pub(super) fn govern(
        &mut self,
        command: Command,
        moment: &Moment,
    ) -> Result<Result<Value, CommandError>, Box<Command>> {
        Ok(match command {
            Command::DeviceRevoke { network, device } => {
                self.revoke_device(&network, &device, moment)
            }
            Command::NetworkLeave { network } => self.leave(&network, moment),
            Command::MemberRemove { network, member } => {
                self.consent_to_removal(&network, &member, moment)
            }
            Command::MemberReadmit {
                network,
                member,
                device,
            } => self.consent_to_readmission(&network, &member, &device, moment),
            Command::InviteEndorse {
                network,
                invitation,
            } => self.endorse(&network, &invitation, moment),
            Command::MandateGive {
                network,
                role,
                holder,
                from,
                to,
            } => self.give_mandate(&network, &role, holder, (from, to), moment),
            Command::MandateEnd { network, mandate } => {
                self.end_mandate(&network, &mandate, moment)
            }
            Command::RotationHandOver { network, role } => self.hand_over(&network, &role, moment),
            Command::FeedbackObjective {
                network,
                thread,
                title,
                deadline,
            } => self.objective_of_feedback(&network, thread, title, deadline, moment),
            Command::RulesChange {
                network,
                invite,
                removal,
                readmission,
                change,
            } => self.change_rules(&network, invite, [removal, readmission, change], moment),
            Command::CharterAdopt { network, version } => {
                self.adopt_charter(&network, version.as_deref(), moment)
            }
            Command::AsideAdopt {
                network,
                document,
                device,
            } => self.adopt(&network, &document, &device, moment),
            command => return Err(Box::new(command)),
        })
    }

    fn revoke_device(
        &mut self,
        id: &NetworkId,
        device: &DeviceId,
        moment: &Moment,
    ) -> Result<Value, CommandError> {
        let cuts = self.cuts(id, &[*device])?;
        let device = *device;
        self.say_on_command(id, &Body::Revoke { device, cuts }, moment)?;
        Ok(json!({}))
    }

    fn leave(&mut self, id: &NetworkId, moment: &Moment) -> Result<Value, CommandError> {
        let me = self.me_in(id)?;
        let cuts = self.cuts(id, &self.devices_of(id, &me)?)?;
        self.say_on_command(id, &Body::Leave { cuts }, moment)?;
        Ok(json!({}))
    }

    fn consent_to_removal(
        &mut self,
        id: &NetworkId,
        member: &MemberId,
        moment: &Moment,
    ) -> Result<Value, CommandError> {
        let stay = self.stay_of(id, member)?;
        let cuts = self.cuts(id, &self.devices_of(id, member)?)?;
        let member = *member;
        self.say_on_command(id, &Body::Remove { member, stay, cuts }, moment)?;
        let network = self.network_ref(id)?;
        let removed = network.membership.member(&member).is_none();
        Ok(json!({ "removed": removed }))
    }

    /// Consents that a person comes back on the machine that a pending case names.
    fn consent_to_readmission(
        &mut self,
        id: &NetworkId,
        member: &MemberId,
        device: &DeviceId,
        moment: &Moment,
    ) -> Result<Value, CommandError> {
        let network = self.network_ref(id)?;
        let case = network
            .membership
            .readmissions()
            .iter()
            .find(|case| case.member == *member && case.device == *device)
            .ok_or_else(|| {
                CommandError::new(
                    "no-case",
                    "nobody asks to take this person back on this machine",
                )
            })?;
        let (stay, consent) = (case.stay, case.consent.clone());
        let answer = self.readmit(id, member, stay, consent, moment)?;
        self.network_mut(id)?.undo.said(Stays::Readmission);
        Ok(answer)
    }

    /// Says that a person goes on, or comes back, on the machine that signed `consent`.
    pub(super) fn readmit(
        &mut self,
        id: &NetworkId,
        member: &MemberId,
        stay: ActId,
        consent: tresse_trust::LinkConsent,
        moment: &Moment,
    ) -> Result<Value, CommandError> {
        let device = consent.device;
        let cuts = self.cuts(id, &self.devices_of(id, member)?)?;
        let body = Body::Readmit {
            member: *member,
            stay,
            consent,
            cuts,
        };
        self.say_if_allowed(id, &body, moment)?;
        let back = self.network_ref(id)?.membership.is_member_device(&device);
        Ok(json!({ "readmitted": back }))
    }

    /// Makes the invitation that another member made: where the rules ask for several.
    fn endorse(
        &mut self,
        id: &NetworkId,
        invitation: &str,
        moment: &Moment,
    ) -> Result<Value, CommandError> {
        let found = self.invitation(id, invitation)?;
        let body = Body::Invite {
            invite: found.key,
            uses: found.uses,
            expires_ms: found.expires_ms,
        };
        self.say_on_command(id, &body, moment)?;
        Ok(json!({}))
    }

    fn give_mandate(
        &mut self,
        id: &NetworkId,
        role: &str,
        holder: MemberId,
        (from, to): (String, Option<String>),
        moment: &Moment,
    ) -> Result<Value, CommandError> {
        let role = known_role(role)?;
        let from_ms = day(&from)?;
        let to_ms = to
            .filter(|to| !to.is_empty())
            .map(|to| day(&to))
            .transpose()?;
        if to_ms.is_some_and(|to| to < from_ms) {
            return Err(CommandError::new(
                "ends-before-start",
                format!("a mandate cannot end before it begins: choose a last day from {from} on"),
            ));
        }
        let body = Body::Mandate {
            role,
            holder,
            from_ms,
            to_ms,
        };
        let given = self.turn_on_command(id, &[body], moment)?;
        let given = given.first().map(ToString::to_string);
        Ok(json!({ "mandate": given }))
    }

    fn end_mandate(
        &mut self,
        id: &NetworkId,
        mandate: &str,
        moment: &Moment,
    ) -> Result<Value, CommandError> {
        let mandates = self.network_ref(id)?.membership.mandates();
        let known = mandates
            .iter()
            .find(|known| known.said.act.to_string() == mandate);
        let mandate = known
            .map(|known| known.said.act)
            .ok_or_else(|| CommandError::new("no-mandate", "there is no such mandate"))?;
        self.turn_on_command(id, &[Body::EndMandate { mandate }], moment)?;
        Ok(json!({}))
    }

    fn change_rules(
        &mut self,
        id: &NetworkId,
        invite: Option<u8>,
        quorums: [Option<String>; 3],
        moment: &Moment,
    ) -> Result<Value, CommandError> {
        let members = &self.network_ref(id)?.membership;
        let base = members.rules_set_by().ok_or_else(|| {
            CommandError::new("no-rules", "the act that set the rules is not here yet")
        })?;
        let mut rules: Rules = *members.rules();
        rules.invite = invite.unwrap_or(rules.invite);
        let [removal, readmission, change] = quorums;
        for (place, word) in [
            (&mut rules.removal, removal),
            (&mut rules.readmission, readmission),
            (&mut rules.change, change),
        ] {
            if let Some(word) = word {
                *place = quorum(&word)?;
            }
        }
        if !rules.are_sound() {
            return Err(CommandError::new(
                "bad-rules",
                "these rules do not hold together",
            ));
        }
        self.say_on_command(id, &Body::ChangeRules { base, rules }, moment)?;
        let adopted = *self.network_ref(id)?.membership.rules() == rules;
        Ok(json!({ "adopted": adopted }))
    }

    /// Signs an act if the rules allow it, and what follows from it by itself.
    pub(super) fn say_if_allowed(
        &mut self,
        id: &NetworkId,
        body: &Body,
        moment: &Moment,
    ) -> Result<ActId, CommandError> {
        let members = &self.network_ref(id)?.membership;
        members
            .may(&self.device(), body)
            .map_err(|refusal| CommandError::new(refusal.code(), refusal.to_string()))?;
        let act = self.say(id, body, moment)?;
        self.say_again(id, moment)?;
        Ok(act)
    }

    /// Says that this device has seen who came and went, if it has not said anything for a month: so that nobody,
    /// gone bad later, can claim a past without them.
    fn witness(&mut self, id: &NetworkId, moment: &Moment) -> Result<(), CommandError> {
        const MONTH_MS: u64 = 30 * 24 * 3600 * 1000;
        let network = self.network_ref(id)?;
        let due = network
            .membership
            .member_of(&self.device())
            .is_some_and(|me| network.membership.should_witness(&me));
        if !due {
            return Ok(());
        }
        let acts = network.acts.iter().map(tresse_trust::VerifiedAct::act);
        let mine = acts
            .filter(|act| act.device == self.device())
            .map(|act| act.at_ms);
        if mine
            .max()
            .is_none_or(|last| last + MONTH_MS <= moment.unsigned())
        {
            self.say(id, &Body::Witness, moment)?;
        }
        Ok(())
    }

    /// Repeats this person's consents where the union of all reaches what is needed and nobody has said so
    /// knowing all of them.
    pub(super) fn say_again(
        &mut self,
        id: &NetworkId,
        moment: &Moment,
    ) -> Result<(), CommandError> {
        let network = self.network_ref(id)?;
        let Some(me) = network.membership.member_of(&self.device()) else {
            return Ok(());
        };
        for body in network.membership.ready_to_complete(&me) {
            if self
                .network_ref(id)?
                .membership
                .may(&self.device(), &body)
                .is_ok()
            {
                self.say(id, &body, moment)?;
            }
        }
        self.witness(id, moment)
    }

    /// How far the chains of these devices reach in every document, as known here.
    fn cuts(&mut self, id: &NetworkId, devices: &[DeviceId]) -> Result<Cuts, CommandError> {
        self.seal_all();
        let network = self.network_ref(id)?;
        let mut cuts = Vec::new();
        let mut unclear = Vec::new();
        for (doc, actor, end) in devices.iter().flat_map(|device| network.chains_of(device)) {
            if network.aside.contains_key(&doc) {
                unclear.push((doc, actor));
                continue;
            }
            cuts.push(Cut {
                doc,
                actor,
                seq: end.seq,
                hash: end.tip,
            });
        }
        for (doc, actor) in unclear {
            // Something of it is set aside: what counts of the chain is in the document.
            if let Some((seq, hash)) = self.copy(id, &doc)?.counted_end(&actor) {
                cuts.push(Cut {
                    doc,
                    actor,
                    seq,
                    hash: hash.0,
                });
            }
        }
        cuts.truncate(MAX_CUTS);
        Cuts::new(cuts).map_err(|error| CommandError::new("too-many-cuts", error.to_string()))
    }

    /// Who this device's person is in a network.
    pub(super) fn me_in(&self, id: &NetworkId) -> Result<MemberId, CommandError> {
        let network = self.network_ref(id)?;
        Ok(network
            .membership
            .owner(&self.device())
            .unwrap_or_else(|| self.own_person()))
    }

    fn devices_of(&self, id: &NetworkId, member: &MemberId) -> Result<Vec<DeviceId>, CommandError> {
        let records = self.network_ref(id)?.membership.devices_of(member);
        Ok(records.map(|record| record.device).collect())
    }

    /// The act that began this person's present or last stay.
    pub(super) fn stay_of(&self, id: &NetworkId, member: &MemberId) -> Result<ActId, CommandError> {
        let members = &self.network_ref(id)?.membership;
        members
            .member(member)
            .map(|member| member.act)
            .or_else(|| members.former_member(member).map(|former| former.act))
            .ok_or_else(|| CommandError::new("no-member", "there is no such member here"))
    }

    /// Writes in my name what another's set-aside changes did in a document.
    fn adopt(
        &mut self,
        id: &NetworkId,
        doc: &DocId,
        device: &DeviceId,
        moment: &Moment,
    ) -> Result<Value, CommandError> {
        self.may_edit(id, doc)?;
        let copy = self.copy(id, doc)?;
        let branches = copy
            .branches_of(device)
            .map_err(|refusal| super::taking::refused(&refusal))?;
        if branches.is_empty() {
            return Err(CommandError::new(
                "nothing-aside",
                "nothing of this machine is set aside in this document",
            ));
        }
        let mut adopted = 0;
        for (old, which) in branches {
            adopted += which.len();
            self.replay(id, doc, &old, &which, moment)?;
            self.handled(id, doc, &which);
        }
        Ok(json!({ "adopted": adopted }))
    }
}

pub(super) fn day(text: &str) -> Result<u64, CommandError> {
    let bad = || {
        CommandError::new(
            "bad-date",
            format!("« {text} » is not a date like 2026-11-24"),
        )
    };
    let date: jiff::civil::Date = text.trim().parse().map_err(|_| bad())?;
    let midnight = date
        .at(0, 0, 0, 0)
        .to_zoned_datetime(jiff::tz::TimeZone::UTC)
        .map_err(|_| bad())?;
    u64::try_from(midnight.timestamp().as_millisecond()).map_err(|_| bad())
}

fn quorum(word: &str) -> Result<Quorum, CommandError> {
    Ok(match word {
        "majority" => Quorum::Majority,
        "two-thirds" => Quorum::TwoThirds,
        "all" => Quorum::All,
        number => {
            let count = number
                .parse()
                .ok()
                .filter(|count| (1..=1000).contains(count));
            Quorum::Count(count.ok_or_else(|| {
                CommandError::new(
                    "bad-quorum",
                    "say `majority`, `two-thirds`, `all` or a number of persons",
                )
            })?)
        }
    })
}

/// The word for a quorum, as commands take it.
pub(super) fn quorum_word(quorum: Quorum) -> String {
    match quorum {
        Quorum::Majority => "majority".into(),
        Quorum::TwoThirds => "two-thirds".into(),
        Quorum::All => "all".into(),
        Quorum::Count(count) => count.to_string(),
    }
}

/// The word for how far a case has come.
pub(super) const fn state_word(state: CaseState) -> &'static str {
    match state {
        CaseState::Pending => "pending",
        CaseState::Ready => "ready",
        CaseState::Complete => "complete",
        CaseState::Overtaken => "overtaken",
    }
}
