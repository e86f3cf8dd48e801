//! Coherence: what each organisation wants for itself, the network's objective that serves it, and what nothing serves yet.

use std::sync::Arc;

use egui::{Id, Ui};
use tresse_engine::{
    Command, OrganisationView, OwnObjectiveView, PlanView,
    model::{ItemId, MemberId, OwnObjectiveField},
};

use super::{
    action::{objective_name, objective_options},
    rows::objective_title,
    typing::{bin, entry},
};
use crate::{
    app::asks::Ask,
    theme::{self, Icon, Tone},
    tr,
    views::{
        Cx,
        fields::Field,
        parts::{button_width, empty, line},
        tall::Heights,
    },
};

/// What this look remembers.
#[derive(Default)]
pub(super) struct CoherenceUi {
    new_text: String,
    /// Only what nothing serves.
    unserved: bool,
    heights: Heights,
    focus: bool,
    wanted: Option<Id>,
    /// What the list was made of, and the list.
    listed: Option<(Arc<PlanView>, bool, Entries)>,
}

/// The list, each thing with its name.
type Entries = Arc<Vec<(Id, Entry)>>;

/// One thing in the list: places among the organisations and their objectives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Entry {
    Organisation(usize),
    Own(usize, usize),
}

impl CoherenceUi {
    /// Puts the keyboard into the field for a new objective.
    pub(super) fn new_thing(&mut self) {
        self.focus = true;
    }

    /// Brings an objective of a member's organisation into sight.
    pub(super) fn show(&mut self, member: MemberId, own: ItemId) {
        self.unserved = false;
        self.wanted = Some(Id::unique(("own objective", member, own)));
    }

    /// Paints it.
    pub(super) fn ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        let t = theme::tokens(ui);
        let plan = Arc::clone(&cx.net.plan);
        let locked = cx.locked(false);
        if !locked {
            self.add(ui, cx);
            ui.add_space(t.space.s);
        }
        if plan.organisations.is_empty() {
            empty(
                ui,
                tr!(cx.words, "coherence-empty"),
                tr!(cx.words, "coherence-empty-hint"),
                None,
            );
            return;
        }
        self.summary(ui, cx, &plan);
        let entries = self.entries(&plan);
        if entries.is_empty() {
            theme::message(
                ui,
                Tone::Good,
                tr!(cx.words, "coherence-all-served"),
                |_| {},
            );
        }
        let mut heights = std::mem::take(&mut self.heights);
        let row = 2.0 * t.size.control;
        heights.show(
            ui,
            "coherence",
            &entries,
            row,
            self.wanted.take(),
            |ui, entry| match entry {
                Entry::Organisation(at) => {
                    if let Some(one) = plan.organisations.get(*at) {
                        head(ui, cx, one);
                    }
                }
                Entry::Own(at, own) => {
                    let organisation = plan.organisations.get(*at);
                    if let Some(own) = organisation.and_then(|one| one.objectives.get(*own)) {
                        self::own(ui, cx, &plan, own, locked);
                    }
                }
            },
        );
        self.heights = heights;
    }

    fn summary(&mut self, ui: &mut Ui, cx: &Cx<'_>, plan: &PlanView) {
        let all = plan.organisations.iter();
        let (wanted, unserved) = all.fold((0, 0), |(wanted, unserved), one| {
            (wanted + one.objectives.len(), unserved + one.unserved)
        });
        ui.horizontal_wrapped(|ui| {
            let told = tr!(
                cx.words,
                "coherence-counts",
                wanted = wanted,
                unserved = unserved
            );
            theme::muted(ui, told);
            theme::check(
                ui,
                &mut self.unserved,
                tr!(cx.words, "coherence-unserved-only"),
            );
        });
        ui.add_space(theme::tokens(ui).space.xs);
    }

    fn entries(&mut self, plan: &Arc<PlanView>) -> Entries {
        if let Some((of, unserved, entries)) = &self.listed
            && Arc::ptr_eq(of, plan)
            && *unserved == self.unserved
        {
            return Arc::clone(entries);
        }
        let mut entries = Vec::new();
        for (at, organisation) in plan.organisations.iter().enumerate() {
            if self.unserved && organisation.unserved == 0 {
                continue;
            }
            let first = organisation.objectives.first();
            let id = Id::unique(("organisation", first.map(|one| (one.member, one.own.id))));
            entries.push((id, Entry::Organisation(at)));
            for (place, one) in organisation.objectives.iter().enumerate() {
                if !(self.unserved && one.own.served) {
                    let id = Id::unique(("own objective", one.member, one.own.id));
                    entries.push((id, Entry::Own(at, place)));
                }
            }
        }
        let entries = Arc::new(entries);
        self.listed = Some((Arc::clone(plan), self.unserved, Arc::clone(&entries)));
        entries
    }

    fn add(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        let t = theme::tokens(ui);
        ui.horizontal(|ui| {
            let words = tr!(cx.words, "coherence-add");
            let hint = tr!(cx.words, "coherence-new-hint");
            let room = ui.available_width() - button_width(ui, &words) - t.space.s;
            let width = room.min(t.size.form);
            let (response, entered) = entry(ui, &mut self.new_text, hint.clone(), hint, width);
            if std::mem::take(&mut self.focus) {
                response.request_focus();
            }
            let pressed = theme::quiet_icon_button(ui, Icon::Plus, words).clicked();
            let text = self.new_text.trim();
            if (entered || pressed) && !text.is_empty() && crate::views::parts::title_fits(cx, text)
            {
                cx.send(Command::OwnObjectiveAdd {
                    network: cx.id(),
                    text: text.to_owned(),
                    objective: None,
                });
                self.new_text.clear();
            }
            if entered || pressed {
                response.request_focus();
            }
        });
    }
}

