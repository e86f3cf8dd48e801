//! An objective on its card: read at a glance, opened to be changed.

use egui::{Align, Layout, Popup, Ui};
use tresse_engine::{
    Command, PlanView,
    model::{ItemId, Objective, ObjectiveFacts, ObjectiveField},
};

use super::{RoadmapUi, indicator};
use crate::{
    app::asks::Ask,
    theme::{self, Icon, Tone},
    tr,
    views::{
        Cx,
        fields::Field,
        hands,
        parts::{columns, line},
        plan::{
            Question,
            typing::{bin, entry, keep, kept},
        },
    },
};

/// Paints it.
pub(super) fn ui(
    roadmap: &mut RoadmapUi,
    ui: &mut Ui,
    cx: &mut Cx<'_>,
    plan: &PlanView,
    one: &Objective,
    facts: Option<&ObjectiveFacts>,
    locked: bool,
) {
    let t = theme::tokens(ui);
    theme::card(ui, |ui| {
        let open = roadmap.open.contains(&one.id) && !locked;
        head(roadmap, ui, cx, plan, one, facts, locked);
        if let Some(facts) = facts {
            progress(ui, cx, one, facts);
        }
        if open {
            fields(ui, cx, plan, one);
            ui.add_space(t.space.s);
            theme::subheading(ui, tr!(cx.words, "indicators"));
            for indicator in &one.indicators {
                indicator::edit(&mut roadmap.measuring, ui, cx, one.id, indicator);
            }
            foot(ui, cx, one);
            ui.add_space(t.space.xs);
            hands::caption(ui, cx, one.id);
        } else {
            if !one.means.is_empty() {
                theme::muted(
                    ui,
                    tr!(cx.words, "objective-with", means = one.means.clone()),
                );
            }
            if !one.indicators.is_empty() {
                ui.add_space(t.space.xs);
                indicator::read_all(ui, cx, &one.indicators);
            }
        }
    });
}

fn head(
    roadmap: &mut RoadmapUi,
    ui: &mut Ui,
    cx: &mut Cx<'_>,
    plan: &PlanView,
    one: &Objective,
    facts: Option<&ObjectiveFacts>,
    locked: bool,
) {
    let t = theme::tokens(ui);
    let words = cx.words;
    let title = if one.title.is_empty() {
        tr!(words, "untitled")
    } else {
        one.title.clone()
    };
    ui.horizontal_top(|ui| {
        let buttons = if locked {
            0.0
        } else {
            2.0 * t.size.control + t.space.xs
        };
        ui.vertical(|ui| {
            ui.set_width(ui.available_width() - buttons - t.space.s);
            theme::subheading(ui, title.as_str());
            line(ui, |ui| {
                if one.deadline.is_empty() {
                    theme::caption(ui, tr!(words, "objective-no-deadline"));
                } else {
                    let date = words.date(&one.deadline);
                    theme::caption(ui, tr!(words, "objective-deadline-short", date = date));
                }
                if facts.is_some_and(|facts| facts.late) {
                    theme::status_chip(ui, Tone::Bad, tr!(words, "filter-status-late"));
                }
                let late = facts.map_or(0, |facts| facts.late_actions);
                if late > 0 {
                    let told = tr!(words, "objective-late-actions", count = late);
                    theme::status_chip(ui, Tone::Warn, told);
                }
                if one
                    .conflicts
                    .iter()
                    .any(|conflict| conflict.values.len() > 1)
                {
                    Icon::CircleHalf
                        .show(ui, t.size.icon, t.color.warn)
                        .on_hover_text(tr!(words, "conflict-in-card"));
                }
            });
        });
        if locked {
            return;
        }
        ui.with_layout(Layout::right_to_left(Align::Min), |ui| {
            ui.spacing_mut().item_spacing.x = t.space.xs;
            menu(ui, cx, plan, one, &title);
            let open = roadmap.open.contains(&one.id);
            let change = tr!(words, "objective-change", title = title.clone());
            if theme::toggle_icon_button(ui, Icon::PencilSimple, change, open).clicked() {
                if open {
                    roadmap.open.remove(&one.id);
                } else {
                    roadmap.open.insert(one.id);
                }
            }
        });
    });
}

/// Moves the objective under another orientation, or puts it away.
fn menu(ui: &mut Ui, cx: &mut Cx<'_>, plan: &PlanView, one: &Objective, title: &str) {
    let name = tr!(cx.words, "objective-move", title = title.to_owned());
    let button = theme::icon_button(ui, Icon::DotsThree, name);
    Popup::menu(&button).show(|ui| {
        theme::caption(ui, tr!(cx.words, "objective-move-to"));
        let none = (None, tr!(cx.words, "orientation-none"));
        let orientations = plan.content.orientations.iter();
        let all = orientations.map(|to| (Some(to.id), to.title.clone()));
        for (to, name) in std::iter::once(none).chain(all) {
            let here = one.orientation == to;
            if ui.add(egui::Button::selectable(here, name)).clicked() && !here {
                cx.send(under(cx, one.id, to));
            }
        }
        ui.separator();
        if ui.button(tr!(cx.words, "objective-to-bin")).clicked() {
            put_away(cx, one);
        }
    });
}

