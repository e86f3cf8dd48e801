//! The page where a pass from my other machine is given. What follows (the code to compare, the end) is the
//! dialogue of [`views::linking`](crate::views::linking).

use egui::Ui;
use tresse_engine::{AppView, Command, LinkingState};

use super::Add;
use crate::{
    app::asks::Ask,
    i18n::I18n,
    theme::{self, Tone},
    tr,
    views::linking::{Given, pending},
};

impl Add {
    pub(super) fn link(&mut self, ui: &mut Ui, words: &I18n, app: &AppView, asks: &mut Vec<Ask>) {
        let t = theme::tokens(ui);
        self.back(ui, words);
        theme::title(ui, tr!(words, "link-this"));
        theme::muted(ui, tr!(words, "link-take-how"));
        ui.add_space(t.space.m);
        let hint = tr!(words, "pass-hint");
        self.ticket_field(ui, words, tr!(words, "pass"), hint, asks);
        ui.add_space(t.space.s);
        let hint = tr!(words, "link-label-hint");
        theme::text_field(ui, tr!(words, "link-label"), &mut self.label, hint);
        theme::caption(ui, tr!(words, "link-label-explained"));
        ui.add_space(t.space.m);
        if !app.status.online {
            theme::message(ui, Tone::Warn, tr!(words, "error-needs-network"), |_| {});
            ui.add_space(t.space.s);
        }
        let ready = !self.ticket.trim().is_empty() && !self.busy;
        let link = ui
            .add_enabled_ui(ready, |ui| {
                theme::primary_button(ui, tr!(words, "link-button"))
            })
            .inner
            .on_disabled_hover_text(tr!(words, "pass-needed"));
        if ready && link.clicked() {
            self.busy = true;
            self.problem = None;
            asks.push(Ask::AcceptLink(Given {
                ticket: self.ticket.split_whitespace().collect(),
                label: self.label.clone(),
            }));
        }
        self.say_problem(ui);
        awaited(ui, words, app, asks);
    }
}

/// A linking of this machine that waits for other members.
pub(super) fn awaited(ui: &mut Ui, words: &I18n, app: &AppView, asks: &mut Vec<Ask>) {
    let Some(view) = app.linking.as_ref().filter(|view| view.takes) else {
        return;
    };
    let LinkingState::Pending { have, need } = view.state else {
        return;
    };
    ui.add_space(theme::tokens(ui).space.s);
    theme::waiting(ui, pending(words, have, need));
    ui.horizontal_wrapped(|ui| {
        if theme::quiet_button(ui, tr!(words, "link-take-up")).clicked() {
            asks.push(Ask::TakeUpLinking);
        }
        if theme::quiet_button(ui, tr!(words, "link-give-up")).clicked() {
            asks.push(Ask::Send(Command::DeviceLinkCancel { differs: false }));
        }
    });
}
