//! An indicator: from its baseline to its target, with what was measured in between.

use std::collections::HashMap;

use egui::{Ui, Vec2, text::TextFormat};
use tresse_engine::{
    Command, HandView,
    model::{Indicator, IndicatorField, ItemId, Measure},
};

use super::plot;
use crate::{
    app::{asks::Ask, dates, toast::Toast},
    theme::{self, Face, Icon, Tone},
    tr,
    views::{
        Cx,
        fields::Field,
        hands,
        members::near,
        plan::typing::{bin, entry},
    },
};

/// A measure that is being written.
#[derive(Debug, Clone, Default)]
pub(super) struct Measuring {
    date: String,
    value: String,
    note: String,
}

/// Every indicator of an objective, to read.
pub(super) fn read_all(ui: &mut Ui, cx: &Cx<'_>, indicators: &[Indicator]) {
    let t = theme::tokens(ui);
    let plot_width = t.size.column * 0.45;
    for indicator in indicators {
        ui.horizontal(|ui| {
            let height = t.text.body * t.text.line;
            ui.spacing_mut().interact_size.y = height;
            let (place, _) =
                ui.allocate_exact_size(Vec2::new(plot_width, height), egui::Sense::hover());
            plot::small(ui, place, indicator);
            let mut job = egui::text::LayoutJob::default();
            let format = |color| TextFormat::simple(Face::Text.at(t.text.body), color);
            job.append(&indicator.name, 0.0, format(t.color.ink));
            job.append(&way(cx, indicator), t.space.s, format(t.color.muted));
            ui.add(egui::Label::new(job).wrap());
        });
    }
}

/// « de 20 à 71, visé 60 prêts ».
pub(in crate::views) fn way(cx: &Cx<'_>, indicator: &Indicator) -> String {
    let with_unit = |text: &str| {
        let unit = indicator.unit.trim();
        if text.is_empty() || unit.is_empty() {
            text.to_owned()
        } else {
            format!("{text}\u{a0}{unit}")
        }
    };
    let current = with_unit(&indicator.current);
    let (from, to) = (indicator.baseline.clone(), with_unit(&indicator.target));
    let now = match (current.is_empty(), from.is_empty()) {
        (true, true) => tr!(cx.words, "indicator-not-measured"),
        (true, false) => tr!(cx.words, "indicator-from-only", from = with_unit(&from)),
        (false, true) => tr!(cx.words, "indicator-now", now = current),
        (false, false) => tr!(cx.words, "indicator-from-now", from = from, now = current),
    };
    if to.is_empty() {
        now
    } else {
        tr!(cx.words, "indicator-aim", now = now, to = to)
    }
}

/// One indicator with all its fields and measures.
pub(super) fn edit(
    measuring: &mut HashMap<ItemId, Measuring>,
    ui: &mut Ui,
    cx: &mut Cx<'_>,
    objective: ItemId,
    indicator: &Indicator,
) {
    let t = theme::tokens(ui);
    egui::Frame::new()
        .fill(t.color.paper)
        .corner_radius(t.radius.m)
        .inner_margin(egui::Margin::same(t.space.m as i8))
        .show(ui, |ui| {
            ui.set_width(ui.available_width());
            fields(ui, cx, objective, indicator);
            if indicator.measures.len() > 1 {
                ui.add_space(t.space.xs);
                plot::large(ui, cx, indicator);
            }
            let (salt, count) = (("measures", indicator.id), indicator.measures.len());
            let hands = hands::of(ui, cx, objective);
            near(ui, salt, count, t.size.control, |ui, place| {
                let one = &indicator.measures[place];
                let by = hands.as_ref().and_then(|hands| hands.part(&one.id));
                measure(ui, cx, (objective, indicator), one, by);
            });
            let typed = measuring.entry(indicator.id).or_default();
            add(typed, ui, cx, objective, indicator);
        });
    ui.add_space(t.space.xs);
}

fn fields(ui: &mut Ui, cx: &mut Cx<'_>, objective: ItemId, indicator: &Indicator) {
    use IndicatorField as F;
    let t = theme::tokens(ui);
    let (network, id, words) = (cx.id(), indicator.id, cx.words);
    let set = move |field: IndicatorField| {
        move |text: &str| Command::IndicatorSet {
            network,
            objective,
            indicator: id,
            field,
            value: (!text.is_empty()).then(|| text.to_owned()),
        }
    };
    let current = if indicator.measures.is_empty() {
        tr!(words, "indicator-current")
    } else {
        tr!(words, "indicator-last")
    };
    let fields = [
        (F::Name, tr!(words, "indicator-name"), &indicator.name, 0.36),
        (
            F::Baseline,
            tr!(words, "indicator-baseline"),
            &indicator.baseline,
            0.15,
        ),
        (F::Current, current, &indicator.current, 0.17),
        (
            F::Target,
            tr!(words, "indicator-target"),
            &indicator.target,
            0.15,
        ),
        (F::Unit, tr!(words, "indicator-unit"), &indicator.unit, 0.17),
    ];
    ui.horizontal_top(|ui| {
        let gaps = 5.0 * ui.spacing().item_spacing.x;
        let room = ui.available_width() - t.size.control - gaps;
        for (key, label, value, part) in fields {
            ui.vertical(|ui| {
                ui.set_width(room * part);
                // Where it was measured, the newest measure says where it is.
                let measured = key == F::Current && !indicator.measures.is_empty();
                let mut field = Field::new((network, id, key.key()), label, value)
                    .locked(measured)
                    .conflict(&indicator.conflicts, key.key());
                field.needed = key == F::Name;
                field.line(ui, cx, set(key));
            });
        }
        ui.vertical(|ui| {
            ui.add_space(t.text.small * t.text.line + t.space.xs);
            let name = tr!(words, "indicator-remove", name = indicator.name.clone());
            if theme::icon_button(ui, Icon::Trash, name).clicked() {
                bin(cx, indicator.name.clone(), |restore| {
                    Command::IndicatorRemove {
                        network,
                        objective,
                        indicator: id,
                        restore,
                    }
                });
            }
        });
    });
}

