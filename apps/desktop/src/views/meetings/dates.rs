//! Finding a day: what is proposed, what each can, and which one it becomes.

use std::ops::Range;

use egui::{Grid, Ui};
use tresse_engine::{
    DateRow, MeetingCommand, MeetingView,
    model::{Can, DateOption, MeetingState},
};

use super::say::{about, can_name, when};
use crate::{
    app::text::cut,
    theme::{self, Icon, Tone},
    tr,
    views::{
        Cx,
        members::near,
        parts::{line, sideways},
    },
};

/// What is being typed for a day to propose.
#[derive(Default)]
pub(super) struct DatesUi {
    on: String,
    at: String,
    shown: bool,
    /// Why what was typed cannot be proposed, as an error's code.
    wrong: Option<&'static str>,
    /// The first day is to be written next.
    focus: bool,
}

impl DatesUi {
    /// A day is looked for, where none has been proposed yet.
    pub(super) fn begun() -> Self {
        Self {
            shown: true,
            focus: true,
            ..Self::default()
        }
    }
}

pub(super) fn ui(
    dates: &mut DatesUi,
    ui: &mut Ui,
    cx: &mut Cx<'_>,
    view: &MeetingView,
    locked: bool,
) {
    let words = cx.words;
    let rows = &view.sheet.dates;
    let open = view.content.state == MeetingState::Planned;
    if rows.is_empty() && !dates.shown {
        if open
            && !locked
            && theme::quiet_icon_button(ui, Icon::CalendarBlank, tr!(words, "dates-look-for"))
                .clicked()
        {
            dates.shown = true;
        }
        return;
    }
    theme::subheading(ui, tr!(words, "dates-title"));
    if view.content.on.is_empty() {
        theme::muted(ui, tr!(words, "dates-hint"));
    }
    let (salt, height) = (("days", view.id), 3.0 * theme::tokens(ui).size.control);
    near(ui, salt, rows.len(), height, |ui, place| {
        one(ui, cx, view, &rows[place], open, locked);
    });
    if open && !locked {
        propose(dates, ui, cx, view);
    }
    if rows.iter().any(|row| row.unsaid < row.answers.len()) {
        table(ui, cx, view);
    }
}

/// A day: what I can, the counts, and choosing it.
fn one(ui: &mut Ui, cx: &mut Cx<'_>, view: &MeetingView, row: &DateRow, open: bool, locked: bool) {
    let words = cx.words;
    let DateOption { on, at } = row.option.clone();
    let day = when(words, &on, &at);
    theme::card(ui, |ui| {
        line(ui, |ui| {
            theme::strong(ui, day.as_str());
            if view.content.on == on && view.content.at == at {
                theme::status_chip(ui, Tone::Good, tr!(words, "dates-chosen"));
            }
            let counts = tr!(
                words,
                "dates-counts",
                yes = row.yes,
                maybe = row.maybe,
                no = row.no,
                unsaid = row.unsaid
            );
            theme::muted(ui, counts);
        });
        ui.horizontal_wrapped(|ui| {
            if !cx.locked(false) {
                answers(ui, cx, view, row, &day);
            }
            if !open || locked {
                return;
            }
            let chosen = view.content.on == on && view.content.at == at;
            let name = tr!(words, "dates-choose", day = day.clone());
            if !chosen
                && theme::quiet_button(ui, tr!(words, "dates-choose-short"))
                    .accessible_name(name)
                    .clicked()
            {
                let (on, at) = (on.clone(), at.clone());
                let choose = about(cx, view.id, |network, meeting| MeetingCommand::Choose {
                    network,
                    meeting,
                    on,
                    at,
                });
                cx.send(choose);
            }
            let name = tr!(words, "dates-take-out", day = day.clone());
            if theme::icon_button(ui, Icon::X, name).clicked() {
                let out = about(cx, view.id, |network, meeting| MeetingCommand::Option {
                    network,
                    meeting,
                    on,
                    at,
                    off: true,
                });
                cx.send(out);
            }
        });
    });
}

/// What I say of a day.
fn answers(ui: &mut Ui, cx: &mut Cx<'_>, view: &MeetingView, row: &DateRow, day: &str) {
    for can in [Can::Yes, Can::Maybe, Can::No] {
        let on = row.mine == Some(can);
        let word = can_name(cx.words, can);
        let name = tr!(
            cx.words,
            "dates-answer",
            day = day.to_owned(),
            answer = word.clone()
        );
        if theme::tag_toggle(ui, word, on)
            .accessible_name(name)
            .clicked()
        {
            let DateOption { on: day, at } = row.option.clone();
            let say = about(cx, view.id, |network, meeting| {
                MeetingCommand::AvailabilitySet {
                    network,
                    meeting,
                    on: day,
                    at,
                    answer: (!on).then_some(can),
                }
            });
            cx.send(say);
        }
    }
}

