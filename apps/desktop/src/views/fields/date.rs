//! A date: typed in many ways, or picked from a month's leaf.

use egui::{Button, Frame, Grid, Id, Popup, PopupCloseBehavior, Response, TextEdit, Ui};
use jiff::{ToSpan, civil::Date};
use tresse_engine::Command;

use super::{Cx, Field, cell_frame, refusal};
use crate::{
    app::{asks::Ask, dates, draft::Ready, toast::Toast},
    theme::{self, Icon, Tone},
    tr,
};

/// The entry; `cell` says that it stands in a table, and whether the date is past.
pub(super) fn entry(
    ui: &mut Ui,
    cx: &mut Cx<'_>,
    field: &Field<'_>,
    cell: Option<bool>,
    set: impl Fn(&str) -> Command + 'static,
) -> Response {
    let t = theme::tokens(ui);
    let shown = match cell {
        Some(_) => cx.words.date_short(field.value),
        None => cx.words.date(field.value),
    };
    let frame = cell.map(|_| cell_frame(ui, field.id, field.locked));
    let ink = (cell == Some(true)).then_some(t.color.bad);
    if field.locked {
        let mut text = shown.as_str();
        return text_edit(ui, &mut text, field, frame, ui.available_width(), ink);
    }
    let typed = cx.drafts.typed_text(field.id, field.value, cx.time);
    let known = |text: &str| text.trim().is_empty() || dates::parse(text, cx.today).is_some();
    let refused = cx.drafts.not_taken(field.id).is_some();
    let wrong = refused || typed.as_deref().is_some_and(|text| !known(text));
    let mut text = typed.unwrap_or(shown);
    let response = ui
        .horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = t.space.xs;
            // Beside a mark, or in a close column, there is no room for the leaf in a table.
            let close = ui.available_width() < 4.0 * t.size.control;
            let marked = refused || field.conflict.is_some();
            let leaf = cell.is_none() || !(marked || close);
            let room = if leaf {
                t.size.control + t.space.xs
            } else {
                0.0
            };
            let width = (ui.available_width() - room).max(t.size.control);
            let ink = if wrong { Some(t.color.bad) } else { ink };
            let response = text_edit(ui, &mut text, field, frame, width, ink);
            if leaf {
                calendar(ui, cx, field, cell.is_some(), &set);
            }
            response
        })
        .inner;
    if response.changed() {
        let ready = value_of(cx, &text).filter(|date| date != field.value);
        let ready = ready.map(|value| Ready {
            command: set(&value),
            value,
        });
        cx.drafts.noted(field.id, field.value, &text, ready);
    }
    if !refusal::escape(ui, cx, field, &response)
        && response.lost_focus()
        && cx.drafts.is_noted(field.id)
    {
        commit(cx, field, &text, &set);
    }
    if wrong && !refused && response.has_focus() {
        response
            .clone()
            .on_hover_text(tr!(cx.words, "date-not-understood"));
    }
    response
}

fn text_edit(
    ui: &mut Ui,
    text: &mut dyn egui::TextBuffer,
    field: &Field<'_>,
    frame: Option<Frame>,
    width: f32,
    ink: Option<egui::Color32>,
) -> Response {
    let mut edit = TextEdit::singleline(text)
        .align(egui::Align2::LEFT_CENTER)
        .id(field.id)
        .desired_width(width)
        .hint_text(field.hint.as_str())
        .text_color_opt(ink);
    if let Some(frame) = frame {
        edit = edit.frame(frame);
    }
    ui.add(edit)
}

/// The day that was typed, ISO 8601, or nothing where nothing is; `None`: it is no day.
fn value_of(cx: &Cx<'_>, typed: &str) -> Option<String> {
    match typed.trim() {
        "" => Some(String::new()),
        text => dates::parse(text, cx.today).map(|date| date.to_string()),
    }
}

/// Sends what was typed; what is no date stays, with what to write instead.
fn commit(cx: &mut Cx<'_>, field: &Field<'_>, typed: &str, set: &impl Fn(&str) -> Command) {
    match value_of(cx, typed) {
        Some(date) if date == field.value => cx.drafts.forget(field.id),
        Some(date) => send(cx, field, &date, typed, set),
        None => {
            let typed = typed.to_owned();
            let why = tr!(cx.words, "date-not-understood-toast", text = typed);
            cx.drafts.refuse(field.id, why.clone());
            cx.ask(Ask::Tell(Toast::new(Tone::Warn, why)));
        }
    }
}

