//! Ways to a network: create one, join one with a ticket, bring mine from my other machine, look around in the demo.

mod link;

use egui::{TextEdit, Ui};
use tresse_engine::{
    AppView, CommandError, JoinState,
    model::{NetworkId, NetworkKind},
};

use super::kinds;
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
    Link,
}

/// What the choice remembers.
#[derive(Default)]
pub struct Add {
    way: Way,
    name: String,
    kinds: Vec<NetworkKind>,
    /// A template to begin with: its file's name, and its text.
    template: Option<(String, String)>,
    ticket: String,
    /// What this machine is called, for its person's other ones.
    label: String,
    busy: bool,
    problem: Option<String>,
    joining: Option<NetworkId>,
}

impl Add {
    /// On a machine that the system calls like this.
    pub fn on(machine: String) -> Self {
        Self {
            label: machine,
            ..Self::default()
        }
    }

    /// From the beginning.
    pub fn reset(&mut self) {
        *self = Self {
            joining: self.joining,
            label: std::mem::take(&mut self.label),
            ..Self::default()
        };
    }

    /// The page where an invitation is given, unless it is a pass that is being given.
    pub fn to_ticket(&mut self) {
        if self.way != Way::Link {
            self.way = Way::Join;
        }
    }

    /// The page where a pass from my other machine is given.
    pub fn to_link(&mut self) {
        self.way = Way::Link;
    }

    /// Something was asked of the engine and failed.
    pub fn failed(&mut self, problem: String) {
        self.busy = false;
        self.problem = Some(problem);
    }

    /// The engine refused a ticket. One that serves for the other thing is kept, on the page where it does.
    pub fn refused(&mut self, words: &I18n, error: &CommandError) {
        let problem = match (self.way, error.code.as_str()) {
            (Way::Join, "ticket-for-a-device") => {
                self.way = Way::Link;
                tr!(words, "join-was-pass")
            }
            (Way::Link, "ticket-for-joining") => {
                self.way = Way::Join;
                tr!(words, "link-was-invitation")
            }
            (Way::Link, code) => errors::of_a_pass(words, code, &error.message),
            (_, code) => errors::sentence(words, code, &error.message),
        };
        self.failed(problem);
    }

    /// The engine took what it was asked, and shows how it goes.
    pub fn rest(&mut self) {
        self.busy = false;
        self.problem = None;
    }

    /// A template was read from a file, or why not.
    pub fn template(&mut self, words: &I18n, read: Result<(String, String), CommandError>) {
        match read {
            Ok(template) => {
                self.rest();
                self.template = Some(template);
            }
            Err(error) => self.failed(errors::sentence(words, &error.code, &error.message)),
        }
    }

    /// A ticket was read from a file.
    pub fn ticket(&mut self, ticket: String) {
        self.to_ticket();
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
            Way::Link => self.link(ui, words, app, asks),
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
                Icon::Laptop,
                tr!(words, "link-this"),
                tr!(words, "link-this-explained"),
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
                    // As high as the two lines beside it, so that it stands in their middle.
                    let high = t.text.subheading * 1.25 + t.space.xs + t.text.body * t.text.line;
                    let large = t.size.icon_large * 1.4;
                    let (rect, _) =
                        ui.allocate_exact_size(egui::vec2(large, high), egui::Sense::hover());
                    icon.paint(ui.painter(), rect.center(), large, t.color.accent);
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
                    2 => self.way = Way::Link,
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
        link::awaited(ui, words, app, asks);
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
        for kind in NetworkKind::ALL.iter().copied() {
            let mut chosen = self.kinds.contains(&kind);
            let name = kinds::name(words, kind.word());
            if kind_choice(ui, &mut chosen, &name, kinds::explained(words, kind)) {
                self.kinds.retain(|one| *one != kind);
                self.kinds.extend(chosen.then_some(kind));
            }
        }
        if !self.kinds.is_empty() {
            theme::caption(ui, tr!(words, "create-kind-brings"));
        }
        ui.add_space(t.space.s);
        self.template_field(ui, words, asks);
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
                kinds: (!self.kinds.is_empty()).then(|| {
                    let words: Vec<&str> = self.kinds.iter().map(|kind| kind.word()).collect();
                    words.join(",")
                }),
                template: self.template.as_ref().map(|(_, text)| text.clone()),
            });
        }
        self.say_problem(ui);
    }

    /// The template of a file, and the way to choose one.
    fn template_field(&mut self, ui: &mut Ui, words: &I18n, asks: &mut Vec<Ask>) {
        ui.horizontal_wrapped(|ui| {
            if let Some((name, _)) = &self.template {
                let remove = tr!(words, "create-template-remove");
                let said = tr!(words, "create-template-chosen", name = name.clone());
                if theme::removable_tag(ui, said, remove) {
                    self.template = None;
                }
            } else {
                let choose = tr!(words, "create-template");
                if theme::quiet_icon_button(ui, Icon::FolderOpen, choose).clicked() {
                    self.problem = None;
                    asks.push(Ask::Pick(Pick::Template));
                }
                theme::caption(ui, tr!(words, "create-template-explained"));
            }
        });
    }

    fn join(&mut self, ui: &mut Ui, words: &I18n, app: &AppView, asks: &mut Vec<Ask>) {
        let t = theme::tokens(ui);
        self.back(ui, words);
        theme::title(ui, tr!(words, "join-title"));
        theme::muted(ui, tr!(words, "join-explained"));
        ui.add_space(t.space.m);
        let hint = tr!(words, "join-ticket-hint");
        self.ticket_field(ui, words, tr!(words, "join-ticket"), hint, asks);
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

    /// Where a ticket's text goes, and the file that may hold it.
    fn ticket_field(
        &mut self,
        ui: &mut Ui,
        words: &I18n,
        label: String,
        hint: String,
        asks: &mut Vec<Ask>,
    ) {
        theme::field(ui, label, |ui| {
            ui.add(
                TextEdit::multiline(&mut self.ticket)
                    .hint_text(hint)
                    .font(egui::TextStyle::Monospace)
                    .desired_rows(4)
                    .desired_width(f32::INFINITY),
            )
        });
        ui.horizontal_wrapped(|ui| {
            if theme::quiet_icon_button(ui, Icon::FolderOpen, tr!(words, "join-file")).clicked() {
                self.problem = None;
                asks.push(Ask::Pick(Pick::Import(None)));
            }
            theme::caption(ui, tr!(words, "join-drop"));
        });
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

/// An end to tick, with its sentence; true when it was clicked.
fn kind_choice(ui: &mut Ui, chosen: &mut bool, name: &str, explained: String) -> bool {
    let t = theme::tokens(ui);
    ui.horizontal(|ui| {
        let clicked = theme::check(ui, chosen, name).clicked();
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
