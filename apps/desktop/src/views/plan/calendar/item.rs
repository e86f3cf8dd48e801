//! What falls on a day: a line in the day's cell, to be opened, dragged, or moved by keys.

use egui::{
    CursorIcon, DragAndDrop, EventFilter, Id, Key, Modifiers, Rect, Sense, Stroke, StrokeKind, Ui,
    Vec2,
};
use jiff::civil::Date;
use tresse_engine::{
    Command, PlanView,
    model::{Action, GroupField, ItemId, ObjectiveField, Status},
};

use super::{OnItsWay, agenda::What};
use crate::{
    app::asks::Ask,
    theme::{self, Face, Tone},
    tr,
    views::{
        Cx,
        plan::{
            days::{day_of, number_of, shifted},
            rows::is_late,
            status::{status_name, status_tone},
        },
    },
};

/// What is being carried to another day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Carried {
    what: What,
    from: Date,
}

/// Its id.
pub(super) fn id_of(plan: &PlanView, what: What) -> Option<ItemId> {
    let content = &plan.content;
    match what {
        What::Due(at) | What::Again { at, .. } => content.actions.get(at).map(|one| one.id),
        What::Deadline(at) => content.objectives.get(at).map(|one| one.id),
        What::GroupEnd(at) => content.groups.get(at).map(|one| one.id),
    }
}

/// Its title, its name in words with what it is, and its tone.
pub(super) fn said(cx: &Cx<'_>, plan: &PlanView, what: What) -> (String, String, Tone) {
    let (words, content) = (cx.words, &plan.content);
    let titled = |title: &str| match title {
        "" => tr!(words, "untitled"),
        title => title.to_owned(),
    };
    match what {
        What::Due(at) | What::Again { at, .. } => {
            let Some(action) = content.actions.get(at) else {
                return (String::new(), String::new(), Tone::Neutral);
            };
            let title = titled(&action.title);
            let done = matches!(what, What::Again { done: true, .. });
            let status = if done { Status::Done } else { action.status };
            let mut name = tr!(
                words,
                "calendar-action",
                title = title.clone(),
                status = status_name(words, status).to_lowercase()
            );
            let late = !done && matches!(what, What::Due(_)) && is_late(action, cx.today);
            if late {
                name.push_str(&tr!(words, "timeline-row-late"));
            }
            let tone = if late { Tone::Bad } else { status_tone(status) };
            (title, name, tone)
        }
        What::Deadline(at) => {
            let title = titled(content.objectives.get(at).map_or("", |one| &one.title));
            let name = tr!(words, "calendar-deadline", title = title.clone());
            (name.clone(), name, Tone::Accent)
        }
        What::GroupEnd(at) => {
            let title = titled(content.groups.get(at).map_or("", |one| &one.name));
            let name = tr!(words, "calendar-group-end", title = title.clone());
            (name.clone(), name, Tone::Accent)
        }
    }
}

/// Opens it.
pub(super) fn open(cx: &mut Cx<'_>, plan: &PlanView, what: What) {
    let Some(id) = id_of(plan, what) else { return };
    match what {
        What::Due(_) | What::Again { .. } => cx.ask(Ask::OpenAction(cx.id(), id)),
        What::Deadline(_) => cx.ask(Ask::OpenObjective(cx.id(), id)),
        What::GroupEnd(_) => cx.ask(Ask::OpenGroup(cx.id(), id)),
    }
}

/// The command that carries something to another day, if it can be.
pub(super) fn moved_to(
    cx: &Cx<'_>,
    plan: &PlanView,
    carried: &Carried,
    to: Date,
) -> Option<Command> {
    let (network, content) = (cx.id(), &plan.content);
    let by = number_of(to) - number_of(carried.from);
    if by == 0 {
        return None;
    }
    match carried.what {
        What::Due(at) | What::Again { at, done: false } => {
            let action = content.actions.get(at)?;
            let (start, due) = due_later(action, by)?;
            Some(Command::ActionMove {
                network,
                action: action.id,
                start: (!start.is_empty()).then_some(start),
                due: Some(due),
            })
        }
        What::Again { done: true, .. } => None,
        What::Deadline(at) => Some(Command::ObjectiveSet {
            network,
            objective: content.objectives.get(at)?.id,
            field: ObjectiveField::Deadline,
            value: Some(to.to_string()),
        }),
        What::GroupEnd(at) => Some(Command::GroupSet {
            network,
            group: content.groups.get(at)?.id,
            field: GroupField::PlannedEnd,
            value: Some(to.to_string()),
        }),
    }
}

