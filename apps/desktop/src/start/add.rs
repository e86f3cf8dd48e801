//! Three ways to a network: create one, join one with a ticket, look around in the demo.

use egui::{TextEdit, Ui};
use tresse_engine::{AppView, JoinState, model::NetworkId};

use super::kinds::Kind;
use crate::{
    app::{
        asks::{Ask, Pick},
        errors,
        place::{Place, Tab},
    },
    i18n::I18n,
    theme::{self, Icon, Tone},
    tr,
};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Way {
    #[default]
    Choice,
    Create,
    Join,
}

/// What the choice remembers.
#[derive(Default)]
pub struct Add {
    way: Way,
    name: String,
    kind: Option<Kind>,
    ticket: String,
    busy: bool,
    problem: Option<String>,
    joining: Option<NetworkId>,
}

impl Add {
    /// From the beginning.
    pub fn reset(&mut self) {
        let joining = self.joining;
        *self = Self {
            joining,
            ..Self::default()
        };
    }

    /// The page where a ticket is given.
    pub fn to_join(&mut self) {
        self.way = Way::Join;
    }

    /// Something was asked of the engine and failed.
    pub fn failed(&mut self, problem: String) {
        self.busy = false;
        self.problem = Some(problem);
    }

    /// A ticket was read from a file.
    pub fn ticket(&mut self, ticket: String) {
        self.way = Way::Join;
        self.ticket = ticket;
        self.busy = false;
        self.problem = None;
    }

    /// The engine is asking to be let in.
    pub fn joining(&mut self, network: Option<NetworkId>) {
        self.busy = false;
        self.problem = None;
        self.joining = network;
    }

    /// Paints it.
    pub fn ui(&mut self, ui: &mut Ui, words: &I18n, app: &AppView, asks: &mut Vec<Ask>) {
        let t = theme::tokens(ui);
        theme::page(ui, "add", t.size.reading, |ui| match self.way {
            Way::Choice => self.choice(ui, words, app, asks),
            Way::Create => self.create(ui, words, asks),
            Way::Join => self.join(ui, words, app, asks),
        });
    }

    fn choice(&mut self, ui: &mut Ui, words: &I18n, app: &AppView, asks: &mut Vec<Ask>) {
        let t = theme::tokens(ui);
        if app.networks.is_empty() {
            theme::title(ui, tr!(words, "hello-name", name = app.me.name.clone()));
        } else {
            theme::title(ui, tr!(words, "add-title"));
        }
        theme::muted(ui, tr!(words, "add-explained"));
        ui.add_space(t.space.l);
        let ways = [
            (
                Icon::ShareNetwork,
                tr!(words, "add-create"),
                tr!(words, "add-create-explained"),
            ),
            (
                Icon::Ticket,
                tr!(words, "add-join"),
                tr!(words, "add-join-explained"),
            ),
            (
                Icon::Binoculars,
                tr!(words, "add-demo"),
                tr!(words, "add-demo-explained"),
            ),
        ];
        for (place, (icon, name, explained)) in ways.into_iter().enumerate() {
            let card = theme::card_button(ui, name.as_str(), |ui| {
                ui.horizontal(|ui| {
                    icon.show(ui, t.size.icon_large * 1.4, t.color.accent);
                    ui.add_space(t.space.s);
                    ui.vertical(|ui| {
                        ui.spacing_mut().item_spacing.y = t.space.xs;
                        theme::subheading(ui, name.as_str());
                        theme::muted(ui, explained);
                    });
                });
            });
            if card.response.clicked() && !self.busy {
                self.problem = None;
                match place {
                    0 => self.way = Way::Create,
                    1 => self.way = Way::Join,
                    _ => {
                        self.busy = true;
                        asks.push(Ask::Demo);
                    }
                }
            }
            ui.add_space(t.space.s);
        }
        if self.busy {
            ui.horizontal(|ui| {
                ui.spinner();
                theme::muted(ui, tr!(words, "demo-making"));
            });
        }
        self.say_problem(ui);
    }

    fn back(&mut self, ui: &mut Ui, words: &I18n) {
        if theme::quiet_icon_button(ui, Icon::ArrowLeft, tr!(words, "back")).clicked() {
            self.way = Way::Choice;
            self.problem = None;
        }
        ui.add_space(theme::tokens(ui).space.s);
    }

    fn say_problem(&self, ui: &mut Ui) {
        if let Some(problem) = &self.problem {
            ui.add_space(theme::tokens(ui).space.s);
            theme::message(ui, Tone::Bad, problem.as_str(), |_| {});
        }
    }

