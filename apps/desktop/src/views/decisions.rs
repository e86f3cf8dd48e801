//! Decisions: the register, searched and filtered, on the left; the open one beside, with its ballot and what comes of it. Each
//! takes the whole width where there is no room for both.

mod ballot;
mod create;
mod outcome;
mod page;
mod register;
mod result;
mod rules;
mod say;
mod table;

use egui::{Frame, Margin, Panel, Ui};
use tresse_engine::{
    Command, DecisionCommand, Phase,
    model::{DocId, Method, NetworkId},
};

pub use create::NewDecision;
pub use say::{method_name, phase_name};

use super::{Cx, writing::Writing};
use crate::theme;

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
    texts: Vec<(DocId, Writing)>,
    forms: Forms,
    /// What was being written to decisions that are no longer open, the newest last.
    kept: Vec<(DocId, Forms)>,
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
        if let Some(place) = self.kept.iter().position(|(doc, _)| *doc == decision) {
            self.forms = self.kept.remove(place).1;
        }
        commands.push(Command::Decision(DecisionCommand::Open {
            network,
            decision,
        }));
    }

    /// Shows no decision.
    pub fn close(&mut self, network: NetworkId, commands: &mut Vec<Command>) {
        let forms = std::mem::take(&mut self.forms);
        self.text = false;
        if let Some(decision) = self.open.take() {
            if self.kept.len() == TEXTS {
                self.kept.remove(0);
            }
            self.kept.push((decision, forms));
            commands.push(Command::Decision(DecisionCommand::Close {
                network,
                decision,
            }));
        }
    }

    /// The text that is being written, if one is shown.
    pub fn writing(&mut self) -> Option<&mut Writing> {
        let open = self.open.filter(|_| self.text)?;
        if let Some(place) = self.texts.iter().position(|(doc, _)| *doc == open) {
            return Some(&mut self.texts[place].1);
        }
        if self.texts.len() == TEXTS {
            self.texts.remove(0);
        }
        self.texts.push((open, Writing::default()));
        self.texts.last_mut().map(|(_, writing)| writing)
    }

    /// Paints it.
    pub fn ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        let t = theme::tokens(ui);
        let both = ui.available_width() >= t.size.column + 1.6 * t.size.column + t.space.xxl;
        let margin = Margin::symmetric(t.space.xl as i8, t.space.l as i8);
        if both {
            let list = Frame::new()
                .inner_margin(Margin::same(t.space.l as i8))
                .fill(t.color.paper);
            Panel::left("decision register")
                .resizable(true)
                .default_size(t.size.column * 1.15)
                .size_range(t.size.column * 0.85..=t.size.column * 1.8)
                .frame(list)
                .show(ui, |ui| register::ui(self, ui, cx));
        } else if self.open.is_none() {
            Frame::new()
                .inner_margin(margin)
                .show(ui, |ui| register::ui(self, ui, cx));
            return;
        }
        Frame::new()
            .inner_margin(margin)
            .show(ui, |ui| page::ui(self, ui, cx, !both));
    }
}

/// Sends a command about decisions.
fn send(cx: &mut Cx<'_>, command: DecisionCommand) {
    cx.send(Command::Decision(command));
}
