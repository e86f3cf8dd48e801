//! What was acknowledged: edits that bear marks, so that none can go missing unnoticed.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::{Dice, Peer};

/// Makes edits, each with a mark of its own, and remembers the marks of those acknowledged.
#[derive(Debug)]
pub struct Ledger {
    network: String,
    pages: Vec<String>,
    made: usize,
    prefix: &'static str,
    acknowledged: BTreeSet<String>,
}

/// An edit that is under way, and its mark.
#[derive(Debug, Clone)]
pub struct Marked {
    command: Value,
    mark: String,
}

impl Marked {
    /// The command.
    pub const fn command(&self) -> &Value {
        &self.command
    }
}

impl Ledger {
    /// Nothing acknowledged yet. Edits of texts go into these pages.
    pub fn new(network: &str, pages: &[String]) -> Self {
        Self {
            network: network.to_owned(),
            pages: pages.to_vec(),
            made: 0,
            prefix: "mark",
            acknowledged: BTreeSet::new(),
        }
    }

    /// Tells this one's marks from another's.
    pub fn marks_begin_with(&mut self, prefix: &'static str) {
        self.prefix = prefix;
    }

    /// The next edit, of any sort. It never takes another edit's mark away.
    pub fn edit(&mut self, dice: &mut Dice) -> Marked {
        self.made += 1;
        let mark = format!("{}{:05}end", self.prefix, self.made);
        let network = &self.network;
        let text = format!("{mark} {}\n", "des mots – ".repeat(dice.pick(0..12)));
        let command = match dice.pick(0..8) {
            // Now and then much, so that it goes in many frames and is stored in several turns.
            0 if dice.one_in(4) => json!({ "command": "page.create", "network": network,
                "title": mark, "text": dice.noise(12_000) }),
            0 => json!({ "command": "page.create", "network": network, "title": mark,
                "text": text, "tags": ["essai"] }),
            1 => json!({ "command": "action.add", "network": network, "title": mark,
                "due": "2027-03-01", "territory": "ici" }),
            2 => json!({ "command": "value.add", "network": network, "text": mark }),
            3 => json!({ "command": "objective.add", "network": network, "title": mark }),
            4 => json!({ "command": "charter.edit", "network": network, "at": 0, "insert": text }),
            _ => json!({ "command": "page.edit", "network": network, "page": dice.of(&self.pages),
                "at": 0, "insert": text }),
        };
        Marked { command, mark }
    }

    /// Makes so many edits in one go; all must be acknowledged.
    pub fn peer_edits(&mut self, peer: &Peer, dice: &mut Dice, count: usize) {
        let edits: Vec<_> = (0..count).map(|_| self.edit(dice)).collect();
        let commands: Vec<_> = edits.iter().map(|edit| edit.command.clone()).collect();
        peer.runs(&commands);
        self.acknowledged
            .extend(edits.into_iter().map(|edit| edit.mark));
    }

    /// An edit was acknowledged.
    pub fn acknowledge(&mut self, edit: &Marked) {
        self.acknowledged.insert(edit.mark.clone());
    }

    /// How many edits were acknowledged.
    pub fn len(&self) -> usize {
        self.acknowledged.len()
    }

    /// Whether none was.
    pub fn is_empty(&self) -> bool {
        self.acknowledged.is_empty()
    }

    /// Everything acknowledged is there.
    #[track_caller]
    pub fn is_kept_by(&self, peer: &Peer) {
        self.is_kept_in(&peer.reads_everything(&self.network), peer);
    }

    /// The same, of what a peer has, read already.
    #[track_caller]
    pub fn is_kept_in(&self, everything: &str, peer: &Peer) {
        let length = self.prefix.len() + "00000end".len();
        let there: BTreeSet<_> = everything
            .match_indices(self.prefix)
            .filter_map(|(at, _)| everything.get(at..at + length))
            .collect();
        let missing: Vec<_> = self
            .acknowledged
            .iter()
            .filter(|mark| !there.contains(mark.as_str()))
            .collect();
        let name = peer.name();
        assert!(
            missing.is_empty(),
            "{name} lacks acknowledged edits: {missing:?}"
        );
    }
}
