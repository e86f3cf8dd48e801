//! Who came: the sheet of one meeting, and attendance over time.

use std::collections::HashSet;

use egui::{Popup, Ui};
use tresse_engine::{
    AttendanceRow, AttendanceView, MeetingCommand, MeetingView,
    model::{Attended, AttendedCounts, MemberId},
};

use super::{
    MeetingsUi,
    page::back,
    say::{about, attended_name},
};
use crate::{
    theme::{self, Icon, Tone},
    tr,
    views::{Cx, members::near, parts::line},
};

/// What can be noted; who came instead is asked for beside.
const WORDS: [&str; 4] = ["present", "excused", "represented", "absent"];

pub(super) fn ui(ui: &mut Ui, cx: &mut Cx<'_>, view: &MeetingView, locked: bool) {
    let words = cx.words;
    let rows = &view.sheet.attendance;
    let count = |wanted: &str| {
        let said = rows.iter().filter_map(|row| row.word.as_ref());
        said.filter(|word| word.word() == wanted).count()
    };
    let unsaid = rows.iter().filter(|row| row.word.is_none()).count();
    theme::muted(
        ui,
        tr!(
            words,
            "attendance-counts",
            present = count("present"),
            represented = count("represented"),
            excused = count("excused"),
            absent = count("absent"),
            unsaid = unsaid
        ),
    );
    if !locked && unsaid > 0 && !here(cx, view).is_empty() {
        let name = tr!(words, "attendance-note-here");
        if theme::quiet_icon_button(ui, Icon::Laptop, name).clicked() {
            for member in here(cx, view) {
                let note = about(cx, view.id, |network, meeting| {
                    MeetingCommand::AttendanceNote {
                        network,
                        meeting,
                        member,
                        word: Some("present".to_owned()),
                        by: None,
                    }
                });
                cx.send(note);
            }
        }
    }
    let (salt, height) = (("attendance", view.id), theme::tokens(ui).size.control);
    near(ui, salt, rows.len(), height, |ui, place| {
        one(ui, cx, view, &rows[place], locked);
    });
    if !locked {
        guests(ui, cx, view);
    }
    theme::caption(ui, tr!(words, "attendance-hint"));
}

/// Who was not expected and came all the same: at a meeting of a working group, anybody else of the network.
fn guests(ui: &mut Ui, cx: &mut Cx<'_>, view: &MeetingView) {
    if view.content.group.is_none() {
        return;
    }
    let net = std::sync::Arc::clone(cx.net);
    let rows = &view.sheet.attendance;
    if rows.len() >= net.members.members.len() {
        return;
    }
    let name = tr!(cx.words, "attendance-guest");
    let button = theme::quiet_icon_button(ui, Icon::Plus, name);
    Popup::menu(&button).show(|ui| {
        let listed: HashSet<MemberId> = rows.iter().map(|row| row.member).collect();
        let members = net.members.members.iter();
        let others: Vec<_> = members.filter(|one| !listed.contains(&one.id)).collect();
        let name = |at: usize| (others[at].name.clone(), false);
        let width = theme::tokens(ui).size.column;
        if let Some(at) = theme::long_list(ui, width, others.len(), name) {
            let word = Some("present".to_owned());
            noted(cx, view, (others[at].id, others[at].is_me), word, None);
            ui.close();
        }
    });
}

/// Who is connected and of whom nothing is said yet.
fn here(cx: &Cx<'_>, view: &MeetingView) -> Vec<MemberId> {
    let unsaid = view
        .sheet
        .attendance
        .iter()
        .filter(|row| row.word.is_none());
    let members = cx.net.members.members.iter();
    let connected: HashSet<MemberId> = members
        .filter(|one| one.here || one.is_me)
        .map(|one| one.id)
        .collect();
    unsaid
        .map(|row| row.member)
        .filter(|member| connected.contains(member))
        .collect()
}

