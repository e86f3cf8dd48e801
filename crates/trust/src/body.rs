//! What acts say, kind by kind, and how it is written.

use serde::{Deserialize, Serialize};
use tresse_model::{Adopting, DeviceId, DocId, MAX_VERSION_HEADS, MemberId};

use crate::{
    Act, ActError, ActId, Closing, Consent, ConsentError, Cuts, InviteKey, LinkConsent,
    MAX_CLOSING_BYTES, MAX_NAME_BYTES, Rules,
    act::founded_network,
    wire::{self, device, member},
};

/// The longest a mandate's role may be, in bytes of UTF-8.
pub const MAX_ROLE_BYTES: usize = 64;

/// What an act says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Body {
    /// "We are a network from now on." Its hash is the network's id.
    Found {
        /// The founder: the first member and nothing more.
        member: MemberId,
        /// The founder's name.
        name: String,
        /// Random bytes, so that nobody else's founding has the same hash.
        salt: [u8; 16],
    },
    /// "Whoever holds this invitation may come in."
    Invite {
        /// The invitation.
        invite: InviteKey,
        /// How many persons may use it.
        uses: u32,
        /// When it ends, in milliseconds since 1970. The peer that admits somebody checks it by its own
        /// clock; it is not part of the evaluation, since no clock is the same everywhere.
        expires_ms: u64,
    },
    /// "That invitation is closed."
    RevokeInvite {
        /// The invitation.
        invite: InviteKey,
    },
    /// "This person is in."
    Admit {
        /// What they signed, with the invitation's key and with their own.
        consent: Consent,
    },
    /// "This is another device of mine."
    Link {
        /// What the device signed.
        consent: LinkConsent,
    },
    /// "This device of mine is lost or stolen." Final for the device's key.
    Revoke {
        /// The device: the one that says so, or another of the same person.
        device: DeviceId,
        /// How far its work counts.
        cuts: Cuts,
    },
    /// "I leave, with all my devices."
    Leave {
        /// How far their work counts.
        cuts: Cuts,
    },
    /// "I consent that this member be removed."
    Remove {
        /// Who.
        member: MemberId,
        /// The act by which they are in (found, admit or re-admit), so that a consent to an earlier stay
        /// never counts for a later one.
        stay: ActId,
        /// How far the work of their devices counts.
        cuts: Cuts,
    },
    /// "I consent that this person goes on, or comes back, on this device, as who they were."
    Readmit {
        /// Who.
        member: MemberId,
        /// The act by which they are in, or last were (found, admit or re-admit). A consent
        /// counts once, for what follows that stay.
        stay: ActId,
        /// What the device signed.
        consent: LinkConsent,
        /// How far the work of their earlier devices counts.
        cuts: Cuts,
    },
    /// "This person holds this role." A record with dates; it gives no power over data.
    Mandate {
        /// The role: `pilot`, `coordinator`, `facilitator`, `secretary`, `treasurer` or free text, at most
        /// [`MAX_ROLE_BYTES`] bytes.
        role: String,
        /// Who holds it.
        holder: MemberId,
        /// From when, in milliseconds since 1970.
        from_ms: u64,
        /// Until when, if that is set.
        to_ms: Option<u64>,
    },
    /// "That mandate is over."
    EndMandate {
        /// The act that gave it.
        mandate: ActId,
    },
    /// "I consent to these rules."
    ChangeRules {
        /// The act that set the rules they replace: the founding act for the first ones.
        base: ActId,
        /// The new rules.
        rules: Rules,
    },
    /// "I consent that this text, as it stands in this version of a document, is ours."
    Adopt {
        /// The document.
        document: DocId,
        /// The version: the newest changes it is made of, sorted, at most [`MAX_VERSION_HEADS`]. Those of other documents may stand among
        /// them, where what they say is part of it (of the charter: the network document, which holds the purposes).
        heads: Vec<[u8; 32]>,
    },
    /// "This decision of ours adopted this version of a document." It adopts nothing by itself: every peer counts the decision for itself, and goes
    /// by that. One person's word is enough, for it only gives the adoption its place among the others. Judged valid whatever it says, as
    /// an unknown kind is, so that older versions, which do not know it, see the same members.
    Decided {
        /// The document.
        document: DocId,
        /// The version, and the one whose place it takes: the decision's name follows from both, so that none is passed off as being about
        /// another one. What names no version is read as [`Body::Unknown`].
        about: Adopting,
    },
    /// "I consent that this network close so." Judged valid whatever it says, as an unknown kind is, so that older
    /// versions, which do not know it, see the same members.
    Close {
        /// The act since which the network is open: the founding act, or one that completed its last reopening.
        base: ActId,
        /// How it ends. One that does not keep within its bounds is read as [`Body::Unknown`].
        closing: Closing,
    },
    /// "I consent that this network open again." As valid as a closing.
    Reopen {
        /// The act since which it is closed: one that completed its closing.
        base: ActId,
        /// Why, in at most [`MAX_CLOSING_BYTES`] bytes. Consents in other words are to the same thing.
        words: String,
    },
    /// "I consent no longer to that closing, or to that reopening." As valid as a closing. Of everybody who knows of it before the closing is
    /// complete; too late after that.
    Withdraw {
        /// An act by which its author consented. All consents of this person to the same closing or reopening go that stand before.
        consent: ActId,
    },
    /// "I have seen what stands before this." Nothing more: but what somebody has seen so
    /// they cannot deny later ([`crate::Membership::should_witness`]).
    Witness,
    /// Something that only a newer version knows: kept and passed on, not evaluated.
    Unknown {
        /// The kind's number.
        kind: u16,
        /// The kind's own bytes.
        bytes: Vec<u8>,
    },
}

