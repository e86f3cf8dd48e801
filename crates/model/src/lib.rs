//! Tresse's domain: typed views and edits over Automerge documents.

mod content;
mod id;

pub use content::*;
pub use id::{DeviceId, DocId, DocKind, IdError, ItemId, MemberId, NetworkId};