/// Sends a date, which stays in its field as it was written until it is taken.
fn send(
    cx: &mut Cx<'_>,
    field: &Field<'_>,
    date: &str,
    written: &str,
    set: &impl Fn(&str) -> Command,
) {
    cx.drafts.submit(field.id, (field.value, date), written);
    cx.ask(Ask::SendTyped(field.id, set(date)));
}

/// The button that opens the month's leaf, for a field of a document.
fn calendar(
    ui: &mut Ui,
    cx: &mut Cx<'_>,
    field: &Field<'_>,
    cell: bool,
    set: &impl Fn(&str) -> Command,
) {
    let name = tr!(cx.words, "date-pick", field = field.label.clone());
    let at_rest = cell && !super::over(ui, field.id);
    let chosen = dates::from_iso(field.value);
    let id: Id = field.id.with("leaf");
    let picked = match leaf(ui, cx, id, name, chosen, at_rest) {
        Picked::Nothing => return,
        Picked::Day(date) => Some(date),
        Picked::NoDay => None,
    };
    if picked == chosen {
        cx.drafts.forget(field.id);
        return;
    }
    let date = picked.map(|date| date.to_string()).unwrap_or_default();
    let written = cx.words.date(&date);
    send(cx, field, &date, &written, set);
}

/// What was picked from a month's leaf.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::views) enum Picked {
    /// Nothing yet.
    Nothing,
    /// A day.
    Day(Date),
    /// No day any more.
    NoDay,
}

/// The button that opens the month's leaf, and what was picked.
pub(in crate::views) fn leaf(
    ui: &mut Ui,
    cx: &Cx<'_>,
    leaf: Id,
    name: String,
    chosen: Option<Date>,
    at_rest: bool,
) -> Picked {
    let t = theme::tokens(ui);
    let button = ui
        .scope(|ui| {
            if at_rest && !ui.rect_contains_pointer(ui.max_rect()) {
                ui.multiply_opacity(0.45);
            }
            theme::icon_button(ui, Icon::CalendarBlank, name)
        })
        .inner;
    let mut answer = Picked::Nothing;
    Popup::from_toggle_button_response(&button)
        .close_behavior(PopupCloseBehavior::CloseOnClickOutside)
        .width(t.size.column)
        .show(|ui| {
            let month = ui
                .data(|data| data.get_temp::<Date>(leaf))
                .or(chosen)
                .unwrap_or(cx.today)
                .first_of_month();
            ui.horizontal(|ui| {
                let turn = |ui: &mut Ui, months: i32| {
                    if let Ok(month) = month.checked_add(months.months()) {
                        ui.data_mut(|data| data.insert_temp(leaf, month));
                    }
                };
                if theme::icon_button(ui, Icon::CaretLeft, tr!(cx.words, "date-month-before"))
                    .clicked()
                {
                    turn(ui, -1);
                }
                if theme::icon_button(ui, Icon::CaretRight, tr!(cx.words, "date-month-after"))
                    .clicked()
                {
                    turn(ui, 1);
                }
                theme::strong(ui, dates::month_and_year(cx.words, month));
            });
            let picked = days(ui, cx, month, chosen);
            ui.horizontal(|ui| {
                if theme::quiet_button(ui, tr!(cx.words, "date-today")).clicked() {
                    answer = Picked::Day(cx.today);
                }
                if chosen.is_some() && theme::quiet_button(ui, tr!(cx.words, "date-none")).clicked()
                {
                    answer = Picked::NoDay;
                }
                if let Some(day) = picked {
                    answer = Picked::Day(day);
                }
                if answer != Picked::Nothing {
                    ui.data_mut(|data| data.remove_temp::<Date>(leaf));
                    ui.close();
                }
            });
        });
    answer
}

fn days(ui: &mut Ui, cx: &Cx<'_>, month: Date, chosen: Option<Date>) -> Option<Date> {
    let t = theme::tokens(ui);
    let mut picked = None;
    Grid::new("days")
        .spacing(egui::Vec2::splat(t.space.xs))
        .show(ui, |ui| {
            for day in dates::WEEKDAYS {
                ui.vertical_centered(|ui| theme::caption(ui, dates::weekday_letter(cx.words, day)));
            }
            ui.end_row();
            for week in dates::weeks(month) {
                for day in week {
                    let mut words = egui::RichText::new(day.day().to_string());
                    if day.month() != month.month() {
                        words = words.color(t.color.muted);
                    }
                    if day == cx.today {
                        words = words.underline();
                    }
                    let button = Button::selectable(chosen == Some(day), words)
                        .min_size(egui::Vec2::splat(t.size.control));
                    let name = cx.words.date(&day.to_string());
                    if ui.add(button).accessible_name(name).clicked() {
                        picked = Some(day);
                    }
                }
                ui.end_row();
            }
        });
    picked
}
