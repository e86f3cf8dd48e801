//! The meeting that a decision comes from: chosen among the network's, and the way to it.

use std::sync::Arc;

use egui::Ui;
use tresse_engine::{
    DecisionView,
    model::{DecisionField, DocId},
};

use super::{register::shown, rules};
use crate::{
    app::asks::Ask,
    theme::{self, Icon},
    tr,
    views::{Cx, fields::Field, meetings::when},
};

/// Paints it; nothing where there is none and none can be chosen.
pub(super) fn ui(ui: &mut Ui, cx: &mut Cx<'_>, view: &DecisionView, locked: bool) {
    let t = theme::tokens(ui);
    let meeting = view.content.meeting;
    if meeting.is_none() && (locked || cx.net.meetings.meetings.is_empty()) {
        return;
    }
    ui.horizontal(|ui| {
        if !locked {
            let width = ui.available_width().min(1.2 * t.size.column);
            ui.allocate_ui(egui::vec2(width, t.size.control), |ui| {
                choose(ui, cx, view);
            });
        }
        let Some(meeting) = meeting else { return };
        let title = shown(cx.words, &view.meeting_title);
        let name = tr!(cx.words, "decision-open-meeting", title = title.clone());
        let said = if locked {
            tr!(cx.words, "decision-of-meeting", title = title)
        } else {
            tr!(cx.words, "decision-open-meeting-short")
        };
        let button = theme::quiet_icon_button(ui, Icon::CalendarBlank, said);
        if button.accessible_name(name).clicked() {
            cx.ask(Ask::OpenMeeting(cx.id(), meeting));
        }
    });
    ui.add_space(t.space.s);
}

fn choose(ui: &mut Ui, cx: &mut Cx<'_>, view: &DecisionView) {
    let net = Arc::clone(cx.net);
    let words = cx.words;
    let meetings = &net.meetings.meetings;
    let value = view.content.meeting.map(|one| one.to_string());
    let say = |value: &str| {
        let id = value.parse::<DocId>().ok();
        let known = id.and_then(|id| meetings.iter().find(|row| row.id == id));
        match known {
            Some(row) => {
                let title = shown(words, &row.title);
                let on = when(words, &row.on, &row.at);
                tr!(words, "decision-meeting-row", title = title, when = on)
            }
            None if value.is_empty() => String::new(),
            // It lies in the bin, or has not arrived.
            None => shown(words, &view.meeting_title),
        }
    };
    let options = || {
        let known = meetings.iter().map(|row| row.id.to_string());
        std::iter::once(String::new()).chain(known).collect()
    };
    let field = DecisionField::Meeting;
    let name = tr!(words, "decision-meeting");
    Field::new(
        (net.id, view.id, field.key()),
        name,
        &value.unwrap_or_default(),
    )
    .hint(tr!(words, "decision-meeting-none"))
    .conflict(&view.content.conflicts, field.key())
    .pick(ui, cx, &say, &options, rules::set(net.id, view.id, field));
}
