//! The open meeting: its head, and one of its parts.

use std::sync::Arc;

use egui::Ui;
use tresse_engine::{
    MeetingCommand, MeetingView,
    model::{DocId, MeetingField, MeetingState, NetworkId},
};

use super::{
    MeetingsUi, Part, agenda, attendance, floor, minutes, prepare, round, running,
    say::{about, state_name, state_tone, when},
};
use crate::{
    app::{
        asks::{Ask, Dialogue},
        toast::Toast,
    },
    theme::{self, Icon, Tone},
    tr,
    views::{
        Cx, attachments, authored, choosing,
        fields::conflict_of,
        history,
        home::read_only,
        parts::{document_title, empty, line},
    },
};

pub(super) fn ui(meetings: &mut MeetingsUi, ui: &mut Ui, cx: &mut Cx<'_>, alone: bool) {
    let net = Arc::clone(cx.net);
    let Some(id) = meetings.open else {
        nothing(ui, cx);
        return;
    };
    let Some(view) = net.meeting(&id) else {
        if alone {
            back(meetings, ui, cx);
        }
        theme::muted(ui, tr!(cx.words, "meeting-opening"));
        return;
    };
    if std::mem::take(&mut meetings.fresh) && view.content.state == MeetingState::Closed {
        // Of one that is over, one wants to read what was said.
        meetings.part = Part::Minutes;
    }
    let locked = cx.locked(view.read_only || view.content.binned);
    read_only(ui, cx, view.read_only);
    in_bin(ui, cx, view);
    head(meetings, ui, cx, view, alone, locked);
    attachments::strip(ui, cx, id, &view.content.attachments, locked);
    parts(meetings, ui, cx);
    ui.add_space(theme::tokens(ui).space.s);
    match meetings.part {
        Part::Minutes => minutes::ui(meetings, ui, cx, view, (locked, false)),
        part => scrolled(meetings, ui, cx, view, part, locked),
    }
}

fn scrolled(
    meetings: &mut MeetingsUi,
    ui: &mut Ui,
    cx: &mut Cx<'_>,
    view: &MeetingView,
    part: Part,
    locked: bool,
) {
    egui::ScrollArea::vertical()
        .id_salt(("meeting part", part_salt(part)))
        .auto_shrink(false)
        .show(ui, |ui| {
            let t = theme::tokens(ui);
            ui.set_max_width((2.0 * t.size.form).min(ui.available_width() - t.space.m));
            match part {
                Part::Prepare => prepare::ui(meetings, ui, cx, view, locked),
                Part::Agenda => agenda::ui(ui, cx, view, locked),
                Part::Attendance => attendance::ui(ui, cx, view, locked),
                Part::Closing => {
                    round::ui(ui, cx, view, (locked, false));
                    ui.add_space(t.space.l);
                    floor::ui(&mut meetings.floor, ui, cx, view, locked);
                }
                Part::Minutes => {}
            }
            ui.add_space(t.space.xxl);
        });
}

const fn part_salt(part: Part) -> u8 {
    part as u8
}

fn nothing(ui: &mut Ui, cx: &mut Cx<'_>) {
    let view = &cx.net.meetings;
    if view.meetings.is_empty() && view.coming.is_empty() {
        let make = (!cx.locked(false)).then(|| tr!(cx.words, "meeting-first"));
        let (title, hint) = (
            tr!(cx.words, "meetings-empty"),
            tr!(cx.words, "meetings-empty-hint"),
        );
        if empty(ui, title, hint, make) {
            cx.ask(Ask::Show(Dialogue::NewMeeting(cx.id())));
        }
        return;
    }
    let (title, hint) = (
        tr!(cx.words, "meeting-none"),
        tr!(cx.words, "meeting-none-hint"),
    );
    empty(ui, title, hint, None);
    super::attendance::periods(ui, cx);
}

pub(super) fn back(meetings: &mut MeetingsUi, ui: &mut Ui, cx: &mut Cx<'_>) {
    if theme::icon_button(ui, Icon::ArrowLeft, tr!(cx.words, "meeting-back")).clicked() {
        meetings.instead = None;
        let mut commands = Vec::new();
        meetings.close(cx.id(), &mut commands);
        cx.asks.extend(commands.into_iter().map(Ask::Send));
    }
}

