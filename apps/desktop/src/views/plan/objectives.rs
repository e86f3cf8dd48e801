//! Objectives: where the network wants to get, by when, with what means, and how it will be seen.

use std::sync::Arc;

use egui::{Id, TextEdit, Ui};
use tresse_engine::{
    Command,
    model::{Indicator, IndicatorField, Objective, ObjectiveField},
};

use super::Question;
use crate::{
    app::{asks::Ask, toast::Toast},
    theme::{self, Icon, Tone},
    tr,
    views::{
        Cx,
        fields::Field,
        parts::{button_width, columns, empty},
    },
};

/// Paints them; `wants_new` puts the keyboard into the field for a new one.
pub(super) fn ui(ui: &mut Ui, cx: &mut Cx<'_>, wants_new: bool) {
    let t = theme::tokens(ui);
    let plan = Arc::clone(&cx.net.plan);
    let locked = cx.locked(plan.read_only);
    if !locked {
        add(ui, cx, wants_new);
        ui.add_space(t.space.s);
    }
    egui::ScrollArea::vertical()
        .id_salt("objectives")
        .auto_shrink(false)
        .show(ui, |ui| {
            if plan.content.objectives.is_empty() {
                empty(
                    ui,
                    tr!(cx.words, "objectives-empty"),
                    tr!(cx.words, "objectives-empty-hint"),
                    None,
                );
            }
            for objective in &plan.content.objectives {
                one(ui, cx, objective, locked);
                ui.add_space(t.space.m);
            }
        });
}

fn add(ui: &mut Ui, cx: &mut Cx<'_>, wants_new: bool) {
    let t = theme::tokens(ui);
    let key = Id::unique(("new objective", cx.id()));
    let mut title = ui
        .data(|data| data.get_temp::<String>(key))
        .unwrap_or_default();
    ui.horizontal(|ui| {
        let (hint, words) = (
            tr!(cx.words, "objective-new-hint"),
            tr!(cx.words, "objective-add"),
        );
        let room = ui.available_width() - button_width(ui, &words) - t.space.s;
        let entry = ui
            .add(
                TextEdit::singleline(&mut title)
                    .align(egui::Align2::LEFT_CENTER)
                    .id(key)
                    .hint_text(hint.as_str())
                    .desired_width(room.min(t.size.form)),
            )
            .accessible_name(hint);
        if wants_new {
            entry.request_focus();
        }
        let entered = entry.lost_focus() && ui.input(|input| input.key_pressed(egui::Key::Enter));
        let pressed = theme::quiet_icon_button(ui, Icon::Plus, words).clicked();
        if (entered || pressed) && !title.trim().is_empty() {
            cx.send(Command::ObjectiveAdd {
                network: cx.id(),
                title: title.trim().to_owned(),
                deadline: None,
                means: None,
                orientation: None,
            });
            title.clear();
        }
        if entered || pressed {
            entry.request_focus();
        }
    });
    ui.data_mut(|data| data.insert_temp(key, title));
}

fn one(ui: &mut Ui, cx: &mut Cx<'_>, objective: &Objective, locked: bool) {
    let t = theme::tokens(ui);
    let (network, id, words) = (cx.id(), objective.id, cx.words);
    let set = move |field: ObjectiveField| {
        move |text: &str| Command::ObjectiveSet {
            network,
            objective: id,
            field,
            value: (!text.is_empty()).then(|| text.to_owned()),
        }
    };
    let field = |key: ObjectiveField, label: String, value| {
        Field::new((network, id, key.key()), label, value)
            .locked(locked)
            .conflict(&objective.conflicts, key.key())
    };
    theme::card(ui, |ui| {
        let wide = ui.available_width() > 2.0 * t.size.column;
        field(
            ObjectiveField::Title,
            tr!(words, "objective-title"),
            &objective.title,
        )
        .needed()
        .line(ui, cx, set(ObjectiveField::Title));
        columns(ui, if wide { 2 } else { 1 }, |ui, number| {
            if number == 0 {
                field(
                    ObjectiveField::Deadline,
                    tr!(words, "objective-deadline"),
                    &objective.deadline,
                )
                .hint(tr!(words, "date-hint"))
                .date(ui, cx, set(ObjectiveField::Deadline));
            }
            if number == 1 || !wide {
                field(
                    ObjectiveField::Means,
                    tr!(words, "objective-means"),
                    &objective.means,
                )
                .hint(tr!(words, "objective-means-hint"))
                .line(ui, cx, set(ObjectiveField::Means));
            }
        });
        progress(ui, cx, objective);
        ui.add_space(t.space.xs);
        theme::subheading(ui, tr!(words, "indicators"));
        for (place, indicator) in objective.indicators.iter().enumerate() {
            self::indicator(ui, cx, objective, indicator, locked, place == 0);
        }
        if !locked {
            foot(ui, cx, objective);
        }
    });
}