fn under(cx: &Cx<'_>, objective: ItemId, orientation: Option<ItemId>) -> Command {
    Command::ObjectiveSet {
        network: cx.id(),
        objective,
        field: ObjectiveField::Orientation,
        value: orientation.map(|id| id.to_string()),
    }
}

fn put_away(cx: &mut Cx<'_>, one: &Objective) {
    let (network, objective) = (cx.id(), one.id);
    bin(cx, one.title.clone(), |restore| Command::ObjectiveRemove {
        network,
        objective,
        restore,
    });
}

/// How far it is, and the way to its actions.
fn progress(ui: &mut Ui, cx: &mut Cx<'_>, one: &Objective, facts: &ObjectiveFacts) {
    let network = cx.id();
    ui.horizontal(|ui| {
        let width = theme::tokens(ui).size.column * 0.6;
        if let Some(percent) = facts.percent {
            let said = tr!(cx.words, "reached-percent", percent = percent);
            theme::progress_bar(ui, f32::from(percent) / 100.0, width, said.as_str());
            theme::caption(ui, said);
            theme::caption(ui, "·");
        }
        if facts.total == 0 {
            theme::caption(ui, tr!(cx.words, "objective-no-action"));
            return;
        }
        let told = tr!(
            cx.words,
            "objective-progress",
            done = facts.done,
            total = facts.total
        );
        let name = tr!(cx.words, "objective-actions", title = one.title.clone());
        let told = egui::RichText::new(told).size(theme::tokens(ui).text.small);
        if ui.link(told).accessible_name(name).clicked() {
            let question = Question {
                objective: Some(one.id),
                ..Question::default()
            };
            cx.ask(Ask::OpenPlan(network, question));
        }
    });
}

fn fields(ui: &mut Ui, cx: &mut Cx<'_>, plan: &PlanView, one: &Objective) {
    let (network, id, words) = (cx.id(), one.id, cx.words);
    let set = move |field: ObjectiveField| {
        move |text: &str| Command::ObjectiveSet {
            network,
            objective: id,
            field,
            value: (!text.is_empty()).then(|| text.to_owned()),
        }
    };
    let orientation = one.orientation.map(|id| id.to_string()).unwrap_or_default();
    let field = |key: ObjectiveField, label: String, value| {
        Field::new((network, id, key.key()), label, value).conflict(&one.conflicts, key.key())
    };
    let title = tr!(words, "objective-title");
    field(ObjectiveField::Title, title, &one.title)
        .needed()
        .line(ui, cx, set(ObjectiveField::Title));
    columns(ui, 2, |ui, number| {
        if number == 0 {
            let name = tr!(words, "objective-deadline");
            field(ObjectiveField::Deadline, name, &one.deadline)
                .hint(tr!(words, "date-hint"))
                .date(ui, cx, set(ObjectiveField::Deadline));
            return;
        }
        let name = tr!(words, "orientation");
        let orientations = &plan.content.orientations;
        let say = |id: &str| {
            let found = orientations.iter().find(|one| one.id.to_string() == id);
            found.map_or_else(String::new, |one| one.title.clone())
        };
        let ids = || {
            let ids = orientations.iter().map(|one| one.id.to_string());
            std::iter::once(String::new()).chain(ids).collect()
        };
        field(ObjectiveField::Orientation, name, &orientation)
            .hint(tr!(words, "orientation-none"))
            .pick(ui, cx, &say, &ids, set(ObjectiveField::Orientation));
    });
    let means = tr!(words, "objective-means");
    field(ObjectiveField::Means, means, &one.means)
        .hint(tr!(words, "objective-means-hint"))
        .lines(ui, cx, 2, set(ObjectiveField::Means));
    let learned = tr!(words, "objective-learned");
    field(ObjectiveField::Learned, learned, &one.learned)
        .hint(tr!(words, "objective-learned-hint"))
        .lines(ui, cx, 2, set(ObjectiveField::Learned));
}

/// A new indicator; the whole objective into the bin.
fn foot(ui: &mut Ui, cx: &mut Cx<'_>, one: &Objective) {
    let (network, id, words) = (cx.id(), one.id, cx.words);
    let salt = ("new indicator", id);
    let mut name = kept(ui, salt);
    ui.horizontal_wrapped(|ui| {
        let label = tr!(words, "indicator-new", title = one.title.clone());
        let hint = tr!(words, "indicator-new-hint");
        let width = theme::tokens(ui).size.column;
        let (response, entered) = entry(ui, &mut name, hint, label, width);
        let pressed =
            theme::quiet_icon_button(ui, Icon::Plus, tr!(words, "indicator-add")).clicked();
        if (entered || pressed)
            && !name.trim().is_empty()
            && crate::views::parts::title_fits(cx, &name)
        {
            cx.send(Command::IndicatorAdd {
                network,
                objective: id,
                name: name.trim().to_owned(),
                target: None,
                unit: None,
                baseline: None,
            });
            name.clear();
            response.request_focus();
        }
        let remove = tr!(words, "objective-remove", title = one.title.clone());
        if theme::quiet_icon_button(ui, Icon::Trash, tr!(words, "objective-to-bin"))
            .accessible_name(remove)
            .clicked()
        {
            put_away(cx, one);
        }
    });
    keep(ui, salt, name);
}
