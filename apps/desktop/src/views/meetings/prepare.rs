//! Before a meeting: its day, where, who facilitates, what is prepared, and finding a day.

use egui::Ui;
use tresse_engine::{
    MeetingCommand, MeetingView,
    model::{MeetingField, MeetingPart, MemberId},
};

use super::{
    MeetingsUi, dates,
    page::set,
    say::{length_of, lengths, rhythm},
};
use crate::{
    theme, tr,
    views::{
        Cx,
        fields::Field,
        parts::{columns, hang},
    },
};

/// The lengths that are offered, in minutes.
const LENGTHS: [u32; 9] = [15, 30, 45, 60, 90, 120, 150, 180, 240];

pub(super) fn ui(
    meetings: &mut MeetingsUi,
    ui: &mut Ui,
    cx: &mut Cx<'_>,
    view: &MeetingView,
    locked: bool,
) {
    let t = theme::tokens(ui);
    let words = cx.words;
    let (network, id, content) = (cx.id(), view.id, &view.content);
    let minutes = content.length.map(|length| length.to_string());
    let minutes = minutes.unwrap_or_default();
    let of_group = content.group.map(|group| group.to_string());
    let of_group = of_group.unwrap_or_default();
    let field = |key: MeetingField, name: String, value| {
        Field::new((network, id, key.key()), name, value)
            .locked(locked)
            .conflict(&content.conflicts, key.key())
    };
    let to = move |key: MeetingField| move |text: &str| set(network, id, key, text);
    let say = |value: &str| length_of(words, value);
    let options = || lengths(&LENGTHS);
    // A day in words is as long as a time and a length together.
    columns(ui, 2, |ui, number| {
        if number == 0 {
            field(MeetingField::On, tr!(words, "meeting-on"), &content.on)
                .hint(tr!(words, "date-hint"))
                .date(ui, cx, to(MeetingField::On));
            return;
        }
        columns(ui, 2, |ui, number| {
            if number == 0 {
                field(MeetingField::At, tr!(words, "meeting-at"), &content.at)
                    .hint(tr!(words, "meeting-at-hint"))
                    .line(ui, cx, to(MeetingField::At));
            } else {
                field(MeetingField::Length, tr!(words, "meeting-length"), &minutes)
                    .hint(tr!(words, "meeting-length-hint"))
                    .pick(ui, cx, &say, &options, to(MeetingField::Length));
            }
        });
    });
    columns(ui, 2, |ui, number| {
        if number == 0 {
            field(
                MeetingField::Place,
                tr!(words, "meeting-place"),
                &content.place,
            )
            .hint(tr!(words, "meeting-place-hint"))
            .line(ui, cx, to(MeetingField::Place));
            return;
        }
        let net = std::sync::Arc::clone(cx.net);
        let say = |value: &str| {
            let groups = net.groups.iter();
            let mut named = groups.filter(|one| one.content.id.to_string() == value);
            named
                .next()
                .map(|one| one.content.name.clone())
                .unwrap_or_default()
        };
        let options = || {
            let groups = net.groups.iter().filter(|one| one.open);
            let groups = groups.map(|one| one.content.id.to_string());
            std::iter::once(String::new()).chain(groups).collect()
        };
        field(MeetingField::Group, tr!(words, "meeting-group"), &of_group)
            .hint(tr!(words, "meeting-group-hint"))
            .pick(ui, cx, &say, &options, to(MeetingField::Group));
    });
    by_rule(ui, cx, view);
    ui.add_space(t.space.s);
    dates::ui(&mut meetings.dates, ui, cx, view, locked);
    ui.add_space(t.space.s);
    columns(ui, 2, |ui, number| {
        let (part, name, who) = if number == 0 {
            let name = tr!(words, "meeting-facilitators");
            (MeetingPart::Facilitator, name, &content.facilitators)
        } else {
            let name = tr!(words, "meeting-note-takers");
            (MeetingPart::Notes, name, &content.note_takers)
        };
        theme::subheading(ui, name.as_str());
        takers(ui, cx, view, part, &name, who, locked);
    });
    ui.add_space(t.space.s);
    field(
        MeetingField::Prepared,
        tr!(words, "meeting-prepared"),
        &content.prepared,
    )
    .hint(tr!(words, "meeting-prepared-hint"))
    .lines(ui, cx, 4, to(MeetingField::Prepared));
}

/// Which rule foresaw it.
fn by_rule(ui: &mut Ui, cx: &Cx<'_>, view: &MeetingView) {
    let Some(series) = view.content.series else {
        return;
    };
    let rules = cx.net.meetings.series.iter();
    let mut known = rules.filter(|one| one.content.id == series);
    if let Some(rule) = known.next() {
        let often = rhythm(cx.words, &rule.content.rhythm);
        theme::muted(ui, tr!(cx.words, "meeting-by-rule", rule = often));
    }
}

/// Who does something for the meeting, and one more.
fn takers(
    ui: &mut Ui,
    cx: &mut Cx<'_>,
    view: &MeetingView,
    part: MeetingPart,
    name: &str,
    who: &[MemberId],
    locked: bool,
) {
    let (network, meeting) = (cx.id(), view.id);
    let command = move |member: MemberId, off: bool| {
        tresse_engine::Command::from(MeetingCommand::Part {
            network,
            meeting,
            part,
            member,
            off,
        })
    };
    if who.is_empty() && locked {
        theme::muted(ui, tr!(cx.words, "meeting-nobody"));
    }
    let tags = |ui: &mut Ui, cx: &mut Cx<'_>| {
        for member in who {
            let named = cx.net.members.name_of(member);
            if locked {
                theme::tag(ui, named);
                continue;
            }
            let out = tr!(cx.words, "meeting-part-out", name = named.clone());
            if theme::removable_tag(ui, named, out) {
                cx.send(command(*member, true));
            }
        }
    };
    if !who.is_empty() {
        ui.horizontal_wrapped(|ui| tags(ui, cx));
    }
    if locked {
        return;
    }
    let net = std::sync::Arc::clone(cx.net);
    let options = || {
        let others = net.members.members.iter();
        let others = others.filter(|one| !who.contains(&one.id));
        others.map(|one| one.id.to_string()).collect()
    };
    let say = |id: &str| {
        id.parse::<MemberId>()
            .map_or_else(|_| String::new(), |id| net.members.name_of(&id))
    };
    let me = cx.app.me.member;
    hang(ui, theme::tokens(ui).space.s, |ui| {
        Field::new((network, meeting, "part", part), name.to_owned(), "")
            .hint(tr!(cx.words, "meeting-part-add"))
            .pick_cell(ui, cx, &say, &options, move |id| {
                // Only members' ids are offered.
                command(id.parse().unwrap_or(me), false)
            });
    });
}