const FOUND: u16 = 1;
const INVITE: u16 = 2;
const REVOKE_INVITE: u16 = 3;
const ADMIT: u16 = 4;
const LINK: u16 = 5;
const REVOKE: u16 = 6;
const LEAVE: u16 = 7;
const REMOVE: u16 = 8;
const READMIT: u16 = 9;
const MANDATE: u16 = 10;
const END_MANDATE: u16 = 11;
const CHANGE_RULES: u16 = 12;
const WITNESS: u16 = 13;
const ADOPT: u16 = 14;
const CLOSE: u16 = 15;
const REOPEN: u16 = 16;
const WITHDRAW: u16 = 17;
const DECIDED: u16 = 18;

#[derive(Serialize, Deserialize)]
struct Found {
    #[serde(with = "member")]
    member: MemberId,
    name: String,
    salt: [u8; 16],
}

#[derive(Serialize, Deserialize)]
struct Invite {
    key: InviteKey,
    uses: u32,
    expires_ms: u64,
}

#[derive(Serialize, Deserialize)]
struct Revoke {
    #[serde(with = "device")]
    device: DeviceId,
    cuts: Cuts,
}

#[derive(Serialize, Deserialize)]
struct Remove {
    #[serde(with = "member")]
    member: MemberId,
    stay: ActId,
    cuts: Cuts,
}

#[derive(Serialize, Deserialize)]
struct Readmit {
    stay: ActId,
    consent: LinkConsent,
    cuts: Cuts,
}

#[derive(Serialize, Deserialize)]
struct Mandate {
    role: String,
    #[serde(with = "member")]
    holder: MemberId,
    from_ms: u64,
    to_ms: Option<u64>,
}

#[derive(Serialize, Deserialize)]
struct ChangeRules {
    base: ActId,
    rules: Rules,
}

#[derive(Serialize, Deserialize)]
struct Close {
    base: ActId,
    closing: Closing,
}

#[derive(Serialize, Deserialize)]
struct Reopen {
    base: ActId,
    words: String,
}

#[derive(Serialize, Deserialize)]
struct Adopt {
    document: [u8; DocId::LEN],
    heads: Vec<[u8; 32]>,
}

#[derive(Serialize, Deserialize)]
struct Decided {
    document: [u8; DocId::LEN],
    salt: [u8; 16],
    replaces: [u8; 16],
    heads: Vec<[u8; 32]>,
}

impl Body {
    /// Whether acts of this kind carry cuts, and so may be long.
    pub(crate) const fn carries_cuts(kind: u16) -> bool {
        matches!(kind, REVOKE | LEAVE | REMOVE | READMIT)
    }

