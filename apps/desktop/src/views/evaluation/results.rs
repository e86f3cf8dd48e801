//! Objectives and their results: indicators over time, actions, what was learned.

use std::sync::Arc;

use egui::{Id, Rect, Ui, Vec2};
use tresse_engine::{
    Command, PlanView,
    model::{Indicator, Objective, ObjectiveFacts, ObjectiveField},
};

use crate::{
    app::{
        asks::Ask,
        place::{Place, Tab},
    },
    theme::{self, Icon, Tone},
    tr,
    views::{Cx, fields::Field, parts, plan},
};

/// Paints it.
pub(super) fn ui(ui: &mut Ui, cx: &mut Cx<'_>) {
    let t = theme::tokens(ui);
    let view = Arc::clone(&cx.net.plan);
    theme::muted(ui, tr!(cx.words, "results-explained"));
    ui.add_space(t.space.s);
    if view.content.objectives.is_empty() {
        let (title, hint) = (
            tr!(cx.words, "results-empty"),
            tr!(cx.words, "results-empty-hint"),
        );
        if parts::empty(ui, title, hint, Some(tr!(cx.words, "results-to-plan"))) {
            cx.ask(Ask::Go(Place::Network(cx.id(), Tab::Plan)));
        }
        return;
    }
    for objective in &view.content.objectives {
        seen(ui, ("result", objective.id), |ui| {
            card(ui, cx, &view, objective);
        });
        ui.add_space(t.space.s);
    }
}

/// Paints a part that is in sight; where it is not, only its room is kept.
fn seen(ui: &mut Ui, salt: impl std::hash::Hash + std::fmt::Debug, add: impl FnOnce(&mut Ui)) {
    let id = Id::unique(("seen", salt));
    let width = ui.available_width();
    let known: Option<(f32, f32)> = ui.data(|data| data.get_temp(id));
    if let Some((high, of)) = known
        && (of - width).abs() < 0.5
    {
        let place = Rect::from_min_size(ui.cursor().min, Vec2::new(width, high));
        let near = place.expand2(Vec2::new(0.0, ui.clip_rect().height()));
        if !ui.is_rect_visible(near) {
            ui.allocate_space(place.size());
            return;
        }
    }
    let high = ui.scope(add).response.rect.height();
    ui.data_mut(|data| data.insert_temp(id, (high, width)));
}

fn card(ui: &mut Ui, cx: &mut Cx<'_>, view: &PlanView, objective: &Objective) {
    let t = theme::tokens(ui);
    let facts = view
        .facts
        .objectives
        .iter()
        .find(|one| one.id == objective.id);
    theme::card(ui, |ui| {
        ui.push_id(("result", objective.id), |ui| {
            parts::line(ui, |ui| {
                theme::subheading(ui, objective.title.as_str());
                if let Some(facts) = facts {
                    state(ui, cx, facts);
                }
            });
            if !objective.deadline.is_empty() {
                let on = cx.words.date(&objective.deadline);
                theme::caption(ui, tr!(cx.words, "result-deadline", on = on));
            }
            if let Some(facts) = facts {
                actions(ui, cx, objective, facts);
            }
            ui.add_space(t.space.xs);
            indicators(ui, cx, objective);
            ui.add_space(t.space.s);
            learned(ui, cx, view, objective);
        });
    });
}

fn state(ui: &mut Ui, cx: &Cx<'_>, facts: &ObjectiveFacts) {
    match facts.percent {
        Some(100) => {
            theme::status_chip(ui, Tone::Good, tr!(cx.words, "result-reached"));
        }
        Some(percent) => {
            theme::tag(ui, tr!(cx.words, "result-percent", percent = percent));
        }
        None => {
            theme::tag(ui, tr!(cx.words, "result-unknown"));
        }
    }
    if facts.late {
        theme::status_chip(ui, Tone::Warn, tr!(cx.words, "result-late"));
    }
}

fn actions(ui: &mut Ui, cx: &mut Cx<'_>, objective: &Objective, facts: &ObjectiveFacts) {
    let open = facts.total.saturating_sub(facts.done);
    let said = tr!(
        cx.words,
        "result-actions",
        done = facts.done,
        open = open,
        late = facts.late_actions
    );
    ui.horizontal_wrapped(|ui| {
        ui.label(said);
        let name = tr!(
            cx.words,
            "result-see-objective",
            title = objective.title.clone()
        );
        if theme::quiet_icon_button(ui, Icon::Target, tr!(cx.words, "result-see"))
            .accessible_name(name)
            .clicked()
        {
            cx.ask(Ask::OpenObjective(cx.id(), objective.id));
        }
    });
}

fn indicators(ui: &mut Ui, cx: &Cx<'_>, objective: &Objective) {
    let t = theme::tokens(ui);
    if objective.indicators.is_empty() {
        theme::muted(ui, tr!(cx.words, "result-no-indicator"));
    }
    let wide = ui.available_width() > 2.0 * t.size.column;
    let columns = if wide && objective.indicators.len() > 1 {
        2
    } else {
        1
    };
    parts::columns(ui, columns, |ui, column| {
        for one in objective.indicators.iter().skip(column).step_by(columns) {
            indicator(ui, cx, one);
            ui.add_space(t.space.xs);
        }
    });
}

fn indicator(ui: &mut Ui, cx: &Cx<'_>, one: &Indicator) {
    theme::strong(ui, one.name.as_str());
    theme::caption(ui, plan::way(cx, one));
    plan::course(ui, cx, one);
}

fn learned(ui: &mut Ui, cx: &mut Cx<'_>, view: &PlanView, objective: &Objective) {
    let (network, id) = (cx.id(), objective.id);
    let field = ObjectiveField::Learned;
    let locked = cx.locked(view.read_only);
    if locked && objective.learned.is_empty() {
        return;
    }
    Field::new(
        (network, id, "result", field.key()),
        tr!(cx.words, "objective-learned"),
        &objective.learned,
    )
    .hint(tr!(cx.words, "objective-learned-hint"))
    .locked(locked)
    .conflict(&objective.conflicts, field.key())
    .lines(ui, cx, 2, move |text| Command::ObjectiveSet {
        network,
        objective: id,
        field,
        value: (!text.is_empty()).then(|| text.to_owned()),
    });
}
