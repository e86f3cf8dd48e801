//! The plan: actions as a table and as a board by status, objectives with their indicators.

mod action;
mod board;
mod filter;
mod objectives;
mod parts;
mod question;
mod rows;
mod status;
mod table;

use egui::{Margin, Ui};
use tresse_engine::model::{DocId, DocKind, ItemId};

pub use action::{dialogue as action_dialogue, every_name, scale_name};
pub use question::{Column, OwnerFilter, Question, StatusFilter};
pub use rows::{Rows, is_late};
pub use status::status_name;

use super::{Cx, history, home::read_only};
use crate::{theme, tr};

/// How the plan is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Look {
    /// A table of actions.
    #[default]
    Table,
    /// A board by status.
    Board,
    /// Objectives and indicators.
    Objectives,
}

/// What the plan's view remembers of one network.
#[derive(Default)]
pub struct PlanUi {
    /// How it is looked at.
    pub look: Look,
    /// What was asked.
    pub question: Question,
    rows: Rows,
    new_action: String,
    /// The search field or the field for a new action should have the keyboard.
    focus: Option<Focus>,
    scroll_to: Option<ItemId>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Focus {
    Find,
    New,
}

impl PlanUi {
    /// Goes to the search field.
    pub fn find(&mut self) {
        if self.look == Look::Objectives {
            self.look = Look::Table;
        }
        self.focus = Some(Focus::Find);
    }

    /// Goes to the field for a new action or objective.
    pub fn new_thing(&mut self) {
        self.focus = Some(Focus::New);
    }

    /// Asks the plan this, in the table.
    pub fn ask(&mut self, question: Question) {
        if self.look == Look::Objectives {
            self.look = Look::Table;
        }
        self.question = question;
    }

    /// Paints it.
    pub fn ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        let t = theme::tokens(ui);
        let margin = Margin::symmetric(t.space.xl as i8, t.space.l as i8);
        egui::Frame::new().inner_margin(margin).show(ui, |ui| {
            read_only(ui, cx, cx.net.plan.read_only);
            ui.horizontal(|ui| {
                // Where there is little room the tab above says it already.
                if ui.available_width() > 2.4 * t.size.column {
                    theme::title(ui, tr!(cx.words, "tab-plan"));
                }
                ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                    let plan = DocId::singleton(&cx.id(), DocKind::Plan);
                    history::button(ui, cx, plan);
                    self.looks(ui, cx);
                });
            });
            ui.add_space(t.space.s);
            if self.look == Look::Objectives {
                let wants = self.focus.take() == Some(Focus::New);
                objectives::ui(ui, cx, wants);
                return;
            }
            filter::bar(self, ui, cx);
            self.rows
                .update(&cx.net.plan, &cx.net.members, &self.question, cx.today);
            match self.look {
                Look::Table => table::ui(self, ui, cx),
                Look::Board | Look::Objectives => board::ui(self, ui, cx),
            }
        });
    }

    fn looks(&mut self, ui: &mut Ui, cx: &Cx<'_>) {
        // Painted from the right: the last is named first.
        for (look, name) in [
            (Look::Objectives, tr!(cx.words, "plan-objectives")),
            (Look::Board, tr!(cx.words, "plan-board")),
            (Look::Table, tr!(cx.words, "plan-table")),
        ] {
            if theme::tab(ui, name, self.look == look).clicked() {
                self.look = look;
            }
        }
    }
}
