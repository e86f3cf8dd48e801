//! What a device may say now, before it signs it.

use tresse_model::{DeviceId, MemberId};

use super::{ActRefusal, CaseState, DeviceStanding, Ending, JoinRefusal, Membership};
use crate::{ActId, Body, Consent, LinkConsent, member_id};

impl Membership {
    /// Whether an act that says this, signed now by this device, would hold. An engine asks
    /// before it signs.
    pub fn may(&self, device: &DeviceId, body: &Body) -> Result<(), ActRefusal> {
        if matches!(body, Body::Found { .. }) {
            return Err(ActRefusal::Founded);
        }
        let me = self
            .member_of(device)
            .ok_or_else(|| match self.standing(device) {
                DeviceStanding::Ended => ActRefusal::Ended,
                DeviceStanding::Active | DeviceStanding::Unknown => ActRefusal::NotAMember,
            })?;
        let otherwise = |refusal: ActRefusal, holds: bool| holds.then_some(()).ok_or(refusal);
        otherwise(
            ActRefusal::Closed,
            self.closed.is_none() || stays_open(body),
        )?;
        match body {
            Body::Found { .. }
            | Body::Invite { .. }
            | Body::RevokeInvite { .. }
            | Body::Leave { .. }
            | Body::Adopt { .. }
            | Body::Decided { .. }
            | Body::Witness
            | Body::Unknown { .. } => Ok(()),
            Body::Admit { consent } => self.may_admit_by_acts(consent),
            Body::Link { consent } => {
                otherwise(ActRefusal::WrongPerson, consent.member == me)?;
                self.may_join(consent)
            }
            Body::Revoke { device, .. } => {
                let mine = self.devices_of(&me).any(|record| record.device == *device);
                otherwise(ActRefusal::NotYours, mine)
            }
            Body::Remove { member, stay, .. } => {
                otherwise(ActRefusal::Yourself, *member != me)?;
                otherwise(ActRefusal::WrongStay, self.is_last_stay(stay, member))
            }
            Body::Readmit {
                member,
                stay,
                consent,
                ..
            } => {
                otherwise(ActRefusal::Yourself, *member != me)?;
                otherwise(ActRefusal::WrongPerson, consent.member == *member)?;
                otherwise(ActRefusal::WrongStay, self.is_last_stay(stay, member))?;
                self.may_join(consent)
            }
            Body::Mandate { holder, .. } => {
                let known = self.members.contains_key(holder) || self.former.contains_key(holder);
                otherwise(ActRefusal::UnknownPerson, known)
            }
            Body::EndMandate { mandate } => {
                let mut mandates = self.mandates.iter();
                let known = mandates.any(|known| known.said.act == *mandate);
                otherwise(ActRefusal::UnknownMandate, known)
            }
            Body::Close { base, .. } => {
                otherwise(ActRefusal::OldTurn, self.turned_by == Some(*base))
            }
            Body::Reopen { base, .. } => {
                otherwise(ActRefusal::Open, self.closed.is_some())?;
                otherwise(ActRefusal::OldTurn, self.turned_by == Some(*base))
            }
            Body::Withdraw { consent } => {
                otherwise(ActRefusal::NoConsent, self.consents_by(&me, consent))
            }
            Body::ChangeRules { base, .. } => {
                otherwise(ActRefusal::OldRules, self.rules_set_by == Some(*base))
            }
        }
    }

    /// Whether this person may be let in now, by the clock of the peer that is asked.
    ///
    /// Somebody who is in already, with this device, may always: the answer that told them so was lost on its way.
    pub fn may_admit(&self, consent: &Consent, now_ms: u64) -> Result<(), JoinRefusal> {
        let sound = consent.network == self.network
            && consent.member == member_id(&consent.device)
            && consent.verify().is_ok();
        let invitation = self.invitations.get(&consent.invite);
        let (true, Some(invitation)) = (sound, invitation) else {
            return Err(JoinRefusal::Invalid);
        };
        if self.member_of(&consent.device) == Some(consent.member) {
            return Ok(());
        }
        match self.may_enter(consent) {
            Err(ActRefusal::WasAMember) => Err(JoinRefusal::Former),
            Err(_) => Err(JoinRefusal::Invalid),
            // An older version, too, understands that the invitation lets nobody in.
            Ok(()) if self.closed.is_some() => Err(JoinRefusal::Revoked),
            Ok(()) => invitation.refusal(now_ms).map_or(Ok(()), Err),
        }
    }

