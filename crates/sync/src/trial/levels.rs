//! How deep the things that changes make lie in one another, told on the copy to which they were applied.

use std::collections::HashMap;

use automerge::{
    Automerge, Change, ReadDoc,
    legacy::{ObjectId, Op, OpId, OpType},
};

use super::MOST_LEVELS;

/// The levels known so far: what lies in the document itself is at level 1.
pub(super) struct Levels<'a> {
    document: &'a Automerge,
    known: HashMap<OpId, usize>,
}

impl<'a> Levels<'a> {
    pub(super) fn of(document: &'a Automerge) -> Self {
        Self {
            document,
            known: HashMap::new(),
        }
    }

    /// Looks at a change that was applied, after those that it depends on. `false` if something lies too deep in it.
    pub(super) fn add(&mut self, change: &Change, operations: &[Op]) -> bool {
        for (counter, operation) in (change.start_op().get()..).zip(operations) {
            if !matches!(operation.action, OpType::Make(_)) {
                continue;
            }
            let Some(within) = self.level(&operation.obj) else {
                return false;
            };
            if within >= usize::from(MOST_LEVELS) {
                return false;
            }
            let id = OpId(counter, change.actor_id().clone());
            self.known.insert(id, within + 1);
        }
        true
    }

    fn level(&mut self, thing: &ObjectId) -> Option<usize> {
        let ObjectId::Id(id) = thing else {
            return Some(0);
        };
        if let Some(level) = self.known.get(id) {
            return Some(*level);
        }
        let name = format!("{}@{}", id.0, id.1.to_hex_string());
        let thing = self.document.import_obj(&name).ok()?;
        let above = self.document.parents(thing).ok()?;
        let level = above.take(usize::from(MOST_LEVELS) + 1).count();
        self.known.insert(id.clone(), level);
        Some(level)
    }
}
