//! Which version of the charter is in force, which is proposed, and what each asks of me.

use std::sync::Arc;

use egui::Ui;
use tresse_engine::{CharterVersionView, CharterVersionsView, Command, model::CharterContent};

use super::{
    Cx, charter_votes,
    differences::Comparison,
    members::{bounded, near, on_day},
};
use crate::{
    app::asks::{Ask, Dialogue},
    theme::{self, Icon, Tone},
    tr,
};

/// Most names written out.
const NAMES: usize = 12;
/// Most earlier versions shown at first.
const EARLIER: usize = 6;

/// Paints what there is to know and to do.
pub(super) fn ui(ui: &mut Ui, cx: &mut Cx<'_>) {
    let versions = Arc::clone(&cx.net.charter_versions);
    let t = theme::tokens(ui);
    // Beside the scroll bar, not under it.
    ui.set_max_width(ui.available_width() - t.space.s);
    theme::card(ui, |ui| {
        ui.set_min_width(ui.available_width());
        if let Some(adopted) = versions.adopted() {
            in_force(ui, cx, adopted);
        } else {
            theme::subheading(ui, tr!(cx.words, "charter-none-adopted"));
            theme::paragraph(ui, tr!(cx.words, "charter-none-adopted-hint"));
        }
        let proposed =
            |one: &&CharterVersionView| matches!(&*one.state, "pending" | "ready" | "voting");
        let proposals: Vec<_> = versions.versions.iter().filter(proposed).collect();
        let (salt, height) = (("proposed versions", cx.id()), 4.0 * t.size.control);
        near(ui, salt, proposals.len(), height, |ui, place| {
            let version = proposals[place];
            ui.add_space(t.space.s);
            theme::rule(ui);
            ui.push_id(&version.version, |ui| {
                self::proposed(ui, cx, &versions, version);
            });
        });
        propose(ui, cx, &versions);
        earlier(ui, cx, &versions);
    });
}

fn in_force(ui: &mut Ui, cx: &mut Cx<'_>, version: &CharterVersionView) {
    let words = cx.words;
    let when = since(cx, version);
    theme::subheading(ui, tr!(words, "charter-in-force", when = when));
    charter_votes::votes(ui, cx, version);
    signatures(ui, cx, version);
    ui.add_space(theme::tokens(ui).space.xs);
    if version.signed {
        ui.horizontal_wrapped(|ui| {
            theme::status_chip(ui, Tone::Good, tr!(words, "charter-signed"));
            if !cx.locked(false) && theme::quiet_button(ui, tr!(words, "charter-unsign")).clicked()
            {
                sign(cx, version, true);
            }
        });
    } else if !cx.locked(false) {
        let button = tr!(words, "charter-sign");
        if theme::primary_icon_button(ui, Icon::PencilSimple, button).clicked() {
            sign(cx, version, false);
        }
    }
}

/// The day on which a version became ours, as claimed.
fn since(cx: &Cx<'_>, version: &CharterVersionView) -> String {
    on_day(cx.words, cx.today, version.adopted_at.unwrap_or_default())
}

fn sign(cx: &mut Cx<'_>, version: &CharterVersionView, withdraw: bool) {
    cx.send(Command::CharterSign {
        network: cx.id(),
        version: version.version.clone(),
        withdraw,
    });
}

fn signatures(ui: &mut Ui, cx: &Cx<'_>, version: &CharterVersionView) {
    let words = cx.words;
    let signed = version.signed_by();
    let (count, of) = (signed.len(), signed.len() + version.unsigned.len());
    theme::caption(ui, tr!(words, "charter-signatures", count = count, of = of));
    signed_by(ui, cx, version);
    if signed.is_empty() {
        return;
    }
    if !version.unsigned.is_empty() {
        let unsigned = version.unsigned.iter().map(String::as_str);
        let names = some(cx, unsigned.collect());
        theme::caption(ui, tr!(words, "charter-unsigned-by", names = names));
    }
}

/// Who signed it: the members, and those who have left since.
fn signed_by(ui: &mut Ui, cx: &Cx<'_>, version: &CharterVersionView) {
    let words = cx.words;
    let signed = version.signed_by();
    if !signed.is_empty() {
        let names = some(cx, signed);
        theme::caption(ui, tr!(words, "charter-signed-by", names = names));
    }
    let former = version.signed_by_former();
    if !former.is_empty() {
        let names = some(cx, former);
        theme::caption(ui, tr!(words, "charter-signed-by-former", names = names));
    }
}

/// The first of many names, and how many more.
fn some(cx: &Cx<'_>, names: Vec<&str>) -> String {
    let left = names.len().saturating_sub(NAMES);
    let mut said: Vec<String> = names.into_iter().take(NAMES).map(str::to_owned).collect();
    if left > 0 {
        said.push(tr!(cx.words, "and-more", count = left));
    }
    said.join(", ")
}

