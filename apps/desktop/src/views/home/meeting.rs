//! The next meeting, and what waits to be decided.

use egui::Ui;
use tresse_engine::ComingMeeting;

use crate::{
    app::asks::Ask,
    theme, tr,
    views::{Cx, meetings::when},
};

/// The next meeting, if there is one.
pub(in crate::views) fn next(ui: &mut Ui, cx: &mut Cx<'_>) {
    let meetings = std::sync::Arc::clone(&cx.net.meetings);
    let Some(coming) = meetings.next() else {
        return;
    };
    theme::card(ui, |ui| {
        theme::heading(ui, tr!(cx.words, "next-meeting"));
        one(ui, cx, coming);
    });
}

/// A meeting to come, and the way to it.
pub(in crate::views) fn one(ui: &mut Ui, cx: &mut Cx<'_>, meeting: &ComingMeeting) {
    let when = when(cx.words, &meeting.on, &meeting.at);
    let name = tr!(
        cx.words,
        "meeting-open",
        title = meeting.title.clone(),
        when = when.clone()
    );
    let link = egui::Link::new(meeting.title.as_str());
    if ui.add(link).accessible_name(name).clicked() {
        let network = cx.id();
        match (meeting.meeting, meeting.series) {
            (Some(meeting), _) => cx.ask(Ask::OpenMeeting(network, meeting)),
            (None, Some(series)) if !cx.locked(false) => cx.ask(Ask::PrepareMeeting {
                network,
                series,
                day: meeting.day.clone(),
            }),
            (None, _) => {}
        }
    }
    let place = [when, meeting.place.clone()];
    let said = place.into_iter().filter(|part| !part.is_empty());
    theme::caption(ui, said.collect::<Vec<_>>().join(" · "));
}
