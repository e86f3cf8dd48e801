//! The invitations that are still open, and those that were.

use egui::{CollapsingHeader, Ui};
use tresse_engine::{Command, InvitationState, InvitationView, MembersView};

use super::{more::bounded, on_day};
use crate::{
    theme::{self, Icon, Tone},
    tr,
    views::Cx,
};

/// Most invitations shown at first.
const FIRST: usize = 6;

/// Paints them, if there are any.
pub(super) fn ui(ui: &mut Ui, cx: &mut Cx<'_>, view: &MembersView) {
    let (open, past) = (&view.invitations, &view.past_invitations);
    if open.is_empty() && past.is_empty() {
        return;
    }
    if open.is_empty() {
        gone(ui, cx, past);
    } else {
        theme::card(ui, |ui| {
            theme::subheading(ui, tr!(cx.words, "invitations-open", count = open.len()));
            let (words, salt) = (cx.words, ("invitations", cx.id()));
            bounded(ui, words, salt, FIRST, open.len(), |ui, place| {
                line(ui, cx, &open[place], place + 1);
                came(ui, cx, &open[place]);
            });
            gone(ui, cx, past);
        });
    }
    ui.add_space(theme::tokens(ui).space.l);
}

/// Those that let nobody in any more, folded away.
fn gone(ui: &mut Ui, cx: &Cx<'_>, past: &[InvitationView]) {
    if past.is_empty() {
        return;
    }
    let head = tr!(cx.words, "invitations-past", count = past.len());
    CollapsingHeader::new(head)
        .id_salt(("past invitations", cx.id()))
        .show(ui, |ui| {
            let salt = ("past invitations", cx.id());
            bounded(ui, cx.words, salt, FIRST, past.len(), |ui, place| {
                let one = &past[place];
                theme::caption(ui, format!("{} · {}", made(cx, one), ended(cx, one)));
                came(ui, cx, one);
            });
        });
}

/// By whom an invitation was made, for how many, and when.
fn made(cx: &Cx<'_>, invitation: &InvitationView) -> String {
    let by = cx.net.members.name_of(&invitation.by);
    let when = on_day(cx.words, cx.today, invitation.made);
    let uses = invitation.uses;
    tr!(
        cx.words,
        "invitation-made",
        name = by,
        uses = uses,
        when = when
    )
}

fn ended(cx: &Cx<'_>, invitation: &InvitationView) -> String {
    match invitation.state {
        InvitationState::Used => tr!(cx.words, "invitation-used"),
        InvitationState::Closed => tr!(cx.words, "invitation-closed"),
        InvitationState::Expired | InvitationState::Open | InvitationState::Awaited => {
            tr!(cx.words, "invitation-expired")
        }
    }
}

/// Who came in by it.
fn came(ui: &mut Ui, cx: &Cx<'_>, invitation: &InvitationView) {
    if invitation.used_by.is_empty() {
        return;
    }
    let members = &cx.net.members;
    let names = invitation.used_by.iter().map(|one| members.name_of(one));
    let names = names.collect::<Vec<_>>().join(", ");
    let said = tr!(cx.words, "invitation-came", names = names);
    let t = theme::tokens(ui);
    ui.horizontal_top(|ui| {
        Icon::UserPlus.show_beside(ui, t.text.small, t.text.small, t.color.muted);
        theme::caption(ui, said);
    });
}

fn line(ui: &mut Ui, cx: &mut Cx<'_>, invitation: &InvitationView, number: usize) {
    let t = theme::tokens(ui);
    ui.horizontal_wrapped(|ui| {
        Icon::Ticket.show(ui, t.size.icon, t.color.muted);
        let by = cx.net.members.name_of(&invitation.by);
        let uses = invitation.uses;
        ui.label(tr!(cx.words, "invitation-line", name = by, uses = uses));
        if !invitation.used_by.is_empty() {
            let left = invitation.uses_left;
            theme::caption(ui, tr!(cx.words, "invitation-left", count = left));
        }
        theme::caption(ui, expiry(cx, invitation.expires));
        if invitation.awaits > 0 {
            let awaits = tr!(cx.words, "invitation-awaits", count = invitation.awaits);
            theme::status_chip(ui, Tone::Warn, awaits);
        }
        if cx.locked(false) {
            return;
        }
        if invitation.awaits > 0 && !invitation.mine {
            let name = tr!(cx.words, "invite-endorse-number", number = number);
            let endorse = theme::quiet_button(ui, tr!(cx.words, "invite-endorse"));
            if endorse.accessible_name(name).clicked() {
                cx.send(Command::InviteEndorse {
                    network: cx.id(),
                    invitation: invitation.id.clone(),
                });
            }
        }
        let revoke = tr!(cx.words, "invitation-revoke");
        let name = tr!(cx.words, "invitation-revoke-number", number = number);
        let revoke = theme::quiet_button(ui, revoke).accessible_name(name);
        if revoke.clicked() {
            cx.send(Command::InviteRevoke {
                network: cx.id(),
                invitation: invitation.id.clone(),
            });
        }
    });
}

fn expiry(cx: &Cx<'_>, expires: i64) -> String {
    const DAY: i64 = 24 * 60 * 60 * 1000;
    let left = expires - cx.now;
    if left <= 0 {
        tr!(cx.words, "invitation-expired")
    } else if left < DAY {
        tr!(cx.words, "invitation-expires-today")
    } else {
        tr!(
            cx.words,
            "invitation-expires-days",
            count = (left + DAY / 2) / DAY
        )
    }
}