fn proposed(
    ui: &mut Ui,
    cx: &mut Cx<'_>,
    versions: &CharterVersionsView,
    version: &CharterVersionView,
) {
    let words = cx.words;
    if let Some(first) = version.consents.first() {
        let when = on_day(words, cx.today, first.at);
        let name = first.name.clone();
        theme::subheading(ui, tr!(words, "charter-proposed", name = name, when = when));
        let (count, need, of) = (version.consents.len(), version.need, version.of);
        theme::caption(
            ui,
            tr!(words, "case-progress", count = count, need = need, of = of),
        );
    } else {
        theme::subheading(ui, tr!(words, "charter-put"));
    }
    charter_votes::votes(ui, cx, version);
    if versions.current.as_ref() != Some(&version.version) {
        theme::caption(ui, tr!(words, "charter-proposed-changed"));
    }
    ui.horizontal_wrapped(|ui| {
        let proposed = !version.consents.is_empty();
        if version.mine {
            theme::status_chip(ui, Tone::Neutral, tr!(words, "charter-consented"));
        } else if proposed && !cx.locked(false) && version.here {
            let button = tr!(words, "charter-consent");
            if theme::primary_icon_button(ui, Icon::Check, button).clicked() {
                cx.send(Command::CharterAdopt {
                    network: cx.id(),
                    version: Some(version.version.clone()),
                });
            }
        }
        if version.here && !cx.locked(false) {
            charter_votes::button(ui, cx, Some(version));
        }
        if version.here {
            let to = Some(version.version.clone());
            compare(ui, cx, versions, Comparison { from: None, to });
        } else {
            theme::caption(ui, tr!(words, "charter-not-here"));
        }
    });
}

/// The way to see what a version changes.
fn compare(ui: &mut Ui, cx: &mut Cx<'_>, versions: &CharterVersionsView, wanted: Comparison) {
    let button = if versions.in_force.is_some() {
        tr!(cx.words, "charter-compare")
    } else {
        tr!(cx.words, "charter-read")
    };
    if theme::quiet_button(ui, button).clicked() {
        cx.ask(Ask::Show(Dialogue::Differences(cx.id(), wanted)));
    }
}

/// The charter as it stands, where it is no version yet.
fn propose(ui: &mut Ui, cx: &mut Cx<'_>, versions: &CharterVersionsView) {
    let written = cx.net.charter.content != CharterContent::default();
    // One that a vote did not adopt may be proposed again.
    let current = versions
        .current
        .as_deref()
        .and_then(|one| versions.get(one));
    if !versions.changed || current.is_some_and(|one| one.state != "refused") || !written {
        return;
    }
    let (t, words) = (theme::tokens(ui), cx.words);
    ui.add_space(t.space.s);
    if let Some(refused) = current {
        charter_votes::votes(ui, cx, refused);
    }
    if versions.in_force.is_some() {
        theme::paragraph(ui, tr!(words, "charter-changed"));
    }
    if !cx.locked(false) {
        theme::caption(ui, rule(cx));
        theme::caption(ui, charter_votes::otherwise(cx));
    }
    ui.horizontal_wrapped(|ui| {
        if !cx.locked(false) {
            let button = tr!(words, "charter-propose");
            if theme::quiet_icon_button(ui, Icon::Scroll, button).clicked() {
                cx.send(Command::CharterAdopt {
                    network: cx.id(),
                    version: None,
                });
            }
            charter_votes::button(ui, cx, current);
        }
        if versions.in_force.is_some() {
            let (from, to) = (None, None);
            compare(ui, cx, versions, Comparison { from, to });
        }
    });
}

/// By whose consent a version is adopted. As many change the rules, or close the network.
fn rule(cx: &Cx<'_>) -> String {
    let (need, of) = (cx.net.closing.need, cx.net.closing.of);
    if of <= 1 {
        tr!(cx.words, "charter-rule-alone")
    } else {
        tr!(cx.words, "charter-rule", need = need, of = of)
    }
}

/// The versions that others took the place of, the last first: when each was adopted, who signed it, and what came after it.
fn earlier(ui: &mut Ui, cx: &mut Cx<'_>, versions: &CharterVersionsView) {
    let replaced: Vec<&CharterVersionView> = versions
        .versions
        .iter()
        .filter(|one| one.state == "replaced")
        .collect();
    if replaced.is_empty() {
        return;
    }
    let words = cx.words;
    ui.add_space(theme::tokens(ui).space.s);
    let salt = ("earlier versions", cx.id());
    egui::CollapsingHeader::new(tr!(words, "charter-earlier", count = replaced.len()))
        .id_salt(salt)
        .show(ui, |ui| {
            bounded(ui, words, salt, EARLIER, replaced.len(), |ui, place| {
                let after = place.checked_sub(1).map(|after| replaced[after]);
                earlier_one(ui, cx, versions, replaced[place], after);
            });
        });
}

/// One of them; `after`: the one that took its place, unless that is the one in force.
fn earlier_one(
    ui: &mut Ui,
    cx: &mut Cx<'_>,
    versions: &CharterVersionsView,
    version: &CharterVersionView,
    after: Option<&CharterVersionView>,
) {
    let (t, words) = (theme::tokens(ui), cx.words);
    let when = since(cx, version);
    let count = version.signatures.len();
    let said = tr!(
        words,
        "charter-earlier-one",
        when = when.clone(),
        count = count
    );
    ui.push_id(&version.version, |ui| {
        theme::paragraph(ui, said);
        charter_votes::votes(ui, cx, version);
        signed_by(ui, cx, version);
        ui.horizontal_wrapped(|ui| {
            let mut look = |ui: &mut Ui, said: String, to: Option<String>| {
                // Several stand below each other: each says which version it is about.
                let name = tr!(
                    words,
                    "charter-about-version",
                    what = said.clone(),
                    when = when.clone()
                );
                if theme::quiet_button(ui, said)
                    .accessible_name(name)
                    .clicked()
                {
                    let from = Some(version.version.clone());
                    let wanted = Comparison { from, to };
                    cx.ask(Ask::Show(Dialogue::Differences(cx.id(), wanted)));
                }
            };
            if let Some(after) = after {
                let to = Some(after.version.clone());
                look(ui, tr!(words, "charter-compare-next"), to);
            }
            let to = versions.in_force.clone();
            look(ui, tr!(words, "charter-compare-in-force"), to);
        });
        ui.add_space(t.space.s);
    });
}
