//! The invitations that are still open.

use egui::Ui;
use tresse_engine::{Command, InvitationView};

use super::more::bounded;
use crate::{
    theme::{self, Icon, Tone},
    tr,
    views::Cx,
};

/// Most invitations shown at first.
const FIRST: usize = 6;

/// Paints them, if there are any.
pub(super) fn ui(ui: &mut Ui, cx: &mut Cx<'_>, open: &[InvitationView]) {
    if open.is_empty() {
        return;
    }
    theme::card(ui, |ui| {
        theme::subheading(ui, tr!(cx.words, "invitations-open", count = open.len()));
        let (words, salt) = (cx.words, ("invitations", cx.id()));
        bounded(ui, words, salt, FIRST, open.len(), |ui, place| {
            line(ui, cx, &open[place], place + 1);
        });
    });
    ui.add_space(theme::tokens(ui).space.l);
}

fn line(ui: &mut Ui, cx: &mut Cx<'_>, invitation: &InvitationView, number: usize) {
    let t = theme::tokens(ui);
    ui.horizontal_wrapped(|ui| {
        Icon::Ticket.show(ui, t.size.icon, t.color.muted);
        let by = cx.net.members.name_of(&invitation.by);
        let uses = invitation.uses_left;
        ui.label(tr!(cx.words, "invitation-line", name = by, uses = uses));
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