/// An action's days when it is due so much later. A start that would come after is drawn along.
fn due_later(action: &Action, by: i64) -> Option<(String, String)> {
    // The times of what comes again are counted from its first: once one is done, they stay.
    if action.every.is_some() && !action.done_on.is_empty() {
        return None;
    }
    let due = shifted(&action.due, by);
    if due.is_empty() {
        return None;
    }
    let start = if action.start.is_empty() || action.start <= due {
        action.start.clone()
    } else {
        due.clone()
    };
    Some((start, due))
}

/// Paints its line in the cell.
#[allow(
    clippy::too_many_arguments,
    reason = "one line of a cell with all that it needs"
)]
pub(super) fn paint(
    carried_by_keys: &mut Option<OnItsWay>,
    ui: &mut Ui,
    cx: &mut Cx<'_>,
    plan: &PlanView,
    what: What,
    day: Date,
    place: Rect,
    locked: bool,
) {
    let t = theme::tokens(ui);
    let Some(item) = id_of(plan, what) else {
        return;
    };
    let (title, name, tone) = said(cx, plan, what);
    let id = Id::unique(("calendar item", item, day.to_string()));
    let sense = if locked {
        Sense::click()
    } else {
        Sense::click_and_drag()
    };
    let response = ui.interact(place, id, sense);
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, name.as_str()));
    // Where it was it keeps the keyboard until it has come to its new day.
    if carried_by_keys.is_some_and(|one| one.item == item && one.to == day && one.from != id) {
        *carried_by_keys = None;
        response.request_focus();
    }
    if response.clicked() {
        open(cx, plan, what);
    }
    let carried = Carried { what, from: day };
    if response.dragged() {
        DragAndDrop::set_payload(ui.ctx(), carried);
        ui.ctx().set_cursor_icon(CursorIcon::Grabbing);
    }
    if response.has_focus() && !locked {
        keys(carried_by_keys, ui, cx, plan, carried, item, id);
    }
    let fill = if response.hovered() {
        t.color.hover
    } else {
        t.color.soft(tone)
    };
    let edge = if response.has_focus() {
        Stroke::new(t.size.focus, t.color.accent)
    } else {
        Stroke::NONE
    };
    let radius = f32::from(t.radius.s);
    ui.painter()
        .rect(place, radius, fill, edge, StrokeKind::Inside);
    let band = place.with_max_x(place.left() + 3.0);
    ui.painter().rect_filled(band, radius, t.color.tone(tone));
    let ink = t.color.ink;
    let mut job = egui::text::LayoutJob::simple_singleline(title, Face::Text.at(t.text.small), ink);
    job.wrap = egui::text::TextWrapping::truncate_at_width(place.width() - t.space.m);
    let galley = ui.painter().layout_job(job);
    let at = place.left_center() + Vec2::new(t.space.s, -galley.size().y / 2.0);
    ui.painter().galley(at, galley, ink);
    response.on_hover_text(name);
}

/// Alt and an arrow carry it to another day.
fn keys(
    carried_by_keys: &mut Option<OnItsWay>,
    ui: &Ui,
    cx: &mut Cx<'_>,
    plan: &PlanView,
    carried: Carried,
    item: ItemId,
    id: Id,
) {
    let filter = EventFilter {
        horizontal_arrows: true,
        vertical_arrows: true,
        ..EventFilter::default()
    };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(id, filter));
    for (key, days) in [
        (Key::ArrowLeft, -1),
        (Key::ArrowRight, 1),
        (Key::ArrowUp, -7),
        (Key::ArrowDown, 7),
    ] {
        if ui.input_mut(|input| input.consume_key(Modifiers::ALT, key)) {
            // A second press counts from where the first carries it.
            let from = carried_by_keys
                .filter(|one| one.item == item)
                .map_or(carried.from, |one| one.to);
            let to = day_of(number_of(from) + days);
            if let Some(command) = moved_to(cx, plan, &carried, to) {
                cx.send(command);
                *carried_by_keys = Some(OnItsWay { item, from: id, to });
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_carried_before_its_start_starts_then() {
        let mut action = Action::new(ItemId::from_bytes([1; 10]), "");
        (action.start, action.due) = ("2090-05-04".into(), "2090-05-22".into());
        let days = |by| due_later(&action, by);
        let both = |a: &str, b: &str| Some((a.to_owned(), b.to_owned()));
        assert_eq!(days(3), both("2090-05-04", "2090-05-25"));
        assert_eq!(days(-20), both("2090-05-02", "2090-05-02"));
    }
}
