//! An orientation: a heading, what is meant by it, and how far its objectives are.

use egui::{Align, Layout, Ui};
use tresse_engine::{
    Command,
    model::{Orientation, OrientationFacts, OrientationField},
};

use super::RoadmapUi;
use crate::{
    theme::{self, Icon},
    tr,
    views::{Cx, fields::Field, plan::typing::bin},
};

/// Paints it.
pub(super) fn ui(
    roadmap: &mut RoadmapUi,
    ui: &mut Ui,
    cx: &mut Cx<'_>,
    one: &Orientation,
    facts: &OrientationFacts,
    locked: bool,
) {
    let t = theme::tokens(ui);
    ui.add_space(t.space.m);
    let rewording = roadmap.rewording == Some(one.id) && !locked;
    ui.horizontal_top(|ui| {
        let buttons = if locked {
            0.0
        } else {
            3.0 * t.size.control + 2.0 * t.space.xs
        };
        ui.vertical(|ui| {
            ui.set_width(ui.available_width() - buttons - t.space.s);
            if rewording {
                reword(ui, cx, one);
            } else {
                theme::heading(ui, one.title.as_str());
                if !one.words.is_empty() {
                    theme::muted(ui, one.words.as_str());
                }
            }
            told(ui, cx, facts);
        });
        if !locked {
            ui.with_layout(Layout::right_to_left(Align::Min), |ui| {
                ui.spacing_mut().item_spacing.x = t.space.xs;
                buttons_of(roadmap, ui, cx, one, rewording);
            });
        }
    });
}

fn buttons_of(
    roadmap: &mut RoadmapUi,
    ui: &mut Ui,
    cx: &mut Cx<'_>,
    one: &Orientation,
    rewording: bool,
) {
    let (network, id, words) = (cx.id(), one.id, cx.words);
    let title = || one.title.clone();
    let remove = tr!(words, "orientation-remove", title = title());
    if theme::icon_button(ui, Icon::Trash, remove).clicked() {
        bin(cx, title(), |restore| Command::OrientationRemove {
            network,
            orientation: id,
            restore,
        });
    }
    let change = tr!(words, "orientation-change", title = title());
    if theme::toggle_icon_button(ui, Icon::PencilSimple, change, rewording).clicked() {
        roadmap.rewording = (!rewording).then_some(id);
    }
    let add = tr!(words, "orientation-objective-add", title = title());
    if theme::icon_button(ui, Icon::Plus, add).clicked() {
        roadmap.new_under = Some(id);
        roadmap.focus = true;
    }
}

fn reword(ui: &mut Ui, cx: &mut Cx<'_>, one: &Orientation) {
    let (network, orientation, words) = (cx.id(), one.id, cx.words);
    let set = move |field: OrientationField| {
        move |text: &str| Command::OrientationSet {
            network,
            orientation,
            field,
            value: (!text.is_empty()).then(|| text.to_owned()),
        }
    };
    let field = |key: OrientationField, name: String, value| {
        Field::new((network, orientation, key.key()), name, value)
            .conflict(&one.conflicts, key.key())
    };
    let title = tr!(words, "orientation-title");
    field(OrientationField::Title, title, &one.title)
        .needed()
        .line(ui, cx, set(OrientationField::Title));
    let meant = tr!(words, "orientation-words");
    field(OrientationField::Words, meant, &one.words)
        .hint(tr!(words, "orientation-words-hint"))
        .lines(ui, cx, 2, set(OrientationField::Words));
}

fn told(ui: &mut Ui, cx: &Cx<'_>, facts: &OrientationFacts) {
    if facts.objectives == 0 {
        return;
    }
    let t = theme::tokens(ui);
    ui.horizontal(|ui| {
        ui.spacing_mut().interact_size.y = t.text.small * t.text.line;
        let counts = tr!(
            cx.words,
            "orientation-counts",
            objectives = facts.objectives,
            actions = facts.actions
        );
        if let Some(percent) = facts.percent {
            let said = tr!(cx.words, "reached-percent", percent = percent);
            let part = f32::from(percent) / 100.0;
            theme::progress_bar(ui, part, t.size.column * 0.4, said.as_str());
            theme::caption(ui, said);
            theme::caption(ui, "·");
        }
        theme::caption(ui, counts);
    });
}
