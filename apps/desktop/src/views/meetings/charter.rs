//! What the charter in force says of how people deal with each other and decide, recalled beside a meeting.

use std::sync::Arc;

use egui::Ui;
use tresse_engine::model::{Method, VotingRule};

use crate::{
    app::{
        asks::Ask,
        place::{Place, Tab},
    },
    theme, tr,
    views::{Cx, decisions::say},
};

/// Paints it.
pub(crate) fn ui(ui: &mut Ui, cx: &mut Cx<'_>) {
    let t = theme::tokens(ui);
    let words = cx.words;
    let charter = Arc::clone(&cx.net.charter);
    let versions = Arc::clone(&cx.net.charter_versions);
    // What is agreed counts in a meeting, not what somebody is writing.
    let in_force = versions.says.as_deref();
    let content = in_force.unwrap_or(&charter.content);
    let note = match in_force {
        Some(_) if versions.changed => Some(tr!(words, "rules-charter-changed")),
        Some(_) => None,
        None => Some(tr!(words, "rules-charter-draft")),
    };
    let nothing = content.exchange_rules.is_empty()
        && content.decision_rule.is_empty()
        && content.values.is_empty()
        && cx.net.charter_versions.rule == VotingRule::default();
    if nothing {
        theme::muted(ui, tr!(words, "rules-charter-empty"));
    } else if let Some(note) = note {
        theme::caption(ui, note);
        ui.add_space(t.space.s);
    }
    for (name, text) in [
        (
            tr!(words, "charter-exchange-rules"),
            &content.exchange_rules,
        ),
        (tr!(words, "charter-decision-rule"), &content.decision_rule),
    ] {
        if text.is_empty() {
            continue;
        }
        theme::subheading(ui, name);
        theme::paragraph(ui, text.as_str());
        ui.add_space(t.space.s);
    }
    let rule = &cx.net.charter_versions.rule;
    let said = rule.terms_for(Method::Vote);
    if !said.is_empty() {
        let said = said.iter();
        let said = said.map(|(field, value)| say::rule_words(words, *field, value));
        theme::subheading(ui, tr!(words, "charter-voting"));
        for line in said {
            theme::paragraph(ui, format!("· {line}"));
        }
        ui.add_space(t.space.s);
    }
    if !content.values.is_empty() {
        theme::subheading(ui, tr!(words, "values"));
        for value in &content.values {
            theme::paragraph(ui, format!("· {}", value.text));
        }
        ui.add_space(t.space.s);
    }
    ui.horizontal_wrapped(|ui| {
        if theme::primary_button(ui, tr!(words, "done-button")).clicked() {
            cx.ask(Ask::Close);
        }
        if theme::quiet_button(ui, tr!(words, "rules-to-charter")).clicked() {
            cx.ask(Ask::Go(Place::Network(cx.id(), Tab::Charter)));
        }
    });
}
