//! One action on the timeline: painted, dragged, and moved by keys.

use egui::{
    Color32, CursorIcon, Id, Key, Modifiers, Pos2, Rect, Sense, Shape, Stroke, StrokeKind, Ui, Vec2,
};
use tresse_engine::{
    Command,
    model::{Action, ItemId, Status},
};

use super::{
    axis::Axis,
    layout::{Bar, When},
};
use crate::{
    i18n::I18n,
    theme::{Tokens, Tone},
    tr,
    views::{
        Cx,
        plan::{
            days::{day_of, number_of, shifted},
            status::{status_name, status_tone},
        },
    },
};

/// Which part of a bar is moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    /// The whole.
    Whole,
    /// Its first day.
    Start,
    /// Its last day.
    End,
}

/// A move that is not let go yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Drag {
    pub(super) action: ItemId,
    pub(super) part: Part,
    /// By how many days.
    pub(super) by: i64,
}

/// What an action's days become when it is moved; `None` where it cannot be.
pub(super) fn moved(action: &Action, part: Part, by: i64) -> Option<(String, String)> {
    // The times of what comes again are counted from its first: once one is done, they stay.
    if by == 0 || (action.every.is_some() && !action.done_on.is_empty()) {
        return None;
    }
    let (start, due) = (&action.start, &action.due);
    if start.is_empty() && due.is_empty() {
        return None;
    }
    let (start, due) = match part {
        Part::Whole => (shifted(start, by), shifted(due, by)),
        Part::Start if start.is_empty() => return None,
        Part::Start => (shifted(start, by), due.clone()),
        // What has only a beginning gets an end.
        Part::End if due.is_empty() => (start.clone(), shifted(start, by)),
        Part::End => (start.clone(), shifted(due, by)),
    };
    // An end is never drawn over the other.
    if !start.is_empty() && !due.is_empty() && due < start {
        return match part {
            Part::Start => Some((due.clone(), due)),
            _ => Some((start.clone(), start)),
        };
    }
    Some((start, due))
}

/// The command that moves an action.
pub(super) fn command(cx: &Cx<'_>, action: &Action, part: Part, by: i64) -> Option<Command> {
    let (start, due) = moved(action, part, by)?;
    if start == action.start && due == action.due {
        return None;
    }
    Some(Command::ActionMove {
        network: cx.id(),
        action: action.id,
        start: (!start.is_empty()).then_some(start),
        due: (!due.is_empty()).then_some(due),
    })
}

/// When an action is while it is being dragged.
pub(super) fn when(action: &Action, bar: &Bar, drag: Option<Drag>) -> When {
    let drag = drag.filter(|drag| drag.action == action.id);
    let Some((start, due)) = drag.and_then(|drag| moved(action, drag.part, drag.by)) else {
        return bar.when;
    };
    let mut shown = action.clone();
    (shown.start, shown.next_due) = (start, due);
    When::of(&shown)
}

/// An action's row in words.
pub(super) fn said(words: &I18n, action: &Action, bar: &Bar, late: bool) -> String {
    let title = if action.title.is_empty() {
        tr!(words, "untitled")
    } else {
        action.title.clone()
    };
    let say = |day: i64| words.date(&day_of(day).to_string());
    let when = match bar.when {
        When::Never => tr!(words, "when-never"),
        When::From(day) => tr!(words, "when-from", day = say(day)),
        When::Day(day) => tr!(words, "when-day", day = say(day)),
        When::Days(first, last) => tr!(words, "when-days", first = say(first), last = say(last)),
    };
    let status = status_name(words, action.status).to_lowercase();
    let mut said = tr!(
        words,
        "timeline-row",
        title = title,
        when = when,
        status = status
    );
    if late {
        said.push_str(&tr!(words, "timeline-row-late"));
    }
    if bar.blocked && action.status != Status::Blocked {
        said.push_str(&tr!(words, "timeline-row-waits"));
    }
    said
}

/// The tone of an action over time: late before all, then held up, then how it stands.
pub(super) fn tone(action: &Action, bar: &Bar, late: bool) -> Tone {
    if late {
        Tone::Bad
    } else if bar.blocked {
        Tone::Warn
    } else {
        status_tone(action.status)
    }
}

/// Where the bar lies in its row.
pub(super) fn place(axis: &Axis, row: Rect, when: When, t: &Tokens) -> Option<Rect> {
    let (first, last) = when.ends()?;
    let high = t.size.icon;
    let (y, day) = (row.center().y, axis.zoom.day() as f32);
    let (from, to) = (axis.x(first), axis.x(last) + day);
    Some(match when {
        When::Day(_) => {
            Rect::from_center_size(Pos2::new(f32::midpoint(from, to), y), Vec2::splat(high))
        }
        When::From(_) => Rect::from_min_size(
            Pos2::new(from, y - high / 2.0),
            Vec2::new(t.space.xxl, high),
        ),
        _ => Rect::from_min_max(
            Pos2::new(from, y - high / 2.0),
            Pos2::new(to.max(from + t.space.xs), y + high / 2.0),
        ),
    })
}

