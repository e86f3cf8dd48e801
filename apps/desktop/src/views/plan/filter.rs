//! The line above the actions: words, status and person to look for, and how many that leaves.

use egui::{Button, ComboBox, Ui};
use tresse_engine::model::{ItemId, Scale};

use super::{
    Focus, GroupBy, Look, OwnerFilter, PlanUi, StatusFilter,
    action::scale_name,
    grouping::places,
    question::TerritoryFilter,
    rows, saved,
    status::{self, STATUSES},
};
use crate::{
    theme::{self, Face, Icon},
    tr,
    views::{Cx, parts::button_width},
};

/// Paints it.
pub(super) fn bar(plan: &mut PlanUi, ui: &mut Ui, cx: &mut Cx<'_>) {
    let t = theme::tokens(ui);
    ui.horizontal_wrapped(|ui| {
        let width = t.size.column * 0.8;
        let search = theme::search_field(
            ui,
            tr!(cx.words, "plan-search"),
            &mut plan.question.text,
            width,
        );
        if plan.focus == Some(Focus::Find) {
            plan.focus = None;
            search.request_focus();
        }
        status(plan, ui, cx);
        owner(plan, ui, cx);
        working_group(plan, ui, cx);
        territory(plan, ui, cx);
        objective(plan, ui, cx);
        if matches!(plan.look, Look::Table | Look::Timeline) {
            grouped(plan, ui, cx);
        }
        // What is asked and how many that leaves go to the next line together.
        let mut room = t.size.control + text_width(ui, &count(plan, cx)) + 2.0 * t.space.s;
        if plan.question.filters() {
            room += button_width(ui, &tr!(cx.words, "filter-clear")) + t.space.s;
        }
        if room > ui.available_size_before_wrap().x {
            ui.end_row();
        }
        saved::menu(plan, ui, cx);
        if plan.question.filters()
            && theme::quiet_icon_button(ui, Icon::X, tr!(cx.words, "filter-clear")).clicked()
        {
            plan.question.clear();
        }
        let count = count(plan, cx);
        theme::caption(ui, count);
    });
    ui.add_space(t.space.s);
}

/// How many actions what is asked leaves, in words.
fn count(plan: &mut PlanUi, cx: &Cx<'_>) -> String {
    plan.rows
        .update(&cx.net.plan, &cx.net.members, &plan.question, cx.today);
    let all = cx.net.plan.content.actions.len();
    let shown = plan.rows.shown.len();
    if shown == all {
        tr!(cx.words, "plan-count", count = all)
    } else {
        tr!(cx.words, "plan-count-of", shown = shown, all = all)
    }
}

/// How wide small words are on one line.
fn text_width(ui: &Ui, words: &str) -> f32 {
    let t = theme::tokens(ui);
    let font = Face::Text.at(t.text.small);
    let galley = ui
        .painter()
        .layout_no_wrap(words.to_owned(), font, t.color.muted);
    galley.size().x
}

fn status(plan: &mut PlanUi, ui: &mut Ui, cx: &Cx<'_>) {
    let words = cx.words;
    let name = |filter: StatusFilter| match filter {
        StatusFilter::All => tr!(words, "filter-status-all"),
        StatusFilter::Open => tr!(words, "filter-status-open"),
        StatusFilter::Late => tr!(words, "filter-status-late"),
        StatusFilter::One(status) => status::status_name(words, status),
    };
    let width = theme::tokens(ui).size.column * 0.55;
    ComboBox::from_id_salt("status filter")
        .selected_text(name(plan.question.status))
        .width(width)
        .show_ui(ui, |ui| {
            let filters = [StatusFilter::All, StatusFilter::Open, StatusFilter::Late]
                .into_iter()
                .chain(STATUSES.map(StatusFilter::One));
            for filter in filters {
                let chosen = plan.question.status == filter;
                if ui.add(Button::selectable(chosen, name(filter))).clicked() {
                    plan.question.status = filter;
                }
            }
        })
        .response
        .accessible_name(tr!(words, "filter-status"));
}

fn owner(plan: &mut PlanUi, ui: &mut Ui, cx: &Cx<'_>) {
    let words = cx.words;
    let name = |filter: OwnerFilter| match filter {
        OwnerFilter::All => tr!(words, "filter-owner-all"),
        OwnerFilter::Nobody => tr!(words, "owner-nobody"),
        OwnerFilter::One(member) => cx.net.members.name_of(&member),
    };
    let width = theme::tokens(ui).size.column * 0.6;
    ComboBox::from_id_salt("owner filter")
        .selected_text(name(plan.question.owner))
        .width(width)
        .truncate()
        .show_ui(ui, |ui| {
            let filters = [OwnerFilter::All, OwnerFilter::Nobody].into_iter().chain(
                cx.net
                    .members
                    .members
                    .iter()
                    .map(|member| OwnerFilter::One(member.id)),
            );
            for filter in filters {
                let chosen = plan.question.owner == filter;
                if ui.add(Button::selectable(chosen, name(filter))).clicked() {
                    plan.question.owner = filter;
                }
            }
        })
        .response
        .accessible_name(tr!(words, "filter-owner"));
}