fn in_bin(ui: &mut Ui, cx: &mut Cx<'_>, view: &MeetingView) {
    if !view.content.binned {
        return;
    }
    let again = tr!(cx.words, "page-take-out");
    theme::message(ui, Tone::Warn, tr!(cx.words, "meeting-in-bin"), |ui| {
        if !cx.locked(view.read_only) && theme::quiet_button(ui, again).clicked() {
            let back = about(cx, view.id, |network, meeting| MeetingCommand::Remove {
                network,
                meeting,
                restore: true,
            });
            cx.send(back);
        }
    });
}

fn head(
    meetings: &mut MeetingsUi,
    ui: &mut Ui,
    cx: &mut Cx<'_>,
    view: &MeetingView,
    alone: bool,
    locked: bool,
) {
    let t = theme::tokens(ui);
    let (network, id) = (cx.id(), view.id);
    ui.horizontal(|ui| {
        if alone {
            back(meetings, ui, cx);
        }
        document_title(
            ui,
            cx,
            id,
            tr!(cx.words, "meeting-title"),
            (&view.content.title, &view.content.conflicts),
            (3, locked),
            move |text| set(network, id, MeetingField::Title, text),
        );
        if theme::icon_button(ui, Icon::Eye, tr!(cx.words, "meeting-room")).clicked() {
            meetings.running = Some(running::Running::default());
        }
        if theme::icon_button(ui, Icon::Scroll, tr!(cx.words, "meeting-charter")).clicked() {
            cx.ask(Ask::Show(Dialogue::Rules(network)));
        }
        history::button(ui, cx, id);
        if !locked && theme::icon_button(ui, Icon::Trash, tr!(cx.words, "meeting-to-bin")).clicked()
        {
            to_bin(cx, view);
        }
    });
    line(ui, |ui| {
        ui.spacing_mut().item_spacing.x = t.space.s;
        let state = view.content.state;
        theme::status_chip(ui, state_tone(state), state_name(cx.words, state));
        let when = when(cx.words, &view.content.on, &view.content.at);
        theme::muted(ui, when);
        if !view.content.place.is_empty() {
            let font = theme::Face::Text.at(theme::tokens(ui).text.body);
            let place = theme::one_row(ui, &view.content.place, &font, ui.max_rect().width());
            theme::muted(ui, place);
        }
    });
    let row = cx.net.meetings.any(&id);
    let changed = row.map(|row| (row.author.as_str(), row.changed));
    authored::changed_by(ui, cx, None, changed);
    ui.horizontal_wrapped(|ui| acts(meetings, ui, cx, view, locked));
    at_once(ui, cx, view, locked);
    left_over(meetings, ui, cx, view, locked);
}

/// Where it was ended by one and, say, cancelled by another at once: both, and what chooses.
fn at_once(ui: &mut Ui, cx: &mut Cx<'_>, view: &MeetingView, locked: bool) {
    let field = MeetingField::State;
    let Some(conflict) = conflict_of(&view.content.conflicts, field.key()) else {
        return;
    };
    let (network, id) = (cx.id(), view.id);
    let words = cx.words;
    let state = |word: &str| MeetingState::from_word(word).unwrap_or_default();
    let say = |word: &str| state_name(words, state(word));
    let choose = |word: &str| (!locked).then(|| set(network, id, field, state(word).word()));
    let text = tr!(words, "meeting-at-once");
    choosing::ui(ui, cx, text, conflict, &say, &choose);
}