fn progress(ui: &mut Ui, cx: &mut Cx<'_>, objective: &Objective) {
    let network = cx.id();
    let home = Arc::clone(&cx.net.home);
    let Some(progress) = home
        .objectives
        .iter()
        .find(|progress| progress.id == objective.id)
    else {
        return;
    };
    ui.horizontal(|ui| {
        let told = tr!(
            cx.words,
            "objective-progress",
            done = progress.done,
            total = progress.total
        );
        let part = progress.done as f32 / progress.total.max(1) as f32;
        theme::progress_bar(ui, part, theme::tokens(ui).size.column * 0.6, told.as_str());
        if progress.total > 0 {
            if ui.link(told).clicked() {
                let question = Question {
                    objective: Some(objective.id),
                    ..Question::default()
                };
                cx.ask(Ask::OpenPlan(network, question));
            }
        } else {
            theme::caption(ui, tr!(cx.words, "objective-no-action"));
        }
    });
}

fn indicator(
    ui: &mut Ui,
    cx: &mut Cx<'_>,
    objective: &Objective,
    indicator: &Indicator,
    locked: bool,
    first: bool,
) {
    let t = theme::tokens(ui);
    let (network, objective, id, words) = (cx.id(), objective.id, indicator.id, cx.words);
    let set = move |field: IndicatorField| {
        move |text: &str| Command::IndicatorSet {
            network,
            objective,
            indicator: id,
            field,
            value: (!text.is_empty()).then(|| text.to_owned()),
        }
    };
    let fields = [
        (
            IndicatorField::Name,
            tr!(words, "indicator-name"),
            &indicator.name,
            0.46,
        ),
        (
            IndicatorField::Current,
            tr!(words, "indicator-current"),
            &indicator.current,
            0.18,
        ),
        (
            IndicatorField::Target,
            tr!(words, "indicator-target"),
            &indicator.target,
            0.18,
        ),
        (
            IndicatorField::Unit,
            tr!(words, "indicator-unit"),
            &indicator.unit,
            0.18,
        ),
    ];
    ui.horizontal_top(|ui| {
        let gaps = 4.0 * ui.spacing().item_spacing.x;
        let room = ui.available_width() - t.size.control - gaps;
        for (key, label, value, part) in fields {
            ui.vertical(|ui| {
                ui.set_width(room * part);
                let mut field = Field::new((network, id, key.key()), label, value)
                    .locked(locked)
                    .conflict(&indicator.conflicts, key.key());
                field.needed = key == IndicatorField::Name;
                if first {
                    field.line(ui, cx, set(key));
                } else {
                    field.bare_line(ui, cx, set(key));
                }
            });
        }
        if !locked {
            ui.vertical(|ui| {
                if first {
                    ui.add_space(t.text.small * t.text.line + t.space.xs);
                }
                let name = tr!(words, "indicator-remove", name = indicator.name.clone());
                if theme::icon_button(ui, Icon::Trash, name).clicked() {
                    let remove = |restore| Command::IndicatorRemove {
                        network,
                        objective,
                        indicator: id,
                        restore,
                    };
                    cx.send(remove(false));
                    let told = Toast::new(
                        Tone::Neutral,
                        tr!(words, "removed", what = indicator.name.clone()),
                    );
                    cx.ask(Ask::Tell(
                        told.with(tr!(words, "bring-back"), Ask::Send(remove(true))),
                    ));
                }
            });
        }
    });
}

fn foot(ui: &mut Ui, cx: &mut Cx<'_>, objective: &Objective) {
    let (network, id, words) = (cx.id(), objective.id, cx.words);
    let key = Id::unique(("new indicator", id));
    let mut name = ui
        .data(|data| data.get_temp::<String>(key))
        .unwrap_or_default();
    ui.horizontal_wrapped(|ui| {
        let hint = tr!(words, "indicator-new-hint");
        let label = tr!(words, "indicator-new", title = objective.title.clone());
        let width = theme::tokens(ui).size.column;
        let entry = ui
            .add(
                TextEdit::singleline(&mut name)
                    .align(egui::Align2::LEFT_CENTER)
                    .id(key)
                    .hint_text(hint)
                    .desired_width(width),
            )
            .accessible_name(label);
        let entered = entry.lost_focus() && ui.input(|input| input.key_pressed(egui::Key::Enter));
        let pressed =
            theme::quiet_icon_button(ui, Icon::Plus, tr!(words, "indicator-add")).clicked();
        if (entered || pressed) && !name.trim().is_empty() {
            cx.send(Command::IndicatorAdd {
                network,
                objective: id,
                name: name.trim().to_owned(),
                target: None,
                unit: None,
                baseline: None,
            });
            name.clear();
            entry.request_focus();
        }
        let remove = tr!(words, "objective-remove", title = objective.title.clone());
        if theme::quiet_icon_button(ui, Icon::Trash, tr!(words, "objective-to-bin"))
            .accessible_name(remove)
            .clicked()
        {
            let remove = |restore| Command::ObjectiveRemove {
                network,
                objective: id,
                restore,
            };
            cx.send(remove(false));
            let told = Toast::new(
                Tone::Neutral,
                tr!(words, "removed", what = objective.title.clone()),
            );
            cx.ask(Ask::Tell(
                told.with(tr!(words, "bring-back"), Ask::Send(remove(true))),
            ));
        }
    });
    ui.data_mut(|data| data.insert_temp(key, name));
}
