//! Invitations as they stand.

use tresse_model::MemberId;

use super::JoinRefusal;
use crate::InviteKey;

/// An invitation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invitation {
    /// Names it.
    pub key: InviteKey,
    /// The person who made it first.
    pub by: MemberId,
    /// The members who made it, those who are gone left out.
    pub made_by: Vec<MemberId>,
    /// How many more members must make it before it lets anybody in.
    pub awaits: usize,
    /// How many persons may use it.
    pub uses: u32,
    /// Who came in by it, in the order of their ids.
    pub used_by: Vec<MemberId>,
    /// When it ends, in milliseconds since 1970.
    pub expires_ms: u64,
    /// When it was first made, as claimed.
    pub at_ms: u64,
    /// Somebody closed it, or all who made it are gone.
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

    pub(super) fn refusal(&self, now_ms: u64) -> Option<JoinRefusal> {
        if self.revoked {
            Some(JoinRefusal::Revoked)
        } else if self.uses_left() == 0 {
            Some(JoinRefusal::Used)
        } else if now_ms >= self.expires_ms {
            Some(JoinRefusal::Expired)
        } else if self.awaits > 0 {
            Some(JoinRefusal::Awaited)
        } else {
            None
        }
    }
}
