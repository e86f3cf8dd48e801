//! Who somebody is, who is in a network, and how both are proved.
//!
//! Pure: no I/O, no clock, no randomness. Time and random bytes come in as arguments, so that
//! every rule here can be tried a million times without a socket.
//!
//! ```text
//!  key     DeviceKey ── signs ──►  act      VerifiedAct, with its Body: found, invite, admit, link, remove, …
//!     │                                │
//!     │ actor_id, member_id            ▼
//!     │                             set      ActSet: the acts of one network, in any order
//!     │                                │
//!  invite  InviteSecret ─ consent ─►   ▼
//!     │                             membership   evaluate(acts) -> Membership: people, devices, rules, cuts, open or closed
//!     ▼
//!  ticket  tresse1…                 proof    tags that show a secret is known, without saying it
//! ```
//!
//! What it promises:
//! - a [`VerifiedAct`] exists only if every signature in it was checked, and its bounds before it was decoded;
//! - [`evaluate`] is a function of the *set* of acts: neither the order nor the number of times they
//!   arrived matters, and more acts never change whether one is valid;
//! - whoever founded a network is its first member and nothing more;
//! - whoever was removed brings nobody in, removes nobody and does not come back, with however many invented friends,
//!   within the limits that the page of [`membership`] states;
//! - secrets are never printed by `Debug`.

mod act;
mod address_ticket;
mod armour;
mod body;
mod closing;
mod comparison;
mod count;
mod cut;
mod device_ticket;
mod invite;
mod key;
mod link_consent;
mod link_refusal;
pub mod membership;
mod proof;
mod proved;
mod rules;
mod seal;
mod secret;
mod set;
mod signature;
mod ticket;
mod wire;

pub use act::{
    Act, ActError, ActId, MAX_ACT_BYTES, MAX_NAME_BYTES, MAX_SHORT_ACT_BYTES, VerifiedAct,
};
pub use address_ticket::AddressTicket;
pub use body::{Body, MAX_ROLE_BYTES};
pub use closing::{Closing, ClosingId, MAX_CLOSING_BYTES, Outcome, Successor};
pub use comparison::{Comparison, ComparisonCode, Nonce};
pub use count::{Counted, Fork, Link, MOST_BRANCHES, Voice, count};
pub use cut::{Cut, Cuts, MAX_CUTS, TooManyCuts};
pub use device_ticket::{DeviceTicket, Purpose};
pub use invite::{Consent, ConsentError, InviteKey, InviteSecret};
pub use key::{ACTOR_LEN, DeviceKey, Incarnation, actor_id, member_id, verify};
pub use link_consent::LinkConsent;
pub use link_refusal::LinkRefusal;
pub use membership::{
    ActRefusal, Adoption, Case, CaseState, Closed, ClosingCase, Decided, DeviceRecord,
    DeviceStanding, Ended, EndedMandate, Ending, Equivocation, Former, Invalid, Invitation,
    JoinRefusal, Late, Mandate, Member, Membership, Readmission, Removal, ReopeningCase,
    RuleChange, Said, Sifted, Version, evaluate, sift,
};
pub use proof::{Role, Tag, join_tag, tag, tags_equal};
pub use proved::prove;
pub use rules::{Quorum, Rules};
pub use seal::{ReadSeal, SEAL_LEN, Seal, SealError};
pub use secret::NetworkSecret;
pub use set::{ActSet, SetError};
pub use signature::Signature;
pub use ticket::{Contact, MAX_ADDRESSES, MAX_CONTACTS, Ticket, TicketError};
/// The most heads that an adopted version may have.
pub use tresse_model::MAX_VERSION_HEADS;
