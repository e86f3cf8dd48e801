//! Who had a hand in an item of the plan.

use serde::Serialize;
use tresse_model::{ItemId, MemberId, NetworkId};

use crate::{CommandError, Engine};

/// Who made an item of the plan what it is, by the seals of their changes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct HandsView {
    /// Who added it.
    pub made: Option<HandView>,
    /// Who set what it or a part of it holds last, as the authors' clocks claimed. What was cleared leaves no hand: the plan's history has it.
    pub last: Option<HandView>,
    /// Its indicators and their measures, or its checklist, each with who added it.
    pub parts: Vec<PartHandView>,
}

impl HandsView {
    /// Who added a part.
    pub fn part(&self, part: &ItemId) -> Option<&HandView> {
        let mut parts = self.parts.iter();
        parts.find(|one| one.item == *part).map(|one| &one.by)
    }
}

/// Somebody's change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct HandView {
    /// Who, by the device that made the change (`None`: a device unknown here).
    pub author: Option<MemberId>,
    /// Their name; empty where the device is unknown here.
    pub name: String,
    /// When, as their clock claimed: milliseconds since 1970, UTC.
    pub at: i64,
}

/// Who added a part of an item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PartHandView {
    /// `indicator`, `measure` or `check`.
    pub kind: &'static str,
    /// Which.
    pub item: ItemId,
    /// Who.
    #[serde(flatten)]
    pub by: HandView,
}

impl Engine {
    /// Who had a hand in an orientation, an objective, an action or a working group. Waits for the core thread.
    ///
    /// # Errors
    /// Where the network is not here; `not-found` where its plan has no such item.
    pub fn item_hands(
        &self,
        network: &NetworkId,
        item: &ItemId,
    ) -> Result<HandsView, CommandError> {
        let (network, item) = (*network, *item);
        self.ask(move |core| core.replica.item_hands(&network, &item))?
    }
}