    fn create(&mut self, ui: &mut Ui, words: &I18n, asks: &mut Vec<Ask>) {
        let t = theme::tokens(ui);
        self.back(ui, words);
        theme::title(ui, tr!(words, "create-title"));
        theme::muted(ui, tr!(words, "create-explained"));
        ui.add_space(t.space.m);
        let hint = tr!(words, "network-name-hint");
        let name = theme::text_field(ui, tr!(words, "network-name"), &mut self.name, hint);
        let entered = name.lost_focus() && ui.input(|input| input.key_pressed(egui::Key::Enter));
        ui.add_space(t.space.m);
        theme::subheading(ui, tr!(words, "create-kind"));
        theme::caption(ui, tr!(words, "create-kind-explained"));
        ui.add_space(t.space.xs);
        for kind in Kind::ALL {
            let chosen = self.kind == Some(kind);
            if kind_choice(ui, chosen, &kind.name(words), kind.explained(words)) {
                self.kind = if chosen { None } else { Some(kind) };
            }
        }
        if kind_choice(
            ui,
            self.kind.is_none(),
            &tr!(words, "kind-open"),
            tr!(words, "kind-open-explained"),
        ) {
            self.kind = None;
        }
        ui.add_space(t.space.m);
        let ready = !self.name.trim().is_empty() && !self.busy;
        let create = ui
            .add_enabled_ui(ready, |ui| {
                theme::primary_button(ui, tr!(words, "create-button"))
            })
            .inner
            .on_disabled_hover_text(tr!(words, "network-name-needed"));
        if ready && (create.clicked() || entered) {
            self.busy = true;
            self.problem = None;
            asks.push(Ask::Create {
                name: self.name.trim().to_owned(),
                kind: self.kind.map(Kind::word),
            });
        }
        self.say_problem(ui);
    }

    fn join(&mut self, ui: &mut Ui, words: &I18n, app: &AppView, asks: &mut Vec<Ask>) {
        let t = theme::tokens(ui);
        self.back(ui, words);
        theme::title(ui, tr!(words, "join-title"));
        theme::muted(ui, tr!(words, "join-explained"));
        ui.add_space(t.space.m);
        theme::field(ui, tr!(words, "join-ticket"), |ui| {
            ui.add(
                TextEdit::multiline(&mut self.ticket)
                    .hint_text(tr!(words, "join-ticket-hint"))
                    .font(egui::TextStyle::Monospace)
                    .desired_rows(4)
                    .desired_width(f32::INFINITY),
            )
        });
        ui.horizontal_wrapped(|ui| {
            if theme::quiet_icon_button(ui, Icon::FolderOpen, tr!(words, "join-file")).clicked() {
                self.problem = None;
                asks.push(Ask::Pick(Pick::Ticket));
            }
            theme::caption(ui, tr!(words, "join-drop"));
        });
        ui.add_space(t.space.s);
        let ready = !self.ticket.trim().is_empty() && !self.busy;
        let join = ui
            .add_enabled_ui(ready, |ui| {
                theme::primary_button(ui, tr!(words, "join-button"))
            })
            .inner
            .on_disabled_hover_text(tr!(words, "join-ticket-needed"));
        if ready && join.clicked() {
            self.busy = true;
            self.problem = None;
            asks.push(Ask::Join(self.ticket.split_whitespace().collect()));
        }
        self.say_problem(ui);
        self.progress(ui, words, app, asks);
    }

    fn progress(&self, ui: &mut Ui, words: &I18n, app: &AppView, asks: &mut Vec<Ask>) {
        let Some(network) = self.joining else { return };
        let Some(join) = app.joins.iter().rev().find(|join| join.network == network) else {
            return;
        };
        ui.add_space(theme::tokens(ui).space.s);
        match &join.state {
            JoinState::Reaching => {
                theme::message(ui, Tone::Accent, tr!(words, "join-reaching"), |_| {});
            }
            JoinState::Admitted => {
                theme::message(ui, Tone::Good, tr!(words, "join-admitted"), |_| {});
            }
            JoinState::Arrived => {
                let open = tr!(words, "join-open");
                theme::message(ui, Tone::Good, tr!(words, "join-arrived"), |ui| {
                    if theme::quiet_button(ui, open).clicked() {
                        asks.push(Ask::Go(Place::Network(network, Tab::Home)));
                    }
                });
            }
            JoinState::Refused { code } => {
                theme::message(ui, Tone::Bad, errors::sentence(words, code, code), |_| {});
            }
        }
    }
}

/// A kind to choose, with its sentence; true when it was clicked.
fn kind_choice(ui: &mut Ui, chosen: bool, name: &str, explained: String) -> bool {
    let t = theme::tokens(ui);
    ui.horizontal(|ui| {
        let clicked = ui.radio(chosen, name).clicked();
        let width = ui.available_width();
        let indent = t.size.form * 0.5;
        if width > indent {
            ui.add_space((indent - ui.min_rect().width()).max(t.space.s));
        }
        theme::muted(ui, explained);
        clicked
    })
    .inner
}
