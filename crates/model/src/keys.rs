//! The keys of documents: the one place where the shape that lies on disk is spelled.

use automerge::ObjType;

use crate::DocKind;

pub(crate) const SCHEMA: &str = "schema";
/// The word of the document's kind (`kind` is a field of the network's own).
pub(crate) const DOCUMENT: &str = "document";
pub(crate) const PURPOSES: &str = "purposes";
pub(crate) const VALUES: &str = "values";
pub(crate) const OBJECTIVES: &str = "objectives";
pub(crate) const INDICATORS: &str = "indicators";
pub(crate) const ACTIONS: &str = "actions";
pub(crate) const TAGS: &str = "tags";
/// The one collaborative text of a charter or page.
pub(crate) const BODY: &str = "body";
/// The words of a [`crate::Line`].
pub(crate) const TEXT: &str = "text";
/// Where an item stands among its siblings: a number.
pub(crate) const ORDER: &str = "order";
/// An item is in the bin.
pub(crate) const REMOVED: &str = "removed";
/// Before the name of a version, in a notebook: on which day its owner signed it. A key of its own for each, so that
/// no object has to be there first.
pub(crate) const SIGNED: &str = "signed/";
/// A page is in the bin.
pub(crate) const BINNED: &str = "binned";

/// The objects that a document of this kind is born with.
pub(crate) const fn roots(kind: DocKind) -> &'static [(&'static str, ObjType)] {
    match kind {
        DocKind::Network => &[(PURPOSES, ObjType::Map)],
        DocKind::Charter => &[(VALUES, ObjType::Map), (BODY, ObjType::Text)],
        DocKind::Plan => &[(OBJECTIVES, ObjType::Map), (ACTIONS, ObjType::Map)],
        DocKind::Page => &[(TAGS, ObjType::Map), (BODY, ObjType::Text)],
        DocKind::Notebook => &[],
    }
}
