//! The list of meetings.

use std::sync::Arc;

use egui::{Rect, ScrollArea, Sense, Ui, Vec2};
use jiff::civil::Date;
use tresse_engine::{
    ComingMeeting, MeetingCommand, MeetingRow, MeetingsView,
    model::{DocId, ItemId, MeetingState},
};

use super::{
    Instead, MeetingsUi, Shown,
    say::{state_name, when},
};
use crate::{
    app::asks::{Ask, Dialogue},
    theme::{self, Face, Icon},
    tr,
    views::{Cx, parts::line},
};

/// Height of a row, in points.
const ROW: f32 = 66.0;

/// The rows to show, kept until something they depend on changes.
#[derive(Default)]
pub(super) struct Rows {
    known: Option<(Arc<MeetingsView>, Shown, Date)>,
    shown: Vec<Row>,
}

/// One row.
#[derive(Debug, Clone, Copy)]
enum Row {
    /// A meeting in the list.
    Meeting(usize),
    /// One in the bin.
    Binned(usize),
    /// What is to come.
    Coming(usize),
}

impl Rows {
    fn update(&mut self, view: &Arc<MeetingsView>, shown: Shown, today: Date) {
        if let Some((known, before, day)) = &self.known
            && Arc::ptr_eq(known, view)
            && *before == shown
            && *day == today
        {
            return;
        }
        self.shown = rows(view, shown, &today.to_string());
        self.known = Some((Arc::clone(view), shown, today));
    }
}

fn rows(view: &MeetingsView, shown: Shown, today: &str) -> Vec<Row> {
    let meetings = view.meetings.iter().enumerate();
    let over = |row: &MeetingRow| match row.state {
        MeetingState::Closed | MeetingState::Cancelled => true,
        MeetingState::Planned => !row.on.is_empty() && row.on.as_str() < today,
        MeetingState::Running => false,
    };
    match shown {
        Shown::Bin => (0..view.binned.len()).map(Row::Binned).collect(),
        Shown::Past => meetings
            .filter(|(_, row)| over(row))
            .map(|(at, _)| Row::Meeting(at))
            .collect(),
        Shown::Coming => {
            // Without a day yet: those stand first, since somebody waits for one.
            let undated = meetings.filter(|(_, row)| row.on.is_empty() && !over(row));
            let undated = undated.filter(|(_, row)| row.state == MeetingState::Planned);
            let coming = view.coming.iter().enumerate();
            let coming = coming.filter(|(_, one)| !one.skipped);
            undated
                .map(|(at, _)| Row::Meeting(at))
                .chain(coming.map(|(at, _)| Row::Coming(at)))
                .collect()
        }
    }
}

pub(super) fn ui(meetings: &mut MeetingsUi, ui: &mut Ui, cx: &mut Cx<'_>) {
    let t = theme::tokens(ui);
    let view = Arc::clone(&cx.net.meetings);
    head(meetings, ui, cx, &view);
    asked(ui, cx, &view);
    line(ui, |ui| {
        ui.spacing_mut().item_spacing.x = t.space.xs;
        for (shown, name) in [
            (Shown::Coming, tr!(cx.words, "meetings-coming")),
            (Shown::Past, tr!(cx.words, "meetings-past")),
        ] {
            if theme::tab(ui, name, meetings.shown == shown).clicked() {
                meetings.shown = shown;
            }
        }
    });
    ui.add_space(t.space.xs);
    meetings.rows.update(&view, meetings.shown, cx.today);
    if meetings.rows.shown.is_empty() {
        let text = match meetings.shown {
            Shown::Coming => tr!(cx.words, "meetings-none-coming"),
            Shown::Past => tr!(cx.words, "meetings-none-past"),
            Shown::Bin => tr!(cx.words, "bin-empty"),
        };
        theme::muted(ui, text);
        return;
    }
    let open = meetings.open.filter(|_| meetings.instead.is_none());
    let mut picked = None;
    ScrollArea::vertical()
        .id_salt("meetings")
        .auto_shrink(false)
        .show_rows(ui, ROW, meetings.rows.shown.len(), |ui, range| {
            for row in meetings.rows.shown.get(range).unwrap_or_default() {
                let entry = entry(cx, &view, *row);
                if let Some(entry) = entry
                    && one(ui, cx, &entry, open)
                {
                    picked = Some(entry.target);
                }
            }
        });
    match picked {
        Some(Target::Meeting(meeting)) => cx.ask(Ask::OpenMeeting(cx.id(), meeting)),
        // To look at what is only foreseen is to make its document.
        Some(Target::Foreseen(..)) if cx.locked(false) => {}
        Some(Target::Foreseen(series, day)) => {
            let network = cx.id();
            cx.ask(Ask::PrepareMeeting {
                network,
                series,
                day,
            });
        }
        None => {}
    }
}

fn head(meetings: &mut MeetingsUi, ui: &mut Ui, cx: &mut Cx<'_>, view: &MeetingsView) {
    ui.horizontal(|ui| {
        let title = if meetings.shown == Shown::Bin {
            tr!(cx.words, "bin")
        } else {
            tr!(cx.words, "tab-meetings")
        };
        theme::heading(ui, title);
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            let bin = tr!(cx.words, "meetings-bin", count = view.binned.len());
            let on = meetings.shown == Shown::Bin;
            if theme::toggle_icon_button(ui, Icon::Trash, bin, on).clicked() {
                meetings.shown = if on { Shown::Coming } else { Shown::Bin };
            }
        });
    });
    ui.horizontal_wrapped(|ui| {
        if !cx.locked(false)
            && theme::primary_icon_button(ui, Icon::Plus, tr!(cx.words, "meeting-new")).clicked()
        {
            cx.ask(Ask::Show(Dialogue::NewMeeting(cx.id())));
        }
        for (shown, icon, name) in [
            (
                Instead::Rules,
                Icon::ArrowsClockwise,
                tr!(cx.words, "meetings-rules"),
            ),
            (
                Instead::Attendance,
                Icon::ChartLineUp,
                tr!(cx.words, "attendance-title"),
            ),
        ] {
            if theme::quiet_icon_button(ui, icon, name).clicked() {
                let again = meetings.instead == Some(shown);
                meetings.instead = (!again).then_some(shown);
            }
        }
    });
}