/// Where there are working groups: of which of them.
fn working_group(plan: &mut PlanUi, ui: &mut Ui, cx: &Cx<'_>) {
    let chosen = plan.question.working_group;
    if cx.net.groups.is_empty() && chosen.is_none() {
        return;
    }
    let words = cx.words;
    let name = |id: Option<ItemId>| match id {
        None => tr!(words, "filter-group-all"),
        Some(id) => {
            let mut groups = cx.net.groups.iter();
            let group = groups.find(|group| group.content.id == id);
            group.map_or_else(
                || tr!(words, "untitled"),
                |group| group.content.name.clone(),
            )
        }
    };
    let width = theme::tokens(ui).size.column * 0.6;
    ComboBox::from_id_salt("group filter")
        .selected_text(name(chosen))
        .width(width)
        .truncate()
        .show_ui(ui, |ui| {
            let groups = cx.net.groups.iter().map(|group| Some(group.content.id));
            for id in std::iter::once(None).chain(groups) {
                let here = chosen == id;
                if ui.add(Button::selectable(here, name(id))).clicked() {
                    plan.question.working_group = id;
                }
            }
        })
        .response
        .accessible_name(tr!(words, "filter-group"));
}

/// Where territories are named: those of a scale, or one of them.
fn territory(plan: &mut PlanUi, ui: &mut Ui, cx: &Cx<'_>) {
    let mut actions = cx.net.plan.content.actions.iter();
    let named =
        actions.any(|one| one.territory_scale.is_some() || !one.territory.trim().is_empty());
    if !named && plan.question.territory.is_none() {
        return;
    }
    let words = cx.words;
    let name = |filter: Option<&TerritoryFilter>| match filter {
        None => tr!(words, "filter-territory-all"),
        Some(TerritoryFilter::Scale(scale)) => scale_name(words, scale.word()),
        Some(TerritoryFilter::Place(place)) => place.clone(),
    };
    let width = theme::tokens(ui).size.column * 0.6;
    let mut picked = None;
    ComboBox::from_id_salt("territory filter")
        .selected_text(name(plan.question.territory.as_ref()))
        .width(width)
        .truncate()
        .show_ui(ui, |ui| {
            let scales = Scale::ALL.iter().copied().map(TerritoryFilter::Scale);
            let places = places(&cx.net.plan).into_values();
            let places = places.map(|place| TerritoryFilter::Place(place.name));
            let all = std::iter::once(None).chain(scales.chain(places).map(Some));
            for filter in all {
                let chosen = plan.question.territory == filter;
                let button = Button::selectable(chosen, name(filter.as_ref()));
                if ui.add(button).clicked() {
                    picked = Some(filter);
                }
            }
        })
        .response
        .accessible_name(tr!(words, "filter-territory"));
    if let Some(filter) = picked {
        plan.question.territory = filter;
    }
}

/// Under which headings. The timeline has always some.
fn grouped(plan: &mut PlanUi, ui: &mut Ui, cx: &Cx<'_>) {
    let words = cx.words;
    let over_time = plan.look == Look::Timeline;
    let none = (!over_time).then_some(None);
    let chosen = match plan.question.group {
        None if over_time => Some(GroupBy::Objective),
        chosen => chosen,
    };
    let name = |by: Option<GroupBy>| match by {
        Some(by) => by.name(words),
        None => tr!(words, "group-by-none"),
    };
    let width = theme::tokens(ui).size.column * 0.6;
    ComboBox::from_id_salt("group by")
        .selected_text(name(chosen))
        .width(width)
        .truncate()
        .show_ui(ui, |ui| {
            for by in none.into_iter().chain(GroupBy::ALL.map(Some)) {
                if ui.add(Button::selectable(chosen == by, name(by))).clicked() {
                    plan.question.group = by;
                }
            }
        })
        .response
        .accessible_name(tr!(words, "group-by"));
}

/// Shown once an objective was chosen elsewhere.
fn objective(plan: &mut PlanUi, ui: &mut Ui, cx: &Cx<'_>) {
    let Some(id) = plan.question.objective else {
        return;
    };
    let title = rows::objective_title(&cx.net.plan, &id).unwrap_or_default();
    let title = crate::app::text::cut(title, 40);
    let remove = tr!(cx.words, "filter-objective-remove", title = title.clone());
    if theme::removable_tag(ui, title, remove) {
        plan.question.objective = None;
    }
}