    pub(crate) fn write(&self) -> (u16, Vec<u8>) {
        match self.clone() {
            Self::Found { member, name, salt } => {
                (FOUND, wire::encode(&Found { member, name, salt }))
            }
            Self::Invite {
                invite: key,
                uses,
                expires_ms,
            } => {
                let invite = Invite {
                    key,
                    uses,
                    expires_ms,
                };
                (INVITE, wire::encode(&invite))
            }
            Self::RevokeInvite { invite } => (REVOKE_INVITE, wire::encode(&invite)),
            Self::Admit { consent } => (ADMIT, wire::encode(&consent)),
            Self::Link { consent } => (LINK, wire::encode(&consent)),
            Self::Revoke { device, cuts } => (REVOKE, wire::encode(&Revoke { device, cuts })),
            Self::Leave { cuts } => (LEAVE, wire::encode(&cuts)),
            Self::Remove { member, stay, cuts } => {
                (REMOVE, wire::encode(&Remove { member, stay, cuts }))
            }
            Self::Readmit {
                member: _,
                stay,
                consent,
                cuts,
            } => {
                let readmit = Readmit {
                    stay,
                    consent,
                    cuts,
                };
                (READMIT, wire::encode(&readmit))
            }
            Self::Mandate {
                role,
                holder,
                from_ms,
                to_ms,
            } => {
                let mandate = Mandate {
                    role,
                    holder,
                    from_ms,
                    to_ms,
                };
                (MANDATE, wire::encode(&mandate))
            }
            Self::EndMandate { mandate } => (END_MANDATE, wire::encode(&mandate)),
            Self::ChangeRules { base, rules } => {
                (CHANGE_RULES, wire::encode(&ChangeRules { base, rules }))
            }
            Self::Adopt { document, heads } => {
                let document = document.to_bytes();
                (ADOPT, wire::encode(&Adopt { document, heads }))
            }
            Self::Decided { document, about } => {
                let decided = Decided {
                    document: document.to_bytes(),
                    salt: about.salt(),
                    replaces: about.replaces(),
                    heads: about.heads().to_vec(),
                };
                (DECIDED, wire::encode(&decided))
            }
            Self::Close { base, closing } => (CLOSE, wire::encode(&Close { base, closing })),
            Self::Reopen { base, words } => (REOPEN, wire::encode(&Reopen { base, words })),
            Self::Withdraw { consent } => (WITHDRAW, wire::encode(&consent)),
            Self::Witness => (WITNESS, Vec::new()),
            Self::Unknown { kind, bytes } => (kind, bytes),
        }
    }

    pub(crate) fn read(kind: u16, bytes: &[u8]) -> Option<Self> {
        Some(match kind {
            FOUND => {
                let Found { member, name, salt } = wire::decode(bytes)?;
                Self::Found { member, name, salt }
            }
            INVITE => {
                let read: Invite = wire::decode(bytes)?;
                Self::Invite {
                    invite: read.key,
                    uses: read.uses,
                    expires_ms: read.expires_ms,
                }
            }
            REVOKE_INVITE => Self::RevokeInvite {
                invite: wire::decode(bytes)?,
            },
            ADMIT => Self::Admit {
                consent: wire::decode(bytes)?,
            },
            LINK => Self::Link {
                consent: wire::decode(bytes)?,
            },
            REVOKE => {
                let Revoke { device, cuts } = wire::decode(bytes)?;
                Self::Revoke { device, cuts }
            }
            LEAVE => Self::Leave {
                cuts: wire::decode(bytes)?,
            },
            REMOVE => {
                let Remove { member, stay, cuts } = wire::decode(bytes)?;
                Self::Remove { member, stay, cuts }
            }
            READMIT => {
                let read: Readmit = wire::decode(bytes)?;
                Self::Readmit {
                    member: read.consent.member,
                    stay: read.stay,
                    consent: read.consent,
                    cuts: read.cuts,
                }
            }
            MANDATE => {
                let read: Mandate = wire::decode(bytes)?;
                Self::Mandate {
                    role: read.role,
                    holder: read.holder,
                    from_ms: read.from_ms,
                    to_ms: read.to_ms,
                }
            }
            END_MANDATE => Self::EndMandate {
                mandate: wire::decode(bytes)?,
            },
            CHANGE_RULES => {
                let ChangeRules { base, rules } = wire::decode(bytes)?;
                Self::ChangeRules { base, rules }
            }
            ADOPT => {
                let Adopt { document, heads } = wire::decode(bytes)?;
                Self::Adopt {
                    document: DocId::from_bytes(document),
                    heads,
                }
            }
            CLOSE | REOPEN | WITHDRAW | DECIDED => {
                Self::read_newer(kind, bytes).unwrap_or_else(|| Self::Unknown {
                    kind,
                    bytes: bytes.to_vec(),
                })
            }
            WITNESS if bytes.is_empty() => Self::Witness,
            WITNESS => return None,
            _ => Self::Unknown {
                kind,
                bytes: bytes.to_vec(),
            },
        })
    }
}