/// Days that I have not answered.
fn asked(ui: &mut Ui, cx: &mut Cx<'_>, view: &MeetingsView) {
    for ask in view.to_answer.iter().take(3) {
        let text = tr!(cx.words, "date-to-answer", title = ask.title.clone());
        let button = egui::Button::new(text.as_str()).truncate();
        if ui.add(button).accessible_name(text).clicked() {
            cx.ask(Ask::OpenMeeting(cx.id(), ask.meeting));
        }
    }
}

/// What choosing a row does.
#[derive(Debug, Clone)]
enum Target {
    Meeting(DocId),
    Foreseen(ItemId, String),
}

/// A row in words.
struct Entry {
    title: String,
    when: String,
    about: String,
    binned: bool,
    target: Target,
}

fn entry(cx: &Cx<'_>, view: &MeetingsView, row: Row) -> Option<Entry> {
    match row {
        Row::Meeting(at) => view.meetings.get(at).map(|row| of_row(cx, row, false)),
        Row::Binned(at) => view.binned.get(at).map(|row| of_row(cx, row, true)),
        Row::Coming(at) => view.coming.get(at).and_then(|one| of_coming(cx, one)),
    }
}

fn of_row(cx: &Cx<'_>, row: &MeetingRow, binned: bool) -> Entry {
    let words = cx.words;
    let when = if row.options > 0 {
        tr!(words, "meeting-options", count = row.options)
    } else {
        when(words, &row.on, &row.at)
    };
    let state = match row.state {
        MeetingState::Planned => String::new(),
        state => state_name(words, state),
    };
    Entry {
        title: row.title.clone(),
        when,
        about: joined(&[state, group_name(cx, row.group), row.place.clone()]),
        binned,
        target: Target::Meeting(row.id),
    }
}

fn of_coming(cx: &Cx<'_>, one: &ComingMeeting) -> Option<Entry> {
    let words = cx.words;
    let state = if one.running {
        state_name(words, MeetingState::Running)
    } else if one.meeting.is_none() {
        tr!(words, "meeting-foreseen")
    } else {
        String::new()
    };
    let target = match one.meeting {
        Some(meeting) => Target::Meeting(meeting),
        None => Target::Foreseen(one.series?, one.day.clone()),
    };
    Some(Entry {
        title: one.title.clone(),
        when: when(words, &one.on, &one.at),
        about: joined(&[state, group_name(cx, one.group), one.place.clone()]),
        binned: false,
        target,
    })
}

fn joined(parts: &[String]) -> String {
    let parts = parts.iter().map(String::as_str);
    let parts: Vec<&str> = parts.filter(|part| !part.is_empty()).collect();
    parts.join(" · ")
}

/// A working group's name; nothing for none.
pub(super) fn group_name(cx: &Cx<'_>, group: Option<ItemId>) -> String {
    let groups = cx.net.groups.iter();
    let mut named = groups.filter(|one| Some(one.content.id) == group);
    named
        .next()
        .map(|one| one.content.name.clone())
        .unwrap_or_default()
}

/// Paints a row; true when it was chosen.
fn one(ui: &mut Ui, cx: &mut Cx<'_>, entry: &Entry, open: Option<DocId>) -> bool {
    let t = theme::tokens(ui);
    let words = cx.words;
    let chosen = matches!(entry.target, Target::Meeting(meeting) if Some(meeting) == open);
    let size = Vec2::new(ui.available_width(), ROW);
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    let name = tr!(
        words,
        "meeting-open",
        title = entry.title.clone(),
        when = entry.when.clone()
    );
    response
        .widget_info(|| egui::WidgetInfo::selected(egui::Role::Button, true, chosen, name.clone()));
    theme::row_ground(ui, rect, &response, chosen);
    let inner = rect.shrink2(Vec2::new(t.space.s, t.space.xs));
    let again = entry.binned && !cx.locked(false);
    let width = inner.width() - if again { t.size.control } else { 0.0 };
    let foreseen = matches!(entry.target, Target::Foreseen(..));
    let ink = if foreseen { t.color.muted } else { t.color.ink };
    let small = Face::Text.at(t.text.small);
    let lines = [
        (entry.title.clone(), Face::Strong.at(t.text.body), ink),
        (entry.when.clone(), small.clone(), ink),
        (entry.about.clone(), small, t.color.muted),
    ];
    theme::row_lines(ui, inner.min, (width, 1.0), lines);
    if let (true, Target::Meeting(meeting)) = (again, &entry.target) {
        let at = egui::pos2(inner.right() - t.size.control / 2.0, rect.center().y);
        let place = Rect::from_center_size(at, Vec2::splat(t.size.control));
        ui.scope_builder(egui::UiBuilder::new().max_rect(place), |ui| {
            let name = tr!(words, "page-restore", title = entry.title.clone());
            if theme::icon_button(ui, Icon::ArrowUUpLeft, name).clicked() {
                let remove = MeetingCommand::Remove {
                    network: cx.id(),
                    meeting: *meeting,
                    restore: true,
                };
                cx.send(remove.into());
            }
        });
    }
    response.clicked()
}
