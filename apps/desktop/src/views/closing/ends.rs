//! How a network ends, in words.

use egui::Ui;
use tresse_engine::{
    ClosingOutcome, ClosingWords,
    model::{DocId, DocKind},
};

use crate::{
    app::asks::Ask,
    i18n::I18n,
    theme::{self, Icon},
    tr,
    views::Cx,
};

/// What becomes of it, as a sentence.
pub fn how_it_ended(words: &I18n, says: &ClosingWords) -> String {
    match says.outcome {
        ClosingOutcome::PurposeMet => tr!(words, "ends-purpose-met"),
        ClosingOutcome::NoLongerNeeded => tr!(words, "ends-no-longer-needed"),
        ClosingOutcome::Merged => {
            let into = says.into.as_ref();
            let name = into.map(|into| into.name.clone()).unwrap_or_default();
            tr!(words, "ends-merged", name = name)
        }
    }
}

/// The same in a few words, to choose by.
pub fn in_short(words: &I18n, outcome: ClosingOutcome) -> String {
    match outcome {
        ClosingOutcome::PurposeMet => tr!(words, "outcome-purpose-met"),
        ClosingOutcome::NoLongerNeeded => tr!(words, "outcome-no-longer-needed"),
        ClosingOutcome::Merged => tr!(words, "outcome-merged"),
    }
}

/// All that a closing says.
pub(super) fn words(ui: &mut Ui, cx: &mut Cx<'_>, says: &ClosingWords) {
    let words = cx.words;
    theme::strong(ui, how_it_ended(words, says));
    quoted(ui, &says.words);
    if let Some(decision) = says.decision {
        let title = if says.decision_title.trim().is_empty() {
            tr!(words, "untitled")
        } else {
            says.decision_title.clone()
        };
        let said = tr!(words, "closing-after-decision", title = title);
        if ui.add(egui::Link::new(said)).clicked() {
            cx.ask(Ask::OpenDecision(cx.id(), decision));
        }
    }
    if let Some(into) = says.into.as_ref().filter(|into| into.here)
        && let Some(network) = into.network
    {
        let go = tr!(words, "closing-go-on", name = into.name.clone());
        if theme::quiet_icon_button(ui, Icon::ArrowRight, go).clicked() {
            super::go_to(cx, network);
        }
    }
}

/// Somebody's own words, if there are any.
pub(super) fn quoted(ui: &mut Ui, said: &str) {
    if !said.trim().is_empty() {
        let t = theme::tokens(ui);
        ui.add_space(t.space.xs);
        egui::Frame::new()
            .fill(t.color.hover)
            .corner_radius(t.radius.s)
            .inner_margin(t.space.s)
            .show(ui, |ui| theme::paragraph(ui, said));
        ui.add_space(t.space.xs);
    }
}

/// A document by its title, or by what it is.
pub(super) fn document(words: &I18n, doc: &DocId, title: &str) -> String {
    if !title.trim().is_empty() {
        return title.to_owned();
    }
    match doc.kind() {
        Some(DocKind::Charter) => tr!(words, "the-charter"),
        Some(DocKind::Plan) => tr!(words, "the-plan"),
        Some(DocKind::Network) => tr!(words, "the-network"),
        Some(DocKind::Watch) => tr!(words, "the-watch"),
        Some(DocKind::Resources) => tr!(words, "the-resources"),
        _ => tr!(words, "untitled"),
    }
}
