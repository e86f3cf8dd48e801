//! Who held a role before, folded: from when until when, who recorded it, and who ended it.

use egui::Ui;
use tresse_engine::{
    PilotingView, RoleView,
    model::{MemberId, PastHolding},
};

use super::role_name;
use crate::{
    i18n::I18n,
    theme, tr,
    views::{Cx, members::bounded},
};

/// Most of them shown at first.
const FIRST: usize = 6;
/// As many are named of those who recorded the same.
const NAMED: usize = 3;

/// Paints who held the role before, if anybody did.
pub(super) fn of_role(ui: &mut Ui, cx: &Cx<'_>, view: &PilotingView, role: &RoleView) {
    let before = &role.before;
    if before.is_empty() {
        return;
    }
    let words = cx.words;
    let salt = ("held before", cx.id(), role.facts.role.clone());
    let (count, name) = (before.len(), role_name(words, &role.facts.name));
    let shown = egui::CollapsingHeader::new(tr!(words, "role-before", count = count))
        .id_salt(&salt)
        .show(ui, |ui| {
            bounded(ui, words, &salt, FIRST, before.len(), |ui, place| {
                let one = &before[place];
                line(ui, view.name_of(&one.member), told(words, view, one));
            });
        });
    let label = tr!(words, "role-before-of", count = count, role = name);
    shown.header_response.accessible_name(label);
}

/// Paints the roles of which nothing is left but who held them.
pub(super) fn roles(ui: &mut Ui, cx: &Cx<'_>, view: &PilotingView) {
    let past: Vec<(&RoleView, &PastHolding)> = view
        .roles
        .iter()
        .filter(|role| role.past && !super::ALWAYS.contains(&role.facts.role.as_str()))
        .flat_map(|role| role.before.iter().map(move |one| (role, one)))
        .collect();
    if past.is_empty() {
        return;
    }
    let words = cx.words;
    let salt = ("roles held before", cx.id());
    egui::CollapsingHeader::new(tr!(words, "roles-before", count = past.len()))
        .id_salt(salt)
        .show(ui, |ui| {
            bounded(ui, words, salt, FIRST, past.len(), |ui, place| {
                let (role, one) = past[place];
                let (role, name) = (
                    role_name(words, &role.facts.name),
                    view.name_of(&one.member),
                );
                let said = tr!(words, "mandate-line", role = role, name = name);
                line(ui, said, told(words, view, one));
            });
        });
}

fn line(ui: &mut Ui, said: String, about: String) {
    let t = theme::tokens(ui);
    ui.scope(|ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        theme::paragraph(ui, said);
        theme::caption(ui, about);
    });
    ui.add_space(t.space.xs);
}

/// « du 5 janv. 2024 au 30 juin 2024 · noté par Ana · fin notée par Bo ».
fn told(words: &I18n, view: &PilotingView, one: &PastHolding) -> String {
    let (from, to) = (words.date_short(&one.from), words.date_short(&one.to));
    let mut said = vec![
        tr!(words, "role-since-until", from = from, to = to),
        noted(words, view, &one.by),
    ];
    said.extend(
        one.ended_by
            .iter()
            .map(|by| tr!(words, "role-ended-by", name = view.name_of(by))),
    );
    said.join(" · ")
}

/// « noté par Ana, Bo ».
pub(super) fn noted(words: &I18n, view: &PilotingView, by: &[MemberId]) -> String {
    let mut names: Vec<String> = by.iter().map(|one| view.name_of(one)).collect();
    names.sort_by_cached_key(|name| name.to_lowercase());
    let more = names.len().saturating_sub(NAMED);
    names.truncate(NAMED);
    let said = tr!(words, "mandate-noted-by", names = names.join(", "));
    if more == 0 {
        said
    } else {
        format!("{said} {}", tr!(words, "since-others", count = more))
    }
}