fn one(ui: &mut Ui, cx: &mut Cx<'_>, view: &MeetingView, row: &AttendanceRow, locked: bool) {
    let t = theme::tokens(ui);
    let words = cx.words;
    let wide = ui.available_width() >= 2.2 * t.size.column;
    if wide {
        ui.horizontal_wrapped(|ui| {
            ui.allocate_ui(egui::vec2(t.size.column, t.size.control), |ui| {
                ui.set_min_width(t.size.column);
                ui.horizontal(|ui| named(ui, cx, row));
            });
            choices(ui, cx, view, row, locked);
        });
    } else {
        ui.horizontal_wrapped(|ui| named(ui, cx, row));
        ui.horizontal_wrapped(|ui| choices(ui, cx, view, row, locked));
    }
    let key = format!("attend/{}", row.member);
    if let Some(conflict) = crate::views::fields::conflict_of(&view.content.conflicts, &key)
        && !row.own
        && !locked
    {
        let both = conflict
            .values
            .iter()
            .filter_map(|one| one.value.parse().ok());
        let both: Vec<String> = both
            .map(|word: Attended| attended_name(words, &word))
            .collect();
        let both = both.join(" / ");
        let text = tr!(words, "attendance-conflict", words = both);
        theme::message(ui, Tone::Warn, text, |_| {});
    }
}

/// Who it is.
fn named(ui: &mut Ui, cx: &Cx<'_>, row: &AttendanceRow) {
    let t = theme::tokens(ui);
    theme::avatar(ui, &row.name, t.size.control * 0.9);
    let name = if row.is_me {
        tr!(cx.words, "attendance-me", name = row.name.clone())
    } else {
        row.name.clone()
    };
    theme::strong(ui, name);
}

/// What can be noted, and whose word it is.
fn choices(ui: &mut Ui, cx: &mut Cx<'_>, view: &MeetingView, row: &AttendanceRow, locked: bool) {
    let words = cx.words;
    // Their own word can only be changed by themselves.
    if locked || row.own && !row.is_me {
        if let Some(word) = &row.word {
            theme::tag(ui, said(cx, word, &row.by));
        }
    } else {
        for word in WORDS {
            let on = row.word.as_ref().is_some_and(|said| said.word() == word);
            choice(ui, cx, view, row, word, on);
        }
    }
    if row.own {
        let said = if row.is_me {
            tr!(words, "attendance-own-me")
        } else {
            tr!(words, "attendance-own")
        };
        theme::caption(ui, said);
    }
    if let Some(noted) = &row.noted_otherwise {
        let noted = attended_name(words, noted);
        theme::caption(ui, tr!(words, "attendance-noted", word = noted));
    }
}

fn said(cx: &Cx<'_>, word: &Attended, by: &str) -> String {
    let name = attended_name(cx.words, word);
    if by.is_empty() {
        name
    } else {
        tr!(cx.words, "attended-by", word = name, name = by.to_owned())
    }
}

fn choice(
    ui: &mut Ui,
    cx: &mut Cx<'_>,
    view: &MeetingView,
    row: &AttendanceRow,
    word: &'static str,
    on: bool,
) {
    let Some(attended) = Attended::from_words(word, "") else {
        return;
    };
    let label = if on {
        said(cx, &attended, &row.by)
    } else {
        attended_name(cx.words, &attended)
    };
    let name = tr!(
        cx.words,
        "attendance-note",
        name = row.name.clone(),
        word = label.clone()
    );
    let toggle = theme::tag_toggle(ui, label, on).accessible_name(name);
    if word == "represented" && !on {
        Popup::menu(&toggle).show(|ui| instead(ui, cx, view, row));
        return;
    }
    if toggle.clicked() {
        let word = (!on).then(|| word.to_owned());
        note(cx, view, row, word, None);
    }
}

