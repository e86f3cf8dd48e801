//! Who somebody is, who is in a network, and how both are proved.
//!
//! Pure: no I/O, no clock, no randomness. Time and random bytes come in as arguments, so that
//! every rule here can be tried a million times without a socket.
//!
//! ```text
//!  key     DeviceKey ── signs ──►  act      VerifiedAct: found, invite, revoke, admit
//!     │                                │
//!     │ actor_id, member_id            ▼
//!     │                             set      ActSet: the acts of one network, in any order
//!     │                                │
//!  invite  InviteSecret ─ consent ─►   ▼
//!     │                             membership   evaluate(acts) -> Membership
//!     ▼
//!  ticket  tresse1…                 proof    tags that show a secret is known, without saying it
//! ```
//!
//! What it promises:
//! - a [`VerifiedAct`] exists only if every signature in it was checked;
//! - [`evaluate`] is a function of the *set* of acts: neither the order nor the number of times they
//!   arrived matters, and adding acts never takes away a membership that stood without them;
//! - secrets are never printed by `Debug`.

mod act;
mod invite;
mod key;
mod membership;
mod proof;
mod secret;
mod set;
mod signature;
mod ticket;
mod wire;

pub use act::{Act, ActError, ActId, Body, MAX_ACT_BYTES, MAX_NAME_BYTES, VerifiedAct};
pub use invite::{Consent, ConsentError, InviteKey, InviteSecret};
pub use key::{ACTOR_LEN, DeviceKey, INCARNATIONS, actor_id, find_author, member_id, verify};
pub use membership::{Invitation, JoinRefusal, Member, Membership, evaluate};
pub use proof::{Role, Tag, join_tag, tag, tags_equal};
pub use secret::NetworkSecret;
pub use set::{ActSet, SetError};
pub use signature::Signature;
pub use ticket::{Contact, MAX_ADDRESSES, MAX_CONTACTS, Ticket, TicketError};
