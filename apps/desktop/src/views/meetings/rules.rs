//! The rules by which meetings come again, each with its next days.

use std::sync::Arc;

use egui::{Align, Id, Key, Layout, ScrollArea, Ui};
use jiff::civil::Weekday;
use tresse_engine::{
    Command, MeetingCommand, SeriesView,
    model::{ItemId, NetworkId, Nth, Occurrence, Rhythm, SeriesField},
};

use super::{
    MeetingsUi,
    page::back,
    say::{day_words, how_often, length_of, lengths, which_day},
};
use crate::{
    app::{asks::Ask, toast::Toast},
    theme::{self, Icon, Tone},
    tr,
    views::{
        Cx,
        fields::Field,
        parts::{button_width, columns},
    },
};

/// The lengths that are offered, in minutes.
const LENGTHS: [u32; 8] = [30, 45, 60, 90, 120, 150, 180, 240];
const WEEK: [Weekday; 7] = [
    Weekday::Monday,
    Weekday::Tuesday,
    Weekday::Wednesday,
    Weekday::Thursday,
    Weekday::Friday,
    Weekday::Saturday,
    Weekday::Sunday,
];

pub(super) fn ui(meetings: &mut MeetingsUi, ui: &mut Ui, cx: &mut Cx<'_>, alone: bool) {
    let t = theme::tokens(ui);
    let locked = cx.locked(cx.net.home.read_only);
    ui.horizontal(|ui| {
        if alone {
            back(meetings, ui, cx);
        }
        theme::title(ui, tr!(cx.words, "meetings-rules"));
    });
    theme::muted(ui, tr!(cx.words, "rules-hint"));
    if !locked {
        add(ui, cx);
    }
    ui.add_space(t.space.s);
    let net = Arc::clone(cx.net);
    if net.meetings.series.is_empty() {
        theme::muted(ui, tr!(cx.words, "rules-none"));
        return;
    }
    ScrollArea::vertical()
        .id_salt("rules")
        .auto_shrink(false)
        .show(ui, |ui| {
            ui.set_max_width((2.0 * t.size.form).min(ui.available_width() - t.space.m));
            for rule in &net.meetings.series {
                theme::card(ui, |ui| one(ui, cx, rule, locked));
                ui.add_space(t.space.s);
            }
        });
}

/// A line in which a title and Enter make a rule: every week on today's weekday, to be changed below.
fn add(ui: &mut Ui, cx: &mut Cx<'_>) {
    let t = theme::tokens(ui);
    let key = Id::unique(("new rule", cx.id()));
    let mut text = ui
        .data(|data| data.get_temp::<String>(key))
        .unwrap_or_default();
    let add = tr!(cx.words, "rule-add");
    ui.horizontal(|ui| {
        let room = ui.available_width() - button_width(ui, &add) - t.space.s;
        let entry = ui
            .add(
                theme::line_edit(&mut text)
                    .hint_text(tr!(cx.words, "rule-add-hint"))
                    .desired_width(room.clamp(0.4 * t.size.column, 1.2 * t.size.column)),
            )
            .accessible_name(tr!(cx.words, "rule-title"));
        let entered = entry.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
        let ready = !text.trim().is_empty();
        let make = ui
            .add_enabled_ui(ready, |ui| theme::primary_icon_button(ui, Icon::Plus, add))
            .inner;
        if ready && (make.clicked() || entered) && crate::views::parts::title_fits(cx, &text) {
            let title = std::mem::take(&mut text).trim().to_owned();
            let rhythm = Rhythm::Weeks {
                every: 1,
                weekday: cx.today.weekday(),
            };
            let add = MeetingCommand::SeriesAdd {
                network: cx.id(),
                title,
                rhythm: rhythm.to_string(),
                from: cx.today.to_string(),
                until: None,
                at: None,
                length: None,
                place: None,
                group: None,
            };
            cx.send(add.into());
        }
    });
    ui.data_mut(|data| data.insert_temp(key, text));
}

fn set(network: NetworkId, series: ItemId, field: SeriesField, text: &str) -> Command {
    MeetingCommand::SeriesSet {
        network,
        series,
        field,
        value: (!text.is_empty()).then(|| text.to_owned()),
    }
    .into()
}

