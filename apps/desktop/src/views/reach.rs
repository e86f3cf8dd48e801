//! Meeting by an address: this machine's, to be given away, and another's, to be typed; and who answered there.

use egui::{TextEdit, Ui};
use tresse_engine::{AppView, ReachState};

use super::{parts::columns, ticket::Ticket};
use crate::{
    app::{
        asks::{Ask, Pick},
        errors,
    },
    i18n::I18n,
    theme::{self, Icon, Tone},
    tr,
};

/// How wide the code is at the most, in widths of a form's field.
const CODE: f32 = 0.6;

/// This machine's address, as the engine gave it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnAddress {
    /// The text to hand over.
    pub address: String,
    /// The same in the letters that make the smallest code.
    pub qr: String,
    /// The same to be typed, `IP:PORT` each.
    pub places: Vec<String>,
}

/// What the dialogue remembers.
#[derive(Default)]
pub struct Reach {
    mine: Option<(OwnAddress, Ticket)>,
    /// The addresses that this machine had when its own was asked for.
    asked_at: Option<Vec<String>>,
    typed: String,
    busy: bool,
    problem: Option<String>,
    /// The address whose fate is shown.
    number: Option<u64>,
}

impl Reach {
    /// From the beginning, with this text in the field.
    pub fn begins_with(typed: String) -> Self {
        Self {
            typed,
            ..Self::default()
        }
    }

    /// The engine said where this machine is.
    pub fn own(&mut self, ctx: &egui::Context, own: OwnAddress) {
        let ticket = Ticket::new(ctx, own.address.clone(), &own.qr);
        self.mine = Some((own, ticket));
    }

    /// The engine dials, under this number.
    pub fn dialled(&mut self, number: u64) {
        self.busy = false;
        self.problem = None;
        self.number = Some(number);
    }

    /// The engine refused what was given.
    pub fn failed(&mut self, problem: String) {
        self.busy = false;
        self.problem = Some(problem);
        self.number = None;
    }

    /// Paints it.
    pub fn ui(&mut self, ui: &mut Ui, words: &I18n, app: &AppView, asks: &mut Vec<Ask>) {
        let t = theme::tokens(ui);
        if self.asked_at.as_ref() != Some(&app.status.addresses) {
            self.asked_at = Some(app.status.addresses.clone());
            asks.push(Ask::OwnAddress);
        }
        theme::paragraph(ui, tr!(words, "reach-explained"));
        ui.add_space(t.space.s);
        columns(ui, 2, |ui, column| {
            if column == 0 {
                self.mine(ui, words, asks);
            } else {
                self.other(ui, words, app, asks);
            }
        });
        ui.add_space(t.space.s);
        if theme::quiet_button(ui, tr!(words, "close")).clicked() {
            asks.push(Ask::Close);
        }
    }

    fn mine(&self, ui: &mut Ui, words: &I18n, asks: &mut Vec<Ask>) {
        let t = theme::tokens(ui);
        theme::subheading(ui, tr!(words, "reach-mine"));
        let Some((own, ticket)) = &self.mine else {
            return;
        };
        if own.places.is_empty() {
            theme::message(ui, Tone::Warn, tr!(words, "reach-mine-none"), |_| {});
            return;
        }
        theme::caption(ui, tr!(words, "reach-mine-explained"));
        for place in &own.places {
            theme::strong(ui, place.as_str());
        }
        ui.add_space(t.space.xs);
        ticket.code(ui, t.size.form * CODE, tr!(words, "reach-code"));
        ui.add_space(t.space.xs);
        ui.horizontal_wrapped(|ui| {
            let file = tr!(words, "reach-file-name");
            ticket.buttons(ui, words, &file, None, asks);
        });
    }

    fn other(&mut self, ui: &mut Ui, words: &I18n, app: &AppView, asks: &mut Vec<Ask>) {
        let t = theme::tokens(ui);
        theme::subheading(ui, tr!(words, "reach-other"));
        let hint = tr!(words, "reach-field-hint");
        theme::field(ui, tr!(words, "reach-field"), |ui| {
            ui.add(
                TextEdit::multiline(&mut self.typed)
                    .hint_text(hint)
                    .desired_rows(2)
                    .desired_width(f32::INFINITY),
            )
        });
        ui.add_space(t.space.xs);
        let ready = !self.typed.trim().is_empty() && !self.busy;
        let meet = ui
            .add_enabled_ui(ready, |ui| {
                theme::primary_button(ui, tr!(words, "reach-button"))
            })
            .inner
            .on_disabled_hover_text(tr!(words, "reach-needed"));
        if ready && meet.clicked() {
            self.busy = true;
            self.problem = None;
            asks.push(Ask::Meet(self.typed.split_whitespace().collect()));
        }
        if theme::quiet_icon_button(ui, Icon::FolderOpen, tr!(words, "reach-file")).clicked() {
            asks.push(Ask::Pick(Pick::Import(None)));
        }
        ui.add_space(t.space.xs);
        if let Some(problem) = &self.problem {
            theme::message(ui, Tone::Bad, problem.as_str(), |_| {});
        }
        self.outcome(ui, words, app);
    }

    /// Who answered, or why nobody did.
    fn outcome(&self, ui: &mut Ui, words: &I18n, app: &AppView) {
        let reach = app.reach.as_ref();
        let Some(reach) = reach.filter(|reach| Some(reach.number) == self.number) else {
            return;
        };
        match &reach.state {
            ReachState::Reaching => {
                theme::waiting(ui, tr!(words, "reach-reaching"));
            }
            ReachState::Answered { name, tells, .. } => {
                let name = name.clone();
                let said = if *tells {
                    tr!(words, "reach-answered", name = name)
                } else {
                    tr!(words, "reach-answered-alone", name = name)
                };
                theme::message(ui, Tone::Good, said, |_| {});
            }
            ReachState::Nobody { code, message } => {
                let said = errors::sentence(words, code, message);
                theme::message(ui, Tone::Warn, said, |_| {});
                theme::caption(ui, tr!(words, "reach-goes-on"));
            }
        }
    }
}
