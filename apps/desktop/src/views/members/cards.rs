//! The other members' cards.

use egui::{Popup, Ui};
use tresse_engine::{CaseAbout, CaseView, MemberView, model::Photo};

use super::{Decision, cases, machines, more::bounded, on_day};
use crate::{
    app::asks::{Ask, Dialogue},
    i18n::I18n,
    theme::{self, Icon, Tone},
    tr,
    views::{Cx, parts::columns},
};

/// Most rows of cards shown at first.
const FIRST: usize = 12;

/// Paints them, side by side as the width allows.
pub(super) fn ui(ui: &mut Ui, cx: &mut Cx<'_>, members: &[&MemberView]) {
    let t = theme::tokens(ui);
    let count = ((ui.available_width() / (t.size.column * 1.2)) as usize).clamp(1, 3);
    let rows: Vec<&[&MemberView]> = members.chunks(count).collect();
    let (words, salt) = (cx.words, ("cards", cx.id()));
    bounded(ui, words, salt, FIRST, rows.len(), |ui, place| {
        columns(ui, count, |ui, number| {
            if let Some(member) = rows[place].get(number) {
                card(ui, cx, member);
            }
        });
        ui.add_space(t.space.s);
    });
}

/// A member's engagement in words; what is none of the known ones is said as it is.
pub(in crate::views) fn engagement_name(words: &I18n, word: &str) -> String {
    match word {
        "volunteer" => tr!(words, "engagement-volunteer"),
        "employee" => tr!(words, "engagement-employee"),
        other => other.to_owned(),
    }
}

fn card(ui: &mut Ui, cx: &mut Cx<'_>, member: &MemberView) {
    theme::card(ui, |ui| {
        head(ui, cx, member);
        if member.here {
            theme::status_chip(ui, Tone::Good, tr!(cx.words, "member-here"));
        }
        for (label, text) in [
            (tr!(cx.words, "profile-brings-short"), &member.brings),
            (tr!(cx.words, "profile-expects-short"), &member.expects),
        ] {
            if !text.is_empty() {
                theme::caption(ui, label);
                theme::paragraph(ui, text.as_str());
            }
        }
        if !member.added_value.trim().is_empty() {
            theme::caption(ui, tr!(cx.words, "profile-added-value-short"));
            theme::paragraph(ui, member.added_value.as_str());
            if !member.added_value_on.is_empty() {
                let date = cx.words.date_short(&member.added_value_on);
                theme::caption(ui, tr!(cx.words, "profile-added-value-read", date = date));
            }
        }
        let since = on_day(cx.words, cx.today, member.since);
        let line = if let Some(by) = member.admitted_by {
            let by = cx.net.members.name_of(&by);
            tr!(cx.words, "member-admitted", name = by, when = since)
        } else {
            tr!(cx.words, "member-founder", when = since)
        };
        theme::caption(ui, line);
        machines::ui(ui, cx, &member.machines, false);
        if let Some(case) = removal(cx, member) {
            let (count, need) = (case.consents.len(), case.need);
            let line = tr!(cx.words, "consents-short", count = count, need = need);
            theme::caption(ui, line);
        }
    });
}

fn head(ui: &mut Ui, cx: &mut Cx<'_>, member: &MemberView) {
    let t = theme::tokens(ui);
    ui.horizontal_top(|ui| {
        let photo = member.photo.as_ref().map(Photo::bytes);
        theme::portrait(ui, &member.name, photo, t.size.avatar);
        let room = t.size.control + ui.spacing().item_spacing.x;
        let width = ui.available_width() - room;
        ui.vertical(|ui| {
            ui.set_width(width);
            ui.spacing_mut().item_spacing.y = 0.0;
            theme::strong(ui, member.name.as_str());
            let place = [
                member.organisation.clone(),
                engagement_name(cx.words, &member.engagement),
            ]
            .into_iter()
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join(" · ");
            if !place.is_empty() {
                theme::caption(ui, place);
            }
        });
        if cx.net.members.writable {
            menu(ui, cx, member);
        }
    });
}

fn menu(ui: &mut Ui, cx: &mut Cx<'_>, member: &MemberView) {
    let name = tr!(cx.words, "member-more", name = member.name.clone());
    let button = theme::icon_button(ui, Icon::DotsThree, name);
    let case = removal(cx, member);
    let mine = case.is_some_and(|case| case.mine);
    let (words, proposed) = (cx.words, case.is_some());
    Popup::menu(&button).show(|ui| {
        let inside = member.machines.iter().find(|one| one.ended.is_none());
        if let Some(machine) = inside
            && theme::quiet_icon_button(ui, Icon::Export, tr!(words, "command-export")).clicked()
        {
            let dialogue = Dialogue::Carry(cx.id(), Some(machine.device));
            cx.ask(Ask::Show(dialogue));
            ui.close();
        }
        if mine {
            theme::caption(ui, tr!(words, "case-mine"));
            return;
        }
        let label = if proposed {
            tr!(words, "consent-too")
        } else {
            tr!(words, "remove")
        };
        if theme::quiet_button(ui, label).clicked() {
            let decision = Decision::Remove(member.id);
            cx.ask(Ask::Show(Dialogue::Decide(cx.id(), decision)));
            ui.close();
        }
    });
}

/// The proposal to remove this member that is under way, if there is one.
fn removal<'a>(cx: &Cx<'a>, member: &MemberView) -> Option<&'a CaseView> {
    cases::pending(&cx.net.members).find(
        |case| matches!(&case.about, CaseAbout::Removal { member: who, .. } if *who == member.id),
    )
}
