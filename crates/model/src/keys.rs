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
pub(crate) const ORIENTATIONS: &str = "orientations";
pub(crate) const GROUPS: &str = "groups";
pub(crate) const MEASURES: &str = "measures";
pub(crate) const CHECKLIST: &str = "checklist";
pub(crate) const OWN_OBJECTIVES: &str = "own_objectives";
/// Sets: maps of marks.
pub(crate) const OWNERS: &str = "owners";
pub(crate) const MEMBERS: &str = "members";
pub(crate) const DEPENDS_ON: &str = "depends_on";
/// The times that a recurring action has been done, by the day they were due.
pub(crate) const DONE_ON: &str = "done_on";
/// A part of an action is done.
pub(crate) const DONE: &str = "done";
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
/// Before the id of a filter that a person saved, in their notebook; its parts follow after a stroke.
pub(crate) const FILTER: &str = "filter/";
/// A page is in the bin.
pub(crate) const BINNED: &str = "binned";

/// The objects that a document of this kind is born with.
pub(crate) const fn roots(kind: DocKind) -> &'static [(&'static str, ObjType)] {
    match kind {
        DocKind::Network => &[(PURPOSES, ObjType::Map)],
        DocKind::Charter => &[(VALUES, ObjType::Map), (BODY, ObjType::Text)],
        DocKind::Plan => &[
            (ORIENTATIONS, ObjType::Map),
            (OBJECTIVES, ObjType::Map),
            (ACTIONS, ObjType::Map),
            (GROUPS, ObjType::Map),
        ],
        DocKind::Page => &[(TAGS, ObjType::Map), (BODY, ObjType::Text)],
        DocKind::Notebook => &[(OWN_OBJECTIVES, ObjType::Map)],
    }
}
