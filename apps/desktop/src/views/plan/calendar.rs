//! The calendar: a month's leaf with what is due on each day. A day is opened with Enter; what falls on it is dragged to
//! another day, or moved by keys.

mod agenda;
mod day;
mod item;

use std::sync::Arc;

use egui::{
    Align2, DragAndDrop, EventFilter, Id, Key, Modifiers, Pos2, Rect, ScrollArea, Sense, Stroke,
    StrokeKind, Ui, Vec2,
};
use jiff::{Span, civil::Date};
use tresse_engine::{PlanView, model::ItemId};

use self::{agenda::Agenda, item::Carried};
use super::PlanUi;
use crate::{
    app::dates,
    theme::{self, Face, Icon},
    tr,
    views::Cx,
};

/// How low a day is at the least, in controls: its number, and two things that fall on it.
const LOWEST: f32 = 1.83;

/// What the calendar remembers.
#[derive(Default)]
pub(super) struct CalendarUi {
    /// A day of the month shown; today's without one.
    month: Option<Date>,
    agenda: Agenda,
    /// What it was worked out of.
    known: Option<(Arc<PlanView>, u64, Date)>,
    /// The day that should have the keyboard.
    wanted_day: Option<Date>,
    /// What the keys carried, until it lies where they carried it: the keyboard goes along.
    carried: Option<OnItsWay>,
}

/// What the keys carried to another day.
#[derive(Debug, Clone, Copy)]
struct OnItsWay {
    item: ItemId,
    /// Where it had the keyboard.
    from: Id,
    /// The day it was carried to.
    to: Date,
}

/// Paints it.
pub(super) fn ui(plan: &mut PlanUi, ui: &mut Ui, cx: &mut Cx<'_>) {
    let t = theme::tokens(ui);
    let view = Arc::clone(&cx.net.plan);
    let locked = cx.locked(view.read_only);
    let calendar = &mut plan.calendar;
    calendar.tools(ui, cx);
    let month = calendar.month.unwrap_or(cx.today).first_of_month();
    let version = plan.rows.version();
    let fresh = calendar
        .known
        .as_ref()
        .is_some_and(|(of, at, shown)| Arc::ptr_eq(of, &view) && *at == version && *shown == month);
    if !fresh {
        let whole = !plan.question.filters();
        calendar.agenda = Agenda::new(&view, &plan.rows.shown, whole, month);
        calendar.known = Some((Arc::clone(&view), version, month));
    }
    ui.add_space(t.space.xs);
    if view.content.actions.is_empty() && view.content.objectives.is_empty() {
        theme::muted(ui, tr!(cx.words, "calendar-empty-hint"));
    }
    calendar.follow(ui, month);
    let agenda = std::mem::take(&mut calendar.agenda);
    let keys = tr!(cx.words, "calendar-keys");
    let high = ui.available_height();
    ScrollArea::vertical()
        .id_salt("calendar")
        .auto_shrink(false)
        .show(ui, |ui| {
            let below = caption_height(ui, &keys) + ui.spacing().item_spacing.y;
            calendar.leaf(ui, cx, &view, &agenda, high - below, locked);
            theme::caption(ui, keys);
        });
    calendar.agenda = agenda;
}

/// How high a caption will be here.
fn caption_height(ui: &Ui, words: &str) -> f32 {
    let t = theme::tokens(ui);
    let font = Face::Text.at(t.text.small);
    let width = ui.available_width();
    let galley = ui
        .painter()
        .layout(words.to_owned(), font, t.color.muted, width);
    galley.rows.len() as f32 * (t.text.small * t.text.line).round()
}

impl CalendarUi {
    fn tools(&mut self, ui: &mut Ui, cx: &Cx<'_>) {
        let month = self.month.unwrap_or(cx.today).first_of_month();
        ui.horizontal_wrapped(|ui| {
            let before = tr!(cx.words, "date-month-before");
            if theme::icon_button(ui, Icon::CaretLeft, before).clicked() {
                self.month = months_later(month, -1);
            }
            if theme::quiet_button(ui, tr!(cx.words, "timeline-today")).clicked() {
                self.month = None;
                self.wanted_day = Some(cx.today);
            }
            let after = tr!(cx.words, "date-month-after");
            if theme::icon_button(ui, Icon::CaretRight, after).clicked() {
                self.month = months_later(month, 1);
            }
            theme::heading(ui, dates::month_and_year(cx.words, month));
        });
    }