fn propose(dates: &mut DatesUi, ui: &mut Ui, cx: &mut Cx<'_>, view: &MeetingView) {
    let t = theme::tokens(ui);
    let words = cx.words;
    ui.horizontal_wrapped(|ui| {
        let day = ui
            .add(
                theme::line_edit(&mut dates.on)
                    .hint_text(tr!(words, "date-hint"))
                    .desired_width(t.size.column * 0.8),
            )
            .accessible_name(tr!(words, "dates-new-day"));
        if std::mem::take(&mut dates.focus) {
            day.request_focus();
        }
        let time = ui
            .add(
                theme::line_edit(&mut dates.at)
                    .hint_text(tr!(words, "meeting-at-hint"))
                    .desired_width(t.size.column * 0.3),
            )
            .accessible_name(tr!(words, "dates-new-time"));
        let enter = ui.input(|input| input.key_pressed(egui::Key::Enter));
        let entered = enter && (day.lost_focus() || time.lost_focus());
        let propose = theme::quiet_icon_button(ui, Icon::Plus, tr!(words, "dates-propose"));
        if !(propose.clicked() || entered) || dates.on.trim().is_empty() {
            return;
        }
        let read = crate::app::dates::parse(&dates.on, cx.today);
        let hour = crate::app::dates::time(&dates.at);
        let at = hour.map_or_else(String::new, |hour| hour.strftime("%H:%M").to_string());
        // What cannot be read stays where it was written.
        dates.wrong = match read {
            None => Some("bad-date"),
            Some(_) if hour.is_none() && !dates.at.trim().is_empty() => Some("bad-time"),
            Some(_) => None,
        };
        let Some(on) = read.filter(|_| dates.wrong.is_none()) else {
            return;
        };
        let proposed = about(cx, view.id, |network, meeting| MeetingCommand::Option {
            network,
            meeting,
            on: on.to_string(),
            at,
            off: false,
        });
        cx.send(proposed);
        dates.on.clear();
        day.request_focus();
    });
    if let Some(wrong) = dates.wrong {
        let sentence = crate::app::errors::sentence(words, wrong, "");
        theme::message(ui, Tone::Bad, sentence, |_| {});
    }
}

/// Who can when. Of many, only those in sight are laid out, below the days.
fn table(ui: &mut Ui, cx: &Cx<'_>, view: &MeetingView) {
    let t = theme::tokens(ui);
    ui.add_space(t.space.s);
    let people = view.sheet.dates.first();
    let people = people.map_or(0, |row| row.answers.len());
    let row = t.size.icon_large;
    let each = row + t.space.xs;
    let seen = in_sight(ui, people, each);
    ui.add_space(seen.start as f32 * each);
    sideways(ui, "who can when")
        .auto_shrink([false, true])
        .show(ui, |ui| {
            Grid::new("who can when")
                .striped(true)
                .min_row_height(row)
                .spacing([t.space.l, t.space.xs])
                .start_row(seen.start)
                .show(ui, |ui| answers_of(ui, cx, view, seen.clone()));
        });
    ui.add_space((people - seen.end) as f32 * each);
}

/// Which of so many rows, each so high, are in sight from here on: of a few, all.
fn in_sight(ui: &Ui, rows: usize, each: f32) -> Range<usize> {
    const FEW: usize = 60;
    if rows <= FEW {
        return 0..rows;
    }
    let (top, clip) = (ui.cursor().top(), ui.clip_rect());
    let above = ((clip.top() - top) / each).floor().max(0.0) as usize;
    let shown = (clip.height() / each).ceil() as usize + 2;
    let start = above.min(rows.saturating_sub(shown));
    start..(start + shown).min(rows)
}

fn answers_of(ui: &mut Ui, cx: &Cx<'_>, view: &MeetingView, seen: Range<usize>) {
    let words = cx.words;
    theme::table_header(ui, tr!(words, "dates-who"));
    for row in &view.sheet.dates {
        let day = words.date_short(&row.option.on);
        let day = format!("{day} {}", row.option.at);
        theme::table_header(ui, day.trim().to_owned());
    }
    ui.end_row();
    let people = view.sheet.dates.first();
    let people = people.map(|row| row.answers.as_slice()).unwrap_or_default();
    for at in seen {
        let name = people.get(at).map_or("", |who| who.name.as_str());
        ui.add(egui::Label::new(cut(name, 40)).extend());
        for row in &view.sheet.dates {
            let said = row.answers.get(at).and_then(|one| one.answer);
            match said {
                Some(can) => ui.add(egui::Label::new(can_name(words, can)).extend()),
                None => theme::muted(ui, "—"),
            };
        }
        ui.end_row();
    }
}
