//! What the scenarios are told with: peers with names, who write, meet, part and are killed.
//!
//! ```text
//!   scenario ── Peer ──► tresse-node   one process a verb, on a profile of its own
//!            ├─ Serving ► tresse-node serve, until it is stopped, killed or dropped
//!            ├─ Desk ───► tresse-desk  an engine online, as the window holds it: edits while linked
//!            ├─ Crafted ► the library crates in this process: a member who writes what no Tresse
//!            │            writes today and says what none says, a stranger who records all
//!            │            that is said to it; [`Call`], [`Forger`], [`Message`] are its tools
//!            ├─ Intruder ► machines with a QUIC stack of their own that knock without end
//!            ├─ Relay ──► tresse-relay, a relay of one's own
//!            ├─ Wire ───► tresse-wire, a line that is late, loses packets, or is cut at a byte
//!            └─ Host ───► a network namespace: a machine of its own, with cables to plug and cut
//! ```
//!
//! Everything is real: processes, sockets, files. Nothing sleeps and hopes: a scenario waits for
//! what it wants to see, for [`PATIENCE`] at the most, and whatever is drawn by chance comes from
//! a seed that is printed ([`Dice`]).
//!
//! | variable | what it sets |
//! |---|---|
//! | `TRESSE_SEED` | the seed of scenarios of chance |
//! | `TRESSE_ROUNDS` | how many rounds they play |
//! | `TRESSE_NODE` | another `tresse-node` than the one of this build |
//! | `CI` | scenarios that need root fail without it, rather than being left out |
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a scenario that cannot go on says so by panicking, and tells its figures"
)]

mod crafted;
mod desk;
mod dice;
mod hosts;
mod intruder;
mod ledger;
mod node;
mod outcome;
mod peer;
mod relay;
mod schema;
mod serving;
mod talk;
mod wire;
mod within;

use std::time::Duration;

pub use crafted::{
    Call, Crafted, Entry, Forger, Knock, Message, Overheard, Raw, SealPart, Told, WireBody,
    changes, clock, entries, folded, many_in_few, one, patched, whole,
};
pub use desk::Desk;
pub use dice::{Dice, rounds};
pub use hosts::{
    Cable, Host, Room, addresses_can_be_translated, disks_can_be_made, hosts_can_be_made,
};
pub use intruder::Intruder;
pub use ledger::{Ledger, Marked};
pub use node::node;
pub use outcome::{Outcome, Refusal, find, word};
pub use peer::Peer;
pub use relay::Relay;
pub use schema::Schema;
pub use serving::Serving;
pub use talk::Talk;
pub use wire::Wire;
pub use within::{contact, on_loopback};

/// How long anything that must happen may take.
pub const PATIENCE: Duration = Duration::from_mins(1);
