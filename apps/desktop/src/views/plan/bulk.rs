//! Several actions at once: chosen by their boxes, changed in one step that is undone as one.

use std::{collections::BTreeSet, sync::Arc};

use egui::{Key, Modifiers, Popup, PopupCloseBehavior, ScrollArea, Ui};
use jiff::ToSpan;
use tresse_engine::{
    Command, PlanView,
    model::{Action, ActionField, ItemId, Scale},
};

use super::{
    action::{objective_name, objective_options, owner_name, owner_options, scale_name},
    grouping::{Line, places},
    rows::Rows,
    status::{STATUSES, status_name, status_of, status_word},
    typing::{entry, keep, kept},
};
use crate::{
    app::dates,
    theme::{self, Icon},
    tr,
    views::Cx,
};

/// The actions that are chosen.
#[derive(Default)]
pub(super) struct Chosen {
    actions: BTreeSet<ItemId>,
    /// The line from which shift reaches.
    anchor: Option<ItemId>,
    /// Counts the changes of what is chosen.
    version: u64,
    seen: Seen,
}

/// What is chosen of what is shown, and what that was worked out of: the plan, the rows' version, and the choice's.
#[derive(Default)]
struct Seen {
    of: Option<(Arc<PlanView>, u64, u64)>,
    /// Those that are shown: what one does not see is not changed.
    actions: Vec<ItemId>,
    /// All that is shown is chosen.
    every: bool,
}

impl Chosen {
    pub(super) fn is_empty(&self) -> bool {
        self.actions.is_empty()
    }

    /// Works out what is chosen of what is shown, where either is another than before.
    pub(super) fn update(&mut self, plan: &Arc<PlanView>, rows: &Rows) {
        let (rows_now, now) = (rows.version(), self.version);
        let fresh = self.seen.of.as_ref().is_some_and(|(of, rows, version)| {
            Arc::ptr_eq(of, plan) && *rows == rows_now && *version == now
        });
        if fresh {
            return;
        }
        let actions = rows.shown.iter();
        let actions = actions.filter_map(|at| plan.content.actions.get(*at));
        let ids = actions.map(|action| action.id);
        let seen: Vec<ItemId> = ids.filter(|id| self.actions.contains(id)).collect();
        self.seen = Seen {
            of: Some((Arc::clone(plan), rows_now, now)),
            every: !seen.is_empty() && seen.len() == rows.shown.len(),
            actions: seen,
        };
    }

    /// The box at the head: all that is shown, or none.
    pub(super) fn all(&mut self, ui: &mut Ui, cx: &Cx<'_>, plan: &PlanView, shown: &[usize]) {
        let mut every = self.seen.every;
        let some = !every && !self.actions.is_empty();
        let name = tr!(cx.words, "bulk-all");
        let tick = egui::Checkbox::without_text(&mut every).indeterminate(some);
        if ui
            .add(tick)
            .on_hover_text(&name)
            .accessible_name(name)
            .changed()
        {
            if every {
                self.choose_all(plan, shown);
            } else {
                self.clear();
            }
        }
    }

    /// The box of one action. With shift: all from the one ticked before.
    pub(super) fn one(
        &mut self,
        ui: &mut Ui,
        cx: &Cx<'_>,
        plan: &PlanView,
        lines: &[Line],
        place: usize,
        action: &Action,
    ) {
        let mut on = self.actions.contains(&action.id);
        let name = tr!(cx.words, "bulk-one", title = action.title.clone());
        let tick = egui::Checkbox::without_text(&mut on);
        if !ui.add(tick).accessible_name(name).changed() {
            return;
        }
        let shift = ui.input(|input| input.modifiers.shift);
        // Where it stands by now: what is shown, and in which order, may have changed since.
        let stands = |line: &Line| {
            let Line::Action(at, _) = line else {
                return false;
            };
            let action = plan.content.actions.get(*at);
            action.is_some_and(|one| Some(one.id) == self.anchor)
        };
        let anchored = shift.then(|| lines.iter().position(stands)).flatten();
        let from = anchored.unwrap_or(place);
        let range = from.min(place)..=from.max(place);
        for line in lines.get(range).into_iter().flatten() {
            if let Line::Action(at, _) = line
                && let Some(one) = plan.content.actions.get(*at)
            {
                if on {
                    self.actions.insert(one.id);
                } else {
                    self.actions.remove(&one.id);
                }
            }
        }
        self.anchor = Some(action.id);
        self.version += 1;
    }

