//! What others' changes did to a document's text.

use automerge::{Automerge, ChangeHash};

use crate::{Splice, body_text_at, minimal_splices};

/// The splices that make the body text at `after` of the body text at `before`.
pub fn text_splices(doc: &Automerge, before: &[ChangeHash], after: &[ChangeHash]) -> Vec<Splice> {
    minimal_splices(&body_text_at(doc, before), &body_text_at(doc, after))
}
