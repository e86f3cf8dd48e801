//! The timeline: a row for each action, a bar from its start to its due day, and lines from what must be done before.
//! It is laid out when the plan changed; only the rows and days in sight are painted.

mod axis;
mod bar;
mod layout;

use std::sync::Arc;

use egui::{
    Align2, EventFilter, Id, Key, Modifiers, Pos2, Rect, ScrollArea, Sense, Shape, Stroke, Ui, Vec2,
};
use tresse_engine::{PlanView, model::ItemId};

use self::{
    axis::{Axis, Zoom},
    bar::Drag,
    layout::{Layout, Link, Row},
};
use super::{PlanUi, days::number_of, table};
use crate::{
    app::asks::Ask,
    theme::{self, Face, Icon, Tokens},
    tr,
    views::Cx,
};

/// What the timeline remembers.
#[derive(Default)]
pub(super) struct TimelineUi {
    zoom: Zoom,
    /// The day at the left edge; none until it was first seen.
    left: Option<f64>,
    layout: Layout,
    /// What it was laid out of: the plan, and the answer and grouping of its rows.
    known: Option<(Arc<PlanView>, u64)>,
    drag: Option<Drag>,
    /// The row that should be in sight and have the keyboard: an action may stand in several.
    wanted_row: Option<usize>,
    /// The action whose row has the keyboard, and that row.
    holds: Option<(ItemId, usize)>,
    /// A quarter of what is in sight, in points.
    quarter: f64,
}

/// Paints it.
pub(super) fn ui(plan: &mut PlanUi, ui: &mut Ui, cx: &mut Cx<'_>) {
    let t = theme::tokens(ui);
    let view = Arc::clone(&cx.net.plan);
    let locked = cx.locked(view.read_only);
    if view.content.actions.is_empty() {
        let (title, hint) = (
            tr!(cx.words, "timeline-empty"),
            tr!(cx.words, "timeline-empty-hint"),
        );
        table::nothing(plan, ui, cx, locked, title, hint);
        return;
    }
    let version = plan.rows.version();
    let by_day = plan.question.sort.is_none();
    let timeline = &mut plan.timeline;
    let known = timeline.known.as_ref();
    if !known.is_some_and(|(of, at)| Arc::ptr_eq(of, &view) && *at == version) {
        timeline.layout = Layout::new(&view, &plan.rows.lines, by_day);
        timeline.known = Some((Arc::clone(&view), version));
        timeline.hold_on(ui, &view);
    }
    timeline.tools(ui, cx);
    ui.add_space(t.space.xs);
    let foot = table::foot(t, locked);
    let hint = t.text.small * t.text.line * 2.0;
    let height = (ui.available_height() - foot - hint).max(6.0 * t.size.control);
    ui.scope(|ui| timeline.chart(ui, cx, &view, locked, height));
    theme::caption(ui, tr!(cx.words, "timeline-keys"));
    if !locked {
        table::add(plan, ui, cx);
    }
}

fn row_id(action: ItemId, row: usize) -> Id {
    Id::unique(("timeline row", action, row))
}

impl TimelineUi {
    fn tools(&mut self, ui: &mut Ui, cx: &Cx<'_>) {
        ui.horizontal_wrapped(|ui| {
            let leap = self.zoom.leap() as f64;
            if theme::icon_button(ui, Icon::CaretLeft, tr!(cx.words, "timeline-earlier")).clicked()
            {
                self.left = self.left.map(|left| left - leap);
            }
            if theme::quiet_button(ui, tr!(cx.words, "timeline-today")).clicked() {
                self.left = None;
            }
            if theme::icon_button(ui, Icon::CaretRight, tr!(cx.words, "timeline-later")).clicked() {
                self.left = self.left.map(|left| left + leap);
            }
            ui.add_space(theme::tokens(ui).space.m);
            for zoom in Zoom::ALL {
                let name = zoom.name(cx.words);
                if theme::tab(ui, name, self.zoom == zoom).clicked() {
                    self.zoom_to(zoom);
                }
            }
        });
    }

    /// An action that has the keyboard keeps it where it stands in another row than before.
    fn hold_on(&mut self, ui: &Ui, plan: &PlanView) {
        let Some((action, row)) = self.holds else {
            return;
        };
        let focused = ui.memory(egui::Memory::focused);
        if focused != Some(row_id(action, row)) {
            self.holds = None;
            return;
        }
        let at = plan.content.actions.iter().position(|one| one.id == action);
        let now = at.and_then(|at| self.layout.nearest_row_of(at, row));
        self.wanted_row = self.wanted_row.or(now.filter(|now| *now != row));
    }

