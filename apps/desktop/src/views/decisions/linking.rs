//! The actions of a decision: those that were made of it or linked to it, a new one, and a search among the plan's for one to link.

use std::{collections::BTreeSet, sync::Arc};

use egui::{ScrollArea, Ui};
use tresse_engine::{
    DecisionAction, DecisionCommand, DecisionView, PlanView,
    model::{Action, ItemId},
};

use super::send;
use crate::{
    app::{asks::Ask, text::fold},
    theme::{self, Icon},
    tr,
    views::{
        Cx,
        parts::{before_room, button_width, title_fits},
        plan::status_name,
    },
};

/// Height of a row, in points.
const ROW: f32 = 54.0;
/// So many rows are seen at once.
const ROWS: f32 = 4.5;

/// What is being typed.
#[derive(Default)]
pub(super) struct Form {
    title: String,
    search: Option<Search>,
}

/// Looking for an action of the plan.
#[derive(Default)]
struct Search {
    query: String,
    /// What is found, kept until something that it depends on changes.
    found: Option<Found>,
}

struct Found {
    plan: Arc<PlanView>,
    query: String,
    linked: BTreeSet<ItemId>,
    /// Places among the plan's actions.
    rows: Vec<usize>,
}

/// Paints it.
pub(super) fn ui(form: &mut Form, ui: &mut Ui, cx: &mut Cx<'_>, view: &DecisionView, locked: bool) {
    theme::subheading(ui, tr!(cx.words, "outcome-actions"));
    for action in &view.actions {
        one(ui, cx, view, action, locked);
    }
    if locked {
        form.search = None;
        return;
    }
    new(form, ui, cx, view);
    if let Some(search) = &mut form.search {
        if look(search, ui, cx, view) {
            form.search = None;
        }
    } else if theme::quiet_icon_button(ui, Icon::Link, tr!(cx.words, "outcome-link")).clicked() {
        form.search = Some(Search::default());
    }
}

/// One that is linked: the way there, and what unlinks it.
fn one(ui: &mut Ui, cx: &mut Cx<'_>, view: &DecisionView, action: &DecisionAction, locked: bool) {
    let t = theme::tokens(ui);
    let words = cx.words;
    let gone = action.title.is_empty();
    ui.horizontal(|ui| {
        let room = if locked {
            0.0
        } else {
            t.size.control + t.space.s
        };
        before_room(ui, room, |ui| {
            if gone {
                theme::muted(ui, tr!(words, "outcome-action-gone"));
                return;
            }
            let title = if action.done {
                tr!(words, "outcome-action-done", title = action.title.clone())
            } else {
                action.title.clone()
            };
            if ui.add(egui::Link::new(title)).clicked() {
                cx.ask(Ask::OpenAction(cx.id(), action.id));
            }
        });
        if locked {
            return;
        }
        let out = if gone {
            tr!(words, "outcome-unlink-gone")
        } else {
            tr!(words, "outcome-unlink", title = action.title.clone())
        };
        if theme::icon_button(ui, Icon::X, out).clicked() {
            link(cx, view, action.id, true);
        }
    });
}

fn link(cx: &mut Cx<'_>, view: &DecisionView, action: ItemId, off: bool) {
    let (network, decision) = (cx.id(), view.id);
    send(
        cx,
        DecisionCommand::Link {
            network,
            decision,
            action,
            off,
        },
    );
}

/// A line in which a title makes an action of the plan.
fn new(form: &mut Form, ui: &mut Ui, cx: &mut Cx<'_>, view: &DecisionView) {
    let (network, decision) = (cx.id(), view.id);
    let label = tr!(cx.words, "outcome-action-add");
    ui.horizontal(|ui| {
        let add = tr!(cx.words, "decision-add");
        let room = button_width(ui, &add) + theme::tokens(ui).space.s;
        let width = (ui.available_width() - room).max(theme::tokens(ui).size.control);
        let edit = theme::line_edit(&mut form.title)
            .hint_text(label.clone())
            .desired_width(width);
        let field = ui.add(edit).accessible_name(label);
        let entered = field.lost_focus() && ui.input(|input| input.key_pressed(egui::Key::Enter));
        let add = theme::quiet_icon_button(ui, Icon::Plus, add);
        if (entered || add.clicked())
            && !form.title.trim().is_empty()
            && title_fits(cx, &form.title)
        {
            let title = std::mem::take(&mut form.title).trim().to_owned();
            send(
                cx,
                DecisionCommand::Act {
                    network,
                    decision,
                    title,
                },
            );
        }
    });
}

/// The search; true once it is over.
fn look(search: &mut Search, ui: &mut Ui, cx: &mut Cx<'_>, view: &DecisionView) -> bool {
    let words = cx.words;
    let mut over = false;
    ui.horizontal(|ui| {
        let cancel = tr!(words, "cancel");
        let room = button_width(ui, &cancel) + theme::tokens(ui).space.s;
        let width = (ui.available_width() - room).max(theme::tokens(ui).size.control);
        let first = search.found.is_none();
        let field = theme::search_field(
            ui,
            tr!(words, "outcome-link-search"),
            &mut search.query,
            width,
        );
        if first {
            field.request_focus();
        }
        over = theme::quiet_icon_button(ui, Icon::X, cancel).clicked();
    });
    let plan = Arc::clone(&cx.net.plan);
    let rows = search.rows(&plan, view);
    if rows.is_empty() {
        theme::muted(ui, tr!(words, "outcome-link-none"));
        return over;
    }
    let mut picked = None;
    ScrollArea::vertical()
        .id_salt(("link", view.id))
        .max_height(ROW * ROWS)
        .show_rows(ui, ROW, rows.len(), |ui, range| {
            let shown = rows.get(range).unwrap_or_default().iter();
            for action in shown.filter_map(|at| plan.content.actions.get(*at)) {
                let below = about(cx, action);
                let row = theme::two_lines(ui, ROW, &action.title, &below, false);
                let name = tr!(words, "outcome-link-this", title = action.title.clone());
                if row.accessible_name(name).clicked() {
                    picked = Some(action.id);
                }
            }
        });
    if let Some(action) = picked {
        link(cx, view, action, false);
    }
    over || picked.is_some()
}

/// How far it is, and who sees to it.
fn about(cx: &Cx<'_>, action: &Action) -> String {
    let owners = action.owners.iter();
    let owners = owners.map(|one| cx.net.members.name_of(one));
    let status = status_name(cx.words, action.status);
    std::iter::once(status)
        .chain(owners)
        .collect::<Vec<_>>()
        .join(" · ")
}

impl Search {
    /// The places of the actions whose title has every word, without those that are linked.
    fn rows(&mut self, plan: &Arc<PlanView>, view: &DecisionView) -> &[usize] {
        let linked = &view.content.actions;
        let known = self.found.take().filter(|known| {
            Arc::ptr_eq(&known.plan, plan) && known.query == self.query && known.linked == *linked
        });
        let found = known.unwrap_or_else(|| {
            let query = fold(&self.query);
            let words: Vec<&str> = query.split_whitespace().collect();
            let wanted = |action: &Action| {
                let title = fold(&action.title);
                !linked.contains(&action.id) && words.iter().all(|word| title.contains(word))
            };
            let actions = plan.content.actions.iter().enumerate();
            let rows = actions.filter(|(_, one)| wanted(one)).map(|(at, _)| at);
            Found {
                plan: Arc::clone(plan),
                query: self.query.clone(),
                linked: linked.clone(),
                rows: rows.collect(),
            }
        });
        &self.found.insert(found).rows
    }
}
