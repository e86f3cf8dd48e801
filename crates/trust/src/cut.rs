//! Cuts: how far the chains of an ended device count.

use std::{fmt, sync::Arc};

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};
use tresse_model::DocId;

use crate::{ACTOR_LEN, wire};

/// How many cuts one act may carry. Further ones go into a further act of the same author.
pub const MAX_CUTS: usize = 12_000;

/// How far one chain of an ended device counts in one document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Cut {
    /// The document.
    #[serde(with = "wire::doc")]
    pub doc: DocId,
    /// The actor whose chain it is.
    pub actor: [u8; ACTOR_LEN],
    /// The number of the last change that counts.
    pub seq: u64,
    /// The hash of that change.
    pub hash: [u8; 32],
}

impl Cut {
    const fn chain(&self) -> (DocId, [u8; ACTOR_LEN]) {
        (self.doc, self.actor)
    }
}

/// The cuts of one act: sorted, one for each document and actor, at most [`MAX_CUTS`]. Cheap to clone.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct Cuts(Arc<[Cut]>);

/// More cuts than one act carries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("an act carries at most {MAX_CUTS} cuts: put the further ones into a further act")]
pub struct TooManyCuts;

impl Cuts {
    /// Sorts these cuts. Of several for one chain the one that goes furthest stays.
    pub fn new(mut cuts: Vec<Cut>) -> Result<Self, TooManyCuts> {
        cuts.sort_unstable();
        // Within one chain the furthest stands last: `dedup` keeps the first, so turn them around.
        cuts.reverse();
        cuts.dedup_by_key(|cut| cut.chain());
        cuts.reverse();
        if cuts.len() > MAX_CUTS {
            return Err(TooManyCuts);
        }
        Ok(Self(cuts.into()))
    }

    /// The cuts, sorted by document and actor.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &Cut> {
        self.0.iter()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// How far this chain counts, if these cuts say so.
    pub fn get(&self, doc: &DocId, actor: &[u8; ACTOR_LEN]) -> Option<&Cut> {
        self.0
            .binary_search_by_key(&(*doc, *actor), Cut::chain)
            .ok()
            .map(|at| &self.0[at])
    }
}

impl fmt::Debug for Cuts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Cuts({})", self.0.len())
    }
}

impl Serialize for Cuts {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Cuts {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let cuts: Vec<Cut> = wire::at_most::<_, _, MAX_CUTS>(deserializer)?;
        let sorted = cuts
            .windows(2)
            .all(|pair| pair[0].chain() < pair[1].chain());
        if sorted {
            Ok(Self(cuts.into()))
        } else {
            Err(D::Error::custom("the cuts are not sorted"))
        }
    }
}