fn head(ui: &mut Ui, cx: &Cx<'_>, one: &OrganisationView) {
    let t = theme::tokens(ui);
    ui.add_space(t.space.m);
    let name = if one.organisation.is_empty() {
        let member = one.objectives.first().map(|own| own.member);
        member.map_or_else(String::new, |member| cx.net.members.name_of(&member))
    } else {
        one.organisation.clone()
    };
    line(ui, |ui| {
        theme::heading(ui, name);
        if one.unserved > 0 {
            let told = tr!(cx.words, "coherence-unserved", count = one.unserved);
            theme::status_chip(ui, Tone::Warn, told);
        }
    });
    ui.add_space(t.space.xs);
}

fn own(ui: &mut Ui, cx: &mut Cx<'_>, plan: &PlanView, own: &OwnObjectiveView, locked: bool) {
    let t = theme::tokens(ui);
    let mine = own.member == cx.app.me.member && !locked;
    theme::card(ui, |ui| {
        ui.horizontal_top(|ui| {
            let room = if mine {
                t.size.control + t.space.s
            } else {
                0.0
            };
            ui.vertical(|ui| {
                ui.set_width(ui.available_width() - room);
                if mine {
                    to_change(ui, cx, plan, own);
                } else {
                    theme::paragraph(ui, own.own.text.as_str());
                    let name = cx.net.members.name_of(&own.member);
                    theme::caption(ui, tr!(cx.words, "coherence-said-by", name = name));
                }
                served(ui, cx, plan, own);
            });
            if mine {
                let remove = tr!(cx.words, "coherence-remove", text = own.own.text.clone());
                if theme::icon_button(ui, Icon::Trash, remove).clicked() {
                    let (network, id) = (cx.id(), own.own.id);
                    bin(cx, own.own.text.clone(), |restore| {
                        Command::OwnObjectiveRemove {
                            network,
                            own_objective: id,
                            restore,
                        }
                    });
                }
            }
        });
    });
    ui.add_space(t.space.xs);
}

fn to_change(ui: &mut Ui, cx: &mut Cx<'_>, plan: &PlanView, own: &OwnObjectiveView) {
    let (network, id, words) = (cx.id(), own.own.id, cx.words);
    let set = move |field: OwnObjectiveField| {
        move |text: &str| Command::OwnObjectiveSet {
            network,
            own_objective: id,
            field,
            value: (!text.is_empty()).then(|| text.to_owned()),
        }
    };
    let name = tr!(words, "coherence-text");
    Field::new((network, id, "own text"), name, &own.own.text)
        .needed()
        .line(ui, cx, set(OwnObjectiveField::Text));
    let linked = own
        .own
        .objective
        .map(|id| id.to_string())
        .unwrap_or_default();
    let name = tr!(words, "coherence-objective");
    Field::new((network, id, "own objective"), name, &linked)
        .hint(tr!(words, "coherence-no-objective"))
        .pick(
            ui,
            cx,
            &|id| objective_name(plan, id),
            &|| objective_options(plan),
            set(OwnObjectiveField::Objective),
        );
}

/// Whether the network serves it, by which objective, and what is missing.
fn served(ui: &mut Ui, cx: &mut Cx<'_>, plan: &PlanView, own: &OwnObjectiveView) {
    let words = cx.words;
    let objective = own.own.objective;
    let title = objective.and_then(|id| objective_title(plan, &id));
    line(ui, |ui| {
        match (title, own.own.served) {
            (None, _) => {
                theme::status_chip(ui, Tone::Warn, tr!(words, "coherence-not-linked"));
            }
            (Some(_), false) => {
                theme::status_chip(ui, Tone::Warn, tr!(words, "coherence-no-action"));
            }
            (Some(_), true) => {
                theme::status_chip(ui, Tone::Good, tr!(words, "coherence-served"));
            }
        }
        if let (Some(id), Some(title)) = (objective, title) {
            let name = tr!(words, "coherence-see", title = title.to_owned());
            if ui.link(title).accessible_name(name).clicked() {
                cx.ask(Ask::OpenObjective(cx.id(), id));
            }
        }
    });
}
