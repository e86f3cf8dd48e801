//! Links between devices: opaque frames over [iroh], and finding each other.
//!
//! This crate knows devices, addresses and frames. It knows nothing of networks, members or
//! documents: whoever uses it proves membership over a link and tells it by [`Net::proven`].
//!
//! ```text
//!  engine ── Files ──► blobs, given and fetched over links that are proven
//!  engine ── Net ──► driver ──► keeper    whom to dial and when
//!    ▲                 │  ├───► arbiter   one link per device, whoever dialled
//!    │                 │  ├───► lan       stations (mDNS) ─► book of who was heard where
//!    │                 │  └───► gossip    words that pass from one to the next, on links of members
//!    │                 ▼
//!    └─ NetEvent ◄── links ◄── greet ◄── door (callers) / dial
//! ```
//!
//! What it promises:
//! - The handle's methods return at once, from any thread; what happens comes as [`NetEvent`]s.
//! - One device never has two links at once. A link's events are `Linked`, its frames in
//!   order, `Closed`.
//! - Whoever floods it costs bounded memory: frames are bounded, a link reads no further than
//!   the engine has dealt with, and strangers are few, brief and given little room.
//! - It works without any infrastructure, on a bare cable or on one machine alone; what cannot
//!   be reached delays nothing.
//!
//! How devices find each other, and what goes wrong, is told in `docs/network.md`.

mod accept;
mod arbiter;
mod config;
mod door;
mod driver;
mod endpoint;
mod error;
mod event;
mod files;
mod gossip;
mod greet;
mod keeper;
mod lan;
mod link;
mod net;
mod wakeful;

pub use config::{Contact, NetConfig, Purpose, Topic};
pub use endpoint::read_relay;
pub use error::NetError;
pub use event::{Credit, LinkId, NetEvent, Traffic};
pub use files::{Circle, FileError, FileProgress, Files, Presence, SealedFile};
pub use lan::{LanStatus, LanTrouble, is_local};
pub use net::Net;

/// The longest frame, in bytes: one mebibyte of content and what a protocol wraps around it.
pub const MAX_FRAME: usize = 1024 * 1024 + 64 * 1024;