/// Once it is over, offers to carry on what was not dealt with; the agenda offers it at any time.
fn left_over(
    meetings: &MeetingsUi,
    ui: &mut Ui,
    cx: &mut Cx<'_>,
    view: &MeetingView,
    locked: bool,
) {
    let count = view.content.unfinished().count();
    let over = view.content.state == MeetingState::Closed;
    if locked || !over || count == 0 || meetings.part == Part::Agenda {
        return;
    }
    let words = cx.words;
    let left = tr!(words, "meeting-left-over", count = count);
    let next = view.sheet.next.as_ref();
    let where_to = match next {
        None => tr!(words, "agenda-carry-none"),
        Some(next) => {
            let on = when(words, &next.on, &next.at);
            tr!(words, "meeting-carry-to", count = count, when = on)
        }
    };
    theme::message(ui, Tone::Neutral, format!("{left} {where_to}"), |ui| {
        if next.is_some() {
            let name = tr!(words, "agenda-carry", count = count);
            let carry = theme::quiet_button(ui, tr!(words, "meeting-carry"));
            if carry.accessible_name(name).clicked() {
                agenda::carry_on(cx, view);
            }
        }
    });
    ui.add_space(theme::tokens(ui).space.xs);
}

/// What can be done with the meeting as a whole.
fn acts(meetings: &mut MeetingsUi, ui: &mut Ui, cx: &mut Cx<'_>, view: &MeetingView, locked: bool) {
    let words = cx.words;
    let state = view.content.state;
    let mut to = |ui: &mut Ui, icon: Icon, name: String, state: MeetingState, first: bool| {
        let button = if first {
            theme::primary_icon_button(ui, icon, name)
        } else {
            theme::quiet_icon_button(ui, icon, name)
        };
        let clicked = button.clicked();
        if clicked {
            cx.send(set(cx.id(), view.id, MeetingField::State, state.word()));
        }
        clicked
    };
    if !locked {
        use MeetingState as S;
        match state {
            S::Planned => {
                let opened = tr!(words, "meeting-begin");
                if to(ui, Icon::ArrowRight, opened, S::Running, true) {
                    meetings.running = Some(running::Running::default());
                }
                to(
                    ui,
                    Icon::Prohibit,
                    tr!(words, "meeting-cancel"),
                    S::Cancelled,
                    false,
                );
            }
            S::Running => {
                to(
                    ui,
                    Icon::CheckCircle,
                    tr!(words, "meeting-end"),
                    S::Closed,
                    false,
                );
            }
            S::Closed | S::Cancelled => {
                let again = tr!(words, "meeting-reopen");
                to(ui, Icon::ArrowCounterClockwise, again, S::Planned, false);
            }
        }
    }
}

fn to_bin(cx: &mut Cx<'_>, view: &MeetingView) {
    let remove = |restore| MeetingCommand::Remove {
        network: cx.net.id,
        meeting: view.id,
        restore,
    };
    let (gone, back) = (remove(false), remove(true));
    cx.send(gone.into());
    let told = Toast::new(
        Tone::Neutral,
        tr!(cx.words, "removed", what = view.content.title.clone()),
    );
    let told = told.with(tr!(cx.words, "bring-back"), Ask::Send(back.into()));
    cx.ask(Ask::Tell(told));
}

fn parts(meetings: &mut MeetingsUi, ui: &mut Ui, cx: &mut Cx<'_>) {
    let words = cx.words;
    line(ui, |ui| {
        ui.spacing_mut().item_spacing.x = 0.0;
        for (part, name) in [
            (Part::Prepare, tr!(words, "meeting-part-prepare")),
            (Part::Agenda, tr!(words, "agenda-name")),
            (Part::Minutes, tr!(words, "meeting-part-minutes")),
            (Part::Attendance, tr!(words, "meeting-part-attendance")),
            (Part::Closing, tr!(words, "meeting-part-closing")),
        ] {
            if theme::tab(ui, name, meetings.part == part).clicked() {
                if meetings.part == Part::Closing {
                    meetings.floor.stop(cx);
                }
                meetings.part = part;
            }
        }
    });
}

/// Sets a field of a meeting.
pub(super) fn set(
    network: NetworkId,
    meeting: DocId,
    field: MeetingField,
    value: &str,
) -> tresse_engine::Command {
    MeetingCommand::Set {
        network,
        meeting,
        field,
        value: (!value.is_empty()).then(|| value.to_owned()),
    }
    .into()
}
