//! The roadmap: orientations as headings, under each the objectives that carry it out. An objective is read on a card,
//! and opened where one wants to change it.

mod card;
mod indicator;
mod orientation;
mod plot;

pub(in crate::views) use {indicator::way, plot::large as course};

use std::{
    collections::{BTreeSet, HashMap},
    sync::Arc,
};

use egui::{ComboBox, Id, Ui};
use tresse_engine::{Command, PlanView, model::ItemId};

use super::typing::entry;
use crate::{
    theme::{self, Icon},
    tr,
    views::{
        Cx,
        parts::{button_width, empty},
        tall::Heights,
    },
};

/// What the roadmap remembers.
#[derive(Default)]
pub(super) struct RoadmapUi {
    /// Objectives that are open to be changed.
    open: BTreeSet<ItemId>,
    /// The orientation that is being reworded.
    rewording: Option<ItemId>,
    /// Measures that are being written, by their indicators.
    measuring: HashMap<ItemId, indicator::Measuring>,
    new_objective: String,
    new_under: Option<ItemId>,
    new_orientation: String,
    pub(super) heights: Heights,
    order: Order,
    focus: bool,
    wanted: Option<Id>,
}

/// One thing in the list: places in the plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Entry {
    Orientation(usize),
    /// Objectives under no orientation follow.
    Loose,
    Objective(usize),
    /// Nobody has said how the orientation is carried out.
    Bare,
    /// The line at the end.
    Add,
}

/// The list, kept until the plan changes.
#[derive(Default)]
struct Order {
    of: Option<Arc<PlanView>>,
    entries: Arc<Vec<(Id, Entry)>>,
}

impl Order {
    fn update(&mut self, plan: &Arc<PlanView>) {
        if self.of.as_ref().is_some_and(|of| Arc::ptr_eq(of, plan)) {
            return;
        }
        self.entries = Arc::new(entries(plan));
        self.of = Some(Arc::clone(plan));
    }
}

fn entries(plan: &PlanView) -> Vec<(Id, Entry)> {
    let content = &plan.content;
    let known: BTreeSet<ItemId> = content.orientations.iter().map(|one| one.id).collect();
    let mut entries = Vec::new();
    let carrying_out = |under: Option<ItemId>| -> Vec<(Id, Entry)> {
        let all = content.objectives.iter().enumerate();
        all.filter(|(_, one)| one.orientation.filter(|id| known.contains(id)) == under)
            .map(|(at, one)| (Id::unique(("objective", one.id)), Entry::Objective(at)))
            .collect()
    };
    for (at, orientation) in content.orientations.iter().enumerate() {
        let id = Id::unique(("orientation", orientation.id));
        entries.push((id, Entry::Orientation(at)));
        let theirs = carrying_out(Some(orientation.id));
        if theirs.is_empty() {
            entries.push((id.with("bare"), Entry::Bare));
        }
        entries.extend(theirs);
    }
    let loose = carrying_out(None);
    if !loose.is_empty() && !content.orientations.is_empty() {
        entries.push((Id::unique("under none"), Entry::Loose));
    }
    entries.extend(loose);
    entries.push((Id::unique("new orientation"), Entry::Add));
    entries
}

impl RoadmapUi {
    /// Puts the keyboard into the field for a new objective.
    pub(super) fn new_thing(&mut self) {
        self.focus = true;
    }

    /// Brings an objective into sight.
    pub(super) fn show(&mut self, objective: ItemId) {
        self.wanted = Some(Id::unique(("objective", objective)));
    }

    /// Brings an orientation into sight.
    pub(super) fn show_orientation(&mut self, orientation: ItemId) {
        self.wanted = Some(Id::unique(("orientation", orientation)));
    }

