//! Who is in a network, and who may be let in.

mod evaluate;

pub use evaluate::evaluate;

use std::collections::BTreeMap;

use tresse_model::{DeviceId, MemberId, NetworkId};

use crate::{ActId, Consent, InviteKey, member_id};

/// A person in a network.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// Who.
    pub id: MemberId,
    /// The name they gave when they came in.
    pub name: String,
    /// Their devices.
    pub devices: Vec<DeviceId>,
    /// Who let them in; `None` for the founder.
    pub admitted_by: Option<MemberId>,
    /// The act that let them in.
    pub act: ActId,
    /// When that was, as claimed.
    pub at_ms: u64,
}

/// An invitation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invitation {
    /// Names it.
    pub key: InviteKey,
    /// The member who made it.
    pub by: MemberId,
    /// How many persons may use it.
    pub uses: u32,
    /// Who came in by it, in the order of their ids.
    pub used_by: Vec<MemberId>,
    /// When it ends, in milliseconds since 1970.
    pub expires_ms: u64,
    /// When it was made, as claimed.
    pub at_ms: u64,
    /// Somebody closed it.
    pub revoked: bool,
}

impl Invitation {
    /// How many more persons may use it.
    pub fn uses_left(&self) -> u32 {
        let used = u32::try_from(self.used_by.len()).unwrap_or(u32::MAX);
        self.uses.saturating_sub(used)
    }

    /// More persons came in by it than it allows: members out of reach of each other used the last place twice.
    pub fn overused(&self) -> bool {
        self.used_by.len() > self.uses as usize
    }

    /// Whether it lets somebody in at this time.
    pub fn is_open(&self, now_ms: u64) -> bool {
        self.refusal(now_ms).is_none()
    }

    fn refusal(&self, now_ms: u64) -> Option<JoinRefusal> {
        if self.revoked {
            Some(JoinRefusal::Revoked)
        } else if self.uses_left() == 0 {
            Some(JoinRefusal::Used)
        } else if now_ms >= self.expires_ms {
            Some(JoinRefusal::Expired)
        } else {
            None
        }
    }
}

/// Why somebody who holds a ticket is not let in. Told only to whoever proved to hold it.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error, serde::Serialize, serde::Deserialize,
)]
pub enum JoinRefusal {
    /// Its time is over.
    #[error("the invitation has expired: ask for a new one")]
    Expired,
    /// All its uses are used.
    #[error("the invitation has already been used: ask for a new one")]
    Used,
    /// A member closed it.
    #[error("the invitation was withdrawn: ask for a new one")]
    Revoked,
    /// The member asked does not know it, or what was signed does not hold.
    #[error("the invitation is not valid here: ask for a new one")]
    Invalid,
    /// The member asked cannot admit anybody just now (their disk is full, say).
    #[error("the member asked could not let you in just now: try again")]
    Unavailable,
}

impl JoinRefusal {
    /// A stable word for this refusal.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Expired => "invite-expired",
            Self::Used => "invite-used",
            Self::Revoked => "invite-revoked",
            Self::Invalid => "invite-invalid",
            Self::Unavailable => "invite-unavailable",
        }
    }
}

/// Who is in a network, as far as the acts known here tell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Membership {
    network: NetworkId,
    members: BTreeMap<MemberId, Member>,
    devices: BTreeMap<DeviceId, MemberId>,
    invitations: BTreeMap<InviteKey, Invitation>,
}

impl Membership {
    /// Which network.
    pub const fn network(&self) -> NetworkId {
        self.network
    }

    /// The members, by id.
    pub fn members(&self) -> impl ExactSizeIterator<Item = &Member> {
        self.members.values()
    }

    /// One member.
    pub fn member(&self, id: &MemberId) -> Option<&Member> {
        self.members.get(id)
    }

    /// Whose device it is.
    pub fn member_of(&self, device: &DeviceId) -> Option<MemberId> {
        self.devices.get(device).copied()
    }

    /// Whether it is a device of a member.
    pub fn is_member_device(&self, device: &DeviceId) -> bool {
        self.devices.contains_key(device)
    }

    /// The members' devices, sorted.
    pub fn devices(&self) -> impl ExactSizeIterator<Item = &DeviceId> {
        self.devices.keys()
    }

    /// Every invitation ever made, open or not, by key.
    pub fn invitations(&self) -> impl ExactSizeIterator<Item = &Invitation> {
        self.invitations.values()
    }

    /// One invitation.
    pub fn invitation(&self, key: &InviteKey) -> Option<&Invitation> {
        self.invitations.get(key)
    }

    /// The invitations that let somebody in at this time.
    pub fn open_invitations(&self, now_ms: u64) -> impl Iterator<Item = &Invitation> {
        self.invitations
            .values()
            .filter(move |invitation| invitation.is_open(now_ms))
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
        invitation.refusal(now_ms).map_or(Ok(()), Err)
    }
}
