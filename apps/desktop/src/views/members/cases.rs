//! What waits for consents: how far it has come, who consented, and a button to consent too.

use egui::Ui;
use tresse_engine::{CaseAbout, CaseView, MembersView};

use super::{Decision, more::bounded, on_day, rules};
use crate::{
    app::asks::{Ask, Dialogue},
    theme::{self, Icon},
    tr,
    views::Cx,
};

/// Most decisions shown at first.
const FIRST: usize = 6;
/// Most names written out of those who consented.
const NAMES: usize = 12;

/// The cases that are not decided yet.
pub(super) fn pending(view: &MembersView) -> impl Iterator<Item = &CaseView> {
    let open = |case: &&CaseView| matches!(case.state.as_str(), "pending" | "ready");
    view.cases.iter().filter(open)
}

/// Paints them, if there are any.
pub(super) fn ui(ui: &mut Ui, cx: &mut Cx<'_>, view: &MembersView) {
    let open: Vec<&CaseView> = pending(view).collect();
    if open.is_empty() {
        return;
    }
    theme::card(ui, |ui| {
        theme::subheading(ui, tr!(cx.words, "cases", count = open.len()));
        let (words, salt) = (cx.words, ("cases", cx.id()));
        bounded(ui, words, salt, FIRST, open.len(), |ui, place| {
            if place > 0 {
                theme::rule(ui);
            }
            ui.push_id(place, |ui| one(ui, cx, view, open[place]));
        });
    });
    ui.add_space(theme::tokens(ui).space.l);
}

fn one(ui: &mut Ui, cx: &mut Cx<'_>, view: &MembersView, case: &CaseView) {
    let t = theme::tokens(ui);
    ui.horizontal_top(|ui| {
        let icon = match case.about {
            CaseAbout::Removal { .. } => Icon::Users,
            CaseAbout::Readmission { .. } => Icon::UserPlus,
            CaseAbout::Rules { .. } => Icon::Gavel,
        };
        icon.show_beside(ui, t.size.icon, t.text.body, t.color.muted);
        ui.vertical(|ui| {
            theme::strong(ui, title(cx, case));
            if let CaseAbout::Rules { rules } = &case.about {
                for line in rules::changed(cx.words, &view.rules, rules) {
                    theme::paragraph(ui, line);
                }
            }
            theme::caption(ui, progress(cx, case));
            theme::caption(ui, consents(cx, case));
            consent(ui, cx, case);
        });
    });
}

pub(super) fn about_me(cx: &Cx<'_>, case: &CaseView) -> bool {
    match &case.about {
        CaseAbout::Removal { member, .. } | CaseAbout::Readmission { member, .. } => {
            let present = cx.net.members.members.iter().find(|one| one.is_me);
            *member == present.map_or(cx.app.me.member, |me| me.id)
        }
        CaseAbout::Rules { .. } => false,
    }
}

fn title(cx: &Cx<'_>, case: &CaseView) -> String {
    let (words, me) = (cx.words, about_me(cx, case));
    match &case.about {
        CaseAbout::Removal { .. } if me => tr!(words, "case-removal-me"),
        CaseAbout::Removal { name, .. } => tr!(words, "case-removal", name = name.clone()),
        CaseAbout::Readmission { device, .. } if me => {
            tr!(words, "case-readmission-me", machine = device.short())
        }
        CaseAbout::Readmission { name, device, .. } => tr!(
            words,
            "case-readmission",
            name = name.clone(),
            machine = device.short()
        ),
        CaseAbout::Rules { .. } => tr!(words, "case-rules"),
    }
}

fn progress(cx: &Cx<'_>, case: &CaseView) -> String {
    let (count, need, of) = (case.consents.len(), case.need, case.of);
    if case.out_of_reach {
        tr!(cx.words, "case-out-of-reach", need = need, of = of)
    } else if case.state == "ready" {
        tr!(cx.words, "case-ready")
    } else {
        tr!(
            cx.words,
            "case-progress",
            count = count,
            need = need,
            of = of
        )
    }
}

fn consents(cx: &Cx<'_>, case: &CaseView) -> String {
    let words = cx.words;
    let said = case.consents.iter().take(NAMES).map(|consent| {
        let when = on_day(words, cx.today, consent.at);
        tr!(
            words,
            "case-consent",
            name = consent.name.clone(),
            when = when
        )
    });
    let mut names: Vec<String> = said.collect();
    if case.consents.len() > NAMES {
        let left = case.consents.len() - NAMES;
        names.push(tr!(words, "and-more", count = left));
    }
    tr!(words, "case-consents", names = names.join(", "))
}

fn consent(ui: &mut Ui, cx: &mut Cx<'_>, case: &CaseView) {
    let words = cx.words;
    if case.mine {
        theme::caption(ui, tr!(words, "case-mine"));
        return;
    }
    // Who is in a closed network its members decide; its rules stay as they are.
    let rules = matches!(case.about, CaseAbout::Rules { .. });
    if about_me(cx, case) || !cx.net.members.writable || (rules && cx.locked(false)) {
        return;
    }
    let (decision, name) = match &case.about {
        CaseAbout::Removal { member, name } => (
            Decision::Remove(*member),
            tr!(words, "consent-removal-name", owner = words.owner(name)),
        ),
        CaseAbout::Readmission {
            member,
            device,
            name,
        } => (
            Decision::Readmit(*member, *device),
            tr!(words, "consent-readmission-name", owner = words.owner(name)),
        ),
        CaseAbout::Rules { rules } => (
            Decision::AdoptRules(rules.clone()),
            tr!(words, "consent-rules-name"),
        ),
    };
    let too = theme::quiet_button(ui, tr!(words, "consent-too")).accessible_name(name);
    if too.clicked() {
        cx.ask(Ask::Show(Dialogue::Decide(cx.id(), decision)));
    }
}