    /// Ctrl-A chooses all that is shown, Escape none, where no field takes the keys for itself.
    pub(super) fn keys(&mut self, ui: &Ui, plan: &PlanView, shown: &[usize]) {
        let writing = ui
            .memory(egui::Memory::focused)
            .is_some_and(|id| egui::TextEdit::load_state(ui.ctx(), id).is_some());
        if writing
            || Popup::is_any_open(ui.ctx())
            || ui.ctx().memory(|it| it.top_modal_layer().is_some())
        {
            return;
        }
        let pressed = |modifiers, key| ui.input_mut(|input| input.consume_key(modifiers, key));
        if pressed(Modifiers::COMMAND, Key::A) {
            self.choose_all(plan, shown);
        }
        if !self.actions.is_empty() && pressed(Modifiers::NONE, Key::Escape) {
            self.clear();
        }
    }

    fn choose_all(&mut self, plan: &PlanView, shown: &[usize]) {
        let actions = shown.iter().filter_map(|at| plan.content.actions.get(*at));
        self.actions = actions.map(|action| action.id).collect();
        self.version += 1;
    }

    fn clear(&mut self) {
        self.actions.clear();
        self.anchor = None;
        self.version += 1;
    }
}

/// What can be done with the chosen ones, in place of the line for a new action.
pub(super) fn bar(
    chosen: &mut Chosen,
    ui: &mut Ui,
    cx: &mut Cx<'_>,
    plan: &Arc<PlanView>,
    rows: &Rows,
) {
    let t = theme::tokens(ui);
    chosen.update(plan, rows);
    if chosen.seen.actions.is_empty() {
        chosen.clear();
        return;
    }
    ui.add_space(t.space.m);
    ui.horizontal(|ui| {
        let words = cx.words;
        if theme::icon_button(ui, Icon::X, tr!(words, "bulk-none")).clicked() {
            chosen.clear();
        }
        let actions = &chosen.seen.actions;
        theme::strong(ui, tr!(words, "bulk-count", count = actions.len()));
        if let Some((field, value)) = asked(ui, cx, plan) {
            cx.send(Command::ActionSetMany {
                network: cx.id(),
                actions: actions.clone(),
                field,
                value: (!value.is_empty()).then_some(value),
            });
        }
    });
}

/// A field and the value that all get.
fn asked(ui: &mut Ui, cx: &Cx<'_>, plan: &PlanView) -> Option<(ActionField, String)> {
    let words = cx.words;
    let statuses = || STATUSES.map(|status| status_word(status).to_owned()).into();
    let status =
        |word: &str| status_of(word).map_or_else(String::new, |status| status_name(words, status));
    let members = &cx.net.members;
    let groups = &plan.content.groups;
    let group_ids = || {
        let ids = groups.iter().map(|group| group.id.to_string());
        std::iter::once(String::new()).chain(ids).collect()
    };
    let group = |id: &str| {
        let found = groups.iter().find(|group| group.id.to_string() == id);
        found.map_or_else(|| tr!(words, "group-none"), |group| group.name.clone())
    };
    let or = |name: String, none: String| if name.is_empty() { none } else { name };
    let picked = [
        pick(ui, tr!(words, "action-status"), statuses, status)
            .map(|value| (ActionField::Status, value)),
        pick(
            ui,
            tr!(words, "action-owner"),
            || owner_options(members),
            |id| or(owner_name(members, id), tr!(words, "owner-nobody")),
        )
        .map(|value| (ActionField::Owner, value)),
        day(ui, cx).map(|value| (ActionField::Due, value)),
        pick(
            ui,
            tr!(words, "action-objective"),
            || objective_options(plan),
            |id| or(objective_name(plan, id), tr!(words, "objective-none")),
        )
        .map(|value| (ActionField::Objective, value)),
        pick(ui, tr!(words, "bulk-group"), group_ids, group)
            .map(|value| (ActionField::WorkingGroup, value)),
        place(ui, cx, plan),
    ];
    picked.into_iter().flatten().next()
}