    /// Goes along with what the keys carried: to another month where its day is not on this leaf, and no longer once the
    /// keyboard is elsewhere.
    fn follow(&mut self, ui: &Ui, month: Date) {
        let Some(carried) = self.carried else { return };
        let focused = ui.memory(egui::Memory::focused);
        if focused.is_some_and(|id| id != carried.from) {
            self.carried = None;
        } else if !self.agenda.shows(carried.to) && carried.to.first_of_month() != month {
            self.month = Some(carried.to);
        }
    }

    fn leaf(
        &mut self,
        ui: &mut Ui,
        cx: &mut Cx<'_>,
        plan: &PlanView,
        agenda: &Agenda,
        room: f32,
        locked: bool,
    ) {
        let t = theme::tokens(ui);
        let month = self.month.unwrap_or(cx.today).first_of_month();
        let weeks = agenda.weeks.len().max(1) as f32;
        let strip = t.text.small * t.text.line;
        let least = strip + weeks * LOWEST * t.size.control;
        let height = room.max(least);
        let width = ui.available_width();
        let (whole, _) = ui.allocate_exact_size(Vec2::new(width, height), Sense::empty());
        let cell = Vec2::new(width / 7.0, (height - strip) / weeks);
        for (column, weekday) in dates::WEEKDAYS.into_iter().enumerate() {
            let x = whole.left() + (column as f32 + 0.5) * cell.x;
            let at = Pos2::new(x, whole.top());
            let name = dates::weekday_letter(cx.words, weekday);
            let font = Face::Strong.at(t.text.small);
            ui.painter()
                .text(at, Align2::CENTER_TOP, name, font, t.color.muted);
        }
        for (row, week) in agenda.weeks.iter().enumerate() {
            for (column, day) in week.iter().enumerate() {
                let corner = Vec2::new(column as f32 * cell.x, strip + row as f32 * cell.y);
                let place = Rect::from_min_size(whole.min + corner, cell).shrink(1.0);
                self.day(ui, cx, plan, agenda, *day, place, month, locked);
            }
        }
    }