fn one(ui: &mut Ui, cx: &mut Cx<'_>, rule: &SeriesView, locked: bool) {
    let words = cx.words;
    let one = &rule.content;
    let (network, id) = (cx.id(), one.id);
    let minutes = one.length.map(|length| length.to_string());
    let minutes = minutes.unwrap_or_default();
    let field = |key: SeriesField, name: String, value| {
        Field::new((network, id, key.key()), name, value)
            .locked(locked)
            .conflict(&one.conflicts, key.key())
    };
    let to = move |key: SeriesField| move |text: &str| set(network, id, key, text);
    field(SeriesField::Title, tr!(words, "rule-title"), &one.title)
        .needed()
        .line(ui, cx, to(SeriesField::Title));
    rhythm(ui, cx, rule, locked);
    if rule.never {
        theme::message(ui, Tone::Warn, tr!(words, "rule-never"), |_| {});
    }
    if rule.shortens {
        theme::caption(ui, tr!(words, "rule-shortens"));
    }
    columns(ui, 2, |ui, number| {
        let (key, name, value) = if number == 0 {
            (SeriesField::From, tr!(words, "rule-from"), &one.from)
        } else {
            (SeriesField::Until, tr!(words, "rule-until"), &one.until)
        };
        let date = field(key, name, value).hint(tr!(words, "date-hint"));
        let date = if number == 0 { date.needed() } else { date };
        date.date(ui, cx, to(key));
    });
    columns(ui, 3, |ui, number| match number {
        0 => {
            field(SeriesField::At, tr!(words, "meeting-at"), &one.at)
                .hint(tr!(words, "meeting-at-hint"))
                .line(ui, cx, to(SeriesField::At));
        }
        1 => {
            let say = |value: &str| length_of(words, value);
            let options = || lengths(&LENGTHS);
            field(SeriesField::Length, tr!(words, "meeting-length"), &minutes)
                .hint(tr!(words, "meeting-length-hint"))
                .pick(ui, cx, &say, &options, to(SeriesField::Length));
        }
        _ => {
            field(SeriesField::Place, tr!(words, "meeting-place"), &one.place)
                .hint(tr!(words, "meeting-place-hint"))
                .line(ui, cx, to(SeriesField::Place));
        }
    });
    days(ui, cx, rule, locked);
    if !locked
        && theme::quiet_icon_button(ui, Icon::Trash, tr!(words, "to-bin"))
            .accessible_name(tr!(words, "rule-remove", title = one.title.clone()))
            .clicked()
    {
        remove(cx, rule);
    }
}

/// How often, and on which day: two lists whose values are whole rhythms.
fn rhythm(ui: &mut Ui, cx: &mut Cx<'_>, rule: &SeriesView, locked: bool) {
    let words = cx.words;
    let one = &rule.content;
    let (network, id) = (cx.id(), one.id);
    let Ok(now) = one.rhythm.parse::<Rhythm>() else {
        // Written by a newer Tresse: shown as it is.
        theme::muted(ui, one.rhythm.as_str());
        return;
    };
    let say = |how: fn(&crate::i18n::I18n, Rhythm) -> String| {
        move |value: &str| {
            value
                .parse()
                .map_or_else(|()| String::new(), |one| how(words, one))
        }
    };
    columns(ui, 2, |ui, number| {
        let (salt, name, options): (_, _, fn(Rhythm) -> Vec<String>) = if number == 0 {
            ("often", tr!(words, "rule-often"), often_options)
        } else {
            ("which day", tr!(words, "rule-day"), day_options)
        };
        let how = if number == 0 { how_often } else { which_day };
        Field::new((network, id, salt), name, &one.rhythm)
            .locked(locked)
            .conflict(&one.conflicts, SeriesField::Rhythm.key())
            .pick(ui, cx, &say(how), &|| options(now), move |text| {
                set(network, id, SeriesField::Rhythm, text)
            });
    });
}

/// Every how often it can come, on a day as near as can be to the one that it has now.
fn often_options(now: Rhythm) -> Vec<String> {
    let (weekday, day, nth) = match now {
        Rhythm::Weeks { weekday, .. } => (weekday, 1, Nth::Number(1)),
        Rhythm::MonthDay { day, .. } => (Weekday::Tuesday, day, Nth::Number(1)),
        Rhythm::MonthWeekday { nth, weekday, .. } => (weekday, 1, nth),
    };
    let weeks = [1, 2, 3, 4, 6].map(|every| Rhythm::Weeks { every, weekday });
    let months = [1, 2, 3, 6, 12].map(|every| Rhythm::MonthDay { every, day });
    let weekdays = [1, 2, 3, 6, 12].map(|every| Rhythm::MonthWeekday {
        every,
        nth,
        weekday,
    });
    let all = weeks.into_iter().chain(weekdays).chain(months);
    let mut all: Vec<String> = all.map(|one| one.to_string()).collect();
    let now = now.to_string();
    if !all.contains(&now) {
        all.insert(0, now);
    }
    all
}