/// A button with a menu of values, which are listed while it is open.
fn pick(
    ui: &mut Ui,
    name: String,
    values: impl Fn() -> Vec<String>,
    say: impl Fn(&str) -> String,
) -> Option<String> {
    let t = theme::tokens(ui);
    let button = theme::quiet_button(ui, name);
    let mut picked = None;
    Popup::menu(&button).show(|ui| {
        ScrollArea::vertical()
            .max_height(1.5 * t.size.column)
            .show(ui, |ui| {
                for value in values() {
                    if ui.button(say(&value)).clicked() {
                        picked = Some(value);
                    }
                }
            });
    });
    picked
}

/// A button with a territory to write, those that the plan names, and how large it is.
fn place(ui: &mut Ui, cx: &Cx<'_>, plan: &PlanView) -> Option<(ActionField, String)> {
    let t = theme::tokens(ui);
    let words = cx.words;
    let button = theme::quiet_button(ui, tr!(words, "action-territory"));
    let mut picked = None;
    Popup::from_toggle_button_response(&button)
        .close_behavior(PopupCloseBehavior::CloseOnClickOutside)
        .width(t.size.column)
        .show(|ui| {
            let mut typed = kept(ui, ("bulk territory", cx.id()));
            let hint = tr!(words, "action-territory-hint");
            let width = ui.available_width();
            let label = tr!(words, "bulk-territory");
            let (_, entered) = entry(ui, &mut typed, hint, label, width);
            if entered && !typed.trim().is_empty() {
                picked = Some((ActionField::Territory, typed.trim().to_owned()));
            }
            ScrollArea::vertical()
                .max_height(t.size.column)
                .auto_shrink([false, true])
                .show(ui, |ui| {
                    for place in places(plan).into_values() {
                        if ui.button(place.name.as_str()).clicked() {
                            picked = Some((ActionField::Territory, place.name));
                        }
                    }
                    if ui.button(tr!(words, "territory-none")).clicked() {
                        picked = Some((ActionField::Territory, String::new()));
                    }
                });
            ui.separator();
            theme::caption(ui, tr!(words, "action-scale"));
            for scale in Scale::ALL {
                if ui.button(scale_name(words, scale.word())).clicked() {
                    picked = Some((ActionField::TerritoryScale, scale.word().to_owned()));
                }
            }
            if ui.button(tr!(words, "scale-none")).clicked() {
                picked = Some((ActionField::TerritoryScale, String::new()));
            }
            if picked.is_some() {
                typed.clear();
                ui.close();
            }
            keep(ui, ("bulk territory", cx.id()), typed);
        });
    picked
}

/// A button with a day to write, and the days that are asked for most.
fn day(ui: &mut Ui, cx: &Cx<'_>) -> Option<String> {
    let t = theme::tokens(ui);
    let words = cx.words;
    let button = theme::quiet_button(ui, tr!(words, "action-due"));
    let mut picked = None;
    Popup::from_toggle_button_response(&button)
        .close_behavior(PopupCloseBehavior::CloseOnClickOutside)
        .width(t.size.column)
        .show(|ui| {
            let mut typed = kept(ui, ("bulk due", cx.id()));
            let hint = tr!(words, "date-hint");
            let width = ui.available_width();
            let (response, entered) = entry(ui, &mut typed, hint, tr!(words, "bulk-due"), width);
            let parsed = dates::parse(&typed, cx.today);
            if !typed.trim().is_empty() && parsed.is_none() {
                theme::caption(ui, tr!(words, "date-not-understood"));
            }
            if entered {
                match parsed {
                    Some(day) => picked = Some(day.to_string()),
                    None => response.request_focus(),
                }
            }
            let week = cx.today.checked_add(7.days()).unwrap_or(cx.today);
            for (name, value) in [
                (tr!(words, "date-today"), cx.today.to_string()),
                (tr!(words, "bulk-in-a-week"), week.to_string()),
                (tr!(words, "due-none"), String::new()),
            ] {
                if ui.button(name).clicked() {
                    picked = Some(value);
                }
            }
            if picked.is_some() {
                typed.clear();
                ui.close();
            }
            keep(ui, ("bulk due", cx.id()), typed);
        });
    picked
}