    /// Paints it.
    pub(super) fn ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        let t = theme::tokens(ui);
        let plan = Arc::clone(&cx.net.plan);
        let locked = cx.locked(plan.read_only);
        if !locked {
            self.add_objective(ui, cx, &plan);
            ui.add_space(t.space.s);
        }
        self.order.update(&plan);
        let entries = Arc::clone(&self.order.entries);
        let mut heights = std::mem::take(&mut self.heights);
        let wanted = self.wanted.take();
        heights.show(ui, "roadmap", &entries, 150.0, wanted, |ui, entry| {
            self.entry(ui, cx, &plan, *entry, locked);
            ui.add_space(t.space.s);
        });
        self.heights = heights;
    }

    fn entry(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, plan: &PlanView, entry: Entry, locked: bool) {
        let content = &plan.content;
        match entry {
            Entry::Orientation(at) => {
                if let (Some(one), Some(facts)) = (
                    content.orientations.get(at),
                    plan.facts.orientations.get(at),
                ) {
                    orientation::ui(self, ui, cx, one, facts, locked);
                }
            }
            Entry::Loose => {
                ui.add_space(theme::tokens(ui).space.m);
                theme::heading(ui, tr!(cx.words, "orientation-none"));
            }
            Entry::Bare => {
                theme::muted(ui, tr!(cx.words, "orientation-bare"));
            }
            Entry::Objective(at) => {
                if let Some(one) = content.objectives.get(at) {
                    let facts = plan.facts.objectives.get(at);
                    card::ui(self, ui, cx, plan, one, facts, locked);
                }
            }
            Entry::Add => {
                if content.objectives.is_empty() && content.orientations.is_empty() {
                    empty(
                        ui,
                        tr!(cx.words, "roadmap-empty"),
                        tr!(cx.words, "roadmap-empty-hint"),
                        None,
                    );
                }
                if !locked {
                    self.add_orientation(ui, cx);
                }
            }
        }
    }

    fn add_objective(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, plan: &PlanView) {
        let t = theme::tokens(ui);
        let orientations = &plan.content.orientations;
        self.new_under = self
            .new_under
            .filter(|id| orientations.iter().any(|one| one.id == *id));
        ui.horizontal(|ui| {
            let words = tr!(cx.words, "objective-add");
            let pick = if orientations.is_empty() {
                0.0
            } else {
                t.size.column
            };
            let room = ui.available_width() - button_width(ui, &words) - pick - 2.0 * t.space.s;
            let hint = tr!(cx.words, "objective-new-hint");
            let width = room.min(t.size.form);
            let (response, entered) = entry(ui, &mut self.new_objective, hint.clone(), hint, width);
            if std::mem::take(&mut self.focus) {
                response.request_focus();
            }
            if !orientations.is_empty() {
                self.under(ui, cx, plan, pick - t.space.s);
            }
            let pressed = theme::quiet_icon_button(ui, Icon::Plus, words).clicked();
            let title = self.new_objective.trim();
            if (entered || pressed)
                && !title.is_empty()
                && crate::views::parts::title_fits(cx, title)
            {
                cx.send(Command::ObjectiveAdd {
                    network: cx.id(),
                    title: title.to_owned(),
                    deadline: None,
                    means: None,
                    orientation: self.new_under,
                });
                self.new_objective.clear();
            }
            if entered || pressed {
                response.request_focus();
            }
        });
    }

    /// Under which orientation the new objective will stand.
    fn under(&mut self, ui: &mut Ui, cx: &Cx<'_>, plan: &PlanView, width: f32) {
        let none = tr!(cx.words, "orientation-none");
        let orientations = &plan.content.orientations;
        let chosen = orientations
            .iter()
            .find(|one| Some(one.id) == self.new_under);
        let shown = chosen.map_or_else(|| none.clone(), |one| one.title.clone());
        ComboBox::from_id_salt("new objective under")
            .selected_text(shown)
            .width(width)
            .truncate()
            .show_ui(ui, |ui| {
                ui.selectable_value(&mut self.new_under, None, none);
                for one in orientations {
                    ui.selectable_value(&mut self.new_under, Some(one.id), one.title.as_str());
                }
            })
            .response
            .accessible_name(tr!(cx.words, "objective-under"));
    }

    fn add_orientation(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        let t = theme::tokens(ui);
        ui.add_space(t.space.m);
        ui.horizontal(|ui| {
            let words = tr!(cx.words, "orientation-add");
            let hint = tr!(cx.words, "orientation-new-hint");
            let room = ui.available_width() - button_width(ui, &words) - t.space.s;
            let width = room.min(t.size.form);
            let (response, entered) =
                entry(ui, &mut self.new_orientation, hint.clone(), hint, width);
            let pressed = theme::quiet_icon_button(ui, Icon::Plus, words).clicked();
            let title = self.new_orientation.trim();
            if (entered || pressed)
                && !title.is_empty()
                && crate::views::parts::title_fits(cx, title)
            {
                cx.send(Command::OrientationAdd {
                    network: cx.id(),
                    title: title.to_owned(),
                    words: None,
                });
                self.new_orientation.clear();
            }
            if entered || pressed {
                response.request_focus();
            }
        });
        ui.add_space(t.space.xl);
    }
}
