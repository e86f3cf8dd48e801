//! Edits of what members offer or need, and of its loans.

use crate::{ItemId, LoanField, ResourceField, Side};

/// One edit of a network's resources.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ResourceEdit {
    /// Adds a resource, after the last.
    Add {
        /// Its new id.
        id: ItemId,
        /// What it is, in a line.
        name: String,
        /// Whether it is offered or needed. That stays.
        side: Side,
        /// What else is said of it.
        fields: Vec<(ResourceField, String)>,
        /// Its tags.
        tags: Vec<String>,
    },
    /// Sets a field of a resource. Where two people do so at once, both values can be seen. Only an offer answers a need, and only a
    /// need is met.
    Set {
        /// Which.
        id: ItemId,
        /// Which field.
        field: ResourceField,
        /// The new value.
        value: Option<String>,
    },
    /// Puts a tag on a resource. Two people who put on different ones at once have put on both.
    Tag {
        /// Which.
        id: ItemId,
        /// The tag.
        tag: String,
        /// Take it off instead.
        off: bool,
    },
    /// Removes a resource. Whoever lends it meanwhile has lent it: that is kept, and shows when it is brought back.
    Remove {
        /// Which.
        id: ItemId,
        /// Bring it back instead.
        restore: bool,
    },
    /// Lends what is offered, or books it ahead. Two people who lend it at once for one day have both lent it, and it is shown.
    Lend {
        /// Which resource.
        resource: ItemId,
        /// The loan's new id.
        id: ItemId,
        /// To whom, from when; and what else is said of it.
        fields: Vec<(LoanField, String)>,
    },
    /// Sets fields of a loan at once; an empty text clears one. Where two people do so at once, both values of each can be seen.
    SetLoan {
        /// Which resource.
        resource: ItemId,
        /// Which loan.
        id: ItemId,
        /// Which fields.
        fields: Vec<(LoanField, String)>,
    },
    /// Takes a loan out.
    RemoveLoan {
        /// Which resource.
        resource: ItemId,
        /// Which loan.
        id: ItemId,
        /// Bring it back instead.
        restore: bool,
    },
}
