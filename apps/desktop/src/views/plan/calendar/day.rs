//! A day opened: all that falls on it, and a line to plan something for it.

use egui::{Id, Popup, PopupCloseBehavior, Response};
use jiff::civil::Date;
use tresse_engine::{Command, PlanView};

use super::{agenda::What, item};
use crate::{
    theme::{self, Icon},
    tr,
    views::{
        Cx,
        plan::typing::{entry, keep, kept},
    },
};

/// Shows it under the day's cell while it is open.
pub(super) fn popup(
    cell: &Response,
    cx: &mut Cx<'_>,
    plan: &PlanView,
    falls: &[What],
    day: Date,
    locked: bool,
) {
    let t = theme::tokens_of(&cell.ctx);
    Popup::from_toggle_button_response(cell)
        .close_behavior(PopupCloseBehavior::CloseOnClickOutside)
        .width(1.5 * t.size.column)
        .show(|ui| {
            theme::strong(ui, cx.words.date(&day.to_string()));
            if falls.is_empty() {
                theme::muted(ui, tr!(cx.words, "calendar-nothing"));
            }
            egui::ScrollArea::vertical()
                .id_salt(("day", day.to_string()))
                .max_height(t.size.column)
                .auto_shrink([false, true])
                .show(ui, |ui| {
                    for what in falls {
                        let (title, name, tone) = item::said(cx, plan, *what);
                        ui.horizontal(|ui| {
                            theme::status_dot(ui, tone, "");
                            let button = egui::Button::new(title).truncate();
                            let name = tr!(cx.words, "calendar-open", name = name);
                            if ui.add(button).accessible_name(name).clicked() {
                                item::open(cx, plan, *what);
                                ui.close();
                            }
                        });
                    }
                });
            if !locked {
                new(ui, cx, day);
            }
        });
}

fn new(ui: &mut egui::Ui, cx: &mut Cx<'_>, day: Date) {
    let salt = Id::unique(("new on", cx.id(), day.to_string()));
    let mut title = kept(ui, salt);
    let hint = tr!(cx.words, "calendar-new");
    let width = ui.available_width();
    let (_, entered) = entry(ui, &mut title, hint.clone(), hint, width);
    let add = tr!(cx.words, "calendar-add");
    let pressed = theme::quiet_icon_button(ui, Icon::Plus, add).clicked();
    if (entered || pressed)
        && !title.trim().is_empty()
        && crate::views::parts::title_fits(cx, &title)
    {
        cx.send(Command::ActionAdd {
            network: cx.id(),
            title: title.trim().to_owned(),
            objective: None,
            owner: None,
            due: Some(day.to_string()),
            territory: None,
            status: None,
            group: None,
            working_group: None,
            start: None,
            effort: None,
            every: None,
            territory_scale: None,
        });
        title.clear();
    }
    keep(ui, salt, title);
}