/// By whom somebody was represented.
fn instead(ui: &mut Ui, cx: &mut Cx<'_>, view: &MeetingView, row: &AttendanceRow) {
    theme::caption(ui, tr!(cx.words, "attended-by-whom"));
    let net = std::sync::Arc::clone(cx.net);
    let word = || Some("represented".to_owned());
    if ui.button(tr!(cx.words, "attended-by-nobody")).clicked() {
        note(cx, view, row, word(), None);
    }
    let width = theme::tokens(ui).size.column;
    let members = &net.members.members;
    // Who was represented stands in the list, and cannot be chosen.
    let name = |at: usize| {
        let one = members.get(at);
        let name = one.map(|one| one.name.clone()).unwrap_or_default();
        (name, one.is_some_and(|one| one.id == row.member))
    };
    let picked = theme::long_list(ui, width, members.len(), name);
    if let Some(other) = picked.and_then(|at| members.get(at)) {
        note(cx, view, row, word(), Some(other.id.to_string()));
        ui.close();
    }
}

fn note(
    cx: &mut Cx<'_>,
    view: &MeetingView,
    row: &AttendanceRow,
    word: Option<String>,
    by: Option<String>,
) {
    noted(cx, view, (row.member, row.is_me), word, by);
}

/// Notes it; of myself I say it in my own notebook.
fn noted(
    cx: &mut Cx<'_>,
    view: &MeetingView,
    (member, is_me): (MemberId, bool),
    word: Option<String>,
    by: Option<String>,
) {
    let command = if is_me {
        about(cx, view.id, |network, meeting| {
            MeetingCommand::AttendanceMine {
                network,
                meeting,
                word,
                by,
            }
        })
    } else {
        about(cx, view.id, |network, meeting| {
            MeetingCommand::AttendanceNote {
                network,
                meeting,
                member,
                word,
                by,
            }
        })
    };
    cx.send(command);
}

/// Attendance over time, in a meeting's place.
pub(super) fn over_time(meetings: &mut MeetingsUi, ui: &mut Ui, cx: &mut Cx<'_>, alone: bool) {
    let t = theme::tokens(ui);
    ui.horizontal(|ui| {
        if alone {
            back(meetings, ui, cx);
        }
        theme::title(ui, tr!(cx.words, "attendance-title"));
    });
    theme::muted(ui, tr!(cx.words, "attendance-over-time"));
    ui.add_space(t.space.s);
    if cx.net.meetings.attendance.is_empty() {
        theme::muted(ui, tr!(cx.words, "attendance-none"));
        return;
    }
    egui::ScrollArea::vertical()
        .id_salt("attendance over time")
        .auto_shrink(false)
        .show(ui, |ui| {
            ui.set_max_width(t.size.form.min(ui.available_width() - t.space.m));
            for period in &cx.net.meetings.attendance {
                self::period(ui, cx, period);
            }
        });
}

/// Attendance by year and quarter: of the network, and mine. Nobody is set against another.
pub(super) fn periods(ui: &mut Ui, cx: &Cx<'_>) {
    let periods = &cx.net.meetings.attendance;
    if periods.is_empty() {
        return;
    }
    let t = theme::tokens(ui);
    crate::views::parts::centered(ui, t.size.form, |ui| {
        theme::subheading(ui, tr!(cx.words, "attendance-title"));
        for period in periods.iter().take(10) {
            self::period(ui, cx, period);
        }
    });
}

fn period(ui: &mut Ui, cx: &Cx<'_>, period: &AttendanceView) {
    let words = cx.words;
    let name = if let Some((year, quarter)) = period.period.split_once("-Q") {
        tr!(
            words,
            "attendance-quarter",
            year = year.to_owned(),
            quarter = quarter.parse::<i64>().unwrap_or_default()
        )
    } else {
        tr!(words, "attendance-year", year = period.period.clone())
    };
    let whole = period.rate.unwrap_or_default();
    let label = tr!(
        words,
        "attendance-rate",
        rate = whole,
        count = period.meetings
    );
    line(ui, |ui| {
        theme::strong(ui, name);
        theme::muted(ui, label.as_str());
    });
    let part = whole as f32 / 100.0;
    theme::progress_bar(ui, part, ui.available_width().min(360.0), label);
    if let Some(mine) = period.mine {
        let AttendedCounts {
            expected,
            present,
            represented,
            ..
        } = mine;
        let came = present + represented;
        let mine = tr!(words, "attendance-mine", came = came, expected = expected);
        theme::caption(ui, mine);
    }
}