    /// What lies a quarter in stays there.
    fn zoom_to(&mut self, zoom: Zoom) {
        if let Some(left) = self.left {
            let anchor = left + self.quarter / self.zoom.day();
            self.left = Some(anchor - self.quarter / zoom.day());
        }
        self.zoom = zoom;
    }

    fn chart(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, plan: &PlanView, locked: bool, height: f32) {
        let t = theme::tokens(ui);
        let whole = Rect::from_min_size(ui.cursor().min, Vec2::new(ui.available_width(), height));
        let names = (whole.width() * 0.36).min(1.4 * t.size.column);
        let bar = ui.spacing().scroll.allocated_width();
        let mut axis = Axis {
            zoom: self.zoom,
            left: 0.0,
            from: whole.left() + names,
            to: whole.right() - bar,
        };
        self.quarter = f64::from(axis.to - axis.from) / 4.0;
        let quarter = self.quarter / axis.zoom.day();
        axis.left = self.left.unwrap_or(number_of(cx.today) as f64 - quarter);
        self.left = Some(axis.left);
        ui.painter()
            .rect_filled(whole, f32::from(t.radius.m), t.color.surface);
        let strip = 2.0 * t.text.small * t.text.line;
        let above = Rect::from_min_max(
            Pos2::new(axis.from, whole.top()),
            Pos2::new(axis.to, whole.top() + strip),
        );
        axis.strip(ui.painter(), above, cx.words, t);
        ui.spacing_mut().item_spacing.y = 0.0;
        ui.allocate_space(Vec2::new(whole.width(), strip));
        self.pan(ui, whole.with_min_x(axis.from), &axis);
        self.rows(ui, cx, plan, &axis, locked, height - strip);
    }

    /// The wheel turned sideways, and the ground dragged, move through time.
    fn pan(&mut self, ui: &Ui, place: Rect, axis: &Axis) {
        let ground = ui.interact(place, Id::unique("timeline ground"), Sense::DRAG);
        let mut by = f64::from(ground.drag_delta().x);
        if ui.rect_contains_pointer(place) {
            by += f64::from(ui.input(|input| input.smooth_scroll_delta.x));
        }
        if by.abs() > f64::EPSILON {
            self.left = Some(axis.left - by / axis.zoom.day());
        }
    }

    fn rows(
        &mut self,
        ui: &mut Ui,
        cx: &mut Cx<'_>,
        plan: &PlanView,
        axis: &Axis,
        locked: bool,
        height: f32,
    ) {
        let t = theme::tokens(ui);
        let row_height = t.size.control;
        ui.spacing_mut().item_spacing.y = 0.0;
        let wanted = self.wanted_row.take();
        let mut area = ScrollArea::vertical()
            .id_salt("timeline")
            .auto_shrink(false)
            .max_height(height);
        if let Some(row) = wanted {
            let before =
                ui.data(|data| data.get_temp::<f32>(Id::unique(("timeline offset", cx.id()))));
            let (before, top) = (before.unwrap_or(0.0), row as f32 * row_height);
            let low = (top + row_height - height).max(0.0);
            area = area.vertical_scroll_offset(before.clamp(low, top.max(low)));
        }
        let layout = std::mem::take(&mut self.layout);
        let bottom = ui.cursor().top() + height;
        let out = area.show_rows(ui, row_height, layout.rows.len(), |ui, range| {
            let first = ui.max_rect().top() - range.start as f32 * row_height;
            let sight = ui.clip_rect();
            let sight = sight.with_max_y(sight.bottom().min(bottom));
            let chart = Rect::from_x_y_ranges(axis.from..=axis.to, sight.y_range());
            let painter = ui.painter().with_clip_rect(chart.intersect(sight));
            axis.grid(&painter, chart, cx.today, t);
            for row in range.clone() {
                let width = ui.available_width();
                let (place, _) =
                    ui.allocate_exact_size(Vec2::new(width, row_height), Sense::empty());
                match &layout.rows[row] {
                    Row::Head(title, count) => head(ui, place, title, *count, t),
                    Row::Bar(_) => {
                        self.row(ui, cx, plan, &layout, axis, row, place, locked, wanted);
                    }
                }
            }
            // Over the headings that they cross.
            self.links(ui, cx, plan, &layout, axis, range, first);
        });
        self.layout = layout;
        let offset = out.state.clamped_offset().y;
        ui.data_mut(|data| data.insert_temp(Id::unique(("timeline offset", cx.id())), offset));
    }

