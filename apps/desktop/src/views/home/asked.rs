//! What the network asks of me: to consent, to sign, to look again.

use egui::Ui;
use jiff::Span;

use crate::{
    app::{
        asks::Ask,
        dates::from_iso,
        place::{Place, Tab},
    },
    theme, tr,
    views::{Cx, members},
};

/// Paints it, if there is anything.
pub(super) fn ui(ui: &mut Ui, cx: &mut Cx<'_>) {
    let asked = asked(cx);
    if asked.is_empty() || cx.locked(false) {
        return;
    }
    theme::card(ui, |ui| {
        theme::heading(ui, tr!(cx.words, "asked-of-me"));
        for (sentence, tab) in asked {
            if ui.add(egui::Link::new(sentence)).clicked() {
                cx.ask(match tab {
                    Tab::Evaluation => Ask::ShowPulse(cx.id()),
                    tab => Ask::Go(Place::Network(cx.id(), tab)),
                });
            }
        }
    });
    ui.add_space(theme::tokens(ui).space.s);
}

fn asked(cx: &Cx<'_>) -> Vec<(String, Tab)> {
    let (words, versions) = (cx.words, &cx.net.charter_versions);
    let mut asked = Vec::new();
    for version in &versions.versions {
        let proposed = matches!(&*version.state, "pending" | "ready");
        if let Some(first) = version
            .consents
            .first()
            .filter(|_| proposed && !version.mine)
        {
            let name = first.name.clone();
            asked.push((
                tr!(words, "asked-charter-consent", name = name),
                Tab::Charter,
            ));
        }
    }
    if versions.adopted().is_some_and(|adopted| !adopted.signed) {
        asked.push((tr!(words, "asked-charter-sign"), Tab::Charter));
    }
    let me = cx.net.members.members.iter().find(|one| one.is_me);
    let decisions = members::asked(cx);
    if decisions > 0 {
        asked.push((
            tr!(words, "asked-decisions", count = decisions),
            Tab::Members,
        ));
    }
    let roles = members::roles_asked(cx).into_iter();
    asked.extend(roles.map(|sentence| (sentence, Tab::Members)));
    if cx.net.evaluation.asked > 0 {
        let period = cx.net.evaluation.pulse.period.as_ref();
        let until = period.map(|one| words.date(&one.until)).unwrap_or_default();
        asked.push((tr!(words, "asked-pulse", until = until), Tab::Evaluation));
    }
    // What one's organisation expects is read again every year.
    let looked = me.and_then(|me| from_iso(&me.added_value_on));
    let year_ago = cx.today.checked_sub(Span::new().years(1)).ok();
    if looked
        .zip(year_ago)
        .is_some_and(|(looked, year_ago)| looked < year_ago)
    {
        asked.push((tr!(words, "asked-added-value"), Tab::Members));
    }
    asked
}