    #[allow(
        clippy::too_many_arguments,
        reason = "one cell of a table with all that it needs"
    )]
    fn day(
        &mut self,
        ui: &mut Ui,
        cx: &mut Cx<'_>,
        plan: &PlanView,
        agenda: &Agenda,
        day: Date,
        place: Rect,
        month: Date,
        locked: bool,
    ) {
        let t = theme::tokens(ui);
        let id = id_of_day(day);
        let response = ui.interact(place, id, Sense::click());
        let here = day.month() == month.month();
        let falls = agenda.on(day);
        response.widget_info(|| {
            let date = cx.words.date(&day.to_string());
            let name = tr!(cx.words, "calendar-day", date = date, count = falls.len());
            egui::WidgetInfo::labeled(egui::Role::Button, true, name)
        });
        if self.wanted_day == Some(day) {
            self.wanted_day = None;
            response.request_focus();
            response.scroll_to_me(None);
        }
        if response.has_focus() {
            self.keys(ui, day, id);
        }
        let carried = !locked && DragAndDrop::has_payload_of_type::<Carried>(ui.ctx());
        let over = carried && ui.rect_contains_pointer(place);
        let fill = if over || response.hovered() {
            t.color.hover
        } else if here {
            t.color.surface
        } else {
            t.color.shade
        };
        let stroke = if over || response.has_focus() {
            Stroke::new(t.size.focus, t.color.accent)
        } else {
            Stroke::new(t.size.line, t.color.line)
        };
        let radius = f32::from(t.radius.s);
        ui.painter()
            .rect(place, radius, fill, stroke, StrokeKind::Inside);
        number(ui, day, place, day == cx.today, here);
        self.items(ui, cx, plan, falls, day, place, locked);
        if over
            && ui.input(|input| input.pointer.any_released())
            && let Some(carried) = DragAndDrop::take_payload::<Carried>(ui.ctx())
            && let Some(command) = item::moved_to(cx, plan, &carried, day)
        {
            cx.send(command);
        }
        day::popup(&response, cx, plan, falls, day, locked);
    }

    #[allow(
        clippy::too_many_arguments,
        reason = "one cell of a table with all that it needs"
    )]
    fn items(
        &mut self,
        ui: &mut Ui,
        cx: &mut Cx<'_>,
        plan: &PlanView,
        falls: &[agenda::What],
        day: Date,
        place: Rect,
        locked: bool,
    ) {
        let t = theme::tokens(ui);
        let line = t.size.icon;
        let top = place.top() + t.space.xl - 1.0;
        // There is a gap between them, and none after the last.
        let fit = ((place.bottom() - top + 1.0) / (line + 1.0))
            .floor()
            .max(0.0) as usize;
        let shown = if falls.len() > fit {
            fit.saturating_sub(1)
        } else {
            falls.len()
        };
        // What has no room of its own in its new day's cell is reached by the day.
        let hidden = falls.iter().skip(shown);
        let carried = self.carried.filter(|carried| carried.to == day);
        if carried.is_some_and(|carried| {
            let mut ids = hidden.filter_map(|what| item::id_of(plan, *what));
            ids.any(|id| id == carried.item)
        }) {
            self.carried = None;
            ui.memory_mut(|memory| memory.request_focus(id_of_day(day)));
        }
        for (row, what) in falls.iter().take(shown).enumerate() {
            let y = top + row as f32 * (line + 1.0);
            let rect = Rect::from_min_size(
                Pos2::new(place.left() + 2.0, y),
                Vec2::new(place.width() - 4.0, line),
            );
            item::paint(&mut self.carried, ui, cx, plan, *what, day, rect, locked);
        }
        if shown < falls.len() {
            let y = top + shown as f32 * (line + 1.0);
            let more = tr!(cx.words, "calendar-more", count = falls.len() - shown);
            let at = Pos2::new(place.left() + t.space.s, y.min(place.bottom() - line));
            let font = Face::Text.at(t.text.small);
            ui.painter()
                .text(at, Align2::LEFT_TOP, more, font, t.color.muted);
        }
    }

    /// Arrows go from day to day, pages from month to month.
    fn keys(&mut self, ui: &Ui, day: Date, id: Id) {
        let filter = EventFilter {
            horizontal_arrows: true,
            vertical_arrows: true,
            ..EventFilter::default()
        };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(id, filter));
        let pressed = |key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
        let mut to = None;
        for (key, days) in [
            (Key::ArrowLeft, -1),
            (Key::ArrowRight, 1),
            (Key::ArrowUp, -7),
            (Key::ArrowDown, 7),
        ] {
            if pressed(key) {
                to = day.checked_add(Span::new().days(days)).ok();
            }
        }
        if pressed(Key::PageUp) {
            to = months_later(day, -1);
        }
        if pressed(Key::PageDown) {
            to = months_later(day, 1);
        }
        if let Some(to) = to {
            self.month = Some(to);
            self.wanted_day = Some(to);
        }
    }
}

fn id_of_day(day: Date) -> Id {
    Id::unique(("calendar day", day.to_string()))
}

fn months_later(day: Date, months: i32) -> Option<Date> {
    day.checked_add(Span::new().months(months)).ok()
}

/// The day's number, on a disc where it is today.
fn number(ui: &Ui, day: Date, place: Rect, today: bool, here: bool) {
    let t = theme::tokens(ui);
    let center = place.left_top() + Vec2::splat(t.space.m);
    let ink = if today {
        ui.painter()
            .circle_filled(center, t.space.m - 1.0, t.color.accent);
        t.color.on_accent
    } else if here {
        t.color.ink
    } else {
        t.color.muted
    };
    let face = if today { Face::Strong } else { Face::Text };
    let font = face.at(t.text.small);
    let words = day.day().to_string();
    ui.painter()
        .text(center, Align2::CENTER_CENTER, words, font, ink);
}
