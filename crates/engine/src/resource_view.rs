//! What the window paints of resources.

use std::sync::Arc;

use serde::Serialize;
use tresse_model::{Availability, DocId, ItemId, Loan, Resource, Side};

/// What members offer and need.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Default)]
pub struct ResourcesView {
    /// The resources, by name.
    pub resources: Vec<ResourceRow>,
    /// The tags and on how many resources each is, the most used first.
    pub tags: Vec<(String, usize)>,
    /// How many needs are not met yet.
    pub open_needs: usize,
    /// What I borrowed and was to give back before today: the resource and the loan, the longest due first.
    pub mine_due: Vec<(ItemId, ItemId)>,
    /// A newer Tresse has written in the document: it can be read here, not edited.
    pub read_only: bool,
    /// The document, once something was written in it.
    pub doc: Option<DocId>,
}

impl ResourcesView {
    /// The resource with this id.
    pub fn resource(&self, id: &ItemId) -> Option<&ResourceRow> {
        self.resources.iter().find(|row| row.resource.id == *id)
    }
}

/// One resource.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ResourceRow {
    /// What it says.
    pub resource: Arc<Resource>,
    /// The name of who offers or needs it; empty where that is not known.
    pub who: String,
    /// The name of who added it; empty where their machine is not known.
    pub writer: String,
    /// It is I who offers or needs it.
    pub mine: bool,
    /// Whether it is there today; `None` of a need.
    pub availability: Option<Availability>,
    /// Its loans, the latest first.
    pub loans: Vec<LoanRow>,
    /// The name of the need that it answers; empty where it answers none, or that is not here any more.
    pub answers_name: String,
    /// The offers that answer it, by name.
    pub answered_by: Vec<Answer>,
}

impl ResourceRow {
    /// Whether it is offered and nobody has it today.
    pub const fn is_free(&self) -> bool {
        matches!(self.availability, Some(Availability::Free { .. }))
    }

    /// Whether it is needed and not met.
    pub fn is_open_need(&self) -> bool {
        self.resource.side == Side::Needed && self.resource.met.is_empty()
    }

    /// Whether two of its loans share a day, today or later.
    pub fn overlaps(&self) -> bool {
        self.loans.iter().any(|loan| loan.overlaps)
    }
}

/// One loan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LoanRow {
    /// What it says.
    #[serde(flatten)]
    pub loan: Loan,
    /// The borrower's name; of one who left too.
    pub name: String,
    /// The name of who wrote it; empty where their machine is not known.
    pub writer: String,
    /// It shares a day with another loan, today or later.
    pub overlaps: bool,
    /// The borrower has it today.
    pub out: bool,
    /// It was to be given back before today.
    pub late: bool,
}

/// An offer that answers a need.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Answer {
    /// Which.
    pub resource: ItemId,
    /// What it is.
    pub name: String,
    /// The name of who offers it.
    pub who: String,
}
