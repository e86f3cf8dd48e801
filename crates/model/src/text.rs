//! Changes of a text, positions in Unicode scalar values.

use serde::{Deserialize, Serialize};

/// One change of a text: at `at`, takes out `delete` characters and puts in `insert`. Positions count Unicode scalar values.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, Default)]
pub struct Splice {
    /// Where it begins.
    pub at: usize,
    /// How many characters it takes out.
    pub delete: usize,
    /// What it puts in.
    pub insert: String,
}

/// The splices that make `new` of `old`, each in the text that the one before it left.
pub fn minimal_splices(old: &str, new: &str) -> Vec<Splice> {
    if old == new {
        return Vec::new();
    }
    vec![Splice {
        at: 0,
        delete: old.chars().count(),
        insert: new.to_owned(),
    }]
}