    #[allow(
        clippy::too_many_arguments,
        reason = "one row of a table with all that it needs"
    )]
    fn row(
        &mut self,
        ui: &mut Ui,
        cx: &mut Cx<'_>,
        plan: &PlanView,
        layout: &Layout,
        axis: &Axis,
        row: usize,
        place: Rect,
        locked: bool,
        wanted: Option<usize>,
    ) {
        let t = theme::tokens(ui);
        let Some(bar) = layout.bar(row) else { return };
        let Some(action) = plan.content.actions.get(bar.at) else {
            return;
        };
        let late = bar::is_late(action, cx.today);
        let id = row_id(action.id, row);
        let response = ui.interact(place, id, Sense::click());
        response.widget_info(|| {
            let said = bar::said(cx.words, action, bar, late);
            egui::WidgetInfo::labeled(egui::Role::Button, true, said)
        });
        if wanted == Some(row) {
            response.request_focus();
        }
        if response.has_focus() {
            self.holds = Some((action.id, row));
            self.keys(ui, cx, plan, layout, axis, row, id, locked);
        }
        let ground = if response.has_focus() {
            t.color.chosen
        } else if response.hovered() {
            t.color.hover
        } else {
            egui::Color32::TRANSPARENT
        };
        let names = place.with_max_x(axis.from);
        ui.painter().rect_filled(names, 0.0, ground);
        let tone = bar::tone(action, bar, late);
        name(ui, cx, names, action, tone, t);
        let chart = Rect::from_x_y_ranges(axis.from..=axis.to, place.y_range());
        let clip = ui.clip_rect();
        ui.set_clip_rect(clip.intersect(chart));
        let when = bar::when(action, bar, self.drag);
        let mut open = response.clicked();
        if let Some(rect) = bar::place(axis, place, when, t) {
            bar::paint(ui, rect, when, tone, action, t);
            if !locked {
                let (clicked, done) =
                    bar::dragged(ui, axis, rect, when, (action, row), &mut self.drag);
                open |= clicked;
                if let Some(done) = done
                    && let Some(command) = bar::command(cx, action, done.part, done.by)
                {
                    cx.send(command);
                }
            }
        }
        ui.set_clip_rect(clip);
        if open {
            cx.ask(Ask::OpenAction(cx.id(), action.id));
        }
        response.on_hover_ui(|ui| {
            theme::paragraph(ui, bar::said(cx.words, action, bar, late));
        });
    }

    /// What the keys ask of the row that has them.
    #[allow(
        clippy::too_many_arguments,
        reason = "one row of a table with all that it needs"
    )]
    fn keys(
        &mut self,
        ui: &Ui,
        cx: &mut Cx<'_>,
        plan: &PlanView,
        layout: &Layout,
        axis: &Axis,
        row: usize,
        id: Id,
        locked: bool,
    ) {
        let filter = EventFilter {
            horizontal_arrows: true,
            vertical_arrows: true,
            ..EventFilter::default()
        };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(id, filter));
        let at_row = |row: usize| {
            let bar = layout.bar(row)?;
            plan.content.actions.get(bar.at)
        };
        if let Some((part, by)) = bar::nudged(ui, axis) {
            let command = at_row(row).and_then(|one| bar::command(cx, one, part, by));
            if let Some(command) = command.filter(|_| !locked) {
                cx.send(command);
            }
            return;
        }
        let pressed = |key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
        if pressed(Key::ArrowLeft) {
            self.left = Some(axis.left - axis.zoom.leap() as f64);
        }
        if pressed(Key::ArrowRight) {
            self.left = Some(axis.left + axis.zoom.leap() as f64);
        }
        let mut to = None;
        if pressed(Key::ArrowDown) {
            to = layout.step(row, true);
        } else if pressed(Key::ArrowUp) {
            to = layout.step(row, false);
        } else if pressed(Key::Home) {
            to = layout.step(0, true).filter(|first| *first != row);
        } else if pressed(Key::End) {
            to = layout.step(layout.rows.len(), false);
        }
        let Some(to) = to else { return };
        self.wanted_row = Some(to);
        // What lies elsewhere in time is brought into sight.
        if let Some((first, last)) = layout.bar(to).and_then(|bar| bar.when.ends()) {
            let (from, until) = axis.in_sight();
            if last < from || first >= until {
                let quarter = (until - from) as f64 / 4.0;
                self.left = Some(first as f64 - quarter);
            }
        }
    }

    /// Lines from what must be done before to what waits for it, of the rows in sight.
    #[allow(
        clippy::too_many_arguments,
        reason = "one layer of a chart with all that it needs"
    )]
    fn links(
        &self,
        ui: &Ui,
        cx: &Cx<'_>,
        plan: &PlanView,
        layout: &Layout,
        axis: &Axis,
        range: std::ops::Range<usize>,
        first: f32,
    ) {
        let t = theme::tokens(ui);
        let clip = Rect::from_x_y_ranges(axis.from..=axis.to, ui.clip_rect().y_range());
        let painter = ui.painter().with_clip_rect(clip.intersect(ui.clip_rect()));
        let place = |row: usize| {
            let bar = layout.bar(row)?;
            let action = plan.content.actions.get(bar.at)?;
            let top = first + row as f32 * t.size.control;
            let line = Rect::from_x_y_ranges(axis.from..=axis.to, top..=top + t.size.control);
            let when = bar::when(action, bar, self.drag);
            bar::place(axis, line, when, t).map(|place| (place, action))
        };
        for row in range.clone() {
            for link in layout.bar(row).map_or(&[][..], |bar| &bar.links) {
                let Link { from, to } = *link;
                // Both ends in sight: it is drawn from the one that waits.
                if row == from && range.contains(&to) {
                    continue;
                }
                if let (Some((before, action)), Some((after, _))) = (place(from), place(to)) {
                    // Days in the wrong order, or still to be done: one looks.
                    let held = action.is_open() && before.right() > after.left() + t.space.s;
                    let color = if held || bar::is_late(action, cx.today) {
                        t.color.warn
                    } else {
                        t.color.edge
                    };
                    arrow(
                        &painter,
                        before,
                        after,
                        Stroke::new(t.size.line * 1.5, color),
                        t,
                    );
                }
            }
        }
    }
}