fn measure(
    ui: &mut Ui,
    cx: &mut Cx<'_>,
    (objective, indicator): (ItemId, &Indicator),
    measure: &Measure,
    by: Option<&HandView>,
) {
    let t = theme::tokens(ui);
    let network = cx.id();
    ui.horizontal(|ui| {
        let date = cx.words.date(&measure.date);
        let width = t.size.column * 0.6;
        ui.allocate_ui(Vec2::new(width, t.size.control), |ui| {
            ui.set_width(width);
            theme::muted(ui, date.as_str());
        });
        let value = format!("{}\u{a0}{}", measure.value, indicator.unit);
        theme::strong(ui, value.trim_end_matches('\u{a0}'));
        let remove = tr!(cx.words, "measure-remove", date = date);
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            if theme::icon_button(ui, Icon::Trash, remove).clicked() {
                let (indicator, id) = (indicator.id, measure.id);
                bin(cx, measure.value.clone(), |restore| {
                    Command::MeasureRemove {
                        network,
                        objective,
                        indicator,
                        measure: id,
                        restore,
                    }
                });
            }
            ui.with_layout(egui::Layout::left_to_right(egui::Align::Center), |ui| {
                theme::muted(ui, measure.note.as_str());
                if let Some(by) = by {
                    let name = hands::name(cx, by);
                    theme::caption(ui, tr!(cx.words, "measure-by", name = name))
                        .on_hover_text(tr!(cx.words, "sealed-author"));
                }
            });
        });
    });
}

/// A new measure: its day (today, if none is said), what was found, a word about it.
fn add(
    typed: &mut Measuring,
    ui: &mut Ui,
    cx: &mut Cx<'_>,
    objective: ItemId,
    indicator: &Indicator,
) {
    let t = theme::tokens(ui);
    let words = cx.words;
    let name = || indicator.name.clone();
    ui.horizontal_wrapped(|ui| {
        let today = words.date(&cx.today.to_string());
        let day = tr!(words, "measure-date", name = name());
        let width = t.size.column * 0.6;
        let (_, by_date) = entry(ui, &mut typed.date, today, day, width);
        let hint = tr!(words, "measure-value-hint");
        let value = tr!(words, "measure-value", name = name());
        let (response, by_value) = entry(ui, &mut typed.value, hint, value, t.size.column * 0.4);
        let hint = tr!(words, "measure-note-hint");
        let note = tr!(words, "measure-note", name = name());
        let (_, by_note) = entry(ui, &mut typed.note, hint, note, t.size.column * 0.8);
        let add = tr!(words, "measure-add");
        let pressed = theme::quiet_icon_button(ui, Icon::Plus, add)
            .accessible_name(tr!(words, "measure-add-to", name = name()))
            .clicked();
        if (by_date || by_value || by_note || pressed) && send(typed, cx, objective, indicator.id) {
            response.request_focus();
        }
    });
}

/// Sends the measure, if there is one; what cannot be understood stays as it was typed.
fn send(typed: &mut Measuring, cx: &mut Cx<'_>, objective: ItemId, indicator: ItemId) -> bool {
    let value = typed.value.trim().to_owned();
    if value.is_empty() {
        let told = Toast::new(Tone::Warn, tr!(cx.words, "measure-without-value"));
        cx.ask(Ask::Tell(told));
        return false;
    }
    let date = if typed.date.trim().is_empty() {
        Some(cx.today)
    } else {
        dates::parse(&typed.date, cx.today)
    };
    let Some(date) = date else {
        let text = typed.date.clone();
        let told = tr!(cx.words, "date-not-understood-toast", text = text);
        cx.ask(Ask::Tell(Toast::new(Tone::Warn, told)));
        return false;
    };
    let note = typed.note.trim();
    cx.send(Command::MeasureAdd {
        network: cx.id(),
        objective,
        indicator,
        date: date.to_string(),
        value,
        note: (!note.is_empty()).then(|| note.to_owned()),
    });
    *typed = Measuring::default();
    true
}
