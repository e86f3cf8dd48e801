//! Reading a network's resources.

use automerge::{ObjId, ROOT};

use super::{At, AuthorOf, Row};
use crate::{
    ItemId, Loan, LoanField, MemberId, Resource, ResourceField, ResourceKind, ResourcesContent,
    Side, keys,
};

/// Reads what members offer and need.
pub fn read_resources<'a>(at: impl Into<At<'a>>, authors: &'a dyn AuthorOf) -> ResourcesContent {
    let row = Row::new(at.into(), ROOT, authors);
    ResourcesContent {
        resources: row.items(keys::RESOURCES, resource),
    }
}

fn resource(id: ItemId, mut row: Row<'_>) -> Resource {
    use ResourceField as R;
    Resource {
        id,
        name: row.text(R::Name.key()),
        side: Side::from_word(&row.text(keys::SIDE)).unwrap_or_default(),
        kind: ResourceKind::from_word(&row.text(R::Kind.key())).unwrap_or_default(),
        member: row.text(R::Member.key()).parse().ok(),
        organisation: row.text(R::Organisation.key()),
        description: row.text(R::Description.key()),
        place: row.text(R::Place.key()),
        conditions: row.text(R::Conditions.key()),
        tags: row.marks(keys::TAGS),
        answers: row.text(R::Answers.key()).parse().ok(),
        met: row.text(R::Met.key()),
        loans: row.items(keys::LOANS, loan),
        by: writer(&row),
        conflicts: row.conflicts,
    }
}

fn loan(id: ItemId, mut row: Row<'_>) -> Loan {
    Loan {
        id,
        borrower: row.text(LoanField::Borrower.key()).parse().ok(),
        from: row.text(LoanField::From.key()),
        until: row.text(LoanField::Until.key()),
        purpose: row.text(LoanField::Purpose.key()),
        back: row.text(LoanField::Back.key()),
        by: writer(&row),
        conflicts: row.conflicts,
    }
}

/// Whose change made the item.
fn writer(row: &Row<'_>) -> Option<MemberId> {
    match &row.obj {
        ObjId::Id(_, actor, _) => row.authors.author_of(actor.to_bytes()),
        ObjId::Root => None,
    }
}
