//! Documents of which the peer has something that is to come, and how many these were.

use std::collections::BTreeSet;

use tresse_model::DocId;

/// Documents of which the peer has something that is to come.
#[derive(Debug, Default)]
pub(super) struct Awaited {
    docs: BTreeSet<DocId>,
    at_most: usize,
}

impl Awaited {
    pub(super) fn insert(&mut self, doc: DocId) {
        self.docs.insert(doc);
        self.at_most = self.at_most.max(self.docs.len());
    }

    pub(super) fn remove(&mut self, doc: &DocId) {
        self.docs.remove(doc);
        if self.docs.is_empty() {
            self.at_most = 0;
        }
    }

    pub(super) fn contains(&self, doc: &DocId) -> bool {
        self.docs.contains(doc)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.docs.is_empty()
    }

    pub(super) fn len(&self) -> usize {
        self.docs.len()
    }

    /// What is to come is worked out anew.
    pub(super) fn clear(&mut self) {
        *self = Self::default();
    }

    /// How many they were at the most since there were none.
    pub(super) const fn at_most(&self) -> usize {
        self.at_most
    }
}
