//! Links between devices: opaque frames over iroh, and finding each other.
mod config;
mod driver;
mod error;
mod event;
mod net;

pub use config::{Contact, NetConfig, Purpose};
pub use error::NetError;
pub use event::{Credit, LinkId, NetEvent};
pub use net::Net;

/// The longest frame, in bytes: one mebibyte of content and what a protocol wraps around it.
pub const MAX_FRAME: usize = 1024 * 1024 + 64 * 1024;
