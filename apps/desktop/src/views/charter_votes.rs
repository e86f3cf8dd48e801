//! Deciding upon a version of the charter by a vote, as the charter in force says: how, until when, and what came of it.

use std::sync::Arc;

use egui::Ui;
use tresse_engine::{
    AdoptingRule, CharterVersionView, CharterVoteView, Command, VersionCommand,
    model::{DecisionField, Method},
};

use super::{
    Cx,
    decisions::{End, method_name, say},
};
use crate::{
    app::{
        asks::{Ask, Dialogue},
        text::cut,
    },
    i18n::I18n,
    theme::{self, Icon},
    tr,
};

/// So many characters of a decision's title are shown.
const TITLE: usize = 80;

/// What is being filled in before a version is put to the vote.
#[derive(Default)]
pub struct PutToVote {
    end: End,
}

impl PutToVote {
    /// Paints the form for this version; `None`: the charter as it stands.
    pub fn ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, version: Option<&str>) {
        let t = theme::tokens(ui);
        let versions = Arc::clone(&cx.net.charter_versions);
        let Some(rule) = &versions.adopting else {
            // Another version came into force meanwhile.
            cx.ask(Ask::Close);
            return;
        };
        theme::paragraph(ui, tr!(cx.words, "charter-vote-explained"));
        theme::paragraph(ui, by_rule(cx.words, rule));
        ui.add_space(t.space.s);
        let closes = self.end.ui(ui, cx);
        ui.add_space(t.space.s);
        ui.horizontal(|ui| {
            let put = ui.add_enabled_ui(closes.is_ok(), |ui| {
                theme::primary_icon_button(ui, Icon::Handshake, tr!(cx.words, "charter-vote-put"))
            });
            if put.inner.clicked()
                && let Ok(closes) = closes
            {
                let network = cx.id();
                let command = Command::Version(VersionCommand::PutToVote {
                    network,
                    version: version.map(str::to_owned),
                    closes,
                });
                *self = Self::default();
                cx.ask(Ask::MakeDecision(network, command));
                cx.ask(Ask::Close);
            }
            if theme::quiet_button(ui, tr!(cx.words, "cancel")).clicked() {
                cx.ask(Ask::Close);
            }
        });
    }
}

/// The way to decide upon a version by a vote, where the charter in force says how and no vote on it goes on.
pub(super) fn button(ui: &mut Ui, cx: &mut Cx<'_>, version: Option<&CharterVersionView>) {
    let going = version.is_some_and(|one| one.votes.iter().any(goes_on));
    if going || cx.net.charter_versions.adopting.is_none() {
        return;
    }
    let label = tr!(cx.words, "charter-vote");
    if theme::quiet_icon_button(ui, Icon::Handshake, label).clicked() {
        let version = version.map(|one| one.version.clone());
        cx.ask(Ask::Show(Dialogue::PutToVote(cx.id(), version)));
    }
}

/// How versions may be adopted beside by consents, in a sentence.
pub(super) fn otherwise(cx: &Cx<'_>) -> String {
    let versions = &cx.net.charter_versions;
    match &versions.adopting {
        Some(rule) => {
            let rule = by_rule(cx.words, rule);
            tr!(cx.words, "charter-rule-vote", rule = rule)
        }
        None if versions.in_force.is_none() => tr!(cx.words, "charter-rule-first"),
        None => tr!(cx.words, "charter-rule-none"),
    }
}

/// How a vote is taken, in a few words: « vote ; adoptée par deux tiers ; quorum : 5 personnes ».
fn by_rule(words: &I18n, rule: &AdoptingRule) -> String {
    let fields = DecisionField::OF_CHARTER.into_iter();
    let said = fields.filter_map(|field| {
        // Of a consent, no share is reached.
        let value = rule.terms.get(field.key())?;
        let plain = rule.method == Method::Consent && field != DecisionField::Quorum;
        (!plain).then(|| say::rule_words(words, field, value))
    });
    let parts: Vec<String> = std::iter::once(method_name(words, rule.method))
        .chain(said)
        .collect();
    parts.join(tr!(words, "rule-said-and").as_str())
}

fn goes_on(vote: &CharterVoteView) -> bool {
    matches!(&*vote.state, "open" | "to-record")
}

/// What came of a decision about a version, in a sentence, which names who said so where it cannot be checked; `None` while it is prepared or given up.
pub(super) fn came_of(words: &I18n, state: &str, said_by: Option<&str>) -> Option<String> {
    Some(match state {
        "open" => tr!(words, "charter-vote-open"),
        "to-record" => tr!(words, "charter-vote-to-record"),
        "adopted" => tr!(words, "charter-vote-adopted"),
        "waiting" => tr!(
            words,
            "charter-vote-waiting",
            name = said_by.unwrap_or_default().to_owned()
        ),
        "not-adopted" => tr!(words, "charter-vote-not-adopted"),
        "other-terms" => tr!(words, "charter-vote-other-terms"),
        "overtaken" => tr!(words, "charter-vote-overtaken"),
        _ => return None,
    })
}

/// The decisions about a version, each with what came of it and the way there.
pub(super) fn votes(ui: &mut Ui, cx: &mut Cx<'_>, version: &CharterVersionView) {
    // Of a version that is ours only what made it so matters.
    let told = |vote: &&CharterVoteView| version.adopted_at.is_none() || vote.state == "adopted";
    for vote in version.votes.iter().filter(told) {
        let title = cut(&vote.title, TITLE);
        if let Some(came) = came_of(cx.words, &vote.state, vote.said_by.as_deref()) {
            theme::caption(ui, came);
        }
        if ui
            .link(tr!(cx.words, "charter-vote-go", title = title))
            .clicked()
        {
            cx.ask(Ask::OpenDecision(cx.id(), vote.decision));
        }
    }
}
