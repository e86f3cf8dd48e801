//! Why somebody is not let in, and why an act does not hold.

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
    /// A member closed it, or whoever made it is no member any more.
    #[error("the invitation was withdrawn: ask for a new one")]
    Revoked,
    /// The member asked does not know it, or what was signed does not hold.
    #[error("the invitation is not valid here: ask for a new one")]
    Invalid,
    /// The member asked cannot admit anybody just now (their disk is full, say).
    #[error("the member asked could not let you in just now: try again")]
    Unavailable,
    /// The network asks for more members to make the same invitation.
    #[error("other members must confirm the invitation first: try again once they have")]
    Awaited,
    /// Whoever asks was a member and comes back another way.
    #[error("you were a member of this network before: ask the members to re-admit you")]
    Former,
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
            Self::Awaited => "invite-awaited",
            Self::Former => "invite-former",
        }
    }
}

/// Why an act does not hold, or would not if it were signed now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
pub enum ActRefusal {
    /// The device is nobody's in this network.
    #[error("this device does not belong to a member: ask to be invited")]
    NotAMember,
    /// The device was a member's and is no more.
    #[error("this device no longer belongs to a member: ask the members to re-admit you")]
    Ended,
    /// A network is founded once.
    #[error("the network is founded already")]
    Founded,
    /// The person named is not the one whose key signed.
    #[error("the person named is not the one who signed: ask them to sign again")]
    WrongPerson,
    /// The device is another person's.
    #[error("the device belongs to another person here: use another device")]
    DeviceTaken,
    /// The device was said to be lost or stolen, which is final.
    #[error("the device was declared lost: make a new profile on it")]
    DeviceRevoked,
    /// The device is not one of the author's.
    #[error("the device is not one of yours: only its owner can revoke it")]
    NotYours,
    /// The person was never in, as far as is known here.
    #[error("nobody here is known by that name: synchronise first")]
    UnknownPerson,
    /// The person was a member before.
    #[error("the person was a member before: re-admit them instead of inviting them")]
    WasAMember,
    /// The person named is the author.
    #[error("this takes the consent of others: to go, leave")]
    Yourself,
    /// The act named did not begin the stay of the person that is meant.
    #[error("the person's membership has changed in between: look again and decide anew")]
    WrongStay,
    /// The rules named are not the ones in force.
    #[error("the rules have changed in between: look again and decide anew")]
    OldRules,
    /// The mandate named is not known.
    #[error("that mandate is not known or is over already")]
    UnknownMandate,
    /// The invitation is not open.
    #[error("the invitation is not open: make a new one")]
    InviteClosed,
    /// The network is closed: all can be read, and it can be opened again.
    #[error("the network is closed: reopen it first, by as many as change the rules")]
    Closed,
    /// The network is open, and what was said opens it.
    #[error("the network is open already")]
    Open,
    /// The network was closed or reopened since the act that is named.
    #[error("the network was closed or reopened in between: look again and decide anew")]
    OldTurn,
    /// There is no consent of the author to take back: it never was, or the network has closed or reopened by it.
    #[error("there is no consent of yours to take back: it never was, or it is done")]
    NoConsent,
}

impl ActRefusal {
    /// A stable word for this refusal.
    pub const fn code(self) -> &'static str {
        match self {
            Self::NotAMember => "act-not-a-member",
            Self::Ended => "act-device-ended",
            Self::Founded => "act-founded",
            Self::WrongPerson => "act-wrong-person",
            Self::DeviceTaken => "act-device-taken",
            Self::DeviceRevoked => "act-device-revoked",
            Self::NotYours => "act-not-yours",
            Self::UnknownPerson => "act-unknown-person",
            Self::WasAMember => "act-was-a-member",
            Self::Yourself => "act-yourself",
            Self::WrongStay => "act-wrong-stay",
            Self::OldRules => "act-old-rules",
            Self::UnknownMandate => "act-unknown-mandate",
            Self::InviteClosed => "act-invite-closed",
            Self::Closed => "network-closed",
            Self::Open => "network-open",
            Self::OldTurn => "act-old-turn",
            Self::NoConsent => "act-no-consent",
        }
    }
}
