//! The dialogue that makes an invitation: for how many, for how long; then the ticket as text and as a QR code, with
//! what one should know before handing it on.

use egui::Ui;

use crate::{
    app::asks::Ask,
    theme::{self, Icon, Tone},
    tr,
    views::{Cx, ticket::Ticket},
};

const DAY: u64 = 24 * 60 * 60;

/// What the dialogue remembers.
pub struct Invite {
    uses: u32,
    days: u64,
    making: bool,
    made: Option<Ticket>,
}

impl Default for Invite {
    fn default() -> Self {
        Self {
            uses: 1,
            days: 7,
            making: false,
            made: None,
        }
    }
}

impl Invite {
    /// The engine made the invitation; `qr` is the ticket in the letters that make the smallest code.
    pub fn made(&mut self, ctx: &egui::Context, ticket: String, qr: &str) {
        self.making = false;
        self.made = Some(Ticket::new(ctx, ticket, qr));
    }

    /// The engine refused.
    pub fn failed(&mut self) {
        self.making = false;
    }

    /// Paints the dialogue's inside.
    pub fn ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        match &self.made {
            None => self.ask(ui, cx),
            Some(made) => show(ui, cx, made),
        }
    }

    fn ask(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        let t = theme::tokens(ui);
        let words = cx.words;
        theme::muted(ui, tr!(words, "invite-explained"));
        ui.add_space(t.space.xs);
        let uses =
            [1_u32, 2, 5, 10, 30].map(|uses| (uses, tr!(words, "invite-uses-count", count = uses)));
        theme::choice(ui, tr!(words, "invite-uses"), &mut self.uses, &uses);
        let days = [1_u64, 7, 30, 90].map(|days| (days, tr!(words, "invite-days", count = days)));
        theme::choice(ui, tr!(words, "invite-expiry"), &mut self.days, &days);
        ui.add_space(t.space.s);
        theme::message(ui, Tone::Warn, tr!(words, "invite-warning"), |_| {});
        let others = cx.net.members.rules.invite.saturating_sub(1);
        if others > 0 {
            let several = tr!(words, "invite-several", count = others);
            theme::message(ui, Tone::Neutral, several, |_| {});
        }
        if !cx.app.status.online {
            theme::message(ui, Tone::Warn, tr!(words, "invite-offline"), |_| {});
        }
        ui.add_space(t.space.s);
        ui.horizontal(|ui| {
            let make = ui
                .add_enabled_ui(!self.making, |ui| {
                    theme::primary_icon_button(ui, Icon::Ticket, tr!(words, "invite-make"))
                })
                .inner;
            if make.clicked() {
                self.making = true;
                cx.ask(Ask::MakeInvitation {
                    network: cx.id(),
                    uses: self.uses,
                    expires_in: self.days * DAY,
                });
            }
            if theme::quiet_button(ui, tr!(words, "cancel")).clicked() {
                cx.ask(Ask::Close);
            }
        });
    }
}

fn show(ui: &mut Ui, cx: &mut Cx<'_>, ticket: &Ticket) {
    let t = theme::tokens(ui);
    let words = cx.words;
    theme::muted(ui, tr!(words, "ticket-how"));
    ui.vertical_centered(|ui| {
        let height = ui.ctx().content_rect().height();
        let most = (height * 0.42).clamp(t.size.column * 0.7, t.size.column * 1.4);
        ticket.code(ui, most, tr!(words, "ticket-code"));
    });
    ticket.letters(ui, 2, tr!(words, "ticket-text"));
    ui.horizontal_wrapped(|ui| {
        ticket.buttons(ui, words, &tr!(words, "ticket-file-name"), cx.asks);
        if theme::quiet_button(ui, tr!(words, "done-button")).clicked() {
            cx.ask(Ask::Close);
        }
    });
    theme::caption(ui, tr!(words, "ticket-keep-on"));
}
