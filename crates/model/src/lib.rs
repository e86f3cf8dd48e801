//! Tresse's domain: typed views and edits over Automerge documents.

mod apply;
mod check;
mod content;
mod delta;
mod document;
mod edit;
mod elems;
mod error;
mod history;
mod id;
mod keys;
mod markdown;
mod patches;
mod read;
mod record;
mod session;
mod text;
mod undo;

pub use apply::apply;
pub use check::{FIELD_MAX, TAG_MAX, TEXT_MAX, TITLE_MAX};
pub use content::*;
pub use document::{
    Access, DocError, GENESIS_ACTOR, SCHEMA, access, genesis, genesis_hash, kind, load,
};
pub use edit::{Applied, Edit};
pub use error::EditError;
pub use history::{ChangeMeta, changes};
pub use id::{DeviceId, DocId, DocKind, IdError, ItemId, MemberId, NetworkId};
pub use markdown::{EXCERPT, excerpt};
pub use patches::text_splices;
pub use read::{
    AuthorOf, body_text, body_text_at, charter_text, page_text, read_charter, read_network,
    read_notebook, read_page, read_plan,
};
pub use session::{SessionError, TextSession};
pub use text::{Splice, minimal_splices};
pub use undo::{Stacks, Undo, Undone, undo};
