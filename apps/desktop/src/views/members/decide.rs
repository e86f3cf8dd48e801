//! The dialogues in which a person decides: each says what will happen in plain words before it is done.

use egui::{Context, Ui};
use tresse_engine::{
    CaseAbout, Command, RulesView,
    model::{DeviceId, ItemId, MemberId},
};

use super::{machines, mandates, roles, rules};
use crate::{
    theme, tr,
    views::{
        Cx, closing,
        confirm::{buttons, grave_buttons},
        parts,
    },
};

/// What is decided.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Decision {
    /// A machine of mine is lost or stolen.
    LoseMachine(DeviceId),
    /// I leave the network.
    Leave,
    /// I consent that a member be removed.
    Remove(MemberId),
    /// I consent that a person goes on with this machine.
    Readmit(MemberId, DeviceId),
    /// I propose rules of my own.
    ProposeRules,
    /// I consent to rules that were proposed.
    AdoptRules(RulesView),
    /// I give somebody a role.
    GiveMandate,
    /// I end a mandate.
    EndMandate(String),
    /// What a role is for, and how it goes round.
    Role(String),
    /// What is handed over with a role.
    HandOver(String),
    /// I offer a turn of mine in a role, by its first day.
    Swap(String, String),
    /// I propose to close the network.
    ProposeClosing,
    /// I consent to a closing that was proposed.
    ConsentClosing(String),
    /// I propose to open a closed network again.
    ProposeReopening,
    /// I consent that it open again.
    ConsentReopening,
    /// I make an objective of a conversation.
    FeedbackObjective(ItemId),
}

/// What is being filled in.
#[derive(Default)]
pub struct Forms {
    rules: Option<RulesView>,
    mandate: mandates::Draft,
    pub(super) roles: roles::RoleForms,
    closing: closing::Draft,
}

/// What a dialogue says before one confirms.
struct Confirm {
    title: String,
    said: Vec<String>,
    /// A sentence of less weight.
    aside: Option<String>,
    button: String,
    /// It takes something away.
    grave: bool,
    command: Command,
}

/// Paints the dialogue of a decision; true when it is over.
pub fn dialogue(ctx: &Context, cx: &mut Cx<'_>, forms: &mut Forms, decision: &Decision) -> bool {
    match decision {
        Decision::ProposeRules => {
            let title = tr!(cx.words, "rules-propose-title");
            let draft = forms
                .rules
                .get_or_insert_with(|| cx.net.members.rules.clone());
            parts::firm_dialogue(ctx, "decide", title, |ui| {
                let command = rules::form(ui, cx, draft);
                buttons(ui, cx, tr!(cx.words, "rules-propose-confirm"), command);
            })
        }
        Decision::GiveMandate => {
            let title = tr!(cx.words, "mandate-give-title");
            parts::firm_dialogue(ctx, "decide", title, |ui| {
                let command = mandates::form(ui, cx, &mut forms.mandate);
                buttons(ui, cx, tr!(cx.words, "mandate-confirm"), command);
            })
        }
        Decision::ProposeClosing => {
            let title = tr!(cx.words, "closing-propose-title");
            // Words that were thought over are not lost by a click beside them.
            parts::firm_dialogue(ctx, "decide", title, |ui| {
                let command = closing::form(ui, cx, &mut forms.closing);
                let confirm = if cx.net.closing.need <= 1 {
                    tr!(cx.words, "closing-now")
                } else {
                    tr!(cx.words, "closing-propose-confirm")
                };
                buttons(ui, cx, confirm, command);
            })
        }
        Decision::ProposeReopening => {
            let title = tr!(cx.words, "reopening-title");
            parts::firm_dialogue(ctx, "decide", title, |ui| {
                let command = Some(closing::reopening_form(ui, cx, &mut forms.closing));
                let confirm = if cx.net.closing.need <= 1 {
                    tr!(cx.words, "reopening-now")
                } else {
                    tr!(cx.words, "reopening-confirm")
                };
                buttons(ui, cx, confirm, command);
            })
        }
        Decision::Role(_)
        | Decision::HandOver(_)
        | Decision::Swap(..)
        | Decision::FeedbackObjective(_) => roles::dialogue(ctx, cx, forms, decision),
        decision => match to_confirm(cx, decision) {
            Some(confirm) => parts::dialogue(ctx, "decide", confirm.title.clone(), |ui| {
                self::confirm(ui, cx, confirm);
            }),
            None => true,
        },
    }
}

fn confirm(ui: &mut Ui, cx: &mut Cx<'_>, confirm: Confirm) {
    let t = theme::tokens(ui);
    for sentence in &confirm.said {
        theme::paragraph(ui, sentence.as_str());
        ui.add_space(t.space.xs);
    }
    if let Some(aside) = confirm.aside {
        theme::caption(ui, aside);
    }
    if confirm.grave {
        grave_buttons(ui, cx, confirm.button, confirm.command);
    } else {
        buttons(ui, cx, confirm.button, Some(confirm.command));
    }
}

/// Nothing where what was to be decided is gone.
fn to_confirm(cx: &Cx<'_>, decision: &Decision) -> Option<Confirm> {
    Some(match decision {
        Decision::LoseMachine(device) => lose(cx, *device),
        Decision::Leave => leave(cx),
        Decision::Remove(member) => remove(cx, *member)?,
        Decision::Readmit(member, device) => readmit(cx, *member, *device)?,
        Decision::AdoptRules(rules) => adopt(cx, rules),
        Decision::EndMandate(mandate) => end_mandate(cx, mandate)?,
        Decision::ConsentClosing(closing) => {
            let (said, command) = closing::confirm_consent(cx, closing)?;
            let title = tr!(cx.words, "closing-consent-title");
            to_the_end(cx, title, said, command)
        }
        Decision::ConsentReopening => {
            let (said, command) = closing::confirm_reopening(cx)?;
            to_the_end(cx, tr!(cx.words, "reopening-title"), said, command)
        }
        Decision::ProposeRules
        | Decision::ProposeClosing
        | Decision::ProposeReopening
        | Decision::GiveMandate
        | Decision::Role(_)
        | Decision::HandOver(_)
        | Decision::Swap(..)
        | Decision::FeedbackObjective(_) => return None,
    })
}