/// Paints the bar.
pub(super) fn paint(ui: &Ui, place: Rect, when: When, tone: Tone, action: &Action, t: &Tokens) {
    let (strong, soft) = (t.color.tone(tone), t.color.soft(tone));
    let done = !action.is_open();
    let fill = match tone {
        Tone::Neutral => t.color.hover,
        _ if done => soft,
        _ => strong.gamma_multiply(0.55).to_opaque_on(t.color.paper),
    };
    let edge = Stroke::new(t.size.line, strong);
    let painter = ui.painter();
    match when {
        When::Never => {}
        When::Day(_) => {
            let (c, r) = (place.center(), place.width() / 2.0);
            let points = [(0.0, -r), (r, 0.0), (0.0, r), (-r, 0.0)];
            let points = points.map(|(x, y)| c + Vec2::new(x, y)).to_vec();
            painter.add(Shape::convex_polygon(points, fill, edge));
        }
        When::From(_) => {
            // Open to the right: nobody said until when.
            let tip = Pos2::new(place.right(), place.center().y);
            let points = vec![place.left_top(), tip, place.left_bottom()];
            painter.add(Shape::convex_polygon(points, fill, edge));
        }
        When::Days(..) => {
            let radius = f32::from(t.radius.s);
            painter.rect(place, radius, fill, edge, StrokeKind::Inside);
        }
    }
}

trait Over {
    /// The colour that this one gives over a ground.
    fn to_opaque_on(self, ground: Color32) -> Color32;
}

impl Over for Color32 {
    fn to_opaque_on(self, ground: Color32) -> Color32 {
        ground.blend(self)
    }
}

/// Takes what the pointer does with the bar. Answers a move that has been let go.
pub(super) fn dragged(
    ui: &Ui,
    axis: &Axis,
    place: Rect,
    when: When,
    (action, row): (&Action, usize),
    drag: &mut Option<Drag>,
) -> (bool, Option<Drag>) {
    let id = Id::unique(("bar", action.id, row));
    let grip = 6.0_f32.min(place.width() / 3.0);
    let mut parts = vec![(Part::Whole, place)];
    if matches!(when, When::Days(..)) {
        parts.push((Part::Start, place.with_max_x(place.left() + grip)));
    }
    if matches!(when, When::Days(..) | When::From(_)) {
        parts.push((Part::End, place.with_min_x(place.right() - grip)));
    }
    let (mut clicked, mut done) = (false, None);
    for (part, rect) in parts {
        let part_id = id.with(format!("{part:?}"));
        let response = ui.interact(rect, part_id, Sense::CLICK | Sense::DRAG);
        if response.hovered() || response.dragged() {
            ui.ctx().set_cursor_icon(match part {
                Part::Whole => CursorIcon::Grab,
                _ => CursorIcon::ResizeHorizontal,
            });
        }
        clicked |= response.clicked();
        if let Some(way) = response.total_drag_delta() {
            let by = (f64::from(way.x) / axis.zoom.day()).round() as i64;
            *drag = Some(Drag {
                action: action.id,
                part,
                by,
            });
        }
        if response.drag_stopped() {
            done = drag.take();
        }
    }
    (clicked, done)
}

/// By which part and how many days the keys ask to move.
pub(super) fn nudged(ui: &Ui, axis: &Axis) -> Option<(Part, i64)> {
    let step = axis.zoom.nudge();
    ui.input_mut(|input| {
        let mut pressed = |modifiers, key| input.consume_key(modifiers, key);
        let end = Modifiers::ALT | Modifiers::SHIFT;
        // The fuller come first: shift is ignored by the plainer ones.
        if pressed(end, Key::ArrowRight) {
            Some((Part::End, step))
        } else if pressed(end, Key::ArrowLeft) {
            Some((Part::End, -step))
        } else if pressed(Modifiers::ALT, Key::ArrowRight) {
            Some((Part::Whole, step))
        } else if pressed(Modifiers::ALT, Key::ArrowLeft) {
            Some((Part::Whole, -step))
        } else {
            None
        }
    })
}

/// Whether an action should have been done by this day.
pub(super) fn is_late(action: &Action, today: jiff::civil::Date) -> bool {
    let due = crate::views::plan::days::number_of_iso(&action.next_due);
    action.is_open() && due.is_some_and(|due| due < number_of(today))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn action(start: &str, due: &str) -> Action {
        let mut action = Action::new(ItemId::from_bytes([1; 10]), "");
        (action.start, action.due) = (start.into(), due.into());
        action.next_due.clone_from(&action.due);
        action
    }

    #[test]
    fn an_action_moves_whole_or_by_one_end_and_never_ends_before_it_starts() {
        let one = action("2090-05-04", "2090-05-22");
        let days = |part, by| moved(&one, part, by);
        let both = |a: &str, b: &str| Some((a.to_owned(), b.to_owned()));
        assert_eq!(days(Part::Whole, 7), both("2090-05-11", "2090-05-29"));
        assert_eq!(days(Part::Start, -4), both("2090-04-30", "2090-05-22"));
        assert_eq!(days(Part::End, 9), both("2090-05-04", "2090-05-31"));
        assert_eq!(days(Part::End, -90), both("2090-05-04", "2090-05-04"));
        assert_eq!(days(Part::Start, 90), both("2090-05-22", "2090-05-22"));
        assert_eq!(days(Part::Whole, 0), None);
    }

    #[test]
    fn what_has_one_day_keeps_one_and_what_has_none_stays() {
        let due = |by| moved(&action("", "2090-05-22"), Part::Whole, by);
        assert_eq!(due(1), Some((String::new(), "2090-05-23".to_owned())));
        assert_eq!(moved(&action("", ""), Part::Whole, 1), None);
        let begun = moved(&action("2090-05-04", ""), Part::End, 7);
        assert_eq!(
            begun,
            Some(("2090-05-04".to_owned(), "2090-05-11".to_owned()))
        );
    }

    #[test]
    fn what_comes_again_stays_once_a_time_is_done() {
        let mut again = action("", "2090-05-31");
        again.every = Some(tresse_engine::model::Recurrence::Monthly);
        assert!(moved(&again, Part::Whole, 1).is_some());
        again.done_on.push("2090-05-31".into());
        assert_eq!(moved(&again, Part::Whole, 1), None);
    }
}