/// On which days it can come as often as it does now.
fn day_options(now: Rhythm) -> Vec<String> {
    let all: Vec<Rhythm> = match now {
        Rhythm::Weeks { every, .. } => WEEK
            .map(|weekday| Rhythm::Weeks { every, weekday })
            .to_vec(),
        Rhythm::MonthDay { every, .. } => (1..=31)
            .map(|day| Rhythm::MonthDay { every, day })
            .collect(),
        Rhythm::MonthWeekday { every, .. } => {
            let nths = (1..=4).map(Nth::Number).chain([Nth::Last]);
            nths.flat_map(|nth| {
                WEEK.map(|weekday| Rhythm::MonthWeekday {
                    every,
                    nth,
                    weekday,
                })
            })
            .collect()
        }
    };
    all.into_iter().map(|one| one.to_string()).collect()
}

/// Its next days: each can be skipped, moved, or put back.
fn days(ui: &mut Ui, cx: &mut Cx<'_>, rule: &SeriesView, locked: bool) {
    let words = cx.words;
    if rule.next.is_empty() {
        return;
    }
    theme::caption(ui, tr!(words, "rule-next"));
    for day in &rule.next {
        ui.horizontal(|ui| self::day(ui, cx, rule, day, locked));
    }
}

fn day(ui: &mut Ui, cx: &mut Cx<'_>, rule: &SeriesView, day: &Occurrence, locked: bool) {
    let t = theme::tokens(ui);
    let words = cx.words;
    let (network, series) = (cx.id(), rule.content.id);
    ui.spacing_mut().item_spacing.x = t.space.s;
    let by_rule = day_words(words, &day.day);
    let skipped = day.on.is_empty();
    let moved = !skipped && day.on != day.day;
    let text = if skipped {
        tr!(words, "rule-day-skipped", day = by_rule.clone())
    } else if moved {
        let on = day_words(words, &day.on);
        tr!(words, "rule-day-moved", day = by_rule.clone(), on = on)
    } else {
        by_rule.clone()
    };
    // One below the other, what can be done stands at one place.
    let left = Layout::left_to_right(Align::Center);
    let room = egui::vec2(t.size.column * 0.95, t.size.control);
    ui.allocate_ui_with_layout(room, left, |ui| {
        ui.set_min_width(room.x);
        if skipped {
            theme::muted(ui, text);
        } else {
            theme::paragraph(ui, text);
        }
    });
    if locked {
        return;
    }
    let change = |to: Option<String>, skip: bool| MeetingCommand::SeriesDay {
        network,
        series,
        day: day.day.clone(),
        to,
        skip,
    };
    if skipped || moved {
        let name = tr!(words, "rule-day-back", day = by_rule);
        if theme::quiet_button(ui, tr!(words, "rule-day-back-short"))
            .accessible_name(name)
            .clicked()
        {
            cx.send(change(None, false).into());
        }
        return;
    }
    let name = tr!(words, "rule-day-skip", day = by_rule.clone());
    if theme::quiet_button(ui, tr!(words, "rule-day-skip-short"))
        .accessible_name(name)
        .clicked()
    {
        cx.send(change(None, true).into());
    }
    let room = egui::vec2(t.size.column * 0.6, t.size.control);
    ui.allocate_ui_with_layout(room, left, |ui| {
        let of = day.day.clone();
        Field::new(
            (network, series, day.day.clone()),
            tr!(words, "rule-day-move", day = by_rule),
            "",
        )
        .hint(tr!(words, "rule-day-move-hint"))
        .date_cell(ui, cx, false, move |text| {
            MeetingCommand::SeriesDay {
                network,
                series,
                day: of.clone(),
                to: Some(text.to_owned()),
                skip: false,
            }
            .into()
        });
    });
}

fn remove(cx: &mut Cx<'_>, rule: &SeriesView) {
    let remove = |restore| MeetingCommand::SeriesRemove {
        network: cx.net.id,
        series: rule.content.id,
        restore,
    };
    let (gone, back) = (remove(false), remove(true));
    cx.send(gone.into());
    let told = Toast::new(
        Tone::Neutral,
        tr!(cx.words, "removed", what = rule.content.title.clone()),
    );
    let told = told.with(tr!(cx.words, "bring-back"), Ask::Send(back.into()));
    cx.ask(Ask::Tell(told));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_choice_of_a_rhythm_is_one_and_the_present_one_is_among_them() {
        for now in ["5 weeks tue", "1 months day 31", "2 months last fri"] {
            let rhythm: Rhythm = now.parse().unwrap();
            for options in [often_options(rhythm), day_options(rhythm)] {
                assert!(options.iter().all(|one| one.parse::<Rhythm>().is_ok()));
                assert!(options.contains(&now.to_owned()), "{now}");
            }
        }
    }
}
