//! The minutes, written by several at once; and what their lines become.

use egui::{Align, Layout, ScrollArea, Ui, Vec2};
use tresse_engine::{
    MadeView, MakeWhat, MeetingCommand, MeetingView,
    model::{DocId, Made},
};

use super::{MeetingsUi, say::about};
use crate::{
    app::asks::Ask,
    theme::{self, Icon, Tone},
    tr,
    views::{Cx, parts::line},
};

/// Paints them; to a room, the text alone.
pub(super) fn ui(
    meetings: &mut MeetingsUi,
    ui: &mut Ui,
    cx: &mut Cx<'_>,
    view: &MeetingView,
    (locked, room): (bool, bool),
) {
    let t = theme::tokens(ui);
    let (network, meeting) = (cx.id(), view.id);
    let made = &view.sheet.made;
    let Some(writing) = meetings.writing() else {
        return;
    };
    writing.in_room(room);
    if !locked {
        let line = writing.caret_line(&view.body);
        make(ui, cx, view, line.as_deref(), room);
    }
    // What became of lines stands below, three of them at a time; the text has the rest.
    let row = t.size.control + t.space.xs;
    let shown = made.len().min(3);
    let below = if shown == 0 {
        0.0
    } else {
        row * shown as f32 + t.text.small * t.text.line + t.space.m
    };
    let room = Vec2::new(
        ui.available_width(),
        (ui.available_height() - below).max(t.size.column * 0.5),
    );
    ui.allocate_ui_with_layout(room, Layout::top_down(Align::Min), |ui| {
        ui.set_min_size(room);
        let writing = writing.of(meeting);
        writing.ui(ui, cx, &view.body, locked, move |edit| {
            MeetingCommand::Edit {
                network,
                meeting,
                edit,
            }
            .into()
        });
    });
    if made.is_empty() {
        return;
    }
    theme::caption(ui, tr!(cx.words, "minutes-made", count = made.len()));
    ScrollArea::vertical()
        .id_salt("made")
        .auto_shrink(false)
        .show_rows(ui, row, made.len(), |ui, range| {
            for one in made.get(range).unwrap_or_default() {
                self::one(ui, cx, one);
            }
        });
}

/// The line that the caret stands in, and what it can become.
fn make(ui: &mut Ui, cx: &mut Cx<'_>, view: &MeetingView, line: Option<&str>, room: bool) {
    let words = cx.words;
    let line = line.map(str::trim).filter(|line| !line.is_empty());
    ui.horizontal_wrapped(|ui| {
        for (what, icon, name) in [
            (
                MakeWhat::Action,
                Icon::ListChecks,
                tr!(words, "minutes-to-action"),
            ),
            (
                MakeWhat::Decision,
                Icon::Gavel,
                tr!(words, "minutes-to-decision"),
            ),
            (
                MakeWhat::Watch,
                Icon::Binoculars,
                tr!(words, "minutes-to-watch"),
            ),
        ] {
            if let Some(known) = line.and_then(|line| became(view, line, what)) {
                became_so(ui, cx, icon, known);
                continue;
            }
            // Without a place of its own, so that it goes to the next line where there is no room for it.
            let button = ui
                .add_enabled(line.is_some(), |ui: &mut Ui| {
                    // A room needs the height for what it reads.
                    if room {
                        theme::icon_button(ui, icon, name)
                    } else {
                        theme::quiet_icon_button(ui, icon, name)
                    }
                })
                .on_hover_text(tr!(words, "minutes-make-hint"))
                .on_disabled_hover_text(tr!(words, "minutes-make-hint"));
            if let Some(line) = line
                && button.clicked()
            {
                cx.send(command(cx, view.id, line, what));
            }
        }
    });
}

/// What a line became of this sort, where that is still here: then it is not made a second time.
fn became<'a>(view: &'a MeetingView, line: &str, what: MakeWhat) -> Option<&'a MadeView> {
    let of_sort = |made: &Made| match made {
        Made::Action(_) => what == MakeWhat::Action,
        Made::Document(_) => what == MakeWhat::Decision,
        Made::Watch(_) => what == MakeWhat::Watch,
    };
    let mut all = view.sheet.made.iter();
    all.find(|one| of_sort(&one.made) && one.line.trim() == line && !one.gone)
}

/// What the line of the caret became, and the way to it where the button was that would make it.
fn became_so(ui: &mut Ui, cx: &mut Cx<'_>, icon: Icon, one: &MadeView) {
    let label = match &one.made {
        Made::Action(_) => tr!(cx.words, "minutes-open-action"),
        Made::Document(_) => tr!(cx.words, "minutes-open-decision"),
        Made::Watch(_) => tr!(cx.words, "minutes-open-watch"),
    };
    let button = theme::quiet_icon_button(ui, icon, label);
    if button.on_hover_text(title(cx, one)).clicked() {
        open(cx, one);
    }
    theme::status_chip(ui, Tone::Good, made_name(cx, one));
}

/// Shows what a line became.
fn open(cx: &mut Cx<'_>, one: &MadeView) {
    let network = cx.id();
    cx.ask(match &one.made {
        Made::Action(action) => Ask::OpenAction(network, *action),
        Made::Document(decision) => Ask::OpenDecision(network, *decision),
        Made::Watch(item) => Ask::OpenWatch(network, *item),
    });
}

/// What it is called now.
fn title(cx: &Cx<'_>, one: &MadeView) -> String {
    match one.title.trim() {
        "" => tr!(cx.words, "untitled"),
        title => title.to_owned(),
    }
}

fn command(cx: &Cx<'_>, meeting: DocId, line: &str, what: MakeWhat) -> tresse_engine::Command {
    about(cx, meeting, |network, meeting| MeetingCommand::Make {
        network,
        meeting,
        line: line.to_owned(),
        what,
    })
}

/// What sort of thing a line became.
fn made_name(cx: &Cx<'_>, one: &MadeView) -> String {
    match &one.made {
        Made::Action(_) if one.done => tr!(cx.words, "made-action-done"),
        Made::Action(_) => tr!(cx.words, "made-action"),
        Made::Document(_) => tr!(cx.words, "made-decision"),
        Made::Watch(_) => tr!(cx.words, "made-watch"),
    }
}

/// Something a line became, and the way to it.
pub(super) fn one(ui: &mut Ui, cx: &mut Cx<'_>, one: &MadeView) {
    let t = theme::tokens(ui);
    line(ui, |ui| {
        ui.set_height(t.size.control);
        let (icon, tone) = match &one.made {
            Made::Action(_) => (Icon::ListChecks, Tone::Accent),
            Made::Document(_) => (Icon::Gavel, Tone::Accent),
            Made::Watch(_) => (Icon::Binoculars, Tone::Accent),
        };
        icon.show(ui, t.size.icon, t.color.tone(tone));
        theme::caption(ui, made_name(cx, one));
        if one.gone {
            theme::muted(ui, tr!(cx.words, "made-gone", line = one.line.clone()));
            return;
        }
        let font = theme::Face::Text.at(t.text.body);
        let room = ui.available_size_before_wrap().x - 3.0 * t.space.m;
        let called = title(cx, one);
        let short = theme::one_row(ui, &called, &font, room);
        let button = theme::quiet_button(ui, short).accessible_name(called);
        if button.clicked() {
            open(cx, one);
        }
    });
}