    fn may_admit_by_acts(&self, consent: &Consent) -> Result<(), ActRefusal> {
        if consent.member != member_id(&consent.device) {
            return Err(ActRefusal::WrongPerson);
        }
        self.may_enter(consent)?;
        let open = self
            .invitations
            .get(&consent.invite)
            .is_some_and(|invitation| {
                let used = invitation.used_by.iter();
                let others = used.filter(|member| **member != consent.member).count();
                !invitation.revoked && invitation.awaits == 0 && others < invitation.uses as usize
            });
        open.then_some(()).ok_or(ActRefusal::InviteClosed)
    }

    /// Whether the person may come in as a new one, or is in as one.
    fn may_enter(&self, consent: &Consent) -> Result<(), ActRefusal> {
        let LastStay { number, goes_on } = self.last_stay(&consent.member);
        if number.is_some_and(|number| number > 0 || !goes_on) {
            return Err(ActRefusal::WasAMember);
        }
        self.may_take(&consent.device, &consent.member)
    }

    fn may_join(&self, consent: &LinkConsent) -> Result<(), ActRefusal> {
        self.may_take(&consent.device, &consent.member)
    }

    fn may_take(&self, device: &DeviceId, member: &MemberId) -> Result<(), ActRefusal> {
        for (owner, records) in &self.records {
            let Some(record) = records.iter().find(|record| record.device == *device) else {
                continue;
            };
            if owner != member {
                return Err(ActRefusal::DeviceTaken);
            }
            if let Some(ended) = &record.ended
                && ended.how == Ending::Revoked
            {
                return Err(ActRefusal::DeviceRevoked);
            }
        }
        Ok(())
    }

    /// Whether this act is this person's consent to a closing or reopening that is not complete.
    fn consents_by(&self, me: &MemberId, consent: &ActId) -> bool {
        let closings = self.closings.iter().map(|one| &one.case);
        let mut cases = closings.chain(self.reopenings.iter().map(|one| &one.case));
        cases.any(|case| {
            let open = matches!(case.state, CaseState::Pending | CaseState::Ready);
            let mut consents = case.consents.iter();
            open && consents.any(|said| said.by == *me && said.act == *consent)
        })
    }

    fn last_stay(&self, member: &MemberId) -> LastStay {
        let stays = self.stays.values().filter(|stay| stay.0 == *member);
        LastStay {
            number: stays.map(|stay| stay.1).max(),
            goes_on: self.members.contains_key(member),
        }
    }

    /// Whether the act began the person's present stay, or the last one they had.
    fn is_last_stay(&self, act: &ActId, member: &MemberId) -> bool {
        let last = self.last_stay(member).number;
        self.stays
            .get(act)
            .is_some_and(|stay| stay.0 == *member && Some(stay.1) == last)
    }
}

/// What may be said while a network is closed: what opens it again, and what concerns who may read what is in it.
const fn stays_open(body: &Body) -> bool {
    match body {
        Body::RevokeInvite { .. }
        | Body::Link { .. }
        | Body::Revoke { .. }
        | Body::Leave { .. }
        | Body::Remove { .. }
        | Body::Readmit { .. }
        | Body::Reopen { .. }
        | Body::Withdraw { .. }
        | Body::Witness
        | Body::Unknown { .. } => true,
        Body::Found { .. }
        | Body::Invite { .. }
        | Body::Admit { .. }
        | Body::Mandate { .. }
        | Body::EndMandate { .. }
        | Body::ChangeRules { .. }
        | Body::Adopt { .. }
        | Body::Decided { .. }
        | Body::Close { .. } => false,
    }
}

struct LastStay {
    number: Option<u32>,
    goes_on: bool,
}
