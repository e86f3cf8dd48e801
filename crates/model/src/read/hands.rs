//! Who had a hand in an item of the plan: who added it, who changed it last, and who added each of its parts.

use automerge::{Automerge, ROOT};

use super::{
    Row,
    items::{Shape, rows, shapes},
};
use crate::{
    DocKind, ItemId,
    authorship::{Stamp, Stamps},
    keys,
};

/// Whose changes made an item what it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ItemHands {
    /// The change that added it.
    pub made: Option<Stamp>,
    /// Of the changes that set what it and its parts hold now, the one whose clock claims to be the latest; the same everywhere. What a later value
    /// took the place of, and what was cleared, leaves no hand.
    pub last: Option<Stamp>,
    /// What it is made of and shows (an objective's indicators and their measures, an action's checklist), each with the change that added it.
    pub parts: Vec<PartHand>,
}

/// Who added a part of an item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartHand {
    /// `indicator`, `measure` or `check`.
    pub kind: &'static str,
    /// Which.
    pub id: ItemId,
    /// The change that added it.
    pub made: Stamp,
}

/// Who had a hand in an orientation, an objective, an action or a working group of the plan. `None` where there is none with this id, or it lies
/// in the bin.
pub fn item_hands(plan: &Automerge, item: &ItemId) -> Option<ItemHands> {
    let root = Row::new(plan.into(), ROOT, &());
    let key = item.to_string();
    let found = shapes(DocKind::Plan).iter().find_map(|shape| {
        let map = root.child(root.field(shape.map)?)?;
        let row = map.child(map.field(&key)?)?;
        Some((shape, row))
    });
    let (shape, row) = found.filter(|(_, row)| !row.mark(keys::REMOVED))?;
    let mut looking = Looking {
        stamps: Stamps::new(plan),
        hands: ItemHands {
            made: None,
            last: None,
            parts: Vec::new(),
        },
    };
    looking.hands.made = looking.stamps.of(&row.obj).cloned();
    looking.at(shape, &row);
    Some(looking.hands)
}

struct Looking<'a> {
    stamps: Stamps<'a>,
    hands: ItemHands,
}

impl<'a> Looking<'a> {
    fn at(&mut self, shape: &Shape, row: &Row<'a>) {
        self.values(row);
        for (set, _) in shape.sets {
            if let Some(map) = row.field(set).and_then(|field| row.child(field)) {
                self.values(&map);
            }
        }
        for part in shape.parts {
            for (id, child) in rows(part, Some(row)) {
                self.at(part, &child);
                let made = self.stamps.of(&child.obj).cloned();
                if let Some(made) = made.filter(|_| !child.mark(keys::REMOVED)) {
                    let kind = part.kind;
                    self.hands.parts.push(PartHand { kind, id, made });
                }
            }
        }
    }

    /// Who set what a row holds.
    fn values(&mut self, row: &Row<'a>) {
        let ids = row.fields.iter().map(automerge::iter::MapRangeItem::id);
        for id in std::iter::once(row.obj.clone()).chain(ids) {
            let by = self.stamps.of(&id);
            let last = self.hands.last.as_ref();
            let later = by.filter(|by| last.is_none_or(|last| order(by) > order(last)));
            if let Some(by) = later.cloned() {
                self.hands.last = Some(by);
            }
        }
    }
}

fn order(stamp: &Stamp) -> (i64, &[u8], &[u8]) {
    (stamp.time_ms, &stamp.actor, stamp.change.as_ref())
}
