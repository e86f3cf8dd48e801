//! A line of time: a mark for each step in its author's colour, and a knob that goes from step to step by pointer, keys or
//! assistive tools.

use egui::{
    CursorIcon, EventFilter, Key, Rect, Sense, Stroke, Ui, Vec2,
    accesskit::{Action, Role},
    pos2, vec2,
};

use crate::theme;

/// How many steps a page key goes.
const PAGE: usize = 10;

/// Paints it; `moment` says in words where it stands, `name` who made a step.
pub(super) fn ui<'a>(
    ui: &mut Ui,
    width: f32,
    label: &str,
    moment: &str,
    at: &mut usize,
    count: usize,
    name: impl Fn(usize) -> &'a str,
) {
    let t = theme::tokens(ui);
    let size = vec2(width, t.size.control);
    let (rect, response) = ui.allocate_exact_size(size, Sense::click_and_drag());
    let id = response.id;
    let last = count.saturating_sub(1);
    let knob = t.size.icon / 2.0;
    let track = rect.shrink2(vec2(knob + t.size.focus, 0.0));
    if let Some(point) = response.interact_pointer_pos() {
        let part = ((point.x - track.left()) / track.width().max(1.0)).clamp(0.0, 1.0);
        *at = (part * last as f32).round() as usize;
        response.request_focus();
    }
    if response.has_focus() {
        keys(ui, id, at, last);
    }
    asked(ui, id, at, last);
    if response.hovered() {
        ui.set_cursor_icon(CursorIcon::PointingHand);
    }
    if ui.is_rect_visible(rect) {
        let x = |place: usize| track.left() + track.width() * place as f32 / last.max(1) as f32;
        let middle = track.center().y;
        let line = Rect::from_min_max(
            pos2(track.left(), middle - t.size.line),
            pos2(track.right(), middle + t.size.line),
        );
        ui.painter().rect_filled(line, t.radius.s, t.color.edge);
        marks(ui, middle, count, &x, name);
        let center = pos2(x(*at), middle);
        ui.painter().circle_filled(center, knob, t.color.accent);
        ui.painter()
            .circle_stroke(center, knob, Stroke::new(t.size.focus, t.color.surface));
        if response.has_focus() {
            let ring = Stroke::new(t.size.focus, t.color.accent);
            ui.painter()
                .circle_stroke(center, knob + t.size.focus, ring);
        }
    }
    ui.ctx().accesskit_node_builder(id, |node| {
        node.set_role(Role::Slider);
        node.set_label(label);
        node.set_value(moment);
        node.set_numeric_value((*at + 1) as f64);
        node.set_min_numeric_value(1.0);
        node.set_max_numeric_value(count as f64);
        node.set_numeric_value_step(1.0);
        node.add_action(Action::Increment);
        node.add_action(Action::Decrement);
        node.add_action(Action::Focus);
    });
}

/// A mark for each step; where there are more than points, one for each point.
fn marks<'a>(
    ui: &Ui,
    middle: f32,
    count: usize,
    x: &impl Fn(usize) -> f32,
    name: impl Fn(usize) -> &'a str,
) {
    let t = theme::tokens(ui);
    let mut last = f32::NEG_INFINITY;
    for place in 0..count {
        let here = x(place);
        if here - last < 3.0 {
            continue;
        }
        last = here;
        let mark = Rect::from_center_size(pos2(here, middle), Vec2::new(1.5, t.space.m));
        let color = theme::strand_color(ui, name(place));
        ui.painter().rect_filled(mark, 1.0, color);
    }
}

fn keys(ui: &Ui, id: egui::Id, at: &mut usize, last: usize) {
    let filter = EventFilter {
        horizontal_arrows: true,
        vertical_arrows: true,
        ..EventFilter::default()
    };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(id, filter));
    ui.input(|input| {
        let pressed = |key| input.num_presses(key);
        let back =
            pressed(Key::ArrowLeft) + pressed(Key::ArrowDown) + PAGE * pressed(Key::PageDown);
        let on = pressed(Key::ArrowRight) + pressed(Key::ArrowUp) + PAGE * pressed(Key::PageUp);
        *at = (*at + on).saturating_sub(back).min(last);
        if input.key_pressed(Key::Home) {
            *at = 0;
        }
        if input.key_pressed(Key::End) {
            *at = last;
        }
    });
}

/// What assistive tools ask.
fn asked(ui: &Ui, id: egui::Id, at: &mut usize, last: usize) {
    ui.input(|input| {
        let on = input.num_accesskit_action_requests(id, Action::Increment);
        let back = input.num_accesskit_action_requests(id, Action::Decrement);
        *at = (*at + on).saturating_sub(back).min(last);
    });
}
