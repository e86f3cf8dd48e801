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

pub(super) fn ui(
    meetings: &mut MeetingsUi,
    ui: &mut Ui,
    cx: &mut Cx<'_>,
    view: &MeetingView,
    locked: bool,
) {
    let t = theme::tokens(ui);
    let (network, meeting) = (cx.id(), view.id);
    let made = &view.sheet.made;
    let Some(writing) = meetings.writing() else {
        return;
    };
    if !locked {
        let line = writing.caret_line(&view.body);
        make(ui, cx, view, line.as_deref());
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
fn make(ui: &mut Ui, cx: &mut Cx<'_>, view: &MeetingView, line: Option<&str>) {
    let words = cx.words;
    let line = line.map(str::trim).filter(|line| !line.is_empty());
    let known = line.and_then(|line| {
        let mut made = view.sheet.made.iter();
        made.find(|one| one.line == line && !one.gone)
    });
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
        ] {
            let button = ui
                .add_enabled_ui(line.is_some(), |ui| {
                    theme::quiet_icon_button(ui, icon, name)
                })
                .inner
                .on_hover_text(tr!(words, "minutes-make-hint"))
                .on_disabled_hover_text(tr!(words, "minutes-make-hint"));
            if let Some(line) = line
                && button.clicked()
            {
                cx.send(command(cx, view.id, line, what));
            }
        }
        if let Some(known) = known {
            theme::status_chip(ui, Tone::Good, made_name(cx, known));
        }
    });
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
        };
        icon.show(ui, t.size.icon, t.color.tone(tone));
        theme::caption(ui, made_name(cx, one));
        if one.gone {
            theme::muted(ui, tr!(cx.words, "made-gone", line = one.line.clone()));
            return;
        }
        match &one.made {
            Made::Action(action) => {
                if theme::quiet_button(ui, one.title.as_str()).clicked() {
                    cx.ask(Ask::OpenAction(cx.id(), *action));
                }
            }
            Made::Document(_) => {
                theme::paragraph(ui, one.title.as_str());
            }
        }
    });
}