/// Saying yes to what becomes of the network.
fn to_the_end(cx: &Cx<'_>, title: String, said: Vec<String>, command: Command) -> Confirm {
    Confirm {
        title,
        said,
        aside: Some(tr!(cx.words, "consent-final")),
        button: tr!(cx.words, "consent-give"),
        grave: false,
        command,
    }
}

fn lose(cx: &Cx<'_>, device: DeviceId) -> Confirm {
    let words = cx.words;
    let members = cx.net.members.members.iter();
    let mut machines = members.flat_map(|member| &member.machines);
    let machine = machines.find(|machine| machine.device == device);
    let name = machine.map_or_else(|| device.short(), |one| machines::name(words, one));
    Confirm {
        title: tr!(words, "lost-title"),
        said: vec![
            tr!(words, "lost-what", machine = name),
            tr!(words, "lost-final"),
        ],
        aside: Some(tr!(words, "lost-other-networks")),
        button: tr!(words, "lost-confirm"),
        grave: true,
        command: Command::DeviceRevoke {
            network: cx.id(),
            device,
        },
    }
}

fn leave(cx: &Cx<'_>) -> Confirm {
    let words = cx.words;
    let after = if cx.net.members.members.len() <= 1 {
        tr!(words, "leave-alone")
    } else {
        tr!(words, "leave-others")
    };
    Confirm {
        title: tr!(words, "leave-title", name = cx.net.name.clone()),
        said: vec![tr!(words, "leave-mine"), after],
        aside: None,
        button: tr!(words, "leave-confirm"),
        grave: true,
        command: Command::NetworkLeave { network: cx.id() },
    }
}

fn remove(cx: &Cx<'_>, member: MemberId) -> Option<Confirm> {
    let (words, view) = (cx.words, &cx.net.members);
    let known = view.members.iter().find(|one| one.id == member)?;
    let (name, owner) = (known.name.clone(), words.owner(&known.name));
    let proposed = super::cases::pending(view).any(
        |case| matches!(&case.about, CaseAbout::Removal { member: who, .. } if *who == member),
    );
    let (title, button) = if proposed {
        (
            tr!(words, "remove-also-title", owner = owner),
            tr!(words, "consent-give"),
        )
    } else {
        (
            tr!(words, "remove-title", owner = owner),
            tr!(words, "remove-propose"),
        )
    };
    let who = rules::quorum_of_others(words, &view.rules.removal);
    Some(Confirm {
        title,
        said: vec![
            tr!(words, "remove-talk"),
            tr!(words, "remove-what", name = name.clone()),
            tr!(words, "remove-work", name = name),
            tr!(words, "consent-needed", who = who),
        ],
        aside: Some(tr!(words, "consent-final")),
        button,
        grave: true,
        command: Command::MemberRemove {
            network: cx.id(),
            member,
        },
    })
}

fn readmit(cx: &Cx<'_>, member: MemberId, device: DeviceId) -> Option<Confirm> {
    let (words, view) = (cx.words, &cx.net.members);
    let name = super::cases::pending(view).find_map(|case| match &case.about {
        CaseAbout::Readmission {
            member: who,
            name,
            device: with,
        } if *who == member && *with == device => Some(name.clone()),
        _ => None,
    })?;
    let who = rules::quorum_of_others(words, &view.rules.readmission);
    Some(Confirm {
        title: tr!(words, "readmit-title", owner = words.owner(&name)),
        said: vec![
            tr!(words, "readmit-check"),
            tr!(words, "readmit-what", name = name, machine = device.short()),
            tr!(words, "consent-needed", who = who),
        ],
        aside: Some(tr!(words, "consent-final")),
        button: tr!(words, "consent-give"),
        grave: false,
        command: Command::MemberReadmit {
            network: cx.id(),
            member,
            device,
        },
    })
}

fn adopt(cx: &Cx<'_>, rules: &RulesView) -> Confirm {
    let (words, now) = (cx.words, &cx.net.members.rules);
    let who = rules::quorum_of_members(words, &now.change);
    let mut said = rules::changed(words, now, rules);
    said.push(tr!(words, "consent-needed", who = who));
    Confirm {
        title: tr!(words, "rules-adopt-title"),
        said,
        aside: Some(tr!(words, "consent-final")),
        button: tr!(words, "consent-give"),
        grave: false,
        command: rules::adopt(cx, rules),
    }
}

fn end_mandate(cx: &Cx<'_>, id: &str) -> Option<Confirm> {
    let (words, view) = (cx.words, &cx.net.members);
    let mandate = view.mandates.iter().find(|mandate| mandate.id == id)?;
    let role = mandates::role_name(words, &mandate.role);
    let name = view.name_of(&mandate.holder);
    Some(Confirm {
        title: tr!(words, "mandate-end-title"),
        said: vec![tr!(words, "mandate-end-what", name = name, role = role)],
        aside: None,
        button: tr!(words, "mandate-end-confirm"),
        grave: false,
        command: Command::MandateEnd {
            network: cx.id(),
            mandate: id.to_owned(),
        },
    })
}
