//! The plan: the roadmap of orientations and objectives; its actions as a table, a board by status, a timeline and a
//! calendar; working groups; and how the network's objectives go with those of organisations.

mod action;
mod board;
mod bulk;
mod calendar;
mod coherence;
mod days;
mod filter;
mod grouping;
mod groups;
mod parts;
mod question;
mod roadmap;
mod rows;
mod saved;
mod status;
mod table;
mod timeline;
mod typing;

use egui::{Margin, Ui};
use tresse_engine::model::{DocId, DocKind, ItemId, MemberId};

pub use action::{dialogue as action_dialogue, every_name, scale_name};
pub use grouping::GroupBy;
pub use question::{Column, OwnerFilter, Question, StatusFilter};
pub(super) use roadmap::{course, way};
pub use rows::{Rows, is_late};
pub(super) use saved::question as question_of;
pub use status::status_name;

use super::{Cx, history, home::read_only};
use crate::{i18n::I18n, theme, tr};

/// How the plan is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Look {
    /// Orientations, objectives and indicators.
    Roadmap,
    /// A table of actions.
    #[default]
    Table,
    /// A board by status.
    Board,
    /// Actions over time.
    Timeline,
    /// A month's leaf.
    Calendar,
    /// Working groups.
    Groups,
    /// Objectives of organisations.
    Coherence,
}

impl Look {
    /// Every look, in the order shown.
    pub const ALL: [Self; 7] = [
        Self::Roadmap,
        Self::Table,
        Self::Board,
        Self::Timeline,
        Self::Calendar,
        Self::Groups,
        Self::Coherence,
    ];

    /// Its name.
    pub fn name(self, words: &I18n) -> String {
        match self {
            Self::Roadmap => tr!(words, "plan-roadmap"),
            Self::Table => tr!(words, "plan-table"),
            Self::Board => tr!(words, "plan-board"),
            Self::Timeline => tr!(words, "plan-timeline"),
            Self::Calendar => tr!(words, "plan-calendar"),
            Self::Groups => tr!(words, "plan-groups"),
            Self::Coherence => tr!(words, "plan-coherence"),
        }
    }

    /// Whether it shows the actions that were asked for.
    const fn answers(self) -> bool {
        match self {
            Self::Table | Self::Board | Self::Timeline | Self::Calendar => true,
            Self::Roadmap | Self::Groups | Self::Coherence => false,
        }
    }
}

/// What the plan's view remembers of one network.
#[derive(Default)]
pub struct PlanUi {
    /// How it is looked at.
    pub look: Look,
    /// What was asked.
    pub question: Question,
    rows: Rows,
    roadmap: roadmap::RoadmapUi,
    timeline: timeline::TimelineUi,
    calendar: calendar::CalendarUi,
    groups: groups::GroupsUi,
    coherence: coherence::CoherenceUi,
    chosen: bulk::Chosen,
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
        if !self.look.answers() {
            self.look = Look::Table;
        }
        self.focus = Some(Focus::Find);
    }

    /// Goes to the field for a new action or objective.
    pub fn new_thing(&mut self) {
        match self.look {
            Look::Roadmap => self.roadmap.new_thing(),
            Look::Groups => self.groups.new_thing(),
            Look::Coherence => self.coherence.new_thing(),
            Look::Calendar => {
                self.look = Look::Table;
                self.focus = Some(Focus::New);
            }
            Look::Table | Look::Board | Look::Timeline => self.focus = Some(Focus::New),
        }
    }

    /// Shows an objective in the roadmap.
    pub fn show_objective(&mut self, objective: ItemId) {
        self.look = Look::Roadmap;
        self.roadmap.show(objective);
    }

    /// Shows an orientation in the roadmap.
    pub fn show_orientation(&mut self, orientation: ItemId) {
        self.look = Look::Roadmap;
        self.roadmap.show_orientation(orientation);
    }

    /// Shows an objective that an organisation has for itself, of a member's notebook.
    pub fn show_own(&mut self, member: MemberId, own: ItemId) {
        self.look = Look::Coherence;
        self.coherence.show(member, own);
    }

    /// Asks the plan this, in the table.
    pub fn ask(&mut self, question: Question) {
        if !self.look.answers() {
            self.look = Look::Table;
        }
        self.question = question;
    }

    /// Shows the page of a working group.
    pub fn show_group(&mut self, group: ItemId) {
        self.look = Look::Groups;
        self.groups.show(group);
    }

    /// Paints it.
    pub fn ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        let t = theme::tokens(ui);
        let margin = Margin::symmetric(t.space.xl as i8, t.space.l as i8);
        egui::Frame::new().inner_margin(margin).show(ui, |ui| {
            read_only(ui, cx, cx.net.plan.read_only);
            self.looks(ui, cx);
            ui.add_space(t.space.s);
            match self.look {
                Look::Roadmap => return self.roadmap.ui(ui, cx),
                Look::Groups => return self.groups.ui(ui, cx),
                Look::Coherence => return self.coherence.ui(ui, cx),
                Look::Table | Look::Board | Look::Timeline | Look::Calendar => {}
            }
            filter::bar(self, ui, cx);
            self.rows
                .update(&cx.net.plan, &cx.net.members, &self.question, cx.today);
            let by = match self.look {
                Look::Timeline => self.question.group.or(Some(GroupBy::Objective)),
                _ => self.question.group,
            };
            self.rows
                .arrange(cx.words, &cx.net.plan, &cx.net.members, by);
            match self.look {
                Look::Board => board::ui(self, ui, cx),
                Look::Timeline => timeline::ui(self, ui, cx),
                Look::Calendar => calendar::ui(self, ui, cx),
                _ => table::ui(self, ui, cx),
            }
        });
    }

    fn looks(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        let t = theme::tokens(ui);
        let plan = DocId::singleton(&cx.id(), DocKind::Plan);
        let words = cx.words;
        let mut tab = |ui: &mut Ui, look: Look| {
            if theme::tab(ui, look.name(words), self.look == look).clicked() {
                self.look = look;
            }
        };
        // Where there is little room the tab above says the title already.
        if ui.available_width() < 4.2 * t.size.column {
            ui.horizontal_wrapped(|ui| {
                ui.spacing_mut().item_spacing.x = t.space.xs;
                for look in Look::ALL {
                    tab(ui, look);
                }
                history::button(ui, cx, plan);
            });
            return;
        }
        ui.horizontal(|ui| {
            theme::title(ui, tr!(cx.words, "tab-plan"));
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                // Painted from the right: the last is named first.
                history::button(ui, cx, plan);
                for look in Look::ALL.into_iter().rev() {
                    tab(ui, look);
                }
            });
        });
    }
}
