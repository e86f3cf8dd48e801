//! The protocol by which two devices bring their copies of their shared networks into step.
//!
//! Pure: a [`Session`] is fed the frames that arrive on one ordered, reliable connection and says
//! what to send and what happened, as [`Effect`]s. It reaches documents and acts through [`Host`].
//! It owns no socket, clock, thread or source of chance.
//!
//! ```text
//!            frames in                          effects out
//!   net ───────────────►  Session::receive  ───────────────►  net, engine
//!                              │    ▲
//!                              ▼    │
//!                      Host: acts, documents, memory  (the engine over its store)
//! ```
//!
//! One promise binds the host: **commit before send**. What a call handed to the host (acts,
//! documents, memory) is durable before the frames that the same call returned leave the machine.
//! Then every claim on the wire is true of both disks, and a cut at any byte costs only time.
//!
//! Beside it, [`Company`] and [`Voice`] say who is here: words that are said and not kept.
//!
//! What it promises in turn: a stranger hears nothing; nothing malformed is applied; memory stays
//! bounded; and once both are quiet, both know whether they are in step.

mod bundle;
mod chain;
mod clock;
mod coming;
mod copy;
mod document;
mod effect;
#[cfg(fuzzing)]
pub mod fuzzing;
mod greeting;
mod host;
mod line;
mod link;
mod memory;
mod places;
mod presence;
mod session;
mod stream;
mod trial;
mod unfolded;
mod wire;

pub use automerge::ChangeHash;
pub use bundle::{BundleError, Packed, Packing, Unpacked, Unpacking, pack, unpack};
pub use coming::Coming;
pub use copy::{Actor, Copy, Landed, Landing, LoadError, Verified, stored_seals};
pub use document::{DocRefusal, Incoming, Stored};
pub use effect::{
    CloseReason, Compare, Effect, JoinRequest, LinkRequest, Linking, NetStatus, Welcome,
};
pub use host::{Heads, Host, HostError, LinkOffer, Linked, Standing};
pub use places::{MAX_PLACE_ADDRESSES, MAX_PLACES, Place};
pub use presence::{
    Company, HEARTBEAT, Heard, Here, MAX_PRESENCE, Order, PACE, PresenceRefusal, SALT, SILENCE,
    Said, Selection, Spot, Voice, presence_topic, seal_presence,
};
pub use session::Session;
pub use tresse_trust::{JoinRefusal, LinkRefusal, Role};
pub use wire::{MAX_LABEL_BYTES, VERSION};

/// The longest frame that is sent or accepted, in bytes.
pub const MAX_FRAME: usize = 64 * 1024;
