//! Beside the charter: what the network is for, which lies in its own document, and what each organisation expects to gain.

use std::sync::Arc;

use egui::Ui;

use super::{Cx, members};
use crate::{
    app::{
        asks::Ask,
        place::{Place, Tab},
    },
    theme::{self, Icon},
    tr,
};

/// Most organisations shown at first.
const FIRST: usize = 12;

/// What the network is for, to read; where it is written is a step away.
pub(super) fn purposes(ui: &mut Ui, cx: &mut Cx<'_>) {
    let t = theme::tokens(ui);
    let home = Arc::clone(&cx.net.home);
    theme::subheading(ui, tr!(cx.words, "purposes"));
    if home.network.purposes.is_empty() {
        theme::muted(ui, tr!(cx.words, "overview-purposes-empty"));
    }
    for purpose in &home.network.purposes {
        theme::paragraph(ui, format!("• {}", purpose.text));
    }
    if cx.net.charter_versions.purposes_changed {
        theme::caption(ui, tr!(cx.words, "charter-purposes-changed"));
    } else if !home.network.purposes.is_empty() {
        theme::caption(ui, tr!(cx.words, "charter-purposes-part"));
    }
    ui.add_space(t.space.xs);
    if ui.link(tr!(cx.words, "charter-purposes-go")).clicked() {
        cx.ask(Ask::Go(Place::Network(cx.id(), Tab::Home)));
    }
}

/// What each organisation expects to gain, as its members state it on their own cards.
pub(super) fn added_values(ui: &mut Ui, cx: &mut Cx<'_>) {
    let t = theme::tokens(ui);
    let overview = Arc::clone(&cx.net.overview);
    let stated = |one: &&tresse_engine::OrganisationPeople| one.stated().next().is_some();
    let organisations: Vec<_> = overview.directory.iter().filter(stated).collect();
    theme::subheading(ui, tr!(cx.words, "charter-added-values"));
    if organisations.is_empty() {
        theme::muted(ui, tr!(cx.words, "charter-added-values-empty"));
    }
    let (words, salt) = (cx.words, ("added values", cx.id()));
    members::bounded(ui, words, salt, FIRST, organisations.len(), |ui, place| {
        let one = organisations[place];
        ui.add_space(t.space.xs);
        let name = if one.organisation.is_empty() {
            tr!(words, "overview-no-organisation")
        } else {
            one.organisation.clone()
        };
        theme::strong(ui, name);
        for person in one.stated() {
            theme::paragraph(ui, person.added_value.as_str());
            let mut said = vec![person.name.clone()];
            if !person.added_value_on.is_empty() {
                let date = words.date_short(&person.added_value_on);
                said.push(tr!(words, "profile-added-value-read", date = date));
            }
            theme::caption(ui, said.join(" · "));
        }
    });
    ui.add_space(t.space.xs);
    let state = tr!(cx.words, "charter-added-values-go");
    if theme::quiet_icon_button(ui, Icon::PencilSimple, state).clicked() {
        cx.ask(Ask::Go(Place::Network(cx.id(), Tab::Members)));
    }
}
