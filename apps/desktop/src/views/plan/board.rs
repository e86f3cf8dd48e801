//! The board: a column for each status; a card is moved by dragging it, or by its menu. Only the cards in
//! sight are painted.

use std::sync::Arc;

use egui::{
    Align, DragAndDrop, Frame, Id, Layout, Margin, Popup, Rect, ScrollArea, Sense, Stroke, Ui,
    UiBuilder, Vec2,
};
use tresse_engine::model::{Action, ActionField, ItemId, Status};

use super::{
    PlanUi, action,
    rows::is_late,
    status::{STATUSES, status_name, status_tone, status_word},
    table,
};
use crate::{
    app::{asks::Ask, text::cut},
    theme::{self, Face, Icon, Tone},
    tr,
    views::{Cx, parts::line},
};

/// Height of a card, in points; all the same, so that only those in sight are painted.
const CARD: f32 = 112.0;

/// Paints it.
pub(super) fn ui(plan: &mut PlanUi, ui: &mut Ui, cx: &mut Cx<'_>) {
    let t = theme::tokens(ui);
    let view = Arc::clone(&cx.net.plan);
    let locked = cx.locked(view.read_only);
    if view.content.actions.is_empty() {
        let (title, hint) = (
            tr!(cx.words, "plan-empty"),
            tr!(cx.words, "plan-empty-hint"),
        );
        table::nothing(plan, ui, cx, locked, title, hint);
        return;
    }
    let foot = table::foot(t, locked);
    let height = (ui.available_height() - foot).max(2.0 * CARD);
    let gap = t.space.m;
    let fit = ((ui.available_width() - gap * 4.0) / 5.0).floor() - 1.0;
    let column_width = fit.max(t.size.column * 0.8);
    let bar = ui.spacing().scroll.allocated_width();
    ScrollArea::horizontal()
        .id_salt("board")
        .auto_shrink([false, true])
        .max_height(height)
        .show(ui, |ui| {
            ui.horizontal_top(|ui| {
                ui.spacing_mut().item_spacing.x = gap;
                for (place, status) in STATUSES.into_iter().enumerate() {
                    let size = Vec2::new(column_width, height - bar);
                    ui.allocate_ui_with_layout(size, Layout::top_down(Align::Min), |ui| {
                        ui.set_min_size(size);
                        column(
                            ui,
                            cx,
                            &view.content.actions,
                            &plan.rows.by_status[place],
                            status,
                            locked,
                        );
                    });
                }
            });
        });
    if !locked {
        table::add(plan, ui, cx);
    }
}

fn column(
    ui: &mut Ui,
    cx: &mut Cx<'_>,
    actions: &[Action],
    shown: &[usize],
    status: Status,
    locked: bool,
) {
    let t = theme::tokens(ui);
    let whole = Rect::from_min_size(ui.min_rect().min, ui.max_rect().size());
    let wanted = !locked
        && DragAndDrop::has_payload_of_type::<ItemId>(ui.ctx())
        && ui.rect_contains_pointer(whole);
    let stroke = if wanted {
        Stroke::new(t.size.focus, t.color.accent)
    } else {
        Stroke::new(t.size.focus, t.color.shade)
    };
    ui.painter().rect(
        whole,
        f32::from(t.radius.l),
        t.color.shade,
        stroke,
        egui::StrokeKind::Inside,
    );
    let inner = Frame::new().inner_margin(Margin::same(t.space.s as i8));
    inner.show(ui, |ui| {
        ui.horizontal(|ui| {
            theme::status_dot(ui, status_tone(status), "");
            theme::strong(ui, status_name(cx.words, status));
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                theme::caption(ui, shown.len().to_string());
            });
        });
        let height = ui.available_height();
        ScrollArea::vertical()
            .id_salt(("column", status_word(status)))
            .auto_shrink(false)
            .max_height(height)
            .show_rows(ui, CARD, shown.len(), |ui, range| {
                for place in range {
                    if let Some(one) = shown.get(place).and_then(|&at| actions.get(at)) {
                        card(ui, cx, one, locked);
                    }
                }
            });
    });
    if wanted
        && ui.input(|input| input.pointer.any_released())
        && let Some(id) = DragAndDrop::take_payload::<ItemId>(ui.ctx())
        && actions
            .iter()
            .any(|one| one.id == *id && one.status != status)
    {
        move_to(cx, *id, status);
    }
}

fn move_to(cx: &mut Cx<'_>, id: ItemId, status: Status) {
    cx.send(action::set(
        cx.id(),
        id,
        ActionField::Status,
        status_word(status),
    ));
}

fn card(ui: &mut Ui, cx: &mut Cx<'_>, one: &Action, locked: bool) {
    let id = Id::unique(("card", one.id));
    let size = Vec2::new(ui.available_width(), CARD);
    let (rect, _) = ui.allocate_exact_size(size, Sense::hover());
    let mut builder = UiBuilder::new().id_salt(id).max_rect(rect);
    let dragged = ui.ctx().is_being_dragged(id);
    let layer = egui::LayerId::new(egui::Order::Tooltip, id);
    if dragged {
        DragAndDrop::set_payload(ui.ctx(), one.id);
        builder = builder.layer_id(layer);
    }
    // The room is taken already: the card is painted in it and takes no more.
    inside(&mut ui.new_child(builder), cx, one, locked, id);
    if dragged && let Some(pointer) = ui.ctx().pointer_interact_pos() {
        let moved = egui::emath::TSTransform::from_translation(pointer - rect.center());
        ui.ctx().transform_layer_shapes(layer, moved);
    }
}

