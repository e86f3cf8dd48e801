//! Ties to other networks, and the dialogue in which one is made.

use egui::Ui;
use tresse_engine::{
    Command, OverviewView, RelationView,
    model::{NetworkId, RelationKind},
};

use crate::{
    app::{
        asks::{Ask, Dialogue},
        place::{Place, Tab},
        toast::Toast,
    },
    i18n::I18n,
    theme::{self, Icon, Tone},
    tr,
    views::Cx,
};

/// A tie being made.
#[derive(Default)]
pub struct TieForm {
    other: Option<NetworkId>,
    kind: Option<RelationKind>,
    words: String,
}

/// How a network stands to another, in words.
pub(in crate::views) fn kind_name(words: &I18n, kind: RelationKind) -> String {
    match kind {
        RelationKind::PartOf => tr!(words, "tie-part-of"),
        RelationKind::HasPart => tr!(words, "tie-has-part"),
        RelationKind::Partner => tr!(words, "tie-partner"),
    }
}

/// Paints those that there are.
pub(super) fn ui(ui: &mut Ui, cx: &mut Cx<'_>, view: &OverviewView) {
    let locked = cx.locked(cx.net.home.read_only);
    if view.relations.is_empty() && (locked || others(cx).is_empty()) {
        return;
    }
    theme::card(ui, |ui| {
        let t = theme::tokens(ui);
        theme::heading(ui, tr!(cx.words, "ties"));
        if view.relations.is_empty() {
            theme::muted(ui, tr!(cx.words, "ties-empty"));
        }
        for relation in &view.relations {
            ui.add_space(t.space.xs);
            one(ui, cx, relation, locked);
        }
        if !locked && !others(cx).is_empty() {
            ui.add_space(t.space.xs);
            let add = tr!(cx.words, "tie-add");
            if theme::quiet_icon_button(ui, Icon::ShareNetwork, add).clicked() {
                cx.ask(Ask::Show(Dialogue::Tie(cx.id())));
            }
        }
    });
}

fn one(ui: &mut Ui, cx: &mut Cx<'_>, relation: &RelationView, locked: bool) {
    let t = theme::tokens(ui);
    let name = if relation.name.trim().is_empty() {
        tr!(cx.words, "untitled")
    } else {
        relation.name.clone()
    };
    ui.horizontal_top(|ui| {
        let room = if locked {
            0.0
        } else {
            t.size.control + t.space.s
        };
        let width = ui.available_width() - room;
        ui.vertical(|ui| {
            ui.set_width(width);
            ui.spacing_mut().item_spacing.y = 0.0;
            theme::caption(ui, kind_name(cx.words, relation.kind));
            if relation.here {
                if ui.add(egui::Link::new(name.as_str())).clicked() {
                    cx.ask(Ask::Go(Place::Network(relation.other, Tab::Home)));
                }
            } else {
                theme::strong(ui, name.as_str());
            }
            if !relation.words.trim().is_empty() {
                theme::paragraph(ui, relation.words.as_str());
            }
        });
        let remove = tr!(cx.words, "tie-remove", name = name);
        if !locked && theme::icon_button(ui, Icon::X, remove).clicked() {
            let network = cx.id();
            cx.send(Command::RelationRemove {
                network,
                other: relation.other,
            });
            let toast = Toast::new(Tone::Neutral, tr!(cx.words, "tie-removed"));
            let back = Command::RelationSet {
                network,
                other: relation.other,
                kind: relation.kind,
                words: Some(relation.words.clone()).filter(|words| !words.is_empty()),
            };
            // The name comes from the network itself, so it can be written anew only where that is here.
            cx.ask(Ask::Tell(if relation.here {
                toast.with(tr!(cx.words, "bring-back"), Ask::Send(back))
            } else {
                toast
            }));
        }
    });
}

/// The other networks of this profile.
fn others(cx: &Cx<'_>) -> Vec<(Option<NetworkId>, String)> {
    let networks = cx.app.networks.iter().filter(|one| one.id != cx.id());
    let named = networks.map(|one| (Some(one.id), one.name.clone()));
    named.collect()
}

impl TieForm {
    /// Paints the dialogue's content.
    pub fn ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        let (t, words) = (theme::tokens(ui), cx.words);
        theme::muted(ui, tr!(words, "tie-explained"));
        ui.add_space(t.space.s);
        let others = others(cx);
        if self.other.is_none() {
            self.other = others.first().and_then(|(id, _)| *id);
        }
        let label = tr!(words, "tie-other");
        theme::wide_choice(ui, label, &mut self.other, &others);
        let mut kind = self.kind.unwrap_or(RelationKind::Partner);
        let kinds: Vec<_> = RelationKind::ALL
            .iter()
            .map(|kind| (*kind, kind_name(words, *kind)))
            .collect();
        theme::wide_choice(ui, tr!(words, "tie-kind"), &mut kind, &kinds);
        self.kind = Some(kind);
        let hint = tr!(words, "tie-words-hint");
        theme::text_field(ui, tr!(words, "tie-words"), &mut self.words, hint);
        ui.add_space(t.space.s);
        theme::message(ui, Tone::Accent, tr!(words, "tie-what-is-told"), |_| {});
        ui.add_space(t.space.s);
        ui.horizontal(|ui| {
            let make = ui.add_enabled_ui(self.other.is_some(), |ui| {
                theme::primary_button(ui, tr!(words, "tie-make"))
            });
            if let Some(other) = self.other.filter(|_| make.inner.clicked()) {
                let said = self.words.trim();
                cx.send(Command::RelationSet {
                    network: cx.id(),
                    other,
                    kind,
                    words: (!said.is_empty()).then(|| said.to_owned()),
                });
                cx.ask(Ask::Close);
            }
            if theme::quiet_button(ui, tr!(words, "cancel")).clicked() {
                cx.ask(Ask::Close);
            }
        });
    }
}