impl Body {
    /// A closing, a reopening, the end of a consent to one, or what a decision adopted, if it reads and keeps within its bounds. Older versions keep
    /// whatever stands under these kinds, so this one refuses nothing of it either: else the two would never be in step.
    fn read_newer(kind: u16, bytes: &[u8]) -> Option<Self> {
        match kind {
            CLOSE => {
                let Close { base, closing } = wire::decode(bytes)?;
                closing.is_sound().then_some(Self::Close { base, closing })
            }
            REOPEN => {
                let Reopen { base, words } = wire::decode(bytes)?;
                (words.len() <= MAX_CLOSING_BYTES).then_some(Self::Reopen { base, words })
            }
            DECIDED => {
                let read: Decided = wire::decode(bytes)?;
                Some(Self::Decided {
                    document: DocId::from_bytes(read.document),
                    about: Adopting::new(read.salt, read.replaces, read.heads)?,
                })
            }
            _ => Some(Self::Withdraw {
                consent: wire::decode(bytes)?,
            }),
        }
    }

    /// Whether it is of a kind that older versions keep whatever it says.
    pub(crate) const fn is_newer(&self) -> bool {
        matches!(
            self,
            Self::Close { .. } | Self::Reopen { .. } | Self::Withdraw { .. } | Self::Decided { .. }
        )
    }
}

impl Act {
    /// What a body must agree on with the rest of its act, and every signature in it.
    pub(crate) fn check(&self) -> Result<(), ActError> {
        let founds = matches!(self.body, Body::Found { .. });
        if founds != self.after.is_empty() {
            return Err(ActError::Malformed);
        }
        let sound = |sound: bool| sound.then_some(()).ok_or(ActError::Malformed);
        match &self.body {
            Body::Found { name, .. } => {
                sound(!name.trim().is_empty() && name.len() <= MAX_NAME_BYTES)?;
                let (kind, bytes) = self.body.write();
                if founded_network(self.at_ms, &self.device, kind, &bytes) != self.network {
                    return Err(ActError::WrongNetwork);
                }
            }
            Body::Admit { consent } => {
                if consent.network != self.network {
                    return Err(ActError::WrongNetwork);
                }
                consent.verify()?;
            }
            Body::Link { consent } | Body::Readmit { consent, .. } => {
                if consent.network != self.network {
                    return Err(ActError::WrongNetwork);
                }
                if !consent.verify() {
                    return Err(ConsentError::Signature.into());
                }
            }
            Body::Mandate {
                role,
                from_ms,
                to_ms,
                ..
            } => {
                sound(!role.trim().is_empty() && role.len() <= MAX_ROLE_BYTES)?;
                sound(to_ms.is_none_or(|to_ms| *from_ms < to_ms))?;
            }
            Body::ChangeRules { rules, .. } => sound(rules.are_sound())?,
            Body::Adopt { heads, .. } => {
                sound(!heads.is_empty() && heads.len() <= MAX_VERSION_HEADS)?;
                sound(heads.windows(2).all(|pair| pair[0] < pair[1]))?;
            }
            Body::Invite { .. }
            | Body::RevokeInvite { .. }
            | Body::Revoke { .. }
            | Body::Leave { .. }
            | Body::Remove { .. }
            | Body::EndMandate { .. }
            | Body::Decided { .. }
            | Body::Close { .. }
            | Body::Reopen { .. }
            | Body::Withdraw { .. }
            | Body::Witness
            | Body::Unknown { .. } => {}
        }
        Ok(())
    }
}