fn inside(ui: &mut Ui, cx: &mut Cx<'_>, one: &Action, locked: bool, id: Id) {
    let t = theme::tokens(ui);
    let words = cx.words;
    let title = if one.title.is_empty() {
        tr!(words, "untitled")
    } else {
        one.title.clone()
    };
    let rect = ui.max_rect();
    let sense = if locked {
        Sense::click()
    } else {
        Sense::click_and_drag()
    };
    let response = ui.interact(rect, id, sense);
    response.widget_info(|| {
        egui::WidgetInfo::labeled(
            egui::Role::Button,
            true,
            tr!(words, "action-open", title = title.clone()),
        )
    });
    if response.clicked() {
        cx.ask(Ask::OpenAction(cx.id(), one.id));
    }
    if response.has_focus() && !locked {
        keys(ui, cx, one, id);
    }
    let (fill, stroke) = if response.has_focus() {
        (t.color.surface, Stroke::new(t.size.focus, t.color.accent))
    } else if response.hovered() {
        (t.color.hover, Stroke::new(t.size.line, t.color.edge))
    } else {
        (t.color.surface, Stroke::new(t.size.line, t.color.line))
    };
    ui.painter().rect(
        rect,
        f32::from(t.radius.m),
        fill,
        stroke,
        egui::StrokeKind::Inside,
    );
    let inner = rect.shrink(t.space.s);
    ui.scope_builder(UiBuilder::new().max_rect(inner), |ui| {
        ui.set_clip_rect(ui.clip_rect().intersect(inner));
        ui.spacing_mut().item_spacing = Vec2::splat(t.space.xs);
        ui.horizontal_top(|ui| {
            let room = if locked { 0.0 } else { t.size.control };
            let width = ui.available_width() - room;
            let mut job = egui::text::LayoutJob::simple(
                title.clone(),
                Face::Text.at(t.text.body),
                t.color.ink,
                width,
            );
            job.wrap.max_rows = 2;
            let galley = ui.painter().layout_job(job);
            let (place, _) =
                ui.allocate_exact_size(Vec2::new(width, galley.size().y), Sense::hover());
            ui.painter().galley(place.min, galley, t.color.ink);
            if !locked {
                menu(ui, cx, one, &title);
            }
        });
        let height = 2.0 * t.text.small * t.text.line + 2.0 * t.space.xs;
        let below = inner.with_min_y(inner.bottom() - height);
        ui.scope_builder(UiBuilder::new().max_rect(below), |ui| foot(ui, cx, one));
    });
}

fn foot(ui: &mut Ui, cx: &Cx<'_>, one: &Action) {
    let words = cx.words;
    let owners = one.owners.iter();
    let owners: Vec<_> = owners.map(|owner| cx.net.members.name_of(owner)).collect();
    let owner = if owners.is_empty() {
        tr!(words, "owner-nobody")
    } else {
        owners.join(", ")
    };
    let conflict = one
        .conflicts
        .iter()
        .any(|conflict| conflict.values.len() > 1);
    theme::caption(ui, cut(&owner, 24));
    line(ui, |ui| {
        let date = words.date_short(&one.next_due);
        if one.next_due.is_empty() {
            theme::caption(ui, tr!(words, "due-none"));
        } else if is_late(one, cx.today) {
            theme::status_chip(ui, Tone::Bad, date);
        } else {
            theme::caption(ui, date);
        }
        if conflict {
            let t = theme::tokens(ui);
            Icon::CircleHalf
                .show(ui, t.size.icon, t.color.warn)
                .on_hover_text(tr!(words, "conflict-in-card"));
        }
    });
}

/// Alt and an arrow move the card that has the keyboard to the column beside.
fn keys(ui: &Ui, cx: &mut Cx<'_>, one: &Action, id: Id) {
    let filter = egui::EventFilter {
        horizontal_arrows: ui.input(|input| input.modifiers.alt),
        ..egui::EventFilter::default()
    };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(id, filter));
    let here = STATUSES.iter().position(|status| *status == one.status);
    let Some(here) = here else { return };
    for (key, to) in [
        (egui::Key::ArrowLeft, here.checked_sub(1)),
        (egui::Key::ArrowRight, Some(here + 1)),
    ] {
        if ui.input_mut(|input| input.consume_key(egui::Modifiers::ALT, key))
            && let Some(status) = to.and_then(|to| STATUSES.get(to))
        {
            move_to(cx, one.id, *status);
        }
    }
}

/// Moves without dragging.
fn menu(ui: &mut Ui, cx: &mut Cx<'_>, one: &Action, title: &str) {
    let button = theme::icon_button(
        ui,
        Icon::DotsThree,
        tr!(cx.words, "action-move", title = title.to_owned()),
    );
    Popup::menu(&button).show(|ui| {
        theme::caption(ui, tr!(cx.words, "action-move-to"));
        for status in STATUSES {
            let here = status == one.status;
            let name = status_name(cx.words, status);
            if ui.add(egui::Button::selectable(here, name)).clicked() && !here {
                move_to(cx, one.id, status);
            }
        }
        ui.separator();
        if ui.button(tr!(cx.words, "to-bin")).clicked() {
            table::remove(cx, one);
        }
    });
}
