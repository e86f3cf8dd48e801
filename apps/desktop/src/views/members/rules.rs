//! The rules by which members are let in, removed and taken back: in words, and a form to propose others.

use egui::Ui;
use tresse_engine::{Command, RulesView};

use super::Decision;
use crate::{
    app::asks::{Ask, Dialogue},
    i18n::I18n,
    theme::{self, Icon},
    tr,
    views::Cx,
};

/// Quorums by name; beside them, numbers of persons are offered up to this.
const NAMED: [&str; 3] = ["majority", "two-thirds", "all"];
const MOST: u8 = 5;

/// Paints the rules in force.
pub(super) fn ui(ui: &mut Ui, cx: &mut Cx<'_>, rules: &RulesView) {
    theme::card(ui, |ui| {
        theme::subheading(ui, tr!(cx.words, "rules"));
        for line in lines(cx.words, rules) {
            theme::paragraph(ui, line);
        }
        if !cx.locked(false)
            && theme::quiet_icon_button(ui, Icon::PencilSimple, tr!(cx.words, "rules-propose"))
                .clicked()
        {
            cx.ask(Ask::Show(Dialogue::Decide(cx.id(), Decision::ProposeRules)));
        }
    });
}

/// Rules in words, one a line.
fn lines(words: &I18n, rules: &RulesView) -> [String; 4] {
    let who = |quorum: &str| quorum_of_others(words, quorum);
    [
        tr!(words, "rules-invite", count = rules.invite),
        tr!(words, "rules-removal", who = who(&rules.removal)),
        tr!(words, "rules-readmission", who = who(&rules.readmission)),
        tr!(
            words,
            "rules-change",
            who = quorum_of_members(words, &rules.change)
        ),
    ]
}

/// Those of the new rules that are not as they are now, in words.
pub(super) fn changed(words: &I18n, now: &RulesView, new: &RulesView) -> Vec<String> {
    let pairs = lines(words, now).into_iter().zip(lines(words, new));
    pairs
        .filter(|(old, new)| old != new)
        .map(|(_, new)| new)
        .collect()
}

/// Who of the other members must agree.
pub(super) fn quorum_of_others(words: &I18n, quorum: &str) -> String {
    match quorum {
        "majority" => tr!(words, "quorum-others-majority"),
        "two-thirds" => tr!(words, "quorum-others-two-thirds"),
        "all" => tr!(words, "quorum-others-all"),
        number => tr!(words, "quorum-others-count", count = persons(number)),
    }
}

/// Who of all members must agree.
pub(super) fn quorum_of_members(words: &I18n, quorum: &str) -> String {
    match quorum {
        "majority" => tr!(words, "quorum-members-majority"),
        "two-thirds" => tr!(words, "quorum-members-two-thirds"),
        "all" => tr!(words, "quorum-members-all"),
        number => tr!(words, "quorum-members-count", count = persons(number)),
    }
}

fn persons(number: &str) -> u16 {
    number.parse().unwrap_or_default()
}

/// Paints the form; what it asks for, once it asks for something.
pub(super) fn form(ui: &mut Ui, cx: &Cx<'_>, draft: &mut RulesView) -> Option<Command> {
    let (t, words, now) = (theme::tokens(ui), cx.words, &cx.net.members.rules);
    theme::muted(ui, tr!(words, "rules-propose-explained"));
    ui.add_space(t.space.xs);
    let mut counts: Vec<u8> = (1..=MOST).collect();
    if !counts.contains(&now.invite) {
        counts.push(now.invite);
    }
    let invites: Vec<(u8, String)> = counts
        .into_iter()
        .map(|count| (count, tr!(words, "rules-invite-option", count = count)))
        .collect();
    let label = tr!(words, "rules-field-invite");
    theme::wide_choice(ui, label, &mut draft.invite, &invites);
    let others = |quorum: &str| quorum_of_others(words, quorum);
    let label = tr!(words, "rules-field-removal");
    let options = options(&now.removal, others);
    theme::wide_choice(ui, label, &mut draft.removal, &options);
    let label = tr!(words, "rules-field-readmission");
    let options = self::options(&now.readmission, others);
    theme::wide_choice(ui, label, &mut draft.readmission, &options);
    let label = tr!(words, "rules-field-change");
    let options = self::options(&now.change, |quorum| quorum_of_members(words, quorum));
    theme::wide_choice(ui, label, &mut draft.change, &options);
    ui.add_space(t.space.s);
    let who = quorum_of_members(words, &now.change);
    theme::paragraph(ui, tr!(words, "consent-needed", who = who));
    theme::caption(ui, tr!(words, "consent-final"));
    (draft != now).then(|| adopt(cx, draft))
}

fn options(now: &str, say: impl Fn(&str) -> String) -> Vec<(String, String)> {
    let named = NAMED.map(str::to_owned).into_iter();
    let mut all: Vec<String> = named
        .chain((1..=MOST).map(|count| count.to_string()))
        .collect();
    if !all.iter().any(|one| one == now) {
        all.push(now.to_owned());
    }
    all.into_iter()
        .map(|quorum| {
            let words = say(&quorum);
            (quorum, words)
        })
        .collect()
}

/// Consents to exactly these rules.
pub(super) fn adopt(cx: &Cx<'_>, rules: &RulesView) -> Command {
    Command::RulesChange {
        network: cx.id(),
        invite: Some(rules.invite),
        removal: Some(rules.removal.clone()),
        readmission: Some(rules.readmission.clone()),
        change: Some(rules.change.clone()),
    }
}
