//! Decisions: the register, searched and filtered, on the left; the open one beside, with its ballot and what comes of it. Each
//! takes the whole width where there is no room for both.

mod about;
mod at_once;
mod ballot;
mod create;
mod ends;
mod linking;
mod meeting;
mod outcome;
mod page;
mod register;
mod result;
mod rules;
pub(crate) mod say;
mod table;

use egui::Ui;
use tresse_engine::{
    Command, DecisionCommand, Phase,
    model::{DocId, Method, NetworkId},
};

pub use create::NewDecision;
pub use ends::End;
pub use say::{method_name, phase_name};

use super::{
    Cx,
    parts::{self, Lately},
    writing::Writing,
};

/// How many texts keep their editor once they are closed.
const TEXTS: usize = 12;

/// What the view of decisions remembers of one network.
#[derive(Default)]
pub struct DecisionsUi {
    query: String,
    method: Option<Method>,
    phase: Option<Phase>,
    bin: bool,
    focus_find: bool,
    rows: register::Rows,
    open: Option<DocId>,
    /// The text is shown, and not the ballot.
    text: bool,
    texts: Lately<Writing, TEXTS>,
    forms: Lately<Forms, TEXTS>,
}

/// What is being written to one decision.
#[derive(Default)]
struct Forms {
    ballot: ballot::Form,
    rules: rules::Form,
    outcome: outcome::Form,
}

impl DecisionsUi {
    /// Goes to the search field.
    pub fn find(&mut self) {
        self.focus_find = true;
    }

    /// Shows a decision; what the engine should be told is added to `commands`.
    pub fn open(&mut self, network: NetworkId, decision: DocId, commands: &mut Vec<Command>) {
        if self.open == Some(decision) {
            return;
        }
        self.close(network, commands);
        self.open = Some(decision);
        commands.push(Command::Decision(DecisionCommand::Open {
            network,
            decision,
        }));
    }

    /// Shows no decision.
    pub fn close(&mut self, network: NetworkId, commands: &mut Vec<Command>) {
        self.text = false;
        if let Some(decision) = self.open.take() {
            commands.push(Command::Decision(DecisionCommand::Close {
                network,
                decision,
            }));
        }
    }

    /// The decision that is open.
    pub fn opened(&self) -> Option<DocId> {
        self.open
    }

    /// The text that is being written, if one is shown.
    pub fn writing(&mut self) -> Option<&mut Writing> {
        let open = self.open.filter(|_| self.text)?;
        Some(self.texts.of(open))
    }

    /// The text of a document, open or closed a moment ago: for what comes of it later than it was asked.
    pub fn text_of(&mut self, doc: DocId) -> Option<&mut Writing> {
        self.texts.known(doc)
    }

    /// Paints it.
    pub fn ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        let (salt, open) = ("decision register", self.open.is_some());
        parts::beside(self, ui, cx, (salt, 0.85, open), register::ui, page::ui);
    }
}

/// Sends a command about decisions.
fn send(cx: &mut Cx<'_>, command: DecisionCommand) {
    cx.send(Command::Decision(command));
}
