//! The dialogue that makes an invitation: for how many, for how long; then the ticket as text and as a QR code, with
//! what one should know before handing it on.

use egui::Ui;

use crate::{
    app::{asks::Ask, text::file_name},
    theme::{self, Icon, Tone},
    tr,
    views::{Cx, parts::dialogue, ticket::Ticket},
};

const DAY: u64 = 24 * 60 * 60;

/// What the dialogue remembers.
pub struct Invite {
    uses: u32,
    days: u64,
    making: bool,
    made: Option<Ticket>,
    /// The code fills the window.
    large: bool,
}

impl Default for Invite {
    fn default() -> Self {
        Self {
            uses: 1,
            days: 7,
            making: false,
            made: None,
            large: false,
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

    /// Paints the dialogue; true when it should be closed.
    pub fn dialogue(&mut self, ctx: &egui::Context, cx: &mut Cx<'_>) -> bool {
        let title = tr!(cx.words, "invite-title", name = cx.net.name.clone());
        if let Some(made) = self.made.as_ref().filter(|_| self.large) {
            let name = tr!(cx.words, "ticket-code");
            self.large = !made.large(ctx, cx.words, title, name);
            return false;
        }
        dialogue(ctx, "invite", title, |ui| match &self.made {
            None => self.ask(ui, cx),
            Some(made) => self.large |= show(ui, cx, made),
        })
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

/// Paints the ticket; true when it should be shown large.
fn show(ui: &mut Ui, cx: &mut Cx<'_>, ticket: &Ticket) -> bool {
    let t = theme::tokens(ui);
    let words = cx.words;
    theme::muted(ui, tr!(words, "ticket-how"));
    let height = ui.ctx().content_rect().height();
    let most = (height * 0.38).clamp(t.size.column * 0.7, t.size.column * 1.4);
    ticket.code_in_the_middle(ui, most, tr!(words, "ticket-code"));
    ticket.letters(ui, 2, tr!(words, "ticket-text"));
    let mut large = false;
    ui.horizontal_wrapped(|ui| {
        let file = tr!(words, "ticket-file-name", name = file_name(&cx.net.name));
        ticket.buttons(ui, words, file.trim(), Some(&mut large), cx.asks);
        if theme::quiet_button(ui, tr!(words, "done-button")).clicked() {
            cx.ask(Ask::Close);
        }
    });
    theme::caption(ui, tr!(words, "ticket-keep-on"));
    large
}
