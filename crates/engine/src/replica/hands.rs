//! Who had a hand in an item of the plan: the changes that hold now, by the seals that cover them.

use tresse_model::{DocId, DocKind, EditError, ItemId, NetworkId, Stamp, item_hands};

use super::Replica;
use crate::{CommandError, HandView, HandsView, PartHandView};

impl Replica {
    /// Who had a hand in an orientation, an objective, an action or a working group.
    pub fn item_hands(
        &mut self,
        network: &NetworkId,
        item: &ItemId,
    ) -> Result<HandsView, CommandError> {
        let plan = DocId::singleton(network, DocKind::Plan);
        self.known_document(network, &plan)?;
        let found = item_hands(self.document(network, &plan)?, item);
        let hands = found.ok_or_else(|| EditError::NotFound {
            what: "item of the plan",
            id: item.to_string(),
        })?;
        let network = self.network_ref(network)?;
        let hand = |by: &Stamp| {
            let author = network.author(&plan, &by.actor);
            let name = author.map(|author| network.name_of(&author));
            HandView {
                author,
                name: name.unwrap_or_default(),
                at: by.time_ms,
            }
        };
        let parts = hands.parts.iter().map(|part| PartHandView {
            kind: part.kind,
            item: part.id,
            by: hand(&part.made),
        });
        Ok(HandsView {
            made: hands.made.as_ref().map(hand),
            last: hands.last.as_ref().map(hand),
            parts: parts.collect(),
        })
    }
}