/// From the end of one bar, down or up, to the beginning of another.
fn arrow(painter: &egui::Painter, before: Rect, after: Rect, stroke: Stroke, t: &Tokens) {
    let from = before.right_center();
    let to = after.left_center();
    let turn = t.space.s;
    let mut points = vec![from, from + Vec2::new(turn, 0.0)];
    if to.x < from.x + 2.0 * turn {
        // Round the bar that begins too early.
        let between = if to.y > from.y {
            after.top() - t.space.xs
        } else {
            after.bottom() + t.space.xs
        };
        points.push(Pos2::new(from.x + turn, between));
        points.push(Pos2::new(to.x - turn, between));
        points.push(Pos2::new(to.x - turn, to.y));
    } else {
        points.push(Pos2::new(from.x + turn, to.y));
    }
    points.push(to);
    painter.add(Shape::line(points, stroke));
    let head = [Vec2::ZERO, Vec2::new(-5.0, -4.0), Vec2::new(-5.0, 4.0)];
    let head = head.map(|at| to + at).to_vec();
    painter.add(Shape::convex_polygon(head, stroke.color, Stroke::NONE));
}

fn head(ui: &Ui, place: Rect, title: &str, count: usize, t: &Tokens) {
    ui.painter().rect_filled(place, 0.0, t.color.shade);
    let words = format!("{title} · {count}");
    let font = Face::Strong.at(t.text.small);
    let at = place.left_center() + Vec2::new(t.space.s, 0.0);
    ui.painter()
        .text(at, Align2::LEFT_CENTER, words, font, t.color.ink);
}

/// The action's title, with its tone beside it.
fn name(
    ui: &Ui,
    cx: &Cx<'_>,
    place: Rect,
    action: &tresse_engine::model::Action,
    tone: theme::Tone,
    t: &Tokens,
) {
    let dot = place.left_center() + Vec2::new(t.space.m, 0.0);
    if tone == theme::Tone::Neutral {
        let ring = Stroke::new(t.size.line * 1.5, t.color.edge);
        ui.painter()
            .circle_stroke(dot, t.size.dot / 2.0 - 1.0, ring);
    } else {
        ui.painter()
            .circle_filled(dot, t.size.dot / 2.0, t.color.tone(tone));
    }
    let title = if action.title.is_empty() {
        tr!(cx.words, "untitled")
    } else {
        action.title.clone()
    };
    let ink = if action.is_open() {
        t.color.ink
    } else {
        t.color.muted
    };
    let mut job = egui::text::LayoutJob::simple_singleline(title, Face::Text.at(t.text.body), ink);
    let left = place.left() + t.space.xl;
    job.wrap = egui::text::TextWrapping::truncate_at_width(place.right() - left - t.space.s);
    let galley = ui.painter().layout_job(job);
    let at = Pos2::new(left, place.center().y - galley.size().y / 2.0);
    ui.painter().galley(at, galley, ink);
}
